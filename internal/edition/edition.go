// Package edition holds one site, loaded and judged: its settings, data and
// texts become scorecards with their released months, every measure scored as
// at each of them, and every {{ }} of the texts knows what it says.
//
// A month is released when its cover is approved and its date has come; an
// edition for the public knows nothing of any other month's return (contract,
// sections 1 and 4). "Today" is an argument: nothing here reads a clock.
package edition

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// Options choose what an edition shows.
type Options struct {
	Today    period.Date  // the day by which publish_on is judged; who makes pages asks the edition for it (Come, Past, Today)
	AsAt     period.Month // the latest month to show; 0: no bound
	Drafts   bool         // show what is not released, marked as such
	InFull   bool         // with Drafts: tell the faults of exempt reports with their words (outturn check alone)
	Snapshot string       // the quarter to be frozen, such as 2016-17-q3, of which AsAt is the last month; "": none, this is the site
}

// Edition is one site, loaded and judged; or a part of it, which [Inputs] makes.
type Edition struct {
	Content    *commentary.Content // of a part: what that part may know of it
	Theme      *theme.Theme
	Options    Options
	Outline    Outline
	Scorecards []*Scorecard // its own, by id
	Plans      []*Plan      // by id
	Reports    []*Report    // newest first
	Meetings   []*Meeting   // newest first

	in      *Inputs
	asked   *asking
	known   []*Scorecard          // others that were read before
	opened  map[string]*Scorecard // others that were asked for; nil where one could not be read
	unsound bool                  // the data of one of these have errors
	earlier map[string]*Month     // scorecards as at months without a page, for Since
}

// Scorecard is one scorecard with its released months.
type Scorecard struct {
	ID, Title, Owner string
	Text             commentary.Scorecard // its zero value where content/ has no folder for it
	Data             *dataset.Scorecard
	Settings         dataset.ScorecardSettings
	Sections         []Section // in order
	Months           []*Month  // released, oldest first; with Drafts also those that are not

	asked Asked // of the day, when it was judged
}

// Section is a section of a scorecard.
type Section struct {
	ID, Title, Definition, Owner string
	Notes                        commentary.Text
}

// Month is a scorecard as it stood at one month.
type Month struct {
	Scorecard *Scorecard
	Month     period.Month
	View      *dataset.View
	Verdicts  []score.Verdict // in the order of View.Indicators, parts included
	Cover     commentary.Cover
	HasCover  bool
	Draft     bool // holds what is not released: shown only with Drafts
	Released  bool // its cover lets it out, though a later issue of its return may be held back
	Issue     int

	byRef     map[string]int
	measures  []*score.Verdict
	inSection map[string][]*score.Verdict
}

// Load reads and judges a site. It always returns what could be made; what is
// wrong is in problems, and with an error among them nothing may be published.
func Load(site fs.FS, th *theme.Theme, opt Options, problems *diag.List) *Edition {
	content := commentary.Load(site, DataFolders(site), problems)
	return Gather(site, content, th, opt, problems).Whole(problems)
}

// DataFolders names the folders in data/. A link to a folder is one, as the
// dataset reads it.
func DataFolders(site fs.FS) []string {
	entries, err := fs.ReadDir(site, "data")
	if err != nil {
		return nil
	}
	var names []string
	for _, entry := range entries {
		if info, err := fs.Stat(site, "data/"+entry.Name()); err == nil && info.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names
}

// judge scores a scorecard as at each of its months, but for those that former
// has of the same data.
func (in *Inputs) judge(data *dataset.Scorecard, text *commentary.Scorecard, former *Scorecard) *Scorecard {
	settings := in.settings.Scorecards[data.ID]
	s := &Scorecard{ID: data.ID, Title: Humanise(data.ID), Data: data, Settings: settings}
	if text != nil {
		s.Text, s.Owner = *text, text.Owner
		if text.Title != "" {
			s.Title = text.Title
		}
	}
	asked := &asking{today: in.opt.Today}
	covers := map[period.Month]commentary.Cover{}
	for _, cover := range s.Text.Covers {
		covers[cover.Month] = cover
	}
	released := func(v dataset.Vintage) bool {
		if v.Month < settings.FirstReport {
			return true
		}
		cover := covers[v.Month]
		return asked.releases(cover) && (cover.Issue == 0 || v.Issue <= cover.Issue)
	}
	include := released
	if in.opt.Drafts {
		include = func(dataset.Vintage) bool { return true }
	}
	vintages := data.Vintages()
	for _, month := range in.months(s.Text, settings, vintages, asked) {
		cover := covers[month]
		out := asked.releases(cover)
		m := &Month{Scorecard: s, Month: month, Cover: cover, HasCover: cover.HasCover, Draft: !out, Released: out}
		if was := former.month(month, data, in.opt); was != nil {
			m.View, m.Verdicts, m.byRef, m.inSection = was.View, was.Verdicts, was.byRef, was.inSection
		} else {
			m.judge(data.AsAt(month, include))
		}
		for _, v := range vintages {
			m.Draft = m.Draft || m.View.Knows(v) && !released(v)
		}
		m.Issue = max(m.View.Issue, cover.Issue, 1)
		s.Months = append(s.Months, m)
	}
	s.Sections = sections(s)
	for _, m := range s.Months {
		for _, sec := range s.Sections {
			m.measures = append(m.measures, m.InSection(sec.ID)...)
		}
	}
	s.asked = asked.Asked
	return s
}

// judge scores every measure of a view.
func (m *Month) judge(v *dataset.View) {
	m.View, m.Verdicts, m.byRef = v, score.JudgeAll(v), make(map[string]int, len(v.Indicators))
	m.inSection = map[string][]*score.Verdict{}
	for i, ind := range v.Indicators {
		m.byRef[ind.Ref] = i
		if !ind.IsPart() {
			m.inSection[ind.Section] = append(m.inSection[ind.Section], &m.Verdicts[i])
		}
	}
}

// months are those of a scorecard that are shown, oldest first: since its first
// report, released unless drafts are asked for, up to the bound.
func (in *Inputs) months(text commentary.Scorecard, settings dataset.ScorecardSettings, vintages []dataset.Vintage, asked *asking) []period.Month {
	shown := map[period.Month]bool{}
	for _, v := range vintages {
		shown[v.Month] = in.opt.Drafts
	}
	for _, cover := range text.Covers {
		shown[cover.Month] = in.opt.Drafts || asked.releases(cover)
	}
	maps.DeleteFunc(shown, func(m period.Month, is bool) bool {
		return !is || m < settings.FirstReport || in.opt.AsAt != 0 && m > in.opt.AsAt
	})
	return slices.Sorted(maps.Keys(shown))
}

// sections lists a scorecard's sections in the order of its front matter, else
// as they first appear among the measures.
func sections(s *Scorecard) []Section {
	ids := append([]string(nil), s.Settings.Sections...)
	if len(ids) == 0 {
		seen := map[string]bool{}
		for _, m := range s.Months {
			for _, ind := range m.View.Indicators {
				if !seen[ind.Section] {
					seen[ind.Section] = true
					ids = append(ids, ind.Section)
				}
			}
		}
	}
	list := make([]Section, 0, len(ids))
	for _, id := range ids {
		sec := Section{ID: id, Title: Humanise(id)}
		for _, text := range s.Text.SectionPages {
			if text.ID == id {
				sec.Definition, sec.Owner, sec.Notes = text.Definition, text.Owner, text.Notes
				if text.Title != "" {
					sec.Title = text.Title
				}
			}
		}
		list = append(list, sec)
	}
	return list
}

// Latest is the newest month shown, or nil.
func (s *Scorecard) Latest() *Month {
	if len(s.Months) == 0 {
		return nil
	}
	return s.Months[len(s.Months)-1]
}

// LatestReleased is the newest month that the public sees, or nil: with Drafts a
// later one may stand beside it.
func (s *Scorecard) LatestReleased() *Month {
	for _, m := range slices.Backward(s.Months) {
		if m.Released {
			return m
		}
	}
	return nil
}

// Section returns a section by id.
func (s *Scorecard) Section(id string) (Section, bool) {
	for _, sec := range s.Sections {
		if sec.ID == id {
			return sec, true
		}
	}
	return Section{}, false
}

// Scorecard returns a scorecard by id, or nil. One that is not this edition's
// own is read when it is first asked for; Others tells of it. What is wrong in
// its data is told by the edition whose own it is.
func (e *Edition) Scorecard(id string) *Scorecard {
	for _, s := range e.Scorecards {
		if s.ID == id {
			return s
		}
	}
	if s, asked := e.opened[id]; asked || !e.Outline.has(id) {
		return s
	}
	if e.opened == nil {
		e.opened = map[string]*Scorecard{}
	}
	for _, s := range e.known {
		if s.ID == id {
			e.opened[id] = s
		}
	}
	if e.opened[id] == nil {
		var told diag.List // by the edition whose own it is
		e.opened[id] = e.in.read(id, nil, &told)
		e.in.Withhold(&told) // one of a month that is not public stops nothing
		e.unsound = e.unsound || told.Errors() > 0
	}
	if s := e.opened[id]; s != nil {
		e.asked.takeOver(s.asked)
	}
	return e.opened[id]
}

// Reach lists the scorecards that a text which names none may speak of: all of
// them; on a large site those of its own and those that were asked for.
func (e *Edition) Reach() []*Scorecard {
	var list []*Scorecard
	for _, h := range e.Outline.Scorecards {
		if _, asked := e.opened[h.ID]; e.Outline.Large() && !asked && !slices.ContainsFunc(e.Scorecards, func(s *Scorecard) bool { return s.ID == h.ID }) {
			continue
		}
		if s := e.Scorecard(h.ID); s != nil {
			list = append(list, s)
		}
	}
	return list
}

// Others lists the scorecards that were asked for and are not this edition's
// own: what was made of it depends on their inputs too.
func (e *Edition) Others() []string { return slices.Sorted(maps.Keys(e.opened)) }

// Verdict returns the judgement on a series, or nil where it is not in force.
func (m *Month) Verdict(ref string) *score.Verdict {
	if i, ok := m.byRef[ref]; ok {
		return &m.Verdicts[i]
	}
	return nil
}

// Measures lists the verdicts that stand on the scorecard (no parts), by
// section in its order, then ref.
func (m *Month) Measures() []*score.Verdict { return m.measures }

// InSection lists the verdicts that stand on the scorecard in one section. The
// list is the month's: it may be added to, and not changed.
func (m *Month) InSection(id string) []*score.Verdict { return slices.Clip(m.inSection[id]) }

// Analysis returns a section's text for the month.
func (m *Month) Analysis(section string) (commentary.Analysis, bool) {
	for _, a := range m.Cover.Analyses {
		if a.Section == section {
			return a, true
		}
	}
	return commentary.Analysis{}, false
}

// Humanise makes a title of a file name: "section-47" is "Section 47".
func Humanise(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	if words == "" {
		return ""
	}
	return strings.ToUpper(words[:1]) + words[1:]
}
