package opendata

import (
	"bytes"
	"encoding/json"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"outturn/internal/dataset"
	"outturn/internal/quantity"
)

// JSON is the measure's definition and its figures.
func JSON(s Series) []byte {
	return write(func(d *draft) { s.json(&indented{draft: d}) })
}

func (s Series) json(w *indented) {
	ind := s.Indicator
	w.open('{')
	w.key("scorecard").text(s.Scorecard)
	w.key("as_at").text(s.AsAt)
	w.key("ref").text(ind.Ref)
	w.key("label").textOrNull(ind.Label)
	w.key("section").text(ind.Section)
	w.key("name").text(ind.Name)
	w.key("good").text(ind.Good.String())
	w.key("unit").text(ind.Unit.String())
	w.key("decimals").whole(ind.Decimals)
	w.key("frequency").text(ind.Frequency.String())
	w.key("lag").whole(ind.Lag)
	w.key("basis").text(ind.Basis)
	w.key("status").text(ind.Status)
	w.key("calculation").textOrNull(ind.Calculation)
	w.key("parts").open('[')
	for _, p := range s.View.Parts(ind.Ref) {
		w.next().open('{')
		w.key("ref").text(p.Ref)
		w.key("name").text(p.Name)
		w.key("dimension").textOrNull(p.Dimension)
		w.key("unit").text(p.Unit.String())
		w.close('}')
	}
	w.close(']')
	w.key("figures").open('[')
	s.each(w.figures)
	w.close(']')
	w.close('}')
	w.end()
}

// figures writes the figures of one area. They are nearly all that there is to
// write: what a row begins with is put together once, and what stands between
// its cells by the compiler.
func (w *indented) figures(of *dataset.Indicator, area string, figures iter.Seq[*dataset.Figure]) {
	const entry = ",\n      \""
	var head string
	for f := range figures {
		w.next()
		if head == "" {
			at := len(w.b)
			w.open('{')
			w.key("ref").text(of.Ref)
			w.key("area").text(area)
			w.key("period")
			head = string(w.b[at:])
			w.depth-- // the bracket that closes it is the row's last byte
		} else {
			w.raw(head)
		}
		w.raw(`"`)
		w.raw(w.spelt(f.Period))
		w.raw(`"` + entry + `value": `)
		w.published(of, f.Value)
		w.raw(entry + `numerator": `)
		w.number(f.Numerator)
		w.raw(entry + `denominator": `)
		w.number(f.Denominator)
		w.raw(entry + `mark": `)
		w.marks(f)
		w.raw(entry + `revised_from": `)
		if f.Revised {
			w.published(of, f.Earlier)
		} else {
			w.null()
		}
		w.raw(entry + `returned": "`)
		w.raw(w.month(f.Vintage.Month))
		w.raw(`"` + entry + `note": `)
		w.textOrNull(f.Note)
		w.raw("\n    }")
	}
}

// Metadata describes the CSV by the W3C's CSV on the Web; file is the CSV's own
// name, beside which it stands.
func Metadata(s Series, file string) []byte {
	return write(func(d *draft) { s.metadata(&indented{draft: d}, file) })
}

func (s Series) metadata(w *indented, file string) {
	grade := false // is a word, of the measure itself or of a part
	for _, ind := range s.measures() {
		grade = grade || ind.Unit == quantity.Grade
	}
	w.open('{')
	w.key("@context").open('[')
	w.next().text("http://www.w3.org/ns/csvw")
	w.next().open('{')
	w.key("@language").text("en")
	w.close('}')
	w.close(']')
	w.key("dc:description").text("Every figure of this measure and of its parts, as known at " + s.AsAt + ".")
	if s.Licence != "" {
		w.key("dc:license").open('{')
		w.key("@id").text(s.Licence)
		w.close('}')
	}
	w.key("dc:publisher").text(s.Publisher)
	if s.Source != "" {
		w.key("dc:source").text(s.Source)
	}
	w.key("dc:title").text(s.Title + ": " + s.Indicator.Name)
	w.key("tableSchema").open('{')
	w.key("columns").open('[')
	for _, c := range columns {
		w.next().open('{')
		w.key("name").text(c.name)
		w.key("titles").text(c.title)
		w.key("dc:description").text(c.description)
		w.key("datatype")
		switch {
		case c.name == "marker":
			w.open('{')
			w.key("base").text("string")
			w.key("format").text(`(\[[a-z0-9]+\])*`)
			w.close('}')
		case grade && (c.name == "value" || c.name == "revised_from"):
			w.text("string")
		default:
			w.text(c.kind)
		}
		if slices.Contains(primaryKey, c.name) {
			w.key("required").yes()
		}
		w.close('}')
	}
	w.close(']')
	w.key("primaryKey").open('[')
	for _, name := range primaryKey {
		w.next().text(name)
	}
	w.close(']')
	w.close('}')
	w.key("url").text(file)
	w.close('}')
	w.end()
}

// primaryKey are the columns that name a row; none of them is ever empty.
var primaryKey = []string{"ref", "area", "period"}

// Encode writes JSON as every file of the site has it: indented, and with < > &
// as they are, since no page holds it.
func Encode(v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil { // no value of ours can fail to encode
		panic(err)
	}
	return buf.Bytes()
}

// indented writes JSON, byte for byte as Encode does, without reflection: a
// national site has 30,000 files of it, and millions of figures in them.
type indented struct {
	*draft
	depth int
	some  bool // the innermost object or list that is open holds something
}

// margin is the end of a line and the indent of the next, as deep as is needed.
const margin = "\n                    "

func (w *indented) line() { w.b = append(w.b, margin[:1+2*w.depth]...) }

// open begins an object or a list, by its bracket.
func (w *indented) open(bracket byte) {
	w.b = append(w.b, bracket)
	w.depth++
	w.some = false
}

func (w *indented) close(bracket byte) {
	w.depth--
	if w.some {
		w.line()
	}
	w.b = append(w.b, bracket)
	w.some = true
}

func (w *indented) end() { w.b = append(w.b, '\n') }

// next begins an item of a list.
func (w *indented) next() *indented {
	if w.some {
		w.b = append(w.b, ',')
	}
	w.line()
	w.some = true
	return w
}

// key begins an entry of an object. The name needs no escape: it is ours.
func (w *indented) key(name string) *indented {
	w.next()
	w.raw(`"`)
	w.raw(name)
	w.raw(`": `)
	return w
}

func (w *indented) raw(s string)  { w.b = append(w.b, s...) }
func (w *indented) null()         { w.raw("null") }
func (w *indented) yes()          { w.raw("true") }
func (w *indented) whole(n int)   { w.b = strconv.AppendInt(w.b, int64(n), 10) }
func (w *indented) text(s string) { w.b = appendText(w.b, s) }

// textOrNull is null for a text that is not there.
func (w *indented) textOrNull(s string) {
	if s == "" {
		w.null()
		return
	}
	w.text(s)
}

func (w *indented) number(n dataset.Number) {
	if !n.Has {
		w.null()
		return
	}
	w.b = appendDecimal(w.b, n.Decimal)
}

// published is a figure as published; a grade is its word.
func (w *indented) published(ind *dataset.Indicator, n dataset.Number) {
	switch {
	case !n.Has:
		w.null()
	case ind.Unit == quantity.Grade:
		w.text(ind.Format(n.Decimal))
	default:
		w.b = appendDecimal(w.b, ind.Publish(n.Decimal))
	}
}

func (w *indented) marks(f *dataset.Figure) {
	if f.Marks == "" && !f.Revised {
		w.null() // nearly every figure
		return
	}
	w.textOrNull(strings.Join(Symbols(*f), " "))
}

const hexadecimal = "0123456789abcdef"

// appendText writes a JSON string by RFC 8259 §7, escaped as encoding/json does
// without HTML: what is not UTF-8 becomes U+FFFD, and U+2028 and U+2029, which
// end a line in old JavaScript, are escaped too.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	done := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' {
				i++
				continue
			}
			b = append(b, s[done:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\b':
				b = append(b, `\b`...)
			case '\f':
				b = append(b, `\f`...)
			case '\n':
				b = append(b, `\n`...)
			case '\r':
				b = append(b, `\r`...)
			case '\t':
				b = append(b, `\t`...)
			default:
				b = append(b, `\u00`...)
				b = append(b, hexadecimal[c>>4], hexadecimal[c&0xf])
			}
			i++
			done = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b = append(b, s[done:i]...)
			b = append(b, `\ufffd`...)
			done = i + size
		case r == '\u2028' || r == '\u2029':
			b = append(b, s[done:i]...)
			b = append(b, `\u202`...)
			b = append(b, hexadecimal[r&0xf])
			done = i + size
		}
		i += size
	}
	return append(append(b, s[done:]...), '"')
}
