package build

import (
	"fmt"

	"outturn/internal/publish"
)

// Hold keeps every build out of the output folder until release is called, and
// tells whether what stands there is what Run would make now. It builds nothing.
// Where the folder is not ours the error is a *publish.Refusal.
func Hold(req Request) (fresh bool, release func(), err error) {
	digests, err := digest(req.Site)
	if err != nil {
		return false, nil, fmt.Errorf("reading the site: %w", err)
	}
	u, err := publish.Begin(req.Out, req.Program)
	if err != nil {
		return false, nil, err
	}
	last, _ := readRecord(u.Standing())
	return last.Inputs == req.inputs(digests), u.Abandon, nil
}

// inputs tells one set of inputs, and what is asked of them, from another.
func (req Request) inputs(d digests) string {
	return combine(req.Program, fmt.Sprint(req.Options), d.all())
}
