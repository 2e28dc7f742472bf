package site

import (
	"fmt"
	"html"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/archive/bag"
	"outturn/internal/archive/snapshot"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/publish"
	"outturn/internal/theme"
)

const archiveIndex = "archive/index.html"

// archivePath is where a path of a snapshot stands in the site.
func archivePath(id, name string) string { return "archive/" + id + "/" + name }

// differencesPath is the page of what changed between two snapshots.
func differencesPath(from, to string) string { return "archive/" + from + "-to-" + to + ".html" }

// snapshotNote says which quarter's snapshot a page belongs to. The site of
// today stands two folders above the snapshot's own root.
func (c *composer) snapshotNote() theme.SnapshotNote {
	note := theme.SnapshotNote{Quarter: c.ed.Options.Snapshot, Month: c.ed.Options.AsAt.Words(), Latest: root(c.path) + "../../index.html"}
	if quarter, _, err := snapshot.Quarter(c.ed.Options.Snapshot); err == nil {
		note.Quarter = quarter.Words()
	}
	return note
}

// archivePages are the addresses of the archive that a search engine is told
// of: its own pages, and the first page of each snapshot that is published.
func archivePages(ed *edition.Edition) []string {
	if !ed.Outline.Archive {
		return nil
	}
	pages := []string{archiveIndex}
	for i, s := range onShelf(ed) {
		pages = append(pages, archivePath(s.ID, "index.html"))
		if i > 0 {
			pages = append(pages, differencesPath(onShelf(ed)[i-1].ID, s.ID))
		}
	}
	return pages
}

// onShelf are the snapshots whose pages are, oldest first.
func onShelf(ed *edition.Edition) []snapshot.Snapshot {
	return slices.DeleteFunc(slices.Clone(ed.Archive()), func(s snapshot.Snapshot) bool { return s.Withdrawn || !s.Kept })
}

// Archive lists the archive's own pages: what there is, what changed from each
// snapshot to the next, and at each address of one that was withdrawn a page
// that says so. dir is the site's folder. The snapshots' own pages are not among
// them: those are copied.
func Archive(ed *edition.Edition, dir fs.FS) ([]publish.File, error) {
	if !ed.Outline.Archive {
		return nil, nil
	}
	p := newPart(ed)
	var changes []snapshot.Differences // by the second of the two
	list := onShelf(ed)
	for i, s := range list {
		if i == 0 {
			changes = append(changes, snapshot.Differences{})
			continue
		}
		d, err := between(dir, list[i-1], s)
		if err != nil {
			return nil, err
		}
		changes = append(changes, d)
		p.page(differencesPath(list[i-1].ID, s.ID), func(*room) any { return differences(ed, list[i-1], s, d) })
	}
	view, err := archive(ed, dir, list, changes)
	if err != nil {
		return nil, err
	}
	p.page(archiveIndex, func(*room) any { return view })
	for _, s := range ed.Archive() {
		if !s.Withdrawn {
			continue
		}
		for _, name := range snapshot.Former(dir, s.ID) {
			p.page(archivePath(s.ID, name), func(*room) any { return tombstone(ed, s, archivePath(s.ID, name)) })
		}
	}
	return p.files, nil
}

func between(dir fs.FS, a, b snapshot.Snapshot) (snapshot.Differences, error) {
	from, err := snapshot.StateOf(dir, a)
	if err != nil {
		return snapshot.Differences{}, err
	}
	to, err := snapshot.StateOf(dir, b)
	if err != nil {
		return snapshot.Differences{}, err
	}
	return snapshot.Compare(from, to)
}

// archive composes archive/index.html, the newest snapshot first.
func archive(ed *edition.Edition, dir fs.FS, list []snapshot.Snapshot, changes []snapshot.Differences) (theme.Archive, error) {
	c := compose(ed, archiveIndex)
	var out theme.Archive
	for _, s := range slices.Backward(ed.Archive()) {
		line := theme.ArchiveSnapshot{ID: s.ID, Quarter: s.Quarter.Words(), AsAt: s.AsAt.Words(), Made: dayWords(s.Made), Version: s.Version}
		if s.Withdrawn {
			line.Withdrawn, line.Reason = dayWords(s.On), s.Reason
		}
		at := slices.IndexFunc(list, func(other snapshot.Snapshot) bool { return other.ID == s.ID })
		if at < 0 {
			out.Snapshots = append(out.Snapshots, line)
			continue
		}
		if err := c.shelved(&line, s, dir); err != nil {
			return out, err
		}
		if at > 0 {
			before := list[at-1]
			line.Changes = c.link(c.theme.Sentence("archive.changes", map[string]string{"quarter": before.Quarter.Words()}), differencesPath(before.ID, s.ID))
			line.Changed = c.counts(changes[at])
		}
		out.Snapshots = append(out.Snapshots, line)
	}
	out.Compared = len(list) > 1
	out.Frame = c.frame("Archive", "The site as it stood for each quarter, kept as it was, and what changed since.")
	return out, nil
}

// shelved tells what a snapshot holds.
func (c *composer) shelved(line *theme.ArchiveSnapshot, s snapshot.Snapshot, dir fs.FS) error {
	folder, err := fs.Sub(dir, snapshot.Folder(s.ID))
	if err != nil {
		return err
	}
	fingerprint, err := bag.Fingerprint(folder)
	if err != nil {
		return err
	}
	manifest, err := bag.ReadManifest(folder)
	if err != nil {
		return err
	}
	line.Fingerprint = fingerprint.String()
	if bytes, files, found := strings.Cut(s.Size, "."); found {
		if n, err := strconv.ParseInt(bytes, 10, 64); err == nil {
			line.Files, line.Size = files, size(n)
		}
	}
	line.First = c.link(c.theme.Sentence("archive.first", map[string]string{"month": s.AsAt.Words()}), archivePath(s.ID, "index.html"))
	for _, page := range snapshot.Pages(manifest) {
		if !isReport(page) {
			continue
		}
		title, err := titleOf(folder, path.Join(snapshot.Site, page), s.AsAt.Words())
		if err != nil {
			return err
		}
		line.Reports = append(line.Reports, c.link(title, archivePath(s.ID, page)))
	}
	return nil
}

// isReport knows the pages of a snapshot that its entry leads to: its
// scorecards and its committee reports.
func isReport(page string) bool {
	folder, name, _ := strings.Cut(page, "/")
	switch {
	case folder == "reports":
		return name != "index.html"
	case folder == "meetings", folder == "data", folder == "about", folder == "views":
		return false
	}
	return name == "index.html"
}

// titleOf is the title of a snapshot's page without the site's name, and without
// the month that says which snapshot it is of.
func titleOf(dir fs.FS, name, month string) (string, error) {
	text, err := fs.ReadFile(dir, name)
	if err != nil {
		return "", err
	}
	_, rest, _ := strings.Cut(string(text), "<title>")
	title, _, found := strings.Cut(rest, "</title>")
	if !found {
		return path.Base(name), nil
	}
	if at := strings.LastIndex(title, " – "); at > 0 {
		title = title[:at]
	}
	title = strings.TrimSuffix(title, " (snapshot, "+month+")")
	return html.UnescapeString(title), nil
}

// size is a number of bytes as people say it.
func size(n int64) string {
	switch {
	case n < 1000:
		return diag.Count(int(n), "byte")
	case n < 1000_000:
		return strconv.FormatInt((n+500)/1000, 10) + " kB"
	}
	return fmt.Sprintf("%d.%d MB", n/1000_000, n%1000_000/100_000)
}

func dayWords(day string) string {
	if d, err := period.ParseDate(day); err == nil {
		return d.Words()
	}
	return day
}

// counts says how much changed, by kind; what did not is not named.
func (c *composer) counts(d snapshot.Differences) []theme.Field {
	var list []theme.Field
	for _, kind := range []struct {
		n         int
		one, many string
	}{
		{len(d.Ratings), "rating", "ratings"}, {len(d.Figures), "figure", "figures"}, {len(d.Rules), "rule", "rules"},
		{len(d.Added), "one-added", "added"}, {len(d.Dropped), "one-dropped", "dropped"}, {len(d.Words), "text", "texts"},
	} {
		code := kind.many
		if kind.n == 1 {
			code = kind.one
		}
		if kind.n > 0 {
			list = append(list, theme.Field{Value: strconv.Itoa(kind.n), Label: c.theme.Word("archive", code)})
		}
	}
	return list
}

// differences composes the page of what changed from one snapshot to the next.
// A measure leads to its page in the second, one that was dropped in the first.
func differences(ed *edition.Edition, from, to snapshot.Snapshot, d snapshot.Differences) theme.Differences {
	c := compose(ed, differencesPath(from.ID, to.ID))
	measure := func(id string, m snapshot.Measure) theme.DifferentMeasure {
		return theme.DifferentMeasure{Scorecard: c.cardTitle(m.Scorecard), Label: m.Label, Indicator: c.link(m.Name, archivePath(id, indicatorPath(m.Scorecard, m.Ref)))}
	}
	out := theme.Differences{
		From:   c.link(from.Quarter.Words(), archivePath(from.ID, "index.html")),
		To:     c.link(to.Quarter.Words(), archivePath(to.ID, "index.html")),
		Counts: c.counts(d),
	}
	for _, r := range d.Ratings {
		out.Ratings = append(out.Ratings, theme.DifferentRating{DifferentMeasure: measure(to.ID, r.Measure),
			Was: theme.Rating{Code: r.Was}, Now: theme.Rating{Code: r.Now}, WasFigure: r.WasFigure, NowFigure: r.NowFigure, Reason: r.Reason})
	}
	for _, f := range d.Figures {
		row := theme.DifferentFigure{DifferentMeasure: measure(to.ID, f.Measure), Period: f.Period, Area: c.areaName(f.Area), Was: f.Was, Now: f.Now, By: f.By, Returned: f.Returned, Note: stop(f.Note)}
		if f.Part != "" {
			row.Indicator.Text += ": " + f.Part
		}
		if p, err := period.Parse(f.Period); err == nil {
			row.Period = p.Words()
		}
		if m, err := period.ParseMonth(f.Returned); err == nil {
			row.Returned = m.Words()
		}
		row.Reason = c.reasons(f)
		out.Figures = append(out.Figures, row)
	}
	for _, r := range d.Rules {
		row := theme.DifferentRule{What: c.theme.Word("changed", r.What), Was: r.Was, Now: r.Now}
		switch row.DifferentMeasure = measure(to.ID, r.Measure); {
		case r.Scorecard == "":
			row.Scorecard, row.Indicator = "", c.link(c.theme.Word("archive", "every-scorecard"), archivePath(to.ID, "index.html"))
			row.What, row.Was, row.Now = c.roleOf(r.What), c.theme.Word("role", r.Was), c.theme.Word("role", r.Now)
		case r.Ref == "":
			row.Indicator = c.link(c.theme.Word("archive", "every-measure"), archivePath(to.ID, r.Scorecard+"/index.html"))
		}
		out.Rules = append(out.Rules, row)
	}
	for _, m := range d.Added {
		out.Added = append(out.Added, measure(to.ID, m))
	}
	for _, m := range d.Dropped {
		out.Dropped = append(out.Dropped, measure(from.ID, m))
	}
	for _, w := range d.Words {
		out.Words = append(out.Words, theme.DifferentText{Page: c.textName(w), Was: c.passages(w.Was), Now: c.passages(w.Now)})
	}
	title := "What changed from " + from.AsAt.Words() + " to " + to.AsAt.Words()
	out.Frame = c.frame(title, title+": ratings, figures, targets, measures and words.", c.link("Archive", archiveIndex))
	return out
}

// reasons are those given for a figure: "Late data", or where it was revised
// more than once each with its return.
func (c *composer) reasons(f snapshot.FigureChange) string {
	var said []string
	for _, r := range f.Reasons {
		text := c.theme.Word("reason", r.Reason)
		if len(f.Reasons) > 1 || r.Return != f.Returned {
			from := r.Return
			if m, err := period.ParseMonth(r.Return); err == nil {
				from = m.Words()
			}
			if r.Issue > 1 {
				from += ", issue " + strconv.Itoa(r.Issue)
			}
			text += " (" + from + ")"
		}
		said = append(said, text)
	}
	return strings.Join(said, "; ")
}

// roleOf names a comparator's role as its readers know the comparator.
func (c *composer) roleOf(what string) string {
	id := strings.TrimPrefix(what, "role of ")
	for _, k := range c.ed.Content.Site.Comparators {
		if k.ID == id {
			id = k.Name
		}
	}
	return c.theme.Sentence("archive.role", map[string]string{"comparator": id})
}

func (c *composer) cardTitle(id string) string {
	for _, h := range c.ed.Outline.Scorecards {
		if h.ID == id {
			return h.Title
		}
	}
	return edition.Humanise(id)
}

// areaName is "" for the whole authority.
func (c *composer) areaName(id string) string {
	for i, a := range c.ed.Content.Site.Areas {
		if a.ID == id {
			if i == 0 {
				return ""
			}
			return a.Name
		}
	}
	return id
}

// textName says which text a file of content/ is: a paper by its title, else
// "Early help, January 2017, Contacts".
func (c *composer) textName(w snapshot.TextChange) string {
	folder, _, deeper := strings.Cut(w.File, "/")
	if w.Title != "" && (!deeper || slices.Contains([]string{"reports", "meetings", "about"}, folder)) {
		return w.Title
	}
	var parts []string
	for _, p := range strings.Split(strings.TrimSuffix(w.File, ".md"), "/") {
		switch m, err := period.ParseMonth(p); {
		case p == "_index":
		case err == nil:
			parts = append(parts, m.Words())
		case len(parts) == 0:
			parts = append(parts, c.cardTitle(p))
		default:
			parts = append(parts, edition.Humanise(p))
		}
	}
	if len(parts) == 0 {
		return "Home"
	}
	return strings.Join(parts, ", ")
}

// passages are what was taken out or put in; what a key holds stands after its
// name as the theme has it.
func (c *composer) passages(list []snapshot.Passage) []string {
	var out []string
	for _, p := range list {
		if p.Key != "" {
			p.Text = c.theme.Word("text", p.Key) + ": " + p.Text
		}
		out = append(out, p.Text)
	}
	return out
}

// tombstone stands at an address of a snapshot that was withdrawn.
func tombstone(ed *edition.Edition, s snapshot.Snapshot, name string) theme.Plain {
	c := compose(ed, name)
	said := c.theme.Sentence("archive.gone", map[string]string{"quarter": s.Quarter.Words(), "date": dayWords(s.On)})
	out := theme.Plain{Body: template.HTML(`<p class="lead">` + template.HTMLEscapeString(said) + "</p><p>" + template.HTMLEscapeString(s.Reason) +
		`</p><p><a href="` + c.to("index.html") + `">The latest figures</a></p><p><a href="` + c.to(archiveIndex) + `">The archive</a></p>`)}
	out.Frame = c.frame("Withdrawn: "+s.Quarter.Words(), said, c.link("Archive", archiveIndex))
	return out
}
