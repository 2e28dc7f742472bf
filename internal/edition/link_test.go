package edition

import (
	"strings"
	"testing"
)

func TestALinkThatLeadsNowhereIsToldWithItsPlace(t *testing.T) {
	const at = analysis + ":4:5: error: the link leads to a "
	for link, want := range map[string]string{
		"[x](../../files/plan.pdf)":              at + `file that is not there, "content/files/plan.pdf" [bad-link]` + "\n  mend: did you mean ../../files/plans.pdf?",
		"![x](../../files/map.png)":              at + `file that is not there, "content/files/map.png" [bad-link]` + "\n  mend: put the file there, or take the link out",
		"[x](../../reports)":                     at + `page that is not there, "reports" [bad-link]` + "\n  mend: did you mean ../../reports/index.html?",
		"[x](../../reports/apil.html)":           at + `page that is not there, "reports/apil.html" [bad-link]` + "\n  mend: did you mean ../../reports/april.html?",
		"[x](../visits.md)":                      at + `page that is not there, "care/visits.html" [bad-link]` + "\n  mend: did you mean ../../care/2017-01/visits.html?",
		"[x](../2017-03/visits.html)":            at + `page that is not there, "care/2017-03/visits.html" [bad-link]` + "\n  mend: did you mean ../../care/2017-01/visits.html?",
		"[x](../indicators/9.9.html)":            at + `page that is not there, "care/indicators/9.9.html" [bad-link]` + "\n  mend: write the page's address from this file, or take the link out",
		"[x](../../files/plans.pdf#page=2)":      "",
		"[x](../../reports/april.md)":            "",
		"[x](../../reports/index.html)":          "", // there is none yet, and there will be
		"[x](../../meetings/may.html)":           "", // not yet due
		"[x](visits.html)":                       "",
		"[x](../2017-02/visits.html)":            "", // a draft
		"[x](../indicators/7.1.html)":            "", // returned with the draft
		"[x](../indicators/3.2-night.html#data)": "",
		"[x](../indicators/3.2.csv)":             "",
		"[x](../../index.html?q=1)":              "",
		"[x](../../archive/index.html)":          "",
		"[x](../../archive/2016-17-q3/a.html)":   "",
		"[x](../../archive/2016-17-q3/)":         at + `page that is not there, "archive/2016-17-q3" [bad-link]` + "\n  mend: did you mean ../../archive/2016-17-q3/index.html?",
		"[x](../../archive/2016-17-q3/b.html)":   at + `page that is not there, "archive/2016-17-q3/b.html" [bad-link]` + "\n  mend: write the page's address from this file, or take the link out",
		"[x](../../archive/2016-17-q2/a.html)":   at + `page that is not there, "archive/2016-17-q2/a.html" [bad-link]` + "\n  mend: write the page's address from this file, or take the link out",
		"[x](../../archive/2016-17-q1/a.html)":   "", // withdrawn: each of its addresses says so
		"[x](https://example.gov.uk/nowhere)":    "",
		"[x](mailto:team@example.gov.uk)":        "",
		"[x](#here)":                             "",
	} {
		_, problems := load(t, map[string]string{
			analysis:                        "---\n---\n\nSee " + link + ", or plans.pdf.\n\n## Here\n",
			"content/files/plans.pdf":       "x",
			"content/archive/withdrawn.csv": "id,date,reason\n2016-17-q1,2017-01-01,why\n",
			"content/archive/2016-17-q3/data/site/index.html": "x",
			"content/archive/2016-17-q3/data/site/a.html":     "x",
			"content/reports/april.md":                        "---\ntitle: April\ncommittee: Board\ndate: 2017-05-02\npublish_on: 2017-05-01\nstatus: approved\n---\n",
			"content/meetings/may.md":                         "---\ncommittee: Board\ndate: 2017-05-10\npublish_on: 2017-05-01\nstatus: planned\n---\n",
			"content/care/2017-02/_index.md":                  "---\nstatus: draft\n---\n",
			"data/care/indicators.csv":                        anytown["data/care/indicators.csv"] + "7.1,visits,New,info,count,,,,none,none,,\n",
			"data/care/2017-02.csv":                           "ref,value\n1.1,3\n7.1,1\n",
		}, Options{})
		var got []string
		for _, p := range problems {
			got = append(got, told(p))
		}
		if strings.Join(got, "\n") != want {
			t.Errorf("%s is told\n%s\nwanted\n%s", link, strings.Join(got, "\n"), want)
		}
	}
}

// What is proposed in the place of a dead link must be there for the public too.
func TestTheNearestPageIsOfTheTextsMonthOrOfOneThatIsOut(t *testing.T) {
	for file, want := range map[string]string{
		"content/care/2017-01/visits.md": "../../care/2017-01/visits.html", "content/care/2017-02/visits.md": "../../care/2017-02/visits.html",
		"content/care/2017-03/visits.md": "../../care/2017-03/visits.html", "content/care/visits.md": "../care/2017-02/visits.html",
		"content/reports/march.md": "../care/2017-02/visits.html",
	} {
		over := map[string]string{
			"content/care/2017-02/_index.md": "---\nstatus: approved\n---\n", "data/care/2017-02.csv": "ref,value\n1.1,3\n",
			"content/care/2017-03/_index.md": "---\nstatus: approved\npublish_on: 2017-05-22\n---\n", "data/care/2017-03.csv": "ref,value\n1.1,3\n",
			"content/reports/march.md": "---\ntitle: March\n" + front + "---\n",
		}
		over[file] += "\n[x](" + from(file, "care/visits.html") + ")\n"
		_, problems := load(t, over, Options{Drafts: true})
		if len(problems) != 1 || problems[0].File != file || problems[0].Hint != "did you mean "+want+"?" {
			t.Errorf("%s: told %v, wanted is %s", file, problems, want)
		}
	}
}

func TestLinksOfEveryTextAreTried(t *testing.T) {
	const dead = "[x](nowhere.html)\n"
	for file, text := range map[string]string{
		"content/_index.md":              dead,
		"content/about/data.md":          dead,
		"content/care/_index.md":         anytown["content/care/_index.md"] + dead,
		"content/care/visits.md":         dead,
		"content/care/2017-01/_index.md": anytown["content/care/2017-01/_index.md"] + dead,
		"content/care/2017-01/visits.md": dead,
		"content/reports/march.md":       "---\ntitle: March\n" + front + "---\n" + dead,
		"content/reports/april.md":       "---\ntitle: April\n" + front + "background_papers: ['[x](nowhere.html)']\n---\n",
		"content/meetings/march.md":      "---\n" + strings.Replace(front, "approved", "held", 1) + "---\n" + dead,
		"content/meetings/april.md":      "---\n" + strings.Replace(front, "approved", "held", 1) + "worried: ['[x](nowhere.html)']\n---\n",
		"content/meetings/may.md":        "---\n" + strings.Replace(front, "approved", "held", 1) + "resolutions: ['[x](nowhere.html)']\n---\n",
	} {
		_, problems := load(t, map[string]string{file: text}, Options{})
		if len(problems) != 1 || problems[0].Code != "bad-link" || problems[0].File != file || problems[0].Line == 0 {
			t.Errorf("%s: told %v", file, problems)
		}
	}
}

func TestAMeetingIsToldAsItStandsOnTheDay(t *testing.T) {
	for _, test := range []struct{ keys, day, want string }{
		{"status: planned", "2017-03-21", "planned"},
		{"status: planned", "2017-03-22", "planned"},
		{"status: planned", "2017-03-23", "unrecorded"},
		{"status: planned\nminutes: unconfirmed", "2017-03-23", "held"}, // its minutes record that it was
		{"status: cancelled", "2017-03-23", "cancelled"},
		{"status: held", "2017-03-21", "planned"}, // not before its day
		{"status: held", "2017-03-22", "held"},
	} {
		e := sound(t, map[string]string{"content/meetings/march.md": "---\ncommittee: Board\ndate: 2017-03-22\n" + test.keys + "\n---\n"}, Options{Today: day(t, test.day)})
		if got := e.Standing(e.Meetings[0]); got != test.want {
			t.Errorf("%s on %s: %s, wanted %s", test.keys, test.day, got, test.want)
		}
	}
}

func TestAMeetingBeforeTheFirstReportNamesThePeriodsOfItsFigures(t *testing.T) {
	const january = "content/meetings/january.md"
	_, problems := load(t, map[string]string{january: "---\ncommittee: Board\ndate: 2017-01-11\nstatus: held\n---\n\n{{ care/3.2 @2016-12 }}, {{ care/3.2 }} and {{ figure 3 | audit }}\n"}, Options{})
	want := january + ":7:26: error: no month had been reported by the day of the meeting, 11 January 2017, so that \"care/3.2\" does not say which month is meant [unknown-figure]" +
		"\n  mend: write the period, such as {{ care/3.2 @2016-12 }}"
	if len(problems) != 1 || told(problems[0]) != want {
		t.Errorf("told %v", problems)
	}
}
