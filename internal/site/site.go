package site

import (
	"encoding/hex"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"

	"outturn/internal/edition"
	"outturn/internal/opendata"
	"outturn/internal/score"
)

// Build decides which pages exist, and works out their keys. program names the
// program's version: pages of another version are made anew. attachment reads
// a file below content/files/.
func Build(ed *edition.Edition, program string, attachment func(name string) ([]byte, error)) (*Tree, error) {
	t := newTree(ed.Theme)
	t.page("index.html", func() any { return home(ed) })
	for _, s := range ed.Scorecards {
		t.scorecard(ed, s)
	}
	for _, p := range ed.Plans {
		t.page(cardPath(p.ID), func() any { return plan(ed, p) })
	}
	t.page("methodology.html", func() any { return methodology(ed) })
	t.page("status.html", func() any { return status(ed) })
	t.page("data/index.html", func() any { return dataIndex(ed) })
	t.page("404.html", func() any { return notFound(ed) })
	for _, p := range ed.Content.Pages {
		t.page(p.Path+".html", func() any { return plain(ed, p) })
	}
	for _, v := range ed.Content.Site.Views {
		t.page("views/"+v.ID+".html", func() any { return viewPage(ed, v) })
	}
	t.papers(ed)
	for name, content := range ed.Theme.Assets() {
		t.data("assets/"+name, func() []byte { return content })
	}
	for _, name := range ed.Files() {
		content, err := attachment(name)
		if err != nil {
			return nil, err
		}
		t.data("files/"+name, func() []byte { return content })
	}
	t.data("robots.txt", func() []byte { return robots(ed) })
	if ed.Content.Site.BaseURL != "" {
		t.data("feed.xml", func() []byte { return feed(ed) })
		pages := t.pages()
		t.data("sitemap.xml", func() []byte { return sitemap(ed, pages) })
	}
	digest := ed.Theme.Digest()
	return t, t.seal(program + " " + hex.EncodeToString(digest[:]))
}

func (t *Tree) scorecard(ed *edition.Edition, s *edition.Scorecard) {
	latest := s.Latest()
	if latest == nil {
		return
	}
	t.page(cardPath(s.ID), func() any { return scorecard(ed, latest, cardPath(s.ID), true) })
	if hasActions(latest) {
		t.page(actionsPath(s.ID), func() any { return actions(ed, latest) })
	}
	for _, m := range s.Months {
		name := monthPath(s.ID, m.Month.String())
		t.page(name, func() any { return scorecard(ed, m, name, false) })
		t.data(apiPath(s.ID, m.Month.String()), func() []byte { return api(m, ed.Theme) })
		for _, sec := range s.Sections {
			if len(m.InSection(sec.ID)) == 0 {
				continue
			}
			name := sectionPath(s.ID, m.Month.String(), sec.ID)
			t.page(name, func() any { return section(ed, m, sec, name) })
		}
	}
	for _, p := range measurePages(s) {
		name := indicatorPath(s.ID, p.verdict.Indicator.Ref)
		t.page(name, func() any { return indicator(ed, p.month, p.verdict, name) })
		base := strings.TrimSuffix(name, ".html")
		series := opendata.Series{
			Scorecard: s.ID, Title: s.Title, View: p.month.View, Indicator: p.verdict.Indicator, AsAt: p.month.Month.String(),
			Publisher: ed.Content.Site.Council, Source: ed.Content.Site.Credit,
		}
		t.data(base+".csv", func() []byte { return opendata.CSV(series) })
		t.data(base+".json", func() []byte { return opendata.JSON(series) })
		t.data(base+".csv-metadata.json", func() []byte {
			return opendata.Metadata(series, base[strings.LastIndex(base, "/")+1:]+".csv")
		})
	}
}

// measurePage is a measure with the newest month that knows it.
type measurePage struct {
	month   *edition.Month
	verdict *score.Verdict
}

// measurePages lists the measures that have a page: those of any released
// month, each as at the newest that knows it.
func measurePages(s *edition.Scorecard) []measurePage {
	var list []measurePage
	seen := map[string]bool{}
	for i := len(s.Months) - 1; i >= 0; i-- {
		for _, v := range s.Months[i].Measures() {
			if !seen[v.Indicator.Ref] {
				seen[v.Indicator.Ref] = true
				list = append(list, measurePage{s.Months[i], v})
			}
		}
	}
	return list
}

// pages are the addresses of a public site: every page but the one for errors.
func (t *Tree) pages() []string {
	var list []string
	for name, f := range t.files {
		if f.view != nil && name != "404.html" {
			list = append(list, name)
		}
	}
	return list
}

func robots(ed *edition.Edition) []byte {
	text := "User-agent: *\nAllow: /\n"
	if base := ed.Content.Site.BaseURL; base != "" {
		text += "Sitemap: " + absolute(base, "sitemap.xml") + "\n"
	}
	return []byte(text)
}

// sitemap lists every page. lastmod is left out: the day of the newest change
// to a page is not known from the inputs.
func sitemap(ed *edition.Edition, pages []string) []byte {
	type entry struct {
		Loc string `xml:"loc"`
	}
	doc := struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URL     []entry  `xml:"url"`
	}{}
	for _, p := range slices.Sorted(slices.Values(pages)) {
		doc.URL = append(doc.URL, entry{absolute(ed.Content.Site.BaseURL, p)})
	}
	return markup(doc)
}

// feed is an Atom feed (RFC 4287) with an entry for each released month
// and each report. An
// entry's id never changes; a second issue changes its title and date.
func feed(ed *edition.Edition) []byte {
	type link struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	type entry struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Link    link   `xml:"link"`
		Summary string `xml:"summary"`
	}
	site := ed.Content.Site
	doc := struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Link    []link   `xml:"link"`
		Entry   []entry  `xml:"entry"`
	}{ID: absolute(site.BaseURL, ""), Title: site.Title, Author: site.Council,
		Link: []link{{"self", absolute(site.BaseURL, "feed.xml")}, {"", absolute(site.BaseURL, "")}}}
	for _, s := range ed.Scorecards {
		for i := len(s.Months) - 1; i >= 0; i-- {
			m := s.Months[i]
			on := m.Month.LastDay()
			if m.Cover.HasPublishOn {
				on = m.Cover.PublishOn
			}
			if m.Issue > 1 {
				on = max(on, issued(m.Cover)) // the day that the page gives for its issue
			}
			title := s.Title + ": " + m.Month.Words()
			if note := issueNote(m); note.Text != "" {
				title += " (" + note.Text + ")"
			}
			n := counts(m.Measures())
			e := entry{
				ID: tag(site.BaseURL, s.ID+"/"+m.Month.String()), Title: title, Updated: on.String() + "T00:00:00Z",
				Link:    link{"", absolute(site.BaseURL, monthPath(s.ID, m.Month.String()))},
				Summary: count(n.Green, "measure") + " green, " + count(n.Amber, "measure") + " amber, " + count(n.Red, "measure") + " red, " + count(n.None, "measure") + " not rated.",
			}
			doc.Updated = max(doc.Updated, e.Updated)
			doc.Entry = append(doc.Entry, e)
		}
	}
	for _, r := range ed.Reports {
		on := r.Date
		if r.HasPublishOn {
			on = r.PublishOn
		}
		e := entry{
			ID: tag(site.BaseURL, "reports/"+r.Slug), Title: r.Title, Updated: on.String() + "T00:00:00Z",
			Link: link{"", absolute(site.BaseURL, reportPath(r.Slug))}, Summary: "A report to " + r.Committee + ", " + r.Date.Words() + ".",
		}
		doc.Updated = max(doc.Updated, e.Updated)
		doc.Entry = append(doc.Entry, e)
	}
	if doc.Updated == "" {
		doc.Updated = ed.Options.Today.String() + "T00:00:00Z"
	}
	return markup(doc)
}

// tag is a tag URI (RFC 4151). Its date is that of the scheme, not of the entry:
// the site's name is all that makes it ours.
func tag(base, path string) string {
	host := base
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	return "tag:" + host + ",2026:" + path
}

func markup(doc any) []byte {
	out, err := xml.MarshalIndent(doc, "", " ")
	if err != nil { // no value of ours can fail to encode
		panic(err)
	}
	return append([]byte(xml.Header), append(out, '\n')...)
}
