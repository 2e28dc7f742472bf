package proof

import (
	"math/big"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/prose"
)

// What one column of a table is to others: their sum, the difference or the
// change from one to another, a share of one in another. What the head says is
// tried in each way in which it can be meant, and the way that most rows follow
// is taken: a row that breaks it is told of.

// figures are the columns of figures beside c, that are no shares and not of
// another kind.
func (s *sheet) figures(c int) []int {
	return s.filled(c, func(i int) bool { return apartName.MatchString(s.heads[i]) || s.isShare(i) })
}

// numbers are the columns of figures beside c, of whatever kind, but for those
// that are changes or targets themselves.
func (s *sheet) numbers(c int) []int {
	return s.filled(c, func(i int) bool { return changeName.MatchString(s.heads[i]) || targetHead.MatchString(s.heads[i]) })
}

// filled are the columns beside c that hold a figure, but for those that are
// passed over.
func (s *sheet) filled(c int, passed func(i int) bool) []int {
	var list []int
	for i := 1; i < len(s.heads); i++ {
		if i != c && !passed(i) && slices.ContainsFunc(s.rows, func(row []entry) bool { return row[i].has }) {
			list = append(list, i)
		}
	}
	return list
}

// isShare reports whether a column holds percentages: a share of £1,200 is none.
func (s *sheet) isShare(c int) bool {
	any := false
	for _, row := range s.rows {
		if row[c].has && row[c].unit != '%' && (row[c].unit != 0 || !shareName.MatchString(s.heads[c])) {
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
	if rule == nil || len(broken) == 0 || len(follow) < len(broken) && !sole {
		return
	}
	if len(follow) == 0 && !sole {
		return
	}
	for _, r := range broken {
		if s.sumOfShares(r, c) {
			continue
		}
		worked, _, _ := rule(r)
		e := s.rows[r][c]
		s.warn(r, c, "correct it, or the figures that it is worked out from", "%s is %s, and the figures of its row give %s", what, e.text, e.as(worked))
	}
}

// sumOfShares says that the total of a column of percentages is the sum of those
// above it as they are rounded: 99% or 101% is as right as 100%.
func (s *sheet) sumOfShares(r, c int) bool {
	if s.rows[r][c].unit != '%' || !totalName.MatchString(s.names[r]) {
		return false
	}
	var above []entry
	for i := range r {
		above = append(above, s.rows[i][c])
	}
	worked, _, ok := sum(above)
	return ok && worked.Cmp(s.rows[r][c].value) == 0
}

// differences: a column that is called net, change, variance or difference. A
// change may be typed without its sign, in a column that has no minus at all.
func (s *sheet) differences(c int) {
	columns := s.numbers(c)
	unsigned := true
	for _, row := range s.rows {
		unsigned = unsigned && !(row[c].has && row[c].value.Sign() < 0)
	}
	var rules []rule
	for i, a := range columns {
		for _, b := range columns[i+1:] {
			less := func(r int) (*big.Rat, *big.Rat, bool) {
				x, y := s.rows[r][a], s.rows[r][b]
				if !x.has || !y.has || x.unit != y.unit {
					return nil, nil, false
				}
				return new(big.Rat).Sub(x.value, y.value), new(big.Rat).Add(x.half, y.half), true
			}
			rules = append(rules, less, func(r int) (*big.Rat, *big.Rat, bool) {
				d, slack, ok := less(r)
				if ok {
					d.Neg(d)
				}
				return d, slack, ok
			})
			if unsigned {
				rules = append(rules, func(r int) (*big.Rat, *big.Rat, bool) {
					d, slack, ok := less(r)
					if ok {
						d.Abs(d)
					}
					return d, slack, ok
				})
			}
		}
	}
	s.tell(c, rules, len(columns) == 2, lowerFirst(s.heads[c]))
}

// relative: a column of changes in per cent. Where its figures are percentages
// themselves, a difference in points under that name is told of elsewhere.
func (s *sheet) relative(c int) {
	columns := s.numbers(c)
	var rules []rule
	for _, a := range columns {
		for _, b := range columns {
			if a == b || s.earlier(a, b) {
				continue // a change is a share of what there was before
			}
			rules = append(rules, func(r int) (*big.Rat, *big.Rat, bool) {
				x, y, e := s.rows[r][a], s.rows[r][b], s.rows[r][c]
				if !x.has || !y.has || x.unit == '%' || x.unit != y.unit || x.half.Sign() != 0 || y.half.Sign() != 0 || y.value.Sign() == 0 {
					return nil, nil, false
				}
				q := new(big.Rat).Sub(x.value, y.value)
				q.Quo(q, y.value).Mul(q, big.NewRat(100, 1))
				if e.has && e.value.Sign() > 0 && !strings.HasPrefix(strings.TrimSpace(e.text), "+") && s.signless(c) {
					q.Abs(q)
				}
				return q, new(big.Rat), true
			})
		}
	}
	s.tell(c, rules, len(columns) == 2, lowerFirst(s.heads[c]))
}

var (
	yearHead   = prose.Pattern(`(?:19|20)[0-9]{2}`)
	beforeHead = prose.Pattern(`(?i)\b(previous|last|prior|before|baseline|plan|planned|budget|year ago)\b`)
)

// earlier says that one column is, by its head, of an earlier time than another.
func (s *sheet) earlier(a, b int) bool {
	x, y := s.heads[a], s.heads[b]
	if beforeHead.MatchString(x) != beforeHead.MatchString(y) {
		return beforeHead.MatchString(x)
	}
	v, w := yearHead.FindString(x), yearHead.FindString(y)
	if v != w || v == "" {
		return v != "" && w != "" && v < w
	}
	m, n := monthIn(x), monthIn(y)
	return m > 0 && n > 0 && (n-m+12)%12 <= 6 && m != n // December before January
}

// monthIn is the number of the month that a head names, 0 for none.
func monthIn(head string) int {
	for i, m := range []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
		if strings.Contains(strings.ToLower(head), m) {
			return i + 1
		}
	}
	return 0
}

// signless says that no figure of a column has a sign.
func (s *sheet) signless(c int) bool {
	for _, row := range s.rows {
		if row[c].has && (row[c].value.Sign() < 0 || strings.HasPrefix(strings.TrimSpace(row[c].text), "+")) {
			return false
		}
	}
	return true
}

var targetHead = prose.Pattern(`(?i)\b(targets?|agreed|england|national|neighbours?|rank|ref|no)\b\.?`)

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
			if totalName.MatchString(s.names[r]) || r > 1 && r == len(s.rows)-1 && s.rows[r][c].has && s.rows[r][c].value.Cmp(hundred) == 0 {
				total = r // of which the whole column is a share
			}
		}
		if total >= 0 {
			rules = append(rules, func(r int) (*big.Rat, *big.Rat, bool) {
				x, y := s.rows[r][a], s.rows[total][a]
				if !exact(x, y) {
					return nil, nil, false
				}
				if r == total {
					return hundred, new(big.Rat), true
				}
				q, ok := quotient(x.value, s.whole(total, a))
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
