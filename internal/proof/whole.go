package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// An area's part of the whole is a share that no return gives: "Central holds
// two in five of the open cases (522)". It is worked out from the two counts.

// What stands about a share that an area has of a whole: "North accounted for
// 38% of contacts", "a third of them came from North".
var (
	hasShare  = prose.Pattern(`\b(?:account(?:s|ed|ing)? for|holds?|held|ma[dk]es? up|making up|represent(?:s|ed)?|has|had|have|carries|carried|takes?|took|with) (?:just |only |about |around |nearly |almost |over |under |more than |less than |some |a |an )*$`)
	ofThings  = prose.Pattern(`^of (?:(?:the|all|our|its|their|these|those|open|closed|total|whole) )*(?:[a-z]+ ){0,2}(?:[.,;()]|$|(?:came|come|were|are|was|is) (?:from|in) )`)
	fromThere = prose.Pattern(`^of (?:[a-z]+ ){1,4}(?:came|come|were|are|was|is) (?:from|in) (?:the )?$`)
)

// areaShare says that a share is that of an area in the whole, or finds that it
// is another.
func (c *claim) areaShare(p *proof) bool {
	st := c.st
	if c.f.Unit != prose.Percent || c.f.Role == prose.Target || c.f.Role == prose.Change || len(st.areas) == 0 && st.place == "" {
		return false
	}
	areas := []string{st.place}
	for _, m := range st.areas {
		areas = append(areas, m.id)
	}
	var part, whole *fact
	for _, r := range st.rank(c.i) {
		if r.m.percentage() || r.m.ind.Unit != quantity.Count || r.cover < 0.2 && !slices.Contains(st.topics, r.m) && !r.m.sharesFigure(st) {
			continue
		}
		for _, f := range r.m.facts() {
			if f.kind != valueFact || !slices.Contains(areas, f.area) || f.area == st.l.whole || !f.current() {
				continue
			}
			g := r.m.first(func(g *fact) bool { return g.kind == f.kind && g.period == f.period && g.area == st.l.whole })
			if g == nil || g.value.Sign() <= 0 || g.value.Cmp(f.value) < 0 {
				continue
			}
			if meantShare(c.f, f.value, g.value) {
				st.settle(c.i)
				return true
			}
			if part == nil && (len(st.areas) == 1 || c.sureArea && f.area == c.area) && (r.cover >= 0.5 || r.m.sharesFigure(st) || slices.Contains(st.topics, r.m) || r.m.inSection(st.section) && r.m.ind.Parent == "" && st.ownCover(r.m) > 0) {
				part, whole = f, g
			}
		}
	}
	if part == nil || !c.shareOfArea() || !c.f.Fraction && !isExact(c.f) {
		return false
	}
	q, err := quantity.Quotient(part.value, whole.value, 100, 1)
	if err != nil {
		return false
	}
	p.blameFigure(st, c.i, "contradicts-data", "write "+q.String()+"%, or say it in other words", "%s of %s is %s%%, and %s is said", part.value.Grouped(), whole.value.Grouped(), q, c.f.Typed)
	return true
}

// shareOfArea says that the words about a share are of an area's part.
func (c *claim) shareOfArea() bool {
	st := c.st
	after := st.phrase(c.f.Last+1, min(len(st.Words), c.f.Last+8))
	if hasShare.MatchString(st.phrase(max(0, c.f.First-6), c.f.First)) && ofThings.MatchString(after) {
		return true
	}
	return slices.ContainsFunc(st.areas, func(m mention) bool {
		return m.first > c.f.Last && m.first-c.f.Last < 9 && fromThere.MatchString(st.phrase(c.f.Last+1, m.first))
	})
}

// respectively settles figures that are given in the order of their measures:
// "admissions and discharges were 10 and 12 respectively". The words about each
// alone would name them all alike.
func (p *proof) respectively(st *statement) {
	at := slices.IndexFunc(st.Words, func(w prose.Word) bool { return w.Lower == "respectively" })
	if at < 0 && !strings.Contains(strings.ToLower(st.Text), "corresponding figures") {
		return
	}
	for i, f := range st.Figures {
		if f.Ref >= 0 || !isExact(f) || f.Role != prose.Value && f.Role != prose.Now || at >= 0 && f.Last > at {
			continue
		}
		c := st.claim(i, 0.2)
		list := st.rank(-1)
		if st.topic != nil {
			for _, m := range st.l.measures {
				if m.card == st.topic.card && m != st.topic && m.alike(st.topic) {
					list = append(slices.Clip(list), ranked{m, 0, 1})
				}
			}
		}
		for _, r := range list {
			if r.cover < namesakeCover && !slices.Contains(st.topics, r.m) || !r.m.fitsUnit(f) {
				continue
			}
			for _, fact := range r.m.facts() {
				if fact.kind == valueFact && fact.says(f.Value) && c.admits(fact) {
					st.settle(i, fact)
				}
			}
		}
	}
}
