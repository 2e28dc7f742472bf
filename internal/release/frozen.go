package release

import (
	"crypto/sha256"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"outturn/internal/archive/snapshot"
	"outturn/internal/diag"
	"outturn/internal/period"
)

// What is frozen is for good: the pages of a snapshot that are public stay as
// they are, byte for byte, at their addresses (contract, section 8). Only one
// that was withdrawn in the open may change, since its pages then say so.

// Frozen tells the checklist of a snapshot that a build would publish: the
// SHA-256 of each file by its path in the site, archive/2016-17-q3/index.html.
func (r *Checklist) Frozen(id string, files map[string][sha256.Size]byte) {
	if r.shelf == nil {
		r.shelf = map[string]map[string][sha256.Size]byte{}
	}
	r.shelf[id] = files
	if len(r.publicSnapshot(id)) == 0 {
		words := id
		if p, err := period.Parse(strings.ToUpper(id)); err == nil {
			words = p.Words()
		}
		r.fresh = append(r.fresh, "the snapshot of "+words)
	}
}

// Withdrawn tells the checklist of a snapshot that was withdrawn: its pages may
// change.
func (r *Checklist) Withdrawn(id string) {
	if r.withdrawn == nil {
		r.withdrawn = map[string]bool{}
	}
	r.withdrawn[id] = true
}

// publicSnapshot is a snapshot as it is public; it has no files where it is not.
func (r *Checklist) publicSnapshot(id string) map[string][sha256.Size]byte {
	files := map[string][sha256.Size]byte{}
	if r.public != nil {
		for name, sum := range r.public.Sums {
			if strings.HasPrefix(name, "archive/"+id+"/") {
				files[name] = sum
			}
		}
	}
	return files
}

// thaw tells of the snapshots that are public and would change or be gone.
func (r *Checklist) thaw() {
	if r.public == nil {
		return
	}
	public := map[string]bool{}
	for name := range r.public.Sums {
		if rest, ok := strings.CutPrefix(name, "archive/"); ok {
			if id, _, inside := strings.Cut(rest, "/"); inside { // the archive's own pages stand above them
				public[id] = true
			}
		}
	}
	for _, id := range sortedKeys(public) {
		was, is := r.publicSnapshot(id), r.shelf[id]
		if r.withdrawn[id] || maps.Equal(was, is) {
			continue
		}
		at := diag.Place{File: path.Join(snapshot.Root, id)}
		const withdraw = "; a snapshot is taken back in the open with outturn archive withdraw "
		if _, err := fs.Stat(r.site, at.File); err != nil || is == nil {
			r.found.Errorf(at, "snapshot-gone", "the snapshot %s is public, and its %s would be gone", id, counted(len(was), "file", "files")).Hint =
				"put the folder back from a copy or from version control, under its own name" + withdraw + id + " --reason …"
			continue
		}
		var differ []string
		for _, name := range slices.Sorted(maps.Keys(was)) {
			if sum, stands := is[name]; !stands || sum != was[name] {
				differ = append(differ, name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(is)) {
			if _, stood := was[name]; !stood {
				differ = append(differ, name)
			}
		}
		r.found.Errorf(at, "snapshot-changed", "the snapshot %s is public, and %s in it would change; the first is %s", id, counted(len(differ), "file", "files"), differ[0]).Hint =
			"put the folder back from a copy or from version control; outturn archive verify " + id + " tells what differs from its own list" + withdraw + id + " --reason …"
	}
}
