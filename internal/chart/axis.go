package chart

import (
	"math"

	"outturn/internal/quantity"
)

// axis is a scale of values with its ticks.
type axis struct {
	min, max float64
	ticks    []tick
	cut      bool // it does not start at zero, and the drawing must say so
}

type tick struct {
	at   float64
	text string
}

// extent gathers the values that an axis must show.
type extent struct {
	lo, hi float64
	found  bool
}

func (e *extent) add(v float64) {
	if !e.found {
		*e = extent{v, v, true}
		return
	}
	e.lo, e.hi = min(e.lo, v), max(e.hi, v)
}

// fromZero tells the units whose length or height is read as an amount.
func fromZero(u quantity.Unit) bool {
	switch u {
	case quantity.Count, quantity.DistinctCount, quantity.Money, quantity.FTE:
		return true
	}
	return false
}

// mantissas of a step between ticks, in tenths: 1, 2, 2.5, 5 and 10.
var mantissas = [...]int64{10, 20, 25, 50}

// span chooses 3 to most+1 ticks at round values. The axis starts at zero where
// zero says so, or where more than half of the height would be left in any case.
func (a *axis) span(e extent, unit quantity.Unit, decimals int, zero bool, most int) {
	lo, hi := e.lo, e.hi
	if zero || lo > 0 && lo < hi/2 {
		lo = min(lo, 0)
	}
	if zero || hi < 0 && hi > lo/2 {
		hi = max(hi, 0)
	}
	foot := lo
	lo, hi = widen(lo, hi, unit, decimals, zero)
	mantissa, exp, k0, k1 := step(lo, hi, foot, decimals == 0 && fromZero(unit), most)
	*a = axis{min: multiple(k0, mantissa, exp), max: multiple(k1, mantissa, exp), ticks: a.ticks[:0], cut: k0 > 0 || k1 < 0}
	// An end may stand between two ticks where rounding outwards would waste
	// the height. A percentage ends at 100 unless the data do not; the foot of
	// a cut axis is always a tick, since its value must be read there.
	size := multiple(1, mantissa, exp)
	slack := float64(0.04 * (hi - lo))
	if a.max-hi > 0.34*size && k1-k0 > 1 && hi > 0 {
		k1--
		if a.max = hi + slack; unit == quantity.Percent && hi <= 100 {
			a.max = min(a.max, 100)
		}
	}
	if lo < 0 && lo-a.min > 0.34*size && k1-k0 > 1 {
		k0++
		a.min = lo - slack
	}
	big := max(math.Abs(a.min), math.Abs(a.max))
	for k := k0; k <= k1; k++ {
		a.ticks = append(a.ticks, tick{multiple(k, mantissa, exp), tickText(k, mantissa, exp, unit, big)})
	}
}

// widen keeps noise from filling the height: a percentage shows at least ten
// points, anything else a fifth of its level.
func widen(lo, hi float64, unit quantity.Unit, decimals int, zero bool) (float64, float64) {
	least := float64(0.2 * max(math.Abs(lo), math.Abs(hi)))
	if unit == quantity.Percent {
		least = 10
	}
	if least == 0 {
		least = 1
		if decimals > 0 && unit != quantity.Percent {
			least = scale10(1, -min(decimals, 6))
		}
	}
	if hi-lo >= least {
		return lo, hi
	}
	if zero || lo == 0 || hi == 0 {
		if hi > 0 || lo == 0 {
			return lo, lo + least
		}
		return hi - least, hi
	}
	up := float64((least - (hi - lo)) / 2)
	nlo, nhi := lo-up, hi+up
	if unit == quantity.Percent { // whole fives read best: 90 to 100 for 94 to 96
		if five := float64(math.Round(nlo/5) * 5); five <= lo && five+least >= hi {
			nlo, nhi = five, five+least
		}
	}
	if lo >= 0 && nlo < 0 {
		nlo, nhi = 0, least
	}
	if unit == quantity.Percent && hi <= 100 && nhi > 100 {
		nlo, nhi = 100-least, 100
	}
	return nlo, nhi
}

// step is the smallest round step, as a mantissa in tenths and a power of ten,
// that spans lo to hi in at most most intervals, from k0 to k1 steps. A figure
// at the foot of a cut axis would look like none, so that has a step below it.
func step(lo, hi, foot float64, whole bool, most int) (mantissa int64, exp int, k0, k1 int64) {
	first := -9
	if whole {
		first = 0
	}
	for exp := first; ; exp++ {
		for _, m := range mantissas {
			if m == 25 && exp < 1 { // 2.5 would need a decimal that 2 and 5 do not
				continue
			}
			size := scale10(float64(m), exp-1)
			f0, f1 := math.Floor(lo/size+1e-9), math.Ceil(hi/size-1e-9)
			if f0 > 0 && foot-float64(f0*size) < 0.04*(hi-lo) {
				f0--
			}
			if f1-f0 <= float64(most) {
				return m, exp, int64(f0), int64(f1)
			}
		}
	}
}

var powers = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// scale10 is v·10ⁿ with one rounding: by a power that a float64 holds exactly.
func scale10(v float64, n int) float64 {
	if n < 0 {
		return v / powers[-n]
	}
	return float64(v * powers[n]) // the conversion forbids a fused multiply-add
}

func multiple(k, mantissa int64, exp int) float64 { return scale10(float64(k*mantissa), exp-1) }

// tickText writes k·step exactly: 80%, £1,200, 0.25, and 1.5m from a million up.
func tickText(k, mantissa int64, exp int, unit quantity.Unit, big float64) string {
	suffix := ""
	switch {
	case k == 0:
		return unit.Format(quantity.Decimal{})
	case big >= 1e9:
		exp, suffix = exp-9, "bn"
	case big >= 1e6:
		exp, suffix = exp-6, "m"
	}
	coef, scale := k*mantissa, 1-exp // the mantissa is in tenths
	if mantissa%10 == 0 {
		coef, scale = coef/10, scale-1
	}
	for ; scale < 0; scale++ {
		coef *= 10
	}
	return unit.Format(quantity.New(coef, scale)) + suffix
}
