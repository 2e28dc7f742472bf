package edition

import (
	"fmt"
	"slices"
	"sort"
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
}

// request is a reference taken apart.
type request struct {
	month      *Month
	ind        *dataset.Indicator
	aspect     string // "" for the figure itself
	aspectWord commentary.Word
	previous   bool
	yearAgo    bool
	period     period.Period
	from       period.Period
	area       string
}

var aspects = []string{"change", "moved", "ytd", "target", "of", "numerator", "denominator", "rag", "direction"}

// Say answers one {{ }} as at a month. scorecard is the page's own ("" where it
// has none: the reference must then name one); month 0 means the latest. A
// reference that is unknown, or whose figure is not there outside a table, is a
// problem and says nothing.
func (e *Edition) Say(ref commentary.Ref, scorecard string, month period.Month) (Said, *diag.Problem) {
	if ref.Figure {
		return Said{Text: ref.External, Source: ref.Origin}, nil
	}
	req, problem := e.request(ref, scorecard, month)
	if problem != nil {
		return Said{}, problem
	}
	text, reading, missing := e.answer(req)
	if missing != "" {
		if ref.InTable {
			mark := "[x]"
			if reading.Has && reading.Figure.Marks != "" {
				mark = ""
				for _, m := range strings.Fields(string(reading.Figure.Marks)) {
					mark += "[" + m + "]"
				}
			}
			return Said{Text: mark, Source: source(req, reading), Scorecard: req.month.Scorecard.ID, Ref: pageRef(req.ind)}, nil
		}
		return Said{}, fault(ref, ref.Place, missing, "name a figure that is there, or say in words that it is not available")
	}
	return Said{Text: text, Source: source(req, reading), Scorecard: req.month.Scorecard.ID, Ref: pageRef(req.ind)}, nil
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

// request reads the words of a reference.
func (e *Edition) request(ref commentary.Ref, scorecard string, month period.Month) (request, *diag.Problem) {
	var req request
	if len(ref.Words) == 0 {
		return req, fault(ref, ref.Place, "the reference names no figure", "write the number of a measure, such as {{ 3.2 }}")
	}
	first := ref.Words[0]
	name := first.Text
	if id, rest, ok := strings.Cut(name, "/"); ok {
		scorecard, name = id, rest
	}
	if scorecard == "" {
		return req, fault(ref, first.Place, fmt.Sprintf("%s does not say of which scorecard", diag.Quote(first.Text)), "this page belongs to no scorecard: write it as scorecard/ref, such as "+e.example())
	}
	card := e.Scorecard(scorecard)
	if card == nil {
		return req, fault(ref, first.Place, fmt.Sprintf("there is no scorecard %s", diag.Quote(scorecard)), nearest(scorecard, e.cardIDs(), "the scorecards are "))
	}
	for _, m := range card.Months {
		if month == 0 || m.Month <= month {
			req.month = m
		}
	}
	if req.month == nil {
		return req, fault(ref, first.Place, fmt.Sprintf("nothing of %s has been released by then", scorecard), "refer to a scorecard that has a released month")
	}
	// A ref may hold single spaces: the longest run of words that is one counts.
	words := ref.Words[1:]
	used := 0
	for n := 0; n <= len(words) && n < 4; n++ {
		if n > 0 {
			name += " " + words[n-1].Text
		}
		if ind := req.month.View.Indicator(name); ind != nil {
			req.ind, used = ind, n
		}
	}
	if req.ind == nil {
		given := strings.TrimPrefix(first.Text, scorecard+"/")
		return req, fault(ref, first.Place, fmt.Sprintf("there is no figure %s in %s as at %s", diag.Quote(given), scorecard, req.month.Month.Words()), nearest(given, refs(req.month.View), "its measures are listed in data/"+scorecard+"/indicators.csv"))
	}
	req.area = req.month.View.Whole()
	for _, w := range words[used:] {
		if p := req.word(e, ref, w); p != nil {
			return req, p
		}
	}
	if req.from != (period.Period{}) && req.aspect != "change" && req.aspect != "moved" {
		return req, fault(ref, ref.Place, "from= goes with change or moved", "write {{ "+req.ind.Ref+" change from="+req.from.String()+" }}")
	}
	return req, nil
}

// word reads one word after the ref.
func (req *request) word(e *Edition, ref commentary.Ref, w commentary.Word) *diag.Problem {
	aspect := func(name string) *diag.Problem {
		if req.aspect != "" {
			return fault(ref, w.Place, fmt.Sprintf("%s and %s are two different things", diag.Quote(req.aspect), diag.Quote(name)), "write a reference for each")
		}
		req.aspect, req.aspectWord = name, w
		return nil
	}
	when := func(text string, at diag.Place) (period.Period, *diag.Problem) {
		p, err := period.Parse(text)
		if err != nil {
			return p, fault(ref, at, fmt.Sprintf("%s is not a period", diag.Quote(text)), "write a month such as 2016-12, a quarter 2016-17-Q3 or a year 2015-16")
		}
		return p.Through(req.month.Month.Add(-req.ind.Lag)), nil
	}
	switch text := w.Text; {
	case text == "previous":
		req.previous = true
	case text == "year_ago":
		req.yearAgo = true
	case slices.Contains(aspects, text):
		return aspect(text)
	case strings.HasPrefix(text, "@"):
		p, problem := when(text[1:], w.Place)
		if problem != nil {
			return problem
		}
		req.period = p
	case strings.HasPrefix(text, "from="):
		p, problem := when(text[len("from="):], w.Place)
		if problem != nil {
			return problem
		}
		req.from = p
	case strings.HasPrefix(text, "area="):
		req.area = text[len("area="):]
		for _, a := range e.Content.Site.Areas {
			if a.ID == req.area {
				return nil
			}
		}
		return fault(ref, w.Place, fmt.Sprintf("there is no area %s", diag.Quote(req.area)), nearest(req.area, e.areaIDs(), "the areas are "))
	default:
		for _, c := range e.Content.Site.Comparators {
			if c.ID == text {
				return aspect(text)
			}
		}
		known := append(append([]string{"previous", "year_ago"}, aspects...), e.comparatorIDs()...)
		return fault(ref, w.Place, fmt.Sprintf("a reference has no word %s", diag.Quote(text)), nearest(text, known, "it knows "))
	}
	return nil
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
		if req.area != v.Whole() {
			if f, ok := v.StatedToDate(ind.Ref, req.area); ok && f.Value.Has {
				r = score.Reading{Period: f.Period, Figure: f, Has: true, Value: true, Published: ind.Publish(f.Value.Decimal)}
				return ind.Format(r.Published), r, ""
			}
			return none("stated year to date")
		}
		if !verdict.ToDate.Has {
			return none("year to date")
		}
		r.Period, r.Figure = verdict.ToDate.Period, verdict.ToDate.Figure
		return ind.Format(verdict.ToDate.Value), r, ""
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
	parts = append(parts, r.Period.Words())
	if n, d := r.Figure.Numerator, r.Figure.Denominator; n.Has && d.Has && req.aspect != "of" {
		parts = append(parts, n.Decimal.Grouped()+" of "+d.Decimal.Grouped())
	}
	return strings.Join(parts, ", ")
}

// checkRefs asks every reference of every text that is shown, so that a fault is
// found when the site is built and not when a page is opened.
func (e *Edition) checkRefs(problems *diag.List) {
	ask := func(text commentary.Text, scorecard string, month period.Month) {
		for _, ref := range text.Refs() {
			if _, problem := e.Say(ref, scorecard, month); problem != nil {
				problems.Add(*problem)
			}
		}
	}
	ask(e.Content.Home.Text, "", 0)
	for _, page := range e.Content.Pages {
		ask(page.Text, "", 0)
	}
	for _, s := range e.Scorecards {
		if s.Latest() == nil {
			continue
		}
		for _, m := range s.Months {
			ask(s.Text.Intro, s.ID, m.Month)
			ask(m.Cover.Summary, s.ID, m.Month)
			for _, a := range m.Cover.Analyses {
				ask(a.Text, s.ID, m.Month)
			}
			for _, sec := range s.Sections {
				ask(sec.Notes, s.ID, m.Month)
			}
		}
	}
}

func nearest(word string, known []string, list string) string {
	if near := diag.Nearest(word, known); near != "" {
		return "did you mean " + near + "?"
	}
	if strings.HasSuffix(list, " ") {
		return list + strings.Join(known, ", ")
	}
	return list
}

func refs(v *dataset.View) []string {
	list := make([]string, len(v.Indicators))
	for i, ind := range v.Indicators {
		list[i] = ind.Ref
	}
	return list
}

func (e *Edition) cardIDs() []string {
	var ids []string
	for _, s := range e.Scorecards {
		ids = append(ids, s.ID)
	}
	sort.Strings(ids)
	return ids
}

func (e *Edition) areaIDs() []string {
	var ids []string
	for _, a := range e.Content.Site.Areas {
		ids = append(ids, a.ID)
	}
	return ids
}

func (e *Edition) comparatorIDs() []string {
	var ids []string
	for _, c := range e.Content.Site.Comparators {
		ids = append(ids, c.ID)
	}
	return ids
}

func (e *Edition) example() string {
	for _, s := range e.Scorecards {
		if m := s.Latest(); m != nil {
			for _, v := range m.Measures() {
				return "{{ " + s.ID + "/" + v.Indicator.Ref + " }}"
			}
		}
	}
	return "{{ early-help/3.2 }}"
}

func inArea(v *dataset.View, area string) string {
	if area == v.Whole() {
		return ""
	}
	return " in " + v.AreaName(area)
}
