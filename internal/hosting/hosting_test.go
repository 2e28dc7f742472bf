package hosting_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"outturn/internal/hosting"
)

var update = flag.Bool("update", false, "write the files of docs/hosting")

const folder = "../../docs/hosting"

// settings are the files of docs/hosting.
var settings = map[string]func() string{
	"_headers":   hosting.Netlify,
	"nginx.conf": hosting.Nginx,
	"Caddyfile":  hosting.Caddyfile,
	".htaccess":  hosting.Apache,
}

func TestTheFilesForHostsAreThoseOfTheTable(t *testing.T) {
	for name, content := range settings {
		file := filepath.Join(folder, name)
		if *update {
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(content()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != content() {
			t.Errorf("docs/hosting/%s is not what the table gives; go test ./internal/hosting -update, and read the diff", name)
		}
	}
}

func TestThePolicyIsTheOneThatThePagesAreTestedUnder(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "../browsertest/built.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var text func(e ast.Expr) string
	text = func(e ast.Expr) string {
		switch e := e.(type) {
		case *ast.BasicLit:
			s, err := strconv.Unquote(e.Value)
			if err != nil {
				t.Fatal(err)
			}
			return s
		case *ast.BinaryExpr:
			return text(e.X) + text(e.Y)
		}
		t.Fatalf("Policy is made of %T", e)
		return ""
	}
	found := ""
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && v.Names[0].Name == "Policy" {
			found = text(v.Values[0])
		}
		return true
	})
	if found != hosting.Policy {
		t.Errorf("the browser tests serve pages under\n%s\nhosts are told\n%s", found, hosting.Policy)
	}
}

func TestThePolicyAllowsNoMoreThanThePagesDo(t *testing.T) {
	base, err := os.ReadFile("../../themes/civic/layouts/base.html")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`Content-Security-Policy" content="([^"]+)"`).FindSubmatch(base)
	if m == nil {
		t.Fatal("the pages carry no policy")
	}
	rules := strings.Split(hosting.Policy, "; ")
	for _, rule := range strings.Split(string(m[1]), "; ") {
		found := false
		for _, r := range rules {
			found = found || r == rule
		}
		if !found {
			t.Errorf("the pages say %q, and the hosts do not", rule)
		}
	}
}

func TestHeadersAreByKind(t *testing.T) {
	const fresh, frozen, forever = "no-cache", "public, max-age=3600", "public, max-age=31536000, immutable"
	for _, c := range []struct{ path, contentType, copies string }{
		{"index.html", "text/html; charset=utf-8", fresh},
		{"early-help/2017-01/contacts.html", "text/html; charset=utf-8", fresh},
		{"early-help/indicators/3.2.csv", "text/csv; charset=utf-8; header=present", fresh},
		{"early-help/indicators/3.2.csv-metadata.json", "application/csvm+json", fresh},
		{"api/early-help/2017-01.json", "application/json", fresh},
		{"feed.xml", "application/atom+xml; charset=utf-8", fresh},
		{"sitemap.xml", "application/xml; charset=utf-8", fresh},
		{"robots.txt", "text/plain; charset=utf-8", fresh},
		{"files/definitions.csv", "text/csv", fresh},
		{"files/report.pdf", "application/pdf", fresh},
		{"files/paper.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", fresh},
		{"files/photo.jpeg", "image/jpeg", fresh},
		{"assets/site.3f9a12cd.css", "text/css; charset=utf-8", forever},
		{"assets/favicon.3f9a12cd.svg", "image/svg+xml; charset=utf-8", forever},
		{"assets/site.css", "text/css; charset=utf-8", fresh},
		{"archive/index.html", "text/html; charset=utf-8", fresh},
		{"archive/2016-17-q3/index.html", "text/html; charset=utf-8", frozen},
		{"archive/2016-17-q3/assets/site.3f9a12cd.css", "text/css; charset=utf-8", frozen},
		{"LICENCE", "application/octet-stream", fresh},
	} {
		if got := hosting.Of(c.path); got.ContentType != c.contentType || got.CacheControl != c.copies {
			t.Errorf("%s: %+v", c.path, got)
		}
	}
}
