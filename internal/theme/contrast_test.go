package theme

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// luminance is the relative luminance of a colour #rrggbb (WCAG 2.2).
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	if len(colour) != 7 || colour[0] != '#' {
		t.Fatalf("%q is not a colour of six digits", colour)
	}
	channel := func(at int) float64 {
		n, err := strconv.ParseUint(colour[at:at+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(1) + 0.7152*channel(3) + 0.0722*channel(5)
}

// contrast is the contrast ratio of two colours, 1 to 21 (WCAG 2.2).
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	light, dark := luminance(t, a), luminance(t, b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

var property = regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6});`)

// palettes are the colours of the theme by name, for light, dark and print.
func palettes(t *testing.T) map[string]map[string]string {
	t.Helper()
	css, err := os.ReadFile(filepath.Join("..", "..", "themes", "civic", "styles", "00-tokens.css"))
	if err != nil {
		t.Fatal(err)
	}
	light, rest, ok1 := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	dark, print, ok2 := strings.Cut(rest, "@media print")
	if !ok1 || !ok2 {
		t.Fatal("00-tokens.css does not hold light, dark and print in that order")
	}
	list := map[string]map[string]string{}
	for name, block := range map[string]string{"light": light, "dark": dark, "print": print} {
		list[name] = map[string]string{}
		for _, m := range property.FindAllStringSubmatch(block, -1) {
			list[name][m[1]] = m[2]
		}
	}
	return list
}

func TestContrastIsReckonedAsWCAGDoes(t *testing.T) {
	// From the reference: standards.md, section 6.
	for _, test := range []struct {
		a, b string
		want string
	}{{"#767676", "#ffffff", "4.54"}, {"#f46a25", "#ffffff", "3.03"}, {"#777777", "#ffffff", "4.48"}, {"#000000", "#ffffff", "21.00"}} {
		if got := fmt.Sprintf("%.2f", contrast(t, test.a, test.b)); got != test.want {
			t.Errorf("%s on %s: %s, want %s", test.a, test.b, got, test.want)
		}
	}
}

func TestEveryPairOfColoursHasItsContrast(t *testing.T) {
	const text, sign = 4.5, 3 // WCAG 2.2, 1.4.3 and 1.4.11
	pairs := []struct {
		ink, ground string
		least       float64
	}{
		{"ink", "ground", 7}, {"ink", "wash", 7}, {"ink", "note-ground", 7}, {"ink", "revised", 7},
		{"quiet", "ground", text}, {"quiet", "wash", text}, {"quiet", "note-ground", text}, {"quiet", "revised", text},
		{"link", "ground", text}, {"link", "wash", text}, {"link", "note-ground", text}, {"link", "revised", text},
		{"green-ink", "green-ground", 7}, {"amber-ink", "amber-ground", 7}, {"red-ink", "red-ground", 7},
		{"green-edge", "green-ground", sign}, {"amber-edge", "amber-ground", sign}, {"red-edge", "red-ground", sign},
		{"green-edge", "ground", sign}, {"amber-edge", "ground", sign}, {"red-edge", "ground", sign},
		{"green-edge", "wash", sign}, {"amber-edge", "wash", sign}, {"red-edge", "wash", sign},
		{"spc-improvement", "ground", text}, {"spc-concern", "ground", text}, {"spc-common", "ground", text},
		{"rule", "ground", sign}, {"focus", "ground", sign}, {"focus", "wash", sign},
		// The halves of a chart's bands carry lines and labels.
		{"link", "green-ground", sign}, {"link", "amber-ground", sign}, {"ink", "green-ground", text}, {"ink", "amber-ground", text},
	}
	for name, palette := range palettes(t) {
		for _, pair := range pairs {
			ink, ground := palette[pair.ink], palette[pair.ground]
			if ink == "" || ground == "" {
				t.Errorf("%s: --%s or --%s is not given", name, pair.ink, pair.ground)
				continue
			}
			if got := contrast(t, ink, ground); got < pair.least {
				t.Errorf("%s: --%s %s on --%s %s has a contrast of %.2f, %.1f is needed", name, pair.ink, ink, pair.ground, ground, got, pair.least)
			}
		}
	}
}

func TestDarkAndPrintGiveEveryColour(t *testing.T) {
	all := palettes(t)
	for colour := range all["light"] {
		for _, name := range []string{"dark", "print"} {
			if all[name][colour] == "" {
				t.Errorf("%s does not give --%s", name, colour)
			}
		}
	}
}

// A colour that is not a custom property cannot be changed for dark or print.
func TestColoursAreAlwaysCustomProperties(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "themes", "civic", "styles", "*.css"))
	if err != nil || len(files) < 2 {
		t.Fatal("the theme's styles are not there", err)
	}
	literal := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b[^{]*;|\b(?:rgba?|hsla?)\(`)
	for _, file := range files {
		if filepath.Base(file) == "00-tokens.css" {
			continue
		}
		css, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(css), "\n") {
			if literal.MatchString(property.ReplaceAllString(line, "")) {
				t.Errorf("%s:%d: a colour that dark mode cannot change: %s", filepath.Base(file), n+1, strings.TrimSpace(line))
			}
			if strings.Contains(line, "url(") || strings.Contains(line, "@import") {
				t.Errorf("%s:%d: the style loads something: %s", filepath.Base(file), n+1, strings.TrimSpace(line))
			}
		}
	}
}
