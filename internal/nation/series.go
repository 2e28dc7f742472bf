package nation

import (
	"fmt"
	"strings"

	"outturn/internal/period"
)

// figure is one cell of a series: what was counted and, of a ratio, what it is
// divided by.
type figure struct {
	num, den int64
	mark     string
}

// series is one measure of one scorecard, with all its figures.
type series struct {
	*measure
	ref     string
	name    string
	section int // from 0
	aim     aim
	level   int64      // of the whole authority, in the newest month: as figures are, of a ratio in millionths
	periods []due      // the oldest first
	figures [][]figure // by period, then area; the whole authority first
	parent  string     // of a part: its ref
	moving  bool       // late data revise it
	breaks  int        // the period from which it is counted in another way; 0 for none
}

// Chance moves a figure by up to noise thousandths; over the whole history a
// series drifts by up to drift thousandths. Both stay well inside the distance
// that aim keeps from a target.
const (
	noise = 25
	drift = 60
)

// add makes the measure with a number from 0, and its parts.
func (s *scorecard) add(n int) {
	c := s.chance
	sec, place := n/perSection, n%perSection
	m := pattern(sec, place)
	one := &series{
		measure: m, section: sec, aim: s.aim(m),
		ref:    fmt.Sprintf("%d.%d", sec+1, place+1),
		name:   capital(fmt.Sprintf(m.name, sectionAt(sec).noun)),
		moving: c.IntN(100) < 8 && m.every() == "monthly" && (m.form == counted || m.form == ratio),
	}
	if m.calc != "" {
		own := *m
		own.calc = fmt.Sprintf(m.calc, sec+1, s.id)
		one.measure = &own
	}
	s.series = append(s.series, one)
	if m.form == worked {
		return
	}
	s.fill(one)
	if place == 0 && sec%5 == 0 {
		one.moving = false // its parts would have to move with it
		s.split(one)
	}
}

// aim deals the ratings out: six in ten meet their target, one in eight is far
// off it.
func (s *scorecard) aim(m *measure) aim {
	if m.judging == unjudged || m.judging == awaited {
		return unaimed
	}
	switch n := s.chance.IntN(40); {
	case n < 24:
		return meets
	case n < 29:
		return onEdge
	case n < 35:
		return misses
	}
	return farOff
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// fill makes the figures of a series.
func (s *scorecard) fill(one *series) {
	c := s.chance
	areas := max(1, s.size.Areas)
	base := one.low + c.Int64N(one.high-one.low+1)
	slope := int64(c.IntN(2*drift+1) - drift)
	season := int64(0)
	if one.aim == unaimed && one.form == counted {
		season = int64(c.IntN(150)) // what is rated has none: it would cross the edges
	}
	weights, cases := make([]int64, areas), make([]int64, areas)
	one.level = base
	total := int64(0)
	for a := range areas {
		weights[a] = int64(70 + c.IntN(61))
		cases[a] = 100 + c.Int64N(300)
		if one.unit == "rate_per_1000" {
			cases[a] = 4000 + c.Int64N(12000) // children who live there
		}
		total += weights[a]
	}
	if one.form != ratio {
		one.level = base * total / 100
	}
	one.periods = (*s.cal)[one.every()]
	for p, d := range one.periods {
		ago := int64(last - d.end)
		at := base * (1000 - slope*ago/int64(s.size.Months)) * (1000 + season*int64(wave[d.end.Number()-1])/100) / 1000000
		row := make([]figure, 1, areas+1)
		for a := range areas {
			now := at * (1000 + int64(c.IntN(2*noise+1)-noise)) / 1000
			f := figure{num: now * weights[a] / 100}
			switch one.form {
			case ratio:
				f.den = cases[a]
				if one.unit != "rate_per_1000" {
					f.den = cases[a] * (950 + c.Int64N(101)) / 1000
				}
				f.num = (f.den*now + 500000) / 1000000
			case running:
				if p > 0 && d.end.OfFinancialYear() > 1 {
					f.num += one.figures[p-1][a+1].num
				}
			case graded:
				f.num = s.grade(one.aim)
			}
			row[0].num, row[0].den = row[0].num+f.num, row[0].den+f.den
			row = append(row, f)
		}
		if one.form == graded {
			row[0].num = s.grade(one.aim)
		}
		s.mark(one, row)
		one.figures = append(one.figures, row[:s.size.Areas+1])
	}
}

// wave is how the months of a year differ, January first, in hundredths.
var wave = [12]int{60, 40, 80, -20, 30, 50, -10, -100, 70, 60, 30, -80}

// grade is a word's place in grades; good is the target.
func (s *scorecard) grade(a aim) int64 {
	switch a {
	case meets:
		return 2 + s.chance.Int64N(2)
	case onEdge:
		return 1 + s.chance.Int64N(2)
	case misses:
		return 1
	}
	return 0
}

// mark sets a few figures aside: some of an area are not available or withheld,
// some of the whole are estimates.
func (s *scorecard) mark(one *series, row []figure) {
	switch n := s.chance.IntN(1000); {
	case n < 10 && len(row) > 1:
		row[1+s.chance.IntN(len(row)-1)].mark = "x"
	case n < 14 && len(row) > 1:
		row[1+s.chance.IntN(len(row)-1)].mark = "c"
	case n < 20:
		row[0].mark = "e"
	}
}

// split makes the parts of a count by source, of the whole authority.
func (s *scorecard) split(whole *series) {
	of := *whole.measure
	of.ytd, of.tags = "none", ""
	for i, source := range sources {
		part := &series{measure: &of, section: whole.section, aim: unaimed, parent: whole.ref,
			ref: whole.ref + ":" + source.id, name: whole.name + " " + source.name, periods: whole.periods}
		for p := range whole.periods {
			n := whole.figures[p][0].num
			shares := []int64{n / 2, n * 3 / 10, 0}
			shares[2] = n - shares[0] - shares[1]
			part.figures = append(part.figures, []figure{{num: shares[i]}})
		}
		s.series = append(s.series, part)
	}
}

// first is the number of the return that has a period's figure first, or -1:
// each holds what had ended by its month, less the measure's lag.
func (s *scorecard) first(one *series, d due) int {
	for i, month := range s.size.returns() {
		if d.end+period.Month(one.lag) <= month {
			return i
		}
	}
	return -1
}

// revise changes a figure of an area, and the whole with it, as late data do.
func (s *scorecard) revise(one *series, p int) (area int) {
	row := one.figures[p]
	if len(row) > 1 {
		area = 1 + s.chance.IntN(len(row)-1)
	}
	f := &row[area]
	if f.mark != "" { // what is withheld stays so
		return 0
	}
	more := 1 + f.num*s.chance.Int64N(15)/1000
	if one.unit == "percent" && f.num+more > f.den {
		more = -1
	}
	f.num += more
	if area > 0 {
		row[0].num += more
	}
	return area
}
