package site

import (
	"net/url"
	"path"
	"strings"
)

// slug is a ref as a file name: ':' and space become '-' (contract, section 5).
func slug(ref string) string { return strings.NewReplacer(":", "-", " ", "-").Replace(ref) }

func indicatorPath(card, ref string) string { return card + "/indicators/" + slug(ref) + ".html" }
func sectionPath(card, month, id string) string {
	return card + "/" + month + "/" + id + ".html"
}
func monthPath(card, month string) string { return card + "/" + month + "/index.html" }
func cardPath(card string) string         { return card + "/index.html" }
func apiPath(card, month string) string   { return "api/" + card + "/" + month + ".json" }

// rel is the relative link from one page to another, both paths from the site's
// root: it works at a root, under a sub-path and from a folder on disk.
func rel(from, to string) string {
	target, anchor, _ := strings.Cut(to, "#")
	if anchor != "" {
		anchor = "#" + anchor
	}
	if target == "" || target == from && anchor != "" {
		return anchor
	}
	dir := strings.Split(path.Dir(from), "/")
	if dir[0] == "." {
		dir = nil
	}
	parts := strings.Split(target, "/")
	for len(dir) > 0 && len(parts) > 1 && dir[0] == parts[0] {
		dir, parts = dir[1:], parts[1:]
	}
	return strings.Repeat("../", len(dir)) + strings.Join(parts, "/") + anchor
}

// root is the relative path from a page to the site's root: "", "../", "../../".
func root(from string) string { return strings.Repeat("../", strings.Count(from, "/")) }

// escapePath writes a path as an address: a file's name may hold spaces.
func escapePath(p string) string { return (&url.URL{Path: p}).EscapedPath() }
