package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// A text that tells of a measure turns aside: "Staff turnover was 12%.", "The
// service has 140 foster carers." Such a sentence has a word that is neither of
// the measure's name nor of the way in which figures are told; then nothing is
// held against the measure that it does not name.

// reporting are the words with which figures are told, whatever they are of.
var reporting = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`rise rises rose risen rising fall falls fell fallen falling grow grew grown growth drop drops dropped dropping reduce reduced
		reduction climb climbed climbing jump jumped double doubled halved tripled improve improves improving worsen worsened worsening worse deteriorate deteriorated
		deterioration slip slipped dip dipped edged crept creep slide slid shrink shrank shrunk shrinking swell move moved moving movement swing shift recover recovered
		recovery return returned ease eased peak peaked plunged soared stand stands stood standing remain remains remained stay stayed keep kept hold holds held
		continue continues continued reach reached reaching hit receive received receiving record recorded recording report reported reporting saw seen see sees
		seeing show shows showed shown come comes came coming went gone take taken took made make makes manage managed bring brought brings equate equates equal
		equals equivalent represent represents representing mean means meaning compare compares compared comparison against short above below beyond ahead behind
		better best worst highest lowest busiest quietest largest smallest fewest greatest nearly near close closer closest almost roughly broadly slightly
		slight little further again still yet already until early late mid start started beginning end ends ended position story picture trend proportion share count
		level gap difference change changed shortfall excess target targets tolerance limit threshold standard ambition goal range band amber green red rated rating status neighbours
		neighbour national nationally england regional region regionally authorities comparator comparators quartile mean median whole overall altogether respectively pair alone itself
		same similar similarly unchanged stable steady steadily flat static series ever running consecutive successive row time times week weeks outturn financial points point pts ppt ppts
		thousand thousands rest remaining remainder half third fifth quarter tenth sixth eighth thirds quarters first second fourth locality localities authority
		put puts give gives giving leave leaves account accounts accounted previous previously corresponding same earlier ago then equivalent local locally
		statistical top upper lower outside inside within well exactly precisely sharply markedly again before even accordingly separately note noted confirmed agreed members
		explained observed stated said told that there here today currently present recent recently followed preceding following next annual total totals totalling sum
		combined together difference spring summer autumn winter christmas against having already twelve eleven ten nine eight seven six five four three two one hundred
		twenty thirty forty fifty sixty seventy eighty ninety dozen performance figures figure published snapshot good poor strong weak progress result
		success success standing contrast turn including include includes cumulative cumulatively monthly quarterly span spell contribution contributed fully partly sharp gradual gradually
		modest modestly marginal marginally small smaller bigger larger big large barely scarcely hardly perhaps rather quite somewhat only merely simply actually`) {
		if s := stem(w); s != "" {
			m[s] = true
		}
	}
	return m
}()

// foreignTo says that a sentence has a word that is neither of a measure's name
// nor of the telling of figures.
func (st *statement) foreignTo(m *measure) bool {
	return slices.ContainsFunc(st.terms, func(t term) bool { return st.isForeign(t, m) })
}

func (st *statement) isForeign(t term, m *measure) bool {
	if t.word < 0 || t.word >= len(st.Words) || reporting[t.text] || t.text[0] >= '0' && t.text[0] <= '9' || strings.HasPrefix(t.text, "not ") || m.profile.terms[t.text] > 0 {
		return false
	}
	inside := func(first, last int) bool { return first <= t.word && t.word <= last }
	if slices.ContainsFunc(st.others, func(n mention) bool { return inside(n.first, n.last) }) ||
		slices.ContainsFunc(st.Whens, func(w prose.When) bool { return inside(w.First, w.Last) }) ||
		slices.ContainsFunc(st.Streaks, func(s prose.Streak) bool { return inside(s.First, s.Last) }) ||
		slices.ContainsFunc(st.Directions, func(d prose.Direction) bool { return d.Word == t.word }) ||
		slices.ContainsFunc(st.Figures, func(f prose.Figure) bool { return inside(f.First, f.Last) }) {
		return false
	}
	// The whole's words are its parts': contacts, of those from the police.
	return !(m.l != nil && slices.ContainsFunc(st.l.having(t.text), func(p posting) bool {
		n := st.l.measures[p.measure]
		return n.card == m.card && n.ind.Section == m.ind.Section
	}))
}

var hundred = quantity.Int(100)

// byChance says that a number is so round or small that it is some figure's by
// chance: a share in whole per cent, a count under a hundred.
func (c *claim) byChance() bool {
	if c.f.Unit == prose.Plain {
		return c.f.Value.Scale() == 0 && c.f.Value.Abs().Cmp(hundred) < 0
	}
	return c.f.Value.Scale() == 0
}
