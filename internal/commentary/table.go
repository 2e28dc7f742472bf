package commentary

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"outturn/internal/diag"
)

// Table is a table of a text, for checking what it adds up to.
type Table struct {
	Heads []Cell
	Rows  [][]Cell
}

// Cell is one of a table.
type Cell struct {
	Place  diag.Place
	Source string
	m      *markdown
	node   ast.Node
}

// Words is what a cell says, its references answered.
func (c Cell) Words(answer func(Ref) string) string {
	var b strings.Builder
	var write func(ast.Node)
	write = func(n ast.Node) {
		for k := n.FirstChild(); k != nil; k = k.NextSibling() {
			switch k := k.(type) {
			case *figure:
				b.WriteString(html.EscapeString(answer(k.ref)))
			case *ast.Text:
				b.WriteString(c.m.escaped(k))
			default:
				write(k)
			}
		}
	}
	write(c.node)
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}

// Bound reports whether a cell's figure is a reference and not typed.
func (c Cell) Bound() bool { return contains(c.node, kindFigure) }

// Tables lists the tables of a text.
func (t Text) Tables() []Table {
	if t.markdown == nil {
		return nil
	}
	m := t.markdown
	var list []Table
	_ = ast.Walk(m.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		table, ok := n.(*east.Table)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		var out Table
		for row := table.FirstChild(); row != nil; row = row.NextSibling() {
			var cells []Cell
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				at := m.placeOf(cell, row)
				cells = append(cells, Cell{Place: at, Source: m.source.line(at.Line), m: m, node: cell})
			}
			if row.Kind() == east.KindTableHeader {
				out.Heads = cells
			} else {
				out.Rows = append(out.Rows, cells)
			}
		}
		list = append(list, out)
		return ast.WalkSkipChildren, nil
	})
	return list
}

// placeOf is where a cell's first character stands, or its row's.
func (m *markdown) placeOf(cell, row ast.Node) diag.Place {
	for _, n := range []ast.Node{cell, row} {
		found := -1
		_ = ast.Walk(n, func(k ast.Node, entering bool) (ast.WalkStatus, error) {
			switch k := k.(type) {
			case *figure:
				found = k.Pos()
			case *ast.Text:
				found = k.Segment.Start
			}
			if found >= 0 {
				return ast.WalkStop, nil
			}
			return ast.WalkContinue, nil
		})
		if found >= 0 {
			file, offset := m.source.outermost(found)
			n := 0
			for n < len(file.starts) && file.starts[n] <= offset {
				n++
			}
			return diag.Place{File: file.file, Line: n, Column: len([]rune(string(file.text[file.starts[n-1]:offset]))) + 1}
		}
	}
	return diag.Place{File: m.source.file}
}
