package quantity

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// Bound is one end of an interval. Where it names a figure (<year_ago) it has
// no value until Resolve gives it one.
type Bound struct {
	Value Decimal
	Name  string // letters, digits and _; empty for a number
	In    bool   // the end itself is in the interval
	Set   bool   // there is an end on this side
}

// Interval is a range of figures, as targets state it: >=95 >90 <=4 <23 14..22
// 158.8+-5 (contract, section 2). It is comparable; the zero value is no
// interval, and contains nothing.
type Interval struct {
	Low, High Bound

	around      bool // written as middle+-spread
	mid, spread Decimal
}

// ErrNoInterval: there is no interval to measure from, or an end of it is a
// name that was not resolved.
var ErrNoInterval = errors.New("the interval has no known end")

// AtLeast is >=d.
func AtLeast(d Decimal) Interval { return Interval{Low: Bound{Value: d, In: true, Set: true}} }

// AtMost is <=d.
func AtMost(d Decimal) Interval { return Interval{High: Bound{Value: d, In: true, Set: true}} }

// Between is a..b, or b..a where that is the way up; both ends are in it.
func Between(a, b Decimal) Interval {
	if a.Cmp(b) > 0 {
		a, b = b, a
	}
	return Interval{Low: Bound{Value: a, In: true, Set: true}, High: Bound{Value: b, In: true, Set: true}}
}

// ParseInterval reads an interval as the contract writes it, and as people do:
// ≥ ≤ ± for >= <= +-, white space, and numbers as Parse reads them.
func ParseInterval(s string) (Interval, *SyntaxError) {
	r := intervalReader{text: s}
	i := r.interval()
	if r.err != nil {
		return Interval{}, r.err
	}
	return i, nil
}

type intervalReader struct {
	text   string
	mended bool // it is a mend that is tried: how to mend that is not asked
	err    *SyntaxError
}

// fail keeps the first failure, at a byte of the text.
func (r *intervalReader) fail(at int, mend string) {
	if r.err == nil {
		r.err = &SyntaxError{At: utf8.RuneCountInString(r.text[:at]), Found: r.text, Mend: mend, interval: true}
	}
}

const intervalForms = "write >=95, >90, <=4, <23, 14..22 or 158.8+-5"

func (r *intervalReader) interval() Interval {
	start := skipSpace(r.text, 0)
	body := r.text[start:]
	for _, sign := range []string{">=", "≥", "<=", "≤", ">", "<"} {
		if !strings.HasPrefix(body, sign) {
			continue
		}
		b := r.bound(start+len(sign), len(r.text))
		b.In = sign != ">" && sign != "<"
		if sign[0] == '>' || sign == "≥" {
			return Interval{Low: b}
		}
		return Interval{High: b}
	}
	for _, sign := range []string{"+-", "±"} {
		if at := strings.Index(body, sign); at >= 0 {
			return r.around(start+at, start+at+len(sign))
		}
	}
	if at := strings.Index(body, ".."); at >= 0 {
		return r.between(start+at, start+at+2)
	}
	r.fail(r.firstMisfit(start), intervalMend(strings.TrimSpace(body)))
	return Interval{}
}

// firstMisfit is where a text that begins like a number needs an interval's
// sign and has none.
func (r *intervalReader) firstMisfit(start int) int {
	_, _, end, ok := figures(r.text, start)
	if !ok {
		return start
	}
	return end
}

// between takes what stands on either side of two full stops.
func (r *intervalReader) between(at, after int) Interval {
	if strings.HasPrefix(r.text[after:], ".") {
		// 5...7 could be 5 to 7 or 5 to 0.7.
		r.fail(after, "write two full stops between the ends, and a figure before each decimal point: 14..22")
	}
	i := Interval{Low: r.bound(0, at), High: r.bound(after, len(r.text))}
	i.Low.In, i.High.In = true, true
	if r.err == nil && i.Low.Name == "" && i.High.Name == "" && i.Low.Value.Cmp(i.High.Value) > 0 {
		r.fail(after, "write the lower end first: "+i.High.String()+".."+i.Low.String())
	}
	return i
}

// around takes the middle and the spread on either side of +-.
func (r *intervalReader) around(at, after int) Interval {
	mid, spread := r.number(0, at), r.number(after, len(r.text))
	if r.err != nil {
		return Interval{}
	}
	if spread.Sign() < 0 {
		r.fail(skipSpace(r.text, after), "write the size without a sign after +-: "+mid.String()+"+-"+spread.Abs().String())
		return Interval{}
	}
	low, err := mid.Sub(spread)
	high, err2 := mid.Add(spread)
	if errors.Join(err, err2) != nil {
		r.fail(after, "write numbers of fewer figures")
	}
	i := Between(low, high)
	i.around, i.mid, i.spread = true, mid, spread
	return i
}

// bound takes a number or a name from one byte to another.
func (r *intervalReader) bound(from, to int) Bound {
	start := skipSpace(r.text[:to], from)
	name := strings.TrimSpace(r.text[start:to])
	if name == "" || !isLetter(name[0]) {
		return Bound{Value: r.number(from, to), Set: true}
	}
	for i := range len(name) {
		if c := name[i]; !isLetter(c) && !isDigit(c) && c != '_' {
			r.fail(start+i, "write a number, or the name of one figure in letters, digits and _, such as year_ago")
		}
	}
	return Bound{Name: name, Set: true}
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func (r *intervalReader) number(from, to int) Decimal {
	n, wrong := scan(r.text[from:to])
	if wrong >= 0 {
		why := intervalForms
		if strings.TrimSpace(r.text[from:to]) != "" {
			why = strings.TrimSuffix(mend(r.text[from:to], wrong), orMark)
			if strings.HasPrefix(why, "leave it blank") || why == strings.TrimSuffix(plainNumber, orMark) {
				why = intervalForms
			} else if !r.mended {
				why = r.whole(why, from, to)
			}
		}
		r.fail(from+wrong, why)
	}
	return n.Decimal
}

// whole puts a mended number back among what else is written, for a mend that
// can be copied as it stands: ">9O" is mended by >90, not by 90, which would be
// refused in its turn. Both ends may have the same slip.
func (r *intervalReader) whole(why string, from, to int) string {
	lead, _, _ := strings.Cut(why, ";")
	i := strings.LastIndexByte(lead, ' ') + 1
	number, rest := lead[i:], why[len(lead):]
	if _, wrong := scan(number); wrong >= 0 {
		return why
	}
	for _, text := range []string{r.text, letterFigures.Replace(r.text)} {
		try := intervalReader{text: strings.Join(strings.Fields(text[:from]+number+text[to:]), ""), mended: true}
		if try.interval(); try.err == nil {
			return why[:i] + try.text + rest
		}
	}
	return why
}

// intervalMend is for a text without any of an interval's signs.
func intervalMend(plain string) string {
	if n, wrong := scan(plain); wrong < 0 {
		return "say which side is meant: >=" + n.String() + " or <=" + n.String()
	}
	for _, sign := range []string{" to ", "-", "\u2013", "\u2026"} {
		low, high, ok := strings.Cut(plain, sign)
		a, wrong := scan(low)
		b, wrong2 := scan(high)
		if ok && wrong < 0 && wrong2 < 0 && a.Cmp(b.Decimal) <= 0 {
			return "write " + a.String() + ".." + b.String()
		}
	}
	for _, form := range []struct{ before, after, sign string }{
		{"=>", "", ">="}, {"=<", "", "<="}, {"at least ", "", ">="}, {"at most ", "", "<="}, {"up to ", "", "<="},
		{"over ", "", ">"}, {"more than ", "", ">"}, {"above ", "", ">"},
		{"under ", "", "<"}, {"less than ", "", "<"}, {"below ", "", "<"},
		{"", "+", ">="}, {"", " or more", ">="}, {"", " or less", "<="}, {"", " or fewer", "<="},
	} {
		rest, ok := strings.CutPrefix(strings.ToLower(plain), form.before)
		rest, ok2 := strings.CutSuffix(rest, form.after)
		if n, wrong := scan(rest); ok && ok2 && wrong < 0 {
			return "write " + form.sign + n.String()
		}
	}
	return intervalForms
}

// IsZero says whether there is no interval.
func (i Interval) IsZero() bool { return i == Interval{} }

// Names are the figures that the ends name, the low end first; nil where both
// are numbers.
func (i Interval) Names() []string {
	var names []string
	for _, b := range []Bound{i.Low, i.High} {
		if b.Name != "" {
			names = append(names, b.Name)
		}
	}
	return names
}

// Resolve puts in the figures that the ends name. Where f knows one of them
// not, the answer is that name and no interval. The ends of a resolved interval
// stand as the figures are, even where the low one is then the higher: such an
// interval contains nothing.
func (i Interval) Resolve(f func(name string) (Decimal, bool)) (Interval, string) {
	for _, b := range []*Bound{&i.Low, &i.High} {
		if b.Name == "" {
			continue
		}
		d, ok := f(b.Name)
		if !ok {
			return Interval{}, b.Name
		}
		b.Value, b.Name = d, ""
	}
	return i, ""
}

// known says whether there is an interval and all its ends are numbers.
func (i Interval) known() bool {
	return (i.Low.Set || i.High.Set) && i.Low.Name == "" && i.High.Name == ""
}

// Contains says whether d lies in the interval. One with an end that is still a
// name contains nothing.
func (i Interval) Contains(d Decimal) bool {
	return i.known() && i.Low.lets(d.Cmp(i.Low.Value)) && i.High.lets(i.High.Value.Cmp(d))
}

// lets says whether a figure on that side of the end (1 the inner, 0 the end
// itself) may be in the interval.
func (b Bound) lets(side int) bool { return !b.Set || side > 0 || side == 0 && b.In }

// Distance is how far d lies outside: 0 inside, else to the nearer edge, which
// is at the same place whether the end is in the interval or not. The errors
// are ErrNoInterval and ErrOverflow.
func (i Interval) Distance(d Decimal) (Decimal, error) {
	switch {
	case !i.known():
		return Decimal{}, ErrNoInterval
	case i.Low.Set && d.Cmp(i.Low.Value) < 0:
		return i.Low.Value.Sub(d)
	case i.High.Set && d.Cmp(i.High.Value) > 0:
		return d.Sub(i.High.Value)
	}
	return Decimal{}, nil
}

// OneSided says whether there is one end, and if so whether the interval opens
// upwards (>=95) or downwards (<23).
func (i Interval) OneSided() (opensUp bool, ok bool) {
	return i.Low.Set, i.Low.Set != i.High.Set
}

// String writes the end as it stands in an interval.
func (b Bound) String() string {
	if b.Name != "" {
		return b.Name
	}
	return b.Value.String()
}

// String writes the interval as the contract does; the zero value is "".
func (i Interval) String() string {
	switch {
	case i.around:
		return i.mid.String() + "+-" + i.spread.String()
	case i.Low.Set && i.High.Set:
		return i.Low.String() + ".." + i.High.String()
	case i.Low.Set && i.Low.In:
		return ">=" + i.Low.String()
	case i.Low.Set:
		return ">" + i.Low.String()
	case i.High.Set && i.High.In:
		return "<=" + i.High.String()
	case i.High.Set:
		return "<" + i.High.String()
	}
	return ""
}

// Words writes the interval for people: 95% or more; less than 23%; 14 to 22;
// within 5 of 158.8. The zero value is "".
func (i Interval) Words(u Unit) string {
	switch {
	case i.around && u == Percent:
		return "within " + i.spread.Grouped() + " percentage points of " + u.Format(i.mid)
	case i.around:
		return "within " + u.Format(i.spread) + " of " + u.Format(i.mid)
	case i.Low.Set && i.High.Set:
		return i.Low.words(u) + " to " + i.High.words(u)
	case i.Low.Set && i.Low.In:
		return i.Low.words(u) + " or more"
	case i.Low.Set:
		return "more than " + i.Low.words(u)
	case i.High.Set && i.High.In:
		return i.High.words(u) + " or less"
	case i.High.Set:
		return "less than " + i.High.words(u)
	}
	return ""
}

func (b Bound) words(u Unit) string {
	switch b.Name {
	case "":
		return u.Format(b.Value)
	case "year_ago":
		return "the same period last year"
	}
	return "the " + strings.ReplaceAll(b.Name, "_", " ")
}
