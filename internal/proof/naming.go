package proof

import (
	"iter"
	"maps"
	"math"
	"slices"
	"strings"

	"outturn/internal/edition"
	"outturn/internal/prose"
)

// glossary keeps how measures are named, which is the same month after month.
type glossary struct {
	words  lexicon
	last   *naming
	reader *Reader
}

func newGlossary(r *Reader) *glossary { return &glossary{words: lexicon{}, reader: r} }

// naming is how the measures of one month of a scorecard are named.
type naming struct {
	measures []called // in the order of its verdicts
	profiles []profile
	index    map[string][]posting // of their terms
}

// called is what a measure is named by: its number, its own name and that of what
// it is a part of, and the titles of its sections, a zero byte after each.
type called struct{ ref, own, parent, sections string }

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
func (g *glossary) naming(card *edition.Scorecard, month *edition.Month) *naming {
	n := &naming{}
	for i := range month.Verdicts {
		ind := month.Verdicts[i].Indicator
		m := called{ref: ind.Ref, own: ind.Name}
		if parent := month.View.Indicator(ind.Parent); parent != nil {
			m.parent = parent.Name
		}
		for _, id := range ind.Sections {
			if s, ok := card.Section(id); ok {
				m.sections += s.Title + "\x00"
			}
		}
		n.measures = append(n.measures, m)
	}
	for _, known := range []*naming{g.last, g.reader.latest.Load()} {
		if known != nil && slices.Equal(known.measures, n.measures) {
			g.last = known
			return known
		}
	}
	for _, m := range n.measures {
		n.profiles = append(n.profiles, g.profile(m))
	}
	weigh(n.profiles)
	for i, m := range n.measures {
		n.profiles[i].byCode(m)
	}
	n.index = indexOf(slices.Values(n.profiles))
	g.last = n
	g.reader.latest.Store(n)
	return n
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
func (g *glossary) profile(m called) profile {
	p := profile{terms: map[string]float64{}}
	add := func(text string, weight float64) {
		for _, t := range g.words.terms(text) {
			p.terms[t] = max(p.terms[t], weight)
		}
	}
	for title := range strings.SplitSeq(m.sections, "\x00") {
		add(title, 0.4)
	}
	add(m.own, 1)
	for t := range p.terms {
		if t[0] >= '0' && t[0] <= '9' || strings.HasPrefix(t, "not ") {
			p.terms[t] = spanWeight
		}
	}
	add(m.parent, 0.5)
	switch {
	case lateOne.MatchString(m.own):
		p.terms["late"] = 1
		delete(p.terms, "ontime")
	case timed.MatchString(m.own):
		p.terms["ontime"] = 0.9
	}
	return p
}

// code is a short name that stands in brackets in a measure's own: (A1).
var code = prose.Pattern(`\(([A-Z]\d{1,2})\)`)

// codeWeight is what part of a name its code, or its number, stands for.
const codeWeight = 0.7

// byCode lets a measure be named by its code, as by most of its name.
func (p *profile) byCode(m called) {
	if at := code.FindStringSubmatch(m.own); at != nil {
		p.terms[strings.ToLower(at[1])] = codeWeight * p.total
	}
	p.terms[refTerm(m.ref)] = codeWeight * p.total
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
