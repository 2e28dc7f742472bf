package edition

import (
	"fmt"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

// Said is what a figure reference says.
type Said struct {
	Text      string // the figure as published, or its mark in a table
	Source    string // "3.2, January 2017, 22 of 121"
	Scorecard string // "" for a figure from elsewhere
	Ref       string
	Draft     bool // it is as at a month that is not released
}

// Say answers one {{ }} as at a month. scorecard is the page's own ("" where it
// has none: the reference must then name one); month 0 means the latest. A
// reference that is unknown, or whose figure is not there outside a table, is a
// problem and says nothing.
func (e *Edition) Say(ref commentary.Ref, scorecard string, month period.Month) (Said, *diag.Problem) {
	said, problem, _ := e.say(ref, scorecard, month)
	return said, problem
}

// say is Say; absent tells the fault of a figure that is not there from that of
// a reference that names none.
func (e *Edition) say(ref commentary.Ref, scorecard string, month period.Month) (said Said, problem *diag.Problem, absent bool) {
	if ref.Figure {
		return Said{Text: ref.External, Source: ref.Origin}, nil, false
	}
	if isDirective(ref) {
		_, problem := e.directive(ref, scorecard, month)
		return Said{}, problem, false
	}
	req, problem := e.request(ref, scorecard, month)
	if problem != nil {
		return Said{}, problem, false
	}
	if problem := req.unlike(ref); problem != nil {
		return Said{}, problem, false
	}
	if problem := req.backwards(ref); problem != nil {
		return Said{}, problem, false
	}
	text, reading, missing := e.answer(req)
	if missing != "" {
		if ref.InTable {
			mark := "[x]"
			if symbols := strings.Fields(string(reading.Figure.Marks)); !reading.Value && len(symbols) > 0 {
				mark = "[" + strings.Join(symbols, "][") + "]"
			}
			return Said{Text: mark, Source: source(req, reading), Scorecard: req.month.Scorecard.ID, Ref: pageRef(req.ind), Draft: req.month.Draft}, nil, false
		}
		why, hint := req.instead(reading)
		return Said{}, fault(ref, ref.Place, missing+why, hint), true
	}
	return Said{Text: text, Source: source(req, reading), Scorecard: req.month.Scorecard.ID, Ref: pageRef(req.ind), Draft: req.month.Draft}, nil, false
}

// pageRef is the measure whose page shows a series: a part has none of its own.
func pageRef(ind *dataset.Indicator) string {
	if ind.IsPart() {
		return ind.Parent
	}
	return ind.Ref
}

func fault(ref commentary.Ref, at diag.Place, message, hint string) *diag.Problem {
	return &diag.Problem{Place: at, Severity: diag.Error, Code: "unknown-figure", Message: message, Hint: hint, Source: ref.Source}
}

// answer works out the text. missing says, where it is not "", which figure is
// not there.
func (e *Edition) answer(req request) (text string, r score.Reading, missing string) {
	ind, v := req.ind, req.month.View
	verdict := req.month.Verdict(ind.Ref)
	r = req.reading(verdict)
	none := func(what string) (string, score.Reading, string) {
		return "", r, fmt.Sprintf("%s has no %s for %s%s", ind.Ref, what, r.Period.Words(), inArea(v, req.area))
	}
	switch req.aspect {
	case "":
		if !r.Value {
			return none("figure")
		}
		return ind.Format(r.Published), r, ""
	case "of":
		if !r.Figure.Numerator.Has || !r.Figure.Denominator.Has {
			return none("numerator and denominator")
		}
		return r.Figure.Numerator.Decimal.Grouped() + " of " + r.Figure.Denominator.Decimal.Grouped(), r, ""
	case "numerator", "denominator":
		n := r.Figure.Numerator
		if req.aspect == "denominator" {
			n = r.Figure.Denominator
		}
		if !n.Has {
			return none(req.aspect)
		}
		return n.Decimal.Grouped(), r, ""
	case "change", "moved":
		base := req.base(verdict, r)
		if !r.Value {
			return none("figure")
		}
		if !base.Value {
			return "", r, fmt.Sprintf("%s has no figure for %s%s to compare with", ind.Ref, base.Period.Words(), inArea(v, req.area))
		}
		change, err := r.Published.Sub(base.Published)
		if err != nil {
			return none("change that can be worked out")
		}
		return Moved(ind, change, req.aspect == "moved"), r, ""
	case "ytd":
		r = req.toDate(verdict, r)
		if !r.Value {
			return none("year to date")
		}
		return ind.Format(r.Published), r, ""
	case "target":
		text := TargetText(ind, verdict.Target)
		if text == "" {
			return none("target")
		}
		return text, r, ""
	case "rag":
		if verdict.RAG.Rating == score.NotRated {
			return "not rated", r, ""
		}
		return string(verdict.RAG.Rating), r, ""
	case "direction":
		return DirectionWords(e.Theme.Word, verdict.Direction), r, ""
	}
	b, ok := v.Newest(ind.Ref, req.aspect)
	if !ok || !b.Value.Has {
		return "", r, fmt.Sprintf("%s has no benchmark %s as at %s", ind.Ref, req.aspect, req.month.Month.Words())
	}
	r.Period, r.Figure = b.Period, dataset.Figure{}
	return ind.Format(b.Value.Decimal), r, ""
}

// DirectionWords says a direction in the theme's words: "Worse, off target".
func DirectionWords(word func(kind, code string) string, d score.Direction) string {
	code := d.Judgement
	if code == "" {
		code = "none"
	}
	if d.Standing != "" {
		code += "." + d.Standing
	}
	return strings.ToLower(word("judgement", code))
}

// Moved writes a change of published values: "12.0 percentage points", or with
// its verb "fell by 12.0 percentage points".
func Moved(ind *dataset.Indicator, change quantity.Decimal, verb bool) string {
	if change.Sign() == 0 {
		if verb {
			return "did not change"
		}
		return "no change"
	}
	text := score.ChangeInWords(ind, change)
	if !verb {
		return text
	}
	if change.Sign() < 0 {
		return "fell by " + text
	}
	return "rose by " + text
}

// TargetText is a target as the scorecard prints it: the figure, else the green
// interval in words, else its wording; "" where none is set.
func TargetText(ind *dataset.Indicator, t score.Target) string {
	switch {
	case t.Value.Has && ind.Unit == quantity.Grade:
		return ind.Format(t.Value.Decimal)
	case t.Value.Has:
		return ind.Unit.Format(t.Value.Decimal)
	case !t.Green.IsZero():
		return t.Green.Words(ind.Unit)
	case t.Row.Wording != "":
		return t.Row.Wording
	}
	return ""
}

// reading finds the figure that a reference starts from.
func (req request) reading(verdict *score.Verdict) score.Reading {
	p := req.period
	if p.IsZero() {
		p = verdict.Current.Period
	}
	switch {
	case req.yearAgo:
		p = p.YearAgo()
	case req.previous && req.period.IsZero():
		p = verdict.Previous.Period
	case req.previous:
		p = p.Step(-1)
	}
	return req.at(p)
}

// base is what change and moved compare with: from=, else the period before.
func (req request) base(verdict *score.Verdict, r score.Reading) score.Reading {
	switch {
	case !req.from.IsZero():
		return req.at(req.from)
	case r.Period == verdict.Current.Period:
		return req.at(verdict.Previous.Period)
	}
	return req.at(r.Period.Step(-1))
}

// toDate is the year to date up to the period of a reading: the verdict's own,
// else, for another period or an area, what was returned or the months give.
func (req request) toDate(verdict *score.Verdict, r score.Reading) score.Reading {
	t := verdict.ToDate
	if req.area == req.month.View.Whole() && r.Period == verdict.Current.Period {
		if t.Period.IsZero() { // the register asks for none
			return score.Reading{Period: r.Period}
		}
		out := score.Reading{Period: t.Period, Figure: t.Figure, Has: t.HasRow, Value: t.Has, Published: t.Value}
		out.Figure.Numerator, out.Figure.Denominator = t.Numerator, t.Denominator
		return out
	}
	if r.Period == verdict.Current.Period && !t.Period.IsZero() {
		return req.at(t.Period)
	}
	return req.at(req.toDateAt(r.Period.Last()))
}

// toDateAt is the year to date of the measure's kind of year up to a month.
func (req request) toDateAt(month period.Month) period.Period {
	if req.ind.Frequency == dataset.Termly {
		return period.AcademicYearToDateAt(month)
	}
	return period.FinancialYearToDate(month)
}

// instead says why a figure is not there, where its register tells, and what to
// write in its place.
func (req request) instead(r score.Reading) (why, hint string) {
	ind, p := req.ind, r.Period
	const plain = "name a figure that is there, or say in words that it is not available"
	verdict := req.month.Verdict(ind.Ref)
	switch req.aspect {
	case "change", "moved":
		if r.Value {
			p = req.base(verdict, r).Period
		}
	case "ytd":
		p = req.toDateAt(p.Last())
	case "", "of", "numerator", "denominator":
	default: // a target or a benchmark
		return "", plain
	}
	if score.Read(req.month.View, ind, req.area, p).Has || p.IsZero() {
		return "", plain
	}
	own := verdict.Current.Period
	switch several := p.Kind() != period.KindMonth && p.Months() > 0; {
	case ind.Frequency != dataset.Monthly && !score.IsOwn(ind.Frequency, p) && score.IsOwn(ind.Frequency, own):
		return fmt.Sprintf(", since it is %s", ind.Frequency), fmt.Sprintf("write one of its own periods, such as {{ %s @%s }}", ind.Ref, own)
	case ind.Frequency != dataset.Monthly || !several:
		return "", plain
	case ind.YTD == "reported", ind.YTD == "none":
		return fmt.Sprintf(", and with ytd %s it is not worked out from its months", ind.YTD),
			fmt.Sprintf("return it as a row of its own, with the period %s, or name a month, such as {{ %s @%s }}", p, ind.Ref, p.Last())
	}
	there := 0
	for m := p.First(); m <= p.Last(); m++ {
		f := score.Read(req.month.View, ind, req.area, period.OfMonth(m))
		if f.Value && ind.YTD != "ratio" || f.Figure.Numerator.Has && f.Figure.Denominator.Has {
			there++
		}
	}
	of := ""
	if ind.YTD == "ratio" {
		of = " with numerator and denominator"
	}
	if there == p.Months() {
		return "", plain // distinct people, or numbers out of reach
	}
	return fmt.Sprintf(": it is worked out from its months, and %d of %d are there%s", there, p.Months(), of),
		fmt.Sprintf("return the months that are missing, or name one that is there, such as {{ %s @%s }}", ind.Ref, own)
}

func (req request) at(p period.Period) score.Reading {
	return score.Over(req.month.View, req.ind, req.area, p)
}

// source says where a figure comes from: "3.2, January 2017, 22 of 121".
func source(req request, r score.Reading) string {
	label := req.ind.Label
	if label == "" || req.ind.IsPart() {
		label = req.ind.Name
	}
	parts := []string{label}
	if v := req.month.View; req.area != v.Whole() {
		parts = append(parts, v.AreaName(req.area))
	}
	for _, c := range req.month.View.Comparators() {
		if c.ID == req.aspect {
			parts = append(parts, c.Name)
		}
	}
	if req.aspect == "target" {
		parts = append(parts, "target")
	}
	when, of := r.Period.Words(), ""
	if n, d := r.Figure.Numerator, r.Figure.Denominator; n.Has && d.Has && req.aspect != "of" && req.aspect != "target" { // no counts are behind a target
		of = n.Decimal.Grouped() + " of " + d.Decimal.Grouped()
	}
	if req.aspect == "change" || req.aspect == "moved" { // both periods, each with its own counts
		base := req.base(req.month.Verdict(req.ind.Ref), r)
		if n, d := base.Figure.Numerator, base.Figure.Denominator; n.Has && d.Has && of != "" {
			of += " and " + n.Decimal.Grouped() + " of " + d.Decimal.Grouped()
		} else if of != "" {
			of += " in " + when
		}
		when += " and " + base.Period.Words()
	}
	if parts = append(parts, when); of != "" {
		parts = append(parts, of)
	}
	return strings.Join(parts, ", ")
}

func inArea(v *dataset.View, area string) string {
	if area == v.Whole() {
		return ""
	}
	return " in " + v.AreaName(area)
}
