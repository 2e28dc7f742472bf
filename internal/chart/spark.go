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
	sh := sheets[Spark]
	p := newPen()
	class := "chart chart-spark"
	if s.Rating != "" {
		class += " rating-" + token(s.Rating)
	}
	p.begin(class, "", "", "", sh.w, sh.h)
	var e extent
	points := make([]Point, 0, len(s.Points))
	for _, pt := range s.Points {
		if pt.At.IsZero() {
			continue
		}
		if pt.Has = pt.Has && drawable(pt.Value); pt.Has {
			e.add(pt.Value)
		}
		points = append(points, pt)
	}
	points, err := inOrder(points)
	if err != nil || !e.any {
		return p.end()
	}
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
	d := &trend{Trend: Trend{Points: points, Events: breaks(s.Events)}, sheet: sh, form: Spark, newest: -1}
	d.places = make([]float64, len(points))
	for i, pt := range points {
		d.places[i] = place(pt.At)
		if pt.Has {
			d.newest = i
		}
	}
	d.time = newCalendar(points)
	d.x = span{d.places[0], d.places[len(points)-1]}
	if d.x.from == d.x.to {
		d.x = span{d.x.from - 0.5, d.x.to + 0.5}
	}
	box := gochart.Box{Top: 4 * px, Left: 3 * px, Right: sh.w - 5*px, Bottom: sh.h - 4*px, IsSet: true}
	b := plotIn(box, d.x, span{e.lo, e.hi})
	if s.HasTarget {
		p.rule("level target", 0, b.Y(s.Target), sh.w, b.Y(s.Target))
	}
	d.lines(p, b)
	for i, pt := range points {
		switch {
		case !pt.Has:
		case i == d.newest:
			p.circle("dot last", b.X(d.places[i]), b.Y(pt.Value), 30)
		case !d.joinedToAny(i):
			p.dot(b.X(d.places[i]), b.Y(pt.Value))
		}
	}
	return p.end()
}
