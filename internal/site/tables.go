package site

import (
	"slices"
	"strconv"

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
)

// sectionTables are the published page's table, in sheets of eight measures, and
// the areas of the current period. Measures of one frequency stand together, in
// the order of the first of each: side by side, a month and a quarter would leave
// most cells with nothing to say. of is the id of each measure's table.
func (c *composer) sectionTables(m *edition.Month, sec edition.Section, list []*score.Verdict) (tables []theme.Table, of map[string]string) {
	var frequencies []dataset.Frequency
	alike := map[dataset.Frequency][]*score.Verdict{}
	for _, v := range list {
		f := v.Indicator.Frequency
		if alike[f] == nil {
			frequencies = append(frequencies, f)
		}
		alike[f] = append(alike[f], v)
	}
	of = make(map[string]string, len(list))
	periods := c.tablePeriods(m, list)
	for _, f := range frequencies {
		t := theme.Table{ID: noun(alike[f][0].Indicator) + "s", Caption: sec.Title + ": " + c.theme.Word("frequency", f.String()) + " measures"}
		sheets := 0
		for sheet := range slices.Chunk(alike[f], sectionColumns) {
			part := t
			if sheets++; sheets > 1 {
				part.ID += strconv.Itoa(sheets)
				part.Caption += ", continued"
			}
			c.fillTable(&part, m, sheet, periods)
			for _, v := range sheet {
				of[v.Indicator.Ref] = part.ID
			}
			tables = append(tables, part)
		}
	}
	if t, ok := c.areasTable(m, sec, list); ok {
		tables = append(tables, t)
	}
	return tables, of
}

// fillTable gives a table a column for each measure of a list and a row for
// whatever any of them has a figure for. at is the period of each row; those of
// no one period stand at the end, and are not in it.
func (c *composer) fillTable(t *theme.Table, m *edition.Month, list []*score.Verdict, periods []period.Period) (at []period.Period) {
	t.Heads = append(make([]string, 0, len(list)+1), "Period")
	t.Rows = c.room.tableRows(len(periods) + 8)[:0] // a row is long
	whole := make([]*series, 0, len(list))
	for _, v := range list {
		t.Heads = append(t.Heads, headOf(v.Indicator))
		whole = append(whole, c.room.series(m.View, v.Indicator, m.View.Whole()))
	}
	group := ""
	at = make([]period.Period, 0, cap(t.Rows))
	row := func(head string, strong bool) *theme.TableRow {
		t.Rows = append(t.Rows, theme.TableRow{Group: group, Head: head, Strong: strong, Cells: c.room.figures(len(list))})
		group = ""
		return &t.Rows[len(t.Rows)-1]
	}
	figures := func(head string, strong bool, p period.Period) {
		at = append(at, p)
		r, when := row(head, strong), p.Short()
		for i, s := range whole {
			c.cellOf(&r.Cells[i], s, p, when)
		}
	}
	has := func(p period.Period) bool {
		return slices.ContainsFunc(whole, func(s *series) bool { _, ok := s.find(p); return ok })
	}
	group = "Years"
	years, now := annualYears(m), map[period.Period]bool{}
	for _, v := range list { // the newest of an annual measure is none of those before
		if p := v.Current.Period; p.Kind() == period.Year {
			if now[p] = true; !slices.Contains(years, p) {
				years = append(years, p)
			}
		}
	}
	sortPeriods(years)
	for _, y := range years {
		if has(y) {
			figures(y.Short(), now[y], y)
		}
	}
	group = "Periods"
	for _, p := range periods {
		if has(p) {
			figures(p.Words(), p == period.OfMonth(m.Month), p)
		}
	}
	group = "To date"
	if slices.ContainsFunc(list, func(v *score.Verdict) bool { return !v.ToDate.Period.IsZero() }) {
		r := row("Year to date", false)
		for i, v := range list {
			r.Cells[i], _ = c.toDate(v)
		}
	}
	group = "Benchmarks"
	newest := make([]dataset.Benchmark, len(list))
	for _, k := range m.View.Comparators() {
		any := false
		for i, v := range list {
			newest[i], _ = m.View.Newest(v.Indicator.Ref, k.ID)
			any = any || newest[i].Value.Has
		}
		if !any {
			continue
		}
		r := row(k.Name, false)
		for i, b := range newest {
			if b.Value.Has {
				r.Cells[i] = theme.Figure{Text: list[i].Indicator.Format(b.Value.Decimal), Period: b.Period.Short(), Old: true}
			} else {
				r.Cells[i] = c.absent("", "x", "no benchmark")
			}
		}
	}
	if len(t.Rows) == 0 { // nothing was ever returned: a table says of which period that is so
		group = "Periods"
		p := list[0].Current.Period
		figures(p.Words(), false, p)
	}
	return at
}

// tablePeriods are the rows of a section's tables: the last fifteen months from
// the first that has a figure, and the other periods of measures that are not
// monthly, by their end.
func (c *composer) tablePeriods(m *edition.Month, list []*score.Verdict) []period.Period {
	first := m.Month.Add(1 - sectionMonths)
	begin := m.Month + 1
	var others []period.Period
	for _, v := range list {
		of := v.Indicator.Frequency
		facts := c.room.series(m.View, v.Indicator, m.View.Whole()).facts
		for i := range facts {
			switch p := facts[i].at; {
			case p.Kind() == period.KindMonth && p.Last() >= first && p.Last() <= m.Month:
				begin = min(begin, p.Last())
			case of != dataset.Monthly && score.IsOwn(of, p) && p.Kind() != period.Year && !slices.Contains(others, p):
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
	if !r.Has {
		return c.notReturned(ind, p), false
	}
	return c.figure(ind, &r), true
}

// areasTable has a row for each area, with the newest figures of the measures that
// have any there.
func (c *composer) areasTable(m *edition.Month, sec edition.Section, list []*score.Verdict) (theme.Table, bool) {
	var areas []string // that have any
	var with []int     // the measures that have any
	// Of one area after the other, in what is left of the room; without remarks
	// where there is no figure.
	held := len(c.room.facts)
	facts := c.room.facts
	defer func() { c.room.facts = facts[:held] }()
	var f dataset.Figure
	for _, area := range c.areas() {
		from, any := len(facts), false
		for i, v := range list {
			facts = append(facts, fact{at: v.Current.Period})
			if m.View.Find(&f, v.Indicator.Ref, area, v.Current.Period) {
				any = true
				facts[from+i].read(m.View, v.Indicator, &f)
				if !slices.Contains(with, i) {
					with = append(with, i)
				}
			}
		}
		if any {
			areas = append(areas, area)
		} else {
			facts = facts[:from]
		}
	}
	if len(with) == 0 {
		return theme.Table{}, false
	}
	slices.Sort(with)
	t := theme.Table{ID: "areas", Caption: sec.Title + ": areas, newest period", Heads: append(make([]string, 0, 1+len(with)), "Area")}
	whole := theme.TableRow{Head: m.View.AreaName(m.View.Whole()), Strong: true, Cells: c.room.figures(len(with))}
	for column, i := range with {
		v := list[i]
		head := headOf(v.Indicator)
		if v.Current.Period != period.OfMonth(m.Month) {
			head += " (" + v.Current.Period.Short() + ")"
		}
		t.Heads = append(t.Heads, head)
		whole.Cells[column] = c.figure(v.Indicator, &v.Current)
	}
	t.Rows = append(t.Rows, whole)
	for at, area := range areas {
		row := theme.TableRow{Head: m.View.AreaName(area), Cells: c.room.figures(len(with))}
		for column, i := range with {
			ind, of := list[i].Indicator, &facts[held+at*len(list)+i]
			if of.remarks == nil {
				row.Cells[column] = c.notReturned(ind, of.at)
				continue
			}
			text := ""
			if of.value {
				text = ind.Format(of.published)
			}
			c.show(&row.Cells[column], of.at.Short(), ind, of, text)
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
