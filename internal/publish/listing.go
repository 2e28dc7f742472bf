package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// listing is what a folder holds, links not followed. Paths have slashes.
type listing struct {
	files []found  // everything that is no folder, in the order of paths
	dirs  []string // each after the one it stands in; without the folder itself
}

// found is what is known of a file without opening it.
type found struct {
	path    string
	regular bool
	readers fs.FileMode // the bits of who may read it, by its mode and that of the folder it stands in; by glance, of that alone
	size    int64       // bytes
	modTime int64       // nanoseconds since 1970
	is      identity
}

// readable are the bits of a mode that let somebody read.
const readable fs.FileMode = 0o444

// closed reports whether some file of one of the two folders cannot be read by
// those to whom the output folder is open, and a file that is made now would be: it
// was built under another umask. The mode of the output folder itself is its owner's.
func (f folder) closed(l listing) (bool, error) {
	info, err := os.Lstat(f.out)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	readers := info.Mode() & readable
	some := func() bool {
		return slices.ContainsFunc(l.files, func(f found) bool { return readers&^f.readers != 0 && !placeholder(f.path) })
	}
	if !some() {
		return false, nil
	}
	// What a new file's mode is, by the umask and by the file system, a file tells.
	if err := f.replace(probeName, nil); err != nil {
		return false, err
	}
	if info, err = os.Lstat(f.at(probeName)); err != nil {
		return false, err
	}
	readers &= info.Mode()
	return some(), os.Remove(f.at(probeName))
}

// find gives the place of a file in the listing.
func (l listing) find(name string) (int, bool) {
	return slices.BinarySearchFunc(l.files, name, func(f found, name string) int { return strings.Compare(f.path, name) })
}

// within gives the places of the files that stand below a folder.
func (l listing) within(dir string) (from, to int) {
	from, _ = l.find(dir + "/")
	to, _ = l.find(dir + "0") // the character after the slash
	return from, to
}

// survey lists a folder by look or by glance; one that is not there is empty.
func survey(dir string, look func(dir, below string) ([]found, []string, error)) (listing, error) {
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return listing{}, nil
	}
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "list", Path: dir, Err: errors.New("not a folder")}
	}
	if err != nil {
		return listing{}, err
	}
	// The folders are listed side by side: there may be some hundreds, with a
	// hundred thousand files.
	var g errgroup.Group
	g.SetLimit(2 * runtime.GOMAXPROCS(0))
	var count atomic.Int64
	var list func(b *branch) error
	list = func(b *branch) error {
		below := ""
		if b.path != "" {
			below = b.path + "/"
		}
		files, dirs, err := look(filepath.Join(dir, filepath.FromSlash(b.path)), below)
		if err != nil {
			return err
		}
		count.Add(int64(len(files)))
		slices.SortFunc(files, func(a, b found) int { return strings.Compare(a.path, b.path) })
		b.files = files
		for _, path := range dirs {
			b.branches = append(b.branches, &branch{path: path})
		}
		slices.SortFunc(b.branches, func(a, b *branch) int { return strings.Compare(a.path+"/", b.path+"/") })
		for _, sub := range b.branches {
			if !g.TryGo(func() error { return list(sub) }) {
				if err := list(sub); err != nil {
					return err
				}
			}
		}
		return nil
	}
	var top branch
	if err := errors.Join(list(&top), g.Wait()); err != nil {
		return listing{}, err
	}
	l := listing{files: make([]found, 0, count.Load())}
	top.gather(&l)
	return l, nil
}

// branch is a folder that is being listed.
type branch struct {
	path     string // from the top; "" is the top itself
	files    []found
	branches []*branch
}

// gather adds what stands below a branch in the order of paths: a folder comes
// where its name with a slash does.
func (b *branch) gather(l *listing) {
	rest := listing{files: b.files}
	for _, sub := range b.branches {
		before, _ := rest.find(sub.path + "/")
		l.files = append(l.files, rest.files[:before]...)
		rest.files = rest.files[before:]
		l.dirs = append(l.dirs, sub.path)
		sub.gather(l)
	}
	l.files = append(l.files, rest.files...)
}
