package dataset

import (
	"iter"
	"slices"

	"outturn/internal/period"
)

// AsAt answers what was known at a month: rows in force, and of the returns up
// to that month those for which released is true (nil: all of them). A view
// copies nothing of its scorecard that has not changed in its month, so the
// views of many months cost little.
func (s *Scorecard) AsAt(m period.Month, released func(Vintage) bool) *View {
	if released == nil {
		released = func(Vintage) bool { return true }
	}
	v := &View{
		Scorecard: s, Month: m, Issue: 1,
		released: make([]bool, len(s.vintages)),
		earlier:  map[Vintage]*View{},
	}
	for i, w := range s.vintages {
		if w.Month > m || !released(w) {
			continue
		}
		v.released[i] = true
		if w.Month == m {
			v.Returned, v.Issue = true, w.Issue
		}
	}
	v.define()
	v.actions = s.actions.asAt(m, func(month period.Month) bool { return released(Vintage{month, 1}) })
	return v
}

// define picks the definitions in force.
func (v *View) define() {
	g := &v.Scorecard.register
	v.inForce = make([]*Indicator, len(g.refs))
	v.Indicators = make([]*Indicator, 0, len(g.refs))
	for ref := range g.refs {
		row := g.inForce(ref, v.Month)
		if row == nil || row.Status == "replaced" && v.Month > v.Scorecard.monthOfChange(row) {
			continue // a replaced one was shown for the last time
		}
		if change := v.change(ref, row); change != "" {
			changed := *row
			changed.Change = change
			row = &changed
		}
		v.inForce[ref] = row
		v.Indicators = append(v.Indicators, row)
	}
}

func (v *View) change(ref int, row *Indicator) string {
	switch {
	case row.Status == "replaced":
		if v.Month == v.Scorecard.monthOfChange(row) {
			return "last"
		}
	case row.From != v.Month:
	case v.Scorecard.register.rows[ref][0].From < v.Month:
		return "changed"
	default:
		return "new"
	}
	return ""
}

// monthOfChange is the month in which a replaced indicator is shown for the
// last time. A register that never said when means the first report.
func (s *Scorecard) monthOfChange(row *Indicator) period.Month {
	switch {
	case row.From != 0:
		return row.From
	case s.settings.FirstReport != 0:
		return s.settings.FirstReport
	case len(s.vintages) > 0:
		return s.vintages[0].Month
	}
	return 0
}

// inForce gives the rows known at a month, and of those for the same thing the
// last. The rows for one thing must stand together, the later behind.
func inForce[R any](rows []R, m period.Month, from func(*R) period.Month, same func(a, b *R) bool) iter.Seq[*R] {
	return func(yield func(*R) bool) {
		var last *R
		for i := range rows {
			row := &rows[i]
			if from(row) > m {
				continue
			}
			if last != nil && !same(last, row) && !yield(last) {
				return
			}
			last = row
		}
		if last != nil {
			yield(last)
		}
	}
}

// copied gives rows that belong to the caller.
func copied[R any](rows iter.Seq[*R]) []R {
	n := 0
	for range rows {
		n++
	}
	if n == 0 {
		return nil
	}
	list := make([]R, 0, n) // rows are long: to grow a list of them costs more than to count
	for row := range rows {
		list = append(list, *row)
	}
	return list
}

// Indicator returns the definition in force, or nil.
func (v *View) Indicator(ref string) *Indicator {
	ind, _ := v.defined(ref)
	return ind
}

// Parts lists the series whose parent is ref, in natural order. The list is the
// view's: it may be added to, and not changed.
func (v *View) Parts(ref string) []*Indicator {
	if v.parts == nil {
		v.parts = map[string][]*Indicator{}
		for _, ind := range v.Indicators {
			if ind.IsPart() {
				v.parts[ind.Parent] = append(v.parts[ind.Parent], ind)
			}
		}
	}
	return slices.Clip(v.parts[ref])
}

// Whole is the id of the whole authority.
func (v *View) Whole() string { return v.Scorecard.site.areas[0].ID }

// AreaName is an area's name as the site gives it.
func (v *View) AreaName(id string) string {
	if i, ok := v.Scorecard.site.areaIndex[id]; ok {
		return v.Scorecard.site.areas[i].Name
	}
	return id
}

// Comparators are the site's, in order.
func (v *View) Comparators() []Comparator { return v.Scorecard.site.comparators }

// Actions lists the actions in force with their newest update, in natural
// order of ref. An update belongs to its month: one of a month that is not
// released is not known yet. The list is the view's own, and not to be changed.
func (v *View) Actions() []Action { return slices.Clip(v.actions) }

// Targets lists the rows in force for a series, oldest first; of two for the
// same period, area, kind and milestone the later row stands.
func (v *View) Targets(ref string) []Target { return copied(v.EachTarget(ref)) }

// TargetFor returns the local target of the narrowest period that covers p
// (contract, section 2: for an academic period the financial year of its last
// month; for a window that no target covers, the target in force in its last
// month). Milestones (by) are not among them: Targets lists those.
func (v *View) TargetFor(ref, area string, p period.Period) (Target, bool) {
	rated := p
	switch p.Kind() {
	case period.AcademicYear, period.AcademicYearToDate, period.Term, period.HalfTerms:
		rated = period.OfFinancialYear(p.Last().FinancialYear())
	}
	t, ok := v.narrowest(ref, area, rated)
	if !ok && p.Kind() == period.Window {
		t, ok = v.narrowest(ref, area, period.OfMonth(p.Last()))
	}
	return t, ok
}

func (v *View) narrowest(ref, area string, p period.Period) (found Target, ok bool) {
	if area == "" {
		area = v.Whole()
	}
	for t := range v.EachTarget(ref) {
		if t.Kind != "local" || t.By != 0 || t.Area != area || !t.Period.Covers(p) {
			continue
		}
		if !ok || t.Period.Months() <= found.Period.Months() {
			found, ok = *t, true
		}
	}
	return found, ok
}

// Benchmarks lists what is in force for a series, by the site's order of
// comparators, then oldest period first.
func (v *View) Benchmarks(ref string) []Benchmark { return copied(v.benchmarks(ref)) }

// Newest returns a comparator's newest benchmark as at the month that ended by
// then and has a value.
func (v *View) Newest(ref, comparator string) (found Benchmark, ok bool) {
	for b := range v.benchmarks(ref) { // oldest period first
		if b.Comparator == comparator && b.Value.Has && b.Period.End() <= v.Month.LastDay() {
			found, ok = *b, true
		}
	}
	return found, ok
}

// Events lists those that touch a series (its ref, its section, or all), in
// order of date, up to the month's end.
func (v *View) Events(ref string) []Event {
	ind := v.Indicator(ref)
	if ind == nil {
		return nil
	}
	var list []Event
	for e := range inForce(v.Scorecard.events, v.Month, (*Event).from, (*Event).same) {
		if e.Date <= v.Month.LastDay() && (e.Ref == "" || e.Ref == ref) &&
			(e.Section == "" || slices.Contains(ind.Sections, e.Section)) {
			list = append(list, *e)
		}
	}
	return list
}
