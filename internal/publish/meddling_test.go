package publish

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Whatever is done to the two folders between builds, the next build is right;
// and where the manifest no longer describes the site, every page is opened.
func TestChangedBehindOurBackIsBuiltAnew(t *testing.T) {
	site := pages{"index.html": "one", "a/b.html": "b", "c.html": "c"}
	for _, c := range []struct {
		name    string
		meddle  func(t *testing.T, out, state string)
		trusted bool // nothing of the site was touched: its manifest still holds
		removed int
	}{
		{"a page edited in place", func(t *testing.T, out, _ string) { put(t, out+"/a/b.html", "edited") }, false, 0},
		{"edited to the same size", func(t *testing.T, out, _ string) {
			put(t, out+"/a/b.html", "B")
			later := time.Now().Add(time.Second)
			check(t, os.Chtimes(out+"/a/b.html", later, later))
		}, false, 0},
		{"a page removed", func(t *testing.T, out, _ string) { check(t, os.Remove(out+"/c.html")) }, false, 0},
		{"a file added", func(t *testing.T, out, _ string) { put(t, out+"/a/new.txt", "mine") }, false, 1},
		{"an empty folder added", func(t *testing.T, out, _ string) { check(t, os.Mkdir(out+"/new", 0o755)) }, false, 0},
		{"a page replaced by a link", func(t *testing.T, out, _ string) {
			check(t, os.Remove(out+"/c.html"))
			check(t, os.Symlink("index.html", out+"/c.html"))
		}, false, 0},
		{"the site removed", func(t *testing.T, out, _ string) { check(t, os.RemoveAll(out)) }, false, 0},
		{"the site emptied", func(t *testing.T, out, _ string) {
			check(t, os.RemoveAll(out))
			check(t, os.Mkdir(out, 0o755))
		}, false, 0},
		{"the site copied", func(t *testing.T, out, _ string) {
			check(t, os.Rename(out, out+"2"))
			check(t, os.CopyFS(out, os.DirFS(out+"2")))
		}, false, 0},
		{"manifest emptied", func(t *testing.T, _, state string) { put(t, state+"/manifest", "") }, false, 0},
		{"manifest cut short", func(t *testing.T, _, state string) {
			check(t, os.Truncate(state+"/manifest", 200))
		}, false, 0},
		{"manifest edited", func(t *testing.T, _, state string) {
			data, err := os.ReadFile(state + "/manifest")
			check(t, err)
			put(t, state+"/manifest", strings.Replace(string(data), ` one"`, ` two"`, 1))
		}, false, 0},
		{"second folder removed", func(t *testing.T, _, state string) { check(t, os.RemoveAll(state+"/next")) }, true, 0},
		{"second folder a file", func(t *testing.T, _, state string) {
			check(t, os.RemoveAll(state+"/next"))
			put(t, state+"/next", "mine")
		}, true, 0},
		{"second folder a link to the first", func(t *testing.T, out, state string) {
			check(t, os.RemoveAll(state+"/next"))
			check(t, os.Symlink(out, state+"/next"))
		}, true, 0},
		{"second folder full of wrong files", func(t *testing.T, _, state string) {
			check(t, os.RemoveAll(state+"/next"))
			for _, name := range []string{"index.html/x", "a", "c.html", "d/e/f", "part"} {
				put(t, state+"/next/"+name, "wrong")
			}
		}, true, 0},
		{"second folder with links inside", func(t *testing.T, out, state string) {
			check(t, os.RemoveAll(state+"/next"))
			check(t, os.Mkdir(state+"/next", 0o755))
			check(t, os.Symlink(filepath.Join(out, "a"), state+"/next/a"))
			check(t, os.Symlink(filepath.Join(out, "c.html"), state+"/next/c.html"))
			check(t, os.Symlink("nowhere", state+"/next/index.html"))
		}, true, 0},
		{"left-over temporary files", func(t *testing.T, _, state string) { put(t, state+"/part", "half") }, true, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := outIn(t)
			state := filepath.Join(filepath.Dir(out), ".public.outturn")
			mustSync(t, out, pages{"index.html": "zero", "old.html": "x"})
			mustSync(t, out, site)
			c.meddle(t, out, state)
			_, ok, err := Load(out)
			if ok != c.trusted || err != nil {
				t.Errorf("Load: %v, %v; want %v", ok, err, c.trusted)
			}
			changed := maps.Clone(site)
			changed["c.html"] = "C"
			res := mustSync(t, out, changed)
			if want := map[bool]int{true: 1, false: 3}[c.trusted]; res.Opened != want {
				t.Errorf("opened %d, want %d", res.Opened, want)
			}
			if res.Removed != c.removed {
				t.Errorf("removed %d, want %d", res.Removed, c.removed)
			}
			if res := mustSync(t, out, changed); res.Opened != 0 {
				t.Errorf("then opened %d", res.Opened)
			}
			mustSync(t, out, site)
		})
	}
}

func TestUntrustedPagesOfTheSameBytesKeepTheirTime(t *testing.T) {
	out := outIn(t)
	p := pages{"a": "a", "b": "b"}
	mustSync(t, out, p)
	long := time.Date(2017, 3, 22, 12, 0, 0, 0, time.UTC)
	check(t, os.Chtimes(out+"/a", long, long))
	if res := mustSync(t, out, p); res.Unchanged != 2 || res.Opened != 2 || res.Written != 0 {
		t.Errorf("%+v", res)
	}
	if info, _ := os.Stat(out + "/a"); !info.ModTime().Equal(long) {
		t.Errorf("the time became %v", info.ModTime())
	}
}

// Files of the two folders are the same inodes: a write into one would be seen
// through the other, by a reader of the old site.
func TestOldSiteKeepsItsBytes(t *testing.T) {
	out := outIn(t)
	mustSync(t, out, pages{"a": "1", "b": "same"})
	mustSync(t, out, pages{"a": "2", "b": "same"})
	old, err := os.Open(out + "/a")
	check(t, err)
	defer old.Close()
	mustSync(t, out, pages{"a": "3", "b": "same"})
	mustSync(t, out, pages{"a": "4", "b": "other"})
	var b [8]byte
	if n, _ := old.Read(b[:]); string(b[:n]) != "2" {
		t.Errorf("a reader of the old page got %q", b[:n])
	}
}

func TestWriteFileReplacesWithoutWritingInto(t *testing.T) {
	dir := t.TempDir()
	name, link := filepath.Join(dir, "x.md"), filepath.Join(dir, "link.md")
	check(t, WriteFile(name, []byte("old")))
	check(t, os.Link(name, link))
	check(t, WriteFile(name, []byte("new")))
	if want := (pages{"x.md": "new", "link.md": "old"}); !maps.Equal(read(t, dir), want) {
		t.Errorf("%v", read(t, dir))
	}
	check(t, os.Mkdir(filepath.Join(dir, "folder"), 0o755))
	for _, bad := range []string{filepath.Join(dir, "folder"), filepath.Join(dir, "none", "x")} {
		if err := WriteFile(bad, []byte("new")); err == nil || !strings.HasPrefix(err.Error(), "write "+bad+": ") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if want := (pages{"x.md": "new", "link.md": "old", "folder": "empty folder"}); !maps.Equal(read(t, dir), want) {
		t.Errorf("left %v", read(t, dir))
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
