package main

import (
	"fmt"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
)

type checkCommand struct {
	Format  string `help:"text or json." enum:"text,json" default:"text"`
	Strict  bool   `help:"Exit with 1 for warnings too."`
	Release bool   `hidden:""`
	Fix     bool   `help:"Write the reference of each typed figure that is right and has one reading."`
	Today   string `help:"The day by which publish_on is judged." placeholder:"DATE"`
}

// Run lists the findings of the whole site, what is not released included: it
// is to be put right before it is.
func (c *checkCommand) Run(t *terminal) error {
	if c.Release {
		return usage{fmt.Errorf("--release is not there yet in this version; outturn check lists every finding")}
	}
	day, err := today(c.Today)
	if err != nil {
		return err
	}
	dir, err := t.folder()
	if err != nil {
		return err
	}
	options := edition.Options{Today: day, Drafts: true}
	var problems diag.List
	if c.Fix {
		ed, err := load(dir, options, &problems)
		if err != nil {
			return err
		}
		if problems.Errors() > 0 {
			fmt.Fprintln(t.err, "outturn: nothing is bound while there are errors: a figure read from wrong data would be the wrong one")
		} else if err := t.fix(ed); err != nil {
			return err
		}
		problems = diag.List{}
	}
	if err := build.Check(dir, options, &problems); err != nil {
		return misused(err)
	}
	list := problems.All()
	if c.Format == "json" {
		err = diag.JSON(t.out, list)
	} else {
		style := diag.Plain
		if isTerminal(t.out) {
			style = diag.WithSource
		}
		if err = diag.Text(t.out, list, style); err == nil {
			_, err = fmt.Fprintf(t.err, "outturn: %s, %s\n", plural(problems.Errors(), "error"), plural(problems.Warnings(), "warning"))
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
