package proof

import (
	"slices"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

// A sentence may speak of several months at once: quarter 3, between August and
// January, the first half of the year. What the months of such a window give
// together is a figure too, worked out when a sentence first names the window.

// windowsOf takes up the windows of months that a sentence names.
func (l *ledger) windowsOf(s prose.Sentence) {
	month := l.month.Month
	yearAgo := slices.ContainsFunc(s.Whens, func(w prose.When) bool { return w.Kind == prose.YearAgo || w.Kind == prose.LastYear })
	for _, w := range s.Whens {
		switch w.Kind {
		case prose.Named:
			l.window(w.Period)
			if yearAgo && w.Period.Months() > 1 {
				l.window(w.Period.YearAgo())
			}
		case prose.Since: // since May: May may be of it or not
			for _, first := range []period.Month{w.Period.First(), w.Period.Last() + 1} {
				if first < month {
					l.window(period.NewWindow(first, month))
				}
			}
		case prose.Recent:
			l.window(period.NewWindow(month.Add(-2), month))
		case prose.PreviousOne:
			if s.Words[w.Last].Lower == "quarter" || w.Last > 0 && s.Words[w.Last-1].Lower == "quarter" {
				l.window(quarterBefore(month))
			}
		}
	}
}

// quarterBefore is the newest quarter that had ended before the one of a month.
func quarterBefore(month period.Month) period.Period {
	return period.OfQuarter(period.OfQuarter(month).First().Add(-1))
}

// window adds a period to those of which figures are worked out.
func (l *ledger) window(p period.Period) {
	if n := p.Months(); n < 2 || n > 11 || p.Last() > l.month.Month || slices.Contains(l.windows, p) {
		return
	}
	l.windows = append(l.windows, p)
}

// widen works out the figures of the windows that have been named since.
func (m *measure) widen() {
	for ; m.widened < len(m.l.windows); m.widened++ {
		if !m.flows() {
			continue
		}
		p := m.l.windows[m.widened]
		if d := m.verdict.ToDate; d.Has && p.First() == d.Period.First() && p.Last() == d.Period.Last() {
			continue // the year to date is a figure already
		}
		for _, at := range m.areas() {
			if r := score.Read(m.view, m.ind, at.area, p); r.Value {
				continue // it was returned
			}
			if v, ok := m.together(p, at.area); ok {
				f := &fact{m: m, kind: windowFact, period: p, area: at.area, value: v}
				if m.spans = append(m.spans, f); m.known != nil {
					m.known = append(m.known, f)
				}
			}
		}
	}
}

// flows says that a measure is of what happened in each month, so that months
// can be put together.
func (m *measure) flows() bool {
	return m.ind.Frequency == dataset.Monthly && m.ind.Basis == "in_month" && (m.ind.Unit == quantity.Count || m.percentage())
}

var shareOfTwo = prose.Pattern(`^percent\('([^']+)', '([^']+)'\)$`)

// together is what the months of a period give: a sum, or the share of two sums.
// One month missing leaves none.
func (m *measure) together(p period.Period, area string) (quantity.Decimal, bool) {
	var sum, parts, wholes quantity.Decimal
	counted := true
	for month := p.First(); month <= p.Last(); month++ {
		r := score.Read(m.view, m.ind, area, period.OfMonth(month))
		if !r.Value {
			return sum, false
		}
		sum, _ = sum.Add(r.Published)
		if n, d := r.Figure.Numerator, r.Figure.Denominator; n.Has && d.Has {
			parts, _ = parts.Add(n.Decimal)
			wholes, _ = wholes.Add(d.Decimal)
		} else {
			counted = false
		}
	}
	if !m.percentage() {
		return sum, true
	}
	if of := shareOfTwo.FindStringSubmatch(m.ind.Calculation); !counted && of != nil {
		a, b := m.sibling(of[1]), m.sibling(of[2])
		if a == nil || b == nil || !a.flows() || !b.flows() {
			return sum, false
		}
		part, ok1 := a.together(p, area)
		whole, ok2 := b.together(p, area)
		parts, wholes, counted = part, whole, ok1 && ok2
	}
	if !counted || wholes.Sign() <= 0 {
		return sum, false
	}
	q, err := quantity.Quotient(parts, wholes, 100, m.ind.Decimals)
	return q, err == nil
}

// sibling is another measure of the same scorecard.
func (m *measure) sibling(ref string) *measure {
	if i := slices.IndexFunc(m.l.measures, func(n *measure) bool { return n.card == m.card && n.ind.Ref == ref }); i >= 0 {
		return m.l.measures[i]
	}
	return nil
}
