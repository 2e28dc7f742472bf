package proof

import (
	"slices"
	"strings"

	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// target checks a threshold that is quoted.
func (p *proof) target(st *statement, i int) {
	c := st.claim(i, 0.6)
	if c.f.Unit == prose.Plain {
		c.rivals = st.aboutLimit(i)
	}
	if len(c.rivals) == 0 {
		return
	}
	// The measure whose figure stands in the sentence is the one whose target is meant.
	for k := range st.results {
		for _, f := range st.results[k].facts {
			if f.kind == valueFact || f.kind == toDateFact {
				if at := slices.IndexFunc(c.rivals, func(r ranked) bool { return r.m == f.m }); at > 0 && c.rivals[at].score >= c.rivals[0].score*0.6 {
					c.rivals = append([]ranked{c.rivals[at]}, slices.Delete(slices.Clone(c.rivals), at, at+1)...)
				}
			}
		}
	}
	top := c.rivals[0]
	var own *fact
	for _, r := range c.rivals {
		if r.m != top.m && !r.m.sharesFigure(st) && r.score < top.score*0.95 {
			continue
		}
		for _, f := range r.m.facts() {
			if f.kind != targetFact && f.kind != edgeFact {
				continue
			}
			if saidTarget(c.f, f) && !(f.kind == edgeFact && r.m == top.m && own != nil && st.callsTarget(i) && (top.m.sharesFigure(st) || st.onTopic(top.m) || top.cover >= 0.4)) {
				st.settle(i, f)
				return
			}
			if r.m == top.m && own == nil && f.kind == targetFact {
				own = f
			}
		}
	}
	if own != nil && plusOrMinus.MatchString(st.phrase(max(0, c.f.First-3), c.f.First)) {
		p.width(st, i, own)
		return
	}
	if own == nil || c.f.Hedge == prose.About || awaited.MatchString(strings.ToLower(st.Text)) && !st.callsTarget(i) {
		return
	}
	if !top.m.sharesFigure(st) && c.confidence() < fair && top.cover < 0.4 && !st.onTopic(top.m) {
		return
	}
	for _, r := range st.rank(i) { // of a name that two share, either's
		if r.m != top.m && !top.m.sharesFigure(st) && r.m.card == top.m.card && r.cover >= namesakeCover && !st.outdoes(i, top.m, r.m) {
			if f := r.m.first(func(f *fact) bool { return f.kind == targetFact && f.takes(c.f) && saidTarget(c.f, f) }); f != nil {
				st.settle(i, f)
				return
			}
		}
	}
	p.blameFigure(st, i, "contradicts-data", hint(own), "the target of %s is %s, not %s", top.m.ref(), own.format(), c.f.Typed)
}

// callsTarget says that the very word target stands at a figure, and that the
// sentence speaks of no tolerance.
func (st *statement) callsTarget(i int) bool {
	f, lower := st.Figures[i], strings.ToLower(st.Text)
	for _, w := range []string{"toleran", "amber", "limit", "threshold", "range", "edge"} {
		if strings.Contains(lower, w) {
			return false
		}
	}
	return itsLimit.MatchString(st.phrase(f.Last+1, min(len(st.Words), f.Last+2))) || afterTarget.MatchString(st.phrase(max(0, f.First-8), f.First))
}

var afterTarget = prose.Pattern(`\btargets? (?:(?:for|this|the|that|measure|is|of|was|set|at|being|remains|stands) )*$|\btargets? for (?:[a-z]+ ){1,6}(?:is|was|of|at) $`)

// saidTarget takes "a target of under 14%" for the limit 14.
func saidTarget(f prose.Figure, target *fact) bool { return f.Value.Equal(target.value) }

// aboutLimit is about for a limit without a unit: "10.73 days against a limit of 10.2".
func (st *statement) aboutLimit(i int) []ranked {
	var list []ranked
	for _, r := range st.rank(i) {
		has := slices.ContainsFunc(r.m.facts(), func(f *fact) bool { return f.kind == targetFact || f.kind == edgeFact })
		if has && !r.m.percentage() && (len(list) == 0 || r.score >= list[0].score*0.6) {
			list = append(list, r)
		}
	}
	return list
}

// sharesFigure says that a figure of the measure was found in the sentence.
func (m *measure) sharesFigure(st *statement) bool {
	for _, r := range st.results {
		for _, f := range r.facts {
			if f.m == m && f.kind != targetFact && f.kind != edgeFact {
				return true
			}
		}
	}
	return false
}

// moves checks "from A to B, an increase of C".
func (p *proof) moves(st *statement) {
	for _, m := range st.Moves {
		from, to := st.Figures[m.From], st.Figures[m.To]
		if from.Ref >= 0 || to.Ref >= 0 {
			p.backwards(st, m)
			continue
		}
		p.bothEnds(st, m)
		change, err := to.Value.Sub(from.Value)
		if err != nil {
			continue
		}
		exact := from.Hedge == prose.Exact && to.Hedge == prose.Exact && !from.Fraction && !to.Fraction
		if exact && (m.Sense == prose.Rise && change.Sign() < 0 || m.Sense == prose.Fall && change.Sign() > 0) {
			way := map[prose.Sense]string{prose.Rise: "a rise", prose.Fall: "a fall"}[m.Sense]
			p.blame(st, from.Start, to.End, "direction-contradicts", "turn the word or the figures round", "%s is said, and the figures go from %s to %s", way, from.Typed, to.Typed)
			st.settle(m.From, st.results[m.From].facts...)
			st.settle(m.To, st.results[m.To].facts...)
			for _, i := range m.By {
				st.settle(i)
			}
			continue
		}
		if exact {
			for _, i := range m.By {
				p.size(st, i, from, to, change)
			}
		}
	}
}

// bothEnds looks for one measure that has both figures; where it takes two of
// different bases, the sentence tells of two things.
func (p *proof) bothEnds(st *statement, m prose.Move) {
	a, b := st.claim(m.From, 0.55), st.claim(m.To, 0.55)
	fitA, fitB := a.fitting(), b.fitting()
	for _, x := range fitA {
		for _, y := range fitB {
			if x.m == y.m && x.area == y.area && x.kind == y.kind && x.period != y.period {
				st.settle(m.From, x)
				st.settle(m.To, y)
				return
			}
		}
	}
	if a.sureArea && b.sureArea && a.area != b.area {
		return // from 87% in Central to 98% in North
	}
	if len(fitA) == 0 || len(fitB) == 0 || a.f.Hedge != prose.Exact || b.f.Hedge != prose.Exact {
		return
	}
	y := fitB[0]
	before, ok := y.m.at(y.m.verdict.Previous.Period, y.area)
	if !ok || fitA[0].m.ind.Unit != y.m.ind.Unit || a.confidence() < fair {
		return
	}
	p.blameFigure(st, m.From, "contradicts-data", "write {{ "+y.m.ref()+" previous }}, which prints "+y.m.ind.Format(before),
		"%s is %s, and %s is %s: two measures in one movement", a.f.Typed, fitA[0].words(), b.f.Typed, y.words())
	st.settle(m.To, y)
}

// size checks what is said of the way from one figure to another.
func (p *proof) size(st *statement, i int, from, to prose.Figure, change quantity.Decimal) {
	f := st.Figures[i]
	size := change.Abs()
	relative, err := quantity.Quotient(size, from.Value.Abs(), 100, f.Value.Scale())
	isRelative := err == nil && (meant(f, relative) || relativeOfRounded(f, from, to))
	isDifference := meant(f, size.Round(max(f.Value.Scale(), 0))) || meant(f, size)
	switch {
	case f.Unit == prose.Percent && from.Unit == prose.Percent && isDifference && !isRelative:
		p.pointsCalledPerCent(st, i, size)
	case f.Unit == prose.Percent && isRelative, f.Unit != prose.Percent && isDifference:
		st.settle(i)
	case f.Unit == prose.Percent && err == nil && from.Value.Sign() != 0:
		mend := "write " + relative.String() + "%"
		if from.Unit == prose.Percent {
			mend = "write " + size.String() + " percentage points"
		}
		p.blameFigure(st, i, "contradicts-itself", mend, "from %s to %s is a change of %s%%, not %s", from.Typed, to.Typed, relative, f.Typed)
	case f.Unit == from.Unit || f.Unit == prose.Points && from.Unit == prose.Percent || f.Unit == prose.Plain:
		unit := ""
		if f.Unit == prose.Points {
			unit = " percentage points"
		}
		p.blameFigure(st, i, "contradicts-itself", "write "+size.Grouped()+unit, "from %s to %s is a change of %s%s, not %s", from.Typed, to.Typed, size.Grouped(), unit, f.Typed)
	}
}

// relativeOfRounded allows for ends that were rounded before they were written.
func relativeOfRounded(f prose.Figure, from, to prose.Figure) bool {
	half := quantity.New(5, from.Value.Scale()+1)
	if from.Value.Scale() == 0 && from.Unit == prose.Plain {
		return false
	}
	change, err := to.Value.Sub(from.Value)
	if err != nil {
		return false
	}
	for _, slack := range []quantity.Decimal{half, half.Neg()} {
		base, err1 := from.Value.Sub(slack)
		moved, err2 := change.Abs().Add(slack)
		if err1 != nil || err2 != nil || base.Sign() <= 0 {
			continue
		}
		if q, err := quantity.Quotient(moved, base, 100, f.Value.Scale()); err == nil && meant(f, q) {
			return true
		}
	}
	return false
}

func (p *proof) pointsCalledPerCent(st *statement, i int, size quantity.Decimal) {
	f := st.Figures[i]
	p.points = append(p.points, flaw{st.passage, f.Start, f.End, "percent-or-points",
		f.Typed + " is a difference between two percentages, and so percentage points and no per cent",
		"write " + size.String() + " percentage points"})
	st.results[i].settled = true
}

// change checks the size of a movement whose ends are not both in the sentence.
func (p *proof) change(st *statement, i int) {
	c := st.claim(i, 0.6)
	f := c.f
	if f.Ref >= 0 || f.Fraction {
		return
	}
	if st.inPair(i) {
		return
	}
	if p.net(st, i) || f.Unit != prose.Percent && p.gap(st, i) {
		return
	}
	if f.Unit != prose.Percent && c.computed() {
		st.settle(i)
		return
	}
	if p.toldBefore(st, i) {
		return
	}
	rivals := c.rivals
	for k := range st.results { // the measure of the figure beside it
		if m := st.results[k].changed; k == i-1 && m != nil && m.fitsUnit(f) { // up 50.9% on December and 45.0% on November
			rivals = append([]ranked{{m, leansOnTopic, 1}}, rivals...)
		}
		for _, fact := range st.results[k].facts {
			if fact.kind == valueFact && !slices.ContainsFunc(rivals, func(r ranked) bool { return r.m == fact.m }) {
				rivals = append([]ranked{{m: fact.m, score: rankOf(st.rank(i), fact.m), cover: 1}}, rivals...)
			}
		}
	}
	if m := st.carriedOn(); m != nil && m.fitsUnit(f) {
		rivals = []ranked{{m, leansOnTopic, 1}}
	}
	if own := st.justBefore(i); len(own) > 0 {
		rivals = slices.DeleteFunc(slices.Clone(rivals), func(r ranked) bool { return !slices.Contains(own, r.m) })
	}
	// A relative change of a share is met by chance: where the measure is known by
	// its figure, only that one's counts.
	known := slices.ContainsFunc(rivals, func(r ranked) bool { return r.m.sharesFigure(st) })
	var sawPoints bool
	var points quantity.Decimal
	for _, r := range rivals {
		ends := c.ends(r.m)
		for _, e := range ends {
			size, err := e.now.Sub(e.then)
			if err != nil {
				continue
			}
			size = size.Abs()
			relative, err := quantity.Quotient(size, e.then.Abs(), 100, f.Value.Scale())
			isRelative := err == nil && e.then.Sign() != 0 && meant(f, relative)
			isSize := meant(f, size)
			switch {
			case f.Unit == prose.Percent && isRelative && (!known || !r.m.percentage() || r.m.sharesFigure(st)), f.Unit != prose.Percent && isSize && (f.Unit == prose.Points) == r.m.percentage():
				st.settle(i)
				st.results[i].changed = r.m
				return
			case f.Unit == prose.Percent && r.m.percentage() && isSize:
				sawPoints, points = true, size
			}
		}
	}
	if f.Unit == prose.Percent {
		for _, other := range st.Figures { // 136 (51%): a share of what was named
			if other.Role == prose.Then && other.Ref < 0 && other.Value.Sign() > 0 {
				for _, size := range st.Figures {
					if size.Role == prose.Change && size.Unit == other.Unit && size.Ref < 0 {
						if q, err := quantity.Quotient(size.Value, other.Value, 100, f.Value.Scale()); err == nil && meant(f, q) {
							st.settle(i)
							return
						}
					}
				}
			}
		}
	}
	if sawPoints {
		p.pointsCalledPerCent(st, i, points)
		return
	}
	if p.typedEnds(st, i) {
		return
	}
	p.blameChange(st, &c, rivals)
}

// inPair says that a change is one of two that are told of two measures: "both
// fell, by 11.0 and 12.2 points".
func (st *statement) inPair(i int) bool {
	if !slices.ContainsFunc(st.Words, func(w prose.Word) bool { return w.Lower == "both" || w.Lower == "respectively" }) {
		return false
	}
	and := func(a, b int) bool { return st.phrase(st.Figures[a].Last+1, st.Figures[b].First) == "and " }
	return i > 0 && and(i-1, i) || i+1 < len(st.Figures) && and(i, i+1)
}

// justBefore lists the measures of the figure whose size of change a figure
// tells, right after it: "482 looked after children, 12 fewer than in December".
func (st *statement) justBefore(i int) (list []*measure) {
	if i == 0 || st.Figures[i].Unit != prose.Plain || len(st.others) > 0 {
		return nil
	}
	from, to := st.Figures[i-1].Last+1, st.Figures[i].First
	comma := slices.IndexFunc(st.Words[from:to], func(w prose.Word) bool { return w.Text == "," || w.Text == "–" })
	if comma < 0 || to-from-comma > 3 || to-from > 10 {
		return nil
	}
	for _, f := range st.results[i-1].facts {
		if f.kind == valueFact && f.current() {
			list = append(list, f.m)
		}
	}
	return list
}

// ends are two figures of a measure between which a change may be.
type ends struct {
	now, then quantity.Decimal
	base      period.Period
}

// ends lists what the change may lie between: the figure now and that of the
// month before, of a year before, of each period that is named, a target or a
// comparator that is named.
func (c *claim) ends(m *measure) []ends {
	area := c.st.l.whole
	if c.area != "" {
		area = c.area
	} else if len(c.st.areas) == 1 {
		area = c.st.areas[0].id
	}
	v := m.verdict
	current := v.Current.Period
	now, ok := m.at(current, area)
	if !ok {
		return nil
	}
	list := c.endsIn(m, area)
	add := func(then quantity.Decimal, p period.Period) { list = append(list, ends{now: now, then: then, base: p}) }
	named := false
	for _, w := range c.st.Whens {
		if !w.Base && w.Kind == prose.Named && w.Period.Last() >= current.Last() {
			continue
		}
		for _, f := range m.facts() {
			if f.kind == valueFact && f.area == area && f.period != current && f.named(w, c.st.l.month.Month) || w.Kind == prose.Since && f.kind == valueFact && f.area == area && f.period.Last() == w.Period.Last() {
				add(f.value, f.period)
				named = named || w.Base || w.Kind == prose.PreviousOne || w.Kind == prose.YearAgo
			}
		}
	}
	if !named {
		if then, ok := m.at(v.Previous.Period, area); ok {
			list = append([]ends{{now: now, then: then, base: v.Previous.Period}}, list...)
		}
		if then, ok := m.at(current.YearAgo(), area); ok {
			add(then, current.YearAgo())
		}
	}
	if b := c.st.before; b != nil && !named { // since then
		for i := range b.results {
			for _, f := range b.results[i].facts {
				if f.m == m && f.kind == valueFact && f.area == area && f.period != current {
					add(f.value, f.period)
				}
			}
		}
	}
	for _, f := range m.facts() {
		if (f.kind == targetFact || f.kind == edgeFact) && ofLimit.MatchString(strings.ToLower(c.st.Text)) || f.kind == benchmarkFact && c.admitsKind(f) {
			add(f.value, period.Period{})
		}
		if f.kind == valueFact && f.area != area && f.period == current {
			if slices.ContainsFunc(c.st.areas, func(a mention) bool { return a.id == f.area }) || f.area == c.st.l.whole {
				add(f.value, period.Period{})
			}
		}
	}
	return list
}

// endsIn are those of an earlier period that is told of: "fell by 12.4% in
// December", "in quarter 3 there were 4,137, 44.5% more than in quarter 2".
func (c *claim) endsIn(m *measure, area string) (list []ends) {
	var p period.Period
	var bases []period.Period
	for _, w := range c.st.Whens {
		switch {
		case w.Kind != prose.Named || w.Base && c.sureWhen:
		case w.Base:
			bases = append(bases, w.Period)
		case c.sureWhen && w == c.when, !c.sureWhen && p.IsZero():
			p = w.Period
		case !c.sureWhen:
			return nil
		}
	}
	if p.IsZero() || p.Last() >= m.verdict.Current.Period.Last() {
		return nil
	}
	if len(bases) == 0 {
		bases = []period.Period{p.Step(-1), p.YearAgo()}
	}
	for _, base := range bases {
		now, ok1 := m.at(p, area)
		then, ok2 := m.at(base, area)
		if ok1 && ok2 {
			list = append(list, ends{now: now, then: then, base: base})
		}
	}
	return list
}

// typedEnds checks a change against two figures of the sentence: "403, up from
// 267, an increase of 136".
func (p *proof) typedEnds(st *statement, i int) bool {
	f := st.Figures[i]
	for a, x := range st.Figures {
		if x.Role != prose.Now && x.Role != prose.Value || a == i || x.Ref >= 0 {
			continue
		}
		for b, y := range st.Figures {
			if y.Role != prose.Then || b == i || y.Ref >= 0 || x.Unit != y.Unit {
				continue
			}
			change, err := x.Value.Sub(y.Value)
			if err != nil {
				continue
			}
			relative, err := quantity.Quotient(change.Abs(), y.Value.Abs(), 100, f.Value.Scale())
			if f.Unit == prose.Percent && err == nil && meant(f, relative) || f.Unit != prose.Percent && meant(f, change.Abs()) {
				st.settle(i)
				return true
			}
			if st.results[a].settled && st.results[b].settled && len(st.results[a].facts) > 0 && len(st.results[b].facts) > 0 {
				p.size(st, i, y, x, change)
				return true
			}
		}
	}
	return false
}

func (p *proof) blameChange(st *statement, c *claim, rivals []ranked) {
	if len(rivals) == 0 || c.f.Hedge == prose.Above || c.f.Hedge == prose.Below {
		return
	}
	top := rivals[0]
	if !top.m.sharesFigure(st) && !st.onTopic(top.m) && st.carriedOn() != top.m {
		if len(st.Figures) == 1 && (top.cover < 0.6 || !top.m.inSection(st.section)) || top.cover < 0.4 || st.ownCover(top.m) < 0.4 && st.foreignTo(top.m) {
			return
		}
	}
	list := c.ends(top.m)
	if len(list) == 0 || list[0].base.IsZero() {
		return
	}
	e := list[0]
	change, err := e.now.Sub(e.then)
	if err != nil {
		return
	}
	size := change.Abs()
	wanted, unit := size.Grouped(), ""
	switch {
	case c.f.Unit == prose.Percent && !top.m.percentage():
		relative, err := quantity.Quotient(size, e.then.Abs(), 100, c.f.Value.Scale())
		if err != nil {
			return
		}
		wanted, unit = relative.String(), "%"
	case c.f.Unit == prose.Percent, c.f.Unit == prose.Points:
		if !top.m.percentage() {
			return
		}
		unit = " percentage points"
	default:
		if top.m.percentage() {
			return
		}
	}
	binding := "{{ " + top.m.ref() + " change }}"
	if e.base != top.m.verdict.Previous.Period {
		binding = "{{ " + top.m.ref() + " change from=" + e.base.String() + " }}"
	}
	p.blameFigure(st, c.i, "contradicts-data", binding+" prints the change", "the change of %s from %s (%s) to %s is %s%s, not %s",
		top.m.ref(), top.m.ind.Format(e.then), e.base.Words(), top.m.ind.Format(e.now), wanted, unit, c.f.Typed)
}

// sum checks shares or counts that are added up: the exact sum and the sum of
// the rounded shares are both right.
func (p *proof) sum(st *statement, i int) {
	f := st.Figures[i]
	c := st.claim(i, 0.5)
	if len(c.fitting()) > 0 {
		st.settle(i, c.fitting()...)
		return
	}
	var parts []int
	for k, g := range st.Figures {
		if k != i && g.Unit == f.Unit && g.Ref < 0 && g.Role != prose.Target && g.Role != prose.Change && g.Hedge == prose.Exact {
			parts = append(parts, k)
		}
	}
	if len(parts) < 2 || f.Hedge != prose.Exact {
		return
	}
	rounded := quantity.Int(0)
	numerators, denominator := quantity.Int(0), quantity.Int(0)
	exact := true
	for _, k := range parts {
		rounded, _ = rounded.Add(st.Figures[k].Value)
		var pair *fact
		for _, g := range st.results[k].facts {
			if pair == nil && g.figure != nil && g.figure.Numerator.Has && g.figure.Denominator.Has && g.figure.Denominator.Decimal.Sign() > 0 {
				pair = g
			}
		}
		if pair == nil || denominator.Sign() != 0 && !denominator.Equal(pair.figure.Denominator.Decimal) {
			exact = false
			continue
		}
		denominator = pair.figure.Denominator.Decimal
		numerators, _ = numerators.Add(pair.figure.Numerator.Decimal)
	}
	if meant(f, rounded.Round(f.Value.Scale())) {
		st.settle(i)
		return
	}
	if exact && f.Unit == prose.Percent && denominator.Sign() > 0 {
		if q, err := quantity.Quotient(numerators, denominator, 100, f.Value.Scale()); err == nil && meant(f, q) {
			st.settle(i)
			return
		}
	}
	p.blameFigure(st, i, "contradicts-itself", "write "+rounded.String(), "the figures of the sentence add up to %s, not %s", rounded.Grouped(), f.Typed)
}
