package proof

import (
	"fmt"
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// value checks a number that says how much.
func (p *proof) value(st *statement, i int) {
	c := st.claim(i, 0.6)
	if fit := c.coherent(); len(fit) > 0 {
		st.settle(i, fit...)
		return
	}
	if len(c.rivals) == 0 {
		if !c.areaShare(p) {
			p.unsourced(&c)
		}
		return
	}
	if p.percentBeyond(&c) || c.monthsTogether() || p.throughout(&c) || c.allOf(p) || c.remainder(p) {
		return
	}
	if c.f.Role == prose.Value && c.f.Ref < 0 && c.isGap() { // 6.2 above the target
		if !p.gap(st, i) && len(c.fitting()) == 0 {
			st.results[i].settled = true
		}
		if st.results[i].settled {
			return
		}
	}
	if c.f.Unit == prose.Percent && c.rivals[0].cover < namesakeCover && c.partShare(p) { // nearly a third of contacts (31%) came from MASH
		return
	}
	if fit := c.fitting(); len(fit) > 0 {
		st.settle(i, fit...)
		return
	}
	if c.f.Unit == prose.Percent && c.shareOfArea() && c.areaShare(p) {
		return
	}
	if c.complement() || c.counted() {
		st.settle(i)
		return
	}
	if c.areaShare(p) || c.partShare(p) || c.twoBases(p) {
		return
	}
	if c.computed() {
		st.settle(i)
		return
	}
	if p.differenceAsEarlier(&c) {
		return
	}
	if fit := c.namesakes(); len(fit) > 0 {
		st.settle(i, fit...)
		return
	}
	lower := strings.ToLower(st.Text)
	if !c.sureOther && (awaited.MatchString(lower) || toCome.MatchString(lower) && slices.ContainsFunc(st.Whens, st.toCome)) {
		return
	}
	sure := c.confidence()
	if stale := c.stale(); stale != nil && (sure >= good && st.ownCover(stale.m) >= 0.5 || sure >= fair && !(c.byChance() && st.foreignTo(stale.m))) {
		if st.untold(i) || !stale.m.verdict.Current.Value && stale.newest() && !c.sureWhen {
			return
		}
		p.blameStale(&c, stale)
		return
	}
	expected := c.expected()
	switch {
	case expected == nil:
		p.unsourced(&c)
	case sure >= good && !(st.ownCover(c.rivals[0].m) < 0.5 && c.byChance() && st.foreignTo(c.rivals[0].m)), c.turned(expected), sure >= fair && (c.nearMiss(expected) || c.changedOver(expected) || c.elsewhere() != nil && !c.small() && !(c.byChance() && st.foreignTo(expected.m))):
		p.blameValue(&c, expected)
	default:
		p.unsourced(&c)
	}
}

// coherent lists the facts that the figure is of measures whose other figures
// stand in the sentence: "325 staff, against 327 in December".
func (c *claim) coherent() []*fact {
	var list []*fact
	if c.f.Role != prose.Then && c.f.Role != prose.Now && !c.sureWhen && !c.sureOther || !isExact(c.f) {
		return nil
	}
	for i := range c.st.results {
		for _, other := range c.st.results[i].facts {
			if i == c.i || other.kind != valueFact && other.kind != toDateFact {
				continue
			}
			for _, f := range other.m.facts() {
				if (f.kind == valueFact || f.kind == toDateFact || f.kind == windowFact) && f.area == other.area && f.period != other.period && saidBy(c.f, f) && c.admits(f) {
					list = append(list, f)
				}
				if c.sureOther && f.kind == benchmarkFact && f.comparator == c.other && saidBy(c.f, f) {
					list = append(list, f) // its newest, or that of the figure's own period
				}
			}
		}
	}
	return list
}

// fitting lists the facts that the figure is.
func (c *claim) fitting() []*fact {
	var list []*fact
	for _, r := range c.rivals {
		for f := range r.m.factsIn(c.in) { // of other areas none is admitted but as a target
			if f.takes(c.f) && saidBy(c.f, f) && c.admits(f) {
				list = append(list, f)
			}
		}
		if !isExact(c.f) && c.f.Hedge >= prose.Above && r.m == c.rivals[0].m && r.cover >= 0.5 {
			break // nearly every figure lies above something
		}
	}
	return list
}

// namesakes lists the newest figures that the number is of measures which the
// words beside it name as well as the best: of a name that two share either may
// be meant.
func (c *claim) namesakes() (list []*fact) {
	if !isExact(c.f) || c.small() {
		return nil
	}
	top := c.rivals[0]
	for _, r := range c.st.rank(c.i) {
		if r.m == top.m || r.m.card != top.m.card || !r.m.fitsUnit(c.f) || r.cover < namesakeCover && !c.st.tellsOnly(r.m, top.m) || c.st.outdoes(c.i, top.m, r.m) ||
			c.st.leans && c.st.onTopic(top.m) && !slices.ContainsFunc(c.st.terms, func(t term) bool { return r.m.profile.terms[t.text] > 0 && top.m.profile.terms[t.text] == 0 }) {
			continue
		}
		for f := range r.m.factsIn(c.in) {
			if f.kind == valueFact && saidBy(c.f, f) && c.admits(f) {
				list = append(list, f)
			}
		}
	}
	return list
}

// tellsOnly says that a sentence has a telling word of one measure's name and
// none of another's.
func (st *statement) tellsOnly(m, n *measure) bool {
	own := false
	for _, t := range st.terms {
		if n.profile.terms[t.text] > tellingTerm {
			return false
		}
		own = own || m.profile.terms[t.text] > tellingTerm
	}
	return own
}

// namesakeCover is how much of a measure's name must be there for it to be one
// that may be meant.
const namesakeCover = 0.3

// againstIt are words after which a figure may be a target that is not called one.
var againstIt = prose.Pattern(`(?:against|versus|vs|than) (?:the |a )?$`)

var negative = prose.Pattern(`\b(?:no|not|without|lacks?|lacking|missing|never|outside|other|rest|remaining|remainder)\b`)

// complement says that a share is of those who do not: "one in three has no
// dental check".
func (c *claim) complement() bool {
	if c.f.Unit != prose.Percent || !(c.f.Fraction && c.f.Hedge < prose.Above) && !negative.MatchString(strings.ToLower(c.st.Text)) {
		return false
	}
	for _, r := range c.rivals {
		for f := range r.m.factsIn(c.in) {
			if f.kind != valueFact || !r.m.percentage() || !c.admits(f) {
				continue
			}
			if rest, err := quantity.Int(100).Sub(f.value); err == nil && meant(c.f, rest) {
				return true
			}
		}
	}
	return false
}

// counted says that a count is the newest figure of a measure of the page's
// section, and that the word beside it is of that measure's name: the rest of
// the sentence may speak of others.
func (c *claim) counted() bool {
	if c.f.Unit != prose.Plain || !isExact(c.f) || c.f.Role != prose.Value && c.f.Role != prose.Now || c.sureArea {
		return false
	}
	after := c.st.following(c.i)
	if c.f.Role == prose.Now { // contacts rose to 403: the word before it
		from, _ := c.st.segment(c.i)
		after = nil
		for _, t := range c.st.terms {
			if from <= t.word && t.word < c.f.First {
				after = []term{t}
			}
		}
	}
	if len(after) == 0 {
		return false
	}
	for _, m := range c.st.l.measures {
		if !m.near || c.st.section != "" && !m.inSection(c.st.section) || m.profile.terms[after[0].text] == 0 {
			continue
		}
		for f := range m.factsIn(c.in) {
			if f.kind <= denominatorFact && f.value.Equal(c.f.Value) && c.admits(f) {
				return true
			}
		}
	}
	return false
}

// computed says whether the number is a sum, a difference or a share of others
// in its sentence.
func (c *claim) computed() bool {
	if c.f.Hedge >= prose.Above || c.f.Role == prose.Then {
		return false
	}
	for a, x := range c.st.Figures {
		for b, y := range c.st.Figures {
			if a == b || a == c.i || b == c.i || x.Ref >= 0 || y.Ref >= 0 || x.Hedge != prose.Exact || y.Hedge != prose.Exact {
				continue
			}
			unit := c.f.Unit
			if unit == prose.Points {
				unit = prose.Percent
			}
			if x.Unit == unit && y.Unit == unit {
				if s, err := x.Value.Add(y.Value); err == nil && a < b && meant(c.f, s) {
					return true
				}
				if d, err := x.Value.Sub(y.Value); err == nil && d.Sign() > 0 && meant(c.f, d) {
					return true
				}
			}
			if c.f.Unit == prose.Percent && x.Unit == prose.Plain && y.Unit == prose.Plain && y.Value.Sign() > 0 && meantShare(c.f, x.Value, y.Value) {
				return true
			}
			if d, err := x.Value.Sub(y.Value); err == nil && c.f.Unit == prose.Percent && x.Unit == y.Unit && y.Role == prose.Then && c.bracketed() && y.Value.Sign() > 0 && meantShare(c.f, d.Abs(), y.Value) {
				return true // 2,015, down from 2,140 (5.8%)
			}
		}
	}
	return false
}

// bracketed says that a figure stands right after an opening bracket.
func (c *claim) bracketed() bool { return c.f.First > 0 && c.st.Words[c.f.First-1].Text == "(" }

// following lists the terms that follow a figure in its clause.
func (st *statement) following(i int) (list []term) {
	f := st.Figures[i]
	last := f.Last
	for k := f.Last + 1; k < len(st.Words) && k <= f.Last+7; k++ {
		w := st.Words[k]
		if w.Kind == prose.Sign && strings.Contains(",;:.()", w.Text) || w.Kind == prose.Digits && k > f.Last+1 || breaks[w.Lower] {
			break
		}
		last = k
	}
	for _, t := range st.terms {
		if t.word > f.Last && t.word <= last {
			list = append(list, t)
		}
	}
	return list
}

// stale is a fact of the measures that the sentence names best that the number
// is, but of a period that it cannot mean.
func (c *claim) stale() *fact {
	if !isExact(c.f) || c.f.Role == prose.Target {
		return nil
	}
	for _, r := range c.rivals {
		if r.score < c.rivals[0].score*0.8 {
			break
		}
		var best *fact
		for f := range r.m.factsIn(c.in) {
			if f.kind != valueFact && f.kind != toDateFact || !f.takes(c.f) || !c.admitsArea(f) || !c.admitsKind(f) || !saidBy(c.f, f) {
				continue
			}
			if best == nil || f.period.Last() > best.period.Last() || f.period.Last() == best.period.Last() && f.kind < best.kind {
				best = f
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

// newest says that a measure has no later figure of the kind.
func (f *fact) newest() bool {
	return !slices.ContainsFunc(f.m.facts(), func(g *fact) bool { return g.kind == f.kind && g.area == f.area && g.period.Last() > f.period.Last() })
}

// expected is the fact that the figure should have been: of the measure best
// named, in the period, area and kind that the sentence lets it be.
func (c *claim) expected() *fact {
	for _, r := range c.rivals {
		if r.score < c.rivals[0].score*0.9 {
			break
		}
		var best *fact
		for f := range r.m.factsIn(c.in) {
			if f.kind != numeratorFact && f.kind != denominatorFact && !(f.kind == benchmarkFact && !c.sureOther) && !(c.st.place != "" && f.area != c.st.place && f.kind != benchmarkFact) && c.admits(f) && (best == nil || c.prefers(f, best)) {
				best = f
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}

func (c *claim) prefers(f, g *fact) bool {
	rank := func(f *fact) int {
		n := 0
		if c.sureWhen && f.named(c.when, c.st.l.month.Month) {
			n += 8
		}
		if c.sureWhen && f.period == c.when.Period {
			n += 4
		}
		if c.precedes(f) {
			n += 8
		}
		if c.f.Role == prose.Then && f.period == f.m.verdict.Previous.Period {
			n += 3
		}
		if f.current() {
			n += 2
		}
		if (f.kind == toDateFact) != (c.sureWhen && c.when.Kind == prose.ToDate) {
			n -= 3
		}
		if f.area == c.st.l.whole {
			n++
		}
		return n
	}
	a, b := rank(f), rank(g)
	return a > b || a == b && f.period.Last() > g.period.Last()
}

// turned says that a number of two figures is the one that it should be with
// the two changed over, and is beside the very name of its measure.
func (c *claim) turned(f *fact) bool {
	a, b := c.f.Value.String(), f.value.String()
	return isExact(c.f) && len(a) == 2 && len(b) == 2 && a != b && a[0] == b[1] && a[1] == b[0] && c.rivals[0].cover >= 0.6 && c.nounFits() &&
		(c.st.section == "" || f.m.inSection(c.st.section))
}

// nearMiss says that a number is a figure with a slip: one digit wrong, or two
// changed over.
func (c *claim) nearMiss(f *fact) bool {
	if !isExact(c.f) {
		return false
	}
	a, b := c.f.Value.String(), f.value.String()
	if len(a) != len(b) || len(a) < 3 {
		return false
	}
	var at []int
	for i := range a {
		if a[i] != b[i] {
			at = append(at, i)
		}
	}
	return len(at) == 1 || len(at) == 2 && a[at[0]] == b[at[1]] && a[at[1]] == b[at[0]]
}

// changedOver says that a number is the same measure's in another area: two
// lines of a list have changed places.
func (c *claim) changedOver(f *fact) bool {
	return isExact(c.f) && !c.small() && slices.ContainsFunc(f.m.facts(), func(g *fact) bool {
		return g.kind == f.kind && g.period == f.period && g.area != f.area && g.says(c.f.Value)
	})
}

// elsewhere is another measure's newest figure that the number is.
func (c *claim) elsewhere() *fact {
	if !isExact(c.f) {
		return nil
	}
	for _, m := range c.st.l.measures {
		if !m.inSection(c.st.section) && c.small() {
			continue
		}
		for f := range m.factsIn(only(c.st.l.whole)) {
			if f.kind == valueFact && f.current() && f.area == c.st.l.whole && f.takes(c.f) && f.says(c.f.Value) {
				return f
			}
		}
	}
	return nil
}

// differenceAsEarlier finds the rise given as what there was before.
func (p *proof) differenceAsEarlier(c *claim) bool {
	if c.f.Role != prose.Then || !isExact(c.f) || c.f.Spelled || c.otherThing() {
		return false
	}
	for _, r := range c.rivals {
		v := r.m.verdict
		if !v.Current.Value || !v.Previous.Value || r.score < c.rivals[0].score*0.7 || c.sureArea {
			continue
		}
		change, err := v.Current.Published.Sub(v.Previous.Published)
		if err != nil || change.Sign() == 0 || !change.Abs().Equal(c.f.Value) {
			continue
		}
		noun := "rise"
		if change.Sign() < 0 {
			noun = "fall"
		}
		before := r.m.ind.Format(v.Previous.Published)
		p.blameFigure(c.st, c.i, "contradicts-data", "write {{ "+r.m.ref()+" previous }}, which prints "+before,
			"%s is the %s and not what there was before: %s in %s was %s", c.f.Typed, noun, r.m.ref(), v.Previous.Period.Words(), before)
		return true
	}
	return false
}

func (p *proof) blameStale(c *claim, stale *fact) {
	code := "stale-figure"
	if c.sureWhen && c.when.Kind != prose.ThisMonth || c.f.Role == prose.Then || stale.kind == toDateFact {
		code = "contradicts-data"
	}
	message := c.f.Typed + " is the figure of " + stale.words()
	if code == "stale-figure" {
		message += ", which the sentence does not name"
	}
	expected := c.expected()
	if expected != nil && expected != stale {
		message += "; " + expected.words() + " is " + expected.format()
	}
	p.blameFigure(c.st, c.i, code, hint(expected, stale), "%s", message)
	if expected == nil {
		expected = stale
	}
	c.st.results[c.i].meant = []*fact{expected}
}

// hint names the references that would bind the figures.
func hint(facts ...*fact) string {
	var parts []string
	for _, f := range facts {
		if f == nil {
			continue
		}
		if b := f.binding(); b != "" {
			parts = append(parts, b+" prints "+f.format())
		}
	}
	return strings.Join(slices.Compact(parts), "; ")
}

func (p *proof) blameValue(c *claim, expected *fact) {
	message := fmt.Sprintf("%s is said of %s, which is %s", hedged(c.f), expected.words(), expected.format())
	other := c.elsewhere()
	if other != nil && other.m == expected.m {
		other = nil
	}
	if other != nil {
		message += "; " + c.f.Typed + " is " + other.words()
	}
	p.blameFigure(c.st, c.i, "contradicts-data", hint(expected, other), "%s", message)
	c.st.results[c.i].meant = []*fact{expected}
}

// hedged is a figure with the word that stands before it.
func hedged(f prose.Figure) string {
	return [...]string{"", "about ", "nearly ", "just over ", "more than ", "at least ", "less than ", "at most "}[f.Hedge] + f.Typed
}

// unsourced tells of a share that no scorecard has, where the sentence plainly
// reports one.
func (p *proof) unsourced(c *claim) {
	f := c.f
	if f.Unit != prose.Percent && f.Unit != prose.PerPeople || !isExact(f) || f.Role != prose.Value && f.Role != prose.Now ||
		c.st.untold(c.i) || c.ofWindow() || f.Value.Equal(quantity.Int(100)) || f.Value.Sign() == 0 || len(c.st.Whens) == 0 || f.Value.Scale() == 0 || c.sureOther {
		return
	}
	for _, m := range p.l.measures {
		close := slices.ContainsFunc(c.rivals, func(r ranked) bool { return r.m == m })
		for fact := range m.factsIn(only(p.l.whole)) {
			if fact.takes(f) && fact.says(f.Value) && (close || len(c.rivals) == 0 || c.namedBy(fact, c.st.Whens) || fact.current() || fact.period == m.verdict.Previous.Period) && fact.area == p.l.whole {
				return
			}
		}
	}
	hint := "say where it is from: {{ figure " + f.Typed + " | the source and its date }}"
	var near []string
	for _, r := range c.rivals[:min(3, len(c.rivals))] {
		if r.m.verdict.Current.Value {
			near = append(near, "{{ "+r.m.ref()+" }} prints "+r.m.ind.Format(r.m.verdict.Current.Published))
		}
	}
	if len(near) > 0 {
		hint += "; of the scorecard, " + strings.Join(near, ", ")
	}
	p.blameFigure(c.st, c.i, "unsourced-figure", hint, "no scorecard has the figure %s", f.Typed)
}
