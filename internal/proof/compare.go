package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// comparisons holds words that compare two numbers against the numbers: "3,115,
// more than the 3,996 of last year", "lower than our neighbours' 46.1", "78.0,
// now under the limit of 74.1".
func (p *proof) comparisons(st *statement) {
	for _, d := range st.Directions {
		p.compared(st, d)
	}
	p.limits(st)
}

// isKnown says that a figure's value is plain: typed, or bound to one fact.
func (st *statement) isKnown(i int) bool {
	f := st.Figures[i]
	if f.Hedge != prose.Exact || f.Fraction || f.High >= 0 {
		return false
	}
	return f.Ref < 0 || len(st.results[i].facts) == 1 && !st.isChange(i)
}

// compared holds one word against the two figures that it stands between, or
// the one after it and what the sentence goes on from.
func (p *proof) compared(st *statement, d prose.Direction) {
	if d.Sense == prose.Same || d.Sense == prose.NoSense || p.saidAt(st, d.Word) {
		return
	}
	for k := max(0, d.Word-2); k < d.Word; k++ {
		if negated[st.Words[k].Lower] {
			return
		}
	}
	after := st.phrase(d.Word+1, min(len(st.Words), d.Word+3))
	if !strings.HasPrefix(after, "than ") && !strings.HasPrefix(after, "on ") && !strings.HasPrefix(after, "from ") && !(d.Noun && strings.HasPrefix(after, "over ")) {
		return
	}
	a, b := -1, -1
	for i, f := range st.Figures {
		switch {
		case f.Last < d.Word && f.Role != prose.Change && !st.isChange(i):
			a = i
		case f.First > d.Word && b < 0:
			b = i
		}
	}
	if b < 0 || st.Figures[b].First-d.Word > 10 || !st.isKnown(b) && !st.isBase(b) || st.results[b].blamed ||
		st.Figures[b].Role != prose.Then && st.Figures[b].Role != prose.Value || st.whole(b) || st.partedHere(d.Word, st.Figures[b].First) {
		return
	}
	then := st.Figures[b]
	if a >= 0 {
		now := st.Figures[a]
		p.comparedInWorth(st, d, a, b)
		if !st.isKnown(a) || st.results[a].blamed || now.Unit != then.Unit || now.Role == prose.Then || now.Role == prose.Target || d.Word-now.Last > 14 ||
			d.Sense != prose.Rise && d.Sense != prose.Fall || st.partedHere(now.Last, d.Word) {
			return
		}
		if order := now.Value.Cmp(then.Value); order > 0 && d.Sense == prose.Rise || order < 0 && d.Sense == prose.Fall {
			return
		}
		word := st.Words[d.Word]
		p.blame(st, word.Start, word.End, "direction-contradicts", "turn the word round, or put the figures right", "%q is said, and %s stands beside %s",
			word.Text, st.shown(a), st.shown(b))
		return
	}
	if slices.ContainsFunc(st.Figures, func(f prose.Figure) bool {
		return f.First != then.First && (f.Role == prose.Value || f.Role == prose.Now)
	}) {
		return
	}
	// That is up from 21.4%: from what the sentence before told.
	if !st.leans {
		return
	}
	m, now, ok := st.sofar(then)
	if !ok {
		return
	}
	change, err := now.Sub(then.Value)
	if err != nil || m.agrees(d, st.Words[d.Word].Lower, change.Sign()) {
		return
	}
	word := st.Words[d.Word]
	p.blame(st, word.Start, word.End, "direction-contradicts", "write {{ "+m.ref()+" moved }} for the word and the figure",
		"%q is said of %s, which is %s, beside %s%s", word.Text, m.ref(), m.ind.Format(now), st.shown(b), m.good())
}

// comparedInWorth holds better and worse against two figures, by what is good
// in the measure that the first is of.
func (p *proof) comparedInWorth(st *statement, d prose.Direction, a, b int) {
	now, then := st.Figures[a], st.Figures[b]
	if d.Sense != prose.Better && d.Sense != prose.Worse || !st.isKnown(a) || !st.isKnown(b) || st.results[a].blamed || now.Unit != then.Unit ||
		now.Role != prose.Value && now.Role != prose.Now || then.Role != prose.Then || len(st.results[a].facts) == 0 || d.Word-now.Last > 14 || st.partedHere(now.Last, d.Word) {
		return
	}
	for _, f := range st.results[a].facts {
		if f.m.goodWay() == 0 || f.m.agrees(d, st.Words[d.Word].Lower, now.Value.Cmp(then.Value)) {
			return
		}
	}
	m, word := st.results[a].facts[0].m, st.Words[d.Word]
	p.blame(st, word.Start, word.End, "direction-contradicts", "write {{ "+m.ref()+" moved }} for the word and the figure", "%q is said of %s, and %s stands beside %s%s",
		word.Text, m.ref(), st.shown(a), st.shown(b), m.good())
}

// isBase says that a figure after "fewer than" is another period's, and no bound.
func (st *statement) isBase(i int) bool {
	f := st.Figures[i]
	if f.Hedge != prose.Above && f.Hedge != prose.Below || f.Fraction {
		return false
	}
	if f.Ref >= 0 {
		return len(st.results[i].facts) == 1 && st.results[i].facts[0].kind == valueFact
	}
	w, sure := st.when(i)
	return sure && (w.Kind == prose.PreviousOne || w.Kind == prose.YearAgo || w.Kind == prose.Named && w.Period.Last() < st.l.month.Month)
}

// whole says that a figure is one that others are a share of.
func (st *statement) whole(i int) bool {
	return slices.ContainsFunc(st.Shares, func(s prose.Share) bool { return s.Whole == i })
}

func (st *statement) partedHere(from, to int) bool {
	for i := from + 1; i < to; i++ {
		if t := st.Words[i].Text; t == ";" || t == ":" || t == "." || t == "and" || t == "but" || t == "while" {
			return true
		}
	}
	return false
}

// shown is a figure as its readers see it.
func (st *statement) shown(i int) string {
	if f := st.boundTo(i); f != nil {
		return f.format()
	}
	return st.Figures[i].Typed
}

// saidAt says that a word was found wrong already.
func (p *proof) saidAt(st *statement, word int) bool {
	w := st.Words[word]
	return slices.ContainsFunc(p.found, func(f flaw) bool { return f.passage == st.passage && f.start <= w.Start && w.End <= f.end })
}

// sofar is the measure that a sentence goes on about and its figure: what the
// sentence before it told last, else the newest. It must be of the unit of the
// figure that it is compared with.
func (st *statement) sofar(then prose.Figure) (*measure, quantity.Decimal, bool) {
	b := st.before
	if b == nil || st.topic == nil || len(st.areas) > 0 || len(b.areas) > 0 {
		return nil, quantity.Decimal{}, false
	}
	for i := len(b.Figures) - 1; i >= 0; i-- {
		f := b.Figures[i]
		if f.Role == prose.Then || f.Role == prose.Target || f.Role == prose.Change || b.results[i].blamed && len(b.results[i].meant) == 0 {
			continue
		}
		for _, x := range append(slices.Clone(b.results[i].facts), b.results[i].meant...) {
			if x.kind == valueFact && x.takes(then) && slices.Contains(st.topics, x.m) {
				return x.m, x.value, x.current() // what was is compared in other ways
			}
		}
	}
	v := st.topic.verdict.Current
	return st.topic, v.Published, v.Value && (&fact{m: st.topic}).takes(then)
}

// limitWords stand between a figure and the target that it is held against.
var (
	overLimit  = prose.Pattern(`\b(?:above|over|exceed(?:s|ed|ing)?|higher than|longer than|greater than|more than|in excess of|beyond) (?:(?:the|its|our|their|a|an|agreed|local|national|set|annual|upper|lower|monthly|statutory) )*(?:target|limit|ceiling|threshold|milestone|maximum|minimum)s? (?:(?:of|rate|level|range|at|\() ?)*$`)
	underLimit = prose.Pattern(`\b(?:below|under|lower than|shorter than|less than|fewer than|short of|beneath) (?:(?:the|its|our|their|a|an|agreed|local|national|set|annual|upper|lower|monthly|statutory) )*(?:target|limit|ceiling|threshold|milestone|maximum|minimum)s? (?:(?:of|rate|level|range|at|\() ?)*$`)
	overIt     = prose.Pattern(`\b(?:above|over|exceed(?:s|ed|ing)?|higher than|more than|beyond) (?:(?:the|its|our|their|a|an|agreed|local|set) )*$`)
	underIt    = prose.Pattern(`\b(?:below|under|lower than|less than|short of|beneath) (?:(?:the|its|our|their|a|an|agreed|local|set) )*$`)
	itsLimit   = prose.Pattern(`^(?:%|days?|days'|day|per|0)? ?(?:target|limit|ceiling|threshold|milestone|maximum)\b`)
)

// distanceFrom begins right after a figure that is a distance from a target.
var distanceFrom = prose.Pattern(`^(?:per [\d,]+ |points |percentage points |days )?(?:above|over|higher than|more than|in excess of|beyond) `)

// limits holds "above the target of 90%" against the two numbers.
func (p *proof) limits(st *statement) {
	for t, limit := range st.Figures {
		if limit.Role != prose.Target || t == 0 || limit.Fraction || limit.Ref >= 0 && st.boundTo(t) == nil || st.results[t].blamed {
			continue
		}
		a := t - 1
		for a >= 0 && st.Figures[a].Role == prose.Change {
			a--
		}
		if a < 0 || !st.isKnown(a) || st.results[a].blamed || st.Figures[a].Role != prose.Value && st.Figures[a].Role != prose.Now ||
			st.Figures[a].Unit != limit.Unit && limit.Unit != prose.Plain || st.whole(a) {
			continue
		}
		between := st.phrase(st.Figures[a].Last+1, limit.First)
		if strings.Contains(between, "; ") || strings.Contains(between, "not ") || strings.Contains(between, "points ") || strings.Contains(between, "would ") {
			continue
		}
		if distanceFrom.MatchString(between) && st.Figures[a].Value.Cmp(limit.Value) < 0 && a == t-1 {
			continue // it is 10.9 above the target
		}
		order := st.Figures[a].Value.Cmp(limit.Value)
		over := overLimit.MatchString(between) || overIt.MatchString(between) && itsLimit.MatchString(st.phrase(limit.Last+1, min(len(st.Words), limit.Last+4)))
		under := underLimit.MatchString(between) || underIt.MatchString(between) && itsLimit.MatchString(st.phrase(limit.Last+1, min(len(st.Words), limit.Last+4)))
		if over == under || over && order > 0 || under && order < 0 {
			continue
		}
		word := "above"
		if under {
			word = "below"
		}
		p.blame(st, st.Figures[a].Start, limit.End, "contradicts-itself", "turn the word round, or put the figures right", "%s is said to be %s %s",
			st.shown(a), word, st.shown(t))
	}
}
