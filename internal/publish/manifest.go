package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Manifest is what the last build put into an output folder.
type Manifest struct {
	Version string   // of the program that built it
	State   []byte   // as given to Commit
	Entries []Record // sorted by path
	folder  uint64   // inode of the folder when it was next/; 0 where it has none

	// shas are the SHA-256 of the entries in a manifest of format 3, which knew files
	// by nothing else; nil in any other.
	shas [][sha256.Size]byte
}

// Record is one file as it was put into the output folder.
type Record struct {
	Path    string // with slashes
	Key     string // of the part that it was put with; equal keys, equal bytes
	Size    int64  // bytes
	ModTime int64  // nanoseconds since 1970, as the file system keeps it
	Sum     Sum    // of the bytes
}

// Load gives the manifest of the folder out. It is false where there is none
// (there was no build yet), where it is damaged, and where out was changed
// behind our back in a way that sizes and times show: what it says is then not
// to be built upon. The error is the machine's.
func Load(out string) (Manifest, bool, error) {
	f, err := locate(out)
	if err != nil {
		return Manifest{}, false, err
	}
	name, err := f.truth()
	if err != nil || name == "" {
		return Manifest{}, false, err
	}
	standing, err := survey(f.out, look)
	if err != nil {
		return Manifest{}, false, err
	}
	return f.believe(name, standing)
}

// believe reads a manifest; it is true where the manifest describes what stands.
func (f folder) believe(name string, standing listing) (Manifest, bool, error) {
	data, err := os.ReadFile(f.at(name))
	if errors.Is(err, fs.ErrNotExist) {
		return Manifest{}, false, nil
	}
	if err != nil {
		return Manifest{}, false, fmt.Errorf("read what the last build wrote: %w", err)
	}
	m, err := parseManifest(data)
	if err != nil || !m.describes(standing) {
		return Manifest{}, false, nil // known to be ours, and no more
	}
	return m, true, nil
}

// BuiltBy is the version, as Begin was told it, that built what stands in the folder
// out. It is "" where that cannot be told; stands is false where nothing was built.
func BuiltBy(out string) (version string, stands bool) {
	f, err := locate(out)
	if err != nil {
		return "", false
	}
	for _, name := range []string{nextManifestName, manifestName} {
		data, err := os.ReadFile(f.at(name))
		if err != nil {
			continue
		}
		stands = true
		if m, err := parseManifest(data); err == nil {
			return m.Version, true
		}
	}
	return "", stands
}

// strange tells whether what stands has no file in common with what we built:
// then somebody has put a folder of his own in the place of the site, and the
// manifest beside it gives us no right to it.
func (f folder) strange(standing listing) bool {
	data, err := os.ReadFile(f.at(manifestName))
	if err != nil {
		return false
	}
	m, err := parseManifest(data)
	if err != nil {
		return false // damaged: that we built here is all that it says
	}
	others := false
	for _, f := range standing.files {
		if placeholder(f.path) {
			continue
		}
		if _, ours := m.find(f.path); ours {
			return false
		}
		others = true
	}
	return others
}

// find gives the place of a file in the manifest.
func (m Manifest) find(name string) (int, bool) { return findRecord(m.Entries, name) }

// findRecord gives the place of a file among records that are sorted by path.
func findRecord(records []Record, name string) (int, bool) {
	return slices.BinarySearchFunc(records, name, func(r Record, name string) int { return strings.Compare(r.Path, name) })
}

// setApart takes out of a listing the placeholders that are not the site's own.
func (l listing) setApart(m Manifest) (rest listing, apart []found) {
	for _, name := range []string{".gitignore", ".gitkeep"} {
		i, stands := l.find(name)
		if _, own := m.find(name); stands && l.files[i].regular && !own {
			apart = append(apart, l.files[i])
			l.files = slices.Concat(l.files[:i], l.files[i+1:])
		}
	}
	return l, apart
}

// describes tells whether each file stands with its size and modification time,
// and nothing else does: by a path that leads out of the folder none does.
func (m Manifest) describes(l listing) bool {
	l, _ = l.setApart(m)
	if len(l.files) != len(m.Entries) {
		return false
	}
	for i, f := range l.files {
		if r := &m.Entries[i]; f.path != r.Path || !f.regular || f.size != r.Size || f.modTime != r.ModTime {
			return false
		}
	}
	// Somebody made a folder in which nothing of the site stands.
	return !slices.ContainsFunc(l.dirs, func(dir string) bool {
		from, to := l.within(dir)
		return from == to
	})
}

// The manifest's format. A line a file, as JSON takes ten times as long to read;
// the last line is the CRC-32C of all before it, so that a manifest that was cut
// short or edited by hand is known for what it is. The files of a part share a
// key, which stands once and is named by its number, from 0.
//
//	outturn manifest 4
//	version "v1.2.0"
//	folder 1835021
//	keys 1
//	"3f786850e387550f…"
//	state 5
//	hello
//	<sum>	<size>	<time>	<number of the key>	<path>
//	sum <crc32c>
const manifestHead = "outturn manifest 4\n"

// formerHead is that of format 3, with SHA-256s for sums. It is read for what a
// release is held against; a build looks at the files themselves.
const formerHead = "outturn manifest 3\n"

func (m Manifest) encode() []byte {
	var keys []string
	number := map[string]int{}
	for i, r := range m.Entries {
		if i > 0 && r.Key == m.Entries[i-1].Key {
			continue
		}
		if _, known := number[r.Key]; !known {
			number[r.Key] = len(keys)
			keys = append(keys, r.Key)
		}
	}
	b := make([]byte, 0, 1024+len(m.State)+80*len(keys)+120*len(m.Entries))
	b = append(b, manifestHead+"version "...)
	b = strconv.AppendQuote(b, m.Version)
	b = append(b, "\nfolder "...)
	b = strconv.AppendUint(b, m.folder, 10)
	b = append(b, "\nkeys "...)
	b = strconv.AppendInt(b, int64(len(keys)), 10)
	for _, key := range keys {
		b = append(b, '\n')
		b = strconv.AppendQuote(b, key)
	}
	b = append(b, "\nstate "...)
	b = strconv.AppendInt(b, int64(len(m.State)), 10)
	b = append(b, '\n')
	b = append(b, m.State...)
	b = append(b, '\n')
	for _, r := range m.Entries {
		b = hex.AppendEncode(b, r.Sum[:])
		b = append(b, '\t')
		b = strconv.AppendInt(b, r.Size, 10)
		b = append(b, '\t')
		b = strconv.AppendInt(b, r.ModTime, 10)
		b = append(b, '\t')
		b = strconv.AppendInt(b, int64(number[r.Key]), 10)
		b = append(b, '\t')
		b = append(b, r.Path...) // vetted: neither tab nor line end
		b = append(b, '\n')
	}
	return append(b, seal(b)...)
}

// seal is the last line of a manifest, by all that stands before it.
func seal(body []byte) string {
	return fmt.Sprintf("sum %08x\n", crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli)))
}

var errDamaged = errors.New("the manifest is damaged")

// parseManifest reads what encode wrote. Everything else is errDamaged. The state
// stays where it is: the data are the manifest's from then on.
func parseManifest(data []byte) (Manifest, error) {
	end := len(data) - len(seal(nil))
	former := bytes.HasPrefix(data, []byte(formerHead)) // as long as today's
	if !former && !bytes.HasPrefix(data, []byte(manifestHead)) || end < len(manifestHead) || string(data[end:]) != seal(data[:end]) {
		return Manifest{}, errDamaged
	}
	r := manifestReader{rest: data[len(manifestHead):end], former: former}
	m, ok := r.read()
	if !ok {
		return Manifest{}, errDamaged
	}
	return m, nil
}

// manifestReader takes a manifest apart, line by line.
type manifestReader struct {
	rest   []byte
	ok     bool
	former bool // of format 3
}

func (r *manifestReader) read() (m Manifest, ok bool) {
	r.ok = true
	m.Version = r.quoted(r.line("version "))
	m.folder = r.whole(r.line("folder "))
	keys := make([]string, 0, 256)
	for range r.whole(r.line("keys ")) {
		if keys = append(keys, r.quoted(r.line(""))); !r.ok {
			return m, false
		}
	}
	size := r.whole(r.line("state "))
	if size >= uint64(len(r.rest)) || r.rest[size] != '\n' {
		return m, false
	}
	m.State, r.rest = r.rest[:size:size], r.rest[size+1:]
	m.Entries = make([]Record, 0, bytes.Count(r.rest, []byte("\n")))
	for r.ok && len(r.rest) > 0 {
		var sha [sha256.Size]byte
		m.Entries = append(m.Entries, r.record(keys, &sha))
		if r.former {
			m.shas = append(m.shas, sha)
		}
		if n := len(m.Entries); n > 1 && m.Entries[n-2].Path >= m.Entries[n-1].Path {
			return m, false
		}
	}
	return m, r.ok
}

// line takes a line that starts with some words, and gives what follows them.
func (r *manifestReader) line(words string) []byte {
	line, rest, ended := bytes.Cut(r.rest, []byte("\n"))
	line, starts := bytes.CutPrefix(line, []byte(words))
	r.rest, r.ok = rest, r.ok && ended && starts
	return line
}

func (r *manifestReader) quoted(text []byte) string {
	words, err := strconv.Unquote(string(text))
	r.ok = r.ok && err == nil
	return words
}

func (r *manifestReader) whole(text []byte) uint64 {
	n, err := strconv.ParseUint(string(text), 10, 64)
	r.ok = r.ok && err == nil
	return n
}

// record takes the line of a file; its sum is a SHA-256 in a manifest of format 3.
func (r *manifestReader) record(keys []string, sha *[sha256.Size]byte) (e Record) {
	line := r.line("")
	field := func() []byte {
		text, rest, ended := bytes.Cut(line, []byte("\t"))
		line, r.ok = rest, r.ok && ended
		return text
	}
	sum, known := field(), e.Sum[:]
	if r.former {
		known = sha[:]
	}
	if len(sum) != 2*len(known) {
		r.ok = false
		return e
	}
	_, bad := hex.Decode(known, sum)
	size, inSize := strconv.ParseInt(string(field()), 10, 64)
	modTime, inTime := strconv.ParseInt(string(field()), 10, 64)
	key := r.whole(field())
	if bad != nil || inSize != nil || inTime != nil || !r.ok || key >= uint64(len(keys)) {
		r.ok = false
		return e
	}
	e.Size, e.ModTime, e.Key, e.Path = size, modTime, keys[key], string(line) // vetted when it was put; see describes
	return e
}

// record writes a manifest into the hidden folder.
func (f folder) record(name string, m Manifest) error {
	if err := f.replace(name, m.encode()); err != nil {
		return fmt.Errorf("record what was built: %w", err)
	}
	return nil
}

// replace writes a file of the hidden folder. One process at a time does, so
// the name of the unfinished file is fixed, and a death leaves one at most.
func (f folder) replace(name string, data []byte) error {
	part := f.at("part")
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := create(part, data); err != nil {
		return err
	}
	return os.Rename(part, f.at(name))
}
