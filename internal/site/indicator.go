package site

import (
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// indicator composes <scorecard>/indicators/<ref>.html as at the newest month
// that knows the measure.
func indicator(ed *edition.Edition, drawn *drawings, in *room, m *edition.Month, v *score.Verdict, path string) theme.Indicator {
	c := compose(ed, path)
	c.drawings, c.room = drawn, in
	s, ind, view := m.Scorecard, v.Indicator, m.View
	sec, _ := s.Section(ind.Section)
	out := theme.Indicator{
		ScorecardTitle: s.Title, Label: ind.Label, Name: ind.Name,
		Section: c.link(sec.Title, sectionPath(s.ID, m.Month.String(), ind.Section)),
		Month:   m.Month.Words(),
		Good:    ind.Good.String(), Unit: c.unit(ind), Basis: ind.Basis, Frequency: ind.Frequency.String(),
		Lag: lagWords(ind.Lag), Change: ind.Change,
		Definition: sec.Definition, Owner: sec.Owner, Notes: notes(ind),
		Current: c.figure(ind, &v.Current), CurrentPeriod: v.Current.Period.Words(),
		Rating: rating(v),
		Why:    c.sentence(&v.RAG.Reason), Direction: c.direction(ind, &v.Direction),
		Calculation: ind.Calculation, Tags: ind.Tags,
	}
	if ind.Status != "live" {
		out.Status = ind.Status
	}
	if by := m.Verdict(ind.ReplacedBy); by != nil {
		out.ReplacedBy = c.link(headOf(by.Indicator), indicatorPath(s.ID, pageOf(by.Indicator)))
	}
	out.Steps = make([]string, len(v.RAG.Steps))
	for i, step := range v.RAG.Steps {
		if out.Steps[i] = out.Why; step != v.RAG.Reason { // as the last of them is
			out.Steps[i] = c.theme.Say(step.Code, step.Args())
		}
	}
	out.ToDate, out.HasToDate = c.toDate(v)
	if out.HasToDate {
		out.ToDateWhy = c.sentence(&v.ToDate.Reason)
	}
	out.Targets = c.targets(view, v)
	out.Benchmarks = c.benchmarks(view, v)
	out.Events = eventNotes(view.Events(ind.Ref))
	out.Actions = c.corrective(m, v)
	c.revisionsOn(&out, m, ind)
	series, heads := c.wholeSeries(view, ind)
	out.Series = series
	if ch, ok := c.trend(m, v); ok {
		ch.TableHref = heads
		out.Chart = ch
	}
	more := func(ch theme.Chart, ok bool) {
		if ok {
			ch.TableHref = heads
			out.More = append(out.More, ch)
		}
	}
	more(c.annual(v))
	more(c.multiples(m, v))
	for _, d := range dimensions(view, ind.Ref) {
		ch, ok := c.stacked(m, v, d)
		if ok {
			ch.TableHref = "#parts-" + anchor(d)[2:]
			out.More = append(out.More, ch)
		}
	}
	out.Parts = c.parts(m, v)
	base := strings.TrimSuffix(path, ".html")
	out.Downloads = []theme.Link{c.link("CSV", base+".csv"), c.link("JSON", base+".json"), c.link("Description of the columns (CSVW)", base+".csv-metadata.json")}
	c.neighbours(m, v, &out)
	row := "#" + anchor(ind.Ref)
	out.Months = c.months(s, func(o *edition.Month) string {
		if o.Verdict(ind.Ref) == nil {
			return ""
		}
		return monthPath(s.ID, o.Month.String()) + row
	})
	out.Marks = marksUsed(c.theme, c.used)
	crumbs, head := append(c.cardCrumbs(m), out.Section), headOf(ind)
	description := head + ": " + out.Current.Text + " in " + out.CurrentPeriod + ". " + out.Why
	if out.Current.Missing {
		description = head + ": no figure for " + out.CurrentPeriod + ". " + out.Why
	}
	c.draft = c.draft || m.Draft
	out.Frame = c.frame(head, description, crumbs...)
	out.Frame.AsAt = m.Month.Words()
	return out
}

// notes are the register's, with the other names that a measure goes by.
func notes(ind *dataset.Indicator) string {
	if len(ind.Also) == 0 {
		return ind.Notes
	}
	return strings.TrimSpace("Also known as " + strings.Join(ind.Also, ", ") + ". " + ind.Notes)
}

// pageOf is the ref of the page that shows a series: a part has none of its own.
func pageOf(ind *dataset.Indicator) string {
	if ind.IsPart() {
		return ind.Parent
	}
	return ind.Ref
}

// neighbours are the other lines of the same printed number, and the measures
// before and after.
func (c *composer) neighbours(m *edition.Month, v *score.Verdict, out *theme.Indicator) {
	to := func(o *score.Verdict) theme.Link {
		return theme.Link{Text: headOf(o.Indicator), Href: c.toMeasure(m.Scorecard.ID, o.Indicator.Ref)}
	}
	if label := v.Indicator.Label; label != "" {
		for _, o := range m.InSection(v.Indicator.Section) {
			if o != v && o.Indicator.Label == label {
				out.Siblings = append(out.Siblings, to(o))
			}
		}
	}
	list := m.Measures()
	at := slices.Index(list, v)
	if at > 0 {
		out.Previous = to(list[at-1])
	}
	if at+1 < len(list) {
		out.Next = to(list[at+1])
	}
}

func (c *composer) targets(v *dataset.View, verdict *score.Verdict) []theme.TargetRow {
	ind := verdict.Indicator
	var rows []theme.TargetRow
	for t := range v.EachTarget(ind.Ref) {
		row := theme.TargetRow{Kind: c.theme.Word("kind", t.Kind), Period: t.Period.Words(), Wording: t.Wording, Note: t.Note}
		if t.Area != v.Whole() {
			row.Kind += ", " + v.AreaName(t.Area)
		}
		if t.By != 0 {
			row.Period = "by " + t.By.Words()
		}
		judged := ind.RagOn != "none" && verdict.Target.Has && verdict.Target.Row.Place == t.Place
		green, amber := t.Green, t.Amber
		if judged {
			row.Judged = true
			green, amber = verdict.Target.Green, verdict.Target.Amber
		}
		if t.Target.Has {
			row.Target = amount(ind, t.Target.Decimal)
		}
		if !green.IsZero() {
			row.Green = score.IntervalWords(ind, green)
		}
		if !amber.IsZero() {
			row.Amber = score.IntervalWords(ind, amber)
		}
		if t.Linear && judged && verdict.Target.PeriodValue.Has {
			row.Note = strings.TrimSpace("Reached in equal steps by month: " + amount(ind, verdict.Target.PeriodValue.Decimal) + " by now. " + row.Note)
		}
		rows = append(rows, row)
	}
	return rows
}

func (c *composer) benchmarks(v *dataset.View, verdict *score.Verdict) []theme.BenchmarkRow {
	ind := verdict.Indicator
	var rows []theme.BenchmarkRow
	for _, b := range v.Benchmarks(ind.Ref) {
		row := theme.BenchmarkRow{Period: b.Period.Words(), Source: b.Source, Value: "[x]"}
		if b.Value.Has {
			row.Value = ind.Format(b.Value.Decimal)
		}
		for _, k := range v.Comparators() {
			if k.ID == b.Comparator {
				row.Comparator = k.Name
			}
		}
		for _, k := range verdict.Compared {
			if k.Benchmark.Place == b.Place {
				row.Newest, row.Side = true, k.Side
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// wholeSeries is every figure of a measure, one table by frequency: the rows are
// periods, newest first, the columns the whole authority and its areas.
func (c *composer) wholeSeries(v *dataset.View, ind *dataset.Indicator) (tables []theme.Table, first string) {
	areas := append([]string{v.Whole()}, v.Areas(ind.Ref)...)
	columns := make([]*series, len(areas))
	all := c.room.times[:0]
	for i, area := range areas {
		columns[i] = c.room.series(v, ind, area)
		all = columns[i].periods(all)
	}
	c.room.times = all
	list := all[len(all):]
	for _, own := range []bool{true, false} {
		list = list[:0]
		for _, p := range slices.Backward(all) {
			if score.IsOwn(ind.Frequency, p) == own {
				list = append(list, p)
			}
		}
		if len(list) == 0 {
			continue
		}
		t := theme.Table{ID: "series", Caption: ind.Name + ": every " + noun(ind) + " returned", Heads: append(make([]string, 0, 1+len(areas)), "Period")}
		if !own {
			t.ID, t.Caption = "other-periods", ind.Name+": years and other periods"
		}
		if first == "" {
			first = "#" + t.ID
		}
		for _, area := range areas {
			t.Heads = append(t.Heads, v.AreaName(area))
		}
		t.Rows = c.room.tableRows(len(list))
		cells := c.room.figures(len(list) * len(areas)) // of all rows
		year := 0
		for i, p := range list {
			row := &t.Rows[i]
			row.Head, row.Strong = p.Words(), own && i == 0
			if own && p.Kind() == period.KindMonth && p.Last().FinancialYear() != year {
				year = p.Last().FinancialYear()
				row.Group = period.OfFinancialYear(year).Short()
			}
			row.Cells, cells = cells[:len(areas):len(areas)], cells[len(areas):]
			when := p.Short()
			for column, s := range columns {
				c.cellOf(&row.Cells[column], s, p, when)
			}
		}
		tables = append(tables, t)
	}
	return tables, first
}

func noun(ind *dataset.Indicator) string {
	switch ind.Frequency {
	case dataset.Quarterly:
		return "quarter"
	case dataset.Termly:
		return "term"
	case dataset.Annual:
		return "year"
	}
	return "month"
}

// parts are the tables of a measure's parts, one for each dimension and one for
// its companions: the rows are parts, the columns the newest periods, and the
// areas of the newest.
func (c *composer) parts(m *edition.Month, v *score.Verdict) []theme.Table {
	groups := append(dimensions(m.View, v.Indicator.Ref), "")
	var tables []theme.Table
	for _, dimension := range groups {
		var list []*dataset.Indicator
		for _, part := range m.View.Parts(v.Indicator.Ref) {
			if part.Dimension == dimension {
				list = append(list, part)
			}
		}
		if len(list) > 0 {
			tables = append(tables, c.partsTable(m, v, dimension, list)...)
		}
	}
	return tables
}

func (c *composer) partsTable(m *edition.Month, v *score.Verdict, dimension string, list []*dataset.Indicator) []theme.Table {
	view, whole := m.View, m.View.Whole()
	var periods []period.Period
	areas := map[string]bool{}
	of := make([]*series, len(list))
	for i, part := range list {
		of[i] = c.room.series(view, part, whole)
		periods = of[i].periods(periods)
		for _, a := range view.Areas(part.Ref) {
			areas[a] = true
		}
	}
	if len(periods) > sectionMonths {
		periods = periods[len(periods)-sectionMonths:]
	}
	id, caption := "companions", v.Indicator.Name+": counted beside it"
	if dimension != "" {
		id, caption = "parts-"+anchor(dimension)[2:], v.Indicator.Name+", by "+dimension
	}
	var tables []theme.Table
	if len(periods) > 0 {
		t := theme.Table{ID: id, Caption: caption, Heads: []string{"Part"}}
		for _, p := range periods {
			t.Heads = append(t.Heads, p.Short())
		}
		for i, part := range list {
			t.Rows = append(t.Rows, theme.TableRow{Head: nameOfPart(v.Indicator, part, dimension), Cells: c.alongside(of[i], periods)})
		}
		if dimension != "" && list[0].Unit.Additive() {
			t.Rows = append(t.Rows, theme.TableRow{Head: "All (" + v.Indicator.Name + ")", Strong: true, Cells: c.alongside(c.room.series(view, v.Indicator, whole), periods)})
		}
		tables = append(tables, t)
	}
	if len(areas) > 0 {
		t := theme.Table{ID: id + "-areas", Heads: []string{"Part"}}
		var columns []string
		for _, a := range c.areas() {
			if areas[a] {
				columns = append(columns, a)
				t.Heads = append(t.Heads, view.AreaName(a))
			}
		}
		when := newestPart(view, list, columns)
		t.Caption = caption + ", by area, " + when.Words()
		for _, part := range list {
			row := theme.TableRow{Head: nameOfPart(v.Indicator, part, dimension)}
			any := false
			for _, a := range columns {
				f, ok := c.cell(view, part, a, when)
				any = any || ok
				row.Cells = append(row.Cells, f)
			}
			if any {
				t.Rows = append(t.Rows, row)
			}
		}
		if len(t.Rows) > 0 {
			tables = append(tables, t)
		}
	}
	return tables
}

// newestPart is the newest period that any area of any part has.
func newestPart(v *dataset.View, list []*dataset.Indicator, areas []string) period.Period {
	var newest period.Period
	for _, part := range list {
		for _, a := range areas {
			for _, p := range periodsOf(v, part, a, func(p period.Period) bool {
				return p.Kind() != period.YearToDate && (newest.IsZero() || period.Compare(p, newest) > 0)
			}) {
				newest = p // they come oldest first
			}
		}
	}
	return newest
}

func nameOfPart(whole, part *dataset.Indicator, dimension string) string {
	if dimension == "" {
		return part.Name
	}
	return partName(whole, part)
}

// amount is a figure of a register with its unit, with the decimals it has there.
func amount(ind *dataset.Indicator, d quantity.Decimal) string {
	if ind.Unit == quantity.Grade {
		return ind.Format(d)
	}
	return ind.Unit.Format(d)
}

func sortPeriods(list []period.Period) {
	slices.SortFunc(list, period.Compare)
}

// areas are the ids of the site's areas, the whole authority left out.
func (c *composer) areas() []string {
	var ids []string
	for i, a := range c.ed.Content.Site.Areas {
		if i > 0 {
			ids = append(ids, a.ID)
		}
	}
	return ids
}
