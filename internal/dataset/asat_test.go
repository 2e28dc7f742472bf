package dataset

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

func TestLateReturnKeepsItsVintage(t *testing.T) {
	s := housing(t, files{
		"2016-12.csv":   "ref,period,value,mark,note\n1.1,,150,,\n1.2,,50.04,,\n2.2,,,x,\n",
		"2017-01.csv":   "ref,period,value,reason,mark,note\n1.1,2016-12,9,late_data,,recount\n1.2,2016-12,50.0,,,\n2.2,2016-12,70,,,\n1.1,,20,,,\n1.2,,60,,r,\n",
		"2017-01.2.csv": "ref,value,reason\n1.1,21,correction\n",
		"2017-02.csv":   "ref,period,value\n1.1,2016-12,9\n",
	})
	type row struct{ as, ref, period, value, earlier, reason, vintage, first string }
	vintage := func(v Vintage) string { return v.fileName() }
	for _, want := range []row{
		{"2016-12", "1.1", "2016-12", "150", "", "", "2016-12.csv", "2016-12.csv"},
		{"2017-01", "1.1", "2016-12", "9", "150", "late_data", "2017-01.csv", "2016-12.csv"},
		{"2017-02", "1.1", "2016-12", "9", "", "", "2017-02.csv", "2016-12.csv"},    // said again: no revision
		{"2017-01", "1.2", "2016-12", "50.0", "", "", "2017-01.csv", "2016-12.csv"}, // the same as published
		{"2017-01", "2.2", "2016-12", "70", "-", "", "2017-01.csv", "2016-12.csv"},  // a mark counts as a figure
		{"2017-01", "1.1", "2017-01", "21", "20", "correction", "2017-01.2.csv", "2017-01.csv"},
		{"2017-01", "1.2", "2017-01", "60", "-", "", "2017-01.csv", "2017-01.csv"}, // marked r by its first return
	} {
		f, ok := asAt(t, s, want.as).Figure(want.ref, "", mustPeriod(t, want.period))
		if !ok {
			t.Fatalf("no figure for %+v", want)
		}
		got := row{want.as, want.ref, want.period, say(f.Value), "", f.Reason, vintage(f.Vintage), vintage(f.First)}
		if f.Revised {
			got.earlier = say(f.Earlier)
		}
		if got != want {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	}
	v := asAt(t, s, "2017-01")
	if !v.Returned || v.Issue != 2 {
		t.Errorf("January: returned %v, issue %d", v.Returned, v.Issue)
	}
	if v := asAt(t, s, "2017-03"); v.Returned || v.Issue != 1 {
		t.Errorf("March: returned %v, issue %d", v.Returned, v.Issue)
	}
	var told []string
	for _, r := range asAt(t, s, "2017-02").Revisions("1.1") {
		told = append(told, r.Period.String()+" "+say(r.From)+" "+say(r.To)+" "+vintage(r.FromVintage)+" "+vintage(r.ToVintage)+" "+r.Reason)
	}
	want := []string{"2017-01 20 21 2017-01.csv 2017-01.2.csv correction", "2016-12 150 9 2016-12.csv 2017-01.csv late_data"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}
}

func TestAReasonForARevisionIsThatOfItsReturn(t *testing.T) {
	s := housing(t, files{
		"2016-12.csv":   "ref,value\n1.1,150\n1.2,50\n",
		"2017-01.csv":   "ref,period,value,reason\n1.1,2016-12,9,late_data\n1.2,2016-12,51,\n",
		"2017-01.2.csv": "ref,period,value,reason\n1.1,2016-12,10,correction\n",
	})
	for _, r := range asAt(t, s, "2017-01").Revisions("1.1") {
		if !s.Gives(r.ToVintage, r.Reason) {
			t.Errorf("%+v: its return gives no such reason", r)
		}
	}
	for file, gives := range map[string][]bool{"2016-12.csv": {false, false}, "2017-01.csv": {true, false}, "2017-01.2.csv": {false, true}} {
		for _, w := range s.Vintages() {
			if w.fileName() == file && (s.Gives(w, "late_data") != gives[0] || s.Gives(w, "correction") != gives[1]) {
				t.Errorf("%s gives late data %v, a correction %v", file, s.Gives(w, "late_data"), s.Gives(w, "correction"))
			}
		}
	}
}

func TestAReturnThatIsNotReleasedIsNoData(t *testing.T) {
	s := housing(t, files{
		"2017-01.csv":         "ref,value\n1.1,20\n",
		"2017-01.2.csv":       "ref,value\n1.1,21\n",
		"2017-02.csv":         "ref,period,value\n1.1,,30\n1.1,2017-01,22\n",
		"actions.csv":         "ref,action\nA1,Mend it\n",
		"2017-02-actions.csv": "ref,rating\nA1,green\n",
	})
	january := func(v Vintage) bool { return v == Vintage{month(t, "2017-01"), 1} }
	v := s.AsAt(month(t, "2017-02"), january)
	if got := value(t, v, "1.1", "", "2017-01"); got != "20" {
		t.Errorf("January is %s", got)
	}
	if got := value(t, v, "1.1", "", "2017-02"); got != "none" || v.Returned || len(v.Series("1.1", "")) != 1 || v.Revisions("1.1") != nil {
		t.Errorf("February is %s, returned %v", got, v.Returned)
	}
	if a := v.Actions(); len(a) != 1 || a[0].Rating != "" {
		t.Errorf("the action is %+v", a)
	}
	if a := asAt(t, s, "2017-02").Actions(); a[0].Rating != "green" || a[0].Updated != month(t, "2017-02") {
		t.Errorf("the action is %+v", a)
	}
}

func TestDefinitionsChangeFromTheirMonth(t *testing.T) {
	set := settings()
	set.Scorecards = map[string]ScorecardSettings{"housing": {FirstReport: month(t, "2017-01"), RagRule: "benchmark"}}
	s := loadWith(t, set, files{"indicators.csv": `ref,section,name,good,unit,label,decimals,status,rag_rule,from,tags
1.10,a,Ten,high,count,,,,,,
1.2,a; b,Two,low,percent,-,,,tolerance,,x; y
1.2,a,Two again,high,percent,1.2b,2,,,2017-02,
1.3,a,Three,low,rate_per_1000,,,,,2017-02,
1.4,a,Four,low,days,,,replaced,,,
1.5,a,Five,low,average,,,,,,
1.5,a,Five,low,average,,,replaced,,2017-02,
`}).Scorecard("housing")
	describe := func(m string) string {
		var list []string
		for _, i := range asAt(t, s, m).Indicators {
			list = append(list, strings.TrimSpace(i.Ref+" "+i.Change))
		}
		return strings.Join(list, ", ")
	}
	for m, want := range map[string]string{
		"2016-12": "1.2, 1.4, 1.5, 1.10",
		"2017-01": "1.2, 1.4 last, 1.5, 1.10",
		"2017-02": "1.2 changed, 1.3 new, 1.5 last, 1.10",
		"2017-03": "1.2, 1.3, 1.10",
	} {
		if got := describe(m); got != want {
			t.Errorf("as at %s: %s; want %s", m, got, want)
		}
	}
	early, late := asAt(t, s, "2017-01").Indicator("1.2"), asAt(t, s, "2017-02").Indicator("1.2")
	if early.Name != "Two" || early.Label != "" || early.Decimals != 1 || early.RagRule != "tolerance" || early.Good != Low ||
		!slices.Equal(early.Sections, []string{"a", "b"}) || !slices.Equal(early.Tags, []string{"x", "y"}) {
		t.Errorf("first definition: %+v", early)
	}
	if late.Name != "Two again" || late.Label != "1.2b" || late.Decimals != 2 || late.RagRule != "benchmark" || late.Good != High {
		t.Errorf("second definition: %+v", late)
	}
	if got := s.Sections(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("sections %v", got)
	}
}

func TestDefaultsAreThoseOfTheContract(t *testing.T) {
	ind := asAt(t, housing(t, nil), "2017-01").Indicator("2.2")
	want := &Indicator{Ref: "2.2", Label: "2.2", Section: "lettings", Sections: []string{"lettings"}, Name: "Rent arrears", Good: Low,
		Unit: quantity.Money, Basis: "in_month", YTD: "none", RagOn: "none", RagRule: "tolerance", Status: "live",
		Grades: settings().Scorecards["housing"].Grades, Place: diag.Place{File: "data/housing/indicators.csv", Line: 5, Column: 1}}
	if diff := cmp.Diff(want, ind, cmpopts.IgnoreUnexported(Indicator{}), cmp.Comparer(quantity.Decimal.Equal)); diff != "" {
		t.Error(diff)
	}
}

func TestTheNarrowestTargetCounts(t *testing.T) {
	s := housing(t, files{"targets.csv": `ref,period,area,kind,target,green,profile,by,from
1.2,2016-17,,,90,,,,
1.2,2016-17,,,91,,,,2017-02
1.2,2016-17,,corporate_plan,99,,,,
1.2,2016-17,north,,80,,,,
1.2,2016-17-Q3,,,85,,,,
1.2,2016-11,,,70,,,,
1.2,2016-17,,,60,,,2017-06,
1.2,2017-18,,,,>=england,,,
2.1,2016-17,,,good,>=requires improvement,,,
1.1,2016-17,,,12,,linear,,
`})
	v := asAt(t, s, "2017-01")
	for p, want := range map[string]string{
		"2016-05": "90", "2016-11": "70", "2016-12": "85", "2016-17-Q3": "85", "2016-17": "90", "2016-17-Q2": "90",
		"AY2016-17-T1": "90", "AY2016-17": "", "AY2015-16": "90", "2015-07/2016-06": "90", "2016-05/2016-11": "90", "2015-16": "none",
		"2016-11-03": "70",
	} {
		got := "none"
		if target, ok := v.TargetFor("1.2", "", mustPeriod(t, p)); ok {
			got = ""
			if target.Target.Has {
				got = say(target.Target)
			}
		}
		if got != want {
			t.Errorf("target for %s is %s, want %s", p, got, want)
		}
	}
	december := mustPeriod(t, "2016-05")
	if target, _ := asAt(t, s, "2017-02").TargetFor("1.2", "ambleton", december); say(target.Target) != "91" {
		t.Errorf("the later target as at February: %+v", target)
	}
	if target, _ := v.TargetFor("1.2", "north", december); say(target.Target) != "80" {
		t.Errorf("the target of an area: %+v", target)
	}
	if target, _ := v.TargetFor("2.1", "", december); say(target.Target) != "3" || target.Green != quantity.AtLeast(quantity.Int(2)) {
		t.Errorf("a target in grades: %+v", target)
	}
	if target, _ := v.TargetFor("1.1", "", december); !target.Linear {
		t.Errorf("a linear target: %+v", target)
	}
	var rows []string
	for _, target := range v.Targets("1.2") {
		rows = append(rows, target.Period.String()+" "+target.Area+" "+target.Kind+" "+say(target.Target))
	}
	want := []string{"2016-11 ambleton local 70", "2016-17-Q3 ambleton local 85", "2016-17 ambleton local 90", "2016-17 ambleton corporate_plan 99",
		"2016-17 north local 80", "2016-17 ambleton local 60", "2017-18 ambleton local -"}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestTheNewestBenchmarkAsAtTheMonthIsCompared(t *testing.T) {
	s := housing(t, files{"benchmarks.csv": `ref,comparator,period,value,mark,from
1.2,england,2014-15,70,,
1.2,england,2013-14,60,,
1.2,england,2015-16,,x,
1.2,england,2016-17,99,,
1.2,england,2014-15,71,p,2017-02
1.2,neighbours,2015-07/2016-06,65.5%,,
`})
	for m, want := range map[string]string{"2017-01": "70", "2017-02": "71", "2017-03": "99", "2016-01": "70", "2014-12": "60"} {
		b, ok := asAt(t, s, m).Newest("1.2", "england")
		if !ok || say(b.Value) != want {
			t.Errorf("as at %s England's is %s, want %s", m, say(b.Value), want)
		}
	}
	var rows []string
	for _, b := range asAt(t, s, "2017-02").Benchmarks("1.2") {
		rows = append(rows, b.Comparator+" "+b.Period.String()+" "+say(b.Value)+" "+string(b.Marks))
	}
	want := []string{"neighbours 2015-07/2016-06 65.5 ", "england 2013-14 60 ", "england 2014-15 71 p", "england 2015-16 - x", "england 2016-17 99 "}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestEventsTouchTheirSeries(t *testing.T) {
	s := housing(t, files{"events.csv": `date,label,ref,section,area,break,from
2017-01-31,All,,,,,
2016-11-15,Recount,1.1,,,yes,
2016-10-01,New form,,repairs,,yes,2017-01
2016-10-05,Boundary,,,north,yes,
2017-02-01,Later,,,,,
`, "2017-01.csv": "ref,period,value,mark\n2.2,2016-06,1,b\n2.2,2016-05,1,\n"})
	list := func(m, ref string) string {
		var labels []string
		for _, e := range asAt(t, s, m).Events(ref) {
			labels = append(labels, e.Label)
		}
		return strings.Join(labels, ", ")
	}
	for _, c := range [][3]string{
		{"2017-01", "1.1", "New form, Boundary, Recount, All"}, {"2016-12", "1.1", "Boundary, Recount"},
		{"2017-01", "2.2", "Boundary, All"}, {"2017-02", "2.2", "Boundary, All, Later"}, {"2017-01", "9.9", ""},
	} {
		if got := list(c[0], c[1]); got != c[2] {
			t.Errorf("events of %s as at %s: %s; want %s", c[1], c[0], got, c[2])
		}
	}
	v := asAt(t, s, "2017-01")
	for _, c := range []struct{ ref, area, earlier, later, want string }{
		{"1.1", "", "2016-10", "2016-11", "Recount"},
		{"1.1", "", "2016-11", "2016-12", "Recount"}, // within the earlier month: part of it is the old way
		{"1.1", "", "2016-12", "2017-01", ""},
		{"1.2", "", "2016-10", "2016-11", ""}, // on the first day of the earlier: all of it is the new way
		{"1.2", "", "2016-09", "2016-10", "New form"},
		{"1.2", "north", "2016-10", "2016-11", "Boundary"},
		{"2.2", "", "2016-05", "2016-06", "break in series"},
		{"2.2", "", "2016-06", "2016-07", ""},
	} {
		e, ok := v.BreakBetween(c.ref, c.area, mustPeriod(t, c.earlier), mustPeriod(t, c.later))
		if e.Label != c.want || ok != (c.want != "") {
			t.Errorf("break in %s %s between %s and %s: %q", c.ref, c.area, c.earlier, c.later, e.Label)
		}
	}
}

func TestABreakWithinTheEarlierMonthDoesNotTouchStocks(t *testing.T) {
	s := housing(t, files{"indicators.csv": "ref,section,name,good,unit,basis\n1,a,Open cases,low,count,as_at\n",
		"events.csv": "date,label,break\n2016-11-15,Recount,yes\n"})
	v := asAt(t, s, "2017-01")
	if _, ok := v.BreakBetween("1", "", mustPeriod(t, "2016-11"), mustPeriod(t, "2016-12")); ok {
		t.Error("a stock at the end of November was counted the new way")
	}
	if _, ok := v.BreakBetween("1", "", mustPeriod(t, "2016-10"), mustPeriod(t, "2016-11")); !ok {
		t.Error("the break between two stocks is not seen")
	}
}

func TestActionsStandWithTheirNewestUpdate(t *testing.T) {
	data := loadWith(t, settings(), files{
		"data/plan/actions.csv": `ref,action,due,lead,from
A10,Ten,ongoing,Head of housing,
A2,Two,2017-03,Director,
A2,Two made clear,2017-03-15,Director,2017-02
`, "data/plan/2016-12-actions.csv": "ref,rating,direction,status,due,commentary\nA2,Green,Up,done,2017-04,all well\n",
		"data/plan/2017-02-actions.csv": "ref,rating\nA2,amber\n"})
	if data.Plan("plan") == nil || data.Scorecard("plan") != nil {
		t.Fatal("a folder with actions alone is a plan")
	}
	list := func(m string) []Action { return data.Plan("plan").Actions(month(t, m), nil) }
	a := list("2017-01")
	if len(a) != 2 || a[0].Ref != "A2" || a[0].Action != "Two" || a[0].Rating != "green" || a[0].Direction != "up" || a[0].Due != "2017-04" ||
		a[0].DueOn != period.NewDate(2017, 4, 30) || a[0].Commentary != "all well" || a[0].Updated != month(t, "2016-12") {
		t.Errorf("as at January: %+v", a)
	}
	if a[1].HasDue || a[1].Due != "ongoing" {
		t.Errorf("words as due: %+v", a[1])
	}
	a = list("2017-02")
	if a[0].Action != "Two made clear" || a[0].Rating != "amber" || a[0].DueOn != period.NewDate(2017, 4, 30) || a[0].Commentary != "" {
		t.Errorf("as at February: %+v", a[0])
	}
	if got := data.Plan("plan").Months(); !slices.Equal(got, []period.Month{month(t, "2016-12"), month(t, "2017-02")}) {
		t.Errorf("months of the plan: %v", got)
	}
}

// The order of rows means nothing, but for two that say the same thing.
func TestShuffledRowsGiveTheSameView(t *testing.T) {
	f := files{
		"indicators.csv": definitions + "3.1,lettings,Rate,low,rate_per_1000\n3.1:a,lettings,Part,low,count\n",
		"2016-12.csv":    "ref,period,area,value,mark\n1.1,,,5,\n1.1,,north,3,\n1.1,,south,2,\n1.2,2016-17-YTD,,9,p\n1.2,2016-17-Q3,,8,\n3.1,,,,x\n",
		"2017-01.csv":    "ref,period,area,value,mark\n1.1,,,6,\n1.1,2016-12,,4,r\n1.1,,north,3,\n1.1,AY2016-17-T1,,2,\n1.2,2016-17-YTD,,9,p\n3.1,,,4,\n",
		"targets.csv":    "ref,period,target\n1.1,2016-17,5\n1.1,2016-17-Q3,4\n1.2,2016-17,4\n",
		"benchmarks.csv": "ref,comparator,period,value\n1.1,england,2015-16,5\n1.1,neighbours,2015-16,5\n1.1,england,2014-15,6\n",
		"events.csv":     "date,label,ref\n2017-01-01,B,1.1\n2017-01-01,A,1.1\n2016-01-01,C,\n",
	}
	summary := func(f files) string {
		v := loadWith(t, settings(), f).Scorecard("housing").AsAt(month(t, "2017-01"), nil)
		var out strings.Builder
		for _, ind := range v.Indicators {
			out.WriteString(ind.Ref + ":" + strings.Join(v.Areas(ind.Ref), ",") + "\n")
			for _, area := range append([]string{""}, v.Areas(ind.Ref)...) {
				for _, f := range v.Series(ind.Ref, area) {
					out.WriteString(" " + f.Area + " " + f.Period.String() + " " + say(f.Value) + string(f.Marks) + say(f.Earlier) + "\n")
				}
			}
			for _, x := range v.Targets(ind.Ref) {
				out.WriteString(" " + x.Period.String() + say(x.Target) + "\n")
			}
			for _, x := range v.Benchmarks(ind.Ref) {
				out.WriteString(" " + x.Comparator + x.Period.String() + say(x.Value) + "\n")
			}
			for _, x := range v.Events(ind.Ref) {
				out.WriteString(" " + x.Label + "\n")
			}
			for _, x := range v.Revisions(ind.Ref) {
				out.WriteString(" " + x.Period.String() + say(x.From) + say(x.To) + "\n")
			}
		}
		return out.String()
	}
	want := summary(f)
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		shuffled := files{}
		for name, text := range f {
			lines := strings.SplitAfter(text, "\n")
			rows := lines[1 : len(lines)-1]
			random.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
			shuffled[name] = strings.Join(lines, "")
		}
		if diff := cmp.Diff(want, summary(shuffled)); diff != "" {
			t.Fatal(diff)
		}
	}
}
