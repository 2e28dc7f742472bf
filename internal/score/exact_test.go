package score

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"outturn/internal/dataset"
	"outturn/internal/period"
)

func TestDueIsTheNewestPeriodThatEndedByTheMonthLessTheLag(t *testing.T) {
	for _, c := range []struct {
		frequency dataset.Frequency
		lag       int
		month     string
		want      string
	}{
		{dataset.Monthly, 0, "2017-01", "2017-01"},
		{dataset.Monthly, 2, "2017-01", "2016-11"},
		{dataset.Quarterly, 0, "2017-01", "2016-17-Q3"},
		{dataset.Quarterly, 0, "2017-03", "2016-17-Q4"},
		{dataset.Quarterly, 2, "2017-01", "2016-17-Q2"},
		{dataset.Termly, 0, "2017-01", "AY2016-17-T1"},
		{dataset.Termly, 0, "2016-09", "AY2015-16-T3"},
		{dataset.Annual, 0, "2017-01", "2015-16"},
		{dataset.Annual, 0, "2017-03", "2016-17"},
	} {
		newest, got, late := Due(&dataset.Indicator{Frequency: c.frequency, Lag: c.lag}, mustMonth(c.month), slices.Values([]period.Period(nil)))
		if got.String() != c.want || !newest.IsZero() || late != 0 {
			t.Errorf("%v, lag %d, as at %s: %s, wanted %s", c.frequency, c.lag, c.month, got, c.want)
		}
	}
}

func TestWhatIsDueFollowsOnFromTheNewestFigureOfItsKind(t *testing.T) {
	for _, c := range []struct {
		frequency dataset.Frequency
		basis     string
		has       string
		want      string // the newest, what is due, and how many are awaited
	}{
		{dataset.Monthly, "", "2016-12 2017-01", "2017-01 2017-01 0"},
		{dataset.Monthly, "", "2016-10 2016-11 2015-16", "2016-11 2017-01 2"},
		{dataset.Monthly, "", "2017-01 2017-02", "2017-01 2017-01 0"}, // it is of a later month
		{dataset.Quarterly, "", "2016-17-Q2", "2016-17-Q2 2016-17-Q3 1"},
		{dataset.Quarterly, "rolling", "2015-10/2016-09", "2015-10/2016-09 2016-01/2016-12 1"},
		{dataset.Quarterly, "rolling", "2016-01/2016-12 2016-17-Q3", "2016-17-Q3 2016-17-Q3 0"}, // the one that a page tells as current
		{dataset.Termly, "cumulative", "AY2016-17-HT1 AY2016-17-HT1-2", "AY2016-17-HT1-2 AY2016-17-HT1-2 0"},
		{dataset.Termly, "", "AY2016-17-HT1", "AY2016-17-HT1 AY2016-17-HT2 1"},
		{dataset.Termly, "", "AY2015-16-HT1-6", "AY2015-16-HT1-6 AY2016-17-HT1-2 2"},
		{dataset.Annual, "", "AY2014-15", "AY2014-15 AY2015-16 1"},
		{dataset.Annual, "", "2014-01/2014-12", "2014-01/2014-12 2016-01/2016-12 2"},
	} {
		var periods []period.Period
		for _, p := range strings.Fields(c.has) {
			periods = append(periods, per(p))
		}
		newest, due, late := Due(&dataset.Indicator{Frequency: c.frequency, Basis: c.basis}, mustMonth("2017-01"), slices.Values(periods))
		if got := fmt.Sprint(newest, due, late); got != c.want {
			t.Errorf("%v %s with %s: %s, wanted %s", c.frequency, c.basis, c.has, got, c.want)
		}
	}
}

func TestQuarterOfAMonthlySeriesIsWorkedOut(t *testing.T) {
	for _, c := range []struct {
		unit, ytd string
		lines     []string
		want      string
	}{
		{"count", "sum", []string{"2016-10 1", "2016-11 2", "2016-12 4"}, "2016-17-Q3 7"},
		{"count", "sum", []string{"2016-10 1", "2016-12 4"}, "2016-17-Q3 -"},
		{"percent", "ratio", []string{"2016-10 50 1/2", "2016-11 90 90/100", "2016-12 - 0/0"}, "2016-17-Q3 89.2"},
		{"count", "latest", []string{"2016-12 4"}, "2016-17-Q3 4"},
		{"count", "reported", []string{"2016-10 1", "2016-11 2", "2016-12 4"}, "2016-17-Q3 -"},
		{"count", "sum", []string{"2016-10 1", "2016-11 2", "2016-12 4", "2016-17-Q3 8"}, "2016-17-Q3 8"},
	} {
		v := council{
			indicators: "ref,section,name,good,unit,ytd\n1,s,n,high," + c.unit + "," + c.ytd + "\n",
			returns:    map[string]string{"2017-01": rows("1", c.lines...)},
		}.view(t, "2017-01")
		if got := readings([]Reading{Over(v, v.Indicator("1"), v.Whole(), per("2016-17-Q3"))}); got != c.want {
			t.Errorf("%s of %v: %s, wanted %s", c.ytd, c.lines, got, c.want)
		}
	}
}

func TestExactToDateIsNotRounded(t *testing.T) {
	for _, c := range []struct {
		unit, ytd string
		lines     []string
		exact     string // "": none
		how       string
	}{
		{"count", "sum", []string{"2016-04 1", "2016-05 2", "2016-17-YTD 4"}, "3/1", "its 2 months add up to"},
		{"days", "mean", []string{"2016-04 1", "2016-05 1.5", "2016-17-YTD 4"}, "5/4", "its 2 months have the mean"},
		{"percent", "ratio", []string{"2016-04 50 1/2", "2016-05 0 0/1", "2016-17-YTD 4"}, "100/3", "its 2 months are 1 of 3, which is"},
		{"count", "latest", []string{"2016-05 2", "2016-17-YTD 4"}, "2/1", "the latest figure, of May 2016, is"},
		{"count", "sum", []string{"2016-05 2", "2016-17-YTD 4"}, "", ""},
		{"count", "sum", []string{"2016-04 1", "2016-05 2"}, "", ""},
	} {
		v := council{
			indicators: "ref,section,name,good,unit,ytd\n1,s,n,high," + c.unit + "," + c.ytd + "\n",
			returns:    map[string]string{"2016-05": rows("1", c.lines...)},
		}.view(t, "2016-05")
		exact, how, ok := ExactToDate(v, v.Indicator("1"), v.Whole())
		got := ""
		if ok {
			got = exact.String()
		}
		if got != c.exact || how != c.how {
			t.Errorf("%s of %v: %q %q, wanted %q %q", c.ytd, c.lines, got, how, c.exact, c.how)
		}
	}
}
