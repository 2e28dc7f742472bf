package build

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// Folder is a site's folder on the disk. What is neither a file nor a folder (a
// named pipe, a socket, a device) is listed as what it is, and to open it is an
// error that says so: a pipe would be waited for until somebody writes into it, and
// some devices have no end.
func Folder(dir string) fs.FS { return folder{os.DirFS(dir).(onDisk), dir} }

// onDisk is what os.DirFS promises to be.
type onDisk interface {
	fs.StatFS
	fs.ReadDirFS
}

type folder struct {
	onDisk
	dir string
}

// Open opens a file or a folder, and waits for nothing. What was opened is asked
// what it is: what was listed may be another thing by now.
func (f folder) Open(name string) (fs.File, error) {
	local, err := filepath.Localize(name)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := os.OpenFile(filepath.Join(f.dir, local), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		if info, fault := f.Stat(name); fault == nil && noFile(info.Mode()) != nil { // a socket cannot be opened
			err = noFile(info.Mode())
		} else {
			err = err.(*fs.PathError).Err
		}
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	info, err := file.Stat()
	if err == nil {
		err = noFile(info.Mode())
	}
	if err != nil {
		file.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return file, nil
}

// noFile is the fault of what is neither a file nor a folder, else nil.
func noFile(mode fs.FileMode) error {
	what := ""
	switch {
	case mode&fs.ModeNamedPipe != 0:
		what = "named pipe"
	case mode&fs.ModeSocket != 0:
		what = "socket"
	case mode&fs.ModeDevice != 0:
		what = "device"
	default:
		return nil
	}
	return fmt.Errorf("this is a %s and not a file; put the file itself in its place, or take it out", what)
}
