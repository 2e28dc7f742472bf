package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

// ofLimit are words of a distance from a target.
var ofLimit = prose.Pattern(`\b(?:targets?|toleran\w+|limits?|thresholds?|gap|shortfall|short of|ceiling|amber|green|goal|ambition|to close|milestone|standard|plan)\b`)

// gapWords tell how far a figure is from its target, and from no other.
var gapWords = prose.Pattern(`\b(?:short of|below|above|off|under|over|away from|miss(?:ed|es|ing)?|exceed\w*|ahead of|beyond|outside|from|better than|worse than) (?:(?:the|its|our|their|a|an|agreed|local|national|set|annual|[\d.,]+%?|%|of) ){0,4}(?:days? )?(?:targets?|limit|ceiling|milestone|threshold)\b|\b(?:targets?|limit)\b.{0,60}\bby\b|\bto go to (?:the|its|our|their) target|\bto (?:reach|meet|hit) (?:the|its|our|their) target\b|\b(?:gap|shortfall)\b.{0,40}\b(?:to close|to make up|target)\b`)

// movement stands before the size of a movement, which is no distance from a target.
var movement = prose.Pattern(`\b(?:improve\w*|increase\w*|rise|rose|risen|fall|fell|fallen|drop\w*|reduction|reduced|decline\w*|deteriorat\w*|gain\w*|up|down|change|swing) (?:(?:of|by|a|an|some|another|further) )*$`)

// gap checks the size of a distance from a target: "5.5 points short of the
// target", "a gap of 9.9 points to close". It says whether the sentence tells
// of one.
func (p *proof) gap(st *statement, i int) bool {
	f := st.Figures[i]
	from := f.First
	for from > 0 && st.Words[from-1].Text != "," && st.Words[from-1].Text != ";" && f.First-from < 12 {
		from--
	}
	if beforeMove := st.phrase(max(from, f.First-4), f.First); movement.MatchString(beforeMove) {
		return false
	}
	lower := st.phrase(from, min(len(st.Words), f.Last+12))
	if !isExact(f) || !gapWords.MatchString(lower) || strings.Contains(lower, "toleran") || len(st.others) > 0 {
		return false
	}
	size := func(value, target quantity.Decimal) (quantity.Decimal, bool) {
		d, err := value.Sub(target)
		return d.Abs(), err == nil
	}
	a, t := -1, -1
	for k, g := range st.Figures {
		switch {
		case k == i || !st.isKnown(k):
		case g.Role == prose.Target:
			t = k
		case g.Role == prose.Value || g.Role == prose.Now:
			a = k
		case g.Role == prose.Change || g.Role == prose.Then:
			return false // it tells of a movement too
		}
	}
	if a >= 0 && t >= 0 {
		if st.Figures[a].Unit != st.Figures[t].Unit || st.results[a].blamed || st.results[t].blamed {
			return false
		}
		d, ok := size(st.Figures[a].Value, st.Figures[t].Value)
		if !ok {
			return false
		}
		if meant(f, d) {
			st.settle(i)
			return true
		}
		p.blameFigure(st, i, "contradicts-itself", "write "+d.Grouped(), "from %s to %s is %s, not %s", st.shown(a), st.shown(t), d.Grouped(), f.Typed)
		return true
	}
	m, ok := st.subject()
	if !ok && len(st.areas) == 0 {
		m, ok = st.clearest(i)
	}
	if ok && f.Unit == prose.Percent && m.percentage() && m.verdict.Current.Value {
		return p.gapInPoints(st, i, m)
	}
	if !ok || (f.Unit == prose.Points) != m.percentage() || !m.verdict.Current.Value {
		return false
	}
	values := []quantity.Decimal{m.verdict.Current.Published}
	if m.verdict.RAG.On == "ytd" && m.verdict.ToDate.Has {
		values = append(values, m.verdict.ToDate.Value)
	}
	var first *quantity.Decimal
	for _, x := range m.facts() {
		if x.kind != targetFact {
			continue
		}
		for _, v := range values {
			if d, ok := size(v, x.value); ok {
				if meant(f, d) {
					st.settle(i)
					return true
				}
				if first == nil {
					first = &d
				}
			}
		}
	}
	for _, other := range p.l.measures { // the measure beside it may be meant
		if other == m || !other.near || !other.alike(m) && !other.kin(m) && !slices.Contains(st.topics, other) {
			continue
		}
		for _, x := range other.facts() {
			if x.kind != targetFact || !other.verdict.Current.Value {
				continue
			}
			if d, ok := size(other.verdict.Current.Published, x.value); ok && meant(f, d) {
				st.settle(i)
				return true
			}
		}
	}
	if first == nil {
		return false
	}
	p.blameFigure(st, i, "contradicts-data", "{{ "+m.ref()+" target }} prints the target", "%s is %s from its target, not %s", m.ref(), first.Grouped(), f.Typed)
	return true
}

// clearest is the measure that the words about a figure name, and none beside it.
func (st *statement) clearest(i int) (*measure, bool) {
	list := st.rank(i)
	if len(list) == 0 || list[0].cover < 0.5 || len(list) > 1 && list[1].score > list[0].score*0.6 {
		return nil, false
	}
	return list[0].m, true
}

// gapInPoints finds a distance from a target in points that is called per cent:
// "28.9% below target".
func (p *proof) gapInPoints(st *statement, i int, m *measure) bool {
	f, now := st.Figures[i], m.verdict.Current.Published
	target := m.first(func(x *fact) bool { return x.kind == targetFact })
	if target == nil || target.value.Sign() <= 0 {
		return false
	}
	d, err := now.Sub(target.value)
	if err != nil || !meant(f, d.Abs()) {
		return false
	}
	if relative, err := quantity.Quotient(d.Abs(), target.value, 100, f.Value.Scale()); err == nil && meant(f, relative) {
		return false
	}
	p.pointsCalledPerCent(st, i, d.Abs())
	return true
}

// toldBefore checks a change against the two figures of the sentence before:
// "It was 90.6%, where last year had 66.2%. It has therefore risen by 24.4 points."
func (p *proof) toldBefore(st *statement, i int) bool {
	b, f := st.before, st.Figures[i]
	if b == nil || !st.leans && !concludes.MatchString(strings.ToLower(st.Text)) || len(st.Whens) > 0 || len(st.others) > 0 || len(st.Figures) > 1 {
		return false
	}
	var ends []prose.Figure
	for k, g := range b.Figures {
		if b.isKnown(k) && !b.results[k].blamed && (g.Role == prose.Value || g.Role == prose.Now || g.Role == prose.Then) {
			ends = append(ends, g)
		}
	}
	for _, x := range ends {
		for _, y := range ends {
			if x.Unit != y.Unit || x.First == y.First || y.Value.Sign() <= 0 {
				continue
			}
			d, err := x.Value.Sub(y.Value)
			if err != nil || d.Sign() == 0 {
				continue
			}
			relative, err := quantity.Quotient(d.Abs(), y.Value, 100, f.Value.Scale())
			switch {
			case f.Unit == prose.Percent && err == nil && meant(f, relative), f.Unit != prose.Percent && meant(f, d.Abs()) && (f.Unit == prose.Points) == (x.Unit == prose.Percent):
				st.settle(i)
				return true
			case f.Unit == prose.Percent && x.Unit == prose.Percent && meant(f, d.Abs()):
				p.pointsCalledPerCent(st, i, d.Abs())
				return true
			}
		}
	}
	return false
}

// concludes are words that draw on the sentence before.
var concludes = prose.Pattern(`\b(?:therefore|thus|so|hence|this|that|which|overall|it|they)\b`)

var plusOrMinus = prose.Pattern(`(?:plus or minus|give or take|±|\+ / -|\+ -) $`)

// width checks how far a figure may lie from its target and still be green, or
// amber where the sentence speaks of that: "346.4 plus or minus 5".
func (p *proof) width(st *statement, i int, target *fact) {
	t := target.m.verdict.Target
	bounds := []quantity.Bound{t.Green.High}
	if tolerance.MatchString(strings.ToLower(st.Text)) || !t.Green.Low.Set || !t.Green.High.Set {
		bounds = append(bounds, t.Amber.High)
	}
	for _, b := range bounds {
		if wide, err := b.Value.Sub(target.value); err != nil || !b.Set || wide.Abs().Equal(st.Figures[i].Value) {
			st.settle(i, target)
			return
		}
	}
	p.blameFigure(st, i, "contradicts-data", hint(target), "%s is not how far %s may lie from its target of %s: it is green at %s, amber at %s",
		st.Figures[i].Typed, target.m.ref(), target.format(), score.IntervalWords(target.m.ind, t.Green), score.IntervalWords(target.m.ind, t.Amber))
}

var tolerance = prose.Pattern(`\b(?:amber|toleran\w+)\b`)
