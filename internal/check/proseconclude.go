package check

import (
	"regexp"
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
	drawsOn = regexp.MustCompile(`^(?:as a (?:proportion|percentage|share) )?(?:that|this) (?:is|was|represents|represented|means|meant|equates to|equals|amounts to|amounted to|gives|makes) `)
	// ofMore makes of a share one of something larger than was told.
	ofMore = regexp.MustCompile(`\b(?:year|total|overall|all|target|above|below|than the|short)\b`)
	netOf  = regexp.MustCompile(`\bnet (?:loss|gain|growth|increase|decrease|reduction|rise|fall|change)(?: [a-z]+){0,2} of $`)
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
var sizeOf = regexp.MustCompile(`\b(?:increase|rise|decrease|fall|drop|reduction|growth|jump) of\b`)

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

var inARow = regexp.MustCompile(`^(?:%|,|and|then|to|,|per cent|from|finally|now) ?(?:(?:,|and|then|to|now|finally) )*$`)

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

// besides holds a word of movement against two figures that follow it, what is
// and what was: "closures increased, with 169 following 193", "a growing share,
// now 6.9% after 7.4%".
func (p *proof) besides(st *statement) {
	for _, d := range st.Directions {
		if d.Noun || d.Sense != prose.Rise && d.Sense != prose.Fall || comparatives(st.Words[d.Word].Lower) || p.saidAt(st, d.Word) {
			continue
		}
		b := slices.IndexFunc(st.Figures, func(f prose.Figure) bool { return f.First > d.Word })
		if b < 0 || b+1 >= len(st.Figures) {
			continue
		}
		now, then := st.Figures[b], st.Figures[b+1]
		if now.Role != prose.Value && now.Role != prose.Now || then.Role != prose.Then || now.Unit != then.Unit || !st.isKnown(b) || !st.isKnown(b+1) ||
			st.results[b].blamed || st.results[b+1].blamed || now.First-d.Word > 8 || then.First-now.Last > 6 ||
			!withThem.MatchString(st.phrase(d.Word+1, now.First)) || st.partedHere(now.Last, then.First) || d.Word > 0 && negated[st.Words[d.Word-1].Lower] {
			continue
		}
		if order := now.Value.Cmp(then.Value); order == 0 || (order > 0) == (d.Sense == prose.Rise) {
			continue
		}
		word := st.Words[d.Word]
		p.blame(st, word.Start, word.End, "direction-contradicts", "turn the word round, or put the figures right", "%q is said, and %s stands beside %s",
			word.Text, st.shown(b), st.shown(b+1))
	}
}

// withThem stands between a movement and the figures that go with it.
var withThem = regexp.MustCompile(`^(?:too |also |again |slightly |sharply |further )?(?:share |number |proportion |rate |percentage )?(?:of (?:[a-z]+ ){1,4})?, (?:with|now|at|to|standing at) (?:just |only )?$`)

func comparatives(word string) bool {
	switch word {
	case "more", "fewer", "less", "higher", "lower", "greater", "longer", "shorter", "up", "down":
		return true
	}
	return false
}

// inAreas holds a movement that is told of areas by name against their figures:
// "rose in South and Central and fell in North".
func (p *proof) inAreas(st *statement) {
	for _, t := range st.Trends {
		if t.Noun || t.Sense != prose.Rise && t.Sense != prose.Fall || t.Last+1 >= len(st.Words) || st.Words[t.Last+1].Lower != "in" || len(st.Whens) > 0 || len(st.Streaks) > 0 {
			continue
		}
		next := t.Last + 2
		for _, a := range st.areas {
			if a.first != next {
				continue
			}
			for next = a.last + 1; next < len(st.Words) && (st.Words[next].Text == "," || st.Words[next].Lower == "and" || st.Words[next].Lower == "in"); {
				next++
			}
			m := st.topic
			if list := st.namedBetween(0, len(st.Words)-1); len(list) == 1 {
				m = list[0]
			} else if len(list) > 1 && !slices.Contains(list, m) {
				break
			}
			if m == nil || m.ind.Basis == "cumulative" {
				break
			}
			now, ok1 := m.at(m.verdict.Current.Period, a.id)
			then, ok2 := m.at(m.verdict.Previous.Period, a.id)
			if order := now.Cmp(then); !ok1 || !ok2 || order == 0 || (order > 0) == (t.Sense == prose.Rise) {
				continue
			}
			if p.saidAt(st, t.First) {
				break
			}
			p.blame(st, st.Words[t.First].Start, st.Words[a.last].End, "direction-contradicts", "turn the word round, or name another area",
				"%q is said of %s in %s, which went from %s to %s", strings.TrimSpace(st.phrase(t.First, t.Last+1)), m.ref(), m.view.AreaName(a.id), m.ind.Format(then), m.ind.Format(now))
		}
	}
}

// sides holds a figure that is said to lie above or below another of its
// sentence against it: "92.8% was a little under the regional 92.1%".
func (p *proof) sides(st *statement) {
	for b := 1; b < len(st.Figures); b++ {
		a := b - 1
		x, y := st.Figures[a], st.Figures[b]
		if x.Role != prose.Value && x.Role != prose.Now || y.Role != prose.Value && y.Role != prose.Then || x.Unit != y.Unit || !st.isKnown(a) || !st.isKnown(b) ||
			st.results[a].blamed || st.results[b].blamed || st.whole(a) {
			continue
		}
		between := st.phrase(x.Last+1, y.First)
		at := onSide.FindStringSubmatch(between)
		if at == nil || strings.Contains(between, "short of") || x.Ref >= 0 || y.Ref >= 0 || strings.Contains(between, "not ") || strings.Contains(between, "points") || strings.Contains(between, "would ") {
			continue
		}
		order := x.Value.Cmp(y.Value)
		over := at[1] == "above" || at[1] == "over" || at[1] == "higher than" || at[1] == "more than" || at[1] == "greater than"
		if over && order > 0 || !over && order < 0 {
			continue
		}
		p.blame(st, x.Start, y.End, "contradicts-itself", "turn the word round, or put the figures right", "%s is said to be %s %s", st.shown(a), at[1], st.shown(b))
		st.results[a].blamed, st.results[b].blamed = true, true
	}
}

// onSide leads from a figure to another on one side of which it is said to lie.
var onSide = regexp.MustCompile(`^(?:per 0 |%|,|[a-z]+ ){0,9}?(?:is|was|are|were|stands|stood|sits|sat|lies|lay|remains|remained|,|still) (?:[a-z]+ ){0,3}?(above|over|below|under|higher than|lower than|greater than|less than|more than) (?:both )?(?:the |our |that of |that for )?(?:[a-z]+ ){0,4}?(?:(?:of|at|\() )?$`)
