package release

import (
	"slices"
	"strings"
	"testing"

	"outturn/internal/period"
)

func day(t testing.TB, s string) period.Date {
	t.Helper()
	d, err := period.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Counted by hand on a calendar of the year.
func TestClearDaysLeaveOutBothEndsWeekendsAndBankHolidays(t *testing.T) {
	for _, c := range []struct {
		published, meeting, closed string
		want                       int
	}{
		{"2017-03-14", "2017-03-22", "", 5},
		{"2017-03-15", "2017-03-22", "", 4},
		{"2017-03-18", "2017-03-22", "", 2},           // on a Saturday: Monday and Tuesday
		{"2017-04-11", "2017-04-20", "", 4},           // Good Friday and Easter Monday between
		{"2017-04-10", "2017-04-20", "", 5},           //
		{"2016-12-19", "2016-12-30", "", 6},           // the 26th, and the 27th in the place of Christmas Day
		{"2016-12-19", "2016-12-30", "2016-12-28", 5}, // the council is shut on one more
		{"2017-03-21", "2017-03-22", "", 0},
		{"2017-03-22", "2017-03-22", "", 0},
		{"2017-03-23", "2017-03-22", "", 0},
	} {
		var cal calendar
		if c.closed != "" {
			cal.closed = []period.Date{day(t, c.closed)}
		}
		if got := cal.clearDays(day(t, c.published), day(t, c.meeting)); got != c.want {
			t.Errorf("from %s to %s there are %d clear days; counted %d", c.published, c.meeting, got, c.want)
		}
	}
}

// As www.gov.uk/bank-holidays and the London Gazette have them.
func TestBankHolidaysAreThoseOfEngland(t *testing.T) {
	for _, want := range []string{
		"2015-01-01 2015-04-03 2015-04-06 2015-05-04 2015-05-25 2015-08-31 2015-12-25 2015-12-28",
		"2016-01-01 2016-03-25 2016-03-28 2016-05-02 2016-05-30 2016-08-29 2016-12-26 2016-12-27",
		"2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26",
		"2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28",
		"2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26",
		"2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28",
	} {
		var got []string
		first := day(t, want[:4]+"-01-01")
		for d := first; d.Year() == first.Year(); d++ {
			if bankHoliday(d) && weekday(d) < saturday {
				got = append(got, d.String())
			}
		}
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("bank holidays are %s; wanted %s", got, want)
		}
	}
}

func TestTheLatestDayIsTheLastWithFiveClearDays(t *testing.T) {
	cal := calendar{closed: []period.Date{day(t, "2016-12-28"), day(t, "2016-12-29")}}
	for meeting := day(t, "2015-01-01"); meeting < day(t, "2019-01-01"); meeting++ {
		latest := cal.latest(meeting)
		if n := cal.clearDays(latest, meeting); n < fiveClearDays {
			t.Fatalf("for a meeting on %s the latest day is %s, with %d clear days", meeting, latest, n)
		}
		if !cal.works(latest) {
			t.Fatalf("for a meeting on %s the latest day is %s, when nobody works", meeting, latest)
		}
		for d := latest + 1; d < meeting; d++ {
			if cal.works(d) && cal.clearDays(d, meeting) >= fiveClearDays {
				t.Fatalf("for a meeting on %s the latest day is %s, and %s would do", meeting, latest, d)
			}
		}
	}
}
