package opendata

import (
	"bytes"
	"sync"

	"outturn/internal/period"
)

// draft is a file while it is written, and what the next one can use again: a
// national site has 46,000 of them, over the same few hundred periods.
type draft struct {
	b      []byte
	spells []spell               // as they were asked for
	index  map[period.Period]int // of a period in spells
	next   int                   // in spells, after the last that was asked for
	months []string              // by month, from firstMonth; "" where it was not asked for
}

// firstMonth is the earliest whose name is kept.
var firstMonth = period.NewMonth(1990, 1)

// spell is how a period stands in the files.
type spell struct {
	of     period.Period
	period string // 2016-17-Q3
	days   string // its three cells of a CSV: 2016-17-Q3,2016-10-01,2016-12-31,
}

var drafts = sync.Pool{New: func() any {
	return &draft{index: map[period.Period]int{}, months: make([]string, 50*12)}
}}

// write adds to a buffer what fill writes.
func write(b *bytes.Buffer, fill func(*draft)) {
	d := drafts.Get().(*draft)
	defer drafts.Put(d)
	d.b = b.AvailableBuffer()
	fill(d)
	b.Write(d.b)
	d.b = nil
}

// spell finds a period's spell. Series after series asks for the same periods in
// the same order, so that it is mostly the one after the last.
func (d *draft) spell(p period.Period) *spell {
	if d.next == len(d.spells) || d.spells[d.next].of != p {
		at, known := d.index[p]
		if !known {
			at = len(d.spells)
			name := p.String()
			d.spells = append(d.spells, spell{p, name, name + "," + p.Start().String() + "," + p.End().String() + ","})
			d.index[p] = at
		}
		d.next = at
	}
	s := &d.spells[d.next]
	d.next++
	return s
}

func (d *draft) month(m period.Month) string {
	at := int(m - firstMonth)
	if at < 0 || at >= len(d.months) {
		return m.String()
	}
	if d.months[at] == "" {
		d.months[at] = m.String()
	}
	return d.months[at]
}
