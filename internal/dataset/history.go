package dataset

import (
	"cmp"
	"slices"

	"outturn/internal/period"
	"outturn/internal/quantity"
)

// observation is one row of one return. It is kept small and without pointers,
// which the garbage collector would follow: a site may hold millions. Periods
// and what a row says beyond its figures are numbers of what stands once.
type observation struct {
	amounts [3]int64 // value, numerator and denominator, each without its point
	scales  [3]int8  // and the figures after it
	given   given
	series  int32 // ref and area: see Scorecard.series
	period  int32 // index in the scorecard's periods
	vintage int32 // index in the scorecard's vintages and sheets
	line    int32
	remark  int32 // index in the scorecard's remarks; 0 in most rows: nothing
}

// part is one of the figures of a row.
type part int

const (
	valuePart part = iota
	numeratorPart
	denominatorPart
)

func (o *observation) of(p part) quantity.Decimal {
	return quantity.New(o.amounts[p], int(o.scales[p]))
}

func (o *observation) give(p part, d quantity.Decimal) {
	o.set(p, d)
	o.given |= 1 << p
}

func (o *observation) set(p part, d quantity.Decimal) {
	o.amounts[p], o.scales[p] = d.Coef(), int8(d.Scale())
}

// workedOut keeps the value that numerator and denominator give.
func (o *observation) workedOut(d quantity.Decimal) {
	o.set(valuePart, d)
	o.given |= worked
}

// given says which figures a row has.
type given uint8

const (
	givenValue       given = 1 << valuePart
	givenNumerator   given = 1 << numeratorPart
	givenDenominator given = 1 << denominatorPart
	givenRatio             = givenNumerator | givenDenominator

	// worked: the value is not given, and stands among the amounts as numerator and
	// denominator give it.
	worked given = 1 << 3
)

func (g given) has(what given) bool { return g&what == what }

// remark is what a row says beyond its figures.
type remark struct {
	marks                           Marks
	note, reason, rating, ratingWhy string
}

// history is every observation of one series in one area: by period, and of
// one period the earlier vintage first.
type history []observation

// retoldOf is the history of a series from the first period on that is told more
// than once, or with a remark: of most series nothing.
func (s *Scorecard) retoldOf(ref, area int) history {
	from := s.retold[s.series(ref, area)]
	if from < 0 {
		return nil
	}
	return s.history(ref, area)[from:]
}

// series numbers a ref in an area.
func (s *Scorecard) series(ref, area int) int32 { return int32(ref*len(s.site.areas) + area) }

func (s *Scorecard) history(ref, area int) history {
	i := s.series(ref, area)
	return s.observations[s.starts[i]:s.starts[i+1]]
}

// number is a period's index in the scorecard's periods; -1 where no row has it.
func (s *Scorecard) number(p period.Period) int32 {
	if p.Kind() == period.KindMonth { // nearly all that are asked for
		if at := int(p.Last() - s.firstMonth); at >= 0 && at < len(s.months) {
			return s.months[at]
		}
		return -1
	}
	if n, known := s.numbers[p]; known {
		return n
	}
	return -1
}

// numberMonths fills months.
func (s *Scorecard) numberMonths() {
	for n, p := range s.periods { // in order
		if p.Kind() != period.KindMonth {
			continue
		}
		if s.months == nil {
			s.firstMonth = p.Last()
		}
		for len(s.months) <= int(p.Last()-s.firstMonth) {
			s.months = append(s.months, -1)
		}
		s.months[p.Last()-s.firstMonth] = int32(n)
	}
}

// of is what the returns say of one period, the earliest vintage first. The rows
// of most series stand evenly between their first period and their last, or nearly
// so: it is looked for near where it would then be, and otherwise by halves.
func (h history) of(number int32) history {
	if len(h) == 0 || number < h[0].period || number > h[len(h)-1].period {
		return nil
	}
	at := int(number-h[0].period) * len(h) / int(h[len(h)-1].period-h[0].period+1)
	for range 16 {
		switch {
		case at > 0 && h[at-1].period >= number:
			at--
		case at < len(h) && h[at].period < number:
			at++
		default:
			return h[at:].first(number)
		}
	}
	at, _ = slices.BinarySearchFunc(h, number, func(o observation, number int32) int { return cmp.Compare(o.period, number) })
	return h[at:].first(number)
}

// first is what stands of one period at the head.
func (h history) first(number int32) history {
	if len(h) == 0 || h[0].period != number {
		return nil
	}
	return h[:h.run()]
}

// run is the length of the first period's observations.
func (h history) run() int {
	n := 1
	for n < len(h) && h[n].period == h[0].period {
		n++
	}
	return n
}

// gathering holds the rows of all returns of a scorecard while they are read.
type gathering struct {
	rows    []observation           // in order of vintage, then line
	periods []period.Period         // by number, as they first appear
	numbers map[period.Period]int32 // the other way about
	remarks []remark
	marks   map[Marks]int32 // remarks that are marks alone, which many rows share
}

// newGathering makes one for so many lines, with the rows' room of one that is
// done with, or nil.
func newGathering(lines int, done *gathering) *gathering {
	var rows []observation
	if done != nil {
		rows = done.rows[:0]
	}
	return &gathering{rows: slices.Grow(rows, lines), numbers: map[period.Period]int32{}, remarks: []remark{{}}, marks: map[Marks]int32{}}
}

func (g *gathering) number(p period.Period) int32 {
	n, known := g.numbers[p]
	if !known {
		n = int32(len(g.periods))
		g.periods, g.numbers[p] = append(g.periods, p), n
	}
	return n
}

func (g *gathering) remark(said remark) int32 {
	if said == (remark{}) {
		return 0
	}
	bare := said == remark{marks: said.marks}
	if n, known := g.marks[said.marks]; bare && known {
		return n
	}
	n := int32(len(g.remarks))
	g.remarks = append(g.remarks, said)
	if bare {
		g.marks[said.marks] = n
	}
	return n
}

// settle orders all observations into histories, tells the rows that stand
// twice in one file and keeps the first of them. A counting sort by series keeps
// the order of those that are alike, so vintages and lines stay as they were
// read; most series then stand in order of period too.
func (s *Scorecard) settle(g *gathering) {
	s.remarks, s.numbers = g.remarks, g.numbers
	s.periods = slices.SortedFunc(slices.Values(g.periods), period.Compare)
	rank := make([]int32, len(g.periods)) // by number
	for i, p := range s.periods {
		rank[g.numbers[p]] = int32(i)
		s.numbers[p] = int32(i)
	}
	s.numberMonths()

	next := make([]int32, len(s.register.refs)*len(s.site.areas)+1) // where the next row of a series goes
	for i := range g.rows {
		next[g.rows[i].series+1]++
	}
	for k := range len(next) - 1 {
		next[k+1] += next[k]
	}
	s.starts = slices.Clone(next)
	s.observations = make([]observation, len(g.rows))
	for i := range g.rows {
		from := &g.rows[i]
		to := &s.observations[next[from.series]]
		*to = *from
		to.period = rank[from.period]
		next[from.series]++
	}
	s.keepFirst()
}

// keepFirst puts each series in order of period, takes out the rows that stand
// twice in one file, and notes from where on series are retold.
func (s *Scorecard) keepFirst() {
	byPeriod := func(a, b observation) int { return cmp.Compare(a.period, b.period) }
	kept := 0
	s.retold = make([]int32, len(s.starts)-1)
	for i := range s.retold {
		h := s.observations[s.starts[i]:s.starts[i+1]]
		for at := 1; at < len(h); at++ {
			if h[at].period < h[at-1].period {
				slices.SortStableFunc(h, byPeriod)
				break
			}
		}
		s.starts[i], s.retold[i] = int32(kept), -1
		for at := range h {
			o := &h[at]
			again := at > 0 && s.observations[kept-1].period == o.period
			if again && s.observations[kept-1].vintage == o.vintage {
				s.duplicate(o, &s.observations[kept-1])
				continue
			}
			if (again || o.remark != 0) && s.retold[i] < 0 {
				s.retold[i] = int32(kept) - s.starts[i]
				if again {
					s.retold[i]-- // as yet said once
				}
			}
			if to := &s.observations[kept]; to != o {
				*to = *o
			}
			kept++
		}
	}
	s.starts[len(s.starts)-1] = int32(kept)
	s.observations = s.observations[:kept]
}

func (s *Scorecard) duplicate(o, first *observation) {
	in := s.sheets[o.vintage]
	in.lost = true // a row that stands twice may well be meant for another series
	ref := s.register.refs[int(o.series)/len(s.site.areas)]
	area := int(o.series) % len(s.site.areas)
	name := ""
	if area > 0 {
		name = ", " + s.site.areas[area].Name
	}
	p := in.problem(in.problems.Errorf(in.row(int(o.line)), "duplicate-row",
		"indicator %s, %s%s already stands on line %d", ref, s.periods[o.period].Words(), name, first.line))
	p.Hint = "keep one of the two rows; a correction belongs in a second issue or a later return"
}
