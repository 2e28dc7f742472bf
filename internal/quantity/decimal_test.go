package quantity

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// dec is the decimal that the text writes.
func dec(t testing.TB, text string) Decimal {
	t.Helper()
	n, wrong := Parse(text)
	if wrong != nil {
		t.Fatal(wrong)
	}
	return n.Decimal
}

func TestRoundingIsHalfAwayFromZero(t *testing.T) {
	for _, row := range []struct {
		text   string
		places int
		want   string
	}{
		{"18.25", 1, "18.3"}, // half to even would give 18.2
		{"18.35", 1, "18.4"},
		{"-18.25", 1, "-18.3"},
		{"18.2499999999999999", 1, "18.2"},
		{"-18.2499999999999999", 1, "-18.2"},
		{"0.5", 0, "1"},
		{"-0.5", 0, "-1"},
		{"2.5", 0, "3"},
		{"-2.5", 0, "-3"},
		{"0.4", 0, "0"},
		{"-0.4", 0, "0"}, // never -0
		{"-0.04", 1, "0.0"},
		{"1.005", 2, "1.01"}, // a binary float holds less than 1.005
		{"99.95", 1, "100.0"},
		{"29.7", 2, "29.70"},
		{"100", 1, "100.0"},
		{"7", -1, "7"},
		{"7.5", -1, "8"},
		{"0.999999999999999999", 0, "1"},
		{"9223372036854775807", 1, "9223372036854775807"}, // a nought more cannot be held
		{"922337203685477580.7", 0, "922337203685477581"},
		{"9.223372036854775807", 0, "9"},
	} {
		if got := dec(t, row.text).Round(row.places).String(); got != row.want {
			t.Errorf("%s to %d places: %s, want %s", row.text, row.places, got, row.want)
		}
	}
}

func TestComparingNeedsMoreThan64Bits(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want int
	}{
		{"1.0", "1.00", 0},
		{"0", "0.000", 0},
		{"0.3", "0.30000000000000004", -1},
		{"9223372036854775807", "9.223372036854775807", 1},
		{"-9223372036854775807", "-9.223372036854775807", -1},
		{"9223372036854775807", "0.000000000000000001", 1},
		{"9.223372036854775807", "9", 1},
		{"9.000000000000000000", "9", 0},
		{"-9.000000000000000001", "-9", -1},
		{"-1", "0.000000000000000001", -1},
		{"0", "-0.1", 1},
		{"0.0", "5", -1},
	} {
		a, b := dec(t, row.a), dec(t, row.b)
		if a.Cmp(b) != row.want || b.Cmp(a) != -row.want || a.Equal(b) != (row.want == 0) {
			t.Errorf("%s to %s: %d and %d, want %d", a, b, a.Cmp(b), b.Cmp(a), row.want)
		}
		if exact := a.Rat().Cmp(b.Rat()); exact != row.want {
			t.Errorf("%s to %s as fractions: %d, want %d", a, b, exact, row.want)
		}
	}
}

func TestArithmeticIsExactOrAnError(t *testing.T) {
	const most = "9223372036854775807"
	for _, row := range []struct {
		a, sign, b, want string
	}{
		{"0.1", "+", "0.2", "0.3"},
		{"30.2", "-", "18.2", "12.0"},
		{"18.2", "-", "30.20", "-12.00"},
		{"882", "*", "0.75", "661.50"},
		{"-4", "*", "1.25", "-5.00"},
		{most, "+", "1", ""},
		{"-" + most, "-", "1", ""},
		{most, "*", "2", ""},
		{most, "+", "0.1", ""},
		{most, "+", "0.0", most}, // the nought cannot be held, and says nothing
		{most, "-", most, "0"},
		{"1.000000000000000000", "+", "10", "11.00000000000000000"},
		{"0.000000000000000001", "*", "0.1", ""},
		{"0.000000000000000010", "*", "0.1", "0.000000000000000001"},
		{"0.0000000000", "*", "0.0000000000", "0.000000000000000000"},
	} {
		a, b := dec(t, row.a), dec(t, row.b)
		operation := map[string]func(Decimal) (Decimal, error){"+": a.Add, "-": a.Sub, "*": a.Mul}[row.sign]
		got, err := operation(b)
		switch {
		case row.want == "" && !errors.Is(err, ErrOverflow):
			t.Errorf("%s %s %s = %s, %v; want ErrOverflow", a, row.sign, b, got, err)
		case row.want != "" && (err != nil || got.String() != row.want):
			t.Errorf("%s %s %s = %s, %v; want %s", a, row.sign, b, got, err, row.want)
		}
	}
}

func TestQuotientIsRoundedOnce(t *testing.T) {
	for _, row := range []struct {
		num, den string
		times    int64
		places   int
		want     string
	}{
		{"22", "121", 100, 1, "18.2"},
		{"35", "116", 100, 1, "30.2"},
		{"1", "3", 100, 1, "33.3"},
		{"2", "3", 100, 1, "66.7"},
		{"1", "8", 1, 2, "0.13"},
		{"-1", "8", 1, 2, "-0.13"},
		{"91", "102", 100, 1, "89.2"}, // 1/2 and 90/100 by their sums: standards.md 5, rule 7
		{"8", "40", 100, 1, "20.0"},
		{"0", "5", 100, 1, "0.0"},
		{"9223372036854775807", "9223372036854775807", 100000, 1, "100000.0"},
		{"44449", "100000", 1, 1, "0.4"}, // twice rounded it would be 0.5
	} {
		got, err := Quotient(dec(t, row.num), dec(t, row.den), row.times, row.places)
		if err != nil || got.String() != row.want {
			t.Errorf("%s / %s × %d = %s, %v; want %s", row.num, row.den, row.times, got, err, row.want)
		}
	}
	if _, err := Quotient(Int(0), Int(0), 100, 1); !errors.Is(err, ErrZero) {
		t.Errorf("0 / 0: %v", err)
	}
	if _, err := Quotient(Int(math.MaxInt64), New(1, 18), 1, 0); !errors.Is(err, ErrOverflow) {
		t.Errorf("too large: %v", err)
	}
	if _, err := FromRat(big.NewRat(1, 3), 19); !errors.Is(err, ErrOverflow) {
		t.Errorf("too many places: %v", err)
	}
}

// The contract, section 2: no more than half a unit in the last decimal of the
// coarser of the cell as written and the indicator's decimals.
func TestAgreementIsAtTheCoarserPrecision(t *testing.T) {
	for _, row := range []struct {
		written string
		exact   *big.Rat
		places  int
		want    bool
	}{
		{"18.2", big.NewRat(2200, 121), 1, true},
		{"18", big.NewRat(2200, 121), 1, true}, // the cell is the coarser
		{"18.18", big.NewRat(2200, 121), 1, true},
		{"18.23", big.NewRat(2200, 121), 1, true}, // within 0.05
		{"18.3", big.NewRat(2200, 121), 1, false},
		{"12.5", big.NewRat(125, 10), 0, true},
		{"12.5", big.NewRat(13, 1), 0, true}, // the edge is in it
		{"12.5", big.NewRat(12, 1), 0, true},
		{"12.49", big.NewRat(13, 1), 0, false},
		{"-12.5", big.NewRat(-13, 1), 0, true},
		{"100", big.NewRat(995, 10), 1, true},
		{"100.0", big.NewRat(995, 10), 1, false},
		{"29.70", big.NewRat(2974, 100), 2, false},
		{"29.70", big.NewRat(2974, 100), 1, true},
	} {
		if got := Agree(dec(t, row.written), row.exact, row.places); got != row.want {
			t.Errorf("%s and %s at %d: %t", row.written, row.exact.FloatString(4), row.places, got)
		}
	}
	if !Agree(New(182, 1), New(1818, 2).Rat(), 1) || Agree(New(182, 1), New(183, 1).Rat(), 1) {
		t.Error("Agree is wrong by a tenth or by a rounding")
	}
}

func TestDecimalIsWrittenForPeopleAndMachines(t *testing.T) {
	for _, row := range []struct {
		d               Decimal
		machine, person string
	}{
		{Decimal{}, "0", "0"},
		{New(1192, 0), "1192", "1,192"},
		{New(192, 0), "192", "192"},
		{New(43592250, 2), "435922.50", "435,922.50"},
		{New(-5, 1), "-0.5", "\u22120.5"},
		{New(-1234567, 0), "-1234567", "\u22121,234,567"},
		{New(1, 18), "0.000000000000000001", "0.000000000000000001"},
		{New(0, 1), "0.0", "0.0"},
		{New(math.MaxInt64, 0), "9223372036854775807", "9,223,372,036,854,775,807"},
	} {
		if row.d.String() != row.machine || row.d.Grouped() != row.person {
			t.Errorf("%s %s; want %s %s", row.d, row.d.Grouped(), row.machine, row.person)
		}
	}
	if got := New(29700, 3).Trim(); got != New(297, 1) {
		t.Errorf("trimmed: %s", got)
	}
	if got := New(300, 0).Trim(); got != New(300, 0) {
		t.Errorf("trimmed: %s", got)
	}
}

func TestDecimalIsAJSONNumberAtItsPrecision(t *testing.T) {
	got, err := json.Marshal(map[string]any{"value": New(200, 1), "down": New(-5, 1), "none": (*Decimal)(nil)})
	if want := `{"down":-0.5,"none":null,"value":20.0}`; err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	number, err := json.Marshal(Number{New(956, 1), '%'})
	if err != nil || string(number) != "95.6" {
		t.Errorf("%s, %v", number, err)
	}
}

func TestFloatIsTheNearest(t *testing.T) {
	if got := New(1, 1).Float(); got != 0.1 {
		t.Error(got)
	}
	if got := New(9007199254740993, 16).Float(); got != 0.9007199254740993 {
		t.Error(got)
	}
}

func TestProgramsSlipIsNoDecimal(t *testing.T) {
	for _, make := range []func(){
		func() { New(1, -1) },
		func() { New(1, 19) },
		func() { Int(math.MinInt64) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			make()
		}()
	}
}

// For any two decimals the fast ways and the fractions agree.
func FuzzDecimal(f *testing.F) {
	f.Add(int64(1), 0, int64(10), 1, 0)
	f.Add(int64(-25), 1, int64(math.MaxInt64), 18, 0)
	f.Add(int64(math.MaxInt64), 0, int64(-math.MaxInt64), 18, 5)
	f.Fuzz(func(t *testing.T, x int64, xScale int, y int64, yScale int, places int) {
		if xScale < 0 || xScale > maxScale || yScale < 0 || yScale > maxScale || places < 0 || places > maxScale ||
			x == math.MinInt64 || y == math.MinInt64 {
			return
		}
		a, b := New(x, xScale), New(y, yScale)
		if a.Cmp(b) != a.Rat().Cmp(b.Rat()) {
			t.Fatalf("%s to %s: %d", a, b, a.Cmp(b))
		}
		if sum, err := a.Add(b); err == nil && sum.Rat().Cmp(new(big.Rat).Add(a.Rat(), b.Rat())) != 0 {
			t.Fatalf("%s + %s = %s", a, b, sum)
		}
		if product, err := a.Mul(b); err == nil && product.Rat().Cmp(new(big.Rat).Mul(a.Rat(), b.Rat())) != 0 {
			t.Fatalf("%s × %s = %s", a, b, product)
		}
		if slow, err := FromRat(a.Rat(), places); err == nil && slow != a.Round(places) {
			t.Fatalf("%s to %d places: %s and %s", a, places, a.Round(places), slow)
		}
	})
}

// TestShortQuotientEqualsTheLongOne: the fast way is held against the exact one.
func TestShortQuotientEqualsTheLongOne(t *testing.T) {
	random := rand.New(rand.NewPCG(22, 121))
	figure := func() Decimal {
		coef := random.Int64() >> random.IntN(64)
		if random.IntN(2) == 0 {
			coef = -coef
		}
		return New(coef, random.IntN(maxScale+1)>>random.IntN(4))
	}
	short := 0
	for range 200_000 {
		num, den := figure(), figure()
		if den.Sign() == 0 {
			continue
		}
		times := []int64{1, 100, 1000, 10000, 100000}[random.IntN(5)]
		places := random.IntN(maxScale + 1)
		got, ok := shortQuotient(num, den, times, places)
		if !ok {
			continue
		}
		short++
		want, err := longQuotient(num, den, times, places)
		if err != nil || got != want {
			t.Fatalf("%v / %v x %d to %d places: %v; the long way gives %v, %v", num, den, times, places, got, want, err)
		}
	}
	if short < 20_000 {
		t.Errorf("only %d went the short way", short)
	}
	for _, row := range []struct {
		num, den int64
		places   int
		want     string
	}{{1, 8, 1, "12.5"}, {1, 8, 0, "13"}, {-1, 8, 0, "-13"}, {22, 121, 1, "18.2"}, {35, 116, 1, "30.2"}, {0, 7, 1, "0.0"}, {0, -7, 1, "0.0"}} {
		if got, ok := shortQuotient(Int(row.num), Int(row.den), 100, row.places); !ok || got.String() != row.want {
			t.Errorf("%d of %d: %v %t; wanted %s", row.num, row.den, got, ok, row.want)
		}
	}
}

func TestDecimalsPrintAsTheirFractionsDo(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		scale := random.IntN(19)
		d := New(random.Int64N(1<<uint(1+random.IntN(62)))*int64(1-2*random.IntN(2)), scale)
		if want := d.Rat().FloatString(scale); d.String() != want || string(d.AppendString([]byte("x"))) != "x"+want {
			t.Fatalf("%s is written %s", want, d)
		}
		plain := strings.ReplaceAll(strings.ReplaceAll(d.Grouped(), ",", ""), "\u2212", "-")
		if plain != d.String() {
			t.Fatalf("%s is grouped %s", d, d.Grouped())
		}
	}
}

// Most sums and products fit an int64 and are reckoned there; they are those of
// fractions.
func TestSumsAndProductsAreExact(t *testing.T) {
	random := rand.New(rand.NewPCG(2017, 3))
	some := func() Decimal {
		coef := random.Int64() >> random.IntN(63)
		if random.IntN(2) == 0 {
			coef = -coef
		}
		return New(coef, random.IntN(maxScale+1))
	}
	for range 50_000 {
		d, e := some(), some()
		if sum, err := d.Add(e); err == nil && sum.Rat().Cmp(new(big.Rat).Add(d.Rat(), e.Rat())) != 0 {
			t.Fatalf("%v + %v is %v", d, e, sum)
		}
		if product, err := d.Mul(e); err == nil && product.Rat().Cmp(new(big.Rat).Mul(d.Rat(), e.Rat())) != 0 {
			t.Fatalf("%v × %v is %v", d, e, product)
		}
	}
}
