package commentary

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
)

func calendarFrom(text string) (Calendar, []string) {
	var problems diag.List
	c := Load(fstest.MapFS{"content/site.yaml": {Data: []byte("title: Anytown\nareas: [{id: anytown, name: Anytown}]\n" + text)}}, nil, &problems)
	var told []string
	for _, p := range problems.All() {
		told = append(told, p.Message+"; "+p.Hint)
	}
	return c.Site.Calendar, told
}

func TestCalendarHasTheCouncilsClosedDaysAndItsQuietPeriods(t *testing.T) {
	c, told := calendarFrom("calendar:\n  closed: [2016-12-28, 2016-12-29]\n  quiet:\n    - {from: 2017-04-22, to: 2017-06-08, why: pre-election period., blocks: true}\n    - {from: 2017-08-01, to: 2017-08-01, why: recess}\n")
	if told != nil {
		t.Fatalf("told: %s", told)
	}
	if len(c.Closed) != 2 || c.Closed[1].String() != "2016-12-29" {
		t.Errorf("closed on %v", c.Closed)
	}
	if len(c.Quiet) != 2 || c.Quiet[0].From.String() != "2017-04-22" || c.Quiet[0].To.String() != "2017-06-08" || c.Quiet[0].Why != "pre-election period" || !c.Quiet[0].Blocks || c.Quiet[1].Blocks {
		t.Errorf("quiet in %+v", c.Quiet)
	}
	if p := c.Quiet[0].Place; p.Line != 6 || p.Column != 7 {
		t.Errorf("the first quiet period stands at %d:%d", p.Line, p.Column)
	}
	if c, told := calendarFrom(""); told != nil || c.Closed != nil || c.Quiet != nil {
		t.Errorf("without the key: %+v, %s", c, told)
	}
}

func TestCalendarTellsOfDaysThatAreNone(t *testing.T) {
	for text, want := range map[string][]string{
		"{closed: [28/12/2016]}":                                       {`the closed day "28/12/2016" is not a date; write 2016-12-28`},
		"{closed: [2017-02-29]}":                                       {`the closed day "2017-02-29" is not a date; February 2017 has 28 days: write a day of it`},
		"{shut: [2017-02-28]}":                                         {`"shut" is not a known key; known keys: closed, quiet`},
		"{quiet: [{from: 2017-04-22, why: election}]}":                 {`to is missing; write to: 2017-06-08`},
		"{quiet: [{from: 2017-04-22, to: 2017-06-08}]}":                {`why is missing; write why: pre-election period`},
		"{quiet: [{from: 2017-06-08, to: 2017-04-22, why: election}]}": {`the span ends on 22 April 2017, before it begins on 8 June 2017; write the first day under from and the last under to`},
		"{quiet: [{from: spring, to: 2017-04-22, why: election}]}":     {`from "spring" is not a date; write the date as year, month and day, such as 2017-03-22`},
	} {
		if _, told := calendarFrom("calendar: " + text + "\n"); !slices.Equal(told, want) {
			t.Errorf("%s: told\n  %s\nwanted\n  %s", text, strings.Join(told, "\n  "), strings.Join(want, "\n  "))
		}
	}
}
