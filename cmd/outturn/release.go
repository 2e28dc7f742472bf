package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"outturn/internal/archive/bag"
	quarters "outturn/internal/archive/snapshot"
	"outturn/internal/build"
	"outturn/internal/check"
	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/publish"
	"outturn/internal/release"
	"outturn/internal/site"
)

// readiness goes through the release checklist of a site for a day: what a
// public build would publish then, and what of it is new against the site that
// is public, nil where none is known. Nothing is written. The findings are in
// problems, those that stop a release as errors. meeting is the slug of one
// meeting, or "".
func readiness(public *release.Public, dir fs.FS, today period.Date, meeting string, problems *diag.List) (release.Readiness, error) {
	if meeting != "" { // a wrong name is told whatever else is wrong
		if err := knows(commentary.Load(dir, edition.DataFolders(dir), new(diag.List)).Meetings, meeting); err != nil {
			return release.Readiness{}, err
		}
	}
	r := release.New(dir, today, public, meeting)
	check.Past(dir, problems)
	for _, s := range quarters.List(dir) {
		if s.Withdrawn {
			r.Withdrawn(s.ID)
		}
		s.Misplaced(problems)
		if err := frozen(r, dir, s, problems); err != nil {
			return release.Readiness{}, err
		}
	}
	err := build.Each(dir, edition.Options{Today: today}, problems, func(p build.Part) error {
		files := p.Files
		if p.Scorecard == nil {
			if p.Edition.Outline.Archive {
				shelf, err := site.Archive(p.Edition, dir)
				if broken := new(bag.Broken); err != nil && !errors.As(err, &broken) { // a broken bag is told above
					return err
				}
				files = append(files, shelf...)
			}
		}
		made := make([]release.File, len(files))
		for i, f := range files {
			made[i] = release.File{Path: f.Path, Make: f.Make}
		}
		return r.Add(p.Edition, p.Scorecard, made)
	})
	if err != nil {
		return release.Readiness{}, misused(err)
	}
	return r.Finish(problems), nil
}

// frozen tells a checklist of a snapshot. All that it holds is read and held
// against its own list: what is public must not come from a folder that somebody
// changed.
func frozen(r *release.Checklist, dir fs.FS, s quarters.Snapshot, problems *diag.List) error {
	if !s.Kept {
		return nil
	}
	if s.Withdrawn { // its pages are made anew, and say so
		s.Complete(dir, problems)
		return nil
	}
	folder := quarters.Folder(s.ID)
	sub, err := fs.Sub(dir, folder)
	if err != nil {
		return err
	}
	bag.Verify(sub, folder, problems)
	manifest, err := bag.ReadManifest(sub)
	if err != nil {
		return nil // told
	}
	fingerprint, err := bag.Fingerprint(sub)
	if err != nil {
		return nil // told
	}
	files := map[string][sha256.Size]byte{}
	for name, sum := range manifest {
		if page, ok := strings.CutPrefix(name, quarters.Site+"/"); ok {
			files["archive/"+s.ID+"/"+page] = sum
		}
	}
	r.Frozen(s.ID, files, fingerprint)
	return nil
}

// standing is the site that stands in a folder, nil where there is none or it is
// not as the last build left it. A file with other bytes than were built, of the
// same size and time, is told: publish would refuse it.
func standing(out string, problems *diag.List) (*release.Public, error) {
	manifest, ok, err := publish.Load(out)
	if err != nil || !ok {
		return nil, err
	}
	sums, err := manifest.SHA256(out)
	if altered := new(publish.Altered); errors.As(err, &altered) {
		for _, name := range altered.Paths {
			problems.Errorf(diag.Place{File: path.Join(filepath.Base(out), name)}, "not-as-built",
				"it has other bytes than were built, though its size and time are as they were").Hint = "remove it, and build anew (outturn build)"
		}
		err = nil
	}
	return &release.Public{Files: os.DirFS(out), Sums: sums}, err
}

// knows refuses a meeting that there is not.
func knows(meetings []commentary.Meeting, slug string) error {
	var slugs []string
	for _, m := range meetings {
		if m.Slug == slug {
			return nil
		}
		slugs = append(slugs, m.Slug)
	}
	if near := diag.Nearest(slug, slugs); near != "" {
		return usage{fmt.Errorf("there is no meeting %q; did you mean %s?", slug, near)}
	}
	if len(slugs) == 0 {
		return usage{fmt.Errorf("there is no meeting %q: content/meetings/ has none", slug)}
	}
	return usage{fmt.Errorf("there is no meeting %q; the meetings are %s", slug, strings.Join(slugs, ", "))}
}
