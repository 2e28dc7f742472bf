package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"outturn/internal/check"
	"outturn/internal/edition"
	"outturn/internal/publish"
)

// fix writes the references of figures that are typed, right, and can be read
// in one way only; a file is written whole or not at all. What it did goes to
// standard error, so that standard output holds findings alone.
func (t *terminal) fix(ed *edition.Edition) error {
	byFile := map[string][]check.Binding{}
	var files []string
	for _, b := range check.Bindings(ed) {
		if byFile[b.File] == nil {
			files = append(files, b.File)
		}
		byFile[b.File] = append(byFile[b.File], b)
	}
	slices.Sort(files)
	bound := 0
	for _, file := range files {
		name := filepath.Join(t.site, filepath.FromSlash(file))
		raw, err := os.ReadFile(name)
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				continue // gone since it was read
			}
			return fmt.Errorf("reading %s to bind its figures: %w", file, err)
		}
		text, done := bind(raw, byFile[file])
		if len(done) == 0 {
			continue
		}
		if err := publish.WriteFile(name, text); err != nil {
			return fmt.Errorf("binding the figures of %s: %w", file, err)
		}
		for _, b := range done {
			fmt.Fprintf(t.err, "%s:%d:%d: %s is now %s (%s)\n", file, b.Line, b.Column, b.Typed, b.Reference, b.Says)
		}
		bound += len(done)
	}
	if bound == 0 {
		fmt.Fprintln(t.err, "outturn: no figure to bind")
		return nil
	}
	fmt.Fprintf(t.err, "outturn: %s bound\n", plural(bound, "figure"))
	return nil
}

// bind puts references in the place of figures, those whose text still stands
// where it was read. Bytes that are no figure stay as they are: line ends, the
// byte order mark.
func bind(raw []byte, bindings []check.Binding) (text []byte, done []check.Binding) {
	starts := lineStarts(raw)
	type edit struct {
		at int
		b  check.Binding
	}
	var edits []edit
	for _, b := range bindings {
		if b.Line < 1 || b.Line > len(starts) {
			continue
		}
		at := starts[b.Line-1]
		for n := 1; n < b.Column && at < len(raw); n++ {
			_, size := utf8.DecodeRune(raw[at:])
			at += size
		}
		if strings.HasPrefix(string(raw[at:]), b.Typed) {
			edits = append(edits, edit{at, b})
		}
	}
	slices.SortFunc(edits, func(a, b edit) int { return a.at - b.at })
	from := 0
	for _, e := range edits {
		if e.at < from {
			continue // two readings of one place
		}
		text = append(append(text, raw[from:e.at]...), e.b.Reference...)
		from = e.at + len(e.b.Typed)
		done = append(done, e.b)
	}
	return append(text, raw[from:]...), done
}

// lineStarts are the offsets of the lines as the texts are read: LF, CRLF and
// CR end one, and a byte order mark is no part of the first.
func lineStarts(raw []byte) []int {
	first := 0
	if strings.HasPrefix(string(raw), "\ufeff") {
		first = len("\ufeff")
	}
	starts := []int{first}
	for i := 0; i < len(raw); i++ {
		if raw[i] == '\r' && i+1 < len(raw) && raw[i+1] == '\n' {
			i++
		} else if raw[i] != '\n' && raw[i] != '\r' {
			continue
		}
		starts = append(starts, i+1)
	}
	return starts
}
