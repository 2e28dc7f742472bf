package score

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// council is a made-up scorecard "care": its registers and returns as CSV.
type council struct {
	indicators, targets, benchmarks, events, populations string
	returns                                              map[string]string // by file: 2017-01
	tolerance, rule                                      string
	grades                                               []string
}

var comparators = []dataset.Comparator{
	{ID: "neighbours", Name: "Statistical neighbour average", Role: "stat_neighbours"},
	{ID: "best", Name: "Best statistical neighbour", Threshold: true, Role: "stat_neighbours"},
	{ID: "england", Name: "England average", Role: "national"},
	{ID: "region", Name: "Region average"},
}

func (c council) view(t testing.TB, month string) *dataset.View {
	t.Helper()
	files := fstest.MapFS{}
	write := func(name, text string) {
		if text != "" {
			files["data/"+name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	write("populations.csv", c.populations)
	write("care/indicators.csv", c.indicators)
	write("care/targets.csv", c.targets)
	write("care/benchmarks.csv", c.benchmarks)
	write("care/events.csv", c.events)
	for name, text := range c.returns {
		write("care/"+name+".csv", text)
	}
	settings := dataset.ScorecardSettings{RagRule: c.rule, Grades: c.grades}
	if c.tolerance != "" {
		settings.DefaultTolerance, settings.HasTolerance = dec(c.tolerance), true
	}
	var problems diag.List
	data := dataset.Load(files, dataset.Settings{
		Areas:       []dataset.Area{{ID: "borough", Name: "Borough"}, {ID: "north", Name: "North"}},
		Comparators: comparators,
		Scorecards:  map[string]dataset.ScorecardSettings{"care": settings},
	}, &problems)
	for _, p := range problems.All() {
		t.Fatalf("%+v", p)
	}
	v := data.Scorecard("care").AsAt(mustMonth(month), func(dataset.Vintage) bool { return true })
	if v == nil {
		t.Fatalf("no view as at %s", month)
	}
	return v
}

func (c council) judge(t testing.TB, month, ref string) Verdict {
	t.Helper()
	v := c.view(t, month)
	ind := v.Indicator(ref)
	if ind == nil {
		t.Fatalf("no indicator %s as at %s", ref, month)
	}
	verdict := Judge(v, ind)
	checkReasons(t, verdict)
	return verdict
}

// rows writes a return of one series: "2016-12 30.2", or with counts
// "2016-12 30.2 35/116", or with a mark "2016-12 - x".
func rows(ref string, lines ...string) string {
	var b strings.Builder
	b.WriteString("ref,period,value,numerator,denominator,mark,rating,rating_reason\n")
	for _, line := range lines {
		b.WriteString(row(ref, line))
	}
	return b.String()
}

func row(ref, line string) string {
	words := strings.Fields(line)
	value, counts, mark := "", ",", ""
	for _, w := range words[1:] {
		switch {
		case strings.Contains(w, "/"):
			counts = strings.Replace(w, "/", ",", 1)
		case strings.ContainsAny(w, "xzcpbu") && len(w) == 1:
			mark = w
		case w != "-":
			value = w
		}
	}
	return fmt.Sprintf("%s,%s,%s,%s,%s,,\n", ref, words[0], value, counts, mark)
}

func dec(s string) quantity.Decimal {
	n, err := quantity.Parse(s)
	if err != nil {
		panic(err)
	}
	return n.Decimal
}

func mustMonth(s string) period.Month {
	m, err := period.ParseMonth(s)
	if err != nil {
		panic(err)
	}
	return m
}

func per(s string) period.Period {
	p, err := period.Parse(s)
	if err != nil {
		panic(err)
	}
	return p
}

// every lists all the reasons of a verdict.
func every(v Verdict) []Reason {
	all := append([]Reason{v.RAG.Reason, v.Direction.Reason, v.ToDate.Reason}, v.RAG.Steps...)
	return all
}

// checkReasons holds every reason of a verdict to the table: a known code, and
// all its arguments there, filled but for the optional ones.
func checkReasons(t testing.TB, v Verdict) {
	t.Helper()
	for _, r := range every(v) {
		names, known := Reasons[r.Code]
		if !known {
			t.Errorf("%s: reason %q is not in Reasons", v.Indicator.Ref, r.Code)
		}
		for name, text := range words(r) {
			if text == "" && slices.Contains(names, name) && !slices.Contains(Optional, name) {
				t.Errorf("%s: reason %s has an empty %s", v.Indicator.Ref, r.Code, name)
			}
			if text != "" && !slices.Contains(names, name) {
				t.Errorf("%s: reason %s has %s: %s, and should not", v.Indicator.Ref, r.Code, name, text)
			}
		}
	}
}

// words are the arguments of a reason that are there, and those that its code has.
func words(r Reason) map[string]string {
	all := map[string]string{}
	for _, names := range Reasons {
		for _, name := range names {
			if text := r.Args()(name); text != "" || slices.Contains(Reasons[r.Code], name) {
				all[name] = text
			}
		}
	}
	return all
}

func readings(rs []Reading) string {
	var words []string
	for _, r := range rs {
		value := "-"
		if r.Value {
			value = r.Published.String()
		}
		words = append(words, r.Period.String()+" "+value)
	}
	return strings.Join(words, ", ")
}
