package preview

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkSaveToPage measures from the save of a file to the last byte of what
// shows it, as an open page is told. OUTTURN_NATION names the
// folder of a national site (go run ./cmd/nation write DIR); without it the
// sample site alone is measured.
func BenchmarkSaveToPage(b *testing.B) {
	type site struct{ name, dir, page, text, data, figure string }
	sites := []site{{"sample", "../..", "early-help/index.html", "content/early-help/2017-01/_index.md", "data/early-help/2017-01.csv", "1.1,2017-01,,"}}
	if dir := os.Getenv("OUTTURN_NATION"); dir != "" {
		sites = append(sites, site{"nation", dir, "alderwick-bay/index.html", "content/alderwick-bay/2017-01/_index.md", "data/alderwick-bay/2017-01.csv", "1.1,2017-01,,"})
	}
	for _, site := range sites {
		s := serve(b, site.dir, 0)
		if err := os.CopyFS(s.path("themes/civic"), os.DirFS("../../themes/civic")); err != nil && !os.IsExist(err) {
			b.Fatal(err)
		}
		for len(s.server.site.Unread()) > 0 && s.server.site.Outline().Large() { // some seconds after the start
			time.Sleep(100 * time.Millisecond)
		}
		for _, edit := range []struct {
			what string
			do   func(n int)
		}{
			{"figure", func(n int) { s.nudge(site.data, site.figure) }},
			{"sentence", func(n int) {
				s.save(site.text, s.read(site.text)+"\nAnd again "+strings.Repeat("and again ", n%7)+"so.\n")
			}},
			{"style", func(n int) { s.save("themes/civic/styles/99-own.css", fmt.Sprintf("main { padding-top: %dpx }\n", n)) }},
		} {
			b.Run(site.name+"/"+edit.what, func(b *testing.B) {
				open := s.open(site.page)
				defer open.close()
				last := open.until("the first state", func(st state) bool { return st.Sum != "" })
				var times []time.Duration
				for n := 0; b.Loop(); n++ {
					time.Sleep(150 * time.Millisecond) // the checks of the last save are over
					began := time.Now()
					edit.do(n)
					if edit.what == "style" {
						last = open.until("the new style", func(st state) bool { return st.Style != last.Style })
						s.get(strings.TrimPrefix(last.Style, "/"))
					} else {
						last = open.until("the new page", func(st state) bool { return st.Sum != "" && st.Sum != last.Sum })
						if last.Page == "" {
							b.Fatal("the page was not sent")
						}
					}
					times = append(times, time.Since(began))
				}
				slices.Sort(times)
				b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "median-ms")
			})
		}
		s.stop()
	}
}

// nudge changes a figure by one: the number that follows the start of its line.
func (s *served) nudge(name, start string) {
	s.t.Helper()
	content := s.read(name)
	at := strings.Index(content, "\n"+start)
	if at < 0 {
		s.t.Fatalf("%s has no line %s…", name, start)
	}
	at += 1 + len(start)
	end := at + strings.IndexByte(content[at:], ',')
	n, err := strconv.Atoi(content[at:end])
	if err != nil {
		s.t.Fatal(err)
	}
	s.save(name, content[:at]+strconv.Itoa(n^1)+content[end:])
}
