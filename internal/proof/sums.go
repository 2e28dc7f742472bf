package proof

import (
	"math/big"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// What a table says of itself: that a row or a column is the total of others,
// the difference of two, or a percentage of them. A finding is made where the
// words say so and the figures do not; where the words leave room, several
// readings are tried, and one that fits is enough. Rounded figures may differ
// by what rounding can do, and no more.

// sheet is a table as figures.
type sheet struct {
	heads    []string
	names    []string // of the rows: their first cell
	rows     [][]entry
	cells    [][]commentary.Cell
	problems *diag.List
	told     map[diag.Place]bool // figures of which something is told already
	broken   map[[2]int]*big.Rat // totals, by row and column, that do not add up: what they would be
}

// entry is a cell as a figure.
type entry struct {
	has   bool
	blank bool // says nothing, or that there is nothing
	empty bool // says nothing: it may be nothing, or not known
	value *big.Rat
	half  *big.Rat // half a unit of its last place; 0 for a whole number, which is exact
	unit  rune     // % or £, or 0
	text  string
}

var (
	totalName  = prose.Pattern(`(?i)^(grand |overall )?totals?\b|^sub-?total\b|^sum\b|^(all|overall|combined)( (areas|localities|teams|ages|schools|sources|services|types|wards|rows))?$|^(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (months|quarters)$`)
	netName    = prose.Pattern(`(?i)^(net|variance|differences?|change|movement|swing|balance|surplus|deficit|over ?/ ?\(?under\)?)\b|\b(change|difference|variance|movement)$|^\+ ?/ ?[-−–]$`)
	changeName = prose.Pattern(`(?i)\b(change|increase|decrease|difference|variance|growth|rise|fall|movement)\b|\+ ?/ ?[-−–]`)
	netRow     = prose.Pattern(`(?i)^(net|surplus|deficit|balance)\b`)
	shareName  = prose.Pattern(`(?i)%|\bper ?cent\b|\bpercentage\b|\bproportion\b|\bshare\b`)
	apartName  = prose.Pattern(`(?i)\btargets?\b|\baverage\b|\bmean\b|\brates?\b|\bdays\b|\bscore\b|\brank\b|\bno\.?$|\bref\b|\bper (?:1|head\b|week\b|day\b|worker\b|child\b)|\bratio\b|\bmedian\b|\bcaseloads?\b|\bprevious\b|\blast\b|\bengland\b|\bneighbours?\b|\bnational\b|\bagreed\b`)
	partlyName = prose.Pattern(`(?i)^(of (which|whom|these)|including|in addition)\b`)
	blankCell  = prose.Pattern(`^(|[-–—]|n/?a|nil)$`)
	markAlone  = prose.Pattern(`^(\[[a-z]+\]|\*+|x|[<>≤≥].*)$`)
	cellMarks  = prose.Pattern(`\s*(\[[a-z]+\]|\*+)$`)
	scaled     = prose.Pattern(`(?i)\s?(million|m|k|bn)$`)
)

func figureOf(text string) entry {
	e := entry{text: text}
	if markAlone.MatchString(strings.TrimSpace(text)) {
		return e // there is a figure, and it is withheld or not known
	}
	s := strings.TrimSpace(cellMarks.ReplaceAllString(text, ""))
	if blankCell.MatchString(strings.ToLower(s)) {
		e.blank, e.empty = true, s == ""
		return e
	}
	negative := false
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") { // as accounts write a minus
		s, negative = s[1:len(s)-1], true
	}
	times := int64(1)
	if m := scaled.FindStringSubmatch(s); m != nil {
		s = strings.TrimSuffix(s, m[0])
		times = map[string]int64{"k": 1000, "m": 1000000, "million": 1000000, "bn": 1000000000}[strings.ToLower(m[1])]
	}
	n, fault := quantity.Parse(s)
	if fault != nil {
		return e
	}
	e.has, e.unit, e.value, e.half = true, n.Symbol, n.Decimal.Rat(), new(big.Rat)
	if negative {
		e.value.Neg(e.value)
	}
	if n.Scale() > 0 || times > 1 || n.Symbol == '%' {
		e.half = halfPlace(n.Scale())
	}
	if n.Symbol == '£' && n.Scale() == 2 { // pence are exact
		e.half.SetInt64(0)
	}
	scale := new(big.Rat).SetInt64(times)
	e.value.Mul(e.value, scale)
	e.half.Mul(e.half, scale)
	return e
}

// halfPlace is half a unit of a decimal place.
func halfPlace(place int) *big.Rat {
	half := big.NewRat(1, 2)
	for range place {
		half.Mul(half, big.NewRat(1, 10))
	}
	return half
}

// reckoned checks one table.
func reckoned(t commentary.Table, answer func(commentary.Ref) string, told map[diag.Place]bool, problems *diag.List) {
	s := sheet{problems: problems, told: told, broken: map[[2]int]*big.Rat{}}
	for _, head := range t.Heads {
		s.heads = append(s.heads, head.Words(answer))
	}
	for _, row := range t.Rows {
		if len(row) == 0 {
			continue
		}
		var entries []entry
		for _, cell := range row {
			entries = append(entries, figureOf(cell.Words(answer)))
		}
		for len(entries) < len(s.heads) {
			entries = append(entries, entry{blank: true, empty: true})
		}
		s.names = append(s.names, row[0].Words(answer))
		s.rows = append(s.rows, entries)
		s.cells = append(s.cells, row)
	}
	for c := 1; c < len(s.heads); c++ {
		s.signed(c)
		s.totals(c)
	}
	for c := 1; c < len(s.heads); c++ {
		switch head := s.heads[c]; {
		case changeName.MatchString(head) && s.isShare(c):
			s.relative(c)
		case apartName.MatchString(head):
		case s.isShare(c):
			s.shares(c)
		case netName.MatchString(head):
			s.differences(c)
		case totalName.MatchString(head):
			s.across(c)
		}
	}
}

// signed gives each figure of a column the sign that stands at its head: in a
// column "Variance %" 4 is 4%, rounded as such, and no part of a sum.
func (s *sheet) signed(c int) {
	if !s.isShare(c) {
		return
	}
	for r := range s.rows {
		if e := &s.rows[r][c]; e.has && e.unit == 0 {
			e.unit = '%'
			if e.half.Sign() == 0 { // a whole number, which as a count was exact
				e.half = halfPlace(0)
			}
		}
	}
}

// beside lists a cell with those that it is worked out from: for a total its
// column, else its row.
func (s *sheet) beside(row, column int) []commentary.Cell {
	if !totalName.MatchString(s.names[row]) && !netRow.MatchString(s.names[row]) {
		return s.cells[row]
	}
	var list []commentary.Cell
	for _, r := range s.cells {
		if column < len(r) {
			list = append(list, r[column])
		}
	}
	return list
}

// warn tells of one cell.
func (s *sheet) warn(row, column int, hint, format string, args ...any) {
	at := s.cells[row][min(column, len(s.cells[row])-1)]
	for _, cell := range s.beside(row, column) {
		if s.told[cell.Place] {
			return // that one is wrong is why they do not compute
		}
	}
	if at.Bound() {
		return // it says what was returned: where that does not compute, Data tells
	}
	p := s.problems.Warnf(at.Place, "contradicts-itself", format, args...)
	p.Hint, p.Source = hint, at.Source
}

// sum adds entries up; ok is false where one of them is no figure, or of
// another unit.
func sum(list []entry) (total, slack *big.Rat, ok bool) {
	total, slack = new(big.Rat), new(big.Rat)
	n := 0
	for _, e := range list {
		if e.blank {
			continue
		}
		if !e.has || n > 0 && e.unit != list[0].unit && list[0].has {
			return nil, nil, false
		}
		total.Add(total, e.value)
		slack.Add(slack, e.half)
		n++
	}
	return total, slack, n > 1
}

// agree reports whether a stated figure is a worked one within rounding.
func agree(stated entry, worked, slack *big.Rat) bool {
	off := new(big.Rat).Sub(stated.value, worked)
	return off.Abs(off).Cmp(new(big.Rat).Add(stated.half, slack)) <= 0
}

// as writes a worked figure as the stated one is written.
func (e entry) as(worked *big.Rat) string {
	places := 0
	for unit := new(big.Rat).Set(e.half); unit.Sign() > 0 && unit.Cmp(big.NewRat(1, 2)) < 0 && places < 4; places++ {
		unit.Mul(unit, big.NewRat(10, 1))
	}
	if !worked.IsInt() {
		places = max(places, 1)
	}
	d, err := quantity.FromRat(worked, places)
	if err != nil {
		return worked.FloatString(places)
	}
	switch e.unit {
	case '%':
		return d.Grouped() + "%"
	case '£':
		return "£" + d.Grouped()
	}
	return d.Grouped()
}

// totals: rows that are called a total, and rows that are called net of two.
func (s *sheet) totals(c int) {
	if apartName.MatchString(s.heads[c]) {
		return
	}
	var plain, since, subs []entry // all rows so far; those since the last total; the totals
	for r, row := range s.rows {
		e, name := row[c], s.names[r]
		switch {
		case partlyName.MatchString(name):
		case (totalName.MatchString(name) || s.allOf(r, c)) && e.has && e.unit != '%':
			readings := [][]entry{since, plain, subs, s.below(r, c)}
			if worked := first(readings); worked != nil && !s.fits(e, readings) && !(lacking(readings) && worked.Cmp(e.value) < 0) {
				s.broken[[2]int{r, c}] = worked
				s.warn(r, c, "correct the total, or the figure that is wrong", "the total is %s, and the rows add up to %s", e.text, e.as(worked))
			}
			subs, since = append(subs, e), nil
		case netRow.MatchString(name) && e.has && e.unit != '%':
			pair := subs
			if len(pair) < 2 {
				pair = since
			}
			if len(pair) >= 2 {
				a, b := pair[len(pair)-2], pair[len(pair)-1]
				if a.has && b.has && a.unit == e.unit && b.unit == e.unit && !s.between(e, a, b) && !s.fits(e, [][]entry{pair, plain}) {
					s.warn(r, c, "correct the figure, or one of the two that it is worked out from", "%s is %s, and %s less %s is %s", lowerFirst(name), e.text, a.text, b.text, e.as(new(big.Rat).Sub(a.value, b.value)))
				}
			}
		default:
			plain, since = append(plain, e), append(since, e)
		}
	}
}

// allName is how a row may be called that is the total of those above it, or of
// something else: All sessions. It is where another column adds up to it.
var allName = prose.Pattern(`(?i)^(?:all|both|overall) [a-z]`)

// allOf says that a row which is called all of something adds up the rows above
// it in another column than c.
func (s *sheet) allOf(r, c int) bool {
	if r < 2 || r != len(s.rows)-1 || !allName.MatchString(s.names[r]) {
		return false
	}
	for i := 1; i < len(s.heads); i++ {
		if i == c || !s.rows[r][i].has || s.rows[r][i].unit == '%' {
			continue
		}
		var above []entry
		for _, row := range s.rows[:r] {
			above = append(above, row[i])
		}
		if worked, _, ok := sum(above); ok && worked.Cmp(s.rows[r][i].value) == 0 {
			return true
		}
	}
	return false
}

// first is what the nearest reading of a total gives; nil where it lacks a
// figure: then nothing can be said.
func first(readings [][]entry) *big.Rat {
	for _, reading := range readings {
		if len(reading) < 2 {
			continue
		}
		worked, _, ok := sum(reading)
		if !ok {
			return nil
		}
		return worked
	}
	return nil
}

// lacking says that a part is left empty, which may be not known.
func lacking(readings [][]entry) bool {
	for _, reading := range readings {
		for _, e := range reading {
			if e.empty {
				return true
			}
		}
	}
	return false
}

// below are the rows after a total that stands above its parts.
func (s *sheet) below(r, c int) []entry {
	if r > 0 {
		return nil
	}
	var list []entry
	for i := r + 1; i < len(s.rows) && !totalName.MatchString(s.names[i]); i++ {
		if !partlyName.MatchString(s.names[i]) {
			list = append(list, s.rows[i][c])
		}
	}
	return list
}

// whole is a total of which the others are shares: what the rows add up to, where
// the stated one is told of.
func (s *sheet) whole(r, c int) *big.Rat {
	if worked := s.broken[[2]int{r, c}]; worked != nil {
		return worked
	}
	return s.rows[r][c].value
}

// fits reports whether any reading gives the stated figure.
func (s *sheet) fits(e entry, readings [][]entry) bool {
	for _, reading := range readings {
		if worked, slack, ok := sum(reading); ok && agree(e, worked, slack) {
			return true
		}
	}
	return false
}

// between reports whether a figure is the difference of two, either way round.
func (s *sheet) between(e, a, b entry) bool {
	d := new(big.Rat).Sub(a.value, b.value)
	slack := new(big.Rat).Add(a.half, b.half)
	return agree(e, d, slack) || agree(e, new(big.Rat).Neg(d), slack)
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
