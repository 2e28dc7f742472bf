package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Names in the hidden folder; the package doc says what each is.
const (
	nextName         = "next"
	previousName     = "previous"
	manifestName     = "manifest"
	nextManifestName = "next.manifest"
	writingName      = "writing"
	probeName        = "probe" // never there for longer than a moment
)

// Refusal is the error for an output folder in which nothing may be written:
// nothing was touched. It is the user's to mend.
type Refusal struct {
	Out string // as the user wrote it, with a slash: public/
	Why string // with the mend
}

func (r *Refusal) Error() string { return r.Out + " " + r.Why }

const whyNotOurs = "is not empty and was not built by outturn: choose another --out, or empty it"

// folder is an output folder with the hidden one that stands beside it.
type folder struct {
	name  string // for messages: public/
	out   string // absolute
	state string // absolute: .public.outturn
}

func locate(out string) (folder, error) {
	abs, err := filepath.Abs(out)
	if err != nil {
		return folder{}, fmt.Errorf("find the output folder %s: %w", out, err)
	}
	name := filepath.ToSlash(filepath.Clean(out))
	dir, base := filepath.Split(abs)
	if base == "" || out == "" {
		return folder{}, &Refusal{Out: name, Why: "cannot be the output folder: choose another --out"}
	}
	return folder{name: name + "/", out: abs, state: filepath.Join(dir, "."+base+".outturn")}, nil
}

// at gives the absolute name of something in the hidden folder.
func (f folder) at(name string) string { return filepath.Join(f.state, name) }

// vet refuses an output folder that is none, or that no build of ours made. It
// touches nothing.
func (f folder) vet() error {
	info, err := os.Lstat(f.out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the output folder: %w", err)
	}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return &Refusal{f.name, "is a symbolic link, and the site is put in place by renaming: give the folder that it leads to as --out"}
	case !info.IsDir():
		return &Refusal{f.name, "is a file, not a folder: choose another --out, or remove it"}
	case mounted(f.out):
		return &Refusal{f.name, "is a mount point (a disk or a folder from elsewhere), and the site is put in place by renaming: give a folder in it, such as --out " + f.name + "site"}
	}
	for _, name := range []string{manifestName, nextManifestName} {
		if _, err := os.Lstat(f.at(name)); err == nil {
			return nil
		}
	}
	names, err := os.ReadDir(f.out)
	if err != nil {
		return fmt.Errorf("look into the output folder: %w", err)
	}
	for _, d := range names {
		if !placeholder(d.Name()) || !d.Type().IsRegular() {
			return &Refusal{f.name, whyNotOurs}
		}
	}
	return nil
}

// placeholder tells the files that keep an otherwise empty folder in Git. They
// are not the site's, and stay.
func placeholder(name string) bool { return name == ".gitkeep" || name == ".gitignore" }

// vetPaths makes sure that every path may stand on any machine, and that no two
// meet. The records are sorted.
func vetPaths(records []Record) error {
	file := func(p string) bool {
		_, ok := findRecord(records, p)
		return ok
	}
	folders := map[string]bool{}
	odd := map[string]string{} // of files and folders that are written otherwise where case does not count: as written
	meets := func(p string) error {
		folded := fold(p)
		if folded == p {
			return nil
		}
		if other, seen := odd[folded]; seen && other != p {
			return sameName(other, p)
		}
		odd[folded] = p
		return nil
	}
	last := ""
	for i, r := range records {
		if err := vetPath(r.Path); err != nil {
			return err
		}
		if i > 0 && records[i-1].Path == r.Path {
			return fmt.Errorf("the site has two files %q", r.Path)
		}
		if err := meets(r.Path); err != nil {
			return err
		}
		if dir := dirOf(r.Path); dir != last { // else it is that of the file before
			last = dir
			for p := dir; p != "." && !folders[p]; p = dirOf(p) {
				folders[p] = true
				if err := meets(p); err != nil {
					return err
				}
				if file(p) {
					return fmt.Errorf("the site has a file %q and in a folder of that name %q", p, r.Path)
				}
			}
		}
	}
	for _, folded := range slices.Sorted(maps.Keys(odd)) {
		if folders[folded] || file(folded) {
			return sameName(odd[folded], folded)
		}
	}
	return nil
}

// dirOf is the folder of a path that was vetted, "." for the top.
func dirOf(p string) string {
	if i := strings.LastIndexByte(p, '/'); i >= 0 {
		return p[:i]
	}
	return "."
}

func sameName(a, b string) error {
	return fmt.Errorf("the site has %q and %q, which are one name where case does not count", a, b)
}

// fold writes a path as one is known where case does not count. Most are
// written so.
func fold(p string) string {
	for i := range len(p) {
		if c := p[i]; c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf {
			return strings.ToLower(strings.ToUpper(p))
		}
	}
	return p
}

func vetPath(p string) error {
	if !fs.ValidPath(p) || p == "." {
		return fmt.Errorf("%q cannot be the path of a page: a path is relative, with single slashes and without \"..\"", p)
	}
	if i := strings.IndexFunc(p, func(r rune) bool { return r == '\\' || r == ':' || unicode.IsControl(r) }); i >= 0 {
		return fmt.Errorf("%q cannot be the path of a page: a backslash, a colon or a control character is no part of a file name", p)
	}
	return nil
}
