// Package opendata writes a measure's figures for machines: tidy CSV (one
// observation a row, RFC 4180), its description by CSV on the Web, and JSON.
//
// Numbers are plain: no thousands comma, no sign, values at published
// precision; a value that is not there is empty and its reason stands in the
// marker column with the symbols of the Government Analysis Function. A text
// that a spreadsheet would take for a formula gets a leading apostrophe (OWASP
// ASVS 1.2.10); strict numbers are left alone, or negative ones would break.
package opendata

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/quantity"
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

// CSV is the series as one table, by part, area and period.
func CSV(s Series) []byte {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.UseCRLF = true // RFC 4180 §2.1
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.name
	}
	w.Write(head)
	s.each(func(ind *dataset.Indicator, f dataset.Figure) {
		w.Write([]string{
			safe(s.Scorecard), safe(ind.Ref), safe(ind.Name), safe(f.Area), safe(s.View.AreaName(f.Area)),
			f.Period.String(), f.Period.Start().String(), f.Period.End().String(),
			published(ind, f.Value), ind.Unit.String(), plain(f.Numerator), plain(f.Denominator),
			marker(f), earlier(ind, f), f.Vintage.Month.String(), safe(f.Note),
		})
	})
	w.Flush() // to memory: it cannot fail
	return buf.Bytes()
}

// each visits every figure of the measure and its parts, in a fixed order.
func (s Series) each(visit func(*dataset.Indicator, dataset.Figure)) {
	for _, ind := range append([]*dataset.Indicator{s.Indicator}, s.View.Parts(s.Indicator.Ref)...) {
		for _, area := range append([]string{s.View.Whole()}, s.View.Areas(ind.Ref)...) {
			for _, f := range s.View.Series(ind.Ref, area) {
				visit(ind, f)
			}
		}
	}
}

// Metadata describes the CSV by the W3C's CSV on the Web; file is the CSV's own
// name, beside which it stands.
func Metadata(s Series, file string) []byte {
	type column struct {
		Name        string `json:"name"`
		Titles      string `json:"titles"`
		Description string `json:"dc:description"`
		Datatype    any    `json:"datatype"`
		Required    bool   `json:"required,omitempty"`
	}
	list := make([]column, len(columns))
	for i, c := range columns {
		list[i] = column{Name: c.name, Titles: c.title, Description: c.description, Datatype: c.kind}
		switch c.name {
		case "marker":
			list[i].Datatype = map[string]string{"base": "string", "format": `(\[[a-z0-9]+\])*`}
		case "value", "revised_from":
			// A grade is a word, of the measure itself or of a part.
			for _, ind := range append([]*dataset.Indicator{s.Indicator}, s.View.Parts(s.Indicator.Ref)...) {
				if ind.Unit == quantity.Grade {
					list[i].Datatype = "string"
				}
			}
		case "ref", "area", "period":
			list[i].Required = true
		}
	}
	doc := map[string]any{
		"@context":       []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en"}},
		"url":            file,
		"dc:title":       s.Title + ": " + s.Indicator.Name,
		"dc:description": "Every figure of this measure and of its parts, as known at " + s.AsAt + ".",
		"dc:publisher":   s.Publisher,
		"tableSchema":    map[string]any{"columns": list, "primaryKey": []string{"ref", "area", "period"}},
	}
	if s.Licence != "" {
		doc["dc:license"] = map[string]string{"@id": s.Licence}
	}
	if s.Source != "" {
		doc["dc:source"] = s.Source
	}
	return Encode(doc)
}

// JSON is the measure's definition and its figures.
func JSON(s Series) []byte {
	type figure struct {
		Ref         string  `json:"ref"`
		Area        string  `json:"area"`
		Period      string  `json:"period"`
		Value       any     `json:"value"`
		Numerator   any     `json:"numerator"`
		Denominator any     `json:"denominator"`
		Mark        *string `json:"mark"`
		RevisedFrom any     `json:"revised_from"`
		Returned    string  `json:"returned"`
		Note        *string `json:"note"`
	}
	type part struct {
		Ref       string  `json:"ref"`
		Name      string  `json:"name"`
		Dimension *string `json:"dimension"`
		Unit      string  `json:"unit"`
	}
	ind := s.Indicator
	doc := struct {
		Scorecard   string   `json:"scorecard"`
		AsAt        string   `json:"as_at"`
		Ref         string   `json:"ref"`
		Label       *string  `json:"label"`
		Section     string   `json:"section"`
		Name        string   `json:"name"`
		Good        string   `json:"good"`
		Unit        string   `json:"unit"`
		Decimals    int      `json:"decimals"`
		Frequency   string   `json:"frequency"`
		Lag         int      `json:"lag"`
		Basis       string   `json:"basis"`
		Status      string   `json:"status"`
		Calculation *string  `json:"calculation"`
		Parts       []part   `json:"parts"`
		Figures     []figure `json:"figures"`
	}{
		s.Scorecard, s.AsAt, ind.Ref, Text(ind.Label), ind.Section, ind.Name, ind.Good.String(), ind.Unit.String(), ind.Decimals,
		ind.Frequency.String(), ind.Lag, ind.Basis, ind.Status, Text(ind.Calculation), []part{}, []figure{},
	}
	for _, p := range s.View.Parts(ind.Ref) {
		doc.Parts = append(doc.Parts, part{p.Ref, p.Name, Text(p.Dimension), p.Unit.String()})
	}
	s.each(func(of *dataset.Indicator, f dataset.Figure) {
		row := figure{Ref: of.Ref, Area: f.Area, Period: f.Period.String(), Mark: Text(strings.Join(Symbols(f), " ")), Returned: f.Vintage.Month.String(), Note: Text(f.Note)}
		if f.Value.Has {
			row.Value = Value(of, f.Value.Decimal)
		}
		if f.Numerator.Has {
			row.Numerator = f.Numerator.Decimal
		}
		if f.Denominator.Has {
			row.Denominator = f.Denominator.Decimal
		}
		if f.Revised && f.Earlier.Has {
			row.RevisedFrom = Value(of, f.Earlier.Decimal)
		}
		doc.Figures = append(doc.Figures, row)
	})
	return Encode(doc)
}

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

// Value is a figure as published, a JSON number; a grade is its word.
func Value(ind *dataset.Indicator, d quantity.Decimal) any {
	if ind.Unit == quantity.Grade {
		return ind.Format(d)
	}
	return ind.Publish(d)
}

func published(ind *dataset.Indicator, n dataset.Number) string {
	switch {
	case !n.Has:
		return ""
	case ind.Unit == quantity.Grade:
		return safe(ind.Format(n.Decimal))
	}
	return ind.Publish(n.Decimal).String()
}

func plain(n dataset.Number) string {
	if !n.Has {
		return ""
	}
	return n.Decimal.String()
}

func earlier(ind *dataset.Indicator, f dataset.Figure) string {
	if !f.Revised {
		return ""
	}
	return published(ind, f.Earlier)
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

func marker(f dataset.Figure) string {
	list := Symbols(f)
	if len(list) == 0 {
		return ""
	}
	return "[" + strings.Join(list, "][") + "]"
}

var strictNumber = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

func safe(s string) string {
	if s == "" || strictNumber.MatchString(s) || !strings.ContainsRune("=+-@\t\r\x00", rune(s[0])) {
		return s
	}
	return "'" + s
}

// Text is a text as JSON has it: null where there is none.
func Text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
