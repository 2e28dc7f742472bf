package proof

import (
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// A bound figure is right by what it prints, and can still stand in the wrong
// sentence: one that names another measure, month or area. A reference says
// exactly which figure it is, so what the sentence says of it is held to that.
// The sentence must say it plainly; what can be read in two ways is passed over.

// bound checks the {{ }} of a sentence against the words about them.
func (p *proof) bound(st *statement) {
	if st.passage.Kind == commentary.TableCell || st.passage.Kind == commentary.Heading {
		return // their heads name them
	}
	p.boundPairs(st)
	for i := range st.Figures {
		f := st.boundTo(i)
		if f == nil || st.isChange(i) {
			continue
		}
		_ = p.boundTarget(st, i, f) || p.boundComparator(st, i, f) || p.boundArea(st, i, f) ||
			p.boundPeriod(st, i, f) || p.boundMeasure(st, i, f) || p.boundThen(st, i, f)
	}
}

// boundTo is the fact that a figure is bound to; nil for a typed one.
func (st *statement) boundTo(i int) *fact {
	if st.Figures[i].Ref < 0 || st.results[i].blamed || len(st.results[i].facts) != 1 {
		return nil
	}
	return st.results[i].facts[0]
}

// prints says what a bound figure is, for the head of a message.
func (f *fact) prints() string { return "the figure bound here is " + f.words() + ", " + f.format() }

// inPeriod is the fact of the same kind and area in a period that a sentence names.
func (f *fact) inPeriod(w prose.When, month period.Month) *fact {
	var best *fact
	for g := range f.m.factsIn(only(f.area)) {
		if g.area != f.area || g == f || !g.named(w, month) || g.kind != f.kind && !(w.Kind == prose.ToDate && g.kind == toDateFact) &&
			!(f.kind == toDateFact && g.kind == valueFact) {
			continue
		}
		if best == nil || g.period == w.Period || best.period != w.Period && g.period.Last() > best.period.Last() {
			best = g
		}
	}
	return best
}

// atHead are words before a period that opens a clause.
var atHead = listed("in for during at by end of the month quarter year early late")

// lead is what may stand between a period and the figure that is of it.
var lead = prose.Pattern(`^(?:[,:(] )?(?:(?:it|this|that|there|the|rate|figure|number|total|proportion|performance|was|were|is|are|stood|stands|at|saw|had|has|only|just|some|about|of|-) )*$`)

// stoodAt is what stands between a figure and a named period that is its own.
var stoodAt = prose.Pattern(` (?:in|for|during|at|at the end of|by the end of|as at|\() (?:the )?$`)

// turning are words after which a clause speaks of something else.
var turning = listed("and but that which who so since because as due following before until after by when where or led leading brought , ; ( )")

// boundWhen is the period that plainly stands at a bound figure.
func (st *statement) boundWhen(i int) (prose.When, bool) {
	f := st.Figures[i]
	w, sure := st.when(i)
	if !sure || w.Base || f.Role == prose.Target {
		return w, false
	}
	clear := func(from, to int) bool {
		for k := from; k < to; k++ {
			if turning[st.Words[k].Lower] {
				return false
			}
		}
		return true
	}
	if w.First > f.Last {
		placed := w.Kind != prose.Named || w.First == f.Last+1 || stoodAt.MatchString(st.phrase(f.Last, w.First))
		return w, placed && clear(f.Last+1, w.First)
	}
	from, _ := st.clause(i)
	for k := max(from, w.First-3); k < w.First; k++ {
		if pastWords[st.Words[k].Lower] { // after a poor December
			return w, false
		}
	}
	if lead.MatchString(st.phrase(w.Last+1, f.First)) {
		return w, true
	}
	for k := from; k < w.First; k++ {
		if !atHead[st.Words[k].Lower] {
			return w, false
		}
	}
	after := w.Last + 1
	if st.Words[after].Text == "," {
		after++
	}
	return w, w.First > from && clear(after, f.First)
}

// boundPeriod finds a figure of another period than the one that it is given for.
func (p *proof) boundPeriod(st *statement, i int, f *fact) bool {
	if f.kind > toDateFact {
		return false
	}
	month := p.l.month.Month
	w, sure := st.boundWhen(i)
	if !sure {
		return p.boundStale(st, i, f)
	}
	if f.named(w, month) {
		return false
	}
	meant := f.inPeriod(w, month)
	switch w.Kind {
	case prose.Named, prose.ThisMonth, prose.PreviousOne, prose.YearAgo:
	case prose.ToDate:
		if f.m.ind.Basis != "in_month" || f.kind != valueFact {
			return false
		}
	default:
		return false
	}
	if meant == nil || meant.value.Equal(f.value) {
		return false // nothing to mean, or what it prints is right
	}
	code := "contradicts-data"
	if f.kind != toDateFact && f.period.Last() < f.m.verdict.Current.Period.Last() &&
		(w.Kind == prose.ThisMonth || w.Kind == prose.Named && w.Period.Last() == month) {
		code = "stale-figure"
	}
	named := strings.TrimSpace(st.phrase(w.First, w.Last+1))
	if w.Kind == prose.Named {
		named = w.Period.Words()
	}
	p.blameFigure(st, i, code, hint(meant), "%s, and the sentence says it of %s", f.prints(), named)
	return true
}

// pastWords are words that tell of what was before.
var pastWords = listed("previous previously earlier before then last ago had compared from since after than against followed following prior formerly until against once historically")

// boundStale finds an earlier period's figure that is told as the newest.
func (p *proof) boundStale(st *statement, i int, f *fact) bool {
	if f.kind != valueFact || f.current() || st.Figures[i].Role != prose.Value || len(st.Figures) != 1 || len(st.Whens) > 0 || len(st.carried) > 0 ||
		st.passage.Kind != commentary.Paragraph || f.period.Last() >= f.m.verdict.Current.Period.Last() {
		return false
	}
	if slices.ContainsFunc(st.Words, func(w prose.Word) bool { return pastWords[w.Lower] }) {
		return false
	}
	var now *fact
	for g := range f.m.factsIn(only(f.area)) {
		if g.kind == f.kind && g.area == f.area && g.current() {
			now = g
		}
	}
	if now == nil || now.value.Equal(f.value) {
		return false
	}
	p.blameFigure(st, i, "stale-figure", hint(now), "%s, and the sentence does not name that period", f.prints())
	return true
}

// boundArea finds one area's figure given for another.
func (p *proof) boundArea(st *statement, i int, f *fact) bool {
	if f.kind > toDateFact {
		return false
	}
	area, sure := st.at(i, st.areas)
	if !sure || area == f.area {
		return false
	}
	var meant *fact
	for _, g := range f.m.facts() {
		if g.kind == f.kind && g.period == f.period && g.area == area {
			meant = g
		}
	}
	if f.area == p.l.whole && (meant == nil || !st.onlyAreaAt(i, area)) || meant != nil && meant.value.Equal(f.value) {
		return false
	}
	p.blameFigure(st, i, "contradicts-data", hint(meant), "%s, and the sentence says it of %s", f.prints(), f.m.view.AreaName(area))
	return true
}

// onlyAreaAt says that an area is the only one of the sentence and stands right at
// the figure: in North {{ }}; {{ }} in North.
func (st *statement) onlyAreaAt(i int, area string) bool {
	f := st.Figures[i]
	for _, m := range st.areas {
		if m.id != area {
			return false
		}
		if m.first > f.Last && m.first-f.Last <= 3 || m.last < f.First && f.First-m.last <= 3 {
			return true
		}
	}
	return false
}

// ofComparator is what may stand between a comparator and its figure.
var ofComparator = prose.Pattern(`^(?:(?:average|rate|figure|level|position|value|of|for|is|was|at|stands|stood|:|\(|the) )*$`)

// boundComparator finds a figure given for a comparator that it is not of.
func (p *proof) boundComparator(st *statement, i int, f *fact) bool {
	if f.kind != benchmarkFact && f.kind != valueFact {
		return false
	}
	other, sure := st.at(i, st.others)
	if !sure || f.comparator == other {
		return false
	}
	tight := slices.ContainsFunc(st.others, func(m mention) bool {
		return m.id == other && (m.last < st.Figures[i].First && ofComparator.MatchString(st.phrase(m.last+1, st.Figures[i].First)) ||
			f.kind == benchmarkFact && m.first > st.Figures[i].Last && m.first-st.Figures[i].Last <= 3)
	})
	if !tight {
		return false
	}
	var meant *fact
	for _, g := range f.m.facts() {
		if g.kind == benchmarkFact && g.comparator == other && g.current() {
			meant = g
		}
	}
	if meant == nil || meant.value.Equal(f.value) {
		return false
	}
	p.blameFigure(st, i, "contradicts-data", hint(meant), "%s, and the sentence gives it as another's", f.prints())
	return true
}

// wantedWords are words of a figure that is hoped for, not reached.
var wantedWords = prose.Pattern(`\b(?:targets?|goals?|aims?|aiming|standard|expect\w*|limit|tolerance|ambition|want\w*|should|must|ought|required?|requires|threshold|milestone|plan|planned|intend\w*|need\w*|seek\w*|ceiling|wish\w*|hope\w*|objective|set|off|short|miss\w*|against|reach\w*|meet\w*|met|level)\b`)

// boundTarget finds a figure given as a target, and a target given as a figure.
func (p *proof) boundTarget(st *statement, i int, f *fact) bool {
	g := st.Figures[i]
	if f.kind == targetFact {
		if g.Role == prose.Value && len(st.Figures) == 1 && !wantedWords.MatchString(strings.ToLower(st.Text)) && st.passage.Kind == commentary.Paragraph &&
			!(f.m.verdict.Current.Value && f.m.verdict.Current.Published.Equal(f.value)) && f.m.hits(st, i) > 0 {
			p.blameFigure(st, i, "contradicts-data", "{{ "+f.m.ref()+" }} prints "+f.m.ind.Format(f.m.verdict.Current.Published),
				"%s, and the sentence does not call it a target", f.prints())
			return true
		}
		if g.Role != prose.Target {
			return false
		}
		if m := st.boundBefore(i); m != nil && m != f.m && !m.alike(f.m) && f.m.hits(st, i) <= m.hits(st, i) {
			for _, own := range m.facts() {
				if own.kind == targetFact && !own.value.Equal(f.value) {
					p.blameFigure(st, i, "contradicts-data", hint(own), "%s, and the figure before it is of %s", f.prints(), m.ref())
					return true
				}
			}
		}
		return false
	}
	if g.Role != prose.Target || f.kind != valueFact || !targetBefore.MatchString(st.phrase(0, g.First)) {
		return false
	}
	for _, own := range f.m.facts() {
		if own.kind == targetFact {
			if !own.value.Equal(f.value) {
				p.blameFigure(st, i, "contradicts-data", hint(own), "%s, and the sentence calls it a target", f.prints())
				return true
			}
			return false
		}
	}
	return false
}

var targetBefore = prose.Pattern(`\b(?:target|limit|threshold|ceiling) (?:(?:is|was|of|set|at|remains|being) )+$`)

// boundBefore is the measure of the nearest figure before one.
func (st *statement) boundBefore(i int) *measure {
	for k := i - 1; k >= 0; k-- {
		for _, f := range st.results[k].facts {
			if f.kind == valueFact {
				return f.m
			}
		}
	}
	return nil
}

// hits is the weight of the words about a figure in the name of each measure.
func (st *statement) hits(i int) []float64 {
	if list, ok := st.weighed[i]; ok {
		return list
	}
	from, to := st.segment(i)
	have := map[string]float64{}
	var words []string
	for _, t := range st.terms {
		if from <= t.word && t.word <= to && have[t.text] == 0 {
			have[t.text] = 1
			words = append(words, t.text)
		}
	}
	list := st.l.weights(words, have)
	if st.weighed == nil {
		st.weighed = map[int][]float64{}
	}
	st.weighed[i] = list
	return list
}

// hits is the weight of the words about a figure that are a measure's.
func (m *measure) hits(st *statement, i int) float64 { return st.hits(i)[m.index] }

// How much better another measure must be named than the one that is bound, for
// the words to be about it. By these the site's own texts, all bound and right,
// are left alone.
const (
	otherNamed  = 3.0  // the weight of its words: two telling ones, or a rare one
	otherCovers = 0.45 // of its own name
	otherOnly   = 0.25 // where the bound one has no word at all
	boundNamed  = 0.45 // at most this part of the other's words may be the bound one's
)

// boundMeasure finds a figure of another measure than the one that is named.
func (p *proof) boundMeasure(st *statement, i int, f *fact) bool {
	if f.kind != valueFact && f.kind != toDateFact && f.kind != numeratorFact || st.Figures[i].Role == prose.Target {
		return false
	}
	own, whole := f.m.hits(st, i), 0.0 // of the words about it, of all the sentence's
	for _, t := range st.terms {
		whole += f.m.profile.terms[t.text]
	}
	for k, hits := range st.hits(i) {
		m := st.l.measures[k]
		if hits == 0 || m == f.m || !m.near || m.ind.Parent != "" || m.profile.total == 0 || m.ind.Unit != f.m.ind.Unit || m.kin(f.m) || !st.outdoes(i, m, f.m) {
			continue
		}
		plainly := hits >= otherNamed && own <= boundNamed*hits && (hits >= otherCovers*m.profile.total || whole == 0 && hits >= otherOnly*m.profile.total) && !m.alike(f.m) &&
			st.wordsOf(i, m) > 1 && !slices.Contains(st.topics, f.m) && whole < hits*boundNamed
		if !plainly && !(m.alike(f.m) && own > 0 && st.tells(m, f.m, hits-own)) {
			continue
		}
		if st.speaksOf(i, m) {
			continue
		}
		var meant *fact
		for _, g := range m.facts() {
			if g.kind == f.kind && g.area == f.area && (g.period == f.period || f.current() && g.current()) {
				meant = g
			}
		}
		if meant == nil || meant.value.Equal(f.value) {
			continue
		}
		p.blameFigure(st, i, "contradicts-data", hint(meant), "%s, and the sentence speaks of %s (%s)", f.prints(), m.ref(), m.ind.Name)
		return true
	}
	return false
}

// wordsOf counts the words about a figure that are a measure's, and not of
// another figure's.
func (st *statement) wordsOf(i int, m *measure) int {
	from, to := st.segment(i)
	seen := map[string]bool{}
	for _, t := range st.terms {
		if from <= t.word && t.word <= to && m.profile.terms[t.text] > 0 && !st.ofAnother(i, t) {
			seen[t.text] = true
		}
	}
	return len(seen)
}

func (st *statement) ofAnother(i int, t term) bool {
	for k := range st.results {
		if k != i && slices.ContainsFunc(st.results[k].facts, func(f *fact) bool {
			return f.m.profile.terms[t.text] > 0 && !slices.ContainsFunc(st.results[i].facts, func(g *fact) bool { return g.m == f.m })
		}) {
			return true
		}
	}
	return false
}

// tells says that a sentence has all that parts one measure's name from
// another's, and nothing of what parts the other's: dental checks are no health
// checks.
func (st *statement) tells(m, n *measure, more float64) bool {
	if more < tellsBy {
		return false
	}
	said := func(t string) bool { return slices.ContainsFunc(st.terms, func(s term) bool { return s.text == t }) }
	saidBefore := func(t string) bool { return slices.ContainsFunc(st.around, func(s term) bool { return s.text == t }) }
	own := 0
	for t, w := range m.profile.terms {
		if n.profile.terms[t] == 0 && w >= tellsWord {
			if !said(t) {
				return false
			}
			own++
		}
	}
	other := 0
	for t, w := range n.profile.terms {
		if m.profile.terms[t] == 0 && w >= tellsWord {
			if said(t) || saidBefore(t) {
				return false
			}
			other++
		}
	}
	return own > 0 && (other > 0 || more >= otherNamed)
}

// What a word must weigh to part two names, and how much more of one must be there.
const (
	tellsWord = 1.0
	tellsBy   = 1.5
)

// kin says that one measure is a part of the other, or both of a third.
func (m *measure) kin(n *measure) bool {
	return m.card == n.card && (m.ind.Parent == n.ind.Ref || n.ind.Parent == m.ind.Ref || m.ind.Parent != "" && m.ind.Parent == n.ind.Parent)
}

// speaksOf says that another figure of the sentence is of a measure, or of one
// like it: its words are that figure's.
func (st *statement) speaksOf(i int, m *measure) bool {
	for k := range st.results {
		if k != i && slices.ContainsFunc(st.results[k].facts, func(f *fact) bool { return f.m == m || f.m.alike(m) || f.m.kin(m) }) {
			return true
		}
	}
	return false
}

// boundThen finds an earlier figure of another measure than the one that is
// compared with it.
func (p *proof) boundThen(st *statement, i int, f *fact) bool {
	g := st.Figures[i]
	m := st.boundBefore(i)
	if g.Role != prose.Then || f.kind != valueFact || m == nil || m == f.m || m.ind.Unit != f.m.ind.Unit || m.alike(f.m) || m.kin(f.m) || f.current() ||
		f.area != p.l.whole || g.First < 2 || f.m.hits(st, i) > 0 {
		return false
	}
	for _, own := range m.facts() {
		if own.kind == valueFact && own.area == f.area && own.period == f.period && !own.value.Equal(f.value) {
			p.blameFigure(st, i, "contradicts-data", hint(own), "%s, and the figure before it is of %s", f.prints(), m.ref())
			return true
		}
	}
	return false
}

// ofWhole stands between a part and its whole.
var ofWhole = prose.Pattern(`^(?:[a-z]+ ){0,4}?(?:out )?of (?:the |all |all the |those |these |a total of |its |our )*$`)

// boundPairs checks a bound figure beside the typed number that it belongs with:
// "{{ 3.2 }} of the 116", "{{ 3.2 }} (35)", "22 of {{ 3.1 }}".
func (p *proof) boundPairs(st *statement) {
	for i := 0; i+1 < len(st.Figures); i++ {
		a, b := st.Figures[i], st.Figures[i+1]
		if (a.Ref >= 0) == (b.Ref >= 0) || a.Hedge != prose.Exact || b.Hedge != prose.Exact || a.Fraction || b.Fraction {
			continue
		}
		between := st.phrase(a.Last+1, b.First)
		f := st.boundTo(i)
		switch {
		case f != nil && b.Unit == prose.Plain && f.kind == valueFact && f.m.percentage() && f.figure != nil && f.figure.Numerator.Has && f.figure.Denominator.Has:
			n, d := f.figure.Numerator.Decimal, f.figure.Denominator.Decimal
			last := b.Last + 1
			if between == "( " && last < len(st.Words) && st.Words[last].Text == ")" && !b.Value.Equal(n) && !b.Value.Equal(d) {
				p.blameFigure(st, i+1, "contradicts-data", "{{ "+f.m.ref()+" numerator }} prints "+n.Grouped(), "%s is given as the number that %s is, and that is %s of %s",
					b.Typed, f.words(), n.Grouped(), d.Grouped())
			}
		case f == nil && a.Unit == prose.Plain && ofWhole.MatchString(between):
			whole := st.boundTo(i + 1)
			if whole == nil || whole.kind != valueFact && whole.kind != denominatorFact || b.Unit != prose.Plain || a.Value.Cmp(b.Value) > 0 {
				continue
			}
			s := prose.Share{Part: i, Whole: i + 1, Rate: -1}
			pair := p.sharing(st, func(f *fact) bool {
				return f.figure.Numerator.Has && f.figure.Denominator.Has && f.figure.Numerator.Decimal.Equal(a.Value) && f.figure.Denominator.Decimal.Equal(b.Value)
			})
			if len(pair) > 0 {
				st.settle(i, pair...)
			} else {
				p.otherWhole(st, s, a, b)
			}
		}
	}
}

// backwards finds a movement whose two ends are bound the wrong way round: from
// what it is to what it was.
func (p *proof) backwards(st *statement, m prose.Move) bool {
	from, to := st.boundTo(m.From), st.boundTo(m.To)
	if from == nil || to == nil || from.m != to.m || from.area != to.area || from.kind != to.kind || from.period.Last() <= to.period.Last() {
		return false
	}
	code := "contradicts-data"
	if m.Sense != prose.NoSense && m.Sense != prose.Same {
		code = "direction-contradicts"
	}
	p.blame(st, st.Figures[m.From].Start, st.Figures[m.To].End, code, "change the two references over: from "+to.binding()+" to "+from.binding(),
		"the movement goes from %s (%s) back to %s (%s)", from.words(), from.format(), to.words(), to.format())
	st.results[m.From].blamed, st.results[m.To].blamed = true, true
	return true
}

// boundUnit is how a fact would be typed.
func (f *fact) boundUnit() (prose.Unit, int64) {
	if f.kind == numeratorFact || f.kind == denominatorFact {
		return prose.Plain, 0
	}
	switch u := f.m.ind.Unit; {
	case u == quantity.Percent:
		return prose.Percent, 0
	case perPeople(u):
		return prose.PerPeople, u.Per()
	case u == quantity.Money:
		return prose.Money, 0
	case u == quantity.Days:
		return prose.Days, 0
	}
	return prose.Plain, 0
}
