package prose

import "strings"

// Trend is a movement that a sentence states of its subject, with or without a
// figure: "has improved", "continues to fall", "is up on December", "a further
// rise", "remains unchanged", "fewer … than".
type Trend struct {
	First, Last int // of Words
	Sense       Sense
	Loose       bool // of Same: broadly stable; a small change is none
	Continued   bool // "continues to", "again": it moved so before as well
	Noun        bool // a rise, the improvement
	Compared    bool // "fewer … than": the second period named is what is compared with
}

// Verbs and nouns of movement, and the words with which they state it.
var (
	movingVerbs = senseTable(map[Sense]string{
		Rise:   "lengthened soared surged rocketed doubled rose risen increased grew grown climbed jumped rising increasing growing climbing rises increases",
		Fall:   "shortened dipped dwindled lessened fell eased fallen decreased dropped reduced falling decreasing dropping reducing shrunk shrank falls decreases drops dwindled plummeted",
		Better: "improved improving improves strengthened recovered recovering",
		Worse:  "worsened worsening worsens deteriorated deteriorating deteriorates declined declining declines slipped weakened",
	})
	movingBases = senseTable(map[Sense]string{
		Rise: "rise increase grow climb", Fall: "fall decrease drop reduce shrink", Better: "improve strengthen recover", Worse: "worsen deteriorate decline slip weaken",
	})
	movingNouns = senseTable(map[Sense]string{
		Rise: "rise increase growth jump uplift", Fall: "fall decrease drop reduction dip", Better: "improvement gain recovery", Worse: "decline deterioration worsening",
	})
	comparing = senseTable(map[Sense]string{
		Rise: "up higher more greater longer larger above", Fall: "down lower fewer less shorter smaller below", Better: "better", Worse: "worse",
	})
	unmoving = set("unchanged static steady flat level stable same")
	exactly  = set("unchanged same")

	// afterVerb may follow a verb that states a movement; any other word makes
	// it say of what kind a thing is: increased demand.
	afterVerb = set(`. , ; ) : by to from since on again in this for compared against over during between and but when with at whereas while as
		month year slightly sharply steadily further significantly markedly considerably substantially marginally quarter every each throughout
		though although after following until last too also once month-on-month consistently up down sharply dramatically a the`)
	afterNoun  = set(`. , ; ) since from on in this over compared against when during of and but for with again which between , to following at since as here month`)
	beforeNoun = set(`a an the further another slight small sharp marked significant this continued steady slow modest large big similar
		considerable substantial welcome gradual marginal month's some fractional that clear noticeable definite shows showed show saw sees seen showing shown`)
	beforeMove = set("is are was were remains remain remained stands stood now came come went gone going moved moving being be been ended finished , - – also still again got grown become became fared much slightly well just far rather significantly considerably marginally somewhat even")
	// supposed make of a movement a hope, a rule or a question.
	supposed = set("will would should could may might must can if whether expected expect expects hoped hope hopes aim aims aimed aiming plan plans planned to need needs needed unless until wants want intended designed target able likely unlikely anticipated forecast try trying cannot towards focus order")
	denied   = set("not no never neither nor without little hardly barely nothing isn't hasn't haven't didn't wasn't weren't cannot no-one none neither any")
	staying  = set("remained remain remains remaining stayed stay stays held holds hold was were is are been kept keeps continues stood stands broadly largely relatively fairly virtually essentially almost very the little more or about completely at")
	softly   = set("broadly largely relatively fairly virtually essentially almost little stable static steady flat level about very much practically roughly near nearly")
)

func senseTable(of map[Sense]string) map[string]Sense {
	m := map[string]Sense{}
	for sense, words := range of {
		for _, w := range strings.Fields(words) {
			m[w] = sense
		}
	}
	return m
}

// adverbs stand between a verb and its helpers: "has also slightly fallen".
func adverb(w string) bool {
	switch w {
	case "also", "again", "further", "now", "still", "since", "just", "once", "both", "all", "then", "therefore", "yet", "even", "only", "week", "been":
		return true
	}
	return strings.HasSuffix(w, "ly") && len(w) > 4
}

// trends lists the movements that the sentence states.
func (r *reader) trends() {
	add := func(t Trend) {
		if n := len(r.Trends); n > 0 && r.Trends[n-1].Last >= t.First {
			return
		}
		if r.isSupposed(t.First) {
			return
		}
		t.Continued = t.Continued || r.lower(t.Last+1) == "again" || r.lower(t.First-1) == "again" || r.lower(t.First-1) == "further"
		r.Trends = append(r.Trends, t)
	}
	for i := range r.words {
		w := r.words[i].Lower
		if r.words[i].Kind != Letters || r.exempt[i] && !r.inStreak(i) {
			continue
		}
		switch {
		case (w == "continues" || w == "continued" || w == "continue" || w == "continuing") && r.lower(i+1) == "to":
			at := i + 2
			if adverb(r.lower(at)) {
				at++
			}
			if s := movingBases[r.lower(at)]; s != NoSense {
				add(Trend{First: i, Last: at, Sense: s, Continued: true})
			}
		case (w == "fewer" || w == "more") && r.lower(i+1) != "than" && r.lower(i-1) != "or" && r.thanAfter(i):
			add(Trend{First: i, Last: i, Sense: comparing[w], Compared: true})
		case comparing[w] != NoSense && !afterComparative[r.lower(i+1)] && w != "up" && w != "down" && w != "above" && w != "below" && w != "fewer" && w != "more" && w != "less" && r.thanNear(i):
			add(Trend{First: i, Last: i, Sense: comparing[w], Compared: true})
		case (w == "up" || w == "down") && r.lower(i-1) == "(" && r.lower(i+1) == ")":
			add(Trend{First: i, Last: i, Sense: comparing[w]})
		case (w == "up" || w == "down" || w == "back") && edging[r.lower(i-1)] && (w != "back" || r.lower(i-1) == "slipped" || r.lower(i-1) == "fallen") && afterVerb[r.lowerOr(i+1, ".")]:
			sense := comparing[w]
			if w == "back" {
				sense = Worse
			}
			add(Trend{First: i - 1, Last: i, Sense: sense})
		case (w == "up" || w == "down") && beforeUpDown[r.lower(i-1)] && !beingWords[r.lower(i-1)] && afterVerb[r.lowerOr(i+1, ".")]:
			add(Trend{First: i - 1, Last: i, Sense: comparing[w]})
		case getting[r.lower(i-1)] && gotten[w] != NoSense && afterVerb[r.lowerOr(i+1, ".")]:
			add(Trend{First: i, Last: i, Sense: gotten[w]})
		case (w == "up" || w == "down") && r.streakFrom(i+1):
			add(Trend{First: i, Last: i, Sense: comparing[w]})
		case comparing[w] != NoSense && w != "more" && w != "above" && w != "below" && afterComparative[r.lower(i+1)] && r.lower(i+1) != "by" &&
			(beforeMove[r.lower(i-1)] || i > 0 && r.words[i-1].Kind != Letters || i == 0) && !stepped[r.lower(i-1)]:
			add(Trend{First: i, Last: i, Sense: comparing[w]})
		case movingVerbs[w] != NoSense && r.statesVerb(i):
			add(Trend{First: i, Last: i, Sense: movingVerbs[w]})
		case movingNouns[w] != NoSense && r.statesNoun(i):
			add(Trend{First: i, Last: i, Sense: movingNouns[w], Noun: true})
		case unmoving[w] && r.statesSame(i):
			add(Trend{First: i, Last: i, Sense: Same, Loose: !exactly[w] || softly[r.lower(i-1)] && r.lower(i-1) != "very"})
		case w == "change" && r.lower(i-1) == "no" && (r.lower(i+1) == "from" || r.lower(i+1) == "on" || r.lower(i+1) == "since" || r.lower(i+1) == "compared" || r.lower(i+1) == "in" && r.lower(i+2) != "the"):
			add(Trend{First: i - 1, Last: i, Sense: Same})
		case w == "changed" && r.lower(i-1) == "little":
			add(Trend{First: i - 1, Last: i, Sense: Same, Loose: true})
		}
	}
}

// getting are verbs that make of a comparison a movement: got slower.
var getting = set("got get getting gotten become became becoming grown grew gone went")

var gotten = senseTable(map[Sense]string{Rise: "higher larger bigger longer", Fall: "lower smaller shorter", Better: "better quicker faster", Worse: "worse slower"})

// edging are verbs to which up or down gives the sense.
var edging = set("edged edging crept creeping ticked inched nudged picked shot drifted drifting slipped tailed trended trending crawled jumped pushed driven dropped")

var beingWords = set("is are was were be been again")

func (r *reader) lowerOr(i int, end string) string {
	if i >= len(r.words) {
		return end
	}
	return r.lower(i)
}

func (r *reader) inStreak(i int) bool {
	for _, s := range r.Streaks {
		if s.First <= i && i <= s.Last {
			return true
		}
	}
	return false
}

// streakFrom says that a streak begins at a word: "down for the fourth month".
func (r *reader) streakFrom(i int) bool {
	for _, s := range r.Streaks {
		if s.First == i {
			return true
		}
	}
	return false
}

// thanNear says that a comparison has its thing between: "a longer wait than in
// December".
func (r *reader) thanNear(i int) bool {
	for k := i + 2; k < len(r.words) && k <= i+4; k++ {
		if r.words[k].Kind != Letters {
			return false
		}
		if r.lower(k) == "than" {
			return r.thanAfter(k - 1)
		}
	}
	return false
}

// thanAfter says that "fewer" or "more" compares two periods: "fewer contacts
// were received than in December".
func (r *reader) thanAfter(i int) bool {
	for k := i + 1; k < len(r.words) && k < i+22; k++ {
		switch w := r.words[k]; {
		case w.Lower == "than":
			return r.lower(k+1) == "in" || r.lower(k+1) == "at" || r.lower(k+1) == "the" && strings.HasPrefix(r.lower(k+2), "month") || r.lower(k+1) == "last" || r.lower(k+1) == "a" && r.lower(k+2) == "year" || r.lower(k+1) == "this" && r.lower(k+2) == "time" || monthNumbers[r.lower(k+1)] > 0
		case w.Text == ";" || w.Text == ":" || w.Text == "," || w.Lower == "and":
			return false
		}
	}
	return false
}

// statesVerb tells "contacts increased in the month" from "increased demand".
func (r *reader) statesVerb(i int) bool {
	next := r.lowerOr(i+1, ".")
	if !afterVerb[next] && !(i+1 < len(r.words) && (r.words[i+1].Kind == Digits || r.words[i+1].Kind == Sign || r.words[i+1].Kind == Reference)) && !adverb(next) {
		return false
	}
	if next == "the" || next == "a" { // "reduced the number of": someone did
		return false
	}
	k := i - 1
	for adverb(r.lower(k)) {
		k--
	}
	switch r.lower(k) {
	case "a", "an", "the", "of", "for", "with", "by", "in", "at", "through", "be", "this", "from", "any", "been":
		return r.lower(k) == "been" && strings.HasSuffix(r.lower(i), "ing")
	}
	return !strings.HasSuffix(r.lower(i), "ing") || r.lower(k) == "is" || r.lower(k) == "are" || r.lower(k) == "was" || r.lower(k) == "were" || r.lower(k) == "been"
}

// statesNoun tells "a further rise since December" from "the rise of".
func (r *reader) statesNoun(i int) bool {
	k := i - 1
	for adverb(r.lower(k)) {
		k--
	}
	if r.inStreak(i) || beforeNoun[r.lower(k)] || strings.HasSuffix(r.lower(k), "est") {
		return afterNoun[r.lowerOr(i+1, ".")]
	}
	return false
}

// statesSame tells "remained stable" from a stable placement and from the same
// month of last year.
func (r *reader) statesSame(i int) bool {
	next := r.lowerOr(i+1, ".")
	switch r.lower(i) {
	case "same":
		return r.lower(i-1) == "the" && staying[r.lower(i-2)] && r.lower(i-2) != "at" && (next == "as" || next == "." || next == ",")
	case "level":
		return (next == "with" || next == "." || next == ",") && (r.lower(i-1) == "remained" || r.lower(i-1) == "stayed" || r.lower(i-1) == "held" || r.lower(i-1) == "is" || r.lower(i-1) == "was")
	}
	return staying[r.lower(i-1)] && r.lower(i-1) != "the" && (next == "." || next == "," || next == ";" || next == "at" || next == "on" || next == "in" || next == "from" ||
		next == "since" || next == "over" || next == "compared" || next == "this" || next == "between" || next == "and" || next == "but" || next == "with" || next == "(" || next == ")" || next == "for" || next == "throughout")
}

// inName says that a word of a hope is part of a name: children in need,
// protection plans, a guardianship order.
func (r *reader) inName(i int) bool {
	switch r.lower(i) {
	case "need":
		return r.lower(i-1) == "in"
	case "plan", "plans", "order":
		return r.lower(i+1) != "to" && r.lower(i+1) != "for" && r.lower(i+1) != "is"
	}
	return false
}

// isSupposed says that a movement is hoped for, denied or asked about.
func (r *reader) isSupposed(word int) bool {
	for k := word - 1; k >= 0 && k >= word-6; k-- {
		w := r.words[k]
		if w.Kind == Sign && w.Text != "-" && w.Text != "%" {
			return false
		}
		if w.Lower == "to" && (word-k > 3 || r.lower(k+1) == "date") {
			continue // up to date
		}
		if r.inName(k) {
			continue
		}
		if denied[w.Lower] || supposed[w.Lower] && !(w.Lower == "to" && (r.lower(k-1) == "continues" || r.lower(k-1) == "continued" || r.lower(k-1) == "continue" || k+1 < len(r.words) && r.words[k+1].Kind == Digits)) {
			if w.Lower == "no" && word-k > 3 || w.Lower == "any" && word-k > 2 {
				continue
			}
			return true
		}
	}
	return false
}
