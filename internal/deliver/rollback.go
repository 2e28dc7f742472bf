package deliver

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Rollback is a way back to the release before the one that is public.
type Rollback struct {
	Release Release // the release before; its counts are those of going back to it
	// Added are the files that the release which is left had taken away: they are
	// public again. Changed read as they did then, and Removed are gone.
	Added, Changed, Removed []string

	folder  Folder
	from    standing
	refusal error
}

const buildAnew = "build the site as it should be, and publish it"

// LookBack finds the way back, and changes nothing. Where no earlier release is
// kept it is a *Refusal.
func (t Folder) LookBack(opt Options) (*Rollback, error) {
	if err := t.vet(); err != nil {
		return nil, err
	}
	from, err := t.standing()
	if err != nil {
		return nil, err
	}
	before := from.manifest.Release.Before
	if from.name == "" || before == "" || !taken(t.release(before)) {
		return nil, refuse(buildAnew, "%s keeps no release from before the one that is public", t)
	}
	to, err := t.record(before)
	if err != nil {
		return nil, fmt.Errorf("read what the release before holds: %w", err)
	}
	b := &Rollback{Release: to.Release, folder: t, from: from, refusal: forbidden(&from.manifest, &to, opt.Withdrawn)}
	b.Added, b.Changed, b.Removed = difference(&from.manifest, &to)
	b.Release.Name = before
	b.Release.Added, b.Release.Changed, b.Release.Removed = len(b.Added), len(b.Changed), len(b.Removed)
	return b, nil
}

// Refusal is why nobody may go back: a *Refusal where the release before has a
// snapshot that was withdrawn, or has one that is public otherwise or not at all;
// nil where one may. What a delivery may not do, a rollback may not.
func (b *Rollback) Refusal() error { return b.refusal }

// Carry leads current back, in one step. at and day are those of the log.
func (b *Rollback) Carry(at time.Time, day string) (Release, error) {
	if b.refusal != nil {
		return Release{}, b.refusal
	}
	t := b.folder
	unlock, err := t.lock()
	if err != nil {
		return Release{}, err
	}
	defer unlock()
	if now, err := t.standing(); err != nil || now.name != b.from.name {
		return Release{}, errors.Join(err, errors.New("a publish has just put a release there: look at it, and run this again"))
	}
	if err := t.lead(b.Release.Name); err != nil {
		return Release{}, fmt.Errorf("%s is as it was: %w", t, err)
	}
	r := b.Release
	r.Time, r.Day, r.Rollback = at, day, true
	if err := t.log(b.from.manifest.Release, r); err != nil {
		return r, fmt.Errorf("the release before is public again, but: %w", err)
	}
	return r, nil
}

// forbidden is why a rollback from one release to another is refused.
func forbidden(from, to *manifest, withdrawn []string) error {
	if id := to.restores(withdrawn); id != "" {
		return refuse(buildAnew, "the release before has the snapshot archive/%s/, which was withdrawn: it would be public again", id)
	}
	for _, id := range slices.Sorted(maps.Keys(from.Snapshots)) {
		switch was := to.Snapshots[id]; {
		case was == from.Snapshots[id] || slices.Contains(withdrawn, id):
		case was == "":
			return refuse(buildAnew, "the frozen snapshot archive/%s/ is public, and would be gone: the release before does not have it", id)
		default:
			return refuse(buildAnew, "the frozen snapshot archive/%s/ is public, and would change: the release before has another", id)
		}
	}
	return nil
}

// difference says what a rollback adds, changes and removes.
func difference(from, to *manifest) (added, changed, removed []string) {
	then := map[string]sum{}
	for _, f := range to.Files {
		then[f.Path] = f.Sum
	}
	for _, f := range from.Files { // in the order of their paths
		old, stood := then[f.Path]
		switch {
		case !stood:
			removed = append(removed, f.Path)
		case old != f.Sum:
			changed = append(changed, f.Path)
		}
		delete(then, f.Path)
	}
	return slices.Sorted(maps.Keys(then)), changed, removed
}
