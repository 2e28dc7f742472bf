package publish

import (
	"errors"
	"io/fs"
	"os"
)

// exchange makes next/ the output folder and the output folder next/. It is
// true where that was one call, false where it took renames. On an error the
// output folder is the one that it was.
func (f folder) exchange() (bool, error) {
	next := f.at(nextName)
	if exchangeNames(f.out, next) == nil {
		return true, nil
	}
	// Whatever the reason was, the first rename has it too or there is none.
	return false, f.rename()
}

// rename does in three renames what exchange does in one call; the site is
// switched by the first two. settle knows how far a run that died came.
func (f folder) rename() error {
	next, previous := f.at(nextName), f.at(previousName)
	if err := os.Rename(f.out, previous); err != nil {
		return err
	}
	if err := os.Rename(next, f.out); err != nil {
		return errors.Join(err, os.Rename(previous, f.out))
	}
	// Where this one fails, settle does it in the next build or says why not.
	_ = os.Rename(previous, next)
	return nil
}

// settle brings the hidden folder in order after a run that died at any moment:
// afterwards there is no next.manifest and no previous/, and a manifest that is
// believed describes out.
func (f folder) settle() error {
	if err := f.settlePrevious(); err != nil {
		return err
	}
	name, err := f.truth()
	if err != nil {
		return err
	}
	if name == nextManifestName {
		return os.Rename(f.at(nextManifestName), f.at(manifestName))
	}
	if name == "" && exists(f.at(nextManifestName)) {
		// That the folder is ours is all that can be said.
		if err := f.replace(manifestName, []byte(manifestHead)); err != nil {
			return err
		}
	}
	if err := os.Remove(f.at(nextManifestName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// settlePrevious ends the three renames: after the first the old site goes back
// to its place, after the second it is next/.
func (f folder) settlePrevious() error {
	previous := f.at(previousName)
	switch {
	case !exists(previous):
		return nil
	case !exists(f.out):
		return os.Rename(previous, f.out)
	case !exists(f.at(nextName)):
		return os.Rename(previous, f.at(nextName))
	}
	return os.RemoveAll(previous)
}

// truth names the manifest that can describe out; "" where there is none, or
// where nothing tells which of two it is. It touches nothing.
func (f folder) truth() (string, error) {
	data, err := os.ReadFile(f.at(nextManifestName))
	if errors.Is(err, fs.ErrNotExist) {
		if exists(f.at(manifestName)) {
			return manifestName, nil
		}
		return "", nil
	}
	if err != nil {
		return "", err
	}
	m, err := parseManifest(data)
	if err != nil || m.folder == 0 {
		return "", nil
	}
	switch m.folder {
	case inodeOf(f.out): // the run died after the exchange
		return nextManifestName, nil
	case inodeOf(f.at(nextName)): // and here before
		return manifestName, nil
	}
	return "", nil
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

func inodeOf(name string) uint64 {
	info, err := os.Lstat(name)
	if err != nil {
		return 0
	}
	return inode(info)
}
