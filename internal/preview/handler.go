package preview

import (
	"fmt"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// policy is the one under which the site is published (see the meta element of
// its pages), with what only a header can say. upgrade-insecure-requests is left
// out: this server has no https, and not every browser spares the loopback.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// ServeHTTP serves the preview to browsers of this machine, for itself alone.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	defer func() {
		if p := recover(); p != nil && p != http.ErrAbortHandler {
			fmt.Fprintf(s.log, "outturn: %s: %v\n", r.URL.Path, p)
			http.Error(w, "This is a fault of the program, not of your files. The rest of the site can be seen.", http.StatusInternalServerError)
		}
	}()
	if why := refuses(r); why != "" {
		http.Error(w, why, http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "the preview is for reading", http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	if rest, ok := strings.CutPrefix(r.URL.Path, s.root()+"/"); ok {
		name = rest
	}
	switch own, isOwn := strings.CutPrefix(name, "_desk/"); {
	case isOwn && own == "events":
		s.events(w, r)
	case isOwn && (own == "preview.css" || own == "preview.js"):
		content, err := assets.ReadFile("assets/" + own)
		if err != nil {
			panic(err)
		}
		s.write(w, r, own, http.StatusOK, content)
	default:
		s.file(w, r, name)
	}
}

func (s *Server) root() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.base
}

// refuses says why a request is not answered. A page of another origin may make
// the browser ask here, and by a name of its own that leads to this machine
// (DNS rebinding) even read the answer: this shows what is not released.
func refuses(r *http.Request) string {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if !loopback(strings.Trim(host, "[]")) {
		return "the preview answers to 127.0.0.1 and localhost alone"
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || u.Scheme != "http" || u.Host != r.Host {
			return "the preview answers to its own pages alone"
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "none", "same-origin":
	default:
		if r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document" {
			return "the preview answers to its own pages alone"
		}
	}
	return ""
}

// asset is the name of a stylesheet or script of the theme. One of a moment ago
// is answered with that of now: a page may have been sent before a save and ask
// for its style after it.
var asset = regexp.MustCompile(`^assets/site\.[0-9a-f]{8}\.(css|js)$`)

// file serves a page or a file of the site.
func (s *Server) file(w http.ResponseWriter, r *http.Request, name string) {
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	if !fs.ValidPath(name) {
		http.NotFound(w, r)
		return
	}
	if m := asset.FindStringSubmatch(name); m != nil {
		name = "assets/" + s.site.Theme().Style()
		if m[1] == "js" {
			name = "assets/" + s.site.Theme().Script()
		}
	}
	if !strings.HasSuffix(name, ".html") || strings.HasPrefix(name, "files/") {
		if path.Ext(name) == "" { // a folder without its slash
			if page := s.show(name + "/index.html"); !page.gone {
				http.Redirect(w, r, s.root()+"/"+name+"/", http.StatusFound)
				return
			}
		}
		page := s.show(name)
		if !page.gone && len(page.errors) == 0 {
			s.write(w, r, name, page.status, page.body)
			return
		}
		s.page(w, r, page)
		return
	}
	s.page(w, r, s.show(name))
}

// page serves a page with what the preview adds.
func (s *Server) page(w http.ResponseWriter, r *http.Request, page shown) {
	if len(page.errors) > 0 && !page.held {
		page.status = http.StatusInternalServerError
	}
	s.write(w, r, "page.html", page.status, s.dress(page))
	s.examineFor(page.name)
}

// examineFor asks for the findings of what a page shows, after it was sent. The
// desk tells those of all scorecards, one after the other.
func (s *Server) examineFor(name string) {
	card, isDesk := strings.CutPrefix(strings.TrimSuffix(name, ".html"), "_desk/")
	switch {
	case !isDesk:
		s.examine(s.site.PartOf(name))
	case card == "index":
		s.examineLater(s.parts())
	default:
		s.examine("")
		s.examine(card)
	}
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, name string, status int, content []byte) {
	kind := mime.TypeByExtension(path.Ext(name))
	switch path.Ext(name) { // not as the machine's own table has it
	case ".html":
		kind = "text/html; charset=utf-8"
	case ".css":
		kind = "text/css; charset=utf-8"
	case ".js":
		kind = "text/javascript; charset=utf-8"
	case ".csv":
		kind = "text/csv; charset=utf-8"
	case ".json":
		kind = "application/json"
	case ".svg":
		kind = "image/svg+xml"
	case ".xml":
		kind = "application/xml"
	case ".txt":
		kind = "text/plain; charset=utf-8"
	}
	if kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	w.Header().Set("Content-Length", fmt.Sprint(len(content)))
	w.WriteHeader(status)
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(content) // the browser went away: nobody to tell
}
