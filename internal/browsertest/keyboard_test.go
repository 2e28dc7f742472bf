package browsertest

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focus is where the keyboard stands.
type focus struct {
	Name    string // tag, class and text
	Class   string
	Role    string
	Outline bool // something shows that it has the focus
	Inside  bool // its top left corner, or middle, lies in the window
	Free    bool // nothing lies over it
	Body    bool // the focus is nowhere
}

const whereIsTheFocus = `(() => {
	const e = document.activeElement, style = getComputedStyle(e), box = e.getClientRects()[0] || e.getBoundingClientRect();
	const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 40), 0), innerWidth - 1);
	const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 12), 0), innerHeight - 1);
	const top = document.elementFromPoint(x, y);
	return {
		name: e.tagName.toLowerCase() + (e.className ? "." + e.className : "") + " " + e.textContent.trim().replace(/\s+/g, " ").slice(0, 50),
		class: String(e.className), role: e.getAttribute("role") || "",
		outline: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none",
		inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
		free: top !== null && (top === e || e.contains(top) || top.contains(e)),
		body: e === document.body
	};
})()`

// press presses a key and says where the focus stands then.
func press(t *testing.T, b *Browser, key string, options ...chromedp.KeyOption) focus {
	t.Helper()
	if err := b.Do(chromedp.KeyEvent(key, options...)); err != nil {
		t.Fatal(err)
	}
	return ask[focus](t, b, whereIsTheFocus)
}

func TestTheFirstTabReachesTheSkipLinkAndItSkips(t *testing.T) {
	b := browser(t, Screen{})
	for _, page := range samples(t) {
		visit(t, b, page)
		first := press(t, b, kb.Tab)
		if first.Class != "skip" || !first.Inside || !first.Outline {
			t.Errorf("%s: the first tab reaches %+v, wanted the skip link in sight", page, first)
			continue
		}
		press(t, b, kb.Enter)
		if hash := ask[string](t, b, "location.hash"); hash != "#main" {
			t.Errorf("%s: the skip link leads to %q", page, hash)
		}
		if next := press(t, b, kb.Tab); next.Body || !ask[bool](t, b, `document.querySelector("main").contains(document.activeElement) || document.querySelector("footer").contains(document.activeElement)`) {
			t.Errorf("%s: after the skip link a tab reaches %+v, which is not in the main content", page, next)
		}
	}
}

func TestTheFocusIsSeenWhereverItStands(t *testing.T) {
	for _, screen := range []Screen{{}, {Dark: true}, {Width: 390, Height: 700}} {
		b := browser(t, screen)
		for _, kind := range []string{"home", "scorecard", "section", "indicator", "data"} {
			page := pages(t, kind)[0]
			visit(t, b, page)
			for range 45 {
				at := press(t, b, kb.Tab)
				if at.Body {
					break // past the last: the browser's own controls
				}
				if !at.Outline {
					t.Errorf("%s at %d px: nothing shows the focus on %s", page, screen.Width, at.Name)
				}
				if !at.Inside || !at.Free {
					t.Errorf("%s at %d px: the focus on %s is out of sight or covered", page, screen.Width, at.Name)
				}
			}
		}
	}
}

func TestATableThatScrollsCanBeScrolledByKeyboard(t *testing.T) {
	b := browser(t, Screen{Width: 800, Height: 700})
	for _, page := range samples(t) {
		visit(t, b, page)
		report(t, page+": scrolls sideways and cannot take the focus", ask[[]string](t, b, `[...document.querySelectorAll("main *")].filter(e => {
			const style = getComputedStyle(e);
			return /auto|scroll/.test(style.overflowX) && e.scrollWidth > e.clientWidth + 1 &&
				!(e.tabIndex >= 0 && e.getAttribute("role") === "region" && (e.hasAttribute("aria-labelledby") || e.hasAttribute("aria-label")));
		}).map(e => e.tagName + "." + e.className)`))
	}
	page := scorecards(t)[0]
	visit(t, b, page)
	if !ask[bool](t, b, `(() => { const region = document.querySelector("[role=region][tabindex='0']"); region.focus(); region.scrollLeft = 0;
		return region.scrollWidth > region.clientWidth && document.activeElement === region })()`) {
		t.Fatalf("%s: no region with the focus that scrolls at 800 px", page)
	}
	for range 5 {
		press(t, b, kb.ArrowRight)
	}
	if moved := ask[float64](t, b, `new Promise(done => setTimeout(() => done(document.activeElement.scrollLeft), 300))`); moved <= 0 {
		t.Errorf("%s: the right arrow does not scroll the table", page)
	}
}

func TestTheFiltersWorkByKeyboardAndSayWhatTheyDid(t *testing.T) {
	b := browser(t, Screen{})
	page := scorecards(t)[0]
	visit(t, b, page)
	type state struct {
		All, Shown, Red int
		Pressed         []string
		Said, Hash      string
		Live            bool
		GroupsWithout   int // groups in sight without a row in sight
	}
	const look = `(() => {
		const rows = [...document.querySelectorAll("table.scorecard tr[data-rating]")], shown = rows.filter(row => row.checkVisibility());
		const said = document.querySelector(".filters [role=status], .filters [aria-live]");
		return {
			all: rows.length, shown: shown.length, red: shown.filter(row => row.dataset.rating === "red").length,
			pressed: [...document.querySelectorAll(".filters [aria-pressed=true]")].map(b => b.innerText.trim()),
			said: said ? said.textContent : "", live: said !== null, hash: location.hash,
			groupsWithout: [...document.querySelectorAll("table.scorecard tbody")].filter(g => g.checkVisibility() && ![...g.querySelectorAll("tr[data-rating]")].some(row => row.checkVisibility())).length
		};
	})()`
	before := ask[state](t, b, look)
	if before.All == 0 || before.Shown != before.All {
		t.Fatalf("%s: %d of %d rows before any filter", page, before.Shown, before.All)
	}
	reached := false
	for range 60 {
		if at := press(t, b, kb.Tab); strings.Contains(at.Name, "Red") && strings.HasPrefix(at.Name, "button") {
			reached = true
			break
		}
	}
	if !reached {
		t.Fatalf("%s: the tab key does not reach the filter for red", page)
	}
	press(t, b, kb.Enter)
	red := ask[state](t, b, look)
	if red.Red == 0 || red.Shown != red.Red || red.Shown == red.All {
		t.Errorf("filtered by red: %d rows shown, %d of them red, of %d", red.Shown, red.Red, red.All)
	}
	if len(red.Pressed) != 1 || !strings.Contains(red.Pressed[0], "Red") {
		t.Errorf("filtered by red: pressed is %q", red.Pressed)
	}
	if want := fmt.Sprintf("%d of %d", red.Shown, red.All); !red.Live || !strings.Contains(red.Said, want) {
		t.Errorf("filtered by red: it announces %q, wanted %q in a live region", red.Said, want)
	}
	if red.GroupsWithout != 0 {
		t.Errorf("filtered by red: %d section heads stand over nothing", red.GroupsWithout)
	}
	values, err := url.ParseQuery(strings.TrimPrefix(red.Hash, "#"))
	if err != nil || values.Get("rating") != "red" {
		t.Errorf("filtered by red: the address says %q", red.Hash)
	}
	// The address brings the filter back.
	if err := b.Do(chromedp.Reload()); err != nil {
		t.Fatal(err)
	}
	if again := ask[state](t, b, look); again.Shown != red.Shown {
		t.Errorf("loaded again with %s: %d rows shown, wanted %d", red.Hash, again.Shown, red.Shown)
	}
	// An address that is not ours changes nothing.
	visit(t, b, page+"#rating=__proto__&section=%3Cb%3E")
	if odd := ask[state](t, b, look); odd.Shown != odd.All {
		t.Errorf("an address with unknown filters hides %d rows", odd.All-odd.Shown)
	}
	quiet(t, b, page)
}
