package commentary

import (
	"bytes"
	"slices"
	"strings"

	"outturn/internal/diag"
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

// misplaced finds front matter that split does not: it stands below an empty line or
// a text, or its first line is not quite --- (-- or a dash by autocorrection, a space
// before it), or is gone. All of it would be read as text, and what it says would not
// hold. line counts from 1 and is the one where it begins.
func misplaced(lines, known []string) (line int, found bool) {
	top, fence := true, 0 // nothing above but empty lines; the line of the fence above, with nothing but keys and comments since
	for i, text := range lines {
		switch key, _, colon := strings.Cut(text, ":"); {
		case strings.TrimSpace(text) == "":
			continue
		case isNearlyFence(text):
			if fence == 0 && (top || isFence([]byte(text))) {
				fence = i + 1
			}
			continue
		case colon && slices.Contains(known, strings.TrimRight(key, " ")) &&
			(top || fence > 0 && slices.ContainsFunc(lines[i:], func(l string) bool { return isFence([]byte(l)) })):
			if fence == 0 {
				fence = i + 1
			}
			return fence, true
		case fence > 0 && (colon && !strings.Contains(key, " ") || strings.HasPrefix(text, "#")):
			continue
		case strings.HasPrefix(text, "```"), strings.HasPrefix(text, "~~~"): // it shows how settings are written
			return 0, false
		}
		top, fence = false, 0
	}
	return 0, false
}

// below finds keys of front matter that stand below its end, where they would be read as
// text: it was closed too early, or opened twice. It is sure of that where a fence ends
// several lines of them, or one of them decides what is public or how it is judged. What
// stands between two rules may be shown as it is written, and a line over one is a heading.
func below(lines, known []string) (at int, found bool) {
	at = -1
	run, ruled := 0, false
	for i, text := range lines {
		key, rest, colon := strings.Cut(text, ":")
		key = strings.TrimRight(key, " ")
		switch {
		case strings.TrimSpace(text) == "", strings.HasPrefix(text, "#"):
		case at >= 0 && strings.HasPrefix(text, " "):
			run++
		case isFence([]byte(text)):
			if at >= 0 {
				return at, run > 1 && !ruled
			}
			ruled = true
		case colon && slices.Contains(known, key):
			if at < 0 {
				at = i
			}
			run++
			if sentence := len(strings.Fields(rest)) > 2; decisive[key] != "" && !sentence {
				return at, true
			}
		default:
			return 0, false
		}
	}
	return 0, false
}

// isNearlyFence knows a fence, and what is written in its place.
func isNearlyFence(line string) bool {
	line = strings.TrimSuffix(line, "yaml") // as some tools begin it
	return strings.TrimSpace(line) != "" && strings.Trim(line, " \t-\u2013\u2014*\u00a0\u200b\ufeff") == ""
}

func isFence(line []byte) bool { return string(bytes.TrimRight(line, " \t")) == "---" }

// page is a Markdown file taken apart: its keys and its text.
type page struct {
	keys
	markdown *markdown
	body     int  // offset of the text below the front matter
	bare     bool // there is no front matter, broken or not
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
	lost := false
	if has && !broken {
		end := bytes.Count(s.text[:body], []byte("\n"))
		var at int
		if at, lost = below(s.lines[min(end, len(s.lines)):], known); lost {
			s.errorf(diag.Place{File: file, Line: end + at + 1, Column: 1}, "bad-key", "write all keys between the --- of the first line and one --- after the last of them",
				"the front matter ends on line %d, and this key stands below it, so that it would be read as text", end)
		}
	}
	if !has {
		var line int
		if line, lost = misplaced(s.lines, known); lost {
			s.errorf(diag.Place{File: file, Line: line, Column: 1}, "bad-key", "write --- on the first line, the keys below it, and --- on a line of its own after the last key",
				"the front matter does not begin with --- on the first line, so that it would be read as text")
		}
	}
	if has && !broken && !lost {
		if read, ok := parseYAML(s, yaml, 1); ok {
			v = read
		} else {
			broken = true
		}
	}
	k := readKeys(s, v, known...)
	k.broken = broken || lost
	k.decide()
	return page{keys: k, markdown: parseMarkdown(s, body), body: body, bare: !has && !lost}, true
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
