package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// shares checks counts and rates that stand together.
func (p *proof) shares(st *statement) {
	for i := 0; i+1 < len(st.Figures); i++ { // almost a quarter of assessments (32.3%)
		part, rate := st.Figures[i], st.Figures[i+1]
		if part.Fraction && rate.Unit == prose.Percent && isExact(rate) && rate.Ref < 0 && st.Words[rate.First-1].Text == "(" && rate.Role == prose.Value {
			if !meant(part, rate.Value) && !meant(part, rate.Value.Round(0)) {
				p.blameFigure(st, i, "contradicts-itself", "leave the words or the number out", "%s and %s are said of one thing", hedged(part), rate.Typed)
			} else {
				st.settle(i)
			}
		}
	}
	for _, s := range st.Shares {
		if s.Part >= 0 && s.Whole >= 0 {
			p.partOfWhole(st, s)
		} else if s.Whole >= 0 && s.Rate >= 0 {
			p.rateOfWhole(st, s)
		} else if s.Part >= 0 && s.Rate >= 0 {
			p.rateOfPart(st, s)
		}
	}
	p.remainders(st)
}

// partOfWhole checks "22 of 121 (18.2%)".
func (p *proof) partOfWhole(st *statement, s prose.Share) {
	part, whole := st.Figures[s.Part], st.Figures[s.Whole]
	if whole.Value.Sign() <= 0 || part.Hedge != prose.Exact || whole.Hedge != prose.Exact {
		return
	}
	c, w := st.claim(s.Part, 0.5), st.claim(s.Whole, 0.5)
	pair := p.sharing(st, func(f *fact) bool {
		return f.figure.Numerator.Has && f.figure.Denominator.Has && f.figure.Numerator.Decimal.Equal(part.Value) && f.figure.Denominator.Decimal.Equal(whole.Value)
	})
	var admitted, stale []*fact
	for _, f := range pair {
		when := c.admitsPeriod(f) && (c.sureWhen || !w.sureWhen) || w.admitsPeriod(f) && (w.sureWhen || !c.sureWhen) || st.rateAdmits(s, f) ||
			f.period == f.m.verdict.Previous.Period.Step(-1) && monthsBefore.MatchString(strings.ToLower(st.Text))
		if (c.admitsArea(f) || w.admitsArea(f)) && when {
			admitted = append(admitted, f)
		} else {
			stale = append(stale, f)
		}
	}
	if s.Rate >= 0 {
		rate := st.Figures[s.Rate]
		computed, err := quantity.Quotient(part.Value, whole.Value, 100, max(1, rate.Value.Scale()))
		right := err == nil && (meantShare(rate, part.Value, whole.Value) ||
			slices.ContainsFunc(admitted, func(f *fact) bool { return saidBy(rate, f) }))
		if w, sure := st.when(s.Rate); !right && sure && w.Kind == prose.Named && !slices.ContainsFunc(pair, func(f *fact) bool { return f.named(w, p.l.month.Month) }) {
			s.Rate = -1 // 22 of 121 (30.2% in December)
		} else if !right && err == nil {
			mend := "write " + computed.String() + "%, or put the counts right"
			if len(admitted) > 0 {
				mend = hint(admitted[0])
			}
			p.blameFigure(st, s.Rate, "contradicts-itself", mend, "%s of %s is %s%%, not %s", part.Typed, whole.Typed, computed, rate.Typed)
			st.settle(s.Part)
			st.settle(s.Whole)
			return
		}
	}
	switch {
	case len(admitted) > 0:
		st.settle(s.Part, admitted...)
		st.settle(s.Whole, admitted...)
		if s.Rate >= 0 {
			st.settle(s.Rate, admitted...)
		}
	case len(stale) > 0 && c.confidentOf(stale[0]):
		f := stale[len(stale)-1]
		now := f.m.verdict.Current
		but := ""
		if now.Value && now.Figure.Numerator.Has && now.Figure.Denominator.Has && f.period != now.Period {
			but = "; " + now.Period.Words() + " has " + now.Figure.Numerator.Decimal.Grouped() + " of " + now.Figure.Denominator.Decimal.Grouped()
		}
		code := "stale-figure"
		if c.sureWhen {
			code = "contradicts-data"
		}
		p.blameFigure(st, s.Part, code, "{{ "+f.m.ref()+" of }} prints the counts of the month", "%s of %s is %s%s", part.Typed, whole.Typed, f.words(), but)
		st.settle(s.Whole)
		if s.Rate >= 0 {
			st.settle(s.Rate)
		}
	case p.otherWhole(st, s, part, whole):
	case p.anotherPart(st, s, part, whole):
	case s.Rate >= 0:
		// It computes. Whether it is the figure of a measure is asked of the rate
		// and of the whole, and the part goes with them.
		st.settle(s.Part)
	case s.Loose: // of the 403, 25 were something that no measure counts
		if part := st.claim(s.Part, 0.45); part.expected() != nil && part.sureArea && part.changedOver(part.expected()) {
			return
		} else if len(part.fitting()) == 0 && len(part.own()) == 0 && part.stale() == nil {
			st.settle(s.Part)
		}
	default:
		// Counts alone: asked as a rate of a measure that counts otherwise is not.
		p.pairAlone(st, s)
	}
}

// monthsBefore is said of the two months before the newest together.
var monthsBefore = prose.Pattern(`\btwo (?:previous|preceding|prior|earlier) months\b|\b(?:previous|preceding|prior) two months\b|\btwo months before\b`)

// anotherPart finds another part beside the whole of the measure that a sentence
// goes on about: "That is 62 of 480 children."
func (p *proof) anotherPart(st *statement, s prose.Share, part, whole prose.Figure) bool {
	if s.Loose || !st.leans || len(st.Whens) > 0 || len(st.areas) > 0 || part.Ref >= 0 || whole.Ref >= 0 || part.Value.Cmp(quantity.Int(6)) < 0 || !drawsOn.MatchString(st.phrase(0, min(len(st.Words), 8))) {
		return false
	}
	for _, m := range st.topics {
		f := m.first(func(f *fact) bool {
			return f.kind == valueFact && f.current() && f.area == p.l.whole && m.percentage() && f.figure != nil && f.figure.Numerator.Has && f.figure.Denominator.Has &&
				f.figure.Denominator.Decimal.Equal(whole.Value)
		})
		if f == nil {
			continue
		}
		p.blameFigure(st, s.Part, "contradicts-data", hint(f), "%s of %s is said of %s, which is %s of %s", part.Typed, whole.Typed, f.words(), f.figure.Numerator.Decimal.Grouped(), whole.Typed)
		st.settle(s.Whole, f)
		return true
	}
	return false
}

// otherWhole finds the part of one month or area beside the whole of another:
// 22 of 116.
func (p *proof) otherWhole(st *statement, s prose.Share, part, whole prose.Figure) bool {
	c := st.claim(s.Part, 0.45)
	if part.Value.Cmp(quantity.Int(6)) < 0 { // met by chance
		return false
	}
	for _, f := range p.sharing(st, func(f *fact) bool {
		return f.m.percentage() && f.kind == valueFact && f.figure.Denominator.Has && f.figure.Numerator.Has && f.figure.Numerator.Decimal.Equal(part.Value)
	}) {
		if !c.admitsArea(f) || !c.admitsPeriod(f) || !c.confidentOf(f) && !f.m.sharesFigure(st) && !st.onTopic(f.m) {
			continue
		}
		other := f.m.first(func(g *fact) bool {
			return (g.kind == valueFact || g.kind == denominatorFact) && g.figure != nil && g.figure.Denominator.Has && g.figure.Denominator.Decimal.Equal(whole.Value) &&
				(g.period != f.period || g.area != f.area)
		})
		if other == nil {
			continue
		}
		if st.Figures[s.Whole].Ref >= 0 {
			s.Whole = s.Part // what is bound is blamed where it was typed
		}
		p.blameFigure(st, s.Whole, "contradicts-data", "{{ "+f.m.ref()+" of }} prints "+f.figure.Numerator.Decimal.Grouped()+" of "+f.figure.Denominator.Decimal.Grouped(),
			"%s is %s; %s of %s is %s", whole.Value.Grouped(), "the whole of "+other.words(), part.Value.Grouped(), f.figure.Denominator.Decimal.Grouped(), f.words())
		st.settle(s.Part, f)
		if s.Rate >= 0 {
			st.settle(s.Rate)
		}
		return true
	}
	return false
}

// rateAdmits says that the rate beside two counts is that of a fact, in a place
// where it may be: "up from 85.3% (29 of 34)".
func (st *statement) rateAdmits(s prose.Share, f *fact) bool {
	if s.Rate < 0 || !saidBy(st.Figures[s.Rate], f) {
		return false
	}
	c := st.claim(s.Rate, 0.45)
	return c.admitsArea(f) && c.admitsPeriod(f)
}

// pairAlone asks after two counts that no measure has together.
func (p *proof) pairAlone(st *statement, s prose.Share) {
	c := st.claim(s.Whole, 0.6)
	if len(c.rivals) == 0 {
		return
	}
	if fit := c.fitting(); len(fit) > 0 {
		st.settle(s.Whole, fit...)
		// A part of a whole that is right is often a count of something else.
		d := st.claim(s.Part, 0.5)
		if fit := d.fitting(); len(fit) > 0 {
			st.settle(s.Part, fit...)
			return
		}
		for _, f := range fit {
			if f.kind == denominatorFact && f.figure.Numerator.Has && (c.rivals[0].m == f.m && c.confidence() == good || f.m.telling(st) && !d.otherThing() && (d.stale() == nil || coverOf(st.rank(s.Whole), f.m) >= 0.5)) {
				p.blameFigure(st, s.Part, "contradicts-data", "{{ "+f.m.ref()+" of }} prints "+f.figure.Numerator.Decimal.Grouped()+" of "+f.figure.Denominator.Decimal.Grouped(),
					"%s of %s is said of %s, which is %s of %s", st.Figures[s.Part].Typed, st.Figures[s.Whole].Typed, f.m.ref(), f.figure.Numerator.Decimal.Grouped(), f.figure.Denominator.Decimal.Grouped())
				return
			}
		}
	}
	if p.otherPart(st, s, &c) {
		return
	}
	st.settle(s.Part)
}

// otherPart finds that a part is not the one that a measure, whose word the
// sentence has, has of that whole: "8 of the 50 assessments in scope were in time".
func (p *proof) otherPart(st *statement, s prose.Share, c *claim) bool {
	d := st.claim(s.Part, 0.5)
	if len(d.rivals) == 0 || d.otherThing() || len(d.fitting()) > 0 {
		return false
	}
	var meant *fact
	for _, f := range p.sharing(st, func(f *fact) bool {
		return f.kind == valueFact && f.m.percentage() && f.figure.Numerator.Has && f.figure.Denominator.Has && f.figure.Denominator.Decimal.Equal(st.Figures[s.Whole].Value)
	}) {
		if !d.admitsArea(f) || !d.admitsPeriod(f) && !c.admitsPeriod(f) || coverOf(st.rank(s.Part), f.m) < namesakeCover || !f.m.telling(st) || st.foreignTo(f.m) {
			continue
		}
		if meant != nil && !meant.figure.Numerator.Decimal.Equal(f.figure.Numerator.Decimal) {
			return false
		}
		meant = f
	}
	if meant == nil || meant.figure.Numerator.Decimal.Equal(st.Figures[s.Part].Value) {
		return false
	}
	p.blameFigure(st, s.Part, "contradicts-data", "{{ "+meant.m.ref()+" of }} prints the counts of the month", "%s of %s is said of %s, which is %s of %s",
		st.Figures[s.Part].Typed, st.Figures[s.Whole].Typed, meant.words(), meant.figure.Numerator.Decimal.Grouped(), meant.figure.Denominator.Decimal.Grouped())
	return true
}

// telling says that a word which few names have stands in the sentence and in
// the measure's own.
func (m *measure) telling(st *statement) bool {
	return slices.ContainsFunc(st.terms, func(t term) bool { return m.profile.terms[t.text] > tellingTerm })
}

// confidentOf says that a pair of counts is that measure's and met not by chance.
func (c *claim) confidentOf(f *fact) bool {
	return slices.ContainsFunc(c.st.rank(c.i), func(r ranked) bool { return r.m == f.m && (r.cover >= 0.3 || r.m.inSection(c.st.section)) })
}

// sharing lists the figures of shares for which ask is true, of measures that
// the sentence may be about.
func (p *proof) sharing(st *statement, ask func(*fact) bool) []*fact {
	var list []*fact
	for _, m := range p.l.measures {
		for _, f := range m.facts() {
			if (f.kind == valueFact || f.kind == toDateFact) && f.figure != nil && ask(f) {
				list = append(list, f)
			}
		}
	}
	return list
}

// meantShare says whether a rate is a part of a whole, rounded as it is written.
func meantShare(rate prose.Figure, part, whole quantity.Decimal) bool {
	if rate.Hedge != prose.Exact || rate.Fraction {
		q, err := quantity.Quotient(part, whole, 100, 4)
		return err == nil && meant(rate, q)
	}
	q, err := quantity.Quotient(part, whole, 100, rate.Value.Scale())
	return err == nil && q.Equal(rate.Value)
}

// rateOfWhole checks "18.2% of the 121 assessments".
func (p *proof) rateOfWhole(st *statement, s prose.Share) {
	rate, whole := st.Figures[s.Rate], st.Figures[s.Whole]
	c := st.claim(s.Rate, 0.45)
	w := st.claim(s.Whole, 0.45)
	base := p.sharing(st, func(f *fact) bool {
		return f.m.percentage() && f.figure.Denominator.Has && f.figure.Denominator.Decimal.Equal(whole.Value)
	})
	var right, near []*fact
	for _, f := range base {
		if !c.admitsArea(f) || !(c.admitsPeriod(f) || w.admitsPeriod(f)) || !c.confidentOf(f) {
			continue
		}
		if saidBy(rate, f) {
			right = append(right, f)
		} else {
			near = append(near, f)
		}
	}
	// A whole that is another measure's count: 192 of the 403 contacts.
	for _, f := range w.fitting() {
		if len(right) == 0 && meantOfPart(p, c, f) {
			st.settle(s.Whole, f)
			st.settle(s.Rate)
			return
		}
	}
	switch {
	case len(right) > 0:
		st.settle(s.Rate, right...)
		st.settle(s.Whole, right...)
	case len(near) > 0:
		meant := near[0]
		ranks := st.rank(s.Rate)
		for _, f := range near {
			if rankOf(ranks, f.m) > rankOf(ranks, meant.m) {
				meant = f
			}
		}
		code, told := "contradicts-data", ""
		for _, f := range meant.m.facts() {
			if f.kind == valueFact && f.area == meant.area && f.period != meant.period && saidBy(rate, f) && rate.Hedge == prose.Exact {
				code, told = "stale-figure", "; "+rate.Typed+" is "+f.words()
			}
		}
		if meant.figure.Numerator.Has {
			told = " (" + meant.figure.Numerator.Decimal.Grouped() + " of " + meant.figure.Denominator.Decimal.Grouped() + ")" + told
		}
		p.blameFigure(st, s.Rate, code, hint(meant), "%s is said of %s, and %s is %s%s", rate.Typed, whole.Typed, meant.words(), meant.format(), told)
		st.settle(s.Whole, meant)
	}
}

// meantOfPart says whether a rate is some count of the same month and area over
// the whole.
func meantOfPart(p *proof, c claim, whole *fact) bool {
	for _, m := range p.l.measures {
		if m.card != whole.m.card || m.percentage() {
			continue
		}
		for _, f := range m.facts() {
			if f.kind == valueFact && f.period == whole.period && f.area == whole.area && m.ind.Section == whole.m.ind.Section &&
				f.value.Cmp(whole.value) <= 0 && whole.value.Sign() > 0 && meantShare(c.f, f.value, whole.value) {
				return true
			}
		}
	}
	return false
}

// rateOfPart checks "18.2% (22)".
func (p *proof) rateOfPart(st *statement, s prose.Share) {
	rate, part := st.Figures[s.Rate], st.Figures[s.Part]
	c := st.claim(s.Rate, 0.45)
	list := p.sharing(st, func(f *fact) bool {
		return f.m.percentage() && f.figure.Numerator.Has && f.figure.Numerator.Decimal.Equal(part.Value)
	})
	for _, f := range list {
		if c.admitsArea(f) && c.admitsPeriod(f) && saidBy(rate, f) {
			st.settle(s.Rate, f)
			st.settle(s.Part, f)
			return
		}
	}
	if part.Hedge != prose.Exact || p.bracketed(st, s, &c) {
		return
	}
	// A count as a share of another of its section and month: 192 requests for
	// support (47.6%) of 403 contacts.
	d := st.claim(s.Part, 0.45)
	var whole *fact
	for _, f := range append(d.fitting(), d.own()...) {
		if f.kind != valueFact {
			continue
		}
		for _, m := range p.l.measures {
			if m.card != f.m.card || m.ind.Section != f.m.ind.Section || m == f.m {
				continue
			}
			for _, g := range m.facts() {
				if g.kind != valueFact || m.percentage() || g.period != f.period || g.area != f.area || g.value.Cmp(f.value) < 0 {
					continue
				}
				if meantShare(rate, f.value, g.value) {
					st.settle(s.Part, f)
					st.settle(s.Rate)
					return
				}
				if f.m.ind.Parent == m.ind.Ref {
					whole = g
				}
			}
		}
	}
	if len(c.fitting()) > 0 {
		return
	}
	if whole == nil {
		p.rateOfCount(st, s, &c, &d)
		return
	}
	if q, err := quantity.Quotient(part.Value, whole.value, 100, max(1, rate.Value.Scale())); err == nil {
		p.blameFigure(st, s.Rate, "contradicts-itself", "write "+q.String()+"%", "%s of %s (%s) is %s%%, not %s", part.Typed, whole.value.Grouped(), whole.words(), q, rate.Typed)
		st.settle(s.Part)
	}
}

// rateOfCount holds a share against the count beside it, where that is the newest
// number of the measure that both are named for: "partners made 7, or 8.3%".
func (p *proof) rateOfCount(st *statement, s prose.Share, c, d *claim) {
	if len(c.rivals) == 0 || !isExact(c.f) || c.rivals[0].cover < namesakeCover/2 || d.sureArea || len(st.Whens) > 0 {
		return
	}
	m := c.rivals[0].m
	for _, f := range d.fitting() {
		if f.m != m || f.kind != numeratorFact || f.period != m.verdict.Current.Period || f.area != p.l.whole || coverOf(d.rivals, m) < 0.5 {
			continue
		}
		now := m.first(func(g *fact) bool { return g.kind == valueFact && g.period == f.period && g.area == f.area })
		if now == nil || saidBy(c.f, now) {
			return
		}
		p.blameFigure(st, s.Rate, "contradicts-data", hint(now), "%s is said of %s, and %s is %s", c.f.Typed, d.f.Typed, now.words(), now.format())
		st.settle(s.Part, f)
		return
	}
}

// bracketed holds a number alone in brackets after a share, "18.2% (22)",
// against what the share counts, and says whether it is another.
func (p *proof) bracketed(st *statement, s prose.Share, c *claim) bool {
	rate, part := st.Figures[s.Rate], st.Figures[s.Part]
	last := part.Last + 1
	if !isExact(rate) || part.Spelled || part.First != rate.Last+2 || last >= len(st.Words) || st.Words[last].Text != ")" {
		return false
	}
	fit := c.fitting()
	if len(fit) == 0 {
		return false
	}
	ranks := st.rank(s.Rate)
	meant := fit[0]
	for _, f := range fit {
		if rankOf(ranks, f.m) > rankOf(ranks, meant.m) {
			meant = f
		}
		if f.figure != nil && f.figure.Denominator.Has && f.figure.Denominator.Decimal.Equal(part.Value) {
			return false // of how many
		}
	}
	if meant.kind != valueFact || meant.figure == nil || !meant.figure.Numerator.Has || !meant.figure.Denominator.Has {
		return false
	}
	n, d := meant.figure.Numerator.Decimal.Grouped(), meant.figure.Denominator.Decimal.Grouped()
	st.settle(s.Rate, meant)
	p.blameFigure(st, s.Part, "contradicts-data", hint(meant), "%s is given as the number that %s is, and %s is %s of %s", part.Typed, rate.Typed, meant.words(), n, d)
	return true
}

// own lists the newest figures of the page's section that a count is.
func (c *claim) own() []*fact {
	var list []*fact
	for _, m := range c.st.l.measures {
		if !m.inSection(c.st.section) {
			continue
		}
		for _, f := range m.facts() {
			if f.kind == valueFact && f.value.Equal(c.f.Value) && c.admits(f) {
				list = append(list, f)
			}
		}
	}
	return list
}
