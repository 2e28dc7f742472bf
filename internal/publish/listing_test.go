package publish

import (
	"os"
	"slices"
	"testing"
)

// What stands, what is in next/ and what the manifest has are gone through side
// by side, so that all must be in one order: that of the paths, in which a-b comes
// before a/b, and a0 after it.
func TestListingIsInTheOrderOfPaths(t *testing.T) {
	dir := t.TempDir()
	var want []string
	for _, name := range []string{"a/b", "a-b", "a.b/c", "a0", "a/b-c/d", "a/b/x", "a/é", "A", "a/c/d/e", "a/c/d.e", "a/c.d/e"} {
		if name == "a/b" {
			continue // a folder
		}
		put(t, dir+"/"+name, name)
		want = append(want, name)
	}
	check(t, os.Mkdir(dir+"/a/empty", 0o755))
	check(t, os.Symlink("a0", dir+"/z"))
	want = append(want, "z")
	slices.Sort(want)
	l, err := survey(dir, look)
	check(t, err)
	var got []string
	for i, f := range l.files {
		got = append(got, f.path)
		if at, ok := l.find(f.path); !ok || at != i {
			t.Errorf("%s is found at %d, %v", f.path, at, ok)
		}
		if f.regular == (f.path == "z") || f.regular && f.size != int64(len(f.path)) {
			t.Errorf("%+v", f)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if want := []string{"a.b", "a", "a/b-c", "a/b", "a/c.d", "a/c", "a/c/d", "a/empty"}; !slices.Equal(l.dirs, want) {
		t.Errorf("folders %q, want %q", l.dirs, want)
	}
	if from, to := l.within("a/c"); to-from != 2 || l.files[from].path != "a/c/d.e" {
		t.Errorf("below a/c: %d to %d", from, to)
	}
}

// In next/ files are known by what their folders tell of them.
func TestAGlanceKnowsWhichFileIsWhich(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a", "b/c", "b/d/é x", "b/e"} {
		put(t, dir+"/"+name, name)
	}
	check(t, os.Link(dir+"/a", dir+"/b/f"))
	check(t, os.Symlink("a", dir+"/z"))
	check(t, os.Mkdir(dir+"/empty", 0o755))
	long, err := survey(dir, look)
	check(t, err)
	short, err := survey(dir, glance)
	check(t, err)
	if len(long.files) != 6 || len(short.files) != 6 || !slices.Equal(short.dirs, long.dirs) || len(long.dirs) != 3 {
		t.Fatalf("%+v\n%+v", short, long)
	}
	for i, f := range short.files {
		if other := long.files[i]; f.path != other.path || f.regular != other.regular || !f.is.same(other.is) {
			t.Errorf("at a glance %+v, want %+v", f, other)
		}
		if (f.path == "a" || f.path == "b/f") != f.is.same(long.files[0].is) {
			t.Errorf("%s is taken for a, or not", f.path)
		}
	}
}
