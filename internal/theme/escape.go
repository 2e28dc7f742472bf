package theme

import (
	"strconv"
	"strings"
)

// The escapers of html/template that a program knows, by the names that stand
// in a tree that was made safe. Each writes what its original returns; the test
// holds them side by side. What else html/template may ask for, for scripts and
// styles, has no place in a layout of ours.

// escaped is how a value is written at a place whose escapers are named, in
// their order. ok is false where it is no such place.
func escaped(v value, escapers []string) (write step, ok bool) {
	switch strings.Join(escapers, " ") {
	case "_html_template_htmlescaper":
		if v.typ == htmlType {
			return step{does: writeAsIs, say: v.text}, true
		}
		return plainly(v)
	case "_html_template_attrescaper", "_html_template_rcdataescaper":
		return plainly(v)
	case "_html_template_urlfilter _html_template_urlnormalizer _html_template_attrescaper":
		if text := v.text; v.typ == textType {
			return step{does: addOther, add: func(r *run, out []byte) []byte { return appendAddress(out, safeAddress(text.now(r))) }}, true
		}
	case "_html_template_urlnormalizer _html_template_attrescaper":
		if text := v.text; v.typ == textType {
			return step{does: addOther, add: func(r *run, out []byte) []byte { return appendAddress(out, text.now(r)) }}, true
		}
	}
	return step{}, false
}

// plainly writes text and numbers where html/template escapes them alike:
// between tags, in a quoted attribute, in a title.
func plainly(v value) (step, bool) {
	switch v.typ {
	case textType:
		if v.held {
			return step{does: writeHeld, slot: v.slot}, true
		}
		return step{does: writeText, say: v.text}, true
	case intType:
		num := v.num
		return step{does: addOther, add: func(r *run, out []byte) []byte { return strconv.AppendInt(out, int64(num.now(r)), 10) }}, true
	}
	return step{}, false
}

var escapes = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

// escapable are the characters that escapes has something for.
var escapable = func() (is [256]bool) {
	for c, with := range escapes {
		is[c] = with != ""
	}
	return is
}()

// appendEscaped is html/template's htmlescaper, and its attrescaper, on text.
func appendEscaped(out []byte, s string) []byte {
	from := 0
	for i := 0; i < len(s); i++ {
		if escapable[s[i]] {
			out = append(append(out, s[from:i]...), escapes[s[i]]...)
			from = i + 1
		}
	}
	return append(out, s[from:]...)
}

// safeAddress is html/template's urlfilter: an address with a scheme that could
// run a script is not let through.
func safeAddress(s string) string {
	if scheme, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(scheme, "/") {
		if !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
			return "#ZgotmplZ"
		}
	}
	return s
}

// inAddress are the characters that stand in an address as they are.
var inAddress = func() (is [256]bool) {
	for c := range is {
		is[c] = 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~!#$*,/:;=?@[]", byte(c)) >= 0
	}
	return is
}()

// appendAddress is html/template's urlnormalizer and then its attrescaper: what
// cannot stand in an address is percent-encoded, once.
func appendAddress(out []byte, s string) []byte {
	const hex = "0123456789abcdef"
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if inAddress[c] || c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			continue
		}
		out = append(out, s[from:i]...)
		from = i + 1
		if c == '&' || c == '+' {
			out = append(out, escapes[c]...)
		} else {
			out = append(out, '%', hex[c>>4], hex[c&15])
		}
	}
	return append(out, s[from:]...)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
