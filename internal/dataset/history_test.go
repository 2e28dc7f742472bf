package dataset

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"outturn/internal/diag"
)

// A period is looked for where it would stand if each had one row.
func TestRowsOfAPeriodAreFoundAmongGapsAndVintages(t *testing.T) {
	random := rand.New(rand.NewPCG(2017, 1))
	for range 5000 {
		var h history
		next := int32(random.IntN(4))
		for range random.IntN(12) {
			h = append(h, observation{period: next, line: int32(len(h))})
			next += int32(random.IntN(4))
		}
		for number := int32(-1); number < next+3; number++ {
			var want history
			for _, o := range h {
				if o.period == number {
					want = append(want, o)
				}
			}
			if got := h.of(number); len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
				t.Fatalf("of %+v for period %d: %+v", h, number, got)
			}
		}
	}
}

// Revised begins where a series is first retold; Records looks at all of it.
func TestRevisedRecordsAreThoseAmongAll(t *testing.T) {
	fsys, _ := council()
	var problems diag.List
	s := Load(fsys, councilSettings(), &problems).Scorecards[0]
	found := 0
	for _, w := range s.Vintages() {
		v := s.AsAt(w.Month, nil)
		for _, ind := range v.Indicators {
			for _, area := range append([]string{""}, v.Areas(ind.Ref)...) {
				got, want := v.Revised(ind.Ref, area), v.Records(ind.Ref, area, Record.Revised)
				if found += len(got); !reflect.DeepEqual(got, want) {
					t.Fatalf("%s in %q as at %s: %+v, among all %+v", ind.Ref, area, w.Month, got, want)
				}
			}
		}
	}
	if found == 0 {
		t.Error("nothing is revised")
	}
}
