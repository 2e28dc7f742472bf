package release

import (
	"slices"
	"strings"
)

// part is an element whose words are kept apart from those of its page.
type part struct {
	as    string // what it is kept as: its class, or the name of an item
	name  string
	at    int  // its place among the open elements
	leads bool // it has a link
	words strings.Builder
}

// classes are those of the elements that are kept; what an officer wrote stands
// in prose.
var classes = map[string]bool{"prose": true, "caution": true, "correction": true, "events": true, "facts": true, "issue": true}

// items are kept one by one, by the class of the element that has them.
var items = map[string]string{"li": "correction", "dd": "events"}

// keeps reports whether an element is open that is kept so.
func (s *scanner) keeps(as string) bool {
	for _, p := range s.parts {
		if p.as == as {
			return true
		}
	}
	return false
}

func (s *scanner) startParts(t tag) {
	s.endBefore(t.name)
	for _, p := range s.parts {
		p.words.WriteByte(' ')
		p.leads = p.leads || t.name == "a"
	}
	at := len(s.open)
	s.open = append(s.open, t.name)
	if t.alone {
		return
	}
	for class := range strings.FieldsSeq(t.attr("class")) {
		if classes[class] && !s.keeps(class) {
			s.parts = append(s.parts, &part{as: class, name: t.name, at: at})
		}
	}
	if list := items[t.name]; list != "" && s.keeps(list) && !s.keeps(t.name) {
		s.parts = append(s.parts, &part{as: t.name, name: t.name, at: at})
	}
}

// endBefore ends what an element that starts ends without a tag, which HTML allows:
// an item of a list by the next, a cell by the next, and a paragraph by what cannot
// stand in it (HTML Living Standard, 13.1.2.4, optional tags).
func (s *scanner) endBefore(start string) {
	ends, within := paragraph, wall
	switch start {
	case "li":
		ends, within = func(open string) bool { return open == "li" }, list
	case "dd", "dt":
		ends, within = func(open string) bool { return open == "dd" || open == "dt" }, list
	case "td", "th":
		ends, within = func(open string) bool { return open == "td" || open == "th" }, func(open string) bool { return open == "tr" || open == "table" }
	case "tr":
		ends, within = func(open string) bool { return open == "tr" }, func(open string) bool { return open == "table" }
	default:
		if !block(start) {
			return
		}
	}
	for i, open := range slices.Backward(s.open) {
		if ends(open) {
			s.endFrom(i)
			return
		}
		if within(open) {
			return
		}
	}
}

// endParts ends an element, and what is still open in it. An end without a start
// ends nothing.
func (s *scanner) endParts(name string) {
	for _, p := range s.parts {
		p.words.WriteByte(' ')
	}
	for i, open := range slices.Backward(s.open) {
		if open == name {
			s.endFrom(i)
			return
		}
		// </b> ends no paragraph that began in <b>, and </div> no cell.
		if holds(open) && !holds(name) || wall(open) && !ofTable(name) {
			return
		}
	}
}

// endFrom ends the open elements from the i-th on.
func (s *scanner) endFrom(i int) {
	s.open = s.open[:i]
	open := s.parts[:0]
	for _, p := range s.parts {
		if p.at < i {
			open = append(open, p)
		} else {
			s.keep(p)
		}
	}
	s.parts = open
}

func paragraph(name string) bool { return name == "p" }

// list reports whether an item in the element is of another list than one around it.
func list(name string) bool {
	return holds(name) && name != "address" && name != "div" && name != "p"
}

// holds reports whether the element is one of those that hold lines, not one in a line.
func holds(name string) bool {
	switch name {
	case "body", "dd", "dt", "head", "html", "li", "tbody", "tfoot", "thead", "tr":
		return true
	}
	return block(name) || wall(name)
}

// block reports whether the element cannot stand in a paragraph, and ends it.
func block(name string) bool {
	switch name {
	case "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset", "figcaption", "figure", "footer", "form",
		"h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "ul":
		return true
	}
	return false
}

// wall reports whether an element that is open around this one cannot be ended in it.
func wall(name string) bool {
	switch name {
	case "button", "caption", "foreignobject", "object", "table", "td", "template", "th":
		return true
	}
	return false
}

func ofTable(name string) bool {
	switch name {
	case "table", "tbody", "td", "tfoot", "th", "thead", "tr":
		return true
	}
	return false
}

// void reports whether the element never has an end.
func void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}

// foreign reports whether the element and what is in it are no HTML.
func foreign(name string) bool { return name == "svg" || name == "math" }

// keep takes in an element that has ended.
func (s *scanner) keep(p *part) {
	// The program's own caution leads to what has changed since, or lists what an issue changed.
	if p.as != "caution" || p.name == "p" && !p.leads {
		s.kept[p.as] = append(s.kept[p.as], oneLine(p.words.String()))
	}
}
