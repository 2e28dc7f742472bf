// Package period knows the spans of time that a council reports on: months,
// financial quarters and years, years to date, windows, days, and the academic
// year with its terms and half terms.
//
// A Period is a small comparable value: it may be a map key, and two periods
// are equal exactly when they print alike and cover the same days.
//
//	p, err := period.Parse("2016-17-Q3")
//	p.Words() // "October to December 2016 (quarter 3)"
//
// The financial year runs from April to March, the academic year from
// September to August (contract, section 2). The package is pure: no clock.
//
// A year to date is written without the month that it reaches (2016-17-YTD),
// since that is the month of the return. As parsed it is therefore open, and
// Through closes it. A closed one prints as it was written, so
// Parse(p.String()) is p for every period but a closed year to date, for which
// it is the open one of the same year.
package period

import "cmp"

// Kind says how a period is written and stepped.
type Kind uint32 // as wide as the months of a Period, which without a gap is hashed and compared in one go

const (
	None               Kind = iota // the zero Period
	KindMonth                      // 2017-01
	Quarter                        // 2016-17-Q3
	Year                           // 2016-17, FY2009-10
	YearToDate                     // 2016-17-YTD
	Window                         // 2015-07/2016-06
	Day                            // 2010-08-20
	Span                           // 2010-08-20/2010-09-03
	AcademicYear                   // AY2016-17
	AcademicYearToDate             // AY2016-17-YTD
	Term                           // AY2016-17-T1
	HalfTerms                      // AY2016-17-HT1, AY2016-17-HT1-2
)

// Period is one span of time. The zero value is no period.
type Period struct {
	kind        Kind
	first, last int32 // months (as Month), or days (as Date) for Day and Span; last is -1 in an open year to date
}

// stillOpen stands for the last month of a year to date as it was parsed.
const stillOpen = -1

// The first month of each term and half term, counted from September, 0, and
// after them the month that begins the next year. Terms end in December, March
// and August; half terms in October, December, February, March, May and August
// (contract, section 2).
var (
	termStarts     = [...]int{0, 4, 7, 12}
	halfTermStarts = [...]int{0, 2, 4, 6, 7, 9, 12}
)

func ofMonths(k Kind, first, last Month) Period { return Period{k, int32(first), int32(last)} }

// OfMonth is the month as a period.
func OfMonth(m Month) Period { return ofMonths(KindMonth, m, m) }

// OfQuarter is the financial quarter with m in it. Financial and calendar
// quarters share their months and differ in their numbers: January to March is
// the financial year's fourth.
func OfQuarter(m Month) Period {
	first := m.Add(-(m.Number() - 1) % 3)
	return ofMonths(Quarter, first, first.Add(2))
}

// NewQuarter is quarter n, 1 to 4, of the financial year that begins in April
// of that year; the zero Period where n is no quarter.
func NewQuarter(start, n int) Period {
	if n < 1 || n > 4 {
		return Period{}
	}
	return OfQuarter(NewMonth(start, financialStart+3*(n-1)))
}

// OfFinancialYear is the financial year that begins in April of that year.
func OfFinancialYear(start int) Period { return yearFrom(Year, NewMonth(start, financialStart)) }

// OfAcademicYear is the academic year that begins in September of that year.
func OfAcademicYear(start int) Period { return yearFrom(AcademicYear, NewMonth(start, academicStart)) }

func yearFrom(k Kind, first Month) Period { return ofMonths(k, first, first.Add(11)) }

// FinancialYearToDate runs from April to m.
func FinancialYearToDate(m Month) Period {
	return ofMonths(YearToDate, NewMonth(m.FinancialYear(), financialStart), m)
}

// AcademicYearToDateAt runs from September to m.
func AcademicYearToDateAt(m Month) Period {
	return ofMonths(AcademicYearToDate, NewMonth(m.AcademicYear(), academicStart), m)
}

// NewWindow is the months from first to last, both in it; the zero Period where
// last is before first.
func NewWindow(first, last Month) Period {
	if last < first {
		return Period{}
	}
	return ofMonths(Window, first, last)
}

// OfDay is the day as a period.
func OfDay(d Date) Period { return Period{Day, int32(d), int32(d)} }

// NewSpan is the days from first to last, both in it; the zero Period where
// last is before first.
func NewSpan(first, last Date) Period {
	if last < first {
		return Period{}
	}
	return Period{Span, int32(first), int32(last)}
}

// NewTerm is term n of the academic year that begins in September of startYear:
// 1 autumn, 2 spring, 3 summer; the zero Period where n is no term.
func NewTerm(startYear, n int) Period {
	if n < 1 || n > 3 {
		return Period{}
	}
	return partOfAcademicYear(Term, startYear, termStarts[n-1], termStarts[n])
}

// NewHalfTerms is the run of half terms from one to another, 1 to 6 and both in
// it, of the academic year that begins in September of startYear. One half term
// has from equal to to. The zero Period where there is no such run.
func NewHalfTerms(startYear, from, to int) Period {
	if from < 1 || to > 6 || to < from {
		return Period{}
	}
	return partOfAcademicYear(HalfTerms, startYear, halfTermStarts[from-1], halfTermStarts[to])
}

// partOfAcademicYear takes months counted from September, from one up to and
// without another.
func partOfAcademicYear(k Kind, startYear, from, upTo int) Period {
	september := NewMonth(startYear, academicStart)
	return ofMonths(k, september.Add(from), september.Add(upTo-1))
}

// termWith is the term that has m in it.
func termWith(m Month) Period {
	n := 1
	for m.Add(1-academicStart).Number() > termStarts[n] {
		n++
	}
	return NewTerm(m.AcademicYear(), n)
}

// Kind says how the period is written and stepped; None for the zero Period.
func (p Period) Kind() Kind { return p.kind }

// IsZero says whether p is no period.
func (p Period) IsZero() bool { return p.kind == None }

func (p Period) ofDays() bool { return p.kind-Day <= Span-Day } // Day or Span, in one comparison

// Open says whether p is a year to date without its last month, as parsed.
func (p Period) Open() bool { return p.isToDate() && p.last == stillOpen }

func (p Period) isToDate() bool { return p.kind == YearToDate || p.kind == AcademicYearToDate }

// First is the first month; for days, the month of the first day.
func (p Period) First() Month {
	if p.ofDays() {
		return Date(p.first).Month()
	}
	return Month(p.first)
}

// Last is the last month; for days, the month of the last day. An open year to
// date has reached its first month and no more is known: Through closes it.
func (p Period) Last() Month {
	if p.last != stillOpen && !p.ofDays() {
		return Month(p.last) // of nearly all, and nothing is called
	}
	return p.lastOfFew()
}

func (p Period) lastOfFew() Month {
	switch {
	case p.ofDays():
		return Date(p.last).Month()
	case p.Open():
		return Month(p.first)
	}
	return Month(p.last)
}

// Start is the first day. The zero Period has none, and answers day 0.
func (p Period) Start() Date {
	switch {
	case p.IsZero():
		return 0
	case p.ofDays():
		return Date(p.first)
	}
	return p.First().FirstDay()
}

// End is the last day, which lies in the month Last. The zero Period has none,
// and answers day 0.
func (p Period) End() Date {
	switch {
	case p.IsZero():
		return 0
	case p.ofDays():
		return Date(p.last)
	}
	return p.Last().LastDay()
}

// Months counts the months: 1 for a month, 12 for a year. It is 0 where there
// is no whole number of months to give: days, spans, an open year to date.
func (p Period) Months() int {
	if p.IsZero() || p.ofDays() || p.Open() {
		return 0
	}
	return int(p.last-p.first) + 1
}

// Through closes a year to date at the month of its own year that has m's
// number: 2015-16-YTD through January 2017 ends in January 2016, which is what
// a return of January 2017 means by it. A closed one is closed anew; any other
// period is unchanged.
func (p Period) Through(m Month) Period {
	if !p.isToDate() {
		return p
	}
	first := Month(p.first)
	p.last = int32(first.Add((m.Number() - first.Number() + 12) % 12))
	return p
}

// YearAgo is the same period a year before. Days go by the calendar: for 29
// February it is 28 February.
func (p Period) YearAgo() Period { return p.shift(-12) }

func (p Period) shift(months int) Period {
	switch {
	case p.IsZero():
		return p
	case p.ofDays():
		p.first = int32(Date(p.first).addMonths(months))
		p.last = int32(Date(p.last).addMonths(months))
		return p
	}
	if !p.Open() {
		p.last += int32(months)
	}
	p.first += int32(months)
	return p
}

// Step is n steps of the period's own kind later, or earlier where n is
// negative: months, quarters, terms, single half terms and days go to the one
// beside; years, years to date, windows, spans of days and runs of half terms
// to the same a year later or earlier (contract, section 3, "Previous").
func (p Period) Step(n int) Period {
	switch p.kind {
	case KindMonth:
		return p.shift(n)
	case Quarter:
		return p.shift(3 * n)
	case Day:
		return OfDay(Date(p.first) + Date(n))
	case Term:
		year, number := beside(p.First().AcademicYear(), p.TermNumber(), n, 3)
		return NewTerm(year, number)
	case HalfTerms:
		if first, last := p.HalfTerms(); first == last {
			year, number := beside(p.First().AcademicYear(), first, n, 6)
			return NewHalfTerms(year, number, number)
		}
	}
	return p.shift(12 * n)
}

// beside counts n parts on from a numbered part of a year that has so many.
func beside(year, number, n, parts int) (int, int) {
	all := int32(year*parts + number - 1 + n)
	y := floorDiv(all, int32(parts))
	return int(y), int(all-y*int32(parts)) + 1
}

// Covers says whether every day of q lies in p. Nothing covers the zero Period,
// and it covers nothing.
func (p Period) Covers(q Period) bool {
	if !p.IsZero() && !q.IsZero() && !p.ofDays() && !q.ofDays() { // months tell as much as days
		return p.First() <= q.First() && q.Last() <= p.Last()
	}
	return !p.IsZero() && !q.IsZero() && p.Start() <= q.Start() && q.End() <= p.End()
}

// EndsWithQuarter says whether p is made of months and the last is March, June,
// September or December. An open year to date has no last month.
func (p Period) EndsWithQuarter() bool {
	return p.Months() > 0 && p.Last().Number()%3 == 0
}

// HalfTerms are the numbers of the first and last half term, 1 to 6; 0 and 0
// for a period of another kind.
func (p Period) HalfTerms() (first, last int) {
	if p.kind != HalfTerms {
		return 0, 0
	}
	september := NewMonth(p.First().AcademicYear(), academicStart)
	from, upTo := int(p.First()-september), int(p.Last()-september)+1
	for i := range 6 {
		if halfTermStarts[i] == from {
			first = i + 1
		}
		if halfTermStarts[i+1] == upTo {
			last = i + 1
		}
	}
	return first, last
}

// TermNumber is 1 for autumn, 2 for spring, 3 for summer; 0 for a period of
// another kind.
func (p Period) TermNumber() int {
	if p.kind != Term {
		return 0
	}
	from := int(p.First()) - int(NewMonth(p.First().AcademicYear(), academicStart))
	for i, start := range termStarts {
		if start == from {
			return i + 1
		}
	}
	return 0
}

// quarterNumber is 1 to 4; p is a quarter.
func (p Period) quarterNumber() int { return (p.First().OfFinancialYear()-1)/3 + 1 }

// Compare orders periods by their end, then by their start (the earlier first),
// then by kind, so that a year stands before its last quarter and that before
// its last month. The zero Period stands first; 0 means p == q.
func Compare(p, q Period) int {
	if p.IsZero() || q.IsZero() {
		return cmp.Compare(p.kind, q.kind)
	}
	// Months tell as much as their first and last days, which take long to find.
	if !p.ofDays() && !q.ofDays() {
		if last, other := p.Last(), q.Last(); last != other {
			return cmp.Compare(last, other)
		}
		return cmp.Or(cmp.Compare(p.First(), q.First()), cmp.Compare(p.kind, q.kind), cmp.Compare(p.last, q.last))
	}
	return cmp.Or(
		cmp.Compare(p.End(), q.End()),
		cmp.Compare(p.Start(), q.Start()),
		cmp.Compare(p.kind, q.kind),
		cmp.Compare(p.last, q.last), // an open year to date before one closed at its first month
	)
}
