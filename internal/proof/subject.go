package proof

import (
	"cmp"
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// What is said in words of a movement, a rank or a rating names its measure
// less fully than a figure does: "contacts fell". All the measures that the
// words may mean are asked, and only what is true of none of them is wrong.

// How well a measure must be named to be meant. By these the corpora came out
// with no right sentence flagged.
const (
	namedEnough  = 0.33 // of its name
	namedAlone   = 1.6  // or the weight of its words, for one of the page's section
	outsideShare = 0.95 // of another section than the page's
	namedHalf    = 0.5  // less than this is no name in a sentence that goes on from another
	namedFully   = 0.8  // a name that is there almost whole
	namedLess    = 0.2  // shuts out those of which so much less is
	rivalShare   = 0.72 // how near to the best another must come to be meant as well
)

// turnsAt are signs and words at which a sentence turns to another thing.
var turnsAt = listed("; while whereas whilst but although though however yet")

// clauseAt is the words about a word: up to where the sentence turns to another
// thing, or to another movement.
func (st *statement) clauseAt(first, last int) (from, to int) {
	from, to = 0, len(st.Words)-1
	for i := first - 1; i >= 0; i-- {
		w := st.Words[i]
		if turnsAt[w.Lower] || w.Text == ";" || (w.Lower == "and" || w.Text == ",") && st.movesIn(0, i, first) && st.namesIn(i+1, first) && st.namesIn(0, i) {
			from = i + 1
			break
		}
	}
	for i := last + 1; i < len(st.Words); i++ {
		w := st.Words[i]
		if turnsAt[w.Lower] || w.Text == ";" || (w.Lower == "and" || w.Text == ",") && st.movesIn(i, len(st.Words), last) && st.namesIn(from, i) && st.namesIn(i+1, len(st.Words)) {
			to = i - 1
			break
		}
	}
	return from, to
}

// movesIn says that a part of the sentence has a movement, or a figure that
// says how much, of its own.
func (st *statement) movesIn(from, to, but int) bool {
	for _, t := range st.Trends {
		if t.First >= from && t.Last < to && t.First != but && t.Last != but {
			return true
		}
	}
	return slices.ContainsFunc(st.Figures, func(f prose.Figure) bool {
		return f.First >= from && f.Last < to && (f.Role == prose.Value || f.Role == prose.Now)
	})
}

// namesIn says that words have a term of any measure.
func (st *statement) namesIn(from, to int) bool {
	return slices.ContainsFunc(st.terms, func(t term) bool { return from <= t.word && t.word < to && len(st.l.having(t.text)) > 0 })
}

// meantAt lists the measures that what stands at some words may be about, the
// best named first: that of the clause's figure, else those that its words
// name; none where they name none, or where a figure of it was found wrong.
func (st *statement) meantAt(first, last int) []*measure {
	from, to := st.clauseAt(first, last)
	if !st.namesIn(from, to+1) && from > 0 {
		from = 0
	}
	for _, m := range st.areas {
		if m.first < 0 || from <= m.first && m.last <= to {
			return nil
		}
	}
	if slices.ContainsFunc(st.others, func(m mention) bool { return m.first < 0 || from <= m.first && m.last <= to }) {
		return nil
	}
	var near []*measure
	gap := len(st.Words)
	for i, f := range st.Figures {
		if f.First < from || f.Last > to || f.Role == prose.Target {
			continue
		}
		if st.results[i].blamed {
			return nil
		}
		away := max(first-f.Last, f.First-last)
		if m := st.results[i].changed; m != nil && away < gap && away <= 2 { // rose by 51%
			near, gap = []*measure{m}, away
			continue
		}
		if f.Role == prose.Change || away >= gap {
			continue
		}
		var list []*measure
		for _, x := range st.results[i].facts {
			if (x.kind == valueFact || x.kind == toDateFact) && x.area == st.l.whole && !slices.Contains(list, x.m) {
				list = append(list, x.m)
			}
		}
		if len(list) > 0 {
			near, gap = list, away
		}
	}
	if len(near) > 0 {
		return near
	}
	if slices.ContainsFunc(st.results, func(r result) bool { return r.blamed }) {
		return nil
	}
	if m := st.ofTarget(from, to); m != nil {
		return []*measure{m}
	}
	list := st.namedBetween(from, to)
	if st.leans && len(st.topics) > 0 && len(list) > 0 && !slices.ContainsFunc(list, func(m *measure) bool { return slices.Contains(st.topics, m) || m.alike(st.topic) }) && st.coverOf(list[0]) < namedHalf {
		list = nil
	}
	if len(list) == 0 && (from > 0 || to < len(st.Words)-1) {
		list = st.namedBetween(0, len(st.Words)-1)
	}
	if len(list) == 0 && st.leans {
		if len(st.before.areas) > 0 {
			return nil
		}
		return st.topics
	}
	if len(list) == 0 && st.topic != nil && st.before != nil && len(st.before.areas) == 0 && !st.namesIn(0, len(st.Words)) && !st.figured(from, to) {
		return []*measure{st.topic} // it names nothing else
	}
	if len(list) == 0 && st.topic == nil {
		return st.headline(from, to)
	}
	return list
}

// headline lists the measures of the page's section, which a sentence means that
// has its title and no measure's name, or speaks of performance alone.
func (st *statement) headline(from, to int) (list []*measure) {
	titled := false
	if s, ok := st.l.month.Scorecard.Section(st.section); ok && st.section != "" {
		titled = true
		for _, text := range st.l.titleOf(s.Title) {
			titled = titled && slices.ContainsFunc(st.terms, func(t term) bool { return t.text == text && from <= t.word && t.word <= to })
		}
	}
	opening := st.opening()
	alone := (leaning.MatchString(opening) || strings.HasPrefix(opening, "0 was ") || strings.HasPrefix(opening, "0 is ")) && !st.namesIn(0, len(st.Words))
	if !titled && !alone {
		return nil
	}
	for _, m := range st.l.measures {
		if m.inSection(st.section) && m.ind.Parent == "" && m.verdict.Current.Value && m.ind.Status != "replaced" && !strings.Contains(m.ind.Name, "(old ") {
			list = append(list, m)
		}
	}
	return list
}

// titleOf is the terms of a section's title.
func (l *ledger) titleOf(title string) []string {
	if l.titles == nil {
		l.titles = lexicon{}
	}
	return l.titles.terms(title)
}

// ofTarget is the measure whose target a clause quotes, and which it names; nil
// for none.
func (st *statement) ofTarget(from, to int) *measure {
	for i, f := range st.Figures {
		if f.Role != prose.Target || f.First < from || f.Last > to || len(st.results[i].facts) != 1 {
			continue
		}
		if m := st.results[i].facts[0].m; st.coverOf(m) >= namedEnough {
			return m
		}
	}
	return nil
}

// coverOf is how much of a measure's name stands in the sentence.
func (st *statement) coverOf(m *measure) float64 {
	seen, sum := map[string]bool{}, 0.0
	for _, t := range st.terms {
		if w := m.profile.terms[t.text]; w > 0 && !seen[t.text] {
			seen[t.text] = true
			sum += w
		}
	}
	return sum / max(m.profile.total, 0.1)
}

// carriedOn is the topic of a sentence that names no measure at all; nil for none.
func (st *statement) carriedOn() *measure {
	if st.topic == nil || st.before == nil || len(st.before.areas) > 0 || len(st.areas) > 0 || st.namesIn(0, len(st.Words)) {
		return nil
	}
	return st.topic
}

// figured says that a clause has figures of its own that were found to be none
// of the topic's.
func (st *statement) figured(from, to int) bool {
	for i, f := range st.Figures {
		if f.First >= from && f.Last <= to && f.Role != prose.Target && f.Role != prose.Change && len(st.results[i].facts) > 0 &&
			!slices.ContainsFunc(st.results[i].facts, func(x *fact) bool { return x.m == st.topic }) {
			return true
		}
	}
	return false
}

// namedBetween lists the measures that some words of a sentence name.
func (st *statement) namedBetween(from, to int) []*measure {
	have, own := map[string]float64{}, map[string]float64{}
	for _, t := range st.around {
		have[t.text] = inContext
	}
	number, share := false, false
	for i := from; i <= to; i++ {
		number = number || countWords[st.Words[i].Lower]
		share = share || shareWords[st.Words[i].Lower] || st.Words[i].Text == "%"
	}
	for _, t := range st.terms {
		if plainVerbs[st.Words[t.word].Lower] && (t.word == 0 || auxiliary[st.Words[t.word-1].Lower]) {
			continue // this year has seen
		}
		if from <= t.word && t.word <= to {
			have[t.text], own[t.text] = inClause, inClause
		}
	}
	if len(own) == 0 {
		return nil
	}
	words := make([]string, 0, len(have))
	for t := range have {
		words = append(words, t)
	}
	slices.Sort(words)
	all, here := st.l.weights(words, have), st.l.weights(words, own)
	var list []ranked
	for k, m := range st.l.measures {
		if here[k] == 0 || m.profile.total == 0 || !m.near || m.ind.Status == "replaced" || strings.Contains(m.ind.Name, "(old ") {
			continue
		}
		rate := m.percentage() || perPeople(m.ind.Unit)
		if number && !share && rate || share && !number && (m.ind.Unit == quantity.Count || m.ind.Unit == quantity.DistinctCount) {
			continue
		}
		cover := min(1, all[k]/m.profile.total)
		s := all[k] * (1 - nameWeight + nameWeight*cover)
		switch {
		case m.inSection(st.section):
			s += ownSection
		case m.own:
			s += ownCard
		}
		if m.ind.Parent != "" {
			s -= partPenalty
		}
		list = append(list, ranked{m, s, min(1, here[k]/m.profile.total)})
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	if len(list) == 0 || list[0].cover < namedEnough && !(list[0].m.inSection(st.section) && list[0].cover*list[0].m.profile.total >= namedAlone) {
		return nil
	}
	var meant []*measure
	top := list[0]
	for _, r := range list {
		if top.cover >= namedFully && r.cover < top.cover-namedLess {
			continue
		}
		if top.m.ind.Parent == "" && r.m.ind.Parent != "" && slices.ContainsFunc(meant, func(m *measure) bool { return m.ind.Ref == r.m.ind.Parent && m.card == r.m.card }) {
			continue // a part of what is meant
		}
		if r.m != top.m && st.sayWhich(top.m, r.m) {
			continue
		}
		if list[0].m.inSection(st.section) && !r.m.inSection(st.section) && r.score < list[0].score*outsideShare {
			continue
		}
		if r.score >= list[0].score*rivalShare {
			meant = append(meant, r.m)
		}
	}
	return meant
}

// sayWhich says that the words tell a rolling figure from a month's, and that one
// of two measures is what they mean.
func (st *statement) sayWhich(top, other *measure) bool {
	a, b := top.ind.Basis == "rolling", other.ind.Basis == "rolling"
	if a == b {
		return false
	}
	rolling := slices.ContainsFunc(st.Whens, func(w prose.When) bool { return w.Kind == prose.RollingMonth })
	month := slices.ContainsFunc(st.Whens, func(w prose.When) bool { return w.Kind == prose.ThisMonth })
	return a && rolling && !month || b && month && !rolling
}

var (
	// plainVerbs say of every figure the same; with an auxiliary they are no part of a name.
	plainVerbs = listed("seen recorded reported received made given shown taken noted")
	auxiliary  = listed("has have had been be was were is are we and")
	countWords = listed("number numbers count volume volumes")
	shareWords = listed("percentage proportion share rate rates timeliness percent")
)

// judgedOnly leaves the measures of which better and worse can be said.
func judgedOnly(list []*measure) []*measure {
	return slices.DeleteFunc(slices.Clone(list), func(m *measure) bool { return m.ind.Good == dataset.Info })
}
