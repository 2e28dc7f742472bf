package browsertest

import (
	"fmt"
	"io/fs"
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Policy is the Content-Security-Policy under which the site is served here:
// the strictest that we advise a host to send. Styles and scripts come from
// files of the site alone; an inline one, or a style attribute, is refused.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; " +
	"form-action 'self'; frame-ancestors 'none'; upgrade-insecure-requests"

// Today is the day by which the site of the tests is built: the pages must not
// change because the tests are run on another day.
const Today = "2026-11-01"

// Site is a built site: a folder of files.
type Site struct {
	Dir   string
	Pages []string // slash paths of the HTML pages, in order
	Files map[string]bool
}

// Build builds the program and, with it, the site of the repository into
// dir/site. repository is the folder with the go.mod of the program.
func Build(repository, dir string) (*Site, error) {
	program := filepath.Join(dir, "outturn")
	compile := exec.Command("go", "build", "-buildvcs=false", "-trimpath", "-o", program, "./cmd/outturn")
	compile.Dir = repository
	if out, err := compile.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building the program: %w\n%s", err, out)
	}
	site := &Site{Dir: filepath.Join(dir, "site")}
	build := exec.Command(program, "build", "--site", repository, "--out", site.Dir, "--today", Today)
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("building the site: %w\n%s", err, out)
	}
	return site, site.list()
}

func (s *Site) list() error {
	s.Files, s.Pages = map[string]bool{}, nil
	err := fs.WalkDir(os.DirFS(s.Dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		s.Files[name] = true
		if path.Ext(name) == ".html" {
			s.Pages = append(s.Pages, name)
		}
		return nil
	})
	slices.Sort(s.Pages)
	return err
}

// Read gives a file of the site.
func (s *Site) Read(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(s.Dir, filepath.FromSlash(name)))
}

// kinds tells what sort of page a path is (contract, section 5). The first that
// fits counts.
var kinds = []struct {
	kind    string
	pattern *regexp.Regexp
}{
	// Of the small site only what the repository's own has none of.
	{"archive", regexp.MustCompile(`^quarterly/archive/index\.html$`)},
	{"changes", regexp.MustCompile(`^quarterly/archive/[^/]+-to-[^/]+\.html$`)},
	{"withdrawn", regexp.MustCompile(`^quarterly/archive/2016-17-q2/`)},
	{"snapshot", regexp.MustCompile(`^quarterly/archive/`)},
	{"second issue", regexp.MustCompile(`^quarterly/help/2016-12/`)},
	{"revised measure", regexp.MustCompile(`^quarterly/help/indicators/`)},
	{"revisions", regexp.MustCompile(`^quarterly/revisions\.html$`)},
	{"small site", regexp.MustCompile(`^quarterly/`)},
	{"home", regexp.MustCompile(`^index\.html$`)},
	{"not found", regexp.MustCompile(`^404\.html$`)},
	{"methodology", regexp.MustCompile(`^methodology\.html$`)},
	{"revisions", regexp.MustCompile(`^([^/]+/)?revisions\.html$`)},
	{"status", regexp.MustCompile(`^status\.html$`)},
	{"search", regexp.MustCompile(`^search\.html$`)},
	{"data", regexp.MustCompile(`^data/index\.html$`)},
	{"about", regexp.MustCompile(`^about/[^/]+\.html$`)},
	{"reports", regexp.MustCompile(`^reports/index\.html$`)},
	{"report", regexp.MustCompile(`^reports/[^/]+\.html$`)},
	{"meetings", regexp.MustCompile(`^meetings/index\.html$`)},
	{"meeting", regexp.MustCompile(`^meetings/[^/]+\.html$`)},
	{"view", regexp.MustCompile(`^views/[^/]+\.html$`)},
	{"archive", regexp.MustCompile(`^archive/index\.html$`)},
	{"changes", regexp.MustCompile(`^archive/[^/]+-to-[^/]+\.html$`)},
	{"snapshot", regexp.MustCompile(`^archive/.+\.html$`)},
	{"indicator", regexp.MustCompile(`^[^/]+/indicators/[^/]+\.html$`)},
	{"month", regexp.MustCompile(`^[^/]+/\d{4}-\d{2}/index\.html$`)},
	{"section", regexp.MustCompile(`^[^/]+/\d{4}-\d{2}/[^/]+\.html$`)},
	{"actions", regexp.MustCompile(`^[^/]+/actions\.html$`)},
	{"scorecard", regexp.MustCompile(`^[^/]+/index\.html$`)},
}

// Kind names the sort of page at the path; "" for one that this package does
// not know, which is then tested nowhere.
func Kind(name string) string {
	for _, k := range kinds {
		if k.pattern.MatchString(name) {
			return k.kind
		}
	}
	return ""
}

// Longest gives of each kind the page that has most on it.
func (s *Site) Longest() ([]string, error) {
	return s.best(func(size, than int64) bool { return size > than })
}

// Shortest gives of each kind the page with most gaps.
func (s *Site) Shortest() ([]string, error) {
	return s.best(func(size, than int64) bool { return size < than })
}

func (s *Site) best(better func(size, than int64) bool) ([]string, error) {
	best, size := map[string]string{}, map[string]int64{}
	for _, page := range s.Pages {
		info, err := os.Stat(filepath.Join(s.Dir, filepath.FromSlash(page)))
		if err != nil {
			return nil, err
		}
		kind := Kind(page)
		if _, ok := best[kind]; !ok || better(info.Size(), size[kind]) {
			best[kind], size[kind] = page, info.Size()
		}
	}
	return slices.Sorted(maps.Values(best)), nil
}

// Serve serves the site over the loopback interface as a careful host would,
// with Policy on every answer, until stop is called. Pages in extra, by path,
// stand beside those of the site.
func (s *Site) Serve(extra map[string]string) (address string, stop func() error, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", Policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-cache")
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if name == "" {
			name = "index.html"
		}
		if page, ok := extra[name]; ok {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(page)) // the browser went away: nobody to tell
			return
		}
		if !s.Files[name] {
			http.NotFound(w, r)
			return
		}
		// Not http.FileServer: it redirects index.html away, which a plain host need not.
		file, err := os.Open(filepath.Join(s.Dir, filepath.FromSlash(name)))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer file.Close()
		info, err := file.Stat()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		http.ServeContent(w, r, path.Base(name), info.ModTime(), file)
	})}
	go func() { _ = server.Serve(listener) }() // ends with ErrServerClosed when stop is called
	return "http://" + listener.Addr().String() + "/", server.Close, nil
}
