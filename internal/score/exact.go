package score

import (
	"iter"
	"math/big"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// Due tells which figure of the whole authority an indicator should have in by a
// month, less its lag, and the newest of its frequency's own kinds that it has; zero
// where it has none. periods are those it has figures for. What is due follows on
// from the newest, step by step as the series is kept, so that a rolling year is
// never awaited as a quarter; where there is none it is the calendar's (contract,
// section 3, "Current"). late is how many periods after the newest are awaited.
func Due(ind *dataset.Indicator, m period.Month, periods iter.Seq[period.Period]) (newest, due period.Period, late int) {
	by := m.Add(-ind.Lag)
	for p := range periods {
		if !IsOwn(ind.Frequency, p) || p.Last() > by {
			continue
		}
		if newest.IsZero() || p.Last() > newest.Last() || p.Last() == newest.Last() && stands(p) < stands(newest) {
			newest = p
		}
	}
	if newest.IsZero() {
		return newest, newestEnded(ind.Frequency, by), 0
	}
	due = newest
	for next := following(ind, newest, due); next.Last() <= by; next = following(ind, newest, due) {
		due = next
		late++
	}
	return newest, due, late
}

// following is the period that a series reports after one; newest is the one that it
// has, and shows how it is kept. A window moves on by a quarter or a year; half terms
// counted from the start of the school year take in one more.
func following(ind *dataset.Indicator, newest, p period.Period) period.Period {
	switch p.Kind() {
	case period.Window:
		months := period.Month(12)
		if ind.Frequency == dataset.Quarterly {
			months = 3
		}
		return period.NewWindow(p.First()+months, p.Last()+months)
	case period.HalfTerms:
		from, to := newest.HalfTerms()
		if from == to && !(from == 1 && ind.Basis == "cumulative") {
			break
		}
		first, last := p.HalfTerms()
		if last < 6 {
			return period.NewHalfTerms(p.First().AcademicYear(), first, last+1)
		}
		return period.NewHalfTerms(p.First().AcademicYear()+1, 1, 1)
	}
	return p.Step(1)
}

// Over reads a figure for a period of a monthly series that is made of months: the
// row that was returned, else what the months give as the indicator's ytd says
// (contract, section 4: a quarter of a monthly series is worked out).
func Over(v *dataset.View, ind *dataset.Indicator, area string, p period.Period) Reading {
	r := Read(v, ind, area, p)
	if r.Has || ind.Frequency != dataset.Monthly || p.Kind() == period.KindMonth || p.Months() == 0 {
		return r
	}
	j := newJudge(v, ind)
	j.whole = area
	var month Reading
	j.read(&month, period.OfMonth(p.Last()))
	w := j.workOut(p, &month)
	if !w.has {
		return r
	}
	r.Has, r.Value, r.Published = true, true, w.value
	r.Figure = dataset.Figure{
		Period: p, Area: area, Value: dataset.Number{Decimal: w.value, Has: true},
		Numerator: w.numerator, Denominator: w.denominator, Calculated: true,
	}
	return r
}

// ExactToDate is the year to date that an area's periods give where its return
// also states one: unrounded, with the words that say how ("its 10 months add up
// to"). ok is false where it cannot be worked out, since a period is missing.
func ExactToDate(v *dataset.View, ind *dataset.Indicator, area string) (exact *big.Rat, how string, ok bool) {
	row, stated := v.StatedToDate(ind.Ref, area)
	if !stated {
		return nil, "", false
	}
	p := row.Period
	j := newJudge(v, ind)
	j.whole = area
	if p.Open() {
		p = p.Through(j.due)
	}
	latest := j.latest(v.Series(ind.Ref, area))
	current := latest[len(latest)-1]
	w := j.workOut(p, &current)
	if !w.has {
		return nil, "", false
	}
	parts, noun := j.partsOf(p, current.Period)
	its := "its " + countedIn(len(parts), noun)
	switch ind.YTD {
	case "sum":
		return w.value.Rat(), its + " add up to", true
	case "mean":
		sum := new(big.Rat)
		var r Reading
		for _, part := range parts {
			j.read(&r, part)
			sum.Add(sum, r.Published.Rat())
		}
		return sum.Quo(sum, new(big.Rat).SetInt64(int64(len(parts)))), its + " have the mean", true
	case "ratio":
		exact := new(big.Rat).Quo(w.numerator.Decimal.Rat(), w.denominator.Decimal.Rat())
		exact.Mul(exact, new(big.Rat).SetInt64(ind.Unit.Per()))
		return exact, its + " are " + w.numerator.Decimal.Grouped() + " of " + w.denominator.Decimal.Grouped() + ", which is", true
	}
	// latest: the current figure, as published
	return w.value.Rat(), "the latest figure, of " + current.Period.Words() + ", is", true
}

func countedIn(n int, noun string) string {
	if n == 1 {
		return "one " + noun
	}
	return quantity.Int(int64(n)).Grouped() + " " + noun + "s"
}
