package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
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
	"outturn/internal/site"
)

// readiness goes through the release checklist of a site for a day: what a
// public build would publish then, and what of it is new against the site that
// stands in out. Nothing is written. The findings are in problems, those that
// stop a release as errors. meeting is the slug of one meeting, or "".
func readiness(dir fs.FS, out string, today period.Date, meeting string, problems *diag.List) (check.Readiness, error) {
	public, err := standing(out)
	if err != nil {
		return check.Readiness{}, fmt.Errorf("reading what stands in %s: %w", out, err)
	}
	return readinessAgainst(public, dir, today, meeting, problems)
}

// readinessAgainst is readiness against the site that is public, nil where none
// is known.
func readinessAgainst(public *check.Public, dir fs.FS, today period.Date, meeting string, problems *diag.List) (check.Readiness, error) {
	r := check.NewRelease(dir, today, public, meeting)
	check.Past(dir, problems)
	for _, s := range quarters.List(dir) {
		if sub, err := fs.Sub(dir, quarters.Folder(s.ID)); err == nil && s.Kept {
			bag.Complete(sub, quarters.Folder(s.ID), problems)
		}
	}
	err := build.Each(dir, edition.Options{Today: today}, problems, func(p build.Part) error {
		files := p.Files
		if p.Scorecard == nil {
			if err := knows(p.Edition.Content.Meetings, meeting); err != nil {
				return err
			}
			if p.Edition.Outline.Archive {
				shelf, err := site.Archive(p.Edition, dir)
				if err != nil {
					return err
				}
				files = append(files, shelf...)
			}
		}
		made := make([]check.File, len(files))
		for i, f := range files {
			made[i] = check.File(f)
		}
		return r.Add(p.Edition, p.Scorecard, made)
	})
	if err != nil {
		return check.Readiness{}, misused(err)
	}
	return r.Finish(problems), nil
}

// standing is the site in a folder as the last build left it, nil where there is
// none or somebody changed it.
func standing(out string) (*check.Public, error) {
	manifest, ok, err := publish.Load(out)
	if err != nil || !ok {
		return nil, err
	}
	p := &check.Public{Files: os.DirFS(out), Sums: make(map[string][sha256.Size]byte, len(manifest.Entries))}
	for _, e := range manifest.Entries {
		p.Sums[e.Path] = e.Sum
	}
	return p, nil
}

// knows refuses a meeting that there is not.
func knows(meetings []commentary.Meeting, slug string) error {
	if slug == "" {
		return nil
	}
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
