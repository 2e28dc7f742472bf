package prose

import (
	"slices"
	"strconv"
	"strings"

	"outturn/internal/period"
)

// whenTable names periods. Of two that begin at one word the earlier counts.
var whenTable = newTable(
	newRow(`(?:from |between )?(?:[0-9]{1,2} )?MONTH(?: ([0-9]{4}))? (?:to|and|until|-|–|through to) (?:the end of )?(?:[0-9]{1,2} )?MONTH(?: ([0-9]{4}))?`,
		"from between # MONTH"),
	newRow(`(20[0-9]{2}) [/–-] (?:20)?([0-9]{2}) (?:to|up to|until|as at|by) (?:the end of )?MONTH(?: [0-9]{4})?`,
		"#"),
	newRow(`(20[0-9]{2}|19[0-9]{2}) [/–-] (?:20)?([0-9]{2})`,
		"#"),
	newRow(`(?:(?:year|12 months|twelve months) (?:to|ending|ended) (?:the end of )?)MONTH(?: ([0-9]{4}))?`,
		"year # twelve"),
	newRow(`(?:the )?(?:quarter|three months|3 months) (?:to|ending|ended) (?:the end of )?MONTH(?: ([0-9]{4}))?`,
		"the quarter three #"),
	newRow(`(?:the )?(?:same|equivalent|corresponding) (?:month|period|time|point|quarter|stage) (?:of|in) (20[0-9]{2})(?: (/|–|-) (?:20)?[0-9]{2})?`,
		"~ the same equivalent corresponding"),
	newRow(`(?:the )?(?:same|equivalent|corresponding) (?:month|period|time|point|quarter|position|stage) (?:of |in |as )?(?:the )?(?:last year|previous year|year before|a year (?:ago|earlier|before))`,
		"the same equivalent corresponding"),
	newRow(`(?:this time last year|a year (?:ago|earlier|before|previously)|one year (?:ago|earlier|before)|(?:12|twelve) months (?:ago|earlier|before|previously)|(?:the )?year before)`,
		"this a one # twelve the year"),
	newRow(`MONTH (?:of )?(last year|the (?:previous year|year before))`,
		"MONTH"),
	newRow(`last MONTH`,
		"last"),
	newRow(`MONTH(?: ([0-9]{4}))?`,
		"MONTH"),
	newRow(`(?:quarter|qtr|q) ?([1-4]|one|two|three|four)(?: (?:of |in )?(20[0-9]{2}) [/–-] (?:20)?[0-9]{2})?`,
		"quarter qtr q quarter1 quarter2 quarter3 quarter4 qtr1 qtr2 qtr3 qtr4 q1 q2 q3 q4"),
	newRow(`(first|second|third|fourth) quarter(?: (?:of |in )?(20[0-9]{2}) [/–-] (?:20)?[0-9]{2})?`,
		"first second third fourth"),
	newRow(`(first|second) half of (?:the |this )?(?:financial )?year`,
		"first second"),
	newRow(`(?:the )?(?:last|previous|preceding|prior) (?:month|quarter|term|period)`,
		"the last previous preceding prior"),
	newRow(`(?:the |a |one )?(?:month|quarter|period) (?:before|earlier|ago|previously)`,
		"the a one month quarter period"),
	newRow(`(?:this|the current|the reporting|the latest|current) (?:month|quarter)|in (?:the )?month(?: itself| alone)?`,
		"this the current in"),
	newRow(`(?:for )?(?:the )?year to date|ytd|to date|so far this year|(?:the )?year so far|this (?:financial )?year so far|(?:for|over|during|across|in) the (?:financial )?year|this (?:financial )?year|the year as a whole|of the (?:financial )?year|all year|throughout the year`,
		"for over during across in the year ytd to so this of all throughout"),
	newRow(`(?:over |in |during )?(?:the )?(?:last|past|previous) (?:three|3) months`,
		"over in during the last past previous"),
	newRow(`rolling(?: year| 12 months?| twelve months?)?|(?:over |in |during )(?:the |a )?(?:last |past |previous )?(?:12|twelve) months?|(?:12|twelve) months? (?:to|period|rolling|average|rate|performance)`,
		"rolling over in during # twelve"),
	newRow(`(?:the )?last (?:financial )?year|(?:the )?previous (?:financial )?year|outturn|year end`,
		"the last previous outturn year"),
	newRow(`(?:in|since|during|from|by|of|for|end of|until) ((?:19|20)[0-9]{2})`,
		"~ in since during from by of for end until"),
)

// whenReads read what a row of whenTable has found.
var whenReads = []func(m match, month period.Month) (When, bool){
	monthsRead,
	partYearRead,
	yearRead,
	windowRead,
	threeMonthsRead,
	sameMonthRead,
	kind(YearAgo),
	kind(YearAgo),
	monthLastYearRead,
	lastMonthNameRead,
	monthRead,
	quarterRead,
	quarterRead,
	halfRead,
	kind(PreviousOne),
	kind(PreviousOne),
	kind(ThisMonth),
	kind(ToDate),
	kind(Recent),
	kind(RollingMonth),
	kind(LastYear),
	calendarRead,
}

func kind(k WhenKind) func(match, period.Month) (When, bool) {
	return func(match, period.Month) (When, bool) { return When{Kind: k}, true }
}

// newest is the newest month of that number by a month.
func newest(number int, by period.Month) period.Month {
	m := period.NewMonth(by.Year(), number)
	if m > by {
		m = m.Add(-12)
	}
	return m
}

func monthOf(name, year string, by period.Month) period.Month {
	number := monthNumbers[name]
	if year == "" {
		return newest(number, by)
	}
	y, _ := strconv.Atoi(year)
	return period.NewMonth(y, number)
}

func monthRead(m match, by period.Month) (When, bool) {
	month := monthOf(m.group[1], m.group[2], by)
	return When{Kind: Named, Period: period.OfMonth(month), NoYear: m.group[2] == ""}, true
}

// sameMonthRead reads "the same month of 2016": the text's month in that year.
func sameMonthRead(m match, by period.Month) (When, bool) {
	year, _ := strconv.Atoi(m.group[1])
	month := period.NewMonth(year, by.Number())
	if m.group[2] != "" && by.Number() < 4 { // of 2015/16
		month = month.Add(12)
	}
	return When{Kind: Named, Period: period.OfMonth(month)}, month < by
}

func monthLastYearRead(m match, by period.Month) (When, bool) {
	month := newest(monthNumbers[m.group[1]], by)
	if month.Year() == by.Year() {
		month = month.Add(-12)
	}
	return When{Kind: Named, Period: period.OfMonth(month), NoYear: true}, true
}

func lastMonthNameRead(m match, by period.Month) (When, bool) {
	month := newest(monthNumbers[m.group[1]], by)
	if month == by {
		month = month.Add(-12)
	}
	return When{Kind: Named, Period: period.OfMonth(month), NoYear: true}, true
}

func monthsRead(m match, by period.Month) (When, bool) {
	first, last := monthNumbers[m.group[1]], monthNumbers[m.group[3]]
	to := monthOf(m.group[3], m.group[4], by)
	from := period.NewMonth(to.Year(), first)
	if m.group[2] != "" {
		from = monthOf(m.group[1], m.group[2], by)
	} else if first > last {
		from = from.Add(-12)
	}
	words := strings.Fields(m.group[0])
	if from >= to || slices.Contains(words, "and") && words[0] != "between" {
		return When{}, false // "in January and December": two months, each by itself
	}
	if words[0] == "from" && to.Add(-1) == from {
		return When{}, false // "fell from December to January" names two
	}
	if from == period.NewMonth(by.FinancialYear(), 4) && to == by {
		return When{Kind: ToDate}, true
	}
	p := period.NewWindow(from, to)
	if q := period.OfQuarter(to); q.First() == from && q.Last() == to {
		p = q
	}
	return When{Kind: Named, Period: p, NoYear: m.group[2] == "" && m.group[4] == ""}, true
}

func windowRead(m match, by period.Month) (When, bool) {
	to := monthOf(m.group[1], m.group[2], by)
	return When{Kind: Named, Period: period.NewWindow(to.Add(-11), to), NoYear: m.group[2] == ""}, true
}

// threeMonthsRead reads "the quarter to December".
func threeMonthsRead(m match, by period.Month) (When, bool) {
	to := monthOf(m.group[1], m.group[2], by)
	p := period.NewWindow(to.Add(-2), to)
	if q := period.OfQuarter(to); q.Last() == to {
		p = q
	}
	return When{Kind: Named, Period: p, NoYear: m.group[2] == ""}, true
}

func yearRead(m match, _ period.Month) (When, bool) {
	first, _ := strconv.Atoi(m.group[1])
	second, _ := strconv.Atoi(m.group[2])
	if (first+1)%100 != second {
		return When{}, false
	}
	return When{Kind: Named, Period: period.OfFinancialYear(first)}, true
}

func halfRead(m match, by period.Month) (When, bool) {
	april := period.NewMonth(by.FinancialYear(), 4)
	if m.group[1] == "second" {
		april = april.Add(6)
	}
	return When{Kind: Named, Period: period.NewWindow(april, april.Add(5)), NoYear: true}, april.Add(5) <= by
}

// partYearRead reads "2016/17 to January": the year to date, if it ends with the
// text's month.
func partYearRead(m match, by period.Month) (When, bool) {
	first, _ := strconv.Atoi(m.group[1])
	to := monthOf(m.group[3], "", by)
	return When{Kind: ToDate}, first == by.FinancialYear() && to == by
}

func quarterRead(m match, by period.Month) (When, bool) {
	n, ok := ordinals[m.group[1]]
	if !ok {
		if small, is := smallNumbers[m.group[1]]; is {
			n = int(small)
		} else {
			n, _ = strconv.Atoi(m.group[1])
		}
	}
	start := by.FinancialYear()
	if m.group[2] != "" {
		start, _ = strconv.Atoi(m.group[2])
	}
	q := period.NewQuarter(start, n)
	if m.group[2] == "" && q.First() > by {
		q = q.YearAgo()
	}
	return When{Kind: Named, Period: q, NoYear: m.group[2] == ""}, true
}

func calendarRead(m match, by period.Month) (When, bool) {
	year, _ := strconv.Atoi(m.group[1])
	if year > by.Year() {
		return When{}, false
	}
	return When{Kind: Named, Period: period.NewWindow(period.NewMonth(year, 1), period.NewMonth(year, 12))}, true
}

var (
	sinceLeft = Pattern(`(?:^| )since (?:(?:the )?(?:start|beginning|end|summer|low|high|peak)? ?(?:of|in)? ?)?$`)
	baseLeft  = Pattern(`(?:^| )(?:compared (?:to|with)|comparing with|than|on|against|versus|vs|from|up from|down from)(?: (?:in|for|at|the|end|of|position|figure|that|those|it was|was|reported))* $`)
	// Names of months that are words too stand for a month only where they begin with a capital.
	ambiguous = set("may march mar dec sep jan")
)

// whens finds the periods that a sentence names.
func (r *reader) whens() {
	at, can := whenTable.beginnings(r.words)
	if can == 0 && !heedless {
		return
	}
	taken := slices.Clone(r.exempt) // what is a streak is no period
	for i := range whenTable.rows {
		if can&(1<<i) == 0 && !heedless {
			continue
		}
		for _, m := range whenTable.found(i, r.line, at) {
			if slices.Contains(taken[m.first:m.last+1], true) {
				continue
			}
			if r.notAMonth(m) || m.group[0] == "to date " && r.lower(m.first-1) == "up" {
				continue
			}
			if next := r.lower(m.last + 1); (next == "average" || next == "mean") && strings.Contains(m.group[0], "year") {
				continue // above this year's average
			}
			w, ok := whenReads[i](m, r.month)
			if !ok || w.Kind == LastYear && m.group[0] == "outturn " && (m.first > 0 && taken[m.first-1] || r.lower(m.last+1) == "is" || r.lower(m.last+1) == "stands") { // Q3 outturn
				continue
			}
			for k := m.first; k <= m.last; k++ {
				taken[k] = true
			}
			w.First, w.Last = m.first, m.last
			left := r.before(m.first)
			switch {
			case sinceLeft.MatchString(left):
				if w.Kind == Named {
					w.Kind = Since
				}
				w.Base = true
			case baseLeft.MatchString(left):
				w.Base = true
			}
			r.Whens = append(r.Whens, w)
		}
	}
	r.otherQuarters(taken)
	slices.SortFunc(r.Whens, func(a, b When) int { return a.First - b.First })
}

// otherQuarters reads "the second" beside a quarter that is named in full: "the
// third quarter (4,137) was busier than the second (2,863)".
func (r *reader) otherQuarters(taken []bool) {
	if !slices.ContainsFunc(r.Whens, func(w When) bool { return w.Kind == Named && w.Period.Kind() == period.Quarter }) {
		return
	}
	for i, w := range r.words {
		if n := ordinals[w.Lower]; n == 0 || n > 4 || taken[i] || r.lower(i-1) != "the" || i+1 < len(r.words) && r.words[i+1].Kind != Sign {
			continue
		}
		q, _ := quarterRead(match{group: []string{"", w.Lower, ""}}, r.month)
		q.First, q.Last, q.Base = i, i, baseLeft.MatchString(r.before(i))
		r.Whens = append(r.Whens, q)
	}
}

// notAMonth says that a match rests on a word such as may or march that is no name here.
func (r *reader) notAMonth(m match) bool {
	for i := m.first; i <= m.last; i++ {
		w := r.words[i]
		if ambiguous[w.Lower] && w.Text == w.Lower {
			return true
		}
	}
	return false
}

// before is the line up to a word, as far back as a period's words can reach.
func (r *reader) before(word int) string {
	end := r.line.starts[word]
	if end < 0 {
		end = len(r.line.text)
	}
	start := 0
	for k := word - reach; k > 0; k-- {
		if at := r.line.starts[k]; at > 0 {
			start = at - 1
			break
		}
	}
	return strings.TrimSuffix(r.line.text[start:end], " ") + " "
}

// reach is how many words before a period may say that it is compared with.
const reach = 12
