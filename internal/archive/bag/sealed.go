package bag

import (
	"crypto/sha256"
	"io/fs"
	"path"
)

// Sealed is a bag of which no file is read that its manifest does not vouch for.
type Sealed struct {
	fs.FS
	folder   string
	manifest Manifest
}

// Seal gives a bag by its own manifest. That the manifest is what it was is for
// who asks [Complete]. folder is what the bag is called in messages.
func Seal(dir fs.FS, folder string) (Sealed, error) {
	m, err := ReadManifest(dir)
	return Sealed{dir, folder, m}, err
}

// Broken is the error for a file that is not what its bag's manifest says.
type Broken struct{ File, Why string }

func (b *Broken) Error() string { return b.File + ": " + b.Why }

// ReadFile reads a file of the payload. One whose SHA-256 is another than in the
// manifest, or that is not listed there, is an error.
func (s Sealed) ReadFile(name string) ([]byte, error) {
	content, err := fs.ReadFile(s.FS, name)
	if err != nil {
		return nil, err
	}
	switch sum, listed := s.manifest[name]; {
	case !listed:
		return nil, &Broken{path.Join(s.folder, name), "the file is not part of the bag"}
	case sha256.Sum256(content) != sum:
		return nil, &Broken{path.Join(s.folder, name), "the file is not what it was when the bag was made: its SHA-256 is another than in " + ManifestFile}
	}
	return content, nil
}
