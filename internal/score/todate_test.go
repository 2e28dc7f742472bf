package score

import (
	"fmt"
	"strings"
	"testing"
)

// toDate is a council with one monthly or quarterly series and its ytd.
func toDate(unit, frequency, ytd string, lines ...string) council {
	return council{
		indicators: "ref,section,name,good,unit,frequency,ytd\n1,s,n,high," + unit + "," + frequency + "," + ytd + "\n",
		returns:    map[string]string{"2016-07": rows("1", lines...)},
	}
}

func toDateOf(v Verdict) string {
	t := v.ToDate
	value := "-"
	if t.Has {
		value = t.Value.String()
	}
	computed := "-"
	if t.Checked {
		computed = t.Computed.String()
	}
	return fmt.Sprintf("%s %s %v %s %s", t.Period, value, t.Stated, computed, t.Reason.Code)
}

func TestYearToDate(t *testing.T) {
	for _, c := range []struct {
		name, unit, frequency, ytd string
		lines                      []string
		want, counted              string // period, value, stated, worked out, reason
	}{
		{"a sum of months", "count", "monthly", "sum", []string{"2016-04 10", "2016-05 20", "2016-06 5", "2016-07 7", "2016-03 99"},
			"2016-17-YTD 42 false 42 to-date-sum", "4 of 4 months"},
		{"a sum with a month missing", "count", "monthly", "sum", []string{"2016-04 10", "2016-06 5", "2016-07 7"},
			"2016-17-YTD - false - to-date-incomplete", "3 of 4 months"},
		{"a sum with a month marked", "count", "monthly", "sum", []string{"2016-04 10", "2016-05 - x", "2016-06 5", "2016-07 7"},
			"2016-17-YTD - false - to-date-incomplete", "3 of 4 months"},
		{"people counted once are not added", "distinct_count", "monthly", "sum", []string{"2016-04 1", "2016-05 1", "2016-06 1", "2016-07 1"},
			"2016-17-YTD - false - to-date-distinct", ""},
		// (1 + 90 + 0 + 9) of (2 + 100 + 0 + 10) is 100 of 112; the mean of percentages would be 76.7.
		{"a ratio of sums", "percent", "monthly", "ratio", []string{"2016-04 50 1/2", "2016-05 90 90/100", "2016-06 - 0/0", "2016-07 90 9/10"},
			"2016-17-YTD 89.3 false 89.3 to-date-ratio", "4 of 4 months"},
		{"a ratio without a month's counts", "percent", "monthly", "ratio", []string{"2016-04 50 1/2", "2016-05 90", "2016-06 - 0/0", "2016-07 90 9/10"},
			"2016-17-YTD - false - to-date-incomplete", "3 of 4 months"},
		{"a ratio of nothing", "percent", "monthly", "ratio", []string{"2016-04 - 0/0", "2016-05 - 0/0", "2016-06 - 0/0", "2016-07 - 0/0"},
			"2016-17-YTD - false - to-date-nothing-to-divide", ""},
		// 10.1 + 10.2 + 10.2 + 10.5 = 41.0; a quarter is 10.25, half away from zero 10.3.
		{"a mean, rounded once", "days", "monthly", "mean", []string{"2016-04 10.1", "2016-05 10.2", "2016-06 10.2", "2016-07 10.5"},
			"2016-17-YTD 10.3 false 10.3 to-date-mean", "4 of 4 months"},
		{"the latest", "count", "monthly", "latest", []string{"2016-06 5", "2016-07 7"},
			"2016-17-YTD 7 false 7 to-date-latest", ""},
		{"the latest is not there", "count", "monthly", "latest", []string{"2016-06 5"},
			"2016-17-YTD - false - not-returned", ""},
		{"reported", "percent", "monthly", "reported", []string{"2016-07 7", "2016-17-YTD 6.54 3/46"},
			"2016-17-YTD 6.5 true - to-date-stated", ""},
		{"reported, and not", "percent", "monthly", "reported", []string{"2016-07 7"},
			"2016-17-YTD - false - to-date-not-stated", ""},
		{"none", "percent", "monthly", "none", []string{"2016-07 7"}, " - false - to-date-none", ""},
		{"none, yet stated", "percent", "monthly", "none", []string{"2016-07 7", "2016-17-YTD 6"},
			"2016-17-YTD 6.0 true - to-date-stated", ""},
		{"stated and worked out", "count", "monthly", "sum", []string{"2016-04 10", "2016-05 20", "2016-06 5", "2016-07 7", "2016-17-YTD 43"},
			"2016-17-YTD 43 true 42 to-date-stated", ""},
		{"stated by a mark", "count", "monthly", "sum", []string{"2016-04 10", "2016-05 20", "2016-06 5", "2016-07 7", "2016-17-YTD - x"},
			"2016-17-YTD - false 42 not-available", ""},
		{"quarters", "count", "quarterly", "sum", []string{"2016-17-Q1 10", "2015-16-Q4 99"},
			"2016-17-YTD 10 false 10 to-date-sum", "1 of 1 quarter"},
		{"terms", "count", "termly", "sum", []string{"AY2015-16-T1 4", "AY2015-16-T2 5"},
			"AY2015-16-YTD 9 false 9 to-date-sum", "2 of 2 terms"},
		{"half terms", "count", "termly", "sum", []string{"AY2015-16-HT1 1", "AY2015-16-HT2 2", "AY2015-16-HT3 3", "AY2015-16-HT4 4", "AY2015-16-HT5 5"},
			"AY2015-16-YTD 15 false 15 to-date-sum", "5 of 5 half terms"},
		{"a run of half terms is the year so far", "percent", "termly", "mean", []string{"AY2015-16-HT1-5 11.3"},
			"AY2015-16-YTD 11.3 false 11.3 to-date-mean", "1 of 1 run"},
		{"a year that has not ended", "count", "annual", "sum", []string{"2015-16 4"},
			"2016-17-YTD - false - to-date-not-ended", ""},
		{"an academic year to date, stated", "percent", "termly", "reported", []string{"AY2015-16-T1 4", "AY2015-16-YTD 11.3"},
			"AY2015-16-YTD 11.3 true - to-date-stated", ""},
	} {
		v := toDate(c.unit, c.frequency, c.ytd, c.lines...).judge(t, "2016-07", "1")
		got := strings.TrimSpace(toDateOf(v))
		if got != strings.TrimSpace(c.want) {
			t.Errorf("%s: %s\nwanted %s", c.name, got, c.want)
		}
		if got := v.ToDate.Reason.Args()("counted"); got != c.counted {
			t.Errorf("%s: counted %q, wanted %q", c.name, got, c.counted)
		}
	}
}

func TestYearToDateReachesTheMonthThatIsDue(t *testing.T) {
	c := council{
		indicators: "ref,section,name,good,unit,lag,ytd\n1,s,n,high,count,2,sum\n",
		returns:    map[string]string{"2016-07": rows("1", "2016-04 1", "2016-05 2")},
	}
	v := c.judge(t, "2016-07", "1")
	if got := v.ToDate.Period.Words(); v.ToDate.Value.String() != "3" || got != "April to May 2016 (year to date)" {
		t.Errorf("%s: %s", got, toDateOf(v))
	}
}

func TestAnotherMonthsYearToDateIsAnotherPeriod(t *testing.T) {
	c := council{
		indicators: "ref,section,name,good,unit,ytd\n1,s,n,high,count,reported\n",
		returns: map[string]string{
			"2016-07": rows("1", "2016-17-YTD 40"),
			"2016-08": rows("1", "2016-08 2"),
		},
	}
	if v := c.judge(t, "2016-07", "1"); !v.ToDate.Stated {
		t.Errorf("July states its own: %s", toDateOf(v))
	}
	if v := c.judge(t, "2016-08", "1"); v.ToDate.Has {
		t.Errorf("August does not state one: %s", toDateOf(v))
	}
}

func TestRatioCarriesTheSumsOfItsCounts(t *testing.T) {
	v := toDate("percent", "monthly", "ratio", "2016-04 50 1/2", "2016-05 90 90/100", "2016-06 - 0/0", "2016-07 90 9/10").judge(t, "2016-07", "1")
	if got := v.ToDate.Reason.Args()("count"); got != "100 of 112" {
		t.Errorf("count %q", got)
	}
}
