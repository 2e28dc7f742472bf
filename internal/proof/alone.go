package proof

import (
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/prose"
)

// alone adds the findings on committee reports, minutes and the texts of
// months that need no figures but their own: numbers used twice, paragraphs
// that stand twice, tables that do not add up.
//
// A table's figure of which figures has told is not told of again.
func alone(e *edition.Edition, problems *diag.List) {
	told := map[diag.Place]bool{}
	for _, p := range problems.All() {
		told[p.Place] = told[p.Place] || p.Code == "contradicts-data" || p.Code == "contradicts-itself" || p.Code == "stale-figure"
	}
	for _, r := range e.Reports {
		numbersTwice(r, problems)
		repeated(r.Text, problems)
		tables(e, r.Text, r.Card, r.Month, told, problems)
	}
	for _, m := range e.Meetings {
		tables(e, m.Text, m.Card, m.Month, told, problems)
	}
	for _, s := range e.Scorecards {
		for _, m := range s.Months {
			tables(e, m.Cover.Summary, s.ID, m.Month, told, problems)
			for _, a := range m.Cover.Analyses {
				tables(e, a.Text, s.ID, m.Month, told, problems)
			}
		}
	}
}

// typedParagraph is a number that someone wrote before a heading or a paragraph:
// 3, 3.4 or 3.4.1. A year is none, and before a paragraph neither is a lone
// figure.
var (
	typedParagraph = prose.Pattern(`^([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})[.)]?\s+\p{L}`)
	typedHeading   = prose.Pattern(`^([0-9]{1,2}(?:\.[0-9]{1,2}){0,3})[.)]?\s+\p{L}`)
)

// numbersTwice: in a published report the paragraphs 3.1 to 3.3 stood twice, and
// nobody could cite them. Numbers that the program gives are never used twice.
func numbersTwice(r *edition.Report, problems *diag.List) {
	first := map[string]diag.Place{}
	for _, p := range r.Text.Passages() {
		shape := typedParagraph
		switch p.Kind {
		case commentary.Heading:
			shape = typedHeading
		case commentary.Paragraph:
		default:
			continue
		}
		m := shape.FindStringSubmatch(p.Text)
		if m == nil {
			continue
		}
		place := p.Place(0)
		before, twice := first[m[1]]
		switch {
		case r.Numbered:
			found := problems.Warnf(place, "numbered-twice", "%s is typed here, and the report numbers itself", m[1])
			found.Hint, found.Source = "take the typed number out, or write numbered: false", p.SourceLine(0)
		case twice:
			found := problems.Warnf(place, "numbered-twice", "the number %s is used twice: first in line %d", m[1], before.Line)
			found.Hint, found.Source = "give one of them another number, or write numbered: true and let the report number itself", p.SourceLine(0)
		default:
			first[m[1]] = place
		}
	}
}

// sayable is how many words a paragraph has that is not said twice by right:
// "Not applicable." may stand under several headings.
const sayable = 7

// repeated: a paragraph that stands in one report twice.
func repeated(text commentary.Text, problems *diag.List) {
	first := map[string]diag.Place{}
	for _, p := range text.Passages() {
		if p.Kind != commentary.Paragraph && p.Kind != commentary.ListItem {
			continue
		}
		said := typedParagraph.ReplaceAllStringFunc(p.Text, func(s string) string { return s[strings.LastIndexAny(s, " \t")+1:] })
		if len(strings.Fields(said)) < sayable {
			continue
		}
		key := strings.ToLower(strings.Join(strings.Fields(said), " "))
		for _, ref := range p.Refs {
			key += "\x00" + ref.Written()
		}
		if before, twice := first[key]; twice {
			found := problems.Warnf(p.Place(0), "repeated-paragraph", "this paragraph stands in the report already, in line %d", before.Line)
			found.Hint, found.Source = "keep one of them", p.SourceLine(0)
			continue
		}
		first[key] = p.Place(0)
	}
}

// tables checks every table of a text, its references answered.
func tables(e *edition.Edition, text commentary.Text, card string, month period.Month, told map[diag.Place]bool, problems *diag.List) {
	for _, t := range text.Tables() {
		reckoned(t, func(ref commentary.Ref) string {
			said, problem := e.Say(ref, card, month)
			if problem != nil {
				return ""
			}
			return said.Text
		}, told, problems)
	}
}
