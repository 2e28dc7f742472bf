package proof

import (
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/score"
)

// condition is what a sentence says of a month, and may say of many: that a
// figure moved so, that it lay beyond a bound, met its target, was amber.
type condition struct {
	words  string
	bound  bool // in figures: never below has become at least
	moves  bool // of a month against the one before
	judges bool // for better or worse
	holds  func(m *measure, month period.Month) (holds, known bool)
}

var (
	colourWord = prose.Pattern(`\b(green|amber|red)\b`)
	// metWords and missedWords tell of a target in the month; high and low of the
	// side of it on which a figure lies.
	metWords    = prose.Pattern(`\b(?:met|meets|meeting|hit|achieved|achieving|exceeded|exceeding|exceeds|reached|better than|beaten|ahead of|surpassed|surpasses|beats?) (?:(?:the|its|our|their|this|local|national|agreed|target|targets|been|[\d.]+%?|%|days?) )*?(?:target|targets|threshold)\b|\btargets? [^.;:]{0,60}?\b(?:met|achieved|hit|reached|exceeded|beaten)\b|\bon target\b`)
	missedWords = prose.Pattern(`\b(?:missed|missing|misses|not met|not meet|failed to meet|failed to reach|failed to hit|not meeting|yet to reach|yet to meet|yet to hit|still to reach|still to meet|still to hit|short of|off|not achieved|not on|not hit|not reached|worse than|outside|behind) (?:(?:the|its|our|their|this|local|national|agreed|[\d.]+%?|%) )*?(?:target|targets)\b|\btargets? [^.;:]{0,60}?\b(?:missed|not met|not been met|not achieved|not reached|not been reached|not been achieved|not hit)\b|\boff target\b`)
	overTarget  = prose.Pattern(`\b(?:above|over|higher than|exceed\w*) (?:(?:the|its|our|their|this|local|national|agreed|[\d.]+%?|%) )*?(?:target|targets)\b`)
	underTarget = prose.Pattern(`\b(?:below|under|lower than) (?:(?:the|its|our|their|this|local|national|agreed|[\d.]+%?|%) )*?(?:target|targets)\b`)
)

// condition finds what is said at some words to have gone on; the movement that
// stands nearest, else a bound, a target, a colour.
func (st *statement) condition(first, last int) (condition, bool) {
	from, to := st.clauseAt(first, last)
	var near *prose.Trend
	gap := 10
	for k := range st.Trends {
		t := &st.Trends[k]
		if away := max(first-t.Last, t.First-last); t.Sense != prose.Same && t.Sense != prose.NoSense && away < gap {
			near, gap = t, away
		}
	}
	if near != nil {
		judges := near.Sense == prose.Better || near.Sense == prose.Worse
		return condition{st.phrase(near.First, near.Last+1), false, true, judges, func(m *measure, month period.Month) (bool, bool) {
			now, ok1 := m.at(period.OfMonth(month), m.view.Whole())
			before, ok2 := m.at(period.OfMonth(month.Add(-1)), m.view.Whole())
			if !ok1 || !ok2 || m.ind.Basis == "cumulative" {
				return false, false
			}
			d := prose.Direction{Word: near.Last, Sense: near.Sense}
			if (near.Sense == prose.Better || near.Sense == prose.Worse) && m.goodWay() == 0 && !strings.HasPrefix(st.Words[near.Last].Lower, "declin") {
				return false, false
			}
			return m.agrees(d, st.Words[near.Last].Lower, now.Cmp(before)), true
		}}, true
	}
	for _, f := range st.Figures {
		if f.Hedge >= prose.Above && f.Ref < 0 && !f.Fraction && f.First >= from && f.Last <= to {
			return condition{hedged(f), f.Hedge == prose.AtLeast || f.Hedge == prose.AtMost, false, false, func(m *measure, month period.Month) (bool, bool) {
				v, ok := m.at(period.OfMonth(month), m.view.Whole())
				return ok && m.fitsUnit(f) && meant(f, v), ok && m.fitsUnit(f)
			}}, true
		}
	}
	text := strings.TrimSpace(strings.ToLower(st.phrase(from, to+1)))
	met := func(want bool, words string) (condition, bool) {
		return condition{words, false, false, false, func(m *measure, month period.Month) (bool, bool) {
			is, known := m.metIn(month)
			return is == want, known
		}}, true
	}
	side := func(sign int, words string) (condition, bool) {
		return condition{words, false, false, false, func(m *measure, month period.Month) (bool, bool) {
			t := m.verdict.Target
			v, ok := m.at(period.OfMonth(month), m.view.Whole())
			if !ok || !t.PeriodValue.Has || m.verdict.RAG.On == "ytd" || t.Row.Linear {
				return false, false
			}
			return v.Cmp(t.PeriodValue.Decimal) == sign, true
		}}, true
	}
	switch {
	case missedWords.MatchString(text):
		return met(false, missedWords.FindString(text))
	case overTarget.MatchString(text):
		return side(1, overTarget.FindString(text))
	case underTarget.MatchString(text):
		return side(-1, underTarget.FindString(text))
	case metWords.MatchString(text):
		return met(true, metWords.FindString(text))
	}
	if at := colourWord.FindStringSubmatch(text); at != nil && len(colourWord.FindAllString(text, -1)) == 1 {
		return condition{at[1], false, false, false, func(m *measure, month period.Month) (bool, bool) {
			r, known := m.ratingIn(month)
			return string(r) == at[1], known
		}}, true
	}
	return condition{}, false
}

// metIn says whether a month's figure met the target that is in force; known is
// false where no such judgement is made on a month.
func (m *measure) metIn(month period.Month) (met, known bool) {
	t, v := m.verdict.Target, m.verdict
	if !t.Has || t.Green.IsZero() || t.Missing != "" || v.RAG.On == "ytd" || t.Row.Linear {
		return false, false
	}
	value, ok := m.at(period.OfMonth(month), m.view.Whole())
	return ok && t.Green.Contains(value), ok
}

// ratingIn is the rating that a month's figure has by the thresholds in force.
func (m *measure) ratingIn(month period.Month) (score.Rating, bool) {
	v := m.verdict
	if v.RAG.On != "period" || v.RAG.Rule != "tolerance" || v.RAG.ByHand || v.RAG.Rating == score.NotRated {
		return "", false
	}
	if month == v.Current.Period.Last() && v.Current.Period.Months() == 1 {
		return v.RAG.Rating, true
	}
	met, known := m.metIn(month)
	if !known || v.Target.Amber.IsZero() {
		return "", false
	}
	value, _ := m.at(period.OfMonth(month), m.view.Whole())
	switch {
	case met:
		return score.Green, true
	case v.Target.Amber.Contains(value):
		return score.Amber, true
	}
	return score.Red, true
}

var (
	eachMonth = prose.Pattern(`\b(?:every|each) (?:single |reporting )?month|\bin all (?:of the )?(?:\w+ )?months\b|\ball year\b|\bthroughout\b|\bconsistently\b|\bevery one of the (?:\w+ )?months\b|\bmonth (?:on|after) month\b`)
	noMonth   = prose.Pattern(`\b(?:never|not once|at no time|at no point|in no month|in none of)\b`)
	firstTime = prose.Pattern(`\bfor the first time\b`)
	sometimes = prose.Pattern(`\b(?:all but|except|bar|apart from|other than|but one|most|almost every|nearly every|average|total|on track|with the exception|need|expected|would|will|should|report\w*|bring|brings|review\w*|meets|collected|published|updated)\b`)
)

// everies checks what is said of every month of a span, of none, or of this one
// for the first time, where it is no bound in figures: "has missed its target in
// every month since May".
func (p *proof) everies(st *statement) {
	if !st.hasAny(spanning) {
		return
	}
	lower := strings.ToLower(st.Text)
	first := firstTime.MatchString(lower)
	never := noMonth.MatchString(lower)
	_, since := st.sinceWhen()
	since = since && sinceHeld.MatchString(lower)
	if !first && !never && !since && !eachMonth.MatchString(lower) || sometimes.MatchString(lower) || len(st.Streaks) > 0 {
		return
	}
	re := eachMonth
	switch {
	case !first && !never && !eachMonth.MatchString(lower):
		re = sinceHeld
	case first:
		re = firstTime
	case never:
		re = noMonth
	}
	at := re.FindStringIndex(lower)
	word, end := st.wordsAt(lower, at[0], at[1])
	c, ok := st.condition(word, end)
	for i, f := range st.Figures {
		if f.Hedge >= prose.Above && f.Role != prose.Target && f.Ref < 0 && st.results[i].blamed {
			return // bounds in figures are held elsewhere
		}
	}
	never = never && !c.bound
	if !ok && !first && !never && sinceHeld.MatchString(lower) && len(st.Trends) == 0 && len(st.Extremes) == 0 {
		c, ok = st.stood(word, end)
	}
	if !ok || c.moves && re == sinceHeld {
		return
	}
	from, to, words := st.over()
	if words == "" {
		return
	}
	list := slices.DeleteFunc(slices.Clone(st.meantAt(word, end)), func(m *measure) bool { return m.ind.Frequency != dataset.Monthly })
	if len(list) > 1 && !c.moves { // what has no target is not meant
		list = slices.DeleteFunc(list, func(m *measure) bool { return m.verdict.Target.Green.IsZero() })
	}
	var wrong *measure
	var beyond period.Month
	for _, m := range list {
		is, asked := true, false
		at := period.Month(0)
		if series := m.months(0, to); from == 0 && len(series) > 0 {
			from = series[0].Period.Last()
		}
		start, stop := from, min(to, p.l.month.Month.Add(-m.ind.Lag))
		if w, has := st.sinceWhen(); has && (first || c.moves && !never) && w.Period.Months() == 1 {
			start = w.Period.Last().Add(1) // "every month since May": the movements after it
		} else if c.moves && !never && !first {
			start = from.Add(1) // of April the month before may not be meant
		}
		if first {
			stop = stop.Add(-1)
			if now, known := c.holds(m, stop.Add(1)); !known || !now {
				is = known && now
				asked, at = known, stop.Add(1)
			}
		}
		for month := start; month <= stop && is; month++ {
			holds, known := c.holds(m, month)
			if !known {
				asked = false
				break
			}
			if asked = true; holds == (never || first) {
				is, at = false, month
			}
		}
		if !asked || is {
			wrong = nil
			break
		}
		if wrong == nil {
			wrong, beyond = m, at
		}
	}
	if wrong == nil {
		return
	}
	v, _ := wrong.at(period.OfMonth(beyond), p.l.whole)
	p.blame(st, st.Words[word].Start, st.Words[end].End, "contradicts-data", "name the months of which it is true, or leave them out",
		"%q is said of %s %s, and %s had %s", strings.TrimSpace(re.FindString(lower)+" … "+strings.TrimSpace(c.words)), wrong.ref(), words, beyond.Words(), wrong.ind.Format(v))
}

// sinceHeld begins what has gone on since a month.
var sinceHeld = prose.Pattern(`\b(?:has|have) (?:now |also |all |consistently |continuously )?(?:been|stood|stayed|remained|held|met|missed|kept)\b`)

// spanning are the words one of which stands in all that is said of many months.
var spanning = listed("every each all throughout consistently month never once no point none first since")

// hasAny says that one of some words stands in the sentence.
func (st *statement) hasAny(words map[string]bool) bool {
	return slices.ContainsFunc(st.Words, func(w prose.Word) bool { return words[w.Lower] })
}

// stood is the condition that a figure of the clause has stood as it is: "has
// been at 100% since August".
func (st *statement) stood(first, last int) (condition, bool) {
	from, to := st.clauseAt(first, last)
	for i, f := range st.Figures {
		if f.First < from || f.Last > to || !isExact(f) || f.Role != prose.Value && f.Role != prose.Now || st.wordBefore(f.First) != "at" || len(st.results[i].facts) == 0 || !st.results[i].facts[0].current() {
			continue
		}
		return condition{"stands at " + f.Typed, false, false, false, func(m *measure, month period.Month) (bool, bool) {
			v, ok := m.at(period.OfMonth(month), m.view.Whole())
			return ok && meant(f, v), ok
		}}, true
	}
	return condition{}, false
}

// sinceWhen is the period of "since May".
func (st *statement) sinceWhen() (prose.When, bool) {
	i := slices.IndexFunc(st.Whens, func(w prose.When) bool { return w.Kind == prose.Since })
	if i < 0 {
		return prose.When{}, false
	}
	return st.Whens[i], true
}

// wordsAt are the first and last word at bytes of the sentence's text in lower case.
func (st *statement) wordsAt(lower string, from, to int) (first, last int) {
	start, end := st.Start+len([]rune(lower[:from])), st.Start+len([]rune(lower[:to]))
	for i, w := range st.Words {
		if w.Start <= start {
			first = i
		}
		if w.Start < end {
			last = i
		}
	}
	return first, max(first, last)
}
