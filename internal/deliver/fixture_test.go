package deliver

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"outturn/internal/publish"
)

// pages is a site: path to content.
type pages map[string]string

// version is a site that links up and down: pages come and go, change and stay,
// the style has its fingerprint in its name, each page its data beside it.
func version(i int) pages {
	p := pages{}
	style := fmt.Sprintf("assets/site.%08x.css", i%3)
	p[style] = fmt.Sprint("p{margin:", i%3, "px}")
	p["files/note.pdf"] = "%PDF always"
	var names []string
	for n := range 14 {
		// Of fourteen measures some are there in each version, two in every one.
		if n < 2 || (n*7+i*5)%4 != 0 {
			names = append(names, fmt.Sprintf("cards/%d/m%d.html", n%3, n))
		}
	}
	for k, name := range names {
		body := fmt.Sprintf("figure %d of version %d", k, (i+k)%5)
		data := strings.TrimSuffix(name, ".html") + ".csv"
		p[data] = "period,value\n2017-01," + body + "\n"
		next := names[(k+1)%len(names)]
		p[name] = page(name, style, body, data, next, "index.html", "files/note.pdf")
	}
	p["index.html"] = page("index.html", style, fmt.Sprint("version ", i), append([]string{"about.html"}, names...)...)
	p["about.html"] = page("about.html", style, "about", "index.html")
	p["feed.xml"] = fmt.Sprint("<feed>", i, "</feed>")
	p["archive/2016-17-q3/index.html"] = page("archive/2016-17-q3/index.html", "archive/2016-17-q3/site.css", "frozen")
	p["archive/2016-17-q3/site.css"] = "p{}"
	return p
}

const versions = 8

func page(at, style, body string, links ...string) string {
	up := strings.Repeat("../", strings.Count(at, "/"))
	var b strings.Builder
	fmt.Fprintf(&b, "<link href=\"%s%s\"><p>%s</p>", up, style, body)
	for _, l := range links {
		fmt.Fprintf(&b, "<a href=\"%s%s\">x</a>", up, l)
	}
	return b.String() + strings.Repeat("<p>filling</p>", 200)
}

// build puts a site into dir as a build does.
func build(t testing.TB, dir string, p pages) *Site {
	t.Helper()
	u, err := publish.Begin(dir, "")
	check(t, err)
	defer u.Abandon()
	var list []publish.File
	for name, content := range p {
		list = append(list, publish.File{Path: name, Write: func(b *bytes.Buffer) error { b.WriteString(content); return nil }})
	}
	check(t, u.Put("all", list))
	_, err = u.Commit(func() ([]byte, error) { return nil, nil })
	check(t, err)
	s, err := Load(dir)
	check(t, err)
	check(t, s.sum())
	return s
}

func site(t testing.TB, p pages) *Site {
	t.Helper()
	return build(t, filepath.Join(t.TempDir(), "public"), p)
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// held gives what a folder holds, by slash path, but for our own state.
func contents(t testing.TB, dir string) pages {
	t.Helper()
	p := pages{}
	root, err := filepath.EvalSymlinks(dir)
	if os.IsNotExist(err) {
		return p
	}
	check(t, err)
	check(t, filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel := filepath.ToSlash(name[len(root)+1:])
		if strings.HasPrefix(rel, stateFolder) {
			return nil
		}
		data, err := os.ReadFile(name)
		p[rel] = string(data)
		return err
	}))
	return p
}

var link = regexp.MustCompile(`href="([^"]+)"`)

// broken follows every link from the home page, and names those that lead to
// nothing. A site without a home page has none.
func broken(p pages) (faults []string) {
	seen := map[string]bool{"index.html": true}
	for todo := []string{"index.html"}; len(todo) > 0; {
		at := todo[0]
		todo = todo[1:]
		for _, m := range link.FindAllStringSubmatch(p[at], -1) {
			to := path.Join(path.Dir(at), m[1])
			if _, there := p[to]; !there {
				faults = append(faults, at+" leads to "+to)
			}
			if !seen[to] {
				seen[to] = true
				todo = append(todo, to)
			}
		}
	}
	slices.Sort(faults)
	return faults
}

func parse(t testing.TB, text string) Target {
	t.Helper()
	target, err := Parse(text)
	check(t, err)
	return target
}

var noon = time.Date(2017, 3, 22, 12, 0, 0, 0, time.UTC)

// deliver is one run of the program.
func deliverTo(t testing.TB, target Target, s *Site, opt Options) (Result, error) {
	d, err := target.Look(t.Context(), s, opt)
	if err != nil {
		return Result{}, err
	}
	defer func() { check(t, d.Close()) }()
	return d.Carry(t.Context(), Release{Time: noon, Day: "2017-03-22"}, nil)
}

func mustDeliver(t testing.TB, target Target, s *Site, opt Options) Result {
	t.Helper()
	res, err := deliverTo(t, target, s, opt)
	check(t, err)
	return res
}

// anything lets a delivery remove all it wants.
var anything = Options{MaxRemovals: Limit{set: true, percent: true, n: 100}}
