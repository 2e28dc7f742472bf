package dataset

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"outturn/internal/diag"
)

func TestEveryFormOfPeriodIsReturned(t *testing.T) {
	s := housing(t, files{
		"indicators.csv": "ref,section,name,good,unit,lag\n1,a,One,info,count,\n2,a,In arrears,info,count,1\n",
		"2017-01.csv": "ref,period,value\n1,,1\n1,2016-12,2\n1,2016-17-Q3,3\n1,2016-17,4\n1,FY2010-11,5\n1,2016-17-YTD,6\n1,2015-16-YTD,7\n" +
			"1,2015-07/2016-06,8\n1,2010-08-20,9\n1,2010-08-20/2010-09-03,10\n1,AY2016-17,11\n1,AY2016-17-YTD,12\n1,AY2016-17-T1,13\n" +
			"1,AY2016-17-HT1,14\n1,AY2016-17-HT1-2,15\n2,2016-17-YTD,16\n2,AY2016-17-YTD,17\n",
	})
	v := asAt(t, s, "2017-01")
	for text, want := range map[string]string{
		"2017-01": "1", "2016-12": "2", "2016-17-Q3": "3", "2016-17": "4", "FY2010-11": "5", "2015-07/2016-06": "8", "2010-08-20": "9",
		"2010-08-20/2010-09-03": "10", "AY2016-17": "11", "AY2016-17-T1": "13", "AY2016-17-HT1": "14", "AY2016-17-HT1-2": "15",
	} {
		if got := value(t, v, "1", "", text); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	january, december := month(t, "2017-01"), month(t, "2016-12")
	for ref, months := range map[string]struct {
		through string
		want    [2]string
	}{"1": {"2017-01", [2]string{"6", "12"}}, "2": {"2016-12", [2]string{"16", "17"}}} {
		end := month(t, months.through)
		for i, open := range []string{"2016-17-YTD", "AY2016-17-YTD"} {
			f, ok := v.Figure(ref, "", mustPeriod(t, open).Through(end))
			if !ok || say(f.Value) != months.want[i] {
				t.Errorf("%s of %s to %s is %s", open, ref, end, say(f.Value))
			}
		}
	}
	if f, _ := v.Figure("1", "", mustPeriod(t, "2015-16-YTD").Through(january)); say(f.Value) != "7" || f.Period.Last() != month(t, "2016-01") {
		t.Errorf("the year before to date: %+v", f)
	}
	if f, ok := v.StatedToDate("2", ""); !ok || say(f.Value) != "16" || f.Period.Last() != december {
		t.Errorf("stated to date: %+v", f)
	}
	if _, ok := asAt(t, s, "2017-02").StatedToDate("1", ""); ok {
		t.Error("January's year to date was taken for February's")
	}
	series := v.Series("1", "")
	if len(series) != 15 || series[0].Period != mustPeriod(t, "2010-08-20") {
		t.Errorf("%d figures, the first of %s", len(series), series[0].Period)
	}
}

func TestValueFollowsFromNumeratorAndDenominator(t *testing.T) {
	s := housing(t, files{
		"indicators.csv": "ref,section,name,good,unit,decimals,from\n1,a,Share,high,percent,,\n1,a,Share,high,percent,3,2017-02\n2,a,Rate,high,rate_per_10000,,\n3,a,Days,high,days,,\n",
		"2017-01.csv":    "ref,period,numerator,denominator,value,mark\n1,,22,121,,p\n1,2016-12,0,0,,\n1,2016-11,0,0,,r\n1,2016-10,1,8,12.6,\n2,,\"1,005\",56398,,\n3,,7,2,,\n1,2016-09,3,,,x\n1,2016-08,0,0,,z\n",
	})
	v := asAt(t, s, "2017-01")
	for _, c := range []struct{ ref, period, value, marks string }{
		{"1", "2017-01", "18.2", "p"}, {"1", "2016-12", "-", "z"}, {"1", "2016-11", "-", "r z"}, {"1", "2016-10", "12.6", ""},
		{"2", "2017-01", "178.2", ""}, {"3", "2017-01", "3.5", ""}, {"1", "2016-09", "-", "x"}, {"1", "2016-08", "-", "z"},
	} {
		f, ok := v.Figure(c.ref, "", mustPeriod(t, c.period))
		if !ok || say(f.Value) != c.value || string(f.Marks) != c.marks || f.Stated != (c.period == "2016-10") {
			t.Errorf("%s of %s: %s %q stated %v", c.ref, c.period, say(f.Value), f.Marks, f.Stated)
		}
	}
	// A later definition with more decimals rounds the exact ratio anew.
	if got := value(t, asAt(t, s, "2017-02"), "1", "", "2017-01"); got != "18.182" {
		t.Errorf("with three decimals: %s", got)
	}
}

func TestAreasStandInTheSitesOrder(t *testing.T) {
	s := housing(t, files{"2017-01.csv": "ref,area,value\n1.1,unknown,1\n1.1,south,2\n1.1,ambleton,4\n1.1,north,1\n1.2,,5\n"})
	v := asAt(t, s, "2017-01")
	if got := v.Areas("1.1"); !slices.Equal(got, []string{"north", "south", "unknown"}) {
		t.Errorf("areas %v", got)
	}
	if got := v.Areas("1.2"); len(got) > 0 {
		t.Errorf("areas of 1.2: %v", got)
	}
	if value(t, v, "1.1", "", "2017-01") != "4" || value(t, v, "1.1", "ambleton", "2017-01") != "4" || value(t, v, "1.1", "south", "2017-01") != "2" {
		t.Error("an empty area is the whole authority")
	}
	if got := asAt(t, s, "2016-12").Areas("1.1"); len(got) > 0 {
		t.Errorf("areas before the return: %v", got)
	}
	if v.Whole() != "ambleton" || v.AreaName("unknown") != "Not specified" {
		t.Errorf("whole %q, %q", v.Whole(), v.AreaName("unknown"))
	}
}

func TestARatingByHandKeepsItsReason(t *testing.T) {
	s := housing(t, files{"2017-01.csv": "ref,value,rating,rating_reason,note\n1.2,90,Amber,small cohort,two homes\n"})
	f, _ := asAt(t, s, "2017-01").Figure("1.2", "", mustPeriod(t, "2017-01"))
	if f.Rating != "amber" || f.RatingWhy != "small cohort" || f.Note != "two homes" {
		t.Errorf("%+v", f)
	}
}

func TestAReturnTellsWhoseRowsCouldNotBeRead(t *testing.T) {
	for _, x := range []struct{ name, text, want string }{
		{"nothing is wrong", "ref,period,area,value,mark\n1.1,,,7,\n", ""},
		{"a letter in a number", "ref,value\n1.1,7\n1.2,9O.5\n", "1.2"},
		{"no such month", "ref,period,value\n1.1,2017-13,7\n", "1.1"},
		{"an unknown area", "ref,area,value\n1.1,nrth,7\n", "1.1"},
		{"an unknown mark", "ref,value,mark\n2.2,7,q\n", "2.2"},
		{"a remark is no figure", "ref,value,rating\n1.1,7,bleu\n", ""},
		{"anybody's row", "ref,value\n1.l,7\n", "1.1 1.2 2.1 2.2"},
		{"a row too short", "ref,value\n1.1\n", "1.1 1.2 2.1 2.2"},
		{"a row twice", "ref,value\n1.1,7\n1.1,8\n", "1.1 1.2 2.1 2.2"},
		{"a quote left open", "ref,value\n1.1,\"7\n", "1.1 1.2 2.1 2.2"},
		{"a slip in the header", "ref,value,peroid\n1.1,7,\n", "1.1 1.2 2.1 2.2"},
		{"an empty file", "", "1.1 1.2 2.1 2.2"},
		{"no text", "r\x00", "1.1 1.2 2.1 2.2"},
	} {
		all := files{"indicators.csv": definitions, "2016-12.csv": "ref,value\n1.1,1\n"}
		maps.Copy(all, files{"2017-01.csv": x.text})
		s := Load(all.fsys(), settings(), &diag.List{}).Scorecard("housing")
		january := Vintage{month(t, "2017-01"), 1}
		var spoilt []string
		for _, ref := range []string{"1.1", "1.2", "2.1", "2.2"} {
			if s.Spoilt(ref, january) {
				spoilt = append(spoilt, ref)
			}
			if s.Spoilt(ref, Vintage{month(t, "2016-12"), 1}) || s.Spoilt(ref, Vintage{month(t, "2017-02"), 1}) {
				t.Errorf("%s: %s of another month is spoilt", x.name, ref)
			}
		}
		if got := strings.Join(spoilt, " "); got != x.want {
			t.Errorf("%s: spoilt %q, want %q", x.name, got, x.want)
		}
	}
}

func TestAReturnGivesItsColumnsAndIssues(t *testing.T) {
	all := files{"indicators.csv": definitions, "2017-01.csv": "Value, ref,Outturn,mark\n7,1.1,,\n", "2017-01.2.csv": "ref,value\n1.1,8\n", "2016-12.csv": "r\x00"}
	s := Load(all.fsys(), settings(), &diag.List{}).Scorecard("housing")
	issues := s.Returns(month(t, "2017-01"))
	if len(issues) != 2 || issues[0].Issue != 1 || issues[1].Issue != 2 || s.File(issues[1]) != "data/housing/2017-01.2.csv" {
		t.Fatalf("issues %v", issues)
	}
	if got := s.Columns(issues[0]); !slices.Equal(got, []string{"value", "ref", "", "mark"}) {
		t.Errorf("columns %q", got)
	}
	if s.Columns(s.Returns(month(t, "2016-12"))[0]) != nil || s.Returns(month(t, "2017-02")) != nil {
		t.Error("columns or issues of what cannot be read")
	}
}
