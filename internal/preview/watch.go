package preview

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Times of the watcher. A save is some two to eight events within a few
// milliseconds; a look after the first of them sees a whole file but seldom a
// half one, and the look after quiet sees what the first one missed. A file that
// another took the place of is whole at once.
const (
	settle = 5 * time.Millisecond
	atOnce = 1 * time.Millisecond
	quiet  = 60 * time.Millisecond
	// sure is after how long a quiet everything is looked at again, should the
	// system have kept something to itself.
	sure = 500 * time.Millisecond
	// coarse is how far apart two writes may be and have one time (FAT).
	coarse = 2 * time.Second
	// absent is how often a folder is looked for that was taken away.
	absent = 500 * time.Millisecond
)

// watcher finds what changes in a site's folder. What is found is told to
// changed, in one goroutine: files by name, and whether the folder has been
// quiet since, so that no editor is half-way through a save.
type watcher struct {
	tree    *tree
	poll    time.Duration // 0: by events
	changed func(found changes, still bool)

	events *fsnotify.Watcher
	watch  map[string]string // watched folder as events name it: the folder of the tree
	rounds chan []string     // folders that a round found changed
}

// run watches until the context ends. The tree has been looked at once.
func (w *watcher) run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	w.rounds = make(chan []string)
	go rounds(ctx, w.tree.root, w.rounds)
	if w.poll > 0 {
		return w.polling(ctx)
	}
	if err := w.begin(); err != nil {
		// No more watches to be had (Linux: fs.inotify.max_user_watches), or a
		// file system that has none.
		w.poll = time.Second
		return errors.Join(ErrPolling, w.polling(ctx))
	}
	defer func() { w.events.Close() }()
	return w.loop(ctx)
}

// ErrPolling says that changes were looked for once a second, since the system
// does not tell of them.
var ErrPolling = errors.New("this system does not tell of changes here; the folder is looked at every second")

// polling looks at everything again and again.
func (w *watcher) polling(ctx context.Context) error {
	tick := time.NewTicker(w.poll)
	defer tick.Stop()
	young := int(coarse/w.poll) + 2
	doubt, still := false, true
	for {
		select {
		case <-ctx.Done():
			return nil
		case dirs := <-w.rounds:
			w.changed(w.tree.changed(dirs), still && !doubt)
			continue
		case <-tick.C:
		}
		found := w.tree.look(young, still)
		still = !found.any()
		switch {
		case found.any():
			// What is doubtful is believed when it is so at the next look.
			w.changed(found, !found.doubtful)
			doubt = found.doubtful
		case doubt:
			w.changed(found, true)
			doubt = false
		}
	}
}

// heard is what events have named for a while.
type heard struct {
	dirs, files map[string]bool
	all         bool // everything must be looked at, and the watches made anew
}

func nothingHeard() heard { return heard{dirs: map[string]bool{}, files: map[string]bool{}} }

func (h *heard) add(other heard) {
	maps.Copy(h.dirs, other.dirs)
	maps.Copy(h.files, other.files)
	h.all = h.all || other.all
}

// look looks at what was named.
func (w *watcher) look(h heard, still bool) changes {
	if h.all {
		return w.tree.look(1, still)
	}
	return w.tree.lookAt(h.dirs, h.files, 1, still)
}

// loop looks three times at what an event has named: soon, when all has been
// quiet, and a while later at everything.
func (w *watcher) loop(ctx context.Context) error {
	fresh, past := nothingHeard(), nothingHeard() // since the last look; since it was quiet
	past.all = true                               // what changed between the first look and the first watch
	var soon, whole, missing <-chan time.Time
	later := time.After(0)
	rewatch := func() {
		if w.begin() != nil {
			missing = time.After(absent)
		}
		past.all = true // what came between the look and the watch
		later = time.After(quiet)
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case event := <-w.events.Events:
			if dir, ok := w.passes(event); ok {
				if past.dirs[dir] = true; later == nil && !event.Has(fsnotify.Write) {
					later = time.After(quiet)
				}
				continue
			}
			replaced := w.replaced(event, fresh)
			if !w.hear(event, &fresh) {
				continue
			}
			switch {
			case soon == nil && replaced:
				soon = time.After(atOnce)
			case soon == nil:
				soon = time.After(settle)
			}
			later = time.After(quiet)
		case <-w.events.Errors: // too many events to keep, or a watch that failed: nothing is known
			fresh.all = true
			if soon == nil {
				soon = time.After(settle)
			}
			later = time.After(quiet)
		case <-soon:
			soon = nil
			found := w.look(fresh, false)
			if found.any() {
				w.changed(found, false)
			}
			if fresh.all || found.folders {
				rewatch()
			}
			past.add(fresh)
			fresh = nothingHeard()
		case <-later:
			later, whole = nil, time.After(sure)
			found := w.look(past, true)
			past = nothingHeard()
			if found.folders {
				rewatch()
			}
			w.changed(found, !found.folders)
		case <-whole:
			whole = nil
			if found := w.tree.look(1, true); found.any() {
				w.changed(found, false)
				rewatch()
			}
		case dirs := <-w.rounds:
			w.changed(w.tree.changed(dirs), soon == nil && later == nil)
		case <-missing:
			missing = nil
			if _, err := os.Stat(w.tree.root); err != nil {
				missing = time.After(absent)
				continue
			}
			w.changed(w.tree.look(1, false), false)
			rewatch()
		}
	}
}

// hear takes in an event; it is false for one that says nothing of the site.
func (w *watcher) hear(event fsnotify.Event, h *heard) bool {
	if event.Op == fsnotify.Chmod || event.Op == 0 {
		return false
	}
	dir, base := filepath.Dir(event.Name), filepath.Base(event.Name)
	of, watched := w.watch[dir]
	if _, folder := w.watch[event.Name]; folder && event.Has(fsnotify.Remove|fsnotify.Rename) {
		h.all = true // a folder that is renamed keeps its watch, under its old name
		return true
	}
	if !watched || strings.HasPrefix(base, ".") {
		return false
	}
	if of == "." && !slices.Contains(roots, base) {
		return false // public/ and whatever else stands beside the site
	}
	h.dirs[of] = true
	h.files[path.Join(of, base)] = true
	return true
}

// passes reports whether an event is that of a file by a passing name, and in which
// folder. It hurries nothing, and puts nothing off: looks when all is quiet find
// what has stayed.
func (w *watcher) passes(event fsnotify.Event) (dir string, passes bool) {
	dir, watched := w.watch[filepath.Dir(event.Name)]
	base := filepath.Base(event.Name)
	if !watched || dir == "." || strings.HasPrefix(base, ".") || !passing(base) {
		return "", false
	}
	_, folder := w.watch[event.Name]
	return dir, !folder
}

// replaced reports whether an event is that of a file which was there, and in
// whose place another was put by its name, as careful editors save: it is there
// again without having gone before.
func (w *watcher) replaced(event fsnotify.Event, h heard) bool {
	of, base := w.watch[filepath.Dir(event.Name)], filepath.Base(event.Name)
	was := w.tree.folders[of]
	return event.Has(fsnotify.Create) && was != nil && was.files[base] != nil && !h.files[path.Join(of, base)]
}

// begin makes every watch anew.
func (w *watcher) begin() error {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	if w.events != nil {
		w.events.Close()
	}
	w.events, w.watch = events, map[string]string{}
	if err := w.add(w.tree.root, "."); err != nil {
		return err
	}
	return w.addAll()
}

// addAll watches every folder that there is, and what links lead to. A folder
// that is made in the meantime is found by the look that follows.
func (w *watcher) addAll() error {
	for dir := range w.tree.folders {
		if err := w.add(w.tree.path(dir), dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for real, dir := range w.tree.links {
		if _, known := w.watch[real]; !known {
			_ = w.add(real, dir) // it may lead to where nothing can be watched
		}
	}
	return nil
}

func (w *watcher) add(name, dir string) error {
	if _, known := w.watch[name]; known {
		return nil
	}
	if err := w.events.Add(name); err != nil {
		return err
	}
	w.watch[name] = dir
	return nil
}
