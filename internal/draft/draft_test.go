package draft

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/score"
)

// care is a scorecard of December and January, with something of each kind.
func care() council {
	return council{
		"data/care/indicators.csv": `ref,section,name,good,unit,frequency,basis,ytd,rag_on,status
1.1,contacts,Number of contacts,info,count,monthly,in_month,sum,none,live
1.2,contacts,% of contacts decided in the month,high,percent,monthly,in_month,ratio,period,live
1.3,contacts,Rate of re-referral,low,percent,monthly,in_month,none,period,live
2.1,plans,Open plans out of date,low,count,monthly,as_at,latest,none,live
2.2,plans,Average caseload,within,average,monthly,as_at,none,period,live
2.3,plans,% of plans seen by a manager,high,percent,quarterly,as_at,none,period,live
2.4,plans,Number of plans closed,info,count,monthly,in_month,sum,none,live
2.5,plans,% of plans kept on paper,info,percent,monthly,as_at,none,none,suspended
`,
		"data/care/targets.csv": `ref,period,target,green,amber
1.2,2016-17,95,,
1.3,2016-17,20,<=20,<=23
2.2,2016-17,,14..20,14..22
2.3,2016-17,90,,
`,
		"data/care/benchmarks.csv": "ref,comparator,period,value\n1.2,england,2015-16,81.5\n",
		"data/care/actions.csv":    "ref,action,measure,due,lead\nA1,Fill two posts,1.2,2017-06,Team Manager\n",
		"data/care/2016-12.csv": `ref,period,value,numerator,denominator
1.1,2016-11,300,,
1.1,2016-12,267,,
1.2,2016-12,,92,100
1.3,2016-12,21.0,,
2.1,2016-12,9,,
2.2,2016-12,23,,
2.3,2016-17-Q3,70,,
2.4,2016-12,11,,
`,
		"data/care/2017-01.csv": `ref,period,value,numerator,denominator,mark
1.1,2017-01,403,,,
1.2,2017-01,,80,100,
1.2,2016-01,90,,,
1.3,2017-01,19.5,,,
2.1,2017-01,9,,,
2.2,2017-01,21,,,
2.4,2017-01,,,,x
`,
	}
}

// read drafts a month of care and puts the figures in, as a build does.
func read(t *testing.T, c council, month string) map[string]string {
	t.Helper()
	m := c.month(t, month)
	texts := map[string]string{}
	for _, text := range Month(m) {
		c[text.Path] = text.Markdown
	}
	again := c.month(t, month)
	for _, text := range Month(m) {
		texts[text.Section] = body(text)
	}
	if again.Cover.Status != "draft" {
		t.Errorf("the cover's status is %q", again.Cover.Status)
	}
	return texts
}

func TestADraftSaysWhatTheFiguresSay(t *testing.T) {
	texts := read(t, care(), "2017-01")
	want := map[string]string{
		"contacts": "The percentage of contacts decided {{ 1.2 moved }} in January 2017, from {{ 1.2 previous }} in December 2016 to {{ 1.2 }} ({{ 1.2 of }}), which is worse: it is {{ 1.2 rag }} against a target of {{ 1.2 target }}, and the report for December 2016 had it amber. A year earlier it was {{ 1.2 year_ago }}, and the England average was {{ 1.2 england }} for 2015/16 (April 2015 to March 2016). Action A1, “Fill two posts”, answers it (Team Manager; due on 30 June 2017). The rate of re-referral stood at {{ 1.3 }}, after {{ 1.3 previous }} the month before, which is better: against a target of {{ 1.3 target }} it is {{ 1.3 rag }}, and the report for December 2016 had it amber.\n" +
			"The number of contacts came to {{ 1.1 }} in January 2017, where in December 2016 it was {{ 1.1 previous }}.",
		"plans": "The average caseload {{ 2.2 moved }} in January 2017, from {{ 2.2 previous }} in December 2016 to {{ 2.2 }}, nearer to what is wanted: it is {{ 2.2 rag }}, where {{ 2.2 target }} is wanted, and the report for December 2016 had it red.\n" +
			"The newest figure for the percentage of plans seen by a manager is still that for October to December 2016 (quarter 3), {{ 2.3 }}: against a target of {{ 2.3 target }} it is {{ 2.3 rag }}.\n" +
			"The figure is not available for the number of plans closed. Suspended for now, and without a figure: the percentage of plans kept on paper.",
	}
	for section, text := range want {
		if texts[section] != text {
			t.Errorf("%s: drafted\n%s\nwanted\n%s", section, texts[section], text)
		}
	}
}

func TestTheCoverEndsWithWhatIsGoodAndWhatIsNot(t *testing.T) {
	cover := read(t, care(), "2017-01")[""]
	_, lists, ok := strings.Cut(cover, "\n## Good and improved\n")
	want := "- The rate of re-referral: {{ 1.3 }}, after {{ 1.3 previous }}; {{ 1.3 rag }} against a target of {{ 1.3 target }} - The average caseload: {{ 2.2 }}, after {{ 2.2 previous }}; {{ 2.2 rag }}, where {{ 2.2 target }} is wanted\n" +
		"## Areas for further improvement\n" +
		"- The percentage of contacts decided: {{ 1.2 }}, after {{ 1.2 previous }}; {{ 1.2 rag }} against a target of {{ 1.2 target }} - The percentage of plans seen by a manager: {{ 2.3 }} for October to December 2016 (quarter 3); {{ 2.3 rag }} against a target of {{ 2.3 target }}"
	if !ok || lists != want {
		t.Errorf("drafted\n%s\nwanted\n%s", lists, want)
	}
}

func TestWhatAnEarlierMonthToldIsNoNews(t *testing.T) {
	december := read(t, care(), "2016-12")["plans"]
	if !strings.Contains(december, "The percentage of plans seen by a manager stood at {{ 2.3 }} for October to December 2016 (quarter 3)") && !strings.Contains(december, "came to {{ 2.3 }} for October") {
		t.Errorf("December does not tell its own quarter:\n%s", december)
	}
	january := read(t, care(), "2017-01")
	for _, text := range january {
		if strings.Contains(text, "{{ 2.3 moved }}") || strings.Contains(text, "stood at {{ 2.3 }}") {
			t.Errorf("January tells it as news:\n%s", text)
		}
	}
}

func TestAMeasureOnItsOwnReportsItsRatingByTodaysTarget(t *testing.T) {
	c := care()
	c["content/care/_index.md"] = "---\ntitle: Care\nfirst_report: 2017-01\ndefault_tolerance: 10\n---\n"
	text := read(t, c, "2017-01")["contacts"]
	if !strings.Contains(text, "and by the same target December 2016 was amber.") {
		t.Errorf("drafted\n%s", text)
	}
}

func TestRedsStandByTheirDistanceFromGreen(t *testing.T) {
	m := council{
		"data/care/indicators.csv": "ref,section,name,good,unit,rag_on\n1,plans,Number one,high,count,period\n2,plans,Number two,low,count,period\n3,plans,Number three,within,count,period\n4,plans,Number four,high,count,period\n",
		// Off by two, by three and by two and a half tolerances; the last has none
		// and is off by half its target.
		"data/care/targets.csv":  "ref,period,green,amber,target\n1,2016-17,>=100,>=90,\n2,2016-17,<=100,<=110,\n3,2016-17,90..100,80..110,\n4,2016-17,>=40,,40\n",
		"data/care/2017-01.csv":  "ref,value\n1,80\n2,130\n3,125\n4,20\n",
		"content/care/_index.md": "---\ntitle: Care\nfirst_report: 2017-01\n---\n",
	}.month(t, "2017-01")
	var order []string
	for _, s := range pick(subjects(m, m.Measures()), red) {
		order = append(order, s.Indicator.Ref)
	}
	if got := strings.Join(order, " "); got != "2 3 1 4" {
		t.Errorf("the order is %s", got)
	}
}

func TestWhoPreparedTheCoverStaysFromMonthToMonth(t *testing.T) {
	c := care()
	c["content/care/2016-12/_index.md"] = "---\nstatus: approved\nprepared_by: \"Quality: team\"\ncontact: team@anytown.example\nsigned_off: {by: Director, on: 2017-01-20}\ncaution: New system.\n---\n"
	cover := Month(c.month(t, "2017-01"))[0].Markdown
	want := "---\nstatus: draft\nprepared_by: \"Quality: team\"\ncontact: \"team@anytown.example\"\n---\n"
	if !strings.HasPrefix(cover, want) {
		t.Errorf("the cover begins\n%s", cover[:min(len(cover), 200)])
	}
	read(t, c, "2017-01") // and can be read
}

func TestAnEmptyReturnDraftsNoFigure(t *testing.T) {
	c := care()
	c["data/care/2016-12.csv"], c["data/care/2017-01.csv"] = "ref,value\n", "ref,value,mark\n2.4,,x\n"
	for section, text := range read(t, c, "2017-01") {
		if strings.Contains(text, "{{") || text == "" {
			t.Errorf("%q: %s", section, text)
		}
	}
}

var figures = regexp.MustCompile(`\{\{.*?\}\}`)

// TestDraftsOfTheRealMonthsCanBeBuilt drafts both scorecards of the repository's
// site: they are read back without an error, tell every red, say no sentence
// twice in a text, and come out the same each time.
func TestDraftsOfTheRealMonthsCanBeBuilt(t *testing.T) {
	site := real(t)
	drafted := fstest.MapFS{}
	maps.Copy(drafted, site)
	for _, card := range []string{"early-help", "safeguarding"} {
		m := monthOf(t, site, card, "2017-01")
		texts := Month(m)
		if again := Month(monthOf(t, site, card, "2017-01")); !slices.Equal(texts, again) {
			t.Errorf("%s: two drafts differ", card)
		}
		for _, text := range texts {
			drafted[text.Path] = &fstest.MapFile{Data: []byte(text.Markdown)}
			said := map[string]bool{}
			for _, paragraph := range strings.Split(body(text), "\n") {
				for _, s := range strings.SplitAfter(figures.ReplaceAllString(paragraph, ""), ". ") {
					if s = strings.TrimSpace(s); said[s] && !strings.HasPrefix(s, "#") {
						t.Errorf("%s says twice: %s", text.Path, s)
					}
					said[s] = true
				}
			}
			for _, line := range strings.Split(text.Markdown, "\n") {
				if strings.Count(line, "{{") != strings.Count(line, "}}") {
					t.Errorf("%s: a reference is broken over two lines: %s", text.Path, line)
				}
			}
		}
		for _, v := range m.Measures() {
			name := "content/" + card + "/2017-01/" + v.Indicator.Section + ".md"
			if v.RAG.Rating == score.Red && !strings.Contains(string(drafted[name].Data), "{{ "+v.Indicator.Ref+" ") {
				t.Errorf("%s says nothing of %s, which is red", name, v.Indicator.Ref)
			}
		}
	}
	var problems diag.List
	edition.Load(drafted, civic(t), edition.Options{Today: period.NewDate(2017, 3, 22), Drafts: true}, &problems)
	for _, p := range problems.All() {
		t.Errorf("%s:%d:%d: %s", p.Place.File, p.Place.Line, p.Place.Column, p.Message)
	}
	if _, err := fs.Stat(drafted, "content/safeguarding/2017-01/_index.md"); err != nil {
		t.Error(err)
	}
}
