package site

import (
	"html/template"
	"strconv"
	"strings"

	"outturn/internal/commentary"
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
	fixed string          // where the page has no address of its own (404): the path of the site's root
}

func compose(ed *edition.Edition, path string) *composer {
	return &composer{ed: ed, theme: ed.Theme, path: path, used: map[string]bool{}}
}

// to is a relative link from this page.
func (c *composer) to(path string) string {
	if c.fixed != "" {
		return c.fixed + path
	}
	return rel(c.path, path)
}

func (c *composer) link(text, path string) theme.Link {
	return theme.Link{Text: text, Href: c.to(path), Current: path == c.path}
}

// frame is what every page has. crumbs are the pages above this one, home left
// out.
func (c *composer) frame(title, description string, crumbs ...theme.Link) theme.Frame {
	site := c.ed.Content.Site
	f := theme.Frame{
		Title: title, Description: description,
		SiteTitle: site.Title, Council: site.Council, Language: site.Language,
		Root: root(c.path), Notice: site.Notice, Contact: site.Contact,
		Credit:  theme.Link{Text: site.Credit, Href: site.CreditURL},
		Licence: theme.Link{Text: site.Licence, Href: site.LicenceURL},
		Style:   c.to("assets/" + c.theme.Style()),
		Script:  c.to("assets/" + c.theme.Script()),
	}
	if c.fixed != "" {
		f.Root = c.fixed
	}
	if site.BaseURL != "" && c.fixed == "" {
		f.Canonical = absolute(site.BaseURL, c.path)
		f.Feed = c.to("feed.xml")
	}
	f.Nav = append(f.Nav, c.link("Home", "index.html"))
	for _, s := range c.ed.Scorecards {
		if s.Latest() != nil {
			l := c.link(s.Title, cardPath(s.ID))
			l.Current = strings.HasPrefix(c.path, s.ID+"/")
			f.Nav = append(f.Nav, l)
		}
	}
	for _, v := range site.Views {
		f.Nav = append(f.Nav, c.link(v.Title, "views/"+v.ID+".html"))
	}
	f.Nav = append(f.Nav, c.link("What has been returned", "status.html"), c.link("Data", "data/index.html"), c.link("How it is scored", "methodology.html"))
	if c.path != "index.html" {
		f.Crumbs = append([]theme.Link{c.link("Home", "index.html")}, crumbs...)
	}
	for _, p := range c.ed.Content.Pages {
		if p.Path == "about/accessibility" {
			f.Accessibility = c.to(p.Path + ".html")
		}
	}
	return f
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

// prose renders a text with its figures bound as at a month. Faults in its
// references were found when the edition was loaded.
func (c *composer) prose(text commentary.Text, scorecard string, month period.Month, top int) template.HTML {
	if text.Empty() {
		return ""
	}
	c.texts++
	return text.Render(func(ref commentary.Ref) commentary.Answer {
		said, problem := c.ed.Say(ref, scorecard, month)
		if problem != nil {
			return commentary.Answer{Text: "[x]", Source: problem.Message}
		}
		a := commentary.Answer{Text: said.Text, Source: said.Source}
		if said.Ref != "" {
			if page := indicatorPath(said.Scorecard, said.Ref); page != c.path {
				a.Href = c.to(page)
			}
		}
		return a
	}, top, "t"+strconv.Itoa(c.texts)+"-")
}

func absolute(base, path string) string {
	path = strings.TrimSuffix(path, "index.html")
	return strings.TrimSuffix(base, "/") + "/" + path
}
