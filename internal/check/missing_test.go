package check

import (
	"strings"
	"testing"

	"outturn/internal/anytown"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

func TestFigureThatIsDueAndNotReturnedIsFound(t *testing.T) {
	of := func(frequency, lag, basis string) string {
		return "1.1,visits,Visits,info,percent,," + frequency + "," + lag + "," + basis + ",,,,,,\n"
	}
	rows := func(periods ...string) string {
		var b strings.Builder
		for _, p := range periods {
			b.WriteString("1.1," + p + ",,10,,,\n")
		}
		return b.String()
	}
	found := func(due, before string, line string) []string {
		return []string{"data/care/2017-01.csv: warning: indicator 1.1 has no row for " + due + ", and has one for " + before + " (data/care/2017-01.csv:" + line + ") [missing-return]"}
	}
	monthly := of("monthly", "", "")
	run(t, []example{
		{"a month", monthly, rows("2016-11", "2016-12"), nil, found("January 2017", "December 2016", "3")},
		{"it is there", monthly, rows("2016-12", "2017-01"), nil, nil},
		{"it is there, marked", monthly, rows("2016-12") + "1.1,2017-01,,,,,x\n", nil, nil},
		{"the month before is not there either", monthly, rows("2016-10", "2016-11"), nil, nil},
		{"nothing was ever returned", monthly, "", council{january: returnHead}, nil},
		{"only years were returned", monthly, rows("2014-15", "2015-16"), nil, nil},
		{"only an area was returned", monthly, rows("2016-12") + "1.1,2017-01,east,10,,,\n", nil, found("January 2017", "December 2016", "2")},
		{"a month in arrears", of("monthly", "1", ""), rows("2016-11"), nil, found("December 2016", "November 2016", "2")},
		{"a month in arrears, there", of("monthly", "1", ""), rows("2016-12"), nil, nil},
		{"a month in arrears, early", of("monthly", "1", ""), rows("2016-11", "2016-12", "2017-01"), nil, nil},
		{"in a second issue", monthly, rows("2016-12"), council{"data/care/2017-01.2.csv": returnHead + rows("2017-01")}, nil},
		{"a quarter", of("quarterly", "", ""), rows("2016-17-Q2"), nil, found("October to December 2016 (quarter 3)", "July to September 2016 (quarter 2)", "2")},
		{"the quarter is there", of("quarterly", "", ""), rows("2016-17-Q3"), nil, nil},
		{"the quarter before is not", of("quarterly", "", ""), rows("2016-17-Q1"), nil, nil},
		{"a quarter in arrears", of("quarterly", "3", ""), rows("2016-17-Q2"), nil, nil},
		{"a quarter's window", of("quarterly", "", "rolling"), rows("2015-07/2016-06", "2015-10/2016-09"), nil, found("January to December 2016", "October 2015 to September 2016", "3")},
		{"the window is there", of("quarterly", "", "rolling"), rows("2015-10/2016-09", "2016-01/2016-12"), nil, nil},
		{"a term", of("termly", "", ""), rows("AY2015-16-T3"), nil, found("autumn term 2016/17", "summer term 2015/16", "2")},
		{"the term is there", of("termly", "", ""), rows("AY2015-16-T3", "AY2016-17-T1"), nil, nil},
		{"the term is not over", of("termly", "", ""), rows("AY2016-17-T1"), nil, nil},
		{"a half term", of("termly", "", ""), rows("AY2016-17-HT1"), nil, found("November to December 2016 (half term 2)", "September to October 2016 (half term 1)", "2")},
		{"the half terms are there", of("termly", "", "cumulative"), rows("AY2016-17-HT1", "AY2016-17-HT1-2"), nil, nil},
		{"half terms from the start of the year", of("termly", "", "cumulative"), rows("AY2016-17-HT1"), nil, found("September to December 2016 (half terms 1 and 2)", "September to October 2016 (half term 1)", "2")},
		{"a year", of("annual", "", ""), rows("2014-15"), nil, found("2015/16 (April 2015 to March 2016)", "2014/15 (April 2014 to March 2015)", "2")},
		{"the year is there", of("annual", "", ""), rows("2014-15", "2015-16"), nil, nil},
		{"the year is in arrears", of("annual", "12", ""), rows("2014-15"), nil, nil},
		{"a year's window", of("annual", "", ""), rows("2014-07/2015-06"), nil, found("July 2015 to June 2016", "July 2014 to June 2015", "2")},
		{"the year's window is there", of("annual", "", ""), rows("2014-07/2015-06", "2015-07/2016-06"), nil, nil},
		{"an academic year", of("annual", "", ""), rows("AY2014-15"), nil, found("academic year 2015/16", "academic year 2014/15", "2")},
		{"the academic year is not over", of("annual", "", ""), rows("AY2015-16"), nil, nil},
		{"developing", strings.Replace(monthly, "\n", "developing\n", 1), rows("2016-12"), nil, nil},
		{"suspended", strings.Replace(monthly, "\n", "suspended\n", 1), rows("2016-12"), nil, nil},
		{"a calculation follows from others", monthly + "1.2,visits,Share,info,percent,,,,,,,,,\"percent('1.1', '1.1')\",\n",
			rows("2017-01") + "1.2,2016-12,,10,,,\n", nil, nil},
		{"a part", monthly + "1.1:a,visits,Part,info,percent,,,,,,,1.1,who,,\n", rows("2017-01") + "1.1:a,2016-12,,10,,,\n", nil, nil},
	})
}

func TestMissingReturnSaysWhichRowToAdd(t *testing.T) {
	problems := council{
		indicators:                       indicatorHead + "10.2,visits,Visits,info,percent,,quarterly,,rolling,,,,,,\n",
		january:                          returnHead + "10.2,2015-10/2016-09,,10,,,\n",
		"content/care/2017-01/_index.md": "---\nstatus: draft\n---\n",
	}.problems(t)
	if len(problems) != 1 || problems[0].Hint != "add the row, with the mark x where the figure is not available: 10.2,2016-01/2016-12,,,,,x" {
		t.Errorf("found %+v", problems)
	}
}

func TestMissingReturnWritesTheRowByItsReturnsHeader(t *testing.T) {
	measure := indicatorHead + "1.1,visits,Visits,info,percent,,,,,,,,,,\n"
	december := "ref,value\n1.1,10\n"
	for _, x := range []struct{ indicators, january, want string }{
		{measure, "ref,period,area,value,mark\n", "add the row, with the mark x where the figure is not available: 1.1,2017-01,,,x"},
		{measure, "mark,ref,value\n", "add the row, with the mark x where the figure is not available: x,1.1,"},
		{measure, "ref,period,area,value\n", "add mark to the header and a cell for it to every row, and the row, with the mark x where the figure is not available: 1.1,2017-01,,,x"},
		{strings.Replace(measure, "percent,,,,", "percent,,,1,", 1), "ref,period,value,mark\n1.1,2016-11,9,\n", "add the row, with the mark x where the figure is not available: 1.1,2016-12,,x"},
	} {
		c := council{indicators: x.indicators, january: x.january, "content/care/2017-01/_index.md": "---\nstatus: draft\n---\n"}
		if !strings.Contains(x.january, "2016-11") {
			c["data/care/2016-12.csv"] = december
		}
		problems := c.problems(t)
		if len(problems) != 1 || problems[0].Code != "missing-return" || problems[0].Hint != x.want {
			t.Errorf("%q: found %+v", x.january, problems)
		}
	}
	draft := council{indicators: measure, january: "ref,value\n", "data/care/2016-12.csv": december, "content/care/2017-01/_index.md": "---\nstatus: draft\n---\n"}
	e := edition.Load(draft.files(), anytown.Civic(), edition.Options{Drafts: true}, new(diag.List))
	due := period.OfMonth(period.NewMonth(2016, 12))
	if got := rowToAdd(e.Scorecards[0].Latest(), []string{"ref", "value"}, "1.1", due); got !=
		"add period and mark to the header and a cell for it to every row, and the row, with the mark x where the figure is not available: 1.1,,2016-12,x" {
		t.Error(got)
	}
}

// A return that is released is never edited (contract, section 1).
func TestMissingReturnOfAMonthThatIsOutSaysWhereTheRowMayStand(t *testing.T) {
	rows := council{
		indicators:                indicatorHead + "1.1,visits,Visits,info,percent,,,,,,,,,,\n",
		january:                   "ref,period,value\n1.1,2016-12,10\n",
		"data/care/2017-01.2.csv": "ref,period,value\n",
	}
	const want = "add the row here only if the month has not been published yet, else to the next return, data/care/2017-02.csv, or to the month's next issue, data/care/2017-01.3.csv, under the first line ref,period,value,mark, with the mark x where the figure is not available: 1.1,2017-01,,x"
	if problems := rows.problems(t); len(problems) != 1 || problems[0].Hint != want {
		t.Errorf("found %+v", problems)
	}
}

func TestARowThatIsThereWithAFaultIsNotMissing(t *testing.T) {
	measures := indicatorHead + "1.1,visits,Visits,info,percent,,,,,,,,,,\n1.2,visits,Plans,info,percent,,,,,,,,,,\n"
	for _, x := range []struct {
		name, row string
		want      bool // 1.2 is told missing
	}{
		{"no row", "", true},
		{"a letter in the number", "1.2,,,9O.5,,,\n", false},
		{"a month that is none", "1.2,2017-13,,9,,,\n", false},
		{"an unknown area", "1.2,,eest,9,,,\n", false},
		{"an unknown mark", "1.2,,,9,,,q\n", false},
		{"a ref that is none", "1.l,,,9,,,\n", false},
		{"a row too short", "1.2,,,9\n", false},
		{"another measure's fault", "1.1,2016-11,,9O,,,\n", true},
	} {
		files := council{indicators: measures, january: returnHead + "1.1,2016-12,,10,,,\n1.1,,,10,,,\n1.2,2016-12,,10,,,\n" + x.row}.files()
		var loading, found diag.List
		e := edition.Load(files, anytown.Civic(), edition.Options{Drafts: true}, &loading)
		if (loading.Errors() > 0) != (x.row != "") {
			t.Errorf("%s: %v", x.name, anytown.Lines(loading.All()))
		}
		Data(e, &found)
		list := anytown.Lines(found.All())
		if got := len(list) == 1 && strings.Contains(list[0], "indicator 1.2 has no row for January 2017"); got != x.want || !x.want && len(list) > 0 {
			t.Errorf("%s: found %v", x.name, list)
		}
	}
}

func TestAMonthWithoutItsReturnIsToldOnce(t *testing.T) {
	const february = "content/care/2017-02/_index.md"
	measures := indicatorHead + "1.1,visits,Visits,info,percent,,,,,,,,,,\n1.2,visits,Plans,info,percent,,,,,,,,,,\n"
	rows := returnHead + "1.1,,,10,,,\n1.2,,,10,,,\n"
	none := "data/care/2017-02.csv: warning: the return of February 2017 is not there"
	for _, x := range []struct {
		name, indicators, cover, want, hint string
	}{
		{"approved", measures, "status: approved", none + ", and its cover is approved: every measure of the month shows [x] [missing-return]",
			"add the file, with the first line ref,period,area,value,numerator,denominator,mark; until it is there, write status: draft in the month's cover"},
		{"a draft", measures, "status: draft", none + ": every measure of the month shows [x] [missing-return]",
			"add the file, with the first line ref,period,area,value,numerator,denominator,mark"},
		{"one of them in arrears", strings.Replace(measures, "Plans,info,percent,,,", "Plans,info,percent,,,2", 1), "status: approved", none + ", and its cover is approved: 1 measure that is due in it shows [x] [missing-return]", ""},
		{"nothing is due", strings.ReplaceAll(measures, "percent,,", "percent,,quarterly"), "status: approved", "", ""},
	} {
		january := rows
		switch x.name {
		case "one of them in arrears":
			january = returnHead + "1.1,,,10,,,\n1.2,2016-12,,10,,,\n"
		case "nothing is due":
			january = returnHead + "1.1,2016-17-Q3,,10,,,\n1.2,2016-17-Q3,,10,,,\n"
		}
		c := council{indicators: x.indicators, "data/care/2017-01.csv": january, february: "---\n" + x.cover + "\n---\n"}
		problems := c.problems(t)
		if got := strings.Join(anytown.Lines(problems), "\n"); got != x.want || x.hint != "" && problems[0].Hint != x.hint {
			t.Errorf("%s: found %s, %+v", x.name, got, problems)
		}
	}
}

func TestAnIssueThatTheFilesDoNotHaveIsFound(t *testing.T) {
	const cover, december = "content/care/2017-01/_index.md", "content/care/2016-12/_index.md"
	measure := "1.1,visits,Visits,info,percent,,,,,,,,,,\n"
	row := "1.1,,,10,,,\n"
	at := cover + ": warning: issue: "
	issue := func(n string) string { return "---\nstatus: approved\nissue: " + n + "\n---\n" }
	second := returnHead + "1.1,,,11,,,\n"
	run(t, []example{
		{"as the file", measure, row, council{cover: issue("1")}, nil},
		{"none is named", measure, row, council{"data/care/2017-01.2.csv": second}, nil},
		{"as the second file", measure, row, council{"data/care/2017-01.2.csv": second, cover: issue("2")}, nil},
		{"beyond the files", measure, row, council{cover: issue("3")}, []string{at + "3, and the newest return of the month is issue 1 [issue-differs]"}},
		{"short of the files", measure, row, council{"data/care/2017-01.2.csv": second, cover: issue("1")},
			[]string{at + "1, and 2017-01.2.csv is held back until the cover says issue: 2 [issue-differs]"}},
		{"of an earlier month", measure, row, council{"data/care/2016-12.csv": returnHead + row, december: issue("2"), "content/care/_index.md": "---\ntitle: Care\n---\n"},
			[]string{december + ": warning: issue: 2, and the newest return of the month is issue 1 [issue-differs]"}},
	})
	// The public edition does not know of a return that is held back.
	files := council{indicators: indicatorHead + measure, january: returnHead + row, "data/care/2017-01.2.csv": second, cover: issue("1")}.files()
	var found diag.List
	Data(edition.Load(files, anytown.Civic(), edition.Options{}, &diag.List{}), &found)
	same(t, anytown.Lines(found.All()), nil)
}

func TestRedWithoutAnAnswerIsFound(t *testing.T) {
	const analysis = "content/care/2017-01/visits.md"
	measure := "3.2,visits; plans,Visits in time,high,percent,,,,,,period,,,,\n"
	red := "3.2,,,18.2,,,\n"
	target := council{targets: "ref,period,target,amber\n3.2,2016-17,100,>90\n"}
	with := func(pairs ...string) council {
		c := council{targets: target[targets]}
		for i := 0; i < len(pairs); i += 2 {
			c[pairs[i]] = pairs[i+1]
		}
		return c
	}
	say := func(text string) council { return with(analysis, "---\n---\n\n"+text+"\n") }
	act := func(measure, status string) council {
		return with(actions, "ref,action,measure\nA1,Fill two posts,"+measure+"\n",
			"data/care/2017-01-actions.csv", "ref,status\nA1,"+status+"\n")
	}
	found := []string{"content/care/2017-01/visits.md: warning: indicator 3.2 is red in January 2017, and neither the analysis nor an open action answers it [red-without-answer]"}
	run(t, []example{
		{"nothing is said", measure, red, target, found},
		{"amber needs no answer", measure, "3.2,,,90.1,,,\n", target, nil},
		{"not rated", measure, "3.2,,,,,,x\n", target, nil},
		{"the analysis is of something else", measure, red, say("Visits are late."), found},
		{"the analysis refers to it", measure, red, say("{{ 3.2 }} is late."), nil},
		{"the analysis refers to its target", measure, red, say("The target is {{ 3.2 target }}."), found},
		{"the analysis names the scorecard too", measure, red, say("{{ care/3.2 }} is late."), nil},
		{"a table is no answer", measure, red, say("| Visits |\n| --- |\n| {{ 3.2 }} |"), found},
		{"a figure from elsewhere is no answer", measure, red, say("{{ figure 3.2 | audit }}"), found},
		{"the analysis of another section", measure + "1.1,plans,Plans,info,count,,,,,,,,,,\n", red + "1.1,,,1,,,\n",
			with("content/care/2017-01/plans.md", "---\n---\n\n{{ 3.2 }} is late.\n"), found},
		{"another measure that begins alike", measure + "3.2 late,visits,Late visits,info,count,,,,,,,,,,\n", red + "3.2 late,,,4,,,\n", say("{{ 3.2 late }} were late."), found},
		{"an open action", measure, red, act("3.2", "open"), nil},
		{"an action that has no update", measure, red, with(actions, "ref,action,measure\nA1,Fill two posts,3.2\n"), nil},
		{"a closed action", measure, red, act("3.2", "Closed"), found},
		{"an action that is done", measure, red, act("3.2", "complete"), found},
		{"an action for another measure", measure, red, act("4.1", "open"), found},
		{"an action that is not agreed yet", measure, red, with(actions, "ref,action,measure,from\nA1,Fill two posts,3.2,2017-02\n"), found},
		{"set red by hand", measure, red, with(january, "ref,value,rating,rating_reason\n3.2,99,red,inspection\n"), found},
		{"set amber by hand", measure, red, with(january, "ref,value,rating,rating_reason\n3.2,18.2,amber,recording\n"), nil},
	})
}

// A month whose text is being written is looked at behind a newer one; old returns of
// which nobody wrote are not.
func TestMonthsThatWaitAreLookedAtBehindANewerOne(t *testing.T) {
	measure := indicatorHead + "1.1,visits,Visits,info,percent,,,,,,,,,,\n"
	row := returnHead + "1.1,,,10,,,\n"
	for _, x := range []struct {
		name, cover string
		want        int
	}{
		{"a cover", "---\nstatus: draft\n---\n", 1},
		{"no cover", "", 0},
	} {
		c := council{
			indicators: measure, january: row, "content/care/2017-01/_index.md": "---\nstatus: approved\n---\n",
			"data/care/2017-02.csv": "ref,value\n", "data/care/2017-03.csv": row,
		}
		if x.cover != "" {
			c["content/care/2017-02/_index.md"] = x.cover
		}
		told := 0
		for _, p := range c.problems(t) {
			if p.Code == "missing-return" && strings.Contains(p.Message, "February 2017") {
				told++
			}
		}
		if told != x.want {
			t.Errorf("%s: February's missing figure is told %d times", x.name, told)
		}
	}
}
