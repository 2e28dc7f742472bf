package site

import (
	"maps"
	"slices"

	"outturn/internal/edition"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// drawings are what two pages of a scorecard's newest month show: the charts on a
// section's page and the measure's own, the rows on the month's page and the
// scorecard's. The page that is made first keeps them, the other takes them out.
// A nil *drawings keeps nothing.
type drawings struct {
	trends map[*score.Verdict]theme.Chart
	groups []theme.ScorecardSection
	used   map[string]bool // the symbols that stand in groups
	room   []fact
}

func newDrawings() *drawings {
	return &drawings{trends: map[*score.Verdict]theme.Chart{}}
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

// keepGroups keeps the rows of the newest month's scorecard, with the symbols that
// stand in them.
func (d *drawings) keepGroups(m *edition.Month, groups []theme.ScorecardSection, used map[string]bool) {
	if d != nil && m == m.Scorecard.Latest() {
		d.groups, d.used = groups, used
	}
}

// takeGroups gives the rows that were kept, or nil, and adds their symbols to
// those of the page. They are a copy: the page that kept them may not be written
// yet, and has links of its own.
func (d *drawings) takeGroups(m *edition.Month, used map[string]bool) []theme.ScorecardSection {
	if d == nil || d.groups == nil || m != m.Scorecard.Latest() {
		return nil
	}
	groups := slices.Clone(d.groups)
	for i := range groups {
		groups[i].Rows = slices.Clone(groups[i].Rows)
	}
	maps.Copy(used, d.used)
	d.groups, d.used = nil, nil
	return groups
}
