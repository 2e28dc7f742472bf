package commentary

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// Published is what a text of content/ says to its readers: what a file holds
// besides (its comments, its state, the names of files) stands in no page.
type Published struct {
	Title string            // of the page; of a meeting without one, its committee and day; "" where its keys give none
	Keys  []Words           // of those keys that a page prints, in the order of the file
	Body  string            // the Markdown below the front matter
	Rates map[string]string // default_tolerance, rag_rule and grades: by what the measures of a scorecard are rated
}

// Words is a text that a key holds.
type Words struct{ Key, Text string }

// printed are the keys whose texts stand in a page, with those that hold them
// where the value is a list of groups. A key that is not here is never told.
var printed = map[string][]string{
	"title": nil, "description": nil, "owner": nil, "definition": nil, "data_note": nil, "caution": nil,
	"summary": nil, "recommendations": nil, "background_papers": nil, "other_bodies": nil, "council_approval": nil,
	"director": nil, "authors": nil, "accountable": nil, "wards": nil, "committee": nil, "date": nil, "time": nil, "venue": nil,
	"present": nil, "apologies": nil, "in_attendance": nil, "working_well": nil, "worried": nil,
	"items": {"title"}, "resolutions": {"text"}, "appendices": {"title"},
}

var rates = []string{"default_tolerance", "rag_rule", "grades"}

// comment is a definition of a Markdown link, which prints nothing and is how
// people write a comment there: [//]: # (not yet).
var comment = regexp.MustCompile(`(?m)^ {0,3}\[[^\]\n]+\]:.*$`)

// ReadPublished reads what a text says to its readers. ok is false for a paper
// that is a draft or exempt, of which nothing is told, and for one whose keys
// cannot be read.
func ReadPublished(text []byte) (p Published, ok bool) {
	s := newSource("", alike(text), &diag.List{})
	yaml, has, body := split(s)
	v := value{kind: mapping}
	if has {
		if v, ok = parseYAML(s, yaml, 1); !ok || neverClosed(s.text) {
			return Published{}, false
		}
	}
	p = Published{Body: comment.ReplaceAllString(string(s.text[body:]), ""), Rates: map[string]string{}}
	var committee, day string
	for _, pair := range v.pairs {
		switch text := strings.TrimSpace(pair.value.text); pair.key {
		case "title":
			p.Title = text
		case "committee":
			committee = text
		case "date":
			day = text
			if d, err := period.ParseDate(text); err == nil {
				day = d.Words()
			}
		case "status":
			if text == "draft" {
				return Published{}, false
			}
		case "exempt", "exempt_reason":
			if !(pair.value.kind == nothing || pair.value.kind == list && len(pair.value.items) == 0 || pair.value.kind == scalar && isNo(text)) {
				return Published{}, false
			}
		}
		if slices.Contains(rates, pair.key) {
			p.Rates[pair.key] = strings.Join(pair.value.texts(nil), ", ")
		}
		if within, is := printed[pair.key]; is {
			for _, text := range pair.value.texts(within) {
				p.Keys = append(p.Keys, Words{pair.key, text})
			}
		}
	}
	if p.Title == "" && committee != "" {
		p.Title = strings.TrimSuffix(committee+", "+day, ", ")
	}
	return p, true
}

// texts are the texts of a value: its own, or those of its items; of a group
// those of the keys within.
func (v value) texts(within []string) []string {
	switch v.kind {
	case scalar:
		if text := strings.TrimSpace(v.text); text != "" {
			return []string{text}
		}
	case list:
		var texts []string
		for _, item := range v.items {
			texts = append(texts, item.texts(within)...)
		}
		return texts
	case mapping:
		var texts []string
		for _, pair := range v.pairs {
			if slices.Contains(within, pair.key) {
				texts = append(texts, pair.value.texts(nil)...)
			}
		}
		return texts
	}
	return nil
}

// alike is a text without its byte order mark, its lines ended with \n.
func alike(text []byte) []byte {
	plain := bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(plain, []byte("\r"), []byte("\n"))
}

// WithoutComments is a file of settings or a Markdown text without the comments
// of its YAML, which are for those who write it and stand in no page. One that
// has none is byte for byte as it was; what cannot be read is too, and is told
// by who loads it.
func WithoutComments(name string, text []byte) []byte {
	s := newSource("", alike(text), &diag.List{})
	settings, start, end := string(s.text), 0, len(s.text)
	if strings.HasSuffix(name, ".md") {
		yaml, has, _ := split(s)
		if !has || neverClosed(s.text) {
			return text
		}
		_, rest, _ := bytes.Cut(s.text, []byte("\n"))
		settings, start = yaml, len(s.text)-len(rest)
		end = start + len(yaml)
	}
	was, ok := parseYAML(s, settings, 0)
	if !ok || len(comments(settings)) == 0 {
		return text
	}
	bare := cutComments(settings)
	// Cut out by their places, which the library tells; where that changed a
	// value or left a comment, the keys are written anew instead.
	if is, ok := parseYAML(s, bare, 0); !ok || len(comments(bare)) > 0 || !was.same(is) {
		var b strings.Builder
		if len(was.pairs) > 0 {
			was.write(&b, 0)
		}
		bare = b.String()
	}
	return slices.Concat(s.text[:start], []byte(bare), s.text[end:])
}

// comments are those of a YAML text.
func comments(text string) token.Tokens {
	return slices.DeleteFunc(lexer.Tokenize(text), func(t *token.Token) bool { return t.Type != token.CommentType })
}

// cutComments cuts them out; a line that was nothing else goes with its comment.
func cutComments(text string) string {
	lines := strings.SplitAfter(text, "\n")
	for _, t := range comments(text) {
		at, column := t.Position.Line-1, t.Position.Column-1
		if at < 0 || at >= len(lines) || column < 0 {
			continue
		}
		line := []rune(strings.TrimSuffix(lines[at], "\n"))
		if column >= len(line) || line[column] != '#' {
			continue
		}
		if kept := strings.TrimRight(string(line[:column]), " \t"); kept == "" {
			lines[at] = ""
		} else {
			lines[at] = kept + "\n"
		}
	}
	return strings.Join(lines, "")
}

// same reports whether two values say the same, wherever they stand.
func (v value) same(w value) bool {
	return v.kind == w.kind && v.text == w.text && slices.EqualFunc(v.items, w.items, value.same) &&
		slices.EqualFunc(v.pairs, w.pairs, func(a, b pair) bool { return a.key == b.key && a.value.same(b.value) })
}

// WholeArea is the id of the whole authority, by a site's settings: the first of
// its areas; "" where none is given.
func WholeArea(settings []byte) string {
	s := newSource("", alike(settings), &diag.List{})
	v, _ := parseYAML(s, string(s.text), 0)
	for _, pair := range v.pairs {
		if pair.key == "areas" && len(pair.value.items) > 0 {
			if ids := pair.value.items[0].texts([]string{"id"}); len(ids) > 0 {
				return ids[0]
			}
		}
	}
	return ""
}
