package site

import (
	"sync"

	"outturn/internal/chart"
	"outturn/internal/period"
	"outturn/internal/theme"
)

// room is what a page is put together in: most of its memory, of which the next
// page makes use once it is written.
type room struct {
	facts  []fact
	points []chart.Point
	cells  []theme.Figure
	shorts map[period.Period]string // names of periods, which every page has alike
}

var rooms = sync.Pool{New: func() any { return new(room) }}

// figures are so many empty cells.
func (r *room) figures(n int) []theme.Figure {
	from := len(r.cells)
	if from+n > cap(r.cells) { // those that were given stay where they are
		from, r.cells = 0, make([]theme.Figure, 0, max(n, 2*cap(r.cells)))
	}
	r.cells = r.cells[:from+n]
	return r.cells[from : from+n : from+n]
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

// short is a period's short name.
func (r *room) short(p period.Period) string {
	if p.Kind() == period.KindMonth {
		return p.Short() // which has it ready
	}
	name, known := r.shorts[p]
	if !known {
		if r.shorts == nil {
			r.shorts = map[period.Period]string{}
		}
		name = p.Short()
		r.shorts[p] = name
	}
	return name
}

// empty makes room for the next page. Nothing of the last one may be in use.
func (r *room) empty() {
	clear(r.cells)
	r.facts, r.points, r.cells = r.facts[:0], r.points[:0], r.cells[:0]
}
