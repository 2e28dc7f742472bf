package score

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"

	"outturn/internal/dataset"
	"outturn/internal/quantity"
)

// The cases of testdata were made for this project with PHEindicatormethods
// 2.1.0, the Public Health England method that the intervals follow.
func TestIntervalsAgreeWithPublicHealthEngland(t *testing.T) {
	checkIntervals(t, "testdata/own_ci_cases.csv")
}

// The other cases are from that package's own tests and stay where they are.
func TestIntervalsAgreeWithThePackagesOwnTests(t *testing.T) {
	const file = "../../../shared/reference/cases/ci_cases.csv"
	if _, err := os.Stat(file); err != nil {
		t.Skipf("%s is not here: the cases of other projects are read where the reference folder stands beside the repository", file)
	}
	checkIntervals(t, file)
}

func checkIntervals(t *testing.T, file string) {
	t.Helper()
	for _, c := range table(t, file) {
		number := func(name string) float64 {
			if c[name] == "" {
				return 1
			}
			f, err := strconv.ParseFloat(c[name], 64)
			if err != nil {
				t.Fatalf("%s: %s: %v", c["case_id"], name, err)
			}
			return f
		}
		if c["lower95"] == "" || c["upper95"] == "" {
			continue
		}
		var low, high float64
		switch c["kind"] {
		case "proportion":
			low, high = Wilson(number("x"), number("n"))
			low, high = low*number("multiplier"), high*number("multiplier")
		case "count_byar": // also below ten, where we use the exact interval
			low, high = byar(number("x"), -z95), byar(number("x")+1, z95)
		default:
			low, high = Poisson(number("x"))
			low, high = low/number("n")*number("multiplier"), high/number("n")*number("multiplier")
		}
		if !near(low, number("lower95")) || !near(high, number("upper95")) {
			t.Errorf("%s (%s %s of %s): %.9g to %.9g, wanted %s to %s", c["case_id"], c["kind"], c["x"], c["n"], low, high, c["lower95"], c["upper95"])
		}
	}
}

// The cases carry twelve figures, and z as 1.959964 where R has a few more.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(b)) }

func table(t *testing.T, file string) []map[string]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 2 {
		t.Fatalf("%s has no cases", file)
	}
	var cases []map[string]string
	for _, row := range rows[1:] {
		c := map[string]string{}
		for i, name := range rows[0] {
			c[name] = row[i]
		}
		cases = append(cases, c)
	}
	return cases
}

// Of standards worked by hand: 18 of 25 is 52.4 to 85.7 per cent, and 5 events
// among 100,000 are 1.6 to 11.7.
func TestIntervalIsRoundedAsTheIndicatorIsPublished(t *testing.T) {
	num := func(s string) dataset.Number { return dataset.Number{Decimal: dec(s), Has: true} }
	for _, c := range []struct {
		unit       quantity.Unit
		x, n       string
		wantLow    string
		wantHigh   string
		hasNoRange bool
	}{
		{unit: quantity.Percent, x: "18", n: "25", wantLow: "52.4", wantHigh: "85.7"},
		{unit: quantity.Percent, x: "0", n: "40", wantLow: "0.0", wantHigh: "8.8"},
		{unit: quantity.Percent, x: "40", n: "40", wantLow: "91.2", wantHigh: "100.0"},
		{unit: quantity.RatePer100000, x: "5", n: "100000", wantLow: "1.6", wantHigh: "11.7"},
		{unit: quantity.RatePer10000, x: "312", n: "61250", wantLow: "45.4", wantHigh: "56.9"},
		{unit: quantity.RatePer10000, x: "0", n: "10000", wantLow: "0.0", wantHigh: "3.7"},
		{unit: quantity.Percent, x: "5", n: "4", hasNoRange: true},
		{unit: quantity.Percent, x: "0", n: "0", hasNoRange: true},
		{unit: quantity.RatePer1000, x: "2.5", n: "10", hasNoRange: true},
		{unit: quantity.Days, x: "2", n: "10", hasNoRange: true},
	} {
		ind := &dataset.Indicator{Unit: c.unit, Decimals: 1}
		low, high, ok := interval95(ind, num(c.x), num(c.n))
		switch {
		case ok == c.hasNoRange:
			t.Errorf("%s of %s %v: interval %v, wanted %v", c.x, c.n, c.unit, ok, !c.hasNoRange)
		case ok && (low.String() != c.wantLow || high.String() != c.wantHigh):
			t.Errorf("%s of %s %v: %s to %s, wanted %s to %s", c.x, c.n, c.unit, low, high, c.wantLow, c.wantHigh)
		}
	}
}
