package site

import (
	"net/url"
	"strings"

	"outturn/internal/dataset"
)

func measuresPath(card string) string { return card + "/indicators/" }
func indicatorPath(card, ref string) string {
	return card + "/indicators/" + dataset.RefFile(ref) + ".html"
}
func sectionPath(card, month, id string) string {
	return card + "/" + month + "/" + id + ".html"
}
func monthPath(card, month string) string { return card + "/" + month + "/index.html" }
func cardPath(card string) string         { return card + "/index.html" }
func apiPath(card, month string) string   { return "api/" + card + "/" + month + ".json" }

// rel is the relative link from one page to another, both paths from the site's
// root: it works at a root, under a sub-path and from a folder on disk.
func rel(from, to string) string {
	target, anchor := to, ""
	if at := strings.IndexByte(to, '#'); at >= 0 {
		target, anchor = to[:at], to[at:]
		if anchor == "#" {
			anchor, to = "", target
		}
	}
	if target == "" || target == from && anchor != "" {
		return anchor
	}
	shared := 0 // the folders that both are in
	for i := 0; i < len(from) && i < len(target) && from[i] == target[i]; i++ {
		if from[i] == '/' {
			shared = i + 1
		}
	}
	return root(from[shared:]) + to[shared:]
}

// root is the relative path from a page to the site's root: "", "../", "../../".
func root(from string) string {
	const up = "../../../../" // as deep as any page lies
	if n := len("../") * strings.Count(from, "/"); n <= len(up) {
		return up[:n]
	}
	return strings.Repeat("../", strings.Count(from, "/"))
}

// escapePath writes a path as an address: a file's name may hold spaces.
func escapePath(p string) string { return (&url.URL{Path: p}).EscapedPath() }
