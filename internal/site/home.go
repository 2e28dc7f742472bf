package site

import (
	"sort"
	"strconv"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// Home shows this many changes and this many measures that are red for longest:
// what fits above the fold of a sheet.
const (
	homeChanges = 8
	homeWorst   = 6
	homePapers  = 3
)

func home(ed *edition.Edition, summaries []Summary) theme.Home {
	c := compose(ed, "index.html")
	out := theme.Home{Intro: c.prose(ed.Content.Home.Text, "", 0, 2)}
	var newest period.Month
	unripe := false // the newest month is, of every scorecard that has it, a draft
	first := true   // no scorecard has an earlier report to compare with
	var worst []Red
	changed := 0
	for _, s := range summaries {
		if s.Month == 0 {
			continue
		}
		switch {
		case s.Month > newest:
			newest, unripe = s.Month, s.Draft
		case s.Month == newest:
			unripe = unripe && s.Draft
		}
		out.Scorecards = append(out.Scorecards, s.Home)
		out.Changes = append(out.Changes, s.Changes...)
		changed += s.Changed
		worst = append(worst, s.Reds...)
		first = first && s.First
	}
	for _, r := range longest(worst) {
		out.Worst = append(out.Worst, r.Change)
	}
	sort.SliceStable(out.Changes, func(i, j int) bool { return news(out.Changes[i]) < news(out.Changes[j]) })
	if more := changed - homeChanges; more > 0 {
		out.Changes = out.Changes[:homeChanges]
		out.More = "And " + strconv.Itoa(more) + " more, on the scorecards."
	}
	switch {
	case len(out.Scorecards) == 0:
		out.Quiet = "No report has been released yet. The first appears here when its month is approved and its day has come."
	case first:
		out.Quiet = "This is the first report here, so there is no earlier rating to compare with. These measures have moved since the month before."
	case len(out.Changes) == 0:
		out.Quiet = "No rating changed since the last report."
	}
	for _, r := range ed.Reports[:min(len(ed.Reports), homePapers)] {
		out.Reports = append(out.Reports, c.link(c.marked(r.Title, r.Draft), reportPath(r.Slug)))
	}
	for _, m := range ed.Meetings[:min(len(ed.Meetings), homePapers)] {
		out.Meetings = append(out.Meetings, c.link(c.marked(m.Title, m.Draft), meetingPath(m.Slug)))
	}
	title := ed.Content.Home.Title
	if title == "" {
		title = ed.Content.Site.Title
	}
	c.draft = c.draft || anyDraft(summaries)
	out.Frame = c.frame(title, "How "+ed.Content.Site.Council+" is doing: the latest ratings, what changed, and every scorecard.")
	if newest != 0 {
		out.AsAt = c.marked(newest.Words(), unripe)
		out.Frame.AsAt = out.AsAt
	}
	return out
}

// news orders changes: a rating that fell, a rating that rose, then movements
// that are worse and off target, worse, better; a rating that came or went is
// told last, since nothing got better or worse by it.
func news(ch theme.Change) int {
	switch {
	case ch.Was.Code != "" && (ch.Was.Code == "none" || ch.Now.Code == "none"):
		return 5
	case ch.Was.Code != "" && rank(ch.Now.Code) < rank(ch.Was.Code):
		return 0
	case ch.Was.Code != "":
		return 1
	case ch.Direction.Judgement == "decline" && ch.Now.Code == "red":
		return 2
	case ch.Direction.Judgement == "decline":
		return 3
	}
	return 4
}

func rank(rating string) int {
	switch rating {
	case "green":
		return 3
	case "amber":
		return 2
	case "red":
		return 1
	}
	return 0
}

// changes are the measures whose rating differs from the report before; where
// no scorecard has one, the rated measures that moved and are news.
func (c *composer) changes(s *edition.Scorecard, m *edition.Month) []theme.Change {
	var before *edition.Month
	if n := len(s.Months); n > 1 {
		before = s.Months[n-2]
	}
	var list []theme.Change
	for _, v := range m.Measures() {
		was := theme.Rating{}
		if before != nil {
			if old := before.Verdict(v.Indicator.Ref); old != nil && old.RAG.Rating != v.RAG.Rating {
				was.Code = string(old.RAG.Rating)
			}
			if was.Code == "" {
				continue
			}
		} else if v.RAG.Rating == score.NotRated || !v.News || v.Direction.Judgement != "decline" && v.Direction.Judgement != "improvement" {
			continue
		}
		ch := c.change(m, v)
		ch.Was = was
		list = append(list, ch)
	}
	return list
}

func (c *composer) change(m *edition.Month, v *score.Verdict) theme.Change {
	return theme.Change{
		Scorecard: c.titled(m),
		Indicator: theme.Link{Text: headOf(v.Indicator), Href: c.toMeasure(m.Scorecard.ID, v.Indicator.Ref)},
		Now:       rating(v),
		Figure:    c.figure(v.Indicator, &v.Current).Text,
		Sentence:  c.sentence(&v.Direction.Reason),
		Direction: c.direction(v.Indicator, &v.Direction),
	}
}

// Red is a measure that is red, with how long its figures have been outside
// today's tolerance.
type Red struct {
	Change theme.Change
	Since  period.Month // the first month of it
}

// reds are the measures of a scorecard that are red by their current figure.
func (c *composer) reds(m *edition.Month) []Red {
	var list []Red
	for _, v := range m.Measures() {
		if v.RAG.Rating != score.Red || v.RAG.On != "period" || v.RAG.ByHand || v.RAG.Rule != "tolerance" {
			continue
		}
		r := Red{Change: c.change(m, v)}
		periods := 0
		periods, r.Since = redFor(m, v)
		r.Change.Sentence = c.sentence(&v.RAG.Reason)
		if periods > 1 {
			r.Change.Sentence = "Outside its tolerance for " + diag.Count(periods, noun(v.Indicator)) + " running, by the target now in force."
		}
		list = append(list, r)
	}
	return list
}

// longest are those that have been red since the earliest month.
func longest(reds []Red) []Red {
	sort.SliceStable(reds, func(i, j int) bool { return reds[i].Since < reds[j].Since })
	return reds[:min(len(reds), homeWorst)]
}

// redFor counts the periods running, up to the current one, whose figure lies
// outside green and amber as now in force, and says when they began. A period
// without a figure ends the run, since nothing is known of it; so does a break,
// across which figures do not compare.
func redFor(m *edition.Month, v *score.Verdict) (n int, since period.Month) {
	whole := m.View.Whole()
	for p := v.Current.Period; ; p = p.Step(-1) {
		r := score.Read(m.View, v.Indicator, whole, p)
		if !r.Value || v.Target.Green.Contains(r.Published) || v.Target.Amber.Contains(r.Published) {
			return n, since
		}
		n, since = n+1, p.First()
		if _, broken := m.View.BreakBetween(v.Indicator.Ref, whole, p.Step(-1), p); broken {
			return n, since
		}
	}
}
