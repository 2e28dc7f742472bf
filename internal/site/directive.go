package site

import (
	"html/template"
	"slices"
	"strconv"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// block draws what a directive asks for: a chart, a table, a scorecard or its
// exceptions, as at the text's month.
func (c *composer) block(d edition.Directive) template.HTML {
	c.draft = c.draft || d.Month.Draft
	var view any
	switch d.Kind {
	case "chart":
		ch, ok := c.trend(d.Month, d.Verdict)
		if !ok { // too few figures for a drawing to say more than a table
			view = c.seriesTable(d.Month, d.Verdict)
			break
		}
		c.drawnInText[d.Verdict.Indicator.Ref] = true
		ch.InText = true
		table := c.seriesTable(d.Month, d.Verdict)
		ch.Table = &table
		view = ch
	case "table":
		view = c.seriesTable(d.Month, d.Verdict)
	case "scorecard":
		view = c.wholeCard(d.Month)
	case "exceptions":
		view = c.exceptions(d.Month)
	}
	html, err := c.theme.Block(view)
	if err != nil { // the theme was tried on such a view when it was loaded
		return template.HTML("<p>" + template.HTMLEscapeString(err.Error()) + "</p>")
	}
	return html
}

// id is an id of which the page has no other.
func (c *composer) id(id string) string {
	c.ids[id]++
	if n := c.ids[id]; n > 1 {
		return id + "-" + strconv.Itoa(n)
	}
	return id
}

// seriesTable is one measure by period, with its areas.
func (c *composer) seriesTable(m *edition.Month, v *score.Verdict) theme.Table {
	ind := v.Indicator
	list := []*score.Verdict{v}
	t := theme.Table{ID: c.id("t-" + anchor(ind.Ref)), Caption: headOf(ind)}
	at := c.fillTable(&t, m, list, c.tablePeriods(m, list))
	t.Heads = []string{"Period", m.View.AreaName(m.View.Whole())}
	for _, area := range m.View.Areas(ind.Ref) {
		any := false
		cells := make([]theme.Figure, len(t.Rows))
		for i := range cells {
			if i >= len(at) {
				cells[i] = c.absent("", "z", "not kept by area")
				continue
			}
			f, ok := c.cell(m.View, ind, area, at[i])
			cells[i], any = f, any || ok
		}
		if !any {
			continue
		}
		t.Heads = append(t.Heads, m.View.AreaName(area))
		for i := range t.Rows {
			t.Rows[i].Cells = append(t.Rows[i].Cells, cells[i])
		}
	}
	return t
}

// wholeCard lists every measure of a scorecard as at a month, by section.
func (c *composer) wholeCard(m *edition.Month) theme.MeasureList {
	out := theme.MeasureList{
		ID: c.id("scorecard-" + m.Scorecard.ID), Caption: m.Scorecard.Title + ", as at " + m.Month.Words(),
		Counts: counts(m.Measures()), Link: c.cardLink(m),
	}
	for _, sec := range m.Scorecard.Sections {
		group := theme.MeasureGroup{Title: c.sectionLink(m, sec)}
		for _, v := range m.InSection(sec.ID) {
			group.Rows = append(group.Rows, theme.MeasureLine{SectionRow: c.sectionRow(m.Scorecard.ID, v)})
		}
		if len(group.Rows) > 0 {
			out.Groups = append(out.Groups, group)
		}
	}
	return out
}

// exceptions lists the measures rated red as at a month, each with what answers
// it: the paragraphs of its section's analysis that refer to it, and its
// corrective actions (contract, section 4).
func (c *composer) exceptions(m *edition.Month) theme.MeasureList {
	out := theme.MeasureList{
		ID: c.id("exceptions-" + m.Scorecard.ID), Exceptions: true, Link: c.cardLink(m),
		Caption: "Red in " + m.Scorecard.Title + ", as at " + m.Month.Words(),
	}
	placed := map[diag.Place]answer{}
	for _, sec := range m.Scorecard.Sections {
		group := theme.MeasureGroup{Title: c.sectionLink(m, sec)}
		for _, v := range m.InSection(sec.ID) {
			if v.RAG.Rating != score.Red {
				continue
			}
			ref := v.Indicator.Ref
			line := theme.MeasureLine{SectionRow: c.sectionRow(m.Scorecard.ID, v)}
			if a, ok := m.Analysis(sec.ID); ok {
				line.Answers = c.answers(m, v.Indicator, a.Text, placed)
			}
			for _, action := range m.CorrectiveActions(ref) {
				line.Actions = append(line.Actions, c.action(action))
			}
			if line.Answers == "" && len(line.Actions) == 0 {
				line.Missing = "No answer has been written for " + m.Month.Words() + "."
			}
			group.Rows = append(group.Rows, line)
		}
		if len(group.Rows) > 0 {
			out.Groups = append(out.Groups, group)
		}
	}
	if len(out.Groups) == 0 {
		out.None = "No measure of " + m.Scorecard.Title + " is rated red as at " + m.Month.Words() + "."
	}
	return out
}

// answer is where a paragraph stands that answers a red: under the first
// measure that it names.
type answer struct{ id, label string }

// answers are the paragraphs of an analysis that refer to a measure. One that
// stands already under a measure above is not said again: a link leads there.
func (c *composer) answers(m *edition.Month, ind *dataset.Indicator, text commentary.Text, placed map[diag.Place]answer) template.HTML {
	here := answer{label: ind.Label}
	if here.label == "" {
		here.label = ind.Name
	}
	var above []answer
	how := c.rendering(m.Scorecard.ID, m.Month, 4)
	how.Page = c.path // the text is written for the month's folder
	html := text.Excerpt(how, func(refs []commentary.Ref) bool {
		if !slices.ContainsFunc(refs, func(r commentary.Ref) bool { return !r.InTable && m.About(r, ind.Ref) }) {
			return false
		}
		if first, ok := placed[refs[0].Place]; ok {
			if !slices.Contains(above, first) {
				above = append(above, first)
			}
			return false
		}
		if here.id == "" {
			here.id = c.id("answer-" + anchor(ind.Ref))
		}
		placed[refs[0].Place] = here
		return true
	})
	if html != "" {
		html = template.HTML(`<div id="`+here.id+`">`) + html + "</div>\n"
	}
	for _, a := range above {
		said := c.theme.Sentence("report.answered-above", map[string]string{"measure": a.label})
		html += template.HTML(`<p><a href="#` + a.id + `">` + template.HTMLEscapeString(said) + "</a></p>\n")
	}
	return html
}

// cardLink leads to a scorecard as at a month.
func (c *composer) cardLink(m *edition.Month) theme.Link {
	return c.link(c.marked(m.Scorecard.Title+" as at "+m.Month.Words(), m.Draft), monthPath(m.Scorecard.ID, m.Month.String()))
}
