package proof

import (
	"fmt"
	"strings"
	"testing"

	"outturn/internal/anytown"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

var reckonings = []pleading{
	{"two areas together", "early-help/neets", "In January North and Central had 60 centre based youth sessions.", "In January North and Central had 66 centre based youth sessions."},
	{"two areas together, which the whole and the third are apart", "early-help/open-cases", "Together North and South hold 763 open cases.", "Together North and South hold 736 open cases."},
	{"two areas apart", "early-help/open-cases", "In North, 241 of open cases lie between it and Central.", "In North, 214 of open cases lie between it and Central."},
	{"the share of a count in another", "safeguarding/assessments", "The 508 assessments that started were 76.7% of those completed.", "The 508 assessments that started were 77.6% of those completed."},
	{"the share of a count in one named before", "safeguarding/assessments", "The 662 completed in January are more: assessments started are 76.7%.", "The 662 completed in January are more: assessments started are 77.6%."},
	{"the share of a count that is typed", "safeguarding/assessments", "The 662 completed in January are more: assessments started are 76.7%.", "Those completed in January are more: assessments started are 76.7%."},
	{"the months to the newest", "safeguarding/contacts", "Over the three months 4,407 contacts came in.", "Over the three months 4,470 contacts came in."},
	{"the months together", "safeguarding/section-47", "Investigations started combined come to 236.", "Investigations started come to 236."},
	{"what two numbers leave", "early-help/contacts", "In January 403 contacts came in and 330 were triaged. The rest, 73, were step downs.", "In January 403 contacts came in and 330 were triaged. The rest, 37, were step downs."},
	{"what two numbers make", "early-help/contacts", "From North came 105, from South 146. Together in January contacts were 251.", "From North came 105, from South 146. Together in January contacts were 215."},
	{"what two numbers are said to make", "early-help/contacts", "From North came 105, from South 146. Together in January contacts were 251.", "From North came 105, from South 146. After all in January contacts were 251."},
}

func TestWhatFollowsFromTwoNumbersIsNotBlamedAndItsTwinIs(t *testing.T) {
	plead(t, publishedEdition(t), reckonings)
}

// The published returns do not go back to the April before last; these do.
func TestYearToDateOfTheYearBeforeIsNotBlamedAndItsTwinIs(t *testing.T) {
	rows := "ref,period,value\n"
	for m := period.NewMonth(2015, 4); m <= period.NewMonth(2017, 1); m = m.Add(1) {
		rows += fmt.Sprintf("1.1,%s,%d\n", m, 40+m.Number()) // 473 together by January 2016
	}
	e := edition.Load(anytown.Files(map[string]string{"data/care/indicators.csv": anytown.Register, "data/care/2017-01.csv": rows}),
		anytown.Civic(), edition.Options{Today: period.NewDate(2017, 4, 20)}, new(diag.List))
	plead(t, e, []pleading{
		{"the year to date a year before", "care/plans", "In January the number of plans over the months a year back was 473.", "In January the number of plans over the months a year back was 437."},
	})
}

// plead fails for each innocent sentence that is told and each guilty one that is not.
func plead(t *testing.T, e *edition.Edition, list []pleading) {
	t.Helper()
	for _, c := range list {
		r := &statementReader{e: e} // of its own: a period that one names may bear out another
		scorecard, section, _ := strings.Cut(c.where, "/")
		if problems := r.found(t, scorecard, section, c.innocent); len(problems) > 0 {
			t.Errorf("%s: %s\n\t%s", c.rule, c.innocent, told(problems))
		}
		if len(r.found(t, scorecard, section, c.guilty)) == 0 {
			t.Errorf("%s: nothing is found in: %s", c.rule, c.guilty)
		}
	}
}
