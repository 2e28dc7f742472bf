package site

import (
	"strconv"
	"strings"

	"outturn/internal/archive/snapshot"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// hindsight judges the months of a scorecard anew by what is known now: today's
// figures against the targets, rules and benchmarks that were in force then. It
// keeps what it judged, since several pages show it; it is safe for one
// goroutine.
type hindsight struct {
	card     *edition.Scorecard
	views    map[period.Month]*dataset.View
	verdicts map[*score.Verdict]*score.Verdict // by that of then; nil where nothing has moved since
	first    map[period.Month]*hindsightFirst
	frozen   map[snapshot.Issued]snapshot.Published
}

// hindsightFirst is a month as its first issue gave it.
type hindsightFirst struct {
	view     *dataset.View // nil where the first issue stands
	verdicts map[string]*score.Verdict
}

func newHindsight(s *edition.Scorecard) *hindsight {
	return &hindsight{card: s, views: map[period.Month]*dataset.View{}, verdicts: map[*score.Verdict]*score.Verdict{}, first: map[period.Month]*hindsightFirst{}, frozen: map[snapshot.Issued]snapshot.Published{}}
}

// published is the judgement as a month's first issue gave it: what readers were
// told first. view is what was known to it.
func (h *hindsight) published(m *edition.Month, v *score.Verdict) (view *dataset.View, then *score.Verdict) {
	first := h.first[m.Month]
	if first == nil {
		first = &hindsightFirst{firstIssue(m), map[string]*score.Verdict{}}
		h.first[m.Month] = first
	}
	if first.view == nil {
		return m.View, v
	}
	ref := v.Indicator.Ref
	if first.verdicts[ref] == nil {
		judged := score.Judge(first.view, v.Indicator)
		first.verdicts[ref] = &judged
	}
	return first.view, first.verdicts[ref]
}

// now is the newest month, whose figures are today's. What is released is never
// held against what is not.
func (h *hindsight) now(m *edition.Month) *edition.Month {
	newest := m
	for _, o := range h.card.Months {
		if o.Month > newest.Month && (m.Draft || !o.Draft) {
			newest = o
		}
	}
	return newest
}

// kept is what a snapshot says that an issue of a month published of a measure; ok
// is false where no snapshot has it. Settings have no history, so that what they
// made of a month then, only a snapshot knows.
func (h *hindsight) kept(ed *edition.Edition, m *edition.Month, issue int, ref string) (measure snapshot.PublishedMeasure, ok bool) {
	of := snapshot.Issued{Month: m.Month, Issue: issue}
	published, known := h.frozen[of]
	if !known {
		published, _ = ed.Frozen(h.card.ID, of)
		h.frozen[of] = published
	}
	measure, ok = published[ref]
	return measure, ok
}

// verdict is the judgement as today's figures give it, or nil where they are
// those of the first issue.
func (h *hindsight) verdict(m *edition.Month, v *score.Verdict) *score.Verdict {
	now := h.now(m)
	first, _ := h.published(m, v)
	if first == now.View {
		return nil
	}
	if done, known := h.verdicts[v]; known {
		return done
	}
	h.verdicts[v] = nil
	if !first.Moved(v.Indicator.Ref, now.View) {
		return nil
	}
	if h.views[m.Month] == nil {
		h.views[m.Month] = m.View.Knowing(now.View)
	}
	verdict := score.Judge(h.views[m.Month], v.Indicator)
	h.verdicts[v] = &verdict
	return &verdict
}

// sight is what of a judgement has changed since it was published.
type sight struct {
	figure    bool // the current figure: revised, or returned after all
	corrected bool // and that put an error right
	rating    bool
	judged    bool // by other settings: the figure is that of then
}

// firstAsNow sets a judgement as a month's first issue published it beside what
// today's figures give: a rating that a second issue put right is among them.
func (c *composer) firstAsNow(h *hindsight, m *edition.Month, v *score.Verdict) (theme.AsNow, sight) {
	view, then := h.published(m, v)
	if view == m.View {
		return c.asNow(h, m, v, m.Issue)
	}
	row, seen := c.asNow(h, m, then, 1)
	if row.WasFigure != "" {
		row.WasFigure += " (" + c.theme.Word("issue", "first") + ")"
	}
	return row, seen
}

// asNow sets a judgement as an issue published it beside what today's figures
// give. Where a snapshot has the month, what was published is what it says.
func (c *composer) asNow(h *hindsight, m *edition.Month, then *score.Verdict, issue int) (row theme.AsNow, seen sight) {
	kept, frozen := h.kept(c.ed, m, issue, then.Indicator.Ref)
	frozen = frozen && kept.Rating != string(then.RAG.Rating)
	now := h.verdict(m, then)
	if now == nil && !frozen { // nearly always
		return theme.AsNow{}, seen
	}
	ind, card := then.Indicator, m.Scorecard.ID
	row = theme.AsNow{
		Label: ind.Label, Indicator: c.link(ind.Name, indicatorPath(card, ind.Ref)),
		Month: c.link(m.Month.Words(), monthPath(card, m.Month.String())), Period: then.Current.Period.Words(),
	}
	if now == nil { // the figures are those of then
		why := "judged-otherwise"
		if kept.ByHand || then.RAG.ByHand {
			why = "by-hand-otherwise"
		}
		row.Was, row.Now = theme.Rating{Code: kept.Rating, ByHand: kept.ByHand}, theme.Rating{Code: string(then.RAG.Rating), ByHand: then.RAG.ByHand}
		row.WasFigure, row.NowFigure = c.keptFigure(then, kept), c.judged(then)
		row.Why, row.Reason = c.sentence(&then.RAG.Reason), c.theme.Word("issue", why)
		return row, sight{rating: true, judged: true}
	}
	later := score.Read(h.views[m.Month], ind, m.View.Whole(), then.Current.Period)
	seen.figure = later.Has != then.Current.Has || later.Value != then.Current.Value || later.Value && !later.Published.Equal(then.Current.Published)
	seen.corrected = seen.figure && later.Figure.Reason == "correction"
	was, is := then.RAG.Rating, now.RAG.Rating
	if then.RAG.ByHand { // what was set by hand was set for the figure of then
		was = then.RAG.ByRule
		if now.RAG.ByHand {
			is = now.RAG.ByRule
		}
	}
	if frozen { // what a snapshot's rating by hand was set in the place of, it does not tell
		was, is = score.Rating(kept.Rating), now.RAG.Rating
	}
	seen.rating = was != is
	if !seen.rating && !seen.corrected {
		return theme.AsNow{}, seen
	}
	row.Was, row.Now = rating(then), theme.Rating{Code: string(is)}
	row.Was.On = ""
	row.WasFigure, row.NowFigure, row.Why = c.judged(then), c.judged(now), c.sentence(&now.RAG.Reason)
	if frozen {
		row.Was, row.WasFigure = theme.Rating{Code: kept.Rating, ByHand: kept.ByHand}, c.keptFigure(then, kept)
		row.Now.ByHand = now.RAG.ByHand
	}
	if r := later.Figure.Reason; r != "" && seen.figure {
		row.Reason = c.theme.Word("reason", r)
	}
	return row, seen
}

// keptFigure is the figure that a rating was given for, as a snapshot has it.
func (c *composer) keptFigure(then *score.Verdict, kept snapshot.PublishedMeasure) string {
	if !kept.Has {
		return c.judged(then)
	}
	text := then.Indicator.Format(kept.Figure)
	if then.RAG.On == "ytd" && then.ToDate.Has {
		text += " (year to date)"
	}
	return text
}

// judged is the figure that a rating was given for.
func (c *composer) judged(v *score.Verdict) string {
	if v.RAG.On == "ytd" && v.ToDate.Has {
		return v.Indicator.Format(v.ToDate.Value) + " (year to date)"
	}
	return c.figure(v.Indicator, &v.Current).Text
}

// hindsight tells what was revised of an older month's page after it was published.
func (c *composer) hindsight(h *hindsight, m *edition.Month, verdicts []*score.Verdict) theme.Hindsight {
	var out theme.Hindsight
	figures, ratings, judged := 0, 0, 0
	for _, v := range verdicts {
		row, seen := c.asNow(h, m, v, m.Issue)
		if seen.figure {
			figures++
		}
		switch {
		case seen.judged:
			judged++
		case seen.rating:
			ratings++
		}
		if seen.rating || seen.corrected {
			out.Rows = append(out.Rows, row)
		}
	}
	if figures+ratings+judged == 0 {
		return out
	}
	args := map[string]string{
		"figures": strconv.Itoa(figures), "all": strconv.Itoa(len(verdicts)),
		"return": h.now(m).Month.Words(), "ratings": diag.Count(ratings, "rating"),
	}
	code := "revision.since"
	if ratings == 0 {
		code = "revision.since-same"
	}
	if figures+ratings > 0 {
		out.Said = c.theme.Sentence(code, args)
	}
	if judged > 0 {
		args["ratings"] = diag.Count(judged, "rating")
		out.Said = strings.TrimSpace(out.Said + " " + c.theme.Sentence("revision.judged", args))
	}
	out.More = c.link(c.theme.Word("page", "revisions-all"), c.revisionsPage(m.Scorecard.ID))
	return out
}

// sinceOn are the months in which a measure would be rated otherwise by today's
// figures, the newest first.
func (c *composer) sinceOn(h *hindsight, ref string) []theme.AsNow {
	var rows []theme.AsNow
	for i := len(h.card.Months) - 1; i >= 0; i-- {
		m := h.card.Months[i]
		v := m.Verdict(ref)
		if v == nil {
			continue
		}
		if row, seen := c.firstAsNow(h, m, v); seen.rating {
			rows = append(rows, row)
		}
	}
	return rows
}
