package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
)

// Manifest is what the last build put into an output folder.
type Manifest struct {
	Version string   // of the program that built it
	State   []byte   // as given to Sync
	Entries []Record // sorted by path
	folder  uint64   // inode of the folder when it was next/; 0 where it has none
}

// Record is one file as it was put into the output folder.
type Record struct {
	Entry
	Size    int64             // bytes
	ModTime int64             // nanoseconds since 1970, as the file system keeps it
	Sum     [sha256.Size]byte // SHA-256 of the bytes
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
	standing, err := survey(f.out)
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
	ours := map[string]bool{".gitkeep": true, ".gitignore": true}
	for _, r := range m.Entries {
		ours[r.Path] = true
	}
	others := 0
	for name := range standing.files {
		if !ours[name] {
			others++
		} else if !placeholder(name) {
			return false
		}
	}
	return others > 0
}

// Intact tells whether each file stands in the folder out with its size and
// modification time, and nothing else does. It reads no file.
func (m Manifest) Intact(out string) bool {
	standing, err := survey(out)
	return err == nil && m.describes(standing)
}

func (m Manifest) describes(l listing) bool {
	dirs := map[string]bool{}
	own := map[string]bool{} // placeholders that the site itself has
	for _, r := range m.Entries {
		info, ok := l.files[r.Path]
		if !ok || !info.Mode().IsRegular() || info.Size() != r.Size || info.ModTime().UnixNano() != r.ModTime {
			return false
		}
		if placeholder(r.Path) {
			own[r.Path] = true
		}
		for p := path.Dir(r.Path); p != "." && !dirs[p]; p = path.Dir(p) {
			dirs[p] = true
		}
	}
	for _, d := range l.dirs {
		if !dirs[d] {
			return false
		}
	}
	others := len(l.files) - len(m.Entries)
	for _, name := range []string{".gitkeep", ".gitignore"} {
		if info, ok := l.files[name]; ok && info.Mode().IsRegular() && !own[name] {
			others--
		}
	}
	return others == 0
}

// The manifest's format. A line a file, as JSON takes ten times as long to read;
// the last line is the SHA-256 of all before it, so that a manifest that was cut
// short or edited is known for what it is.
//
//	outturn manifest 1
//	version "v1.2.0"
//	folder 1835021
//	state aGVsbG8=
//	<sha256>	<size>	<time>	<quoted key>	<path>
//	sum <sha256>
const manifestHead = "outturn manifest 1\n"

func (m Manifest) encode() []byte {
	b := make([]byte, 0, 256+base64.StdEncoding.EncodedLen(len(m.State))+180*len(m.Entries))
	b = append(b, manifestHead+"version "...)
	b = strconv.AppendQuote(b, m.Version)
	b = append(b, "\nfolder "...)
	b = strconv.AppendUint(b, m.folder, 10)
	b = append(b, "\nstate "...)
	b = base64.StdEncoding.AppendEncode(b, m.State)
	b = append(b, '\n')
	for _, r := range m.Entries {
		b = hex.AppendEncode(b, r.Sum[:])
		b = append(b, '\t')
		b = strconv.AppendInt(b, r.Size, 10)
		b = append(b, '\t')
		b = strconv.AppendInt(b, r.ModTime, 10)
		b = append(b, '\t')
		b = strconv.AppendQuote(b, r.Key)
		b = append(b, '\t')
		b = append(b, r.Path...) // vetted: neither tab nor line end
		b = append(b, '\n')
	}
	return seal(b)
}

// seal adds the last line.
func seal(body []byte) []byte {
	sum := sha256.Sum256(body)
	body = append(body, "sum "...)
	body = hex.AppendEncode(body, sum[:])
	return append(body, '\n')
}

var errDamaged = errors.New("the manifest is damaged")

// parseManifest reads what encode wrote. Everything else is errDamaged.
func parseManifest(data []byte) (Manifest, error) {
	const tail = len("sum ") + 2*sha256.Size + len("\n")
	if !bytes.HasPrefix(data, []byte(manifestHead)) || len(data) < len(manifestHead)+tail {
		return Manifest{}, errDamaged
	}
	body, last := data[:len(data)-tail], data[len(data)-tail:]
	sum := sha256.Sum256(body)
	if string(last) != "sum "+hex.EncodeToString(sum[:])+"\n" {
		return Manifest{}, errDamaged
	}
	var m Manifest
	lines := strings.Split(strings.TrimSuffix(string(body[len(manifestHead):]), "\n"), "\n")
	if len(lines) < 3 {
		return Manifest{}, errDamaged
	}
	version, ok1 := strings.CutPrefix(lines[0], "version ")
	folder, ok2 := strings.CutPrefix(lines[1], "folder ")
	state, ok3 := strings.CutPrefix(lines[2], "state ")
	if !ok1 || !ok2 || !ok3 {
		return Manifest{}, errDamaged
	}
	var errs [3]error
	m.Version, errs[0] = strconv.Unquote(version)
	m.folder, errs[1] = strconv.ParseUint(folder, 10, 64)
	m.State, errs[2] = base64.StdEncoding.DecodeString(state)
	if errors.Join(errs[:]...) != nil {
		return Manifest{}, errDamaged
	}
	m.Entries = make([]Record, 0, len(lines)-3)
	for _, line := range lines[3:] {
		r, ok := parseRecord(line)
		if !ok || len(m.Entries) > 0 && m.Entries[len(m.Entries)-1].Path >= r.Path {
			return Manifest{}, errDamaged
		}
		m.Entries = append(m.Entries, r)
	}
	return m, nil
}

func parseRecord(line string) (r Record, ok bool) {
	var field [4]string
	for i := range 4 {
		if field[i], line, ok = strings.Cut(line, "\t"); !ok {
			return r, false
		}
	}
	r.Path = line
	sum, err := hex.DecodeString(field[0])
	if err != nil || len(sum) != len(r.Sum) || vetPath(r.Path) != nil {
		return r, false
	}
	copy(r.Sum[:], sum)
	var errs [3]error
	r.Size, errs[0] = strconv.ParseInt(field[1], 10, 64)
	r.ModTime, errs[1] = strconv.ParseInt(field[2], 10, 64)
	r.Key, errs[2] = strconv.Unquote(field[3])
	return r, errors.Join(errs[:]...) == nil
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
