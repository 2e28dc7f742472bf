package chart

import (
	"strconv"
	"sync"
	"unicode/utf8"
)

// px is one CSS pixel in the pen's units. go-chart lays out in whole units, so
// it is given a sheet ten times as large, and the pen prints tenths.
const px = 10

// pen writes SVG with classes alone.
type pen struct {
	out   []byte
	path  []byte
	class string
	x, y  int // where the path is, for the short forms H and V
}

// pens are used again: a drawing is copied out of its pen at its end.
var pens = sync.Pool{New: func() any { return &pen{out: make([]byte, 0, 24<<10), path: make([]byte, 0, 2<<10)} }}

func newPen() *pen { return pens.Get().(*pen) }

func (p *pen) MoveTo(x, y int) {
	p.path = append(p.path, 'M')
	p.path = number(p.path, x)
	p.path = append(p.path, ' ')
	p.path = number(p.path, y)
	p.x, p.y = x, y
}

func (p *pen) LineTo(x, y int) {
	switch {
	case y == p.y:
		p.path = number(append(p.path, 'H'), x)
	case x == p.x:
		p.path = number(append(p.path, 'V'), y)
	default:
		p.path = number(append(p.path, 'L'), x)
		p.path = number(append(p.path, ' '), y)
	}
	p.x, p.y = x, y
}

func (p *pen) Close() {
	if len(p.path) > 0 {
		p.path = append(p.path, 'Z')
	}
}

func (p *pen) Stroke() {
	if len(p.path) > 0 {
		p.tag("path", p.class)
		p.out = append(p.out, ` d="`...)
		p.out = append(p.out, p.path...)
		p.out = append(p.out, `"/>`...)
	}
	p.path = p.path[:0]
}

func (p *pen) tag(name, class string)  { p.out = openTag(p.out, name, class) }
func (p *pen) attr(name string, v int) { p.out = attribute(p.out, name, v) }

func (p *pen) rule(class string, x1, y1, x2, y2 int) {
	p.class = class
	p.MoveTo(x1, y1)
	p.LineTo(x2, y2)
	p.Stroke()
}

func (p *pen) label(class, body string, x, y int) {
	if body == "" {
		return
	}
	p.tag("text", class)
	p.attr("x", x)
	p.attr("y", y)
	p.out = append(p.out, '>')
	p.out = escape(p.out, body)
	p.out = append(p.out, "</text>"...)
}

func (p *pen) dot(class string, x, y, radius int) {
	p.tag("circle", class)
	p.attr("cx", x)
	p.attr("cy", y)
	p.attr("r", radius)
	p.out = append(p.out, "/>"...)
}

// box draws a rectangle between two corners, the first at the top left.
func (p *pen) box(class string, x1, y1, x2, y2 int) {
	p.tag("rect", class)
	p.attr("x", x1)
	p.attr("y", y1)
	p.attr("width", max(x2-x1, 0))
	p.attr("height", max(y2-y1, 0))
	p.out = append(p.out, "/>"...)
}

// shape draws a closed path through the corners.
func (p *pen) shape(class string, corners ...[2]int) {
	p.class = class
	for i, c := range corners {
		if i == 0 {
			p.MoveTo(c[0], c[1])
		} else {
			p.LineTo(c[0], c[1])
		}
	}
	p.Close()
	p.Stroke()
}

// begin opens the image: its size in pen units, its name and its description.
// Without an id it is decorative.
func (p *pen) begin(class, id, title, description string, w, h int) {
	p.out = append(p.out, `<svg class="`...)
	p.out = append(p.out, class...)
	p.out = append(p.out, `" viewBox="0 0 `...)
	p.out = number(p.out, w)
	p.out = append(p.out, ' ')
	p.out = number(p.out, h)
	if id == "" {
		p.out = append(p.out, `" aria-hidden="true" focusable="false">`...)
		return
	}
	p.out = append(p.out, `" role="img" aria-labelledby="`...)
	p.out = append(p.out, id...)
	p.out = append(p.out, "-t "...)
	p.out = append(p.out, id...)
	p.out = append(p.out, `-d" focusable="false"><title id="`...)
	p.out = append(p.out, id...)
	p.out = append(p.out, `-t">`...)
	p.out = escape(p.out, title)
	p.out = append(p.out, `</title><desc id="`...)
	p.out = append(p.out, id...)
	p.out = append(p.out, `-d">`...)
	p.out = escape(p.out, description)
	p.out = append(p.out, `</desc>`...)
}

// end closes the image and lays the pen down.
func (p *pen) end() string {
	p.out = append(p.out, "</svg>"...)
	drawing := string(p.out)
	*p = pen{out: p.out[:0], path: p.path[:0]}
	pens.Put(p)
	return drawing
}

func openTag(b []byte, name, class string) []byte {
	b = append(b, '<')
	b = append(b, name...)
	b = append(b, ` class="`...)
	b = append(b, class...)
	return append(b, '"')
}

func attribute(b []byte, name string, v int) []byte {
	b = append(b, ' ')
	b = append(b, name...)
	b = append(b, `="`...)
	b = number(b, v)
	return append(b, '"')
}

// number writes tenths in the shortest way: 190 as 19, 195 as 19.5, never -0.
func number(b []byte, v int) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	switch whole := v / px; {
	case whole < 10:
		b = append(b, byte('0'+whole))
	case whole < 100:
		b = append(b, byte('0'+whole/10), byte('0'+whole%10))
	case whole < 1000: // no sheet is wider
		b = append(b, byte('0'+whole/100), byte('0'+whole/10%10), byte('0'+whole%10))
	default:
		b = strconv.AppendInt(b, int64(whole), 10)
	}
	if r := v % px; r != 0 {
		b = append(b, '.', byte('0'+r))
	}
	return b
}

// asItIs are the characters that escape leaves alone: nearly all.
var asItIs = func() (is [256]bool) {
	for c := byte(' '); c < 0x7f; c++ {
		is[c] = c != '&' && c != '<' && c != '>' && c != '"'
	}
	return is
}()

// escape writes text so that it is well-formed as XML 1.0 content and within
// a quoted attribute. What XML cannot hold becomes U+FFFD.
func escape(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		plain := i
		for i < len(s) && asItIs[s[i]] {
			i++
		}
		if b = append(b, s[plain:i]...); i == len(s) {
			break
		}
		c := s[i]
		switch {
		case c == '&':
			b = append(b, "&amp;"...)
		case c == '<':
			b = append(b, "&lt;"...)
		case c == '>':
			b = append(b, "&gt;"...)
		case c == '"':
			b = append(b, "&quot;"...)
		case c == '\n' || c == '\t' || c == '\r':
			b = append(b, ' ')
		case c < 0x20 || c == 0x7f:
			b = append(b, "\uFFFD"...)
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			// XML 1.0 §2.2 leaves out the two noncharacters; the C1 controls are
			// discouraged there and never meant here.
			if r == 0xFFFE || r == 0xFFFF || r >= 0x80 && r < 0xA0 {
				r = utf8.RuneError
			}
			b = utf8.AppendRune(b, r)
			i += n
			continue
		}
		i++
	}
	return b
}

// token makes a class or an id of any text: letters, digits and - _ . stay,
// everything else becomes a hyphen.
func token(s string) string {
	ok := true
	for i := 0; i < len(s); i++ {
		ok = ok && tokenByte(s[i])
	}
	if ok {
		return s
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r < utf8.RuneSelf && tokenByte(byte(r)) {
			b = append(b, byte(r))
		} else {
			b = append(b, '-')
		}
	}
	return string(b)
}

func tokenByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
}
