package proof

import (
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// streaks checks "for the sixth month running".
func (p *proof) streaks(st *statement) {
	for _, s := range st.Streaks {
		if s.Unit != "month" || supposedOf.MatchString(strings.ToLower(st.phrase(0, s.First))) || strings.Contains(st.phrase(0, s.First), "until ") {
			continue
		}
		list := slices.DeleteFunc(slices.Clone(st.meantAt(s.First, s.Last)), func(m *measure) bool { return m.ind.Frequency != dataset.Monthly })
		c, ok := st.condition(s.First, s.Last)
		if c.judges {
			list = judgedOnly(list)
		}
		var wrong *measure
		length := 0
		for _, m := range list {
			n, known := p.lengthOf(st, s, c, ok, m)
			plainly := n > 0 && st.inMonths(s) && c.moves && n == s.Count-1 && st.Words[s.First].Lower != "the" && !strings.HasSuffix(st.Words[s.Last].Lower, "running")
			if !known && n < s.Count || n == s.Count || plainly || s.AtLeast && n >= s.Count {
				wrong = nil
				break
			}
			if wrong == nil {
				wrong, length = m, n
			}
		}
		if wrong == nil {
			continue
		}
		what := "stood so"
		if c.moves {
			what = "moved so"
		}
		p.blame(st, st.Words[s.First].Start, st.Words[s.Last].End, "contradicts-data", "say how many months it was, or leave the number out",
			"%s is said to have gone on for %d months; it has %s for %s", wrong.ref(), s.Count, what, inMonths(length))
	}
}

// inMonths says that a streak is counted in months, over which it may have gone
// on from the first: four months have three falls between them.
func (st *statement) inMonths(s prose.Streak) bool {
	return slices.ContainsFunc(st.Words[s.First:s.Last+1], func(w prose.Word) bool { return w.Lower == "months" })
}

// lengthOf counts for how many months, up to the newest, a measure has done
// what a sentence says of it; known is false where that cannot be told.
func (p *proof) lengthOf(st *statement, s prose.Streak, c condition, ok bool, m *measure) (n int, known bool) {
	month := p.l.month.Month
	if !ok { // "at 100% for the sixth month running"
		v, has := m.at(m.verdict.Current.Period, p.l.whole)
		for i, f := range st.Figures {
			if has && st.results[i].settled && isExact(f) && f.Role == prose.Value && len(st.results[i].facts) > 0 {
				return m.runOf(month, v.Equal)
			}
		}
		return s.Count, false
	}
	from := month.Add(-m.ind.Lag)
	for _, w := range st.Whens { // "in December it had fallen for the third month"
		if !strings.ContainsAny(st.phrase(min(w.Last, s.Last)+1, max(w.First, s.First)), ",;") && w.Kind == prose.Named && w.Period.Months() == 1 && w.Period.Last() < from && !w.Base {
			return s.Count, false
		}
	}
	for ; ; n++ {
		holds, known := c.holds(m, from.Add(-n))
		if !known {
			return n, false
		}
		if !holds {
			return n, true
		}
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
