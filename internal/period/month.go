package period

import (
	"fmt"
	"strconv"
	"sync"
)

// Month counts months from January of year 0: year*12 + month-1. No text of
// the contract parses to Month 0, so a caller may let 0 mean "no month".
type Month int32

// The months in which the two years of the contract begin (section 2).
const (
	financialStart = 4 // 1 April
	academicStart  = 9 // 1 September
)

// NewMonth is the month of that year and number. A number outside 1 to 12 runs
// on into the years beside: NewMonth(2016, 13) is January 2017.
func NewMonth(year, month int) Month { return Month(year*12 + month - 1) }

// ParseMonth reads exactly YYYY-MM, with a month from 01 to 12. The error is a
// *SyntaxError.
func ParseMonth(s string) (Month, error) {
	r := reader{text: s, what: "month"}
	m := r.month()
	r.end()
	if r.err != nil {
		return 0, r.problem(KindMonth)
	}
	return m, nil
}

// Year is the calendar year.
func (m Month) Year() int { return int(floorDiv(int32(m), 12)) }

// Number is the month's number in its calendar year, 1 for January to 12.
func (m Month) Number() int { return int(int32(m)-floorDiv(int32(m), 12)*12) + 1 }

// Add is the month n months later, or earlier where n is negative.
func (m Month) Add(n int) Month { return m + Month(n) }

// String writes the month as 2017-01.
func (m Month) String() string {
	if n := m.usual(); n != nil {
		return n.plain
	}
	return fmt.Sprintf("%04d-%02d", m.Year(), m.Number())
}

// Words writes the month as January 2017.
func (m Month) Words() string {
	if n := m.usual(); n != nil {
		return n.words
	}
	return m.name() + " " + strconv.Itoa(m.Year())
}

// Short writes the month as Jan 2017.
func (m Month) Short() string {
	if n := m.usual(); n != nil {
		return n.short
	}
	return m.abbreviation() + " " + strconv.Itoa(m.Year())
}

// names are those of one period.
type names struct {
	of                  Period
	plain, words, short string
}

// The months of these years are nearly all that are ever written, each of them
// on every page: their names are made once.
const firstUsual, endUsual = Month(1990 * 12), Month(2050 * 12)

var usualNames = sync.OnceValue(func() []names {
	list := make([]names, 0, endUsual-firstUsual)
	for m := firstUsual; m < endUsual; m++ {
		year := strconv.Itoa(m.Year())
		list = append(list, names{OfMonth(m), fmt.Sprintf("%s-%02d", year, m.Number()), m.name() + " " + year, m.abbreviation() + " " + year})
	}
	return list
})

// usual are the names of a month that has them ready, else nil.
func (m Month) usual() *names {
	if m < firstUsual || m >= endUsual {
		return nil
	}
	return &usualNames()[m-firstUsual]
}

// FinancialYear is the calendar year in which the month's financial year
// begins: 2016 for January 2017.
func (m Month) FinancialYear() int { return m.Add(1 - financialStart).Year() }

// OfFinancialYear is the month's number in its financial year, from April, 1,
// to March, 12: the k of a linear target, target × k ÷ 12 (contract, section 2).
func (m Month) OfFinancialYear() int { return m.Add(1 - financialStart).Number() }

// AcademicYear is the calendar year in which the month's academic year begins:
// 2016 for January 2017, 2017 for September 2017.
func (m Month) AcademicYear() int { return m.Add(1 - academicStart).Year() }

// FirstDay is the first day of the month.
func (m Month) FirstDay() Date { return NewDate(m.Year(), m.Number(), 1) }

// LastDay is the last day of the month: the 28th to the 31st.
func (m Month) LastDay() Date { return m.Add(1).FirstDay() - 1 }

var monthNames = [12]string{
	"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December",
}

func (m Month) name() string { return monthNames[m.Number()-1] }

func (m Month) abbreviation() string { return m.name()[:3] }

// floorDiv divides rounding down, also below zero.
func floorDiv(a, b int32) int32 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
