package quantity

import "testing"

func TestUnitsAreThoseOfTheContract(t *testing.T) {
	for _, row := range []struct {
		name     string
		unit     Unit
		decimals int
		per      int64
		additive bool
		format   string // of -1234.5
		suffix   string
	}{
		{"count", Count, 0, 1, true, "−1,234.5", ""},
		{"distinct_count", DistinctCount, 0, 1, false, "−1,234.5", ""},
		{"percent", Percent, 1, 100, false, "−1,234.5%", "%"},
		{"rate_per_100", RatePer100, 1, 100, false, "−1,234.5", "per 100"},
		{"rate_per_1000", RatePer1000, 1, 1000, false, "−1,234.5", "per 1,000"},
		{"rate_per_10000", RatePer10000, 1, 10000, false, "−1,234.5", "per 10,000"},
		{"rate_per_100000", RatePer100000, 1, 100000, false, "−1,234.5", "per 100,000"},
		{"days", Days, 1, 1, false, "−1,234.5", "days"},
		{"fte", FTE, 1, 1, true, "−1,234.5", "full-time equivalent"},
		{"average", Average, 1, 1, false, "−1,234.5", ""},
		{"money", Money, 0, 1, true, "−£1,234.5", "£"},
		{"score", Score, 1, 1, false, "−1,234.5", ""},
		{"grade", Grade, 0, 1, false, "−1,234.5", ""},
	} {
		u, ok := ParseUnit(row.name)
		if !ok || u != row.unit || u.String() != row.name {
			t.Errorf("%s is read as %d %s", row.name, u, u)
		}
		if u.Decimals() != row.decimals || u.Per() != row.per || u.Additive() != row.additive || u.Suffix() != row.suffix {
			t.Errorf("%s: %d decimals, per %d, additive %t, %q", u, u.Decimals(), u.Per(), u.Additive(), u.Suffix())
		}
		if got := u.Format(New(-12345, 1)); got != row.format {
			t.Errorf("%s: %s, want %s", u, got, row.format)
		}
	}
	if got := Money.Format(Int(435922)); got != "£435,922" {
		t.Error(got)
	}
	if names := Units(); len(names) != 13 || names[0] != "count" || names[12] != "grade" {
		t.Error(names)
	}
	for _, s := range []string{"", "Percent", "rate"} {
		if u, ok := ParseUnit(s); ok || u != 0 {
			t.Errorf("%q is read as %s", s, u)
		}
	}
}

func TestFigureWhoseTextStandsReadyIsWrittenAsAnyOther(t *testing.T) {
	for coef := int64(-2); coef < 1100; coef++ {
		for scale := range 3 {
			d := New(coef, scale)
			for u := Count; u <= Grade; u++ {
				want := d.Grouped()
				switch {
				case u == Percent:
					want += "%"
				case u == Money && coef < 0:
					want = "\u2212£" + d.Abs().Grouped()
				case u == Money:
					want = "£" + want
				}
				if got := u.Format(d); got != want {
					t.Fatalf("%s of %s is written %s, want %s", d, u, got, want)
				}
			}
		}
	}
}
