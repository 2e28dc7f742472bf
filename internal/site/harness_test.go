package site

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/publish"
	"outturn/internal/theme"
	"outturn/themes"
)

// civic is the default theme, loaded once.
var civic = sync.OnceValue(func() *theme.Theme {
	dir, err := fs.Sub(themes.FS, "civic")
	if err != nil {
		panic(err)
	}
	return theme.Load(dir, "civic", "en-GB", &diag.List{})
})

// anytown is a small made-up site. A test lays its own files over these; an
// empty one takes a file out.
var anytown = map[string]string{
	"content/site.yaml": `title: Anytown
council: Anytown Council
base_url: https://figures.anytown.example/children/
areas:
  - {id: anytown, name: Anytown}
  - {id: north, name: North}
  - {id: south, name: South}
comparators:
  - {id: neighbours, name: Neighbour average, short: SN, role: stat_neighbours}
  - {id: england, name: England average, short: England, role: national}
views:
  - {id: plan, title: Council plan, tag: plan}
`,
	"content/_index.md":              "---\ntitle: Home\n---\n\nWelcome to {{ care/3.2 }}.\n",
	"content/about/accessibility.md": "---\ntitle: Accessibility\n---\n\nFor everyone.\n",
	"content/files/definitions.csv":  "term,meaning\n",
	"content/care/_index.md":         "---\ntitle: Care\nfirst_report: 2017-01\ngrades: [poor, fair, good]\nsections: [visits, quality]\n---\n",
	"content/care/2017-01/_index.md": "---\nstatus: approved\npublish_on: 2017-02-20\n---\n\nVisits: {{ 3.2 }}.\n",
	"content/care/2017-01/visits.md": "---\n---\n\nIt is {{ 3.2 }} and {{ 3.2 night }}.\n",
	"data/care/indicators.csv": `ref,label,section,name,good,unit,decimals,frequency,ytd,rag_on,parent,dimension,status,tags,min_denominator
1.1,-,visits,Visits,info,count,,,sum,none,,,,,
1.1:late,,visits,Late visits,info,count,,,none,none,1.1,time,,,
3.2,,visits,Visits in time,high,percent,,,ratio,period,,,,plan,
3.2 night,3.2,visits,Visits at night,high,percent,,,none,none,,,,,5
6:1,6.1,visits,Never returned,low,days,,,mean,period,,,developing,,
8.1,,visits,Families,high,count,,,reported,ytd,,,,,
4.3,,quality,Quality,high,grade,,quarterly,latest,period,,,,,
5.1,,quality,Cost,low,money,2,,none,period,,,,,
`,
	"data/care/targets.csv": `ref,period,target,green,amber,profile,wording
1.1,2016-17,,,,,to be agreed
3.2,2016-17,100,,>90,,
8.1,2016-17,120,,,linear,
4.3,2016-17,good,,>=fair,,
5.1,2016-17,,<100,100..120,,
`,
	"data/care/benchmarks.csv": "ref,comparator,period,value\n3.2,england,2015-16,81.5\n3.2,neighbours,2015-16,80\n",
	"data/care/2016-12.csv":    "ref,period,value,numerator,denominator,mark\n1.1,,100,,,\n3.2,,31.0,36,116,\n3.2,2016-11,,20,40,\n4.3,2016-17-Q2,poor,,,\n5.1,,110.5,,,\n",
	"data/care/2017-01.csv": `ref,period,area,value,numerator,denominator,mark,rating,rating_reason,reason
1.1,,,"1,192",,,,,,
1.1,2016-17-YTD,,3084,,,,,,
1.1:late,,,9,,,,,,
3.2,,,,121,121,,,,
3.2,2016-12,,,35,116,,,,late_data
3.2,,north,12.5,1,8,u,,,
3.2,,south,,,,c,,,
3.2 night,,,,1,4,,,,
8.1,2016-17-YTD,,99,,,,,,
4.3,2016-17-Q3,,good,,,,,,
5.1,,,£110.50,,,p,red,the contract ends,
`,
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

// made is a whole site in memory.
type made struct{ fstest.MapFS }

// build makes a made-up site that must have no fault, as on 20 April 2017.
func build(t *testing.T, over map[string]string) made {
	t.Helper()
	return buildOf(t, with(over), edition.Options{Today: period.NewDate(2017, 4, 20)})
}

func buildOf(t *testing.T, site fs.FS, opt edition.Options) made {
	t.Helper()
	tree := made{fstest.MapFS{}}
	for _, f := range filesOf(t, site, opt) {
		content, err := f.Make()
		if err != nil {
			t.Fatal(err)
		}
		if tree.MapFS[f.Path] != nil {
			t.Errorf("%s is made twice", f.Path)
		}
		tree.MapFS[f.Path] = &fstest.MapFile{Data: content}
	}
	return tree
}

// filesOf lists the files of a site, none of them made.
func filesOf(t *testing.T, site fs.FS, opt edition.Options) []publish.File {
	t.Helper()
	var problems diag.List
	ed := edition.Load(site, civic(), opt, &problems)
	for _, p := range problems.All() {
		if p.Severity == diag.Error {
			t.Fatalf("the site has a fault: %+v", p)
		}
	}
	var files []publish.File
	var summaries []Summary
	for _, s := range ed.Scorecards {
		own := Scorecard(ed, s)
		files = append(files, own...)
		summaries = append(summaries, Summarise(ed, s, own))
	}
	return append(files, Papers(ed, summaries, func(name string) ([]byte, error) { return fs.ReadFile(site, "content/files/"+name) })...)
}

func read(t *testing.T, tree fs.FS, name string) string {
	t.Helper()
	content, err := fs.ReadFile(tree, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// paths are the paths of a site, assets left out: they bear fingerprints.
func paths(tree made) []string {
	var list []string
	for name := range tree.MapFS {
		if !strings.HasPrefix(name, "assets/") {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// update is set to write testdata anew: read the difference before it is kept.
var update = os.Getenv("UPDATE") != ""
