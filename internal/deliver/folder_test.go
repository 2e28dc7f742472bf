package deliver

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// folderTo gives an empty target, and what current leads to in it.
func folderTo(t *testing.T) (Folder, func() pages) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "srv")
	return Folder{dir}, func() pages { return contents(t, filepath.Join(dir, currentName)) }
}

// at is a delivery at a moment of its own.
func at(t *testing.T, target Target, s *Site, minute int, opt Options) Result {
	t.Helper()
	d, err := target.Look(t.Context(), s, opt)
	check(t, err)
	defer func() { check(t, d.Close()) }()
	res, err := d.Carry(t.Context(), Release{Time: noon.Add(time.Duration(minute) * time.Minute), Day: "2017-03-22"}, nil)
	check(t, err)
	return res
}

func releasesIn(t *testing.T, f Folder) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(f.at(releasesName))
	check(t, err)
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestAReleaseCostsWhatChanged(t *testing.T) {
	f, _ := folderTo(t)
	first := at(t, f, site(t, version(1)), 0, anything)
	second := at(t, f, site(t, version(2)), 1, anything)
	old, new := contents(t, f.release(first.Release.Name)), contents(t, f.release(second.Release.Name))
	if !maps.Equal(old, version(1)) || !maps.Equal(new, version(2)) {
		t.Fatal("the releases are not what was delivered")
	}
	linked := 0
	for name := range new {
		a, err := os.Stat(filepath.Join(f.release(first.Release.Name), name))
		if err != nil {
			continue
		}
		b, err := os.Stat(filepath.Join(f.release(second.Release.Name), name))
		check(t, err)
		if os.SameFile(a, b) {
			linked++
		} else if old[name] == new[name] {
			t.Errorf("%s did not change, and is there twice", name)
		}
	}
	if linked != second.Unchanged || linked == 0 {
		t.Errorf("%d links, %+v", linked, second)
	}
}

func TestReleasesAreNamedByTimeAndHash(t *testing.T) {
	f, _ := folderTo(t)
	s := site(t, version(1))
	res := at(t, f, s, 0, anything)
	if want := "20170322T120000Z-" + s.Digest()[:12]; res.Release.Name != want || res.Release.Digest != s.Digest() {
		t.Errorf("%s, wanted %s", res.Release.Name, want)
	}
	to, err := os.Readlink(f.at(currentName))
	check(t, err)
	if to != filepath.Join(releasesName, res.Release.Name) {
		t.Errorf("current leads to %s: the folder could not be moved", to)
	}
}

func TestTheLastReleasesAreKept(t *testing.T) {
	f, current := folderTo(t)
	var names []string
	for i := range 7 {
		names = append(names, at(t, f, site(t, version(i)), i, Options{MaxRemovals: anything.MaxRemovals, Keep: 3}).Release.Name)
	}
	if got := releasesIn(t, f); !slices.Equal(got, names[4:]) {
		t.Errorf("%v, wanted %v", got, names[4:])
	}
	if got := current(); !maps.Equal(got, version(6)) {
		t.Error("current is not the newest")
	}
}

// back is one run of the program with --rollback.
func back(f Folder, at time.Time, opt Options) (Release, []string, error) {
	b, err := f.LookBack(opt)
	if err != nil {
		return Release{}, nil, err
	}
	r, err := b.Carry(at)
	return r, b.Added, err
}

func TestARollbackLeadsToTheReleaseBefore(t *testing.T) {
	f, current := folderTo(t)
	for i := range 3 {
		at(t, f, site(t, version(i)), i, anything)
	}
	for want := 1; want >= 0; want-- {
		r, _, err := back(f, noon.Add(time.Hour), Options{})
		check(t, err)
		if got := current(); !maps.Equal(got, version(want)) || !r.Rollback {
			t.Fatalf("%+v; wanted version %d", r, want)
		}
	}
	var refusal *Refusal
	if _, _, err := back(f, noon, Options{}); !errors.As(err, &refusal) {
		t.Errorf("%v", err)
	}
	// From there it goes on, and what was rolled back is not come back to.
	at(t, f, site(t, version(3)), 70, anything)
	r, _, err := back(f, noon.Add(2*time.Hour), Options{})
	check(t, err)
	if got := current(); !maps.Equal(got, version(0)) {
		t.Errorf("%+v", r)
	}
}

func TestARollbackMakesNothingPublicThatWasWithdrawn(t *testing.T) {
	with := func(i int, pages map[string]string) *Site {
		p := version(i)
		delete(p, "archive/2016-17-q3/site.css")
		for name, text := range pages {
			p[name] = text
		}
		return site(t, p)
	}
	const page = "archive/2016-17-q3/index.html"
	gone := Options{MaxRemovals: anything.MaxRemovals, Withdrawn: []string{"2016-17-q3"}}
	f, current := folderTo(t)
	at(t, f, with(1, map[string]string{page: "a child could be recognised"}), 0, anything)
	second := at(t, f, with(2, map[string]string{page: "a child could be recognised"}), 1, anything)

	// It was withdrawn, and that is not published yet: what is public stays.
	var refusal *Refusal
	_, _, err := back(f, noon.Add(time.Hour), gone)
	if !errors.As(err, &refusal) || !strings.Contains(err.Error(), "the release before has the snapshot archive/2016-17-q3/, which was withdrawn") {
		t.Fatalf("%v", err)
	}
	third := at(t, f, with(2, map[string]string{page: "withdrawn"}), 2, gone)
	if third.Cleared != 2 || taken(f.release(second.Release.Name)) {
		t.Errorf("%d releases were cleared, there are %v", third.Cleared, releasesIn(t, f))
	}
	if _, _, err := back(f, noon.Add(time.Hour), gone); !errors.As(err, &refusal) || current()[page] != "withdrawn" {
		t.Errorf("%v, and public is %q", err, current()[page])
	}
	// A release in which it says so may be come back to.
	at(t, f, with(3, map[string]string{page: "withdrawn"}), 3, gone)
	if _, _, err := back(f, noon.Add(time.Hour), gone); err != nil || current()[page] != "withdrawn" {
		t.Errorf("%v, and public is %q", err, current()[page])
	}
}

func TestARollbackMakesNothingPublicThatIsHeldBackNow(t *testing.T) {
	const paper = "reports/a-child.html"
	with, without := version(1), version(1)
	with[paper] = "it names a child"
	now := Options{MaxRemovals: anything.MaxRemovals, Hidden: func(name string) bool { return name == paper }}
	f, current := folderTo(t)
	first := at(t, f, site(t, with), 0, anything)
	at(t, f, site(t, without), 1, anything)
	var refusal *Refusal
	_, _, err := back(f, noon.Add(time.Hour), now)
	if !errors.As(err, &refusal) || !strings.Contains(err.Error(), "the release before has "+paper+", which the site holds back now") || !maps.Equal(current(), without) {
		t.Fatalf("%v", err)
	}
	if third := at(t, f, site(t, version(2)), 2, now); third.Cleared != 1 || taken(f.release(first.Release.Name)) {
		t.Errorf("%d releases were cleared, there are %v", third.Cleared, releasesIn(t, f))
	}
	_, _, err = back(f, noon.Add(time.Hour), now)
	check(t, err)
	if !maps.Equal(current(), without) {
		t.Error("the release before is not public")
	}
}

func TestARollbackLeadsToNoDamagedRelease(t *testing.T) {
	for name, damage := range map[string]func(dir string) error{
		"a page is gone":         func(dir string) error { return os.Remove(filepath.Join(dir, "about.html")) },
		"a page reads otherwise": func(dir string) error { return os.WriteFile(filepath.Join(dir, "about.html"), nil, 0o644) },
		"a page was added":       func(dir string) error { return os.WriteFile(filepath.Join(dir, "about.html.php"), nil, 0o644) },
	} {
		t.Run(name, func(t *testing.T) {
			f, current := folderTo(t)
			first := at(t, f, site(t, version(0)), 0, anything)
			second := at(t, f, site(t, version(1)), 1, anything)
			check(t, damage(f.release(second.Release.Name)))
			// It is mended by the next publish, and what was damaged is no way back from that.
			if at(t, f, site(t, version(1)), 2, anything).Fresh || !maps.Equal(current(), version(1)) {
				t.Fatal("the damage is still public")
			}
			_, _, err := back(f, noon.Add(time.Hour), Options{})
			check(t, err)
			if !maps.Equal(current(), version(0)) {
				t.Fatal("the release before is not public")
			}
			at(t, f, site(t, version(2)), 3, anything)
			check(t, damage(f.release(first.Release.Name)))
			var refusal *Refusal
			if _, _, err := back(f, noon.Add(time.Hour), Options{}); !errors.As(err, &refusal) || !strings.Contains(err.Error(), "the release before is not as it was published: of its files 1 ") {
				t.Errorf("%v", err)
			}
			if !maps.Equal(current(), version(2)) {
				t.Error("what is public has changed")
			}
		})
	}
}

func TestAByteThatChangedOnTheDiskIsNotHandedOn(t *testing.T) {
	f, current := folderTo(t)
	first := at(t, f, site(t, version(0)), 0, anything)
	name := filepath.Join(f.release(first.Release.Name), "about.html")
	info, err := os.Stat(name)
	check(t, err)
	spoilt := []byte(version(0)["about.html"])
	spoilt[7] ^= 1
	check(t, os.WriteFile(name, spoilt, 0o644))
	check(t, os.Chtimes(name, time.Time{}, info.ModTime()))
	if res := at(t, f, site(t, version(0)), 1, anything); res.Sent != 1 || !maps.Equal(current(), version(0)) {
		t.Errorf("%+v", res)
	}
}

func TestWhatOthersKeepBesideTheReleasesIsLeftAlone(t *testing.T) {
	f, _ := folderTo(t)
	at(t, f, site(t, version(0)), 0, anything)
	others := []string{"before-2017/db", "notes.json", ".coming-soon/x", "20170101T000000Z-1a2b3c4d5e6f.bak/x", "draft.part"}
	for _, name := range others {
		write(t, f.at(releasesName), name, "precious")
	}
	for i := range 3 {
		at(t, f, site(t, version(i+1)), i+1, Options{MaxRemovals: anything.MaxRemovals, Keep: 1})
	}
	for _, name := range others {
		if !taken(f.release(name)) {
			t.Errorf("%s is gone", name)
		}
	}
}

func TestARollbackLeavesAFrozenSnapshotAsItIs(t *testing.T) {
	for name, c := range map[string]struct {
		before map[string]string
		want   string
	}{
		"gone":    {nil, "archive/2016-17-q4/ is public, and would be gone"},
		"changed": {map[string]string{"archive/2016-17-q4/index.html": "otherwise"}, "archive/2016-17-q4/ is public, and would change"},
	} {
		t.Run(name, func(t *testing.T) {
			f, current := folderTo(t)
			old, new := version(1), version(2)
			maps.Copy(old, c.before)
			may := Options{MaxRemovals: anything.MaxRemovals, Withdrawn: []string{"2016-17-q4"}} // else it could not change
			at(t, f, site(t, old), 0, may)
			new["archive/2016-17-q4/index.html"] = "frozen"
			at(t, f, site(t, new), 1, may)
			var refusal *Refusal
			_, _, err := back(f, noon.Add(time.Hour), Options{})
			if !errors.As(err, &refusal) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v", err)
			}
			if !maps.Equal(current(), new) {
				t.Error("what is public has changed")
			}
		})
	}
}

func TestALookBackSaysWhatARollbackWouldDoAndDoesNothing(t *testing.T) {
	f, current := folderTo(t)
	old, new := version(0), version(0)
	delete(new, "about.html")
	new["added.html"], new["feed.xml"] = "new", "new"
	at(t, f, site(t, old), 0, anything)
	at(t, f, site(t, new), 1, anything)
	b, err := f.LookBack(Options{})
	check(t, err)
	if !slices.Equal(b.Added, []string{"about.html"}) || !slices.Equal(b.Changed, []string{"feed.xml"}) || !slices.Equal(b.Removed, []string{"added.html"}) || b.Refusal() != nil {
		t.Errorf("%+v", b)
	}
	if !maps.Equal(current(), new) {
		t.Error("it was changed")
	}
	// Another release came in between.
	at(t, f, site(t, old), 2, anything)
	if _, err := b.Carry(noon); err == nil || !maps.Equal(current(), old) {
		t.Errorf("%v", err)
	}
}

func TestARollbackNamesWhatIsPublicAgain(t *testing.T) {
	f, _ := folderTo(t)
	old := version(1)
	old["reports/withdrawn.html"] = "a report"
	at(t, f, site(t, old), 0, anything)
	at(t, f, site(t, version(1)), 1, anything)
	_, again, err := back(f, noon.Add(time.Hour), Options{})
	check(t, err)
	if !slices.Equal(again, []string{"reports/withdrawn.html"}) {
		t.Errorf("%v", again)
	}
}

func TestTheLogTellsEveryRelease(t *testing.T) {
	f, _ := folderTo(t)
	at(t, f, site(t, version(0)), 0, anything)
	second := at(t, f, site(t, version(1)), 1, anything)
	// A death between the switch and the log.
	data, err := os.ReadFile(f.at(logName))
	check(t, err)
	var list []Release
	check(t, json.Unmarshal(data, &list))
	short, err := json.Marshal(list[:1])
	check(t, err)
	check(t, os.WriteFile(f.at(logName), short, 0o644))
	at(t, f, site(t, version(2)), 2, anything)
	_, _, err = back(f, noon.Add(3*time.Minute), Options{})
	check(t, err)
	data, err = os.ReadFile(f.at(logName))
	check(t, err)
	check(t, json.Unmarshal(data, &list))
	if len(list) != 4 {
		t.Fatalf("%s", data)
	}
	if r := list[1]; r.Digest != second.Release.Digest || !r.Time.Equal(noon.Add(time.Minute)) || r.Added+r.Changed != second.Sent || r.Removed != second.Removed {
		t.Errorf("the second release was put back as %+v", r)
	}
	if r := list[3]; !r.Rollback || r.Digest != second.Release.Digest || r.Day != "2017-03-22" || r.Added+r.Changed+r.Removed == 0 {
		t.Errorf("the rollback is %+v", r)
	}
}

func TestAFolderOfOthersIsRefused(t *testing.T) {
	for name, make := range map[string]func(dir string) error{
		"a file":            func(dir string) error { return os.WriteFile(filepath.Join(dir, "index.html"), nil, 0o644) },
		"current a folder":  func(dir string) error { return os.Mkdir(filepath.Join(dir, currentName), 0o755) },
		"current elsewhere": func(dir string) error { return os.Symlink("../elsewhere", filepath.Join(dir, currentName)) },
		"another's releases": func(dir string) error {
			return errors.Join(os.MkdirAll(filepath.Join(dir, releasesName, "20170322093000"), 0o755), os.Symlink("releases/20170322093000", filepath.Join(dir, currentName)))
		},
		"a folder called releases": func(dir string) error { return os.MkdirAll(filepath.Join(dir, releasesName, "my-backup"), 0o755) },
	} {
		f, _ := folderTo(t)
		check(t, os.MkdirAll(f.dir, 0o755))
		check(t, make(f.dir))
		before := leftIn(t, f.dir, "")
		_, err := deliverTo(t, f, site(t, version(0)), Options{})
		var refusal *Refusal
		if !errors.As(err, &refusal) {
			t.Errorf("%s: %v", name, err)
		}
		if !slices.Equal(leftIn(t, f.dir, ""), before) {
			t.Errorf("%s: it was changed", name)
		}
	}
}

func TestALostManifestIsReckonedFromTheFiles(t *testing.T) {
	for _, damage := range []func(string) error{os.Remove, func(name string) error { return os.Truncate(name, 40) }} {
		f, current := folderTo(t)
		first := at(t, f, site(t, version(1)), 0, anything)
		check(t, damage(f.manifest(first.Release.Name)))
		// What is frozen is known all the same.
		changed := version(1)
		changed["archive/2016-17-q3/index.html"] = "x"
		var refusal *Refusal
		if _, err := deliverTo(t, f, site(t, changed), anything); !errors.As(err, &refusal) {
			t.Errorf("%v", err)
		}
		res := at(t, f, site(t, version(2)), 1, anything)
		if got := current(); !maps.Equal(got, version(2)) || res.Unchanged == 0 {
			t.Errorf("%+v", res)
		}
	}
}

func TestTheDigestIsWhatShaSumSays(t *testing.T) {
	for _, tool := range []string{"find", "sort", "xargs", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not here")
		}
	}
	f, _ := folderTo(t)
	res := at(t, f, site(t, version(3)), 0, anything)
	cmd := exec.Command("sh", "-c", `find . -type f -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum`)
	cmd.Dir = f.release(res.Release.Name)
	out, err := cmd.Output()
	if err != nil {
		t.Skip("these tools are not GNU's:", err)
	}
	if got, _, _ := strings.Cut(string(out), " "); got != res.Release.Digest {
		t.Errorf("sha256sum says %s, the release %s", got, res.Release.Digest)
	}
}

func TestAPublishThatRunsIsNotDisturbed(t *testing.T) {
	f, current := folderTo(t)
	at(t, f, site(t, version(0)), 0, anything)
	unlock, err := f.lock()
	check(t, err)
	if _, err := deliverTo(t, f, site(t, version(1)), anything); err == nil || !strings.Contains(err.Error(), "another publish") {
		t.Errorf("%v", err)
	}
	unlock()
	if got := current(); !maps.Equal(got, version(0)) {
		t.Error("it was changed")
	}
}

func TestOneSecondTwoReleases(t *testing.T) {
	f, current := folderTo(t)
	for _, i := range []int{0, 1, 0, 1, 0} {
		mustDeliver(t, f, site(t, version(i)), anything)
		if got := current(); !maps.Equal(got, version(i)) {
			t.Fatal(fmt.Sprint("version ", i, " is not public"))
		}
	}
	if got := releasesIn(t, f); len(got) != 5 {
		t.Errorf("%v", got)
	}
}

func TestWhatAKilledRunLeftGoesWhenThereIsNothingToPublish(t *testing.T) {
	f, _ := folderTo(t)
	mustDeliver(t, f, site(t, version(0)), anything)
	check(t, os.Symlink(releasesName+"/gone", f.at(currentName+nextSuffix)))
	write(t, f.dir, "."+logName+".7-0.part", "{")
	write(t, f.dir, ".htaccess", "the clerk's")
	if r := mustDeliver(t, f, site(t, version(0)), anything); !r.Fresh {
		t.Fatal("there was something to publish")
	}
	if left := append(leftIn(t, f.dir, currentName+nextSuffix), leftIn(t, f.dir, "."+logName)...); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	if len(leftIn(t, f.dir, ".htaccess")) != 1 {
		t.Error("what is not of a publish is gone")
	}
}

func TestAReleaseThatCannotBeFinishedLeavesNothing(t *testing.T) {
	f, current := folderTo(t)
	at(t, f, site(t, version(0)), 0, anything)
	broken := site(t, version(1))
	broken.files[len(broken.files)-1].read = func() ([]byte, error) { return nil, errors.New("no space left on device") }
	_, err := deliverTo(t, f, broken, anything)
	if err == nil || !strings.Contains(err.Error(), "is as it was: no space left on device") {
		t.Errorf("%v", err)
	}
	if left := append(leftIn(t, f.at(releasesName), "."), leftIn(t, f.dir, currentName+nextSuffix)...); len(left) > 0 || !maps.Equal(current(), version(0)) || len(releasesIn(t, f)) != 1 {
		t.Errorf("left %v", left)
	}
}
