package dataset

import (
	"fmt"
	"strings"
	"testing"

	"outturn/internal/diag"
)

// BenchmarkLoad reads one return of a quarter of a million rows.
func BenchmarkLoad(b *testing.B) {
	var register, rows strings.Builder
	register.WriteString("ref,section,name,good,unit\n")
	rows.WriteString("ref,period,area,value,numerator,denominator,mark,note\n")
	n := 0
	for i := range 1000 {
		fmt.Fprintf(&register, "%d.%d,s,Measure,high,percent\n", i/10, i%10)
		for m := range 62 {
			for _, area := range []string{"", "north", "south", "unknown"} {
				fmt.Fprintf(&rows, "%d.%d,%d-%02d,%s,18.2,22,121,,\n", i/10, i%10, 2011+m/12, 1+m%12, area)
				n++
			}
		}
	}
	fsys := files{"indicators.csv": register.String(), "2017-01.csv": rows.String()}.fsys()
	b.ReportAllocs()
	for b.Loop() {
		var problems diag.List
		Load(fsys, settings(), &problems)
		if problems.Errors() > 0 {
			b.Fatal(told(&problems))
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
