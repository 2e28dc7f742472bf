package archive

import (
	"strings"

	"outturn/internal/archive/snapshot"
	"outturn/internal/dataset"
	"outturn/internal/period"
)

// register is a CSV file of data/ whose rows can be left out one by one.
type register struct {
	content []byte
	dataset.Sheet
}

// entry is one of its rows.
type entry = dataset.Row

// parse takes a register apart. What is no CSV has no rows: its faults were
// told before anything was frozen.
func parse(content []byte) register {
	sheet, _ := dataset.ReadSheet(content)
	return register{content, sheet}
}

// only is the register with the rows that are kept. Where that is all of them
// it is byte for byte what it was.
func (r register) only(keep func(entry) bool) []byte {
	var b strings.Builder
	b.WriteString(r.Header)
	all := true
	for _, e := range r.Rows {
		if !keep(e) {
			all = false
			continue
		}
		if text := b.String(); !strings.HasSuffix(text, "\n") { // the last row may end without
			b.WriteString("\n")
		}
		b.WriteString(e.Raw)
	}
	if all {
		return r.content
	}
	return []byte(b.String())
}

// known reports whether a row is known at a month.
func known(e entry, month period.Month) bool {
	from, err := period.ParseMonth(e.Cells["from"])
	if err == nil && from > month {
		return false
	}
	day, err := period.ParseDate(e.Cells["date"]) // of events.csv; what is to come is told of by nobody
	return err != nil || day <= month.LastDay()
}

// names are the series that a row of indicators.csv needs.
func names(e entry) []string {
	return append(snapshot.Names(e.Cells["calculation"]), e.Cells["parent"], e.Cells["replaced_by"])
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
			refs[r.Rows[i].Cells["ref"]] = true
			need = append(need, names(r.Rows[i])...)
		}
	}
	for i, e := range r.Rows {
		if known(e, month) {
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
		for i, e := range r.Rows {
			from, _ := period.ParseMonth(e.Cells["from"])
			if e.Cells["ref"] == ref && (first < 0 || from < since) {
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
