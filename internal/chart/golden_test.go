package chart

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the drawings that the tests compare with")

func TestDrawingsAreThoseThatWereLookedAt(t *testing.T) {
	suffix := map[Form]string{Wide: "wide", Narrow: "narrow", Small: "small"}
	for name, d := range drawings(t) {
		for _, f := range []Form{Wide, Narrow, Small} {
			svg, err := d.Draw(f)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			golden(t, name+"-"+suffix[f]+".svg", svg)
		}
	}
	a := assessments(t)
	golden(t, "spark.svg", Sparkline{Points: a.Points, Target: 86, HasTarget: true, Rating: "red"}.Draw())
	golden(t, "spark-break.svg", Sparkline{Points: a.Points, Target: 86, HasTarget: true, Rating: "red", Events: []Event{{At: day(t, "2016-08-01"), Break: true}}}.Draw())
	golden(t, "spark-gaps.svg", Sparkline{Points: series(t, "2016-01", "4", "", "5", "6", "", "", "3", "4", "4"), Rating: "none"}.Draw())
}

// The memory of a drawing is used again by the next, of any kind and form.
func TestDrawingShowsNothingOfTheOneBefore(t *testing.T) {
	all := drawings(t)
	all["spark"] = assessments(t)
	type form struct {
		name string
		Form
	}
	first := map[form]string{}
	for name, d := range all {
		for f := Wide; f <= Small; f++ {
			first[form{name, f}], _ = d.Draw(f) // not all have a sparkline
		}
	}
	for before, a := range all {
		for name, d := range all {
			for f := Wide; f <= Small; f++ {
				a.Draw(f)
				if got, _ := d.Draw(f); got != first[form{name, f}] {
					t.Fatalf("%s, form %d, is drawn otherwise after %s", name, f, before)
				}
			}
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got+"\n" != string(want) {
		t.Errorf("%s is drawn otherwise; look at it, then run with -update", name)
	}
}
