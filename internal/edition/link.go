package edition

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"outturn/internal/archive/snapshot"
	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
)

// links knows where a text may lead: the pages of the site's plan (contract,
// section 5) and the attachments. Another scorecard is read when a text leads to
// a page that hangs on its figures.
type links struct {
	e      *Edition
	pages  map[string]bool
	opened map[string]bool // scorecards whose pages are among them
}

// HasPage reports whether the site has a page at a path from its root, or would
// have it once everything is released.
func (e *Edition) HasPage(to string) bool { return (&links{e: e}).have(to) }

func (l *links) have(to string) bool {
	is := l.e.place(to)
	switch {
	case strings.HasPrefix(to, "archive/"):
		return l.e.Options.Snapshot != "" || is&filed != 0
	case strings.HasPrefix(to, "files/"):
		return is&attachment != 0
	}
	if l.pages == nil {
		l.pages, l.opened = map[string]bool{}, map[string]bool{}
	}
	if is&page != 0 || l.pages[to] {
		return true
	}
	id, _, _ := strings.Cut(strings.TrimPrefix(to, "api/"), "/")
	if !l.e.Outline.has(id) || l.opened[id] {
		return l.inHiddenMonth(to)
	}
	l.opened[id] = true
	s := l.e.Scorecard(id)
	if s == nil { // it cannot be read, which is told
		return true
	}
	l.scorecard(s)
	return l.pages[to] || l.inHiddenMonth(to)
}

func (l *links) add(parts ...string) { l.pages[strings.Join(parts, "/")] = true }

// pages are those that hang on no figure.
func (in *Inputs) pages() map[string]bool {
	content, pages := in.content, map[string]bool{}
	add := func(parts ...string) { pages[strings.Join(parts, "/")] = true }
	for _, name := range []string{"index.html", "methodology.html", "revisions.html", "status.html", "data/index.html", "404.html", "robots.txt"} {
		add(name)
	}
	if content.Site.BaseURL != "" {
		add("feed.xml")
		add("sitemap.xml")
	}
	for _, p := range content.Pages {
		add(p.Path + ".html")
	}
	for _, v := range content.Site.Views {
		add("views", v.ID+".html")
	}
	for _, h := range in.outline.Plans {
		add(h.ID, "index.html")
	}
	for _, h := range in.outline.Scorecards {
		add(h.ID, "index.html")
		if in.outline.Large() { // each has pages of its own for what else stands together
			add(h.ID, "methodology.html")
			add(h.ID, "status.html")
			add(h.ID, "data.html")
			add(h.ID, "revisions.html")
		}
		for _, m := range h.Months {
			add(h.ID, m.Month.String(), "index.html")
			add("api", h.ID, m.Month.String()+".json")
		}
	}
	for i := range content.Reports {
		add("reports", "index.html")
		add("reports", content.Reports[i].Slug+".html")
	}
	for i := range content.Meetings {
		add("meetings", "index.html")
		add("meetings", content.Meetings[i].Slug+".html")
	}
	return pages
}

// scorecard adds the pages of sections and measures. A text may lead to what
// the newest return brings before it is out; until then no link is made.
func (l *links) scorecard(s *Scorecard) {
	for _, m := range s.Months {
		l.measures(s, m.View) // one that has been replaced keeps its page
		for _, sec := range s.Sections {
			if len(m.InSection(sec.ID)) > 0 {
				l.add(s.ID, m.Month.String(), sec.ID+".html")
			}
		}
	}
	if all := s.Data.Vintages(); len(all) > 0 {
		l.measures(s, s.Data.AsAt(all[len(all)-1].Month, func(dataset.Vintage) bool { return true }))
	}
}

func (l *links) measures(s *Scorecard, v *dataset.View) {
	if len(v.Actions()) > 0 {
		l.add(s.ID, "actions.html")
	}
	for _, ind := range v.Indicators {
		if ind.IsPart() {
			continue
		}
		for _, kind := range []string{".html", ".csv", ".json", ".csv-metadata.json"} {
			l.add(s.ID, "indicators", dataset.RefFile(ind.Ref)+kind)
		}
	}
}

// inHiddenMonth reports whether a path lies in the folder of a month that there
// is, and that this edition does not show: no link is made.
func (l *links) inHiddenMonth(to string) bool {
	parts := strings.Split(to, "/")
	if len(parts) != 3 || !l.opened[parts[0]] {
		return false
	}
	s := l.e.Scorecard(parts[0])
	month, err := period.ParseMonth(parts[1])
	if s == nil || err != nil || s.has(month) {
		return false
	}
	covered := slices.ContainsFunc(s.Text.Covers, func(c commentary.Cover) bool { return c.Month == month })
	return (covered || s.returned(month)) && month >= s.Settings.FirstReport
}

// check tells of links and pictures of a text that lead to what is not there.
func (l *links) check(text commentary.Text, problems *diag.List) {
	for _, target := range text.Targets() {
		if l.have(target.Path) {
			continue
		}
		name, isFile := strings.CutPrefix(target.Path, "files/")
		var p *diag.Problem
		if isFile {
			p = problems.Errorf(target.Place, "bad-link", "the link leads to a file that is not there, %s", diag.Quote(path.Join("content/files", name)))
			p.Hint = "put the file there, or take the link out"
		} else {
			p = problems.Errorf(target.Place, "bad-link", "the link leads to a page that is not there, %s", diag.Quote(target.Path))
			p.Hint = "write the page's address from this file, or take the link out"
		}
		if near := l.near(target.Path, target.Place.File); near != "" {
			p.Hint = "did you mean " + from(target.Place.File, near) + "?"
		}
		p.Source = target.Source
	}
}

// archived reports whether the archive has a page or file: its own pages, those
// that a snapshot holds, and any address of one that was withdrawn.
func (in *Inputs) archived(to string, list []snapshot.Snapshot) bool {
	rest := strings.TrimPrefix(to, "archive/")
	if rest == "index.html" {
		return len(list) > 0
	}
	for i, s := range list {
		if name, within := strings.CutPrefix(rest, s.ID+"/"); within {
			_, err := fs.Stat(in.site, path.Join(snapshot.Folder(s.ID), snapshot.Site, name))
			return s.Withdrawn || err == nil
		}
		if i > 0 && rest == list[i-1].ID+"-to-"+s.ID+".html" {
			return true
		}
	}
	return false
}

// near is the page or file that a path in a file's text may be meant for: the index
// of a folder, the same name in another folder of the scorecard (of the text's own
// month, else of the newest that is out, else the newest), or one that differs by a
// slip.
func (l *links) near(to, file string) string {
	l.e.asked.Names = l.e.in.names()
	if index := path.Join(to, "index.html"); l.pages[index] || l.e.in.standing()[index] || strings.HasPrefix(index, "archive/") && l.have(index) {
		return index
	}
	var known []string
	if strings.HasPrefix(to, "files/") {
		for _, name := range l.e.in.content.Files {
			known = append(known, "files/"+name)
		}
	}
	best, fit, top, base := "", 0, strings.Split(to, "/")[0]+"/", "/"+path.Base(to)
	for _, pages := range []map[string]bool{l.pages, l.e.in.standing()} {
		for page := range pages {
			known = append(known, page)
			if strings.HasPrefix(page, top) && strings.HasSuffix(page, base) {
				if fits := l.fits(page, file); best == "" || fits > fit || fits == fit && page > best {
					best, fit = page, fits
				}
			}
		}
	}
	if best != "" {
		return best
	}
	slices.Sort(known)
	return diag.Nearest(to, known)
}

// fits is how likely a text of a file is to lead to a page: least where its month is
// not out, for the link would be none to the public.
func (l *links) fits(page, file string) int {
	id, below, _ := strings.Cut(page, "/")
	folder, _, _ := strings.Cut(below, "/")
	month, err := period.ParseMonth(folder)
	switch {
	case err != nil || !l.e.Outline.has(id):
		return 1
	case strings.HasPrefix(file, path.Join("content", id, folder)+"/"):
		return 2
	}
	if s := l.e.Scorecard(id); s != nil && slices.ContainsFunc(s.Months, func(m *Month) bool { return m.Month == month && m.Released }) {
		return 1
	}
	return 0
}

// from is the address of a page as a text in a file of content/ writes it.
func from(file, page string) string {
	return fmt.Sprint(strings.Repeat("../", max(0, strings.Count(file, "/")-1)), page)
}
