package deliver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"outturn/internal/diag"
)

// store is a place that can replace one file in one step, and no more.
type store interface {
	// list gives every file under the root, ours or not.
	list(ctx context.Context) (map[string]object, error)
	// read gives a file; fs.ErrNotExist where there is none.
	read(ctx context.Context, name string) ([]byte, error)
	// write makes a file with its folders, whole or not at all, and gives its tag
	// as a later list will.
	write(ctx context.Context, name string, data []byte, modified time.Time) (tag string, err error)
	// remove takes a file away; one that is not there is no error.
	remove(ctx context.Context, name string) error
	// served is hosting.Version where the store keeps headers with its files.
	served() string
	String() string
	Close() error
}

// object is a file in a listing.
type object struct {
	size int64
	tag  string
}

// Our own files at the target; the package doc says what each is.
const (
	stateFolder   = ".outturn/"
	stateManifest = stateFolder + "manifest.json"
	stateLog      = stateFolder + "releases.json"
	statePart     = stateFolder + "part-" // unfinished uploads, where the store has such
	stateSent     = stateFolder + "sent-"
	sentTogether  = 64 // files a sent-file tells of: so many are sent again after a death
	workers       = 8  // files under way at once: a file waits for the network, not for us
)

// look compares the site with what a store holds.
func look(ctx context.Context, t Target, st store, site *Site, opt Options) (*Delivery, error) {
	d := &Delivery{target: t, site: site, close: st.Close}
	r := &remote{store: st, target: t, site: site, delivery: d, waiting: opt.Waiting}
	if err := r.survey(ctx, opt); err != nil {
		shut(st)
		return nil, err
	}
	d.carry = r.carry
	return d, nil
}

// remote is a delivery to a store.
type remote struct {
	store
	target   Target
	site     *Site
	delivery *Delivery
	waiting  func(time.Duration)

	objects  map[string]object
	last     manifest         // as it stands; of format 0 where there is none
	record   []byte           // its bytes
	segments []string         // sent-files of a delivery that died
	entries  map[string]entry // what is known to stand, by path

	mu   sync.Mutex
	sent []entry // since the last sent-file
	next int     // number of the next sent-file
	done int
}

// survey finds out what stands, and makes the plan.
func (r *remote) survey(ctx context.Context, opt Options) error {
	var err error
	if r.objects, err = r.list(ctx); errors.As(err, new(*Refusal)) {
		return err
	} else if err != nil {
		return fmt.Errorf("list %s: %w", r.target, err)
	}
	if r.record, err = r.readRecord(ctx); err != nil {
		return err
	}
	if r.last, err = r.manifest(); err != nil {
		return err
	}
	known, err := r.recorded(ctx)
	if err != nil {
		return err
	}
	ours := map[string]bool{}
	for _, name := range r.last.Unsettled {
		ours[name] = true
	}
	there := map[string]held{}
	r.entries = map[string]entry{}
	for name := range known {
		ours[name] = true
	}
	resend := r.last.Served != r.served() // with other headers
	for name, o := range r.objects {
		if strings.HasPrefix(name, stateFolder) {
			continue
		}
		h := held{ours: ours[name] || opt.TakeOver && !hidden(name)}
		if e, ok := known[name]; ok {
			switch {
			case e.Size != o.size || e.Tag != o.tag:
				r.delivery.Altered = append(r.delivery.Altered, name)
			case !resend:
				h.known, h.sum = true, e.Sum
				r.entries[name] = e
			}
		}
		there[name] = h
	}
	r.delivery.public = publicOf(there, func(name string) ([]byte, error) { return r.read(ctx, name) })
	altered := r.delivery.Altered
	slices.Sort(altered)
	if err := r.site.sum(); err != nil {
		return err
	}
	r.delivery.Plan = compare(r.site, there, opt)
	r.delivery.Altered = altered
	r.delivery.guard(r.last.Snapshots, snapshots(r.site.files), opt.Withdrawn)
	if !opt.TakeOver {
		if n, first := r.overwritten(there); n > 0 {
			r.delivery.refusals = append(r.delivery.refusals, refuse(
				"if these are earlier pages of the site: --take-over, which replaces and removes them as its own",
				"%s holds %s that outturn did not put there and that the site would replace, the first %s", r.target, diag.Count(n, "file"), first))
		}
	}
	return nil
}

func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.Contains(name, "/.")
}

// overwritten counts the files of others that the site would replace.
func (r *remote) overwritten(there map[string]held) (n int, first string) {
	for _, f := range r.site.files {
		if h, stands := there[f.path]; stands && !h.ours {
			if n++; n == 1 {
				first = f.path
			}
		}
	}
	return n, first
}

// readRecord gives the bytes of the manifest, none where there is none.
func (r *remote) readRecord(ctx context.Context) ([]byte, error) {
	data, err := r.read(ctx, stateManifest)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read %s at %s: %w", stateManifest, r.target, err)
	}
	return data, nil
}

func (r *remote) manifest() (manifest, error) {
	if r.record == nil {
		return manifest{}, nil
	}
	m, err := readManifest(r.record)
	if err != nil {
		return m, refuse("move it away, and publish with --take-over: everything is sent anew", "%s at %s cannot be read: %v", stateManifest, r.target, err)
	}
	return m, nil
}

// undisturbed fails where the manifest is not the one that we last saw or wrote.
func (r *remote) undisturbed(ctx context.Context) error {
	if err := context.Cause(ctx); err != nil {
		return err // the turn is lost
	}
	now, err := r.readRecord(ctx)
	if err == nil && !bytes.Equal(now, r.record) {
		err = errTurnLost
	}
	return err
}

// recorded is what our records say was put there: the manifest, and what a
// delivery that died has sent since.
func (r *remote) recorded(ctx context.Context) (map[string]entry, error) {
	known := map[string]entry{}
	for _, e := range r.last.Files {
		known[e.Path] = e
	}
	for name := range r.objects {
		if strings.HasPrefix(name, stateSent) {
			r.segments = append(r.segments, name)
		}
	}
	slices.Sort(r.segments)
	for _, name := range r.segments {
		data, err := r.read(ctx, name)
		if err != nil {
			return nil, fmt.Errorf("read %s at %s: %w", name, r.target, err)
		}
		var list []entry
		if json.Unmarshal(data, &list) != nil {
			continue // then its files are sent again
		}
		for _, e := range list {
			known[e.Path] = e
		}
	}
	return known, nil
}

func (r *remote) carry(ctx context.Context, rel Release, progress func(int, int)) (Result, error) {
	p := &r.delivery.Plan
	res := Result{Unchanged: p.Unchanged}
	fresh := len(p.Steps) == 0 && r.last.Complete && r.last.Release.Digest == r.site.Digest()
	if fresh {
		res.Release, res.Fresh = r.last.Release, true
		if len(r.remains()) == 0 {
			return res, nil
		}
	}
	ctx, done, err := r.takeTurn(ctx, rel.Time, r.waiting)
	if err != nil {
		return res, err
	}
	defer done()
	if err := r.undisturbed(ctx); errors.Is(err, errTurnLost) {
		return res, refuse("publish again: it then sees what the other has done", "another publish has written to %s since this one looked", r.target)
	} else if err != nil {
		return res, err
	}
	if fresh { // a death came between the manifest and the end of what it had sent
		return res, r.discard(ctx)
	}
	if err := r.open(ctx); err != nil {
		return res, fmt.Errorf("nothing was changed: %w", err)
	}
	if err := r.perform(ctx, &res, progress); err != nil {
		if lost := context.Cause(ctx); lost != nil {
			err = lost
		}
		return res, fmt.Errorf("%d of %d steps were done, and every page there is whole; publish again to complete it: %w",
			r.done, len(p.Steps), err)
	}
	if err := r.complete(ctx, rel); err != nil {
		return res, fmt.Errorf("the site was sent, but what it holds could not be recorded; run it again: %w", err)
	}
	res.Release = rel
	return res, nil
}

// open takes out of the manifest what is about to change.
func (r *remote) open(ctx context.Context) error {
	m := manifest{Format: manifestFormat, Release: r.last.Release, Served: r.served(), Snapshots: r.last.Snapshots}
	pending := map[string]bool{}
	for _, s := range r.delivery.Steps {
		pending[s.Path] = true
		m.Unsettled = append(m.Unsettled, s.Path)
	}
	slices.Sort(m.Unsettled)
	for name, e := range r.entries {
		if !pending[name] {
			m.Files = append(m.Files, e)
		} else {
			delete(r.entries, name)
		}
	}
	sortEntries(m.Files)
	r.record = m.encode()
	if _, err := r.write(ctx, stateManifest, r.record, time.Time{}); err != nil {
		return fmt.Errorf("write %s: %w", stateManifest, err)
	}
	// Only now: until the manifest stood they were the record.
	return r.discard(ctx)
}

// remains are the files that only a delivery under way has.
func (r *remote) remains() (names []string) {
	for name := range r.objects {
		if strings.HasPrefix(name, stateSent) || strings.HasPrefix(name, statePart) {
			names = append(names, name)
		}
	}
	return names
}

func (r *remote) discard(ctx context.Context) error {
	for _, name := range r.remains() {
		if err := r.remove(ctx, name); err != nil {
			return fmt.Errorf("remove %s: %w", name, err)
		}
	}
	return nil
}

// perform does the steps, each turn after the one before.
func (r *remote) perform(ctx context.Context, res *Result, progress func(int, int)) error {
	files := map[string]file{}
	for _, f := range r.site.files {
		files[f.path] = f
	}
	steps := r.delivery.Steps
	for len(steps) > 0 {
		n := 1
		for n < len(steps) && steps[n].turn() == steps[0].turn() {
			n++
		}
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(workers)
		for _, s := range steps[:n] {
			g.Go(func() error {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				if err := r.step(ctx, s, files[s.Path]); err != nil {
					return fmt.Errorf("%s %s: %w", s.What, s.Path, err)
				}
				r.tell(s, res, progress)
				return nil
			})
		}
		if err := g.Wait(); err != nil {
			return err
		}
		steps = steps[n:]
	}
	return nil
}

func (r *remote) tell(s Step, res *Result, progress func(int, int)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.What == Remove {
		res.Removed++
	} else {
		res.Sent++
		res.Bytes += s.Size
	}
	r.done++
	if progress != nil {
		progress(r.done, len(r.delivery.Steps))
	}
}

func (r *remote) step(ctx context.Context, s Step, f file) error {
	if s.What == Remove {
		return r.remove(ctx, s.Path)
	}
	data, err := f.content()
	if err != nil {
		return err
	}
	tag, err := r.write(ctx, f.path, data, f.modified)
	if err != nil {
		return err
	}
	return r.note(ctx, entry{f.path, f.size, f.sum, tag})
}

// note keeps what was sent; now and then it is written down at the target.
func (r *remote) note(ctx context.Context, e entry) error {
	r.mu.Lock()
	r.entries[e.Path] = e
	r.sent = append(r.sent, e)
	if len(r.sent) < sentTogether {
		r.mu.Unlock()
		return nil
	}
	list := r.sent
	r.sent = nil
	r.next++
	name := fmt.Sprintf("%s%06d.json", stateSent, r.next)
	r.objects[name] = object{}
	r.mu.Unlock()
	_, err := r.write(ctx, name, encodeEntries(list), time.Time{})
	return err
}

// complete records what stands, and the release.
func (r *remote) complete(ctx context.Context, rel Release) error {
	if err := r.undisturbed(ctx); err != nil {
		return err
	}
	m := manifest{Format: manifestFormat, Release: rel, Served: r.served(), Snapshots: snapshots(r.site.files), Complete: true}
	for _, f := range r.site.files {
		m.Files = append(m.Files, r.entries[f.path])
	}
	if _, err := r.write(ctx, stateManifest, m.encode(), time.Time{}); err != nil {
		return fmt.Errorf("write %s: %w", stateManifest, err)
	}
	log, err := r.read(ctx, stateLog)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if log, err = logged(log, r.last.Release, rel); err != nil {
		return err
	}
	if _, err := r.write(ctx, stateLog, log, time.Time{}); err != nil {
		return fmt.Errorf("write %s: %w", stateLog, err)
	}
	return r.discard(ctx)
}
