package browsertest

import (
	"bytes"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// document is a page, parsed.
type document struct {
	page string
	root *html.Node
	ids  map[string]int
}

// documents parses every page of the site, once.
var documents = sync.OnceValues(func() ([]document, error) {
	var all []document
	for _, page := range site.Pages {
		content, err := site.Read(page)
		if err != nil {
			return nil, err
		}
		root, err := html.Parse(bytes.NewReader(content))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", page, err)
		}
		d := document{page: page, root: root, ids: map[string]int{}}
		for node := range root.Descendants() {
			if id, ok := attribute(node, "id"); ok {
				d.ids[id]++
			}
		}
		all = append(all, d)
	}
	return all, nil
})

func everyPage(t *testing.T) []document {
	t.Helper()
	all, err := documents()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func attribute(node *html.Node, key string) (string, bool) {
	for _, a := range node.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

// elements gives the elements of one name under a node.
func elements(under *html.Node, name string) []*html.Node {
	var found []*html.Node
	for node := range under.Descendants() {
		if node.Type == html.ElementNode && node.Data == name {
			found = append(found, node)
		}
	}
	return found
}

// text is what a reader of the source sees: white space runs count as one.
func text(node *html.Node) string {
	var all strings.Builder
	for inner := range node.Descendants() {
		if inner.Type == html.TextNode {
			all.WriteString(inner.Data)
		}
	}
	return strings.Join(strings.Fields(all.String()), " ")
}

// faults reports the faults of many pages without a wall of them: one that
// stands on every page is one fault of a template.
type faults struct {
	order []string
	pages map[string][]string
}

func (f *faults) add(page, format string, args ...any) {
	if f.pages == nil {
		f.pages = map[string][]string{}
	}
	fault := fmt.Sprintf(format, args...)
	if len(f.pages[fault]) == 0 {
		f.order = append(f.order, fault)
	}
	f.pages[fault] = append(f.pages[fault], page)
}

func (f *faults) report(t *testing.T) {
	t.Helper()
	for _, fault := range f.order {
		on := f.pages[fault]
		more := ""
		if len(on) > 1 {
			more = fmt.Sprintf(" (and %d more)", len(on)-1)
		}
		t.Errorf("%s%s: %s", on[0], more, fault)
	}
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	var f faults
	all := everyPage(t)
	ids := map[string]map[string]int{}
	for _, d := range all {
		ids[d.page] = d.ids
	}
	links := 0
	for _, d := range all {
		base := canonical(d)
		for node := range d.root.Descendants() {
			for _, key := range []string{"href", "src", "poster", "data"} {
				target, ok := attribute(node, key)
				if !ok {
					continue
				}
				links++
				file, anchor, fault := resolve(d.page, base, target)
				switch {
				case fault != "":
					f.add(d.page, "%s=%q: %s", key, target, fault)
				case file == "":
				case !site.Files[file]:
					f.add(d.page, "%s=%q: there is no file %s", key, target, file)
				case anchor != "" && ids[file][anchor] == 0:
					f.add(d.page, "%s=%q: %s has no id %q", key, target, file, anchor)
				}
			}
		}
	}
	if links < 10*len(all) {
		t.Errorf("only %d links on %d pages: the check does not see them", links, len(all))
	}
	f.report(t)
}

// canonical gives the address at which the site says that it stands.
func canonical(d document) string {
	for _, link := range elements(d.root, "link") {
		if rel, _ := attribute(link, "rel"); rel == "canonical" {
			href, _ := attribute(link, "href")
			return strings.TrimSuffix(href, strings.TrimSuffix(d.page, "index.html"))
		}
	}
	return ""
}

// resolve gives the file and anchor of a link on a page; no file for one that
// leads out of the site.
func resolve(page, base, target string) (file, anchor, fault string) {
	u, err := url.Parse(target)
	if err != nil {
		return "", "", "not an address: " + err.Error()
	}
	switch {
	case base != "" && strings.HasPrefix(target, base): // the site by its full address
		u.Path = "/" + strings.TrimPrefix(u.Path, mustPath(base))
		page = "index.html"
	case u.Scheme == "mailto":
		return "", "", choose(strings.Contains(u.Opaque, "@"), "", "no mailbox")
	case u.Scheme == "https" || u.Scheme == "http":
		return "", "", ""
	case u.Scheme != "" || u.Host != "":
		return "", "", "only https, http and mailto leave the site"
	case strings.HasPrefix(u.Path, "/") && page != "404.html":
		// The error page alone is shown at any depth and cannot be relative.
		return "", "", "begins with a slash, so it breaks under a sub-path and from a folder"
	}
	switch {
	case u.Path == "":
		file = page
	case strings.HasPrefix(u.Path, "/"):
		file = path.Clean(strings.TrimPrefix(u.Path, "/"))
	default:
		file = path.Join(path.Dir(page), u.Path)
	}
	if u.Path != "" && strings.HasSuffix(u.Path, "/") {
		if u.Scheme == "" {
			return "", "", "names a folder and not its index.html, so it breaks from a folder on disk"
		}
		file = path.Join(file, "index.html")
	}
	anchor = u.Fragment
	if strings.ContainsAny(anchor, "=&") { // a filter of the scorecard's script, not an anchor
		anchor = ""
	}
	return file, anchor, ""
}

func mustPath(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return "/"
	}
	return "/" + strings.TrimPrefix(u.Path, "/")
}

func TestTheSitemapAndTheFeedNameOnlyFilesThatExist(t *testing.T) {
	base := ""
	for _, d := range everyPage(t) {
		if d.page == "index.html" {
			base = canonical(d)
		}
	}
	if base == "" {
		t.Fatal("index.html has no canonical address")
	}
	address := regexp.MustCompile(regexp.QuoteMeta(base) + `[^<"\s#]*`)
	for _, name := range []string{"sitemap.xml", "feed.xml"} {
		content, err := site.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		found := address.FindAllString(string(content), -1)
		if len(found) == 0 {
			t.Errorf("%s names no page", name)
		}
		for _, one := range found {
			file, err := url.PathUnescape(strings.TrimPrefix(one, base))
			if err != nil {
				t.Errorf("%s: %s: %v", name, one, err)
				continue
			}
			if file == "" || strings.HasSuffix(file, "/") {
				file += "index.html"
			}
			if !site.Files[file] {
				t.Errorf("%s: %s: there is no file %s", name, one, file)
			}
		}
	}
}

func TestNoPageNeedsWhatThePolicyForbids(t *testing.T) {
	var f faults
	for _, d := range everyPage(t) {
		for node := range d.root.Descendants() {
			if node.Type != html.ElementNode {
				continue
			}
			for _, a := range node.Attr {
				switch {
				case a.Key == "style":
					f.add(d.page, "<%s style=…>", node.Data)
				case strings.HasPrefix(a.Key, "on"):
					f.add(d.page, "<%s %s=…>", node.Data, a.Key)
				case strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:"):
					f.add(d.page, "<%s %s=%q>", node.Data, a.Key, a.Val)
				}
			}
			switch node.DataAtom {
			case atom.Style:
				f.add(d.page, "<style>")
			case atom.Script:
				_, file := attribute(node, "src")
				kind, _ := attribute(node, "type")
				if !file && kind != "application/ld+json" && kind != "application/json" {
					f.add(d.page, "an inline <script>")
				}
			case atom.Base, atom.Iframe, atom.Object, atom.Embed:
				f.add(d.page, "<%s>", node.Data)
			}
		}
	}
	f.report(t)
}

func TestEveryPageHasOneHeadingATitleALanguageAndADescription(t *testing.T) {
	var f faults
	titles := map[string]string{}
	for _, d := range everyPage(t) {
		if n := len(elements(d.root, "h1")); n != 1 {
			f.add(d.page, "%d h1, wanted one", n)
		}
		for _, h1 := range elements(d.root, "h1") {
			if text(h1) == "" {
				f.add(d.page, "its h1 is empty")
			}
		}
		title := ""
		for _, node := range elements(d.root, "title") {
			if node.Namespace == "" { // a drawing has titles too
				title = text(node)
			}
		}
		if title == "" {
			f.add(d.page, "no title")
		}
		if other, taken := titles[title]; taken && !sameContent(d.page, other) && Kind(d.page) != "withdrawn" {
			f.add(d.page, "the title %q is that of %s too", title, other)
		}
		titles[title] = d.page
		if lang, _ := attribute(elements(d.root, "html")[0], "lang"); lang == "" {
			f.add(d.page, "no lang")
		}
		description, viewport := "", ""
		for _, meta := range elements(d.root, "meta") {
			switch name, _ := attribute(meta, "name"); name {
			case "description":
				description, _ = attribute(meta, "content")
			case "viewport":
				viewport, _ = attribute(meta, "content")
			}
		}
		if strings.TrimSpace(description) == "" {
			f.add(d.page, "no description")
		}
		if !strings.Contains(viewport, "width=device-width") || strings.Contains(viewport, "maximum-scale") || strings.Contains(viewport, "user-scalable") {
			f.add(d.page, "viewport %q: wanted the device's width, and no limit on zoom", viewport)
		}
	}
	f.report(t)
}

// sameContent tells the latest month's page from its scorecard, which shows the
// same month: they may share a title.
func sameContent(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	rest, below := strings.CutPrefix(b, strings.TrimSuffix(a, "index.html"))
	return below && strings.HasSuffix(a, "/index.html") && monthPage.MatchString(rest)
}

var monthPage = regexp.MustCompile(`^\d{4}-\d{2}/index\.html$`)

func TestNoIdStandsTwiceOnAPage(t *testing.T) {
	var f faults
	for _, d := range everyPage(t) {
		for id, n := range d.ids {
			if n > 1 {
				f.add(d.page, "id %q stands %d times", id, n)
			}
			if id == "" || strings.ContainsAny(id, " \t\n") {
				f.add(d.page, "id %q: an id is one word", id)
			}
		}
	}
	f.report(t)
}

func TestEveryReferenceToAnIdFindsIt(t *testing.T) {
	var f faults
	for _, d := range everyPage(t) {
		for node := range d.root.Descendants() {
			for _, key := range []string{"aria-labelledby", "aria-describedby", "aria-controls", "aria-details", "for", "headers"} {
				refs, ok := attribute(node, key)
				if !ok {
					continue
				}
				for _, id := range strings.Fields(refs) {
					if d.ids[id] == 0 {
						f.add(d.page, "<%s %s=%q>: there is no such id", node.Data, key, id)
					}
				}
			}
		}
	}
	f.report(t)
}

// Rules of the Government Analysis Function for tables, as far as markup shows
// them: a caption, a head for every row and column, no empty cell.
func TestEveryTableCanBeReadAloud(t *testing.T) {
	var f faults
	tables := 0
	for _, d := range everyPage(t) {
		for _, table := range elements(d.root, "table") {
			tables++
			name := "a table"
			if captions := elements(table, "caption"); len(captions) != 1 || text(captions[0]) == "" {
				f.add(d.page, "a table without a caption")
			} else {
				name = fmt.Sprintf("table %q", text(captions[0]))
			}
			for _, th := range elements(table, "th") {
				scope, _ := attribute(th, "scope")
				if scope != "col" && scope != "row" && scope != "rowgroup" && scope != "colgroup" {
					f.add(d.page, "%s: th %q has scope %q", name, text(th), scope)
				}
				if text(th) == "" {
					f.add(d.page, "%s: an empty th", name)
				}
			}
			heads := 0
			for _, tr := range elements(table, "tr") {
				cells := children(tr)
				if len(cells) == 0 {
					f.add(d.page, "%s: a row without cells", name)
					continue
				}
				if tr.Parent.Data == "thead" {
					heads = len(cells)
				} else if cells[0].Data != "th" {
					f.add(d.page, "%s: a row begins with <td>, wanted <th scope=row>", name)
				} else if scope, _ := attribute(cells[0], "scope"); scope != "rowgroup" && len(cells) != heads {
					f.add(d.page, "%s: row %q has %d cells under %d heads", name, text(cells[0]), len(cells), heads)
				}
				for _, cell := range cells {
					if text(cell) == "" {
						f.add(d.page, "%s: an empty cell in row %q", name, text(cells[0]))
					}
				}
			}
		}
	}
	if tables == 0 {
		t.Error("the site has no tables")
	}
	f.report(t)
}

func children(tr *html.Node) []*html.Node {
	var cells []*html.Node
	for node := range tr.ChildNodes() {
		if node.Data == "td" || node.Data == "th" {
			cells = append(cells, node)
		}
	}
	return cells
}

func TestEveryDrawingSpeaksOrIsHidden(t *testing.T) {
	var f faults
	drawings := 0
	for _, d := range everyPage(t) {
		for _, svg := range elements(d.root, "svg") {
			drawings++
			if hidden, _ := attribute(svg, "aria-hidden"); hidden == "true" || hiddenAbove(svg) {
				continue
			}
			role, _ := attribute(svg, "role")
			_, named := attribute(svg, "aria-labelledby")
			titles := elements(svg, "title")
			if role != "img" || !named || len(titles) == 0 || text(titles[0]) == "" {
				f.add(d.page, "a drawing (class %q) that is neither hidden nor named: it wants role=img, aria-labelledby and a title", class(svg))
			}
		}
	}
	if drawings == 0 {
		t.Error("the site has no drawings")
	}
	f.report(t)
}

func hiddenAbove(node *html.Node) bool {
	for above := range node.Ancestors() {
		if hidden, _ := attribute(above, "aria-hidden"); hidden == "true" {
			return true
		}
	}
	return false
}

func class(node *html.Node) string {
	name, _ := attribute(node, "class")
	return name
}

// What a template or a format verb leaves behind when it was given the wrong thing.
var leavings = regexp.MustCompile(`ZgotmplZ|%!\w?\(|<no value>|&lt;no value&gt;|\bNaN\b|[+-]Inf\b|\{\{|\}\}|\[object |<nil>|&lt;nil&gt;|\b0001-01-01\b`)

func TestNoPageShowsTheMachineryBehindIt(t *testing.T) {
	var f faults
	for _, d := range everyPage(t) {
		content, err := site.Read(d.page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range leavings.FindAllString(string(content), -1) {
			f.add(d.page, "it says %q", found)
		}
	}
	f.report(t)
}
