package browsertest

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// Every kind of page is opened under the policy by the tests of the other
// files too, and each of them fails on a complaint; here it is the subject.
func TestThePolicyIsBrokenOnNoPage(t *testing.T) {
	b := browser(t, Screen{})
	for _, page := range samples(t) {
		visit(t, b, page)
		if title := ask[string](t, b, "document.title"); title == "" {
			t.Errorf("%s: no title: it did not load", page)
		}
		if n := ask[int](t, b, "document.styleSheets.length"); n == 0 {
			t.Errorf("%s: no stylesheet was taken in", page)
		}
	}
}

func TestABreachOfThePolicyIsHeard(t *testing.T) {
	b := browser(t, Screen{})
	if err := b.Open(address + faulty); err != nil {
		t.Fatal(err)
	}
	if title := ask[string](t, b, "document.title"); title != "x" {
		t.Errorf("the inline script ran: the title is %q", title)
	}
	heard := strings.Join(b.Complaints(), "\n")
	for _, want := range []string{"inline style", "inline script", "missing.png"} {
		if !strings.Contains(heard, want) {
			t.Errorf("nothing was heard of %s; the tests that listen prove nothing. Heard:\n%s", want, heard)
		}
	}
}

func TestTheSiteWorksFromAFolderOnDisk(t *testing.T) {
	b := browser(t, Screen{})
	root := "file://" + filepath.ToSlash(site.Dir) + "/"
	if err := b.Open(root + "index.html"); err != nil {
		t.Fatal(err)
	}
	quiet(t, b, "index.html from disk")
	// The skip link is out of sight only where the stylesheet was taken in.
	if ask[bool](t, b, `document.querySelector("a.skip").getBoundingClientRect().right > 0 &&
		document.querySelector("a.skip").getBoundingClientRect().bottom > 0`) {
		t.Error("index.html from disk: the stylesheet was not taken in")
	}
	for _, kind := range []string{"scorecard", "section", "indicator"} {
		page := pages(t, kind)[0]
		if err := b.Open(root + page); err != nil {
			t.Fatal(err)
		}
		quiet(t, b, page+" from disk")
		// Up to the home page and down again by the page's own links.
		home := ask[string](t, b, `[...document.querySelectorAll("nav a")].find(a => /\/index\.html$/.test(a.href)).href`)
		if home != root+"index.html" {
			t.Errorf("%s from disk: its first link of the navigation leads to %s", page, home)
		}
	}
	scorecard := scorecards(t)[0]
	if err := b.Open(root + scorecard); err != nil {
		t.Fatal(err)
	}
	if !ask[bool](t, b, `document.querySelector(".filters button") !== null`) {
		t.Errorf("%s from disk: its script did not run", scorecard)
	}
	if err := b.Do(chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
}
