package preview

import (
	"crypto/sha256"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"outturn/internal/build"
)

// roots are the folders of a site that it is made from.
var roots = []string{"data", "content", "themes"}

// tree is what the site's folder held when it was last looked at: the truth of
// the preview, of which a watcher's events are only the occasion. It is for one
// goroutine.
type tree struct {
	root    string
	site    fs.FS
	folders map[string]*folder // by slash path from the site's folder
	links   map[string]string  // the real folder of what a symbolic link leads to: the folder of the link
	rounds  map[string]int     // folders of what snapshots keep that changed: the version of all that is in one
	count   int                // of versions given so far
	seen    bool               // everything was looked at once
}

// folder is what one folder held.
type folder struct {
	folders map[string]bool
	files   map[string]*file
	left    map[string]bool // passing names at the last look when all was quiet
}

// file is one file as it was last seen. Its version grows when its content
// changes, or may have changed and changed back since: what was read meanwhile
// may be of neither look. What it held is not kept.
type file struct {
	info    fs.FileInfo
	version int
	sum     [sha256.Size]byte
	summed  bool
	// young is for how many looks more the content is read although size, time
	// and number are as they were: a time may be too coarse to tell two writes
	// apart (2 s on FAT, 4 ms on ext4).
	young int
}

// changes is what a look found.
type changes struct {
	files   []string // changed, new or gone
	folders bool     // a folder is new or gone
	// doubtful is true where a file has gone or is empty of a sudden: many
	// editors save by taking the old one away first, and write in pieces.
	doubtful bool
}

func (c *changes) any() bool { return len(c.files) > 0 || c.folders }

func newTree(root string) *tree {
	return &tree{root: root, site: build.Folder(root), folders: map[string]*folder{}, links: map[string]string{}, rounds: map[string]int{}}
}

// versions tells of each file a text that differs whenever its content does. The
// folders stand among them, with a slash at the end.
func (t *tree) versions() map[string]string {
	all := map[string]string{}
	for dir, f := range t.folders {
		all[dir+"/"] = ""
		for name, file := range f.files {
			all[dir+"/"+name] = strconv.Itoa(file.version)
		}
	}
	for dir, version := range t.rounds {
		all[dir+"/"] = strconv.Itoa(version)
	}
	return all
}

// changed takes in which folders of what snapshots keep are not as they were.
func (t *tree) changed(dirs []string) changes {
	for _, dir := range dirs {
		t.count++
		t.rounds[dir] = t.count
	}
	return changes{files: dirs}
}

// scope is what a look goes into.
type scope struct {
	deep  bool            // into every folder, not new ones alone
	named map[string]bool // files to be read although they look as they were
	young int             // for how many looks a changed file stays young
	still bool            // all has been quiet: passing names count, new or gone
}

// look looks at everything.
func (t *tree) look(young int, still bool) changes {
	var c changes
	for _, dir := range roots {
		t.folder(dir, scope{deep: true, young: young, still: still}, &c)
	}
	t.seen = true
	return c
}

// lookAt looks at some folders alone, and at what is new below them. A file
// that is named is read although it looks as it was.
func (t *tree) lookAt(dirs, named map[string]bool, young int, still bool) changes {
	var c changes
	for dir := range dirs {
		if dir == "." {
			for _, root := range roots {
				t.folder(root, scope{deep: t.folders[root] == nil, named: named, young: young, still: still}, &c)
			}
		} else if t.folders[dir] != nil {
			t.folder(dir, scope{named: named, young: young, still: still}, &c)
		}
	}
	return c
}

// folder compares a folder with what it held.
func (t *tree) folder(dir string, s scope, c *changes) {
	entries, err := os.ReadDir(t.path(dir))
	if err != nil {
		t.forget(dir, c)
		return
	}
	was := t.folders[dir]
	if was == nil {
		was = &folder{folders: map[string]bool{}, files: map[string]*file{}}
		t.folders[dir] = was
		c.folders, s.deep = true, true
	}
	folders, files, left := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, entry := range entries {
		name := entry.Name()
		if passing(name) {
			left[name] = true
			if t.seen && (!s.still || !was.left[name]) {
				continue
			}
		}
		full := dir + "/" + name
		if strings.HasPrefix(name, ".") || keeps(full) {
			continue // rounds go over what a snapshot keeps
		}
		info, linked := t.stat(full, entry)
		switch {
		case info == nil: // a link to nothing, or gone since it was listed
		case info.IsDir() && (!linked || dir == "data" || dir == "themes"):
			folders[name] = true
			if s.deep || !was.folders[name] {
				was.folders[name] = true
				t.folder(full, s, c)
			}
		case !info.IsDir(): // or no file at all, which reading the site tells of
			files[name] = true
			if f := was.files[name]; f != nil {
				t.compare(full, f, info, s, c)
			} else {
				was.files[name] = t.file(full, info, s)
				c.files = append(c.files, full)
			}
		}
	}
	if s.still {
		was.left = left
	}
	for name := range was.folders {
		if !folders[name] && (s.still || !passing(name)) {
			delete(was.folders, name)
			t.forget(dir+"/"+name, c)
		}
	}
	for name := range was.files {
		if !files[name] && (s.still || !passing(name)) {
			delete(was.files, name)
			c.files = append(c.files, dir+"/"+name)
			c.doubtful = c.doubtful || !passing(name)
		}
	}
}

// stat follows a symbolic link: what it leads to may change as well.
func (t *tree) stat(name string, entry fs.DirEntry) (info fs.FileInfo, linked bool) {
	if entry.Type()&fs.ModeSymlink == 0 {
		info, err := entry.Info()
		if err != nil {
			return nil, false
		}
		return info, false
	}
	info, err := os.Stat(t.path(name))
	if err != nil {
		return nil, true
	}
	if real, err := filepath.EvalSymlinks(t.path(name)); err == nil {
		t.links[filepath.Dir(real)] = path.Dir(name)
	}
	return info, true
}

// file is one that is seen for the first time. At the first look of all none is
// read: nothing has been made of them yet.
func (t *tree) file(name string, info fs.FileInfo, s scope) *file {
	t.count++
	f := &file{info: info, version: t.count, young: s.young}
	if t.seen {
		f.read(t.site, name)
	}
	return f
}

// read keeps the sum of the content, and tells whether it is another one. What
// was never read may be another.
func (f *file) read(site fs.FS, name string) (changed, ok bool) {
	content, err := fs.ReadFile(site, name)
	if err != nil {
		f.summed = false
		return true, false
	}
	last, summed := f.sum, f.summed
	f.sum, f.summed = sha256.Sum256(content), true
	return !summed || f.sum != last, true
}

// compare compares a file with what it was.
func (t *tree) compare(name string, f *file, info fs.FileInfo, s scope, c *changes) {
	same := f.info.Size() == info.Size() && f.info.ModTime().Equal(info.ModTime()) && os.SameFile(f.info, info)
	if same && !s.named[name] && (f.young == 0 || !f.summed) {
		return
	}
	f.young--
	if !same {
		f.young = s.young
	}
	f.young = max(0, f.young)
	emptied := info.Size() == 0 && f.info.Size() > 0
	f.info = info
	changed, ok := f.read(t.site, name)
	if !changed && same {
		return
	}
	t.count++
	f.version = t.count
	c.files = append(c.files, name)
	c.doubtful = c.doubtful || emptied || !ok // locked or gone since it was listed
}

// forget lets a folder go that is no longer there.
func (t *tree) forget(dir string, c *changes) {
	was := t.folders[dir]
	if was == nil {
		return
	}
	delete(t.folders, dir)
	c.folders, c.doubtful = true, true
	for name := range was.files {
		c.files = append(c.files, dir+"/"+name)
	}
	for name := range was.folders {
		t.forget(dir+"/"+name, c)
	}
}

func (t *tree) path(name string) string { return filepath.Join(t.root, filepath.FromSlash(name)) }

// passing tells names that editors and browsers use for a moment. What bears one
// at two looks of a quiet folder has been left there, and is a stray file.
func passing(name string) bool {
	return strings.HasSuffix(name, "~") || name == "4913" ||
		strings.HasSuffix(name, ".swp") || strings.HasSuffix(name, ".tmp") || strings.HasSuffix(name, ".crdownload")
}
