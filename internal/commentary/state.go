package commentary

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// State says whether a report or a meeting is public (contract, section 4).
type State struct {
	Status       string      // draft, approved; of a meeting draft, planned, cancelled, held
	PublishOn    period.Date // 0 with HasPublishOn false: at once
	HasPublishOn bool
	Unknown      bool // it could not be read, which is told
}

// Released reports whether it is out by a day: not a draft, and its date has come.
func (s State) Released(today period.Date) bool {
	return !s.Unknown && s.Status != "" && s.Status != "draft" && (!s.HasPublishOn || s.PublishOn <= today)
}

// state reads status and publish_on. What cannot be read is not public, and is
// told: only who says draft, or nothing, keeps a file's faults to those who prepare it.
func (p page) state(words ...string) State {
	if p.broken {
		return looseState(p.source.text, words)
	}
	s := State{Status: p.choice("status", words...)}
	if !p.stands("status") {
		p.source.warnf(p.at, "bad-key", "write status: draft, or status: "+naturalList(words[1:]), "status is missing, so this stays a draft")
	}
	s.PublishOn, s.HasPublishOn = p.date("publish_on")
	s.Unknown = p.stands("status") && s.Status == "" || p.stands("publish_on") && !s.HasPublishOn && s.Status != "draft"
	if s.Status == "" || s.Unknown {
		s.Status = "draft"
	}
	return s
}

var (
	looseStatus = regexp.MustCompile(`(?m)^status:[ \t]*["']?([A-Za-z]+)`)
	looseDay    = regexp.MustCompile(`(?m)^publish_on:[ \t]*["']?([0-9]{4}-[0-9]{2}-[0-9]{2})`)
)

// looseState reads the state of a file that is no YAML, or no UTF-8: whether
// its faults may be told in public hangs on it.
func looseState(text []byte, words []string) State {
	s := State{Status: "draft", Unknown: true}
	if m := looseStatus.FindSubmatch(text); m != nil && slices.Contains(words, string(m[1])) {
		s.Status, s.Unknown = string(m[1]), false
	}
	if m := looseDay.FindSubmatch(text); m != nil {
		if day, err := period.ParseDate(string(m[1])); err == nil {
			s.PublishOn, s.HasPublishOn = day, true
		}
	}
	return s
}

// meansExempt reports whether a key is exempt, or as good as that: Exempt,
// exempted, exmept.
func meansExempt(key string) bool {
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(key)), "exempt") || diag.Nearest(key, []string{"exempt"}) != ""
}

// MayBeExempt reports whether a report is exempt, or cannot be read and has a
// word in it that may mean so.
func (r Report) MayBeExempt() bool {
	if !r.Broken {
		return r.IsExempt()
	}
	notLetter := func(c rune) bool { return !unicode.IsLetter(c) }
	return r.IsExempt() && (r.Raw == "" || slices.ContainsFunc(strings.FieldsFunc(r.Raw, notLetter), meansExempt))
}

func isNo(value string) bool {
	value = strings.ToLower(strings.ReplaceAll(strings.Trim(strings.TrimSpace(value), `"'`), " ", ""))
	return slices.Contains([]string{"", "no", "none", "false", "null", "~", "[]"}, value)
}

// unreadState is that of a file whose text could not be read, with its bytes.
func (l *loader) unreadState(file string, words ...string) (s State, raw string) {
	bytes, err := fs.ReadFile(l.site, file)
	if err != nil {
		return State{Status: "draft", Unknown: true}, ""
	}
	return looseState(bytes, words), string(bytes)
}

// prose reads a text that may hold figures, as Markdown.
func (k keys) prose(key string) Text {
	v := k.value(key)
	switch v.kind {
	case nothing:
		return Text{}
	case scalar:
		return k.proseOf(v)
	}
	k.errorf(key, "bad-key", "write one text: "+key+": …", "%s is %v; one text is wanted", key, v.kind)
	return Text{}
}

// proses reads a list of such texts; one text alone is a list of one.
func (k keys) proses(key string) []Text {
	v := k.value(key)
	items := []value{v}
	switch v.kind {
	case nothing:
		return nil
	case list:
		items = v.items
	}
	var texts []Text
	for _, item := range items {
		if item.kind != scalar {
			k.source.errorf(item.at, "bad-key", "write a text", "%s holds %v; a text is wanted", key, item.kind)
			continue
		}
		if text := k.proseOf(item); !text.Empty() {
			texts = append(texts, text)
		}
	}
	return texts
}

func (k keys) proseOf(v value) Text { return parseMarkdown(k.source.excerpt(v), 0).freeze() }

// lines reads a list of plain texts; one text alone is a list of one.
func (k keys) lines(key string) []string {
	if k.value(key).kind == scalar {
		if text := k.text(key); text != "" {
			return []string{text}
		}
		return nil
	}
	words, _ := k.words(key)
	for i, word := range words {
		if strings.Contains(word, "{{") {
			k.errorf(key, "unknown-figure", "put the figure into the text below the front matter", "%s holds a figure reference; here it is not filled in", key)
		}
		words[i] = word
	}
	return words
}

// Named is a word of the front matter with its place: a slug, a scorecard, a file.
type Named struct {
	Text   string
	Place  diag.Place
	Source string
}

func (k keys) named(v value) Named {
	return Named{Text: strings.TrimSpace(v.text), Place: v.at, Source: k.source.line(v.at.Line)}
}

// name reads one such word.
func (k keys) name(key string) Named {
	if k.text(key) == "" {
		return Named{}
	}
	return k.named(k.value(key))
}

// namedList reads a list of such words, each once.
func (k keys) namedList(key string) []Named {
	if k.value(key).kind == scalar {
		return []Named{k.name(key)}
	}
	words, places := k.words(key)
	var names []Named
	for i, word := range words {
		names = append(names, Named{Text: word, Place: places[i], Source: k.source.line(places[i].Line)})
	}
	return names
}
