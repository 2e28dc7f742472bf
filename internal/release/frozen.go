package release

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"outturn/internal/archive/snapshot"
	"outturn/internal/diag"
	"outturn/internal/period"
)

// What is frozen is for good: the pages of a snapshot that are public stay as
// they are, byte for byte, at their addresses (contract, section 8). Only one
// that was withdrawn in the open may change, since its pages then say so.

// shelved is a snapshot that a build would publish.
type shelved struct {
	files       map[string][sha256.Size]byte // by their paths in the site
	fingerprint string                       // of its bag, which is made public with it
}

// Frozen tells the checklist of a snapshot that a build would publish: the
// SHA-256 of each file by its path in the site, archive/2016-17-q3/index.html,
// and the fingerprint of its bag, which stands for what is not published too.
func (r *Checklist) Frozen(id string, files map[string][sha256.Size]byte, fingerprint [sha256.Size]byte) {
	if r.shelf == nil {
		r.shelf = map[string]shelved{}
	}
	r.shelf[id] = shelved{files, hex.EncodeToString(fingerprint[:])}
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

// anyFingerprint is how the archive's page prints that of a bag.
var anyFingerprint = regexp.MustCompile(`\b[0-9a-f]{64}\b`)

// fingerprints are those that readers could note down: those on the archive's
// public page. There are none where its layout prints none.
func (r *Checklist) fingerprints() []string {
	page, err := fs.ReadFile(r.public.Files, "archive/index.html")
	if err != nil {
		return nil
	}
	return anyFingerprint.FindAllString(scan(page).text, -1)
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
	noted := r.fingerprints()
	for _, id := range sortedKeys(public) {
		if r.withdrawn[id] {
			continue
		}
		was, is := r.publicSnapshot(id), r.shelf[id].files
		at := diag.Place{File: path.Join(snapshot.Root, id)}
		const withdraw = "; a snapshot is taken back in the open with outturn archive withdraw "
		if maps.Equal(was, is) {
			if now := r.shelf[id].fingerprint; len(noted) > 0 && !slices.Contains(noted, now) {
				r.found.Errorf(at, "snapshot-changed", "the snapshot %s is public, and its fingerprint would change to %s, which is not on the public archive/index.html: it is another bag, though its pages are the same", id, now).Hint =
					"put the folder back from a copy or from version control; who noted the public fingerprint could not verify this bag" + withdraw + id + " --reason …"
			}
			continue
		}
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

// shows tells of what a snapshot has for the public, and the site of today keeps
// back: the text it was made from is there, and has no page. What is exempt stops
// a release, since a copy of it is public as well; about the rest it asks, as it
// does about the page that is gone. A text that was taken out is no secret.
func (r *Checklist) shows() {
	if r.rest == nil {
		return
	}
	exempt := map[string]bool{}
	for _, report := range r.rest.Content.Reports {
		exempt[report.Place.File] = report.IsExempt()
	}
	for _, id := range sortedKeys(r.shelf) {
		for _, name := range sortedKeys(r.shelf[id].files) {
			page := strings.TrimPrefix(name, "archive/"+id+"/")
			file := paperOf(page)
			if _, err := fs.Stat(r.site, file); file == "" || err != nil || r.built[page] {
				continue
			}
			tell, is := r.found.Warnf, "is not public"
			at, source := keyIn(r.site, file, "status")
			if exempt[file] {
				tell, is = r.found.Errorf, "is exempt"
				at, source = keyIn(r.site, file, "exempt", "status")
			}
			p := tell(at, "snapshot-shows", "this %s, and the snapshot %s shows it to the public as it was (%s)", is, id, name)
			p.Hint, p.Source = "where it must not be read, take the snapshot back with outturn archive withdraw "+id+" --reason …", source
		}
	}
}

// paperOf is the text that can keep a page or a month's figures from the public,
// or "".
func paperOf(page string) string {
	dir, rest, _ := strings.Cut(page, "/")
	switch {
	case dir == "api" && strings.HasSuffix(rest, ".json"):
		return "content/" + strings.TrimSuffix(rest, ".json") + "/_index.md"
	case dir == "reports" || dir == "meetings":
		return pageText(page)
	}
	return ""
}
