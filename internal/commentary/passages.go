package commentary

import (
	"bytes"
	"html"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"outturn/internal/diag"
)

// RefRune stands in a passage where the text has a figure reference.
const RefRune = '\uFFFC'

// PassageKind is what a passage is in its text.
type PassageKind uint8

const (
	Paragraph PassageKind = iota + 1
	ListItem
	Heading
	TableCell
	Footnote
)

// Passage is a block of a text as its readers see it, in plain words, with the
// way back to the file. Code is left out: it is not prose.
type Passage struct {
	Kind  PassageKind
	Text  string // one line; RefRune for each reference
	Refs  []Ref  // in the order of their runes
	Fixed bool   // printed as it is written: a reference cannot stand in it

	// Of a table's cell: what its row begins with, up to its first figure, and
	// what stands over it.
	RowHead, ColumnHead string
	Row, Column         int // from 0, heads apart

	offsets []int // in the source, of each rune of Text and of its end
	source  *source
}

// Place is where a character of Text stands in its file.
func (p Passage) Place(char int) diag.Place {
	line, start := p.line(char)
	file, offset := p.source.outermost(p.offset(char))
	column := utf8.RuneCount(file.text[start:offset]) + 1
	return diag.Place{File: file.file, Line: line, Column: column}
}

// SourceLine is the line of the file on which a character of Text stands.
func (p Passage) SourceLine(char int) string {
	line, _ := p.line(char)
	return p.source.line(line)
}

// Written is how the characters of Text from one to another are written in the
// file: with the mark-up that may stand between them.
func (p Passage) Written(from, to int) string {
	if from >= to {
		return ""
	}
	last := p.offset(to - 1)
	_, size := utf8.DecodeRune(p.source.text[last:])
	return string(p.source.text[p.offset(from) : last+size])
}

// Says reports whether a passage is the words of a text and no others.
func (p Passage) Says(text string) bool {
	return strings.Join(strings.Fields(text), " ") == p.Text
}

// Before reports whether a cell stands before another of the same table, where
// the other is the next of the text.
func (p Passage) Before(q Passage) bool {
	return q.Row > p.Row || q.Row == p.Row && q.Column > p.Column
}

// IsNumber reports whether a cell's figure is the number of a measure or of a
// row, which measures nothing.
func (p Passage) IsNumber() bool {
	return p.Kind == TableCell && (numberHead.MatchString(p.ColumnHead) || p.Column == 0 && isFigure(p.Text))
}

func (p Passage) offset(char int) int {
	return p.offsets[max(0, min(char, len(p.offsets)-1))]
}

// line keeps no memory, as source.place does: passages are read from several goroutines.
func (p Passage) line(char int) (number, start int) {
	file, offset := p.source.outermost(p.offset(char))
	n := sort.Search(len(file.starts), func(i int) bool { return file.starts[i] > offset })
	return n, file.starts[n-1]
}

// Passages lists the blocks of a text in its order, those without words left out.
// A directive alone on its line is one too: a single RefRune.
func (t Text) Passages() []Passage {
	if t.markdown == nil {
		return nil
	}
	var list []Passage
	m := t.markdown
	add := func(n ast.Node, p Passage) {
		w := passageWriter{m: m, p: p}
		w.room(n)
		w.write(n)
		if w.p = w.finished(); strings.TrimSpace(w.p.Text) != "" {
			list = append(list, w.p)
		}
	}
	_ = ast.Walk(m.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			add(n, Passage{Kind: Heading})
			return ast.WalkSkipChildren, nil
		case *ast.Paragraph, *ast.TextBlock:
			kind := Paragraph
			switch {
			case within(n, east.KindFootnote):
				kind = Footnote
			case within(n, ast.KindListItem):
				kind = ListItem
			}
			add(n, Passage{Kind: kind})
			return ast.WalkSkipChildren, nil
		case *east.Table:
			m.cells(n, add)
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return list
}

// cells visits the cells below a table's heads, row by row.
func (m *markdown) cells(table *east.Table, add func(ast.Node, Passage)) {
	var heads []string
	row := 0
	for r := table.FirstChild(); r != nil; r = r.NextSibling() {
		if r.Kind() == east.KindTableHeader {
			for cell := r.FirstChild(); cell != nil; cell = cell.NextSibling() {
				heads = append(heads, m.words(cell))
			}
			continue
		}
		head, column, begins := "", 0, true
		for cell := r.FirstChild(); cell != nil; cell = cell.NextSibling() {
			p := Passage{Kind: TableCell, RowHead: head, Row: row, Column: column}
			if column < len(heads) {
				p.ColumnHead = heads[column]
			}
			add(cell, p)
			words := m.words(cell)
			begins = begins && (column == 0 || numberHead.MatchString(p.ColumnHead) || !contains(cell, kindFigure) && !isFigure(words))
			if begins {
				head = strings.TrimSpace(head + " " + words)
			}
			column++
		}
		row++
	}
}

var (
	// numberHead stands over the numbers of measures, which are no figures.
	numberHead  = regexp.MustCompile(`(?i)^(ref\.?|reference|no\.?|number|indicator|indicator (no\.?|ref\.?|number)|measure (no\.?|ref\.?|number)|label|#)$`)
	figureShape = regexp.MustCompile(`^[\s(£+−–-]*[0-9.]|^[\s–—-]*$|^(?i:n/?a|nil|tbc|\[[a-z]+\])$`)
	longWord    = regexp.MustCompile(`\pL{3,}`)
)

// isFigure says that a cell begins with a figure, or that there is none: 22 of
// 121, but not 16-17 year olds in education.
func isFigure(cell string) bool {
	return figureShape.MatchString(cell) && len(longWord.FindAllString(cell, 2)) < 2
}

// FrontMatter lists what stands under keys of the front matter of the text's
// file, at whatever depth, as its readers see it: plain words, a passage for
// each paragraph. A title is a heading. Keys whose texts may hold references
// (a report's summary) are read as texts of their own.
func (t Text) FrontMatter(keys ...string) []Passage {
	if t.markdown == nil {
		return nil
	}
	file := t.markdown.source
	// Read anew, in silence: what is wrong with it was told when it was loaded.
	// A text's own source has the front matter blanked out, but not its lines.
	s := newSource(file.file, []byte(strings.Join(file.lines, "\n")), &diag.List{})
	yaml, has, _ := split(s)
	// Few pages have such a key. One can be written without its letters only by a backslash.
	if !has || !strings.Contains(yaml, `\`) && !slices.ContainsFunc(keys, func(key string) bool { return strings.Contains(yaml, key) }) {
		return nil
	}
	v, ok := parseYAML(s, yaml, 1)
	if !ok {
		return nil
	}
	var list []Passage
	var visit func(value, string)
	visit = func(v value, key string) {
		for _, item := range v.items {
			visit(item, key)
		}
		for _, p := range v.pairs {
			visit(p.value, p.key)
		}
		if v.kind == scalar && slices.Contains(keys, key) {
			list = append(list, s.plain(v, key)...)
		}
	}
	visit(v, "")
	return list
}

// plain is a scalar that is printed as it stands, a passage for each paragraph.
func (s *source) plain(v value, key string) []Passage {
	kind := Paragraph
	if key == "title" {
		kind = Heading
	}
	e := s.excerpt(v)
	var list []Passage
	for start := 0; start < len(e.text); {
		stop := len(e.text)
		if end := bytes.Index(e.text[start:], []byte("\n\n")); end >= 0 {
			stop = start + end
		}
		w := passageWriter{m: &markdown{source: e}, p: Passage{Kind: kind, Fixed: true}}
		w.text(start, stop, true)
		if w.p = w.finished(); w.p.Text != "" {
			list = append(list, w.p)
		}
		start = stop + 2
	}
	return list
}

// passageWriter gathers a block's characters, each with its place in the source.
type passageWriter struct {
	m     *markdown
	p     Passage
	runes []rune
	end   int
}

// room makes room for the lines of a block.
func (w *passageWriter) room(n ast.Node) {
	size := 0
	for _, line := range n.Lines().Sliced(0, n.Lines().Len()) {
		size += line.Len()
	}
	w.runes, w.p.offsets = make([]rune, 0, size), make([]int, 0, size+1)
}

func (w *passageWriter) put(r rune, offset, size int) {
	space := r == ' ' || r == '\t' || r == '\n' || r == '\u00a0'
	if space {
		if len(w.runes) == 0 || w.runes[len(w.runes)-1] == ' ' {
			return
		}
		r = ' '
	}
	w.runes = append(w.runes, r)
	w.p.offsets = append(w.p.offsets, offset)
	w.end = offset + size
}

func (w *passageWriter) finished() Passage {
	if n := len(w.runes); n > 0 && w.runes[n-1] == ' ' {
		w.runes, w.p.offsets = w.runes[:n-1], w.p.offsets[:n-1]
	}
	w.p.Text = string(w.runes)
	w.p.offsets = append(w.p.offsets, w.end)
	w.p.source = w.m.source
	return w.p
}

func (w *passageWriter) write(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			w.text(c.Segment.Start, c.Segment.Stop, c.IsRaw())
			if c.SoftLineBreak() || c.HardLineBreak() {
				w.put(' ', c.Segment.Stop, 1)
			}
		case *figure:
			w.p.Refs = append(w.p.Refs, c.ref)
			w.put(RefRune, c.Pos(), 2)
		case *east.FootnoteLink, *east.FootnoteBacklink:
		case *ast.CodeSpan, *ast.RawHTML, *ast.AutoLink, *ast.Image:
			// No prose; but what stands on both sides is not one word.
			w.put(' ', max(0, w.end-1), 1)
		default:
			w.write(c)
		}
	}
}

var entity = regexp.MustCompile(`^&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)

// text writes a piece of the source as it is read: \% is a percent sign, &nbsp;
// a space.
func (w *passageWriter) text(start, stop int, raw bool) {
	source := w.m.source.text
	for i := start; i < stop; {
		r, size := utf8.DecodeRune(source[i:stop])
		switch {
		case raw:
		case r == '\\' && i+1 < stop && isPunctuation(source[i+1]):
			i++
			r, size = rune(source[i]), 1
		case r == '&':
			if found := entity.Find(source[i:stop]); found != nil {
				for _, decoded := range html.UnescapeString(string(found)) {
					w.put(decoded, i, len(found))
				}
				i += len(found)
				continue
			}
		}
		w.put(r, i, size)
		i += size
	}
}

func isPunctuation(b byte) bool {
	return strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", b) >= 0
}

// ParseText reads a text that is not a file of its own, such as a draft: file
// is what its places name.
func ParseText(file, text string, problems *diag.List) Text {
	return parseMarkdown(newSource(file, []byte(text), problems), 0).freeze()
}
