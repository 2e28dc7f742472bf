package edition

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// three is a site with returns of December (before the first report), January
// in two issues, and February.
func three(covers map[string]string) map[string]string {
	over := map[string]string{
		"data/care/2017-01.2.csv": "ref,value,reason\n1.1,1300,correction\n",
		"data/care/2017-02.csv":   "ref,period,value\n1.1,,900\n1.1,2017-01,1301\n",
		"content/help/_index.md":  "", "content/help/2017-01/_index.md": "",
		"data/help/indicators.csv": "", "data/help/2017-01.csv": "",
		"content/care/2017-01/_index.md": "",
	}
	for month, cover := range covers {
		over["content/care/"+month+"/_index.md"] = "---\n" + cover + "\n---\n"
	}
	return over
}

// shown lists the months that an edition shows, each with its issue, its figure
// for January and whether it is marked as a draft.
func shown(e *Edition) string {
	var list []string
	for _, m := range e.Scorecard("care").Months {
		text := m.Month.String()
		if m.Issue > 1 {
			text += " issue " + string(rune('0'+m.Issue))
		}
		f, ok := m.View.Figure("1.1", "anytown", period.OfMonth(month("2017-01")))
		if ok {
			text += " " + f.Value.Decimal.String()
		}
		if m.Draft {
			text += " draft"
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

func TestMonthIsShownWhenItIsReleased(t *testing.T) {
	approved := "status: approved"
	tests := []struct {
		name   string
		covers map[string]string
		opt    Options
		want   string
	}{
		{"no cover", nil, Options{}, ""},
		{"a draft cover", map[string]string{"2017-01": "status: draft"}, Options{}, ""},
		{"approved, at once", map[string]string{"2017-01": approved}, Options{}, "2017-01 issue 2 1300"},
		{"approved, its day is today", map[string]string{"2017-01": approved + "\npublish_on: 2017-04-20"}, Options{}, "2017-01 issue 2 1300"},
		{"approved, its day is tomorrow", map[string]string{"2017-01": approved + "\npublish_on: 2017-04-21"}, Options{}, ""},
		{"a draft whose day has come", map[string]string{"2017-01": "status: draft\npublish_on: 2017-01-01"}, Options{}, ""},
		{"the first issue holds the second back", map[string]string{"2017-01": approved + "\nissue: 1"}, Options{}, "2017-01 1192"},
		{"the second issue", map[string]string{"2017-01": approved + "\nissue: 2"}, Options{}, "2017-01 issue 2 1300"},
		{"an issue of the text alone", map[string]string{"2017-01": approved + "\nissue: 3"}, Options{}, "2017-01 issue 3 1300"},
		{"two months", map[string]string{"2017-01": approved, "2017-02": approved}, Options{}, "2017-01 issue 2 1300, 2017-02 1301"},
		{"a held back issue is no data for a later month", map[string]string{"2017-01": approved + "\nissue: 1", "2017-03": approved}, Options{}, "2017-01 1192, 2017-03 1192"},
		{"a month that is not released is no data for a later one", map[string]string{"2017-02": "status: draft", "2017-01": approved, "2017-03": approved}, Options{}, "2017-01 issue 2 1300, 2017-03 1300"},
		{"as at January", map[string]string{"2017-01": approved, "2017-02": approved}, Options{AsAt: month("2017-01")}, "2017-01 issue 2 1300"},
		{"as at December", map[string]string{"2017-01": approved}, Options{AsAt: month("2016-12")}, ""},
		{"drafts", map[string]string{"2017-01": approved, "2017-02": "status: draft"}, Options{Drafts: true}, "2017-01 issue 2 1300, 2017-02 1301 draft"},
		{"drafts without a cover", map[string]string{"2017-01": approved}, Options{Drafts: true}, "2017-01 issue 2 1300, 2017-02 1301 draft"},
		{"drafts of a day to come", map[string]string{"2017-01": approved + "\npublish_on: 2017-04-21", "2017-02": approved}, Options{Drafts: true}, "2017-01 issue 2 1300 draft, 2017-02 1301 draft"},
		{"drafts of an issue held back", map[string]string{"2017-01": approved + "\nissue: 1"}, Options{Drafts: true, AsAt: month("2017-01")}, "2017-01 issue 2 1300 draft"},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			if got := shown(sound(t, three(x.covers), x.opt)); got != x.want {
				t.Errorf("shown: %s\nwanted: %s", got, x.want)
			}
		})
	}
}

func TestReturnsBeforeTheFirstReportAreRecordsWithoutPages(t *testing.T) {
	e := sound(t, three(map[string]string{"2017-01": "status: approved"}), Options{})
	care := e.Scorecard("care")
	if len(care.Months) != 1 {
		t.Fatalf("shown: %s", shown(e))
	}
	if f, ok := care.Latest().View.Figure("1.1", "anytown", period.OfMonth(month("2016-12"))); !ok || f.Value.Decimal.String() != "1092" {
		t.Errorf("December's own return is not known: %v", f)
	}
	// Without a first report every return needs its cover, December's too.
	over := three(map[string]string{"2017-01": "status: approved"})
	over["content/care/_index.md"] = "---\ntitle: Care\ngrades: [poor, fair, good]\n---\n"
	e = sound(t, over, Options{})
	if _, ok := e.Scorecard("care").Latest().View.Figure("1.1", "anytown", period.OfMonth(month("2016-12"))); ok {
		t.Error("December has no cover, and its return is known")
	}
}

func TestReferencesOfADraftAreCheckedOnlyWhereItIsShown(t *testing.T) {
	over := three(map[string]string{"2017-01": "status: approved"})
	over["content/care/2017-02/_index.md"] = "---\nstatus: draft\n---\n\n{{ 9.9 }}\n"
	if _, problems := load(t, over, Options{}); len(problems) != 0 {
		t.Errorf("a public edition reads a draft: %v", problems)
	}
	if _, problems := load(t, over, Options{Drafts: true}); len(problems) != 1 {
		t.Errorf("with drafts: %v", problems)
	}
}

func TestFaultsOfADraftCoverDoNotStopAPublicBuild(t *testing.T) {
	for cover, want := range map[string]int{
		"status: draft\ncanary: 1": 0, "status: draft\nextracted: soon": 0, "status: draft\ntitle: [a]": 0, "status: draft\nsummary: a: b": 0, "status: draft\npublish_on: soon": 0,
		// Where the state itself cannot be read nobody knows whether the month is to be out.
		"status: drfat": 1, "status: approved\npublish_on: soon": 1, "status: approved\ntitle: a: b": 1, "status: approved\ncanary: 1": 1,
		"staus: approved": 2, "title: February": 1, "status: draft\npublish_on:": 0, "status: draft\nissue:": 0,
		"status: approved\npublish_on:": 1, "status: approved\npublish_on: ~": 1, "status: approved\npublish_on: \"\"": 1, "status:": 1, "status: approved\nissue:": 1,
	} {
		over := three(map[string]string{"2017-01": "status: approved", "2017-02": cover})
		_, problems := load(t, over, Options{})
		if len(problems) != want {
			t.Errorf("%q: told are %v", cover, problems)
		}
		if _, problems := load(t, over, Options{Drafts: true}); len(problems) == 0 {
			t.Errorf("%q: with drafts nothing is told", cover)
		}
	}
}

// A cover that is none must not take its month from the site in silence.
func TestACoverThatCannotBeReadAsOneStopsAPublicBuild(t *testing.T) {
	const cover = "content/care/2017-02/_index.md"
	for name, file := range map[string]*fstest.MapFile{
		"no front matter":                {Data: []byte("Text.\n")},
		"an empty line above":            {Data: []byte("\n---\nstatus: approved\n---\n")},
		"a dash by autocorrection":       {Data: []byte("\u2014\nstatus: approved\n---\n")},
		"a link":                         {Mode: fs.ModeSymlink, Data: []byte("../2017-01/_index.md")},
		"a link to what is not there":    {Mode: fs.ModeSymlink, Data: []byte("gone.md")},
		"an empty line above, not dated": {Data: []byte("\n---\nstatus: approved\npublish_on:\n---\n")},
	} {
		files := with(three(map[string]string{"2017-01": "status: approved"}))
		files[cover] = file
		var problems diag.List
		Load(files, civic(), Options{Today: day(t, "2017-04-20")}, &problems)
		if list := problems.All(); len(list) != 1 || list[0].Severity != diag.Error || list[0].File != cover {
			t.Errorf("%s: told are %v", name, list)
		}
	}
}

func TestWhatAnEditionCannotDoIsRefused(t *testing.T) {
	settings := strings.Replace(anytown["content/site.yaml"], "title:", "disclosure: {suppress: 1..5}\ntitle:", 1)
	_, problems := load(t, map[string]string{"content/site.yaml": settings}, Options{})
	if len(problems) != 1 || problems[0].Code != "not-supported" || !strings.Contains(problems[0].Message, "suppress: 1..5") {
		t.Errorf("disclosure control: %v", problems)
	}
	_, problems = load(t, map[string]string{"content/care/_index.md": strings.Replace(anytown["content/care/_index.md"], "default_tolerance: 10", "default_tolerance: ten", 1)}, Options{})
	if len(problems) != 1 || problems[0].Code != "bad-number" || problems[0].Line != 3 {
		t.Errorf("a tolerance in words: %v", problems)
	}
}

func TestMeasuresStandInTheOrderOfTheirSections(t *testing.T) {
	over := map[string]string{
		"content/care/_index.md":   "---\ntitle: Care\nfirst_report: 2017-01\nsections: [plans, visits]\n---\n",
		"data/care/indicators.csv": "ref,section,name,good,unit,parent\n1.10,visits,A,info,count,\n1.2,visits,B,info,count,\n9.1,plans; visits,C,info,count,\n1.2:a,visits,D,info,count,1.2\n",
		"data/care/2016-12.csv":    "", "data/care/2015-12.csv": "", "data/care/targets.csv": "", "data/care/benchmarks.csv": "",
		"data/care/2017-01.csv": "ref,value\n1.2,3\n",
	}
	var refs []string
	m := sound(t, over, Options{}).Scorecard("care").Latest()
	for _, v := range m.Measures() {
		refs = append(refs, v.Indicator.Ref)
	}
	if got := strings.Join(refs, " "); got != "9.1 1.2 1.10" {
		t.Errorf("measures in the order %s", got)
	}
	if v := m.Verdict("1.2:a"); v == nil || v.Indicator.Parent != "1.2" {
		t.Error("a part has no verdict of its own")
	}
}

func TestSectionTakesItsTextOrItsOwnName(t *testing.T) {
	e := sound(t, map[string]string{"content/care/visits.md": "---\ntitle: Visits to children\ndefinition: What a visit is.\nowner: Head of Care\n---\n"}, Options{})
	sec, ok := e.Scorecard("care").Section("visits")
	if !ok || sec.Title != "Visits to children" || sec.Definition != "What a visit is." || sec.Owner != "Head of Care" {
		t.Errorf("section: %+v", sec)
	}
	if sec, _ := e.Scorecard("help").Section("calls"); sec.Title != "Calls" {
		t.Errorf("without a text: %+v", sec)
	}
	if got := Humanise("section-47"); got != "Section 47" {
		t.Errorf("humanised: %s", got)
	}
}

// Which meetings a site as at a month holds hangs on what the public may see.
func TestMeetingBelongsToTheMonthByItsDayAndItsPublicReports(t *testing.T) {
	report := func(more string) string {
		return "---\ntitle: Report\ncommittee: Board\ndate: 2017-03-01\n" + more + "---\n\nWords.\n"
	}
	files := map[string]string{
		"content/reports/of-january.md": report("status: approved\nas_at: 2017-01\n"),
		"content/reports/of-march.md":   report("status: approved\nas_at: 2017-03\n"),
		"content/reports/draft.md":      report("status: draft\nas_at: 2017-01\n"),
		"content/reports/later.md":      report("status: draft\nas_at: 2017-03\n"),
		"content/reports/sealed.md":     report("status: approved\nas_at: 2017-03\nexempt: [3]\nexempt_reason: It names a firm.\n"),
	}
	meeting := func(slug, day string, items ...string) {
		text := "---\ncommittee: Board\ndate: " + day + "\nstatus: held\nitems:\n"
		for _, item := range items {
			text += "  - {title: An item, report: " + item + "}\n"
		}
		files["content/meetings/"+slug+".md"] = text + "---\n"
	}
	meeting("held", "2017-01-25", "of-march")
	meeting("held-too", "2017-01-26", "draft")
	meeting("after", "2017-03-01", "of-january")
	meeting("after-with-a-later-draft", "2017-03-02", "of-january", "later", "sealed")
	meeting("of-a-draft", "2017-03-03", "draft")
	meeting("of-a-later-month", "2017-03-04", "of-january", "of-march")
	e, _ := load(t, files, Options{AsAt: month("2017-01")})
	var slugs []string
	for _, m := range e.Meetings {
		slugs = append(slugs, m.Slug)
		for _, item := range m.Items {
			if item.Report != nil && item.Report.Slug != "of-january" {
				t.Errorf("%s leads to %s", m.Slug, item.Report.Slug)
			}
		}
	}
	if got, want := strings.Join(slugs, " "), "after-with-a-later-draft after held-too held"; got != want {
		t.Errorf("there are %s; want %s", got, want)
	}
	if held := e.Meeting("held"); held == nil || len(held.Items) != 1 || held.Items[0].Title != "An item" || held.Items[0].Report != nil {
		t.Errorf("%+v", held)
	}
}
