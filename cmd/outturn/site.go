package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"outturn/internal/check"
	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/theme"
	"outturn/themes"
)

// folder opens a site's folder.
func (t *terminal) folder() (fs.FS, error) {
	if _, err := os.Stat(filepath.Join(t.site, "content", "site.yaml")); err != nil {
		return nil, usage{fmt.Errorf("there is no site in %s: content/site.yaml is not there; name the site's folder with --site", show(t.site))}
	}
	return os.DirFS(t.site), nil
}

// load reads and judges the site and adds every finding in it.
func load(site fs.FS, opt edition.Options, problems *diag.List) (*edition.Edition, error) {
	content := commentary.Load(site, edition.DataFolders(site), problems)
	themeDir, err := themeOf(site, content.Site.Theme)
	if err != nil {
		return nil, err
	}
	th := theme.Load(themeDir, content.Site.Theme, content.Site.Language, problems)
	ed := edition.Judge(site, content, th, opt, problems)
	check.Data(ed, problems)
	check.Carried(ed, problems)
	check.Prose(ed, problems)
	check.Papers(ed, problems)
	check.Past(site, problems)
	ed.Withhold(problems)
	return ed, nil
}

// themeOf is the site's own theme, else the one in the program.
func themeOf(site fs.FS, name string) (fs.FS, error) {
	if info, err := fs.Stat(site, "themes/"+name); err == nil && info.IsDir() {
		return fs.Sub(site, "themes/"+name)
	}
	if info, err := fs.Stat(themes.FS, name); err == nil && info.IsDir() {
		return fs.Sub(themes.FS, name)
	}
	return nil, usage{fmt.Errorf("there is no theme %q: neither themes/%s in the site nor one of that name in the program, which has civic", name, name)}
}

// printErrors shows what stops a command; on a terminal with the source line and
// a caret.
func (t *terminal) printErrors(problems *diag.List) {
	var list []diag.Problem
	for _, p := range problems.All() {
		if p.Severity == diag.Error {
			list = append(list, p)
		}
	}
	style := diag.Plain
	if isTerminal(t.err) {
		style = diag.WithSource
	}
	diag.Text(t.err, list, style)
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// show names a folder as the reader would.
func show(dir string) string {
	if dir == "." || dir == "" {
		return "this folder"
	}
	return filepath.ToSlash(dir)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
