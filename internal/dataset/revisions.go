package dataset

import (
	"cmp"
	"slices"

	"outturn/internal/period"
)

// Revision is one figure that was changed after it was first returned.
type Revision struct {
	Period      period.Period
	Area        string
	From, To    Number
	FromMark    Marks
	ToMark      Marks
	FromVintage Vintage
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
		for h := s.history(r, a); len(h) > 0; h = h[h.run():] {
			var before *observation
			for i := range h[:h.run()] {
				o := &h[i]
				if !v.released[o.vintage] {
					continue
				}
				if rev, changed := s.revision(before, o, ind); changed {
					rev.Period, rev.Area = s.periods[o.period], s.site.areas[a].ID
					list = append(list, rev)
				}
				before = o
			}
		}
		list = append(list, v.recalculations(ind, s.site.areas[a].ID)...)
	}
	slices.SortStableFunc(list, func(x, y Revision) int {
		return cmp.Or(cmp.Compare(y.ToVintage.Month, x.ToVintage.Month), cmp.Compare(y.ToVintage.Issue, x.ToVintage.Issue),
			period.Compare(y.Period, x.Period), cmp.Compare(s.site.areaIndex[x.Area], s.site.areaIndex[y.Area]))
	})
	return list
}

func (s *Scorecard) revision(before, o *observation, ind *Indicator) (Revision, bool) {
	said := &s.remarks[o.remark]
	if before == nil && !said.marks.Has("r") {
		return Revision{}, false
	}
	rev := Revision{To: s.figure(o, ind), ToMark: said.marks, ToVintage: s.vintages[o.vintage], Reason: said.reason, Note: said.note}
	if before == nil {
		return rev, true
	}
	rev.From, rev.FromMark, rev.FromVintage = s.figure(before, ind), s.remarks[before.remark].marks, s.vintages[before.vintage]
	return rev, s.differ(before, o, ind)
}

// recalculations lists the revisions of calculated figures in one area, back
// through every return that changed an operand.
func (v *View) recalculations(ind *Indicator, area string) []Revision {
	if ind.formula == nil {
		return nil
	}
	var list []Revision
	for _, f := range v.Series(ind.Ref, area) {
		past := v
		for f.Calculated && f.First.Before(f.Vintage) {
			past = past.before(f.Vintage)
			earlier, ok := past.Figure(ind.Ref, area, f.Period)
			if !ok {
				break
			}
			if ind.revises(&earlier, &f) {
				list = append(list, Revision{Period: f.Period, Area: area,
					From: earlier.Value, FromMark: earlier.Marks, FromVintage: earlier.Vintage,
					To: f.Value, ToMark: f.Marks, ToVintage: f.Vintage, Reason: f.Reason})
			}
			f = earlier
		}
	}
	return list
}
