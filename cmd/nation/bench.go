package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"outturn/internal/nation"
)

// room is what the largest site, its pages, a copy and Hugo's need on a disk.
const room = 12 << 30

// benchmark is one run of the whole comparison.
type benchmark struct {
	ctx      context.Context
	dir      string // everything is written below it
	disk     string // a folder of its own on a disk, if dir is in memory; "" where there is none
	outturn  string // the program
	hugo     string // "" where there is none
	runs     int    // an odd number
	keep     bool
	size     nation.Size
	seed     uint64
	progress io.Writer
}

// cost is what running a program took: of several runs, the time of that in the
// middle, and the most memory of any. Peak is of resident memory, 0 where the
// system does not say.
type cost struct {
	wall, cpu time.Duration
	peak      int64
}

// result is what was found for one size.
type result struct {
	size                 nation.Size
	rows                 int
	made                 finished
	cold, changed, same  cost
	rewritten, untouched written // of the last rebuild after a change, and with none
	copied               time.Duration
	hugo, inTurn         *cost // Hugo's builds, and the cold builds between them
	hugoPages            int
	hugoBytes            int64

	// Cold builds on a disk, copies to there, and cold builds in memory between
	// them; zero where there is no disk beside.
	onDisk, copiedToDisk, offDisk cost
}

func bench(ctx context.Context, args []string, out, progress io.Writer) error {
	flags := flag.NewFlagSet("nation bench", flag.ContinueOnError)
	flags.SetOutput(progress)
	size, seed := sizes(flags)
	b := benchmark{ctx: ctx, progress: progress}
	flags.StringVar(&b.dir, "dir", "", "where to write; a RAM disk unless said")
	flags.StringVar(&b.disk, "disk", "", "a folder on a disk, where a cold build is timed beside cp -r; the system's for temporary files unless said, if that is no RAM disk")
	flags.StringVar(&b.outturn, "program", "", "the outturn program; built from this module unless said")
	flags.StringVar(&b.hugo, "hugo", "", "a Hugo program to time beside the largest size")
	flags.IntVar(&b.runs, "runs", 3, "how often each build is run, an odd number; the median counts")
	flags.BoolVar(&b.keep, "keep", false, "leave the sites and pages there")
	list := flags.String("sizes", "1,10,153", "numbers of scorecards")
	rest, err := parse(flags, args)
	if err != nil {
		return err
	}
	if len(rest) > 0 || b.runs < 1 {
		return errUsage
	}
	if b.runs%2 == 0 {
		return fmt.Errorf("--runs %d: write an odd number, so that one run is in the middle", b.runs)
	}
	cards, err := numbers(*list)
	if err != nil {
		return err
	}
	b.size, b.seed = *size, *seed
	where, err := b.prepare()
	if err != nil {
		return err
	}
	if b.keep {
		b.tell("what is written stays in %s", b.dir)
	} else {
		defer os.RemoveAll(b.dir)
	}
	if b.disk != "" {
		defer os.RemoveAll(b.disk)
	}
	if err := b.warm(cards[len(cards)-1]); err != nil {
		return err
	}
	fmt.Fprintf(out, "%s; %d processors, %s/%s, %s; medians of %s, and the most memory of any\n", where, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version(), plural(b.runs, "run"))
	var results []result
	for i, n := range cards {
		r, err := b.measure(n, i == len(cards)-1)
		if err != nil {
			return fmt.Errorf("with %s: %w", plural(n, "scorecard"), err)
		}
		results = append(results, r)
	}
	return report(out, results)
}

// prepare finds a disk with room and builds the program.
func (b *benchmark) prepare() (where string, err error) {
	for _, program := range []*string{&b.outturn, &b.hugo} {
		if *program != "" {
			if *program, err = exec.LookPath(*program); err == nil {
				*program, err = filepath.Abs(*program)
			}
			if err != nil {
				return "", err
			}
		}
	}
	if b.hugo != "" {
		if said, err := exec.CommandContext(b.ctx, b.hugo, "version").Output(); err != nil || !strings.HasPrefix(strings.ToLower(string(said)), "hugo ") {
			return "", fmt.Errorf("--hugo %s: it does not say its version as Hugo does: name a Hugo program", b.hugo)
		}
	}
	if inMemory(b.disk) {
		return "", fmt.Errorf("--disk %s is in memory: name a folder on a disk", b.disk)
	}
	parent, kind := b.dir, "in "+b.dir
	if parent == "" {
		parent, kind = os.TempDir(), "on the disk of "+os.TempDir()+" (there is no RAM disk with room)"
		if free("/dev/shm") > room {
			parent, kind = "/dev/shm", "on a RAM disk, /dev/shm"
		}
	} else if err := os.MkdirAll(parent, 0o755); err != nil {
		return "", err
	}
	if b.dir, err = os.MkdirTemp(parent, "nation-"); err != nil {
		return "", err
	}
	if b.disk == "" && inMemory(b.dir) && !inMemory(os.TempDir()) {
		b.disk = os.TempDir()
	}
	if b.disk != "" {
		kind += ", and on the disk of " + b.disk
		if b.disk, err = os.MkdirTemp(b.disk, "nation-"); err != nil {
			os.RemoveAll(b.dir)
			return "", err
		}
	}
	if b.outturn == "" {
		b.outturn = filepath.Join(b.dir, "outturn")
		b.tell("building the program")
		build := exec.CommandContext(b.ctx, "go", "build", "-buildvcs=false", "-trimpath", "-o", b.outturn, "outturn/cmd/outturn")
		if said, err := build.CombinedOutput(); err != nil {
			os.RemoveAll(b.dir)
			return "", fmt.Errorf("building outturn: %w\n%s", err, said)
		}
	}
	return "National site " + kind, nil
}

// warm uses as much of a RAM disk as the largest site will, and the programs
// beside it. A virtual machine is often given memory only when it first writes
// there, several times slower than later: what is timed first would pay for all.
func (b *benchmark) warm(scorecards int) error {
	if !inMemory(b.dir) {
		return nil
	}
	const each = 12 << 10 // bytes for an indicator in a month, of all that is written and held
	left := min(uint64(scorecards*b.size.Indicators*b.size.Months)*each, free(b.dir)/2)
	b.tell("writing %d MB to the RAM disk once, and taking them away", left>>20)
	file, err := os.CreateTemp(b.dir, "warm-")
	if err != nil {
		return err
	}
	chunk := make([]byte, 1<<20)
	for ; left > 0 && err == nil; left -= min(left, uint64(len(chunk))) {
		_, err = file.Write(chunk)
	}
	return errors.Join(err, file.Close(), os.Remove(file.Name()))
}

func (b *benchmark) tell(format string, args ...any) {
	fmt.Fprintf(b.progress, format+"\n", args...)
}

// measure writes a site, builds it in every way and takes it away again.
func (b *benchmark) measure(scorecards int, largest bool) (result, error) {
	r := result{size: b.size}
	r.size.Scorecards = scorecards
	home := filepath.Join(b.dir, strconv.Itoa(scorecards))
	site, pages := filepath.Join(home, "site"), filepath.Join(home, "built", "public")
	many := plural(scorecards, "scorecard")
	b.tell("%s: writing the site", many)
	err := nation.Write(site, r.size, b.seed)
	if err != nil {
		return r, err
	}
	if r.rows, err = countRows(site); err != nil {
		return r, err
	}
	build := b.build(site, pages)
	b.tell("%s: building it cold", many)
	if r.cold, err = b.median(build, func() error {
		if err := os.RemoveAll(filepath.Dir(pages)); err != nil {
			return err
		}
		return os.MkdirAll(filepath.Dir(pages), 0o755)
	}); err != nil {
		return r, err
	}
	if r.made, err = count(pages); err != nil {
		return r, err
	}

	var before times
	note := func() (err error) {
		before, err = stamps(pages)
		return err
	}
	b.tell("%s: building it with nothing changed", many)
	if r.same, err = b.median(build, note); err != nil {
		return r, err
	}
	if r.untouched, err = before.since(pages); err != nil {
		return r, err
	}
	b.tell("%s: building it after one changed value", many)
	if r.changed, err = b.median(build, func() error {
		return errors.Join(nation.Change(site, scorecards/2), note())
	}); err != nil {
		return r, err
	}
	if r.rewritten, err = before.since(pages); err != nil {
		return r, err
	}

	b.tell("%s: copying the pages", many)
	copied := filepath.Join(home, "copy")
	taken, err := b.median(func() *exec.Cmd { return exec.CommandContext(b.ctx, "cp", "-r", pages, copied) },
		func() error { return os.RemoveAll(copied) })
	switch {
	case errors.Is(err, exec.ErrNotFound):
	case err != nil:
		return r, err
	}
	r.copied = taken.wall
	if err := os.RemoveAll(copied); err != nil {
		return r, err
	}
	if largest && b.hugo != "" {
		if err := b.beside(&r, site, home, pages); err != nil {
			return r, fmt.Errorf("timing Hugo: %w", err)
		}
	}
	if err := b.toDisk(&r, site, pages); err != nil {
		return r, fmt.Errorf("on the disk: %w", err)
	}
	if b.keep {
		return r, nil
	}
	return r, os.RemoveAll(home)
}

// toDisk times a cold build onto a disk, and there the copy of its pages. Both
// read from memory, begin when nothing waits to be written, and end as a program
// does: what the system then still holds back it holds back for either. Nothing is
// taken away in between: for minutes ext4 steps over each number of a file that
// was, to find a new one, which made both several times slower.
func (b *benchmark) toDisk(r *result, site, pages string) error {
	if b.disk == "" {
		return nil
	}
	if space := free(b.disk); space > 0 && int64(space) < int64(2*b.runs)*r.made.bytes*5/4 { // a disk gives out whole blocks
		b.tell("%s has no room for %d times the pages of %s", b.disk, 2*b.runs, plural(r.size.Scorecards, "scorecard"))
		return nil
	}
	to, inMemory := "", filepath.Join(filepath.Dir(site), "in-memory")
	settled := func() (err error) {
		if to, err = os.MkdirTemp(b.disk, strconv.Itoa(r.size.Scorecards)+"-"); err == nil {
			settle()
		}
		return err
	}
	b.tell("%s: building it cold in memory and on the disk, and copying the pages to there, in turn", plural(r.size.Scorecards, "scorecard"))
	costs, err := b.turns(
		task{b.build(site, filepath.Join(inMemory, "public")), func() error {
			settle() // the copy before is on its way to the disk still
			return errors.Join(os.RemoveAll(inMemory), os.MkdirAll(inMemory, 0o755))
		}},
		task{func() *exec.Cmd { return b.build(site, filepath.Join(to, "public"))() }, settled},
		task{func() *exec.Cmd {
			return exec.CommandContext(b.ctx, "cp", "-r", pages, filepath.Join(to, "public"))
		}, settled})
	switch {
	case errors.Is(err, exec.ErrNotFound):
		err = nil
	case err == nil:
		r.offDisk, r.onDisk, r.copiedToDisk = costs[0], costs[1], costs[2]
	}
	return err
}

// build is a build of a site into a folder.
func (b *benchmark) build(site, pages string) func() *exec.Cmd {
	return func() *exec.Cmd {
		return exec.CommandContext(b.ctx, b.outturn, "build", "--site", site, "--out", pages, "--today", nation.Today)
	}
}

// median runs a command several times, each after what prepares it; see turns.
func (b *benchmark) median(command func() *exec.Cmd, prepare func() error) (cost, error) {
	costs, err := b.turns(task{command, prepare})
	return costs[0], err
}

// task is a command, and what goes before each run of it.
type task struct {
	command func() *exec.Cmd
	prepare func() error
}

// turns is the median by time of each of several commands that are run in turn: a
// machine that others share is twice as fast in one minute as in another, and what
// is to be compared must have the same minutes. The memory is the greatest.
func (b *benchmark) turns(tasks ...task) ([]cost, error) {
	runs, medians := make([][]cost, len(tasks)), make([]cost, len(tasks))
	for range b.runs {
		for i, t := range tasks {
			if err := t.prepare(); err != nil {
				return medians, err
			}
			c := t.command()
			var said strings.Builder
			c.Stdout, c.Stderr = &said, &said
			began := time.Now()
			if err := c.Run(); err != nil {
				return medians, fmt.Errorf("%s: %w\n%s", strings.Join(c.Args, " "), err, said.String())
			}
			took := cost{wall: time.Since(began), peak: peak(c.ProcessState)}
			took.cpu = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
			b.tell("  %.2f s %s", took.wall.Seconds(), firstLine(said.String()))
			runs[i] = append(runs[i], took)
		}
	}
	for i, costs := range runs {
		slices.SortFunc(costs, func(a, b cost) int { return int(a.wall - b.wall) })
		medians[i] = costs[len(costs)/2]
		for _, c := range costs {
			medians[i].peak = max(medians[i].peak, c.peak)
		}
	}
	return medians, nil
}

func firstLine(said string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
	return line
}
