package draft

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"outturn/internal/dataset"
	"outturn/internal/period"
)

// nounOf are the words that begin the name of something measured: with "the"
// before them the name is the subject of a sentence.
var nounOf = regexp.MustCompile(`(?i)^(number|percentage|proportion|share|rate|total|average|mean|median|maximum|minimum|frequency|use) `)

// span ends a name with what the sentence says itself.
var span = regexp.MustCompile(`(?i)[ ,-]*\bin (the )?(current )?month$`)

// dangling ends the first part of a name that its second part completes.
var dangling = regexp.MustCompile(`(?i)\b(in|of|with|as|by|on|for|to|from)$`)

// name makes a measure's name the subject of a sentence, as it stands in the
// middle of one: "% of plans reviewed - rolling 12 months" is "the percentage
// of plans reviewed (rolling 12 months)". What does not begin with a word for
// something measured is "the figure for" it, which is always grammatical.
func (s *subject) name() string {
	ind := s.Indicator
	name := strings.Join(strings.Fields(ind.Name), " ")
	if ind.Frequency == dataset.Monthly {
		if short := span.ReplaceAllString(name, ""); len(strings.Fields(short)) > 1 {
			name = short
		}
	}
	name = inBrackets(name)
	switch {
	case strings.HasPrefix(name, "% of "):
		name = "the percentage of " + name[len("% of "):]
	case strings.HasPrefix(name, "% "):
		name = "the " + name[len("% "):]
	case nounOf.MatchString(name):
		name = "the " + strings.ToLower(name[:1]) + name[1:]
	default:
		name = framed + s.lower(name)
	}
	return escape(name)
}

// framed begins the name of what is no noun of measure; unframed takes it off
// again where the sentence says it itself.
const framed = "the figure for "

func unframed(name string) string { return strings.TrimPrefix(name, framed) }

// inBrackets puts what follows a dash or a colon into brackets, so that the name
// can go on in a sentence.
func inBrackets(name string) string {
	parts := strings.Split(strings.ReplaceAll(name, ": ", " - "), " - ")
	head, tail := parts[0], parts[1:]
	if len(tail) > 0 && dangling.MatchString(head) {
		head, tail = head+" "+tail[0], tail[1:]
	}
	if len(tail) == 0 {
		return head
	}
	rest := strings.Join(tail, ", ")
	if strings.ContainsAny(rest, "()") {
		rest = strings.NewReplacer(" (", "; ", "(", "", ")", "").Replace(rest)
	}
	return head + " (" + rest + ")"
}

// lower takes the capital from a name's first word, where it is an ordinary
// word: "LAC" and "S47" keep theirs, and so do the name of an area and "Early
// Help", which goes on with another capital.
func (s *subject) lower(name string) string {
	first, n := utf8.DecodeRuneInString(name)
	next, _ := utf8.DecodeRuneInString(name[n:])
	word, rest, _ := strings.Cut(name, " ")
	second, _ := utf8.DecodeRuneInString(rest)
	if !unicode.IsUpper(first) || !unicode.IsLower(next) || unicode.IsUpper(second) {
		return name
	}
	for _, area := range append(s.month.View.Areas(s.Indicator.Ref), s.month.View.Whole()) {
		if known, _, _ := strings.Cut(s.month.View.AreaName(area), " "); known == word {
			return name
		}
	}
	return string(unicode.ToLower(first)) + name[n:]
}

// ordinary are the words that begin the name of a comparator and of no place.
var ordinary = []string{"Statistical", "National", "Regional", "Best", "Average", "Similar", "Family", "Neighbour", "Neighbours"}

func comparatorName(name string) string {
	word, _, _ := strings.Cut(name, " ")
	if slices.Contains(ordinary, word) {
		name = strings.ToLower(name[:1]) + name[1:]
	}
	return escape(name)
}

// capital begins a sentence.
func capital(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[n:]
}

// marks are the signs that Markdown takes for its own.
var marks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "{", `\{`, "}", `\}`,
	"[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "|", `\|`, "~", `\~`, "&", `\&`)

func escape(text string) string { return marks.Replace(strings.Join(strings.Fields(text), " ")) }

// when says a period in a sentence: "in January 2017", "at the end of January
// 2017" for what is counted on a day, "for October to December 2016 (quarter 3)".
func when(ind *dataset.Indicator, p period.Period) string {
	switch {
	case p.Kind() != period.KindMonth:
		return "for " + p.Words()
	case ind.Basis == "as_at":
		return "at the end of " + p.Words()
	case ind.Basis == "in_month":
		return "in " + p.Words()
	}
	return "for " + p.Words()
}
