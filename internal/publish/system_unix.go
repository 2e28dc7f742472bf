//go:build unix

package publish

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// identity tells one file from another, whatever names they have.
type identity struct{ device, inode uint64 }

func (a identity) same(b identity) bool { return a == b }

// look lists one folder: its files by name, and the names of its folders. Asked
// from the open folder each file costs one short call; a site has some ten thousands.
func look(dir string) (files []found, dirs []string, err error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, nil, err
	}
	defer d.Close()
	entries, err := d.ReadDir(-1)
	if err != nil {
		return nil, nil, err
	}
	at := int(d.Fd())
	files = make([]found, 0, len(entries))
	var st unix.Stat_t
	for _, e := range entries {
		if e.IsDir() {
			dirs = append(dirs, e.Name())
			continue
		}
		err := unix.EINTR
		for err == unix.EINTR {
			err, _ = unix.Fstatat(at, e.Name(), &st, unix.AT_SYMLINK_NOFOLLOW).(unix.Errno)
		}
		if err != 0 {
			return nil, nil, &fs.PathError{Op: "fstatat", Path: dir + "/" + e.Name(), Err: err}
		}
		files = append(files, found{
			path: e.Name(), regular: st.Mode&unix.S_IFMT == unix.S_IFREG, size: st.Size, modTime: st.Mtim.Nano(),
			is: identity{uint64(st.Dev), uint64(st.Ino)},
		})
	}
	return files, dirs, nil
}

// inode is the number of a file or folder that stays its own when it is
// renamed; 0 where there is none.
func inode(info fs.FileInfo) uint64 {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(st.Ino)
	}
	return 0
}

// lockFile takes the lock that ends with the open file, see flock(2).
func lockFile(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return errHeld
	}
	return err
}
