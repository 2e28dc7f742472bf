//go:build !linux

package publish

import (
	"io/fs"
	"os"
)

// identity tells one file from another, whatever names they have.
type identity struct{ info fs.FileInfo }

func (a identity) same(b identity) bool { return os.SameFile(a.info, b.info) }

// look lists one folder: its files, and its folders, by their whole paths, which
// start with below.
func look(dir, below string) (files []found, dirs []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	own, err := os.Stat(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, e := range entries {
		if e.IsDir() {
			dirs = append(dirs, below+e.Name())
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, nil, err
		}
		files = append(files, found{
			path: below + e.Name(), regular: info.Mode().IsRegular(), size: info.Size(), modTime: info.ModTime().UnixNano(), is: identity{info},
			readers: info.Mode() & own.Mode() & readable,
		})
	}
	return files, dirs, nil
}

// glance may leave sizes and times out. What a folder itself tells of its files
// is known of Linux alone.
func glance(dir, below string) (files []found, dirs []string, err error) { return look(dir, below) }
