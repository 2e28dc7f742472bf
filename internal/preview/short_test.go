package preview

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var stand = regexp.MustCompile(`<(table|tr|svg) data-outturn-kept="(\d+)"></(table|tr|svg)>`)

// lengthen puts back what was left out of a page, and fails if it was left out twice.
func lengthen(t *testing.T, before, short string) string {
	t.Helper()
	used := map[string]bool{}
	return stand.ReplaceAllStringFunc(short, func(s string) string {
		if used[s] {
			t.Errorf("%s stands twice", s)
		}
		used[s] = true
		m := stand.FindStringSubmatch(s)
		n, _ := strconv.Atoi(m[2])
		e := elements([]byte(before))[slices.Index(kinds, m[1])][n]
		return before[e.start:e.end]
	})
}

func TestWhatBothPagesHaveIsLeftOut(t *testing.T) {
	long := strings.Repeat("x", worth)
	row := func(s string) string { return "<tr class=\"a\"><td>" + s + long + "</td></tr>" }
	table := func(rows ...string) string { return "<table>\n" + strings.Join(rows, "\n") + "</table>" }
	svg := "<svg viewBox=\"0 0 1 1\"><path d=\"" + long + "\"/></svg>"
	for what, c := range map[string]struct{ before, page, short, held string }{
		"nothing in common":         {"<p>a</p>", table(row("1")), table(row("1")), "0,0,0"},
		"a table":                   {table(row("1")) + "<p>a</p>", "<p>b</p>" + table(row("1")), `<p>b</p><table data-outturn-kept="0"></table>`, "1,1,0"},
		"the rows of a changed one": {table(row("1"), row("2"), row("3")), table(row("1"), row("4"), row("3")), "<table>\n<tr data-outturn-kept=\"0\"></tr>\n" + row("4") + "\n<tr data-outturn-kept=\"2\"></tr></table>", "1,3,0"},
		"a row moved to another":    {table(row("1"), row("2")) + table(row("3")), table(row("1")) + table(row("3"), row("2")), "<table>\n<tr data-outturn-kept=\"0\"></tr></table><table>\n<tr data-outturn-kept=\"2\"></tr>\n<tr data-outturn-kept=\"1\"></tr></table>", "2,3,0"},
		"two alike":                 {table(row("1")) + table(row("1")), table(row("1")) + "-" + table(row("1")), `<table data-outturn-kept="0"></table>-<table data-outturn-kept="1"></table>`, "2,2,0"},
		"one more of them":          {svg, svg + svg, `<svg data-outturn-kept="0"></svg>` + svg, "0,0,1"},
		"a row of a table that is itself left out": {table(row("1"), row("2")), table(row("1"), row("2")) + table(row("1")),
			`<table data-outturn-kept="0"></table>` + table(row("1")), "1,2,0"},
		"what has no end":    {"<tr><td>" + long, "<tr><td>" + long, "<tr><td>" + long, "0,1,0"},
		"another kind":       {"<track" + long + "></track>", "<track" + long + "></track>", "<track" + long + "></track>", "0,0,0"},
		"too short to leave": {"<tr><td>1</td></tr>", "<tr><td>1</td></tr>", "<tr><td>1</td></tr>", "0,1,0"},
		"a row that holds a table": {table("<tr><td>" + table(row("1")) + "</td></tr>"), table("<tr><td>"+table(row("1"))+"</td></tr>", row("2")),
			"<table>\n<tr><td><table data-outturn-kept=\"1\"></table></td></tr>\n" + row("2") + "</table>", "2,2,0"},
		"a picture closed at its start": {"<svg>" + svg + "<svg viewBox=\"" + long + "\"/></svg>", "<svg><svg viewBox=\"" + long + "\"/>" + svg + "</svg>",
			"<svg><svg viewBox=\"" + long + "\"/><svg data-outturn-kept=\"1\"></svg></svg>", "0,0,3"},
		"a name in an attribute or a remark": {"<p title=\"<svg>\">" + svg + "<!-- <svg> -->", "<p title=\"<svg>\"><!-- <svg> -->" + svg, "<p title=\"<svg>\"><!-- <svg> --><svg data-outturn-kept=\"0\"></svg>", "0,0,1"},
		"capitals":                           {strings.ToUpper(table(row("1"))), "<p>a</p>" + strings.ToUpper(table(row("1"))), "<p>a</p><table data-outturn-kept=\"0\"></table>", "1,1,0"},
		"rows without ends":                  {"<table><tr><td>" + table(row("1")) + long + "<tr><td>2</table>", "<table><tr><td>" + table(row("1")) + long + "<tr><td>3</table>", "<table><tr><td><table data-outturn-kept=\"1\"></table>" + long + "<tr><td>3</table>", "2,3,0"},
		"a page that has our mark":           {table(row("1")), "<p data-outturn-kept=\"0\"></p>" + table(row("1")), "<p data-outturn-kept=\"0\"></p>" + table(row("1")), ""},
	} {
		short, held, _ := shorten([]byte(c.before), []byte(c.page))
		if string(short) != c.short || held != c.held {
			t.Errorf("%s: %s (%s), expected %s (%s)", what, short, held, c.short, c.held)
		}
		if got := lengthen(t, c.before, string(short)); got != c.page {
			t.Errorf("%s: put together again it is %s", what, got)
		}
	}
}

// What is left out can be put back, however the elements lie in each other.
func TestNoWordIsLostByLeavingOut(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2026))
	var element func(depth int) string
	element = func(depth int) string {
		var s strings.Builder
		for range random.IntN(4) {
			kind := []string{"table", "tr", "svg", "p"}[random.IntN(4)]
			inner := strings.Repeat(strconv.Itoa(random.IntN(2)), 20*random.IntN(4))
			if depth > 0 {
				inner += element(depth - 1)
			}
			fmt.Fprintf(&s, "<%s>%s</%s>", kind, inner, []string{kind, kind, kind, kind, kind, "p"}[random.IntN(6)])
		}
		return s.String()
	}
	left := 0
	for range 5000 {
		before, page := element(3), element(3)
		short, _, _ := shorten([]byte(before), []byte(page))
		left += len(page) - len(short)
		if got := lengthen(t, before, string(short)); got != page {
			t.Fatalf("%s after %s came back as %s", page, before, got)
		}
	}
	if left == 0 {
		t.Error("nothing was ever left out")
	}
}
