package publish

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// identity tells one file from another, whatever names they have.
type identity struct{ info fs.FileInfo }

func (a identity) same(b identity) bool { return os.SameFile(a.info, b.info) }

// look lists one folder: its files by name, and the names of its folders.
func look(dir string) (files []found, dirs []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		if e.IsDir() {
			dirs = append(dirs, e.Name())
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, nil, err
		}
		files = append(files, found{
			path: e.Name(), regular: info.Mode().IsRegular(), size: info.Size(), modTime: info.ModTime().UnixNano(), is: identity{info},
		})
	}
	return files, dirs, nil
}

// inode is unknown here: after a build that died during the switch everything
// is compared.
func inode(fs.FileInfo) uint64 { return 0 }

func lockFile(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()),
		windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errHeld
	}
	return err
}
