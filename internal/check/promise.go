package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/prose"
)

// promise is a sentence that tells something as still to come, and the month
// that it names for it: "We will look at each case by March 2017".
type promise struct {
	due      period.Month
	year     bool   // the sentence names the year; else it is the next month of that name
	sentence string // as asWritten, references in their braces
	place    diag.Place
	source   string
}

// promises reads a text of one month. It is careful rather than thorough: a
// month counts only where the clause that tells of the future leads to it, so
// that "the team will look at the cases closed in December 2016" is none.
func promises(text commentary.Text, month period.Month) []promise {
	var list []promise
	for _, p := range text.Passages() {
		if p.Kind == commentary.Heading {
			continue
		}
		for _, s := range sentenceSpans(p.Text) {
			said := p.Text[s[0]:s[1]]
			due, year, ok := promised(said, month)
			if !ok {
				continue
			}
			char := utf8.RuneCountInString(p.Text[:s[0]])
			list = append(list, promise{due, year, asWritten(p, s[0], s[1]), p.Place(char), p.SourceLine(char)})
		}
	}
	return list
}

// asWritten is a part of a passage as an officer would know it again: with the
// references that stand in it.
func asWritten(p commentary.Passage, from, to int) string {
	n := strings.Count(p.Text[:from], string(commentary.RefRune))
	var b strings.Builder
	for _, r := range p.Text[from:to] {
		if r != commentary.RefRune {
			b.WriteRune(r)
			continue
		}
		if n < len(p.Refs) {
			b.WriteString("{{ " + p.Refs[n].Written() + " }}")
		}
		n++
	}
	return b.String()
}

// endsNoSentence end with a full stop that ends no sentence.
var endsNoSentence = []string{"e.g.", "i.e.", "etc.", "no.", "nos.", "inc.", "approx.", "vs.", "cf.", "p.", "pp.", "para.", "sec."}

// sentenceSpans are the places, in bytes, at which the sentences of a line begin and
// end.
func sentenceSpans(line string) [][2]int {
	var list [][2]int
	start := 0
	add := func(end int) {
		from, to := start, end
		for from < to && line[from] == ' ' {
			from++
		}
		if from < to {
			list = append(list, [2]int{from, to})
		}
		start = end
	}
	for i, r := range line {
		if r != '.' && r != '!' && r != '?' {
			continue
		}
		end := i + 1
		for end < len(line) && strings.IndexByte(`"')]`, line[end]) >= 0 {
			end++
		}
		if end < len(line) && line[end] != ' ' {
			continue
		}
		next, _ := utf8.DecodeRuneInString(strings.TrimLeft(line[end:], " "))
		word := strings.ToLower(line[strings.LastIndexByte(line[:i], ' ')+1 : i+1])
		if slices.Contains(endsNoSentence, strings.TrimLeft(word, "(")) || unicode.IsLower(next) {
			continue
		}
		add(end)
	}
	add(len(line))
	return list
}

// monthAlternation in order; a month is written with a capital, the verb "may" is not.
const monthAlternation = `January|February|March|April|May|June|July|August|September|October|November|December`

var (
	// namedMonth is a month with the word that leads to it: by, in, before the end of …
	namedMonth = prose.Pattern(`\b([Bb]y|[Bb]efore|[Uu]ntil|[Ii]n|[Dd]uring|[Ff]rom|[Ff]or|[Aa]t|[Oo]n)(?: the| mid| mid-| late| early)? ?((?:end|start|beginning|middle) of |end )?(?:[0-9]{1,2}(?:st|nd|rd|th)? )?(` + monthAlternation + `)\b(?:,? ([12][0-9]{3})\b)?`)
	// futureVerb is a verb that tells of what is still to come.
	futureVerb = prose.Pattern(`(?i)\b(will|shall|(?:is|are) (?:now |still |all )?(?:due|expected|planned|scheduled|set|going|intended|hoped)|(?:is|are) to|plans? to|aims? (?:to|for)|intends? to|expects? to|hopes? to|to be (?:completed|finished|in place|reviewed|cleared|filled|introduced|launched|recruited|resolved|trained|delivered|done|held|implemented|agreed|reported|met))\b`)
	// newThought is what begins another thought between the two.
	newThought = regexp.MustCompile(`(?i)[;:]|\b(that|who|whom|which|where|when|since|after|than|compared|against|because|but|although|while|whose|as)\b`)
	// looksBack is a verb that looks back at the month it names.
	looksBack   = regexp.MustCompile(`(?i)\b(look|looking|compare|examine|investigate|analy[sz]e|study|explore|reflect|learn|understand|explain)\b`)
	pastVerb    = regexp.MustCompile(`(?i)\b(was|were|had|has|fell|rose|stood|came|went|began|closed|[a-z]+ed)\b`)
	passiveVerb = regexp.MustCompile(`(?i)\b(be|been|being)\b`)
	endsInPast  = regexp.MustCompile(`(?i)\b([a-z]+ed|begun|held|left|made|seen|found|gone|taken|received|rise|fall|drop|figures?|cases|results?)$`)
)

// longestReach is how many words may stand between the verb and the month: beyond it
// a sentence has turned to something else.
const longestReach = 14

// promised reads one sentence of a month's text: the month by which something is
// still to come.
func promised(sentence string, month period.Month) (due period.Month, year, ok bool) {
	verbs := futureVerb.FindAllStringIndex(sentence, -1)
	if len(verbs) == 0 {
		return 0, false, false // as most
	}
	months := namedMonth.FindAllStringSubmatchIndex(sentence, -1)
	for _, at := range months {
		part := func(n int) string {
			if at[2*n] < 0 {
				return ""
			}
			return sentence[at[2*n]:at[2*n+1]]
		}
		by := strings.ToLower(part(1))
		if by == "at" && part(2) == "" {
			continue
		}
		deadline := by == "by" || by == "before" || by == "until"
		for _, verb := range verbs {
			if !leads(sentence, verb, [2]int{at[0], at[1]}, by, deadline) {
				continue
			}
			if due, year, ok := monthNamed(part(3), part(4), month); ok {
				return due, year, true
			}
		}
	}
	return 0, false, false
}

// monthNamed is the month of a name, with its year or as the next of that name.
// ok is false where the name is the present month's: this year's or the next, the
// sentence does not say.
func monthNamed(name, year string, month period.Month) (due period.Month, hasYear, ok bool) {
	number := slices.Index(strings.Split(monthAlternation, "|"), name) + 1
	if y, err := strconv.Atoi(year); err == nil {
		return period.NewMonth(y, number), true, true
	}
	if number == month.Number() {
		return 0, false, false
	}
	if due = period.NewMonth(month.Year(), number); due < month {
		due = due.Add(12)
	}
	return due, false, true
}

// askedFor reads the month by which a resolution asks for something: "That the
// Head of Service report back by June 2017".
func askedFor(resolution string, month period.Month) (due period.Month, year, ok bool) {
	for _, m := range namedMonth.FindAllStringSubmatch(resolution, -1) {
		if slices.Contains([]string{"by", "before", "until"}, strings.ToLower(m[1])) {
			return monthNamed(m[3], m[4], month)
		}
	}
	return 0, false, false
}

// leads reports whether a verb of the future and a named month belong to one
// another.
func leads(sentence string, verb []int, at [2]int, by string, deadline bool) bool {
	if verb[1] <= at[0] {
		if before := strings.Fields(sentence[:verb[0]]); len(before) > 0 {
			switch strings.ToLower(before[len(before)-1]) {
			case "was", "were", "had", "been", "would":
				return false
			}
		}
		gap := strings.TrimSpace(sentence[verb[1]:at[0]])
		n := len(strings.Fields(gap))
		switch {
		case n > longestReach || newThought.MatchString(gap):
			return false
		case by == "for" || by == "on":
			return n == 0
		case deadline:
			return true
		}
		return !looksBack.MatchString(gap) && (!endsInPast.MatchString(gap) || passiveVerb.MatchString(gap))
	}
	if verb[0] < at[1] {
		return false
	}
	// "By March 2017 the service will …": the month opens its clause.
	head := strings.TrimSpace(sentence[:at[0]])
	gap := strings.TrimPrefix(strings.TrimSpace(sentence[at[1]:verb[0]]), ",")
	if head != "" && !strings.HasSuffix(head, ",") && !strings.HasSuffix(head, ";") && !strings.HasSuffix(head, " and") {
		return false
	}
	if by == "for" || by == "on" || by == "at" && !deadline || newThought.MatchString(gap) || len(strings.Fields(gap)) > longestReach/2 {
		return false
	}
	return !pastVerb.MatchString(gap) && !strings.Contains(gap, ",")
}
