package commentary

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/period"
)

const settingsText = `title: Children and young people's services performance
council: Rotherham Metropolitan Borough Council
base_url: https://performance.example.gov.uk/
areas:
  - {id: rotherham, name: Rotherham}
  - {id: not-specified, name: Not specified, kind: residual}
comparators:
  - {id: stat_neighbour_average, name: Statistical neighbour average, short: SN average, role: stat_neighbours}
  - id: national_top_quartile
    name: England top quartile
    threshold: true
views:
  - {id: corporate-plan, title: Corporate plan, tag: corporate-plan-2016, groups: [{title: Safe, text: Every child is safe., tag: safe}]}
disclosure: {suppress: 1..5, complement: true}
credit: {text: Figures from public reports, url: https://example.org/source}
notice: This is not the council's site.
`

// smallSite is a whole content/ without a fault.
func smallSite() map[string]string {
	return map[string]string{
		"content/site.yaml":                            settingsText,
		"content/_index.md":                            "---\ntitle: Performance\n---\n\nWelcome.\n",
		"content/about/accessibility.md":               "# How accessible this site is\n\nVery.\n",
		"content/about/_index.md":                      "About us.\n",
		"content/files/plan.pdf":                       "%PDF",
		"content/files/2017/Table 1.xlsx":              "PK",
		"content/.gitkeep":                             "",
		"content/archive/2016-17-q3/x.html":            "<p>",
		"content/improvement-plan/_index.md":           "---\ntitle: The plan\n---\nWhy.\n",
		"data/improvement-plan/actions.csv":            "",
		"data/early-help/indicators.csv":               "",
		"content/early-help/_index.md":                 "---\ntitle: Early help\nowner: Assistant Director, Early Help\nrag_rule: tolerance\ndefault_tolerance: 2.50\nsections: [contacts, early-help-assessments]\ngrades: [inadequate, good]\nfirst_report: 2017-01\ndisclosure: off\n---\n\nIntro.\n",
		"content/early-help/early-help-assessments.md": "Notes.\n",
		"content/early-help/contacts.md":               "---\ntitle: Contacts\ndefinition: >-\n  A contact is\n  a request.\nowner: Head of Service\n---\n",
		"content/early-help/2017-01/_index.md":         "---\nstatus: approved\npublish_on: 2017-03-01\nissue: 2\nextracted: 2017-02-06\nprepared_by: Performance team\nsigned_off: {by: Director, on: 2017-02-20}\ncontact: team@example.gov.uk\ncaution: Provisional.\n---\n\nFell to {{ 3.2 }}.\n",
		"content/early-help/2017-01/contacts.md":       "---\ndata_note: Late returns.\n---\n\nMore.\n",
		"content/early-help/2016-12/contacts.md":       "Earlier.\n",
	}
}

func load(files map[string]string) (*Content, []diag.Problem) {
	var problems diag.List
	c := Load(mapFS(files), []string{"early-help", "improvement-plan"}, &problems)
	return c, problems.All()
}

func TestSiteIsRead(t *testing.T) {
	c, problems := load(smallSite())
	for _, p := range problems {
		t.Errorf("%s:%d:%d %s %s", p.File, p.Line, p.Column, p.Code, p.Message)
	}
	s := c.Site
	if s.Title != "Children and young people's services performance" || s.Language != "en-GB" || s.Theme != "civic" ||
		s.BaseURL != "https://performance.example.gov.uk/" || s.Suppress != "1..5" || !s.Complement || s.Credit != "Figures from public reports" ||
		s.CreditURL != "https://example.org/source" || s.Notice == "" {
		t.Errorf("settings: %+v", s)
	}
	if len(s.Areas) != 2 || s.Areas[1] != (Area{"not-specified", "Not specified", "residual", diag.Place{File: "content/site.yaml", Line: 6, Column: 10}}) {
		t.Errorf("areas: %+v", s.Areas)
	}
	if len(s.Comparators) != 2 || s.Comparators[0].Role != "stat_neighbours" || !s.Comparators[1].Threshold || s.Comparators[1].Place.Line != 9 {
		t.Errorf("comparators: %+v", s.Comparators)
	}
	if len(s.Views) != 1 || s.Views[0].Groups[0] != (ViewGroup{"Safe", "Every child is safe.", "safe"}) {
		t.Errorf("views: %+v", s.Views)
	}
	if c.Home.Path != "index" || c.Home.Title != "Performance" || c.Home.Text.Empty() {
		t.Errorf("home: %+v", c.Home)
	}
	if len(c.Pages) != 2 || c.Pages[0].Path != "about/accessibility" || c.Pages[0].Title != "How accessible this site is" ||
		string(c.Pages[0].Text.Render(nil, 2, "")) != "<p>Very.</p>\n" || c.Pages[1].Path != "about/index" || c.Pages[1].Title != "About" {
		t.Errorf("pages: %+v", c.Pages)
	}
	if fmt.Sprint(c.Files) != "[2017/Table 1.xlsx plan.pdf]" {
		t.Errorf("files: %q", c.Files)
	}
	if len(c.Plans) != 1 || c.Plans[0].Path != "improvement-plan" || c.Plans[0].Title != "The plan" {
		t.Errorf("plans: %+v", c.Plans)
	}
	if len(c.Scorecards) != 1 {
		t.Fatalf("scorecards: %+v", c.Scorecards)
	}
	e := c.Scorecards[0]
	if e.ID != "early-help" || e.Title != "Early help" || e.RagRule != "tolerance" || e.DefaultTolerance != "2.50" ||
		fmt.Sprint(e.Sections, e.Grades) != "[contacts early-help-assessments] [inadequate good]" || e.FirstReport != period.NewMonth(2017, 1) ||
		e.Suppress != "" || e.Keys["disclosure"] != (diag.Place{File: "content/early-help/_index.md", Line: 9, Column: 13}) || e.Intro.Empty() {
		t.Errorf("scorecard: %+v", e)
	}
	if len(e.SectionPages) != 2 || e.SectionPages[0].ID != "contacts" || e.SectionPages[0].Definition != "A contact is a request." ||
		!e.SectionPages[0].Notes.Empty() || e.SectionPages[1].Title != "Early help assessments" {
		t.Errorf("sections: %+v", e.SectionPages)
	}
	if len(e.Covers) != 2 || e.Covers[0].HasCover || e.Covers[0].Status != "" || len(e.Covers[0].Analyses) != 1 {
		t.Fatalf("covers: %+v", e.Covers)
	}
	m := e.Covers[1]
	if !m.HasCover || m.Status != "approved" || !m.HasPublishOn || m.PublishOn.String() != "2017-03-01" || m.Issue != 2 ||
		m.Extracted.String() != "2017-02-06" || m.SignedBy != "Director" || m.SignedOn.String() != "2017-02-20" ||
		m.Contact != "team@example.gov.uk" || m.Caution != "Provisional." || len(m.Summary.Refs()) != 1 || m.Analyses[0].DataNote != "Late returns." {
		t.Errorf("cover: %+v", m)
	}
	if at := m.Summary.Refs()[0].Place; at != (diag.Place{File: "content/early-help/2017-01/_index.md", Line: 12, Column: 9}) {
		t.Errorf("reference at %v", at)
	}
}

// TestFaultsOfContentAreTold changes or adds one file and compares what is told.
func TestFaultsOfContentAreTold(t *testing.T) {
	const site, card, cover = "content/site.yaml", "content/early-help/_index.md", "content/early-help/2017-01/_index.md"
	areas := "areas: [{id: a, name: A}]\n"
	tests := []struct {
		name, file, content string
		want                []string // place code: message / mend
	}{
		{"no settings", site, "\x00gone", []string{`content/site.yaml:0:0 bad-key: the settings of the site are not there / write content/site.yaml with at least title and areas`}},
		{"required keys", site, "council: x\n", []string{
			"content/site.yaml:1:1 bad-key: areas is missing: the first is the whole authority / write areas: and below it - {id: rotherham, name: Rotherham}",
			"content/site.yaml:1:1 bad-key: title is missing / write title: Children and young people's services performance"}},
		{"unknown key", site, "titel: x\ntitle: x\n" + areas, []string{`content/site.yaml:1:1 bad-key: "titel" is not a known key / did you mean title?`}},
		{"all of a file's faults", site, "title: [x]\ntheme: ../x\nbase_url: example.org\nlanguage: English!\nareas:\n  - {id: a, name: A, knd: x}\n  - {id: a, name: B}\n  - {id: b c, name: C}\n  - d\n", []string{
			"content/site.yaml:1:8 bad-key: title is a list; one text is wanted / write one text: title: …",
			`content/site.yaml:2:8 bad-key: theme "../x" is not a name for files and addresses / use letters, digits, - and _ only`,
			`content/site.yaml:3:11 bad-key: base_url "example.org" is not a web address / write it in full: https://www.example.gov.uk/`,
			`content/site.yaml:4:11 bad-key: language "English!" is not a language code / write en-GB, or cy for Welsh`,
			`content/site.yaml:6:22 bad-key: "knd" is not a known key / did you mean kind?`,
			"content/site.yaml:7:10 bad-key: the id a is given twice / give it another id",
			`content/site.yaml:8:10 bad-key: the id "b c" is not a name for files and addresses / use letters, digits, - and _ only`,
			`content/site.yaml:9:5 bad-key: keys with values are wanted, not "d" / known keys: id, name, kind`}},
		{"colon in a title", site, "title: Early help: a summary\n" + areas, []string{`content/site.yaml:1:8 bad-key: the text holds a colon and stands without quotes / put the text in quotes: title: "Early help: a summary"`}},
		{"a line without a key", site, "title: x\nthe council\n" + areas, []string{"content/site.yaml:2:1 bad-key: the line has no key with a colon / " + noKey}},
		{"a key without its space", site, "title:x\n" + areas, []string{"content/site.yaml:1:1 bad-key: the line has no key with a colon / " + noKey}},
		{"a list below a text", site, "title: x\n- y\n" + areas, []string{"content/site.yaml:2:1 bad-key: an item of a list stands where a key is wanted / leave the line of its key empty after the colon, or write a key"}},
		{"a key that is indented", site, "title: x\n  council: y\n" + areas, []string{"content/site.yaml:1:8 bad-key: the line below is indented as if it belonged to this one / begin every key in the same column"}},
		{"an open bracket", site, "title: [x\n", []string{"content/site.yaml:1:8 bad-key: a bracket is opened and not closed / close it on the same line"}},
		{"text after the quotes", site, "title: \"x\" y\n" + areas, []string{"content/site.yaml:1:12 bad-key: text stands after the quotation mark that ends it / put the quotation marks around the whole text"}},
		{"a list on its key's line", site, "title: - x\n" + areas, []string{"content/site.yaml:1:8 bad-key: a list begins on the line of its key / write each item on a line of its own below the key, or all of them as [one, two]"}},
		{"a sign that begins no text", site, "title: @x\n" + areas, []string{"content/site.yaml:1:8 bad-key: a text cannot begin with this sign / put the text in quotes"}},
		{"what has no words of ours", site, "title: |x\n  y\n" + areas, []string{"content/site.yaml:1:8 bad-key: this cannot be read as settings / write each key on a line of its own: title: Early help"}},
		{"aliases", site, "title: &t x\ncouncil: *t\n" + areas, []string{
			"content/site.yaml:1:8 bad-key: a name for later use (&) is not accepted here / write it out",
			"content/site.yaml:2:10 bad-key: a reference to another value (*) is not accepted here / write it out"}},
		{"repeated key", site, "title: x\ntitle: y\n" + areas, []string{"content/site.yaml:2:1 bad-key: the key title is given twice / keep one of them"}},
		{"tab", site, "title: x\nareas:\n\t- {id: a, name: A}\n", []string{"content/site.yaml:3:1 bad-key: the line is indented with a tab; YAML wants spaces / indent with spaces"}},
		{"comparator's id", site, "title: x\n" + areas + "comparators: [{id: target, name: x}]\n", []string{"content/site.yaml:3:20 bad-key: the word target has a meaning of its own in references / give it another id, such as target_average"}},
		{"disclosure", site, "title: x\n" + areas + "disclosure: {suppress: 5..1}\n", []string{`content/site.yaml:3:24 bad-interval: "5..1" is not a range of counts / write the smallest and the largest count: 1..5`}},
		{"disclosure in words", site, "title: x\n" + areas + "disclosure: on\n", []string{`content/site.yaml:3:13 bad-key: disclosure "on" is not known / write disclosure: off, or disclosure: {suppress: 1..5, complement: false}`}},
		{"view without a tag", site, "title: x\n" + areas + "views: [{id: v, title: V}]\n", []string{"content/site.yaml:3:9 bad-key: the view has no tag, so nothing would stand in it / write tag: corporate-plan-2016, as in the tags of indicators.csv"}},
		{"encoding", "content/x.md", "é\nab\x92c", []string{"content/x.md:2:3 bad-encoding: byte 0x92 is not UTF-8 text / save the file again with the encoding UTF-8"}},
		{"UTF-16", "content/x.md", "\xff\xfea\x00", []string{"content/x.md:0:0 bad-encoding: the text is UTF-16; UTF-8 is wanted / save the file again with the encoding UTF-8"}},
		{"open front matter", "content/x.md", "---\ntitle: x\n\nText\n", []string{"content/x.md:1:1 bad-key: front matter is opened with --- and never closed / write --- on a line of its own after the last key"}},
		{"front matter key", "content/x.md", "\ufeff---\r\ntitle: é\r\nDescription: x\r\n---\r\n", []string{`content/x.md:3:1 bad-key: "Description" is not a known key / did you mean description?`}},
		{"figure in front matter", "content/x.md", "---\ntitle: It fell to {{ 3.2 }}\n---\n", []string{"content/x.md:2:8 unknown-figure: title holds a figure reference; here it is not filled in / put the figure into the text below the front matter"}},
		{"reserved page", "content/Methodology.md", "x", []string{"content/Methodology.md:0:0 bad-key: the name Methodology is taken: the program writes methodology itself / give it another name"}},
		{"index without its mark", "content/early-help/2017-01/index.md", "x", []string{"content/early-help/2017-01/index.md:0:0 bad-key: the name index is taken: the program writes index itself / the introduction of a folder is its _index.md"}},
		{"reserved folder", "content/assets/x.md", "x", []string{"content/assets:0:0 bad-key: the name assets is taken: the program writes assets itself / give it another name"}},
		{"two files, one page", "content/about/Accessibility.md", "x", []string{"content/about/accessibility.md:0:0 bad-key: content/about/Accessibility.md makes the same page, about/accessibility.html / give one of them another name"}},
		{"reports", "content/reports/2017-03-22-performance.md", "---\ntitle: x\nstatus: approve\ncommitte: y\ndate: 22/3/2017\n---\n", []string{
			"content/reports/2017-03-22-performance.md:2:1 bad-key: committee is missing / write committee: Improving Lives Select Commission",
			`content/reports/2017-03-22-performance.md:3:9 bad-key: status "approve" is not known / did you mean approved?`,
			`content/reports/2017-03-22-performance.md:4:1 bad-key: "committe" is not a known key / did you mean committee?`,
			`content/reports/2017-03-22-performance.md:5:7 bad-date: date "22/3/2017" is not a date / write 2017-03-22`}},
		{"copy", "content/early-help/contacts (1).md", "x", []string{"content/early-help/contacts (1).md:0:0 warning stray-file: this file is not read: its name is that of a copy / delete it, or move it out of content/"}},
		{"not a text", "content/early-help/2017-01/x.docx", "x", []string{"content/early-help/2017-01/x.docx:0:0 warning stray-file: this file is not read: attachments stand in content/files/ / move it to content/files/"}},
		{"attachment", "content/files/a.exe", "x", []string{"content/files/a.exe:0:0 warning stray-file: this file is not read: attachments are pdf, docx, xlsx, png, jpg, jpeg or csv / save it as one of these"}},
		{"section not declared", "content/early-help/contact.md", "x", []string{"content/early-help/contact.md:0:0 warning stray-file: the scorecard has no section contact / did you mean contacts.md?"}},
		{"unknown section", "content/early-help/2017-01/contcats.md", "x", []string{"content/early-help/2017-01/contcats.md:0:0 unknown-section: early-help has no section contcats / did you mean contacts.md?"}},
		{"month's name", "content/early-help/2017-1/contacts.md", "x", []string{`content/early-help/2017-1:0:0 bad-period: the folder's name "2017-1" is not a month / write 2017-01`}},
		{"month's name of another month", "content/early-help/2017-2/contacts.md", "x", []string{`content/early-help/2017-2:0:0 bad-period: the folder's name "2017-2" is not a month / write 2017-02`}},
		{"no month's name", "content/early-help/2017-13/contacts.md", "x", []string{`content/early-help/2017-13:0:0 bad-period: the folder's name "2017-13" is not a month / write a month from 2017-01 to 2017-12`}},
		{"month's name in words", "content/early-help/Feb 2017/contacts.md", "x", []string{"content/early-help/Feb 2017:0:0 warning stray-file: this file is not read: a scorecard's folders are its months / name it 2017-02, or move it out of the scorecard"}},
		{"folder that is no month", "content/early-help/old/contacts.md", "x", []string{"content/early-help/old:0:0 warning stray-file: this file is not read: a scorecard's folders are its months / name it as a month, such as 2017-01, or move it out of the scorecard"}},
		{"days in words", cover, "---\nstatus: draft\npublish_on: 20 March 2017\nextracted: 3rd Mar, 2017\nsigned_off: {by: Director, on: the day after}\n---\n", []string{
			`content/early-help/2017-01/_index.md:3:13 bad-date: publish_on "20 March 2017" is not a date / write 2017-03-20`,
			`content/early-help/2017-01/_index.md:4:12 bad-date: extracted "3rd Mar, 2017" is not a date / write 2017-03-03`,
			`content/early-help/2017-01/_index.md:5:32 bad-date: on "the day after" is not a date / write the date as year, month and day, such as 2017-03-22`}},
		{"a return among the texts", "content/early-help/2017-02.csv", "x", []string{"content/early-help/2017-02.csv:0:0 warning stray-file: this file is not read: it is not a Markdown text / move it out of content/: a return belongs in data/, and what stands in content/files/ is published as it is"}},
		{"no such data", "content/early-halp/2017-01/contacts.md", "x", []string{"content/early-halp:0:0 stray-file: the folder holds months, but there is no data/early-halp / did you mean early-help?"}},
		{"rag rule and tolerance", card, "---\nsections: [contacts, early-help-assessments]\nrag_rule: benchmarks\ndefault_tolerance: 10%\nfirst_report: Jan 2017\n---\n", []string{
			`content/early-help/_index.md:3:11 bad-key: rag_rule "benchmarks" is not known / did you mean benchmark?`,
			`content/early-help/_index.md:4:20 bad-number: default_tolerance "10%" is not a number from 0 to 100 / write per cent of the target, without a sign: 10`,
			`content/early-help/_index.md:5:15 bad-period: first_report "Jan 2017" is not a month / write 2017-01`}},
		{"cover", cover, "---\nstatus: Approved\npublish_on: 1/3/2017\nissue: two\nsigned_off: Director\n---\n", []string{
			`content/early-help/2017-01/_index.md:2:9 bad-key: status "Approved" is not known / did you mean approved?`,
			`content/early-help/2017-01/_index.md:3:13 bad-date: publish_on "1/3/2017" is not a date / write 2017-03-01`,
			`content/early-help/2017-01/_index.md:4:8 bad-number: issue "two" is not a number from 1 to 99 / write issue: 1 for the month's first return, 2 for its second`,
			`content/early-help/2017-01/_index.md:5:13 bad-key: keys with values are wanted, not "Director" / known keys: by, on`}},
		{"keys without a value", card, "---\nsections: [contacts, early-help-assessments]\nrag_rule:\ndefault_tolerance: ~ # none\nfirst_report: null\ndisclosure: \"\"\nowner:\n---\n", []string{
			"content/early-help/_index.md:3:1 bad-key: rag_rule has no value / write rag_rule: tolerance, benchmark, milestone or tolerance_and_trend, or take the line out: then it is tolerance",
			"content/early-help/_index.md:4:1 bad-key: default_tolerance has no value / write default_tolerance: and per cent of the target, such as 10, or take the line out: then there is no amber by it",
			"content/early-help/_index.md:5:1 bad-key: first_report has no value / write first_report: and the month, such as 2017-01, or take the line out: then every month needs a cover",
			"content/early-help/_index.md:6:1 bad-key: disclosure has no value / write disclosure: off, or disclosure: {suppress: 1..5, complement: false}"}},
		{"disclosure without a value", site, "title: x\n" + areas + "disclosure:\n", []string{"content/site.yaml:3:1 bad-key: disclosure has no value / write disclosure: off, or disclosure: {suppress: 1..5, complement: false}"}},
		{"part of disclosure without a value", site, "title: x\n" + areas + "disclosure: {suppress: 1..5, complement: }\n", []string{"content/site.yaml:3:30 bad-key: complement has no value / write complement: true, or complement: false"}},
		{"cover with keys without a value", cover, "---\nstatus: approved\npublish_on:\nissue: \" \"\ncontact:\n---\n", []string{
			"content/early-help/2017-01/_index.md:3:1 bad-key: publish_on has no value / write publish_on: and the day, such as 2017-03-22, or take the line out: then it is public at once",
			"content/early-help/2017-01/_index.md:4:1 bad-key: issue has no value / write issue: 1 for the month's first return, 2 for its second, or take the line out: then every issue is public"}},
		{"cover of a draft with keys without a value", cover, "---\nstatus: draft\npublish_on:\n---\n", []string{
			"content/early-help/2017-01/_index.md:3:1 warning bad-key: publish_on has no value / write publish_on: and the day, such as 2017-03-22, or take the line out: then it is public at once"}},
		{"a cover that is begun", cover, "---\nstatus: ~\npublish_on:\n---\n", []string{
			"content/early-help/2017-01/_index.md:2:1 warning bad-key: status has no value / write status: draft, or the status that it has",
			"content/early-help/2017-01/_index.md:3:1 warning bad-key: publish_on has no value / write publish_on: and the day, such as 2017-03-22, or take the line out: then it is public at once"}},
		{"a cover without a word", cover, " \n", []string{"content/early-help/2017-01/_index.md:1:1 warning bad-key: status is missing, so the month stays a draft / write status: draft, or status: approved"}},
		{"exempt without a value", "content/reports/2017-03-22-performance.md", "---\ntitle: x\nstatus: approved\ncommittee: y\ndate: 2017-03-22\nexempt:\n---\n", []string{
			"content/reports/2017-03-22-performance.md:6:1 bad-key: exempt has no value / write exempt: [3] with the paragraph of Schedule 12A, or exempt: no where it is public"}},
		{"an item of the agenda that is yet to be filled in", "content/meetings/2017-03-22.md", "---\nstatus: held\ncommittee: y\ndate: 2017-03-22\nresolutions:\n  - text: That it be noted.\n    status:\n    due:\n---\n", nil},
		{"cover without front matter", cover, "x", []string{"content/early-help/2017-01/_index.md:1:1 bad-key: the cover has no front matter, so that nothing says whether the month is released / begin the file with ---, status: draft (or status: approved) and ---, each on a line of its own"}},
		{"cover without status", cover, "---\nissue: 1\n---\nx", []string{"content/early-help/2017-01/_index.md:2:1 warning bad-key: status is missing, so the month stays a draft / write status: draft, or status: approved"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := smallSite()
			files[test.file] = test.content
			if test.content == "\x00gone" {
				delete(files, test.file)
			}
			_, problems := load(files)
			var got []string
			for _, p := range problems {
				severity := ""
				if p.Severity == diag.Warning {
					severity = "warning "
				}
				got = append(got, fmt.Sprintf("%s:%d:%d %s%s: %s / %s", p.File, p.Line, p.Column, severity, p.Code, p.Message, p.Hint))
			}
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// What a text says before its words is never printed as words.
func TestFrontMatterThatDoesNotBeginTheFileIsTold(t *testing.T) {
	const keys = "title: Early help\nrag_rule: benchmark\n"
	for text, line := range map[string]int{
		"---\n" + keys + "---\nText\n": 0, "\ufeff---\n" + keys + "---\n": 0, "---  \n" + keys + "---\n": 0,
		"\n---\n" + keys + "---\n": 2, " \n\t\n---\n" + keys + "---\n": 3, " ---\n" + keys + "---\n": 1,
		"--\n" + keys + "---\n": 1, "\u2014\n" + keys + "\u2014\n": 1, "\u2014-\n" + keys + "---\n": 1, "***\n" + keys + "***\n": 1, "----\n" + keys + "---\n": 1, "--- yaml\n" + keys + "---\n": 1,
		"\ufeff\ufeff---\n" + keys + "---\n": 1, "\u00a0\n---\n" + keys + "---\n": 2,
		keys + "---\nText\n": 1, "\n" + keys: 2, "\n---\n# how it is rated\n\n" + keys + "---\n": 2, "\n---\ntitel: x\n" + keys + "---\n": 2,
		"Early help\n\n---\n" + keys + "---\nText\n": 3, "Ours.\n---\n" + keys + "---\n": 2,
		// What may be meant as words is let stand.
		"Text\n\n---\n\nMore text\n": 0, "---\n---\nText\n": 0, "\n---\nText: more\n---\n": 0, "Text\n\n---\n" + keys: 0, "Our title: x\n---\n": 0,
		"How it is written:\n\n```\n---\n" + keys + "---\n```\n": 0, "Text\ntitle: x\n": 0, "": 0, "\n": 0, "---\n" + keys + "---\n\n---\ntitle: x\n---\n": 0,
	} {
		files := smallSite()
		files["content/early-help/_index.md"] = text
		content, problems := load(files)
		switch p := problems; {
		case line == 0 && len(p) == 0:
		case line > 0 && len(p) == 1 && p[0].Line == line && p[0].Column == 1 && p[0].Severity == diag.Error &&
			p[0].Message == "the front matter does not begin with --- on the first line, so that it would be read as text":
		default:
			t.Errorf("%q: told are %v, wanted is line %d", text, problems, line)
		}
		if strings.HasPrefix(text, "\ufeff---") && content.Scorecards[0].RagRule != "benchmark" {
			t.Errorf("%q: the keys are not read", text)
		}
	}
	for file, text := range map[string]string{
		"content/early-help/contacts.md": "\n---\ndefinition: x\n---\n", "content/early-help/2017-01/contacts.md": "\n---\ndata_note: x\n---\n",
		"content/early-help/2017-01/_index.md": "\n---\nstatus: approved\n---\n", "content/about/accessibility.md": "\n---\ntitle: x\n---\n",
		"content/reports/x.md": "\n---\ntitle: x\nstatus: approved\n---\n", "content/meetings/x.md": "\n---\nstatus: held\n---\n",
	} {
		files := smallSite()
		files[file] = text
		if _, problems := load(files); len(problems) != 1 || problems[0].File != file || problems[0].Line != 2 {
			t.Errorf("%s: told are %v", file, problems)
		}
	}
}

// A fence put in, or exchanged with the line below it, cuts off what says when a month
// is out and how it is judged.
func TestKeysBelowTheFrontMatterAreTold(t *testing.T) {
	const cover = "content/early-help/2017-01/_index.md"
	for text, line := range map[string]int{
		"---\nstatus: approved\n---\npublish_on: 2017-05-22\n---\nText\n": 4,
		"---\nstatus: approved\n---\npublish_on: 2017-05-22\nText\n":      4,
		"---\n---\nstatus: approved\n---\nText\n":                         3,
		"---\n# as agreed\n---\n\ncontact: Team\nstatus: draft\n":         5,
		"---\nstatus: approved\n---\nsigned_off:\n  by: Director\n---\n":  4,
		// What may be meant as words is let stand.
		"---\nstatus: approved\n---\nissue: families wait too long\n":       0,
		"---\nstatus: approved\n---\ncontact: how to reach us\n---\nText\n": 0,
		"---\nstatus: approved\n---\ncontact: the team\n":                   0,
		"---\nstatus: approved\n---\nStatus: approved by all\n---\n":        0,
		"---\nstatus: approved\n---\nText\nstatus: approved\n":              0,
		"---\nstatus: approved\n---\n---\ncontact: the team\n---\n":         0,
		"---\nstatus: approved\n---\n```\npublish_on: 2017-05-22\n```\n":    0,
	} {
		files := smallSite()
		files[cover] = text
		content, problems := load(files)
		if line == 0 && len(problems) > 0 || line > 0 && (len(problems) != 1 || problems[0].Line != line || problems[0].Severity != diag.Error ||
			!strings.HasPrefix(problems[0].Message, "the front matter ends on line ")) {
			t.Errorf("%q: told are %v, wanted is line %d", text, problems, line)
		}
		if c := content.Scorecards[0].Covers[1]; strings.Contains(text, "publish_on: 2017-05-22\n---") && c.Status == "approved" && !c.HasPublishOn {
			t.Errorf("%q is public at once", text)
		}
	}
}

func TestACoverThatIsALinkIsAnError(t *testing.T) {
	for _, file := range []string{"content/early-help/2017-01/_index.md", "content/early-help/_index.md"} {
		site := mapFS(smallSite())
		site["elsewhere.md"] = &fstest.MapFile{Data: []byte("---\nstatus: approved\n---\n")}
		site[file] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("../../../elsewhere.md")}
		var list diag.List
		content := Load(site, []string{"early-help"}, &list)
		problems := list.All()
		if len(problems) != 1 || problems[0].File != file || problems[0].Severity != diag.Error || problems[0].Hint != "put the file itself here, not a link to it" {
			t.Errorf("%s: told are %v", file, problems)
		}
		if cover := content.Scorecards[0].Covers[1]; strings.Contains(file, "2017") && (cover.HasCover || !cover.Unread) {
			t.Errorf("a month whose cover is not read may be out: %+v", cover)
		}
	}
}

func TestMonthIsADraftUnlessItSaysApproved(t *testing.T) {
	for status, want := range map[string]string{"status: approved": "approved", "status: draft": "draft", "status: Approved": "draft", "issue: 1": "draft", "status: approved\npublish_on: soon": "draft"} {
		files := smallSite()
		files["content/early-help/2017-01/_index.md"] = "---\n" + status + "\n---\n"
		c, _ := load(files)
		if got := c.Scorecards[0].Covers[1].Status; got != want {
			t.Errorf("%q: status %s, want %s", status, got, want)
		}
	}
}

func TestTitleComesFromTheHeadingOrTheName(t *testing.T) {
	for content, want := range map[string][2]string{
		"text":                                 {"My page", "<p>text</p>\n"},
		"# Head\n\ntext":                       {"Head", "<p>text</p>\n"},
		"---\ntitle: T\n---\n# T\n\ntext":      {"T", "<p>text</p>\n"},
		"---\ntitle: T\n---\n# Head\n\ntext":   {"T", "<h2 id=\"head\">Head</h2>\n<p>text</p>\n"},
		"text\n\n# Head":                       {"Head", "<p>text</p>\n<h2 id=\"head\">Head</h2>\n"},
		"# Down to {{ 3.2 }}":                  {"My page", "<h2 id=\"down-to\">Down to <span class=\"figure\"></span></h2>\n"},
		"---\ntitle:\n---\n## Second\n\n# One": {"One", "<h2 id=\"second\">Second</h2>\n<h2 id=\"one\">One</h2>\n"},
	} {
		c, _ := load(map[string]string{"content/site.yaml": settingsText, "content/my-page.md": content})
		if len(c.Pages) != 1 {
			t.Fatalf("%q: %d pages", content, len(c.Pages))
		}
		if got := c.Pages[0]; got.Title != want[0] || string(got.Text.Render(nil, 2, "")) != want[1] {
			t.Errorf("%q: %q %q, want %q", content, got.Title, got.Text.Render(nil, 2, ""), want)
		}
	}
}

func TestEmptySiteIsNoPanic(t *testing.T) {
	c, problems := load(map[string]string{})
	if c == nil || len(problems) != 1 {
		t.Errorf("%+v %v", c, problems)
	}
}

// TestKeysBehindLongTextsKeepTheirPlace: the library's own positions drift
// behind texts of several lines, comments and quotes in some versions.
func TestKeysBehindLongTextsKeepTheirPlace(t *testing.T) {
	for _, before := range []string{
		"owner: x\n", "# é\n\n# two\nowner: x # y\n", "definition: |\n  one\n\n  two: 3\nowner: x\n", "definition: >-\n  é one\n  two\n\n",
		"definition: one\n  two\n  three\n", "definition: \"one\n  two\"\n", "definition: 'it''s'\nowner: \"\\u00e9 \\\" x\"\n", "definition: |2-\n    one\n   two\n", "owner:\n\n",
		"\n\n  \n", "definition: >\n\n  a\n\n   b\n\n\n",
	} {
		content := "---\n" + before + "titel: é\n---\n"
		_, problems := load(map[string]string{"content/site.yaml": settingsText, "data/early-help/indicators.csv": "", "content/early-help/_index.md": "x", "content/early-help/contacts.md": content})
		want := placeOf("content/early-help/contacts.md", content, "titel")
		found := false
		for _, p := range problems {
			found = found || p.Place == want && p.Hint == "did you mean title?"
		}
		if !found {
			t.Errorf("%q: no finding at %v: %v", content, want, problems)
		}
	}
}
