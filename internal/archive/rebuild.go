package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"outturn/internal/archive/bag"
	"outturn/internal/archive/snapshot"
	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// Difference is a page that is not the same when it is made again.
type Difference struct {
	Page       string
	Gone, New  bool   // it is not made any more; it was not kept
	Line, Byte int    // of the first difference, from 1
	Kept, Made string // that line
}

// Words says the difference as the end of a sentence.
func (d Difference) Words() string {
	switch {
	case d.Gone:
		return "it is not made at all"
	case d.New:
		return "it is made, and is not among the pages that are kept"
	}
	return fmt.Sprintf("line %d differs at byte %d of the file: kept %s, made now %s", d.Line, d.Byte, diag.Quote(d.Kept), diag.Quote(d.Made))
}

// comparison holds pages that are made again against those that are kept.
type comparison struct {
	kept bag.Manifest
	read func(page string) ([]byte, error)

	made  map[string]bool
	found []Difference
}

// rebuild makes every page from sources and compares it. Faults in the sources
// are in problems.
func (c *comparison) rebuild(sources fs.FS, opt edition.Options, problems *diag.List) error {
	c.made = map[string]bool{}
	return build.Each(sources, opt, problems, func(p build.Part) error {
		for _, f := range p.Files {
			content, err := f.Make()
			if err != nil {
				return fmt.Errorf("making %s again: %w", f.Path, err)
			}
			if err := c.compare(f.Path, content); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *comparison) compare(page string, content []byte) error {
	c.made[page] = true
	if _, kept := c.kept[path.Join(snapshot.Site, page)]; !kept {
		c.found = append(c.found, Difference{Page: page, New: true})
		return nil
	}
	// The bytes, not their digest: where one was changed, this says at which line.
	was, err := c.read(page)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // the bag lacks it, which is told
	}
	if err != nil {
		return err
	}
	if !bytes.Equal(was, content) {
		c.found = append(c.found, firstDifference(page, was, content))
	}
	return nil
}

// differences are what was found, once every page was made.
func (c *comparison) differences() []Difference {
	for _, page := range pagesOf(c.kept) {
		if !c.made[page] {
			c.found = append(c.found, Difference{Page: page, Gone: true})
		}
	}
	return c.found
}

func firstDifference(page string, kept, made []byte) Difference {
	at := 0
	for at < min(len(kept), len(made)) && kept[at] == made[at] {
		at++
	}
	return Difference{
		Page: page, Byte: at + 1, Line: 1 + bytes.Count(kept[:at], []byte("\n")),
		Kept: around(kept, at), Made: around(made, at),
	}
}

// around is what stands at a place of a text, within its line.
func around(text []byte, at int) string {
	const before, after = 20, 40
	from := max(bytes.LastIndexByte(text[:at], '\n')+1, at-before)
	for from < at && !utf8.RuneStart(text[from]) {
		from++
	}
	to := min(len(text), at+after)
	if end := bytes.IndexByte(text[at:to], '\n'); end >= 0 {
		to = at + end
	}
	return strings.ToValidUTF8(string(text[from:to]), "�")
}

// Verification says what a look at one snapshot found; what is wrong with its
// bag is in the list of problems.
type Verification struct {
	ID          string
	Files       int
	Fingerprint string
	Version     string // of the program that made it
	Rebuilt     bool   // its pages were made again
	Unmade      int    // errors in its sources, for which they were not; they are in the list of problems too
	Differences []Difference
}

// Verify looks at every byte of a snapshot, and with rebuild makes its pages
// again from its sources, by the day that is recorded in it. Where the bag is
// not whole its pages are compared all the same.
func Verify(dir, id string, rebuild bool, problems *diag.List) (Verification, error) {
	out := Verification{ID: id}
	folder := snapshot.Folder(id)
	at := filepath.Join(dir, filepath.FromSlash(folder))
	switch info, err := os.Lstat(at); {
	case err == nil && info.Mode()&fs.ModeSymlink != 0:
		return out, refuse("%s is a link, which is not read, and a snapshot is a folder that stands here itself: put the folder here in the place of the link", folder)
	case err != nil || !info.IsDir():
		return out, refuse("there is no snapshot %s in %s", id, snapshot.Root)
	}
	site := build.Folder(at)
	bag.Verify(site, folder, problems)
	if sum, err := bag.Fingerprint(site); err == nil {
		out.Fingerprint = sum.String()
	}
	info, err := bag.ReadInfo(site)
	if err != nil {
		return out, nil // told
	}
	out.Version = info.Get(snapshot.VersionLabel)
	manifest, err := bag.ReadManifest(site)
	if err != nil {
		return out, nil // told
	}
	out.Files = len(manifest)
	opt, problem := optionsOf(id, info)
	for _, s := range snapshot.List(build.Folder(dir)) {
		if s.ID == id && s.Misfiled != "" {
			problem = s.Misfiled
		}
	}
	if problem != "" {
		problems.Errorf(diag.Place{File: path.Join(folder, bag.InfoFile)}, bag.Changed, "%s", problem).Hint = "put the file back as it was, and the folder under its own name"
		return out, nil
	}
	if !rebuild {
		return out, nil
	}
	sources, err := fs.Sub(site, snapshot.Sources)
	if err != nil {
		return out, err
	}
	c := &comparison{kept: manifest, read: func(page string) ([]byte, error) {
		content, err := fs.ReadFile(site, path.Join(snapshot.Site, page))
		if err != nil {
			err = fs.ErrNotExist // why it cannot be read is told
		}
		return content, err
	}}
	var own diag.List
	if err := c.rebuild(sources, opt, &own); err != nil {
		return out, fmt.Errorf("making the pages of %s again: %w", id, err)
	}
	for _, p := range own.All() {
		if p.Severity == diag.Error {
			p.File = path.Join(folder, snapshot.Sources, p.File)
			problems.Add(p)
			out.Unmade++
		}
	}
	if own.Errors() == 0 {
		out.Rebuilt, out.Differences = true, c.differences()
	}
	return out, nil
}

// optionsOf are those by which a snapshot was made, as its bag records them.
func optionsOf(id string, info bag.Info) (opt edition.Options, problem string) {
	asAt, err := period.ParseMonth(info.Get(snapshot.AsAtLabel))
	if err != nil {
		return opt, fmt.Sprintf("%s %s is not a month", snapshot.AsAtLabel, diag.Quote(info.Get(snapshot.AsAtLabel)))
	}
	day, err := period.ParseDate(info.Get(snapshot.DayLabel))
	if err != nil {
		return opt, fmt.Sprintf("%s %s is not a day", snapshot.DayLabel, diag.Quote(info.Get(snapshot.DayLabel)))
	}
	return edition.Options{Today: day, AsAt: asAt, Snapshot: id}, ""
}
