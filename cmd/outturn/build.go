package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/publish"
)

type buildCommand struct {
	Out    string `help:"Where the site goes; public/ in the site's folder unless said." placeholder:"DIR"`
	AsAt   string `help:"Build the site as it stood with this month as its latest." placeholder:"MONTH"`
	Today  string `help:"The day by which publish_on is judged." placeholder:"DATE"`
	Drafts bool   `help:"Show what is not released, marked as such; needs an --out of its own."`
}

func (b *buildCommand) Run(t *terminal) error {
	began := time.Now()
	opt, err := b.options()
	if err != nil {
		return err
	}
	dir, err := t.folder()
	if err != nil {
		return err
	}
	out, err := b.output(t.site)
	if err != nil {
		return err
	}
	var problems diag.List
	program := identity()
	if b.Drafts {
		program += draftsBuilt
	}
	result, err := build.Run(build.Request{
		Site: dir, Out: out, Program: program, Options: opt, Progress: progress(t, began, "%d of %d scorecards", 1),
	}, &problems)
	switch {
	case errors.Is(err, build.ErrInputs):
		t.printErrors(&problems)
		fmt.Fprintf(t.err, "outturn: %s; %s was left as it was\n", diag.Count(problems.Errors(), "error"), b.name())
		return errInputs
	case err != nil:
		return misused(err)
	case result.Fresh:
		fmt.Fprintf(t.err, "%s is up to date for %s: %s, nothing changed, in %s%s\n",
			b.name(), opt.Today.Words(), diag.Count(result.Files, "file"), took(began), findings(result.Warnings))
		return nil
	}
	note := ""
	if !result.Exchanged {
		note = "; this file system cannot exchange two folders in one step, so for an instant there was none"
	}
	fmt.Fprintf(t.err, "built %s for %s: %s (%d written, %d removed) in %s%s%s\n",
		b.name(), opt.Today.Words(), diag.Count(result.Files, "file"), result.Written, result.Removed, took(began), findings(result.Warnings), note)
	return nil
}

func (b *buildCommand) options() (edition.Options, error) {
	var opt edition.Options
	var err error
	if opt.Today, err = today(b.Today); err != nil {
		return opt, err
	}
	if opt.AsAt, err = asAt(b.AsAt); err != nil {
		return opt, err
	}
	opt.Drafts = b.Drafts
	return opt, nil
}

// output is the folder to build into. Inputs are never written over, and drafts
// never go where the public site stands.
func (b *buildCommand) output(siteDir string) (string, error) {
	public := filepath.Join(siteDir, "public")
	if b.Out == "" {
		if b.Drafts {
			return "", usage{errors.New("--drafts needs an --out of its own: what is not released never goes into public/")}
		}
		return public, nil
	}
	out, err := resolve(b.Out)
	if err != nil {
		return "", err
	}
	root, err := resolve(filepath.Join(siteDir, "public"))
	root = filepath.Dir(root)
	if err != nil {
		return "", err
	}
	if b.Drafts && within(filepath.Join(root, "public"), out) {
		return "", usage{errors.New("--drafts needs an --out of its own: what is not released never goes into public/")}
	}
	if within(out, root) {
		return "", usage{fmt.Errorf("--out %s holds the site itself; name an empty folder", b.Out)}
	}
	for _, name := range strings.Split(filepath.ToSlash(out), "/") {
		if strings.HasPrefix(name, ".") && strings.HasSuffix(name, ".outturn") {
			return "", usage{fmt.Errorf("--out %s goes into %s, where outturn keeps its own work; name an empty folder", b.Out, name)}
		}
	}
	for _, input := range []string{"data", "content", "themes", ".git"} {
		if within(filepath.Join(root, input), out) {
			return "", usage{fmt.Errorf("--out %s lies in the site's own %s/; name an empty folder", b.Out, input)}
		}
	}
	if within(filepath.Join(root, "public"), filepath.Dir(out)) {
		return "", usage{fmt.Errorf("--out %s lies in public/, which holds the site and nothing else; name an empty folder", b.Out)}
	}
	if b.Drafts {
		if by, stands := publish.BuiltBy(out); stands && !strings.HasSuffix(by, draftsBuilt) {
			return "", usage{fmt.Errorf("--out %s holds a site that this version did not build with --drafts, and that may be served: name an empty folder, or remove that one with the .%s.outturn beside it", b.Out, filepath.Base(out))}
		}
		for dir := filepath.Dir(out); dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			if by, stands := publish.BuiltBy(dir); stands && !strings.HasSuffix(by, draftsBuilt) {
				return "", usage{fmt.Errorf("--out %s lies in %s, which holds a site that may be served; name an empty folder", b.Out, dir)}
			}
		}
	}
	return b.Out, nil
}

// resolve makes a path absolute, the links in its parents followed: they may
// lead to where nothing may be written. The folder itself need not exist.
func resolve(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	parent, rest := filepath.Split(abs)
	for {
		parent = filepath.Clean(parent)
		if real, err := filepath.EvalSymlinks(parent); err == nil {
			return filepath.Join(real, rest), nil
		}
		if parent == filepath.Dir(parent) {
			return abs, nil
		}
		rest = filepath.Join(filepath.Base(parent), rest)
		parent = filepath.Dir(parent)
	}
}

// within reports whether inner is dir or lies in it.
func within(dir, inner string) bool {
	rel, err := filepath.Rel(dir, inner)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func (b *buildCommand) name() string {
	if b.Out == "" {
		return "public/"
	}
	return strings.TrimSuffix(filepath.ToSlash(b.Out), "/") + "/"
}

// draftsBuilt is what a build with --drafts adds to its identity, so that what is
// not released is never built over a site that may be served.
const draftsBuilt = " drafts"

// identity tells one program from another, so that what an older one built is
// made anew: the version, and the size and time of the program's own file,
// since two builds may bear one version.
func identity() string {
	name, err := os.Executable()
	if err != nil {
		return version
	}
	info, err := os.Stat(name)
	if err != nil {
		return version
	}
	return fmt.Sprintf("%s %d %d", version, info.Size(), info.ModTime().UnixNano())
}

// progress tells on a terminal how far the work is, once it takes longer than a
// second. beside is how many of the total the reader has no name for.
func progress(t *terminal, began time.Time, words string, beside int) func(done, total int) {
	if !isTerminal(t.err) {
		return nil
	}
	shown := false
	return func(done, total int) {
		switch {
		case shown && done == total:
			fmt.Fprint(t.err, "\r\x1b[K")
		case done < total && time.Since(began) > time.Second:
			shown = true
			fmt.Fprintf(t.err, "\r\x1b[K"+words, done, total-beside)
		}
	}
}

func took(began time.Time) string {
	d := time.Since(began)
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

func findings(warnings int) string {
	if warnings == 0 {
		return "; no findings"
	}
	return "; " + diag.Count(warnings, "finding") + " (outturn check lists them)"
}
