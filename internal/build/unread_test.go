package build

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// told gives the findings of a build and of a check, and whether the build went well.
func told(t *testing.T, site fs.FS, out string) (built, checked string, err error) {
	t.Helper()
	opt := edition.Options{Today: period.NewDate(2017, 3, 1)}
	var inBuild, inCheck diag.List
	_, err = Run(Request{Site: site, Out: out, Program: "test", Options: opt}, &inBuild)
	if fault := Check(site, opt, &inCheck); fault != nil {
		t.Error("check: ", fault)
	}
	text := func(list *diag.List) string {
		var b strings.Builder
		if err := diag.Text(&b, list.All(), diag.Plain); err != nil {
			t.Error(err)
		}
		return b.String()
	}
	return text(&inBuild), text(&inCheck), err
}

// A link in content/ is not read. To put the file itself there, as the finding asks
// for, changes no byte of what the name leads to.
func TestALinkInThePlaceOfAFileIsAnotherInput(t *testing.T) {
	for _, name := range []string{"content/about/accessibility.md", "content/homes/repairs.md", "content/files/leaflet.pdf", "data/homes/2017-01.csv"} {
		t.Run(name, func(t *testing.T) {
			dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
			lay(t, dir, homes())
			lay(t, dir, map[string]string{"content/homes/repairs.md": "Who repairs.\n", "content/files/leaflet.pdf": "pdf"})
			file := filepath.Join(dir, filepath.FromSlash(name))
			site := Folder(dir)
			runs(t, site, out)
			for _, linked := range []bool{true, false, true} {
				if linked {
					err := errors.Join(os.Rename(file, dir+"/elsewhere"), os.Symlink(dir+"/elsewhere", file))
					if err != nil {
						t.Skip(err)
					}
				} else if err := errors.Join(os.Remove(file), os.Rename(dir+"/elsewhere", file)); err != nil {
					t.Fatal(err)
				}
				runs(t, site, out)
				if again := runs(t, site, out); !again.Fresh {
					t.Errorf("linked %t: built again for nothing", linked)
				}
				anew := filepath.Join(t.TempDir(), "public")
				runs(t, site, anew)
				if !maps.Equal(standing(t, out), standing(t, anew)) {
					t.Errorf("linked %t: not the site of a full build", linked)
				}
			}
		})
	}
}

// barred is a folder of which some files or folders may not be opened, which no mode
// does to root.
type barred struct {
	fs.FS
	name string
}

func (b barred) Open(name string) (fs.File, error) {
	if name == b.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return b.FS.Open(name)
}

// The month would be taken for a draft, and go out of the site in silence.
func TestAMonthWhoseFolderCannotBeReadStopsABuild(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, homes())
	const want = "content/homes/2017-01: error: the folder cannot be read: open content/homes/2017-01: permission denied [unreadable]"
	built, _, err := told(t, barred{Folder(dir), "content/homes/2017-01"}, filepath.Join(dir, "public"))
	if !errors.Is(err, ErrInputs) || !strings.Contains(built, want) {
		t.Errorf("%v\n%swant %s", err, built, want)
	}
}

func TestWhatCannotBeReadIsToldWithAllElseThatIsWrong(t *testing.T) {
	for name, want := range map[string]string{
		"data/homes/2017-01.csv":       "data/homes/2017-01.csv: error: the file cannot be read: open data/homes/2017-01.csv: permission denied [unreadable]",
		"data/homes":                   "data/homes: error: the folder cannot be read: open data/homes: permission denied [unreadable]",
		"content/about":                "content/about: error: the folder cannot be read: open content/about: permission denied [unreadable]",
		"content/homes/_index.md":      "content/homes/_index.md: error: the file cannot be read: open content/homes/_index.md: permission denied [unreadable]",
		"content/files/leaflet.pdf":    "content/files/leaflet.pdf: error: the file cannot be read: open content/files/leaflet.pdf: permission denied [unreadable]",
		"themes/own/layouts/page.html": "themes/own: error: the theme cannot be read: open layouts/page.html: permission denied [bad-theme]",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			lay(t, dir, homes())
			lay(t, dir, map[string]string{
				"content/files/leaflet.pdf": "pdf",
				"content/homes/repairs.md":  "Repairs: {{ 99 }}.\n", // wrong as well
			})
			if strings.HasPrefix(name, "themes/") {
				lay(t, dir, map[string]string{
					name:                "x",
					"content/site.yaml": strings.Replace(homes()["content/site.yaml"], "theme: civic", "theme: own", 1),
				})
			}
			built, checked, err := told(t, barred{Folder(dir), name}, filepath.Join(dir, "public"))
			if !errors.Is(err, ErrInputs) {
				t.Error(err)
			}
			for _, findings := range []string{built, checked} {
				if strings.Count(findings, want) != 1 || name != "data/homes" && !strings.Contains(findings, "content/homes/repairs.md:1:") {
					t.Errorf("want %s\n%s", want, findings)
				}
			}
		})
	}
}

func TestWhatNobodyReadsNeedNotBeReadable(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	lay(t, dir, homes())
	lay(t, dir, map[string]string{"data/homes/.notes": "mine", "themes/other/x.css": "x"})
	for _, name := range []string{"data/homes/.notes", "themes/other/x.css", "themes/other"} {
		site := barred{Folder(dir), name}
		runs(t, site, out)
		if again := runs(t, site, out); !again.Fresh {
			t.Errorf("%s: built again for nothing: %+v", name, again)
		}
	}
}

// A file that cannot be read when it is summed, and can when it is loaded, is not
// what the build's key says.
func TestAFileThatIsReadableOnlyLaterIsBuiltAgain(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	lay(t, dir, homes())
	runs(t, &barredOnce{barred: barred{Folder(dir), "data/homes/2017-01.csv"}}, out)
	if again := runs(t, Folder(dir), out); again.Fresh {
		t.Error("taken for up to date")
	}
}

type barredOnce struct {
	barred
	opened bool
}

func (b *barredOnce) Open(name string) (fs.File, error) {
	if name == b.name && !b.opened {
		b.opened = true
		return b.barred.Open(name)
	}
	return b.FS.Open(name)
}

// Old archives keep names in the encoding of the machine that made them.
func TestANameThatIsNotUTF8StopsNothing(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	lay(t, dir, homes())
	lay(t, dir, map[string]string{"content/site.yaml": strings.Replace(homes()["content/site.yaml"], "theme: civic", "theme: own", 1)})
	if err := os.CopyFS(filepath.Join(dir, "themes", "own"), os.DirFS("../../themes/civic")); err != nil {
		t.Fatal(err)
	}
	runs(t, Folder(dir), out)
	before := standing(t, out)
	odd := []string{"data/\xfc.csv", "data/homes/\xfc.csv", "data/\xfcb/indicators.csv", "content/\xfc.md", "content/homes/\xfc.md", "content/homes/2017-01/\xfc.md",
		"content/files/\xfc.pdf", "content/files/\xfcb/leaflet.pdf", "content/archive/\xfc.txt", "themes/own/styles/\xfc.css", "themes/own/\xfcb/x.css", "themes/\xfc/x"}
	for _, name := range odd {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte("x"), 0o644)); err != nil {
			t.Skip("this file system has no such names: ", err)
		}
	}
	built, checked, err := told(t, Folder(dir), out)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range odd[:len(odd)-1] { // the last is of another theme
		if folder, _, in := strings.Cut(name, "b/"); in {
			name = folder + "b"
		}
		for _, findings := range []string{built, checked} {
			if strings.Count(findings, name+": warning: ") != 1 {
				t.Errorf("%q is not told once:\n%s", name, findings)
			}
		}
	}
	if !maps.Equal(standing(t, out), before) {
		t.Error("the site became another")
	}
	if again := runs(t, Folder(dir), out); !again.Fresh {
		t.Errorf("built again for nothing: %+v", again)
	}
}

func TestNamesThatAreOneWhereCaseDoesNotCountAreAFinding(t *testing.T) {
	for _, c := range []struct {
		files []string
		want  string // "" where nothing is wrong
	}{
		{[]string{"A.csv", "a.csv"}, "content/files/a.csv: error: the name differs from content/files/A.csv by capital letters alone, and many machines can keep only one of the two [stray-file]\n  mend: rename one of them, and the links to it\n"},
		{[]string{"A/x.csv", "A/y.csv", "a/x.csv", "a/z.csv"}, "content/files/a: error: the name differs from content/files/A by capital letters alone, "},
		{[]string{"A.pdf/x.csv", "a.pdf"}, "content/files/a.pdf: error: the name differs from content/files/A.pdf by capital letters alone, "},
		{[]string{"É.csv", "é.csv"}, "content/files/é.csv: error: the name differs from content/files/É.csv by capital letters alone, "},
		{[]string{"a.csv", "b.csv", "c/a.csv", "C.csv"}, ""},
	} {
		site := fstest.MapFS{}
		for name, text := range homes() {
			site[name] = &fstest.MapFile{Data: []byte(text)}
		}
		for _, name := range c.files {
			site["content/files/"+name] = &fstest.MapFile{Data: []byte("x")}
		}
		built, checked, err := told(t, site, filepath.Join(t.TempDir(), "public"))
		if (err == nil) != (c.want == "") || err != nil && !errors.Is(err, ErrInputs) {
			t.Errorf("%v: %v", c.files, err)
		}
		for _, findings := range []string{built, checked} {
			if strings.Count(findings, ": error: ") != min(1, len(c.want)) || !strings.Contains(findings, c.want) {
				t.Errorf("%v: want %s\n%s", c.files, c.want, findings)
			}
		}
	}
}
