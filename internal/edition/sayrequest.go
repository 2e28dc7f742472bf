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
)

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
	given    map[string]commentary.Word // the words read so far, by what they choose
}

var aspects = []string{"change", "moved", "ytd", "target", "of", "numerator", "denominator", "rag", "direction"}

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
	for n := 0; n <= len(words); n++ {
		if n > 0 {
			name += " " + words[n-1].Text
		}
		if ind := req.month.View.Indicator(name); ind != nil {
			req.ind, used = ind, n
		}
	}
	if req.ind == nil {
		given := strings.TrimPrefix(first.Text, scorecard+"/")
		return req, fault(ref, first.Place, fmt.Sprintf("there is no figure %s in %s as at %s", diag.Quote(given), scorecard, req.month.Month.Words()), e.meant(req.month, given, words))
	}
	req.area, req.given = req.month.View.Whole(), map[string]commentary.Word{}
	for _, w := range words[used:] {
		if p := req.word(e, ref, w); p != nil {
			return req, p
		}
	}
	if from, ok := req.given["a start"]; ok && req.aspect != "change" && req.aspect != "moved" {
		return req, fault(ref, from.Place, "from= goes with change or moved", "write {{ "+req.ind.Ref+" change from="+req.from.String()+" }}")
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
		if word, ok := req.given[kind]; ok {
			return fault(ref, word.Place, fmt.Sprintf("%s is that of %s for the whole authority, and does not go with %s", req.aspect, req.month.Month.Words(), diag.Quote(word.Text)),
				"write {{ "+req.ind.Ref+" "+req.aspect+" }}, or say in words what is meant")
		}
	}
	return nil
}

// word reads one word after the ref.
func (req *request) word(e *Edition, ref commentary.Ref, w commentary.Word) *diag.Problem {
	// Of two words for one thing neither is passed over.
	once := func(kind string) *diag.Problem {
		before, twice := req.given[kind]
		if !twice {
			req.given[kind] = w
			return nil
		}
		hint := "write a reference for each"
		if pair := before.Text + " " + w.Text; slices.Contains([]string{"ytd change", "change ytd", "ytd moved", "moved ytd"}, pair) {
			verb := strings.TrimSpace(strings.Replace(pair, "ytd", "", 1))
			now := req.toDateAt(req.month.Month.Add(-req.ind.Lag))
			hint = fmt.Sprintf("for the change of the year to date on that of the year before write {{ %s %s @%s from=%s }}", req.ind.Ref, verb, now, now.YearAgo())
		}
		return fault(ref, w.Place, fmt.Sprintf("%s and %s are two different things", diag.Quote(before.Text), diag.Quote(w.Text)), hint)
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
		return fault(ref, w.Place, fmt.Sprintf("there is no area %s", diag.Quote(req.area)), e.areaMeant(ref, w))
	default:
		for _, c := range e.Content.Site.Comparators {
			if c.ID == text {
				req.aspect = text
				return once("an aspect")
			}
		}
		known := append(append([]string{"previous", "year_ago"}, aspects...), e.comparatorIDs()...)
		hint := nearest(text, known, "it knows ")
		if longer := diag.Nearest(req.ind.Ref+" "+text, refs(req.month.View)); strings.Contains(longer, " ") {
			hint = "did you mean " + longer + "?"
		}
		return fault(ref, w.Place, fmt.Sprintf("a reference has no word %s", diag.Quote(text)), hint)
	}
}

// backwards refuses a change from a period on to one before it: its verb would
// say the contrary of what happened.
func (req *request) backwards(ref commentary.Ref) *diag.Problem {
	from, ok := req.given["a start"]
	if !ok {
		return nil
	}
	now := req.reading(req.month.Verdict(req.ind.Ref)).Period
	if now.IsZero() || period.Compare(req.from, now) < 0 {
		return nil
	}
	later, earlier := req.from, now
	if later == earlier {
		earlier = earlier.Step(-1)
	}
	return fault(ref, from.Place, fmt.Sprintf("%s is not before %s, and a change is told from the earlier to the later", req.from.Words(), now.Words()),
		fmt.Sprintf("write the earlier one after from=: {{ %s %s @%s from=%s }}", req.ind.Ref, req.aspect, later, earlier))
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
	at := ref.Place
	if from, ok := req.given["a start"]; ok {
		at = from.Place
	}
	return fault(ref, at, fmt.Sprintf("%s is counted in its period, and %s and %s are not of one length", ind.Ref, r.Period.Words(), base.Words()),
		"compare with a period as long, such as from="+r.Period.YearAgo().String()+"; if it is counted on a day, its basis in indicators.csv is as_at")
}

// meant is the mend of a reference that names no measure: by a slip in its ref,
// by the measure's name, or with a scorecard's title before the stroke.
func (e *Edition) meant(m *Month, given string, words []commentary.Word) string {
	id := m.Scorecard.ID
	said := given
	for _, w := range words {
		said += " " + w.Text
	}
	if title, rest, ok := strings.Cut(said, "/"); ok {
		for _, s := range e.Outline.Scorecards {
			if strings.EqualFold(title, s.Title) || strings.EqualFold(title, strings.ReplaceAll(s.ID, "-", " ")) {
				return fmt.Sprintf("a scorecard is named by its folder: write {{ %s/%s }}", s.ID, rest)
			}
		}
	}
	var named *dataset.Indicator // of two names that fit the longer
	rest := ""
	for _, ind := range m.View.Indicators {
		if after, ok := cutPrefixFold(said, ind.Name); ok && (named == nil || len(after) < len(rest)) {
			named, rest = ind, after
		}
	}
	if named != nil {
		return "a measure is named by its ref: write {{ " + named.Ref + rest + " }}"
	}
	known := refs(m.View)
	if near := diag.Nearest(said, known); near != "" {
		return "did you mean " + near + "?"
	}
	return nearest(given, known, "its measures are listed in data/"+id+"/indicators.csv")
}

// cutPrefixFold is strings.CutPrefix whatever the case, up to the end of a word.
func cutPrefixFold(s, prefix string) (after string, ok bool) {
	if len(s) < len(prefix) || prefix == "" || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	after = s[len(prefix):]
	return after, after == "" || after[0] == ' '
}

// areaMeant is the mend of area= with an area's name, which may hold spaces, or
// with a slip in its id.
func (e *Edition) areaMeant(ref commentary.Ref, at commentary.Word) string {
	said := ""
	for _, w := range ref.Words {
		switch {
		case w == at:
			said = strings.TrimPrefix(w.Text, "area=")
		case said != "":
			said += " " + w.Text
		}
	}
	for _, a := range e.Content.Site.Areas {
		if _, ok := cutPrefixFold(said, a.Name); ok {
			return "an area is named by its id: write area=" + a.ID
		}
	}
	return nearest(strings.TrimPrefix(at.Text, "area="), e.areaIDs(), "the areas are ")
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
	for _, s := range e.Outline.Scorecards {
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
	for _, h := range e.Outline.Scorecards {
		if len(h.Months) == 0 {
			continue
		}
		if s := e.Scorecard(h.ID); s != nil && s.Latest() != nil {
			for _, v := range s.Latest().Measures() {
				return "{{ " + s.ID + "/" + v.Indicator.Ref + " }}"
			}
		}
	}
	return "{{ early-help/3.2 }}"
}
