package dataset

import (
	"iter"
	"slices"

	"outturn/internal/period"
)

// series finds a series of the view; an empty area is the whole authority.
func (v *View) series(ref, area string) (ind *Indicator, r, a int, ok bool) {
	if ind, r = v.defined(ref); ind == nil {
		return nil, 0, 0, false
	}
	if area != "" && area != v.Whole() {
		if a, ok = v.Scorecard.site.areaIndex[area]; !ok {
			return nil, 0, 0, false
		}
	}
	return ind, r, a, true
}

// defined is the definition of a ref that is in force, or nil, and its index.
func (v *View) defined(ref string) (*Indicator, int) {
	r, known := v.Scorecard.register.index[ref]
	if !known {
		return nil, 0
	}
	return v.inForce[r], r
}

// Figure returns the observation of a series; the second result is false where
// nothing was returned and no calculation gives a value. A missing operand of
// a calculation gives no value, never 0. The ValuePlace and the Source of what
// was returned are not looked for.
func (v *View) Figure(ref, area string, p period.Period) (f Figure, ok bool) {
	ok = v.Find(&f, ref, area, p)
	return f, ok
}

// Find sets f to what Figure returns, for who has room for one: a Figure is long.
func (v *View) Find(f *Figure, ref, area string, p period.Period) bool {
	ind, r, a, ok := v.series(ref, area)
	if !ok {
		return false
	}
	number := v.Scorecard.number(p)
	of := v.Scorecard.history(r, a).of(number)
	if ok = v.figure(f, ind, r, a, number, of); ok {
		v.locate(f, of)
	}
	return ok
}

// figure sets f to the figure of the period of a number, of which the returns say
// what of holds. It is false, and f as it was, where there is none.
func (v *View) figure(f *Figure, ind *Indicator, ref, area int, number int32, of history) bool {
	if now, ok := v.standing(of); ok {
		v.returned(f, ind, area, now)
		return true
	}
	done := v.outcome(ind, ref, area, number)
	if done.ok {
		*f = done.figure
	}
	return done.ok
}

// returned sets f to the figure that the returns give for one period, but for
// its place (locate): of all vintages known by the month the newest counts
// (contract, section 2).
func (v *View) returned(f *Figure, ind *Indicator, area int, now standing) {
	s, o := v.Scorecard, now.newest
	*f = Figure{Area: s.site.areas[area].ID} // and then in place: a Figure is too long to be copied for each of millions
	v.plainly(f, ind, now)
	if o.remark != 0 {
		said := &s.remarks[o.remark]
		f.Marks, f.Note, f.Reason, f.Rating, f.RatingWhy = said.marks, said.note, said.reason, said.rating, said.ratingWhy
	}
	if f.Revised = s.revised(now, ind); f.Revised && now.before != nil {
		f.Earlier, f.EarlierMark = s.figure(now.before, ind), s.remarks[now.before.remark].marks
	}
}

// plainly sets what every figure has that was returned, but for its area.
func (v *View) plainly(f *Figure, ind *Indicator, now standing) {
	s, o := v.Scorecard, now.newest
	f.Period = s.periods[o.period]
	f.Value = s.figure(o, ind)
	f.Numerator = Number{o.of(numeratorPart), o.given.has(givenNumerator)}
	f.Denominator = Number{o.of(denominatorPart), o.given.has(givenDenominator)}
	f.Stated = o.given.has(givenValue)
	f.Vintage, f.First = s.vintages[o.vintage], s.vintages[now.first.vintage]
}

// standing is what the returns that are known say of one period: the newest of
// them counts, before is the one that it took the place of, or nil.
type standing struct{ first, before, newest *observation }

// plain is true of most: one return tells of the period, and without a remark.
func (now standing) plain() bool { return now.before == nil && now.newest.remark == 0 }

// standing is false where none of the returns is known.
func (v *View) standing(of history) (now standing, ok bool) {
	for i := range of {
		o := &of[i]
		if !v.released[o.vintage] {
			continue
		}
		if now.first == nil {
			now.first = o
		}
		now.before, now.newest = now.newest, o
	}
	return now, now.newest != nil
}

// revised reports whether a figure differs from the one before; a first one may
// say so by its own word, and what it said before is not known.
func (s *Scorecard) revised(now standing, ind *Indicator) bool {
	if now.before == nil {
		return s.remarks[now.newest.remark].marks.Has("r")
	}
	return s.differ(now.before, now.newest, ind)
}

// locate sets the row in which a figure stands, and answers its sheet; nil where
// it is calculated.
func (v *View) locate(f *Figure, of history) *sheet {
	now, ok := v.standing(of)
	if !ok {
		return nil
	}
	in := v.Scorecard.sheets[now.newest.vintage]
	f.Place = in.row(int(now.newest.line))
	return in
}

// figure is the value of a row: as returned, or worked out from numerator and
// denominator where the row leaves it out.
func (s *Scorecard) figure(o *observation, ind *Indicator) Number {
	switch {
	case o.given&(givenValue|worked) != 0:
		return Number{o.of(valuePart), true}
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
	return v.SeriesOf(ref, area, nil)
}

// Figures visits what Series lists, but for where it stands: the Place, ValuePlace
// and Source of what was returned are not looked for. The figure belongs to the
// view and may be overwritten by the next one: who keeps it makes a copy.
func (v *View) Figures(ref, area string) iter.Seq[*Figure] {
	return v.FiguresOf(ref, area, nil)
}

// FiguresOf is Figures for those periods alone for which want is true; nil wants
// all. It is asked of periods that have a figure, in order.
func (v *View) FiguresOf(ref, area string, want func(period.Period) bool) iter.Seq[*Figure] {
	return func(yield func(*Figure) bool) {
		ind, r, a, ok := v.series(ref, area)
		if !ok {
			return
		}
		var f Figure
		plain := Figure{Area: v.Scorecard.site.areas[a].ID} // has nothing to be cleared for the next
		for n, of := range v.spread(ind, r, a) {
			now, returned := v.standing(of)
			var done *outcome
			if !returned {
				if done = v.outcome(ind, r, a, n); !done.ok {
					continue
				}
			}
			if want != nil && !want(v.Scorecard.periods[n]) {
				continue
			}
			this := &plain
			switch {
			case !returned:
				this = &done.figure
			case now.plain():
				v.plainly(this, ind, now)
			default:
				this = &f
				v.returned(this, ind, a, now)
			}
			if !yield(this) {
				return
			}
		}
	}
}

// has reports whether figure would find one.
func (v *View) has(ind *Indicator, ref, area int, number int32, of history) bool {
	return v.knows(of) || v.outcome(ind, ref, area, number).ok
}

// Periods visits the periods of what Series lists.
func (v *View) Periods(ref, area string) iter.Seq[period.Period] {
	return func(yield func(period.Period) bool) {
		ind, r, a, ok := v.series(ref, area)
		if !ok {
			return
		}
		for n, of := range v.spread(ind, r, a) {
			if v.has(ind, r, a, n, of) && !yield(v.Scorecard.periods[n]) {
				return
			}
		}
	}
}

// SeriesOf is Series for those periods alone for which want is true: whoever
// needs few of them pays for few. Nil wants all.
func (v *View) SeriesOf(ref, area string, want func(period.Period) bool) []Figure {
	ind, r, a, ok := v.series(ref, area)
	if !ok {
		return nil
	}
	var list []Figure
	if want == nil {
		list = make([]Figure, 0, len(v.Scorecard.history(r, a)))
	}
	for n, of := range v.spread(ind, r, a) {
		if want != nil && !want(v.Scorecard.periods[n]) {
			continue
		}
		if list == nil {
			list = make([]Figure, 0, 8) // of most measures the years alone are wanted
		}
		list = append(list, Figure{}) // filled where it stands: a Figure is long, and a site has millions
		f := &list[len(list)-1]
		if !v.figure(f, ind, r, a, n, of) {
			list = list[:len(list)-1]
			continue
		}
		if in := v.locate(f, of); in != nil {
			f.ValuePlace, f.Source = in.valuePlace(f.Place.Line), in.source(f.Place.Line)
		}
	}
	return list
}

// outcome is calculate for any series: of one that is not worked out there is none.
func (v *View) outcome(ind *Indicator, ref, area int, number int32) *outcome {
	if ind.formula == nil {
		return &noOutcome
	}
	return v.calculate(ind, ref, area, number)
}

// calculated visits the figures of a series that no return gives and its
// calculation does. They are the view's own.
func (v *View) calculated(ind *Indicator, ref, area int) iter.Seq[*Figure] {
	return func(yield func(*Figure) bool) {
		for n, of := range v.spread(ind, ref, area) {
			if v.knows(of) {
				continue
			}
			if done := v.calculate(ind, ref, area, n); done.ok && !yield(&done.figure) {
				return
			}
		}
	}
}

// spread visits the numbers of the periods that a series may have a figure for,
// each with what the returns say of it. (It yields in one place alone, so that the
// loops over it are put in its own place by the compiler.)
func (v *View) spread(ind *Indicator, ref, area int) iter.Seq2[int32, history] {
	return func(yield func(int32, history) bool) {
		h := v.Scorecard.history(ref, area)
		var others []int32
		if ind.formula != nil {
			others = v.periodsOf(ind, ref, area)
		}
		for len(others) > 0 || ind.formula == nil && len(h) > 0 {
			var n int32
			var of history
			if ind.formula == nil {
				n, of = h[0].period, h[:h.run()]
			} else {
				for n, others = others[0], others[1:]; len(h) > 0 && h[0].period < n; {
					h = h[1:]
				}
				of = h.first(n)
			}
			if h = h[len(of):]; !yield(n, of) {
				return
			}
		}
	}
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
	first, r := v.defined(ind.formula.first.ref)
	if first == nil {
		return list
	}
	others := v.periodsOf(first, r, area)
	if ind.formula.first.months {
		others = slices.DeleteFunc(others, func(n int32) bool { return v.Scorecard.periods[n].Kind() != period.KindMonth })
	}
	if list == nil {
		return others // as of most: no return gives what is worked out
	}
	list = append(list, others...)
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
// the whole authority left out. The list is the view's: it may be added to, and
// not changed.
func (v *View) Areas(ref string) []string {
	ind, r, _, ok := v.series(ref, "")
	if !ok {
		return nil
	}
	if v.areas == nil {
		v.areas = make([][]string, len(v.inForce))
	}
	if v.areas[r] == nil {
		v.areas[r] = v.areasOf(ind, r)
	}
	return v.areas[r]
}

// areasOf is never nil.
func (v *View) areasOf(ind *Indicator, r int) []string {
	list := make([]string, 0, len(v.Scorecard.site.areas))
	for a, area := range v.Scorecard.site.areas[1:] {
		if v.knows(v.Scorecard.history(r, a+1)) || ind.formula != nil && v.calculates(ind, r, a+1) {
			list = append(list, area.ID)
		}
	}
	return slices.Clip(list)
}

// calculates reports whether a calculation gives any figure in an area.
func (v *View) calculates(ind *Indicator, ref, area int) bool {
	for _, n := range v.periodsOf(ind, ref, area) {
		if v.calculate(ind, ref, area, n).ok {
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
		of := v.Scorecard.history(r, a).of(v.Scorecard.number(p))
		if now, ok := v.standing(of); ok {
			var f Figure
			v.returned(&f, ind, a, now)
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
	s := v.Scorecard
	for h := s.retoldOf(r, a); len(h) > 0; h = h[h.run():] {
		start := s.periods[h[0].period].Start()
		if start <= after || start > until {
			continue
		}
		if now, ok := v.standing(h[:h.run()]); ok {
			if o := now.newest; s.remarks[o.remark].marks.Has("b") {
				return Event{Date: start, Label: "break in series", Ref: ref, Area: id, Break: true, Note: s.remarks[o.remark].note, Place: s.sheets[o.vintage].row(int(o.line))}, true
			}
		}
	}
	return Event{}, false
}
