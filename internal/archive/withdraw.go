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
	_, canonical, err := snapshot.Quarter(id)
	if err != nil {
		return refuse("%q is not a quarter; write the financial year and the quarter, such as 2016-17-q3", id)
	}
	id = canonical
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
	pages, err := addresses(site, id)
	if err != nil {
		return fmt.Errorf("listing the pages of %s: %w", id, err)
	}
	// The addresses first: the record is what withdraws.
	former := filepath.Join(dir, filepath.FromSlash(snapshot.FormerFile(id)))
	if err := os.MkdirAll(filepath.Dir(former), 0o755); err != nil {
		return err
	}
	if err := publish.WriteFile(former, []byte(strings.Join(pages, "\n")+"\n")); err != nil {
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

// addresses are those of a snapshot's pages: of all that its list names and all that
// stand in it. A bag that was damaged can be withdrawn too.
func addresses(site fs.FS, id string) ([]string, error) {
	sub, err := fs.Sub(site, snapshot.Folder(id))
	if err != nil {
		return nil, err
	}
	all, err := bag.ReadManifest(sub)
	if err != nil {
		all = bag.Manifest{}
	}
	err = fs.WalkDir(sub, snapshot.Site, func(name string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil && !entry.IsDir() {
			all[name] = bag.Sum{}
		}
		return err
	})
	return snapshot.Pages(all), err
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
