// Package browsertest opens the built site in a real browser and asserts what a
// reader of it may count on: that it can be read by keyboard, by screen reader,
// in the dark, at 320 px, on paper, without scripts, and from a folder on disk;
// that it keeps to the strict policy of [Policy]; and that no link of any page
// is dead.
//
// It is a module of its own, so that the browser's driver stays out of the
// program's. Its tests build the program and the sample site afresh:
//
//	cd internal/browsertest && npm ci --ignore-scripts && go test .
//
// One browser serves all tests, one tab at a time. Where there is no Chromium
// (or no axe-core, or no Java for the HTML checker) the tests that want it are
// skipped and say so; with CI=true they fail. OUTTURN_BROWSER names another
// browser of the family.
//
// What it cannot see: how a screen reader speaks, and browsers of other makers.
package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience is how long one step may take; a page of the site loads in under 0.2 s.
const patience = 30 * time.Second

// ErrNoBrowser says that no Chromium is installed here.
var ErrNoBrowser = errors.New("no Chromium found: install chromium, or set OUTTURN_BROWSER to one")

// Browser is a headless Chromium with one tab.
type Browser struct {
	tab    context.Context
	cancel []context.CancelFunc

	mu         sync.Mutex
	complaints []string
}

// Find gives the path of the browser.
func Find() (string, error) {
	if named := os.Getenv("OUTTURN_BROWSER"); named != "" {
		return named, nil
	}
	for _, name := range []string{
		"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
	} {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", ErrNoBrowser
}

// Start starts the browser with a profile of its own in the folder.
func Start(profile string) (*Browser, error) {
	program, err := Find()
	if err != nil {
		return nil, err
	}
	b := &Browser{}
	allocator, stop := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(program),
		chromedp.UserDataDir(profile),
		chromedp.Headless,
		chromedp.NoSandbox, // continuous integration runs as root, where the sandbox refuses to start
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-default-apps", true),
		chromedp.Flag("disable-dev-shm-usage", true), // 64 MB in a container is too little
		chromedp.Flag("disable-extensions", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("lang", "en-GB"),
		chromedp.WindowSize(1280, 900),
	)
	tab, closeTab := chromedp.NewContext(allocator)
	b.tab, b.cancel = tab, []context.CancelFunc{closeTab, stop}
	if err := chromedp.Listen(tab, b.hear); err != nil {
		b.Close()
		return nil, fmt.Errorf("starting %s: %w", program, err)
	}
	return b, nil
}

// Close ends the browser.
func (b *Browser) Close() {
	if b.tab != nil {
		_ = chromedp.Cancel(b.tab) // it ends either way
	}
	for _, cancel := range b.cancel {
		cancel()
	}
}

// hear gathers what the browser complains of: refusals of the policy, files
// that fail to load, errors of scripts.
func (b *Browser) hear(event any) {
	said := ""
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning || e.Entry.Source == log.EntrySourceSecurity {
			said = fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *runtime.EventExceptionThrown:
		said = "script: " + e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			said += " " + e.ExceptionDetails.Exception.Description
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			said = "console: " + string(e.Type)
			for _, arg := range e.Args {
				said += " " + string(arg.Value)
			}
		}
	}
	if said == "" {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, strings.TrimSpace(said))
}

// Complaints gives what the browser complained of since it was last asked.
func (b *Browser) Complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	heard := b.complaints
	b.complaints = nil
	return heard
}

// Do runs steps in the tab, each within patience.
func (b *Browser) Do(steps ...chromedp.Action[chromedp.Void]) error {
	for _, step := range steps {
		if _, err := Run(b, step); err != nil {
			return err
		}
	}
	return nil
}

// Run runs one step in the tab, within patience, and gives its value.
func Run[T any](b *Browser, step chromedp.Action[T]) (T, error) {
	within, cancel := context.WithTimeout(b.tab, patience)
	defer cancel()
	return chromedp.Run(within, step)
}

// Open loads the address and waits until it is loaded.
func (b *Browser) Open(address string) error {
	if err := b.Do(chromedp.Navigate(address)); err != nil {
		return fmt.Errorf("opening %s: %w", address, err)
	}
	return nil
}

// Ask evaluates an expression in the page and decodes its value; a promise is
// awaited. The page's policy does not bind it.
func Ask[T any](b *Browser, expression string) (T, error) {
	var value T
	text, err := Run(b, chromedp.Evaluate[string]("(async () => JSON.stringify(await ("+expression+")))()", chromedp.EvalAwaitPromise))
	if err != nil {
		return value, err
	}
	return value, json.Unmarshal([]byte(text), &value)
}

// Screen is how a page is looked at. The zero values are the ordinary ones.
type Screen struct {
	Width, Height int64   // 1280 × 900
	Scale         float64 // device pixels to a CSS pixel: 1
	Dark          bool
	ForcedColours bool
	Print         bool
	NoScripts     bool
}

// Look sets the screen for the pages that are opened next.
func (b *Browser) Look(s Screen) error {
	if s.Width == 0 {
		s.Width, s.Height = 1280, 900
	}
	if s.Scale == 0 {
		s.Scale = 1
	}
	features := []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: choose(s.Dark, "dark", "light")},
		{Name: "forced-colors", Value: choose(s.ForcedColours, "active", "none")},
		{Name: "prefers-reduced-motion", Value: "reduce"},
	}
	if err := b.Do(chromedp.EmulateViewport(s.Width, s.Height, chromedp.EmulateScale(s.Scale))); err != nil {
		return err
	}
	within, cancel := context.WithTimeout(b.tab, patience)
	defer cancel()
	if _, err := chromedp.Call(within, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media: choose(s.Print, "print", ""), Features: features,
	}); err != nil {
		return err
	}
	_, err := chromedp.Call(within, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: s.NoScripts})
	return err
}

func choose(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}

// Print prints the open page as the page itself asks, on A4 where it does not.
func Print(b *Browser) ([]byte, error) {
	return Run(b, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
}
