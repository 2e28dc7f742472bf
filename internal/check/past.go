package check

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"outturn/internal/archive/snapshot"
	"outturn/internal/dataset"
	"outturn/internal/diag"
)

// Past compares data/ with the newest snapshot in content/archive/ and adds a
// finding past-changed for everything that was published and reads otherwise
// now: a released return is never edited, and a changed definition or target is
// a new row, never an edit (contract, sections 1, 2 and 7). Rows may stand in
// another order, registers may grow, and cells are compared as they are written.
// So are the settings of content/ by which figures are judged (see pastrule.go).
// Without a snapshot there is nothing to compare.
func Past(site fs.FS, problems *diag.List) {
	id, sources := newest(site)
	if id == "" {
		return
	}
	pastRules(site, id, sources, problems)
	// What cannot be listed or read is the snapshot's own fault, and archive
	// verify tells of it.
	_ = fs.WalkDir(site, path.Join(sources, "data"), func(name string, entry fs.DirEntry, err error) error {
		key := keyOf(path.Base(name))
		if err != nil || entry.IsDir() || key == nil {
			return nil
		}
		then, err := fs.ReadFile(site, name)
		if err != nil {
			return nil
		}
		p := past{id, strings.TrimPrefix(name, sources+"/"), key, problems}
		now, err := fs.ReadFile(site, p.file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			p.warn(diag.Place{File: p.file}, "", "the file is in the snapshot %s and is no longer here", id).Hint =
				"put it back from " + name
		case err == nil && !bytes.Equal(now, then):
			p.compare(then, now)
		}
		return nil
	})
}

// newest is the id of the newest snapshot that has its sources, and where they are;
// "" where there is none.
func newest(site fs.FS) (id, sources string) {
	for _, s := range slices.Backward(snapshot.List(site)) {
		sources := path.Join(snapshot.Folder(s.ID), snapshot.Sources)
		if info, err := fs.Stat(site, path.Join(sources, "data")); err == nil && info.IsDir() {
			return s.ID, sources
		}
	}
	return "", ""
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
	key            []string // the columns that tell one row from another
	problems       *diag.List
}

func (p past) warn(at diag.Place, source, format string, args ...any) *diag.Problem {
	w := p.problems.Warnf(at, "past-changed", format, args...)
	w.Source = source
	return w
}

func (p past) compare(then, now []byte) {
	before, err1 := dataset.ReadSheet(then)
	after, err2 := dataset.ReadSheet(now)
	if err1 != nil || err2 != nil {
		return // what is wrong with the file is told where it is read
	}
	// Equal rows first: what is left has changed, is gone, or is new.
	waiting := map[string][]dataset.Row{}
	for _, r := range after.Rows {
		waiting[whole(r)] = append(waiting[whole(r)], r)
	}
	var unmatched []dataset.Row
	for _, r := range before.Rows {
		if same := waiting[whole(r)]; len(same) > 0 {
			waiting[whole(r)] = same[1:]
		} else if len(r.Cells) > 0 {
			unmatched = append(unmatched, r)
		}
	}
	delete(waiting, "") // rows without a cell
	left := slices.Concat(slices.Collect(maps.Values(waiting))...)
	slices.SortFunc(left, func(a, b dataset.Row) int { return a.Line - b.Line })

	isReturn := registerKeys[path.Base(p.file)] == nil
	mend := "put the row back as it was; what changed is a new row, with the month from which it holds in the column from"
	if isReturn {
		mend = "put the row back as it was, and return the new figure in a later return or a second issue"
	}
	for _, was := range unmatched {
		at := slices.IndexFunc(left, func(r dataset.Row) bool { return slices.Equal(p.cells(r), p.cells(was)) })
		if at < 0 {
			p.warn(diag.Place{File: p.file}, "", "the row %s stands in the snapshot %s (line %d) and is no longer here", p.name(was), p.snapshot, was.Line).Hint = mend
			continue
		}
		p.changed(&before, &after, was, left[at]).Hint = mend
		left = slices.Delete(left, at, at+1)
	}
	if !isReturn {
		return
	}
	for _, r := range left {
		p.warn(diag.Place{File: p.file, Line: r.Line, Column: 1}, after.Source(r.Line), "the row %s is new in a return that the snapshot %s holds without it", p.name(r), p.snapshot).Hint =
			"take it out, and return the figure in a later return or a second issue"
	}
}

// changed tells of a row whose cells differ, at the first of them that holds something.
func (p past) changed(before, after *dataset.Sheet, was, is dataset.Row) *diag.Problem {
	at := diag.Place{Line: is.Line, Column: 1}
	var told []string
	tell := func(column string) {
		name := column
		if name == "" {
			name = "a cell under no name"
		}
		change := fmt.Sprintf("%s is %s and was %s", name, shown(is.Cells[column]), shown(was.Cells[column]))
		if !slices.Contains(told, change) { // of columns of one name, or of none, a row has one cell
			told = append(told, change)
		}
	}
	for _, column := range after.Columns {
		if cell := is.Cells[column]; cell != "" && cell != was.Cells[column] {
			if told == nil {
				at = after.Place(is.Line, column)
			}
			tell(column)
		}
	}
	for _, column := range before.Columns {
		if is.Cells[column] == "" && was.Cells[column] != "" {
			tell(column)
		}
	}
	at.File = p.file
	return p.warn(at, after.Source(at.Line), "%s in the snapshot %s (%s)", strings.Join(told, ", "), p.snapshot, p.name(is))
}

func shown(cell string) string {
	if cell == "" {
		return "empty"
	}
	return diag.Quote(cell)
}

// whole is everything in a row, whatever the order of its columns.
func whole(row dataset.Row) string {
	var b strings.Builder
	for _, column := range slices.Sorted(maps.Keys(row.Cells)) {
		b.WriteString(column + "\x00" + row.Cells[column] + "\x00")
	}
	return b.String()
}

// cells are what tells a row from the others of its file.
func (p past) cells(row dataset.Row) []string {
	var cells []string
	for _, column := range p.key {
		cells = append(cells, row.Cells[column])
	}
	return cells
}

// name is a row in a message: "3.2, 2016-12, north".
func (p past) name(row dataset.Row) string {
	return strings.Join(slices.DeleteFunc(p.cells(row), func(cell string) bool { return cell == "" }), ", ")
}
