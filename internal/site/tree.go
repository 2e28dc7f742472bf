// Package site decides which pages exist and composes each.
//
// Build returns a Tree: an fs.FS that knows every path of the site and the key
// of what stands there, and renders a page only when it is opened. A key is the
// hash of the finished view and of the theme (or of the bytes, for data files):
// equal keys mean equal bytes, by construction. Whatever can be the content's
// fault is found by Build; Open fails only by the machine's fault.
package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"outturn/internal/publish"
	"outturn/internal/theme"
)

// Tree is a whole site, not yet written. It is safe for use from several
// goroutines.
type Tree struct {
	theme  *theme.Theme
	files  map[string]file
	paths  []string
	opened atomic.Int64

	// composing is held while a view is made: what views are made of
	// (dataset.View) keeps what it works out, and is safe for one goroutine.
	composing sync.Mutex
}

// kept is how many files a tree may have whose finished views and bytes it keeps
// from making the keys to being opened. A larger site makes them twice and holds
// no page in memory.
const kept = 2000

// file is one path of the tree: a view for a template, or bytes.
type file struct {
	view  func() any
	bytes func() []byte
	key   string
}

func newTree(th *theme.Theme) *Tree {
	return &Tree{theme: th, files: map[string]file{}}
}

// page adds an HTML page. The view must be finished: a pure function of what
// Build was given.
func (t *Tree) page(name string, view func() any) { t.files[name] = file{view: view} }

// data adds a file that is no page.
func (t *Tree) data(name string, bytes func() []byte) { t.files[name] = file{bytes: bytes} }

// seal works out every key. salt is what all pages depend on besides their
// views: the theme and the program.
func (t *Tree) seal(salt string) error {
	t.paths = make([]string, 0, len(t.files))
	for name := range t.files {
		t.paths = append(t.paths, name)
	}
	sort.Strings(t.paths)
	for _, name := range t.paths {
		f := t.files[name]
		h := sha256.New()
		if f.view != nil {
			view := f.view()
			fmt.Fprintf(h, "page %s %T\n", salt, view)
			if err := json.NewEncoder(h).Encode(view); err != nil {
				return fmt.Errorf("making the key of %s: %w", name, err)
			}
			if len(t.paths) <= kept {
				f.view = func() any { return view }
			}
		} else {
			content := f.bytes()
			h.Write(content)
			if len(t.paths) <= kept {
				f.bytes = func() []byte { return content }
			}
		}
		f.key = hex.EncodeToString(h.Sum(nil)[:16])
		t.files[name] = f
	}
	return nil
}

// Entries lists every file with its key, by path.
func (t *Tree) Entries() []publish.Entry {
	list := make([]publish.Entry, len(t.paths))
	for i, name := range t.paths {
		list[i] = publish.Entry{Path: name, Key: t.files[name].key}
	}
	return list
}

// Opened counts the files that were opened so far: a build with nothing changed
// opens none.
func (t *Tree) Opened() int { return int(t.opened.Load()) }

// Open renders a file, or lists a folder.
func (t *Tree) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, ok := t.files[name]
	if !ok {
		if list := t.list(name); list != nil {
			return &folder{info: info{name: path.Base(name), dir: true}, entries: list}, nil
		}
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	t.opened.Add(1)
	var content []byte
	if f.view != nil {
		t.composing.Lock()
		view := f.view()
		t.composing.Unlock()
		var buf bytes.Buffer
		if err := t.theme.Render(&buf, view); err != nil {
			return nil, fmt.Errorf("rendering %s: %w", name, err)
		}
		content = buf.Bytes()
	} else {
		t.composing.Lock()
		content = f.bytes()
		t.composing.Unlock()
	}
	return &openFile{Reader: bytes.NewReader(content), info: info{name: path.Base(name), size: int64(len(content))}}, nil
}

// list names what stands directly in a folder, or nil where there is none.
func (t *Tree) list(dir string) []fs.DirEntry {
	prefix := dir + "/"
	if dir == "." {
		prefix = ""
	}
	seen := map[string]bool{}
	var entries []fs.DirEntry
	for _, name := range t.paths {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		first, _, deeper := strings.Cut(rest, "/")
		if !seen[first] {
			seen[first] = true
			entries = append(entries, entry{t, path.Join(dir, first), info{name: first, dir: deeper}})
		}
	}
	return entries
}

// entry is one line of a folder. How large a file is is known only once it is
// rendered, so that Info alone opens it.
type entry struct {
	tree *Tree
	path string
	info info
}

func (e entry) Name() string      { return e.info.name }
func (e entry) IsDir() bool       { return e.info.dir }
func (e entry) Type() fs.FileMode { return e.info.Mode().Type() }
func (e entry) Info() (fs.FileInfo, error) {
	if e.info.dir {
		return e.info, nil
	}
	return fs.Stat(e.tree, e.path)
}

// info describes a file of the tree.
type info struct {
	name string
	size int64
	dir  bool
}

func (i info) Name() string       { return i.name }
func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return i.dir }
func (i info) Sys() any           { return nil }
func (i info) Mode() fs.FileMode {
	if i.dir {
		return fs.ModeDir | 0o755
	}
	return 0o644
}

type openFile struct {
	*bytes.Reader
	info info
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openFile) Close() error               { return nil }

type folder struct {
	info    info
	entries []fs.DirEntry
}

func (d *folder) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *folder) Close() error               { return nil }
func (d *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.info.name, Err: fs.ErrInvalid}
}

func (d *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		list := d.entries
		d.entries = nil
		return list, nil
	}
	if len(d.entries) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.entries))
	list := d.entries[:n]
	d.entries = d.entries[n:]
	return list, nil
}
