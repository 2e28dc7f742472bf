package commentary

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"outturn/internal/diag"
)

// kindFigure is the node of a figure reference.
var kindFigure = ast.NewNodeKind("Figure")

type figure struct {
	ast.BaseInline
	ref    Ref
	inLink bool // an address within an address is not HTML
}

func (n *figure) Kind() ast.NodeKind            { return kindFigure }
func (n *figure) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// sourceKey hands the source to the parser of references.
var sourceKey = parser.NewContextKey()

// figureParser reads {{ … }}. It comes before links, so that a reference may
// stand in the text of one; code is raw to goldmark and never gets here.
type figureParser struct{}

func (figureParser) Trigger() []byte { return []byte{'{', '}'} }

func (figureParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if segment.Padding > 0 || len(line) < 2 || line[1] != line[0] {
		return nil
	}
	s := pc.Get(sourceKey).(*source)
	at := segment.Start
	if line[0] == '}' {
		if !opened(s.text, at) {
			s.errorf(s.place(at), "unknown-figure", `write {{ before the reference, or \}} where braces are meant`, "}} stands without {{ before it")
		}
		// Read both braces at once, or the second would be looked at again.
		block.Advance(2)
		return ast.NewTextSegment(text.NewSegment(at, at+2))
	}
	inTable := parent.Kind() == east.KindTableCell
	length := bytes.Index(line, []byte("}}"))
	if length < 0 {
		hint := "write }} after the reference, on the same line"
		if inTable {
			hint = `write }} after the reference; within a table a | is written \|`
		}
		s.errorf(s.place(at), "unknown-figure", hint, "{{ is not closed with }} on its line")
		return nil
	}
	block.Advance(length + 2)
	ref := readRef(s, at, string(line[2:length]))
	if len(ref.Words) == 0 { // told already; its braces stand
		return ast.NewTextSegment(text.NewSegment(at, at+length+2))
	}
	n := &figure{ref: ref}
	n.ref.InTable = inTable
	n.SetPos(at)
	return n
}

// opened reports whether the }} at an offset closes braces that were escaped.
func opened(source []byte, at int) bool {
	line := source[bytes.LastIndexByte(source[:at], '\n')+1 : at]
	open := bytes.LastIndexByte(line, '{')
	if open < 0 {
		return false
	}
	before := string(line[:open])
	return strings.HasSuffix(before, `\`) || strings.HasSuffix(before, `\{`)
}

// statedFigure is a figure as people write one: 18, 1,192, £1.2 million, 18.2%, −3,
// 22 of 121, 1 to 20, 12 weeks. It begins with a number; of two numbers it says
// how they belong together; a few words for the unit may follow.
var statedFigure = regexp.MustCompile(`^` + oneFigure + `(?:(?: (?:of|to|in|out of|and|per) (?:the )?| ?[-–:] ?)` + oneFigure + `)?$`)

const oneFigure = `[<>≤≥+−-]?£?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:%|½|[kmKM]|bn)?(?: [\pL%][\pL’'-]*){0,4}`

// readRef reads what stands between the braces that open at an offset.
func readRef(s *source, at int, inner string) Ref {
	r := Ref{Place: s.place(at)}
	r.Source = s.line(r.Place.Line)
	for i := 0; i < len(inner); {
		rest := strings.TrimLeft(inner[i:], " \t\u00a0")
		i = len(inner) - len(rest)
		if rest == "" {
			break
		}
		end := strings.IndexAny(rest, " \t\u00a0")
		if end < 0 {
			end = len(rest)
		}
		// A table takes a plain | for the end of its cell.
		word := strings.ReplaceAll(rest[:end], `\|`, "|")
		r.Words = append(r.Words, Word{Text: word, Place: s.place(at + 2 + i)})
		i += end
	}
	switch {
	case len(r.Words) == 0:
		s.errorf(r.Place, "unknown-figure", "write the reference of an indicator: {{ 3.2 }}", "there is nothing between {{ and }}")
	case r.Words[0].Text == "figure":
		r.Figure = true
		_, stated, _ := strings.Cut(strings.ReplaceAll(inner, `\|`, "|"), "figure")
		shown, origin, _ := strings.Cut(stated, "|")
		r.External, r.Origin = strings.Join(strings.Fields(shown), " "), strings.Join(strings.Fields(origin), " ")
		const example = "{{ figure 18 | fostering audit, January 2017 }}"
		switch {
		case r.External == "":
			s.errorf(r.Place, "unknown-figure", "write "+example, "no figure is given after the word figure")
		case r.Origin == "":
			s.errorf(r.Place, "unknown-figure", "write where it comes from after a |: "+example, "the figure %s has no source", diag.Quote(r.External))
		case !statedFigure.MatchString(r.External):
			s.errorf(r.Place, "unknown-figure", "write one figure, with its unit where it has one: "+example, "%s is not a figure", diag.Quote(r.External))
		}
	}
	return r
}
