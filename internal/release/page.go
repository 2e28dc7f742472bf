package release

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"outturn/internal/diag"
)

// scanned is what the checklist asks of a built page.
type scanned struct {
	ids    []string
	h1     string // its first heading of the first level
	links  []pageLink
	faults []pageFault
	text   string              // all that is read on it
	prose  string              // what an officer wrote on it: what stands in elements of the class prose
	kept   map[string][]string // what is read of the elements that are kept apart, see part
}

// pageLink is an address that a page leads to or loads.
type pageLink struct {
	to    string
	loads bool // a picture, style or script, not a link
}

// pageFault is what a reader with a screen reader or a keyboard meets with.
type pageFault struct {
	code, what, mend string
	sought           string // how it stands in the text that the page was made from
	stops            bool   // it fails WCAG 2.2 A or AA as it is; else it asks
}

// scan reads a page as it was built, in one pass over its tags. It is no
// validator: where a tag is not closed that must be, its element ends with the one
// that it stands in, or with the page.
func scan(page []byte) scanned {
	s := scanner{scanned: scanned{kept: map[string][]string{}}}
	s.read(html.NewTokenizer(bytes.NewReader(page)))
	return s.finish()
}

type scanner struct {
	scanned
	words strings.Builder

	link    *openLink
	heading *openHeading
	level   int // of the last heading
	first   int // headings of level 1
	tables  []openTable
	graphic *openGraphic
	open    []string // elements, the innermost last
	foreign int      // svg and math that are open
	parts   []*part
	title   *strings.Builder
	titled  bool
	spoken  bool // <html lang> is there
}

type openLink struct {
	to, named string
	text      strings.Builder
}

type openHeading struct {
	level int
	text  strings.Builder
}

type openGraphic struct{ named bool }

type openTable struct {
	rows  int
	heads bool // it has a head with words, or is there for the layout alone
	head  bool // a head of columns is open: one in the first row, or not of a row
}

// tag opens an element. Of its attributes it has those that are asked for.
type tag struct {
	name  string
	attrs []html.Attribute
	alone bool // it has no end of its own: <br>, and <path/> in a drawing
}

// attr is the value of an attribute, "" where it is not there.
func (t tag) attr(name string) string {
	for _, a := range t.attrs {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (t tag) has(name string) bool {
	return slices.ContainsFunc(t.attrs, func(a html.Attribute) bool { return a.Key == name })
}

func (s *scanner) read(page *html.Tokenizer) {
	var attrs []html.Attribute // of the tag in hand
	unread := false            // the text of a script or style is not the page's
	for {
		kind := page.Next()
		switch kind {
		case html.ErrorToken: // the page's end
			return
		case html.TextToken:
			if !unread {
				s.say(page.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			tagName, more := page.TagName()
			attrs = attrs[:0]
			for more {
				var key, value []byte
				key, value, more = page.TagAttr()
				switch string(key) { // a page has many times as many, which say where a chart's lines run
				case "alt", "aria-hidden", "aria-label", "aria-labelledby", "class", "href", "id", "lang", "name", "rel", "role", "scope", "src", "xlink:href":
					attrs = append(attrs, html.Attribute{Key: atom.String(key), Val: string(value)})
				}
			}
			t := tag{atom.String(tagName), attrs, void(atom.String(tagName))}
			if foreign(t.name) || s.foreign > 0 { // elsewhere a browser passes over the / of <div/>
				t.alone = t.alone || kind == html.SelfClosingTagToken
			}
			s.start(t)
			switch {
			case t.alone:
				page.NextIsNotRawText() // after <title/>, <style/> and <script/>
				s.end(t.name)
				unread = false
				continue
			case foreign(t.name):
				s.foreign++
			case t.name == "noscript": // what is read without scripts is read
				page.NextIsNotRawText()
			}
			unread = t.name == "script" || t.name == "style"
			continue
		case html.EndTagToken:
			tagName, _ := page.TagName()
			name := atom.String(tagName)
			s.end(name)
			if foreign(name) && s.foreign > 0 {
				s.foreign--
			}
		}
		unread = false
	}
}

// say takes in what stands between two tags.
func (s *scanner) say(text []byte) {
	if s.title != nil {
		s.title.Write(text)
		return
	}
	s.words.Write(text)
	s.inHead(text)
	for _, p := range s.parts {
		p.words.Write(text)
	}
	if s.link != nil {
		s.link.text.Write(text)
	}
	if s.heading != nil {
		s.heading.text.Write(text)
	}
}

func (s *scanner) start(t tag) {
	s.words.WriteByte(' ')
	s.startParts(t)
	if id := t.attr("id"); id != "" {
		s.ids = append(s.ids, id)
	}
	named := strings.TrimSpace(t.attr("aria-label")) != "" || t.attr("aria-labelledby") != ""
	switch t.name {
	case "html":
		s.spoken = strings.TrimSpace(t.attr("lang")) != ""
	case "title":
		if s.graphic != nil {
			s.graphic.named = true
		} else if !s.titled {
			s.title = &strings.Builder{}
		}
	case "a":
		if name := t.attr("name"); name != "" {
			s.ids = append(s.ids, name)
		}
		to, leads := t.attr("href"), t.has("href")
		if !leads {
			to = t.attr("xlink:href")
		}
		if leads || to != "" {
			s.links = append(s.links, pageLink{to: to})
			s.link = &openLink{to: to}
			if named {
				s.link.named = strings.TrimSpace(t.attr("aria-label")) + t.attr("aria-labelledby")
			}
		}
	case "link":
		if t.attr("rel") != "canonical" {
			s.loads(t.attr("href"))
		}
	case "img", "script", "source", "iframe", "audio", "video", "embed":
		s.loads(t.attr("src"))
		if t.name != "img" {
			break
		}
		alt := t.attr("alt")
		if !t.has("alt") && !named && t.attr("role") != "presentation" {
			s.fault(pageFault{code: "missing-alt", what: "a picture has no words for who cannot see it, " + diag.Quote(t.attr("src")), sought: t.attr("src"), stops: true,
				mend: "say between its square brackets what it shows"})
		}
		s.inHead([]byte(alt))
		if s.link != nil {
			s.link.text.WriteString(alt)
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		level, _ := strconv.Atoi(t.name[1:])
		s.heading = &openHeading{level: level}
	case "table":
		plain := t.attr("role") == "presentation" || t.attr("role") == "none"
		s.tables = append(s.tables, openTable{heads: plain})
	case "tr", "th", "td":
		if len(s.tables) == 0 {
			break
		}
		in := &s.tables[len(s.tables)-1]
		if t.name == "tr" {
			in.rows++
		}
		in.head = t.name == "th" && (in.rows <= 1 || t.attr("scope") != "row" && t.attr("scope") != "rowgroup")
		if named {
			s.inHead([]byte(t.attr("aria-label") + t.attr("aria-labelledby")))
		}
	case "svg":
		if s.graphic == nil && t.attr("role") == "img" && t.attr("aria-hidden") != "true" {
			s.graphic = &openGraphic{named: named}
		}
	}
}

// inHead takes in what is read of a table's head.
func (s *scanner) inHead(text []byte) {
	if n := len(s.tables); n > 0 && s.tables[n-1].head && len(bytes.TrimSpace(text)) > 0 {
		s.tables[n-1].heads = true
	}
}

func (s *scanner) loads(address string) {
	if address != "" {
		s.links = append(s.links, pageLink{to: address, loads: true})
	}
}

func (s *scanner) end(name string) {
	s.words.WriteByte(' ')
	s.endParts(name)
	switch {
	case name == "title" && s.title != nil:
		s.titled = strings.TrimSpace(s.title.String()) != ""
		s.title = nil
	case name == "a" && s.link != nil:
		s.endLink()
	case s.heading != nil && name == "h"+strconv.Itoa(s.heading.level):
		s.endHeading()
	case name == "table" && len(s.tables) > 0:
		if !s.tables[len(s.tables)-1].heads {
			s.fault(pageFault{code: "table-without-heads", what: "a table has no heads, so that who hears it cannot tell what a figure is of", stops: true,
				mend: "give each column of the table a head in its first row"})
		}
		s.tables = s.tables[:len(s.tables)-1]
	case (name == "th" || name == "tr") && len(s.tables) > 0:
		s.tables[len(s.tables)-1].head = false
	case name == "svg" && s.graphic != nil:
		if !s.graphic.named {
			s.fault(pageFault{code: "missing-alt", what: "a drawing has no words for who cannot see it", stops: true, mend: "give the drawing a title in the theme's layout"})
		}
		s.graphic = nil
	}
}

// vague are words of a link that say nothing when they are heard alone, as in a
// screen reader's list of links (WCAG 2.2, 2.4.4 and 2.4.9; technique F84).
var vague = map[string]bool{
	"here": true, "click here": true, "click": true, "click this": true, "this": true, "this link": true, "this page": true, "link": true,
	"more": true, "read more": true, "more information": true, "more info": true, "find out more": true, "see more": true, "see here": true,
	"learn more": true, "details": true, "download": true, "view": true, "continue": true,
}

func (s *scanner) endLink() {
	text := oneLine(s.link.text.String())
	switch {
	case s.link.named != "":
	case text == "":
		s.fault(pageFault{code: "empty-link", what: "a link to " + diag.Quote(s.link.to) + " has no words", sought: s.link.to, stops: true, mend: "write between its square brackets where it leads"})
	case vague[strings.ToLower(strings.Trim(text, " .…>»→"))]:
		s.fault(pageFault{code: "link-words", what: "a link reads " + diag.Quote(text) + ", which says nothing to who hears the links alone", sought: "[" + text + "]",
			mend: "name where it leads: [the methodology](…)"})
	case strings.HasPrefix(text, "http://"), strings.HasPrefix(text, "https://"):
		s.fault(pageFault{code: "link-words", what: "a link reads as its address, " + diag.Quote(text), sought: text, mend: "name where it leads, in words"})
	}
	s.link = nil
}

func (s *scanner) endHeading() {
	h, text := s.heading, oneLine(s.heading.text.String())
	s.heading = nil
	if h.level == 1 {
		if s.first == 0 {
			s.h1 = text
		}
		s.first++
	}
	switch {
	case text == "":
		s.fault(pageFault{code: "empty-heading", what: "a heading has no words", stops: true, mend: "write the heading, or take its line out"})
	case s.level > 0 && h.level > s.level+1:
		s.fault(pageFault{code: "skipped-heading", what: "the heading " + diag.Quote(text) + " is two levels or more below the one before it", sought: text,
			mend: "take a # away from it, so that its level is the next one"})
	}
	s.level = h.level
}

func (s *scanner) fault(f pageFault) { s.faults = append(s.faults, f) }

func (s *scanner) finish() scanned {
	if !s.spoken {
		s.fault(pageFault{code: "no-language", what: "the page does not say which language it is in", stops: true, mend: "write lang in the theme's layout: <html lang=\"en-GB\">"})
	}
	if !s.titled {
		s.fault(pageFault{code: "no-title", what: "the page has no title", stops: true, mend: "give it one under title:"})
	}
	if s.first != 1 {
		s.fault(pageFault{code: "first-heading", what: "the page has " + strconv.Itoa(s.first) + " headings of the first level; one is wanted", mend: "let the page's title be the only one"})
	}
	for _, p := range s.parts {
		s.keep(p)
	}
	s.text, s.prose = oneLine(s.words.String()), strings.Join(s.kept["prose"], " ")
	return s.scanned
}

func oneLine(text string) string {
	var line strings.Builder
	for word := range strings.FieldsSeq(text) {
		if line.Len() > 0 {
			line.WriteByte(' ')
		}
		line.WriteString(word)
	}
	return line.String()
}
