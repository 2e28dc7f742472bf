package archive

import (
	"encoding/csv"
	"io"
	"regexp"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/period"
)

// register is a CSV file of data/ whose rows can be left out one by one.
type register struct {
	content []byte
	header  string // as it is written
	rows    []entry
}

// entry is one row: as it is written, and its cells by their columns.
type entry struct {
	raw   string
	cells map[string]string
}

// parse takes a register apart. What is no CSV has no rows: its faults were
// told before anything was frozen.
func parse(content []byte) register {
	r := register{content: content}
	text, ok := dataset.Text(content)
	if !ok {
		return r
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord, reader.TrimLeadingSpace = -1, true
	var header []string
	from := int64(0)
	for {
		fields, err := reader.Read()
		if err == io.EOF {
			return r
		}
		if err != nil {
			return register{content: content}
		}
		raw := text[from:reader.InputOffset()]
		from = reader.InputOffset()
		if header == nil {
			r.header = raw
			for _, f := range fields {
				header = append(header, strings.ToLower(strings.TrimSpace(f)))
			}
			continue
		}
		e := entry{raw, map[string]string{}}
		for i, f := range fields {
			if i < len(header) {
				e.cells[header[i]] = strings.TrimSpace(f)
			}
		}
		r.rows = append(r.rows, e)
	}
}

// only is the register with the rows that are kept. Where that is all of them
// it is byte for byte what it was.
func (r register) only(keep func(entry) bool) []byte {
	var b strings.Builder
	b.WriteString(r.header)
	all := true
	for _, e := range r.rows {
		if !keep(e) {
			all = false
			continue
		}
		if text := b.String(); !strings.HasSuffix(text, "\n") { // the last row may end without
			b.WriteString("\n")
		}
		b.WriteString(e.raw)
	}
	if all {
		return r.content
	}
	return []byte(b.String())
}

// known reports whether a row is known at a month.
func (e entry) known(month period.Month) bool {
	from, err := period.ParseMonth(e.cells["from"])
	if err == nil && from > month {
		return false
	}
	day, err := period.ParseDate(e.cells["date"]) // of events.csv; what is to come is told of by nobody
	return err != nil || day <= month.LastDay()
}

// quoted are the refs that a calculation names.
var quoted = regexp.MustCompile(`'([^']*)'|"([^"]*)"`)

// names are the series that a row of indicators.csv needs.
func (e entry) names() []string {
	refs := []string{e.cells["parent"], e.cells["replaced_by"]}
	for _, m := range quoted.FindAllStringSubmatch(e.cells["calculation"], -1) {
		refs = append(refs, m[1], m[2])
	}
	return refs
}

// definitions chooses the rows of indicators.csv that are known at a month,
// and of a series that is not, but that what is kept names, its first: a return
// may be older than the definition by which it is read.
func (r register) definitions(month period.Month, named map[string]bool) (content []byte, refs map[string]bool) {
	refs = map[string]bool{}
	keep := map[int]bool{}
	var need []string
	take := func(i int) {
		if !keep[i] {
			keep[i] = true
			refs[r.rows[i].cells["ref"]] = true
			need = append(need, r.rows[i].names()...)
		}
	}
	for i, e := range r.rows {
		if e.known(month) {
			take(i)
		}
	}
	for ref := range named {
		need = append(need, ref)
	}
	for len(need) > 0 {
		ref := need[0]
		need = need[1:]
		if refs[ref] {
			continue
		}
		first, since := -1, period.Month(0)
		for i, e := range r.rows {
			from, _ := period.ParseMonth(e.cells["from"])
			if e.cells["ref"] == ref && (first < 0 || from < since) {
				first, since = i, from
			}
		}
		if first >= 0 {
			take(first)
		}
	}
	i := -1
	return r.only(func(entry) bool { i++; return keep[i] }), refs
}
