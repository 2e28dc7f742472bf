package publish

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"
)

func TestRefusedFolderIsNotTouched(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T, out string)
		want string
	}{
		{"a stranger's file", func(t *testing.T, out string) { put(t, out+"/letter.docx", "mine") },
			"public/ is not empty and was not built by outturn: choose another --out, or empty it"},
		{"a placeholder and a file", func(t *testing.T, out string) { put(t, out+"/.gitkeep", ""); put(t, out+"/x", "") },
			"public/ is not empty and was not built by outturn: choose another --out, or empty it"},
		{"a folder", func(t *testing.T, out string) { put(t, out+"/.gitkeep/x", "") },
			"public/ is not empty and was not built by outturn: choose another --out, or empty it"},
		{"a file", func(t *testing.T, out string) { put(t, out, "mine") },
			"public/ is a file, not a folder: choose another --out, or remove it"},
		{"a link", func(t *testing.T, out string) {
			put(t, out+"2/x", "mine")
			if err := os.Symlink("public2", out); err != nil {
				t.Skip(err)
			}
		}, "public/ is a symbolic link, and the site is put in place by renaming: give the folder that it leads to as --out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			c.make(t, "public")
			before := times(t, dir)
			_, err := Sync("public", &tree{pages: pages{"a": "a"}}, Options{})
			_, beginErr := Begin("public", "")
			for _, err := range []error{err, beginErr} {
				var refusal *Refusal
				if !errors.As(err, &refusal) || err.Error() != c.want {
					t.Errorf("error %v, want %s", err, c.want)
				}
			}
			if !maps.Equal(before, times(t, dir)) {
				t.Error("something was touched")
			}
		})
	}
}

func TestStrangersFolderInThePlaceOfTheSiteIsRefused(t *testing.T) {
	out := outIn(t)
	mustSync(t, out, pages{"index.html": "ours"})
	check(t, os.RemoveAll(out))
	put(t, out+"/letters/a.docx", "mine")
	var refusal *Refusal
	for range 2 {
		if _, err := Sync(out, &tree{pages: pages{"index.html": "ours"}}, Options{}); !errors.As(err, &refusal) {
			t.Errorf("error %v", err)
		}
		if want := (pages{"letters/a.docx": "mine"}); !maps.Equal(read(t, out), want) {
			t.Errorf("out holds %v", read(t, out))
		}
	}
	check(t, os.RemoveAll(out+"/letters")) // as the message says
	mustSync(t, out, pages{"index.html": "ours"})
}

func TestAMountPointIsRefusedBeforeAnythingIsMade(t *testing.T) {
	var refusal *Refusal
	_, err := Begin("/proc", "")
	if !mounted("/proc") {
		t.Skip("nothing is mounted on /proc")
	}
	const want = "/proc/ is a mount point (a disk or a folder from elsewhere), and the site is put in place by renaming: give a folder in it, such as --out /proc/site"
	if !errors.As(err, &refusal) || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestRootIsRefused(t *testing.T) {
	for _, out := range []string{"/", ""} {
		var refusal *Refusal
		if _, err := Sync(out, &tree{}, Options{}); !errors.As(err, &refusal) {
			t.Errorf("%q: %v", out, err)
		}
	}
}

func TestPlaceholderIsKept(t *testing.T) {
	out := outIn(t)
	put(t, out+"/.gitkeep", "")
	put(t, out+"/.gitignore", "*\n")
	for _, text := range []string{"one", "two", "two", "three"} {
		src := &tree{pages: pages{"a": text}}
		res, err := Sync(out, src, Options{})
		if err != nil || res.Removed != 0 {
			t.Fatalf("%+v, %v", res, err)
		}
		if want := (pages{".gitkeep": "", ".gitignore": "*\n", "a": text}); !maps.Equal(read(t, out), want) {
			t.Errorf("out holds %v", read(t, out))
		}
		if m, ok, _ := Load(out); !ok || len(m.Entries) != 1 {
			t.Errorf("the manifest is %+v, %v", m, ok)
		}
	}
	// One that the user takes away stays away, one that he edits is his.
	if err := os.Remove(out + "/.gitkeep"); err != nil {
		t.Fatal(err)
	}
	put(t, out+"/.gitignore", "other\n")
	for _, text := range []string{"four", "five"} {
		if _, err := Sync(out, &tree{pages: pages{"a": text}}, Options{}); err != nil {
			t.Fatal(err)
		}
		if want := (pages{".gitignore": "other\n", "a": text}); !maps.Equal(read(t, out), want) {
			t.Errorf("out holds %v", read(t, out))
		}
	}
}

func TestSitesOwnDotFileIsAPageLikeAnother(t *testing.T) {
	out := outIn(t)
	mustSync(t, out, pages{".gitignore": "*", ".nojekyll": ""})
	mustSync(t, out, pages{".gitignore": "+", ".nojekyll": ""})
}

func TestBadPathsAreErrors(t *testing.T) {
	out := outIn(t)
	for _, c := range []struct {
		p    pages
		want string
	}{
		{pages{"../x": ""}, `"../x" cannot be the path of a page: a path is relative, with single slashes and without ".."`},
		{pages{"/x": ""}, `"/x" cannot be the path of a page: a path is relative, with single slashes and without ".."`},
		{pages{".": ""}, `"." cannot be the path of a page: a path is relative, with single slashes and without ".."`},
		{pages{"a//x": ""}, `"a//x" cannot be the path of a page: a path is relative, with single slashes and without ".."`},
		{pages{"a\xff": ""}, `"a\xff" cannot be the path of a page: a path is relative, with single slashes and without ".."`},
		{pages{`a\x`: ""}, `"a\\x" cannot be the path of a page: a backslash, a colon or a control character is no part of a file name`},
		{pages{"c:x": ""}, `"c:x" cannot be the path of a page: a backslash, a colon or a control character is no part of a file name`},
		{pages{"a\tx": ""}, `"a\tx" cannot be the path of a page: a backslash, a colon or a control character is no part of a file name`},
		{pages{"a/X.html": "", "a/x.html": ""}, `the site has "a/X.html" and "a/x.html", which are one name where case does not count`},
		{pages{"A/x": "", "a/y": ""}, `the site has "A" and "a", which are one name where case does not count`},
		{pages{"a/É/x": "", "a/é/y": ""}, `the site has "a/É" and "a/é", which are one name where case does not count`},
		{pages{"a/ſ/x": "", "a/s": ""}, `the site has "a/ſ" and "a/s", which are one name where case does not count`},
		{pages{"B/x": "", "b": ""}, `the site has "B" and "b", which are one name where case does not count`},
		{pages{"a": "", "a.b": "", "a/b": ""}, `the site has a file "a" and in a folder of that name "a/b"`},
		{pages{"a": "", "A/b": ""}, `the site has "A" and "a", which are one name where case does not count`},
	} {
		if _, err := Sync(out, &tree{pages: c.p}, Options{}); err == nil || err.Error() != c.want {
			t.Errorf("%v: error %v, want %s", c.p, err, c.want)
		}
	}
	twice := twoOfOneName{}
	if _, err := Sync(out, twice, Options{}); err == nil || err.Error() != `the site has two files "a"` {
		t.Error(err)
	}
	if left, _ := os.ReadDir(filepath.Dir(out)); len(left) > 0 {
		t.Errorf("made %v", left)
	}
}

type twoOfOneName struct{ panicking }

func (twoOfOneName) Entries() []Entry { return []Entry{{"a", "1"}, {"a", "2"}} }

func TestFolderBesideThatCannotBeMadeLeavesAll(t *testing.T) {
	out := outIn(t)
	put(t, out+"/.gitkeep", "")
	put(t, filepath.Dir(out)+"/.public.outturn", "a file in the way")
	before := times(t, filepath.Dir(out))
	if _, err := Sync(out, &tree{pages: pages{"a": "a"}}, Options{}); err == nil {
		t.Error("no error")
	}
	if !maps.Equal(before, times(t, filepath.Dir(out))) {
		t.Error("something was touched")
	}
}

func TestReadOnlyFolderLeavesAll(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("nothing is read-only to root")
	}
	dir := t.TempDir()
	for _, built := range []bool{false, true} {
		out := filepath.Join(dir, "public")
		if built {
			mustSync(t, out, pages{"a": "old", "b": "b"})
		}
		if err := os.Chmod(dir, 0o555); err != nil {
			t.Fatal(err)
		}
		before := read(t, dir)
		if _, err := Sync(out, &tree{pages: pages{"a": "new"}}, Options{}); err == nil {
			t.Errorf("built %v: no error", built)
		}
		if built && !maps.Equal(read(t, out), pages{"a": "old", "b": "b"}) {
			t.Error("the site was touched")
		}
		if !built && !maps.Equal(before, read(t, dir)) {
			t.Error("something was touched")
		}
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		mustSync(t, out, pages{"a": "newer"})
	}
}

func TestSecondBuildOfTheFolderIsTurnedAway(t *testing.T) {
	t.Chdir(t.TempDir())
	const want = "another build is writing public/: wait until it is done, or stop it"
	first, err := Begin("public", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Begin("public", ""); err == nil || err.Error() != want {
		t.Errorf("second Begin: %v", err)
	}
	if _, err := Sync("public", &tree{}, Options{}); err == nil || err.Error() != want {
		t.Errorf("Sync during an update: %v", err)
	}
	first.Abandon()
	mustSync(t, "public", pages{"a": "a"})
}
