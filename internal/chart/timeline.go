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
	joined []bool // by a stroke, to the point before
	time   calendar
	values extent
	newest int   // the last point with a figure; -1 where there is none
	states Point // has those that any figure has
}

// newTimeline refuses a point without a period, and a figure that cannot be drawn.
func newTimeline(points []Point, events []Event) (*timeline, error) {
	points, places, err := inOrder(points)
	if err != nil {
		return nil, err
	}
	s := &timeline{points: points, places: places, joined: make([]bool, len(points)), time: newCalendar(points, places), newest: -1}
	var broken []float64
	for _, e := range events {
		if e.Break {
			broken = append(broken, placeDay(e.At))
		}
	}
	for i := range points {
		p := &points[i]
		if !p.Has {
			continue
		}
		s.values.add(p.Value)
		s.states.Revised = s.states.Revised || p.Revised
		s.states.Provisional = s.states.Provisional || p.Provisional
		s.states.Caution = s.states.Caution || p.Caution
		// A stroke passes no missing figure, and no break in the series.
		if i > 0 && s.newest == i-1 {
			from, to := places[i-1], places[i]
			s.joined[i] = s.time.joined(from, to) && !slices.ContainsFunc(broken, func(at float64) bool { return at > from && at <= to })
		}
		s.newest = i
	}
	return s, nil
}

// alone tells whether no stroke leads to a point or from it.
func (s *timeline) alone(i int) bool {
	return !s.joined[i] && (i+1 == len(s.joined) || !s.joined[i+1])
}

// inOrder checks the points and returns them by time, with their places; the
// given slice stays as it is.
func inOrder(points []Point) ([]Point, []float64, error) {
	places := make([]float64, len(points))
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
		places[i] = at
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
