package score

import (
	"math"
	"math/big"

	"outturn/internal/dataset"
	"outturn/internal/quantity"
)

// z95 is the standard normal quantile for a two-sided 95 per cent interval, as
// the Public Health Data Science technical guide on confidence intervals has it.
const z95 = 1.959964

// byarFrom is the count from which Byar's approximation is good enough; below
// it the interval is the exact Poisson one (same guide).
const byarFrom = 10

// interval95 is the 95 per cent interval of a percentage (Wilson) or a rate
// (Poisson), rounded as the indicator is published. ok is false for other units
// and where the counts are not carried or cannot be of such a figure.
func interval95(ind *dataset.Indicator, numerator, denominator dataset.Number) (low, high quantity.Decimal, ok bool) {
	if !numerator.Has || !denominator.Has || numerator.Decimal.Sign() < 0 || denominator.Decimal.Sign() <= 0 {
		return low, high, false
	}
	x, n := numerator.Decimal.Float(), denominator.Decimal.Float()
	var l, h float64
	switch ind.Unit {
	case quantity.Percent:
		if x > n {
			return low, high, false
		}
		l, h = Wilson(x, n)
	case quantity.RatePer100, quantity.RatePer1000, quantity.RatePer10000, quantity.RatePer100000:
		if x < byarFrom && x != math.Trunc(x) {
			return low, high, false // the exact interval is of whole events
		}
		l, h = Poisson(x)
		l, h = l/n, h/n
	default:
		return low, high, false
	}
	per := float64(ind.Unit.Per())
	low, ok = rounded(float64(l*per), ind.Decimals)
	if !ok {
		return low, high, false
	}
	high, ok = rounded(float64(h*per), ind.Decimals)
	return low, high, ok
}

// Wilson is the 95 per cent score interval of the proportion x of n, for 0 ≤ x
// ≤ n and n > 0: (2x + z² ± z√(z² + 4x(1 − x/n))) / 2(n + z²). The ends lie in
// 0 to 1.
//
// Every product is converted on its own, here and below: a compiler may
// otherwise fuse it with the sum that follows, and another machine would round
// otherwise.
func Wilson(x, n float64) (low, high float64) {
	zz := float64(z95 * z95)
	middle := float64(2*x) + zz
	spread := float64(z95 * math.Sqrt(zz+float64(float64(4*x)*(1-x/n))))
	width := float64(2 * (n + zz))
	return max(0, (middle-spread)/width), min(1, (middle+spread)/width)
}

// Poisson is the 95 per cent interval of a count of events: Byar's
// approximation from 10 events, below that, for whole numbers, the exact one.
func Poisson(x float64) (low, high float64) {
	if x < byarFrom {
		return exactPoisson(int(x))
	}
	return byar(x, -z95), byar(x+1, z95)
}

// byar is x(1 − 1/9x + z/3√x)³; the upper end takes x + 1 for x.
func byar(x, z float64) float64 {
	r := 1 - 1/float64(9*x) + z/float64(3*math.Sqrt(x))
	return float64(float64(float64(x*r)*r) * r)
}

// exactPoisson gives the two means for which x events or more, and x or fewer,
// have a chance of 2.5 per cent. By chi-squared quantiles they are χ²(0.025,
// 2x)/2 and χ²(0.975, 2x+2)/2.
func exactPoisson(x int) (low, high float64) {
	const tail = 0.025
	if x > 0 {
		low = meanWhere(x-1, 1-tail)
	}
	return low, meanWhere(x, tail)
}

// meanWhere is the mean of the Poisson distribution in which x events or fewer
// have the chance p, found by halving: the chance falls as the mean rises.
func meanWhere(x int, p float64) float64 {
	low, high := 0.0, 64.0 // for x under 10 every quantile asked for lies well below
	for range 100 {
		middle := (low + high) / 2
		if atMost(x, middle) > p {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// atMost is the chance of x events or fewer where the mean is so many.
func atMost(x int, mean float64) float64 {
	term := math.Exp(-mean)
	sum := term
	for k := 1; k <= x; k++ {
		term = float64(term*mean) / float64(k)
		sum += term
	}
	return sum
}

// rounded takes a float to a decimal, half away from zero.
func rounded(f float64, places int) (quantity.Decimal, bool) {
	r := new(big.Rat).SetFloat64(f)
	if r == nil {
		return quantity.Decimal{}, false
	}
	d, err := quantity.FromRat(r, places)
	return d, err == nil
}
