package edition

import (
	"strings"
	"testing"
)

func TestReferenceSaysTheFigureThatItsWordsChoose(t *testing.T) {
	tests := []struct{ ref, text, source string }{
		{"3.2", "18.2%", "3.2, January 2017, 22 of 121"},
		{"1.1", "1,192", "1.1, January 2017"},
		{"4.1", "£435,922", "4.1, January 2017"},
		{"4.3", "good", "4.3, October to December 2016 (quarter 3)"},
		{"4.2", "19.5", "4.2, December 2016"}, // a month in arrears
		{"3.2 previous", "30.2%", "3.2, December 2016, 35 of 116"},
		{"4.2 previous", "21.0", "4.2, November 2016"},
		{"3.2 year_ago", "20.0%", "3.2, January 2016"},
		{"3.2 change", "12.0 percentage points", "3.2, January 2017 and December 2016, 22 of 121 and 35 of 116"},
		{"3.2 moved", "fell by 12.0 percentage points", "3.2, January 2017 and December 2016, 22 of 121 and 35 of 116"},
		{"1.1 change", "100", "1.1, January 2017 and December 2016"},
		{"1.1 moved", "rose by 100", "1.1, January 2017 and December 2016"},
		{"4.2 moved", "fell by 1.5 days", "4.2, December 2016 and November 2016"},
		{"4.3 moved", "rose by 2 grades", "4.3, October to December 2016 (quarter 3) and July to September 2016 (quarter 2)"},
		{"3.2 change from=2015-16", "36.8 percentage points", "3.2, January 2017 and 2015/16 (April 2015 to March 2016), 22 of 121 in January 2017"},
		{"3.2 moved from=2016-01", "fell by 1.8 percentage points", "3.2, January 2017 and January 2016, 22 of 121 in January 2017"},
		{"3.2 moved from=2016-11", "fell by 31.8 percentage points", "3.2, January 2017 and November 2016, 22 of 121 and 20 of 40"},
		{"1.1 change from=2016-11", "1,092", "1.1, January 2017 and November 2016"},
		{"3.2 moved previous", "fell by 19.8 percentage points", "3.2, December 2016 and November 2016, 35 of 116 and 20 of 40"},
		{"3.2 moved @2016-11", "rose by 25.0 percentage points", "3.2, November 2016 and October 2016, 20 of 40 and 10 of 40"},
		{"1.1 moved @2016-11", "did not change", "1.1, November 2016 and October 2016"},
		{"1.1 change @2016-11", "no change", "1.1, November 2016 and October 2016"},
		{"1.1 ytd", "3,084", "1.1, April 2016 to January 2017 (year to date)"},
		{"1.1 ytd area=north", "500", "1.1, North, April 2016 to January 2017 (year to date)"},
		{"1.1 ytd previous", "1,892", "1.1, April to December 2016 (year to date)"},
		{"1.1 ytd @2016-05", "200", "1.1, April to May 2016 (year to date)"},
		{"1.1 ytd @2016-04", "100", "1.1, April 2016 (year to date)"},
		{"3.2 target", "100%", "3.2, target, January 2017"},
		{"4.2 target", "less than 20", "4.2, target, December 2016"},
		{"4.3 target", "good", "4.3, target, October to December 2016 (quarter 3)"},
		{"1.1 target", "to be agreed", "1.1, target, January 2017"},
		{"3.2 of", "22 of 121", "3.2, January 2017"},
		{"3.2 of previous", "35 of 116", "3.2, December 2016"},
		{"3.2 numerator", "22", "3.2, January 2017, 22 of 121"},
		{"3.2 denominator @2016-12", "116", "3.2, December 2016, 35 of 116"},
		{"3.2 rag", "red", "3.2, January 2017, 22 of 121"},
		{"1.1 rag", "not rated", "1.1, January 2017"},
		{"3.2 direction", "worse, off target", "3.2, January 2017, 22 of 121"},
		{"3.2 england", "82.0%", "3.2, England average, 2015/16 (April 2015 to March 2016)"},
		{"1.1 area=north", "60", "1.1, North, January 2017"},
		{"1.1 area=anytown", "1,192", "1.1, January 2017"},
		{"3.2 area=north moved", "rose by 2.5 percentage points", "3.2, North, January 2017 and December 2016, 1 of 8 and 1 of 10"},
		{"3.2 moved area=north", "rose by 2.5 percentage points", "3.2, North, January 2017 and December 2016, 1 of 8 and 1 of 10"},
		{"3.2 @2016-12", "30.2%", "3.2, December 2016, 35 of 116"},
		{"3.2 @2015-16", "55.0%", "3.2, 2015/16 (April 2015 to March 2016)"},
		{"1.1 @2016-17-Q2", "300", "1.1, July to September 2016 (quarter 2)"}, // worked out as its ytd says
		{"3.2 @2016-17-Q3", "33.2%", "3.2, October to December 2016 (quarter 3), 65 of 196"},
		{"1.1 @2016-17-Q2 moved", "did not change", "1.1, July to September 2016 (quarter 2) and April to June 2016 (quarter 1)"},
		{"1.1 @2016-04/2016-05", "200", "1.1, April to May 2016"},
		{"1.1 @2016-17-YTD", "3,084", "1.1, April 2016 to January 2017 (year to date)"},
		{"4.3 @2016-17-q2", "poor", "4.3, July to September 2016 (quarter 2)"},
		{"6.1 @2016-17-Q2", "80.0%", "6.1, July to September 2016 (quarter 2)"}, // as it was returned
		{"6.1 moved @2016-17-Q2 from=2016-17-Q1", "rose by 5.0 percentage points", "6.1, July to September 2016 (quarter 2) and April to June 2016 (quarter 1)"},
		{"6.1 moved from=2016-17-Q1 @2016-17-Q2", "rose by 5.0 percentage points", "6.1, July to September 2016 (quarter 2) and April to June 2016 (quarter 1)"},
		{"6.1 moved @2016-17-YTD from=2015-16-YTD", "fell by 2.0 percentage points", "6.1, April 2016 to January 2017 (year to date) and April 2015 to January 2016 (year to date)"},
		{"6.1 moved @2016-17-YTD", "fell by 2.0 percentage points", "6.1, April 2016 to January 2017 (year to date) and April 2015 to January 2016 (year to date)"},
		{"1.1:late", "9", "Late visits, January 2017"}, // a part has no number of its own
		{"3.2 night", "33.3%", "3.2 night, January 2017"},
		{"care/3.2", "18.2%", "3.2, January 2017, 22 of 121"},
		{"care/3.2 night", "33.3%", "3.2 night, January 2017"},
		{"help/5.1", "12", "5.1, January 2017"},
		{"figure 18 | fostering audit, January 2017", "18", "fostering audit, January 2017"},
	}
	var text strings.Builder
	for _, x := range tests {
		text.WriteString("It is {{ " + x.ref + " }}.\n\n")
	}
	said := says(t, text.String())
	if len(said) != len(tests) {
		t.Fatalf("%d references are said, of %d", len(said), len(tests))
	}
	for i, x := range tests {
		if said[i].Text != x.text {
			t.Errorf("{{ %s }} says %q, wanted %q", x.ref, said[i].Text, x.text)
		}
		if said[i].Source != x.source {
			t.Errorf("{{ %s }} has the source %q, wanted %q", x.ref, said[i].Source, x.source)
		}
	}
}

func TestReferenceLeadsToThePageOfItsMeasure(t *testing.T) {
	said := says(t, "{{ 3.2 }} {{ 1.1:late }} {{ help/5.1 }} {{ figure 3.2 | audit }}")
	for i, want := range []Said{{Scorecard: "care", Ref: "3.2"}, {Scorecard: "care", Ref: "1.1"}, {Scorecard: "help", Ref: "5.1"}, {}} {
		if said[i].Scorecard != want.Scorecard || said[i].Ref != want.Ref {
			t.Errorf("reference %d leads to %s/%s, wanted %s/%s", i, said[i].Scorecard, said[i].Ref, want.Scorecard, want.Ref)
		}
	}
}

func TestMarkStandsInATableWhereAFigureIsNotThere(t *testing.T) {
	tests := []struct{ ref, text string }{
		{"1.1", "1,192"},
		{"1.1 area=south", "[c]"},
		{"4.1 previous", "[x]"}, // returned as x
		{"4.1 @2016-11", "[x]"}, // never returned
		{"4.1 of", "[x]"},       // its figure is provisional, its counts are not there
		{"4.1 ytd", "[x]"},      // the register asks for none
		{"1.1 england", "[x]"},  // no benchmark
		{"4.1 target", "[x]"},   // no target
		{"4.1 moved", "[x]"},    // nothing to compare with
		{"1.1 moved area=south", "[c]"},
		{"3.2 @2016-17-Q2", "[x]"}, // not every month is there
	}
	var text strings.Builder
	text.WriteString("| Figure |\n| --- |\n")
	for _, x := range tests {
		text.WriteString("| {{ " + x.ref + " }} |\n")
	}
	said := says(t, text.String())
	for i, x := range tests {
		if said[i].Text != x.text {
			t.Errorf("{{ %s }} in a table shows %q, wanted %q", x.ref, said[i].Text, x.text)
		}
	}
}

func TestFaultOfAReferenceSaysWhereWhatAndWhatIsNearest(t *testing.T) {
	const at = analysis + ":4:"
	tests := []struct{ ref, want string }{
		{"3.3", at + `10: error: there is no figure "3.3" in care as at January 2017 [unknown-figure]` + "\n  mend: its measures are listed in data/care/indicators.csv"},
		{"1.1:lat", at + `10: error: there is no figure "1.1:lat" in care as at January 2017 [unknown-figure]` + "\n  mend: did you mean 1.1:late?"},
		{"helps/5.1", at + `10: error: there is no scorecard "helps" [unknown-figure]` + "\n  mend: did you mean help?"},
		{"housing/5.1", at + `10: error: there is no scorecard "housing" [unknown-figure]` + "\n  mend: the scorecards are care, help"},
		{"help/5.2", at + `10: error: there is no figure "5.2" in help as at January 2017 [unknown-figure]` + "\n  mend: did you mean 5.1?"},
		{"3.2 prevous", at + `14: error: a reference has no word "prevous" [unknown-figure]` + "\n  mend: did you mean previous?"},
		{"3.2 nigth", at + `14: error: a reference has no word "nigth" [unknown-figure]` + "\n  mend: did you mean 3.2 night?"},
		{"3.2 area=nroth", at + `14: error: there is no area "nroth" [unknown-figure]` + "\n  mend: did you mean north?"},
		{"3.2 area=hull", at + `14: error: there is no area "hull" [unknown-figure]` + "\n  mend: the areas are anytown, north, south"},
		{"3.2 @Jan", at + `14: error: "Jan" is not a period [unknown-figure]` + "\n  mend: write a month such as 2016-12, a quarter 2016-17-Q3 or a year 2015-16"},
		{"3.2 change from=x", at + `21: error: "x" is not a period [unknown-figure]` + "\n  mend: write a month such as 2016-12, a quarter 2016-17-Q3 or a year 2015-16"},
		{"3.2 from=2015-16", at + "14: error: from= goes with change or moved [unknown-figure]\n  mend: write {{ 3.2 change from=2015-16 }}"},
		{"1.1 change from=2015-16", at + "21: error: 1.1 is counted in its period, and January 2017 and 2015/16 (April 2015 to March 2016) are not of one length [unknown-figure]\n  mend: compare with a period as long, such as from=2016-01; if it is counted on a day, its basis in indicators.csv is as_at"},
		{"4.1 moved @2016-17-Q3 from=2016-12", at + "32: error: 4.1 is counted in its period, and October to December 2016 (quarter 3) and December 2016 are not of one length [unknown-figure]\n  mend: compare with a period as long, such as from=2015-16-Q3; if it is counted on a day, its basis in indicators.csv is as_at"},
		{"3.2 target rag", at + `21: error: "target" and "rag" are two different things [unknown-figure]` + "\n  mend: write a reference for each"},
		{"3.2 previous year_ago", at + `23: error: "previous" and "year_ago" are two different things [unknown-figure]` + "\n  mend: write a reference for each"},
		{"3.2 @2016-12 @2016-11", at + `23: error: "@2016-12" and "@2016-11" are two different things [unknown-figure]` + "\n  mend: write a reference for each"},
		{"3.2 area=north area=south", at + `25: error: "area=north" and "area=south" are two different things [unknown-figure]` + "\n  mend: write a reference for each"},
		{"3.2 target previous", at + `21: error: target is that of January 2017 for the whole authority, and does not go with "previous" [unknown-figure]` + "\n  mend: write {{ 3.2 target }}, or say in words what is meant"},
		{"3.2 rag @2016-12", at + `18: error: rag is that of January 2017 for the whole authority, and does not go with "@2016-12" [unknown-figure]` + "\n  mend: write {{ 3.2 rag }}, or say in words what is meant"},
		{"3.2 direction area=north", at + `24: error: direction is that of January 2017 for the whole authority, and does not go with "area=north" [unknown-figure]` + "\n  mend: write {{ 3.2 direction }}, or say in words what is meant"},
		{"3.2 england year_ago", at + `22: error: england is that of January 2017 for the whole authority, and does not go with "year_ago" [unknown-figure]` + "\n  mend: write {{ 3.2 england }}, or say in words what is meant"},
		{"4.1 previous", at + "7: error: 4.1 has no figure for December 2016 [unknown-figure]\n  mend: name a figure that is there, or say in words that it is not available"},
		{"1.1 area=south", at + "7: error: 1.1 has no figure for January 2017 in South [unknown-figure]\n  mend: name a figure that is there, or say in words that it is not available"},
		{"1.1 of", at + "7: error: 1.1 has no numerator and denominator for January 2017 [unknown-figure]\n  mend: name a figure that is there, or say in words that it is not available"},
		{"1.1 numerator", at + "7: error: 1.1 has no numerator for January 2017 [unknown-figure]\n  mend: name a figure that is there, or say in words that it is not available"},
		{"4.1 moved", at + "7: error: 4.1 has no figure for December 2016 to compare with [unknown-figure]\n  mend: name a figure that is there, or say in words that it is not available"},
		{"4.1 ytd", at + "7: error: 4.1 has no year to date for January 2017, and with ytd none it is not worked out from its months [unknown-figure]\n  mend: return it as a row of its own, with the period 2016-17-YTD, or name a month, such as {{ 4.1 @2017-01 }}"},
		{"4.1 target", at + "7: error: 4.1 has no target for January 2017 [unknown-figure]\n  mend: name a figure that is there, or say in words that it is not available"},
		{"3.2 neighbours", at + "7: error: 3.2 has no benchmark neighbours as at January 2017 [unknown-figure]\n  mend: name a figure that is there, or say in words that it is not available"},
		{"3.2 @2016-17-Q2", at + "7: error: 3.2 has no figure for July to September 2016 (quarter 2): it is worked out from its months, and 0 of 3 are there with numerator and denominator [unknown-figure]\n  mend: return the months that are missing, or name one that is there, such as {{ 3.2 @2017-01 }}"},
		{"6.1 @2016-17-Q3", at + "7: error: 6.1 has no figure for October to December 2016 (quarter 3), and with ytd reported it is not worked out from its months [unknown-figure]\n  mend: return it as a row of its own, with the period 2016-17-Q3, or name a month, such as {{ 6.1 @2016-12 }}"},
		{"6.1 moved from=2016-17-Q2 @2016-17-Q1", at + "20: error: July to September 2016 (quarter 2) is not before April to June 2016 (quarter 1), and a change is told from the earlier to the later [unknown-figure]\n  mend: write the earlier one after from=: {{ 6.1 moved @2016-17-Q2 from=2016-17-Q1 }}"},
		{"3.2 change @2016-12 from=2016-12", at + "30: error: December 2016 is not before December 2016, and a change is told from the earlier to the later [unknown-figure]\n  mend: write the earlier one after from=: {{ 3.2 change @2016-12 from=2016-11 }}"},
		{"1.1 ytd change", at + `18: error: "ytd" and "change" are two different things [unknown-figure]` + "\n  mend: for the change of the year to date on that of the year before write {{ 1.1 change @2016-17-YTD from=2015-16-YTD }}"},
		{"1.1 moved ytd", at + `20: error: "moved" and "ytd" are two different things [unknown-figure]` + "\n  mend: for the change of the year to date on that of the year before write {{ 1.1 moved @2016-17-YTD from=2015-16-YTD }}"},
		{"1.1 change @2016-17-YTD", at + "7: error: 1.1 has no figure for April 2015 to January 2016 (year to date) to compare with: it is worked out from its months, and 0 of 10 are there [unknown-figure]\n  mend: return the months that are missing, or name one that is there, such as {{ 1.1 @2017-01 }}"},
		{"4.3 @2016-12", at + "7: error: 4.3 has no figure for December 2016, since it is quarterly [unknown-figure]\n  mend: write one of its own periods, such as {{ 4.3 @2016-17-Q3 }}"},
		{"Visits at night moved", at + `10: error: there is no figure "Visits" in care as at January 2017 [unknown-figure]` + "\n  mend: a measure is named by its ref: write {{ 3.2 night moved }}"},
		{"visits in time", at + `10: error: there is no figure "visits" in care as at January 2017 [unknown-figure]` + "\n  mend: a measure is named by its ref: write {{ 3.2 }}"},
		{"3.2 area=Anytown North", at + `14: error: there is no area "Anytown" [unknown-figure]` + "\n  mend: an area is named by its id: write area=anytown"},
	}
	for _, x := range tests {
		t.Run(x.ref, func(t *testing.T) {
			_, problems := load(t, map[string]string{analysis: "---\n---\n\nIt is {{ " + x.ref + " }}.\n"}, Options{})
			if len(problems) != 1 {
				t.Fatalf("%d problems: %v", len(problems), problems)
			}
			if got := told(problems[0]); got != x.want {
				t.Errorf("told\n%s\nwanted\n%s", got, x.want)
			}
		})
	}
}

func TestReferenceOnAPageOfNoScorecardNamesOne(t *testing.T) {
	_, problems := load(t, map[string]string{"content/_index.md": "There were {{ 1.1 }} visits and {{ care/1.1 }} visits.\n"}, Options{})
	want := `content/_index.md:1:15: error: "1.1" does not say of which scorecard [unknown-figure]` + "\n  mend: this page belongs to no scorecard: write it as scorecard/ref, such as {{ care/1.1 }}"
	if len(problems) != 1 || told(problems[0]) != want {
		t.Errorf("told %v, wanted %s", problems, want)
	}
}

func TestReferenceSaysWhatWasKnownInTheMonthOfItsPage(t *testing.T) {
	over := map[string]string{
		"content/care/2017-02/_index.md": "---\nstatus: approved\n---\n\nNow {{ 1.1 @2017-01 }}, then {{ 1.1 }}.\n",
		"content/care/2017-01/_index.md": "---\nstatus: approved\n---\n\nThen {{ 1.1 }}.\n",
		"data/care/2017-02.csv":          "ref,period,value,reason\n1.1,2017-01,1200,late_data\n1.1,,900,\n",
	}
	e := sound(t, over, Options{})
	for i, want := range []string{"1,192", "1,200"} {
		m := e.Scorecard("care").Months[i]
		said, problem := e.Say(m.Cover.Summary.Refs()[0], "care", m.Month)
		if problem != nil || said.Text != want {
			t.Errorf("%s says %q (%v), wanted %q", m.Month, said.Text, problem, want)
		}
	}
}

func TestReferenceToAScorecardThatHasNothingReleasedIsAFault(t *testing.T) {
	_, problems := load(t, map[string]string{
		"content/help/2017-01/_index.md": "---\nstatus: draft\n---\n",
		analysis:                         "---\n---\n\nThere were {{ help/5.1 }} calls.\n",
	}, Options{})
	if len(problems) != 1 || problems[0].Message != "nothing of help has been released by then" || problems[0].Column != 15 {
		t.Errorf("told %v", problems)
	}
}
