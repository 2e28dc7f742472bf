package site

import (
	"slices"
	"strconv"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// scorecard composes <scorecard>/index.html (latest) or a month's page.
func scorecard(ed *edition.Edition, drawn *drawings, in *room, m *edition.Month, path string, latest bool) theme.Scorecard {
	c := compose(ed, path)
	c.drawings, c.room = drawn, in
	s := m.Scorecard
	out := theme.Scorecard{
		ScorecardTitle: s.Title,
		Latest:         latest,
		Issue:          c.issueNote(m, m.Measures()),
		Caution:        m.Cover.Caution,
		Summary:        c.prose(m.Cover.Summary, s.ID, m.Month, 2),
		Intro:          c.prose(s.Text.Intro, s.ID, m.Month, 3),
		Counts:         counts(m.Measures()),
		Cover:          cover(m),
		Periods:        monthHeads(m.Month),
		Download:       theme.Link{Text: "This scorecard as JSON", Href: c.to(apiPath(s.ID, m.Month.String()))},
	}
	years := annualYears(m)
	for _, y := range years {
		out.Years = append(out.Years, y.Short())
	}
	comparators := comparatorsUsed(m)
	for _, k := range comparators {
		out.Comparators = append(out.Comparators, k.Short)
	}
	out.Sections = c.groups(m, years, comparators)
	out.Months = c.months(s, func(o *edition.Month) string { return monthPath(s.ID, o.Month.String()) })
	out.Permalink = c.link("The latest month", cardPath(s.ID))
	title := s.Title + ": " + m.Month.Words()
	crumbs := []theme.Link{c.link(s.Title, cardPath(s.ID))}
	if m == s.Latest() && hasActions(m) {
		out.Actions = c.link("What is being done: the corrective actions", actionsPath(s.ID))
	}
	if latest {
		out.Permalink = c.link("The lasting address of this month", monthPath(s.ID, m.Month.String()))
		crumbs = nil
	}
	out.Marks = marksUsed(c.theme, c.used)
	c.draft = c.draft || m.Draft
	out.Frame = c.frame(title, "The "+s.Title+" scorecard as at "+m.Month.Words()+": every measure with its target, rating, direction of travel and benchmarks.", crumbs...)
	out.Frame.AsAt = m.Month.Words()
	return out
}

// groups are the rows of a scorecard, by section, with this page's links.
func (c *composer) groups(m *edition.Month, years []period.Period, comparators []dataset.Comparator) []theme.ScorecardSection {
	s := m.Scorecard
	groups := c.drawings.takeGroups(m, c.used)
	if groups == nil {
		for _, sec := range s.Sections {
			if list := m.InSection(sec.ID); len(list) > 0 {
				groups = append(groups, theme.ScorecardSection{ID: sec.ID, Title: sec.Title, Rows: c.rowsOf(m, list, years, comparators)})
			}
		}
		c.drawings.keepGroups(m, groups, c.used)
	}
	for i := range groups {
		group := &groups[i]
		group.Link = c.link(group.Title, sectionPath(s.ID, m.Month.String(), group.ID))
		for j, v := range m.InSection(group.ID) {
			group.Rows[j].Indicator.Href = c.toMeasure(s.ID, v.Indicator.Ref)
		}
	}
	return groups
}

// rowsOf are the lines of one section, without links.
func (c *composer) rowsOf(m *edition.Month, list []*score.Verdict, years []period.Period, comparators []dataset.Comparator) []theme.Row {
	rows := make([]theme.Row, len(list))
	printed := ""
	for i, v := range list {
		rows[i] = c.row(m, v, years, comparators)
		rows[i].First = i == 0 || rows[i].Label == "" || rows[i].Label != printed
		printed = rows[i].Label
	}
	return rows
}

// row is one line of the scorecard.
func (c *composer) row(m *edition.Month, v *score.Verdict, years []period.Period, comparators []dataset.Comparator) theme.Row {
	ind := v.Indicator
	row := theme.Row{
		ID: anchor(ind.Ref), Label: ind.Label,
		Indicator: theme.Link{Text: ind.Name},
		Change:    ind.Change, Good: ind.Good.String(), Unit: c.unit(ind), Basis: ind.Basis,
		Frequency: ind.Frequency.String(), Lag: lagWords(ind.Lag),
		Current:   c.figure(ind, &v.Current),
		Spark:     spark(c.room, m.View, v),
		Direction: c.direction(ind, &v.Direction),
		Rating:    rating(v),
		Why:       c.sentence(&v.RAG.Reason),
		News:      v.News,
		Tags:      ind.Tags,
	}
	if ind.Status != "live" {
		row.Status = ind.Status
	}
	row.Latest, row.OwnPeriods = c.latest(m.Month, v)
	row.Current.Old = v.Current.Period != period.OfMonth(m.Month)
	row.ToDate, row.HasToDate = c.toDate(v)
	if row.HasToDate {
		row.ToDateBasis = c.theme.Word("ytd", ind.YTD)
		if v.ToDate.Stated {
			row.ToDateBasis = c.theme.Word("ytd", "reported")
		}
	}
	row.Target, row.Green, row.Amber = targetWords(ind, v.Target)
	if row.Green != "" {
		row.RedWords = "otherwise"
	}
	row.Years = make([]theme.Figure, 0, len(years))
	row.Benchmarks = make([]theme.Figure, 0, len(comparators))
	placed := map[period.Period]bool{}
	for _, y := range years {
		cell := c.absent(y.Short(), "x", "no figure for this year")
		if r := score.Read(m.View, ind, m.View.Whole(), y); r.Has {
			cell = c.figure(ind, &r)
			placed[y] = true
		}
		row.Years = append(row.Years, cell)
	}
	for i := range v.AnnualRows {
		if r := &v.AnnualRows[i]; !placed[r.Period] {
			row.Annual = append(row.Annual, c.figure(ind, r))
		}
	}
	for _, k := range comparators {
		cell := c.absent("", "x", "no benchmark")
		if b, ok := m.View.Newest(ind.Ref, k.ID); ok && b.Value.Has {
			cell = theme.Figure{Period: b.Period.Short(), Text: ind.Format(b.Value.Decimal)}
		}
		row.Benchmarks = append(row.Benchmarks, cell)
	}
	return row
}

// latest are the three newest figures: under the months of the scorecard's
// heads, or, where a measure is not monthly or is in arrears, each with its own
// period.
func (c *composer) latest(month period.Month, v *score.Verdict) (list []theme.Figure, own bool) {
	ind := v.Indicator
	own = ind.Frequency != dataset.Monthly || ind.Lag != 0
	list = make([]theme.Figure, 0, 3)
	for i := range v.Latest {
		f := c.figure(ind, &v.Latest[i])
		f.Old = own
		list = append(list, f)
	}
	for len(list) < 3 {
		list = append([]theme.Figure{c.absent("Earlier", "x", "no earlier figure")}, list...)
	}
	return list, own
}

func lagWords(lag int) string {
	switch lag {
	case 0:
		return ""
	case 1:
		return "one month in arrears"
	}
	return strconv.Itoa(lag) + " months in arrears"
}

// anchor is a ref as an id within a page.
func anchor(ref string) string {
	return "m-" + anchors.Replace(ref)
}

var anchors = strings.NewReplacer(".", "-", ":", "-", " ", "-")

// counts are how many measures have each rating.
func counts(list []*score.Verdict) theme.Counts {
	n := theme.Counts{Total: len(list)}
	for _, v := range list {
		switch v.RAG.Rating {
		case score.Green:
			n.Green++
		case score.Amber:
			n.Amber++
		case score.Red:
			n.Red++
		default:
			n.None++
		}
	}
	return n
}

// annualYears are the financial years for which the scorecard has a column:
// those with a figure, the newest three before the month's own year.
func annualYears(m *edition.Month) []period.Period {
	var years []period.Period
	for _, v := range m.Measures() {
		for i := range v.AnnualRows {
			if y := v.AnnualRows[i].Period; y.Kind() == period.Year && y.Last() < m.Month && !slices.Contains(years, y) {
				years = append(years, y)
			}
		}
	}
	sortPeriods(years)
	if len(years) > 3 {
		years = years[len(years)-3:]
	}
	return years
}

// comparatorsUsed are those for which any measure of the scorecard has a figure.
func comparatorsUsed(m *edition.Month) []dataset.Comparator {
	var list []dataset.Comparator
	for _, k := range m.View.Comparators() {
		for _, v := range m.Measures() {
			if _, ok := m.View.Newest(v.Indicator.Ref, k.ID); ok {
				list = append(list, k)
				break
			}
		}
	}
	return list
}

// cover are the details of the month's cover.
func cover(m *edition.Month) []theme.Field {
	var list []theme.Field
	add := func(label, value string) {
		if value != "" {
			list = append(list, theme.Field{Label: label, Value: value})
		}
	}
	add("As at", m.Month.LastDay().Words())
	add("Issue", strconv.Itoa(m.Issue))
	if m.Cover.HasPublishOn {
		add("Published", m.Cover.PublishOn.Words())
	}
	if m.Cover.HasExtracted {
		add("Figures taken from the system", m.Cover.Extracted.Words())
	}
	add("Prepared by", m.Cover.PreparedBy)
	signed := m.Cover.SignedBy
	if signed != "" && m.Cover.HasSignedOn {
		signed += ", " + m.Cover.SignedOn.Words()
	}
	add("Signed off by", signed)
	add("Contact", m.Cover.Contact)
	return list
}

// months are the links to every month of a scorecard, newest first.
func (c *composer) months(s *edition.Scorecard, page func(*edition.Month) string) []theme.Link {
	list := make([]theme.Link, 0, len(s.Months))
	for i := len(s.Months) - 1; i >= 0; i-- {
		if name := page(s.Months[i]); name != "" {
			list = append(list, c.link(c.marked(s.Months[i].Month.Words(), s.Months[i].Draft), name))
		}
	}
	return list
}
