package proof

import (
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

var (
	againstTarget = prose.Pattern(`\b(green|amber|red) against (?:\w+ ){0,2}targets?\b`)
	fromTo        = prose.Pattern(`\bfrom (?:\w+ ){0,1}?(green|amber|red) (?:\w+ ){0,3}?(?:to|into) (?:\w+ ){0,1}?(green|amber|red)\b`)
	wasNowIs      = prose.Pattern(`\b(?:was|were) (?:\w+ )?(green|amber|red)\b.{0,60}\b(?:now|is|are|turned) (?:\w+ )?(green|amber|red)\b`)
	tolerated     = prose.Pattern(`\b(?:within|inside|in) (?:\w+ ){0,3}tolerances?\b`)
	intolerable   = prose.Pattern(`\b(?:outside|beyond|out of|not within|no longer within) (?:(?:the|its|our|their|this|agreed|local|set|outer|of|\d+%?) ){0,3}tolerances?\b`)
	onTrack       = prose.Pattern(`\bon track\b`)
	metAll        = prose.Pattern(metWords.String() + `|\b(?:within|inside) (?:(?:the|its|our|their|this|local|national|agreed|[\d.,]+%?|days?) ){0,4}targets?\b`)
	// notSaid are words by which a rating or a target is hoped for, or denied.
	notSaid = prose.Pattern(`\b(?:not|no longer|never|nor|neither|would|will|should|could|may|might|if|until|unless|to be|yet|expected|aim\w*|hope\w*|planned|needs to|order to|whether|likely|towards|after (?:\w+ ){1,3}(?:months|quarters|years)|able to|set to|bring|brought back|return|nearly|almost|close to|except|apart)\b`)
	// colourNames are names with a colour in them, and colours of many measures.
	colourNames = prose.Pattern(`^ ?(?:or|limit|limits|band|bands|threshold|thresholds|range|edge|zone|tolerance|flag|flags|paper|cross|line|lines|level|at|above|below|means|light|indicators|measures|ratings|spaces?|ribbon|from|(?:between|under|over|up to) [\d.]+|is (?:anything |between |below |above |under |over |at least |less than |more than )?\d+|if|for|where|when|begins|starts|would|will)\b`)
	manyOf      = prose.Pattern(`\b(?:measures|indicators|ratings|reds|greens|ambers|each of|all of|both|most of|some of|which are|those|any|either)\b`)
)

// judging are the words one of which stands in every sentence about a rating.
var judging = listed("green amber red target targets tolerance tolerances")

// verdictOn is what a sentence says of a rating or a target, and what holds of a
// measure.
type verdictOn struct {
	from, to int // bytes of the sentence in lower case
	said     string
	ask      func(m *measure) (holds, known bool)
	now      func(m *measure) string
}

// ratings holds what is said of a rating or a target in words against the verdict.
func (p *proof) ratings(st *statement) {
	if !slices.ContainsFunc(st.Words, func(w prose.Word) bool { return judging[w.Lower] }) || len(st.Streaks) > 0 {
		return
	}
	lower := strings.ToLower(st.Text)
	if everyTime.MatchString(lower) && eachMonth.MatchString(lower) || noMonth.MatchString(lower) || firstTime.MatchString(lower) {
		return // of many months
	}
	for _, c := range append(p.colours(st, lower), p.targets(st, lower)...) {
		first, last := st.wordsAt(lower, c.from, c.to)
		if p.saidAt(st, first) {
			continue
		}
		var wrong *measure
		list := st.meantAt(first, last)
		if len(list) > 1 { // what has no target is not meant
			list = slices.DeleteFunc(slices.Clone(list), func(m *measure) bool { return m.verdict.Target.Green.IsZero() })
		}
		for _, m := range list {
			holds, known := c.ask(m)
			if holds || !known {
				wrong = nil
				break
			}
			if wrong == nil {
				wrong = m
			}
		}
		if wrong == nil {
			continue
		}
		p.blame(st, st.Words[first].Start, st.Words[last].End, "contradicts-data", "{{ "+wrong.ref()+" rag }} prints "+string(wrong.verdict.RAG.Rating)+"; outturn explain says how it was rated",
			"%s is said to be %q, and %s", wrong.ref(), c.said, c.now(wrong))
		return
	}
}

// month is the month of which what is said at some words speaks: the measure's
// own newest, or an earlier one that is named; 0 for a span.
func (st *statement) monthOf(first, last int) (period.Month, bool) {
	from, to := st.clauseAt(first, last)
	named := period.Month(0)
	for _, w := range st.Whens {
		if w.First < from && w.Last < from && len(st.Whens) > 1 || w.First > to || w.First > last && st.goesOn(last+1, w.First) {
			continue
		}
		switch {
		case w.Kind == prose.ThisMonth:
		case w.Base:
		case w.Kind == prose.Named && w.Period.Kind() == period.KindMonth && (named == 0 || named == w.Period.Last()):
			named = w.Period.Last()
		case w.Kind == prose.Named && w.Period.Kind() == period.Year, w.Kind == prose.ToDate: // the target of 2016/17
		default:
			return 0, false
		}
	}
	return named, true
}

// goesOn says that a sentence turns to another thing between two words.
func (st *statement) goesOn(from, to int) bool {
	return slices.ContainsFunc(st.Words[from:max(from, to)], func(w prose.Word) bool { return w.Text == "," || w.Lower == "and" || w.Kind == prose.Digits })
}

// rated is the rating of a measure in a month; 0 is its newest.
func (m *measure) rated(month period.Month) (score.Rating, bool) {
	if month == 0 || month == m.verdict.Current.Period.Last() && m.verdict.Current.Period.Months() == 1 {
		return m.verdict.RAG.Rating, m.verdict.RAG.Rating != score.NotRated
	}
	if m.ind.Frequency != dataset.Monthly {
		return "", false
	}
	return m.ratingIn(month)
}

// judged is the figure on which a measure is judged in a month; 0 is its newest.
func (m *measure) judged(month period.Month) (quantity.Decimal, bool) {
	v := m.verdict
	switch {
	case month != 0 && (month != v.Current.Period.Last() || v.Current.Period.Months() != 1):
		if m.ind.Frequency != dataset.Monthly || v.RAG.On == "ytd" || v.Target.Row.Linear {
			return quantity.Decimal{}, false
		}
		return m.at(period.OfMonth(month), m.view.Whole())
	case v.RAG.On == "ytd" && v.ToDate.Has:
		return v.ToDate.Value, true
	}
	return v.Current.Published, v.Current.Value
}

// colours lists the colours that a sentence gives its measures.
func (p *proof) colours(st *statement, lower string) (list []verdictOn) {
	is := func(at []int, colour string, not bool, month func() (period.Month, bool, bool)) {
		list = append(list, verdictOn{at[0], at[1], colour, func(m *measure) (bool, bool) {
			when, before, ok := month()
			if before {
				when = m.verdict.Previous.Period.Last()
				ok = ok && m.ind.Frequency == dataset.Monthly && m.verdict.Previous.Period.Months() == 1
			}
			if !ok {
				return false, false
			}
			r, known := m.rated(when)
			return (string(r) == colour) != not, known
		}, func(m *measure) string {
			when, before, _ := month()
			if before {
				when = m.verdict.Previous.Period.Last()
			}
			r, _ := m.rated(when)
			if when == 0 {
				return "is rated " + string(r)
			}
			return "in " + when.Words() + " was rated " + string(r)
		}})
	}
	current := func() (period.Month, bool, bool) { return 0, false, true }
	earlier := func() (period.Month, bool, bool) { return 0, true, true }
	for _, re := range []*prose.Expression{fromTo, wasNowIs} {
		if at := re.FindStringSubmatchIndex(lower); at != nil {
			first, last := st.wordsAt(lower, at[0], at[1])
			if month, ok := st.monthOf(first, last); !ok || month != 0 && month != p.l.month.Month || notSaid.MatchString(lower[:at[1]]) {
				return nil
			}
			is(at[4:6], lower[at[4]:at[5]], false, current)
			is(at[2:4], lower[at[2]:at[3]], false, earlier)
			return list
		}
	}
	for _, at := range colourWord.FindAllStringIndex(lower, -1) {
		if after := rangeAfter.FindString(lower[at[1]:]); after != "" {
			p.band(st, lower, at[0], at[1]+len(after))
			continue
		}
		from, to := clauseBytes(lower, at)
		text := lower[from:to]
		if len(colourWord.FindAllString(text, -1)) > 1 || colourNames.MatchString(lower[at[1]:]) && !againstTarget.MatchString(text) || manyOf.MatchString(text) {
			continue
		}
		before := lower[from:at[0]]
		if ofRange.MatchString(before) {
			p.band(st, lower, from+ofRange.FindStringIndex(before)[0], at[1])
			continue
		}
		if beyondOne.MatchString(before) { // above 95% is green: so it is
			continue
		}
		if !calls.MatchString(before) && !openColour.MatchString(before) && !againstTarget.MatchString(lower[at[0]:]) {
			continue
		}
		not := denies.MatchString(before)
		if !not && notSaid.MatchString(before) {
			continue
		}
		first, last := st.wordsAt(lower, at[0], at[1])
		is(at, lower[at[0]:at[1]], not, func() (period.Month, bool, bool) {
			month, ok := st.monthOf(first, last)
			return month, false, ok
		})
	}
	return list
}

const isColour = `(?:counts?|is|are|rates?|means?) (?:as |rated |shown as )?$`

// band holds the ends of a range that is given a colour, at bytes of the
// sentence, against the limits of the measure: "from 83% to 86% counts as amber".
// An end may stand one step inside, as in "to 85.9%".
func (p *proof) band(st *statement, lower string, from, to int) {
	first, last := st.wordsAt(lower, from, to)
	for first > 0 && st.Words[first-1].Kind != prose.Letters {
		first--
	}
	list := st.namedBetween(0, len(st.Words)-1)
	if len(list) == 0 {
		list = st.meantAt(last, last)
	}
	list = slices.DeleteFunc(slices.Clone(list), func(m *measure) bool { return m.verdict.Target.Amber.IsZero() })
	for i, f := range st.Figures {
		if f.First < first || f.First > last || f.Ref >= 0 || f.Hedge == prose.About || len(list) == 0 {
			continue
		}
		if m := list[0]; !slices.ContainsFunc(list, func(m *measure) bool { return !m.fitsUnit(f) || m.hasLimit(f.Value) }) {
			p.blameFigure(st, i, "contradicts-data", hint(m.first(func(f *fact) bool { return f.kind == targetFact })), "%s is no limit of %s: it is green at %s, amber at %s",
				f.Typed, m.ref(), score.IntervalWords(m.ind, m.verdict.Target.Green), score.IntervalWords(m.ind, m.verdict.Target.Amber))
		}
	}
}

// hasLimit says that a value is a target of the measure or an edge of its amber
// band, or the last figure before one.
func (m *measure) hasLimit(v quantity.Decimal) bool {
	return slices.ContainsFunc(m.facts(), func(f *fact) bool {
		if f.kind != targetFact && f.kind != edgeFact {
			return false
		}
		d, err := f.value.Sub(v)
		return err == nil && (d.Sign() == 0 || v.Scale() > 0 && d.Abs().Equal(quantity.New(1, v.Scale())))
	})
}

var (
	// calls stands before the colour of a measure.
	calls = prose.Pattern(`\b(?:rated|rates|rate it|rating (?:is|was|of|remains)|rag(?: rated| rating| status)?(?: is| as| of| at)?|status(?: is| of)?|is|are|remains?|remained|stays?|stayed|still|turned|turns|turn|now|at|as|in|shows?|shown|judged|was|were|went|gone|goes|go|moved?s?|moving|becomes?|became|back|to|into|scores|scored|being|again|an?) (?:\w+ly |still |now |again |also |back |firmly |at |to |in |into |as |rated |the |a |an |up |down )*$`)
	// ofRange and beyondOne stand before the colour of a range of values and not
	// of a measure: from 83% to 86% counts as, above 95% is.
	ofRange    = prose.Pattern(`[\d.,] ?%?(?: days)? ?(?:to|and|up to|–|-) ?(?:under |below )?[\d.,]+ ?%?(?: days)? ` + isColour)
	rangeAfter = prose.Pattern(`^ (?:is |means |runs )?(?:from|between) [\d.,]+ ?%?(?: days)? (?:to|and) (?:under |below )?[\d.,]*\d`)
	beyondOne  = prose.Pattern(`\b(?:above|below|over|under|than) [\d.,]+ ?%?(?: days)? ` + isColour)
	openColour = prose.Pattern(`(?:^|[:,(–-]) ?(?:rag |rated |status )?(?:rating |rated )?:? ?$`)
	denies     = prose.Pattern(`\b(?:is|are|was|were|remains|has|have|do|does|did)? ?(?:not|no longer)(?: yet| been| currently| now)?(?: rated| at| in| shown as)? $`)
)

// clauseBytes is the part of a sentence about some bytes of it, between signs
// and words that turn to another thing.
func clauseBytes(lower string, at []int) (from, to int) {
	from, to = 0, len(lower)
	for _, m := range clauseEnds.FindAllStringIndex(lower, -1) {
		if m[1] <= at[0] {
			from = m[1]
		}
		if m[0] >= at[1] {
			to = min(to, m[0])
		}
	}
	return from, to
}

var clauseEnds = prose.Pattern(`;|\b(?:while|whereas|whilst|but|although|though|however)\b`)

// targets lists what a sentence says of meeting, missing and tolerating a target.
func (p *proof) targets(st *statement, lower string) (list []verdictOn) {
	add := func(at []int, ask func(m *measure, v quantity.Decimal) (holds, known bool)) {
		first, last := st.wordsAt(lower, at[0], at[1])
		month, ok := st.monthOf(first, last)
		if !ok {
			return
		}
		list = append(list, verdictOn{at[0], at[1], lower[at[0]:at[1]], func(m *measure) (bool, bool) {
			v, known := m.judged(month)
			if !known || !m.verdict.Target.Has || m.verdict.Target.Missing != "" {
				return false, false
			}
			return ask(m, v)
		}, func(m *measure) string {
			v, _ := m.judged(month)
			t := m.verdict.Target
			said := "it stands at " + m.ind.Format(v)
			if !t.Green.IsZero() {
				said += " (" + t.Green.Words(m.ind.Unit) + ")"
			}
			return said + " and is rated " + string(m.verdict.RAG.Rating)
		}})
	}
	met := func(want bool) func(m *measure, v quantity.Decimal) (bool, bool) {
		return func(m *measure, v quantity.Decimal) (bool, bool) {
			return m.verdict.Target.Green.Contains(v) == want, !m.verdict.Target.Green.IsZero()
		}
	}
	side := func(sign int) func(m *measure, v quantity.Decimal) (bool, bool) {
		return func(m *measure, v quantity.Decimal) (bool, bool) {
			edge, ok := m.edge()
			return v.Cmp(edge)*sign >= 0, ok
		}
	}
	missed := missedWords.FindStringIndex(lower)
	free := func(at []int) bool {
		if at == nil {
			return false
		}
		from, _ := clauseBytes(lower, at)
		return !notSaid.MatchString(lower[from:at[1]])
	}
	switch at := missed; {
	case at != nil:
		from, _ := clauseBytes(lower, at)
		if !supposedOf.MatchString(lower[from:at[1]]) {
			add(at, met(false))
		}
	case free(metAll.FindStringIndex(lower)):
		add(metAll.FindStringIndex(lower), met(true))
	case free(overTarget.FindStringIndex(lower)):
		add(overTarget.FindStringIndex(lower), side(1))
	case free(underTarget.FindStringIndex(lower)):
		add(underTarget.FindStringIndex(lower), side(-1))
	case strings.Contains(lower, "target") && free(onTrack.FindStringIndex(lower)):
		add(onTrack.FindStringIndex(lower), met(true))
	}
	rating := func(fits func(score.Rating) bool) func(m *measure, v quantity.Decimal) (bool, bool) {
		return func(m *measure, v quantity.Decimal) (bool, bool) {
			r := m.verdict.RAG.Rating
			return fits(r), r != score.NotRated && m.verdict.RAG.On != "none"
		}
	}
	switch at := intolerable.FindStringIndex(lower); {
	case at != nil:
		from, _ := clauseBytes(lower, at)
		if !supposedOf.MatchString(lower[from:at[0]]) {
			add(at, rating(func(r score.Rating) bool { return r == score.Red }))
		}
	case free(tolerated.FindStringIndex(lower)):
		add(tolerated.FindStringIndex(lower), rating(func(r score.Rating) bool { return r != score.Red }))
	}
	return list
}

var supposedOf = prose.Pattern(`\b(?:would|will|should|could|may|might|if|unless|never|expected|risk|likely|whether|no longer|nearly|almost|without)\b`)

// edge is the target as one number, where it is one.
func (m *measure) edge() (quantity.Decimal, bool) {
	t := m.verdict.Target
	switch {
	case t.PeriodValue.Has:
		return t.PeriodValue.Decimal, true
	case t.Green.Low.Set != t.Green.High.Set && t.Green.Low.Set:
		return t.Green.Low.Value, true
	case t.Green.Low.Set != t.Green.High.Set:
		return t.Green.High.Value, true
	}
	return quantity.Decimal{}, false
}
