package chart

import (
	"strings"
)

// note is one explanation under the drawing: a mark and its words.
type note struct {
	words  string
	state  Point  // its flags choose the marker
	number int    // of an event; 0 for a state
	swatch string // a part's class
	part   int    // and its index
	x, row int
}

func (d *trend) explanations(out []note) []note {
	if d.form == Small {
		out = targetNotes(out, d.Target)
	}
	if d.numbered {
		for _, e := range d.eventRow {
			if e.Label != "" {
				out = append(out, note{words: e.Label, number: e.number})
			}
		}
	}
	return states(out, &d.Words, &d.states)
}

// states explains the markers that the points carry.
func states(out []note, w *Words, has *Point) []note {
	if has.Revised {
		out = append(out, note{words: w.Revised, state: Point{Revised: true}})
	}
	if has.Provisional {
		out = append(out, note{words: w.Provisional, state: Point{Provisional: true}})
	}
	if has.Caution {
		out = append(out, note{words: w.Caution, state: Point{Caution: true}})
	}
	return out
}

// layNotes sets the notes in rows from left to the width, and returns how many
// rows there are. A note that is too long for a row is shortened.
func layNotes(notes []note, left, w, size int) int {
	x, row := left, 0
	for i := range notes {
		n := &notes[i]
		n.words = fit(n.words, w-left-24*px, size, false)
		need := 20*px + width(n.words, size, false)
		if x > left && x+need > w {
			x, row = left, row+1
		}
		n.x, n.row = x, row
		x += need + 16*px
	}
	if len(notes) == 0 {
		return 0
	}
	return row + 1
}

func drawNotes(p *pen, notes []note, top, size int) {
	for i := range notes {
		n := &notes[i]
		y := top + n.row*18*px + 9*px
		switch {
		case n.swatch == "break":
			p.rule(n.swatch, n.x+8*px, y-8*px, n.x+8*px, y+8*px)
		case strings.HasPrefix(n.swatch, "level"), n.swatch == "partial":
			p.rule(n.swatch, n.x, y, n.x+15*px, y)
		case n.swatch != "":
			swatch(p, n, n.x, y)
		case n.number > 0:
			badge(p, n.x+8*px, y, n.number, size)
		default:
			marker(p, &n.state, n.x+8*px, y, false)
		}
		p.label("key", n.words, n.x+20*px, y+size*36/100)
	}
}

// targetNotes explain the level lines, once for all panels.
func targetNotes(out []note, levels []Level) []note {
	for _, l := range levels {
		if l.Label != "" {
			out = append(out, note{words: l.Label, swatch: levelClasses(l).line})
		}
	}
	return out
}
