package prose

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
)

// Expression is a regular expression for sentences, of Go's syntax. There are
// some three hundred, most of which a sentence cannot match for want of a word,
// and to look for a word costs a small part of what a pattern costs. So each
// first looks for the words without which it has no match, which it takes from
// the pattern itself, and is compiled when a text has them. What is found is what
// the pattern finds.
type Expression struct {
	text     string
	needs    func() needs
	compiled func() *regexp.Regexp
}

// expressions are all of them: a test compiles each.
var expressions []*Expression

// Pattern makes an expression, when the program starts. One that is no pattern
// panics when it is first asked.
func Pattern(text string) *Expression {
	e := &Expression{
		text:     text,
		needs:    sync.OnceValue(func() needs { return needsOf(text) }),
		compiled: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) }),
	}
	expressions = append(expressions, e)
	return e
}

// String is the pattern.
func (e *Expression) String() string { return e.text }

// may is false of a text in which the expression cannot match.
func (e *Expression) may(s string) bool { return heedless || e.needs().in(s) }

// The methods are those of regexp.Regexp.

func (e *Expression) MatchString(s string) bool { return e.may(s) && e.compiled().MatchString(s) }

func (e *Expression) FindString(s string) string {
	if !e.may(s) {
		return ""
	}
	return e.compiled().FindString(s)
}

func (e *Expression) FindStringIndex(s string) []int {
	if !e.may(s) {
		return nil
	}
	return e.compiled().FindStringIndex(s)
}

func (e *Expression) FindStringSubmatch(s string) []string {
	if !e.may(s) {
		return nil
	}
	return e.compiled().FindStringSubmatch(s)
}

func (e *Expression) FindStringSubmatchIndex(s string) []int {
	if !e.may(s) {
		return nil
	}
	return e.compiled().FindStringSubmatchIndex(s)
}

func (e *Expression) FindAllString(s string, n int) []string {
	if !e.may(s) {
		return nil
	}
	return e.compiled().FindAllString(s, n)
}

func (e *Expression) FindAllStringIndex(s string, n int) [][]int {
	if !e.may(s) {
		return nil
	}
	return e.compiled().FindAllStringIndex(s, n)
}

func (e *Expression) FindAllStringSubmatchIndex(s string, n int) [][]int {
	if !e.may(s) {
		return nil
	}
	return e.compiled().FindAllStringSubmatchIndex(s, n)
}

func (e *Expression) FindAllStringSubmatch(s string, n int) [][]string {
	if !e.may(s) {
		return nil
	}
	return e.compiled().FindAllStringSubmatch(s, n)
}

func (e *Expression) ReplaceAllString(s, by string) string {
	if !e.may(s) {
		return s
	}
	return e.compiled().ReplaceAllString(s, by)
}

func (e *Expression) ReplaceAllStringFunc(s string, by func(string) string) string {
	if !e.may(s) {
		return s
	}
	return e.compiled().ReplaceAllStringFunc(s, by)
}

// need is what every match of a part of a pattern has: one of some pieces of
// text or of other needs, or else every one of them.
type need struct {
	pieces     []string
	one, every []*need
}

func (n *need) in(s string) bool {
	for _, piece := range n.pieces {
		if strings.Contains(s, piece) {
			return true
		}
	}
	for _, other := range n.one {
		if other.in(s) {
			return true
		}
	}
	for _, other := range n.every {
		if !other.in(s) {
			return false
		}
	}
	return n.every != nil
}

// needs are what a pattern needs.
type needs struct {
	need *need
	fold bool // the pieces, and the text, in small letters
}

// longS is the one letter beside the English ones that a pattern without regard
// to case takes for one of them and that has no small form of its own.
const longS = "ſ"

func (n needs) in(s string) bool {
	if n.need == nil {
		return true
	}
	if n.fold {
		if s = strings.ToLower(s); strings.Contains(s, longS) {
			return true
		}
	}
	return n.need.in(s)
}

func needsOf(text string) (n needs) {
	re, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return n // compiling it says what is wrong
	}
	n.fold = folds(re)
	n.need = n.of(re)
	return n
}

// folds says that a part of a pattern has no regard to case.
func folds(re *syntax.Regexp) bool {
	return re.Op == syntax.OpLiteral && re.Flags&syntax.FoldCase != 0 || slices.ContainsFunc(re.Sub, folds)
}

// of is what a part of a pattern needs; nil for nothing.
func (n needs) of(re *syntax.Regexp) *need {
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return n.of(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return n.of(re.Sub[0])
		}
		return nil
	case syntax.OpAlternate:
		var some need
		for _, sub := range re.Sub {
			branch := n.of(sub)
			if branch == nil {
				return nil
			}
			some.pieces = append(some.pieces, branch.pieces...)
			some.one = append(some.one, branch.one...)
			if branch.every != nil {
				some.one = append(some.one, branch)
			}
		}
		some.pieces = least(some.pieces)
		return &some
	case syntax.OpConcat:
		var every []*need
		and := func(more *need) {
			if more != nil {
				every = append(every, more)
			}
		}
		run := []string{""} // what its parts can match together, one after the other
		for _, sub := range re.Sub {
			more := n.allOf(sub)
			if joined := product(run, more); joined != nil {
				run = joined
				continue
			}
			and(anyOf(run))
			if run = more; more == nil {
				and(n.of(sub))
				run = []string{""}
			}
		}
		if and(anyOf(run)); every == nil {
			return nil
		}
		return &need{every: every}
	}
	return anyOf(n.allOf(re))
}

// manyPieces is how many ways to write a part are listed, and fewSigns of how many
// signs one is chosen: to look for more costs as much as the pattern.
const (
	manyPieces = 40
	fewSigns   = 6
)

// allOf lists all that a part can match; nil where that is more than a few.
func (n needs) allOf(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []string{""}
	case syntax.OpLiteral:
		return n.written(string(re.Rune))
	case syntax.OpCharClass: // t[eo]
		var all []string
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if all = append(all, string(r)); len(all) > fewSigns {
					return nil
				}
			}
		}
		return n.written(all...)
	case syntax.OpCapture:
		return n.allOf(re.Sub[0])
	case syntax.OpQuest:
		if all := n.allOf(re.Sub[0]); all != nil {
			return append([]string{""}, all...)
		}
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			some := n.allOf(sub)
			if some == nil || len(all)+len(some) > manyPieces {
				return nil
			}
			all = append(all, some...)
		}
		return all
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			if all = product(all, n.allOf(sub)); all == nil {
				return nil
			}
		}
		return all
	}
	return nil
}

// written is how texts of a pattern stand in a text that is looked through; nil
// where small letters do not tell.
func (n needs) written(texts ...string) []string {
	if !n.fold {
		return texts
	}
	for i, text := range texts {
		texts[i] = strings.ToLower(text)
		if strings.ContainsFunc(texts[i], func(r rune) bool { return r >= 0x80 }) {
			return nil
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(texts)))
}

// product lists every one of some pieces with every one of others after it; nil
// where those are too many.
func product(first, second []string) (list []string) {
	if len(first)*len(second) > manyPieces {
		return nil
	}
	for _, a := range first {
		for _, b := range second {
			list = append(list, a+b)
		}
	}
	return list
}

// anyOf needs one of some pieces; nil where one of them is a single letter, which
// nearly every text has.
func anyOf(pieces []string) *need {
	if len(pieces) == 0 || slices.ContainsFunc(pieces, func(p string) bool { return len(p) < 2 }) {
		return nil
	}
	return &need{pieces: least(pieces)}
}

// least leaves out of some pieces those that hold another of them.
func least(pieces []string) []string {
	pieces = slices.Compact(slices.Sorted(slices.Values(pieces)))
	return slices.DeleteFunc(slices.Clone(pieces), func(long string) bool {
		return slices.ContainsFunc(pieces, func(short string) bool { return len(short) < len(long) && strings.Contains(long, short) })
	})
}
