package theme

import (
	"encoding/csv"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The fixtures are views made by hand from the site's own figures for January
// 2017, as rich as pages get: marks, revisions, further lines of one number,
// measures with periods of their own, long names. Judging is not their work:
// ratings stand here as words in a table.

func frame(title, root string) Frame {
	return Frame{
		Title: title, Description: title + ", January 2017.",
		SiteTitle: "Children and young people’s services performance",
		Council:   "Rotherham Metropolitan Borough Council",
		Language:  "en-GB", Root: root, AsAt: "January 2017",
		Nav: []Link{
			{Text: "Latest", Href: root + "index.html", Current: root == ""},
			{Text: "Early help", Href: root + "scorecard.html"},
			{Text: "Safeguarding", Href: root + "scorecard.html"},
			{Text: "What has been returned", Href: root + "status.html"},
			{Text: "Data", Href: root + "data.html"},
			{Text: "How it is scored", Href: root + "methodology.html"},
		},
		Notice:        "This is a demonstration built from published figures. It is not a service of the council.",
		Credit:        Link{Text: "Rotherham Metropolitan Borough Council, January 2017 performance reports", Href: "https://example.gov.uk/"},
		Licence:       Link{Text: "Open Government Licence v3.0", Href: "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"},
		Contact:       "performance@example.gov.uk",
		Accessibility: root + "plain.html",
		Feed:          root + "feed.xml",
	}
}

func crumbed(f Frame, links ...Link) Frame {
	f.Crumbs = append([]Link{{Text: "Latest", Href: f.Root + "index.html"}}, links...)
	return f
}

var (
	worse = Direction{Arrow: "down", Judgement: "decline", Standing: "red", Change: "12.0 percentage points",
		Reason: "Worse: it fell by 12.0 percentage points, from 30.2% for December 2016 to 18.2% for January 2017."}
	better = Direction{Arrow: "up", Judgement: "improvement", Standing: "amber", Change: "1.5 percentage points",
		Reason: "Better: it rose by 1.5 percentage points, from 93.0% for December 2016 to 94.5% for January 2017."}
	whyRed    = "Red: 18.2% (22 of 121) for January 2017 is outside the tolerance. Green is 100% or more; amber is more than 90%."
	marksUsed = []Mark{{"[r]", "revised since it was first published"}, {"[x]", "not available"}, {"[z]", "not applicable"}, {"[p]", "provisional: expected to be revised"}}
)

func homeView() Home {
	return Home{
		Frame: frame("Children and young people’s services performance", ""),
		AsAt:  "January 2017",
		Intro: "<p>How children’s services in Rotherham are doing, month by month: every figure with its target, its reason and what the service says about it.</p>",
		Scorecards: []HomeScorecard{
			{Title: "Early help", Href: "scorecard.html", AsAt: "January 2017", Issue: "issue 2",
				Counts:   Counts{Green: 8, Amber: 5, Red: 5, None: 49, Total: 67},
				Sections: links("Contacts", "Contacts and referrals by source", "Early help assessments", "Open cases", "Step downs", "Children’s centres", "Education welfare", "Families for Change", "Young people not in education, employment or training", "Youth offending", "Establishment", "Customer feedback", "Quality assurance"),
				Caution:  "A new case system went live at the end of October 2016: figures from October to December want caution."},
			{Title: "Safeguarding children and families", Href: "scorecard.html", AsAt: "January 2017", Issue: "issue 1",
				Counts:   Counts{Green: 17, Amber: 12, Red: 17, None: 65, Total: 111},
				Sections: links("Contacts", "Referrals", "Assessments", "Section 47 enquiries", "Children in need", "Child protection", "Looked after children", "Care leavers", "Adoption", "Caseloads")},
		},
		Changes: []Change{
			{Scorecard: "Early help", Indicator: Link{Text: "Contacts with a decision within five working days", Href: "indicator.html"}, Was: Rating{Code: "green"}, Now: Rating{Code: "amber"}, Figure: "94.5%",
				Sentence: "Amber: 94.5% (312 of 330) for January 2017 is short of green but within the tolerance. Green is 100% or more; amber is more than 90%.", Direction: better},
			{Scorecard: "Safeguarding", Indicator: Link{Text: "Assessments for children’s social care completed in 45 working days of referral", Href: "indicator.html"}, Was: Rating{Code: "amber"}, Now: Rating{Code: "red"}, Figure: "78.6%",
				Sentence: "Red: 78.6% for January 2017 is outside the tolerance. Green is 90% or more; amber is 86% or more.", Direction: worse},
			{Scorecard: "Early help", Indicator: Link{Text: "Number of contacts to early help", Href: "indicator.html"}, Now: Rating{Code: "none"}, Figure: "403",
				Sentence: "Up by 136, from 267 for December 2016 to 403 for January 2017. For this measure a rise is neither good nor bad."},
		},
		Worst: []Change{
			{Scorecard: "Early help", Indicator: Link{Text: "Early help assessments completed within 35 working days", Href: "indicator.html"}, Now: Rating{Code: "red"}, Figure: "18.2%", Sentence: whyRed},
		},
	}
}

func links(texts ...string) []Link {
	list := make([]Link, len(texts))
	for i, text := range texts {
		list[i] = Link{Text: text, Href: "section.html"}
	}
	return list
}

// rows of a CSV by column name.
func rows(t testing.TB, path string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "data", path))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			if i < len(record) {
				row[name] = record[i]
			}
		}
		list = append(list, row)
	}
	return list
}

const sparkline = `<svg class="chart spark spark-red" viewBox="0 0 120 28" aria-hidden="true" focusable="false"><path class="target" d="M2 4H118"/><path class="line" fill="none" d="M4 12L14 9 24 8 34 15 44 13 54 21 64 23 74 22 84 21 94 24"/><circle class="dot" cx="94" cy="24" r="2.5"/></svg>`

// scorecardView is the early help scorecard with its own names and figures.
func scorecardView(t testing.TB) Scorecard {
	figures := map[string]string{}
	marked := map[string]string{}
	for _, row := range rows(t, "early-help/2017-01.csv") {
		if row["area"] == "" {
			figures[row["ref"]+" "+row["period"]] = row["value"]
			marked[row["ref"]+" "+row["period"]] = row["mark"]
		}
	}
	figure := func(ref, unit, period, words string) Figure {
		value, ok := figures[ref+" "+period]
		f := Figure{Period: words, Text: value}
		if !ok || value == "" {
			return Figure{Period: words, Text: "[x]", Missing: true, Marks: []Mark{marksUsed[1]}}
		}
		if unit == "percent" {
			f.Text += "%"
		}
		if strings.Contains(marked[ref+" "+period], "r") {
			f.Marks, f.Revised = []Mark{marksUsed[0]}, "earlier figure not known"
		}
		return f
	}
	targets := map[string]map[string]string{}
	for _, row := range rows(t, "early-help/targets.csv") {
		targets[row["ref"]] = row
	}
	benchmarks := map[string]map[string]string{}
	for _, row := range rows(t, "early-help/benchmarks.csv") {
		benchmarks[row["ref"]+" "+row["comparator"]] = row
	}
	card := Scorecard{
		Frame:          crumbed(frame("Early help, January 2017", "")),
		ScorecardTitle: "Early help",
		Latest:         true,
		Permalink:      Link{Text: "The page of January 2017, as it stood", Href: "scorecard.html"},
		Issue:          IssueNote{Text: "Issue 2", Date: "30 January 2017", Changes: []string{"3.2 Early help assessments completed within 35 working days: 18.0% is now 18.2%."}},
		Caution:        "A new case system went live at the end of October 2016 and plans did not migrate: figures from October to December want caution.",
		Summary:        "<p>Contacts to the front door rose to 403 in January. The share of assessments finished in time fell to 18.2%, the lowest since April, while the teams cleared older work.</p>",
		Counts:         Counts{Green: 8, Amber: 5, Red: 5, None: 49, Total: 67},
		Cover:          []Field{{"Extracted", "30 January 2017"}, {"Prepared by", "Performance and quality team"}, {"Signed off", "Head of early help, 2 February 2017"}, {"Contact", "performance@example.gov.uk"}},
		Periods:        []string{"Nov 2016", "Dec 2016", "Jan 2017"},
		Years:          []string{"2014/15", "2015/16"},
		Comparators:    []string{"SN average", "Best SN", "England", "Top quartile"},
		Marks:          marksUsed,
		Months:         []Link{{Text: "January 2017", Href: "scorecard.html", Current: true}, {Text: "December 2016", Href: "scorecard.html"}},
		Download:       Link{Text: "This scorecard as JSON", Href: "scorecard.json"},
	}
	ratings := map[string]string{"1.2": "amber", "2.2": "red", "3.2": "red", "6.1": "green", "6.2": "amber", "7.1p": "amber", "7.1s": "amber", "8.1n": "green", "9.1": "green", "9.2": "green", "9.3": "red"}
	titles := map[string]int{}
	label := ""
	for _, row := range rows(t, "early-help/indicators.csv") {
		if row["parent"] != "" {
			continue
		}
		at, ok := titles[row["section"]]
		if !ok {
			at = len(card.Sections)
			titles[row["section"]] = at
			title := strings.ReplaceAll(row["section"], "-", " ")
			card.Sections = append(card.Sections, ScorecardSection{ID: row["section"], Title: strings.ToUpper(title[:1]) + title[1:], Link: Link{Text: title, Href: "section.html"}})
		}
		ref, unit := row["ref"], row["unit"]
		number := row["label"]
		if number == "" {
			number = ref
		}
		r := Row{ID: "m-" + ref, Label: number, First: number != label, Indicator: Link{Text: row["name"], Href: "indicator.html"},
			Good: row["good"], Unit: map[string]string{"percent": "%", "count": "number"}[unit], Basis: row["basis"], Frequency: row["frequency"],
			Rating: Rating{Code: "none"}, Why: "Not rated: this measure is shown for information."}
		label = number
		if !r.First {
			r.Label = ""
		}
		if r.Unit == "" {
			r.Unit = "per 10,000"
		}
		if row["status"] == "replaced" {
			r.Change = "last"
		}
		if row["lag"] == "1" {
			r.Lag = "one month in arrears"
		}
		for i, period := range []string{"2016-11", "2016-12", "2017-01"} {
			r.Latest = append(r.Latest, figure(ref, unit, period, card.Periods[i]))
		}
		if row["frequency"] == "quarterly" {
			r.OwnPeriods = true
			for i := range r.Latest {
				r.Latest[i].Period = []string{"Q1 2016/17", "Q2 2016/17", "Q3 2016/17"}[i]
			}
		}
		r.Spark = sparkline
		r.Direction = Direction{Arrow: "up", Judgement: "increase", Change: "136"}
		if r.Latest[1].Missing || r.Latest[2].Missing {
			r.Direction = Direction{Arrow: "none", Reason: "No figure has been returned for December 2016."}
		}
		if code, rated := ratings[ref]; rated {
			r.Rating = Rating{Code: code}
			r.Why = ""
			r.Direction = worse
			if code == "green" {
				r.Direction = Direction{Arrow: "stable", Judgement: "no_change", Standing: "green"}
			}
			if code == "amber" {
				r.Direction = better
			}
		}
		if ref == "3.2" {
			r.Why, r.Latest[2].Count = whyRed, "22 of 121"
		}
		r.Current = r.Latest[2]
		r.ToDate = figure(ref, unit, "2016-17-YTD", "2016/17 to date")
		r.HasToDate = !r.ToDate.Missing
		if r.HasToDate {
			r.ToDateBasis = "sum of months"
		} else {
			r.ToDate.Note = "This measure has no year to date."
		}
		if target := targets[ref]; target != nil {
			r.Target = target["target"]
			if r.Target == "" {
				r.Target = target["wording"]
			} else if unit == "percent" {
				r.Target += "%"
				r.Green, r.Amber = r.Target+" or more", "more than 90%"
			}
		}
		for i, year := range []string{"2014-15", "2015-16"} {
			r.Years = append(r.Years, figure(ref, unit, year, card.Years[i]))
		}
		for _, comparator := range []string{"stat_neighbour_average", "best_stat_neighbour", "national_average", "national_top_quartile"} {
			b := benchmarks[ref+" "+comparator]
			if b == nil {
				r.Benchmarks = append(r.Benchmarks, Figure{Text: "[x]", Missing: true})
				continue
			}
			f := Figure{Text: b["value"], Period: b["period"]}
			if unit == "percent" {
				f.Text += "%"
			}
			r.Benchmarks = append(r.Benchmarks, f)
		}
		card.Sections[at].Rows = append(card.Sections[at].Rows, r)
	}
	return card
}

const drawing = `<svg class="chart chart-trend" viewBox="0 0 720 300" role="img" aria-labelledby="c-t c-d" focusable="false"><title id="c-t">Assessments on time</title><desc id="c-d">Fell to 18.2% in January 2017.</desc><path class="axis" d="M48 260H700"/><path class="line" fill="none" d="M60 100L120 80 180 78 240 130 300 118 360 188 420 212 480 202 540 192 600 222"/><text class="label" x="612" y="226">18.2%</text></svg>`

func monthsTable(id string) Table {
	table := Table{ID: id, Caption: "Early help assessments completed within 35 working days, by month and area (%)",
		Heads: []string{"Month", "Rotherham", "North", "South", "Central"},
		Note:  "Areas do not include children whose area is not specified."}
	for i, month := range []string{"April 2016", "May 2016", "June 2016", "July 2016", "August 2016", "September 2016", "October 2016", "November 2016", "December 2016", "January 2017"} {
		row := TableRow{Head: month, Strong: i == 9}
		if i == 0 {
			row.Group = "2016/17"
		}
		for a := range 4 {
			f := Figure{Text: fmt.Sprintf("%d.%d%%", 60-4*i+a, a)}
			if i == 8 && a == 0 {
				f.Revised, f.Marks = "first returned as 30.0%", marksUsed[:1]
			}
			if i == 9 && a == 0 {
				f.Text, f.Count = "18.2%", "22 of 121"
			}
			if i == 2 && a == 3 {
				f = Figure{Text: "[x]", Missing: true, Marks: marksUsed[1:2]}
			}
			row.Cells = append(row.Cells, f)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func chartView(id, heading string) Chart {
	table := monthsTable(id + "-table")
	return Chart{ID: id, Heading: heading, Wide: drawing, Narrow: template.HTML(strings.NewReplacer("c-t", "c-tn", "c-d", "c-dn").Replace(drawing)),
		Caption: "Monthly, April 2016 to January 2017; the target is 100%.", Table: &table}
}

func sectionView() Section {
	figure := Figure{Period: "Jan 2017", Text: "18.2%", Count: "22 of 121"}
	return Section{
		Frame:          crumbed(frame("Early help assessments", ""), Link{Text: "Early help", Href: "scorecard.html"}, Link{Text: "January 2017", Href: "scorecard.html"}),
		ScorecardTitle: "Early help", Month: "January 2017",
		Definition: "An early help assessment finds out what support a child and their family need below the threshold of social care. It is on time when it is finished within 35 working days of the contact.",
		Owner:      "Head of early help",
		Notes:      "<p>Counted by child, from the case management system.</p>",
		Analysis: `<p>In January <a class="figure" href="indicator.html" title="3.2, January 2017, 22 of 121">18.2%</a> of assessments were finished within 35 working days (22 of 121), down from 30.2% in December.</p>
<h3 id="x-why">Why</h3><p>The new case system has made recording slower, and teams closed older work first: 41 of the assessments finished in January had been open since the autumn.</p>
<ul><li>North finished one in five on time, South fewer than one in ten.</li><li>Partners made 35 assessments, the most this year.</li></ul>
<div class="table-scroll" role="region" tabindex="0" aria-label="Table"><table><thead><tr><th scope="col">Area</th><th scope="col" class="num">On time</th></tr></thead><tbody><tr><td>North</td><td class="num">20.0%</td></tr></tbody></table></div>`,
		DataNote: "Figures for October to December are incomplete, because plans did not migrate to the new system.",
		Summary: []SectionRow{
			{Label: "3.1", Indicator: Link{Text: "Number of early help assessments started", Href: "indicator.html"}, Figure: Figure{Period: "Jan 2017", Text: "154"}, Direction: Direction{Arrow: "up", Judgement: "increase", Change: "38"}, Rating: Rating{Code: "none"}},
			{Label: "3.2", Indicator: Link{Text: "Early help assessments completed within 35 working days", Href: "indicator.html"}, Figure: figure, Direction: worse, Rating: Rating{Code: "red"}, Why: whyRed, Target: "100%"},
		},
		Charts:   []Chart{chartView("chart-3-2", "Assessments on time fell to 18.2%"), chartView("chart-3-1", "Number of assessments started")},
		Tables:   []Table{monthsTable("table-3-2")},
		Marks:    marksUsed[:2],
		Events:   []EventNote{{Number: "1", Date: "1 November 2016", Label: "New recording", Break: true}},
		Previous: Link{Text: "Contacts by source", Href: "section.html"}, Next: Link{Text: "Open cases", Href: "section.html"},
		Months: []Link{{Text: "January 2017", Href: "section.html", Current: true}, {Text: "December 2016", Href: "section.html"}},
	}
}

func indicatorView() Indicator {
	return Indicator{
		Frame:          crumbed(frame("3.2 Early help assessments completed within 35 working days", ""), Link{Text: "Early help", Href: "scorecard.html"}),
		ScorecardTitle: "Early help", Label: "3.2", Name: "Percentage of early help assessments completed within 35 working days",
		Section: Link{Text: "Early help assessments", Href: "section.html"}, Month: "January 2017",
		Good: "high", Unit: "%", Basis: "in_month", Frequency: "monthly",
		Definition: "An early help assessment is on time when it is finished within 35 working days of the contact.", Owner: "Head of early help",
		Current: Figure{Period: "Jan 2017", Text: "18.2%", Count: "22 of 121"}, CurrentPeriod: "January 2017",
		Rating: Rating{Code: "red"}, Why: whyRed, Direction: worse,
		Steps:  []string{"The figure that is judged is 18.2% (22 of 121) for January 2017.", "The target for 2016/17 (April 2016 to March 2017) is 100%.", "Green is 100% or more, the good side of the target.", "Amber is more than 90%.", whyRed},
		ToDate: Figure{Text: "[x]", Missing: true, Marks: marksUsed[1:2]}, ToDateWhy: "No figure for April 2016 to January 2017 (year to date): only 3 of 10 months have been returned, and every one is needed.",
		Targets:    []TargetRow{{Kind: "Local target", Period: "2016/17", Target: "100%", Green: "100% or more", Amber: "more than 90%", Judged: true}},
		Chart:      chartView("chart", "Assessments on time fell to 18.2%"),
		More:       []Chart{chartView("areas", "By area")},
		Series:     []Table{monthsTable("series")},
		Benchmarks: []BenchmarkRow{{Comparator: "England average", Period: "2014/15", Value: "81.5%", Side: "worse", Newest: true}},
		Events:     []EventNote{{Number: "1", Date: "1 November 2016", Label: "New recording", Break: true}},
		Actions:    actionsView().Themes[0].Objectives[0].Rows,
		Revisions:  []RevisionRow{{Period: "December 2016", Area: "Rotherham", From: "30.0%", To: "30.2%", By: "0.2 percentage points", Returned: "January 2017, issue 2", Reason: "Late data"}},
		Downloads:  []Link{{Text: "CSV", Href: "3.2.csv"}, {Text: "JSON", Href: "3.2.json"}, {Text: "Description of the columns", Href: "3.2.csv-metadata.json"}},
		Marks:      marksUsed[:2],
		Siblings:   []Link{{Text: "Number completed within 35 working days", Href: "indicator.html"}},
		Previous:   Link{Text: "3.1 Number started", Href: "indicator.html"}, Next: Link{Text: "3.3 Made by partners", Href: "indicator.html"},
		Months: []Link{{Text: "January 2017", Href: "scorecard.html#m-3.2"}},
	}
}

func methodologyView() Methodology {
	return Methodology{
		Frame: crumbed(frame("How it is scored", "")),
		Scorecards: []MethodScorecard{{Title: "Early help", Href: "scorecard.html", DefaultTolerance: "10%",
			Rules:  []MethodRule{{"tolerance", "18 measures"}, {"benchmark", "2 measures"}},
			Counts: []Field{{"Monthly", "52"}, {"Quarterly", "6"}, {"Termly", "2"}, {"Annual", "2"}, {"Rated", "18"}, {"Not rated", "49"}},
			Rows: []MethodRow{{Label: "3.2", Indicator: Link{Text: "Early help assessments completed within 35 working days", Href: "indicator.html"}, Good: "high", Basis: "in_month", RatedOn: "period", Rule: "tolerance", Green: "100% or more", Amber: "more than 90%", ToDate: "none"},
				{Label: "1.1", Indicator: Link{Text: "Number of contacts", Href: "indicator.html"}, Good: "info", Basis: "in_month", RatedOn: "none", ToDate: "sum"}}}},
		Marks:       marksUsed,
		Comparators: []Field{{"SN average", "Statistical neighbour average"}, {"England", "England average"}},
		Areas:       []string{"Rotherham", "North", "South", "Central"},
	}
}

func statusView() Status {
	row := StatusRow{Label: "5.1", Indicator: Link{Text: "Families submitted to the step down panel", Href: "indicator.html"}, Due: "January 2017", Newest: "December 2016", Why: "No figure has been returned for January 2017."}
	return Status{Frame: crumbed(frame("What has been returned", "")), Scorecards: []StatusScorecard{{Title: "Early help", Href: "scorecard.html", Month: "January 2017", OnTime: "71 of 83 measures have their due figure",
		Returns: []ReturnRow{{"January 2017", "2", "1,299", "Released"}, {"December 2016", "", "", "Not released"}},
		Late:    []StatusRow{row}, Never: []StatusRow{{Label: "10.1", Indicator: Link{Text: "First time entrants", Href: "indicator.html"}}}, Pending: []StatusRow{row}}}}
}

func dataView() Data {
	files := []Link{{Text: "CSV", Href: "x.csv"}, {Text: "JSON", Href: "x.json"}, {Text: "Columns", Href: "x.csv-metadata.json"}}
	return Data{Frame: crumbed(frame("Data", "")), Note: "The figures may be used under the Open Government Licence.",
		Scorecards: []DataScorecard{{Title: "Early help", Months: []Link{{Text: "January 2017", Href: "x.json"}},
			Rows: []DataRow{{Label: "3.2", Indicator: Link{Text: "Early help assessments completed within 35 working days", Href: "indicator.html"}, Files: files}, {Label: "1.1", Indicator: Link{Text: "Number of contacts", Href: "indicator.html"}, Files: files}}}}}
}

func viewPage() ViewPage {
	return ViewPage{Frame: crumbed(frame("Corporate plan", "")), Groups: []ViewGroup{
		{Title: "Every child making the best start in life", Text: "What the council promised for 2016/17.",
			Rows: []ViewRow{{Scorecard: Link{Text: "Early help", Href: "scorecard.html"}, SectionRow: sectionView().Summary[1], Spark: sparkline}}},
		{Title: "Nothing here yet"}}}
}

func plainView() Plain {
	return Plain{Frame: crumbed(frame("Accessibility statement", "")), Body: "<p>This statement is about this website.</p><h2 id=\"t\">How accessible it is</h2><p>It is partially compliant.</p><ul><li>One</li><li>Two</li></ul><blockquote><p>A quotation.</p></blockquote><dl><dt>Term</dt><dd>Meaning</dd></dl>"}
}

// fixtures are a page of each view type, by the name of its file.
func fixtures(t testing.TB) map[string]any {
	draft := plainView()
	draft.Draft = true
	quiet := Home{Frame: frame("", ""), Quiet: "Nothing has changed since December 2016: no rating and no figure is new.", Scorecards: []HomeScorecard{{Title: "Early help", Href: "scorecard.html"}}}
	return map[string]any{
		"index.html": homeView(), "scorecard.html": scorecardView(t), "section.html": sectionView(), "indicator.html": indicatorView(),
		"methodology.html": methodologyView(), "status.html": statusView(), "data.html": dataView(), "plain.html": plainView(), "view.html": viewPage(),
		"actions.html": actionsView(), "bare-actions.html": Actions{Frame: frame("Improvement plan", ""), None: "The plan has no actions yet."},
		"draft.html": draft, "quiet.html": quiet, "bare-section.html": Section{Frame: frame("Contacts", ""), NoAnalysis: "No analysis has been written for January 2017."},
		"bare-indicator.html": Indicator{Frame: frame("1.1", ""), Name: "Contacts", Current: Figure{Text: "[x]", Missing: true}, Rating: Rating{Code: "none"}},
	}
}

// TestPreview writes the fixtures and the assets to the folder named in
// THEME_PREVIEW, to be looked at in a browser.
func TestPreview(t *testing.T) {
	folder := os.Getenv("THEME_PREVIEW")
	if folder == "" {
		t.Skip("THEME_PREVIEW names no folder to write the pages to")
	}
	th := civic(t)
	if err := os.RemoveAll(filepath.Join(folder, "assets")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(folder, "assets"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range th.Assets() {
		if err := os.WriteFile(filepath.Join(folder, "assets", name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, view := range fixtures(t) {
		page := renderFixture(t, th, view)
		if err := os.WriteFile(filepath.Join(folder, name), page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
