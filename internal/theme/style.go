package theme

import (
	"path"
	"strings"
	"unicode/utf8"

	"outturn/internal/diag"
)

// A browser says nothing of a stylesheet that does not hold together: it leaves
// rules out until things match again, and of what is joined into one file, those
// of the next file too. So each is looked through for what is opened and not
// closed (CSS Syntax Module Level 3, sections 4 and 5); what the rules say, for
// which a browser may know more than this program, is not looked at.

// mark is a place in a stylesheet: a byte of it.
type mark struct {
	sign byte // the bracket that stands there
	at   int
	line int
	from int // where its line begins
}

// checkStyles tells of the stylesheets that do not hold together.
func checkStyles(files map[string][]byte, root string, problems *diag.List) {
	for _, name := range paths(files) {
		if path.Dir(name) != "styles" || path.Ext(name) != ".css" {
			continue
		}
		checkStyle(string(files[name]), path.Join(root, name), problems)
	}
}

// checkStyle tells of the first fault of a stylesheet: what comes after it would
// be told for no reason.
func checkStyle(text, file string, problems *diag.List) {
	m, message, hint := faultOfStyle(text)
	if message == "" {
		return
	}
	place := diag.Place{File: file, Line: m.line, Column: utf8.RuneCountInString(text[m.from:m.at]) + 1}
	p := problems.Errorf(place, "bad-theme", "%s", message)
	p.Hint, p.Source = hint, lineOf(text, m.line)
}

// faultOfStyle is the first fault with its place; the message is "" where there is none.
func faultOfStyle(text string) (at mark, message, hint string) {
	var open []mark
	var slanted mark // the first rule that the brace of the one around it closes, by how they are indented
	i, line, from := 0, 1, 0
	pass := func(to int) { // on to a later byte
		line += strings.Count(text[i:to], "\n")
		if last := strings.LastIndexByte(text[i:to], '\n'); last >= 0 {
			from = i + last + 1
		}
		i = to
	}
	next := func() bool { // on to what opens or closes something
		for ; i < len(text); i++ {
			switch text[i] {
			case '\n':
				line, from = line+1, i+1
			case '\\', '/', '"', '\'', '{', '(', '[', '}', ')', ']':
				return true
			}
		}
		return false
	}
	for ; next(); pass(i + 1) {
		here := mark{text[i], i, line, from}
		switch c := text[i]; c {
		case '\\':
			if i+1 < len(text) {
				pass(i + 1)
			}
		case '/':
			if !strings.HasPrefix(text[i:], "/*") {
				continue
			}
			end := strings.Index(text[i+2:], "*/")
			if end < 0 {
				return here, "the comment that begins here has no end", "put */ where it ends"
			}
			pass(i + 2 + end + 1)
		case '"', '\'':
			end := endOf(text, i, c)
			// After a \ a text goes on in the next line.
			if end < 0 || strings.Contains(strings.ReplaceAll(strings.ReplaceAll(text[i:end], "\\\r\n", ""), "\\\n", ""), "\n") {
				return here, "the " + string(c) + " here has no other after it in its line", "put " + string(c) + " where the text ends"
			}
			pass(end)
		case '{', '(', '[':
			open = append(open, here)
			if c == '(' && isAddress(text, i) {
				end := endOf(text, i, ')')
				if end < 0 || strings.ContainsAny(strings.TrimSpace(text[i+1:end]), " \t\r\n\"'(") {
					return here, "the address that begins here has no ) after it", "put ) where the address ends"
				}
				pass(end - 1)
			}
		case '}', ')', ']':
			if len(open) == 0 {
				return here, "the " + string(c) + " here closes nothing, and a browser leaves out the rule after it", "take it out, or put in what it should close"
			}
			last := open[len(open)-1]
			if last.sign != opener(c) {
				if last.sign == '{' { // a ) or ] too many
					return here, "the " + string(c) + " here closes nothing", "take it out, or put " + string(opener(c)) + " before it"
				}
				return last, "the " + string(last.sign) + " here has no " + string(closer(last.sign)) + " after it", "put " + string(closer(last.sign)) + " where it ends"
			}
			open = open[:len(open)-1]
			if around := len(open) - 1; around >= 0 && slanted.sign == 0 && c == '}' && strings.TrimSpace(text[from:i]) == "" &&
				indent(text[from:]) == indent(text[open[around].from:]) && indent(text[from:]) < indent(text[last.from:]) {
				slanted = last
			}
		}
	}
	if len(open) == 0 {
		return mark{}, "", ""
	}
	first := open[0]
	if slanted.sign != 0 && slanted.at > first.at {
		first = slanted
	}
	return first, "the " + string(first.sign) + " here has no " + string(closer(first.sign)) + " after it", "put " + string(closer(first.sign)) + " where it ends"
}

// endOf is the next place of a sign that no \ stands before; -1 where there is none.
func endOf(text string, from int, sign byte) int {
	for i := from + 1; i < len(text); i++ {
		switch text[i] {
		case sign:
			return i
		case '\\':
			i++
		}
	}
	return -1
}

// isAddress reports whether the ( there begins an address without quotation
// marks, in which any character but ) may stand.
func isAddress(text string, at int) bool {
	rest := strings.TrimLeft(text[at+1:], " \t\r\n")
	return at >= 3 && strings.EqualFold(text[at-3:at], "url") && rest != "" && rest[0] != '"' && rest[0] != '\''
}

// indent is how many bytes of space a text begins with.
func indent(text string) int {
	for i := range len(text) {
		if text[i] != ' ' && text[i] != '\t' {
			return i
		}
	}
	return len(text)
}

func opener(c byte) byte { return "{(["[strings.IndexByte("})]", c)] }

func closer(c byte) byte { return "})]"[strings.IndexByte("{([", c)] }
