package build

import (
	"io/fs"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"outturn/internal/check"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/proof"
)

// examine adds every finding in what belongs to an edition.
func examine(ed *edition.Edition, proofs *proof.Reader, problems *diag.List) {
	check.Data(ed, problems)
	check.Carried(ed, problems)
	proofs.Texts(ed, problems)
	ed.Withhold(problems)
}

// history adds every finding in the archive, and by it in what the site now says.
func history(dir fs.FS, opt edition.Options, problems *diag.List) {
	shelf(dir, opt, problems)
	check.Past(dir, problems)
}

// closed tells of attachments that cannot be opened: who publishes them is the first
// to read them, and has no more than an error to say so with.
func closed(dir fs.FS, files []string, problems *diag.List) {
	for _, file := range files {
		name := "content/files/" + file
		f, err := dir.Open(name)
		if err != nil {
			problems.Errorf(diag.Place{File: name}, "unreadable", "the file cannot be read: %v", err)
			continue
		}
		f.Close() // it was read by nobody
	}
}

// Check adds every finding in a site. With Drafts, the errors are among them by which a
// public build of the same day would fail: what is public may ask for a figure that is
// held back.
func Check(dir fs.FS, opt edition.Options, problems *diag.List) error {
	in, err := Open(dir, opt, problems)
	if err != nil {
		return err
	}
	history(dir, opt, problems)
	if err := parts(dir, in, runtime.GOMAXPROCS(0), problems, func(*edition.Edition, *diag.List) error { return nil }); err != nil {
		return err
	}
	if opt.Drafts {
		refused(in, problems)
	}
	return nil
}

// refused adds what of a site stops a public build alone.
func refused(in *edition.Inputs, problems *diag.List) {
	var stops diag.List
	public := in.Public(&stops)
	for _, h := range public.Outline().Scorecards {
		public.Scorecard(h.ID, &stops)
	}
	public.Papers(nil, &stops)
	told := map[diag.Place]bool{}
	for _, p := range problems.All() {
		if p.Severity == diag.Error {
			told[p.Place] = true
		}
	}
	for _, p := range stops.All() {
		if p.Severity == diag.Error && !told[p.Place] {
			problems.Add(p)
		}
	}
}

// parts reads and examines a site part by part, so that a large one never stands in
// memory whole: some scorecards at once, and then what belongs to none, which on a
// site that is not large knows them. Each is handed to visit with the findings in it,
// what belongs to none with all.
func parts(dir fs.FS, in *edition.Inputs, atOnce int, problems *diag.List, visit func(ed *edition.Edition, found *diag.List) error) error {
	cards := in.Outline().Scorecards
	lists := make([]diag.List, len(cards))
	known := make([][]*edition.Scorecard, len(cards))
	var proofs proof.Reader
	var g errgroup.Group
	g.SetLimit(atOnce)
	for i, h := range cards {
		g.Go(func() error {
			return caught(h.ID, func() error {
				ed := in.Scorecard(h.ID, &lists[i])
				examine(ed, &proofs, &lists[i])
				if len(ed.Scorecards) == 0 {
					return nil
				}
				if !in.Outline().Large() && lists[i].Errors() == 0 { // one with faults is read again: what follows from them is then not told
					known[i] = ed.Scorecards
				}
				return visit(ed, &lists[i])
			})
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for i := range lists {
		problems.Merge(&lists[i])
	}
	var own diag.List
	ed := in.Papers(slices.Concat(known...), &own)
	examine(ed, &proofs, &own)
	closed(dir, ed.Files(), &own)
	problems.Merge(&own)
	return visit(ed, problems)
}
