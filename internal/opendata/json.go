package opendata

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"outturn/internal/dataset"
	"outturn/internal/quantity"
)

// JSON adds the measure's definition and its figures to a buffer.
func (r *Room) JSON(to *bytes.Buffer, s Series) {
	Write(to, func(w *Writer) { r.json(w, s) })
}

func (r *Room) json(w *Writer, s Series) {
	ind := s.Indicator
	w.Open('{')
	w.Key("scorecard").Text(s.Scorecard)
	w.Key("as_at").Text(s.AsAt)
	w.Key("ref").Text(ind.Ref)
	w.Key("label").TextOrNull(ind.Label)
	w.Key("section").Text(ind.Section)
	w.Key("name").Text(ind.Name)
	w.Key("good").Text(ind.Good.String())
	w.Key("unit").Text(ind.Unit.String())
	w.Key("decimals").Whole(ind.Decimals)
	w.Key("frequency").Text(ind.Frequency.String())
	w.Key("lag").Whole(ind.Lag)
	w.Key("basis").Text(ind.Basis)
	w.Key("status").Text(ind.Status)
	w.Key("calculation").TextOrNull(ind.Calculation)
	w.Key("parts").Open('[')
	for _, p := range s.View.Parts(ind.Ref) {
		w.Next().Row('{')
		w.Key("ref").Text(p.Ref)
		w.Key("name").Text(p.Name)
		w.Key("dimension").TextOrNull(p.Dimension)
		w.Key("unit").Text(p.Unit.String())
		w.Close('}')
	}
	w.Close(']')
	w.Key("figures").Open('[')
	if r.read(s); len(r.figures) > 0 {
		w.b = append(w.b, r.figures[1:]...)
		w.some = true
	}
	w.Close(']')
	w.Close('}')
}

// Metadata adds to a buffer the description of the CSV by the W3C's CSV on the
// Web; file is the CSV's own name, beside which it stands.
func Metadata(to *bytes.Buffer, s Series, file string) {
	Write(to, func(w *Writer) { s.metadata(w, file) })
}

func (s Series) metadata(w *Writer, file string) {
	grade := false // is a word, of the measure itself or of a part
	for _, ind := range s.measures() {
		grade = grade || ind.Unit == quantity.Grade
	}
	w.Open('{')
	w.Key("@context").Row('[')
	w.Next().Text("http://www.w3.org/ns/csvw")
	w.Next().Open('{')
	w.Key("@language").Text("en")
	w.Close('}')
	w.Close(']')
	w.Key("dc:description").Text("Every figure of this measure and of its parts, as known at " + s.AsAt + ".")
	if s.Licence != "" {
		w.Key("dc:license").Row('{')
		w.Key("@id").Text(s.Licence)
		w.Close('}')
	}
	w.Key("dc:publisher").Text(s.Publisher)
	if s.Source != "" {
		w.Key("dc:source").Text(s.Source)
	}
	w.Key("dc:title").Text(s.Title + ": " + s.Indicator.Name)
	w.Key("tableSchema").Open('{')
	w.Key("columns").raw(listOfColumns[grade]())
	w.some = true
	w.Key("primaryKey").Row('[')
	for _, name := range primaryKey {
		w.Next().Text(name)
	}
	w.Close(']')
	w.Close('}')
	w.Key("url").Text(file)
	w.Close('}')
}

// listOfColumns is the same in nearly all descriptions: of measures that are
// numbers, and of those that are grades.
var listOfColumns = map[bool]func() string{
	false: sync.OnceValue(func() string { return describe(false) }),
	true:  sync.OnceValue(func() string { return describe(true) }),
}

// describe writes the columns as they stand in a description, two levels deep.
func describe(grade bool) string {
	w := Writer{draft: new(draft), depth: 2}
	w.Open('[')
	for _, c := range columns {
		w.Next().Row('{')
		w.Key("name").Text(c.name)
		w.Key("titles").Text(c.title)
		w.Key("dc:description").Text(c.description)
		w.Key("datatype")
		switch {
		case c.name == "marker":
			w.Open('{')
			w.Key("base").Text("string")
			w.Key("format").Text(`(\[[a-z0-9]+\])*`)
			w.Close('}')
		case grade && (c.name == "value" || c.name == "revised_from"):
			w.Text("string")
		default:
			w.Text(c.kind)
		}
		if slices.Contains(primaryKey, c.name) {
			w.Key("required").Truth(true)
		}
		w.Close('}')
	}
	w.Close(']')
	return string(w.b)
}

// primaryKey are the columns that name a row; none of them is ever empty.
var primaryKey = []string{"ref", "area", "period"}

// Writer writes JSON as every file of the site has it: a key of the file a line,
// a row of a list a line, and < > & as they are, since no page holds it. It does
// so without reflection, value for value as encoding/json would: a national site
// has 30,000 files of it, and millions of figures in them.
type Writer struct {
	*draft
	depth int
	row   int  // the depth of the row that is open; 0 where none is
	some  bool // the innermost object or list that is open holds something
}

// Write adds to a buffer the file that fill writes.
func Write(to *bytes.Buffer, fill func(*Writer)) {
	write(to, func(d *draft) {
		w := Writer{draft: d}
		fill(&w)
		w.raw("\n")
	})
}

// margin is the end of a line and the indent of the next, as deep as is needed.
const margin = "\n                    "

func (w *Writer) line() {
	if w.row == 0 {
		w.b = append(w.b, margin[:1+2*w.depth]...)
	}
}

// Open begins an object or a list, by its bracket.
func (w *Writer) Open(bracket byte) {
	w.b = append(w.b, bracket)
	w.depth++
	w.some = false
}

// Row begins one that stands on one line with all that it holds.
func (w *Writer) Row(bracket byte) {
	w.Open(bracket)
	if w.row == 0 {
		w.row = w.depth
	}
}

// Close ends it, by its other bracket.
func (w *Writer) Close(bracket byte) {
	if w.depth == w.row {
		w.row, w.some = 0, false
	}
	w.depth--
	if w.some {
		w.line()
	}
	w.b = append(w.b, bracket)
	w.some = true
}

// Next begins an item of a list.
func (w *Writer) Next() *Writer {
	if w.some {
		w.b = append(w.b, ',')
	}
	w.line()
	w.some = true
	return w
}

// Key begins an entry of an object. The name needs no escape: it is ours.
func (w *Writer) Key(name string) *Writer {
	w.Next()
	w.raw(`"`)
	w.raw(name)
	w.raw(`":`)
	if w.row == 0 {
		w.raw(" ")
	}
	return w
}

func (w *Writer) raw(s string) { w.b = append(w.b, s...) }

// Null, Truth, Whole and Text write a value.
func (w *Writer) Null()         { w.raw(null) }
func (w *Writer) Truth(is bool) { w.b = strconv.AppendBool(w.b, is) }
func (w *Writer) Whole(n int)   { w.b = strconv.AppendInt(w.b, int64(n), 10) }
func (w *Writer) Text(s string) { w.b = appendText(w.b, s) }

// TextOrNull is null for a text that is not there.
func (w *Writer) TextOrNull(s string) { w.b = appendTextOrNull(w.b, s) }

// Number is a number with its decimals as they are, or null.
func (w *Writer) Number(n dataset.Number) { w.b = appendOrNull(w.b, n) }

// Published is a figure as published; a grade is its word.
func (w *Writer) Published(ind *dataset.Indicator, n dataset.Number) {
	w.b = appendPublishedOrNull(w.b, ind, n)
}

// Marks are a figure's symbols, with r where a later return changed it, or null.
func (w *Writer) Marks(f *dataset.Figure) { w.TextOrNull(strings.Join(Symbols(*f), " ")) }

const null = "null"

func appendOrNull(b []byte, n dataset.Number) []byte {
	if !n.Has {
		return append(b, null...)
	}
	return n.Decimal.AppendString(b)
}

func appendPublishedOrNull(b []byte, ind *dataset.Indicator, n dataset.Number) []byte {
	switch {
	case !n.Has:
		return append(b, null...)
	case ind.Unit == quantity.Grade:
		return appendText(b, ind.Format(n.Decimal))
	}
	return ind.Publish(n.Decimal).AppendString(b)
}

func appendTextOrNull(b []byte, s string) []byte {
	if s == "" {
		return append(b, null...)
	}
	return appendText(b, s)
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
