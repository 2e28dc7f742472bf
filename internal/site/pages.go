package site

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// methodology is made from the rules in force, not from what they should be.
func methodology(ed *edition.Edition, summaries []Summary) theme.Methodology {
	var cards []theme.MethodScorecard
	for _, s := range summaries {
		if s.Month != 0 {
			cards = append(cards, s.Method)
		}
	}
	c := compose(ed, "methodology.html")
	c.draft = anyDraft(summaries)
	return c.rules("How it is scored", "The rules by which figures are rated, compared and rounded on this site, as they are in force.", cards)
}

// methodologyOf is the same for one scorecard of a large site.
func methodologyOf(ed *edition.Edition, s *edition.Scorecard) theme.Methodology {
	c := compose(ed, methodPath(s.ID))
	m := s.Latest()
	c.draft = m.Draft
	card := c.method(s, m)
	card.Rows = c.methodRows(s, m)
	return c.rules("How "+s.Title+" is scored", "The rules by which the figures of "+s.Title+" are rated, compared and rounded, as they are in force.", []theme.MethodScorecard{card}, c.cardCrumbs(m)...)
}

// method is the rules of one scorecard, without its rows.
func (c *composer) method(s *edition.Scorecard, m *edition.Month) theme.MethodScorecard {
	card := theme.MethodScorecard{Title: s.Title, Href: c.to(cardPath(s.ID))}
	if s.Settings.HasTolerance {
		card.DefaultTolerance = s.Settings.DefaultTolerance.Grouped() + "%"
	}
	rules := map[string]int{}
	frequencies := map[string]int{}
	rated := 0
	for _, v := range m.Measures() {
		frequencies[v.Indicator.Frequency.String()]++
		if v.Indicator.RagOn != "none" {
			rules[v.RAG.Rule]++
			rated++
		}
	}
	for _, rule := range []string{"tolerance", "benchmark", "milestone", "tolerance_and_trend"} {
		if n := rules[rule]; n > 0 {
			card.Rules = append(card.Rules, theme.MethodRule{Code: rule, Count: diag.Count(n, "measure")})
		}
	}
	for _, f := range []string{"monthly", "quarterly", "termly", "annual"} {
		if n := frequencies[f]; n > 0 {
			card.Counts = append(card.Counts, theme.Field{Label: c.theme.Word("frequency", f), Value: diag.Count(n, "measure")})
		}
	}
	card.Counts = append(card.Counts,
		theme.Field{Label: "Rated", Value: diag.Count(rated, "measure")},
		theme.Field{Label: "Shown for information, without a rating", Value: diag.Count(len(m.Measures())-rated, "measure")})
	return card
}

// methodRows are the rules of each measure.
func (c *composer) methodRows(s *edition.Scorecard, m *edition.Month) (rows []theme.MethodRow) {
	for _, v := range m.Measures() {
		ind := v.Indicator
		row := theme.MethodRow{
			Label: ind.Label, Indicator: theme.Link{Text: ind.Name, Href: c.toMeasure(s.ID, ind.Ref)},
			Good: ind.Good.String(), Basis: ind.Basis, RatedOn: ind.RagOn, ToDate: ind.YTD,
		}
		_, row.Green, row.Amber = targetWords(ind, v.Target)
		if ind.RagOn != "none" {
			row.Rule = v.RAG.Rule
		}
		rows = append(rows, row)
	}
	return rows
}

// rules is a page of rules, with those of some scorecards.
func (c *composer) rules(title, description string, cards []theme.MethodScorecard, crumbs ...theme.Link) theme.Methodology {
	out := theme.Methodology{Scorecards: cards}
	ed := c.ed
	for _, s := range markOrder {
		out.Marks = append(out.Marks, theme.Mark{Symbol: "[" + s + "]", Meaning: c.theme.Word("mark", s)})
	}
	for _, k := range ed.Content.Site.Comparators {
		what := k.Short
		if k.Threshold {
			what += ": a threshold, not an average"
		}
		out.Comparators = append(out.Comparators, theme.Field{Label: k.Name, Value: what})
	}
	for _, a := range ed.Content.Site.Areas {
		out.Areas = append(out.Areas, a.Name)
	}
	out.Frame = c.frame(title, description, crumbs...)
	return out
}

// status tells what has been returned, what is late by its frequency and lag,
// and what was never returned.
func status(ed *edition.Edition, summaries []Summary) theme.Status {
	var out theme.Status
	for _, s := range summaries {
		if s.Month != 0 {
			out.Scorecards = append(out.Scorecards, s.Status)
		}
	}
	c := compose(ed, "status.html")
	c.draft = anyDraft(summaries)
	out.Frame = c.frame("What has been returned", "Which figures have been returned, which are late, and which were never returned.")
	return out
}

// statusOf is the same for one scorecard of a large site.
func statusOf(ed *edition.Edition, s *edition.Scorecard) theme.Status {
	c := compose(ed, statusPath(s.ID))
	m := s.Latest()
	c.draft = m.Draft
	out := theme.Status{Scorecards: []theme.StatusScorecard{c.status(s, m)}}
	out.Frame = c.frame("What "+s.Title+" has returned", "Which figures of "+s.Title+" have been returned, which are late, and which were never returned.", c.cardCrumbs(m)...)
	return out
}

func (c *composer) status(s *edition.Scorecard, m *edition.Month) theme.StatusScorecard {
	card := theme.StatusScorecard{Title: s.Title, Href: c.to(cardPath(s.ID)), Month: c.marked(m.Month.Words(), m.Draft)}
	for _, v := range s.Data.Vintages() {
		if v.Month > m.Month || !m.View.Knows(v) {
			continue
		}
		row := theme.ReturnRow{Return: v.Month.Words(), Issue: strconv.Itoa(v.Issue), Rows: strconv.Itoa(s.Data.Rows(v)), State: "Reported"}
		switch {
		case v.Month < s.Settings.FirstReport:
			row.State = "Kept as the record of earlier figures; no page of its own"
		case m.Draft && !c.ed.MonthIsPublic(s.ID, v.Month, v.Issue):
			row.State = c.theme.Word("meeting", "draft")
		}
		card.Returns = append(card.Returns, row)
	}
	onTime, due := 0, 0
	for _, v := range m.Measures() {
		row, state := c.returned(m, v)
		switch state {
		case "pending":
			card.Pending = append(card.Pending, row)
			continue
		case "never":
			card.Never = append(card.Never, row)
		case "late":
			card.Late = append(card.Late, row)
		default:
			onTime++
		}
		due++
	}
	card.OnTime = returnedOnTime(onTime, due)
	return card
}

// returnedOnTime says how many of the measures that are due have their figure.
func returnedOnTime(n, due int) string {
	have := " have"
	if n == 1 || due == 1 {
		have = " has"
	}
	return strconv.Itoa(n) + " of " + diag.Count(due, "measure") + have + " the figure that is due"
}

// returned tells whether the figure that is due for a measure is there.
func (c *composer) returned(m *edition.Month, v *score.Verdict) (theme.StatusRow, string) {
	ind := v.Indicator
	newest, due, late := score.Due(ind, m.Month, m.View.Periods(ind.Ref, m.View.Whole()))
	row := theme.StatusRow{
		Label:     ind.Label,
		Indicator: theme.Link{Text: ind.Name, Href: c.toMeasure(m.Scorecard.ID, ind.Ref)},
		Due:       due.Words(), Newest: "none",
	}
	if !newest.IsZero() {
		row.Newest = newest.Words()
	}
	switch ind.Status {
	case "suspended", "developing", "replaced":
		row.Why = c.theme.Word("status", ind.Status)
		return row, "pending"
	}
	switch {
	case newest.IsZero():
		row.Why = "No figure of this measure has ever been returned"
		return row, "never"
	case late > 0 && ind.Calculation != "":
		row.Why = "The figure for " + due.Words() + " cannot be worked out: one that it rests on has not been returned"
		return row, "late"
	case late > 0:
		row.Why = "The figure for " + due.Words() + " has not been returned"
		return row, "late"
	}
	if f, ok := m.View.Figure(ind.Ref, m.View.Whole(), newest); ok && !f.Value.Has && f.Marks.Has("x") {
		row.Why = "Returned as not available"
		return row, "late"
	}
	return row, ""
}

const aboutData = "Every figure on this site can be taken as data. A CSV file holds one observation a row with its period, area, value, counts and mark; its metadata file describes the columns (CSV on the Web). The JSON of a scorecard holds what was judged, with the reasons."

// dataIndex lists every download.
func dataIndex(ed *edition.Edition, summaries []Summary) theme.Data {
	out := theme.Data{Note: aboutData}
	for _, s := range summaries {
		if s.Month != 0 {
			out.Scorecards = append(out.Scorecards, s.Data)
		}
	}
	c := compose(ed, "data/index.html")
	c.draft = anyDraft(summaries)
	out.Frame = c.frame("Data", "Every figure of this site as CSV and JSON.")
	return out
}

// dataOf is the same for one scorecard of a large site.
func dataOf(ed *edition.Edition, s *edition.Scorecard) theme.Data {
	c := compose(ed, downloadsPath(s.ID))
	c.draft = s.Latest().Draft
	card := c.downloads(s)
	card.Rows = c.measureFiles(s)
	out := theme.Data{Note: aboutData, Scorecards: []theme.DataScorecard{card}}
	out.Frame = c.frame("Data of "+s.Title, "Every figure of "+s.Title+" as CSV and JSON.", c.cardCrumbs(s.Latest())...)
	return out
}

// downloads are the files of a scorecard, without those of its measures.
func (c *composer) downloads(s *edition.Scorecard) theme.DataScorecard {
	card := theme.DataScorecard{Title: s.Title}
	for i := len(s.Months) - 1; i >= 0; i-- {
		m := s.Months[i]
		card.Months = append(card.Months, theme.Link{Text: c.marked(m.Month.Words(), m.Draft), Href: c.to(apiPath(s.ID, m.Month.String()))})
	}
	return card
}

// measureFiles are the files of each measure.
func (c *composer) measureFiles(s *edition.Scorecard) (rows []theme.DataRow) {
	for _, p := range measurePages(s) {
		ind := p.verdict.Indicator
		base := s.ID + "/indicators/" + dataset.RefFile(ind.Ref)
		rows = append(rows, theme.DataRow{
			Label: ind.Label, Indicator: c.link(ind.Name, base+".html"),
			Files: []theme.Link{c.link("CSV", base+".csv"), c.link("JSON", base+".json"), c.link("metadata", base+".csv-metadata.json")},
		})
	}
	return rows
}

// plain is a page of text.
func plain(ed *edition.Edition, page commentary.Page) theme.Plain {
	c := compose(ed, page.Path+".html")
	out := theme.Plain{Body: c.prose(page.Text, "", 0, 2)}
	description := page.Description
	if description == "" {
		description = page.Title + ". " + ed.Content.Site.Title + "."
	}
	out.Frame = c.frame(page.Title, description)
	return out
}

// notFound is 404.html. A server shows it under any address, so its links go
// by the site's own path and not by its place.
func notFound(ed *edition.Edition) theme.Plain {
	c := compose(ed, "404.html")
	c.fixed = "/"
	if u, err := url.Parse(ed.Content.Site.BaseURL); err == nil && strings.HasSuffix(u.Path, "/") {
		c.fixed = u.Path
	}
	out := theme.Plain{Body: template.HTML("<p>There is no page at this address. It may have been mistyped, or the page may have been moved.</p><p>The home page lists every scorecard; the data page lists every measure.</p>")}
	out.Frame = c.frame("Page not found", "There is no page at this address.")
	return out
}

// viewPage is views/<id>.html: measures of all scorecards that bear a tag.
func viewPage(ed *edition.Edition, view commentary.View, summaries []Summary) theme.ViewPage {
	c := compose(ed, "views/"+view.ID+".html")
	var out theme.ViewPage
	for i, g := range groupsOf(view) {
		group := theme.ViewGroup{Title: g.Title, Text: g.Text}
		for _, s := range summaries {
			if s.Month != 0 {
				group.Rows = append(group.Rows, s.Views[view.ID][i]...)
			}
		}
		out.Groups = append(out.Groups, group)
	}
	c.draft = anyDraft(summaries)
	out.Frame = c.frame(view.Title, view.Title+": measures of every scorecard.")
	return out
}

func groupsOf(view commentary.View) []commentary.ViewGroup {
	if len(view.Groups) == 0 {
		return []commentary.ViewGroup{{Tag: view.Tag}}
	}
	return view.Groups
}

// viewRows are the rows of one scorecard in each group of a view.
func (c *composer) viewRows(view commentary.View, s *edition.Scorecard, m *edition.Month) [][]theme.ViewRow {
	var groups [][]theme.ViewRow
	for _, g := range groupsOf(view) {
		tag := g.Tag
		if tag == "" {
			tag = view.Tag
		}
		var rows []theme.ViewRow
		for _, v := range m.Measures() {
			if slices.Contains(v.Indicator.Tags, tag) {
				rows = append(rows, theme.ViewRow{Scorecard: c.link(c.titled(m), cardPath(s.ID)), SectionRow: c.sectionRow(s.ID, v), Spark: spark(c.room, m.View, v)})
			}
		}
		groups = append(groups, rows)
	}
	return groups
}
