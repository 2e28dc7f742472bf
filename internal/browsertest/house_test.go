package browsertest

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// What all tests here share: the built site, its address, the one browser.
var (
	site    *Site
	address string
	tab     func() (*Browser, error)
	axe     func() (string, error)
)

// A page with one fault of each sort that the tests look for: the tests of the
// tests open it.
const faulty = "faulty.html"

const faultyPage = `<!doctype html><html><head><title>x</title></head><body>
<p style="color: red">inline style</p><img src="missing.png"><script>document.title = "ran"</script>
<input type="text"><div style="width:2000px">wide</div></body></html>`

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "outturn-browsertest-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	site, err = Build(filepath.Join("..", ".."), dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	if err := quarterly(filepath.Join(dir, "outturn"), filepath.Join(dir, "council")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	var stop func() error
	address, stop, err = site.Serve(map[string]string{faulty: faultyPage})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = stop() }()

	var started *Browser
	tab = sync.OnceValues(func() (*Browser, error) {
		b, err := Start(filepath.Join(dir, "profile"))
		started = b
		return b, err
	})
	defer func() {
		if started != nil {
			started.Close()
		}
	}()
	axe = sync.OnceValues(func() (string, error) {
		script, err := os.ReadFile(filepath.Join("node_modules", "axe-core", "axe.min.js"))
		return string(script), err
	})
	return m.Run()
}

// missing ends a test whose tool is not on this machine: skipped at a desk,
// failed where the whole suite is promised.
func missing(t *testing.T, what error) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("CI=true, so this must run: %v", what)
	}
	t.Skipf("skipped: %v", what)
}

// browser gives the shared tab, with the screen as asked.
func browser(t *testing.T, screen Screen) *Browser {
	t.Helper()
	b, err := tab()
	if errors.Is(err, ErrNoBrowser) {
		missing(t, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Look(screen); err != nil {
		t.Fatal(err)
	}
	b.Complaints() // what an earlier test heard is not ours
	return b
}

// visit opens a page of the site and fails the test for all that the browser
// complains of.
func visit(t *testing.T, b *Browser, page string) {
	t.Helper()
	if err := b.Open(address + page); err != nil {
		t.Fatal(err)
	}
	quiet(t, b, page)
}

// quiet fails the test for what the browser has complained of.
func quiet(t *testing.T, b *Browser, page string) {
	t.Helper()
	ask[int](t, b, "1") // what was said before this answer has been heard
	for _, complaint := range b.Complaints() {
		t.Errorf("%s: the browser complains: %s", page, complaint)
	}
}

func ask[T any](t *testing.T, b *Browser, expression string) T {
	t.Helper()
	value, err := Ask[T](b, expression)
	if err != nil {
		t.Fatalf("asking the page %s: %v", firstLine(expression), err)
	}
	return value
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}

// longest gives one page of each kind, that with most on it.
func longest(t *testing.T) []string {
	t.Helper()
	all, err := site.Longest()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// samples gives the pages that stand for all: of each kind the longest and the
// shortest.
func samples(t *testing.T) []string {
	t.Helper()
	short, err := site.Shortest()
	if err != nil {
		t.Fatal(err)
	}
	all := append(longest(t), short...)
	slices.Sort(all)
	return slices.Compact(all)
}

// pages gives the pages of a kind; a test over none would pass for want of
// anything to check.
func pages(t *testing.T, kind string) []string {
	t.Helper()
	var all []string
	for _, page := range site.Pages {
		if Kind(page) == kind {
			all = append(all, page)
		}
	}
	if len(all) == 0 {
		t.Fatalf("the site has no %s page", kind)
	}
	return all
}

// scorecards gives the latest page of each scorecard. A plan stands at the same
// sort of path, and has no open data by month.
func scorecards(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, page := range pages(t, "scorecard") {
		for file := range site.Files {
			if strings.HasPrefix(file, "api/"+path.Dir(page)+"/") {
				all = append(all, page)
				break
			}
		}
	}
	if len(all) == 0 {
		t.Fatal("no scorecard has open data under api/")
	}
	return all
}

func TestEveryPageIsOfAKnownKind(t *testing.T) {
	for _, page := range site.Pages {
		if Kind(page) == "" {
			t.Errorf("%s is of no known kind, so no test looks at it; add its kind to kinds", page)
		}
	}
	for _, kind := range []string{"home", "scorecard", "month", "section", "indicator", "methodology", "status", "data", "about", "not found",
		"archive", "changes", "withdrawn", "snapshot", "second issue", "revised measure", "revisions"} {
		pages(t, kind)
	}
}
