package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
)

// keptGood is how many last good pages are kept: those of the tabs that are open.
const keptGood = 64

// deskPage is the name of the desk among the pages.
const deskPage = "_desk/index.html"

// shown is a page as it now is to be seen.
type shown struct {
	name   string
	body   []byte // as a build writes it
	status int    // of HTTP
	gone   bool   // there is no such page
	held   bool   // it is the last good one: the errors are of a newer state
	errors []diag.Problem
}

// show makes a page, or finds what stands in its place.
func (s *Server) show(name string) shown {
	s.work.Add(1)
	s.making.Add(1)
	defer s.making.Add(-1)
	page := shown{name: name, status: http.StatusOK}
	var err error
	if !fs.ValidPath(name) {
		err = fs.ErrNotExist
	} else if fault := guard(func() { page.errors, err = s.errorsOf(name) }); fault != nil {
		err = fault
	}
	if err == nil && len(page.errors) == 0 {
		if fault := guard(func() { page.body, err = s.open(name) }); fault != nil {
			err = fault
		}
		if err == nil {
			s.keep(name, page.body)
			return page
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		page.gone, page.status = true, http.StatusNotFound
		page.body = s.instead("There is no page at this address", template.HTML("<p>It may have been moved, renamed or taken out since. The home page leads to every page that there is.</p>"))
		return page
	case err != nil:
		page.status = http.StatusInternalServerError
		page.errors = append(page.errors, diag.Problem{Place: diag.Place{File: name}, Code: "preview", Message: err.Error(), Hint: "the rest of the site can be seen; tell who looks after outturn if it stays"})
	}
	s.mu.Lock()
	page.body, page.held = s.good[name]
	s.mu.Unlock()
	if !page.held {
		page.body = s.instead("This page cannot be shown yet", template.HTML("<p>What it is made from has errors. They stand below; the page appears when they are mended.</p>"))
	}
	return page
}

func (s *Server) open(name string) ([]byte, error) {
	if name == deskPage {
		return s.desk("")
	}
	if card, ok := strings.CutPrefix(name, "_desk/"); ok {
		return s.desk(strings.TrimSuffix(card, ".html"))
	}
	return s.site.Open(name)
}

// keep keeps a page that is good.
func (s *Server) keep(name string, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.good[name]; !known {
		s.goodWas = append(s.goodWas, name)
		if len(s.goodWas) > keptGood {
			delete(s.good, s.goodWas[0])
			s.goodWas = s.goodWas[1:]
		}
	}
	s.good[name] = body
}

// errorsOf are the errors by which a page may not be shown.
func (s *Server) errorsOf(name string) ([]diag.Problem, error) {
	s.mu.Lock()
	fault := s.fault
	s.mu.Unlock()
	if fault != nil {
		return []diag.Problem{*fault}, nil
	}
	if strings.HasPrefix(name, "_desk/") || strings.HasPrefix(name, "assets/") || strings.HasPrefix(name, "files/") || strings.HasPrefix(name, "archive/") && path.Ext(name) != ".html" {
		return nil, nil // the desk tells of all of them, and pages of what they show
	}
	id := s.site.PartOf(name)
	all, err := s.site.Problems(id)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(name, "archive/") { // what is kept belongs to no part: the checks tell of it
		found, _ := s.site.Findings("")
		all = append(all, found...)
	}
	if id == "" && !s.site.Outline().Large() {
		for _, h := range s.site.Outline().Scorecards { // all are read by now
			own, err := s.site.Problems(h.ID)
			if err != nil {
				return nil, err
			}
			all = append(all, own...)
		}
	}
	stop := make([]diag.Problem, 0, len(all))
	concerns := s.concerns(name)
	for _, p := range all {
		if p.Severity == diag.Error && concerns(p.File) {
			stop = append(stop, p)
		}
	}
	diag.Sort(stop)
	return slices.Compact(stop), nil
}

// concerns tells of an input file whether a fault in it reaches a page. Settings,
// theme and populations reach all; a scorecard's files its own pages. A paper or
// a plain page is made of its text and of the scorecards that this names; the
// pages over all scorecards are made of all of these, and list papers.
func (s *Server) concerns(name string) func(file string) bool {
	id, own := s.site.PartOf(name), s.textOf(name)
	text, err := fs.ReadFile(build.Folder(s.folder), own)
	names := func(card string) bool { return bytes.Contains(text, []byte(card)) }
	if own == "" || err != nil || bytes.Contains(text, []byte("{{")) && !slices.ContainsFunc(s.site.Outline().Scorecards, func(h edition.Head) bool { return names(h.ID) }) {
		names = func(string) bool { return true } // a text may speak of the one scorecard that there is without its name
	}
	folder := own
	if own == "" {
		folder, _, _ = strings.Cut(name, "/")
		folder = "content/" + folder + "/" // reports/index.html lists those of content/reports/
	}
	if snapshot := strings.SplitN(name, "/", 3); snapshot[0] == "archive" && len(snapshot) == 3 {
		folder += snapshot[1] + "/" // another snapshot's fault is none of its own
	}
	plan := "data/" + strings.TrimPrefix(path.Dir(own), "content/") + "/"
	return func(file string) bool {
		part := s.site.PartOf(file)
		switch {
		case file == "content/site.yaml" || file == "content" || file == "data" || file == "data/populations.csv" || strings.HasPrefix(file, "themes"):
			return true
		case id != "" || part != "":
			return part == id || id == "" && names(part)
		case own == "":
			return strings.HasPrefix(file+"/", folder) || file == "content/archive/withdrawn.csv" && strings.HasPrefix(name, "archive/") || file == "content/_index.md" && name == "index.html"
		}
		return file == own || path.Base(own) == "_index.md" && strings.HasPrefix(file, plan)
	}
}

// textOf is the file of a paper, a plain page or a plan; "" is that of the pages
// over all scorecards.
func (s *Server) textOf(name string) string {
	content, page := s.site.Content(), strings.TrimSuffix(name, ".html")
	for _, r := range content.Reports {
		if page == "reports/"+r.Slug {
			return r.Place.File
		}
	}
	for _, m := range content.Meetings {
		if page == "meetings/"+m.Slug {
			return m.Place.File
		}
	}
	for _, p := range content.Pages {
		if page == p.Path {
			return p.Place.File
		}
	}
	for _, h := range s.site.Outline().Plans {
		if path.Dir(page) == h.ID {
			return "content/" + h.ID + "/_index.md"
		}
	}
	return ""
}

// instead is a page in the house's look with other words in its main part. Where
// the theme itself cannot make one, it is a plain one.
func (s *Server) instead(title string, body template.HTML) []byte {
	main := "<main id=\"main\" class=\"wide\">\n<h1>" + template.HTMLEscapeString(title) + "</h1>\n<div class=\"prose\">" + string(body) + "</div>\n</main>"
	return s.framed(title, main)
}

func (s *Server) framed(title, main string) []byte {
	var frame []byte
	var err error
	if fault := guard(func() { frame, err = s.site.Frame() }); fault != nil || err != nil {
		frame = nil
	}
	from, to := bytes.Index(frame, []byte("<main")), bytes.LastIndex(frame, []byte("</main>"))
	if from < 0 || to < from {
		return []byte("<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + template.HTMLEscapeString(title) + "</title>\n</head>\n<body>\n" + main + "\n</body>\n</html>\n")
	}
	page := slices.Concat(frame[:from], []byte(main), frame[to+len("</main>"):])
	if open, shut := bytes.Index(page, []byte("<title>")), bytes.Index(page, []byte("</title>")); open >= 0 && open < shut {
		page = slices.Concat(page[:open], []byte("<title>"+template.HTMLEscapeString(title)), page[shut:])
	}
	return page
}

// sum tells one page from another. The name of the stylesheet is left out: a
// change of style exchanges that alone.
func (s *Server) sum(body []byte) string {
	body = bytes.ReplaceAll(body, []byte(s.site.Theme().Style()), nil)
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:8])
}

// The pieces that the preview adds to a page.
const (
	headPiece = "<link rel=\"stylesheet\" href=\"/_desk/preview.css\">\n<script src=\"/_desk/preview.js\" defer></script>\n"
	stripHead = "<!--preview-->"
	stripFoot = "<!--/preview-->\n"
)

// dress adds them. The script stands before those of the site, so that it sees
// the page as it was sent.
func (s *Server) dress(page shown) []byte {
	strip := stripHead + s.strip(page) + stripFoot
	body := page.body
	head := bytes.Index(body, []byte("<head>"))
	foot := bytes.LastIndex(body, []byte("</body>"))
	if head < 0 || foot < head {
		return slices.Concat(body, []byte(headPiece+strip))
	}
	head += len("<head>\n")
	return slices.Concat(body[:head], []byte(headPiece), body[head:foot], []byte(strip), body[foot:])
}

// Undress takes from a page what the preview has added: what is left is, byte
// for byte, what a build writes.
func Undress(page []byte) []byte {
	page = bytes.Replace(page, []byte(headPiece), nil, 1)
	from, to := bytes.LastIndex(page, []byte(stripHead)), bytes.LastIndex(page, []byte(stripFoot))
	if from < 0 || to < from {
		return page
	}
	return slices.Concat(page[:from], page[to+len(stripFoot):])
}

// findings are those of the texts and data that a page is made from.
func (s *Server) findings(name string) []diag.Problem {
	id := s.site.PartOf(name)
	var list []diag.Problem
	found, _ := s.site.Findings(id)
	for _, p := range found {
		if p.Severity == diag.Warning && speaksOf(p, name, id) {
			list = append(list, p)
		}
	}
	return list
}

// speaksOf reports whether a finding is about what stands on a page.
func speaksOf(p diag.Problem, name, id string) bool {
	dir, base := path.Split(strings.TrimSuffix(name, ".html"))
	dir = strings.TrimSuffix(dir, "/")
	switch {
	case id == "": // a paper, a plain page, a plan: its own file
		text := "content/" + strings.TrimSuffix(name, ".html")
		return p.File == text+".md" || base == "index" && (p.File == "content/"+path.Join(dir, "_index.md") || dir != "" && strings.HasPrefix(p.File, "data/"+dir+"/"))
	case dir == id+"/indicators": // its ref stands in the message
		return strings.Contains(p.Message, "indicator "+strings.ReplaceAll(base, "-", " ")+" ") || strings.Contains(p.Message, "indicator "+base+" ") || strings.Contains(p.Message, "indicator "+base+",")
	case dir == id: // the scorecard's latest page: its standing texts and its data
		return base == "index" && (strings.HasPrefix(p.File, "data/"+id+"/") || p.File == "content/"+id+"/_index.md")
	case base == "index": // a month
		return p.File == "content/"+dir+"/_index.md" || strings.HasPrefix(p.File, "data/"+dir+".")
	}
	return p.File == "content/"+dir+"/"+base+".md" || p.File == "content/"+id+"/"+base+".md"
}

// all are the errors and findings of the whole site, as far as they are known:
// of a large one those of the scorecards that are named, and what was found of
// others. waiting is how many of its parts have not been looked at as they now are.
func (s *Server) all(named ...string) (list []diag.Problem, waiting int) {
	found := map[diag.Problem]bool{}
	add := func(list []diag.Problem) {
		for _, p := range list {
			found[p] = true
		}
	}
	add(s.site.Standing())
	outline := s.site.Outline()
	for _, id := range s.parts() {
		told, current := s.site.Findings(id)
		add(told)
		if !current {
			waiting++
		}
		if id != "" && (!outline.Large() || slices.Contains(named, id)) {
			if own, err := s.site.Problems(id); err == nil {
				add(own)
			}
		}
	}
	list = slices.Collect(maps.Keys(found))
	diag.Sort(list)
	return list, waiting
}

// parts are what is examined: every scorecard, and "" for what belongs to none.
func (s *Server) parts() []string {
	ids := []string{""}
	for _, h := range s.site.Outline().Scorecards {
		ids = append(ids, h.ID)
	}
	return ids
}
