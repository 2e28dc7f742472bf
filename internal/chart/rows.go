package chart

import (
	"fmt"

	gochart "github.com/wcharczuk/go-chart/v2"

	"outturn/internal/quantity"
)

// Rows compares figures of one period: a bar each from zero, its name before it
// (above it where the sheet is narrow) and its figure at its end. It serves
// parts of which only one period is known, where a stack of one column would
// say less, and any number of them.
type Rows struct {
	ID, Title, Description string
	Unit                   quantity.Unit
	Decimals               int
	Rows                   []Bar
	Words                  Words
}

// Draw returns the drawing as an svg element, as high as its rows. It refuses
// what Trend refuses, and the form Spark.
func (r Rows) Draw(f Form) (string, error) {
	if _, err := f.sheet(); err != nil {
		return "", err
	}
	if f == Spark {
		return "", fmt.Errorf("chart: rows have no sparkline")
	}
	e, err := r.extent()
	if err != nil {
		return "", err
	}
	p := newPen()
	r.draw(p, f, e)
	return p.drawn(), nil
}

// Both returns the wide and the narrow drawing, of which a page shows one. It
// refuses what Draw refuses.
func (r Rows) Both() (wide, narrow string, err error) {
	e, err := r.extent()
	if err != nil {
		return "", "", err
	}
	wide, narrow = both(func(p *pen, f Form) { r.draw(p, f, e) })
	return wide, narrow, nil
}

func (r Rows) extent() (extent, error) {
	var e extent
	for _, b := range r.Rows {
		if !b.Has {
			continue
		}
		if !drawable(b.Value) {
			return e, fmt.Errorf("chart: %q is not a figure that can be drawn (%v)", b.Label, b.Value)
		}
		e.add(b.Value)
	}
	return e, nil
}

func (r Rows) draw(p *pen, f Form, e extent) {
	sh := &sheets[f]
	if !e.found {
		nothing(p, "chart-rows", r.ID, r.Title, r.Description, r.Words.filled().Empty, sh)
		return
	}
	g := r.grid(f, sh)
	var a axis
	a.span(e, r.Unit, r.Decimals, true, sh.ticks)
	p.begin("chart-rows", sh, r.ID, r.Title, r.Description, g.height)
	box := gochart.Box{Top: 2 * px, Left: g.left, Right: g.right, Bottom: g.height - 2*px, IsSet: true}
	of := plotIn(box, span{a.min, a.max}, span{0, 1})
	r.bars(p, &of, g, sh)
	p.end()
}

// rowGrid is where the rows stand.
type rowGrid struct {
	names       [][]string
	above       bool // the name stands above its bar
	left, right int  // of the bars
	tops        []int
	height      int
}

const barHeight = 16 * px

func (r Rows) grid(f Form, sh *sheet) rowGrid {
	g := rowGrid{above: f != Wide}
	room, figures := sh.w*2/5, 0
	if g.above {
		room = sh.w
	}
	for _, b := range r.Rows {
		lines := wrap(nil, b.Label, room, sh.text, 3, false)
		g.names = append(g.names, lines)
		if !g.above {
			g.left = max(g.left, widest(lines, sh.text, false)+10*px)
		}
		figures = max(figures, width(r.text(b), sh.text, true))
	}
	g.right = sh.w - figures - 12*px
	at := 2 * px
	for _, lines := range g.names {
		g.tops = append(g.tops, at)
		if g.above {
			at += len(lines)*sh.line + 4*px + barHeight + 12*px
		} else {
			at += max(barHeight, len(lines)*sh.line) + 8*px
		}
	}
	g.height = at + 2*px
	return g
}

func (r Rows) text(b Bar) string {
	if !b.Has {
		return b.Text
	}
	return shown(b.Text, b.Value, r.Unit, r.Decimals)
}

func (r Rows) bars(p *pen, s *plot, g rowGrid, sh *sheet) {
	zero := s.X(0)
	if g.above {
		p.group("part-name", 0, 0)
	} else {
		p.group("part-name at-end", g.left-10*px, 0)
	}
	for i, top := range g.tops {
		for j, line := range g.names[i] {
			p.text(line, 0, top+sh.line*78/100+j*sh.line)
		}
		if g.above {
			g.tops[i] += len(g.names[i])*sh.line + 4*px
		}
	}
	p.ungroup()
	if g.above {
		for _, top := range g.tops {
			p.rule("zero", zero, top, zero, top+barHeight)
		}
	}
	end := func(b Bar) int {
		if !b.Has {
			return zero
		}
		return s.X(b.Value)
	}
	for i, b := range r.Rows {
		p.box("column", min(end(b), zero), g.tops[i], max(end(b), zero), g.tops[i]+barHeight)
	}
	if !g.above {
		p.rule("zero", zero, s.Top, zero, s.Bottom)
	}
	p.group("value", 0, 0)
	for i, b := range r.Rows {
		p.text(r.text(b), max(end(b), zero)+6*px, g.tops[i]+barHeight/2+sh.text*35/100)
	}
	p.ungroup()
}
