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
	month    *Month
	ind      *dataset.Indicator
	aspect   string // "" for the figure itself
	previous bool
	yearAgo  bool
	period   period.Period
	from     period.Period
	area     string
	given    map[string]string // the words read so far, by what they choose
}

var aspects = []string{"change", "moved", "ytd", "target", "of", "numerator", "denominator", "rag", "direction"}

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
	text, reading, missing := e.answer(req)
	if missing != "" {
		if ref.InTable {
			mark := "[x]"
			if symbols := strings.Fields(string(reading.Figure.Marks)); !reading.Value && len(symbols) > 0 {
				mark = "[" + strings.Join(symbols, "][") + "]"
			}
			return Said{Text: mark, Source: source(req, reading), Scorecard: req.month.Scorecard.ID, Ref: pageRef(req.ind)}, nil, false
		}
		return Said{}, fault(ref, ref.Place, missing, "name a figure that is there, or say in words that it is not available"), true
	}
	return Said{Text: text, Source: source(req, reading), Scorecard: req.month.Scorecard.ID, Ref: pageRef(req.ind)}, nil, false
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
	if req.month = card.At(month); req.month == nil {
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
	req.area, req.given = req.month.View.Whole(), map[string]string{}
	for _, w := range words[used:] {
		if p := req.word(e, ref, w); p != nil {
			return req, p
		}
	}
	if req.from != (period.Period{}) && req.aspect != "change" && req.aspect != "moved" {
		return req, fault(ref, ref.Place, "from= goes with change or moved", "write {{ "+req.ind.Ref+" change from="+req.from.String()+" }}")
	}
	if p := req.onlyCurrent(ref); p != nil {
		return req, p
	}
	return req, nil
}

// onlyCurrent refuses words that would have no effect: a rating, a direction, a
// target and a benchmark are those of the current figure of the whole
// authority. To show one of these for another period or area would be to show
// the wrong one.
func (req *request) onlyCurrent(ref commentary.Ref) *diag.Problem {
	switch req.aspect {
	case "", "change", "moved", "of", "numerator", "denominator", "ytd":
		return nil
	}
	for _, kind := range []string{"a period", "a step back", "an area"} {
		if word := req.given[kind]; word != "" {
			return fault(ref, ref.Place, fmt.Sprintf("%s is that of %s for the whole authority, and does not go with %s", req.aspect, req.month.Month.Words(), diag.Quote(word)),
				"write {{ "+req.ind.Ref+" "+req.aspect+" }}, or say in words what is meant")
		}
	}
	return nil
}

// word reads one word after the ref.
func (req *request) word(e *Edition, ref commentary.Ref, w commentary.Word) *diag.Problem {
	// Of two words for one thing neither is passed over.
	once := func(kind string) *diag.Problem {
		if before, twice := req.given[kind]; twice {
			return fault(ref, w.Place, fmt.Sprintf("%s and %s are two different things", diag.Quote(before), diag.Quote(w.Text)), "write a reference for each")
		}
		req.given[kind] = w.Text
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
	case text == "previous", text == "year_ago":
		req.previous, req.yearAgo = text == "previous", text == "year_ago"
		return once("a step back")
	case slices.Contains(aspects, text):
		req.aspect = text
		return once("an aspect")
	case strings.HasPrefix(text, "@"):
		p, problem := when(text[1:], w.Place)
		if problem != nil {
			return problem
		}
		req.period = p
		return once("a period")
	case strings.HasPrefix(text, "from="):
		p, problem := when(text[len("from="):], w.Place)
		if problem != nil {
			return problem
		}
		req.from = p
		return once("a start")
	case strings.HasPrefix(text, "area="):
		req.area = text[len("area="):]
		for _, a := range e.Content.Site.Areas {
			if a.ID == req.area {
				return once("an area")
			}
		}
		return fault(ref, w.Place, fmt.Sprintf("there is no area %s", diag.Quote(req.area)), nearest(req.area, e.areaIDs(), "the areas are "))
	default:
		for _, c := range e.Content.Site.Comparators {
			if c.ID == text {
				req.aspect = text
				return once("an aspect")
			}
		}
		known := append(append([]string{"previous", "year_ago"}, aspects...), e.comparatorIDs()...)
		return fault(ref, w.Place, fmt.Sprintf("a reference has no word %s", diag.Quote(text)), nearest(text, known, "it knows "))
	}
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

// unlike refuses a change between periods of different length of what is
// counted in its period: a month is always below a year.
func (req request) unlike(ref commentary.Ref) *diag.Problem {
	ind := req.ind
	if req.aspect != "change" && req.aspect != "moved" || ind.Basis != "in_month" || ind.Unit != quantity.Count && ind.Unit != quantity.Money {
		return nil
	}
	verdict := req.month.Verdict(ind.Ref)
	r := req.reading(verdict)
	base := req.base(verdict, r).Period
	termly := r.Period.Kind() == base.Kind() && (base.Kind() == period.Term || base.Kind() == period.HalfTerms) // as long as a school makes them
	if r.Period.IsZero() || base.IsZero() || termly || r.Period.Months() == base.Months() {
		return nil
	}
	return fault(ref, ref.Place, fmt.Sprintf("%s is counted in its period, and %s and %s are not of one length", ind.Ref, r.Period.Words(), base.Words()),
		"compare with a period as long, such as from="+r.Period.YearAgo().String()+"; if it is counted on a day, its basis in indicators.csv is as_at")
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
	switch {
	case r.Period == verdict.Current.Period && !t.Period.IsZero():
		return req.at(t.Period)
	case req.ind.Frequency == dataset.Termly:
		return req.at(period.AcademicYearToDateAt(r.Period.Last()))
	}
	return req.at(period.FinancialYearToDate(r.Period.Last()))
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
	if n, d := r.Figure.Numerator, r.Figure.Denominator; n.Has && d.Has && req.aspect != "of" {
		of = n.Decimal.Grouped() + " of " + d.Decimal.Grouped()
	}
	if !req.from.IsZero() { // of a change: both periods, each with its own counts
		base := req.at(req.from)
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

// checkRefs asks every reference of every text that is shown, so that a fault is
// found when the site is built and not when a page is opened. Where the data
// themselves could not all be read, a figure that is not there is no fault of
// the text: it is told once they can.
func (e *Edition) checkRefs(problems *diag.List, dataFaults bool) {
	ask := func(text commentary.Text, scorecard string, month period.Month) {
		for _, ref := range text.Refs() {
			if _, problem, absent := e.say(ref, scorecard, month); problem != nil && !(absent && dataFaults) {
				problems.Add(*problem)
			}
		}
	}
	for i := range e.Content.Reports {
		if r := &e.Content.Reports[i]; e.Report(r.Slug) != nil || e.Options.Drafts && r.IsExempt() && !r.Broken {
			e.checkReport(r, problems, ask)
		}
	}
	for i := range e.Content.Meetings {
		if m := &e.Content.Meetings[i]; e.Meeting(m.Slug) != nil {
			e.checkMeeting(m, problems, ask)
		}
	}
	ask(e.Content.Home.Text, "", 0)
	for _, page := range e.Content.Pages {
		ask(page.Text, "", 0)
	}
	for _, plan := range e.Plans {
		ask(plan.Text.Text, "", 0)
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

// asker looks for faults in the references of a text.
type asker func(text commentary.Text, scorecard string, month period.Month)

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
