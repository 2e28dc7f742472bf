package prose

import "strings"

// noun is up to four words of a thing between a number and its whole.
const noun = `(?:[a-z]+ ){0,4}?`

var (
	partOfWhole = Pattern(`^ ` + noun + `(?:out )?of (?:the |a total of |all |those |these |its |our |some |a |all of the )?(?:[a-z]+ )?$`)
	slash       = Pattern(`^ / $`)
	rateOfWhole = Pattern(`^ (?:\) )?of (?:the |all |those |these |a total of |all of the |its |january |december )?(?:[a-z]+ )?$`)
	openBracket = Pattern(`^ (?:[a-z]+ ){0,6}?\( (?:i \. e \. |or |= |that is )?$`)
	orShare     = Pattern(`^ (?:[a-z]+ ){0,8}?, (?:or|which is|that is|equal to|equivalent to|representing|i \. e \.|that is to say|in other words|making|a rate of|a share of|some|just|only|about) (?:just |only |about |some )?$`)
	plainOr     = Pattern(`^ (?:[a-z]+ ){0,3}?or (?:just |only |about )?$`)
	commaShare  = Pattern(`^ (?:[a-z]+ ){0,3}?, $`)
	headOf      = Pattern(`(?:^ |[,;:.] |and |but |that )of (?:the |all |all the |those |these |a total of |our |this month |january |december )?(?:[a-z]+ )?$`)
	ofWhich     = Pattern(`^ (?:[a-z]+ ){0,8}?(?:, )?of (?:which|whom) (?:only |just |about )?$`)
	ofThem      = Pattern(`^ of (?:them|these|those|the total|all|the [a-z]+) `)
)

// shares finds parts, wholes and rates that stand together.
func (r *reader) shares() {
	s := r.shape
	used := map[int]bool{}
	plain := func(i int) bool {
		f := r.Figures[i]
		return f.Unit == Plain && f.Ref < 0 && f.Role != Change && !f.Fraction
	}
	rate := func(i int) bool { f := r.Figures[i]; return f.Unit == Percent && f.Ref < 0 && f.Role != Change }
	// 22 of 121, with the rate before or after.
	for i := 0; i+1 < len(r.Figures); i++ {
		if !plain(i) || !plain(i+1) {
			continue
		}
		between := s.between(i, i+1)
		if !partOfWhole.MatchString(between) && !slash.MatchString(between) || r.Figures[i].Value.Cmp(r.Figures[i+1].Value) > 0 {
			continue
		}
		share := Share{Part: i, Whole: i + 1, Rate: -1}
		if i+2 < len(r.Figures) && rate(i+2) {
			b := s.between(i+1, i+2)
			if openBracket.MatchString(b) || orShare.MatchString(b) || plainOr.MatchString(b) || commaShare.MatchString(b) {
				share.Rate = i + 2
			}
		}
		if share.Rate < 0 && i > 0 && rate(i-1) {
			b := s.between(i-1, i)
			if openBracket.MatchString(b) || orShare.MatchString(b) || plainOr.MatchString(b) || commaShare.MatchString(b) {
				share.Rate = i - 1
			}
		}
		r.Shares = append(r.Shares, share)
		used[i], used[i+1] = true, true
		if share.Rate >= 0 {
			used[share.Rate] = true
		}
	}
	// 662 assessments, of which 448 (67.7%).
	for i := 0; i+1 < len(r.Figures); i++ {
		if used[i] || used[i+1] || !plain(i) || !plain(i+1) || r.Figures[i].Value.Cmp(r.Figures[i+1].Value) < 0 || !ofWhich.MatchString(s.between(i, i+1)) {
			continue
		}
		share := Share{Part: i + 1, Whole: i, Rate: -1}
		used[i], used[i+1] = true, true
		if i+2 < len(r.Figures) && rate(i+2) {
			if b := s.between(i+1, i+2); openBracket.MatchString(b) || orShare.MatchString(b) {
				share.Rate = i + 2
				used[i+2] = true
			}
		}
		r.Shares = append(r.Shares, share)
	}
	// 18.2% of 121; 18.2% of the 121 assessments (22).
	for i := 0; i+1 < len(r.Figures); i++ {
		if used[i] || used[i+1] || !rate(i) || !plain(i+1) || !rateOfWhole.MatchString(s.between(i, i+1)) {
			continue
		}
		r.Shares = append(r.Shares, Share{Part: -1, Whole: i + 1, Rate: i})
		used[i], used[i+1] = true, true
	}
	// Of the 121 assessments, 18.2% … ; of the 90, 28 were seen (31.1%).
	for i := 0; i+1 < len(r.Figures); i++ {
		if used[i] || !plain(i) || !headOf.MatchString(s.left(i)) {
			continue
		}
		share := Share{Part: -1, Whole: i, Rate: -1, Loose: true}
		for j := i + 1; j < min(len(r.Figures), i+3); j++ {
			if used[j] || strings.ContainsAny(s.between(i, j), ";.") {
				break
			}
			if rate(j) && share.Rate < 0 {
				share.Rate = j
			}
			if plain(j) && share.Part < 0 && share.Rate < 0 && r.Figures[j].Value.Cmp(r.Figures[i].Value) <= 0 && r.Figures[j].Role == Value {
				share.Part = j
			}
		}
		if share.Part >= 0 && share.Rate >= 0 && !r.beside(share.Part, share.Rate) {
			share.Rate = -1
		}
		if share.Part >= 0 || share.Rate >= 0 {
			r.Shares = append(r.Shares, share)
			for _, k := range []int{share.Part, share.Whole, share.Rate} {
				if k >= 0 {
					used[k] = true
				}
			}
		}
	}
	// 18.2% (22); 22 (18.2%); 22 were late, 18.2% of them.
	for i := 0; i+1 < len(r.Figures); i++ {
		if used[i] || used[i+1] {
			continue
		}
		if rate(i) && plain(i+1) && openBracket.MatchString(s.between(i, i+1)) && strings.Contains(s.between(i, i+1), "(") {
			r.Shares = append(r.Shares, Share{Part: i + 1, Whole: -1, Rate: i})
			used[i], used[i+1] = true, true
		} else if plain(i) && rate(i+1) && openBracket.MatchString(s.between(i, i+1)) {
			r.Shares = append(r.Shares, Share{Part: i, Whole: -1, Rate: i + 1})
			used[i], used[i+1] = true, true
		}
	}
	// 61 of the 76 families, 83.0% of them.
	for k := range r.Shares {
		sh := &r.Shares[k]
		if sh.Rate >= 0 || sh.Part < 0 || sh.Whole < 0 {
			continue
		}
		next := max(sh.Part, sh.Whole) + 1
		if next < len(r.Figures) && rate(next) && ofThem.MatchString(s.right(next)) && !strings.ContainsAny(s.between(next-1, next), ";.") {
			sh.Rate = next
		}
	}
}

// beside says that two figures stand in one clause.
func (r *reader) beside(a, b int) bool {
	if a > b {
		a, b = b, a
	}
	between := r.shape.between(a, b)
	return !strings.ContainsAny(between, ";:.") && strings.Count(between, ",") <= 1
}

var (
	fromLeft  = Pattern(` from(?: [a-z<>]+){0,5} (?:\( )?$`)
	toBetween = Pattern(` to(?: [a-z]+){0,3} $`)
)

// moves finds "from A to B" and what is said of the way between.
func (r *reader) moves() {
	s := r.shape
	for i := 0; i+1 < len(r.Figures); i++ {
		a, b := r.Figures[i], r.Figures[i+1]
		fromTo := a.Role == Then && b.Role == Now && fromLeft.MatchString(s.left(i)) &&
			toBetween.MatchString(s.between(i, i+1)) && !strings.Contains(s.between(i, i+1), ";")
		if !fromTo || a.Unit != b.Unit {
			continue
		}
		m := Move{From: i, To: i + 1, Sense: r.senseBefore(r.Figures[i].First)}
		for j := i + 2; j < len(r.Figures); j++ {
			if r.Figures[j].Role != Change && !(r.Figures[j].Unit == Percent && strings.HasSuffix(s.left(j), "( ")) {
				break
			}
			if strings.Contains(s.between(i+1, j), ";") {
				break
			}
			m.By = append(m.By, j)
		}
		if len(m.By) == 0 && i > 0 && r.Figures[i-1].Role == Change {
			m.By = append(m.By, i-1)
			if i > 1 && r.Figures[i-2].Role == Change {
				m.By = append(m.By, i-2)
			}
		}
		r.Moves = append(r.Moves, m)
	}
}

var senses = map[string]Sense{}

func init() {
	for sense, words := range map[Sense]string{
		Rise: "lengthened lengthening rose risen rise rises rising increased increase increases increasing grew grown growing growth climbed climbing jumped up higher more greater longer larger bigger " +
			"upward upwards uplift doubled tripled trebled quadrupled rocketed crept",
		Fall: "shortened shortening fell fallen fall falls falling decreased decrease decreases decreasing dropped drop drops dropping reduced reduction reducing reductions lower fewer " +
			"down less eased shorter smaller downward downwards shrank shrunk dipped dip slipped plummeted halved",
		Better: "improved improvement improving improves improvements better recovered strengthened",
		Worse:  "worsened worsening worse declined decline declining declines deteriorated deteriorating deterioration weakened",
		Same:   "unchanged same static stable steady",
	} {
		for _, w := range strings.Fields(words) {
			senses[w] = sense
		}
	}
}

var nounsOfMovement = set("rise rises increase increases growth uplift fall falls decrease decreases drop drops reduction reductions dip improvement improvements decline declines deterioration")

// comparatives point a way only where something is compared: "up on December",
// but not "up to date".
var (
	comparatives     = set("up down more fewer less higher lower better worse same greater longer larger bigger shorter smaller")
	beforeUpDown     = set("came come comes coming went gone goes going moved moving brought is are was were been again")
	afterComparative = set("than on from by since")
)

// stepped are words with which down is a name: a step down panel.
var stepped = set("step stepped steps stepping")

// directions lists the words of movement and judgement.
func (r *reader) directions() {
	for i, w := range r.words {
		sense, ok := senses[w.Lower]
		if !ok || w.Lower == "down" && (stepped[r.lower(i-1)] || isHyphen(r.lower(i-1))) || r.exempt[i] || comparatives[w.Lower] && !afterComparative[r.lower(i+1)] && !(beforeUpDown[r.lower(i-1)] && r.lower(i+1) != "to" && (w.Lower == "up" || w.Lower == "down")) {
			continue
		}
		r.Directions = append(r.Directions, Direction{Word: i, Sense: sense, Noun: nounsOfMovement[w.Lower]})
	}
}

// byWords stand before the size of a movement: "eased by 0.8, from".
var byWords = set("by of")

// senseBefore is the sense of the nearest word of movement before a word.
func (r *reader) senseBefore(word int) Sense {
	for i := word - 1; i >= 0; i-- {
		if s, ok := senses[r.lower(i)]; ok && !(r.lower(i) == "down" && stepped[r.lower(i-1)] || r.lower(i) == "down" && isHyphen(r.lower(i-1))) {
			return s
		}
		if w := r.words[i]; w.Text == ";" || w.Kind == Digits && !r.exempt[i] && !byWords[r.lower(i-1)] {
			break
		}
	}
	return NoSense
}
