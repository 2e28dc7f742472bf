package score

import (
	"fmt"
	"testing"

	"outturn/internal/dataset"
	"outturn/internal/quantity"
)

func directionOf(v Verdict) string {
	d := v.Direction
	return fmt.Sprintf("%s %s %s %s", d.Arrow, d.Judgement, d.Standing, d.Reason.Code)
}

// The table of the contract, section 3.
func TestDirectionTable(t *testing.T) {
	for _, c := range []struct{ good, before, now, want string }{
		{"high", "50", "60", "up improvement red rose-better"},
		{"high", "60", "50", "down decline red fell-worse"},
		{"high", "50", "50", "stable no_change red unchanged"},
		{"low", "60", "50", "up improvement green fell-better"},
		{"low", "50", "60", "down decline green rose-worse"},
		{"low", "50", "50.04", "stable no_change green unchanged"},
		{"within", "60", "80", "up improvement amber nearer"},
		{"within", "80", "60", "down decline red further"},
		{"within", "100", "80", "stable no_change amber as-near"},
		{"within", "89", "91", "stable no_change green as-near"},
		{"within", "91", "91", "stable no_change green unchanged"},
		{"info", "50", "60", "up increase  rose"},
		{"info", "60", "50", "down decrease  fell"},
		{"info", "50", "50", "stable stable  unchanged"},
	} {
		target := map[string]string{
			"high": "2016-17,90", "low": "2016-17,90", "within": "2016-17,,88..92,80..100", "info": "2016-17,,88..92",
		}[c.good]
		r := rated{good: c.good, targets: []string{target}, lines: []string{"2016-12 " + c.before, "2017-01 " + c.now}}
		if c.good == "within" && c.before == "100" { // 100 and 80 lie as near to 88..92
			r.lines[1] = "2017-01 80"
		}
		if got := directionOf(r.judge(t)); got != c.want {
			t.Errorf("%s %s to %s: %s, wanted %s", c.good, c.before, c.now, got, c.want)
		}
	}
}

func TestDirectionWithinCountsOpenAndClosedEdgesAlike(t *testing.T) {
	// 23 lies on the open edge of <23: no distance, though it is not in the interval.
	r := rated{good: "within", targets: []string{"2016-17,,<23,<26"}, lines: []string{"2016-12 23", "2017-01 22"}}
	if got := directionOf(r.judge(t)); got != "stable no_change green as-near" {
		t.Error(got)
	}
}

func TestDirectionIsNotGivenWhere(t *testing.T) {
	for _, c := range []struct {
		name, code, period string
		r                  rated
		events             string
	}{
		{"the current figure is not there", NotReturned, "January 2017", rated{good: "high", lines: []string{"2016-12 5"}}, ""},
		{"the previous is not there", NotReturned, "December 2016", rated{good: "high", lines: []string{"2017-01 5"}}, ""},
		{"the previous is withheld", Withheld, "December 2016", rated{good: "high", lines: []string{"2016-12 - c", "2017-01 5"}}, ""},
		{"the previous is not available", NotAvailable, "December 2016", rated{good: "high", lines: []string{"2016-12 - x", "2017-01 5"}}, ""},
		{"there was nothing to divide by", NotApplicable, "January 2017", rated{good: "high", lines: []string{"2016-12 5", "2017-01 - 0/0"}}, ""},
		{"a break lies between", BreakBetween, "January 2017", rated{good: "high", lines: []string{"2016-12 5", "2017-01 6"}},
			"date,label,ref,break\n2017-01-01,New recording,1,yes\n"},
		{"no interval to measure from", NoGreenInterval, "January 2017", rated{good: "within", lines: []string{"2016-12 5", "2017-01 6"}}, ""},
	} {
		council := c.r.council()
		council.events = c.events
		v := council.judge(t, "2017-01", "1")
		if v.Direction.Arrow != NoArrow || v.Direction.Judgement != "" || v.Direction.Standing != "" || v.Direction.Change.Has {
			t.Errorf("%s: %+v", c.name, v.Direction)
		}
		if v.Direction.Reason.Code != c.code || v.Direction.Reason.Args()("period") != c.period {
			t.Errorf("%s: %s %v, wanted %s of %s", c.name, v.Direction.Reason.Code, words(v.Direction.Reason), c.code, c.period)
		}
	}
}

func TestAnEventWithoutABreakStopsNothing(t *testing.T) {
	c := rated{good: "high", lines: []string{"2016-12 5", "2017-01 6"}}.council()
	c.events = "date,label,ref,break\n2017-01-01,New ages,1,\n"
	if got := c.judge(t, "2017-01", "1").Direction.Judgement; got != improvement {
		t.Error(got)
	}
}

func TestAFigureMarkedAsABreakIsNotComparedWithTheOneBefore(t *testing.T) {
	v := rated{good: "high", lines: []string{"2016-12 5", "2017-01 6 b"}}.judge(t)
	if v.Direction.Arrow != NoArrow || v.Direction.Reason.Code != BreakMarked {
		t.Errorf("%+v", v.Direction)
	}
}

func TestCumulativeSeriesHasNoDirectionAcrossTheStartOfItsYear(t *testing.T) {
	for _, c := range []struct {
		name, frequency, month string
		lines                  []string
		want                   string
	}{
		{"April against March", "monthly", "2016-04", []string{"2016-03 90", "2016-04 8"}, "none   across-year-start"},
		{"May against April", "monthly", "2016-05", []string{"2016-04 8", "2016-05 16"}, "up improvement  rose-better"},
		{"quarter 1 against quarter 4", "quarterly", "2016-06", []string{"2015-16-Q4 90", "2016-17-Q1 8"}, "none   across-year-start"},
		{"quarter 2 against quarter 1", "quarterly", "2016-09", []string{"2016-17-Q1 8", "2016-17-Q2 16"}, "up improvement  rose-better"},
		{"half term 1 with that of the year before", "termly", "2016-10", []string{"AY2015-16-HT1 8", "AY2016-17-HT1 9"}, "up improvement  rose-better"},
		{"a year with the year before", "annual", "2016-04", []string{"2014-15 8", "2015-16 9"}, "up improvement  rose-better"},
	} {
		council := series(c.frequency, ",cumulative", c.lines...)
		council.returns = map[string]string{c.month: rows("1", c.lines...)}
		if got := directionOf(council.judge(t, c.month, "1")); got != c.want {
			t.Errorf("%s: %s, wanted %s", c.name, got, c.want)
		}
	}
}

func TestSteadyIsNoChange(t *testing.T) {
	for _, c := range []struct{ good, now, want string }{
		{"high", "52", "stable no_change  steady"},
		{"high", "48", "stable no_change  steady"},
		{"high", "52.1", "up improvement  rose-better"},
		{"info", "52", "stable stable  steady"},
		{"info", "50", "stable stable  unchanged"},
	} {
		council := council{
			indicators: "ref,section,name,good,unit,steady\n1,s,n," + c.good + ",percent,2\n",
			returns:    map[string]string{"2017-01": rows("1", "2016-12 50", "2017-01 "+c.now)},
		}
		if got := directionOf(council.judge(t, "2017-01", "1")); got != c.want {
			t.Errorf("%s 50 to %s: %s, wanted %s", c.good, c.now, got, c.want)
		}
	}
}

func TestWordsTellTheRatingOnlyOfTheFigureThatIsRated(t *testing.T) {
	lines := []string{"2016-12 60", "2017-01 50", "2016-17-YTD 680"}
	v := rated{good: "high", unit: "count", more: "ytd,,,reported", targets: []string{"2016-17,700"}, lines: lines}.judge(t)
	if v.RAG.On != "ytd" || v.RAG.Rating != Red || v.Direction.Standing != "" {
		t.Errorf("the year to date is rated, not the month: %+v %+v", v.RAG, v.Direction)
	}
}

func TestChangeInWords(t *testing.T) {
	for _, c := range []struct {
		unit   quantity.Unit
		change string
		want   string
	}{
		{quantity.Percent, "-12.0", "12.0 percentage points"},
		{quantity.Percent, "1", "1 percentage point"},
		{quantity.Count, "-1136", "1,136"},
		{quantity.Days, "1", "1 day"},
		{quantity.Days, "2.5", "2.5 days"},
		{quantity.RatePer10000, "-0.3", "0.3"},
		{quantity.Grade, "2", "2 grades"},
	} {
		if got := ChangeInWords(&dataset.Indicator{Unit: c.unit}, dec(c.change)); got != c.want {
			t.Errorf("%s of %v: %q, wanted %q", c.change, c.unit, got, c.want)
		}
	}
}
