package deliver

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"outturn/internal/publish"
)

// Folder is a target on this machine.
type Folder struct{ dir string }

// Names in a folder; the package doc says what each is.
const (
	currentName  = "current"
	releasesName = "releases"
	logName      = "releases.json"
	lockName     = "publishing"
	// Folders in releases/ that are no release: one on its way in, one on its way out.
	comingPrefix = ".coming-"
	goingPrefix  = ".going-"
)

func (t Folder) String() string { return filepath.ToSlash(t.dir) }

// Dir is the folder itself.
func (t Folder) Dir() string { return t.dir }

func (t Folder) at(name ...string) string {
	return filepath.Join(append([]string{t.dir}, name...)...)
}

func (t Folder) release(name string) string  { return t.at(releasesName, name) }
func (t Folder) manifest(name string) string { return t.at(releasesName, name+".json") }

// Look implements Target.
func (t Folder) Look(_ context.Context, site *Site, opt Options) (*Delivery, error) {
	if err := t.vet(); err != nil {
		return nil, err
	}
	s, err := t.standing()
	if err != nil {
		return nil, err
	}
	if err := site.sum(); err != nil {
		return nil, err
	}
	d := &Delivery{Plan: compare(site, s.there, opt), target: t, site: site}
	d.Altered = s.altered
	d.public = publicOf(s.there, func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(t.release(s.name), filepath.FromSlash(name)))
	})
	d.guard(s.manifest.Snapshots, snapshots(site.files), opt.Withdrawn)
	d.carry = func(_ context.Context, r Release, progress func(int, int)) (Result, error) {
		return t.carry(site, s, &d.Plan, r, opt, progress)
	}
	return d, nil
}

// vet refuses a folder in which others keep their things.
func (t Folder) vet() error {
	info, err := os.Lstat(t.at(currentName))
	if err == nil && info.Mode()&fs.ModeSymlink == 0 {
		return refuse("choose another folder, or move it away", "%s is there and is no link, so it is not ours to exchange", filepath.ToSlash(t.at(currentName)))
	}
	names, err := os.ReadDir(t.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return t.barred(err)
	}
	strange := ""
	for _, d := range names {
		switch name := d.Name(); {
		case name == logName:
			return nil // ours
		case name == releasesName && d.IsDir():
			// Other programs make a folder of this name and a link current as well.
			other, err := t.othersRelease()
			if err != nil {
				return t.barred(err)
			}
			if other == "" {
				return nil
			}
			strange = cmp.Or(strange, releasesName+"/"+other)
		case strings.HasPrefix(name, "."), name == lockName, name == currentName+nextSuffix:
		case strange == "":
			strange = name
		}
	}
	if strange != "" {
		return refuse("name an empty folder, or one that does not exist yet; the web server's root is then its current/", "%s is not empty and holds no releases of outturn: there is %s", t, strange)
	}
	return nil
}

// barred says what to do where the folder cannot be made, read or written into.
func (t Folder) barred(err error) error {
	return fmt.Errorf("%w\n  mend: let the account that runs outturn make, read and change files in %s, or name a folder where it may", err, t)
}

// othersRelease names what stands in releases/ where nothing there is ours; ""
// where something is, or nothing stands there at all.
func (t Folder) othersRelease() (other string, err error) {
	entries, err := os.ReadDir(t.at(releasesName))
	for _, d := range entries {
		switch name := d.Name(); {
		case ourName(name):
			return "", nil
		case !strings.HasPrefix(name, "."):
			other = cmp.Or(other, name)
		}
	}
	return other, err
}

// releaseName is how a release of ours is called: its time and the start of its
// hash, and a number where two would be called the same.
var releaseName = regexp.MustCompile(`^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{12}(-[0-9]+)?$`)

// ourName reports whether a name in releases/ is one that we gave: that of a release,
// of its manifest, or of what a run that died has left of either.
func ourName(name string) bool {
	return releaseName.MatchString(strings.TrimSuffix(name, ".json")) || remains(name)
}

// remains reports whether a name in releases/ is of what only a run that died leaves.
func remains(name string) bool {
	for _, prefix := range []string{comingPrefix, goingPrefix} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			return releaseName.MatchString(rest)
		}
	}
	rest, ok := strings.CutPrefix(name, ".") // of a manifest, see publish.WriteFile
	release, part, found := strings.Cut(rest, ".json.")
	return ok && found && releaseName.MatchString(release) && strings.HasSuffix(part, ".part")
}

// standing is what current leads to.
type standing struct {
	name     string   // of the release; "" where there is none
	manifest manifest // made from the files themselves where none can be read
	there    map[string]held
	altered  []string
}

func (t Folder) standing() (standing, error) {
	s := standing{there: map[string]held{}}
	var err error
	if s.name, err = t.leads(); err != nil || s.name == "" {
		return s, err
	}
	files, err := t.listing(s.name)
	if err != nil {
		return s, err
	}
	if s.manifest, err = t.record(s.name); err != nil {
		s.manifest = reckon(s.name, files) // lost or damaged: the files themselves say what is public
	}
	for _, f := range s.manifest.Files {
		found, stands := files[f.Path]
		if !stands {
			continue // it is added again
		}
		h := held{sum: f.Sum, ours: true, known: found.regular && found.sum == f.Sum}
		if !h.known {
			s.altered = append(s.altered, f.Path)
		}
		s.there[f.Path] = h
	}
	for path := range files {
		if _, known := s.there[path]; !known {
			s.there[path] = held{}
		}
	}
	return s, nil
}

// leads names the release that current leads to; "" where there is no link.
func (t Folder) leads() (name string, err error) {
	to, err := os.Readlink(t.at(currentName))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read where %s leads: %w", t.at(currentName), err)
	}
	dir, name := filepath.Split(filepath.Clean(to))
	if filepath.Clean(dir) != releasesName || !releaseName.MatchString(name) {
		return "", refuse("remove the link; the next publish makes its own", "%s leads to %s, which is none of our releases", filepath.ToSlash(t.at(currentName)), filepath.ToSlash(to))
	}
	return name, nil
}

// found is a file of a release as it stands on the disk.
type found struct {
	size    int64
	sum     sum
	regular bool // else it is no file of ours, and has no sum
}

// listing reads every file of a release: a byte that changed on the disk has the
// time that the file had. A release that is not there has none.
func (t Folder) listing(name string) (map[string]found, error) {
	root := t.release(name)
	files := map[string]found{}
	var mu sync.Mutex
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && file == root {
			return filepath.SkipAll
		}
		if err != nil || d.IsDir() {
			return err
		}
		g.Go(func() error {
			var f found
			if f.regular = d.Type().IsRegular(); f.regular {
				data, err := os.ReadFile(file)
				if err != nil {
					return err
				}
				f.size, f.sum = int64(len(data)), sha256.Sum256(data)
			}
			mu.Lock()
			defer mu.Unlock()
			files[filepath.ToSlash(file[len(root)+1:])] = f
			return nil
		})
		return nil
	})
	if err := errors.Join(err, g.Wait()); err != nil {
		return nil, t.barred(fmt.Errorf("read the release that is kept as %s: %w", name, err))
	}
	return files, nil
}

// reckon makes a manifest of a release from its files.
func reckon(name string, files map[string]found) manifest {
	m := manifest{Format: manifestFormat, Complete: true, Release: Release{Name: name}}
	var list []file
	for path, f := range files {
		if f.regular {
			m.Files = append(m.Files, entry{Path: path, Size: f.size, Sum: f.sum})
		}
	}
	sortEntries(m.Files)
	for _, e := range m.Files {
		list = append(list, file{path: e.Path, sum: e.Sum})
	}
	m.Release.Digest, m.Release.Files = digest(list), len(list)
	m.Snapshots = snapshots(list)
	return m
}

func (t Folder) carry(site *Site, s standing, p *Plan, r Release, opt Options, progress func(int, int)) (Result, error) {
	unlock, err := t.lock()
	if err != nil {
		return Result{}, err
	}
	defer unlock()
	if now, err := t.leads(); err != nil || now != s.name {
		return Result{}, errors.Join(err, errors.New("another publish has just put a release there: run it again"))
	}
	if err := t.sweep(); err != nil {
		return Result{}, t.barred(err)
	}
	if len(p.Steps)+len(p.Strange) == 0 && s.name != "" && s.manifest.Release.Digest == site.Digest() {
		return Result{Unchanged: p.Unchanged, Release: s.manifest.Release, Fresh: true}, nil
	}
	r.Before = s.name
	r.Name = fmt.Sprintf("%s-%.12s", r.Time.UTC().Format("20060102T150405Z"), r.Digest)
	for n := 2; taken(t.release(r.Name)); n++ {
		r.Name = fmt.Sprintf("%s-%.12s-%d", r.Time.UTC().Format("20060102T150405Z"), r.Digest, n)
	}
	m, err := t.fillRelease(site, s, r, opt.Withdrawn, len(p.Steps)-p.Count(Remove), progress)
	if err != nil {
		_ = t.sweep() // half a release would keep a disk full that is full already
		return Result{}, fmt.Errorf("%s is as it was: %w", t, err)
	}
	if err := t.lead(r.Name); err != nil {
		return Result{}, fmt.Errorf("%s is as it was: %w", t, err)
	}
	res := Result{Sent: p.Count(Add) + p.Count(Change), Removed: p.Count(Remove), Unchanged: p.Unchanged, Bytes: p.Bytes, Release: r}
	res.Cleared, err = t.prune(r.Name, opt)
	if err := errors.Join(t.log(s.manifest.Release, m.Release), err); err != nil {
		return res, fmt.Errorf("the new release is public, but: %w", err)
	}
	return res, nil
}

// fillRelease makes a release's folder and its manifest, whole before it has its
// name.
func (t Folder) fillRelease(site *Site, s standing, r Release, withdrawn []string, total int, progress func(int, int)) (manifest, error) {
	m := manifest{Format: manifestFormat, Complete: true, Release: r, Snapshots: snapshots(site.files), Withdrawn: withdrawn}
	coming := t.release(comingPrefix + r.Name)
	made := map[string]bool{}
	sent := 0
	for _, f := range site.files {
		name := filepath.Join(coming, filepath.FromSlash(f.path))
		if dir := filepath.Dir(name); !made[dir] {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return m, err
			}
			made[dir] = true
		}
		h := s.there[f.path]
		linked := h.known && h.sum == f.sum && os.Link(filepath.Join(t.release(s.name), filepath.FromSlash(f.path)), name) == nil
		if !linked { // new, or the file system has no links, or no more of them
			if err := put(name, f); err != nil {
				return m, err
			}
		}
		m.Files = append(m.Files, entry{Path: f.path, Size: f.size, Sum: f.sum})
		if !linked {
			sent++
			if progress != nil {
				progress(min(sent, total), total)
			}
		}
	}
	// A power failure after the switch must not cost what it leads to.
	if err := flush(coming); err != nil {
		return m, err
	}
	if err := publish.WriteFile(t.manifest(r.Name), m.encode()); err != nil {
		return m, err
	}
	return m, os.Rename(coming, t.release(r.Name))
}

// put writes a new file, with the time at which it was built: a server's
// Last-Modified is then that of the content.
func put(name string, f file) error {
	data, err := f.content()
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		return err
	}
	return os.Chtimes(name, time.Time{}, f.modified)
}

const nextSuffix = ".next"

// lead makes current lead to a release, in one step.
func (t Folder) lead(name string) error {
	next := t.at(currentName + nextSuffix)
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Symlink(filepath.Join(releasesName, name), next); err != nil {
		return fmt.Errorf("make the link %s, which the web server's root goes through: %w", currentName, err)
	}
	return os.Rename(next, t.at(currentName))
}

func (t Folder) log(last, next Release) error {
	log, err := os.ReadFile(t.at(logName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if log, err = logged(log, last, next); err != nil {
		return err
	}
	return publish.WriteFile(t.at(logName), log)
}

// sweep removes what runs that died have left, and nothing whose name we did not
// give. The lock is held.
func (t Folder) sweep() error {
	if err := os.MkdirAll(t.at(releasesName), 0o755); err != nil {
		return err
	}
	names, err := os.ReadDir(t.at(releasesName))
	if err != nil {
		return err
	}
	for _, d := range names {
		name := d.Name()
		of, isManifest := strings.CutSuffix(name, ".json")
		if remains(name) || isManifest && releaseName.MatchString(of) && !taken(t.release(of)) {
			if err := os.RemoveAll(t.release(name)); err != nil {
				return err
			}
		}
	}
	if names, err = os.ReadDir(t.dir); err != nil {
		return err
	}
	for _, d := range names {
		name := d.Name() // killed before the link was in its place, or while it wrote the log
		if name == currentName+nextSuffix || strings.HasPrefix(name, "."+logName+".") && strings.HasSuffix(name, ".part") {
			if err := os.Remove(t.at(name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// prune removes our releases but for the last that are kept, from the newest to
// the one before it and so on; one that has what was taken back since (see
// Folder.LookBack) ends them. cleared counts the releases that had such: it must
// not lie about on a server.
func (t Folder) prune(name string, opt Options) (cleared int, err error) {
	keep := opt.Keep
	if keep == 0 {
		keep = DefaultKeep
	}
	kept := map[string]bool{}
	for n := 0; n < keep && name != "" && !kept[name]; n++ {
		m, err := t.record(name)
		if n > 0 && err == nil && m.restores(opt) != "" {
			break // and what came before it cannot be come back to either
		}
		kept[name] = true
		if err != nil {
			break
		}
		name = m.Release.Before
	}
	entries, err := os.ReadDir(t.at(releasesName))
	if err != nil {
		return 0, err
	}
	for _, d := range entries {
		name := d.Name()
		if !d.IsDir() || kept[name] || !releaseName.MatchString(name) {
			continue
		}
		if m, err := t.record(name); err == nil && m.restores(opt) != "" {
			cleared++
		}
		// Renamed first: half a release must not bear the name of a whole one.
		going := t.release(goingPrefix + name)
		err := errors.Join(os.Rename(t.release(name), going), os.RemoveAll(t.manifest(name)), os.RemoveAll(going))
		if err != nil {
			return cleared, fmt.Errorf("remove an old release: %w", err)
		}
	}
	return cleared, nil
}

// record is our record of a release.
func (t Folder) record(name string) (manifest, error) {
	data, err := os.ReadFile(t.manifest(name))
	if err != nil {
		return manifest{}, err
	}
	return readManifest(data)
}

// restores says what a release has that was taken back since: a snapshot that was
// withdrawn with its pages as they were, or what the site holds back now; "" where
// there is none.
func (m *manifest) restores(opt Options) string {
	for _, id := range slices.Sorted(slices.Values(opt.Withdrawn)) {
		if m.Snapshots[id] != "" && !slices.Contains(m.Withdrawn, id) {
			return "the snapshot archive/" + id + "/, which was withdrawn"
		}
	}
	if opt.Hidden != nil {
		for _, f := range m.Files {
			if opt.Hidden(f.Path) {
				return f.Path + ", which the site holds back now: it is a draft, exempt or not yet due"
			}
		}
	}
	return ""
}

func taken(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}
