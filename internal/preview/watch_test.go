package preview

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// watched is a folder under watch.
type watched struct {
	t    *testing.T
	root string
	w    *watcher
	told chan told
}

type told struct {
	files   map[string]string // as the tree has them
	changes []string
	still   bool
}

func watchFolder(t *testing.T, poll time.Duration, before map[string]string) *watched {
	t.Helper()
	f := &watched{t: t, root: t.TempDir(), told: make(chan told, 1000)}
	for name, content := range before {
		f.write(name, content)
	}
	return f.start(poll)
}

func (f *watched) start(poll time.Duration) *watched {
	f.w = &watcher{tree: newTree(f.root), poll: poll}
	f.w.changed = func(found changes, still bool) { f.told <- told{f.w.tree.versions(), found.files, still} }
	f.w.tree.look(1, true)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- f.w.run(ctx) }()
	f.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			f.t.Error(err)
		}
	})
	if poll == 0 { // the first quiet look says that every watch is there
		f.until("the watch", func(t told) bool { return t.still })
	}
	return f
}

func (f *watched) path(name string) string { return filepath.Join(f.root, filepath.FromSlash(name)) }

func (f *watched) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *watched) write(name, content string) {
	f.t.Helper()
	f.must(os.MkdirAll(filepath.Dir(f.path(name)), 0o777))
	f.must(os.WriteFile(f.path(name), []byte(content), 0o666))
}

// until waits for a state that fits.
func (f *watched) until(what string, fits func(told) bool) told {
	f.t.Helper()
	var last told
	for deadline := time.After(patience); ; {
		select {
		case last = <-f.told:
			if fits(last) {
				return last
			}
		case <-deadline:
			f.t.Fatalf("waited in vain for %s; last told of %v in %v", what, last.changes, last.files)
		}
	}
}

// changes makes an edit and waits until it is told.
func (f *watched) changes(name string, edit func()) {
	f.t.Helper()
	edit()
	f.until(name+" to change", func(t told) bool { return slices.Contains(t.changes, name) })
}

const early = "data/early-help/2017-01.csv"

func TestAFileWrittenOverIsFound(t *testing.T) {
	f := watchFolder(t, 0, map[string]string{early: "ref,value\n"})
	f.changes(early, func() { f.write(early, "ref,value\n1.1,3\n") })
}

func TestAnAtomicSaveIsFoundAgainAndAgain(t *testing.T) {
	f := watchFolder(t, 0, map[string]string{early: "0"})
	for n := range 3 {
		f.changes(early, func() {
			f.write(early+".tmp", string(rune('1'+n)))
			f.must(os.Rename(f.path(early+".tmp"), f.path(early)))
		})
	}
}

func TestAnEditorThatTakesTheOldFileAwayLosesNothing(t *testing.T) {
	f := watchFolder(t, 0, map[string]string{early: "old"})
	f.must(os.Rename(f.path(early), f.path(early+"~")))
	f.write(early, "new")
	f.must(os.Remove(f.path(early + "~")))
	last := f.until("the new file, in quiet", func(t told) bool { return t.still && t.files[early] != "" })
	if len(last.files) != 3 { // with its two folders
		t.Errorf("found %v", last.files)
	}
}

func TestANewFolderIsWatchedWithWhatIsInIt(t *testing.T) {
	f := watchFolder(t, 0, map[string]string{early: "1"})
	f.changes("content/early-help/2017-02/contacts.md", func() { f.write("content/early-help/2017-02/contacts.md", "a") })
	f.until("quiet", func(t told) bool { return t.still })
	f.changes("content/early-help/2017-02/contacts.md", func() { f.write("content/early-help/2017-02/contacts.md", "b") })
	f.changes("content/early-help/2017-02/neets.md", func() { f.write("content/early-help/2017-02/neets.md", "c") })
}

func TestARenamedFolderIsFollowed(t *testing.T) {
	f := watchFolder(t, 0, map[string]string{early: "1"})
	f.must(os.Rename(f.path("data/early-help"), f.path("data/help")))
	f.until("its files under the new name alone", func(t told) bool {
		return t.still && t.files["data/help/2017-01.csv"] != "" && t.files[early] == ""
	})
	f.changes("data/help/2017-01.csv", func() { f.write("data/help/2017-01.csv", "2") })
}

func TestAFolderThatIsRemovedAndMadeAgainIsWatched(t *testing.T) {
	f := watchFolder(t, 0, map[string]string{early: "1", "content/site.yaml": "title: A"})
	f.must(os.RemoveAll(f.path("data")))
	f.until("its end", func(t told) bool { return t.still && t.files[early] == "" })
	f.changes(early, func() { f.write(early, "2") })
	f.until("quiet", func(t told) bool { return t.still })
	f.changes(early, func() { f.write(early, "3") })
}

func TestTooManyEventsLoseNothing(t *testing.T) {
	f := watchFolder(t, 0, map[string]string{early: "1"})
	f.w.events.Errors <- fsnotify.ErrEventOverflow
	f.until("a look at everything", func(t told) bool { return t.still })
	f.changes(early, func() { f.write(early, "2") })
}

func TestAScorecardThatStandsElsewhereIsWatched(t *testing.T) {
	if err := os.Symlink("x", filepath.Join(t.TempDir(), "link")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	elsewhere := t.TempDir()
	f := &watched{t: t, root: t.TempDir(), told: make(chan told, 1000)}
	f.must(os.MkdirAll(filepath.Join(elsewhere, "card"), 0o777))
	f.must(os.WriteFile(filepath.Join(elsewhere, "card", "2017-01.csv"), []byte("1"), 0o666))
	f.must(os.WriteFile(filepath.Join(elsewhere, "populations.csv"), []byte("1"), 0o666))
	f.must(os.MkdirAll(f.path("data"), 0o777))
	f.must(os.Symlink(filepath.Join(elsewhere, "card"), f.path("data/early-help")))
	f.must(os.Symlink(filepath.Join(elsewhere, "populations.csv"), f.path("data/populations.csv")))
	f.start(0)
	f.changes(early, func() { f.must(os.WriteFile(filepath.Join(elsewhere, "card", "2017-01.csv"), []byte("2"), 0o666)) })
	f.changes("data/populations.csv", func() { f.must(os.WriteFile(filepath.Join(elsewhere, "populations.csv"), []byte("22"), 0o666)) })
}

func TestAChangeThatLooksLikeNoneIsFound(t *testing.T) {
	f := watchFolder(t, 0, map[string]string{early: "1"})
	info, err := os.Stat(f.path(early))
	f.must(err)
	f.changes(early, func() {
		f.write(early, "2")
		f.must(os.Chtimes(f.path(early), info.ModTime(), info.ModTime()))
	})
}

// It may have been written twice, and read in between.
func TestAFileThatWasWrittenAsItWasHasANewVersion(t *testing.T) {
	f := watchFolder(t, 0, map[string]string{early: "1"})
	f.changes(early, func() { f.write(early, "2") }) // its content is known from here
	f.until("quiet", func(t told) bool { return t.still })
	f.changes(early, func() {
		f.write(early, "3")
		f.write(early, "2")
	})
}

func TestWhatStandsBesideTheSiteIsNotWatched(t *testing.T) {
	f := watchFolder(t, 0, map[string]string{early: "1"})
	f.write("public/index.html", "x")
	f.write("data/early-help/.hidden", "x")
	f.changes(early, func() { f.write(early, "2") })
	if last := f.until("quiet", func(t told) bool { return t.still }); len(last.files) != 3 { // with its two folders
		t.Errorf("found %v", last.files)
	}
}

func TestPollingFindsTheSame(t *testing.T) {
	f := watchFolder(t, 10*time.Millisecond, map[string]string{early: "1"})
	f.changes(early, func() { f.write(early, "12") })
	f.changes("data/new/2017-01.csv", func() { f.write("data/new/2017-01.csv", "1") })
	f.must(os.RemoveAll(f.path("data/new")))
	f.until("its end, at a second look", func(t told) bool { return t.still && t.files["data/new/2017-01.csv"] == "" })
}

func TestWhatEditorsLeaveBehindIsFoundAndWhatTheyUseForAMomentIsNot(t *testing.T) {
	for _, poll := range []time.Duration{0, 50 * time.Millisecond} {
		f := watchFolder(t, poll, map[string]string{early: "a\n", "data/early-help/before.tmp": ""})
		const moment, left = early + ".tmp", "data/early-help/2017-02.csv~"
		f.write(moment, "b\n")
		f.must(os.Rename(f.path(moment), f.path(early)))
		f.until("the save", func(told told) bool {
			if told.files["data/early-help/before.tmp"] == "" {
				t.Error("what was left before the first look is not told")
			}
			if _, found := told.files[moment]; found {
				t.Error("the name of a moment was told")
			}
			return slices.Contains(told.changes, early)
		})
		f.changes(left, func() { f.write(left, "a\n") })
		f.changes(left, func() { f.must(os.Remove(f.path(left))) })
	}
}
