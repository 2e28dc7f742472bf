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
