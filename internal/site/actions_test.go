package site

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"outturn/internal/edition"
	"outturn/internal/period"
)

// acted is Anytown with actions for its red measure (5.1) and a plan.
var acted = map[string]string{
	"data/care/actions.csv":         "ref,theme,action,measure,due,lead\nA1,Money,Tender again,5.1,2017-03-31,Head of Finance\nA2,Money,Ask for figures,,ongoing,Head of Care\nA3,Visits,Visit at night,3.2,2017-06,Night Manager\n",
	"data/care/2017-01-actions.csv": "ref,rating,direction,status,commentary\nA1,amber,up,in progress,The tender is written.\nA3,green,stable,complete,All are visited.\n",
	"data/care/2017-02-actions.csv": "ref,status,commentary\nA1,complete,CANARY of February.\n", // February is not released
	"data/rescue/actions.csv": "ref,theme,objective,action,measure,due,lead,from\nR1,Safe,Audit,Audit each file,care/3.2,2017-04,Auditor,\nR2,Safe,Audit,Audit the auditors,files audited,2017-12,Auditor,\n" +
		"R3,Sound,,Begin later,,2017-12,Auditor,2017-05\n",
	"data/rescue/2017-03-actions.csv": "ref,status,due,commentary\nR1,in progress,2017-03-15,Half are audited.\n",
	"data/rescue/2017-05-actions.csv": "ref,status,commentary\nR1,complete,CANARY of May.\n",
	"content/rescue/_index.md":        "---\ntitle: Rescue plan\n---\n\nAsked for by the inspectors; visits stand at {{ care/3.2 }}.\n",
}

var tags = regexp.MustCompile(`<[^>]*>`)

// said is the text of a page's main part.
func said(page string) string {
	_, page, _ = strings.Cut(page, "<main")
	page, _, _ = strings.Cut(page, "</main>")
	return strings.Join(strings.Fields(tags.ReplaceAllString("<main"+page, " ")), " ")
}

func wants(t *testing.T, name, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s does not say %q:\n%s", name, part, text)
		}
	}
}

func TestARedMeasureShowsItsOpenAction(t *testing.T) {
	tree := build(t, acted)
	page := said(read(t, tree, "care/indicators/5.1.html"))
	wants(t, "5.1", page, "Corrective action A1 Tender again Owner Head of Finance Due 31 March 2017 Overdue", "in progress", "going forward", "The tender is written. Said for January 2017.")
	if strings.Contains(said(read(t, tree, "care/indicators/8.1.html")), "Corrective action") {
		t.Error("8.1 has no action, and its page has the heading")
	}
}

func TestActionsOfAScorecardStandOnOnePage(t *testing.T) {
	tree := build(t, acted)
	page := said(read(t, tree, "care/actions.html"))
	wants(t, "actions.html", page, "Corrective actions Care, last updated for January 2017", "open 2 of them overdue 1 closed 1",
		"5.1 Cost", "A3 Visit at night", "end of June 2017", "complete", "A2 Ask for figures", "ongoing")
	wants(t, "the scorecard", read(t, tree, "care/index.html"), `href="actions.html"`)
	wants(t, "5.1", read(t, tree, "care/indicators/5.1.html"), `href="../actions.html#action-A1"`)
	wants(t, "actions.html", read(t, tree, "care/actions.html"), `id="action-A1"`)
	if without := build(t, nil); slices.Contains(paths(without), "care/actions.html") {
		t.Error("a scorecard without actions has a page of them")
	}
}

func TestOverdueIsJudgedByTheDayOfTheBuild(t *testing.T) {
	on := func(day period.Date) string {
		return said(read(t, buildOf(t, with(acted), edition.Options{Today: day}), "care/actions.html"))
	}
	if page := on(period.NewDate(2017, 3, 31)); strings.Contains(page, "Overdue") {
		t.Errorf("it is overdue on the day it is due:\n%s", page)
	}
	if page := on(period.NewDate(2017, 4, 1)); !strings.Contains(page, "Overdue") {
		t.Errorf("it is not overdue on the day after:\n%s", page)
	}
}

func TestAPlanHasAPage(t *testing.T) {
	tree := build(t, acted)
	page := said(read(t, tree, "rescue/index.html"))
	wants(t, "the plan", page, "Rescue plan Last updated for March 2017", "Asked for by the inspectors; visits stand at 100.0%", "open 2 of them overdue 1",
		"Safe", "Audit", "R1 Audit each file", "3.2 Visits in time 100.0%", "15 March 2017 Overdue", "Half are audited. (March 2017)", "files audited")
	if strings.Contains(page, "Begin later") {
		t.Error("an action that begins in May is there in April")
	}
	wants(t, "home", read(t, tree, "index.html"), `<a href="rescue/index.html">Rescue plan</a>`)
	wants(t, "the sitemap", read(t, tree, "sitemap.xml"), "https://figures.anytown.example/children/rescue/")
}

func TestAnUpdateBeforeItsTimeLeavesNoTrace(t *testing.T) {
	tree := build(t, acted)
	for name := range tree.MapFS {
		if strings.Contains(read(t, tree, name), "CANARY") {
			t.Errorf("%s tells of an update that is not out", name)
		}
	}
	may := buildOf(t, with(acted), edition.Options{Today: period.NewDate(2017, 5, 2)})
	wants(t, "the plan in May", said(read(t, may, "rescue/index.html")), "CANARY of May.", "Begin later")
}

func TestAPlanAsAtAMonthKnowsNoLaterUpdate(t *testing.T) {
	tree := buildOf(t, with(acted), edition.Options{Today: period.NewDate(2017, 4, 20), AsAt: period.NewMonth(2017, 2)})
	page := said(read(t, tree, "rescue/index.html"))
	if strings.Contains(page, "Half are audited") || !strings.Contains(page, "end of April 2017") {
		t.Errorf("as at February:\n%s", page)
	}
}
