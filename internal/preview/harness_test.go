package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"outturn/internal/edition"
	"outturn/internal/period"
)

// patience is how long a test waits for what must come; it comes within some
// tens of milliseconds, or on a busy machine some hundreds.
const patience = 30 * time.Second

// served is a preview of a copy of a site, served on a free port.
type served struct {
	t      testing.TB
	dir    string
	url    string
	server *Server
	stop   func()
}

// serve copies the site of a folder and previews it.
func serve(t testing.TB, from string, poll time.Duration) *served {
	t.Helper()
	dir := t.TempDir()
	for _, root := range roots {
		source := filepath.Join(from, root)
		if _, err := os.Stat(source); err != nil {
			continue
		}
		if err := os.CopyFS(filepath.Join(dir, root), os.DirFS(source)); err != nil {
			t.Fatal(err)
		}
	}
	return serveAt(t, dir, poll)
}

func serveAt(t testing.TB, dir string, poll time.Duration) *served {
	t.Helper()
	server, err := New(Request{
		Folder: dir, Options: edition.Options{Today: period.NewDate(2026, 11, 1)}, Poll: poll, Log: logTo{t},
	})
	if err != nil {
		t.Fatal(err)
	}
	listener, err := Listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- server.Run(ctx, listener) }()
	stopped := false
	s := &served{t: t, dir: dir, url: "http://" + listener.Addr().String() + "/", server: server}
	s.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the preview ended with %v", err)
			}
		case <-time.After(patience):
			t.Error("the preview did not end")
		}
	}
	t.Cleanup(s.stop)
	return s
}

// logTo shows what a server tells in the log of its test.
type logTo struct{ t testing.TB }

func (l logTo) Write(p []byte) (int, error) {
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

// get gives the answer to a request with its body.
func (s *served) get(name string) (*http.Response, string) {
	s.t.Helper()
	answer, err := http.Get(s.url + name)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer, string(body)
}

// page is a page as a build would write it.
func (s *served) page(name string) string {
	s.t.Helper()
	_, body := s.get(name)
	return string(Undress([]byte(body)))
}

// watching is a stream of an open page.
type watching struct {
	s     *served
	lines chan state
	close func()
}

// open opens the stream of a page; sum is that of the page in the browser.
func (s *served) open(page string, sum ...string) *watching {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"_desk/events?page="+url.QueryEscape(page)+"&sum="+strings.Join(sum, ""), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	w := &watching{s: s, lines: make(chan state, 100), close: cancel}
	s.t.Cleanup(cancel)
	go func() {
		defer answer.Body.Close()
		defer close(w.lines)
		lines := bufio.NewReader(answer.Body)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			if text, ok := strings.CutPrefix(line, "data: "); ok {
				var st state
				if err := json.Unmarshal([]byte(text), &st); err != nil {
					return
				}
				w.lines <- st
			}
		}
	}()
	return w
}

// until waits for a state of the page that fits.
func (w *watching) until(what string, fits func(state) bool) state {
	w.s.t.Helper()
	var last state
	for deadline := time.After(patience); ; {
		select {
		case st, ok := <-w.lines:
			if !ok {
				w.s.t.Fatalf("the stream ended before %s", what)
			}
			last = st
			if fits(st) {
				return st
			}
		case <-deadline:
			w.s.t.Fatalf("waited in vain for %s; the last state was %+v", what, last)
		}
	}
}

// path is a file of the site on disk.
func (s *served) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *served) read(name string) string {
	s.t.Helper()
	content, err := os.ReadFile(s.path(name))
	if err != nil {
		s.t.Fatal(err)
	}
	return string(content)
}

// write writes a file as a simple editor does: over the old one.
func (s *served) write(name, content string) {
	s.t.Helper()
	if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o777); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(s.path(name), []byte(content), 0o666); err != nil {
		s.t.Fatal(err)
	}
}

// save writes a file as a careful editor does: beside the old one, and over it
// by its name.
func (s *served) save(name, content string) {
	s.t.Helper()
	s.write(name+".tmp", content)
	if err := os.Rename(s.path(name+".tmp"), s.path(name)); err != nil {
		s.t.Fatal(err)
	}
}

// swap saves a file with one text in the place of another.
func (s *served) swap(name, old, new string) {
	s.t.Helper()
	content := s.read(name)
	if !strings.Contains(content, old) {
		s.t.Fatalf("%s has no %q", name, old)
	}
	s.save(name, strings.Replace(content, old, new, 1))
}
