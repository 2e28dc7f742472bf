package publish

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// Each row is a death at one step of a Sync from old to new, made by doing the
// steps before it and no more.
func TestDeathAtEachStepLeavesOldOrNewAndIsMended(t *testing.T) {
	old := pages{"index.html": "old", "same.html": "s", "gone/x.html": "x"}
	new := pages{"index.html": "new", "same.html": "s", "come/y.html": "y"}
	prepared := func(t *testing.T, u *Update) {
		check(t, bring(u, new))
		check(t, u.prepareSwitch(Manifest{Entries: u.records()}))
	}
	for _, c := range []struct {
		name  string
		steps func(t *testing.T, u *Update)
		left  pages // what out holds then; nil: nothing, which two renames risk
		knows bool  // the next run still knows what out holds
	}{
		{"second folder made", func(t *testing.T, u *Update) { check(t, bring(u, new)) }, old, true},
		{"second folder half made", func(t *testing.T, u *Update) {
			check(t, bring(u, new))
			put(t, u.at("next/index.html"), "ne")
			check(t, os.Remove(u.at("next/come/y.html")))
		}, old, true},
		{"manifest half written", func(t *testing.T, u *Update) {
			check(t, bring(u, new))
			put(t, u.at("part"), "outturn mani")
		}, old, true},
		{"before the exchange", prepared, old, true},
		{"after the exchange", func(t *testing.T, u *Update) {
			prepared(t, u)
			if ok, err := u.exchange(); err != nil || !ok {
				t.Skip("this file system cannot exchange two names")
			}
		}, new, true},
		{"after the first rename", func(t *testing.T, u *Update) {
			prepared(t, u)
			check(t, os.Rename(u.out, u.at(previousName)))
		}, nil, true},
		{"after the second rename", func(t *testing.T, u *Update) {
			prepared(t, u)
			check(t, os.Rename(u.out, u.at(previousName)))
			check(t, os.Rename(u.at(nextName), u.out))
		}, new, true},
		{"after the third rename", func(t *testing.T, u *Update) {
			prepared(t, u)
			check(t, u.rename())
		}, new, true},
		{"where no inode tells", func(t *testing.T, u *Update) {
			prepared(t, u)
			m := Manifest{Entries: u.records()}
			check(t, u.record(nextManifestName, m))
			check(t, u.rename())
		}, new, false},
		{"and next.manifest damaged", func(t *testing.T, u *Update) {
			prepared(t, u)
			put(t, u.at(nextManifestName), "damaged")
		}, old, false},
	} {
		for _, first := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, first build %v", c.name, first), func(t *testing.T) {
				out, stood := outIn(t), old
				f, err := locate(out)
				check(t, err)
				if first {
					stood = pages{}
					check(t, os.Mkdir(out, 0o755))
					check(t, os.Mkdir(f.state, 0o755))
				} else {
					mustSync(t, out, pages{"index.html": "oldest"})
					mustSync(t, out, old)
				}
				u, err := f.plan("")
				check(t, err)
				c.steps(t, u)

				left := c.left
				if first && maps.Equal(left, old) {
					left = pages{}
				}
				if left == nil {
					if exists(out) {
						t.Error("out is there")
					}
					left = stood // as the next run puts it back
				} else if got := read(t, out); !maps.Equal(got, left) {
					t.Errorf("out holds %v, want %v", got, left)
				}
				if _, ok, err := Load(out); err != nil || ok && !c.knows {
					t.Errorf("Load: %v, %v", ok, err)
				}
				if first && len(left) == 0 {
					mustSync(t, out, new) // nothing is known of no site
				} else if res := mustSync(t, out, left); (res.Opened == 0) != c.knows || res.Written != 0 {
					t.Errorf("the same site again: %+v", res)
				}
				for _, p := range []pages{new, old, new} {
					mustSync(t, out, p)
				}
			})
		}
	}
}

func TestTwoRenamesWhereNamesCannotBeExchanged(t *testing.T) {
	out := outIn(t)
	mustSync(t, out, pages{"a": "1", "b": "b"})
	f, _ := locate(out)
	src := &tree{pages: pages{"a": "2", "b": "b"}}
	u, err := f.plan("")
	check(t, err)
	check(t, bring(u, src.pages))
	// Nothing to take the place of out: the old site goes back.
	check(t, os.Rename(f.at(nextName), f.at("away")))
	if err := f.rename(); err == nil || !maps.Equal(read(t, out), pages{"a": "1", "b": "b"}) {
		t.Errorf("%v, out holds %v", err, read(t, out))
	}
	check(t, os.Rename(f.at("away"), f.at(nextName)))
	check(t, f.rename())
	if got := read(t, out); !maps.Equal(got, src.pages) {
		t.Errorf("out holds %v", got)
	}
}

// bring makes next/ the site p, as Sync does before it commits.
func bring(u *Update, p pages) error {
	src := &tree{pages: p}
	if err := u.bring(src, src.Entries()); err != nil {
		return err
	}
	_, err := u.finish()
	return err
}

const builderVariable = "PUBLISH_TEST_BUILDS_IN"

func TestMain(m *testing.M) {
	if out := os.Getenv(builderVariable); out != "" {
		buildUntilKilled(out)
	}
	os.Exit(m.Run())
}

// version is a site of some twenty pages (few, so that the switch is a good part
// of a build); some are in every version, some change
// in each, some come and go, and one name is now a file, now a folder.
func version(i int) pages {
	p := pages{"index.html": fmt.Sprint("version ", i), ".nojekyll": ""}
	for n := range 8 {
		p[fmt.Sprintf("always/%d/page.html", n)] = fmt.Sprint("page ", n)
		p[fmt.Sprintf("changing/%d.html", n)] = fmt.Sprintf("page %d of %d", n, i%5)
	}
	for n := range i % 4 {
		p[fmt.Sprintf("coming/%d/%d.html", i%4, n)] = "here"
	}
	if i%2 == 0 {
		p["either"] = "a file"
	} else {
		p["either/or/both"] = "a folder"
	}
	return p
}

const versions = 20 // then the same again

func buildUntilKilled(out string) {
	fmt.Println("started")
	for i := 0; ; i++ {
		if err := build(out, version(i%versions)); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
}

// build is one run of the program.
func build(out string, p pages) error {
	_, err := Sync(out, &tree{pages: p}, Options{State: []byte(p["index.html"])})
	return err
}

func TestKilledAtAnyMomentTheSiteIsWhole(t *testing.T) {
	kills := 200
	if testing.Short() {
		kills = 20
	}
	out := outIn(t)
	allowed := map[string]pages{}
	for i := range versions {
		p := version(i)
		allowed[p["index.html"]] = p
	}
	moment := rand.New(rand.NewPCG(20170322, 1))
	begun := time.Now()
	check(t, build(out, version(0)))
	// The moments lie within the first few builds, on a slow machine too.
	window := min(4*time.Since(begun), 30*time.Millisecond)
	seen, switching, kill := map[string]bool{}, 0, 0
	for ; kill < kills; kill++ {
		if kill >= 20 && time.Since(begun) > 6*time.Second {
			break // a busy machine: the log says how many it came to
		}
		runAndKill(t, out, time.Duration(moment.Int64N(int64(window))))
		if exists(filepath.Dir(out) + "/.public.outturn/" + nextManifestName) {
			switching++
		}
		if !exists(out) {
			continue // killed during the first build
		}
		got := read(t, out)
		if want := allowed[got["index.html"]]; len(got) > 0 && !maps.Equal(got, want) {
			t.Fatalf("kill %d: out is a mixture: %v", kill, got)
		}
		seen[got["index.html"]] = true
		m, ok, err := Load(out)
		check(t, err)
		if ok != (len(got) > 0) || string(m.State) != got["index.html"] {
			t.Errorf("kill %d: out is %q, its manifest says %v, %q", kill, got["index.html"], ok, m.State)
		}
		switch { // as likely as not the next builder finds what this one left
		case kill%10 == 9:
			check(t, os.RemoveAll(out)) // the first build is killed as well
			check(t, os.RemoveAll(filepath.Dir(out)+"/.public.outturn"))
		case kill%3 == 0:
			p := version(moment.IntN(versions))
			check(t, build(out, p))
			if got := read(t, out); !maps.Equal(got, p) {
				t.Fatalf("kill %d: the next build made %v", kill, got)
			}
		}
	}
	t.Logf("%d kills within %v, %d of them during the switch; %d versions met", kill, window, switching, len(seen))
	if len(seen) < 3 {
		t.Error("too few versions were met for the test to mean anything")
	}
}

// runAndKill starts a builder and kills it some time after it has begun.
func runAndKill(t *testing.T, out string, after time.Duration) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), builderVariable+"="+out)
	pipe, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	said := bufio.NewReader(pipe)
	if line, err := said.ReadString('\n'); line != "started\n" {
		t.Errorf("the builder said %q, %v", line, err)
	}
	time.Sleep(after)
	check(t, cmd.Process.Kill())
	rest, _ := io.ReadAll(said)
	_ = cmd.Wait() // it was killed
	if len(rest) > 0 {
		t.Fatalf("the builder failed: %s", rest)
	}
}
