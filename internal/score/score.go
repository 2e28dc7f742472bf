// Package score judges one indicator of a scorecard as at a month: rating,
// direction of travel, year to date, comparison, each with its reason.
//
// Every judgement is made on the value as published, so that a reader can check
// it from the page (contract, section 3). A reason is a code and its arguments,
// finished strings: the sentence stands in the theme's words. The package is
// pure: the same view gives the same verdict.
package score

import (
	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// Rating is green, amber, red or none.
type Rating string

const (
	Green    Rating = "green"
	Amber    Rating = "amber"
	Red      Rating = "red"
	NotRated Rating = "none"
)

// Arrow shows the direction of performance; for an info measure the direction
// of the number.
type Arrow string

const (
	Up      Arrow = "up"
	Down    Arrow = "down"
	Stable  Arrow = "stable"
	NoArrow Arrow = "none"
)

// Reading is what a series says of one period.
type Reading struct {
	Period period.Period
	Figure dataset.Figure
	Has    bool // a row or a calculation is there (it may be a mark without a value)
	// Published is the value as published; meaningful where Value is true.
	Published quantity.Decimal
	Value     bool
	Precision
}

// Precision says how far a figure can be trusted for the number that it rests
// on. Small is true where the denominator is under min_denominator: the figure
// is shown as "n of m" with Low and High (its 95 per cent interval, at the
// indicator's decimals) and is not rated. The zero value is a figure that rests
// on enough.
type Precision struct {
	Small       bool
	Low, High   quantity.Decimal
	HasInterval bool // the counts are there from which Low and High follow
}

// ToDate is the year to date.
type ToDate struct {
	Period                 period.Period // of the year to date; zero where the register says none
	Value                  quantity.Decimal
	Has                    bool
	Stated                 bool           // the return gave it
	Figure                 dataset.Figure // the stated row, where there is one
	HasRow                 bool
	Reason                 Reason // how it was worked out, or why there is none
	Numerator, Denominator dataset.Number
	// Computed is what the months give, unrounded steps apart, also where the
	// stated figure is shown; Checked is false where it cannot be worked out.
	Computed quantity.Decimal
	Checked  bool
	Precision
}

// Target is the target as judged: profile applied, bands derived, figures that
// an interval names put in.
type Target struct {
	Has          bool // a local target row is in force for the judged period
	Row          dataset.Target
	Value        dataset.Number    // as in the register
	PeriodValue  dataset.Number    // with the profile applied
	Green, Amber quantity.Interval // zero where there is none
	AmberDerived bool              // from default_tolerance
	GreenDerived bool              // from the target and what is good
	Others       []dataset.Target  // of other kinds: shown, never rated
	// Tolerated is how near to the target is green too, under the rule
	// tolerance_and_trend; zero under the others.
	Tolerated quantity.Interval
	// Missing is the first figure that an interval names and that is not there:
	// such intervals are left as written, and nothing is rated by them.
	Missing string
	// Last is, as judged, the milestone that fell due last before the month,
	// where the targets are milestones and the next one due stands in Row. It is
	// nil where none fell due, or none is still to come: then Row is the last.
	Last *Target
}

// RAG is the rating.
type RAG struct {
	Rating Rating
	On     string // period, ytd or none: what was judged
	Rule   string // tolerance benchmark milestone tolerance_and_trend
	ByHand bool   // set in the return; ByRule is what the rule gives
	ByRule Rating
	Reason Reason
	Steps  []Reason // how it was rated, step by step, for the indicator's page and explain
}

// Direction is the direction of travel against the previous period.
type Direction struct {
	Arrow     Arrow
	Judgement string         // improvement decline no_change increase decrease stable, or "" where there is none
	Change    dataset.Number // current minus previous, of published values
	Standing  string         // what the words tell of the rating: green amber red, or ""
	Reason    Reason
}

// Comparison is a comparator's newest figure beside the current one. Result is
// filled by intervals (a later issue); Side is the plain comparison of published
// values by polarity: better worse same higher lower, or "".
type Comparison struct {
	Comparator dataset.Comparator
	Benchmark  dataset.Benchmark
	Result     string
	Side       string
}

// Verdict is everything judged of one indicator as at one month.
type Verdict struct {
	Indicator  *dataset.Indicator
	Month      period.Month
	Current    Reading
	Previous   Reading
	YearAgo    Reading
	Latest     []Reading // the three newest periods of its frequency, oldest first, the last is Current
	News       bool      // the current figure was first returned in this month
	ToDate     ToDate
	Target     Target
	RAG        RAG
	Direction  Direction
	Compared   []Comparison
	AnnualRows []Reading // rows of other kinds (years, windows), oldest first: the annual trend
}

// Judge gives the verdict on an indicator of a view, for the whole authority.
func Judge(v *dataset.View, ind *dataset.Indicator) (verdict Verdict) {
	newJudge(v, ind).judge(&verdict)
	return verdict
}

// JudgeAll gives the verdicts on every indicator of a view, in their order.
func JudgeAll(v *dataset.View) []Verdict {
	verdicts := make([]Verdict, len(v.Indicators))
	for i, ind := range v.Indicators {
		newJudge(v, ind).judge(&verdicts[i])
	}
	return verdicts
}

// judge fills a verdict where it stands: a verdict is long, and a site has many.
func (j judge) judge(verdict *Verdict) {
	series := j.view.SeriesOf(j.ind.Ref, j.whole, isTrend)
	verdict.Indicator, verdict.Month = j.ind, j.view.Month
	verdict.Latest = j.latest(series)
	verdict.Current = verdict.Latest[len(verdict.Latest)-1]
	current := &verdict.Current
	j.among(&verdict.Previous, verdict.Latest, j.previous(current.Period, series))
	j.read(&verdict.YearAgo, current.Period.YearAgo())
	verdict.News = current.Has && current.Figure.First.Month == j.view.Month
	j.toDate(&verdict.ToDate, current)
	verdict.AnnualRows = j.annualRows(current.Period, series)
	subject := j.subject(current, &verdict.ToDate)
	j.target(&verdict.Target, &subject)
	verdict.RAG = j.rate(&subject, &verdict.Target)
	verdict.Direction = j.direction(current, &verdict.Previous, &verdict.Target, &verdict.RAG)
	verdict.Compared = j.compare(current, &verdict.Target)
}
