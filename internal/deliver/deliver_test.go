package deliver

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// everywhere runs a test for each kind of target.
func everywhere(t *testing.T, test func(t *testing.T, p place)) {
	for _, kind := range places {
		t.Run(kind.name, func(t *testing.T) { test(t, kind.make(t)) })
	}
}

func TestASiteArrivesAndEachChangeOfIt(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		target := parse(t, p.target)
		for i := range versions {
			want := version(i)
			res := mustDeliver(t, target, site(t, want), anything)
			got := p.holds(t)
			if !maps.Equal(got, want) {
				t.Fatalf("version %d: it holds %v, wanted %v", i, slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
			}
			if res.Sent+res.Unchanged != len(want) || i > 0 && (res.Unchanged == 0 || res.Removed == 0 && i != 1) {
				t.Errorf("version %d: %+v", i, res)
			}
		}
	})
}

func TestNothingIsSentTwice(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		target, s := parse(t, p.target), site(t, version(1))
		first := mustDeliver(t, target, s, Options{})
		// Built anew elsewhere, the bytes are the same and the times are not.
		again := mustDeliver(t, target, site(t, version(1)), Options{})
		if !again.Fresh || again.Sent != 0 || again.Release.Digest != first.Release.Digest || again.Unchanged != len(version(1)) {
			t.Errorf("%+v", again)
		}
	})
}

func TestAFileChangedAtTheTargetIsPutRight(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		target, s := parse(t, p.target), site(t, version(1))
		mustDeliver(t, target, s, Options{})
		p.put(t, "about.html", "vandalised")
		d, err := target.Look(t.Context(), s, Options{})
		check(t, err)
		if !slices.Equal(d.Altered, []string{"about.html"}) {
			t.Errorf("altered: %v", d.Altered)
		}
		check(t, d.Close())
		if res := mustDeliver(t, target, s, Options{}); res.Sent != 1 {
			t.Errorf("%+v", res)
		}
		if got := p.holds(t); !maps.Equal(got, version(1)) {
			t.Errorf("about.html is %q", got["about.html"])
		}
	})
}

func TestAFrozenSnapshotIsNotChanged(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		target := parse(t, p.target)
		mustDeliver(t, target, site(t, version(1)), Options{})
		const name = "archive/2016-17-q3/index.html"
		changed, gone, more := version(1), version(1), version(1)
		changed[name] += "."
		delete(gone, name)
		delete(gone, "archive/2016-17-q3/site.css")
		more["archive/2016-17-q3/new.html"] = "x"
		for _, v := range []pages{changed, gone, more} {
			_, err := deliverTo(t, target, site(t, v), anything)
			var refusal *Refusal
			if !errors.As(err, &refusal) || !strings.Contains(refusal.Why, "archive/2016-17-q3/") {
				t.Errorf("%v", err)
			}
		}
		if got := p.holds(t); !maps.Equal(got, version(1)) {
			t.Error("it was changed")
		}
		// Withdrawn in the open, its pages may say so.
		mustDeliver(t, target, site(t, changed), Options{Withdrawn: []string{"2016-17-q3"}})
		if got := p.holds(t); got[name] != changed[name] {
			t.Error("it was not changed")
		}
	})
}

func TestTooManyRemovalsAreRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		target := parse(t, p.target)
		full := version(1)
		mustDeliver(t, target, site(t, full), Options{})
		few := maps.Clone(full)
		removed := 0
		for name := range few {
			if strings.HasPrefix(name, "cards/2") {
				delete(few, name)
				removed++
			}
		}
		_, err := deliverTo(t, target, site(t, few), Options{})
		var refusal *Refusal
		if !errors.As(err, &refusal) || !strings.Contains(refusal.Mend, "--max-removals ") {
			t.Fatalf("%v", err)
		}
		limit, err := ParseLimit("60%")
		check(t, err)
		if res := mustDeliver(t, target, site(t, few), Options{MaxRemovals: limit}); res.Removed != removed {
			t.Errorf("%+v", res)
		}
	})
}

func TestWhatGoesWithAWithdrawnSnapshotIsNoRemovalTooMany(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		target := parse(t, p.target)
		full := version(1)
		for i := range 60 {
			full[fmt.Sprintf("archive/2016-17-q3/data/%d.csv", i)] = "x"
		}
		mustDeliver(t, target, site(t, full), Options{})
		gone := version(1)
		gone["archive/2016-17-q3/index.html"] = "withdrawn"
		if res := mustDeliver(t, target, site(t, gone), Options{Withdrawn: []string{"2016-17-q3"}}); res.Removed != 60 {
			t.Errorf("%+v", res)
		}
	})
}

func TestNoRecordAtATargetNamesIt(t *testing.T) {
	r := Release{Time: noon, Target: "sftp://web@host/home/web/site", Digest: "1a2b"}
	m := manifest{Format: manifestFormat, Release: r}
	earlier, err := json.Marshal([]Release{r}) // as earlier versions wrote it
	check(t, err)
	r.Time = noon.Add(1)
	log, err := logged(earlier, Release{}, r)
	check(t, err)
	for _, kept := range [][]byte{m.encode(), log} {
		if strings.Contains(string(kept), "target") || strings.Contains(string(kept), "web") {
			t.Errorf("%s", kept)
		}
	}
}

func TestWhatWasNotBuiltIsNotDelivered(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		s := site(t, version(1))
		i := slices.IndexFunc(s.files, func(f file) bool { return f.path == "about.html" })
		s.files[i].read = func() ([]byte, error) { return []byte("tampered"), nil }
		_, err := deliverTo(t, parse(t, p.target), s, Options{})
		if err == nil || !strings.Contains(err.Error(), "about.html is not as it was built") {
			t.Errorf("%v", err)
		}
		if strings.Contains(p.holds(t)["about.html"], "tampered") {
			t.Error("it was delivered all the same")
		}
	})
}

// A build knows its files by size and time; who delivers them reads every one.
func TestAByteThatChangedSinceTheBuildIsNotDelivered(t *testing.T) {
	everywhere(t, func(t *testing.T, p place) {
		dir := filepath.Join(t.TempDir(), "public")
		build(t, dir, version(1))
		name := filepath.Join(dir, "about.html")
		info, err := os.Stat(name)
		check(t, err)
		text, err := os.ReadFile(name)
		check(t, err)
		text[len(text)/2] ^= 1
		check(t, os.WriteFile(name, text, 0o644))
		check(t, os.Chtimes(name, info.ModTime(), info.ModTime()))
		s, err := Load(dir)
		check(t, err)
		if _, err := deliverTo(t, parse(t, p.target), s, Options{}); err == nil || !strings.Contains(err.Error(), "about.html is not as it was built") {
			t.Errorf("%v", err)
		}
		if len(p.holds(t)) > 0 {
			t.Error("something was delivered all the same")
		}
	})
}

func TestALimitIsANumberOrAPart(t *testing.T) {
	for _, c := range []struct {
		text        string
		removed, of int
		allowed     bool
	}{
		{"", 10, 50, true}, {"", 11, 50, false}, {"", 50, 5000, true}, {"", 51, 5000, false}, {"", 0, 0, true},
		{"0", 0, 9, true}, {"0", 1, 9, false}, {"120", 120, 121, true}, {"35%", 35, 100, true}, {"35%", 36, 100, false},
	} {
		var l Limit
		if c.text != "" {
			var err error
			l, err = ParseLimit(c.text)
			check(t, err)
		}
		if l.allows(c.removed, c.of) != c.allowed {
			t.Errorf("limit %q, %d of %d: %v", c.text, c.removed, c.of, !c.allowed)
		}
	}
	for _, text := range []string{"", "-1", "many", "101%", "1.5", "%"} {
		if _, err := ParseLimit(text); err == nil {
			t.Errorf("%q is a limit", text)
		}
	}
}
