package proof

import (
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// spanAverage checks an average over months or a quarter that the sentence
// names: "averaged 7 in the first quarter", "from October to January".
func (p *proof) spanAverage(st *statement, i int, c claim) bool {
	f := c.f
	var span prose.When
	gap := len(st.Words)
	for _, w := range st.Whens {
		if w.Kind != prose.Named || w.Period.Months() < 2 || w.Period.Months() > 11 || w.Period.Last() > p.l.month.Month || w.Base {
			continue
		}
		if away := max(f.First-w.Last, w.First-f.Last); away < gap {
			span, gap = w, away
		}
	}
	if span.Period.IsZero() || gap > 8 || len(st.areas) > 0 {
		return false
	}
	nearest := ""
	for n, r := range c.rivals {
		if n > 0 && r.score < c.rivals[0].score*0.9 {
			break
		}
		mean, ok := r.m.mean(span.Period.First(), span.Period.Last(), f.Value.Scale())
		if r.m.percentage() {
			if fact := r.m.first(func(x *fact) bool {
				return x.kind == valueFact && x.area == p.l.whole && x.period == span.Period && saidBy(f, x)
			}); fact != nil {
				st.settle(i, fact)
				return true
			}
		}
		if !ok {
			continue
		}
		if meantAverage(f, mean) {
			st.settle(i)
			return true
		}
		if n == 0 {
			nearest = mean.Grouped()
		}
	}
	if nearest == "" {
		return false
	}
	top := c.rivals[0]
	if !(top.cover >= 0.5 || st.onTopic(top.m)) || top.m.percentage() && f.Hedge != prose.Exact {
		return false
	}
	// The mean of two quarters, a total parted otherwise: say nothing where another span of the sentence could be meant.
	if len(st.Figures) > 2 {
		return false
	}
	p.blameFigure(st, i, "contradicts-data", "write "+nearest, "the average of %s in %s is %s, not %s", top.m.ref(), span.Period.Words(), nearest, hedged(f))
	return true
}

var besideAverage = prose.Pattern(`\b(above|over|higher than|more than|below|under|lower than|less than|fewer than) (?:(?:the|this|its|our|year|year's|so|far|for|monthly) )*(?:average|mean)\b`)

var averaging = listed("average mean")

// averages checks "above this year's average", said without the average.
func (p *proof) averages(st *statement) {
	if !st.hasAny(averaging) {
		return
	}
	lower := strings.ToLower(st.Text)
	if !strings.Contains(lower, "year") {
		return
	}
	at := besideAverage.FindStringSubmatchIndex(lower)
	if at == nil || supposedOf.MatchString(lower[:at[0]]) || strings.Contains(lower, "last year") || strings.Contains(lower[:at[0]], "not ") {
		return
	}
	first, last := st.wordsAt(lower, at[0], at[1])
	if p.saidAt(st, first) {
		return
	}
	for _, f := range st.Figures { // the average is given
		if f.First > last && f.First-last < 8 {
			return
		}
	}
	sign := -1
	switch lower[at[2]:at[3]] {
	case "above", "over", "higher than", "more than":
		sign = 1
	}
	month := p.l.month.Month
	april := period.NewMonth(month.FinancialYear(), 4)
	var wrong *measure
	told := quantity.Decimal{}
	for _, m := range st.meantAt(first, last) {
		v := m.verdict.Current
		mean, ok := m.mean(april, month, m.ind.Decimals+1)
		before, ok2 := m.mean(april, month.Add(-1), m.ind.Decimals+1)
		if !v.Value || !ok || !ok2 || m.ind.Frequency != dataset.Monthly || v.Published.Cmp(mean)*sign > 0 || v.Published.Cmp(before)*sign > 0 {
			wrong = nil
			break
		}
		if wrong == nil {
			wrong, told = m, mean
		}
	}
	if wrong != nil {
		p.blame(st, st.Words[first].Start, st.Words[last].End, "contradicts-data", "turn the word round, or leave the average out",
			"%s is %s, and the average of the year so far is %s", wrong.ref(), wrong.ind.Format(wrong.verdict.Current.Published), told.Grouped())
	}
}
