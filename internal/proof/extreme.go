package proof

import (
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// holder is the earlier month whose figure a sentence gives for an extreme.
func (st *statement) holder(e prose.Extreme, m *measure) *fact {
	from, to := st.clauseAt(e.First, e.Last)
	var found *fact
	for i, f := range st.Figures {
		if f.Role == prose.Then || f.Role == prose.Change || f.Role == prose.Target || f.First < from || f.Last > to {
			continue
		}
		for _, x := range st.results[i].facts {
			if x.m == m && x.kind == valueFact && x.area == st.l.whole {
				if x.current() {
					return nil
				}
				if x.period.Kind() == period.KindMonth {
					found = x
				}
			}
		}
	}
	return found
}

// rankSpan is the months among which an extreme is one, and the month that is
// called it; ok is false where the sentence does not say.
type rankSpan struct {
	from, to, at period.Month
	since        period.Month // "since April": April itself; 0
}

func (st *statement) rankSpan(e prose.Extreme, m *measure) (s rankSpan, ok bool) {
	month := st.l.month.Month.Add(-m.ind.Lag)
	april := period.NewMonth(month.FinancialYear(), 4)
	from, to := st.clauseAt(e.First, e.Last)
	s.at, s.to = month, month
	begun := -1                                                     // of Whens: "since figures began in August"
	for i := e.Last + 1; i <= to && i < e.Last+12 && !e.Ever; i++ { // since something began
		if st.Words[i].Lower == "since" && !slices.ContainsFunc(st.Whens, func(w prose.When) bool { return w.Kind == prose.Since && w.First > e.Last }) {
			begun = slices.IndexFunc(st.Whens, func(w prose.When) bool {
				return w.Kind == prose.Named && w.Period.Months() == 1 && w.First > i && beginsIn.MatchString(st.phrase(i, w.First))
			})
			if begun < 0 {
				return s, false
			}
		}
	}
	spanned, named := false, false
	for k, w := range st.Whens {
		if k == begun {
			spanned, s.from = true, w.Period.Last()
			continue
		}
		if st.Words[e.First].Lower == "only" && w.Kind == prose.Named {
			continue // the month that went further
		}
		inside := from <= w.First && w.Last <= to || len(st.Extremes) == 1 && w.Kind != prose.Named
		if !inside {
			continue
		}
		switch w.Kind {
		case prose.Since:
			if spanned || w.Period.Last() >= month {
				return s, false
			}
			spanned = true
			if w.Period.Months() != 1 { // since 2014/15: after it
				s.from = w.Period.Last().Add(1)
				continue
			}
			s.from, s.since = w.Period.Last().Add(1), w.Period.Last()
			if startWords[st.wordBefore(w.First)] { // since the start of April
				s.from, s.since = w.Period.Last(), 0
			}
		case prose.ToDate:
			if !spanned {
				spanned, s.from = true, april
			}
		case prose.RollingMonth:
			if m.ind.Basis == "rolling" {
				continue
			}
			spanned, s.from = true, month.Add(-11)
		case prose.Recent:
			spanned, s.from = true, month.Add(-2)
		case prose.Named:
			switch {
			case w.Base && st.Words[e.First].Lower != "no", w.Period.Last() > month:
				return s, false
			case w.Period.Kind() == period.KindMonth:
				if named && s.at != w.Period.Last() {
					return s, false
				}
				named, s.at = true, w.Period.Last()
			case w.Period.Kind() == period.Year && w.Period.Last() >= month:
				spanned, s.from = true, april
			default:
				if spanned {
					return s, false
				}
				spanned, s.from, s.to = true, w.Period.First(), w.Period.Last()
				if !named {
					s.at = 0 // a figure says which
				}
			}
		case prose.ThisMonth:
		default:
			return s, false
		}
	}
	if e.Months > 0 && !spanned {
		spanned, s.from = true, month.Add(1-e.Months)
	}
	switch {
	case e.Ever:
		s.from, s.since = 0, 0
	case !spanned && e.Year:
		s.from = april
	case !spanned:
		return s, false
	}
	if h := st.holder(e, m); h != nil {
		if named && h.period.Last() != s.at {
			return s, false
		}
		s.at = h.period.Last()
	}
	if s.since != 0 && s.at <= s.since {
		return s, false
	}
	if s.since != 0 && s.at < month {
		s.to = s.at
	}
	return s, s.at != 0 && s.from <= s.at && s.at <= s.to && s.from < s.to
}

// beginsIn leads from "since" to the month in which figures began.
var beginsIn = prose.Pattern(`\b(?:began|begun|started|starts|begins|introduced) in $`)

var startWords = listed("of start beginning")

func (st *statement) wordBefore(word int) string {
	if word < 1 {
		return ""
	}
	return st.Words[word-1].Lower
}

// extremes checks "the highest since April", "the worst month of the year".
func (p *proof) extremes(st *statement) {
	for _, e := range st.Extremes {
		if e.When < 0 && !e.Ever && !e.Year && e.Months == 0 && !slices.ContainsFunc(st.Whens, func(w prose.When) bool { return w.Kind == prose.ToDate }) || st.deniedAt(e) {
			continue
		}
		list := st.meantAt(e.First, e.Last)
		if e.Sense == prose.Better || e.Sense == prose.Worse {
			list = judgedOnly(list)
		}
		message, hint := "", ""
		start, end := st.Words[e.First], st.Words[e.Last]
		for _, m := range list {
			told, mend, wrong := p.outranked(st, e, m)
			if !wrong {
				message = ""
				break
			}
			if message == "" {
				message, hint = told, mend
			}
		}
		if message != "" {
			p.blame(st, start.Start, end.End, "contradicts-data", hint, "%s", message)
		}
	}
}

// overstated says that "the highest since August" says too little: neither August
// nor the months before it were as high. One month more or less is no fault.
func (m *measure) overstated(s rankSpan, now quantity.Decimal, sign int) (then quantity.Decimal, ok bool) {
	if s.since == 0 || s.since.OfFinancialYear() == 1 {
		return then, false
	}
	for back := range 3 {
		v, known := m.at(period.OfMonth(s.since.Add(-back)), m.view.Whole())
		if !known || v.Cmp(now)*sign >= 0 {
			return then, false
		}
		if back == 0 {
			then = v
		}
	}
	return then, true
}

// deniedAt says that an extreme is denied, hoped for, or one of many.
func (st *statement) deniedAt(e prose.Extreme) bool {
	if slices.ContainsFunc(st.Words[max(0, e.First-12):min(len(st.Words), e.Last+4)], func(w prose.Word) bool { return ofChange[w.Lower] }) {
		return true // the largest fall: a rank of changes
	}
	before := st.phrase(max(0, e.First-4), e.First)
	for _, w := range []string{"not the ", "one of the ", "among the ", "nor the ", "never the ", "than the ", "from the ", "from a ", "from its ", "of the ", "to the ", "amongst "} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

var ofChange = listed("rise increase growth jump fall decrease drop reduction change movement difference swing improvement decline deterioration gap gain dip")

// outranked finds a month that goes beyond the one that is called an extreme.
func (p *proof) outranked(st *statement, e prose.Extreme, m *measure) (message, mend string, wrong bool) {
	sign := map[prose.Sense]int{prose.Rise: 1, prose.Fall: -1, prose.Better: m.goodWay(), prose.Worse: -m.goodWay()}[e.Sense]
	s, ok := st.rankSpan(e, m)
	if !ok || sign == 0 || m.ind.Frequency != dataset.Monthly || m.ind.Basis == "cumulative" {
		return "", "", false
	}
	now, ok := m.at(period.OfMonth(s.at), p.l.whole)
	if !ok {
		return "", "", false
	}
	beyond := 0
	var worst dataset.Figure
	var worstValue quantity.Decimal
	for _, f := range m.months(s.from, s.to) {
		if v := m.ind.Publish(f.Value.Decimal); f.Period.Last() != s.at && v.Cmp(now)*sign > 0 {
			if beyond == 0 || v.Cmp(worstValue)*sign > 0 {
				worst, worstValue = f, v
			}
			beyond++
		}
	}
	told := "but none was beyond it"
	mend = "leave the rank out"
	switch {
	case beyond == e.Rank-1 || beyond == 0 && e.Rank == 1:
		then, ok := m.overstated(s, now, sign)
		if e.Rank > 1 || !ok {
			return "", "", false
		}
		told = "and " + s.since.Words() + ", at " + m.ind.Format(then) + ", was not beyond it"
	case beyond > 0:
		told = "and " + worst.Period.Words() + " had " + m.ind.Format(worst.Value.Decimal)
		mend = "{{ " + m.ref() + " @" + worst.Period.String() + " }} prints " + m.ind.Format(worst.Value.Decimal)
	}
	return m.ref() + " is called the " + strings.TrimSpace(st.phrase(e.First, e.Last+1)) + ", at " + m.ind.Format(now) + ", " + told, mend, true
}
