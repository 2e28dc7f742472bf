package proof

import (
	"strings"

	"outturn/internal/prose"
)

// A table may break a measure down by something that no scorecard holds: the
// children with a plan by the type of abuse, by age, the contacts by who made
// them. Its cells are parts, and are held against the whole only as parts are:
// none is more than the whole. That they add up to a total that is typed, and
// the total to the scorecard, is looked at where any total is.

var (
	// ageBand is the label of an age: Under 5, 5 to 9, 16 and over, aged 10-15.
	ageBand = prose.Pattern(`(?i)^(?:ages?d? )?(?:(?:under|over) [0-9]{1,2}s?|[0-9]{1,2} ?(?:-|–|to) ?[0-9]{1,2}|[0-9]{1,2} ?(?:\+|(?:and|or) (?:over|above|older|under|younger)))(?: years?(?: olds?)?)?$`)
	// restLabel is that of what the other parts leave.
	restLabel = prose.Pattern(`(?i)^(?:(?:the )?(?:rest|remainder|remaining)|(?:all |any )?others?|elsewhere|unknown|not (?:known|recorded|stated))\b`)
)

// wholeWords are words by which the figure of a whole is headed, beside those
// with which figures are told.
var wholeWords = plainStems(`actual result latest value amount number rate percentage volume score achieved finding column data denominator numerator cohort
	baseline borough authority council local everyone everybody`)

func plainStems(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		if s := stem(w); s != "" {
			m[s] = true
		}
	}
	return m
}

// isPart says that one head of a cell names a measure and the other a part of it.
func (c *cell) isPart(m *measure) bool {
	if c.byRef || c.f.Role != prose.Value || c.other != "" {
		return false
	}
	row, column := c.st.passage.RowHead, c.st.passage.ColumnHead
	return c.isLabel(row, column, m) || c.isLabel(column, row, m)
}

// isLabel says that a head is the label of a part, where the other names the
// measure: it is neither a period nor a total, and has a word that is not the
// measure's, though it may have those too: contacts from schools.
func (c *cell) isLabel(label, other string, m *measure) bool {
	cover := func(head string) float64 {
		s := &statement{terms: termsOf(prose.Words(head))}
		return s.ownCover(m)
	}
	label = strings.TrimSpace(label)
	if cover(other) == 0 || cover(label) > cover(other) || monthsTogether.MatchString(label) || totalName.MatchString(label) || len(head(label, c.st.l)) > 0 {
		return false
	}
	if ageBand.MatchString(label) || restLabel.MatchString(label) {
		return true
	}
	said := &statement{Sentence: prose.Sentence{Words: prose.Words(label)}}
	for _, t := range withoutNames(termsOf(said.Words), said.find(c.st.l.areas)) {
		if m.profile.terms[t.text] == 0 && !reporting[t.text] && !wholeWords[t.text] && t.text[0] > '9' {
			return true
		}
	}
	return false
}

// part holds the figure of a part against its whole.
func (p *proof) part(c *cell, m *measure) {
	whole := c.expected(m)
	if whole == nil || !m.ind.Unit.Additive() || c.f.Value.Cmp(whole.value) <= 0 {
		return
	}
	p.blameFigure(c.st, 0, "contradicts-data", hint(whole), "%s is said of a part of %s, and the whole is %s", c.f.Typed, whole.words(), whole.format())
}
