package theme

import (
	"strings"
	"testing"
)

func actionsView() Actions {
	return Actions{
		Frame: crumbed(frame("Corrective actions", ""), Link{Text: "Early help", Href: "scorecard.html"}), ScorecardTitle: "Early help", Updated: "January 2017",
		Intro: "<p>What is being done where a target is missed.</p>",
		Tally: []Field{{"open", "2"}, {"of them overdue", "1"}, {"closed", "1"}},
		Themes: []ActionTheme{
			{Title: "Timeliness", Objectives: []ActionObjective{{Title: "Every assessment is finished on time", Rows: []ActionRow{
				{ID: "action-A1", Ref: "A1", Action: "Fill the two vacant posts", Page: Link{Text: "All actions of Early help", Href: "actions.html#action-A1"},
					Measure: Link{Text: "3.2 Early help assessments completed within 35 working days", Href: "indicator.html"},
					Figure:  Figure{Period: "Jan 2017", Text: "18.2%", Count: "22 of 121"}, HasFigure: true, MeasureRating: Rating{Code: "red"},
					Baseline: "30.2% in December 2016", Target: "100%", Due: "31 March 2017", Overdue: true, Lead: "Assessment Manager", Partner: "Human Resources",
					Why: "Families wait too long", Source: "inspection of 2014", Workstream: "Workforce", Rating: Rating{Code: "amber"}, Arrow: "up", Progress: "going forward",
					Status: "in progress", Commentary: "One post is filled.", Updated: "January 2017"},
				{ID: "action-A2", Ref: "A2", Action: "Look at each late assessment", Measure: Link{Text: "case audits"}, Status: "open", Due: "ongoing"},
			}}}},
			{Objectives: []ActionObjective{{Rows: []ActionRow{{ID: "action-A3", Ref: "A3", Action: "Train all staff", Status: "complete", Closed: true, Rating: Rating{Code: "green"}}}}}},
		},
	}
}

func TestAnOverdueActionSaysSoInWords(t *testing.T) {
	for _, name := range []string{"actions.html", "indicator.html"} {
		n := 0
		for _, strong := range pages(t)[name].all("strong") {
			if strong.has("overdue") && strong.said() == "Overdue" {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s says %d times that an action is overdue; wanted once", name, n)
		}
	}
}

func TestTheMeasuresPageTellsItsCorrectiveActions(t *testing.T) {
	page := pages(t)["indicator.html"]
	var said string
	for _, section := range page.all("section") {
		if section.has("corrective") {
			said = section.said()
		}
	}
	for _, want := range []string{"Corrective action", "Fill the two vacant posts", "Assessment Manager", "31 March 2017", "in progress", "One post is filled."} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %q", want, said)
		}
	}
}
