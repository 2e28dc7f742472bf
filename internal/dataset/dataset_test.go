package dataset

import (
	"bytes"
	"maps"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// settings are those of the made-up council in these tests.
func settings() Settings {
	return Settings{
		Areas: []Area{{ID: "ambleton", Name: "Ambleton"}, {ID: "north", Name: "North"}, {ID: "south", Name: "South"},
			{ID: "unknown", Name: "Not specified", Residual: true}},
		Comparators: []Comparator{{ID: "neighbours", Name: "Neighbours", Role: "stat_neighbours"},
			{ID: "england", Name: "England", Role: "national"}, {ID: "top_quartile", Threshold: true}},
		Scorecards: map[string]ScorecardSettings{
			"housing": {Grades: []string{"inadequate", "requires improvement", "good", "outstanding"}},
		},
	}
}

// files are a site's files by name below data/housing/; a name with a slash
// stands as it is.
type files map[string]string

const definitions = `ref,section,name,good,unit
1.1,repairs,Repairs reported,info,count
1.2,repairs,Repairs done in time,high,percent
2.1,lettings,Inspection grade,high,grade
2.2,lettings,Rent arrears,low,money
`

func (f files) fsys() fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range f {
		if !bytes.ContainsRune([]byte(name), '/') {
			name = "data/housing/" + name
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// loadWith reads files, which must be without problem, with indicators.csv as
// above unless they bring their own.
func loadWith(t testing.TB, set Settings, f files) *Data {
	t.Helper()
	all := files{"indicators.csv": definitions}
	maps.Copy(all, f)
	var problems diag.List
	data := Load(all.fsys(), set, &problems)
	if text := told(&problems); text != "" {
		t.Fatalf("problems:\n%s", text)
	}
	return data
}

func housing(t testing.TB, f files) *Scorecard {
	t.Helper()
	return loadWith(t, settings(), f).Scorecard("housing")
}

func told(problems *diag.List) string {
	var text bytes.Buffer
	_ = diag.Text(&text, problems.All(), diag.WithSource)
	return text.String()
}

func month(t testing.TB, s string) period.Month {
	t.Helper()
	m, err := period.ParseMonth(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func asAt(t testing.TB, s *Scorecard, m string) *View {
	t.Helper()
	return s.AsAt(month(t, m), nil)
}

// say writes a number for comparison: its digits, or "-" where there is none.
func say(n Number) string {
	if !n.Has {
		return "-"
	}
	return n.Decimal.String()
}

// value is the value of a figure, "none" where there is no figure.
func value(t testing.TB, v *View, ref, area, p string) string {
	t.Helper()
	f, ok := v.Figure(ref, area, mustPeriod(t, p))
	if !ok {
		return "none"
	}
	return say(f.Value)
}
