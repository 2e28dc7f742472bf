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
	spells map[period.Period]spell
	months map[period.Month]string
}

// spell is how a period stands in the files.
type spell struct {
	period string // 2016-17-Q3
	days   string // its three cells of a CSV: 2016-17-Q3,2016-10-01,2016-12-31,
}

var drafts = sync.Pool{New: func() any {
	return &draft{spells: map[period.Period]spell{}, months: map[period.Month]string{}}
}}

// write gives what fill writes, in memory of its own and no more than it needs.
func write(fill func(*draft)) []byte {
	d := drafts.Get().(*draft)
	defer drafts.Put(d)
	d.b = d.b[:0]
	fill(d)
	return bytes.Clone(d.b)
}

func (d *draft) spell(p period.Period) spell {
	s, known := d.spells[p]
	if !known {
		s.period = p.String()
		s.days = s.period + "," + p.Start().String() + "," + p.End().String() + ","
		d.spells[p] = s
	}
	return s
}

func (d *draft) days(p period.Period) string { return d.spell(p).days }

func (d *draft) spelt(p period.Period) string { return d.spell(p).period }

func (d *draft) month(m period.Month) string {
	text, known := d.months[m]
	if !known {
		text = m.String()
		d.months[m] = text
	}
	return text
}
