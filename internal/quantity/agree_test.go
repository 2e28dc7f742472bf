package quantity

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

func TestAgreementInShortIsThatInFractions(t *testing.T) {
	random := rand.New(rand.NewPCG(2017, 2))
	short := 0
	for range 50_000 {
		written := New(random.Int64N(4000)-2000, random.IntN(6))
		den := random.Int64N(40) + 1
		exact := big.NewRat(random.Int64N(8000)-4000, den)
		switch random.IntN(4) {
		case 0: // as near as the edge, or one step beyond
			edge := big.NewRat(1, 2*powers[random.IntN(4)])
			exact.Add(written.Rat(), edge)
		case 1:
			exact.Sub(written.Rat(), big.NewRat(1, 2*powers[written.scale]))
		case 2: // too long
			exact.Mul(exact, big.NewRat(1<<40, 3))
		}
		scale := random.IntN(int(written.scale) + 1)
		got, ok := shortAgree(written, exact, scale)
		if want := longAgree(written, exact, scale); ok && got != want {
			t.Fatalf("%s and %s to %d places: agree %v, in fractions %v", written, exact, scale, got, want)
		}
		if ok {
			short++
		}
	}
	if short < 10_000 {
		t.Errorf("only %d cases were short", short)
	}
}
