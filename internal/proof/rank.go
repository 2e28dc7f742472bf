package proof

import (
	"cmp"
	"slices"
	"strings"

	"outturn/internal/prose"
)

// What a word is worth by where it stands: in the figure's own clause, in the
// sentence, before it. And what it is worth that a measure belongs to the
// page's section or scorecard. By these the corpora of testdata/prose came out
// best; nothing that is shown depends on more than their order.
const (
	inClause    = 1.0
	inSentence  = 0.5
	inContext   = 0.45
	ownSection  = 1.2
	ownMeasure  = 0.3 // and is no part of another
	ownCard     = 0.4
	nameWeight  = 0.6 // of how much of the whole name is there
	otherBasis  = 0.9
	oldMeasure  = 0.6
	otherCard   = 0.6
	countOfRate = 0.75
	partPenalty = 0.2
)

// rank orders the measures by how well the words about a figure name them.
func (st *statement) rank(figure int) []ranked {
	from, to := st.segment(figure)
	if list, ok := st.ranking[figure]; ok {
		return list
	}
	have := map[string]float64{}
	for _, t := range st.around {
		have[t.text] = inContext
	}
	for _, t := range st.terms {
		w := inSentence
		if from <= t.word && t.word <= to {
			w = inClause
		}
		have[t.text] = max(have[t.text], w)
	}
	words := make([]string, 0, len(have))
	for t := range have {
		words = append(words, t)
	}
	slices.Sort(words) // one order of addition, one sum
	rolling := slices.ContainsFunc(st.Whens, func(w prose.When) bool {
		return w.Kind == prose.RollingMonth && from <= w.First && w.Last <= to
	})
	var list []ranked
	weights := st.l.weights(words, have)
	for k, m := range st.l.measures {
		hits := weights[k]
		own, topical := m.inSection(st.section), st.topical(m)
		if hits == 0 && !own && topical == 0 {
			continue
		}
		cover := 0.0
		if m.profile.total > 0 {
			cover = min(1, hits/m.profile.total)
		}
		s := hits*(1-nameWeight+nameWeight*cover) + topical
		switch {
		case own && m.ind.Parent == "":
			s += ownSection + ownMeasure
		case own:
			s += ownSection
		case m.near:
			s += ownCard
		}
		if m.ind.Parent != "" {
			s -= partPenalty
		}
		if m.ind.Status == "replaced" || strings.Contains(m.ind.Name, "(old ") {
			s *= oldMeasure
		}
		if rolling != (m.ind.Basis == "rolling") {
			s *= otherBasis
		}
		if !m.near {
			s *= otherCard
		}
		if figure >= 0 && m.percentage() && st.Figures[figure].Unit == prose.Plain {
			s *= countOfRate // of a rate only its counts can be meant
		}
		list = append(list, ranked{m, s, cover})
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	st.ranking[figure] = list
	return list
}

// weights are what words weigh together in the name of each measure. The
// ledger's index leads from a term to the few measures that have it.
func (l *ledger) weights(words []string, have map[string]float64) []float64 {
	sums := make([]float64, len(l.measures))
	for _, t := range words {
		for _, p := range l.having(t) {
			sums[p.measure] += have[t] * p.weight
		}
	}
	return sums
}

// having lists the measures whose names have a term.
func (l *ledger) having(t string) []posting {
	if len(l.namings) == 1 {
		return l.namings[0].index[t]
	}
	if l.index == nil {
		l.index = indexOf(func(yield func(profile) bool) {
			for _, m := range l.measures {
				if !yield(m.profile) {
					return
				}
			}
		})
	}
	return l.index[t]
}

// rankOf is how well a measure is named, among those that were ranked.
func rankOf(list []ranked, m *measure) float64 {
	for _, r := range list {
		if r.m == m {
			return r.score
		}
	}
	return 0
}

// clause is the words about a figure, up to where the sentence turns to another
// thing; -1 asks for the whole sentence.
func (st *statement) clause(figure int) (from, to int) {
	from, to = 0, len(st.Words)-1
	if figure < 0 {
		return from, to
	}
	f := st.Figures[figure]
	for i, w := range st.Words {
		if w.Text != ";" && w.Text != ":" && w.Lower != "while" && w.Lower != "whereas" && w.Lower != "whilst" {
			continue
		}
		if w.Text == ":" && i < f.First && !slices.ContainsFunc(st.Figures, func(g prose.Figure) bool { return g.Last < i }) {
			continue // Assessments on time: 67.7%
		}
		if i < f.First {
			from = i + 1
		} else if i > f.Last {
			to = i - 1
			break
		}
	}
	return from, to
}

// segment is the words about a figure alone: up to where the talk turns to the
// figure before or after it. Where nothing parts two figures their words are
// both's.
func (st *statement) segment(figure int) (from, to int) {
	from, to = st.clause(figure)
	if figure < 0 {
		return from, to
	}
	for i := figure; i > 0; i-- { // back over figures that nothing parts
		if k := st.partedAt(st.Figures[i-1].Last+1, st.Figures[i].First); k >= 0 {
			from = max(from, k+1)
			break
		}
	}
	for i := figure; i+1 < len(st.Figures); i++ {
		if k := st.partedAt(st.Figures[i].Last+1, st.Figures[i+1].First); k >= 0 {
			to = min(to, k-1)
			break
		}
	}
	return from, to
}

// partedAt is the first of the words of a span that parts two figures; -1.
func (st *statement) partedAt(from, to int) int {
	for k := from; k < to; k++ {
		if parting[st.Words[k].Lower] {
			return k
		}
	}
	return -1
}

var parting = listed(", and but with plus")

// about lists the measures that a figure may be about, the best named first:
// those whose unit fits and that are named nearly as well as the best of them.
func (st *statement) about(figure int, share float64) []ranked {
	var list []ranked
	for _, r := range st.rank(figure) {
		if !r.m.fitsUnit(st.Figures[figure]) {
			continue
		}
		if len(list) > 0 && r.score < list[0].score*topicShare && st.onTopic(list[0].m) && !r.m.sharesFigure(st) {
			continue // what the sentence goes on about comes first
		}
		if len(list) > 0 && list[0].m.ind.Parent != r.m.ind.Ref && // a whole stands beside its part
			(r.score < list[0].score*share || r.score < list[0].score*clearly && st.outdoes(figure, list[0].m, r.m)) {
			continue
		}
		list = append(list, r)
	}
	return list
}

// topicShare is how near to the topic another measure must be named to stand
// beside it, in a sentence that goes on from the one before.
const topicShare = 0.85

// clearly is how much better a measure must be named to shut out another that
// is named by a part of the same words. It came out best on the corpora.
const clearly = 0.8

// outdoes says that the sentence names a by all the words by which it names b,
// and by more.
func (st *statement) outdoes(figure int, a, b *measure) bool {
	more := false
	from, to := st.segment(figure)
	for _, t := range st.terms {
		if t.word < from || t.word > to {
			continue
		}
		ofA, ofB := a.profile.terms[t.text] > 0, b.profile.terms[t.text] > 0
		if ofB && !ofA {
			return false
		}
		more = more || ofA && !ofB
	}
	return more
}

// fitsUnit says whether any fact of the measure could be such a number.
func (m *measure) fitsUnit(f prose.Figure) bool {
	if f.Ref >= 0 {
		return true
	}
	if f.Role == prose.Change && f.Unit == prose.Percent {
		return true
	}
	if f.Unit == prose.Points {
		return m.percentage()
	}
	if whole := (&fact{m: m}); !m.percentage() || f.Unit != prose.Plain {
		return whole.takes(f) // as all of its values are
	}
	return m.counted()
}
