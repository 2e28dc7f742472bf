package check

import (
	"fmt"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// possible: a figure as it was returned that can hardly be. It is told once a
// measure, at its newest period: what may rightly be so (a percentage of a budget
// spent) is so again and again.
func (c *checker) possible(k fetched) {
	counts := k.Unit == quantity.Count || k.Unit == quantity.DistinctCount
	if !counts && k.Unit != quantity.Percent {
		return
	}
	var newest *figure
	var area string
	others := 0
	k.everywhere(func(in string, f *figure) {
		if unlikely(k.Indicator, f) == "" {
			return
		}
		if newest == nil || period.Compare(newest.period, f.period) < 0 {
			newest, area = f, in
		}
		others++
	})
	if newest == nil {
		return
	}
	name := c.name(k.Indicator, area, newest)
	if others--; others > 0 {
		name += fmt.Sprintf("; and %d more of its figures", others)
	}
	c.warn(k.Indicator, area, newest, "bad-number", "correct it in a later return if it is a slip; the page shows it as it was returned", "%s (%s)", unlikely(k.Indicator, newest), name)
}

// unlikely says what can hardly be in a figure of a count or a percentage, or "".
func unlikely(ind *dataset.Indicator, f *figure) string {
	value := f.value.Decimal
	if !f.value.Has || !f.stated && !f.numerator.Has { // calculated: what it is worked out from is looked at
		return ""
	}
	switch {
	case value.Sign() < 0 && (ind.Unit != quantity.Percent || f.numerator.Has): // a change in per cent may be
		return "value " + as(ind, value) + " is less than 0"
	case ind.Unit != quantity.Percent:
		if value.Scale() <= ind.Decimals || ind.Basis == "average" || ind.Basis == "projected" {
			return ""
		}
		if whole := ind.Publish(value); !value.Equal(whole) {
			return "value " + as(ind, value) + " is no whole number, and the page shows " + as(ind, whole)
		}
	case ind.Basis == "cumulative" || ind.Basis == "projected": // may be of the year's target
	case f.numerator.Has && f.denominator.Has:
		if f.numerator.Decimal.Cmp(f.denominator.Decimal) > 0 {
			return f.numerator.Decimal.Grouped() + " of " + f.denominator.Decimal.Grouped() + " is more than all of them"
		}
	case value.Cmp(quantity.Int(100)) > 0:
		return "value " + as(ind, value) + " is more than 100%"
	}
	return ""
}
