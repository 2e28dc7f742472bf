package commentary

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown is a parsed text. After freeze it is only read, so that pages may
// be rendered side by side.
type markdown struct {
	source     *source
	root       ast.Node
	refs       []Ref
	paragraphs []string
	headings   map[ast.Node]heading
	tables     map[ast.Node]string // a table's accessible name
	amendments []Amendment         // marked in the text
	targets    []Target
}

type heading struct {
	level int // 1 is the highest in the text
	slug  string
}

// markdownParser is shared: goldmark keeps what belongs to one text in its Context.
var markdownParser = goldmark.New(
	goldmark.WithExtensions(extension.Table, extension.Footnote, extension.DefinitionList, extension.Strikethrough),
	goldmark.WithParserOptions(
		parser.WithInlineParsers(util.Prioritized(figureParser{}, 150)),          // links have 200
		parser.WithASTTransformers(util.Prioritized(footnoteTransformer{}, 998)), // before 999 drops them
	),
).Parser()

// parseMarkdown parses the source from an offset on. The bytes before it are
// front matter; goldmark is given the rest alone, at its place in the file.
func parseMarkdown(s *source, body int) *markdown {
	pc := parser.NewContext()
	below := newBody(s, body)
	pc.Set(sourceKey, below)
	m := &markdown{source: below}
	m.root = markdownParser.Parse(text.NewReader(below.text), parser.WithContext(pc))
	m.partDirectives()
	return m
}

// newBody is the source with its front matter blanked out, so that offsets
// and lines stay what they are in the file.
func newBody(s *source, body int) *source {
	if body == 0 {
		return s
	}
	blank := slices.Clone(s.text)
	for i := range blank[:body] {
		if blank[i] != '\n' {
			blank[i] = ' '
		}
	}
	below := *s
	below.text = blank
	return &below
}

// title is the first heading of level 1 in plain words; first says that the
// text starts with it. A heading with a figure changes by the month: it is no title.
func (m *markdown) title() (words string, first bool) {
	for n := m.root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			if contains(h, kindFigure) {
				return "", false
			}
			return m.words(h), n == m.root.FirstChild()
		}
	}
	return "", false
}

func (m *markdown) dropFirst() { m.root.RemoveChild(m.root, m.root.FirstChild()) }

// freeze collects what is asked of a text and tells of its faults.
func (m *markdown) freeze() Text {
	m.headings, m.tables = map[ast.Node]heading{}, map[ast.Node]string{}
	var heads []*ast.Heading
	named := map[string]int{} // how many tables have a name
	_ = ast.Walk(m.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *figure:
			n.ref.Alone = alone(n)
			n.inLink = within(n, ast.KindLink)
			m.refs = append(m.refs, n.ref)
		case *ast.Heading:
			heads = append(heads, n)
		case *east.Table:
			name := m.tableName(n)
			if named[name]++; named[name] > 1 {
				name = fmt.Sprintf("%s (%d)", name, named[name])
			}
			m.tables[n] = name
		case *ast.Paragraph, *ast.TextBlock:
			if words := m.words(n); words != "" {
				m.paragraphs = append(m.paragraphs, words)
			}
		}
		m.fault(n)
		m.leads(n)
		return ast.WalkContinue, nil
	})
	slices.SortStableFunc(m.refs, func(a, b Ref) int { // footnotes stand at the end of the tree
		if a.Place.Line != b.Place.Line {
			return a.Place.Line - b.Place.Line
		}
		return a.Place.Column - b.Place.Column
	})
	m.headings = m.outline(heads)
	return Text{markdown: m}
}

// outline gives each heading its level, from 1, and its anchor. No level is
// left out on the way down (WCAG 2.2, 1.3.1; technique G141), whatever the text does.
func (m *markdown) outline(heads []*ast.Heading) map[ast.Node]heading {
	outline := map[ast.Node]heading{}
	highest := 6
	for _, h := range heads {
		highest = min(highest, h.Level)
	}
	used, next := map[string]bool{}, map[string]int{}
	above := 0
	for _, h := range heads {
		above = min(h.Level-highest+1, above+1)
		base := slug(m.words(h))
		unique := base
		for used[unique] {
			next[base] = max(2, next[base]+1)
			unique = fmt.Sprintf("%s-%d", base, next[base])
		}
		used[unique] = true
		outline[h] = heading{level: above, slug: unique}
	}
	return outline
}

// slug makes an anchor of a heading: letters of any alphabet, digits, and - between words.
func slug(words string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(words) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			b.WriteRune(r)
		case unicode.IsSpace(r) || r == '-' || r == '_' || r == '/' || r == '–':
			if b.Len() > 0 && !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
		}
	}
	if s := strings.TrimSuffix(b.String(), "-"); s != "" {
		return s
	}
	return "section"
}

// tableName names a table by the heads of its columns, for the region in
// which it scrolls.
func (m *markdown) tableName(table *east.Table) string {
	var heads []string
	if head := table.FirstChild(); head != nil {
		for cell := head.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if words := m.words(cell); words != "" {
				heads = append(heads, words)
			}
		}
	}
	if len(heads) == 0 {
		return "Table"
	}
	return strings.Join(heads, ", ")
}

// words is what a node says, without its references and mark-up.
func (m *markdown) words(n ast.Node) string {
	var b strings.Builder
	m.write(&b, n)
	words := html.UnescapeString(b.String())
	if len(m.amendments) > 0 {
		words = strings.Map(func(r rune) rune {
			if isMark(r) {
				return -1
			}
			return r
		}, words)
	}
	return strings.Join(strings.Fields(words), " ")
}

// write adds a node's texts as HTML, with a space where a line ends.
func (m *markdown) write(b *strings.Builder, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.WriteString(m.escaped(c))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.WriteString(html.EscapeString(string(c.Value)))
		case *ast.AutoLink:
			b.WriteString(html.EscapeString(string(c.Label(m.source.text))))
		case *ast.RawHTML, *figure, *east.FootnoteLink, *east.FootnoteBacklink:
		default:
			m.write(b, c)
		}
	}
}

func within(n ast.Node, kind ast.NodeKind) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == kind {
			return true
		}
	}
	return false
}

func contains(n ast.Node, kind ast.NodeKind) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == kind || contains(c, kind) {
			return true
		}
	}
	return false
}

func isParagraph(n ast.Node) bool {
	return n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock
}

// alone reports whether a reference is all that its paragraph holds.
func alone(n *figure) bool {
	parent := n.Parent()
	return isParagraph(parent) && parent.ChildCount() == 1
}

// partDirectives makes a paragraph of each reference where a paragraph is
// nothing but references, each on a line of its own: people write charts one
// below the other without a blank line between.
func (m *markdown) partDirectives() {
	var paragraphs []ast.Node
	_ = ast.Walk(m.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && isParagraph(n) {
			paragraphs = append(paragraphs, n)
		}
		return ast.WalkContinue, nil
	})
	for _, p := range paragraphs {
		figures := m.figureLines(p)
		if len(figures) == 0 {
			continue
		}
		parent, last := p.Parent(), p
		p.RemoveChildren(p)
		for i, f := range figures {
			if i > 0 {
				next := ast.Node(ast.NewParagraph())
				if p.Kind() == ast.KindTextBlock {
					next = ast.NewTextBlock()
				}
				parent.InsertAfter(parent, last, next)
				last = next
			}
			last.AppendChild(last, f)
		}
	}
}

// figureLines lists the references of a paragraph that holds nothing else,
// one a line; none where it holds anything else.
func (m *markdown) figureLines(p ast.Node) (figures []*figure) {
	fresh := true
	for c := p.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *figure:
			if !fresh {
				return nil
			}
			figures, fresh = append(figures, c), false
		case *ast.Text:
			if strings.TrimSpace(string(c.Segment.Value(m.source.text))) != "" {
				return nil
			}
			fresh = fresh || c.SoftLineBreak() || c.HardLineBreak()
		default:
			return nil
		}
	}
	return figures
}

// footnoteTransformer tells of footnotes that no text refers to: goldmark
// leaves them out, and what is written must not vanish in silence.
type footnoteTransformer struct{}

func (footnoteTransformer) Transform(doc *ast.Document, _ text.Reader, pc parser.Context) {
	s := pc.Get(sourceKey).(*source)
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if note, ok := n.(*east.Footnote); ok && entering && note.Index < 0 {
			s.errorf(s.place(note.Pos()), "bad-footnote", fmt.Sprintf("write [^%s] in the text, or take the note out", note.Ref),
				"nothing refers to the footnote [^%s], so it would not be shown", note.Ref)
		}
		return ast.WalkContinue, nil
	})
}

var footnoteMark = regexp.MustCompile(`^\[\^[^\]\s]+\]`)

// fault tells what may not stand in a text.
func (m *markdown) fault(n ast.Node) {
	s := m.source
	switch n := n.(type) {
	case *ast.HTMLBlock, *ast.RawHTML:
		s.errorf(s.place(n.Pos()), "raw-html", "write it in Markdown; a < sign is written &lt;", "HTML is not let through")
	case *ast.Link:
		address := string(util.URLEscape(n.Destination, true))
		if fault, hint := linkFault(address, s.file); fault != "" {
			s.errorf(s.place(n.Pos()), "bad-link", hint, "%s", fault)
		} else if m.words(n) == "" && !contains(n, kindFigure) && !contains(n, ast.KindImage) {
			s.errorf(s.place(n.Pos()), "bad-link", "write between the square brackets where it leads", "the link has no words")
		}
		m.titleFault(n, n.Title)
	case *ast.AutoLink:
		if fault, hint := linkFault(autoAddress(n, s.text), s.file); fault != "" {
			s.errorf(s.place(n.Pos()), "bad-link", hint, "%s", fault)
		}
	case *ast.Image:
		address := string(util.URLEscape(n.Destination, true))
		if fault, hint := imageFault(address, s.file); fault != "" {
			s.errorf(s.place(n.Pos()), "bad-link", hint, "%s", fault)
		}
		if m.words(n) == "" && !contains(n, kindFigure) {
			s.errorf(s.place(n.Pos()), "missing-alt", "say in the square brackets what the picture shows: ![Map of the three areas](…)", "the picture has no words for those who cannot see it")
		}
		m.titleFault(n, n.Title)
	case *ast.Text:
		m.footnoteFault(n)
	}
}

func (m *markdown) titleFault(n ast.Node, title []byte) {
	if strings.Contains(string(title), "{{") {
		m.source.errorf(m.source.place(n.Pos()), "unknown-figure", "put the reference into the text", "a figure cannot stand in the title of a link")
	}
}

// footnoteFault tells of [^1] without a note: it would be printed as it is.
func (m *markdown) footnoteFault(n *ast.Text) {
	if n.IsRaw() || within(n, ast.KindCodeSpan) {
		return
	}
	text := m.source.text
	for i := n.Segment.Start; i < n.Segment.Stop; i++ {
		if text[i] != '[' || i > 0 && text[i-1] == '\\' {
			continue
		}
		if mark := footnoteMark.Find(text[i:]); mark != nil {
			m.source.errorf(m.source.place(i), "bad-footnote", fmt.Sprintf("write the note on a line of its own: %s: …", mark), "there is no footnote %s", mark)
		}
	}
}
