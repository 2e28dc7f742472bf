package period

import "fmt"

// Date counts days from 1 January 1970, which is day 0, in the Gregorian
// calendar. It has no time of day and no time zone.
type Date int32

// NewDate is the day of that year, month and day. Numbers outside the month run
// on into the months beside: NewDate(2017, 3, 0) is 28 February 2017.
func NewDate(year, month, day int) Date {
	m := NewMonth(year, month)
	// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
	// days_from_civil: years begin in March, so that the leap day is the last.
	shifted := m.Add(-2)
	y, months := int32(shifted.Year()), int32(shifted.Number()-1)
	era := floorDiv(y, 400)
	ofEra := y - era*400
	dayOfYear := (153*months + 2) / 5
	dayOfEra := ofEra*365 + ofEra/4 - ofEra/100 + dayOfYear
	return Date(era*daysOfEra + dayOfEra - daysToEpoch + int32(day) - 1)
}

const (
	daysOfEra   = 146097 // days in 400 Gregorian years
	daysToEpoch = 719468 // days from 1 March of year 0 to 1 January 1970
)

// ParseDate reads exactly YYYY-MM-DD, and only a day that the calendar has. The
// error is a *SyntaxError.
func ParseDate(s string) (Date, error) {
	r := reader{text: s, what: "date"}
	d := r.date()
	r.end()
	if r.err != nil {
		return 0, r.problem(Day)
	}
	return d, nil
}

// Month is the month that has the day in it.
func (d Date) Month() Month { m, _ := d.civil(); return m }

// Year is the calendar year.
func (d Date) Year() int { return d.Month().Year() }

// Day is the day of the month, 1 to 31.
func (d Date) Day() int { _, day := d.civil(); return day }

// String writes the day as 2017-03-22.
func (d Date) String() string {
	m, day := d.civil()
	return fmt.Sprintf("%s-%02d", m, day)
}

// Words writes the day as 22 March 2017.
func (d Date) Words() string {
	m, day := d.civil()
	return fmt.Sprintf("%d %s", day, m.Words())
}

// Short writes the day as 22 Mar 2017.
func (d Date) Short() string {
	m, day := d.civil()
	return fmt.Sprintf("%d %s", day, m.Short())
}

// civil is the inverse of NewDate (Hinnant's civil_from_days).
func (d Date) civil() (Month, int) {
	z := int32(d) + daysToEpoch
	era := floorDiv(z, daysOfEra)
	dayOfEra := z - era*daysOfEra
	ofEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*ofEra + ofEra/4 - ofEra/100)
	months := (5*dayOfYear + 2) / 153
	day := dayOfYear - (153*months+2)/5 + 1
	return NewMonth(int(era*400+ofEra), 3+int(months)), int(day)
}

// addMonths keeps the day of the month; where the month is too short, its last
// day stands: a year before 29 February is 28 February.
func (d Date) addMonths(n int) Date {
	m, day := d.civil()
	m = m.Add(n)
	return min(m.FirstDay()+Date(day-1), m.LastDay())
}
