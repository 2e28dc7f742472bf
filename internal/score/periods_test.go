package score

import "testing"

// series is a council with one series of a frequency.
func series(frequency, more string, lines ...string) council {
	return council{
		indicators: "ref,section,name,good,unit,frequency,lag,basis\n1,s,n,high,percent," + frequency + "," + more + "\n",
		returns:    map[string]string{"2017-01": rows("1", lines...)},
	}
}

func TestCurrentAndPreviousPeriods(t *testing.T) {
	for _, c := range []struct {
		name, frequency, more string // more: lag,basis
		lines                 []string
		latest, previous      string
	}{
		{"a month, returned or not", "monthly", ",", []string{"2016-12 5"},
			"2016-11 -, 2016-12 5.0, 2017-01 -", "2016-12 5.0"},
		{"a month in arrears", "monthly", "1,", []string{"2017-01 9", "2016-12 5", "2016-11 4"},
			"2016-10 -, 2016-11 4.0, 2016-12 5.0", "2016-11 4.0"},
		{"the newest quarter with a row", "quarterly", ",", []string{"2016-17-Q1 60", "2016-17-Q2 82", "2016-17-Q3 93", "2016-17-YTD 93"},
			"2016-17-Q1 60.0, 2016-17-Q2 82.0, 2016-17-Q3 93.0", "2016-17-Q2 82.0"},
		{"a quarter with a mark has a row", "quarterly", ",", []string{"2016-17-Q2 82", "2016-17-Q3 - x"},
			"2016-17-Q2 82.0, 2016-17-Q3 -", "2016-17-Q2 82.0"},
		{"a quarter in arrears", "quarterly", "2,", []string{"2016-17-Q2 82", "2016-17-Q3 93"},
			"2016-17-Q2 82.0", "2016-17-Q1 -"},
		{"a quarter that has not ended is not current", "quarterly", ",", []string{"2016-17-Q3 93", "2016-17-Q4 99"},
			"2016-17-Q3 93.0", "2016-17-Q2 -"},
		{"a window that ends with a quarter", "quarterly", ",rolling", []string{"2014-07/2015-06 431", "2014-04/2015-03 400", "2015-04/2016-03 339", "2015-07/2016-06 304"},
			"2014-07/2015-06 431.0, 2015-04/2016-03 339.0, 2015-07/2016-06 304.0", "2014-07/2015-06 431.0"},
		{"a quarter before a window that ends alike", "quarterly", ",", []string{"2016-01/2016-12 1", "2016-17-Q3 2"},
			"2016-17-Q3 2.0", "2016-17-Q2 -"},
		{"no quarter at all", "quarterly", ",", []string{"2015-16 3"},
			"2016-17-Q3 -", "2016-17-Q2 -"},
		{"a term", "termly", ",", []string{"AY2015-16-T3 6", "AY2016-17-T1 7"},
			"AY2015-16-T3 6.0, AY2016-17-T1 7.0", "AY2015-16-T1 -"},
		{"no term at all", "termly", ",", []string{"AY2014-15 3"},
			"AY2016-17-T1 -", "AY2015-16-T1 -"},
		{"half terms", "termly", ",", []string{"AY2016-17-HT1 7.7", "AY2015-16-T1 12", "AY2016-17-HT1-2 11.3", "AY2014-15-T1 9"},
			"AY2015-16-T1 12.0, AY2016-17-HT1 7.7, AY2016-17-HT1-2 11.3", "AY2016-17-HT1 7.7"},
		{"a run before the half term that ends alike", "termly", ",", []string{"AY2016-17-HT2 1", "AY2016-17-HT1-2 2"},
			"AY2016-17-HT1-2 2.0", "AY2016-17-HT1 -"},
		{"the first half term looks a year back", "termly", "2,", []string{"AY2016-17-HT1 7", "AY2015-16-HT1 6", "AY2015-16-HT6 5"},
			"AY2015-16-HT1 6.0, AY2015-16-HT6 5.0, AY2016-17-HT1 7.0", "AY2015-16-HT1 6.0"},
		{"a year", "annual", ",", []string{"2014-15 1", "2015-16 2", "2016-17 3"},
			"2014-15 1.0, 2015-16 2.0", "2014-15 1.0"},
		{"an academic year", "annual", ",", []string{"AY2014-15 1", "AY2015-16 2"},
			"AY2014-15 1.0, AY2015-16 2.0", "AY2014-15 1.0"},
		{"a window for a year", "annual", ",", []string{"2015-01/2015-12 1", "2016-01/2016-12 2"},
			"2015-01/2015-12 1.0, 2016-01/2016-12 2.0", "2015-01/2015-12 1.0"},
		{"no year at all", "annual", ",", []string{"2016-05 2"}, "2015-16 -", "2014-15 -"},
	} {
		v := series(c.frequency, c.more, c.lines...).judge(t, "2017-01", "1")
		if got := readings(v.Latest); got != c.latest {
			t.Errorf("%s: latest %s\nwanted %s", c.name, got, c.latest)
		}
		if got := readings([]Reading{v.Previous}); got != c.previous {
			t.Errorf("%s: previous %s, wanted %s", c.name, got, c.previous)
		}
		if v.Current.Period != v.Latest[len(v.Latest)-1].Period {
			t.Errorf("%s: current %s is not the last of the latest", c.name, v.Current.Period)
		}
	}
}

func TestPreviousHalfTermsPreferTheSameStart(t *testing.T) {
	v := series("termly", ",", "AY2015-16-HT1-3 9", "AY2015-16-HT1-2 8", "AY2015-16-HT2 7").judge(t, "2017-01", "1")
	if got := readings([]Reading{v.Previous}); got != "AY2015-16-HT1-2 8.0" {
		t.Errorf("previous of half terms 1 to 3: %s", got)
	}
	v = series("termly", ",", "AY2015-16-HT3 9", "AY2015-16-HT1-2 8", "AY2015-16-HT2 7").judge(t, "2017-01", "1")
	if got := readings([]Reading{v.Previous}); got != "AY2015-16-HT2 7.0" {
		t.Errorf("previous of half term 3: %s", got)
	}
}

func TestTermsOfOneAcademicYearFollowEachOther(t *testing.T) {
	v := series("termly", ",", "AY2015-16-T3 9", "AY2015-16-T2 8").judge(t, "2017-01", "1")
	if got := readings([]Reading{v.Previous}); got != "AY2015-16-T2 8.0" {
		t.Errorf("previous of the summer term: %s", got)
	}
}

func TestAnnualTrendHasRowsOfOtherKinds(t *testing.T) {
	v := series("monthly", ",", "2015-16 2", "2017-01 5", "2016-17-YTD 4", "AY2014-15 1", "2015-11/2016-01 3").judge(t, "2017-01", "1")
	if got := readings(v.AnnualRows); got != "AY2014-15 1.0, 2015-11/2016-01 3.0, 2015-16 2.0" {
		t.Errorf("monthly: %s", got)
	}
	v = series("annual", ",", "2013-14 1", "2014-15 2", "2015-16 3", "2016-17-Q1 9").judge(t, "2017-01", "1")
	if got := readings(v.AnnualRows); got != "2013-14 1.0, 2014-15 2.0, 2016-17-Q1 9.0" {
		t.Errorf("annual: %s", got)
	}
}

func TestYearAgoIsTheSamePeriodAYearBefore(t *testing.T) {
	v := series("monthly", ",", "2016-01 7", "2017-01 5").judge(t, "2017-01", "1")
	if got := readings([]Reading{v.YearAgo}); got != "2016-01 7.0" {
		t.Errorf("a year ago: %s", got)
	}
}

func TestSmallDenominatorIsShownWithItsInterval(t *testing.T) {
	c := council{
		indicators: "ref,section,name,good,unit,min_denominator,rag_on\n1,s,n,high,percent,30,period\n",
		targets:    "ref,period,target\n1,2016-17,70\n",
		returns:    map[string]string{"2017-01": rows("1", "2016-12 50 15/30", "2017-01 72 18/25")},
	}
	v := c.judge(t, "2017-01", "1")
	if !v.Current.Small || v.Current.Low.String() != "52.4" || v.Current.High.String() != "85.7" {
		t.Errorf("18 of 25: %+v", v.Current)
	}
	if v.Previous.Small {
		t.Error("30 is the minimum, not below it")
	}
	if v.RAG.Rating != NotRated || v.RAG.Reason.Code != SmallDenominator {
		t.Errorf("rating: %+v", v.RAG)
	}
	if got := words(v.RAG.Reason); got["count"] != "18 of 25" || got["minimum"] != "30" || got["low"] != "52.4%" {
		t.Errorf("reason: %v", got)
	}
}
