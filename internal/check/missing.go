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
func (c *checker) missing(m *edition.Month, k fetched, newest dataset.Vintage) {
	last, due, late := c.due(k.Indicator, k.figures[0])
	if late != 1 || c.spoilt(k.Indicator, due) {
		return
	}
	s := c.view.Scorecard
	at, _ := c.view.Figure(k.Ref, c.view.Whole(), last)
	c.problems.Warnf(diag.Place{File: s.File(newest)}, "missing-return", "indicator %s has no row for %s, and has one for %s (%s:%d)", k.Ref, due.Words(), last.Words(), at.Place.File, at.Place.Line).Hint =
		rowToAdd(m, s.Columns(newest), k.Ref, due)
}

// due is what score.Due tells of a measure that is returned period by period; of
// others, and of one that has never been returned, no period is the newest.
func (c *checker) due(ind *dataset.Indicator, whole []figure) (newest, due period.Period, late int) {
	if !Returned(ind) || ind.IsPart() {
		return newest, due, late
	}
	return score.Due(ind, c.view.Month, func(yield func(period.Period) bool) {
		for i := range whole {
			if !yield(whole[i].period) {
				return
			}
		}
	})
}

// Returned reports whether rows of a measure are awaited: it is live, and not worked
// out from others.
func Returned(ind *dataset.Indicator) bool { return ind.Status == "live" && ind.Calculation == "" }

// ReturnToWrite is the file that rows of a month may be written in: its newest
// return, and once that is released, since a released one is never edited, the
// issue after it (contract, section 1).
func ReturnToWrite(m *edition.Month) string {
	s := m.View.Scorecard
	returns := s.Returns(m.Month)
	if len(returns) == 0 {
		return s.File(dataset.Vintage{Month: m.Month, Issue: 1})
	}
	w := returns[len(returns)-1]
	if m.Released {
		w.Issue++
	}
	return s.File(w)
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
func rowToAdd(m *edition.Month, columns []string, ref string, due period.Period) string {
	var lacks []string
	if !slices.Contains(columns, "period") && due != period.OfMonth(m.Month) {
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
	switch {
	case m.Released:
		next := m.View.Scorecard.File(dataset.Vintage{Month: m.Month + 1, Issue: 1})
		head = "add the row here only if the month has not been published yet, else to the next return, " + next + ", or to the month's next issue, " + ReturnToWrite(m) + ", under the first line " + strings.Join(columns, ",")
	case len(lacks) > 0:
		head = "add " + strings.Join(lacks, " and ") + " to the header and a cell for it to every row, and the row"
	}
	return head + ", with the mark x where the figure is not available: " + strings.Join(cells, ",")
}

// noReturn: figures are due in a month that has no return at all.
func (c *checker) noReturn(m *edition.Month) {
	due, kept := 0, 0
	for _, ind := range c.view.Indicators {
		newest, _, late := c.due(ind, c.figures(nil, ind.Ref, c.view.Whole()))
		if newest.IsZero() {
			continue
		}
		kept++
		if late > 0 {
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
