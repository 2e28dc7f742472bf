package deliver

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"path"
	"time"
)

// distant is what stands at a target as an fs.FS: a file is fetched when it is
// opened. It lists nothing; sums has the names.
type distant struct {
	sums map[string][sha256.Size]byte
	read func(name string) ([]byte, error)
}

// publicOf is distant for what is known of a target.
func publicOf(there map[string]held, read func(string) ([]byte, error)) distant {
	d := distant{map[string][sha256.Size]byte{}, read}
	for name, h := range there {
		if h.known {
			d.sums[name] = h.sum
		}
	}
	return d
}

func (d distant) ReadFile(name string) ([]byte, error) {
	if _, known := d.sums[name]; !known {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrNotExist}
	}
	return d.read(name)
}

func (d distant) Open(name string) (fs.File, error) {
	data, err := d.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &fetched{bytes.NewReader(data), name, int64(len(data))}, nil
}

// fetched is a file that was read whole.
type fetched struct {
	*bytes.Reader
	name string
	size int64
}

func (f *fetched) Stat() (fs.FileInfo, error) { return f, nil }
func (f *fetched) Close() error               { return nil }
func (f *fetched) Name() string               { return path.Base(f.name) }
func (f *fetched) Size() int64                { return f.size }
func (f *fetched) Mode() fs.FileMode          { return 0o444 }
func (f *fetched) ModTime() time.Time         { return time.Time{} }
func (f *fetched) IsDir() bool                { return false }
func (f *fetched) Sys() any                   { return nil }
