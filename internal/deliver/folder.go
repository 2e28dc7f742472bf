package deliver

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

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
		return fmt.Errorf("look into the target: %w", err)
	}
	strange := ""
	for _, d := range names {
		switch name := d.Name(); {
		case name == releasesName && d.IsDir(), name == logName:
			return nil // ours
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

// standing is what current leads to.
type standing struct {
	name     string   // of the release; "" where there is none
	manifest manifest // made from the files themselves where none can be read
	there    map[string]held
	altered  []string
}

func (t Folder) standing() (standing, error) {
	s := standing{there: map[string]held{}}
	to, err := os.Readlink(t.at(currentName))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("read where %s leads: %w", t.at(currentName), err)
	}
	dir, name := filepath.Split(filepath.Clean(to))
	if filepath.Clean(dir) != releasesName || strings.HasPrefix(name, ".") {
		return s, refuse("remove the link; the next publish makes its own", "%s leads to %s, which is none of our releases", filepath.ToSlash(t.at(currentName)), filepath.ToSlash(to))
	}
	s.name = name
	files, err := t.listing(name)
	if err != nil {
		return s, err
	}
	data, err := os.ReadFile(t.manifest(name))
	if err == nil {
		s.manifest, err = readManifest(data)
	}
	if err != nil {
		// Lost or damaged: the files themselves say what is public.
		if s.manifest, err = t.reckon(name, files); err != nil {
			return s, err
		}
	}
	for _, f := range s.manifest.Files {
		info, stands := files[f.Path]
		if !stands {
			continue // it is added again
		}
		h := held{sum: f.Sum, ours: true, known: info.Mode().IsRegular() && info.Size() == f.Size && stamp(info) == f.Tag}
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

// listing is every file of a release. A release that is not there has none.
func (t Folder) listing(name string) (map[string]fs.FileInfo, error) {
	root := t.release(name)
	files := map[string]fs.FileInfo{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && file == root {
			return filepath.SkipAll
		}
		if err != nil || d.IsDir() {
			return err
		}
		files[filepath.ToSlash(file[len(root)+1:])], err = d.Info()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the release that is public: %w", err)
	}
	return files, nil
}

// reckon makes a manifest of a release from its files.
func (t Folder) reckon(name string, files map[string]fs.FileInfo) (manifest, error) {
	m := manifest{Format: manifestFormat, Complete: true, Release: Release{Name: name}}
	var list []file
	for path, info := range files {
		if !info.Mode().IsRegular() {
			continue
		}
		data, err := os.ReadFile(filepath.Join(t.release(name), filepath.FromSlash(path)))
		if err != nil {
			return m, err
		}
		e := entry{Path: path, Size: info.Size(), Sum: sha256.Sum256(data), Tag: stamp(info)}
		m.Files = append(m.Files, e)
	}
	sortEntries(m.Files)
	for _, e := range m.Files {
		list = append(list, file{path: e.Path, sum: e.Sum})
	}
	m.Release.Digest, m.Release.Files = digest(list), len(list)
	m.Snapshots = snapshots(list)
	return m, nil
}

// stamp is the tag of a file in a folder: its time, to the nanosecond.
func stamp(info fs.FileInfo) string { return strconv.FormatInt(info.ModTime().UnixNano(), 10) }

func (t Folder) carry(site *Site, s standing, p *Plan, r Release, opt Options, progress func(int, int)) (Result, error) {
	unlock, err := t.lock()
	if err != nil {
		return Result{}, err
	}
	defer unlock()
	if now, err := t.standing(); err != nil || now.name != s.name {
		return Result{}, errors.Join(err, errors.New("another publish has just put a release there: run it again"))
	}
	if err := t.sweep(); err != nil {
		return Result{}, fmt.Errorf("clear away what an interrupted publish left: %w", err)
	}
	if len(p.Steps) == 0 && s.name != "" && s.manifest.Release.Digest == site.Digest() {
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
		info, err := os.Lstat(name)
		if err != nil {
			return m, err
		}
		m.Files = append(m.Files, entry{f.path, f.size, f.sum, stamp(info)})
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

// sweep removes what runs that died have left. The lock is held.
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
		if strings.HasPrefix(name, comingPrefix) || strings.HasPrefix(name, goingPrefix) || isManifest && !taken(t.release(of)) ||
			strings.HasSuffix(name, ".part") {
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

// prune removes the releases that nobody can roll back to: all but the last
// that are kept of those that led to one another, and of these any that has a
// snapshot in full which was withdrawn since (see Folder.LookBack). cleared counts
// the latter: what was taken back must not lie about on a server.
func (t Folder) prune(name string, opt Options) (cleared int, err error) {
	keep := opt.Keep
	if keep == 0 {
		keep = DefaultKeep
	}
	kept := map[string]bool{}
	for n := 0; n < keep && name != "" && !kept[name]; n++ {
		m, err := t.record(name)
		if n > 0 && err == nil && m.restores(opt.Withdrawn) != "" {
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
		if !d.IsDir() || kept[name] || strings.HasPrefix(name, ".") {
			continue
		}
		if m, err := t.record(name); err == nil && m.restores(opt.Withdrawn) != "" {
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

// restores names a snapshot that was withdrawn and whose pages a release has as
// they were; "" where there is none.
func (m *manifest) restores(withdrawn []string) string {
	for _, id := range slices.Sorted(slices.Values(withdrawn)) {
		if m.Snapshots[id] != "" && !slices.Contains(m.Withdrawn, id) {
			return id
		}
	}
	return ""
}

func taken(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}
