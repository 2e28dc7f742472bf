package score

import (
	"outturn/internal/dataset"
	"outturn/internal/period"
)

// judge holds one indicator, for the whole authority, against what is known.
type judge struct {
	view  *dataset.View
	ind   *dataset.Indicator
	whole string       // the whole authority's area
	due   period.Month // the month that should be in by now: the view's, less the indicator's lag
}

func newJudge(v *dataset.View, ind *dataset.Indicator) judge {
	return judge{view: v, ind: ind, whole: v.Whole(), due: v.Month.Add(-ind.Lag)}
}

func (j judge) read(r *Reading, p period.Period) {
	*r = Reading{}
	if r.Has = j.view.Find(&r.Figure, j.ind.Ref, j.whole, p); r.Has {
		r.publish(j.ind)
	} else {
		r.Period = p
	}
}

// among is read for a period that may be one of those that were read.
func (j judge) among(r *Reading, known []Reading, p period.Period) {
	for i := range known {
		if known[i].Period == p {
			*r = known[i]
			return
		}
	}
	j.read(r, p)
}

// Read says what a series says of one period in one area: the value as
// published, and whether it rests on too few to be rated.
func Read(v *dataset.View, ind *dataset.Indicator, area string, p period.Period) (r Reading) {
	judge{view: v, ind: ind, whole: area}.read(&r, p)
	return r
}

// readings are those of some rows.
func (j judge) readings(rows []*dataset.Figure) []Reading {
	list := make([]Reading, len(rows))
	for i, f := range rows {
		list[i].Figure, list[i].Has = *f, true
		list[i].publish(j.ind)
	}
	return list
}

// publish sets what follows from the figure.
func (r *Reading) publish(ind *dataset.Indicator) {
	f := &r.Figure
	r.Period = f.Period
	if !f.Value.Has {
		return
	}
	r.Value, r.Published = true, ind.Publish(f.Value.Decimal)
	r.Precision = precision(ind, f.Numerator, f.Denominator)
}

// precision holds the denominator of a figure against the smallest that is
// rated (contract, section 2, min_denominator).
func precision(ind *dataset.Indicator, numerator, denominator dataset.Number) Precision {
	var p Precision
	if ind.MinDenominator.Sign() > 0 && denominator.Has && denominator.Decimal.Cmp(ind.MinDenominator) < 0 {
		p.Small = true
		p.Low, p.High, p.HasInterval = interval95(ind, numerator, denominator)
	}
	return p
}

// IsOwn says whether a period is one of the frequency's own; rows of other
// kinds are the annual trend (contract, section 3, "Current").
func IsOwn(f dataset.Frequency, p period.Period) bool {
	switch p.Kind() {
	case period.KindMonth:
		return f == dataset.Monthly
	case period.Quarter:
		return f == dataset.Quarterly
	case period.Term, period.HalfTerms:
		return f == dataset.Termly
	case period.Year, period.AcademicYear:
		return f == dataset.Annual
	case period.Window:
		return f == dataset.Annual || f == dataset.Quarterly && p.EndsWithQuarter()
	}
	return false
}

// stands orders periods that end alike by which of them is the current one: a
// quarter before a window, a run from the first half term before a single one, a
// year before a window; of two windows the longer. Lower stands first.
func stands(p period.Period) int {
	switch p.Kind() {
	case period.Quarter, period.Year, period.Term:
		return 0
	case period.AcademicYear:
		return 1
	case period.HalfTerms:
		first, last := p.HalfTerms()
		if first == 1 && last > 1 {
			return 1
		}
		return 2
	}
	return 3
}

// own lists the rows of the frequency's own kinds that ended by the month due,
// oldest first, one for each end.
func (j judge) own(series []dataset.Figure) []*dataset.Figure {
	var rows []*dataset.Figure
	for i := range series {
		f := &series[i]
		if !IsOwn(j.ind.Frequency, f.Period) || f.Period.Last() > j.due {
			continue
		}
		if n := len(rows); n > 0 && rows[n-1].Period.Last() == f.Period.Last() {
			// Series has the earlier start, so the longer window, first.
			if stands(f.Period) < stands(rows[n-1].Period) {
				rows[n-1] = f
			}
			continue
		}
		rows = append(rows, f)
	}
	return rows
}

// latest gives the three newest periods of the indicator's frequency, oldest
// first; the last is the current one. A monthly indicator's are the months
// themselves, returned or not; the others' are periods with a row, and where
// there is none, the newest that has ended.
func (j judge) latest(series []dataset.Figure) []Reading {
	if j.ind.Frequency == dataset.Monthly {
		months := make([]Reading, 3)
		for i := range months {
			j.read(&months[i], period.OfMonth(j.due.Add(i-2)))
		}
		return months
	}
	rows := j.own(series)
	if len(rows) == 0 {
		ended := make([]Reading, 1)
		j.read(&ended[0], newestEnded(j.ind.Frequency, j.due))
		return ended
	}
	return j.readings(rows[max(0, len(rows)-3):])
}

// newestEnded is the newest quarter, term or financial year that ended by a
// month; for a monthly frequency the month.
func newestEnded(f dataset.Frequency, by period.Month) period.Period {
	var p period.Period
	switch f {
	case dataset.Quarterly:
		p = period.OfQuarter(by)
	case dataset.Termly:
		p = period.NewTerm(by.AcademicYear(), 1)
		for p.Last() < by {
			p = p.Step(1)
		}
	case dataset.Annual:
		p = period.OfFinancialYear(by.FinancialYear())
	default:
		return period.OfMonth(by)
	}
	if p.Last() > by {
		p = p.Step(-1)
	}
	return p
}

// previous is the period that the current one is held against (contract,
// section 3, "Previous").
func (j judge) previous(current period.Period, series []dataset.Figure) period.Period {
	switch current.Kind() {
	case period.Term:
		// The first term has none before it in its year: the same of the year before.
		if current.TermNumber() == 1 {
			return current.YearAgo()
		}
	case period.HalfTerms:
		return previousHalfTerms(current, series)
	}
	return current.Step(-1) // a window steps by a year
}

// previousHalfTerms is the newest row of half terms of the same academic year
// that ended before; of two that end alike the one that starts as the current
// one does, then one of its shape, a single half term or a run. For the first
// of the year it is the same of the year before. Where no row is there it is
// the one that should be.
func previousHalfTerms(current period.Period, series []dataset.Figure) period.Period {
	first, last := current.HalfTerms()
	if last == 1 {
		return current.YearAgo()
	}
	year := current.First().AcademicYear()
	best := period.Period{}
	for _, f := range series { // oldest first
		p := f.Period
		if p.Kind() != period.HalfTerms || p.First().AcademicYear() != year || p.Last() >= current.Last() {
			continue
		}
		if best.IsZero() || p.Last() > best.Last() || likeness(p, current) > likeness(best, current) {
			best = p
		}
	}
	switch {
	case !best.IsZero():
		return best
	case first == last:
		return period.NewHalfTerms(year, last-1, last-1)
	default:
		return period.NewHalfTerms(year, first, last-1)
	}
}

// likeness says how like one period of half terms is to another: the same start
// counts for more than the same shape, and a run for more than a part of it.
func likeness(p, q period.Period) int {
	first, last := p.HalfTerms()
	qFirst, qLast := q.HalfTerms()
	n := 0
	if first == qFirst {
		n += 4
	}
	if (first == last) == (qFirst == qLast) {
		n += 2
	}
	if first == 1 {
		n++
	}
	return n
}

// annualRows are the annual trend: the rows of other kinds than the
// frequency's, and for an annual indicator those before the current one.
// Months and years to date are neither.
func (j judge) annualRows(current period.Period, series []dataset.Figure) []Reading {
	var rows []*dataset.Figure
	for i := range series {
		f := &series[i]
		switch {
		case f.Period.Kind() == period.KindMonth,
			f.Period.Kind() == period.YearToDate,
			f.Period.Kind() == period.AcademicYearToDate:
			continue
		case IsOwn(j.ind.Frequency, f.Period):
			if j.ind.Frequency != dataset.Annual || period.Compare(f.Period, current) >= 0 {
				continue
			}
		}
		rows = append(rows, f)
	}
	if len(rows) == 0 {
		return nil
	}
	return j.readings(rows)
}

// isTrend says whether a judgement reads a period out of the series: months are
// asked for one by one, and years to date by themselves.
func isTrend(p period.Period) bool {
	switch p.Kind() {
	case period.KindMonth, period.YearToDate, period.AcademicYearToDate:
		return false
	}
	return true
}
