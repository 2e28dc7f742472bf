package proof

import (
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/prose"
)

// statement is one sentence in its place: what it says, and what was said
// around it.
type statement struct {
	prose.Sentence
	l        *ledger
	section  string
	passage  *commentary.Passage
	terms    []term
	around   []term       // of the sentence before, the heading, a table's heads
	carried  []prose.When // periods that the sentence before named
	areas    []mention
	others   []mention // comparators
	results  []result  // of each figure
	ranking  map[int][]ranked
	weighed  map[int][]float64
	before   *statement // the sentence before it, in its paragraph
	topic    *measure   // what that was about
	topics   []*measure // and every measure of which it had a figure
	leans    bool       // it goes on from it
	straying int        // whether it has words of another measure: 1, or -1; 0 is not known
	place    string     // the area of which the one before told, where this says it, its, there
}

// mention is a name that stands in a sentence.
type mention struct {
	id          string
	first, last int // of Words
}

// result is what became of a figure.
type result struct {
	settled, blamed bool
	facts           []*fact  // what it is, where it was found right
	meant           []*fact  // what it should be, where it was found wrong
	changed         *measure // whose change it is, where it was found to be one
}

// ranked is a measure with how well a sentence names it.
type ranked struct {
	m     *measure
	score float64
	cover float64 // how much of its name is there, from 0 to 1
}

func newStatement(l *ledger, section string, s prose.Sentence, p *commentary.Passage, around []term, carried []prose.When) *statement {
	st := &statement{Sentence: s, l: l, section: section, passage: p, around: around, carried: carried,
		terms: termsOf(s.Words), results: make([]result, len(s.Figures)), ranking: map[int][]ranked{}}
	l.windowsOf(s)
	st.areas = st.find(l.areas)
	st.terms = withoutNames(st.terms, st.areas)
	st.readNumbers()
	st.others = st.find(l.others)
	if p.Kind == commentary.TableCell {
		st.headed(p)
	}
	return st
}

// isParagraphNumber says that a figure is the number that someone typed before a
// paragraph: "3.1 This report asks".
func (st *statement) isParagraphNumber(f prose.Figure) bool {
	return st.Start == 0 && f.Start == 0 && f.Ref < 0 && numberedParagraph.MatchString(st.passage.Text)
}

// numberedParagraph is that of a paragraph, before what begins as a sentence does.
var numberedParagraph = prose.Pattern(`^[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}[.)]?\s+\p{Lu}`)

// readNumbers finds the numbers by which measures go: "Measure 5.9", and in
// brackets after a name, "Repeat plans (5.9)". They are no figures.
func (st *statement) readNumbers() {
	for i, f := range st.Figures {
		if st.isParagraphNumber(f) {
			st.results[i].settled = true
			continue
		}
		if f.Unit != prose.Plain || f.Ref >= 0 || f.Spelled || f.Value.Scale() == 0 || f.First == 0 {
			continue
		}
		term := term{refTerm(f.Typed), f.First}
		if len(st.l.having(term.text)) == 0 {
			continue
		}
		before := st.Words[f.First-1]
		called := measureWords[before.Lower]
		inBrackets := before.Text == "(" && f.Last+1 < len(st.Words) && st.Words[f.Last+1].Text == ")" &&
			(measureWords[st.Words[0].Lower] || f.First <= 8 && st.Start == 0 && st.named(term))
		if called || inBrackets {
			st.terms = append(st.terms, term)
			st.results[i].settled = true
		}
	}
}

var measureWords = listed("measure measures indicator indicators ref reference kpi pi")

// named says that the words of a sentence are of a measure's name, whose number
// a term is.
func (st *statement) named(number term) bool {
	return slices.ContainsFunc(st.l.having(number.text), func(p posting) bool {
		m := st.l.measures[p.measure]
		return slices.ContainsFunc(st.terms, func(t term) bool { return m.profile.terms[t.text] > tellingTerm })
	})
}

// headed puts the periods, areas and comparators of a table's heads before the
// words of its cell.
func (st *statement) headed(p *commentary.Passage) {
	text := p.RowHead + " ; " + p.ColumnHead
	read, ok := st.l.heads[text]
	if !ok {
		if st.l.heads == nil {
			st.l.heads = map[string][]prose.Sentence{}
		}
		read = prose.Read(text, st.l.month.Month)
		st.l.heads[text] = read
	}
	for _, s := range read {
		st.l.windowsOf(s)
		st.carried = append(st.carried, s.Whens...)
		head := &statement{Sentence: s}
		areas := head.find(st.l.areas)
		for _, m := range areas {
			st.areas = append(st.areas, mention{m.id, -1, -1})
		}
		for _, t := range withoutNames(termsOf(s.Words), areas) {
			st.terms = append(st.terms, term{t.text, 0})
		}
		for _, m := range head.find(st.l.others) {
			st.others = append(st.others, mention{m.id, -1, -1})
		}
	}
}

// withoutNames leaves out the terms that are the names of areas: Central is no
// word of a children's centre.
func withoutNames(list []term, areas []mention) []term {
	return slices.DeleteFunc(list, func(t term) bool {
		return slices.ContainsFunc(areas, func(m mention) bool { return m.first <= t.word && t.word <= m.last })
	})
}

// settle marks a figure as found right.
func (st *statement) settle(figure int, facts ...*fact) {
	st.results[figure] = result{settled: true, facts: facts}
}

// names are how things are named in sentences, each in its words, by the first.
type names map[string][]name

type name struct {
	id    string
	words []string
}

func (n names) add(id, text string) {
	words := strings.FieldsFunc(strings.ToLower(text), noWord)
	if len(words) > 0 {
		n[words[0]] = append(n[words[0]], name{id, words})
	}
}

// areaNames lists how the areas of a site are named, the whole left out; all is
// how many there are.
func areaNames(l *ledger, all int) names {
	list, seen := names{}, map[string]bool{}
	for _, m := range l.measures {
		if len(seen) == all {
			break // as after the first measure of most sites
		}
		for _, id := range m.view.Areas(m.ind.Ref) {
			if !seen[id] {
				seen[id] = true
				list.add(id, m.view.AreaName(id))
			}
		}
	}
	return list
}

// comparatorNames lists how the comparators of a site are named, by what each is.
func comparatorNames(l *ledger) names {
	list := names{}
	for _, c := range l.month.View.Comparators() {
		ways := ""
		lower := strings.ToLower(c.ID + " " + c.Name)
		switch {
		case c.Role == "stat_neighbours":
			ways = "statistical neighbours|statistical neighbour average|statistical neighbour|stat neighbours|stat neighbour average|stat neighbour|" +
				"neighbours|sn|sns|similar councils|similar authorities|neighbour average|comparator authorities"
		case c.Role == "national":
			ways = "national average|national rate|national figure|nationally|national|england average|england as a whole|england"
		case strings.Contains(lower, "quartile"):
			ways = "top quartile|upper quartile|national top quartile"
		case strings.Contains(lower, "best"):
			ways = "best statistical neighbour|best stat neighbour|best neighbour|best performing neighbour"
		case strings.Contains(lower, "region"):
			ways = "regional average|region average|the region|regionally|regional|yorkshire and the humber|yorkshire and humber"
		}
		for _, way := range append(strings.Split(ways, "|"), c.Name, c.Short) {
			list.add(c.ID, way)
		}
	}
	return list
}

// find lists where names stand in the sentence; of two at one place the longer.
func (st *statement) find(known names) []mention {
	var found []mention
	for i, w := range st.Words {
		best := mention{first: -1}
		for _, n := range known[w.Lower] {
			if end, ok := st.stands(i, n.words); ok && (best.first < 0 || end > best.last) {
				best = mention{n.id, i, end}
			}
		}
		if best.first >= 0 && (len(found) == 0 || found[len(found)-1].last < best.first) && !st.partOfName(best) {
			found = append(found, best)
		}
	}
	return found
}

// otherNames are words that make another name of a point of the compass or of
// the nation: South Yorkshire, the national minimum standard.
var otherNames = listed(`yorkshire street road east west minimum standard standards indicator indicators curriculum insurance office guidance lottery
	government team teams`)

func (st *statement) partOfName(m mention) bool {
	if m.last+1 < len(st.Words) && otherNames[st.Words[m.last+1].Lower] {
		return true
	}
	first := st.Words[m.first]
	return m.first == m.last && compass[first.Lower] && first.Text == first.Lower // "in the north of the borough"
}

var compass = listed("north south east west central")

func listed(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

func (st *statement) stands(at int, words []string) (last int, ok bool) {
	k := at
	for _, w := range words {
		for k < len(st.Words) && k > at && (st.Words[k].Text == "-" || st.Words[k].Text == "–") {
			k++
		}
		if k >= len(st.Words) || st.Words[k].Lower != w {
			return 0, false
		}
		k++
	}
	return k - 1, true
}
