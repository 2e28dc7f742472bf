package chart

import (
	"fmt"
	"math"
	"slices"

	"outturn/internal/period"
)

// timeline is what all forms of a drawing have in common: the points in their
// order, where they stand in time, and which of them a stroke joins.
type timeline struct {
	points []Point
	places []float64
	joined []bool    // by a stroke, to the point before
	broken []float64 // where the series breaks
	time   calendar
	values extent
	newest int   // the last point with a figure; -1 where there is none
	states Point // has those that any figure has
}

// set makes it that of other points, in the room of those before. It refuses a
// point without a period, and a figure that cannot be drawn.
func (s *timeline) set(points []Point, events []Event) error {
	points, places, err := inOrder(points, s.places[:0])
	if err != nil {
		return err
	}
	s.points, s.places, s.joined, s.broken = points, places, s.joined[:0], s.broken[:0]
	s.time = newCalendar(points, places)
	s.values, s.states = extent{}, Point{}
	newest := -1
	for _, e := range events {
		if e.Break {
			s.broken = append(s.broken, placeDay(e.At))
		}
	}
	for i := range points {
		p := &points[i]
		s.joined = append(s.joined, false)
		if !p.Has {
			continue
		}
		s.values.add(p.Value)
		if p.Revised || p.Provisional || p.Caution {
			s.states.with(p)
		}
		// A stroke passes no missing figure, and no break in the series.
		if i > 0 && newest == i-1 {
			from, to := places[i-1], places[i]
			s.joined[i] = s.time.joined(from, to) && !slices.ContainsFunc(s.broken, func(at float64) bool { return at > from && at <= to })
		}
		newest = i
	}
	s.newest = newest
	return nil
}

// with adds the states of another.
func (p *Point) with(q *Point) {
	p.Revised = p.Revised || q.Revised
	p.Provisional = p.Provisional || q.Provisional
	p.Caution = p.Caution || q.Caution
}

// alone tells whether no stroke leads to a point or from it.
func (s *timeline) alone(i int) bool {
	return !s.joined[i] && (i+1 == len(s.joined) || !s.joined[i+1])
}

// inOrder checks the points and returns them by time, and their places, which
// it writes to an empty list; the given points stay as they are.
func inOrder(points []Point, places []float64) ([]Point, []float64, error) {
	sorted, last := true, math.Inf(-1)
	for i := range points {
		p := &points[i]
		if p.At.IsZero() {
			return nil, nil, fmt.Errorf("chart: point %d has no period", i+1)
		}
		if p.Has && !drawable(p.Value) {
			return nil, nil, fmt.Errorf("chart: %s is not a figure that can be drawn (%v)", p.At, p.Value)
		}
		at := place(p.At)
		sorted, last = sorted && last <= at, at
		places = append(places, at)
	}
	if !sorted {
		points = slices.Clone(points)
		slices.SortStableFunc(points, func(a, b Point) int {
			switch x, y := place(a.At), place(b.At); {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return period.Compare(a.At, b.At)
		})
		slices.Sort(places)
	}
	return points, places, nil
}
