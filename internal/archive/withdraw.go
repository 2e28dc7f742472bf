package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"outturn/internal/archive/bag"
	"outturn/internal/archive/snapshot"
	"outturn/internal/period"
	"outturn/internal/publish"
)

// Withdraw takes a snapshot from the public: from the next build on a page at
// each of its addresses says that it was withdrawn, when and why. Its bag stays
// where it is unless remove is set. The record of it is kept for good.
func Withdraw(dir, id, reason string, on period.Date, remove bool) error {
	reason = strings.Join(strings.Fields(reason), " ")
	if reason == "" {
		return refuse("--reason is empty: its page says why a snapshot was withdrawn, such as --reason \"a child could be recognised\"")
	}
	_, id, err := snapshot.Quarter(id)
	if err != nil {
		return refuse("%q is not a quarter; write the financial year and the quarter, such as 2016-17-q3", id)
	}
	w, err := open(dir)
	if err != nil {
		return err
	}
	defer w.close()
	site := os.DirFS(dir)
	list, err := snapshot.ReadWithdrawn(site)
	if err != nil {
		return refuse("%s cannot be read: %v; outturn check says where", snapshot.WithdrawnFile, err)
	}
	kept := isFolder(filepath.Join(w.root, id))
	for _, row := range list {
		if row.ID != id {
			continue
		}
		if remove && kept {
			return w.remove(id)
		}
		return refuse("the snapshot %s was withdrawn already, on %s", id, row.On)
	}
	if !kept {
		return refuse("there is no snapshot %s in %s", id, snapshot.Root)
	}
	sub, err := fs.Sub(site, snapshot.Folder(id))
	if err != nil {
		return err
	}
	manifest, err := bag.ReadManifest(sub)
	if err != nil {
		return fmt.Errorf("reading the manifest of %s: %w", id, err)
	}
	// The addresses first: the record is what withdraws.
	former := filepath.Join(dir, filepath.FromSlash(snapshot.FormerFile(id)))
	if err := os.MkdirAll(filepath.Dir(former), 0o755); err != nil {
		return err
	}
	if err := publish.WriteFile(former, []byte(strings.Join(snapshot.Pages(manifest), "\n")+"\n")); err != nil {
		return err
	}
	list = append(list, snapshot.Withdrawal{ID: id, On: on.String(), Reason: reason})
	if err := publish.WriteFile(filepath.Join(dir, filepath.FromSlash(snapshot.WithdrawnFile)), snapshot.EncodeWithdrawn(list)); err != nil {
		return err
	}
	if !remove {
		return nil
	}
	return w.remove(id)
}

// remove takes a bag away, whole: it leaves its place by one rename.
func (w *workshop) remove(id string) error {
	if err := os.Rename(filepath.Join(w.root, id), w.at(id)); err != nil {
		return fmt.Errorf("remove the files of %s: %w", id, err)
	}
	return errors.Join(syncFile(w.root), os.RemoveAll(w.at(id)))
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}
