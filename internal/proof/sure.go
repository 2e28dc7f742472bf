package proof

import (
	"slices"
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// How sure it is that a sentence speaks of the measure that it names best, and
// that a number in it is a figure of that measure.

// surety is how sure it is that the sentence is about the measure that it names best.
type surety uint8

const (
	poor surety = iota
	fair        // it may be: enough to call a figure of another month stale
	good        // it is: enough to hold its figure against it
)

func (c *claim) confidence() surety {
	top := c.rivals[0]
	if c.st.onTopic(top.m) && !(c.f.Unit == prose.Plain && (c.small() || c.otherNoun())) {
		return good
	}
	if c.small() && c.sureWhen && c.st.onTopic(top.m) && c.endsClause() && len(c.st.Figures) == 1 && top.m.ind.Unit != quantity.DistinctCount {
		return good // November had seen 17.
	}
	named := top.score
	if top.m.inSection(c.st.section) {
		named -= ownSection + ownMeasure
	}
	if (c.f.Role == prose.Then || c.f.Role == prose.Now || c.goesBack() || c.sureOther || c.sureArea && c.sameUnitBefore()) && top.m.sharesFigure(c.st) {
		return good
	}
	if c.f.Unit == prose.Plain || c.f.Unit == prose.Days {
		switch {
		case !c.nounFits():
			return poor
		case c.small() && (top.cover < 0.6 || !top.m.inSection(c.st.section)):
			return poor
		case top.cover >= 0.55 && named > 1.2, c.standsOut():
			return good
		case top.cover >= 0.3 && named > 0.8, !c.small() && top.m.inSection(c.st.section) && top.m.ind.Parent == "":
			return fair
		}
		return poor
	}
	switch {
	case top.cover >= 0.5 && named > 1.2 && c.subjectFits():
		return good
	case top.m.inSection(c.st.section), top.cover >= 0.35:
		return fair
	}
	return poor
}

// endsClause says that nothing is counted after the number: its clause ends.
func (c *claim) endsClause() bool {
	last := c.f.Last + 1
	return last >= len(c.st.Words) || c.st.Words[last].Kind == prose.Sign && strings.Contains(".,;", c.st.Words[last].Text)
}

// otherNoun says that a word follows the number that is none of the measure's
// name: 47 people, of a sentence that goes on from another.
func (c *claim) otherNoun() bool {
	last := c.f.Last + 1
	if last >= len(c.st.Words) || c.st.Words[last].Kind != prose.Letters || plainAfter[c.st.Words[last].Lower] {
		return false
	}
	after := c.st.following(c.i)
	return !slices.ContainsFunc(after, func(t term) bool { return c.rivals[0].m.profile.terms[t.text] > 0 })
}

// otherThing says that the word right after a number is a thing that the
// measure does not count, though it is one that tells no measure from another.
func (c *claim) otherThing() bool {
	last := c.f.Last + 1
	if last >= len(c.st.Words) {
		return false
	}
	w := c.st.Words[last]
	return attendants[w.Lower] && !strings.Contains(strings.ToLower(c.rivals[0].m.ind.Name), w.Lower)
}

// attendants are those who come to a thing, and the things that are put on.
var attendants = listed("people members staff delegates attendees participants managers workers practitioners professionals officers partners packages evenings events workshops sessions places teams schools agencies copies")

// plainAfter are words after a number that are no thing counted.
var plainAfter = listed("in at by on for from to and or of as a the this last were was is are per against compared when after before since during over which with recorded reported")

// standsOut says that no other measure is named nearly as well as one of the
// page's section, in a sentence that says of which period it speaks.
func (c *claim) standsOut() bool {
	top := c.rivals[0]
	if !c.sureWhen || c.small() || !top.m.inSection(c.st.section) || top.m.ind.Parent != "" {
		return false
	}
	return !slices.ContainsFunc(c.rivals[1:], func(r ranked) bool { return r.score*6 > top.score*5 && r.m.ind.Parent != top.m.ind.Ref })
}

// sameUnitBefore says that the figure goes on a list: "281 in North, 482 in South".
func (c *claim) sameUnitBefore() bool {
	return c.i > 0 && c.st.Figures[c.i-1].Unit == c.f.Unit && len(c.st.results[c.i-1].facts) > 0 && len(c.st.following(c.i)) <= 1
}

// small says that a number is so small that many figures are it by chance.
func (c *claim) small() bool {
	return c.f.Unit == prose.Plain && c.f.Value.Scale() == 0 && c.f.Value.Abs().Cmp(quantity.Int(20)) < 0
}

// nounFits says whether the thing that is counted is what the measure counts:
// a word of its name follows the number; where the number ends its clause, the
// words before it must name it.
func (c *claim) nounFits() bool {
	after := slices.DeleteFunc(c.st.following(c.i), func(t term) bool {
		return reporting[t.text] && c.rivals[0].m.profile.terms[t.text] == 0 // 463 at the end of November
	})
	for n, t := range after {
		if c.f.Spelled && (n > 0 || t.word > c.f.Last+2) {
			break // "the two groups …"
		}
		if c.rivals[0].m.profile.terms[t.text] > 0 {
			return true
		}
	}
	if c.f.Spelled || c.f.Role == prose.Value && c.otherThing() {
		return false
	}
	if len(after) > 0 && c.f.Role == prose.Value {
		return false
	}
	return slices.ContainsFunc(c.st.terms, func(t term) bool {
		return t.word < c.f.First && c.rivals[0].m.profile.terms[t.text] > 0
	}) || c.st.passage.ColumnHead != ""
}

// subjectFits says, for a share, that a telling word of the measure's name
// stands in the sentence.
func (c *claim) subjectFits() bool {
	return slices.ContainsFunc(c.st.terms, func(t term) bool { return c.rivals[0].m.profile.terms[t.text] > 0.8 })
}

// awaited are words of a figure that is not yet there.
var awaited = prose.Pattern(`\b(?:aims?|aiming|expects?|expected|hopes?|hoped|(?:start|starts|begin|begins|join|joins|takes? effect) (?:work )?(?:in|on|from)|plans? to|planned|intends?|intended|forecasts?|anticipates?|anticipated|by the end of march|by march 2017|by june|by september)\b`)

// isGap says that a number is how far off a target something is.
func (c *claim) isGap() bool {
	return offTarget.MatchString(c.st.phrase(c.f.Last+1, min(len(c.st.Words), c.f.Last+9)))
}

var offTarget = prose.Pattern(`^(?:per [0-9,]+ |days? )?(?:above|below|over|under|short of|outside|higher than|lower than|off|inside|within) (?:the |its |our |a )*(?:[0-9.,]+ ?%? ?)?(?:days? )?(?:upper |lower |agreed |local )*(?:targets?|tolerance|limit|threshold|ambition|goal)\b`)

// ownCover is how much of a measure's name the sentence itself gives, without
// what stands around it.
func (st *statement) ownCover(m *measure) float64 {
	sum := 0.0
	seen := map[string]bool{}
	for _, t := range st.terms {
		if !seen[t.text] {
			seen[t.text] = true
			sum += m.profile.terms[t.text]
		}
	}
	if m.profile.total == 0 {
		return 0
	}
	return sum / m.profile.total
}

// ofWindow says that the figure may be of several months together, of which
// nobody returns a share.
func (c *claim) ofWindow() bool {
	return slices.ContainsFunc(c.st.Whens, func(w prose.When) bool {
		return w.Kind == prose.Recent || w.Kind == prose.Since || w.Kind == prose.Named && w.Period.Months() > 1 && w.Period.Months() < 12
	})
}
