package site

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/theme"
)

// sixtyMonths is a scorecard of ten measures with five years of months in the
// whole authority and four areas.
func sixtyMonths(b *testing.B) (*edition.Edition, *edition.Scorecard) {
	b.Helper()
	var register, targets, rows strings.Builder
	register.WriteString("ref,section,name,good,unit,ytd,rag_on\n")
	targets.WriteString("ref,period,target\n")
	rows.WriteString("ref,period,area,numerator,denominator\n")
	for i := range 10 {
		ref := fmt.Sprintf("1.%d", i+1)
		fmt.Fprintf(&register, "%s,visits,Visits in time %d,high,percent,ratio,period\n", ref, i)
		fmt.Fprintf(&targets, "%s,2016-17,90\n", ref)
		for m := range 60 {
			for a, area := range []string{"", "north", "south", "east", "west"} {
				fmt.Fprintf(&rows, "%s,%s,%s,%d,%d\n", ref, period.NewMonth(2012, 2).Add(m), area, 60+(m*7+a*3+i)%40, 100+m)
			}
		}
	}
	site := with(map[string]string{
		"content/site.yaml": "title: Anytown\ncouncil: Anytown Council\nbase_url: https://figures.anytown.example/\nareas:\n  - {id: anytown, name: Anytown}\n" +
			"  - {id: north, name: North}\n  - {id: south, name: South}\n  - {id: east, name: East}\n  - {id: west, name: West}\n",
		"content/_index.md": "", "content/care/2017-01/visits.md": "", "content/care/2017-01/_index.md": "---\nstatus: approved\n---\n",
		"content/care/_index.md":   "---\ntitle: Care\nfirst_report: 2017-01\ndefault_tolerance: 10\n---\n",
		"data/care/indicators.csv": register.String(), "data/care/targets.csv": targets.String(), "data/care/benchmarks.csv": "",
		"data/care/2016-12.csv": "", "data/care/2017-01.csv": rows.String(),
	})
	var problems diag.List
	ed := edition.Load(site, civic(), edition.Options{Today: period.NewDate(2017, 4, 20)}, &problems)
	if problems.Errors() > 0 || len(ed.Scorecards) != 1 {
		b.Fatalf("the site has a fault: %+v", problems.All())
	}
	return ed, ed.Scorecards[0]
}

func TestFramesOfAFolderAreThoseOfEachPage(t *testing.T) {
	ed := everySeries(t, twoMonths(), func(*dataset.View, *dataset.Indicator, string) {})
	ed.Content.Site.BaseURL = "https://figures.anytown.example/"
	paths := []string{
		"care/index.html", "care/2016-12/index.html", "care/2017-01/index.html", "care/2016-12/visits.html",
		"care/2017-01/visits.html", "care/indicators/1.1.html", "care/indicators/1.2.html", "care/index.html",
	}
	for _, snapshot := range []string{"", "2016-17-Q3"} {
		ed.Options.Snapshot = snapshot
		drawn := newDrawings()
		for _, path := range paths {
			c, alone := compose(ed, path), compose(ed, path)
			c.drawings = drawn
			c.list = []theme.Source{{Number: "1", Text: path}}
			alone.list = c.list
			crumb := theme.Link{Text: path}
			if got, want := c.frame(path, "of "+path, crumb), alone.frame(path, "of "+path, crumb); !reflect.DeepEqual(got, want) {
				t.Errorf("%s in snapshot %q: around it stands\n%+v\nwant\n%+v", path, snapshot, got, want)
			}
		}
	}
}

func BenchmarkComposeIndicator(b *testing.B) {
	ed, card := sixtyMonths(b)
	page := measurePages(card)[0]
	b.ReportAllocs()
	for b.Loop() {
		indicator(ed, nil, new(room), page.month, page.verdict, "care/indicators/1.1.html")
	}
}

func BenchmarkComposeSection(b *testing.B) {
	ed, card := sixtyMonths(b)
	b.ReportAllocs()
	for b.Loop() {
		section(ed, nil, new(room), card.Latest(), card.Sections[0], "care/2017-01/visits.html")
	}
}

func BenchmarkComposeScorecard(b *testing.B) {
	ed, card := sixtyMonths(b)
	b.ReportAllocs()
	for b.Loop() {
		scorecard(ed, nil, new(room), card.Latest(), "care/index.html", true)
	}
}
