package proof

import (
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/prose"
)

// glossary keeps how measures are named, which is the same month after month.
type glossary struct {
	words   lexicon
	namings map[*edition.Scorecard]*naming // as in the month that was asked for last
}

func newGlossary() glossary {
	return glossary{lexicon{}, map[*edition.Scorecard]*naming{}}
}

// naming is how the measures of one month of a scorecard are named.
type naming struct {
	measures []defined // in the order of its verdicts
	profiles []profile
	index    map[string][]posting // of their terms; made when it is first asked for
}

// defined is what names a measure: its own row of the register, and that of what
// it is a part of.
type defined struct{ own, parent *dataset.Indicator }

// profile is the terms by which a measure is known, each with its weight.
type profile struct {
	terms map[string]float64
	total float64 // of the terms of its own name
}

// posting is a measure, by its place in the ledger, with what a term weighs in
// its name.
type posting struct {
	measure int
	weight  float64
}

// naming is how the measures of a month are named.
func (g glossary) naming(card *edition.Scorecard, month *edition.Month) *naming {
	n := &naming{}
	for i := range month.Verdicts {
		ind := month.Verdicts[i].Indicator
		n.measures = append(n.measures, defined{ind, month.View.Indicator(ind.Parent)})
	}
	if last := g.namings[card]; last != nil && slices.Equal(last.measures, n.measures) {
		return last
	}
	for _, m := range n.measures {
		n.profiles = append(n.profiles, g.profile(card, m))
	}
	weigh(n.profiles)
	for i, m := range n.measures {
		n.profiles[i].byCode(m.own)
	}
	g.namings[card] = n
	return n
}

// having lists the measures whose names have a term.
func (n *naming) having(t string) []posting {
	if n.index == nil {
		n.index = indexOf(slices.Values(n.profiles))
	}
	return n.index[t]
}

// indexOf leads from a term to the measures that have it, in their order.
func indexOf(profiles iter.Seq[profile]) map[string][]posting {
	index := map[string][]posting{}
	k := 0
	for p := range profiles {
		for t, w := range p.terms {
			index[t] = append(index[t], posting{k, w})
		}
		k++
	}
	return index
}

// timed knows the measures of work that is done in time, and those of work that is late.
var (
	timed   = prose.Pattern(`(?i)within \w+ (?:\w+ )?(?:days?|hours?|weeks?|months?)|in \d+ \w+ days|within timescale|in timescale|in \d+ days`)
	lateOne = prose.Pattern(`(?i)outside|past \d+|late\b|overdue`)
)

// profile is that of a measure, before its terms are weighed.
func (g glossary) profile(card *edition.Scorecard, m defined) profile {
	p := profile{terms: map[string]float64{}}
	add := func(text string, weight float64) {
		for _, t := range g.words.terms(text) {
			p.terms[t] = max(p.terms[t], weight)
		}
	}
	for _, id := range m.own.Sections {
		if s, ok := card.Section(id); ok {
			add(s.Title, 0.4)
		}
	}
	add(m.own.Name, 1)
	for t := range p.terms {
		if t[0] >= '0' && t[0] <= '9' || strings.HasPrefix(t, "not ") {
			p.terms[t] = spanWeight
		}
	}
	if m.parent != nil {
		add(m.parent.Name, 0.5)
	}
	switch name := m.own.Name; {
	case lateOne.MatchString(name):
		p.terms["late"] = 1
		delete(p.terms, "ontime")
	case timed.MatchString(name):
		p.terms["ontime"] = 0.9
	}
	return p
}

// code is a short name that stands in brackets in a measure's own: (A1).
var code = prose.Pattern(`\(([A-Z]\d{1,2})\)`)

// codeWeight is what part of a name its code, or its number, stands for.
const codeWeight = 0.7

// byCode lets a measure be named by its code, as by most of its name.
func (p *profile) byCode(ind *dataset.Indicator) {
	if at := code.FindStringSubmatch(ind.Name); at != nil {
		p.terms[strings.ToLower(at[1])] = codeWeight * p.total
	}
	p.terms[refTerm(ind.Ref)] = codeWeight * p.total
}

// refTerm is the term of a measure's number: "Measure 1.9", "(5.9)".
func refTerm(ref string) string { return "ref " + ref }

// lexicon keeps the terms of texts that come again: the names of measures and
// sections.
type lexicon map[string][]string

// terms brings a text to terms.
func (l lexicon) terms(text string) []string {
	if list, ok := l[text]; ok {
		return list
	}
	words := strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(text, "’", "'")), noWord)
	for i, w := range words {
		words[i] = strings.TrimSuffix(w, "'s")
	}
	var list []string
	for _, t := range termsIn(words) {
		list = append(list, t.text)
	}
	l[text] = list
	return list
}

// weigh gives the terms of a scorecard's measures their weights: a term that
// few have weighs more, by the logarithm of their share, as in any search by
// words (Spärck Jones 1972, inverse document frequency). Weights order what a
// sentence may be about and are no figures of the site.
func weigh(profiles []profile) {
	count := map[string]int{}
	for _, p := range profiles {
		for t := range p.terms {
			count[t]++
		}
	}
	for i := range profiles {
		p := &profiles[i]
		for _, t := range slices.Sorted(maps.Keys(p.terms)) { // one order of addition, one sum
			own := p.terms[t]
			w := own * math.Log(1+float64(len(profiles))/float64(count[t]))
			p.terms[t] = w
			if own == 1 {
				p.total += w
			}
		}
	}
}
