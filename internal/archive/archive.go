// Package archive freezes a site for a quarter, proves that a snapshot is what
// it was, and withdraws one. What a snapshot is, package snapshot says.
//
// Create makes the site as at the quarter's last month and gathers what it was
// made from ([gathering]), makes the pages a second time from what was gathered,
// and puts the bag in place only where both are the same bytes: what can be
// rebuilt on the day that it was made can be rebuilt in ten years. What its pages
// say of what was published before is that of the snapshots before, and is kept
// among its sources. A snapshot is
// made in a folder beside content/archive/, flushed to the disk, and put in
// place by one rename:
//
//	content/archive/            snapshots, whole ones and no others
//	    .gitattributes          that git leaves their bytes alone
//	content/.archive.outturn/   one that is being made; what a run that died has left
//	    writing                 held while the archive is written
//
// What is here for good is written by [Create] and [Withdraw] alone. Nothing
// reads a clock: days are arguments.
package archive

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"outturn/internal/archive/bag"
	"outturn/internal/archive/snapshot"
	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/publish"
)

// Refusal is the error for what cannot be done as it was asked; nothing was
// touched. It is for the user to mend.
type Refusal struct{ Why string }

func (r *Refusal) Error() string { return r.Why }

func refuse(format string, args ...any) error { return &Refusal{fmt.Sprintf(format, args...)} }

// Request says what to freeze.
type Request struct {
	Dir     string      // the site's folder
	ID      string      // the quarter, such as 2016-17-q3
	Today   period.Date // the day by which publish_on is judged
	Made    period.Date // the day that stands in bag-info.txt as Bagging-Date
	Version string      // of the program
}

// Result says what was made.
type Result struct {
	ID          string
	AsAt        period.Month
	Pages       int
	Sources     int
	Bytes       int64
	Fingerprint string
	Late        period.Month // the newest month that was released already, where it is after AsAt; else 0
}

// Create makes a snapshot. Where the inputs have errors, or the pages cannot be
// made again from what is kept, that is in problems with build.ErrInputs, and
// nothing was put in place.
func Create(req Request, problems *diag.List) (Result, error) {
	quarter, id, err := snapshot.Quarter(req.ID)
	if err != nil {
		return Result{}, refuse("%q is not a quarter; write the financial year and the quarter, such as 2016-17-q3", req.ID)
	}
	site := build.Folder(req.Dir)
	if err := free(site, id); err != nil {
		return Result{}, err
	}
	if req.Today > req.Made {
		return Result{}, refuse("%s has not come: on %s a site can be frozen as it stands by then, or stood on a day before", req.Today.Words(), req.Made.Words())
	}
	opt := edition.Options{Today: req.Today, AsAt: quarter.Last(), Snapshot: id}
	if err := trusted(site, opt.AsAt, problems); err != nil {
		return Result{}, err
	}
	late, err := released(site, opt, quarter, problems)
	if err != nil {
		return Result{}, err
	}
	w, err := open(req.Dir)
	if err != nil {
		return Result{}, err
	}
	defer w.close()
	m := &making{dir: w.at(id), site: site, opt: opt, payload: bag.Manifest{}, problems: problems}
	if err := m.fill(); err != nil {
		return Result{}, fmt.Errorf("no snapshot was made: %w", err)
	}
	if problems.Errors() > 0 {
		return Result{}, build.ErrInputs
	}
	result := Result{ID: id, AsAt: opt.AsAt, Bytes: m.bytes, Late: late}
	for name := range m.payload {
		if strings.HasPrefix(name, snapshot.Site+"/") {
			result.Pages++
		} else {
			result.Sources++
		}
	}
	info := bag.Info{
		{Label: "Source-Organization", Value: m.council},
		{Label: "External-Description", Value: m.title + ": the site as it stood for " + quarter.Words() + ", as at " + opt.AsAt.Words()},
		{Label: "External-Identifier", Value: id},
		{Label: "Bagging-Date", Value: req.Made.String()},
		{Label: "Payload-Oxum", Value: bag.Oxum(m.bytes, len(m.payload))},
		{Label: snapshot.VersionLabel, Value: req.Version},
		{Label: snapshot.AsAtLabel, Value: opt.AsAt.String()},
		{Label: snapshot.DayLabel, Value: req.Today.String()},
	}
	info = slices.DeleteFunc(info, func(f bag.Field) bool { return f.Value == "" })
	for name, content := range bag.Tags(info, m.payload) {
		if err := m.write(name, content); err != nil {
			return Result{}, err
		}
	}
	// What was written is read again: a disk that lies must not be believed.
	made := os.DirFS(m.dir)
	bag.Verify(made, snapshot.Folder(id), problems)
	if problems.Errors() > 0 {
		return Result{}, build.ErrInputs
	}
	fingerprint, err := bag.Fingerprint(made)
	if err != nil {
		return Result{}, err
	}
	result.Fingerprint = fingerprint.String()
	return result, w.place(id)
}

// free refuses a quarter that was frozen before, in whatever case its folder is
// written, and one that was withdrawn: its addresses say so for good.
func free(site fs.FS, id string) error {
	if info, err := fs.Stat(site, snapshot.Root); err == nil && !info.IsDir() {
		return noFolder()
	}
	withdrawn, err := snapshot.ReadWithdrawn(site)
	if err != nil {
		return fmt.Errorf("reading %s: %w", snapshot.WithdrawnFile, err)
	}
	for _, w := range withdrawn {
		if w.ID == id {
			return refuse("the snapshot %s was withdrawn on %s, and its addresses say so: it is not made anew", id, w.On)
		}
	}
	entries, err := fs.ReadDir(site, snapshot.Root)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		if strings.EqualFold(e.Name(), id) {
			return refuse("there is a snapshot %s already, in %s: a snapshot is never made anew", id, snapshot.Folder(e.Name()))
		}
	}
	return nil
}

// trusted looks at what the pages take from the snapshots before: what each
// published of its months.
func trusted(site fs.FS, asAt period.Month, problems *diag.List) error {
	for _, s := range snapshot.Earlier(site, asAt) {
		folder := snapshot.Folder(s.ID)
		dir, err := fs.Sub(site, folder)
		if err != nil {
			return err
		}
		s.Misplaced(problems)
		for name, sum := range bag.Complete(dir, folder, problems) {
			if !strings.HasPrefix(name, snapshot.Site+"/api/") {
				continue
			}
			content, err := fs.ReadFile(dir, name)
			if err == nil && sha256.Sum256(content) != sum {
				bag.Differs(folder, name, problems)
			} else if err != nil && !errors.Is(err, fs.ErrNotExist) { // that it is not there is told
				return err
			}
		}
	}
	if problems.Errors() > 0 {
		return build.ErrInputs
	}
	return nil
}

func noFolder() error {
	return refuse("%s is a file, and snapshots stand in a folder of this name: take the file out, or give it another name", snapshot.Root)
}

// released refuses a quarter whose last month is not out, and gives the newest
// month that is where that is a later one: a snapshot made late takes the texts
// and settings of its day, not those of the quarter.
func released(site fs.FS, opt edition.Options, quarter period.Period, problems *diag.List) (late period.Month, err error) {
	if quarter.Last().LastDay() >= opt.Today {
		return 0, refuse("%s has not ended by %s; a quarter is frozen when its last month is released", quarter.Words(), opt.Today.Words())
	}
	in, err := build.Open(site, opt, problems)
	if err != nil {
		return 0, err
	}
	if problems.Errors() > 0 {
		return 0, build.ErrInputs
	}
	waiting, any := unreleased(in, site, opt.AsAt)
	switch {
	case len(waiting) > 0:
		return 0, refuse("%s is not released for %s: release it first, or the snapshot of %s would lack it for good (one that reports from a later month on says so with first_report)", opt.AsAt.Words(), strings.Join(waiting, ", "), quarter.Words())
	case !any:
		return 0, refuse("no scorecard has a released report for %s, the last month of %s", opt.AsAt.Words(), quarter.Words())
	}
	now, err := build.Open(site, edition.Options{Today: opt.Today}, new(diag.List)) // its faults are told
	if err != nil {
		return 0, err
	}
	for _, s := range now.Outline().Scorecards {
		for _, m := range s.Months {
			if m.Month > opt.AsAt {
				late = max(late, m.Month)
			}
		}
	}
	return late, nil
}

// making is one snapshot on its way, in a folder that nobody reads.
type making struct {
	dir      string // where it is made
	site     fs.FS
	opt      edition.Options
	problems *diag.List

	title, council string

	mu      sync.Mutex
	payload bag.Manifest
	bytes   int64
}

// page makes a file of the site and keeps it.
func (m *making) page(f publish.File) error {
	content, err := f.Make()
	if err != nil {
		return fmt.Errorf("making %s: %w", f.Path, err)
	}
	return m.keep(path.Join(snapshot.Site, f.Path), content)
}

// fill makes the payload: the pages, what made them, and the pages again.
func (m *making) fill() error {
	g := &gathering{site: m.site, problems: m.problems, put: func(name string, content []byte) error {
		return m.keep(path.Join(snapshot.Sources, name), content)
	}}
	err := build.Each(m.site, m.opt, m.problems, func(p build.Part) error {
		m.title, m.council = p.Edition.Content.Site.Title, p.Edition.Content.Site.Council
		for _, f := range p.Files {
			if err := m.page(f); err != nil {
				return err
			}
		}
		return g.part(p)
	})
	if err != nil || m.problems.Errors() > 0 {
		return err
	}
	again := &comparison{kept: m.payload, read: func(page string) ([]byte, error) {
		return os.ReadFile(m.file(path.Join(snapshot.Site, page)))
	}}
	if err := again.rebuild(os.DirFS(m.file(snapshot.Sources)), m.opt, m.problems); err != nil {
		return err
	}
	const mend = "find in this page what is a draft, exempt, not yet due or later than the quarter, and the text that brings it there; mend that text"
	for _, d := range again.differences() {
		m.problems.Errorf(diag.Place{File: d.Page}, "not-rebuilt", "the page would hold what is not part of the snapshot: made again from what is kept, %s", d.Words()).Hint = mend
	}
	return nil
}

// keep writes a file of the payload.
func (m *making) keep(name string, content []byte) error {
	m.mu.Lock()
	_, twice := m.payload[name]
	m.payload[name] = sha256.Sum256(content)
	if !twice {
		m.bytes += int64(len(content))
	}
	m.mu.Unlock()
	if twice {
		return fmt.Errorf("the snapshot would have two files %q", name)
	}
	return m.write(name, content)
}

func (m *making) file(name string) string { return filepath.Join(m.dir, filepath.FromSlash(name)) }

// write makes a file that must not exist; where case does not count in names,
// two that differ in it alone are found here.
func (m *making) write(name string, content []byte) error {
	file := m.file(name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// pagesOf are the pages of a manifest by their paths in the site.
func pagesOf(m bag.Manifest) []string {
	var pages []string
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if page, ok := strings.CutPrefix(name, snapshot.Site+"/"); ok {
			pages = append(pages, page)
		}
	}
	return pages
}
