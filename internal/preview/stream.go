package preview

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"time"
)

// state is what an open page is told: all of it each time, so that a server that
// was started again is made good by its first message. The page itself goes along
// where it is another than the one that is open: to ask for it would cost the
// browser as long as to make it.
type state struct {
	Sum   string `json:"sum,omitempty"`   // of the page; "" where it stays as it is
	Page  string `json:"page,omitempty"`  // as a build writes it, see shorten; "" where it is the one that is open
	Held  string `json:"held,omitempty"`  // how many of kinds the page that is open has; "" where Page is whole
	Has   string `json:"has,omitempty"`   // and how many the next
	Style string `json:"style"`           // address of the stylesheet
	Panel string `json:"panel,omitempty"` // problems as HTML
	Count string `json:"count,omitempty"` // of the strip
	Only  bool   `json:"only,omitempty"`  // the style alone is told
}

// client is an open page.
type client struct {
	page  string
	waken chan struct{} // room for one: a client that is awake looks at what is newest
}

func (c *client) wake() {
	select {
	case c.waken <- struct{}{}:
	default:
	}
}

// heartbeat keeps a stream from being taken for dead by what stands between.
const heartbeat = 20 * time.Second

// events is the stream of one open page.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	control := http.NewResponseController(w)
	c := &client{page: r.URL.Query().Get("page"), waken: make(chan struct{}, 1)}
	open := r.URL.Query().Get("sum") // of the page that is open
	var body []byte                  // its text, once it is known
	if !fs.ValidPath(c.page) {
		http.Error(w, "which page?", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	s.mu.Lock()
	s.clients[c] = true
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.clients, c)
		s.mu.Unlock()
	}()
	send := func(st state) error {
		if _, err := io.WriteString(w, "data: "); err != nil {
			return err
		}
		text := json.NewEncoder(w)
		text.SetEscapeHTML(false)               // a page would be twice as long
		if err := text.Encode(st); err != nil { // on one line, with its end
			return err
		}
		if _, err := io.WriteString(w, "\n"); err != nil {
			return err
		}
		return control.Flush()
	}
	// After a break the page comes back soon: the server was started again.
	if _, err := fmt.Fprint(w, "retry: 500\n\n"); err != nil || control.Flush() != nil {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	var last state
	c.wake()
	for {
		select {
		case <-r.Context().Done():
			return
		case <-beat.C:
			if _, err := fmt.Fprint(w, ":\n\n"); err != nil || control.Flush() != nil {
				return
			}
			continue
		case <-c.waken:
		}
		// A style is told before the page is looked at, which takes longer.
		if style := "/assets/" + s.site.Theme().Style(); style != last.Style && last.Style != "" {
			last.Style = style
			if send(state{Style: style, Only: true}) != nil {
				return
			}
		}
		next, page, told := s.state(c.page)
		if !told || next == last {
			continue
		}
		last = next
		if next.Sum != "" {
			if next.Sum != open {
				text := page
				if body != nil {
					text, next.Held, next.Has = shorten(body, page)
				}
				open, next.Page = next.Sum, string(text)
			}
			body = page
		}
		if send(next) != nil {
			return
		}
	}
}

// state is that of a page, with the page; told is false where it is not sure yet.
func (s *Server) state(name string) (next state, body []byte, told bool) {
	page := s.show(name)
	s.mu.Lock()
	still := s.still
	s.mu.Unlock()
	if (len(page.errors) > 0 || page.gone) && !still {
		return state{}, nil, false
	}
	s.examineFor(name)
	p := s.panel(page)
	next = state{Style: p.Style, Panel: p.problems(), Count: execute("count.html", p)}
	if !page.gone && !page.held {
		next.Sum = p.Sum
	}
	return next, page.body, true
}
