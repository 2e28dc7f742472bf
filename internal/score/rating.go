package score

import (
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// subject is the figure that is rated: the current period's or the year to
// date's, as rag_on says.
type subject struct {
	on                     string // period, ytd or none
	period                 period.Period
	value                  quantity.Decimal // as published
	has                    bool
	missing                Reason // why there is no value
	numerator, denominator dataset.Number
	returned               dataset.Number // as returned; more decimals may stand there than are published
	rating, why            string         // set by hand in the return
	working                string         // of a calculated figure: which other year's population it rests on
	Precision
	noToDate string // the year to date in words, where it should be judged and is not there
}

// subject chooses what is rated. Where there is no year to date, the current
// period is (contract, section 2, rag_on).
func (j judge) subject(current *Reading, t *ToDate) subject {
	s := subject{
		on: "period", period: current.Period, value: current.Published, has: current.Value,
		numerator: current.Figure.Numerator, denominator: current.Figure.Denominator,
		returned: current.Figure.Value, Precision: current.Precision,
		rating: current.Figure.Rating, why: current.Figure.RatingWhy,
		working: current.Figure.Working,
	}
	if !s.has {
		s.missing = factsOf("period", s.period.Words()).reason(j.missingCode(current))
	}
	switch {
	case j.ind.RagOn == "ytd" && t.Has:
		s.on, s.period, s.value, s.has = "ytd", t.Period, t.Value, true
		s.numerator, s.denominator, s.returned = t.Numerator, t.Denominator, t.Figure.Value
		s.Precision, s.working = t.Precision, t.Figure.Working
		if j.ind.YTD == "latest" && !t.Stated { // a rolling figure is not one of April to now
			s.period = current.Period
		}
		if t.Figure.Rating != "" { // else what was set beside the current figure stands
			s.rating, s.why = t.Figure.Rating, t.Figure.RatingWhy
		}
	case j.ind.RagOn == "ytd" && !t.Period.IsZero():
		s.noToDate = t.Period.Words()
	case j.ind.RagOn == "ytd":
		s.noToDate = period.FinancialYearToDate(j.due).Words()
	case j.ind.RagOn != "period" && s.rating == "":
		s.on = "none"
	}
	return s
}

// yearAgo is the published figure of the same period a year before.
//
// A break between stops comparison (contract, section 2, events.csv): what lies
// before it is no figure to hold this one against.
func (j judge) yearAgo(s *subject) (quantity.Decimal, bool) {
	if _, broken := j.view.BreakBetween(j.ind.Ref, j.whole, s.period.YearAgo(), s.period); broken {
		return quantity.Decimal{}, false
	}
	var r Reading
	j.read(&r, s.period.YearAgo())
	if r.Value || s.on != "ytd" {
		return r.Published, r.Value
	}
	// No return stated that year to date: work it out from the periods of then.
	var then Reading
	if j.ind.YTD == "latest" {
		j.read(&then, newestEnded(j.ind.Frequency, j.due.Add(-12)))
	}
	w := j.workOut(s.period.YearAgo(), &then)
	return w.value, w.has
}

// rate gives the rating by the indicator's rule, or as the return set it by
// hand, with the steps that lead to it.
func (j judge) rate(s *subject, t *Target) RAG {
	rag := RAG{On: s.on, Rule: j.ind.RagRule}
	said := j.subjectFacts(s)
	rag.ByRule, rag.Reason, rag.Steps = j.byRule(s, t, said)
	rag.Rating = rag.ByRule
	rag.Steps = append(rag.Steps, rag.Reason)
	if s.rating == "" {
		return rag
	}
	rag.ByHand, rag.Rating = true, Rating(s.rating)
	said = said.with("rating", s.rating, "by_rule", string(rag.ByRule), "why", s.why)
	rag.Reason = said.reason(ByHand)
	if s.why == "" {
		rag.Reason = said.reason(ByHandUnexplained)
	}
	rag.Steps = append(rag.Steps, rag.Reason)
	return rag
}

func (j judge) subjectFacts(s *subject) *facts {
	if !s.has {
		return factsOf("period", s.period.Words())
	}
	f := figureFacts(j.ind, s.value, s.numerator, s.denominator, s.period)
	if s.working != "" {
		// The reason says which year's population was used where it is not the
		// period's own (contract, section 2, calculation).
		f = f.with("reading", f.of("figure")+" ("+join(f.of("count"), s.working)+")")
	}
	return f
}

// join puts a semicolon between two texts where both are there.
func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// byRule rates a subject. The steps are without the reason itself.
func (j judge) byRule(s *subject, t *Target, said *facts) (Rating, Reason, []Reason) {
	if j.ind.RagOn == "none" {
		if j.ind.Good == dataset.Info {
			return NotRated, said.reason(RagOnNone), nil
		}
		return NotRated, said.with("wording", t.Row.Wording).reason(RagNotGiven), nil
	}
	if !s.has {
		return NotRated, s.missing, nil
	}
	steps := j.subjectSteps(s, said)
	if s.Small {
		said = said.with("minimum", j.ind.MinDenominator.Grouped(), "numerator", grouped(s.numerator), "denominator", grouped(s.denominator))
		if said.of("count") == "" { // the numerator is not carried
			said = said.with("count", said.of("denominator"))
		}
		if s.HasInterval {
			said = said.with("low", j.ind.Format(s.Low), "high", j.ind.Format(s.High))
		}
		return NotRated, said.reason(SmallDenominator), steps
	}
	said = j.targetFacts(said, t)
	if code := j.whyNoTarget(t); code != "" {
		return NotRated, said.reason(code), steps
	}
	if j.ind.RagRule != ruleMilestone {
		steps = j.targetSteps(steps, s, t, said)
	}

	var rating Rating
	var reason Reason
	var more []Reason
	switch j.ind.RagRule {
	case ruleBenchmark:
		rating, reason, more = j.byBenchmark(s, t, said)
	case ruleMilestone:
		rating, reason, more = j.byMilestone(s, t, said)
	case ruleTrend:
		rating, reason, more = j.byTrend(s, t, said)
	default:
		rating, reason = byTolerance(s, t, said)
	}
	return rating, reason, append(steps, more...)
}

func (j judge) subjectSteps(s *subject, said *facts) []Reason {
	steps := make([]Reason, 0, 6) // of most these are all
	if s.noToDate != "" {
		steps = append(steps, said.with("to_date", s.noToDate).reason(StepNoToDate))
	}
	if s.on == "ytd" {
		steps = append(steps, said.reason(StepToDate))
	} else {
		steps = append(steps, said.reason(StepFigure))
	}
	if s.returned.Has && !s.returned.Decimal.Equal(s.value) {
		returned := amount(j.ind, s.returned.Decimal.Trim())
		steps = append(steps, said.with("returned", returned).reason(StepRounded))
	}
	return steps
}

// whyNoTarget is the reason why there is nothing to judge by, or "".
func (j judge) whyNoTarget(t *Target) string {
	switch {
	case j.ind.RagRule == ruleMilestone && t.Row.By == 0:
		return NoMilestone
	case !t.Has || j.ind.RagRule != ruleMilestone && t.Row.By != 0:
		return NoTarget
	case t.Missing != "":
		return NamedFigureMissing
	case t.Last != nil && t.Last.Missing != "":
		return NamedFigureMissing
	case !t.Green.IsZero():
		return ""
	case t.PeriodValue.Has:
		return NoTolerance
	case t.Row.State == "to_be_set":
		return TargetToBeSet
	case t.Row.Wording != "":
		return TargetInWords
	}
	return NoTarget
}

// byTolerance tries green first, then amber; outside both is red (contract,
// section 2, targets.csv).
func byTolerance(s *subject, t *Target, said *facts) (Rating, Reason) {
	switch {
	case t.Green.Contains(s.value):
		return Green, said.reason(RatedGreen)
	case t.Amber.Contains(s.value):
		return Amber, said.reason(RatedAmber)
	case t.Amber.IsZero():
		return Red, said.reason(RedNoAmber)
	}
	return Red, said.reason(RatedRed)
}

// byBenchmark rates by the target and by statistical neighbours and England:
// the published rule of 2014/15, whose gaps the contract fills. A threshold, a
// quartile or a best, is no average and is not asked.
func (j judge) byBenchmark(s *subject, t *Target, said *facts) (Rating, Reason, []Reason) {
	var met, missed []string
	var steps []Reason
	for _, c := range j.view.Comparators() {
		if c.Threshold || c.Role != "stat_neighbours" && c.Role != "national" {
			continue
		}
		b, ok := j.view.Newest(j.ind.Ref, c.ID)
		if !ok || !b.Value.Has {
			continue
		}
		theirs := j.ind.Publish(b.Value.Decimal)
		good, ok := asGood(j.ind.Good, s.value, theirs)
		if !ok {
			continue // within or info: no better and no worse
		}
		value := j.ind.Format(theirs)
		named := c.Name + " " + value + " (" + b.Period.Short() + ")"
		code := StepComparatorMiss
		if good {
			code = StepComparatorMet
			met = append(met, named)
		} else {
			missed = append(missed, named)
		}
		steps = append(steps, said.with("comparator", c.Name, "value", value, "value_period", b.Period.Words()).reason(code))
	}
	said = said.with("met", list(met), "missed", list(missed))
	targetMet := t.Green.Contains(s.value)
	rating, code := Red, BenchmarkRed
	switch {
	case len(met)+len(missed) == 0 && targetMet:
		rating, code = Green, BenchmarkAloneGreen
	case len(met)+len(missed) == 0:
		code = BenchmarkAloneRed
	case targetMet && len(met) > 0:
		rating, code = Green, BenchmarkGreen
	case targetMet:
		rating, code = Amber, BenchmarkAmberBehind
	case len(met) > 0:
		rating, code = Amber, BenchmarkAmberMissed
	}
	return rating, said.reason(code), steps
}

// byMilestone holds the figure against the next milestone due, then against the
// last that fell due.
func (j judge) byMilestone(s *subject, t *Target, said *facts) (Rating, Reason, []Reason) {
	toCome := t.Row.By >= j.view.Month
	next, last := t, t.Last
	if !toCome {
		next, last = nil, t
	}
	var steps []Reason
	if last != nil {
		said = said.with("last", j.milestoneWords(last), "last_by", last.Row.By.Words())
		steps = append(steps, said.reason(StepMilestoneLast))
	}
	if next != nil {
		said = said.with("next", j.milestoneWords(next), "next_by", next.Row.By.Words())
		steps = append(steps, said.reason(StepMilestoneNext))
	}
	meets := func(t *Target) bool { return t != nil && t.Green.Contains(s.value) }
	rating, code := Red, MilestoneRed
	switch {
	case meets(next):
		rating, code = Green, MilestoneGreen
	case next == nil && meets(last):
		rating, code = Green, MilestoneGreenLast
	case meets(last):
		rating, code = Amber, MilestoneAmber
	case next == nil:
		code = MilestoneRedLast
	case last == nil:
		code = MilestoneRedNext
	}
	return rating, said.reason(code), steps
}

// milestoneWords is what a milestone asks for: where green stands that decides.
func (j judge) milestoneWords(t *Target) string { return IntervalWords(j.ind, t.Green) }

// byTrend rates green within the default tolerance of the target; further off,
// amber where the figure is as good as or better than a year before.
func (j judge) byTrend(s *subject, t *Target, said *facts) (Rating, Reason, []Reason) {
	then := s.period.YearAgo()
	said = said.with("year_ago_period", then.Words())
	if t.Green.Contains(s.value) || t.Tolerated.Contains(s.value) {
		return Green, said.reason(TrendGreen), nil
	}
	before, ok := j.yearAgo(s)
	if !ok {
		return Red, said.reason(TrendRedUnheld), []Reason{said.reason(StepYearAgoNotThere)}
	}
	said = said.with("year_ago", j.ind.Format(before))
	steps := []Reason{said.reason(StepYearAgo)}
	good, ok := asGood(j.ind.Good, s.value, before)
	if j.ind.Good == dataset.Within {
		var now, once quantity.Decimal
		if now, once, ok = distances(t.Green, s.value, before); ok {
			good = now.Cmp(once) <= 0
		}
	}
	if ok && good {
		return Amber, said.reason(TrendAmber), steps
	}
	return Red, said.reason(TrendRed), steps
}

// asGood says whether a figure is as good as or better than another; ok is
// false where neither high nor low is good.
func asGood(good dataset.Polarity, a, b quantity.Decimal) (asGood, ok bool) {
	switch good {
	case dataset.High:
		return a.Cmp(b) >= 0, true
	case dataset.Low:
		return a.Cmp(b) <= 0, true
	}
	return false, false
}

// list writes "a", "a and b", "a, b and c".
func list(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
