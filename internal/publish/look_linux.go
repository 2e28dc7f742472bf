package publish

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// identity tells one file from another, whatever names they have.
type identity struct{ device, inode uint64 }

func (a identity) same(b identity) bool { return a == b }

// look lists one folder: its files, and its folders, by their whole paths, which
// start with below. Asked from the open folder each file costs one short call; a
// site has some ten thousands.
func look(dir, below string) (files []found, dirs []string, err error) {
	return list(dir, below, func(int) bool { return false })
}

// glance is look without sizes and times: the folder itself tells which file
// each name is, and no file is asked.
func glance(dir, below string) (files []found, dirs []string, err error) {
	return list(dir, below, numbers)
}

// numbers reports whether a folder lies on a file system whose folders hold the
// very numbers that its files have. On others (layered ones, some that a network
// or a program makes up) a folder may tell other numbers.
func numbers(folder int) bool {
	var system unix.Statfs_t
	if unix.Fstatfs(folder, &system) != nil {
		return false
	}
	switch int64(system.Type) {
	case unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.F2FS_SUPER_MAGIC, unix.TMPFS_MAGIC:
		return true
	}
	return false
}

// list reads a folder by the system's own call, of which the standard library
// keeps the numbers to itself.
func list(dir, below string, numbered func(folder int) bool) (files []found, dirs []string, err error) {
	folder, err := again(func() (int, error) {
		return unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return nil, nil, &fs.PathError{Op: "open", Path: dir, Err: err}
	}
	defer unix.Close(folder)
	var own, st unix.Stat_t
	if err := unix.Fstat(folder, &own); err != nil {
		return nil, nil, &fs.PathError{Op: "stat", Path: dir, Err: err}
	}
	known := numbered(folder)
	kept := buffers.Get().(*[16 << 10]byte)
	defer buffers.Put(kept)
	buffer := kept[:]
	for {
		n, err := again(func() (int, error) { return unix.Getdents(folder, buffer) })
		if err != nil {
			return nil, nil, &fs.PathError{Op: "getdents64", Path: dir, Err: err}
		}
		if n == 0 {
			return files, dirs, nil
		}
		// An entry is, in the machine's order of bytes, its number (8 bytes), a mark
		// (8), its own length (2), its kind (1), and its name up to a zero.
		count, next := 0, func(rest []byte) []byte { return rest[:binary.NativeEndian.Uint16(rest[16:])] }
		for rest := buffer[:n]; len(rest) > 0; rest = rest[len(next(rest)):] {
			count++
		}
		files = slices.Grow(files, count)
		var paths strings.Builder // one text, of which every path is a piece
		paths.Grow(n + count*len(below))
		for rest := buffer[:n]; len(rest) > 0; {
			entry := next(rest)
			rest = rest[len(entry):]
			number, kind := binary.NativeEndian.Uint64(entry), entry[18]
			name, _, _ := bytes.Cut(entry[19:], []byte{0})
			if number == 0 || string(name) == "." || string(name) == ".." {
				continue
			}
			from := paths.Len()
			paths.WriteString(below)
			paths.Write(name)
			path := paths.String()[from:]
			f := found{path: path, regular: kind == unix.DT_REG, is: identity{uint64(own.Dev), number}, readers: fs.FileMode(own.Mode) & readable}
			if kind != unix.DT_DIR && (!known || kind == unix.DT_UNKNOWN) {
				_, err := again(func() (int, error) {
					return 0, unix.Fstatat(folder, path[len(below):], &st, unix.AT_SYMLINK_NOFOLLOW)
				})
				if err != nil {
					return nil, nil, &fs.PathError{Op: "fstatat", Path: dir + "/" + path[len(below):], Err: err}
				}
				if st.Mode&unix.S_IFMT == unix.S_IFDIR {
					kind = unix.DT_DIR
				}
				f.regular, f.size, f.modTime = st.Mode&unix.S_IFMT == unix.S_IFREG, st.Size, st.Mtim.Nano()
				f.is, f.readers = identity{uint64(st.Dev), uint64(st.Ino)}, f.readers&fs.FileMode(st.Mode)
			}
			if kind == unix.DT_DIR {
				dirs = append(dirs, path)
			} else {
				files = append(files, f)
			}
		}
	}
}

// buffers are for the entries of folders, of which a site has some thousands.
var buffers = sync.Pool{New: func() any { return new([16 << 10]byte) }}
