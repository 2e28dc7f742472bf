package dataset

import (
	"slices"
	"strings"
	"unicode/utf8"

	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// The words of the contract's enumerations (section 2), in its order.
var (
	goodWords      = []string{"high", "low", "within", "info"}
	frequencyWords = []string{"monthly", "quarterly", "termly", "annual"}
	basisWords     = []string{"in_month", "as_at", "cumulative", "rolling", "average", "projected"}
	ytdWords       = []string{"sum", "ratio", "mean", "latest", "reported", "none"}
	ragOnWords     = []string{"period", "ytd", "none"}
	ragRuleWords   = []string{"tolerance", "benchmark", "milestone", "tolerance_and_trend"}
	statusWords    = []string{"live", "developing", "suspended", "replaced"}
	kindWords      = []string{"local", "corporate_plan", "partnership", "national_standard"}
	profileWords   = []string{"flat", "linear"}
	stateWords     = []string{"set", "to_be_set", "none"}
	ratingWords    = []string{"green", "amber", "red", "none"}
	reasonWords    = []string{"late_data", "correction", "definition"}
	breakWords     = []string{"yes", "no"}
	markWords      = []string{"x", "z", "c", "p", "e", "b", "u", "low", "r"}
)

// markMeanings are the symbols with their meaning, for a mend.
const markMeanings = "x (not available), z (not applicable), c (confidential), p (provisional), e (estimated), b (break in series), u (low reliability), low, r (revised)"

// oneOf reads a word of a list, case aside; an empty cell is the default.
func (c cell) oneOf(words []string, otherwise string) string {
	if c.text == "" {
		return otherwise
	}
	word := strings.ToLower(c.text)
	if slices.Contains(words, word) {
		return word
	}
	p := c.errorf(0, "bad-key", "%s %s is not known", c.column, diag.Quote(c.text))
	p.Hint = "write one of " + strings.Join(words, ", ")
	if near := diag.Nearest(word, words); near != "" {
		p.Hint = "did you mean " + near + "?"
	}
	return otherwise
}

// present reports whether a required cell has text, and complains if not.
func (c cell) present(mend string) bool {
	if c.text != "" {
		return true
	}
	c.errorf(0, "bad-key", "%s is empty", c.column).Hint = mend
	return false
}

// month reads a report month; an empty cell is 0.
func (c cell) month() period.Month {
	if c.text == "" {
		return 0
	}
	m, err := period.ParseMonth(c.text)
	if err == nil {
		return m
	}
	at, hint := 0, "write a month as 2017-01"
	if p, wrong := period.Parse(c.text); wrong == nil {
		hint = "a month is wanted here, such as " + p.Last().String()
	} else if syntax, ok := err.(*period.SyntaxError); ok {
		at = syntax.At
		if text, ok := strings.CutPrefix(syntax.Mend, "write "); ok {
			if _, err := period.ParseMonth(text); err == nil {
				hint = syntax.Mend
			}
		}
	}
	c.errorf(at, "bad-period", "%s %s is not a month", c.column, diag.Quote(c.text)).Hint = hint
	return 0
}

// period reads a period that must not be open: a register has no month in
// which a year to date could end.
func (c cell) period() (period.Period, bool) {
	p, ok := c.openPeriod()
	if ok && p.Open() {
		c.errorf(0, "bad-period", "%s %s does not say in which month it ends", c.column, diag.Quote(c.text)).Hint =
			"write the months: " + p.First().String() + "/" + p.First().Add(9).String()
		return period.Period{}, false
	}
	return p, ok
}

func (c cell) openPeriod() (period.Period, bool) {
	p, err := period.Parse(c.text)
	if err == nil {
		return p, true
	}
	at, hint := 0, ""
	if syntax, ok := err.(*period.SyntaxError); ok {
		at, hint = syntax.At, syntax.Mend
	}
	if c.text == "" {
		c.errorf(0, "bad-period", "%s is empty", c.column).Hint = "write a period, such as 2016-17"
		return p, false
	}
	c.errorf(at, "bad-period", "%s %s is not a period", c.column, diag.Quote(c.text)).Hint = hint
	return p, false
}

func (c cell) date() (period.Date, bool) {
	d, err := period.ParseDate(c.text)
	if err == nil {
		return d, true
	}
	if c.text == "" {
		c.errorf(0, "bad-date", "%s is empty", c.column).Hint = "write a day as 2017-01-31"
		return 0, false
	}
	hint := "write a day as 2017-01-31"
	if syntax, ok := err.(*period.SyntaxError); ok {
		hint = syntax.Mend
	}
	c.errorf(0, "bad-date", "%s %s is not a date", c.column, diag.Quote(c.text)).Hint = hint
	return 0, false
}

// number reads a number with the sign that its unit allows. where is told in
// the message: " (indicator 3.2, January 2017)" or "".
func (c cell) number(unit quantity.Unit, grades []string, where func() string) (quantity.Decimal, bool) {
	if unit == quantity.Grade {
		return c.grade(grades, where)
	}
	n, syntax := quantity.Parse(c.text)
	if syntax != nil {
		if unit == quantity.Count || unit == quantity.DistinctCount { // 1,87 has no decimals
			if whole, wrong := quantity.Parse(strings.ReplaceAll(c.text, ",", "")); wrong == nil && whole.Scale() == 0 {
				syntax.Mend = "a count is a whole number, and its commas part groups of three figures: write " + whole.String() + " if that is meant"
			}
		}
		c.errorf(syntax.At, "bad-number", "%s %s is not a number%s", c.column, diag.Quote(c.text), where()).Hint = syntax.Mend
		return quantity.Decimal{}, false
	}
	switch {
	case n.Symbol == '%' && unit != quantity.Percent:
		at := utf8.RuneCountInString(c.text[:max(strings.IndexByte(c.text, '%'), 0)])
		c.errorf(at, "bad-number", "%s %s is a percentage, but the unit is %s%s", c.column, diag.Quote(c.text), unitWord(unit), where()).Hint =
			"take the % away, or put the unit right in indicators.csv"
		return quantity.Decimal{}, false
	case n.Symbol == '£' && unit != quantity.Money:
		at := utf8.RuneCountInString(c.text[:max(strings.Index(c.text, "£"), 0)])
		c.errorf(at, "bad-number", "%s %s is money, but the unit is %s%s", c.column, diag.Quote(c.text), unitWord(unit), where()).Hint =
			"take the £ away, or put the unit right in indicators.csv"
		return quantity.Decimal{}, false
	}
	return n.Decimal, true
}

func unitWord(u quantity.Unit) string {
	if u == 0 {
		return "a plain number"
	}
	return u.String()
}

// grade reads a word of the scorecard's grades as its place, from 1 for the
// worst: grades compare as numbers do.
func (c cell) grade(grades []string, where func() string) (quantity.Decimal, bool) {
	for i, word := range grades {
		if strings.EqualFold(word, c.text) {
			return quantity.Int(int64(i + 1)), true
		}
	}
	p := c.errorf(0, "bad-number", "%s %s is not a grade%s", c.column, diag.Quote(c.text), where())
	if len(grades) == 0 {
		p.Hint = "name the grades of this scorecard, worst first, in its _index.md: grades"
		return quantity.Decimal{}, false
	}
	p.Hint = "write one of " + strings.Join(grades, ", ")
	if near := diag.Nearest(c.text, grades); near != "" {
		p.Hint = "did you mean " + near + "?"
	}
	return quantity.Decimal{}, false
}

func nowhere() string { return "" }

// marks reads symbols without their brackets, separated by spaces. The first
// result has no symbol twice and keeps the order written.
func (c cell) marks() (Marks, bool) {
	if c.text == "" {
		return "", true
	}
	var kept []string
	for _, word := range strings.Fields(c.text) {
		mark := strings.ToLower(word)
		if !slices.Contains(markWords, mark) {
			at := utf8.RuneCountInString(c.text[:strings.Index(c.text, word)])
			p := c.errorf(at, "bad-mark", "mark %s is not known", diag.Quote(word))
			p.Hint = "write one of " + markMeanings
			if bare := strings.Trim(mark, "[](),;"); slices.Contains(markWords, bare) {
				p.Hint = "write " + bare + ", without brackets; several marks have a space between them"
			}
			return "", false
		}
		if !slices.Contains(kept, mark) {
			kept = append(kept, mark)
		}
	}
	return Marks(strings.Join(kept, " ")), true
}

// list splits a cell at semicolons.
func (c cell) list() []string {
	var words []string
	for word := range strings.SplitSeq(c.text, ";") {
		if word = trim(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// Has reports whether a symbol stands among the marks.
func (m Marks) Has(symbol string) bool {
	if m == "" {
		return false // nearly always
	}
	for word := range strings.FieldsSeq(string(m)) {
		if word == symbol {
			return true
		}
	}
	return false
}

// Withholds is the symbol that stands in place of a value: x, z or c; or "".
func (m Marks) Withholds() string {
	if m == "" {
		return ""
	}
	for word := range strings.FieldsSeq(string(m)) {
		if word == "x" || word == "z" || word == "c" {
			return word
		}
	}
	return ""
}
