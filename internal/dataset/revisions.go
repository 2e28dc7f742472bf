package dataset

import (
	"cmp"
	"slices"

	"outturn/internal/period"
)

// Telling is what a return said of a figure where it said something new.
type Telling struct {
	Vintage Vintage
	Value   Number
	Marks   Marks
	Reason  string // late_data correction definition, or ""
	Note    string
}

// Record is everything that was ever said of one period's figure: its vintages
// without those that said the same again. A figure with more than one telling
// is revised; the last is what stands now.
type Record struct {
	Period period.Period
	Area   string
	Told   []Telling // oldest first, never empty
	// Lost is true where the first return marks the figure as revised: what
	// was said before is not held here.
	Lost bool
}

// First is what was said first, of what is held here.
func (r Record) First() Telling { return r.Told[0] }

// Latest is what stands now.
func (r Record) Latest() Telling { return r.Told[len(r.Told)-1] }

// AsOf is what was said by a return: the newest telling that is not after it.
// ok is false where the figure had not been returned by then.
func (r Record) AsOf(w Vintage) (t Telling, ok bool) {
	for _, told := range r.Told {
		if w.Before(told.Vintage) {
			break
		}
		t, ok = told, true
	}
	return t, ok
}

// Revised reports whether the figure changed after it was first returned.
func (r Record) Revised() bool { return r.Lost || len(r.Told) > 1 }

// Records lists what was said of a series in one area, oldest period first, for
// those periods for which want is true. An empty area is the whole authority.
func (v *View) Records(ref, area string, want func(Record) bool) []Record {
	return v.records(ref, area, false, want)
}

// Revised lists the records of those figures of a series in one area that were
// revised, oldest period first: few, and quickly found.
func (v *View) Revised(ref, area string) []Record {
	return v.records(ref, area, true, Record.Revised)
}

func (v *View) records(ref, area string, revised bool, want func(Record) bool) []Record {
	ind, r, a, ok := v.series(ref, area)
	if !ok {
		return nil
	}
	var list []Record
	v.record(ind, r, a, revised, func(rec *Record) {
		if want(*rec) {
			kept := *rec
			kept.Told = slices.Clone(rec.Told)
			list = append(list, kept)
		}
	})
	slices.SortStableFunc(list, func(x, y Record) int { return period.Compare(x.Period, y.Period) })
	return list
}

// record visits what was said of a series in one area; where revised alone are
// wanted, those that cannot be are passed over. The record is overwritten by the
// next one.
func (v *View) record(ind *Indicator, ref, area int, revised bool, visit func(*Record)) {
	if revised && !v.mayBeRevised(ind, ref, area) {
		return
	}
	s := v.Scorecard
	rec := Record{Area: s.site.areas[area].ID}
	var of history
	h := s.history(ref, area)
	if revised {
		h = s.retoldOf(ref, area)
	}
	for ; len(h) > 0; h = h[len(of):] {
		of = h[:h.run()]
		if revised && len(of) == 1 && of[0].remark == 0 {
			continue // said once, and without a mark: nearly all
		}
		rec.Told = rec.Told[:0]
		var before *observation
		for i := range of {
			o := &of[i]
			if !v.released[o.vintage] {
				continue
			}
			said := &s.remarks[o.remark]
			if before == nil {
				rec.Period, rec.Lost = s.periods[o.period], said.marks.Has("r")
			}
			if before == nil || s.differ(before, o, ind) {
				rec.Told = append(rec.Told, Telling{Vintage: s.vintages[o.vintage], Value: s.figure(o, ind), Marks: said.marks, Reason: said.reason, Note: said.note})
			}
			before = o
		}
		if before != nil {
			visit(&rec)
		}
	}
	if ind.formula == nil {
		return
	}
	for f := range v.calculated(ind, ref, area) {
		if revised && !f.First.Before(f.Vintage) {
			continue // no operand was ever changed
		}
		rec.Period, rec.Lost, rec.Told = f.Period, false, v.retold(ind, *f, rec.Told[:0])
		visit(&rec)
	}
}

// mayBeRevised is false of most series: nothing was said twice of them, nor of
// what they are worked out from.
func (v *View) mayBeRevised(ind *Indicator, ref, area int) bool {
	s := v.Scorecard
	if s.retold[s.series(ref, area)] >= 0 {
		return true
	}
	if ind.formula == nil {
		return false
	}
	return slices.ContainsFunc(ind.formula.refs, func(name string) bool {
		operand, r, _, ok := v.series(name, "")
		return ok && (operand.formula != nil || s.retold[s.series(r, area)] >= 0)
	})
}

// retold is what was said of a calculated figure, back through every
// return that changed an operand.
func (v *View) retold(ind *Indicator, f Figure, told []Telling) []Telling {
	telling := func(f *Figure) Telling {
		return Telling{Vintage: f.Vintage, Value: f.Value, Marks: f.Marks, Reason: f.Reason, Note: f.Note}
	}
	told = append(told, telling(&f))
	past := v
	for f.Calculated && f.First.Before(f.Vintage) {
		past = past.before(f.Vintage)
		earlier, ok := past.Figure(ind.Ref, f.Area, f.Period)
		if !ok {
			break
		}
		if ind.revises(&earlier, &f) {
			told = append(told, telling(&earlier))
		} else {
			// The same was said before: it is news of that return, not of this.
			told[len(told)-1] = telling(&earlier)
		}
		f = earlier
	}
	slices.Reverse(told)
	return told
}

// Revision is one figure that was changed after it was first returned.
type Revision struct {
	Period      period.Period
	Area        string
	From, To    Number
	FromMark    Marks
	ToMark      Marks
	FromVintage Vintage // the return that first said what stood before; zero where that is not held here
	ToVintage   Vintage
	Reason      string // late_data correction definition, or ""
	Note        string
}

// Revisions lists the figures of a series whose value changed between
// vintages, the newest first, with every earlier value. A figure that its
// first return marks r is among them, its earlier value not known.
func (v *View) Revisions(ref string) []Revision {
	ind, r, _, ok := v.series(ref, "")
	if !ok {
		return nil
	}
	s := v.Scorecard
	var list []Revision
	for a := range s.site.areas {
		v.record(ind, r, a, true, func(rec *Record) {
			if rec.Lost {
				list = append(list, rec.revision(Telling{}, rec.Told[0]))
			}
			for i, told := range rec.Told[1:] {
				list = append(list, rec.revision(rec.Told[i], told))
			}
		})
	}
	slices.SortStableFunc(list, func(x, y Revision) int {
		return cmp.Or(cmp.Compare(y.ToVintage.Month, x.ToVintage.Month), cmp.Compare(y.ToVintage.Issue, x.ToVintage.Issue),
			period.Compare(y.Period, x.Period), cmp.Compare(s.site.areaIndex[x.Area], s.site.areaIndex[y.Area]))
	})
	return list
}

func (r *Record) revision(from, to Telling) Revision {
	return Revision{
		Period: r.Period, Area: r.Area,
		From: from.Value, FromMark: from.Marks, FromVintage: from.Vintage,
		To: to.Value, ToMark: to.Marks, ToVintage: to.Vintage, Reason: to.Reason, Note: to.Note,
	}
}

// Knowing is the view with the figures that a later one knows: what was in
// force at its own month (definitions, targets, benchmarks, events) held against
// today's figures.
func (v *View) Knowing(later *View) *View {
	now := *v
	now.released = slices.Clone(v.released)
	for i, known := range later.released {
		now.released[i] = now.released[i] || known
	}
	now.outcomes, now.areas = nil, nil
	now.earlier = map[Vintage]*View{}
	return &now
}

// Moved reports whether a later view knows otherwise of a series, in the whole
// authority, than this one: a figure of a period that had ended by this view's
// month was revised or returned since, of the series itself or of one that it is
// worked out from.
func (v *View) Moved(ref string, later *View) bool {
	return v.moved(ref, later, map[string]bool{})
}

func (v *View) moved(ref string, later *View, asked map[string]bool) bool {
	ind, r, a, ok := v.series(ref, "")
	if !ok || asked[ref] {
		return false
	}
	asked[ref] = true
	s := v.Scorecard
	for h := s.history(r, a); len(h) > 0; h = h[h.run():] {
		if s.periods[h[0].period].Last() > v.Month {
			continue
		}
		var then, now *observation
		for i := range h[:h.run()] {
			if v.released[h[i].vintage] {
				then = &h[i]
			}
			if v.released[h[i].vintage] || later.released[h[i].vintage] {
				now = &h[i]
			}
		}
		if now != then && (then == nil || s.differ(then, now, ind)) {
			return true
		}
	}
	if ind.formula != nil {
		for _, operand := range ind.formula.refs {
			if v.moved(operand, later, asked) {
				return true
			}
		}
	}
	return false
}
