package release

import (
	"cmp"
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"outturn/internal/archive/snapshot"
	"outturn/internal/diag"
)

// want is a place on the site that pages lead to or load.
type want struct {
	file, anchor string
	to           string // as the first page in order writes it
	page         string // that page
	pages        int
	last         string // the page counted last
	loads        bool
}

// seenFault is a fault of accessibility with the pages that have it.
type seenFault struct {
	pageFault
	page  string // the first in order
	pages int
	last  string
}

// look notes what a page leads to, and what is wrong on it.
func (r *Checklist) look(page, base string, now scanned) {
	for _, id := range now.ids {
		r.ids[page+"#"+id] = struct{}{}
	}
	for _, l := range now.links {
		file, anchor, ok := within(page, base, l.to)
		if !ok {
			continue
		}
		key := file + "#" + anchor
		w := r.wanted[key]
		if w == nil {
			w = &want{file: file, anchor: anchor, to: l.to, page: page, loads: l.loads}
			r.wanted[key] = w
		}
		if page < w.page {
			w.page, w.to, w.loads = page, l.to, l.loads
		}
		if w.last != page {
			w.last, w.pages = page, w.pages+1
		}
	}
	for _, f := range now.faults {
		if r.same[page] && !f.stops { // asked about when it was released
			continue
		}
		// A picture that is missing on every page is one fault of the layout; two
		// pages without a title are two.
		key := f.code + "\x00" + f.what
		seen := r.faults[key]
		if seen == nil {
			seen = &seenFault{pageFault: f, page: page}
			r.faults[key] = seen
		}
		seen.page = min(seen.page, page)
		if seen.last != page {
			seen.last, seen.pages = page, seen.pages+1
		}
	}
}

// within resolves an address on a page to a file of the site and an anchor in
// it; ok is false for what leads elsewhere. base is the site's own address.
func within(page, base, to string) (file, anchor string, ok bool) {
	u, err := url.Parse(strings.TrimSpace(to))
	if err != nil {
		return to, "", true // no address at all: there is no such file
	}
	home, err := url.Parse(base)
	if err != nil || base == "" {
		home = &url.URL{Path: "/"}
	}
	switch {
	case u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "" && u.Host != "":
		if home.Host == "" || !strings.EqualFold(u.Host, home.Host) || !strings.HasPrefix(u.Path+"/", home.Path) {
			return "", "", false
		}
	case u.Scheme != "":
		return "", "", false
	}
	anchor = u.Fragment
	if strings.HasPrefix(anchor, ":~:") { // a text to be marked, by the browser
		anchor = ""
	}
	switch {
	case u.Path == "" && u.Host == "":
		file = page
	case u.Host != "" || strings.HasPrefix(u.Path, "/"):
		file = strings.TrimPrefix(u.Path, "/")
		if rest, under := strings.CutPrefix(u.Path, strings.TrimSuffix(home.Path, "/")+"/"); under {
			file = rest
		}
	default:
		file = path.Join(path.Dir(page), u.Path)
	}
	if file == "" || file == "." || strings.HasSuffix(u.Path, "/") {
		file = path.Join(file, "index.html")
	}
	return file, anchor, true
}

// tellLinks tells of what pages lead to and is not there.
func (r *Checklist) tellLinks() {
	if r.rest == nil { // what a link leads to may be in a part that could not be made
		return
	}
	for _, key := range sortedKeys(r.wanted) {
		w := r.wanted[key]
		what := "a link leads to "
		if w.loads {
			what = "the page loads "
		}
		switch {
		case strings.HasPrefix(w.file, "archive/"):
			if r.built[w.file] || r.frozen(w.file) {
				continue
			}
			what += "a page that is not in the archive, " + diag.Quote(w.file)
		case !r.built[w.file]:
			what += "what is not on the site, " + diag.Quote(w.file)
		case w.anchor == "" || w.anchor == "top" || !strings.HasSuffix(w.file, ".html") || strings.HasPrefix(w.file, "files/"):
			continue
		default:
			if _, there := r.ids[w.file+"#"+w.anchor]; there {
				continue
			}
			what += "the place " + diag.Quote("#"+w.anchor) + ", which is not on " + w.file
		}
		at, source := r.whence(w.page, w.to)
		p := r.found.Errorf(at, "broken-link", "%s%s", what, r.on(w.page, w.pages, at))
		p.Hint, p.Source = "correct the address, or take the link out", source
		if source == "" {
			p.Hint = "correct the address in the theme's layout or in the text that the page is made from"
		}
	}
}

// frozen reports whether a page of the archive stands in a snapshot.
func (r *Checklist) frozen(file string) bool {
	id, rest, _ := strings.Cut(strings.TrimPrefix(file, "archive/"), "/")
	_, err := fs.Stat(r.site, path.Join(snapshot.Root, id, snapshot.Site, rest))
	return err == nil
}

// tellFaults tells of the faults of accessibility.
func (r *Checklist) tellFaults() {
	for _, key := range sortedKeys(r.faults) {
		f := r.faults[key]
		at, source := r.whence(f.page, f.sought)
		tell := r.found.Warnf
		if f.stops {
			tell = r.found.Errorf
		}
		p := tell(at, f.code, "%s%s", f.what, r.on(f.page, f.pages, at))
		p.Hint, p.Source = f.mend, source
	}
}

// on says which page a finding is about, where its place does not, and how many
// others have it.
func (r *Checklist) on(page string, pages int, at diag.Place) string {
	said := ""
	if at.File != "public/"+page {
		said = " (" + page + ")"
	}
	if pages > 1 {
		said += ", and so on " + counted(pages-1, "other page", "other pages")
	}
	return said
}

// whence finds the line of an officer's text that a piece of a page came from;
// where there is none, the place is the page itself, without a line.
func (r *Checklist) whence(page, sought string) (at diag.Place, source string) {
	files := sourcesOf(page)
	for _, file := range files {
		text, err := fs.ReadFile(r.site, file)
		if err != nil || sought == "" {
			continue
		}
		for _, way := range slices.Compact([]string{sought, path.Base(sought)}) {
			if line, column, source, ok := find(string(text), way); ok {
				return diag.Place{File: file, Line: line, Column: column}, source
			}
		}
	}
	return diag.Place{File: "public/" + page}, ""
}

// find is the first place of some words in a text, from 1, with their line.
func find(text, words string) (line, column int, source string, ok bool) {
	for i, l := range strings.Split(text, "\n") {
		if at := strings.Index(l, words); at >= 0 {
			return i + 1, utf8.RuneCountInString(l[:at]) + 1, strings.TrimSuffix(l, "\r"), true
		}
	}
	return 0, 0, "", false
}

// sourcesOf are the texts that may stand on a page, the likeliest first.
func sourcesOf(page string) []string {
	if page == "index.html" {
		return []string{"content/_index.md"}
	}
	parts := strings.Split(strings.TrimSuffix(page, ".html"), "/")
	name := parts[len(parts)-1]
	switch {
	case parts[0] == "reports":
		return []string{"content/reports/" + name + ".md", "content/reports/_implications.md"}
	case parts[0] == "meetings" || parts[0] == "about":
		return []string{"content/" + strings.Join(parts, "/") + ".md"}
	case len(parts) == 2 && name == "index":
		return []string{"content/" + parts[0] + "/_index.md"}
	case len(parts) == 3 && name == "index":
		return []string{"content/" + parts[0] + "/" + parts[1] + "/_index.md", "content/" + parts[0] + "/_index.md"}
	case len(parts) == 3:
		return []string{"content/" + strings.Join(parts, "/") + ".md", "content/" + parts[0] + "/" + name + ".md"}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, cmp.Compare)
	return keys
}
