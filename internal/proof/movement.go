package proof

import (
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// step is two figures between which a movement may be, and their periods.
type step struct {
	m         *measure
	now, then quantity.Decimal
	at, from  period.Period
}

// trends holds the movements that a sentence states without a figure, or beside
// one, against the figures: "fell again", "is up on December", "is unchanged".
func (p *proof) trends(st *statement) {
	for _, t := range st.Trends {
		if st.ofAnotherThing(t) || p.saidAt(st, t.First) || p.saidAt(st, t.Last) || st.streakAt(t.First) || st.streakAt(t.Last) || st.everAt(t) || st.heldBy(t) {
			continue
		}
		list := st.meantAt(t.First, t.Last)
		if t.Sense == prose.Better || t.Sense == prose.Worse {
			list = judgedOnly(list)
		}
		var wrong *step
		for _, m := range list {
			steps := st.steps(t, m)
			if len(steps) == 0 {
				wrong = nil
				break
			}
			for k := range steps {
				if steps[k].fits(st, t) {
					steps = nil
					break
				}
			}
			if steps == nil {
				wrong = nil
				break
			}
			if wrong == nil {
				wrong = &steps[0]
			}
		}
		if wrong == nil {
			continue
		}
		m := wrong.m
		p.blame(st, st.Words[t.First].Start, st.Words[t.Last].End, "direction-contradicts", "write {{ "+m.ref()+" moved }} for the word and the figure",
			"%q is said of %s, which went from %s (%s) to %s%s", strings.TrimSpace(st.phrase(t.First, t.Last+1)), m.ref(), m.ind.Format(wrong.then), wrong.from.Words(), m.ind.Format(wrong.now), m.good())
	}
}

// heldBy says that a word of movement is held against a figure of its own
// already.
func (st *statement) heldBy(t prose.Trend) bool {
	for _, d := range st.Directions {
		if d.Word < t.First || d.Word > t.Last {
			continue
		}
		if i, ok := st.ledTo(d); ok && (len(st.results[i].facts) > 0 || st.results[i].blamed) {
			return true
		}
		if i, ok := st.heldAgainst(d); ok && (len(st.results[i].facts) > 0 || st.results[i].blamed) {
			return true
		}
	}
	if t.Compared && st.toldFigure(t) {
		return true
	}
	for i, f := range st.Figures { // up from 267, more than the 302 of December, longer than the target of 121
		if f.Role == prose.Target && f.First > t.Last && f.First-t.Last <= 6 && st.Words[t.Last+1].Lower == "than" {
			return true
		}
		if f.Role == prose.Then && f.First > t.Last && f.First-t.Last <= 6 && len(st.results[i].facts) == 0 {
			return true
		}
	}
	return slices.ContainsFunc(st.Moves, func(m prose.Move) bool {
		return abs(st.Figures[m.From].First-t.Last) < 8
	})
}

// toldFigure says that a comparison gives the figure with which it compares: "a
// smaller part than last year's 12.7%".
func (st *statement) toldFigure(t prose.Trend) bool {
	for i := t.Last + 1; i < len(st.Words); i++ {
		if st.Words[i].Lower == "than" {
			return slices.ContainsFunc(st.Figures, func(f prose.Figure) bool { return f.First > i && f.First <= i+6 })
		}
	}
	return false
}

func abs(n int) int { return max(n, -n) }

func (st *statement) streakAt(word int) bool {
	return slices.ContainsFunc(st.Streaks, func(s prose.Streak) bool { return distance(word, s) <= 8 })
}

// ofAnotherThing says that a movement has a subject of its own that no measure
// has in its name: "662 were completed, so the backlog came down".
func (st *statement) ofAnotherThing(t prose.Trend) bool {
	if t.Noun {
		return st.strangeAfter(t)
	}
	from := t.First
	for from > 0 && t.First-from < 10 && st.Words[from-1].Kind != prose.Sign && st.Words[from-1].Lower != "so" && st.Words[from-1].Lower != "and" {
		from--
	}
	strange := false
	for i := from; i < t.First; i++ {
		if s := stem(st.Words[i].Lower); s != "" {
			if len(st.l.having(s)) > 0 || !slices.ContainsFunc(st.terms, func(x term) bool { return x.word == i && x.text == s }) {
				return false
			}
			strange = strange || !auxiliaries[st.Words[i].Lower] && !strings.HasSuffix(st.Words[i].Lower, "ly")
		}
	}
	return strange
}

// strangeAfter says that what is said to have risen, in "a rise in demand", is in
// the name of no measure.
func (st *statement) strangeAfter(t prose.Trend) bool {
	next := t.Last + 1
	if next >= len(st.Words) || st.Words[next].Lower != "in" && st.Words[next].Lower != "of" || st.periodAt(next+1) {
		return false
	}
	strange := false
	for i := next + 1; i < len(st.Words) && i < next+9 && st.Words[i].Kind == prose.Letters && !st.periodAt(i); i++ {
		for _, x := range st.terms {
			if x.word == i {
				if len(st.l.having(x.text)) > 0 {
					return false
				}
				strange = true
			}
		}
	}
	return strange
}

// periodAt says that a period begins at a word.
func (st *statement) periodAt(word int) bool {
	return slices.ContainsFunc(st.Whens, func(w prose.When) bool { return w.First <= word && word <= w.Last })
}

// auxiliaries stand between a subject and its movement, or for the subject.
var auxiliaries = listed("remains remained remain stands stood came come went gone moved continued continues position figure trend result picture timeliness volumes volume level levels has have now")

// everAt says that a movement is told of many months, each of them.
func (st *statement) everAt(t prose.Trend) bool {
	after := st.phrase(t.Last+1, min(len(st.Words), t.Last+6))
	if thanAny.MatchString(st.phrase(t.Last+1, min(len(st.Words), t.Last+16))) {
		return true
	}
	return eachMonth.MatchString(after) || eachMonth.MatchString(st.phrase(max(0, t.First-6), t.First))
}

var thanAny = prose.Pattern(`^[^,;:]*\bthan (?:in |at |for )?any\b`)

// steps lists between what a movement may be meant for a measure, the likeliest
// first; none where the sentence names a span, or a period of which there is no
// figure.
func (st *statement) steps(t prose.Trend, m *measure) []step {
	month := st.l.month.Month
	from, to := st.clauseAt(t.First, t.Last)
	current := m.verdict.Current.Period
	if m.ind.Basis == "cumulative" || !m.verdict.Current.Value && !st.namesMonth(from, to) {
		return nil
	}
	now, base, ago := current, period.Period{}, false
	var backs []int // months before the newest, each of which may be meant
	var years []*fact
	var whens []prose.When
	for _, w := range st.Whens {
		if st.nearerTrend(w, t) {
			continue
		}
		if from <= w.First && w.Last <= to || w.Last < from && len(st.Whens) == 1 && !w.Base {
			whens = append(whens, w)
		}
	}
	if st.sinceThen(t) { // it was 233.9 in August and has crept up since
		return nil
	}
	compared := t.Compared
	for k, w := range whens {
		isBase := w.Base || w.Kind == prose.Since || compared && k == len(whens)-1 || w.First > t.Last && comparesWith.MatchString(st.phrase(t.Last+1, w.First))
		before := st.phrase(max(0, w.First-3), w.First)
		switch {
		case w.Kind == prose.Named && w.Period.Kind() == current.Kind() && w.Period.Months() == current.Months(), w.Kind == prose.Since && w.Period.Months() == 1 && current.Months() == 1:
			p := w.Period
			if w.NoYear && (strings.HasSuffix(before, "following ") || strings.HasSuffix(before, "after ")) {
				return nil
			}
			switch {
			case isBase:
				if !base.IsZero() {
					return nil
				}
				base = p
			case p.Last() > month:
				return nil
			case now != current && now != p:
				return nil
			default:
				now = p
			}
		case w.Kind == prose.ThisMonth:
			if current.Last() != month {
				return nil
			}
		case w.Kind == prose.PreviousOne:
			if !isBase && !compared && !strings.HasSuffix(before, "than ") && !strings.HasSuffix(before, "on ") && !strings.HasSuffix(before, "from ") && !strings.HasSuffix(before, "with ") && !strings.HasSuffix(before, "since ") {
				return nil
			}
			base = m.verdict.Previous.Period
		case w.Kind == prose.YearAgo:
			ago = true
		case w.Kind == prose.LastYear && (isBase || compared):
			backs = append(backs, 12)
			for _, f := range m.facts() {
				if f.kind == valueFact && f.area == st.l.whole && f.named(w, month) {
					years = append(years, f)
				}
			}
		case w.Kind == prose.Recent:
			backs = append(backs, 2, 3)
		case w.Kind == prose.RollingMonth && m.ind.Basis != "rolling":
			backs = append(backs, 11, 12)
		case w.Kind == prose.RollingMonth:
		case w.Kind == prose.ToDate:
			n := month.OfFinancialYear()
			backs = append(backs, n-1, n, 12, 1)
		case w.Kind == prose.Named && w.Period.Kind() == period.Window && current.Months() == 1 && w.Period.Last() <= month && now == current && base.IsZero() &&
			betweenWord[st.Words[w.First].Lower]:
			now, base = period.OfMonth(w.Period.Last()), period.OfMonth(w.Period.First())
		default:
			return nil // over a span
		}
	}
	lower := overTime.FindString(" "+st.phrase(from, min(t.First, from+5))) + "| " + st.phrase(t.Last+1, min(to+1, t.Last+9))
	for _, s := range spanWords {
		if strings.Contains(lower, s) && len(backs) == 0 && base.IsZero() && !ago {
			backs = []int{1, 2, 3, 4, 6, 9, 12}
		}
	}
	if len(backs) > 0 {
		if !base.IsZero() || now != current || current.Months() != 1 {
			return nil
		}
		return m.stepsBack(backs, years)
	}
	if ago {
		base = now.YearAgo()
	}
	if base.IsZero() {
		base = m.verdict.Previous.Period
		if now != current {
			base = now.Step(-1)
		}
	}
	if base == now || base.Last() > now.Last() && !t.Compared {
		return nil
	}
	a, ok1 := m.at(now, st.l.whole)
	b, ok2 := m.at(base, st.l.whole)
	if !ok1 || !ok2 {
		return nil
	}
	return []step{{m: m, now: a, then: b, at: now, from: base}}
}

// comparesWith stands between a movement and what it is compared with: "down
// from 30.2% in December", "lower than at its November peak".
var comparesWith = prose.Pattern(`^(?:[^,;:]* )?(?:from|than|on|compared (?:with|to)|against|since) [^,;:]*$`)

var betweenWord = listed("between from")

// stepsBack are the movements of a measure from each of some months before, and
// from the figures of whole years; none unless all of the months are there.
func (m *measure) stepsBack(backs []int, years []*fact) (list []step) {
	current := m.verdict.Current.Period
	now, ok := m.at(current, m.view.Whole())
	if !ok {
		return nil
	}
	for _, back := range backs {
		from := current.Step(-back)
		then, ok := m.at(from, m.view.Whole())
		if !ok {
			return nil
		}
		list = append(list, step{m: m, now: now, then: then, at: current, from: from})
	}
	for _, f := range years {
		list = append(list, step{m: m, now: now, then: f.value, at: current, from: f.period})
	}
	return list
}

// sinceThen says that a movement is told from an earlier month that the sentence
// gave before: "it was 233.9 in August and has crept up since".
func (st *statement) sinceThen(t prose.Trend) bool {
	for i := t.Last + 1; i < len(st.Words) && i <= t.Last+4; i++ {
		if st.Words[i].Lower == "since" && !slices.ContainsFunc(st.Whens, func(w prose.When) bool { return w.First > i && w.First <= i+3 }) &&
			slices.ContainsFunc(st.Whens, func(w prose.When) bool { return w.Last < t.First }) {
			return true
		}
	}
	perfect := strings.Contains(st.phrase(max(0, t.First-3), t.First), "has ") || strings.Contains(st.phrase(max(0, t.First-3), t.First), "have ")
	return perfect && slices.ContainsFunc(st.Whens, func(w prose.When) bool {
		return w.Last < t.First && w.Kind == prose.Named && st.goesOn(w.Last+1, t.First)
	})
}

// nearerTrend says that a period stands at another movement: "rose in January,
// after a fall in December".
func (st *statement) nearerTrend(w prose.When, t prose.Trend) bool {
	gap := func(t prose.Trend) int { return max(w.First-t.Last, t.First-w.Last) }
	return slices.ContainsFunc(st.Trends, func(o prose.Trend) bool {
		return o.First != t.First && gap(o) < gap(t) && (o.First < w.First) == (t.First < w.First)
	})
}

var overTime = prose.Pattern(` (?:over time|over the|over recent|in recent|year on year|historically|long term) `)

// spanWords make of a movement one over some time that the words do not fix.
var spanWords = []string{" over time", " over the year", " over recent", " recent months", " recent weeks", " in recent", " steadily", " gradually", " long term trend", " overall trend", " over the period",
	" over the last ", " over the past ", " in the last ", " in the past ", " week", " year on year", " quarter", " annual", " years ", " during the year", " over the course", " historic", " since the start", " since then", " year to date", " summer", " autumn", " winter", " spring", " months ", " this year", " last year", " year "}

func (st *statement) namesMonth(from, to int) bool {
	return slices.ContainsFunc(st.Whens, func(w prose.When) bool { return w.Kind == prose.Named && from <= w.First && w.Last <= to })
}

// How far a figure may move and still be called stable: in points of a
// percentage, and in per cent of any other figure. The bounds are ours, and wide.
const (
	stablePoints  = 3
	stablePercent = 10
)

// fits says whether a movement is as it is told.
func (s step) fits(st *statement, t prose.Trend) bool {
	change, err := s.now.Sub(s.then)
	if err != nil {
		return true
	}
	sign := change.Sign()
	if t.Sense == prose.Same {
		if !t.Loose {
			return sign == 0
		}
		if s.m.percentage() {
			return change.Abs().Cmp(quantity.Int(stablePoints)) <= 0
		}
		part, err := quantity.Quotient(change.Abs(), s.then.Abs(), 100, 1)
		return err != nil || part.Cmp(quantity.Int(stablePercent)) <= 0
	}
	if s.m.ind.Good == dataset.Within && (t.Sense == prose.Better || t.Sense == prose.Worse) {
		return true
	}
	d := prose.Direction{Word: t.Last, Sense: t.Sense}
	if s.m.agrees(d, st.Words[t.Last].Lower, sign) {
		return true
	}
	return change.Abs().Cmp(s.m.ind.Steady) <= 0 && s.m.ind.Steady.Sign() > 0
}
