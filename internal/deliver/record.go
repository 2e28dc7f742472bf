package deliver

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// manifest is our record of what a target holds, kept at the target.
type manifest struct {
	Format  int     `json:"format"` // 1
	Release Release `json:"release"`
	// Served is hosting.Version of the headers that the files were sent with.
	Served string `json:"served,omitempty"`
	// Snapshots are those of the last complete release, see snapshots.
	Snapshots map[string]string `json:"snapshots,omitempty"`
	// Withdrawn are those of them whose pages are gone and say so.
	Withdrawn []string `json:"withdrawn,omitempty"`
	Files     []entry  `json:"files"` // sorted by path
	// Unsettled are the paths that a delivery was about to send or to remove
	// when this was written: ours, and nothing more is known.
	Unsettled []string `json:"unsettled,omitempty"`
	// Complete is false while a delivery is under way.
	Complete bool `json:"complete"`
}

const manifestFormat = 1

// entry is one file at the target.
type entry struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
	Sum  sum    `json:"sum"`
	// Tag tells whether the file is still the one that we put there: an ETag, or
	// a time. In a folder the file itself is read.
	Tag string `json:"tag,omitempty"`
}

func readManifest(data []byte) (manifest, error) {
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return m, err
	}
	if m.Format != manifestFormat {
		return m, fmt.Errorf("format %d; this program knows %d", m.Format, manifestFormat)
	}
	return m, nil
}

// encode writes JSON with a line a file, for the eye and for diff.
func (m manifest) encode() []byte {
	files := m.Files
	m.Files, m.Release.Target = nil, ""
	head, err := json.Marshal(m)
	if err != nil {
		panic(err) // strings and numbers: it cannot
	}
	return slices.Concat(bytes.Replace(head, []byte(`"files":null`), slices.Concat([]byte(`"files":`), encodeEntries(files)), 1), []byte("\n"))
}

func encodeEntries(files []entry) []byte {
	var b bytes.Buffer
	b.WriteByte('[')
	for i, f := range files {
		line, err := json.Marshal(f)
		if err != nil {
			panic(err)
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
		b.Write(line)
	}
	b.WriteString("]")
	return b.Bytes()
}

// sortEntries puts files in the order of their paths.
func sortEntries(files []entry) {
	slices.SortFunc(files, func(a, b entry) int { return strings.Compare(a.Path, b.Path) })
}

// The log of releases at a target: a JSON list, the newest last.

// logged adds a release to a log; last is the release that stood before and is
// added first where a death kept it out of the log. What cannot be read is not
// thrown away in silence: it is an error.
func logged(log []byte, last, next Release) ([]byte, error) {
	var list []Release
	if len(log) > 0 {
		if err := json.Unmarshal(log, &list); err != nil {
			return nil, fmt.Errorf("the log of releases cannot be read; move it away to begin a new one: %w", err)
		}
	}
	for _, r := range []Release{last, next} {
		if r.Digest == "" || slices.ContainsFunc(list, func(l Release) bool { return sameRelease(l, r) }) {
			continue
		}
		list = append(list, r)
	}
	var b bytes.Buffer
	b.WriteString("[")
	for i, r := range list {
		r.Target = ""
		line, err := json.Marshal(r)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("\n")
		b.Write(line)
	}
	b.WriteString("\n]\n")
	return b.Bytes(), nil
}

func sameRelease(a, b Release) bool {
	return a.Time.Equal(b.Time) && a.Digest == b.Digest && a.Rollback == b.Rollback
}

// Record is one line of the log that is kept beside the built site: what was
// begun, and what was done. A release that was begun and not done was
// interrupted.
type Record struct {
	State string `json:"state"` // begun, done
	Release
	Paths *Paths `json:"paths,omitempty"`
}

// Paths names the files of a release, of each sort the first thousand: a first
// release has every file of the site.
type Paths struct {
	Added   []string `json:"added,omitempty"`
	Changed []string `json:"changed,omitempty"`
	Removed []string `json:"removed,omitempty"`
	More    int      `json:"more,omitempty"` // how many are not named
}

const pathsNamed = 1000

// Paths are the files of the plan.
func (p *Plan) Paths() *Paths {
	var all Paths
	for _, s := range p.Steps {
		list := map[What]*[]string{Add: &all.Added, Change: &all.Changed, Remove: &all.Removed}[s.What]
		if len(*list) == pathsNamed {
			all.More++
			continue
		}
		*list = append(*list, s.Path)
	}
	return &all
}

// Log adds a record to the file name, with its folder where there is none.
func Log(name string, r Record) error {
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return fmt.Errorf("write the log of releases: %w", err)
	}
	_, err = io.WriteString(f, string(line)+"\n") // one write: a line is whole or not there
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}
