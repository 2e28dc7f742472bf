package proof

import (
	"slices"
	"strings"

	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// basis is what a figure may be compared with, and what it is.
type basis struct {
	value  quantity.Decimal
	period period.Period // none for a typed figure
}

// words tell what a basis is.
func (b basis) words(m *measure) string {
	if b.period.IsZero() {
		return m.ind.Format(b.value)
	}
	return m.ind.Format(b.value) + " (" + b.period.Words() + ")"
}

// thens lists what a measure's newest figure may be compared with in a sentence
// that does not give it: the periods that it names or, where it names none,
// those of the sentence that it goes on from, the month before and the year
// before. sure says that the sentence names it.
func (st *statement) thens(m *measure, area string) (list []basis, sure bool) {
	current := m.verdict.Current.Period
	add := func(f *fact) {
		for _, b := range list {
			if b.period == f.period {
				return
			}
		}
		list = append(list, basis{f.value, f.period})
	}
	from := func(whens []prose.When) {
		for _, w := range whens {
			if w.Kind == prose.ThisMonth || w.Kind == prose.Named && w.Period.Last() >= current.Last() {
				continue
			}
			for f := range m.factsIn(only(area)) {
				if f.kind == valueFact && f.area == area && f.period != current && f.period.Kind() == current.Kind() &&
					(f.named(w, st.l.month.Month) || w.Kind == prose.Since && f.period.Last() == w.Period.Last()) {
					add(f)
				}
			}
		}
	}
	if from(st.Whens); len(list) > 0 {
		return list, true
	}
	if st.leans && st.before != nil {
		from(st.before.Whens)
		for i := range st.before.results {
			for _, f := range st.before.results[i].facts {
				if f.m == m && f.kind == valueFact && f.area == area && f.period != current {
					add(f)
				}
			}
		}
	}
	for i, p := range []period.Period{m.verdict.Previous.Period, current.YearAgo()} {
		if v, ok := m.at(p, area); ok && (i == 0 || ofYears.MatchString(strings.ToLower(st.Text))) {
			list = append(list, basis{v, p})
		}
	}
	return list, false
}

var ofYears = prose.Pattern(`\b(?:years?|annual(?:ly)?|\d{4})\b`)

// spoken is the measure that a sentence is about, where it is named well enough
// to hold its movement against it.
func (st *statement) spoken() (*measure, bool) {
	if m, ok := st.subject(); ok {
		if parent := m.view.Indicator(m.ind.Parent); parent != nil && !m.sharesFigure(st) { // the whole is meant
			if i := slices.IndexFunc(st.l.measures, func(n *measure) bool { return n.card == m.card && n.ind == parent }); i >= 0 {
				m = st.l.measures[i]
			}
		}
		return m, true
	}
	for i := range st.results {
		if st.results[i].blamed {
			return nil, false
		}
	}
	list := st.rank(-1)
	if len(st.areas) > 0 || len(list) == 0 || list[0].cover < 0.2 || !list[0].m.inSection(st.section) || list[0].m.ind.Parent != "" {
		return nil, false
	}
	if len(list) > 1 && list[1].score > list[0].score*0.85 && !list[1].m.alike(list[0].m) && list[1].m.ind.Parent != list[0].m.ind.Ref {
		return nil, false
	}
	return list[0].m, true
}

// multiples checks "doubled", "a third higher", "fell by a quarter".
func (p *proof) multiples(st *statement) {
	for _, m := range st.Multiples {
		m := multiple{m}
		now, then, told := st.typedWay(m)
		if told {
			if then.Sign() > 0 && now.Sign() >= 0 && !m.holds(now, then) {
				p.blameMultiple(st, m, "contradicts-itself", "from "+then.Grouped()+" to "+now.Grouped())
			}
			continue
		}
		about, ok := st.spoken()
		if !ok || m.Bare && !st.counts(m, about) || len(st.areas) > 0 || len(st.others) > 0 {
			continue
		}
		now, ok = about.at(about.verdict.Current.Period, p.l.whole)
		if !ok {
			continue
		}
		list, _ := st.thens(about, p.l.whole)
		right := len(list) == 0
		for _, b := range list {
			right = right || m.holds(now, b.value) || b.value.Sign() <= 0
		}
		for _, other := range st.meantAt(m.First, m.Last) { // the number beside its rate
			if v, ok := other.at(other.verdict.Current.Period, p.l.whole); ok && other != about && about.percentage() && !other.percentage() {
				others, _ := st.thens(other, p.l.whole)
				for _, b := range others {
					right = right || m.holds(v, b.value)
				}
			}
		}
		if !right {
			p.blameMultiple(st, m, "contradicts-data", about.ref()+" went from "+list[0].words(about)+" to "+about.ind.Format(now))
		}
	}
}

// counts says that what a multiple counts is what a measure counts: "twice as
// many families".
func (st *statement) counts(m multiple, about *measure) bool {
	if strings.Contains(st.phrase(m.Last+1, min(len(st.Words), m.Last+3)), "as many ") && about.percentage() {
		return false
	}
	named, other := false, false
	for _, t := range st.terms {
		if t.word > m.Last && t.word <= m.Last+5 {
			has := about.profile.terms[t.text] > 0
			named, other = named || has, other || !has
		}
	}
	return named || !other
}

func (p *proof) blameMultiple(st *statement, m multiple, code, message string) {
	first, last := st.Words[m.First], st.Words[m.Last]
	p.blame(st, first.Start, last.End, code, "say by how much: {{ moved }} writes it from the figures", "%q is said, and %s",
		strings.TrimSpace(st.phrase(m.First, m.Last+1)), message)
}

// typedWay is the way between two figures that a multiple in the sentence tells of.
func (st *statement) typedWay(m multiple) (now, then quantity.Decimal, ok bool) {
	known := func(i int) bool {
		f := st.Figures[i]
		return f.Hedge == prose.Exact && !f.Fraction && (f.Ref < 0 || len(st.results[i].facts) == 1 && !st.isChange(i))
	}
	for _, way := range st.Moves {
		if known(way.From) && known(way.To) {
			return st.Figures[way.To].Value, st.Figures[way.From].Value, true
		}
	}
	a, b := -1, -1 // what is before the words, and what it is compared with
	for i, f := range st.Figures {
		switch {
		case f.Role == prose.Target && f.First > m.Last && f.First-m.Last <= 6: // more than double the 4% target
			b = i
		case !known(i) || f.Role == prose.Target || f.Role == prose.Change:
		case f.Last < m.First && f.Role != prose.Then:
			a = i
		case f.First > m.Last && b < 0 && (f.Role == prose.Then || f.First-m.Last <= 4):
			b = i
		}
	}
	if a < 0 || b < 0 || st.Figures[a].Unit != st.Figures[b].Unit || st.Figures[b].Role == prose.Now {
		return now, then, false
	}
	return st.Figures[a].Value, st.Figures[b].Value, true
}
