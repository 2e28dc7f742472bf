package site

import (
	"outturn/internal/chart"
	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// series are the figures of a measure in one area, oldest period first. A page
// shows them in its charts and again in its tables; they are read and written
// out once.
type series struct {
	view    *dataset.View
	ind     *dataset.Indicator
	area    string
	figures []dataset.Figure
	texts   []string // as published; "" where there is no value or it was not asked for yet; nil where none is wanted

	complete bool // every period is there
	last     int  // the index that was last found
	index    map[period.Period]int
}

type seriesKey struct {
	view      *dataset.View
	ref, area string
}

// series reads every figure of a measure in an area, once a page.
func (c *composer) series(v *dataset.View, ind *dataset.Indicator, area string) *series {
	key := seriesKey{v, ind.Ref, area}
	s := c.known[key]
	if s == nil || !s.complete {
		s = newSeries(v, ind, area, v.Series(ind.Ref, area))
		s.complete = true
		c.known[key] = s
	}
	return s
}

// recent reads of the months those that charts show, and all other periods;
// of what has been read whole it is the whole.
func (c *composer) recent(v *dataset.View, ind *dataset.Indicator, until period.Period) *series {
	key := seriesKey{v, ind.Ref, v.Whole()}
	s := c.known[key]
	if s == nil {
		s = recent(v, ind, until, shown)
		c.known[key] = s
	}
	return s
}

// recent reads the months of the whole authority from so many up to a period,
// the one before them, since after it a month without a figure is a gap, and
// all other periods.
func recent(v *dataset.View, ind *dataset.Indicator, until period.Period, most int) *series {
	first := until.Last().Add(1 - most)
	before := period.Month(0)
	for _, p := range periodsOf(v, ind, v.Whole(), func(p period.Period) bool { return p.Kind() == period.KindMonth && p.Last() < first }) {
		before = p.Last()
	}
	return newSeries(v, ind, v.Whole(), v.SeriesOf(ind.Ref, v.Whole(), func(p period.Period) bool {
		return p.Kind() != period.KindMonth || p.Last() >= first || p.Last() == before
	}))
}

func newSeries(v *dataset.View, ind *dataset.Indicator, area string, figures []dataset.Figure) *series {
	return &series{view: v, ind: ind, area: area, figures: figures, texts: make([]string, len(figures))}
}

// periodsOf lists the periods of a series that are wanted, oldest first. Of a
// measure that is not calculated it reads no figure: what was returned is there.
func periodsOf(v *dataset.View, ind *dataset.Indicator, area string, wanted func(period.Period) bool) []period.Period {
	var list []period.Period
	if ind.Calculation == "" {
		v.SeriesOf(ind.Ref, area, func(p period.Period) bool {
			if wanted(p) {
				list = append(list, p)
			}
			return false
		})
		return list
	}
	figures := v.SeriesOf(ind.Ref, area, wanted)
	for i := range figures {
		list = append(list, figures[i].Period)
	}
	return list
}

// find is the index of a period's figure; ok is false where there is none.
func (s *series) find(p period.Period) (at int, ok bool) {
	// Pages mostly ask for one period after another, in either direction; those
	// of other kinds stand between them.
	const near = 6
	for at := max(s.last-near, 0); at <= s.last+near && at < len(s.figures); at++ {
		if s.figures[at].Period == p {
			s.last = at
			return at, true
		}
	}
	if s.index == nil {
		s.index = make(map[period.Period]int, len(s.figures))
		for i := range s.figures {
			s.index[s.figures[i].Period] = i
		}
	}
	if at, ok = s.index[p]; ok {
		s.last = at
	}
	return at, ok
}

// reading is what the series says of the figure at an index, as score.Read has it.
func (s *series) reading(at int) score.Reading {
	f := &s.figures[at]
	if s.ind.MinDenominator.Sign() > 0 { // whether it rests on enough is for score to say
		return score.Read(s.view, s.ind, s.area, f.Period)
	}
	r := score.Reading{Period: f.Period, Figure: *f, Has: true, Value: f.Value.Has}
	if r.Value {
		r.Published = s.ind.Publish(f.Value.Decimal)
	}
	return r
}

// text is the value at an index as published.
func (s *series) text(at int) string {
	if s.texts == nil {
		return ""
	}
	if s.texts[at] == "" {
		s.texts[at] = s.ind.Format(s.ind.Publish(s.figures[at].Value.Decimal))
	}
	return s.texts[at]
}

// periods adds those of the series to a list, in order, each once.
func (s *series) periods(list []period.Period) []period.Period {
	had, at := len(list), 0
	for i := range s.figures {
		p := s.figures[i].Period
		for at < had && list[at] != p && period.Compare(list[at], p) < 0 {
			at++
		}
		if at < had && list[at] == p {
			at++
		} else {
			list = append(list, p)
		}
	}
	if len(list) > had && had > 0 {
		sortPeriods(list)
	}
	return list
}

// cells are the figures of one period in several series, in one row; any is
// false where none of them has one.
func (c *composer) cells(of []*series, p period.Period, row []theme.Figure) (filled []theme.Figure, any bool) {
	for _, s := range of {
		f, ok := c.cellOf(s, p)
		row, any = append(row, f), any || ok
	}
	return row, any
}

// indexes are the index of the figure of each of a list of periods, which are
// in order and hold every period of the series; -1 where there is none.
func (s *series) indexes(periods []period.Period) []int {
	list, at := make([]int, len(periods)), 0
	for i, p := range periods {
		list[i] = -1
		if at < len(s.figures) && s.figures[at].Period == p {
			list[i] = at
			at++
		}
	}
	return list
}

// alongside are the figures of one series in a row of periods.
func (c *composer) alongside(s *series, periods []period.Period) []theme.Figure {
	row := make([]theme.Figure, len(periods))
	for i, p := range periods {
		row[i], _ = c.cellOf(s, p)
	}
	return row
}

// cellOf is cell for a series that has been read.
func (c *composer) cellOf(s *series, p period.Period) (theme.Figure, bool) {
	at, ok := s.find(p)
	if !ok {
		return c.notReturned(s.ind, p), false
	}
	return c.cellAt(s, at), true
}

// cellAt is the cell of the figure at an index.
func (c *composer) cellAt(s *series, at int) theme.Figure {
	r, text := s.reading(at), ""
	if r.Value {
		text = s.text(at)
	}
	return c.figureAs(s.ind, &r, text)
}

// point is the figure of one period for a chart; where there is none, a gap.
func (s *series) point(p period.Period) chart.Point {
	if at, ok := s.find(p); ok {
		return s.pointAt(at)
	}
	return chart.Point{At: p}
}

func (s *series) pointAt(at int) chart.Point {
	if !s.figures[at].Value.Has {
		return chart.Point{At: s.figures[at].Period}
	}
	r := s.reading(at)
	return plot(&r, s.text(at))
}

// run lists the points of a series in its own frequency up to a period: for a
// monthly one every month, with gaps where none was returned.
func (s *series) run(until period.Period, most int) []chart.Point {
	var own []int
	for i := range s.figures {
		if p := s.figures[i].Period; score.IsOwn(s.ind.Frequency, p) && p.Last() <= until.Last() {
			own = append(own, i)
		}
	}
	if len(own) == 0 {
		return nil
	}
	if s.ind.Frequency != dataset.Monthly {
		own = own[max(len(own)-most, 0):]
		points := make([]chart.Point, len(own))
		for i, at := range own {
			points[i] = s.pointAt(at)
		}
		return points
	}
	first := max(s.figures[own[0]].Period.Last(), until.Last().Add(1-most))
	points := make([]chart.Point, until.Last()-first+1)
	for i := range points {
		points[i].At = period.OfMonth(first.Add(i))
	}
	for _, at := range own {
		if m := s.figures[at].Period.Last(); m >= first {
			points[m-first] = s.pointAt(at)
		}
	}
	return points
}
