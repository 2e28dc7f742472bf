package site

import (
	"encoding/json"
	"encoding/xml"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

func TestTreeHasThePagesOfTheContract(t *testing.T) {
	want := []string{
		"404.html", "about/accessibility.html", "api/care/2017-01.json",
		"care/2017-01/index.html", "care/2017-01/quality.html", "care/2017-01/visits.html", "care/index.html",
	}
	for _, ref := range []string{"1.1", "3.2-night", "3.2", "4.3", "5.1", "6-1", "8.1"} {
		for _, ending := range []string{".csv", ".csv-metadata.json", ".html", ".json"} {
			want = append(want, "care/indicators/"+ref+ending)
		}
	}
	want = append(want, "data/index.html", "feed.xml", "files/definitions.csv", "index.html", "methodology.html", "revisions.html",
		"robots.txt", "sitemap.xml", "status.html", "views/plan.html")
	got := paths(build(t, nil))
	slices.Sort(want)
	slices.Sort(got)
	for _, name := range want {
		if !slices.Contains(got, name) {
			t.Errorf("%s is not there", name)
		}
	}
	for _, name := range got {
		if !slices.Contains(want, name) {
			t.Errorf("%s is there, and the contract does not name it", name)
		}
	}
}

func TestPartHasNoPageAndStandsOnItsParents(t *testing.T) {
	tree := build(t, nil)
	if _, err := fs.Stat(tree, "care/indicators/1.1-late.html"); err == nil {
		t.Error("the part has a page")
	}
	if !strings.Contains(read(t, tree, "care/indicators/1.1.html"), "Late visits") {
		t.Error("the part is not on its parent's page")
	}
}

func TestMeasureThatLeftTheScorecardKeepsItsPage(t *testing.T) {
	over := map[string]string{
		"data/care/indicators.csv":       strings.TrimSuffix(anytown["data/care/indicators.csv"], "\n") + "\n",
		"data/care/2017-02.csv":          "ref,value\n1.1,900\n",
		"content/care/2017-02/_index.md": "---\nstatus: approved\n---\n",
		"content/_index.md":              "---\ntitle: Home\n---\n",
	}
	head, rest, _ := strings.Cut(over["data/care/indicators.csv"], "\n")
	over["data/care/indicators.csv"] = head + ",from\n" + strings.ReplaceAll(rest, "\n", ",\n") +
		"5.1,,quality,Cost,low,money,2,,none,period,,,replaced,,,2017-01\n"
	tree := build(t, over)
	if strings.Contains(read(t, tree, "care/2017-02/index.html"), "indicators/5.1.html") {
		t.Error("the measure still stands on the scorecard")
	}
	if !strings.Contains(read(t, tree, "care/2017-01/index.html"), "indicators/5.1.html") {
		t.Error("the measure does not stand on the month in which it was shown for the last time")
	}
	if !strings.Contains(read(t, tree, "care/indicators/5.1.html"), "110.50") {
		t.Error("the measure's page does not hold its last figure")
	}
	if !strings.Contains(read(t, tree, "data/index.html"), "indicators/5.1.csv") {
		t.Error("the measure's download is not listed")
	}
}

func TestAChangeIsOnThePagesThatShowItAndNoOther(t *testing.T) {
	before := build(t, nil)
	edit := func(file, old, new string) map[string]string {
		if !strings.Contains(anytown[file], old) {
			t.Fatalf("%s does not hold %s", file, old)
		}
		return map[string]string{file: strings.Replace(anytown[file], old, new, 1)}
	}
	tests := []struct {
		name string
		over map[string]string
		must []string // pages that change, some of them
		not  []string // pages that do not
	}{
		{"nothing", nil, nil, []string{"index.html"}},
		{"a figure of the last month", edit("data/care/2017-01.csv", `"1,192"`, "1191"),
			[]string{"care/index.html", "care/2017-01/visits.html", "care/indicators/1.1.html", "care/indicators/1.1.csv", "api/care/2017-01.json"},
			[]string{"care/2017-01/quality.html", "care/indicators/5.1.html", "about/accessibility.html", "methodology.html", "feed.xml"}},
		{"a figure of the month before", edit("data/care/2016-12.csv", "110.5", "109.5"),
			[]string{"care/indicators/5.1.html", "api/care/2017-01.json"}, []string{"care/indicators/3.2.html", "care/2017-01/visits.html"}},
		{"a target", edit("data/care/targets.csv", ">90", ">91"),
			[]string{"care/indicators/3.2.html", "methodology.html"}, []string{"care/indicators/5.1.html", "care/indicators/3.2.csv"}},
		{"a benchmark", edit("data/care/benchmarks.csv", "81.5", "81.6"),
			[]string{"care/indicators/3.2.html", "api/care/2017-01.json"}, []string{"care/indicators/5.1.html"}},
		{"a mark", edit("data/care/2017-01.csv", ",p,red", ",e,red"), []string{"care/indicators/5.1.csv", "care/2017-01/quality.html"}, []string{"care/indicators/1.1.html"}},
		{"the analysis", edit("content/care/2017-01/visits.md", "It is", "It was"), []string{"care/2017-01/visits.html"}, []string{"care/2017-01/quality.html", "care/index.html", "api/care/2017-01.json"}},
		{"the summary", edit("content/care/2017-01/_index.md", "Visits:", "Visits of January:"), []string{"care/index.html", "care/2017-01/index.html"}, []string{"care/2017-01/visits.html"}},
		{"an area of the data", edit("data/care/2017-01.csv", "12.5,1,8", "25,2,8"), []string{"care/2017-01/visits.html", "care/indicators/3.2.csv"}, []string{"care/indicators/1.1.html"}},
		{"a tag", edit("data/care/indicators.csv", "plan,", ","), []string{"views/plan.html"}, []string{"api/care/2017-01.json"}},
		{"an attachment", map[string]string{"content/files/definitions.csv": "term,sense\n"}, []string{"files/definitions.csv"}, []string{"index.html"}},
		{"the site's title", edit("content/site.yaml", "title: Anytown", "title: The figures"), []string{"index.html", "404.html", "feed.xml"}, []string{"api/care/2017-01.json"}},
		{"rows in another order", map[string]string{"data/care/benchmarks.csv": "ref,comparator,period,value\n3.2,neighbours,2015-16,80\n3.2,england,2015-16,81.5\n"}, nil,
			[]string{"index.html", "care/indicators/3.2.html"}},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			after := build(t, x.over)
			changed := func(name string) bool { return read(t, before, name) != read(t, after, name) }
			for _, name := range x.must {
				if !changed(name) {
					t.Errorf("%s did not change", name)
				}
			}
			for _, name := range x.not {
				if changed(name) {
					t.Errorf("%s changed", name)
				}
			}
		})
	}
}

func TestASiteIsTheSameAtEveryBuild(t *testing.T) {
	first, second := build(t, nil), build(t, nil)
	for name, file := range first.MapFS {
		if string(second.MapFS[name].Data) != string(file.Data) {
			t.Errorf("%s differs between two builds of the same", name)
		}
	}
}

// A summary is kept from one build to the next: nothing of it may be lost.
func TestSummaryReadsBackAsWritten(t *testing.T) {
	var problems diag.List
	ed := edition.Load(with(nil), civic(), edition.Options{Today: period.NewDate(2017, 4, 20)}, &problems)
	for _, s := range ed.Scorecards {
		summary := Summarise(ed, s, Scorecard(ed, s))
		if summary.Month == 0 || len(summary.Method.Rows) == 0 || len(summary.News) == 0 || len(summary.Pages) == 0 {
			t.Fatalf("the summary is empty: %+v", summary)
		}
		kept, err := json.Marshal(summary)
		if err != nil {
			t.Fatal(err)
		}
		var back Summary
		if err := json.Unmarshal(kept, &back); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(summary, back) {
			t.Errorf("read back\n%+v\nwas\n%+v", back, summary)
		}
	}
}

func TestFeedAndSitemapAreAbsolute(t *testing.T) {
	tree := build(t, nil)
	var feed struct {
		ID    string `xml:"id"`
		Links []struct {
			Href string `xml:"href,attr"`
		} `xml:"link"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Link    struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal([]byte(read(t, tree, "feed.xml")), &feed); err != nil {
		t.Fatal(err)
	}
	const base = "https://figures.anytown.example/children/"
	if feed.ID != base || len(feed.Entries) != 1 || feed.Updated != "2017-02-20T00:00:00Z" {
		t.Errorf("the feed is %+v", feed)
	}
	for _, l := range feed.Links {
		if !strings.HasPrefix(l.Href, base) {
			t.Errorf("the feed links to %s", l.Href)
		}
	}
	e := feed.Entries[0]
	if e.Link.Href != base+"care/2017-01/" || e.ID != "tag:figures.anytown.example,2026:care/2017-01" || e.Title != "Care: January 2017" || e.Updated != "2017-02-20T00:00:00Z" {
		t.Errorf("the entry is %+v", e)
	}
	var sitemap struct {
		URL []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(read(t, tree, "sitemap.xml")), &sitemap); err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, u := range sitemap.URL {
		name, ok := strings.CutPrefix(u.Loc, base)
		if !ok {
			t.Errorf("the sitemap lists %s", u.Loc)
		}
		if name == "" || strings.HasSuffix(name, "/") {
			name += "index.html"
		}
		listed = append(listed, name)
	}
	for _, name := range paths(tree) {
		page := path.Ext(name) == ".html" && name != "404.html"
		if slices.Contains(listed, name) != page {
			t.Errorf("%s is listed in the sitemap: %t", name, !page)
		}
	}
	if robots := read(t, tree, "robots.txt"); !strings.Contains(robots, "Sitemap: "+base+"sitemap.xml\n") {
		t.Errorf("robots.txt is %q", robots)
	}
}

func TestSecondIssueChangesAnEntrysTitleAndNotItsID(t *testing.T) {
	tree := build(t, map[string]string{
		"content/care/2017-01/_index.md": "---\nstatus: approved\npublish_on: 2017-03-01\nissue: 2\n---\n",
		"data/care/2017-01.2.csv":        "ref,value,reason\n1.1,1200,correction\n",
	})
	feed := read(t, tree, "feed.xml")
	for _, want := range []string{"<id>tag:figures.anytown.example,2026:care/2017-01</id>", "<title>Care: January 2017 (Issue 2)</title>", "<updated>2017-03-01T00:00:00Z</updated>"} {
		if !strings.Contains(feed, want) {
			t.Errorf("the feed does not hold %s:\n%s", want, feed)
		}
	}
	if page := read(t, tree, "care/2017-01/index.html"); !strings.Contains(page, "is now 1,200; it was 1,192.") {
		t.Error("the month's page does not say what the second issue changed")
	}
}

func TestSiteWithoutAnAddressHasNoFeed(t *testing.T) {
	tree := build(t, map[string]string{"content/site.yaml": strings.Replace(anytown["content/site.yaml"], "base_url: https://figures.anytown.example/children/\n", "", 1)})
	for _, name := range []string{"feed.xml", "sitemap.xml"} {
		if _, err := fs.Stat(tree, name); err == nil {
			t.Errorf("%s is there, and cannot be absolute", name)
		}
	}
	if robots := read(t, tree, "robots.txt"); strings.Contains(robots, "Sitemap") {
		t.Errorf("robots.txt is %q", robots)
	}
	for _, name := range paths(tree) {
		if path.Ext(name) == ".html" && strings.Contains(read(t, tree, name), "feed.xml") {
			t.Errorf("%s names the feed that is not there", name)
		}
	}
}
