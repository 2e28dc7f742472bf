package prose

import "strings"

// line is a sentence as one lower-case line for patterns to read, a space
// between words, with the way back to its words. The hyphens within words are
// left out ("re referral", "12 month"); those between numbers stand.
type line struct {
	text   string
	at     []int // for each byte of text, its word
	starts []int // for each word, its first byte; -1 for one that is left out
}

func newLine(words []Word) line {
	var l line
	var b strings.Builder
	l.starts = make([]int, len(words))
	for i, w := range words {
		l.starts[i] = -1
		if w.Kind == Sign && isHyphen(w.Text) && w.Glued && i > 0 && i+1 < len(words) && words[i+1].Glued &&
			(words[i-1].Kind == Letters || words[i+1].Kind == Letters) {
			continue
		}
		text := w.Lower
		if w.Kind == Digits {
			text += strings.ToLower(w.Suffix)
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
			l.at = append(l.at, i)
		}
		l.starts[i] = b.Len()
		b.WriteString(text)
		for range len(text) {
			l.at = append(l.at, i)
		}
	}
	l.text = b.String()
	return l
}

func isHyphen(s string) bool { return s == "-" || s == "–" || s == "‑" || s == "—" }

// match is where a pattern was found, in words.
type match struct {
	first, last int
	group       []string
	groupAt     []int // first word of each group; -1
}

// all finds a pattern everywhere; what follows the match may begin another.
func (l line) all(re *Expression) []match {
	var found []match
	for _, at := range re.FindAllStringSubmatchIndex(l.text, -1) {
		if at[0] != at[1] {
			found = append(found, l.read(at, 0))
		}
	}
	return found
}

// match tries a pattern at a word.
func (l line) match(re *Expression, word int) (match, bool) {
	start := l.starts[word]
	if start < 0 {
		return match{}, false // a hyphen that was left out
	}
	at := re.FindStringSubmatchIndex(l.text[start:])
	if at == nil || at[0] == at[1] {
		return match{}, false
	}
	return l.read(at, start), true
}

// read turns the bytes of a match, counted from start, into words.
func (l line) read(at []int, start int) match {
	from, to := start+at[0], start+at[1]
	for from < to && l.text[from] == ' ' {
		from++
	}
	for to > from && l.text[to-1] == ' ' {
		to--
	}
	m := match{first: l.at[from], last: l.at[to-1]}
	for g := 0; g < len(at); g += 2 {
		if at[g] < 0 {
			m.group, m.groupAt = append(m.group, ""), append(m.groupAt, -1)
			continue
		}
		m.group = append(m.group, l.text[start+at[g]:start+at[g+1]])
		word := -1
		if start+at[g] < len(l.at) {
			word = l.at[start+at[g]]
		}
		m.groupAt = append(m.groupAt, word)
	}
	return m
}

// Parts of patterns. A number in a line is figures or a word.
const (
	monthPattern  = `(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)`
	numberPattern = `(?:[0-9][0-9.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?: (?:one|two|three|four|five|six|seven|eight|nine))?`
)

// compile writes a pattern with its parts: MONTH and NUM. It begins and ends at
// the edges of words.
func compile(text string) *Expression {
	return Pattern(`(?:^|\b)(?:` + parts.Replace(text) + `)(?: |$)`)
}

// compileAt is compile for a pattern that is tried at a word.
func compileAt(text string) *Expression {
	return Pattern(`^(?:` + parts.Replace(text) + `)(?: |$)`)
}

var parts = strings.NewReplacer("MONTH", monthPattern, "NUM", numberPattern)

var monthNumbers = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

var smallNumbers = map[string]int64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19,
}

var tens = map[string]int64{
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12,
}
