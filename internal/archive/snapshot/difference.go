package snapshot

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"outturn/internal/archive/bag"
	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// State is a site as it stood at a time: a snapshot, or the site of today.
type State struct {
	Name  string // 2016-17-q3, or latest
	AsAt  period.Month
	Pages fs.FS // what is published; its JSON is read
	Texts fs.FS // what made it: data/ and content/
}

// Differences are what changed from one state to another.
type Differences struct {
	From    string         `json:"from"`
	To      string         `json:"to"`
	Ratings []RatingChange `json:"ratings"` // of measures in both
	Figures []FigureChange `json:"figures"` // of periods that the first knew too: what was revised
	Rules   []RuleChange   `json:"rules"`   // targets and definitions
	Added   []Measure      `json:"added"`
	Dropped []Measure      `json:"dropped"`
	Words   []TextChange   `json:"words"` // in texts that both have
	Whole   string         `json:"-"`     // the area that is the whole authority, by id
}

// None reports whether nothing changed.
func (d Differences) None() bool {
	return len(d.Ratings)+len(d.Figures)+len(d.Rules)+len(d.Added)+len(d.Dropped)+len(d.Words) == 0
}

// Measure names a measure.
type Measure struct {
	Scorecard string `json:"scorecard"`
	Ref       string `json:"ref"`
	Label     string `json:"label"` // as printed; "" for one that prints none
	Name      string `json:"name"`
}

// RatingChange is a measure that has another rating. Was and Now are green,
// amber, red or none.
type RatingChange struct {
	Measure
	Was       string `json:"was"`
	Now       string `json:"now"`
	WasFigure string `json:"was_figure"` // as published, with its period: "30.2% for December 2016"
	NowFigure string `json:"now_figure"`
	Reason    string `json:"reason"` // of the new one
}

// FigureChange is a figure that was published and is another now.
type FigureChange struct {
	Measure
	Part     string `json:"part"` // the part of the measure whose figure it is, by name; "" for its own
	Area     string `json:"area"` // by id
	Period   string `json:"period"`
	Was      string `json:"was"` // as published: "18.2%", or the shorthand "[x]"
	Now      string `json:"now"`
	By       string `json:"by"`       // "up by 1.5 percentage points"; "" where one is no number
	Returned string `json:"returned"` // the month of the return that changed it; "" for a figure that is gone
	Note     string `json:"note"`     // of that return

	Reasons []GivenReason `json:"reasons"` // that the returns since the first state give, oldest first
}

// GivenReason is why a figure was revised, as a return says.
type GivenReason struct {
	Reason string `json:"reason"` // late_data, correction or definition
	Return string `json:"return"` // the return's month, such as 2017-01
	Issue  int    `json:"issue"`  // of that return, from 1
}

// RuleChange is a target, a benchmark, a definition or a rule of rating that is another now,
// of a measure that both have; with no Ref it is for every measure of the
// scorecard, with no Scorecard either for every scorecard. Was is "" where there was none, Now where there is none any more.
type RuleChange struct {
	Measure
	What string `json:"what"` // "target for 2016-17", "benchmark for 2015-16, england", a column of indicators.csv, a key of the scorecard, "role of england"
	Was  string `json:"was"`
	Now  string `json:"now"`
}

// TextChange is a text that both states have, with the passages that only one
// of them has.
type TextChange struct {
	File  string    `json:"file"`  // below content/
	Title string    `json:"title"` // of the page, as it is now; "" where its keys give none
	Was   []Passage `json:"was"`
	Now   []Passage `json:"now"`
}

// Passage is a paragraph of a text, or what a key of its front matter prints.
type Passage struct {
	Key  string `json:"key"` // definition, data_note …; "" for a paragraph
	Text string `json:"text"`
}

// StateOf is the state that a snapshot of a site keeps. What is read of it is
// held against the manifest of its bag: a byte that was changed is an error.
func StateOf(site fs.FS, s Snapshot) (State, error) {
	state := State{Name: s.ID, AsAt: s.AsAt}
	dir, err := fs.Sub(site, Folder(s.ID))
	if err != nil {
		return state, err
	}
	sealed, err := bag.Seal(dir, Folder(s.ID))
	if err != nil {
		return state, err
	}
	if state.Pages, err = fs.Sub(sealed, Site); err != nil {
		return state, err
	}
	state.Texts, err = fs.Sub(sealed, Sources)
	return state, err
}

// Compared reports whether what was changed in a file of a snapshot, named from
// the snapshot's folder, would change what [Compare] says: a few hundred files
// of a bag of tens of thousands. The pages among them are looked at where they
// are copied.
func Compared(name string) bool {
	name, source := strings.CutPrefix(name, Sources+"/")
	return source && (strings.HasPrefix(name, "data/") || strings.HasSuffix(name, ".md") || name == "content/site.yaml")
}

// Compare says what changed from one state to another. It fails where a file of
// a state is not there or is not what the program writes.
func Compare(from, to State) (Differences, error) {
	d := Differences{From: from.Name, To: to.Name, Ratings: []RatingChange{}, Figures: []FigureChange{},
		Rules: []RuleChange{}, Added: []Measure{}, Dropped: []Measure{}, Words: []TextChange{}}
	settings, _ := fs.ReadFile(to.Texts, "content/site.yaml") // without it every area is named
	d.Whole = commentary.WholeArea(settings)
	was, err := scorecards(from)
	if err != nil {
		return d, err
	}
	now, err := scorecards(to)
	if err != nil {
		return d, err
	}
	for _, id := range union(was, now) {
		d.scorecard(id, was[id], now[id])
		if was[id] == nil || now[id] == nil {
			continue // all its measures are new, or gone
		}
		if err := d.figures(from, to, id, now[id]); err != nil {
			return d, err
		}
		if err := d.rules(from, to, id, was[id], now[id]); err != nil {
			return d, err
		}
	}
	if err := d.comparators(from, to); err != nil {
		return d, err
	}
	return d, d.words(from, to)
}

// scorecard is api/<id>/<month>.json, as far as it is compared.
type scorecard struct {
	ID         string      `json:"scorecard"`
	Indicators []indicator `json:"indicators"`
}

// scorecards reads the newest month of each.
func scorecards(s State) (map[string]*scorecard, error) {
	cards := map[string]*scorecard{}
	folders, err := readDir(s.Pages, "api")
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		files, err := readDir(s.Pages, "api/"+folder.Name())
		if err != nil || len(files) == 0 {
			return nil, err
		}
		card := &scorecard{}
		name := path.Join("api", folder.Name(), files[len(files)-1].Name()) // months sort by name
		if err := readJSON(s.Pages, name, card); err != nil {
			return nil, err
		}
		cards[folder.Name()] = card
	}
	return cards, nil
}

// readDir lists a folder by name; one that is not there is empty.
func readDir(dir fs.FS, name string) ([]fs.DirEntry, error) {
	if _, err := fs.Stat(dir, name); err != nil {
		return nil, nil
	}
	return fs.ReadDir(dir, name)
}

func readJSON(dir fs.FS, name string, into any) error {
	text, err := fs.ReadFile(dir, name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	return nil
}

func union[V any](a, b map[string]V) []string {
	var keys []string
	for k := range a {
		keys = append(keys, k)
	}
	for k := range b {
		if _, both := a[k]; !both {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, dataset.CompareRefs)
	return keys
}

// scorecard compares ratings, and finds measures that are new or gone.
func (d *Differences) scorecard(id string, was, now *scorecard) {
	if was == nil {
		was = &scorecard{}
	}
	if now == nil {
		now = &scorecard{}
	}
	for i := range now.Indicators {
		n := &now.Indicators[i]
		m := measure(id, n.Ref, n.Label, n.Name)
		at := slices.IndexFunc(was.Indicators, func(w indicator) bool { return w.Ref == n.Ref })
		if at < 0 {
			d.Added = append(d.Added, m)
			continue
		}
		if w := &was.Indicators[at]; w.RAG.Rating != n.RAG.Rating {
			d.Ratings = append(d.Ratings, RatingChange{m, w.RAG.Rating, n.RAG.Rating,
				figureFor(w.Unit, w.Current.Value, w.Current.Mark, w.Current.Period),
				figureFor(n.Unit, n.Current.Value, n.Current.Mark, n.Current.Period), n.RAG.Reason})
		}
	}
	for i := range was.Indicators {
		w := &was.Indicators[i]
		if !slices.ContainsFunc(now.Indicators, func(n indicator) bool { return n.Ref == w.Ref }) {
			d.Dropped = append(d.Dropped, measure(id, w.Ref, w.Label, w.Name))
		}
	}
}

type indicator struct {
	Ref     string  `json:"ref"`
	Label   *string `json:"label"`
	Name    string  `json:"name"`
	Unit    string  `json:"unit"`
	Current struct {
		Period string          `json:"period"`
		Value  json.RawMessage `json:"value"`
		Mark   *string         `json:"mark"`
	} `json:"current"`
	RAG struct {
		Rating string `json:"rating"`
		Reason string `json:"reason"`
	} `json:"rag"`
}

func measure(card, ref string, label *string, name string) Measure {
	m := Measure{Scorecard: card, Ref: ref, Name: name}
	if label != nil {
		m.Label = *label
	}
	return m
}

// noFigure stands where there is none.
const noFigure = "no figure"

// shown is a figure as it is published: "18.2%", or its shorthand.
func shown(unit string, value json.RawMessage, mark *string) string {
	text := ""
	if json.Unmarshal(value, &text) == nil && text != "" {
		return text // a grade is a word
	}
	if n, ok := number(value); ok {
		if u, known := quantity.ParseUnit(unit); known {
			return u.Format(n)
		}
		return n.Grouped()
	}
	if mark != nil && *mark != "" {
		return "[" + strings.Fields(*mark)[0] + "]"
	}
	return noFigure
}

func number(value json.RawMessage) (quantity.Decimal, bool) {
	text := string(bytes.TrimSpace(value))
	if text == "" || text == "null" || text[0] == '"' {
		return quantity.Decimal{}, false
	}
	n, err := quantity.Parse(text)
	return n.Decimal, err == nil
}

func figureFor(unit string, value json.RawMessage, mark *string, p string) string {
	text := shown(unit, value, mark)
	if n, ok := number(value); ok {
		text = inWords(unit, n)
	}
	return text + " for " + periodWords(p)
}

// inWords is a figure with its unit, as it stands in a sentence: "10.6 days".
func inWords(unit string, n quantity.Decimal) string {
	u, known := quantity.ParseUnit(unit)
	if !known {
		return n.Grouped()
	}
	text := u.Format(n)
	if suffix := u.Suffix(); suffix != "" && !strings.Contains(text, suffix) {
		text += " " + suffix
	}
	return text
}

func periodWords(p string) string {
	if parsed, err := period.Parse(p); err == nil {
		return parsed.Words()
	}
	return p
}

// series is <card>/indicators/<ref>.json, as far as it is compared.
type series struct {
	Ref   string  `json:"ref"`
	Label *string `json:"label"`
	Name  string  `json:"name"`
	Unit  string  `json:"unit"`
	Parts []struct {
		Ref  string `json:"ref"`
		Name string `json:"name"`
		Unit string `json:"unit"`
	} `json:"parts"`
	Figures []figure `json:"figures"`
}

type figure struct {
	Ref      string          `json:"ref"`
	Area     string          `json:"area"`
	Period   string          `json:"period"`
	Value    json.RawMessage `json:"value"`
	Mark     *string         `json:"mark"`
	Returned string          `json:"returned"`
	Note     *string         `json:"note"`
}

type figureKey struct{ ref, area, period string }

// figures finds what was revised: the figures of the first state that are
// others in the second, and those that are gone. A year to date of another month is another period,
// although it is written alike.
func (d *Differences) figures(from, to State, id string, now *scorecard) error {
	reasons := readReasons(from, to, d.Whole, id)
	for i := range now.Indicators {
		n := &now.Indicators[i]
		name := path.Join(id, "indicators", dataset.RefFile(n.Ref)+".json")
		var before, after series
		if _, err := fs.Stat(from.Pages, name); err != nil {
			continue // a new measure
		}
		if err := readJSON(from.Pages, name, &before); err != nil {
			return err
		}
		if err := readJSON(to.Pages, name, &after); err != nil {
			return err
		}
		old := make(map[figureKey]*figure, len(before.Figures))
		for j := range before.Figures {
			f := &before.Figures[j]
			old[figureKey{f.Ref, f.Area, f.Period}] = f
		}
		stands := make(map[figureKey]bool, len(after.Figures))
		for j := range after.Figures {
			f := &after.Figures[j]
			stands[figureKey{f.Ref, f.Area, f.Period}] = true
			was := old[figureKey{f.Ref, f.Area, f.Period}]
			if was == nil || strings.HasSuffix(f.Period, "-YTD") {
				continue
			}
			unit, part := after.unit(f.Ref)
			oldUnit, _ := before.unit(f.Ref)
			then, is := shown(oldUnit, was.Value, was.Mark), shown(unit, f.Value, f.Mark)
			if then == is {
				continue
			}
			change := FigureChange{Measure: measure(id, n.Ref, n.Label, n.Name), Part: part, Area: f.Area,
				Period: f.Period, Was: then, Now: is, By: by(unit, was.Value, f.Value), Returned: f.Returned,
				Reasons: reasons.why(figureKey{f.Ref, f.Area, f.Period}, f.Returned)}
			if f.Note != nil {
				change.Note = *f.Note
			}
			d.Figures = append(d.Figures, change)
		}
		for j := range before.Figures {
			f := &before.Figures[j]
			unit, part := before.unit(f.Ref)
			then := shown(unit, f.Value, f.Mark)
			if stands[figureKey{f.Ref, f.Area, f.Period}] || strings.HasSuffix(f.Period, "-YTD") || then == noFigure {
				continue
			}
			d.Figures = append(d.Figures, FigureChange{Measure: measure(id, n.Ref, n.Label, n.Name), Part: part, Area: f.Area,
				Period: f.Period, Was: then, Now: noFigure, Reasons: []GivenReason{}})
		}
	}
	return nil
}

// unit is that of a ref of the series, with the name of the part that it is.
func (s *series) unit(ref string) (unit, part string) {
	for _, p := range s.Parts {
		if p.Ref == ref {
			return p.Unit, p.Name
		}
	}
	return s.Unit, ""
}

// by says how far a figure moved: the difference of two published values.
func by(unit string, was, now json.RawMessage) string {
	a, ok1 := number(was)
	b, ok2 := number(now)
	if !ok1 || !ok2 {
		return ""
	}
	change, err := b.Sub(a)
	if err != nil {
		return ""
	}
	word := "up by "
	if change.Sign() < 0 {
		word = "down by "
	}
	change = change.Abs()
	u, known := quantity.ParseUnit(unit)
	if known && u == quantity.Percent {
		return word + change.Grouped() + " percentage points"
	}
	return word + inWords(unit, change)
}
