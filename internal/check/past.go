package check

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
)

// Past compares data/ with the newest snapshot in content/archive/ and adds a
// finding past-changed for everything that was published and reads otherwise
// now: a released return is never edited, and a changed definition or target is
// a new row, never an edit (contract, sections 1, 2 and 7). Rows may stand in
// another order, registers may grow, and cells are compared as they are written.
// So are the settings of content/ by which figures are judged (see pastrule.go).
// Without a snapshot there is nothing to compare.
func Past(site fs.FS, problems *diag.List) {
	snapshot := newestSnapshot(site)
	if snapshot == "" {
		return
	}
	pastRules(site, snapshot, problems)
	sources := path.Join(archive, snapshot, kept)
	// What cannot be listed or read is the snapshot's own fault, and archive
	// verify tells of it.
	_ = fs.WalkDir(site, sources, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || keyOf(path.Base(name)) == nil {
			return nil
		}
		then, err := fs.ReadFile(site, name)
		if err != nil {
			return nil
		}
		p := past{snapshot: snapshot, file: "data" + strings.TrimPrefix(name, sources), problems: problems}
		now, err := fs.ReadFile(site, p.file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			p.warn(diag.Place{File: p.file}, "", "the file is in the snapshot %s and is no longer here", snapshot).Hint =
				"put it back from " + name
		case err == nil && !bytes.Equal(now, then):
			p.compare(then, now)
		}
		return nil
	})
}

// A snapshot keeps the sources of its pages here (contract, section 8).
const (
	archive = "content/archive"
	kept    = "data/sources/data"
)

// newestSnapshot is the id of the snapshot of the newest quarter, or "".
func newestSnapshot(site fs.FS) string {
	entries, err := fs.ReadDir(site, archive)
	if err != nil {
		return ""
	}
	newest := ""
	var ends period.Period
	for _, entry := range entries {
		id := entry.Name()
		if info, err := fs.Stat(site, path.Join(archive, id, kept)); err != nil || !info.IsDir() {
			continue
		}
		// A name that is no period is older than any that is one.
		p, _ := period.Parse(id)
		if order := period.Compare(p, ends); newest == "" || order > 0 || order == 0 && dataset.CompareRefs(id, newest) > 0 {
			newest, ends = id, p
		}
	}
	return newest
}

var (
	returnFile = regexp.MustCompile(`^\d{4}-\d{2}(\.\d+)?\.csv$`)
	updateFile = regexp.MustCompile(`^\d{4}-\d{2}-actions\.csv$`)

	registerKeys = map[string][]string{
		"indicators.csv":  {"ref", "from"},
		"targets.csv":     {"ref", "period", "area", "kind", "by", "from"},
		"benchmarks.csv":  {"ref", "comparator", "period", "from"},
		"events.csv":      {"date", "label", "ref", "section", "area", "from"},
		"actions.csv":     {"ref", "from"},
		"populations.csv": {"population", "area", "period", "from"},
	}
)

// keyOf lists the columns that tell a row of a file from the others, or nil for
// a file that is not read.
func keyOf(file string) []string {
	switch {
	case returnFile.MatchString(file):
		return []string{"ref", "period", "area"}
	case updateFile.MatchString(file):
		return []string{"ref"}
	}
	return registerKeys[file]
}

// past compares one file with what a snapshot has of it.
type past struct {
	snapshot, file string
	problems       *diag.List
}

func (p past) warn(at diag.Place, source, format string, args ...any) *diag.Problem {
	w := p.problems.Warnf(at, "past-changed", format, args...)
	w.Source = source
	return w
}

// record is one row as it is written.
type record struct {
	line   int
	names  []string              // columns that hold something, in order
	cells  map[string]string     // those cells, trimmed, by column
	places map[string]diag.Place // where a cell begins; no file
	source string
}

func (p past) compare(then, now []byte) {
	before, ok1 := records(then)
	after, ok2 := records(now)
	if !ok1 || !ok2 {
		return // what is wrong with the file is told where it is read
	}
	// Equal rows first: what is left has changed, is gone, or is new.
	waiting := map[string][]record{}
	for _, r := range after {
		waiting[r.whole()] = append(waiting[r.whole()], r)
	}
	var unmatched []record
	for _, r := range before {
		if same := waiting[r.whole()]; len(same) > 0 {
			waiting[r.whole()] = same[1:]
			continue
		}
		unmatched = append(unmatched, r)
	}
	var left []record
	for _, rows := range waiting {
		left = append(left, rows...)
	}
	slices.SortFunc(left, func(a, b record) int { return a.line - b.line })

	key := keyOf(path.Base(p.file))
	isReturn := registerKeys[path.Base(p.file)] == nil
	mend := "put the row back as it was; what changed is a new row, with the month from which it holds in the column from"
	if isReturn {
		mend = "put the row back as it was, and return the new figure in a later return or a second issue"
	}
	for _, old := range unmatched {
		at := slices.IndexFunc(left, func(r record) bool { return r.key(key) == old.key(key) })
		if at < 0 {
			p.warn(diag.Place{File: p.file}, "", "the row %s stands in the snapshot %s (line %d) and is no longer here", old.name(key), p.snapshot, old.line).Hint = mend
			continue
		}
		p.changed(old, left[at], key, mend)
		left = slices.Delete(left, at, at+1)
	}
	if !isReturn {
		return
	}
	for _, r := range left {
		p.warn(diag.Place{File: p.file, Line: r.line, Column: 1}, r.source, "the row %s is new in a return that the snapshot %s holds without it", r.name(key), p.snapshot).Hint =
			"take it out, and return the figure in a later return or a second issue"
	}
}

// changed tells of a row whose cells differ, at the first of them.
func (p past) changed(old, r record, key []string, mend string) {
	at := diag.Place{File: p.file, Line: r.line, Column: 1}
	var told []string
	tell := func(column string) {
		if old.cells[column] == r.cells[column] {
			return
		}
		if place, ok := r.places[column]; ok && len(told) == 0 {
			at.Line, at.Column = place.Line, place.Column
		}
		told = append(told, fmt.Sprintf("%s is %s and was %s", column, shown(r.cells[column]), shown(old.cells[column])))
	}
	for _, column := range r.names {
		tell(column)
	}
	for _, column := range old.names {
		if r.cells[column] == "" {
			tell(column)
		}
	}
	p.warn(at, r.source, "%s in the snapshot %s (%s)", strings.Join(told, ", "), p.snapshot, r.name(key)).Hint = mend
}

func shown(cell string) string {
	if cell == "" {
		return "empty"
	}
	return diag.Quote(cell)
}

// records reads a file's rows, cells by the names of its header.
func records(content []byte) ([]record, bool) {
	text, ok := dataset.Text(content)
	if !ok {
		return nil, false
	}
	lines := strings.Split(text, "\n")
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord = -1
	reader.TrimLeadingSpace = true
	var header []string
	var rows []record
	for {
		fields, err := reader.Read()
		if err == io.EOF {
			return rows, true
		}
		if err != nil {
			return nil, false
		}
		if header == nil {
			for _, name := range fields {
				header = append(header, strings.ToLower(strings.TrimSpace(name)))
			}
			continue
		}
		r := record{cells: map[string]string{}, places: map[string]diag.Place{}}
		for i, field := range fields {
			line, at := reader.FieldPos(i)
			if i == 0 {
				r.line, r.source = line, lines[line-1]
			}
			field = strings.TrimSpace(field)
			if i >= len(header) || field == "" {
				continue
			}
			r.names = append(r.names, header[i])
			r.cells[header[i]] = field
			r.places[header[i]] = diag.Place{Line: line, Column: column(lines[line-1], at)}
		}
		if len(r.names) > 0 {
			rows = append(rows, r)
		}
	}
}

// column counts the characters up to a byte of a line, both from 1; a quote
// that opens the cell is none of it.
func column(line string, at int) int {
	n := 1 + utf8.RuneCountInString(line[:at-1])
	if at <= len(line) && line[at-1] == '"' {
		n++
	}
	return n
}

// whole is everything in a row, whatever the order of its columns.
func (r record) whole() string {
	names := slices.Sorted(slices.Values(r.names))
	for i, name := range names {
		names[i] = name + "\x00" + r.cells[name]
	}
	return strings.Join(names, "\x00")
}

// key is what tells a row from the others of its file.
func (r record) key(columns []string) string {
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = r.cells[c]
	}
	return strings.Join(cells, "\x00")
}

// name is a row in a message: "3.2, 2016-12, north".
func (r record) name(columns []string) string {
	var cells []string
	for _, c := range columns {
		if r.cells[c] != "" {
			cells = append(cells, r.cells[c])
		}
	}
	return strings.Join(cells, ", ")
}
