package period

import (
	"fmt"
	"strconv"
	"strings"
)

// SyntaxError says why a text is no period, month or date, and what to write
// instead. It is the content's fault, told to the officer.
type SyntaxError struct {
	At     int    // characters before the first that does not fit, from 0
	Found  string // the text as given
	Wanted string // what would fit there: "a month from 01 to 12"
	Mend   string // what to write: "write 2017-01"

	what string // period, month or date
}

// Error is one line: what was found and what would fit.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("%s is not a %s: expected %s", strconv.Quote(e.Found), e.what, e.Wanted)
}

// Parse reads every form of the contract, section 2, and no other: not even
// white space about it. The letters AY, FY, Q, T, HT and YTD may be small. The
// error is a *SyntaxError, and the Period is then zero.
func Parse(s string) (Period, error) {
	r := reader{text: s, what: "period"}
	p := r.period()
	r.end()
	if r.err != nil {
		return Period{}, r.problem(None)
	}
	return p, nil
}

// parses reads a period without looking for a mend.
func parses(s string) (Period, bool) {
	r := reader{text: s}
	p := r.period()
	r.end()
	return p, r.err == nil
}

// reader takes a text apart from its left. The first failure is kept, and after
// it every step answers 0. What has been read is always ASCII, so that bytes
// before a place are characters before it.
type reader struct {
	text string
	what string
	at   int
	err  *SyntaxError
}

func (r *reader) fail(at int, wanted, mend string) {
	if r.err == nil {
		r.err = &SyntaxError{At: at, Found: r.text, Wanted: wanted, Mend: mend, what: r.what}
	}
}

// problem is the failure with its mend: what the text was meant to say where
// that is plain, else the mend of the place, else the forms that there are.
func (r *reader) problem(wanted Kind) *SyntaxError {
	if meant := meaning(r.text, wanted); meant != "" {
		r.err.Mend = meant
	}
	if r.err.Mend == "" {
		switch wanted {
		case KindMonth:
			r.err.Mend = "write the month as year and month, such as 2017-01"
		case Day:
			r.err.Mend = "write the date as year, month and day, such as 2017-03-22"
		default:
			r.err.Mend = "write a month such as 2017-01, a quarter such as 2016-17-Q3 or a year such as 2016-17"
		}
	}
	return r.err
}

// next is the byte that comes next, 0 at the end and after a failure.
func (r *reader) next() byte {
	if r.err != nil || r.at >= len(r.text) {
		return 0
	}
	return r.text[r.at]
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// number takes exactly so many figures.
func (r *reader) number(figures int, wanted string) int {
	n := 0
	for range figures {
		c := r.next()
		if !isDigit(c) {
			r.fail(r.at, wanted, "")
			return 0
		}
		n = n*10 + int(c-'0')
		r.at++
	}
	return n
}

// sign takes one character.
func (r *reader) sign(c byte, wanted string) {
	if r.next() != c {
		r.fail(r.at, wanted, "")
		return
	}
	r.at++
}

// word takes the letters, large or small, if they come next.
func (r *reader) word(letters string) bool {
	if r.err != nil || len(r.text)-r.at < len(letters) || !strings.EqualFold(r.text[r.at:r.at+len(letters)], letters) {
		return false
	}
	r.at += len(letters)
	return true
}

// end fails unless the whole text has been read.
func (r *reader) end() {
	if r.err == nil && r.at < len(r.text) {
		r.fail(r.at, "nothing after "+r.text[:r.at], "write "+r.text[:r.at])
	}
}

// year takes four figures. One that begins with 0 is a slip of the hand (0217),
// and its refusal leaves Month 0 free to mean "no month".
func (r *reader) year() int {
	at := r.at
	year := r.number(4, "a year of four figures")
	if r.err == nil && year < 1000 {
		r.fail(at, "a year from 1000 to 9999", "write the year in full, such as 2017")
	}
	return year
}

func (r *reader) month() Month {
	year := r.year()
	r.sign('-', "a hyphen after the year")
	return r.monthOf(year)
}

func (r *reader) monthOf(year int) Month {
	at := r.at
	number := r.number(2, "a month of two figures")
	if r.err == nil && (number < 1 || number > 12) {
		r.fail(at, "a month from 01 to 12", fmt.Sprintf("write a month from %d-01 to %d-12", year, year))
	}
	return NewMonth(year, number)
}

func (r *reader) date() Date {
	m := r.month()
	r.sign('-', "a hyphen after the month")
	return r.dayOf(m)
}

func (r *reader) dayOf(m Month) Date {
	at := r.at
	day := r.number(2, "a day of two figures")
	if r.err != nil {
		return 0
	}
	if last := m.LastDay().Day(); day < 1 || day > last {
		r.fail(at, fmt.Sprintf("a day from 01 to %d", last), fmt.Sprintf("%s has %d days: write a day of it", m.Words(), last))
	}
	return m.FirstDay() + Date(day-1)
}

// period takes any form.
func (r *reader) period() Period {
	switch {
	case r.word("AY"):
		return r.partOfAcademicYear(r.years())
	case r.word("FY"):
		start := r.years()
		if r.next() == '-' {
			return r.partOfFinancialYear(start)
		}
		return OfFinancialYear(start)
	case r.err == nil && !isDigit(r.next()):
		r.fail(r.at, "a year of four figures, AY or FY", "")
		return Period{}
	}
	year := r.year()
	r.sign('-', "a hyphen after the year")
	at := r.at
	second := r.number(2, "a month or a second year, of two figures")
	if r.err != nil {
		return Period{}
	}
	isMonth, isYear := second >= 1 && second <= 12, second == secondYear(year)
	rest := r.text[r.at:]
	switch {
	case !isMonth && !isYear:
		r.fail(at, fmt.Sprintf("a month from 01 to 12, or the second year %02d", secondYear(year)),
			fmt.Sprintf("the second year follows the first: write %d-%02d, or a month from %d-01 to %d-12", year, secondYear(year), year, year))
		return Period{}
	case len(rest) > 1 && rest[0] == '-' && !isDigit(rest[1]):
		if !isYear {
			r.fail(at, fmt.Sprintf("the second year %02d", secondYear(year)), secondYearMend("", year, rest))
			return Period{}
		}
		return r.partOfFinancialYear(year)
	case !isMonth:
		return OfFinancialYear(year)
	}
	return r.fromMonth(NewMonth(year, second))
}

// fromMonth takes what may follow a month: nothing, the last month of a window,
// or a day.
func (r *reader) fromMonth(m Month) Period {
	switch r.next() {
	case '/':
		r.at++
		at := r.at
		last := r.month()
		if r.err == nil && last < m {
			r.fail(at, "a last month that is not before the first", fmt.Sprintf("write the earlier month first: %s/%s", last, m))
		}
		return NewWindow(m, last)
	case '-':
		r.at++
		return r.fromDay(r.dayOf(m))
	}
	return OfMonth(m)
}

func (r *reader) fromDay(d Date) Period {
	if r.next() != '/' {
		return OfDay(d)
	}
	r.at++
	at := r.at
	last := r.date()
	if r.err == nil && last < d {
		r.fail(at, "a last day that is not before the first", fmt.Sprintf("write the earlier day first: %s/%s", last, d))
	}
	return NewSpan(d, last)
}

// years takes 2016-17, after AY or FY, and answers 2016.
func (r *reader) years() int {
	prefix := strings.ToUpper(r.text[:r.at])
	start := r.year()
	r.sign('-', "a hyphen after the year")
	at := r.at
	second := r.number(2, "a second year of two figures")
	if r.err == nil && second != secondYear(start) {
		r.fail(at, fmt.Sprintf("the second year %02d", secondYear(start)), secondYearMend(prefix, start, ""))
	}
	return start
}

func secondYearMend(prefix string, start int, rest string) string {
	return fmt.Sprintf("the second year follows the first: write %s%d-%02d%s", prefix, start, secondYear(start), rest)
}

// partOfFinancialYear takes -Q3 or -YTD.
func (r *reader) partOfFinancialYear(start int) Period {
	r.sign('-', "a hyphen after the year")
	switch {
	case r.word("YTD"):
		return Period{YearToDate, int32(NewMonth(start, financialStart)), stillOpen}
	case r.word("Q"):
		return NewQuarter(start, r.numbered(4, "quarters are Q1 (April to June) to Q4 (January to March)"))
	}
	r.fail(r.at, "Q1 to Q4, or YTD", "write a quarter such as 2016-17-Q3, or a year to date such as 2016-17-YTD")
	return Period{}
}

// partOfAcademicYear takes nothing, -YTD, -T1, -HT1 or -HT1-2.
func (r *reader) partOfAcademicYear(start int) Period {
	if r.next() == 0 {
		return OfAcademicYear(start)
	}
	r.sign('-', "a hyphen after the year")
	switch {
	case r.word("YTD"):
		return Period{AcademicYearToDate, int32(NewMonth(start, academicStart)), stillOpen}
	case r.word("HT"):
		return r.halfTerms(start)
	case r.word("T"):
		return NewTerm(start, r.numbered(3, "terms are T1 (autumn), T2 (spring) and T3 (summer)"))
	}
	r.fail(r.at, "YTD, T1 to T3, or HT1 to HT6", "write a term such as AY2016-17-T1, or half terms such as AY2016-17-HT1 or AY2016-17-HT1-2")
	return Period{}
}

func (r *reader) halfTerms(start int) Period {
	const mend = "half terms are HT1 to HT6, and a run of them is written HT1-2"
	from := r.numbered(6, mend)
	if r.next() != '-' {
		return NewHalfTerms(start, from, from)
	}
	r.at++
	at := r.at
	to := r.numbered(6, mend)
	if r.err == nil && to <= from {
		r.fail(at, "a later half term than the first", mend)
	}
	return NewHalfTerms(start, from, to)
}

// numbered takes one figure from 1 to most.
func (r *reader) numbered(most int, mend string) int {
	n := int(r.next()) - '0'
	if n < 1 || n > most {
		r.fail(r.at, fmt.Sprintf("a number from 1 to %d", most), mend)
		return 0
	}
	r.at++
	return n
}
