package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// sourceless tells of a figure that the sentence plainly reports of one of the
// site's measures, for a period, an area or a comparator for which the measure
// has none, and that no other figure of the site is either. What the other
// checks have settled is left alone.
func (p *proof) sourceless(st *statement) {
	for i, f := range st.Figures {
		if st.results[i].settled || f.Ref >= 0 || !isExact(f) || f.Role != prose.Value && f.Role != prose.Now || !p.reportable(f) {
			continue
		}
		c := st.claim(i, 0.6)
		if len(c.rivals) == 0 || c.expected() != nil || c.ofWindow() || toCome.MatchString(strings.ToLower(st.Text)) {
			continue
		}
		sure, cover := c.confidence(), c.rivals[0].cover
		long := c.sureWhen && c.when.Kind == prose.Named && sure >= fair && cover >= datedCover // a year that the site does not have
		if !long && (sure < good || cover < paperCover) || p.isAnywhere(&c) {
			continue
		}
		p.blameFigure(st, i, "unsourced-figure", "say where it is from: {{ figure "+f.Typed+" | the source and its date }}",
			"%s is said of %s, which has no such figure", f.Typed, c.rivals[0].m.ref())
	}
}

// toCome are words of what is not yet, of which nobody has a figure.
var toCome = prose.Pattern(`\b(?:will|would|must|should|needs?|need to|aims?|plans?|planned|expected|hopes?|could|further|another)\b`)

// datedCover is how much of a measure's name must stand in a sentence that also
// says of which period it speaks.
const datedCover = 0.45

// leastCount is the least count that is held to have a source: smaller numbers
// are of too many things.
const leastCount = 20

// reportable says that a number is of a kind that a scorecard reports.
func (p *proof) reportable(f prose.Figure) bool {
	switch f.Unit {
	case prose.Percent:
		return f.Value.Sign() > 0 && !f.Value.Equal(quantity.Int(100))
	case prose.PerPeople:
		return true
	case prose.Plain:
		return !f.Spelled && f.Value.Cmp(quantity.Int(leastCount)) >= 0
	}
	return false
}

// isAnywhere says that some figure of the measures that are named, or the newest
// of any, is the number: then its sentence was read wrong.
func (p *proof) isAnywhere(c *claim) bool {
	for _, m := range p.l.measures {
		named := slices.ContainsFunc(c.rivals, func(r ranked) bool { return r.m == m })
		for _, f := range m.facts() {
			if f.takes(c.f) && f.says(c.f.Value) && (named || f.current()) {
				return true
			}
		}
	}
	return false
}
