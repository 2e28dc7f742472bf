package site

import (
	"outturn/internal/chart"
	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// fact is what a page tells of one reading: much less than a score.Reading
// holds, since a page may show thousands.
type fact struct {
	at                     period.Period
	published              quantity.Decimal
	value                  bool   // published is one
	text                   string // published as it is shown; "" where it was not asked for yet
	numerator, denominator dataset.Number
	*remarks               // never nil
}

// remarks are what few facts have.
type remarks struct {
	revised     bool
	marks       dataset.Marks
	note        string
	earlier     dataset.Number // what a revised figure was
	earlierMark dataset.Marks
	small       *score.Precision // where the figure rests on too few; else nil
}

// unremarked is shared by all facts that have none, and is not written to.
var unremarked remarks

func factOf(r *score.Reading) (of fact) {
	of.take(&r.Figure)
	of.at, of.value, of.published = r.Period, r.Value, r.Published
	if r.Small {
		why, precision := *of.remarks, r.Precision // a copy, so that readings need not stand in the heap
		why.small = &precision
		of.remarks = &why
	}
	return of
}

// take sets all that a figure tells but its value, field by field: a fact is long,
// and a page has hundreds.
func (of *fact) take(f *dataset.Figure) {
	of.at, of.numerator, of.denominator = f.Period, f.Numerator, f.Denominator
	of.value, of.text, of.remarks = false, "", &unremarked
	if f.Marks != "" || f.Note != "" || f.Revised {
		of.remarks = &remarks{revised: f.Revised, marks: f.Marks, note: f.Note, earlier: f.Earlier, earlierMark: f.EarlierMark}
	}
}

// read sets the fact of a figure that a series holds, as of score.Read.
func (of *fact) read(v *dataset.View, ind *dataset.Indicator, f *dataset.Figure) {
	if ind.MinDenominator.Sign() > 0 { // whether it rests on enough is for score to say
		r := score.Read(v, ind, f.Area, f.Period)
		*of = factOf(&r)
		return
	}
	of.take(f)
	if of.value = f.Value.Has; of.value {
		of.published = ind.Publish(f.Value.Decimal)
	}
}

// series are the figures of a measure in one area, oldest period first. Pages
// show them in their charts and again in their tables; they are read and written
// out once.
type series struct {
	ind   *dataset.Indicator
	facts []fact // in a room
	last  int    // the index at which find last stopped
}

// readSeries adds every figure of a measure in an area to a list.
func readSeries(facts []fact, v *dataset.View, ind *dataset.Indicator, area string) []fact {
	for f := range v.Figures(ind.Ref, area) {
		facts = append(facts, fact{})
		facts[len(facts)-1].read(v, ind, f)
	}
	return facts
}

// periodsOf lists the periods of a series that are wanted, oldest first.
func periodsOf(v *dataset.View, ind *dataset.Indicator, area string, wanted func(period.Period) bool) []period.Period {
	var list []period.Period
	for p := range v.Periods(ind.Ref, area) {
		if wanted(p) {
			list = append(list, p)
		}
	}
	return list
}

// find is the index of a period's figure; ok is false where there is none.
func (s *series) find(p period.Period) (at int, ok bool) {
	// Pages ask for one period after another, so that it is beside the last, or few
	// steps from it.
	switch at = s.last; {
	case s.has(at-1, p):
		at--
	case s.has(at+1, p):
		at++
	case !s.has(at, p):
		for ; at > 0 && period.Compare(s.facts[at-1].at, p) >= 0; at-- {
		}
		for ; at < len(s.facts) && period.Compare(s.facts[at].at, p) < 0; at++ {
		}
	}
	s.last = at
	return at, s.has(at, p)
}

// has reports whether the figure at an index is that of a period.
func (s *series) has(at int, p period.Period) bool {
	return at >= 0 && at < len(s.facts) && s.facts[at].at == p
}

// text is the value at an index as published.
func (s *series) text(at int) string {
	f := &s.facts[at]
	if f.text == "" && f.value {
		f.text = s.ind.Format(f.published)
	}
	return f.text
}

// periods adds those of the series to a list, in order, each once.
func (s *series) periods(list []period.Period) []period.Period {
	if list == nil {
		list = make([]period.Period, 0, len(s.facts))
	}
	had, at := len(list), 0
	for i := range s.facts {
		p := s.facts[i].at
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

// alongside are the figures of one series in a row of periods.
func (c *composer) alongside(s *series, periods []period.Period) []theme.Figure {
	row := c.room.figures(len(periods))
	for i, p := range periods {
		c.cellOf(&row[i], s, p, p.Short())
	}
	return row
}

// cellOf fills the cell of a period, of which when is the short name, of a series
// that has been read.
func (c *composer) cellOf(cell *theme.Figure, s *series, p period.Period, when string) {
	if at, ok := s.find(p); ok {
		c.show(cell, when, s.ind, &s.facts[at], s.text(at))
	} else {
		*cell = c.notReturned(s.ind, p)
	}
}

// point is the figure of one period for a chart; where there is none, a gap.
func (s *series) point(p period.Period) chart.Point {
	if at, ok := s.find(p); ok {
		return plot(&s.facts[at], s.text(at))
	}
	return chart.Point{At: p}
}

// run lists the points of a series in its own frequency up to a period: for a
// monthly one every month, with gaps where none was returned.
func (s *series) run(in *room, until period.Period, most int) []chart.Point {
	r := newRunning(in, s.ind, until, most)
	for i := range s.facts {
		if r.takes(s.facts[i].at) {
			r.add(plot(&s.facts[i], s.text(i)))
		}
	}
	return r.points()
}

// outline is run for a sparkline, which has no words.
func (s *series) outline(in *room, until period.Period, most int) []chart.Point {
	r := newRunning(in, s.ind, until, most)
	for i := range s.facts {
		if r.takes(s.facts[i].at) {
			r.add(plot(&s.facts[i], ""))
		}
	}
	return r.points()
}

// running gathers the points of a chart, oldest first.
type running struct {
	room  *room
	ind   *dataset.Indicator
	until period.Month
	first period.Month // that can be shown
	most  int
	begun bool // a figure stands before the first
	list  []chart.Point
}

func newRunning(in *room, ind *dataset.Indicator, until period.Period, most int) running {
	return running{room: in, ind: ind, until: until.Last(), first: until.Last().Add(1 - most), most: most}
}

// takes says whether the point of a period is wanted.
func (r *running) takes(p period.Period) bool {
	if !score.IsOwn(r.ind.Frequency, p) || p.Last() > r.until {
		return false
	}
	if r.ind.Frequency == dataset.Monthly && p.Last() < r.first {
		r.begun = true
		return false
	}
	return true
}

func (r *running) add(pt chart.Point) {
	if r.ind.Frequency == dataset.Monthly {
		next := pt.At.Last() // the month after the newest point; before there is any, where the axis begins
		switch {
		case len(r.list) > 0:
			next = r.list[len(r.list)-1].At.Last().Add(1)
		case r.begun:
			next = r.first
		}
		r.gaps(next, pt.At.Last())
	}
	if r.list == nil {
		r.list = r.room.line(r.most)
	}
	r.list = append(r.list, pt)
}

// gaps adds the months from one until before another, without figures.
func (r *running) gaps(from, until period.Month) {
	for m := from; m < until; m++ {
		r.list = append(r.list, chart.Point{At: period.OfMonth(m)})
	}
}

// points are what was gathered, with the gaps at the end.
func (r *running) points() []chart.Point {
	if r.ind.Frequency != dataset.Monthly {
		return r.list[max(len(r.list)-r.most, 0):]
	}
	switch {
	case len(r.list) > 0:
		r.gaps(r.list[len(r.list)-1].At.Last().Add(1), r.until+1)
	case r.begun:
		r.gaps(r.first, r.until+1)
	}
	return r.list
}
