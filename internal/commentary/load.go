package commentary

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/sync/errgroup"

	"outturn/internal/diag"
)

const root = "content"

// reserved are the first elements of paths that the program writes itself
// (contract, section 5).
var reserved = []string{
	"404", "api", "archive", "assets", "data", "feed", "files", "index", "meetings",
	"methodology", "reports", "revisions", "robots", "sitemap", "status", "views",
}

// Load reads content/ of a site. It always returns what could be read: a
// public build asks problems whether that was all.
//
// dataFolders are the folders of data/, to tell a plain page's folder from a
// scorecard's and to find the nearest name. One with actions.csv and without
// indicators.csv is a plan (contract, section 1). archive/ is not read here.
func Load(site fs.FS, dataFolders []string, problems *diag.List) *Content {
	return new(Reader).Load(site, dataFolders, func(string) string { return "" }, problems)
}

type loader struct {
	*folder
	dataFolders []string
	content     *Content
	paths       map[string]string // lower case path of each page made so far, to its file

	version    func(file string) string // see Reader
	last, next map[string]kept
}

// top reads the first level of content/, and gives the folders there that stand
// for one of data/.
func (l *loader) top() (ofData []string) {
	files, folders := l.list(root)
	if !slices.Contains(files, "site.yaml") {
		hint := "write content/site.yaml with at least title and areas"
		if slices.Contains(files, "site.yml") {
			hint = "rename site.yml to site.yaml"
		}
		l.problems.Errorf(diag.Place{File: root + "/site.yaml"}, "bad-key", "the settings of the site are not there").Hint = hint
	}
	for _, name := range files {
		file := root + "/" + name
		switch {
		case name == "site.yaml":
			l.settings(file)
		case name == "_index.md":
			l.content.Home, _ = l.page(file, "index", "Home")
		default:
			l.plainPage(file, "")
		}
	}
	for _, name := range folders {
		dir := root + "/" + name
		switch {
		case name == "archive": // snapshots: read by who builds them
		case name == "files":
			l.attachments(dir, "")
		case name == "reports":
			l.reports(dir)
		case name == "meetings":
			l.meetings(dir)
		case slices.Contains(reserved, strings.ToLower(name)):
			l.clash(dir, name)
		case slices.Contains(l.dataFolders, name):
			ofData = append(ofData, name)
		case l.looksLikeScorecard(dir):
			hint := "name it as its folder of data/ is named"
			if near := diag.Nearest(name, l.dataFolders); near != "" {
				hint = "did you mean " + near + "?"
			}
			l.problems.Errorf(diag.Place{File: dir}, "stray-file", "the folder holds months, but there is no data/%s", name).Hint = hint
		default:
			l.plainFolder(dir, name)
		}
	}
	slices.SortFunc(l.content.Pages, func(a, b Page) int { return strings.Compare(a.Path, b.Path) })
	slices.Sort(l.content.Files)
	return ofData
}

// clash tells of a name that the program needs for itself.
func (l *loader) clash(file, name string) {
	hint := "give it another name"
	if strings.EqualFold(name, "index") {
		hint = "the introduction of a folder is its _index.md"
	}
	l.problems.Errorf(diag.Place{File: file}, "bad-key", "the name %s is taken: the program writes %s itself", name, strings.ToLower(name)).Hint = hint
}

// looksLikeScorecard reports whether a folder has one named as a month.
func (l *loader) looksLikeScorecard(dir string) bool {
	entries, _ := fs.ReadDir(l.site, dir)
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.IsDir() && monthLike.MatchString(e.Name()) })
}

var monthLike = regexp.MustCompile(`^[0-9]{4}-[0-9]{1,2}$`)

// ofData reads the texts of folders of data/, several at a time: those of a
// nation are some thousands. None knows of another.
func (l *loader) ofData(names []string, version func(dir string) string, last map[string]keptFolder) (next map[string]keptFolder) {
	next = make(map[string]keptFolder, len(names))
	var g errgroup.Group
	g.SetLimit(8) // memory for no more than so many texts at once
	for _, name := range names {
		now := version(root + "/" + name)
		if before, ok := last[name]; ok && now != "" && before.version == now {
			next[name] = before
			continue
		}
		part := *l
		part.folder, part.content, part.next = &folder{l.site, new(diag.List)}, new(Content), map[string]kept{}
		next[name] = keptFolder{now, part.content, part.problems, part.next}
		g.Go(func() (fault error) {
			defer func() {
				if p := recover(); p != nil {
					fault = fmt.Errorf("reading %s/%s: %v", root, name, p)
				}
			}()
			part.dataFolder(name)
			return nil
		})
	}
	if fault := g.Wait(); fault != nil {
		panic(fault) // here it is the caller's, who may catch it
	}
	for _, name := range names {
		part := next[name]
		l.problems.Merge(part.problems)
		l.content.Scorecards = append(l.content.Scorecards, part.content.Scorecards...)
		l.content.Plans = append(l.content.Plans, part.content.Plans...)
		maps.Copy(l.next, part.files)
	}
	return next
}

// dataFolder reads the texts of a folder of data/.
func (l *loader) dataFolder(name string) {
	if !idShape.MatchString(name) {
		l.problems.Errorf(diag.Place{File: root + "/" + name}, "bad-key", "the folder's name %s cannot stand in an address", diag.Quote(name)).
			Hint = "use letters, digits, - and _ only"
		return
	}
	exists := func(file string) bool {
		_, err := fs.Stat(l.site, path.Join("data", name, file))
		return err == nil
	}
	if exists("actions.csv") && !exists("indicators.csv") {
		l.plan(name)
		return
	}
	l.scorecard(name)
}

// plan reads the introduction of an improvement plan.
func (l *loader) plan(name string) {
	dir := root + "/" + name
	files, folders := l.list(dir)
	for _, file := range files {
		if file != "_index.md" {
			l.stray(dir+"/"+file, "a plan has its _index.md alone", "put the text into _index.md")
			continue
		}
		if p, ok := l.page(dir+"/"+file, name, name); ok {
			l.content.Plans = append(l.content.Plans, p)
		}
	}
	for _, folder := range folders {
		l.stray(dir+"/"+folder, "a plan has no folders", "take it out of the plan's folder")
	}
}

// plainFolder reads a folder of plain pages; below is its path in the site.
func (l *loader) plainFolder(dir, below string) {
	files, folders := l.list(dir)
	for _, file := range files {
		l.plainPage(dir+"/"+file, below)
	}
	for _, folder := range folders {
		if !idShape.MatchString(folder) {
			l.stray(dir+"/"+folder, "its name cannot stand in an address", "use letters, digits, - and _ only")
			continue
		}
		l.plainFolder(dir+"/"+folder, below+"/"+folder)
	}
}

// plainPage reads one plain page in a folder of the site.
func (l *loader) plainPage(file, below string) {
	name, ok := l.textName(file)
	if !ok {
		return
	}
	if below == "" && slices.Contains(reserved, strings.ToLower(name)) {
		l.clash(file, name)
		return
	}
	title := name
	if name == "_index" {
		name, title = "index", path.Base(below)
	}
	at := path.Join(below, name)
	if first, taken := l.paths[strings.ToLower(at)]; taken {
		l.problems.Errorf(diag.Place{File: file}, "bad-key", "%s makes the same page, %s.html", first, strings.ToLower(at)).Hint = "give one of them another name"
		return
	}
	l.paths[strings.ToLower(at)] = file
	if p, ok := l.page(file, at, title); ok {
		l.content.Pages = append(l.content.Pages, p)
	}
}

// page reads a Markdown page with the keys that all plain pages have.
func (l *loader) page(file, at, name string) (Page, bool) {
	read := asBefore(l, file, func() *Page {
		p, ok := l.readPage(file, "title", "description")
		if !ok {
			return nil
		}
		return &Page{
			Path: at, Title: p.title(name), Description: p.text("description"),
			Text: p.markdown.freeze(), Place: diag.Place{File: file},
		}
	}, at, name)
	if read == nil {
		return Page{}, false
	}
	return *read, true
}

// textName is a Markdown file's name without .md; a file that is none is stray.
func (l *loader) textName(file string) (name string, ok bool) {
	base := path.Base(file)
	name, ok = strings.CutSuffix(base, ".md")
	if ok && (name == "_index" || idShape.MatchString(name)) {
		return name, true
	}
	switch lower := strings.ToLower(base); {
	case isCopy(base):
		l.stray(file, "its name is that of a copy", "delete it, or move it out of content/")
	case ok:
		l.stray(file, "its name cannot stand in an address", "use letters, digits, - and _ only")
	case strings.HasSuffix(lower, ".md"), strings.HasSuffix(lower, ".markdown"):
		l.stray(file, "the texts that are read end in .md", "rename it")
	case strings.HasSuffix(lower, ".csv"), strings.HasSuffix(lower, ".xlsx"): // it may be a return, which no page shows as it is
		l.stray(file, "it is not a Markdown text", "move it out of content/: a return belongs in data/, and what stands in content/files/ is published as it is")
	case slices.Contains(AttachmentKinds, strings.TrimPrefix(path.Ext(lower), ".")):
		l.stray(file, "attachments stand in content/files/", "move it to content/files/")
	default:
		l.stray(file, "it is not a Markdown text", "move it out of content/")
	}
	return "", false
}

var copyMark = regexp.MustCompile(`(?i)^~\$|~$| - copy\b| \([0-9]+\)\.|\.(bak|swp|tmp|orig)$`)

// isCopy knows the names that editors and desktops give to copies and to files in use.
func isCopy(name string) bool { return copyMark.MatchString(name) }

// AttachmentKinds are how the names of attachments end, in small letters without
// the full stop: they are published as they are (contract, section 1). Nothing
// that a browser would run as part of the site is among them.
var AttachmentKinds = []string{"pdf", "docx", "xlsx", "png", "jpg", "jpeg", "csv"}

// attachments lists the files below content/files/. Their bytes are for who
// publishes them.
func (l *loader) attachments(dir, below string) {
	files, folders := l.list(dir)
	for _, name := range files {
		kind := strings.ToLower(strings.TrimPrefix(path.Ext(name), "."))
		switch {
		case isCopy(name):
			l.stray(dir+"/"+name, "its name is that of a copy", "delete it, or move it out of content/")
		case !slices.Contains(AttachmentKinds, kind):
			l.stray(dir+"/"+name, "attachments are "+naturalList(AttachmentKinds), "save it as one of these")
		case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`\:*?"<>|#%`, r) }):
			l.stray(dir+"/"+name, "its name holds a sign that an address cannot hold", `take out \ : * ? " < > | # %`)
		default:
			l.content.Files = append(l.content.Files, below+name)
		}
	}
	for _, name := range folders {
		if strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`\:`, r) }) {
			l.stray(dir+"/"+name, "its name holds a sign that a file name cannot hold everywhere", `take out \ :`)
			continue
		}
		l.attachments(dir+"/"+name, below+name+"/")
	}
}
