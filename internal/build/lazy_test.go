package build

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/nation"
	"outturn/internal/period"
)

var byDay = edition.Options{Today: period.NewDate(2026, 11, 1), Drafts: true}

// renewed brings a lazy site up to date as a watcher would.
func renewed(t testing.TB, l *Lazy, dir string) {
	t.Helper()
	d, err := digest(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Renew(d.files); err != nil {
		t.Fatal(err)
	}
}

// built gives every file of a build of the folder. The build is brought up to
// date where out has one: that this is a full build's answer is tested elsewhere.
func built(t testing.TB, dir, out string) map[string]string {
	t.Helper()
	return builtBy(t, dir, out, byDay)
}

func builtBy(t testing.TB, dir, out string, opt edition.Options) map[string]string {
	t.Helper()
	var problems diag.List
	if _, err := Run(Request{Site: os.DirFS(dir), Out: out, Program: "test", Options: opt}, &problems); err != nil {
		t.Fatal(err, problems.All())
	}
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(out), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(out, name))
		files[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func same(t testing.TB, l *Lazy, want map[string]string, after string) {
	t.Helper()
	wrong := 0
	for name, content := range want {
		got, err := l.Open(name)
		if err != nil {
			t.Errorf("after %s: %s: %v", after, name, err)
			wrong++
		} else if string(got) != content {
			t.Errorf("after %s: %s has other bytes than a build's", after, name)
			wrong++
		}
		if wrong > 5 {
			t.Fatalf("after %s: and more", after)
		}
	}
}

// Whatever is kept is tested against nothing kept: after each edit the files of
// one lazy site, used all along, are those of a build.
func TestALazySiteIsTheBuildAfterEveryEdit(t *testing.T) {
	dir := t.TempDir()
	for _, root := range []string{"data", "content", "themes"} {
		if err := os.CopyFS(filepath.Join(dir, root), os.DirFS(filepath.Join("../..", root))); err != nil {
			t.Fatal(err)
		}
	}
	file := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	swap := func(name, old, new string) func() error {
		return func() error {
			content, err := os.ReadFile(file(name))
			if err != nil {
				return err
			}
			if !strings.Contains(string(content), old) {
				return fmt.Errorf("%s has no %q", name, old)
			}
			return os.WriteFile(file(name), []byte(strings.Replace(string(content), old, new, 1)), 0o666)
		}
	}
	put := func(name, text string) func() error {
		return func() error {
			if err := os.MkdirAll(filepath.Dir(file(name)), 0o777); err != nil {
				return err
			}
			return os.WriteFile(file(name), []byte(text), 0o666)
		}
	}
	add := func(name, text string) func() error {
		return func() error {
			content, err := os.ReadFile(file(name))
			if err != nil {
				return err
			}
			return os.WriteFile(file(name), append(content, text...), 0o666)
		}
	}
	l, out := NewLazy(os.DirFS(dir), byDay), filepath.Join(t.TempDir(), "drafts")
	for _, edit := range []struct {
		what string
		do   func() error
	}{
		{"nothing", func() error { return nil }},
		{"a figure", swap("data/early-help/2017-01.csv", "\n1.1,2017-01,,403,", "\n1.1,2017-01,,404,")},
		{"a figure that another scorecard's text may name", swap("data/safeguarding/2017-01.csv", ",2017-01,,", ",2017-01,,1")},
		{"a sentence", swap("content/early-help/2017-01/_index.md", "More families", "Many more families")},
		{"a figure after a sentence", swap("data/early-help/2017-01.csv", "\n1.1,2017-01,,404,", "\n1.1,2017-01,,405,")},
		{"a sentence with a figure", swap("content/early-help/2017-01/_index.md", "Many more families", "As many as {{ 1.1 }} families")},
		{"the tolerance of all measures", swap("content/early-help/_index.md", "default_tolerance: 10", "default_tolerance: 40")},
		{"a population", swap("data/populations.csv", ",56398,", ",46398,")},
		{"a sentence after a population", swap("content/early-help/2017-01/_index.md", "families", "families and others")},
		{"a report's sentence", add("content/reports/2017-03-22-performance.md", "\nAnd so on.\n")},
		{"a style", swap("themes/civic/styles/00-tokens.css", "--ground: #ffffff;", "--ground: #fffffe;")},
		{"a layout", swap("themes/civic/layouts/plain.html", "<h1>", "<h1 class=\"own\">")},
		{"a month's release", swap("content/safeguarding/2017-01/_index.md", "status: approved", "status: draft")},
		{"the title of a scorecard", swap("content/early-help/_index.md", "title: ", "title: All ")},
		{"a setting", swap("content/site.yaml", "title: ", "title: The ")},
		{"a page more", put("content/about/more.md", "# More\n\nText.\n")},
		{"an attachment", put("content/files/notes.csv", "item\n1\n")},
		{"a link to it", add("content/early-help/2017-01/contacts.md", "\nSee [the notes](../../files/notes.csv), and [more](../../about/more.html).\n")},
		{"a report", put("content/reports/2017-04-03-own.md", "---\ntitle: Own\ncommittee: Cabinet\ndate: 2017-04-03\nstatus: approved\n---\n\nAll is well.\n")},
		{"a report by another name", func() error {
			return os.Rename(file("content/reports/2017-04-03-own.md"), file("content/reports/2017-04-03-ours.md"))
		}},
		{"a link to that", add("content/early-help/2017-01/contacts.md", "\nSee [ours](../../reports/2017-04-03-ours.html).\n")},
		{"a draft of it", swap("content/reports/2017-04-03-ours.md", "status: approved", "status: draft")},
		{"no link to the report", swap("content/early-help/2017-01/contacts.md", "[ours](../../reports/2017-04-03-ours.html)", "ours")},
		{"no link to the page", swap("content/early-help/2017-01/contacts.md", "[more](../../about/more.html)", "more")},
		{"the day of a month", swap("content/early-help/2017-01/_index.md", "publish_on: 2017-03-14", "publish_on: 2027-03-14")},
		{"a page less", func() error { return os.Remove(file("content/about/more.md")) }},
		{"a scorecard less", func() error {
			// The texts that lead to it go too.
			for _, name := range []string{"data/safeguarding", "content/safeguarding", "content/reports", "content/meetings", "content/about"} {
				if err := os.RemoveAll(file(name)); err != nil {
					return err
				}
			}
			return os.WriteFile(file("content/_index.md"), []byte("Welcome.\n"), 0o666)
		}},
	} {
		if err := edit.do(); err != nil {
			t.Fatalf("%s: %v", edit.what, err)
		}
		renewed(t, l, dir)
		same(t, l, built(t, dir, out), edit.what)
	}
}

// reads is a folder that notes which files of data/ are read.
type reads struct {
	fs.FS
	mu    sync.Mutex
	names []string
}

func (r *reads) ReadFile(name string) ([]byte, error) {
	if strings.HasPrefix(name, "data/") {
		r.mu.Lock()
		r.names = append(r.names, name)
		r.mu.Unlock()
	}
	return fs.ReadFile(r.FS, name)
}

func (r *reads) taken() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	names := r.names
	r.names = nil
	slices.Sort(names)
	return slices.Compact(names)
}

// A sentence says nothing of the data: none of them are read again, neither for
// the page nor for the checks. A figure says nothing of another scorecard's.
func TestALazySiteIsTheBuildOfEachDayThatItIsTurnedTo(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "drafts")
	for _, root := range []string{"data", "content", "themes"} {
		if err := os.CopyFS(filepath.Join(dir, root), os.DirFS(filepath.Join("../..", root))); err != nil {
			t.Fatal(err)
		}
	}
	opt := edition.Options{Today: period.NewDate(2017, 3, 13), Drafts: true}
	l := NewLazy(os.DirFS(dir), opt)
	renewed(t, l, dir)
	for _, day := range []period.Date{opt.Today, period.NewDate(2017, 3, 14), period.NewDate(2017, 4, 18), period.NewDate(2017, 5, 1), opt.Today} {
		if err := l.Turn(day); err != nil {
			t.Fatal(err)
		}
		opt.Today = day
		same(t, l, builtBy(t, dir, out, opt), day.Words())
	}
}

func TestDataThatDidNotChangeAreNotReadAgain(t *testing.T) {
	for _, size := range []nation.Size{
		{Scorecards: 3, Indicators: 3, Months: 6, Areas: 2, Returns: 2},
		{Scorecards: 21, Indicators: 3, Months: 6, Areas: 2, Returns: 2},
	} {
		t.Run(fmt.Sprint(size.Scorecards), func(t *testing.T) {
			dir := t.TempDir()
			if err := nation.Write(dir, size, 1); err != nil {
				t.Fatal(err)
			}
			r := &reads{FS: os.DirFS(dir)}
			l := NewLazy(r, byDay)
			id, other := "", ""
			look := func() {
				t.Helper()
				renewed(t, l, dir)
				id, other = l.Outline().Scorecards[0].ID, l.Outline().Scorecards[1].ID
				for _, name := range []string{id + "/index.html", other + "/index.html"} {
					if _, err := l.Open(name); err != nil {
						t.Fatal(err)
					}
				}
				if _, err := l.Examine(id); err != nil {
					t.Fatal(err)
				}
			}
			add := func(name, text string) {
				t.Helper()
				file := filepath.Join(dir, filepath.FromSlash(name))
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, append(content, text...), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			look()
			if len(r.taken()) == 0 {
				t.Fatal("nothing was read, which proves little")
			}
			add("content/"+id+"/2017-01/_index.md", "\nAnd {{ 1.1 }} of it.\n")
			look()
			if again := r.taken(); len(again) > 0 {
				t.Errorf("after a sentence %v were read again", again)
			}
			add("data/"+id+"/events.csv", "\n")
			look()
			for _, name := range r.taken() {
				if !strings.HasPrefix(name, "data/"+id+"/") {
					t.Errorf("after a change in %s %s was read again", id, name)
				}
			}
			add("content/"+id+"/2017-01/_index.md", "\nAnd once more.\n")
			add("data/populations.csv", "\n")
			look()
			if again := r.taken(); !slices.Contains(again, "data/"+id+"/indicators.csv") || !slices.Contains(again, "data/"+other+"/indicators.csv") {
				t.Errorf("after a change of the populations %v alone were read again", again)
			}
		})
	}
}

func TestALargeSiteIsListedBeforeItIsRead(t *testing.T) {
	dir := t.TempDir()
	size := nation.Size{Scorecards: 21, Indicators: 3, Months: 6, Areas: 2, Returns: 2}
	if err := nation.Write(dir, size, 1); err != nil {
		t.Fatal(err)
	}
	l, out := NewLazy(os.DirFS(dir), byDay), filepath.Join(t.TempDir(), "drafts")
	renewed(t, l, dir)
	if !l.Outline().Large() {
		t.Fatal("the site is not large")
	}
	home, err := l.Open("index.html")
	if err != nil {
		t.Fatal(err)
	}
	ids := l.Unread()
	if len(ids) != size.Scorecards || !strings.Contains(string(home), "Not read yet") {
		t.Errorf("%d scorecards are unread, and home says so: %v", len(ids), strings.Contains(string(home), "Not read yet"))
	}
	page, err := l.Open(ids[0] + "/index.html")
	if err != nil || len(page) == 0 {
		t.Fatal(err)
	}
	for _, id := range ids {
		if err := l.Summarise(id); err != nil {
			t.Fatal(err)
		}
	}
	if left := l.Unread(); len(left) > 0 {
		t.Errorf("unread after all were read: %v", left)
	}
	want := built(t, dir, out)
	same(t, l, want, "reading all")
	if n := l.used.Len(); n != keptParts || len(l.parts) != keptParts+1 {
		t.Errorf("%d scorecards are kept in memory, %d parts", n, len(l.parts))
	}
	name := filepath.Join(dir, "data", ids[3], "indicators.csv")
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	lines := slices.Collect(strings.Lines(string(content)))
	lines[1] = strings.Replace(lines[1], "Number", "Whole number", 1)
	if err := os.WriteFile(name, []byte(strings.Join(lines, "")), 0o666); err != nil {
		t.Fatal(err)
	}
	renewed(t, l, dir)
	if left := l.Unread(); len(left) != 1 {
		t.Errorf("after one change %v are unread", left)
	}
	if err := l.Summarise(ids[3]); err != nil {
		t.Fatal(err)
	}
	same(t, l, built(t, dir, out), "one change")
	text := filepath.Join(dir, "content", ids[3], "2017-01", "_index.md")
	if content, err = os.ReadFile(text); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(text, append(content, "\nAnd so on: {{ 1.1 }}.\n"...), 0o666); err != nil {
		t.Fatal(err)
	}
	renewed(t, l, dir)
	if err := l.Summarise(ids[3]); err != nil {
		t.Fatal(err)
	}
	same(t, l, built(t, dir, out), "a sentence")
	// What no scorecard names is no reason to read one again.
	if err := os.WriteFile(filepath.Join(dir, "content/about/own.md"), []byte("# Own\n\nText.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	renewed(t, l, dir)
	if left := l.Unread(); len(left) > 0 {
		t.Errorf("after a page more %v are unread", left)
	}
	same(t, l, built(t, dir, out), "a page more")
}

// sed writes beside a file before it takes its place: what stood there for a
// moment, and was in no look, is no part of the site.
func TestAFileThatNoLookHasSeenIsNotTold(t *testing.T) {
	dir := t.TempDir()
	for _, root := range []string{"data", "content"} {
		if err := os.CopyFS(filepath.Join(dir, root), os.DirFS(filepath.Join("../..", root))); err != nil {
			t.Fatal(err)
		}
	}
	look, err := digest(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	l := NewLazy(os.DirFS(dir), byDay)
	if err := l.Renew(look.files); err != nil {
		t.Fatal(err)
	}
	before := l.Standing()
	for _, name := range []string{"data/early-help/sedAbC123", "content/early-help/sedAbC123", "content/early-help/2017-01/sedAbC123"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	// And one that is taken away for a moment stays listed.
	if err := os.Remove(filepath.Join(dir, "data/early-help/indicators.csv")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"content/early-help/_index.md", "data/populations.csv", "content/early-help/2017-01/_index.md"} {
		look.files[name] += " again"
	}
	if err := l.Renew(look.files); err != nil {
		t.Fatal(err)
	}
	if now := l.Standing(); !slices.Equal(now, before) {
		t.Errorf("told %v\nbefore %v", now, before)
	}
	if n := len(l.Outline().Scorecards); n != 2 {
		t.Errorf("%d scorecards", n)
	}
}
