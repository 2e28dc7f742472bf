package dataset

import (
	"math/rand/v2"
	"testing"

	"outturn/internal/quantity"
)

func TestRatioInDecimalsIsThatInFractions(t *testing.T) {
	random := rand.New(rand.NewPCG(2017, 1))
	decimal := func() quantity.Decimal { return quantity.New(random.Int64N(2_000_000)-500_000, random.IntN(4)) }
	for range 20_000 {
		r := ratioOf{n: decimal(), d: decimal(), times: quantity.Int([]int64{1, 100, 1000, 10_000}[random.IntN(4)])}
		if random.IntN(5) == 0 {
			r.times = decimal()
		}
		if r.d.Sign() == 0 {
			continue
		}
		places := random.IntN(4)
		want, err := quantity.FromRat(r.exact(), places)
		got, gotErr := r.rounded(places)
		if got != want || (err == nil) != (gotErr == nil) {
			t.Fatalf("%s over %s times %s to %d places: %s (%v), in fractions %s (%v)", r.n, r.d, r.times, places, got, gotErr, want, err)
		}
		if n, d := exactDecimal(r.n), exactly(r.n.Rat()); n != d {
			t.Fatalf("%s as a numerator: %v, in fractions %v", r.n, n, d)
		}
	}
}
