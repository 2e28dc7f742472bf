package dataset

import (
	"reflect"
	"sync"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// several is a site with two scorecards, a plan and what is neither, each with
// something wrong.
var several = files{
	"data/populations.csv":             "population,area,period,value\n0-17,,2016,100\n0-17,,2016-17,5000\n",
	"data/housing/indicators.csv":      definitions,
	"data/housing/targets.csv":         "ref,period,target\n1.2,2016-17,95\n9.9,2016-17,1\n",
	"data/housing/2017-01.csv":         "ref,value\n1.1,7\n1.1,8\n",
	"data/housing/2017-01.2.csv":       "ref,value\n1.1,9\n",
	"data/housing/2017-01-actions.csv": "ref,status\nA,open\n",
	"data/care/indicators.csv":         "ref,section,name,good,unit,calculation\n1,a,A,high,count,\n2,a,B,high,rate_per_1000,\"rate('1', population('0-17'), 1000)\"\n",
	"data/care/2016-12.csv":            "ref,value\n1,3O\n",
	"data/care/2017-01.csv":            "ref,value\n1,30\n",
	"data/care/2017-01 - Copy.csv":     "ref,value\n1,30\n",
	"data/improvement/actions.csv":     "ref,action\nA,Do it\n,Do that\n",
	"data/improvement/2017-01.csv":     "ref,value\n1,30\n",
	"data/broken/indicators.csv":       "ref;name\n",
	"data/odd/2017-01.csv":             "ref,value\n1,30\n",
	"data/notes.txt":                   "",
}

func TestEveryFolderOfDataIsListed(t *testing.T) {
	var problems diag.List
	january := Vintage{period.NewMonth(2017, 1), 1}
	got := Open(several.fsys(), settings(), &problems).IDs()
	want := []Folder{
		{"broken", KindScorecard, nil},
		{"care", KindScorecard, []Vintage{{period.NewMonth(2016, 12), 1}, january}},
		{"housing", KindScorecard, []Vintage{january, {january.Month, 2}}},
		{"improvement", KindPlan, []Vintage{january}},
		{"odd", KindNeither, []Vintage{january}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the folders are %v, want %v", got, want)
	}
}

func TestFoldersReadAloneAreThoseOfTheWhole(t *testing.T) {
	fsys := several.fsys()
	var whole diag.List
	data := Load(fsys, settings(), &whole)
	if whole.Errors() == 0 || len(data.Scorecards) != 2 || len(data.Plans) != 1 {
		t.Fatalf("%d scorecards, %d plans\n%s", len(data.Scorecards), len(data.Plans), told(&whole))
	}

	var parts diag.List
	store := Open(fsys, settings(), &parts)
	ids := store.IDs()
	lists := make([]diag.List, len(ids))
	cards, plans := make([]*Scorecard, len(ids)), make([]*Plan, len(ids))
	var work sync.WaitGroup
	for i, f := range ids {
		work.Go(func() {
			cards[i], plans[i] = store.Scorecard(f.ID, &lists[i]), store.Plan(f.ID, &lists[i])
		})
	}
	work.Wait()
	for i, f := range ids {
		parts.Merge(&lists[i])
		if (data.Scorecard(f.ID) != nil) != (cards[i] != nil) || (data.Plan(f.ID) != nil) != (plans[i] != nil) {
			t.Errorf("%s: read alone %v and %v, with all %v and %v", f.ID, cards[i], plans[i], data.Scorecard(f.ID), data.Plan(f.ID))
		}
	}
	if got, want := told(&parts), told(&whole); got != want {
		t.Errorf("read apart:\n%s\nread whole:\n%s", got, want)
	}
	for i, card := range cards {
		if card == nil {
			continue
		}
		m := period.NewMonth(2017, 1)
		alone, all := card.AsAt(m, nil), data.Scorecard(ids[i].ID).AsAt(m, nil)
		for _, ind := range all.Indicators {
			if got, want := alone.Series(ind.Ref, ""), all.Series(ind.Ref, ""); !reflect.DeepEqual(got, want) {
				t.Errorf("%s %s: %+v, want %+v", card.ID, ind.Ref, got, want)
			}
		}
	}
}

func TestAFolderThatIsNotThereIsNil(t *testing.T) {
	var problems diag.List
	store := Open(several.fsys(), settings(), &problems)
	before := told(&problems)
	for _, id := range []string{"", "nothing", "odd", "../care", "populations.csv"} {
		if store.Scorecard(id, &problems) != nil || store.Plan(id, &problems) != nil {
			t.Errorf("%q was read", id)
		}
	}
	if store.Plan("care", &problems) != nil || store.Scorecard("improvement", &problems) != nil {
		t.Error("a folder was read as what it is not")
	}
	if told(&problems) != before {
		t.Errorf("told of a folder that was not read:\n%s", told(&problems))
	}
}

// Whoever asks for few periods gets what the whole series has of them,
// calculated figures too.
func TestSeriesOfGivesThePeriodsThatAreWanted(t *testing.T) {
	s := loadWith(t, settings(), files{
		"indicators.csv": "ref,section,name,good,unit,calculation\n1,a,A,high,count,\n2,a,B,high,count,\"rolling('1', 2)\"\n3,a,C,high,count,value('2') + 1\n",
		"2017-01.csv":    "ref,period,area,value\n1,2016-11,,1\n1,2016-12,,2\n1,,,3\n1,2015-16,,40\n2,2016-12,,4\n2,2015-16,,80\n1,,north,5\n",
		"2017-02.csv":    "ref,period,area,value\n1,,,3\n1,2016-12,,4\n1,,north,6\n",
	}).Scorecard("housing")
	months := func(p period.Period) bool { return p.Kind() == period.KindMonth }
	for m := month(t, "2017-01"); m <= month(t, "2017-02"); m++ {
		v := s.AsAt(m, nil)
		for _, ref := range []string{"1", "2", "3"} {
			for _, area := range []string{"", "north"} {
				var want []Figure
				whole := v.Series(ref, area)
				for _, f := range whole {
					if months(f.Period) {
						want = append(want, f)
					}
					if !f.Calculated {
						f.ValuePlace, f.Source = diag.Place{}, "" // which Figure does not look for
					}
					if one, ok := v.Figure(ref, area, f.Period); !ok || !reflect.DeepEqual(one, f) {
						t.Errorf("%s %q %s: alone %+v, in the series %+v", ref, area, f.Period.Words(), one, f)
					}
				}
				if got := v.SeriesOf(ref, area, months); len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
					t.Errorf("%s %q: months %+v, of the series %+v", ref, area, got, want)
				}
			}
		}
		// The year and December are stated, January and then February worked out.
		if n := len(v.Series("2", "")); n != 3+int(m-month(t, "2017-01")) {
			t.Errorf("as at %s series 2 has %d figures", m, n)
		}
	}
}
