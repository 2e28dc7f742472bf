package theme

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template/parse"

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
// put in and nothing fills. at is the file and lines are those of its keys; files
// are the theme's.
func (t *Theme) complete(from words, lines map[string]keyLine, at diag.Place, files map[string][]byte, problems *diag.List) {
	layouts := joined(files, "layouts", ".html")
	said := sync.OnceValue(func() sayings { return sayingsOf(files) }) // seldom asked for
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
		if _, ok := from[key]; ok || t.ownKey(key, asked, layouts, said) {
			t.fillable(key, lines[key].puts, from, said, problems)
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
// says the key. Some sentences of a kind are given the names of others of theirs:
// those are let be.
func (t *Theme) fillable(key string, puts []put, from words, said func() sayings, problems *diag.List) {
	if len(puts) == 0 {
		return
	}
	kind, code, _ := strings.Cut(key, ".")
	known, akin := score.Reasons[code], []string(nil)
	if kind != "reason" {
		known, akin = from.arguments(key), from.arguments(kind+".")
	}
	_, ours := from[key]
	for _, p := range puts {
		if !slices.Contains(known, p.argument) && !slices.Contains(akin, p.argument) && !said().mayFill(key, ours, p.argument) {
			p.unfilled(known, said().filled(key), problems)
		}
		if kinds := t.words.asked(); p.kind != "" && !kinds[p.kind] {
			found := problems.Errorf(p.place, "bad-theme", "found %s, and there are no words of the kind %s", p.shown(), diag.Quote(p.kind))
			found.Source, found.Hint = p.source, "write a kind that a key begins with, as in colour.red, or "+part{argument: p.argument}.shown()+" alone"
			if near := diag.Nearest(p.kind, slices.Sorted(maps.Keys(kinds))); near != "" {
				found.Hint = "write {" + p.argument + ":" + near + "}"
			}
		}
	}
}

// unfilled tells of a name that neither the program nor a layout fills.
func (p put) unfilled(program, layouts []string, problems *diag.List) {
	known := slices.Clone(program)
	for _, name := range layouts {
		if !slices.Contains(known, name) {
			known = append(known, name)
		}
	}
	found := problems.Errorf(p.place, "bad-theme", "found %s, which nothing fills; %s can be put in here", part{argument: p.argument}.shown(), braced(known))
	found.Source, found.Hint = p.source, "take it out: the page would have a hole there"
	if near := diag.Nearest(p.argument, known); near != "" {
		found.Hint = "write {" + near + "}"
	}
}

// shown is what is put in as a message has it: in braces, and shortened.
func (p part) shown() string {
	const most = 60
	name := p.argument
	if p.kind != "" {
		name += ":" + p.kind
	}
	if len(name) > most { // names are of letters of one byte
		name = name[:most] + "…"
	}
	return "{" + name + "}"
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

// sayings is what the layouts of a theme say, and what they fill it with. What
// cannot be read from them (a key or a name that is put together, kept in a
// variable or handed to a partial) is let be: a theme that is right must never be
// refused, and one that is wrong has a hole that is seen.
type sayings struct {
	texts  map[string]int      // the strings in their actions, how often each stands there
	times  map[string]int      // how often a key is said that is written out: say "home.count"
	names  map[string][]string // what such keys are filled with
	open   map[string]bool     // keys that are filled with a name that is not written out
	others bool                // a key is said that is not written out
	all    bool                // any key may be filled with any name
}

// sayingsOf reads the layouts. One that cannot be read may say anything: what is
// wrong with it is told elsewhere.
func sayingsOf(files map[string][]byte) sayings {
	s := sayings{texts: map[string]int{}, times: map[string]int{}, names: map[string][]string{}, open: map[string]bool{}}
	for _, name := range paths(files) {
		if path.Dir(name) != "layouts" || path.Ext(name) != ".html" {
			continue
		}
		trees, tree := map[string]*parse.Tree{}, parse.New(name)
		tree.Mode = parse.SkipFuncCheck
		if _, err := tree.Parse(string(files[name]), "", "", trees); err != nil {
			s.all = true
			continue
		}
		for _, tree := range trees {
			s.list(tree.Root)
		}
	}
	return s
}

// codes are those by which a key is said: a reason is said without its kind too.
func codes(key string) []string {
	if code, ok := strings.CutPrefix(key, "reason."); ok {
		return []string{key, code}
	}
	return []string{key}
}

// filled are the names that layouts fill where they say a key.
func (s sayings) filled(key string) (names []string) {
	for _, code := range codes(key) {
		names = append(names, s.names[code]...)
	}
	slices.Sort(names) // in whatever order the partials of a file are gone through
	return slices.Compact(names)
}

// mayFill reports whether a layout fills a name of a key, or may. It surely does not
// where each mention of the key is one that says it, or there is none and the
// program itself says it (ours), and all that it is filled with is written out.
func (s sayings) mayFill(key string, ours bool, name string) bool {
	sure, mentioned := !s.others, ours
	for _, code := range codes(key) {
		if s.all || s.open[code] || slices.Contains(s.names[code], name) {
			return true
		}
		sure = sure && s.times[code] == s.texts[code]
		mentioned = mentioned || s.times[code] > 0
	}
	return !(sure && mentioned) && s.texts[name] > 0
}

func (s *sayings) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for _, node := range l.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			s.pipe(n.Pipe)
		case *parse.TemplateNode:
			s.pipe(n.Pipe)
		case *parse.IfNode:
			s.branch(&n.BranchNode)
		case *parse.WithNode:
			s.branch(&n.BranchNode)
		case *parse.RangeNode:
			s.branch(&n.BranchNode)
		}
	}
}

func (s *sayings) branch(n *parse.BranchNode) {
	s.pipe(n.Pipe)
	s.list(n.List)
	s.list(n.ElseList)
}

func (s *sayings) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for i, command := range p.Cmds {
		for _, arg := range command.Args {
			if chain, ok := arg.(*parse.ChainNode); ok { // (index .Rows 0).Text
				arg = chain.Node
			}
			switch n := arg.(type) {
			case *parse.PipeNode:
				s.pipe(n)
			case *parse.StringNode:
				s.texts[n.Text]++
			}
		}
		if name, ok := command.Args[0].(*parse.IdentifierNode); ok && name.Ident == "say" {
			given := command.Args[1:]
			if i > 0 {
				given = append(slices.Clone(given), p.Cmds[i-1]) // the value before is given last
			}
			s.say(given)
		}
	}
}

// say takes in one call of say: a key, and names with their values.
func (s *sayings) say(given []parse.Node) {
	if len(given) == 0 {
		return
	}
	key, written := given[0].(*parse.StringNode)
	for i := 1; i < len(given); i += 2 {
		name, ok := given[i].(*parse.StringNode)
		switch {
		case written && ok:
			s.names[key.Text] = append(s.names[key.Text], name.Text)
		case written:
			s.open[key.Text] = true
		case !ok:
			s.all = true
		}
	}
	if written {
		s.times[key.Text]++
	} else {
		s.others = true
	}
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
// not know: its layouts name it or put it together, or its kind is one of its own,
// which a layout or a sentence puts in.
func (t *Theme) ownKey(key string, asked map[string]bool, layouts []byte, said func() sayings) bool {
	kind, code, _ := strings.Cut(key, ".")
	switch {
	case names(layouts, key), bytes.Contains(layouts, []byte(kind+".%")) && said().others:
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

// names reports whether the layouts hold a name as a string, which is how they
// ask for words: say "home.lead", word "good" .Good.
func names(layouts []byte, name string) bool {
	return bytes.Contains(layouts, []byte(`"`+name+`"`)) || bytes.Contains(layouts, []byte("`"+name+"`"))
}
