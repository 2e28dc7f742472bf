package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
)

// Carried adds what texts carry over from those before: committees' papers from
// sitting to sitting, and a month's texts from the months before, for the newest
// month of each scorecard, the newest that is released, and those that are not:
//
//   - stale-commentary: a text left word for word as it was, or a sentence that
//     tells as still to come a month that has passed;
//   - promise-due: what an earlier month's text promised for this one, where the
//     text of the same section does not come back to it.
func Carried(e *edition.Edition, problems *diag.List) {
	for _, s := range e.Scorecards {
		for i, m := range s.Months {
			if !watched(s, m) {
				continue
			}
			for _, now := range textsOf(m) {
				overtaken(m, now, problems)
				if i > 0 {
					leftUnchanged(s.Months[i-1], m, now, problems)
				}
			}
			promisesDue(s.Months[:i], m, problems)
		}
	}
	papersCarried(e, problems)
}

// watched reports whether a month is one that somebody works on, or that is read
// until a later one is out.
func watched(s *edition.Scorecard, m *edition.Month) bool {
	return m.Draft || m == s.Latest() || m == s.LatestReleased()
}

// section is the text of a section for a month; "" is the cover's summary.
type sectionText struct {
	section string
	text    commentary.Text
	place   diag.Place
}

func textsOf(m *edition.Month) []sectionText {
	list := []sectionText{{"", m.Cover.Summary, m.Cover.Place}}
	for _, a := range m.Cover.Analyses {
		list = append(list, sectionText{a.Section, a.Text, a.Place})
	}
	return list
}

func textOf(m *edition.Month, section string) (sectionText, bool) {
	list := textsOf(m)
	i := slices.IndexFunc(list, func(t sectionText) bool { return t.section == section })
	if i < 0 {
		return sectionText{}, false
	}
	return list[i], true
}

// overtaken: what is told as still to come, for a month that has passed.
func overtaken(m *edition.Month, now sectionText, problems *diag.List) {
	for _, p := range promises(now.text, m.Month) {
		if p.year && p.due < m.Month {
			w := problems.Warnf(p.place, "stale-commentary", "%s is told as still to come, and the report is that of %s: %s", p.due.Words(), m.Month.Words(), inQuotes(p.sentence))
			w.Hint, w.Source = "say what came of it, or name the new month", p.source
		}
	}
}

var typedNumber = regexp.MustCompile(`[0-9]+(?:[.,][0-9]+)*`)

// plainly is a text as it reads from month to month: its paragraphs, lists and
// notes with their references, typed figures apart. Headings and tables say the
// same every month by right.
func plainly(text commentary.Text) string {
	var b strings.Builder
	for _, p := range text.Passages() {
		if p.Kind == commentary.Heading || p.Kind == commentary.TableCell {
			continue
		}
		b.WriteString(typedNumber.ReplaceAllString(p.Text, "0"))
		for _, ref := range p.Refs {
			b.WriteString("{" + ref.Written() + "}")
		}
		b.WriteByte('\n')
	}
	return strings.ReplaceAll(b.String(), string(commentary.RefRune), "")
}

// leftUnchanged: a text left as it was in the report before.
func leftUnchanged(before, m *edition.Month, now sectionText, problems *diag.List) {
	then, ok := textOf(before, now.section)
	text := plainly(now.text)
	if !ok || !strings.ContainsFunc(text, unicode.IsLetter) || text != plainly(then.text) {
		return
	}
	problems.Warnf(now.place, "stale-commentary", "the text is word for word that of %s (%s)", before.Month.Words(), then.place.File).Hint =
		fmt.Sprintf("say what is new in %s, or take the text out", m.Month.Words())
}

// promisesDue: what earlier texts promised for this month, or for one since the report
// before it.
func promisesDue(earlier []*edition.Month, m *edition.Month, problems *diag.List) {
	for _, then := range earlier {
		for _, text := range textsOf(then) {
			for _, p := range promises(text.text, then.Month) {
				// Brought back once: at the first report that knows the month.
				if p.due > m.Month || p.due <= earlier[len(earlier)-1].Month {
					continue
				}
				now, ok := textOf(m, text.section)
				if ok && takenUp(p.sentence, now.text) {
					continue
				}
				place := diag.Place{File: "content/" + m.Scorecard.ID + "/" + m.Month.String() + "/" + fileOf(text.section)}
				problems.Warnf(place, "promise-due", "the text of %s promised for %s: %s (%s:%d:%d)", then.Month.Words(), p.due.Words(), inQuotes(p.sentence), p.place.File, p.place.Line, p.place.Column).Hint =
					"say what came of it"
			}
		}
	}
}

func fileOf(section string) string {
	if section == "" {
		return "_index.md"
	}
	return section + ".md"
}

// takenUp reports whether a paragraph speaks of what a sentence promised: at
// least half of its longer words stand in it, by their beginnings.
func takenUp(sentence string, text commentary.Text) bool {
	promised := stemsOf(sentence)
	if len(promised) == 0 {
		return false
	}
	for _, p := range text.Passages() {
		if p.Kind == commentary.Heading || p.Kind == commentary.TableCell {
			continue
		}
		said := stemsOf(p.Text)
		n := 0
		for stem := range promised {
			if said[stem] {
				n++
			}
		}
		if 2*n >= len(promised) {
			return true
		}
	}
	return false
}

// wordsOfEveryPromise are longer words that say nothing of what is promised.
var wordsOfEveryPromise = strings.Fields(strings.ToLower(strings.ReplaceAll(monthAlternation, "|", " ")) +
	" will shall with from that this those these their there have been each which when where what were more than into over next year month months team service council expected planned until before during plan plans")

// stemsOf are the beginnings of a sentence's longer words, so that "recruit" and
// "recruited" are one.
func stemsOf(text string) map[string]bool {
	const shortest, stem = 4, 6
	set := map[string]bool{}
	for _, w := range strings.FieldsFunc(typedNumber.ReplaceAllString(strings.ToLower(text), " "), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if runes := []rune(w); len(runes) >= shortest && !slices.Contains(wordsOfEveryPromise, w) {
			set[string(runes[:min(stem, len(runes))])] = true
		}
	}
	return set
}

// inQuotes is a sentence in a message, cut where it is long.
func inQuotes(sentence string) string {
	const longest = 160
	if runes := []rune(sentence); len(runes) > longest {
		sentence = strings.TrimRight(string(runes[:longest]), " ,;") + "…"
	}
	return "“" + sentence + "”"
}
