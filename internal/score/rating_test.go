package score

import (
	"fmt"
	"strings"
	"testing"

	"outturn/internal/dataset"
	"outturn/internal/quantity"
)

// rated is a council with one series "1" that is rated, and its target rows
// (period, target, green, amber, profile, by, wording, state, kind).
type rated struct {
	good, unit, more string // more: rag_on,rag_rule,frequency,ytd
	targets          []string
	lines            []string
	benchmarks       []string // comparator, period, value
	tolerance        string
}

func (r rated) judge(t testing.TB) Verdict {
	t.Helper()
	return r.council().judge(t, "2017-01", "1")
}

func (r rated) council() council {
	unit, more := r.unit, r.more
	if unit == "" {
		unit = "percent"
	}
	if more == "" {
		more = "period,,,"
	}
	c := council{
		indicators: "ref,section,name,good,unit,rag_on,rag_rule,frequency,ytd\n1,s,n," + r.good + "," + unit + "," + more + "\n",
		returns:    map[string]string{"2017-01": rows("1", r.lines...)},
		tolerance:  r.tolerance,
	}
	if len(r.targets) > 0 {
		c.targets = "ref,period,target,green,amber,profile,by,wording,state,kind\n"
		for _, row := range r.targets {
			c.targets += "1," + row + strings.Repeat(",", 8-strings.Count(row, ",")) + "\n"
		}
	}
	if len(r.benchmarks) > 0 {
		c.benchmarks = "ref,comparator,period,value\n"
		for _, row := range r.benchmarks {
			c.benchmarks += "1," + row + "\n"
		}
	}
	return c
}

func verdictOf(v Verdict) string {
	return fmt.Sprintf("%s %s %s", v.RAG.Rating, v.RAG.On, v.RAG.Reason.Code)
}

func TestToleranceRule(t *testing.T) {
	for _, c := range []struct {
		name         string
		r            rated
		want         string
		green, amber string
	}{
		{"the target itself is met", rated{good: "high", targets: []string{"2016-17,90"}, lines: []string{"2017-01 90"}},
			"green period green", ">=90", ""},
		{"without a tolerance what misses is red", rated{good: "high", targets: []string{"2016-17,90"}, lines: []string{"2017-01 89.9"}},
			"red period red-no-amber", ">=90", ""},
		{"the band's edge is in it", rated{good: "high", targets: []string{"2016-17,90"}, lines: []string{"2017-01 85.5"}, tolerance: "5"},
			"amber period amber", ">=90", ">=85.5"},
		{"just beyond the edge", rated{good: "high", targets: []string{"2016-17,90"}, lines: []string{"2017-01 85.4"}, tolerance: "5"},
			"red period red", ">=90", ">=85.5"},
		{"low is good", rated{good: "low", targets: []string{"2016-17,2.9"}, lines: []string{"2017-01 3.1"}, tolerance: "10"},
			"amber period amber", "<=2.9", "<=3.19"},
		{"no band where the register gives amber", rated{good: "low", targets: []string{"2016-17,8.4,,<=12"}, lines: []string{"2017-01 12"}, tolerance: "10"},
			"amber period amber", "<=8.4", "<=12"},
		{"an open amber end", rated{good: "high", targets: []string{"2016-17,100,,>90"}, lines: []string{"2017-01 90"}, tolerance: "10"},
			"red period red", ">=100", ">90"},
		{"green decides where it stands", rated{good: "low", targets: []string{"2016-17,23,<23,<26"}, lines: []string{"2017-01 23"}},
			"amber period amber", "<23", "<26"},
		{"around a figure", rated{good: "within", unit: "rate_per_10000", targets: []string{"2016-17,158.8,158.8+-5,158.8+-15"}, lines: []string{"2017-01 163.8"}},
			"green period green", "158.8+-5", "158.8+-15"},
		{"too low counts as well", rated{good: "within", unit: "rate_per_10000", targets: []string{"2016-17,158.8,158.8+-5,158.8+-15"}, lines: []string{"2017-01 143.7"}},
			"red period red", "158.8+-5", "158.8+-15"},
		{"a range, silent below", rated{good: "within", unit: "average", targets: []string{"2016-17,,14..20,<=20.2"}, lines: []string{"2017-01 9"}},
			"amber period amber", "14..20", "<=20.2"},
		{"a band round within limits", rated{good: "within", targets: []string{"2016-17,50,49..51"}, lines: []string{"2017-01 45"}, tolerance: "10"},
			"amber period amber", "49..51", "45..55"},
		{"info with a tolerance is rated", rated{good: "info", targets: []string{"2016-17,50,45..55,40..60"}, lines: []string{"2017-01 41"}},
			"amber period amber", "45..55", "40..60"},
		{"info with a target and green has the default tolerance", rated{good: "info", targets: []string{"2016-17,50,45..55"}, lines: []string{"2017-01 40"}, tolerance: "20"},
			"amber period amber", "45..55", "40..60"},
		{"info with a target alone", rated{good: "info", targets: []string{"2016-17,50"}, lines: []string{"2017-01 50"}, tolerance: "20"},
			"none period no-tolerance", "", ""},
		{"within with a target alone", rated{good: "within", targets: []string{"2016-17,50"}, lines: []string{"2017-01 50"}},
			"none period no-tolerance", "", ""},
		{"a negative target has a size", rated{good: "high", unit: "money", targets: []string{"2016-17,-4"}, lines: []string{"2017-01 -5"}, tolerance: "25"},
			"amber period amber", ">=-4", ">=-5"},
		{"a target of nothing has no band", rated{good: "low", unit: "count", targets: []string{"2016-17,0"}, lines: []string{"2017-01 1"}, tolerance: "10"},
			"red period red", "<=0", "<=0"},
		{"no target", rated{good: "high", lines: []string{"2017-01 5"}, tolerance: "10"}, "none period no-target", "", ""},
		{"a target of another year", rated{good: "high", targets: []string{"2015-16,5"}, lines: []string{"2017-01 5"}}, "none period no-target", "", ""},
		{"a target in words", rated{good: "high", targets: []string{"2016-17,,,,,,lower than before"}, lines: []string{"2017-01 5"}},
			"none period target-in-words", "", ""},
		{"a target to be set", rated{good: "high", targets: []string{"2016-17,,,,,,range to be set,to_be_set"}, lines: []string{"2017-01 5"}},
			"none period target-to-be-set", "", ""},
		{"a row with nothing in it", rated{good: "high", targets: []string{"2016-17,,,,,,,none"}, lines: []string{"2017-01 5"}},
			"none period no-target", "", ""},
		{"nothing returned", rated{good: "high", targets: []string{"2016-17,5"}, lines: []string{"2016-12 5"}}, "none period not-returned", ">=5", ""},
		{"not available", rated{good: "high", targets: []string{"2016-17,5"}, lines: []string{"2017-01 - x"}}, "none period not-available", ">=5", ""},
		{"nothing to divide by", rated{good: "high", targets: []string{"2016-17,5"}, lines: []string{"2017-01 - 0/0"}}, "none period not-applicable", ">=5", ""},
		{"withheld", rated{good: "high", targets: []string{"2016-17,5"}, lines: []string{"2017-01 - c"}}, "none period withheld", ">=5", ""},
		{"no rating is given", rated{good: "high", more: "none,,,", targets: []string{"2016-17,5"}, lines: []string{"2017-01 9"}}, "none none rag-not-given", ">=5", ""},
		{"shown for information", rated{good: "info", more: "none,,,", targets: []string{"2016-17,5"}, lines: []string{"2017-01 9"}}, "none none rag-on-none", "", ""},
		{"a profile: 882 × 10 ÷ 12", rated{good: "high", unit: "count", targets: []string{"2016-17,882,,,linear"}, lines: []string{"2017-01 735"}},
			"green period green", ">=735", ""},
		{"a profile is rounded: 100 × 10 ÷ 12 is 83.3", rated{good: "high", targets: []string{"2016-17,100,,,linear"}, lines: []string{"2017-01 83.3"}, tolerance: "10"},
			"green period green", ">=83.3", ">=74.97"},
		{"a milestone is shown, and rates only by its own rule", rated{good: "high", targets: []string{"2016-17,80,,,,2017-03"}, lines: []string{"2017-01 85"}},
			"none period no-target", ">=80", ""},
		{"a narrower target counts", rated{good: "high", targets: []string{"2016-17,90", "2016-17-Q4,50", "2016-17-Q3,40"}, lines: []string{"2017-01 60"}},
			"green period green", ">=50", ""},
		{"other kinds are never rated", rated{good: "high", targets: []string{"2016-17,90,,,,,,,national_standard"}, lines: []string{"2017-01 60"}},
			"none period no-target", "", ""},
		{"a figure named", rated{good: "low", targets: []string{"2016-17,,<year_ago,<=england"}, lines: []string{"2017-01 60", "2016-01 60"}, benchmarks: []string{"england,2015-16,60.04"}},
			"amber period amber", "<60.0", "<=60.0"},
		{"a figure named and not there", rated{good: "low", targets: []string{"2016-17,,<year_ago,<=england"}, lines: []string{"2017-01 60"}, benchmarks: []string{"england,2015-16,60"}},
			"none period named-figure-missing", "<year_ago", "<=england"},
		{"the year to date", rated{good: "high", unit: "count", more: "ytd,,,reported", targets: []string{"2016-17,882,,,linear"}, lines: []string{"2017-01 50", "2016-17-YTD 680"}, tolerance: "10"},
			"amber ytd amber", ">=735", ">=661.5"},
		{"no year to date: the current period", rated{good: "high", unit: "count", more: "ytd,,,reported", targets: []string{"2016-17,40"}, lines: []string{"2017-01 50"}},
			"green period green", ">=40", ""},
		{"a half term is judged by the financial year of its last month", rated{good: "low", more: "period,,termly,", targets: []string{"2016-17,8.4", "2015-16,99"}, lines: []string{"AY2016-17-HT1-2 11.3"}},
			"red period red-no-amber", "<=8.4", ""},
	} {
		v := c.r.judge(t)
		if got := verdictOf(v); got != c.want {
			t.Errorf("%s: %s, wanted %s", c.name, got, c.want)
		}
		if got := v.Target.Green.String(); got != c.green {
			t.Errorf("%s: green %q, wanted %q", c.name, got, c.green)
		}
		if got := v.Target.Amber.String(); got != c.amber {
			t.Errorf("%s: amber %q, wanted %q", c.name, got, c.amber)
		}
	}
}

// The cases of rag_cases.csv; those with an absolute tolerance become intervals.
func TestRatingCases(t *testing.T) {
	for _, c := range table(t, "testdata/rag_cases.csv") {
		good := map[string]string{"high": "high", "low": "low", "range": "within", "none": "info"}[c["polarity"]]
		r := rated{good: good, lines: []string{"2017-01 " + c["actual"]}}
		if c["actual"] == "" {
			r.lines = []string{"2017-01 - x"}
		}
		target := "2016-17," + c["target"]
		switch {
		case c["polarity"] == "range":
			low, high, tol := dec(c["range_low"]), dec(c["range_high"]), dec(c["tolerance"])
			widerLow, _ := low.Sub(tol)
			widerHigh, _ := high.Add(tol)
			target += fmt.Sprintf(",%s..%s,%s..%s", low, high, widerLow, widerHigh)
		case c["tolerance_kind"] == "abs" && good == "high":
			edge, _ := dec(c["target"]).Sub(dec(c["tolerance"]))
			target += ",,>=" + edge.String()
		case c["tolerance_kind"] == "abs":
			edge, _ := dec(c["target"]).Add(dec(c["tolerance"]))
			target += ",,<=" + edge.String()
		default:
			r.tolerance = c["tolerance"]
		}
		if c["target"] != "" || c["range_low"] != "" {
			r.targets = []string{target}
		}
		council := r.council()
		council.indicators = strings.Replace(council.indicators, ",rag_on,", ",decimals,rag_on,", 1)
		council.indicators = strings.Replace(council.indicators, ",percent,", ",score,2,", 1)
		if got := council.judge(t, "2017-01", "1").RAG.Rating; string(got) != c["expected"] {
			t.Errorf("%s: %s, wanted %s (%s)", c["case_id"], got, c["expected"], c["why"])
		}
	}
}

// The rule of 2014/15, with the gaps as the contract fills them.
func TestBenchmarkRule(t *testing.T) {
	for _, c := range []struct {
		target     string // met or missed
		benchmarks []string
		want       string
	}{
		{"met", []string{"neighbours,2015-16,60", "england,2015-16,60"}, "green period benchmark-green"},
		{"met", []string{"neighbours,2015-16,60", "england,2015-16,80"}, "green period benchmark-green"},
		{"met", []string{"neighbours,2015-16,80", "england,2015-16,60"}, "green period benchmark-green"},
		{"met", []string{"neighbours,2015-16,80", "england,2015-16,80"}, "amber period benchmark-amber-behind"},
		{"missed", []string{"neighbours,2015-16,60", "england,2015-16,60"}, "amber period benchmark-amber-missed"},
		{"missed", []string{"neighbours,2015-16,60", "england,2015-16,80"}, "amber period benchmark-amber-missed"},
		{"missed", []string{"neighbours,2015-16,80", "england,2015-16,60"}, "amber period benchmark-amber-missed"},
		{"missed", []string{"neighbours,2015-16,80", "england,2015-16,80"}, "red period benchmark-red"},
		{"met", []string{"england,2015-16,70"}, "green period benchmark-green"}, // as good as is met
		{"met", []string{"england,2015-16,80"}, "amber period benchmark-amber-behind"},
		{"missed", []string{"neighbours,2015-16,60"}, "amber period benchmark-amber-missed"},
		{"missed", []string{"neighbours,2015-16,80"}, "red period benchmark-red"},
		{"met", nil, "green period benchmark-alone-green"},
		{"missed", nil, "red period benchmark-alone-red"},
		// A threshold and a region have no say.
		{"met", []string{"best,2015-16,90", "region,2015-16,90"}, "green period benchmark-alone-green"},
		{"missed", []string{"best,2015-16,10", "region,2015-16,10"}, "red period benchmark-alone-red"},
	} {
		target := map[string]string{"met": "2016-17,70", "missed": "2016-17,75"}[c.target]
		r := rated{good: "high", more: "period,benchmark,,", targets: []string{target}, lines: []string{"2017-01 70"}, benchmarks: c.benchmarks, tolerance: "50"}
		v := r.judge(t)
		if got := verdictOf(v); got != c.want {
			t.Errorf("target %s, %v: %s, wanted %s", c.target, c.benchmarks, got, c.want)
		}
	}
}

func TestBenchmarkRuleHasNoComparatorWithinLimits(t *testing.T) {
	r := rated{good: "within", more: "period,benchmark,,", targets: []string{"2016-17,,60..75"}, lines: []string{"2017-01 70"}, benchmarks: []string{"england,2015-16,90"}}
	if got := verdictOf(r.judge(t)); got != "green period benchmark-alone-green" {
		t.Error(got)
	}
}

func TestMilestoneRule(t *testing.T) {
	due := []string{"2016-17,60,,,,2016-09", "2016-17,70,,,,2016-12", "2016-17,80,,,,2017-03", "2016-17,90,,,,2017-09"}
	for _, c := range []struct {
		name    string
		targets []string
		value   string
		want    string
		target  string
	}{
		{"the next", due, "80", "green period milestone-green", "80"},
		{"the last, not the next", due, "70", "amber period milestone-amber", "80"},
		{"neither", due, "69.9", "red period milestone-red", "80"},
		{"a milestone due this month is the next", []string{"2016-17,75,,,,2017-01", "2016-17,80,,,,2017-03"}, "75", "green period milestone-green", "75"},
		{"the first is still to come", due[2:], "79", "red period milestone-red-next", "80"},
		{"all fell due, the last is met", due[:2], "70", "green period milestone-green-last", "70"},
		{"all fell due, the last is missed", due[:2], "69", "red period milestone-red-last", "70"},
		{"an interval decides", []string{"2016-17,80,>80,,,2017-03", "2016-17,70,>=65,,,2016-12"}, "80", "amber period milestone-amber", "80"},
		{"no milestone", []string{"2016-17,80"}, "80", "none period no-milestone", "80"},
	} {
		v := rated{good: "high", more: "period,milestone,,", targets: c.targets, lines: []string{"2017-01 " + c.value}, tolerance: "50"}.judge(t)
		if got := verdictOf(v); got != c.want {
			t.Errorf("%s: %s, wanted %s", c.name, got, c.want)
		}
		target := ""
		if v.Target.Value.Has {
			target = v.Target.Value.Decimal.String()
		}
		if target != c.target {
			t.Errorf("%s: target %q, wanted %q", c.name, target, c.target)
		}
	}
}

func TestToleranceAndTrendRule(t *testing.T) {
	for _, c := range []struct {
		name, good, target, tolerance string
		lines                         []string
		want, green                   string
	}{
		{"within the tolerance", "high", "90", "10", []string{"2017-01 81"}, "green period trend-green", ">=81"},
		{"further off, as good as last year", "high", "90", "10", []string{"2017-01 80.9", "2016-01 80.9"}, "amber period trend-amber", ">=81"},
		{"further off, and worse", "high", "90", "10", []string{"2017-01 80.9", "2016-01 81"}, "red period trend-red", ">=81"},
		{"further off, nothing last year", "high", "90", "10", []string{"2017-01 80.9"}, "red period trend-red-unheld", ">=81"},
		{"low is good", "low", "10", "10", []string{"2017-01 12", "2016-01 13"}, "amber period trend-amber", "<=11"},
		{"no tolerance given", "high", "90", "", []string{"2017-01 89", "2016-01 95"}, "red period trend-red", ">=90"},
		{"a green interval as well", "high", "90,>=95", "10", []string{"2017-01 82"}, "green period trend-green", ">=95"},
		{"a break between stops the comparison", "high", "90", "10", []string{"2017-01 80.9", "2016-06 70 b", "2016-01 80.9"}, "red period trend-red-unheld", ">=81"},
		{"within limits, nearer than last year", "within", "50,48..52", "10", []string{"2017-01 60", "2016-01 35"}, "amber period trend-amber", "48..52"},
		{"no target", "high", "", "10", []string{"2017-01 82"}, "none period no-target", ""},
	} {
		v := rated{good: c.good, more: "period,tolerance_and_trend,,", targets: []string{"2016-17," + c.target}, lines: c.lines, tolerance: c.tolerance}.judge(t)
		if got := verdictOf(v); got != c.want {
			t.Errorf("%s: %s, wanted %s", c.name, got, c.want)
		}
		if got := v.Target.Green.String(); got != c.green {
			t.Errorf("%s: green %q, wanted %q", c.name, got, c.green)
		}
		if !v.Target.Amber.IsZero() {
			t.Errorf("%s: the rule has no amber band, yet %s", c.name, v.Target.Amber)
		}
	}
}

func TestTrendOfAYearToDateLooksAtTheYearToDateOfTheYearBefore(t *testing.T) {
	var lines []string
	for _, year := range []struct{ months, value string }{
		{"2015-04 2015-05 2015-06 2015-07 2015-08 2015-09 2015-10 2015-11 2015-12 2016-01", "5"},
		{"2016-04 2016-05 2016-06 2016-07 2016-08 2016-09 2016-10 2016-11 2016-12 2017-01", "6"},
	} {
		for _, month := range strings.Fields(year.months) {
			lines = append(lines, month+" "+year.value)
		}
	}
	v := rated{good: "high", unit: "count", more: "ytd,tolerance_and_trend,,sum", targets: []string{"2016-17,100"}, lines: lines}.judge(t)
	if got := verdictOf(v); got != "amber ytd trend-amber" || v.RAG.Reason.Args()("year_ago") != "50" {
		t.Errorf("60 against 50 of the year before: %s %v", got, words(v.RAG.Reason))
	}
}

func TestReasonSaysWhichPopulationARateRestsOn(t *testing.T) {
	c := council{
		indicators: "ref,section,name,good,unit,rag_on,calculation\n" +
			"1,a,Admissions,low,count,none,\n" +
			"2,a,Admissions per 10000,low,rate_per_10000,period,\"rate('1', population('0-17'), 10000)\"\n",
		targets:     "ref,period,target\n2,2016-17,20\n",
		populations: "population,period,value\n0-17,2015-16,20000\n0-17,2014-15,10000\n",
		returns:     map[string]string{"2017-01": "ref,value\n1,60\n"},
	}
	const want = "30.0 (60 of 20,000; population of 2015/16)"
	if v := c.judge(t, "2017-01", "2"); v.RAG.Reason.Code != RedNoAmber || v.RAG.Reason.Args()("reading") != want {
		t.Errorf("%s %q, wanted %q", v.RAG.Reason.Code, v.RAG.Reason.Args()("reading"), want)
	}
	c.populations += "0-17,2016-17,30000\n"
	if v := c.judge(t, "2017-01", "2"); v.RAG.Reason.Args()("reading") != "20.0 (60 of 30,000)" {
		t.Errorf("the period's own population needs no word: %q", v.RAG.Reason.Args()("reading"))
	}
}

func TestRatingSetByHandKeepsWhatTheRuleGives(t *testing.T) {
	r := rated{good: "high", targets: []string{"2016-17,90"}}
	c := r.council()
	c.returns = map[string]string{"2017-01": "ref,value,rating,rating_reason\n1,50,amber,one case awaits appeal\n"}
	v := c.judge(t, "2017-01", "1")
	if v.RAG.Rating != Amber || !v.RAG.ByHand || v.RAG.ByRule != Red || v.RAG.Reason.Code != ByHand {
		t.Errorf("%+v", v.RAG)
	}
	if got := words(v.RAG.Reason); got["why"] != "one case awaits appeal" || got["by_rule"] != "red" {
		t.Errorf("reason %v", got)
	}
	steps := v.RAG.Steps
	if n := len(steps); n < 2 || steps[n-2].Code != RedNoAmber || steps[n-1].Code != ByHand {
		t.Errorf("steps %v", steps)
	}
	c.returns = map[string]string{"2017-01": "ref,value,rating\n1,50,amber\n"}
	if v := c.judge(t, "2017-01", "1"); v.RAG.Reason.Code != ByHandUnexplained {
		t.Errorf("%+v", v.RAG.Reason)
	}
}

func TestRatingSetByHandStandsWhereNoneIsAskedFor(t *testing.T) {
	r := rated{good: "high", more: "none,,,"}
	c := r.council()
	c.returns = map[string]string{"2017-01": "ref,value,rating,rating_reason\n1,50,green,inspection\n"}
	v := c.judge(t, "2017-01", "1")
	if v.RAG.Rating != Green || v.RAG.ByRule != NotRated || v.RAG.On != "period" {
		t.Errorf("%+v", v.RAG)
	}
}

func TestOtherKindsOfTargetAreShown(t *testing.T) {
	v := rated{good: "high", targets: []string{"2016-17,90", "2016-17,95,,,,,,,corporate_plan", "2015-16,80,,,,,,,corporate_plan"}, lines: []string{"2017-01 92"}}.judge(t)
	if v.RAG.Rating != Green || len(v.Target.Others) != 1 || v.Target.Others[0].Target.Decimal.String() != "95" {
		t.Errorf("%s %+v", v.RAG.Rating, v.Target.Others)
	}
}

func TestGradesAreRatedInTheirOrderAndToldInWords(t *testing.T) {
	c := rated{good: "high", unit: "grade", targets: []string{"2016-17,,>=good,>=requires improvement"}}.council()
	c.grades = []string{"inadequate", "requires improvement", "good", "outstanding"}
	c.returns = map[string]string{"2017-01": "ref,period,value\n1,2016-12,good\n1,2017-01,requires improvement\n"}
	v := c.judge(t, "2017-01", "1")
	if v.RAG.Rating != Amber || v.RAG.Reason.Args()("green") != "good or better" || v.RAG.Reason.Args()("figure") != "requires improvement" {
		t.Errorf("%s %v", v.RAG.Rating, words(v.RAG.Reason))
	}
	if v.Direction.Judgement != decline || v.Direction.Reason.Args()("change") != "1 grade" {
		t.Errorf("%+v", v.Direction)
	}
}

func TestSmallYearToDateIsNotRated(t *testing.T) {
	c := council{
		indicators: "ref,section,name,good,unit,min_denominator,rag_on,ytd\n1,s,n,high,percent,30,ytd,reported\n",
		targets:    "ref,period,target\n1,2016-17,70\n",
		returns:    map[string]string{"2017-01": rows("1", "2017-01 72 36/50", "2016-17-YTD 72 18/25")},
	}
	v := c.judge(t, "2017-01", "1")
	if v.Current.Small || !v.ToDate.Small || verdictOf(v) != "none ytd small-denominator" {
		t.Errorf("%s %+v", verdictOf(v), v.ToDate.Precision)
	}
}

func TestCalculationWithAMissingOperandIsNotRated(t *testing.T) {
	c := council{
		indicators: "ref,section,name,good,unit,rag_on,calculation\n1,s,n,info,count,none,\n2,s,n,high,count,period,\"rolling('1', 3)\"\n",
		targets:    "ref,period,target\n2,2016-17,6\n",
		returns: map[string]string{
			"2016-12": rows("1", "2016-10 1", "2016-11 2", "2016-12 3"),
			"2017-01": "ref,value,mark\n1,,x\n",
		},
	}
	v := c.judge(t, "2016-12", "2")
	if verdictOf(v) != "green period green" || !v.Current.Figure.Calculated || !v.News {
		t.Errorf("1 + 2 + 3 in December: %s %+v", verdictOf(v), v.Current)
	}
	v = c.judge(t, "2017-01", "2")
	if verdictOf(v) != "none period not-calculable" || v.Direction.Reason.Code != NotCalculable {
		t.Errorf("January is not there: %s %s", verdictOf(v), v.Direction.Reason.Code)
	}
}

func TestRatingOfTheYearToDateSetByHand(t *testing.T) {
	c := rated{good: "high", more: "ytd,,,reported", targets: []string{"2016-17,90"}}.council()
	c.returns = map[string]string{"2017-01": "ref,period,value,rating,rating_reason\n1,2017-01,50,amber,the month\n1,2016-17-YTD,60,green,the year\n"}
	if v := c.judge(t, "2017-01", "1"); v.RAG.Rating != Green || v.RAG.On != "ytd" || v.RAG.Reason.Args()("why") != "the year" {
		t.Errorf("%+v", v.RAG)
	}
	c.returns = map[string]string{"2017-01": "ref,period,value,rating,rating_reason\n1,2017-01,50,amber,the month\n1,2016-17-YTD,60,,\n"}
	if v := c.judge(t, "2017-01", "1"); v.RAG.Rating != Amber || !v.RAG.ByHand || v.RAG.Reason.Args()("why") != "the month" {
		t.Errorf("a rating set by hand is never passed over: %+v", v.RAG)
	}
}

func TestYearToDateIsRatedWhereTheRegisterHasNone(t *testing.T) {
	v := rated{good: "high", more: "ytd,,,none", targets: []string{"2016-17,90"}, lines: []string{"2017-01 95"}}.judge(t)
	if verdictOf(v) != "green period green" || v.RAG.Steps[0].Code != StepNoToDate {
		t.Errorf("the current period stands in: %s %v", verdictOf(v), v.RAG.Steps)
	}
}

func TestIntervalsOfGradesAreToldInWords(t *testing.T) {
	ind := &dataset.Indicator{Unit: quantity.Grade, Grades: []string{"inadequate", "requires improvement", "good", "outstanding"}}
	for _, c := range []struct{ interval, want string }{
		{">=3", "good or better"}, {">2", "better than requires improvement"},
		{"<=2", "requires improvement or worse"}, {"<3", "worse than good"}, {"2..3", "requires improvement to good"},
	} {
		i, err := quantity.ParseInterval(c.interval)
		if err != nil {
			t.Fatal(err)
		}
		if got := IntervalWords(ind, i); got != c.want {
			t.Errorf("%s: %q, wanted %q", c.interval, got, c.want)
		}
	}
	if got := IntervalWords(ind, quantity.Interval{}); got != "" {
		t.Errorf("no interval: %q", got)
	}
}
