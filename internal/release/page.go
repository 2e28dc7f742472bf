package release

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	"outturn/internal/diag"
)

// scanned is what the checklist asks of a built page.
type scanned struct {
	ids    []string
	h1     string // its first heading of the first level
	links  []pageLink
	faults []pageFault
	text   string // all that is read on it
	prose  string // what an officer wrote on it: what stands in elements of the class prose
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
// validator: where a tag is not closed, what is open at the end is let be.
func scan(page []byte) scanned {
	s := scanner{}
	s.read(string(page))
	return s.finish()
}

type scanner struct {
	scanned
	words, written strings.Builder

	link    *openLink
	heading *openHeading
	level   int // of the last heading
	first   int // headings of level 1
	tables  []openTable
	graphic *openGraphic
	within  []string // tags that were opened since an element of the class prose, that one first; only of its name
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

// rawText ends what is no text of the page.
var rawText = regexp.MustCompile(`(?i)</(script|style)\s*>`)

func (s *scanner) read(page string) {
	for page != "" {
		open := strings.IndexByte(page, '<')
		if open < 0 {
			s.say(page)
			return
		}
		s.say(page[:open])
		page = page[open:]
		switch {
		case strings.HasPrefix(page, "<!--"):
			_, rest, _ := strings.Cut(page[4:], "-->")
			page = rest
			continue
		case strings.HasPrefix(page, "<!"), strings.HasPrefix(page, "<?"):
			_, page, _ = strings.Cut(page, ">")
			continue
		}
		t, n := readTag(page)
		if n == 0 { // no tag: a sign
			s.say("<")
			page = page[1:]
			continue
		}
		page = page[n:]
		if t.closes {
			s.end(t.name)
			continue
		}
		s.start(t)
		if t.name == "script" || t.name == "style" {
			if at := rawText.FindStringIndex(page); at != nil {
				page = page[at[1]:]
			}
		} else if t.alone {
			s.end(t.name)
		}
	}
}

// tag is one tag with its attributes.
type tag struct {
	name   string
	attrs  map[string]string
	closes bool // </a>
	alone  bool // <path/>
}

// readTag reads a tag at the front of text, and tells how long it is; 0 where
// there is none.
func readTag(text string) (t tag, length int) {
	at := 1
	if at < len(text) && text[at] == '/' {
		t.closes = true
		at++
	}
	from := at
	for at < len(text) && isNameByte(text[at]) {
		at++
	}
	if at == from {
		return t, 0
	}
	t.name, t.attrs = strings.ToLower(text[from:at]), map[string]string{}
	for at < len(text) {
		switch c := text[at]; {
		case c == '>':
			return t, at + 1
		case c == '/':
			t.alone = at+1 < len(text) && text[at+1] == '>'
			at++
		case !isNameByte(c):
			at++
		default:
			from := at
			for at < len(text) && isNameByte(text[at]) {
				at++
			}
			name, value := strings.ToLower(text[from:at]), ""
			if at < len(text) && text[at] == '=' {
				value, at = readValue(text, at+1)
			}
			if _, twice := t.attrs[name]; !twice {
				t.attrs[name] = html.UnescapeString(value)
			}
		}
	}
	return t, len(text)
}

func readValue(text string, at int) (string, int) {
	if at < len(text) && (text[at] == '"' || text[at] == '\'') {
		if end := strings.IndexByte(text[at+1:], text[at]); end >= 0 {
			return text[at+1 : at+1+end], at + end + 2
		}
		return text[at+1:], len(text)
	}
	end := at
	for end < len(text) && !strings.ContainsRune(" \t\r\n>", rune(text[end])) {
		end++
	}
	return text[at:end], end
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == ':' || c == '_'
}

// say takes in what stands between two tags.
func (s *scanner) say(text string) {
	if text == "" {
		return
	}
	text = html.UnescapeString(text)
	if s.title != nil {
		s.title.WriteString(text)
		return
	}
	s.words.WriteString(text)
	s.inHead(text)
	if len(s.within) > 0 {
		s.written.WriteString(text)
	}
	if s.link != nil {
		s.link.text.WriteString(text)
	}
	if s.heading != nil {
		s.heading.text.WriteString(text)
	}
}

func (s *scanner) start(t tag) {
	s.words.WriteByte(' ')
	if len(s.within) > 0 {
		s.written.WriteByte(' ')
		if t.name == s.within[0] && !t.alone {
			s.within = append(s.within, t.name)
		}
	} else if strings.Contains(" "+strings.Join(strings.Fields(t.attrs["class"]), " ")+" ", " prose ") && !t.alone {
		s.within = []string{t.name}
	}
	if id := t.attrs["id"]; id != "" {
		s.ids = append(s.ids, id)
	}
	named := strings.TrimSpace(t.attrs["aria-label"]) != "" || t.attrs["aria-labelledby"] != ""
	switch t.name {
	case "html":
		s.spoken = strings.TrimSpace(t.attrs["lang"]) != ""
	case "title":
		if s.graphic != nil {
			s.graphic.named = true
		} else if !s.titled {
			s.title = &strings.Builder{}
		}
	case "a":
		if name := t.attrs["name"]; name != "" {
			s.ids = append(s.ids, name)
		}
		to, leads := t.attrs["href"]
		if !leads {
			to = t.attrs["xlink:href"]
		}
		if leads || to != "" {
			s.links = append(s.links, pageLink{to: to})
			s.link = &openLink{to: to}
			if named {
				s.link.named = strings.TrimSpace(t.attrs["aria-label"]) + t.attrs["aria-labelledby"]
			}
		}
	case "link":
		if t.attrs["rel"] != "canonical" {
			s.loads(t.attrs["href"])
		}
	case "img", "script", "source", "iframe", "audio", "video", "embed":
		s.loads(t.attrs["src"])
		if t.name != "img" {
			break
		}
		alt, has := t.attrs["alt"]
		if !has && !named && t.attrs["role"] != "presentation" {
			s.fault(pageFault{code: "missing-alt", what: "a picture has no words for who cannot see it, " + diag.Quote(t.attrs["src"]), sought: t.attrs["src"], stops: true,
				mend: "say between its square brackets what it shows"})
		}
		s.inHead(alt)
		if s.link != nil {
			s.link.text.WriteString(alt)
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		level, _ := strconv.Atoi(t.name[1:])
		s.heading = &openHeading{level: level}
	case "table":
		plain := t.attrs["role"] == "presentation" || t.attrs["role"] == "none"
		s.tables = append(s.tables, openTable{heads: plain})
	case "tr", "th", "td":
		if len(s.tables) == 0 {
			break
		}
		in := &s.tables[len(s.tables)-1]
		if t.name == "tr" {
			in.rows++
		}
		in.head = t.name == "th" && (in.rows <= 1 || t.attrs["scope"] != "row" && t.attrs["scope"] != "rowgroup")
		if named {
			s.inHead(t.attrs["aria-label"] + t.attrs["aria-labelledby"])
		}
	case "svg":
		if s.graphic == nil && t.attrs["role"] == "img" && t.attrs["aria-hidden"] != "true" {
			s.graphic = &openGraphic{named: named}
		}
	}
}

// inHead takes in what is read of a table's head.
func (s *scanner) inHead(text string) {
	if n := len(s.tables); n > 0 && s.tables[n-1].head && strings.TrimSpace(text) != "" {
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
	if n := len(s.within); n > 0 {
		s.written.WriteByte(' ')
		if s.within[n-1] == name {
			s.within = s.within[:n-1]
		}
	}
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
	s.text, s.prose = oneLine(s.words.String()), oneLine(s.written.String())
	return s.scanned
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
