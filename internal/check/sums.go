package check

import (
	"math/big"
	"regexp"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
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
}

// entry is a cell as a figure.
type entry struct {
	has   bool
	blank bool // says nothing, or that there is nothing
	value *big.Rat
	half  *big.Rat // half a unit of its last place; 0 for a whole number, which is exact
	unit  rune     // % or £, or 0
	text  string
}

var (
	totalName  = regexp.MustCompile(`(?i)^(grand |overall )?totals?\b|^sub-?total\b|^sum\b`)
	netName    = regexp.MustCompile(`(?i)^(net|variance|difference|balance|surplus|deficit|over ?/ ?\(?under\)?)\b`)
	netRow     = regexp.MustCompile(`(?i)^(net|surplus|deficit|balance)\b`)
	shareName  = regexp.MustCompile(`(?i)%|\bper ?cent\b|\bpercentage\b|\bproportion\b|\bshare\b`)
	apartName  = regexp.MustCompile(`(?i)\btargets?\b|\baverage\b|\bmean\b|\brates?\b|\bdays\b|\bscore\b|\brank\b|\bno\.?$|\bref\b|\bprevious\b|\blast\b|\bengland\b|\bneighbours?\b|\bnational\b|\bagreed\b`)
	partlyName = regexp.MustCompile(`(?i)^(of (which|whom|these)|including|in addition)\b`)
	blankCell  = regexp.MustCompile(`^(|[-–—]|n/?a|nil)$`)
	cellMarks  = regexp.MustCompile(`\s*(\[[a-z]+\]|\*+)$`)
	scaled     = regexp.MustCompile(`(?i)\s?(million|m|k|bn)$`)
)

func figureOf(text string) entry {
	e := entry{text: text}
	s := strings.TrimSpace(cellMarks.ReplaceAllString(text, ""))
	if blankCell.MatchString(strings.ToLower(s)) {
		e.blank = true
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
		e.half.SetFrac64(1, 2)
		for range n.Scale() {
			e.half.Mul(e.half, big.NewRat(1, 10))
		}
	}
	if n.Symbol == '£' && n.Scale() == 2 { // pence are exact
		e.half.SetInt64(0)
	}
	scale := new(big.Rat).SetInt64(times)
	e.value.Mul(e.value, scale)
	e.half.Mul(e.half, scale)
	return e
}

// reckoned checks one table.
func reckoned(t commentary.Table, answer func(commentary.Ref) string, problems *diag.List) {
	s := sheet{problems: problems}
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
			entries = append(entries, entry{blank: true})
		}
		s.names = append(s.names, row[0].Words(answer))
		s.rows = append(s.rows, entries)
		s.cells = append(s.cells, row)
	}
	for c := 1; c < len(s.heads); c++ {
		s.totals(c)
		switch head := s.heads[c]; {
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

// warn tells of one cell.
func (s *sheet) warn(row, column int, hint, format string, args ...any) {
	at := s.cells[row][min(column, len(s.cells[row])-1)]
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

// shown writes a worked figure as the stated one is written.
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
		case totalName.MatchString(name) && e.has && e.unit != '%':
			readings := [][]entry{since, plain, subs, s.below(r, c)}
			if worked := first(readings); worked != nil && !s.fits(e, readings) {
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

// figures are the columns of figures beside c, that are no shares and not of
// another kind.
func (s *sheet) figures(c int) []int {
	var list []int
	for i := 1; i < len(s.heads); i++ {
		if i == c || apartName.MatchString(s.heads[i]) || s.isShare(i) {
			continue
		}
		for _, row := range s.rows {
			if row[i].has {
				list = append(list, i)
				break
			}
		}
	}
	return list
}

// isShare reports whether a column holds percentages.
func (s *sheet) isShare(c int) bool {
	any := false
	for _, row := range s.rows {
		if row[c].has && row[c].unit != '%' && !shareName.MatchString(s.heads[c]) {
			return false
		}
		any = any || row[c].has
	}
	return any
}

// rule is one reading of a column: what a row's figure would be.
type rule func(row int) (worked, slack *big.Rat, ok bool)

// best finds the rule that most rows follow.
func (s *sheet) best(c int, rules []rule) (found rule, follow, break_ []int) {
	for _, rule := range rules {
		var yes, no []int
		for r, row := range s.rows {
			worked, slack, ok := rule(r)
			if !ok || !row[c].has {
				continue
			}
			if agree(row[c], worked, slack) {
				yes = append(yes, r)
			} else {
				no = append(no, r)
			}
		}
		if found == nil || len(yes) > len(follow) || len(yes) == len(follow) && len(no) < len(break_) {
			found, follow, break_ = rule, yes, no
		}
	}
	return found, follow, break_
}

// tell warns of the rows that break the rule which the others follow. Where
// none follows any, only a table that leaves no other reading is told of.
func (s *sheet) tell(c int, rules []rule, sole bool, what string) {
	rule, follow, broken := s.best(c, rules)
	if rule == nil || len(broken) == 0 || len(follow) < len(broken) && !(sole && len(follow) == 0) {
		return
	}
	if len(follow) == 0 && !sole {
		return
	}
	for _, r := range broken {
		worked, _, _ := rule(r)
		e := s.rows[r][c]
		s.warn(r, c, "correct it, or the figures that it is worked out from", "%s is %s, and the figures of its row give %s", what, e.text, e.as(worked))
	}
}

// differences: a column that is called net, variance or difference.
func (s *sheet) differences(c int) {
	columns := s.figures(c)
	var rules []rule
	for i, a := range columns {
		for _, b := range columns[i+1:] {
			for _, sign := range []int64{1, -1} {
				rules = append(rules, func(r int) (*big.Rat, *big.Rat, bool) {
					x, y := s.rows[r][a], s.rows[r][b]
					if !x.has || !y.has || x.unit != y.unit {
						return nil, nil, false
					}
					d := new(big.Rat).Sub(x.value, y.value)
					return d.Mul(d, big.NewRat(sign, 1)), new(big.Rat).Add(x.half, y.half), true
				})
			}
		}
	}
	s.tell(c, rules, len(columns) == 2, lowerFirst(s.heads[c]))
}

// across: a column that is called the total of those beside it.
func (s *sheet) across(c int) {
	columns := s.figures(c)
	add := func(of []int) rule {
		return func(r int) (*big.Rat, *big.Rat, bool) {
			var list []entry
			for _, i := range of {
				if s.rows[r][i].unit != s.rows[r][c].unit {
					return nil, nil, false
				}
				list = append(list, s.rows[r][i])
			}
			return sum(list)
		}
	}
	var before []int
	for _, i := range columns {
		if i < c {
			before = append(before, i)
		}
	}
	s.tell(c, []rule{add(before), add(columns)}, len(columns) > 1 && len(before) == len(columns), lowerFirst(s.heads[c]))
}

// shares: a column of percentages that its row, or its own total, gives: one
// figure of another, the change from one to another, or a part of the total.
func (s *sheet) shares(c int) {
	columns := s.figures(c)
	hundred := big.NewRat(100, 1)
	quotient := func(x, y *big.Rat) (*big.Rat, bool) {
		if y.Sign() == 0 {
			return nil, false
		}
		q := new(big.Rat).Quo(x, y)
		return q.Mul(q, hundred), true
	}
	exact := func(list ...entry) bool {
		for _, e := range list {
			if !e.has || e.half.Sign() != 0 {
				return false
			}
		}
		return true
	}
	var rules []rule
	for _, a := range columns {
		total := -1
		for r := range s.rows {
			if totalName.MatchString(s.names[r]) {
				total = r
			}
		}
		if total >= 0 {
			rules = append(rules, func(r int) (*big.Rat, *big.Rat, bool) {
				x, y := s.rows[r][a], s.rows[total][a]
				if !exact(x, y) {
					return nil, nil, false
				}
				q, ok := quotient(x.value, y.value)
				return q, new(big.Rat), ok
			})
		}
		for _, b := range columns {
			if a == b {
				continue
			}
			rules = append(rules, func(r int) (*big.Rat, *big.Rat, bool) {
				x, y := s.rows[r][a], s.rows[r][b]
				if !exact(x, y) {
					return nil, nil, false
				}
				q, ok := quotient(x.value, y.value)
				return q, new(big.Rat), ok
			}, func(r int) (*big.Rat, *big.Rat, bool) {
				x, y := s.rows[r][a], s.rows[r][b]
				if !exact(x, y) {
					return nil, nil, false
				}
				q, ok := quotient(new(big.Rat).Sub(x.value, y.value), y.value)
				return q, new(big.Rat), ok
			})
		}
	}
	s.tell(c, rules, len(columns) == 2 && s.named(c, columns), "the percentage")
}

// named reports whether a column of percentages says no more than that, or
// bears the name of a column of figures: "On time" and "% on time".
func (s *sheet) named(c int, columns []int) bool {
	key := func(head string) string {
		return commentary.HeadingKey(shareName.ReplaceAllString(head, " "))
	}
	own := key(s.heads[c])
	for _, i := range columns {
		if key(s.heads[i]) == own {
			return true
		}
	}
	return own == ""
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
