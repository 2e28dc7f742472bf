package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// update is one Sync on its way: what stands, what is wanted, what was done.
type update struct {
	folder
	src      Source
	opt      Options
	entries  []Entry  // what is wanted, sorted
	standing listing  // what out holds
	manifest Manifest // of out
	trusted  bool     // manifest describes what stands

	current map[string]Record // manifest's, by path; empty where not trusted
	next    listing           // what next/ held
	records []Record          // of each entry, as it now stands in next/
	fresh   []bool            // of each entry: it has other bytes than before
	opened  int
}

// keyed tells whether keys of the manifest may be compared with the tree's.
func (u *update) keyed() bool { return u.trusted && u.manifest.Version == u.opt.Version }

// bring makes next/ the wanted site. Nobody sees it yet; out is only read.
func (u *update) bring() error {
	u.current = make(map[string]Record, len(u.manifest.Entries))
	for _, r := range u.manifest.Entries {
		u.current[r.Path] = r
	}
	u.records = make([]Record, len(u.entries))
	u.fresh = make([]bool, len(u.entries))
	if err := u.clear(); err != nil {
		return err
	}
	for _, name := range u.placeholders() {
		if _, err := u.keep(name); err != nil {
			return err
		}
	}
	var toOpen []int
	for i, e := range u.entries {
		r, ok := u.current[e.Path]
		if !ok || !u.keyed() || r.Key != e.Key {
			toOpen = append(toOpen, i)
			continue
		}
		info, err := u.keep(e.Path)
		if err != nil {
			return err
		}
		r.ModTime = info.ModTime().UnixNano()
		u.records[i] = r
	}
	u.opened = len(toOpen)
	return u.makeAll(toOpen)
}

// placeholders are those of out that are not the site's own.
func (u *update) placeholders() []string {
	var names []string
	for _, name := range []string{".gitignore", ".gitkeep"} {
		info, ok := u.standing.files[name]
		if ok && info.Mode().IsRegular() && !u.wants(name) {
			names = append(names, name)
		}
	}
	return names
}

func (u *update) wants(name string) bool {
	_, ok := slices.BinarySearchFunc(u.entries, name, func(e Entry, name string) int {
		return strings.Compare(e.Path, name)
	})
	return ok
}

// clear removes from next/ what is not wanted and makes the folders that are.
func (u *update) clear() error {
	next := u.at(nextName)
	if info, err := os.Lstat(next); err == nil && !info.IsDir() {
		if err := os.Remove(next); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(next, 0o755); err != nil {
		return err
	}
	var err error
	if u.next, err = survey(next); err != nil {
		return err
	}
	files, dirs := map[string]bool{}, map[string]bool{}
	for _, name := range u.placeholders() {
		files[name] = true
	}
	var order []string // folders, each after the one it stands in
	for _, e := range u.entries {
		files[e.Path] = true
		var missing []string
		for p := path.Dir(e.Path); p != "." && !dirs[p]; p = path.Dir(p) {
			dirs[p] = true
			missing = append(missing, p)
		}
		slices.Reverse(missing)
		order = append(order, missing...)
	}
	for name, info := range u.next.files {
		if files[name] && info.Mode().IsRegular() {
			continue
		}
		if err := os.Remove(u.nextFile(name)); err != nil {
			return err
		}
		delete(u.next.files, name)
	}
	// All that is left in a folder that is not wanted is folders that are not.
	have := map[string]bool{}
	for _, name := range slices.Backward(u.next.dirs) {
		if dirs[name] {
			have[name] = true
		} else if err := os.Remove(u.nextFile(name)); err != nil {
			return err
		}
	}
	for _, name := range order {
		if have[name] {
			continue
		}
		if err := os.Mkdir(u.nextFile(name), 0o755); err != nil {
			return err
		}
	}
	return nil
}

// makeAll opens the entries of those indices, several at a time. After the
// first error no more are begun.
func (u *update) makeAll(indices []int) error {
	var mu sync.Mutex
	done := 0
	g, ctx := errgroup.WithContext(context.Background())
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, i := range indices {
		if ctx.Err() != nil {
			break
		}
		g.Go(func() error {
			if err := u.make(i); err != nil {
				return fmt.Errorf("%s: %w", u.entries[i].Path, err)
			}
			if u.opt.Progress != nil {
				mu.Lock()
				defer mu.Unlock()
				done++
				u.opt.Progress(done, len(indices))
			}
			return nil
		})
	}
	return g.Wait()
}

// make opens one entry and puts it into next/: as a link to the file that
// stands where the bytes are the same (so that its time stays), else anew.
func (u *update) make(i int) error {
	e := u.entries[i]
	data, err := readAll(u.src, e.Path)
	if err != nil {
		return err
	}
	r := Record{Entry: e, Size: int64(len(data)), Sum: sha256.Sum256(data)}
	var info fs.FileInfo
	if u.stands(r, data) {
		info, err = u.keep(e.Path)
	} else {
		u.fresh[i] = true
		info, err = u.write(e.Path, data)
	}
	if err != nil {
		return err
	}
	r.ModTime = info.ModTime().UnixNano()
	u.records[i] = r
	return nil
}

// stands tells whether out has the file with these bytes. A manifest that is
// trusted knows; otherwise the file itself is asked.
func (u *update) stands(r Record, data []byte) bool {
	if u.trusted {
		old, ok := u.current[r.Path]
		return ok && old.Size == r.Size && old.Sum == r.Sum
	}
	info, ok := u.standing.files[r.Path]
	if !ok || !info.Mode().IsRegular() || info.Size() != r.Size {
		return false
	}
	old, err := os.ReadFile(u.outFile(r.Path))
	return err == nil && bytes.Equal(old, data) // what cannot be read is made anew
}

// keep makes next/ have the same file as out.
func (u *update) keep(name string) (fs.FileInfo, error) {
	info := u.standing.files[name]
	if old, ok := u.next.files[name]; ok {
		// The one test by which a file of next/ is believed.
		if os.SameFile(old, info) {
			return info, nil
		}
		if err := os.Remove(u.nextFile(name)); err != nil {
			return nil, err
		}
	}
	if os.Link(u.outFile(name), u.nextFile(name)) == nil {
		return info, nil
	}
	return u.copy(name, info)
}

// copy stands in for a link where the file system has none, or no more of them.
func (u *update) copy(name string, info fs.FileInfo) (fs.FileInfo, error) {
	data, err := os.ReadFile(u.outFile(name))
	if err != nil {
		return nil, err
	}
	if err := create(u.nextFile(name), data); err != nil {
		return nil, err
	}
	if err := os.Chtimes(u.nextFile(name), info.ModTime(), info.ModTime()); err != nil {
		return nil, err
	}
	return os.Lstat(u.nextFile(name))
}

// write puts a new file into next/, never into one that is there: that may be
// a file of the site that is being read.
func (u *update) write(name string, data []byte) (fs.FileInfo, error) {
	if _, ok := u.next.files[name]; ok {
		if err := os.Remove(u.nextFile(name)); err != nil {
			return nil, err
		}
	}
	if err := create(u.nextFile(name), data); err != nil {
		return nil, err
	}
	// Asked after it is closed: network file systems set the time then.
	return os.Lstat(u.nextFile(name))
}

func (u *update) outFile(name string) string { return filepath.Join(u.out, filepath.FromSlash(name)) }

func (u *update) nextFile(name string) string {
	return filepath.Join(u.at(nextName), filepath.FromSlash(name))
}

func (u *update) result() Result {
	res := Result{Opened: u.opened, Exchanged: true}
	for i, fresh := range u.fresh {
		if fresh {
			res.Written++
			res.Bytes += u.records[i].Size
		} else {
			res.Unchanged++
		}
	}
	for name := range u.standing.files {
		if !u.wants(name) {
			res.Removed++
		}
	}
	res.Removed -= len(u.placeholders())
	return res
}

// readAll makes one file of the tree. A panic in its making is an error like
// any other: it is raised in a goroutine that no caller can watch over.
func readAll(src Source, name string) (data []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			data, err = nil, fmt.Errorf("the program failed: %v", r)
		}
	}()
	f, err := src.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("is a folder, not a file")
	}
	var b bytes.Buffer
	if size := info.Size(); size > 0 && size < 1<<28 {
		b.Grow(int(size) + bytes.MinRead) // room for the read that finds the end
	}
	_, err = io.Copy(&b, f)
	return b.Bytes(), err
}
