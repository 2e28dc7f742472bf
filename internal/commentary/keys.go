package commentary

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// keys reads the values of one mapping by name and tells of what is unknown,
// repeated, of the wrong kind or malformed. What cannot be read is left empty.
type keys struct {
	source *source
	at     diag.Place
	pairs  map[string]pair
	broken bool // there are no keys to read: told already, so none is missing
}

// readKeys takes a mapping apart. known are the keys that may stand in it.
func readKeys(s *source, v value, known ...string) keys {
	k := keys{source: s, at: v.at, pairs: map[string]pair{}}
	if v.kind != mapping {
		s.errorf(v.at, "bad-key", "known keys: "+strings.Join(known, ", "), "keys with values are wanted, not %s", v.quoted())
		k.broken = true
		return k
	}
	for _, p := range v.pairs {
		if !slices.Contains(known, p.key) {
			hint := "known keys: " + strings.Join(known, ", ")
			if near := diag.Nearest(p.key, known); near != "" {
				hint = "did you mean " + near + "?"
			}
			s.errorf(p.at, "bad-key", hint, "%s is not a known key", diag.Quote(p.key))
			continue
		}
		if _, twice := k.pairs[p.key]; twice {
			s.errorf(p.at, "bad-key", "keep one of them", "the key %s is given twice", p.key)
			continue
		}
		k.pairs[p.key] = p
	}
	return k
}

// has reports whether a key stands there with a value.
func (k keys) has(key string) bool { return k.pairs[key].value.kind != nothing }

// stands reports whether a key is there, with a value or without.
func (k keys) stands(key string) bool {
	_, ok := k.pairs[key]
	return ok
}

// decisive are the keys that say what is public and how it is judged, each with
// its mend. One without a value cannot be read as one that is not there:
// publish_on: with nothing after it would be "at once".
var decisive = map[string]string{
	"status":            "write status: draft, or the status that it has",
	"publish_on":        "write publish_on: and the day, such as 2017-03-22, or take the line out: then it is public at once",
	"issue":             "write issue: 1 for the month's first return, 2 for its second, or take the line out: then every issue is public",
	"exempt":            "write exempt: [3] with the paragraph of Schedule 12A, or exempt: no where it is public",
	"first_report":      "write first_report: and the month, such as 2017-01, or take the line out: then every month needs a cover",
	"disclosure":        "write disclosure: off, or disclosure: {suppress: 1..5, complement: false}",
	"complement":        "write complement: true, or complement: false",
	"rag_rule":          "write rag_rule: " + naturalList(ragRules) + ", or take the line out: then it is tolerance",
	"default_tolerance": "write default_tolerance: and per cent of the target, such as 10, or take the line out: then there is no amber by it",
}

// decide tells of the decisive keys that have no value. In a draft, or where no
// status is written yet, they may still be filled in, but for exempt: no preview
// shows what may be.
func (k keys) decide() {
	for key, mend := range decisive {
		if !k.stands(key) || !k.empty(key) {
			continue
		}
		tell := k.source.errorf
		if key != "exempt" && (k.value("status").text == "draft" || k.stands("status") && k.empty("status")) {
			tell = k.source.warnf
		}
		tell(k.pairs[key].at, "bad-key", mend, "%s has no value", key)
	}
}

// empty reports whether a key has no value: nothing, or a text without a word.
func (k keys) empty(key string) bool {
	v := k.value(key)
	return v.kind == nothing || v.kind == scalar && strings.TrimSpace(v.text) == ""
}

func (k keys) value(key string) value { return k.pairs[key].value }

// place is where a key's value stands, or where the keys start.
func (k keys) place(key string) diag.Place {
	if p, ok := k.pairs[key]; ok {
		return p.value.at
	}
	return k.at
}

func (k keys) errorf(key, code, hint, format string, args ...any) {
	k.source.errorf(k.place(key), code, hint, format, args...)
}

// text reads a plain text. It is printed as it stands, so a figure reference
// in it would reach the reader as braces: that is an error.
func (k keys) text(key string) string {
	v := k.value(key)
	switch {
	case v.kind == nothing:
		return ""
	case v.kind != scalar:
		k.errorf(key, "bad-key", "write one text: "+key+": …", "%s is %v; one text is wanted", key, v.kind)
		return ""
	case strings.Contains(v.text, "{{"):
		k.errorf(key, "unknown-figure", "put the figure into the text below the front matter", "%s holds a figure reference; here it is not filled in", key)
	}
	return strings.TrimSpace(v.text)
}

// required reads a text that must be there.
func (k keys) required(key, example string) string {
	text := k.text(key)
	if text == "" && !k.broken && (!k.has(key) || k.value(key).kind == scalar) {
		k.source.errorf(k.place(key), "bad-key", "write "+key+": "+example, "%s is missing", key)
	}
	return text
}

var (
	idShape       = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)
	languageShape = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	decimalShape  = regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{1,6})?$`)
	intervalShape = regexp.MustCompile(`^([0-9]{1,6})\.\.([0-9]{1,6})$`)
)

// shaped reports whether a word may be a name in files and addresses, and
// tells where it may not.
func (k keys) shaped(word string, at diag.Place, what string) bool {
	if idShape.MatchString(word) {
		return true
	}
	k.source.errorf(at, "bad-key", "use letters, digits, - and _ only", "%s %s is not a name for files and addresses", what, diag.Quote(word))
	return false
}

// choice reads a word out of a few.
func (k keys) choice(key string, words ...string) string {
	text := k.text(key)
	if text == "" || slices.Contains(words, text) {
		return text
	}
	hint := "write " + key + ": " + naturalList(words)
	if near := diag.Nearest(text, words); near != "" {
		hint = "did you mean " + near + "?"
	}
	k.errorf(key, "bad-key", hint, "%s %s is not known", key, diag.Quote(text))
	return ""
}

// truth reads true or false; false where it is not given.
func (k keys) truth(key string) bool {
	switch k.choice(key, "true", "false") {
	case "true":
		return true
	}
	return false
}

// list reads a list of anything.
func (k keys) list(key string) []value {
	v := k.value(key)
	switch v.kind {
	case nothing:
		return nil
	case list:
		return v.items
	}
	k.errorf(key, "bad-key", "write a list: "+key+": [one, two]", "%s is %v; a list is wanted", key, v.kind)
	return nil
}

// words reads a list of single texts, each once. Their places come with them.
func (k keys) words(key string) (words []string, places []diag.Place) {
	for _, item := range k.list(key) {
		text := strings.TrimSpace(item.text)
		switch {
		case item.kind != scalar || text == "":
			k.source.errorf(item.at, "bad-key", "write a word", "%s holds %v; a word is wanted", key, item.kind)
		case slices.Contains(words, text):
			k.source.errorf(item.at, "bad-key", "keep one of them", "%s stands twice in %s", diag.Quote(text), key)
		default:
			words, places = append(words, text), append(places, item.at)
		}
	}
	return words, places
}

// names is words that become parts of addresses.
func (k keys) names(key, what string) []string {
	var names []string
	words, places := k.words(key)
	for i, word := range words {
		if k.shaped(word, places[i], what) {
			names = append(names, word)
		}
	}
	return names
}

// date reads a day; ok is false where none is given or it is no day.
func (k keys) date(key string) (day period.Date, ok bool) {
	text := k.text(key)
	if text == "" {
		return 0, false
	}
	day, err := period.ParseDate(text)
	if err == nil {
		return day, true
	}
	k.errorf(key, "bad-date", mendOf(err), "%s %s is not a date", key, diag.Quote(text))
	return 0, false
}

// mendOf says how what was meant as a month or a day is to be written.
func mendOf(err error) string {
	var wrong *period.SyntaxError
	if errors.As(err, &wrong) {
		return wrong.Mend
	}
	return ""
}

// month reads a month; ok is false where none is given or it is no month.
func (k keys) month(key string) (month period.Month, ok bool) {
	text := k.text(key)
	if text == "" {
		return 0, false
	}
	month, err := period.ParseMonth(text)
	if err != nil {
		k.errorf(key, "bad-period", mendOf(err), "%s %s is not a month", key, diag.Quote(text))
		return 0, false
	}
	return month, true
}

// address reads an absolute web address.
func (k keys) address(key string) string {
	text := k.text(key)
	if text == "" {
		return ""
	}
	if !isWebAddress(text) {
		k.errorf(key, "bad-key", "write it in full: https://www.example.gov.uk/", "%s %s is not a web address", key, diag.Quote(text))
		return ""
	}
	return text
}

// disclosure reads `off` or {suppress: 1..5, complement: true} (contract,
// section 6). The interval is handed on as written.
func (k keys) disclosure(key string) (suppress string, complement bool) {
	v := k.value(key)
	const example = "write disclosure: off, or disclosure: {suppress: 1..5, complement: false}"
	switch v.kind {
	case nothing:
		return "", false
	case scalar:
		if !k.empty(key) && v.text != "off" && v.text != "false" {
			k.errorf(key, "bad-key", example, "%s %s is not known", key, v.quoted())
		}
		return "", false
	}
	inner := readKeys(k.source, v, "suppress", "complement")
	inner.decide()
	suppress = inner.required("suppress", "1..5")
	complement = inner.truth("complement")
	if suppress == "" {
		return "", complement
	}
	m := intervalShape.FindStringSubmatch(suppress)
	if m == nil || len(m[1]) > len(m[2]) || len(m[1]) == len(m[2]) && m[1] > m[2] {
		inner.errorf("suppress", "bad-interval", "write the smallest and the largest count: 1..5", "%s is not a range of counts", diag.Quote(suppress))
		return "", complement
	}
	return suppress, complement
}
