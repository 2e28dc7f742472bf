package proof

import (
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/prose"
)

// What the row of a table says of its measure beside its figures: its number at
// the head, and which way is good. Lists of measures are typed by hand, row below
// row, and a reference that slipped a row is right by itself.

// goodSaid is a cell that says which way of a measure is good.
type goodSaid struct {
	passage *commentary.Passage
	good    dataset.Polarity
}

var (
	goodHead = prose.Pattern(`(?i)^(?:good (?:performance|direction|is)\b|polarity\b|what (?:is )?good\b|better (?:is|when|if)\b)`)
	goodWord = prose.Pattern(`(?i)^(?:(high|higher|up|increase)|(low|lower|down|decrease))(?: (?:is|are) (?:good|better))?\.?$`)
)

// goodOf is the way that a cell calls good.
func goodOf(passage *commentary.Passage) (good dataset.Polarity, ok bool) {
	m := goodWord.FindStringSubmatch(strings.TrimSpace(passage.Text))
	switch {
	case m == nil || !goodHead.MatchString(strings.TrimSpace(passage.ColumnHead)):
		return good, false
	case m[1] != "":
		return dataset.High, true
	}
	return dataset.Low, true
}

// goodCell holds what is called good against the register.
func (p *proof) goodCell(g *goodSaid, cells []*cell) {
	m := p.rowMeasure(g.passage, cells)
	if m == nil || m.goodWay() == 0 || m.ind.Good == g.good {
		return
	}
	right := map[dataset.Polarity]string{dataset.High: "high", dataset.Low: "low"}[m.ind.Good]
	p.found = append(p.found, flaw{g.passage, 0, len(g.passage.Text), "contradicts-data",
		strings.TrimSpace(g.passage.Text) + " is called good for " + m.ref() + ", of which the register says that " + right + " is good", "write " + right})
}

// rowMeasure is the measure whose number stands at the head of a row, else that
// of which most of its cells are right.
func (p *proof) rowMeasure(passage *commentary.Passage, cells []*cell) *measure {
	row := slices.DeleteFunc(slices.Clone(cells), func(c *cell) bool { return !c.down || c.row != passage.Row || len(c.st.areas) > 0 })
	for _, c := range row {
		if m := c.st.numbered(); m != nil {
			return m
		}
	}
	return mostRight(row)
}

// slipped finds the bound figures of a row that are all of other measures than
// the one whose number stands at its head.
func (p *proof) slipped(row []*cell) {
	var head *measure
	for _, c := range row {
		if c.bound == nil {
			continue
		}
		if head == nil {
			head = c.st.numbered()
		}
		if head == nil || c.bound == head || c.bound.kin(head) {
			return
		}
	}
	for _, c := range row {
		if c.bound != nil && !c.st.results[0].blamed {
			p.blameFigure(c.st, 0, "contradicts-data", "bind a figure of "+head.ref()+", or put the row's number right",
				"the figure bound here is of %s (%s), and its row is of %s (%s)", c.bound.ref(), c.bound.ind.Name, head.ref(), head.ind.Name)
		}
	}
}
