package score

import "slices"

// Reason is why a judgement is what it is. Code names a sentence of the
// theme's words; Args are its words.
type Reason struct {
	Code string
	said *facts
}

// Args are its words by name, finished strings: figures as published and with
// their unit, periods in words. A reason has every argument that Reasons lists for
// its code, and no other; those of Optional may be empty.
func (r *Reason) Args() func(name string) string {
	names := Reasons[r.Code]
	return func(name string) string {
		if !slices.Contains(names, name) {
			return ""
		}
		return r.said.of(name)
	}
}

// Why there is no figure to judge. These stand as the reason of a rating, of a
// direction and of a year to date alike.
const (
	NotReturned   = "not-returned"   // no row for the period
	NotAvailable  = "not-available"  // marked x
	NotApplicable = "not-applicable" // marked z: nothing to divide by, or not asked for
	Withheld      = "withheld"       // marked c
	NotCalculable = "not-calculable" // an operand of its calculation is missing
	TooLarge      = "too-large"      // beyond what can be reckoned exactly
)

// Why an indicator is not rated.
const (
	RagOnNone          = "rag-on-none"   // by design: an info measure that the register does not rate
	RagNotGiven        = "rag-not-given" // by design, of a measure of which high or low is good
	NoTarget           = "no-target"     // no row, or one without a number
	TargetInWords      = "target-in-words"
	TargetToBeSet      = "target-to-be-set"
	NoTolerance        = "no-tolerance" // a target, but for within or info no green interval
	NoMilestone        = "no-milestone" // the milestone rule without a milestone
	SmallDenominator   = "small-denominator"
	NamedFigureMissing = "named-figure-missing" // an interval names a figure that is not there
)

// The ratings, by rule. Those without a prefix are of the rule tolerance.
const (
	RatedGreen = "green"
	RatedAmber = "amber"
	RatedRed   = "red"
	RedNoAmber = "red-no-amber" // there is no amber band: what misses green is red

	BenchmarkGreen       = "benchmark-green"        // target met, and a comparator
	BenchmarkAmberMissed = "benchmark-amber-missed" // target missed, a comparator met
	BenchmarkAmberBehind = "benchmark-amber-behind" // target met, no comparator met
	BenchmarkRed         = "benchmark-red"          // target missed, and every comparator
	BenchmarkAloneGreen  = "benchmark-alone-green"  // no comparator to hold it against: the target alone decides
	BenchmarkAloneRed    = "benchmark-alone-red"

	MilestoneGreen     = "milestone-green"      // meets the next one due
	MilestoneGreenLast = "milestone-green-last" // none is still to come, and it meets the last
	MilestoneAmber     = "milestone-amber"      // meets the last but not the next
	MilestoneRed       = "milestone-red"        // meets neither
	MilestoneRedNext   = "milestone-red-next"   // misses the next, and none fell due before
	MilestoneRedLast   = "milestone-red-last"   // misses the last, and none is still to come

	TrendGreen     = "trend-green"      // in green, or within the tolerance of the target
	TrendAmber     = "trend-amber"      // further off, but as good as or better than a year before
	TrendRed       = "trend-red"        // further off, and worse than a year before
	TrendRedUnheld = "trend-red-unheld" // further off, and no figure a year before to hold it against

	ByHand            = "by-hand" // set in the return, with its reason
	ByHandUnexplained = "by-hand-unexplained"
)

// How an indicator was rated, step by step. The rating's own reason comes after
// these, and after it ByHand where the return set the rating.
const (
	StepFigure          = "step-figure"
	StepRounded         = "step-rounded"       // the figure was returned with more decimals than are published
	StepToDate          = "step-to-date"       // the year to date is judged
	StepNoToDate        = "step-no-to-date"    // it should be, but there is none: the current period is
	StepTarget          = "step-target"        // a number
	StepNoTarget        = "step-no-target"     // the row gives intervals alone
	StepProfile         = "step-profile"       // linear: target × month ÷ 12
	StepGreen           = "step-green"         // as the register gives it
	StepGreenDerived    = "step-green-derived" // from the target's good side
	StepAmber           = "step-amber"         // as the register gives it
	StepAmberDerived    = "step-amber-derived" // from the scorecard's default tolerance
	StepNoAmber         = "step-no-amber"      // what misses green is red
	StepTolerated       = "step-tolerated"     // so near to the target is green (tolerance_and_trend)
	StepComparatorMet   = "step-comparator-met"
	StepComparatorMiss  = "step-comparator-missed"
	StepMilestoneNext   = "step-milestone-next"
	StepMilestoneLast   = "step-milestone-last"
	StepYearAgo         = "step-year-ago"
	StepYearAgoNotThere = "step-year-ago-missing"
)

// The direction of travel.
const (
	RoseBetter      = "rose-better"
	FellBetter      = "fell-better"
	RoseWorse       = "rose-worse"
	FellWorse       = "fell-worse"
	Rose            = "rose" // of an info measure: neither good nor bad
	Fell            = "fell"
	Unchanged       = "unchanged"
	Steady          = "steady"  // it moved, by no more than counts as a change
	Nearer          = "nearer"  // to the green interval
	Further         = "further" // from the green interval
	AsNear          = "as-near" // moved, and lies as near to the green interval as before
	BreakBetween    = "break-between"
	BreakMarked     = "break-marked"      // the return marks it, and no event tells of it
	AcrossYearStart = "across-year-start" // a cumulative series began again
	NoGreenInterval = "no-green-interval"
)

// The year to date.
const (
	ToDateNone       = "to-date-none"       // the register asks for none
	ToDateStated     = "to-date-stated"     // as the return gives it
	ToDateNotStated  = "to-date-not-stated" // as reported, and the return does not give it
	ToDateSum        = "to-date-sum"
	ToDateRatio      = "to-date-ratio"
	ToDateMean       = "to-date-mean"
	ToDateLatest     = "to-date-latest"
	ToDateIncomplete = "to-date-incomplete" // not every period since the year's start has its figure
	ToDateDistinct   = "to-date-distinct"   // people counted once cannot be added up
	ToDateNotEnded   = "to-date-not-ended"  // no quarter or term of the year has ended
	ToDateNoneOver   = "to-date-nothing-to-divide"
)

// Reasons lists every code with the names of its arguments, so that whoever
// writes the sentences can be held to have one for each (contract, section 3:
// every judgement carries its reason in a sentence). The arguments:
//
//	figure           the figure judged, as published: 18.2%
//	count            the counts behind it: 22 of 121; empty where they are not carried
//	reading          figure and count: 18.2% (22 of 121)
//	returned         the figure as it was returned: 18.18%
//	period           its period in words: January 2017
//	target           100%; empty where the register gives intervals alone
//	target_period    the target's own period in words
//	whole_target     the target of the whole year, where target is a month's share of it
//	month            k of the profile: 10
//	green, amber     in words: 100% or more; more than 90%
//	tolerance        the scorecard's default tolerance: 10%
//	tolerated        what the tolerance round the target comes to: 81% or more
//	wording          what the register prints in place of a number; may be empty
//	name             the figure that an interval names: year_ago, national_average
//	minimum          the smallest denominator that is rated
//	numerator, denominator
//	low, high        the ends of the 95 per cent interval; empty where none can be given
//	met, missed      comparators with their figures: England average 81.5% (2014/15)
//	comparator       one comparator's name; value and value_period, its figure
//	next, next_by    the next milestone in words, the month it falls due
//	last, last_by    the last milestone that fell due
//	year_ago, year_ago_period
//	rating, by_rule  green amber red none
//	why              the officer's reason for a rating set by hand
//	previous, previous_period
//	change           unsigned, in words: 12.0 percentage points
//	steady           a change up to this size is none
//	event, event_date
//	counted          periods that have their figure: 3 of 10 months
//	to_date          the year to date in words: April 2016 to January 2017 (year to date)
var Reasons = map[string][]string{
	NotReturned:   {"period"},
	NotAvailable:  {"period"},
	NotApplicable: {"period"},
	Withheld:      {"period"},
	NotCalculable: {"period"},
	TooLarge:      {"period"},

	RagOnNone:          {},
	RagNotGiven:        {"wording"},
	NoTarget:           {"period"},
	TargetInWords:      {"wording"},
	TargetToBeSet:      {"wording"},
	NoTolerance:        {"target"},
	NoMilestone:        {},
	SmallDenominator:   {"figure", "period", "count", "numerator", "denominator", "minimum", "low", "high"},
	NamedFigureMissing: {"name"},

	RatedGreen: {"reading", "figure", "count", "period", "target", "green"},
	RatedAmber: {"reading", "figure", "count", "period", "target", "green", "amber"},
	RatedRed:   {"reading", "figure", "count", "period", "target", "green", "amber"},
	RedNoAmber: {"reading", "figure", "count", "period", "target", "green"},

	BenchmarkGreen:       {"reading", "figure", "count", "period", "target", "green", "met"},
	BenchmarkAmberMissed: {"reading", "figure", "count", "period", "target", "green", "met"},
	BenchmarkAmberBehind: {"reading", "figure", "count", "period", "target", "green", "missed"},
	BenchmarkRed:         {"reading", "figure", "count", "period", "target", "green", "missed"},
	BenchmarkAloneGreen:  {"reading", "figure", "count", "period", "target", "green"},
	BenchmarkAloneRed:    {"reading", "figure", "count", "period", "target", "green"},

	MilestoneGreen:     {"reading", "figure", "count", "period", "next", "next_by"},
	MilestoneGreenLast: {"reading", "figure", "count", "period", "last", "last_by"},
	MilestoneAmber:     {"reading", "figure", "count", "period", "next", "next_by", "last", "last_by"},
	MilestoneRed:       {"reading", "figure", "count", "period", "next", "next_by", "last", "last_by"},
	MilestoneRedNext:   {"reading", "figure", "count", "period", "next", "next_by"},
	MilestoneRedLast:   {"reading", "figure", "count", "period", "last", "last_by"},

	TrendGreen:     {"reading", "figure", "count", "period", "target", "green"},
	TrendAmber:     {"reading", "figure", "count", "period", "target", "green", "year_ago", "year_ago_period"},
	TrendRed:       {"reading", "figure", "count", "period", "target", "green", "year_ago", "year_ago_period"},
	TrendRedUnheld: {"reading", "figure", "count", "period", "target", "green", "year_ago_period"},

	ByHand:            {"rating", "why", "by_rule"},
	ByHandUnexplained: {"rating", "by_rule"},

	StepFigure:          {"reading", "figure", "count", "period"},
	StepRounded:         {"returned", "figure"},
	StepToDate:          {"reading", "figure", "count", "period"},
	StepNoToDate:        {"to_date"},
	StepTarget:          {"target", "target_period"},
	StepNoTarget:        {"target_period"},
	StepProfile:         {"whole_target", "month", "target", "period"},
	StepGreen:           {"green"},
	StepGreenDerived:    {"green", "target"},
	StepAmber:           {"amber"},
	StepAmberDerived:    {"amber", "tolerance", "target"},
	StepNoAmber:         {},
	StepTolerated:       {"tolerated", "tolerance", "target"},
	StepComparatorMet:   {"comparator", "value", "value_period"},
	StepComparatorMiss:  {"comparator", "value", "value_period"},
	StepMilestoneNext:   {"next", "next_by"},
	StepMilestoneLast:   {"last", "last_by"},
	StepYearAgo:         {"year_ago", "year_ago_period"},
	StepYearAgoNotThere: {"year_ago_period"},

	RoseBetter:      {"figure", "period", "previous", "previous_period", "change"},
	FellBetter:      {"figure", "period", "previous", "previous_period", "change"},
	RoseWorse:       {"figure", "period", "previous", "previous_period", "change"},
	FellWorse:       {"figure", "period", "previous", "previous_period", "change"},
	Rose:            {"figure", "period", "previous", "previous_period", "change"},
	Fell:            {"figure", "period", "previous", "previous_period", "change"},
	Unchanged:       {"figure", "period", "previous_period"},
	Steady:          {"figure", "period", "previous", "previous_period", "change", "steady"},
	Nearer:          {"figure", "period", "previous", "previous_period", "change", "green"},
	Further:         {"figure", "period", "previous", "previous_period", "change", "green"},
	AsNear:          {"figure", "period", "previous", "previous_period", "change", "green"},
	BreakBetween:    {"period", "previous_period", "event", "event_date"},
	BreakMarked:     {"period", "previous_period"},
	AcrossYearStart: {"period", "previous_period"},
	NoGreenInterval: {"period"},

	ToDateNone:       {},
	ToDateStated:     {"figure", "count", "reading", "period"},
	ToDateNotStated:  {"period"},
	ToDateSum:        {"figure", "period", "counted"},
	ToDateRatio:      {"figure", "count", "reading", "period", "counted"},
	ToDateMean:       {"figure", "period", "counted"},
	ToDateLatest:     {"figure", "period"},
	ToDateIncomplete: {"period", "counted"},
	ToDateDistinct:   {"period"},
	ToDateNotEnded:   {"period"},
	ToDateNoneOver:   {"period"},
}

// Optional names the arguments that may be empty strings.
var Optional = []string{"count", "target", "amber", "wording", "low", "high"}

// facts are what may be said of a judgement, by the names of Reasons: names and
// texts in turn (an empty one stands too), what is put into words when it is asked
// for (where that is "", what was known before stands), and what was known before.
// Most of what may be said is never asked. Facts are not changed, and all reasons of
// one judgement share them. Nil knows nothing.
type facts struct {
	pairs  []string
	words  func(name string) string
	before *facts
}

// factsOf are facts: name, text, name, text …
func factsOf(pairs ...string) *facts { return &facts{pairs: pairs} }

// with is the facts and some more. Of a name that is known the new text stands.
func (f *facts) with(pairs ...string) *facts {
	if len(pairs) == 0 {
		return f
	}
	return &facts{pairs: pairs, before: f}
}

// factsBy are facts that are put into words when they are asked for.
func factsBy(words func(name string) string) *facts { return &facts{words: words} }

// put is the facts and some more of which the same holds.
func (f *facts) put(words func(name string) string) *facts { return &facts{words: words, before: f} }

// of is the fact of a name; "" where there is none.
func (f *facts) of(name string) string {
	for ; f != nil; f = f.before {
		for i := len(f.pairs) - 2; i >= 0; i -= 2 {
			if f.pairs[i] == name {
				return f.pairs[i+1]
			}
		}
		if f.words != nil {
			if text := f.words(name); text != "" {
				return text
			}
		}
	}
	return ""
}

func (f *facts) reason(code string) Reason { return Reason{Code: code, said: f} }
