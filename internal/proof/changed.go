package proof

import (
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/prose"
)

// {{ 3.2 change }} prints the size of a change without its way, so the word for
// the way is typed, and stays when a later return turns the figures round: "down
// by {{ 6.15 change }}". It is held against what {{ 6.15 moved }} would print.

// Ways that are typed before a change and after it.
var (
	wayBefore = prose.Pattern(`\b([a-z]+)(?: (?:[a-z]+ly|again|further|back))? (?:by|of) $`)
	wayAfter  = prose.Pattern(`^(?:percentage points? |points? |days? )?([a-z]+)\b`)
	ways      = func() map[string]prose.Sense {
		m := map[string]prose.Sense{}
		for sense, words := range map[prose.Sense]string{
			prose.Rise:   "up rose risen rise rises rising increase increased increases increasing grew grown growth higher more above climbed climb jumped jump",
			prose.Fall:   "down fell fallen fall falls falling decrease decreased decreases decreasing drop dropped drops dropping reduction reduced lower fewer less below dip dipped shrank",
			prose.Better: "better improved improvement improves gain gained",
			prose.Worse:  "worse worsened deteriorated deterioration decline declined loss lost",
		} {
			for _, w := range strings.Fields(words) {
				m[w] = sense
			}
		}
		return m
	}()
)

// changes checks the ways that are typed beside bound changes.
func (p *proof) changes(st *statement) {
	for i, f := range st.Figures {
		if !st.isChange(i) {
			continue
		}
		at, sense := st.wayBeside(f)
		if sense == prose.NoSense || p.saidAt(st, at) || at > 0 && negated[st.Words[at-1].Lower] {
			continue
		}
		ref := st.passage.Refs[f.Ref]
		m, moved := p.movedAs(ref)
		if m == nil {
			continue
		}
		way := 0 // of the figure; 0 did not change
		switch {
		case strings.HasPrefix(moved, "rose"):
			way = 1
		case strings.HasPrefix(moved, "fell"):
			way = -1
		}
		right := sense == prose.Rise && way > 0 || sense == prose.Fall && way < 0
		if sense == prose.Better || sense == prose.Worse {
			if m.goodWay() == 0 {
				continue
			}
			right = way != 0 && (way == m.goodWay()) == (sense == prose.Better)
		}
		if right {
			continue
		}
		w := st.Words[at]
		p.blame(st, w.Start, w.End, "direction-contradicts", "write {{ "+strings.Replace(ref.Written(), "change", "moved", 1)+" }} for the word and the figure",
			"%q is said of %s, which %s%s", w.Text, m.ref(), moved, m.good())
	}
}

// wayBeside is the word beside a change that says its way, and the way.
func (st *statement) wayBeside(f prose.Figure) (at int, sense prose.Sense) {
	from, to := max(0, f.First-4), min(len(st.Words), f.Last+4)
	if m := wayBefore.FindStringSubmatch(st.phrase(from, f.First)); m != nil && ways[m[1]] != prose.NoSense {
		for at = f.First - 1; st.Words[at].Lower != m[1]; at-- {
		}
		return at, ways[m[1]]
	}
	if m := wayAfter.FindStringSubmatch(st.phrase(f.Last+1, to)); m != nil && ways[m[1]] != prose.NoSense {
		for at = f.Last + 1; st.Words[at].Lower != m[1]; at++ {
		}
		return at, ways[m[1]]
	}
	return 0, prose.NoSense
}

// movedAs is the measure of a bound change, and what its movement would print.
func (p *proof) movedAs(ref commentary.Ref) (*measure, string) {
	name := ref.Words[0].Text
	i := slices.IndexFunc(p.l.measures, func(m *measure) bool { return m.ref() == name || m.card+"/"+m.ind.Ref == name })
	if i < 0 {
		return nil, ""
	}
	moved := ref
	moved.Words = slices.Clone(ref.Words)
	for k := range moved.Words {
		if moved.Words[k].Text == "change" {
			moved.Words[k].Text = "moved"
		}
	}
	scorecard := p.l.month.Scorecard.ID
	if p.doc.named {
		scorecard = ""
	}
	said, problem := p.e.Say(moved, scorecard, p.l.month.Month)
	if problem != nil {
		return nil, ""
	}
	return p.l.measures[i], said.Text
}
