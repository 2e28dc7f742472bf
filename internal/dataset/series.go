package dataset

import (
	"slices"

	"outturn/internal/period"
)

// series finds a series of the view; an empty area is the whole authority.
func (v *View) series(ref, area string) (ind *Indicator, r, a int, ok bool) {
	ind = v.byRef[ref]
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

func (s *Scorecard) history(ref, area int) history {
	return s.histories[ref*len(s.site.areas)+area]
}

// of is what the returns say of one period, the earliest vintage first.
func (h history) of(p period.Period) history {
	from, ok := slices.BinarySearchFunc(h, p, func(o observation, p period.Period) int {
		if o.period == p {
			return 0
		}
		return period.Compare(o.period, p)
	})
	if !ok {
		return nil
	}
	return h[from : from+h[from:].run()]
}

// run is the length of the first period's observations.
func (h history) run() int {
	n := 1
	for n < len(h) && h[n].period == h[0].period {
		n++
	}
	return n
}

// Figure returns the observation of a series; the second result is false where
// nothing was returned and no calculation gives a value. A missing operand of
// a calculation gives no value, never 0.
func (v *View) Figure(ref, area string, p period.Period) (Figure, bool) {
	ind, r, a, ok := v.series(ref, area)
	if !ok {
		return Figure{}, false
	}
	if f, ok := v.returned(ind, a, v.Scorecard.history(r, a).of(p)); ok {
		return f, true
	}
	if ind.formula == nil {
		return Figure{}, false
	}
	done := v.calculate(ind, r, a, p)
	return done.figure, done.ok
}

// returned is the figure that the returns give for one period: of all vintages
// known by the month the newest counts (contract, section 2).
func (v *View) returned(ind *Indicator, area int, of history) (Figure, bool) {
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
		return Figure{}, false
	}
	s, o := v.Scorecard, &of[newest]
	in := s.sheets[o.vintage]
	f := Figure{
		Period: o.period, Area: s.site.areas[area].ID,
		Value:       o.figure(ind),
		Numerator:   Number{o.numerator, o.given.has(givenNumerator)},
		Denominator: Number{o.denominator, o.given.has(givenDenominator)},
		Stated:      o.given.has(givenValue),
		Marks:       o.marks,
		Vintage:     s.vintages[o.vintage],
		First:       s.vintages[of[first].vintage],
		Place:       in.row(int(o.line)),
		ValuePlace:  in.place(int(o.line), "value", 0),
		Source:      in.source(int(o.line)),
	}
	if o.remark != nil {
		f.Note, f.Reason, f.Rating, f.RatingWhy = o.remark.note, o.remark.reason, o.remark.rating, o.remark.ratingWhy
	}
	switch {
	case before >= 0:
		if earlier := &of[before]; earlier.differs(o, ind) {
			f.Revised, f.Earlier, f.EarlierMark = true, earlier.figure(ind), earlier.marks
		}
	case o.marks.Has("r"):
		f.Revised = true // by the report's own word; what it said before is not known
	}
	return f, true
}

// figure is the value of a row: as returned, or worked out from numerator and
// denominator where the row leaves it out.
func (o *observation) figure(ind *Indicator) Number {
	switch {
	case o.given.has(givenValue):
		return Number{o.value, true}
	case o.marks.Withholds() == "" && o.given.has(givenRatio):
		d, ok := ratio(o, ind)
		return Number{d, ok}
	}
	return Number{}
}

// differs reports whether two rows for one period differ at the precision at
// which they are published; a mark in place of a value counts as a figure.
func (o *observation) differs(other *observation, ind *Indicator) bool {
	a, b := o.figure(ind), other.figure(ind)
	switch {
	case a.Has && b.Has:
		return !ind.Publish(a.Decimal).Equal(ind.Publish(b.Decimal))
	case a.Has != b.Has:
		return true
	}
	return o.marks.Withholds() != other.marks.Withholds()
}

// Series lists every observation of a series in one area, oldest period first
// (period.Compare), calculated ones included.
func (v *View) Series(ref, area string) []Figure {
	ind, r, a, ok := v.series(ref, area)
	if !ok {
		return nil
	}
	var list []Figure
	h := v.Scorecard.history(r, a)
	for len(h) > 0 {
		n := h.run()
		if f, ok := v.returned(ind, a, h[:n]); ok {
			list = append(list, f)
		}
		h = h[n:]
	}
	if ind.formula == nil {
		return list
	}
	// Where the first operand has no value the calculation has none either,
	// so its periods are all that need be tried.
	stated := len(list)
	for _, operand := range v.Series(ind.formula.first.ref, area) {
		p := operand.Period
		if ind.formula.first.months && p.Kind() != period.KindMonth {
			continue
		}
		if _, found := slices.BinarySearchFunc(list[:stated], p, func(f Figure, p period.Period) int {
			return period.Compare(f.Period, p)
		}); found {
			continue
		}
		if done := v.calculate(ind, r, a, p); done.ok {
			list = append(list, done.figure)
		}
	}
	slices.SortStableFunc(list, func(x, y Figure) int { return period.Compare(x.Period, y.Period) })
	return list
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
		known := slices.ContainsFunc(v.Scorecard.history(r, a+1), func(o observation) bool { return v.released[o.vintage] })
		if known || ind.formula != nil && len(v.Series(ref, area.ID)) > 0 {
			list = append(list, area.ID)
		}
	}
	return list
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
		if f, ok := v.returned(ind, a, v.Scorecard.history(r, a).of(p)); ok {
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
		start := h[0].period.Start()
		if start <= after || start > until {
			continue
		}
		if f, ok := v.returned(ind, a, h[:h.run()]); ok && f.Marks.Has("b") {
			return Event{Date: start, Label: "break in series", Ref: ref, Area: id, Break: true, Note: f.Note, Place: f.Place}, true
		}
	}
	return Event{}, false
}
