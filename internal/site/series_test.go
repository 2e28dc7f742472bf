package site

import (
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"

	"outturn/internal/chart"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// everySeries calls a function for every series of a site in every month that
// is shown.
func everySeries(t *testing.T, site fs.FS, each func(v *dataset.View, ind *dataset.Indicator, area string)) *edition.Edition {
	t.Helper()
	var problems diag.List
	ed := edition.Load(site, civic(), edition.Options{Today: period.NewDate(2017, 4, 20)}, &problems)
	if problems.Errors() > 0 {
		t.Fatalf("the site has a fault: %+v", problems.All())
	}
	for _, s := range ed.Scorecards {
		for _, m := range s.Months {
			for _, ind := range m.View.Indicators {
				for _, area := range []string{"anytown", "north", "south"} {
					each(m.View, ind, area)
				}
			}
		}
	}
	return ed
}

// gaps is a site with what makes series hard: months left out at the start, in
// the middle and at the end, marks, revisions, small numbers, calculations,
// quarters, and years between the months.
func gaps() fs.FS {
	var rows strings.Builder
	rows.WriteString("ref,period,area,value,numerator,denominator,mark\n")
	for m := period.NewMonth(2012, 1); m <= period.NewMonth(2016, 11); m++ {
		if m.Number()%5 == 0 || m > period.NewMonth(2016, 2) && m < period.NewMonth(2016, 7) {
			continue
		}
		fmt.Fprintf(&rows, "1.1,%s,,%d,,,\n2.1,%s,,,%d,%d,\n2.1,%s,north,,2,3,p\n", m, 100+int(m)%17, m, 50+int(m)%40, 90+int(m)%7, m)
		if m.Number()%3 == 0 {
			p := period.OfQuarter(m)
			fmt.Fprintf(&rows, "4.1,%s,,%d,,,\n", p, int(m)%9)
		}
		if m.Number() == 3 {
			fmt.Fprintf(&rows, "1.1,%s,,%d,,,\n", period.OfFinancialYear(m.FinancialYear()), 1200+int(m)%90)
		}
	}
	return with(map[string]string{
		"content/_index.md": "", "content/care/2017-01/visits.md": "", "content/care/2017-01/_index.md": "---\nstatus: approved\n---\n", "content/files/definitions.csv": "",
		"content/care/_index.md": "---\ntitle: Care\nfirst_report: 2017-01\n---\n",
		"data/care/targets.csv":  "", "data/care/benchmarks.csv": "",
		"data/care/indicators.csv": "ref,section,name,good,unit,frequency,ytd,calculation,min_denominator\n" +
			"1.1,visits,Visits,info,count,,sum,,\n1.2,visits,Visits in a year,info,count,,none,\"rolling('1.1', 3)\",\n" +
			"2.1,visits,In time,high,percent,,ratio,,20\n3.1,visits,Never,high,count,,none,,\n4.1,visits,By quarter,high,count,quarterly,none,,\n",
		"data/care/2016-12.csv": rows.String(),
		"data/care/2017-01.csv": "ref,period,area,value,numerator,denominator,mark,reason\n1.1,,,50,,,,\n1.1,2016-09,,,,,x,\n1.1,2016-08,,999,,,,late_data\n2.1,,south,,1,2,,\n",
	})
}

func TestASeriesSaysWhatEachReadingDoes(t *testing.T) {
	for name, site := range map[string]fs.FS{"anytown": with(nil), "gaps": gaps()} {
		figures := 0
		everySeries(t, site, func(v *dataset.View, ind *dataset.Indicator, area string) {
			fast, slow := compose(&edition.Edition{Theme: civic()}, "x"), compose(&edition.Edition{Theme: civic()}, "x")
			s := fast.room.series(v, ind, area)
			var periods []period.Period
			for _, f := range v.Series(ind.Ref, area) {
				periods = append(periods, f.Period)
				figures++
			}
			if got := s.periods(nil); !slices.Equal(got, periods) {
				t.Errorf("%s: %s in %s has %v, want %v", name, ind.Ref, area, got, periods)
			}
			periods = append(periods, period.OfMonth(v.Month+1), period.OfFinancialYear(1999), period.NewQuarter(2016, 3))
			back := slices.Clone(periods)
			slices.Reverse(back)
			for _, p := range slices.Concat(periods, back) {
				var got theme.Figure
				fast.cellOf(&got, s, p, p.Short())
				want, _ := slow.cell(v, ind, area, p)
				if !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %s in %s, %s: found %+v, want %+v", name, ind.Ref, area, p, got, want)
				}
			}
			if !reflect.DeepEqual(fast.used, slow.used) {
				t.Errorf("%s: %s in %s explains %v, want %v", name, ind.Ref, area, fast.used, slow.used)
			}
		})
		if figures < 10 {
			t.Errorf("%s: only %d figures were compared", name, figures)
		}
	}
}

// pointByPoint is run without a series: each point is read for itself.
func pointByPoint(v *dataset.View, ind *dataset.Indicator, area string, until period.Period, most int) []chart.Point {
	var own []period.Period
	for _, f := range v.Series(ind.Ref, area) {
		if score.IsOwn(ind.Frequency, f.Period) && f.Period.Last() <= until.Last() {
			own = append(own, f.Period)
		}
	}
	if len(own) == 0 {
		return nil
	}
	if ind.Frequency == dataset.Monthly {
		first := max(own[0].Last(), until.Last().Add(1-most))
		own = nil
		for m := first; m <= until.Last(); m++ {
			own = append(own, period.OfMonth(m))
		}
	}
	var points []chart.Point
	for _, p := range own[max(len(own)-most, 0):] {
		r := score.Read(v, ind, area, p)
		pt := chart.Point{At: p, Has: r.Value}
		if r.Value {
			pt.Value, pt.Text = r.Published.Float(), ind.Format(r.Published)
			pt.Revised, pt.Provisional, pt.Caution = r.Figure.Revised, r.Figure.Marks.Has("p"), r.Figure.Marks.Has("u")
		}
		points = append(points, pt)
	}
	return points
}

func TestAChartHasEveryMonthAndItsGaps(t *testing.T) {
	for name, site := range map[string]fs.FS{"anytown": with(nil), "gaps": gaps()} {
		points := 0
		everySeries(t, site, func(v *dataset.View, ind *dataset.Indicator, area string) {
			for _, until := range []period.Month{v.Month, v.Month - 1, v.Month - 9, period.NewMonth(2012, 1), period.NewMonth(2011, 12)} {
				for _, most := range []int{1, sparkMonths, shown} {
					c := compose(&edition.Edition{Theme: civic()}, "x")
					want := pointByPoint(v, ind, area, period.OfMonth(until), most)
					points += len(want)
					if got := c.room.series(v, ind, area).run(new(room), period.OfMonth(until), most); !slices.Equal(got, want) {
						t.Errorf("%s: %s in %s, %d until %s: found %v, want %v", name, ind.Ref, area, most, until, got, want)
					}
					if area != v.Whole() {
						continue
					}
					for i := range want {
						want[i].Text = ""
					}
					if got := c.room.series(v, ind, area).outline(new(room), period.OfMonth(until), most); !slices.Equal(got, want) {
						t.Errorf("%s: the outline of %s, %d until %s: found %v, want %v", name, ind.Ref, most, until, got, want)
					}
				}
			}
		})
		if points < 10 {
			t.Errorf("%s: only %d points were compared", name, points)
		}
	}
}

func TestRowsOfSeveralSeriesFindTheirFigures(t *testing.T) {
	everySeries(t, gaps(), func(v *dataset.View, ind *dataset.Indicator, _ string) {
		c := compose(&edition.Edition{Theme: civic()}, "x")
		var all []period.Period
		areas := []string{"north", "anytown", "south"}
		for _, area := range areas {
			all = c.room.series(v, ind, area).periods(all)
		}
		if !slices.IsSortedFunc(all, period.Compare) || len(slices.Compact(slices.Clone(all))) != len(all) {
			t.Errorf("%s: %v are not in order", ind.Ref, all)
		}
		asked := slices.Clone(all)
		slices.Reverse(asked)
		for i := range all { // from either end in turn: far from the last
			asked = append(asked, all[i], all[len(all)-1-i])
		}
		for _, area := range areas {
			s := c.room.series(v, ind, area)
			for _, p := range append(asked, all...) {
				at, ok := s.find(p)
				if _, has := v.Figure(ind.Ref, area, p); ok != has || ok && s.facts[at].at != p {
					t.Errorf("%s, %s in %s: found %d, %v; want %v", ind.Ref, p, area, at, ok, has)
				}
			}
		}
	})
}
