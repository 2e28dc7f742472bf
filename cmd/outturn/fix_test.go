package main

import (
	"strings"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/proof"
)

func TestBindingChangesNothingButTheFigure(t *testing.T) {
	raw := "\ufeff18.2% é\r\n\r\n403 and 18.2% of 403\rlast 7"
	at := func(line, column int, typed, reference string) proof.Binding {
		return proof.Binding{Place: diag.Place{File: "a.md", Line: line, Column: column}, Typed: typed, Reference: reference}
	}
	text, done, _ := bind([]byte(raw), []proof.Binding{
		at(3, 18, "403", "{{ c }}"),
		at(1, 1, "18.2%", "{{ a }}"),
		at(3, 1, "403", "{{ b }}"),
		at(3, 1, "40", "{{ never }}"), // overlaps
		at(4, 6, "8", "{{ never }}"),  // no longer there
		at(9, 1, "1", "{{ never }}"),
	})
	if want := "\ufeff{{ a }} é\r\n\r\n{{ b }} and 18.2% of {{ c }}\rlast 7"; string(text) != want {
		t.Errorf("bound %q\nwant  %q", text, want)
	}
	if len(done) != 3 {
		t.Errorf("%d were bound; want 3", len(done))
	}
}

// A reference that begins an unquoted text of the front matter is a YAML mapping,
// and the page would no longer be read.
func TestFigureThatBeginsUnquotedFrontMatterIsLeft(t *testing.T) {
	for line, want := range map[string]string{
		"summary: 403 contacts":              "",
		"  - 403 contacts":                   "",
		"  - text: 403 contacts":             "",
		"recommendations: [403 contacts]":    "",
		"recommendations: [of 403 contacts]": "",
		"summary: \"403 contacts\"":          "summary: \"{{ 1.1 }} contacts\"",
		"recommendations: ['403 contacts']":  "recommendations: ['{{ 1.1 }} contacts']",
		"summary: There were 403 contacts":   "summary: There were {{ 1.1 }} contacts",
		"summary: After a fall, 403":         "summary: After a fall, {{ 1.1 }}",
		"  403 contacts, in a block of text": "  {{ 1.1 }} contacts, in a block of text",
	} {
		raw := "---\nabove: x\n" + line + "\n---\n- 403\n"
		column := strings.Index(line, "403") + 1
		b := proof.Binding{Place: diag.Place{File: "a.md", Line: 3, Column: column}, Typed: "403", Reference: "{{ 1.1 }}"}
		below := b
		below.Line, below.Column = 5, 3
		text, done, unquoted := bind([]byte(raw), []proof.Binding{b, below})
		if want == "" {
			if want = line; len(unquoted) != 1 || len(done) != 1 {
				t.Errorf("%s: %d bound, %d left; want 1 and 1", line, len(done), len(unquoted))
			}
		}
		if want = "---\nabove: x\n" + want + "\n---\n- {{ 1.1 }}\n"; string(text) != want {
			t.Errorf("bound %q\nwant  %q", text, want)
		}
	}
}
