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
	if err := checkLevels(m.Target); err != nil {
		return "", err
	}
	m.Words = m.Words.filled()
	told := m.Events
	m.Events = breaks(m.Events)
	var e extent
	all := make([][]Point, 0, len(m.Panels))
	panels := make([]*trend, len(m.Panels))
	for i, panel := range m.Panels {
		points, err := inOrder(panel.Points)
		if err != nil {
			return "", fmt.Errorf("%w (%s)", err, panel.Name)
		}
		d := &trend{Trend: Trend{Unit: m.Unit, Decimals: m.Decimals, Points: points, Target: m.Target, Events: m.Events}, sheet: sh, form: Small, newest: -1}
		d.time = newCalendar(points)
		d.places = make([]float64, len(points))
		for j, pt := range points {
			d.places[j] = place(pt.At)
			if pt.Has {
				e.add(pt.Value)
				d.newest = j
			}
		}
		all = append(all, points)
		panels[i] = d
	}
	if !e.any {
		return nothing("chart-multiples", m.ID, m.Title, m.Description, m.Words.Empty, sh), nil
	}
	for _, l := range m.Target {
		e.add(l.Value)
	}
	a := newAxis(e, m.Unit, m.Decimals, m.FromZero || fromZero(m.Unit), 3)
	x := span{1e18, -1e18}
	right := 0
	for _, d := range panels {
		for _, at := range d.places {
			x.from, x.to = min(x.from, at), max(x.to, at)
		}
		if d.newest >= 0 {
			pt := d.Points[d.newest]
			right = max(right, width(shown(pt.Text, pt.Value, m.Unit, m.Decimals), sh.small, true))
		}
	}
	if x.from == x.to {
		x = span{x.from - 0.5, x.to + 0.5}
	}
	left := tickRoom(a, sh.small) + 8*px
	g := newGrid(len(panels), f, sh, left)
	names := make([][]string, len(panels))
	for i, panel := range m.Panels {
		names[i] = wrap(panel.Name, g.w, sh.text, 2, true)
		g.head = max(g.head, len(names[i])*sh.line)
	}
	g.row = g.head + 138*px
	bottom := (len(panels)+g.columns-1)/g.columns*g.row + 2*px
	notes := targetNotes(m.Target)
	for _, e := range told {
		if at := placeDay(e.At); e.Break && e.Label != "" && at >= x.from && at <= x.to {
			notes = append(notes, note{words: e.Label, swatch: "break"})
		}
	}
	notes = append(notes, states(m.Words, all...)...)
	g.height = bottom + layNotes(notes, 0, sh.w, sh.small)*18*px
	p := newPen()
	p.begin("chart chart-multiples "+sh.name, sh.ident(m.ID), m.Title, m.Description, sh.w, g.height)
	plots := make([]plot, len(panels))
	for i, d := range panels {
		cell := g.cell(i)
		d.x = x
		d.box = gochart.Box{Top: cell.Top + g.head + 9*px, Left: cell.Left, Right: cell.Right - right - 12*px, Bottom: cell.Bottom - 22*px, IsSet: true}
		d.perMonth = float64(d.box.Right-d.box.Left) / (x.to - x.from)
		d.placeEvents()
		plots[i] = plotIn(d.box, x, span{a.min, a.max})
	}
	p.group("panel-name", 0, 0)
	for i, lines := range names {
		cell := g.cell(i)
		for j, line := range lines {
			p.text(line, cell.Left, cell.Top+g.head-3*px+(j+1-len(lines))*sh.line)
		}
	}
	p.ungroup()
	yTicks(p, a, sh.small, g.columns, plots...)
	for i, d := range panels {
		d.levels(p, plots[i])
	}
	for i, d := range panels {
		if s := plots[i]; d.newest < 0 {
			p.label("empty at-middle", fit(m.Words.Empty, s.Right-s.Left, sh.small, false), (s.Left+s.Right)/2, (s.Top+s.Bottom)/2)
		}
	}
	endsOfTime(p, plots, outermost(all...), sh.small) // every panel stands over the same time
	m.series(p, panels, plots)
	drawNotes(p, notes, bottom, sh.small)
	return p.end(), nil
}

// series draws what the panels show, layer by layer, with the newest figure of
// each: what is alike in all panels stands together.
func (m Multiples) series(p *pen, panels []*trend, plots []plot) {
	for i, d := range panels {
		d.events(p, plots[i])
	}
	for i, d := range panels {
		d.lines(p, plots[i])
	}
	for i, d := range panels {
		d.markers(p, plots[i])
	}
	p.group("value", 0, 0)
	for i, d := range panels {
		if d.newest >= 0 {
			s, pt := plots[i], d.Points[d.newest]
			p.text(shown(pt.Text, pt.Value, m.Unit, m.Decimals), s.X(d.places[d.newest])+8*px, s.Y(pt.Value)+d.small*36/100)
		}
	}
	p.ungroup()
}

// endsOfTime names the first and the last period alone, where drawings are
// too small for more. All of them are as wide as the first.
func endsOfTime(p *pen, plots []plot, points []Point, size int) {
	ends := outermost(points)
	first, last := ends[0].At, ends[1].At
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

// outermost are the first and the last point in time of series that are not all empty.
func outermost(series ...[]Point) []Point {
	var ends []Point
	from, to := 0.0, 0.0
	for _, points := range series {
		for i := range points {
			at := place(points[i].At)
			if ends == nil {
				ends, from, to = []Point{points[i], points[i]}, at, at
			}
			if at < from {
				ends[0], from = points[i], at
			}
			if at > to {
				ends[1], to = points[i], at
			}
		}
	}
	return ends
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
