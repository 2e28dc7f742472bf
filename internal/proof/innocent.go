package proof

import (
	"slices"
	"strings"

	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// What a number may innocently be is asked last, before it is blamed. It is no
// figure of the measure that it is said of, and yet right: what is left of it,
// how far it is from its target, its figure at another time that the words tell
// of and no pattern reads. Each is asked only where the sentence has a word of
// it, for of many numbers some are met by chance.
//
// A reader forgives a slip that is passed over sooner than a right statement
// that is called wrong: the next warning is then not read.

// innocent says that a figure that is about to be blamed may be right.
func (p *proof) innocent(st *statement, i int, code string) bool {
	f := st.Figures[i]
	if f.Ref >= 0 || code != "contradicts-data" && code != "stale-figure" && code != "unsourced-figure" {
		return false
	}
	q := plea{p: p, st: st, i: i, f: f, measures: st.suspects(i), lower: st.phrase(0, len(st.Words))}
	q.left, q.right = st.phrase(max(0, f.First-10), f.First), st.phrase(f.Last+1, min(len(st.Words), f.Last+13))
	if st.passage.ColumnHead != "" {
		return q.isBandOfColumn()
	}
	return q.isOfSome() || q.isLeft() || q.isGap() || q.isDifference() || q.isBetween() || q.isAdded() || q.isOfAnotherTime() || q.isBand() ||
		q.isPartOfAll() || q.isListed() || q.isOfAreas() || q.isShare() || q.isOfMonths() || q.isReckoned()
}

// plea is one figure with what may speak for it.
type plea struct {
	p           *proof
	st          *statement
	i           int
	f           prose.Figure
	measures    []*measure
	lower       string // the sentence, its words with a space after each
	left, right string // what stands before the figure, and after it
}

// suspects are the measures of which a figure can be said: those that the words
// name about as well as the best, and those of the figures beside it and before.
func (st *statement) suspects(i int) (list []*measure) {
	add := func(m *measure) {
		if m != nil && !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	for n, r := range st.claim(i, 0.8).rivals {
		if n < 4 {
			add(r.m)
		}
	}
	for _, s := range []*statement{st, st.before} {
		if s == nil {
			continue
		}
		for k := range s.results {
			for _, f := range s.results[k].facts {
				add(f.m)
			}
		}
		add(s.topic)
	}
	return list
}

// facts lists the figures of the suspects that ask is true of.
func (q *plea) facts(ask func(*fact) bool) (list []*fact) {
	for _, m := range q.measures {
		for _, f := range m.facts() {
			if ask(f) {
				list = append(list, f)
			}
		}
	}
	return list
}

// here says that a fact is of the whole, or of an area of which the sentence tells.
func (q *plea) here(f *fact) bool {
	if len(q.st.areas) == 0 {
		return f.area == q.st.l.whole || q.st.place != "" && f.area == q.st.place
	}
	return slices.ContainsFunc(q.st.areas, func(m mention) bool { return m.id == f.area })
}

// now lists the newest figures of the suspects, for the period and the year to
// date, and those of the periods that the sentence names.
func (q *plea) now() []*fact {
	return q.facts(func(f *fact) bool {
		return (f.kind == valueFact || f.kind == toDateFact || f.kind == windowFact) && q.here(f) && (f.current() || q.named(f))
	})
}

func (q *plea) named(f *fact) bool {
	month := q.st.l.month.Month
	is := func(w prose.When) bool { return f.named(w, month) }
	return slices.ContainsFunc(q.st.Whens, is) || len(q.st.Whens) == 0 && slices.ContainsFunc(q.st.carried, is)
}

// isDistance says that the figure is how far two numbers lie apart.
func (q *plea) isDistance(a, b quantity.Decimal) bool {
	d, err := a.Sub(b)
	return err == nil && d.Sign() != 0 && isExact(q.f) && d.Abs().Round(q.f.Value.Scale()).Equal(q.f.Value)
}

var firstSince = prose.Pattern(`\bthe first (?:\w+ )?(?:month|quarter|year|week|day|return|report)s? (?:\w+ )?since\b`)

// isOfSome says that a bound is told of all months but some, or of this as the
// first: it need not hold for each.
func (q *plea) isOfSome() bool {
	return q.f.Hedge >= prose.Above && (exceptions.MatchString(q.lower) || firstSince.MatchString(q.lower))
}

// isLeft says that a figure is what the measure's leaves: "one in three (32.3%)
// was late", "for 95 of the 262 it was not up to date".
func (q *plea) isLeft() bool {
	if !isExact(q.f) {
		return false
	}
	hundred := quantity.Int(100)
	for _, m := range slices.Clone(q.measures) { // of a number, the share beside it has the whole
		for _, n := range q.p.l.measures {
			if (n.kin(m) || n.card == m.card && n.ind.Label != "" && n.ind.Label == m.ind.Label) && !slices.Contains(q.measures, n) {
				q.measures = append(q.measures, n)
			}
		}
	}
	return slices.ContainsFunc(q.now(), func(f *fact) bool {
		if f.kind == windowFact {
			return false
		}
		if q.f.Unit == prose.Percent {
			return f.m.percentage() && q.isDistance(hundred, f.value)
		}
		if q.f.Unit != prose.Plain || f.figure == nil || !f.figure.Numerator.Has || !f.figure.Denominator.Has {
			return false
		}
		part, whole := f.figure.Numerator.Decimal, f.figure.Denominator.Decimal
		if q.isDistance(whole, part) {
			return true
		}
		left, err := whole.Sub(part)
		for k, g := range q.st.Figures { // 35 were late, and 27 had still to be seen
			if err == nil && k != q.i && g.Unit == prose.Plain && g.Ref < 0 && g.Value.Cmp(left) < 0 && q.isDistance(left, g.Value) {
				return true
			}
		}
		return false
	})
}

// isGap says that a figure is how far the measure's is from its target, its
// tolerance, a comparator, or the target that the sentence gives.
func (q *plea) isGap() bool {
	based := func(w prose.When) bool { return w.Base && w.Kind != prose.LastYear }
	if q.f.Role == prose.Target || q.f.Role == prose.Then || slices.ContainsFunc(q.st.Whens, based) {
		return false
	}
	if (&claim{f: q.f}).small() && !ofLimit.MatchString(q.lower) {
		return false
	}
	points := q.f.Unit == prose.Points || q.f.Unit == prose.Plain && q.f.Value.Scale() > 0
	for _, now := range q.now() {
		if now.m.percentage() && !points {
			continue
		}
		for _, f := range now.m.facts() {
			switch f.kind {
			case targetFact, edgeFact:
				if q.isDistance(now.value, f.value) {
					return true
				}
			case benchmarkFact:
				if slices.ContainsFunc(q.st.others, func(m mention) bool { return m.id == f.comparator }) && q.isDistance(now.value, f.value) {
					return true
				}
			}
		}
		for k, g := range q.st.Figures {
			if k != q.i && g.Ref < 0 && (g.Role == prose.Target || g.Unit == prose.Percent && now.m.percentage()) && q.isDistance(now.value, g.Value) {
				return true
			}
		}
	}
	for k, g := range q.st.Figures { // 70.1% is 9.9 points adrift: a figure of another suspect
		if k == q.i || g.Ref >= 0 || g.Unit == prose.Plain && !isExact(g) {
			continue
		}
		for _, f := range q.facts(func(f *fact) bool { return f.kind == targetFact && f.takes(g) }) {
			if (g.Unit != prose.Percent || points) && q.isDistance(g.Value, f.value) {
				return true
			}
		}
	}
	return false
}

var comparing = prose.Pattern(`\b(?:fewer|more|than|less|higher|lower|up|down|above|below|points?|rise|rose|risen|fall|fell|fallen|increase\w*|decrease\w*|reduc\w*|drop\w*|grew|grown|growth|gain\w*|lost|loss|improve\w*|wors\w*|better|climb\w*|shed|added|difference|change\w*|since|on)\b`)

// isDifference says that a figure is how far the measure has moved from a period
// that the sentence names, from the year before or from the last year's outturn.
func (q *plea) isDifference() bool {
	beside := q.st.phrase(max(0, q.f.First-4), q.f.First) + "| " + q.st.phrase(q.f.Last+1, min(len(q.st.Words), q.f.Last+5))
	if q.f.Role == prose.Target || q.f.Role == prose.Then || !comparing.MatchString(beside) || q.f.Unit == prose.Percent && q.f.Role != prose.Change {
		return false
	}
	for _, now := range q.now() {
		if now.m.percentage() != (q.f.Unit == prose.Points || q.f.Unit == prose.Plain && q.f.Value.Scale() > 0 && now.m.percentage()) {
			continue
		}
		for _, f := range now.m.facts() {
			if f.kind != valueFact && f.kind != toDateFact || f.area != now.area || f.period == now.period || f.period.Last() > now.period.Last() {
				continue
			}
			if !q.isOf(f) {
				continue
			}
			if q.f.Unit != prose.Percent && q.isDistance(now.value, f.value) {
				return true
			}
			if d, err := now.value.Sub(f.value); err == nil && q.f.Unit == prose.Percent && f.value.Sign() > 0 && !now.m.percentage() {
				if r, err := quantity.Quotient(d.Abs(), f.value, 100, q.f.Value.Scale()); err == nil && r.Equal(q.f.Value) {
					return true
				}
			}
		}
	}
	return false
}

var (
	lastYearWords = prose.Pattern(`\b(?:last year|year (?:ago|before|earlier|on year)|twelve months|12 months|previous year|outturn|20\d\d|same (?:month|time|period|point|stage|quarter))\b`)
)

// isOf says that the sentence, or the one before it, names a fact's period, or
// tells of the year before and the fact is of that.
func (q *plea) isOf(f *fact) bool {
	month := q.st.l.month.Month
	if q.named(f) {
		return true
	}
	v := f.m.verdict
	if !slices.ContainsFunc(q.st.Whens, func(w prose.When) bool { return w.Kind != prose.ThisMonth }) && f.kind == valueFact && (f.period == v.Previous.Period || f.period == v.Current.Period.YearAgo()) {
		return true
	}
	return lastYearWords.MatchString(q.lower) && (f.period == v.Current.Period.YearAgo() || f.ofYear(month.FinancialYear()-1))
}

var setAgainst = prose.Pattern(`\b(?:more|fewer|less|net|exceed\w*|outnumber\w*|surplus|difference|balance|between|outstrip\w*)\b`)

// isBetween says that a figure is how far two measures of one section lie apart
// in a period: "34 more children came into care than left".
func (q *plea) isBetween() bool {
	if q.f.Unit != prose.Plain || q.f.Role == prose.Then || !setAgainst.MatchString(q.lower) {
		return false
	}
	for _, a := range q.now() {
		for _, m := range q.p.l.measures {
			if m == a.m || m.card != a.m.card || m.ind.Section != a.m.ind.Section || m.ind.Unit != a.m.ind.Unit {
				continue
			}
			for _, b := range m.facts() {
				if b.period == a.period && b.area == a.area && (b.kind == valueFact || b.kind == toDateFact || b.kind == windowFact) && q.isDistance(a.value, b.value) {
					return true
				}
			}
		}
	}
	return false
}

var adding = prose.Pattern(`\b(?:adding|added|add|plus|together with|including|includes|include|on top of|taken with|counting) (?:the |a |another |our |those |these |all )*$`)

// isAdded says that a figure is what the sentence adds to another: the newest of
// any measure of the scorecard, with a figure of the sentence its sum.
func (q *plea) isAdded() bool {
	if !isExact(q.f) || !adding.MatchString(q.left) {
		return false
	}
	for _, m := range q.p.l.measures {
		if !m.near {
			continue
		}
		for _, f := range m.facts() {
			if f.kind == valueFact && f.current() && f.area == q.st.l.whole && f.takes(q.f) && f.says(q.f.Value) {
				return true
			}
		}
	}
	return false
}

// Words of time that name no period by themselves.
var (
	yearAfter  = prose.Pattern(`\b(?:the )?(?:year after|following year|next year|year later|year on|then)\b`)
	soFar      = prose.Pattern(`\b(?:so far|to date|cumulativ\w*|since april|over the year|in the year|this year|all year)\b`)
	samePeriod = prose.Pattern(`\b(?:same|that|those|this) (?:period|time|months?|quarter|year|stretch|span|twelve months)\b|\bover the same\b`)
	timeWords  = prose.Pattern(`\b(?:then|after|before|afterwards|following|followed|later|earlier|previously|formerly|once|ago|peak|peaked|start|began|beginning|next|until|when|used to|had been|had stood|spring|summer|autumn|winter|back in|successive|history|baseline|original\w*|subsequent\w*|outset|meanwhile|whereas|last)\b`)
)

// isOfAnotherTime says that a figure is the measure's own of a period that the
// sentence tells of in words that no pattern reads.
func (q *plea) isOfAnotherTime() bool {
	if !isExact(q.f) || q.f.Role == prose.Target || q.f.Role == prose.Change {
		return false
	}
	month := q.st.l.month.Month
	when, sure := q.st.when(q.i)
	own := q.facts(func(f *fact) bool {
		return (f.kind == valueFact || f.kind == toDateFact || f.kind == windowFact) && q.here(f) && f.takes(q.f) && f.says(q.f.Value)
	})
	for _, f := range own {
		v := f.m.verdict
		switch {
		case sure && !f.named(when, month) && !yearAfter.MatchString(q.right):
			continue
		case f.kind == toDateFact && f.current() && (soFar.MatchString(q.lower) || samePeriod.MatchString(q.lower)):
			return true
		case samePeriod.MatchString(q.lower) && slices.ContainsFunc(q.st.carried, func(w prose.When) bool { return f.named(w, month) }):
			return true
		case yearAfter.MatchString(q.right) && q.afterNamed(f):
			return true
		case !sure && f.kind == valueFact && f.period.Months() == 12 && !f.current():
			return true
		case !sure && timeWords.MatchString(q.lower):
			return true
		case q.starts(f) && (f.period == v.Current.Period.YearAgo() || f.period == v.Previous.Period || v.Current.Period.Months() > 1):
			return true
		}
	}
	return false
}

// afterNamed says that a fact is of the year after one that the sentence names.
func (q *plea) afterNamed(f *fact) bool {
	return slices.ContainsFunc(q.st.Whens, func(w prose.When) bool {
		return w.Kind == prose.Named && w.Last < q.f.First && f.period == w.Period.Step(1)
	})
}

// starts says that a figure is the first of two in "(36.8% to 36.4%)", of which
// the second is the newest of the same measure and area.
func (q *plea) starts(f *fact) bool {
	if q.i+1 >= len(q.st.Figures) {
		return false
	}
	g := q.st.Figures[q.i+1]
	if g.Unit != q.f.Unit || !isExact(g) || q.st.phrase(q.f.Last+1, g.First) != "to " || f.kind != valueFact {
		return false
	}
	if q.f.First == 0 || q.st.Words[q.f.First-1].Text != "(" {
		return false
	}
	return slices.ContainsFunc(f.m.facts(), func(x *fact) bool {
		return x.kind == valueFact && x.area == f.area && x.current() && x.says(g.Value)
	})
}

var (
	bandWords   = prose.Pattern(`\b(?:threshold|thresholds|tolerance|amber|green|red|band|bands|limit|limits|acceptable|counts as|range|trigger|rated)\b`)
	otherLimits = prose.Pattern(`\b(?:quartile|quartiles|decile|percentile|best of|best performing|top performing)\b`)
)

// isBand says that a figure is a threshold or a bound of the tolerance of the
// measure, or the aim of others: "from 26% to 30% counts as amber".
func (q *plea) isBand() bool {
	if bandWords.MatchString(q.lower) && !(q.f.Role == prose.Target && strings.Contains(q.left, "target")) && len(q.facts(func(f *fact) bool {
		return (f.kind == targetFact || f.kind == edgeFact) && f.value.Equal(q.f.Value)
	})) > 0 {
		return true
	}
	if bandWords.MatchString(q.left+q.right) && q.isWidth() {
		return true
	}
	beside := q.st.phrase(max(0, q.f.First-6), min(len(q.st.Words), q.f.Last+6))
	return otherLimits.MatchString(beside) && q.f.Role == prose.Target
}

// isWidth says that a figure is how wide the tolerance of a target is.
func (q *plea) isWidth() bool {
	return slices.ContainsFunc(q.facts(func(f *fact) bool { return f.kind == targetFact }), func(t *fact) bool {
		return slices.ContainsFunc(t.m.facts(), func(e *fact) bool {
			return (e.kind == edgeFact || e.kind == targetFact) && q.isDistance(t.value, e.value)
		})
	})
}

var bandColumn = prose.Pattern(`(?i)\b(?:red|amber|green|tolerance|threshold|limit|band|trigger)\b`)

// isBandOfColumn is isBand for a table's cell, by the column's head.
func (q *plea) isBandOfColumn() bool {
	if len(q.measures) > 1 {
		q.measures = q.measures[:1]
	}
	return bandColumn.MatchString(q.st.passage.ColumnHead) && len(q.facts(func(f *fact) bool {
		return (f.kind == edgeFact || f.kind == targetFact) && f.value.Equal(q.f.Value)
	})) > 0
}

// isPartOfAll says that a figure is one of three shares or more that make a
// whole: "Central accounts for 40%, South for 33% and North for 27%".
func (q *plea) isPartOfAll() bool {
	if q.f.Unit != prose.Percent {
		return false
	}
	sum, n := quantity.Int(0), 0
	for _, g := range q.st.Figures {
		if g.Unit == prose.Percent && g.Ref < 0 && isExact(g) {
			sum, _ = sum.Add(g.Value)
			n++
		}
	}
	off, err := sum.Sub(quantity.Int(100))
	return err == nil && n >= 3 && off.Abs().Cmp(quantity.Int(1)) <= 0
}

// isListed says that a figure goes on a list of kindred measures' newest: "for
// children in need (87.6%), child protection (96.9%) and looked after children
// (79.4%)".
func (q *plea) isListed() bool {
	if !isExact(q.f) || q.f.First == 0 || q.st.Words[q.f.First-1].Text != "(" || len(q.st.Figures) < 3 {
		return false
	}
	for k, r := range q.st.results {
		if k == q.i || len(r.facts) == 0 {
			continue
		}
		for _, m := range q.p.l.measures {
			if m == r.facts[0].m || m.card != r.facts[0].m.card || !slices.ContainsFunc(r.facts, func(f *fact) bool { return f.m.alike(m) || sameTail(f.m, m) }) {
				continue
			}
			if m.first(func(f *fact) bool {
				return f.kind == valueFact && f.current() && f.area == q.st.l.whole && f.takes(q.f) && f.says(q.f.Value)
			}) != nil {
				return true
			}
		}
	}
	return false
}

// sameTail says that the names of two measures end in the same four words.
func sameTail(a, b *measure) bool {
	x, y := strings.Fields(strings.ToLower(a.ind.Name)), strings.Fields(strings.ToLower(b.ind.Name))
	return len(x) >= 4 && len(y) >= 4 && slices.Equal(x[len(x)-4:], y[len(y)-4:])
}

var (
	baseOfItsOwn = prose.Pattern(`\bfor the first time since\b|\bfrom (?:its|a|the|their) (?:\w+ ){0,2}(?:peak|high|low|height|best|worst|trough)\b`)
	exceptions   = prose.Pattern(`\b(?:bar|except|excepting|save|apart from|other than|aside from|but for|with the exception)\b`)
	otherExtreme = prose.Pattern(`\bprevious (?:low|high|peak|best|worst|record)\b`)
)

// excused says that what the words of a sentence tell of, at some characters of
// it, is not certain: of which two periods, or of which months but some.
func (p *proof) excused(st *statement, start, end int, code string) bool {
	lower := st.phrase(0, len(st.Words))
	switch code {
	case "direction-contradicts":
		return baseOfItsOwn.MatchString(lower)
	case "contradicts-data":
		return exceptions.MatchString(lower) || otherExtreme.MatchString(lower) || firstSince.MatchString(lower) || st.runsInFigures(start)
	}
	return false
}

// runsInFigures says that a streak is told with the figures of its months, and
// that those do run one way: "the second improvement running (92.4% in November,
// 93.0% in December)".
func (st *statement) runsInFigures(start int) bool {
	for _, s := range st.Streaks {
		if st.Words[s.First].Start != start {
			continue
		}
		var list []quantity.Decimal
		var at []period.Month
		for i, f := range st.Figures {
			if w, sure := st.when(i); sure && w.Kind == prose.Named && isExact(f) {
				list, at = append(list, f.Value), append(at, w.Period.Last())
			}
		}
		if len(list) < 2 || len(list) < s.Count {
			return false
		}
		way := list[1].Cmp(list[0])
		for k := 1; k < len(list); k++ {
			if at[k] != at[k-1].Add(1) || list[k].Cmp(list[k-1]) != way {
				return false
			}
		}
		return true
	}
	return false
}
