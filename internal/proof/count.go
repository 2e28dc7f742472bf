package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// Parts and wholes that a sentence tells without "of": what is left, all of
// them, their share of the total.

var (
	// restBefore and restAfter stand at what is left of a whole when a part is told.
	restBefore = prose.Pattern(`\b(?:leaving|remaining|the other|the rest|rest|remainder|others?|left) (?:of |a |the |only |just |some |,|being |\( ?)*$`)
	restAfter  = prose.Pattern(`^(?:[a-z]+ ){0,2}?(?:were |was |are |had |have |being |fell |done )*(?:not |late\b|overdue|outside|out of time|missed|past|remain|remained|were late|still)`)
)

// remainders checks what a sentence says is left of a whole: "Of 121, 22 were on
// time and 99 were late".
func (p *proof) remainders(st *statement) {
	for _, s := range st.Shares {
		if s.Part < 0 || s.Whole < 0 || !st.isKnown(s.Whole) || !st.isKnown(s.Part) || st.results[s.Part].blamed || st.results[s.Whole].blamed {
			continue
		}
		whole := st.Figures[s.Whole].Value
		sum := st.Figures[s.Part].Value
		var parts []int
		for i := max(s.Part, s.Whole) + 1; i < len(st.Figures); i++ {
			f := st.Figures[i]
			if f.Unit == prose.Percent || f.Unit == prose.Points {
				continue // the share of the part before it
			}
			if !st.isKnown(i) || f.Unit != prose.Plain || f.Role != prose.Value && f.Role != prose.Change || f.Value.Scale() > 0 ||
				slices.ContainsFunc(st.Shares, func(o prose.Share) bool { return o != s && (o.Part == i || o.Whole == i) }) ||
				strings.ContainsAny(st.phrase(st.Figures[i-1].Last+1, f.First), ";.") {
				break
			}
			sum, _ = sum.Add(f.Value)
			parts = append(parts, i)
		}
		if len(parts) == 0 || sum.Equal(whole) {
			continue
		}
		last := parts[len(parts)-1]
		f := st.Figures[last]
		rest := restBefore.MatchString(st.phrase(max(0, f.First-6), f.First)) || restAfter.MatchString(st.phrase(f.Last+1, min(len(st.Words), f.Last+7)))
		if !rest || len(parts) > 1 && sum.Cmp(whole) < 0 {
			continue
		}
		left, err := f.Value.Sub(sum)
		if err == nil {
			left, err = left.Add(whole)
		}
		if err != nil {
			continue
		}
		p.blameFigure(st, last, "contradicts-itself", "write "+left.Grouped()+", or put the other numbers right",
			"the parts of %s add up to %s", whole.Grouped(), sum.Grouped())
	}
}

// allBefore stands before the whole of which every one is said to be.
var allBefore = prose.Pattern(`\b(?:all|every one of|each of) (?:of )?(?:the )?$`)

// allOf checks "all 87 had been", which says that the part is the whole.
func (c *claim) allOf(p *proof) bool {
	before := c.st.phrase(max(0, c.f.First-4), c.f.First)
	if c.f.Unit != prose.Plain || !isExact(c.f) || c.f.Spelled || c.small() || !allBefore.MatchString(before) || strings.Contains(before, "of all") {
		return false
	}
	for _, f := range p.sharing(c.st, func(f *fact) bool {
		return f.m.percentage() && f.kind == valueFact && f.figure.Denominator.Has && f.figure.Numerator.Has && f.figure.Denominator.Decimal.Equal(c.f.Value)
	}) {
		if !c.admitsArea(f) || !c.admitsPeriod(f) || !c.st.onTopic(f.m) && !slices.ContainsFunc(c.rivals, func(r ranked) bool { return r.m == f.m && r.cover >= 0.5 }) {
			continue
		}
		if n := f.figure.Numerator.Decimal; !n.Equal(c.f.Value) {
			p.blameFigure(c.st, c.i, "contradicts-data", hint(f), "all %s are said to be, and %s is %s of %s", c.f.Typed, f.words(), n.Grouped(), c.f.Typed)
			return true
		}
		c.st.settle(c.i, f)
		return true
	}
	return false
}

// ofTotal follows a share of a total.
var ofTotal = prose.Pattern(`^of (?:the |all |its |our |their |those |these )*(?:overall |whole |grand )?(?:total|whole|all|overall)\b`)

// partShare says that a share is that of a part in the measure that it is a part
// of, "a third of contacts (31%) came from MASH", or finds that it is another.
func (c *claim) partShare(p *proof) bool {
	if c.f.Unit != prose.Percent || !isExact(c.f) || c.f.Role == prose.Target || c.f.Role == prose.Change {
		return false
	}
	st := c.st
	total := ofTotal.MatchString(st.phrase(c.f.Last+1, min(len(st.Words), c.f.Last+6)))
	var meantPart, meantWhole *fact
	for _, m := range st.l.measures {
		if m.ind.Parent == "" || !m.near || m.percentage() {
			continue
		}
		named := m.hits(st, c.i) > 0 || slices.Contains(st.topics, m)
		if !named {
			continue
		}
		part := m.first(func(f *fact) bool { return f.kind == valueFact && f.current() && f.area == st.l.whole })
		parent := slices.IndexFunc(st.l.measures, func(n *measure) bool { return n.card == m.card && n.ind.Ref == m.ind.Parent })
		if part == nil || parent < 0 || st.l.measures[parent].percentage() {
			continue
		}
		whole := st.l.measures[parent].first(func(f *fact) bool { return f.kind == valueFact && f.period == part.period && f.area == part.area })
		if whole == nil || whole.value.Sign() <= 0 || part.value.Cmp(whole.value) > 0 {
			continue
		}
		if meantShare(c.f, part.value, whole.value) {
			st.settle(c.i)
			st.results[c.i].meant = []*fact{part}
			return true
		}
		if total && st.leans && slices.Contains(st.topics, m) && meantPart == nil {
			meantPart, meantWhole = part, whole
		}
	}
	if meantPart == nil {
		return false
	}
	q, err := quantity.Quotient(meantPart.value, meantWhole.value, 100, max(1, c.f.Value.Scale()))
	if err != nil {
		return false
	}
	p.blameFigure(st, c.i, "contradicts-data", "write "+q.String()+"%", "%s of %s is %s%%, not %s", meantPart.value.Grouped(), meantWhole.value.Grouped(), q, c.f.Typed)
	return true
}

// twoBases finds a count that is compared with a rate: "85.5 per 10,000,
// compared with 430 a year ago".
func (c *claim) twoBases(p *proof) bool {
	if c.f.Role != prose.Then || c.f.Unit != prose.Plain || !isExact(c.f) || c.f.Value.Scale() > 0 || c.f.Spelled || c.i == 0 {
		return false
	}
	st := c.st
	var rate *fact
	for k := range st.results[:c.i] {
		if st.Figures[k].Unit == prose.Plain && len(st.results[k].facts) > 0 {
			return false // a count stands there too
		}
		for _, f := range st.results[k].facts {
			if f.kind == valueFact && (perPeople(f.m.ind.Unit) || f.m.percentage()) {
				rate = f
			}
		}
	}
	if rate == nil || rate.m.ind.Decimals == 0 {
		return false
	}
	base := rate.m.first(func(f *fact) bool {
		return f.kind == valueFact && f.area == rate.area && f.period != rate.period && (c.sureWhen && f.named(c.when, st.l.month.Month) || !c.sureWhen && f.period == rate.m.verdict.Previous.Period)
	})
	if base == nil || base.says(c.f.Value) {
		return false
	}
	p.blameFigure(st, c.i, "contradicts-data", hint(base), "%s is compared with %s, and %s is %s", c.f.Typed, rate.format(), base.words(), base.format())
	return true
}
