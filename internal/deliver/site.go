package deliver

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"outturn/internal/publish"
)

// Site is a built site, ready to be delivered.
type Site struct {
	files []file // sorted by path
	built publish.Manifest
	out   string // the folder that it stands in
}

// file is one file of a site.
type file struct {
	path     string
	size     int64
	sum      sum // none before the site is summed
	modified time.Time
	read     func() ([]byte, error)
}

// sum is the SHA-256 of a file's bytes; in JSON as hexadecimal digits.
type sum [sha256.Size]byte

func (s sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

func (s *sum) UnmarshalText(text []byte) error {
	if len(text) != 2*len(s) {
		return fmt.Errorf("%q is no SHA-256", text)
	}
	_, err := hex.Decode(s[:], text)
	return err
}

// Load is the site that a build put into the folder out. It is a *Refusal where
// none did, or where the folder is no longer as the build left it.
func Load(out string) (*Site, error) {
	m, ok, err := publish.Load(out)
	if err != nil {
		return nil, err
	}
	if !ok || len(m.Entries) == 0 {
		return nil, refuse("outturn build", "%s is not as a build leaves it: it was not built yet, or was changed by hand since", filepath.ToSlash(filepath.Base(out))+"/")
	}
	s := &Site{make([]file, 0, len(m.Entries)), m, out}
	for _, r := range m.Entries {
		name := filepath.Join(out, filepath.FromSlash(r.Path))
		s.files = append(s.files, file{
			path: r.Path, size: r.Size, modified: time.Unix(0, r.ModTime),
			read: func() ([]byte, error) { return os.ReadFile(name) },
		})
	}
	return s, nil
}

// Add puts a file of the host's own beside the site's: _headers. modified is
// the time that it is given where a target keeps times.
func (s *Site) Add(name string, content []byte, modified time.Time) {
	f := file{path: name, size: int64(len(content)), sum: sha256.Sum256(content), modified: modified,
		read: func() ([]byte, error) { return content, nil }}
	i, found := slices.BinarySearchFunc(s.files, name, func(f file, name string) int { return strings.Compare(f.path, name) })
	if found {
		s.files[i] = f
		return
	}
	s.files = slices.Insert(s.files, i, f)
}

// sum gives every file its SHA-256, which the build did not need: all are read, and
// held against what it recorded.
func (s *Site) sum() error {
	sums, err := s.built.SHA256(s.out)
	if altered := new(publish.Altered); errors.As(err, &altered) {
		return refuse("outturn build", "%v", altered)
	}
	if err != nil {
		return err
	}
	for i := range s.files {
		if f := &s.files[i]; f.sum == (sum{}) {
			f.sum = sums[f.path]
		}
	}
	return nil
}

// content reads a file and holds it against what it was when the site was summed,
// so that nothing is delivered that was not built.
func (f file) content() ([]byte, error) {
	data, err := f.read()
	if err != nil {
		return nil, err
	}
	if int64(len(data)) != f.size || sha256.Sum256(data) != f.sum {
		return nil, fmt.Errorf("%s is not as it was built: it was changed after the build; build it anew with outturn build", f.path)
	}
	return data, nil
}

// Digest is one hash of the whole site: the SHA-256 of what sha256sum prints for
// its files in the order of their paths (bytewise). So anybody can check it in a copy:
//
//	find . -type f -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum
//
// It is known once a target has looked at the site.
func (s *Site) Digest() string { return digest(s.files) }

// Bytes is the size of all files together.
func (s *Site) Bytes() (n int64) {
	for _, f := range s.files {
		n += f.size
	}
	return n
}

func digest(files []file) string {
	var b bytes.Buffer
	for _, f := range files {
		fmt.Fprintf(&b, "%x  %s\n", f.sum, f.path)
	}
	return fmt.Sprintf("%x", sha256.Sum256(b.Bytes()))
}

// snapshots are the digests of the frozen snapshots, by id: all that stands in
// archive/<id>/ (contract, section 8).
func snapshots(files []file) map[string]string {
	byID := map[string][]file{}
	for _, f := range files {
		if id := snapshotOf(f.path); id != "" {
			byID[id] = append(byID[id], f)
		}
	}
	digests := map[string]string{}
	for id, files := range byID {
		digests[id] = digest(files)
	}
	return digests
}

func snapshotOf(name string) string {
	rest, ok := strings.CutPrefix(name, "archive/")
	if !ok {
		return ""
	}
	id, _, inside := strings.Cut(rest, "/")
	if !inside {
		return "" // archive/index.html and the pages of differences
	}
	return id
}
