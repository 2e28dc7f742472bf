package theme

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"outturn/internal/diag"
)

// A words file holds the theme's words for the codes of the views, one a line:
//
//	good.high: High is good
//	reason.no-target: Not rated: no target has been set[[ for {period}]].
//
// A line that begins with a space goes on with the one before. # begins a
// comment line. {name} is put in, {name:kind} as the theme's word of that kind
// ({rating:colour} says colour.red for red); a part in [[ ]] vanishes where a
// name inside it is empty.

// words are the sentences of a words file by key.
type words map[string]phrase

// phrase is a sentence in parts.
type phrase []part

// part is fixed text, an argument, or an optional run of parts.
type part struct {
	text     string
	argument string
	kind     string // of the argument's word; "" puts it in as it is
	optional phrase
}

// write appends the phrase with its arguments. ok is false where an argument is
// empty: an optional part then vanishes.
func (p phrase) write(b []byte, all words, args func(name string) string) (out []byte, ok bool) {
	ok = true
	for _, part := range p {
		switch {
		case part.optional != nil:
			if longer, whole := part.optional.write(b, all, args); whole {
				b = longer
			}
		case part.argument != "":
			value := args(part.argument)
			if value == "" {
				ok = false
			} else if part.kind != "" {
				value = all.word(part.kind, value)
			}
			b = append(b, value...)
		default:
			b = append(b, part.text...)
		}
	}
	return b, ok
}

// Sentence says a reason in the theme's words (key reason.<code>, else <code>
// as a whole key); args are finished strings. For a code that neither the theme nor
// the default one has (complete.go), the code itself is returned.
func (t *Theme) Sentence(code string, args map[string]string) string {
	return t.Say(code, func(name string) string { return args[name] })
}

// Say is Sentence for who has the words by a function; of a name that it does not
// know it gives "".
func (t *Theme) Say(code string, args func(name string) string) string {
	p, ok := t.words["reason."+code]
	if !ok {
		p, ok = t.words[code]
	}
	if !ok {
		return code
	}
	var room [256]byte // most sentences are shorter
	said, _ := p.write(room[:0], t.words, args)
	return string(said)
}

// Word is the theme's word for a code of a kind: Word("good", "high") = "High is good".
// An unknown one is the code itself, underscores as spaces.
func (t *Theme) Word(kind, code string) string { return t.words.word(kind, code) }

func (all words) word(kind, code string) string {
	p, ok := all[kind+"."+code]
	if !ok {
		return strings.ReplaceAll(code, "_", " ")
	}
	if len(p) == 1 && p[0].optional == nil && p[0].argument == "" {
		return p[0].text // nearly every word
	}
	said, _ := p.write(nil, nil, func(string) string { return "" })
	return string(said)
}

// loadWords reads the words of the language, else of another variety of it.
func (t *Theme) loadWords(files map[string][]byte, root, language string, problems *diag.List) {
	file := path.Join("words", language+".txt")
	if _, ok := files[file]; !ok {
		base, _, _ := strings.Cut(language, "-")
		for _, name := range paths(files) {
			other, isWords := strings.CutPrefix(name, "words/")
			if isWords && (strings.HasPrefix(other, base+"-") || other == base+".txt") {
				file = name
				break
			}
		}
	}
	text, ok := files[file]
	if !ok {
		p := problems.Errorf(diag.Place{File: path.Join(root, file)}, "bad-theme", "the theme has no words for the language %s", diag.Quote(language))
		p.Hint = "translate words/en-GB.txt, or name in content/site.yaml a language that the theme has"
		return
	}
	all, lines := parseWords(string(text), path.Join(root, file), problems)
	t.words = all
	if standard := standardWords(); !bytes.Equal(text, standard.text) {
		t.complete(standard.words, lines, diag.Place{File: path.Join(root, file)}, files, problems)
	}
}

// parseWords reads a words file; first has where each key stands first. A
// faulty line is a problem and is left out.
func parseWords(text, file string, problems *diag.List) (all words, first map[string]keyLine) {
	all, first = words{}, map[string]keyLine{}
	text = strings.TrimPrefix(text, "\ufeff")
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for n := 0; n < len(lines); n++ {
		line := lines[n]
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		at := diag.Place{File: file, Line: n + 1, Column: 1}
		key, rest, found := strings.Cut(line, ":")
		if !found || key == "" || strings.ContainsAny(key, " \t{}[]") {
			p := problems.Errorf(at, "bad-theme", "found %s where a key and its words were expected", diag.Quote(line))
			p.Hint = "write key: words, or begin the line with a space to go on with the line before"
			p.Source = line
			continue
		}
		source := parsed{file: file, problems: problems}
		source.add(n+1, utf8.RuneCountInString(key)+2, rest, line)
		for n+1 < len(lines) && strings.TrimSpace(lines[n+1]) != "" && (lines[n+1][0] == ' ' || lines[n+1][0] == '\t') {
			n++
			source.add(n+1, 1, lines[n], lines[n])
		}
		if before, twice := first[key]; twice {
			p := problems.Errorf(at, "bad-theme", "the key %s stands twice: first in line %d", diag.Quote(key), before.number)
			p.Hint = "take one of them out"
			p.Source = line
			continue
		}
		if p, ok := source.phrase(false); ok {
			all[key] = p
		} else {
			source.puts = nil // told
		}
		first[key] = keyLine{at.Line, line, source.puts}
	}
	return all, first
}

// keyLine is the line of a words file in which a key stands, and what its words
// put in.
type keyLine struct {
	number int
	source string
	puts   []put
}

// put is a {name} or {name:kind} in the words of a key.
type put struct {
	part
	place  diag.Place
	source string
}

// parsed is the text of one key with the place of each character, and where
// the reading of it stands.
type parsed struct {
	file     string
	problems *diag.List
	text     []rune
	places   []diag.Place
	sources  []string
	at       int
	puts     []put
}

// add takes a line's words on, single spaces between them.
func (s *parsed) add(line, column int, text, source string) {
	space := len(s.text) > 0
	for i, r := range []rune(text) {
		if r == ' ' || r == '\t' {
			space = len(s.text) > 0
			continue
		}
		place := diag.Place{File: s.file, Line: line, Column: column + i}
		if space {
			s.text, s.places, s.sources = append(s.text, ' '), append(s.places, place), append(s.sources, source)
			space = false
		}
		s.text, s.places, s.sources = append(s.text, r), append(s.places, place), append(s.sources, source)
	}
}

func (s *parsed) sees(token string) bool {
	return strings.HasPrefix(string(s.text[s.at:min(len(s.text), s.at+2)]), token)
}

func (s *parsed) fault(at int, message, hint string) {
	p := s.problems.Errorf(s.places[at], "bad-theme", "%s", message)
	p.Hint, p.Source = hint, s.sources[at]
}

// phrase reads to the end of the text, or of the optional part that it is in.
func (s *parsed) phrase(optional bool) (phrase, bool) {
	p := phrase{}
	start := s.at
	text := func() {
		if s.at > start {
			p = append(p, part{text: string(s.text[start:s.at])})
		}
	}
	for s.at < len(s.text) {
		switch {
		case s.sees("[[") && !optional:
			text()
			open := s.at
			s.at += 2
			inner, ok := s.phrase(true)
			if !ok {
				return nil, false
			}
			if !s.sees("]]") {
				s.fault(open, "[[ has no ]] after it", "close the optional part with ]]")
				return nil, false
			}
			s.at += 2
			p = append(p, part{optional: inner})
			start = s.at
		case s.sees("[["):
			s.fault(s.at, "[[ stands inside another [[ ]]", "close the first part with ]] before it")
			return nil, false
		case s.sees("]]") && optional:
			text()
			return p, true
		case s.sees("]]"):
			s.fault(s.at, "]] has no [[ before it", "open the optional part with [[, or take the ]] out")
			return nil, false
		case s.text[s.at] == '{':
			text()
			end := s.at + 1
			for end < len(s.text) && isNameRune(s.text[end]) {
				end++
			}
			if end == s.at+1 || s.text[s.at+1] == ':' || end == len(s.text) || s.text[end] != '}' {
				s.fault(s.at, "{ begins no name", "write a name in braces, such as {figure}")
				return nil, false
			}
			argument, kind, _ := strings.Cut(string(s.text[s.at+1:end]), ":")
			p = append(p, part{argument: argument, kind: kind})
			s.puts = append(s.puts, put{p[len(p)-1], s.places[s.at], s.sources[s.at]})
			s.at = end + 1
			start = s.at
		default:
			s.at++
		}
	}
	text()
	return p, true
}

func isNameRune(r rune) bool {
	return r == '_' || r == '-' || r == ':' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
}
