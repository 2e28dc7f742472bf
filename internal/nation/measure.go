package nation

import "outturn/internal/quantity"

// form is what the figures of a measure are made of.
type form int

const (
	counted form = iota // a whole number
	tenths              // a number with one decimal: staff
	running             // a count that builds up from April
	ratio               // a numerator over a denominator
	graded              // a word of the scorecard's grades
	worked              // nothing is returned: calculated from another series
)

// judging is how a target is written.
type judging int

const (
	unjudged  judging = iota
	banded            // target, green and amber
	tolerated         // target alone: the scorecard's tolerance makes the amber band
	between           // an interval with both ends
	yearly            // target for the year, on a linear profile
	stepped           // milestones
	awaited           // a target that is still to be set
)

// measure is a pattern: every section has ten of them, each about the section's
// own kind of work.
type measure struct {
	name       string // %s is what the section counts
	good, unit string
	decimals   int
	frequency  string
	lag        int
	basis, ytd string
	ragOn      string
	rule       string
	calc       string // %[1]d is the number of the section, %[2]s the authority
	form       form
	judging    judging
	low, high  int64 // where the level lies: millionths of a numerator to a denominator; tenths, counts in an area
	tags       string
	compared   bool // has benchmarks
}

// patterns are the ten places of a section. A place with several patterns gives
// them to the sections in turn, so that a scorecard of ten sections has all.
var patterns = [perSection][]measure{
	{{name: "Number of %s", good: "info", unit: "count", basis: "in_month", ytd: "sum", form: counted, low: 40, high: 300}},
	{{name: "%s completed on time", good: "high", unit: "percent", decimals: 1, basis: "in_month", ytd: "ratio", ragOn: "period",
		form: ratio, judging: banded, low: 560000, high: 800000, tags: "national", compared: true}},
	{
		{name: "%s repeated within twelve months", good: "low", unit: "percent", decimals: 1, basis: "rolling", ytd: "latest", ragOn: "period",
			form: ratio, judging: tolerated, low: 120000, high: 260000, compared: true},
		{name: "%s recorded within two days", good: "high", unit: "percent", decimals: 1, basis: "in_month", ytd: "ratio", ragOn: "ytd",
			rule: "tolerance_and_trend", form: ratio, judging: tolerated, low: 560000, high: 800000},
	},
	{
		{name: "Average days to complete %s", good: "low", unit: "days", decimals: 1, basis: "average", ytd: "mean", ragOn: "period",
			form: ratio, judging: tolerated, low: 9000000, high: 42000000},
		{name: "Average audit score of %s", good: "high", unit: "score", decimals: 1, basis: "average", ytd: "none", ragOn: "period",
			form: ratio, judging: banded, low: 40000000, high: 75000000},
	},
	{
		{name: "%s open at the end of the month", good: "within", unit: "count", basis: "as_at", ytd: "latest", ragOn: "period",
			form: counted, judging: between, low: 60, high: 300},
		{name: "%s open at the end of the month", good: "info", unit: "count", basis: "as_at", ytd: "latest", form: counted, low: 60, high: 300},
	},
	{
		{name: "%s judged good by an auditor", good: "high", unit: "percent", decimals: 1, basis: "in_month", ytd: "ratio", ragOn: "period",
			rule: "benchmark", form: ratio, judging: banded, low: 560000, high: 800000, compared: true},
		{name: "Rate of %s per 1,000 children", good: "low", unit: "rate_per_1000", decimals: 1, lag: 1, basis: "in_month", ytd: "none", ragOn: "period",
			form: ratio, judging: tolerated, low: 8000, high: 40000, compared: true},
		{name: "Complaints per 100 %s", good: "low", unit: "rate_per_100", decimals: 1, basis: "in_month", ytd: "ratio", ragOn: "period",
			form: ratio, judging: tolerated, low: 150000, high: 400000},
	},
	{
		{name: "Families content with %s", good: "high", unit: "percent", decimals: 0, frequency: "quarterly", basis: "in_month", ytd: "none", ragOn: "period",
			form: ratio, judging: banded, low: 560000, high: 800000},
		{name: "%s still open after a year", good: "low", unit: "percent", decimals: 1, frequency: "annual", lag: 3, basis: "as_at", ytd: "none", ragOn: "period",
			form: ratio, judging: tolerated, low: 80000, high: 220000, tags: "national", compared: true},
	},
	{
		{name: "Spending on %s", good: "low", unit: "money", basis: "in_month", ytd: "sum", ragOn: "ytd", form: counted, judging: yearly, low: 20000, high: 240000},
		{name: "%s completed since April", good: "high", unit: "count", basis: "cumulative", ytd: "latest", ragOn: "period", form: running, judging: yearly, low: 30, high: 160},
	},
	{
		{name: "Staff who work on %s", good: "info", unit: "fte", decimals: 1, basis: "as_at", ytd: "latest", form: tenths, low: 60, high: 400},
		{name: "Children with %s in the month", good: "info", unit: "distinct_count", basis: "in_month", ytd: "reported", form: counted, low: 30, high: 200},
		{name: "Overall grade of %s", good: "high", unit: "grade", basis: "as_at", ytd: "none", ragOn: "period", form: graded, judging: banded, low: 1, high: 1},
		{name: "Days of sickness projected among staff on %s", good: "low", unit: "days", decimals: 1, basis: "projected", ytd: "none", ragOn: "period",
			form: ratio, judging: tolerated, low: 7000000, high: 16000000},
		{name: "Average caseload of %s", good: "low", unit: "average", decimals: 1, basis: "as_at", ytd: "none", ragOn: "period",
			form: ratio, judging: awaited, low: 12000000, high: 22000000},
	},
	{
		{name: "Rate of %s over twelve months per 10,000 children", good: "info", unit: "rate_per_10000", decimals: 1, basis: "rolling", ytd: "latest",
			calc: "rate(rolling('%[1]d.1', 12), population('0-17 %[2]s'), 10000)", form: worked},
		{name: "Absence among pupils with %s", good: "low", unit: "percent", decimals: 1, frequency: "termly", basis: "in_month", ytd: "none", ragOn: "period",
			form: ratio, judging: tolerated, low: 80000, high: 180000, compared: true},
		{name: "Rate of %s over three months per 100,000 children", good: "info", unit: "rate_per_100000", basis: "rolling", ytd: "none",
			calc: "rate(rolling('%[1]d.1', 3), population('0-17 %[2]s'), 100000)", form: worked},
		{name: "%s moved to the new system", good: "high", unit: "count", basis: "as_at", ytd: "latest", ragOn: "period",
			rule: "milestone", form: counted, judging: stepped, low: 60, high: 300},
	},
}

// pattern is the measure at a place of a section.
func pattern(section, place int) *measure {
	return &patterns[place][section%len(patterns[place])]
}

func (m *measure) every() string {
	if m.frequency == "" {
		return "monthly"
	}
	return m.frequency
}

// per is what a ratio is multiplied by to be published.
func (m *measure) per() int64 {
	u, _ := quantity.ParseUnit(m.unit)
	return u.Per()
}

// sources are the parts of the first measure of every fifth section.
var sources = []struct{ id, name string }{
	{"family", "from families"}, {"school", "from schools"}, {"health", "from health services"},
}

var grades = []string{"inadequate", "requires improvement", "good", "outstanding"}

// aim is where a measure is made to stand against its target. Chance moves the
// figures, but not across the edges, except for those that stand on one.
type aim int

const (
	meets   aim = iota // green
	onEdge             // now green, now amber
	misses             // amber
	farOff             // red, and so an action answers it
	unaimed            // has no target
)
