package theme

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"outturn/internal/diag"
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
// tells of each, and of each key of its own that nothing asks for. at is the
// file and lines are those of its keys.
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
