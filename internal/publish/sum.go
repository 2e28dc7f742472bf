package publish

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
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

// SHA256 reads every file of the manifest in the folder out, and gives the SHA-256
// of each by its path. It fails where one has other bytes than were built, which
// Load does not see where size and time stayed.
func (m Manifest) SHA256(out string) (map[string][sha256.Size]byte, error) {
	sums := make([][sha256.Size]byte, len(m.Entries))
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
				if SumOf(data) != r.Sum {
					return fmt.Errorf("%s is not as it was built, though its size and time are: remove it from %s, and build anew with outturn build", r.Path, filepath.ToSlash(out))
				}
				sums[i] = sha256.Sum256(data)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	byPath := make(map[string][sha256.Size]byte, len(sums))
	for i, sum := range sums {
		byPath[m.Entries[i].Path] = sum
	}
	return byPath, nil
}
