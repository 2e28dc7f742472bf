package dataset

import (
	"bytes"
	"os"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// publishedSettings are those under which the two scorecards in data/ were
// published.
func publishedSettings() Settings {
	first := period.NewMonth(2017, 1)
	return Settings{
		Areas: []Area{{ID: "rotherham", Name: "Rotherham"}, {ID: "north", Name: "North"}, {ID: "south", Name: "South"},
			{ID: "central", Name: "Central"}, {ID: "borough-wide-services", Name: "Borough-wide services"},
			{ID: "not-specified", Name: "Not specified", Residual: true}},
		Comparators: []Comparator{{ID: "stat_neighbour_average", Role: "stat_neighbours"},
			{ID: "best_stat_neighbour", Threshold: true}, {ID: "national_average", Role: "national"},
			{ID: "national_top_quartile", Threshold: true}, {ID: "region_average"}},
		Scorecards: map[string]ScorecardSettings{
			"early-help":   {FirstReport: first, DefaultTolerance: quantity.Int(10), HasTolerance: true},
			"safeguarding": {FirstReport: first},
		},
	}
}

// The council's own figures stand in the repository's data/ as published.
func TestPublishedDataAreReadWithoutProblem(t *testing.T) {
	var problems diag.List
	data := Load(os.DirFS("../.."), publishedSettings(), &problems)
	if all := problems.All(); len(all) > 0 {
		var text bytes.Buffer
		_ = diag.Text(&text, all, diag.WithSource)
		t.Fatal(text.String())
	}
	if len(data.Scorecards) != 2 || len(data.Plans) != 0 || len(data.Populations) != 1 {
		t.Fatalf("%d scorecards, %d plans, %d populations", len(data.Scorecards), len(data.Plans), len(data.Populations))
	}
	jan := period.NewMonth(2017, 1)
	at := func(s string) period.Period { return mustPeriod(t, s) }

	help := data.Scorecard("early-help").AsAt(jan, nil)
	f, ok := help.Figure("3.2", "", at("2017-01"))
	if !ok || f.Value.Decimal.String() != "18.2" || f.Numerator.Decimal.String() != "22" || f.Denominator.Decimal.String() != "121" || !f.Stated {
		t.Errorf("3.2 in January: %+v", f)
	}
	if f, ok := help.StatedToDate("1.1", ""); !ok || f.Value.Decimal.String() != "3115" || f.Period != at("2016-17-YTD").Through(jan) {
		t.Errorf("1.1 to date: %+v", f)
	}
	if _, ok := help.TargetFor("3.2", "", at("2017-01")); !ok {
		t.Error("3.2 has no target in January 2017")
	}
	if b, ok := help.Newest("7.1p", "national_average"); !ok || b.Value.Decimal.String() != "9.0" {
		t.Errorf("newest national average of 7.1p: %+v", b)
	}
	if ind := help.Indicator("2.1old"); ind == nil || ind.Change != "last" {
		t.Errorf("2.1old in its last month: %+v", ind)
	}
	if later := data.Scorecard("early-help").AsAt(jan.Add(1), nil); later.Indicator("2.1old") != nil || later.Series("2.1old", "") != nil {
		t.Error("2.1old is still there in February")
	}

	safe := data.Scorecard("safeguarding").AsAt(jan, nil)
	f, _ = safe.Figure("2.3", "", at("2016-12"))
	if !f.Revised || f.Earlier.Decimal.String() != "150" || f.First != (Vintage{jan.Add(-1), 1}) {
		t.Errorf("2.3 in December as at January: %+v", f)
	}
	f, _ = data.Scorecard("safeguarding").AsAt(jan.Add(-1), nil).Figure("2.3", "", at("2016-12"))
	if f.Revised || f.Value.Decimal.String() != "150" {
		t.Errorf("2.3 in December as at December: %+v", f)
	}
	for _, ind := range safe.Indicators {
		if ind.Calculation != "" && len(safe.Series(ind.Ref, "")) == 0 {
			t.Errorf("calculated series %s is empty", ind.Ref)
		}
	}
}

func mustPeriod(t testing.TB, s string) period.Period {
	t.Helper()
	p, err := period.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
