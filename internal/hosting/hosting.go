// Package hosting says how the files of a site are to be served: with which
// type, for how long a copy of them is good, and under which policy. One table
// makes the settings for each web server in docs/hosting, and the headers that
// object storage keeps with its files.
//
// Types are those that the standards name: a table of figures says that its
// first row is a header (RFC 4180 §3), its description is CSV on the Web.
//
// Copies: what has its fingerprint in its name never changes, so a browser may
// keep it for ever. A snapshot is frozen but can be withdrawn, so a copy is good
// for an hour. Everything else may be corrected at any moment, and a browser
// asks each time whether its copy still is the newest, which costs no more than
// the question.
package hosting

import (
	"crypto/sha256"
	"fmt"
	"regexp"
)

// Headers of one file.
type Headers struct {
	ContentType  string
	CacheControl string
}

// Of gives the headers of the file at a path from the site's root.
func Of(name string) Headers {
	h := Headers{"application/octet-stream", fresh}
	for _, t := range kinds {
		if matches(t.path, name) {
			h.ContentType = t.contentType
			break
		}
	}
	for _, c := range copies {
		if matches(c.path, name) {
			h.CacheControl = c.control
			break
		}
	}
	return h
}

// Version tells one set of headers from another.
func Version() string {
	return fmt.Sprintf("%.8x", sha256.Sum256(fmt.Append(nil, kinds, copies, fresh)))
}

// A path is a regular expression that Go, nginx, Caddy and Apache read alike.
// It is held against the whole path, after any sub-path that a site is under.
func matches(pattern, name string) bool { return compiled[pattern].MatchString("/" + name) }

var compiled = map[string]*regexp.Regexp{}

func init() {
	for _, t := range kinds {
		compiled[t.path] = regexp.MustCompile(t.path)
	}
	for _, c := range copies {
		compiled[c.path] = regexp.MustCompile(c.path)
	}
}

// kinds are the types; the first that fits counts.
var kinds = []struct {
	path        string
	contentType string
	text        bool // it shrinks when it is compressed
}{
	// Attachments come as they were given: nobody knows their encoding.
	{`/files/[^/]+\.csv$`, "text/csv", true},
	{`\.csv-metadata\.json$`, "application/csvm+json", true}, // https://www.w3.org/TR/tabular-metadata/ §C
	{`\.csv$`, "text/csv; charset=utf-8; header=present", true},
	{`\.html$`, "text/html; charset=utf-8", true},
	{`\.css$`, "text/css; charset=utf-8", true},
	{`\.js$`, "text/javascript; charset=utf-8", true}, // RFC 9239
	{`\.json$`, "application/json", true},             // always UTF-8: RFC 8259 §8.1
	{`/feed\.xml$`, "application/atom+xml; charset=utf-8", true},
	{`\.xml$`, "application/xml; charset=utf-8", true},
	{`\.txt$`, "text/plain; charset=utf-8", true},
	{`\.svg$`, "image/svg+xml; charset=utf-8", true},
	{`\.png$`, "image/png", false},
	{`\.jpe?g$`, "image/jpeg", false},
	{`\.pdf$`, "application/pdf", false},
	{`\.docx$`, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false},
	{`\.xlsx$`, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false},
}

// fresh: a copy may be kept, and is asked about before it is used (RFC 9111 §5.2.2.4).
const fresh = "no-cache"

// copies say how long a copy is good; the first that fits counts.
var copies = []struct {
	path    string
	control string
}{
	{`/archive/[^/]+/`, "public, max-age=3600"},
	{`/assets/[^/]+\.[0-9a-f]{8}\.[a-z0-9]+$`, "public, max-age=31536000, immutable"}, // RFC 8246
}

// Policy is the Content-Security-Policy: styles, scripts and pictures are files
// of the site itself, nothing is inline, and no other site may frame a page.
// The pages carry most of it themselves (frame-ancestors cannot stand in a page).
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; " +
	"form-action 'self'; frame-ancestors 'none'; upgrade-insecure-requests"

// everywhere are the headers of every answer, that of a page not found too.
var everywhere = []struct{ name, value string }{
	{"Content-Security-Policy", Policy},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "strict-origin-when-cross-origin"},
	{"Permissions-Policy", "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
}

// open is the kind of file that any page in the world may read: open data.
const open = `\.(csv|json)$`
