package chart

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Advance widths of the printable ASCII characters in hundredths of an em, of
// DejaVu Sans: the widest face that the theme's font stack commonly falls back
// to (its digits are 0.64 em, Arial's 0.56). A label that fits by these fits in
// any of them, so a page is right whichever font the reader's machine has.
var advance = [95]uint8{
	32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54,
	100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50,
	50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
}

// width is the room that a text needs at a size, both in pen units.
func width(s string, size int, bold bool) int {
	sum := 0
	for i := range len(s) {
		c := s[i] - ' '
		if int(c) >= len(advance) { // more than the printable ASCII characters
			sum = 0
			for _, r := range s {
				sum += runeWidth(r)
			}
			break
		}
		sum += int(advance[c])
	}
	if bold {
		sum = sum * 112 / 100 // DejaVu Sans Bold is 9 to 12 % wider
	}
	return (sum*size + 99) / 100
}

func runeWidth(r rune) int {
	switch {
	case r >= ' ' && r <= '~':
		return int(advance[r-' '])
	case r == '£', r == '€', r == '²', r >= 0xC0 && r < 0x250:
		return 70
	case r == '–', r == '’', r == '‘', r == '\u00a0':
		return 50
	}
	return 100
}

// fit shortens a text to the room, with an ellipsis; it is empty where not
// even two characters would stand.
func fit(s string, room, size int, bold bool) string {
	if width(s, size, bold) <= room {
		return s
	}
	for i := len(s); i > 0; {
		_, n := utf8.DecodeLastRuneInString(s[:i])
		i -= n
		short := strings.TrimRight(s[:i], " ,(") + "…"
		if width(short, size, bold) <= room {
			if utf8.RuneCountInString(short) < 3 {
				return ""
			}
			return short
		}
	}
	return ""
}

// wrap breaks a text at spaces into at most most lines, which it adds to those
// given; the last is shortened where it does not fit.
func wrap(lines []string, s string, room, size, most int, bold bool) []string {
	if width(s, size, bold) <= room {
		return append(lines, s)
	}
	if most <= 1 {
		return append(lines, fit(s, room, size, bold))
	}
	at := -1
	for i := 0; i < len(s); i++ {
		if s[i] == ' ' && width(s[:i], size, bold) <= room {
			at = i
		}
	}
	if at <= 0 {
		return append(lines, fit(s, room, size, bold))
	}
	// A bracket is kept whole where its line has room for it.
	if open := strings.LastIndexByte(s[:at], '('); open > 0 && s[open-1] == ' ' && !strings.Contains(s[open:at], ")") &&
		width(s[open:], size, bold) <= room {
		at = open - 1
	}
	return wrap(append(lines, s[:at]), s[at+1:], room, size, most-1, bold)
}

// widest is the room that the widest of the lines needs.
func widest(lines []string, size int, bold bool) int {
	w := 0
	for _, l := range lines {
		w = max(w, width(l, size, bold))
	}
	return w
}

// endLabel is a label in the column at the right of a drawing.
type endLabel struct {
	class  string
	lines  []string
	bold   bool
	want   int // the height that it belongs to (the middle of the label)
	at     int // where it came to stand
	weight int // how hard it holds its place
}

func (t *endLabel) height(line int) int { return len(t.lines) * line }

// spread moves the labels apart between top and bottom, each as little as
// possible: blocks of touching labels stand at the weighted mean of what their
// members want (least squares under order, solved by pooling neighbours).
func spread(tags []endLabel, top, bottom, line int) {
	slices.SortStableFunc(tags, func(a, b endLabel) int { return cmp.Or(a.want-b.want, b.weight-a.weight) })
	type block struct{ first, n, height, weight, sum, at int }
	blocks := make([]block, 0, 8)
	settle := func(b *block) {
		b.at = b.sum / b.weight
		b.at = max(min(b.at, bottom-b.height), top)
	}
	for i := range tags {
		h := tags[i].height(line)
		w := max(tags[i].weight, 1)
		b := block{first: i, n: 1, height: h, weight: w, sum: w * (tags[i].want - h/2)}
		settle(&b)
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if last.at+last.height <= b.at {
				break
			}
			b = block{last.first, last.n + b.n, last.height + b.height, last.weight + b.weight, last.sum + b.sum - b.weight*last.height, 0}
			settle(&b)
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	for _, b := range blocks {
		y := b.at
		for i := b.first; i < b.first+b.n; i++ {
			h := tags[i].height(line)
			tags[i].at = y + h/2
			y += h
		}
	}
}
