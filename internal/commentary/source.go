package commentary

import (
	"bytes"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"outturn/internal/diag"
)

// source is one text file with line ends made alike and the byte order mark
// taken off, so that a line and a column mean what an editor shows.
type source struct {
	file     string
	text     []byte   // UTF-8, lines end with \n
	lines    []string // the text by lines, without their ends
	starts   []int    // offset of each line's first byte
	problems *diag.List
	last     position // the newest answer of place: texts are read forwards

	// A text within the front matter is a source of its own, for its words are
	// not written there as they are read (folded, indented, quoted). Its places
	// are those of the file.
	within *source
	at     []int // for each byte of text, and for its end, the offset in within
}

// position is an offset with its column in characters.
type position struct{ line, offset, column int }

// place turns a byte offset of the text into a line and a column in characters.
func (s *source) place(offset int) diag.Place {
	offset = max(0, min(offset, len(s.text)))
	if s.within != nil {
		return s.within.place(s.at[offset])
	}
	low, high := 0, len(s.starts)
	for high-low > 1 {
		if mid := (low + high) / 2; s.starts[mid] <= offset {
			low = mid
		} else {
			high = mid
		}
	}
	from := position{line: low + 1, offset: s.starts[low], column: 1}
	if s.last.line == from.line && s.last.offset <= offset {
		from = s.last
	}
	column := from.column + utf8.RuneCount(s.text[from.offset:offset])
	s.last = position{line: low + 1, offset: offset, column: column}
	return diag.Place{File: s.file, Line: low + 1, Column: column}
}

// outermost is the file of a text within front matter, with the offset there.
func (s *source) outermost(offset int) (*source, int) {
	for s.within != nil {
		s, offset = s.within, s.at[offset]
	}
	return s, offset
}

// line is the text of line n, counted from 1, without its end.
func (s *source) line(n int) string {
	if s.within != nil {
		return s.within.line(n)
	}
	if n < 1 || n > len(s.lines) {
		return ""
	}
	return s.lines[n-1]
}

// errorf adds an error with the source line at its place.
func (s *source) errorf(at diag.Place, code, hint, format string, args ...any) {
	p := s.problems.Errorf(at, code, format, args...)
	p.Hint, p.Source = hint, s.line(at.Line)
}

// warnf adds a warning with the source line at its place.
func (s *source) warnf(at diag.Place, code, hint, format string, args ...any) {
	p := s.problems.Warnf(at, code, format, args...)
	p.Hint, p.Source = hint, s.line(at.Line)
}

func newSource(file string, text []byte, problems *diag.List) *source {
	s := &source{file: file, text: text, lines: strings.Split(string(text), "\n"), problems: problems}
	start := 0
	for _, line := range s.lines {
		s.starts = append(s.starts, start)
		start += len(line) + 1
	}
	return s
}

// excerpt makes a source of a scalar of the front matter. Each character is
// looked for in the file from the one before: what lies between is YAML's own
// (line ends, indentation, quotation marks, backslashes).
func (s *source) excerpt(v value) *source {
	e := newSource(s.file, []byte(v.text), s.problems)
	e.within = s
	at := 0
	if v.at.Line >= 1 && v.at.Line <= len(s.starts) {
		at = s.starts[v.at.Line-1]
		for column := 1; column < v.at.Column && at < len(s.text); column++ {
			_, size := utf8.DecodeRune(s.text[at:])
			at += size
		}
	}
	if at < len(s.text) && (s.text[at] == '|' || s.text[at] == '>') { // the text starts below
		if end := bytes.IndexByte(s.text[at:], '\n'); end >= 0 {
			at += end + 1
		}
	}
	for _, r := range v.text {
		if r != ' ' && r != '\n' {
			if found := bytes.IndexRune(s.text[at:min(len(s.text), at+maxBetween)], r); found >= 0 {
				at += found
			}
		}
		for range utf8.RuneLen(r) {
			e.at = append(e.at, at)
		}
		if r != ' ' && r != '\n' && at < len(s.text) {
			_, size := utf8.DecodeRune(s.text[at:])
			at += size
		}
	}
	e.at = append(e.at, at)
	return e
}

// maxBetween bounds what YAML may put between two characters of a text: a line
// end with deep indentation. A character that was written as an escape (\u2013)
// is not found and keeps the place of the one before.
const maxBetween = 300

// folder reads files of the site.
type folder struct {
	site     fs.FS
	problems *diag.List
}

// maxText bounds a text. The longest committee reports are some 200 KB; what
// is larger is a workbook or a picture saved under the wrong name.
const maxText = 2 << 20

// read reads a text. Only UTF-8 is accepted: a guess at another encoding turns
// a pound sign or a name into something else without a word.
func (f *folder) read(file string) (*source, bool) {
	raw, err := fs.ReadFile(f.site, file)
	at := diag.Place{File: file}
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = errors.New("it is not there")
		}
		f.problems.Errorf(at, "unreadable", "the file cannot be read: %v", err)
		return nil, false
	}
	if len(raw) > maxText {
		f.problems.Errorf(at, "bad-encoding", "the file has %d bytes; a text has at most %d", len(raw), maxText).
			Hint = "put pictures and workbooks under content/files/"
		return nil, false
	}
	const saveAs = "save the file again with the encoding UTF-8"
	if bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff")) {
		f.problems.Errorf(at, "bad-encoding", "the text is UTF-16; UTF-8 is wanted").Hint = saveAs
		return nil, false
	}
	text := bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	s := newSource(file, text, f.problems)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			p := f.problems.Errorf(s.place(i), "bad-encoding", "byte 0x%02X is not UTF-8 text", text[i])
			p.Hint, p.Source = saveAs, strings.ToValidUTF8(s.line(p.Line), "\uFFFD")
			return nil, false
		}
		i += size
	}
	return s, true
}

// list lists a folder by name. Hidden files and those that a desktop leaves
// behind are passed over in silence; what is neither file nor folder is told.
func (f *folder) list(dir string) (files, folders []string) {
	entries, err := fs.ReadDir(f.site, dir)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			f.problems.Errorf(diag.Place{File: dir}, "unreadable", "the folder cannot be read: %v", err)
		}
		return nil, nil
	}
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case strings.HasPrefix(name, "."), strings.EqualFold(name, "Thumbs.db"), strings.EqualFold(name, "desktop.ini"):
		case !utf8.ValidString(name):
			f.stray(dir+"/"+name, "its name is not UTF-8", "rename it")
		case entry.IsDir():
			folders = append(folders, name)
		case entry.Type().IsRegular():
			files = append(files, name)
		case name == "_index.md": // its keys say what is out, and how it is judged
			f.problems.Errorf(diag.Place{File: dir + "/" + name}, "stray-file", "this file is not read: it is neither a file nor a folder").Hint = "put the file itself here, not a link to it"
		default:
			f.stray(dir+"/"+name, "it is neither a file nor a folder", "put the file itself here, not a link to it")
		}
	}
	return files, folders
}

// holds reports whether a folder has something of a name, be it no file, which list
// has told.
func (f *folder) holds(dir, name string) bool {
	entries, _ := fs.ReadDir(f.site, dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name })
}

// stray tells of a file that is not read.
func (f *folder) stray(file, why, hint string) {
	f.problems.Warnf(diag.Place{File: file}, "stray-file", "this file is not read: %s", why).Hint = hint
}
