package commentary

import (
	"fmt"
	"strings"
	"testing"

	"outturn/internal/diag"
)

// parseText reads a Markdown file as Load does.
func parseText(file, content string) (Text, []diag.Problem) {
	var problems diag.List
	f := &folder{mapFS(map[string]string{file: content}), &problems}
	p, ok := f.readPage(file, "title")
	if !ok {
		return Text{}, problems.All()
	}
	p.text("title")
	return p.markdown.freeze(), problems.All()
}

// TestReferenceKnowsItsPlace finds one reference in each of the awkward places
// and compares its place with that of the braces in the file.
func TestReferenceKnowsItsPlace(t *testing.T) {
	const mark = "{{ 3.2 previous }}"
	tests := map[string]string{
		"first":                 mark,
		"in a sentence":         "Of all, " + mark + " were in time.",
		"after non-ASCII":       "Café – “Fôn” " + mark,
		"after front matter":    "---\ntitle: x\n---\n\nText " + mark,
		"after a mark":          "\ufeff---\ntitle: x\n---\n\nText " + mark,
		"with CRLF":             "\ufeff---\r\ntitle: é\r\n---\r\n\r\nText\r\nmore " + mark + " end\r\n",
		"with CR":               "one\rtwo\r\rfive " + mark,
		"after a tab":           "a\tb\t" + mark,
		"in a tabbed list":      "-\ta\n-\t" + mark + " x",
		"in a list":             "- a\n- b " + mark,
		"in a nested list":      "1. a\n   - b\n     - c " + mark,
		"in a lazy line":        "- a\nlazy " + mark,
		"in a quote":            "> a\n> " + mark + " b",
		"in nested quotes":      "> > a " + mark,
		"in a list in a quote":  "> - a\n>   " + mark + " b",
		"in a table":            "| a | b |\n| --- | ---: |\n| é | " + mark + " |",
		"after an escaped pipe": "| a | b |\n| --- | ---: |\n| x \\| y | " + mark + " |",
		"in a table head":       "| a | " + mark + " |\n| --- | ---: |\n| x | y |",
		"in link text":          "See [the " + mark + " of it](https://example.org/).",
		"in strong words":       "It is **" + mark + "** now.",
		"in a footnote":         "Text.[^1]\n\n[^1]: Note é " + mark + "\n",
		"in a definition":       "Term\n: says " + mark,
		"in a term":             "Term " + mark + "\n: says",
		"in a heading":          "## Head " + mark + " ##",
		"in a setext heading":   "Head é " + mark + "\n===",
		"after a code span":     "`{{ 9.9 }}` " + mark,
		"after an escape":       "\\{{ 9.9 }} " + mark,
		"after a hard break":    "one\\\ntwo  \n" + mark + " x",
		"after emphasis":        "*a* _b_ " + mark + "_",
		"after code":            "    {{ 9.9 }}\n\n```\n{{ 9.9 }}\n```\n\n" + mark,
		"in alt text":           "![a " + mark + "](files/a.png)",
		"in struck words":       "~~" + mark + "~~",
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			text, problems := parseText("content/x.md", content)
			if len(problems) > 0 {
				t.Errorf("problems: %v", problems)
			}
			refs := text.Refs()
			if len(refs) != 1 {
				t.Fatalf("%d references, want 1: %v", len(refs), refs)
			}
			want := placeOf("content/x.md", content, mark)
			if refs[0].Place != want {
				t.Errorf("place %v, want %v", refs[0].Place, want)
			}
			line := strings.Split(alikeEnds(content), "\n")[want.Line-1]
			if refs[0].Source != line {
				t.Errorf("source %q, want %q", refs[0].Source, line)
			}
			for i, word := range []string{"3.2", "previous"} {
				want := placeOf("content/x.md", content, word)
				if got := refs[0].Words[i]; got.Text != word || got.Place != want {
					t.Errorf("word %d is %v, want %s at %v", i, got, word, want)
				}
			}
		})
	}
}

func alikeEnds(content string) string {
	return strings.NewReplacer("\ufeff", "", "\r\n", "\n", "\r", "\n").Replace(content)
}

// placeOf is where a text stands first, counted by hand.
func placeOf(file, content, text string) diag.Place {
	before, _, _ := strings.Cut(alikeEnds(content), text)
	line := strings.Count(before, "\n") + 1
	last := before[strings.LastIndex(before, "\n")+1:]
	return diag.Place{File: file, Line: line, Column: len([]rune(last)) + 1}
}

func TestFigureFromElsewhereKeepsItsSource(t *testing.T) {
	for content, want := range map[string][2]string{
		"{{ figure 18 | fostering audit, January 2017 }}":                                 {"18", "fostering audit, January 2017"},
		"{{figure £1.2 million|budget book 2016/17}}":                                     {"£1.2 million", "budget book 2016/17"},
		"| a | b |\n|---|---|\n| {{ figure 18 \\| fostering audit, January 2017 }} | x |": {"18", "fostering audit, January 2017"},
	} {
		text, problems := parseText("content/x.md", content)
		refs := text.Refs()
		if len(problems) > 0 || len(refs) != 1 {
			t.Fatalf("%q: refs %v, problems %v", content, refs, problems)
		}
		if r := refs[0]; !r.Figure || r.External != want[0] || r.Origin != want[1] {
			t.Errorf("%q: %+v, want %v", content, r, want)
		}
	}
}

func TestWhatIsNoFigureIsNotTakenForOne(t *testing.T) {
	for shown, want := range map[string]bool{
		"18": true, "1,192": true, "18.2%": true, "£435,922.50": true, "£1.2 million": true, "−3": true, "22 of 121": true, "£3m": true,
		"1 to 20": true, "12 weeks": true, "5–6": true, "1 in 4": true, "12.0 percentage points": true, "1:8": true, "4½ weeks": true, ".5": true,
		"some": false, "5&6": false, "about": false, "5 6": false, "1,19": false, "12.5.1": false, "three": false, "x": false, "%": false, "£": false,
	} {
		var problems diag.List
		parseMarkdown(newSource("content/x.md", []byte("{{ figure "+shown+" | audit }}\n"), &problems), 0).freeze()
		if got := problems.Errors() == 0; got != want {
			t.Errorf("%q: %v", shown, problems.All())
		}
		if !want && (problems.All()[0].Column != 1 || !strings.Contains(problems.All()[0].Message, "is not a figure")) {
			t.Errorf("%q: %v", shown, problems.All())
		}
	}
}

func TestReferenceKnowsHowItStands(t *testing.T) {
	content := "{{ chart 3.2 }}\n\nText {{ 3.3 }}\n\n{{ chart 3.4 }}\n{{ table 3.5 }}\n\n- {{ table 3.6 }}\n\n| a |\n|---|\n| {{ 3.7 }} |\n\n{{ 3.8 }} {{ 3.9 }}\n"
	text, problems := parseText("content/x.md", content)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	for _, r := range text.Refs() {
		got = append(got, fmt.Sprintf("%s alone=%t table=%t", r.Words[len(r.Words)-1].Text, r.Alone, r.InTable))
	}
	want := []string{
		"3.2 alone=true table=false", "3.3 alone=false table=false", "3.4 alone=true table=false", "3.5 alone=true table=false",
		"3.6 alone=true table=false", "3.7 alone=false table=true", "3.8 alone=false table=false", "3.9 alone=false table=false",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestFaultsOfATextAreTold compares code and place of what may not stand there.
func TestFaultsOfATextAreTold(t *testing.T) {
	tests := []struct{ content, want string }{
		{"a {{ 3.2 b", "1:3 unknown-figure"},
		{"a {{ 3.2\n}} b", "1:3 unknown-figure, 2:1 unknown-figure"},
		{"a {{  }} b", "1:3 unknown-figure"},
		{"a { 3.2 }} b", "1:9 unknown-figure"},
		{`a \{{ 3.2 }} b`, ""},
		{`a \{\{ 3.2 \}\} b`, ""},
		{"a {{ figure 18 }}", "1:3 unknown-figure"},
		{"a {{ figure | x }}", "1:3 unknown-figure"},
		{"| a | b |\n|---|---|\n| {{ figure 18 | audit }} | x |", "3:3 unknown-figure, 3:24 unknown-figure"},
		{"a <b>c</b>", "1:3 raw-html, 1:7 raw-html"},
		{"é <!-- c -->", "1:3 raw-html"},
		{"x\n\n<div>\na\n</div>\n", "3:1 raw-html"},
		{"5 < 6 and a<b", ""},
		{"[a](javascript:alert(1))", "1:1 bad-link"},
		{"b [a](JavaScript:alert(1))", "1:3 bad-link"},
		{"[a](&#106;avascript:alert(1))", "1:1 bad-link"},
		{"[a](java&#10;script:alert(1))", "1:1 bad-link"},
		{"[a](12:30.html)", "1:1 bad-link"},
		{"[a](data:text/html,x)", "1:1 bad-link"},
		{"[a](//example.org/)", "1:1 bad-link"},
		{`[a](\\\\example.org)`, ""},
		{"[a](/files/x.pdf)", "1:1 bad-link"},
		{"<file:///etc/passwd>", "1:1 bad-link"},
		{"[a][x]\n\n[x]: vbscript:x", "1:1 bad-link"},
		{"[a](https://example.org) <team@example.gov.uk> [b](tel:01709) [c](../files/a.pdf#p2) [d](#x)", ""},
		{"[a]()", "1:1 bad-link"},
		{"[](https://example.org)", "1:1 bad-link"},
		{"[a]({{3.2}})", "1:1 bad-link"},
		{`[a](x.html "{{ 3.2 }}")`, "1:1 unknown-figure"},
		{"![](files/a.png)", "1:1 missing-alt"},
		{"![map](files/a.png)", ""},
		{"![map](https://example.org/a.png)", "1:1 bad-link"},
		{"![map](a.png)", "1:1 bad-link"},
		{"a[^1]", "1:2 bad-footnote"},
		{"a\\[^1] `[^1]`", ""},
		{"a\n\n[^1]: b", "3:1 bad-footnote"},
	}
	for _, test := range tests {
		_, problems := parseText("content/x.md", test.content)
		var got []string
		for _, p := range problems {
			got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Code))
			if p.Severity != diag.Error || p.Hint == "" || p.Source == "" {
				t.Errorf("%q: a fault without error, hint or source line: %+v", test.content, p)
			}
		}
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("%q: %q, want %q", test.content, s, test.want)
			for _, p := range problems {
				t.Log(p.Message, "/", p.Hint)
			}
		}
	}
}
