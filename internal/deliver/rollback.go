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
	// A release that was damaged, and mended by the next, is the same site: it is
	// no way back from that.
	to := from.manifest
	seen := map[string]bool{}
	for len(seen) == 0 || to.Release.Digest == from.manifest.Release.Digest {
		name := to.Release.Before
		if !releaseName.MatchString(name) || seen[name] || !taken(t.release(name)) {
			return nil, refuse(buildAnew, "%s keeps no release from before the one that is public", t)
		}
		if to, err = t.record(name); err != nil {
			return nil, refuse(buildAnew, "what releases/%s should hold cannot be read: %v", name, err)
		}
		to.Release.Name = name
		seen[name] = true
	}
	files, err := t.listing(to.Release.Name)
	if err != nil {
		return nil, err
	}
	b := &Rollback{Release: to.Release, folder: t, from: from}
	b.refusal = errors.Join(to.damage(files), forbidden(&from.manifest, &to, opt))
	b.Added, b.Changed, b.Removed = difference(&from.manifest, &to)
	b.Release.Target = t.String()
	b.Release.Added, b.Release.Changed, b.Release.Removed = len(b.Added), len(b.Changed), len(b.Removed)
	return b, nil
}

// Refusal is why nobody may go back: a *Refusal, or several joined, where the release
// before is not as it was published, has what was taken back since, or has a frozen
// snapshot otherwise than it is public, or not at all; nil where one may. What a
// delivery may not do, a rollback may not.
func (b *Rollback) Refusal() error { return b.refusal }

// Carry leads current back, in one step. at is the time of the log; its day is that
// by which the site was judged which is public again.
func (b *Rollback) Carry(at time.Time) (Release, error) {
	if b.refusal != nil {
		return Release{}, b.refusal
	}
	t := b.folder
	unlock, err := t.lock()
	if err != nil {
		return Release{}, err
	}
	defer unlock()
	if now, err := t.leads(); err != nil || now != b.from.name {
		return Release{}, errors.Join(err, errors.New("a publish has just put a release there: look at it, and run this again"))
	}
	if err := t.lead(b.Release.Name); err != nil {
		return Release{}, fmt.Errorf("%s is as it was: %w", t, err)
	}
	r := b.Release
	r.Time, r.Rollback = at, true
	if err := t.log(b.from.manifest.Release, r); err != nil {
		return r, fmt.Errorf("the release before is public again, but: %w", err)
	}
	return r, nil
}

// forbidden is why a rollback from one release to another is refused.
func forbidden(from, to *manifest, opt Options) error {
	if what := to.restores(opt); what != "" {
		return refuse(buildAnew, "the release before has %s; it would be public again", what)
	}
	ids := thawed(from.Snapshots, to.Snapshots, opt.Withdrawn)
	if len(ids) == 0 {
		return nil
	}
	how := "would change: the release before has another"
	if to.Snapshots[ids[0]] == "" {
		how = "would be gone: the release before does not have it"
	}
	return refuse(buildAnew, "the frozen snapshot archive/%s/ is public, and %s", ids[0], how)
}

// damage holds the files of a release against its manifest.
func (m *manifest) damage(files map[string]found) error {
	var wrong []string
	listed := map[string]bool{}
	for _, f := range m.Files {
		listed[f.Path] = true
		if now, stands := files[f.Path]; !stands || !now.regular || now.sum != f.Sum {
			wrong = append(wrong, f.Path)
		}
	}
	for path := range files {
		if !listed[path] {
			wrong = append(wrong, path)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return refuse(buildAnew, "the release before is not as it was published: of its files %d changed, are gone or were added since, the first %s", len(wrong), slices.Min(wrong))
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
