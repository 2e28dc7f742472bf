// Package opendata writes a measure's figures for machines: tidy CSV (one
// observation a row, RFC 4180), its description by CSV on the Web, and JSON, a
// figure a line.
//
// Numbers are plain: no thousands comma, no sign, values at published
// precision; a value that is not there is empty and its reason stands in the
// marker column with the symbols of the Government Analysis Function. A text
// that a spreadsheet would take for a formula gets a leading apostrophe (OWASP
// ASVS 1.2.10); strict numbers are left alone, or negative ones would break.
package opendata

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"outturn/internal/dataset"
)

// Series is one measure with its parts as known at a month.
type Series struct {
	Scorecard, Title string // the scorecard's id and title
	View             *dataset.View
	Indicator        *dataset.Indicator
	AsAt             string // 2017-01
	Publisher        string // the council
	Licence          string // address of the figures' licence; empty where none is stated
	Source           string // where the figures come from; may be empty
}

var columns = []struct{ name, title, kind, description string }{
	{"scorecard", "Scorecard", "string", "Folder name of the scorecard"},
	{"ref", "Reference", "string", "Reference of the measure or of its part"},
	{"name", "Measure", "string", "Name of the measure or of its part"},
	{"area", "Area", "string", "Code of the area; the first of the site is the whole authority"},
	{"area_name", "Area name", "string", "Name of the area"},
	{"period", "Period", "string", "2017-01 is a month, 2016-17-Q3 a financial quarter, 2016-17 a financial year (April to March), 2016-17-YTD the year to date, 2015-07/2016-06 a window of months, AY an academic year (September to August)"},
	{"starts", "First day", "date", "First day of the period"},
	{"ends", "Last day", "date", "Last day of the period"},
	{"value", "Value", "decimal", "The figure as published; empty where the marker stands in its place"},
	{"unit", "Unit", "string", "What the value counts"},
	{"numerator", "Numerator", "decimal", "The count above the line, where it was returned"},
	{"denominator", "Denominator", "decimal", "The count below the line, where it was returned"},
	{"marker", "Marker", "marker", "Symbols of the Government Analysis Function: [x] not available, [z] not applicable, [c] confidential, [p] provisional, [e] estimated, [b] break in series, [u] low reliability, [low] low, [r] revised"},
	{"revised_from", "Revised from", "decimal", "The figure of the return before, where this one differs from it"},
	{"returned", "Returned", "string", "Month of the return that the figure was read from"},
	{"note", "Note", "string", "Note of the return"},
}

// CSV adds the series to a buffer as one table, by part, area and period.
func (r *Room) CSV(to *bytes.Buffer, s Series) {
	r.read(s)
	for i, c := range columns {
		if i > 0 {
			to.WriteByte(',')
		}
		to.WriteString(c.name)
	}
	to.WriteString(crlf)
	to.Write(r.rows)
}

const crlf = "\r\n" // RFC 4180 §2.1

// measures are the measure and its parts.
func (s Series) measures() []*dataset.Indicator {
	return append([]*dataset.Indicator{s.Indicator}, s.View.Parts(s.Indicator.Ref)...)
}

// Symbols are a figure's marks, with r where a later return changed it.
func Symbols(f dataset.Figure) []string {
	list := strings.Fields(string(f.Marks))
	if f.Revised {
		for _, m := range list {
			if m == "r" {
				return list
			}
		}
		list = append(list, "r")
	}
	return list
}

// appendCell writes a cell of a CSV by RFC 4180 §2.5 to 2.7: in quotes where it
// holds a comma, a quote or a line's end, or begins with white space, which
// some readers drop. A line's end is written as CRLF, as all others are; what
// it decides is decided as encoding/csv does.
func appendCell(b []byte, s string) []byte {
	if !needsQuotes(s) {
		return append(b, s...)
	}
	b = append(b, '"')
	for i := range len(s) {
		switch c := s[i]; c {
		case '"':
			b = append(b, `""`...)
		case '\r': // dropped: the \n after it brings its own, and encoding/csv drops a lone one too
		case '\n':
			b = append(b, crlf...)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

func needsQuotes(s string) bool {
	if s == "" {
		return false
	}
	if s == `\.` || strings.ContainsAny(s, ",\"\r\n") { // \. ends the data in Postgres
		return true
	}
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(first)
}

var strictNumber = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

func safe(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\x00", rune(s[0])) || strictNumber.MatchString(s) {
		return s
	}
	return "'" + s
}
