package check

import (
	"bytes"
	"io/fs"
	"path"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/quantity"
)

// Settings have no column from: what they say holds for every month, those that
// are public too. A tolerance that is changed rates them all anew, and the pages
// of an old month would no longer say what they said.

// roleOf begins the name of a comparator's role.
const roleOf = "role of "

// rulesMend says how to have what was wanted from a month on, by the setting.
func rulesMend(name string) string {
	const back = "put it back as it was; "
	switch {
	case name == "default_tolerance":
		return back + "what is to hold from a month on is a new row of targets.csv with its amber and that month in the column from"
	case name == "rag_rule":
		return back + "what is to hold from a month on is a new row of indicators.csv with its rag_rule and that month in the column from"
	case strings.HasPrefix(name, roleOf):
		return back + "another comparator has an id of its own, and benchmarks with the month in the column from"
	}
	return back + "a measure that is graded otherwise has a ref of its own"
}

// pastRules compares the settings by which figures are judged with those that a
// snapshot was made from.
func pastRules(site fs.FS, id, sources string, problems *diag.List) {
	files := []string{"content/site.yaml"}
	entries, _ := fs.ReadDir(site, path.Join(sources, "content")) // what cannot be listed archive verify tells
	for _, entry := range entries {
		if entry.IsDir() {
			files = append(files, path.Join("content", entry.Name(), "_index.md"))
		}
	}
	for _, file := range files {
		then, err := fs.ReadFile(site, path.Join(sources, file))
		if err != nil {
			continue
		}
		now, err := fs.ReadFile(site, file)
		if err != nil || bytes.Equal(now, then) {
			continue // a text that is gone is told of where it is missed
		}
		before, ok1 := commentary.Rules(file, then)
		after, ok2 := commentary.Rules(file, now)
		if !ok1 || !ok2 {
			continue
		}
		p := past{snapshot: id, file: file, problems: problems}
		for _, is := range after {
			was := ruleOf(before, is.Name)
			if was.Name == "" && strings.HasPrefix(is.Name, roleOf) {
				continue // a comparator that is new: lists may grow
			}
			if !sameRule(was.Value, is.Value) {
				p.rule(is.Place, is.Source, is.Name, is.Value, was.Value)
			}
		}
		for _, was := range before {
			if ruleOf(after, was.Name).Name == "" && !sameRule(was.Value, "") {
				p.rule(diag.Place{File: file}, "", was.Name, "", was.Value)
			}
		}
	}
}

func (p past) rule(at diag.Place, source, name, is, was string) {
	p.warn(at, source, "%s is %s and was %s in the snapshot %s: months that are public would be rated anew", name, shown(is), shown(was), p.snapshot).Hint = rulesMend(name)
}

// ruleOf is the setting of a name, its zero value where it is not written.
func ruleOf(list []commentary.Rule, name string) commentary.Rule {
	if i := slices.IndexFunc(list, func(r commentary.Rule) bool { return r.Name == name }); i >= 0 {
		return list[i]
	}
	return commentary.Rule{}
}

// sameRule compares two settings as they are judged by: 5 and 5.0 are one
// tolerance, and a rule that is not written is the default.
func sameRule(a, b string) bool {
	x, err1 := quantity.Parse(a)
	y, err2 := quantity.Parse(b)
	if err1 == nil && err2 == nil {
		return x.Decimal.Equal(y.Decimal)
	}
	plain := func(s string) string {
		if s == "tolerance" {
			return ""
		}
		return s
	}
	return plain(a) == plain(b)
}
