package prose

import (
	"slices"
	"strconv"
	"strings"

	"outturn/internal/period"
	"outturn/internal/quantity"
)

// Read reads a text, sentence by sentence. A month without its year is the
// newest of that name by the month given.
func Read(text string, month period.Month) []Sentence {
	runes := []rune(text)
	var list []Sentence
	refs := 0
	for _, words := range sentences(split(text)) {
		r := &reader{words: words, month: month, line: newLine(words), refs: refs}
		r.Words = words
		r.Start, r.End = words[0].Start, words[len(words)-1].End
		r.Text = string(runes[r.Start:r.End])
		r.streaks()
		r.whens()
		r.multiples()
		r.numbers()
		r.roles()
		r.shares()
		r.moves()
		r.directions()
		r.extremes()
		r.trends()
		refs = r.refs
		list = append(list, r.Sentence)
	}
	return list
}

// reader reads one sentence.
type reader struct {
	Sentence
	words  []Word
	line   line
	month  period.Month
	refs   int
	exempt []bool // by word: a number there is no figure
	shape  shape
}

// names are words after which a number is part of a name.
const names = `(?:section|sections|s|sch|schedule|key stage|ks|stage|year groups?|part|chapter|clause|article|regulations?|rules?|` +
	`paragraphs?|paras?|pages?|pp?|tables?|figure|fig|appendix|annex|items?|notes?|footnote|minutes?|standards?|level|grade|band|tier|phase|` +
	`version|issue|form|room|appendices|no|number|nos|priority|priorities|outcome|objective|goal|recommendations?|action|measures?|indicators?|` +
	`ref|reference|question|option|ward|group|type|category|cohort|step|iso|bs|theme|line|row|column|box|act|strand|cluster|zone|wave|round)`

// noFigures are the numbers that stand for no measured thing.
var noFigures = newTable(
	// Parts of names: Section 47, Years 12 and 13, paragraphs 3.1 to 3.4, Table 2.
	newRow(names+` [0-9][0-9.a-z]*(?: \( [0-9a-z]{1,3} \))* \( [a-z]{1,4} \)`, nameStarts), // section 47 (1)(b)
	newRow(names+` [0-9][0-9.a-z]*(?: ?(?:,|and|or|to|-|–|&) [0-9]{1,3}[0-9.a-z]*)*`, nameStarts),
	newRow(`(years?|quarters?|q|weeks?|day|months?|half terms?|terms?) [0-9]{1,2}(?: ?(?:,|and|or|to|-|–|&) [0-9]{1,2})*`, "~ year years quarter quarters q week weeks day month months half term terms"),
	// Ages: aged 16-17, 16 and 17 year olds, under 18s, the 0-5 offer.
	newRow(`(?:aged|age|ages|between the ages of)(?: between| from| under| over| of)? NUM(?: ?(?:-|–|to|and|or|,) NUM)*`, "aged age ages between"),
	newRow(`NUM(?: (?:-|–|to|and|or) NUM)? years? olds?`, "# NUM"),
	newRow(`(?:under|over|below|birth to) (?:the age of )?(?:1|2|4|5|8|10|11|16|17|18|19|21|25)s?`, "~ under over below birth"),
	newRow(`[0-9]{1,2} (?:-|–) [0-9]{1,2}s?`, "#"),
	newRow(`[0-9]{1,2} (?:to|and|or) [0-9]{1,2} year`, "#"),
	// Dates: 22 March 2017, March 22, 2017, 22/03/2017.
	newRow(`[0-9]{1,2}(?:st|nd|rd|th)? (?:of )?MONTH(?: [0-9]{4})?`, "#"),
	newRow(`MONTH [0-9]{1,2}(?:st|nd|rd|th)(?: ,? ?[0-9]{4})?`, "MONTH"),
	newRow(`MONTH [0-9]{1,2} , [0-9]{4}`, "MONTH"),
	newRow(`MONTH (?:19|20)[0-9]{2}`, "MONTH"),
	newRow(`[0-9]{1,2} [/.] [0-9]{1,2} [/.] [0-9]{2,4}`, "#"),
	newRow(`[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})`, "#"),
	newRow(`(?:19|20)[0-9]{2} [/–-] [0-9]{2,4}`, "#"),
	newRow(`(?:in|since|during|from|by|of|for|end of|until|to|and|before|after|early|late|mid|summer|autumn|spring|winter|year|act|plan|report|strategy|census|inspection|,) (?:19|20)[0-9]{2}`, "~ in since during from by of for end until to and before after early late mid summer autumn spring winter year act plan report strategy census inspection ,"),
	// Times: 9.30am, 4 pm, 10:30, 24/7.
	newRow(`[0-9]{1,2}(?:\.[0-9]{2})? ?(?:am|pm|noon|hrs|o'clock)`, "#"),
	newRow(`[0-9]{1,2} : [0-9]{2}`, "#"),
	newRow(`24 / 7|50 / 50`, "#"),
	// Telephone numbers.
	newRow(`(?:0[0-9]{2,}|\+ ?[0-9]{2})(?: [0-9]{2,})*`, "# +"),
	newRow(`(?:call|tel|telephone|phone|ring|ext|extension|fax|text|helpline|dial) (?:on |: |\. )?[0-9]{3,}(?: [0-9]{2,})*`, "~ call tel telephone phone ring ext extension fax text helpline dial"),
	// Lengths of time: within 45 working days, twelve months, two years.
	newRow(`NUM(?: ?(?:-|–|to|or) NUM)? (?:or more |or fewer |more |further |consecutive |full |whole )?(?:working|calendar|school|clear) ?(?:days?|weeks?)`, "# NUM"),
	newRow(`NUM(?: ?(?:-|–|to|or) NUM)? (?:or more |or fewer |more |further |consecutive |full |whole )?(?:weeks?|months?|hours?|minutes?|years?|terms?|quarters?|fortnights?|sessions? a week|seconds?|monthly|weekly)`, "# NUM"),
	newRow(`(?:within|in|every|for|after|first|last|next|past|over|under|than|the) NUM(?: ?(?:-|–|to|or) NUM)? days?`, "within in every for after first last next past over under than the"),
	// Parts of the names of measures: three or more placements, the 30% most deprived.
	newRow(`NUM or (?:more|over|fewer|less) [a-z]+`, "# NUM"),
	newRow(`NUM % (?:of )?(?:the )?(?:most|least) [a-z]+`, "# NUM"),
	newRow(`(?:top|bottom|best|worst) NUM(?: %)?`, "top bottom best worst"),
	newRow(`NUM times`, "# NUM"),
	newRow(`(?:first|second|other) half`, "first second other"),
	newRow(`half (?:year|yearly|term|terms)`, "half"),
	// A sample is no figure of a measure: an audit of 30 contacts.
	newRow(`(?:audits?|samples?|reviews?|surveys?|checks?|dip samples?|inspections?) of (?:a further |another |some |about |the |all )?[0-9][0-9,]*`, "audit audits sample samples review reviews survey surveys check checks dip inspection inspections"),
	newRow(`[0-9]+(?:\.[0-9]+){2,}`, "#"),
	newRow(`[0-9]+ : [0-9]+`, "#"),
	// Limits of money: decisions over £100,000.
	newRow(`(?:over|above|under|below|exceeding|threshold of|more than|less than|up to|in excess of) £ [0-9][0-9.,]*[a-z]*`, "~ over above under below exceeding threshold more less up in"),
	newRow(`(?:£ )?[0-9][0-9.,]* (?:per|an?) (?:hour|day|week)`, "£ #"),
)

// nameStarts are the first words of names.
const nameStarts = `~ section sections s sch schedule key ks stage year part chapter clause article regulation regulations rule rules
	paragraph paragraphs para paras page pages p pp table tables figure fig appendix annex item items note notes footnote minute minutes standard standards level grade band tier phase
	version issue form room appendices no number nos priority priorities outcome objective goal recommendation recommendations action measure measures indicator indicators
	ref reference question option ward group type category cohort step iso bs theme line row column box act strand cluster zone wave round`

// numbers finds the figures of the sentence.
func (r *reader) numbers() {
	counted := slices.ContainsFunc(r.words, func(w Word) bool { return w.Kind == Digits || telling[w.Lower] })
	var at []uint64
	var can uint64
	if counted {
		at, can = noFigures.beginnings(r.words)
	}
	for i := range noFigures.rows {
		if can&(1<<i) == 0 && !(heedless && counted) {
			continue
		}
		for _, m := range noFigures.found(i, r.line, at) {
			if r.misread(m) {
				continue
			}
			for i := m.first; i <= m.last; i++ {
				r.exempt[i] = true
			}
		}
	}
	for _, w := range r.Whens {
		for i := w.First; i <= w.Last; i++ {
			r.exempt[i] = true
		}
	}
	for i, w := range r.words { // of a rate, how many it is per; of an address, the house
		if w.Kind == Digits && (roundBase[w.Text] && baseWords[r.lower(i-1)] || r.isHouse(i)) {
			r.exempt[i] = true
		}
	}
	for i := 0; i < len(r.words); {
		i = r.number(i)
	}
}

var (
	roundBase = set("100 1000 1,000 10000 10,000 100000 100,000")
	baseWords = set("per every each")
	streets   = set("Street Road Avenue Lane Drive House Way")
)

// isHouse says that a number stands in an address: 403 High Street.
func (r *reader) isHouse(i int) bool {
	for k := i + 1; k < len(r.words) && k <= i+3; k++ {
		w := r.words[k]
		if w.Kind != Letters || w.Text == w.Lower { // a name is in capitals
			return false
		}
		if streets[w.Text] {
			return true
		}
	}
	return false
}

// misread guards the patterns of names: a share is part of none ("Section A
// 18.2%"), nor is a number with a digit grouped.
func (r *reader) misread(m match) bool {
	last := r.words[m.last]
	if strings.HasPrefix(last.Lower, "quarter") && (r.lower(m.last+1) == "of" || r.lower(m.last+1) == "have") {
		return true // "three quarters of the children"
	}
	if next := r.lower(m.last + 1); next == "days" && last.Kind == Digits && strings.Contains(last.Text, ".") {
		return true // "the A2 measure 208.4 days"
	}
	if timeWords[r.lower(m.first)] && aboutTime[r.lower(m.first-1)] && last.Kind == Digits {
		return true // "this year 42 families"
	}
	if m.last+1 < len(r.words) && (r.words[m.last+1].Text == "%" || r.words[m.last+1].Lower == "per" && r.lower(m.last+2) == "cent") {
		return last.Kind == Digits && !strings.HasPrefix(m.group[0], "top") && !strings.HasPrefix(m.group[0], "bottom")
	}
	return last.Kind == Digits && strings.Contains(last.Text, ",") && last.Start > 0 && r.words[m.first].Text != "£" &&
		!strings.Contains(m.group[0], "£")
}

func (r *reader) lower(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.words[i].Lower
}

var (
	timeWords = set("year years quarter week day month term")
	aboutTime = set("this last the previous per a each every that next financial same whole")
)

// number reads the number that begins at a word, if one does, and answers where
// to go on.
func (r *reader) number(i int) int {
	w := r.words[i]
	switch {
	case w.Kind == Reference:
		r.add(Figure{First: i, Last: i, Ref: r.refs})
		r.refs++
		return i + 1
	case w.Kind == Digits:
		return r.digits(i)
	case w.Kind == Letters:
		return r.spelled(i)
	}
	return i + 1
}

func (r *reader) add(f Figure) {
	f.Start, f.End = r.words[f.First].Start, r.words[f.Last].End
	f.High = -1
	var b strings.Builder
	for i := f.First; i <= f.Last; i++ {
		if i > f.First && !r.words[i].Glued {
			b.WriteByte(' ')
		}
		b.WriteString(r.words[i].Text)
		b.WriteString(r.words[i].Suffix)
	}
	f.Typed = b.String()
	r.Figures = append(r.Figures, f)
	for i := f.First; i <= f.Last; i++ {
		r.words[i].figure = len(r.Figures)
	}
}

// digits reads a number in figures.
func (r *reader) digits(i int) int {
	w := r.words[i]
	f := Figure{First: i, Last: i, Ref: -1}
	after := i + 1
	pounds := i > 0 && r.words[i-1].Text == "£" && w.Glued
	if pounds {
		f.First, f.Unit = i-1, Money
	}
	if r.lower(after) == "%" {
		f.Unit, f.Last = Percent, after
		if r.lower(after+1) == "%" {
			r.malformed(i, after+1, "write the sign once: "+w.Text+"%")
			return after + 2
		}
	}
	if r.exempt[i] && f.Unit != Percent {
		return after
	}
	if r.exempt[i] {
		return f.Last + 1
	}
	n, wrong := quantity.Parse(w.Text)
	if wrong != nil {
		if r.isMalformed(w, f) {
			r.malformed(i, f.Last, wrong.Mend)
		}
		return f.Last + 1
	}
	f.Value = n.Decimal
	switch suffix := strings.ToLower(w.Suffix); {
	case suffix == "":
	case suffix == "pp" || suffix == "ppt" || suffix == "ppts":
		f.Unit = Points
	case pounds && magnitude(suffix) > 1:
		f.Value = times(f.Value, magnitude(suffix))
	default:
		return after // 12A, 1st, 18s
	}
	if pounds && magnitude(r.lower(after)) > 1 {
		f.Value = times(f.Value, magnitude(r.lower(after)))
		f.Last = after
	}
	r.unit(&f)
	if f.Unit == Plain && f.First > 0 && (r.lower(f.First-1) == "-" || r.lower(f.First-1) == "−") && !r.words[f.First-1].Glued && w.Glued {
		f.Value, f.First = f.Value.Neg(), f.First-1
	}
	r.add(f)
	return f.Last + 1
}

// times is a number of thousands or millions written out; one too large to hold
// stays as it was typed, and meets no figure.
func times(d quantity.Decimal, n int64) quantity.Decimal {
	if product, err := d.Mul(quantity.Int(n)); err == nil {
		return product.Trim()
	}
	return d
}

func magnitude(word string) int64 {
	switch word {
	case "k", "thousand":
		return 1_000
	case "m", "mn", "million":
		return 1_000_000
	case "bn", "billion":
		return 1_000_000_000
	}
	return 1
}

// unit reads the words after a number: per cent, percentage points, per 10,000, days.
func (r *reader) unit(f *Figure) {
	next := f.Last + 1
	two := r.lower(next) + " " + r.lower(next+1)
	switch {
	case f.Unit == Points:
	case two == "percentage points", two == "percentage point", two == "% points", two == "% point":
		f.Unit, f.Last = Points, next+1
	case f.Unit == Percent && (r.lower(next) == "points" || r.lower(next) == "point" || r.lower(next) == "pts"):
		f.Unit, f.Last = Points, next
	case f.Unit != Plain:
	case r.lower(next) == "points" || r.lower(next) == "point" || r.lower(next) == "pp" || r.lower(next) == "ppt" || r.lower(next) == "ppts" || r.lower(next) == "pts":
		f.Unit, f.Last = Points, next
	case two == "per cent":
		f.Unit, f.Last = Percent, next+1
	case r.lower(next) == "percent":
		f.Unit, f.Last = Percent, next
	case r.lower(next) == "days" || r.lower(next) == "day":
		f.Unit = Days
	}
	r.per(f)
}

// per reads "per 10,000", also after a few words: "244.0 enquiries per 10,000".
func (r *reader) per(f *Figure) {
	if f.Unit != Plain {
		return
	}
	for i := f.Last + 1; i < min(len(r.words), f.Last+7); i++ {
		w := r.words[i]
		if w.Kind == Digits && !r.exempt[i] || w.Kind == Reference || w.Kind == Sign && !isHyphen(w.Text) {
			return
		}
		if w.Lower != "per" && w.Lower != "every" {
			continue
		}
		if i+1 >= len(r.words) {
			return
		}
		n := int64(0)
		end := i + 1
		switch next := r.words[i+1]; {
		case next.Kind == Digits:
			d, wrong := quantity.Parse(next.Text)
			if wrong == nil && d.Scale() == 0 {
				n = d.Coef()
			}
		case next.Lower == "hundred":
			n = 100
		case next.Lower == "thousand":
			n = 1000
		case next.Lower == "ten" && r.lower(i+2) == "thousand":
			n, end = 10000, i+2
		}
		if n == 100 || n == 1000 || n == 10000 || n == 100000 {
			f.Unit, f.Per = PerPeople, n
			for k := i + 1; k <= end; k++ {
				r.exempt[k] = true
			}
		}
		return
	}
}

// isMalformed says whether what does not parse was meant for a number: not a
// list of small ones (measures 1,2), nor a version or a paragraph (3.4.1).
func (r *reader) isMalformed(w Word, f Figure) bool {
	if w.Suffix != "" && f.Unit != Percent {
		return false
	}
	if strings.Contains(w.Text, "..") || f.Unit == Percent {
		return true
	}
	if strings.ContainsAny(w.Text, "OoIl") {
		return true
	}
	groups := strings.Split(w.Text, ",")
	if len(groups) == 2 && !strings.Contains(w.Text, ".") {
		return len(groups[1]) != 1 && (len(groups[1]) != 2 || len(groups[0]) == 1 && groups[1] > "19")
	}
	return false
}

func (r *reader) malformed(first, last int, mend string) {
	m := Malformed{Start: r.words[first].Start, End: r.words[last].End, Mend: mend}
	m.Typed = string([]rune(r.textBetween(first, last)))
	r.Malformed = append(r.Malformed, m)
}

func (r *reader) textBetween(first, last int) string {
	var b strings.Builder
	for i := first; i <= last; i++ {
		if i > first && !r.words[i].Glued {
			b.WriteByte(' ')
		}
		b.WriteString(r.words[i].Text)
	}
	return b.String()
}

// fractionNames are the parts of one, in how many.
var fractionNames = map[string]int64{
	"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6,
	"seventh": 7, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}

// spelled reads a number in words: nine, forty-two, two thirds, one in five.
func (r *reader) spelled(i int) int {
	if r.exempt[i] {
		return i + 1
	}
	lower := r.lower(i)
	n, last, is := r.cardinal(i)
	// half of, a third of, two thirds, three quarters
	numerator, at := int64(1), i
	switch {
	case is:
		numerator, at = n, last+1
		if r.lower(at) == "-" {
			at++
		}
	case lower == "a" || lower == "an":
		at = i + 1
	}
	if parts, fraction := fractionNames[r.lower(at)]; fraction && numerator < parts && (at > i || lower == "half") && r.isFraction(at) {
		f := Figure{First: i, Last: at, Ref: -1, Unit: Percent, Spelled: true, Fraction: true}
		f.Value, _ = quantity.Quotient(quantity.Int(numerator), quantity.Int(parts), 100, 1)
		r.add(f)
		return at + 1
	}
	if !is {
		return i + 1
	}
	// one in five, nine out of ten
	for skip := 1; skip <= 3; skip++ {
		whole, end, ok := r.cardinal(last + skip + 1)
		if !ok || whole <= n || whole > 20 {
			continue
		}
		var between []string
		for k := last + 1; k <= last+skip; k++ {
			between = append(between, r.lower(k))
		}
		joined := strings.Join(between, " ") + " "
		if joined == "in " || joined == "out of " || joined == "in every " || joined == "out of every " {
			f := Figure{First: i, Last: end, Ref: -1, Unit: Percent, Spelled: true, Fraction: true}
			f.Value, _ = quantity.Quotient(quantity.Int(n), quantity.Int(whole), 100, 1)
			r.add(f)
			return end + 1
		}
	}
	f := Figure{First: i, Last: last, Ref: -1, Spelled: true, Value: quantity.Int(n)}
	r.unit(&f)
	r.add(f)
	return f.Last + 1
}

// isFraction tells a third of the cases from a third month, a quarter of the
// year from quarter 3.
func (r *reader) isFraction(at int) bool {
	next := r.lower(at + 1)
	switch r.lower(at) {
	case "half":
		return next != "term" && next != "terms" && next != "a" && next != "year" && next != "yearly" && next != "-"
	case "quarter":
		return next == "of" || next == "have" || next == "had" || next == "were" || next == "are" || next == "that"
	case "thirds", "quarters", "fifths", "eighths", "tenths", "sixths":
		return true
	}
	return next == "of" || next == "have" || next == "had" || next == "were" || next == "are" || next == "has"
}

// cardinal reads a whole number in words, or in figures between "one in 5".
func (r *reader) cardinal(i int) (n int64, last int, ok bool) {
	if i >= len(r.words) {
		return 0, i, false
	}
	w := r.words[i]
	if w.Kind == Digits {
		v, err := strconv.ParseInt(w.Text, 10, 64)
		return v, i, err == nil && w.Suffix == "" && slices.Contains([]string{"in", "of", "every"}, r.lower(i-1))
	}
	if small, is := smallNumbers[w.Lower]; is {
		n, last = small, i
	} else if ten, is := tens[w.Lower]; is {
		n, last = ten, i
		next := i + 1
		if isHyphen(r.lower(next)) {
			next++
		}
		if unit, is := smallNumbers[r.lower(next)]; is && unit < 10 && (next > i+1 || true) {
			n, last = ten+unit, next
		}
	} else if w.Lower == "a" && r.lower(i+1) == "hundred" {
		return 100, i + 1, true
	} else {
		return 0, i, false
	}
	if r.lower(last+1) == "hundred" {
		n, last = n*100, last+1
		if r.lower(last+1) == "and" {
			if rest, end, is := r.cardinal(last + 2); is && rest < 100 {
				n, last = n+rest, end
			}
		}
	}
	return n, last, true
}
