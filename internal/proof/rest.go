package proof

import (
	"strings"

	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// What is left of a whole when its part is taken away is a figure too: "312 of
// 330 were triaged in time; the other 18 took longer", also in the sentence after.

var (
	leftBefore = prose.Pattern(`\b(?:the other|the remaining|remaining|leaves|leaving|left|all but|the rest,?|so|the|,) (?:only |just |some |a further )*$`)
	leftAfter  = prose.Pattern(`^(?:[a-z]+ ){0,2}?(?:(?:that |who |which )?(?:were|was|had|have|has|did|are|is) not\b|(?:that|who|which) (?:[a-z]+ ){0,2}not\b|not )`)
	leftSurely = prose.Pattern(`\b(?:the other|the remaining|leaves|leaving|all but) (?:only |just |some |a further )*$`)
)

// remainder checks a count of what is left.
func (c *claim) remainder(p *proof) bool {
	st := c.st
	if c.f.Unit != prose.Plain || !isExact(c.f) || c.f.Value.Scale() > 0 || c.f.Role == prose.Target || c.f.Role == prose.Then {
		return false
	}
	before, after := st.phrase(max(0, c.f.First-5), c.f.First), st.phrase(c.f.Last+1, min(len(st.Words), c.f.Last+7))
	sure := leftSurely.MatchString(before)
	if !leftBefore.MatchString(before) {
		return false
	}
	not := leftAfter.MatchString(after)
	if !sure && !not {
		return false
	}
	part, whole, ok := st.shareBefore(c.i)
	if !ok {
		if strings.Contains(before, "all but") { // we triaged 330, all but 18 of them in time
			return c.allBut()
		}
		return false
	}
	left, err := whole.Sub(part)
	if err != nil || left.Sign() < 0 {
		return false
	}
	if left.Equal(c.f.Value) {
		st.settle(c.i)
		return true
	}
	if !not && !strings.Contains(before, "other") && !strings.Contains(before, "remaining") || c.otherThing() || !not && len(c.fitting()) > 0 {
		return false
	}
	p.blameFigure(st, c.i, "contradicts-itself", "write "+left.Grouped(), "%s of %s leaves %s, not %s", part.Grouped(), whole.Grouped(), left.Grouped(), c.f.Typed)
	return true
}

// shareBefore is the part and the whole that stand before a figure in its
// sentence, or in the one before where there is one alone.
func (st *statement) shareBefore(figure int) (part, whole quantity.Decimal, ok bool) {
	for at := st; at != nil; at = at.before {
		n := 0
		for _, s := range at.Shares {
			if s.Part < 0 || s.Whole < 0 || at == st && (s.Part >= figure || s.Whole >= figure) || at.results[s.Part].blamed || at.results[s.Whole].blamed {
				continue
			}
			part, whole = at.Figures[s.Part].Value, at.Figures[s.Whole].Value
			n++
		}
		if n > 0 || at != st {
			return part, whole, n == 1
		}
	}
	return part, whole, false
}

// allBut says that a number is the rest of a whole of which the data know the part.
func (c *claim) allBut() bool {
	for k := range c.st.results[:c.i] {
		for _, f := range c.st.results[k].facts {
			if f.kind != denominatorFact || !f.figure.Numerator.Has {
				continue
			}
			if left, err := f.value.Sub(f.figure.Numerator.Decimal); err == nil && left.Equal(c.f.Value) {
				c.st.settle(c.i)
				return true
			}
		}
	}
	return false
}
