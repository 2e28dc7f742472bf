// Package preview shows a site while it is written: outturn serve.
//
// It serves the site from memory, drafts included, over the loopback interface
// alone. A page is made when it is asked for and its bytes are those that a
// build writes, but for three pieces that stand together and are marked: the
// preview's style and script in the head, and its strip at the end of the body.
// A page and its preview keep to the policy under which the site is published.
// Nothing is ever written.
//
//	/<path>            a page or file of the site
//	/_desk/            what the month still lacks, all findings, what is held back
//	/_desk/events      the stream that tells an open page of changes
//	/_desk/preview.css, /_desk/preview.js
//
// tree and watcher find what changed in the folder; build.Lazy makes what
// depends on it anew when it is asked for; a client is an open page, which is
// told of its new state: the sum of its page, the name of the stylesheet, its
// problems, and of the page itself what it has not yet (shorten). What snapshots
// keep is not watched but gone over in rounds.
//
// Where there are errors the last page without stays, with the errors over it.
// They are told when the folder has been quiet for a moment: an editor may be
// half-way through a save. Findings of the checks are worked out after the page
// has been sent.
package preview

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// Request says what to preview.
type Request struct {
	Folder  string          // the site's folder
	Options edition.Options // Drafts is set in any case
	// Day gives the day, and is asked again every minute: a preview may be left open
	// overnight. May be nil: it stays that of the options.
	Day  func() (period.Date, error)
	Poll time.Duration // how often to look for changes; 0: when the system tells of one
	Log  io.Writer     // told what the machine fails to do, and of a new day; may be nil
}

// Server is a preview. It is an http.Handler.
type Server struct {
	folder string
	site   *build.Lazy
	watch  watcher
	log    io.Writer
	day    func() (period.Date, error)
	base   string // path at which the published site stands; pages for errors name it

	mu       sync.Mutex
	fault    *diag.Problem     // why the site could not be brought up to date
	stale    bool              // changes have been found that are not yet in the site
	still    bool              // the folder has been quiet since the last change
	good     map[string][]byte // the last page without errors, by path
	goodWas  []string          // their paths, the oldest first
	clients  map[*client]bool
	examines []string      // parts whose findings are asked for, the most wanted first
	asked    chan struct{} // there are some

	making atomic.Int32 // pages that are being made
	work   atomic.Int64 // what was done so far, in pages, looks and findings
}

//go:embed assets
var assets embed.FS

// New opens a site for preview. The error is the machine's.
func New(req Request) (*Server, error) {
	req.Options.Drafts = true
	if req.Log == nil {
		req.Log = io.Discard
	}
	s := &Server{
		folder: req.Folder, site: build.NewLazy(build.Folder(req.Folder), req.Options), log: req.Log, day: req.Day,
		still: true, good: map[string][]byte{}, clients: map[*client]bool{},
		asked: make(chan struct{}, 1),
	}
	s.watch = watcher{tree: newTree(req.Folder), poll: req.Poll, changed: s.changed}
	s.watch.tree.look(1, true)
	if err := s.site.Renew(s.watch.tree.versions()); err != nil {
		return nil, err
	}
	s.rebase()
	return s, nil
}

// rebase notes where the published site stands: /statistics/ of
// https://example.gov.uk/statistics/.
func (s *Server) rebase() {
	s.base = ""
	if u, err := url.Parse(s.site.Content().Site.BaseURL); err == nil && strings.HasSuffix(u.Path, "/") {
		s.base = strings.TrimSuffix(u.Path, "/")
	}
}

// Listen opens an address of this machine: 127.0.0.1:1313, localhost:0. Others
// are refused: the preview shows what is not released to whoever asks.
func Listen(addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, &Refusal{fmt.Sprintf("--addr %s is not an address with a port; write it as 127.0.0.1:1313", addr)}
	}
	if !loopback(host) {
		return nil, &Refusal{fmt.Sprintf("--addr %s can be reached from other machines, and the preview shows what is not released; choose a port of 127.0.0.1", addr)}
	}
	if _, err := net.LookupPort("tcp", port); err != nil {
		return nil, &Refusal{fmt.Sprintf("--addr %s has no port from 0 to 65535; write it as 127.0.0.1:1313", addr)}
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		if inUse(err) {
			return nil, &Refusal{fmt.Sprintf("%s is in use, perhaps by another outturn serve; choose another with --addr 127.0.0.1:0, which takes any that is free", addr)}
		}
		if errors.Is(err, fs.ErrPermission) {
			return nil, &Refusal{fmt.Sprintf("this machine does not let you serve at %s; choose another port with --addr 127.0.0.1:0, which takes any that is free", addr)}
		}
		return nil, fmt.Errorf("opening %s: %w", addr, err)
	}
	return listener, nil
}

// Refusal is an address that will not do. It is the user's to mend.
type Refusal struct{ why string }

func (r *Refusal) Error() string { return r.why }

func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// inUse reports whether a port is taken. The text is the system's, and the same
// on all that Go knows but Windows.
func inUse(err error) bool {
	text := err.Error()
	return strings.Contains(text, "address already in use") || strings.Contains(text, "Only one usage of each socket address")
}

// Run serves until the context ends, and then closes what is open.
func (s *Server) Run(ctx context.Context, listener net.Listener) error {
	// Most of what a save makes is let go at once: memory is traded for time, up
	// to what a nation may need.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(1 << 30)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	var background sync.WaitGroup
	background.Go(func() {
		if err := s.watch.run(ctx); err != nil {
			fmt.Fprintln(s.log, "outturn:", err)
		}
	})
	background.Go(func() { s.examining(ctx) })
	background.Go(func() { s.reading(ctx) })
	background.Go(func() { s.minding(ctx) })
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	var err error
	select {
	case <-ctx.Done():
		server.Close()
		<-served
	case err = <-served:
		stop()
	}
	background.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

// changed is told by the watcher what it found.
func (s *Server) changed(found changes, still bool) {
	s.mu.Lock()
	s.stale = s.stale || found.any()
	s.still = still
	stale := s.stale
	s.mu.Unlock()
	if found.doubtful && !still {
		return // it is looked at again when the folder is quiet
	}
	if stale {
		s.renew()
	}
	if stale || still {
		s.wake()
	}
}

// renew brings the site up to date with the folder.
func (s *Server) renew() {
	s.work.Add(1)
	versions := s.watch.tree.versions()
	var err error
	if fault := guard(func() { err = s.site.Renew(versions) }); fault != nil {
		err = fault
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stale, s.fault = false, nil
	if err != nil { // no file of the site is known to be the cause
		s.fault = &diag.Problem{Place: diag.Place{File: s.folder}, Code: "preview", Message: err.Error(), Hint: "save again what you saved last; the preview shows the site as it was before"}
		return
	}
	s.rebase()
}

// guard runs a step; a panic in it is an error of that step alone.
func guard(step func()) (fault error) {
	defer func() {
		if p := recover(); p != nil {
			fault = fmt.Errorf("this is a fault of the program, not of your files: %v", p)
		}
	}()
	step()
	return nil
}

// wake tells every open page to look whether it changed.
func (s *Server) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.clients {
		c.wake()
	}
}

// pause is how long the checks wait after they are asked for: a page that is
// being made comes first.
const pause = 150 * time.Millisecond

// examine asks for the findings of a part, to be worked out in a while, before
// others that were asked for.
func (s *Server) examine(id string) {
	if _, current := s.site.Findings(id); current || id != s.site.PartOf(id+"/") {
		return
	}
	s.mu.Lock()
	s.examines = append([]string{id}, slices.DeleteFunc(s.examines, func(other string) bool { return other == id })...)
	s.mu.Unlock()
	s.ask()
}

// examineLater asks for those of several parts, after what was asked for before.
func (s *Server) examineLater(ids []string) {
	for _, id := range ids {
		if _, current := s.site.Findings(id); current {
			continue
		}
		s.mu.Lock()
		if !slices.Contains(s.examines, id) {
			s.examines = append(s.examines, id)
		}
		s.mu.Unlock()
	}
	s.ask()
}

func (s *Server) ask() {
	select {
	case s.asked <- struct{}{}:
	default:
	}
}

// next takes what is to be examined next.
func (s *Server) next() (id string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.examines) == 0 {
		return "", false
	}
	id, s.examines = s.examines[0], s.examines[1:]
	return id, true
}

// examining works out findings, a part at a time, and tells the pages: soon, and
// of many parts now and then.
func (s *Server) examining(ctx context.Context) {
	tick := time.NewTicker(between)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.asked:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		news, first := false, true
		for {
			id, ok := s.next()
			if !ok {
				break
			}
			if !s.leisure(ctx) {
				return
			}
			s.work.Add(1)
			before, current := s.site.Findings(id)
			var now []diag.Problem
			var err error
			if fault := guard(func() { now, err = s.site.Examine(id) }); fault != nil || err != nil {
				fmt.Fprintln(s.log, "outturn: checking", id+":", errors.Join(fault, err))
				continue
			}
			news = news || !current || !slices.Equal(before, now)
			due := first
			select {
			case <-tick.C:
				due = true
			default:
			}
			if news && due {
				news, first = false, false
				s.wake()
			}
		}
		if news {
			s.wake()
		}
	}
}

// leisure waits until no page is being made; it is false when all is over.
func (s *Server) leisure(ctx context.Context) bool {
	for s.making.Load() > 0 {
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Millisecond):
			continue
		}
		break
	}
	return ctx.Err() == nil
}

// between is how often the pages over all scorecards are brought up to date
// while those are read.
const between = time.Second

// reading reads the scorecards of a large site that no page has asked for, one
// after the other, for the pages over all of them. A site may grow large, or small,
// while it is served.
func (s *Server) reading(ctx context.Context) {
	tick := time.NewTicker(between)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if !s.site.Outline().Large() {
			continue
		}
		read := false
		for _, id := range s.site.Unread() {
			if !s.leisure(ctx) {
				return
			}
			var err error
			s.work.Add(1)
			if fault := guard(func() { err = s.site.Summarise(id) }); fault == nil && err == nil {
				read = true
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				s.wake()
			default:
			}
		}
		if read {
			s.wake()
		}
	}
}
