package chart

import (
	"encoding/binary"
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

// both are the wide and the narrow form of a drawing, the parts of one text.
func both(draw func(*pen, Form)) (wide, narrow string) {
	p := newPen()
	draw(p, Wide)
	end := len(p.out)
	draw(p, Narrow)
	drawn := p.drawn()
	return drawn[:end], drawn[end:]
}

// moveTo goes on with the path of a class, or begins it. A class is never empty.
func (p *pen) moveTo(class string, x, y int) {
	if p.class != class {
		p.tag("path", class)
		p.class = class
		p.out = append(p.out, ` d="`...)
	}
	b := number(append(p.out, 'M'), x)
	p.out = number(append(b, ' '), y)
	p.x, p.y, p.last = x, y, 'M'
}

// lineTo says how far the next place is from the last: shorter than where.
func (p *pen) lineTo(x, y int) {
	to := [1]spot{{x, y}}
	p.through(to[:])
}

// through leads the path from place to place.
func (p *pen) through(places []spot) {
	b, x, y, last, point := p.out, p.x, p.y, p.last, p.point
	for _, to := range places {
		dx, dy := to.x-x, to.y-y
		x, y = to.x, to.y
		switch {
		case dy == 0:
			b, point = delta(b, 'h', last, dx, point)
			last = 'h'
		case dx == 0:
			b, point = delta(b, 'v', last, dy, point)
			last = 'v'
		default:
			b, point = delta(b, 'l', last, dx, point)
			b, point = delta(b, 'l', 'l', dy, point)
			last = 'l'
		}
	}
	p.out, p.x, p.y, p.last, p.point = b, x, y, last, point
}

// delta writes one number of a command, which follows the last command and a
// number with a decimal point or without, and tells whether it has one itself.
// What separates it from the number before is a sign, a point or a blank; the
// zero before a point is left out.
func delta(b []byte, command, last byte, v int, point bool) ([]byte, bool) {
	sign, size := byte(' '), v
	if v < 0 {
		sign, size = '-', -v
	}
	apart := last == command && !(point && size > 0 && size < px) || v < 0
	if last != command {
		b = append(b, command)
	}
	if size >= len(deltas) {
		if apart {
			b = append(b, sign)
		}
		return number(b, size), size%px != 0
	}
	text := deltas[size] | uint64(sign)
	end := len(b) + int(text>>56)
	if !apart {
		text >>= 8
		end--
	}
	return binary.LittleEndian.AppendUint64(b, text)[:end], size%px != 0
}

// deltas are the numbers up to 102.3, within which nearly all steps of a line
// are. The lowest byte is left for what separates a number from the one before,
// the characters follow, and the highest byte is how many bytes they all are.
var deltas = func() (all [1 << 10]uint64) {
	for v := range all {
		text := number([]byte{0}, v)
		if v > 0 && v < px {
			text = append(text[:1], text[2:]...) // without its zero
		}
		var b [8]byte
		b[7] = byte(copy(b[:], text))
		all[v] = binary.LittleEndian.Uint64(b[:])
	}
	return all
}()

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
	b := append(append(p.out, '<'), name...)
	b = append(append(b, ` class="`...), class...)
	p.out = append(b, '"')
}

// attr writes what stands before a number, the number and the closing quote.
func (p *pen) attr(before string, v int) {
	p.out = append(number(append(p.out, before...), v), '"')
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
	b := number(append(p.out, ` x="`...), x)
	b = number(append(b, `" y="`...), y)
	b = escape(append(b, `">`...), body)
	p.out = append(b, "</text>"...)
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
	b := append(p.out, "<text"...)
	if x != 0 {
		b = append(number(append(b, ` x="`...), x), '"')
	}
	if y != 0 {
		b = append(number(append(b, ` y="`...), y), '"')
	}
	b = escape(append(b, '>'), body)
	p.out = append(b, "</text>"...)
}

func (p *pen) ungroup() { p.out = append(p.out, "</g>"...) }

// circle draws one that has an edge of its own.
func (p *pen) circle(class string, x, y, radius int) {
	p.tag("circle", class)
	p.attr(` cx="`, x)
	p.attr(` cy="`, y)
	p.attr(` r="`, radius)
	p.out = append(p.out, "/>"...)
}

// dot is a stroke without length: its round ends are the dot, as wide as the
// stylesheet says.
func (p *pen) dot(x, y int) { p.rule("dot", x, y, x, y) }

// box draws a rectangle between two corners, the first at the top left; one
// without width or height is none.
func (p *pen) box(class string, x1, y1, x2, y2 int) {
	if x1 < x2 && y1 < y2 {
		p.moveTo(class, x1, y1)
		b, _ := delta(p.out, 'h', 'M', x2-x1, false)
		b, _ = delta(b, 'v', 'h', y2-y1, false)
		b, _ = delta(b, 'h', 'v', x1-x2, false)
		p.out = b
		p.back()
	}
}

// shape draws a closed path through the corners.
func (p *pen) shape(class string, corners ...spot) {
	p.moveTo(class, corners[0].x, corners[0].y)
	p.through(corners[1:])
	p.back()
}

// put writes markup as it is.
func (p *pen) put(parts ...string) {
	for _, s := range parts {
		p.out = append(p.out, s...)
	}
}

// root opens the image, of the parts of its class and a size in pen units.
func (p *pen) root(w, h int, class ...string) {
	p.put(`<svg class="chart `)
	p.put(class...)
	p.out = number(append(p.out, `" viewBox="0 0 `...), w)
	p.attr(" ", h)
}

// begin opens an image of a kind, with its height, its name and its description.
func (p *pen) begin(kind string, sh *sheet, id, title, description string, h int) {
	if id == "" {
		id = "chart"
	}
	id, of := token(id), sh.suffix
	p.root(sh.w, h, kind, " ", sh.name)
	p.put(` role="img" aria-labelledby="`, id, of, "-t ", id, of, `-d" focusable="false"><title id="`, id, of, `-t">`)
	p.out = escape(p.out, title)
	p.put(`</title><desc id="`, id, of, `-d">`)
	p.out = escape(p.out, description)
	p.put(`</desc>`)
}

// end closes the image.
func (p *pen) end() {
	p.lift()
	p.put("</svg>")
}

// drawn are the images that were drawn, one after the other. It lays the pen down.
func (p *pen) drawn() string {
	drawn := string(p.out)
	*p = pen{out: p.out[:0]}
	pens.Put(p)
	return drawn
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
