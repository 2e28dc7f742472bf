package score

import (
	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// ChangeInWords writes the difference of two published values without its
// sign: "12.0 percentage points", never per cent, since 40% to 44% is a rise of
// 4 percentage points and of a tenth; "136" for a count.
func ChangeInWords(ind *dataset.Indicator, change quantity.Decimal) string {
	size := change.Abs()
	switch ind.Unit {
	case quantity.Percent:
		return size.Grouped() + plural(size, " percentage point")
	case quantity.Days:
		return size.Grouped() + plural(size, " day")
	case quantity.Grade:
		return size.Grouped() + plural(size, " grade")
	}
	return ind.Unit.Format(size)
}

func plural(n quantity.Decimal, noun string) string {
	if n.String() == "1" {
		return noun
	}
	return noun + "s"
}

// CountOf writes "22 of 121"; "" where either is not carried.
func CountOf(numerator, denominator dataset.Number) string {
	var room [64]byte
	return string(AppendCount(room[:0], numerator, denominator))
}

// AppendCount adds what CountOf writes to a text.
func AppendCount(b []byte, numerator, denominator dataset.Number) []byte {
	if !numerator.Has || !denominator.Has {
		return b
	}
	b = append(numerator.Decimal.AppendGrouped(b), " of "...)
	return denominator.Decimal.AppendGrouped(b)
}

// figureFacts are what may be said of a figure: itself, the counts behind it, its
// period.
func figureFacts(ind *dataset.Indicator, value quantity.Decimal, numerator, denominator dataset.Number, p period.Period) *facts {
	return factsBy(func(name string) string {
		switch name {
		case "figure":
			return ind.Format(value)
		case "count":
			return CountOf(numerator, denominator)
		case "period":
			return p.Words()
		case "reading":
			if count := CountOf(numerator, denominator); count != "" {
				return ind.Format(value) + " (" + count + ")"
			}
			return ind.Format(value)
		}
		return ""
	})
}

// grouped is a count of a figure, "" where it is not carried.
func grouped(n dataset.Number) string {
	if !n.Has {
		return ""
	}
	return n.Decimal.Grouped()
}

// amount writes a number of the registers with its unit, with the decimals that
// it has there: a target of 100 stands beside a figure of 18.2%.
func amount(ind *dataset.Indicator, d quantity.Decimal) string {
	if ind.Unit == quantity.Grade {
		return ind.Format(d)
	}
	return ind.Unit.Format(d)
}

// IntervalWords writes an interval with the indicator's unit: "95% or more".
// Grades are ordered words, and stand for themselves: "good or better".
func IntervalWords(ind *dataset.Indicator, i quantity.Interval) string {
	if i.IsZero() {
		return ""
	}
	if ind.Unit != quantity.Grade {
		return i.Words(ind.Unit)
	}
	switch low, high := i.Low, i.High; {
	case low.Set && high.Set:
		return ind.Format(low.Value) + " to " + ind.Format(high.Value)
	case low.Set && low.In:
		return ind.Format(low.Value) + " or better"
	case low.Set:
		return "better than " + ind.Format(low.Value)
	case high.In:
		return ind.Format(high.Value) + " or worse"
	default:
		return "worse than " + ind.Format(high.Value)
	}
}

// missingCode says why a reading has no value: nothing returned, or the mark
// that stands in its place.
func (j judge) missingCode(r *Reading) string {
	switch {
	case !r.Has && j.ind.Calculation != "":
		return NotCalculable
	case !r.Has:
		return NotReturned
	}
	return markCode(r.Figure.Marks)
}

// markCode is the reason that goes with a mark that stands without a value. Of
// several, withheld is told first: what is confidential is not for want of data.
func markCode(marks dataset.Marks) string {
	switch {
	case marks.Has("c"):
		return Withheld
	case marks.Has("z"):
		return NotApplicable
	}
	return NotAvailable
}
