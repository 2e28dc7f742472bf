package site

import (
	"strings"
	"sync"

	"outturn/internal/chart"
	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/theme"
)

// room is what a page is put together in: most of its memory, of which the next
// page makes use once it is written.
type room struct {
	facts  []fact
	known  []knownSeries // that the page has asked for
	points []chart.Point
	cells  []theme.Figure
	rows   []theme.TableRow
	times  []period.Period // of the page's rows, while they are put together
	texts  strings.Builder // one behind the other; those of pages before stay as they are

	// The pages of a month are made one after the other, and show the same
	// series of the whole authority: these stay until a page begins with another.
	view  *dataset.View
	begun bool // the page has asked for a series
	whole map[*dataset.Indicator]*series
	kept  []fact // of whole
}

// knownSeries is a series with what was asked for.
type knownSeries struct {
	view *dataset.View
	area string
	*series
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// series are the figures of a measure in an area. They are read once.
func (r *room) series(v *dataset.View, ind *dataset.Indicator, area string) *series {
	if !r.begun {
		if r.begun = true; v != r.view {
			clear(r.whole)
			r.view, r.kept = v, r.kept[:0]
		}
	}
	if v == r.view && area == v.Whole() {
		s := r.whole[ind]
		if s == nil {
			from := len(r.kept)
			r.kept = readSeries(r.kept, v, ind, area)
			s = &series{ind: ind, facts: r.kept[from:]}
			if r.whole == nil {
				r.whole = map[*dataset.Indicator]*series{}
			}
			r.whole[ind] = s
		}
		return s
	}
	for i := range r.known {
		if k := &r.known[i]; k.ind == ind && k.view == v && k.area == area {
			return k.series
		}
	}
	from := len(r.facts)
	r.facts = readSeries(r.facts, v, ind, area)
	s := &series{ind: ind, facts: r.facts[from:]}
	r.known = append(r.known, knownSeries{v, area, s})
	return s
}

// text keeps a text: there is one beside nearly every figure, and each by itself
// would cost more than to write it.
func (r *room) text(b []byte) string {
	if r.texts.Cap()-r.texts.Len() < len(b) {
		size := min(max(2*r.texts.Cap(), 256), 16<<10)
		r.texts.Reset()
		r.texts.Grow(max(size, len(b)))
	}
	from := r.texts.Len()
	r.texts.Write(b)
	return r.texts.String()[from:]
}

// figures are so many empty cells.
func (r *room) figures(n int) []theme.Figure {
	from := len(r.cells)
	if from+n > cap(r.cells) { // those that were given stay where they are
		from, r.cells = 0, make([]theme.Figure, 0, max(n, 2*cap(r.cells)))
	}
	r.cells = r.cells[:from+n]
	return r.cells[from : from+n : from+n]
}

// tableRows are so many empty rows.
func (r *room) tableRows(n int) []theme.TableRow {
	from := len(r.rows)
	if from+n > cap(r.rows) {
		from, r.rows = 0, make([]theme.TableRow, 0, max(n, 2*cap(r.rows)))
	}
	r.rows = r.rows[:from+n]
	return r.rows[from : from+n : from+n]
}

// line is an empty list with room for so many points.
func (r *room) line(n int) []chart.Point {
	from := len(r.points)
	if from+n > cap(r.points) {
		from, r.points = 0, make([]chart.Point, 0, max(n, 2*cap(r.points)))
	}
	r.points = r.points[:from+n]
	return r.points[from : from : from+n]
}

// empty makes room for the next page. Nothing of the last one may be in use.
func (r *room) empty() {
	clear(r.cells)
	clear(r.rows)
	clear(r.known)
	r.begun, r.known = false, r.known[:0]
	r.facts, r.points, r.cells, r.rows = r.facts[:0], r.points[:0], r.cells[:0], r.rows[:0]
}
