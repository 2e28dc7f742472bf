package site

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// The published pages show fifteen months; eight measures side by side still
// fit a sheet of A4.
const (
	sectionMonths  = 15
	sectionColumns = 8
	sectionCharts  = 6
)

// section composes <scorecard>/<month>/<section>.html.
func section(ed *edition.Edition, drawn *drawings, m *edition.Month, sec edition.Section, path string) theme.Section {
	c := compose(ed, path)
	c.room = drawn.lend()
	if m == m.Scorecard.Latest() {
		c.drawings, c.first = drawn, true
	}
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
	for _, v := range spoken {
		if len(out.Charts) == sectionCharts {
			break
		}
		if c.drawnInText[v.Indicator.Ref] {
			continue
		}
		if ch, ok := c.trend(m, v); ok {
			ch.TableHref = "#months"
			out.Charts = append(out.Charts, ch)
		}
	}
	out.Summary = make([]theme.SectionRow, 0, len(list))
	for _, v := range list {
		out.Summary = append(out.Summary, c.sectionRow(s.ID, v))
	}
	out.Tables = c.sectionTables(m, sec, list)
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
	out.Frame = c.frame(sec.Title+": "+m.Month.Words(), sec.Title+" as at "+m.Month.Words()+": what the figures say, with charts, tables and the definition.", c.cardCrumbs(m)...)
	out.Frame.AsAt, out.Frame.Draft = m.Month.Words(), m.Draft
	return out
}

// sectionRow is a measure in short: figure, rating, direction, target.
func (c *composer) sectionRow(card string, v *score.Verdict) theme.SectionRow {
	row := theme.SectionRow{
		Label:     v.Indicator.Label,
		Indicator: theme.Link{Text: v.Indicator.Name, Href: c.to(indicatorPath(card, v.Indicator.Ref))},
		Figure:    c.figure(v.Indicator, v.Current),
		Direction: c.direction(v.Indicator, v.Direction),
		Rating:    rating(v),
		Why:       c.sentence(v.RAG.Reason),
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

// sectionTables are the published page's table, in sheets of eight measures,
// and the areas of the current period.
func (c *composer) sectionTables(m *edition.Month, sec edition.Section, list []*score.Verdict) []theme.Table {
	var tables []theme.Table
	for at := 0; at < len(list); at += sectionColumns {
		part := list[at:min(at+sectionColumns, len(list))]
		tables = append(tables, c.monthsTable(m, sec, part, at/sectionColumns))
	}
	if t, ok := c.areasTable(m, sec, list); ok {
		tables = append(tables, t)
	}
	return tables
}

func (c *composer) monthsTable(m *edition.Month, sec edition.Section, list []*score.Verdict, sheet int) theme.Table {
	t := theme.Table{ID: "months", Caption: sec.Title + ": years, months and benchmarks", Heads: []string{"Period"}}
	if sheet > 0 {
		t.ID += strconv.Itoa(sheet + 1)
		t.Caption += ", continued"
	}
	whole := make([]*series, 0, len(list))
	for _, v := range list {
		t.Heads = append(t.Heads, headOf(v.Indicator))
		whole = append(whole, c.series(m.View, v.Indicator, m.View.Whole()))
	}
	group := "Years"
	add := func(r theme.TableRow, any bool) {
		if any {
			r.Group, group = group, ""
			t.Rows = append(t.Rows, r)
		}
	}
	figures := func(head string, strong bool, p period.Period) {
		cells, any := c.cells(whole, p)
		add(theme.TableRow{Head: head, Strong: strong, Cells: cells}, any)
	}
	row := func(head string, cell func(*score.Verdict) (theme.Figure, bool)) {
		r := theme.TableRow{Head: head, Cells: make([]theme.Figure, 0, len(list))}
		any := false
		for _, v := range list {
			f, ok := cell(v)
			any = any || ok
			r.Cells = append(r.Cells, f)
		}
		add(r, any)
	}
	for _, y := range annualYears(m) {
		figures(y.Short(), false, y)
	}
	group = "Periods"
	for _, p := range tablePeriods(m, list) {
		figures(p.Words(), p == period.OfMonth(m.Month), p)
	}
	group = "To date"
	row("Year to date", c.toDate)
	group = "Benchmarks"
	for _, k := range m.View.Comparators() {
		row(k.Name, func(v *score.Verdict) (theme.Figure, bool) {
			b, ok := m.View.Newest(v.Indicator.Ref, k.ID)
			if !ok || !b.Value.Has {
				return c.absent("", "x", "no benchmark"), false
			}
			return theme.Figure{Text: v.Indicator.Format(b.Value.Decimal), Period: b.Period.Short(), Old: true}, true
		})
	}
	return t
}

// tablePeriods are the rows of a section's table: the last fifteen months from
// the first that has a figure, and the other periods of measures that are not
// monthly, by their end.
func tablePeriods(m *edition.Month, list []*score.Verdict) []period.Period {
	first := m.Month.Add(1 - sectionMonths)
	begin := m.Month + 1
	seen := map[period.Period]bool{}
	var others []period.Period
	for _, v := range list {
		ind := v.Indicator
		isMonth := func(p period.Period) bool {
			return p.Kind() == period.KindMonth && p.Last() >= first && p.Last() <= m.Month
		}
		for _, p := range periodsOf(m.View, ind, m.View.Whole(), func(p period.Period) bool {
			return isMonth(p) || ind.Frequency != dataset.Monthly && score.IsOwn(ind.Frequency, p) && p.Kind() != period.Year
		}) {
			switch {
			case isMonth(p):
				begin = min(begin, p.Last())
			case !seen[p]:
				seen[p] = true
				others = append(others, p)
			}
		}
	}
	for p := begin; p <= m.Month; p++ {
		others = append(others, period.OfMonth(p))
	}
	sortPeriods(others)
	return others
}

// cell is one figure of a table; ok is false where nothing was returned.
func (c *composer) cell(v *dataset.View, ind *dataset.Indicator, area string, p period.Period) (theme.Figure, bool) {
	r := score.Read(v, ind, area, p)
	return c.cellFor(ind, r), r.Has
}

// cellFor is the cell of a reading that may not be there.
func (c *composer) cellFor(ind *dataset.Indicator, r score.Reading) theme.Figure {
	if !r.Has {
		return c.notReturned(ind, r.Period)
	}
	return c.figure(ind, r)
}

func (c *composer) areasTable(m *edition.Month, sec edition.Section, list []*score.Verdict) (theme.Table, bool) {
	read := map[string][]score.Reading{} // by area: one of each measure, at its newest period
	var areas []string                   // that have any
	for _, area := range c.areas() {
		row := make([]score.Reading, len(list))
		any := false
		for i, v := range list {
			row[i] = score.Read(m.View, v.Indicator, area, v.Current.Period)
			any = any || row[i].Has
		}
		if any {
			areas = append(areas, area)
			read[area] = row
		}
	}
	var with []int // the measures that have any
	for i := range list {
		if slices.ContainsFunc(areas, func(area string) bool { return read[area][i].Has }) {
			with = append(with, i)
		}
	}
	if len(with) == 0 {
		return theme.Table{}, false
	}
	t := theme.Table{ID: "areas", Caption: sec.Title + ": areas, newest period", Heads: []string{"Area"}}
	whole := theme.TableRow{Head: m.View.AreaName(m.View.Whole()), Strong: true}
	for _, i := range with {
		v := list[i]
		head := headOf(v.Indicator)
		if v.Current.Period != period.OfMonth(m.Month) {
			head += " (" + v.Current.Period.Short() + ")"
		}
		t.Heads = append(t.Heads, head)
		whole.Cells = append(whole.Cells, c.figure(v.Indicator, v.Current))
	}
	t.Rows = append(t.Rows, whole)
	for _, area := range areas {
		row := theme.TableRow{Head: m.View.AreaName(area), Cells: make([]theme.Figure, 0, len(with))}
		for _, i := range with {
			row.Cells = append(row.Cells, c.cellFor(list[i].Indicator, read[area][i]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t, true
}

func headOf(ind *dataset.Indicator) string {
	if ind.Label == "" {
		return ind.Name
	}
	return ind.Label + " " + ind.Name
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
