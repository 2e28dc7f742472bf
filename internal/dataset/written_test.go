package dataset

import (
	"encoding/csv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"outturn/internal/diag"
)

func TestSheetIsTakenApartAsItIsWritten(t *testing.T) {
	s, err := ReadSheet([]byte("Ref, Value,note\r\n1.1, 7 ,\"one, two\r\nthree\"\r\n\r\n,,\r\n1.2,,é"))
	if err != nil {
		t.Fatal(err)
	}
	if s.Header != "Ref, Value,note\n" || !slices.Equal(s.Columns, []string{"ref", "value", "note"}) || len(s.Rows) != 3 {
		t.Fatalf("read %q, %q and %d rows", s.Header, s.Columns, len(s.Rows))
	}
	for i, want := range []struct {
		raw   string
		line  int
		cells int
	}{{"1.1, 7 ,\"one, two\nthree\"\n", 2, 3}, {"\n,,\n", 5, 0}, {"1.2,,é", 6, 2}} {
		if r := s.Rows[i]; r.Raw != want.raw || r.Line != want.line || len(r.Cells) != want.cells {
			t.Errorf("row %d is %+v, wanted %+v", i+1, r, want)
		}
	}
	for column, want := range map[string]diag.Place{"value": {Line: 2, Column: 6}, "note": {Line: 2, Column: 10}, "mark": {Line: 2, Column: 1}} {
		if at := s.Place(2, column); at != want {
			t.Errorf("%s of line 2 is at %v, wanted %v", column, at, want)
		}
	}
	if s.Source(6) != "1.2,,é" {
		t.Errorf("line 6 is %q", s.Source(6))
	}
}

// What is kept of a sheet is its text: no row loses a byte, none is read twice.
func TestRowsOfASheetAreItsText(t *testing.T) {
	random := rand.New(rand.NewPCG(2017, 3))
	pieces := []string{",", "\n", "1.1", " x ", `"a, b"`, "\"a\nb\"", `"`, "é"}
	read := 0
	for range 5000 {
		text := "ref,value"
		for range random.IntN(12) {
			text += pieces[random.IntN(len(pieces))]
		}
		s, err := ReadSheet([]byte(text))
		reader := csv.NewReader(strings.NewReader(text))
		reader.FieldsPerRecord, reader.TrimLeadingSpace = -1, true
		all, wanted := reader.ReadAll()
		if (err == nil) != (wanted == nil) {
			t.Fatalf("%q: error %v, encoding/csv says %v", text, err, wanted)
		}
		if err != nil {
			continue
		}
		read++
		whole := s.Header
		for _, r := range s.Rows {
			whole += r.Raw
		}
		if strings.TrimRight(whole, "\n") != strings.TrimRight(text, "\n") || len(s.Rows) != len(all)-1 {
			t.Fatalf("%q is read as %q, %d rows", text, whole, len(s.Rows))
		}
	}
	if read < 1000 {
		t.Errorf("%d sheets were read: too few to prove anything", read)
	}
	if _, err := ReadSheet([]byte("ref\x00")); err == nil {
		t.Error("what is no text was read")
	}
}
