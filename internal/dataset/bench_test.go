package dataset

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// council is a scorecard of the size that a national site has 153 of: 100
// indicators, 60 months, 5 areas; all but the last two months in one return,
// those a month each with a few revisions.
func council() (fsys fstest.MapFS, rows int) {
	const indicators, months = 100, 60
	areas := []string{"", "north", "south", "unknown", "east"}
	random := rand.New(rand.NewPCG(1, 2))
	var register, targets, benchmarks strings.Builder
	register.WriteString("ref,section,name,good,unit,ytd,rag_on,calculation\n")
	targets.WriteString("ref,period,target\n")
	benchmarks.WriteString("ref,comparator,period,value\n")
	for i := range indicators {
		unit, ytd := "count", "sum"
		if i%2 == 1 {
			unit, ytd = "percent", "ratio"
		}
		fmt.Fprintf(&register, "%d.%d,section-%d,Measure %d,%s,%s,%s,period,\n", 1+i/10, 1+i%10, i/10, i, goodWords[i%2], unit, ytd)
		fmt.Fprintf(&targets, "%d.%d,2016-17,50\n%d.%d,2015-16,48\n", 1+i/10, 1+i%10, 1+i/10, 1+i%10)
		for _, comparator := range []string{"neighbours", "england"} {
			fmt.Fprintf(&benchmarks, "%d.%d,%s,2014-15,51.5\n%d.%d,%s,2015-16,52.5\n", 1+i/10, 1+i%10, comparator, 1+i/10, 1+i%10, comparator)
		}
	}
	first := period.NewMonth(2012, 2)
	const header = "ref,period,area,value,numerator,denominator,mark,reason\n"
	returns := []*strings.Builder{{}, {}, {}}
	row := func(to *strings.Builder, i int, m period.Month, area, reason string) {
		n, d := random.IntN(120), 120+random.IntN(80)
		if i%2 == 1 {
			fmt.Fprintf(to, "%d.%d,%s,%s,,%d,%d,,%s\n", 1+i/10, 1+i%10, m, area, n, d, reason)
		} else {
			fmt.Fprintf(to, "%d.%d,%s,%s,%d,,,,%s\n", 1+i/10, 1+i%10, m, area, n, reason)
		}
		rows++
	}
	for at, to := range returns {
		to.WriteString(header)
		for i := range indicators {
			for m := range months {
				of := max(0, m-(months-3))
				for _, area := range areas {
					switch {
					case of == at:
						row(to, i, first.Add(m), area, "")
					case at > 0 && m == months-5 && i%10 == 0:
						row(to, i, first.Add(m), area, "late_data")
					}
				}
			}
		}
	}
	last := first.Add(months - 1)
	return files{"indicators.csv": register.String(), "targets.csv": targets.String(), "benchmarks.csv": benchmarks.String(),
		last.Add(-2).String() + ".csv": returns[0].String(), last.Add(-1).String() + ".csv": returns[1].String(),
		last.String() + ".csv": returns[2].String()}.fsys(), rows
}

func councilSettings() Settings {
	s := settings()
	s.Areas = append(s.Areas, Area{ID: "east", Name: "East"})
	return s
}

func BenchmarkScorecard(b *testing.B) {
	fsys, rows := council()
	b.ReportAllocs()
	for b.Loop() {
		var problems diag.List
		Load(fsys, councilSettings(), &problems)
		if problems.Errors() > 0 {
			b.Fatal(told(&problems))
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func readCouncil(b *testing.B) *Scorecard {
	fsys, _ := council()
	var problems diag.List
	s := Load(fsys, councilSettings(), &problems).Scorecard("housing")
	if problems.Errors() > 0 {
		b.Fatal(told(&problems))
	}
	return s
}

// BenchmarkAsAt makes the views of the three months of a scorecard.
func BenchmarkAsAt(b *testing.B) {
	s := readCouncil(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range s.vintages {
			s.AsAt(w.Month, nil)
		}
	}
}

// BenchmarkSeries asks a view for every figure, as its pages do.
func BenchmarkSeries(b *testing.B) {
	s := readCouncil(b)
	v := s.AsAt(s.vintages[2].Month, nil)
	figures := 0
	b.ReportAllocs()
	for b.Loop() {
		figures = 0
		for _, ind := range v.Indicators {
			for _, area := range append(v.Areas(ind.Ref), "") {
				figures += len(v.Series(ind.Ref, area))
			}
		}
	}
	b.ReportMetric(float64(figures)*float64(b.N)/b.Elapsed().Seconds(), "figures/s")
}

// BenchmarkFigure asks for the figures one by one.
func BenchmarkFigure(b *testing.B) {
	s := readCouncil(b)
	v := s.AsAt(s.vintages[2].Month, nil)
	b.ReportAllocs()
	for b.Loop() {
		for _, ind := range v.Indicators {
			for back := range 60 {
				v.Figure(ind.Ref, "", period.OfMonth(v.Month.Add(-back)))
			}
		}
	}
}

// BenchmarkCalculated asks three fresh views for five years of a rate of a
// rolling year, in five areas.
func BenchmarkCalculated(b *testing.B) {
	var rows strings.Builder
	first := period.NewMonth(2011, 1)
	for m := range 72 {
		for i, area := range []string{"", "north", "south", "unknown"} {
			fmt.Fprintf(&rows, "1,%s,%s,%d\n", first.Add(m), area, 100+7*m%31+i)
		}
	}
	last := first.Add(71)
	fsys := files{
		"indicators.csv": "ref,section,name,good,unit,calculation\n1,s,Cases,info,count,\n" +
			"2,s,Rate,low,rate_per_10000,\"rate(rolling('1', 12), population('0-17'), 10000)\"\n",
		"data/populations.csv":   "population,area,period,value\n0-17,,2012-13,56300\n0-17,north,2012-13,20100\n0-17,south,2012-13,20300\n0-17,unknown,2012-13,15900\n",
		last.String() + ".csv":   "ref,period,area,value\n" + rows.String(),
		last.String() + ".2.csv": "ref,period,area,value\n1," + last.Add(-3).String() + ",,99\n",
	}.fsys()
	var problems diag.List
	s := Load(fsys, settings(), &problems).Scorecard("housing")
	if problems.Errors() > 0 {
		b.Fatal(told(&problems))
	}
	figures := 0
	b.ReportAllocs()
	for b.Loop() {
		figures = 0
		for range 3 {
			v := s.AsAt(last, nil)
			for _, area := range append(v.Areas("2"), "") {
				figures += len(v.Series("2", area))
			}
		}
	}
	b.ReportMetric(float64(figures)*float64(b.N)/b.Elapsed().Seconds(), "figures/s")
}
