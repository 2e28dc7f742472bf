package site

import (
	"html/template"
	"strconv"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/theme"
)

// composer makes the view of one page. It lives for that page alone.
type composer struct {
	ed    *edition.Edition
	theme *theme.Theme
	path  string          // of the page, from the site's root
	used  map[string]bool // symbols that stand in the page's figures
	texts int             // Markdown texts placed so far: keeps their ids apart
	ids   map[string]int  // ids given on the page, so that none is given twice
	notes map[string]int  // where figures of texts come from, with the number of the note
	list  []theme.Source  // the notes in order
	lone  bool            // some source can be read in its note alone
	whole bool            // sources name their scorecard: the page speaks of several

	drawnInText map[string]bool // measures whose chart stands in a text
	room        *room           // in which they are read
	drawings    *drawings       // of the part; nil where nothing is shared
	first       bool            // the page draws before the other that shows the same
	measuresOf  string          // the scorecard whose measures were linked to last,
	measures    string          // and the way to their folder
	fixed       string          // where the page has no address of its own (404): the path of the site's root
	draft       bool            // it shows something that is not released
}

func compose(ed *edition.Edition, path string) *composer {
	return &composer{
		ed: ed, theme: ed.Theme, path: path,
		used: map[string]bool{}, ids: map[string]int{}, notes: map[string]int{}, drawnInText: map[string]bool{},
		room: new(room),
	}
}

// to is a relative link from this page.
func (c *composer) to(path string) string {
	if c.fixed != "" {
		return c.fixed + path
	}
	return rel(c.path, path)
}

// toMeasure is a relative link to a measure's page: of many rows, the first part is
// the same.
func (c *composer) toMeasure(card, ref string) string {
	if card != c.measuresOf {
		c.measuresOf, c.measures = card, c.to(measuresPath(card))
	}
	return c.measures + dataset.RefFile(ref) + ".html"
}

func (c *composer) link(text, path string) theme.Link {
	return theme.Link{Text: text, Href: c.to(path), Current: path == c.path}
}

// frame is what every page has. crumbs are the pages above this one, home left
// out.
func (c *composer) frame(title, description string, crumbs ...theme.Link) theme.Frame {
	f := c.drawings.frame(c)
	f.Title, f.Description = title, description
	f.Sources, f.SourcesOpen, f.Draft = c.list, c.lone, c.draft
	site := c.ed.Content.Site
	if site.BaseURL != "" && c.fixed == "" {
		f.Canonical = absolute(site.BaseURL, c.path)
	}
	if id := c.ed.Options.Snapshot; id != "" && f.Canonical != "" { // its own address, where it will stand for good (RFC 6596)
		f.Canonical = absolute(site.BaseURL, archivePath(id, c.path))
	}
	if c.path != "index.html" {
		f.Crumbs = append(append(make([]theme.Link, 0, 1+len(crumbs)), f.Nav[0]), crumbs...)
	}
	return f
}

// surround is what the frames of all pages of a folder have in common, but for what
// the navigation says of the page that it leads to.
func (c *composer) surround() theme.Frame {
	site, up := c.ed.Content.Site, c.fixed
	if up == "" {
		up = root(c.path)
	}
	f := theme.Frame{
		SiteTitle: site.Title, Council: site.Council, Language: site.Language,
		Root: up, Notice: site.Notice, Contact: site.Contact,
		Credit:  theme.Link{Text: site.Credit, Href: site.CreditURL},
		Licence: theme.Link{Text: site.Licence, Href: site.LicenceURL},
		Style:   up + "assets/" + c.theme.Style(),
		Script:  up + "assets/" + c.theme.Script(),
	}
	if c.ed.Options.Snapshot != "" {
		f.Snapshot = c.snapshotNote()
	} else if site.BaseURL != "" && c.fixed == "" {
		f.Feed = c.to("feed.xml")
	}
	f.Nav = append(make([]theme.Link, 0, 16), c.link("Home", "index.html"))
	if c.ed.Outline.Large() {
		f.Nav = append(f.Nav, c.link("All scorecards", "index.html#h-find"))
	}
	folder, _, _ := strings.Cut(c.path, "/")
	for i := range c.ed.Outline.Scorecards { // of a nation there are many, on every page
		h := &c.ed.Outline.Scorecards[i]
		here := h.ID == folder
		if len(h.Months) > 0 && (here || !c.ed.Outline.Large()) {
			l := c.link(h.Title, cardPath(h.ID))
			l.Current = here
			f.Nav = append(f.Nav, l)
		}
	}
	for _, p := range c.ed.Outline.Plans {
		f.Nav = append(f.Nav, c.link(p.Title, cardPath(p.ID)))
	}
	if c.ed.Outline.Reports {
		f.Nav = append(f.Nav, c.section("Reports", "reports/index.html"))
	}
	if c.ed.Outline.Meetings {
		f.Nav = append(f.Nav, c.section("Meetings", "meetings/index.html"))
	}
	for _, v := range site.Views {
		f.Nav = append(f.Nav, c.link(v.Title, "views/"+v.ID+".html"))
	}
	if c.ed.Outline.Archive {
		f.Nav = append(f.Nav, c.section("Archive", "archive/index.html"))
	}
	f.Nav = append(f.Nav, c.link("What has been returned", "status.html"), c.link("What was revised", "revisions.html"), c.link("Data", "data/index.html"), c.link("How it is scored", "methodology.html"))
	if c.ed.Outline.Accessibility {
		f.Accessibility = c.to("about/accessibility.html")
	}
	return f
}

// section is a link to a folder's page, current on every page of the folder.
func (c *composer) section(text, index string) theme.Link {
	l := c.link(text, index)
	l.Current = strings.HasPrefix(c.path, strings.TrimSuffix(index, "index.html"))
	return l
}

// cardCrumbs lead to a scorecard: its latest month, or the month that is meant.
func (c *composer) cardCrumbs(m *edition.Month) []theme.Link {
	s := m.Scorecard
	crumbs := []theme.Link{c.link(s.Title, cardPath(s.ID))}
	if m != s.Latest() {
		crumbs = append(crumbs, c.link(m.Month.Words(), monthPath(s.ID, m.Month.String())))
	}
	return crumbs
}

// marked is a title or a month as it is named beside others: that of a draft says so.
func (c *composer) marked(title string, draft bool) string {
	if draft {
		return title + " (" + strings.ToLower(c.theme.Word("meeting", "draft")) + ")"
	}
	return title
}

// titled is a scorecard's title beside a figure of a month, which is named where it
// is a draft.
func (c *composer) titled(m *edition.Month) string {
	if m.Draft {
		return c.marked(m.Scorecard.Title+", "+m.Month.Words(), true)
	}
	return m.Scorecard.Title
}

// prose renders a text with its figures bound as at a month. Faults in its
// references were found when the edition was loaded.
func (c *composer) prose(text commentary.Text, scorecard string, month period.Month, top int) template.HTML {
	if text.Empty() {
		return ""
	}
	return text.RenderAs(c.rendering(scorecard, month, top))
}

// rendering is how a text of this page is written, with its figures bound as at
// a month.
func (c *composer) rendering(scorecard string, month period.Month, top int) commentary.Rendering {
	c.texts++
	blocks := map[diag.Place]template.HTML{}
	return commentary.Rendering{
		Top: top, Prefix: "t" + strconv.Itoa(c.texts) + "-", Page: c.path, Hidden: c.ed.Hidden,
		Amended: func(on period.Date) string {
			return c.theme.Sentence("meeting.amended-here", map[string]string{"date": on.Words()})
		},
		Answer: func(ref commentary.Ref) commentary.Answer {
			if d, ok := c.ed.Directive(ref, scorecard, month); ok {
				if _, drawn := blocks[ref.Place]; !drawn { // asked twice, drawn once: its ids are the page's
					blocks[ref.Place] = c.block(d)
				}
				return commentary.Answer{Block: blocks[ref.Place]}
			}
			said, problem := c.ed.Say(ref, scorecard, month)
			if problem != nil {
				return commentary.Answer{Text: "[x]", Source: problem.Message}
			}
			return c.bound(said, scorecard)
		},
	}
}

// bound is a figure in a text: on screen it leads to its measure's page, on
// paper it bears the number of the note that says where it comes from.
func (c *composer) bound(said edition.Said, scorecard string) commentary.Answer {
	c.draft = c.draft || said.Draft
	a := commentary.Answer{Text: said.Text, Source: said.Source}
	if said.Ref != "" {
		if card := c.ed.Scorecard(said.Scorecard); card != nil && (c.whole || said.Scorecard != scorecard) {
			a.Source = c.marked(card.Title+" "+a.Source, said.Draft)
		}
		if page := indicatorPath(said.Scorecard, said.Ref); page != c.path {
			a.Href = c.to(page)
		}
	}
	if a.Source == "" {
		return a
	}
	key := said.Scorecard + "\x00" + a.Source
	if c.notes[key] == 0 {
		c.notes[key] = len(c.list) + 1
		c.list = append(c.list, theme.Source{Number: strconv.Itoa(len(c.list) + 1), Text: a.Source, Href: a.Href})
	}
	a.Note = c.notes[key]
	if said.Ref == "" {
		a.Href, c.lone = "#source-"+strconv.Itoa(a.Note), true
	}
	return a
}

func absolute(base, path string) string {
	path = strings.TrimSuffix(path, "index.html")
	return strings.TrimSuffix(base, "/") + "/" + path
}
