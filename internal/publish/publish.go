// Package publish is the only writer of sites: it brings a folder to the state
// of a tree, all or nothing, and writes single files safely.
//
// A reader of the output folder sees the old site or the new one, whenever the
// process dies; what did not change is neither opened nor rewritten. Beside
// public/ stands a hidden folder, so that public/ holds the site and nothing
// else:
//
//	public/                 the site
//	.public.outturn/
//	    next/               the second site folder
//	    manifest            what public/ holds: path, key, size, time, sum
//	    next.manifest       the same of next/; there only during the switch
//	    previous/           only where the file system cannot exchange two names
//	    writing             held during an update
//
// An [Update] goes in five steps:
//
//  1. settle what a run that died has left;
//  2. bring next/ up to date, in as many parts as the caller has: a file that
//     stays is a hard link to the one in public/, a file that changes is made
//     anew, what is not wanted is removed;
//  3. write next.manifest, with the inode of next/;
//  4. exchange the two names;
//  5. rename next.manifest to manifest.
//
// A death before step 4 leaves the old site with its manifest. A death between
// 4 and 5 leaves the new site, which next.manifest describes: the inode in it
// is now that of public/. Half-made files in next/ need no mark, because next/
// is never believed: of its files only those are kept that are the same inode
// as the file in public/, which the manifest vouches for.
//
// The manifest is believed as far as sizes and modification times bear it out.
// Where they do not, or it is damaged, every file of the tree is opened and
// compared byte for byte with what stands there.
//
// The files of the two folders share inodes. So nothing here writes into a file
// that exists: it is unlinked and made anew.
//
// What this package will not do: flush to the disk (a power failure may cost
// the last build, and the next one then notices), follow symbolic links in the
// output, or keep files that the tree does not have. Two exceptions, .gitkeep
// and .gitignore at the top of the output folder, are left as they are.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"golang.org/x/sync/errgroup"
)

// Result says what an Update did, in files unless it says otherwise.
type Result struct {
	Written   int   // new, or with other bytes than before
	Unchanged int   // with the same bytes as before, and the same modification time
	Removed   int   // stood in the output folder and are not in the tree
	Bytes     int64 // size of the written files together
	Opened    int   // of the tree's files; the others were known by their keys
	// Exchanged is false where the file system could not exchange two names in
	// one call and two renames were used: for an instant there was no folder.
	// It is true where there was nothing to switch.
	Exchanged bool
}

// Commit makes what was kept and put the site that stands, and keeps with it what
// state gives, which is made while the files are put in order. Where it fails, or
// state does, the output folder is as it was, unless the error says otherwise.
func (u *Update) Commit(state func() ([]byte, error)) (Result, error) {
	defer u.Abandon()
	var g errgroup.Group
	m := Manifest{Version: u.version}
	g.Go(func() (err error) {
		m.State, err = state()
		return err
	})
	records, err := u.finish()
	if err := errors.Join(err, g.Wait()); err != nil {
		return Result{}, fmt.Errorf("%s was left as it was: %w", u.name, err)
	}
	m.Entries = records
	res := u.result(records)
	if u.trusted && res.Written == 0 && res.Removed == 0 {
		// Other keys, the same bytes: the site that stands is the new one.
		return res, u.record(manifestName, m)
	}
	if err := u.prepareSwitch(m); err != nil {
		return Result{}, fmt.Errorf("%s was left as it was: %w", u.name, err)
	}
	if res.Exchanged, err = u.exchange(); err != nil {
		return Result{}, fmt.Errorf("switch %s to the new site: %w", u.name, err)
	}
	if err := os.Rename(u.at(nextManifestName), u.at(manifestName)); err != nil {
		return res, fmt.Errorf("%s is the new site, but its manifest could not be put in place: %w", u.name, err)
	}
	return res, nil
}

// finish gives the records in order and takes out of next/ what is left over.
func (u *Update) finish() ([]Record, error) {
	if err := u.Prepare(); err != nil {
		return nil, err
	}
	records := u.records()
	if !u.trusted || !slices.EqualFunc(records, u.manifest.Entries, func(a, b Record) bool { return a.Path == b.Path }) {
		if err := vetPaths(records); err != nil {
			return nil, err
		}
	}
	return records, u.clear(records)
}

// prepareSwitch does what must be done before the names are exchanged, and
// can still fail without harm.
func (u *Update) prepareSwitch(m Manifest) error {
	info, err := os.Lstat(u.out)
	if os.IsNotExist(err) {
		err = os.MkdirAll(u.out, 0o755)
	} else if err == nil {
		// A group's folder stays the group's: next/ becomes the folder itself.
		err = os.Chmod(u.at(nextName), info.Mode()&(fs.ModePerm|fs.ModeSetgid|fs.ModeSticky))
	}
	if err != nil {
		return err
	}
	next, err := os.Lstat(u.at(nextName))
	if err != nil {
		return err
	}
	m.folder = inode(next)
	return u.record(nextManifestName, m)
}
