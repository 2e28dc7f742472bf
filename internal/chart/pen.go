package chart

import (
	"strconv"
	"sync"
	"unicode/utf8"
)

// px is one CSS pixel in the pen's units. go-chart lays out in whole units, so
// it is given a sheet ten times as large, and the pen prints tenths.
const px = 10

// pen writes SVG with classes alone. What is drawn one after the other in one
// class is one path: the drawing is the same and a third as long.
type pen struct {
	out   []byte
	class string // of the path that is being written; "" between elements
	x, y  int    // where that path is
	last  byte   // its last command: strokes that follow a stroke need not repeat it
	point bool   // its last number has a decimal point, so that the next may begin with one
}

// pens are used again: a drawing is copied out of its pen at its end.
var pens = sync.Pool{New: func() any { return &pen{out: make([]byte, 0, 24<<10)} }}

func newPen() *pen { return pens.Get().(*pen) }

// moveTo goes on with the path of a class, or begins it. A class is never empty.
func (p *pen) moveTo(class string, x, y int) {
	if p.class != class {
		p.tag("path", class)
		p.class = class
		p.out = append(p.out, ` d="`...)
	}
	p.out = number(append(p.out, 'M'), x)
	p.out = number(append(p.out, ' '), y)
	p.x, p.y, p.last = x, y, 'M'
}

// lineTo says how far the next place is from the last: shorter than where.
func (p *pen) lineTo(x, y int) {
	dx, dy := x-p.x, y-p.y
	p.x, p.y = x, y
	switch {
	case dy == 0:
		p.step('h', dx)
	case dx == 0:
		p.step('v', dy)
	default:
		p.step('l', dx)
		p.step('l', dy)
	}
}

// step writes one number of a command. What separates it from the number
// before is a sign, a point or a blank; the zero before a point is left out.
func (p *pen) step(command byte, v int) {
	short := v > -px && v < px && v != 0
	switch {
	case p.last != command:
		p.out = append(p.out, command)
		p.last = command
	case v >= 0 && !(p.point && short):
		p.out = append(p.out, ' ')
	}
	p.point = v%px != 0
	switch {
	case !short:
		p.out = number(p.out, v)
	case v < 0:
		p.out = append(p.out, '-', '.', byte('0'-v))
	default:
		p.out = append(p.out, '.', byte('0'+v))
	}
}

// back closes the path to where it was moved last.
func (p *pen) back() {
	p.out = append(p.out, 'z')
	p.last = 'z'
}

// lift ends the path that is being written.
func (p *pen) lift() {
	if p.class != "" {
		p.out = append(p.out, `"/>`...)
		p.class = ""
	}
}

func (p *pen) tag(name, class string) {
	p.lift()
	p.out = append(p.out, '<')
	p.out = append(p.out, name...)
	p.out = append(p.out, ` class="`...)
	p.out = append(p.out, class...)
	p.out = append(p.out, '"')
}

func (p *pen) attr(name string, v int) {
	p.out = append(p.out, ' ')
	p.out = append(p.out, name...)
	p.out = append(p.out, `="`...)
	p.out = number(p.out, v)
	p.out = append(p.out, '"')
}

func (p *pen) rule(class string, x1, y1, x2, y2 int) {
	p.moveTo(class, x1, y1)
	p.lineTo(x2, y2)
}

func (p *pen) label(class, body string, x, y int) {
	if body == "" {
		return
	}
	p.tag("text", class)
	p.attr("x", x)
	p.attr("y", y)
	p.body(body)
}

func (p *pen) body(body string) {
	p.out = append(p.out, '>')
	p.out = escape(p.out, body)
	p.out = append(p.out, "</text>"...)
}

// group begins labels of one class, whose places count from x and y; so those
// in one row or below each other say one number each.
func (p *pen) group(class string, x, y int) {
	p.tag("g", class)
	if x != 0 || y != 0 {
		p.out = append(p.out, ` transform="translate(`...)
		p.out = number(p.out, x)
		if y != 0 {
			p.out = number(append(p.out, ' '), y)
		}
		p.out = append(p.out, `)"`...)
	}
	p.out = append(p.out, '>')
}

// text is a label within a group.
func (p *pen) text(body string, x, y int) {
	if body == "" {
		return
	}
	p.out = append(p.out, "<text"...)
	if x != 0 {
		p.attr("x", x)
	}
	if y != 0 {
		p.attr("y", y)
	}
	p.body(body)
}

func (p *pen) ungroup() { p.out = append(p.out, "</g>"...) }

// circle draws one that has an edge of its own.
func (p *pen) circle(class string, x, y, radius int) {
	p.tag("circle", class)
	p.attr("cx", x)
	p.attr("cy", y)
	p.attr("r", radius)
	p.out = append(p.out, "/>"...)
}

// dot is a stroke without length: its round ends are the dot, as wide as the
// stylesheet says.
func (p *pen) dot(x, y int) { p.rule("dot", x, y, x, y) }

// box draws a rectangle between two corners, the first at the top left; one
// without width or height is none.
func (p *pen) box(class string, x1, y1, x2, y2 int) {
	if x1 < x2 && y1 < y2 {
		p.shape(class, [2]int{x1, y1}, [2]int{x2, y1}, [2]int{x2, y2}, [2]int{x1, y2})
	}
}

// shape draws a closed path through the corners.
func (p *pen) shape(class string, corners ...[2]int) {
	p.moveTo(class, corners[0][0], corners[0][1])
	for _, c := range corners[1:] {
		p.lineTo(c[0], c[1])
	}
	p.back()
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
	p.lift()
	p.out = append(p.out, "</svg>"...)
	drawing := string(p.out)
	*p = pen{out: p.out[:0]}
	pens.Put(p)
	return drawing
}

// wholes are the numbers up to 999, each with a point after it: no sheet is wider.
var wholes = func() (all [1000]struct {
	text [4]byte
	n    uint8
}) {
	for i := range all {
		all[i].n = uint8(copy(all[i].text[:], strconv.Itoa(i)+".") - 1)
	}
	return all
}()

// number writes tenths in the shortest way: 190 as 19, 195 as 19.5, never -0.
func number(b []byte, v int) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	whole, tenth := v/px, byte(v%px)
	if whole >= len(wholes) {
		if b = strconv.AppendInt(b, int64(whole), 10); tenth != 0 {
			b = append(b, '.', '0'+tenth)
		}
		return b
	}
	w := &wholes[whole]
	end := len(b) + int(w.n)
	b = append(b, w.text[0], w.text[1], w.text[2], w.text[3], 0)
	if tenth == 0 {
		return b[:end]
	}
	b[end+1] = '0' + tenth
	return b[:end+2]
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
