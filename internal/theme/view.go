package theme

import "html/template"

// The views are what a template is given: finished strings in the order of the
// page. A template chooses words and order and never calculates. Ratings,
// arrows and judgements come as codes (green, down, decline); the templates and
// the words give them shape and words, so that colour is never the only sign.

// Frame is what every page has.
type Frame struct {
	Title         string // of the page, without the site's name
	Description   string // one sentence, for search engines
	SiteTitle     string
	Council       string
	Language      string
	Root          string // relative path to the site's root: "", "../", "../../"; "./" is never needed
	Canonical     string // absolute address; "" where the site has no base_url
	Nav           []Link // home, scorecards, status, data, methodology
	Crumbs        []Link // the way here, home first, this page left out
	Notice        string // what this site is not; "" for none
	Credit        Link   // where the figures come from (Href may be "")
	Licence       Link
	Contact       string   // a mailbox
	AsAt          string   // "January 2017"; "" where it does not apply
	Draft         bool     // the page holds what is not released
	Style         string   // href of the stylesheet, relative
	Script        string   // href of the script, relative
	Accessibility string   // href of the accessibility statement; "" for none
	Feed          string   // href of the feed
	Sources       []Source // where the figures of the page's texts come from
	SourcesOpen   bool     // some of them can be reached from here alone
	Snapshot      SnapshotNote
}

// SnapshotNote says on every page of a snapshot that it is one.
type SnapshotNote struct {
	Quarter string // "October to December 2016 (quarter 3)"; "" where the page is not of a snapshot
	Month   string // as at which it stands: "December 2016"
	Latest  string // relative address of the site as it is today
}

// Link is a piece of text that leads somewhere; Href "" is plain text.
type Link struct {
	Text, Href string
	Current    bool
}

// Rating is a rating tag.
type Rating struct {
	Code   string // green amber red none
	ByHand bool
	On     string // what was judged, where it is not the figure beside it: "year to date, 16.9%"
}

// Direction is an arrow with its words.
type Direction struct {
	Arrow     string // up down stable none
	Judgement string // improvement decline no_change increase decrease stable, or ""
	Standing  string // green amber red or ""
	Change    string // "12.0 percentage points", or ""
	Reason    string // the sentence
}

// Figure is one figure as shown: Text is "18.2%", or the mark's "[x]".
type Figure struct {
	Text    string // never empty
	Count   string // "22 of 121", or ""
	Marks   []Mark // of the figure; shown as [r] after it
	Missing bool   // Text is a mark, not a figure
	Old     bool   // carried from an earlier month: its period must be shown
	Revised string // "it was 150" in the return before, or "earlier figure not known"; "" where it was not revised
	Period  string // "Jan 2017"
	Note    string
}

// Mark is a symbol of the Government Analysis Function with its meaning.
type Mark struct{ Symbol, Meaning string } // "[r]", "revised"

// Counts are how many measures have each rating.
type Counts struct {
	Green, Amber, Red, None, Total int
}

// Home is index.html.
type Home struct {
	Frame
	Intro      template.HTML
	AsAt       string
	Scorecards []HomeScorecard
	Changes    []Change // rating changes first
	Worst      []Change // red for longest
	More       string   // how many changes are not listed
	Quiet      string   // said where there are no changes: why
	Reports    []Link   // the newest committee reports
	Meetings   []Link   // the next meetings, or the newest
}

type HomeScorecard struct {
	Title, Href, AsAt, Issue string
	Counts                   Counts
	Sections                 []Link
	Caution                  string
}

// Change is one line of news.
type Change struct {
	Scorecard string
	Indicator Link
	Was, Now  Rating // Was.Code "" where it is no change of rating
	Figure    string
	Sentence  string
	Direction Direction
}

// Scorecard is <scorecard>/index.html and <scorecard>/<month>/index.html.
type Scorecard struct {
	Frame
	ScorecardTitle string
	Latest         bool // this is the latest month
	Permalink      Link // the month's own page (on the latest page), or the latest (on an older month's)
	Issue          IssueNote
	Caution        string
	Summary        template.HTML
	Intro          template.HTML
	Counts         Counts
	Cover          []Field  // extracted, prepared by, signed off, contact
	Periods        []string // heads of the three latest months: "Nov 2016", "Dec 2016", "Jan 2017"
	Years          []string // heads of the annual trend: "2014/15", "2015/16"
	Comparators    []string // heads: short names
	Sections       []ScorecardSection
	Marks          []Mark // used on the page, to be explained above the table
	Months         []Link // every released month, newest first
	Download       Link   // the scorecard's JSON
	Actions        Link   // the page of its actions; "" where it has none
	Corrections    []Correction
	Since          Hindsight
}

// IssueNote says which issue of a month stands, and what a later one changed.
type IssueNote struct {
	Text    string   // "Issue 2"
	Date    string   // "30 January 2017" where that is when it was published; "figures taken on 28 January 2017"; or ""
	Changes []string // a sentence each
}

// Field is a label with its value.
type Field struct{ Label, Value string }

type ScorecardSection struct {
	ID    string // anchor
	Title string
	Link  Link // its page for the month
	Rows  []Row
}

// Row is one line of the scorecard.
type Row struct {
	ID          string // anchor of the row
	Label       string // number as printed; "" for a further line of the same number
	First       bool   // first line of its number
	Indicator   Link
	Change      string   // new changed last, or ""
	Status      string   // developing suspended replaced, or "" for live
	Good        string   // high low within info
	Unit        string   // "%", "number", "per 10,000" …
	Basis       string   // in_month …
	Frequency   string   // monthly quarterly termly annual
	Lag         string   // "one month in arrears", or ""
	Latest      []Figure // as many as Scorecard.Periods: by column; for other frequencies the three newest, each with its own period
	OwnPeriods  bool     // Latest do not stand under the column heads: show each figure's period
	Current     Figure
	Spark       template.HTML // decorative SVG
	ToDate      Figure        // Text "–" is never used: where there is none, Missing and Note say so
	HasToDate   bool
	ToDateBasis string // "financial year to date, sum of months", …
	Direction   Direction
	Rating      Rating
	Why         string   // the rating's sentence
	Target      string   // "100%", or the wording, or ""
	Green       string   // "100% or more"
	Amber       string   // "more than 90%"
	RedWords    string   // "otherwise", or ""
	Years       []Figure // as many as Scorecard.Years
	Annual      []Figure // annual figures under no column (windows, terms), each with its period
	Benchmarks  []Figure // as many as Scorecard.Comparators; Period says which period
	News        bool
	Tags        []string
}

// Section is <scorecard>/<month>/<section>.html.
type Section struct {
	Frame
	Issue          IssueNote
	ScorecardTitle string
	Month          string
	Definition     string
	Owner          string
	Notes          template.HTML
	Analysis       template.HTML
	NoAnalysis     string // said where there is none: what it is, why, what comes next
	DataNote       string
	Caution        string
	Summary        []SectionRow // each measure: figure, rating, direction
	Charts         []Chart
	Tables         []Table // months by measure; areas
	Marks          []Mark
	Events         []EventNote
	Previous, Next Link   // sections
	Months         []Link // this section in other months
	Corrections    []Correction
	Since          Hindsight
}

type SectionRow struct {
	Label     string
	Indicator Link
	Figure    Figure
	Direction Direction
	Rating    Rating
	Why       string
	Target    string
}

// Chart is a figure with its drawings and its table.
type Chart struct {
	ID        string
	Heading   string
	Wide      template.HTML // SVG for wide screens
	Narrow    template.HTML // SVG for phones; "" where Wide serves
	Caption   string
	Table     *Table // behind a disclosure; nil where the page has it in full elsewhere
	TableHref string // "#id" of that table
	InText    bool   // stands within a text: its title is no heading
}

// Table has a caption, one row of heads, and rows that begin with a head.
type Table struct {
	ID, Caption string
	Heads       []string // the first is of the row heads
	Rows        []TableRow
	Note        string
}

type TableRow struct {
	Head   string
	Cells  []Figure
	Strong bool   // the current period, or the whole authority
	Group  string // begins a group: "2016/17"; "" otherwise
}

// EventNote tells an event that charts mark.
type EventNote struct {
	Number, Date, Label, Note string
	Break                     bool
}

// Indicator is <scorecard>/indicators/<ref>.html.
type Indicator struct {
	Frame
	ScorecardTitle                                    string
	Label, Name                                       string
	Section                                           Link
	Month                                             string
	Good, Unit, Basis, Frequency, Lag, Status, Change string
	ReplacedBy                                        Link
	Definition                                        string // the section's
	Owner                                             string
	Notes                                             string
	Current                                           Figure // with its period in full in CurrentPeriod
	CurrentPeriod                                     string
	Rating                                            Rating
	Why                                               string // one sentence
	HandReason                                        string // where set by hand: why, and what the rule gives
	Direction                                         Direction
	Steps                                             []string // how it was rated
	ToDate                                            Figure
	HasToDate                                         bool
	ToDateWhy                                         string
	Targets                                           []TargetRow
	Chart                                             Chart
	More                                              []Chart // areas as small multiples, parts stacked
	Series                                            []Table // by area: the whole series
	Parts                                             []Table
	Benchmarks                                        []BenchmarkRow
	Events                                            []EventNote
	Actions                                           []ActionRow // corrective actions: what is being done
	Revisions                                         []RevisionRow
	RevisionNote                                      string
	Corrections                                       []Correction // of the last twelve months, newest first
	Lean                                              string       // whether first figures lean one way; "" where nothing is to be said
	Triangle                                          Triangle
	AsNow                                             []AsNow // months whose rating would differ by today's figures, newest first
	RevisionsPage                                     Link
	Calculation                                       string // in words, or ""
	Downloads                                         []Link
	Marks                                             []Mark
	Siblings                                          []Link // other lines of the same number
	Previous, Next                                    Link
	Months                                            []Link // the scorecard in each month, at this row
	Tags                                              []string
}

type TargetRow struct {
	Kind, Period, Target, Green, Amber, Wording, Note string
	Judged                                            bool
}

type BenchmarkRow struct {
	Comparator, Period, Value, Source, Side string
	Newest                                  bool
}

type RevisionRow struct {
	Period, Area, From, To, By, Returned, Reason, Note string
	Correction                                         bool // an error was put right
}

// Methodology is methodology.html, made from the rules in force.
type Methodology struct {
	Frame
	Scorecards  []MethodScorecard
	Marks       []Mark
	Comparators []Field
	Areas       []string
}

type MethodScorecard struct {
	Title, Href      string
	Rules            []MethodRule // rules in force with how many measures each
	DefaultTolerance string       // "10%", or ""
	Counts           []Field      // how many measures: monthly, quarterly …; rated, not rated
	Rows             []MethodRow
	More             Link // where Rows stand, on a large site; Href "" where they are here
}

type MethodRule struct {
	Code  string // tolerance benchmark milestone tolerance_and_trend
	Count string
}

type MethodRow struct {
	Label                                            string
	Indicator                                        Link
	Good, Basis, RatedOn, Rule, Green, Amber, ToDate string
}

// Status is status.html: what has been returned.
type Status struct {
	Frame
	Scorecards []StatusScorecard
}

type StatusScorecard struct {
	Title, Href, Month string
	Returns            []ReturnRow
	Late               []StatusRow // due and not returned
	Never              []StatusRow // no figure ever
	Pending            []StatusRow // suspended, under development
	OnTime             string      // "71 of 83 measures have their due figure"
	More               Link        // where the rows stand, on a large site; Href "" where they are here
}

type ReturnRow struct{ Return, Issue, Rows, State string }

type StatusRow struct {
	Label     string
	Indicator Link
	Due       string // the period that is due
	Newest    string // the newest period returned
	Why       string
}

// Data is data/index.html.
type Data struct {
	Frame
	Scorecards []DataScorecard
	Note       string
}

type DataScorecard struct {
	Title  string
	Months []Link // JSON by month
	Rows   []DataRow
	More   Link // where Rows stand, on a large site; Href "" where they are here
}

type DataRow struct {
	Label     string
	Indicator Link
	Files     []Link // CSV, JSON, metadata
}

// Plain is a page of text: about pages, 404.
type Plain struct {
	Frame
	Body template.HTML
}

// ViewPage is views/<id>.html: measures over all scorecards, by tag.
type ViewPage struct {
	Frame
	Groups []ViewGroup
}

type ViewGroup struct {
	Title, Text string
	Rows        []ViewRow
}

type ViewRow struct {
	Scorecard Link
	SectionRow
	Spark template.HTML
}

// Actions is <scorecard>/actions.html, and <plan>/index.html for a plan that
// has no scorecard.
type Actions struct {
	Frame
	ScorecardTitle string        // "" for a plan
	Intro          template.HTML // of a plan
	Updated        string        // "January 2017": the newest update; "" where there is none
	Tally          []Field       // how many actions: open, overdue, closed
	Themes         []ActionTheme
	None           string // said where there are no actions
}

// ActionTheme are the actions of one theme, by objective.
type ActionTheme struct {
	Title      string // "" where none is given
	Objectives []ActionObjective
}

// ActionObjective are the actions that serve one objective.
type ActionObjective struct {
	Title string // "" where none is given
	Rows  []ActionRow
}

// ActionRow is one action with its newest update. What the register leaves
// empty is "".
type ActionRow struct {
	ID                                   string // anchor
	Ref, Action                          string
	Page                                 Link // its row on the page of actions; on an indicator's page
	Measure                              Link // the indicator that it is to put right, or words
	Figure                               Figure
	HasFigure                            bool   // Figure is the measure's newest
	MeasureRating                        Rating // of the measure
	Baseline, Target, Due, Lead, Partner string
	Why, Source, Workstream              string
	Rating                               Rating // the service's own, of the action; Code "" where none is given
	Arrow                                string // up down stable, or ""
	Progress                             string // the arrow in words
	Status                               string // as returned, or "open"
	Closed, Overdue                      bool
	Commentary                           string
	Updated                              string // the month of the newest update
}
