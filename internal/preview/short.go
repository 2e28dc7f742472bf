package preview

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// An open page is told the next one without what both have in common. To make
// elements of text is the longest part of the browser's work, and most of a page
// is its tables and charts, of which a save changes few.

// kinds are the elements that may be left out, the larger before those in them.
var kinds = []string{"table", "tr", "svg"}

// worth is how long an element must be, in bytes, to be left out.
const worth = 60

// span is where an element stands in a text; end is 0 where it has none.
type span struct{ start, end int }

// shorten gives a page in which an empty element stands for each table, row and
// picture that the page before it has too: <tr data-kept="7"></tr> is its eighth
// row. None is used twice. held is how many of each kind that page has, by which
// the browser finds that it counts as this does.
func shorten(before, page []byte) (short []byte, held string) {
	var counts []string
	var used, gone []span // of the page before, and of this one
	stands := map[span]string{}
	for _, kind := range kinds {
		had := elements(before, kind)
		counts = append(counts, fmt.Sprint(len(had)))
		where := map[string][]int{}
		for i, e := range had {
			if e.end-e.start >= worth && !e.within(used) {
				text := string(before[e.start:e.end])
				where[text] = append(where[text], i)
			}
		}
		for _, e := range elements(page, kind) {
			if e.end == 0 || e.within(gone) {
				continue
			}
			text := string(page[e.start:e.end])
			if same := where[text]; len(same) > 0 {
				where[text] = same[1:]
				used, gone = append(used, had[same[0]]), append(gone, e)
				stands[e] = fmt.Sprintf("<%s data-kept=\"%d\"></%[1]s>", kind, same[0])
			}
		}
	}
	at := 0
	for _, e := range slices.SortedFunc(maps.Keys(stands), func(a, b span) int { return a.start - b.start }) {
		short = append(append(short, page[at:e.start]...), stands[e]...)
		at = e.end
	}
	return append(short, page[at:]...), strings.Join(counts, ",")
}

// within reports whether an element is in another, or is it.
func (e span) within(others []span) bool {
	return slices.ContainsFunc(others, func(o span) bool { return o.start <= e.start && e.end <= o.end })
}

// elements are those of a kind, in the order of their start.
func elements(text []byte, kind string) []span {
	var list []span
	var open []int // those that have not ended
	for at := 0; ; at++ {
		next := bytes.IndexByte(text[at:], '<')
		if next < 0 {
			return list
		}
		at += next
		if rest, ok := bytes.CutPrefix(text[at+1:], []byte(kind)); ok && len(rest) > 0 && strings.IndexByte(" \n>", rest[0]) >= 0 {
			open = append(open, len(list))
			list = append(list, span{start: at})
		} else if bytes.HasPrefix(text[at+1:], []byte("/"+kind+">")) && len(open) > 0 {
			list[open[len(open)-1]].end = at + len("</>") + len(kind)
			open = open[:len(open)-1]
		}
	}
}
