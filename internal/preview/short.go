package preview

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// An open page is told the next one without what both have in common. To make
// elements of text is the longest part of the browser's work, and most of a page
// is its tables and charts, of which a save changes few.

// kinds are the elements that may be left out, the larger before those in them.
var kinds = []string{"table", "tr", "svg"}

// worth is how long an element must be, in bytes, to be left out.
const worth = 60

// standIn marks an element that stands for one that is left out.
const standIn = "data-outturn-kept"

// shorten gives a page in which an empty element stands for each table, row and
// picture that the page before it has too: <tr data-outturn-kept="7"></tr> is its
// eighth row. None is used twice. held and has are how many of each kind the page
// before and this one have, by which the browser finds that it reads them as they
// are read here; both are "" where nothing is left out since this one has such a
// mark of its own.
func shorten(before, page []byte) (short []byte, held, has string) {
	had, have := elements(before), elements(page)
	if bytes.Contains(page, []byte(standIn)) {
		return page, "", ""
	}
	var used, gone []span // of the page before and of this one, in order
	stands := map[span]string{}
	for k, kind := range kinds {
		where := map[string][]int{}
		for i, e := range had[k] {
			if e.end-e.start >= worth && !e.meets(used) {
				text := string(before[e.start:e.end])
				where[text] = append(where[text], i)
			}
		}
		ofKind := len(gone)
		for _, e := range have[k] {
			if e.end == 0 || e.meets(gone[:ofKind]) {
				continue
			}
			text := string(page[e.start:e.end])
			if same := where[text]; len(same) > 0 {
				where[text] = same[1:]
				used, gone = append(used, had[k][same[0]]), append(gone, e)
				stands[e] = fmt.Sprintf("<%s %s=\"%d\"></%[1]s>", kind, standIn, same[0])
			}
		}
		slices.SortFunc(used, byStart)
		slices.SortFunc(gone, byStart)
	}
	at := 0
	for _, e := range gone {
		short = append(append(short, page[at:e.start]...), stands[e]...)
		at = e.end
	}
	return append(short, page[at:]...), had.String(), have.String()
}

// span is where an element stands in a text. end is 0 where it has none, or holds
// another of its kind: it is not left out.
type span struct{ start, end int }

func byStart(a, b span) int { return cmp.Compare(a.start, b.start) }

// meets reports whether an element holds one of others, which are in order and
// apart, or lies in one.
func (e span) meets(others []span) bool {
	i, _ := slices.BinarySearchFunc(others, e.end, func(o span, end int) int { return cmp.Compare(o.start, end) })
	return i > 0 && others[i-1].end > e.start
}

// spans are those of each of kinds, in the order of their start.
type spans [][]span

// String is how many they are.
func (s spans) String() string {
	var counts []string
	for _, of := range s {
		counts = append(counts, fmt.Sprint(len(of)))
	}
	return strings.Join(counts, ",")
}

// elements finds the elements of a page that may be left out.
func elements(page []byte) spans {
	list := make(spans, len(kinds))
	type open struct{ kind, number int }
	var stack []open // number is -1 of one that holds another of its kind
	tokens := html.NewTokenizer(bytes.NewReader(page))
	for at := 0; ; {
		token := tokens.Next()
		from := at
		at += len(tokens.Raw())
		if token == html.ErrorToken {
			return list
		}
		if token != html.StartTagToken && token != html.EndTagToken && token != html.SelfClosingTagToken {
			continue
		}
		name, _ := tokens.TagName()
		k := slices.Index(kinds, string(name))
		if k < 0 {
			continue
		}
		switch token {
		case html.StartTagToken:
			for i := range stack {
				if stack[i].kind == k {
					stack[i].number = -1
				}
			}
			stack = append(stack, open{k, len(list[k])})
			list[k] = append(list[k], span{start: from})
		case html.SelfClosingTagToken:
			list[k] = append(list[k], span{start: from})
		case html.EndTagToken:
			for i, o := range slices.Backward(stack) {
				if o.kind == k { // what was opened in it and has no end is over
					if o.number >= 0 {
						list[k][o.number].end = at
					}
					stack = stack[:i]
					break
				}
			}
		}
	}
}
