package draft

import (
	"strings"
	"testing"
)

func TestNamesBecomeSubjectsOfSentences(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"Number of contacts", "the number of contacts"},
		{"% of plans reviewed", "the percentage of plans reviewed"},
		{"% re-referral rate in the current month", "the re-referral rate"},
		{"Percentage of LAC visits - rolling 12 months", "the percentage of LAC visits (rolling 12 months)"},
		{"% of assessments ending in - No further action", "the percentage of assessments ending in No further action"},
		{"Number of staff: contract count", "the number of staff (contract count)"},
		{"% of plans - ever - rolling 12 months (R12)", "the percentage of plans (ever, rolling 12 months; R12)"},
		{"Staff vacancies", "the figure for staff vacancies"},
		{"LAC with a plan", "the figure for LAC with a plan"},
		{"Early Help contacts", "the figure for Early Help contacts"},
		{"Anytown children adopted", "the figure for Anytown children adopted"},
		{"Average time_to *decide*", `the average time\_to \*decide\*`},
		{"Number in month", "the number in month"},
		{"Ärzte", "the figure for ärzte"},
	} {
		m := council{
			"data/care/indicators.csv": "ref,section,name,good,unit\n1,plans,\"" + test.name + "\",info,count\n",
			"data/care/2017-01.csv":    "ref,value\n1,5\n",
		}.month(t, "2017-01")
		if got := subjects(m, m.Measures())[0].name(); got != test.want {
			t.Errorf("%q: %q; wanted %q", test.name, got, test.want)
		}
	}
}

func TestALineNeverBreaksWithinAReferenceOrBeforeAMark(t *testing.T) {
	long := strings.Repeat("word ", 16) + "{{ 3.2 area=north previous }} - 12. # end"
	for _, line := range strings.Split(wrap(long, ""), "\n") {
		if strings.Count(line, "{{") != strings.Count(line, "}}") || opening.MatchString(line) {
			t.Errorf("a line is %q", line)
		}
	}
}

func TestALongSeriesIsSetOffBySemicolons(t *testing.T) {
	for _, test := range []struct {
		names []string
		want  string
	}{
		{[]string{"a"}, "a"},
		{[]string{"a", "b"}, "a and b"},
		{[]string{"a", "b", "c"}, "a, b and c"},
		{[]string{"a, b", "c", "d"}, "a, b; c; and d"},
	} {
		if got := series(test.names, "and"); got != test.want {
			t.Errorf("%q: %s", test.names, got)
		}
	}
}
