package build

import (
	"bytes"
	"encoding/hex"
	"io/fs"
	"maps"
	"path"
	"strings"
	"sync"
	"sync/atomic"

	"outturn/internal/publish"
)

// witness is a site's folder of which a build reads. It notes whether a file
// that was read is the one that the build's key was made from: an officer may
// save while a build runs, and what it then made must not be kept for the site
// as the key says it was. A file is read whole, and its bytes are what is looked
// at, so that a change that is taken back at once is seen as well.
type witness struct {
	fs.FS
	digests digests
	moved   atomic.Bool // something that was read is not what was digested

	counting sync.Once
	count    map[string]int // of what stands in each folder that was listed
}

func (w *witness) saw(name string, content []byte, err error) {
	if !input(name) || !digested(name) { // the latter is held against the manifest of its snapshot
		return
	}
	digest, known := w.digests.files[name]
	switch {
	case digest == notRead:
	case err != nil:
		// What was not there is not there; what was there is gone.
		if known {
			w.moved.Store(true)
		}
	default:
		if sum := publish.SumOf(content); strings.TrimPrefix(digest, linkToRead) != hex.EncodeToString(sum[:]) {
			w.moved.Store(true)
		}
	}
}

// input reports whether a path is that of what a build may read.
func input(name string) bool {
	top, _, _ := strings.Cut(name, "/")
	return (top == "data" || top == "content" || top == "themes") && !inMaking(name)
}

// ReadFile is that of fs.ReadFileFS.
func (w *witness) ReadFile(name string) ([]byte, error) {
	content, err := fs.ReadFile(w.FS, name)
	w.saw(name, content, err)
	return content, err
}

// Open opens a folder as it is, and reads a file whole.
func (w *witness) Open(name string) (fs.File, error) {
	f, err := w.FS.Open(name)
	if err != nil {
		w.saw(name, nil, err)
		return nil, err
	}
	if info, err := f.Stat(); err != nil || info.IsDir() {
		return f, err
	}
	content, err := w.ReadFile(name)
	return &readFile{f, bytes.NewReader(content)}, err
}

// ReadDir is that of fs.ReadDirFS. A file that an editor puts in the place of
// another may be gone for as long as it is listed.
func (w *witness) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(w.FS, name)
	if input(name) && !w.listed(name, list) {
		w.moved.Store(true)
	}
	return list, err
}

// listed reports whether a folder of inputs has the names that it had.
func (w *witness) listed(dir string, list []fs.DirEntry) bool {
	w.counting.Do(func() {
		w.count = map[string]int{}
		for name := range w.digests.listing {
			w.count[path.Dir(strings.TrimSuffix(name, "/"))]++
		}
	})
	known := 0
	for _, entry := range list {
		name := dir + "/" + entry.Name()
		_, file := w.digests.listing[name]
		_, folder := w.digests.listing[name+"/"]
		if file || folder {
			known++
		} else if input(name) && !inMaking(name+"/") {
			return false
		}
	}
	return known == w.count[dir]
}

// Stat is that of fs.StatFS.
func (w *witness) Stat(name string) (fs.FileInfo, error) { return fs.Stat(w.FS, name) }

// steady reports whether all that was read is what was digested, and the folder
// has the files that it had.
func (w *witness) steady() (bool, error) {
	if w.moved.Load() {
		return false, nil
	}
	now, err := survey(w.FS)
	if err != nil {
		return false, err
	}
	return maps.Equal(now, w.digests.listing), nil
}

// readFile is a file that was read.
type readFile struct {
	fs.File
	*bytes.Reader
}

func (f *readFile) Read(p []byte) (int, error) { return f.Reader.Read(p) }
