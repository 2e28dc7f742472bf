package commentary

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// papers reads a site of the given files and lists its problems.
func papers(t *testing.T, files map[string]string) (*Content, []string) {
	t.Helper()
	site := fstest.MapFS{"content/site.yaml": {Data: []byte("title: x\nareas: [{id: x, name: X}]\n")}}
	for name, text := range files {
		site[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var problems diag.List
	content := Load(site, nil, &problems)
	var list []string
	for _, p := range problems.All() {
		list = append(list, fmt.Sprintf("%s:%d:%d %s: %s", p.File, p.Line, p.Column, p.Code, p.Message))
	}
	return content, list
}

func parsed(t *testing.T, markdown string) Text {
	t.Helper()
	var problems diag.List
	body := ParseText("content/reports/x.md", markdown, &problems)
	for _, p := range problems.All() {
		t.Fatalf("%d:%d: %s", p.Line, p.Column, p.Message)
	}
	return body
}

var anchored = regexp.MustCompile(`<(h[1-6]|p)[^>]*><a class="no" id="p([0-9.]+)" href="#p([0-9.]+)">([0-9.]+)</a> ([^<]*)`)

func TestParagraphsAndSubHeadingsShareOneCount(t *testing.T) {
	paper := NewPaper(parsed(t, `An introduction bears no number.

# Key issues

First.

Second.

- a bullet

> a quotation

## Theme

Inside.

Inside again.

## Next theme

# Options

None.
`), Text{})
	html, heads := paper.Render(Rendering{Top: 2}, true, nil)
	var got []string
	for _, m := range anchored.FindAllStringSubmatch(string(html), -1) {
		if m[2] != m[3] || m[3] != m[4] {
			t.Errorf("the anchor of %s is %s, and leads to %s", m[4], m[2], m[3])
		}
		got = append(got, m[1]+" "+m[4]+" "+m[5])
	}
	want := []string{"h2 1 Key issues", "p 1.1 First.", "p 1.2 Second.", "h3 1.3 Theme", "p 1.3.1 Inside.", "p 1.3.2 Inside again.", "h3 1.4 Next theme", "h2 2 Options", "p 2.1 None."}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if len(heads) != 4 || heads[1] != (Head{Level: 2, Number: "1.3", Text: "Theme", ID: "theme"}) {
		t.Errorf("headings %+v", heads)
	}
}

func TestStandardSectionsTakeTheirPlaceAmongAReportsOwn(t *testing.T) {
	standard := parsed(t, "## Financial\n\nNone.\n\n## Legal\n\nNone.\n\n## Children\n\nSome.\n\n## Equalities\n\nNone.\n\n## Risks & mitigation\n\nThe usual.\n")
	for _, test := range []struct{ name, own, want string }{
		{"none of its own", "## Issues\n\n## Options\n", "Issues, Options, Financial, Legal, Children, Equalities, Risks & mitigation"},
		{"two of its own", "## Issues\n\n## 7. children\n\n## Risks and mitigation\n\n## Officers\n", "Issues, Financial, Legal, 7. children, Equalities, Risks and mitigation, Officers"},
		{"the first of its own", "Before.\n\n## Financial\n\n## Officers\n", "Financial, Legal, Children, Equalities, Risks & mitigation, Officers"},
		{"nothing", "", "Financial, Legal, Children, Equalities, Risks & mitigation"},
	} {
		own := Text{}
		if test.own != "" {
			own = parsed(t, test.own)
		}
		var got []string
		_, heads := NewPaper(own, standard).Render(Rendering{Top: 2}, false, nil)
		for _, h := range heads {
			got = append(got, h.Text)
		}
		if strings.Join(got, ", ") != test.want {
			t.Errorf("%s: got %s, want %s", test.name, strings.Join(got, ", "), test.want)
		}
	}
}

func TestWhatIsPutAfterASectionStandsAtItsEnd(t *testing.T) {
	paper := NewPaper(parsed(t, "## Accountable officers\n\nThe director.\n\n## End\n"), Text{})
	html, _ := paper.Render(Rendering{Top: 2}, false, func(key string) template.HTML {
		if key == "accountable officers" {
			return "<ul></ul>"
		}
		return ""
	})
	if want := "<p>The director.</p>\n<ul></ul><h2"; !strings.Contains(string(html), want) {
		t.Errorf("%s\nlacks %s", html, want)
	}
}

func TestFiguresOfTheSummarySheetHaveTheirPlaces(t *testing.T) {
	content, told := papers(t, map[string]string{"content/reports/march.md": `---
title: March
committee: C
date: 2017-03-22
status: approved
summary: >-
  Contacts rose to {{ 1.1 }},
    and é was {{ 1.2 of }}.
recommendations:
  - That {{ 1.3 }} be noted.
  - "That \"{{ 1.4 }}\" be noted."
  - |
    That
    {{ 1.5 }} be noted.
---
`})
	if len(told) > 0 {
		t.Fatal(told)
	}
	r := content.Reports[0]
	var got []string
	for _, text := range append([]Text{r.Summary}, r.Recommendations...) {
		for _, ref := range text.Refs() {
			got = append(got, fmt.Sprintf("%d:%d %s", ref.Place.Line, ref.Place.Column, ref.Words[0].Text))
		}
		for _, p := range text.Passages() {
			if at := p.Place(0); at.Line < 7 || at.Line > 13 {
				t.Errorf("%q has its place in line %d", p.Text, at.Line)
			}
		}
	}
	want := "7:20 1.1, 8:15 1.2, 10:10 1.3, 11:13 1.4, 14:5 1.5"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}

func TestStateThatCannotBeReadIsNotPublic(t *testing.T) {
	day, _ := period.ParseDate("2017-03-22")
	for _, test := range []struct {
		front    string
		released bool
		unknown  bool
	}{
		{"status: approved\n", true, false},
		{"status: draft\n", false, false},
		{"title: x\n", false, false},
		{"status: approved\npublish_on: 2017-03-22\n", true, false},
		{"status: approved\npublish_on: 2017-03-23\n", false, false},
		{"status: Approved\n", false, true},
		{"status: approved\npublish_on: 23/3/2017\n", false, true},
		{"status: approved\npublish_on:\n", false, true}, // it is not known when
		{"status: approved\npublish_on: ~\n", false, true},
		{"status: approved\npublish_on: \" \"\n", false, true},
		{"status: draft\npublish_on:\n", false, false},
		{"status:\n", false, true},
		{"status: draft\ntitle: \"x\n", false, false},
		{"status: approved\ntitle: \"x\n", true, false}, // an error of its own stops the build
		{"title: \"x\n", false, true},
		{"status: approved\npublish_on: 2017-03-23\ntitle: \"x\n", false, false},
	} {
		content, _ := papers(t, map[string]string{"content/reports/x.md": "---\n" + test.front + "---\n"})
		s := content.Reports[0].State
		if s.Released(day) != test.released || s.Unknown != test.unknown {
			t.Errorf("%q: %+v", test.front, s)
		}
	}
}

func TestExemptIsReadHoweverItIsWritten(t *testing.T) {
	for front, want := range map[string]string{
		"exempt: [3, 5]\nexempt_reason: x\n": "[3 5]", "exempt: 3\nexempt_reason: x\n": "[3]", "exempt: []\n": "[]", "exempt: no\n": "[]",
		"exempt:\n": "[0]", "exempt: ~\n": "[0]", "exempt: \"\"\n": "[0]", "exempt: [~]\n": "[0]", "exempt: none\n": "[]", "exempt: [8]\nexempt_reason: x\n": "[0]", "exempt: yes\nexempt_reason: x\n": "[0]",
	} {
		content, _ := papers(t, map[string]string{"content/reports/x.md": "---\nstatus: approved\n" + front + "---\n"})
		if got := fmt.Sprint(content.Reports[0].Exempt); got != want {
			t.Errorf("%q: %s, want %s", front, got, want)
		}
	}
}

func TestAmendmentsThatDoNotFitAreTold(t *testing.T) {
	for _, test := range []struct{ amendments, want string }{
		{"{on: 2017-04-26, was: ten members, now: x}", "6:27 bad-key: the minutes do not say \"ten members\""},
		{"{on: 2017-04-26, was: members, now: x}", "6:27 bad-key: the minutes say \"members\" 2 times"},
		{"{on: 2017-04-26, was: '*members*', now: x}", "6:27 bad-key: was holds mark-up"},
		{"{was: eleven, now: x}", "6:5 bad-key: on is missing"},
	} {
		_, told := papers(t, map[string]string{"content/meetings/x.md": "---\nstatus: held\ncommittee: C\ndate: 2017-03-22\namendments:\n  - " + test.amendments + "\n---\nThere were eleven members, all of them members.\n"})
		if len(told) != 1 || told[0] != "content/meetings/x.md:"+test.want {
			t.Errorf("%s: %q, want %s", test.amendments, told, test.want)
		}
	}
}

func TestAmendedWordsAreMarkUpToNobody(t *testing.T) {
	content, told := papers(t, map[string]string{"content/meetings/x.md": "---\nstatus: held\ncommittee: C\ndate: 2017-03-22\nminutes: confirmed\namendments:\n  - {on: 2017-04-26, was: \"eleven members\", now: \"<b>*twelve* [x](y)\"}\n  - {on: 2017-04-26, was: at once}\n---\nThere were eleven\nmembers. It ended at once.\n\nSee {{ 9.9 }}.\n"})
	if len(told) > 0 {
		t.Fatal(told)
	}
	m := content.Meetings[0]
	html := string(m.Text.RenderAs(Rendering{Top: 3, Amended: func(on period.Date) string { return "amended " + on.Words() }}))
	for _, want := range []string{
		"<del><span class=\"vh\">Was: </span>eleven\nmembers</del> <ins datetime=\"2017-04-26\"><span class=\"vh\">Now: </span>&lt;b&gt;*twelve* [x](y)</ins> <span class=\"amended\">(amended 26 April 2017)</span>.",
		"<del><span class=\"vh\">Was: </span>at once</del> <span class=\"amended\">(amended 26 April 2017)</span>.",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("%s\nlacks %s", html, want)
		}
	}
	if refs := m.Text.Refs(); len(refs) != 1 || refs[0].Place.Line != 13 || refs[0].Place.Column != 5 {
		t.Errorf("references %+v", refs)
	}
}

func TestExcerptHasWhatSpeaksOfAMeasureAndNoMore(t *testing.T) {
	body := parsed(t, "First of {{ 1.1 }}[^1].\n\nThen of {{ 1.2 }}.\n\n- An item on {{ 1.1 of }}.\n- Another.\n\n{{ chart 1.1 }}\n\n| a |\n|---|\n| {{ 1.1 }} |\n\n[^1]: A note.\n")
	got := string(body.Excerpt(Rendering{Answer: func(r Ref) Answer { return Answer{Text: "7"} }}, func(refs []Ref) bool {
		return slices.ContainsFunc(refs, func(r Ref) bool { return !r.InTable && r.Words[0].Text == "1.1" })
	}))
	want := "<p>First of <span class=\"figure\">7</span>.</p>\n<p>An item on <span class=\"figure\">7</span>.</p>\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestALinkToWhatIsNotPublicIsNotMade(t *testing.T) {
	body := parsed(t, "See [the report](dodo.md#p1), [the plan](../files/a%20b.pdf), [home](../index.html) and ![a map](../files/map.png).\n")
	var asked []string
	html := string(body.RenderAs(Rendering{Hidden: func(to string) bool {
		if !slices.Contains(asked, to) {
			asked = append(asked, to)
		}
		return to != "index.html"
	}}))
	if want := "reports/dodo.html, files/a b.pdf, index.html, files/map.png"; strings.Join(asked, ", ") != want {
		t.Errorf("asked for %s, want %s", strings.Join(asked, ", "), want)
	}
	if want := `<p>See the report, the plan, <a href="../index.html">home</a> and a map.</p>` + "\n"; html != want {
		t.Errorf("got %s", html)
	}
}

func TestALinkLeadsToItsPageFromWhereverTheTextStands(t *testing.T) {
	body := parsed(t, "[a](../files/a%20b.pdf) [b](../index.html#top) [c](may.md?x) [d](https://example.gov.uk/) [e](#here) ![f](../files/f.png)\n\n## Here\n")
	for page, want := range map[string]string{
		"":                         `href="../files/a%20b.pdf" href="../index.html#top" href="may.html?x" href="https://example.gov.uk/" href="#here" src="../files/f.png"`,
		"reports/april.html":       `href="../files/a%20b.pdf" href="../index.html#top" href="may.html?x" href="https://example.gov.uk/" href="#here" src="../files/f.png"`,
		"index.html":               `href="files/a%20b.pdf" href="index.html#top" href="reports/may.html?x" href="https://example.gov.uk/" href="#here" src="files/f.png"`,
		"care/2017-01/visits.html": `href="../../files/a%20b.pdf" href="../../index.html#top" href="../../reports/may.html?x" href="https://example.gov.uk/" href="#here" src="../../files/f.png"`,
	} {
		html := string(body.RenderAs(Rendering{Page: page}))
		got := strings.Join(regexp.MustCompile(`(href|src)="[^"]*"`).FindAllString(html, -1), " ")
		if got != want {
			t.Errorf("on %q\n%s, wanted\n%s", page, got, want)
		}
	}
}
