package snapshot

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/period"
)

// definitions are the columns of indicators.csv by which figures are counted,
// rated and compared.
var definitions = []string{"name", "good", "unit", "decimals", "frequency", "lag", "basis", "ytd", "rag_on", "rag_rule",
	"calculation", "status", "steady", "min_denominator"}

// row is one row of a register, cells by their columns.
type row = map[string]string

// rules compares the registers of a scorecard as each state knew them: what its
// measures are, and the targets and benchmarks by which they are rated. A
// changed target or definition is a new row with the month from which it holds
// (contract, section 2), so that of two rows for the same thing the later counts.
func (d *Differences) rules(from, to State, id string, was, now *scorecard) error {
	names := map[string]Measure{} // of the measures that both have: of a new one everything is new
	for i := range now.Indicators {
		ind := &now.Indicators[i]
		if slices.ContainsFunc(was.Indicators, func(w indicator) bool { return w.Ref == ind.Ref }) {
			names[ind.Ref] = measure(id, ind.Ref, ind.Label, ind.Name)
		}
	}
	if err := d.rating(from, to, id); err != nil {
		return err
	}
	changed := func(ref, what, before, after string) {
		if m, standing := names[ref]; standing && before != after {
			d.Rules = append(d.Rules, RuleChange{m, what, before, after})
		}
	}
	both := func(file string, key ...string) (old, new map[string]row, err error) {
		name := path.Join("data", id, file)
		if old, err = register(from, name, key); err == nil {
			new, err = register(to, name, key)
		}
		return old, new, err
	}
	old, new, err := both("indicators.csv", "ref")
	if err != nil {
		return err
	}
	for _, ref := range slices.SortedFunc(maps.Keys(new), dataset.CompareRefs) {
		before, known := old[ref]
		for _, column := range definitions {
			if known {
				changed(ref, column, before[column], new[ref][column])
			}
		}
	}
	newest := func(key string) row {
		if r := new[key]; r != nil {
			return r
		}
		return old[key]
	}
	old, new, err = both("targets.csv", "ref", "period", "area", "kind", "by")
	if err != nil {
		return err
	}
	for _, key := range union(old, new) {
		r := newest(key)
		changed(r["ref"], targetName(r), target(old[key]), target(new[key]))
	}
	old, new, err = both("benchmarks.csv", "ref", "comparator", "period")
	if err != nil {
		return err
	}
	for _, key := range union(old, new) {
		r := newest(key)
		changed(r["ref"], "benchmark for "+r["period"]+", "+strings.ReplaceAll(r["comparator"], "_", " "), old[key]["value"], new[key]["value"])
	}
	return nil
}

// rating compares by what a scorecard rates all its measures.
func (d *Differences) rating(from, to State, id string) error {
	return d.named(from, to, path.Join("content", id, "_index.md"), Measure{Scorecard: id}, func(text []byte) map[string]string {
		p, _ := commentary.ReadPublished(text)
		return p.Rates
	})
}

// comparators compares what those of site.yaml are for the rule of benchmarks,
// which rates measures of every scorecard.
func (d *Differences) comparators(from, to State) error {
	const file = "content/site.yaml"
	return d.named(from, to, file, Measure{}, func(text []byte) map[string]string {
		rules, _ := commentary.Rules(file, text)
		list := map[string]string{}
		for _, r := range rules {
			list[r.Name] = r.Value
		}
		return list
	})
}

// named compares rules by name, as a text has them. One that is not there has
// none.
func (d *Differences) named(from, to State, file string, of Measure, rules func(text []byte) map[string]string) error {
	var read [2]map[string]string
	for i, s := range []State{from, to} {
		text, err := fs.ReadFile(s.Texts, file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		read[i] = rules(text)
	}
	was, now := read[0], read[1]
	for _, name := range union(was, now) {
		if was[name] != now[name] {
			d.Rules = append(d.Rules, RuleChange{of, name, was[name], now[name]})
		}
	}
	return nil
}

// targetName is what a row of targets.csv sets: "target for 2016-17, north".
func targetName(r row) string {
	words := "target for " + r["period"]
	if kind := r["kind"]; kind != "" && kind != "local" {
		words = strings.ReplaceAll(kind, "_", " ") + " " + words
	}
	if r["area"] != "" {
		words += ", " + r["area"]
	}
	if r["by"] != "" {
		words += ", by " + r["by"]
	}
	return words
}

// target is what the row says, in the words of the register.
func target(r row) string {
	var parts []string
	for _, column := range []string{"target", "green", "amber", "profile", "wording", "state"} {
		if r[column] == "" {
			continue
		}
		if column == "target" || column == "wording" {
			parts = append(parts, r[column])
		} else {
			parts = append(parts, column+" "+r[column])
		}
	}
	return strings.Join(parts, ", ")
}

// register reads a register as at a state's month, by the columns that tell a
// row from the others. One that is not there is empty.
func register(s State, name string, key []string) (map[string]row, error) {
	content, err := fs.ReadFile(s.Texts, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	sheet, err := dataset.ReadSheet(content)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	rows := map[string]row{}
	since := map[string]period.Month{}
	for _, line := range sheet.Rows {
		r := line.Cells
		from, _ := period.ParseMonth(r["from"]) // empty: always
		if s.AsAt != 0 && from > s.AsAt {
			continue
		}
		cells := make([]string, len(key))
		for i, column := range key {
			cells[i] = r[column]
		}
		if k := strings.Join(cells, "\x00"); rows[k] == nil || from >= since[k] {
			rows[k], since[k] = r, from
		}
	}
	return rows, nil
}
