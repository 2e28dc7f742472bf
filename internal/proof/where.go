package proof

import (
	"slices"
	"strings"

	"outturn/internal/period"
	"outturn/internal/prose"
)

// when is the period that stands at a figure: "267 in December", "December's
// 267". sure says that no other figure can be meant by it.
func (st *statement) when(figure int) (w prose.When, sure bool) {
	f := st.Figures[figure]
	next, before := st.neighbours(figure)
	bracketed := f.First > 0 && st.Words[f.First-1].Text == "("
	for i := f.Last + 1; i < next; i++ {
		if t := st.Words[i].Text; bracketed && t == ")" || t == ";" || t == ":" || t == "," || t == "(" && !st.whenAt(i+1) || t == "." || breaks[st.Words[i].Lower] {
			next = i
		}
	}
	for _, w := range st.Whens { // December's 26
		if w.Last+1 == f.First && w.Kind == prose.Named && possessive.MatchString(st.Words[w.Last].Text) {
			return w, true
		}
	}
	if w, ok := st.bracketedBy(figure); ok {
		return w, true
	}
	if w, ok := st.bracketedLike(figure); ok {
		return w, true
	}
	for k, w := range st.Whens {
		if st.ranksOver(k) || st.opensNext(figure, w) || st.toCome(w) {
			continue
		}
		if w.First > f.Last && w.First < next && w.First-f.Last <= 12 && (!w.Base || w.Kind == prose.Since) {
			return w, true
		}
	}
	// December's 267; last month it was 80.2%; December (30.2%).
	for k := len(st.Whens) - 1; k >= 0; k-- {
		w := st.Whens[k]
		if w.Last < f.First && w.Last > before && whenItWas.MatchString(st.phrase(w.Last+1, f.First)) { // since May, when 86 were
			if w.Kind == prose.Since {
				w.Kind = prose.Named
			}
			return w, true
		}
		if w.Last >= f.First || w.Base && w.Kind != prose.Since || st.ranksOver(k) || st.toCome(w) {
			continue
		}
		if f.First == w.Last+2 && st.Words[w.Last+1].Text == ":" { // December: 267
			return w, true
		}
		if w.Last > before && levelOf.MatchString(st.phrase(w.Last+1, f.First)) {
			return w, true
		}
		if w.Last > before && f.First-w.Last <= 5 && !st.parted(w.Last, f.First) && !(figure > 0 && f.First-w.Last > 1 && st.leansBack(figure-1, w)) {
			return w, true
		}
		break
	}
	// In December, …: the first figure of the sentence or of a clause.
	from, _ := st.clause(figure)
	if before < from {
		for k, w := range st.Whens {
			if st.ranksOver(k) || f.Role == prose.Then && (w.Kind == prose.ThisMonth || w.Kind == prose.Named && w.Period.Kind() != period.Window && st.startsMove(figure)) {
				continue // in the month, in January: from 25.2% to 22.7%
			}
			if w.Last < f.First && w.First >= from && w.First <= from+4 && (!w.Base || w.Kind == prose.Since) {
				return w, true
			}
		}
	}
	// The one period and the one figure of a sentence.
	if len(st.Whens) == 1 && len(st.Figures) == 1 {
		if w := st.Whens[0]; w.Kind == prose.Named && !w.Base && w.Last < f.First && w.First <= 8 && !st.toCome(w) && !st.ranksOver(0) {
			return w, true
		}
	}
	return prose.When{}, false
}

// startsMove says that a figure is what a movement goes from.
func (st *statement) startsMove(figure int) bool {
	return slices.ContainsFunc(st.Moves, func(m prose.Move) bool { return m.From == figure })
}

// bracketedBy is the period right before the brackets in which a figure stands
// alone: "the best month since May (86)", "the same month of 2016 (92.7%)".
func (st *statement) bracketedBy(figure int) (w prose.When, ok bool) {
	f := st.Figures[figure]
	if f.First < 2 || st.Words[f.First-1].Text != "(" || f.Last+1 < len(st.Words) && st.Words[f.Last+1].Text != ")" {
		return w, false
	}
	for k, w := range st.Whens {
		if w.Last != f.First-2 {
			continue
		}
		if w.Kind == prose.ToDate && k > 0 && st.Whens[k-1].Kind == prose.Named && w.First-st.Whens[k-1].Last <= 2 {
			w = st.Whens[k-1] // October this year (34.0%)
		}
		if w.Kind == prose.Since {
			w.Kind = prose.Named
		}
		return w, w.Kind != prose.ThisMonth
	}
	return w, false
}

// bracketedLike is the period of the brackets before those in which a figure
// stands alone, beside figures of the same unit: "North 36.4% (36.8% in December),
// South 37.0% (7.0%)".
func (st *statement) bracketedLike(figure int) (w prose.When, ok bool) {
	if figure < 3 || !st.inBrackets(figure, st.Figures[figure].Last) {
		return w, false
	}
	if w, ok = st.bracketedLike(figure - 2); ok {
		return w, true
	}
	for k := figure - 3; k < figure; k++ {
		if st.Figures[k].Unit != st.Figures[figure].Unit {
			return w, false
		}
	}
	for _, w := range st.Whens {
		if w.First > st.Figures[figure-2].Last && w.First-st.Figures[figure-2].Last <= 2 && st.inBrackets(figure-2, w.Last) {
			return w, true
		}
	}
	return w, false
}

// inBrackets says that brackets open right before a figure and close right after
// a word.
func (st *statement) inBrackets(figure, last int) bool {
	first := st.Figures[figure].First
	return first > 0 && st.Words[first-1].Text == "(" && last+1 < len(st.Words) && st.Words[last+1].Text == ")"
}

// opensNext says that a period after a figure opens what is said of the next
// one: "at 31 March 2016 it was 197 and a year before that 183".
func (st *statement) opensNext(figure int, w prose.When) bool {
	if figure+1 >= len(st.Figures) || w.First <= st.Figures[figure].Last {
		return false
	}
	next := st.Figures[figure+1]
	if next.First <= w.Last || next.First-w.Last > 4 || st.parted(w.Last, next.First) {
		return false
	}
	if levelOf.MatchString(st.phrase(w.Last+1, next.First)) {
		return true // 78% above its August level of 926
	}
	joined := false
	for k := st.Figures[figure].Last + 1; k < w.First; k++ {
		joined = joined || st.Words[k].Lower == "and" || st.Words[k].Text == ","
	}
	for k := w.Last + 1; k < next.First; k++ {
		if st.Words[k].Text == "," || st.Words[k].Lower == "and" {
			return false
		}
	}
	return joined && w.First-st.Figures[figure].Last <= 4
}

// toCome says that a period is after the text's month: by when something is due.
func (st *statement) toCome(w prose.When) bool {
	return w.Kind == prose.Named && w.Period.First() > st.l.month.Month
}

var levelOf = prose.Pattern(`^(?:levels?|figure|total|rate|number|count|position|low|high|peak) of $`)

// untold says that the sentence speaks of a time that was not read: a number
// that is its measure's at another time may then be right.
func (st *statement) untold(figure int) bool {
	for i, w := range st.Words {
		season := seasons[w.Lower] && i+1 < len(st.Words) && (strings.HasPrefix(st.Words[i+1].Lower, "term") || st.Words[i+1].Kind == prose.Digits)
		if !ofTime[w.Lower] && !season || !season && st.told(i) {
			continue
		}
		if i > 1 && (w.Lower == "years" || w.Lower == "months") && st.Words[i-2].Lower == "within" {
			continue // second plans within two years
		}
		if w.Lower == "then" && i < st.Figures[figure].First && i > 0 {
			continue
		}
		return true
	}
	return false
}

// told says that a word is part of a period, a streak or a superlative, or stands
// right beside one.
func (st *statement) told(word int) bool {
	near := func(first, last int) bool { return first-2 <= word && word <= last+1 }
	return slices.ContainsFunc(st.Whens, func(w prose.When) bool { return near(w.First, w.Last) }) ||
		slices.ContainsFunc(st.Streaks, func(s prose.Streak) bool { return near(s.First, s.Last) })
}

// ofTime are words that tell of a time.
var seasons = listed("autumn spring summer")

var ofTime = listed("years months terms ago earlier beforehand previously formerly originally range ranged once christmas easter half")

// leansBack says that a period belongs to the figure before it: "203 in January,
// and 130 from families".
func (st *statement) leansBack(figure int, w prose.When) bool {
	for k := st.Figures[figure].Last + 1; k < w.First; k++ {
		if t := st.Words[k]; t.Kind == prose.Sign && t.Text != "(" && t.Text != "-" || breaks[t.Lower] || t.Lower == "and" {
			return false
		}
	}
	return true
}

var possessive = prose.Pattern(`['’]s?$`)

var whenItWas = prose.Pattern(`^,? ?when (?:it was |there were |it stood at |the figure was |the rate was )?$`)

// ranksOver says that a period belongs to a superlative: "the highest of the year".
func (st *statement) ranksOver(k int) bool {
	return slices.ContainsFunc(st.Extremes, func(e prose.Extreme) bool { return e.When == k && st.Whens[k].First-e.Last <= 5 })
}

// whenAt says that a period stands alone in brackets that open before a word.
func (st *statement) whenAt(word int) bool {
	return slices.ContainsFunc(st.Whens, func(w prose.When) bool {
		return word <= w.First && w.First <= word+1 && w.Last+1 < len(st.Words) && st.Words[w.Last+1].Text == ")"
	})
}

// neighbours are the words at which the next figure begins and the one before ends.
func (st *statement) neighbours(figure int) (next, before int) {
	next, before = len(st.Words), -1
	if figure+1 < len(st.Figures) {
		next = st.Figures[figure+1].First
	}
	if figure > 0 {
		before = st.Figures[figure-1].Last
	}
	return next, before
}

// breaks are words after which a new thing is spoken of.
var breaks = listed("compared against versus from while whereas whilst where than after but")

func (st *statement) parted(from, to int) bool {
	for i := from + 1; i < to; i++ {
		if t := st.Words[i].Text; t == ";" || t == ":" || t == "." || breaks[st.Words[i].Lower] {
			return true
		}
	}
	return false
}

var afterFigure = prose.Pattern(`^\(? ?(?:(?:were|was|came|come|are|is) )?(?:in|for|of|from|across|among|by|at|with)? ?(?:the |our )?$`)

// opensOther is a name in brackets that is of the figure after it: "67.7%
// (England 81.5%, …".
var opensOther = prose.Pattern(`^\( [^,;)]*$`)

// at is the area or comparator that stands at a figure; sure as in when.
func (st *statement) at(figure int, mentions []mention) (id string, sure bool) {
	f := st.Figures[figure]
	next, before := st.neighbours(figure)
	for _, m := range mentions {
		if m.first < 0 {
			return m.id, true // of a table's head
		}
		// After it: "20.0% in North", "24.0% nationally".
		if m.first > f.Last && m.first < next && m.first-f.Last <= 3 && afterFigure.MatchString(st.phrase(f.Last+1, m.first)) && !(next < len(st.Words) && opensOther.MatchString(st.phrase(f.Last+1, next))) {
			return m.id, true
		}
	}
	for k := len(mentions) - 1; k >= 0; k-- {
		m := mentions[k]
		if m.last >= f.First {
			continue
		}
		if m.last > before && !st.parted(m.last, f.First) && f.First-m.last <= 9 {
			return m.id, f.First-m.last <= 6 || before < 0
		}
		break
	}
	return "", false
}

// phrase is words in lower case, each with a space after it.
func (st *statement) phrase(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		b.WriteString(st.Words[i].Lower)
		b.WriteByte(' ')
	}
	return b.String()
}

// named reports whether a period that a sentence names is that of a fact.
func (f *fact) named(w prose.When, month period.Month) bool {
	v := f.m.verdict
	switch w.Kind {
	case prose.ThisMonth:
		return f.current() && f.kind != toDateFact
	case prose.PreviousOne:
		return f.kind == windowFact && f.period == quarterBefore(month) || f.period == v.Previous.Period || f.period.Kind() == period.KindMonth && f.period.Last() == month.Add(-1)
	case prose.YearAgo:
		return f.period == v.Current.Period.YearAgo() || (f.period.Kind() == v.Current.Period.Kind() || f.period.Kind() == period.Window && f.period.Months() <= 3) && f.period.Last() == v.Current.Period.Last().Add(-12) ||
			f.kind == toDateFact && f.period == v.ToDate.Period.YearAgo()
	case prose.LastYear:
		return f.ofYear(month.FinancialYear()-1) || f.period == v.Current.Period.YearAgo() || f.kind == benchmarkFact
	case prose.ToDate:
		return f.kind == toDateFact && f.current() || f.kind == valueFact && f.current() && (f.m.ind.Basis == "cumulative" || f.m.ind.YTD == "latest")
	case prose.RollingMonth:
		return f.current() && f.m.ind.Basis == "rolling" || f.period.Months() == 12
	case prose.Recent:
		return f.current() || f.kind == windowFact && f.period == period.NewWindow(month.Add(-2), month)
	case prose.Since:
		if w.Period.Last().Number() == 4 && f.kind == toDateFact && f.current() {
			return true
		}
		if f.kind == windowFact {
			return f.period.Last() == month && (f.period.First() == w.Period.First() || f.period.First() == w.Period.Last()+1)
		}
		return f.current() && f.kind != toDateFact
	}
	p := w.Period
	if f.period == p {
		return true
	}
	switch p.Kind() {
	case period.KindMonth:
		if f.kind == toDateFact {
			return false
		}
		m := p.Last()
		// The position at the end of a month: a quarter, a term, a window.
		return f.period.Last() == m || m == month && f.current()
	case period.Quarter:
		if f.period.Kind() == period.KindMonth && f.m.flows() && !f.m.percentage() {
			return false // a quarter's count is not its last month's
		}
		return f.period.Last() == p.Last() && f.period.Months() <= 3 || f.current() && f.kind != toDateFact && p.Last() == month
	case period.Year:
		return f.ofYear(p.First().Year()) || f.period.Kind() == period.Window && f.period.Months() <= 12 && overlap(f.period, p)*2 >= f.period.Months()
	}
	if p.Months() == 12 && f.m.ind.Basis == "rolling" && f.period.Last() == p.Last() {
		return true // the rolling year to January
	}
	if p.Months() == 12 && f.period.Months() == 12 {
		return f.period.Last() == p.Last() || f.period.First().Year() == p.First().Year() || f.period.Last().Year() == p.Last().Year()
	}
	return f.period.First() == p.First() && f.period.Last() == p.Last()
}

func overlap(a, b period.Period) int {
	return max(0, int(min(a.Last(), b.Last())-max(a.First(), b.First()))+1)
}

// ofYear says whether a fact is of a financial or academic year, or of its end.
func (f *fact) ofYear(start int) bool {
	switch f.period.Kind() {
	case period.Year:
		return f.period.First().Year() == start
	case period.AcademicYear, period.Term:
		return f.period.First().AcademicYear() == start || f.period.First().Year() == start
	case period.KindMonth:
		return f.m.ind.Basis != "in_month" && f.period.Last() == period.NewMonth(start+1, 3)
	case period.Window:
		return f.period.Last() == period.NewMonth(start+1, 3)
	}
	return false
}
