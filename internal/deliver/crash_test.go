package deliver

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	targetVariable = "DELIVER_TEST_TARGET"
	sitesVariable  = "DELIVER_TEST_SITES"
)

func TestMain(m *testing.M) {
	turnBeat, turnSilence, turnSettle = 20*time.Millisecond, 80*time.Millisecond, time.Millisecond
	if target := os.Getenv(targetVariable); target != "" {
		if err := deliverUntilKilled(target, os.Getenv(sitesVariable)); err != nil {
			fmt.Println(err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// deliverUntilKilled delivers one version after another; the first line that it
// is told on its standard input says which is the first.
func deliverUntilKilled(where, sites string) error {
	target, err := Parse(where)
	if err != nil {
		return err
	}
	var list []*Site
	for i := range versions {
		s, err := Load(filepath.Join(sites, fmt.Sprint(i)))
		if err != nil {
			return err
		}
		list = append(list, s)
	}
	var first int
	if _, err := fmt.Scan(&first); err != nil {
		return err
	}
	for i := first; ; i++ {
		d, err := target.Look(context.Background(), list[i%versions], anything)
		if err != nil {
			return err
		}
		if i == first {
			fmt.Println("started")
		}
		if _, err := d.Carry(context.Background(), Release{Time: noon, Day: "2017-03-22"}, nil); err != nil {
			return err
		}
		if err := d.Close(); err != nil {
			return err
		}
	}
}

func TestKilledAtAnyMomentNoReaderMeetsAHalfOfIt(t *testing.T) {
	for _, kind := range places {
		t.Run(kind.name, func(t *testing.T) { killAtRandom(t, kind.make(t)) })
	}
}

var patient = flag.Duration("patience", 10*time.Second, "how long to go on killing deliveries to each kind of target")

func killAtRandom(t *testing.T, p place) {
	kills, most := 200, *patient
	if testing.Short() {
		kills = 15
	}
	sites := t.TempDir()
	var built []*Site
	for i := range versions {
		built = append(built, build(t, filepath.Join(sites, fmt.Sprint(i)), version(i)))
	}
	target := parse(t, p.target)
	mustDeliver(t, target, built[0], anything)
	d, err := target.Look(t.Context(), built[1], anything)
	check(t, err)
	begun := time.Now()
	_, err = d.Carry(t.Context(), Release{Time: noon, Day: "2017-03-22"}, nil)
	check(t, err)
	check(t, d.Close())
	// The moments lie within the first delivery, and soon after it.
	window := min(2*time.Since(begun), 300*time.Millisecond)
	moment := rand.New(rand.NewPCG(20170322, 5))
	begun = time.Now()
	interrupted, kill := 0, 0
	for ; kill < kills; kill++ {
		if kill >= 15 && time.Since(begun) > most {
			break // a busy machine: the log says how many it came to
		}
		killOne(t, p, sites, moment.IntN(versions), time.Duration(moment.Int64N(int64(window))))
		got := p.holds(t)
		whole := slices.IndexFunc(built, func(s *Site) bool { return maps.Equal(got, version(slices.Index(built, s))) })
		if whole < 0 {
			interrupted++
			if kindIsAtomic(target) {
				t.Fatalf("kill %d: the folder holds a mixture: %v", kill, slices.Sorted(maps.Keys(got)))
			}
		}
		for name, content := range got {
			if !slices.ContainsFunc(built, func(s *Site) bool { return version(slices.Index(built, s))[name] == content }) {
				t.Fatalf("kill %d: %s is half: %q", kill, name, content)
			}
		}
		if faults := broken(got); len(faults) > 0 {
			t.Fatalf("kill %d: %s", kill, strings.Join(faults, "\n"))
		}
		if kill%2 == 0 { // as likely as not the next one finds what two have left
			i := moment.IntN(versions)
			mustDeliver(t, target, built[i], anything)
			if got := p.holds(t); !maps.Equal(got, version(i)) {
				t.Fatalf("kill %d: the next run left %v", kill, slices.Sorted(maps.Keys(got)))
			}
			if left := p.state(t); len(left) > 0 {
				t.Fatalf("kill %d: the next run left %v", kill, left)
			}
		}
	}
	t.Logf("%d kills within %v, %d of them halfway", kill, window, interrupted)
	if !kindIsAtomic(target) && interrupted < kill/10 {
		t.Error("too few deliveries were met halfway for the test to mean anything")
	}
}

func kindIsAtomic(t Target) bool { _, ok := t.(Folder); return ok }

// killOne starts a deliverer and kills it some time after it has begun.
func killOne(t *testing.T, p place, sites string, first int, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(append(os.Environ(), targetVariable+"="+p.target, sitesVariable+"="+sites), p.env...)
	cmd.Stdin = strings.NewReader(fmt.Sprintln(first))
	pipe, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	said := bufio.NewReader(pipe)
	if line, err := said.ReadString('\n'); line != "started\n" {
		t.Errorf("the deliverer said %q, %v", line, err)
	}
	time.Sleep(after)
	check(t, cmd.Process.Kill())
	rest, _ := io.ReadAll(said)
	_ = cmd.Wait() // it was killed
	if !kindIsAtomic(parse(t, p.target)) {
		time.Sleep(50 * time.Millisecond) // a server ends what it was sent whole
	}
	if len(rest) > 0 {
		t.Fatalf("the deliverer failed: %s", rest)
	}
}
