package proof

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"outturn/internal/anytown"
	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// careSite is a made-up site of one measure, with its texts.
var careSite = map[string]string{
	"data/care/indicators.csv": "ref,section,name,good,unit\n1.1,contacts,Contacts,info,count\n",
	"data/care/2017-01.csv":    "ref,period,area,value,numerator,denominator,mark\n1.1,2016-12,,267,,,\n1.1,,,403,,,\n",
}

// proseOf is what Prose tells of a site with these texts, a line each.
func proseOf(t *testing.T, texts map[string]string) []string {
	t.Helper()
	site := maps.Clone(careSite)
	maps.Copy(site, texts)
	var faults, problems diag.List
	e := edition.Load(anytown.Files(site), anytown.Civic(), edition.Options{Today: period.NewDate(2017, 5, 20), Drafts: true}, &faults)
	for _, p := range faults.All() {
		if p.Severity == diag.Error {
			t.Errorf("the made-up site has a fault of its own: %s", anytown.Line(p))
		}
	}
	new(Reader).figures(e, &problems)
	return anytown.Lines(problems.All())
}

const (
	scrutiny      = "content/meetings/2017-05-10-scrutiny.md"
	staffReport   = "content/reports/2017-05-10-staff.md"
	qualityReport = "content/reports/2017-05-10-quality.md"
)

func paper(keys, body string) string {
	return "---\ntitle: Staff and quality\ncommittee: Scrutiny\ndate: 2017-05-10\nstatus: approved\n" + keys + "---\n\n" + body + "\n"
}

func meeting(body string) string {
	return "---\ncommittee: Scrutiny\ndate: 2017-05-10\nstatus: held\nminutes: unconfirmed\nitems:\n" +
		"  - {title: Staff, report: 2017-05-10-staff}\n  - {title: Quality, report: 2017-05-10-quality}\n---\n\n" + body + "\n"
}

func TestPapersOfOneMeetingAreHeldAgainstEachOther(t *testing.T) {
	const keys = "as_at: 2017-01\nscorecards: [care]\n"
	for _, test := range []struct {
		name, first, second, minutes string
		want                         []string
	}{
		{"two values of what no scorecard has",
			"Senior managers visited 14 teams in January.", "Senior managers visited 16 teams in January.", "The reports were noted.",
			[]string{staffReport + `:10:25: warning: 14 is said here, and 16 of the same thing in ` + qualityReport + `:10 [contradicts-itself]`}},
		{"the same value", "Senior managers visited 14 teams in January.", "In January senior managers visited 14 teams.", "The reports were noted.", nil},
		{"another month", "Senior managers visited 14 teams in January.", "Senior managers visited 16 teams in December.", "The reports were noted.", nil},
		{"another place", "Senior managers visited 14 teams in North.", "Senior managers visited 16 teams in South.", "The reports were noted.", nil},
		{"a word more beside the number", "Parents attended 14 coffee mornings in January.", "Parents attended 16 themed coffee mornings in January.", "", nil},
		{"money at two precisions", "The budget of the fostering service is £4.2m.", "The budget of the fostering service is £4,212,000.", "", nil},
		{"money that differs", "The budget of the fostering service is £4.2m.", "The budget of the fostering service is £4.6m.", "",
			[]string{staffReport + `:10:40: warning: £4.2m is said here, and £4.6m of the same thing in ` + qualityReport + `:10 [contradicts-itself]`}},
		{"the minutes of a meeting", "Senior managers visited 14 teams in January.", "Quality is discussed below.", "Members heard that senior managers visited 15 teams in January.",
			[]string{scrutiny + `:11:44: warning: 15 is said here, and 14 of the same thing in ` + staffReport + `:10 [contradicts-itself]`}},
	} {
		got := proseOf(t, map[string]string{staffReport: paper(keys, test.first), qualityReport: paper(keys, test.second), scrutiny: meeting(test.minutes)})
		if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
			t.Errorf("%s: found\n%s\nwant\n%s", test.name, strings.Join(got, "\n"), strings.Join(test.want, "\n"))
		}
	}
}

// The scorecard's own texts are before the meeting too: what they say is as much
// in members' hands as the report.
func TestTheMonthsTextsAreHeldAgainstTheReport(t *testing.T) {
	const analysis = "content/care/2017-01/contacts.md"
	got := proseOf(t, map[string]string{
		analysis:      "Senior managers visited 14 teams in January.\n",
		staffReport:   paper("as_at: 2017-01\nscorecards: [care]\n", "Senior managers visited 16 teams in January."),
		qualityReport: paper("", "Quality is discussed below."),
		scrutiny:      meeting(""),
	})
	want := staffReport + `:10:25: warning: 16 is said here, and 14 of the same thing in ` + analysis + `:1 [contradicts-itself]`
	if strings.Join(got, "\n") != want {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// Papers of two meetings may differ: things change between them.
func TestPapersOfTwoMeetingsMayDiffer(t *testing.T) {
	got := proseOf(t, map[string]string{
		staffReport:   paper("", "Senior managers visited 14 teams in January."),
		qualityReport: paper("", "Senior managers visited 16 teams in January."),
	})
	if len(got) > 0 {
		t.Errorf("found %s", strings.Join(got, "\n"))
	}
}

// A report on two scorecards is read against both, whichever it names first,
// and against those that it has for appendices.
func TestAReportIsReadAgainstAllItsScorecards(t *testing.T) {
	e := publishedEdition(t)
	both := []commentary.Named{{Text: "early-help"}, {Text: "safeguarding"}}
	for _, r := range []edition.Report{
		{Card: "early-help", Report: commentary.Report{Scorecards: both}},
		{Card: "safeguarding", Report: commentary.Report{Scorecards: []commentary.Named{both[1], both[0]}}},
		{Card: "early-help", Report: commentary.Report{Scorecards: both[:1], Appendices: []commentary.Appendix{{Scorecard: both[1]}}}},
	} {
		doc := paperOf(e, cardsOf(&r), r.Card, period.NewMonth(2017, 1))
		ledger := newLedger(e, doc, newGlossary(new(Reader)))
		for body, want := range map[string]int{
			"There were 482 looked after children at the end of January.":                                                                                            0,
			"There were 428 looked after children at the end of January.":                                                                                            1,
			"18.2% of Early Help assessments were on time in January.":                                                                                               0,
			"28.2% of Early Help assessments were on time in January.":                                                                                               1,
			"67.7% of social care assessments were completed within 45 working days in January.":                                                                     0,
			"76.7% of social care assessments were completed within 45 working days in January.":                                                                     1,
			"| Measure | January 2017 |\n|---|--:|\n| Contacts with Early Help | 403 |\n| Looked after children | 482 |\n| Early Help assessments on time | 18.2% |": 0,
			"| Measure | January 2017 |\n|---|--:|\n| Contacts with Early Help | 403 |\n| Looked after children | 428 |\n| Early Help assessments on time | 30.2% |": 2,
		} {
			var problems diag.List
			doc.passages = commentary.ParseText("text.md", body, &problems).Passages()
			p := &proof{e: e, l: ledger, doc: doc}
			p.read()
			p.tell(&problems)
			if got := problems.All(); len(got) != want {
				t.Errorf("%s first: %s\n%d findings, want %d: %s", r.Card, body, len(got), want, told(got))
			}
		}
	}
}

// A site that is read in parts is told the same of: the part of the papers
// borrows the months' texts to hold against them, and tells nothing of theirs.
func TestPartsTellWhatTheWholeTells(t *testing.T) {
	site := maps.Clone(careSite)
	maps.Copy(site, map[string]string{
		"content/care/2017-01/contacts.md": "There were 413 contacts in January.\n\nSenior managers visited 14 teams in January.\n",
		"content/care/2017-01/_index.md":   "---\nstatus: approved\n---\n\nThe budget of the fostering service is £4.2m.\n",
		staffReport:                        paper("as_at: 2017-01\nscorecards: [care]\n", "Senior managers visited 16 teams in January. The budget of the fostering service is £4.6m."),
		qualityReport:                      paper("", "There were 267 contacts in December 2016."),
		scrutiny:                           meeting("There were 430 contacts in January 2017."),
	})
	files := anytown.Files(site)
	options := edition.Options{Today: period.NewDate(2017, 5, 20), Drafts: true}
	var faults, whole, parts diag.List
	content := commentary.Load(files, edition.DataFolders(files), &faults)
	new(Reader).figures(edition.Gather(files, content, anytown.Civic(), options, &faults).Whole(&faults), &whole)
	in := edition.Gather(files, content, anytown.Civic(), options, &faults)
	new(Reader).figures(in.Scorecard("care", &faults), &parts)
	new(Reader).figures(in.Papers(nil, &faults), &parts)
	if got, want := anytown.Lines(parts.All()), anytown.Lines(whole.All()); !slices.Equal(got, want) {
		t.Errorf("part by part:\n  %s\nwhole:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
	if n := len(whole.All()); n != 4 {
		t.Errorf("%d findings, want 4: %s", n, strings.Join(anytown.Lines(whole.All()), "\n"))
	}
}

// The size of a change is bound, the word for its way is typed: it must not stay
// when the figures turn.
func TestWayTypedBesideABoundChangeIsHeldAgainstIt(t *testing.T) {
	for text, want := range map[string]string{
		"Contacts, up by {{ care/1.1 change @2017-01 }}.":                 "",
		"Contacts, down by {{ care/1.1 change @2017-01 }}.":               `:11:11: warning: "down" is said of 1.1, which rose by 136 [direction-contradicts]`,
		"Contacts, which saw a fall of {{ care/1.1 change @2017-01 }}.":   `:11:23: warning: "fall" is said of 1.1, which went from 267 (December 2016) to 403 [direction-contradicts]`,
		"The team met on {{ care/1.1 change @2017-01 }} fewer contacts.":  `:11:48: warning: "fewer" is said of 1.1, which rose by 136 [direction-contradicts]`,
		"The team met on {{ care/1.1 change @2017-01 }} more contacts.":   "",
		"Contacts, not down by {{ care/1.1 change @2017-01 }}, troubled.": "",
	} {
		got := strings.Join(proseOf(t, map[string]string{staffReport: paper("as_at: 2017-01\nscorecards: [care]\n", "Staff."),
			qualityReport: paper("as_at: 2017-01\nscorecards: [care]\n", "Quality."), scrutiny: meeting(text)}), "\n")
		if want != "" {
			want = scrutiny + want
		}
		if got != want {
			t.Errorf("%s: found\n%s\nwant\n%s", text, got, want)
		}
	}
}

// The numbers of paragraphs are no figures, whatever their paragraphs have alike.
func TestParagraphNumbersAreNoTwoValuesOfOneThing(t *testing.T) {
	const keys = "as_at: 2017-01\nscorecards: [care]\n"
	for text, want := range map[string]string{
		"3.1 Senior managers visited teams in January.\n\n3.2 Senior managers visited teams in January.":                     "",
		"Senior managers visited 3.1 teams a week in January.\n\nSenior managers visited 3.2 teams a week in January.":       ":12:25: warning: 3.2 is said here, and 3.1 of the same thing in line 10 [contradicts-itself]",
		"3.1 senior managers visited the teams daily in January.\n\n3.2 senior managers visited the teams daily in January.": ":12:1: warning: 3.2 is said here, and 3.1 of the same thing in line 10 [contradicts-itself]",
	} {
		if want != "" {
			want = staffReport + want
		}
		if got := strings.Join(proseOf(t, map[string]string{staffReport: paper(keys, text)}), "\n"); got != want {
			t.Errorf("%s: found\n%s\nwant\n%s", text, got, want)
		}
	}
}

// "Rose by 51%" is of the measure that did, not of a percentage beside it whose
// name gives all its words.
func TestChangeInPerCentIsOfTheMeasureThatChangedSo(t *testing.T) {
	for text, want := range map[string]string{
		"Contacts rose by 51%.": "",
		"Contacts fell by 51%.": `content/care/2017-01/contacts.md:4:10: warning: "fell" is said of 1.1, which went from 267 (December 2016) to 403 [direction-contradicts]`,
	} {
		got := strings.Join(proseOf(t, map[string]string{
			"data/care/indicators.csv":         "ref,section,name,good,unit\n1.1,contacts,Contacts received,info,count\n1.2,contacts,Contacts in time,high,percent\n",
			"data/care/2017-01.csv":            "ref,period,area,value,numerator,denominator,mark\n1.1,2016-12,,267,,,\n1.1,,,403,,,\n1.2,2016-12,,,94,134,\n1.2,,,,253,403,\n",
			"content/care/2017-01/contacts.md": "---\n---\n\n" + text + "\n"}), "\n")
		if got != want {
			t.Errorf("%s: found\n%s\nwant\n%s", text, got, want)
		}
	}
}

// What is of one thing is like it; else it would not be compared. A table's
// thousands of figures are like few of the others: each held against each, 13
// columns of 800 rows took a minute.
func TestFiguresOfOneThingAreAlikeAndThoseOfATableAreNot(t *testing.T) {
	r := &statementReader{e: publishedEdition(t)}
	var list []telling
	for _, file := range []string{"careless.md", "careful.md", "movement.md"} {
		for _, e := range examples(t, file) {
			list = append(list, r.proof(t, e.scorecard, e.section, e.text+"\n\n"+e.text).tellings()...)
		}
	}
	for _, text := range []string{"There were 13 contacts with Early Help in 1998.\n\nContacts with Early Help in 1998: 15.",
		"In 1998 officers visited 14 libraries.\n\nIn 1998 officers of 16 visited libraries."} {
		list = append(list, r.proof(t, "early-help", "contacts", text).tellings()...)
	}
	one, two := 0, 0
	for j := range list {
		_, asked := list[j].likenesses()
		for i := range list[:j] {
			a, b := &list[i], &list[j]
			if a.p != b.p && len(b.result().facts) > 0 {
				a, b = b, a
			}
			if !a.ofSame(b) {
				continue
			}
			if a.p == b.p {
				one++
			} else {
				two++
			}
			kept, _ := list[i].likenesses()
			if !slices.ContainsFunc(asked, func(l likeness) bool {
				return slices.Contains(kept, l) && (a.p != b.p || l.ind != nil || l.p != nil)
			}) {
				t.Errorf("of one thing, and not alike:\n%s\n%s", a.st.passage.Text, b.st.passage.Text)
			}
		}
	}
	if one < 10 || two < 5 {
		t.Errorf("only %d in one text and %d in two are of one thing", one, two)
	}

	var table strings.Builder
	table.WriteString("| Measure |" + strings.Repeat(" December, January |", 12) + "\n|" + strings.Repeat("---|", 13) + "\n")
	for row := range 40 {
		table.WriteString("| Contacts |")
		for col := range 12 {
			fmt.Fprintf(&table, " %d |", row*7+col)
		}
		table.WriteString("\n")
	}
	like, pairs := map[likeness]int{}, 0
	var faults diag.List
	r = &statementReader{e: edition.Load(anytown.Files(careSite), anytown.Civic(), edition.Options{Today: period.NewDate(2017, 5, 20), Drafts: true}, &faults)}
	list = r.proof(t, "care", "contacts", table.String()).tellings()
	for j := range list {
		kept, asked := list[j].likenesses()
		for _, l := range asked {
			pairs += like[l]
		}
		for _, l := range kept {
			like[l]++
		}
	}
	if len(list) < 400 || pairs > 2*len(list) {
		t.Errorf("%d pairs of %d figures are compared", pairs, len(list))
	}
}
