package commentary

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"outturn/internal/diag"
)

// Discretion writes the papers of a committee so that they name nothing that is
// not public: an agenda names the exempt report that an item is about by its
// file, and that name stands on no page (contract, section 4).
type Discretion struct {
	// Report gives the name under which a report may be named: its own where it
	// is public, else that of the stub that stands in its place.
	Report func(slug string) (name string, public bool)
	// Meeting reports whether a meeting is public.
	Meeting func(slug string) bool
	// Open reports whether a meeting that closes a resolution has not been held
	// yet; nil: all have. It is not asked of one that is public.
	Open func(slug string) bool
}

// Rewrite is a report or a meeting that is public with what is not taken out of
// its front matter, and the comments there with it. A file that names nothing of
// that kind is as it was, and changed is false.
func (d Discretion) Rewrite(text []byte) (rewritten []byte, changed bool) {
	plain := bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), []byte("\r\n"), []byte("\n"))
	s := newSource("", bytes.ReplaceAll(plain, []byte("\r"), []byte("\n")), &diag.List{})
	yaml, has, body := split(s)
	if !has {
		return text, false
	}
	v, ok := parseYAML(s, yaml, 1)
	if !ok || !d.pairs(&v) {
		return text, false
	}
	var b strings.Builder
	b.WriteString("---\n")
	v.write(&b, 0)
	b.WriteString("---\n")
	b.Write(s.text[body:])
	return []byte(b.String()), true
}

// pairs takes out of a paper's keys what is not public.
func (d Discretion) pairs(v *value) (changed bool) {
	for i := range v.pairs {
		switch p := &v.pairs[i]; p.key {
		case "items", "resolutions":
			for j := range p.value.items {
				changed = d.item(&p.value.items[j]) || changed
			}
		case "meetings":
			changed = d.meetings(&p.value) || changed
		case "since":
			changed = d.report(&p.value) || changed
		}
	}
	return changed
}

// item is one of an agenda, or a resolution. The files of an item whose report
// is not public are not either.
func (d Discretion) item(v *value) (changed bool) {
	hidden := false
	for i := range v.pairs {
		if v.pairs[i].key == "report" {
			hidden = d.report(&v.pairs[i].value)
		}
	}
	closed := ""
	v.pairs = slices.DeleteFunc(v.pairs, func(p pair) bool {
		later := p.key == "closed_by" && p.value.kind == scalar && !d.Meeting(strings.TrimSpace(p.value.text))
		if later {
			closed = strings.TrimSpace(p.value.text)
		}
		gone := later || hidden && slices.Contains([]string{"files", "supplement"}, p.key)
		changed = changed || gone
		return gone
	})
	if closed != "" { // that it names a meeting is what says whether it is done
		status := "done"
		if d.Open != nil && d.Open(closed) {
			status = "open"
		}
		v.pairs = slices.DeleteFunc(v.pairs, func(p pair) bool { return p.key == "status" })
		v.pairs = append(v.pairs, pair{key: "status", value: value{kind: scalar, text: status}})
	}
	return changed || hidden
}

func (d Discretion) report(v *value) (hidden bool) {
	if v.kind != scalar || strings.TrimSpace(v.text) == "" {
		return false
	}
	name, public := d.Report(strings.TrimSpace(v.text))
	if !public {
		v.text = name
	}
	return !public
}

func (d Discretion) meetings(v *value) (changed bool) {
	hidden := func(item value) bool {
		gone := item.kind == scalar && !d.Meeting(strings.TrimSpace(item.text))
		changed = changed || gone
		return gone
	}
	if v.kind == scalar && hidden(*v) {
		*v = value{}
	}
	v.items = slices.DeleteFunc(v.items, hidden)
	return changed
}

// Stub is a report in the place of one that is not public: what stands on the
// agenda of one that is exempt, and of a draft nothing but that it is one.
func Stub(r *Report, exempt bool) []byte {
	keys := value{kind: mapping}
	add := func(key, text string) {
		if text != "" {
			keys.pairs = append(keys.pairs, pair{key: key, value: value{kind: scalar, text: text}})
		}
	}
	if exempt {
		add("title", r.Title)
		add("status", "approved")
		add("committee", r.Committee)
		if r.Date != 0 {
			add("date", r.Date.String())
		}
	} else { // not even its committee is known; these keys must be there
		add("title", "Not public")
		add("status", "draft")
		add("committee", "Not public")
		add("date", "2000-01-01")
	}
	var b strings.Builder
	b.WriteString("---\n")
	keys.write(&b, 0)
	if exempt {
		paragraphs, _ := json.Marshal(r.Exempt) // numbers always encode
		b.WriteString("exempt: " + string(paragraphs) + "\n")
		keys.pairs = nil
		add("exempt_reason", r.ExemptReason)
		keys.write(&b, 0)
	}
	b.WriteString("---\n")
	return []byte(b.String())
}

// write is a value as YAML in block style, its texts in double quotation marks
// as JSON has them, which YAML reads alike.
func (v value) write(b *strings.Builder, indent int) {
	margin := strings.Repeat(" ", indent)
	for i, p := range v.pairs {
		if i > 0 || indent == 0 {
			b.WriteString(margin)
		}
		b.WriteString(p.key + ":")
		p.value.below(b, indent)
	}
}

// below is the value of a key or of an item of a list.
func (v value) below(b *strings.Builder, indent int) {
	switch {
	case v.kind == scalar:
		b.WriteString(" " + quotedYAML(v.text) + "\n")
	case v.kind == list && len(v.items) == 0:
		b.WriteString(" []\n")
	case v.kind == mapping && len(v.pairs) == 0:
		b.WriteString(" {}\n")
	case v.kind == list:
		b.WriteString("\n")
		for _, item := range v.items {
			b.WriteString(strings.Repeat(" ", indent+2) + "-")
			if item.kind == mapping && len(item.pairs) > 0 {
				b.WriteString(" ")
				item.write(b, indent+4)
				continue
			}
			item.below(b, indent+2)
		}
	case v.kind == mapping:
		b.WriteString("\n" + strings.Repeat(" ", indent+2))
		v.write(b, indent+2)
	default:
		b.WriteString("\n")
	}
}

func quotedYAML(text string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a text always encodes
	return strings.TrimSuffix(b.String(), "\n")
}
