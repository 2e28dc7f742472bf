package theme

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

// node is an element of a page, for tests that ask what a page means and not
// how it is spelt.
type node struct {
	name     string
	attrs    map[string]string
	children []*node
	text     string // of its own, without its children's
	parent   *node
}

// document reads a page. The layouts are written so that every element is
// closed; one that is not fails the test.
func document(t testing.TB, page []byte) *node {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(page))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.AutoClose = []string{"meta", "link", "br", "img", "input", "wbr"}
	root := &node{name: "document"}
	at := root
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("the page is not well formed: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			child := &node{name: token.Name.Local, attrs: map[string]string{}, parent: at}
			for _, a := range token.Attr {
				if _, twice := child.attrs[a.Name.Local]; twice {
					t.Errorf("<%s> has %s twice", child.name, a.Name.Local)
				}
				child.attrs[a.Name.Local] = a.Value
			}
			at.children = append(at.children, child)
			at = child
		case xml.EndElement:
			if at.name != token.Name.Local {
				t.Fatalf("</%s> closes <%s>", token.Name.Local, at.name)
			}
			at = at.parent
		case xml.CharData:
			at.text += string(token)
		}
	}
	if at != root {
		t.Fatalf("<%s> is not closed", at.name)
	}
	return root
}

// each calls f with every element below n, in the order of the page.
func (n *node) each(f func(*node)) {
	for _, child := range n.children {
		f(child)
		child.each(f)
	}
}

// all lists the elements of a name below n.
func (n *node) all(name string) []*node {
	var list []*node
	n.each(func(e *node) {
		if e.name == name {
			list = append(list, e)
		}
	})
	return list
}

// said is all the text of an element, single-spaced.
func (n *node) said() string {
	var b strings.Builder
	var walk func(*node)
	walk = func(e *node) {
		b.WriteString(e.text)
		for _, child := range e.children {
			b.WriteByte(' ')
			walk(child)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (n *node) has(class string) bool {
	for _, c := range strings.Fields(n.attrs["class"]) {
		if c == class {
			return true
		}
	}
	return false
}

// within reports whether n stands inside an element of that name or class.
func (n *node) within(name, class string) bool {
	for p := n.parent; p != nil; p = p.parent {
		if name != "" && p.name == name || class != "" && p.has(class) {
			return true
		}
	}
	return false
}
