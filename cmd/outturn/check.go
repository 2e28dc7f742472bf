package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"outturn/internal/build"
	"outturn/internal/deliver"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/release"
)

type checkCommand struct {
	Format  string `help:"text or json." enum:"text,json" default:"text"`
	Strict  bool   `help:"Exit with 1 for warnings too."`
	Release bool   `help:"Go through the checklist before a release: what stops it, and what asks."`
	Meeting string `help:"With --release: look at the papers of this meeting alone." placeholder:"SLUG"`
	Against string `help:"With --release: hold it against what is public at this target, as publish names it." placeholder:"TARGET"`
	Fix     bool   `help:"Write the reference of each typed figure that is right and has one reading."`
	Today   string `help:"The day by which publish_on is judged." placeholder:"DATE"`
}

// Run lists the findings of the whole site, what is not released included: it
// is to be put right before it is. With --release it goes through the checklist
// over what would be public on the day.
func (c *checkCommand) Run(t *terminal) error {
	switch {
	case c.Release && c.Fix:
		return usage{errors.New("--fix and --release do not go together: bind the figures first, then go through the checklist")}
	case c.Meeting != "" && !c.Release:
		return usage{errors.New("--meeting belongs to --release; write outturn check --release --meeting " + c.Meeting)}
	}
	if c.Against != "" && !c.Release {
		return usage{errors.New("--against belongs to --release; write outturn check --release --against " + c.Against)}
	}
	dir, day, err := t.open(c.Today)
	if err != nil {
		return err
	}
	options := edition.Options{Today: day, Drafts: true, InFull: true}
	var problems diag.List
	if c.Release {
		public, hangUp, err := c.public(t, &problems)
		if err != nil {
			return refused(t, err)
		}
		defer hangUp()
		ready, err := readiness(public, dir, day, c.Meeting, &problems)
		if err != nil {
			return err
		}
		ready.Against = c.Against
		return c.print(t, &problems, ready.String())
	}
	if c.Fix {
		bindings, err := bindings(dir, options, &problems)
		if err != nil {
			return err
		}
		if problems.Errors() > 0 {
			fmt.Fprintln(t.err, "outturn: nothing is bound while there are errors: a figure read from wrong data would be the wrong one")
		} else if err := t.fix(dir, options, bindings); err != nil {
			return err
		}
		problems = diag.List{}
	}
	if err := build.Check(dir, options, &problems); err != nil {
		return misused(err)
	}
	return c.print(t, &problems, fmt.Sprintf("outturn: %s, %s", diag.Count(problems.Errors(), "error"), diag.Count(problems.Warnings(), "warning")))
}

// public is the site that the checklist holds the release against: the one at the
// target that was named, else the one that the last build left.
func (c *checkCommand) public(t *terminal, problems *diag.List) (*release.Public, func(), error) {
	if c.Against == "" {
		public, err := standing(filepath.Join(t.site, "public"), problems)
		return public, func() {}, err
	}
	target, err := deliver.Parse(c.Against)
	if err != nil {
		return nil, nil, err
	}
	d, err := target.Look(context.Background(), new(deliver.Site), deliver.Options{})
	if err != nil {
		return nil, nil, err
	}
	return served(target, d), func() { _ = d.Close() }, nil // how it hangs up changes nothing
}

// print lists the findings and, unless they are for a machine, what they come to.
func (c *checkCommand) print(t *terminal, problems *diag.List, sum string) error {
	list := problems.All()
	var err error
	if c.Format == "json" {
		err = diag.JSON(t.out, list)
	} else {
		style := diag.Plain
		if isTerminal(t.out) {
			style = diag.WithSource
		}
		if err = diag.Text(t.out, list, style); err == nil {
			_, err = fmt.Fprintln(t.err, sum)
		}
	}
	if err != nil {
		return fmt.Errorf("printing the findings: %w", err)
	}
	if problems.Errors() > 0 || c.Strict && len(list) > 0 {
		return errInputs
	}
	return nil
}
