package publish

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/zeebo/xxh3"
	"golang.org/x/sync/errgroup"
)

// Sum tells the bytes of a file from those that it had before: their XXH3 of 128
// bits, which takes a thirtieth of the time of a SHA-256. It is no proof against
// anybody who wants two files to have the same, and is told to nobody: what readers,
// targets and archives are given is the SHA-256 (see Manifest.SHA256).
type Sum [16]byte

// SumOf is the sum of a file's bytes.
func SumOf(data []byte) Sum { return xxh3.Hash128(data).Bytes() }

// SumFrom is the sum of what a reader gives, read piece by piece into room.
func SumFrom(r io.Reader, room []byte) (Sum, error) {
	h := xxh3.New()
	_, err := io.CopyBuffer(h, struct{ io.Reader }{r}, room)
	return h.Sum128().Bytes(), err
}

// Altered tells of files of the output folder that have other bytes than were
// built, though size and time stayed, which is why Load does not see it.
type Altered struct {
	Out   string   // the folder
	Paths []string // in it, sorted
}

func (e *Altered) Error() string {
	more := ""
	if n := len(e.Paths) - 1; n > 0 {
		more = fmt.Sprintf(" (and %d more)", n)
	}
	return fmt.Sprintf("%s%s is not as it was built, though its size and time are: remove it from %s, and build anew with outturn build",
		e.Paths[0], more, filepath.ToSlash(e.Out))
}

// SHA256 reads every file of the manifest in the folder out, and gives the SHA-256
// of what stands there by its path; with an Altered where that is not what was built.
func (m Manifest) SHA256(out string) (map[string][sha256.Size]byte, error) {
	sums := make([][sha256.Size]byte, len(m.Entries))
	altered := make([]bool, len(sums))
	var g errgroup.Group
	var begun atomic.Int64
	for range min(runtime.GOMAXPROCS(0), len(sums)) {
		g.Go(func() error {
			for i := int(begun.Add(1)) - 1; i < len(sums); i = int(begun.Add(1)) - 1 {
				r := &m.Entries[i]
				data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(r.Path)))
				if err != nil {
					return err
				}
				sums[i] = sha256.Sum256(data)
				if m.shas != nil {
					altered[i] = sums[i] != m.shas[i]
				} else {
					altered[i] = SumOf(data) != r.Sum
				}
			}
			return nil
		})
	}
	failed := g.Wait()
	if failed != nil || slices.Contains(altered, true) { // or a build has put another site there
		if now, _, err := Load(out); err == nil && !slices.Equal(now.Entries, m.Entries) {
			return nil, fmt.Errorf("%s was changed while it was read: run the command again", filepath.ToSlash(out))
		}
	}
	if failed != nil {
		return nil, failed
	}
	byPath := make(map[string][sha256.Size]byte, len(sums))
	var paths []string
	for i, sum := range sums {
		byPath[m.Entries[i].Path] = sum
		if altered[i] {
			paths = append(paths, m.Entries[i].Path)
		}
	}
	if paths != nil {
		return byPath, &Altered{out, paths}
	}
	return byPath, nil
}
