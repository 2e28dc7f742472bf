package proof

import (
	"slices"
	"strings"

	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// What a sentence concludes from the figures beside it can be held against them
// without any data: "Vacancies fell to 31 from 53. That is a fall of 42%."

var (
	// drawsOn opens a sentence that says the figures before it in another way.
	drawsOn = prose.Pattern(`^(?:as a (?:proportion|percentage|share) )?(?:that|this) (?:is|was|represents|represented|means|meant|equates to|equals|amounts to|amounted to|gives|makes) `)
	// ofMore makes of a share one of something larger than was told.
	ofMore = prose.Pattern(`\b(?:year|total|overall|all|target|above|below|than the|short)\b`)
	netOf  = prose.Pattern(`\bnet (?:loss|gain|growth|increase|decrease|reduction|rise|fall|change)(?: [a-z]+){0,2} of $`)
)

// concludes checks a number by which a sentence says the two of the one before
// in another way: a change as a percentage, a part as a share.
func (p *proof) concludes(st *statement) {
	b := st.before
	if b == nil || len(st.Figures) != 1 || st.Figures[0].Ref >= 0 || !drawsOn.MatchString(st.phrase(0, min(len(st.Words), 8))) {
		return
	}
	f := st.Figures[0]
	var ends []prose.Figure
	for k, g := range b.Figures {
		switch {
		case g.Role == prose.Change:
		case !b.isKnown(k) || b.results[k].blamed || g.Role == prose.Target || g.Spelled:
			return
		default:
			ends = append(ends, g)
		}
	}
	if len(ends) != 2 || ends[0].Unit != ends[1].Unit || f.Unit != prose.Percent || f.Fraction {
		return
	}
	lower := strings.ToLower(st.Text)
	small, large := ends[0].Value, ends[1].Value
	if small.Cmp(large) > 0 {
		small, large = large, small
	}
	if small.Sign() <= 0 || small.Equal(large) {
		return
	}
	if f.Role == prose.Change || sizeOf.MatchString(lower) {
		then, now := ends[0], ends[1]
		if then.Role != prose.Then && now.Role == prose.Then {
			then, now = now, then
		}
		if then.Role != prose.Then || ends[0].Unit != prose.Plain {
			return
		}
		change, err := now.Value.Sub(then.Value)
		if err != nil {
			return
		}
		p.size(st, 0, then, now, change)
		return
	}
	if ends[0].Unit != prose.Plain || ends[0].Value.Scale() > 0 || ends[1].Value.Scale() > 0 || f.Role != prose.Value || ofMore.MatchString(lower) ||
		ends[0].Role == prose.Then || ends[1].Role == prose.Then || len(b.areas) > 0 {
		return
	}
	if meantShare(f, small, large) {
		st.settle(0)
		return
	}
	if c := st.claim(0, 0.6); len(c.fitting()) > 0 {
		return
	}
	if q, err := quantity.Quotient(small, large, 100, max(1, f.Value.Scale())); err == nil {
		p.blameFigure(st, 0, "contradicts-itself", "write "+q.String()+"%", "%s of %s is %s%%, not %s", small.Grouped(), large.Grouped(), q, hedged(f))
	}
}

// sizeOf are words of the size of a movement.
var sizeOf = prose.Pattern(`\b(?:increase|rise|decrease|fall|drop|reduction|growth|jump) of\b`)

// net checks "33 leavers and 7 starters, a net loss of 26".
func (p *proof) net(st *statement, i int) bool {
	f := st.Figures[i]
	if i != 2 || f.Unit != prose.Plain || !isExact(f) || !netOf.MatchString(st.phrase(max(0, f.First-6), f.First)) || !st.isKnown(0) || !st.isKnown(1) {
		return false
	}
	a, b := st.Figures[0], st.Figures[1]
	if a.Unit != prose.Plain || b.Unit != prose.Plain || a.Role != prose.Value || b.Role != prose.Value || st.results[0].blamed || st.results[1].blamed {
		return false
	}
	d, err := a.Value.Sub(b.Value)
	if err != nil || d.Sign() == 0 {
		return false
	}
	if meant(f, d.Abs()) {
		st.settle(i)
		return true
	}
	p.blameFigure(st, i, "contradicts-itself", "write "+d.Abs().Grouped(), "between %s and %s lie %s, not %s", a.Typed, b.Typed, d.Abs().Grouped(), f.Typed)
	return true
}

// runs settles the figures of months that stand one after another: "92.4%, 93.0%
// and 94.5%", "from 39 to 53 and then to 31". They are of one measure, and the
// last is the newest, or that of a month that is named.
func (p *proof) runs(st *statement) {
	for i := 0; i+2 < len(st.Figures); i++ {
		j := i
		for j+1 < len(st.Figures) && st.goesOnTo(j) {
			j++
		}
		if j-i < 2 {
			continue
		}
		if facts := st.run(i, j); facts != nil {
			for k, f := range facts {
				st.settle(i+k, f)
			}
			for k := range st.Moves {
				if m := &st.Moves[k]; i <= m.From && m.From <= j && i <= m.To && m.To <= j {
					st.Moves = slices.Delete(st.Moves, k, k+1)
					break
				}
			}
		}
		i = j
	}
}

var inARow = prose.Pattern(`^(?:%|,|and|then|to|,|per cent|from|finally|now) ?(?:(?:,|and|then|to|now|finally) )*$`)

// goesOnTo says that nothing but a comma or a small word parts a figure from the
// next, which is of the same unit.
func (st *statement) goesOnTo(i int) bool {
	a, b := st.Figures[i], st.Figures[i+1]
	return a.Ref < 0 && b.Ref < 0 && a.Unit == b.Unit && isExact(a) && isExact(b) && a.Role != prose.Target && b.Role != prose.Target &&
		!st.results[i].settled && inARow.MatchString(st.phrase(a.Last+1, b.First))
}

// run is the figures of a measure that some figures are, month after month.
func (st *statement) run(i, j int) []*fact {
	list := st.about(i, 0.6)
	if st.topic != nil && !slices.ContainsFunc(list, func(r ranked) bool { return r.m == st.topic }) {
		list = append(slices.Clip(list), ranked{m: st.topic})
	}
	for _, r := range list {
		last := r.m.verdict.Current.Period
		if last.Kind() != period.KindMonth {
			continue
		}
		var facts []*fact
		for k := i; k <= j; k++ {
			at := last.Step(k - j)
			f := r.m.first(func(f *fact) bool {
				return f.kind == valueFact && f.period == at && f.area == st.l.whole && saidBy(st.Figures[k], f)
			})
			if f == nil {
				break
			}
			facts = append(facts, f)
		}
		if len(facts) == j-i+1 {
			return facts
		}
	}
	return nil
}

var thanWord = listed("than")

// thanThat is a comparison with the figure of the sentence before.
var thanThat = prose.Pattern(`\b(better|worse|higher|lower|longer|shorter|more|less|above|below) than (?:that|this|it) (?:[.,;]|figure|level|rate|number|$)`)

// againstBefore holds "At 10.73 the projection is better than that" against the
// last figure of the sentence before.
func (p *proof) againstBefore(st *statement) {
	b := st.before
	if b == nil || len(st.Figures) != 1 || !st.hasAny(thanWord) {
		return
	}
	at := thanThat.FindStringSubmatchIndex(st.phrase(0, len(st.Words)))
	if at == nil || len(b.Figures) == 0 || len(st.Figures) != 1 || len(st.results[0].facts) == 0 || !st.isKnown(0) || len(st.areas)+len(b.areas)+len(st.Multiples) > 0 {
		return
	}
	last := len(b.Figures) - 1
	if !b.isKnown(last) || b.results[last].blamed || b.Figures[last].Role == prose.Change || st.Figures[0].Role == prose.Change || len(b.results[last].facts) == 0 ||
		!slices.ContainsFunc(b.results[last].facts, func(f *fact) bool { return f.m == st.results[0].facts[0].m }) {
		return
	}
	text := st.phrase(0, len(st.Words))
	word := strings.Count(text[:at[2]], " ")
	sense := map[string]prose.Sense{"better": prose.Better, "worse": prose.Worse, "higher": prose.Rise, "longer": prose.Rise, "more": prose.Rise, "above": prose.Rise}[text[at[2]:at[3]]]
	if sense == prose.NoSense {
		sense = prose.Fall
	}
	if unsaid.MatchString(st.phrase(max(0, word-4), word)) || p.saidAt(st, word) {
		return
	}
	m := st.results[0].facts[0].m
	order := st.Figures[0].Value.Cmp(b.Figures[last].Value)
	if m.agrees(prose.Direction{Word: word, Sense: sense}, text[at[2]:at[3]], order) {
		return
	}
	w := st.Words[word]
	p.blame(st, w.Start, w.End, "direction-contradicts", "turn the word round, or put the figures right", "%q is said of %s, and %s stands beside %s%s", w.Text, m.ref(), st.shown(0), b.shown(last), m.good())
}
