package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// File is one file of a site that is not yet written.
type File struct {
	Path string                 // from the site's root, with slashes
	Make func() ([]byte, error) // fails only by the machine's fault; called once at most, from any goroutine
}

// Update brings an output folder to a new state in parts: what stands under a
// key is kept by Keep, what is new is made by Put, and nothing of it is seen
// before Commit. What was neither kept nor put is gone then.
//
// Keep and Put may be called from several goroutines.
type Update struct {
	folder
	version  string   // of the program
	standing listing  // what out holds
	manifest Manifest // of out
	trusted  bool     // manifest describes what stands
	release  func()

	current map[string]Record   // manifest's, by path; empty where not trusted
	byKey   map[string][]Record // manifest's, by key; empty where keys cannot be compared

	mu      sync.Mutex
	next    listing         // what next/ held; nil files before it is prepared
	folders map[string]bool // of next/, known to be there
	records []Record        // as they now stand in next/
	fresh   map[string]bool // paths that have other bytes than before
	opened  int
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
	if !u.trusted || u.manifest.Version != u.version {
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
	standing, err := survey(f.out)
	if err != nil {
		return nil, err
	}
	u := &Update{folder: f, version: version, standing: standing, fresh: map[string]bool{}}
	if u.manifest, u.trusted, err = f.believe(manifestName, standing); err != nil {
		return nil, err
	}
	if !u.trusted && f.strange(standing) {
		return nil, &Refusal{f.name, whyNotOurs}
	}
	u.current = make(map[string]Record, len(u.manifest.Entries))
	u.byKey = map[string][]Record{}
	for _, r := range u.manifest.Entries {
		u.current[r.Path] = r
		if u.trusted && u.manifest.Version == version {
			u.byKey[r.Key] = append(u.byKey[r.Key], r)
		}
	}
	return u, nil
}

// Keep keeps every file that stands under a key. It is false where none does,
// or where keys cannot be compared: then its files are to be Put.
func (u *Update) Keep(key string) (bool, error) {
	records := u.byKey[key]
	return len(records) > 0, u.keepAll(records)
}

// keepAll takes files of the manifest over into next/. A file that next/ has
// already costs no call of the system.
func (u *Update) keepAll(records []Record) error {
	if err := u.Prepare(); err != nil {
		return err
	}
	var missing []Record
	u.mu.Lock()
	for _, r := range records {
		info := u.standing.files[r.Path]
		old, held := u.next.files[r.Path]
		if !held || !os.SameFile(old, info) {
			missing = append(missing, r)
			continue
		}
		delete(u.next.files, r.Path)
		r.ModTime = info.ModTime().UnixNano()
		u.records = append(u.records, r)
	}
	u.mu.Unlock()
	for _, r := range missing {
		if err := u.folderOf(r.Path); err != nil {
			return err
		}
		info, err := u.keep(r.Path)
		if err != nil {
			return err
		}
		r.ModTime = info.ModTime().UnixNano()
		u.mu.Lock()
		u.records = append(u.records, r)
		u.mu.Unlock()
	}
	return nil
}

// Put makes the files of a part, several at a time; after the first error no
// more are begun. They stand under the key from then on.
func (u *Update) Put(key string, files []File) error {
	list := make([]keyed, len(files))
	for i, f := range files {
		list[i] = keyed{f, key}
	}
	return u.putAll(list)
}

// keyed is a file with its key.
type keyed struct {
	File
	key string
}

func (u *Update) putAll(files []keyed) error {
	if err := u.Prepare(); err != nil {
		return err
	}
	// A worker for each processor, not a goroutine for each file: every new one
	// would have to grow its stack again.
	g, ctx := errgroup.WithContext(context.Background())
	var begun atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		g.Go(func() error {
			for ctx.Err() == nil {
				i := int(begun.Add(1)) - 1
				if i >= len(files) {
					break
				}
				if err := u.put(files[i]); err != nil {
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
func (u *Update) put(f keyed) error {
	if err := vetPath(f.Path); err != nil {
		return err
	}
	data, err := made(f.File)
	if err != nil {
		return err
	}
	r := Record{Entry: Entry{Path: f.Path, Key: f.key}, Size: int64(len(data)), Sum: sha256.Sum256(data)}
	if err := u.folderOf(f.Path); err != nil {
		return err
	}
	var info fs.FileInfo
	stands := u.stands(r, data)
	if stands {
		info, err = u.keep(f.Path)
	} else {
		info, err = u.write(f.Path, data)
	}
	if err != nil {
		return err
	}
	r.ModTime = info.ModTime().UnixNano()
	u.mu.Lock()
	defer u.mu.Unlock()
	u.opened++
	if !stands {
		u.fresh[f.Path] = true
	}
	u.records = append(u.records, r)
	return nil
}

// Prepare looks at what is left of the site before. Keep and Put do so
// themselves: it is for who has other work to do meanwhile.
func (u *Update) Prepare() error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.folders != nil {
		return nil
	}
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
	u.folders = map[string]bool{".": true}
	for _, name := range u.next.dirs {
		u.folders[name] = true
	}
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
		maps.DeleteFunc(u.next.files, func(p string, _ fs.FileInfo) bool { return strings.HasPrefix(p, name+"/") })
	}
	var missing []string
	for p := path.Dir(name); !u.folders[p]; p = path.Dir(p) {
		missing = append(missing, p)
	}
	for _, p := range slices.Backward(missing) {
		if _, blocked := u.next.files[p]; blocked {
			if err := os.Remove(u.nextFile(p)); err != nil {
				return err
			}
			delete(u.next.files, p)
		}
		if err := os.Mkdir(u.nextFile(p), 0o755); err != nil {
			return err
		}
		u.folders[p] = true
	}
	return nil
}

// held takes a name off what next/ held when it was prepared: what is on that
// list in the end is left over.
func (u *Update) held(name string) (fs.FileInfo, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	info, ok := u.next.files[name]
	delete(u.next.files, name)
	return info, ok
}

// placeholders are those of out that are not the site's own.
func (u *Update) placeholders() []string {
	var names []string
	for _, name := range []string{".gitignore", ".gitkeep"} {
		info, ok := u.standing.files[name]
		if ok && info.Mode().IsRegular() && !u.wants(name) {
			names = append(names, name)
		}
	}
	return names
}

// wants reports whether the new site has a file; its records are sorted.
func (u *Update) wants(name string) bool {
	_, ok := slices.BinarySearchFunc(u.records, name, func(r Record, name string) int {
		return strings.Compare(r.Path, name)
	})
	return ok
}

// clear removes from next/ what the new site does not have.
func (u *Update) clear() error {
	folders := map[string]bool{".": true}
	for _, r := range u.records {
		for p := path.Dir(r.Path); !folders[p]; p = path.Dir(p) {
			folders[p] = true
		}
	}
	for _, name := range u.placeholders() {
		if _, err := u.keep(name); err != nil {
			return err
		}
	}
	for name := range u.next.files {
		if err := os.Remove(u.nextFile(name)); err != nil {
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
func (u *Update) stands(r Record, data []byte) bool {
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
func (u *Update) keep(name string) (fs.FileInfo, error) {
	info := u.standing.files[name]
	if old, ok := u.held(name); ok {
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
func (u *Update) copy(name string, info fs.FileInfo) (fs.FileInfo, error) {
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
func (u *Update) write(name string, data []byte) (fs.FileInfo, error) {
	if _, ok := u.held(name); ok {
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

func (u *Update) outFile(name string) string { return filepath.Join(u.out, filepath.FromSlash(name)) }

func (u *Update) nextFile(name string) string {
	return filepath.Join(u.at(nextName), filepath.FromSlash(name))
}

func (u *Update) result() Result {
	res := Result{Opened: u.opened, Exchanged: true}
	for _, r := range u.records {
		if u.fresh[r.Path] {
			res.Written++
			res.Bytes += r.Size
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

// made makes one file. A panic in its making is an error like any other: it is
// raised in a goroutine that no caller can watch over.
func made(f File) (data []byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			data, err = nil, fmt.Errorf("the program failed: %v", r)
		}
	}()
	return f.Make()
}
