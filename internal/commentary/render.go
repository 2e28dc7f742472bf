package commentary

import (
	"bufio"
	"bytes"
	"html"
	"html/template"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	goldhtml "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"outturn/internal/period"
)

// rendering is one Render: what goldmark's own renderers cannot be told
// (who answers, the level, the prefix) and what they write otherwise than a
// strict content security policy and an accessible page allow.
type rendering struct {
	*markdown
	Rendering
	prefix  string // escaped
	numbers *numbering
	excerpt bool // paragraphs taken out of their text
	blocks  map[ast.Node]template.HTML
	outline *[]Head // gathers the headings, where they are wanted
}

// rendering readies one writing of a text.
func (m *markdown) rendering(how Rendering) *rendering {
	if how.Answer == nil {
		how.Answer = func(Ref) Answer { return Answer{} }
	}
	how.Top = max(1, min(how.Top, 6))
	return &rendering{markdown: m, Rendering: how, prefix: html.EscapeString(how.Prefix), blocks: map[ast.Node]template.HTML{}}
}

// html writes nodes of the text as HTML.
func (r *rendering) html(nodes ...ast.Node) template.HTML {
	var p *pen
	if r.excerpt {
		p = newPen() // it writes notes otherwise
	} else {
		p = pens.Get().(*pen)
		defer pens.Put(p)
	}
	p.rendering = *r
	var b strings.Builder
	p.out.Reset(&b)
	for _, n := range nodes {
		_ = p.writer.Render(p.out, r.source.text, n) // a strings.Builder does not fail
	}
	p.rendering = rendering{}
	return template.HTML(showAmendments(b.String(), r.amendments, r.dated))
}

// pen is goldmark's renderers, which take longer to make than a text to write,
// with the rendering that they are writing.
type pen struct {
	rendering
	out    *bufio.Writer
	writer renderer.Renderer
}

var pens = sync.Pool{New: func() any { return newPen() }}

func newPen() *pen {
	p := &pen{out: bufio.NewWriter(nil)}
	prefix := func(ast.Node) []byte { return []byte(p.prefix) }
	p.writer = renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(&p.rendering, 100), // the lower number wins
		util.Prioritized(goldhtml.NewRenderer(), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(extension.WithFootnoteIDPrefixFunction(prefix)), 500),
		util.Prioritized(extension.NewDefinitionListHTMLRenderer(), 500),
		util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500),
	))
	return p
}

func (r *rendering) dated(on period.Date) string {
	if r.Amended == nil {
		return on.Words()
	}
	return r.Amended(on)
}

// RegisterFuncs implements goldmark's renderer.NodeRenderer.
func (r *rendering) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindFigure, r.figure)
	reg.Register(ast.KindHeading, r.heading)
	reg.Register(ast.KindParagraph, r.paragraph)
	reg.Register(ast.KindTextBlock, r.textBlock)
	reg.Register(ast.KindLink, r.link)
	reg.Register(ast.KindAutoLink, r.autoLink)
	reg.Register(ast.KindImage, r.image)
	reg.Register(ast.KindHTMLBlock, r.htmlBlock)
	reg.Register(ast.KindRawHTML, r.rawHTML)
	reg.Register(ast.KindCodeBlock, r.codeBlock)
	reg.Register(ast.KindFencedCodeBlock, r.codeBlock)
	reg.Register(east.KindTable, r.table)
	reg.Register(east.KindTableCell, r.cell)
	if r.excerpt {
		reg.Register(east.KindFootnoteLink, r.leftOut) // its note is not there
	}
}

func (r *rendering) leftOut(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkSkipChildren, nil
}

func (r *rendering) figure(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	f := n.(*figure)
	a := r.Answer(f.ref)
	tag := "span"
	_, _ = w.WriteString("<")
	if a.Href != "" && !f.inLink {
		tag = "a"
	}
	_, _ = w.WriteString(tag + ` class="figure"`)
	if tag == "a" {
		attribute(w, "href", a.Href)
	}
	if a.Source != "" {
		attribute(w, "title", a.Source)
	}
	if a.Note > 0 {
		attribute(w, "data-note", strconv.Itoa(a.Note))
	}
	_, _ = w.WriteString(">" + html.EscapeString(a.Text) + "</" + tag + ">")
	return ast.WalkContinue, nil
}

func attribute(w util.BufWriter, name, value string) {
	_, _ = w.WriteString(" " + name + `="` + html.EscapeString(value) + `"`)
}

func (r *rendering) heading(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	h := r.headings[n]
	level := strconv.Itoa(max(1, min(6, r.Top+h.level-1)))
	if entering {
		_, _ = w.WriteString("<h" + level + ` id="` + r.prefix + html.EscapeString(h.slug) + `">`)
		number := ""
		if r.numbers != nil && n.Parent() == r.root {
			number = r.numbers.heading(h.level)
			_, _ = w.WriteString(anchor(number) + " ")
		}
		if r.outline != nil {
			*r.outline = append(*r.outline, Head{Level: h.level, Number: number, Text: r.words(n), ID: r.Prefix + h.slug})
		}
	} else {
		_, _ = w.WriteString("</h" + level + ">\n")
	}
	return ast.WalkContinue, nil
}

// block asks whether a paragraph is a directive, and for what stands in its place.
func (r *rendering) block(n ast.Node) template.HTML {
	if f, ok := n.FirstChild().(*figure); ok && f.ref.Alone {
		return r.Answer(f.ref).Block
	}
	return ""
}

func (r *rendering) paragraph(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		if block := r.block(n); block != "" {
			r.blocks[n] = block
			_, _ = w.WriteString(string(block) + "\n")
			return ast.WalkSkipChildren, nil
		}
		if r.numbers != nil && n.Parent() == r.root {
			if number := r.numbers.paragraph(); number != "" {
				_, _ = w.WriteString(`<p class="numbered">` + anchor(number) + " ")
				return ast.WalkContinue, nil
			}
		}
		_, _ = w.WriteString("<p>")
	} else if r.blocks[n] == "" {
		_, _ = w.WriteString("</p>\n")
	}
	return ast.WalkContinue, nil
}

func (r *rendering) textBlock(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		if block := r.block(n); block != "" {
			_, _ = w.WriteString(string(block))
			return ast.WalkSkipChildren, nil
		}
	} else if n.NextSibling() != nil {
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

func (r *rendering) link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Link)
	address := string(util.URLEscape(n.Destination, true))
	if fault, _ := linkFault(address, r.source.file); fault != "" {
		return ast.WalkContinue, nil // told already; its words stand
	}
	if r.hides(address) {
		return ast.WalkContinue, nil
	}
	if entering {
		_, _ = w.WriteString("<a")
		r.href(w, address)
		r.titleOf(w, n.Title)
		_, _ = w.WriteString(">")
	} else {
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func (r *rendering) href(w util.BufWriter, address string) {
	if slug, ok := strings.CutPrefix(address, "#"); ok {
		attributeRaw(w, "href", "#"+r.anchor(slug))
		return
	}
	attribute(w, "href", r.onPage(published(address)))
	if isExternal(address) {
		attribute(w, "rel", "noopener")
	}
}

// anchor finds the id that a heading of this text has on the page.
func (r *rendering) anchor(slug string) string {
	if plain, err := url.PathUnescape(slug); err == nil {
		for _, h := range r.headings {
			if h.slug == plain {
				return r.prefix + html.EscapeString(slug)
			}
		}
	}
	return html.EscapeString(slug)
}

// onPage is an address as the page needs it. A text is written for its own
// place in content/, and may stand on a page in another folder: a section's
// notes on each month's, an analysis in a report.
func (r *rendering) onPage(address string) string {
	to, ok := r.markdown.target(address)
	if r.Page == "" || !ok {
		return address
	}
	from, dir := r.Page, path.Dir(strings.TrimPrefix(r.source.file, root+"/"))
	if path.Dir(from) == dir {
		return address
	}
	rest := ""
	if end := strings.IndexAny(address, "?#"); end >= 0 {
		rest = address[end:]
	}
	here, there := strings.Split(path.Dir(from), "/"), strings.Split(to, "/")
	if here[0] == "." {
		here = nil
	}
	for len(here) > 0 && len(there) > 1 && here[0] == there[0] {
		here, there = here[1:], there[1:]
	}
	return strings.Repeat("../", len(here)) + (&url.URL{Path: strings.Join(there, "/")}).EscapedPath() + rest
}

// hides reports whether a link would lead to what is not public.
func (r *rendering) hides(address string) bool {
	if r.Hidden == nil {
		return false
	}
	to, ok := r.markdown.target(address)
	return ok && r.Hidden(to)
}

func attributeRaw(w util.BufWriter, name, escaped string) {
	_, _ = w.WriteString(" " + name + `="` + escaped + `"`)
}

func (r *rendering) titleOf(w util.BufWriter, title []byte) {
	if title != nil {
		attributeRaw(w, "title", escape(title))
	}
}

// autoAddress is the address of <https://…> or <team@example.gov.uk>.
func autoAddress(n *ast.AutoLink, source []byte) string {
	address := string(util.URLEscape(n.URL(source), false))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = "mailto:" + address
	}
	return address
}

func (r *rendering) autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.AutoLink)
	label := html.EscapeString(string(n.Label(source)))
	address := autoAddress(n, source)
	if fault, _ := linkFault(address, r.source.file); fault != "" {
		_, _ = w.WriteString(label)
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<a")
	r.href(w, address)
	_, _ = w.WriteString(">" + label + "</a>")
	return ast.WalkContinue, nil
}

func (r *rendering) image(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Image)
	address := string(util.URLEscape(n.Destination, true))
	var alt strings.Builder
	r.alt(&alt, n)
	if fault, _ := imageFault(address, r.source.file); fault != "" || r.hides(address) {
		_, _ = w.WriteString(alt.String())
		return ast.WalkSkipChildren, nil
	}
	_, _ = w.WriteString("<img")
	attribute(w, "src", r.onPage(address))
	attributeRaw(w, "alt", alt.String())
	r.titleOf(w, n.Title)
	_, _ = w.WriteString(">")
	return ast.WalkSkipChildren, nil
}

// alt writes the words of a picture, its references answered.
func (r *rendering) alt(b *strings.Builder, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *figure:
			b.WriteString(html.EscapeString(r.Answer(c.ref).Text))
		case *ast.Text:
			b.WriteString(r.escaped(c))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		default:
			r.alt(b, c)
		}
	}
}

// htmlBlock shows raw HTML as the words it is. It is an error all the same;
// only a preview gets this far.
func (r *rendering) htmlBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block := n.(*ast.HTMLBlock)
	_, _ = w.WriteString("<p>")
	for i := range block.Lines().Len() {
		line := block.Lines().At(i)
		_, _ = w.WriteString(html.EscapeString(string(line.Value(source))))
	}
	if block.HasClosure() {
		_, _ = w.WriteString(html.EscapeString(string(block.ClosureLine.Value(source))))
	}
	_, _ = w.WriteString("</p>\n")
	return ast.WalkContinue, nil
}

func (r *rendering) rawHTML(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		segments := n.(*ast.RawHTML).Segments
		for i := range segments.Len() {
			segment := segments.At(i)
			_, _ = w.WriteString(html.EscapeString(string(segment.Value(source))))
		}
	}
	return ast.WalkSkipChildren, nil
}

// codeBlock can be scrolled, so it can be reached by keyboard (WCAG 2.2, 2.1.1).
func (r *rendering) codeBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</code></pre>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString(`<pre tabindex="0"><code>`)
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		_, _ = w.WriteString(html.EscapeString(string(line.Value(source))))
	}
	return ast.WalkContinue, nil
}

func (r *rendering) table(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString(`<div class="table-scroll" role="region" tabindex="0"`)
		attribute(w, "aria-label", r.tables[n])
		// A name for those who do not see the page around it (standards: every table
		// has a caption).
		_, _ = w.WriteString(">\n<table>\n<caption class=\"vh\">" + html.EscapeString(r.tables[n]) + "</caption>\n")
	} else {
		_, _ = w.WriteString("</table>\n</div>\n")
	}
	return ast.WalkContinue, nil
}

// cell aligns by class: a style attribute is refused by the site's policy.
func (r *rendering) cell(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*east.TableCell)
	tag, scope := "td", ""
	switch {
	case n.FirstChild() == nil: // an empty head announces nothing, so it is a plain cell
	case n.Parent().Kind() == east.KindTableHeader:
		tag, scope = "th", "col"
	case n.PreviousSibling() == nil: // a row is known by its first cell
		tag, scope = "th", "row"
	}
	if !entering {
		_, _ = w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + tag)
	if scope != "" {
		attribute(w, "scope", scope)
	}
	if n.Alignment == east.AlignRight {
		attribute(w, "class", "num")
	}
	_, _ = w.WriteString(">")
	return ast.WalkContinue, nil
}

// escaped is a text as HTML, with backslashes and entities resolved.
func (m *markdown) escaped(n *ast.Text) string {
	value := n.Segment.Value(m.source.text)
	if n.IsRaw() || n.Parent() != nil && n.Parent().Kind() == ast.KindCodeSpan {
		return html.EscapeString(string(value))
	}
	return escape(value)
}

func escape(value []byte) string {
	if !bytes.ContainsAny(value, "&<>\"\\\x00") {
		return string(value) // nothing that the writer would write otherwise
	}
	var b strings.Builder
	w := bufio.NewWriterSize(&b, 2*len(value))
	goldhtml.DefaultWriter.Write(w, value)
	_ = w.Flush()
	return b.String()
}
