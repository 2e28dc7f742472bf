package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
)

// pages is a site in memory: path to content, and the content is its key.
type pages map[string]string

// tree is the Source of pages; it counts what is opened.
type tree struct {
	pages  pages
	keys   map[string]string // where a key is not the content
	broken string            // the path that cannot be opened
	opened atomic.Int32
}

func (t *tree) Entries() []Entry {
	var list []Entry
	for _, name := range slices.Sorted(maps.Keys(t.pages)) {
		key, ok := t.keys[name]
		if !ok {
			key = t.pages[name]
		}
		list = append(list, Entry{Path: name, Key: name + " " + key})
	}
	return list
}

func (t *tree) Open(name string) (fs.File, error) {
	t.opened.Add(1)
	if name == t.broken {
		return nil, errors.New("the disk is on fire")
	}
	return fstest.MapFS{"f": {Data: []byte(t.pages[name])}}.Open("f")
}

// mustSync brings out to the pages and proves that it is them and nothing else.
func mustSync(t *testing.T, out string, p pages) Result {
	t.Helper()
	src := &tree{pages: p}
	res, err := Sync(out, src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, out); !maps.Equal(got, p) {
		t.Fatalf("out holds %v, want %v", got, p)
	}
	if int(src.opened.Load()) != res.Opened {
		t.Errorf("Result.Opened is %d, %d were opened", res.Opened, src.opened.Load())
	}
	if _, ok, err := Load(out); !ok || err != nil {
		t.Errorf("after a build its manifest does not describe it: %v, %v", ok, err)
	}
	if exists(filepath.Join(filepath.Dir(out), ".public.outturn", nextManifestName)) {
		t.Error("next.manifest is left after a build")
	}
	return res
}

// read gives a folder's files; an empty folder in it counts as a file.
func read(t *testing.T, dir string) pages {
	t.Helper()
	p := pages{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if inside, err := os.ReadDir(name); err != nil || len(inside) > 0 {
				return err
			}
			p[rel] = "empty folder"
			return nil
		}
		data, err := os.ReadFile(name)
		p[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func put(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func outIn(t *testing.T) string { return filepath.Join(t.TempDir(), "public") }

func TestSyncBuildsChangesAndRemoves(t *testing.T) {
	out := filepath.Join(t.TempDir(), "not", "yet", "public")
	res := mustSync(t, out, pages{"index.html": "one", "a/b/c.html": "c", "a/d.html": "d"})
	if want := (Result{Written: 3, Bytes: 5, Opened: 3, Exchanged: res.Exchanged}); res != want {
		t.Errorf("first build: %+v, want %+v", res, want)
	}
	res = mustSync(t, out, pages{"index.html": "two!", "a/d.html": "d", "e/f.html": "f"})
	if want := (Result{Written: 2, Unchanged: 1, Removed: 1, Bytes: 5, Opened: 2, Exchanged: res.Exchanged}); res != want {
		t.Errorf("second build: %+v, want %+v", res, want)
	}
	mustSync(t, out, pages{"index.html": "one", "a/b/c.html": "c", "a/d.html": "d"})
	mustSync(t, out, pages{})
	mustSync(t, out, pages{"index.html": "again"})
}

func TestFilesAndFoldersAreReadableByTheWebServer(t *testing.T) {
	out := outIn(t)
	mustSync(t, out, pages{"a/index.html": "one"})
	for name, want := range map[string]fs.FileMode{"": 0o755, "a": 0o755, "a/index.html": 0o644} {
		info, err := os.Stat(filepath.Join(out, name))
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%q has the mode %v, want %v (umask 022)", name, info.Mode().Perm(), want)
		}
	}
}

func TestFoldersModeSurvivesTheSwitch(t *testing.T) {
	out := outIn(t)
	mustSync(t, out, pages{"a": "1"})
	if err := os.Chmod(out, 0o750); err != nil {
		t.Fatal(err)
	}
	mustSync(t, out, pages{"a": "2"})
	if info, _ := os.Stat(out); info.Mode().Perm() != 0o750 {
		t.Errorf("the mode became %v", info.Mode().Perm())
	}
}

func TestFileBecomesFolderAndTheReverse(t *testing.T) {
	out := outIn(t)
	flat := pages{"a": "file", "b/c/d": "deep", "z": "z"}
	deep := pages{"a/x/y": "deep", "b/c": "file", "z": "z"}
	for range 3 {
		mustSync(t, out, flat)
		mustSync(t, out, deep)
	}
}

func TestNothingChangedOpensAndWritesNothing(t *testing.T) {
	out := outIn(t)
	p := pages{"index.html": "one", "a/b.html": "b"}
	mustSync(t, out, p)
	before := times(t, filepath.Dir(out))
	if res := mustSync(t, out, p); res != (Result{Unchanged: 2, Exchanged: true}) {
		t.Errorf("%+v", res)
	}
	if after := times(t, filepath.Dir(out)); !maps.Equal(before, after) {
		t.Errorf("touched:\n%v\nwas\n%v", after, before)
	}
}

// times gives inode and modification time of everything under a folder.
func times(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		all[name] = fmt.Sprint(inode(info), info.ModTime().UnixNano())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestOnePageChangedOpensOne(t *testing.T) {
	out := outIn(t)
	p := pages{"index.html": "one", "a/b.html": "b", "c.html": "c"}
	mustSync(t, out, p)
	before := times(t, out)
	p["index.html"] = "two"
	if res := mustSync(t, out, p); res.Opened != 1 || res.Written != 1 || res.Unchanged != 2 {
		t.Errorf("%+v", res)
	}
	after := times(t, out)
	for name, was := range before {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		if kept := after[name] == was; kept == strings.HasSuffix(name, "index.html") {
			t.Errorf("%s: the same file is %v", name, kept)
		}
	}
}

func TestAnotherKeyWithTheSameBytesKeepsTheFile(t *testing.T) {
	out := outIn(t)
	p := pages{"index.html": "one", "a.html": "a"}
	mustSync(t, out, p)
	before := times(t, out)
	keys := map[string]string{"index.html": "another"}
	for _, want := range []int{1, 0} {
		res, err := Sync(out, &tree{pages: p, keys: keys}, Options{})
		if err != nil || res != (Result{Unchanged: 2, Opened: want, Exchanged: true}) {
			t.Errorf("%+v, %v; want %d opened", res, err, want)
		}
	}
	if !maps.Equal(before, times(t, out)) {
		t.Error("the site was touched")
	}
}

// A page that goes back to its old text is a new file: with the old one's time
// a browser that asks "changed since?" would be told no.
func TestRevertedPageHasANewTime(t *testing.T) {
	out := outIn(t)
	mustSync(t, out, pages{"a": "1", "b": "b"})
	mustSync(t, out, pages{"a": "2", "b": "b"})
	second, _ := os.Stat(filepath.Join(out, "a"))
	mustSync(t, out, pages{"a": "1", "b": "b"})
	third, _ := os.Stat(filepath.Join(out, "a"))
	if third.ModTime().Before(second.ModTime()) {
		t.Errorf("the time went back from %v to %v", second.ModTime(), third.ModTime())
	}
}

func TestAnotherVersionOpensEverything(t *testing.T) {
	out := outIn(t)
	p := pages{"a": "a", "b": "b"}
	keys := map[string]string{"a": "k", "b": "k"}
	sync := func(version string, want Result) {
		t.Helper()
		res, err := Sync(out, &tree{pages: p, keys: keys}, Options{Version: version})
		want.Exchanged = res.Exchanged
		if err != nil || res != want {
			t.Errorf("%s: %+v, %v", version, res, err)
		}
	}
	sync("1", Result{Written: 2, Opened: 2, Bytes: 2})
	p["a"] = "A" // as a new program would draw it from the same view
	sync("2", Result{Written: 1, Unchanged: 1, Opened: 2, Bytes: 1})
	sync("2", Result{Unchanged: 2})
}

func TestStateAndVersionAreGivenBack(t *testing.T) {
	out := outIn(t)
	if _, ok, err := Load(out); ok || err != nil {
		t.Errorf("before the first build: %v, %v", ok, err)
	}
	src := &tree{pages: pages{"a": "a"}}
	for _, state := range []string{"one", "", "two\n\x00"} {
		if _, err := Sync(out, src, Options{State: []byte(state), Version: "v\n1"}); err != nil {
			t.Fatal(err)
		}
		m, ok, err := Load(out)
		if !ok || err != nil || string(m.State) != state || m.Version != "v\n1" || len(m.Entries) != 1 {
			t.Errorf("state %q: %+v, %v, %v", state, m, ok, err)
		}
	}
	if n := src.opened.Load(); n != 1 {
		t.Errorf("opened %d times for three states", n)
	}
}

func TestFailedPageLeavesTheSite(t *testing.T) {
	out := outIn(t)
	p := pages{"a": "1", "b": "2", "c/d": "3"}
	mustSync(t, out, p)
	before := times(t, out)
	_, err := Sync(out, &tree{pages: pages{"a": "new", "c/d": "new", "e": "new"}, broken: "c/d"}, Options{})
	if want := filepath.ToSlash(out) + "/ was left as it was: c/d: the disk is on fire"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %v", err, want)
	}
	if !maps.Equal(before, times(t, out)) || !maps.Equal(read(t, out), p) {
		t.Error("the site was touched")
	}
	mustSync(t, out, p)
	mustSync(t, out, pages{"a": "new", "c/d": "new"})
}

func TestASiteWithoutItsStateIsNotSwitchedTo(t *testing.T) {
	out := outIn(t)
	p := pages{"a": "1", "b": "2"}
	mustSync(t, out, p)
	u, err := Begin(out, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := u.Put("another", []File{{"a", func(b *bytes.Buffer) error { b.WriteString("new"); return nil }}}); err != nil {
		t.Fatal(err)
	}
	unread := errors.New("the folder is gone")
	if _, err := u.Commit(func() ([]byte, error) { return nil, unread }); !errors.Is(err, unread) {
		t.Errorf("error %v, want %v", err, unread)
	}
	if got := read(t, out); !maps.Equal(got, p) {
		t.Errorf("the site is %v, want %v", got, p)
	}
	mustSync(t, out, pages{"a": "new"}) // and the next build finds the folder free
}

func TestPanickingPageIsAnError(t *testing.T) {
	out := outIn(t)
	_, err := Sync(out, panicking{}, Options{})
	if err == nil || !strings.Contains(err.Error(), "a.html: the program failed: boom") {
		t.Error(err)
	}
	if exists(out) {
		t.Error("the folder was made")
	}
}

type panicking struct{}

func (panicking) Entries() []Entry             { return []Entry{{"a.html", "k"}} }
func (panicking) Open(string) (fs.File, error) { panic("boom") }

func TestReaderAlwaysFindsThePage(t *testing.T) {
	out := outIn(t)
	if res := mustSync(t, out, pages{"index.html": "0"}); !res.Exchanged {
		t.Skip("this file system cannot exchange two names")
	}
	stop, failed := make(chan bool), make(chan error, 1)
	go func() {
		defer close(failed)
		for {
			select {
			case <-stop:
				return
			default:
				if data, err := os.ReadFile(filepath.Join(out, "index.html")); err != nil || len(data) == 0 {
					failed <- fmt.Errorf("read %q: %v", data, err)
					return
				}
			}
		}
	}()
	for i := range 100 {
		mustSync(t, out, pages{"index.html": fmt.Sprint(i + 1)})
	}
	close(stop)
	if err := <-failed; err != nil {
		t.Error(err)
	}
}
