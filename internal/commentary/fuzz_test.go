package commentary

import (
	"strings"
	"testing"
	"unicode/utf8"

	"outturn/internal/diag"
)

// FuzzFrontMatter: the splitter never panics, and what it calls body is the
// end of the file, behind a closed front matter.
func FuzzFrontMatter(f *testing.F) {
	for _, seed := range []string{"", "---", "---\n---", "---\na: b\n---\nText", "\ufeff---\r\na: b\r\n---\r\nText", "--- \n---\t\nx", "----\n", "---\nx\n--- x\n", "text\n---\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		var problems diag.List
		s := newSource("content/x.md", []byte(alikeEnds(content)), &problems)
		yaml, has, body := split(s)
		text := string(s.text)
		switch {
		case !has && (yaml != "" || body != 0 || len(problems.All()) > 0):
			t.Errorf("%q: no front matter, but %q and %d", text, yaml, body)
		case has && len(problems.All()) > 0 && body != len(text):
			t.Errorf("%q: front matter that is not closed leaves a text", text)
		case has && len(problems.All()) == 0:
			first, _, _ := strings.Cut(text, "\n")
			closing := strings.TrimSpace(strings.TrimPrefix(text[:body], first+"\n"+yaml))
			if closing != "---" {
				t.Errorf("%q: split as %q, %q, %q", text, first, yaml, closing)
			}
		}
	})
}

// FuzzSettings: whatever stands in site.yaml, there is no panic and each fault
// has a place within the file.
func FuzzSettings(f *testing.F) {
	for _, seed := range []string{settingsText, "", "a", "- a", "title: &a [*a]\n", "areas: {", "? a\n: b", "%YAML 1.2\n---\na: b\n", "a: !!x y", "<<: {a: b}", "title: |\n\tx", "\"", "{{ 3.2 }}", "a: b\n---\nc: d\n", "...", "#"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		var problems diag.List
		Load(mapFS(map[string]string{"content/site.yaml": content}), nil, &problems)
		lines := strings.Split(alikeEnds(content), "\n")
		for _, p := range problems.All() {
			if p.File != "content/site.yaml" || p.Line > len(lines) || p.Message == "" {
				t.Errorf("%q: %+v", content, p)
			}
		}
	})
}

// FuzzReference: each reference stands where its braces do, each word where
// its place says, and what is between the braces is what the words say.
func FuzzReference(f *testing.F) {
	for _, seed := range []string{"{{ 3.2 }}", "é {{ 3.2 previous }} x", "{{ figure 18 | x }}", "{{{ a }}}", "{{ a }", "}}", `\{{ a }}`, "{{ a_b* }} *c*", "{{\u00a0a\tb }}", "| {{ a \\| b }} |\n|-|", "> {{ a }}\n- {{ b\tc }}", "[{{ a }}]({{b}})"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if !utf8.ValidString(content) || strings.ContainsRune(content, 0) || strings.HasPrefix(alikeEnds(content), "---") {
			return
		}
		text, _ := parseText("content/x.md", content)
		lines := strings.Split(alikeEnds(content), "\n")
		for _, r := range text.Refs() {
			line := []rune(lines[r.Place.Line-1])
			if rest := string(line[r.Place.Column-1:]); !strings.HasPrefix(rest, "{{") || r.Source != string(line) {
				t.Errorf("%q: a reference at %v, where %q stands", content, r.Place, rest)
			}
			for _, w := range r.Words {
				rest := strings.ReplaceAll(string(line[w.Place.Column-1:]), `\|`, "|")
				if w.Text == "" || w.Place.Line != r.Place.Line || !strings.HasPrefix(rest, w.Text) {
					t.Errorf("%q: the word %q at %v, where %q stands", content, w.Text, w.Place, rest)
				}
			}
		}
	})
}

// FuzzText: a site with any Markdown loads without a panic, renders the same
// twice, and lets nothing through that a browser would run.
func FuzzText(f *testing.F) {
	for _, seed := range unsafeTexts {
		f.Add(seed)
	}
	for _, seed := range []string{"# a\n\n{{ chart 3.2 }}\n", "---\ntitle: x\n---\n| a | b |\n|---|--:|\n| {{ 3.2 }} | [x](y) |\n", "a[^1] b[^1]\n\n[^1]: c\n    > d\n", "T\n: a\n\n    b\n", "- a\n\n  {{ b }}\n- c\n", "![a *b* `c`](files/x.png 'y')"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		var problems diag.List
		c := Load(mapFS(map[string]string{"content/site.yaml": settingsText, "content/x.md": content}), nil, &problems)
		for _, p := range c.Pages {
			rendered := string(p.Text.Render(plainAnswer, 2, "p-"))
			if rendered != string(p.Text.Render(plainAnswer, 2, "p-")) {
				t.Errorf("%q renders in two ways", content)
			}
			if found := unsafe(rendered); found != "" {
				t.Errorf("%q lets through %q in\n%s", content, found, rendered)
			}
		}
	})
}

// TestHugeNestingIsRefusedOrRead: depth costs time, never the process.
func TestHugeNestingIsRefusedOrRead(t *testing.T) {
	for _, sign := range []string{">", "[", "- ", "*", "{{", "![", "`", "(", "<", "  - ", "_a", "|", "\\", "[^1]: "} {
		text, _ := parseText("content/x.md", strings.Repeat(sign, 5000)+"\n|-|\n")
		text.Render(plainAnswer, 2, "")
	}
	for _, sign := range []string{"[", "{", "- ", "? ", "a: ", " ", "\n ", "{a: ", "!!x ", "&a ", "\""} {
		load(map[string]string{"content/site.yaml": "title: " + strings.Repeat(sign, 4000)})
		load(map[string]string{"content/site.yaml": strings.Repeat(sign, 4000)})
	}
}
