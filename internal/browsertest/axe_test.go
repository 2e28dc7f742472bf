package browsertest

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// What axe is asked for: WCAG 2.2 A and AA, and its own good practice. The size
// of targets is off in axe unless it is asked for. Contrast costs most, and
// depends on colours alone; all else does not depend on them.
const (
	everything = `{
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
		rules: {"target-size": {enabled: true}}, resultTypes: ["violations"]}`
	coloursAlone  = `{runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}, resultTypes: ["violations"]}`
	allButColours = `{
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
		rules: {"target-size": {enabled: true}, "color-contrast": {enabled: false}}, resultTypes: ["violations"]}`
)

type finding struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML   string
		Target []json.RawMessage
	}
}

// audit runs axe over the open page.
func audit(t *testing.T, b *Browser, wanted string) []finding {
	t.Helper()
	script, err := axe()
	if err != nil {
		missing(t, errors.New("axe-core is not here: run npm ci --ignore-scripts in this folder"))
	}
	// Over the protocol, so that the page's policy does not refuse it.
	if _, err := Run(b, chromedp.Evaluate[int](script+";0")); err != nil {
		t.Fatalf("loading axe: %v", err)
	}
	return ask[[]finding](t, b, "axe.run(document, "+wanted+").then(r => r.violations)")
}

func TestAxeFindsNothingOnAnyKindOfPage(t *testing.T) {
	for _, screen := range []struct {
		name   string
		screen Screen
		wanted string
		pages  func(*testing.T) []string
	}{
		{"light", Screen{}, everything, samples},
		{"dark", Screen{Dark: true}, coloursAlone, longest},
		{"phone", Screen{Width: 390, Height: 844}, allButColours, longest},
	} {
		t.Run(screen.name, func(t *testing.T) {
			b := browser(t, screen.screen)
			for _, page := range screen.pages(t) {
				visit(t, b, page)
				for _, found := range audit(t, b, screen.wanted) {
					where := ""
					for i, node := range found.Nodes {
						if i == 3 {
							where += fmt.Sprintf("\n    and %d more", len(found.Nodes)-i)
							break
						}
						where += fmt.Sprintf("\n    %s %.160s", node.Target, node.HTML)
					}
					t.Errorf("%s: %s (%s): %s%s", page, found.Help, found.ID, found.Impact, where)
				}
			}
		})
	}
}

func TestAxeSeesAFaultWhereThereIsOne(t *testing.T) {
	b := browser(t, Screen{})
	if err := b.Open(address + faulty); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, one := range audit(t, b, everything) {
		found[one.ID] = true
	}
	for _, id := range []string{"html-has-lang", "image-alt", "label"} {
		if !found[id] {
			t.Errorf("axe missed %s on a page that has it: the other tests prove nothing", id)
		}
	}
}
