package period

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// must is the period that the text writes; one may be closed at a month.
func must(t testing.TB, text string) Period {
	t.Helper()
	p, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func month(t testing.TB, text string) Month {
	t.Helper()
	m, err := ParseMonth(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Each day by day against the calendar of package time, which this package may
// not use, over two turns of the 400-year cycle.
func TestDatesFollowTheCalendar(t *testing.T) {
	day := time.Date(1599, 12, 30, 0, 0, 0, 0, time.UTC)
	for day.Year() < 2401 {
		year, m, number := day.Date()
		d := NewDate(year, int(m), number)
		if int64(d) != day.Unix()/86400 || d.Year() != year || d.Month() != NewMonth(year, int(m)) || d.Day() != number {
			t.Fatalf("%s is day %d and reads back as %s", day.Format(time.DateOnly), d, d)
		}
		day = day.AddDate(0, 0, 1)
	}
	for _, row := range []struct {
		d    Date
		want string
	}{
		{NewDate(2017, 3, 0), "2017-02-28"},
		{NewDate(2016, 14, 31), "2017-03-03"},
		{NewDate(2024, 2, 29), "2024-02-29"},
		{0, "1970-01-01"},
		{-1, "1969-12-31"},
	} {
		if row.d.String() != row.want {
			t.Errorf("%s, want %s", row.d, row.want)
		}
	}
}

func TestMonthRunsOnAcrossYears(t *testing.T) {
	for _, row := range []struct {
		got  Month
		want string
	}{
		{NewMonth(2016, 13), "2017-01"},
		{NewMonth(2017, 0), "2016-12"},
		{NewMonth(2017, 1).Add(-1), "2016-12"},
		{NewMonth(2016, 12).Add(1), "2017-01"},
		{NewMonth(2017, 1).Add(-25), "2014-12"},
	} {
		if row.got.String() != row.want {
			t.Errorf("%s, want %s", row.got, row.want)
		}
	}
	if m := Month(-1); m.Year() != -1 || m.Number() != 12 {
		t.Errorf("the month before year 0: %d, %d", m.Year(), m.Number())
	}
}

// The financial year begins on 1 April, the academic year on 1 September
// (contract, section 2; the cases of standards.md, section 9, among the rows).
func TestYearsBeginInAprilAndSeptember(t *testing.T) {
	for _, row := range []struct {
		month                      string
		financial, of, academic, q int
	}{
		{"2025-03", 2024, 12, 2024, 4},
		{"2025-04", 2025, 1, 2024, 1},
		{"2025-08", 2025, 5, 2024, 2},
		{"2025-09", 2025, 6, 2025, 2},
		{"2024-02", 2023, 11, 2023, 4},
		{"2017-01", 2016, 10, 2016, 4},
		{"2016-12", 2016, 9, 2016, 3},
		{"2000-01", 1999, 10, 1999, 4},
	} {
		m := month(t, row.month)
		if m.FinancialYear() != row.financial || m.OfFinancialYear() != row.of || m.AcademicYear() != row.academic {
			t.Errorf("%s: financial year %d, month %d; academic year %d", m, m.FinancialYear(), m.OfFinancialYear(), m.AcademicYear())
		}
		if q := OfQuarter(m); q != NewQuarter(row.financial, row.q) || !q.Covers(OfMonth(m)) {
			t.Errorf("%s lies in %s, want quarter %d", m, q, row.q)
		}
		if !OfFinancialYear(row.financial).Covers(OfMonth(m)) || !OfAcademicYear(row.academic).Covers(OfMonth(m)) {
			t.Errorf("%s lies outside its years", m)
		}
	}
}

func TestPeriodKnowsItsDays(t *testing.T) {
	for _, row := range []struct {
		text, start, end string
		months           int
		quarterEnd       bool
	}{
		{"2017-01", "2017-01-01", "2017-01-31", 1, false},
		{"2016-02", "2016-02-01", "2016-02-29", 1, false},
		{"2017-03", "2017-03-01", "2017-03-31", 1, true},
		{"2016-17-Q1", "2016-04-01", "2016-06-30", 3, true},
		{"2016-17-Q3", "2016-10-01", "2016-12-31", 3, true},
		{"2016-17-Q4", "2017-01-01", "2017-03-31", 3, true},
		{"2016-17", "2016-04-01", "2017-03-31", 12, true},
		{"FY2009-10", "2009-04-01", "2010-03-31", 12, true},
		{"2009-10", "2009-10-01", "2009-10-31", 1, false},
		{"2015-07/2016-06", "2015-07-01", "2016-06-30", 12, true},
		{"2015-08/2016-07", "2015-08-01", "2016-07-31", 12, false},
		{"2010-08-20", "2010-08-20", "2010-08-20", 0, false},
		{"2010-06-30/2010-09-30", "2010-06-30", "2010-09-30", 0, false},
		{"AY2016-17", "2016-09-01", "2017-08-31", 12, false},
		{"AY2016-17-T1", "2016-09-01", "2016-12-31", 4, true},
		{"AY2016-17-T2", "2017-01-01", "2017-03-31", 3, true},
		{"AY2016-17-T3", "2017-04-01", "2017-08-31", 5, false},
		{"AY2016-17-HT1", "2016-09-01", "2016-10-31", 2, false},
		{"AY2016-17-HT2", "2016-11-01", "2016-12-31", 2, true},
		{"AY2016-17-HT3", "2017-01-01", "2017-02-28", 2, false},
		{"AY2016-17-HT4", "2017-03-01", "2017-03-31", 1, true},
		{"AY2016-17-HT5", "2017-04-01", "2017-05-31", 2, false},
		{"AY2016-17-HT6", "2017-06-01", "2017-08-31", 3, false},
		{"AY2016-17-HT1-2", "2016-09-01", "2016-12-31", 4, true},
		{"AY2016-17-HT3-6", "2017-01-01", "2017-08-31", 8, false},
		{"2016-17-YTD", "2016-04-01", "2016-04-30", 0, false}, // still open
	} {
		p := must(t, row.text)
		if p.Start().String() != row.start || p.End().String() != row.end || p.Months() != row.months || p.EndsWithQuarter() != row.quarterEnd {
			t.Errorf("%s: %s to %s, %d months, ends with a quarter %t", p, p.Start(), p.End(), p.Months(), p.EndsWithQuarter())
		}
		if p.First() != p.Start().Month() || p.Last() != p.End().Month() {
			t.Errorf("%s: months %s to %s", p, p.First(), p.Last())
		}
	}
}

func TestYearToDateReachesTheMonthOfItsReturn(t *testing.T) {
	for _, row := range []struct {
		text, through, last string
		months              int
	}{
		{"2016-17-YTD", "2017-01", "2017-01", 10},
		{"2015-16-YTD", "2017-01", "2016-01", 10},
		{"2016-17-YTD", "2016-04", "2016-04", 1},
		{"2016-17-YTD", "2017-03", "2017-03", 12},
		{"AY2016-17-YTD", "2017-01", "2017-01", 5},
		{"AY2015-16-YTD", "2017-08", "2016-08", 12},
		{"AY2015-16-YTD", "2017-09", "2015-09", 1},
	} {
		open := must(t, row.text)
		closed := open.Through(month(t, row.through))
		if !open.Open() || closed.Open() || closed.Last().String() != row.last || closed.Months() != row.months {
			t.Errorf("%s through %s: to %s, %d months", open, row.through, closed.Last(), closed.Months())
		}
		if closed.String() != row.text {
			t.Errorf("%s is written %s", row.text, closed)
		}
		if again := closed.Through(closed.First()).Through(month(t, row.through)); again != closed {
			t.Errorf("closed anew: %s to %s", again, again.Last())
		}
	}
	if got := FinancialYearToDate(month(t, "2017-01")); got != must(t, "2016-17-YTD").Through(month(t, "2017-01")) {
		t.Errorf("%s to %s", got, got.Last())
	}
	if got := AcademicYearToDateAt(month(t, "2017-01")); got != must(t, "AY2016-17-YTD").Through(month(t, "2017-01")) {
		t.Errorf("%s to %s", got, got.Last())
	}
	if got := must(t, "2016-17").Through(month(t, "2017-01")); got != must(t, "2016-17") {
		t.Errorf("a whole year was closed: %s", got.Words())
	}
}

func TestStepGoesByThePeriodsOwnKind(t *testing.T) {
	for _, row := range []struct{ text, before, after, yearAgo string }{
		{"2017-01", "2016-12", "2017-02", "2016-01"},
		{"2016-17-Q4", "2016-17-Q3", "2017-18-Q1", "2015-16-Q4"},
		{"2016-17-Q1", "2015-16-Q4", "2016-17-Q2", "2015-16-Q1"},
		{"2016-17", "2015-16", "2017-18", "2015-16"},
		{"FY2009-10", "FY2008-09", "FY2010-11", "FY2008-09"},
		{"FY2011-12", "FY2010-11", "2012-13", "FY2010-11"},
		{"1999-00", "1998-99", "FY2000-01", "1998-99"},
		{"2016-17-YTD", "2015-16-YTD", "2017-18-YTD", "2015-16-YTD"},
		{"2015-07/2016-06", "2014-07/2015-06", "2016-07/2017-06", "2014-07/2015-06"},
		{"2016-01/2016-03", "2015-01/2015-03", "2017-01/2017-03", "2015-01/2015-03"},
		{"2010-08-20", "2010-08-19", "2010-08-21", "2009-08-20"},
		{"2016-02-29", "2016-02-28", "2016-03-01", "2015-02-28"},
		{"2016-02-01/2016-02-29", "2015-02-01/2015-02-28", "2017-02-01/2017-02-28", "2015-02-01/2015-02-28"},
		{"AY2016-17", "AY2015-16", "AY2017-18", "AY2015-16"},
		{"AY2016-17-YTD", "AY2015-16-YTD", "AY2017-18-YTD", "AY2015-16-YTD"},
		{"AY2016-17-T1", "AY2015-16-T3", "AY2016-17-T2", "AY2015-16-T1"},
		{"AY2016-17-T3", "AY2016-17-T2", "AY2017-18-T1", "AY2015-16-T3"},
		{"AY2016-17-HT1", "AY2015-16-HT6", "AY2016-17-HT2", "AY2015-16-HT1"},
		{"AY2016-17-HT6", "AY2016-17-HT5", "AY2017-18-HT1", "AY2015-16-HT6"},
		{"AY2016-17-HT1-2", "AY2015-16-HT1-2", "AY2017-18-HT1-2", "AY2015-16-HT1-2"},
	} {
		p := must(t, row.text)
		if p.Step(-1) != must(t, row.before) || p.Step(1) != must(t, row.after) || p.Step(0) != p {
			t.Errorf("%s: before it %s, after it %s", p, p.Step(-1), p.Step(1))
		}
		if p.YearAgo() != must(t, row.yearAgo) {
			t.Errorf("%s: a year ago %s", p, p.YearAgo())
		}
	}
	closed := FinancialYearToDate(month(t, "2017-01"))
	if before := closed.Step(-1); before != FinancialYearToDate(month(t, "2016-01")) || before != closed.YearAgo() {
		t.Errorf("%s to %s", before, before.Last())
	}
	if p := must(t, "AY2016-17-T2").Step(-7); p != must(t, "AY2014-15-T1") {
		t.Errorf("seven terms back: %s", p)
	}
}

func TestCoveringGoesByDays(t *testing.T) {
	for _, row := range []struct {
		p, q string
		want bool
	}{
		{"2016-17", "2016-17-Q3", true},
		{"2016-17", "2017-03", true},
		{"2016-17", "2017-04", false},
		{"2016-17", "AY2016-17", false},
		{"2016-17-Q3", "2016-10/2016-12", true},
		{"2016-10/2016-12", "2016-17-Q3", true},
		{"2016-04/2016-06", "2016-05", true},
		{"2016-04/2016-06", "2016-05/2016-07", false},
		{"2010-08", "2010-08-20", true},
		{"2010-08-20", "2010-08", false},
		{"AY2016-17-T1", "AY2016-17-HT2", true},
		{"AY2016-17-HT1-2", "AY2016-17-T1", true},
	} {
		if got := must(t, row.p).Covers(must(t, row.q)); got != row.want {
			t.Errorf("%s covers %s: %t", row.p, row.q, got)
		}
	}
	if (Period{}).Covers(Period{}) || must(t, "2016-17").Covers(Period{}) {
		t.Error("no period is covered")
	}
}

func TestOrderIsByEndThenStartThenKind(t *testing.T) {
	want := []Period{
		{},
		must(t, "2015-16-YTD"), // open: no more is known of it than its April
		FinancialYearToDate(month(t, "2015-05")),
		must(t, "2015-16"),
		must(t, "2016-17-Q3"),
		must(t, "2016-12"),
		must(t, "2016-17"),
		must(t, "2016-04/2017-03"),
		must(t, "2016-17-Q4"),
		must(t, "2017-03"),
		must(t, "2017-03-31"),
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Compare)
	if !slices.Equal(got, want) {
		t.Errorf("%s", got)
	}
	open := must(t, "2016-17-YTD")
	if closed := open.Through(open.First()); Compare(open, closed) >= 0 || Compare(closed, open) <= 0 || open == closed {
		t.Error("an open year to date is not one closed at its April")
	}
}

func TestNoSuchPeriodIsNone(t *testing.T) {
	m := month(t, "2017-01")
	for name, p := range map[string]Period{
		"window":     NewWindow(m, m.Add(-1)),
		"span":       NewSpan(m.FirstDay(), m.FirstDay()-1),
		"quarter":    NewQuarter(2016, 5),
		"term":       NewTerm(2016, 0),
		"half term":  NewHalfTerms(2016, 0, 1),
		"half terms": NewHalfTerms(2016, 3, 2),
	} {
		if !p.IsZero() {
			t.Errorf("%s: %s", name, p)
		}
	}
	var none Period
	if none.String() != "" || none.Words() != "" || none.Short() != "" || none.Months() != 0 || none.Start() != 0 || none.End() != 0 {
		t.Error("the zero period says something")
	}
	if none.YearAgo() != none || none.Step(1) != none || none.Through(m) != none {
		t.Error("the zero period steps")
	}
	for _, p := range []Period{none, OfMonth(m), OfAcademicYear(2016)} {
		if first, last := p.HalfTerms(); first != 0 || last != 0 || p.TermNumber() != 0 {
			t.Errorf("%s: half terms %d to %d, term %d", p, first, last, p.TermNumber())
		}
	}
}

func TestMonthsWithNamesReadyAreNamedLikeTheOthers(t *testing.T) {
	for m := NewMonth(1989, 1); m < NewMonth(2051, 1); m++ {
		plain := fmt.Sprintf("%04d-%02d", m.Year(), m.Number())
		if m.String() != plain || m.Words() != fmt.Sprint(m.name(), " ", m.Year()) || m.Short() != fmt.Sprint(m.name()[:3], " ", m.Year()) {
			t.Errorf("%s is %q, %q, %q", plain, m, m.Words(), m.Short())
		}
	}
}

func TestPeriodWhoseNamesStandReadyIsWrittenAsAnyOther(t *testing.T) {
	for m := firstUsual - 15; m < endUsual+15; m++ {
		for _, p := range []Period{
			OfMonth(m), OfQuarter(m), OfFinancialYear(m.FinancialYear()), FinancialYearToDate(m), NewWindow(m-3, m), OfAcademicYear(m.AcademicYear()),
			AcademicYearToDateAt(m), termWith(m), NewHalfTerms(m.AcademicYear(), 1, 2), {YearToDate, int32(NewMonth(m.FinancialYear(), 4)), stillOpen},
			OfDay(Date(m)), NewSpan(Date(m-1), Date(m)), {YearToDate, int32(m), int32(m + 1)}, {},
		} {
			if p.String() != p.written() || p.Words() != p.inWords() || p.Short() != p.inShort() {
				t.Fatalf("%s, %s, %s is written %s, %s, %s", p.written(), p.inWords(), p.inShort(), p, p.Words(), p.Short())
			}
		}
		if p := termWith(m); p.First() > m || p.Last() < m || p.IsZero() {
			t.Errorf("the term with %s in it is %s", m, p)
		}
	}
}
