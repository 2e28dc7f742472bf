package dataset

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// quarters are the numbers of the standards, section 10, a month for a quarter.
var quarters = files{
	"indicators.csv": "ref,section,name,good,unit,calculation\n1.1,a,Cases,info,count,\n1.2,a,Doubled,info,count,value('1.1') * 2\n1.3,a,Other,info,count,\n",
	"2016-10.csv":    "ref,value\n1.1,312\n1.3,5\n",
	"2016-11.csv":    "ref,period,value,reason\n1.1,,298,\n1.1,2016-10,318,late_data\n",
	"2016-12.csv":    "ref,period,value,reason\n1.1,,330,\n1.1,2016-11,305,late_data\n1.1,2016-10,320,late_data\n1.3,2016-09,7,\n",
	"2017-01.csv":    "ref,period,value,reason,mark\n1.1,,341,,\n1.1,2016-12,333,late_data,\n1.1,2016-11,309,late_data,\n1.1,2016-10,320,,\n1.3,2016-08,4,,r\n1.3,2016-10,,,x\n",
}

func tell(recs []Record) []string {
	var list []string
	for _, rec := range recs {
		words := []string{rec.Period.String()}
		if rec.Lost {
			words = append(words, "lost")
		}
		for _, told := range rec.Told {
			words = append(words, say(told.Value)+string(told.Marks)+"@"+strings.TrimSuffix(told.Vintage.fileName(), ".csv"))
		}
		list = append(list, strings.Join(words, " "))
	}
	return list
}

func TestRecordHoldsWhatEveryReturnSaidAnew(t *testing.T) {
	v := asAt(t, housing(t, quarters), "2017-01")
	all := func(Record) bool { return true }
	for ref, want := range map[string][]string{
		"1.1": {"2016-10 312@2016-10 318@2016-11 320@2016-12", "2016-11 298@2016-11 305@2016-12 309@2017-01", "2016-12 330@2016-12 333@2017-01", "2017-01 341@2017-01"},
		"1.2": {"2016-10 624@2016-10 636@2016-11 640@2016-12", "2016-11 596@2016-11 610@2016-12 618@2017-01", "2016-12 660@2016-12 666@2017-01", "2017-01 682@2017-01"},
		"1.3": {"2016-08 lost 4r@2017-01", "2016-09 7@2016-12", "2016-10 5@2016-10 -x@2017-01"},
	} {
		if diff := cmp.Diff(want, tell(v.Records(ref, "", all))); diff != "" {
			t.Errorf("%s: %s", ref, diff)
		}
	}
	if got := v.Records("1.1", "", Record.Revised); len(got) != 3 {
		t.Errorf("%d figures were revised", len(got))
	}
	if v.Records("9.9", "", all) != nil || v.Records("1.1", "elsewhere", all) != nil {
		t.Error("a series that is not there has records")
	}
}

// As of December, the second return, the two figures were 318 and 298.
func TestRecordSaysWhatWasKnownAsOfAReturn(t *testing.T) {
	v := asAt(t, housing(t, quarters), "2017-01")
	recs := v.Records("1.1", "", func(Record) bool { return true })
	for period, want := range map[int]string{0: "318", 1: "298"} {
		if told, ok := recs[period].AsOf(Vintage{month(t, "2016-11"), 1}); !ok || say(told.Value) != want {
			t.Errorf("as of November %s was %s, want %s", recs[period].Period, say(told.Value), want)
		}
	}
	if told, ok := recs[2].AsOf(Vintage{month(t, "2016-11"), 1}); ok {
		t.Errorf("as of November %s was %s: it had not been returned", recs[2].Period, say(told.Value))
	}
}

func TestViewKnowingLaterFiguresKeepsItsRules(t *testing.T) {
	f := files{
		"indicators.csv": "ref,section,name,good,unit,decimals,from\n1.1,a,Cases,high,count,,\n1.1,a,Cases again,high,count,1,2017-01\n1.2,a,Others,info,count,,\n1.3,a,Later,info,count,,\n",
		"targets.csv":    "ref,period,target,from\n1.1,2016-17,100,\n1.1,2016-17,200,2017-01\n",
		"2016-12.csv":    "ref,value\n1.1,150\n1.2,7\n",
		"2017-01.csv":    "ref,period,value\n1.1,2016-12,90\n1.2,,8\n1.2,2016-12,7\n1.3,2016-12,3\n",
	}
	s := housing(t, f)
	then, now := asAt(t, s, "2016-12"), asAt(t, s, "2017-01")
	known := then.Knowing(now)
	if got := value(t, known, "1.1", "", "2016-12"); got != "90" {
		t.Errorf("today's figure is %s", got)
	}
	if got := value(t, then, "1.1", "", "2016-12"); got != "150" {
		t.Errorf("the figure of then became %s", got)
	}
	target, ok := known.TargetFor("1.1", "", mustPeriod(t, "2016-12"))
	if !ok || say(target.Target) != "100" || known.Indicator("1.1").Name != "Cases" || known.Month != then.Month {
		t.Errorf("the rules are %+v of %s", target, known.Indicator("1.1").Name)
	}
	for ref, want := range map[string]bool{"1.1": true, "1.2": false, "1.3": true, "9.9": false} {
		if then.Moved(ref, now) != want {
			t.Errorf("%s has moved: %t", ref, !want)
		}
	}
	q := asAt(t, housing(t, quarters), "2016-12")
	if later := asAt(t, q.Scorecard, "2017-01"); !q.Moved("1.2", later) {
		t.Error("what is worked out from a revised figure has not moved")
	}
}
