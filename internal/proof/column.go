package proof

import (
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// A line of cells may bear a head that names no measure, or more than one: "In
// 15 days". Where all of its figures but one are those of a measure, each in its
// own period or area, the line is of that measure, and the one is wrong.

// leastRight is how many figures of a line must be those of one measure.
const leastRight = 3

// byFigures finds the measures of lines by their figures.
func (l *ledger) byFigures(lines map[int][]*cell) {
	for _, line := range lines {
		var telling []*cell
		distinct := map[string]bool{}
		for _, c := range line {
			if c.f.Ref < 0 && !c.unclear && c.other == "" && c.f.Role == prose.Value && c.f.Unit != prose.Points && len(strings.Trim(c.f.Value.String(), "0.-")) > 1 {
				telling = append(telling, c)
				distinct[c.f.Value.String()] = true
			}
		}
		if len(distinct) < leastRight {
			continue
		}
		var best *measure
		var kind factKind
		most := max(leastRight, len(telling)-1-len(telling)/6) - 1
		for _, m := range l.measures {
			if !m.near {
				continue
			}
			count := map[factKind]int{}
			for _, c := range telling {
				said := map[factKind]bool{}
				for _, f := range c.admitted(m) {
					if f.says(c.f.Value) {
						said[lineKind(f.kind)] = true
					}
				}
				for k := range said {
					count[k]++
				}
			}
			for _, k := range []factKind{valueFact, numeratorFact, denominatorFact} {
				switch {
				case count[k] > most:
					best, kind, most = m, k, count[k]
				case count[k] == most && best != nil && !sameLine(telling, best, kind, m, k):
					best = nil
				}
			}
		}
		if best == nil {
			continue
		}
		for _, c := range line {
			if c.found == nil {
				c.found, c.kind = best, kind
			}
		}
	}
}

// lineKind is what a line may be of: values, with all that stands for them, or
// the counts of a share.
func lineKind(k factKind) factKind {
	if k == numeratorFact || k == denominatorFact {
		return k
	}
	return valueFact
}

// sameLine says that two measures have the same figures for a line's cells.
func sameLine(line []*cell, a *measure, ka factKind, b *measure, kb factKind) bool {
	return !slices.ContainsFunc(line, func(c *cell) bool {
		x, y := c.expectedOf(a, ka), c.expectedOf(b, kb)
		return x == nil || y == nil || !x.value.Equal(y.value)
	})
}

var (
	directionHead = prose.Pattern(`(?i)\b(?:direction|trend|dot|travel|movement|moving|change|compared|since|versus|vs|on (?:last|previous)|better or worse)\b`)
	directionWord = map[string]prose.Sense{
		"better": prose.Better, "improving": prose.Better, "improved": prose.Better, "improvement": prose.Better, "improves": prose.Better,
		"worse": prose.Worse, "worsening": prose.Worse, "worsened": prose.Worse, "declining": prose.Worse, "declined": prose.Worse,
		"deteriorating": prose.Worse, "deteriorated": prose.Worse, "decline": prose.Worse, "deterioration": prose.Worse,
		"rising": prose.Rise, "risen": prose.Rise, "rise": prose.Rise, "rose": prose.Rise, "increase": prose.Rise, "increased": prose.Rise, "increasing": prose.Rise, "higher": prose.Rise,
		"falling": prose.Fall, "fallen": prose.Fall, "fall": prose.Fall, "fell": prose.Fall, "decrease": prose.Fall, "decreased": prose.Fall, "decreasing": prose.Fall, "lower": prose.Fall,
		"same": prose.Same, "no change": prose.Same, "stable": prose.Same, "unchanged": prose.Same, "static": prose.Same,
	}
)

// directionOf is the direction that a cell gives in a word or two.
func directionOf(passage *commentary.Passage) (prose.Sense, bool) {
	sense, ok := directionWord[strings.Trim(strings.ToLower(strings.TrimSpace(passage.Text)), ".")]
	return sense, ok && directionHead.MatchString(passage.ColumnHead)
}

// directionSaid is a cell that gives a direction of travel.
type directionSaid struct {
	passage *commentary.Passage
	sense   prose.Sense
}

// directionCell holds a direction against the measure which the row's figures
// are of: from the month before, and from the first to the last that stand in
// the row. Where either bears it out it is left alone.
func (p *proof) directionCell(d *directionSaid, cells []*cell) {
	row := slices.DeleteFunc(slices.Clone(cells), func(c *cell) bool { return !c.down || c.row != d.passage.Row || len(c.st.areas) > 0 })
	m := mostRight(row)
	if m == nil || m.goodWay() == 0 && (d.sense == prose.Better || d.sense == prose.Worse) {
		return
	}
	v := m.verdict
	if !v.Current.Value || !v.Previous.Value {
		return
	}
	now, then := v.Current.Published, v.Previous.Published
	if whens := head(d.passage.ColumnHead, p.l); len(whens) > 0 {
		f := m.first(func(f *fact) bool {
			return f.kind == valueFact && f.area == p.l.whole && f.period != v.Current.Period && f.period.Kind() == v.Current.Period.Kind() && f.named(whens[0], p.l.month.Month)
		})
		if f == nil {
			return
		}
		then = f.value
	}
	bears := func(now, then quantity.Decimal) bool {
		sign := now.Cmp(then)
		switch d.sense {
		case prose.Better:
			return sign*m.goodWay() > 0
		case prose.Worse:
			return sign*m.goodWay() < 0
		case prose.Rise:
			return sign > 0
		case prose.Fall:
			return sign < 0
		}
		return nearTo(then, now, 3, 1, m.percentage()) // called stable
	}
	if bears(now, then) {
		return
	}
	if len(row) > 1 {
		first, last := row[0], row[0]
		for _, c := range row {
			if c.f.Role == prose.Value && c.f.Ref < 0 && c.other == "" && len(c.right[m]) > 0 {
				if len(first.right[m]) == 0 || c.col < first.col {
					first = c
				}
				if len(last.right[m]) == 0 || c.col > last.col {
					last = c
				}
			}
		}
		if bears(last.f.Value, first.f.Value) || bears(first.f.Value, last.f.Value) && first.right[m] != nil && last.right[m] != nil && first.right[m][0].period.Last() > last.right[m][0].period.Last() {
			return
		}
	}
	p.found = append(p.found, flaw{d.passage, 0, len(d.passage.Text), "direction-contradicts",
		"write what the figures show: {{ " + m.ref() + " direction }}", ""})
	p.found[len(p.found)-1].message = strings.TrimSpace(d.passage.Text) + " is said of " + m.ref() + ", which went from " + m.ind.Format(then) + " to " + m.ind.Format(now)
}
