package site

import (
	"strconv"

	"outturn/internal/dataset"
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
	verdicts map[hindsightKey]*score.Verdict // nil where nothing has moved since
}

type hindsightKey struct {
	month period.Month
	ref   string
}

func newHindsight(s *edition.Scorecard) *hindsight {
	return &hindsight{card: s, views: map[period.Month]*dataset.View{}, verdicts: map[hindsightKey]*score.Verdict{}}
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

// verdict is the judgement as today's figures give it, or nil where they are
// those of then.
func (h *hindsight) verdict(m *edition.Month, v *score.Verdict) *score.Verdict {
	key := hindsightKey{m.Month, v.Indicator.Ref}
	if done, known := h.verdicts[key]; known {
		return done
	}
	h.verdicts[key] = nil
	now := h.now(m)
	if now == m || !m.View.Moved(v.Indicator.Ref, now.View) {
		return nil
	}
	if h.views[m.Month] == nil {
		h.views[m.Month] = m.View.Knowing(now.View)
	}
	verdict := score.Judge(h.views[m.Month], v.Indicator)
	h.verdicts[key] = &verdict
	return &verdict
}

// sight is what of a judgement has changed since it was published.
type sight struct {
	figure    bool // the current figure: revised, or returned after all
	corrected bool // and that put an error right
	rating    bool
}

// asNow sets a judgement as published beside what today's figures give.
func (c *composer) asNow(h *hindsight, m *edition.Month, then *score.Verdict) (row theme.AsNow, seen sight) {
	now := h.verdict(m, then)
	if now == nil {
		return row, seen
	}
	ind, card := then.Indicator, m.Scorecard.ID
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
	seen.rating = was != is
	if !seen.rating && !seen.corrected {
		return row, seen
	}
	row = theme.AsNow{
		Label: ind.Label, Indicator: c.link(ind.Name, indicatorPath(card, ind.Ref)),
		Month:  c.link(m.Month.Words(), monthPath(card, m.Month.String())),
		Period: then.Current.Period.Words(),
		Was:    rating(then), Now: theme.Rating{Code: string(is)},
		WasFigure: c.judged(then), NowFigure: c.judged(now),
		Why: c.sentence(now.RAG.Reason),
	}
	row.Was.On = ""
	if r := later.Figure.Reason; r != "" && seen.figure {
		row.Reason = c.theme.Word("reason", r)
	}
	return row, seen
}

// judged is the figure that a rating was given for.
func (c *composer) judged(v *score.Verdict) string {
	if v.RAG.On == "ytd" && v.ToDate.Has {
		return v.Indicator.Format(v.ToDate.Value) + " (year to date)"
	}
	return c.figure(v.Indicator, v.Current).Text
}

// hindsight tells what was revised of an older month's page after it was published.
func (c *composer) hindsight(h *hindsight, m *edition.Month, verdicts []*score.Verdict) theme.Hindsight {
	var out theme.Hindsight
	figures, ratings := 0, 0
	for _, v := range verdicts {
		row, seen := c.asNow(h, m, v)
		if seen.figure {
			figures++
		}
		if seen.rating {
			ratings++
		}
		if seen.rating || seen.corrected {
			out.Rows = append(out.Rows, row)
		}
	}
	if figures+ratings == 0 {
		return out
	}
	args := map[string]string{
		"figures": strconv.Itoa(figures), "all": strconv.Itoa(len(verdicts)),
		"return": h.now(m).Month.Words(), "ratings": count(ratings, "rating"),
	}
	code := "revision.since"
	if ratings == 0 {
		code = "revision.since-same"
	}
	out.Said = c.theme.Sentence(code, args)
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
		if row, seen := c.asNow(h, m, v); seen.rating {
			rows = append(rows, row)
		}
	}
	return rows
}
