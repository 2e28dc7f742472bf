package edition

import (
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/theme"
	"outturn/themes"
)

// civic is the default theme, loaded once: directions are said in its words.
var civic = sync.OnceValue(func() *theme.Theme {
	dir, err := fs.Sub(themes.FS, "civic")
	if err != nil {
		panic(err)
	}
	return theme.Load(dir, "civic", "en-GB", &diag.List{})
})

// anytown is a made-up site with two scorecards, as known in January 2017. A
// test lays its own files over these; an empty one takes a file out.
var anytown = map[string]string{
	"content/site.yaml": `title: Anytown
council: Anytown Council
areas:
  - {id: anytown, name: Anytown}
  - {id: north, name: North}
  - {id: south, name: South}
comparators:
  - {id: neighbours, name: Neighbour average, short: SN, role: stat_neighbours}
  - {id: england, name: England average, short: England, role: national}
`,
	"content/care/_index.md":         "---\ntitle: Care\ndefault_tolerance: 10\nfirst_report: 2017-01\ngrades: [poor, fair, good]\n---\n",
	"content/care/2017-01/_index.md": "---\nstatus: approved\n---\n",
	"content/help/_index.md":         "---\ntitle: Help\nfirst_report: 2017-01\n---\n",
	"content/help/2017-01/_index.md": "---\nstatus: approved\n---\n",
	"data/care/indicators.csv": `ref,section,name,good,unit,frequency,lag,basis,ytd,rag_on,parent,dimension
1.1,visits,Visits,info,count,,,,sum,none,,
1.1:late,visits,Late visits,info,count,,,,sum,none,1.1,time
3.2,visits,Visits in time,high,percent,,,,ratio,period,,
3.2 night,visits,Visits at night,high,percent,,,,none,none,,
4.1,visits,Cost,low,money,,,,none,none,,
4.2,visits,Days to a visit,low,days,,1,,mean,none,,
4.3,visits,Quality,high,grade,quarterly,,,none,none,,
6.1,visits,Visits agreed,high,percent,,,,reported,none,,
`,
	"data/care/targets.csv":    "ref,period,target,green,amber,wording\n3.2,2016-17,100,,>90,\n4.2,2016-17,,<20,,\n4.3,2016-17,good,,,\n1.1,2016-17,,,,to be agreed\n",
	"data/care/benchmarks.csv": "ref,comparator,period,value\n3.2,england,2014-15,81.5\n3.2,england,2015-16,82\n",
	"data/care/2015-12.csv":    "ref,period,value\n3.2,2015-16,55\n",
	"data/care/2016-12.csv": `ref,period,area,value,numerator,denominator,mark
1.1,2016-04,,100,,,
1.1,2016-05,,100,,,
1.1,2016-06,,100,,,
1.1,2016-07,,100,,,
1.1,2016-08,,100,,,
1.1,2016-09,,100,,,
1.1,2016-10,,100,,,
1.1,2016-11,,100,,,
1.1,2016-12,,"1,092",,,
1.1,2016-12,north,40,,,
1.1:late,,,7,,,
3.2,2016-01,,20.0,,,
3.2,2016-10,,,10,40,
3.2,2016-11,,,20,40,
3.2,2016-12,,,35,116,
3.2,2016-12,north,10,1,10,
4.2,2016-11,,21,,,
4.2,2016-12,,19.5,,,
4.3,2016-17-Q2,,poor,,,
6.1,2016-17-Q1,,75,,,
6.1,2016-17-Q2,,80,,,
6.1,2016-12,,82,,,
`,
	"data/care/2017-01.csv": `ref,period,area,value,numerator,denominator,mark
1.1,,,"1,192",,,
1.1,,north,60,,,
1.1,,south,,,,c
1.1,2016-17-YTD,north,500,,,
1.1:late,,,9,,,
3.2,,,,22,121,
3.2,,north,12.5,1,8,
3.2 night,,,33.3,,,
4.1,,,"£435,922",,,p
4.1,2016-12,,,,,x
4.3,2016-17-Q3,,good,,,
6.1,,,83,,,
6.1,2015-16-YTD,,79,,,
6.1,2016-17-YTD,,77,,,
`,
	"data/help/indicators.csv": "ref,section,name,good,unit\n5.1,calls,Calls,info,count\n",
	"data/help/2017-01.csv":    "ref,value\n5.1,12\n",
}

func with(over map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for _, layer := range []map[string]string{anytown, over} {
		for name, text := range layer {
			if files[name] = (&fstest.MapFile{Data: []byte(text)}); text == "" {
				delete(files, name)
			}
		}
	}
	return files
}

// load judges a made-up site as on 20 April 2017.
func load(t *testing.T, over map[string]string, opt Options) (*Edition, []diag.Problem) {
	t.Helper()
	if opt.Today == 0 {
		opt.Today = day(t, "2017-04-20")
	}
	var problems diag.List
	e := Load(with(over), civic(), opt, &problems)
	return e, problems.All()
}

// sound is load of a site that must have no fault.
func sound(t *testing.T, over map[string]string, opt Options) *Edition {
	t.Helper()
	e, problems := load(t, over, opt)
	for _, p := range problems {
		t.Errorf("the made-up site has a fault: %s", told(p))
	}
	return e
}

func day(t *testing.T, s string) period.Date {
	t.Helper()
	d, err := period.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func month(s string) period.Month {
	m, err := period.ParseMonth(s)
	if err != nil {
		panic(err)
	}
	return m
}

// told is a finding as it is printed, with its mend.
func told(p diag.Problem) string {
	var b strings.Builder
	p.Source = ""
	if err := diag.Text(&b, []diag.Problem{p}, diag.Plain); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

const analysis = "content/care/2017-01/visits.md"

// says is what the references of an analysis of January say, in order.
func says(t *testing.T, text string) []Said {
	t.Helper()
	e := sound(t, map[string]string{analysis: "---\n---\n\n" + text + "\n"}, Options{})
	m := e.Scorecard("care").Latest()
	a, ok := m.Analysis("visits")
	if !ok {
		t.Fatal("the analysis is not there")
	}
	var list []Said
	for _, ref := range a.Text.Refs() {
		said, problem := e.Say(ref, "care", m.Month)
		if problem != nil {
			t.Errorf("%s", told(*problem))
		}
		list = append(list, said)
	}
	return list
}
