package prose

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Word is a word, a number or a sign of a sentence.
type Word struct {
	Text, Lower string
	Start, End  int  // characters of the text
	Glued       bool // no space stands before it
	Kind        WordKind
	Suffix      string // of a number, letters that cling to it: 12A, 5pm, 4.2m
	figure      int    // of Figures, plus 1
}

// WordKind tells words from numbers and signs.
type WordKind uint8

const (
	Letters WordKind = iota
	Digits
	Sign
	Reference
)

// refRune stands where the text has a figure reference.
const refRune = '\uFFFC'

// split takes a text apart.
func split(text string) []Word {
	return slices.AppendSeq(make([]Word, 0, len(text)/5+4), parted(text))
}

// parted visits the words of a text. They are parted at hyphens: "re-referral" is
// two, the second glued to its sign.
func parted(text string) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		runes := []rune(text)
		if !utf8.ValidString(text) {
			text = string(runes) // what cannot be read, as signs
		}
		char, at := 0, 0 // as far as cut has come, in characters and in bytes
		skip := func(to int) int {
			for ; char < to; char++ {
				at += utf8.RuneLen(runes[char])
			}
			return at
		}
		cut := func(from, to int) string { return text[skip(from):skip(to)] } // the next piece: no copy
		space := true
		for i := 0; i < len(runes); {
			r := runes[i]
			if unicode.IsSpace(r) {
				space = true
				i++
				continue
			}
			w := Word{Start: i, Glued: !space, Kind: Sign}
			end, suffix := i+1, i+1
			switch {
			case r == refRune:
				w.Kind = Reference
			case isDigit(r) || r == '.' && i+1 < len(runes) && isDigit(runes[i+1]) && space:
				w.Kind = Digits
				end = numberEnd(runes, i)
				for suffix = end; suffix < len(runes) && unicode.IsLetter(runes[suffix]); {
					suffix++
				}
			case unicode.IsLetter(r):
				w.Kind = Letters
				for end < len(runes) && (unicode.IsLetter(runes[end]) || isDigit(runes[end]) ||
					isApostrophe(runes[end]) && end+1 < len(runes) && unicode.IsLetter(runes[end+1])) {
					end++
				}
				suffix = end
			}
			w.Text, w.Suffix, w.End = cut(i, end), cut(end, suffix), suffix
			if w.Lower = strings.ToLower(w.Text); w.Kind == Letters {
				w.Lower = strings.TrimSuffix(strings.ReplaceAll(w.Lower, "’", "'"), "'s") // December's 267
			}
			if !yield(w) {
				return
			}
			i, space = suffix, false
		}
	}
}

func isDigit(r rune) bool      { return '0' <= r && r <= '9' }
func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// numberEnd is where a run of figures, points and commas ends. A letter O or l
// between figures is taken for a slip of the hand and kept within.
func numberEnd(runes []rune, from int) int {
	end := from
	for end < len(runes) {
		r := runes[end]
		slip := strings.ContainsRune("OoIl", r) && end+1 < len(runes) && isDigit(runes[end+1])
		if !isDigit(r) && r != '.' && r != ',' && !slip {
			break
		}
		end++
	}
	for end > from+1 && (runes[end-1] == '.' || runes[end-1] == ',') {
		end--
	}
	return end
}

// abbreviations end with a point that ends no sentence.
var abbreviations = set("inc e.g eg i.e ie etc no nos st approx vs dr mr mrs ms para paras p pp fig cf c ref ext tel incl excl")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// sentences parts the words of a text.
func sentences(words []Word) [][]Word {
	var parts [][]Word
	start := 0
	for i, w := range words {
		if w.Kind != Sign || !strings.Contains(".!?", w.Text) {
			continue
		}
		if i+1 < len(words) {
			next := words[i+1]
			opens := next.Kind != Letters || unicode.IsUpper([]rune(next.Text)[0])
			if next.Glued || !opens {
				continue
			}
			if w.Text == "." && i > 0 && words[i-1].Kind == Letters &&
				(abbreviations[words[i-1].Lower] || len(words[i-1].Text) == 1) {
				continue
			}
		}
		parts = append(parts, words[start:i+1])
		start = i + 1
	}
	if start < len(words) {
		parts = append(parts, words[start:])
	}
	return parts
}

// Sentences parts a text into its sentences and reads nothing in them.
func Sentences(text string) []string {
	runes := []rune(text)
	var list []string
	for _, words := range sentences(split(text)) {
		list = append(list, string(runes[words[0].Start:words[len(words)-1].End]))
	}
	return list
}

// Words takes a text apart and reads nothing in it.
func Words(text string) []Word { return split(text) }

// telling are the words without which a text that has no figures in it says
// nothing that could be held against any.
var telling = func() map[string]bool {
	m := set("half third thirds quarter quarters second fourth sixth seventh eighth ninth eleventh twelfth consecutive running fifth fifths tenth highest lowest best worst most fewest largest smallest hundred")
	for _, words := range []map[string]int64{smallNumbers, tens} {
		for w := range words {
			m[w] = true
		}
	}
	return m
}()

// stating are the words one of which every movement, rating and rank has that is
// told without a number.
var stating = func() map[string]bool {
	m := set("target targets tolerance red amber green peaked record weakest strongest poorest busiest quietest any")
	for _, words := range []map[string]Sense{movingVerbs, movingBases, movingNouns, comparing} {
		for w := range words {
			m[w] = true
		}
	}
	for w := range unmoving {
		m[w] = true
	}
	return m
}()

// Telling reports whether a text has a number in words, a rank, a multiple, or
// words about a reference.
func Telling(text string) bool {
	ref, words := false, 0
	for w := range parted(text) {
		if telling[w.Lower] || multiplying[w.Lower] || stating[w.Lower] {
			return true
		}
		ref = ref || w.Kind == Reference
		if w.Kind == Letters {
			words++
		}
	}
	return ref && words > 1
}
