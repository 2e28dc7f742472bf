package diag

import (
	"strings"
	"unicode/utf8"
)

// Nearest is the one known word that a slip of the hand away from word: equal
// but for case, spaces, - and _; else one letter more, less, other or two
// beside each other exchanged; in a word of more than seven letters, two such
// slips. It is "" where there is none or where several are as near, since a
// wrong suggestion is worse than none.
func Nearest(word string, known []string) string {
	folded := fold(word)
	length := utf8.RuneCountInString(folded)
	allowed := 1
	if length > 7 {
		allowed = 2
	}
	best, bestDistance := "", allowed+1
	for _, k := range known {
		// A word of one letter is one slip from every other.
		d := slips(folded, fold(k))
		switch {
		case d > 0 && d >= length:
		case d < bestDistance:
			best, bestDistance = k, d
		case d == bestDistance && k != best:
			best = ""
		}
	}
	if bestDistance > allowed {
		return ""
	}
	return best
}

func fold(s string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(s))
}

// slips is the optimal string alignment distance (Damerau 1964, restricted):
// letters put in, left out, replaced, or exchanged with the one beside.
func slips(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		before, last, row = last, row, before
		row[0] = i
		for j := 1; j <= len(y); j++ {
			replaced := last[j-1]
			if x[i-1] != y[j-1] {
				replaced++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replaced)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(y)]
}
