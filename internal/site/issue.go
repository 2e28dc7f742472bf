package site

import (
	"strconv"
	"strings"

	"outturn/internal/archive/snapshot"
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

// issueNote says which issue stands, and what a later one changed of some
// measures: their figures, and the ratings that the first issue gave them.
func (c *composer) issueNote(m *edition.Month, verdicts []*score.Verdict) theme.IssueNote {
	note := theme.IssueNote{Text: issueName(m)}
	if note.Text == "" {
		return note
	}
	note.Date = c.onDay(issued(m))
	first := firstIssue(m)
	published, _ := c.ed.Frozen(m.Scorecard.ID, snapshot.Issued{Month: m.Month, Issue: 1})
	for _, v := range verdicts {
		note.Changes = append(note.Changes, c.reissued(m, v.Indicator)...)
		if first == nil {
			continue
		}
		// A rating that was set by hand can change where no figure did.
		was := score.Judge(first, v.Indicator).RAG.Rating
		if told, kept := published[v.Indicator.Ref]; kept {
			was = score.Rating(told.Rating)
		}
		if was != v.RAG.Rating {
			note.Changes = append(note.Changes, c.theme.Sentence("issue.rating", map[string]string{
				"measure": named(v.Indicator), "was": c.ratingWord(was), "now": c.ratingWord(v.RAG.Rating)}))
		}
	}
	return note
}

// firstIssue is what was known when a month was first issued, nil where the
// first issue stands.
func firstIssue(m *edition.Month) *dataset.View {
	if m.View.Issue < 2 {
		return nil
	}
	return m.Scorecard.Data.AsAt(m.Month, func(w dataset.Vintage) bool {
		return m.View.Knows(w) && (w.Month < m.Month || w.Issue == 1)
	})
}

// ratingWord is a rating in a sentence: "rated red", "not rated".
func (c *composer) ratingWord(r score.Rating) string {
	return c.theme.Word("issue", "rated-"+string(r))
}

// What happened on a day that a cover names; the words are the theme's.
const (
	outPublished = "published"
	outSigned    = "signed-off"
	outExtracted = "extracted"
)

// issuance is a day of an issue, and what happened on it. Its zero value is a
// day that is not known.
type issuance struct {
	day  period.Date
	what string
}

// issued is the newest day that the cover gives for the issue that stands, as
// what it is: publish_on alone says when something was published. A cover is
// brought up to date with its issue, so that a publish_on which is older than
// the figures of a second issue, or than who signed them off, is that of the
// first. Pages and feed both ask here.
func issued(m *edition.Month) issuance {
	var on issuance
	if m.Cover.HasExtracted {
		on = issuance{m.Cover.Extracted, outExtracted}
	}
	if m.Cover.HasSignedOn && m.Cover.SignedOn >= on.day {
		on = issuance{m.Cover.SignedOn, outSigned}
	}
	if m.Cover.HasPublishOn && (m.Issue < 2 || m.Cover.PublishOn >= on.day) {
		on = issuance{m.Cover.PublishOn, outPublished}
	}
	return on
}

// dated says a day and what happened on it: "published 20 February 2017",
// "figures taken on 28 January 2017"; "" where no day is known.
func (c *composer) dated(on issuance) string {
	if on.what == "" {
		return ""
	}
	return c.theme.Sentence("issue."+on.what, map[string]string{"date": on.day.Words()})
}

// onDay is the same where the day alone says that it was published: "Issue 2,
// 27 February 2017".
func (c *composer) onDay(on issuance) string {
	if on.what == outPublished {
		return on.day.Words()
	}
	return c.dated(on)
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
	name := named(ind) + " for " + p.Words()
	if area != v.Whole() {
		name += " in " + v.AreaName(area)
	}
	return name
}

// named is a measure in a sentence: by its number, else by its name.
func named(ind *dataset.Indicator) string {
	if ind.Label == "" {
		return ind.Name
	}
	return ind.Label
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
