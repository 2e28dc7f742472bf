package theme

import (
	"bytes"
	"html/template"
	"strings"
	"testing"
)

// pages are the fixtures rendered and read, by name.
func pages(t *testing.T) map[string]*node {
	th := civic(t)
	list := map[string]*node{}
	for name, view := range fixtures(t) {
		list[name] = document(t, renderFixture(t, th, view))
	}
	return list
}

func TestPagesKeepToTheContentSecurityPolicy(t *testing.T) {
	for name, page := range pages(t) {
		page.each(func(e *node) {
			for attribute := range e.attrs {
				if attribute == "style" || strings.HasPrefix(attribute, "on") {
					t.Errorf("%s: <%s> has the attribute %s", name, e.name, attribute)
				}
			}
			switch e.name {
			case "style":
				t.Errorf("%s: there is a <style>", name)
			case "script":
				if e.attrs["src"] == "" || e.said() != "" {
					t.Errorf("%s: there is an inline script", name)
				}
			}
			for _, attribute := range []string{"src", "href"} {
				address := e.attrs[attribute]
				loads := e.name == "script" || e.name == "link" && e.attrs["rel"] != "canonical" || e.name == "img"
				if loads && strings.Contains(address, "//") {
					t.Errorf("%s: <%s> loads %s from elsewhere", name, e.name, address)
				}
			}
		})
		policy := ""
		for _, meta := range page.all("meta") {
			if meta.attrs["http-equiv"] == "Content-Security-Policy" {
				policy = meta.attrs["content"]
			}
		}
		for _, rule := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"} {
			if !strings.Contains(policy, rule) {
				t.Errorf("%s: its policy %q lacks %s", name, policy, rule)
			}
		}
	}
}

func TestTablesCanBeReadAloud(t *testing.T) {
	for name, page := range pages(t) {
		for _, table := range page.all("table") {
			written := table.within("", "prose") // by the service, in Markdown
			if !written && (len(table.children) == 0 || table.children[0].name != "caption" || table.children[0].said() == "") {
				t.Errorf("%s: a table has no caption", name)
			}
			for _, th := range table.all("th") {
				if th.attrs["scope"] == "" || th.said() == "" {
					t.Errorf("%s: the head %q of a table has the scope %q", name, th.said(), th.attrs["scope"])
				}
			}
			for _, td := range table.all("td") {
				if td.said() == "" {
					t.Errorf("%s: a cell of %q is empty", name, table.children[0].said())
				}
			}
			width := len(table.all("thead")[0].all("th"))
			for _, tr := range table.all("tr") {
				if tr.within("thead", "") || written {
					continue
				}
				first := tr.children[0]
				if first.name != "th" || !strings.HasPrefix(first.attrs["scope"], "row") {
					t.Errorf("%s: a row begins with <%s scope=%q>", name, first.name, first.attrs["scope"])
				}
				if !tr.has("group") && len(tr.children) != width {
					t.Errorf("%s: a row of %q has %d cells under %d heads", name, table.children[0].said(), len(tr.children), width)
				}
			}
			if !table.within("", "scroll") && !table.within("", "table-scroll") && !table.within("", "scorecard-region") {
				t.Errorf("%s: the table %q has no region to scroll in", name, table.children[0].said())
			}
		}
		page.each(func(e *node) {
			if e.attrs["role"] == "region" && (e.attrs["tabindex"] != "0" || e.attrs["aria-labelledby"] == "" && e.attrs["aria-label"] == "") {
				t.Errorf("%s: a region cannot be reached by keyboard, or has no name", name)
			}
		})
	}
}

func TestEveryCellOfTheScorecardHasAHeadToShowOnACard(t *testing.T) {
	page := pages(t)["scorecard.html"]
	for _, td := range page.all("td") {
		if td.within("table", "") && td.attrs["data-head"] == "" {
			t.Errorf("the cell %q has no head", td.said())
		}
	}
}

func TestPagesHaveTheirLandmarksAndHeads(t *testing.T) {
	for name, page := range pages(t) {
		if lang := page.all("html")[0].attrs["lang"]; lang != "en-GB" {
			t.Errorf("%s: the language is %q", name, lang)
		}
		for _, landmark := range []string{"header", "main", "footer", "h1", "title"} {
			n := 0
			for _, e := range page.all(landmark) {
				if !e.within("svg", "") {
					n++
				}
			}
			if n != 1 {
				t.Errorf("%s: there are %d <%s>", name, n, landmark)
			}
		}
		for _, nav := range page.all("nav") {
			if nav.attrs["aria-label"] == "" {
				t.Errorf("%s: a <nav> has no name", name)
			}
		}
		if first := page.all("body")[0].children[0]; first.attrs["href"] != "#main" || page.all("main")[0].attrs["id"] != "main" {
			t.Errorf("%s: the page does not begin with a link to its content", name)
		}
		level := 0
		page.each(func(e *node) {
			if len(e.name) == 2 && e.name[0] == 'h' && e.name[1] >= '1' && e.name[1] <= '6' {
				if l := int(e.name[1] - '0'); l > level+1 {
					t.Errorf("%s: <%s> %q follows a head of level %d", name, e.name, e.said(), level)
				} else {
					level = l
				}
				if e.said() == "" {
					t.Errorf("%s: a <%s> is empty", name, e.name)
				}
			}
			if e.name == "a" && e.said() == "" {
				t.Errorf("%s: a link to %s says nothing", name, e.attrs["href"])
			}
		})
	}
}

func TestIdsAreUniqueAndWhatPointsToThemIsThere(t *testing.T) {
	for name, page := range pages(t) {
		ids := map[string]bool{}
		page.each(func(e *node) {
			id := e.attrs["id"]
			if id != "" && ids[id] && !e.within("svg", "") {
				t.Errorf("%s: the id %s stands twice", name, id)
			}
			ids[id] = true
		})
		page.each(func(e *node) {
			for _, id := range strings.Fields(e.attrs["aria-labelledby"]) {
				if !ids[id] {
					t.Errorf("%s: aria-labelledby names %s, which is not there", name, id)
				}
			}
			if id, local := strings.CutPrefix(e.attrs["href"], "#"); local && !ids[id] {
				t.Errorf("%s: a link leads to #%s, which is not there", name, id)
			}
		})
	}
}

func TestARatingIsAShapeAndAWord(t *testing.T) {
	words := map[string]string{"green": "Green", "amber": "Amber", "red": "Red", "none": "Not rated"}
	seen := map[string]bool{}
	for name, page := range pages(t) {
		for _, tag := range page.all("span") {
			if !tag.has("tag") {
				continue
			}
			for code, word := range words {
				if !tag.has("tag-" + code) {
					continue
				}
				seen[code] = true
				if tag.said() != word+" "+shape(code) && tag.said() != shape(code)+" "+word {
					t.Errorf("%s: the tag %s says %q", name, code, tag.said())
				}
			}
		}
	}
	if len(seen) != len(words) {
		t.Errorf("the fixtures show only %v", seen)
	}
}

func TestADirectionAlwaysHasWords(t *testing.T) {
	for name, page := range pages(t) {
		for _, span := range page.all("span") {
			if span.has("direction") && strings.Trim(span.said(), "▲▼► ") == "" {
				t.Errorf("%s: an arrow stands alone", name)
			}
		}
	}
	th := civic(t)
	for _, test := range []struct {
		direction Direction
		want      string
	}{
		{Direction{Arrow: "up", Judgement: "improvement"}, "Better"},
		{Direction{Arrow: "up", Judgement: "improvement", Standing: "red"}, "Better, still off target"},
		{Direction{Arrow: "down", Judgement: "decline", Standing: "green"}, "Worse, still green"},
		{Direction{Arrow: "down", Judgement: "decline", Standing: "amber"}, "Worse, within tolerance"},
		{Direction{Arrow: "down", Judgement: "decline", Standing: "red"}, "Worse, off target"},
		{Direction{Arrow: "stable", Judgement: "no_change", Standing: "red"}, "No change, off target"},
		{Direction{Arrow: "up", Judgement: "increase"}, "Up"},
		{Direction{Arrow: "down", Judgement: "decrease", Standing: "red"}, "Down"}, // neither good nor bad, also where it is rated
		{Direction{Arrow: "stable", Judgement: "stable"}, "No change"},
		{Direction{Arrow: "none"}, "No comparison"},
	} {
		if got := th.moved(test.direction); got != test.want {
			t.Errorf("%+v is told as %q, want %q", test.direction, got, test.want)
		}
	}
}

func TestEveryColumnOfTheScorecardIsOnThePage(t *testing.T) {
	view := scorecardView(t)
	page := pages(t)["scorecard.html"]
	var heads []string
	for _, th := range page.all("thead")[0].all("th") {
		heads = append(heads, th.said())
	}
	said := strings.Join(heads, "|")
	for _, want := range append(append(append([]string{"No. and indicator", "Direction", "Rating", "Year to date", "Target", "Green", "Amber"}, view.Periods...), view.Years...), view.Comparators...) {
		if !strings.Contains(said, want) {
			t.Errorf("the head %q is not among %s", want, said)
		}
	}
	if got, want := len(heads), columns(view); got != want {
		t.Errorf("there are %d heads, and group heads span %d", got, want)
	}
}

func TestARevisedFigureSaysWhatItWas(t *testing.T) {
	said := pages(t)["section.html"].said()
	if !strings.Contains(said, "28.0% [r] (revised: first returned as 30.0%)") {
		t.Error("the revised figure of December does not tell the figure that was first returned")
	}
}

func TestACarriedFigureShowsItsPeriod(t *testing.T) {
	view := sectionView()
	view.Tables[0].Rows[0].Cells[0] = Figure{Text: "81.5%", Period: "2014/15", Old: true}
	page := document(t, renderFixture(t, civic(t), view))
	for _, td := range page.all("td") {
		if strings.HasPrefix(td.said(), "81.5%") {
			if td.said() != "81.5% 2014/15" {
				t.Errorf("the figure of another period is shown as %q", td.said())
			}
			return
		}
	}
	t.Error("the figure is not on the page")
}

func TestTheBarIsWholeAndLeavesNothingOut(t *testing.T) {
	for _, counts := range []Counts{{Green: 1, Amber: 1, Red: 1}, {Green: 8, Amber: 5, Red: 5, None: 49}, {Red: 7}, {None: 3, Green: 4}} {
		drawing := document(t, []byte(bar(counts)))
		at := 0
		for _, rect := range drawing.all("rect") {
			if number(t, rect.attrs["x"]) != at {
				t.Errorf("%+v: a part begins at %s, the one before ended at %d", counts, rect.attrs["x"], at)
			}
			at += number(t, rect.attrs["width"])
		}
		if at != barWidth {
			t.Errorf("%+v: the parts come to %d of %d", counts, at, barWidth)
		}
	}
	if bar(Counts{}) != "" {
		t.Error("nothing counted draws a bar")
	}
}

func number(t *testing.T, text string) int {
	t.Helper()
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' {
			t.Fatalf("%q is not a whole number", text)
		}
		n = n*10 + int(r-'0')
	}
	return n
}

func TestTextOfTheSiteIsEscaped(t *testing.T) {
	th := civic(t)
	view := plainView()
	view.Title = `<script>alert(1)</script> & "more"`
	view.Crumbs = []Link{{Text: "<b>", Href: `javascript:alert(1)`}}
	view.Body = template.HTML("<p>kept</p>")
	page := renderFixture(t, th, view)
	if bytes.Contains(page, []byte("<script>alert")) || bytes.Contains(page, []byte("javascript:alert")) {
		t.Errorf("text of the site reaches the page as markup:\n%s", page)
	}
	if !bytes.Contains(page, []byte("<p>kept</p>")) {
		t.Error("finished HTML is escaped")
	}
}

func TestOneMeasureIsNotMeasures(t *testing.T) {
	th := civic(t)
	home, card := homeView(), scorecardView(t)
	card.Counts = Counts{Green: 1, Total: 1}
	for i := range home.Scorecards {
		home.Scorecards[i].Counts = card.Counts
	}
	for _, view := range []any{home, card} {
		said := document(t, renderFixture(t, th, view)).said()
		if strings.Contains(said, "1 measures") || !strings.Contains(said, "1 measure") {
			t.Errorf("%T does not say 1 measure", view)
		}
	}
}

func TestAMissingFigureIsToldInWords(t *testing.T) {
	view := indicatorView()
	view.Current, view.CurrentPeriod = Figure{Text: "[x]", Missing: true, Note: "not returned"}, "February 2017"
	view.Marks = marksUsed
	page := document(t, renderFixture(t, civic(t), view))
	var told []string
	for _, p := range page.all("p") {
		if p.has("big") || p.has("big-of") {
			told = append(told, p.said()) // an element's own text, then that of its mark
		}
	}
	if got, want := strings.Join(told, "|"), "No figure for February 2017|not available (not returned) [x]"; got != want {
		t.Errorf("the page says %q, want %q", got, want)
	}
}

func TestSourcesOfAScorecardStandWithinThePagesWidth(t *testing.T) {
	view := scorecardView(t)
	view.Sources = []Source{{Number: "1", Text: "3.2, January 2017"}}
	for _, section := range document(t, renderFixture(t, civic(t), view)).all("section") {
		if section.has("sources") {
			if !section.within("", "wide") {
				t.Error("the sources stand outside the width of the page")
			}
			return
		}
	}
	t.Error("the sources are not on the page")
}

func TestAMailboxBreaksAtItsDotsOnly(t *testing.T) {
	for text, want := range map[string]string{
		"team@example.gov.uk": "team@<wbr>example.<wbr>gov.<wbr>uk",
		"a<b@example.uk":      "a&lt;b@<wbr>example.<wbr>uk",
		"31.5 days":           "31.5 days",
		"ask team@example.uk": "ask team@example.uk",
	} {
		if got := string(address(text)); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
	}
}
