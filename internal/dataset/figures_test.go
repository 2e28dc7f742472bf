package dataset

import (
	"slices"
	"testing"

	"outturn/internal/diag"
)

func TestFiguresAreThoseOfTheSeries(t *testing.T) {
	fsys, _ := council()
	var problems diag.List
	s := Load(fsys, councilSettings(), &problems).Scorecards[0]
	v := s.AsAt(s.Vintages()[len(s.Vintages())-1].Month, nil)
	for _, ind := range v.Indicators {
		for _, area := range append([]string{""}, v.Areas(ind.Ref)...) {
			var list []Figure
			for f := range v.Figures(ind.Ref, area) {
				list = append(list, *f)
			}
			series := v.Series(ind.Ref, area)
			for i := range series {
				if series[i].ValuePlace.Line == 0 || series[i].Place.Line == 0 || series[i].Source == "" {
					t.Errorf("%s in %q: the value of %s has no place", ind.Ref, area, series[i].Period)
				}
				if !series[i].Calculated {
					series[i].Place, series[i].ValuePlace, series[i].Source = diag.Place{}, diag.Place{}, "" // which Figures leaves out
				}
			}
			if len(list) == 0 || !slices.Equal(list, series) {
				t.Fatalf("%s in %q: %d figures one by one are not the series", ind.Ref, area, len(list))
			}
		}
	}
}
