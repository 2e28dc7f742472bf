package archive

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"outturn/internal/build"
	"outturn/internal/diag"
)

const bagFolder = "content/archive/2016-17-q3"

func TestSnapshotHoldsNothingThatIsNotPublic(t *testing.T) {
	dir := frozen(t, nil)
	canaries := 0
	for name, content := range tree(t, dir) {
		in := strings.HasPrefix(name, bagFolder+"/")
		for n, line := range strings.Split(name+"\n"+content, "\n") {
			if !strings.Contains(strings.ToLower(line), "canary") {
				continue
			}
			if canaries++; in {
				t.Errorf("%s:%d: %s", name, n, line)
			}
		}
	}
	if canaries < 30 {
		t.Errorf("the site has %d canaries: too few for this to mean anything", canaries)
	}
}

func TestSnapshotHoldsWhatMadeIt(t *testing.T) {
	files := tree(t, filepath.Join(frozen(t, nil), filepath.FromSlash(bagFolder)))
	for _, name := range []string{
		"data/sources/content/site.yaml", "data/sources/content/_index.md", "data/sources/content/about/data.md",
		"data/sources/content/help/_index.md", "data/sources/content/help/visits.md",
		"data/sources/content/help/2016-12/_index.md", "data/sources/content/help/2016-12/visits.md",
		"data/sources/content/reports/2017-01-25-performance.md", "data/sources/content/reports/_implications.md",
		"data/sources/content/meetings/2017-01-25-committee.md", "data/sources/content/files/plan.xlsx", "data/sources/content/files/terms.pdf",
		"data/sources/data/help/2016-09.csv", "data/sources/data/help/2016-12.csv", "data/sources/data/help/2016-12-actions.csv",
		"data/sources/data/help/indicators.csv", "data/sources/data/populations.csv", "data/sources/themes/civic/layouts/base.html",
		"data/site/index.html", "data/site/help/2016-12/visits.html", "data/site/api/help/2016-12.json", "data/site/files/plan.xlsx",
	} {
		if _, ok := files[name]; !ok {
			t.Errorf("%s is not there", name)
		}
	}
	for _, name := range sorted(files) {
		for _, never := range []string{"data/site/archive/", "data/site/feed.xml", "data/site/sitemap.xml", "data/site/robots.txt", "data/site/404.html", "data/sources/content/archive/"} {
			if strings.HasPrefix(name, never) {
				t.Errorf("%s is there", name)
			}
		}
	}
	// What nothing was left out of is kept as it was written, byte for byte.
	for _, name := range []string{"data/help/2016-12.csv", "content/help/_index.md", "content/reports/_implications.md"} {
		if files["data/sources/"+name] != original(t, name) {
			t.Errorf("%s is not as it was written", name)
		}
	}
}

func TestRegistersAreKeptAsTheyWereKnown(t *testing.T) {
	files := tree(t, filepath.Join(frozen(t, nil), filepath.FromSlash(bagFolder), "data", "sources", "data"))
	for name, want := range map[string]string{
		"help/targets.csv":    "ref,period,target,green,amber,wording,from,note\n1.2,2016-17,90,,,,,\n",
		"help/benchmarks.csv": "ref,comparator,period,value,source,from\n1.2,england,2015-16,80.1,national statistics,\n",
		"help/events.csv":     "date,label,ref,section,kind,break,note\n2016-11-01,\"A new\n case system\",,visits,system,,\n",
		"help/actions.csv":    "ref,theme,action,measure,due,lead,from\nA1,Time,Fill two posts,1.2,2017-06,Manager,\n",
		"populations.csv":     "population,area,period,value,source,from\n0-17,,2015-16,20000,mid-year estimate,\n",
	} {
		if files[name] != want {
			t.Errorf("%s is\n%s\nwant\n%s", name, files[name], want)
		}
	}
}

// A comment is for who writes the file, and the bag is given to whoever asks.
func TestCommentsAreNotKept(t *testing.T) {
	files := tree(t, filepath.Join(frozen(t, nil), filepath.FromSlash(bagFolder), "data", "sources", "content"))
	if got := files["site.yaml"]; !strings.Contains(got, "\nkeep: 10 years\nareas:\n  - {id: quarterly, name: Quarterly}\n") {
		t.Errorf("site.yaml is\n%s", got)
	}
	if got := files["help/2016-12/_index.md"]; !strings.HasPrefix(got, "---\nstatus: approved\npublish_on: 2017-01-20\n") {
		t.Errorf("the cover is\n%s", got)
	}
}

func TestGitIsToLeaveTheBytesOfSnapshotsAlone(t *testing.T) {
	if got := tree(t, frozen(t, nil))["content/archive/.gitattributes"]; !strings.HasSuffix(got, "\n* -text\n") {
		t.Errorf("%q", got)
	}
	const own = "*.html -diff -text\n"
	if got := tree(t, frozen(t, map[string]string{"content/archive/.gitattributes": own}))["content/archive/.gitattributes"]; got != own {
		t.Errorf("the site's own became %q", got)
	}
}

func TestSnapshotThatIsMadeLateSaysSo(t *testing.T) {
	for today, want := range map[string]string{"2017-01-25": "", "2017-02-25": "2017-01"} {
		var problems diag.List
		made, err := Create(Request{Dir: site(t, nil), ID: "2016-17-q3", Today: day(today), Made: day(today), Version: "test"}, &problems)
		if err != nil {
			t.Fatal(err, messages(&problems))
		}
		if got := made.Late; (got != 0 || want != "") && got.String() != want {
			t.Errorf("on %s the newest month released was %s, want %q", today, got, want)
		}
	}
}

func TestFileInThePlaceOfTheArchiveIsRefused(t *testing.T) {
	dir := site(t, map[string]string{"content/archive": "a file"})
	var problems diag.List
	_, err := december(dir, &problems)
	var refusal *Refusal
	if !errors.As(err, &refusal) || !strings.Contains(err.Error(), "content/archive is a file") {
		t.Errorf("create: %v", err)
	}
	if err := withdraw(dir, "2016-17-q3", "why", "2017-05-03", false); !errors.As(err, &refusal) {
		t.Errorf("withdraw: %v", err)
	}
}

func TestSeriesThatIsNamedBeforeItIsDefinedKeepsItsDefinition(t *testing.T) {
	files := tree(t, filepath.Join(frozen(t, map[string]string{
		"data/help/indicators.csv": strings.ReplaceAll(original(t, "data/help/indicators.csv"), "canary", "c"),
		"data/help/2016-11.csv":    original(t, "data/help/2016-11.csv") + "2.1,,,4,,,,,\n",
	}), filepath.FromSlash(bagFolder), "data", "sources", "data"))
	if got := files["help/indicators.csv"]; !strings.Contains(got, "\n2.1,plans,") || strings.Contains(got, "replaced,") {
		t.Errorf("indicators.csv is\n%s", got)
	}
}

func TestExemptItemKeepsItsPlaceOnTheAgenda(t *testing.T) {
	files := tree(t, filepath.Join(frozen(t, nil), filepath.FromSlash(bagFolder)))
	page := files["data/site/meetings/2017-01-25-committee.html"]
	for _, want := range []string{"Placements", "It names what a firm charges.", "Any other business", "That the &#34;firm&#34; be asked again."} {
		if !strings.Contains(page, want) && !strings.Contains(page, strings.ReplaceAll(want, "&#34;", "&quot;")) && !strings.Contains(page, strings.ReplaceAll(want, "&#34;", `"`)) {
			t.Errorf("the meeting's page lacks %q", want)
		}
	}
	source := files["data/sources/content/meetings/2017-01-25-committee.md"]
	if !strings.Contains(source, "not-public-1") || !strings.HasSuffix(source, "\n\nThe agenda as it was sent out.\n") {
		t.Errorf("the meeting is kept as\n%s", source)
	}
}

func TestPagesSayWhatTheyAreASnapshotOf(t *testing.T) {
	files := tree(t, filepath.Join(frozen(t, nil), filepath.FromSlash(bagFolder), "data", "site"))
	for name, content := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		up := strings.Repeat("../", strings.Count(name, "/"))
		for _, want := range []string{
			"<strong>Snapshot.</strong>", "October to December 2016 (quarter 3), as at December 2016",
			`<a href="` + up + `../../index.html" rel="latest-version">`,
			`<link rel="canonical" href="https://performance.quarterly.example/archive/2016-17-q3/` + strings.TrimSuffix(name, "index.html") + `">`,
		} {
			if !strings.Contains(content, want) {
				t.Errorf("%s lacks %s", name, want)
			}
		}
		if strings.Contains(content, "feed.xml") {
			t.Errorf("%s leads to the feed", name)
		}
	}
}

// Each row is what cannot be frozen, with what the officer is told.
func TestWhatCannotBeFrozenIsRefused(t *testing.T) {
	late := strings.Replace(original(t, "content/help/2016-12/_index.md"), "2017-01-20", "2017-02-01", 1)
	for _, x := range []struct {
		name    string
		changes map[string]string
		id      string
		today   string
		want    string // of the error, or of the problems
	}{
		{"no quarter", nil, "2016-17", "2017-01-25", `"2016-17" is not a quarter; write the financial year and the quarter, such as 2016-17-q3`},
		{"a quarter that has not ended", nil, "2016-17-q4", "2017-03-31", "January to March 2017 (quarter 4) has not ended by 31 March 2017; a quarter is frozen when its last month is released"},
		{"a day that has not come", nil, "2016-17-q3", "2017-04-01", "1 April 2017 has not come: on 31 March 2017 a site can be frozen as it stands by then, or stood on a day before"},
		{"a month that is not out", map[string]string{"content/help/2016-12/_index.md": late}, "2016-17-q3", "2017-01-25", "December 2016 is not released for Help for families: release it first, or the snapshot of October to December 2016 (quarter 3) would lack it for good"},
		{"a month of which there is nothing", nil, "2016-17-q1", "2017-01-25", "no scorecard has a released report for June 2016, the last month of April to June 2016 (quarter 1)"},
		{"an error in the inputs", map[string]string{"data/help/2016-12.csv": original(t, "data/help/2016-12.csv") + "1.1,2016-10,,9O,,,,,\n"}, "2016-17-q3", "2017-01-25", `data/help/2016-12.csv:7:15: error: value "9O" is not a number`},
		{"a text that names a later paper", map[string]string{"content/about/data.md": "# Data\n\nSee [the spring](../reports/2017-03-22-canary.html).\n"}, "2016-17-q3", "2017-01-25",
			"content/about/data.md:3:29: error: the text names a paper that is not part of the snapshot: it is not public, or later [bad-link]"},
		{"a text that names a file of a draft", map[string]string{"content/about/data.md": "# Data\n\nAs in canary-draft.xlsx.\n"}, "2016-17-q3", "2017-01-25",
			"content/about/data.md:3:7: error: the text names a file that is not part of the snapshot: it is not public, or later [bad-link]"},
		{"a link to a month that is later", map[string]string{"content/about/data.md": "# Data\n\nSee [January](../help/2017-01/index.html).\n"}, "2016-17-q3", "2017-01-25", "content/about/data.md:3:5: error: the link leads to a page that is not there"},
	} {
		t.Run(x.name, func(t *testing.T) {
			dir := site(t, x.changes)
			before := tree(t, dir)
			var problems diag.List
			_, err := Create(Request{Dir: dir, ID: x.id, Today: day(x.today), Made: day("2017-03-31")}, &problems)
			if err == nil {
				t.Fatal("it was frozen")
			}
			told := err.Error()
			if errors.Is(err, build.ErrInputs) {
				told = messages(&problems)
			}
			if !strings.Contains(told, x.want) {
				t.Errorf("told\n%s\nwant\n%s", told, x.want)
			}
			same(t, tree(t, dir), before)
		})
	}
}

func same(t *testing.T, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is gone", name)
		} else if got[name] != want[name] {
			t.Errorf("%s is another", name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is new", name)
		}
	}
}

func TestASnapshotIsNeverMadeAnew(t *testing.T) {
	dir := frozen(t, nil)
	before := tree(t, dir)
	for _, id := range []string{"2016-17-q3", "2016-17-Q3", "fy2016-17-q3"} {
		var problems diag.List
		_, err := Create(Request{Dir: dir, ID: id, Today: day("2017-02-25"), Made: day("2017-01-26")}, &problems)
		var refusal *Refusal
		if !errors.As(err, &refusal) || !strings.Contains(err.Error(), "there is a snapshot 2016-17-q3 already") {
			t.Errorf("%s: %v %s", id, err, messages(&problems))
		}
	}
	same(t, tree(t, dir), before)
}

func TestWhatAnInterruptedRunLeftIsClearedAway(t *testing.T) {
	dir := site(t, nil)
	write(t, dir, "content/.archive.outturn/2016-17-q3/data/site/index.html", "half")
	write(t, dir, "content/.archive.outturn/writing", "")
	var problems diag.List
	if _, err := december(dir, &problems); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "content", workshopName)); !os.IsNotExist(err) {
		t.Error("the folder in which it was made is still there")
	}
	v, err := Verify(dir, "2016-17-q3", true, &problems)
	if err != nil || problems.Errors() > 0 || !v.Rebuilt || len(v.Differences) > 0 {
		t.Errorf("%v %s %v", err, messages(&problems), v)
	}
}

// A tolerance has no history: what it made of a month that was published, only the
// snapshot of then knows, and the next one says so too and can do without it.
func TestSnapshotSaysWhatTheOnesBeforeItPublished(t *testing.T) {
	dir := site(t, nil)
	freeze := func(id, today string) (told string, err error) {
		var problems diag.List
		_, err = Create(Request{Dir: dir, ID: id, Today: day(today), Made: day(today), Version: "test"}, &problems)
		return messages(&problems), err
	}
	if told, err := freeze("2016-17-q3", "2017-01-25"); err != nil {
		t.Fatal(err, told)
	}
	write(t, dir, "content/help/_index.md", strings.Replace(original(t, "content/help/_index.md"), "default_tolerance: 10", "default_tolerance: 2", 1))
	write(t, dir, "content/help/2017-02/_index.md", "---\nstatus: approved\n---\n\nFebruary.\n")
	write(t, dir, "data/help/2017-02.csv", "ref,value\n1.1,140\n")
	write(t, dir, "data/help/2016-12.2.csv", "")
	if err := os.Remove(filepath.Join(dir, "data/help/2016-12.2.csv")); err != nil {
		t.Fatal(err)
	}
	page := filepath.Join(dir, filepath.FromSlash(bagFolder), "data", "site", "api", "help", "2016-12.json")
	whole, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, bagFolder+"/data/site/api/help/2016-12.json", string(whole)+" ")
	if told, err := freeze("2016-17-q4", "2017-04-25"); !errors.Is(err, build.ErrInputs) || !strings.Contains(told, "data/site/api/help/2016-12.json: error: the file is not what it was") {
		t.Errorf("on what was changed: %v %s", err, told)
	}
	write(t, dir, bagFolder+"/data/site/api/help/2016-12.json", string(whole))
	if told, err := freeze("2016-17-q4", "2017-04-25"); err != nil {
		t.Fatal(err, told)
	}
	files := tree(t, filepath.Join(dir, "content/archive/2016-17-q4"))
	// By the tolerance of today 83.3% would have been red.
	if revisions := files["data/site/revisions.html"]; !strings.Contains(revisions, "tag-amber") || !strings.Contains(revisions, "83.3%") || strings.Contains(revisions, "tag-red") {
		t.Errorf("revisions.html does not say what was published:\n%s", revisions)
	}
	if kept := files["data/sources/content/archive/published/help.csv"]; !strings.Contains(kept, "\n2016-12,1,1.2,amber,false,83.3\n") {
		t.Errorf("kept is\n%s", kept)
	}
	if err := os.RemoveAll(filepath.Join(dir, filepath.FromSlash(bagFolder))); err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	if v, err := Verify(dir, "2016-17-q4", true, &problems); err != nil || problems.Errors() > 0 || !v.Rebuilt || len(v.Differences) > 0 {
		t.Errorf("%v %s %+v", err, messages(&problems), v.Differences)
	}
}
