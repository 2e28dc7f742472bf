package check

import (
	"regexp"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

var boundWords = regexp.MustCompile(`\b(above|over|below|under|more than|less than|fewer than|at least|better than|met|missed|green|amber|red|target|tolerance)\b`)

// streaks checks "for the sixth month running".
func (p *proof) streaks(st *statement) {
	for _, s := range st.Streaks {
		if s.Unit != "month" {
			continue
		}
		m, ok := st.subject()
		if !ok || m.ind.Frequency != dataset.Monthly {
			continue
		}
		// The movement named nearest to it, else a figure that stayed.
		var move *prose.Direction
		for k := range st.Directions {
			d := &st.Directions[k]
			if move == nil || distance(d.Word, s) < distance(move.Word, s) {
				move = d
			}
		}
		n, what, known := 0, "", false
		switch {
		case move != nil && distance(move.Word, s) <= 8 && move.Sense != prose.Same:
			n, known = m.run(p.l.month.Month, func(now, before quantity.Decimal) bool {
				return m.agrees(*move, st.Words[move.Word].Lower, now.Cmp(before))
			})
			what = "moved so"
		case boundWords.MatchString(strings.ToLower(st.Text)):
			n, known = p.runOfBound(st, m)
			what = "stood so"
		default:
			v, has := m.at(m.verdict.Current.Period, p.l.whole)
			for i, f := range st.Figures {
				if has && st.results[i].settled && isExact(f) && f.Role == prose.Value {
					n, known = m.runOf(p.l.month.Month, v.Equal)
				}
			}
			what = "stood so"
		}
		if !known || n == s.Count || n == s.Count-1 && what == "moved so" && n > 0 && st.Words[s.First].Lower != "the" && !strings.HasSuffix(st.Words[s.Last].Lower, "running") {
			continue
		}
		p.blame(st, st.Words[s.First].Start, st.Words[s.Last].End, "contradicts-data", "say how many months it was, or leave the number out",
			"%s is said to have gone on for %d months; it has %s for %s", m.ref(), s.Count, what, inMonths(n))
	}
}

func inMonths(n int) string {
	if n == 1 {
		return "1 month"
	}
	return quantity.Int(int64(n)).String() + " months"
}

func distance(word int, s prose.Streak) int {
	if word < s.First {
		return s.First - word
	}
	return max(0, word-s.Last)
}

// run counts the months up to the newest over which each was held against the
// one before; known is false where the series is too short to tell its end.
func (m *measure) run(month period.Month, ask func(now, before quantity.Decimal) bool) (n int, known bool) {
	at := month.Add(-m.ind.Lag)
	for ; ; n++ {
		now, ok1 := m.at(period.OfMonth(at.Add(-n)), m.view.Whole())
		before, ok2 := m.at(period.OfMonth(at.Add(-n-1)), m.view.Whole())
		if !ok1 || !ok2 {
			return n, false
		}
		if !ask(now, before) {
			return n, true
		}
	}
}

// runOf counts the months up to the newest for which ask is true.
func (m *measure) runOf(month period.Month, ask func(quantity.Decimal) bool) (n int, known bool) {
	at := month.Add(-m.ind.Lag)
	for ; ; n++ {
		v, ok := m.at(period.OfMonth(at.Add(-n)), m.view.Whole())
		if !ok {
			return n, false
		}
		if !ask(v) {
			return n, true
		}
	}
}

// runOfBound counts the months in which a bound of the sentence held.
func (p *proof) runOfBound(st *statement, m *measure) (int, bool) {
	for i, f := range st.Figures {
		if f.Hedge >= prose.Above && f.Ref < 0 && (st.results[i].settled || len(st.Figures) == 1) {
			return m.runOf(p.l.month.Month, func(v quantity.Decimal) bool { return meant(f, v) })
		}
	}
	t := m.verdict.Target
	lower := strings.ToLower(st.Text)
	if t.Green.IsZero() || strings.Contains(lower, "tolerance") || strings.Contains(lower, "amber") {
		return 0, false
	}
	switch {
	case targetMissed.MatchString(lower), m.goodWay() > 0 && strings.Contains(lower, "below target"), m.goodWay() < 0 && strings.Contains(lower, "above target"):
		return m.runOf(p.l.month.Month, func(v quantity.Decimal) bool { return !t.Green.Contains(v) })
	case targetMet.MatchString(lower), m.goodWay() > 0 && strings.Contains(lower, "above target"), m.goodWay() < 0 && strings.Contains(lower, "below target"):
		return m.runOf(p.l.month.Month, t.Green.Contains)
	}
	return 0, false
}

// holder is the figure of an earlier month that a sentence gives for an extreme.
func (st *statement) holder(m *measure) *fact {
	for i, f := range st.Figures {
		if f.Role == prose.Then || f.Role == prose.Change || f.Role == prose.Target {
			continue
		}
		for _, x := range st.results[i].facts {
			if x.m == m && x.kind == valueFact && x.area == st.l.whole {
				if x.current() {
					return nil
				}
				if x.period.Kind() == period.KindMonth {
					return x
				}
			}
		}
	}
	return nil
}

// otherMonth says that a sentence names an earlier month for its extreme and
// gives no figure by which it could be known.
func (st *statement) otherMonth(e prose.Extreme, month period.Month) bool {
	for k, w := range st.Whens {
		if k != e.When && w.Kind == prose.Named && w.Period.Last() < month && !w.Base {
			return true
		}
	}
	return false
}

// extremes checks "the highest since April".
func (p *proof) extremes(st *statement) {
	for _, e := range st.Extremes {
		if e.When < 0 && !e.Ever || len(st.areas) > 0 || len(st.others) > 0 {
			continue
		}
		m, ok := st.subject()
		if !ok || m.ind.Frequency != dataset.Monthly {
			continue
		}
		month := p.l.month.Month.Add(-m.ind.Lag)
		now, ok := m.at(period.OfMonth(month), p.l.whole)
		if !ok {
			continue
		}
		at := month
		if h := st.holder(m); h != nil { // September, at 71.1%, is the lowest of the year
			at, now = h.period.Last(), h.value
		} else if st.otherMonth(e, month) {
			continue
		}
		sign := 0
		switch e.Sense {
		case prose.Rise:
			sign = 1
		case prose.Fall:
			sign = -1
		case prose.Better:
			sign = m.goodWay()
		case prose.Worse:
			sign = -m.goodWay()
		}
		var w prose.When
		if e.When >= 0 {
			w = st.Whens[e.When]
		}
		var from period.Month
		if e.Ever {
			w.Kind = prose.RollingMonth
		}
		switch w.Kind {
		case prose.Since:
			from = w.Period.Last().Add(1) // that month itself may have been as high
		case prose.ToDate, prose.Named:
			if w.Kind == prose.Named && (w.Period.Months() != 1 || w.Base) {
				continue
			}
			if w.Kind == prose.Named {
				continue // "the highest in January" is a figure with its period
			}
			from = period.NewMonth(month.FinancialYear(), 4)
		case prose.RollingMonth:
			from = month.Add(-11)
		case prose.Recent:
			from = month.Add(-2)
		default:
			continue
		}
		if e.Ever {
			from = 0
		}
		if sign == 0 || from >= month || at < month && w.Kind == prose.Since {
			continue
		}
		beyond := 0
		var worst dataset.Figure
		for _, f := range m.months(from, month) {
			if f.Period.Last() == at {
				continue
			}
			if v := m.ind.Publish(f.Value.Decimal); v.Cmp(now)*sign > 0 {
				beyond++
				worst = f
			}
		}
		if beyond == e.Rank-1 || beyond == 0 && e.Rank == 1 {
			continue
		}
		first, last := st.Words[e.First], st.Words[e.Last]
		said := first.Lower
		if e.Last > e.First {
			said += " " + last.Lower
		}
		message := "but none was beyond it"
		mend := "leave the rank out"
		if beyond > 0 {
			message = "and " + worst.Period.Words() + " had " + m.ind.Format(worst.Value.Decimal)
			mend = "{{ " + m.ref() + " @" + worst.Period.String() + " }} prints " + m.ind.Format(worst.Value.Decimal)
		}
		p.blame(st, first.Start, last.End, "contradicts-data", mend, "%s is called the %s, at %s, %s", m.ref(), said, m.ind.Format(now), message)
	}
}
