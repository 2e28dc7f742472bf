package build

import (
	"io/fs"
	"runtime"

	"golang.org/x/sync/errgroup"

	"outturn/internal/check"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/proof"
)

// examine adds every finding in what belongs to an edition.
func examine(ed *edition.Edition, problems *diag.List) {
	check.Data(ed, problems)
	check.Carried(ed, problems)
	proof.Texts(ed, problems)
	ed.Withhold(problems)
}

// history adds every finding in the archive, and by it in what the site now says.
func history(dir fs.FS, opt edition.Options, problems *diag.List) {
	shelf(dir, opt, problems)
	check.Past(dir, problems)
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
	history(dir, opt, problems)
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
			return caught(h.ID, func() error {
				examine(in.Scorecard(h.ID, &lists[i]), &lists[i])
				return nil
			})
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	examine(in.Papers(nil, &lists[len(cards)]), &lists[len(cards)])
	for i := range lists {
		problems.Merge(&lists[i])
	}
	return nil
}
