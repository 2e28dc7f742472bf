package site

import (
	"fmt"
	"strings"
	"testing"

	"outturn/internal/edition"
	"outturn/internal/period"
)

// unripe is Anytown with a second scorecard, of which December is out and January
// is not, and with texts of others that quote it. What is to come in a plan is May.
var unripe = map[string]string{
	"content/about/known.md":         "---\ntitle: Known\n---\n\nVisits stand at {{ care/3.2 }}.\n",
	"content/about/told.md":          "---\ntitle: Told\n---\n\nFamilies stand at {{ help/1.1 }}.\n",
	"content/about/cell.md":          "---\ntitle: Cell\n---\n\n| then | now |\n| --- | --- |\n| a | {{ help/1.2 }} |\n",
	"content/about/drawn.md":         "---\ntitle: Drawn\n---\n\n{{ scorecard help }}\n",
	"content/care/2017-01/visits.md": "---\n---\n\nIt is {{ 3.2 }}, and {{ help/1.1 }} families.\n",
	"content/help/_index.md":         "---\ntitle: Help\nfirst_report: 2016-12\n---\n",
	"content/help/2016-12/_index.md": "---\nstatus: approved\npublish_on: 2017-01-20\n---\n\nIt was {{ 1.1 }}.\n",
	"content/help/2017-01/_index.md": "---\nstatus: draft\n---\n\nIt is {{ 1.1 }}.\n",
	"data/help/indicators.csv":       "ref,section,name,good,unit,rag_on,tags\n1.1,homes,Families,high,count,period,plan\n1.2,homes,Homes,high,count,none,\n",
	"data/help/targets.csv":          "ref,period,target\n1.1,2016-17,50\n",
	"data/help/2016-12.csv":          "ref,value,mark\n1.1,60,\n1.2,,x\n",
	"data/help/2017-01.csv":          "ref,value,mark\n1.1,40,\n1.2,,x\n",
	"data/rescue/actions.csv":        "ref,action,measure,due\nR1,Audit,help/1.1,2017-12\n",
	"data/fire/actions.csv":          "ref,action,due\nF1,Drill,2017-12\n",
	"data/fire/2017-05-actions.csv":  "ref,status,commentary\nF1,complete,Done in May.\n",
	"data/water/actions.csv":         "ref,action,measure,due\nW1,Audit,care/3.2,2017-12\n",
	"content/reports/before.md":      "---\ntitle: Before\ncommittee: Cabinet\ndate: 2017-02-01\nstatus: approved\nas_at: 2016-12\nscorecards: [help]\n---\n\nThere were {{ 1.1 }}.\n",
	"content/reports/now.md":         "---\ntitle: Now\ncommittee: Cabinet\ndate: 2017-03-01\nstatus: approved\nas_at: 2017-01\nscorecards: [care]\nappendices:\n  - {title: Help, scorecard: help}\n---\n\nThere are {{ help/1.1 }}.\n",
	"content/reports/typed.md":       "---\ntitle: Typed\ncommittee: Scrutiny\ndate: 2017-03-01\nstatus: approved\nas_at: 2017-01\nscorecards: [help]\n---\n\nThere are forty.\n",
	"content/reports/care.md":        "---\ntitle: Care report\ncommittee: Health\ndate: 2017-03-01\nstatus: approved\nas_at: 2017-01\nscorecards: [care]\n---\n\nVisits: {{ 3.2 }}.\n",
	"content/meetings/told.md":       "---\ntitle: Told meeting\ncommittee: Cabinet\ndate: 2017-03-01\nstatus: held\nitems:\n  - {title: Now, report: now}\nminutes: confirmed\nresolutions:\n  - {text: \"That {{ help/1.1 }} are too few\", owner: Head, status: open}\n---\n",
	"content/meetings/later.md":      "---\ntitle: Later meeting\ncommittee: Cabinet\ndate: 2017-03-15\nstatus: draft\nitems:\n  - {title: Again, report: now}\n---\n",
	"content/meetings/bare.md":       "---\ntitle: Bare meeting\ncommittee: Health\ndate: 2017-03-01\nstatus: held\nitems:\n  - {title: Care, report: care}\nminutes: confirmed\n---\n\nAll is well.\n",
}

// Whoever is shown a page before it is released must see that it is not, also where
// a month of another scorecard is all that is not.
func TestEveryPageThatShowsADraftSaysSo(t *testing.T) {
	const banner = "<strong>Draft.</strong> This page holds what has not been released."
	tree := buildOf(t, with(unripe), edition.Options{Today: period.NewDate(2017, 4, 20), Drafts: true})
	for _, c := range []struct {
		page  string
		draft bool
		says  []string
	}{
		{"index.html", true, []string{"As at January 2017 Welcome", "Help 2 measures, January 2017 (draft)", "Care 7 measures, January 2017 2 ●", "1.1 Families Help, January 2017 (draft) 40"}},
		{"status.html", true, []string{"Help , January 2017 (draft)", "January 2017 1 2 Draft", "December 2016 1 2 Reported", "Care , January 2017 5"}},
		{"data/index.html", true, []string{"January 2017 (draft) December 2016"}},
		{"views/plan.html", true, []string{"Help, January 2017 (draft)"}},
		{"methodology.html", true, nil},
		{"revisions.html", true, []string{"Help , as at January 2017 (draft)"}},
		{"help/index.html", true, nil},
		{"help/2016-12/index.html", false, []string{"January 2017 (draft) December 2016"}},
		{"care/index.html", false, nil},
		{"care/2017-01/visits.html", true, []string{"Help 1.1, January 2017 (draft)"}},
		{"care/2017-01/quality.html", false, nil},
		{"about/told.html", true, []string{"Help 1.1, January 2017 (draft)"}},
		{"about/cell.html", true, nil},
		{"about/drawn.html", true, []string{"Help as at January 2017 (draft)"}},
		{"about/known.html", false, nil},
		{"reports/now.html", true, []string{"Help as at January 2017 (draft)", "Later meeting (draft), item 1"}},
		{"reports/typed.html", true, nil},
		{"reports/before.html", false, nil},
		{"reports/care.html", false, nil},
		{"meetings/told.html", true, []string{"Later meeting (draft)"}},
		{"meetings/bare.html", false, nil},
		{"rescue/index.html", true, nil},
		{"fire/index.html", true, []string{"Done in May."}},
		{"water/index.html", false, nil},
	} {
		page := read(t, tree, c.page)
		if strings.Contains(page, banner) != c.draft {
			t.Errorf("%s is marked as a draft: %v", c.page, !c.draft)
		}
		wants(t, c.page, said(page), c.says...)
	}
	holds(t, tree, "feed.xml", "Help: January 2017 (draft)")
}

// A site with many scorecards has pages of each of its own for what else stands
// together.
func TestADraftOfALargeSiteIsMarkedOnItsOwnPages(t *testing.T) {
	over := map[string]string{}
	for i := range 21 {
		id := fmt.Sprintf("s%02d", i)
		over["data/"+id+"/indicators.csv"] = "ref,section,name,good,unit\n1.1,homes,Families,high,count\n"
		over["data/"+id+"/2017-01.csv"] = "ref,value\n1.1,40\n"
		over["content/"+id+"/_index.md"] = "---\ntitle: " + id + "\nfirst_report: 2017-01\n---\n"
		over["content/"+id+"/2017-01/_index.md"] = "---\nstatus: approved\n---\n"
	}
	over["content/s01/2017-01/_index.md"] = "---\nstatus: draft\n---\n"
	tree := buildOf(t, with(over), edition.Options{Today: period.NewDate(2017, 4, 20), Drafts: true})
	for _, page := range []string{"status.html", "data.html", "methodology.html", "revisions.html"} {
		for id, draft := range map[string]bool{"s00": false, "s01": true} {
			if strings.Contains(read(t, tree, id+"/"+page), "<strong>Draft.") != draft {
				t.Errorf("%s/%s is marked as a draft: %v", id, page, !draft)
			}
		}
	}
	wants(t, "index.html", said(read(t, tree, "index.html")), "s01 1 measure, January 2017 (draft)", "s00 1 measure, January 2017 ")
}
