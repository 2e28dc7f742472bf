package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/publish"
)

// folder opens a site's folder.
func (t *terminal) folder() (fs.FS, error) {
	if _, err := os.Stat(filepath.Join(t.site, "content", "site.yaml")); err != nil {
		return nil, usage{fmt.Errorf("there is no site in %s: content/site.yaml is not there; name the site's folder with --site", show(t.site))}
	}
	return build.Folder(t.site), nil
}

// open opens a site's folder for the day of a command, as today reads it.
func (t *terminal) open(flag string) (fs.FS, period.Date, error) {
	day, err := today(flag)
	if err != nil {
		return nil, 0, err
	}
	dir, err := t.folder()
	return dir, day, err
}

// scorecard reads one scorecard of the site. The others are read only where its
// texts name them.
func (t *terminal) scorecard(dir fs.FS, opt edition.Options, id string) (*edition.Edition, *edition.Scorecard, error) {
	var problems diag.List
	in, err := build.Open(dir, opt, &problems)
	if err != nil {
		return nil, nil, misused(err)
	}
	ed := in.Scorecard(id, &problems)
	if problems.Errors() > 0 {
		t.printErrors(&problems)
		return nil, nil, errInputs
	}
	if card := ed.Scorecard(id); card != nil {
		return ed, card, nil
	}
	var ids []string
	for _, h := range ed.Outline.Scorecards {
		ids = append(ids, h.ID)
	}
	return nil, nil, usage{fmt.Errorf("there is no scorecard %q; the scorecards are %s", id, strings.Join(ids, ", "))}
}

// misused tells what is for the user to put right from a failing machine.
func misused(err error) error {
	var noTheme *build.NoTheme
	var refusal *publish.Refusal
	if errors.As(err, &noTheme) || errors.As(err, &refusal) {
		return usage{err}
	}
	return err
}

// printErrors shows what stops a command; on a terminal with the source line and
// a caret.
func (t *terminal) printErrors(problems *diag.List) {
	var list []diag.Problem
	for _, p := range problems.All() {
		if p.Severity == diag.Error {
			list = append(list, p)
		}
	}
	style := diag.Plain
	if isTerminal(t.err) {
		style = diag.WithSource
	}
	diag.Text(t.err, list, style)
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// show names a folder as the reader would.
func show(dir string) string {
	if dir == "." || dir == "" {
		return "this folder"
	}
	return filepath.ToSlash(dir)
}
