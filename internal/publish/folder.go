package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/sync/errgroup"
)

// Names in the hidden folder; the package doc says what each is.
const (
	nextName         = "next"
	previousName     = "previous"
	manifestName     = "manifest"
	nextManifestName = "next.manifest"
	writingName      = "writing"
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

// listing is what a folder holds, links not followed. Paths have slashes.
type listing struct {
	files map[string]fs.FileInfo // everything that is no folder
	dirs  []string               // each after the one it stands in; without the folder itself
}

// survey lists a folder; one that is not there is empty.
func survey(dir string) (listing, error) {
	l := listing{files: map[string]fs.FileInfo{}}
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "list", Path: dir, Err: errors.New("not a folder")}
	}
	if err != nil {
		return l, err
	}
	// The folders are listed side by side: there may be some hundreds, with a
	// hundred thousand files.
	var mu sync.Mutex
	var g errgroup.Group
	g.SetLimit(2 * runtime.GOMAXPROCS(0))
	var list func(rel string) error
	list = func(rel string) error {
		entries, err := os.ReadDir(filepath.Join(dir, filepath.FromSlash(rel)))
		if err != nil {
			return err
		}
		infos := make([]fs.FileInfo, len(entries))
		for i, d := range entries {
			if d.IsDir() {
				below := path.Join(rel, d.Name())
				if !g.TryGo(func() error { return list(below) }) {
					if err := list(below); err != nil {
						return err
					}
				}
			} else if infos[i], err = d.Info(); err != nil {
				return err
			}
		}
		mu.Lock()
		defer mu.Unlock()
		for i, d := range entries {
			if below := path.Join(rel, d.Name()); d.IsDir() {
				l.dirs = append(l.dirs, below)
			} else {
				l.files[below] = infos[i]
			}
		}
		return nil
	}
	err = errors.Join(list(""), g.Wait())
	slices.Sort(l.dirs) // a folder before what stands in it
	return l, err
}

// vetPaths makes sure that every path may stand on any machine, and that no two
// meet. The entries are sorted.
func vetPaths(entries []Entry) error {
	written := map[string]string{} // folded path of a file or folder: as written
	files := make(map[string]bool, len(entries))
	for i, e := range entries {
		if err := vetPath(e.Path); err != nil {
			return err
		}
		if i > 0 && entries[i-1].Path == e.Path {
			return fmt.Errorf("the site has two files %q", e.Path)
		}
		files[e.Path] = true
		for p := e.Path; p != "."; p = path.Dir(p) {
			folded := strings.ToLower(strings.ToUpper(p))
			other, seen := written[folded]
			if seen && other != p {
				return fmt.Errorf("the site has %q and %q, which are one name where case does not count", other, p)
			}
			if seen && p != e.Path {
				break // its parents have been seen with it
			}
			written[folded] = p
		}
	}
	for _, e := range entries {
		for p := path.Dir(e.Path); p != "."; p = path.Dir(p) {
			if files[p] {
				return fmt.Errorf("the site has a file %q and in a folder of that name %q", p, e.Path)
			}
		}
	}
	return nil
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
