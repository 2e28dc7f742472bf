package chart

import (
	gochart "github.com/wcharczuk/go-chart/v2"
)

// Sparkline is the shape of a series within a row of a table. It is hidden
// from assistive technology: the figures stand beside it.
type Sparkline struct {
	Points    []Point
	Events    []Event // only breaks are drawn: they interrupt the line
	Target    float64
	HasTarget bool
	Rating    string // green, amber, red or none: a class on the root
}

// Draw returns the drawing. Points that cannot be drawn are gaps, since a
// decoration must not stop a page; without any figure the drawing is empty.
func (s Sparkline) Draw() string {
	p := newPen()
	d := newTrend()
	defer d.done()
	sh := &sheets[Spark]
	if s.Rating == "" {
		p.root(sh.w, sh.h, "chart-spark")
	} else {
		p.root(sh.w, sh.h, "chart-spark rating-", token(s.Rating))
	}
	p.put(` aria-hidden="true" focusable="false">`)
	err := d.set(s.Points, s.Events)
	if err != nil {
		err = d.set(drawables(s.Points), s.Events)
	}
	if err != nil || !d.values.found {
		p.end()
		return p.drawn()
	}
	e := d.values
	if s.HasTarget = s.HasTarget && drawable(s.Target); s.HasTarget {
		e.add(s.Target)
	}
	if e.lo == e.hi {
		e.lo, e.hi = e.lo-1, e.hi+1
		if e.lo == e.hi { // beyond 2⁵³ one more or less is no difference
			e.lo, e.hi = float64(e.lo/2), e.hi+float64(e.hi/2)
		}
		if e.lo > e.hi {
			e.lo, e.hi = e.hi, e.lo
		}
	}
	x := span{d.places[0], d.places[len(d.places)-1]}
	if x.from == x.to {
		x = span{x.from - 0.5, x.to + 0.5}
	}
	box := gochart.Box{Top: 4 * px, Left: 3 * px, Right: sh.w - 5*px, Bottom: sh.h - 4*px, IsSet: true}
	b := plotIn(box, x, span{e.lo, e.hi})
	if s.HasTarget {
		p.rule("level target", 0, b.Y(s.Target), sh.w, b.Y(s.Target))
	}
	d.onto(&b)
	d.lines(p)
	for i, at := range d.spots {
		switch {
		case !d.points[i].Has:
		case i == d.newest:
			p.circle("dot last", at.x, at.y, 30)
		case d.alone(i):
			p.dot(at.x, at.y)
		}
	}
	p.end()
	return p.drawn()
}

// drawables are the points that have a place in time, without the figures that
// cannot be drawn.
func drawables(points []Point) []Point {
	var out []Point
	for _, pt := range points {
		if pt.Has = pt.Has && drawable(pt.Value); !pt.At.IsZero() {
			out = append(out, pt)
		}
	}
	return out
}
