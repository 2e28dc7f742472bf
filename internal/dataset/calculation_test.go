package dataset

import (
	"fmt"
	"strings"
	"testing"
)

// calculated makes a scorecard of two plain series and one calculation.
func calculated(t *testing.T, calculation, unit string, more files) *View {
	t.Helper()
	f := files{
		"indicators.csv":       "ref,section,name,good,unit,decimals,calculation\na,s,A,info,count,0,\nb,s,B,info,percent,1,\nc,s,C,info," + unit + ",,\"" + calculation + "\"\n",
		"data/populations.csv": "population,area,period,value\n0-17,,2015-16,\"2,000\"\n0-17,,2014-15,1000\n0-17,north,2015-16,500\n",
		"2017-01.csv":          "ref,period,area,value\na,2016-11,,1\na,2016-12,,2\na,,,4\nb,,,33.35\na,2016-17-YTD,,7\na,2015-06,,10\na,,north,2\nb,2016-12,,0\na,2014-15,,9\n",
	}
	for name, text := range more {
		f[name] = text
	}
	return asAt(t, loadWith(t, settings(), f).Scorecard("housing"), "2017-01")
}

func TestCalculationsAreExactAndAMissingOperandGivesNoValue(t *testing.T) {
	for _, c := range []struct{ calculation, unit, period, area, want, working string }{
		{"rolling('a', 3)", "count", "2017-01", "", "7", ""},
		{"rolling('a', 3)", "count", "2016-12", "", "none", ""},     // October is missing
		{"rolling('a', 1)", "count", "2014-15", "", "none", ""},     // no month
		{"percent('a', 'b')", "percent", "2017-01", "", "12.0", ""}, // 4 / 33.4 as published, not 33.35
		{"percent('a', 'b')", "percent", "2016-12", "", "none", ""}, // division by zero
		{"percent('a', 'b')", "percent", "2016-11", "", "none", ""}, // no b
		{"'a' * (3 / 2)", "average", "2017-01", "", "6.0", ""},      // 3/2 is 1.5
		{"value('a') / 3 * 3", "count", "2017-01", "", "4", ""},     // no 3.9999
		{"-'a' + 1", "count", "2017-01", "", "-3", ""},
		{"'a' / ('a' - 4)", "count", "2017-01", "", "none", ""},
		{"rate('a', population('0-17'), 10000)", "rate_per_10000", "2015-06", "", "50.0", ""},
		{"rate('a', population('0-17'), 10000)", "rate_per_10000", "2017-01", "", "20.0", "population of 2015/16"},
		{"rate('a', population('0-17'), 10000)", "rate_per_10000", "2017-01", "north", "40.0", "population of 2015/16"},
		{"rate('a', population('0-17'), 10000)", "rate_per_10000", "2014-15", "", "90.0", ""},
		{"rate(rolling('a', 3), population('0-17'), 10000)", "rate_per_10000", "2017-01", "", "35.0", "population of 2015/16"},
		{"rate('a', population('0-17'), 10000)", "rate_per_10000", "2016-17-YTD", "", "35.0", "population of 2015/16"},
	} {
		v := calculated(t, c.calculation, c.unit, nil)
		p := mustPeriod(t, c.period).Through(month(t, "2017-01"))
		f, ok := v.Figure("c", c.area, p)
		got := "none"
		if ok {
			got = say(f.Value)
		}
		if got != c.want || f.Working != c.working || ok != f.Calculated {
			t.Errorf("%s at %s %s is %s (%s), want %s (%s)", c.calculation, c.period, c.area, got, f.Working, c.want, c.working)
		}
	}
}

func TestCalculatedSeriesHasThePeriodsOfItsOperands(t *testing.T) {
	list := func(v *View, area string) string {
		var out []string
		for _, f := range v.Series("c", area) {
			out = append(out, f.Period.String()+"="+say(f.Value))
		}
		return strings.Join(out, " ")
	}
	v := calculated(t, "'a' * 2", "count", nil)
	if got := list(v, ""); got != "2014-15=18 2015-06=20 2016-11=2 2016-12=4 2016-17-YTD=14 2017-01=8" {
		t.Error(got)
	}
	if got := fmt.Sprint(v.Areas("c"), list(v, "north")); got != "[north]2017-01=4" {
		t.Error(got)
	}
	if got := list(calculated(t, "rolling('a', 2)", "count", nil), ""); got != "2016-12=3 2017-01=6" {
		t.Error(got)
	}
}

func TestStatedFigureStandsAndTheCalculationCanBeChecked(t *testing.T) {
	v := calculated(t, "percent('a', 'b')", "percent", files{"2017-01.csv": "ref,value\na,1\nb,3\nc,50\n"})
	f, _ := v.Figure("c", "", mustPeriod(t, "2017-01"))
	exact, _, ok := v.Calculated("c", "", mustPeriod(t, "2017-01"))
	if say(f.Value) != "50" || !f.Stated || f.Calculated || !ok || exact.String() != "100/3" {
		t.Errorf("stated %+v, calculated %v", f, exact)
	}
	if _, _, ok := v.Calculated("a", "", mustPeriod(t, "2017-01")); ok {
		t.Error("a has no calculation")
	}
}

func TestCalculatedShareCarriesItsCountsAndMarks(t *testing.T) {
	v := calculated(t, "percent('a', 'b')", "percent", files{"2017-01.csv": "ref,value,mark\na,1,p\nb,3,r\n"})
	f, _ := v.Figure("c", "", mustPeriod(t, "2017-01"))
	if say(f.Value) != "33.3" || say(f.Numerator) != "1" || say(f.Denominator) != "3.0" && say(f.Denominator) != "3" || f.Marks != "p" {
		t.Errorf("%+v", f)
	}
}

func TestRevisedOperandRevisesTheCalculation(t *testing.T) {
	v := calculated(t, "rolling('a', 2)", "count", files{
		"2016-11.csv": "ref,value\na,1\n", "2016-12.csv": "ref,value\na,2\n",
		"2017-01.csv": "ref,period,value,reason\na,2016-11,5,late_data\na,,4,\n"})
	f, _ := v.Figure("c", "", mustPeriod(t, "2016-12"))
	if say(f.Value) != "7" || !f.Revised || say(f.Earlier) != "3" || f.Reason != "late_data" ||
		f.First.fileName() != "2016-12.csv" || f.Vintage.fileName() != "2017-01.csv" {
		t.Errorf("December: %+v", f)
	}
	if f, _ := v.Figure("c", "", mustPeriod(t, "2017-01")); f.Revised || say(f.Value) != "6" {
		t.Errorf("January is new: %+v", f)
	}
	r := v.Revisions("c")
	if len(r) != 1 || say(r[0].From) != "3" || say(r[0].To) != "7" || r[0].Reason != "late_data" || r[0].FromVintage.fileName() != "2016-12.csv" {
		t.Errorf("revisions: %+v", r)
	}
}

func TestOneCalculationLeavesNothingToTheNext(t *testing.T) {
	v := calculated(t, "rate('a', population('0-17'), 10000)", "rate_per_10000", files{
		"2017-01.csv": "ref,period,area,value,mark\na,2015-06,,10,\na,2016-12,,2,p\na,,,4,e\n",
	})
	for _, c := range []struct{ period, marks, working string }{
		{"2016-12", "p", "population of 2015/16"},
		{"2015-06", "", ""},
		{"2017-01", "e", "population of 2015/16"},
	} {
		f, _ := v.Figure("c", "", mustPeriod(t, c.period))
		if string(f.Marks) != c.marks || f.Working != c.working {
			t.Errorf("%s is marked %q (%s), want %q (%s)", c.period, f.Marks, f.Working, c.marks, c.working)
		}
	}
}
