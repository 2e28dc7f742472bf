package build

import (
	"container/list"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/proof"
	"outturn/internal/publish"
	"outturn/internal/site"
	"outturn/internal/theme"
)

// Lazy is a site of which a part is made when a file of it is asked for, and
// kept in memory while what it was made from is as it was. Nothing is written.
// Its files are byte for byte those of a build by the same options.
//
// What changed is told by who watches the folder ([Lazy.Renew]), and the day by who
// looks at the clock ([Lazy.Turn]); a key here is a
// text that differs whenever the file does, no hash of it. Its methods may be
// called from several goroutines.
type Lazy struct {
	dir fs.FS

	renewing sync.Mutex      // held by Renew and Turn, so that one runs at a time
	opt      edition.Options // of the next moment
	texts    commentary.Reader
	proofs   proof.Reader

	mu        sync.Mutex
	now       *moment
	parts     map[string]*lazyPart   // by scorecard; "" is the papers
	used      *list.List             // ids of parts of scorecards, the newest asked for in front
	readings  map[string]keptReading // of these
	summaries map[string]keptSummary
	summed    int     // summaries so far
	allRead   *moment // at which none was unread
	findings  map[string]keptFindings

	// composing is held while a file of a small site is made: its papers share
	// the scorecards with their own parts, and what views are made of is safe
	// for one goroutine. On a large site each part has a lock of its own.
	composing sync.Mutex
}

// keptParts is how many scorecards of a large site stand in memory. A small one
// stands there whole: its pages over all scorecards are made of them.
const keptParts = 16

// moment is what follows from texts, settings, theme and names at one look at
// the folder. It does not change.
type moment struct {
	opt      edition.Options
	digests  digests
	content  *commentary.Content
	theme    *theme.Theme
	inputs   *edition.Inputs
	outline  edition.Outline
	common   string          // what every part depends on
	problems []diag.Problem  // of all that no part tells
	ids      map[string]bool // the scorecards

	keys struct{ texts, theme, layouts, words, names string } // what these were made from

	inTexts, inTheme, inNames []diag.Problem
}

type keptSummary struct {
	key     string
	hangs   hanging
	number  int // tells one from every other
	summary site.Summary
}

type keptReading struct {
	key     string // of the folder in data/
	reading *edition.Reading
}

type keptFindings struct {
	key      string
	hangs    hanging
	problems []diag.Problem
}

// NewLazy opens a site; nothing is read before Renew.
func NewLazy(dir fs.FS, opt edition.Options) *Lazy {
	return &Lazy{
		dir: dir, opt: opt, parts: map[string]*lazyPart{}, used: list.New(),
		readings: map[string]keptReading{}, summaries: map[string]keptSummary{}, findings: map[string]keptFindings{},
	}
}

// Renew brings the site up to date. inputs has every file of data/, content/
// and themes/ by path, with a text that differs from the last one where the file
// does; and folders, if at all, by path with a slash at the end. After an error,
// which is the machine's, all is as it was.
func (l *Lazy) Renew(inputs map[string]string) error {
	l.renewing.Lock()
	defer l.renewing.Unlock()
	return l.renew(inputs)
}

// Turn makes it another day, by which the site is judged. After an error, which is
// the machine's, it is the day that it was.
func (l *Lazy) Turn(day period.Date) error {
	l.renewing.Lock()
	defer l.renewing.Unlock()
	was := l.opt.Today
	l.opt.Today = day
	err := l.renew(l.moment().digests.files)
	if err != nil {
		l.opt.Today = was
	}
	return err
}

func (l *Lazy) renew(inputs map[string]string) error {
	last := l.moment()
	m := &moment{opt: l.opt, digests: digests{files: inputs, names: slices.Sorted(maps.Keys(inputs))}}
	dir := sync.OnceValue(func() looked { return lookedAt(l.dir, m.digests.names) })
	m.keys.names = m.dataNames()
	m.keys.texts = combine(m.keys.names, m.textKey())
	if last != nil && last.keys.texts == m.keys.texts {
		m.content, m.inTexts = last.content, last.inTexts
	} else {
		var problems diag.List
		l.texts.Folders = m.digests.texts
		m.content = l.texts.Load(dir(), edition.DataFolders(dir()), func(file string) string { return inputs[file] }, &problems)
		linked(l.dir, &problems) // the look has no links but those that are followed
		m.inTexts = problems.All()
	}
	if err := l.dress(m, last); err != nil {
		return err
	}
	m.keys.names = combine(m.keys.names, m.digests.file("data/populations.csv"), m.registers())
	if last != nil && last.opt == m.opt && last.content == m.content && last.keys.names == m.keys.names && last.keys.words == m.keys.words {
		m.inputs, m.outline, m.common, m.inNames, m.ids = last.inputs, last.outline, last.common, last.inNames, last.ids
	} else {
		var problems diag.List
		if last != nil && last.keys.names == m.keys.names {
			m.inputs = last.inputs.Regather(dir(), m.content, m.theme, l.opt, &problems)
		} else {
			m.inputs = edition.Gather(dir(), m.content, m.theme, l.opt, &problems)
		}
		m.outline = m.inputs.Outline()
		m.common = combine(m.keys.words, fmt.Sprintf("%x", m.inputs.Common()))
		m.inNames = problems.All()
		m.ids = map[string]bool{}
		for _, h := range m.outline.Scorecards {
			m.ids[h.ID] = true
		}
	}
	m.inputs = m.inputs.Recalling(func(id string) *edition.Reading { return l.reading(m, id) })
	var standing diag.List
	for _, p := range slices.Concat(m.inTexts, m.inTheme, m.inNames) {
		standing.Add(p)
	}
	m.inputs.Withhold(&standing)
	m.problems = standing.All()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now = m
	for id, p := range l.parts { // a scorecard that is gone is let go
		if id != "" && !m.ids[id] {
			l.used.Remove(p.place)
			delete(l.parts, id)
			delete(l.readings, id)
			delete(l.summaries, id)
			delete(l.findings, id)
		}
	}
	return nil
}

// dress loads the theme, or keeps it.
func (l *Lazy) dress(m, last *moment) error {
	name, language := m.content.Site.Theme, m.content.Site.Language
	under := "themes/" + name
	// Layouts, styles and scripts reach a page when it is made anew, by
	// lazyPart.dressed; the words are in what a part holds.
	m.keys.words = combine(name, language, m.digests.under(under+"/words"))
	m.keys.layouts = combine(m.keys.words, m.digests.under(under+"/layouts"))
	m.keys.theme = combine(name, language, m.digests.under(under))
	if last != nil && last.keys.theme == m.keys.theme {
		m.theme, m.inTheme = last.theme, last.inTheme
		return nil
	}
	var problems diag.List
	dir, err := dressing(l.dir, m.content.Site, &problems)
	if err != nil {
		return err
	}
	if last != nil && last.keys.layouts == m.keys.layouts && len(last.inTheme) == 0 {
		m.theme = last.theme.Restyled(dir, name, &problems)
	} else {
		m.theme = theme.Load(dir, name, language, &problems)
	}
	m.inTheme = problems.All()
	return nil
}

// dataNames are the names of all files of data/: what a listing shows.
func (m *moment) dataNames() string {
	return combine(m.digests.within("data")...)
}

// registers is a digest of all measures: how many there are tells how large the
// site is.
func (m *moment) registers() string {
	var parts []string
	for _, name := range m.digests.names {
		if path.Base(name) == "indicators.csv" {
			parts = append(parts, m.digests.files[name])
		}
	}
	return combine(parts...)
}

// textKey is a digest of content/. Of an attachment the name alone counts: its
// bytes are read when it is asked for.
func (m *moment) textKey() string {
	var parts []string
	for _, name := range m.digests.within("content") {
		if strings.HasPrefix(name, "content/files/") {
			parts = append(parts, name, "")
			continue
		}
		parts = append(parts, name, m.digests.files[name])
	}
	return combine(parts...)
}

func (l *Lazy) moment() *moment {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now
}

// PartOf names the part that a file of the site or of its folder belongs to: a
// scorecard's id, or "".
func (l *Lazy) PartOf(file string) string {
	m := l.moment()
	if m == nil {
		return ""
	}
	dir, rest, _ := strings.Cut(file, "/")
	if dir == "data" || dir == "content" || dir == "api" {
		dir, _, _ = strings.Cut(rest, "/")
	}
	if m.ids[dir] {
		return dir
	}
	return ""
}

// Content is what was read of content/.
func (l *Lazy) Content() *commentary.Content { return l.moment().content }

// Outline is what the site has.
func (l *Lazy) Outline() edition.Outline { return l.moment().outline }

// Theme is the theme in use.
func (l *Lazy) Theme() *theme.Theme { return l.moment().theme }

// Public works out, from texts and names alone, what a public build shows on
// the same day, and adds what it would tell of these.
func (l *Lazy) Public(problems *diag.List) *edition.Inputs { return l.moment().inputs.Public(problems) }

// reading gives a scorecard's data as read before, where its folder in data/ is as
// it was, or reads them. It keeps those of the parts that it keeps.
func (l *Lazy) reading(m *moment, id string) *edition.Reading {
	key := m.digests.under("data/" + id)
	l.mu.Lock()
	kept := l.readings[id]
	l.mu.Unlock()
	if kept.key == key && m.inputs.Holds(kept.reading) {
		return kept.reading
	}
	r := m.inputs.Read(id)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.parts[id] != nil {
		l.readings[id] = keptReading{key, r}
	}
	return r
}

// Options are those it was opened with, by the day that it now is.
func (l *Lazy) Options() edition.Options { return l.moment().opt }

// Open makes a file of the site, unless it stands made. The error is
// fs.ErrNotExist where the site has none of that name, else the machine's.
func (l *Lazy) Open(name string) ([]byte, error) {
	if !fs.ValidPath(name) { // a path with .. would lead out of a snapshot's folder
		return nil, fs.ErrNotExist
	}
	m := l.moment()
	if asset, ok := strings.CutPrefix(name, "assets/"); ok {
		if content, ok := m.theme.Assets()[asset]; ok {
			return content, nil
		}
		return nil, fs.ErrNotExist
	}
	if strings.HasPrefix(name, "archive/") {
		return l.archived(name)
	}
	for {
		p, err := l.part(l.PartOf(name))
		if err != nil {
			return nil, err
		}
		content, err := p.open(name)
		// Making it may have asked for a scorecard that has changed since the
		// part was read, and been answered with either state.
		if p.stands(l.moment()) {
			return content, err
		}
	}
}

// Problems are those that stop a build and are known without the checks: of
// settings, theme, names and texts, and of the data of a part. It makes the part.
func (l *Lazy) Problems(id string) ([]diag.Problem, error) {
	p, err := l.part(id)
	if err != nil {
		return nil, err
	}
	return slices.Concat(l.moment().problems, p.problems), nil
}

// Standing are the problems that are known without making any part.
func (l *Lazy) Standing() []diag.Problem { return l.moment().problems }

// Scorecard calls visit with a scorecard and its edition, read where it is not
// in memory, or reports that there is none. They are for that call alone, and
// visit must ask nothing of the site: pages wait until it returns.
func (l *Lazy) Scorecard(id string, visit func(*edition.Edition, *edition.Scorecard)) error {
	p, err := l.part(id)
	if err != nil {
		return err
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	if len(p.ed.Scorecards) == 0 {
		return fs.ErrNotExist
	}
	defer p.note()
	visit(p.ed, p.ed.Scorecards[0])
	return nil
}

// Papers calls visit with the edition of what belongs to no scorecard, as Scorecard
// does.
func (l *Lazy) Papers(visit func(*edition.Edition)) error {
	p, err := l.part("")
	if err != nil {
		return err
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	defer p.note()
	visit(p.ed)
	return nil
}

// Frame makes a page with the way around the site and nothing in its main part:
// the one for errors, whose links go by the site's own path.
func (l *Lazy) Frame() ([]byte, error) {
	return made(site.Papers(l.moment().empty(), nil, nil), "404.html")
}

// empty is the edition of no scorecard: it knows the settings and the outline, and
// reads nothing.
func (m *moment) empty() *edition.Edition {
	ed := m.inputs.Scorecard("", new(diag.List))
	ed.Theme = m.theme
	return ed
}

// made makes one of some files.
func made(files []publish.File, name string) ([]byte, error) {
	for _, f := range files {
		if f.Path == name {
			return f.Make()
		}
	}
	return nil, fs.ErrNotExist
}

// Unread lists the scorecards whose summary is not that of now: the pages over
// all scorecards say what they said before, or that they are not read.
func (l *Lazy) Unread() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.allRead == l.now {
		return nil
	}
	var ids []string
	for _, h := range l.now.outline.Scorecards {
		if !l.now.summed(l.summaries[h.ID], h.ID) {
			ids = append(ids, h.ID)
		}
	}
	if len(ids) == 0 {
		l.allRead = l.now
	}
	return ids
}

// Summarise reads a scorecard for the pages over all of them, unless that stands.
func (l *Lazy) Summarise(id string) error {
	m := l.moment()
	l.mu.Lock()
	key := m.partKey(id)
	stands := m.summed(l.summaries[id], id)
	kept := l.parts[id] != nil && l.parts[id].key == key
	l.mu.Unlock()
	if stands && (kept || m.outline.Large()) {
		return nil
	}
	var p *lazyPart
	if m.outline.Large() && !kept {
		// It is let go when it is summarised: no page of it was asked for.
		p = m.part(id, key, new(sync.Mutex))
		l.make(p, m, nil)
	} else {
		var err error
		if p, err = l.part(id); err != nil {
			return err
		}
	}
	if p.fault != nil {
		return p.fault
	}
	summary, err := p.summary()
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	l.summed++
	l.summaries[id] = keptSummary{p.key, p.hangs, l.summed, summary}
	return nil
}

// summed reports whether a summary is that of a scorecard as it now is.
func (m *moment) summed(s keptSummary, id string) bool {
	return s.key == m.partKey(id) && s.hangs.stands(m.digests, m.inputs)
}

// Examine works out the findings of a part, unless they stand: everything that
// outturn check tells of it. It reads the part anew, so that pages can be made
// meanwhile.
func (l *Lazy) Examine(id string) ([]diag.Problem, error) {
	m := l.moment()
	if found, current := l.Findings(id); current {
		return found, nil
	}
	key := m.examined(id)
	var problems diag.List
	var ed *edition.Edition
	if id == "" {
		ed = m.inputs.Papers(nil, &problems)
		history(l.dir, m.opt, &problems)
	} else {
		ed = m.inputs.Scorecard(id, &problems)
	}
	ed.Theme = m.theme
	examine(ed, &l.proofs, &problems)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.findings[id] = keptFindings{key, hangingOn(ed, m.digests), problems.All()}
	return l.findings[id].problems, nil
}

// Findings are what Examine found when it last ran, and whether that was of the
// site as it now is: of what has not been examined there are none.
func (l *Lazy) Findings(id string) (found []diag.Problem, current bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	kept, ok := l.findings[id]
	return kept.problems, ok && kept.key == l.now.examined(id) && kept.hangs.stands(l.now.digests, l.now.inputs)
}

// examined is the key of what Examine looks at.
func (m *moment) examined(id string) string {
	if id == "" {
		return combine(m.common, m.digests.under("content"), m.digests.under("data"))
	}
	return m.partKey(id)
}
