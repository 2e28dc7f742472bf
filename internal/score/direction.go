package score

import (
	"slices"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// The judgements of a direction of travel (contract, section 3).
const (
	improvement = "improvement"
	decline     = "decline"
	noChange    = "no_change"
	increase    = "increase"
	decrease    = "decrease"
	stable      = "stable"
)

// direction judges the direction of travel from the previous period to the
// current one, on published values. The arrow shows the direction of
// performance, so a low-is-good figure that falls goes up; for an info measure
// it shows the number's own, also where the measure is rated.
func (j judge) direction(current, previous *Reading, t *Target, rag *RAG) Direction {
	now, before := current.Period, previous.Period
	said := factsBy(func(name string) string {
		switch name {
		case "period":
			return now.Words()
		case "previous_period":
			return before.Words()
		}
		return ""
	})
	none := func(code string, pairs ...string) Direction {
		return Direction{Arrow: NoArrow, Reason: said.with(pairs...).reason(code)}
	}
	switch {
	case !current.Value:
		return none(j.missingCode(current))
	case !previous.Value:
		return none(j.missingCode(previous), "period", previous.Period.Words())
	case j.beganAgain(current.Period, previous.Period):
		return none(AcrossYearStart)
	}
	if event, ok := j.view.BreakBetween(j.ind.Ref, j.whole, previous.Period, current.Period); ok {
		if !slices.Contains(j.view.Events(j.ind.Ref), event) {
			return none(BreakMarked)
		}
		return none(BreakBetween, "event", event.Label, "event_date", event.Date.Words())
	}
	change, err := current.Published.Sub(previous.Published)
	if err != nil {
		return none(TooLarge)
	}
	arrow, judgement, code := travel(j.ind, change)
	if j.ind.Good == dataset.Within {
		here, there, ok := distances(t.Green, current.Published, previous.Published)
		switch {
		case !ok:
			return none(NoGreenInterval)
		case judgement != "": // no change at all, or none that counts
		case here.Cmp(there) < 0:
			arrow, judgement, code = Up, improvement, Nearer
		case here.Cmp(there) > 0:
			arrow, judgement, code = Down, decline, Further
		default:
			arrow, judgement, code = Stable, noChange, AsNear
		}
	}
	ours, theirs, green := current.Published, previous.Published, t.Green
	said = said.put(func(name string) string {
		switch name {
		case "figure":
			return j.ind.Format(ours)
		case "previous":
			return j.ind.Format(theirs)
		case "change":
			return ChangeInWords(j.ind, change)
		case "steady":
			return ChangeInWords(j.ind, j.ind.Steady)
		case "green":
			return IntervalWords(j.ind, green)
		}
		return ""
	})
	d := Direction{
		Arrow: arrow, Judgement: judgement,
		Change: dataset.Number{Decimal: change, Has: true},
		Reason: said.reason(code),
	}
	// "Decline, still green" tells the rating only where the rating is of the
	// figure that declined.
	if rag.On == "period" && rag.Rating != NotRated && j.ind.Good != dataset.Info {
		d.Standing = string(rag.Rating)
	}
	return d
}

// travel reads a change by polarity. For within limits it answers only where
// there is no change: nearer or further is not in the number alone.
func travel(ind *dataset.Indicator, change quantity.Decimal) (arrow Arrow, judgement, code string) {
	if change.Abs().Cmp(ind.Steady) <= 0 {
		code = Steady
		if change.Sign() == 0 {
			code = Unchanged
		}
		if ind.Good == dataset.Info {
			return Stable, stable, code
		}
		return Stable, noChange, code
	}
	rises := change.Sign() > 0
	switch {
	case ind.Good == dataset.Within:
		return NoArrow, "", ""
	case ind.Good == dataset.Info && rises:
		return Up, increase, Rose
	case ind.Good == dataset.Info:
		return Down, decrease, Fell
	case ind.Good == dataset.High && rises:
		return Up, improvement, RoseBetter
	case ind.Good == dataset.High:
		return Down, decline, FellWorse
	case rises:
		return Down, decline, RoseWorse
	}
	return Up, improvement, FellBetter
}

// beganAgain says whether a cumulative series started anew between two periods:
// April is no fall from March. It is asked of months and quarters; half terms,
// terms, windows and years compare like with like.
func (j judge) beganAgain(current, previous period.Period) bool {
	if j.ind.Basis != "cumulative" {
		return false
	}
	switch current.Kind() {
	case period.KindMonth, period.Quarter:
		return current.Last().FinancialYear() != previous.Last().FinancialYear()
	}
	return false
}

// distances are how far two figures lie from the green interval, its open and
// closed ends alike; ok is false where there is no interval to measure from.
func distances(green quantity.Interval, a, b quantity.Decimal) (ofA, ofB quantity.Decimal, ok bool) {
	ofA, err := green.Distance(a)
	if err != nil {
		return ofA, ofB, false
	}
	ofB, err = green.Distance(b)
	return ofA, ofB, err == nil
}

// compare lays every comparator's newest figure beside the current one, in the
// site's order; the side is by polarity, on published values.
func (j judge) compare(current *Reading, t *Target) []Comparison {
	var all []Comparison
	comparators := j.view.Comparators()
	for _, c := range comparators {
		b, ok := j.view.Newest(j.ind.Ref, c.ID)
		if !ok {
			continue
		}
		if all == nil {
			all = make([]Comparison, 0, len(comparators))
		}
		comparison := Comparison{Comparator: c, Benchmark: b}
		if current.Value && b.Value.Has {
			comparison.Side = side(j.ind, t.Green, current.Published, j.ind.Publish(b.Value.Decimal))
		}
		all = append(all, comparison)
	}
	return all
}

// side says on which side of theirs our figure lies: better worse same, higher
// lower same for info, "" where within limits has no interval to measure from.
func side(ind *dataset.Indicator, green quantity.Interval, ours, theirs quantity.Decimal) string {
	order := ours.Cmp(theirs)
	switch ind.Good {
	case dataset.Info:
		return [...]string{"lower", "same", "higher"}[order+1]
	case dataset.Low:
		order = -order
	case dataset.Within:
		a, b, ok := distances(green, ours, theirs)
		if !ok {
			return ""
		}
		order = b.Cmp(a)
	}
	return [...]string{"worse", "same", "better"}[order+1]
}
