package site

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// sectionCharts is how many charts a section's page draws at the most.
const sectionCharts = 6

// section composes <scorecard>/<month>/<section>.html.
func section(ed *edition.Edition, drawn *drawings, in *room, m *edition.Month, sec edition.Section, path string) theme.Section {
	c := compose(ed, path)
	c.drawings, c.room = drawn, in
	c.first = m == m.Scorecard.Latest()
	s := m.Scorecard
	list := m.InSection(sec.ID)
	out := theme.Section{
		ScorecardTitle: s.Title, Month: m.Month.Words(),
		Definition: sec.Definition, Owner: sec.Owner,
		Notes:   c.prose(sec.Notes, s.ID, m.Month, 3),
		Caution: m.Cover.Caution,
	}
	spoken := list
	out.Issue = c.issueNote(m, list)
	if a, ok := m.Analysis(sec.ID); ok && !a.Text.Empty() {
		out.Analysis, out.DataNote = c.prose(a.Text, s.ID, m.Month, 3), a.DataNote
		spoken = inOrder(list, a.Text)
	} else {
		out.NoAnalysis = "No analysis has been written for " + m.Month.Words() + ". The figures below are complete; the text is added by the service when it is ready."
	}
	var tableOf map[string]string
	out.Tables, tableOf = c.sectionTables(m, sec, list)
	out.Charts = make([]theme.Chart, 0, min(len(spoken), sectionCharts))
	for _, v := range spoken {
		if len(out.Charts) == sectionCharts {
			break
		}
		if c.drawnInText[v.Indicator.Ref] {
			continue
		}
		if ch, ok := c.trend(m, v); ok {
			ch.TableHref = "#" + tableOf[v.Indicator.Ref]
			out.Charts = append(out.Charts, ch)
		}
	}
	out.Summary = make([]theme.SectionRow, 0, len(list))
	for _, v := range list {
		out.Summary = append(out.Summary, c.sectionRow(s.ID, v))
	}
	out.Events = eventNotes(sectionEvents(m, list))
	for i, other := range s.Sections {
		if other.ID != sec.ID {
			continue
		}
		for j := i - 1; j >= 0 && out.Previous.Href == ""; j-- {
			out.Previous = c.sectionLink(m, s.Sections[j])
		}
		for j := i + 1; j < len(s.Sections) && out.Next.Href == ""; j++ {
			out.Next = c.sectionLink(m, s.Sections[j])
		}
	}
	out.Months = c.months(s, func(o *edition.Month) string {
		if len(o.InSection(sec.ID)) == 0 {
			return ""
		}
		return sectionPath(s.ID, o.Month.String(), sec.ID)
	})
	out.Marks = marksUsed(c.theme, c.used)
	c.draft = c.draft || m.Draft
	out.Frame = c.frame(sec.Title+": "+m.Month.Words(), sec.Title+" as at "+m.Month.Words()+": what the figures say, with charts, tables and the definition.", c.cardCrumbs(m)...)
	out.Frame.AsAt = m.Month.Words()
	return out
}

// sectionRow is a measure in short: figure, rating, direction, target.
func (c *composer) sectionRow(card string, v *score.Verdict) theme.SectionRow {
	row := theme.SectionRow{
		Label:     v.Indicator.Label,
		Indicator: theme.Link{Text: v.Indicator.Name, Href: c.toMeasure(card, v.Indicator.Ref)},
		Figure:    c.figure(v.Indicator, &v.Current),
		Direction: c.direction(v.Indicator, &v.Direction),
		Rating:    rating(v),
		Why:       c.sentence(&v.RAG.Reason),
	}
	row.Target, _, _ = targetWords(v.Indicator, v.Target)
	return row
}

func (c *composer) sectionLink(m *edition.Month, sec edition.Section) theme.Link {
	if len(m.InSection(sec.ID)) == 0 {
		return theme.Link{}
	}
	return c.link(sec.Title, sectionPath(m.Scorecard.ID, m.Month.String(), sec.ID))
}

// inOrder puts the measures in the order in which the text speaks of them; the
// rest follow.
func inOrder(list []*score.Verdict, text commentary.Text) []*score.Verdict {
	var out []*score.Verdict
	taken := map[string]bool{}
	take := func(v *score.Verdict) {
		if !taken[v.Indicator.Ref] {
			taken[v.Indicator.Ref] = true
			out = append(out, v)
		}
	}
	for _, ref := range text.Refs() {
		name := ""
		for i, w := range ref.Words {
			if i > 0 {
				name += " "
			}
			name += w.Text
			for _, v := range list {
				if v.Indicator.Ref == name {
					take(v)
				}
			}
		}
	}
	for _, v := range list {
		take(v)
	}
	return out
}

// sectionEvents are the events of a section's measures, each once.
func sectionEvents(m *edition.Month, list []*score.Verdict) []dataset.Event {
	var all []dataset.Event
	seen := map[string]bool{}
	for _, v := range list {
		for _, e := range m.View.Events(v.Indicator.Ref) {
			key := e.Date.String() + e.Label
			if !seen[key] {
				seen[key] = true
				all = append(all, e)
			}
		}
	}
	return all
}

func eventNotes(list []dataset.Event) []theme.EventNote {
	var out []theme.EventNote
	for i, e := range list {
		note := theme.EventNote{Number: strconv.Itoa(i + 1), Date: e.Date.Words(), Label: e.Label, Note: stop(e.Note), Break: e.Break}
		if note.Note != "" && !e.Break {
			note.Label = stop(note.Label)
		}
		out = append(out, note)
	}
	return out
}

// stop makes a sentence of a note in a register: a capital and a full stop.
func stop(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(first)) + s[size:]
	if strings.ContainsRune(".?!", rune(s[len(s)-1])) {
		return s
	}
	return s + "."
}
