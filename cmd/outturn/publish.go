package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"time"

	shelf "outturn/internal/archive/snapshot"
	"outturn/internal/build"
	"outturn/internal/deliver"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/hosting"
	"outturn/internal/period"
	"outturn/internal/release"
)

type publishCommand struct {
	Target      string `arg:"" help:"Where the site is served: a folder, sftp://user@host/path, or s3://bucket/prefix?endpoint=…&region=…"`
	DryRun      bool   `help:"List what would be sent and removed, or brought back by --rollback, and do nothing."`
	Keep        int    `help:"How many releases a folder keeps." default:"5" placeholder:"N"`
	Rollback    bool   `help:"Make the release before the present one public again (a folder), unless it has what was withdrawn."`
	MaxRemovals string `help:"How many files may be removed, or which part of them: 120 or 35%; without it a fifth of them, and 50 at most." placeholder:"N"`
	TakeOver    bool   `help:"Replace and remove what was put there by something else."`
	Headers     bool   `help:"Put _headers beside the pages, for Netlify and Cloudflare Pages."`
	Today       string `help:"The day by which publish_on is judged." placeholder:"DATE"`
}

func (p *publishCommand) Run(t *terminal) error {
	err := refused(t, p.run(t))
	if errors.Is(err, errInputs) {
		fmt.Fprintln(t.err, "outturn: nothing was published")
	}
	return err
}

// refused says why a target was refused, and gives what main is to end with.
func refused(t *terminal, err error) error {
	var misuse *deliver.Misuse
	var refusal *deliver.Refusal
	switch {
	case errors.As(err, &misuse):
		return usage{err}
	case errors.As(err, &refusal):
		for _, line := range strings.Split(err.Error(), "\n") {
			if !strings.HasPrefix(line, "  ") {
				line = "outturn: " + line
			}
			fmt.Fprintln(t.err, line)
		}
		return errInputs
	}
	return err
}

func (p *publishCommand) run(t *terminal) error {
	began := time.Now()
	dir, err := t.folder()
	if err != nil {
		return err
	}
	target, opt, err := p.options(t.site, dir)
	if err != nil {
		return err
	}
	day, err := today(p.Today)
	if err != nil {
		return err
	}
	// --today is another thing: a release may be judged by one day and made on
	// another, and the log tells both.
	now, err := clock()
	if err != nil {
		return err
	}
	now = now.UTC().Truncate(time.Second)
	if p.Rollback {
		if opt.Hidden, err = heldBack(dir, day); err != nil {
			return err
		}
		return p.rollback(t, target, opt, now)
	}
	free, err := p.hold(t, dir, day)
	if err != nil {
		return err
	}
	defer free()
	site, err := deliver.Load(filepath.Join(t.site, "public"))
	if err != nil {
		return err
	}
	if p.Headers {
		site.Add("_headers", []byte(hosting.Netlify()), now)
	}
	if opt.Hidden, err = heldBack(dir, day); err != nil {
		return err
	}
	opt.Waiting = func(d time.Duration) {
		fmt.Fprintf(t.err, "another publish to %s was stopped, or is at work: waiting for %s to see which\n", target, d)
	}
	ctx := context.Background()
	d, err := target.Look(ctx, site, opt)
	if err != nil {
		return err
	}
	defer d.Close() // what it did is known; how it hangs up is nobody's affair
	if p.DryRun {
		p.list(t, target, d)
	}
	if err := errors.Join(d.Refusal(), p.checklist(t, target, dir, d, day)); err != nil || p.DryRun {
		return err
	}
	record := deliver.Record{State: "begun", Release: d.Fill(deliver.Release{Time: now, Day: day.String()}), Paths: d.Paths()}
	if len(d.Steps) > 0 {
		if err := deliver.Log(p.log(t), record); err != nil {
			return err
		}
	}
	res, err := d.Carry(ctx, record.Release, progress(t, began, "%d of %d files", 0))
	if err != nil {
		return err
	}
	p.tell(t, target, d, res, began)
	if res.Fresh {
		return nil
	}
	return deliver.Log(p.log(t), deliver.Record{State: "done", Release: res.Release})
}

// options reads the target and what may be done to it.
func (p *publishCommand) options(siteDir string, dir fs.FS) (deliver.Target, deliver.Options, error) {
	opt := deliver.Options{TakeOver: p.TakeOver, Keep: p.Keep}
	target, err := deliver.Parse(p.Target)
	if err != nil {
		return nil, opt, err
	}
	if p.Keep < 1 {
		return nil, opt, usage{fmt.Errorf("--keep %d would keep no release; write 1 or more", p.Keep)}
	}
	if p.MaxRemovals != "" {
		if opt.MaxRemovals, err = deliver.ParseLimit(p.MaxRemovals); err != nil {
			return nil, opt, fmt.Errorf("--max-removals: %w", err)
		}
	}
	if folder, ok := target.(deliver.Folder); ok {
		if err := apart(siteDir, folder.Dir()); err != nil {
			return nil, opt, err
		}
	} else if p.Rollback {
		return nil, opt, usage{fmt.Errorf("--rollback leads a folder back to a release that it keeps, and %s keeps none: go back by publishing the earlier site anew\n"+
			"  mend: git checkout the commit that was published then, outturn build --today DAY and outturn publish --today DAY; .public.outturn/releases.log has the day of each release", target)}
	}
	withdrawn, err := shelf.ReadWithdrawn(dir)
	if err != nil {
		return nil, opt, usage{fmt.Errorf("%s cannot be read: %w; outturn check says where", shelf.WithdrawnFile, err)}
	}
	for _, w := range withdrawn {
		opt.Withdrawn = append(opt.Withdrawn, w.ID)
	}
	return target, opt, nil
}

// heldBack gives what tells a page or file that the site has and a public build of a
// day leaves out: of a paper or a month that is a draft, exempt or not yet due.
func heldBack(dir fs.FS, day period.Date) (func(name string) bool, error) {
	in, err := build.Open(dir, edition.Options{Today: day}, new(diag.List))
	if err != nil {
		return nil, misused(err)
	}
	ed := in.Overview(nil, new(diag.List))
	months := map[string]bool{} // by folder
	return func(name string) bool {
		folder, page := path.Split(name)
		switch top, rest, _ := strings.Cut(folder, "/"); top {
		case "reports", "meetings":
			return page != "index.html" && ed.Hidden(name)
		case "files":
			return ed.Hidden(name)
		default:
			if _, err := period.ParseMonth(strings.TrimSuffix(rest, "/")); err != nil {
				return false
			}
			hidden, known := months[folder]
			if !known {
				_, err := fs.Stat(dir, "content/"+path.Clean(folder))
				hidden = err == nil && ed.Hidden(name)
				months[folder] = hidden
			}
			return hidden
		}
	}, nil
}

// apart refuses a target among the site's own files.
func apart(siteDir, target string) error {
	to, err := resolve(target)
	if err != nil {
		return err
	}
	site, err := filepath.EvalSymlinks(siteDir)
	if err == nil {
		site, err = filepath.Abs(site)
	}
	if err != nil {
		return err
	}
	for _, own := range []string{"data", "content", "themes", "public", ".public.outturn", ".git"} {
		if within(filepath.Join(site, own), to) {
			return usage{fmt.Errorf("the target %s lies in the site's own %s/; name a folder elsewhere", show(target), own)}
		}
	}
	if within(to, site) {
		return usage{fmt.Errorf("the target %s holds the site itself; name a folder elsewhere", filepath.ToSlash(target))}
	}
	return nil
}

// hold sees to it that public/ is what a build of these inputs gives, and that
// no build changes it until free is called.
func (p *publishCommand) hold(t *terminal, dir fs.FS, day period.Date) (free func(), err error) {
	public := filepath.Join(t.site, "public")
	if _, err := deliver.Load(public); err != nil {
		return nil, err // before anything is held: where nothing was built nothing is made
	}
	fresh, free, err := build.Hold(build.Request{Site: dir, Out: public, Program: identity(), Options: edition.Options{Today: day}})
	if err != nil {
		return nil, misused(err)
	}
	if !fresh {
		free()
		return nil, &deliver.Refusal{
			Why:  "public/ is not what a build gives for " + day.Words() + ": data, texts, theme, program or day have changed since",
			Mend: "outturn build, look at it, and publish again",
		}
	}
	return free, nil
}

// checklist is the whole release checklist against what readers of the target
// have now, printed before anything is sent: what stops the release, what asks,
// and the verdict. Where nothing is to be done nothing is asked.
func (p *publishCommand) checklist(t *terminal, target deliver.Target, dir fs.FS, d *deliver.Delivery, day period.Date) error {
	if len(d.Steps) == 0 {
		return nil
	}
	var problems diag.List
	ready, err := readiness(served(target, d), dir, day, "", &problems)
	if err != nil {
		return err
	}
	ready.Against = target.String()
	style := diag.Plain
	if isTerminal(t.err) {
		style = diag.WithSource
	}
	if err := diag.Text(t.err, problems.All(), style); err != nil {
		return err
	}
	fmt.Fprintln(t.err, ready)
	if problems.Errors() == 0 {
		return nil
	}
	return &deliver.Refusal{
		Why:  "the release checklist finds " + diag.Count(problems.Errors(), "fault") + " that must be mended before",
		Mend: "mend what is listed, build, and publish again; outturn check --release --against " + target.String() + " lists it anew",
	}
}

// served is the site that readers of a target have now, nil where it has none.
func served(target deliver.Target, d *deliver.Delivery) *release.Public {
	files, sums := d.Public()
	if len(sums) == 0 {
		return nil
	}
	return &release.Public{Name: target.String(), Files: files, Sums: sums}
}

// list is the dry run.
func (p *publishCommand) list(t *terminal, target deliver.Target, d *deliver.Delivery) {
	for _, s := range d.Steps {
		if s.What == deliver.Remove {
			fmt.Fprintf(t.out, "%-7s %s\n", s.What, s.Path)
		} else {
			fmt.Fprintf(t.out, "%-7s %s (%s)\n", s.What, s.Path, size(s.Size))
		}
	}
	remark(t, target, d)
	fmt.Fprintf(t.err, "%s: would send %s (%s), remove %d, and leave %d as they are; nothing was done\n", target,
		diag.Count(d.Count(deliver.Add)+d.Count(deliver.Change), "file"), size(d.Bytes), d.Count(deliver.Remove), d.Unchanged)
}

// remark says what at the target is not as it was left, or is not ours.
func remark(t *terminal, target deliver.Target, d *deliver.Delivery) {
	if n := len(d.Altered); n > 0 {
		was, is := "was", "is"
		if n > 1 {
			was, is = "were", "are"
		}
		fmt.Fprintf(t.err, "note: %s there %s changed by something else, and %s sent anew: %s\n", diag.Count(n, "file"), was, is, named(d.Altered))
	}
	if n := len(d.Strange); n > 0 {
		is, fate := "is", "left as it is"
		if n > 1 {
			is, fate = "are", "left as they are"
		}
		if _, ok := target.(deliver.Folder); ok {
			fate = "not taken into the new release"
		}
		fmt.Fprintf(t.err, "note: %s there %s not of this site, and %s: %s\n", diag.Count(n, "file"), is, fate, named(d.Strange))
	}
}

func named(paths []string) string {
	const most = 5
	if len(paths) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(paths[:most], ", "), len(paths)-most)
	}
	return strings.Join(paths, ", ")
}

func (p *publishCommand) tell(t *terminal, target deliver.Target, d *deliver.Delivery, res deliver.Result, began time.Time) {
	remark(t, target, d)
	if res.Fresh {
		fmt.Fprintf(t.err, "%s is up to date: %s, nothing sent, in %s\n", target, diag.Count(res.Release.Files, "file"), took(began))
		return
	}
	fmt.Fprintf(t.err, "published to %s: %s sent (%s), %d removed, %d unchanged, in %s\n", target,
		diag.Count(res.Sent, "file"), size(res.Bytes), res.Removed, res.Unchanged, took(began))
	name := res.Release.Name
	if name != "" {
		name = "; it is releases/" + name + ", and current leads to it"
	}
	fmt.Fprintf(t.err, "  the whole site's SHA-256 is %s%s\n", res.Release.Digest, name)
	switch {
	case res.Cleared == 1:
		fmt.Fprintf(t.err, "  1 earlier release had what was taken back since, and is no longer kept\n")
	case res.Cleared > 1:
		fmt.Fprintf(t.err, "  %d earlier releases had what was taken back since, and are no longer kept\n", res.Cleared)
	}
}

func (p *publishCommand) rollback(t *terminal, target deliver.Target, opt deliver.Options, now time.Time) error {
	b, err := target.(deliver.Folder).LookBack(opt)
	if err != nil {
		return err
	}
	r := b.Release
	if p.DryRun {
		for _, of := range []struct {
			what  deliver.What
			paths []string
		}{{deliver.Add, b.Added}, {deliver.Change, b.Changed}, {deliver.Remove, b.Removed}} {
			for _, path := range of.paths {
				fmt.Fprintf(t.out, "%-7s %s\n", of.what, path)
			}
		}
		fmt.Fprintf(t.err, "%s: would go back to releases/%s, published on %s for %s: %d added, %d changed, %d removed; nothing was done\n",
			target, r.Name, period.NewDate(r.Time.Year(), int(r.Time.Month()), r.Time.Day()).Words(), dayOf(r.Day), r.Added, r.Changed, r.Removed)
		return b.Refusal()
	}
	if r, err = b.Carry(now); err != nil {
		return err
	}
	fmt.Fprintf(t.err, "rolled back %s to releases/%s: %d added, %d changed, %d removed\n", target, r.Name, r.Added, r.Changed, r.Removed)
	if len(b.Added) > 0 {
		fmt.Fprintf(t.err, "  public again, since that release had them: %s\n", named(b.Added))
	}
	fmt.Fprintf(t.err, "  pages that changed read as they did then; --rollback does not ask why they were changed\n")
	return deliver.Log(p.log(t), deliver.Record{State: "done", Release: r})
}

// log is the file that is kept beside public/.
func (p *publishCommand) log(t *terminal) string {
	return filepath.Join(t.site, ".public.outturn", "releases.log")
}

// size is a number of bytes as people say it.
func size(n int64) string {
	switch {
	case n < 1000:
		return diag.Count(int(n), "byte")
	case n < 1_000_000:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
