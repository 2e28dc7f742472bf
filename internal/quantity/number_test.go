package quantity

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// numberRows are the numbers of the contract, section 2, as people write them,
// and what is no number with the place and the mend that the officer reads.
// They are also the seeds of FuzzParse.
var numberRows = []struct {
	text   string
	want   string // as machines write it; empty: not a number
	symbol rune
	at     int
	mend   string
}{
	{text: "1192", want: "1192"},
	{text: "1,192", want: "1192"},
	{text: "435,922.50", want: "435922.50"},
	{text: "1,234,567", want: "1234567"},
	{text: "95.6%", want: "95.6", symbol: '%'},
	{text: "95.6 %", want: "95.6", symbol: '%'},
	{text: "£435,922", want: "435922", symbol: '£'},
	{text: " 12.5 ", want: "12.5"},
	{text: "\u00a012.5\u2009", want: "12.5"},
	{text: "29.70", want: "29.70"},
	{text: "-3", want: "-3"},
	{text: "\u22123", want: "-3"},
	{text: "£-3", want: "-3", symbol: '£'},
	{text: "-£3", want: "-3", symbol: '£'},
	{text: "\u2212£1,250", want: "-1250", symbol: '£'},
	{text: "+3", want: "3"},
	{text: ".5", want: "0.5"},
	{text: "-.5", want: "-0.5"},
	{text: "007", want: "7"},
	{text: "0", want: "0"},
	{text: "-0.0", want: "0.0"},
	{text: "9223372036854775807", want: "9223372036854775807"},
	{text: "-9223372036854775807", want: "-9223372036854775807"},
	{text: "0.000000000000000001", want: "0.000000000000000001"},

	{text: "94,5", at: 2, mend: "write the decimal point as a full stop: 94.5"},
	{text: "94,5%", at: 2, mend: "write the decimal point as a full stop: 94.5%"},
	{text: "0,192", at: 1, mend: "write the decimal point as a full stop: 0.192"},
	{text: "1,19", at: 1, mend: "write the decimal point as a full stop: 1.19"},
	{text: "11,92", at: 2, mend: "write the decimal point as a full stop: 11.92"},
	{text: "1.192,5", at: 5, mend: "write the decimal point as a full stop: 1192.5"},
	{text: "1,1922", at: 1, mend: "write it without the comma if it is 11922; commas part groups of three figures"},
	{text: "1,192,34", at: 5, mend: "write it without the comma if it is 119234; commas part groups of three figures"},
	{text: "1234,567", at: 4, mend: "write it without the comma if it is 1234567; commas part groups of three figures"},
	{text: ",5", at: 0, mend: "write the decimal point as a full stop: 0.5"},
	{text: "9O.5", at: 1, mend: "write 90.5, or leave it blank with a mark such as x"},
	{text: "9o.5", at: 1, mend: "write 90.5, or leave it blank with a mark such as x"},
	{text: "l2", at: 0, mend: "write 12, or leave it blank with a mark such as x"},
	{text: "4I%", at: 1, mend: "write 41%, or leave it blank with a mark such as x"},
	{text: "1e5", at: 1, mend: "write it in full: 100000"},
	{text: "1.2E+05", at: 3, mend: "write it in full: 120000"},
	{text: "1.5e-3", at: 3, mend: "write it in full: 0.0015"},
	{text: "1e400", at: 1, mend: plainNumber},
	{text: "(3)", at: 0, mend: "write -3"},
	{text: "(1,192)", at: 0, mend: "write -1192"},
	{text: "(£40)", at: 0, mend: "write -£40"},
	{text: "£(40)", at: 1, mend: "write -£40"},
	{text: "n/a", at: 0, mend: leaveBlank},
	{text: "N/A", at: 0, mend: leaveBlank},
	{text: "-", at: 1, mend: leaveBlank},
	{text: "\u2013", at: 0, mend: leaveBlank},
	{text: "..", at: 0, mend: leaveBlank},
	{text: "*", at: 0, mend: leaveBlank},
	{text: "tbc", at: 0, mend: leaveBlank},
	{text: "#DIV/0!", at: 0, mend: leaveBlank},
	{text: "NaN", at: 0, mend: leaveBlank},
	{text: "Inf", at: 0, mend: leaveBlank},
	{text: "", at: 0, mend: leaveBlank},
	{text: "  ", at: 2, mend: leaveBlank},
	{text: "nil", at: 0, mend: "write 0, or leave it blank with a mark such as x"},
	{text: "<5", at: 0, mend: "leave it blank, with a mark such as c (confidential) or low"},
	{text: "C", at: 0, mend: "leave it blank, and write c as its mark"},
	{text: "p", at: 0, mend: plainNumber},
	{text: "[c]", at: 0, mend: "leave it blank, and write c as its mark"},
	{text: "12.5.1", at: 4, mend: "write one number, with one decimal point, or leave it blank with a mark such as x"},
	{text: "5.", at: 1, mend: "write 5"},
	{text: "5.%", at: 1, mend: "write one number, with one decimal point, or leave it blank with a mark such as x"},
	{text: "12 5", at: 2, mend: "write one number, without a space in it"},
	{text: "12 days", at: 3, mend: plainNumber},
	{text: " 12p", at: 3, mend: plainNumber},
	{text: "0x1f", at: 1, mend: plainNumber},
	{text: "--3", at: 1, mend: plainNumber},
	{text: "££3", at: 1, mend: plainNumber},
	{text: "£3%", at: 2, mend: plainNumber},
	{text: "12%%", at: 3, mend: plainNumber},
	{text: "\u0661\u0662", at: 0, mend: plainNumber},
	{text: "9223372036854775808", at: 18, mend: "write the number with 18 figures at most"},
	{text: "0.0000000000000000001", at: 20, mend: "write the number with 18 figures at most"},
	{text: "1\xff", at: 1, mend: plainNumber},
}

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for _, row := range numberRows {
		n, wrong := Parse(row.text)
		if row.want != "" {
			if wrong != nil || n.String() != row.want || n.Symbol != row.symbol {
				t.Errorf("Parse(%q) = %s %q, %v; want %s %q", row.text, n, n.Symbol, wrong, row.want, row.symbol)
			}
			continue
		}
		if wrong == nil {
			t.Errorf("Parse(%q) = %s; want an error", row.text, n)
			continue
		}
		if wrong.At != row.at || wrong.Mend != row.mend || wrong.Found != row.text || n != (Number{}) {
			t.Errorf("Parse(%q): %d, %q; want %d, %q", row.text, wrong.At, wrong.Mend, row.at, row.mend)
		}
	}
}

func TestNumberErrorIsOneLine(t *testing.T) {
	_, wrong := Parse("9O.5")
	if got := wrong.Error(); got != `"9O.5" is not a number` {
		t.Error(got)
	}
	if _, wrong = Parse("9\n5"); strings.Contains(wrong.Error(), "\n") {
		t.Errorf("%q", wrong.Error())
	}
}

// What a mend tells the officer to write must itself be read.
func TestMendOfNumberCanBeWritten(t *testing.T) {
	for _, row := range numberRows {
		for _, lead := range []string{"write the decimal point as a full stop: ", "write it in full: "} {
			if text, ok := strings.CutPrefix(row.mend, lead); ok {
				if _, wrong := Parse(text); wrong != nil {
					t.Errorf("%q: %s: %v", row.text, row.mend, wrong)
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, row := range numberRows {
		f.Add(row.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, wrong := Parse(text)
		if wrong != nil {
			if n != (Number{}) || wrong.At < 0 || wrong.At > utf8.RuneCountInString(text) || wrong.Mend == "" || strings.Contains(wrong.Error(), "\n") {
				t.Fatalf("Parse(%q) = %v, %+v", text, n, wrong)
			}
			return
		}
		for _, again := range []string{n.String(), n.Grouped(), n.written()} {
			back, wrong := Parse(again)
			if wrong != nil || back.Decimal != n.Decimal {
				t.Fatalf("Parse(%q) = %v, which is written %q and read %v, %v", text, n, again, back, wrong)
			}
		}
	})
}

// A number of figures alone is read in one go; a space before it takes it the way
// of all others.
func TestPlainNumbersReadAsOthersDo(t *testing.T) {
	random := rand.New(rand.NewPCG(2017, 1))
	for range 200_000 {
		text := make([]byte, random.IntN(21))
		for i := range text {
			text[i] = "0123456789.."[random.IntN(12)]
			if random.IntN(40) == 0 {
				text[i] = "-,% x"[random.IntN(5)]
			}
		}
		got, wrong := scan(string(text))
		want, wrongAfter := scan(" " + string(text))
		if got != want || (wrong < 0) != (wrongAfter < 0) {
			t.Fatalf("%q reads as %v (%d), after a space as %v (%d)", text, got, wrong, want, wrongAfter)
		}
	}
}
