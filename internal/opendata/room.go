package opendata

import (
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// Room is what the downloads of one measure after the other are written in: the
// figures that the CSV has read and written as text, the JSON finds there. A room
// serves one caller at a time.
type Room struct {
	of   Series
	runs []run
	rows []row
	text []byte // of all numbers, one after the other
}

// run is the rows of a measure, or of a part, in one area.
type run struct {
	ind  *dataset.Indicator
	area string
	rows []row
}

// row is a figure with its numbers as text; one that is not there is empty.
type row struct {
	period                                 period.Period
	value, numerator, denominator, earlier span
	symbols                                string // parted by a space; see Symbols
	note                                   string
	returned                               period.Month
}

// bare reports whether there is nothing to remark of a figure; one that was
// revised has the symbol r.
func (f *row) bare() bool { return f.symbols == "" && f.note == "" }

// span is a piece of a room's text.
type span struct{ from, to int }

func (r *Room) in(s span) []byte { return r.text[s.from:s.to] }

// read gives the rows of the measure and its parts, area by area, in a fixed order.
func (r *Room) read(s Series) []run {
	if r.of == s {
		return r.runs
	}
	r.of = s
	r.runs, r.rows, r.text = r.runs[:0], r.rows[:0], r.text[:0]
	for _, ind := range s.measures() {
		for _, area := range append([]string{s.View.Whole()}, s.View.Areas(ind.Ref)...) {
			from := len(r.rows)
			for f := range s.View.Figures(ind.Ref, area) {
				r.rows = slices.Grow(r.rows, 1)[:len(r.rows)+1]
				now := &r.rows[len(r.rows)-1]
				now.period, now.returned, now.note, now.symbols = f.Period, f.Vintage.Month, f.Note, ""
				if f.Marks != "" || f.Revised { // of few figures
					now.symbols = strings.Join(Symbols(*f), " ")
				}
				now.value = r.published(ind, f.Value)
				now.numerator = r.plain(f.Numerator)
				now.denominator = r.plain(f.Denominator)
				now.earlier = span{}
				if f.Revised {
					now.earlier = r.published(ind, f.Earlier)
				}
			}
			r.runs = append(r.runs, run{ind, area, r.rows[from:len(r.rows):len(r.rows)]})
		}
	}
	return r.runs
}

// published is a figure as published; a grade is its word.
func (r *Room) published(ind *dataset.Indicator, n dataset.Number) span {
	from := len(r.text)
	switch {
	case !n.Has:
	case ind.Unit == quantity.Grade:
		r.text = append(r.text, ind.Format(n.Decimal)...)
	default:
		r.text = ind.Publish(n.Decimal).AppendString(r.text)
	}
	return span{from, len(r.text)}
}

func (r *Room) plain(n dataset.Number) span {
	from := len(r.text)
	if n.Has {
		r.text = n.Decimal.AppendString(r.text)
	}
	return span{from, len(r.text)}
}
