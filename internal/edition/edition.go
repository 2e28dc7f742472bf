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
	"path"
	"regexp"
	"slices"
	"sort"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// Options choose what an edition shows.
type Options struct {
	Today  period.Date  // the day by which publish_on is judged
	AsAt   period.Month // the latest month to show; 0: no bound
	Drafts bool         // show what is not released, marked as such
}

// Edition is one site, loaded and judged.
type Edition struct {
	Content    *commentary.Content
	Data       *dataset.Data
	Theme      *theme.Theme
	Scorecards []*Scorecard // by id
	Plans      []*Plan      // by id
	Reports    []*Report    // newest first
	Meetings   []*Meeting   // newest first
	Options    Options

	hiddenFiles map[string]bool   // attachments that are not published
	earlier     map[string]*Month // scorecards as at months without a page, for Since
}

// Scorecard is one scorecard with its released months.
type Scorecard struct {
	ID, Title, Owner string
	Text             commentary.Scorecard // its zero value where content/ has no folder for it
	Data             *dataset.Scorecard
	Settings         dataset.ScorecardSettings
	Sections         []Section // in order
	Months           []*Month  // released, oldest first; with Drafts also those that are not
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
	Issue     int

	byRef    map[string]int
	measures []*score.Verdict
}

// Load reads and judges a site. It always returns what could be made; what is
// wrong is in problems, and with an error among them nothing may be published.
func Load(site fs.FS, th *theme.Theme, opt Options, problems *diag.List) *Edition {
	folders := DataFolders(site)
	content := commentary.Load(site, folders, problems)
	return Judge(site, content, th, opt, problems)
}

// Judge is Load with the content already read (its settings name the theme).
func Judge(site fs.FS, content *commentary.Content, th *theme.Theme, opt Options, problems *diag.List) *Edition {
	e := &Edition{Content: content, Theme: th, Options: opt}
	settings := settingsOf(content, problems)
	if len(settings.Areas) == 0 {
		// site.yaml could not be read, which is told: against nothing every
		// area and comparator of the data would look unknown.
		e.Data = &dataset.Data{}
		return e
	}
	var inData diag.List
	e.Data = dataset.Load(site, settings, &inData)
	e.Withhold(&inData)
	dataFaults := inData.Errors() > 0
	problems.Merge(&inData)
	refuse(content, e.Data, problems)
	for _, data := range e.Data.Scorecards {
		e.Scorecards = append(e.Scorecards, e.scorecard(data, settings.Scorecards[data.ID]))
	}
	for _, data := range e.Data.Plans {
		e.Plans = append(e.Plans, e.plan(data))
	}
	e.reports(problems)
	e.meetings()
	e.attachments(problems)
	e.checkRefs(problems, dataFaults)
	e.Withhold(problems)
	return e
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

// settingsOf says in the dataset's words what content/ says of the data.
func settingsOf(content *commentary.Content, problems *diag.List) dataset.Settings {
	s := dataset.Settings{Scorecards: map[string]dataset.ScorecardSettings{}}
	for _, a := range content.Site.Areas {
		s.Areas = append(s.Areas, dataset.Area{ID: a.ID, Name: a.Name, Residual: a.Kind == "residual"})
	}
	for _, c := range content.Site.Comparators {
		s.Comparators = append(s.Comparators, dataset.Comparator{ID: c.ID, Name: c.Name, Short: c.Short, Role: c.Role, Threshold: c.Threshold})
	}
	for _, card := range content.Scorecards {
		settings := dataset.ScorecardSettings{
			Sections:    card.Sections,
			Grades:      card.Grades,
			RagRule:     card.RagRule,
			FirstReport: card.FirstReport,
		}
		if card.DefaultTolerance != "" {
			n, err := quantity.Parse(card.DefaultTolerance)
			if err != nil {
				problems.Errorf(card.Keys["default_tolerance"], "bad-number", "default_tolerance %s is not a number", diag.Quote(card.DefaultTolerance)).Hint = "write a per cent of the target's size, such as 10"
			} else {
				settings.DefaultTolerance, settings.HasTolerance = n.Decimal, true
			}
		}
		s.Scorecards[card.ID] = settings
	}
	return s
}

// refuse names what a site asks for and this version does not do: it is an
// error, never passed over.
func refuse(content *commentary.Content, data *dataset.Data, problems *diag.List) {
	const code = "not-supported"
	if content.Site.Suppress != "" {
		problems.Errorf(content.Site.SuppressAt, code, "disclosure control is asked for (suppress: %s), and this version does not withhold figures yet", content.Site.Suppress).Hint = "do not publish these data with this version; disclosure: off publishes every figure as it is"
	}
	for _, card := range content.Scorecards {
		if card.Suppress != "" {
			problems.Errorf(card.Keys["disclosure"], code, "disclosure control is asked for (suppress: %s), and this version does not withhold figures yet", card.Suppress).Hint = "do not publish these data with this version; disclosure: off publishes every figure as it is"
		}
	}
	for i, card := range data.Scorecards {
		at := diag.Place{File: path.Join("data", card.ID, "indicators.csv")}
		for _, other := range data.Scorecards[:i] {
			if strings.EqualFold(other.ID, card.ID) {
				problems.Errorf(at, "bad-key", "the scorecards %s and %s would have the same address: case does not count in one", other.ID, card.ID).Hint = "give the folder in data/ and the one in content/ another name"
			}
		}
		switch {
		case slices.Contains(reserved, strings.ToLower(card.ID)):
			problems.Errorf(at, "bad-key", "a scorecard cannot be called %s: the site has pages of its own there", card.ID).Hint = "give the folders in data/ and content/ another name"
		case !plainName.MatchString(card.ID):
			problems.Errorf(at, "bad-key", "the scorecard's folder %s cannot be part of an address", diag.Quote(card.ID)).Hint = "name the folders in data/ and content/ with letters, digits and hyphens, such as " + plainID(card.ID)
		}
	}
	for _, plan := range data.Plans {
		at := diag.Place{File: path.Join("data", plan.ID, "actions.csv")}
		switch {
		case slices.Contains(reserved, strings.ToLower(plan.ID)):
			problems.Errorf(at, "bad-key", "a plan cannot be called %s: the site has pages of its own there", plan.ID).Hint = "give the folders in data/ and content/ another name"
		case !plainName.MatchString(plan.ID):
			problems.Errorf(at, "bad-key", "the plan's folder %s cannot be part of an address", diag.Quote(plan.ID)).Hint = "name the folders in data/ and content/ with letters, digits and hyphens, such as " + plainID(plan.ID)
		}
	}
}

// reserved are the names that the site's own pages have (contract, section 5).
var reserved = []string{"reports", "meetings", "views", "archive", "data", "api", "files", "assets", "about", "index", "methodology", "revisions", "status", "feed", "sitemap", "robots", "404"}

// plainName is what may stand in an address as it is.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// plainID makes such a name of any other, for a mend.
func plainID(name string) string {
	id := strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(name), "-"), "-")
	if id == "" || id == "index" {
		return "section-1"
	}
	return id
}

func (e *Edition) scorecard(data *dataset.Scorecard, settings dataset.ScorecardSettings) *Scorecard {
	s := &Scorecard{ID: data.ID, Title: Humanise(data.ID), Data: data, Settings: settings}
	for _, text := range e.Content.Scorecards {
		if text.ID == data.ID {
			s.Text = text
			s.Owner = text.Owner
			if text.Title != "" {
				s.Title = text.Title
			}
		}
	}
	covers := map[period.Month]commentary.Cover{}
	months := map[period.Month]bool{}
	for _, cover := range s.Text.Covers {
		covers[cover.Month] = cover
		if cover.Month >= settings.FirstReport {
			months[cover.Month] = true
		}
	}
	vintages := data.Vintages()
	for _, v := range vintages {
		if v.Month >= settings.FirstReport {
			months[v.Month] = true
		}
	}
	released := func(v dataset.Vintage) bool {
		if v.Month < settings.FirstReport {
			return true
		}
		cover := covers[v.Month]
		return e.released(cover) && (cover.Issue == 0 || v.Issue <= cover.Issue)
	}
	include := released
	if e.Options.Drafts {
		include = func(dataset.Vintage) bool { return true }
	}
	for _, month := range sortedMonths(months) {
		cover, has := covers[month]
		draft := !e.released(cover)
		if draft && !e.Options.Drafts || e.Options.AsAt != 0 && month > e.Options.AsAt {
			continue
		}
		m := &Month{Scorecard: s, Month: month, Cover: cover, HasCover: has && cover.HasCover, Draft: draft, byRef: map[string]int{}}
		m.View = data.AsAt(month, include)
		for _, v := range vintages {
			m.Draft = m.Draft || m.View.Knows(v) && !released(v)
		}
		m.Issue = max(m.View.Issue, cover.Issue, 1)
		m.Verdicts = make([]score.Verdict, len(m.View.Indicators))
		for i, ind := range m.View.Indicators {
			m.Verdicts[i] = score.Judge(m.View, ind)
			m.byRef[ind.Ref] = i
		}
		s.Months = append(s.Months, m)
	}
	s.Sections = sections(s)
	for _, m := range s.Months {
		for _, sec := range s.Sections {
			m.measures = append(m.measures, m.InSection(sec.ID)...)
		}
	}
	return s
}

// released reports whether a cover lets its month out: approved, and its date
// has come. A month without a cover is a draft whole.
func (e *Edition) released(cover commentary.Cover) bool {
	return cover.HasCover && cover.Status == "approved" && (!cover.HasPublishOn || cover.PublishOn <= e.Options.Today)
}

func sortedMonths(set map[period.Month]bool) []period.Month {
	months := make([]period.Month, 0, len(set))
	for m := range set {
		months = append(months, m)
	}
	sort.Slice(months, func(i, j int) bool { return months[i] < months[j] })
	return months
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

// Section returns a section by id.
func (s *Scorecard) Section(id string) (Section, bool) {
	for _, sec := range s.Sections {
		if sec.ID == id {
			return sec, true
		}
	}
	return Section{}, false
}

// Scorecard returns a scorecard by id, or nil.
func (e *Edition) Scorecard(id string) *Scorecard {
	for _, s := range e.Scorecards {
		if s.ID == id {
			return s
		}
	}
	return nil
}

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

// InSection lists the verdicts that stand on the scorecard in one section.
func (m *Month) InSection(id string) []*score.Verdict {
	var list []*score.Verdict
	for i := range m.Verdicts {
		ind := m.Verdicts[i].Indicator
		if ind.Section == id && !ind.IsPart() {
			list = append(list, &m.Verdicts[i])
		}
	}
	return list
}

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
