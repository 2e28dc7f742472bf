package commentary

import (
	"html/template"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"outturn/internal/diag"
)

// Paper is the body of a report: its own text, with the standard sections that
// it does not have itself, in their order.
type Paper struct{ parts []part }

// part is a heading of the highest level with what stands under it, or what
// stands before the first.
type part struct {
	of    *markdown
	nodes []ast.Node
	name  string // the heading in plain words, to know it by; "" before the first
}

// NewPaper lays the standard sections into a text. A section of the text that
// has the name of a standard one stands for it; the others come where the
// order of the standard sections puts them.
func NewPaper(own, standard Text) Paper {
	parts := own.parts()
	at := 0 // where the next standard section goes, if nothing later says otherwise
	wanted := standard.parts()
	for i, s := range wanted {
		if s.name == "" {
			continue
		}
		if found := find(parts, s.name); found >= 0 {
			at = found + 1
			continue
		}
		if i == 0 || find(parts, wanted[i-1].name) < 0 || at == 0 {
			at = place(parts, wanted[i+1:])
		}
		parts = slices.Insert(parts, at, s)
		at++
	}
	return Paper{parts}
}

// place is before the first section that a later standard section stands for,
// else at the end.
func place(parts []part, later []part) int {
	for _, l := range later {
		if found := find(parts, l.name); found >= 0 && l.name != "" {
			return found
		}
	}
	return len(parts)
}

func find(parts []part, name string) int {
	return slices.IndexFunc(parts, func(p part) bool { return p.name == name })
}

// parts splits a text at its highest headings.
func (t Text) parts() []part {
	if t.Empty() {
		return nil
	}
	var list []part
	for n := t.markdown.root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() == east.KindFootnoteList {
			continue // at the end of all
		}
		if h, ok := t.markdown.headings[n]; ok && h.level == 1 {
			list = append(list, part{of: t.markdown, name: HeadingKey(t.markdown.words(n))})
		} else if len(list) == 0 {
			list = append(list, part{of: t.markdown})
		}
		last := &list[len(list)-1]
		last.nodes = append(last.nodes, n)
	}
	return list
}

var typedHeading = regexp.MustCompile(`^[0-9]+(\.[0-9]+)*[.)]?\s+`)

// HeadingKey is a heading's words to know it by: without a typed number, case,
// and marks, and with "and" for &.
func HeadingKey(words string) string {
	words = strings.ReplaceAll(typedHeading.ReplaceAllString(words, ""), "&", " and ")
	words = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return ' '
	}, words)
	return strings.Join(strings.Fields(words), " ")
}

// Head is a heading of a rendered paper.
type Head struct {
	Level            int // from 1
	Number, Text, ID string
}

// Has reports whether a paper has a section of this name.
func (p Paper) Has(heading string) bool { return find(p.parts, HeadingKey(heading)) >= 0 }

// Render writes the paper as HTML and lists its headings. Where numbered says
// so, headings and the paragraphs that stand directly under them bear numbers
// (3.4.1), each with its own anchor; lists, tables and quotations bear none.
// after gives HTML for the end of a section, by the heading's key; it may be nil.
func (p Paper) Render(how Rendering, numbered bool, after func(key string) template.HTML) (template.HTML, []Head) {
	var b strings.Builder
	var heads []Head
	var numbers *numbering
	if numbered {
		numbers = &numbering{}
	}
	writers := map[*markdown]*rendering{}
	var order []*markdown
	for _, part := range p.parts {
		r := writers[part.of]
		if r == nil {
			own := how
			if len(order) > 0 {
				own.Prefix += "s-" // the standard sections have anchors of their own
			}
			r = part.of.rendering(own)
			r.numbers, r.outline = numbers, &heads
			writers[part.of] = r
			order = append(order, part.of)
		}
		b.WriteString(string(r.html(part.nodes...)))
		if after != nil && part.name != "" {
			b.WriteString(string(after(part.name)))
		}
	}
	for _, m := range order {
		for n := m.root.FirstChild(); n != nil; n = n.NextSibling() {
			if n.Kind() == east.KindFootnoteList {
				r := writers[m]
				r.numbers, r.outline = nil, nil
				b.WriteString(string(r.html(n)))
			}
		}
	}
	return template.HTML(b.String()), heads
}

// numbering counts headings and paragraphs. Paragraphs and the headings below
// a heading share its count, so that no number is used twice.
type numbering struct {
	depth  int
	counts []int
}

func (n *numbering) heading(level int) string {
	n.depth = level
	return n.next(level)
}

// paragraph is "" before the first heading.
func (n *numbering) paragraph() string {
	if n.depth == 0 {
		return ""
	}
	return n.next(n.depth + 1)
}

func (n *numbering) next(level int) string {
	for len(n.counts) < level {
		n.counts = append(n.counts, 0)
	}
	n.counts = n.counts[:level]
	n.counts[level-1]++
	words := make([]string, level)
	for i, count := range n.counts {
		words[i] = strconv.Itoa(count)
	}
	return strings.Join(words, ".")
}

// anchor is a number that is its own address.
func anchor(number string) string {
	return `<a class="no" id="p` + number + `" href="#p` + number + `">` + number + `</a>`
}

// Excerpt writes the paragraphs and list items whose references are what is
// asked for, without the rest of their text. Each that holds any is asked about
// once, in order, with all of them. Directives are left out.
func (t Text) Excerpt(how Rendering, about func([]Ref) bool) template.HTML {
	if t.Empty() {
		return ""
	}
	r := t.markdown.rendering(how)
	r.excerpt = true
	var b strings.Builder
	_ = ast.Walk(t.markdown.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || !isParagraph(n) {
			return ast.WalkContinue, nil
		}
		var refs []Ref
		_ = ast.Walk(n, func(inner ast.Node, entering bool) (ast.WalkStatus, error) {
			if f, ok := inner.(*figure); ok && entering && !f.ref.Alone {
				refs = append(refs, f.ref)
			}
			return ast.WalkContinue, nil
		})
		if len(refs) == 0 || !about(refs) {
			return ast.WalkSkipChildren, nil
		}
		if n.Kind() == ast.KindTextBlock {
			b.WriteString("<p>" + strings.TrimSpace(string(r.html(n))) + "</p>\n")
		} else {
			b.WriteString(string(r.html(n)))
		}
		return ast.WalkSkipChildren, nil
	})
	return template.HTML(b.String())
}

// Target is a page or file of this site to which a text leads: its path from
// the site's root.
type Target struct {
	Path   string
	Place  diag.Place
	Source string
}

// Targets lists the links and pictures of a text that stay on the site.
func (t Text) Targets() []Target {
	if t.markdown == nil {
		return nil
	}
	return slices.Clone(t.markdown.targets)
}

// Raw is the file that a text stands in, as it is written.
func (t Text) Raw() string {
	if t.markdown == nil {
		return ""
	}
	s, _ := t.markdown.source.outermost(0)
	return string(s.text)
}

// leads notes where a link or a picture leads.
func (m *markdown) leads(n ast.Node) {
	var address []byte
	switch n := n.(type) {
	case *ast.Link:
		address = n.Destination
	case *ast.Image:
		address = n.Destination
	}
	if to, ok := m.target(string(util.URLEscape(address, true))); ok {
		at := m.source.place(n.Pos())
		m.targets = append(m.targets, Target{Path: to, Place: at, Source: m.source.line(at.Line)})
	}
}

// target is the page or file that a relative address leads to.
func (m *markdown) target(address string) (to string, ok bool) {
	if address == "" || scheme.MatchString(address) || strings.HasPrefix(address, "#") || strings.HasPrefix(address, "/") {
		return "", false
	}
	address = published(address)
	if end := strings.IndexAny(address, "?#"); end >= 0 {
		address = address[:end]
	}
	if plain, err := url.PathUnescape(address); err == nil {
		address = plain
	}
	dir := path.Dir(strings.TrimPrefix(m.source.file, root+"/"))
	return strings.TrimPrefix(path.Join("/", dir, address), "/"), true
}
