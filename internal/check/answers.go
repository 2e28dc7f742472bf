package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
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
	if analysis, ok := m.Analysis(ind.Section); ok && slices.ContainsFunc(analysis.Text.Passages(), func(p commentary.Passage) bool { return tellsOf(p, m, v) }) {
		return
	}
	place := diag.Place{File: "content/" + m.Scorecard.ID + "/" + m.Month.String() + "/" + ind.Section + ".md"}
	problems.Warnf(place, "red-without-answer", "indicator %s is red in %s, and neither the analysis nor an open action answers it", ind.Ref, m.Month.Words()).Hint =
		fmt.Sprintf("say in the analysis what is being done, with {{ %s }}, or add an action with the measure %s", ind.Ref, ind.Ref)
}

// statuses: an action whose status is a word of which nobody knows whether it
// closes it. It is taken to be open, and so for an answer.
func statuses(folder string, actions []dataset.Action, problems *diag.List) {
	for _, a := range actions {
		if edition.KnownStatus(a) {
			continue
		}
		place := diag.Place{File: "data/" + folder + "/" + a.Updated.String() + "-actions.csv"}
		problems.Warnf(place, "unknown-status", "status %s of action %s is not a known word; the action counts as open", diag.Quote(a.Status), a.Ref).Hint =
			"write in progress, on hold, complete or cancelled, and put the rest into commentary"
	}
}

// tellsOf reports whether a passage says something of a measure as it stands:
// words beside a reference to its current figure. A heading and a table's cell
// name a figure and say nothing of it; the target, or what an earlier period
// was, is not what is red.
func tellsOf(p commentary.Passage, m *edition.Month, v *score.Verdict) bool {
	if p.Kind == commentary.Heading || p.Kind == commentary.TableCell || !strings.ContainsFunc(p.Text, unicode.IsLetter) {
		return false
	}
	return slices.ContainsFunc(p.Refs, func(ref commentary.Ref) bool {
		name, words := measureNamed(m, ref)
		return name == v.Indicator.Ref && !slices.ContainsFunc(words, func(w commentary.Word) bool { return !ofNow(w.Text, m, v) })
	})
}

// ofNow reports whether a reference with this word still tells of the figure
// that is judged.
func ofNow(word string, m *edition.Month, v *score.Verdict) bool {
	if at, ok := strings.CutPrefix(word, "@"); ok {
		p, err := period.Parse(at)
		if err != nil {
			return false // told where it stands
		}
		through := m.Month.Add(-v.Indicator.Lag)
		return p.Through(through).End() == v.Current.Period.End()
	}
	switch word {
	case "of", "numerator", "denominator", "change", "moved", "ytd", "rag", "direction":
		return true
	}
	return strings.HasPrefix(word, "area=") || strings.HasPrefix(word, "from=")
}

// measureNamed is the ref of this scorecard that a reference names, or "", with
// the words after it. A ref may hold spaces: the longest run of words that is one
// counts.
func measureNamed(m *edition.Month, ref commentary.Ref) (found string, rest []commentary.Word) {
	if ref.Figure {
		return "", nil
	}
	name := ""
	for i, w := range ref.Words {
		if i == 0 {
			name = strings.TrimPrefix(w.Text, m.Scorecard.ID+"/")
		} else {
			name += " " + w.Text
		}
		if m.View.Indicator(name) != nil {
			found, rest = name, ref.Words[i+1:]
		}
	}
	return found, rest
}
