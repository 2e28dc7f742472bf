package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"outturn/internal/archive"
	"outturn/internal/archive/bag"
	shelf "outturn/internal/archive/snapshot"
	"outturn/internal/build"
	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

type archiveCommand struct {
	Create   archiveCreate   `cmd:"" help:"Freeze the site as it stood for a quarter."`
	Verify   archiveVerify   `cmd:"" help:"Look at every byte of a snapshot, or of all of them."`
	List     archiveList     `cmd:"" help:"List the snapshots."`
	Diff     archiveDiff     `cmd:"" help:"Say what changed between two quarters."`
	Withdraw archiveWithdraw `cmd:"" help:"Take a snapshot from the public, with a page that says why."`
}

// misfiled tells what is for the user to put right from a failing machine.
func misfiled(err error) error {
	var refusal *archive.Refusal
	if errors.As(err, &refusal) {
		return usage{err}
	}
	return misused(err)
}

type archiveCreate struct {
	ID    string `arg:"" name:"quarter" help:"The quarter, such as 2016-17-q3."`
	Today string `help:"The day by which publish_on is judged." placeholder:"DATE"`
}

func (c *archiveCreate) Run(t *terminal) error {
	began := time.Now()
	_, day, err := t.open(c.Today)
	if err != nil {
		return err
	}
	made, err := today("")
	if err != nil {
		return err
	}
	var problems diag.List
	result, err := archive.Create(archive.Request{Dir: t.site, ID: c.ID, Today: day, Made: made, Version: version}, &problems)
	if errors.Is(err, build.ErrInputs) {
		t.printErrors(&problems)
		fmt.Fprintf(t.err, "outturn: %s; no snapshot was made\n", diag.Count(problems.Errors(), "error"))
		return errInputs
	}
	if err != nil {
		return misfiled(err)
	}
	fmt.Fprintf(t.err, "froze %s as at %s for %s: %s of the site and %s of sources in %s\n",
		result.ID, result.AsAt.Words(), day.Words(), diag.Count(result.Pages, "file"), diag.Count(result.Sources, "file"), took(began))
	if result.Late != 0 {
		fmt.Fprintf(t.err, "outturn: warning: %s is released already: the figures are those of %s, but the texts, settings and plain pages of today went in\n", result.Late.Words(), result.AsAt.Words())
	}
	if unnamed(version) {
		fmt.Fprintf(t.err, "outturn: warning: the bag names the program %q, which no release is: later it cannot be told which program makes these pages again\n", version)
	}
	fmt.Fprintf(t.err, "  it stands in %s/; commit it, and keep its fingerprint elsewhere too: %s\n", shelf.Folder(result.ID), result.Fingerprint)
	return nil
}

// unnamed reports whether a version tells no program from another: it was built
// without one, or from a tree that had changes.
func unnamed(version string) bool {
	return version == "" || version == "dev" || strings.HasSuffix(version, "-dirty")
}

type archiveVerify struct {
	IDs         []string `arg:"" optional:"" name:"quarter" help:"The quarters; all of them unless named."`
	Rebuild     bool     `help:"Make every page again from the snapshot's sources, and compare."`
	Fingerprint string   `help:"The fingerprint that was noted when the one quarter was frozen: a bag that was made anew has another." placeholder:"SHA256"`
}

func (c *archiveVerify) Run(t *terminal) error {
	dir, err := t.folder()
	if err != nil {
		return err
	}
	ids := c.IDs
	noted := strings.ToLower(strings.TrimSpace(c.Fingerprint))
	if noted != "" && len(ids) != 1 {
		return usage{errors.New("--fingerprint is that of one snapshot: name its quarter, such as 2016-17-q3")}
	}
	if noted != "" && !fingerprintShape.MatchString(noted) {
		return usage{fmt.Errorf("--fingerprint %q is not a SHA-256: write the 64 figures that outturn archive create printed", c.Fingerprint)}
	}
	broken := false
	if len(ids) == 0 {
		for _, s := range shelf.List(dir) {
			if s.Kept {
				ids = append(ids, s.ID)
			}
		}
		// What passes for a snapshot and is none nobody has looked at.
		var strays diag.List
		shelf.Strays(dir, &strays)
		if broken = strays.Warnings() > 0; broken {
			diag.Text(t.err, strays.All(), diag.Plain)
		}
		if len(ids) == 0 && broken {
			return errInputs
		}
		if len(ids) == 0 {
			fmt.Fprintln(t.err, "there is no snapshot yet; outturn archive create makes one")
			return nil
		}
	}
	for _, name := range ids {
		_, id, err := shelf.Quarter(name)
		if err != nil {
			return usage{fmt.Errorf("%q is not a quarter; write the financial year and the quarter, such as 2016-17-q3", name)}
		}
		var problems diag.List
		v, err := archive.Verify(t.site, id, c.Rebuild, &problems)
		if err != nil {
			return misfiled(err)
		}
		t.printErrors(&problems)
		if t.verified(v, problems.Errors()-v.Unmade, c.Rebuild, noted) {
			broken = true
		}
	}
	if broken {
		return errInputs
	}
	return nil
}

var fingerprintShape = regexp.MustCompile(`^[0-9a-f]{64}$`)

// verified prints what a look at one snapshot found, and reports whether it is
// broken. Pages that another version of the program makes otherwise do not break
// it, but then nothing shows that it is as it was made. faults are those of the bag. noted is the fingerprint
// that it had then, or "".
func (t *terminal) verified(v archive.Verification, faults int, rebuild bool, noted string) (broken bool) {
	other := v.Version != version
	var problems diag.List
	for _, d := range v.Differences {
		at := diag.Place{File: shelf.Folder(v.ID) + "/" + shelf.Site + "/" + d.Page, Line: d.Line}
		p := problems.Errorf(at, "not-rebuilt", "made again from the snapshot's own sources, %s", d.Words())
		p.Hint = "outturn archive verify without --rebuild says whether the page or its sources were changed"
		if other {
			p.Severity, p.Hint = diag.Warning, ""
		}
	}
	diag.Text(t.err, problems.All(), diag.Plain)
	another := noted != "" && noted != v.Fingerprint
	switch files := diag.Count(v.Files, "file") + ", fingerprint " + v.Fingerprint; {
	case another:
		fmt.Fprintf(t.err, "outturn: %s is another bag than the one that was noted: its fingerprint is %s\n", v.ID, v.Fingerprint)
	case faults > 0:
		fmt.Fprintf(t.err, "outturn: %s is not what it was: %s\n", v.ID, diag.Count(faults, "error"))
	case len(v.Differences)+v.Unmade > 0 && noted == "":
		fmt.Fprintf(t.err, "%s is what its own lists say, which does not show that it is as it was made: %s\n", v.ID, files)
	default:
		fmt.Fprintf(t.err, "%s is as it was made: %s\n", v.ID, files)
	}
	if v.Rebuilt {
		said := "every page is the same, byte for byte"
		if n := len(v.Differences); n > 0 {
			said = diag.Count(n, "page") + " not the same"
		}
		fmt.Fprintf(t.err, "%s made again from its sources: %s\n", v.ID, said)
	}
	if v.Unmade > 0 {
		fmt.Fprintf(t.err, "outturn: %s cannot be made again from its sources: %s\n", v.ID, diag.Count(v.Unmade, "error"))
	}
	if rebuild && other {
		fmt.Fprintf(t.err, "  it was made by outturn %s, and this is %s: what differs may do so because of the program\n", orUnknown(v.Version), version)
	}
	return faults > 0 || another || v.Unmade > 0 || len(v.Differences) > 0 && !other
}

func orUnknown(version string) string {
	if version == "" {
		return "of a version that is not recorded"
	}
	return version
}

type archiveList struct {
	Due   bool   `help:"Only those that the site's keep (site.yaml) no longer asks for."`
	Today string `help:"The day by which that is judged." placeholder:"DATE"`
}

func (c *archiveList) Run(t *terminal) error {
	dir, day, err := t.open(c.Today)
	if err != nil {
		return err
	}
	list := shelf.List(dir)
	if c.Due {
		var problems diag.List
		years := commentary.Load(dir, edition.DataFolders(dir), &problems).Site.Keep
		if years == 0 {
			return usage{errors.New("content/site.yaml does not say how long snapshots are kept; write keep: 10 years, as your retention schedule has it")}
		}
		list = slices.DeleteFunc(list, func(s shelf.Snapshot) bool { return !s.Kept || !due(s, years, day) })
		for _, s := range list {
			fmt.Fprintf(t.out, "%s  ended %s, kept %d years by %s\n", s.ID, s.Quarter.End().Words(), years, day.Words())
		}
		if len(list) == 0 {
			fmt.Fprintf(t.err, "no snapshot is past its %d years on %s\n", years, day.Words())
		} else {
			fmt.Fprintln(t.err, "nothing was removed: outturn archive withdraw --remove-files does that, with a reason")
		}
		return nil
	}
	if len(list) == 0 {
		fmt.Fprintln(t.err, "there is no snapshot yet; outturn archive create makes one")
		return nil
	}
	for _, s := range list {
		fmt.Fprintln(t.out, listed(s))
	}
	return nil
}

// due reports whether so many years have gone by since a quarter ended.
func due(s shelf.Snapshot, years int, day period.Date) bool {
	end := s.Quarter.End()
	return period.NewDate(end.Year()+years, end.Month().Number(), end.Day()) < day
}

func listed(s shelf.Snapshot) string {
	parts := []string{s.ID + "  as at " + s.AsAt.Words()}
	if s.Misfiled != "" {
		parts = append(parts, "NOT PUBLISHED: "+s.Misfiled)
	}
	if s.Made != "" {
		parts = append(parts, "made on "+dayOf(s.Made)+" by outturn "+orUnknown(s.Version))
	}
	if bytes, files, found := strings.Cut(s.Size, "."); found {
		parts = append(parts, files+" files, "+bytes+" bytes")
	}
	if s.Withdrawn {
		parts = append(parts, "withdrawn on "+dayOf(s.On)+": "+s.Reason)
		if !s.Kept {
			parts = append(parts, "its files were removed")
		}
	}
	return strings.Join(parts, "; ")
}

func dayOf(text string) string {
	if d, err := period.ParseDate(text); err == nil {
		return d.Words()
	}
	return text
}

type archiveDiff struct {
	From   string `arg:"" help:"A quarter, such as 2016-17-q2."`
	To     string `arg:"" help:"Another, or latest: the site of today."`
	Format string `help:"text or json." enum:"text,json" default:"text"`
	Today  string `help:"The day by which the site of today is judged." placeholder:"DATE"`
}

func (c *archiveDiff) Run(t *terminal) error {
	_, day, err := t.open(c.Today)
	if err != nil {
		return err
	}
	const backwards = "what changed is told from the earlier to the later: write outturn archive diff %s %s"
	if strings.EqualFold(c.From, archive.Latest) && !strings.EqualFold(c.To, archive.Latest) {
		return usage{fmt.Errorf(backwards, c.To, c.From)}
	}
	if from, _, err := shelf.Quarter(c.From); err == nil {
		if to, _, err := shelf.Quarter(c.To); err == nil && to.Last() < from.Last() {
			return usage{fmt.Errorf(backwards, c.To, c.From)}
		}
	}
	scratch, err := os.MkdirTemp("", "outturn-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	var states [2]shelf.State
	for i, name := range []string{c.From, c.To} {
		var problems diag.List
		states[i], err = archive.StateOf(t.site, name, day, filepath.Join(scratch, strconv.Itoa(i)), &problems)
		if errors.Is(err, build.ErrInputs) {
			t.printErrors(&problems)
			fmt.Fprintf(t.err, "outturn: %s; nothing can be compared\n", diag.Count(problems.Errors(), "error"))
			return errInputs
		}
		if err != nil {
			return misfiled(err)
		}
	}
	d, err := shelf.Compare(states[0], states[1])
	var broken *bag.Broken
	if errors.As(err, &broken) {
		var problems diag.List
		problems.Errorf(diag.Place{File: broken.File}, bag.Changed, "%s", broken.Why).Hint = "outturn archive verify says all that is wrong with the snapshot"
		t.printErrors(&problems)
		fmt.Fprintln(t.err, "outturn: 1 error; nothing can be compared")
		return errInputs
	}
	if errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w; outturn archive verify says what a snapshot lacks", err)
	}
	if err != nil {
		return err
	}
	if c.Format == "json" {
		enc := json.NewEncoder(t.out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(d)
	}
	_, err = t.out.Write([]byte(told(d)))
	return err
}

// told is what changed, for a terminal.
func told(d shelf.Differences) string {
	var b strings.Builder
	head := func(n int, one, many string) bool {
		if n == 1 {
			fmt.Fprintf(&b, "1 %s\n", one)
		} else if n > 1 {
			fmt.Fprintf(&b, "%d %s\n", n, many)
		}
		return n > 0
	}
	name := func(m shelf.Measure) string {
		switch {
		case m.Scorecard == "":
			return "every scorecard"
		case m.Ref == "":
			return m.Scorecard + ", every measure"
		}
		return m.Scorecard + " " + m.Ref + " " + m.Name
	}
	if d.None() {
		fmt.Fprintf(&b, "nothing changed from %s to %s\n", d.From, d.To)
		return b.String()
	}
	fmt.Fprintf(&b, "from %s to %s:\n", d.From, d.To)
	if head(len(d.Ratings), "rating changed", "ratings changed") {
		for _, r := range d.Ratings {
			fmt.Fprintf(&b, "  %s: %s (%s) became %s (%s)\n", name(r.Measure), rated(r.Was), r.WasFigure, rated(r.Now), r.NowFigure)
		}
	}
	if head(len(d.Figures), "figure was revised", "figures were revised") {
		for _, f := range d.Figures {
			of := name(f.Measure)
			if f.Part != "" {
				of += ": " + f.Part
			}
			if f.Area != d.Whole {
				of += ", " + f.Area
			}
			fmt.Fprintf(&b, "  %s, %s: %s became %s", of, f.Period, f.Was, f.Now)
			if f.By != "" {
				fmt.Fprintf(&b, ", %s", f.By)
			}
			fmt.Fprintf(&b, " (%s)\n", revisedBy(f))
		}
	}
	if head(len(d.Rules), "target or definition changed", "targets and definitions changed") {
		for _, r := range d.Rules {
			fmt.Fprintf(&b, "  %s, %s: %s became %s\n", name(r.Measure), r.What, orNone(r.Was), orNone(r.Now))
		}
	}
	if head(len(d.Added), "measure was added", "measures were added") {
		for _, m := range d.Added {
			fmt.Fprintf(&b, "  %s\n", name(m))
		}
	}
	if head(len(d.Dropped), "measure was dropped", "measures were dropped") {
		for _, m := range d.Dropped {
			fmt.Fprintf(&b, "  %s\n", name(m))
		}
	}
	if head(len(d.Words), "text changed", "texts changed") {
		for _, w := range d.Words {
			fmt.Fprintf(&b, "  content/%s\n", w.File)
			for _, p := range w.Was {
				fmt.Fprintf(&b, "    - %s\n", passage(p))
			}
			for _, p := range w.Now {
				fmt.Fprintf(&b, "    + %s\n", passage(p))
			}
		}
	}
	return b.String()
}

// revisedBy says which returns revised a figure, and why.
func revisedBy(f shelf.FigureChange) string {
	if f.Returned == "" {
		return "it stands in no return any more"
	}
	unsaid := "returned with " + f.Returned + ": no reason given"
	if len(f.Reasons) == 0 {
		return unsaid
	}
	last := f.Reasons[len(f.Reasons)-1]
	if len(f.Reasons) == 1 && last.Return == f.Returned && last.Issue == 1 {
		return "returned with " + f.Returned + ": " + strings.ReplaceAll(last.Reason, "_", " ")
	}
	var said []string
	for _, r := range f.Reasons {
		text := strings.ReplaceAll(r.Reason, "_", " ") + " with " + r.Return
		if r.Issue > 1 {
			text += fmt.Sprintf(" issue %d", r.Issue)
		}
		said = append(said, text)
	}
	if last.Return != f.Returned {
		said = append(said, unsaid)
	}
	return strings.Join(said, "; ")
}

func passage(p shelf.Passage) string {
	if p.Key == "" {
		return p.Text
	}
	return strings.ReplaceAll(p.Key, "_", " ") + ": " + p.Text
}

func rated(rating string) string {
	if rating == "none" {
		return "not rated"
	}
	return rating
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

type archiveWithdraw struct {
	ID          string `arg:"" name:"quarter" help:"The quarter, such as 2016-17-q3."`
	Reason      string `required:"" help:"Why, in words for the public." placeholder:"TEXT"`
	Today       string `help:"The day that its page gives." placeholder:"DATE"`
	RemoveFiles bool   `help:"Remove the snapshot's files from the site's folder too."`
	Lost        bool   `help:"Withdraw it though its folder is lost, and with it the list of its addresses."`
}

func (c *archiveWithdraw) Run(t *terminal) error {
	dir, day, err := t.open(c.Today)
	if err != nil {
		return err
	}
	before, err := archive.Withdraw(archive.Withdrawal{Dir: t.site, ID: c.ID, Reason: c.Reason, On: day, Remove: c.RemoveFiles, Lost: c.Lost})
	if err != nil {
		return misfiled(err)
	}
	if before != "" {
		fmt.Fprintf(t.err, "removed the files of %s, which was withdrawn on %s: that day and its reason stay as they are\n", strings.ToLower(c.ID), dayOf(before))
		return nil
	}
	stays := "its files stay in " + shelf.Root + "/"
	for _, s := range shelf.List(dir) {
		switch {
		case s.Kept || s.ID != strings.ToLower(c.ID):
		case c.RemoveFiles:
			stays = "its files were removed"
		default:
			stays = "its folder is not in " + shelf.Root + "/, and of its addresses " + diag.Count(len(shelf.Former(dir, s.ID)), "page") + " could be found"
		}
	}
	fmt.Fprintf(t.err, "withdrew %s on %s: from the next build on each of its addresses says so; %s\n", strings.ToLower(c.ID), day.Words(), stays)
	return nil
}
