package proof

import (
	"slices"

	"outturn/internal/period"
	"outturn/internal/prose"
)

// claim is what a sentence lets a figure be: which period, area and comparator.
type claim struct {
	st        *statement
	i         int
	f         prose.Figure
	when      prose.When
	sureWhen  bool
	area      string
	sureArea  bool
	other     string
	sureOther bool
	rivals    []ranked
}

// claim reads a figure; share is how near to the best a measure must be named
// to be among the rivals.
func (st *statement) claim(i int, share float64) claim {
	c := claim{st: st, i: i, f: st.Figures[i], rivals: st.about(i, share)}
	c.when, c.sureWhen = st.when(i)
	c.endOf()
	c.area, c.sureArea = st.at(i, st.areas)
	c.other, c.sureOther = st.at(i, st.others)
	if c.f.Role != prose.Value && c.f.Role != prose.Now || c.sureOther || c.sureArea || c.goesBack() {
		c.preferSettled()
	}
	return c
}

// endOf takes for the ends of a movement those of the months between which it is
// told: "from 15.0 to 15.8 between December and January".
func (c *claim) endOf() {
	if !c.sureWhen || c.when.Kind != prose.Named || c.when.Period.Kind() != period.Window || !betweenWord[c.st.Words[c.when.First].Lower] {
		return
	}
	for _, m := range c.st.Moves {
		switch c.i {
		case m.From:
			c.when.Period = period.OfMonth(c.when.Period.First())
		case m.To:
			c.when.Period = period.OfMonth(c.when.Period.Last())
		}
	}
}

// goesBack says that a figure is of what the one before it in the sentence is of:
// "93.0%; in December it was 98.8%".
func (c *claim) goesBack() bool {
	return c.i > 0 && backTo.MatchString(c.st.phrase(max(0, c.f.First-6), c.f.First))
}

var backTo = prose.Pattern(`\b(?:it|this|that|they|the (?:figure|rate|number|proportion|percentage)) (?:was|were|is|had been|stood at|stands at|came to) (?:only |just )?$`)

// preferSettled puts the measures first whose figures stand in the sentence
// already: what is compared with a figure is of its measure.
func (c *claim) preferSettled() {
	if len(c.rivals) == 0 {
		return
	}
	least := c.rivals[0].score * 0.5
	for _, r := range c.st.rank(c.i) {
		if r.m.sharesFigure(c.st) && r.m.fitsUnit(c.f) && !slices.ContainsFunc(c.rivals, func(s ranked) bool { return s.m == r.m }) {
			c.rivals = append(c.rivals, r)
		}
	}
	nearest := -1 // the figure before it that has a measure
	for k := range c.st.results[:c.i] {
		if len(c.st.results[k].facts) > 0 {
			nearest = k
		}
	}
	slices.SortStableFunc(c.rivals, func(a, b ranked) int {
		place := func(r ranked) int {
			switch {
			case nearest >= 0 && slices.ContainsFunc(c.st.results[nearest].facts, func(f *fact) bool { return f.m == r.m }):
				return 0
			case r.score >= least && r.m.sharesFigure(c.st):
				return 1
			}
			return 2
		}
		return place(a) - place(b)
	})
}

// admits says whether the figure may be that fact, whatever its value.
func (c *claim) admits(f *fact) bool {
	return f.takes(c.f) && c.admitsKind(f) && c.admitsArea(f) && c.admitsPeriod(f) && c.admitsBasis(f)
}

func (c *claim) admitsKind(f *fact) bool {
	switch f.kind {
	case targetFact, edgeFact:
		return c.f.Role == prose.Target || c.f.Role == prose.Then && f.m.sharesFigure(c.st) && againstIt.MatchString(c.st.phrase(max(0, c.f.First-2), c.f.First))
	case benchmarkFact:
		if c.sureOther {
			return f.comparator == c.other
		}
		return slices.ContainsFunc(c.st.others, func(m mention) bool { return m.id == f.comparator })
	}
	return c.f.Role != prose.Target && !(c.sureOther && c.f.Role != prose.Now)
}

func (c *claim) admitsArea(f *fact) bool {
	return f.kind == benchmarkFact || c.f.Role == prose.Target || c.in(f.area)
}

// in says whether the figure may be of an area.
func (c *claim) in(area string) bool {
	if c.sureArea {
		return area == c.area
	}
	return area == c.st.l.whole || c.st.place != "" && area == c.st.place || slices.ContainsFunc(c.st.areas, func(m mention) bool { return m.id == area })
}

func (c *claim) admitsPeriod(f *fact) bool {
	month := c.st.l.month.Month
	if f.kind == targetFact || f.kind == edgeFact {
		return true
	}
	if c.sureWhen && f.named(c.when, month) {
		return true
	}
	if slices.ContainsFunc(c.st.Whens, func(w prose.When) bool { return w.Kind == prose.YearAgo }) && // a year before, in November to January
		slices.ContainsFunc(c.st.Whens, func(w prose.When) bool {
			return w.Kind == prose.Named && (f.period == w.Period.YearAgo() || f.named(prose.When{Kind: prose.Named, Period: w.Period.YearAgo()}, month))
		}) {
		return true
	}
	if f.kind == benchmarkFact {
		return f.current() || c.namedBy(f, c.st.Whens)
	}
	if c.sureWhen {
		return false
	}
	if periods := c.st.bracketOf(c.i); len(periods) > 0 && (f.kind == valueFact || f.kind == toDateFact || f.kind == windowFact) {
		return slices.Contains(periods, f.period) // compared with 331 (58.7)
	}
	if f.kind == valueFact && (c.chained(f) || c.precedes(f) || f.period == f.m.verdict.Previous.Period && fromBracket.MatchString(c.st.phrase(max(0, c.f.First-10), c.f.First))) {
		return true
	}
	if f.kind == toDateFact {
		v := f.m.verdict
		if !f.current() {
			return c.namedBy(f, c.st.Whens)
		}
		toDate := func(w prose.When) bool { return w.Kind == prose.ToDate || w.Kind == prose.Since }
		return slices.ContainsFunc(c.st.Whens, toDate) || v.RAG.On == "ytd" && v.ToDate.Has ||
			v.Current.Value && v.Current.Published.Equal(f.value) || slices.ContainsFunc(c.st.carried, toDate) && len(c.st.Whens) == 0
	}
	if c.st.passage.ColumnHead != "" && len(c.st.Whens) == 0 && len(c.st.carried) > 0 {
		return c.namedBy(f, c.st.carried) // a table's head names the period
	}
	if f.current() && !(c.f.Role == prose.Then && len(c.st.Figures) > 1 && !c.sureArea && !c.toldApart(f.m)) {
		return true
	}
	if (c.f.Role == prose.Then || c.f.Role == prose.Now && c.i+1 < len(c.st.Figures)) && f.kind == valueFact && c.st.spans(f) {
		return true
	}
	if v := f.m.verdict; c.f.Role == prose.Then && (f.period == v.Previous.Period || f.period == v.Current.Period.YearAgo()) && !c.otherNamed() {
		return true
	}
	for k, w := range c.st.Whens {
		if f.named(w, month) && !c.takenByOther(k) {
			return true
		}
	}
	return len(c.st.Whens) == 0 && c.namedBy(f, c.st.carried)
}

// toldApart says that a word right after the figure is of a measure's name, and
// of no measure's whose figure stands before it: "662 were completed against 508
// started".
func (c *claim) toldApart(m *measure) bool {
	for _, t := range c.st.following(c.i) {
		if m.profile.terms[t.text] == 0 {
			continue
		}
		return !slices.ContainsFunc(c.st.results[:c.i], func(r result) bool {
			return slices.ContainsFunc(r.facts, func(f *fact) bool { return f.m == m || f.m.profile.terms[t.text] > 0 })
		})
	}
	return false
}

// bracketOf lists the periods of the figure before one that stands in brackets
// right after it.
func (st *statement) bracketOf(i int) (list []period.Period) {
	if i == 0 || st.Figures[i].Role != prose.Value || st.Words[st.Figures[i].First-1].Text != "(" || st.Figures[i].First-st.Figures[i-1].Last != 2 {
		return nil
	}
	for _, f := range st.results[i-1].facts {
		if f.kind != targetFact && f.kind != edgeFact && f.kind != benchmarkFact {
			list = append(list, f.period)
		}
	}
	return list
}

// fromBracket is before a number in brackets from which something moved: "from
// just under a quarter (23.7%) to …".
var fromBracket = prose.Pattern(`\bfrom (?:[a-z]+ ){1,8}\( $`)

// precedes says that a movement goes from a fact in the one period that its
// sentence begins with: "in December it fell from 77.9% to 74.4%".
func (c *claim) precedes(f *fact) bool {
	from := c.st.startsMove(c.i) || c.f.Role == prose.Then && c.f.First > 0 && c.st.Words[c.f.First-1].Lower == "from"
	return from && len(c.st.Whens) == 1 && c.st.Whens[0].Kind == prose.Named && c.st.Whens[0].Last < c.f.First && f.period == c.st.Whens[0].Period.Step(-1)
}

// chained says that a fact is of the month beside that of the earlier figure
// with which this one is named: "from 327 and 330".
func (c *claim) chained(f *fact) bool {
	if c.i == 0 || c.f.Role != prose.Then || c.st.Figures[c.i-1].Role != prose.Then || c.f.First-c.st.Figures[c.i-1].Last != 2 {
		return false
	}
	return slices.ContainsFunc(c.st.results[c.i-1].facts, func(g *fact) bool {
		return g.m == f.m && g.area == f.area && g.period.Kind() == f.period.Kind() && (f.period.Last() == g.period.First().Add(-1) || g.period.Last() == f.period.First().Add(-1))
	})
}

// spans says that a sentence tells of the months since one, or of so many in a
// row: what it starts from may then be of any of them.
func (st *statement) spans(f *fact) bool {
	back := int(f.m.verdict.Current.Period.Last() - f.period.Last())
	if f.period.Kind() != f.m.verdict.Current.Period.Kind() || back <= 0 {
		return false
	}
	for _, s := range st.Streaks {
		if each := max(1, f.period.Months()); back <= s.Count*each {
			return true
		}
	}
	for _, w := range st.Whens {
		if w.Kind == prose.Since && f.period.Last() >= w.Period.First() {
			return true
		}
	}
	return false
}

// otherNamed says that the sentence names a period of its own to compare with,
// so that "compared with" means that and not the month before.
func (c *claim) otherNamed() bool {
	for k, w := range c.st.Whens {
		if (w.Base || w.Kind == prose.PreviousOne || w.Kind == prose.YearAgo || w.Kind == prose.Named && w.Period.Last() != c.st.l.month.Month) && !c.takenByOther(k) {
			return true
		}
	}
	return false
}

// takenByOther says that a period stands at another figure alone.
func (c *claim) takenByOther(k int) bool {
	for i, f := range c.st.Figures {
		if i == c.i {
			continue
		}
		if w, sure := c.st.when(i); sure && w == c.st.Whens[k] {
			return !(w.Last < f.First && c.i > i) // one at the head is for all that follow
		}
	}
	return false
}

func (c *claim) namedBy(f *fact, whens []prose.When) bool {
	return slices.ContainsFunc(whens, func(w prose.When) bool { return f.named(w, c.st.l.month.Month) })
}

// admitsBasis keeps a rolling figure from standing for a month's, and a month's
// for a rolling one, where there are measures of both and the sentence says which.
func (c *claim) admitsBasis(f *fact) bool {
	if f.kind != valueFact && f.kind != toDateFact {
		return true
	}
	rolling := f.m.ind.Basis == "rolling"
	saysRolling, saysMonth := false, false
	from, to := c.st.segment(c.i)
	for _, w := range c.st.Whens {
		if w.First < from || w.Last > to {
			continue
		}
		switch {
		case w.Kind == prose.RollingMonth:
			saysRolling = true
		case w.Kind == prose.ThisMonth, w.Kind == prose.PreviousOne, w.Kind == prose.Named && w.Period.Kind() == period.KindMonth:
			saysMonth = true
		}
	}
	if f.m == c.st.topic && c.st.leans || rolling && (saysRolling || !saysMonth) || !rolling && !saysRolling {
		return true
	}
	return !slices.ContainsFunc(c.rivals, func(r ranked) bool {
		return r.m != f.m && (r.m.ind.Basis == "rolling") != rolling && r.m.ind.Unit == f.m.ind.Unit &&
			r.m.card == f.m.card && r.m.ind.Section == f.m.ind.Section && r.m.alike(f.m)
	})
}

// alike says whether two measures are of one thing: they share most of their terms.
func (m *measure) alike(n *measure) bool {
	if is, known := m.likes[n]; known {
		return is
	}
	if m.likes == nil {
		m.likes = map[*measure]bool{}
	}
	is := m.sharesName(n)
	m.likes[n] = is
	return is
}

func (m *measure) sharesName(n *measure) bool {
	shared := 0.0
	for t, w := range m.profile.terms {
		if _, ok := n.profile.terms[t]; ok {
			shared += w
		}
	}
	return shared*10 >= 6*max(m.profile.total, n.profile.total) || shared*10 >= 9*min(m.profile.total, n.profile.total)
}
