package commentary

import (
	"strings"

	"outturn/internal/diag"
)

// Rule is a setting by which figures are judged, as it is written: one of
// rag_rule, default_tolerance and grades of a scorecard, or what a comparator of
// site.yaml is for the benchmark rule (contract, sections 1 and 3).
type Rule struct {
	Name   string // "default_tolerance", "role of national_average"
	Value  string // "" where nothing is written
	Place  diag.Place
	Source string // the line
}

// Rules reads the settings by which figures are judged out of site.yaml or out of
// a scorecard's _index.md, and nothing else of the text. ok is false where it
// cannot be read, which is told by who loads it.
func Rules(file string, text []byte) (list []Rule, ok bool) {
	plain := strings.NewReplacer("\ufeff", "", "\r\n", "\n", "\r", "\n").Replace(string(text))
	s := newSource(file, []byte(plain), &diag.List{})
	settings, line := string(s.text), 0
	if strings.HasSuffix(file, ".md") {
		if !isFence([]byte(s.lines[0])) {
			return nil, true // it has no settings
		}
		if neverClosed(s.text) {
			return nil, false
		}
		settings, _, _ = split(s)
		line = 1
	}
	v, ok := parseYAML(s, settings, line)
	if !ok {
		return nil, false
	}
	rule := func(name, value string, at diag.Place) {
		r := Rule{Name: name, Value: value, Place: at}
		if at.Line > 0 && at.Line <= len(s.lines) {
			r.Source = s.lines[at.Line-1]
		}
		list = append(list, r)
	}
	for _, p := range v.pairs {
		switch p.key {
		case "rag_rule", "default_tolerance":
			rule(p.key, strings.TrimSpace(p.value.text), p.at)
		case "grades":
			var grades []string
			for _, item := range p.value.items {
				grades = append(grades, strings.TrimSpace(item.text))
			}
			rule(p.key, strings.Join(grades, ", "), p.at)
		case "comparators":
			for _, item := range p.value.items {
				id, role, at := "", "", item.at
				for _, q := range item.pairs {
					switch q.key {
					case "id":
						id, at = strings.TrimSpace(q.value.text), q.at
					case "role":
						role = strings.TrimSpace(q.value.text)
					}
				}
				rule("role of "+id, role, at)
			}
		}
	}
	return list, true
}
