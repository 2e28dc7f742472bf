package site

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"

	"outturn/internal/edition"
	"outturn/internal/opendata"
	"outturn/internal/publish"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// Scorecard lists the files of one scorecard. The edition's own scorecard is
// the one; where nothing of it is shown there are none.
func Scorecard(ed *edition.Edition, s *edition.Scorecard) []publish.File {
	p := newPart(ed)
	latest := s.Latest()
	if latest == nil {
		return nil
	}
	h, drawn := newHindsight(s), newDrawings()
	onCard := func(in *room, m *edition.Month, name string, latest bool) theme.Scorecard {
		view, c := scorecard(ed, drawn, in, m, name, latest), compose(ed, name)
		c.drawings = drawn
		view.Corrections, view.Since = c.noticesOf(m, m.Measures()), c.hindsight(h, m, m.Measures())
		return view
	}
	for _, m := range s.Months {
		name := monthPath(s.ID, m.Month.String())
		p.page(name, func(in *room) any { return onCard(in, m, name, false) })
		p.data(apiPath(s.ID, m.Month.String()), func(b *bytes.Buffer) { api(b, m, ed, drawn) })
		for _, sec := range s.Sections {
			if len(m.InSection(sec.ID)) == 0 {
				continue
			}
			name := sectionPath(s.ID, m.Month.String(), sec.ID)
			p.page(name, func(in *room) any {
				view, c := section(ed, drawn, in, m, sec, name), compose(ed, name)
				c.drawings = drawn
				view.Corrections, view.Since = c.noticesOf(m, m.InSection(sec.ID)), c.hindsight(h, m, m.InSection(sec.ID))
				return view
			})
		}
	}
	// Behind its month, which shows the same series (room).
	p.page(cardPath(s.ID), func(in *room) any { return onCard(in, latest, cardPath(s.ID), true) })
	if hasActions(latest) {
		p.page(actionsPath(s.ID), func(*room) any { return actions(ed, latest) })
	}
	downloads := new(opendata.Room) // files of a part are made one at a time
	for _, mp := range measurePages(s) {
		name := indicatorPath(s.ID, mp.verdict.Indicator.Ref)
		p.page(name, func(in *room) any {
			view := indicator(ed, drawn, in, mp.month, mp.verdict, name)
			view.AsNow = compose(ed, name).sinceOn(h, mp.verdict.Indicator.Ref)
			return view
		})
		base := strings.TrimSuffix(name, ".html")
		series := opendata.Series{
			Scorecard: s.ID, Title: s.Title, View: mp.month.View, Indicator: mp.verdict.Indicator, AsAt: mp.month.Month.String(),
			Publisher: ed.Content.Site.Council, Source: ed.Content.Site.Credit,
		}
		p.data(base+".csv", func(b *bytes.Buffer) { downloads.CSV(b, series) })
		p.data(base+".json", func(b *bytes.Buffer) { downloads.JSON(b, series) })
		p.data(base+".csv-metadata.json", func(b *bytes.Buffer) {
			opendata.Metadata(b, series, base[strings.LastIndex(base, "/")+1:]+".csv")
		})
	}
	if ed.Outline.Large() {
		p.page(methodPath(s.ID), func(*room) any { return methodologyOf(ed, s) })
		p.page(statusPath(s.ID), func(*room) any { return statusOf(ed, s) })
		p.page(downloadsPath(s.ID), func(*room) any { return dataOf(ed, s) })
		p.page(revisionsPath(s.ID), func(*room) any { return revisionsOf(ed, s, h) })
	}
	return p.files
}

func methodPath(card string) string    { return card + "/methodology.html" }
func statusPath(card string) string    { return card + "/status.html" }
func downloadsPath(card string) string { return card + "/data.html" }

// Papers lists the files that belong to no one scorecard. summaries are those
// of every scorecard, by id; attachment reads a file below content/files/.
func Papers(ed *edition.Edition, summaries []Summary, attachment func(name string) ([]byte, error)) []publish.File {
	files := Documents(ed, attachment)
	return append(files, Overviews(ed, summaries, Pages(files))...)
}

// Overviews lists the pages and feeds over all scorecards, which their summaries
// make; documents are the addresses of the pages of Documents.
func Overviews(ed *edition.Edition, summaries []Summary, documents []string) []publish.File {
	p := newPart(ed)
	p.page("index.html", func(*room) any { return home(ed, summaries) })
	p.page("methodology.html", func(*room) any { return methodology(ed, summaries) })
	p.page("status.html", func(*room) any { return status(ed, summaries) })
	p.page("data/index.html", func(*room) any { return dataIndex(ed, summaries) })
	p.page("revisions.html", func(*room) any { return revisions(ed, summaries) })
	for _, v := range ed.Content.Site.Views {
		p.page("views/"+v.ID+".html", func(*room) any { return viewPage(ed, v, summaries) })
	}
	if ed.Content.Site.BaseURL != "" && ed.Options.Snapshot == "" {
		p.data("feed.xml", func(b *bytes.Buffer) { b.Write(feed(ed, summaries)) })
		pages := slices.Concat(documents, Pages(p.files))
		for _, s := range summaries {
			pages = append(pages, s.Pages...)
		}
		pages = append(pages, archivePages(ed)...)
		p.data("sitemap.xml", func(b *bytes.Buffer) { sitemap(b, ed, pages) })
	}
	return p.files
}

// Documents lists reports, meetings, plans, plain pages, attachments and assets.
func Documents(ed *edition.Edition, attachment func(name string) ([]byte, error)) []publish.File {
	p := newPart(ed)
	for _, plan := range ed.Plans {
		p.page(cardPath(plan.ID), func(*room) any { return planPage(ed, plan) })
	}
	if ed.Options.Snapshot == "" {
		p.page("404.html", func(*room) any { return notFound(ed) })
	}
	for _, page := range ed.Content.Pages {
		p.page(page.Path+".html", func(*room) any { return plain(ed, page) })
	}
	p.papers(ed)
	for name, content := range ed.Theme.Assets() {
		p.data("assets/"+name, func(b *bytes.Buffer) { b.Write(content) })
	}
	for _, name := range ed.Files() {
		p.files = append(p.files, publish.File{Path: "files/" + name, Write: func(b *bytes.Buffer) error {
			content, err := attachment(name)
			b.Write(content)
			return err
		}})
	}
	if ed.Options.Snapshot == "" { // what tells the world of a site is the site's own
		p.data("robots.txt", func(b *bytes.Buffer) { b.Write(robots(ed)) })
	}
	return p.files
}

// Pages are the addresses of a public site among files: every page but the one
// for errors.
func Pages(files []publish.File) []string {
	var list []string
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".html") && !strings.HasPrefix(f.Path, "files/") && f.Path != "404.html" {
			list = append(list, f.Path)
		}
	}
	return list
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

func robots(ed *edition.Edition) []byte {
	text := "User-agent: *\nAllow: /\n"
	if base := ed.Content.Site.BaseURL; base != "" {
		text += "Sitemap: " + absolute(base, "sitemap.xml") + "\n"
	}
	return []byte(text)
}

// sitemap lists every page. lastmod is left out: the day of the newest change
// to a page is not known from the inputs.
func sitemap(b *bytes.Buffer, ed *edition.Edition, pages []string) {
	b.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, p := range slices.Sorted(slices.Values(pages)) {
		b.WriteString(" <url>\n  <loc>")
		_ = xml.EscapeText(b, []byte(absolute(ed.Content.Site.BaseURL, p))) // a buffer takes all
		b.WriteString("</loc>\n </url>\n")
	}
	b.WriteString("</urlset>\n")
}

// feed is an Atom feed (RFC 4287) with an entry for each released month, each
// return that corrects what was published, and each report. An entry's id never changes; a second issue changes its title and date.
func feed(ed *edition.Edition, summaries []Summary) []byte {
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
	site, c := ed.Content.Site, compose(ed, "feed.xml")
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
	for _, s := range summaries {
		for _, n := range s.News {
			e := entry{
				ID: tag(site.BaseURL, s.ID+"/"+n.Month+n.Of), Title: n.Title, Updated: n.On + "T00:00:00Z",
				Link: link{"", absolute(site.BaseURL, monthPath(s.ID, n.Month))}, Summary: n.Text,
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
			ID: tag(site.BaseURL, "reports/"+r.Slug), Title: c.marked(r.Title, r.Draft), Updated: on.String() + "T00:00:00Z",
			Link: link{"", absolute(site.BaseURL, reportPath(r.Slug))}, Summary: "A report to " + r.Committee + ", " + r.Date.Words() + ".",
		}
		doc.Updated = max(doc.Updated, e.Updated)
		doc.Entry = append(doc.Entry, e)
	}
	if doc.Updated == "" {
		doc.Updated = ed.Today().String() + "T00:00:00Z"
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
