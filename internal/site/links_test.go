package site

import (
	"html"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestLinkIsRelativeToItsPage(t *testing.T) {
	tests := []struct{ from, to, want string }{
		{"index.html", "care/index.html", "care/index.html"},
		{"index.html", "index.html", "index.html"},
		{"care/index.html", "index.html", "../index.html"},
		{"care/index.html", "care/2017-01/index.html", "2017-01/index.html"},
		{"care/2017-01/visits.html", "care/2017-01/quality.html", "quality.html"},
		{"care/2017-01/visits.html", "care/indicators/3.2.html", "../indicators/3.2.html"},
		{"care/2017-01/visits.html", "help/index.html", "../../help/index.html"},
		{"care/2017-01/visits.html", "assets/site.css", "../../assets/site.css"},
		{"care/indicators/3.2.html", "care/indicators/3.2.csv", "3.2.csv"},
		{"care/indicators/3.2.html", "care/2017-01/index.html#m-3.2", "../2017-01/index.html#m-3.2"},
		{"care/index.html", "care/index.html#m-3.2", "#m-3.2"},
		{"care/index.html", "#m-3.2", "#m-3.2"},
		{"care/index.html", "careers/index.html", "../careers/index.html"},
		{"a/b/c/d.html", "a/e.html", "../../e.html"},
	}
	for _, x := range tests {
		if got := rel(x.from, x.to); got != x.want {
			t.Errorf("rel(%q, %q) = %q, wanted %q", x.from, x.to, got, x.want)
		}
		target, _, _ := strings.Cut(x.want, "#")
		if to, _, _ := strings.Cut(x.to, "#"); target != "" && path.Join(path.Dir(x.from), target) != to {
			t.Errorf("%q from %q leads to %q", x.want, x.from, path.Join(path.Dir(x.from), target))
		}
	}
	for from, want := range map[string]string{"index.html": "", "care/index.html": "../", "care/2017-01/visits.html": "../../"} {
		if got := root(from); got != want {
			t.Errorf("root(%q) = %q, wanted %q", from, got, want)
		}
	}
}

var (
	hrefs = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	ids   = regexp.MustCompile(`\bid="([^"]*)"`)
)

func TestEveryLinkOfEveryPageLeadsSomewhere(t *testing.T) {
	tree := build(t, nil)
	pages := map[string]string{}
	anchors := map[string][]string{}
	for name := range tree.MapFS {
		text := read(t, tree, name)
		pages[name] = text
		for _, m := range ids.FindAllStringSubmatch(text, -1) {
			anchors[name] = append(anchors[name], html.UnescapeString(m[1]))
		}
	}
	seen := 0
	for name, text := range pages {
		if path.Ext(name) != ".html" || name == "404.html" { // its links go by the site's own address
			continue
		}
		for _, m := range hrefs.FindAllStringSubmatch(text, -1) {
			href := html.UnescapeString(m[1])
			if strings.Contains(href, ":") { // http, mailto
				continue
			}
			seen++
			if strings.HasPrefix(href, "/") {
				t.Errorf("%s links to %s: no link may begin at the root", name, href)
			}
			target, anchor, _ := strings.Cut(href, "#")
			to := name
			if target != "" {
				to = path.Join(path.Dir(name), target)
			}
			if _, ok := pages[to]; !ok {
				t.Errorf("%s links to %s, and %s is not there", name, href, to)
			} else if anchor != "" && !slices.Contains(anchors[to], anchor) {
				t.Errorf("%s links to %s, and %s has no %s", name, href, to, anchor)
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d links were looked at", seen)
	}
}

func TestPageForErrorsLinksByTheSitesOwnAddress(t *testing.T) {
	page := read(t, build(t, nil), "404.html")
	for _, m := range hrefs.FindAllStringSubmatch(page, -1) {
		href := html.UnescapeString(m[1])
		if !strings.HasPrefix(href, "/children/") && !strings.HasPrefix(href, "#") && !strings.Contains(href, ":") {
			t.Errorf("404.html links to %s: it is shown under any address", href)
		}
	}
}

func TestOnePageLinksToMeasuresOfTwoScorecards(t *testing.T) {
	c := &composer{path: "early-help/indicators/1.1.html"}
	for _, card := range []string{"early-help", "safeguarding", "early-help"} {
		if got, want := c.toMeasure(card, "2.1"), c.to(indicatorPath(card, "2.1")); got != want {
			t.Errorf("%s 2.1 is linked as %s, want %s", card, got, want)
		}
	}
}
