package prose

import (
	"slices"
	"strconv"
	"strings"
)

// shape is a sentence for patterns that look at a figure's neighbours: each
// figure is one sign (# plain, #% per cent, #p points, @ reference) and a number
// that is none is 0.
type shape struct {
	words []string
	of    []int // for each figure, its place in words
}

func (r *reader) newShape() shape {
	var s shape
	s.of = make([]int, len(r.Figures))
	for i := 0; i < len(r.words); i++ {
		w := r.words[i]
		switch {
		case w.figure > 0:
			f := r.Figures[w.figure-1]
			s.of[w.figure-1] = len(s.words)
			sign := "#"
			switch {
			case f.Ref >= 0:
				sign = "@"
			case f.Unit == Percent:
				sign = "#%"
			case f.Unit == Points:
				sign = "#p"
			}
			s.words = append(s.words, sign)
			i = f.Last
		case w.Kind == Digits:
			s.words = append(s.words, "0")
		case w.Kind == Sign && isHyphen(w.Text) && w.Glued:
		default:
			s.words = append(s.words, w.Lower)
		}
	}
	return s
}

// left is what stands before a figure, right what stands after it, each with a
// space at the figure's side; both end with the sentence.
func (s shape) left(figure int) string {
	at := s.of[figure]
	return " " + strings.Join(s.words[max(0, at-12):at], " ") + " "
}

func (s shape) right(figure int) string {
	at := s.of[figure]
	return " " + strings.Join(s.words[at+1:min(len(s.words), at+11)], " ") + " "
}

// between is what stands between two figures, the first before the second.
func (s shape) between(a, b int) string {
	return " " + strings.Join(s.words[s.of[a]+1:s.of[b]], " ") + " "
}

// hedgeRow and roleRow are patterns with what they say; words are their cues.
type hedgeRow struct {
	re    *Expression
	words string
	hedge Hedge
}

type roleRow struct {
	re    *Expression
	words string
	role  Role
}

var (
	hedgeCues      = cuesOf(hedges, func(r hedgeRow) string { return r.words })
	hedgeAfterCues = cuesOf(hedgesAfter, func(r hedgeRow) string { return r.words })
	leftCues       = cuesOf(rolesLeft, func(r roleRow) string { return r.words })
	rightCues      = cuesOf(rolesRight, func(r roleRow) string { return r.words })
)

// hedges are read from the words before a number.
var hedges = []hedgeRow{
	{Pattern(` (?:just|slightly|a little|fractionally|only just) (?:under|below|short of|less than) (?:a |an )?$`), "under below short less", Almost},
	{Pattern(` (?:just|slightly|a little|fractionally|only just) (?:over|above|more than) (?:a |an )?$`), "over above more", Beyond},
	{Pattern(` (?:never|not once|at no time|at no point|in no month) (?:[a-z]+ ){0,9}?(?:under|below|less than|fewer than|lower than) (?:a |an )?$`), "never not no", AtLeast},
	{Pattern(` (?:never|not once|at no time|at no point|in no month) (?:[a-z]+ ){0,9}?(?:over|above|more than|higher than|exceeded|exceeding) (?:a |an )?$`), "never not no", AtMost},
	{Pattern(` not (?:once )?(?:been|fallen|dropped|dipped|gone|slipped|stood|come) (?:back )?(?:under|below|lower than) (?:a |an )?$`), "not", AtLeast},
	{Pattern(` not (?:once )?(?:been|risen|gone|climbed|stood|come) (?:back )?(?:over|above|higher than) (?:a |an )?$`), "not", AtMost},
	{Pattern(` (?:no|not) (?:more|higher|greater) than (?:a |an )?$`), "no not", AtMost},
	{Pattern(` (?:no|not) (?:fewer|less|lower) than (?:a |an )?$`), "no not", AtLeast},
	{Pattern(` at or (?:above|over) $`), "or", AtLeast},
	{Pattern(` at or (?:below|under) $`), "or", AtMost},
	{Pattern(` (?:at least|a minimum of|minimum of) (?:a |an )?$`), "least minimum", AtLeast},
	{Pattern(` (?:at most|up to|a maximum of|maximum of|at worst) (?:a |an )?$`), "most to maximum worst", AtMost},
	{Pattern(` (?:nearly|almost|close to|approaching|just short of|not quite) (?:a |an )?$`), "nearly almost close approaching short quite", Almost},
	{Pattern(` (?:more than|over|above|exceeding|exceeds?|exceeded|in excess of|upwards of|well over|well above) (?:a |an )?$`), "more over above exceeding exceed exceeds exceeded excess upwards", Above},
	{Pattern(` (?:less than|fewer than|under|below|well under|well below) (?:a |an )?$`), "less fewer under below", Below},
	{Pattern(` (?:about|around|approximately|approx \.?|roughly|circa|c \.|some|in the region of|or so|an estimated|broadly) (?:a |an )?$`), "about around approximately approx roughly circa c some region so estimated broadly", About},
}

var hedgesAfter = []hedgeRow{
	{Pattern(`^ (?:or so|approximately|or thereabouts) `), "or approximately", About},
	{Pattern(`^ (?:\+|or (?:more|higher|above|over|better)) `), "+ or", AtLeast},
	{Pattern(`^ or (?:less|lower|below|under|fewer) `), "or", AtMost},
}

const movers = `(?:quicker|slower|faster|longer|shorter|lengthened|shortened|rose|risen|rise|rises|rising|fell|fallen|fall|falls|falling|increased?|increases|increasing|decreased?|decreases|decreasing|` +
	`dropped|drops?|dropping|eased|grew|grown|grow|growing|declined?|declining|improved?|improves|improving|worsened|worsening|deteriorated|deteriorating|` +
	`reduced?|reducing|up|down|climbed|climbing|jumped|went|gone|moved|moving|slipped|dipped|changed|shrank|shrunk|cut|lower|higher|doubled|tripled|` +
	`rocketed|plummeted|recovered|strengthened|weakened|edged|crept|came|come|coming)`

// rolesLeft and rolesRight are tried in order; the first that fits counts.
var rolesLeft = []roleRow{
	{Pattern(` (?:#|of|is|by) (?:plus or minus|plus and minus|give or take|±|\+ / -|\+ -) $`), "minus take ± -", Target},
	{Pattern(` tolerances? $`), "tolerance tolerances", Target},
	{Pattern(` (?:tolerances?|amber band|amber)(?: (?:limit|level|threshold))?(?: (?:is|was|of|set at|being))+ $`), "tolerance tolerances amber", Target},
	{Pattern(` (?:targets?|thresholds?|profile|trajectory|(?:(?:a|the|its|their|upper|lower|set|target|agreed|local|caseload|of|statutory) )limits?|ceiling|goal|milestone|target range)(?: (?:\(|set|is|was|of|being|level|remains|stands|at|for (?:this|the|that) [a-z]+|which is|under|over|below|above|at least|less than|more than|for 0(?: (?:/|–|-) 0)?|would be|should be|:|rate|figure|to be|in <[a-z]+>))* $`), "target targets threshold thresholds profile trajectory limit limits ceiling goal milestone", Target},
	{Pattern(` targets? for (?:[a-z]+ ){1,7}(?:\(|is|was|of|at) $`), "target targets", Target},
	{Pattern(` (?:should be|ought to be|aims? (?:for|at)|aiming (?:for|at))(?: (?:no more than|no less than|at least|at most|under|over|below|above))? $`), "be for at", Target},
	{Pattern(` (?:an?|the|their|its|monthly|mean|simple) (?:monthly )?average of (?:about |around |some |nearly |almost |just over |just under )?$`), "average", Average},
	{Pattern(` on average (?:about |around |some |nearly |almost |just over |just under )?$`), "average", Average},
	{Pattern(` (?:monthly average|average per month|average a month|(?:mean|average) (?:of|over|for|across) (?:the )?(?:last |past |these |those )?(?:0|two|three|four|six|nine|ten|twelve) months)(?: [a-z]+){0,12}? (?:is|was|of|stands at|stood at|comes to|came to) (?:about |around |some |nearly |almost |just over |just under )?$`), "average mean", Average},
	{Pattern(` (?:average|mean) (?:in|for|over|of|across) (?:the )?(?:first|second|third|fourth|last|previous|year|0|quarter)(?: [a-z0]+){0,4}? (?:is|was|stands at|stood at|had been|has been) (?:about |around |some |nearly |almost |just over |just under )?$`), "average mean", Average},
	{Pattern(` averag(?:ed|ing|es) (?:about |around |some |nearly |almost |just over |just under )?$`), "averaged averaging averages", Average},
	{Pattern(` ` + movers + `(?: [a-z]+){0,3}?(?: ,)? by (?:an? |some |about |around |almost |nearly |over |more than |just over |just under |approximately |only |further )*$`), "by", Change},
	{Pattern(` (?:increases?|rise|growth|improvement|gain|decreases?|fall|drop|reduction|decline|change|difference|swing|deterioration|jump|dip|shortfall|gap|decrease|fell|rose) (?:in [a-z ]{0,40})?(?:of|by) (?:an? |some |about |around |almost |nearly |over |more than |just over |just under |approximately |only )*$`), "of by", Change},
	{Pattern(` (?:rise|fall|increase|decrease|drop|reduction|difference|gain|growth|improvement|decline|deterioration)(?: (?:since|from|on|over|in|compared with|during) (?:[a-z0]+ ){0,3}?[a-z0]+)? (?:is|was|has been|comes to|came to|amounts to|amounted to) (?:therefore |thus |only |just |some |about |around )*$`), "is was been to", Change},
	{Pattern(` than (?:an? |one |two |three )?(?:half|thirds?|quarters?|fifths?|tenths?|#%?) to $`), "to", Now},
	{Pattern(` net (?:loss|gain|growth|increase|decrease|reduction|rise|fall|change)(?: [a-z]+){0,2} of $`), "net", Change},
	{Pattern(` (?:compared|comparing|compares?) (?:to|with|against)(?: [a-z<>']+){0,7}? (?:\( )?$`), "compared comparing compare compares", Then},
	{Pattern(` (?:against|opposed to|versus|vs|than|previously|formerly|after|following|up on|down on|where it (?:had been|was|stood at|had)|had been|where there were|where [a-z]+ had)(?: [a-z<>']+){0,6}? (?:\( )?$`), "against opposed versus vs than previously formerly after following up down been where", Then},
	{Pattern(` (?:ranges?|ranging|ranged|runs?|running|var(?:y|ies|ied|ying)) from (?:just |only |about |around )?$`), "from", Value},
	{Pattern(` from(?: (?:about|around|some|nearly|almost|just over|just under|over|a|an|the|its|high|low|peak|rate|figure|total|position|baseline|of|in|at|<[a-z]+>|only|year|end|level))* (?:\( )?$`), "from", Then},
	{Pattern(` (?:up|down|increases?|rise|rises|fall|falls|drop|decreases?|reduction|improvements?|better|worse|more|fewer|less|higher|lower|change|growth)(?: [a-z#%@]+){0,4} on the $`), "on", Then},
	{Pattern(` (?:to|reached|reaching|now|at|stands at|stood at|now stands at)(?: (?:about|around|some|nearly|almost|just over|just under|over|just|only|a|an|the|total|rate|high|low|of|figure))* $`), "to reached reaching now at", Now},
	{Pattern(` (?:make|makes|making|come to|comes to|coming to|adds? up to|adding up to|totall?ing|totals|totalled|amounts? to) (?:a total of |in all |some |exactly )?$`), "make makes making come comes coming add adds adding totalling totaling totals totalled amount amounts", Sum},
	{Pattern(` (?:together|total of|in all|altogether|combined|between them|in total)(?: (?:they|make|makes|made|account|accounts|accounted|for|come|comes|to|were|was|are|is|of|,))* $`), "together total all altogether combined between", Sum},
}

var rolesRight = []roleRow{
	{Pattern(`^ (?:target|tolerance|threshold|limit|ceiling|upper limit|lower limit|milestone|goal)s? `), "target targets tolerance tolerances threshold thresholds limit limits ceiling ceilings milestone milestones goal goals upper lower", Target},
	{Pattern(`^ (?:[a-z]+ )?(?:a|per|each|every|in each|in every|on average each) (?:month|quarter) `), "month quarter", Average},
	{Pattern(`^ (?:[a-z]+ )?on average `), "average", Average},
	{Pattern(`^ (?:(?:[a-z]+ )?(?:more|fewer|less)|higher|lower|better|worse|up|down) (?:[a-z]+ )?(?:than|on|compared|over|when) `), "than on compared over when", Change},
	{Pattern(`^ (?:more|fewer) (?:[a-z]+ ){1,3}[.,;)] `), "more fewer", Change},
	{Pattern(`^ (?:more|fewer|less|higher|lower|better|worse) [.,;)] `), "more fewer less higher lower better worse", Change},
	{Pattern(`^ (?:increase|rise|decrease|fall|drop|reduction|decline|improvement|growth|change|difference|deterioration|uplift|jump|dip)s? `), "increase increases rise rises decrease decreases fall falls drop drops reduction reductions decline declines improvement improvements growth growths change changes difference differences deterioration deteriorations uplift uplifts jump jumps dip dips", Change},
	{Pattern(`^ (?:of (?:the |all )?[a-z]+ )?(?:together|in all|altogether|combined|in total|between them) `), "together all altogether combined total between", Sum},
}

var (
	projected   = Pattern(`(?:at this rate|on this trend|if this (?:rate|trend|level) continues|at (?:the|its) (?:current|present) (?:rate|pace)|on course|projected to|forecast|extrapolat|pro rata)`)
	willReach   = Pattern(`(?:will|would|could|should|to) (?:have |be |reach |end |finish |total |stand )`)
	everyMonth  = Pattern(`^(?: [a-z]+)? (?:in (?:every|each|a|one)|over (?:a|one|the)) `)
	madeUp      = Pattern(` (?:made|makes?|making|taken|picked) up (?:by |some |about |around |almost |nearly |over |just |only )*$`)
	justMoved   = Pattern(` (?:increased|decreased|rose|risen|grew|grown|fell|fallen|dropped|declined) $`)
	justChanged = Pattern(` (?:up|down) (?:by |some |about |around |almost |nearly |over |a further |a |an |just |only )*$`)
)

// roles reads the part that each figure plays.
func (r *reader) roles() {
	r.shape = r.newShape()
	for i := range r.Figures {
		f := &r.Figures[i]
		left, right := strings.ReplaceAll(r.shape.left(i), " looked after ", " lookedafter "), r.shape.right(i)
		f.Hedge, left = hedgeOf(left, right)
		f.Role = roleOf(*f, left, right)
		if before := i - 1; before >= 0 && f.Role == Value && r.Figures[before].Role == Change && r.shape.between(before, i) == " ( " {
			f.Role = Change // up by 136 (51%)
		}
		if before := i - 1; before >= 0 && f.Role == Then && ofTarget.MatchString(r.shape.left(before)) && heldAgainst.MatchString(r.shape.between(before, i)) {
			f.Role = Target // short of target (93% against 95%)
		}
		if before := i - 1; before >= 0 && f.Unit == Percent && r.Figures[before].Role == Change && r.Figures[before].Unit != Percent &&
			(r.shape.between(before, i) == " , or " || r.shape.between(before, i) == " or ") {
			f.Role = Change // an increase of 364, or 28%
		}
	}
	r.chains()
	r.ranges()
	if projected.MatchString(r.line.text) && willReach.MatchString(r.line.text+" ") {
		for i := range r.Figures {
			if r.Figures[i].Role == Value || r.Figures[i].Role == Now {
				r.Figures[i].Role = Projection
			}
		}
	}
	// "from 80 to 90%": the sign at the end is for both.
	for i := 0; i+1 < len(r.Figures); i++ {
		a, b := &r.Figures[i], r.Figures[i+1]
		if a.Unit == Plain && a.Ref < 0 && (b.Unit == Percent || b.Unit == PerPeople || b.Unit == Days) && !b.Fraction &&
			(a.Role == Then && b.Role == Now || a.Role == Range && a.High == i+1) &&
			signForBoth.MatchString(r.shape.between(i, i+1)) {
			a.Unit, a.Per = b.Unit, b.Per
		}
	}
}

// hedgeOf reads how a number is meant, and gives back what stands before the
// words that say so.
func hedgeOf(left, right string) (Hedge, string) {
	after, before := hedgeAfterCues.in(right), hedgeCues.in(left)
	for i, h := range hedgesAfter {
		if after&(1<<i) != 0 && h.re.MatchString(right) {
			return h.hedge, left
		}
	}
	for i, h := range hedges {
		if before&(1<<i) == 0 {
			continue
		}
		if at := h.re.FindStringIndex(left); at != nil {
			return h.hedge, left[:at[0]+1]
		}
	}
	return Exact, left
}

func roleOf(f Figure, left, right string) Role {
	if f.Unit == Points {
		return Change
	}
	after, before := rightCues.in(right), leftCues.in(left)
	for i, p := range rolesRight {
		if after&(1<<i) != 0 && p.re.MatchString(right) && !(p.role == Change && beingRight.MatchString(right)) && !(p.role == Average && (f.Hedge != Exact && f.Hedge != About || everyMonth.MatchString(right))) {
			return p.role
		}
	}
	if f.Unit == Percent && changedBracket.MatchString(left) { // (+14.4%), up by a third (33.1%)
		return Change
	}
	// What stands in brackets after a number speaks of that number.
	if strings.HasSuffix(left, " ( ") && (!bracketOf.MatchString(left) || heldAgainst.MatchString(right)) {
		return Value
	}
	for i, p := range rolesLeft {
		if before&(1<<i) != 0 && p.re.MatchString(left) {
			return p.role
		}
	}
	if justChanged.MatchString(left) && !madeUp.MatchString(left) || f.Unit == Percent && justMoved.MatchString(left) {
		return Change
	}
	return Value
}

// beingRight begins what is said of a figure itself: 0.65 is less than …
var beingRight = Pattern(`^ (?:is|was|are|were|remains?|stands|being) `)

var (
	bracketOf = Pattern(`(?:targets? for [a-z ]{3,60}|target|limit|tolerance|profile|from|than|with|to|by|average|of) \( $`)
	// A sign, or a part of a change, before what is in brackets.
	changedBracket = Pattern(` (?:\( \+|` + movers + ` by (?:just |only |about |almost |nearly |over |more than |some |around )*(?:a |one |two |three )?(?:half|thirds?|quarters?|fifths?|sixth|eighth|tenths?) \() $`)
	onAndOn        = Pattern(`^ (?:on|since|from) (?:[a-z0]+ ){1,3}and (?:by )?$`)
	onAgain        = Pattern(`^ (?:on|since|from) `)
	ofTarget       = Pattern(` (?:target|limit) \( $`)
	heldAgainst    = Pattern(`^ (?:against|versus|vs|compared) `)
	signForBoth    = Pattern(`^ (?:to|and|-|–|to the) $`)
)

// ownTime says that a period stands right after a figure and belongs to it alone.
func (r *reader) ownTime(figure int) bool {
	last := r.Figures[figure].Last
	return slices.ContainsFunc(r.Whens, func(w When) bool { return w.First > last && w.First-last <= 3 })
}

// chains hand a role on: "against targets of 96.0% and 94.7%", "up 50.9% on
// December and 45.0% on November".
func (r *reader) chains() {
	for i := 0; i+1 < len(r.Figures); i++ {
		a, b := r.Figures[i], &r.Figures[i+1]
		if b.Role != Value || a.Unit != b.Unit || a.Ref >= 0 || b.Ref >= 0 {
			continue
		}
		between := r.shape.between(i, i+1)
		if a.Role == Then && between == " and " || a.Role == Target && between == " and " && !r.ownTime(i+1) || a.Role == Change && onAndOn.MatchString(between) && onAgain.MatchString(r.shape.right(i+1)) {
			b.Role = a.Role
		}
	}
}

var (
	rangeJoin = Pattern(`^ (?:to|-|–) $`)
	rangeAnd  = Pattern(`^ and $`)
	ranging   = Pattern(` (?:between|within|from between|of between|ranging from|ranged from|ranges from|varied (?:from|between)|varying (?:from|between)) (?:about |around |some )?$`)
	inRange   = Pattern(`^ (?:target )?range `)
	advising  = Pattern(` (?:recommends?|recommended|suggests?|suggested|advises|advised|allows?|expects?|is|was|are|were|ranges?|be) $`)
	someLeft  = Pattern(` (?:some|about|around|approximately|roughly|of|typically|normally) $`)
)

// ranges finds "between 14 and 22", "some 1,300 to 1,600", "80–90%".
func (r *reader) ranges() {
	for i := 0; i+1 < len(r.Figures); i++ {
		a, b := &r.Figures[i], &r.Figures[i+1]
		if a.Ref >= 0 || b.Ref >= 0 || a.Spelled != b.Spelled || a.Value.Cmp(b.Value) >= 0 {
			continue
		}
		between, left := r.shape.between(i, i+1), r.shape.left(i)
		dash := strings.TrimSpace(between) == "" || rangeJoin.MatchString(between) && !strings.Contains(between, "to")
		switch {
		case ranging.MatchString(left) && (rangeAnd.MatchString(between) || rangeJoin.MatchString(between)):
		case someLeft.MatchString(left) && rangeJoin.MatchString(between):
		case advising.MatchString(left) && rangeJoin.MatchString(between): // recommends 50 to 70
		case dash && r.hyphened(a.Last, b.First):
		case rangeJoin.MatchString(between) && inRange.MatchString(r.shape.right(i+1)): // the 16 to 22 range
		default:
			continue
		}
		if a.Role == Target || inRange.MatchString(r.shape.right(i+1)) {
			a.Role, b.Role = Target, Target
			continue
		}
		a.Role, b.Role, a.High = Range, Range, i+1
		a.Hedge, b.Hedge = Exact, Exact
	}
}

func (r *reader) hyphened(last, first int) bool {
	for i := last + 1; i < first; i++ {
		if isHyphen(r.words[i].Text) {
			return true
		}
	}
	return false
}

var streakTable = newTable(
	newRow(`(?:(?:for )?(?:the |a )?)(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[0-9]+(?:st|nd|rd|th)) (?:consecutive |successive |straight )?(month|quarter|year)(?: in a row| running| in succession| in which| of (?:improvement|decline|increase|growth|deterioration|reduction))`,
		"for the a second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth #"),
	newRow(`(?:(?:for )?(?:the |a )?)(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[0-9]+(?:st|nd|rd|th)) (?:consecutive|successive|straight) (month|quarter|year)`,
		"for the a second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth #"),
	newRow(`(?:for |in |over )?(?:the |each of the )?(?:last |past )?(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]+) (?:consecutive |successive |straight )(months|quarters|years)`,
		"for in over the each last past NUM #"),
	newRow(`(?:for )?(?:the )?(?:last |past )?(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]+) (months|quarters|years) (?:in a row|running|in succession|on the trot|on end)`,
		"for the last past NUM #"),
	// The fourth consecutive rise, a third monthly fall in a row.
	newRow(`(?:the |a |its |our )?`+ordinal+` (?:consecutive |successive |straight |successive )(monthly |quarterly |annual |yearly )?`+movementNoun+`(?: in a row| running)?`,
		"the a its our second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth #"),
	newRow(`(?:the |a |its |our )?`+ordinal+` (monthly |quarterly |annual |yearly )?`+movementNoun+` (?:in a row|running|in succession|on the trot)`,
		"the a its our second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth #"),
	newRow(`(?:for )?(?:the |a )?`+ordinal+` (month|quarter|year) of `+movementNoun,
		"for the a second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth #"),
	newRow(`(?:down|up|fallen|risen|grown|improved|worsened|declined|increased|decreased|dropped|deteriorated|shrunk|slipped|fell|rose) for (two|three|four|five|six|seven|eight|nine) (?:whole )?(months)`,
		"down up fallen risen grown improved worsened declined increased decreased dropped deteriorated shrunk slipped fell rose"),
	newRow(`for (?:the|a) `+ordinal+` (?:reporting )?(month|quarter|year)`, "for"),
	newRow(`(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]+) (?:consecutive |successive |straight )(monthly |quarterly |annual |yearly )?`+movementNoun, "NUM #"),
	// In each of the last six months, for the past four months: it may have been so for longer.
	newRow(`(?:for |in |over )?(?:each|every one|all) (?:month )?of the (?:last |past |previous |latest )?(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]+) (months|quarters|years)`,
		"for in over each every all"),
	newRow(`for (?:the |each of the |all of the )?(?:last |past |previous )(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]+) (months|quarters|years)`, "for"),
)

const (
	ordinal      = `(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[0-9]+(?:st|nd|rd|th))`
	movementNoun = `(?:rises?|falls?|increases?|decreases?|improvements?|declines?|drops?|reductions?|deteriorations?|growth|dips?|gains?|worsening)`
)

var streakUnits = map[string]string{"": "month", "month": "month", "months": "month", "monthly": "month", "quarter": "quarter", "quarters": "quarter",
	"quarterly": "quarter", "year": "year", "years": "year", "annual": "year", "yearly": "year"}

// spans are what streaks are counted in.
var spans = set("month months quarter quarters year years consecutive successive straight row running succession trot")

// streaks finds "for the sixth month running".
func (r *reader) streaks() {
	r.exempt = make([]bool, len(r.words))
	if !heedless && !slices.ContainsFunc(r.words, func(w Word) bool { return spans[w.Lower] }) {
		return
	}
	at, _ := streakTable.beginnings(r.words)
	for i := range streakTable.rows {
		for _, m := range streakTable.found(i, r.line, at) {
			if r.exempt[m.first] {
				continue
			}
			count := ordinals[m.group[1]]
			if small, ok := smallNumbers[m.group[1]]; ok {
				count = int(small)
			}
			if n, err := strconv.Atoi(strings.TrimRight(m.group[1], "stndrh")); err == nil {
				count = n
			}
			if count < 2 {
				continue
			}
			r.Streaks = append(r.Streaks, Streak{First: m.first, Last: m.last, Count: count, Unit: streakUnits[strings.TrimSpace(m.group[2])],
				AtLeast: strings.Contains(m.group[0], "of the ") || strings.Contains(m.group[0], "last ") || strings.Contains(m.group[0], "past ") || strings.Contains(m.group[0], "previous ")})
			for i := m.first; i <= m.last; i++ {
				r.exempt[i] = true
			}
		}
	}
}
