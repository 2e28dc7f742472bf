package edition

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"

	"outturn/internal/archive/snapshot"
	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/theme"
)

// Inputs are a site's inputs with its texts read and its data listed, and not
// yet read: a large site is made one scorecard at a time, so that it never
// stands in memory whole, and what did not change is not read at all.
//
// Scorecard makes the edition of one scorecard, Papers that of all that belongs
// to none; Whole is the sum of these. The methods may be called from several
// goroutines, each with a list of problems of its own.
type Inputs struct {
	site     fs.FS
	content  *commentary.Content
	theme    *theme.Theme
	opt      Options
	settings dataset.Settings
	store    *dataset.Store // nil where site.yaml could not be read
	inNames  *diag.List     // what opening it told
	outline  Outline
	recall   func(id string) *Reading // see Recalling; nil: nothing is kept

	standing func() map[string]bool // pages that hang on no figure
	constant func() string          // what every edition knows (Outside)

	hiddenFiles map[string]bool // attachments that are not published
	shown       map[string]bool // paths of the reports and meetings that are
	texts       *sync.Map       // by scorecard, those that were read when they were asked for
	archive     []snapshot.Snapshot
	frozen      *snapshot.Shelf // of these
}

// Outline is what any page may tell of the rest of the site.
type Outline struct {
	Scorecards        []Head // by id
	Plans             []Head // by id
	Reports, Meetings bool   // there are any
	Accessibility     bool   // there is an accessibility statement
	Archive           bool   // there are snapshots
	Many              bool   // there are more scorecards or measures than one page can list
}

// Head names a scorecard or a plan.
type Head struct {
	ID, Title string
	Months    []HeadMonth // of a scorecard, those that are shown, oldest first
}

// HeadMonth is a month that is shown, and since when.
type HeadMonth struct {
	Month period.Month
	Out   period.Date
}

// Large reports whether there is so much that the pages over all scorecards, and
// the way around the site, name the scorecards and no more: a list of every measure
// of a nation cannot be read.
func (o Outline) Large() bool { return o.Many }

// From more than so many scorecards, or measures of all of them, a site is large.
const (
	manyScorecards = 20
	manyMeasures   = 2000
)

// many reports whether there are more. Measures are told by the lines of their
// registers, which are not read for it.
func (in *Inputs) many() bool {
	if len(in.outline.Scorecards) > manyScorecards {
		return true
	}
	lines := 0
	for _, h := range in.outline.Scorecards {
		text, _ := fs.ReadFile(in.site, path.Join("data", h.ID, "indicators.csv")) // who reads it tells of a fault
		lines += bytes.Count(text, []byte("\n"))
	}
	return lines > manyMeasures
}

func (o Outline) has(id string) bool {
	return slices.ContainsFunc(o.Scorecards, func(h Head) bool { return h.ID == id })
}

// Gather lists a site's data and works out what follows from its texts alone. It
// tells what is wrong in the settings, in names, and in attachments; and of all
// that is in problems already it leaves what may be told.
func Gather(site fs.FS, content *commentary.Content, th *theme.Theme, opt Options, problems *diag.List) *Inputs {
	return gather(nil, site, content, th, opt, problems)
}

// Regather is Gather after a change of texts or options alone: data/ has the names
// that it had, and populations and registers of measures are as they were. By the
// same settings of the data the list that was made of them is taken over, and what
// was read by it still holds (Reading).
func (last *Inputs) Regather(site fs.FS, content *commentary.Content, th *theme.Theme, opt Options, problems *diag.List) *Inputs {
	return gather(last, site, content, th, opt, problems)
}

// Public is the same site as a build without drafts has it on the same day.
func (in *Inputs) Public(problems *diag.List) *Inputs {
	opt := in.opt
	opt.Drafts, opt.InFull = false, false
	public := in.Regather(in.site, in.content, in.theme, opt, problems)
	public.recall = in.recall
	return public
}

func gather(last *Inputs, site fs.FS, content *commentary.Content, th *theme.Theme, opt Options, problems *diag.List) *Inputs {
	in := &Inputs{site: site, content: content, theme: th, opt: opt, texts: &sync.Map{}, frozen: &snapshot.Shelf{}}
	in.standing, in.constant = sync.OnceValue(in.pages), sync.OnceValue(in.known)
	in.settings = settingsOf(content, problems)
	in.shelve()
	if len(in.settings.Areas) == 0 {
		// site.yaml could not be read, which is told: against nothing every
		// area and comparator of the data would look unknown.
		in.edition(content).Withhold(problems)
		return in
	}
	if last != nil && last.store != nil && reflect.DeepEqual(last.settings, in.settings) {
		in.store, in.inNames = last.store, last.inNames
	} else {
		in.inNames = new(diag.List)
		in.store = dataset.Open(site, in.settings, in.inNames)
	}
	for _, f := range in.store.IDs() {
		switch f.Kind {
		case dataset.KindScorecard:
			in.outline.Scorecards = append(in.outline.Scorecards, in.head(f))
		case dataset.KindPlan:
			h := Head{ID: f.ID, Title: Humanise(f.ID)}
			for _, text := range content.Plans {
				if text.Path == f.ID && text.Title != "" {
					h.Title = text.Title
				}
			}
			in.outline.Plans = append(in.outline.Plans, h)
		}
	}
	if last != nil && last.store == in.store {
		in.outline.Many = last.outline.Many
	} else {
		in.outline.Many = in.many()
	}
	in.outline.Accessibility = slices.ContainsFunc(content.Pages, func(p commentary.Page) bool { return p.Path == "about/accessibility" })
	var own diag.List
	in.refuse(&own)
	e := in.edition(content)
	e.reports()
	e.meetings()
	in.shown = map[string]bool{}
	for _, r := range e.Reports {
		in.shown["reports/"+r.Slug] = true
	}
	for _, m := range e.Meetings {
		in.shown["meetings/"+m.Slug] = true
	}
	in.outline.Reports, in.outline.Meetings = len(e.Reports) > 0, len(e.Meetings) > 0
	in.hiddenFiles = e.attachments(&own)
	problems.Merge(&own)
	problems.Merge(in.inNames)
	e.Withhold(problems)
	return in
}

// shelve lists the snapshots that this edition shows: those of quarters that
// had ended by its month. A snapshot has none in itself.
func (in *Inputs) shelve() {
	if in.opt.Snapshot != "" {
		return
	}
	for _, s := range snapshot.List(in.site) {
		if in.opt.AsAt == 0 || s.AsAt <= in.opt.AsAt {
			in.archive = append(in.archive, s)
		}
	}
	in.outline.Archive = len(in.archive) > 0
}

// Archive lists the snapshots that are shown, oldest first, those that were
// withdrawn among them.
func (e *Edition) Archive() []snapshot.Snapshot { return e.in.archive }

// Outline is what any page may tell of the rest of the site.
func (in *Inputs) Outline() Outline { return in.outline }

// ThemeDigest is a hash of everything in the theme.
func (in *Inputs) ThemeDigest() string {
	digest := in.theme.Digest()
	return hex.EncodeToString(digest[:])
}

func (in *Inputs) head(f dataset.Folder) Head {
	h := Head{ID: f.ID, Title: Humanise(f.ID)}
	var text commentary.Scorecard
	if t := in.outlined(f.ID); t != nil {
		text = *t
		if t.Title != "" {
			h.Title = t.Title
		}
	}
	for _, month := range in.months(text, in.settings.Scorecards[f.ID], f.Vintages, &asking{today: in.opt.Today}) {
		out := month.LastDay()
		for _, cover := range text.Covers {
			if cover.Month == month && cover.HasPublishOn {
				out = cover.PublishOn
			}
		}
		h.Months = append(h.Months, HeadMonth{month, out})
	}
	return h
}

// outlined is what content/ says of a scorecard, perhaps without its texts, or nil.
func (in *Inputs) outlined(id string) *commentary.Scorecard {
	for i := range in.content.Scorecards {
		if in.content.Scorecards[i].ID == id {
			return &in.content.Scorecards[i]
		}
	}
	return nil
}

// text is what content/ says of a scorecard, or nil. Its texts are read now where
// they were not: nothing was wrong in them then, and what is now is told.
func (in *Inputs) text(id string, problems *diag.List) *commentary.Scorecard {
	text := in.outlined(id)
	if text == nil || !text.Outlined {
		return text
	}
	read, _ := in.texts.LoadOrStore(id, sync.OnceValues(func() (commentary.Scorecard, *diag.List) {
		var own diag.List
		return commentary.LoadScorecard(in.site, id, &own), &own
	}))
	whole, own := read.(func() (commentary.Scorecard, *diag.List))()
	problems.Merge(own)
	return &whole
}

func (in *Inputs) edition(content *commentary.Content) *Edition {
	return &Edition{Content: content, Theme: in.theme, Options: in.opt, Outline: in.outline, in: in, asked: &asking{today: in.opt.Today}}
}

// read reads and judges one scorecard; nil where that cannot be done, which is told.
// Months that former has of the same data are not judged again.
func (in *Inputs) read(id string, former *Scorecard, problems *diag.List) *Scorecard {
	var r *Reading
	if in.recall != nil {
		r = in.recall(id)
	}
	if !in.Holds(r) || r.id != id {
		r = in.Read(id)
	}
	problems.Merge(&r.problems)
	if r.data == nil {
		return nil
	}
	return in.judge(r.data, in.text(id, problems), former)
}

// Common is a hash of everything outside a scorecard's own folders that any
// edition may know, and of the day.
func (in *Inputs) Common() [sha256.Size]byte {
	type common struct {
		Known   string
		Today   period.Date
		Outline Outline
		Shown   map[string]bool
		Hidden  map[string]bool
		Slugs   []string // of reports, meetings and plain pages, and the names of files: what a link may lead to
	}
	c := common{Known: in.constant(), Today: in.opt.Today, Outline: in.outline, Shown: in.shown, Hidden: in.hiddenFiles}
	for _, p := range in.content.Pages {
		c.Slugs = append(c.Slugs, p.Path)
	}
	for _, name := range in.content.Files {
		c.Slugs = append(c.Slugs, "files/"+name)
	}
	for _, r := range in.content.Reports {
		c.Slugs = append(c.Slugs, "reports/"+r.Slug)
	}
	for _, m := range in.content.Meetings {
		c.Slugs = append(c.Slugs, "meetings/"+m.Slug)
	}
	text, err := json.Marshal(c)
	if err != nil { // no value of ours can fail to encode
		panic(err)
	}
	return sha256.Sum256(text)
}

// unplaced is the settings without where they are written: a comment in
// site.yaml moves what follows it, and no page says so.
func unplaced(s commentary.Site) commentary.Site {
	nowhere := diag.Place{}
	s.Place, s.ThemeAt, s.SuppressAt = nowhere, nowhere, nowhere
	s.Areas, s.Comparators, s.Views = slices.Clone(s.Areas), slices.Clone(s.Comparators), slices.Clone(s.Views)
	for i := range s.Areas {
		s.Areas[i].Place = nowhere
	}
	for i := range s.Comparators {
		s.Comparators[i].Place = nowhere
	}
	for i := range s.Views {
		s.Views[i].Place = nowhere
	}
	s.Calendar.Quiet = slices.Clone(s.Calendar.Quiet)
	for i := range s.Calendar.Quiet {
		s.Calendar.Quiet[i].Place = nowhere
	}
	return s
}

// Scorecard makes the edition of one scorecard: it and its texts, and of the
// rest of the site what Outside covers, and what it asks (see Edition.Asked). Another scorecard that its texts name is
// read when it is asked for (see Edition.Others).
func (in *Inputs) Scorecard(id string, problems *diag.List) *Edition {
	return in.scorecard(id, nil, problems)
}

func (in *Inputs) scorecard(id string, former *Scorecard, problems *diag.List) *Edition {
	content := &commentary.Content{Site: in.content.Site}
	var own diag.List
	if text := in.text(id, &own); text != nil {
		content.Scorecards = []commentary.Scorecard{*text}
	}
	e := in.edition(content)
	e.Outline = in.outlineFor(id)
	if in.store == nil {
		return e
	}
	if s := in.read(id, former, &own); s != nil {
		e.Scorecards = []*Scorecard{s}
		e.asked.takeOver(s.asked)
	}
	in.finish(e, &own, problems)
	return e
}

// Papers makes the edition of what belongs to no one scorecard: home and plain
// pages, plans, reports and meetings. It reads the scorecards that these name,
// but for those that are known: they have been read before.
func (in *Inputs) Papers(known []*Scorecard, problems *diag.List) *Edition {
	return in.rest(in.content, known, problems, in.papers)
}

// Documents is Papers without the home page: what is made from its own texts and
// the scorecards that they name, whatever becomes of the others.
func (in *Inputs) Documents(known []*Scorecard, problems *diag.List) *Edition {
	content := *in.content
	content.Home = commentary.Page{}
	return in.rest(&content, known, problems, in.papers)
}

// Overview is the edition of the pages over all scorecards. Of reports and
// meetings it knows that they are there.
func (in *Inputs) Overview(known []*Scorecard, problems *diag.List) *Edition {
	content := &commentary.Content{Site: in.content.Site, Home: in.content.Home}
	e := in.rest(content, known, problems, nil)
	all := in.edition(in.content)
	all.asked = e.asked
	all.reports()
	all.meetings()
	e.Reports, e.Meetings = all.Reports, all.Meetings
	return e
}

func (in *Inputs) rest(content *commentary.Content, known []*Scorecard, problems *diag.List, fill func(*Edition, *diag.List)) *Edition {
	e := in.edition(content)
	e.known = known
	if in.store == nil {
		return e
	}
	var own diag.List
	if fill != nil {
		fill(e, &own)
	}
	in.finish(e, &own, problems)
	return e
}

// Whole makes the edition of everything: for tests, since no command has all of a
// site in memory.
func (in *Inputs) Whole(problems *diag.List) *Edition {
	e := in.edition(in.content)
	if in.store == nil {
		return e
	}
	var own diag.List
	for _, h := range in.outline.Scorecards {
		if card := in.read(h.ID, nil, &own); card != nil {
			e.Scorecards = append(e.Scorecards, card)
		}
	}
	in.papers(e, &own)
	in.finish(e, &own, problems)
	return e
}

// papers adds plans, reports and meetings.
func (in *Inputs) papers(e *Edition, problems *diag.List) {
	for _, h := range in.outline.Plans {
		if data := in.store.Plan(h.ID, problems); data != nil {
			e.Plans = append(e.Plans, e.plan(data))
		}
	}
	e.reports()
	e.meetings()
}

// finish asks the references, and hands on what may be told.
func (in *Inputs) finish(e *Edition, inData, problems *diag.List) {
	var told diag.List // a fault that is withheld stops nothing: what a text lacks must then be told
	told.Merge(inData)
	e.Withhold(&told)
	dataFaults := told.Errors() > 0
	e.compare(inData)
	e.checkRefs(inData, dataFaults)
	e.Withhold(inData)
	problems.Merge(inData)
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
func (in *Inputs) refuse(problems *diag.List) {
	content, cards, plans := in.content, in.outline.Scorecards, in.outline.Plans
	const code = "not-supported"
	if content.Site.Suppress != "" {
		problems.Errorf(content.Site.SuppressAt, code, "disclosure control is asked for (suppress: %s), and this version does not withhold figures yet", content.Site.Suppress).Hint = "do not publish these data with this version; disclosure: off publishes every figure as it is"
	}
	for _, card := range content.Scorecards {
		if card.Suppress != "" {
			problems.Errorf(card.Keys["disclosure"], code, "disclosure control is asked for (suppress: %s), and this version does not withhold figures yet", card.Suppress).Hint = "do not publish these data with this version; disclosure: off publishes every figure as it is"
		}
	}
	for i, card := range cards {
		at := diag.Place{File: path.Join("data", card.ID, "indicators.csv")}
		for _, other := range cards[:i] {
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
	for _, plan := range plans {
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
