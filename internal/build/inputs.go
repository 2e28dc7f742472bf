package build

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"outturn/internal/archive/snapshot"
	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/publish"
	"outturn/internal/theme"
	"outturn/themes"
)

// NoTheme is the error for a site whose theme is nowhere.
type NoTheme struct{ Name string }

func (e *NoTheme) Error() string {
	return fmt.Sprintf("there is no theme %q: neither themes/%s in the site nor one of that name in the program, which has civic", e.Name, e.Name)
}

// Open reads a site's texts, settings and theme.
func Open(dir fs.FS, opt edition.Options, problems *diag.List) (*edition.Inputs, error) {
	return open(dir, opt, new(commentary.Reader), problems)
}

// open is Open with texts that were read before.
func open(dir fs.FS, opt edition.Options, texts *commentary.Reader, problems *diag.List) (*edition.Inputs, error) {
	content := texts.Load(dir, edition.DataFolders(dir), func(string) string { return "" }, problems)
	linked(dir, problems)
	themeDir, err := dressing(dir, content.Site, problems)
	if err != nil {
		return nil, err
	}
	th := theme.Load(themeDir, content.Site.Theme, content.Site.Language, problems)
	return edition.Gather(dir, content, th, opt, problems), nil
}

// linked tells of folders of content/ that are links: they are not followed, and
// what is then told of a month without its texts would not say why. Where nothing
// is wrong there is none.
func linked(dir fs.FS, problems *diag.List) {
	if len(problems.All()) == 0 {
		return
	}
	_ = fs.WalkDir(dir, "content", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // what cannot be read is told where it is read
		}
		if entry.Type()&fs.ModeSymlink != 0 && !follows(name) {
			if info, err := fs.Stat(dir, name); err == nil && info.IsDir() {
				problems.Errorf(diag.Place{File: name}, "stray-file", "this is a link to a folder, and a link in content/ is not followed").Hint = "put the folder itself here"
			}
		}
		if name == snapshot.Root {
			return fs.SkipDir
		}
		return nil
	})
}

// follows reports whether a link of that name to a folder is read as the folder.
func follows(name string) bool {
	switch dir := path.Dir(name); dir {
	case "data", "themes":
		return true // a scorecard or a theme may stand elsewhere
	}
	return name == snapshot.Root // all of the archive may; a snapshot that is a link is none (snapshot.List)
}

// dressing is the theme that the settings name. One that is nowhere is told, and
// civic taken, by which the rest can be looked at.
func dressing(dir fs.FS, site commentary.Site, problems *diag.List) (fs.FS, error) {
	found, err := themeOf(dir, site.Theme)
	var none *NoTheme
	if errors.As(err, &none) {
		problems.Errorf(site.ThemeAt, "bad-key", "%v", err).Hint = "put the theme into themes/" + none.Name + ", or write theme: civic"
		return themeOf(themes.FS, "civic")
	}
	return found, err
}

// themeOf is the site's own theme, else the one in the program.
func themeOf(dir fs.FS, name string) (fs.FS, error) {
	if info, err := fs.Stat(dir, "themes/"+name); err == nil && info.IsDir() {
		return fs.Sub(dir, "themes/"+name)
	}
	if info, err := fs.Stat(themes.FS, name); err == nil && info.IsDir() {
		return fs.Sub(themes.FS, name)
	}
	return nil, &NoTheme{name}
}

// digests have of every input, by path, a text that differs whenever its bytes do:
// in a build their sum (see survey of what is in the archive), in a Lazy the
// version that Renew was given.
type digests struct {
	files map[string]string
	names []string // sorted
	listing
}

// listing has the files of a site's inputs by path, with what is known of each
// without opening it, and the folders by path with a slash at the end.
type listing map[string]string

// Of a file that is opened a listing knows its name, and whether that is a link: in
// content/ one is not read. Of the last two loading the site tells, where it matters.
const (
	toRead       = ""
	linkToRead   = "link "
	folderDigest = "folder"
	notRead      = "not read"   // a link that leads nowhere or to a folder, or no file at all
	unreadable   = "unreadable" // by who may read it, or by a name that is not UTF-8
)

// survey lists every input. Of what a snapshot holds and no build reads to
// know whether anything changed, a stamp stands for the bytes: who changes one of
// tens of thousands of pages finds out from the next build, which looks at all of
// them.
func survey(dir fs.FS) (listing, error) {
	l := listing{}
	var walk fs.WalkDirFunc
	walk = func(name string, entry fs.DirEntry, err error) error {
		if entry == nil {
			return err
		}
		if err != nil {
			if !inMaking(name + "/") {
				l[name+"/"] = unreadable
			}
			return nil
		}
		if entry.IsDir() {
			if !inMaking(name + "/") {
				l[name+"/"] = folderDigest // a folder with nothing in it may be told of
			}
			return nil
		}
		kind := entry.Type()
		if kind&fs.ModeSymlink != 0 {
			if info, err := fs.Stat(dir, name); err == nil {
				kind = info.Mode().Type()
			}
			if kind.IsDir() && follows(name) {
				return fs.WalkDir(dir, name, walk)
			}
		}
		switch {
		case inMaking(name):
		case kind&(fs.ModeSymlink|fs.ModeDir) != 0 || noFile(kind) != nil:
			l[name] = notRead
		case !digested(name):
			info, err := fs.Stat(dir, name)
			if err != nil {
				l[name] = unreadable
				return nil
			}
			l[name] = stamp(info)
		case entry.Type()&fs.ModeSymlink != 0:
			l[name] = linkToRead
		default:
			l[name] = toRead
		}
		return nil
	}
	for _, root := range []string{"data", "content", "themes"} {
		if _, err := fs.Stat(dir, root); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := fs.WalkDir(dir, root, walk); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// digest reads every input byte for byte: neither times nor sizes are believed,
// but in the archive (survey). What cannot be read is nothing that stops a build by
// itself: who needs it tells, with all else that is wrong.
func digest(dir fs.FS) (digests, error) {
	all, err := survey(dir)
	if err != nil {
		return digests{}, err
	}
	names := slices.Sorted(maps.Keys(all))
	sums := make([]string, len(names))
	var g errgroup.Group
	var begun atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			room := make([]byte, 128<<10)
			for {
				i := int(begun.Add(1)) - 1
				if i >= len(names) {
					return nil
				}
				if sums[i] = all[names[i]]; sums[i] != toRead && sums[i] != linkToRead {
					continue
				}
				if sum, err := sumIn(dir, names[i], room); err == nil {
					sums[i] += hex.EncodeToString(sum[:])
				} else {
					sums[i] = unreadable
				}
			}
		})
	}
	if err := g.Wait(); err != nil {
		return digests{}, err
	}
	d := digests{files: make(map[string]string, len(names)), names: names, listing: all}
	for i, name := range names {
		d.files[name] = sums[i]
	}
	return d, nil
}

func sumIn(dir fs.FS, name string, room []byte) (publish.Sum, error) {
	f, err := dir.Open(name)
	if err != nil {
		return publish.Sum{}, err
	}
	defer f.Close()
	return publish.SumFrom(f, room)
}

func (d digests) all() string { return d.of(d.names) }

func (d digests) file(name string) string { return d.files[name] }

// under is the digest of a folder.
func (d digests) under(dir string) string {
	return d.of(d.within(dir))
}

// within are the paths that stand below a folder.
func (d digests) within(dir string) []string {
	from, _ := slices.BinarySearch(d.names, dir+"/")
	to, _ := slices.BinarySearch(d.names, dir+"0") // the character after the slash
	return d.names[from:to]
}

// outside is the digest of a folder without some of the folders in it.
func (d digests) outside(dir string, folders []string) string {
	skip := map[string]bool{}
	for _, f := range folders {
		skip[f] = true
	}
	var names []string
	for _, name := range d.within(dir) {
		if top, _, deeper := strings.Cut(name[len(dir)+1:], "/"); !deeper || !skip[top] {
			names = append(names, name)
		}
	}
	return d.of(names)
}

// texts is the digest of a scorecard's or a plan's folder of content/, and of what
// tells the one from the other.
func (d digests) texts(dir string) string {
	there := func(file string) bool {
		digest, listed := d.files["data/"+path.Base(dir)+"/"+file]
		return listed && digest != notRead
	}
	return combine(d.under(dir), fmt.Sprint(there("indicators.csv"), there("actions.csv")))
}

func (d digests) of(names []string) string {
	h := sha256.New()
	var line []byte
	for _, name := range names {
		line = append(append(line[:0], name...), 0)
		line = append(append(line, d.files[name]...), '\n')
		h.Write(line) // a hash's Write does not fail
	}
	return hex.EncodeToString(h.Sum(nil))
}

// scorecard is the digest of what a scorecard alone is made from.
func (d digests) scorecard(id string) string {
	return combine(d.under("data/"+id), d.under("content/"+id), d.file("data/populations.csv"))
}

// combine makes one digest of several texts; where one ends is part of it.
func combine(parts ...string) string {
	h := sha256.New()
	var line []byte
	for _, p := range parts {
		line = append(strconv.AppendInt(line[:0], int64(len(p)), 10), ' ')
		line = append(append(line, p...), '\n')
		h.Write(line)
	}
	return hex.EncodeToString(h.Sum(nil))
}
