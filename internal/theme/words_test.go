package theme

import (
	"fmt"
	"strings"
	"testing"

	"outturn/internal/diag"
)

func TestAWordsFileIsReadAsItsHeadSays(t *testing.T) {
	var problems diag.List
	all, _ := parseWords(strings.Join([]string{
		"\ufeff# a note",
		"",
		"good.high: High is good\r",
		"reason.red: Red: {figure} for",
		"  {period}[[, of {count}]].",
		"reason.by-hand: Set as {rating:colour}.",
		"colour.red: red",
		"mark.x: not available [x]",
	}, "\n"), "words/en-GB.txt", &problems)
	if len(problems.All()) != 0 {
		t.Fatalf("%+v", problems.All())
	}
	th := &Theme{words: all}
	for _, test := range []struct {
		code string
		args map[string]string
		want string
	}{
		{"red", map[string]string{"figure": "18.2%", "period": "January 2017", "count": "22 of 121"}, "Red: 18.2% for January 2017, of 22 of 121."},
		{"red", map[string]string{"figure": "18.2%", "period": "January 2017"}, "Red: 18.2% for January 2017."},
		{"by-hand", map[string]string{"rating": "red"}, "Set as red."},
		{"by-hand", map[string]string{"rating": "no_word"}, "Set as no word."},
		{"good.high", nil, "High is good"},
		{"unknown-code", nil, "unknown-code"},
	} {
		if got := th.Sentence(test.code, test.args); got != test.want {
			t.Errorf("Sentence(%q) = %q, want %q", test.code, got, test.want)
		}
	}
	for _, test := range []struct{ kind, code, want string }{
		{"good", "high", "High is good"}, {"mark", "x", "not available [x]"}, {"basis", "in_month", "in month"},
	} {
		if got := th.Word(test.kind, test.code); got != test.want {
			t.Errorf("Word(%q, %q) = %q, want %q", test.kind, test.code, got, test.want)
		}
	}
}

func TestFaultsOfAWordsFileHaveTheirPlace(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"good.high High is good", `1:1: found "good.high High is good" where a key and its words were expected`},
		{"a: one\nb: two\na: three", `3:1: the key "a" stands twice: first in line 1`},
		{"a: one {figure", "1:8: { begins no name"},
		{"a: one {Figure}", "1:8: { begins no name"},
		{"a: one\n [[, {count}", "2:2: [[ has no ]] after it"},
		{"a: one ]]", "1:8: ]] has no [[ before it"},
		{"a: [[ b [[ c ]] ]]", "1:9: [[ stands inside another [[ ]]"},
		{"  begins with a space", `1:1: found "  begins with a space" where a key and its words were expected`},
	} {
		var problems diag.List
		parseWords(test.text, "words/en-GB.txt", &problems)
		var got []string
		for _, p := range problems.All() {
			got = append(got, fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Message))
			if p.Hint == "" || p.Source == "" {
				t.Errorf("%q: the problem has no mend or no source line: %+v", test.text, p)
			}
		}
		if len(got) != 1 || got[0] != test.want {
			t.Errorf("%q: found %q, want %q", test.text, got, test.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, seed := range []string{"a: b", "a: {b}[[ {c} ]]", "a: [[", "a: {", ":", "a:\n b", "a: {b:c}"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var problems diag.List
		all, _ := parseWords(text, "words/x.txt", &problems)
		for _, p := range problems.All() {
			if p.File == "" || p.Line < 1 || p.Column < 1 {
				t.Errorf("a problem without its place: %+v", p)
			}
		}
		th := &Theme{words: all}
		for key := range all {
			th.Sentence(key, nil)
		}
	})
}
