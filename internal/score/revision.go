package score

import (
	"cmp"
	"math/big"

	"outturn/internal/quantity"
)

// Amended is a figure as it was first published and as it is published now.
type Amended struct {
	First, Latest quantity.Decimal
}

// Lean says whether first figures tend to one side of what they become.
type Lean string

const (
	LeanUntold Lean = "too_few"  // too few figures to say
	LeanNone   Lean = "none"     // the mean revision cannot be told from chance
	LeanLow    Lean = "too_low"  // first figures have been too low
	LeanHigh   Lean = "too_high" // first figures have been too high
)

// LeanFrom is the number of figures from which a lean is told. Where first
// figures lean to neither side, five that all went one way are still chance
// (2 of 2⁵ orders of signs, 6.25 per cent); six are not (2 of 2⁶, 3.1 per cent),
// by the 95 per cent that the Office for National Statistics takes for its own
// test of revisions.
const LeanFrom = 6

// Revision sums up how the first figures of a measure were revised, the ones
// that stayed as they were included (OECD and Office for National Statistics,
// revisions analysis; a revision is the latest figure less the first).
type Revision struct {
	Figures  int              // looked at
	Up, Down int              // revised upwards, downwards
	Mean     quantity.Decimal // mean revision, with its sign
	Absolute quantity.Decimal // mean absolute revision
	// Relative is the sum of absolute revisions as a percentage of the sum of
	// the latest figures, one decimal; HasRelative is false where that sum is
	// not above zero.
	Relative    quantity.Decimal
	HasRelative bool
	Lean        Lean

	square *big.Rat // of Student's t; nil where every revision is the same
}

// Revised counts the figures that were revised.
func (r Revision) Revised() int { return r.Up + r.Down }

// Running counts the figures that were revised to the side of the lean, or of
// the mean where there is none.
func (r Revision) Running() int {
	if r.Mean.Sign() < 0 {
		return r.Down
	}
	return r.Up
}

// SumUp sums up revisions; means are rounded to so many places, half away from
// zero. ok is false where there is no figure, or one is too large to reckon with.
func SumUp(list []Amended, places int) (r Revision, ok bool) {
	if len(list) == 0 {
		return r, false
	}
	sum, size, squares, latest := new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
	var part quantity.Decimal // of latest, as long as a decimal holds it
	for _, a := range list {
		more, err := part.Add(a.Latest)
		if err != nil {
			latest.Add(latest, part.Rat())
			more = a.Latest
		}
		part = more
		if a.Latest.Equal(a.First) {
			continue // nearly all: they add nothing to the rest
		}
		by := new(big.Rat).Sub(a.Latest.Rat(), a.First.Rat())
		sum.Add(sum, by)
		size.Add(size, new(big.Rat).Abs(by))
		squares.Add(squares, new(big.Rat).Mul(by, by))
		switch by.Sign() {
		case 1:
			r.Up++
		case -1:
			r.Down++
		}
	}
	latest.Add(latest, part.Rat())
	r.Figures = len(list)
	if r.Revised() == 0 { // as of most
		none, err := quantity.FromRat(new(big.Rat), places)
		if err != nil {
			return Revision{}, false
		}
		r.Mean, r.Absolute, r.Lean = none, none, r.lean(0)
		if r.HasRelative = latest.Sign() > 0; r.HasRelative {
			r.Relative = quantity.New(0, 1)
		}
		return r, true
	}
	var err, wrong error
	n := new(big.Rat).SetInt64(int64(r.Figures))
	r.Mean, err = quantity.FromRat(new(big.Rat).Quo(sum, n), places)
	r.Absolute, wrong = quantity.FromRat(new(big.Rat).Quo(size, n), places)
	if err = cmp.Or(err, wrong); err != nil {
		return Revision{}, false
	}
	if latest.Sign() > 0 {
		share := new(big.Rat).Quo(size, latest)
		r.Relative, err = quantity.FromRat(share.Mul(share, big.NewRat(100, 1)), 1)
		r.HasRelative = err == nil
	}
	r.square = studentSquared(sum, squares, n)
	r.Lean = r.lean(sum.Sign())
	return r, true
}

// studentSquared is t² of the mean against zero: the square of the mean over
// that of its standard error, (Σx)²(n−1) / (nΣx² − (Σx)²). It is nil where all
// revisions are the same, so that the error is zero. Squares keep it exact.
func studentSquared(sum, squares, n *big.Rat) *big.Rat {
	square := new(big.Rat).Mul(sum, sum)
	spread := new(big.Rat).Mul(n, squares)
	if spread.Sub(spread, square); spread.Sign() == 0 {
		return nil
	}
	square.Mul(square, new(big.Rat).Sub(n, big.NewRat(1, 1)))
	return square.Quo(square, spread)
}

// lean is told by a two-sided t-test of the mean revision at 95 per cent, as
// the Office for National Statistics tests revisions of gross domestic product
// (Blue Book articles on GDP revisions, note to table 1).
func (r Revision) lean(side int) Lean {
	switch {
	case r.Figures < LeanFrom:
		return LeanUntold
	case side == 0:
		return LeanNone
	}
	if r.square != nil {
		critical := student975[min(r.Figures-LeanFrom, len(student975)-1)].Rat()
		if r.square.Cmp(critical.Mul(critical, critical)) < 0 {
			return LeanNone
		}
	}
	if side > 0 {
		return LeanLow // what rose later was too low at first
	}
	return LeanHigh
}

// student975 are the 97.5 per cent points of Student's t for 5 to 30 degrees of
// freedom (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2); beyond
// that the last is kept, which is the stricter.
var student975 = func() []quantity.Decimal {
	thousandths := []int64{
		2571, 2447, 2365, 2306, 2262, 2228, 2201, 2179, 2160, 2145, 2131, 2120, 2110,
		2101, 2093, 2086, 2080, 2074, 2069, 2064, 2060, 2056, 2052, 2048, 2045, 2042,
	}
	list := make([]quantity.Decimal, len(thousandths))
	for i, n := range thousandths {
		list[i] = quantity.New(n, 3)
	}
	return list
}()
