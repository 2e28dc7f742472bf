package dataset

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"outturn/internal/diag"
)

// writtenRow is a returnRow with its cells as they are written.
type writtenRow struct {
	Ref         string `csv:"ref" required:"yes"`
	Period      string `csv:"period" first:"yes"`
	Area        string `csv:"area" first:"yes"`
	Value       string `csv:"value" first:"yes"`
	Numerator   string `csv:"numerator"`
	Denominator string `csv:"denominator"`
	Mark        string `csv:"mark"`
	Note        string `csv:"note"`
	Rating      string `csv:"rating"`
	RatingWhy   string `csv:"rating_reason"`
	Reason      string `csv:"reason"`
}

// streamWritten is streamRows with the cells as strings.
func streamWritten(s *sheet, each func(line int, row *writtenRow)) {
	r := newRecords(s)
	streamRows(r, func(line int, row *returnRow) {
		var got writtenRow
		from, to := reflect.ValueOf(row).Elem(), reflect.ValueOf(&got).Elem()
		for i := range to.NumField() {
			to.Field(i).SetString(r.cell(from.FieldByName(to.Type().Field(i).Name).Interface().(span)))
		}
		each(line, &got)
	})
}

// sheetRead is all that comes of a sheet.
type sheetRead struct {
	Rows     []writtenRow
	Lines    []int
	Count    int
	Lost     bool
	Columns  []string
	Value    int
	Problems string
}

func readBy(text string, read func(*sheet, func(int, *writtenRow))) sheetRead {
	var problems diag.List
	s := newSheet("data/housing/2017-01.csv", plainLines(text), &problems)
	var got sheetRead
	read(s, func(line int, row *writtenRow) {
		got.Rows, got.Lines = append(got.Rows, *row), append(got.Lines, line)
	})
	got.Count, got.Lost, got.Columns, got.Value, got.Problems = s.rows(), s.lost, s.columns, s.value, told(&problems)
	return got
}

// readsAlike holds the quick way of returns against gocsv over encoding/csv.
func readsAlike(t *testing.T, text string) {
	t.Helper()
	slow, quick := readBy(text, readRows[writtenRow]), readBy(text, streamWritten)
	if !reflect.DeepEqual(slow, quick) {
		t.Errorf("%q reads as\n%+v\nby gocsv, and as\n%+v\nas a return", text, slow, quick)
	}
}

// Returns are read by lines and commas where they may be; the registers' way is
// the measure of it, whatever the file looks like.
func TestReturnsAreReadAsRegistersAre(t *testing.T) {
	random := rand.New(rand.NewPCG(2017, 1))
	headers := []string{"ref,period,area,value,numerator,denominator,mark,note", "ref,value", " REF ,Value,note,,", "value,rfe,mark,mark",
		"ref,perod,value", "ref;value", "period,value", "", ",,\n\n  \nref,value", "\u00a0ref,valeu,notes,reason,rating", "ref,\"value\",note"}
	pieces := []string{",", ",", ",", ",", ",", "\n", "\n", "\n", "\r\n", "\r", "1.1", "2.2", "7", "9O.5", "95.6%", "£7", "2016-17", "x", "r p", " ", "\t",
		"\v", "\u00a0", "\u2003", "\ufeff", "é", "“", ";", "\n\n", ",,,,,,,,", "\x7f", "\u0085", "\n,,\n", "\n1.1,,,7\n"}
	for range 4000 {
		var text strings.Builder
		text.WriteString(headers[random.IntN(len(headers))])
		text.WriteString("\n")
		quotes := random.IntN(2) * random.IntN(3)
		for range random.IntN(60) {
			if quotes > 0 && random.IntN(8) == 0 {
				text.WriteString([]string{`"`, `""`, `"a, b"`}[random.IntN(3)])
				continue
			}
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		readsAlike(t, text.String())
	}
}

func FuzzReturnRows(f *testing.F) {
	f.Add("ref,period,area,value\n1.1,2016-17,north,7\n\n ,,\n1.2,,9O.5\n")
	f.Add("ref,value,note\n1.1, 7 ,\"one, two\nthree\"\n1.2,8,a \"b\" c\n")
	f.Add("REF;value\n1;2")
	f.Fuzz(func(t *testing.T, text string) {
		if decoded, ok := decode("", []byte(text), new(diag.List)); ok {
			readsAlike(t, decoded)
		}
	})
}

// A place is found by commas alone where that is enough.
func TestPlacesAreFoundAlikeByCommasAndByCells(t *testing.T) {
	random := rand.New(rand.NewPCG(2017, 2))
	pieces := []string{",", ",", " ", "\t", "1.1", "é", `"`, `"a, b"`, `""`, "x", "\u00a0"}
	for range 4000 {
		var text strings.Builder
		for range 1 + random.IntN(12) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		s := newSheet("f.csv", text.String()+"\n"+text.String(), nil)
		for index := range 4 {
			for line := 1; line <= 2; line++ {
				if got, want := s.fieldPlace(line, index, 0), s.cellPlace(line, index, 0); got != want {
					t.Fatalf("%q: cell %d of line %d is at %v, by its cells at %v", text.String(), index, line, got, want)
				}
			}
		}
	}
}
