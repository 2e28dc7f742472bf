package period

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// periodRows are the forms of the contract, section 2, with the words for each.
// They are also seeds of FuzzParse.
var periodRows = []struct {
	text  string
	kind  Kind
	print string // the canonical form; empty: the text itself
	words string
	short string
}{
	{"2017-01", KindMonth, "", "January 2017", "Jan 2017"},
	{"2009-10", KindMonth, "", "October 2009", "Oct 2009"},
	{"2000-01", KindMonth, "", "January 2000", "Jan 2000"},
	{"2011-12", KindMonth, "", "December 2011", "Dec 2011"},
	{"2016-17-Q1", Quarter, "", "April to June 2016 (quarter 1)", "Q1 2016/17"},
	{"2016-17-q3", Quarter, "2016-17-Q3", "October to December 2016 (quarter 3)", "Q3 2016/17"},
	{"FY2016-17-Q4", Quarter, "2016-17-Q4", "January to March 2017 (quarter 4)", "Q4 2016/17"},
	{"2009-10-Q1", Quarter, "", "April to June 2009 (quarter 1)", "Q1 2009/10"},
	{"2016-17", Year, "", "2016/17 (April 2016 to March 2017)", "2016/17"},
	{"FY2016-17", Year, "2016-17", "2016/17 (April 2016 to March 2017)", "2016/17"},
	{"fy2009-10", Year, "FY2009-10", "2009/10 (April 2009 to March 2010)", "2009/10"},
	{"1999-00", Year, "", "1999/00 (April 1999 to March 2000)", "1999/00"},
	{"2012-13", Year, "", "2012/13 (April 2012 to March 2013)", "2012/13"},
	{"FY2000-01", Year, "", "2000/01 (April 2000 to March 2001)", "2000/01"},
	{"2016-17-YTD", YearToDate, "", "2016/17 year to date", "2016/17 to date"},
	{"FY2009-10-ytd", YearToDate, "2009-10-YTD", "2009/10 year to date", "2009/10 to date"},
	{"2015-07/2016-06", Window, "", "July 2015 to June 2016", "Jul 2015 to Jun 2016"},
	{"2016-07/2016-09", Window, "", "July to September 2016", "Jul to Sep 2016"},
	{"2016-07/2016-07", Window, "", "July 2016", "Jul 2016"},
	{"2010-08-20", Day, "", "20 August 2010", "20 Aug 2010"},
	{"2024-02-29", Day, "", "29 February 2024", "29 Feb 2024"},
	{"2010-08-20/2010-09-03", Span, "", "20 August to 3 September 2010", "20 Aug to 3 Sep 2010"},
	{"2010-08-20/2010-08-27", Span, "", "20 to 27 August 2010", "20 to 27 Aug 2010"},
	{"2010-12-20/2011-01-03", Span, "", "20 December 2010 to 3 January 2011", "20 Dec 2010 to 3 Jan 2011"},
	{"AY2016-17", AcademicYear, "", "academic year 2016/17", "AY 2016/17"},
	{"ay2009-10", AcademicYear, "AY2009-10", "academic year 2009/10", "AY 2009/10"},
	{"AY2016-17-YTD", AcademicYearToDate, "", "academic year 2016/17 to date", "AY 2016/17 to date"},
	{"AY2016-17-T1", Term, "", "autumn term 2016/17", "AY 2016/17 T1"},
	{"AY2016-17-t2", Term, "AY2016-17-T2", "spring term 2016/17", "AY 2016/17 T2"},
	{"AY2016-17-T3", Term, "", "summer term 2016/17", "AY 2016/17 T3"},
	{"AY2016-17-HT1", HalfTerms, "", "September to October 2016 (half term 1)", "AY 2016/17 HT1"},
	{"AY2016-17-HT4", HalfTerms, "", "March 2017 (half term 4)", "AY 2016/17 HT4"},
	{"AY2016-17-ht1-2", HalfTerms, "AY2016-17-HT1-2", "September to December 2016 (half terms 1 and 2)", "AY 2016/17 HT1-2"},
	{"AY2016-17-HT1-3", HalfTerms, "", "September 2016 to February 2017 (half terms 1 to 3)", "AY 2016/17 HT1-3"},
	{"AY1999-00-HT6", HalfTerms, "", "June to August 2000 (half term 6)", "AY 1999/00 HT6"},
}

func TestEveryFormIsReadAndWritten(t *testing.T) {
	for _, row := range periodRows {
		p, err := Parse(row.text)
		if err != nil {
			t.Errorf("%s: %v", row.text, err)
			continue
		}
		print := row.print
		if print == "" {
			print = row.text
		}
		if p.Kind() != row.kind || p.String() != print || p.Words() != row.words || p.Short() != row.short {
			t.Errorf("%s: kind %d, %s, %s, %s; want kind %d, %s, %s, %s",
				row.text, p.Kind(), p, p.Words(), p.Short(), row.kind, print, row.words, row.short)
		}
	}
}

func TestClosedYearToDateSaysItsMonths(t *testing.T) {
	for _, row := range []struct {
		p            Period
		words, short string
	}{
		{FinancialYearToDate(NewMonth(2017, 1)), "April 2016 to January 2017 (year to date)", "2016/17 to date"},
		{FinancialYearToDate(NewMonth(2016, 10)), "April to October 2016 (year to date)", "2016/17 to date"},
		{FinancialYearToDate(NewMonth(2016, 4)), "April 2016 (year to date)", "2016/17 to date"},
		{AcademicYearToDateAt(NewMonth(2017, 1)), "September 2016 to January 2017 (academic year to date)", "AY 2016/17 to date"},
	} {
		if row.p.Words() != row.words || row.p.Short() != row.short {
			t.Errorf("%s, %s", row.p.Words(), row.p.Short())
		}
	}
}

const anyForm = "write a month such as 2017-01, a quarter such as 2016-17-Q3 or a year such as 2016-17"

// misfitRows are no periods: where each stops fitting and the mend that the
// officer reads. They are also seeds of FuzzParse.
var misfitRows = []struct {
	text string
	at   int
	mend string
}{
	{"", 0, anyForm},
	{"2016/17", 4, "write 2016-17"},
	{"2016/2017", 4, "write 2016-17"},
	{"2016-2017", 5, "write 2016-17"},
	{"2016\u201317", 4, "write 2016-17"},
	{"2009/10", 4, "write FY2009-10 for the year, or 2009-10 for the month"},
	{"2009-2010", 5, "write FY2009-10 for the year, or 2009-10 for the month"},
	{"FY 2009/10", 2, "write FY2009-10"},
	{"201617", 4, "write 2016-17"},
	{"202425", 4, "write 2024-25"},
	{"201701", 4, "write 2017-01"},
	{"199920", 4, anyForm},
	{"2016-18", 5, "the second year follows the first: write 2016-17, or a month from 2016-01 to 2016-12"},
	{"2017-13", 5, "the second year follows the first: write 2017-18, or a month from 2017-01 to 2017-12"},
	{"2017-00", 5, "the second year follows the first: write 2017-18, or a month from 2017-01 to 2017-12"},
	{"FY2016-18", 7, "the second year follows the first: write FY2016-17"},
	{"2017-01-Q3", 5, "the second year follows the first: write 2017-18-Q3"},
	{"Jan 2017", 0, "write 2017-01"},
	{"January 2017", 0, "write 2017-01"},
	{"sept. 2017", 0, "write 2017-09"},
	{"2017 January", 4, "write 2017-01"},
	{"Jan-17", 0, "write 2017-01"},
	{"2017-1", 6, "write 2017-01"},
	{"2017/01", 4, "write 2017-01"},
	{"01/2017", 2, "write 2017-01"},
	{" 2017-01", 0, "write 2017-01"},
	{"2017-01 ", 7, "write 2017-01"},
	{"Q3 2016-17", 0, "write 2016-17-Q3"},
	{"Q3 2016/17", 0, "write 2016-17-Q3"},
	{"quarter 3, 2016/17", 0, "write 2016-17-Q3"},
	{"2016-17 Q3", 7, "write 2016-17-Q3"},
	{"2016/17Q3", 4, "write 2016-17-Q3"},
	{"2016-17-Q5", 9, "quarters are Q1 (April to June) to Q4 (January to March)"},
	{"2016-17-X", 8, "write a quarter such as 2016-17-Q3, or a year to date such as 2016-17-YTD"},
	{"2016-17-", 7, "write 2016-17"},
	{"2016-17-Q33", 10, "write 2016-17-Q3"},
	{"2016-17 year to date", 7, "write 2016-17-YTD"},
	{"AY 2016/17", 2, "write AY2016-17"},
	{"AY2016-18", 7, "the second year follows the first: write AY2016-17"},
	{"AY2016-17-T4", 11, "terms are T1 (autumn), T2 (spring) and T3 (summer)"},
	{"AY2016-17-HT7", 12, "half terms are HT1 to HT6, and a run of them is written HT1-2"},
	{"AY2016-17-HT2-1", 14, "half terms are HT1 to HT6, and a run of them is written HT1-2"},
	{"AY2016-17-HT1-1", 14, "half terms are HT1 to HT6, and a run of them is written HT1-2"},
	{"AY2016-17-Q1", 10, "write a term such as AY2016-17-T1, or half terms such as AY2016-17-HT1 or AY2016-17-HT1-2"},
	{"autumn term 2016/17", 0, "write AY2016-17-T1"},
	{"HT1-2 2016/17", 0, "write AY2016-17-HT1-2"},
	{"2016-17-T1", 8, "write AY2016-17-T1"},
	{"2016-06/2015-07", 8, "write the earlier month first: 2015-07/2016-06"},
	{"2015-07 to 2016-06", 7, "write 2015-07/2016-06"},
	{"Jul 2015 - Jun 2016", 0, "write 2015-07/2016-06"},
	{"2015-07/2016-13", 13, "write a month from 2016-01 to 2016-12"},
	{"2017-02-30", 8, "February 2017 has 28 days: write a day of it"},
	{"20/08/2010", 2, "write 2010-08-20"},
	{"01/02/2017", 2, "write 2017-02 for the month, or 2017-02-01 for the day"},
	{"20100820", 4, "write 2010-08-20"},
	{"2010/08/01", 4, "write 2010-08-01"},
	{"20th August 2010", 2, "write 2010-08-20"},
	{"2010/8/20", 4, "write 2010-08-20"},
	{"2010-09-03/2010-08-20", 11, "write the earlier day first: 2010-08-20/2010-09-03"},
	{"2010-08-20/2010-09", 18, anyForm},
	{"2017", 4, anyForm},
	{"0217-01", 0, "write the year in full, such as 2017"},
	{"99-00", 2, anyForm},
	{"\u0662\u0660\u0661\u0667-01", 0, anyForm},
	{"2017-01\x00", 7, "write 2017-01"},
}

func TestMisfitIsPlacedAndMended(t *testing.T) {
	for _, row := range misfitRows {
		p, err := Parse(row.text)
		var wrong *SyntaxError
		if !errors.As(err, &wrong) || !p.IsZero() {
			t.Errorf("%q is read as %s, %v", row.text, p, err)
			continue
		}
		if wrong.At != row.at || wrong.Mend != row.mend || wrong.Found != row.text || wrong.Wanted == "" {
			t.Errorf("%q: %d, %q; want %d, %q (%v)", row.text, wrong.At, wrong.Mend, row.at, row.mend, err)
		}
	}
}

// What a mend tells the officer to write must itself be read.
func TestMendCanBeWritten(t *testing.T) {
	for _, row := range misfitRows {
		for _, word := range strings.Fields(row.mend) {
			if word = strings.TrimRight(word, ",:"); strings.ContainsAny(word, "0123456789") && strings.Contains(word, "-") && !strings.HasPrefix(word, "HT") {
				if _, err := Parse(word); err != nil {
					t.Errorf("%q: %s: %v", row.text, row.mend, err)
				}
			}
		}
	}
}

func TestErrorSaysWhatWouldFit(t *testing.T) {
	for _, row := range []struct {
		parse func() error
		want  string
	}{
		{func() error { _, err := Parse("2016-18"); return err }, `"2016-18" is not a period: expected a month from 01 to 12, or the second year 17`},
		{func() error { _, err := Parse("Q3\n2016"); return err }, `"Q3\n2016" is not a period: expected a year of four figures, AY or FY`},
		{func() error { _, err := ParseMonth("2017-13"); return err }, `"2017-13" is not a month: expected a month from 01 to 12`},
		{func() error { _, err := ParseDate("2017-02-29"); return err }, `"2017-02-29" is not a date: expected a day from 01 to 28`},
	} {
		if got := row.parse().Error(); got != row.want {
			t.Errorf("%s; want %s", got, row.want)
		}
	}
}

func TestOnlyAMonthIsAMonth(t *testing.T) {
	if m, err := ParseMonth("2017-01"); err != nil || m != NewMonth(2017, 1) {
		t.Errorf("%s, %v", m, err)
	}
	for text, want := range map[string]SyntaxError{
		"":           {At: 0, Mend: "write the month as year and month, such as 2017-01"},
		"2017-13":    {At: 5, Mend: "write a month from 2017-01 to 2017-12"},
		"2017-1":     {At: 6, Mend: "write 2017-01"},
		"2016-17-Q3": {At: 5, Mend: "write a month from 2016-01 to 2016-12"},
		"2017-01-22": {At: 7, Mend: "write 2017-01"},
		"Jan 2017":   {At: 0, Mend: "write 2017-01"},
		"0000-01":    {At: 0, Mend: "write the year in full, such as 2017"},
	} {
		var wrong *SyntaxError
		if m, err := ParseMonth(text); !errors.As(err, &wrong) || wrong.At != want.At || wrong.Mend != want.Mend {
			t.Errorf("%q: %s, %+v", text, m, wrong)
		}
	}
}

func TestOnlyARealDayIsADate(t *testing.T) {
	if d, err := ParseDate("2017-03-22"); err != nil || d != NewDate(2017, 3, 22) || d.Words() != "22 March 2017" {
		t.Errorf("%s, %v", d, err)
	}
	for text, want := range map[string]SyntaxError{
		"2017-02-29":            {At: 8, Mend: "February 2017 has 28 days: write a day of it"},
		"2017-00-01":            {At: 5, Mend: "write a month from 2017-01 to 2017-12"},
		"2017-03":               {At: 7, Mend: "write the date as year, month and day, such as 2017-03-22"},
		"22/03/2017":            {At: 2, Mend: "write 2017-03-22"},
		"22 March 2017":         {At: 2, Mend: "write 2017-03-22"},
		"2017-03-22T10:00":      {At: 10, Mend: "write 2017-03-22"},
		"2017-03-22/2017-03-23": {At: 10, Mend: "write 2017-03-22"},
	} {
		var wrong *SyntaxError
		if d, err := ParseDate(text); !errors.As(err, &wrong) || wrong.At != want.At || wrong.Mend != want.Mend {
			t.Errorf("%q: %s, %+v", text, d, wrong)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, row := range periodRows {
		f.Add(row.text)
	}
	for _, row := range misfitRows {
		f.Add(row.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Parse(text)
		if err != nil {
			var wrong *SyntaxError
			if !p.IsZero() || !errors.As(err, &wrong) || wrong.At < 0 || wrong.At > utf8.RuneCountInString(text) ||
				wrong.Wanted == "" || wrong.Mend == "" || strings.ContainsAny(err.Error()+wrong.Mend, "\n\r") {
				t.Fatalf("Parse(%q) = %v, %+v", text, p, err)
			}
			return
		}
		if back, err := Parse(p.String()); err != nil || back != p {
			t.Fatalf("Parse(%q) = %s, read back as %s, %v", text, p, back, err)
		}
		if p.IsZero() || p.End() < p.Start() || p.Last() < p.First() || p.Words() == "" || p.Short() == "" || !p.Covers(p) {
			t.Fatalf("Parse(%q) = %s, %s to %s", text, p.Words(), p.Start(), p.End())
		}
		if p.Step(3).Step(-3) != p && p.Kind() != Span || Compare(p.Step(-1), p) >= 0 {
			t.Fatalf("%s steps to %s", p, p.Step(-1))
		}
		if m := OfMonth(NewMonth(2017, 1)); p.Open() == (p.Through(m.First()) == p) {
			t.Fatalf("%s through January is %s", p, p.Through(m.First()).Words())
		}
		_, _ = ParseMonth(text)
		_, _ = ParseDate(text)
	})
}
