// Package draft writes a first draft of a month's commentary: the cover with
// its summary, and an analysis for each section.
//
//	for _, text := range draft.Month(m) {
//		// text.Path is content/early-help/2017-02/contacts.md
//	}
//
// A draft says what the figures say and no more. Measures come by weight: a
// change of rating, then what is red by how far it is off its target, then what
// moved by more than it usually does, then the year to date. A figure that an
// earlier month already told is no news and is told with its period; a measure
// without a figure is named without one. Why a figure moved, and what is being
// done, is for the service to write: a draft invents neither, and gives the
// open corrective action where there is one.
//
// Every figure is bound with {{ }}, so the text follows a correction of the
// data; the few words that cannot be bound (better, worse, the rating that was)
// are those that hold on the day. The same figures give the same bytes. No
// sentence stands twice in a text: patterns take turns.
package draft

import (
	"fmt"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/edition"
	"outturn/internal/score"
)

// Text is one drafted file.
type Text struct {
	Path     string // from the site's root, with slashes
	Markdown string // the whole file, front matter included
	Section  string // the section's id; "" for the cover
}

// What a cover can say before it is a scorecard, and a section before it is its
// table: about a page, and about half of one.
const (
	coverChanges, coverReds, coverMoves = 4, 3, 3
	sectionMoves, sectionMet            = 3, 3
	listed                              = 8 // of what is good, and of what is to improve
)

// Month drafts the cover and the analyses of a month, in the order of the
// sections, whether or not there are such texts already. A section without
// measures gets none.
func Month(m *edition.Month) []Text {
	dir := fmt.Sprintf("content/%s/%s/", m.Scorecard.ID, m.Month)
	texts := []Text{{Path: dir + "_index.md", Markdown: cover(m)}}
	for _, sec := range m.Scorecard.Sections {
		if list := subjects(m, m.InSection(sec.ID)); len(list) > 0 {
			texts = append(texts, Text{Path: dir + sec.ID + ".md", Markdown: analysis(m, list), Section: sec.ID})
		}
	}
	return texts
}

// Unanswered lists, in their order, the reds of a section that no open action
// answers: what a draft tells, and cannot answer.
func Unanswered(m *edition.Month, section string) []*score.Verdict {
	var list []*score.Verdict
	for _, v := range m.InSection(section) {
		if v.RAG.Rating == score.Red && !slices.ContainsFunc(m.CorrectiveActions(v.Indicator.Ref), open) {
			list = append(list, v)
		}
	}
	return list
}

// cover drafts _index.md. Who prepared it and whom to ask stay from month to
// month; who signed it off, and when, is new every month.
func cover(m *edition.Month) string {
	var front strings.Builder
	front.WriteString("---\nstatus: draft\n")
	if before := earlierCover(m); before != nil {
		for _, key := range [][2]string{{"prepared_by", before.PreparedBy}, {"contact", before.Contact}} {
			if key[1] != "" {
				fmt.Fprintf(&front, "%s: %q\n", key[0], key[1])
			}
		}
	}
	front.WriteString("---\n")

	list := subjects(m, m.Measures())
	w := &writer{month: m}
	w.tell(first(pick(list, changed), coverChanges), everything)
	w.tell(first(pick(list, red), coverReds), everything)
	w.tell(first(pick(list, moved), coverMoves), withToDate)
	w.missing(list, coverMoves)
	if len(w.paragraphs) == 0 {
		w.quiet()
	}
	w.list("Good and improved", first(pick(fresh(list), good), listed))
	w.list("Areas for further improvement", first(pick(fresh(list), toImprove), listed))
	return front.String() + "\n" + w.text()
}

// earlierCover is the newest cover before the month, or nil.
func earlierCover(m *edition.Month) (found *commentary.Cover) {
	for i, c := range m.Scorecard.Text.Covers {
		if c.HasCover && c.Month < m.Month {
			found = &m.Scorecard.Text.Covers[i]
		}
	}
	return found
}

// analysis drafts a section's text. Every red is told: a red without a word is
// a finding.
func analysis(m *edition.Month, list []*subject) string {
	w := &writer{month: m}
	w.tell(pick(list, changed), everything)
	w.tell(pick(list, red), everything)
	w.tell(first(pick(list, moved), sectionMoves), withToDate)
	w.met(first(pick(list, meets), sectionMet))
	w.tell(pick(list, carried), everything)
	w.missing(list, len(list))
	if len(w.paragraphs) == 0 {
		w.tell(first(pick(list, hasFigure), 1), everything)
	}
	if len(w.paragraphs) == 0 {
		w.quiet()
	}
	return "---\n---\n\n" + w.text()
}
