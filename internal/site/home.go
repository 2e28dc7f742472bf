package site

import (
	"sort"

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
	quiet := ""
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
		out.Worst = append(out.Worst, c.worst(m)...)
		if len(s.Months) < 2 {
			quiet = "This is the first report here, so there is no earlier rating to compare with. These measures have moved since the month before."
		}
	}
	if len(out.Scorecards) == 0 {
		quiet = "No report has been released yet. The first appears here when its month is approved and its day has come."
	}
	sort.SliceStable(out.Changes, func(i, j int) bool { return news(out.Changes[i]) < news(out.Changes[j]) })
	if len(out.Changes) > homeChanges {
		out.Changes = out.Changes[:homeChanges]
	}
	if len(out.Changes) == 0 && quiet == "" {
		quiet = "No rating changed since the last report."
	}
	out.Quiet = quiet
	for _, r := range ed.Reports[:min(len(ed.Reports), homePapers)] {
		out.Reports = append(out.Reports, c.link(r.Title, reportPath(r.Slug)))
	}
	for _, m := range ed.Meetings[:min(len(ed.Meetings), homePapers)] {
		out.Meetings = append(out.Meetings, c.link(m.Title, meetingPath(m.Slug)))
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
// that are worse and off target, worse, better.
func news(ch theme.Change) int {
	switch {
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
// there is none, the rated measures that moved and are news.
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
		Now:       theme.Rating{Code: string(v.RAG.Rating), ByHand: v.RAG.ByHand},
		Figure:    c.figure(v.Indicator, v.Current).Text,
		Sentence:  c.sentence(v.Direction.Reason),
		Direction: c.direction(v.Indicator, v.Direction),
	}
}

// worst are the measures that are red, those furthest in time first: how many
// reports running they have been red, then how many periods running their
// figures have been outside today's tolerance.
func (c *composer) worst(m *edition.Month) []theme.Change {
	type red struct {
		change theme.Change
		months int
	}
	var reds []red
	for _, v := range m.Measures() {
		if v.RAG.Rating != score.Red || v.RAG.On != "period" || v.RAG.ByHand || v.RAG.Rule != "tolerance" {
			continue
		}
		n := redFor(m, v)
		ch := c.change(m, v)
		if n > 1 {
			ch.Sentence = "Outside its tolerance for " + count(n, noun(v.Indicator)) + " running, by the target now in force."
		} else {
			ch.Sentence = c.sentence(v.RAG.Reason)
		}
		reds = append(reds, red{ch, n})
	}
	sort.SliceStable(reds, func(i, j int) bool { return reds[i].months > reds[j].months })
	var list []theme.Change
	for _, r := range reds {
		if len(list) < homeWorst {
			list = append(list, r.change)
		}
	}
	return list
}

// redFor counts the periods running, up to the current one, whose figure lies
// outside green and amber as now in force. A period without a figure ends the
// run: nothing is known of it.
func redFor(m *edition.Month, v *score.Verdict) int {
	n := 0
	for p := v.Current.Period; ; p = p.Step(-1) {
		r := score.Read(m.View, v.Indicator, m.View.Whole(), p)
		if !r.Value || v.Target.Green.Contains(r.Published) || v.Target.Amber.Contains(r.Published) {
			return n
		}
		n++
	}
}
