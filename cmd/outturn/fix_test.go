package main

import (
	"testing"

	"outturn/internal/check"
	"outturn/internal/diag"
)

func TestBindingChangesNothingButTheFigure(t *testing.T) {
	raw := "\ufeff18.2% é\r\n\r\n403 and 18.2% of 403\rlast 7"
	at := func(line, column int, typed, reference string) check.Binding {
		return check.Binding{Place: diag.Place{File: "a.md", Line: line, Column: column}, Typed: typed, Reference: reference}
	}
	text, done := bind([]byte(raw), []check.Binding{
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
