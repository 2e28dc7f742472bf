// Package theme turns views into pages: templates, words and fingerprinted
// assets of the site's theme. What a designer may change without Go stands in
// themes/<name>/:
//
//	layouts/*.html      html/template; one layout a view type, and partials
//	styles/*.css        joined in the order of their names into one stylesheet
//	scripts/*.js        likewise into one script
//	words/en-GB.txt     the theme's words for codes, and the sentence of each reason
//	favicon.svg         the site's mark
//
// A view holds finished strings; a layout chooses words and order and never
// calculates. The layout of a view is named after its type: home.html,
// scorecard.html, section.html, indicator.html, methodology.html, status.html,
// data.html, plain.html, view.html, actions.html, report.html, reports.html,
// meeting.html, meetings.html, archive.html, differences.html, revisions.html. Block draws a partial within a text. In layouts stand, beside those of
// html/template, the functions of functions.go: word, say, shape, arrow,
// moved, bar, args, final, columns, annual, plain, bare, nth.
//
// A layout is html/template's, and what it says is what is written; most are
// executed by a program made of them (program.go), the same bytes at a tenth of
// the cost.
//
// Load tries every layout on a specimen view with every field filled and on an
// empty one, so that a misspelt field is found before any page is built; it tells
// of a stylesheet that does not hold together, and says in the default theme's
// words what the theme has none for.
package theme

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"reflect"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"outturn/internal/diag"
)

// Theme is a loaded theme. It is safe for use from several goroutines.
type Theme struct {
	digest  [32]byte
	assets  map[string][]byte
	style   string
	script  string
	words   words
	layouts *template.Template

	programs map[reflect.Type]*program // of layouts and blocks by type of view; none for those that html/template must execute
	runs     sync.Pool
}

// layoutOf names the layout of each view type, with a view of that type to try
// it on.
var layoutOf = []struct {
	file string
	view any
}{
	{"home.html", Home{}},
	{"scorecard.html", Scorecard{}},
	{"section.html", Section{}},
	{"indicator.html", Indicator{}},
	{"methodology.html", Methodology{}},
	{"status.html", Status{}},
	{"data.html", Data{}},
	{"plain.html", Plain{}},
	{"view.html", ViewPage{}},
	{"actions.html", Actions{}},
	{"report.html", Report{}},
	{"reports.html", Reports{}},
	{"meeting.html", Meeting{}},
	{"meetings.html", Meetings{}},
	{"archive.html", Archive{}},
	{"differences.html", Differences{}},
	{"revisions.html", Revisions{}},
}

// Load reads the theme in dir, the theme's own folder; name is what the folder
// is called below themes/, for the places of problems. Words are those of the
// language, else of another variety of it (en for en-GB). A fault in any file
// is a problem with its place; the theme is then good for Word, Sentence and
// the assets, and for those layouts that parsed.
func Load(dir fs.FS, name, language string, problems *diag.List) *Theme {
	t := &Theme{
		assets: map[string][]byte{},
		words:  words{},
	}
	t.runs.New = func() any { return new(run) }
	root := path.Join("themes", name)

	files := readAll(dir, root, problems)
	t.digest = digest(files)
	checkStyles(files, root, problems)
	t.style = t.addAsset("site", ".css", joined(files, "styles", ".css"))
	t.script = t.addAsset("site", ".js", joined(files, "scripts", ".js"))
	if mark, ok := files["favicon.svg"]; ok {
		t.assets["favicon.svg"] = mark
	}
	t.loadWords(files, root, language, problems)
	t.loadLayouts(files, root, problems)
	return t
}

// readAll reads every file of the theme by its path. Hidden files are not the
// theme's.
func readAll(dir fs.FS, root string, problems *diag.List) map[string][]byte {
	files := map[string][]byte{}
	err := fs.WalkDir(dir, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if p != "." && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if !utf8.ValidString(p) {
			problems.Warnf(diag.Place{File: path.Join(root, p)}, "stray-file", "this file is not read: its name is not UTF-8").Hint = "rename it"
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		data, err := fs.ReadFile(dir, p)
		if err != nil {
			return err
		}
		files[p] = data
		return nil
	})
	if err != nil {
		problems.Errorf(diag.Place{File: root}, "bad-theme", "the theme cannot be read: %v", err)
	}
	return files
}

func paths(files map[string][]byte) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func digest(files map[string][]byte) [32]byte {
	h := sha256.New()
	var size [8]byte
	for _, name := range paths(files) {
		// Lengths keep names and contents apart, whatever they hold.
		binary.BigEndian.PutUint64(size[:], uint64(len(name)))
		h.Write(size[:])
		io.WriteString(h, name)
		binary.BigEndian.PutUint64(size[:], uint64(len(files[name])))
		h.Write(size[:])
		h.Write(files[name])
	}
	return [32]byte(h.Sum(nil))
}

// joined is the files of one folder with one ending, in the order of their names.
func joined(files map[string][]byte, folder, ending string) []byte {
	var all bytes.Buffer
	for _, name := range paths(files) {
		if path.Dir(name) != folder || path.Ext(name) != ending {
			continue
		}
		all.Write(bytes.TrimSpace(files[name]))
		all.WriteByte('\n')
	}
	return all.Bytes()
}

// addAsset keeps an asset under a name that changes with its content, so that
// it may be cached for ever. It returns the name.
func (t *Theme) addAsset(stem, ending string, content []byte) string {
	sum := sha256.Sum256(content)
	name := fmt.Sprintf("%s.%x%s", stem, sum[:4], ending)
	t.assets[name] = content
	return name
}

// Digest is a hash of everything in the theme.
func (t *Theme) Digest() [32]byte { return t.digest }

// Assets are the files of assets/ by fingerprinted name ("site.3f9a12cd.css"),
// and favicon.svg.
func (t *Theme) Assets() map[string][]byte { return t.assets }

// Style is the fingerprinted name of the stylesheet in assets/.
func (t *Theme) Style() string { return t.style }

// Script is the fingerprinted name of the script in assets/.
func (t *Theme) Script() string { return t.script }

// loadLayouts parses every layout once and tries each on two views.
func (t *Theme) loadLayouts(files map[string][]byte, root string, problems *diag.List) {
	t.layouts = template.New("").Funcs(t.functions()).Option("missingkey=error")
	broken := false
	for _, name := range paths(files) {
		if path.Dir(name) != "layouts" || path.Ext(name) != ".html" {
			continue
		}
		base := path.Base(name)
		if _, err := t.layouts.New(base).Parse(string(files[name])); err != nil {
			t.addFault(problems, files, root, base, err)
			broken = true
		}
	}
	for _, layout := range layoutOf {
		if t.layouts.Lookup(layout.file) == nil {
			p := problems.Errorf(diag.Place{File: path.Join(root, "layouts", layout.file)}, "bad-theme", "the layout is not there")
			p.Hint = "copy it from the default theme"
			broken = true
		}
	}
	if broken {
		return // what a missing part breaks would only be told twice
	}
	for _, block := range blockOf {
		if t.layouts.Lookup(block.partial) == nil {
			p := problems.Errorf(diag.Place{File: path.Join(root, "layouts")}, "bad-theme", "no layout defines the partial %s", diag.Quote(block.partial))
			p.Hint = "copy blocks.html from the default theme"
			continue
		}
		for _, view := range []any{specimen(block.view), block.view} {
			if _, err := t.Block(view); err != nil {
				t.addFault(problems, files, root, "blocks.html", errors.Unwrap(err))
				break
			}
		}
	}
	for _, layout := range layoutOf {
		// Filled first: what an empty view breaks is a lesser fault.
		for _, view := range []any{specimen(layout.view), layout.view} {
			if err := t.layouts.ExecuteTemplate(io.Discard, layout.file, view); err != nil {
				t.addFault(problems, files, root, layout.file, err)
				broken = true
				break
			}
		}
	}
	if !broken {
		t.loadPrograms(files, root, problems)
	}
}

// loadPrograms compiles what can be, now that html/template has made it safe. A
// field that is misspelt where neither of the two views came by is found here.
func (t *Theme) loadPrograms(files map[string][]byte, root string, problems *diag.List) {
	tell := func(file string, why error) {
		var wrong *misspelt
		if errors.As(why, &wrong) {
			t.addFault(problems, files, root, file, wrong)
		}
	}
	t.programs = map[reflect.Type]*program{}
	functions := t.functions()
	for _, layout := range layoutOf {
		if p, why := compile(t.layouts, functions, layout.file, layout.view); why == nil {
			t.programs[p.view] = p
		} else {
			tell(layout.file, why)
		}
	}
	for _, block := range blockOf {
		if p, why := compile(t.layouts, functions, block.partial, block.view); why == nil {
			t.programs[p.view] = p
		} else {
			tell("blocks.html", why)
		}
	}
}

// Render writes the page of a view; the layout is chosen by the view's type.
// It fails only by the machine's fault or a fault of the theme's own, and then
// writes nothing of the page.
func (t *Theme) Render(w io.Writer, view any) error {
	file, ok := layoutFor(view)
	if !ok {
		return fmt.Errorf("theme: no layout for a view of type %T", view)
	}
	r := t.runs.Get().(*run)
	defer t.runs.Put(r)
	if b, ok := w.(*bytes.Buffer); ok { // the page is written where it is to stand
		own := r.out
		r.out = b.AvailableBuffer()
		defer func() { r.out = own }()
	}
	if err := t.execute(r, file, view); err != nil {
		return fmt.Errorf("theme: rendering %s: %w", file, err)
	}
	_, err := w.Write(r.out)
	return err
}

// execute draws a view by a layout or partial: by its program, else by
// html/template.
func (t *Theme) execute(r *run, name string, view any) error {
	r.out = r.out[:0]
	typ := reflect.TypeOf(view)
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if p := t.programs[typ]; p != nil && p.write(r, view) {
		return nil
	}
	b := bytes.NewBuffer(r.out[:0])
	err := t.layouts.ExecuteTemplate(b, name, view)
	r.out = b.Bytes()
	return err
}

func layoutFor(view any) (string, bool) {
	switch view.(type) {
	case Home, *Home:
		return "home.html", true
	case Scorecard, *Scorecard:
		return "scorecard.html", true
	case Section, *Section:
		return "section.html", true
	case Indicator, *Indicator:
		return "indicator.html", true
	case Methodology, *Methodology:
		return "methodology.html", true
	case Status, *Status:
		return "status.html", true
	case Data, *Data:
		return "data.html", true
	case Plain, *Plain:
		return "plain.html", true
	case ViewPage, *ViewPage:
		return "view.html", true
	case Actions, *Actions:
		return "actions.html", true
	case Report, *Report:
		return "report.html", true
	case Reports, *Reports:
		return "reports.html", true
	case Meeting, *Meeting:
		return "meeting.html", true
	case Meetings, *Meetings:
		return "meetings.html", true
	case Archive, *Archive:
		return "archive.html", true
	case Differences, *Differences:
		return "differences.html", true
	case Revisions, *Revisions:
		return "revisions.html", true
	}
	return "", false
}
