package theme

import (
	"bytes"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"outturn/internal/diag"
	"outturn/internal/score"
	"outturn/themes"
)

// A site's theme may be a copy of the default one, made when the program asked
// for fewer words, or a translation that is not finished. A page never shows the
// code of a sentence for the sentence: what is missing is said in the default
// theme's words, and told.

// standard are the words of the default theme, in which every key stands that
// the program asks for.
type standard struct {
	text  []byte
	words words
}

// standardWords reads them once; a test holds that nothing is wrong with them.
var standardWords = sync.OnceValue(func() standard {
	text, err := fs.ReadFile(themes.FS, "civic/words/en-GB.txt")
	if err != nil {
		return standard{}
	}
	all, _ := parseWords(string(text), "themes/civic/words/en-GB.txt", new(diag.List))
	return standard{text, all}
})

// complete takes the words that the theme lacks from the standard ones, and
// tells of each, of each key of its own that nothing asks for, and of what its words
// put in and nothing fills. at is the file and lines are those of its keys.
func (t *Theme) complete(from words, lines map[string]keyLine, at diag.Place, layouts []byte, problems *diag.List) {
	var missing []string
	for _, key := range slices.Sorted(maps.Keys(from)) {
		if _, ok := t.words[key]; ok || spared(key, lines) {
			continue
		}
		t.words[key] = from[key]
		if _, faulty := lines[key]; faulty {
			continue // told where it stands
		}
		missing = append(missing, key)
		p := problems.Warnf(at, "bad-theme", "the key %s is missing; its words are taken from the program's own theme", diag.Quote(key))
		p.Hint = "put it in: " + key + ": " + from[key].String()
	}
	asked := from.asked()
	for _, key := range slices.Sorted(maps.Keys(lines)) {
		if _, ok := from[key]; ok || t.ownKey(key, asked, layouts) {
			t.fillable(key, lines[key].puts, from, layouts, problems)
			continue
		}
		at.Line, at.Column = lines[key].number, 1
		p := problems.Warnf(at, "bad-theme", "nothing asks for the key %s, so its words are said nowhere", diag.Quote(key))
		p.Source = lines[key].source
		p.Hint = "take it out"
		near := diag.Nearest(key, missing)
		if near == "" {
			near = diag.Nearest(key, slices.Sorted(maps.Keys(from)))
		}
		if near != "" {
			p.Hint = "write " + near + ", if that is meant, or take it out"
		}
	}
}

// fillable tells of what the words of a key put in and nothing fills: the page
// would have a hole there. Known are the names that the reason has (package
// score), or else those of the program's own words, and what a layout fills that
// says the key. Some sentences of a kind are given the names of others of theirs, and
// a layout may say a key that it puts together: those names are let be.
func (t *Theme) fillable(key string, puts []put, from words, layouts []byte, problems *diag.List) {
	if len(puts) == 0 {
		return
	}
	kind, code, _ := strings.Cut(key, ".")
	known, akin := score.Reasons[code], []string(nil)
	if kind != "reason" {
		known, akin = from.arguments(key), from.arguments(kind+".")
	}
	for _, p := range puts {
		if !slices.Contains(known, p.argument) && !slices.Contains(akin, p.argument) {
			unfilled(key, p, known, from, layouts, problems)
		}
		if kinds := t.words.asked(); p.kind != "" && !kinds[p.kind] {
			found := problems.Errorf(p.place, "bad-theme", "found {%s:%s}, and there are no words of the kind %s", p.argument, p.kind, diag.Quote(p.kind))
			found.Source, found.Hint = p.source, "write a kind that a key begins with, as in colour.red, or {"+p.argument+"} alone"
			if near := diag.Nearest(p.kind, slices.Sorted(maps.Keys(kinds))); near != "" {
				found.Hint = "write {" + p.argument + ":" + near + "}"
			}
		}
	}
}

// unfilled tells of a name that the program does not know, unless a layout does.
func unfilled(key string, p put, known []string, from words, layouts []byte, problems *diag.List) {
	_, ours := from[key]
	composed := !ours && !names(layouts, key)
	known = append(slices.Clone(known), filled(layouts, key)...)
	if slices.Contains(known, p.argument) || composed && names(layouts, p.argument) {
		return
	}
	found := problems.Errorf(p.place, "bad-theme", "found {%s}, which nothing fills; %s can be put in here", p.argument, braced(known))
	found.Source, found.Hint = p.source, "take it out: the page would have a hole there"
	if near := diag.Nearest(p.argument, known); near != "" {
		found.Hint = "write {" + near + "}"
	}
}

// arguments are the names that the words of a key put in, or those of all keys of
// a kind (kind.).
func (all words) arguments(of string) []string {
	found := map[string]bool{}
	for key, p := range all {
		if key == of || strings.HasSuffix(of, ".") && strings.HasPrefix(key, of) {
			p.arguments(found)
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func (p phrase) arguments(found map[string]bool) {
	for _, part := range p {
		if part.argument != "" {
			found[part.argument] = true
		}
		part.optional.arguments(found)
	}
}

// said finds where layouts say a key with what fills it: say "a.key" "name" .Value.
var (
	said  = regexp.MustCompile("\\bsay\\s+[\"`]([^\"`]+)[\"`]([^{}]*)")
	given = regexp.MustCompile("[\"`]([a-z][a-z0-9_-]*)[\"`]")
)

// filled are the names that layouts fill where they say a key; a value that is
// written out may be among them.
func filled(layouts []byte, key string) (known []string) {
	for _, say := range said.FindAllSubmatch(layouts, -1) {
		if string(say[1]) == key {
			for _, name := range given.FindAllSubmatch(say[2], -1) {
				known = append(known, string(name[1]))
			}
		}
	}
	return known
}

// braced lists names as a words file has them.
func braced(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return "{" + strings.Join(names, "}, {") + "}"
}

// spared reports whether a theme may go without a key: the words for a change
// by its rating, where it has words of its own for the change (moved).
func spared(key string, own map[string]keyLine) bool {
	parts := strings.Split(key, ".")
	if len(parts) != 3 || parts[0] != "judgement" {
		return false
	}
	_, ok := own["judgement."+parts[1]]
	return ok
}

// ownKey reports whether the theme itself asks for a key that the program does
// not know: its layouts name it, or its kind is one of its own, which a layout or
// a sentence puts in.
func (t *Theme) ownKey(key string, asked map[string]bool, layouts []byte) bool {
	kind, code, _ := strings.Cut(key, ".")
	switch {
	case names(layouts, key):
		return true
	case asked[kind]:
		return code != "" && names(layouts, kind) && names(layouts, code)
	}
	return names(layouts, kind) || slices.ContainsFunc(slices.Collect(maps.Values(t.words)), func(p phrase) bool { return p.puts(kind) })
}

// asked are the kinds of the keys: good of good.high.
func (all words) asked() map[string]bool {
	kinds := map[string]bool{}
	for key := range all {
		kind, _, _ := strings.Cut(key, ".")
		kinds[kind] = true
	}
	return kinds
}

// puts reports whether the phrase puts in a word of the kind: {rating:colour}.
func (p phrase) puts(kind string) bool {
	return slices.ContainsFunc(p, func(part part) bool { return part.kind == kind || part.optional.puts(kind) })
}

// String is the phrase as a words file has it, in one line.
func (p phrase) String() string {
	var b strings.Builder
	for _, part := range p {
		switch {
		case part.optional != nil:
			b.WriteString("[[" + part.optional.String() + "]]")
		case part.kind != "":
			b.WriteString("{" + part.argument + ":" + part.kind + "}")
		case part.argument != "":
			b.WriteString("{" + part.argument + "}")
		default:
			b.WriteString(part.text)
		}
	}
	return b.String()
}

// layouts are the theme's layouts, one after another.
func layouts(files map[string][]byte) []byte {
	return joined(files, "layouts", ".html")
}

// names reports whether the layouts hold a name as a string, which is how they
// ask for words: say "home.lead", word "good" .Good.
func names(layouts []byte, name string) bool {
	return bytes.Contains(layouts, []byte(`"`+name+`"`)) || bytes.Contains(layouts, []byte("`"+name+"`"))
}
