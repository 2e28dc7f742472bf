package theme

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
)

// styleFault is the place and message of a stylesheet's fault.
func styleFault(text string) string {
	m, message, _ := faultOfStyle(text)
	if message == "" {
		return ""
	}
	return fmt.Sprintf("%d:%d: %s", m.line, m.at-m.from+1, message)
}

func TestAStylesheetThatDoesNotHoldTogetherIsTold(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"a { color: red;\n\nb { color: blue; }\n", "1:3: the { here has no } after it"},
		{"a { color: red; }\n}\nb { color: blue; }\n", "2:1: the } here closes nothing, and a browser leaves out the rule after it"},
		{"@media print {\n  a {\n    color: red;\n\n  b { color: blue; }\n}\n", "2:5: the { here has no } after it"},
		{"@media print {\n  a { color: red; }\n\nb { color: blue; }\n", "1:14: the { here has no } after it"},
		{"/* a note\na { color: red; }\n", "1:1: the comment that begins here has no end"},
		{"a {\n  content: \"x;\n}\n", "2:12: the \" here has no other after it in its line"},
		{"a { width: calc(1px + (2px); }\n", "1:16: the ( here has no ) after it"},
		{"a { width: calc(1px)); }\n", "1:21: the ) here closes nothing"},
		{"a[href { color: red; }\n", "1:2: the [ here has no ] after it"},
		{"a { background: url(x.svg; }\nb { color: var(--ink); }\n", "1:20: the address that begins here has no ) after it"},
		{"/* é */ a {", "1:12: the { here has no } after it"}, // here in bytes
	} {
		if got := styleFault(test.text); got != test.want {
			t.Errorf("%q: found %q, want %q", test.text, got, test.want)
		}
	}
}

func TestAStylesheetThatHoldsTogetherIsLeftAlone(t *testing.T) {
	for _, text := range []string{
		"", "a{}", "\ufeffa { color: red }\r\nb { color: blue }\r\n",
		"/* { ( \" */ a { color: red; } /* it's */",
		`a::before { content: "} \" {"; } b::before { content: '(\'"'; }`,
		"a { content: \"on the \\\n next line\"; }",
		"a { background: url( x{}.svg ); } b { background: url(a\\)b.svg); }",
		"a { background: URL(\"x);.svg\"); }",
		"a { background: url(data:image/svg+xml;base64,PHN2Zz48L3N2Zz4=); }",
		".a\\{b { color: red; } .w-1\\/2 { width: 50%; }",
		"a { &:hover { b { color: red; } } } @media (min-width: 40em) { a[href$='.pdf'] { color: var(--a, var(--b)); } }",
		".a,\n  .b {\n  color: red;\n}\n",
		"<!-- a { color: red } -->", "a { --own: {b: [c (d)]}; }", "a { width: 1px /* w */; }", "a / b", "\\",
	} {
		if got := styleFault(text); got != "" {
			t.Errorf("%q: found %q", text, got)
		}
	}
}

func TestAFaultOfAStylesheetHasItsPlaceWhetherLoadedOrRestyled(t *testing.T) {
	files := siteTheme(t)
	var none diag.List
	th := Load(files, "own", "en-GB", &none)
	base := string(files["styles/10-base.css"].Data)
	files["styles/10-base.css"] = &fstest.MapFile{Data: []byte(strings.Replace(base, "scroll-padding-top: 1rem;\n}", "scroll-padding-top: 1rem;\n", 1))}
	var loaded, restyled diag.List
	Load(files, "own", "en-GB", &loaded)
	th.Restyled(files, "own", &restyled)
	for _, list := range [][]diag.Problem{loaded.All(), restyled.All()} {
		if len(list) != 1 {
			t.Fatalf("told: %+v", list)
		}
		want := diag.Problem{Place: diag.Place{File: "themes/own/styles/10-base.css", Line: 3, Column: 6}, Code: "bad-theme",
			Message: "the { here has no } after it", Hint: "put } where it ends", Source: "html {"}
		if list[0] != want {
			t.Errorf("told %+v, want %+v", list[0], want)
		}
	}
}

func FuzzStyle(f *testing.F) {
	for _, seed := range []string{"a{}", "a{", "}", "\"", "url(", "/*", "\\", "a:b(\\\n)", "@m{\n a{\n}\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var problems diag.List
		checkStyle(text, "styles/x.css", &problems)
		for _, p := range problems.All() {
			if p.Line < 1 || p.Column < 1 || p.Hint == "" || lineOf(text, p.Line) != p.Source {
				t.Errorf("a problem without its place: %+v", p)
			}
		}
	})
}
