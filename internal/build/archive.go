package build

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"

	"outturn/internal/archive/bag"
	"outturn/internal/archive/snapshot"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/publish"
	"outturn/internal/site"
)

// archivePart is the part of the archive's own pages; the pages of a snapshot
// are a part each, named after it.
const archivePart = "/archive"

// digested reports whether a build reads a file to know whether anything
// changed. Of a snapshot it reads the tag files, whose digests are those
// of all that it holds, and the sources that the pages of changes are made from,
// since nothing but their bytes shows that one of them is no longer what it was.
func digested(name string) bool {
	rest, in := strings.CutPrefix(name, snapshot.Root+"/")
	if !in {
		return true
	}
	_, within, deeper := strings.Cut(rest, "/")
	return !deeper || !strings.HasPrefix(within, bag.Payload+"/") || snapshot.Compared(within)
}

// inMaking reports whether a file belongs to a snapshot that is being made.
func inMaking(name string) bool { return strings.HasPrefix(name, "content/.archive.outturn/") }

// archive makes the archive's own pages and copies the pages of each snapshot,
// or keeps them.
func (b *building) archive(render bool, problems *diag.List) error {
	if b.Options.Snapshot != "" {
		return nil
	}
	withdrawals(b.Site, problems)
	snapshot.Strays(b.Site, problems)
	ed := b.inputs.Scorecard("", new(diag.List)) // of no scorecard: it knows the settings and the outline
	for _, s := range ed.Archive() {
		if s.Kept && !s.Withdrawn {
			s.Early(b.Options.Today, problems)
			if err := b.snapshot(ed, s, render, problems); err != nil {
				return err
			}
		}
	}
	if problems.Errors() > 0 || !render || !ed.Outline.Archive {
		return nil
	}
	key := combine(b.base, b.inputs.Outside(""), b.digests.under(snapshot.Root))
	if kept, err := b.keep(archivePart, key); kept || err != nil {
		return err
	}
	files, err := site.Archive(ed, b.Site)
	if err != nil {
		// A snapshot that was not copied anew was not looked at: it may be the cause.
		for _, s := range ed.Archive() {
			if dir, fault := fs.Sub(b.Site, snapshot.Folder(s.ID)); fault == nil && s.Kept {
				bag.Verify(dir, snapshot.Folder(s.ID), problems)
				s.Misplaced(problems)
			}
		}
		if problems.Errors() > 0 {
			return nil
		}
		return fmt.Errorf("comparing the snapshots in %s: %w", snapshot.Root, err)
	}
	return b.put(archivePart, key, ed, files, site.Summary{}, 0)
}

// snapshot copies the pages of one snapshot, unless they stand. What is not
// what its manifest says is an error, and nothing is published.
func (b *building) snapshot(ed *edition.Edition, s snapshot.Snapshot, render bool, problems *diag.List) error {
	folder := snapshot.Folder(s.ID)
	if s.Misplaced(problems); s.Misfiled != "" {
		return nil
	}
	id, key := archivePart+"/"+s.ID, combine("snapshot", s.ID, b.digests.under(folder))
	if kept, err := b.keep(id, key); kept || err != nil {
		return err
	}
	dir, err := fs.Sub(b.Site, folder)
	if err != nil {
		return err
	}
	manifest := bag.Complete(dir, folder, problems)
	if problems.Errors() > 0 || !render {
		return nil
	}
	var mu sync.Mutex
	var files []publish.File
	for name, sum := range manifest {
		page, ok := strings.CutPrefix(name, snapshot.Site+"/")
		if !ok {
			continue
		}
		files = append(files, publish.File{Path: path.Join("archive", s.ID, page), Write: func(b *bytes.Buffer) error {
			content, err := fs.ReadFile(dir, name)
			if err == nil && sha256.Sum256(content) == sum {
				b.Write(content)
				return nil
			}
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				bag.Differs(folder, name, problems)
			} else {
				problems.Errorf(diag.Place{File: path.Join(folder, name)}, "unreadable", "the file cannot be read: %v", err)
			}
			return nil
		}})
	}
	return b.put(id, key, ed, files, site.Summary{}, 0)
}

// archived makes a file of the archive: of a snapshot as it is kept, else one of
// the archive's own pages.
func (l *Lazy) archived(name string) ([]byte, error) {
	ed := l.moment().empty()
	for _, s := range ed.Archive() {
		if page, in := strings.CutPrefix(name, "archive/"+s.ID+"/"); in && !s.Withdrawn {
			return fs.ReadFile(l.dir, path.Join(snapshot.Folder(s.ID), snapshot.Site, page))
		}
	}
	files, err := site.Archive(ed, l.dir)
	if err != nil {
		return nil, err
	}
	return made(files, name)
}

// withdrawals tells of a record of withdrawn snapshots that cannot be read.
func withdrawals(dir fs.FS, problems *diag.List) {
	_, err := snapshot.ReadWithdrawn(dir)
	at := diag.Place{File: snapshot.WithdrawnFile}
	var row *snapshot.RowError
	switch {
	case errors.As(err, &row):
		at.Line, at.Column = row.Line, row.Column
		p := problems.Errorf(at, "bad-key", "%s", row.Message)
		p.Hint, p.Source = row.Mend, row.Snippet
	case err != nil:
		problems.Errorf(at, "unreadable", "the file cannot be read: %v", err)
	}
}

// shelf tells what is wrong with the snapshots, as far as their lists of files
// tell; archive verify reads what they hold.
func shelf(dir fs.FS, opt edition.Options, problems *diag.List) {
	withdrawals(dir, problems)
	snapshot.Strays(dir, problems)
	for _, s := range snapshot.List(dir) {
		s.Complete(dir, problems)
		s.Misplaced(problems)
		s.Early(opt.Today, problems)
	}
}

// Part is a part of a site: a scorecard, or all that belongs to none.
type Part struct {
	Edition   *edition.Edition
	Scorecard *edition.Scorecard // nil for what belongs to none
	Files     []publish.File
}

// Each makes every part of a site and hands it to visit, one after the other, so
// that a large site never stands in memory whole; what belongs to no scorecard
// comes last. Nothing is kept and nothing written. The archive is no part of it, but
// that a snapshot of it is of a later day is told, as a build would.
// Where the inputs have errors they are in problems, and visit may have been
// called for parts that have none.
func Each(dir fs.FS, opt edition.Options, problems *diag.List, visit func(Part) error) error {
	in, err := Open(dir, opt, problems)
	if err != nil {
		return err
	}
	for _, s := range snapshot.List(dir) {
		if opt.AsAt == 0 || s.AsAt <= opt.AsAt {
			s.Early(opt.Today, problems)
		}
	}
	var summaries []site.Summary
	return parts(dir, in, 1, problems, func(ed *edition.Edition, found *diag.List) error {
		switch {
		case problems.Errors() > 0 || found.Errors() > 0:
			return nil
		case len(ed.Scorecards) == 0:
			return visit(Part{Edition: ed, Files: site.Papers(ed, summaries, attachments(dir))})
		}
		s := ed.Scorecards[0]
		files := site.Scorecard(ed, s)
		summaries = append(summaries, site.Summarise(ed, s, files))
		return visit(Part{ed, s, files})
	})
}
