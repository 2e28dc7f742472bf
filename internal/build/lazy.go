package build

import (
	"container/list"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"outturn/internal/check"
	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/publish"
	"outturn/internal/site"
	"outturn/internal/theme"
)

// Lazy is a site of which a part is made when a file of it is asked for, and
// kept in memory while what it was made from is as it was. Nothing is written.
// Its files are byte for byte those of a build by the same options.
//
// What changed is told by who watches the folder ([Lazy.Renew]); a key here is a
// text that differs whenever the file does, no hash of it. Its methods may be
// called from several goroutines.
type Lazy struct {
	dir fs.FS
	opt edition.Options

	renewing sync.Mutex // held by Renew, so that one runs at a time
	texts    commentary.Reader

	mu        sync.Mutex
	now       *moment
	parts     map[string]*lazyPart // by scorecard; "" is the papers
	used      *list.List           // ids of parts of scorecards, the newest asked for in front
	summaries map[string]keptSummary
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
	digests  digests
	content  *commentary.Content
	theme    *theme.Theme
	inputs   *edition.Inputs
	outline  edition.Outline
	common   string          // what every part depends on
	problems []diag.Problem  // of all that no part tells
	ids      map[string]bool // the scorecards

	keys struct{ texts, theme, words, names string } // what these were made from

	inTexts, inTheme, inNames []diag.Problem
}

type keptSummary struct {
	key     string
	summary site.Summary
}

type keptFindings struct {
	key      string
	problems []diag.Problem
}

// lazyPart is a part that was made, or is being made.
type lazyPart struct {
	id     string
	key    string
	others map[string]string // digests of all scorecards when it was made
	theme  *theme.Theme
	ready  chan struct{} // closed when the rest is there
	fault  error

	ed       *edition.Edition
	files    map[string]publish.File
	problems []diag.Problem
	lock     *sync.Mutex // held while a file is made
	listed   string      // of the papers: the summaries that its files are listed with

	mu    sync.Mutex
	pages map[string][]byte // made so far
	place *list.Element
}

// NewLazy opens a site; nothing is read before Renew.
func NewLazy(dir fs.FS, opt edition.Options) *Lazy {
	return &Lazy{
		dir: dir, opt: opt, parts: map[string]*lazyPart{}, used: list.New(),
		summaries: map[string]keptSummary{}, findings: map[string]keptFindings{},
	}
}

// Renew brings the site up to date. inputs has every file of data/, content/
// and themes/ by path, with a text that differs from the last one where the file
// does. After an error, which is for the user to mend (NoTheme), all is as it was.
func (l *Lazy) Renew(inputs map[string]string) error {
	l.renewing.Lock()
	defer l.renewing.Unlock()
	last := l.moment()
	m := &moment{digests: digests{files: inputs, names: slices.Sorted(maps.Keys(inputs))}}
	m.keys.names = m.dataNames()
	m.keys.texts = combine(m.keys.names, m.textKey())
	if last != nil && last.keys.texts == m.keys.texts {
		m.content, m.inTexts = last.content, last.inTexts
	} else {
		var problems diag.List
		m.content = l.texts.Load(l.dir, edition.DataFolders(l.dir), func(file string) string { return inputs[file] }, &problems)
		m.inTexts = problems.All()
	}
	if err := l.dress(m, last); err != nil {
		return err
	}
	m.keys.names = combine(m.keys.names, m.digests.file("data/populations.csv"))
	if last != nil && last.content == m.content && last.keys.names == m.keys.names && last.keys.words == m.keys.words {
		m.inputs, m.outline, m.common, m.inNames, m.ids = last.inputs, last.outline, last.common, last.inNames, last.ids
	} else {
		var problems diag.List
		m.inputs = edition.Gather(l.dir, m.content, m.theme, l.opt, &problems)
		m.outline = m.inputs.Outline()
		m.common = combine(m.keys.words, fmt.Sprintf("%x", m.inputs.Common()))
		m.inNames = problems.All()
		m.ids = map[string]bool{}
		for _, h := range m.outline.Scorecards {
			m.ids[h.ID] = true
		}
	}
	m.problems = slices.Concat(m.inTexts, m.inTheme, m.inNames)
	diag.Sort(m.problems)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now = m
	for id, p := range l.parts { // a scorecard that is gone is let go
		if id != "" && !m.ids[id] {
			l.used.Remove(p.place)
			delete(l.parts, id)
			delete(l.summaries, id)
			delete(l.findings, id)
		}
	}
	return nil
}

// dress loads the theme, or keeps it.
func (l *Lazy) dress(m, last *moment) error {
	name, language := m.content.Site.Theme, m.content.Site.Language
	under := "themes/" + name + "/"
	var words []string
	for _, file := range m.digests.names {
		// Layouts, styles and scripts reach a page when it is made anew, by
		// lazyPart.dressed; the words are in what a part holds.
		if strings.HasPrefix(file, under+"words/") {
			words = append(words, file, m.digests.files[file])
		}
	}
	m.keys.words = combine(append(words, name, language)...)
	m.keys.theme = combine(name, language, m.digests.under("themes/"+name))
	if last != nil && last.keys.theme == m.keys.theme {
		m.theme, m.inTheme = last.theme, last.inTheme
		return nil
	}
	dir, err := themeOf(l.dir, name)
	if err != nil {
		return err
	}
	var problems diag.List
	m.theme = theme.Load(dir, name, language, &problems)
	m.inTheme = problems.All()
	return nil
}

// dataNames are the names of all files of data/: what a listing shows.
func (m *moment) dataNames() string {
	from, _ := slices.BinarySearch(m.digests.names, "data/")
	to, _ := slices.BinarySearch(m.digests.names, "data0")
	return combine(m.digests.names[from:to]...)
}

// textKey is a digest of content/. Of an attachment the name alone counts: its
// bytes are read when it is asked for.
func (m *moment) textKey() string {
	var parts []string
	from, _ := slices.BinarySearch(m.digests.names, "content/")
	to, _ := slices.BinarySearch(m.digests.names, "content0")
	for _, name := range m.digests.names[from:to] {
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

// Options are those it was opened with.
func (l *Lazy) Options() edition.Options { return l.opt }

// Open makes a file of the site, unless it stands made. The error is
// fs.ErrNotExist where the site has none of that name, else the machine's.
func (l *Lazy) Open(name string) ([]byte, error) {
	m := l.moment()
	if asset, ok := strings.CutPrefix(name, "assets/"); ok {
		if content, ok := m.theme.Assets()[asset]; ok {
			return content, nil
		}
		return nil, fs.ErrNotExist
	}
	p, err := l.part(l.PartOf(name))
	if err != nil {
		return nil, err
	}
	return p.open(name)
}

func (p *lazyPart) open(name string) ([]byte, error) {
	p.mu.Lock()
	content, made := p.pages[name]
	p.mu.Unlock()
	if made {
		return content, nil
	}
	f, ok := p.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	content, err := f.Make()
	if err != nil || strings.HasPrefix(name, "files/") { // an attachment is read each time
		return content, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[name] = content
	return content, nil
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
// in memory, or reports that there is none. They are for that call alone.
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
	visit(p.ed, p.ed.Scorecards[0])
	return nil
}

// Papers is Scorecard for what belongs to none.
func (l *Lazy) Papers(visit func(*edition.Edition)) error {
	p, err := l.part("")
	if err != nil {
		return err
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	visit(p.ed)
	return nil
}

// Frame makes a page with the way around the site and nothing in its main part:
// the one for errors, whose links go by the site's own path.
func (l *Lazy) Frame() ([]byte, error) {
	m := l.moment()
	// An edition of no scorecard knows the settings and the outline, and reads nothing.
	ed := m.inputs.Scorecard("", new(diag.List))
	ed.Theme = m.theme
	for _, f := range site.Papers(ed, nil, nil) {
		if f.Path == "404.html" {
			return f.Make()
		}
	}
	return nil, fs.ErrNotExist
}

// part gives a part as the folder now stands.
func (l *Lazy) part(id string) (*lazyPart, error) {
	if id == "" {
		return l.papers()
	}
	l.mu.Lock()
	m := l.now
	if !m.ids[id] {
		l.mu.Unlock()
		return nil, fs.ErrNotExist
	}
	key := m.partKey(id)
	p := l.parts[id]
	if p != nil && p.key == key && p.stands(m) {
		if p.theme != m.theme {
			p = p.dressed(m.theme)
			l.parts[id] = p
		}
		l.used.MoveToFront(p.place)
		l.mu.Unlock()
		<-p.ready
		return p, p.fault
	}
	next := &lazyPart{id: id, key: key, others: m.others(), theme: m.theme, ready: make(chan struct{}), lock: l.lock(m), pages: map[string][]byte{}}
	if p != nil {
		l.used.Remove(p.place)
	}
	next.place = l.used.PushFront(id)
	l.parts[id] = next
	for m.outline.Large() && l.used.Len() > keptParts {
		oldest := l.used.Back()
		l.used.Remove(oldest)
		delete(l.parts, oldest.Value.(string))
	}
	l.mu.Unlock()
	l.make(next, m)
	return next, next.fault
}

// lock is what a new part's files are made under.
func (l *Lazy) lock(m *moment) *sync.Mutex {
	if m.outline.Large() {
		return new(sync.Mutex)
	}
	return &l.composing
}

// make reads and judges a scorecard. A panic is a fault of that part alone.
func (l *Lazy) make(p *lazyPart, m *moment) {
	defer close(p.ready)
	defer func() {
		if fault := recover(); fault != nil {
			p.fault = fmt.Errorf("reading %s: %v", p.id, fault)
		}
	}()
	var problems diag.List
	p.ed = m.inputs.Scorecard(p.id, &problems)
	p.ed.Theme = m.theme
	p.problems = problems.All()
	p.list()
}

// list lists the files of a scorecard's part.
func (p *lazyPart) list() {
	p.files = map[string]publish.File{}
	if len(p.ed.Scorecards) == 0 {
		return
	}
	for _, f := range site.Scorecard(p.ed, p.ed.Scorecards[0]) {
		p.files[f.Path] = f
	}
}

// dressed is a part in another theme, of the same words: nothing is read again.
func (p *lazyPart) dressed(th *theme.Theme) *lazyPart {
	next := &lazyPart{id: p.id, key: p.key, others: p.others, theme: th, ready: make(chan struct{}), lock: p.lock, place: p.place, pages: map[string][]byte{}}
	go func() {
		defer close(next.ready)
		<-p.ready
		if next.fault = p.fault; next.fault != nil {
			return
		}
		p.lock.Lock()
		ed := *p.ed
		p.lock.Unlock()
		ed.Theme = th
		next.ed, next.problems = &ed, p.problems
		next.list()
	}()
	return next
}

// stands reports whether the other scorecards that a part was made with are as
// they were. One that is being made stands.
func (p *lazyPart) stands(m *moment) bool {
	if !p.done() {
		return true
	}
	if p.fault != nil {
		return false
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	for _, id := range p.ed.Others() {
		if m.digests.scorecard(id) != p.others[id] {
			return false
		}
	}
	return true
}

// done reports whether a part is made, whatever came of it.
func (p *lazyPart) done() bool {
	select {
	case <-p.ready:
		return true
	default:
		return false
	}
}

func (m *moment) partKey(id string) string { return combine(m.common, id, m.digests.scorecard(id)) }

func (m *moment) others() map[string]string {
	all := make(map[string]string, len(m.ids))
	for id := range m.ids {
		all[id] = m.digests.scorecard(id)
	}
	return all
}

// papers gives the part that belongs to no scorecard. On a small site every
// scorecard is read for it, several at once; on a large one it is listed with
// the summaries that there are (see Summarise).
func (l *Lazy) papers() (*lazyPart, error) {
	m := l.moment()
	var known []*edition.Scorecard
	if !m.outline.Large() {
		var g errgroup.Group
		g.SetLimit(runtime.GOMAXPROCS(0))
		for _, h := range m.outline.Scorecards {
			g.Go(func() error { return l.Summarise(h.ID) })
		}
		if err := g.Wait(); err != nil {
			return nil, err
		}
		if l.moment() != m {
			return l.papers()
		}
	}
	parts := []string{m.common, m.keys.texts, m.digests.file("data/populations.csv")}
	for _, p := range m.outline.Plans {
		parts = append(parts, m.digests.under("data/"+p.ID))
	}
	l.mu.Lock()
	var summaries []site.Summary
	listed := ""
	for _, h := range m.outline.Scorecards {
		kept, ok := l.summaries[h.ID]
		if !ok {
			kept.summary = unread(h)
		}
		summaries = append(summaries, kept.summary)
		listed = combine(listed, h.ID, kept.key)
		if p := l.parts[h.ID]; p != nil && !m.outline.Large() {
			parts = append(parts, p.key)
			if p.done() && p.fault == nil && len(p.ed.Scorecards) > 0 {
				known = append(known, p.ed.Scorecards[0])
			}
		}
	}
	p, key := l.parts[""], combine(parts...)
	if p != nil && p.key == key && p.stands(m) {
		if p.theme == m.theme && p.listed == listed {
			l.mu.Unlock()
			<-p.ready
			return p, p.fault
		}
		p = p.listedWith(m, summaries, listed, l.attachment)
		l.parts[""] = p
		l.mu.Unlock()
		<-p.ready
		return p, p.fault
	}
	p = &lazyPart{key: key, others: m.others(), theme: m.theme, ready: make(chan struct{}), lock: l.lock(m), listed: listed, pages: map[string][]byte{}}
	l.parts[""] = p
	l.mu.Unlock()
	l.makePapers(p, m, known, summaries)
	return p, p.fault
}

func (l *Lazy) makePapers(p *lazyPart, m *moment, known []*edition.Scorecard, summaries []site.Summary) {
	defer close(p.ready)
	defer func() {
		if fault := recover(); fault != nil {
			p.fault = fmt.Errorf("making the pages that belong to no scorecard: %v", fault)
		}
	}()
	p.lock.Lock()
	defer p.lock.Unlock()
	var problems diag.List
	p.ed = m.inputs.Papers(known, &problems)
	p.ed.Theme = m.theme
	p.problems = problems.All()
	p.listPapers(summaries, l.attachment)
}

func (p *lazyPart) listPapers(summaries []site.Summary, attachment func(string) ([]byte, error)) {
	p.files = map[string]publish.File{}
	for _, f := range site.Papers(p.ed, summaries, attachment) {
		p.files[f.Path] = f
	}
}

// listedWith is dressed for the papers, with the summaries of now.
func (p *lazyPart) listedWith(m *moment, summaries []site.Summary, listed string, attachment func(string) ([]byte, error)) *lazyPart {
	next := &lazyPart{key: p.key, others: p.others, theme: m.theme, ready: make(chan struct{}), lock: p.lock, listed: listed, pages: map[string][]byte{}}
	go func() {
		defer close(next.ready)
		<-p.ready
		if next.fault = p.fault; next.fault != nil {
			return
		}
		p.lock.Lock()
		ed := *p.ed
		p.lock.Unlock()
		ed.Theme = m.theme
		next.ed, next.problems = &ed, p.problems
		next.listPapers(summaries, attachment)
	}()
	return next
}

func (l *Lazy) attachment(name string) ([]byte, error) {
	return fs.ReadFile(l.dir, path.Join("content/files", name))
}

// unread stands for the summary of a scorecard of a large site until it is read.
func unread(h edition.Head) site.Summary {
	s := site.Summary{ID: h.ID}
	if n := len(h.Months); n > 0 {
		s.Month = h.Months[n-1].Month
		s.Home.Title, s.Home.Href, s.Home.AsAt = h.Title, h.ID+"/index.html", s.Month.Words()
		s.Home.Caution = "Not read yet: its figures appear here in a moment, or at once when its pages are opened."
		s.Status.Title, s.Status.Href, s.Status.Month = h.Title, h.ID+"/index.html", s.Month.Words()
		s.Method.Title, s.Method.Href = h.Title, h.ID+"/index.html"
		s.Data.Title = h.Title
	}
	return s
}

// Unread lists the scorecards whose summary is not that of now: the pages over
// all scorecards say what they said before, or that they are not read.
func (l *Lazy) Unread() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var ids []string
	for _, h := range l.now.outline.Scorecards {
		if l.summaries[h.ID].key != l.now.partKey(h.ID) {
			ids = append(ids, h.ID)
		}
	}
	return ids
}

// Summarise reads a scorecard for the pages over all of them, unless that stands.
func (l *Lazy) Summarise(id string) error {
	m := l.moment()
	l.mu.Lock()
	key := m.partKey(id)
	stands := l.summaries[id].key == key
	kept := l.parts[id] != nil && l.parts[id].key == key
	l.mu.Unlock()
	if stands && (kept || m.outline.Large()) {
		return nil
	}
	var p *lazyPart
	if m.outline.Large() && !kept {
		// It is let go when it is summarised: no page of it was asked for.
		p = &lazyPart{id: id, key: m.partKey(id), theme: m.theme, ready: make(chan struct{}), lock: new(sync.Mutex)}
		l.make(p, m)
	} else {
		var err error
		if p, err = l.part(id); err != nil {
			return err
		}
	}
	if p.fault != nil {
		return p.fault
	}
	p.lock.Lock()
	summary := site.Summary{ID: id}
	if len(p.ed.Scorecards) > 0 {
		summary = site.Summarise(p.ed, p.ed.Scorecards[0], slices.Collect(maps.Values(p.files)))
	}
	p.lock.Unlock()
	slices.Sort(summary.Pages)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.summaries[id] = keptSummary{p.key, summary}
	return nil
}

// Examine works out the findings of a part, unless they stand: everything that
// outturn check tells of it. It reads the part anew, so that pages can be made
// meanwhile.
func (l *Lazy) Examine(id string) ([]diag.Problem, error) {
	m := l.moment()
	l.mu.Lock()
	kept, ok := l.findings[id]
	l.mu.Unlock()
	key := m.partKey(id)
	if id == "" {
		key = combine(m.common, m.digests.under("content"), m.digests.under("data"))
	}
	if ok && kept.key == key {
		return kept.problems, nil
	}
	var problems diag.List
	var ed *edition.Edition
	if id == "" {
		ed = m.inputs.Papers(nil, &problems)
		check.Past(l.dir, &problems)
	} else {
		ed = m.inputs.Scorecard(id, &problems)
	}
	ed.Theme = m.theme
	examine(ed, &problems)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.findings[id] = keptFindings{key, problems.All()}
	return l.findings[id].problems, nil
}

// Findings are what Examine found when it last ran, which may be of a moment ago.
func (l *Lazy) Findings(id string) []diag.Problem {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.findings[id].problems
}
