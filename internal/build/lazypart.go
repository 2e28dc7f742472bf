package build

import (
	"container/list"
	"fmt"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/publish"
	"outturn/internal/site"
	"outturn/internal/theme"
)

// lazyPart is a part that was made, or is being made.
type lazyPart struct {
	id    string
	key   string
	data  string  // digest of its folder in data/
	then  digests // of the folder when it was made
	theme *theme.Theme
	ready chan struct{} // closed when the rest is there
	fault error

	ed       *edition.Edition
	files    map[string]publish.File
	problems []diag.Problem
	lock     *sync.Mutex // held while a file is made
	listed   string      // of the papers: the summaries that its files are listed with

	// mu is held for a moment, and nothing is waited for under it: whoever holds
	// the site's may take it.
	mu    sync.Mutex
	pages map[string][]byte // made so far
	hangs hanging           // as far as files are made
	place *list.Element
}

// note keeps what has been asked for. It is called under lock whenever the
// edition has been used.
func (p *lazyPart) note() {
	hangs := hangingOn(p.ed, p.then)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hangs = hangs
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
	defer p.note()
	content, err := f.Make()
	if err != nil || strings.HasPrefix(name, "files/") { // an attachment is read each time
		return content, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[name] = content
	return content, nil
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
	next := m.part(id, key, l.lock(m))
	next.data = m.digests.under("data/" + id)
	former := l.judged(p, next)
	if former != nil {
		next.lock = former.lock
	}
	if p != nil {
		l.used.Remove(p.place)
	}
	next.place = l.used.PushFront(id)
	l.parts[id] = next
	for m.outline.Large() && l.used.Len() > keptParts {
		oldest := l.used.Back()
		l.used.Remove(oldest)
		delete(l.parts, oldest.Value.(string))
		delete(l.readings, oldest.Value.(string))
	}
	l.mu.Unlock()
	l.make(next, m, former)
	return next, next.fault
}

// part is a new part, not yet made.
func (m *moment) part(id, key string, lock *sync.Mutex) *lazyPart {
	return &lazyPart{id: id, key: key, then: m.digests, theme: m.theme, ready: make(chan struct{}), lock: lock, pages: map[string][]byte{}}
}

// lock is what a new part's files are made under.
func (l *Lazy) lock(m *moment) *sync.Mutex {
	if m.outline.Large() {
		return new(sync.Mutex)
	}
	return &l.composing
}

// caught makes a panic a fault of the part alone. It is deferred.
func (p *lazyPart) caught() {
	switch fault := recover(); {
	case fault == nil:
	case p.id == "":
		p.fault = fmt.Errorf("making the pages that belong to no scorecard: %v", fault)
	default:
		p.fault = fmt.Errorf("reading %s: %v", p.id, fault)
	}
}

// judged is p where the next may take over what was judged of the same data, and
// then has to have its lock: that of a small site is another than those of a large one.
func (l *Lazy) judged(p, next *lazyPart) *lazyPart {
	if p == nil || !p.done() || p.fault != nil || p.data != next.data || (p.lock == &l.composing) != (next.lock == &l.composing) {
		return nil
	}
	return p
}

// make reads and judges a scorecard, or takes over what former has of the same data.
func (l *Lazy) make(p *lazyPart, m *moment, former *lazyPart) {
	defer close(p.ready)
	defer p.caught()
	var problems diag.List
	if former != nil {
		p.lock.Lock()
		defer p.lock.Unlock()
		p.ed = m.inputs.Rejudged(former.ed, p.id, &problems)
	} else {
		p.ed = m.inputs.Scorecard(p.id, &problems)
	}
	p.ed.Theme = m.theme
	p.problems = problems.All()
	p.list()
	p.note()
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

// summary is what the pages over all scorecards say of this one.
func (p *lazyPart) summary() (s site.Summary, fault error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	defer func() {
		if cause := recover(); cause != nil {
			fault = fmt.Errorf("summing up %s: %v", p.id, cause)
		}
	}()
	s.ID = p.id
	if len(p.ed.Scorecards) > 0 {
		s = site.Summarise(p.ed, p.ed.Scorecards[0], slices.Collect(maps.Values(p.files)))
	}
	slices.Sort(s.Pages)
	p.note()
	return s, nil
}

// dressed is a part in another theme, of the same words: nothing is read again.
func (p *lazyPart) dressed(th *theme.Theme) *lazyPart {
	return p.again(th, (*lazyPart).list)
}

// again is a part in a theme, its files listed anew of the edition that it has.
func (p *lazyPart) again(th *theme.Theme, list func(next *lazyPart)) *lazyPart {
	next := &lazyPart{id: p.id, key: p.key, data: p.data, then: p.then, theme: th, ready: make(chan struct{}), lock: p.lock, place: p.place, pages: map[string][]byte{}}
	go func() {
		defer close(next.ready)
		<-p.ready
		if next.fault = p.fault; next.fault != nil {
			return
		}
		defer next.caught()
		p.lock.Lock()
		defer p.lock.Unlock()
		ed := *p.ed
		ed.Theme = th
		next.ed, next.problems = &ed, p.problems
		list(next)
		next.note()
	}()
	return next
}

// stands reports whether what a part was made with is as it was. One that is
// being made stands. It is asked under the site's lock,
// so that it must not wait for a page that is being made: that page may ask for
// more, which Open looks at when it is there.
func (p *lazyPart) stands(m *moment) bool {
	if !p.done() {
		return true
	}
	if p.fault != nil {
		return false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hangs.stands(m.digests, m.inputs)
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

func (m *moment) partKey(id string) string {
	return combine(m.keys.words, m.inputs.Outside(id), id, m.digests.scorecard(id))
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
		listed = combine(listed, h.ID, fmt.Sprint(kept.number))
		if p := l.parts[h.ID]; p != nil && !m.outline.Large() {
			parts = append(parts, p.key)
			if p.done() && p.fault == nil && len(p.ed.Scorecards) > 0 {
				known = append(known, p.ed.Scorecards[0])
			}
		}
	}
	p, key := l.parts[""], combine(parts...)
	if p != nil && p.key == key && p.stands(m) {
		if p.theme != m.theme || p.listed != listed {
			p = p.listedWith(m, summaries, listed, attachments(l.dir))
			l.parts[""] = p
		}
		l.mu.Unlock()
		<-p.ready
		return p, p.fault
	}
	p = m.part("", key, l.lock(m))
	p.listed = listed
	l.parts[""] = p
	l.mu.Unlock()
	l.makePapers(p, m, known, summaries)
	return p, p.fault
}

func (l *Lazy) makePapers(p *lazyPart, m *moment, known []*edition.Scorecard, summaries []site.Summary) {
	defer close(p.ready)
	defer p.caught()
	p.lock.Lock()
	defer p.lock.Unlock()
	var problems diag.List
	p.ed = m.inputs.Papers(known, &problems)
	p.ed.Theme = m.theme
	p.problems = problems.All()
	p.listPapers(summaries, attachments(l.dir))
	p.note()
}

func (p *lazyPart) listPapers(summaries []site.Summary, attachment func(string) ([]byte, error)) {
	p.files = map[string]publish.File{}
	for _, f := range site.Papers(p.ed, summaries, attachment) {
		p.files[f.Path] = f
	}
}

// listedWith is dressed for the papers, with the summaries of now.
func (p *lazyPart) listedWith(m *moment, summaries []site.Summary, listed string, attachment func(string) ([]byte, error)) *lazyPart {
	next := p.again(m.theme, func(next *lazyPart) { next.listPapers(summaries, attachment) })
	next.listed = listed
	return next
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
