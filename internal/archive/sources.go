package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"outturn/internal/archive/snapshot"
	"outturn/internal/build"
	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/themes"
)

// gathering collects what made the pages of a site: what a public build reads,
// up to the month that it is as at, and nothing else. What is a draft, exempt,
// not yet due, later, or read by nobody is not among it, whatever its name; where
// a text that is public names such a thing, that is an error.
type gathering struct {
	site     fs.FS
	put      func(name string, content []byte) error
	newest   period.Month // of all scorecards
	texts    []text       // taken so far
	problems *diag.List
}

// text is one of content/ that was taken.
type text struct{ name, content string }

// part gathers what one part is made from.
func (g *gathering) part(p build.Part) error {
	if p.Scorecard != nil {
		return g.scorecard(p.Edition, p.Scorecard)
	}
	return g.papers(p.Edition)
}

// take copies a file as it is; one that is not there is passed over.
func (g *gathering) take(name string) error {
	content, err := g.read(name)
	if content == nil || err != nil {
		return err
	}
	return g.put(name, content)
}

func (g *gathering) read(name string) ([]byte, error) {
	content, err := fs.ReadFile(g.site, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return content, err
}

// scorecard gathers what the released months of a scorecard are made from. Of
// one that shows none nothing is public.
func (g *gathering) scorecard(ed *edition.Edition, s *edition.Scorecard) error {
	latest := s.Latest()
	if latest == nil {
		return nil
	}
	g.newest = max(g.newest, latest.Month)
	data, content := "data/"+s.ID+"/", "content/"+s.ID+"/"
	named := map[string]bool{}   // series
	actions := map[string]bool{} // that an update names
	for _, v := range s.Data.Vintages() {
		if latest.View.Knows(v) {
			if err := g.named(s.Data.File(v), named); err != nil {
				return err
			}
		}
	}
	public := func(m period.Month) bool {
		return m <= latest.Month && (m < s.Settings.FirstReport || s.At(m) != nil)
	}
	if err := g.updates(data, public, actions); err != nil {
		return err
	}
	if err := g.registers(data, latest.Month, named, actions); err != nil {
		return err
	}
	texts := []string{content + "_index.md"}
	for _, page := range s.Text.SectionPages {
		if slices.ContainsFunc(s.Months, func(m *edition.Month) bool { return len(m.InSection(page.ID)) > 0 }) {
			texts = append(texts, page.Place.File)
		}
	}
	if err := g.published(ed, s); err != nil {
		return err
	}
	for _, m := range s.Months {
		texts = append(texts, m.Cover.Place.File)
		for _, a := range m.Cover.Analyses {
			if len(m.InSection(a.Section)) > 0 {
				texts = append(texts, a.Place.File)
			}
		}
	}
	for _, name := range texts {
		if err := g.text(name, nil); err != nil {
			return err
		}
	}
	return nil
}

// published keeps what earlier snapshots published of a scorecard's months: the
// pages say what was published, and settings have no history.
func (g *gathering) published(ed *edition.Edition, s *edition.Scorecard) error {
	if ed.Options.Snapshot == "" {
		return nil // the site of today, which is only compared
	}
	list := map[snapshot.Issued]snapshot.Published{}
	for _, m := range s.Months {
		for issue := 1; issue <= m.Issue; issue++ {
			of := snapshot.Issued{Month: m.Month, Issue: issue}
			if p, ok := ed.Frozen(s.ID, of); ok {
				list[of] = p
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	return g.put(snapshot.PublishedFile(s.ID), snapshot.EncodePublished(list))
}

// named copies a return or an update and notes the series or actions that it names.
func (g *gathering) named(name string, refs map[string]bool) error {
	content, err := g.read(name)
	if content == nil || err != nil {
		return err
	}
	for _, e := range parse(content).Rows {
		refs[e.Cells["ref"]] = true
	}
	return g.put(name, content)
}

var updateName = regexp.MustCompile(`^(\d{4}-\d{2})-actions\.csv$`)

// updates copies the monthly updates of actions in a folder that are public, and
// notes the actions that they name.
func (g *gathering) updates(folder string, public func(period.Month) bool, refs map[string]bool) error {
	entries, err := fs.ReadDir(g.site, strings.TrimSuffix(folder, "/"))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		m := updateName.FindStringSubmatch(entry.Name())
		if m == nil {
			continue
		}
		if month, err := period.ParseMonth(m[1]); err != nil || !public(month) {
			continue
		}
		if err := g.named(folder+entry.Name(), refs); err != nil {
			return err
		}
	}
	return nil
}

// registers copies the registers of a folder of data/ as they were known at a
// month.
func (g *gathering) registers(folder string, month period.Month, named, actions map[string]bool) error {
	var refs map[string]bool
	for _, file := range []string{"indicators.csv", "targets.csv", "benchmarks.csv", "events.csv", "actions.csv"} {
		content, err := g.read(folder + file)
		if err != nil {
			return err
		}
		if content == nil {
			continue
		}
		r := parse(content)
		switch file {
		case "indicators.csv":
			content, refs = r.definitions(month, named)
		case "actions.csv":
			content = r.only(func(e entry) bool { return known(e, month) || actions[e.Cells["ref"]] })
		default:
			content = r.only(func(e entry) bool { return known(e, month) && (e.Cells["ref"] == "" || refs[e.Cells["ref"]]) })
		}
		if err := g.put(folder+file, content); err != nil {
			return err
		}
	}
	return nil
}

// papers gathers what belongs to no scorecard.
func (g *gathering) papers(ed *edition.Edition) error {
	content := ed.Content
	d := newDiscretion(ed)
	texts := []string{content.Home.Place.File}
	for _, p := range content.Pages {
		texts = append(texts, p.Place.File)
	}
	for _, p := range ed.Plans {
		texts = append(texts, p.Text.Place.File)
		if err := g.plan(p); err != nil {
			return err
		}
	}
	if len(ed.Reports) > 0 {
		texts = append(texts, content.ImplicationsPlace.File)
	}
	for _, name := range texts {
		if err := g.text(name, nil); err != nil {
			return err
		}
	}
	for _, r := range ed.Reports {
		if err := g.text(r.Place.File, d); err != nil {
			return err
		}
	}
	for _, m := range ed.Meetings {
		if err := g.text(m.Place.File, d); err != nil {
			return err
		}
	}
	for slug, stub := range d.stubs {
		if err := g.put("content/reports/"+slug+".md", stub); err != nil {
			return err
		}
	}
	for _, name := range ed.Files() {
		if err := g.take("content/files/" + name); err != nil {
			return err
		}
	}
	if populations, err := g.read("data/populations.csv"); err != nil {
		return err
	} else if populations != nil {
		month := g.newest
		if ed.Options.AsAt != 0 {
			month = ed.Options.AsAt
		}
		if err := g.put("data/populations.csv", parse(populations).only(func(e entry) bool { return known(e, month) })); err != nil {
			return err
		}
	}
	if err := g.text("content/site.yaml", nil); err != nil {
		return err
	}
	g.names(ed)
	return g.theme(content.Site.Theme)
}

func (g *gathering) plan(p *edition.Plan) error {
	folder := "data/" + p.ID + "/"
	actions := map[string]bool{}
	if err := g.updates(folder, func(m period.Month) bool { return m <= p.Month }, actions); err != nil {
		return err
	}
	return g.registers(folder, p.Month, nil, actions)
}

// theme copies the site's own theme, else the program's.
func (g *gathering) theme(name string) error {
	folder, from := "themes/"+name, g.site
	if info, err := fs.Stat(g.site, folder); err != nil || !info.IsDir() {
		sub, err := fs.Sub(themes.FS, name)
		if err != nil {
			return err
		}
		from, name = sub, "."
	} else {
		name = folder
	}
	return fs.WalkDir(from, name, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if file != name && strings.HasPrefix(entry.Name(), ".") { // hidden files are not the theme's
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if entry.IsDir() {
			return nil
		}
		content, err := fs.ReadFile(from, file)
		if err != nil {
			return err
		}
		return g.put(path.Join(folder, strings.TrimPrefix(strings.TrimPrefix(file, folder), "/")), content)
	})
}

// text copies a text of content/, without the comments of its keys: those are
// for who writes it. A paper is rewritten where its keys name what is not public;
// what still names it is told.
func (g *gathering) text(name string, d *discretion) error {
	if name == "" {
		return nil
	}
	content, err := g.read(name)
	if content == nil || err != nil {
		return err
	}
	if d != nil {
		content, _ = d.Rewrite(content)
	}
	content = commentary.WithoutComments(name, content)
	g.texts = append(g.texts, text{name, string(content)})
	return g.put(name, content)
}

// names tells where a text names a paper or a file that is not public.
func (g *gathering) names(ed *edition.Edition) {
	hidden := map[string]string{} // what may not be named, and what it is
	for _, r := range ed.Content.Reports {
		if ed.Report(r.Slug) == nil {
			hidden[r.Slug+".html"], hidden[r.Slug+".md"] = "a paper", "a paper"
		}
	}
	for _, m := range ed.Content.Meetings {
		if ed.Meeting(m.Slug) == nil {
			hidden[m.Slug+".html"], hidden[m.Slug+".md"] = "a paper", "a paper"
		}
	}
	for _, file := range ed.Content.Files {
		if ed.Hidden("files/" + file) {
			hidden[path.Base(file)] = "a file"
		}
	}
	for _, t := range g.texts {
		n := 0
		for line := range strings.Lines(t.content) {
			n++
			for word, what := range hidden {
				at := strings.Index(strings.ToLower(line), strings.ToLower(word))
				if at < 0 {
					continue
				}
				p := g.problems.Errorf(diag.Place{File: t.name, Line: n, Column: 1 + len([]rune(line[:min(at, len(line))]))}, "bad-link",
					"the text names %s that is not part of the snapshot: it is not public, or later", what)
				p.Hint, p.Source = "take it out, or name it in a text that is released with it", strings.TrimRight(line, "\r\n")
			}
		}
	}
}

// discretion is how papers name what is not public, with the stubs that stand
// in the place of reports.
type discretion struct {
	commentary.Discretion
	stubs map[string][]byte // by the name that is kept
}

func newDiscretion(ed *edition.Edition) *discretion {
	d := &discretion{stubs: map[string][]byte{}}
	names := map[string]string{} // of the stub, by slug
	d.Meeting = func(slug string) bool { return ed.Meeting(slug) != nil }
	d.Open = func(slug string) bool {
		at := slices.IndexFunc(ed.Content.Meetings, func(m commentary.Meeting) bool { return m.Slug == slug })
		return at >= 0 && ed.Content.Meetings[at].Date > ed.Options.Today
	}
	d.Report = func(slug string) (string, bool) {
		at := slices.IndexFunc(ed.Content.Reports, func(r commentary.Report) bool { return r.Slug == slug })
		if at < 0 || ed.Report(slug) != nil {
			return slug, true // one that there is not is told elsewhere
		}
		if names[slug] == "" {
			r := &ed.Content.Reports[at]
			name := fmt.Sprintf("not-public-%d", len(names)+1)
			names[slug] = name
			exempt := r.IsExempt() && !r.Broken && r.Released(ed.Options.Today)
			d.stubs[name] = commentary.Stub(r, exempt)
		}
		return names[slug], false
	}
	return d
}

// unreleased names the scorecards that report on a month and have not released
// it: to freeze the quarter would leave it out for good.
func unreleased(in *edition.Inputs, site fs.FS, month period.Month) (waiting []string, any bool) {
	cards := commentary.Load(site, edition.DataFolders(site), new(diag.List)).Scorecards // its faults are told
	for _, h := range in.Outline().Scorecards {
		if slices.ContainsFunc(h.Months, func(m edition.HeadMonth) bool { return m.Month == month }) {
			any = true
			continue
		}
		at := slices.IndexFunc(cards, func(c commentary.Scorecard) bool { return c.ID == h.ID })
		if at < 0 || cards[at].FirstReport > month {
			continue
		}
		_, err := fs.Stat(site, "data/"+h.ID+"/"+month.String()+".csv")
		covered := slices.ContainsFunc(cards[at].Covers, func(c commentary.Cover) bool { return c.Month == month })
		if err == nil || covered {
			waiting = append(waiting, h.Title)
		}
	}
	return waiting, any
}
