package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// number is that of the cell's line.
func (c *cell) number() int {
	if c.down {
		return c.row
	}
	return c.col
}

// votes counts the other cells of the row, or of the column, that are right of a
// measure. Small numbers and targets are right of many.
func (c *cell) votes(m *measure) int {
	n := 0
	for _, o := range c.line {
		if o == c {
			continue
		}
		if o.bound == m || len(o.right[m]) > 0 && o.f.Role == prose.Value && len(strings.Trim(o.f.Value.String(), "0.-")) > 1 {
			n++
		}
	}
	return n
}

// How sure the words of a cell's heads alone must be of one measure: how much of
// its name they give, and how much better than any other. With another cell of
// the line to bear them out the measure need only be among the likeliest.
const (
	cellCover = 0.5
	cellClear = 0.8
	cellAmong = 0.7
)

// meant is the measure that a cell is of, beyond doubt; nil where there is doubt.
func (c *cell) meant() *measure {
	if !c.weighed {
		c.weighed, c.of = true, c.weigh()
	}
	return c.of
}

func (c *cell) weigh() *measure {
	if c.found != nil && !c.byRef {
		return c.found
	}
	if len(c.rivals) == 0 {
		return nil
	}
	top := c.rivals[0]
	if c.byRef {
		return top.m
	}
	var best *measure
	most := 0
	for _, r := range c.rivals {
		if r.score < top.score*cellAmong {
			break
		}
		if n := c.votes(r.m); n > most {
			best, most = r.m, n
		} else if n > 0 && n == most {
			best = nil
		}
	}
	if most > 0 {
		return best
	}
	if top.cover < cellCover && !c.allNamed(top.m) || c.f.Role == prose.Target && len(c.admitted(top.m)) == 0 {
		return nil
	}
	for _, r := range c.rivals[1:] {
		// Of a longer name, of which the heads give less, a part alone is said.
		if r.score > top.score*cellClear && r.cover > top.cover*cellAmong && r.m.fitsUnit(c.f) && !c.sameFigure(r.m, top.m) {
			return nil
		}
	}
	return top.m
}

// allNamed says that the heads, few words as they are, all stand in the name of
// a measure, whose own is longer.
func (c *cell) allNamed(m *measure) bool {
	if len(c.st.terms) < 2 || len(c.st.around) > 0 {
		return false
	}
	return !slices.ContainsFunc(c.st.terms, func(t term) bool { return m.profile.terms[t.text] == 0 })
}

func (c *cell) sameFigure(a, b *measure) bool {
	x, y := c.expected(a), c.expected(b)
	return x != nil && y != nil && x.value.Equal(y.value)
}

// expected is the figure that stands in a measure for what the heads say.
func (c *cell) expected(m *measure) *fact {
	kind := valueFact
	if m == c.found {
		kind = c.kind
	}
	return c.expectedOf(m, kind)
}

func (c *cell) expectedOf(m *measure, kind factKind) *fact {
	var best *fact
	for _, f := range c.admitted(m) {
		if f.kind == edgeFact || lineKind(f.kind) != kind {
			continue
		}
		exactly := func(f *fact) bool { return c.hasWhen && f.period == c.when.Period }
		if best == nil || exactly(f) && !exactly(best) || exactly(f) == exactly(best) && f.period.Last() > best.period.Last() {
			best = f
		}
	}
	return best
}

// cell checks one cell.
func (p *proof) cell(c *cell, cells []*cell) {
	if c.unclear || c.f.Ref >= 0 || c.f.Unit == prose.Points {
		return
	}
	m := c.meant()
	switch {
	case c.f.Role == prose.Change:
		if m != nil {
			p.cellChange(c, m, cells)
		}
		return
	case c.f.Role != prose.Value && c.f.Role != prose.Target:
		return
	case m != nil && len(c.right[m]) > 0:
		c.st.settle(0, c.right[m]...)
		return
	case len(c.right) > 0 && (m == nil || m != c.found && !c.clash(m, cells)):
		var all []*fact
		for _, r := range c.rivals {
			all = append(all, c.right[r.m]...)
		}
		c.st.settle(0, all...)
		return
	case m == nil:
		return
	case m != c.found && c.isPart(m):
		p.part(c, m)
		return
	}
	expected := c.expected(m)
	if expected == nil || c.f.Unit == prose.Plain && m.percentage() && c.f.Value.Scale() == 0 && lineKind(expected.kind) == valueFact {
		return // a number of cases, whose measure is a share
	}
	if c.f.Role == prose.Target {
		p.blameFigure(c.st, 0, "contradicts-data", hint(expected), "the target of %s is %s, not %s", m.ref(), expected.format(), c.f.Typed)
		return
	}
	code := "contradicts-data"
	message := c.f.Typed + " is said of " + expected.words() + ", which is " + expected.format()
	other := c.from(m, cells)
	if other != nil {
		message += "; " + c.f.Typed + " is " + other.words()
		if other.m == m && other.area == c.area && !c.hasWhen {
			code = "stale-figure"
		}
	}
	p.blameFigure(c.st, 0, code, hint(expected, other), "%s", message)
}

// clash says that a cell which is right of another measure stands in a line that
// is plainly of m: its figure is that of the line above, or beside it.
func (c *cell) clash(m *measure, cells []*cell) bool {
	if c.byRef {
		return true
	}
	copied := false
	for o := range c.right {
		if rankOf(c.rivals, o) >= rankOf(c.rivals, m) || c.votes(o) > 0 {
			return false
		}
		copied = copied || slices.ContainsFunc(cells, func(q *cell) bool {
			return q != c && (q.col == c.col || q.row == c.row) && q.f.Ref < 0 && q.f.Value.Equal(c.f.Value) && q.meant() == o && len(q.right[o]) > 0
		})
	}
	return copied || c.votes(m) > 1
}

// from is where a wrong figure may have come from: another period or area of
// its measure, else another line of the table.
func (c *cell) from(m *measure, cells []*cell) *fact {
	var best *fact
	for _, f := range m.facts() {
		if f.kind != valueFact && f.kind != toDateFact || !f.takes(c.f) || !f.says(c.f.Value) {
			continue
		}
		if best == nil || (f.area == c.area) && best.area != c.area || (f.area == c.area) == (best.area == c.area) && f.period.Last() > best.period.Last() {
			best = f
		}
	}
	if best != nil || len(c.f.Value.String()) < 2 {
		return best
	}
	for _, o := range cells {
		for _, r := range o.rivals {
			for _, f := range o.right[r.m] {
				if o != c && f.value.Equal(c.f.Value) {
					return f
				}
			}
		}
	}
	return nil
}

// cellChange checks a change that stands without both of its ends in the row:
// with them the table is reckoned by itself.
func (p *proof) cellChange(c *cell, m *measure, cells []*cell) {
	beside := 0
	for _, o := range cells {
		if o.row == c.row && o.col != c.col && o.other == "" && (o.f.Ref >= 0 || o.f.Role == prose.Value) {
			beside++
		}
	}
	v := m.verdict
	now, ok := m.at(v.Current.Period, c.area)
	if !ok || beside > 1 {
		return
	}
	told := ""
	for _, before := range []*prose.When{{Kind: prose.PreviousOne}, {Kind: prose.YearAgo}} {
		at := v.Previous.Period
		if before.Kind == prose.YearAgo {
			at = v.Current.Period.YearAgo()
		}
		then, ok := m.at(at, c.area)
		if !ok {
			continue
		}
		change, err := now.Sub(then)
		if err != nil {
			continue
		}
		if c.f.Unit == prose.Percent && then.Sign() != 0 {
			if share, err := quantity.Quotient(change, then, 100, c.f.Value.Scale()); err == nil && sameSize(c.f, share) {
				c.st.settle(0)
				return
			}
		}
		if (c.f.Unit != prose.Percent || m.percentage()) && sameSize(c.f, change) {
			return // left to be read on: points may be called per cent
		}
		if told == "" {
			told = change.Grouped() + " from " + at.Words()
		}
	}
	if told != "" && c.f.Unit != prose.Percent && (!m.percentage() || c.f.Value.Scale() > 0) {
		p.blameFigure(c.st, 0, "contradicts-data", "{{ "+m.ref()+" change }} prints the change", "the change of %s is %s, not %s", m.ref(), told, c.f.Typed)
	}
}

// sameSize takes a change typed without its sign for either way.
func sameSize(f prose.Figure, change quantity.Decimal) bool {
	change = change.Round(f.Value.Scale())
	return change.Equal(f.Value) || f.Value.Sign() > 0 && change.Abs().Equal(f.Value)
}
