package commentary

import (
	"html/template"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func mapFS(files map[string]string) fstest.MapFS {
	site := fstest.MapFS{}
	for name, content := range files {
		site[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return site
}

// plainAnswer answers each reference with its words, as a figure with a page.
func plainAnswer(r Ref) Answer {
	var words []string
	for _, w := range r.Words {
		words = append(words, w.Text)
	}
	a := Answer{Text: "18.2%", Source: strings.Join(words, " "), Href: "../indicators/3.2.html"}
	if r.Alone && words[0] == "chart" {
		a.Block = `<figure class="chart"></figure>`
	}
	return a
}

func TestRenderWritesWhatThePageNeeds(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"figure", "It was {{ 3.2 }}.", `<p>It was <a class="figure" href="../indicators/3.2.html" title="3.2">18.2%</a>.</p>`},
		{"figure in a link", "[see {{ 3.2 }}](https://example.org/)", `<p><a href="https://example.org/" rel="noopener">see <span class="figure" title="3.2">18.2%</span></a></p>`},
		{"escaping", `{{ "><script> }}`, `<p><a class="figure" href="../indicators/3.2.html" title="&#34;&gt;&lt;script&gt;">18.2%</a></p>`},
		{"directive", "a\n\n{{ chart 3.2 }}\n\nb", "<p>a</p>\n" + `<figure class="chart"></figure>` + "\n<p>b</p>"},
		{"directives below each other", "{{ chart 3.2 }}\n{{ chart 3.3 }}", `<figure class="chart"></figure>` + "\n" + `<figure class="chart"></figure>`},
		{"directive in a list", "- {{ chart 3.2 }}", "<ul>\n<li>" + `<figure class="chart"></figure>` + "</li>\n</ul>"},
		{"headings", "## A é b\n\n#### B {{ 3.2 }}\n\n## A é b", `<h3 id="p-a-é-b">A é b</h3>` + "\n" + `<h4 id="p-b">B <a class="figure" href="../indicators/3.2.html" title="3.2">18.2%</a></h4>` + "\n" + `<h3 id="p-a-é-b-2">A é b</h3>`},
		{"own anchor", "# Café\n\n[x](#café) [y](#main)", `<h3 id="p-café">Café</h3>` + "\n" + `<p><a href="#p-caf%C3%A9">x</a> <a href="#main">y</a></p>`},
		{"table", "| Month | |\n| :-- | --: |\n| a | 1 |", `<div class="table-scroll" role="region" tabindex="0" aria-label="Month">` + "\n<table>\n<caption class=\"vh\">Month</caption>\n<thead>\n<tr>\n<th scope=\"col\">Month</th>\n<td class=\"num\"></td>\n</tr>\n</thead>\n<tbody>\n<tr>\n<th scope=\"row\">a</th>\n<td class=\"num\">1</td>\n</tr>\n</tbody>\n</table>\n</div>"},
		{"footnote", "a[^n]\n\n[^n]: Note {{ 3.2 }}", `<p>a<sup id="p-fnref:1"><a href="#p-fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>`},
		{"no typography", `"a" -- b...`, `<p>&quot;a&quot; -- b...</p>`},
		{"links to texts", "[a](contacts.md#x) [b](2017-01/_index.md) [c](https://example.org/x.md)", `<p><a href="contacts.html#x">a</a> <a href="2017-01/index.html">b</a> <a href="https://example.org/x.md" rel="noopener">c</a></p>`},
		{"mail", "<team@example.gov.uk>", `<p><a href="mailto:team@example.gov.uk">team@example.gov.uk</a></p>`},
		{"picture", "![Map of *the* {{ 3.2 }}](files/a.png)", `<p><img src="files/a.png" alt="Map of the 18.2%"></p>`},
		{"definition", "Term\n: says {{ 3.2 }}", "<dl>\n<dt>Term</dt>\n<dd>says <a class=\"figure\" href=\"../indicators/3.2.html\" title=\"3.2\">18.2%</a></dd>\n</dl>"},
		{"code", "```js\na < {{ b }}\n```", `<pre tabindex="0"><code>a &lt; {{ b }}` + "\n</code></pre>"},
		{"escaped braces", `\{{ 3.2 }} &amp; \*`, `<p>{{ 3.2 }} &amp; *</p>`},
		{"raw html is shown as words", "a <b onclick=x>", `<p>a &lt;b onclick=x&gt;</p>`},
		{"bad links leave their words", "[a](javascript:x) ![b](data:x)", `<p>a b</p>`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, _ := parseText("content/x.md", test.content)
			got := strings.TrimSpace(string(text.Render(plainAnswer, 3, "p-")))
			if test.name == "footnote" {
				got, _, _ = strings.Cut(got, "\n")
			}
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			if again := strings.TrimSpace(string(text.Render(plainAnswer, 3, "p-"))); !strings.HasPrefix(again, got) {
				t.Errorf("a second rendering differs: %s", again)
			}
		})
	}
}

func TestHeadingsNeverPassTheSixthLevel(t *testing.T) {
	text, _ := parseText("content/x.md", "# a\n\n## b\n\n### c\n\n#### d\n\n##### e\n\n###### f\n")
	got := string(text.Render(nil, 4, ""))
	for _, want := range []string{"<h4 id=\"a\">", "<h5 id=\"b\">", "<h6 id=\"c\">", "<h6 id=\"f\">"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

func TestEmptyTextShowsNothing(t *testing.T) {
	var zero Text
	blank, _ := parseText("content/x.md", "---\ntitle: x\n---\n\n \n")
	for _, text := range []Text{zero, blank} {
		if !text.Empty() || text.Refs() != nil && len(text.Refs()) > 0 || text.Render(nil, 2, "") != "" || len(text.Paragraphs()) > 0 {
			t.Errorf("%+v is not empty", text)
		}
	}
}

func TestParagraphsLeaveReferencesOut(t *testing.T) {
	text, _ := parseText("content/x.md", "# Head\n\nIt fell to {{ 3.2 }}, *much* lower\nthan R&amp;D.\n\n- one [two](x.html)\n\n| a |\n|---|\n| b |\n")
	want := []string{"It fell to , much lower than R&D.", "one two"}
	if got := text.Paragraphs(); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRenderingsSideBySideAreAlike(t *testing.T) {
	text, _ := parseText("content/x.md", "# a\n\n{{ chart 3.2 }}\n\n| a |\n|---|\n| {{ 3.2 }} |\n\nb[^1]\n\n[^1]: c\n")
	want := text.Render(plainAnswer, 2, "")
	results := make(chan template.HTML)
	for range 8 {
		go func() { results <- text.Render(plainAnswer, 2, "") }()
	}
	for range 8 {
		if got := <-results; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// tag is every tag that a text may put into a page, with its attributes. All
// other < are written as &lt;, so whatever else starts with < came through.
var tag = regexp.MustCompile(`^(?:</(?:a|p|h[1-6]|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tr|td|th|div|pre|code|em|strong|del|sup|span|blockquote|figure)>` +
	`|<(?:p|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|code|em|strong|del|blockquote|hr|br)>` +
	`|<ol start="[0-9]+">|<li id="[^"<>]*">|<h[1-6] id="[^"<> ]*">|<pre tabindex="0">` +
	`|<sup id="[^"<> ]*">|<td class="num">|<th scope="(?:col|row)"(?: class="num")?>|<caption class="vh">` +
	`|<div class="table-scroll" role="region" tabindex="0" aria-label="[^"<>]*">|<div class="footnotes" role="doc-endnotes">` +
	`|<a class="figure" href="../indicators/3.2.html"(?: title="[^"<>]*")?>|<span class="figure"(?: title="[^"<>]*")?>|<figure class="chart">` +
	`|<a href="(?:https?:|mailto:|tel:|[^":<>]*["/?#])[^"<>]*"?(?: rel="noopener")?(?: title="[^"<>]*")?>` +
	`|<a href="#[^"<> ]*" class="footnote-(?:ref|backref)" role="doc-(?:noteref|backlink)">` +
	`|<img src="[^":<>/][^":<>]*" alt="[^"<>]*"(?: title="[^"<>]*")?>)`)

// unsafe finds the first tag in rendered HTML that no text may write.
func unsafe(rendered string) string {
	for i := strings.IndexByte(rendered, '<'); i >= 0 && i < len(rendered); {
		m := tag.FindString(rendered[i:])
		if m == "" {
			return rendered[i:min(len(rendered), i+80)]
		}
		i += len(m)
		next := strings.IndexByte(rendered[i:], '<')
		if next < 0 {
			break
		}
		i += next
	}
	return ""
}

func TestNothingUnsafeIsRendered(t *testing.T) {
	for _, content := range unsafeTexts {
		text, _ := parseText("content/x.md", content)
		if rendered := string(text.Render(plainAnswer, 2, "p-")); unsafe(rendered) != "" {
			t.Errorf("%q lets through %q in\n%s", content, unsafe(rendered), rendered)
		}
	}
}

var unsafeTexts = []string{
	"<script>alert(1)</script>", "a <img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<!-- x --><b style='x'>",
	"[a](javascript:alert(1))", "[a](  JAVASCRIPT:alert(1))", "[a](&#x6a;avascript&colon;alert(1))", "[a](java\tscript:x)",
	"![a](javascript:x)", "![a](\"onerror=alert(1))", "[a](x \"\\\" onclick=x\")", "[a](\"><script>)", "<javascript:alert(1)>",
	"# a {#x onclick=y style=\"z\"}\n", "| a {style=x} |\n|:-:|\n| <b> |", "```\"><script>\nx\n```", "[a]: javascript:x\n\n[a]",
	"a[^\"><script>]\n\n[^\"><script>]: b", "{{ \"><script> }}", "{{ chart }}", "&lt;script&gt; &#60;script&#62; &quot; onclick",
	"[a](vbscript:x) [b](data:text/html;base64,x) [c](file:///x)", "[a](#\"onclick=x)", "# \"onclick=x <b>", "<?php x ?>", "<![CDATA[x]]>",
	"~~a~~ **b** `<b>`\n\n3. x\n\n---\n> q\n\nT\n: d\n", "<https://a.org/\"onclick=x>", "[a](https://a.org/?x=<b>&y='z')", "a\\\nb", "| |\n|-|\n",
}
