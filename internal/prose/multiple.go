package prose

import (
	"slices"
	"strings"
)

// Multiple is a movement told as a multiple or a part of what was before:
// "doubled", "more than twice the number", "a third higher", "fell by a quarter".
type Multiple struct {
	First, Last int   // of Words
	Num, Den    int64 // what is now, over what was before
	Hedge       Hedge
	Bare        bool // a multiple such as doubled; else a part by which it rose or fell
}

const (
	hedgePart = `(?:(almost|nearly|close to|just under|not quite|well over|more than|over|just over|less than|under|about|around|roughly|approximately|some|broadly|at least) )?`
	partPart  = `(?:(a|an|one|two|three|four) )?(half|third|thirds|quarter|quarters|fifth|fifths|sixth|eighth|tenth|tenths)`
)

var multiplePatterns = struct{ times, more, by, of *Expression }{
	times: compile(hedgePart + `(doubled|doubling|doubles|double|trebled|trebling|treble|tripled|triple|quadrupled|halved|halving|halves|twice|two times|three times|four times|five times|one and a half times|half as (?:many|much|high|large|big) again|half (?:the (?:national|england|regional|average|statistical|neighbour|previous|figure|rate|number|level|total)|that of|what it was))`),
	more:  compile(hedgePart + partPart + ` (higher|lower|more|fewer|less|greater|larger|smaller|up|down)`),
	by:    compile(`by (?:a further )?` + hedgePart + partPart),
	of:    compile(`(rise|increase|growth|jump|uplift|fall|drop|reduction|decrease|cut|decline|dip) of ` + hedgePart + partPart),
}

var (
	multipleWords = map[string][2]int64{
		"doubled": {2, 1}, "doubling": {2, 1}, "doubles": {2, 1}, "double": {2, 1}, "twice": {2, 1}, "two times": {2, 1},
		"trebled": {3, 1}, "trebling": {3, 1}, "treble": {3, 1}, "tripled": {3, 1}, "triple": {3, 1}, "three times": {3, 1},
		"quadrupled": {4, 1}, "four times": {4, 1}, "five times": {5, 1},
		"halved": {1, 2}, "halving": {1, 2}, "halves": {1, 2}, "one and a half times": {3, 2},
	}
	partNumbers = map[string]int64{"": 1, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
	partSense   = map[string]int64{"higher": 1, "more": 1, "greater": 1, "larger": 1, "up": 1, "lower": -1, "fewer": -1, "less": -1, "smaller": -1, "down": -1,
		"rise": 1, "increase": 1, "growth": 1, "jump": 1, "uplift": 1, "fall": -1, "drop": -1, "reduction": -1, "decrease": -1, "cut": -1, "decline": -1, "dip": -1}
	// multiplying are the words one of which every multiple has.
	multiplying = set("doubled doubling doubles double trebled trebling treble tripled triple quadrupled halved halving halves twice times half third thirds quarter quarters fifth fifths sixth eighth tenth tenths")
	multipleOf  = map[string]Hedge{
		"almost": Almost, "nearly": Almost, "close to": Almost, "just under": Almost, "not quite": Almost,
		"more than": Above, "over": Above, "well over": Above, "just over": Beyond, "at least": AtLeast, "less than": Below, "under": Below,
		"about": About, "around": About, "roughly": About, "approximately": About, "some": About, "broadly": About,
	}
	// unmoved are words before a multiple of something hoped for, or often done.
	unmoved = set("to will would should could may might must can not never be if until cannot a the their")
)

// multiples finds the movements that are told as multiples, and takes their
// words from the numbers: a third higher is no third of anything.
func (r *reader) multiples() {
	if !heedless && !slices.ContainsFunc(r.words, func(w Word) bool { return multiplying[w.Lower] }) {
		return
	}
	add := func(m match, num, den int64, hedge string, bare bool) {
		for i := m.first; i <= m.last; i++ {
			if r.exempt[i] {
				return
			}
		}
		if bare && (unmoved[r.lower(m.first-1)] || r.lower(m.first-1) == "the" || r.lower(m.first-2) == "to") {
			return
		}
		for i := m.first; i <= m.last; i++ {
			r.exempt[i] = true
		}
		r.Multiples = append(r.Multiples, Multiple{First: m.first, Last: m.last, Num: num, Den: den, Hedge: multipleOf[hedge], Bare: bare})
	}
	part := func(count, name string) (int64, int64) {
		return partNumbers[count], fractionNames[name]
	}
	for _, m := range r.line.all(multiplePatterns.times) {
		w, ok := multipleWords[m.group[2]]
		if !ok {
			w = [2]int64{3, 2} // half as many again
			if !strings.HasSuffix(m.group[2], "again") {
				w = [2]int64{1, 2}
			}
		}
		// Twice a year, three times in a row: how often.
		if next := r.lower(m.last + 1); (strings.HasSuffix(m.group[2], "times ") || m.group[2] == "twice") && (next == "a" || next == "over" || next == "in" || next == "each" || next == "per" || next == "since" || next == "this" || next == "before" || next == "and" || next == "." || next == "," || next == "") {
			continue
		}
		add(m, w[0], w[1], m.group[1], true)
	}
	for _, m := range r.line.all(multiplePatterns.of) {
		n, d := part(m.group[3], m.group[4])
		add(m, d+n*partSense[m.group[1]], d, m.group[2], false)
	}
	for _, m := range r.line.all(multiplePatterns.more) {
		if next := r.lower(m.last + 1); m.group[4] != "higher" && m.group[4] != "lower" && next != "than" && next != "on" && next != "." && next != "," {
			continue
		}
		n, d := part(m.group[2], m.group[3])
		add(m, d+n*partSense[m.group[4]], d, m.group[1], false)
	}
	for _, m := range r.line.all(multiplePatterns.by) {
		sign := map[Sense]int64{Rise: 1, Fall: -1}[r.senseBefore(m.first)]
		if n, d := part(m.group[2], m.group[3]); sign != 0 {
			add(m, d+n*sign, d, m.group[1], false)
		}
	}
	for _, m := range r.Multiples { // twice the number in December
		for k := range r.Whens {
			if w := &r.Whens[k]; m.Bare && w.First > m.Last && w.First-m.Last <= 6 {
				w.Base = true
			}
		}
	}
}
