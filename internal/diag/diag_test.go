package diag

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// found are problems of one run, not in order, one of them twice.
func found() *List {
	var l List
	place := Place{"data/early-help/2017-01.csv", 14, 8}
	for range 2 {
		p := l.Errorf(place, "bad-number", "value %s is not a number (indicator 3.2, January 2017)", Quote("9O.5"))
		p.Hint = "write 90.5, or leave it blank with a mark such as x"
		p.Source = "3.2,,,9O.5"
	}
	l.Warnf(Place{File: "data/early-help/2017-01 - Copy.csv"}, "stray-file", "no file of this name is read")
	p := l.Warnf(Place{"data/early-help/2016-12.csv", 2, 0}, "ratio-differs", "value 18.3 differs from 22 of 121, which is 18.2%%")
	p.Source = "3.2,,,18.3,22,121"
	l.Add(Problem{Message: "the site has no content/site.yaml", Code: "missing-file"})
	return &l
}

func TestProblemReadsAsTheContractPrintsIt(t *testing.T) {
	const plain = `error: the site has no content/site.yaml [missing-file]
data/early-help/2016-12.csv:2: warning: value 18.3 differs from 22 of 121, which is 18.2% [ratio-differs]
data/early-help/2017-01 - Copy.csv: warning: no file of this name is read [stray-file]
data/early-help/2017-01.csv:14:8: error: value "9O.5" is not a number (indicator 3.2, January 2017) [bad-number]
  mend: write 90.5, or leave it blank with a mark such as x
`
	const withSource = `error: the site has no content/site.yaml [missing-file]
data/early-help/2016-12.csv:2: warning: value 18.3 differs from 22 of 121, which is 18.2% [ratio-differs]
    3.2,,,18.3,22,121
data/early-help/2017-01 - Copy.csv: warning: no file of this name is read [stray-file]
data/early-help/2017-01.csv:14:8: error: value "9O.5" is not a number (indicator 3.2, January 2017) [bad-number]
    3.2,,,9O.5
           ^
  mend: write 90.5, or leave it blank with a mark such as x
`
	for style, want := range map[Style]string{Plain: plain, WithSource: withSource} {
		var b strings.Builder
		if err := Text(&b, found().All(), style); err != nil || b.String() != want {
			t.Errorf("%v\n%s\nwant\n%s", err, b.String(), want)
		}
	}
}

func TestProblemIsOneObjectALine(t *testing.T) {
	const want = `{"file":"","line":0,"column":0,"severity":"error","code":"missing-file","message":"the site has no content/site.yaml","hint":""}
{"file":"data/early-help/2016-12.csv","line":2,"column":0,"severity":"warning","code":"ratio-differs","message":"value 18.3 differs from 22 of 121, which is 18.2%","hint":""}
{"file":"data/early-help/2017-01 - Copy.csv","line":0,"column":0,"severity":"warning","code":"stray-file","message":"no file of this name is read","hint":""}
{"file":"data/early-help/2017-01.csv","line":14,"column":8,"severity":"error","code":"bad-number","message":"value \"9O.5\" is not a number (indicator 3.2, January 2017)","hint":"write 90.5, or leave it blank with a mark such as x"}
`
	var b strings.Builder
	if err := JSON(&b, found().All()); err != nil || b.String() != want {
		t.Errorf("%v\n%s\nwant\n%s", err, b.String(), want)
	}
}

func TestCaretStandsUnderTheCharacter(t *testing.T) {
	long := strings.Repeat("a", 90) + "X" + strings.Repeat("b", 200)
	for _, row := range []struct {
		name, source string
		column       int
		line, caret  string
	}{
		{"first", "9O.5", 1, "9O.5", "^"},
		{"letters outside ASCII", "£é9O", 4, "£é9O", "   ^"},
		{"tab", "a\tb\tc", 5, "a b c", "    ^"},
		{"just past the end", "3.2,,", 6, "3.2,,", "     ^"},
		{"beyond the end", "3.2", 9, "3.2", ""},
		{"no column", "3.2", 0, "3.2", ""},
		{"accent of its own", "e\u0301x", 3, "e\u0301x", " ^"},
		{"controls", "a\x1b[2Jb\u202e", 2, "a\ufffd[2Jb\ufffd", " ^"},
		{"broken bytes", "a\xffb", 3, "a\ufffdb", "  ^"},
		{"wide, in the middle", long, 91, "…" + strings.Repeat("a", 50) + "X" + strings.Repeat("b", 49) + "…", strings.Repeat(" ", 51) + "^"},
		{"wide, at its start", long, 1, strings.Repeat("a", 90) + "X" + strings.Repeat("b", 9) + "…", "^"},
		{"wide, at its end", long, 291, "…" + strings.Repeat("b", 100), strings.Repeat(" ", 100) + "^"},
		{"wide, past its end", long, 292, "…" + strings.Repeat("b", 100), strings.Repeat(" ", 101) + "^"},
		{"wide, no column", long, 0, strings.Repeat("a", 90) + "X" + strings.Repeat("b", 9) + "…", ""},
	} {
		if line, caret := excerpt(row.source, row.column); line != row.line || caret != row.caret {
			t.Errorf("%s:\n%s\n%s\nwant\n%s\n%s", row.name, line, caret, row.line, row.caret)
		}
	}
}

func TestContentCannotBreakTheLine(t *testing.T) {
	p := Problem{Place: Place{"a\nb.csv", 1, 1}, Message: "found \x1b[31m\u202e", Code: "bad-key", Hint: "one\r\ntwo", Source: "x\ny"}
	var b strings.Builder
	if err := Text(&b, []Problem{p}, WithSource); err != nil {
		t.Fatal(err)
	}
	want := `a\nb.csv:1:1: error: found \x1b[31m\u202e [bad-key]
    x y
    ^
  mend: one\r\ntwo
`
	if b.String() != want {
		t.Errorf("%s\nwant\n%s", b.String(), want)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }

func TestWriterThatFailsIsReported(t *testing.T) {
	ps := found().All()
	if Text(brokenWriter{}, ps, Plain) == nil || JSON(brokenWriter{}, ps) == nil {
		t.Error("no error")
	}
}

func TestListHoldsEachProblemOnceInOrder(t *testing.T) {
	l := found()
	if l.Errors() != 2 || l.Warnings() != 2 || len(l.All()) != 4 {
		t.Errorf("%d errors, %d warnings, %d in all", l.Errors(), l.Warnings(), len(l.All()))
	}
	var both List
	both.Merge(l)
	both.Merge(found())
	both.Merge(nil)
	both.Merge(&both)
	if !slices.Equal(both.All(), l.All()) {
		t.Errorf("%v", both.All())
	}
	var none List
	if none.Errors() != 0 || none.Warnings() != 0 || len(none.All()) != 0 {
		t.Error("an empty list holds something")
	}
}

// The answer of Errorf stays the problem in the list, however long the list grows.
func TestHintMayBeSetLater(t *testing.T) {
	var l List
	first := l.Errorf(Place{File: "a", Line: 1}, "bad-date", "first")
	for range 100 {
		l.Warnf(Place{File: "b"}, "stray-file", "other")
	}
	first.Hint = "mend it"
	if all := l.All(); all[0].Hint != "mend it" {
		t.Errorf("%+v", all[0])
	}
}

func TestFilesStandInTheirNaturalOrder(t *testing.T) {
	want := []Problem{
		{Place: Place{File: ""}},
		{Place: Place{File: "content/site.yaml"}},
		{Place: Place{File: "data/early/2016-12.csv"}},
		{Place: Place{File: "data/early/2017-01.2.csv"}},
		{Place: Place{File: "data/early/2017-01.10.csv"}},
		{Place: Place{File: "data/early/2017-01.csv"}},
		{Place: Place{File: "data/early/2017-01.csv", Line: 2}},
		{Place: Place{File: "data/early/2017-01.csv", Line: 10, Column: 3}},
		{Place: Place{File: "data/early/2017-01.csv", Line: 10, Column: 20}, Code: "bad-date"},
		{Place: Place{File: "data/early/2017-01.csv", Line: 10, Column: 20}, Code: "bad-mark", Message: "a"},
		{Place: Place{File: "data/early/2017-01.csv", Line: 10, Column: 20}, Code: "bad-mark", Message: "b"},
		{Place: Place{File: "data/early-help/2016-12.csv"}}, // early/ stands whole before early-help/
		{Place: Place{File: "data/x01"}},
		{Place: Place{File: "data/x1"}},
		{Place: Place{File: "data/x1a"}},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	Sort(got)
	if !slices.Equal(got, want) {
		for _, p := range got {
			t.Error(p.line())
		}
	}
}

func TestNearestIsOneSlipAway(t *testing.T) {
	headers := []string{"ref", "period", "area", "value", "numerator", "denominator", "mark", "note", "rating", "rating_reason", "reason"}
	refs := []string{"1.2", "3.1", "3.2", "3.10", "11.5"}
	for _, row := range []struct {
		word  string
		known []string
		want  string
	}{
		{"vlaue", headers, "value"},  // exchanged
		{"valu", headers, "value"},   // left out
		{"valuee", headers, "value"}, // put in
		{"valie", headers, "value"},  // replaced
		{"Value", headers, "value"},  // case
		{"Rating Reason", headers, "rating_reason"},
		{"rating-reason", headers, "rating_reason"},
		{"demoninator", headers, "denominator"}, // two slips in a long word
		{"vlauee", headers, ""},                 // two in a short one
		{"colour", headers, ""},
		{"", headers, ""},
		{"x", []string{"c"}, ""}, // one letter is one slip from every other
		{"3.3", refs, ""},        // 3.1 and 3.2 are as near
		{"11.6", refs, "11.5"},
		{"3.2 ", refs, "3.2"},
		{"nort", []string{"north", "nors"}, ""},
		{"nort", []string{"north", "north"}, "north"},
		{"North", []string{"nort", "north"}, "north"}, // equal but for case comes before a slip
		{"préscool", []string{"preschool", "préschool"}, "préschool"},
	} {
		if got := Nearest(row.word, row.known); got != row.want {
			t.Errorf("%q: %q, want %q", row.word, got, row.want)
		}
	}
}

func TestQuoteShowsWhatCannotBeSeen(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"9O.5", `"9O.5"`},
		{"", `""`},
		{"£1 à", `"£1 à"`},
		{"a\tb\n", `"a\tb\n"`},
		{"1\u00a0192", `"1\u00a0192"`},
		{"\ufeffref", `"\ufeffref"`},
		{"\x1b[31m", `"\x1b[31m"`},
		{"\u202e", `"\u202e"`},
		{"a\xffb", "\"a\ufffdb\""},
		{strings.Repeat("é", 60), `"` + strings.Repeat("é", 60) + `"`},
		{strings.Repeat("é", 61), `"` + strings.Repeat("é", 60) + `…"`},
	} {
		if got := Quote(row.text); got != row.want {
			t.Errorf("%s, want %s", got, row.want)
		}
	}
}
