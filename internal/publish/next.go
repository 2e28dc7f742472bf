package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

// File is one file of a site that is not yet written.
type File struct {
	Path string // from the site's root, with slashes

	// Write adds the file's bytes to what the buffer holds, which is not kept. It
	// fails only by the machine's fault, and is called once at most, from any goroutine.
	Write func(*bytes.Buffer) error
}

// Make makes the file in memory of its own.
func (f File) Make() ([]byte, error) {
	var b bytes.Buffer
	err := f.Write(&b)
	return b.Bytes(), err
}

// Update brings an output folder to a new state in parts: what stands under a
// key is kept by Keep, what is new is made by Put, and nothing of it is seen
// before Commit. What was neither kept nor put is gone then.
//
// Keep and Put may be called from several goroutines.
type Update struct {
	folder
	version      string   // of the program
	standing     listing  // what out holds, without the placeholders
	placeholders []found  // those of out that are not the site's own
	manifest     Manifest // of out; where it is trusted its files are those of standing, each at the same place
	trusted      bool     // manifest describes what stands
	shut         bool     // some of what stands cannot be read by those who should: no file of it is kept
	release      func()

	preparing sync.Mutex
	prepared  bool
	byKey     map[string][]int // places in the manifest, by key; empty where keys cannot be compared
	next      listing          // what next/ held when it was prepared
	linked    []int            // of each standing file, where next has the same one under its name, or -1

	rooms   sync.Pool // *bytes.Buffer that files are made in
	mu      sync.Mutex
	taken   []bool          // of next, what is not left over from an earlier site
	folders map[string]bool // of next/, known to be there
	kept    []bool          // of the manifest's files
	anew    []Record        // the others that stand in next/
	opened  int             // of those that were put
	written int             // of them, those that have other bytes than before
	bytes   int64           // of those
}

// Begin settles what an earlier run left in the folder out and looks at what
// stands there. version is the program's: keys are compared only with those of
// the same one; after another every file is made, and written where its bytes
// differ. A folder that is not ours to write in is a *Refusal. Each Begin is
// ended by Commit or Abandon; until then it holds the folder's lock.
func Begin(out, version string) (*Update, error) {
	f, err := locate(out)
	if err != nil {
		return nil, err
	}
	if err := f.vet(); err != nil {
		return nil, err
	}
	release, err := f.hold(writingName)
	if err != nil {
		return nil, err
	}
	u, err := f.plan(version)
	if err != nil {
		release()
		return nil, err
	}
	u.release = release
	return u, nil
}

// Abandon leaves the output folder as it was. After Commit it does nothing.
func (u *Update) Abandon() {
	if u.release != nil {
		u.release()
		u.release = nil
	}
}

// Standing is what the caller of the last Commit kept with the site that
// stands; nil where there is none, or where it was changed behind our back.
func (u *Update) Standing() []byte {
	if !u.comparable() {
		return nil
	}
	return u.manifest.State
}

// plan settles what an earlier run left and looks at what stands.
func (f folder) plan(version string) (*Update, error) {
	if err := f.settle(); err != nil {
		return nil, fmt.Errorf("mend what an interrupted build of %s left: %w", f.name, err)
	}
	// Again: settling may have found that the folder is not ours after all.
	if err := f.vet(); err != nil {
		return nil, err
	}
	standing, err := survey(f.out, look)
	if err != nil {
		return nil, err
	}
	u := &Update{folder: f, version: version}
	if u.manifest, u.trusted, err = f.believe(manifestName, standing); err != nil {
		return nil, err
	}
	if u.manifest.shas != nil { // its sums are not ours: the files are asked
		u.manifest, u.trusted = Manifest{}, false
	}
	if !u.trusted && f.strange(standing) {
		return nil, &Refusal{f.name, whyNotOurs}
	}
	if u.shut, err = f.closed(standing); err != nil {
		return nil, err
	}
	if u.shut {
		u.manifest, u.trusted = Manifest{}, false
	}
	u.standing, u.placeholders = standing.setApart(u.manifest)
	u.kept = make([]bool, len(u.manifest.Entries))
	return u, nil
}

// comparable reports whether the keys of what stands can be compared with new ones.
func (u *Update) comparable() bool { return u.trusted && u.manifest.Version == u.version }

// Keep keeps every file that stands under a key. It is false where none does,
// or where keys cannot be compared: then its files are to be Put. A file that next/
// has already costs no call of the system.
func (u *Update) Keep(key string) (bool, error) {
	if err := u.Prepare(); err != nil {
		return false, err
	}
	var missing []int
	u.mu.Lock()
	for _, i := range u.byKey[key] {
		if at := u.linked[i]; at >= 0 {
			u.taken[at], u.kept[i] = true, true
		} else {
			missing = append(missing, i)
		}
	}
	u.mu.Unlock()
	for _, i := range missing {
		r := u.manifest.Entries[i]
		if err := u.folderOf(r.Path); err != nil {
			return false, err
		}
		var err error
		if r.ModTime, err = u.keep(u.standing.files[i]); err != nil {
			return false, err
		}
		u.mu.Lock()
		u.anew = append(u.anew, r)
		u.mu.Unlock()
	}
	return len(u.byKey[key]) > 0, nil
}

// Put makes the files of a part, several at a time; after the first error no
// more are begun. They stand under the key from then on.
func (u *Update) Put(key string, files []File) error {
	if err := u.Prepare(); err != nil {
		return err
	}
	// A worker for each processor, not a goroutine for each file: every new one
	// would have to grow its stack again.
	g, ctx := errgroup.WithContext(context.Background())
	var begun atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		g.Go(func() error {
			made, _ := u.rooms.Get().(*bytes.Buffer) // of one file after the other
			if made == nil {
				made = new(bytes.Buffer)
			}
			defer u.rooms.Put(made)
			for ctx.Err() == nil {
				i := int(begun.Add(1)) - 1
				if i >= len(files) {
					break
				}
				made.Reset()
				if err := u.put(key, files[i], made); err != nil {
					return fmt.Errorf("%s: %w", files[i].Path, err)
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// put makes one file and brings it into next/: as a link to the file that
// stands where the bytes are the same (so that its time stays), else anew.
func (u *Update) put(key string, f File, made *bytes.Buffer) error {
	if err := vetPath(f.Path); err != nil {
		return err
	}
	if err := f.into(made); err != nil {
		return err
	}
	data := made.Bytes()
	r := Record{Path: f.Path, Key: key, Size: int64(len(data)), Sum: SumOf(data)}
	if err := u.folderOf(f.Path); err != nil {
		return err
	}
	old, stands := u.stands(r, data)
	var err error
	if stands {
		r.ModTime, err = u.keep(old)
	} else {
		r.ModTime, err = u.write(f.Path, data)
	}
	if err != nil {
		return err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.opened++
	if !stands {
		u.written++
		u.bytes += r.Size
	}
	u.anew = append(u.anew, r)
	return nil
}

// Prepare looks at what is left of the site before. Keep and Put do so
// themselves: it is for who has other work to do meanwhile.
func (u *Update) Prepare() error {
	u.preparing.Lock()
	defer u.preparing.Unlock()
	if u.prepared {
		return nil
	}
	next := u.at(nextName)
	info, err := os.Lstat(next)
	switch {
	case err == nil && !info.IsDir():
		err = os.Remove(next)
	case err == nil && info.Mode()&0o700 != 0o700: // it had the mode of a folder that could not be exchanged
		err = os.Chmod(next, info.Mode()|0o700)
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	if err := errors.Join(err, os.MkdirAll(next, 0o755)); err != nil {
		return err
	}
	if u.next, err = survey(next, glance); err != nil {
		return err
	}
	if closed, err := u.closed(u.next); err != nil {
		return err
	} else if closed {
		u.next = listing{}
		if err := errors.Join(os.RemoveAll(next), os.Mkdir(next, 0o755)); err != nil {
			return err
		}
	}
	u.taken = make([]bool, len(u.next.files))
	u.folders = map[string]bool{".": true}
	for _, name := range u.next.dirs {
		u.folders[name] = true
	}
	// Both are in the order of paths.
	u.linked = make([]int, len(u.standing.files))
	at := 0
	for i, f := range u.standing.files {
		for at < len(u.next.files) && u.next.files[at].path < f.path {
			at++
		}
		u.linked[i] = -1
		if at < len(u.next.files) && u.next.files[at].path == f.path && u.next.files[at].is.same(f.is) {
			u.linked[i] = at // the one test by which a file of next/ is believed
		}
	}
	u.byKey = map[string][]int{}
	if u.comparable() {
		all := u.manifest.Entries
		for from, to := 0, 0; from < len(all); from = to {
			places := u.byKey[all[from].Key] // of a part many follow one another
			for ; to < len(all) && all[to].Key == all[from].Key; to++ {
				places = append(places, to)
			}
			u.byKey[all[from].Key] = places
		}
	}
	u.prepared = true
	return nil
}

// folderOf makes the folder in next/ that a file stands in, and clears the
// file's own name of a folder that an earlier site had there.
func (u *Update) folderOf(name string) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.folders[name] {
		if err := os.RemoveAll(u.nextFile(name)); err != nil {
			return err
		}
		maps.DeleteFunc(u.folders, func(p string, _ bool) bool { return p == name || strings.HasPrefix(p, name+"/") })
		for i, to := u.next.within(name); i < to; i++ {
			u.taken[i] = true
		}
	}
	var missing []string
	for p := dirOf(name); !u.folders[p]; p = dirOf(p) {
		missing = append(missing, p)
	}
	for _, p := range slices.Backward(missing) {
		if u.takes(p) {
			if err := os.Remove(u.nextFile(p)); err != nil {
				return err
			}
		}
		if err := os.Mkdir(u.nextFile(p), 0o755); err != nil {
			return err
		}
		u.folders[p] = true
	}
	return nil
}

// takes takes a name off what next/ held when it was prepared, and reports
// whether it was there: what is not taken in the end is left over. It is called
// with mu held.
func (u *Update) takes(name string) bool {
	at, held := u.next.find(name)
	held = held && !u.taken[at]
	if held {
		u.taken[at] = true
	}
	return held
}

// free makes a name in next/ one that may be made.
func (u *Update) free(name string) error {
	u.mu.Lock()
	held := u.takes(name)
	u.mu.Unlock()
	if !held {
		return nil
	}
	return os.Remove(u.nextFile(name))
}

// records are those of the new site, in the order of paths.
func (u *Update) records() []Record {
	slices.SortFunc(u.anew, func(a, b Record) int { return strings.Compare(a.Path, b.Path) })
	all, anew := make([]Record, 0, len(u.manifest.Entries)+len(u.anew)), u.anew
	for i, r := range u.manifest.Entries {
		if !u.kept[i] {
			continue
		}
		for len(anew) > 0 && anew[0].Path < r.Path {
			all, anew = append(all, anew[0]), anew[1:]
		}
		all = append(all, r)
	}
	return append(all, anew...)
}

// clear removes from next/ what the new site does not have.
func (u *Update) clear(records []Record) error {
	folders := map[string]bool{".": true}
	for i, r := range records {
		if i > 0 && dirOf(r.Path) == dirOf(records[i-1].Path) {
			continue
		}
		for p := dirOf(r.Path); !folders[p]; p = dirOf(p) {
			folders[p] = true
		}
	}
	for _, f := range u.placeholders {
		if _, wanted := findRecord(records, f.path); wanted {
			continue
		}
		if _, err := u.keep(f); err != nil {
			return err
		}
	}
	for i, f := range u.next.files {
		if u.taken[i] {
			continue
		}
		if err := os.Remove(u.nextFile(f.path)); err != nil {
			return err
		}
	}
	// All that is left in a folder that is not wanted is folders that are not.
	var gone []string
	for name := range u.folders {
		if !folders[name] {
			gone = append(gone, name)
		}
	}
	slices.Sort(gone)
	for _, name := range slices.Backward(gone) {
		if err := os.Remove(u.nextFile(name)); err != nil {
			return err
		}
	}
	return nil
}

// stands tells whether out has the file with these bytes. A manifest that is
// trusted knows; otherwise the file itself is asked.
func (u *Update) stands(r Record, data []byte) (found, bool) {
	i, ok := u.standing.find(r.Path)
	if !ok {
		return found{}, false
	}
	f := u.standing.files[i]
	if u.shut {
		return f, false
	}
	if u.trusted {
		old := u.manifest.Entries[i]
		return f, old.Size == r.Size && old.Sum == r.Sum
	}
	if !f.regular || f.size != r.Size {
		return f, false
	}
	old, err := os.ReadFile(u.outFile(r.Path))
	return f, err == nil && bytes.Equal(old, data) // what cannot be read is made anew
}

// keep makes next/ have the same file as out, and gives its time.
func (u *Update) keep(f found) (modTime int64, err error) {
	u.mu.Lock()
	at, held := u.next.find(f.path)
	same := held && !u.taken[at] && u.next.files[at].is.same(f.is)
	if same {
		u.taken[at] = true
	}
	u.mu.Unlock()
	if same {
		return f.modTime, nil
	}
	if err := u.free(f.path); err != nil {
		return 0, err
	}
	if os.Link(u.outFile(f.path), u.nextFile(f.path)) == nil {
		return f.modTime, nil
	}
	return u.copy(f)
}

// copy stands in for a link where the file system has none, or no more of them.
func (u *Update) copy(f found) (modTime int64, err error) {
	data, err := os.ReadFile(u.outFile(f.path))
	if err != nil {
		return 0, err
	}
	if err := create(u.nextFile(f.path), data); err != nil {
		return 0, err
	}
	when := time.Unix(0, f.modTime)
	if err := os.Chtimes(u.nextFile(f.path), when, when); err != nil {
		return 0, err
	}
	return u.timeOf(f.path)
}

// write puts a new file into next/, never into one that is there: that may be
// a file of the site that is being read.
func (u *Update) write(name string, data []byte) (modTime int64, err error) {
	if err := u.free(name); err != nil {
		return 0, err
	}
	if err := create(u.nextFile(name), data); err != nil {
		return 0, err
	}
	return u.timeOf(name)
}

// timeOf asks for a new file's time after it is closed: network file systems
// set it then.
func (u *Update) timeOf(name string) (int64, error) {
	info, err := os.Lstat(u.nextFile(name))
	if err != nil {
		return 0, err
	}
	return info.ModTime().UnixNano(), nil
}

func (u *Update) outFile(name string) string { return filepath.Join(u.out, filepath.FromSlash(name)) }

// nextFile takes a path as it was vetted: to clean it again would cost as much as to close the file.
func (u *Update) nextFile(name string) string {
	const slash = string(filepath.Separator)
	return u.state + slash + nextName + slash + filepath.FromSlash(name)
}

// result counts what was done to come to the records.
func (u *Update) result(records []Record) Result {
	res := Result{Written: u.written, Unchanged: len(records) - u.written, Bytes: u.bytes, Opened: u.opened, Exchanged: true}
	at := 0
	for _, f := range u.standing.files {
		for at < len(records) && records[at].Path < f.path {
			at++
		}
		if at == len(records) || records[at].Path != f.path {
			res.Removed++
		}
	}
	return res
}

// into makes one file. A panic in its making is an error like any other: it is
// raised in a goroutine that no caller can watch over.
func (f File) into(b *bytes.Buffer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the program failed: %v", r)
		}
	}()
	return f.Write(b)
}
