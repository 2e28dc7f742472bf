package proof

import (
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// A paragraph names its measure once and goes on: "The rate is 58.5. A year ago
// it was 65.3. The target is 52.3." The topic of a sentence is the measure that
// the one before it was about; where a sentence leans on the one before, what
// it does not name is the topic's.

// How much better a measure is named for being the topic, and for being like
// it: the rate beside the number.
const (
	leansOnTopic = 3.0
	leansOnLike  = 2.4
	nearTopic    = 0.4 // it follows, and begins anew
)

// leaning are the ways in which a sentence begins that goes on from the one
// before, periods left out.
var leaning = prose.Pattern(`^(?:(?:before (?:that|then)|each|every|month|months|quarter|and|but|however|meanwhile|also|still|yet|in|at|by|for|since|during|over|until|before|against|from|of|to|the end of|end of|on|0|a|year|ago|earlier|after|,|up|then|with|only|now) )*` +
	`(?:it|its|this|that|they|these|those|both|performance|all|such|there (?:were|was|are|had been|has been|have been)|` +
	`the (?:(?:local|agreed|annual|monthly|current|previous|latest|upper|lower|equivalent|same|overall|corresponding|year|national|england|regional|statistical|neighbour|average|comparable|set) )*` +
	`(?:0 )?(?:rate|figure|number|percentage|proportion|total|target|tolerance|limit|threshold|measure|indicator|position|level|gap|average|neighbours?|england|nationally|region|low point|high point|peak|fall|rise|increase|decrease|improvement|drop|reduction|change|difference|best|shortfall|ambition|standard|goal|comparator|comparison|result|trend|count|share|ratio|outturn|projection|forecast|decline|deterioration|worst|remaining|rest|others?|year to date|equivalent)|` +
	`(?:england|nationally|statistical|neighbours|our statistical|our neighbours|similar|regionally|amber|green|red|target|tolerance)) `)

// takeUp finds the topic of a sentence and whether it leans on it.
func (p *proof) takeUp(st *statement) {
	if len(p.said) == 0 {
		return
	}
	if p.tabled != nil && st.passage.Kind == commentary.Paragraph {
		st.before = &statement{l: st.l, passage: st.passage}
		st.topic, st.topics = p.tabled, []*measure{p.tabled}
		st.leans = leaning.MatchString(st.opening()) && !st.begins(st.opening()) || st.namesNothing()
		return
	}
	before := p.said[len(p.said)-1]
	if before.passage != st.passage && !(before.passage.Kind == commentary.ListItem && st.passage.Kind == commentary.ListItem) {
		return
	}
	st.before = before
	if len(st.areas) == 0 && before.passage == st.passage && itsPlace.MatchString(strings.ToLower(st.Text)) {
		st.place = before.onePlace()
	}
	st.topic = before.matter()
	if st.topic != nil {
		st.topics = append(before.measures(), st.topic)
	}
	if st.topic == nil {
		return
	}
	if m := st.pointedAt(); m != nil {
		st.topic, st.topics, st.leans = m, []*measure{m}, true
		return
	}
	opening := st.opening()
	if strings.Contains(opening, " that ") {
		opening = noted.ReplaceAllString(opening, "")
	}
	st.leans = leaning.MatchString(opening) && !st.begins(opening) || st.namesNothing() || len(st.areas) > 0 && st.areas[0].first == 0
}

// pointedAt is the measure of the sentence before that is called the latter, or
// the former; nil where the sentence calls none so.
func (st *statement) pointedAt() (m *measure) {
	if len(st.Words) < 2 || st.Words[0].Lower != "the" {
		return nil
	}
	word := st.Words[1].Lower
	if word != "latter" && word != "former" {
		return nil
	}
	for i := range st.before.results {
		for _, f := range st.before.results[i].facts {
			if f.kind <= toDateFact && (m == nil || word == "latter") {
				m = f.m
			}
		}
	}
	return m
}

// toCarry lists the periods of a sentence that hold for the one after it: of
// "fell to 325 from 327 in December" none, for what was is not gone on about.
func (st *statement) toCarry() (list []prose.When) {
	told := slices.ContainsFunc(st.Figures, func(f prose.Figure) bool { return f.Role == prose.Now || f.Role == prose.Value })
	for _, w := range st.Whens {
		if told && w.Kind == prose.Named && slices.ContainsFunc(st.Figures, func(f prose.Figure) bool {
			return f.Role == prose.Then && f.Last < w.First && w.First-f.Last <= 2
		}) {
			continue
		}
		list = append(list, w)
	}
	return list
}

// noted opens what minutes say, before what was said.
var noted = prose.Pattern(`^(?:it|this|members|the (?:chair|board|panel|committee|group|meeting)|officers) (?:was |were |had |has )?(?:also |further |then )?(?:noted|reported|observed|explained|agreed|recognised|highlighted|heard|advised|informed|asked to note|told|confirmed) that `)

// oneMatter is the measure of which all the cells of a table are; nil where they
// are of several.
func oneMatter(cells []*statement) (m *measure) {
	for _, c := range cells {
		for _, n := range c.measures() {
			if m != nil && n != m {
				return nil
			}
			m = n
		}
	}
	return m
}

// itsPlace are words that stand for the area of which a text tells.
var itsPlace = prose.Pattern(`\b(?:it|its|there|the locality|that locality|the area|that area)\b`)

// onePlace is the one area of which a sentence tells; "" for none or several.
func (st *statement) onePlace() string {
	if len(st.areas) == 0 {
		return st.place
	}
	for _, m := range st.areas {
		if m.id != st.areas[0].id {
			return ""
		}
	}
	return st.areas[0].id
}

// begins says that a sentence such as "the proportion of young people who are
// NEET" names its own measure.
func (st *statement) begins(opening string) bool {
	if !ofItsOwn.MatchString(opening) {
		return false
	}
	return slices.ContainsFunc(st.terms, func(t term) bool {
		if t.word > 14 || len(st.Figures) > 0 && t.word > st.Figures[0].First {
			return false
		}
		for _, m := range st.topics {
			if m.profile.terms[t.text] > 0 {
				return false
			}
		}
		return true
	})
}

// namesNothing says that no word of a sentence is of any measure's name but the
// topic's: "December had brought 31", "in July they managed twelve".
func (st *statement) namesNothing() bool {
	if len(st.Figures) == 0 || len(st.Words) > shortSentence {
		return false
	}
	if st.namesOnly() {
		return true
	}
	have := map[string]bool{}
	sums := map[int]float64{}
	for _, t := range st.terms {
		if have[t.text] {
			continue
		}
		have[t.text] = true
		for _, p := range st.l.having(t.text) {
			m := st.l.measures[p.measure]
			if slices.Contains(st.topics, m) {
				return false // it names the topic itself, and is ranked by that
			}
			if sums[p.measure] += p.weight; sums[p.measure] >= ownName*m.profile.total {
				return false
			}
		}
	}
	return true
}

// namesOnly says that the one word of a sentence that is of any name is of its
// topic's: "In 2015/16 as a whole 16.1% were in time."
func (st *statement) namesOnly() bool {
	one := ""
	for _, t := range st.terms {
		if t.text == one || len(st.l.having(t.text)) == 0 {
			continue
		}
		if one != "" || st.topic.profile.terms[t.text] == 0 {
			return false
		}
		one = t.text
	}
	return one != "" && len(st.Words) <= shortSentence
}

// What a sentence must give of a measure's name to speak of it, and how long one
// may be that only goes on.
const (
	ownName       = 0.3
	shortSentence = 16
)

var ofItsOwn = prose.Pattern(`^(?:[a-z0-9,]+ ){0,6}?the (?:[a-z]+ ){0,3}(?:rate|figure|number|percentage|proportion|total|target|average|share|ratio|count|fall|rise|increase|decrease) (?:of|for|who|with|in|at|that) `)

// measures lists what the figures of a sentence are of.
func (st *statement) measures() (list []*measure) {
	for i := range st.results {
		small := st.Figures[i].Unit == prose.Plain && st.Figures[i].Ref < 0 && st.Figures[i].Value.Abs().Cmp(quantity.Int(leastCount)) < 0
		for _, f := range append(slices.Clone(st.results[i].facts), st.results[i].meant...) {
			if small && coverOf(st.rank(i), f.m) < namesakeCover {
				continue // met by chance
			}
			if f.kind <= toDateFact || f.kind == windowFact {
				list = append(list, f.m)
			}
		}
	}
	return list
}

func coverOf(list []ranked, m *measure) float64 {
	for _, r := range list {
		if r.m == m {
			return r.cover
		}
	}
	return 0
}

// opening is the first words of a sentence, each period as 0.
func (st *statement) opening() string {
	var words []prose.Word
	for i := 0; i < len(st.Words) && len(words) < 12; i++ {
		if k := slices.IndexFunc(st.Whens, func(w prose.When) bool { return w.First == i }); k >= 0 {
			words = append(words, prose.Word{Lower: "0"})
			i = st.Whens[k].Last
			continue
		}
		words = append(words, st.Words[i])
	}
	text := ""
	for _, w := range words {
		text += w.Lower + " "
	}
	return text
}

// matter is the measure that a sentence was about, for the one that follows.
func (st *statement) matter() *measure {
	if list := st.measures(); len(list) > 0 && !slices.ContainsFunc(list, func(m *measure) bool { return m != list[0] }) {
		return list[0]
	}
	var best *measure
	score := 0.0
	list := st.rank(-1)
	for i := range st.results {
		if st.Figures[i].Role == prose.Target {
			continue
		}
		for _, f := range append(slices.Clone(st.results[i].facts), st.results[i].meant...) {
			if f.kind == targetFact || f.kind == edgeFact {
				continue
			}
			if s := rankOf(list, f.m); best == nil || s > score {
				best, score = f.m, s
			}
		}
	}
	if best != nil {
		return best
	}
	least := 0.4
	if slices.ContainsFunc(st.Figures, func(f prose.Figure) bool {
		return f.Ref < 0 && f.Role == prose.Value && f.Unit == prose.Plain && f.Value.Cmp(quantity.Int(leastCount)) >= 0
	}) {
		least = 2 // it has a number, which is none of that measure's
	}
	if len(list) > 0 && list[0].cover >= least && (len(list) == 1 || list[1].score < list[0].score*0.93 || list[1].m.alike(list[0].m)) {
		return list[0].m
	}
	if st.leans || len(st.terms) == 0 {
		return st.topic
	}
	return nil
}

// topical is what being the topic, or like it, adds to how well a measure is named.
func (st *statement) topical(m *measure) float64 {
	switch {
	case st.topic == nil:
		return 0
	case st.leans && slices.Contains(st.topics, m):
		if st.strays() {
			return leansOnLike
		}
		return leansOnTopic
	case m == st.topic:
		return nearTopic
	case st.leans && m.card == st.topic.card && (m.alike(st.topic) || m.kin(st.topic)):
		return leansOnLike
	}
	return 0
}

// strays says that a sentence has a word of the name of a measure like its topic
// that is no word of the topic's: the share not substantiated.
func (st *statement) strays() bool {
	if st.straying == 0 {
		st.straying = -1
		for _, t := range st.terms {
			if slices.ContainsFunc(st.topics, func(m *measure) bool { return m.profile.terms[t.text] > 0 }) {
				continue
			}
			for _, p := range st.l.having(t.text) {
				if m := st.l.measures[p.measure]; m.card == st.topic.card && p.weight > tellingTerm && (m.alike(st.topic) || m.kin(st.topic)) {
					st.straying = 1
				}
			}
		}
	}
	return st.straying > 0
}

// tellingTerm is what a term weighs that few names have.
const tellingTerm = 1.2

// onTopic says that a sentence leans on the one before and that a measure is
// what that was about, or like it.
func (st *statement) onTopic(m *measure) bool {
	return st.topical(m) >= leansOnLike && !st.foreignTo(m)
}
