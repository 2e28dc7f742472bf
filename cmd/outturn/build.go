package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/publish"
	"outturn/internal/site"
)

type buildCommand struct {
	Out    string `help:"Where the site goes; public/ in the site's folder unless said." placeholder:"DIR"`
	AsAt   string `help:"Build the site as it stood with this month as its latest." placeholder:"MONTH"`
	Today  string `help:"The day by which publish_on is judged." placeholder:"DATE"`
	Drafts bool   `help:"Show what is not released, marked as such; needs an --out of its own."`
}

// state is what a build leaves beside its output: with the same inputs on the
// same day there is nothing to do, and the findings are those of then.
type state struct {
	Inputs   string `json:"inputs"`
	Warnings int    `json:"warnings"`
	Files    int    `json:"files"`
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
	unlock, err := publish.Lock(out)
	if err != nil {
		return refused(err)
	}
	defer unlock()

	program := identity()
	inputs, err := digest(dir, program, opt)
	if err != nil {
		return fmt.Errorf("reading the site: %w", err)
	}
	if manifest, ok, err := publish.Load(out); err == nil && ok {
		var last state
		if json.Unmarshal(manifest.State, &last) == nil && last.Inputs == inputs && manifest.Intact(out) {
			fmt.Fprintf(t.err, "%s is up to date for %s: %s, nothing changed, in %s%s\n",
				b.name(), opt.Today.Words(), plural(last.Files, "file"), took(began), findings(last.Warnings))
			return nil
		}
	}

	var problems diag.List
	said := t.waiting("reading and judging the site …")
	ed, err := load(dir, opt, &problems)
	said()
	if err != nil {
		return err
	}
	if n := problems.Errors(); n > 0 {
		t.printErrors(&problems)
		fmt.Fprintf(t.err, "outturn: %s; %s was left as it was\n", plural(n, "error"), b.name())
		return errInputs
	}
	said = t.waiting("composing the pages …")
	tree, err := site.Build(ed, program, func(name string) ([]byte, error) { return fs.ReadFile(dir, "content/files/"+name) })
	said()
	if err != nil {
		return fmt.Errorf("building the site: %w", err)
	}
	kept, err := json.Marshal(state{Inputs: inputs, Warnings: problems.Warnings(), Files: len(tree.Entries())})
	if err != nil {
		return err
	}
	result, err := publish.Sync(out, tree, publish.Options{State: kept, Version: program, Progress: progress(t, began)})
	if err != nil {
		return refused(err)
	}
	note := ""
	if !result.Exchanged {
		note = "; this file system cannot exchange two folders in one step, so for an instant there was none"
	}
	fmt.Fprintf(t.err, "built %s for %s: %s (%d written, %d removed) in %s%s%s\n",
		b.name(), opt.Today.Words(), plural(len(tree.Entries()), "file"), result.Written, result.Removed, took(began), findings(problems.Warnings()), note)
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
	for _, input := range []string{"data", "content", "themes", ".git"} {
		if within(filepath.Join(root, input), out) {
			return "", usage{fmt.Errorf("--out %s lies in the site's own %s/; name an empty folder", b.Out, input)}
		}
	}
	if within(filepath.Join(root, "public"), filepath.Dir(out)) {
		return "", usage{fmt.Errorf("--out %s lies in public/, which holds the site and nothing else; name an empty folder", b.Out)}
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

// refused tells a folder that is not ours to write in from a failing machine.
func refused(err error) error {
	var r *publish.Refusal
	if errors.As(err, &r) {
		return usage{err}
	}
	return err
}

// digest is a hash of everything a build depends on: the inputs byte for byte,
// the options, the program.
func digest(dir fs.FS, program string, opt edition.Options) (string, error) {
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s %s %t\n", program, opt.Today, opt.AsAt, opt.Drafts)
	var read fs.WalkDirFunc
	read = func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return nil
		}
		if entry.Type()&fs.ModeSymlink != 0 {
			info, err := fs.Stat(dir, name)
			switch {
			case err == nil && info.IsDir() && path.Dir(name) == "data":
				return fs.WalkDir(dir, name, read) // a scorecard may stand elsewhere
			case err != nil || info.IsDir():
				// It leads nowhere, or to a folder that is not read: loading
				// the site tells of it.
				_, err := fmt.Fprintf(h, "%d %s link\n", len(name), name)
				return err
			}
		}
		content, err := fs.ReadFile(dir, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(h, "%d %s %d\n", len(name), name, len(content))
		h.Write(content)
		return nil
	}
	for _, root := range []string{"data", "content", "themes"} {
		if _, err := fs.Stat(dir, root); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := fs.WalkDir(dir, root, read); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

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

// waiting says on a terminal what is being done once it has taken a second; the
// function that it returns takes the words away.
func (t *terminal) waiting(what string) func() {
	if !isTerminal(t.err) {
		return func() {}
	}
	var mu sync.Mutex
	shown, over := false, false
	timer := time.AfterFunc(time.Second, func() {
		mu.Lock()
		defer mu.Unlock()
		if !over {
			shown = true
			fmt.Fprint(t.err, what)
		}
	})
	return func() {
		timer.Stop()
		mu.Lock()
		defer mu.Unlock()
		if shown {
			fmt.Fprint(t.err, "\r\x1b[K")
		}
		over = true
	}
}

// progress tells on a terminal how far a build is, once it takes longer than a
// second.
func progress(t *terminal, began time.Time) func(done, total int) {
	if !isTerminal(t.err) {
		return nil
	}
	var last time.Time
	shown := false
	return func(done, total int) {
		now := time.Now()
		if shown && done == total {
			fmt.Fprint(t.err, "\r\x1b[K")
			return
		}
		if now.Sub(began) < time.Second || now.Sub(last) < 100*time.Millisecond {
			return
		}
		last, shown = now, true
		fmt.Fprintf(t.err, "\r\x1b[K%d of %s", done, plural(total, "file"))
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
	return "; " + plural(warnings, "finding") + " (outturn check lists them)"
}
