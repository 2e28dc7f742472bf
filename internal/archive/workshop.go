package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"golang.org/x/sync/errgroup"

	"outturn/internal/publish"
)

// workshop is the folder beside content/archive/ in which a snapshot is made.
type workshop struct {
	root    string // content/archive
	dir     string // content/.archive.outturn
	release func()
}

const workshopName = ".archive.outturn"

// open makes the workshop, takes its lock, and clears away what a run that died
// has left in it.
func open(site string) (*workshop, error) {
	content := filepath.Join(site, "content")
	w := &workshop{root: filepath.Join(content, "archive"), dir: filepath.Join(content, workshopName)}
	if info, err := os.Stat(w.root); err == nil && !info.IsDir() {
		return nil, noFolder()
	}
	err := fs.ErrNotExist
	for errors.Is(err, fs.ErrNotExist) { // a run that ends removes the folder
		if err = os.MkdirAll(w.dir, 0o755); err == nil {
			w.release, err = publish.Lock(w.at("writing"))
		}
	}
	if err != nil {
		return nil, fmt.Errorf("begin to write in content/, where snapshots stand: %w", err)
	}
	entries, err := os.ReadDir(w.dir)
	for _, e := range entries {
		if e.Name() != "writing" {
			err = errors.Join(err, os.RemoveAll(w.at(e.Name())))
		}
	}
	if err != nil {
		w.close()
		return nil, fmt.Errorf("clear away what an interrupted run has left in %s: %w", workshopName, err)
	}
	return w, nil
}

func (w *workshop) at(name string) string { return filepath.Join(w.dir, name) }

// close leaves nothing behind. The lock's file goes while it is held; a run that
// waits for it makes another.
func (w *workshop) close() {
	_ = os.RemoveAll(w.dir) // what is left the next run clears away
	w.release()
}

// place puts a snapshot where it stands, whole: it is on the disk before its
// name is, and the name before this returns.
func (w *workshop) place(id string) error {
	if err := os.MkdirAll(w.root, 0o755); err != nil {
		return err
	}
	if err := flush(w.at(id)); err != nil {
		return fmt.Errorf("flush the snapshot to the disk: %w", err)
	}
	if err := w.attributes(); err != nil {
		return err
	}
	target := filepath.Join(w.root, id)
	if _, err := os.Lstat(target); err == nil { // a rename would take the place of an empty folder
		return refuse("there is a snapshot %s already: a snapshot is never made anew", id)
	}
	if err := os.Rename(w.at(id), target); err != nil {
		return fmt.Errorf("put the snapshot in place: %w", err)
	}
	return errors.Join(syncFile(w.root), syncFile(filepath.Dir(w.root)))
}

// attributes keeps git from giving what is kept here other line ends, as it does
// where core.autocrlf is set: a snapshot is proved by every byte. A file that is
// there already stays as it is.
func (w *workshop) attributes() error {
	name := filepath.Join(w.root, ".gitattributes")
	if _, err := os.Lstat(name); err == nil {
		return nil
	}
	made := w.at("attributes") // what a death leaves there is cleared away
	if err := os.WriteFile(made, []byte("# Snapshots are proved by every byte: git must change no line end.\n* -text\n"), 0o644); err != nil {
		return err
	}
	return os.Rename(made, name)
}

// flush writes every file and folder below dir through to the disk, several at
// a time: one after the other a large site would take minutes.
func flush(dir string) error {
	var g errgroup.Group
	g.SetLimit(16)
	err := filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
		if err == nil {
			g.Go(func() error { return syncFile(name) })
		}
		return err
	})
	return errors.Join(err, g.Wait())
}

// syncFile flushes a file or the names in a folder.
func syncFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil && info.IsDir() && runtime.GOOS == "windows" {
		return f.Close() // a folder cannot be flushed there
	}
	return errors.Join(err, f.Sync(), f.Close())
}
