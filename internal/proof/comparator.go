package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// A sentence may hold a measure against a comparator in words, with the figures
// or without them: "better than our neighbours", "4.5 points above England".

// stances are the words that say on which side of a comparator a measure is, as
// they stand before its name; what may stand between is nothing of weight.
var stances = prose.Pattern(`\b(better|worse|above|below|higher|lower|longer|shorter|over|under|ahead|behind|exceeds|exceeding|exceeded|outperforms|outperforming|outperformed|beats|beating|short) ` +
	`(?:(?:than|of|both|that|those|the|our|its|all|figure|rate|position|level|average|for|in|to|comparable|latest|most|recent|\() )*$`)

// unsaid are words before a stance that turn it round or leave it open.
var unsaid = prose.Pattern(`\b(?:not|no|never|nor|neither|longer|whether|if|would|could|should|until|either|or|once|had been|was|were)\b`)

// stance is on which side of a comparator a measure is said to be.
type stance struct {
	word  int // of Words
	sense prose.Sense
}

// stanceAt is the stance that is taken towards a comparator that stands at a word.
func (st *statement) stanceAt(m mention) (s stance, ok bool) {
	if m.first < 0 {
		return s, false
	}
	from := max(0, m.first-7)
	at := stances.FindStringSubmatchIndex(st.phrase(from, m.first))
	if at == nil {
		return s, false
	}
	text := st.phrase(from, m.first)
	word := text[at[2]:at[3]]
	s.word = from
	for _, r := range text[:at[2]] {
		if r == ' ' {
			s.word++
		}
	}
	switch word {
	case "better", "outperforms", "outperforming", "outperformed", "beats", "beating", "ahead":
		s.sense = prose.Better
	case "worse", "behind":
		s.sense = prose.Worse
	case "below", "lower", "shorter", "under", "short":
		s.sense = prose.Fall
	default:
		s.sense = prose.Rise
	}
	return s, !unsaid.MatchString(st.phrase(max(0, s.word-4), s.word))
}

// alongside says that two comparators are named together, each perhaps with its
// figure.
func (st *statement) alongside(a, b mention) bool {
	return a.first >= 0 && namedTogether.MatchString(st.phrase(a.last+1, b.first))
}

var namedTogether = prose.Pattern(`^(?:(?:averages?|rates?|figures?|of|at|is|\(|\)|[\d.,]+|%|per) )*(?:, )?and (?:(?:the|our|also|that|of|for) )*$`)

// holds says whether a value is on the side of another that a stance says.
func (s stance) holds(m *measure, value, other quantity.Decimal) bool {
	sign := value.Cmp(other)
	switch s.sense {
	case prose.Better:
		return sign*m.goodWay() > 0
	case prose.Worse:
		return sign*m.goodWay() < 0
	case prose.Fall:
		return sign < 0
	}
	return sign > 0
}

// comparators checks what a sentence says of comparators in words, and how far
// it says that they are off.
func (p *proof) comparators(st *statement) {
	for k, m := range st.others {
		s, ok := st.stanceAt(m)
		if !ok && k > 0 && st.alongside(st.others[k-1], m) { // below both our neighbours and England
			s, ok = st.stanceAt(st.others[k-1])
		}
		if !ok || p.saidAt(st, s.word) {
			continue
		}
		about, value, ok := st.held(s.word)
		if !ok || about.goodWay() == 0 && (s.sense == prose.Better || s.sense == prose.Worse) {
			continue
		}
		other := about.first(func(f *fact) bool { return f.kind == benchmarkFact && f.comparator == m.id && f.current() })
		if other == nil {
			continue
		}
		if i, near := st.offBy(s.word, about); near {
			if d, err := value.Sub(other.value); err == nil {
				switch {
				case meant(st.Figures[i], d.Abs()):
					st.settle(i)
				case k == 0 || st.others[k-1].last < st.Figures[i].First:
					p.blameFigure(st, i, "contradicts-data", "write "+d.Abs().Grouped(), "%s is %s and %s is %s: %s apart, not %s",
						about.ref(), about.ind.Format(value), other.words(), other.format(), d.Abs().Grouped(), st.Figures[i].Typed)
					continue
				}
			}
		}
		if s.holds(about, value, other.value) {
			continue
		}
		w := st.Words[s.word]
		p.blame(st, w.Start, w.End, "direction-contradicts", hint(other), "%q is said of %s, at %s, and %s is %s",
			w.Text, about.ref(), about.ind.Format(value), other.words(), other.format())
	}
}

// held is the measure of which a stance is said, and its value: that of the
// figure before it, else the newest of the measure that the sentence names, or
// goes on about.
func (st *statement) held(word int) (*measure, quantity.Decimal, bool) {
	for i := len(st.Figures) - 1; i >= 0; i-- {
		if st.Figures[i].Last >= word {
			continue
		}
		if strings.ContainsAny(st.phrase(st.Figures[i].Last+1, word), ";:") {
			break
		}
		for _, f := range st.results[i].facts {
			if f.kind == valueFact && f.area == st.l.whole && isExact(st.Figures[i]) {
				return f.m, f.value, st.agreed(i, f.m)
			}
		}
		if st.results[i].blamed {
			return nil, quantity.Decimal{}, false
		}
	}
	m, ok := st.subject()
	if !ok || len(st.areas) > 0 || !m.verdict.Current.Value || st.foreignTo(m) && !st.leans && coverOf(st.rank(-1), m) < 0.5 {
		return nil, quantity.Decimal{}, false
	}
	if slices.ContainsFunc(st.Whens, func(w prose.When) bool {
		return !w.Base && w.Kind != prose.ThisMonth && !(w.Kind == prose.Named && w.Period.Last() == st.l.month.Month)
	}) {
		return nil, quantity.Decimal{}, false
	}
	return m, m.verdict.Current.Published, true
}

// agreed says that the facts of a figure are of one measure alone.
func (st *statement) agreed(figure int, m *measure) bool {
	return !slices.ContainsFunc(st.results[figure].facts, func(f *fact) bool { return f.m != m })
}

// offBy is the figure right before a stance that says how far off: 4.5 points above.
func (st *statement) offBy(word int, m *measure) (int, bool) {
	for i, f := range st.Figures {
		if f.Last < word && word-f.Last <= 2 && f.Ref < 0 && !st.results[i].settled && (f.Role == prose.Change || f.Unit == prose.Plain) && f.Unit != prose.Percent {
			return i, (f.Unit == prose.Points) == m.percentage()
		}
	}
	return 0, false
}
