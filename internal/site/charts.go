package site

import (
	"html/template"
	"slices"
	"strings"

	"outturn/internal/chart"
	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// shown is how many periods a chart draws at the most: three years of months
// read well at 720 units.
const shown = 36

// sparkMonths is a year and the month it began from (pages.md).
const sparkMonths = 13

// plot is a fact as a point of a chart; text is its value as published.
func plot(f *fact, text string) chart.Point {
	pt := chart.Point{At: f.at, Has: f.value}
	if f.value {
		pt.Value, pt.Text = f.published.Float(), text
		pt.Revised, pt.Provisional, pt.Caution = f.revised, f.marks.Has("p"), f.marks.Has("u")
	}
	return pt
}

func values(points []chart.Point) int {
	n := 0
	for _, p := range points {
		if p.Has {
			n++
		}
	}
	return n
}

// spark is the sparkline of a row, or "" where there is nothing to draw.
func spark(in *room, v *dataset.View, verdict *score.Verdict) template.HTML {
	points := in.series(v, verdict.Indicator, v.Whole()).outline(in, verdict.Current.Period, sparkMonths)
	if values(points) < 2 {
		return ""
	}
	s := chart.Sparkline{Points: points, Events: chartEvents(v, verdict.Indicator.Ref), Rating: string(verdict.RAG.Rating)}
	if t := verdict.Target; t.PeriodValue.Has && !t.Row.Linear && judgedByPoint(verdict.Indicator) {
		s.Target, s.HasTarget = t.PeriodValue.Decimal.Float(), true
	}
	return template.HTML(s.Draw())
}

// judgedByPoint reports whether the target is one for the figures that a chart
// draws: that of a year to date is not, unless it is the latest figure itself.
func judgedByPoint(ind *dataset.Indicator) bool { return ind.RagOn != "ytd" || ind.YTD == "latest" }

// trend is the chart of one measure; ok is false where there are too few
// figures for a chart to say more than the table.
func (c *composer) trend(m *edition.Month, v *score.Verdict) (theme.Chart, bool) {
	ind, view := v.Indicator, m.View
	id := c.id("c-" + anchor(ind.Ref))
	if ch, kept := c.drawings.takeTrend(v, id); kept {
		return ch, true
	}
	t := chart.Trend{
		ID: id, Unit: ind.Unit, Decimals: ind.Decimals,
		Points:   c.room.series(view, ind, view.Whole()).run(c.room, v.Current.Period, shown),
		FromZero: ind.Unit.Additive() || ind.Unit == quantity.DistinctCount || ind.Basis == "cumulative",
		Columns:  ind.Basis == "in_month" && ind.Unit.Additive(),
	}
	// Annual sums of a monthly flow dwarf its months; they get a chart of their own.
	if ind.YTD != "sum" {
		t.Years = years(ind, v)
	}
	if values(t.Points)+len(t.Years) < 3 || values(t.Points) < 2 {
		return theme.Chart{}, false
	}
	if judged := v.Target; judgedByPoint(ind) && !judged.Row.Linear {
		if judged.PeriodValue.Has {
			d := judged.PeriodValue.Decimal
			t.Target = []chart.Level{{Label: "Target " + ind.Unit.Format(d), Value: d.Float(), Class: "target"}}
		}
		if v.RAG.Rating != score.NotRated && v.RAG.Rule == "tolerance" {
			t.Bands = bands(judged.Green, judged.Amber)
		}
	}
	n := 0
	for _, k := range v.Compared {
		if k.Comparator.Threshold || !k.Benchmark.Value.Has || n == 3 {
			continue
		}
		n++
		d := k.Benchmark.Value.Decimal
		t.Comparators = append(t.Comparators, chart.Level{
			Label: k.Comparator.Short + " " + ind.Format(d) + " (" + k.Benchmark.Period.Short() + ")",
			Value: d.Float(), Class: "comparator-" + string(rune('0'+n)),
		})
	}
	t.Events = chartEvents(view, ind.Ref)
	t.Title = c.finding(v)
	t.Description = describe(ind, &t)
	wide, narrow, _ := t.Both()
	ch := drawn(t.ID, t.Title, wide, narrow)
	if c.first {
		c.drawings.keepTrend(v, ch)
	}
	return ch, true
}

// chartEvents are those that touch a measure, breaks among them.
func chartEvents(v *dataset.View, ref string) []chart.Event {
	var list []chart.Event
	for _, e := range v.Events(ref) {
		list = append(list, chart.Event{At: e.Date, Label: e.Label, Break: e.Break})
	}
	return list
}

// drawn is a chart that was drawn in both sizes. One that cannot be drawn is the
// program's fault: it is empty, and its table stays.
func drawn(id, heading, wide, narrow string) theme.Chart {
	return theme.Chart{ID: id, Heading: heading, Wide: template.HTML(wide), Narrow: template.HTML(narrow)}
}

// finding is the title of a chart: what the newest figure says, where it is
// certain, else the measure.
func (c *composer) finding(v *score.Verdict) string {
	ind := v.Indicator
	if !v.Current.Value {
		return ind.Name
	}
	now := ind.Format(v.Current.Published)
	when := v.Current.Period.Words()
	d := v.Direction
	switch {
	case d.Arrow == score.NoArrow || !d.Change.Has:
		return ind.Name + ": " + now + " in " + when
	case d.Change.Decimal.Sign() > 0:
		return ind.Name + ": rose to " + now + " in " + when
	case d.Change.Decimal.Sign() < 0:
		return ind.Name + ": fell to " + now + " in " + when
	}
	return ind.Name + ": stayed at " + now + " in " + when
}

// describe is the text alternative: from where to where, the highest and the
// lowest, the gaps, the target.
func describe(ind *dataset.Indicator, t *chart.Trend) string {
	var first, last, high, low *chart.Point
	gaps := 0
	for i := range t.Points {
		p := &t.Points[i]
		if !p.Has {
			gaps++
			continue
		}
		if first == nil {
			first, high, low = p, p, p
		}
		last = p
		if p.Value > high.Value {
			high = p
		}
		if p.Value < low.Value {
			low = p
		}
	}
	if first == nil {
		return "No figures."
	}
	var b strings.Builder
	b.WriteString("From " + first.Text + " in " + first.At.Words() + " to " + last.Text + " in " + last.At.Words())
	if high.Value != low.Value {
		b.WriteString("; highest " + high.Text + " in " + high.At.Words() + ", lowest " + low.Text + " in " + low.At.Words())
	}
	b.WriteString(".")
	for _, l := range t.Target {
		b.WriteString(" " + l.Label + ".")
	}
	for _, l := range t.Comparators {
		b.WriteString(" " + l.Label + ".")
	}
	switch {
	case gaps == 1:
		b.WriteString(" One period has no figure.")
	case gaps > 1:
		b.WriteString(" " + quantity.Int(int64(gaps)).Grouped() + " periods have no figure.")
	}
	b.WriteString(" The figures are in the table.")
	return b.String()
}

// years are the annual figures drawn beside the months.
func years(ind *dataset.Indicator, v *score.Verdict) []chart.Bar {
	var bars []chart.Bar
	for i := range v.AnnualRows {
		r := &v.AnnualRows[i]
		if r.Period.Kind() != period.Year || !r.Value {
			continue
		}
		bars = append(bars, chart.Bar{Label: r.Period.Short(), Value: r.Published.Float(), Has: true, Text: ind.Format(r.Published)})
	}
	if len(bars) > 3 {
		bars = bars[len(bars)-3:]
	}
	return bars
}

// bands are the tolerance behind a trend: green, and what of amber lies outside it.
func bands(green, amber quantity.Interval) []chart.Band {
	var list []chart.Band
	if !green.IsZero() {
		b := chart.Band{Class: "green"}
		b.From, b.HasFrom = bound(green.Low)
		b.To, b.HasTo = bound(green.High)
		list = append(list, b)
	}
	if amber.IsZero() || green.IsZero() {
		return list
	}
	if amber.Low.Set && green.Low.Set && amber.Low.Value.Cmp(green.Low.Value) < 0 {
		list = append(list, chart.Band{From: amber.Low.Value.Float(), HasFrom: true, To: green.Low.Value.Float(), HasTo: true, Class: "amber"})
	}
	if !amber.Low.Set && green.Low.Set { // amber is everything below green, to its own top
		list = append(list, chart.Band{To: green.Low.Value.Float(), HasTo: true, Class: "amber"})
	}
	if amber.High.Set && green.High.Set && amber.High.Value.Cmp(green.High.Value) > 0 {
		list = append(list, chart.Band{From: green.High.Value.Float(), HasFrom: true, To: amber.High.Value.Float(), HasTo: true, Class: "amber"})
	}
	if !amber.High.Set && green.High.Set {
		list = append(list, chart.Band{From: green.High.Value.Float(), HasFrom: true, Class: "amber"})
	}
	return list
}

func bound(b quantity.Bound) (float64, bool) {
	if !b.Set {
		return 0, false
	}
	return b.Value.Float(), true
}

// annual draws the totals of years for a measure whose months are added up.
func (c *composer) annual(v *score.Verdict) (theme.Chart, bool) {
	ind := v.Indicator
	if ind.YTD != "sum" {
		return theme.Chart{}, false
	}
	t := chart.Trend{ID: c.id("y-" + anchor(ind.Ref)), Title: ind.Name + ": whole years", Unit: ind.Unit, Decimals: ind.Decimals, FromZero: true, Columns: true}
	for i := range v.AnnualRows {
		if r := &v.AnnualRows[i]; r.Period.Kind() == period.Year && r.Value {
			of := factOf(r)
			t.Points = append(t.Points, plot(&of, ind.Format(r.Published)))
		}
	}
	if len(t.Points) < 2 {
		return theme.Chart{}, false
	}
	t.Description = describe(ind, &t)
	wide, narrow, _ := t.Both()
	return drawn(t.ID, "Whole years", wide, narrow), true
}

// multiples draws the areas of a measure side by side on one scale.
func (c *composer) multiples(m *edition.Month, v *score.Verdict) (theme.Chart, bool) {
	ind := v.Indicator
	out := chart.Multiples{ID: c.id("a-" + anchor(ind.Ref)), Title: ind.Name + ", by area", Unit: ind.Unit, Decimals: ind.Decimals,
		Events: chartEvents(m.View, ind.Ref), FromZero: ind.Unit.Additive() || ind.Unit == quantity.DistinctCount}
	var told []string
	for _, area := range m.View.Areas(ind.Ref) {
		points := c.room.series(m.View, ind, area).run(c.room, v.Current.Period, shown)
		if values(points) < 2 {
			continue
		}
		name := m.View.AreaName(area)
		out.Panels = append(out.Panels, chart.Panel{Name: name, Points: points})
		if last := points[len(points)-1]; last.Has {
			told = append(told, name+" "+last.Text)
		}
	}
	if len(out.Panels) < 2 {
		return theme.Chart{}, false
	}
	if t := v.Target; t.PeriodValue.Has && !t.Row.Linear && ind.RagOn == "period" && ind.Unit.Per() > 1 {
		d := t.PeriodValue.Decimal
		out.Target = []chart.Level{{Label: "Target " + ind.Unit.Format(d), Value: d.Float(), Class: "target"}}
	}
	out.Description = "One small chart for each area, on one scale."
	if len(told) > 0 {
		out.Description += " " + v.Current.Period.Words() + ": " + strings.Join(told, ", ") + "."
	}
	wide, narrow, _ := out.Both()
	return drawn(out.ID, "By area", wide, narrow), true
}

// dimensions are those in which a measure's parts make the whole, in the order
// of the register.
func dimensions(v *dataset.View, ref string) []string {
	var list []string
	for _, part := range v.Parts(ref) {
		if part.Dimension != "" && !slices.Contains(list, part.Dimension) {
			list = append(list, part.Dimension)
		}
	}
	return list
}

// stacked draws the parts of one dimension by period.
func (c *composer) stacked(m *edition.Month, v *score.Verdict, dimension string) (theme.Chart, bool) {
	ind := v.Indicator
	s := chart.Stacked{ID: "p-" + anchor(ind.Ref) + "-" + anchor(dimension)[2:], Title: ind.Name + ", by " + dimension, Unit: ind.Unit, Decimals: ind.Decimals}
	seen := map[period.Period]bool{}
	var parts []*dataset.Indicator
	for _, part := range m.View.Parts(ind.Ref) {
		if part.Dimension != dimension || !part.Unit.Additive() {
			continue
		}
		parts = append(parts, part)
		of := c.room.series(m.View, part, m.View.Whole())
		for i := range of.facts {
			if f := &of.facts[i]; f.value && score.IsOwn(ind.Frequency, f.at) && f.at.Last() <= v.Current.Period.Last() {
				seen[f.at] = true
			}
		}
	}
	if len(parts) < 2 || len(seen) == 0 {
		return theme.Chart{}, false
	}
	if len(seen) == 1 {
		for p := range seen {
			return c.rows(m, v, dimension, parts, p)
		}
	}
	// More than thirteen kinds cannot be told apart; the table has them all.
	if len(parts) > 13 {
		return theme.Chart{}, false
	}
	for p := range seen {
		s.Periods = append(s.Periods, p)
	}
	sortPeriods(s.Periods)
	if len(s.Periods) > sparkMonths {
		s.Periods = s.Periods[len(s.Periods)-sparkMonths:]
	}
	for _, part := range parts {
		p := chart.Part{Name: partName(ind, part)}
		any := false
		for _, when := range s.Periods {
			pt := c.room.series(m.View, part, m.View.Whole()).point(when)
			any = any || pt.Has && pt.Value != 0
			p.Values = append(p.Values, pt)
		}
		if any {
			s.Parts = append(s.Parts, p)
		}
	}
	if len(s.Parts) == 0 {
		return theme.Chart{}, false
	}
	s.Description = "Columns of the parts that make the whole, from " + s.Periods[0].Words() + " to " + s.Periods[len(s.Periods)-1].Words() + ". Parts without any are left out. The figures are in the table."
	wide, narrow, _ := s.Both()
	return drawn(s.ID, "By "+dimension, wide, narrow), true
}

// rows draws the parts of the one period that is known, a bar each.
func (c *composer) rows(m *edition.Month, v *score.Verdict, dimension string, parts []*dataset.Indicator, when period.Period) (theme.Chart, bool) {
	ind := v.Indicator
	r := chart.Rows{ID: "p-" + anchor(ind.Ref) + "-" + anchor(dimension)[2:], Title: ind.Name + ", by " + dimension + ", " + when.Words(), Unit: ind.Unit, Decimals: ind.Decimals}
	var none []string
	for _, part := range parts {
		pt := c.room.series(m.View, part, m.View.Whole()).point(when)
		if !pt.Has || pt.Value == 0 {
			none = append(none, partName(ind, part))
			continue
		}
		r.Rows = append(r.Rows, chart.Bar{Label: partName(ind, part), Value: pt.Value, Has: true, Text: pt.Text})
	}
	if len(r.Rows) < 2 {
		return theme.Chart{}, false
	}
	r.Description = "A bar for each part that has any."
	if len(none) > 0 {
		r.Description += " None: " + strings.Join(none, ", ") + "."
	}
	r.Description += " The figures are in the table."
	wide, narrow, _ := r.Both()
	return drawn(r.ID, "By "+dimension+", "+when.Words(), wide, narrow), true
}

// partName is a part's name without the words it shares with its kind:
// "Contacts by source: Request for Support" is "Request for Support".
func partName(whole, part *dataset.Indicator) string {
	name := part.Name
	for _, sep := range []string{": ", " - "} {
		if _, rest, ok := strings.Cut(name, sep); ok {
			return strings.TrimSpace(rest)
		}
	}
	return name
}
