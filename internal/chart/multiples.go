package chart

import (
	"fmt"
	"slices"
	"sync"

	gochart "github.com/wcharczuk/go-chart/v2"

	"outturn/internal/period"
	"outturn/internal/quantity"
)

// Multiples shows areas or parts side by side, one small line each, on one
// scale of values and one of time, so that they can be compared by eye.
type Multiples struct {
	ID, Title, Description string
	Unit                   quantity.Unit
	Decimals               int
	Panels                 []Panel
	Target                 []Level
	Events                 []Event // only breaks are drawn, in every panel
	FromZero               bool
	Words                  Words
}

// Panel is one of them. A panel without a figure says so.
type Panel struct {
	Name   string
	Points []Point
}

// Draw returns the drawing as an svg element, as high as its rows of panels.
// It refuses what Trend refuses, and the form Spark.
func (m Multiples) Draw(f Form) (string, error) {
	if _, err := f.sheet(); err != nil {
		return "", err
	}
	if f == Spark {
		return "", fmt.Errorf("chart: small multiples have no sparkline")
	}
	d := allMultiples.Get().(*multiples)
	defer d.done()
	if err := d.prepare(&m); err != nil {
		return "", err
	}
	p := newPen()
	d.draw(p, f)
	return p.drawn(), nil
}

// Both returns the wide and the narrow drawing, of which a page shows one. It
// refuses what Draw refuses.
func (m Multiples) Both() (wide, narrow string, err error) {
	d := allMultiples.Get().(*multiples)
	defer d.done()
	if err := d.prepare(&m); err != nil {
		return "", "", err
	}
	wide, narrow = both(d.draw)
	return wide, narrow, nil
}

// multiples is a Multiples being drawn, in one form after the other.
type multiples struct {
	Multiples
	panels []trend
	found  bool // a panel has a figure
	axis   axis
	x      span
	first  period.Period // of all panels
	last   period.Period
	states Point

	plots []plot // of the panels
	lines []string
	names [][]string // of the panels, each some of the lines
	notes []note
}

// allMultiples are used again, as trends are.
var allMultiples = sync.Pool{New: func() any { return new(multiples) }}

// done keeps the lists, and lets go of what the caller gave.
func (d *multiples) done() {
	d.Multiples = Multiples{}
	for i := range d.panels {
		d.panels[i].release()
	}
	allMultiples.Put(d)
}

// prepare does what is the same for all forms.
func (d *multiples) prepare(m *Multiples) error {
	if err := checkLevels(m.Target); err != nil {
		return err
	}
	d.Multiples = *m
	d.Words = d.Words.filled()
	d.x, d.states = span{1e18, -1e18}, Point{}
	d.panels = slices.Grow(d.panels[:0], len(m.Panels))[:len(m.Panels)]
	events := inTime(breaks(m.Events))
	var e extent
	for i, panel := range m.Panels {
		s := &d.panels[i]
		if err := s.set(panel.Points, m.Events); err != nil {
			return fmt.Errorf("%w (%s)", err, panel.Name)
		}
		s.Target, s.Events = m.Target, events
		if s.values.found {
			e.add(s.values.lo)
			e.add(s.values.hi)
		}
		if n := len(s.points); n > 0 {
			if s.places[0] < d.x.from {
				d.x.from, d.first = s.places[0], s.points[0].At
			}
			if s.places[n-1] > d.x.to {
				d.x.to, d.last = s.places[n-1], s.points[n-1].At
			}
		}
		d.states.with(&s.states)
	}
	if d.found = e.found; !d.found {
		return nil
	}
	for _, l := range m.Target {
		e.add(l.Value)
	}
	d.axis.span(e, m.Unit, m.Decimals, m.FromZero || fromZero(m.Unit), 3)
	if d.x.from == d.x.to {
		d.x = span{d.x.from - 0.5, d.x.to + 0.5}
	}
	return nil
}

func (d *multiples) draw(p *pen, f Form) {
	sh := &sheets[f]
	if !d.found {
		nothing(p, "chart-multiples", d.ID, d.Title, d.Description, d.Words.Empty, sh)
		return
	}
	right := 0
	for i := range d.panels {
		if t := &d.panels[i]; t.newest >= 0 {
			right = max(right, width(d.newest(t), sh.small, true))
		}
	}
	g := newGrid(len(d.panels), f, sh, tickRoom(&d.axis, sh.small)+8*px)
	d.names, d.lines = d.names[:0], d.lines[:0]
	for i := range d.Panels {
		from := len(d.lines)
		d.lines = wrap(d.lines, d.Panels[i].Name, g.w, sh.text, 2, true)
		d.names = append(d.names, d.lines[from:])
		g.head = max(g.head, (len(d.lines)-from)*sh.line)
	}
	g.row = g.head + 138*px
	bottom := (len(d.panels)+g.columns-1)/g.columns*g.row + 2*px
	d.explain()
	g.height = bottom + layNotes(d.notes, 0, sh.w, sh.small)*18*px
	p.begin("chart-multiples", sh, d.ID, d.Title, d.Description, g.height)
	d.plots = d.plots[:0]
	for i := range d.panels {
		cell := g.cell(i)
		box := gochart.Box{Top: cell.Top + g.head + 9*px, Left: cell.Left, Right: cell.Right - right - 12*px, Bottom: cell.Bottom - 22*px, IsSet: true}
		d.plots = append(d.plots, plotIn(box, d.x, span{d.axis.min, d.axis.max}))
		t := &d.panels[i]
		t.sheet, t.form, t.box, t.x = sh, Small, box, d.x
		t.onto(&d.plots[i])
		t.placeEvents()
	}
	p.group("panel-name", 0, 0)
	for i, lines := range d.names {
		cell := g.cell(i)
		for j, line := range lines {
			p.text(line, cell.Left, cell.Top+g.head-3*px+(j+1-len(lines))*sh.line)
		}
	}
	p.ungroup()
	d.layers(p, g.columns)
	drawNotes(p, d.notes, bottom, sh.small)
	p.end()
}

// layers draws the panels layer by layer: what is alike in all of them stands
// together.
func (d *multiples) layers(p *pen, inRow int) {
	panels, plots, size := d.panels, d.plots, d.panels[0].small
	yTicks(p, &d.axis, size, inRow, plots...)
	for i := range panels {
		panels[i].levels(p, &plots[i])
	}
	for i := range plots {
		if s := &plots[i]; panels[i].newest < 0 {
			p.label("empty at-middle", fit(d.Words.Empty, s.Right-s.Left, size, false), (s.Left+s.Right)/2, (s.Top+s.Bottom)/2)
		}
	}
	endsOfTime(p, plots, d.first, d.last, size) // every panel stands over the same time
	for i := range panels {
		panels[i].events(p, &plots[i])
	}
	for i := range panels {
		panels[i].lines(p)
	}
	for i := range panels {
		panels[i].markers(p)
	}
	p.group("value", 0, 0)
	for i := range panels {
		if t := &panels[i]; t.newest >= 0 {
			at := t.spots[t.newest]
			p.text(d.newest(t), at.x+8*px, at.y+size*36/100)
		}
	}
	p.ungroup()
}

// newest is a panel's newest figure.
func (d *multiples) newest(t *trend) string {
	pt := &t.points[t.newest]
	return shown(pt.Text, pt.Value, d.Unit, d.Decimals)
}

func (d *multiples) explain() {
	notes := targetNotes(d.notes[:0], d.Target)
	for _, e := range d.Events {
		if at := placeDay(e.At); e.Break && e.Label != "" && at >= d.x.from && at <= d.x.to {
			notes = append(notes, note{words: e.Label, swatch: "break"})
		}
	}
	d.notes = states(notes, &d.Words, &d.states)
}

// endsOfTime names the first and the last period alone, where drawings are
// too small for more. All of them are as wide as the first.
func endsOfTime(p *pen, plots []plot, first, last period.Period, size int) {
	below := func(s *plot) int { return s.Bottom + 6*px + size }
	for _, short := range [...]bool{false, true} {
		from, to := edgeName(first, short), edgeName(last, short)
		if from == to {
			for i := range plots {
				s := &plots[i]
				p.label("tick at-middle", to, (s.Left+s.Right)/2, below(s))
			}
			return
		}
		if width(from, size, false)+width(to, size, false)+5*px <= plots[0].Right-plots[0].Left {
			p.group("tick", 0, 0)
			for i := range plots {
				s := &plots[i]
				p.text(from, s.Left, below(s))
			}
			p.ungroup()
			p.group("tick at-end", 0, 0)
			for i := range plots {
				s := &plots[i]
				p.text(to, s.Right, below(s))
			}
			p.ungroup()
			return
		}
	}
	for i := range plots {
		s := &plots[i]
		p.label("tick at-end", edgeName(last, true), s.Right, below(s))
	}
}

// edgeName is Jan 2017, or Jan ’17 where room is short.
func edgeName(p period.Period, short bool) string {
	switch p.Kind() {
	case period.Year:
		return yearName(p.Last().FinancialYear(), short)
	case period.AcademicYear:
		return yearName(p.Last().AcademicYear(), short)
	}
	m := monthOf(p)
	if short {
		return monthNames[m.Number()-1] + " ’" + yearName(m.Year()-1, true)[3:]
	}
	return m.Short()
}

// grid places the panels in rows.
type grid struct {
	columns, height int
	left, w         int // the room of the values' labels, and of a panel
	head, row       int // heights of a panel's name and of a row
}

const panelGap = 10 * px

func newGrid(n int, f Form, sh *sheet, left int) grid {
	columns := 3
	switch {
	case f == Small:
		columns = 1
	case f == Narrow || n == 4:
		columns = 2
	}
	columns = max(min(columns, n), 1)
	return grid{columns: columns, left: left, w: (sh.w - left - (columns-1)*panelGap) / columns}
}

// cell is a panel's part of the sheet.
func (g grid) cell(i int) gochart.Box {
	x := g.left + i%g.columns*(g.w+panelGap)
	y := i / g.columns * g.row
	return gochart.Box{Top: y + 2*px, Left: x, Right: x + g.w, Bottom: y + g.row - 4*px, IsSet: true}
}
