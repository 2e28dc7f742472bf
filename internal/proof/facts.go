package proof

import (
	"iter"
	"math/big"
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

// A ledger is every figure that a text of one month may be about.
type ledger struct {
	month    *edition.Month
	whole    string
	measures []*measure
	namings  []*naming // of its scorecards, in the order of the measures
	areas    names     // how the areas and the comparators are named
	others   names
	index    map[string][]posting        // of the measures' terms, where there are several scorecards; made when it is first asked for
	heads    map[string][]prose.Sentence // of tables, read once
	windows  []period.Period             // of several months, that texts have named
	titles   lexicon                     // of the sections
}

// measure is one series of the ledger, with the words it is known by.
type measure struct {
	card    string
	own     bool // of the scorecard that references need not name
	near    bool // of a scorecard that the text is about
	ind     *dataset.Indicator
	verdict *score.Verdict
	view    *dataset.View
	profile profile
	index   int               // of the ledger's measures
	places  []place           // with its figures, the whole authority first; see areas
	others  []*fact           // see rest
	spans   []*fact           // of the ledger's windows
	widened int               // how many of them are among spans
	known   []*fact           // all of them; nil until they are asked for
	likes   map[*measure]bool // which are alike, once it was asked
	l       *ledger
	counts  counts
}

// place is an area with what was returned of it, nil until it is asked for; and
// of which facts it was asked before.
type place struct {
	area  string
	facts []*fact
	alone []*fact
}

// counts says whether a measure's figures have numerators or denominators.
type counts uint8

const (
	notAsked counts = iota
	without
	with
)

// fact is one figure of a measure, as published.
type fact struct {
	m          *measure
	kind       factKind
	period     period.Period
	area       string
	comparator string
	value      quantity.Decimal
	figure     *figure // where a return gave it
}

// figure is what a return gives together.
type figure struct{ Value, Numerator, Denominator dataset.Number }

type factKind uint8

const (
	valueFact factKind = iota
	numeratorFact
	denominatorFact
	toDateFact
	targetFact
	edgeFact // of the amber band
	benchmarkFact
	windowFact // worked out from the months of a period that a sentence names
)

// newLedger gathers the figures of a document's month, of its own scorecard and
// of what the others that it speaks of showed by then: a report of all that
// there are, a month's text of those that its references name.
func newLedger(e *edition.Edition, doc document, known *glossary) *ledger {
	month := doc.month
	l := &ledger{month: month, whole: month.View.Whole()}
	for _, card := range speaksOf(e, doc) {
		shown := month
		if card != month.Scorecard {
			shown = standing(card, month.Month)
		}
		if shown == nil {
			continue
		}
		own := card == month.Scorecard && !doc.named
		near := card == month.Scorecard && doc.cards == nil || slices.Contains(doc.cards, card.ID)
		naming := known.naming(card, shown)
		list := make([]measure, len(shown.Verdicts))
		for i := range list {
			v := &shown.Verdicts[i]
			list[i] = measure{card: card.ID, ind: v.Indicator, verdict: v, view: shown.View,
				profile: naming.profiles[i], index: len(l.measures), own: own, near: near, l: l}
			l.measures = append(l.measures, &list[i])
		}
		l.namings = append(l.namings, naming)
	}
	l.areas, l.others = areaNames(l, len(e.Content.Site.Areas)-1), comparatorNames(l)
	return l
}

func speaksOf(e *edition.Edition, doc document) []*edition.Scorecard {
	if doc.cards != nil {
		return e.Reach()
	}
	list := []*edition.Scorecard{doc.month.Scorecard}
	for _, id := range doc.also {
		if card := e.Scorecard(id); card != nil && card != doc.month.Scorecard {
			list = append(list, card)
		}
	}
	return list
}

// facts lists every figure of the measure. Most measures are never asked, and
// of most of the others a few areas alone: see factsIn.
func (m *measure) facts() []*fact {
	if m.known == nil {
		m.known = slices.AppendSeq([]*fact{}, m.factsIn(func(string) bool { return true }))
	}
	m.widen()
	return m.known
}

// factsIn visits the facts that are of some areas, or of the measure's targets
// and comparators, in the order of facts. They are gathered area by area, when
// they are first asked for.
func (m *measure) factsIn(in func(area string) bool) iter.Seq[*fact] {
	return func(yield func(*fact) bool) {
		for i, at := range m.areas() {
			if !in(at.area) {
				continue
			}
			for _, f := range m.returned(i) {
				if !yield(f) {
					return
				}
			}
		}
		for _, f := range m.rest() {
			if !yield(f) {
				return
			}
		}
		m.widen()
		for _, f := range m.spans {
			if in(f.area) && !yield(f) {
				return
			}
		}
	}
}

// only is one area, for factsIn.
func only(area string) func(string) bool { return func(a string) bool { return a == area } }

// fact is the one of a kind, a period and an area; nil where there is none. A
// table asks for one of each area, and that is then all that is gathered of them.
func (m *measure) fact(kind factKind, at period.Period, area string) *fact {
	ask := func(f *fact) bool { return f.kind == kind && f.period == at }
	if kind > denominatorFact || isToDate(at) {
		for f := range m.factsIn(only(area)) {
			if ask(f) && f.area == area {
				return f
			}
		}
		return nil
	}
	i := slices.IndexFunc(m.areas(), func(p place) bool { return p.area == area })
	if i < 0 {
		return nil
	}
	here := &m.places[i]
	if here.facts != nil {
		return firstOf(here.facts, ask)
	}
	if firstOf(here.alone, func(f *fact) bool { return f.period == at }) == nil {
		for f := range m.view.FiguresOf(m.ind.Ref, area, func(p period.Period) bool { return p == at }) {
			m.take(f, &figure{f.Value, f.Numerator, f.Denominator}, func(f fact) { here.alone = append(here.alone, &f) })
		}
	}
	return firstOf(here.alone, ask)
}

func isToDate(p period.Period) bool {
	return p.Kind() == period.YearToDate || p.Kind() == period.AcademicYearToDate
}

// returned lists the figures of the measure in the area of a place.
func (m *measure) returned(at int) []*fact {
	here := &m.places[at]
	if here.facts != nil {
		return here.facts
	}
	here.facts = make([]*fact, 0, 64)
	var facts []fact
	var figures []figure
	for f := range m.view.Figures(m.ind.Ref, here.area) {
		m.take(f, inRoom(&figures, figure{f.Value, f.Numerator, f.Denominator}), func(f fact) { here.facts = append(here.facts, inRoom(&facts, f)) })
	}
	for _, known := range here.alone {
		i := slices.IndexFunc(here.facts, func(f *fact) bool { return f.kind == known.kind && f.period == known.period })
		here.facts[i] = known
	}
	return here.facts
}

// take adds the facts that a figure gives.
func (m *measure) take(f *dataset.Figure, given *figure, add func(fact)) {
	kind, p := valueFact, f.Period
	if isToDate(p) {
		kind = toDateFact
		if p.Open() {
			p = p.Through(m.view.Month.Add(-m.ind.Lag))
		}
	}
	if f.Value.Has {
		add(fact{m: m, kind: kind, period: p, area: f.Area, value: m.ind.Publish(f.Value.Decimal), figure: given})
	}
	if f.Numerator.Has {
		add(fact{m: m, kind: numeratorFact, period: p, area: f.Area, value: f.Numerator.Decimal, figure: given})
	}
	if f.Denominator.Has {
		add(fact{m: m, kind: denominatorFact, period: p, area: f.Area, value: f.Denominator.Decimal, figure: given})
	}
}

// rest lists what no return gave: the year to date that was worked out, the
// targets, and what comparators had.
func (m *measure) rest() []*fact {
	if m.others != nil {
		return m.others
	}
	v := m.view
	m.others = []*fact{}
	add := func(f fact) {
		f.m, f.area = m, v.Whole()
		m.others = append(m.others, &f)
	}
	if d := m.verdict.ToDate; d.Has && !d.Stated {
		add(fact{kind: toDateFact, period: d.Period, value: d.Value})
	}
	m.targets(add)
	for _, b := range v.Benchmarks(m.ind.Ref) {
		if b.Value.Has {
			add(fact{kind: benchmarkFact, period: b.Period, comparator: b.Comparator, value: m.ind.Publish(b.Value.Decimal)})
		}
	}
	return m.others
}

// inRoom puts something into a room for some of its kind, and makes a new one
// where it is full: what a measure has hundreds of is made in few pieces.
func inRoom[T any](room *[]T, thing T) *T {
	if len(*room) == cap(*room) {
		*room = make([]T, 0, 32)
	}
	*room = append(*room, thing)
	return &(*room)[len(*room)-1]
}

// areas are those in which the measure has figures, the whole authority first.
func (m *measure) areas() []place {
	if m.places == nil {
		m.places = []place{{area: m.view.Whole()}}
		for _, area := range m.view.Areas(m.ind.Ref) {
			m.places = append(m.places, place{area: area})
		}
	}
	return m.places
}

// counted reports whether any figure of the measure was returned with its
// numerator or its denominator.
func (m *measure) counted() bool {
	if m.counts == notAsked {
		m.counts = without
		for _, at := range m.areas() {
			for f := range m.view.Figures(m.ind.Ref, at.area) {
				if f.Numerator.Has || f.Denominator.Has {
					m.counts = with
					return true
				}
			}
		}
	}
	return m.counts == with
}

// targets lists the thresholds: as judged, and every row in force.
func (m *measure) targets(add func(fact)) {
	one := func(kind factKind, p period.Period, d quantity.Decimal) {
		add(fact{kind: kind, period: p, value: d.Trim()})
	}
	bounds := func(kind factKind, p period.Period, i quantity.Interval) {
		for _, b := range []quantity.Bound{i.Low, i.High} {
			if b.Set && b.Name == "" {
				one(kind, p, b.Value)
			}
		}
	}
	t, current := m.verdict.Target, m.verdict.Current.Period
	if t.PeriodValue.Has {
		one(targetFact, current, t.PeriodValue.Decimal)
	}
	bounds(targetFact, current, t.Green)
	bounds(edgeFact, current, t.Amber)
	for _, row := range m.view.Targets(m.ind.Ref) {
		if row.Target.Has {
			one(targetFact, row.Period, row.Target.Decimal)
		}
		bounds(targetFact, row.Period, row.Green)
		bounds(edgeFact, row.Period, row.Amber)
	}
}

// at is the measure's value in a period and an area.
func (m *measure) at(p period.Period, area string) (quantity.Decimal, bool) {
	r := score.Over(m.view, m.ind, area, p)
	return r.Published, r.Value
}

func (m *measure) percentage() bool { return m.ind.Unit == quantity.Percent }

func (m *measure) inSection(section string) bool {
	return m.own && section != "" && slices.Contains(m.ind.Sections, section)
}

// ref is the measure as a text of the ledger's scorecard refers to it.
func (m *measure) ref() string {
	if m.own {
		return m.ind.Ref
	}
	return m.card + "/" + m.ind.Ref
}

// goodWay is the way of its number that is good: +1 up, -1 down, 0 neither.
func (m *measure) goodWay() int {
	switch m.ind.Good {
	case dataset.High:
		return 1
	case dataset.Low:
		return -1
	}
	return 0
}

// takes says whether a number with such a unit may be this fact. A count is no
// figure that has decimals: 16 children are no average of 15.8.
func (f *fact) takes(n prose.Figure) bool {
	if f.kind == numeratorFact || f.kind == denominatorFact {
		return n.Unit == prose.Plain
	}
	u := f.m.ind.Unit
	switch n.Unit {
	case prose.Percent:
		return u == quantity.Percent
	case prose.PerPeople:
		return perPeople(u) && u.Per() == n.Per
	case prose.Money:
		return u == quantity.Money
	case prose.Days:
		return u == quantity.Days
	case prose.Plain:
		if u == quantity.Percent || u == quantity.Money || u == quantity.Grade {
			return false
		}
		if n.Value.Scale() > 0 {
			return u != quantity.Count && u != quantity.DistinctCount || n.Role == prose.Average
		}
		return f.m.ind.Decimals == 0 || f.kind == targetFact || f.kind == edgeFact || n.Hedge != prose.Exact
	}
	return false
}

func perPeople(u quantity.Unit) bool {
	switch u {
	case quantity.RatePer100, quantity.RatePer1000, quantity.RatePer10000, quantity.RatePer100000:
		return true
	}
	return false
}

// says reports whether a number as typed is this fact: at the precision at
// which it was typed, rounded from what is published or from the exact figure
// behind it.
func (f *fact) says(typed quantity.Decimal) bool {
	places := typed.Scale()
	if f.value.Equal(typed) || places <= f.value.Scale() && f.value.Round(places).Equal(typed) {
		return true
	}
	if !f.mayRoundTo(typed) {
		return false
	}
	exact := f.exact()
	if exact == nil {
		return false
	}
	rounded, err := quantity.FromRat(exact, places)
	return err == nil && rounded.Equal(typed)
}

// mayRoundTo is false where neither reading of the exact figure comes to a
// number at its precision: of nearly every fact, without making a fraction.
func (f *fact) mayRoundTo(typed quantity.Decimal) bool {
	if f.figure == nil {
		return false
	}
	if f.figure.Value.Decimal.Round(typed.Scale()).Equal(typed) {
		return true
	}
	n, d := f.figure.Numerator, f.figure.Denominator
	if !n.Has || !d.Has {
		return false
	}
	q, err := quantity.Quotient(n.Decimal, d.Decimal, f.m.ind.Unit.Per(), typed.Scale())
	return err == nil && q.Equal(typed)
}

// exact is the figure unrounded, where more of it is known than is published.
func (f *fact) exact() *big.Rat {
	if f.figure == nil || f.kind != valueFact && f.kind != toDateFact {
		return nil
	}
	n, d := f.figure.Numerator, f.figure.Denominator
	if n.Has && d.Has && d.Decimal.Sign() != 0 {
		r := new(big.Rat).Quo(n.Decimal.Rat(), d.Decimal.Rat())
		r.Mul(r, new(big.Rat).SetInt64(f.m.ind.Unit.Per()))
		if quantity.Agree(f.value, r, f.value.Scale()) {
			return r
		}
	}
	return f.figure.Value.Decimal.Rat()
}

// current reports whether the fact is the newest of its kind.
func (f *fact) current() bool {
	switch f.kind {
	case toDateFact:
		return f.period == f.m.verdict.ToDate.Period || f.period.Last() >= f.m.view.Month.Add(-f.m.ind.Lag)
	case targetFact, edgeFact:
		return true
	case benchmarkFact:
		newest, ok := f.m.view.Newest(f.m.ind.Ref, f.comparator)
		return ok && newest.Period == f.period
	}
	return f.period == f.m.verdict.Current.Period
}

// format writes a fact as it is published.
func (f *fact) format() string {
	switch f.kind {
	case numeratorFact, denominatorFact:
		return f.value.Grouped()
	case targetFact, edgeFact:
		return f.m.ind.Unit.Format(f.value)
	}
	return f.m.ind.Format(f.value)
}

// words tell what a fact is: "3.2 for December 2016, North".
func (f *fact) words() string {
	ref, where := f.m.ref(), f.period.Words()
	if f.area != f.m.view.Whole() {
		where += ", " + f.m.view.AreaName(f.area)
	}
	switch f.kind {
	case numeratorFact:
		return "the number counted in " + ref + " for " + where
	case denominatorFact:
		return "the number of which " + ref + " is a share, for " + where
	case targetFact:
		return "the target of " + ref
	case edgeFact:
		return "the tolerance of " + ref
	case benchmarkFact:
		for _, c := range f.m.view.Comparators() {
			if c.ID == f.comparator {
				return c.Name + " in " + ref + " for " + where
			}
		}
	}
	return ref + " for " + where
}

// binding is the reference that would print a fact on a page of the ledger's
// month; "" where none does.
func (f *fact) binding() string {
	words := []string{f.m.ref()}
	v := f.m.verdict
	switch f.kind {
	case toDateFact:
		if !f.current() {
			return ""
		}
		words = append(words, "ytd")
	case targetFact:
		words = append(words, "target")
	case edgeFact:
		return ""
	case benchmarkFact:
		if !f.current() {
			return ""
		}
		words = append(words, f.comparator)
	case numeratorFact:
		words = append(words, "numerator")
	case denominatorFact:
		words = append(words, "denominator")
	case windowFact:
		if f.period.Kind() != period.Quarter {
			return ""
		}
	}
	if f.kind <= denominatorFact || f.kind == windowFact {
		switch {
		case f.period == v.Current.Period:
		case f.period == v.Previous.Period:
			words = append(words, "previous")
		case f.period.Kind() == period.YearToDate || f.period.Kind() == period.AcademicYearToDate:
			return ""
		default:
			words = append(words, "@"+f.period.String())
		}
	}
	if f.area != f.m.view.Whole() {
		words = append(words, "area="+f.area)
	}
	return "{{ " + strings.Join(words, " ") + " }}"
}
