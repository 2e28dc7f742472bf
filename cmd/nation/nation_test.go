package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"outturn/internal/nation"
)

// built is the outturn program, made once for all tests.
var built = sync.OnceValues(func() (string, error) {
	name := filepath.Join(scratch, "outturn")
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if said, err := exec.Command("go", "build", "-o", name, "outturn/cmd/outturn").CombinedOutput(); err != nil {
		return "", fmt.Errorf("building outturn: %w\n%s", err, said)
	}
	return name, nil
})

// scratch is a folder for as long as the tests run.
var scratch string

// asNation has the tests' program be another: nation itself, or one that uses so
// many bytes of memory and then waits so many milliseconds.
const asNation = "OUTTURN_TEST_AS_NATION"

func TestMain(m *testing.M) {
	var bytes, wait int
	switch n, _ := fmt.Sscan(os.Getenv(asNation), &bytes, &wait); {
	case n == 2:
		for used := make([]byte, bytes); bytes > 0; bytes -= min(bytes, 4096) {
			used[bytes-1] = 1
		}
		time.Sleep(time.Duration(wait) * time.Millisecond)
		os.Exit(0)
	case os.Getenv(asNation) != "":
		main()
	}
	var err error
	if scratch, err = os.MkdirTemp("", "nation-test-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	status := m.Run()
	os.RemoveAll(scratch)
	os.Exit(status)
}

func program(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program")
	}
	name, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// A site that does not load, or that a build spends its time complaining of,
// would measure nothing.
func TestCheckFindsNoFaultInANation(t *testing.T) {
	outturn := program(t)
	for name, c := range map[string]struct {
		size nation.Size
		seed uint64
	}{
		"whole scorecards":  {nation.Size{Scorecards: 4, Indicators: 100, Months: 60, Areas: 4, Returns: 3}, 1},
		"another seed":      {nation.Size{Scorecards: 4, Indicators: 100, Months: 60, Areas: 4, Returns: 3}, 20170131},
		"more of some":      {nation.Size{Scorecards: 2, Indicators: 125, Months: 30, Areas: 6, Returns: 5}, 3},
		"as small as it is": {nation.Size{Scorecards: 1, Indicators: 2, Months: 2, Areas: 0, Returns: 1}, 4},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := nation.Write(dir, c.size, c.seed); err != nil {
				t.Fatal(err)
			}
			said, err := exec.Command(outturn, "check", "--site", dir, "--today", nation.Today).CombinedOutput()
			if err != nil {
				t.Fatalf("check: %v\n%.2000s", err, said)
			}
			// One scorecard may have one finding or two; the nation some hundreds.
			if n := strings.Count(string(said), "warning: "); n > 2*c.size.Scorecards {
				t.Errorf("%d warnings in %d scorecards:\n%.2000s", n, c.size.Scorecards, said)
			}
		})
	}
}

func TestBenchMeasuresEverySizeAndCleansUp(t *testing.T) {
	dir, disk := t.TempDir(), t.TempDir()
	var out, progress strings.Builder
	args := []string{"bench", "--program", program(t), "--dir", dir, "--sizes", "2,1", "--runs", "1",
		"--indicators", "12", "--months", "14", "--areas", "2"}
	wanted := []string{"cold build", "one value changed", "nothing changed", "peak memory", "rows a second",
		"µs for an indicator in a month", "cp -r of the pages", "A cold build grows", "Hugo was not timed"}
	if !inMemory(disk) {
		args = append(args, "--disk", disk)
		wanted = append(wanted, "cold build on the disk", "cold build ÷ cp -r, both on the disk", "what the disk adds to a build")
	}
	if status := run(context.Background(), args, &out, &progress); status != 0 {
		t.Fatalf("exit status %d\n%s", status, progress.String())
	}
	for _, want := range wanted {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table has no line %q:\n%s", want, out.String())
		}
	}
	for line := range strings.Lines(out.String()) {
		if cells := strings.Fields(line); strings.HasPrefix(line, "scorecards") && (len(cells) != 3 || cells[2] != "2") {
			t.Errorf("the sizes are not told: %s", line)
		}
	}
	for _, dir := range []string{dir, disk} {
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("the benchmark left %v behind (%v)", left, err)
		}
	}
}

// A job that takes too long is ended by a signal, and must not fill the memory.
func TestBenchThatIsEndedCleansUp(t *testing.T) {
	dir := t.TempDir()
	if runtime.GOOS == "windows" {
		t.Skip("a process is asked to end otherwise there")
	}
	c := exec.Command(os.Args[0], "bench", "--program", program(t), "--dir", dir, "--sizes", "2")
	c.Env = append(os.Environ(), asNation+"=nation")
	said, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(said); lines.Scan(); {
		if strings.HasSuffix(lines.Text(), "building it cold") {
			if err := c.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := c.Wait(); c.ProcessState.ExitCode() != 1 {
		t.Errorf("it ended with %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("the benchmark left %v behind (%v)", left, err)
	}
}

// "Under 1.5 GiB" is said of every run.
func TestPeakIsTheGreatestOfAllRuns(t *testing.T) {
	runs := []string{"67108864 0", "1 1000", "1 1200"}
	b := benchmark{ctx: t.Context(), runs: len(runs), progress: io.Discard}
	c, err := b.median(func() *exec.Cmd {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), asNation+"="+runs[0])
		runs = runs[1:]
		return c
	}, func() error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if c.peak > 0 && c.peak < 64<<20 || c.wall < time.Second {
		t.Errorf("a peak of %d MB in the run of %s", c.peak>>20, c.wall)
	}
}

// The start of the program is much of the smallest size, and hid a growth
// between two others.
func TestGrowthIsToldFromEachSizeToTheNext(t *testing.T) {
	var results []result
	for _, at := range []struct {
		scorecards int
		each       time.Duration // of an indicator in a month
	}{{1, 34 * time.Microsecond}, {10, 26 * time.Microsecond}, {153, 34 * time.Microsecond}} {
		size := nation.Size{Scorecards: at.scorecards, Indicators: 100, Months: 60}
		took := cost{wall: time.Second, cpu: at.each * time.Duration(at.scorecards*100*60)}
		results = append(results, result{size: size, cold: took})
	}
	var out strings.Builder
	if err := report(&out, results); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"A cold build grows no faster than the size: an indicator in a month takes 34.0 µs of processor time with 1 scorecard, and 26.0 with 10 scorecards.",
		"A cold build grows FASTER than the size: an indicator in a month takes 26.0 µs of processor time with 10 scorecards, and 34.0 with 153 scorecards.",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table does not say %q:\n%s", want, out.String())
		}
	}
}

func TestBenchRefusesWhatWouldMeasureNothing(t *testing.T) {
	for want, args := range map[string][]string{
		"write an odd number":              {"--runs", "2"},
		"name a Hugo program":              {"--hugo", "go"},
		"is in memory: name a folder on a": {"--disk", "/dev/shm"},
	} {
		if args[0] == "--disk" && !inMemory("/dev/shm") {
			continue
		}
		dir := t.TempDir()
		var said strings.Builder
		status := run(t.Context(), append([]string{"bench", "--program", "go", "--dir", dir, "--sizes", "1"}, args...), io.Discard, &said)
		if left, err := os.ReadDir(dir); status != 1 || !strings.Contains(said.String(), want) || err != nil || len(left) > 0 {
			t.Errorf("%q: exit status %d, left %v (%v), %s", args, status, left, err, said.String())
		}
	}
}

func TestOneChangedValueIsWrittenAndNothingElse(t *testing.T) {
	outturn := program(t)
	site, pages := t.TempDir(), filepath.Join(t.TempDir(), "public")
	if err := nation.Write(site, nation.Size{Scorecards: 2, Indicators: 20, Months: 14, Areas: 2, Returns: 2}, 1); err != nil {
		t.Fatal(err)
	}
	build := func() {
		if said, err := exec.Command(outturn, "build", "--site", site, "--out", pages, "--today", nation.Today).CombinedOutput(); err != nil {
			t.Fatalf("build: %v\n%s", err, said)
		}
	}
	build()
	all, err := count(pages)
	if err != nil {
		t.Fatal(err)
	}
	before, err := stamps(pages)
	if err != nil {
		t.Fatal(err)
	}
	if w, err := before.since(pages); err != nil || w.files != 0 {
		t.Fatalf("with nothing done %d files are said to be written (%v)", w.files, err)
	}
	time.Sleep(10 * time.Millisecond) // file times are that coarse
	if err := nation.Change(site, 1); err != nil {
		t.Fatal(err)
	}
	build()
	w, err := before.since(pages)
	if err != nil {
		t.Fatal(err)
	}
	if w.files == 0 || w.files > all.files/4 || w.bytes == 0 {
		t.Errorf("%d of %d files were written for one changed value", w.files, all.files)
	}
}

func TestCommandLineThatIsNotUnderstoodExitsWithTwo(t *testing.T) {
	for _, args := range [][]string{nil, {"paint"}, {"write"}, {"write", "a", "b"}, {"bench", "extra"}, {"bench", "--runs", "0"}, {"bench", "--what"}} {
		if status := run(context.Background(), args, io.Discard, io.Discard); status != 2 {
			t.Errorf("%q: exit status %d", args, status)
		}
	}
}

func TestColumnsStandUnderOneAnother(t *testing.T) {
	var out strings.Builder
	if err := columns(&out, [][]string{{"pages", "1", "20"}, {"µs", "1.5", "x"}}); err != nil {
		t.Fatal(err)
	}
	if want := "pages    1  20\nµs     1.5   x\n"; out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

// The head and foot stand in a layout, which reads two braces as its own.
func TestHugoLayoutKeepsBraces(t *testing.T) {
	head, main, foot := parts([]byte("<body>{{x}}<main id=a>text</main></body>"))
	if string(main) != "<main id=a>text</main>" || string(foot) != "</body>" {
		t.Errorf("main %q, foot %q", main, foot)
	}
	if got := escaped(head); got != `<body>{{ "{{" }}x}}` {
		t.Errorf("head %q", got)
	}
}
