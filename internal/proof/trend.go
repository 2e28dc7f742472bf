package proof

import (
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// references settles the {{ }} of a sentence that name a figure plainly, so that
// the words about them can be held against it.
func (p *proof) references(st *statement) {
	p.takeUp(st)
	for i, f := range st.Figures {
		if f.Ref < 0 || f.Ref >= len(st.passage.Refs) {
			continue
		}
		st.results[i].settled = true
		ref := st.passage.Refs[f.Ref]
		if ref.Figure || len(ref.Words) == 0 {
			continue
		}
		for _, m := range p.l.measures {
			if m.ref() != ref.Words[0].Text {
				continue
			}
			if found := m.referred(ref.Words[1:]); found != nil {
				st.results[i].facts = []*fact{found}
				if !st.isChange(i) { // so that it can be reckoned with
					st.Figures[i].Value = found.value
					st.Figures[i].Unit, st.Figures[i].Per = found.boundUnit()
				}
				if f.Role == prose.Value && !found.current() && f.First > 1 && st.Words[f.First-1].Lower == "on" && st.isDirection(f.First-2) {
					st.Figures[i].Role = prose.Then // an improvement on {{ 3.2 previous }}
				}
			}
		}
	}
	p.bound(st)
}

// referred is the fact that the words of a reference choose, or of a change that
// to which it leads; nil where they choose what is no fact of a period.
func (m *measure) referred(words []commentary.Word) *fact {
	kind, area := valueFact, m.view.Whole()
	v := m.verdict
	at := v.Current.Period
	for _, w := range words {
		rest, isArea := strings.CutPrefix(w.Text, "area=")
		day, isPeriod := strings.CutPrefix(w.Text, "@")
		switch {
		case isArea:
			area = rest
		case w.Text == "change":
			if len(words) > 1 { // from=, @: from what to what is not plain
				return nil
			}
		case w.Text == "ytd":
			if len(words) > 1 {
				return nil
			}
			kind, at = toDateFact, v.ToDate.Period
		case w.Text == "of", w.Text == "numerator":
			kind = numeratorFact
		case w.Text == "denominator":
			kind = denominatorFact
		case w.Text == "target":
			if len(words) > 1 {
				return nil
			}
			return firstOf(m.rest(), func(f *fact) bool { return f.kind == targetFact })
		case at != v.Current.Period:
			return nil // a step back from another period
		case w.Text == "previous":
			at = v.Previous.Period
		case w.Text == "year_ago":
			at = at.YearAgo()
		case isPeriod:
			named, err := period.Parse(day)
			if err != nil {
				return nil
			}
			at = named.Through(m.view.Month.Add(-m.ind.Lag))
		default:
			if len(words) > 1 {
				return nil
			}
			return firstOf(m.rest(), func(f *fact) bool { return f.kind == benchmarkFact && f.comparator == w.Text && f.current() })
		}
	}
	return m.fact(kind, at, area)
}

// first is the first of a measure's facts for which ask is true; nil for none.
func (m *measure) first(ask func(*fact) bool) *fact { return firstOf(m.facts(), ask) }

func firstOf(list []*fact, ask func(*fact) bool) *fact {
	if i := slices.IndexFunc(list, ask); i >= 0 {
		return list[i]
	}
	return nil
}

// isChange says that a figure is {{ 3.2 change }}.
func (st *statement) isChange(figure int) bool {
	f := st.Figures[figure]
	return f.Ref >= 0 && f.Ref < len(st.passage.Refs) &&
		slices.ContainsFunc(st.passage.Refs[f.Ref].Words, func(w commentary.Word) bool { return w.Text == "change" })
}

func (st *statement) isDirection(word int) bool {
	return slices.ContainsFunc(st.Directions, func(d prose.Direction) bool { return d.Word == word })
}

var (
	// movedTo is a verb of movement that leads to a figure: "fell to", "has improved by # to".
	movedTo    = prose.Pattern(`^(?: (?:again|further|sharply|slightly|steadily|significantly|markedly|back|again,|month|on|in|the|of|by|from|just|only|to|about|around|nearly|almost|some|over|a|an|low|high|rate|total|figure|again|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d|and|now|stands|at|year|date|percentage|points|per|cent|#|%))* to(?: (?:about|around|nearly|almost|some|just|only|over|a|an|the|rate|total|of|low|high|figure))* $`)
	comparedBy = listed("than on from")
	negated    = listed("nothing not no never neither nor without little hardly barely")
)

// directions holds the words of movement against the figures.
func (p *proof) directions(st *statement) {
	for _, d := range st.Directions {
		if d.Sense == prose.Same || d.Word > 0 && negated[st.Words[d.Word-1].Lower] || d.Word > 1 && negated[st.Words[d.Word-2].Lower] {
			continue
		}
		if i, ok := st.ledTo(d); ok {
			p.direction(st, d, i)
			continue
		}
		if i, ok := st.changedBy(d); ok {
			p.direction(st, d, i)
			continue
		}
		if i, ok := st.heldAgainst(d); ok {
			p.direction(st, d, i)
		}
	}
	p.comparisons(st)
	p.multiples(st)
}

// ledTo is the figure to which a word of movement leads.
func (st *statement) ledTo(d prose.Direction) (figure int, ok bool) {
	for i, f := range st.Figures {
		if f.First <= d.Word || f.Role == prose.Change && f.Ref < 0 {
			continue
		}
		if f.Role == prose.Then || st.isChange(i) {
			continue
		}
		var b strings.Builder
		for k := d.Word + 1; k < f.First; k++ {
			b.WriteByte(' ')
			if st.Words[k].Kind == prose.Digits || st.Words[k].Kind == prose.Reference {
				b.WriteByte('#')
				continue
			}
			b.WriteString(st.Words[k].Lower)
		}
		b.WriteByte(' ')
		return i, movedTo.MatchString(b.String())
	}
	return 0, false
}

// changedBy is the bound change that a word of movement takes: "rose by {{ 3.2
// change }}", "a fall of {{ 3.2 change }}".
func (st *statement) changedBy(d prose.Direction) (figure int, ok bool) {
	for i, f := range st.Figures {
		if f.First == d.Word+2 && st.isChange(i) && (st.Words[d.Word+1].Lower == "by" || st.Words[d.Word+1].Lower == "of") {
			return i, true
		}
	}
	return 0, false
}

// heldAgainst is the figure before a comparison: "93.0%, lower than in December".
func (st *statement) heldAgainst(d prose.Direction) (figure int, ok bool) {
	if d.Word+1 >= len(st.Words) || !comparedBy[st.Words[d.Word+1].Lower] {
		return 0, false
	}
	based := slices.ContainsFunc(st.Whens, func(w prose.When) bool { return w.Base && w.First > d.Word && w.First <= d.Word+5 })
	for i, f := range st.Figures { // up from 80.1%
		based = based || f.Role == prose.Then && f.First > d.Word && f.First <= d.Word+5 && len(st.results[i].facts) > 0
	}
	if !based {
		return 0, false
	}
	from := 0
	for k := d.Word; k >= 0; k-- {
		if st.Words[k].Text == ";" || st.Words[k].Text == ":" {
			from = k
			break
		}
	}
	for i := len(st.Figures) - 1; i >= 0; i-- {
		f := st.Figures[i]
		if st.whole(i) && f.Last < d.Word {
			return 0, false // eleven of the 14, up on five: the part moved
		}
		if f.Last < d.Word && f.First >= from && f.Role != prose.Change && !st.isChange(i) && d.Word-f.Last <= 14 {
			return i, f.Role == prose.Value || f.Role == prose.Now
		}
	}
	return 0, false
}

// direction holds one word against the figure that it speaks of.
func (p *proof) direction(st *statement, d prose.Direction, i int) {
	if st.results[i].blamed {
		return
	}
	for _, m := range st.Moves {
		if m.From == i || m.To == i {
			if m.From >= 0 && st.Figures[m.From].Ref < 0 {
				p.moveJudged(st, d, m)
				return
			}
		}
	}
	var facts []*fact
	for _, f := range st.results[i].facts {
		if f.kind == valueFact && f.current() {
			facts = append(facts, f)
		}
	}
	if len(facts) == 0 {
		return
	}
	// Several measures may have the figure: a word that fits one is right.
	var wrong *fact
	var before quantity.Decimal
	var base period.Period
	for _, f := range facts {
		then, at, ok := st.base(f, d)
		if !ok {
			return
		}
		change, err := f.value.Sub(then)
		if err != nil || f.m.agrees(d, st.Words[d.Word].Lower, change.Sign()) {
			return
		}
		if wrong == nil {
			wrong, before, base = f, then, at
		}
	}
	word := st.Words[d.Word]
	p.blame(st, word.Start, word.End, "direction-contradicts", "write {{ "+wrong.m.ref()+" moved }} for the word and the figure",
		"%q is said of %s, which went from %s (%s) to %s%s", word.Text, wrong.m.ref(), wrong.m.ind.Format(before), base.Words(), wrong.format(), wrong.m.good())
}

// good says what good performance of a measure is, for a message.
func (m *measure) good() string {
	switch m.goodWay() {
	case 1:
		return " (high is good)"
	case -1:
		return " (low is good)"
	}
	return ""
}

// base is what a movement started from: the period or the figure that the
// sentence compares with, else the period before.
func (st *statement) base(f *fact, d prose.Direction) (quantity.Decimal, period.Period, bool) {
	month := st.l.month.Month
	for i, g := range st.Figures {
		if g.Role != prose.Then || st.ofOther(g, d) {
			continue
		}
		for _, x := range st.results[i].facts {
			if x.m == f.m && x.kind == valueFact && x.area == f.area {
				return x.value, x.period, true
			}
		}
		if g.Ref >= 0 || len(st.results[i].facts) == 0 {
			return quantity.Decimal{}, period.Period{}, false
		}
	}
	for _, w := range st.Whens {
		if !w.Base && w.Kind != prose.Since && w.Kind != prose.PreviousOne && w.Kind != prose.YearAgo && w.Kind != prose.LastYear {
			continue
		}
		for x := range f.m.factsIn(only(f.area)) {
			if x.kind == valueFact && x.area == f.area && x.period != f.period && x.period.Kind() == f.period.Kind() &&
				(x.named(w, month) || w.Kind == prose.Since && x.period.Last() == w.Period.Last()) {
				return x.value, x.period, true
			}
		}
		return quantity.Decimal{}, period.Period{}, false // compared with what is not there
	}
	for _, w := range st.Whens { // over the year; the year to date
		if w.Kind == prose.ToDate || w.Kind == prose.RollingMonth || w.Kind == prose.Recent || w.Kind == prose.Named && w.Period.Months() > 1 {
			return quantity.Decimal{}, period.Period{}, false
		}
	}
	lower := strings.ToLower(st.Text)
	if strings.Contains(lower, "over the year") || strings.Contains(lower, "over time") || strings.Contains(lower, "again") && strings.Contains(lower, "quarter") {
		return quantity.Decimal{}, period.Period{}, false
	}
	p := f.m.verdict.Previous.Period
	v, ok := f.m.at(p, f.area)
	return v, p, ok
}

// ofOther says that what is compared with stands at a word that points another
// way: "down on December, but up from 15.0% a year ago".
func (st *statement) ofOther(then prose.Figure, d prose.Direction) bool {
	nearest := d
	for _, o := range st.Directions {
		if o.Word < then.First && (nearest.Word > then.First || o.Word > nearest.Word) {
			nearest = o
		}
	}
	return nearest.Sense != d.Sense
}

// agrees says whether a word of movement fits the sign of a change.
func (m *measure) agrees(d prose.Direction, word string, sign int) bool {
	number := map[prose.Sense]int{prose.Rise: 1, prose.Fall: -1}[d.Sense]
	judged := map[prose.Sense]int{prose.Better: 1, prose.Worse: -1}[d.Sense]
	way := m.goodWay()
	if number != 0 {
		return sign == number
	}
	if strings.HasPrefix(word, "declin") && (way != 1) { // contacts declined: fewer; sickness declined: either
		return sign < 0 || way == 0 && m.ind.Good != dataset.Info || way == -1 && sign > 0
	}
	if way == 0 {
		return true
	}
	return sign*way == judged
}

// moveJudged holds better and worse against the two ends of a movement.
func (p *proof) moveJudged(st *statement, d prose.Direction, m prose.Move) {
	if d.Sense != prose.Better && d.Sense != prose.Worse || st.results[m.To].blamed || len(st.results[m.To].facts) == 0 {
		return
	}
	change, err := st.Figures[m.To].Value.Sub(st.Figures[m.From].Value)
	if err != nil {
		return
	}
	for _, f := range st.results[m.To].facts {
		if f.m.agrees(d, st.Words[d.Word].Lower, change.Sign()) {
			return
		}
	}
	word, f := st.Words[d.Word], st.results[m.To].facts[0]
	p.blame(st, word.Start, word.End, "direction-contradicts", "write {{ "+f.m.ref()+" moved }}, or turn the word round",
		"%q is said of %s, which went from %s to %s%s", word.Text, f.m.ref(), st.Figures[m.From].Typed, st.Figures[m.To].Typed, f.m.good())
}

// subject is the measure that a sentence is plainly about: that of its figure,
// else the one that its words name beyond doubt.
func (st *statement) subject() (*measure, bool) {
	for i := range st.results {
		for _, f := range st.results[i].facts {
			if f.kind == valueFact && f.area == st.l.whole && f.current() {
				return f.m, true
			}
		}
	}
	for i := range st.results {
		if st.results[i].blamed {
			return nil, false
		}
	}
	list := st.rank(-1)
	if len(list) > 0 && st.leans && slices.Contains(st.topics, list[0].m) && len(st.areas) == 0 {
		return list[0].m, true
	}
	if len(list) == 0 || list[0].cover < 0.6 || len(st.areas) > 0 {
		return nil, false
	}
	if len(list) > 1 && list[1].score > list[0].score*0.93 && !list[1].m.alike(list[0].m) {
		return nil, false
	}
	return list[0].m, true
}
