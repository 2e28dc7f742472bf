package score

import (
	"fmt"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// toDate gives the year to date. Where the return states it, that is shown, and
// what the periods give is kept beside it for whoever checks; else it is worked
// out as the register says.
func (j judge) toDate(t *ToDate, current *Reading) {
	row, hasRow := j.view.StatedToDate(j.ind.Ref, j.whole)
	t.Figure, t.HasRow = row, hasRow
	switch {
	case hasRow:
		t.Period = row.Period
		if t.Period.Open() {
			t.Period = t.Period.Through(j.due)
		}
	case j.ind.YTD == "none":
		t.Reason = Reason{Code: ToDateNone}
		return
	case j.ind.Frequency == dataset.Termly:
		t.Period = period.AcademicYearToDateAt(j.due)
	default:
		t.Period = period.FinancialYearToDate(j.due)
	}

	worked := j.workOut(t.Period, current)
	t.Computed, t.Checked = worked.value, worked.has
	switch {
	case hasRow && row.Value.Has:
		t.Has, t.Stated, t.Value = true, true, j.ind.Publish(row.Value.Decimal)
		t.Numerator, t.Denominator = row.Numerator, row.Denominator
		t.Reason = figureFacts(j.ind, t.Value, t.Numerator, t.Denominator, t.Period).reason(ToDateStated)
	case hasRow:
		t.Reason = factsOf("period", t.Period.Words()).reason(markCode(row.Marks))
	default:
		t.Has, t.Value = worked.has, worked.value
		t.Numerator, t.Denominator = worked.numerator, worked.denominator
		t.Reason = worked.reason
	}
	if t.Has {
		t.Precision = precision(j.ind, t.Numerator, t.Denominator)
	}
}

// worked is a figure over several periods, or why there is none.
type worked struct {
	value                  quantity.Decimal // rounded once, at the end
	has                    bool
	numerator, denominator dataset.Number
	reason                 Reason
}

// workOut works a year to date out from the periods within it, as the register
// says. Each needs every one of them: a sum with a month missing is no sum.
func (j judge) workOut(p period.Period, current *Reading) worked {
	none := func(code string, pairs ...string) worked {
		return worked{reason: factsOf("period", p.Words()).with(pairs...).reason(code)}
	}
	switch j.ind.YTD {
	case "sum":
		if j.ind.Unit == quantity.DistinctCount {
			return none(ToDateDistinct)
		}
	case "ratio", "mean":
	case "latest":
		if !current.Value {
			return worked{reason: factsOf("period", current.Period.Words()).reason(j.missingCode(current))}
		}
		return worked{
			value: current.Published, has: true,
			numerator: current.Figure.Numerator, denominator: current.Figure.Denominator,
			reason: figureFacts(j.ind, current.Published, current.Figure.Numerator, current.Figure.Denominator, current.Period).reason(ToDateLatest),
		}
	case "reported":
		return none(ToDateNotStated)
	default:
		return none(ToDateNone)
	}

	parts, noun := j.partsOf(p, current.Period)
	if len(parts) == 0 {
		return none(ToDateNotEnded)
	}
	var sum, numerators, denominators quantity.Decimal
	found := 0
	var r Reading
	for _, part := range parts {
		var err error
		j.read(&r, part)
		switch f := &r.Figure; {
		case j.ind.YTD == "ratio" && f.Numerator.Has && f.Denominator.Has:
			// 0 of 0 is a figure here, though it gives no percentage of its own.
			if numerators, err = numerators.Add(f.Numerator.Decimal); err == nil {
				denominators, err = denominators.Add(f.Denominator.Decimal)
			}
			found++
		case j.ind.YTD != "ratio" && r.Value:
			sum, err = sum.Add(r.Published)
			found++
		}
		if err != nil {
			return none(TooLarge)
		}
	}
	if found < len(parts) {
		return none(ToDateIncomplete, "counted", countedOf(found, len(parts), noun))
	}

	w := worked{value: sum, has: true}
	code := ToDateSum
	var err error
	switch j.ind.YTD {
	case "mean":
		code = ToDateMean
		w.value, err = quantity.Quotient(sum, quantity.Int(int64(len(parts))), 1, j.ind.Decimals)
	case "ratio":
		// Never the mean of percentages: 1 of 2 and 90 of 100 are 89.2%, not 70%.
		code = ToDateRatio
		if denominators.Sign() == 0 {
			return none(ToDateNoneOver)
		}
		w.numerator = dataset.Number{Decimal: numerators, Has: true}
		w.denominator = dataset.Number{Decimal: denominators, Has: true}
		w.value, err = quantity.Quotient(numerators, denominators, j.ind.Unit.Per(), j.ind.Decimals)
	}
	if err != nil {
		return none(TooLarge)
	}
	said := figureFacts(j.ind, w.value, w.numerator, w.denominator, p)
	w.reason = said.put(func(name string) string {
		if name == "counted" {
			return countedOf(len(parts), len(parts), noun)
		}
		return ""
	}).reason(code)
	return w
}

// countedOf writes "3 of 10 months".
func countedOf(found, needed int, noun string) string {
	if needed > 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d of %d %s", found, needed, noun)
}

// partsOf lists the periods of the indicator's frequency that lie within a year
// to date, and what one is called. Half terms are the sub-periods where the
// current period is one; a run from the first of them is the year so far.
func (j judge) partsOf(p, current period.Period) ([]period.Period, string) {
	start := p.First()
	switch j.ind.Frequency {
	case dataset.Quarterly:
		return within(p, period.OfQuarter(start)), "quarter"
	case dataset.Termly:
		if current.Kind() != period.HalfTerms {
			return within(p, period.NewTerm(start.AcademicYear(), 1)), "term"
		}
		if first, last := current.HalfTerms(); first == 1 && last > 1 && p.Covers(current) {
			return []period.Period{current}, "run"
		}
		return within(p, period.NewHalfTerms(start.AcademicYear(), 1, 1)), "half term"
	case dataset.Annual:
		if p.Kind() == period.AcademicYearToDate {
			return within(p, period.OfAcademicYear(start.AcademicYear())), "year"
		}
		return within(p, period.OfFinancialYear(start.FinancialYear())), "year"
	}
	return within(p, period.OfMonth(start)), "month"
}

// within lists the periods from one of a kind on that lie within p.
func within(p, from period.Period) []period.Period {
	var parts []period.Period
	for ; from.Last() <= p.Last(); from = from.Step(1) {
		if from.First() >= p.First() {
			parts = append(parts, from)
		}
	}
	return parts
}
