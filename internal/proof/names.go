package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
)

// Measures are found in a sentence by the words of their names. Both sides are
// brought to terms first: an abbreviation of the field and what it stands for
// are one term, a word is its stem, and words that every measure has are none.

// abbreviations are the field's short names with the ways in which they are
// written out; of two that fit at one word the longer counts.
var abbreviations = []struct{ term, ways string }{
	{"neet", "not in education employment or training|not in employment education or training|neets|neet"},
	{"eet", "in education employment or training|in employment education or training|in employment education and training|employment education or training|education employment or training|education employment and training|eet"},
	{"rereferral", "re referrals|re referral|re referred|rereferrals|rereferral|repeat referrals|repeat referral"},
	{"icpc", "initial child protection conferences|initial child protection conference|initial cp conferences|initial cp conference|initial conferences|initial conference|icpcs|icpc"},
	{"cpp", "subject to a child protection plan|subject of a child protection plan|subject to a plan|subject of a plan|subject to plan|child protection plans|child protection plan|protection plans|protection plan|children on a plan|child on a plan|children with a plan|cp plans|cp plan|cpps|cpp"},
	{"cin", "children in need|child in need|cin"},
	{"lac", "looked after children and young people|looked after children|looked after child|children looked after|children in care|child in care|children in our care|numbers in care|number in care|looking after|looked after|lacs|lac|clas|cla"},
	{"s47", "section 47 enquiries|section 47 enquiry|section 47 investigations|section 47 investigation|section 47s|section 47|s47 investigations|s47 investigation|s47 enquiries|s47s|s47|child protection enquiries"},
	{"eha", "early help assessments|early help assessment|ehas|eha"},
	{"earlyhelp", "early help|eh"},
	{"cse", "child sexual exploitation|sexual exploitation|cse"},
	{"pep", "personal education plans|personal education plan|education plans|education plan|peps|pep"},
	{"sgo", "special guardianship orders|special guardianship order|special guardianship|special guardians|special guardian|sgos|sgo"},
	{"shobpa", "should be placed for adoption|shobpa"},
	{"fft", "families for change"},
	{"firsttime", "first time entrants|first time entrant|first time"},
	{"fte", "full time equivalents|full time equivalent|fte"},
	{"mash", "multi agency safeguarding hub|mash"},
	{"pdr", "performance and development reviews|performance and development review|pdrs|pdr|appraisals|appraisal|yearly reviews"},
	{"persistent", "persistently absent|persistent absentees|persistent absence|persistent absenteeism"},
	{"careleaver", "care leavers|care leaver|leaving care"},
	{"stepdown", "step downs|step down|stepped down|stepdowns|stepdown"},
	{"reoffend", "re offending|reoffending|re offended|reoffended|offended again|re offend|reoffend"},
	{"uptodate", "up to date"},
	{"cp", "child protection|cp"},
	{"nfa", "no further action|nfa"},
	{"ontime", "within timescales|within timescale|in timescales|in timescale|to timescale|on time|in time|timeliness|timely|within time"},
	{"late", "outside timescales|outside timescale|outside timeliness|out of timescale|out of time|late|overdue|outside"},
	{"exitsurvey", "exit surveys|exit survey|surveys"},
	{"notknown", "current activity is not known|activity is not known|activity was not known|not knowns|not known|unknowns|unknown"},
	{"initialcontact", "initial contacts|initial contact|first contacts|first contact"},
	{"initialhealth", "initial health assessments|initial health assessment|ihas|iha"},
	{"familybased", "family based care|family settings|family setting|family placements|family placement|in a family|family based settings|family based setting|family based placements|family based"},
	{"localstandard", "rotherham standard|local standard"},
	{"minimum", "national minimum standard|national minimum standards|statutory visits|statutory standard"},
	{"centre", "children's centres|children centres|children's centre|children centre"},
	{"socialworker", "social workers|social worker"},
	{"youthsession", "youth sessions|youth session"},
	{"threeplus", "frequent moves|frequent placement moves|multiple moves|multiple placements|three or more moves|3 or more moves|three or more placement moves|3 or more placements|three or more placements"},
	{"twoyears", "2 years or more|two years or more|at least 2 years|at least two years|for two years|for 2 years|within 2 years|within two years|in the last two years|in the last 2 years"},
	{"secondtime", "second plans|second plan|second child protection plans|re registrations|re registered|second or subsequent time|second or subsequent|second time|repeat plans|on one before|had one before|been on one"},
	{"dutyteam", "duty teams|duty team"},
	{"admis", "come into care|came into care|coming into care|entered care|entering care|taken into care|admitted to care|admissions to care|new admissions"},
	{"cease", "left care|left it|leave care|ceased to be looked after|ceased being looked after|stopped being looked after"},
	{"a1", "a1"},
	{"a2", "a2"},
	{"secondary", "secondary"}, {"primary", "primary"}, // no forms of second and of prime
	{"engag", "took part|take part|takes part|taken part|taking part"},
	{"participate", "duty to participate"},
	{"starter", "new starters|new starter|starters|starter|joiners|joiner|new joiners"},
}

// holds are the terms that a term says with it.
var holds = map[string][]string{
	"eha": {"asses", "earlyhelp"}, "icpc": {"confe"}, "initialhealth": {"healt", "asses"}, "exitsurvey": {"surve"},
	"initialcontact": {"conta"}, "careleaver": {"leavi"}, "cpp": {"plan"}, "pep": {"plan"}, "sgo": {"order"}, "s47": {"inves"},
	"threeplus": {"place"}, "familybased": {"famil"},
}

// synonyms bring words of one meaning to one stem.
var synonyms = map[string]string{
	"enqui": "inves", "check": "asses", "leave": "leavi", "dentist": "denta",
	"compliment": "compliment", "complaint": "complaint", "household": "famil", "family": "famil",
	"headc": "staff", "workf": "staff", "teeth": "denta", "medic": "healt", "vacancy": "vacan", "vacant": "vacan", "sick": "sickn", "absence": "absen", "admit": "admis", "admitted": "admis",
	"admission": "admis", "entered": "admis", "stable": "stabl", "stability": "stabl", "placed": "place",
	"finished": "compl", "held": "compl", "done": "compl", "shut": "close", "closu": "close",
	"acces": "engag", "begun": "start", "began": "start", "opened": "start", "joined": "engag", "registration": "regis", "signed": "regis",
	"ceased": "cease", "ceasing": "cease", "discharged": "cease", "discharge": "cease", "ended": "endin", "ending": "endin", "workload": "casel",
	"seen": "made", "reached": "made", "decided": "decis", "decision": "decis", "decide": "decis",
	"beginning": "start", "took": "made", "outcome": "outco", "conference": "confe",
}

// emptyWords tell no measure from another.
var emptyWords = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`a an the of in on at to for and or with by from as is are was were be been being had has have having it its
		this that these those there their they them who whom whose which what when where while than then so not no nor but also per cent percent
		percentage number numbers rate rates figure figures total month months monthly year years quarter quarterly rolling performance measure
		indicator aged age under over including inc excluding within during since following going onto into whether january february march
		april may june july august september october november december up down rose fell increase increased decrease decreased more less fewer
		only just about around all any each every some other others current latest previous last first now still against compared target area
		areas living rotherham borough council service services were our we us will would can could should might do does did
		both between after before because out off case cases population day days working hour hours children child
		people person high low higher lower average improvement improved decline declined met team teams due result results own together
		subject meanwhile however although though very much many most`) {
		m[w] = true
	}
	return m
}()

// term is a term with the word of the sentence at which it stands.
type term struct {
	text string
	word int
}

// noWord are the characters that part the words of a name.
func noWord(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '\''
}

type way struct {
	term  string
	words []string
}

// waysBy lists the ways by their first word, the longest first.
var waysBy = func() map[string][]way {
	by := map[string][]way{}
	for _, a := range abbreviations {
		for _, w := range strings.Split(a.ways, "|") {
			words := strings.FieldsFunc(strings.ReplaceAll(w, "'s", ""), noWord)
			by[words[0]] = append(by[words[0]], way{a.term, words})
		}
	}
	for _, list := range by {
		slices.SortStableFunc(list, func(a, b way) int { return len(b.words) - len(a.words) })
	}
	return by
}()

// termsOf brings words to terms; signs are passed over.
func termsOf(words []prose.Word) []term {
	lower, at := make([]string, 0, len(words)), make([]int, 0, len(words))
	for i, w := range words {
		if w.Kind != prose.Sign && w.Kind != prose.Reference {
			lower, at = append(lower, w.Lower), append(at, i)
		}
	}
	list := termsIn(lower)
	for i := range list {
		list[i].word = at[list[i].word]
	}
	return list
}

// termsIn brings words in small letters to terms.
func termsIn(lower []string) []term {
	list := make([]term, 0, len(lower))
next:
	for i := 0; i < len(lower); {
		for _, way := range waysBy[lower[i]] {
			if i+len(way.words) <= len(lower) && slices.Equal(lower[i:i+len(way.words)], way.words) {
				list = append(list, term{way.term, i})
				for _, t := range holds[way.term] {
					list = append(list, term{t, i})
				}
				i += len(way.words)
				continue next
			}
		}
		if t := spanTerm(lower, i); t != "" {
			list = append(list, term{t, i})
		}
		if s := stem(lower[i]); s != "" && !(lower[i] == "close" && i+1 < len(lower) && lower[i+1] == "to") && !(s == "start" && (ofTheYear(lower, i) || sinceBegun(lower, i))) {
			list = append(list, term{s, i})
			if i > 0 && lower[i-1] == "not" {
				list = append(list, term{"not " + s, i}) // not substantiated, not recorded
			}
		}
		i++
	}
	return list
}

// spanTerm is a length of time as a term: "within 45 working days" tells one
// measure of timeliness from another.
func spanTerm(lower []string, i int) string {
	n := lower[i]
	if d, ok := spelledSpans[n]; ok {
		n = d
	}
	if n == "" || n[0] < '0' || n[0] > '9' {
		return ""
	}
	for k := i + 1; k < len(lower) && k <= i+2; k++ {
		switch lower[k] {
		case "working", "calendar":
			continue
		case "day", "days", "hour", "hours":
			return n + " " + strings.TrimSuffix(lower[k], "s")
		}
		break
	}
	return ""
}

// sinceBegun says that a beginning is that of the figures: since records began.
func sinceBegun(lower []string, i int) bool {
	return slices.Contains(lower[max(0, i-5):i], "since")
}

// ofTheYear says that a beginning is that of a time: the year began with.
func ofTheYear(lower []string, i int) bool {
	after := strings.Join(lower[i+1:min(len(lower), i+4)], " ")
	return i > 0 && timeNoun[lower[i-1]] || strings.HasPrefix(after, "of the year") || strings.HasPrefix(after, "of the month") ||
		strings.HasPrefix(after, "of the quarter") || strings.HasPrefix(after, "of the financial")
}

var timeNoun = listed("year month quarter")

var spelledSpans = map[string]string{"one": "1", "two": "2", "three": "3", "five": "5", "ten": "10", "fifteen": "15", "twenty": "20"}

// spanWeight is what a length of time weighs in a name, of which it is no part
// that must be said.
const spanWeight = 0.6

// stem is the beginning that the forms of a word share; "" for an empty word.
func stem(word string) string {
	if emptyWords[word] || len(word) < 3 || word[0] >= '0' && word[0] <= '9' {
		return ""
	}
	base := word
	switch {
	case strings.HasSuffix(base, "ies"):
		base = base[:len(base)-3] + "y"
	case strings.HasSuffix(base, "s") && !strings.HasSuffix(base, "ss"):
		base = base[:len(base)-1]
	}
	if emptyWords[base] {
		return ""
	}
	short := base[:min(5, len(base))]
	for _, form := range []string{word, base, short} {
		if s, ok := synonyms[form]; ok {
			return s
		}
	}
	return short
}
