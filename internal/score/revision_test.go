package score

import (
	"math/big"
	"testing"

	"outturn/internal/quantity"
)

func amended(t *testing.T, figures ...string) []Amended {
	t.Helper()
	var list []Amended
	for i := 0; i < len(figures); i += 2 {
		list = append(list, Amended{decimal(t, figures[i]), decimal(t, figures[i+1])})
	}
	return list
}

func decimal(t *testing.T, text string) quantity.Decimal {
	t.Helper()
	n, err := quantity.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return n.Decimal
}

// The case is worked out in the standards, section 10: first revisions +6, +7
// and +3, mean and mean absolute revision 5.33, relative 16 of 956, t 4.44.
func TestRevisionsOfThreeQuartersAreAsTheStandardsHaveThem(t *testing.T) {
	r, ok := SumUp(amended(t, "312", "318", "298", "305", "330", "333"), 2)
	if !ok || r.Figures != 3 || r.Up != 3 || r.Down != 0 {
		t.Fatalf("%+v", r)
	}
	if r.Mean.String() != "5.33" || r.Absolute.String() != "5.33" || !r.HasRelative || r.Relative.String() != "1.7" {
		t.Errorf("mean %s, absolute %s, relative %s", r.Mean, r.Absolute, r.Relative)
	}
	low, high := big.NewRat(4435, 1000), big.NewRat(4445, 1000)
	if r.square.Cmp(low.Mul(low, low)) < 0 || r.square.Cmp(high.Mul(high, high)) >= 0 {
		t.Errorf("t² is %s, want 4.44²", r.square.FloatString(4))
	}
	if r.Lean != LeanUntold {
		t.Errorf("three quarters lean %q: they are too few to say", r.Lean)
	}
}

func TestLeanIsToldFromSixFigures(t *testing.T) {
	for _, test := range []struct {
		name    string
		figures []string // first and latest
		want    Lean
		running int
	}{
		// Revisions 3, 2.5, 2, 2.6, 2.7, −0.2: mean 2.1, s 1.176, t 4.37 against 2.571.
		{"five of six rose", []string{"10", "13", "10", "12.5", "10", "12", "10", "12.6", "10", "12.7", "10", "9.8"}, LeanLow, 5},
		{"five of six fell", []string{"13", "10", "12.5", "10", "12", "10", "12.6", "10", "12.7", "10", "9.8", "10"}, LeanHigh, 5},
		{"five that all rose", []string{"1", "2", "1", "3", "1", "2", "1", "3", "1", "2"}, LeanUntold, 5},
		{"six that rose by the same", []string{"1", "2", "1", "2", "1", "2", "1", "2", "1", "2", "1", "2"}, LeanLow, 6},
		{"six that stayed", []string{"1", "1", "1", "1", "1", "1", "1", "1", "1", "1", "1", "1"}, LeanNone, 0},
		// Revisions 5, 0, 0, 0, 0, 0: t is 1 whatever the size.
		{"one large one", []string{"1", "6", "1", "1", "1", "1", "1", "1", "1", "1", "1", "1"}, LeanNone, 1},
		{"as many up as down", []string{"1", "2", "2", "1", "1", "2", "2", "1", "1", "2", "2", "1"}, LeanNone, 3},
	} {
		r, ok := SumUp(amended(t, test.figures...), 1)
		if !ok || r.Lean != test.want || r.Running() != test.running {
			t.Errorf("%s: %q with %d, want %q with %d", test.name, r.Lean, r.Running(), test.want, test.running)
		}
	}
}

func TestMeanRevisionKeepsItsSign(t *testing.T) {
	r, _ := SumUp(amended(t, "31.0", "30.2", "18.2", "18.2", "20.0", "20.1"), 2)
	if r.Mean.String() != "-0.23" || r.Absolute.String() != "0.30" || r.Up != 1 || r.Down != 1 || r.Revised() != 2 {
		t.Errorf("%+v", r)
	}
	if _, ok := SumUp(nil, 1); ok {
		t.Error("no figures were summed up")
	}
	if r, _ := SumUp(amended(t, "5", "0"), 1); r.HasRelative {
		t.Error("a revision was held against nothing")
	}
}

func TestFiguresTooLargeForOneSumAreSummedUpAllTheSame(t *testing.T) {
	large, twice := quantity.Int(4e18), quantity.Int(8e18)
	r, ok := SumUp([]Amended{{First: large, Latest: twice}, {First: twice, Latest: twice}}, 0)
	if !ok || !r.HasRelative || r.Relative.String() != "25.0" { // 4 of 16
		t.Errorf("the revision is %v of the figures (%v)", r.Relative, ok)
	}
}
