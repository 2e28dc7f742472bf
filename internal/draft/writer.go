package draft

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"outturn/internal/edition"
	"outturn/internal/score"
)

// writer puts sentences into paragraphs. turn moves on with every measure, so
// that neighbours are told differently.
type writer struct {
	month      *edition.Month
	paragraphs []string
	turn       int
	said       map[string]bool // sentences, references apart
}

// depth is how much is said of a measure beside its movement and rating.
type depth int

const (
	everything depth = iota // comparison and answer
	withToDate              // the year to date
)

// tell says each measure, two to a paragraph: what is told at length wants room.
func (w *writer) tell(list []*subject, how depth) {
	const together = 2
	for at := 0; at < len(list); at += together {
		var sentences []string
		add := func(ways ...string) {
			if text := w.unsaid(ways); text != "" {
				sentences = append(sentences, text)
			}
		}
		for i, s := range list[at:min(at+together, len(list))] {
			s.parted = true
			add(s.movement(w.turn, i > 0))
			switch how {
			case everything:
				add(s.beside()...)
				if s.RAG.Rating == score.Red {
					add(s.answer())
				}
			case withToDate:
				add(s.toDate()...)
			}
			w.turn++
		}
		w.paragraph(sentences...)
	}
}

// reference is a {{ }}: two sentences that differ in these alone say the same.
var reference = regexp.MustCompile(`\{\{.*?\}\}`)

// unsaid is the first way of saying something that the text has not used, or ""
// where all are used up: what is said twice reads like a form.
func (w *writer) unsaid(ways []string) string {
	for _, text := range ways {
		bare := reference.ReplaceAllString(text, "")
		if text != "" && !w.said[bare] {
			if w.said == nil {
				w.said = map[string]bool{}
			}
			w.said[bare] = true
			return text
		}
	}
	return ""
}

// met names what meets its target, in one sentence.
func (w *writer) met(list []*subject) {
	var parts []string
	for _, s := range list {
		s.parted = true
		parts = append(parts, unframed(s.name())+" ("+s.ref()+")")
	}
	switch len(parts) {
	case 0:
	case 1:
		w.paragraph("The target was met for " + parts[0] + ".")
	default:
		w.paragraph("Targets were met for " + series(parts, "and") + ".")
	}
}

// missing names the measures without the figure that is due, without a figure:
// at most n of them, for more the sections say which.
func (w *writer) missing(list []*subject, n int) {
	reasons := []struct{ code, says string }{
		{score.NotReturned, "No figure has been returned for "},
		{score.NotCalculable, "A figure that others are needed for cannot be worked out: "},
		{score.NotAvailable, "The figure is not available for "},
		{score.Withheld, "The figure is confidential, and withheld, for "},
		{"suspended", "Suspended for now, and without a figure: "},
		{"developing", "Still under development, and without a figure: "},
	}
	named := map[string][]string{}
	total := 0
	for _, s := range list {
		if s.Current.Value || s.byToDate() {
			continue
		}
		named[absence(s)] = append(named[absence(s)], unframed(s.name()))
		total++
	}
	var sentences []string
	for _, r := range reasons {
		if names := named[r.code]; len(names) > 0 && total <= n {
			sentences = append(sentences, r.says+series(names, "and")+".")
		}
	}
	if total > n {
		sentences = []string{"Some figures that are due have not come; the sections say which."}
	}
	w.paragraph(sentences...)
}

// absence is why a measure has no figure. What does not apply is not missed.
func absence(s *subject) string {
	f := s.Current.Figure
	switch {
	case s.Indicator.Status != "live":
		return s.Indicator.Status
	case !s.Current.Has && s.Indicator.Calculation != "":
		return score.NotCalculable
	case !s.Current.Has:
		return score.NotReturned
	case f.Marks.Has("c"):
		return score.Withheld
	case f.Marks.Has("z"):
		return score.NotApplicable
	}
	return score.NotAvailable
}

// quiet is said where there is nothing to tell.
func (w *writer) quiet() {
	w.paragraph("No figure of " + w.month.Month.Words() + " has been returned yet.")
}

// list is a heading with a line for each measure.
func (w *writer) list(heading string, list []*subject) {
	if len(list) == 0 {
		return
	}
	var lines []string
	for _, s := range list {
		line := "- " + capital(s.name()) + ": "
		switch {
		case s.byToDate():
			line += s.ref("ytd") + " for the year to date"
		default:
			line += s.ref() + spaced(s.timing(true).now)
			if s.compared() && s.News {
				line += ", after " + s.ref("previous")
			}
		}
		if s.RAG.Rating != score.NotRated {
			line += "; " + s.ref("rag")
			switch aim := s.aim(); {
			case strings.HasPrefix(aim, "where"):
				line += ", " + aim
			default:
				line += spaced(aim)
			}
		}
		lines = append(lines, wrap(line, "  "))
	}
	w.paragraphs = append(w.paragraphs, "## "+heading, strings.Join(lines, "\n"))
}

func (w *writer) paragraph(sentences ...string) {
	if len(sentences) > 0 {
		w.paragraphs = append(w.paragraphs, wrap(strings.Join(sentences, " "), ""))
	}
}

func (w *writer) text() string { return strings.Join(w.paragraphs, "\n\n") + "\n" }

// series joins names: "a, b and c". Names may hold commas of their own, so a
// long series is set off by semicolons.
func series(names []string, last string) string {
	if len(names) == 1 {
		return names[0]
	}
	comma := ", "
	if strings.Contains(strings.Join(names, ""), ",") {
		comma = "; "
	}
	head := strings.Join(names[:len(names)-1], comma)
	if comma == "; " && len(names) > 2 {
		last = "; " + last
	} else {
		last = " " + last
	}
	return head + last + " " + names[len(names)-1]
}

// width is that of a line: what an editor shows beside its sidebar.
const width = 88

// opening is what would begin a list, a heading or a quotation at a line's start.
var opening = regexp.MustCompile(`^([-+*>#=]|[0-9]+[.)]|\|)`)

// wrap breaks a text into lines: never inside {{ }}, and never before a word
// that would mean something else at the start of a line.
func wrap(text, indent string) string {
	var lines []string
	line := ""
	for _, word := range words(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width && !opening.MatchString(word) {
			lines = append(lines, line)
			line = indent + word
			continue
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return strings.Join(append(lines, line), "\n")
}

// words are what a line may be broken between.
func words(text string) []string {
	var out []string
	inside := false
	for _, w := range strings.Fields(text) {
		if inside {
			out[len(out)-1] += " " + w
		} else {
			out = append(out, w)
		}
		if i := strings.LastIndex(w, "{{"); i >= 0 {
			inside = true
		}
		if strings.LastIndex(w, "}}") > strings.LastIndex(w, "{{") {
			inside = false
		}
	}
	return out
}
