package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/nation"
	"outturn/internal/period"
)

// sequences are those of edits: 500 in all. With the same seed they are the same.
var sequences = []struct {
	name  string
	site  func(t testing.TB) map[string]string
	card  string // the folder of data/ whose registers are edited
	days  []string
	edits int
	seeds []uint64
}{
	{"small", func(t testing.TB) map[string]string { return anytown(t) }, "early-help", []string{anytownDay, "2017-06-01", "2017-03-19"}, 50, []uint64{1, 2, 3, 4, 5}},
	{"authorities", nationOf(4), "", []string{nation.Today, "2017-02-25", "2017-04-01"}, 50, []uint64{6, 7}},
	// From 21 scorecards on a page names the scorecards and no more of them; one
	// that is removed or added makes the site small or large.
	{"large", nationOf(22), "", []string{nation.Today, "2017-02-25", "2017-04-01"}, 50, []uint64{8, 9, 10}},
}

// nationOf is a made-up site with that many small scorecards, reports and meetings.
func nationOf(scorecards int) func(testing.TB) map[string]string {
	return func(t testing.TB) map[string]string {
		dir := t.TempDir()
		if err := nation.Write(dir, nation.Size{Scorecards: scorecards, Indicators: 3, Months: 3, Areas: 0, Returns: 2}, 1); err != nil {
			t.Fatal(err)
		}
		return built(t, dir)
	}
}

// TestIncrementalBuildEqualsFullBuild edits sites at random. After each edit
// a build over the site that stands must give, byte for byte, what a build
// into an empty folder gives; an edit that is wrong must leave the site alone.
func TestIncrementalBuildEqualsFullBuild(t *testing.T) {
	for _, s := range sequences {
		for _, seed := range s.seeds {
			t.Run(fmt.Sprintf("%s/%d", s.name, seed), func(t *testing.T) {
				t.Parallel()
				e := &editor{t: t, dir: t.TempDir(), files: s.site(t), program: ownTheme(t), random: rand.New(rand.NewPCG(20170420, seed)), days: s.days, options: options{day: s.days[0]}, small: s.card != ""}
				lay(t, e.dir, nil, e.files)
				compareBuilds(t, e, s.edits)
			})
		}
	}
}

func compareBuilds(t *testing.T, e *editor, edits int) {
	public, drafts, fresh := filepath.Join(t.TempDir(), "public"), filepath.Join(t.TempDir(), "drafts"), filepath.Join(t.TempDir(), "public")
	befores := map[string]map[string]string{} // by folder, what stood before the edit
	wrong, reused := 0, 0
	for n := range edits {
		old, options := snapshot(e.files), e.options
		what := e.edit()
		lay(t, e.dir, old, e.files)
		args := append([]string{"build", "--site", e.dir}, e.args()...)
		standing := public
		if e.options.drafts { // which are never built where the public site stands
			standing = drafts
		}
		var told, toldFull bytes.Buffer
		if err := os.RemoveAll(filepath.Dir(fresh)); err != nil {
			t.Fatal(err)
		}
		status := run(append(args, "--out", standing), io.Discard, &told)
		full := run(append(args, "--out", fresh), io.Discard, &toldFull)
		if status != full || status > inputErrors {
			t.Fatalf("edit %d, %s: exit status %d, and %d of a full build\n%s%s", n, what, status, full, &told, &toldFull)
		}
		if status == inputErrors {
			wrong++
			if before := befores[standing]; before != nil {
				if d := difference(before, built(t, standing)); d != "" {
					t.Fatalf("edit %d, %s: refused, and the site changed: %s", n, what, d)
				}
			}
			if wrongTold, ok := strings.CutSuffix(told.String(), left(standing)); !ok || wrongTold+left(fresh) != toldFull.String() {
				t.Fatalf("edit %d, %s: two builds tell different errors:\n%s\n%s", n, what, &told, &toldFull)
			}
			lay(t, e.dir, e.files, old) // taken back, as it would be
			e.files, e.options = old, options
			continue
		}
		before := built(t, standing)
		befores[standing] = before
		if d := difference(built(t, fresh), before); d != "" {
			t.Fatalf("edit %d, %s: %s", n, what, d)
		}
		if !strings.Contains(told.String(), fmt.Sprintf("(%d written", len(before))) {
			reused++
		}
	}
	// The test would prove little if most edits were refused or wrote all.
	t.Logf("%d edits: %d refused, %d wrote a part of the site", edits, wrong, reused)
	if wrong > edits/3 || wrong == 0 || reused < edits/2 {
		t.Errorf("of %d edits %d were refused and %d wrote a part of the site: the edits are not what they should be", edits, wrong, reused)
	}
}

// left is how the last line of a refused build ends.
func left(out string) string { return filepath.ToSlash(out) + "/ was left as it was\n" }

// TestNothingChangedOpensAndWritesNothing builds twice. The second time no page
// is opened and no file is touched: not its bytes, its time or its inode.
func TestNothingChangedOpensAndWritesNothing(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, nil, anytown(t))
	out := filepath.Join(dir, "public")
	mustBuild(t, dir, "--today", anytownDay)
	before := list(t, out)
	ago := time.Now().Add(-time.Hour)
	for name := range anytown(t) { // times of the inputs say nothing
		if err := os.Chtimes(filepath.Join(dir, name), ago, ago); err != nil {
			t.Fatal(err)
		}
	}
	if told := mustBuild(t, dir, "--today", anytownDay); !strings.Contains(told, "nothing changed") {
		t.Errorf("the second build says %q", told)
	}
	if after := list(t, out); after != before {
		t.Errorf("the second build changed files:\n%s\nwere\n%s", after, before)
	}
}

// TestOnlyThePartThatChangedIsMadeAgain is the same for a build in which one
// thing changed: the other scorecard is not read, and a page with the bytes that
// it had is not written.
func TestOnlyThePartThatChangedIsMadeAgain(t *testing.T) {
	dir := t.TempDir()
	files := anytown(t)
	lay(t, dir, nil, files)
	day, err := period.ParseDate(anytownDay)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "public")
	again := func() build.Result {
		t.Helper()
		var problems diag.List
		result, err := build.Run(build.Request{Site: os.DirFS(dir), Out: out, Program: "test", Options: edition.Options{Today: day}}, &problems)
		if err != nil {
			t.Fatalf("%v: %v", err, problems.All())
		}
		return result
	}
	change := func(name, old, new string) {
		t.Helper()
		changed := snapshot(files)
		changed[name] = strings.Replace(changed[name], old, new, 1)
		if changed[name] == files[name] {
			t.Fatalf("%s does not hold %q", name, old)
		}
		lay(t, dir, files, changed)
		files = changed
	}
	first := again()
	if first.Written != first.Files || first.Opened != first.Files {
		t.Fatalf("the first build: %+v", first)
	}
	before := list(t, out)

	// A line end says nothing: what it stands in is made, and nothing written.
	changed := snapshot(files)
	changed["data/early-help/2017-02.csv"] += "\n"
	lay(t, dir, files, changed)
	files = changed
	blank := again()
	if blank.Written+blank.Removed != 0 || blank.Opened == 0 || blank.Opened >= first.Files {
		t.Errorf("a blank line: %+v of %d files", blank, first.Files)
	}
	if list(t, out) != before {
		t.Error("a blank line touched files")
	}

	// One sentence is on one page.
	changed = snapshot(files)
	changed["content/early-help/2017-01/contacts.md"] += "\nOne more sentence.\n"
	lay(t, dir, files, changed)
	files = changed
	if once := again(); once.Written != 1 || once.Unchanged != first.Files-1 {
		t.Errorf("one sentence: %+v", once)
	}

	// The accessibility statement belongs to no scorecard: neither is made.
	change("content/site.yaml", "title:", "title: ")
	if settings := again(); settings.Written != 0 || settings.Opened > first.Files/2 {
		t.Errorf("a space in the settings: %+v", settings)
	}
	if result := again(); !result.Fresh {
		t.Errorf("the same again: %+v", result)
	}
}

func list(t *testing.T, dir string) string {
	t.Helper()
	text, err := listing(dir)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
