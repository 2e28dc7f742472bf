package edition

import (
	"strings"
	"testing"

	"outturn/internal/commentary"
	"outturn/internal/diag"
)

const (
	front    = "committee: Board\ndate: 2017-03-22\nstatus: approved\n"
	analysed = "content/reports/march.md"
)

func TestAReportIsAsAtItsMonth(t *testing.T) {
	e := sound(t, map[string]string{
		analysed:                         "---\ntitle: March\n" + front + "as_at: 2017-01\nscorecards: [care, help]\n---\n\n{{ 1.1 }} {{ help/5.1 }}\n",
		"data/care/2017-02.csv":          "ref,value\n1.1,9\n",
		"content/care/2017-02/_index.md": "---\nstatus: approved\n---\n",
	}, Options{})
	r := e.Reports[0]
	var said []string
	for _, ref := range r.Text.Refs() {
		s, problem := e.Say(ref, r.Card, r.Month)
		if problem != nil {
			t.Fatal(told(*problem))
		}
		said = append(said, s.Text)
	}
	if got := strings.Join(said, ", "); got != "1,192, 12" {
		t.Errorf("the report says %s", got)
	}
}

func TestAReportOnAMonthThatIsNotReleasedIsRefused(t *testing.T) {
	_, problems := load(t, map[string]string{
		analysed:                         "---\ntitle: March\n" + front + "as_at: 2017-02\nscorecards: [care]\n---\n\n{{ 1.1 }}\n",
		"data/care/2017-02.csv":          "ref,value\n1.1,9\n",
		"content/care/2017-02/_index.md": "---\nstatus: draft\n---\n",
	}, Options{})
	want := "content/reports/march.md:6:8: error: care is not released for February 2017, as at which the report is [bad-period]\n" +
		"  mend: release the month first, or write the month whose figures the report gives"
	if len(problems) != 1 || told(problems[0]) != want {
		t.Errorf("found %v", problems)
	}
}

// reportsOf makes reports of the same board, each with its own keys.
func reportsOf(keys map[string]string) map[string]string {
	files := map[string]string{
		"data/care/2017-02.csv":          "ref,value,numerator,denominator\n1.1,9,,\n1.1:late,3,,\n3.2,,19,20\n",
		"content/care/2017-02/_index.md": "---\nstatus: approved\n---\n",
	}
	for slug, more := range keys {
		files["content/reports/"+slug+".md"] = "---\ntitle: " + slug + "\ncommittee: Board\nstatus: approved\nscorecards: [care]\n" + more + "---\n\n{{ 3.2 }} and {{ 1.1:late }} and {{ 3.2 previous }}\n"
	}
	return files
}

func TestSinceIsTheLastReportToTheSameCommittee(t *testing.T) {
	for _, test := range []struct{ name, since, want string }{
		{"by default, also on the same month", "", "twin 2017-02:"},
		{"a report that is named", "since: january\n", "january 2017-01: 3.2 18.2% red, 95.0% amber; 1.1 1,192 none, 9 none"},
		{"a month before the first report", "since: 2016-12\n", "2016-12: 3.2 30.2% red, 95.0% amber; 1.1 1,092 none, 9 none"},
		{"a report on the same month", "since: twin\n", "twin 2017-02:"},
		{"a draft is no report", "since: draft\n", "none"},
	} {
		files := reportsOf(map[string]string{
			"january": "as_at: 2017-01\ndate: 2017-03-01\n",
			"other":   "as_at: 2017-01\ndate: 2017-03-20\n",
			"twin":    "as_at: 2017-02\ndate: 2017-04-18\n",
			"now":     "as_at: 2017-02\ndate: 2017-04-19\n" + test.since,
			"draft":   "as_at: 2017-01\ndate: 2017-04-18\n",
		})
		files["content/reports/other.md"] = strings.Replace(files["content/reports/other.md"], "Board", "Another board", 1)
		files["content/reports/draft.md"] = strings.Replace(files["content/reports/draft.md"], "approved", "draft", 1)
		e := sound(t, files, Options{})
		got := "none"
		if s := e.Report("now").Since; s != nil {
			var rows []string
			for _, row := range s.Rows {
				rows = append(rows, row.Now.Indicator.Ref+" "+row.Now.Indicator.Format(row.Then.Current.Published)+" "+string(row.Then.RAG.Rating)+", "+row.Now.Indicator.Format(row.Now.Current.Published)+" "+string(row.Now.RAG.Rating))
			}
			got = s.Month.String() + ":"
			if len(rows) > 0 {
				got += " " + strings.Join(rows, "; ")
			}
			if s.Report != nil {
				got = s.Report.Slug + " " + got
			}
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestMinutesKeepTheFiguresOfTheirDay(t *testing.T) {
	files := reportsOf(map[string]string{"january": "as_at: 2017-01\ndate: 2017-04-03\n"})
	files["content/care/2017-02/_index.md"] = "---\nstatus: approved\npublish_on: 2017-04-05\n---\n"
	meeting := func(slug, date, items string) {
		files["content/meetings/"+slug+".md"] = "---\nstatus: held\nminutes: confirmed\ncommittee: Board\ndate: " + date + "\nitems: [" + items + "]\n---\n\n{{ care/1.1 }}\n"
	}
	meeting("with", "2017-04-19", "{report: january}")
	meeting("before", "2017-04-04", "Apologies")
	meeting("after", "2017-04-06", "Apologies")
	e := sound(t, files, Options{})
	for slug, want := range map[string]string{"with": "1,192", "before": "1,192", "after": "9"} {
		m := e.Meeting(slug)
		said, problem := e.Say(m.Text.Refs()[0], m.Card, m.Month)
		if problem != nil || said.Text != want {
			t.Errorf("%s says %+v %v, want %s", slug, said, problem, want)
		}
	}
}

func TestWhatWasDecidedIsThatOnTheReport(t *testing.T) {
	files := reportsOf(map[string]string{"one": "as_at: 2017-01\ndate: 2017-03-01\n", "two": "as_at: 2017-01\ndate: 2017-03-02\nmeetings: [third]\n"})
	files["content/meetings/first.md"] = "---\nstatus: held\ncommittee: Board\ndate: 2017-03-01\nitems: [{report: one}]\nresolutions: [That it be received.]\n---\n"
	files["content/meetings/second.md"] = "---\nstatus: held\ncommittee: Board\ndate: 2017-03-08\nitems: [{report: two}, {report: one}]\nresolutions: [On neither., {text: On one., report: one}]\n---\n"
	files["content/meetings/third.md"] = "---\nstatus: planned\ncommittee: Board\ndate: 2017-05-08\n---\n"
	e := sound(t, files, Options{})
	for slug, want := range map[string]string{"one": "first 1: 1; second 2: 1", "two": "second 1: 0; third 0: 0"} {
		var got []string
		for _, h := range e.Hearings(e.Report(slug)) {
			got = append(got, h.Meeting.Slug+" "+string(rune('0'+h.Item))+": "+string(rune('0'+len(h.Resolutions))))
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s went to %s, want %s", slug, strings.Join(got, "; "), want)
		}
	}
}

func TestAResolutionIsOverdueTheDayAfterItIsDue(t *testing.T) {
	e := &Edition{asked: &asking{today: day(t, "2017-04-20")}}
	for due, want := range map[string]bool{"2017-04-19": true, "2017-04-20": false} {
		if got := e.OverdueResolution(commentary.Resolution{Status: "open", Due: day(t, due), HasDue: true}); got != want {
			t.Errorf("due %s: overdue %v", due, got)
		}
	}
	if e.OverdueResolution(commentary.Resolution{Status: "done", Due: day(t, "2017-01-01"), HasDue: true}) {
		t.Error("what is done is overdue")
	}
}

// withheld are the findings that a public build prints.
func withheld(t *testing.T, files map[string]string) (*Edition, string) {
	t.Helper()
	e, list := load(t, files, Options{})
	var problems diag.List
	for _, p := range list {
		problems.Add(p)
	}
	e.Withhold(&problems)
	var b strings.Builder
	for _, p := range problems.All() {
		b.WriteString(told(p) + "\n" + p.Source + "\n")
	}
	return e, b.String()
}

func TestWordsOfAReportThatMayBeExemptAreNotTold(t *testing.T) {
	const colon, sound = "summary: A colon: canary\n", "description: canary\n"
	for _, test := range []struct {
		keys   string
		sealed bool
	}{
		{colon + `exempt: "3"`, true}, {colon + `exempt: '[3]'`, true}, {colon + "exempt: yes", true}, {colon + "exempt: paragraph 3", true},
		{colon + "Exempt: [3]", true}, {colon + "exempted: [3]", true}, {colon + "  exempt: [3]", true}, {colon + `"exempt" : [3]`, true},
		{colon + "exempt:\n  - 3", true}, {colon + "exempt:\n- 3", true}, {colon + "exmept: [3]", true}, {colon + "exempt: [3]\r\n", true},
		{sound + "Exempt: [3]", true}, {sound + "exempted: yes", true}, {sound + "exmept: 3", true}, {sound + "exempt: paragraph 3\nexempt_reason: x", true},
		{sound + "exempt_reason: x", true}, {sound + "exempt: no\nexempt: [3]", true},
		// A reason without a paragraph is a contradiction: the report is not opened by it.
		{sound + "exempt: []\nexempt_reason: x", true}, {sound + "exempt: no\nexempt_reason: x", true}, {sound + "exempt: none\nexempt_reason: x", true},
		{sound + "exempt:\nexempt_reason: x", true}, {sound + "exempt: []\nexempt_reason: none", false}, {sound + "exempt: []\nexempt_reason:", false},
		// Whether a report is exempt whose keys or state cannot be read nobody can know.
		{colon + "exempt: no", true}, {colon + "exempt: [ ]", true}, {colon, true}, {sound + "publish_on: soon", true},
		{sound + "exempt:", true}, {sound + "exempt: ~", true}, {sound + `exempt: ""`, true}, {sound + "publish_on:", true},
		{sound + "exempted: no", false}, {sound + "Exempt: []", false}, {sound + "exempt: no", false},
	} {
		text := "---\ntitle: Sealed\n" + front + test.keys + "\n---\n\nThe canary is {{ 77.7 }} and <b>canary</b> and {{ chart canary\n"
		e, told := withheld(t, map[string]string{analysed: text})
		if got := !strings.Contains(told, "canary"); got != test.sealed || !strings.Contains(told, analysed+":") {
			t.Errorf("%q: sealed %v, and a public build says\n%s", test.keys, got, told)
		}
		if test.sealed && e.Report("march") != nil {
			t.Errorf("%q: the report is shown", test.keys)
		}
	}
}

func TestOnlyACheckTellsWordsOfAnExemptReportThatIsPrepared(t *testing.T) {
	for keys, sealed := range map[string]bool{
		"exempt: [3]\nexempt_reason: x\n": true, "exempt: []\nexempt_reason: x\n": true, "exmept: 3\n": true, "summary: A colon: canary\nexempt: [3]\n": true,
		"": false, "exempt: no\n": false, "summary: A colon: canary\n": false,
	} {
		files := map[string]string{analysed: "---\ntitle: Sealed\n" + front + keys + "---\n\nThe canary is {{ 77.7 canary }} and <b>canary</b>.\n"}
		for _, test := range []struct {
			opt    Options
			sealed bool
		}{{Options{Drafts: true}, sealed}, {Options{Drafts: true, InFull: true}, false}} {
			_, problems := load(t, files, test.opt)
			said := false
			for _, p := range problems {
				said = said || strings.Contains(p.Message+p.Source+p.Hint, "canary")
			}
			if len(problems) == 0 || said == test.sealed {
				t.Errorf("%q with %+v: told are %v", keys, test.opt, problems)
			}
		}
	}
}

func TestNoWordOfAnExemptReportIsToldFromALineThatIsPublicInPart(t *testing.T) {
	for name, text := range map[string]string{
		"one line":           "---\n{title: Sealed, committee: Board, date: 2017-03-22, status: approved, exempt: [3], exempt_reason: x, summary: 'canary {{ 77.7 }}', canary: x}\n---\n",
		"lines within {}":    "---\n# keys\n{title: Sealed, canary: x,\n committee: Board, date: 2017-03-22, status: approved, exempt: [3], exempt_reason: x}\n---\n",
		"one line, broken":   "---\n{title: Sealed, summary: canary: x, exempt: [3]}\n---\n",
		"a broken paragraph": "---\ntitle: Sealed\n" + front + "exempt: canary\nexempt_reason: x\n---\n",
		"a broken state":     "---\ntitle: Sealed\n" + strings.Replace(front, "approved", "canary", 1) + "\n---\n\ncanary {{ 77.7 canary }}\n",
		"no title":           "---\n" + front + "exempt: [3]\nexempt_reason: x\n---\n\n# Canary\n",
		"no reason":          "---\n{title: Sealed, description: canary, committee: Board, date: 2017-03-22, status: approved, exempt: [3]}\n---\n",
		"no UTF-8":           "---\ntitle: canary \xff\n" + front + "---\n\ncanary\n",
		"never closed":       "---\ntitle: Sealed\n" + front + "canary: canary\n",
	} {
		e, told := withheld(t, map[string]string{analysed: text})
		if strings.Contains(strings.ToLower(told), "canary") {
			t.Errorf("%s: a public build says\n%s", name, told)
		}
		if wrong := !strings.HasPrefix(name, "one line") && !strings.HasPrefix(name, "lines"); wrong && told == "" {
			t.Errorf("%s: nothing is told", name)
		}
		if len(e.Reports) > 0 {
			t.Errorf("%s: the report is shown", name)
		}
	}
}

func TestAFileThatOnlyWhatIsNotPublicNamesIsNotPublished(t *testing.T) {
	for _, words := range []string{
		"[x](/files/x y.pdf)", "[x](</files/x y.pdf>)", "[x](https://performance.example.gov.uk/files/x%20y.pdf)", "[x](../Files/X%20Y.pdf)",
		`[x](..\files\x%20y.pdf)`, "It stands in x y.pdf.", "It is **X Y.PDF**.", "x&#32;y.pdf",
	} {
		for name, file := range map[string][2]string{
			"exempt":  {analysed, "title: March\n" + front + "exempt: [3]\nexempt_reason: x\n"},
			"draft":   {analysed, "title: March\n" + strings.Replace(front, "approved", "draft", 1)},
			"future":  {analysed, "title: March\n" + front + "publish_on: 2017-05-01\n"},
			"meeting": {"content/meetings/may.md", "committee: Board\ndate: 2017-05-10\nstatus: draft\n"},
			"month":   {"content/care/2017-02/_index.md", "status: draft\n"},
		} {
			e, _ := withheld(t, map[string]string{file[0]: "---\n" + file[1] + "---\n\n" + words + "\n", "content/files/x y.pdf": "x", "content/files/y.pdf2.pdf": "x"})
			if got := strings.Join(e.Files(), ", "); got != "y.pdf2.pdf" {
				t.Errorf("%s, %s: published are %s", name, words, got)
			}
		}
	}
	for raw, want := range map[string]bool{"data.pdf": false, "metadata.pdf and data.pdf": false, "../files/a.pdf": true, "A.pdf": true, "x/b-a.pdf": false} {
		if mentions(formsOf(raw), "a.pdf") != want {
			t.Errorf("%q mentions a.pdf: %v", raw, !want)
		}
	}
}

func TestOnlyFilesOfWhatIsShownArePublished(t *testing.T) {
	files := reportsOf(map[string]string{
		"open":   "as_at: 2017-01\ndate: 2017-03-01\nappendices: [{title: A, files: [both.pdf]}]\n",
		"draft":  "as_at: 2017-01\ndate: 2017-03-01\nappendices: [{title: A, files: [both.pdf, draft.pdf]}]\n",
		"sealed": "date: 2017-03-01\nexempt: [1]\nexempt_reason: x\nappendices: [{title: A, files: [sealed.pdf]}]\n",
	})
	files["content/reports/draft.md"] = strings.Replace(files["content/reports/draft.md"], "approved", "draft", 1)
	files["content/reports/sealed.md"] = strings.NewReplacer("scorecards: [care]\n", "", "{{ 3.2 }} and {{ 1.1:late }} and {{ 3.2 previous }}", "Text").Replace(files["content/reports/sealed.md"])
	for _, name := range []string{"both", "draft", "sealed", "nobody"} {
		files["content/files/"+name+".pdf"] = "x"
	}
	for _, test := range []struct {
		opt  Options
		want string
	}{{Options{}, "both.pdf nobody.pdf"}, {Options{Drafts: true}, "both.pdf draft.pdf nobody.pdf"}} {
		e, problems := load(t, files, test.opt)
		if want := "content/files/nobody.pdf: warning: the file is published, and nothing on the site names it [unused-file]\n  mend: link to it where it belongs, or take it out of content/files"; len(problems) != 1 || told(problems[0]) != want {
			t.Fatal(problems)
		}
		if got := strings.Join(e.Files(), " "); got != test.want {
			t.Errorf("with %+v: %s, want %s", test.opt, got, test.want)
		}
	}
}

// A site is read in parts: the data's fault is told by the part whose data they
// are, and a report that quotes the figure is not blamed for it.
func TestAFaultInTheDataIsNotToldOfTheReportThatQuotesIt(t *testing.T) {
	site := with(map[string]string{
		analysed:                "---\ntitle: March\n" + front + "as_at: 2017-01\nscorecards: [care]\n---\n\n{{ 4.2 @2016-12 }} {{ 1.1 nonsense }}\n",
		"data/care/2016-12.csv": "ref,period,value\n4.2,2016-12,19.S\n",
	})
	var reading, own, papers diag.List
	content := commentary.Load(site, DataFolders(site), &reading)
	in := Gather(site, content, civic(), Options{Today: day(t, "2017-04-20")}, &reading)
	in.Scorecard("care", &own)
	if own.Errors() != 1 || own.All()[0].Code != "bad-number" {
		t.Errorf("the scorecard's part tells %+v", own.All())
	}
	in.Documents(nil, &papers)
	if all := papers.All(); len(all) != 1 || !strings.Contains(all[0].Message, "nonsense") {
		t.Errorf("the report's part tells %+v", all)
	}
}
