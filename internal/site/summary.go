package site

import (
	"cmp"
	"slices"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/publish"
	"outturn/internal/theme"
)

// Summary is what the pages over all scorecards say of one: finished pieces of
// their views, with links from those pages. It can be kept as JSON.
type Summary struct {
	ID      string
	Month   period.Month // the newest that is shown; 0: none, and the rest is empty
	First   bool         // it has no earlier report
	Home    theme.HomeScorecard
	Changes []theme.Change // the first homeChanges of them
	Changed int            // how many there are
	Reds    []Red          // red for longest, homeWorst at most
	Method  theme.MethodScorecard
	Status  theme.StatusScorecard
	Data    theme.DataScorecard
	Revised theme.RevisedScorecard
	Draft   bool                         // its newest month is one
	Views   map[string][][]theme.ViewRow // of each view, by group
	News    []News                       // newest first
	Pages   []string                     // its addresses
}

// News is an entry of the feed.
type News struct {
	Month, Title, Text, On string // On is a day as 2017-02-20
	Of                     string // what of the month, as an ending of the entry's id; "" is the report
}

// Summarise makes the summary of an edition's own scorecard.
func Summarise(ed *edition.Edition, s *edition.Scorecard, files []publish.File) Summary {
	out := Summary{ID: s.ID, Pages: Pages(files), First: len(s.Months) < 2}
	m := s.Latest()
	if m == nil {
		return out
	}
	out.Month, out.Draft = m.Month, m.Draft
	c := compose(ed, "index.html")
	out.Home = theme.HomeScorecard{Title: s.Title, Href: c.to(cardPath(s.ID)), AsAt: c.marked(m.Month.Words(), m.Draft), Caution: m.Cover.Caution, Counts: counts(m.Measures())}
	out.Home.Issue = issueName(m)
	if !ed.Outline.Large() {
		for _, sec := range s.Sections {
			if l := c.sectionLink(m, sec); l.Href != "" {
				out.Home.Sections = append(out.Home.Sections, l)
			}
		}
	}
	out.Changes = c.changes(s, m)
	out.Changed = len(out.Changes)
	slices.SortStableFunc(out.Changes, func(a, b theme.Change) int { return cmp.Compare(news(a), news(b)) })
	out.Changes = out.Changes[:min(len(out.Changes), homeChanges)]
	out.Reds = longest(c.reds(m))

	methods, data := compose(ed, "methodology.html"), compose(ed, "data/index.html")
	out.Method = methods.method(s, m)
	out.Status = compose(ed, "status.html").status(s, m)
	out.Data = data.downloads(s)
	var h *hindsight
	if !ed.Outline.Large() {
		h = newHindsight(s)
	}
	out.Revised = compose(ed, "revisions.html").revised(s, h)
	if ed.Outline.Large() {
		out.Method.More = methods.link("How each measure of "+s.Title+" is judged", methodPath(s.ID))
		out.Status.Returns, out.Status.Late, out.Status.Never, out.Status.Pending = nil, nil, nil, nil
		out.Status.More = compose(ed, "status.html").link("What "+s.Title+" has returned", statusPath(s.ID))
		out.Revised.Returns, out.Revised.Marked = nil, nil
		out.Revised.More = compose(ed, "revisions.html").link("What was revised of "+s.Title, revisionsPath(s.ID))
		out.Data.More = data.link("Files of each measure of "+s.Title, downloadsPath(s.ID))
	} else {
		out.Method.Rows, out.Data.Rows = methods.methodRows(s, m), data.measureFiles(s)
	}
	in := rooms.Get().(*room)
	defer rooms.Put(in)
	defer in.empty()
	for _, v := range ed.Content.Site.Views {
		if out.Views == nil {
			out.Views = map[string][][]theme.ViewRow{}
		}
		onView := compose(ed, "views/"+v.ID+".html")
		onView.room = in
		out.Views[v.ID] = onView.viewRows(v, s, m)
	}
	for i := len(s.Months) - 1; i >= 0; i-- {
		entry := entryOf(s.Months[i])
		entry.Title = c.marked(entry.Title, s.Months[i].Draft)
		out.News = append(out.News, entry)
		out.News = append(out.News, c.correctionNews(s.Months[i])...)
	}
	return out
}

// anyDraft reports whether the newest month of any scorecard is a draft: pages over
// all of them then hold what is not released.
func anyDraft(summaries []Summary) bool {
	return slices.ContainsFunc(summaries, func(s Summary) bool { return s.Draft })
}

// entryOf is what the feed says of a month.
func entryOf(m *edition.Month) News {
	on := m.Month.LastDay() // an entry must bear a day, and no other is known
	if known := issued(m); known.what != "" {
		on = known.day
	}
	title := m.Scorecard.Title + ": " + m.Month.Words()
	if issue := issueName(m); issue != "" {
		title += " (" + issue + ")"
	}
	n := counts(m.Measures())
	return News{
		Month: m.Month.String(), Title: title, On: on.String(),
		Text: diag.Count(n.Green, "measure") + " green, " + diag.Count(n.Amber, "measure") + " amber, " + diag.Count(n.Red, "measure") + " red, " + diag.Count(n.None, "measure") + " not rated.",
	}
}
