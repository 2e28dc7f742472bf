package chart

import (
	"slices"

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
	points := s.Points
	if slices.ContainsFunc(points, undrawable) {
		points = slices.Clone(points)
		for i := range points {
			points[i].Has = points[i].Has && drawable(points[i].Value)
		}
		points = slices.DeleteFunc(points, func(pt Point) bool { return pt.At.IsZero() })
	}
	of, err := newTimeline(points, s.Events)
	if err != nil || !of.values.any {
		return p.end()
	}
	e := of.values
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
	x := span{of.places[0], of.places[len(of.places)-1]}
	if x.from == x.to {
		x = span{x.from - 0.5, x.to + 0.5}
	}
	box := gochart.Box{Top: 4 * px, Left: 3 * px, Right: sh.w - 5*px, Bottom: sh.h - 4*px, IsSet: true}
	b := plotIn(box, x, span{e.lo, e.hi})
	if s.HasTarget {
		p.rule("level target", 0, b.Y(s.Target), sh.w, b.Y(s.Target))
	}
	d := &trend{Trend: &Trend{}, timeline: of}
	d.spots = d.onto(b, make([]spot, 0, len(of.points)))
	d.lines(p)
	for i, at := range d.spots {
		switch {
		case !of.points[i].Has:
		case i == of.newest:
			p.circle("dot last", at.x, at.y, 30)
		case of.alone(i):
			p.dot(at.x, at.y)
		}
	}
	return p.end()
}

// undrawable is a point that has no place in time, or no figure to draw there.
func undrawable(pt Point) bool { return pt.At.IsZero() || pt.Has && !drawable(pt.Value) }
