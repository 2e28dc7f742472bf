package site

import (
	"slices"
	"strconv"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
	"outturn/internal/theme"
)

const (
	trianglePeriods = 12 // rows of a revision triangle: a year of months
	triangleReturns = 12 // and its columns
	noticeMonths    = 12 // how long a correction stands at the head of its measure's page
	noticeFigures   = 3  // that a notice names; the rest it counts
)

func revisionsPath(card string) string { return card + "/revisions.html" }

// revisionsPage is where what was revised of a scorecard is listed.
func (c *composer) revisionsPage(card string) string {
	if c.ed.Outline.Large() {
		return revisionsPath(card)
	}
	return "revisions.html#" + card
}

// revisions is revisions.html.
func revisions(ed *edition.Edition, summaries []Summary) theme.Revisions {
	var out theme.Revisions
	for _, s := range summaries {
		if s.Month != 0 {
			out.Scorecards = append(out.Scorecards, s.Revised)
		}
	}
	c := compose(ed, "revisions.html")
	c.draft = anyDraft(summaries)
	out.Frame = c.frame("What was revised", "Every figure that was changed after it was first published: what it said first, what it says now, and why.")
	return out
}

// revisionsOf is the same for one scorecard of a large site.
func revisionsOf(ed *edition.Edition, s *edition.Scorecard, h *hindsight) theme.Revisions {
	c := compose(ed, revisionsPath(s.ID))
	m := s.Latest()
	out := theme.Revisions{Scorecards: []theme.RevisedScorecard{c.revised(s, h)}}
	c.draft = m.Draft
	out.Frame = c.frame("What was revised of "+s.Title, "Every figure of "+s.Title+" that was changed after it was first published: what it said first, what it says now, and why.", c.cardCrumbs(m)...)
	out.Frame.AsAt = m.Month.Words()
	return out
}

// revised is what was revised of a scorecard; without hindsight, no more than a
// summary of a large site keeps of it.
func (c *composer) revised(s *edition.Scorecard, h *hindsight) theme.RevisedScorecard {
	card := theme.RevisedScorecard{ID: s.ID, Title: s.Title, Href: c.to(cardPath(s.ID)), Month: c.marked(s.Latest().Month.Words(), s.Latest().Draft)}
	card.Here = c.link(s.Title, c.path+"#"+s.ID)
	figures, measures, marked := 0, 0, 0
	returns := map[dataset.Vintage][]theme.RevisedFigure{}
	for _, mp := range measurePages(s) {
		ind, before := mp.verdict.Indicator, figures
		mark := theme.MarkedMeasure{Label: ind.Label, Indicator: c.link(ind.Name, indicatorPath(s.ID, ind.Ref))}
		for _, of := range append([]*dataset.Indicator{ind}, mp.month.View.Parts(ind.Ref)...) {
			for _, rec := range revisedRecords(mp.month.View, of) {
				if len(rec.Told) == 1 { // by the return's own word alone
					mark.Figures = append(mark.Figures, theme.Field{Label: recordWords(mp, of, rec), Value: revised(of, rec.First().Value, rec.First().Marks)})
					continue
				}
				figures++
				w := rec.Latest().Vintage
				returns[w] = append(returns[w], c.revisedFigure(mp, of, rec))
			}
		}
		if n := len(mark.Figures); n > 0 {
			marked += n
			card.Marked = append(card.Marked, mark)
		}
		if figures > before {
			measures++
		}
		if h == nil {
			continue
		}
		if row, ok := c.revisedMeasure(mp); ok {
			card.Measures = append(card.Measures, row)
		}
	}
	vintages := make([]dataset.Vintage, 0, len(returns))
	for w := range returns {
		vintages = append(vintages, w)
	}
	slices.SortFunc(vintages, func(a, b dataset.Vintage) int {
		if a.Before(b) {
			return 1
		}
		return -1 // no two are the same
	})
	for _, w := range vintages {
		card.Returns = append(card.Returns, theme.RevisedReturn{Return: returnWords(w), On: c.dated(returnedOn(s, w)), Figures: returns[w]})
	}
	card.Said = c.theme.Sentence("revision.none", nil)
	if figures > 0 {
		card.Said = c.theme.Sentence("revision.said", map[string]string{
			"figures": diag.Count(figures, "figure"), "measures": diag.Count(measures, "measure"), "return": card.Returns[0].Return})
	}
	if marked > 0 {
		card.Said += " " + c.theme.Sentence("revision.said-marked", map[string]string{"figures": diag.Count(marked, "figure"), "measures": diag.Count(len(card.Marked), "measure")})
	}
	if h == nil {
		return card
	}
	for _, m := range slices.Backward(s.Months) {
		month := theme.RevisedMonth{Month: c.link(m.Month.Words(), monthPath(s.ID, m.Month.String()))}
		for _, v := range m.Measures() {
			if row, seen := c.firstAsNow(h, m, v); seen.rating {
				month.Rows = append(month.Rows, row)
			}
		}
		if len(month.Rows) > 0 {
			card.Months = append(card.Months, month)
		}
	}
	return card
}

// revisedRecords are the revised figures of a series in all areas, the newest
// period first.
func revisedRecords(v *dataset.View, ind *dataset.Indicator) []dataset.Record {
	var list []dataset.Record
	for _, area := range append([]string{v.Whole()}, v.Areas(ind.Ref)...) {
		list = append(list, v.Revised(ind.Ref, area)...)
	}
	slices.SortStableFunc(list, func(a, b dataset.Record) int { return period.Compare(b.Period, a.Period) })
	return list
}

func (c *composer) revisedFigure(mp measurePage, of *dataset.Indicator, rec dataset.Record) theme.RevisedFigure {
	ind, first, latest := mp.verdict.Indicator, rec.First(), rec.Latest()
	row := theme.RevisedFigure{
		Label: ind.Label, Indicator: c.link(ind.Name, indicatorPath(mp.month.Scorecard.ID, ind.Ref)),
		Period: rec.Period.Words(),
		First:  revised(of, first.Value, first.Marks), FirstBy: returnWords(first.Vintage),
		Latest: revised(of, latest.Value, latest.Marks),
	}
	if of != ind {
		row.Part = partName(ind, of)
	}
	if rec.Area != mp.month.View.Whole() {
		row.Area = mp.month.View.AreaName(rec.Area)
	}
	if first.Value.Has && latest.Value.Has {
		if by, err := of.Publish(latest.Value.Decimal).Sub(of.Publish(first.Value.Decimal)); err == nil {
			row.By = c.theme.Word("revision", "back")
			if by.Sign() != 0 {
				row.By = edition.Moved(of, by, true)
			}
		}
	}
	for _, told := range rec.Told[1:] {
		ch := theme.RevisionChange{Returned: returnWords(told.Vintage), Figure: revised(of, told.Value, told.Marks), Note: told.Note, Correction: told.Reason == "correction"}
		if told.Reason != "" {
			ch.Reason = c.theme.Word("reason", told.Reason)
		}
		row.Changes = append(row.Changes, ch)
	}
	return row
}

// recordWords names a figure of a measure or of its part: "East, December 2016".
func recordWords(mp measurePage, of *dataset.Indicator, rec dataset.Record) string {
	words := rec.Period.Words()
	if rec.Area != mp.month.View.Whole() {
		words = mp.month.View.AreaName(rec.Area) + ", " + words
	}
	if ind := mp.verdict.Indicator; of != ind {
		words = partName(ind, of) + ", " + words
	}
	return words
}

// firstFigures are the figures of a measure, for the whole authority, by which
// its revisions are judged: of its own frequency, first returned in the month in
// which they fell due (a series given later was complete when it was given), and
// old enough for a later return to have changed them. leftOut are those that were
// corrected or redefined: they say nothing of late data.
func firstFigures(m *edition.Month, ind *dataset.Indicator) (list []score.Amended, leftOut int) {
	if ind.Unit == quantity.Grade {
		return nil, 0 // ordered words have no mean
	}
	v, whole := m.View, m.View.Whole()
	var newest dataset.Vintage
	for _, w := range m.Scorecard.Data.Vintages() {
		if v.Knows(w) {
			newest = w // they come oldest first
		}
	}
	counts := func(p period.Period, given dataset.Vintage) bool {
		return score.IsOwn(ind.Frequency, p) && given.Month == p.Last().Add(ind.Lag) && given.Before(newest)
	}
	if ind.Calculation == "" && len(v.Revised(ind.Ref, whole)) == 0 { // as most: then the figures that stand are the first
		for f := range v.Figures(ind.Ref, whole) {
			if f.Value.Has && counts(f.Period, f.First) {
				d := ind.Publish(f.Value.Decimal)
				list = append(list, score.Amended{First: d, Latest: d})
			}
		}
		return list, 0
	}
	for _, rec := range v.Records(ind.Ref, whole, func(rec dataset.Record) bool {
		return !rec.Lost && counts(rec.Period, rec.First().Vintage)
	}) {
		first, latest := rec.First().Value, rec.Latest().Value
		late := !slices.ContainsFunc(rec.Told[1:], func(t dataset.Telling) bool { return t.Reason == "correction" || t.Reason == "definition" })
		switch {
		case !late:
			leftOut++
		case first.Has && latest.Has:
			list = append(list, score.Amended{First: ind.Publish(first.Decimal), Latest: ind.Publish(latest.Decimal)})
		}
	}
	return list, leftOut
}

// meanPlaces is one decimal more than a measure is published with; money keeps
// its pence.
func meanPlaces(ind *dataset.Indicator) int {
	if ind.Unit == quantity.Money {
		return ind.Decimals
	}
	return ind.Decimals + 1
}

// revisedMeasure sums up the revisions of a measure; ok is false where no first
// figure was revised.
func (c *composer) revisedMeasure(mp measurePage) (row theme.RevisedMeasure, ok bool) {
	ind := mp.verdict.Indicator
	if len(mp.month.View.Revised(ind.Ref, mp.month.View.Whole())) == 0 {
		return row, false // as of most
	}
	list, leftOut := firstFigures(mp.month, ind)
	r, counted := score.SumUp(list, meanPlaces(ind))
	if r.Revised() == 0 && leftOut == 0 {
		return row, false
	}
	row = theme.RevisedMeasure{
		Label: ind.Label, Indicator: c.link(ind.Name, indicatorPath(mp.month.Scorecard.ID, ind.Ref)),
		Revised: strconv.Itoa(r.Revised()) + " of " + strconv.Itoa(r.Figures),
	}
	if leftOut > 0 {
		row.LeftOut = c.theme.Sentence("revision.left-out", map[string]string{"n": strconv.Itoa(leftOut)})
	}
	if !counted {
		return row, true
	}
	row.Mean = signed(r.Mean, score.ChangeInWords(ind, r.Mean))
	row.Absolute = score.ChangeInWords(ind, r.Absolute)
	if r.HasRelative && ind.Unit != quantity.Percent && ind.Unit != quantity.Score {
		row.Relative = quantity.Percent.Format(r.Relative)
	}
	row.Lean = c.lean(ind, r)
	return row, true
}

func signed(d quantity.Decimal, size string) string {
	switch d.Sign() {
	case 1:
		return "+" + size
	case -1:
		return "−" + size
	}
	return size
}

// lean says whether first figures of a measure lean one way.
func (c *composer) lean(ind *dataset.Indicator, r score.Revision) string {
	return c.theme.Sentence("revision.lean-"+string(r.Lean), map[string]string{
		"size": score.ChangeInWords(ind, r.Mean), "n": strconv.Itoa(r.Running()), "all": diag.Count(r.Figures, noun(ind)),
		"figures": diag.Count(r.Figures, "first figure"), "up": strconv.Itoa(r.Up), "down": strconv.Itoa(r.Down), "needed": strconv.Itoa(score.LeanFrom),
	})
}

// revisionsOn puts what was revised of a measure on its page.
func (c *composer) revisionsOn(out *theme.Indicator, m *edition.Month, ind *dataset.Indicator) {
	out.Revisions = c.revisionRows(m.View, ind)
	if len(out.Revisions) == 0 {
		out.RevisionNote = "No figure of this measure has been revised in the returns held here."
	}
	out.RevisionsPage = c.link(c.theme.Word("page", "revisions-all"), c.revisionsPage(m.Scorecard.ID))
	if list, _ := firstFigures(m, ind); len(list) > 0 {
		if r, ok := score.SumUp(list, meanPlaces(ind)); ok && r.Lean != score.LeanUntold {
			out.Lean = c.lean(ind, r)
		}
	}
	out.Triangle = c.triangle(m.View, ind)
	out.Corrections = c.corrections(m.Scorecard, m.View, []*dataset.Indicator{ind}, func(w dataset.Vintage) bool {
		return w.Month > m.Month.Add(-noticeMonths)
	})
}

// revisionRows lists every change of every figure of a measure and its parts.
func (c *composer) revisionRows(v *dataset.View, ind *dataset.Indicator) []theme.RevisionRow {
	var rows []theme.RevisionRow
	add := func(of *dataset.Indicator, prefix string) {
		for _, r := range c.drawings.revisions(v, of.Ref) {
			row := theme.RevisionRow{
				Period: prefix + r.Period.Words(), Area: v.AreaName(r.Area),
				From: revised(of, r.From, r.FromMark), To: revised(of, r.To, r.ToMark),
				Returned: returnWords(r.ToVintage), Note: r.Note, Correction: r.Reason == "correction",
			}
			if !r.From.Has && r.FromMark == "" {
				row.From = c.theme.Word("revision", "lost")
				if row.Note == "" {
					row.Note = "marked as revised in the return"
				}
			}
			if r.Reason != "" {
				row.Reason = c.theme.Word("reason", r.Reason)
			}
			if r.From.Has && r.To.Has {
				if by, err := of.Publish(r.To.Decimal).Sub(of.Publish(r.From.Decimal)); err == nil {
					row.By = edition.Moved(of, by, true)
				}
			}
			rows = append(rows, row)
		}
	}
	add(ind, "")
	for _, part := range v.Parts(ind.Ref) {
		add(part, partName(ind, part)+", ")
	}
	return rows
}

// triangle is the revision triangle of a measure's newest periods, for the whole
// authority; it has no rows where none of them was revised.
func (c *composer) triangle(v *dataset.View, ind *dataset.Indicator) theme.Triangle {
	if len(v.Revised(ind.Ref, v.Whole())) == 0 {
		return theme.Triangle{}
	}
	recs := v.Records(ind.Ref, v.Whole(), func(r dataset.Record) bool { return score.IsOwn(ind.Frequency, r.Period) })
	recs = recs[max(0, len(recs)-trianglePeriods):]
	var columns []dataset.Vintage // those in which a figure changed, oldest first
	for _, rec := range recs {
		for _, told := range rec.Told[1:] {
			if !slices.Contains(columns, told.Vintage) {
				columns = append(columns, told.Vintage)
			}
		}
	}
	var out theme.Triangle
	if len(columns) == 0 {
		return out
	}
	slices.SortFunc(columns, func(a, b dataset.Vintage) int {
		if a.Before(b) {
			return -1
		}
		return 1
	})
	if more := len(columns) - triangleReturns; more > 0 {
		out.Note = c.theme.Sentence("revision.triangle-note", map[string]string{"n": strconv.Itoa(triangleReturns), "all": strconv.Itoa(len(columns))})
		columns = columns[more:]
	}
	out.Caption = c.theme.Sentence("revision.triangle", map[string]string{"name": ind.Name})
	for _, w := range columns {
		out.Heads = append(out.Heads, returnShort(w))
	}
	for _, rec := range slices.Backward(recs) {
		first := rec.First()
		row := theme.TriangleRow{Period: rec.Period.Words(), First: revised(ind, first.Value, first.Marks), FirstBy: returnShort(first.Vintage)}
		for _, w := range columns {
			told, given := rec.AsOf(w)
			cell := theme.TriangleCell{State: "early"}
			if given {
				cell.Text, cell.State = revised(ind, told.Value, told.Marks), "same"
				if told.Vintage == w && w != first.Vintage {
					cell.State = "changed"
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// corrections are the notices of errors that were put right in returns that are
// wanted, of measures and their parts, the newest first.
func (c *composer) corrections(s *edition.Scorecard, v *dataset.View, list []*dataset.Indicator, wanted func(dataset.Vintage) bool) []theme.Correction {
	// The returns of most months correct nothing, and to find that out figure by
	// figure was a tenth of the time that a national site took.
	if !slices.ContainsFunc(s.Data.Vintages(), func(w dataset.Vintage) bool { return wanted(w) && s.Data.Gives(w, "correction") }) {
		return nil
	}
	told := map[dataset.Vintage][]string{}
	for _, ind := range list {
		for _, of := range append([]*dataset.Indicator{ind}, v.Parts(ind.Ref)...) {
			list := c.drawings.revisions(v, of.Ref)
			for i := range list {
				if r := &list[i]; r.Reason == "correction" && wanted(r.ToVintage) {
					told[r.ToVintage] = append(told[r.ToVintage], strings.TrimSpace(revisionSentence(v, of, *r)+" "+stop(r.Note)))
				}
			}
		}
	}
	var out []theme.Correction
	vintages := s.Data.Vintages()
	for _, w := range slices.Backward(vintages) {
		figures := told[w]
		if len(figures) == 0 {
			continue
		}
		notice := theme.Correction{Issue: w.Issue, On: c.onDay(returnedOn(s, w)), Returned: returnWords(w), Figures: figures}
		if more := len(figures) - noticeFigures; more > 0 {
			notice.Figures = figures[:noticeFigures]
			notice.More = c.theme.Sentence("revision.more", map[string]string{"figures": diag.Count(more, "more figure")})
		}
		out = append(out, notice)
	}
	return out
}

// correctedIn are the notices of what the returns of a month put right, in the
// month where it is news.
func (c *composer) correctedIn(m *edition.Month, verdicts []*score.Verdict) []theme.Correction {
	list := make([]*dataset.Indicator, len(verdicts))
	for i, v := range verdicts {
		list[i] = v.Indicator
	}
	return c.corrections(m.Scorecard, m.View, list, func(w dataset.Vintage) bool { return w.Month == m.Month })
}

// noticesOf are those for the month's own pages, where the note of a later issue
// tells what that issue changed.
func (c *composer) noticesOf(m *edition.Month, verdicts []*score.Verdict) []theme.Correction {
	return slices.DeleteFunc(c.correctedIn(m, verdicts), func(n theme.Correction) bool { return n.Issue > 1 })
}

// returnWords names a return: "January 2017, issue 2".
func returnWords(w dataset.Vintage) string {
	if w.Issue > 1 {
		return w.Month.Words() + ", issue " + strconv.Itoa(w.Issue)
	}
	return w.Month.Words()
}

func returnShort(w dataset.Vintage) string {
	if w.Issue > 1 {
		return w.Month.Short() + ", issue " + strconv.Itoa(w.Issue)
	}
	return w.Month.Short()
}

// returnedOn is the day of a return, as far as it is known: a cover tells it of
// the issue that stands, not of those before.
func returnedOn(s *edition.Scorecard, w dataset.Vintage) issuance {
	for _, m := range s.Months {
		if m.Month == w.Month && m.Issue == w.Issue {
			return issued(m)
		}
	}
	return issuance{}
}
