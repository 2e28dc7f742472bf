package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// hugoSettings turn off all that is not a page of text, and let finished HTML
// be content: Hugo takes it only where its settings say that it may be trusted.
const hugoSettings = `baseURL = "https://performance.nation.example/"
title = "Nation"
uglyURLs = true
disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]

[security]
allowContent = ["^text/html$"]
`

// perFolder is how many pages a folder of Hugo's has.
const perFolder = 150

// beside has Hugo make as many pages of the same text: its best case, since the
// main part of each of Outturn's pages is handed to it as finished HTML, and the
// head and foot of one of them stand in a bare layout.
func (b *benchmark) beside(r *result, from, home, pages string) error {
	site, public, own := filepath.Join(home, "hugo"), filepath.Join(home, "hugo-public"), filepath.Join(home, "in-turn")
	b.tell("  writing Hugo's site")
	if err := hugoSite(site, pages); err != nil {
		return err
	}
	b.tell("  building it with Hugo, and Outturn's cold, in turn")
	anew := func() error { return errors.Join(os.RemoveAll(public), os.RemoveAll(own), os.MkdirAll(own, 0o755)) }
	costs, err := b.turns(
		task{b.build(from, filepath.Join(own, "public")), anew},
		task{func() *exec.Cmd {
			return exec.CommandContext(b.ctx, b.hugo, "--source", site, "--destination", public, "--cacheDir", filepath.Join(home, "hugo-cache"))
		}, anew})
	if err != nil {
		return err
	}
	r.inTurn, r.hugo = &costs[0], &costs[1]
	made, err := count(public)
	if err != nil {
		return err
	}
	r.hugoPages, r.hugoBytes = made.pages, made.pageBytes
	if made.pages != r.made.pages {
		return fmt.Errorf("it made %d pages of %d", made.pages, r.made.pages)
	}
	return os.RemoveAll(site)
}

// hugoSite writes the pages' main parts as content, and one layout.
func hugoSite(site, pages string) error {
	n, layout := 0, ""
	err := walk(pages, func(name string, info fs.FileInfo) error {
		if !strings.HasSuffix(name, ".html") {
			return nil
		}
		page, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		head, main, foot := parts(page)
		if layout == "" && filepath.Base(filepath.Dir(name)) == "indicators" {
			layout = escaped(head) + "{{ .Content }}" + escaped(foot)
		}
		content := append(fmt.Appendf(nil, "---\ntitle: Page %d\n---\n", n), main...)
		file := filepath.Join(site, "content", fmt.Sprintf("part-%d", n/perFolder), fmt.Sprintf("page-%d.html", n))
		n++
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, content, 0o644)
	})
	if err != nil {
		return err
	}
	layouts := filepath.Join(site, "layouts", "_default")
	if err := os.MkdirAll(layouts, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(layouts, "single.html"), []byte(layout), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(site, "hugo.toml"), []byte(hugoSettings), 0o644)
}

// parts cuts a page at its main element; a page without one is all main.
func parts(page []byte) (head, main, foot []byte) {
	start, end := bytes.Index(page, []byte("<main")), bytes.LastIndex(page, []byte("</main>"))
	if start < 0 || end < start {
		return nil, page, nil
	}
	end += len("</main>")
	return page[:start], page[start:end], page[end:]
}

// escaped keeps a template from reading braces in finished HTML.
func escaped(html []byte) string {
	return strings.ReplaceAll(string(html), "{{", `{{ "{{" }}`)
}
