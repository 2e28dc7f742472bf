package site

import (
	"html/template"

	"outturn/internal/score"
	"outturn/internal/theme"
)

// drawings are charts of a scorecard's newest month that two of its pages show:
// a section's page and the measure's own, the month's page and the scorecard's.
// The one that is made first keeps them, the other takes them out. A nil
// *drawings keeps nothing.
type drawings struct {
	trends map[*score.Verdict]theme.Chart
	sparks map[*score.Verdict]template.HTML
	room   []fact
}

func newDrawings() *drawings {
	return &drawings{trends: map[*score.Verdict]theme.Chart{}, sparks: map[*score.Verdict]template.HTML{}}
}

// lend gives the room in which a page reads its series. The page before, which
// had it, is done.
func (d *drawings) lend() *[]fact {
	if d == nil {
		return new([]fact)
	}
	d.room = d.room[:0]
	return &d.room
}

func (d *drawings) keepTrend(v *score.Verdict, ch theme.Chart) {
	if d != nil {
		d.trends[v] = ch
	}
}

// takeTrend gives a chart that was kept under the id that it bears.
func (d *drawings) takeTrend(v *score.Verdict, id string) (theme.Chart, bool) {
	if d == nil {
		return theme.Chart{}, false
	}
	ch, kept := d.trends[v]
	if !kept || ch.ID != id {
		return theme.Chart{}, false
	}
	delete(d.trends, v)
	return ch, true
}

// sparkOf gives the sparkline that was kept, else draws it and keeps it where
// another page is to show it.
func (d *drawings) sparkOf(v *score.Verdict, keep bool, draw func() template.HTML) template.HTML {
	if d == nil {
		return draw()
	}
	s, kept := d.sparks[v]
	if kept {
		delete(d.sparks, v)
		return s
	}
	s = draw()
	if keep {
		d.sparks[v] = s
	}
	return s
}
