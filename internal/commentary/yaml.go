package commentary

import (
	"errors"
	"fmt"
	"strings"

	yaml "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"outturn/internal/diag"
)

// The library's decoder stops at the first fault. Its syntax tree is read here
// instead, so that an officer is told of all of a file's faults in one run.

type valueKind uint8

const (
	nothing valueKind = iota // a key without a value, or ~
	scalar
	list
	mapping
)

func (k valueKind) String() string {
	return [...]string{"nothing", "a text", "a list", "a group of keys"}[k]
}

// value is one value of YAML with its place in the file.
type value struct {
	kind  valueKind
	text  string // of a scalar: numbers and dates as they were written
	at    diag.Place
	items []value // of a list
	pairs []pair  // of a mapping, in order, repeated keys included
}

type pair struct {
	key   string
	at    diag.Place
	value value
}

// Limits on what is read as settings, far above any honest file: the library
// parses recursively, and a stack that overflows cannot be recovered from.
const (
	maxSettings = 64 << 10
	maxIndent   = 256
	maxOpenings = 4096 // signs on one line, or brackets in all, that may open a level
)

// parseYAML reads lines of the source, from the line after lineOffset on.
// ok is false where the text is not YAML at all; that has then been told.
func parseYAML(s *source, text string, lineOffset int) (v value, ok bool) {
	reader := yamlReader{source: s, lineOffset: lineOffset}
	start := diag.Place{File: s.file, Line: lineOffset + 1, Column: 1}
	if at, deep := tooDeep(text); len(text) > maxSettings || deep {
		start.Line += at
		s.errorf(start, "bad-key", "settings are short lists of keys", "this is too long or too deeply nested to be settings")
		return value{}, false
	}
	defer func() {
		// The library has had panics on malformed text; one of them must not
		// reach an officer, who can mend the text all the same.
		if recover() != nil {
			s.errorf(start, "bad-key", "write each key on a line of its own: title: Early help", "this cannot be read as settings")
			v, ok = value{}, false
		}
	}()
	if at, found := tabIndent(text); found {
		start.Line += at
		s.errorf(start, "bad-key", "indent with spaces", "the line is indented with a tab; YAML wants spaces")
		return value{}, false
	}
	file, err := parser.ParseBytes([]byte(text), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		reader.syntax(err, start)
		return value{}, false
	}
	v = value{kind: mapping, at: start}
	for i, doc := range file.Docs {
		if i > 0 && doc.Body != nil {
			s.errorf(reader.place(doc.Body), "bad-key", "take the --- between them out", "there are two documents in one file")
			break
		}
		if doc.Body != nil {
			v = reader.value(doc.Body)
		}
	}
	if v.kind != mapping {
		s.errorf(v.at, "bad-key", "write each key on a line of its own: title: Early help", "keys with values are wanted, not %v", v.kind)
		return value{}, false
	}
	return v, true
}

// tooDeep reports the line, from 0, where indentation or brackets go deeper
// than any settings do. Brackets inside texts count too: this is a bound, not
// a reading.
func tooDeep(text string) (line int, deep bool) {
	for i, l := range strings.Split(text, "\n") {
		indent := len(l) - len(strings.TrimLeft(l, " "))
		opens := 0
		for _, sign := range []string{"[", "{", "- ", "? ", ": "} {
			opens += strings.Count(l, sign)
		}
		if indent > maxIndent || opens > maxOpenings {
			return i, true
		}
	}
	return 0, strings.Count(text, "[")+strings.Count(text, "{") > maxOpenings
}

// tabIndent finds the first line, from 0, that starts with a tab.
func tabIndent(text string) (line int, found bool) {
	for i, l := range strings.Split(text, "\n") {
		rest := strings.TrimLeft(l, " ")
		if strings.HasPrefix(rest, "\t") && strings.TrimSpace(rest) != "" {
			return i, true
		}
	}
	return 0, false
}

type yamlReader struct {
	source     *source
	lineOffset int
}

// syntax tells of the one place where the parser gave up.
func (r yamlReader) syntax(err error, at diag.Place) {
	message, hint, told := "this cannot be read as settings", "write each key on a line of its own: title: Early help", ""
	var fault yaml.Error
	if errors.As(err, &fault) && fault.GetToken() != nil {
		position := fault.GetToken().Position
		at.Line, at.Column = r.lineOffset+position.Line, max(1, position.Column)
		told = fault.GetMessage()
	}
	switch {
	case strings.Contains(r.source.line(at.Line), "{{") && !strings.Contains(r.source.line(at.Line), `"`):
		// To YAML a brace opens a group of keys.
		message, hint = "the text holds a figure reference and stands without quotes", "put the text in quotes, or below a line that ends in >-"
	case strings.Contains(told, "mapping value is not allowed") && r.continues(at.Line):
		message, hint = "the line below is indented as if it belonged to this one", "begin every key in the same column"
	case strings.Contains(told, "mapping value is not allowed"):
		// A colon inside a title is the slip that people make most.
		message, hint = "the text holds a colon and stands without quotes", "put the text in quotes"
		if key, text, found := strings.Cut(r.source.line(at.Line), ": "); found && !strings.Contains(text, `"`) {
			hint += ": " + strings.TrimSpace(key) + `: "` + strings.TrimSpace(text) + `"`
		}
	case strings.Contains(told, "non-map value") && strings.HasPrefix(strings.TrimSpace(r.source.line(at.Line)), "- "):
		message, hint = "an item of a list stands where a key is wanted", "leave the line of its key empty after the colon, or write a key"
	default:
		for _, f := range syntaxFaults {
			if strings.Contains(told, f.told) {
				message, hint = f.message, f.hint
				break
			}
		}
	}
	r.source.errorf(at, "bad-key", hint, "%s", message)
}

// syntaxFaults say in our words, with a mend, what the library tells of a text
// that is no YAML. What it may say beyond these is not shown: it speaks of
// parsing, and an officer wrote a line.
var syntaxFaults = []struct{ told, message, hint string }{
	{"non-map value", "the line has no key with a colon", noKey},
	{"unexpected key name", "the line has no key with a colon", noKey},
	{"could not find end character", "a quotation mark is opened and not closed", "close it, or take it away"},
	{"must be specified", "a bracket is opened and not closed", "close it on the same line"},
	{"end token", "a bracket is opened and not closed", "close it on the same line"},
	{"character corresponding to", "a bracket is closed and not opened", "open it on the same line, or put the text in quotes"},
	{"map key-value is pre-defined", "text stands after the quotation mark that ends it", "put the quotation marks around the whole text"},
	{"value is not allowed", "the line is not indented as those above it are", "begin keys that belong together in the same column"},
	{"block sequence entries", "a list begins on the line of its key", "write each item on a line of its own below the key, or all of them as [one, two]"},
	{"reserved character", "a text cannot begin with this sign", "put the text in quotes"},
	{"directive", "a text cannot begin with this sign", "put the text in quotes"},
	{"escape character", "a backslash stands in a text in double quotation marks", "write it twice, or put the text in single ones"},
	{"unexpected scalar value", "an item is missing between two commas", "write one comma between two items"},
	{"tab character", "the line is indented with a tab; YAML wants spaces", "indent with spaces"},
}

const noKey = "write a key, a colon and a space before the text (title: Early help), or indent the line to go on with the one above"

// continues reports whether a line's text holds no colon of its own and the
// line below it is indented further.
func (r yamlReader) continues(line int) bool {
	this, below := r.source.line(line), r.source.line(line+1)
	_, text, _ := strings.Cut(this, ": ")
	indent := func(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
	return !strings.Contains(text, ":") && indent(below) > indent(this)
}

func (r yamlReader) place(n ast.Node) diag.Place {
	at := diag.Place{File: r.source.file, Line: r.lineOffset + 1, Column: 1}
	if t := n.GetToken(); t != nil && t.Position != nil {
		at.Line, at.Column = r.lineOffset+t.Position.Line, max(1, t.Position.Column)
	}
	return at
}

func (r yamlReader) value(n ast.Node) value {
	v := value{at: r.place(n)}
	switch n := n.(type) {
	case *ast.NullNode:
	case *ast.MappingNode:
		v.kind = mapping
		for _, pair := range n.Values {
			v.pairs = append(v.pairs, r.pair(pair)...)
		}
		if len(v.pairs) > 0 && !n.IsFlowStyle {
			v.at = v.pairs[0].at // the token of a block mapping is its first colon
		}
	case *ast.MappingValueNode:
		v.kind = mapping
		v.pairs = r.pair(n)
		if len(v.pairs) > 0 {
			v.at = v.pairs[0].at
		}
	case *ast.SequenceNode:
		v.kind = list
		for _, item := range n.Values {
			v.items = append(v.items, r.value(item))
		}
	case *ast.LiteralNode:
		v.kind, v.text = scalar, n.Value.Value
	case *ast.AnchorNode:
		r.source.errorf(v.at, "bad-key", "write it out", "a name for later use (&) is not accepted here")
		return r.value(n.Value)
	case *ast.AliasNode, *ast.MergeKeyNode:
		r.source.errorf(v.at, "bad-key", "write it out", "a reference to another value (*) is not accepted here")
	case *ast.TagNode:
		r.source.errorf(v.at, "bad-key", "take it out", "a type mark (!) is not accepted here")
		return r.value(n.Value)
	case ast.ScalarNode:
		v.kind, v.text = scalar, n.GetToken().Value
	default:
		r.source.errorf(v.at, "bad-key", "write a text, a list or keys with values", "%q cannot be read as a value", n.GetToken().Value)
	}
	return v
}

func (r yamlReader) pair(n *ast.MappingValueNode) []pair {
	at := r.place(n.Key)
	switch n.Key.(type) {
	case *ast.MergeKeyNode:
		r.source.errorf(at, "bad-key", "write it out", "a reference to other keys (<<) is not accepted here")
		return nil
	case *ast.MappingKeyNode:
		r.source.errorf(at, "bad-key", "write the key, a colon and the value", "a key that is marked with ? is not accepted here")
		return nil
	}
	return []pair{{key: n.Key.GetToken().Value, at: at, value: r.value(n.Value)}}
}

// quoted shows a scalar's text for a message.
func (v value) quoted() string {
	if v.kind != scalar {
		return v.kind.String()
	}
	return diag.Quote(v.text)
}

// naturalList joins words as a sentence does: a, b or c.
func naturalList(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return fmt.Sprintf("%s or %s", strings.Join(words[:len(words)-1], ", "), words[len(words)-1])
}
