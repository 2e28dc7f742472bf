package prose

import (
	"slices"
	"strconv"
	"strings"
)

var (
	extremeTable = newTable(newRow(`(?:(second|third|fourth|joint|2nd|3rd) )?(highest|lowest|best|worst|most|fewest|largest|smallest|greatest|biggest|least|peak|weakest|strongest|poorest|busiest|quietest|longest|shortest|slowest|quickest|fastest)`,
		`second third fourth joint # highest lowest best worst most fewest largest smallest greatest biggest least peak weakest strongest poorest busiest quietest longest shortest slowest quickest fastest`))
	// recordPattern finds a record high, a two-year low, an all-time high, a high for the year.
	recordPattern = compile(`(?:(?:a |an |the |its |their )?(?:new )?(record|all time|(?:[a-z]+|[0-9]+) (?:month|year)|yearly|annual) (high|low)|a (?:new )?(high|low) (?:for|of) the (?:financial )?year)`)
	// beyondPattern finds more than in any other month, not as high since.
	beyondPattern = compile(`(more|fewer|higher|lower|better|worse|greater|less) than (?:in |at |for |during )?any (?:other )?(?:single )?(?:month|point|time)`)
	asHighPattern = compile(`(?:not|never|n't|hasn't|haven't) (?:[a-z]+ ){0,2}?(?:as|so|this|that) (high|low|good|bad|many|few|poor)`)
	noMonth       = compile(`(?:no|in no) (?:other )?month (?:[a-z0-9]+ ){0,8}?(more|fewer|higher|lower|better|worse|greater)`)
	// pointPattern finds the high point, the low mark; of the year, if nothing else is said.
	pointPattern = compile(`(?:the|its|their|a) (high|low) (?:point|mark|water mark)`)
	// onlyPattern says that one month alone went further.
	onlyPattern = compile(`only (?:in )?MONTH(?: [0-9]{4})?(?: [a-z]+){0,6}? (lower|higher|worse|better|more|fewer|greater)`)
	peakPattern = compile(`(peaked|bottomed out)`)
	// forMonths follows an extreme: the lowest for eight months, in over a year.
	forMonths = compile(`(?:[a-z]+ ){0,4}?(?:for|in|of|over) (?:the |all |these |those |our )?(?:last |past |previous |more than |over |at least |nearly |almost )?(?:the )?(?:last |past )?([0-9]+|[a-z]+) (months|year)`)
	ever      = compile(`(?:[a-z]+ ){0,4}?(?:ever|on record|in the series|since (?:[a-z]+ )?(?:records|reporting|recording|figures|collection|monitoring) began|recorded)`)
)

var extremeSense = map[string]Sense{
	"highest": Rise, "most": Rise, "largest": Rise, "greatest": Rise, "biggest": Rise, "longest": Rise, "peak": Rise, "busiest": Rise, "peaked": Rise,
	"lowest": Fall, "fewest": Fall, "smallest": Fall, "shortest": Fall, "least": Fall, "quietest": Fall, "bottomed out": Fall,
	"best": Better, "strongest": Better, "quickest": Better, "fastest": Better, "slowest": Worse, "worst": Worse, "weakest": Worse, "poorest": Worse,
	"high": Rise, "many": Rise, "more": Rise, "higher": Rise, "greater": Rise, "low": Fall, "few": Fall, "fewer": Fall, "lower": Fall, "less": Fall,
	"good": Better, "better": Better, "bad": Worse, "poor": Worse, "worse": Worse,
}

// extremeWords are the words one of which every extreme has.
var extremeWords = set(`highest lowest best worst most fewest largest smallest greatest biggest least peak weakest strongest poorest busiest quietest longest shortest slowest quickest fastest
	record high low any only as so many few peaked bottomed month`)

// after is the line from a word on.
func (r *reader) after(word int) string {
	if at := slices.Index(r.line.at, word); at >= 0 {
		return strings.TrimSpace(r.line.text[at:])
	}
	return ""
}

// monthsOf is how many months are meant: eight months, a year.
func monthsOf(number, unit string) int {
	n, err := strconv.Atoi(number)
	if small, ok := smallNumbers[number]; ok {
		n, err = int(small), nil
	}
	switch {
	case unit == "year" && (number == "a" || number == "the"):
		return 12
	case err != nil || unit == "year" || n < 2 || n > 36:
		return 0
	}
	return n
}

// closes says that a sign ends what is said.
func closes(sign string) bool { return sign == "." || sign == "," || sign == ";" || sign == ")" }

// inOneMonth says that an extreme is said of one month, with which its words
// end: "at its lowest in September", "was longest in May", "the most were
// returned in November".
func (r *reader) inOneMonth(m match) bool {
	switch r.lower(m.first - 1) {
	case "its", "their":
		if r.lower(m.first-2) != "at" {
			return false
		}
	case "was", "were":
	case "the":
		if m.first != 1 {
			return false
		}
	default:
		return false
	}
	for _, w := range r.Whens {
		if w.First > m.last && w.First <= m.last+4 {
			return w.Kind == Named && !w.Base && w.Period.Months() == 1 && r.lower(w.First-1) == "in"
		}
	}
	return false
}

// extremes finds "the highest since April", "the lowest this year", "more than in
// any other month", "a record high".
func (r *reader) extremes() {
	if !heedless && !slices.ContainsFunc(r.words, func(w Word) bool { return extremeWords[w.Lower] }) {
		return
	}
	add := func(e Extreme) {
		for _, o := range r.Extremes {
			if o.First <= e.Last && e.First <= o.Last {
				return
			}
		}
		e.When = -1
		for k, w := range r.Whens {
			if w.First > e.Last && w.First <= e.Last+9 && e.When < 0 {
				e.When = k
			}
		}
		r.Extremes = append(r.Extremes, e)
	}
	for _, m := range r.line.all(recordPattern) {
		word := m.group[2] + m.group[3]
		ever := m.group[1] == "record" || m.group[1] == "all time"
		add(Extreme{First: m.first, Last: m.last, Sense: extremeSense[word], Rank: 1, Ever: ever, Year: !ever})
	}
	for _, m := range r.line.all(beyondPattern) {
		add(Extreme{First: m.first, Last: m.last, Sense: extremeSense[m.group[1]], Rank: 1, Year: true})
	}
	for _, m := range r.line.all(noMonth) {
		if r.lower(m.last+1) != "than" && !strings.Contains(r.after(m.last+1), "than ") && m.last+1 < len(r.words) && !closes(r.words[m.last+1].Text) {
			continue
		}
		add(Extreme{First: m.first, Last: m.last, Sense: extremeSense[m.group[1]], Rank: 1, Year: true})
	}
	for _, m := range r.line.all(asHighPattern) {
		add(Extreme{First: m.first, Last: m.last, Sense: extremeSense[m.group[1]], Rank: 1})
	}
	for _, m := range r.line.all(onlyPattern) {
		add(Extreme{First: m.first, Last: m.last, Sense: extremeSense[m.group[2]], Rank: 2, Year: true})
	}
	for _, m := range r.line.all(peakPattern) {
		add(Extreme{First: m.first, Last: m.last, Sense: extremeSense[m.group[1]], Rank: 1, Year: true})
	}
	for _, m := range r.line.all(pointPattern) {
		add(Extreme{First: m.first, Last: m.last, Sense: extremeSense[m.group[1]], Rank: 1, Year: true})
	}
	at, _ := extremeTable.beginnings(r.words)
	for _, m := range extremeTable.found(0, r.line, at) {
		e := Extreme{First: m.first, Last: m.last, Sense: extremeSense[m.group[2]], Rank: 1}
		if n, ok := ordinals[m.group[1]]; ok {
			e.Rank = n
		}
		if at := forMonths.FindStringSubmatch(r.after(m.last + 1)); at != nil && strings.HasPrefix(r.after(m.last+1), at[0]) {
			e.Months = monthsOf(at[1], at[2])
		}
		e.Year = r.lower(m.last+1) == "month" || r.lower(m.last+1) == "monthly"
		if k := len(r.Whens); !e.Year && k > 0 && r.inOneMonth(m) { // at its lowest in September: of the year at least
			e.Year = true
		}
		if m.group[1] == "2nd" || m.group[1] == "3rd" {
			e.Rank = int(m.group[1][0] - '0')
		}
		if r.lower(m.first-1) == "at" && (r.lower(m.last) == "most" || r.lower(m.last) == "least" || r.lower(m.last) == "best" || r.lower(m.last) == "worst") {
			continue
		}
		e.Ever = ever.MatchString(r.after(m.last+1)) && !slices.ContainsFunc(r.Whens, func(w When) bool { return w.First > m.last && w.First <= m.last+9 })
		add(e)
	}
	slices.SortFunc(r.Extremes, func(a, b Extreme) int { return a.First - b.First })
}
