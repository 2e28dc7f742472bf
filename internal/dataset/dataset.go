// Package dataset reads data/ into exact figures and answers what was known as
// at a month.
//
// The data are bitemporal: a return (one month's file) is a vintage, a later
// vintage may re-run an earlier period, and nothing is overwritten. A View
// holds what had been returned, and what was in force, by one month; every
// past page can therefore be rebuilt as it stood (contract, section 2).
//
// Load reads everything; Open lists data/ and leaves each folder to be read by
// itself, which a large site needs.
//
// The package reads an fs.FS, never the disk; what is wrong with the data goes
// to a diag.List with file, line and column, all of it in one run.
package dataset

import (
	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// Settings are what content/ says of the data: a dataset is read by them.
type Settings struct {
	Areas       []Area       // the first is the whole authority
	Comparators []Comparator // in the order in which they are shown
	Scorecards  map[string]ScorecardSettings
}

// ScorecardSettings come from the front matter of a scorecard's _index.md.
type ScorecardSettings struct {
	Sections         []string // in order; empty: as they first appear in indicators.csv
	Grades           []string // worst first, for the unit grade
	RagRule          string   // "" is tolerance
	DefaultTolerance quantity.Decimal
	HasTolerance     bool
	FirstReport      period.Month // 0: every return needs a cover
}

// Area is a part of the authority, or the whole.
type Area struct {
	ID, Name string
	Residual bool // "not specified" and the like
}

// Comparator is an outside figure that ours is held against.
type Comparator struct {
	ID, Name, Short string
	Role            string // stat_neighbours, national or ""
	Threshold       bool   // a quartile or a best: no average
}

// Polarity is what good performance is.
type Polarity uint8

const (
	Info   Polarity = iota // neither high nor low is good
	High                   // high is good
	Low                    // low is good
	Within                 // good lies inside the green interval
)

// String is the register's word: info, high, low or within.
func (p Polarity) String() string { return [...]string{"info", "high", "low", "within"}[p] }

// Frequency is how often an indicator is measured.
type Frequency uint8

const (
	Monthly Frequency = iota
	Quarterly
	Termly
	Annual
)

// String is the register's word: monthly, quarterly, termly or annual.
func (f Frequency) String() string {
	return [...]string{"monthly", "quarterly", "termly", "annual"}[f]
}

// Indicator is one measure as defined at a month.
type Indicator struct {
	Ref, Label     string   // Label is "" where the register says "-": none is printed
	Section        string   // the first, which has its page
	Sections       []string // all of them
	Name           string
	Good           Polarity
	Unit           quantity.Unit
	Decimals       int
	Frequency      Frequency
	Lag            int    // months in arrears
	Basis          string // in_month as_at cumulative rolling average projected
	YTD            string // sum ratio mean latest reported none
	RagOn          string // period ytd none
	RagRule        string // in force: the indicator's, else the scorecard's, else tolerance
	Parent         string
	Dimension      string
	Calculation    string
	Status         string // live developing suspended replaced
	ReplacedBy     string
	Steady         quantity.Decimal // a change up to this size is no change; 0: none
	MinDenominator quantity.Decimal // 0: none
	Tags, Also     []string
	Notes          string
	From           period.Month // 0: always
	Grades         []string
	Change         string // in the month of a change: new, changed, last; else ""
	Place          diag.Place

	formula           *formula   // nil where there is no calculation, or a wrong one
	calculationPlace  diag.Place // of the calculation's cell
	calculationSource string
}

// IsPart reports whether the series stands on its parent's pages only.
func (i *Indicator) IsPart() bool { return i.Parent != "" }

// Publish rounds a value to the decimals at which it is published: the value
// on which every judgement is made (contract, section 3).
func (i *Indicator) Publish(d quantity.Decimal) quantity.Decimal { return d.Round(i.Decimals) }

// Format writes a value as published, with its unit's sign: "18.2%"; a grade
// as its word.
func (i *Indicator) Format(d quantity.Decimal) string {
	if i.Unit == quantity.Grade {
		if n := int(d.Coef()); d.Scale() == 0 && n >= 1 && n <= len(i.Grades) {
			return i.Grades[n-1]
		}
	}
	return i.Unit.Format(i.Publish(d))
}

// Vintage is one return: the month's first issue, or a later one.
type Vintage struct {
	Month period.Month
	Issue int // 1, 2 …
}

// Before orders vintages by the time of their return.
func (v Vintage) Before(w Vintage) bool {
	return v.Month < w.Month || v.Month == w.Month && v.Issue < w.Issue
}

// Marks are symbols of the Government Analysis Function without brackets, in
// the order written: "r p".
type Marks string

// Number is a figure that may be missing.
type Number struct {
	Decimal quantity.Decimal
	Has     bool
}

func (n Number) equal(m Number) bool { return n.Has == m.Has && n.Decimal.Equal(m.Decimal) }

// Figure is one observation as known at a month.
type Figure struct {
	Period      period.Period
	Area        string // an area's id
	Value       Number // exact as returned, or worked out from numerator and denominator or the calculation
	Numerator   Number
	Denominator Number
	Stated      bool  // the return gave the value itself
	Marks       Marks // as returned; "z" where 0 stands over 0
	Note        string
	Vintage     Vintage // the return it was read from
	First       Vintage // the return in which this period was first reported: the month in which it was news
	Revised     bool    // differs at published precision from the newest vintage before
	Earlier     Number  // what that vintage said; missing where it was a mark, or is not known
	EarlierMark Marks
	Reason      string // of a revision: late_data correction definition
	Rating      string // set by hand: green amber red none
	RatingWhy   string
	Calculated  bool       // worked out by the indicator's calculation
	Working     string     // which population year a calculation used, in words; may be empty
	Place       diag.Place // of the row; View.Figures leaves it and the two after it out
	ValuePlace  diag.Place // of the value's cell, which Series and SeriesOf alone look for
	Source      string     // the source line, likewise
}

// Target is one row of targets.csv.
type Target struct {
	Ref          string
	Period       period.Period
	Area         string // the whole authority's id where the cell is empty
	Kind         string // local corporate_plan partnership national_standard
	Target       Number
	Green, Amber quantity.Interval
	Linear       bool
	By           period.Month // of a milestone; 0: none
	Wording      string
	State        string // set to_be_set none, or ""
	From         period.Month
	Note         string
	Place        diag.Place
}

// Benchmark is one row of benchmarks.csv.
type Benchmark struct {
	Ref, Comparator string
	Period          period.Period
	Value           Number
	Marks           Marks
	Source          string
	From            period.Month
	Place           diag.Place
}

// Event is one row of events.csv.
type Event struct {
	Date                      period.Date
	Label, Ref, Section, Area string
	Kind                      string
	Break                     bool // stops comparison, runs and limits across it
	Note                      string
	From                      period.Month
	Place                     diag.Place
}

// Population is a denominator for rates.
type Population struct {
	Name   string
	Area   string
	Period period.Period
	Value  quantity.Decimal
	Source string
	From   period.Month
	Place  diag.Place
}

// Action is one row of actions.csv with its newest update as at a month.
type Action struct {
	Ref, Theme, Objective, Action, Measure, Baseline, Target string
	Due                                                      string // as written
	DueOn                                                    period.Date
	HasDue                                                   bool
	Lead, Partner, Why, Source, Workstream                   string
	Rating, Direction, Status, Commentary                    string // of the newest update
	Updated                                                  period.Month
	From                                                     period.Month
	Place                                                    diag.Place
}
