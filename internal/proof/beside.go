package proof

import (
	"slices"
	"strings"

	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// Two figures of one sentence may be held against the words between them: above,
// better than, more of the one than of the other, the same in both months.

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

var outdoing = prose.Pattern(`\b(?:outperforms?|outperformed|beats|is ahead of|was ahead of|is better than|was better than|does better than|did better than|performs better than|performed better than) $`)

// ahead holds one area that is said to do better than another against the
// figures of both: "Central, at 32.3%, outperforms North at 36.4%".
func (p *proof) ahead(st *statement) {
	if len(st.Figures) != 2 || len(st.areas) != 2 || !st.isKnown(0) || !st.isKnown(1) || st.results[0].blamed || st.results[1].blamed {
		return
	}
	x, y, one, two := st.Figures[0], st.Figures[1], st.areas[0], st.areas[1]
	if one.first < 0 || !(one.last < x.First && x.Last < two.first && two.last < y.First) || x.Unit != y.Unit || !outdoing.MatchString(st.phrase(0, two.first)) {
		return
	}
	var m *measure
	for i := range st.results {
		for _, f := range st.results[i].facts {
			m = f.m
		}
	}
	if m == nil && len(st.topics) > 0 {
		m = st.topics[0]
	}
	if m == nil || m.goodWay() == 0 || x.Value.Cmp(y.Value)*m.goodWay() >= 0 {
		return
	}
	p.blame(st, x.Start, y.End, "direction-contradicts", "turn the two round", "%s is said to be better than %s%s", st.shown(0), st.shown(1), m.good())
}

var inBoth = prose.Pattern(`\bin both $`)

// inBothMonths holds "the same number, 14, in both November and December" against
// each of the months.
func (p *proof) inBothMonths(st *statement) {
	if len(st.Whens) < 2 {
		return
	}
	var months []period.Period
	first := -1
	for _, w := range st.Whens {
		if w.Kind == prose.Named && w.Period.Kind() == period.KindMonth {
			months = append(months, w.Period)
			if first < 0 {
				first = w.First
			}
		}
	}
	if len(months) != 2 || !inBoth.MatchString(st.phrase(0, first)) {
		return
	}
	for i := len(st.Figures) - 1; i >= 0; i-- { // the nearest before them
		f := st.Figures[i]
		if f.First > first {
			continue
		}
		if !st.isKnown(i) || st.results[i].blamed || f.Role != prose.Value || len(st.results[i].facts) == 0 {
			return
		}
		var wrong *fact
		for _, x := range st.results[i].facts {
			held := true
			for _, at := range months {
				g := x.m.first(func(g *fact) bool { return g.kind == x.kind && g.area == x.area && g.period == at })
				if g == nil {
					return
				}
				if !saidBy(f, g) {
					held, wrong = false, g
				}
			}
			if held {
				return
			}
		}
		if wrong != nil {
			p.blameFigure(st, i, "contradicts-data", hint(wrong), "%s is said of both months, and %s is %s", f.Typed, wrong.words(), wrong.format())
		}
		return
	}
}

// outnumbers holds "more children left care (12) than entered it (10)" against
// its two numbers.
func (p *proof) outnumbers(st *statement) {
	for b := 1; b < len(st.Figures); b++ {
		a := b - 1
		x, y := st.Figures[a], st.Figures[b]
		if x.Unit != prose.Plain || y.Unit != prose.Plain || !st.isKnown(a) || !st.isKnown(b) || x.Value.Equal(y.Value) ||
			!thanOthers.MatchString(st.phrase(x.Last+1, y.First)) || strings.Contains(st.phrase(x.Last+1, y.First), "any ") || st.results[a].blamed || st.results[b].blamed {
			continue
		}
		from := max(0, x.First-10)
		at := slices.IndexFunc(st.Words[from:x.First], func(w prose.Word) bool { return w.Lower == "more" || w.Lower == "fewer" })
		if at < 0 || st.Words[x.First-1].Text != "(" || slices.ContainsFunc(st.Words[from:x.First], func(w prose.Word) bool { return negated[w.Lower] }) {
			continue
		}
		word := st.Words[from+at]
		if (x.Value.Cmp(y.Value) > 0) == (word.Lower == "more") {
			continue
		}
		p.blame(st, word.Start, word.End, "direction-contradicts", "turn the word round, or put the figures right", "%q is said, and %s stands beside %s", word.Text, st.shown(a), st.shown(b))
	}
}

var thanOthers = prose.Pattern(`^\) than (?:[a-z]+ ){1,6}\( $`)

var beyondBy = prose.Pattern(`^(?:above|below|higher than|lower than|more than|less than|over|under) (?:(?:that|those|of|the|our|its|both|average|rate|for) )*$`)

// percentBeyond checks how far, in per cent, a rate lies from a comparator's: "13%
// above that of our neighbours (75.8)".
func (p *proof) percentBeyond(c *claim) bool {
	st := c.st
	if c.f.Unit != prose.Percent || c.f.Fraction || c.f.Role != prose.Value && c.f.Role != prose.Change {
		return false
	}
	k := slices.IndexFunc(st.others, func(m mention) bool {
		return m.first > c.f.Last && m.first-c.f.Last <= 8 && beyondBy.MatchString(st.phrase(c.f.Last+1, m.first))
	})
	if k < 0 {
		return false
	}
	sure := st.leans && len(st.topics) > 0
	for _, m := range append(slices.Clone(st.topics), namesOf(st.rank(-1))...) {
		other := m.first(func(f *fact) bool { return f.kind == benchmarkFact && f.comparator == st.others[k].id && f.current() })
		now := m.verdict.Current
		if other == nil || !now.Value || other.value.Sign() <= 0 {
			continue
		}
		d, err := now.Published.Sub(other.value)
		if err != nil {
			continue
		}
		relative, err := quantity.Quotient(d.Abs(), other.value, 100, c.f.Value.Scale())
		switch {
		case err != nil:
		case meant(c.f, relative):
			st.settle(c.i)
			return true
		case m.percentage() && meant(c.f, d.Abs()):
			p.pointsCalledPerCent(st, c.i, d.Abs())
			return true
		case sure && m == st.topics[0] && !m.percentage():
			p.blameFigure(st, c.i, "contradicts-data", "write "+relative.String()+"%", "%s is %s and %s is %s: %s%% apart, not %s",
				m.ref(), m.ind.Format(now.Published), other.words(), other.format(), relative, c.f.Typed)
			return true
		}
	}
	st.results[c.i].settled = true // of what it is above is not known
	return true
}

// namesOf are the measures that are named, the best first.
func namesOf(list []ranked) (names []*measure) {
	for _, r := range list[:min(len(list), 3)] {
		names = append(names, r.m)
	}
	return names
}

// monthsTogether says that a number is of months that are named together: "April
// and May together brought in 148". Where it is no sum of theirs it is left alone.
func (c *claim) monthsTogether() bool {
	st := c.st
	if c.f.Unit != prose.Plain || !isExact(c.f) || !slices.ContainsFunc(st.Words[:c.f.First], func(w prose.Word) bool { return w.Lower == "together" || w.Lower == "combined" }) {
		return false
	}
	var months []period.Period
	for _, w := range st.Whens {
		if w.Kind == prose.Named && w.Period.Kind() == period.KindMonth && w.Last < c.f.First {
			months = append(months, w.Period)
		}
	}
	if len(months) < 2 {
		return false
	}
	for _, r := range c.rivals {
		all := quantity.Int(0)
		known := r.m.flows() && !r.m.percentage()
		for _, at := range months {
			v, ok := r.m.at(at, st.l.whole)
			known = known && ok
			all, _ = all.Add(v)
		}
		if known && all.Equal(c.f.Value) {
			st.settle(c.i)
			return true
		}
	}
	st.results[c.i].settled = true
	return true
}

// withThem stands between a movement and the figures that go with it.
var withThem = prose.Pattern(`^(?:too |also |again |slightly |sharply |further )?(?:share |number |proportion |rate |percentage )?(?:of (?:[a-z]+ ){1,4})?, (?:with|now|at|to|standing at) (?:just |only )?$`)

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
var onSide = prose.Pattern(`^(?:per 0 |%|,|[a-z]+ ){0,9}?(?:is|was|are|were|stands|stood|sits|sat|lies|lay|remains|remained|,|still) (?:[a-z]+ ){0,3}?(above|over|below|under|higher than|lower than|greater than|less than|more than) (?:both )?(?:the |our |that of |that for )?(?:[a-z]+ ){0,4}?(?:(?:of|at|\() )?$`)
