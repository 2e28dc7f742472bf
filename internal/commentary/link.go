package commentary

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
)

var scheme = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):`)

// linkSchemes are those that lead somewhere from a council's page. All others
// (javascript:, data:, file: …) run or open what no reader asked for.
var linkSchemes = []string{"http", "https", "mailto", "tel"}

// linkFault says what is wrong with an address as it would be published, and
// how to mend it; both are empty where it may stand. file is the text's path.
func linkFault(address, file string) (fault, hint string) {
	const relative = "write it from this page, for example ../files/plan.pdf"
	switch {
	case strings.TrimSpace(address) == "":
		return "the link has no address", "write one in the brackets, or take the brackets away"
	case strings.Contains(address, "{{"), strings.Contains(address, "%7B%7B"):
		return "a figure cannot stand in an address", "put the reference into the text"
	case strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f }):
		// Browsers drop tabs and line ends from addresses: java&#10;script:
		return "the address holds spaces or control characters", relative
	case strings.Contains(address, `\`):
		return `the address holds a \`, "write folders with /"
	case strings.HasPrefix(address, "//"):
		return "the address leads to another server without saying how", "write https: before it"
	case strings.HasPrefix(address, "/"):
		up := strings.Repeat("../", max(0, strings.Count(file, "/")-1))
		return "the address starts at the top of the server; the site may stand below it", "write " + up + address[1:]
	}
	if m := scheme.FindStringSubmatch(address); m == nil {
		// RFC 3986 §4.2: a relative address has no colon in its first part.
		if i := strings.IndexAny(address, ":/?#"); i >= 0 && address[i] == ':' {
			return "the address holds a : before its first /", "write ./ before it"
		}
	} else if !slices.Contains(linkSchemes, strings.ToLower(m[1])) {
		return "addresses that start with " + m[1] + ": are not let through", "use http, https, mailto or tel, or a page of this site"
	}
	return "", ""
}

// imageFault is linkFault for pictures, which come from the site alone: one
// from elsewhere tells another server who reads what.
func imageFault(address, file string) (fault, hint string) {
	if scheme.MatchString(address) || strings.HasPrefix(address, "//") {
		return "pictures are taken from this site only", "put the file into content/files/ and write its path from this page"
	}
	if fault, hint := linkFault(address, file); fault != "" {
		return fault, hint
	}
	at := path.Join("/", strings.TrimPrefix(path.Dir(file), "content"), address)
	if !strings.HasPrefix(at, "/files/") {
		up := strings.Repeat("../", max(0, strings.Count(file, "/")-1))
		return "the picture does not lie in content/files/", "write " + up + "files/" + path.Base(address)
	}
	return "", ""
}

// isExternal reports whether an address leads to another site.
func isExternal(address string) bool {
	m := scheme.FindStringSubmatch(address)
	return m != nil && strings.HasPrefix(strings.ToLower(m[1]), "http")
}

// isWebAddress reports whether a text is an absolute http or https address.
func isWebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(text, " \t\n\"<>")
}

// published turns a link to a text of content/ into one to the page made of it.
func published(address string) string {
	if scheme.MatchString(address) {
		return address
	}
	end := strings.IndexAny(address, "?#")
	if end < 0 {
		end = len(address)
	}
	file, rest := address[:end], address[end:]
	base, isText := strings.CutSuffix(file, ".md")
	if !isText {
		return address
	}
	if folder, isIndex := strings.CutSuffix(base, "_index"); isIndex && (folder == "" || strings.HasSuffix(folder, "/")) {
		base = folder + "index"
	}
	return base + ".html" + rest
}
