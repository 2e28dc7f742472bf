package prose

import (
	"math/rand/v2"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
)

func TestEveryExpressionCompiles(t *testing.T) {
	if len(expressions) < 100 {
		t.Fatalf("%d expressions", len(expressions))
	}
	for _, e := range expressions {
		e.compiled() // panics with the expression
	}
}

func TestAnExpressionIsTriedWhereItsWordsStand(t *testing.T) {
	for pattern, want := range map[string]string{
		`\b(?:rated|rates|rating (?:is|was)) green`:      "(rated green|rates green|rating is green|rating was green)",
		`(?:just |only )?(?:over|above) the targets?`:    "(above the target|over the target)",
		`within \w+ days?`:                               "(within )( day)",
		`from (?:\w+ ){0,3}to`:                           "(from )(to)",
		`met (?:\w+ )?target|past \w+ course|on the way`: "(on the way|(met )(target)|(past )( course))",
		`(?i)\bPer ?Cent\b|%`:                            "", // one sign
		`(?i)Target|LIMIT`:                               "(limit|target)",
		`(?:a|b)*c?`:                                     "",
		`(?:rise|[a-z]+) again`:                          "( again)",
		`(?:in )+(may|june)`:                             "(in )(june|may)",
		`\d{2,4} (?:years){2}`:                           "(years)",
	} {
		if got := told(needsOf(pattern).need); got != want {
			t.Errorf("%s needs %s, want %s", pattern, got, want)
		}
	}
	if e := Pattern(`(?i)\bloss\b`); !e.MatchString("A LOſS of ten") || !e.MatchString("Loss") || e.MatchString("a gain") {
		t.Error("a long s is an s to a pattern without regard to case")
	}
}

// told writes a need: (one|of|these), and all that stand side by side.
func told(n *need) string {
	if n == nil {
		return ""
	}
	all := ""
	for _, other := range n.every {
		all += told(other)
	}
	list := slices.Clone(n.pieces)
	for _, other := range n.one {
		list = append(list, told(other))
	}
	if len(list) > 0 {
		all += "(" + strings.Join(list, "|") + ")"
	}
	return all
}

// Whatever an expression can match has the words that it looks for first.
func TestAnExpressionNeedsNothingThatAMatchLacks(t *testing.T) {
	chance := rand.New(rand.NewPCG(4, 2017))
	for _, e := range expressions {
		re, err := syntax.Parse(e.text, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			var b strings.Builder
			write(&b, re, chance)
			if !e.needs().in(b.String()) {
				t.Errorf("%s needs %q, and %q has it not", e.text, told(e.needs().need), b.String())
			}
		}
	}
}

// write writes a text that a part of a pattern matches, places apart.
func write(b *strings.Builder, re *syntax.Regexp, chance *rand.Rand) {
	times := func(least, most int) {
		if most < 0 {
			most = least + 2
		}
		for range least + chance.IntN(most-least+1) {
			write(b, re.Sub[0], chance)
		}
	}
	switch re.Op {
	case syntax.OpLiteral:
		text := string(re.Rune)
		if re.Flags&syntax.FoldCase != 0 && chance.IntN(2) == 0 {
			text = strings.ToLower(text)
		}
		b.WriteString(text)
	case syntax.OpCharClass:
		at := chance.IntN(len(re.Rune)/2) * 2
		b.WriteRune(re.Rune[at] + rune(chance.IntN(int(re.Rune[at+1]-re.Rune[at])+1)))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteRune(rune('a' + chance.IntN(26)))
	case syntax.OpCapture:
		write(b, re.Sub[0], chance)
	case syntax.OpQuest:
		times(0, 1)
	case syntax.OpStar:
		times(0, -1)
	case syntax.OpPlus:
		times(1, -1)
	case syntax.OpRepeat:
		times(re.Min, re.Max)
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			write(b, sub, chance)
		}
	case syntax.OpAlternate:
		write(b, re.Sub[chance.IntN(len(re.Sub))], chance)
	}
}
