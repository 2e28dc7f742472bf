package dataset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CompareRefs orders refs as people number things: runs of digits as numbers,
// so that 1.2 stands before 1.10; else by character, case aside. Refs that
// differ in case alone are ordered by bytes, so the order is total.
func CompareRefs(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		if isDigit(x[0]) && isDigit(y[0]) {
			m, n := digits(x), digits(y)
			if c := compareDigits(x[:m], y[:n]); c != 0 {
				return c
			}
			x, y = x[m:], y[n:]
			continue
		}
		r, m := utf8.DecodeRuneInString(x)
		s, n := utf8.DecodeRuneInString(y)
		if r, s = unicode.ToLower(r), unicode.ToLower(s); r != s {
			if r < s {
				return -1
			}
			return 1
		}
		x, y = x[m:], y[n:]
	}
	switch {
	case x == "" && y != "":
		return -1
	case x != "" && y == "":
		return 1
	}
	return strings.Compare(a, b)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// compareDigits compares numbers of any length.
func compareDigits(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		if len(a) < len(b) {
			return -1
		}
		return 1
	}
	return strings.Compare(a, b)
}

// badRefAt is the index, in characters, of the first that a ref may not hold,
// or -1. A ref holds letters, digits, . - _ : and single spaces (contract,
// section 2), and begins with a letter or digit, since it names a file.
func badRefAt(ref string) int {
	previous := ' '
	i := 0
	for _, r := range ref {
		plain := unicode.IsLetter(r) || unicode.IsDigit(r)
		switch {
		case plain:
		case i > 0 && strings.ContainsRune(".-_:", r):
		case i > 0 && r == ' ' && previous != ' ':
		default:
			return i
		}
		previous = r
		i++
	}
	return -1
}

// RefFile is a ref as the name of its page, without the ending: ':' and space
// become '-' (contract, section 5).
func RefFile(ref string) string {
	return fileNames.Replace(ref)
}

var fileNames = strings.NewReplacer(":", "-", " ", "-")
