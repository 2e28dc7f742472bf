package score

import (
	"math/big"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// Due is the newest period of an indicator's frequency whose figure should be
// in by a month: ended by then, less its lag.
func Due(ind *dataset.Indicator, m period.Month) period.Period {
	return newestEnded(ind.Frequency, m.Add(-ind.Lag))
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
