package browsertest

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
)

// cellsUnseen lists the cells of the scorecard that cannot be seen, as "row:
// head". A cell is seen where it is rendered with a size, and its words are too.
const cellsUnseen = `[...document.querySelectorAll("table.scorecard tbody tr:not(.group)")].flatMap(row =>
	[...row.cells].filter(cell => {
		const box = cell.getBoundingClientRect();
		return !cell.checkVisibility({visibilityProperty: true, opacityProperty: true}) || box.width < 2 || box.height < 2 ||
			cell.innerText.trim() === "";
	}).map(cell => row.id + ": " + (cell.dataset.head || cell.className)))`

// indicators reads how many measures the scorecard of a page has, from its open data.
func indicators(t *testing.T, scorecard string) int {
	t.Helper()
	newest := ""
	for file := range site.Files {
		if strings.HasPrefix(file, "api/"+scorecard+"/") && path.Ext(file) == ".json" && file > newest {
			newest = file
		}
	}
	content, err := site.Read(newest)
	if err != nil {
		t.Fatalf("the open data of %s: %v", scorecard, err)
	}
	var month struct{ Indicators []struct{ Ref string } }
	if err := json.Unmarshal(content, &month); err != nil {
		t.Fatalf("%s: %v", newest, err)
	}
	return len(month.Indicators)
}

func TestWithoutScriptsEveryRowAndFigureIsThere(t *testing.T) {
	for _, width := range []int64{1280, 320} {
		b := browser(t, Screen{Width: width, Height: 800, NoScripts: true})
		for _, page := range scorecards(t) {
			visit(t, b, page)
			scorecard := path.Dir(page)
			rows := ask[int](t, b, `document.querySelectorAll("table.scorecard tbody tr:not(.group)").length`)
			if want := indicators(t, scorecard); rows != want {
				t.Errorf("%s at %d px without scripts: %d rows, and the open data has %d measures", page, width, rows, want)
			}
			report(t, fmt.Sprintf("%s at %d px without scripts: cannot be seen", page, width), ask[[]string](t, b, cellsUnseen))
			if n := ask[int](t, b, `document.querySelectorAll("main button, main select, main input").length`); n != 0 {
				t.Errorf("%s without scripts: %d controls that do nothing", page, n)
			}
		}
	}
	b := browser(t, Screen{NoScripts: true})
	for _, page := range samples(t) {
		visit(t, b, page)
		if !ask[bool](t, b, `document.querySelector("main").innerText.trim().length > 40`) {
			t.Errorf("%s without scripts: nothing to read", page)
		}
	}
}

// report fails with the first few of a list.
func report(t *testing.T, what string, all []string) {
	t.Helper()
	if len(all) == 0 {
		return
	}
	shown := all[:min(5, len(all))]
	t.Errorf("%s: %d, such as %s", what, len(all), strings.Join(shown, "; "))
}

// sideways measures the page and names what widens it: what lies in a region
// that scrolls does not, unless it is placed against something outside of it.
const sideways = `(() => {
	const width = document.scrollingElement.scrollWidth;
	const escapes = e => getComputedStyle(e).position === "absolute" ? !(e.offsetParent && e.offsetParent.closest("[role=region]")) : !e.parentElement.closest("[role=region]");
	return {width, by: width <= innerWidth ? [] : [...document.querySelectorAll("body *")].filter(e =>
		e.getBoundingClientRect().right > innerWidth + 1 && escapes(e)).slice(0, 4).map(e => e.outerHTML.slice(0, 90))};
})()`

// 320 CSS pixels is a small phone, and a screen of 1280 at 400 % (WCAG 1.4.10).
func TestNoPageScrollsSidewaysOnASmallPhone(t *testing.T) {
	b := browser(t, Screen{Width: 320, Height: 640})
	for _, page := range spread(t, 250) {
		visit(t, b, page)
		wide := ask[struct {
			Width int
			By    []string
		}](t, b, sideways)
		if wide.Width > 320 {
			t.Errorf("%s is %d px wide on a screen of 320, by %q", page, wide.Width, wide.By)
		}
	}
}

// spread gives the samples and, evenly over the site, up to so many pages: all
// of a small site, and no more than the time allows of a large one.
func spread(t *testing.T, most int) []string {
	t.Helper()
	all := samples(t)
	step := 1 + (len(site.Pages)-1)/most
	for i := 0; i < len(site.Pages); i += step {
		all = append(all, site.Pages[i])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestAPageThatIsTooWideIsNoticed(t *testing.T) {
	b := browser(t, Screen{Width: 320, Height: 640})
	if err := b.Open(address + "faulty.html"); err != nil {
		t.Fatal(err)
	}
	// Its width stands in a style attribute, which the policy refuses: set it as a script may.
	ask[int](t, b, `document.querySelector("div").style.width = "2000px", 0`)
	if width := ask[int](t, b, "document.scrollingElement.scrollWidth"); width <= 320 {
		t.Errorf("a page 2000 px wide measures %d", width)
	}
}

func TestNoColumnIsLostOnASmallPhone(t *testing.T) {
	b := browser(t, Screen{Width: 320, Height: 640})
	for _, page := range scorecards(t) {
		visit(t, b, page)
		// What is folded away has a button in its own row that says so.
		stuck := ask[[]string](t, b, `[...document.querySelectorAll("table.scorecard tbody tr:not(.group)")].filter(row =>
			[...row.cells].some(cell => !cell.checkVisibility()) &&
			![...row.querySelectorAll("button[aria-expanded=false], details:not([open]) > summary")].some(button => button.checkVisibility())
		).map(row => row.id)`)
		report(t, page+": rows with hidden cells that nothing opens", stuck)
		ask[int](t, b, `[...document.querySelectorAll("table.scorecard button[aria-expanded=false]")].forEach(button => button.click()), 0`)
		report(t, page+" with every card open: cannot be seen", ask[[]string](t, b, cellsUnseen))
		if width := ask[int](t, b, "document.scrollingElement.scrollWidth"); width > 320 {
			t.Errorf("%s with every card open is %d px wide", page, width)
		}
		// A card has no column heads: each figure must carry its own.
		report(t, page+": figures on a card without their head", ask[[]string](t, b, `[...document.querySelectorAll("table.scorecard tbody td")].filter(cell =>
			!cell.dataset.head).map(cell => cell.parentElement.id + ": " + cell.innerText.slice(0, 20))`))
	}
}

// Text may be set wider by the reader (WCAG 1.4.12) without loss.
func TestWiderTextSpacingLosesNothing(t *testing.T) {
	b := browser(t, Screen{Width: 320, Height: 640})
	for _, page := range samples(t) {
		visit(t, b, page)
		ask[int](t, b, `document.querySelectorAll("body *").forEach(e => { if (e.style) {
			e.style.setProperty("line-height", "1.5", "important"); e.style.setProperty("letter-spacing", "0.12em", "important");
			e.style.setProperty("word-spacing", "0.16em", "important"); } }), 0`)
		if width := ask[int](t, b, "document.scrollingElement.scrollWidth"); width > 320 {
			t.Errorf("%s with wider text spacing is %d px wide on a screen of 320", page, width)
		}
	}
}

func TestRatingsKeepTheirShapeAndEdgeInForcedColours(t *testing.T) {
	b := browser(t, Screen{ForcedColours: true})
	for _, kind := range []string{"home", "scorecard", "section", "indicator"} {
		seen := 0
		for _, page := range pages(t, kind)[:1] {
			visit(t, b, page)
			tags := ask[[]struct{ Text, Style, Width string }](t, b, `[...document.querySelectorAll(".tag")].map(tag => {
				const style = getComputedStyle(tag);
				return {text: tag.innerText.trim(), style: style.borderLeftStyle, width: style.borderLeftWidth};
			})`)
			seen += len(tags)
			for _, tag := range tags {
				if tag.Style == "none" || tag.Width == "0px" {
					t.Errorf("%s: the tag %q has no edge in forced colours", page, tag.Text)
				}
				if shape, word, _ := strings.Cut(tag.Text, " "); !strings.Contains("●▲■○", shape) || word == "" {
					t.Errorf("%s: the tag %q wants a shape and a word", page, tag.Text)
				}
			}
		}
		if seen == 0 {
			t.Errorf("no ratings on a %s page", kind)
		}
	}
}

func TestEveryRatingHasAWordWithoutStyles(t *testing.T) {
	b := browser(t, Screen{})
	for _, page := range samples(t) {
		visit(t, b, page)
		ask[int](t, b, `document.querySelectorAll("link[rel=stylesheet]").forEach(link => link.remove()), 0`)
		for _, tag := range ask[[]string](t, b, `[...document.querySelectorAll("[class*='tag-']")].map(tag => tag.innerText)`) {
			if !strings.Contains(tag, "Green") && !strings.Contains(tag, "Amber") && !strings.Contains(tag, "Red") && !strings.Contains(tag, "Not rated") {
				t.Errorf("%s: the tag %q has no word", page, tag)
			}
		}
	}
}
