package check

import (
	"fmt"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/score"
)

// answers: a red without a paragraph of its section's analysis that refers to
// it, or an open action.
func answers(m *edition.Month, v *score.Verdict, problems *diag.List) {
	if v.RAG.Rating != score.Red {
		return
	}
	ind := v.Indicator
	for _, a := range m.CorrectiveActions(ind.Ref) {
		if !edition.Closed(a) {
			return
		}
	}
	if analysis, ok := m.Analysis(ind.Section); ok {
		for _, ref := range analysis.Text.Refs() {
			// A table shows a figure; it says nothing of it.
			if !ref.InTable && measureNamed(m, ref) == ind.Ref {
				return
			}
		}
	}
	place := diag.Place{File: "content/" + m.Scorecard.ID + "/" + m.Month.String() + "/" + ind.Section + ".md"}
	problems.Warnf(place, "red-without-answer", "indicator %s is red in %s, and neither the analysis nor an open action answers it", ind.Ref, m.Month.Words()).Hint =
		fmt.Sprintf("say in the analysis what is being done, with {{ %s }}, or add an action with the measure %s", ind.Ref, ind.Ref)
}

// measureNamed is the ref of this scorecard that a reference names, or "". A ref may
// hold spaces: the longest run of words that is one counts.
func measureNamed(m *edition.Month, ref commentary.Ref) string {
	if ref.Figure {
		return ""
	}
	name, found := "", ""
	for i, w := range ref.Words {
		if i == 0 {
			name = strings.TrimPrefix(w.Text, m.Scorecard.ID+"/")
		} else {
			name += " " + w.Text
		}
		if m.View.Indicator(name) != nil {
			found = name
		}
	}
	return found
}
