package proof

import (
	"math/big"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// How near a multiple in words must come to the figures. The bounds are ours, in
// per cent of what was before: a reader of "a quarter higher" is not misled by
// 21 per cent, and is by 35.
const (
	partSlack   = 6  // a third higher: 27 to 39 per cent
	timesSlack  = 14 // doubled: 186 to 214 per cent, for each time
	almostSlack = 20 // almost doubled: 160 to 200
)

type multiple struct{ prose.Multiple }

// holds says whether a multiple is the way from one figure to another.
func (m multiple) holds(now, then quantity.Decimal) bool {
	if then.Sign() <= 0 {
		return true
	}
	hundred := big.NewRat(100, 1)
	actual := new(big.Rat).Quo(now.Rat(), then.Rat())
	actual.Mul(actual, hundred)
	told := big.NewRat(m.Num*100, m.Den)
	slack, almost := int64(partSlack), int64(partSlack)
	if m.Bare {
		slack, almost = timesSlack*max(1, m.Num)/max(1, m.Den), almostSlack*max(1, m.Num)/max(1, m.Den)
	}
	off := new(big.Rat).Sub(actual, told)
	if m.Num < m.Den { // of a fall more is further down
		off.Neg(off)
	}
	within := func(low, high int64) bool {
		return off.Cmp(big.NewRat(low, 1)) >= 0 && off.Cmp(big.NewRat(high, 1)) <= 0
	}
	switch m.Hedge {
	case prose.Almost:
		return within(-almost, 0)
	case prose.Beyond:
		return within(0, almost)
	case prose.Above, prose.AtLeast:
		return off.Sign() >= 0
	case prose.Below, prose.AtMost:
		return off.Sign() <= 0 && (m.Num > m.Den) == (actual.Cmp(hundred) > 0)
	}
	return within(-slack, slack)
}
