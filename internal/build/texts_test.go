package build

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"testing"
)

// twoHomes is homes with a scorecard more.
func twoHomes() map[string]string {
	files := homes()
	for name, text := range map[string]string{
		"content/repairs/_index.md": "---\ntitle: Repairs\n---\n", "content/repairs/2017-01/_index.md": "---\nstatus: approved\n---\n\nThere were {{ 1 }}.\n",
		"data/repairs/indicators.csv": "ref,section,name,good,unit\n1,repairs,Repairs,low,count\n", "data/repairs/2017-01.csv": "ref,value\n1,5\n",
	} {
		files[name] = text
	}
	return files
}

// The texts of a scorecard that is kept are opened for their digest alone; once
// it is to be made again they are read as they are.
func TestTextsOfAKeptScorecardAreNotRead(t *testing.T) {
	const cover = "content/homes/2017-01/_index.md"
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	lay(t, dir, twoHomes())
	build := func(what string, read bool) {
		t.Helper()
		s := &saving{FS: os.DirFS(dir), name: cover, before: func() {}, after: func() {}}
		if runs(t, s, out).Fresh || s.opened > 0 != read {
			t.Errorf("%s: the text was read %d times", what, s.opened)
		}
		fresh := filepath.Join(t.TempDir(), "public")
		runs(t, os.DirFS(dir), fresh)
		if !maps.Equal(standing(t, out), standing(t, fresh)) {
			t.Errorf("%s: the site is not what a build into an empty folder is", what)
		}
	}
	build("at first", true)
	lay(t, dir, map[string]string{"data/repairs/2017-01.csv": "ref,value\n1,6\n"})
	build("another scorecard's figure", false)
	lay(t, dir, map[string]string{"data/repairs/2017-01.csv": "ref,value\n1,7\n"})
	build("and again", false)
	lay(t, dir, map[string]string{"data/homes/2017-01.csv": "ref,value\n1,6\n"})
	build("its own figure", true)
	lay(t, dir, map[string]string{"data/repairs/2017-01.csv": "ref,value\n1,8\n"})
	build("another's after that", false)
	lay(t, dir, map[string]string{"content/repairs/2017-01/_index.md": "---\nstatus: approved\n---\n\n{{ homes/1 }} in homes.\n"})
	build("another's sentence with its figure", true)
	lay(t, dir, map[string]string{"content/files/notes.csv": "item\n1\n", cover: homes()[cover] + "\nSee [the notes](../../files/notes.csv).\n"})
	build("a text that names a file", true)
	lay(t, dir, map[string]string{"data/repairs/2017-01.csv": "ref,value\n1,9\n"})
	build("which files are published hangs on it", true)
	lay(t, dir, map[string]string{cover: homes()[cover] + "\nA word more.\n"})
	build("its own sentence", true)
	if err := os.Remove(filepath.Join(dir, "data/homes/indicators.csv")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "content/homes"), filepath.Join(dir, "content/houses")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "data/homes"), filepath.Join(dir, "data/houses")); err != nil {
		t.Fatal(err)
	}
	lay(t, dir, map[string]string{"data/houses/indicators.csv": homes()["data/homes/indicators.csv"], "content/about/accessibility.md": "# Accessibility\n",
		"content/repairs/2017-01/_index.md": twoHomes()["content/repairs/2017-01/_index.md"]})
	build("another name", false)
}

// A folder in which nothing stands has no file that is digested.
func TestAnEmptyFolderIsToldOf(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	lay(t, dir, twoHomes())
	if r := runs(t, os.DirFS(dir), out); r.Warnings > 0 {
		t.Fatalf("%d findings", r.Warnings)
	}
	if err := os.Mkdir(filepath.Join(dir, "content/homes/notes"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, fresh := range []bool{false, true} {
		if r := runs(t, fs.FS(os.DirFS(dir)), out); r.Warnings != 1 || r.Fresh != fresh {
			t.Errorf("%+v, want its warning", r)
		}
	}
}
