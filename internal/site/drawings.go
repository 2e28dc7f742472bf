package site

import (
	"maps"
	"path"
	"slices"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// drawings are what two pages of a scorecard's newest month show: the charts on a
// section's page and the measure's own, the rows on the month's page and the
// scorecard's. The page that is made first keeps them, the other takes them out.
// What was revised and why a measure is judged so is asked for by every page, and
// stays. A nil *drawings keeps nothing.
type drawings struct {
	trends map[*score.Verdict]theme.Chart
	groups []theme.ScorecardSection
	used   map[string]bool // the symbols that stand in groups

	revised map[revisedSeries][]dataset.Revision // in all areas
	said    map[*score.Reason]string
	frames  map[string]theme.Frame // of the pages in a folder
}

type revisedSeries struct {
	view *dataset.View
	ref  string
}

func newDrawings() *drawings {
	return &drawings{trends: map[*score.Verdict]theme.Chart{}, revised: map[revisedSeries][]dataset.Revision{}, said: map[*score.Reason]string{}, frames: map[string]theme.Frame{}}
}

// revisions are those of a series, as of View.Revisions.
func (d *drawings) revisions(v *dataset.View, ref string) []dataset.Revision {
	if d == nil {
		return v.Revisions(ref)
	}
	key := revisedSeries{v, ref}
	list, known := d.revised[key]
	if !known {
		list = v.Revisions(ref)
		d.revised[key] = list
	}
	return list
}

// sentence is a reason as the theme says it.
func (d *drawings) sentence(in *theme.Theme, r *score.Reason) string {
	if d == nil {
		return in.Say(r.Code, r.Args())
	}
	said, known := d.said[r]
	if !known {
		said = in.Say(r.Code, r.Args())
		d.said[r] = said
	}
	return said
}

// frame is what all pages of a folder have around them. The navigation leads to none
// of a scorecard's pages but its first, which it shows as the current one on all.
func (d *drawings) frame(c *composer) theme.Frame {
	if d == nil {
		return c.surround()
	}
	folder := path.Dir(c.path)
	f, known := d.frames[folder]
	if !known {
		f = c.surround()
		d.frames[folder] = f
	}
	return f
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
