package commentary

import (
	"fmt"
	"strings"
	"testing"

	"outturn/internal/diag"
)

func passagesOf(t *testing.T, text string) []Passage {
	t.Helper()
	var problems diag.List
	parsed := ParseText("a.md", text, &problems)
	for _, p := range problems.All() {
		t.Errorf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
	}
	return parsed.Passages()
}

func TestPassagesAreTheBlocksOfAText(t *testing.T) {
	text := strings.Join([]string{
		"# Heading 1",
		"",
		"Some *words* and {{ 3.2 }},",
		"over two lines[^1].",
		"",
		"- first `code 5` item",
		"- second item",
		"",
		"| Area | On time |",
		"| --- | ---: |",
		"| North | 20.0% |",
		"| South | {{ 3.2 area=south }} |",
		"",
		"[^1]: A note of 12.",
	}, "\n")
	var got []string
	for _, p := range passagesOf(t, text) {
		line := fmt.Sprintf("%d %s", p.Kind, strings.ReplaceAll(p.Text, string(RefRune), "@"))
		if p.Kind == TableCell {
			line += fmt.Sprintf(" (%d,%d %s/%s)", p.Row, p.Column, p.RowHead, p.ColumnHead)
		}
		got = append(got, line)
	}
	want := []string{
		"3 Heading 1",
		"1 Some words and @, over two lines.",
		"2 first item",
		"2 second item",
		"4 North (0,0 /Area)",
		"4 20.0% (0,1 North/On time)",
		"4 South (1,0 /Area)",
		"4 @ (1,1 South/On time)",
		"5 A note of 12.",
	}
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = strings.Join(strings.Fields(got[i]), " ")
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("passage %d: %q; want %q", i, g, w)
		}
	}
}

// Every character of a passage knows its place, whatever mark-up stands before it.
func TestCharactersOfAPassageKnowTheirPlace(t *testing.T) {
	text := "First line.\n\n**Bold** &amp; \\% of é {{ 3.2 }} then 18.2%\nand 403 here."
	p := passagesOf(t, text)[1]
	runes := []rune(p.Text)
	lines := strings.Split(text, "\n")
	for _, find := range []string{"Bold", "%", "é", "18.2%", "403"} {
		at := strings.Index(p.Text, find)
		char := len([]rune(p.Text[:at]))
		place := p.Place(char)
		source := []rune(p.SourceLine(char))
		if string(source) != lines[place.Line-1] {
			t.Errorf("%s: source line %q", find, string(source))
		}
		if source[place.Column-1] != runes[char] {
			t.Errorf("%s: %d:%d shows %q", find, place.Line, place.Column, string(source[place.Column-1]))
		}
	}
	at := len([]rune(p.Text[:strings.Index(p.Text, "18.2%")]))
	if got := p.Written(at, at+5); got != "18.2%" {
		t.Errorf("written as %q", got)
	}
	if len(p.Refs) != 1 || p.Refs[0].Words[0].Text != "3.2" {
		t.Errorf("references %v", p.Refs)
	}
}

// What a row begins with is all of its cells up to the first figure.
func TestRowsBeginWithTheirNumberAndTheirName(t *testing.T) {
	text := strings.Join([]string{
		"| Ref | Measure | Good | January | Comment |",
		"| --- | --- | --- | ---: | --- |",
		"| 3.2 | Assessments within 35 days | high | 18.2% | fell |",
		"| 9.2 | 16-17 year olds not in education | low | {{ 9.2 }} | same |",
		"| 1.1 | Contacts | | 403 | rose |",
	}, "\n")
	var got []string
	for _, p := range passagesOf(t, text) {
		if p.ColumnHead == "January" || p.IsNumber() {
			got = append(got, fmt.Sprintf("%s number %t: %s", strings.ReplaceAll(p.Text, string(RefRune), "@"), p.IsNumber(), p.RowHead))
		}
	}
	want := []string{
		"3.2 number true: ",
		"18.2% number false: 3.2 Assessments within 35 days high",
		"9.2 number true: ",
		"@ number false: 9.2 16-17 year olds not in education low",
		"1.1 number true: ",
		"403 number false: 1.1 Contacts",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What stands in front matter keeps its line and column, however it is written.
func TestFrontMatterIsPassagesToo(t *testing.T) {
	var problems diag.List
	f := newSource("a.md", []byte(strings.Join([]string{
		"---",
		"title: \"The month: 403 contacts\"",
		"data_note: >-",
		"  Counted once,",
		"  in January 403.",
		"items:",
		"  - {title: Demand, urgent: 'It rose to 403'}",
		"---",
		"",
		"Text.",
	}, "\n")), &problems)
	_, _, body := split(f)
	text := parseMarkdown(f, body).freeze()
	var got []string
	for _, p := range text.FrontMatter("title", "data_note", "urgent") {
		line := fmt.Sprintf("%d %s", p.Kind, p.Text)
		if i := strings.Index(p.Text, "403"); i >= 0 {
			line += " " + strings.TrimPrefix(fmt.Sprint(p.Place(i)), "a.md:") + " " + p.Written(i, i+3) + " of " + strings.TrimSpace(p.SourceLine(i))
		}
		got = append(got, line)
	}
	want := []string{
		`3 The month: 403 contacts {a.md 2 20} 403 of title: "The month: 403 contacts"`,
		`1 Counted once, in January 403. {a.md 5 14} 403 of in January 403.`,
		`3 Demand`,
		`1 It rose to 403 {a.md 7 41} 403 of - {title: Demand, urgent: 'It rose to 403'}`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if none := text.FrontMatter("summary"); none != nil {
		t.Errorf("there is no summary, and it has %v", none)
	}
}
