package dataset

import (
	"io/fs"
	"slices"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// Data is everything in data/.
type Data struct {
	Scorecards  []*Scorecard // by id
	Plans       []*Plan      // by id
	Populations []Population // every row, by name, area and period
}

// Load reads data/ of a site whole: Open, and then every folder in order. It
// always returns what could be read; what is wrong is in problems.
func Load(fsys fs.FS, settings Settings, problems *diag.List) *Data {
	store := Open(fsys, settings, problems)
	data := &Data{Populations: store.site.populations}
	for _, f := range store.folders {
		if s := store.Scorecard(f.id, problems); s != nil {
			data.Scorecards = append(data.Scorecards, s)
		}
		if p := store.Plan(f.id, problems); p != nil {
			data.Plans = append(data.Plans, p)
		}
	}
	return data
}

// Scorecard returns the scorecard with that id, or nil.
func (d *Data) Scorecard(id string) *Scorecard {
	for _, s := range d.Scorecards {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// Plan returns the plan with that id, or nil.
func (d *Data) Plan(id string) *Plan {
	for _, p := range d.Plans {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// Plan is a folder with actions alone.
type Plan struct {
	ID string

	actions actions
}

// Actions lists the actions in force in a month, in natural order of ref,
// each with its newest update of a month for which released is true (nil: of
// every month).
func (p *Plan) Actions(m period.Month, released func(period.Month) bool) []Action {
	if released == nil {
		released = func(period.Month) bool { return true }
	}
	return p.actions.asAt(m, released)
}

// Months lists the months that have an update, oldest first.
func (p *Plan) Months() []period.Month { return p.actions.months() }

// Scorecard is one folder of data/ with an indicators.csv: every vintage of it.
// Once loaded it does not change and may be shared; its views may not.
type Scorecard struct {
	ID string

	site       *site
	settings   ScorecardSettings
	sections   []string // as they first appear in indicators.csv
	register   register
	targets    [][]Target    // by ref; these registers stand in the order in which they are shown,
	benchmarks [][]Benchmark // the rows for one thing together, the later behind
	events     []Event
	actions    actions
	vintages   []Vintage // oldest first
	sheets     []*sheet  // by vintage; nil where it could not be read
	spoilt     map[spoiltRow]bool

	observations []observation           // by series, period and vintage
	starts       []int32                 // of each series' history in observations, and the end of the last
	retold       []int32                 // of each series, where in its history the first period stands that has more than one row, or a row with a remark; -1: none
	periods      []period.Period         // every period of a row, by period.Compare
	numbers      map[period.Period]int32 // of a period in periods
	months       []int32                 // the same of months, from firstMonth; -1 for one that no row has
	firstMonth   period.Month
	remarks      []remark
	reasons      map[givenReason]bool
}

// Vintages lists the returns, oldest first.
func (s *Scorecard) Vintages() []Vintage { return slices.Clone(s.vintages) }

// Sections lists the sections in order: as the settings say, else as they
// first appear in indicators.csv.
func (s *Scorecard) Sections() []string {
	if len(s.settings.Sections) > 0 {
		return slices.Clone(s.settings.Sections)
	}
	return slices.Clone(s.sections)
}

// View is a scorecard as at a month. It is safe for one goroutine.
type View struct {
	Scorecard  *Scorecard
	Month      period.Month
	Issue      int          // of the month's newest released return; 1 where there is none
	Returned   bool         // the month's own return is there
	Indicators []*Indicator // in force, in natural order of ref, parts included; replaced ones only in their last month

	inForce  []*Indicator // by ref: as Indicators, nil for those that are not
	released []bool       // by vintage: returned by the month, and released
	actions  []Action
	parts    map[string][]*Indicator // by parent; nil until they are asked for
	areas    [][]string              // by ref, what Areas told; nil until it is asked
	outcomes *outcomes               // of its calculations; nil until one is worked out
	earlier  map[Vintage]*View       // this view without the returns from one on
	past     bool                    // this view is such a one
}
