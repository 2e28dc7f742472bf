package commentary

import (
	"bytes"
	"strings"
)

// split parts front matter from the text below it. The front matter is given
// as YAML with the offset of its first line; body is the offset of the text's
// first byte. A file that does not start with --- is all text.
func split(s *source) (yaml string, has bool, body int) {
	first, rest, _ := bytes.Cut(s.text, []byte("\n"))
	if !isFence(first) {
		return "", false, 0
	}
	start := len(s.text) - len(rest)
	for at := start; at < len(s.text); {
		line, after, _ := bytes.Cut(s.text[at:], []byte("\n"))
		next := len(s.text) - len(after)
		if isFence(line) {
			return string(s.text[start:at]), true, next
		}
		at = next
	}
	s.errorf(s.place(0), "bad-key", "write --- on a line of its own after the last key", "front matter is opened with --- and never closed")
	return "", true, len(s.text)
}

// neverClosed reports whether front matter has no end: what its keys say, a
// report's state and whether it is exempt, is then not known.
func neverClosed(text []byte) bool {
	fences := 0
	for line := range bytes.Lines(text) {
		if isFence(bytes.TrimSuffix(line, []byte("\n"))) {
			fences++
		}
	}
	return fences < 2
}

func isFence(line []byte) bool { return string(bytes.TrimRight(line, " \t")) == "---" }

// page is a Markdown file taken apart: its keys and its text.
type page struct {
	keys
	markdown *markdown
	body     int // offset of the text below the front matter
}

// readPage reads a Markdown file whose front matter may hold the known keys.
func (f *folder) readPage(file string, known ...string) (page, bool) {
	s, ok := f.read(file)
	if !ok {
		return page{}, false
	}
	yaml, has, body := split(s)
	v := value{kind: mapping, at: s.place(0)}
	broken := has && neverClosed(s.text)
	if has && !broken {
		if read, ok := parseYAML(s, yaml, 1); ok {
			v = read
		} else {
			broken = true
		}
	}
	k := readKeys(s, v, known...)
	k.broken = broken
	k.decide()
	return page{keys: k, markdown: parseMarkdown(s, body), body: body}, true
}

// title is that of the front matter, else the first heading of level 1, else
// the name in words. A heading that is the title does not stand in the text a
// second time.
func (p page) title(name string) string {
	title := p.text("title")
	heading, first := p.markdown.title()
	switch {
	case title == "" && heading != "":
		title = heading
	case title == "":
		title = inWords(name)
	}
	if first && heading == title {
		p.markdown.dropFirst()
	}
	return title
}

// inWords turns a file name into words: early-help is Early help.
func inWords(name string) string {
	words := strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(name))
	if words == "" {
		return name
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
