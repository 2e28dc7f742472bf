// Package build makes a site out of its folder, and redoes only what changed.
//
// A site is made in parts: one for each scorecard and one, the papers, for all
// that belongs to none (home, reports, meetings, plans, the pages over all
// scorecards). A part has a key: a hash of everything that it is made from,
// byte for byte, which is its own folders of data/ and content/ and what the
// rest of the site is outlined to it as (edition.Inputs.Common). A part whose
// key stands in the output folder, and whose others (scorecards that its texts
// name) are as they were, is kept whole: nothing of it is read. The pages over
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
	"outturn/internal/diag"
	"outturn/internal/edition"
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

// record is what a build leaves beside its output.
type record struct {
	Inputs   string // of all inputs together
	Files    int
	Warnings int
	Parts    map[string]partRecord // by scorecard; "" is the papers
}

type partRecord struct {
	Key      string
	Others   map[string]string // the digest of each other scorecard that was asked for
	Warnings int
	Files    int
	Summary  json.RawMessage `json:",omitempty"`
}

// Run builds the site. What is wrong in the inputs is added to problems.
func Run(req Request, problems *diag.List) (Result, error) {
	digests, err := digest(req.Site)
	if err != nil {
		return Result{}, fmt.Errorf("reading the site: %w", err)
	}
	u, err := publish.Begin(req.Out, publish.Options{Version: req.Program})
	if err != nil {
		return Result{}, err
	}
	defer u.Abandon()
	b := &building{Request: req, digests: digests, update: u, next: record{Parts: map[string]partRecord{}}}
	b.next.Inputs = combine(req.Program, fmt.Sprint(req.Options), digests.all())
	standing := u.Standing()
	if standing == nil || json.Unmarshal(standing, &b.last) != nil {
		b.last = record{}
	}
	if b.last.Inputs == b.next.Inputs {
		return Result{Fresh: true, Files: b.last.Files, Warnings: b.last.Warnings}, nil
	}
	if err := b.run(problems); err != nil {
		return Result{}, err
	}
	if problems.Errors() > 0 {
		return Result{}, ErrInputs
	}
	for _, p := range b.next.Parts {
		b.next.Files += p.Files
		b.next.Warnings += p.Warnings
	}
	b.next.Warnings += problems.Warnings() - b.told
	state, err := json.Marshal(b.next)
	if err != nil {
		return Result{}, err
	}
	done, err := u.Commit(state)
	return Result{Result: done, Files: b.next.Files, Warnings: b.next.Warnings}, err
}

// building is one build on its way.
type building struct {
	Request
	digests digests
	update  *publish.Update
	inputs  *edition.Inputs
	base    string // what every part depends on
	last    record

	mu        sync.Mutex
	next      record
	told      int // warnings in the list of problems that belong to a part
	done      int
	summaries map[string]site.Summary
	known     []*edition.Scorecard // kept for the papers, on a site that is not large
}

func (b *building) run(problems *diag.List) error {
	var err error
	if b.inputs, err = Open(b.Site, b.Options, problems); err != nil {
		return err
	}
	check.Past(b.Site, problems)
	outline := b.inputs.Outline()
	b.base = combine(b.Program, b.inputs.ThemeDigest(), fmt.Sprintf("%x", b.inputs.Common()))
	b.summaries = map[string]site.Summary{}
	lists := make([]diag.List, len(outline.Scorecards))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, h := range outline.Scorecards {
		g.Go(func() error {
			if err := b.scorecard(h.ID, problems.Errors() == 0, &lists[i]); err != nil {
				return err
			}
			b.progress(len(outline.Scorecards) + 1)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i := range lists {
		b.told += lists[i].Warnings()
		problems.Merge(&lists[i])
	}
	var own diag.List
	if err := b.papers(problems.Errors() == 0, &own); err != nil {
		return err
	}
	b.told += own.Warnings()
	problems.Merge(&own)
	b.progress(len(outline.Scorecards) + 1)
	return nil
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
func (b *building) scorecard(id string, render bool, problems *diag.List) error {
	key := combine(b.base, id, b.digests.scorecard(id))
	if kept, err := b.keep(id, key); kept || err != nil {
		return err
	}
	ed := b.inputs.Scorecard(id, problems)
	examine(ed, problems)
	if problems.Errors() > 0 || !render || len(ed.Scorecards) == 0 {
		return nil
	}
	s := ed.Scorecards[0]
	files := site.Scorecard(ed, s)
	summary := site.Summarise(ed, s, files)
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
	b.next.Parts[id] = partRecord{Key: key, Others: b.others(ed), Warnings: problems.Warnings(), Files: len(files), Summary: text}
	if !ed.Outline.Large() {
		b.known = append(b.known, s)
	}
	return nil
}

// keep keeps a part that stands and whose inputs are as they were.
func (b *building) keep(id, key string) (bool, error) {
	last, ok := b.last.Parts[id]
	if !ok || last.Key != key {
		return false, nil
	}
	for other, digest := range last.Others {
		if b.digests.scorecard(other) != digest {
			return false, nil
		}
	}
	var summary site.Summary
	if id != "" && json.Unmarshal(last.Summary, &summary) != nil {
		return false, nil
	}
	if last.Files > 0 {
		if kept, err := b.update.Keep(key); !kept || err != nil {
			return false, err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if id != "" {
		b.summaries[id] = summary
	}
	b.next.Parts[id] = last
	return true, nil
}

func (b *building) others(ed *edition.Edition) map[string]string {
	others := map[string]string{}
	for _, id := range ed.Others() {
		others[id] = b.digests.scorecard(id)
	}
	return others
}

// papers makes the part that belongs to no scorecard, or keeps it.
func (b *building) papers(render bool, problems *diag.List) error {
	outline := b.inputs.Outline()
	parts := []string{b.base, b.digests.under("content"), b.digests.file("data/populations.csv")}
	for _, p := range outline.Plans {
		parts = append(parts, b.digests.under("data/"+p.ID))
	}
	summaries := make([]site.Summary, 0, len(outline.Scorecards))
	for _, h := range outline.Scorecards {
		summaries = append(summaries, b.summaries[h.ID])
		parts = append(parts, combine(h.ID, string(b.next.Parts[h.ID].Summary)))
	}
	key := combine(parts...)
	if kept, err := b.keep("", key); kept || err != nil {
		return err
	}
	slices.SortFunc(b.known, func(a, c *edition.Scorecard) int { return strings.Compare(a.ID, c.ID) })
	ed := b.inputs.Papers(b.known, problems)
	examine(ed, problems)
	if problems.Errors() > 0 || !render {
		return nil
	}
	files := site.Papers(ed, summaries, func(name string) ([]byte, error) { return fs.ReadFile(b.Site, "content/files/"+name) })
	if err := b.update.Put(key, files); err != nil {
		return err
	}
	b.next.Parts[""] = partRecord{Key: key, Others: b.others(ed), Warnings: problems.Warnings(), Files: len(files)}
	return nil
}

// examine adds every finding in what belongs to an edition.
func examine(ed *edition.Edition, problems *diag.List) {
	check.Data(ed, problems)
	check.Carried(ed, problems)
	check.Prose(ed, problems)
	check.Papers(ed, problems)
	ed.Withhold(problems)
}

// Whole reads and judges a whole site and adds every finding in it.
func Whole(dir fs.FS, opt edition.Options, problems *diag.List) (*edition.Edition, error) {
	in, err := Open(dir, opt, problems)
	if err != nil {
		return nil, err
	}
	ed := in.Whole(problems)
	check.Past(dir, problems)
	examine(ed, problems)
	return ed, nil
}

// Check adds every finding in a site. A large one is read part by part, so that
// it never stands in memory whole.
func Check(dir fs.FS, opt edition.Options, problems *diag.List) error {
	in, err := Open(dir, opt, problems)
	if err != nil {
		return err
	}
	check.Past(dir, problems)
	if !in.Outline().Large() {
		examine(in.Whole(problems), problems)
		return nil
	}
	cards := in.Outline().Scorecards
	lists := make([]diag.List, len(cards)+1)
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, h := range cards {
		g.Go(func() error {
			examine(in.Scorecard(h.ID, &lists[i]), &lists[i])
			return nil
		})
	}
	_ = g.Wait() // nothing above fails
	examine(in.Papers(nil, &lists[len(cards)]), &lists[len(cards)])
	for i := range lists {
		problems.Merge(&lists[i])
	}
	return nil
}
