package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/proof"
	"outturn/internal/publish"
)

// rebound is a text with its figures bound, not yet written.
type rebound struct {
	text []byte
	done []proof.Binding
}

// bindings lists the figures of a site that can be bound, unless there are errors.
func bindings(dir fs.FS, opt edition.Options, problems *diag.List) (list []proof.Binding, err error) {
	var texts proof.Reader
	err = build.Each(dir, opt, problems, func(p build.Part) error {
		list = append(list, texts.Bindings(p.Edition)...)
		return nil
	})
	return list, misused(err)
}

// fix writes the references of figures that are typed, right, and can be read
// in one way only; a file is written whole or not at all, and only if the site
// with it still reads without an error. What it did goes to standard error, so
// that standard output holds findings alone.
func (t *terminal) fix(dir fs.FS, opt edition.Options, bindings []proof.Binding) error {
	byFile := map[string][]proof.Binding{}
	var files []string
	for _, b := range bindings {
		if byFile[b.File] == nil {
			files = append(files, b.File)
		}
		byFile[b.File] = append(byFile[b.File], b)
	}
	slices.Sort(files)
	texts := map[string]rebound{}
	for _, file := range files {
		raw, err := fs.ReadFile(dir, file)
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				continue // gone since it was read
			}
			return fmt.Errorf("reading %s to bind its figures: %w", file, err)
		}
		text, done, unquoted := bind(raw, byFile[file])
		for _, b := range unquoted {
			fmt.Fprintf(t.err, "%s:%d:%d: %s is left as it is: it begins a text that stands without quotation marks; put the text in quotation marks and run this again\n", file, b.Line, b.Column, b.Typed)
		}
		if len(done) > 0 {
			texts[file] = rebound{text, done}
		}
	}
	if err := t.keepUnreadable(dir, opt, texts); err != nil {
		return err
	}
	bound := 0
	for _, file := range files {
		change, ok := texts[file]
		if !ok {
			continue
		}
		if err := publish.WriteFile(filepath.Join(t.site, filepath.FromSlash(file)), change.text); err != nil {
			return fmt.Errorf("binding the figures of %s: %w", file, err)
		}
		for _, b := range change.done {
			fmt.Fprintf(t.err, "%s:%d:%d: %s is now %s (%s)\n", file, b.Line, b.Column, b.Typed, b.Reference, b.Says)
		}
		bound += len(change.done)
	}
	if bound == 0 {
		fmt.Fprintln(t.err, "outturn: no figure to bind")
		return nil
	}
	fmt.Fprintf(t.err, "outturn: %s bound\n", diag.Count(bound, "figure"))
	return nil
}

// keepUnreadable reads the site as it would be and takes out of texts those that
// would bring an error: there the file on the disk stays as it is.
func (t *terminal) keepUnreadable(dir fs.FS, opt edition.Options, texts map[string]rebound) error {
	if len(texts) == 0 {
		return nil
	}
	var problems diag.List
	if _, err := bindings(overlay{dir, texts}, opt, &problems); err != nil {
		return err
	}
	for _, p := range problems.All() {
		if _, ours := texts[p.File]; ours && p.Severity == diag.Error {
			delete(texts, p.File)
			fmt.Fprintf(t.err, "%s: its figures are left as they are: with their references, line %d would not read (%s)\n", p.File, p.Line, p.Message)
		}
	}
	return nil
}

// overlay is a site with some of its texts as they would be.
type overlay struct {
	fs.FS
	texts map[string]rebound
}

func (o overlay) ReadFile(name string) ([]byte, error) {
	if change, ok := o.texts[name]; ok {
		return slices.Clone(change.text), nil
	}
	return fs.ReadFile(o.FS, name)
}

// bind puts references in the place of figures, those whose text still stands
// where it was read. Bytes that are no figure stay as they are: line ends, the
// byte order mark. A figure that begins a text of the front matter which stands
// without quotation marks is unquoted, and stays: a brace there begins a YAML
// mapping (YAML 1.2.2 §7.3.3).
func bind(raw []byte, bindings []proof.Binding) (text []byte, done, unquoted []proof.Binding) {
	starts := lineStarts(raw)
	frontLines := frontMatter(raw, starts)
	type edit struct {
		at int
		b  proof.Binding
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
		switch start := starts[b.Line-1]; {
		case !strings.HasPrefix(string(raw[at:]), b.Typed):
		case 1 < b.Line && b.Line < frontLines && isUnquoted(raw[starts[b.Line-2]:start], raw[start:at]):
			unquoted = append(unquoted, b)
		default:
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
	return append(text, raw[from:]...), done, unquoted
}

var (
	// beginsValue is what stands before an unquoted value: a key, the sign of a
	// list's item, or both.
	beginsValue = regexp.MustCompile(`^\s*(?:(?:- +)+(?:[\w-]+:\s+)?|[\w-]+:\s+)$`)
	// inBrackets begins a list or a mapping on one line, in which a brace may
	// stand only between quotation marks.
	inBrackets = regexp.MustCompile(`^\s*(?:- +)*(?:[\w-]+:\s+)?[\[{]`)
)

// isUnquoted says that a reference cannot stand after what a line of front
// matter begins with; above is the line before it.
func isUnquoted(above, left []byte) bool {
	switch {
	case beginsValue.Match(left):
		return true
	case inBrackets.Match(left):
		return bytes.Count(left, []byte(`"`))%2 == 0 && bytes.Count(left, []byte(`'`))%2 == 0
	case len(bytes.TrimSpace(left)) == 0:
		return bytes.HasSuffix(bytes.TrimSpace(above), []byte(":")) // the value of the key above
	}
	return false
}

// frontMatter is the line, from 1, that ends a text's front matter; 0 for none.
func frontMatter(raw []byte, starts []int) int {
	for i, at := range starts {
		end := len(raw)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		switch fence := strings.TrimRight(string(raw[at:end]), " \t\r\n") == "---"; {
		case i == 0 && !fence:
			return 0
		case i > 0 && fence:
			return i + 1
		}
	}
	return 0
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
