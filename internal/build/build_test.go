package build

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// homes is a site of one small scorecard.
func homes() map[string]string {
	return map[string]string{
		"content/site.yaml":               "title: Anytown\ntheme: civic\nareas:\n  - {id: anytown, name: Anytown}\n",
		"content/homes/_index.md":         "---\ntitle: Homes\n---\n",
		"content/homes/2017-01/_index.md": "---\nstatus: approved\n---\n\nThere were {{ 1 }} repairs.\n",
		"content/about/accessibility.md":  "---\ntitle: Accessibility\n---\n\nSee [the homes](../homes/index.html).\n",
		"data/homes/indicators.csv":       "ref,section,name,good,unit\n1,repairs,Repairs,low,count\n",
		"data/homes/2017-01.csv":          "ref,value\n1,5\n",
	}
}

func lay(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func runs(t *testing.T, site fs.FS, out string) Result {
	t.Helper()
	var problems diag.List
	result, err := Run(Request{Site: site, Out: out, Program: "test", Options: edition.Options{Today: period.NewDate(2017, 3, 1)}}, &problems)
	if err != nil {
		t.Fatal(err, problems.All())
	}
	return result
}

func standing(t *testing.T, out string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(out, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		short, _ := filepath.Rel(out, name)
		files[filepath.ToSlash(short)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// saving is a folder in which someone saves a file: before it is opened for the
// second time (the first is for its digest), and again when it has been read.
type saving struct {
	fs.FS
	name          string
	before, after func()
	mu            sync.Mutex
	opened        int
}

func (s *saving) ReadFile(name string) ([]byte, error) {
	if name != s.name {
		return fs.ReadFile(s.FS, name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opened++; s.opened == 1 {
		s.before()
		defer s.after()
	}
	return fs.ReadFile(s.FS, name)
}

// What is saved while a build runs is in the site after the next build at the
// latest, though it was taken back, or comes back, in the meantime.
func TestSaveDuringABuildIsNotTakenForWhatWasBefore(t *testing.T) {
	nothing := func(string) {}
	write := func(name, text string) func(string) {
		return func(dir string) { lay(t, dir, map[string]string{name: text}) }
	}
	const figures, cover = "data/homes/2017-01.csv", "content/homes/2017-01/_index.md"
	for what, c := range map[string]struct {
		name          string
		before, after func(dir string)
	}{
		"a figure":                   {figures, write(figures, "ref,value\n1,6\n"), nothing},
		"a figure, and taken back":   {figures, write(figures, "ref,value\n1,6\n"), write(figures, homes()[figures])},
		"a text":                     {cover, write(cover, "---\nstatus: approved\n---\n\nMany.\n"), nothing},
		"a text, and taken back":     {cover, write(cover, "---\nstatus: approved\n---\n\nMany.\n"), write(cover, homes()[cover])},
		"the settings":               {"content/site.yaml", write("content/site.yaml", strings.Replace(homes()["content/site.yaml"], "title: A", "title: B", 1)), nothing},
		"a page more, which is read": {cover, write("content/about/more.md", "---\ntitle: More\n---\n\nMore.\n"), nothing},
		"a file more, unread":        {cover, nothing, write("content/files/minutes.csv", "item\n1\n")},
	} {
		t.Run(what, func(t *testing.T) {
			dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
			lay(t, dir, homes())
			site := os.DirFS(dir)
			s := &saving{FS: site, name: c.name, before: func() { c.before(dir) }, after: func() { c.after(dir) }}
			runs(t, s, out)
			if s.opened == 0 {
				t.Fatal("nothing was saved")
			}
			if runs(t, site, out).Fresh {
				t.Error("the next build says that nothing changed")
			}
			fresh := filepath.Join(t.TempDir(), "public")
			runs(t, site, fresh)
			if !maps.Equal(standing(t, out), standing(t, fresh)) {
				t.Error("the next build is not what a build into an empty folder is")
			}
			if !runs(t, site, out).Fresh {
				t.Error("nothing changed, and the build after that does not say so")
			}
		})
	}
}

// A linked theme, and a linked folder of the archive, are read and so looked at.
func TestLinkedThemeIsLookedAt(t *testing.T) {
	dir, elsewhere, out := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "public")
	lay(t, dir, homes())
	sub, err := themeOf(os.DirFS("../.."), "civic")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(elsewhere, "civic"), sub); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "themes"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(elsewhere, "civic"), filepath.Join(dir, "themes/civic")); err != nil {
		t.Skip("this system makes no links:", err)
	}
	runs(t, os.DirFS(dir), out)
	if !runs(t, os.DirFS(dir), out).Fresh {
		t.Error("nothing changed, and the build does not say so")
	}
	lay(t, elsewhere, map[string]string{"civic/styles/99-own.css": "h1 { letter-spacing: 1px }\n"})
	if again := runs(t, os.DirFS(dir), out); again.Fresh || again.Written == 0 {
		t.Errorf("a style was added to the theme, and the build made %+v", again)
	}
}

// A folder of content/ that is a link is not followed, and the errors that come
// of it say why.
func TestLinkedFolderOfTextsIsNamed(t *testing.T) {
	dir, elsewhere := t.TempDir(), t.TempDir()
	lay(t, dir, homes())
	if err := os.Rename(filepath.Join(dir, "content/homes"), filepath.Join(elsewhere, "homes")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(elsewhere, "homes"), filepath.Join(dir, "content/homes")); err != nil {
		t.Skip("this system makes no links:", err)
	}
	var problems diag.List
	if err := Check(os.DirFS(dir), edition.Options{Today: period.NewDate(2017, 3, 1)}, &problems); err != nil {
		t.Fatal(err)
	}
	for _, p := range problems.All() {
		if p.File == "content/homes" && strings.Contains(p.Message, "link to a folder") && p.Severity == diag.Error {
			return
		}
	}
	t.Errorf("nothing tells of the link: %v", problems.All())
}

// A theme that is nowhere is an error in the settings, and what else is wrong is
// told beside it.
func TestThemeThatIsNowhereIsToldWithItsLine(t *testing.T) {
	dir := t.TempDir()
	files := homes()
	files["content/site.yaml"] = strings.Replace(files["content/site.yaml"], "civic", "nowhere", 1)
	files["data/homes/2017-01.csv"] = "ref,value\n1,five\n"
	lay(t, dir, files)
	var problems diag.List
	if err := Check(os.DirFS(dir), edition.Options{Today: period.NewDate(2017, 3, 1)}, &problems); err != nil {
		t.Fatal(err)
	}
	told := map[string]bool{}
	for _, p := range problems.All() {
		told[fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)] = true
	}
	if !told["content/site.yaml:2:8"] || len(told) < 2 {
		t.Errorf("told: %v", problems.All())
	}
}

// What a snapshot holds is looked at by name, size and time: a page that was
// changed is found by the next build, though the lists of the bag are as they were.
func TestChangedPageOfASnapshotIsNoticed(t *testing.T) {
	dir := t.TempDir()
	files := homes()
	const page = "content/archive/2016-17-q3/data/site/index.html"
	files[page] = "<p>One</p>"
	lay(t, dir, files)
	before, err := digest(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	ago := time.Now().Add(-time.Hour)
	for what, change := range map[string]func() error{
		"its bytes": func() error { return os.WriteFile(filepath.Join(dir, page), []byte("<p>Two</p>"), 0o644) },
		"its time":  func() error { return os.Chtimes(filepath.Join(dir, page), ago, ago) },
		"its name": func() error {
			return os.Rename(filepath.Join(dir, page), filepath.Join(dir, filepath.Dir(page), "home.html"))
		},
	} {
		time.Sleep(10 * time.Millisecond) // longer than a file system's clock stands still
		if err := change(); err != nil {
			t.Fatal(err)
		}
		after, err := digest(os.DirFS(dir))
		if err != nil {
			t.Fatal(err)
		}
		if after.under("content/archive/2016-17-q3") == before.under("content/archive/2016-17-q3") || after.all() == before.all() {
			t.Errorf("%s: the digest is as it was", what)
		}
		lay(t, dir, files)
		os.Remove(filepath.Join(dir, filepath.Dir(page), "home.html"))
		if before, err = digest(os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
	}
}

// A comment in the settings is no reason to make a page anew.
func TestCommentInTheSettingsMakesNoScorecardAnew(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	files := homes()
	files["content/site.yaml"] += "comparators:\n  - {id: england, name: England, role: national}\nviews:\n  - {id: plan, title: Plan, tag: plan}\n"
	lay(t, dir, files)
	runs(t, os.DirFS(dir), out)
	parts := func() string {
		in, err := Open(os.DirFS(dir), edition.Options{Today: period.NewDate(2017, 3, 1)}, new(diag.List))
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x", in.Common())
	}
	before := parts()
	files["content/site.yaml"] = "# The settings of the site.\n" + files["content/site.yaml"]
	lay(t, dir, files)
	if parts() != before {
		t.Error("a comment above the settings is a change of them")
	}
	if again := runs(t, os.DirFS(dir), out); again.Written != 0 {
		t.Errorf("a comment was written, and the build made %+v", again)
	}
}

// blink is a site in which a file is gone when its folder is listed for the nth
// time, as one that an editor puts a new one in the place of.
type blink struct {
	fs.FS
	dir, file string
	at        int
	mu        sync.Mutex
	listed    int
}

func (b *blink) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(b.FS, name)
	b.mu.Lock()
	defer b.mu.Unlock()
	if name != b.dir {
		return list, err
	}
	if b.listed++; b.listed == b.at {
		list = slices.DeleteFunc(list, func(e fs.DirEntry) bool { return e.Name() == b.file })
	}
	return list, err
}

func TestATextThatIsGoneForAMomentIsInTheNextBuild(t *testing.T) {
	for at := range 5 { // 0 is never
		dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
		lay(t, dir, homes())
		lay(t, dir, map[string]string{"content/homes/2017-01/repairs.md": "A text of repairs.\n"})
		b := &blink{FS: os.DirFS(dir), dir: "content/homes/2017-01", file: "repairs.md", at: at}
		runs(t, b, out)
		runs(t, os.DirFS(dir), out)
		fresh := filepath.Join(t.TempDir(), "public")
		runs(t, os.DirFS(dir), fresh)
		if !maps.Equal(standing(t, out), standing(t, fresh)) {
			t.Errorf("gone at listing %d of %d, it is not in the next build", at, b.listed)
		}
		if at == 0 && (b.listed < 3 || b.listed > 4) {
			t.Fatalf("the folder was listed %d times: before it is read, for that and afterwards", b.listed)
		}
	}
}

// A figure that is not there because its row has a fault is told once, in its row.
func TestWhatFollowsFromAFaultInDataIsNotTold(t *testing.T) {
	dir := t.TempDir()
	files := homes()
	files["data/homes/2017-01.csv"] = "ref,value\n1,five\n"
	files["content/about/repairs.md"] = "---\ntitle: Repairs\n---\n\nThere were {{ homes/1 }} repairs.\n"
	lay(t, dir, files)
	opt := edition.Options{Today: period.NewDate(2017, 3, 1), Drafts: true, InFull: true}
	var problems diag.List
	if err := Check(Folder(dir), opt, &problems); err != nil {
		t.Fatal(err)
	}
	if all := problems.All(); len(all) != 1 || all[0].Code != "bad-number" {
		t.Errorf("%+v", all)
	}
}
