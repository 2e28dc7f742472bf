// Package build makes a site out of its folder, and redoes only what changed.
//
// A site is made in parts: one for each scorecard, one for the documents that
// belong to none (reports, meetings, plans, plain pages) and one for the pages
// over all scorecards. A part has a key: a hash of everything that it is made from,
// byte for byte, which is its own folders of data/ and content/ and what the
// rest of the site is outlined to it as (edition.Inputs.Outside). A part is kept
// whole, and nothing of it is read, where three things hold: its key stands in the
// output folder; its others (scorecards that its texts name) are as they were; and
// what it asked of the rest (the day, which places there are, which files are held
// back: edition.Asked) would be answered as it was. The pages over
// all scorecards are made from the summaries that are kept with the parts.
//
// A part that must be redone is read, judged, checked and rendered, and then
// let go, so that memory holds as many scorecards as there are processors. A
// file of it with the same bytes as before is not written.
package build

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"outturn/internal/check"
	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/proof"
	"outturn/internal/publish"
	"outturn/internal/site"
)

// Request says what to build.
type Request struct {
	Site     fs.FS                 // the site's folder
	Out      string                // the output folder
	Program  string                // tells one program from another: what another built is made anew
	Options  edition.Options       // what is shown, and by which day
	Progress func(done, total int) // told how many parts are done; may be nil
}

// Result says what a build did.
type Result struct {
	publish.Result
	Fresh    bool // nothing had changed: no input was read but to compare it
	Files    int  // of the site
	Warnings int  // findings that stop nothing
}

// ErrInputs says that the inputs have errors: they are in the list of
// problems, and the output folder is as it was.
var ErrInputs = errors.New("the inputs have errors")

// Run builds the site. What is wrong in the inputs is added to problems.
func Run(req Request, problems *diag.List) (Result, error) {
	spend(true) // until it is known how large the site is
	// What is wanted and what stands are looked at side by side.
	var digests digests
	var g errgroup.Group
	g.Go(func() (err error) {
		if digests, err = digest(req.Site); err != nil {
			return fmt.Errorf("reading the site: %w", err)
		}
		return nil
	})
	u, err := publish.Begin(req.Out, req.Program)
	if err == nil {
		defer u.Abandon()
	}
	if err := errors.Join(err, g.Wait()); err != nil {
		return Result{}, err
	}
	watched := &witness{FS: req.Site, digests: digests}
	req.Site = watched
	b := &building{Request: req, digests: digests, update: u, next: record{Parts: map[string]partRecord{}}}
	b.texts.Folders = digests.texts
	b.next.Inputs = req.inputs(digests)
	last, parts := readRecord(u.Standing())
	if last.Inputs == b.next.Inputs {
		return Result{Fresh: true, Files: last.Files, Warnings: last.Warnings}, nil
	}
	b.last = parts()
	if len(digests.names) > manyFiles {
		inLargePages(largePages)
	}
	if err := b.run(problems); err != nil {
		return Result{}, err
	}
	if problems.Errors() > 0 {
		return Result{}, ErrInputs
	}
	done, err := u.Commit(func() (state []byte, err error) {
		err = caught("the record of the build", func() error {
			state, err = b.state(watched, problems.Warnings())
			return err
		})
		return state, err
	})
	return Result{Result: done, Files: b.next.Files, Warnings: b.next.Warnings}, err
}

// state is the record of the build, as it is kept with the site.
func (b *building) state(watched *witness, warnings int) ([]byte, error) {
	outlines := b.texts.Outlines(edition.NamesNoFile)
	for id, p := range b.next.Parts {
		b.next.Files += p.Files
		b.next.Warnings += p.Warnings
		p.Texts = nil
		if o, sound := outlines[id]; sound {
			p.Texts = &o
		}
		b.next.Parts[id] = p
	}
	b.next.Warnings += warnings - b.told
	steady, err := watched.steady()
	if err != nil {
		return nil, fmt.Errorf("reading the site again: %w", err)
	}
	if !steady {
		// What is made is of a folder on its way from one state to another, and is
		// no answer to either: the next build makes everything anew.
		b.next.Inputs, b.next.Parts = "", nil
	}
	return b.next.encode()
}

// building is one build on its way.
type building struct {
	Request
	digests digests
	update  *publish.Update
	texts   commentary.Reader
	proofs  proof.Reader
	inputs  *edition.Inputs
	base    string                // what every part depends on
	last    map[string]partRecord // of the build that stands

	mu        sync.Mutex
	next      record
	told      int // warnings in the list of problems that belong to a part
	done      int
	summaries map[string]site.Summary
	known     []*edition.Scorecard // kept for the papers, on a site that is not large
}

func (b *building) run(problems *diag.List) error {
	var ready errgroup.Group
	ready.Go(b.update.Prepare) // the first file waits for it, and not the first scorecard's data
	var err error
	for _, p := range b.last {
		if p.Texts != nil {
			b.texts.Remember(*p.Texts)
		}
	}
	b.inputs, err = open(b.Site, b.Options, &b.texts, problems)
	if err != nil {
		return errors.Join(err, ready.Wait())
	}
	check.Past(b.Site, problems)
	outline := b.inputs.Outline()
	spend(outline.Large())
	b.base = combine(b.Program, b.inputs.ThemeDigest())
	b.summaries = map[string]site.Summary{}
	var papers diag.List
	documents := func() error { return b.documents(problems.Errors() == 0, &papers) }
	if outline.Large() {
		// They read what scorecards they name themselves, and need not wait for all.
		err = b.scorecards(problems, documents)
	} else if err = b.scorecards(problems); err == nil {
		slices.SortFunc(b.known, func(a, c *edition.Scorecard) int { return strings.Compare(a.ID, c.ID) })
		err = documents()
	}
	if err := errors.Join(err, ready.Wait()); err != nil {
		return err
	}
	b.told += papers.Warnings()
	problems.Merge(&papers)
	for _, part := range []func(bool, *diag.List) error{b.overview, b.archive} {
		var own diag.List
		if err := part(problems.Errors() == 0, &own); err != nil {
			return err
		}
		b.told += own.Warnings()
		problems.Merge(&own)
	}
	b.progress(len(outline.Scorecards) + 1)
	return nil
}

// scorecards makes the part of each scorecard, or keeps it. Where some are made
// the pages over all of them will be too, and the summaries of those that are
// kept are read beside. Other work that needs none of them is begun first.
func (b *building) scorecards(problems *diag.List, others ...func() error) error {
	ids := b.ids()
	render := problems.Errors() == 0
	lists := make([]diag.List, len(ids))
	keys := make([]string, len(ids))
	var kept, made []int
	for i, id := range ids {
		if keys[i] = b.scorecardKey(id); b.stands(id, keys[i]) {
			kept = append(kept, i)
		} else {
			made = append(made, i)
		}
	}
	part := func(i int) error {
		defer b.progress(len(ids) + 1)
		return caught(ids[i], func() error { return b.scorecard(ids[i], keys[i], render, &lists[i]) })
	}
	var keeping, making errgroup.Group
	keeping.Go(func() error {
		for _, i := range kept {
			if err := part(i); err != nil {
				return err
			}
			if len(made) == 0 {
				continue
			}
			if _, err := b.summary(ids[i]); err != nil {
				return err
			}
		}
		return nil
	})
	making.SetLimit(runtime.GOMAXPROCS(0))
	for _, other := range others {
		making.Go(func() error { return caught("what belongs to no scorecard", other) })
	}
	for _, i := range made {
		making.Go(func() error { return part(i) })
	}
	if err := errors.Join(keeping.Wait(), making.Wait()); err != nil {
		return err
	}
	for i := range lists {
		b.told += lists[i].Warnings()
		problems.Merge(&lists[i])
	}
	return nil
}

// caught makes a panic an error, in a goroutine that no caller can watch over.
func caught(what string, work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("making %s, the program failed: %v", what, p)
		}
	}()
	return work()
}

func (b *building) scorecardKey(id string) string {
	return combine(b.base, b.inputs.Outside(id), id, b.digests.scorecard(id))
}

func (b *building) progress(total int) {
	if b.Progress == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
	b.Progress(b.done, total)
}

// scorecard makes the part of one scorecard, or keeps it.
func (b *building) scorecard(id, key string, render bool, problems *diag.List) error {
	if kept, err := b.keep(id, key); kept || err != nil {
		return err
	}
	ed := b.inputs.Scorecard(id, problems)
	examine(ed, &b.proofs, problems)
	if problems.Errors() > 0 || !render || len(ed.Scorecards) == 0 {
		return nil
	}
	s := ed.Scorecards[0]
	files := site.Scorecard(ed, s)
	if err := b.put(id, key, ed, files, site.Summarise(ed, s, files), problems.Warnings()); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if !ed.Outline.Large() {
		b.known = append(b.known, s)
	}
	return nil
}

// put makes the files of a part, and records it.
func (b *building) put(id, key string, ed *edition.Edition, files []publish.File, summary site.Summary, warnings int) error {
	text, err := json.Marshal(summary)
	if err != nil {
		return err
	}
	if err := b.update.Put(key, files); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.summaries[id] = summary
	b.next.Parts[id] = partRecord{ID: id, Key: key, hanging: hangingOn(ed, b.digests), Warnings: warnings, Files: len(files), Says: combine(string(text)), Summary: text}
	return nil
}

// stands reports whether a part stands and its inputs are as they were.
func (b *building) stands(id, key string) bool {
	last, ok := b.last[id]
	return ok && last.Key == key && last.hanging.stands(b.digests, b.inputs)
}

// keep keeps a part that stands.
func (b *building) keep(id, key string) (bool, error) {
	if !b.stands(id, key) {
		return false, nil
	}
	last := b.last[id]
	if last.Files > 0 {
		if kept, err := b.update.Keep(key); !kept || err != nil {
			return false, err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next.Parts[id] = last
	return true, nil
}

// summary is that of a part that was made or kept.
func (b *building) summary(id string) (site.Summary, error) {
	b.mu.Lock()
	summary, read := b.summaries[id]
	text := b.next.Parts[id].Summary
	b.mu.Unlock()
	if read || len(text) == 0 {
		return summary, nil
	}
	if err := json.Unmarshal(text, &summary); err != nil {
		return summary, fmt.Errorf("reading what is kept of %s: %w", id, err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.summaries[id] = summary
	return summary, nil
}

// The parts that belong to no scorecard, by names that no folder has.
const (
	documentsPart = "/documents" // reports, meetings, plans, plain pages, files, assets
	overviewPart  = "/overview"  // home, and the pages and feeds over all scorecards
)

// documents makes the part of reports, meetings and plain pages, or keeps it.
func (b *building) documents(render bool, problems *diag.List) error {
	parts := []string{b.base, b.inputs.Outside(""), b.digests.outside("content", b.ids()), b.digests.file("data/populations.csv")}
	for _, p := range b.inputs.Outline().Plans {
		parts = append(parts, b.digests.under("data/"+p.ID))
	}
	key := combine(parts...)
	if kept, err := b.keep(documentsPart, key); kept || err != nil {
		return err
	}
	ed := b.inputs.Documents(b.known, problems)
	examine(ed, &b.proofs, problems)
	closed(b.Site, slices.DeleteFunc(ed.Files(), func(name string) bool { return b.digests.file("content/files/"+name) != unreadable }), problems)
	if problems.Errors() > 0 || !render {
		return nil
	}
	files := site.Documents(ed, attachments(b.Site))
	return b.put(documentsPart, key, ed, files, site.Summary{Pages: site.Pages(files)}, problems.Warnings())
}

// attachments reads what stands in a site's content/files.
func attachments(dir fs.FS) func(name string) ([]byte, error) {
	return func(name string) ([]byte, error) { return fs.ReadFile(dir, "content/files/"+name) }
}

// overview makes the pages over all scorecards, or keeps them.
func (b *building) overview(render bool, problems *diag.List) error {
	parts := []string{b.base, b.inputs.Outside(""), b.digests.file("content/_index.md"), b.digests.under("content/reports"), b.digests.under("content/meetings"),
		b.next.Parts[documentsPart].Says}
	ids := b.ids()
	for _, id := range ids {
		parts = append(parts, id, b.next.Parts[id].Says)
	}
	key := combine(parts...)
	if kept, err := b.keep(overviewPart, key); kept || err != nil {
		return err
	}
	ed := b.inputs.Overview(b.known, problems)
	if problems.Errors() > 0 || !render {
		return nil
	}
	documents, err := b.summary(documentsPart)
	if err != nil {
		return err
	}
	summaries := make([]site.Summary, len(ids))
	var g errgroup.Group
	for i, id := range ids {
		g.Go(func() (err error) {
			summaries[i], err = b.summary(id)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return b.put(overviewPart, key, ed, site.Overviews(ed, summaries, documents.Pages), site.Summary{}, problems.Warnings())
}

// ids are those of the scorecards, in order.
func (b *building) ids() []string {
	var ids []string
	for _, h := range b.inputs.Outline().Scorecards {
		ids = append(ids, h.ID)
	}
	return ids
}
