// Package check finds what is doubtful across a loaded site: figures that
// contradict each other, targets that open to the bad side, returns and answers
// that are missing, benchmarks that are old; and, against the newest snapshot,
// what was published and reads otherwise now (Past).
//
// It mends nothing. The file records what was returned and the page shows it;
// a finding puts both figures side by side. Two figures agree when they differ
// by no more than half a unit in the last decimal of the coarser one, the cell
// as written or the measure's decimals (contract, section 2): a value within
// rounding is no contradiction.
package check

import (
	"fmt"
	"math/big"
	"path"
	"slices"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

// Data adds the findings on the data of every scorecard as at its newest month.
// Figures that a later return replaced are not looked at: they no longer stand.
func Data(e *edition.Edition, problems *diag.List) {
	for _, s := range e.Scorecards {
		issues(e, s, problems)
		m := s.Latest()
		if m == nil {
			continue
		}
		c := checker{m.View, problems}
		c.missing(m)
		for _, ind := range m.View.Indicators {
			c.ratios(ind)
			c.calculations(ind)
			c.parts(ind)
			c.areas(ind)
			c.targets(ind)
			c.toDate(ind)
			if !ind.IsPart() {
				v := m.Verdict(ind.Ref)
				c.benchmarks(v)
				answers(m, v, problems)
			}
		}
	}
}

type checker struct {
	view     *dataset.View
	problems *diag.List
}

// warn adds a finding about a figure, at its cell.
func (c checker) warn(f dataset.Figure, code, hint, format string, args ...any) {
	place := f.ValuePlace
	if place.File == "" {
		place = f.Place
	}
	p := c.problems.Warnf(place, code, format, args...)
	p.Hint, p.Source = hint, f.Source
}

// everywhere visits every returned figure of a series, area by area.
func (c checker) everywhere(ind *dataset.Indicator, visit func(dataset.Figure)) {
	for _, area := range append([]string{c.view.Whole()}, c.view.Areas(ind.Ref)...) {
		for _, f := range c.view.Series(ind.Ref, area) {
			visit(f)
		}
	}
}

// name is a series in a message: "indicator 3.2, January 2017, North".
func (c checker) name(ind *dataset.Indicator, f dataset.Figure) string {
	s := "indicator " + ind.Ref + ", " + f.Period.Words()
	if f.Area != c.view.Whole() {
		s += ", " + c.view.AreaName(f.Area)
	}
	return s
}

// as writes a stated value with the digits it was written with.
func as(ind *dataset.Indicator, d quantity.Decimal) string {
	if ind.Unit == quantity.Grade {
		return ind.Format(d)
	}
	return ind.Unit.Format(d)
}

// worked writes an exact value at the precision that shows the difference from
// the stated one.
func worked(ind *dataset.Indicator, exact *big.Rat, stated quantity.Decimal) string {
	places := max(ind.Decimals, stated.Scale())
	if d, err := quantity.FromRat(exact, places); err == nil {
		return ind.Unit.Format(d)
	}
	return exact.FloatString(places)
}

// ratios: a value that is not its numerator over its denominator.
func (c checker) ratios(ind *dataset.Indicator) {
	if ind.Unit.Additive() || ind.Unit == quantity.DistinctCount || ind.Unit == quantity.Grade {
		return
	}
	c.everywhere(ind, func(f dataset.Figure) {
		if !f.Stated || !f.Value.Has || !f.Numerator.Has || !f.Denominator.Has || f.Denominator.Decimal.Sign() == 0 {
			return
		}
		exact := new(big.Rat).Quo(f.Numerator.Decimal.Rat(), f.Denominator.Decimal.Rat())
		exact.Mul(exact, new(big.Rat).SetInt64(ind.Unit.Per()))
		if quantity.AgreeRat(f.Value.Decimal, exact, ind.Decimals) {
			return
		}
		of := f.Numerator.Decimal.Grouped() + " of " + f.Denominator.Decimal.Grouped()
		c.warn(f, "ratio-differs", "correct the value or the counts in a later return; the page shows the value as it was returned",
			"value %s is not %s, which is %s (%s)", as(ind, f.Value.Decimal), of, worked(ind, exact, f.Value.Decimal), c.name(ind, f))
	})
}

// calculations: a stated figure that is not what its calculation gives.
func (c checker) calculations(ind *dataset.Indicator) {
	if ind.Calculation == "" {
		return
	}
	code := "stated-total-differs"
	if strings.HasPrefix(strings.ReplaceAll(ind.Calculation, " ", ""), "rate(") {
		code = "rate-differs"
	}
	c.everywhere(ind, func(f dataset.Figure) {
		if !f.Stated || !f.Value.Has {
			return
		}
		exact, working, ok := c.view.Calculated(ind.Ref, f.Area, f.Period)
		if !ok || quantity.AgreeRat(f.Value.Decimal, exact, ind.Decimals) {
			return
		}
		if working != "" {
			working = "; " + working
		}
		c.warn(f, code, "correct the figure or what it is worked out from in a later return; the page shows it as it was returned",
			"value %s is stated, and %s gives %s%s (%s)", as(ind, f.Value.Decimal), ind.Calculation, worked(ind, exact, f.Value.Decimal), working, c.name(ind, f))
	})
}

// toDate: a stated year to date that is not what its months give, for the whole
// authority and for each area.
func (c checker) toDate(ind *dataset.Indicator) {
	for _, area := range append([]string{c.view.Whole()}, c.view.Areas(ind.Ref)...) {
		f, ok := c.view.StatedToDate(ind.Ref, area)
		if !ok || !f.Stated || !f.Value.Has {
			continue
		}
		exact, counted, ok := score.ExactToDate(c.view, ind, area)
		if !ok || quantity.AgreeRat(f.Value.Decimal, exact, ind.Decimals) {
			continue
		}
		c.warn(f, "stated-total-differs", "correct the year to date or the periods in a later return; the page shows the year to date as it was returned",
			"year to date %s is stated, and %s %s (%s)", as(ind, f.Value.Decimal), counted, worked(ind, exact, f.Value.Decimal), c.name(ind, f))
	}
}

// parts: parts of one dimension that do not make the whole. Where a part has no
// figure only a sum that is already too large is a contradiction.
func (c checker) parts(whole *dataset.Indicator) {
	if !whole.Unit.Additive() {
		return
	}
	groups := map[string][]*dataset.Indicator{}
	var order []string
	for _, part := range c.view.Parts(whole.Ref) {
		if part.Dimension == "" || !part.Unit.Additive() {
			continue
		}
		if groups[part.Dimension] == nil {
			order = append(order, part.Dimension)
		}
		groups[part.Dimension] = append(groups[part.Dimension], part)
	}
	for _, dimension := range order {
		c.everywhere(whole, func(f dataset.Figure) {
			if !f.Value.Has {
				return
			}
			t := total{places: whole.Decimals}
			missing := 0
			for _, part := range groups[dimension] {
				of, there := c.view.Figure(part.Ref, f.Area, f.Period)
				if !there || !of.Value.Has {
					missing++
					continue
				}
				t.add(of.Value.Decimal)
			}
			if t.terms == 0 || t.agrees(f.Value.Decimal) || missing > 0 && t.sum.Cmp(f.Value.Decimal) < 0 {
				return
			}
			c.warn(f, "parts-do-not-sum", "correct a part or the whole in a later return; the page shows each as it was returned",
				"the whole is %s and its parts by %s make %s (%s)", as(whole, f.Value.Decimal), dimension, as(whole, t.sum), c.name(whole, f))
		})
	}
}

// total adds figures up as they were returned. Its precision is that of its
// coarsest term: 12.4 and 30 do not make a whole to the decimal.
type total struct {
	sum      quantity.Decimal
	places   int
	terms    int
	overflow bool
}

func (t *total) add(d quantity.Decimal) {
	sum, err := t.sum.Add(d)
	if err != nil {
		t.overflow = true
		return
	}
	t.sum, t.places, t.terms = sum, min(t.places, d.Scale()), t.terms+1
}

// agrees reports whether a whole is the total within rounding. What is too
// large to be added up exactly contradicts nothing.
func (t *total) agrees(whole quantity.Decimal) bool {
	return t.overflow || quantity.AgreeRat(whole, t.sum.Rat(), t.places)
}

// areas: areas that do not make the whole authority, where every area in which
// the measure is kept has a figure for the period.
func (c checker) areas(ind *dataset.Indicator) {
	if ind.Unit != quantity.Count && ind.Unit != quantity.Money || ind.Basis != "in_month" && ind.Basis != "as_at" {
		return
	}
	areas := c.view.Areas(ind.Ref)
	if len(areas) < 2 {
		return
	}
	for _, f := range c.view.Series(ind.Ref, c.view.Whole()) {
		if !f.Value.Has {
			continue
		}
		t := total{places: ind.Decimals}
		var told []string
		for _, area := range areas {
			of, ok := c.view.Figure(ind.Ref, area, f.Period)
			if !ok || !of.Value.Has {
				break
			}
			t.add(of.Value.Decimal)
			told = append(told, c.view.AreaName(area)+" "+of.Value.Decimal.Grouped())
		}
		if len(told) < len(areas) || t.agrees(f.Value.Decimal) {
			continue
		}
		c.warn(f, "areas-do-not-sum", "correct an area or the whole in a later return; the page shows each as it was returned",
			"the whole is %s and its areas make %s: %s (%s)", as(ind, f.Value.Decimal), as(ind, t.sum), strings.Join(told, ", "), c.name(ind, f))
	}
}

// targets: a one-sided green that opens to the bad side.
func (c checker) targets(ind *dataset.Indicator) {
	for _, t := range c.view.Targets(ind.Ref) {
		up, oneSided := t.Green.OneSided()
		if !oneSided || ind.Good == dataset.High && up || ind.Good == dataset.Low && !up || ind.Good == dataset.Info || ind.Good == dataset.Within {
			continue
		}
		c.problems.Warnf(t.Place, "target-polarity", "green is %s, and for indicator %s %s is good", t.Green, ind.Ref, ind.Good).Hint =
			"turn the sign of green, or correct good in indicators.csv"
	}
}

// missing: figures that are due have no row, and the periods before them have.
// A series that stopped earlier is not told of every month; and a month without
// any return is told once, not by every measure.
func (c checker) missing(m *edition.Month) {
	returns := c.view.Scorecard.Returns(c.view.Month)
	if len(returns) == 0 {
		c.noReturn(m)
		return
	}
	newest := returns[len(returns)-1]
	for _, ind := range c.view.Indicators {
		last, due := c.due(ind)
		if due.IsZero() || following(ind, due).Last() <= c.view.Month.Add(-ind.Lag) || c.spoilt(ind, due) {
			continue
		}
		file := diag.Place{File: c.view.Scorecard.File(newest)}
		c.problems.Warnf(file, "missing-return", "indicator %s has no row for %s, and has one for %s (%s:%d)", ind.Ref, due.Words(), last.Period.Words(), last.Place.File, last.Place.Line).Hint =
			rowToAdd(c.view.Scorecard.Columns(newest), ind.Ref, due, c.view.Month)
	}
}

// due is a measure's newest figure and the period after it, where that one is
// over and has none; else zero.
func (c checker) due(ind *dataset.Indicator) (last dataset.Figure, due period.Period) {
	last, kept := c.newest(ind)
	if !kept {
		return last, due
	}
	if next := following(ind, last.Period); next.Last() <= c.view.Month.Add(-ind.Lag) {
		due = next
	}
	return last, due
}

// newest is the newest figure of a measure that is returned period by period.
func (c checker) newest(ind *dataset.Indicator) (last dataset.Figure, ok bool) {
	if ind.Status != "live" || ind.Calculation != "" || ind.IsPart() {
		return last, false
	}
	by := c.view.Month.Add(-ind.Lag)
	for _, f := range c.view.Series(ind.Ref, c.view.Whole()) {
		if score.IsOwn(ind.Frequency, f.Period) && f.Period.Last() <= by && (!ok || f.Period.Last() >= last.Period.Last()) {
			last, ok = f, true
		}
	}
	return last, ok
}

// spoilt reports whether a return that may hold the figure has a fault that
// hides it: the fault is told, and once it is mended the row may be there.
func (c checker) spoilt(ind *dataset.Indicator, due period.Period) bool {
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
func (c checker) noReturn(m *edition.Month) {
	due, kept := 0, 0
	for _, ind := range c.view.Indicators {
		if _, ok := c.newest(ind); !ok {
			continue
		}
		kept++
		if _, next := c.due(ind); !next.IsZero() {
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

// staleMonths is how much older than the current figure a benchmark may be (contract,
// section 7).
const staleMonths = 24

func (c checker) benchmarks(v *score.Verdict) {
	for _, k := range v.Compared {
		end := k.Benchmark.Period.Last()
		if age := int(v.Current.Period.Last() - end); age > staleMonths {
			c.problems.Warnf(k.Benchmark.Place, "stale-benchmark", "the newest %s of indicator %s ended in %s, %d months before %s", k.Comparator.ID, v.Indicator.Ref, end.Words(), age, v.Current.Period.Words()).Hint =
				"add the newer figure if one is published, or take the benchmark out from this month on"
		}
	}
}
