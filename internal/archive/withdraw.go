package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"outturn/internal/archive/bag"
	"outturn/internal/archive/snapshot"
	"outturn/internal/build"
	"outturn/internal/period"
	"outturn/internal/publish"
)

// Withdrawal says which snapshot to take from the public, and why.
type Withdrawal struct {
	Dir    string // the site's folder
	ID     string
	Reason string // for the public
	On     period.Date
	Remove bool // its bag too
	Lost   bool // though neither its bag nor a built page of it is here
}

// Withdraw takes a snapshot from the public: from the next build on a page at
// each of its addresses says that it was withdrawn, when and why. Its bag stays
// where it is unless it is to be removed. The record of it is kept for good: before is the
// day that stands there of one that was withdrawn already, of which the bag alone was
// removed now.
func Withdraw(req Withdrawal) (before string, err error) {
	reason := strings.Join(strings.Fields(req.Reason), " ")
	if reason == "" {
		return "", refuse("--reason is empty: its page says why a snapshot was withdrawn, such as --reason \"a child could be recognised\"")
	}
	_, id, err := snapshot.Quarter(req.ID)
	if err != nil {
		return "", refuse("%q is not a quarter; write the financial year and the quarter, such as 2016-17-q3", req.ID)
	}
	w, err := open(req.Dir)
	if err != nil {
		return "", err
	}
	defer w.close()
	site := build.Folder(req.Dir)
	list, err := snapshot.ReadWithdrawn(site)
	if err != nil {
		return "", refuse("%s cannot be read: %v; outturn check says where", snapshot.WithdrawnFile, err)
	}
	kept := isFolder(filepath.Join(w.root, id))
	for _, row := range list {
		if row.ID != id {
			continue
		}
		if req.Remove && kept {
			return row.On, w.remove(id)
		}
		return "", refuse("the snapshot %s was withdrawn already, on %s", id, row.On)
	}
	pages, err := addresses(site, filepath.Join(req.Dir, "public"), id)
	if err != nil {
		return "", fmt.Errorf("listing the pages of %s: %w", id, err)
	}
	if len(pages) == 0 && !kept && !req.Lost {
		return "", refuse("there is no snapshot %s in %s, and public/ has no page of it; if it was published and is lost, put it back from a copy or from version control, or say --lost: then its first page alone says that it was withdrawn", id, snapshot.Root)
	}
	if len(pages) == 0 {
		pages = []string{"index.html"}
	}
	// The addresses first: the record is what withdraws.
	former := filepath.Join(req.Dir, filepath.FromSlash(snapshot.FormerFile(id)))
	if err := os.MkdirAll(filepath.Dir(former), 0o755); err != nil {
		return "", err
	}
	if err := publish.WriteFile(former, []byte(strings.Join(pages, "\n")+"\n")); err != nil {
		return "", err
	}
	list = append(list, snapshot.Withdrawal{ID: id, On: req.On.String(), Reason: reason})
	if err := publish.WriteFile(filepath.Join(req.Dir, filepath.FromSlash(snapshot.WithdrawnFile)), snapshot.EncodeWithdrawn(list)); err != nil {
		return "", err
	}
	if !req.Remove || !kept {
		return "", nil
	}
	return "", w.remove(id)
}

// addresses are those of a snapshot's pages: of all that its list names, all that
// stand in it, and all that the last build put into the output folder. A bag that was
// damaged, or lost, can be withdrawn too.
func addresses(site fs.FS, public, id string) ([]string, error) {
	sub, err := fs.Sub(site, snapshot.Folder(id))
	if err != nil {
		return nil, err
	}
	all, err := bag.ReadManifest(sub)
	if err != nil {
		all = bag.Manifest{}
	}
	built, _, _ := publish.Load(public) // without it there are none
	for _, e := range built.Entries {
		if page, of := strings.CutPrefix(e.Path, "archive/"+id+"/"); of {
			all[path.Join(snapshot.Site, page)] = bag.Sum{}
		}
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
	info, err := os.Lstat(name) // a link is no snapshot
	return err == nil && info.IsDir()
}
