package quantity

import (
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Number is a figure as a person wrote it, with the sign that stood at it.
type Number struct {
	Decimal
	Symbol rune // '%', '£' or 0
}

// SyntaxError says where a text stops being a number or an interval, and what
// to write instead. It is the content's fault, told to the officer.
type SyntaxError struct {
	At    int    // characters before the first that does not fit, from 0, in the text as given
	Found string // the text as given
	Mend  string // what to write: "write 90.5, or leave it blank with a mark such as x"

	interval bool
}

// Error is one line: `"9O.5" is not a number`.
func (e *SyntaxError) Error() string {
	if e.interval {
		return strconv.Quote(e.Found) + " is not an interval"
	}
	return strconv.Quote(e.Found) + " is not a number"
}

const (
	leaveBlank  = "leave it blank, with a mark such as x"
	orMark      = ", or leave it blank with a mark such as x"
	plainNumber = "write the number alone, in figures such as 12.5" + orMark
)

// Parse reads a number as people write them: 1,192, 95.6%, £435,922, -3 or −3,
// .5, with white space about it or beside its sign. Commas must part groups of
// three. The decimals are kept as written. A blank is no number: the caller
// decides what a blank means.
func Parse(text string) (Number, *SyntaxError) {
	n, at := scan(text)
	if at < 0 {
		return n, nil
	}
	return Number{}, &SyntaxError{
		At:    utf8.RuneCountInString(text[:at]),
		Found: text,
		Mend:  mend(text, at),
	}
}

// ParsePlain reads a number of figures alone, with a point among them, as most
// are; ok is false of any other, right or wrong, which is for Parse to tell.
func ParsePlain(text string) (d Decimal, ok bool) {
	if len(text) == 0 || len(text) > maxScale {
		return d, false
	}
	point := len(text) - 1
	for i := range len(text) {
		switch figure := text[i] - '0'; {
		case figure <= 9:
			d.coef = d.coef*10 + int64(figure)
		case text[i] == '.' && point == len(text)-1 && i < point:
			point = i
		default:
			return Decimal{}, false
		}
	}
	d.scale = int8(len(text) - 1 - point)
	return d, true
}

// scan reads a number, and says at which byte the text stops being one; -1
// where it is one.
func scan(text string) (n Number, wrong int) {
	if d, ok := ParsePlain(text); ok {
		return Number{Decimal: d}, -1
	}
	at := skipSpace(text, 0)
	negative, signed := false, false
	for at < len(text) && !isDigit(text[at]) { // a sign and a pound, in either order
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case isSign(r) && !signed:
			negative, signed = r != '+', true
		case r == '£' && n.Symbol == 0:
			n.Symbol = r
		default:
			size = 0
		}
		if size == 0 {
			break
		}
		at = skipSpace(text, at+size)
	}
	coef, scale, at, ok := figures(text, at)
	if !ok {
		return Number{}, at
	}
	if negative {
		coef = -coef
	}
	n.Decimal = Decimal{coef, int8(scale)}
	end := skipSpace(text, at)
	if end < len(text) && text[end] == '%' && n.Symbol == 0 {
		n.Symbol = '%'
		end = skipSpace(text, end+1)
		at = end
	}
	if end < len(text) {
		if !isDigit(text[end]) {
			at = end // white space may follow a number, so it is not what does not fit
		}
		return Number{}, at
	}
	return n, -1
}

func isSign(r rune) bool { return r == '-' || r == '+' || r == '\u2212' }

func skipSpace(text string, at int) int {
	for at < len(text) && !isDigit(text[at]) {
		r, size := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsSpace(r) {
			break
		}
		at += size
	}
	return at
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// digits is how many figures come next.
func digits(text string, at int) int {
	n := 0
	for at+n < len(text) && isDigit(text[at+n]) {
		n++
	}
	return n
}

// figures reads the number itself from at, and answers the byte after it, or
// not ok and the byte that does not fit.
func figures(text string, at int) (coef int64, scale, end int, ok bool) {
	whole, decimals := digits(text, at), 0
	end = at + whole
	for end < len(text) && text[end] == ',' {
		// A comma parts thousands only: one to three figures before the first, not
		// all of them noughts, and three after each. 0,192 and 94,5 are decimals.
		if whole < 1 || whole > 3 || text[at] == '0' || digits(text, end+1) != 3 {
			return 0, 0, end, false
		}
		end += 4
	}
	if end < len(text) && text[end] == '.' {
		decimals = digits(text, end+1)
		if decimals == 0 {
			return 0, 0, end, false
		}
		end += 1 + decimals
	}
	if whole+decimals == 0 {
		return 0, 0, at, false
	}
	for i := at; i < end; i++ {
		if !isDigit(text[i]) {
			if text[i] == '.' && end-i-1 > maxScale {
				return 0, 0, i + 1 + maxScale, false
			}
			continue
		}
		figure := int64(text[i] - '0')
		if coef > (1<<63-1-figure)/10 {
			return 0, 0, i, false
		}
		coef = coef*10 + figure
	}
	return coef, decimals, end, true
}

// noFigure are words for a figure that is not there, small letters. They are a
// mark's work: a word cannot be told from a slip of the hand.
var noFigure = map[string]bool{
	"": true, "-": true, "--": true, "\u2013": true, "\u2014": true, "..": true, "...": true, "\u2026": true, "*": true, "**": true, "?": true,
	"n/a": true, "na": true, "n.a.": true, "#n/a": true, "n/k": true, "nk": true, "tbc": true, "tba": true, "tbd": true,
	"null": true, "none": true, "nan": true, "inf": true, "+inf": true, "-inf": true, "infinity": true, "-infinity": true,
	"#div/0!": true, "#ref!": true, "#value!": true, "#name?": true, "#num!": true, "#null!": true, "########": true,
	"blank": true, "missing": true, "unknown": true, "not available": true, "not applicable": true, "awaited": true, "pending": true,
}

// letterFigures are the letters that are typed and scanned for figures.
var letterFigures = strings.NewReplacer("O", "0", "o", "0", "l", "1", "I", "1", "|", "1")

// mend says what to write for a text that stops being a number at that byte.
func mend(text string, at int) string {
	plain := strings.TrimSpace(text)
	word := strings.ToLower(plain)
	switch {
	case noFigure[word]:
		return leaveBlank
	case word == "x" || word == "z" || word == "c": // the marks that stand without a value
		return "leave it blank, and write " + word + " as its mark"
	case word == "nil" || word == "zero":
		return "write 0" + orMark
	case strings.HasPrefix(plain, "<") || strings.HasPrefix(plain, ">"):
		return "leave it blank, with a mark such as c (confidential) or low"
	case len(plain) > 2 && plain[0] == '[' && plain[len(plain)-1] == ']':
		return "leave it blank, and write " + plain[1:len(plain)-1] + " as its mark"
	}
	if n, wrong := scan(letterFigures.Replace(plain)); wrong < 0 {
		return "write " + n.written() + orMark
	}
	if inner, ok := bracketed(plain); ok {
		if n, wrong := scan(inner); wrong < 0 && n.Sign() >= 0 {
			n.Decimal = n.Neg()
			return "write " + n.written()
		}
	}
	if d, ok := powerOfTen(plain); ok {
		return "write it in full: " + d.String()
	}
	switch rest := text[at:]; {
	case rest == "":
		return plainNumber
	case rest[0] == ',':
		return commaMend(plain)
	case rest[0] == '.':
		return pointMend(plain)
	case isDigit(rest[0]):
		return "write the number with 18 figures at most"
	case at > 0 && isDigit(text[at-1]) && startsWithSpace(rest):
		return "write one number, without a space in it"
	}
	return plainNumber
}

// written is the number with its sign, as a person may write it.
func (n Number) written() string {
	switch {
	case n.Symbol == '%':
		return n.String() + "%"
	case n.Symbol == '£' && n.Sign() < 0:
		return "-£" + n.Abs().String()
	case n.Symbol == '£':
		return "£" + n.String()
	}
	return n.String()
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

// bracketed is what stands in round brackets, as accountants write a number
// below 0; the pound and the per cent sign may stand outside.
func bracketed(s string) (string, bool) {
	pound, s := strings.HasPrefix(s, "£"), strings.TrimPrefix(s, "£")
	percent, s := strings.HasSuffix(s, "%"), strings.TrimSuffix(s, "%")
	if len(s) < 3 || s[0] != '(' || s[len(s)-1] != ')' {
		return "", false
	}
	s = s[1 : len(s)-1]
	if pound {
		s = "£" + s
	}
	if percent {
		s += "%"
	}
	return s, true
}

// powerOfTen reads 1.2E+05, as spreadsheets show long numbers.
func powerOfTen(s string) (Decimal, bool) {
	mantissa, exponent, ok := strings.Cut(strings.ToLower(s), "e")
	n, wrong := scan(mantissa)
	power, err := strconv.Atoi(exponent)
	if !ok || wrong >= 0 || n.Symbol != 0 || err != nil || power < -maxScale || power > maxScale {
		return Decimal{}, false
	}
	factor := big.NewInt(powers[max(power, -power)])
	if power < 0 {
		d, err := fit(big.NewInt(n.coef), int(n.scale)-power)
		return d.Trim(), err == nil
	}
	d, err := fit(factor.Mul(factor, big.NewInt(n.coef)), int(n.scale))
	return d.Trim(), err == nil
}

// commaMend is for a comma that parts no thousands: 94,5 as on the continent,
// or a slip in 1,1922.
func commaMend(plain string) string {
	without := strings.ReplaceAll(plain, ",", "")
	first, second, _ := strings.Cut(plain, ",")
	if !strings.Contains(second, ",") && !strings.Contains(plain, ".") {
		point := first + "." + second
		n, wrong := scan(point)
		switch {
		case wrong >= 0:
			return plainNumber
		case digits(second, 0) < 3 || n.Decimal.Abs().Cmp(Int(1)) < 0: // three could be thousands
			return "write the decimal point as a full stop: " + n.written()
		}
	}
	if thousands, decimals, ok := strings.Cut(plain, ","); ok && strings.Contains(thousands, ".") { // 1.192,5
		if n, wrong := scan(strings.ReplaceAll(thousands, ".", "") + "." + decimals); wrong < 0 {
			return "write the decimal point as a full stop: " + n.written()
		}
	}
	if n, wrong := scan(without); wrong < 0 {
		return "write it without the comma if it is " + n.written() + "; commas part groups of three figures"
	}
	return plainNumber
}

// pointMend is for a full stop that is no decimal point: 5. and 12.5.1.
func pointMend(plain string) string {
	if n, wrong := scan(strings.TrimSuffix(plain, ".")); wrong < 0 {
		return "write " + n.written()
	}
	return "write one number, with one decimal point" + orMark
}
