package browsertest

import (
	"bytes"
	"errors"
	"math"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// mediaBox finds the size of each sheet; Chromium writes its page objects uncompressed.
var mediaBox = regexp.MustCompile(`/MediaBox ?\[ ?0 0 ([\d.]+) ([\d.]+) ?\]`)

// A committee prints these pages: A4, either way up, and not the length of the table.
func TestPagesPrintOnASaneNumberOfA4Sheets(t *testing.T) {
	most := map[string]int{"home": 6, "scorecard": 16, "month": 16, "section": 14, "indicator": 14, "methodology": 24, "data": 14}
	b := browser(t, Screen{})
	for _, page := range samples(t) {
		visit(t, b, page)
		paper, err := Print(b)
		if err != nil {
			t.Fatalf("%s: %v", page, err)
		}
		sheets := mediaBox.FindAllSubmatch(paper, -1)
		limit := most[Kind(page)]
		if limit == 0 {
			limit = 10
		}
		if len(sheets) == 0 || len(sheets) > limit {
			t.Errorf("%s prints on %d sheets, wanted 1 to %d", page, len(sheets), limit)
		}
		for i, sheet := range sheets {
			w, _ := strconv.ParseFloat(string(sheet[1]), 64)
			h, _ := strconv.ParseFloat(string(sheet[2]), 64)
			if math.Abs(min(w, h)-595) > 2 || math.Abs(max(w, h)-842) > 2 { // points: 210 × 297 mm
				t.Errorf("%s: sheet %d is %.0f × %.0f points, which is not A4", page, i+1, w, h)
				break
			}
		}
	}
}

func TestPaperHasTheFiguresAndNotTheNavigation(t *testing.T) {
	b := browser(t, Screen{Print: true})
	for _, page := range samples(t) {
		visit(t, b, page)
		report(t, page+": is printed and is of no use on paper", ask[[]string](t, b, `[...document.querySelectorAll(".skip, nav.nav, .filters, button")].filter(e =>
			e.checkVisibility()).map(e => e.tagName + "." + e.className)`))
		if heads := ask[[]string](t, b, `[...new Set([...document.querySelectorAll("main thead")].map(e => getComputedStyle(e).display))]`); len(heads) > 1 || (len(heads) == 1 && heads[0] != "table-header-group") {
			t.Errorf("%s: table heads are %q on paper, so they do not stand on every sheet", page, heads)
		}
	}
	for _, page := range scorecards(t) {
		visit(t, b, page)
		report(t, page+" on paper: cannot be seen", ask[[]string](t, b, cellsUnseen))
	}
}

// The words of a sheet are read back, where poppler is at hand.
func TestEveryRatingOfAScorecardStandsOnPaperInWords(t *testing.T) {
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		missing(t, errors.New("pdftotext is not here: install poppler-utils"))
	}
	b := browser(t, Screen{})
	for _, page := range scorecards(t) {
		visit(t, b, page)
		want := ask[map[string]int](t, b, `Object.fromEntries([["Red", "red"], ["Amber", "amber"]].map(([word, code]) =>
			[word, document.querySelectorAll("table.scorecard tr[data-rating=" + code + "]").length]))`)
		paper, err := Print(b)
		if err != nil {
			t.Fatal(err)
		}
		read := exec.Command(reader, "-", "-")
		read.Stdin = bytes.NewReader(paper)
		words, err := read.Output()
		if err != nil {
			t.Fatalf("pdftotext: %v", err)
		}
		for word, n := range want {
			if got := strings.Count(string(words), word); got < n {
				t.Errorf("%s: %q stands %d times on paper, and %d measures are rated so", page, word, got, n)
			}
		}
	}
}

func TestEveryPageIsValidHTML(t *testing.T) {
	java, err := exec.LookPath("java")
	if err != nil {
		missing(t, errors.New("java is not here, which the HTML checker needs"))
	}
	jar := filepath.Join("node_modules", "vnu-jar", "build", "dist", "vnu.jar")
	if found, _ := filepath.Glob(jar); len(found) == 0 {
		missing(t, errors.New("the HTML checker is not here: run npm ci --ignore-scripts in this folder"))
	}
	out, err := exec.Command(java, "-Xss2m", "-jar", jar, "--errors-only", "--skip-non-html", "--format", "gnu", site.Dir).CombinedOutput()
	if err == nil {
		return
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	for _, line := range lines[:min(20, len(lines))] {
		t.Error(strings.Replace(line, filepath.ToSlash(site.Dir)+"/", "", 1))
	}
	if len(lines) > 20 {
		t.Errorf("and %d more", len(lines)-20)
	}
}
