package site

import (
	"strconv"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// issueName says which issue stands: "Issue 2"; "" for the first.
func issueName(m *edition.Month) string {
	if m.Issue < 2 {
		return ""
	}
	return "Issue " + strconv.Itoa(m.Issue)
}

// issueNote says which issue stands, and what a second one changed of some
// measures.
func (c *composer) issueNote(m *edition.Month, verdicts []*score.Verdict) theme.IssueNote {
	note := theme.IssueNote{Text: issueName(m)}
	if note.Text == "" {
		return note
	}
	if on := issued(m.Cover); on != 0 {
		note.Date = on.Words()
	}
	for _, v := range verdicts {
		note.Changes = append(note.Changes, c.reissued(m, v.Indicator)...)
	}
	return note
}

// issued is the day of the issue that stands: the newest that the cover names,
// since a cover is brought up to date with its issue.
func issued(cover commentary.Cover) period.Date {
	var on period.Date
	if cover.HasExtracted {
		on = cover.Extracted
	}
	if cover.HasSignedOn {
		on = max(on, cover.SignedOn)
	}
	if cover.HasPublishOn {
		on = max(on, cover.PublishOn)
	}
	return on
}

// reissued tells what a later issue of the month changed of a measure and of its
// parts, a sentence each with its reason, and which figures it was the first to
// give.
func (c *composer) reissued(m *edition.Month, ind *dataset.Indicator) []string {
	later := func(w dataset.Vintage) bool { return w.Month == m.Month && w.Issue > 1 }
	var list []string
	for _, of := range append([]*dataset.Indicator{ind}, m.View.Parts(ind.Ref)...) {
		for _, r := range m.View.Revisions(of.Ref) {
			if later(r.ToVintage) {
				sentence := revisionSentence(m.View, of, r)
				if r.Reason != "" {
					sentence += " " + stop(c.theme.Word("reason", r.Reason))
				}
				list = append(list, strings.TrimSpace(sentence+" "+stop(r.Note)))
			}
		}
		for _, area := range append([]string{m.View.Whole()}, m.View.Areas(of.Ref)...) {
			for _, rec := range m.View.Records(of.Ref, area, func(rec dataset.Record) bool { return later(rec.First().Vintage) && !rec.Lost }) {
				told, _ := rec.AsOf(dataset.Vintage{Month: m.Month, Issue: m.Issue})
				list = append(list, figureOf(m.View, of, rec.Period, area)+" is now given: "+revised(of, told.Value, told.Marks)+".")
			}
		}
	}
	return list
}

func revisionSentence(v *dataset.View, ind *dataset.Indicator, r dataset.Revision) string {
	sentence := figureOf(v, ind, r.Period, r.Area) + " is now " + revised(ind, r.To, r.ToMark)
	if !r.From.Has && r.FromMark == "" {
		return sentence + "; what it was is not held here."
	}
	return sentence + "; it was " + revised(ind, r.From, r.FromMark) + "."
}

// figureOf names a figure in a sentence: "3.2 for January 2017 in North".
func figureOf(v *dataset.View, ind *dataset.Indicator, p period.Period, area string) string {
	name := ind.Label
	if name == "" {
		name = ind.Name
	}
	name += " for " + p.Words()
	if area != v.Whole() {
		name += " in " + v.AreaName(area)
	}
	return name
}
func revised(ind *dataset.Indicator, n dataset.Number, m dataset.Marks) string {
	switch {
	case n.Has:
		return ind.Format(n.Decimal)
	case m != "":
		return "[" + strings.ReplaceAll(string(m), " ", "][") + "]"
	}
	return "[x]"
}

// correctionNews are the entries of the feed for what the returns of a month put
// right in what was published.
func (c *composer) correctionNews(m *edition.Month) []News {
	var list []News
	for _, notice := range c.correctedIn(m, m.Measures()) {
		list = append(list, News{
			Month: m.Month.String(), Of: "/correction-" + strconv.Itoa(notice.Issue),
			Title: "Correction: " + m.Scorecard.Title + ", " + notice.Returned,
			Text:  strings.TrimSpace(strings.Join(notice.Figures, " ") + " " + notice.More),
			On:    entryOf(m).On,
		})
	}
	return list
}
