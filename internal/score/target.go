package score

import (
	"errors"
	"strconv"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// The rules by which an indicator is rated (contract, section 3).
const (
	ruleTolerance = "tolerance"
	ruleBenchmark = "benchmark"
	ruleMilestone = "milestone"
	ruleTrend     = "tolerance_and_trend"
)

// local is the kind of target that rates; the others are shown.
const local = "local"

// target finds the target in force for what is judged, and makes of it the
// intervals to judge by: the next milestone by the rule for milestones, else the
// row for the period. Where only the other is there it is shown, and does not rate.
func (j judge) target(t *Target, s *subject) {
	row, has := j.view.TargetFor(j.ind.Ref, j.whole, s.period)
	next, last := j.milestones()
	switch hasMilestone := next != nil || last != nil; {
	case has && (j.ind.RagRule != ruleMilestone || !hasMilestone):
		j.asJudged(t, &row, s)
	case next != nil:
		j.asJudged(t, next, s)
		if last != nil {
			t.Last = new(Target)
			j.asJudged(t.Last, last, s)
		}
	case last != nil:
		j.asJudged(t, last, s)
	}
	t.Others = j.others(s.period)
}

// milestones are the next one to fall due, in the month itself or after it, and
// the last that fell due before.
func (j judge) milestones() (next, last *dataset.Target) {
	for row := range j.view.EachTarget(j.ind.Ref) {
		switch {
		case row.Kind != local || row.Area != j.whole || row.By == 0:
		case row.By >= j.view.Month:
			if next == nil || row.By < next.By {
				next = row
			}
		default:
			if last == nil || row.By >= last.By {
				last = row
			}
		}
	}
	return next, last
}

// others are the targets of other kinds for the same time: compared in words,
// never rated.
func (j judge) others(p period.Period) []dataset.Target {
	var rows []dataset.Target
	for row := range j.view.EachTarget(j.ind.Ref) {
		if row.Kind != local && row.Area == j.whole && row.Period.Covers(period.OfMonth(p.Last())) {
			rows = append(rows, *row)
		}
	}
	return rows
}

// asJudged applies the profile to a row's target, derives the bands that the
// row does not give, and puts in the figures that its intervals name.
func (j judge) asJudged(t *Target, row *dataset.Target, s *subject) {
	t.Has, t.Row, t.Value, t.PeriodValue, t.Green, t.Amber = true, *row, row.Target, row.Target, row.Green, row.Amber
	if row.Target.Has && row.Linear {
		// Target × k ÷ 12 at month k of the financial year (contract, section 2).
		k := int64(s.period.Last().OfFinancialYear())
		share, err := quantity.Quotient(row.Target.Decimal, quantity.Int(12), k, j.ind.Decimals)
		t.PeriodValue = dataset.Number{Decimal: share, Has: err == nil}
	}
	band := quantity.Interval{}
	if t.PeriodValue.Has {
		if t.Green.IsZero() {
			t.Green = goodSide(j.ind.Good, t.PeriodValue.Decimal)
			t.GreenDerived = !t.Green.IsZero()
		}
		band = j.toleranceBand(t.PeriodValue.Decimal)
	}
	switch {
	case j.ind.RagRule == ruleTrend:
		// The rule has no amber band: within the tolerance of the target is green.
		t.Tolerated = band
		if t.Green.IsZero() || t.GreenDerived && !band.IsZero() {
			t.Green, t.GreenDerived = band, !band.IsZero()
		}
	case j.ind.RagRule == ruleTolerance && t.Amber.IsZero() && !t.Green.IsZero():
		t.Amber, t.AmberDerived = band, !band.IsZero()
	}
	j.resolve(t, s)
}

// goodSide is where a target alone is met, the target itself included. Within
// limits and for information there is no good side.
func goodSide(good dataset.Polarity, target quantity.Decimal) quantity.Interval {
	switch good {
	case dataset.High:
		return quantity.AtLeast(target)
	case dataset.Low:
		return quantity.AtMost(target)
	}
	return quantity.Interval{}
}

// toleranceBand is the scorecard's default tolerance round a target: so many
// per cent of the target's size, the edge included. For a one-sided measure it
// is what lies on the good side of the edge. A grade is a word and has no size.
func (j judge) toleranceBand(target quantity.Decimal) quantity.Interval {
	tolerance, has := j.tolerance()
	if !has || j.ind.Unit == quantity.Grade {
		return quantity.Interval{}
	}
	share, err1 := tolerance.Mul(quantity.New(1, 2))
	size, err2 := target.Abs().Mul(share)
	low, err3 := target.Sub(size)
	high, err4 := target.Add(size)
	if errors.Join(err1, err2, err3, err4) != nil { // too large to be reckoned exactly
		return quantity.Interval{}
	}
	switch j.ind.Good {
	case dataset.High:
		return quantity.AtLeast(low.Trim())
	case dataset.Low:
		return quantity.AtMost(high.Trim())
	}
	return quantity.Between(low.Trim(), high.Trim())
}

// tolerance is the scorecard's default tolerance in per cent.
func (j judge) tolerance() (quantity.Decimal, bool) {
	settings := j.view.Scorecard.Settings()
	return settings.DefaultTolerance, settings.HasTolerance
}

// resolve puts in the figures that the intervals name. Where one is not there,
// both intervals stay as written.
func (j judge) resolve(t *Target, s *subject) {
	green, missing := t.Green.Resolve(j.named(s))
	if missing == "" {
		var amber quantity.Interval
		if amber, missing = t.Amber.Resolve(j.named(s)); missing == "" {
			t.Green, t.Amber = green, amber
		}
	}
	t.Missing = missing
}

// named finds a figure that an interval names: year_ago, or a comparator's newest.
func (j judge) named(s *subject) func(string) (quantity.Decimal, bool) {
	return func(name string) (quantity.Decimal, bool) {
		if name == "year_ago" {
			return j.yearAgo(s)
		}
		b, ok := j.view.Newest(j.ind.Ref, name)
		if !ok || !b.Value.Has {
			return quantity.Decimal{}, false
		}
		return j.ind.Publish(b.Value.Decimal), true
	}
}

// targetFacts adds what may be said of a target as judged.
func (j judge) targetFacts(f *facts, t *Target) *facts {
	return f.put(func(name string) string {
		switch name {
		case "green":
			return IntervalWords(j.ind, t.Green)
		case "amber":
			return IntervalWords(j.ind, t.Amber)
		case "tolerated":
			return IntervalWords(j.ind, t.Tolerated)
		case "wording":
			return t.Row.Wording
		case "name":
			return t.Missing
		case "target_period":
			return t.Row.Period.Words()
		case "target":
			if t.PeriodValue.Has {
				return amount(j.ind, t.PeriodValue.Decimal)
			}
		case "whole_target":
			if t.Value.Has && t.Row.Linear {
				return amount(j.ind, t.Value.Decimal)
			}
		case "tolerance":
			if tolerance, has := j.tolerance(); has && (t.AmberDerived || !t.Tolerated.IsZero()) {
				return quantity.Percent.Format(tolerance)
			}
		}
		return ""
	})
}

// targetSteps adds how the row became the intervals.
func (j judge) targetSteps(steps []Reason, s *subject, t *Target, said *facts) []Reason {
	add := func(code string) { steps = append(steps, said.reason(code)) }
	switch {
	case t.Row.Linear && t.PeriodValue.Has:
		said = said.with("month", strconv.Itoa(s.period.Last().OfFinancialYear()))
		add(StepProfile)
	case t.PeriodValue.Has:
		add(StepTarget)
	default:
		add(StepNoTarget)
	}
	switch {
	case j.ind.RagRule == ruleTrend && t.GreenDerived:
	case t.GreenDerived:
		add(StepGreenDerived)
	default:
		add(StepGreen)
	}
	switch {
	case j.ind.RagRule == ruleTrend:
		if !t.Tolerated.IsZero() {
			add(StepTolerated)
		}
	case j.ind.RagRule != ruleTolerance:
	case t.Amber.IsZero():
		add(StepNoAmber)
	case t.AmberDerived:
		add(StepAmberDerived)
	default:
		add(StepAmber)
	}
	return steps
}
