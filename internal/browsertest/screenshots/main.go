// Command screenshots takes the pictures of the README from a fresh build of
// the site: run it as make screenshots. The names are fixed, so that a picture
// is replaced and never added to; the browser and the fonts of the machine are
// in the pictures, so they are made when the look changes and not by every build.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"

	"github.com/chromedp/chromedp"

	"outturn/internal/browsertest"
)

// heaviest is what one picture may weigh: they are read over slow lines too.
const heaviest = 300_000

// picture is one screenshot: a page as seen on a screen, or its sheet of paper.
type picture struct {
	name   string
	page   string // a kind of page, of which the longest is taken, or a pattern, of which the newest is
	screen browsertest.Screen
	script string // what the reader has done on the page
	sheet  int    // of its print, from 1; 0 for the screen
}

var pictures = []picture{
	{name: "home", page: "home", screen: browsertest.Screen{Width: 1280, Height: 900}},
	{name: "scorecard", page: "scorecard", screen: browsertest.Screen{Width: 1280, Height: 900},
		script: toTheTable},
	{name: "indicator", page: "early-help/indicators/3.2.html", screen: browsertest.Screen{Width: 1280, Height: 1100}},
	{name: "section", page: "early-help/*/early-help-assessments.html", screen: browsertest.Screen{Width: 1280, Height: 1100}},
	{name: "indicator-dark", page: "early-help/indicators/3.2.html", screen: browsertest.Screen{Width: 1280, Height: 1100, Dark: true}},
	{name: "scorecard-phone", page: "scorecard", screen: browsertest.Screen{Width: 390, Height: 844},
		script: toTheTable},
	// The first sheet is the month in words; the table begins on it and fills the second.
	{name: "scorecard-paper", page: "scorecard", sheet: 2},
}

// toTheTable scrolls to the table, its heading and its filters in sight.
const toTheTable = `scrollTo(0, document.querySelector(".filters, table.scorecard").getBoundingClientRect().top + scrollY - 24)`

func main() {
	repository := flag.String("repository", "../..", "the folder with the program and its site")
	out := flag.String("out", "../../docs/screenshots", "where the pictures go")
	flag.Parse()
	if err := run(*repository, *out); err != nil {
		fmt.Fprintln(os.Stderr, "screenshots:", err)
		os.Exit(1)
	}
}

func run(repository, out string) error {
	dir, err := os.MkdirTemp("", "outturn-screenshots-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	site, err := browsertest.Build(repository, dir)
	if err != nil {
		return err
	}
	address, stop, err := site.Serve(nil)
	if err != nil {
		return err
	}
	defer func() { _ = stop() }()
	b, err := browsertest.Start(filepath.Join(dir, "profile"))
	if err != nil {
		return err
	}
	defer b.Close()
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, p := range pictures {
		drawn, err := p.take(b, site, address)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		name := filepath.Join(out, p.name+".png")
		if len(drawn) > heaviest {
			return fmt.Errorf("%s is %d bytes, more than %d", name, len(drawn), heaviest)
		}
		if err := os.WriteFile(name, drawn, 0o644); err != nil {
			return err
		}
		fmt.Printf("%s %d kB\n", filepath.ToSlash(name), (len(drawn)+999)/1000)
	}
	return nil
}

func (p picture) take(b *browsertest.Browser, site *browsertest.Site, address string) ([]byte, error) {
	longest, err := site.Longest()
	if err != nil {
		return nil, err
	}
	page := ""
	for _, candidate := range longest {
		if browsertest.Kind(candidate) == p.page {
			page = candidate
		}
	}
	for _, candidate := range site.Pages {
		if fits, err := path.Match(p.page, candidate); err == nil && fits {
			page = candidate
		}
	}
	if page == "" {
		return nil, fmt.Errorf("there is no page %s", p.page)
	}
	if err := b.Look(p.screen); err != nil {
		return nil, err
	}
	if err := b.Open(address + page); err != nil {
		return nil, err
	}
	if p.sheet > 0 {
		return sheet(b, p.sheet)
	}
	if p.script != "" {
		if _, err := browsertest.Ask[int](b, p.script+", 0"); err != nil {
			return nil, err
		}
	}
	shot, err := browsertest.Run(b, chromedp.CaptureScreenshot())
	if err != nil {
		return nil, err
	}
	return smaller(shot)
}

// sheet prints the page and draws one sheet of it, with poppler.
func sheet(b *browsertest.Browser, number int) ([]byte, error) {
	paper, err := browsertest.Print(b)
	if err != nil {
		return nil, err
	}
	drawer, err := exec.LookPath("pdftoppm")
	if err != nil {
		return nil, errors.New("pdftoppm is not here: install poppler-utils")
	}
	n := strconv.Itoa(number)
	render := exec.Command(drawer, "-png", "-r", "110", "-f", n, "-l", n, "-singlefile", "-")
	render.Stdin = bytes.NewReader(paper)
	drawn, err := render.Output()
	if err != nil {
		return nil, fmt.Errorf("pdftoppm: %w", err)
	}
	return smaller(drawn)
}

// smaller takes the picture down to 256 colours, the commonest it has: pages
// of type have few, and the shades of a letter's edge are near one another.
func smaller(picture []byte) ([]byte, error) {
	full, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, err
	}
	few := image.NewPaletted(full.Bounds(), palette(full))
	draw.Draw(few, few.Bounds(), full, full.Bounds().Min, draw.Src)
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, few); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
