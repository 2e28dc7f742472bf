package site

import (
	"sort"
	"strconv"

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

func home(ed *edition.Edition) theme.Home {
	c := compose(ed, "index.html")
	out := theme.Home{Intro: c.prose(ed.Content.Home.Text, "", 0, 2)}
	var newest period.Month
	first := true // no scorecard has an earlier report to compare with
	var worst []red
	for _, s := range ed.Scorecards {
		m := s.Latest()
		if m == nil {
			continue
		}
		newest = max(newest, m.Month)
		card := theme.HomeScorecard{Title: s.Title, Href: c.to(cardPath(s.ID)), AsAt: m.Month.Words(), Caution: m.Cover.Caution, Counts: counts(m.Measures())}
		if note := issueNote(m); note.Text != "" {
			card.Issue = note.Text
		}
		for _, sec := range s.Sections {
			if l := c.sectionLink(m, sec); l.Href != "" {
				card.Sections = append(card.Sections, l)
			}
		}
		out.Scorecards = append(out.Scorecards, card)
		out.Changes = append(out.Changes, c.changes(s, m)...)
		worst = append(worst, c.reds(m)...)
		first = first && len(s.Months) < 2
	}
	out.Worst = longest(worst)
	sort.SliceStable(out.Changes, func(i, j int) bool { return news(out.Changes[i]) < news(out.Changes[j]) })
	if more := len(out.Changes) - homeChanges; more > 0 {
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
	out.Frame = c.frame(title, "How "+ed.Content.Site.Council+" is doing: the latest ratings, what changed, and every scorecard.")
	if newest != 0 {
		out.AsAt = newest.Words()
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
		Scorecard: m.Scorecard.Title,
		Indicator: theme.Link{Text: headOf(v.Indicator), Href: c.to(indicatorPath(m.Scorecard.ID, v.Indicator.Ref))},
		Now:       rating(v),
		Figure:    c.figure(v.Indicator, v.Current).Text,
		Sentence:  c.sentence(v.Direction.Reason),
		Direction: c.direction(v.Indicator, v.Direction),
	}
}

// red is a measure that is red, with how many periods running its figures have
// been outside today's tolerance.
type red struct {
	change  theme.Change
	periods int
	since   period.Month // the first of them
}

// reds are the measures of a scorecard that are red by their current figure.
func (c *composer) reds(m *edition.Month) []red {
	var list []red
	for _, v := range m.Measures() {
		if v.RAG.Rating != score.Red || v.RAG.On != "period" || v.RAG.ByHand || v.RAG.Rule != "tolerance" {
			continue
		}
		r := red{change: c.change(m, v)}
		r.periods, r.since = redFor(m, v)
		r.change.Sentence = c.sentence(v.RAG.Reason)
		if r.periods > 1 {
			r.change.Sentence = "Outside its tolerance for " + count(r.periods, noun(v.Indicator)) + " running, by the target now in force."
		}
		list = append(list, r)
	}
	return list
}

// longest are those that have been red since the earliest month.
func longest(reds []red) []theme.Change {
	sort.SliceStable(reds, func(i, j int) bool { return reds[i].since < reds[j].since })
	var list []theme.Change
	for _, r := range reds[:min(len(reds), homeWorst)] {
		list = append(list, r.change)
	}
	return list
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
