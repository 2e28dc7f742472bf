package check

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"outturn/internal/anytown"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// TestValueThatIsItsRatioAgreesWithTheFraction holds the short way of the ratio
// check to the long one: what it lets pass agrees exactly, at any decimals of the
// measure, the edge of half a unit among them.
func TestValueThatIsItsRatioAgreesWithTheFraction(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	passed := 0
	for range 30000 {
		n := quantity.New(random.Int64N(4000)-400, random.IntN(3))
		d := quantity.New(1+random.Int64N(4000), random.IntN(2))
		unit := []quantity.Unit{quantity.Percent, quantity.RatePer10000, quantity.Average}[random.IntN(3)]
		scale := random.IntN(5)
		exact := new(big.Rat).Quo(n.Rat(), d.Rat())
		exact.Mul(exact, new(big.Rat).SetInt64(unit.Per()))
		value, err := quantity.FromRat(exact, scale)
		if err != nil {
			t.Fatal(err)
		}
		if near := random.IntN(4); near == 0 { // one unit off
			if value, err = value.Add(quantity.New(1, scale)); err != nil {
				t.Fatal(err)
			}
		}
		f := &figure{value: dataset.Number{Decimal: value, Has: true}, numerator: dataset.Number{Decimal: n, Has: true}, denominator: dataset.Number{Decimal: d, Has: true}}
		if !isRatio(f, unit) {
			continue
		}
		passed++
		for decimals := range 7 {
			if !quantity.Agree(value, exact, decimals) {
				t.Fatalf("%s passes for %s of %s (%s), and does not agree at %d decimals", value, n, d, unit, decimals)
			}
		}
	}
	if passed < 20000 {
		t.Errorf("only %d values took the short way", passed)
	}
}

// BenchmarkData looks over a tenth of a scorecard of a national site: 10 measures,
// half of them ratios, over 60 months in the whole authority and 3 areas.
func BenchmarkData(b *testing.B) {
	var register, rows strings.Builder
	register.WriteString("ref,section,name,good,unit\n")
	rows.WriteString("ref,period,area,value,numerator,denominator\n")
	for i := range 10 {
		unit := [2]string{"count", "percent"}[i%2]
		fmt.Fprintf(&register, "%d,visits,Measure %d,info,%s\n", i+1, i+1, unit)
		for m := range 60 {
			month := period.NewMonth(2012, 2).Add(m)
			for a, area := range []string{"", "east", "west", "not-specified"} {
				if n := 40 + m + i; unit == "count" {
					fmt.Fprintf(&rows, "%d,%s,%s,%d,,\n", i+1, month, area, [4]int{6 * n, n, 2 * n, 3 * n}[a])
				} else {
					value, err := quantity.Quotient(quantity.Int(int64(n)), quantity.Int(int64(130+a)), 100, 1)
					if err != nil {
						b.Fatal(err)
					}
					fmt.Fprintf(&rows, "%d,%s,%s,%s,%d,%d\n", i+1, month, area, value, n, 130+a)
				}
			}
		}
	}
	var problems diag.List
	e := edition.Load(council{"data/care/indicators.csv": register.String(), "data/care/2017-01.csv": rows.String()}.files(), anytown.Civic(),
		edition.Options{Today: period.NewDate(2017, 4, 20)}, &problems)
	if len(problems.All()) > 0 {
		b.Fatal(problems.All())
	}
	b.ReportAllocs()
	for b.Loop() {
		var found diag.List
		Data(e, &found)
		if found.Warnings() > 0 {
			b.Fatal(found.All())
		}
	}
}
