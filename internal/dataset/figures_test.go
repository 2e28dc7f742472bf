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
			if len(list) == 0 || !slices.Equal(list, v.Series(ind.Ref, area)) {
				t.Fatalf("%s in %q: %d figures one by one are not the series", ind.Ref, area, len(list))
			}
		}
	}
}
