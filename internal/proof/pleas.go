package proof

import (
	"slices"

	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// Pleas that reckon: sums over areas and months, shares, and what follows from
// two numbers of the text.

// isOfAreas says that a figure is how far two areas lie apart, or what two of
// them have together.
func (q *plea) isOfAreas() bool {
	if len(q.st.areas) == 0 || q.f.Role == prose.Then || q.f.Role == prose.Target || q.f.Unit == prose.Percent {
		return false
	}
	for _, m := range q.measures {
		var list []*fact
		for _, f := range m.facts() {
			if f.kind == valueFact && f.current() {
				list = append(list, f)
			}
		}
		for n, a := range list {
			for _, b := range list[n+1:] {
				if q.isDistance(a.value, b.value) || m.ind.Unit.Additive() && q.isDistance(a.value, b.value.Neg()) {
					return true
				}
			}
		}
	}
	return false
}

// isShare says that a figure is what part of one count of its section another is.
func (q *plea) isShare() bool {
	if q.f.Unit != prose.Percent || !isExact(q.f) || q.f.Role != prose.Value && q.f.Role != prose.Now {
		return false
	}
	part := func(a, b quantity.Decimal) bool {
		if b.Sign() <= 0 || a.Cmp(b) >= 0 || !q.typed(a) && !q.typed(b) {
			return false
		}
		r, err := quantity.Quotient(a, b, 100, q.f.Value.Scale())
		return err == nil && r.Equal(q.f.Value)
	}
	for _, a := range q.now() {
		if !a.m.ind.Unit.Additive() && a.m.ind.Unit != quantity.DistinctCount {
			continue
		}
		for _, m := range q.p.l.measures {
			if m.card != a.m.card || m.ind.Section != a.m.ind.Section || m.ind.Unit != a.m.ind.Unit {
				continue
			}
			for _, b := range m.facts() {
				if b.kind == valueFact && b.period == a.period && (part(a.value, b.value) || part(b.value, a.value)) {
					return true
				}
			}
		}
	}
	return false
}

// overMonths are words of several months together.
var overMonths = prose.Pattern(`\b(?:together|in all|altogether|combined|total\w*|between them|over the|across|months|quarter|half|same|year)\b`)

// isOfMonths says that a count is of several months up to the newest together,
// or of the year to date a year before.
func (q *plea) isOfMonths() bool {
	if q.f.Unit != prose.Plain || !isExact(q.f) || q.f.Role == prose.Target || !overMonths.MatchString(q.lower) {
		return false
	}
	resolved := slices.ContainsFunc(q.st.Whens, func(w prose.When) bool {
		return w.Kind == prose.ToDate || w.Kind == prose.Since || w.Kind == prose.Named
	})
	for _, m := range q.measures {
		if !m.ind.Unit.Additive() || (&claim{f: q.f}).small() {
			continue
		}
		month := q.st.l.month.Month.Add(-m.ind.Lag)
		together := func(end period.Month, count int) bool {
			sum := quantity.Int(0)
			for k := range count {
				v, ok := m.at(period.OfMonth(end.Add(-k)), q.st.l.whole)
				if !ok {
					return false
				}
				sum, _ = sum.Add(v)
			}
			return sum.Equal(q.f.Value)
		}
		if together(month.Add(-12), month.OfFinancialYear()) {
			return true
		}
		for count := 2; count <= 12 && !resolved; count++ {
			if together(month, count) {
				return true
			}
		}
	}
	return false
}

// reckons are words of what follows from two numbers before.
var reckons = prose.Pattern(`\b(?:together|altogether|in all|difference|leaves|leaving|rest|other|others|remaining|remainder|making|makes|total|sum|combined|between them|apart|gap|net|so|of whom|of which|of these|of them|of those)\b`)

// isReckoned says that a figure is a sum, a difference or a part of two others of
// its sentence and the one before.
func (q *plea) isReckoned() bool {
	if !isExact(q.f) || q.f.Role == prose.Then || q.f.Role == prose.Target || !reckons.MatchString(q.lower) {
		return false
	}
	var list []prose.Figure
	for _, s := range []*statement{q.st, q.st.before} {
		if s == nil {
			continue
		}
		for k, g := range s.Figures {
			if !(s == q.st && k == q.i) && g.Value.Sign() > 0 && isExact(g) {
				list = append(list, g)
			}
		}
	}
	for n, a := range list {
		for _, b := range list[n+1:] {
			if a.Unit != b.Unit {
				continue
			}
			if a.Unit == q.f.Unit && (q.isDistance(a.Value, b.Value) || q.isDistance(a.Value, b.Value.Neg())) {
				return true
			}
		}
	}
	return false
}

// typed says that a number stands in the sentence or in the one before it.
func (q *plea) typed(v quantity.Decimal) bool {
	for _, s := range []*statement{q.st, q.st.before} {
		if s != nil && slices.ContainsFunc(s.Figures, func(g prose.Figure) bool { return g.Unit == prose.Plain && g.Value.Equal(v) }) {
			return true
		}
	}
	return false
}
