package browsertest

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// preview is outturn serve of a copy of a site.
type preview struct {
	t       testing.TB
	dir     string
	address string // with a slash at its end
	process *exec.Cmd
	ended   chan error
}

// serve copies the site of a folder and starts its preview.
func serve(t testing.TB, from string) *preview {
	t.Helper()
	p := &preview{t: t, dir: t.TempDir()}
	for _, root := range []string{"data", "content", "themes"} {
		if _, err := os.Stat(filepath.Join(from, root)); err != nil {
			continue
		}
		if err := os.CopyFS(filepath.Join(p.dir, root), os.DirFS(filepath.Join(from, root))); err != nil {
			t.Fatal(err)
		}
	}
	p.start("127.0.0.1:0")
	t.Cleanup(p.stop)
	return p
}

var servedAt = regexp.MustCompile(`http://(127\.0\.0\.1:[0-9]+)/`)

func (p *preview) start(addr string) {
	p.t.Helper()
	p.process = exec.Command(filepath.Join(filepath.Dir(site.Dir), "outturn"), "serve", "--site", p.dir, "--addr", addr, "--today", Today)
	told, err := p.process.StderrPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.process.Start(); err != nil {
		p.t.Fatal(err)
	}
	lines := bufio.NewScanner(told)
	var said []string
	for lines.Scan() {
		said = append(said, lines.Text())
		if m := servedAt.FindStringSubmatch(lines.Text()); m != nil {
			p.address = "http://" + m[1] + "/"
			p.ended = make(chan error, 1)
			go func() {
				for lines.Scan() { // it must not wait for a reader
				}
				p.ended <- p.process.Wait()
			}()
			return
		}
	}
	p.t.Fatalf("outturn serve ended: %s", strings.Join(said, "\n"))
}

func (p *preview) stop() {
	if p.process == nil {
		return
	}
	_ = p.process.Process.Signal(os.Interrupt)
	select {
	case err := <-p.ended:
		if err != nil {
			p.t.Errorf("outturn serve ended with %v", err)
		}
	case <-time.After(patience):
		p.t.Error("outturn serve did not end")
		_ = p.process.Process.Kill()
	}
	p.process = nil
}

func (p *preview) read(name string) string {
	p.t.Helper()
	content, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(content)
}

// save writes a file as a careful editor does.
func (p *preview) save(name, content string) {
	p.t.Helper()
	file := filepath.Join(p.dir, filepath.FromSlash(name))
	if err := os.WriteFile(file+".tmp", []byte(content), 0o666); err != nil {
		p.t.Fatal(err)
	}
	if err := os.Rename(file+".tmp", file); err != nil {
		p.t.Fatal(err)
	}
}

func (p *preview) swap(name, old, new string) {
	p.t.Helper()
	content := p.read(name)
	if !strings.Contains(content, old) {
		p.t.Fatalf("%s has no %q", name, old)
	}
	p.save(name, strings.Replace(content, old, new, 1))
}

// await waits until an expression holds in the page.
func await(t testing.TB, b *Browser, what, expression string) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		holds, err := Ask[bool](b, "Boolean("+expression+")")
		if err == nil && holds {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s (%s): %v", what, expression, err)
		}
	}
}

const connected = `document.querySelector("#outturn-preview") && performance.getEntriesByType("resource").some(e => e.name.includes("preview.js"))`

func (p *preview) open(b *Browser, page string) {
	p.t.Helper()
	if err := b.Open(p.address + page); err != nil {
		p.t.Fatal(err)
	}
	// A page that is left open goes on asking for a server that has ended.
	p.t.Cleanup(func() { _ = b.Do(chromedp.Navigate("about:blank")) })
	await(p.t, b, "the preview's script", connected)
}

func TestAnOpenPageIsExchangedInPlace(t *testing.T) {
	b := browser(t, Screen{})
	p := serve(t, filepath.Join("..", ".."))
	p.open(b, "early-help/index.html")
	await(t, b, "the site's own script", `document.querySelector(".filters button")`)
	ask[int](t, b, `(() => {
		window.stayed = true;
		document.querySelector("h1").mark = 1;
		document.querySelectorAll("main details").forEach(d => { d.open = true });
		document.querySelector(".filters select").focus({preventScroll: true});
		window.scrollTo({top: 900, behavior: "instant"});
		return 1;
	})()`)
	before := ask[float64](t, b, "window.scrollY")
	p.swap("data/early-help/2017-01.csv", "\n1.1,2017-01,,403,", "\n1.1,2017-01,,499,")
	await(t, b, "the new figure", `document.querySelector("main").textContent.includes("499")`)
	p.swap("content/early-help/2017-01/_index.md", "More families came", "Fewer families came")
	await(t, b, "the new sentence", `document.querySelector("main").textContent.includes("Fewer families")`)
	p.save("themes/civic/styles/99-own.css", "h1 { outline: 3px solid red }\n")
	await(t, b, "the new style", `getComputedStyle(document.querySelector("h1")).outlineWidth === "3px"`)
	await(t, b, "the old style to go", `document.querySelectorAll('link[rel="stylesheet"]:not([href^="/_desk/"])').length === 1`)
	for what, expression := range map[string]string{
		"the page was not loaded again":   `window.stayed === true`,
		"what did not change is the same": `document.querySelector("h1").mark === 1`,
		"the details are open":            `[...document.querySelectorAll("main details")].every(d => d.open)`,
		"the focus is where it was":       `document.activeElement === document.querySelector(".filters select")`,
		"the filters are there once":      `document.querySelectorAll(".filters").length === 1`,
	} {
		if !ask[bool](t, b, expression) {
			t.Errorf("it is not so that %s", what)
		}
	}
	if after := ask[float64](t, b, "window.scrollY"); after != before {
		t.Errorf("the page was scrolled from %v to %v", before, after)
	}
	// A row more: the filters must count it.
	rows := ask[int](t, b, `document.querySelectorAll("tr[data-rating]").length`)
	p.save("data/early-help/indicators.csv", p.read("data/early-help/indicators.csv")+lastRowAs(p.read("data/early-help/indicators.csv"), "99.9"))
	await(t, b, "the new row", fmt.Sprintf(`document.querySelectorAll("tr[data-rating]").length === %d`, rows+1))
	await(t, b, "the filters to count it", fmt.Sprintf(`document.querySelector(".filters [role=status]").textContent.startsWith("%d measures")`, rows+1))
	if !ask[bool](t, b, "window.stayed === true && document.querySelectorAll('.filters').length === 1") {
		t.Error("a new row loaded the page again, or doubled its filters")
	}
	quiet(t, b, "preview")
}

// another is a browser of its own: that of a reader who opens a page now.
func another(t *testing.T) *Browser {
	t.Helper()
	b, err := Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return b
}

// However a page is brought up to date, it is then the one that a reader who
// opens it now sees.
func TestAPageBroughtUpToDateIsTheOneThatIsOpened(t *testing.T) {
	const (
		data     = "data/early-help/2017-01.csv"
		register = "data/early-help/indicators.csv"
		cover    = "content/early-help/2017-01/_index.md"
		about    = "content/about/accessibility.md"
	)
	b := browser(t, Screen{})
	reader := another(t)
	p := serve(t, filepath.Join("..", ".."))
	type edit struct {
		what string
		do   func()
	}
	// Those of a table in a text, whose rows are left out where they stay.
	table := func(text string) []edit {
		row := func(s string) string { return "| " + strings.Repeat(s+" ", 20) + "| " + s + " |\n" }
		rows := func(names ...string) string {
			all := "\n" + row("Why") + "| --- | --- |\n"
			for _, name := range names {
				all += row(name)
			}
			return all
		}
		was := []string{"one", "two", "three"}
		change := func(to ...string) func() {
			return func() { p.swap(text, rows(was...), rows(to...)); was = to }
		}
		return []edit{
			{"a table more", func() { p.save(text, p.read(text)+rows(was...)) }},
			{"two rows exchanged", change("two", "one", "three")},
			{"a row before", change("four", "two", "one", "three")},
			{"the last row first, and another less", change("three", "four", "one")},
			{"a row changed between others", change("three", "five", "one")},
			{"a table less", func() { p.swap(text, rows(was...), "") }},
		}
	}
	another := lastRowAs(p.read(register), "99.9")
	for page, edits := range map[string][]edit{
		"early-help/2017-01/index.html": append(table(cover), []edit{
			{"a figure", func() { p.swap(data, "\n1.1,2017-01,,403,", "\n1.1,2017-01,,499,") }},
			{"a sentence", func() { p.swap(cover, "More families came", "Fewer families came") }},
			{"a measure more", func() { p.save(register, p.read(register)+another) }},
			{"a paragraph more", func() { p.save(cover, p.read(cover)+"\nAnd more.\n") }},
			{"another name", func() { p.swap(register, "Early Help contacts with", "Contacts with") }},
			{"another section", func() { p.swap(register, "\n1.2,,triage,", "\n1.2,,initial-contacts,") }},
			{"a measure less", func() { p.swap(register, another, "") }},
			{"a paragraph less", func() { p.swap(cover, "\nAnd more.\n", "") }},
			{"the figure as it was", func() { p.swap(data, "\n1.1,2017-01,,499,", "\n1.1,2017-01,,403,") }},
		}...),
		"about/accessibility.html": table(about),
	} {
		const main = `document.querySelector("main").outerHTML`
		p.open(b, page)
		p.open(reader, page)
		ask[int](t, b, "(window.stayed = true, 1)")
		was := ask[string](t, reader, main)
		for _, edit := range edits {
			edit.do()
			var shown, opened string
			for deadline := time.Now().Add(patience); opened == "" || opened == was || opened != shown; {
				if time.Now().After(deadline) {
					t.Fatalf("after %s a page brought up to date is\n%s\nand one that is opened\n%s", edit.what, shown, opened)
				}
				p.open(reader, page)
				opened, shown = ask[string](t, reader, main), ask[string](t, b, main)
			}
			was = opened
		}
		if !ask[bool](t, b, "window.stayed === true") {
			t.Errorf("%s was loaded again", page)
		}
		if !ask[bool](t, b, `!performance.getEntriesByType("resource").some(e => e.name.includes("/_desk/events"))`) { // a stream that has ended is an entry
			t.Errorf("%s could not be told by what has changed, and was asked for whole", page)
		}
		quiet(t, b, page)
	}
}

// A theme of a council's own may nest what a browser puts elsewhere, close what
// it does not close, or leave it open: the page that is seen is the right one, and
// the problems stay in sight.
func TestOddMarkupOfAThemeIsBroughtUpToDateToo(t *testing.T) {
	const (
		page      = "early-help/2017-01/index.html"
		scorecard = "themes/civic/layouts/scorecard.html"
		base      = "themes/civic/layouts/base.html"
		cover     = "content/early-help/2017-01/_index.md"
	)
	long := strings.Repeat("long ", 20)
	b := browser(t, Screen{})
	reader := another(t)
	p := serve(t, filepath.Join("..", ".."))
	layouts, text := map[string]string{scorecard: p.read(scorecard), base: p.read(base)}, p.read(cover)
	for what, piece := range map[string]string{
		"a table between rows":         "<table><tr><td>" + long + "</td></tr><table><tr><td>" + long + "in</td></tr></table></table>",
		"a picture between cells":      "<table><tr><td>" + long + "</td><svg class=\"" + long + "\"></svg></tr></table>",
		"a picture that closes itself": "<svg><svg class=\"" + long + "\"/><circle r=\"1\"/></svg>",
		"a table in a cell":            "<table><tr><td>" + long + "<table><tr><td>" + long + "</td></tr></table></td></tr></table>",
		"a mark of the preview":        "<p data-outturn-kept=\"0\">kept</p>",
		"an element without an end":    "<div>",
	} {
		layout, before := scorecard, "<h1"
		if piece == "<div>" {
			layout, before = base, "<footer"
		}
		mark := "odd-" + strings.ReplaceAll(what, " ", "-")
		p.save(layout, strings.Replace(layouts[layout], before, "<i class=\""+mark+"\"></i>"+piece+before, 1))
		for deadline := time.Now().Add(patience); ; {
			if p.open(b, page); ask[bool](t, b, fmt.Sprintf("document.querySelector(%q) !== null", "."+mark)) {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s never came into the page", what)
			}
		}
		b.Complaints()
		for n := range 3 {
			sentence := fmt.Sprintf("Edit %d with %s.", n, what)
			p.save(cover, text+"\n"+sentence+"\n")
			await(t, b, sentence, fmt.Sprintf(`document.querySelector("main").textContent.includes(%q)`, sentence))
			await(t, b, what+": the strip in sight", `document.querySelector("body > #outturn-preview")`) // the page may be on its way once more
		}
		const main = `document.querySelector("main").outerHTML`
		p.open(reader, page)
		opened, shown := ask[string](t, reader, main), ""
		for deadline := time.Now().Add(patience / 3); shown != opened; time.Sleep(20 * time.Millisecond) { // it may be opened again
			if shown = ask[string](t, b, main); shown != opened && time.Now().After(deadline) {
				t.Fatalf("%s: a page brought up to date is\n%s\nand one that is opened\n%s", what, shown, opened)
			}
		}
		p.save(layout, layouts[layout])
		quiet(t, b, what)
	}
}

// lastRowAs is the first measure of a register again, under another ref.
func lastRowAs(register, ref string) string {
	lines := strings.Split(register, "\n")
	_, rest, _ := strings.Cut(lines[1], ",")
	return ref + "," + rest + "\n"
}

func TestProblemsStandOverThePage(t *testing.T) {
	p := serve(t, filepath.Join("..", ".."))
	for _, dark := range []bool{false, true} {
		b := browser(t, Screen{Dark: dark})
		p.open(b, "early-help/index.html")
		p.swap("data/early-help/2017-01.csv", "\n1.2,2017-01,,94.5,", "\n1.2,2017-01,,9O.5,")
		await(t, b, "the error", `document.querySelector("#outturn-preview .op-errors pre")`)
		if !ask[bool](t, b, `document.querySelector("main").textContent.includes("94.5%")`) {
			t.Error("the last good page is not beneath")
		}
		if !ask[bool](t, b, `document.querySelector("#outturn-preview [aria-live=polite] .op-errors") !== null`) {
			t.Error("the error is not said to a screen reader")
		}
		complain(t, b, "the problems over a page")
		// Closed by keyboard, and it stays closed.
		ask[int](t, b, `(document.querySelector("#outturn-preview .op-errors summary").focus(), 1)`)
		if err := b.Do(chromedp.KeyEvent("\r")); err != nil {
			t.Fatal(err)
		}
		await(t, b, "the panel to close", `!document.querySelector("#outturn-preview .op-errors").open`)
		p.swap("data/early-help/2017-01.csv", "\n1.2,2017-01,,9O.5,", "\n1.2,2017-01,,94.5,")
		await(t, b, "the error to go", `!document.querySelector("#outturn-preview .op-errors")`)
		quiet(t, b, "problems")
	}
	b := browser(t, Screen{Width: 320, Height: 640})
	p.open(b, "_desk/")
	complain(t, b, "the desk")
	if wide := ask[int](t, b, "document.documentElement.scrollWidth"); wide > 320 {
		t.Errorf("the desk is %d px wide on a screen of 320", wide)
	}
}

// A line put in above moves every finding that stands below, and makes none of them new.
func TestFindingsThatAreClosedStayClosedUntilThereIsANewOne(t *testing.T) {
	b := browser(t, Screen{})
	p := serve(t, filepath.Join("..", ".."))
	p.open(b, "early-help/index.html")
	const panel, returns = `document.querySelector("#outturn-preview .op-findings")`, "data/early-help/2017-01.csv"
	await(t, b, "the findings", panel)
	await(t, b, "the page to have been open for a while", `performance.now() > 4500`)
	if ask[bool](t, b, panel+".open") {
		t.Fatal("the findings that a page is opened with stand open")
	}
	if !ask[bool](t, b, panel+`.textContent.includes(":204:19")`) {
		t.Fatal("the finding of line 204 is not there")
	}
	p.swap(returns, "\n1.1,2016-11,,", "\n1.1,2016-10,,277,,,,\n1.1,2016-11,,")
	await(t, b, "the finding to move", panel+`.textContent.includes(":205:19")`)
	if ask[bool](t, b, panel+".open") {
		t.Error("findings that were there before are thrown open")
	}
	p.swap(returns, "\n2.2,2017-01,central,32.3,", "\n2.2,2017-01,central,99.9,")
	await(t, b, "the new finding", panel+`.textContent.includes("99.9%")`)
	await(t, b, "it to be shown", panel+".open")
	quiet(t, b, "findings")
}

// complain fails the test for what axe finds.
func complain(t *testing.T, b *Browser, what string) {
	t.Helper()
	for _, found := range audit(t, b, everything) {
		t.Errorf("%s: %s (%s): %.300s", what, found.Help, found.ID, found.Nodes[0].HTML)
	}
}

func TestAPreviewThatIsStartedAgainIsFound(t *testing.T) {
	b := browser(t, Screen{})
	p := serve(t, filepath.Join("..", ".."))
	p.open(b, "about/accessibility.html")
	ask[int](t, b, "(window.stayed = true, 1)")
	p.stop()
	await(t, b, "the strip to say so", `document.querySelector("#outturn-preview .op-count").textContent.includes("stopped")`)
	b.Complaints() // of the connection that broke
	p.save("content/about/accessibility.md", p.read("content/about/accessibility.md")+"\nWritten while the preview was down.\n")
	p.start(strings.TrimSuffix(strings.TrimPrefix(p.address, "http://"), "/"))
	await(t, b, "the sentence", `document.querySelector("main").textContent.includes("Written while the preview was down.")`)
	await(t, b, "the strip to say so", `!document.querySelector("#outturn-preview .op-count").textContent.includes("stopped")`)
	if !ask[bool](t, b, "window.stayed === true") {
		t.Error("the page was loaded again")
	}
	b.Complaints()
}

func TestThePreviewWorksWithoutScripts(t *testing.T) {
	b := browser(t, Screen{NoScripts: true})
	p := serve(t, filepath.Join("..", ".."))
	p.swap("data/early-help/2017-01.csv", "\n1.2,2017-01,,94.5,", "\n1.2,2017-01,,9O.5,")
	for deadline := time.Now().Add(patience); ; {
		if err := b.Open(p.address + "early-help/index.html"); err != nil {
			t.Fatal(err)
		}
		if ask[bool](t, b, `document.querySelector("#outturn-preview .op-errors[open] pre") !== null`) {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the error is not on the page")
		}
	}
	b.Complaints() // the page that cannot be shown yet has status 500
}

// BenchmarkSaveToRepaint measures from the save of a file to the frame that
// shows it, with the page open in a browser. It prints the medians.
// OUTTURN_NATION names the folder of a national site (nation write DIR); without
// it the sample site alone is measured.
func BenchmarkSaveToRepaint(b *testing.B) {
	opened, err := tab()
	if errors.Is(err, ErrNoBrowser) {
		b.Skip(err)
	}
	if err != nil {
		b.Fatal(err)
	}
	if err := opened.Look(Screen{}); err != nil {
		b.Fatal(err)
	}
	sites := []struct{ name, dir, folder string }{{"sample", filepath.Join("..", ".."), "early-help"}}
	if dir := os.Getenv("OUTTURN_NATION"); dir != "" {
		sites = append(sites, struct{ name, dir, folder string }{"nation", dir, "alderwick-bay"})
	}
	for _, s := range sites {
		p := serve(b, s.dir)
		if err := os.CopyFS(filepath.Join(p.dir, "themes", "civic"), os.DirFS(filepath.Join("..", "..", "themes", "civic"))); err != nil && !os.IsExist(err) {
			b.Fatal(err)
		}
		p.open(opened, "index.html")
		for deadline := time.Now().Add(10 * patience); ; time.Sleep(time.Second) { // a large site is read in some seconds
			unread, err := Ask[bool](opened, `document.querySelector("main").textContent.includes("Not read yet")`)
			if err == nil && !unread {
				break
			}
			if time.Now().After(deadline) {
				b.Fatal("the site was not read")
			}
		}
		p.open(opened, s.folder+"/2017-01/index.html")
		data, text := "data/"+s.folder+"/2017-01.csv", "content/"+s.folder+"/2017-01/_index.md"
		for _, edit := range []struct {
			what string
			do   func(n int)
		}{
			{"figure", func(int) { p.nudge(data, "1.1,2017-01,,") }},
			{"sentence", func(n int) {
				p.save(text, p.read(text)+fmt.Sprintf("\nWritten %s.\n", strings.Repeat("again ", n%5+1)))
			}},
			{"style", func(n int) {
				p.save("themes/civic/styles/99-own.css", fmt.Sprintf("h1 { padding-top: %dpx }\n", n%9+1))
			}},
		} {
			b.Run(s.name+"/"+edit.what, func(b *testing.B) {
				var times []float64
				for n := 0; b.Loop(); n++ {
					time.Sleep(time.Duration(400+n*37%50) * time.Millisecond) // the checks of the last save are over
					if _, err := Ask[int](opened, repainted); err != nil {
						b.Fatal(err)
					}
					began := float64(time.Now().UnixMicro()) / 1000
					edit.do(n)
					at, err := Ask[float64](opened, "window.repainted")
					if err != nil {
						b.Fatal(err)
					}
					times = append(times, at-began)
				}
				slices.Sort(times)
				b.ReportMetric(times[len(times)/2], "median-ms")
				b.ReportMetric(times[len(times)*9/10], "p90-ms")
			})
		}
		p.stop()
	}
}

// repainted sets a promise of the time at which the next change of the page, or
// of its style, has been painted: a task after the frame.
const repainted = `(() => {
	window.repainted = new Promise(resolve => {
		let seen = false;
		function paint() {
			if (seen) return;
			seen = true;
			watch.disconnect();
			requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now()), 0));
		}
		const watch = new MutationObserver(list => {
			if (list.some(m => !(m.target.closest || m.target.parentElement.closest).call(m.target.closest ? m.target : m.target.parentElement, "#outturn-preview"))) paint();
		});
		watch.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
		document.addEventListener("load", e => { if (e.target.rel === "stylesheet") paint() }, {capture: true, once: true});
	});
	return 1;
})()`

// nudge changes a figure by one: the number that follows the start of its line.
func (p *preview) nudge(name, start string) {
	p.t.Helper()
	content := p.read(name)
	at := strings.Index(content, "\n"+start)
	if at < 0 {
		p.t.Fatalf("%s has no line %s…", name, start)
	}
	at += 1 + len(start)
	end := at + strings.IndexByte(content[at:], ',')
	n, err := strconv.Atoi(content[at:end])
	if err != nil {
		p.t.Fatal(err)
	}
	p.save(name, content[:at]+strconv.Itoa(n^1)+content[end:])
}
