package build

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"outturn/internal/archive/snapshot"
)

// looked is a site's folder whose data/ and content/ hold the names of one look
// and no others, whatever has come and gone since. What follows from the names
// would otherwise be of another moment than its key: the file that sed or an
// editor had there for a millisecond would be told as a stray one for ever.
type looked struct {
	fs.FS
	folders map[string]map[string]bool // of each folder the names in it, and whether that is a folder
}

// lookedAt is a folder by the names of a look, as Lazy.Renew has them.
func lookedAt(dir fs.FS, names []string) looked {
	d := looked{dir, map[string]map[string]bool{}}
	for _, full := range names {
		name := strings.TrimSuffix(full, "/")
		if isFolder := name != full; isFolder && d.folders[name] == nil {
			d.folders[name] = map[string]bool{}
		}
		for folder := name != full; name != "."; folder = true {
			in := path.Dir(name)
			if d.folders[in] == nil {
				d.folders[in] = map[string]bool{}
			}
			d.folders[in][path.Base(name)] = folder
			name = in
		}
	}
	return d
}

// knows reports whether the names of a look cover a path. Of a snapshot they
// have not all.
func (d looked) knows(name string) bool {
	top, _, _ := strings.Cut(name, "/")
	return (top == "data" || top == "content") && name != snapshot.Root && !strings.HasPrefix(name, snapshot.Root+"/")
}

// ReadDir lists a folder. What was there at the look and is gone for a moment is
// listed too: reading it fails, and the next look tells of it.
func (d looked) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(d.FS, name)
	if !d.knows(name) || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return entries, err
	}
	known := d.folders[name]
	if known == nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	var list []fs.DirEntry
	seen := map[string]bool{}
	for _, e := range entries {
		full := name + "/" + e.Name()
		if _, ok := known[e.Name()]; ok || !d.knows(full) || e.Type()&fs.ModeSymlink != 0 { // of links the look has those that are followed
			list = append(list, e)
			seen[e.Name()] = true
		}
	}
	for base, folder := range known {
		if !seen[base] {
			list = append(list, gone{base, folder})
		}
	}
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, nil
}

// Stat tells of a file what the look knows.
func (d looked) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(d.FS, name)
	if !d.knows(name) || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return info, err
	}
	folder, known := d.folders[path.Dir(name)][path.Base(name)]
	switch {
	case !known:
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	case err != nil:
		return gone{path.Base(name), folder}, nil
	}
	return info, nil
}

// ReadFile reads a file as it now is.
func (d looked) ReadFile(name string) ([]byte, error) { return fs.ReadFile(d.FS, name) }

// gone is a file or folder of the look that is not there now.
type gone struct {
	name   string
	folder bool
}

func (g gone) Name() string               { return g.name }
func (g gone) IsDir() bool                { return g.folder }
func (g gone) Type() fs.FileMode          { return g.Mode().Type() }
func (g gone) Info() (fs.FileInfo, error) { return g, nil }
func (g gone) Size() int64                { return 0 }
func (g gone) ModTime() time.Time         { return time.Time{} }
func (g gone) Sys() any                   { return nil }

func (g gone) Mode() fs.FileMode {
	if g.folder {
		return fs.ModeDir
	}
	return 0
}
