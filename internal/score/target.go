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
func (j judge) target(s subject) Target {
	row, has := j.view.TargetFor(j.ind.Ref, j.whole, s.period)
	next, last := j.milestones()
	var t Target
	switch hasMilestone := next != nil || last != nil; {
	case has && (j.ind.RagRule != ruleMilestone || !hasMilestone):
		t = j.asJudged(row, s)
	case next != nil:
		t = j.asJudged(*next, s)
		if last != nil {
			fallen := j.asJudged(*last, s)
			t.Last = &fallen
		}
	case last != nil:
		t = j.asJudged(*last, s)
	}
	t.Others = j.others(s.period)
	return t
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
func (j judge) asJudged(row dataset.Target, s subject) Target {
	t := Target{Has: true, Row: row, Value: row.Target, PeriodValue: row.Target, Green: row.Green, Amber: row.Amber}
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
	j.resolve(&t, s)
	return t
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
func (j judge) resolve(t *Target, s subject) {
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
func (j judge) named(s subject) func(string) (quantity.Decimal, bool) {
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

// targetFacts are what may be said of a target as judged.
func (j judge) targetFacts(t Target) facts {
	f := append(make(facts, 0, 9),
		fact{"green", IntervalWords(j.ind, t.Green)},
		fact{"amber", IntervalWords(j.ind, t.Amber)},
		fact{"tolerated", IntervalWords(j.ind, t.Tolerated)},
		fact{"wording", t.Row.Wording},
		fact{"name", t.Missing},
		fact{"target_period", t.Row.Period.Words()})
	if t.PeriodValue.Has {
		f = append(f, fact{"target", amount(j.ind, t.PeriodValue.Decimal)})
	}
	if t.Value.Has && t.Row.Linear {
		f = append(f, fact{"whole_target", amount(j.ind, t.Value.Decimal)})
	}
	if tolerance, has := j.tolerance(); has && (t.AmberDerived || !t.Tolerated.IsZero()) {
		f = append(f, fact{"tolerance", quantity.Percent.Format(tolerance)})
	}
	return f
}

// targetSteps tell how the row became the intervals.
func (j judge) targetSteps(s subject, t Target, said facts) []Reason {
	var steps []Reason
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
