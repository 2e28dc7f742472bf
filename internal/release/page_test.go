package release

import (
	"slices"
	"strings"
	"testing"
)

const pageHead = `<!DOCTYPE html><html lang="en-GB"><head><title>Contacts</title><script>if (a<b) "</p>"</script></head><body><main><h1>Contacts</h1>`

func pageWith(body string) []byte {
	return []byte(pageHead + body + `</main></body></html>`)
}

func codes(faults []pageFault) []string {
	var list []string
	for _, f := range faults {
		list = append(list, f.code)
	}
	return list
}

func TestFaultsThatShowWithoutABrowserAreFoundAndTheirTwinsAreNot(t *testing.T) {
	for _, c := range []struct{ code, fault, twin string }{
		{"missing-alt", `<img src="files/map.png">`, `<img src="files/map.png" alt="">`},
		{"missing-alt", `<svg role="img"><path d="M0 0"/></svg>`, `<svg role="img"><title>Contacts</title><path d="M0 0"/></svg>`},
		{"missing-alt", `<svg role='img' aria-label=""></svg>`, `<svg role=img aria-label=Contacts></svg>`},
		{"skipped-heading", `<h3>Why</h3>`, `<h2>What</h2><h3>Why</h3><h2>Then</h2>`},
		{"skipped-heading", `<h2>What</h2><h4>Why</h4>`, `<h2>What</h2><h3>Why</h3><h4>How</h4>`},
		{"empty-heading", `<h2> </h2>`, `<h2><span>What</span></h2>`},
		{"first-heading", `<h1>Again</h1>`, `<h2>Again</h2>`},
		{"table-without-heads", `<table><tr><td>1</td></tr></table>`, `<table><tr><th scope="col">Cases</th></tr><tr><td>1</td></tr></table>`},
		{"table-without-heads", `<table><tr><td><table><tr><th>a</th></tr></table></td></tr></table>`, `<table role="presentation"><tr><td>1</td></tr></table>`},
		{"table-without-heads", `<table><thead><tr><th scope="col"> </th><th scope="col"></th></tr></thead><tr><th scope="row">Cases</th><td>1</td></tr></table>`, `<table><tr><th></th><th scope="col">2017</th></tr><tr><th scope="row">Cases</th><td>1</td></tr></table>`},
		{"table-without-heads", `<table><tr><th></th><td>1</td></tr></table>`, `<table><tr><th scope="row">Cases</th><td>1</td></tr></table>`},
		{"empty-link", `<a href="x.html"></a>`, `<a href="x.html" aria-label="Methodology"></a>`},
		{"empty-link", `<a href="x.html"><img src="a.png" alt=""></a>`, `<a href="x.html"><img src="a.png" alt="Map"></a>`},
		{"empty-link", `<a href="x.html"> &nbsp; </a>`, `<a id="x"></a>`},
		{"link-words", `<a href="x.html">Click here</a>`, `<a href="x.html">Here is how figures are scored</a>`},
		{"link-words", `<a href="x.html">read <b>more</b>…</a>`, `<a href="x.html">read more of the year's figures</a>`},
		{"link-words", `<a href="x.html">https://example.gov.uk/a</a>`, `<a href="x.html">example.gov.uk</a>`},
	} {
		if got := codes(scan(pageWith(c.fault)).faults); !slices.Equal(got, []string{c.code}) {
			t.Errorf("%s: found %s; wanted %s", c.fault, got, c.code)
		}
		if got := codes(scan(pageWith(c.twin)).faults); got != nil {
			t.Errorf("%s: found %s; it is in order", c.twin, got)
		}
	}
}

// A page may be written in any way that HTML allows, by a theme of a site's own.
func TestAPageIsReadAsABrowserReadsIt(t *testing.T) {
	for _, c := range []struct{ page, text, prose, to, faults string }{
		{page: `<p>a <b title="x > y" class = 'prose'>b</b>`, text: "a b", prose: "b"},
		{page: `<P>a <B CLASS=prose>b</B></P>`, text: "a b", prose: "b"},
		{page: `<p title='<h1>'>a</p>`, text: "a"},
		{page: `<img alt = "Map" src = map.png>`, to: "map.png"},
		{page: `<a href=x/?a=1&copy=2>a</a>`, text: "a", to: "x/?a=1&copy=2"},
		{page: `<a href="x?a=1&amp;b=&#50;">a</a>`, text: "a", to: "x?a=1&b=2"},
		{page: `<a href=x href=y>a</a>`, text: "a", to: "x"},
		{page: `a<!--> b <!-- <h1 class="prose">c</h1> --> d`, text: "a b d"},
		{page: `a<!-- b --!> c`, text: "a c"},
		{page: `a<!-- > <a href="x">b</a>-->`, text: "a"},
		{page: `a <3 &lt;b&gt; &amp;lt; c`, text: "a <3 <b> &lt; c"},
		{page: `<textarea><h1>a</h1></textarea>`, text: "<h1>a</h1>"},
		{page: `<script>document.write("<h1><a href='x'>")</script >a`, text: "a"},
		{page: `<noscript><a href="x">a</a></noscript>`, text: "a", to: "x"},
		{page: `<svg><title/><path/></svg>a <a href="x">b</a>`, text: "a b", to: "x"},
		{page: `<svg role=img><title/><g><style/><script/></g></svg><h2>a</h2><h4>b</h4>`, text: "a b", faults: "skipped-heading"},
		{page: `<math><mi><script /></mi></math>a <svg/><b class=prose>b</b>`, text: "a b", prose: "b"},
		{page: `<svg><svg/><style/></svg><style>c</style><script>d</script>a`, text: "a"},
		{page: `<a href="x" />a</a><b class="prose" />b</b><hr class="prose">c`, text: "a b c", prose: "b", to: "x"}, // a browser reads / in svg and math alone
		{page: `<SVG role=img><title>a</title><path d="<"/></SVG><svg role=img><path/></svg>`, text: "a", faults: "missing-alt"},
	} {
		s := scan(pageWith(c.page))
		to := ""
		for _, l := range s.links {
			to += l.to
		}
		if text := strings.TrimPrefix(s.text, "Contacts"); strings.TrimSpace(text) != c.text || s.prose != c.prose || to != c.to || strings.Join(codes(s.faults), " ") != c.faults {
			t.Errorf("%s: it reads%s, of an officer %q, leads to %q and has %s", c.page, text, s.prose, to, codes(s.faults))
		}
	}
	if s := scan([]byte(`<html lang=en><title>Figures &amp; <b>words</title><h1>Figures</h1>`)); s.faults != nil || s.text != "Figures" {
		t.Errorf("a title has no tags: %q, %v", s.text, s.faults)
	}
}

func TestAPageSaysItsLanguageAndItsTitle(t *testing.T) {
	if got := codes(scan([]byte(`<html><body><h1>Contacts</h1></body></html>`)).faults); !slices.Equal(got, []string{"no-language", "no-title"}) {
		t.Errorf("found %s", got)
	}
}

func TestTheOfficersWordsAreReadApartFromThePages(t *testing.T) {
	s := scan(pageWith(`<nav>Home</nav><div class="prose notes"><p>Contacts <div>rose</div> &amp; fell.</p></div><p>Footer</p><!-- <div class="prose">no</div> -->`))
	if s.prose != "Contacts rose & fell." {
		t.Errorf("the officer wrote %q", s.prose)
	}
	if s.text != "Contacts Home Contacts rose & fell. Footer" {
		t.Errorf("the page reads %q", s.text)
	}
}

// HTML lets the ends of paragraphs and items be left out, and a browser knows them.
func TestAnElementEndsWhereABrowserEndsIt(t *testing.T) {
	for _, c := range []struct{ page, as, want string }{
		{`<dl class="events"><dt>1 May<dd>a<dt>2 May<dd>b <b>c</b></dl><p>d</p>`, "dd", "a|b c"},
		{`<dl class="events"><div><dt>1 May<dd>a<p>b</div><div><dt>2 May<dd>c</div></dl>d`, "dd", "a b|c"},
		{`<ul class="correction"><li>a<ul><li>b<li>c</ul><li>d<div>e</div></ul><p>f</p>`, "li", "a b c|d e"},
		{`<ul class="correction"><li>a<p>b<li>c</ul>d`, "li", "a b|c"},
		{`<ul class="correction"><li><table><tr><td>a<td>b<tr><td>c</table>d<li>e</ul>f`, "li", "a b c d|e"},
		{`<p class="caution">a <b>b<p>c</p>`, "caution", "a b"},
		{`<div><p class="caution">a</div>b`, "caution", "a"},
		{`<p class="caution">a<ul><li>b</ul>c`, "caution", "a"},
		{`<p class="caution">a <svg><g><g/></g></svg> <button>b<p>c</p></button> d</p>e`, "caution", "a b c d"},
		{`<b><p class="caution">a</b> b</p>c`, "caution", "a b"},
		{`<table><tr><td class="prose">a</div><td>b<tr class="prose"><td>c<td>d<tr><td>e</table>f`, "prose", "a|c d"},
		{`<div class="prose">a<span>b</div>c`, "prose", "a b"},
		{`<div class="prose">a</span></section>b<br>c</br></p></div>d`, "prose", "a b c"},
		{`<section class="issue"><div class="issue">a</section>b`, "issue", "a"},
		{`<p class="prose">a`, "prose", "a"},
	} {
		if got := strings.Join(scan(pageWith(c.page)).kept[c.as], "|"); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.page, c.as, got, c.want)
		}
	}
}

// What is no HTML at all is read to its end, and nothing more is asked of it.
func FuzzScanReadsAnythingToItsEnd(f *testing.F) {
	for _, seed := range []string{pageHead, `<a href="x`, `<a href=x`, `<`, `</`, `<!--`, `<!`, `<table></table></table></h1>`, `<h1><h2></h1>`, `<script><`, `<svg role=img>`, `<div class=prose></div></div>`, `<a b='`, "<h7>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, page string) {
		s := scan([]byte(page))
		if strings.Contains(s.text, "\n") {
			t.Errorf("the text %q is not one line", s.text)
		}
	})
}
