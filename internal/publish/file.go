package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile writes a single file so that a reader finds the old bytes or the
// new ones: into a hidden file beside it that then takes its name. A file that
// stood there is replaced, not written into, so its hard links keep the old
// bytes; where name is a symbolic link the link itself is replaced. The folder
// must exist. The mode is 0644 less the umask. Nothing is flushed to the disk.
func WriteFile(name string, data []byte) error {
	dir, base := filepath.Split(name)
	for n := 0; ; n++ {
		part := filepath.Join(dir, fmt.Sprintf(".%s.%d-%d.part", base, os.Getpid(), n))
		err := create(part, data)
		if errors.Is(err, fs.ErrExist) {
			continue // another goroutine's, or left by a process that had our number
		}
		if err == nil {
			if err = os.Rename(part, name); err != nil {
				_ = os.Remove(part) // the first error is the one to tell
			}
		}
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		return nil
	}
}

// create makes a file that must not exist, so that it never writes into an
// inode that another folder shares. On an error nothing is left.
func create(name string, data []byte) error {
	f, err := open(name)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		_ = os.Remove(name) // the first error is the one to tell
	}
	return err
}
