package proof

import (
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// How near a word for roughly must come. The thresholds are ours: a reader of
// "about 400" is not misled where it is 385, and is where it is 350.
const (
	aboutPerCent  = 5 // of the number
	aboutPoints   = 2 // of a percentage
	almostPerCent = 8 // nearly, just over
	almostPoints  = 4
	partPoints    = 5 // a third, one in five: a rougher word than a number
)

// meant reports whether a figure, as it is hedged, says a value.
func meant(f prose.Figure, v quantity.Decimal) bool {
	c, percent := f.Value, f.Unit == prose.Percent
	order := v.Cmp(c)
	points := int64(aboutPoints)
	if f.Fraction {
		points = partPoints
	}
	switch f.Hedge {
	case prose.Above:
		return order > 0
	case prose.AtLeast:
		return order >= 0
	case prose.Below:
		return order < 0
	case prose.AtMost:
		return order <= 0
	case prose.Almost:
		return order <= 0 && nearTo(c, v, almostPerCent, almostPoints, percent)
	case prose.Beyond:
		return order >= 0 && nearTo(c, v, almostPerCent, almostPoints, percent)
	case prose.About:
		return nearTo(c, v, aboutPerCent, points, percent)
	}
	if f.Fraction {
		return nearTo(c, v, 0, points, true)
	}
	return v.Round(c.Scale()).Equal(c)
}

// nearTo says whether v lies within so many per cent of c or, for percentages,
// within so many points.
func nearTo(c, v quantity.Decimal, perCent, points int64, percentage bool) bool {
	difference, err := c.Sub(v)
	if err != nil {
		return false
	}
	difference = difference.Abs()
	if percentage && difference.Cmp(quantity.Int(points)) <= 0 {
		return true
	}
	hundredfold, err1 := difference.Mul(quantity.Int(100))
	limit, err2 := c.Abs().Mul(quantity.Int(perCent))
	return err1 == nil && err2 == nil && hundredfold.Cmp(limit) <= 0
}

// isExact says that a figure stands for itself: no hedge, no part such as a third.
func isExact(f prose.Figure) bool { return f.Hedge == prose.Exact && !f.Fraction }

// saidBy reports whether a figure says a fact.
func saidBy(f prose.Figure, fact *fact) bool {
	if isExact(f) {
		return fact.says(f.Value)
	}
	return meant(f, fact.value)
}
