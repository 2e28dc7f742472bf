package check

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/score"
)

// newestReturn is the newest issue of the month's return, where there is one.
func (c *checker) newestReturn() (dataset.Vintage, bool) {
	returns := c.view.Scorecard.Returns(c.view.Month)
	if len(returns) == 0 {
		return dataset.Vintage{}, false
	}
	return returns[len(returns)-1], true
}

// missing: figures that are due have no row, and the periods before them have.
// A series that stopped earlier is not told of every month; and a month without
// any return is told once, not by every measure.
func (c *checker) missing(k fetched, newest dataset.Vintage) {
	last, due := c.due(k.Indicator, k.figures[0])
	if due.IsZero() || following(k.Indicator, due).Last() <= c.view.Month.Add(-k.Lag) || c.spoilt(k.Indicator, due) {
		return
	}
	file := diag.Place{File: c.view.Scorecard.File(newest)}
	at, _ := c.view.Figure(k.Ref, c.view.Whole(), last.period)
	c.problems.Warnf(file, "missing-return", "indicator %s has no row for %s, and has one for %s (%s:%d)", k.Ref, due.Words(), last.period.Words(), at.Place.File, at.Place.Line).Hint =
		rowToAdd(c.view.Scorecard.Columns(newest), k.Ref, due, c.view.Month)
}

// due is a measure's newest figure, nil where none is due ever, and the period
// after it, where that one is over and has none; else zero.
func (c *checker) due(ind *dataset.Indicator, whole []figure) (last *figure, due period.Period) {
	last = c.newest(ind, whole)
	if last == nil {
		return nil, due
	}
	if next := following(ind, last.period); next.Last() <= c.view.Month.Add(-ind.Lag) {
		due = next
	}
	return last, due
}

// newest is the newest of the whole authority's figures of a measure that is
// returned period by period, or nil.
func (c *checker) newest(ind *dataset.Indicator, whole []figure) (last *figure) {
	if ind.Status != "live" || ind.Calculation != "" || ind.IsPart() {
		return nil
	}
	by := c.view.Month.Add(-ind.Lag)
	for i := range whole {
		f := &whole[i]
		if score.IsOwn(ind.Frequency, f.period) && f.period.Last() <= by && (last == nil || f.period.Last() >= last.period.Last()) {
			last = f
		}
	}
	return last
}

// spoilt reports whether a return that may hold the figure has a fault that
// hides it: the fault is told, and once it is mended the row may be there.
func (c *checker) spoilt(ind *dataset.Indicator, due period.Period) bool {
	for _, w := range c.view.Scorecard.Vintages() {
		if w.Month >= due.First() && w.Month <= c.view.Month && c.view.Scorecard.Spoilt(ind.Ref, w) {
			return true
		}
	}
	return false
}

// rowToAdd writes a row without its figure by the header of the return in
// which it is to stand, and says which columns the header lacks for it.
func rowToAdd(columns []string, ref string, due period.Period, month period.Month) string {
	var lacks []string
	if !slices.Contains(columns, "period") && due != period.OfMonth(month) {
		lacks = append(lacks, "period")
	}
	if !slices.Contains(columns, "mark") {
		lacks = append(lacks, "mark")
	}
	columns = append(slices.Clone(columns), lacks...)
	known := map[string]string{"ref": ref, "period": due.String(), "mark": "x"}
	cells := make([]string, len(columns))
	for i, column := range columns {
		cells[i] = known[column]
	}
	head := "add the row"
	if len(lacks) > 0 {
		head = "add " + strings.Join(lacks, " and ") + " to the header and a cell for it to every row, and the row"
	}
	return head + ", with the mark x where the figure is not available: " + strings.Join(cells, ",")
}

// noReturn: figures are due in a month that has no return at all.
func (c *checker) noReturn(m *edition.Month) {
	due, kept := 0, 0
	for _, ind := range c.view.Indicators {
		last, next := c.due(ind, c.figures(nil, ind.Ref, c.view.Whole()))
		if last == nil {
			continue
		}
		kept++
		if !next.IsZero() {
			due++
		}
	}
	if due == 0 {
		return
	}
	s := c.view.Scorecard
	file := s.File(dataset.Vintage{Month: c.view.Month, Issue: 1})
	shows := "every measure of the month shows [x]"
	switch {
	case due < kept && due == 1:
		shows = "1 measure that is due in it shows [x]"
	case due < kept:
		shows = fmt.Sprintf("%d measures that are due in it show [x]", due)
	}
	head := "ref,period,area,value"
	for _, w := range s.Vintages() { // oldest first: the newest before the month
		if columns := s.Columns(w); w.Month < c.view.Month && len(columns) > 0 && !slices.Contains(columns, "") {
			head = strings.Join(columns, ",")
		}
	}
	state, mend := "", "add the file, with the first line "+head
	if m.HasCover && m.Cover.Status == "approved" {
		state = ", and its cover is approved"
		mend += "; until it is there, write status: draft in the month's cover"
	}
	c.problems.Warnf(diag.Place{File: file}, "missing-return", "the return of %s is not there%s: %s", c.view.Month.Words(), state, shows).Hint = mend
}

// issues: covers that name another issue than the newest return of their month.
// An edition without drafts does not know of a return that is held back.
func issues(e *edition.Edition, s *edition.Scorecard, problems *diag.List) {
	for _, cover := range s.Text.Covers {
		returns := s.Data.Returns(cover.Month)
		if cover.Issue == 0 || len(returns) == 0 || cover.Month < s.Settings.FirstReport {
			continue
		}
		newest := returns[len(returns)-1]
		switch file := path.Base(s.Data.File(newest)); {
		case cover.Issue > newest.Issue:
			next := path.Base(s.Data.File(dataset.Vintage{Month: cover.Month, Issue: cover.Issue}))
			problems.Warnf(cover.Place, "issue-differs", "issue: %d, and the newest return of the month is issue %d", cover.Issue, newest.Issue).Hint =
				fmt.Sprintf("write issue: %d, or add the return %s; where the text alone is issued anew, it may stay", newest.Issue, next)
		case cover.Issue < newest.Issue && e.Options.Drafts:
			problems.Warnf(cover.Place, "issue-differs", "issue: %d, and %s is held back until the cover says issue: %d", cover.Issue, file, newest.Issue).Hint =
				fmt.Sprintf("write issue: %d when %s is to be published", newest.Issue, file)
		}
	}
}

// following is the period that a series reports after one. A window moves on by
// a quarter or a year, as the measure is kept; half terms counted from the start
// of the school year take in one more.
func following(ind *dataset.Indicator, p period.Period) period.Period {
	switch p.Kind() {
	case period.Window:
		months := period.Month(12)
		if ind.Frequency == dataset.Quarterly {
			months = 3
		}
		return period.NewWindow(p.First()+months, p.Last()+months)
	case period.HalfTerms:
		first, last := p.HalfTerms()
		year := p.First().AcademicYear()
		switch run := first < last || first == 1 && ind.Basis == "cumulative"; {
		case run && last < 6:
			return period.NewHalfTerms(year, first, last+1)
		case run:
			return period.NewHalfTerms(year+1, 1, 1)
		}
	}
	return p.Step(1)
}
