package edition

import (
	"fmt"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/score"
)

// Directive is a reference alone on its line that draws something in place of
// its paragraph (contract, section 4).
type Directive struct {
	Kind    string // chart, table, scorecard or exceptions
	Month   *Month
	Verdict *score.Verdict // of chart and table
}

// directives are the words that begin one.
var directives = []string{"chart", "table", "scorecard", "exceptions"}

// Directive reads a directive as at a month; ok is false where the reference
// is a figure, or is at fault, which Load has told.
func (e *Edition) Directive(ref commentary.Ref, scorecard string, month period.Month) (Directive, bool) {
	if !isDirective(ref) {
		return Directive{}, false
	}
	d, problem := e.directive(ref, scorecard, month)
	return d, problem == nil
}

func isDirective(ref commentary.Ref) bool {
	return !ref.Figure && len(ref.Words) > 0 && slices.Contains(directives, ref.Words[0].Text)
}

func (e *Edition) directive(ref commentary.Ref, scorecard string, month period.Month) (Directive, *diag.Problem) {
	kind := ref.Words[0].Text
	d := Directive{Kind: kind}
	example := "{{ " + kind + " 3.2 }}"
	if kind == "scorecard" || kind == "exceptions" {
		example = "{{ " + kind + " early-help }}"
	}
	if !ref.Alone {
		return d, fault(ref, ref.Place, fmt.Sprintf("%s draws something of its own, and stands among words", diag.Quote(kind)), "write "+example+" on a line of its own, with an empty line before and after it")
	}
	if kind == "chart" || kind == "table" {
		if len(ref.Words) == 1 {
			return d, fault(ref, ref.Place, fmt.Sprintf("%s does not say of which measure", diag.Quote(kind)), "write "+example)
		}
		of := ref
		of.Words = ref.Words[1:]
		req, problem := e.request(of, scorecard, month)
		if problem != nil {
			return d, problem
		}
		if len(req.given) > 0 {
			return d, fault(ref, ref.Words[len(ref.Words)-1].Place, fmt.Sprintf("a %s shows the whole series and takes no further word", kind), "write {{ "+kind+" "+req.ind.Ref+" }}")
		}
		d.Month, d.Verdict = req.month, req.month.Verdict(req.ind.Ref)
		return d, nil
	}
	at := ref.Place
	if len(ref.Words) > 1 {
		scorecard, at = ref.Words[1].Text, ref.Words[1].Place
	}
	switch card := e.Scorecard(scorecard); {
	case len(ref.Words) > 2:
		return d, fault(ref, ref.Words[2].Place, fmt.Sprintf("%s takes one scorecard and no further word", kind), "write "+example)
	case scorecard == "":
		return d, fault(ref, at, fmt.Sprintf("%s does not say which scorecard", diag.Quote(kind)), nearest("", e.cardIDs(), "the scorecards are "))
	case card == nil:
		return d, fault(ref, at, fmt.Sprintf("there is no scorecard %s", diag.Quote(scorecard)), nearest(scorecard, e.cardIDs(), "the scorecards are "))
	default:
		if d.Month = card.At(month); d.Month == nil {
			return d, fault(ref, at, fmt.Sprintf("nothing of %s has been released by then", scorecard), "refer to a scorecard that has a released month")
		}
	}
	return d, nil
}

// At is the newest month shown up to one; month 0 is the latest. It is nil
// where there is none.
func (s *Scorecard) At(month period.Month) *Month {
	var newest *Month
	for _, m := range s.Months {
		if month == 0 || m.Month <= month {
			newest = m
		}
	}
	return newest
}

// About reports whether a reference of this month's scorecard names a measure,
// or a part of it.
func (m *Month) About(ref commentary.Ref, measure string) bool {
	if ref.Figure || isDirective(ref) {
		return false
	}
	name, found := "", ""
	for i, w := range ref.Words {
		if i == 0 {
			card, rest, ok := strings.Cut(w.Text, "/")
			switch {
			case !ok:
				name = w.Text
			case card == m.Scorecard.ID:
				name = rest
			default:
				return false
			}
		} else {
			name += " " + w.Text
		}
		if ind := m.View.Indicator(name); ind != nil { // a ref may hold spaces: the longest counts
			found = pageRef(ind)
		}
	}
	return found == measure
}
