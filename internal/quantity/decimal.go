// Package quantity holds figures exactly: a decimal is an integer and a scale,
// and no binary float is used for anything that is stored, compared or shown.
//
// Rounding is half away from zero, exactly (contract, section 3); most decimal
// libraries round half to even, which is why this one is ours.
//
//	n, problem := quantity.Parse("1,192") // as people write them
//	n.Round(0).Grouped()                  // "1,192"
//
//	i, problem := quantity.ParseInterval("158.8+-5")
//	i.Contains(quantity.New(1538, 1))     // true: the edge is in it
//
// Nothing is guessed, clamped or cut off: a text that is not plainly one number
// is a SyntaxError with its place and its mend, and a result too long to hold
// is ErrOverflow. The package is pure.
package quantity

import (
	"cmp"
	"errors"
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

// Decimal is coef / 10^scale. The scale is kept as written (29.70 has scale 2),
// since agreement is judged at the written precision; compare with Cmp, not ==.
// The zero value is 0.
type Decimal struct {
	coef  int64 // never the least int64, so that it can always be negated
	scale int8  // 0 to maxScale
}

// maxScale keeps 10^scale within an int64, and a figure times 10^scale within
// 128 bits.
const maxScale = 18

var (
	// ErrOverflow: the result has more figures than a Decimal can hold, 18 in any case.
	ErrOverflow = errors.New("the number is too long to be held exactly")
	// ErrZero: the denominator is 0.
	ErrZero = errors.New("a number cannot be divided by 0")
)

var powers = func() (p [maxScale + 1]int64) {
	p[0] = 1
	for i := range maxScale {
		p[i+1] = p[i] * 10
	}
	return p
}()

// New is coef / 10^scale. It is for numbers that the program knows: it panics
// where scale is not 0 to 18, or coef is the least int64.
func New(coef int64, scale int) Decimal {
	if uint(scale) > maxScale || coef == math.MinInt64 {
		panic("quantity.New: no such decimal")
	}
	return Decimal{coef, int8(scale)}
}

// Int is a whole number.
func Int(n int64) Decimal { return New(n, 0) }

// Scale is the number of decimals as written: 2 for 29.70.
func (d Decimal) Scale() int { return int(d.scale) }

// Coef is the number without its decimal point: 2970 for 29.70.
func (d Decimal) Coef() int64 { return d.coef }

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int { return cmp.Compare(d.coef, 0) }

// Neg is -d.
func (d Decimal) Neg() Decimal { return Decimal{-d.coef, d.scale} }

// Abs is d without its sign.
func (d Decimal) Abs() Decimal { return Decimal{max(d.coef, -d.coef), d.scale} }

// Cmp compares the numbers, -1, 0 or 1, whatever their scales. It is exact and
// cannot overflow.
func (d Decimal) Cmp(e Decimal) int {
	if d.scale == e.scale || d.Sign() != e.Sign() {
		return cmp.Or(cmp.Compare(d.Sign(), e.Sign()), cmp.Compare(d.coef, e.coef))
	}
	dHigh, dLow := bits.Mul64(uint64(d.Abs().coef), uint64(powers[max(0, e.scale-d.scale)]))
	eHigh, eLow := bits.Mul64(uint64(e.Abs().coef), uint64(powers[max(0, d.scale-e.scale)]))
	return d.Sign() * cmp.Or(cmp.Compare(dHigh, eHigh), cmp.Compare(dLow, eLow))
}

// Equal says whether the numbers are the same: 1.0 equals 1.00.
func (d Decimal) Equal(e Decimal) bool { return d.Cmp(e) == 0 }

// Add is d + e at the longer scale, or ErrOverflow.
func (d Decimal) Add(e Decimal) (Decimal, error) {
	scale := max(d.scale, e.scale)
	x, shortX := d.shortAt(scale)
	y, shortY := e.shortAt(scale)
	if shortX && shortY {
		// Nearly every sum passes here; big.Int takes twenty times as long.
		if sum := x + y; (sum > x) == (y > 0) && sum != math.MinInt64 {
			return Decimal{sum, scale}, nil
		}
	}
	sum := d.scaledTo(scale)
	return fit(sum.Add(sum, e.scaledTo(scale)), int(scale))
}

// shortAt is scaledTo where that plainly fits an int64.
func (d Decimal) shortAt(scale int8) (coef int64, ok bool) {
	if scale == d.scale {
		return d.coef, true
	}
	return d.coef * powers[scale-d.scale], d.short() && scale-d.scale <= 9
}

// short says whether the coefficient has 32 bits: two of them multiply to an int64.
func (d Decimal) short() bool { return d.coef == int64(int32(d.coef)) }

// Sub is d - e at the longer scale, or ErrOverflow.
func (d Decimal) Sub(e Decimal) (Decimal, error) { return d.Add(e.Neg()) }

// Mul is d × e, exactly, or ErrOverflow.
func (d Decimal) Mul(e Decimal) (Decimal, error) {
	if d.short() && e.short() && d.scale+e.scale <= maxScale {
		return Decimal{d.coef * e.coef, d.scale + e.scale}, nil
	}
	product := big.NewInt(d.coef)
	return fit(product.Mul(product, big.NewInt(e.coef)), int(d.scale)+int(e.scale))
}

// scaledTo is the coefficient at a scale that is not shorter.
func (d Decimal) scaledTo(scale int8) *big.Int {
	n := big.NewInt(d.coef)
	return n.Mul(n, big.NewInt(powers[scale-d.scale]))
}

// fit is n / 10^scale. Noughts after the point are given up where it could not
// be held with them; no other figure is.
func fit(n *big.Int, scale int) (Decimal, error) {
	ten, rest := big.NewInt(10), new(big.Int)
	for scale > 0 && (scale > maxScale || !holds(n)) {
		shorter, _ := new(big.Int).QuoRem(n, ten, rest)
		if rest.Sign() != 0 {
			return Decimal{}, ErrOverflow
		}
		n, scale = shorter, scale-1
	}
	if !holds(n) {
		return Decimal{}, ErrOverflow
	}
	return New(n.Int64(), scale), nil
}

// holds says whether n can be a coefficient: 63 bits and a sign.
func holds(n *big.Int) bool { return n.BitLen() <= 63 }

// Round is d to so many places, half away from zero. The result has exactly
// that scale, filled up with noughts where d had fewer; with as many of them as
// can be held. Places below 0 count as 0.
func (d Decimal) Round(places int) Decimal {
	places = min(max(places, 0), maxScale)
	if places < int(d.scale) {
		unit := powers[int(d.scale)-places]
		whole, rest := d.coef/unit, d.coef%unit
		if max(rest, -rest) >= unit-unit/2 { // unit is even: half of it is exact
			whole += int64(d.Sign())
		}
		return Decimal{whole, int8(places)}
	}
	for int(d.scale) < places {
		longer := d.coef * 10
		if longer/10 != d.coef || longer == -longer && longer != 0 {
			return d
		}
		d = Decimal{longer, d.scale + 1}
	}
	return d
}

// Trim is d without the noughts that end its decimals: 29.7 for 29.70.
func (d Decimal) Trim() Decimal {
	for d.scale > 0 && d.coef%10 == 0 {
		d = Decimal{d.coef / 10, d.scale - 1}
	}
	return d
}

// String writes d for machines: 1192, 18.2, -0.5. There is no "-0".
func (d Decimal) String() string {
	var room [longest]byte
	return string(d.AppendString(room[:0]))
}

// AppendString appends what String writes.
func (d Decimal) AppendString(b []byte) []byte { return d.write(b, "-", "") }

// Grouped writes d for people: thousands parted by commas, and a true minus
// sign (U+2212), which screen readers say and hyphens do not.
func (d Decimal) Grouped() string {
	var room [longest]byte
	return string(d.AppendGrouped(room[:0]))
}

// AppendGrouped appends what Grouped writes.
func (d Decimal) AppendGrouped(b []byte) []byte { return d.write(b, "\u2212", ",") }

// longest is room for every decimal, grouped, with its sign and its unit's.
const longest = 40

// write appends d: the figures before the point, at least one, parted by
// thousands, and the point with those after it.
func (d Decimal) write(b []byte, minus, comma string) []byte {
	if d.coef < 0 {
		b = append(b, minus...)
	}
	n := uint64(d.Abs().coef)
	switch d.scale {
	case 0:
		return parted(b, n, comma)
	case 1: // as most that are not whole
		return append(parted(b, n/10, comma), '.', byte('0'+n%10))
	}
	unit := uint64(powers[d.scale])
	b = append(parted(b, n/unit, comma), '.')
	for unit /= 10; unit > 0; unit /= 10 {
		b = append(b, byte('0'+n/unit%10))
	}
	return b
}

// parted appends a whole number with its thousands parted.
func parted(b []byte, n uint64, comma string) []byte {
	switch {
	case n < 10:
		return append(b, byte('0'+n))
	case n < 100:
		return append(b, byte('0'+n/10), byte('0'+n%10))
	case n >= 1000:
		b = append(parted(b, n/1000, comma), comma...)
		n %= 1000
	}
	return append(b, byte('0'+n/100), byte('0'+n/10%10), byte('0'+n%10))
}

// MarshalJSON writes d as a JSON number with its decimals as they are.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }

// Float is the float nearest to d, for charts and statistics only.
func (d Decimal) Float() float64 {
	// Both ends are exact as floats, so that their quotient is rounded once.
	if size := d.Abs().coef; size < 1<<53 {
		return float64(d.coef) / float64(powers[d.scale])
	}
	f, _ := strconv.ParseFloat(d.String(), 64) // the text is always a number, in range
	return f
}

// Rat is d as a fraction, for a calculation.
func (d Decimal) Rat() *big.Rat { return big.NewRat(d.coef, powers[d.scale]) }

// FromRat is r to so many places, half away from zero, or ErrOverflow. Places
// below 0 count as 0.
func FromRat(r *big.Rat, places int) (Decimal, error) {
	if places > maxScale {
		return Decimal{}, ErrOverflow
	}
	places = max(places, 0)
	// (2 × |numerator| × 10^places + denominator) / (2 × denominator), rounded down.
	n := new(big.Int).Abs(r.Num())
	n.Mul(n, big.NewInt(2*powers[places]))
	n.Add(n, r.Denom())
	n.Quo(n, new(big.Int).Lsh(r.Denom(), 1))
	if r.Sign() < 0 {
		n.Neg(n)
	}
	if !holds(n) {
		return Decimal{}, ErrOverflow
	}
	return New(n.Int64(), places), nil
}

// Quotient is num / den × times, exactly worked and then rounded half away from
// zero: the value that a numerator and a denominator give (contract, section 2).
// The errors are ErrZero and ErrOverflow.
func Quotient(num, den Decimal, times int64, places int) (Decimal, error) {
	if den.Sign() == 0 {
		return Decimal{}, ErrZero
	}
	if d, ok := shortQuotient(num, den, times, places); ok {
		return d, nil
	}
	return longQuotient(num, den, times, places)
}

func longQuotient(num, den Decimal, times int64, places int) (Decimal, error) {
	r := new(big.Rat).Quo(num.Rat(), den.Rat())
	return FromRat(r.Mul(r, new(big.Rat).SetInt64(times)), places)
}

// shortQuotient is Quotient in 128 bits, where they hold it: nearly every
// figure of a site passes here, and big.Rat takes thirty times as long.
func shortQuotient(num, den Decimal, times int64, places int) (Decimal, bool) {
	shift := places + int(den.scale) - int(num.scale) // num × times × 10^shift / den, in units of 10^-places
	if places < 0 || places > maxScale || times <= 0 || shift > maxScale || shift < -maxScale {
		return Decimal{}, false
	}
	n, d := uint64(num.Abs().coef), uint64(den.Abs().coef)
	up, down := uint64(1), uint64(1)
	if shift >= 0 {
		up = uint64(powers[shift])
	} else {
		down = uint64(powers[-shift])
	}
	over, up := bits.Mul64(up, uint64(times))
	if over != 0 {
		return Decimal{}, false
	}
	over, d = bits.Mul64(d, down)
	if over != 0 || d > 1<<62 { // a remainder doubled must fit
		return Decimal{}, false
	}
	hi, lo := bits.Mul64(n, up)
	if hi >= d {
		return Decimal{}, false
	}
	q, rest := bits.Div64(hi, lo, d)
	if 2*rest >= d { // half away from zero
		q++
	}
	if q > 1<<62 {
		return Decimal{}, false
	}
	coef := int64(q)
	if num.Sign() != 0 && num.Sign() != den.Sign() {
		coef = -coef
	}
	return Decimal{coef, int8(places)}, true
}

// Agree says whether the cell as written and a figure that was worked out agree:
// they differ by no more than half a unit in the last decimal of the coarser one,
// the cell or the indicator's decimals, that edge included (contract, section 2).
func Agree(written Decimal, exact *big.Rat, places int) bool {
	scale := max(0, min(written.Scale(), places))
	if agree, ok := shortAgree(written, exact, scale); ok {
		return agree
	}
	return longAgree(written, exact, scale)
}

func longAgree(written Decimal, exact *big.Rat, scale int) bool {
	difference := new(big.Rat).Sub(written.Rat(), exact)
	half := new(big.Rat).SetFrac64(1, 2)
	return difference.Abs(difference).Cmp(half.Mul(half, big.NewRat(1, powers[scale]))) <= 0
}

// shortAgree is longAgree in 128 bits, where they hold it: both sides of
// |written - exact| <= 1 / (2 × 10^scale), free of fractions.
func shortAgree(written Decimal, exact *big.Rat, scale int) (agree, ok bool) {
	const most = 1 << 30
	n, d := exact.Num(), int64(1)
	if !exact.IsInt() {
		if exact.Denom().BitLen() > 30 {
			return false, false
		}
		d = exact.Denom().Int64()
	}
	if n.BitLen() > 30 || written.Abs().coef > most || written.scale > 9 {
		return false, false
	}
	unit := powers[written.scale]
	difference := written.coef*d - n.Int64()*unit // each below 2^60
	high, low := bits.Mul64(uint64(max(difference, -difference)), uint64(2*powers[scale]))
	edgeHigh, edgeLow := bits.Mul64(uint64(d), uint64(unit))
	return cmp.Or(cmp.Compare(high, edgeHigh), cmp.Compare(low, edgeLow)) <= 0, true
}
