package quantity

import "sync"

// Unit is what a figure counts or measures (contract, section 2). The zero
// value is no unit.
type Unit uint8

const (
	Count         Unit = iota + 1 // things or events
	DistinctCount                 // people, each counted once: never summed
	Percent
	RatePer100
	RatePer1000
	RatePer10000
	RatePer100000
	Days
	FTE     // full-time equivalent posts
	Average // of a number to each: cases to a social worker
	Money   // pounds
	Score   // of a test or a survey
	Grade   // ordered words, held as their place in the scorecard's grades
)

// unitFacts is one row a unit: as the registers write it, the decimals published
// where none are stated, what numerator / denominator is multiplied by, whether
// it may be summed, and the words for a heading.
var unitFacts = [...]struct {
	name     string
	decimals int
	per      int64
	additive bool
	suffix   string
}{
	Count:         {"count", 0, 1, true, ""},
	DistinctCount: {"distinct_count", 0, 1, false, ""},
	Percent:       {"percent", 1, 100, false, "%"},
	RatePer100:    {"rate_per_100", 1, 100, false, "per 100"},
	RatePer1000:   {"rate_per_1000", 1, 1000, false, "per 1,000"},
	RatePer10000:  {"rate_per_10000", 1, 10000, false, "per 10,000"},
	RatePer100000: {"rate_per_100000", 1, 100000, false, "per 100,000"},
	Days:          {"days", 1, 1, false, "days"},
	FTE:           {"fte", 1, 1, true, "full-time equivalent"},
	Average:       {"average", 1, 1, false, ""},
	Money:         {"money", 0, 1, true, "£"},
	Score:         {"score", 1, 1, false, ""},
	Grade:         {"grade", 0, 1, false, ""},
}

// ParseUnit reads a unit as the registers write it: rate_per_10000.
func ParseUnit(s string) (Unit, bool) {
	for u, facts := range unitFacts {
		if facts.name == s && u > 0 {
			return Unit(u), true
		}
	}
	return 0, false
}

// Units are the names of all units, in the contract's order, for a message.
func Units() []string {
	var names []string
	for _, facts := range unitFacts[1:] {
		names = append(names, facts.name)
	}
	return names
}

// String writes the unit as the registers do; the zero value is "".
func (u Unit) String() string { return unitFacts[u].name }

// Decimals are the places published where an indicator states none: counts,
// money and grades 0, all else 1.
func (u Unit) Decimals() int { return unitFacts[u].decimals }

// Per is what numerator / denominator is multiplied by: 100 for a percentage,
// 10,000 for a rate of that size, 1 for an average, days or a score.
func (u Unit) Per() int64 { return max(1, unitFacts[u].per) }

// Additive says whether figures may be summed over parts, areas and months:
// counts, money and posts. People counted once may not.
func (u Unit) Additive() bool { return unitFacts[u].additive }

// Suffix is the unit in words for a heading: "%", "per 10,000", "days"; "" for
// one that the name of the indicator says.
func (u Unit) Suffix() string { return unitFacts[u].suffix }

// Format writes d for people, with the sign that is glued to it: 18.2%,
// £435,922, −£40. Other units stand beside a figure, and are not written here.
func (u Unit) Format(d Decimal) string {
	if d.scale <= 1 && uint64(d.coef) < usual && u != Money {
		text := usualTexts()[int(d.scale)*usual+int(d.coef)]
		if u != Percent {
			text = text[:len(text)-1]
		}
		return text
	}
	var room [longest]byte
	b := room[:0]
	if u == Money {
		if d.Sign() < 0 {
			b = append(b, "\u2212"...)
		}
		b, d = append(b, "£"...), d.Abs()
	}
	b = d.write(b, "\u2212", ",")
	if u == Percent {
		b = append(b, '%')
	}
	return string(b)
}

// usual bounds the figures that are nearly all that is ever written, the same
// ones on page after page: 0 to 1,000, and 0.0 to 100.0.
const usual = 1001

// usualTexts are those of scale 0 and then those of scale 1, each with a per cent
// sign behind it that other units leave off. They are made once.
var usualTexts = sync.OnceValue(func() []string {
	list := make([]string, 0, 2*usual)
	for scale := range int8(2) {
		for coef := range int64(usual) {
			list = append(list, Decimal{coef, scale}.Grouped()+"%")
		}
	}
	return list
})
