package period

import (
	"fmt"
	"strconv"
	"sync"
)

// The periods that end in a usual month are nearly all that are ever written,
// on one page after the other: their names are made once, by kind and last
// month. Months have theirs themselves; windows, half terms and days are rare.
var usualPeriods = [...]func() []names{
	Quarter:            namesOf(OfQuarter),
	Year:               namesOf(func(m Month) Period { return OfFinancialYear(m.FinancialYear()) }),
	YearToDate:         namesOf(FinancialYearToDate),
	AcademicYear:       namesOf(func(m Month) Period { return OfAcademicYear(m.AcademicYear()) }),
	AcademicYearToDate: namesOf(AcademicYearToDateAt),
	Term:               namesOf(termWith),
}

// namesOf are the names of the period of one kind that has a month in it, where
// that is its last; the others stay empty.
func namesOf(with func(Month) Period) func() []names {
	return sync.OnceValue(func() []names {
		list := make([]names, endUsual-firstUsual)
		for i := range list {
			m := firstUsual + Month(i)
			if p := with(m); p.Last() == m {
				list[i] = names{p, p.written(), p.inWords(), p.inShort()}
			}
		}
		return list
	})
}

// usual are the names of a period that has them ready, else nil.
func (p Period) usual() *names {
	at := int(p.last) - int(firstUsual)
	if int(p.kind) >= len(usualPeriods) || usualPeriods[p.kind] == nil || at < 0 || at >= int(endUsual-firstUsual) {
		return nil
	}
	if n := &usualPeriods[p.kind]()[at]; n.of == p {
		return n
	}
	return nil
}

// String writes the period as the contract does, in its one canonical form:
// 2017-01, 2016-17-Q3, FY2009-10. The zero Period is "".
func (p Period) String() string {
	if n := p.usual(); n != nil {
		return n.plain
	}
	return p.written()
}

func (p Period) written() string {
	switch p.kind {
	case KindMonth:
		return p.First().String()
	case Quarter:
		return p.years('-') + "-Q" + strconv.Itoa(p.quarterNumber())
	case Year:
		if readsAsMonth(p.startYear()) {
			return "FY" + p.years('-')
		}
		return p.years('-')
	case YearToDate:
		return p.years('-') + "-YTD"
	case Window:
		return p.First().String() + "/" + p.Last().String()
	case Day:
		return p.Start().String()
	case Span:
		return p.Start().String() + "/" + p.End().String()
	case AcademicYear:
		return "AY" + p.years('-')
	case AcademicYearToDate:
		return "AY" + p.years('-') + "-YTD"
	case Term, HalfTerms:
		return "AY" + p.years('-') + "-" + p.part()
	}
	return ""
}

// Words writes the period out, for a sentence or a heading: January 2017;
// October to December 2016 (quarter 3); 2016/17 (April 2016 to March 2017). The
// months always stand beside a quarter or a financial year, since calendar
// quarters are numbered otherwise. The zero Period is "".
func (p Period) Words() string {
	if n := p.usual(); n != nil {
		return n.words
	}
	return p.inWords()
}

func (p Period) inWords() string {
	switch p.kind {
	case KindMonth:
		return p.First().Words()
	case Quarter:
		return p.monthsInWords() + " (quarter " + strconv.Itoa(p.quarterNumber()) + ")"
	case Year:
		return p.years('/') + " (" + p.monthsInWords() + ")"
	case YearToDate:
		if p.Open() {
			return p.years('/') + " year to date"
		}
		return p.monthsInWords() + " (year to date)"
	case Window:
		return p.monthsInWords()
	case Day, Span:
		return between(p.Start(), p.End(), Month.name)
	case AcademicYear:
		return "academic year " + p.years('/')
	case AcademicYearToDate:
		if p.Open() {
			return "academic year " + p.years('/') + " to date"
		}
		return p.monthsInWords() + " (academic year to date)"
	case Term:
		return fmt.Sprintf("%s term %s", [...]string{"autumn", "spring", "summer"}[p.TermNumber()-1], p.years('/'))
	case HalfTerms:
		return fmt.Sprintf("%s (%s)", p.monthsInWords(), p.halfTermsInWords())
	}
	return ""
}

// Short writes the period for the head of a table or the axis of a chart: Jan
// 2017, Q3 2016/17, AY 2016/17 HT1-2. The zero Period is "".
func (p Period) Short() string {
	if n := p.usual(); n != nil {
		return n.short
	}
	return p.inShort()
}

func (p Period) inShort() string {
	switch p.kind {
	case KindMonth:
		return p.First().Short()
	case Quarter:
		return "Q" + strconv.Itoa(p.quarterNumber()) + " " + p.years('/')
	case Year:
		return p.years('/')
	case YearToDate:
		return p.years('/') + " to date"
	case Window:
		return monthsBetween(p.First(), p.Last(), Month.abbreviation)
	case Day, Span:
		return between(p.Start(), p.End(), Month.abbreviation)
	case AcademicYear:
		return "AY " + p.years('/')
	case AcademicYearToDate:
		return "AY " + p.years('/') + " to date"
	case Term, HalfTerms:
		return fmt.Sprintf("AY %s %s", p.years('/'), p.part())
	}
	return ""
}

// startYear is the calendar year in which the period's own year begins.
func (p Period) startYear() int {
	switch p.kind {
	case AcademicYear, AcademicYearToDate, Term, HalfTerms:
		return p.First().AcademicYear()
	}
	return p.First().FinancialYear()
}

// years writes the two calendar years of a financial or academic year.
func (p Period) years(sign byte) string {
	start := p.startYear()
	if start < 0 || start > 9999 {
		return fmt.Sprintf("%04d%c%02d", start, sign, secondYear(start))
	}
	digit := func(n int) byte { return byte('0' + n%10) }
	second := secondYear(start)
	return string([]byte{digit(start / 1000), digit(start / 100), digit(start / 10), digit(start), sign, digit(second / 10), digit(second)})
}

// secondYear is the two figures written after the year in which a financial or
// academic year begins: 17 after 2016, 0 after 1999.
func secondYear(start int) int { return (start + 1) % 100 }

// readsAsMonth says whether the years of a financial year, written without FY,
// are a month: 2000-01 to 2011-12 (and a century on either side).
func readsAsMonth(start int) bool {
	second := secondYear(start)
	return second >= 1 && second <= 12
}

// part is T1, HT1 or HT1-2.
func (p Period) part() string {
	if p.kind == Term {
		return fmt.Sprintf("T%d", p.TermNumber())
	}
	first, last := p.HalfTerms()
	if first == last {
		return fmt.Sprintf("HT%d", first)
	}
	return fmt.Sprintf("HT%d-%d", first, last)
}

func (p Period) halfTermsInWords() string {
	first, last := p.HalfTerms()
	switch last - first {
	case 0:
		return fmt.Sprintf("half term %d", first)
	case 1:
		return fmt.Sprintf("half terms %d and %d", first, last)
	}
	return fmt.Sprintf("half terms %d to %d", first, last)
}

func (p Period) monthsInWords() string { return monthsBetween(p.First(), p.Last(), Month.name) }

// monthsBetween says each year once: "October to December 2016".
func monthsBetween(first, last Month, name func(Month) string) string {
	until := name(last) + " " + strconv.Itoa(last.Year())
	switch {
	case first == last:
		return until
	case first.Year() == last.Year():
		return name(first) + " to " + until
	}
	return name(first) + " " + strconv.Itoa(first.Year()) + " to " + until
}

// between says each month and year once: "20 to 27 August 2010".
func between(start, end Date, name func(Month) string) string {
	last := fmt.Sprintf("%d %s %d", end.Day(), name(end.Month()), end.Year())
	switch {
	case start == end:
		return last
	case start.Month() == end.Month():
		return fmt.Sprintf("%d to %s", start.Day(), last)
	case start.Year() == end.Year():
		return fmt.Sprintf("%d %s to %s", start.Day(), name(start.Month()), last)
	}
	return fmt.Sprintf("%d %s %d to %s", start.Day(), name(start.Month()), start.Year(), last)
}
