package prose

import (
	"slices"
	"strings"
)

// A table of patterns is costly to try whole on every sentence, and at most
// words of it none can begin. So each row names the words at which it can begin,
// and is tried there and nowhere else. What is read is the same as by a search
// of the whole line, and a test holds it to that.

// row is a pattern with the words at which it can begin: # for a number in
// figures, NUM for one in words, MONTH for the names of months. A ~ before them
// says that a number in figures follows within four words.
type row struct {
	search *Expression // anywhere in a line
	at     *Expression // where a line begins
	starts string
}

const ahead = 4

func newRow(pattern, starts string) row {
	return row{search: compile(pattern), at: compileAt(pattern), starts: starts}
}

// table is rows with what can begin at a word; bit i is row i.
type table struct {
	rows   []row
	byWord map[string]uint64
	digits uint64
	before uint64 // the rows that need a number ahead
}

// heedless has every row searched for in the whole line, for the test that
// holds the fast way to the slow.
var heedless = false

func newTable(rows ...row) *table {
	t := &table{rows: rows, byWord: map[string]uint64{}}
	if len(rows) > 64 {
		panic("prose: a table has more rows than a word has bits")
	}
	for i, r := range rows {
		bit := uint64(1) << i
		for _, w := range strings.Fields(r.starts) {
			switch w {
			case "~":
				t.before |= bit
			case "#":
				t.digits |= bit
			case "MONTH":
				for name := range monthNumbers {
					t.byWord[name] |= bit
				}
			case "NUM":
				for name := range smallNumbers {
					t.byWord[name] |= bit
				}
				for name := range tens {
					t.byWord[name] |= bit
				}
			default:
				t.byWord[w] |= bit
			}
		}
	}
	return t
}

// beginnings are, for each word of a sentence, the rows that can begin there,
// and all of them together.
func (t *table) beginnings(words []Word) (at []uint64, any uint64) {
	at = make([]uint64, len(words))
	number := len(words) + ahead + 1 // the nearest one ahead
	for i := len(words) - 1; i >= 0; i-- {
		w := &words[i]
		if w.Kind == Digits {
			at[i] = t.digits
		} else {
			at[i] = t.byWord[w.Lower]
		}
		if number-i > ahead {
			at[i] &^= t.before
		}
		if w.Kind == Digits {
			number = i
		}
		any |= at[i]
	}
	return at, any
}

// found lists where a row matches, in order.
func (t *table) found(i int, l line, at []uint64) []match {
	if heedless {
		return l.all(t.rows[i].search)
	}
	bit := uint64(1) << i
	first := slices.IndexFunc(at, func(rows uint64) bool { return rows&bit != 0 })
	if first < 0 || !t.rows[i].at.may(l.text) {
		return nil
	}
	var list []match
	for word := first; word < len(at); word++ {
		if at[word]&bit == 0 {
			continue
		}
		if m, ok := l.match(t.rows[i].at, word); ok {
			list = append(list, m)
			word = m.last
		}
	}
	return list
}

// cues tell by the words beside a figure which rows of a table can match; bit i
// is row i.
type cues map[string]uint64

func cuesOf[R any](rows []R, words func(R) string) cues {
	c := cues{}
	for i, r := range rows {
		for _, w := range strings.Fields(words(r)) {
			c[w] |= uint64(1) << i
		}
	}
	return c
}

// in is the set of rows that can match a line of words.
func (c cues) in(line string) uint64 {
	if heedless {
		return ^uint64(0)
	}
	found := uint64(0)
	for len(line) > 0 {
		end := strings.IndexByte(line, ' ')
		if end < 0 {
			end = len(line)
		}
		if end > 0 {
			found |= c[line[:end]]
		}
		line = line[min(end+1, len(line)):]
	}
	return found
}
