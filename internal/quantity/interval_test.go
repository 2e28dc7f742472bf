package quantity

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// intervalRows are intervals as targets state them. They are also the seeds of
// FuzzParseInterval.
var intervalRows = []struct {
	text  string
	want  string // as the contract writes it; empty: not an interval
	words string // of a count
	at    int
	mend  string
}{
	{text: ">=95", want: ">=95", words: "95 or more"},
	{text: ">90", want: ">90", words: "more than 90"},
	{text: "<=4", want: "<=4", words: "4 or less"},
	{text: "<23", want: "<23", words: "less than 23"},
	{text: "14..22", want: "14..22", words: "14 to 22"},
	{text: "158.8+-5", want: "158.8+-5", words: "within 5 of 158.8"},
	{text: "≥95", want: ">=95", words: "95 or more"},
	{text: " ≤ 4 ", want: "<=4", words: "4 or less"},
	{text: "158.8 ± 5", want: "158.8+-5", words: "within 5 of 158.8"},
	{text: ">=95.50%", want: ">=95.50", words: "95.50 or more"},
	{text: "<£435,922", want: "<435922", words: "less than 435,922"},
	{text: "-5..-3", want: "-5..-3", words: "−5 to −3"},
	{text: "-5 .. .5", want: "-5..0.5", words: "−5 to 0.5"},
	{text: "-5+-3", want: "-5+-3", words: "within 3 of −5"},
	{text: "5+-0", want: "5+-0", words: "within 0 of 5"},
	{text: "7..7", want: "7..7", words: "7 to 7"},
	{text: "<year_ago", want: "<year_ago", words: "less than the same period last year"},
	{text: "<=national_average", want: "<=national_average", words: "the national average or less"},
	{text: "14..national_average", want: "14..national_average", words: "14 to the national average"},

	{text: "", at: 0, mend: intervalForms},
	{text: "95", at: 2, mend: "say which side is meant: >=95 or <=95"},
	{text: "14-22", at: 2, mend: "write 14..22"},
	{text: "14 to 22", at: 2, mend: "write 14..22"},
	{text: "14\u201322", at: 2, mend: "write 14..22"},
	{text: "14\u202622", at: 2, mend: "write 14..22"},
	{text: "22..14", at: 4, mend: "write the lower end first: 14..22"},
	{text: "5...7", at: 3, mend: "write two full stops between the ends, and a figure before each decimal point: 14..22"},
	{text: "=>95", at: 0, mend: "write >=95"},
	{text: "at least 95%", at: 0, mend: "write >=95"},
	{text: "95+", at: 2, mend: "write >=95"},
	{text: "under 4", at: 0, mend: "write <4"},
	{text: ">=", at: 2, mend: intervalForms},
	{text: "..22", at: 0, mend: intervalForms},
	{text: ">=94,5", at: 4, mend: "write the decimal point as a full stop: >=94.5"},
	{text: ">=9O", at: 3, mend: "write >=90"},
	{text: ">>9", at: 1, mend: intervalForms},
	{text: "5+--3", at: 3, mend: "write the size without a sign after +-: 5+-3"},
	{text: "national_average+-5", at: 0, mend: intervalForms},
	{text: "<=national-average", at: 10, mend: "write a number, or the name of one figure in letters, digits and _, such as year_ago"},
	{text: "9223372036854775807+-1", at: 21, mend: "write numbers of fewer figures"},
	{text: "≥9O", at: 2, mend: "write ≥90"},
	{text: "> 9O", at: 3, mend: "write >90"},
	{text: "<9O%", at: 2, mend: "write <90%"},
	{text: "1O..2O", at: 1, mend: "write 10..20"},
	{text: "14..2O", at: 5, mend: "write 14..20"},
	{text: "158.8+-l", at: 7, mend: "write 158.8+-1"},
	{text: ">=1,5OO", at: 3, mend: "write >=1500"},
	{text: "<year_ag0.5", at: 9, mend: "write a number, or the name of one figure in letters, digits and _, such as year_ago"},
}

func TestIntervalsAreReadAsTargetsStateThem(t *testing.T) {
	for _, row := range intervalRows {
		i, wrong := ParseInterval(row.text)
		if row.want != "" {
			if wrong != nil || i.String() != row.want || i.Words(Count) != row.words {
				t.Errorf("ParseInterval(%q) = %s, %s, %v; want %s, %s", row.text, i, i.Words(Count), wrong, row.want, row.words)
			}
			continue
		}
		if wrong == nil {
			t.Errorf("ParseInterval(%q) = %s; want an error", row.text, i)
			continue
		}
		if wrong.At != row.at || wrong.Mend != row.mend || wrong.Found != row.text || !i.IsZero() {
			t.Errorf("ParseInterval(%q): %d, %q; want %d, %q", row.text, wrong.At, wrong.Mend, row.at, row.mend)
		}
	}
	if _, wrong := ParseInterval("95"); wrong.Error() != `"95" is not an interval` {
		t.Error(wrong)
	}
}

// interval is the one that the text writes.
func interval(t testing.TB, text string) Interval {
	t.Helper()
	i, wrong := ParseInterval(text)
	if wrong != nil {
		t.Fatal(wrong, wrong.Mend)
	}
	return i
}

func TestIntervalKnowsItsEdges(t *testing.T) {
	for _, row := range []struct {
		interval, figure string
		in               bool
		distance         string
	}{
		{">=95", "95", true, "0"},
		{">=95", "95.00", true, "0"},
		{">=95", "94.9", false, "0.1"},
		{">90", "90", false, "0"}, // the edge is as near, though it is not in it
		{">90", "90.1", true, "0"},
		{"<=4", "4", true, "0"},
		{"<23", "23", false, "0"},
		{"<23", "25", false, "2"},
		{"14..22", "14", true, "0"},
		{"14..22", "22", true, "0"},
		{"14..22", "13.9", false, "0.1"},
		{"14..22", "23", false, "1"},
		{"158.8+-5", "153.8", true, "0"},
		{"158.8+-5", "163.8", true, "0"},
		{"158.8+-5", "163.9", false, "0.1"},
		{"-5..-3", "-3", true, "0"},
		{"-5..-3", "0", false, "3"},
	} {
		i, d := interval(t, row.interval), dec(t, row.figure)
		distance, err := i.Distance(d)
		if i.Contains(d) != row.in || err != nil || !distance.Equal(dec(t, row.distance)) {
			t.Errorf("%s of %s: in %t, distance %s, %v", d, i, i.Contains(d), distance, err)
		}
	}
}

// Tolerance bands worked by hand: of 90 with 5 per cent the band ends at 85.5,
// of 10 where low is good with 10 per cent at 11, of -4 with 25 per cent of its
// size at -5, of 18 to 22 with 2 at 16 and 24; every edge is in the band.
func TestRatingBandsIncludeTheirEdges(t *testing.T) {
	for _, row := range []struct{ figure, green, amber, want string }{
		{"90", ">=90", ">=85.5", "green"},
		{"85.5", ">=90", ">=85.5", "amber"},
		{"85.4", ">=90", ">=85.5", "red"},
		{"85.5", ">=90", ">=85", "amber"},
		{"85.0", ">=90", ">=85", "amber"},
		{"85.0", ">=90", ">=85.5", "red"},
		{"10", "<=10", "<=11", "green"},
		{"11", "<=10", "<=11.0", "amber"},
		{"11.01", "<=10", "<=11", "red"},
		{"1", "<=0", "<=0", "red"},
		{"1", "<=0", "<=1", "amber"},
		{"0.3", ">=0.3", ">=0.3", "green"},
		{"20", "18..22", "16..24", "green"},
		{"22", "18..22", "16..24", "green"},
		{"24", "18..22", "16..24", "amber"},
		{"24.1", "18..22", "16..24", "red"},
		{"15.9", "20+-2", "20+-4", "red"},
		{"-5", ">=-4", ">=-5", "amber"},
		{"48", ">=50", ">=47.5", "amber"},
		{"48", ">=60", ">=57", "red"},
	} {
		got := "red"
		switch d := dec(t, row.figure); {
		case interval(t, row.green).Contains(d):
			got = "green"
		case interval(t, row.amber).Contains(d):
			got = "amber"
		}
		if got != row.want {
			t.Errorf("%s, green %s, amber %s: %s, want %s", row.figure, row.green, row.amber, got, row.want)
		}
	}
}

func TestNamedEndsAreResolved(t *testing.T) {
	known := func(name string) (Decimal, bool) {
		d, ok := map[string]Decimal{"year_ago": New(302, 1), "low": Int(14), "high": Int(9)}[name]
		return d, ok
	}
	i := interval(t, "<year_ago")
	if names := i.Names(); len(names) != 1 || names[0] != "year_ago" {
		t.Error(names)
	}
	if i.Contains(Int(1)) {
		t.Error("an interval with a name has no figures in it")
	}
	if _, err := i.Distance(Int(1)); !errors.Is(err, ErrNoInterval) {
		t.Error(err)
	}
	resolved, missing := i.Resolve(known)
	if missing != "" || resolved != (Interval{High: Bound{Value: New(302, 1), Set: true}}) || i.String() != "<year_ago" {
		t.Errorf("%s, %q; before: %s", resolved, missing, i)
	}
	if resolved, missing = interval(t, "low..nowhere").Resolve(known); missing != "nowhere" || !resolved.IsZero() {
		t.Errorf("%s, %q", resolved, missing)
	}
	if crossed, _ := interval(t, "low..high").Resolve(known); crossed.Contains(Int(10)) {
		t.Errorf("%s contains 10", crossed)
	}
	if around := interval(t, "158.8+-5"); around.Names() != nil {
		t.Error(around.Names())
	}
}

func TestNoIntervalContainsNothing(t *testing.T) {
	var none Interval
	if _, err := none.Distance(Int(0)); none.Contains(Int(0)) || !none.IsZero() || none.String() != "" || none.Words(Count) != "" || !errors.Is(err, ErrNoInterval) {
		t.Errorf("%+v, %v", none, err)
	}
	if _, ok := none.OneSided(); ok {
		t.Error("one-sided")
	}
}

func TestIntervalsAreMadeAsTheyAreWritten(t *testing.T) {
	for text, made := range map[string]Interval{
		">=95": AtLeast(Int(95)), ">90": {Low: Bound{Value: Int(90), Set: true}}, "<=4": AtMost(Int(4)), "<23": {High: Bound{Value: Int(23), Set: true}},
		"14..22": Between(Int(22), Int(14)),
	} {
		if interval(t, text) != made {
			t.Errorf("%s is made %s", text, made)
		}
		up, one := made.OneSided()
		if one != !strings.Contains(text, "..") || one && up != strings.HasPrefix(text, ">") {
			t.Errorf("%s: %t, %t", text, up, one)
		}
	}
}

func TestIntervalIsSaidInItsUnit(t *testing.T) {
	for _, row := range []struct {
		text string
		unit Unit
		want string
	}{
		{">=95", Percent, "95% or more"},
		{">90", Percent, "more than 90%"},
		{"<=4", Days, "4 or less"},
		{"<23", Percent, "less than 23%"},
		{"14..22", Percent, "14% to 22%"},
		{"158.8+-5", RatePer10000, "within 5 of 158.8"},
		{"73.5+-2", Percent, "within 2 percentage points of 73.5%"},
		{"<=435922", Money, "£435,922 or less"},
	} {
		if got := interval(t, row.text).Words(row.unit); got != row.want {
			t.Errorf("%s: %s, want %s", row.text, got, row.want)
		}
	}
}

func FuzzParseInterval(f *testing.F) {
	for _, row := range intervalRows {
		f.Add(row.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		i, wrong := ParseInterval(text)
		if wrong != nil {
			if !i.IsZero() || wrong.At < 0 || wrong.At > utf8.RuneCountInString(text) || wrong.Mend == "" || strings.Contains(wrong.Error(), "\n") {
				t.Fatalf("ParseInterval(%q) = %v, %+v", text, i, wrong)
			}
			return
		}
		back, wrong := ParseInterval(i.String())
		if wrong != nil || back != i || i.IsZero() {
			t.Fatalf("ParseInterval(%q) = %s, read back as %s, %v", text, i, back, wrong)
		}
	})
}
