package dataset

import (
	"iter"
	"slices"

	"outturn/internal/period"
)

// series finds a series of the view; an empty area is the whole authority.
func (v *View) series(ref, area string) (ind *Indicator, r, a int, ok bool) {
	ind = v.Indicator(ref)
	if ind == nil {
		return nil, 0, 0, false
	}
	if area != "" {
		if a, ok = v.Scorecard.site.areaIndex[area]; !ok {
			return nil, 0, 0, false
		}
	}
	return ind, v.Scorecard.register.index[ref], a, true
}

// Figure returns the observation of a series; the second result is false where
// nothing was returned and no calculation gives a value. A missing operand of
// a calculation gives no value, never 0.
func (v *View) Figure(ref, area string, p period.Period) (Figure, bool) {
	ind, r, a, ok := v.series(ref, area)
	if !ok {
		return Figure{}, false
	}
	var f Figure
	of := v.Scorecard.history(r, a).of(v.Scorecard.number(p))
	if ok = v.figure(&f, ind, r, a, p, of); ok {
		v.locate(&f, of)
	}
	return f, ok
}

// figure sets f to the figure of one period, of which the returns say what of
// holds. It is false, and f as it was, where there is none.
func (v *View) figure(f *Figure, ind *Indicator, ref, area int, p period.Period, of history) bool {
	if v.returned(f, ind, area, of) {
		return true
	}
	if ind.formula == nil {
		return false
	}
	done := v.calculate(ind, ref, area, p)
	if done.ok {
		*f = done.figure
	}
	return done.ok
}

// returned sets f to the figure that the returns give for one period, but for
// its ValuePlace (locate): of all vintages known by the month the newest counts
// (contract, section 2). It is false, and f as it was, where there is none.
func (v *View) returned(f *Figure, ind *Indicator, area int, of history) bool {
	first, before, newest := -1, -1, -1
	for i := range of {
		if !v.released[of[i].vintage] {
			continue
		}
		if first < 0 {
			first = i
		}
		before, newest = newest, i
	}
	if newest < 0 {
		return false
	}
	s, o := v.Scorecard, &of[newest]
	in, said := s.sheets[o.vintage], &s.remarks[o.remark]
	*f = Figure{
		Period: s.periods[o.period], Area: s.site.areas[area].ID,
		Value:       s.figure(o, ind),
		Numerator:   Number{o.numerator, o.given.has(givenNumerator)},
		Denominator: Number{o.denominator, o.given.has(givenDenominator)},
		Stated:      o.given.has(givenValue),
		Marks:       said.marks,
		Vintage:     s.vintages[o.vintage],
		First:       s.vintages[of[first].vintage],
		Place:       in.row(int(o.line)),
		Source:      in.source(int(o.line)),
		Note:        said.note,
		Reason:      said.reason,
		Rating:      said.rating,
		RatingWhy:   said.ratingWhy,
	}
	switch {
	case before >= 0:
		if earlier := &of[before]; s.differ(earlier, o, ind) {
			f.Revised, f.Earlier, f.EarlierMark = true, s.figure(earlier, ind), s.remarks[earlier.remark].marks
		}
	case said.marks.Has("r"):
		f.Revised = true // by the report's own word; what it said before is not known
	}
	return true
}

// locate sets the place of a figure's value. To find it the row's cells are
// counted: who goes over millions of figures has no use for it.
func (v *View) locate(f *Figure, of history) {
	if f.Calculated {
		return
	}
	for i := len(of) - 1; i >= 0; i-- {
		if o := &of[i]; v.released[o.vintage] {
			f.ValuePlace = v.Scorecard.sheets[o.vintage].valuePlace(int(o.line))
			return
		}
	}
}

// figure is the value of a row: as returned, or worked out from numerator and
// denominator where the row leaves it out.
func (s *Scorecard) figure(o *observation, ind *Indicator) Number {
	switch {
	case o.given.has(givenValue):
		return Number{o.value, true}
	case o.given.has(givenRatio) && s.remarks[o.remark].marks.Withholds() == "":
		d, ok := ratio(o, ind)
		return Number{d, ok}
	}
	return Number{}
}

// differ reports whether two rows for one period differ at the precision at
// which they are published; a mark in place of a value counts as a figure.
func (s *Scorecard) differ(o, other *observation, ind *Indicator) bool {
	a, b := s.figure(o, ind), s.figure(other, ind)
	switch {
	case a.Has && b.Has:
		return !ind.Publish(a.Decimal).Equal(ind.Publish(b.Decimal))
	case a.Has != b.Has:
		return true
	}
	return s.remarks[o.remark].marks.Withholds() != s.remarks[other.remark].marks.Withholds()
}

// Series lists every observation of a series in one area, oldest period first
// (period.Compare), calculated ones included.
func (v *View) Series(ref, area string) []Figure {
	return v.SeriesOf(ref, area, func(period.Period) bool { return true })
}

// Figures visits what Series lists, but for the ValuePlace of what was returned,
// which is not looked for. The figure is overwritten by the next one: who keeps
// it makes a copy.
func (v *View) Figures(ref, area string) iter.Seq[*Figure] {
	return func(yield func(*Figure) bool) {
		ind, r, a, ok := v.series(ref, area)
		if !ok {
			return
		}
		var f Figure
		h := v.Scorecard.history(r, a)
		if ind.formula == nil {
			for ; len(h) > 0; h = h[h.run():] {
				if v.returned(&f, ind, a, h[:h.run()]) && !yield(&f) {
					return
				}
			}
			return
		}
		for _, n := range v.periodsOf(ind, r, a) {
			for len(h) > 0 && h[0].period < n {
				h = h[1:]
			}
			if v.figure(&f, ind, r, a, v.Scorecard.periods[n], h.first(n)) && !yield(&f) {
				return
			}
		}
	}
}

// SeriesOf is Series for those periods alone for which want is true: whoever
// needs few of them pays for few.
func (v *View) SeriesOf(ref, area string, want func(period.Period) bool) []Figure {
	ind, r, a, ok := v.series(ref, area)
	if !ok {
		return nil
	}
	numbers := slices.DeleteFunc(v.periodsOf(ind, r, a), func(n int32) bool { return !want(v.Scorecard.periods[n]) })
	if len(numbers) == 0 {
		return nil
	}
	list := make([]Figure, 0, len(numbers))
	h := v.Scorecard.history(r, a)
	for _, n := range numbers {
		for len(h) > 0 && h[0].period < n {
			h = h[1:]
		}
		list = append(list, Figure{}) // filled where it stands: a Figure is long, and a site has millions
		of, f := h.first(n), &list[len(list)-1]
		if !v.figure(f, ind, r, a, v.Scorecard.periods[n], of) {
			list = list[:len(list)-1]
			continue
		}
		v.locate(f, of)
	}
	return list
}

// periodsOf lists the periods that a series may have a figure for, in order:
// those that were returned, and of a calculation those of its first operand,
// since where that has no value the calculation has none either.
func (v *View) periodsOf(ind *Indicator, ref, area int) []int32 {
	var list []int32
	for h := v.Scorecard.history(ref, area); len(h) > 0; h = h[h.run():] {
		if v.knows(h[:h.run()]) {
			if list == nil {
				list = make([]int32, 0, len(h))
			}
			list = append(list, h[0].period)
		}
	}
	if ind.formula == nil {
		return list
	}
	if first, r, _, ok := v.series(ind.formula.first.ref, ""); ok {
		for _, n := range v.periodsOf(first, r, area) {
			if !ind.formula.first.months || v.Scorecard.periods[n].Kind() == period.KindMonth {
				list = append(list, n)
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// knows reports whether any of the rows was returned by the view's month.
func (v *View) knows(of history) bool {
	for i := range of {
		if v.released[of[i].vintage] {
			return true
		}
	}
	return false
}

// Areas lists the areas, in the site's order, for which a series has any row,
// the whole authority left out.
func (v *View) Areas(ref string) []string {
	ind, r, _, ok := v.series(ref, "")
	if !ok {
		return nil
	}
	var list []string
	for a, area := range v.Scorecard.site.areas[1:] {
		if v.knows(v.Scorecard.history(r, a+1)) || ind.formula != nil && v.calculates(ind, r, a+1) {
			list = append(list, area.ID)
		}
	}
	return list
}

// calculates reports whether a calculation gives any figure in an area.
func (v *View) calculates(ind *Indicator, ref, area int) bool {
	for _, n := range v.periodsOf(ind, ref, area) {
		if v.calculate(ind, ref, area, v.Scorecard.periods[n]).ok {
			return true
		}
	}
	return false
}

// StatedToDate returns the year to date that the month's own return states for
// the whole authority or an area: financial first, then academic. Another
// month's year to date is another period.
func (v *View) StatedToDate(ref, area string) (Figure, bool) {
	ind, r, a, ok := v.series(ref, area)
	if !ok {
		return Figure{}, false
	}
	month := v.Month.Add(-ind.Lag)
	for _, p := range []period.Period{period.FinancialYearToDate(month), period.AcademicYearToDateAt(month)} {
		var f Figure
		of := v.Scorecard.history(r, a).of(v.Scorecard.number(p))
		if v.returned(&f, ind, a, of) {
			v.locate(&f, of)
			return f, true
		}
	}
	return Figure{}, false
}

// BreakBetween returns the break in a series between two periods: one whose
// date lies after the start of the earlier period (after its end for a figure
// as at a day) and not after the end of the later; a figure marked b is one at
// the start of its own period.
func (v *View) BreakBetween(ref, area string, earlier, later period.Period) (Event, bool) {
	ind, r, a, ok := v.series(ref, area)
	if !ok {
		return Event{}, false
	}
	after, until := earlier.Start(), later.End()
	if ind.Basis == "as_at" {
		after = earlier.End()
	}
	id := v.Scorecard.site.areas[a].ID
	for _, e := range v.Events(ref) {
		if e.Break && (e.Area == "" || e.Area == id) && e.Date > after && e.Date <= until {
			return e, true
		}
	}
	for h := v.Scorecard.history(r, a); len(h) > 0; h = h[h.run():] {
		if !slices.ContainsFunc(h[:h.run()], func(o observation) bool { return o.remark != 0 }) {
			continue // without a mark
		}
		start := v.Scorecard.periods[h[0].period].Start()
		if start <= after || start > until {
			continue
		}
		var f Figure
		if v.returned(&f, ind, a, h[:h.run()]) && f.Marks.Has("b") {
			return Event{Date: start, Label: "break in series", Ref: ref, Area: id, Break: true, Note: f.Note, Place: f.Place}, true
		}
	}
	return Event{}, false
}
