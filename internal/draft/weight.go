package draft

import (
	"math/big"
	"slices"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

// subject is a measure that may be told, with what decides its weight.
type subject struct {
	*score.Verdict
	month  *edition.Month
	was    score.Rating // before, where the rating changed with a new figure; else ""
	wasIn  string       // "the report for December 2016 had it", "by the same target December 2016 was"
	off    *big.Rat     // how far a red is off green, in widths of its tolerance
	moved  *big.Rat     // the change, in steps that are usual for the series
	parted bool         // already told in this text
}

// subjects are the measures that a draft may speak of. One that is replaced has
// its successor to speak for it; one that is suspended or under development is
// only named, by missing.
func subjects(m *edition.Month, list []*score.Verdict) []*subject {
	var out []*subject
	for _, v := range list {
		if v.Indicator.Status == "replaced" {
			continue
		}
		s := &subject{Verdict: v, month: m, off: offTarget(v), moved: new(big.Rat)}
		s.was, s.wasIn = ratingBefore(m, v)
		if v.News && v.Current.Value && v.Previous.Value && v.Direction.Change.Has {
			s.moved = usualSteps(m.View, v)
		}
		out = append(out, s)
	}
	return out
}

// ratingBefore is the rating that a new figure changed: that of the report
// before or, where there is none, what today's target says of the period before.
// A carried figure changes nothing.
func ratingBefore(m *edition.Month, v *score.Verdict) (was score.Rating, in string) {
	if v.RAG.Rating == score.NotRated || !v.News {
		return "", ""
	}
	months := m.Scorecard.Months
	if i := slices.Index(months, m); i > 0 {
		old := months[i-1].Verdict(v.Indicator.Ref)
		if old == nil || old.RAG.Rating == score.NotRated || old.RAG.Rating == v.RAG.Rating {
			return "", ""
		}
		return old.RAG.Rating, "the report for " + months[i-1].Month.Words() + " had it"
	}
	t := v.Target
	if v.RAG.On != "period" || v.RAG.Rule != "tolerance" || v.RAG.ByHand || t.Row.Linear || !v.Previous.Value || v.Previous.Small {
		return "", ""
	}
	switch p := v.Previous.Published; {
	case t.Green.Contains(p):
		was = score.Green
	case !t.Amber.IsZero() && t.Amber.Contains(p):
		was = score.Amber
	default:
		was = score.Red
	}
	if was == v.RAG.Rating {
		return "", ""
	}
	return was, "by the same target " + v.Previous.Period.Words() + " was"
}

// offTarget is how far a red lies outside green, in widths of its tolerance;
// where there is none, in sizes of the target. Zero for what is not red.
func offTarget(v *score.Verdict) *big.Rat {
	value, ok := v.Current.Published, v.Current.Value
	if v.RAG.On == "ytd" && v.ToDate.Has {
		value, ok = v.ToDate.Value, true
	}
	t := v.Target
	if v.RAG.Rating != score.Red || !ok || t.Green.IsZero() {
		return new(big.Rat)
	}
	far, err := t.Green.Distance(value)
	if err != nil {
		return new(big.Rat)
	}
	width := tolerance(t)
	if width == nil || width.Sign() == 0 {
		return far.Rat()
	}
	return new(big.Rat).Quo(far.Abs().Rat(), width)
}

// tolerance is the widest step from an edge of green to the same edge of amber,
// else the size of the target; nil where there is neither.
func tolerance(t score.Target) *big.Rat {
	var width *big.Rat
	for _, edge := range [][2]quantity.Bound{{t.Green.Low, t.Amber.Low}, {t.Green.High, t.Amber.High}} {
		if !edge[0].Set || !edge[1].Set {
			continue
		}
		if step := new(big.Rat).Sub(edge[0].Value.Rat(), edge[1].Value.Rat()); width == nil || step.Abs(step).Cmp(width) > 0 {
			width = step.Abs(step)
		}
	}
	if width == nil && t.PeriodValue.Has {
		width = t.PeriodValue.Decimal.Abs().Rat()
	}
	return width
}

// usualSteps is the size of the newest change in mean steps of the series
// before it, so that a count of thousands and a percentage can be ranked
// together. A series with too few steps to know what is usual counts as moving
// by one: three is the least of which a mean says anything.
func usualSteps(view *dataset.View, v *score.Verdict) *big.Rat {
	const least = 3
	one := big.NewRat(1, 1)
	size := v.Direction.Change.Decimal.Abs()
	if size.Sign() == 0 {
		return new(big.Rat)
	}
	var steps []*big.Rat
	var before *score.Reading
	for _, f := range view.Series(v.Indicator.Ref, view.Whole()) {
		if f.Period.Last() >= v.Current.Period.Last() || !score.IsOwn(v.Indicator.Frequency, f.Period) {
			continue
		}
		r := score.Read(view, v.Indicator, view.Whole(), f.Period)
		if !r.Value {
			before = nil
			continue
		}
		if before != nil && before.Period.Last() < r.Period.Last() {
			if step, err := r.Published.Sub(before.Published); err == nil {
				steps = append(steps, step.Abs().Rat())
			}
		}
		before = &r
	}
	sum := new(big.Rat)
	for _, s := range steps {
		sum.Add(sum, s)
	}
	if len(steps) < least || sum.Sign() == 0 {
		return one
	}
	mean := sum.Quo(sum, big.NewRat(int64(len(steps)), 1))
	return new(big.Rat).Quo(size.Rat(), mean)
}

// weigh is a choice of subjects: which, and with what weight (the heaviest
// first; equal ones in the order of the scorecard).
type weigh func(*subject) (weight *big.Rat, in bool)

func pick(list []*subject, by weigh) []*subject {
	type weighed struct {
		s *subject
		w *big.Rat
	}
	var in []weighed
	for _, s := range list {
		if s.Indicator.Status != "live" || s.parted {
			continue
		}
		if w, ok := by(s); ok {
			in = append(in, weighed{s, w})
		}
	}
	slices.SortStableFunc(in, func(a, b weighed) int { return b.w.Cmp(a.w) })
	out := make([]*subject, len(in))
	for i, x := range in {
		out[i] = x.s
	}
	return out
}

func first(list []*subject, n int) []*subject { return list[:min(n, len(list))] }

// fresh lets a text's lists name again what its sentences told.
func fresh(list []*subject) []*subject {
	for _, s := range list {
		s.parted = false
	}
	return list
}

var rank = map[score.Rating]int64{score.Red: 1, score.Amber: 2, score.Green: 3}

// changed: a rating that became worse before one that became better, the longer
// way first.
func changed(s *subject) (*big.Rat, bool) {
	if s.was == "" {
		return nil, false
	}
	fall := rank[s.was] - rank[s.RAG.Rating]
	return big.NewRat(fall, 1), true
}

func red(s *subject) (*big.Rat, bool) { return s.off, s.RAG.Rating == score.Red }

// moved: what moved by at least its usual step.
func moved(s *subject) (*big.Rat, bool) {
	return s.moved, s.moved.Cmp(big.NewRat(1, 1)) >= 0
}

func meets(s *subject) (*big.Rat, bool) {
	return s.moved, s.News && s.Current.Value && s.RAG.Rating == score.Green && s.RAG.On == "period"
}

// carried: a figure that an earlier month told, of a measure that is reported
// less often.
func carried(s *subject) (*big.Rat, bool) {
	return new(big.Rat), s.Current.Value && !s.News && s.Current.Period != period.OfMonth(s.Month)
}

func hasFigure(s *subject) (*big.Rat, bool) { return s.moved, s.Current.Value }

// Ten changes of a usual size weigh less than a change of rating: the lists
// begin with those.
func heavier(step *big.Rat, classes int64) *big.Rat {
	const class = 1_000_000
	return new(big.Rat).Add(step, big.NewRat(classes*class, 1))
}

// good: what came up to a better rating, what meets its target and improved,
// then what improved and is not rated.
func good(s *subject) (*big.Rat, bool) {
	better := s.Direction.Judgement == "improvement" && s.Direction.Change.Decimal.Sign() != 0
	switch {
	case !s.News || !s.Current.Value:
		return nil, false
	case s.was != "":
		return heavier(s.moved, 2), rank[s.was] < rank[s.RAG.Rating]
	case better && s.RAG.Rating == score.Green:
		return heavier(s.moved, 1), true
	}
	return s.moved, better && (s.RAG.Rating == score.NotRated || s.RAG.Rating == score.Amber)
}

// toImprove: what fell to a worse rating, what is red, then what is amber and
// became worse.
func toImprove(s *subject) (*big.Rat, bool) {
	worse := s.Direction.Judgement == "decline"
	switch {
	case !s.Current.Value && !s.byToDate():
		return nil, false
	case s.was != "" && rank[s.was] > rank[s.RAG.Rating]:
		return heavier(s.off, 2), true
	case s.RAG.Rating == score.Red:
		return heavier(s.off, 1), true
	}
	return s.moved, s.News && worse && s.RAG.Rating == score.Amber
}
