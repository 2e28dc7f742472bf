package chart

import (
	"fmt"

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
	sh, err := f.sheet()
	if err != nil {
		return "", err
	}
	if f == Spark {
		return "", fmt.Errorf("chart: small multiples have no sparkline")
	}
	d, err := m.prepare()
	if err != nil {
		return "", err
	}
	return d.draw(f, sh), nil
}

// Both returns the wide and the narrow drawing, of which a page shows one. It
// refuses what Draw refuses.
func (m Multiples) Both() (wide, narrow string, err error) {
	d, err := m.prepare()
	if err != nil {
		return "", "", err
	}
	return d.draw(Wide, sheets[Wide]), d.draw(Narrow, sheets[Narrow]), nil
}

// multiples is a Multiples with what is the same for all its forms.
type multiples struct {
	Multiples
	panel  Trend // what the panels have in common
	series []*timeline
	any    bool // a panel has a figure
	axis   axis
	x      span
	first  period.Period // of all panels
	last   period.Period
	states Point
}

func (m Multiples) prepare() (*multiples, error) {
	if err := checkLevels(m.Target); err != nil {
		return nil, err
	}
	m.Words = m.Words.filled()
	d := &multiples{Multiples: m, x: span{1e18, -1e18}, series: make([]*timeline, len(m.Panels))}
	d.panel = Trend{Target: m.Target, Events: inTime(breaks(m.Events))}
	var e extent
	for i, panel := range m.Panels {
		s, err := newTimeline(panel.Points, m.Events)
		if err != nil {
			return nil, fmt.Errorf("%w (%s)", err, panel.Name)
		}
		d.series[i] = s
		if s.values.any {
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
		d.states.Revised = d.states.Revised || s.states.Revised
		d.states.Provisional = d.states.Provisional || s.states.Provisional
		d.states.Caution = d.states.Caution || s.states.Caution
	}
	if d.any = e.any; !d.any {
		return d, nil
	}
	for _, l := range m.Target {
		e.add(l.Value)
	}
	d.axis = newAxis(e, m.Unit, m.Decimals, m.FromZero || fromZero(m.Unit), 3)
	if d.x.from == d.x.to {
		d.x = span{d.x.from - 0.5, d.x.to + 0.5}
	}
	return d, nil
}

func (d *multiples) draw(f Form, sh sheet) string {
	if !d.any {
		return nothing("chart-multiples", d.ID, d.Title, d.Description, d.Words.Empty, sh)
	}
	right := 0
	for _, s := range d.series {
		if s.newest >= 0 {
			right = max(right, width(d.newest(s), sh.small, true))
		}
	}
	g := newGrid(len(d.series), f, sh, tickRoom(d.axis, sh.small)+8*px)
	names := make([][]string, len(d.series))
	for i, panel := range d.Panels {
		names[i] = wrap(panel.Name, g.w, sh.text, 2, true)
		g.head = max(g.head, len(names[i])*sh.line)
	}
	g.row = g.head + 138*px
	bottom := (len(d.series)+g.columns-1)/g.columns*g.row + 2*px
	notes := d.notes()
	g.height = bottom + layNotes(notes, 0, sh.w, sh.small)*18*px
	p := newPen()
	p.begin("chart chart-multiples "+sh.name, sh.ident(d.ID), d.Title, d.Description, sh.w, g.height)
	panels := make([]trend, len(d.series))
	plots := make([]plot, len(d.series))
	for i, s := range d.series {
		cell := g.cell(i)
		box := gochart.Box{Top: cell.Top + g.head + 9*px, Left: cell.Left, Right: cell.Right - right - 12*px, Bottom: cell.Bottom - 22*px, IsSet: true}
		plots[i] = plotIn(box, d.x, span{d.axis.min, d.axis.max})
		t := &panels[i]
		*t = trend{Trend: &d.panel, timeline: s, sheet: sh, form: Small, box: box, x: d.x}
		t.spots = t.onto(plots[i], make([]spot, 0, len(s.points)))
		t.placeEvents()
	}
	p.group("panel-name", 0, 0)
	for i, lines := range names {
		cell := g.cell(i)
		for j, line := range lines {
			p.text(line, cell.Left, cell.Top+g.head-3*px+(j+1-len(lines))*sh.line)
		}
	}
	p.ungroup()
	d.layers(p, panels, plots, g.columns)
	drawNotes(p, notes, bottom, sh.small)
	return p.end()
}

// layers draws the panels layer by layer: what is alike in all of them stands
// together.
func (d *multiples) layers(p *pen, panels []trend, plots []plot, inRow int) {
	size := panels[0].small
	yTicks(p, d.axis, size, inRow, plots...)
	for i := range panels {
		panels[i].levels(p, plots[i])
	}
	for i, s := range plots {
		if d.series[i].newest < 0 {
			p.label("empty at-middle", fit(d.Words.Empty, s.Right-s.Left, size, false), (s.Left+s.Right)/2, (s.Top+s.Bottom)/2)
		}
	}
	endsOfTime(p, plots, d.first, d.last, size) // every panel stands over the same time
	for i := range panels {
		panels[i].events(p, plots[i])
	}
	for i := range panels {
		panels[i].lines(p)
	}
	for i := range panels {
		panels[i].markers(p)
	}
	p.group("value", 0, 0)
	for i, s := range d.series {
		if s.newest >= 0 {
			at := panels[i].spots[s.newest]
			p.text(d.newest(s), at.x+8*px, at.y+size*36/100)
		}
	}
	p.ungroup()
}

// newest is a panel's newest figure.
func (d *multiples) newest(s *timeline) string {
	pt := &s.points[s.newest]
	return shown(pt.Text, pt.Value, d.Unit, d.Decimals)
}

func (d *multiples) notes() []note {
	notes := targetNotes(d.Target)
	for _, e := range d.Events {
		if at := placeDay(e.At); e.Break && e.Label != "" && at >= d.x.from && at <= d.x.to {
			notes = append(notes, note{words: e.Label, swatch: "break"})
		}
	}
	return append(notes, states(d.Words, d.states)...)
}

// endsOfTime names the first and the last period alone, where drawings are
// too small for more. All of them are as wide as the first.
func endsOfTime(p *pen, plots []plot, first, last period.Period, size int) {
	below := func(s plot) int { return s.Bottom + 6*px + size }
	for _, short := range [...]bool{false, true} {
		from, to := edgeName(first, short), edgeName(last, short)
		if from == to {
			for _, s := range plots {
				p.label("tick at-middle", to, (s.Left+s.Right)/2, below(s))
			}
			return
		}
		if width(from, size, false)+width(to, size, false)+5*px <= plots[0].Right-plots[0].Left {
			p.group("tick", 0, 0)
			for _, s := range plots {
				p.text(from, s.Left, below(s))
			}
			p.ungroup()
			p.group("tick at-end", 0, 0)
			for _, s := range plots {
				p.text(to, s.Right, below(s))
			}
			p.ungroup()
			return
		}
	}
	for _, s := range plots {
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

func newGrid(n int, f Form, sh sheet, left int) grid {
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
