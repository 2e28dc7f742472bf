package release

import (
	"slices"

	"outturn/internal/commentary"
	"outturn/internal/period"
)

// fiveClearDays is how long before a meeting its agenda and the reports to it
// are open to inspection (Local Government Act 1972, section 100B(3) and (4)(a),
// as amended by S.I. 2002/715).
const fiveClearDays = 5

// calendar counts clear days: neither the day of publication nor that of the
// meeting is one, and only working days are (R v Swansea City Council, ex parte
// Elitestone Ltd, Court of Appeal, 5 May 1993).
type calendar struct {
	closed []period.Date // the council's own closed days
}

func calendarOf(site commentary.Site) calendar { return calendar{site.Calendar.Closed} }

// clearDays counts the working days between two days, neither of them counted;
// 0 where the second is not after the first.
func (c calendar) clearDays(published, meeting period.Date) int {
	n := 0
	for d := published + 1; d < meeting; d++ {
		if c.works(d) {
			n++
		}
	}
	return n
}

// latest is the last day on which a paper can be published with five clear days
// before a meeting.
func (c calendar) latest(meeting period.Date) period.Date {
	n, d := 0, meeting-1
	for ; n < fiveClearDays; d-- {
		if c.works(d) {
			n++
		}
	}
	for !c.works(d) { // on a closed day nobody publishes
		d--
	}
	return d
}

func (c calendar) works(d period.Date) bool {
	return weekday(d) < saturday && !bankHoliday(d) && !slices.Contains(c.closed, d)
}

// Days of the week, from Monday.
const (
	monday   = 0
	friday   = 4
	saturday = 5
	sunday   = 6
)

// weekday is 0 for a Monday. 1 January 2001 was one.
func weekday(d period.Date) int {
	return (int(d-period.NewDate(2001, 1, 1))%7 + 7) % 7
}

// bankHoliday reports whether a day is one of England's eight, or the day in its
// place where it falls on a weekend (Banking and Financial Dealings Act 1971,
// schedule 1; New Year's Day and the first Monday in May by proclamation each
// year; Christmas Day and Good Friday at common law). Those of one year alone,
// such as a coronation's, stand in site.yaml under closed.
func bankHoliday(d period.Date) bool {
	switch d.Month().Number() {
	case 1:
		first := period.NewDate(d.Year(), 1, 1)
		return d == nextMonday(first)
	case 5:
		return weekday(d) == monday && (d.Day() <= 7 || d.Day() > 31-7)
	case 8:
		return weekday(d) == monday && d.Day() > 31-7
	case 12:
		christmas := period.NewDate(d.Year(), 12, 25)
		switch weekday(christmas) {
		case friday:
			return d == christmas || d == christmas+3
		case saturday:
			return d == christmas+2 || d == christmas+3
		case sunday:
			return d == christmas+1 || d == christmas+2
		}
		return d == christmas || d == christmas+1
	case 3, 4:
		sunday := easter(d.Year())
		return d == sunday-2 || d == sunday+1
	}
	return false
}

// nextMonday is the day itself, or the Monday after it where it falls on a weekend.
func nextMonday(d period.Date) period.Date {
	for weekday(d) >= saturday {
		d++
	}
	return d
}

// easter is Easter Sunday (Jean Meeus, Astronomical Algorithms, chapter 8: the
// Gregorian calendar, without exception).
func easter(year int) period.Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return period.NewDate(year, n/31, n%31+1)
}
