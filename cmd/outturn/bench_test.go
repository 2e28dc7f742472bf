package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/publish"
)

// repository is the site that this repository holds.
const repository = "../.."

func realSite(b *testing.B) fs.FS {
	b.Helper()
	if _, err := os.Stat(filepath.Join(repository, "content", "site.yaml")); err != nil {
		b.Skip("the repository holds no site")
	}
	return os.DirFS(repository)
}

// BenchmarkRealSiteCold reads, judges and renders the repository's own site to
// memory: all that a build does but write.
func BenchmarkRealSiteCold(b *testing.B) {
	dir := realSite(b)
	var size, pages int
	for b.Loop() {
		list := filesOf(b, dir)
		size, pages = render(b, list), len(list)
	}
	b.ReportMetric(float64(pages), "files")
	b.ReportMetric(float64(size)/1e6, "MB")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(pages), "ns/file")
}

// BenchmarkNothingChanged is a build of that site over itself, as the program
// runs it.
func BenchmarkNothingChanged(b *testing.B) {
	realSite(b)
	args := []string{"build", "--site", repository, "--today", "2017-04-20", "--out", filepath.Join(b.TempDir(), "public")}
	if status := run(args, io.Discard, io.Discard); status != done {
		b.Fatalf("exit status %d", status)
	}
	for b.Loop() {
		if status := run(args, io.Discard, io.Discard); status != done {
			b.Fatalf("exit status %d", status)
		}
	}
}

// BenchmarkGrowth builds made-up sites of more and more indicators and months
// to memory. Where the cost is linear ns/cell, a cell being one indicator in
// one month, stays what it is. Twelve months are a little cheaper each: charts
// and tables show up to fifteen.
func BenchmarkGrowth(b *testing.B) {
	for _, size := range []struct{ indicators, months int }{{100, 12}, {100, 60}, {400, 60}} {
		b.Run(fmt.Sprintf("%dx%d", size.indicators, size.months), func(b *testing.B) {
			dir := madeUp(size.indicators, size.months)
			var pages int
			for b.Loop() {
				list := filesOf(b, dir)
				render(b, list)
				pages = len(list)
			}
			cells := size.indicators * size.months
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells), "ns/cell")
			b.ReportMetric(float64(pages), "files")
		})
	}
}

// render makes every file, and gives their size together.
func render(b *testing.B, files []publish.File) (size int) {
	b.Helper()
	for _, f := range files {
		content, err := f.Make()
		if err != nil {
			b.Fatal(err)
		}
		size += len(content)
	}
	return size
}

// filesOf reads and judges a site, and lists its files.
func filesOf(b *testing.B, dir fs.FS) []publish.File {
	b.Helper()
	day, err := period.ParseDate(anytownDay)
	if err != nil {
		b.Fatal(err)
	}
	var problems diag.List
	var files []publish.File
	err = build.Each(dir, edition.Options{Today: day}, &problems, func(p build.Part) error {
		files = append(files, p.Files...)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	if problems.Errors() > 0 {
		var text strings.Builder
		diag.Text(&text, problems.All(), diag.Plain)
		b.Fatal(text.String())
	}
	return files
}

// madeUp is a site with scorecards of a hundred indicators, ten to a section,
// every one returned in every month and rated; each month is released.
func madeUp(indicators, months int) fs.FS {
	files := fstest.MapFS{}
	write := func(name, format string, args ...any) {
		files[name] = &fstest.MapFile{Data: fmt.Appendf(nil, format, args...)}
	}
	write("content/site.yaml", "title: Anytown\nareas:\n  - {id: anytown, name: Anytown}\n")
	last := period.NewMonth(2017, 3)
	for card := 0; card*100 < indicators; card++ {
		id := fmt.Sprintf("card-%d", card+1)
		write("content/"+id+"/_index.md", "---\ntitle: Scorecard %d\ndefault_tolerance: 10\n---\n", card+1)
		var register, targets, rows strings.Builder
		register.WriteString("ref,section,name,good,unit,ytd,rag_on\n")
		targets.WriteString("ref,period,target\n")
		rows.WriteString("ref,numerator,denominator\n")
		for i := range 100 {
			ref := fmt.Sprintf("%d.%d", i/10+1, i%10+1)
			fmt.Fprintf(&register, "%s,section-%d,Measure %s,high,percent,ratio,period\n", ref, i/10+1, ref)
			for year := last.Add(-months).FinancialYear(); year <= last.FinancialYear(); year++ {
				fmt.Fprintf(&targets, "%s,FY%s,90\n", ref, strings.ReplaceAll(period.OfFinancialYear(year).Short(), "/", "-"))
			}
		}
		write("data/"+id+"/indicators.csv", "%s", register.String())
		write("data/"+id+"/targets.csv", "%s", targets.String())
		for m := range months {
			month := last.Add(m + 1 - months)
			rows.Reset()
			rows.WriteString("ref,numerator,denominator\n")
			for i := range 100 {
				fmt.Fprintf(&rows, "%d.%d,%d,200\n", i/10+1, i%10+1, 150+(i*7+m*13)%50)
			}
			write("data/"+id+"/"+month.String()+".csv", "%s", rows.String())
			write("content/"+id+"/"+month.String()+"/_index.md", "---\nstatus: approved\n---\n\nMeasure 1.1 stands at {{ 1.1 }}.\n")
		}
	}
	return files
}
