// Package bag reads and checks bags: folders that prove what they hold, by
// BagIt 1.0 (RFC 8493) with SHA-256.
//
//	bagit.txt                the version of BagIt
//	bag-info.txt             what the bag is
//	manifest-sha256.txt      the digest of every file below data/
//	tagmanifest-sha256.txt   the digests of the three above
//	data/                    what is kept
//
// A bag of ours is stricter than the RFC asks: it holds these files and no
// others, each tag file is written in the one way that [Tags] writes it, and no
// folder is empty. So any byte or file that is changed, missing or added is
// found, in the tag files too.
//
// What a bag cannot do is prove that nobody made the whole of it anew. Against
// that stands its [Fingerprint], which is printed where the bag is not.
//
// Nothing here touches the disk: a bag is the fs.FS that is given.
package bag

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// The tag files of a bag.
const (
	Declaration  = "bagit.txt"
	InfoFile     = "bag-info.txt"
	ManifestFile = "manifest-sha256.txt"
	TagManifest  = "tagmanifest-sha256.txt"
	Payload      = "data" // the folder of what is kept
)

// declaration is bagit.txt, two lines and no more (RFC 8493 §2.1.1).
const declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

// Sum is a SHA-256.
type Sum [sha256.Size]byte

func (s Sum) String() string { return hex.EncodeToString(s[:]) }

// Manifest is the digest of each file by its path from the bag's folder.
type Manifest map[string]Sum

// Field is a line of bag-info.txt.
type Field struct{ Label, Value string }

// Info is bag-info.txt in its order. A label may stand in it more than once.
type Info []Field

// Get is the first value with a label, or "".
func (i Info) Get(label string) string {
	for _, f := range i {
		if f.Label == label {
			return f.Value
		}
	}
	return ""
}

// Oxum is the Payload-Oxum, "bytes.files" (RFC 8493 §2.2.2).
func Oxum(bytes int64, files int) string {
	return strconv.FormatInt(bytes, 10) + "." + strconv.Itoa(files)
}

// Tags makes the tag files of a bag, by name.
func Tags(info Info, payload Manifest) map[string][]byte {
	tags := map[string][]byte{
		Declaration:  []byte(declaration),
		InfoFile:     info.encode(),
		ManifestFile: payload.encode(),
	}
	tags[TagManifest] = tagManifest(tags)
	return tags
}

// tagManifest lists every tag file but itself (RFC 8493 §2.2.1).
func tagManifest(tags map[string][]byte) []byte {
	m := Manifest{}
	for _, name := range []string{Declaration, InfoFile, ManifestFile} {
		m[name] = sha256.Sum256(tags[name])
	}
	return m.encode()
}

func (i Info) encode() []byte {
	var b strings.Builder
	for _, f := range i {
		// A value of several lines would be read as the next label.
		b.WriteString(f.Label + ": " + strings.Join(strings.Fields(f.Value), " ") + "\n")
	}
	return []byte(b.String())
}

func (m Manifest) encode() []byte {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(m)) {
		b.WriteString(m[name].String() + "  " + escaped.Replace(name) + "\n")
	}
	return []byte(b.String())
}

// escaped and plain write and read what a line of a manifest cannot hold as it
// is (RFC 8493 §2.1.3).
var (
	escaped = strings.NewReplacer("%", "%25", "\n", "%0A", "\r", "%0D")
	plain   = strings.NewReplacer("%25", "%", "%0A", "\n", "%0a", "\n", "%0D", "\r", "%0d", "\r")
)

// ReadInfo reads bag-info.txt. Lines that begin with a space go on with the one
// before (RFC 8493 §2.2.2).
func ReadInfo(dir fs.FS) (Info, error) {
	text, err := fs.ReadFile(dir, InfoFile)
	if err != nil {
		return nil, err
	}
	var info Info
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if last := len(info) - 1; last >= 0 && (strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")) {
			info[last].Value += " " + strings.TrimSpace(line)
			continue
		}
		label, value, found := strings.Cut(line, ":")
		if !found || strings.TrimSpace(label) == "" {
			return nil, &lineError{n, "found no label with a colon"}
		}
		info = append(info, Field{strings.TrimSpace(label), strings.TrimSpace(value)})
	}
	return info, nil
}

// lineError is a tag file that cannot be read, with the line, from 1.
type lineError struct {
	line int
	why  string
}

func (e *lineError) Error() string { return fmt.Sprintf("line %d: %s", e.line, e.why) }

// ReadManifest reads manifest-sha256.txt. A file that it lists twice, or that
// does not lie below data/, is an error.
func ReadManifest(dir fs.FS) (Manifest, error) {
	text, err := fs.ReadFile(dir, ManifestFile)
	if err != nil {
		return nil, err
	}
	return parseManifest(string(text), func(name string) bool { return strings.HasPrefix(name, Payload+"/") })
}

func parseManifest(text string, belongs func(name string) bool) (Manifest, error) {
	m := Manifest{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		digest, name, found := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		sum, err := hex.DecodeString(digest)
		name = plain.Replace(name)
		switch {
		case !found || err != nil || len(sum) != sha256.Size:
			return nil, &lineError{n, "found no SHA-256 of 64 figures with two spaces and a path"}
		case !fs.ValidPath(name) || !belongs(name):
			return nil, &lineError{n, "the path leads out of the bag"}
		}
		if _, twice := m[name]; twice {
			return nil, &lineError{n, "the file is listed twice"}
		}
		m[name] = Sum(sum)
	}
	return m, nil
}

// Fingerprint is the digest of a bag's tag manifest, and so of all that it holds.
func Fingerprint(dir fs.FS) (Sum, error) { return fileSum(dir, TagManifest) }

func fileSum(dir fs.FS, name string) (sum Sum, err error) {
	f, err := dir.Open(name)
	if err != nil {
		return sum, err
	}
	h := sha256.New()
	_, err = io.Copy(h, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return sum, err
	}
	return Sum(h.Sum(nil)), nil
}
