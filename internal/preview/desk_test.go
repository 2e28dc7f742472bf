package preview

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/nation"
)

// Two desks, two pages, a report and a client that saves: on a small site all of
// them want the same scorecards.
func TestTheDeskAndPagesAreAnsweredTogether(t *testing.T) {
	s := serve(t, repository, 0)
	client := &http.Client{Timeout: patience}
	var all sync.WaitGroup
	for _, page := range []string{"_desk/", "_desk/", card, "safeguarding/index.html", "reports/2017-03-22-performance.html", "_desk/early-help.html"} {
		all.Go(func() {
			for range 6 {
				answer, err := client.Get(s.url + page)
				if err != nil {
					t.Errorf("%s: %v", page, err)
					return
				}
				_, _ = io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
			}
		})
	}
	text, figures := s.read(cover), s.read("data/safeguarding/2017-01.csv")
	for n := range 8 {
		s.save(cover, fmt.Sprintf("%s\nAnd %d.\n", text, n))
		s.save("data/safeguarding/2017-01.csv", figures+"\n"[:n%2])
	}
	all.Wait()
}

func TestAnErrorInADraftStopsNoPublicBuild(t *testing.T) {
	s := serve(t, repository, 0)
	const stops = "Nothing would be published"
	s.write("content/reports/own.md", "---\ntitle: Own\ncommittee: Board\ndate: 2017-03-22\nstatus: draft\n---\n\nIt is {{ early-help/none }}.\n")
	open := s.open("_desk/index.html")
	open.until("the error", func(st state) bool {
		return st.Sum != "" && strings.Contains(s.page("_desk/index.html"), "content/reports/own.md:8")
	})
	if desk := s.page("_desk/index.html"); strings.Contains(desk, stops) || !strings.Contains(desk, "Errors in drafts") {
		t.Error("the desk takes an error in a draft for one that stops a build")
	}
	s.swap("content/reports/own.md", "status: draft", "status: approved")
	open.until("the stop", func(st state) bool {
		return st.Sum != "" && strings.Contains(s.page("_desk/index.html"), stops)
	})
	if desk := s.page("_desk/index.html"); strings.Contains(desk, "Errors in drafts") {
		t.Error("the error is in a draft no more")
	}
}

func TestTheDeskSaysWhatTheChecksHaveNotLookedAt(t *testing.T) {
	dir := t.TempDir()
	size := nation.Size{Scorecards: 21, Indicators: 3, Months: 6, Areas: 2, Returns: 2}
	if err := nation.Write(dir, size, 1); err != nil {
		t.Fatal(err)
	}
	cards, err := filepath.Glob(filepath.Join(dir, "data/*/indicators.csv"))
	if err != nil || len(cards) != size.Scorecards {
		t.Fatal(err, cards)
	}
	draft, bad := filepath.Base(filepath.Dir(cards[0])), filepath.Base(filepath.Dir(cards[1]))
	s := &served{t: t, dir: dir}
	covers, err := filepath.Glob(filepath.Join(dir, "content", draft, "*/_index.md"))
	if err != nil || len(covers) == 0 {
		t.Fatal(err, covers)
	}
	name, err := filepath.Rel(dir, covers[len(covers)-1])
	if err != nil {
		t.Fatal(err)
	}
	s.swap(filepath.ToSlash(name), "status: approved", "status: draft")
	s.write("data/"+bad+"/indicators.csv", s.read("data/"+bad+"/indicators.csv")+"x,y\n")
	s = serveAt(t, dir, 0)
	desk := s.page("_desk/index.html")
	_, held, _ := strings.Cut(desk, "Held back")
	held, _, _ = strings.Cut(held, "</ul>")
	if !strings.Contains(held, "content/"+draft+"/") {
		t.Errorf("the desk does not say that the month is held back: %.300s", held)
	}
	if strings.Contains(desk, "Nothing was found.") || !strings.Contains(desk, "The checks have not looked at 22 parts of the site yet") {
		t.Error("the desk says that there is nothing before anybody looked")
	}
	if own := s.page("_desk/" + bad + ".html"); strings.Contains(own, "Nothing is lacking") || !strings.Contains(own, "It has errors") || !strings.Contains(own, "data/"+bad+"/indicators.csv") {
		t.Errorf("the desk of a scorecard with an error does not tell of it:\n%s", own)
	}
	open := s.open("_desk/index.html")
	open.until("the checks to have looked at all", func(st state) bool {
		desk := s.page("_desk/index.html")
		return !strings.Contains(desk, "The checks have not looked") && strings.Contains(desk, "data/"+bad+"/indicators.csv")
	})
}

func TestAReportsErrorStandsOnItsOwnPage(t *testing.T) {
	s := serve(t, repository, 0)
	const report = "reports/2017-03-22-performance.html"
	open := s.open(report)
	open.until("the first state", func(st state) bool { return st.Sum != "" })
	s.save("content/reports/2017-03-22-performance.md", s.read("content/reports/2017-03-22-performance.md")+"\n{{ early-help/none }}\n")
	open.until("the error", func(st state) bool { return strings.Contains(st.Panel, "op-errors") })
	for _, name := range []string{"index.html", "status.html", "about/accessibility.html", "reports/2017-04-26-safeguarding-exceptions.html", card} {
		if answer, body := s.get(name); answer.StatusCode != http.StatusOK || strings.Contains(body, "op-errors") {
			t.Errorf("%s: %s", name, answer.Status)
		}
	}
	// A scorecard's error stands on the pages that are made of it.
	s.swap("data/safeguarding/2017-01.csv", ",2017-01,,", ",2017-01,,x")
	other := s.open("reports/2017-04-26-safeguarding-exceptions.html")
	other.until("the scorecard's error", func(st state) bool { return strings.Contains(st.Panel, "data/safeguarding/2017-01.csv") })
	for name, want := range map[string]bool{"index.html": true, "about/accessibility.html": false, card: false} {
		if _, body := s.get(name); strings.Contains(body, "data/safeguarding/2017-01.csv") != want {
			t.Errorf("%s: the scorecard's error stands on it: %v", name, !want)
		}
	}
}

func TestAScorecardThatBecomesAPlanIsShownAsOne(t *testing.T) {
	s := serve(t, repository, 0)
	open := s.open("_desk/index.html")
	open.until("the first state", func(st state) bool { return st.Sum != "" })
	s.write("data/early-help/actions.csv", "ref,action\n")
	if err := os.Remove(s.path("data/early-help/indicators.csv")); err != nil {
		t.Fatal(err)
	}
	open.until("the plan", func(st state) bool { return !strings.Contains(s.page("_desk/index.html"), `<h3><a href="/early-help/`) })
	if _, body := s.get("_desk/"); strings.Contains(body, "fault of the program") {
		t.Error("a fault of the program is told")
	}
}

// A site grows while it is served: what is read in the background for a large one
// must not depend on how large it was when the preview began.
func TestASiteThatGrowsLargeIsReadInTheBackground(t *testing.T) {
	dir, aside := t.TempDir(), t.TempDir()
	if err := nation.Write(dir, nation.Size{Scorecards: 21, Indicators: 3, Months: 4, Areas: 0, Returns: 2}, 1); err != nil {
		t.Fatal(err)
	}
	cards, err := filepath.Glob(filepath.Join(dir, "data/*/indicators.csv"))
	if err != nil || len(cards) != 21 {
		t.Fatal(err, cards)
	}
	last := filepath.Base(filepath.Dir(cards[20]))
	move := func(from, to string) {
		t.Helper()
		for _, root := range []string{"content", "data"} {
			if err := os.MkdirAll(filepath.Join(to, root), 0o777); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(filepath.Join(from, root, last), filepath.Join(to, root, last)); err != nil {
				t.Fatal(err)
			}
		}
	}
	move(dir, aside)
	s := serveAt(t, dir, 0)
	if home := s.page("index.html"); strings.Contains(home, last) || strings.Contains(home, "Not read yet") {
		t.Fatal("the small site does not begin as it should")
	}
	open := s.open("index.html")
	move(aside, dir)
	open.until("the new scorecard to be read", func(st state) bool {
		home := s.page("index.html")
		return st.Sum != "" && strings.Contains(home, last) && !strings.Contains(home, "Not read yet")
	})
	first := filepath.Base(filepath.Dir(cards[0]))
	title := "content/" + first + "/_index.md"
	s.save(title, strings.Replace(s.read(title), "title: ", "title: Renamed ", 1))
	open.until("the new title on the home page", func(st state) bool { return strings.Contains(s.page("index.html"), "Renamed ") })
}

func TestAnOverdueActionOfAPlanStandsOnTheDesk(t *testing.T) {
	s := serve(t, repository, 0)
	open := s.open("_desk/index.html")
	open.until("the first state", func(st state) bool { return st.Sum != "" })
	s.write("data/the-plan/actions.csv", "ref,action,due,lead\nP1,Recruit two panel advisers,2017-01,Head of Placements\nP2,Publish the offer,2099-01,\n")
	const want = `<a href="/the-plan/index.html">The plan: action P1 was due on 31 January 2017 and is open: Recruit two panel advisers (Head of Placements)</a> <span class="place">data/the-plan/actions.csv:2`
	open.until("the action", func(st state) bool { return strings.Contains(s.page("_desk/index.html"), want) })
	if desk := s.page("_desk/index.html"); strings.Contains(desk, "Publish the offer") {
		t.Error("an action that is not yet due is told as overdue")
	}
}

// A committee's paper is approved and the month is not signed: the preview has the
// figure, and a public build stops, as the desk and outturn check know.
func TestTheDeskTellsWhatStopsAPublicBuildAlone(t *testing.T) {
	s := serve(t, repository, 0)
	const stops = "Nothing would be published"
	s.page("_desk/index.html")
	for _, name := range []string{"_desk/index.html", "_desk/safeguarding.html"} {
		if desk := s.page(name); strings.Contains(desk, stops) {
			t.Fatalf("%s: the repository's own site would not be published", name)
		}
	}
	open := s.open("_desk/index.html")
	s.swap("content/early-help/2017-01/_index.md", "status: approved", "status: draft")
	open.until("the desk to know", func(st state) bool {
		return st.Sum != "" && strings.Contains(s.page("_desk/index.html"), stops)
	})
	var found, foundByDrafts diag.List
	options := edition.Options{Today: s.server.site.Options().Today}
	if err := build.Check(os.DirFS(s.dir), options, &found); err != nil {
		t.Fatal(err)
	}
	options.Drafts, options.InFull = true, true
	if err := build.Check(os.DirFS(s.dir), options, &foundByDrafts); err != nil {
		t.Fatal(err)
	}
	if found.Errors() != foundByDrafts.Errors() {
		t.Errorf("outturn check finds %d errors, and a public build %d", foundByDrafts.Errors(), found.Errors())
	}
	desk, errors := s.page("_desk/index.html"), 0
	for _, p := range found.All() {
		if p.Severity != diag.Error {
			continue
		}
		errors++
		if !strings.Contains(desk, fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)) {
			t.Errorf("the desk does not tell of %s:%d:%d %s", p.File, p.Line, p.Column, p.Message)
		}
	}
	if errors < 5 || !strings.Contains(desk, fmt.Sprintf("there are %d errors", errors)) {
		t.Errorf("the desk does not say that there are %d errors", errors)
	}
	if own := s.page("_desk/safeguarding.html"); !strings.Contains(own, "content/safeguarding/2017-01/care-leavers.md:21:50") {
		t.Error("the desk of a scorecard does not tell of a figure that is held back with another")
	}
}

func TestTheDeskTellsOfEveryMonthThatIsNotOut(t *testing.T) {
	s := serve(t, repository, 0)
	s.swap("content/early-help/2017-01/_index.md", "status: approved", "status: draft")
	if err := os.Remove(s.path("content/early-help/2017-01/contacts.md")); err != nil {
		t.Fatal(err)
	}
	s.write("data/early-help/2017-02.csv", "ref,value\n1.1,410\n")
	s.write("content/early-help/2017-02/triage.md", "---\n---\n")
	s.open("_desk/early-help.html").until("February", func(st state) bool {
		return st.Sum != "" && strings.Contains(s.page("_desk/early-help.html"), "<h4>February 2017")
	})
	february, january, _ := strings.Cut(s.page("_desk/early-help.html"), "<h4>January 2017: draft</h4>")
	for _, x := range []struct{ what, in, want string }{
		{"January's text", january, "content/early-help/2017-01/contacts.md"},
		{"January's sign-off", january, "The cover is not approved"},
		{"January's return, which may still be written", january, `2016 has not been returned; the newest is for October 2015 to September 2016</a> <span class="place">data/early-help/2017-01.csv`},
		{"a text without a word", february, "content/early-help/2017-02/triage.md"},
		{"February's return", february, `data/early-help/2017-02.csv`},
		{"a run of half terms", february, "half terms 1 to 3"},
	} {
		if !strings.Contains(x.in, x.want) {
			t.Errorf("the desk does not tell of %s", x.what)
		}
	}
}

// What the desk asks for is what the checks ask for, and where it may be written.
func TestTheDeskAsksForThePeriodThatFollowsTheNewest(t *testing.T) {
	s := serve(t, repository, 0)
	desk := s.page("_desk/early-help.html")
	for _, want := range []string{
		"10.2 Use of custody: the figure for January to December 2016 has not been returned; the newest is for October 2015 to September 2016",
		`<span class="place">data/early-help/2017-01.2.csv</span>`, // January is out
	} {
		if !strings.Contains(desk, want) {
			t.Errorf("the desk does not say %q", want)
		}
	}
	if strings.Contains(desk, "quarter 3") {
		t.Error("a rolling year is asked for as a quarter")
	}
}

// An action stands with the section of its measure; what is due in the present month
// is told before it is late. A return that is not there is told once.
func TestTheDeskTellsWhatIsDueAndWhere(t *testing.T) {
	s := serve(t, repository, 0)
	s.write("data/early-help/actions.csv", "ref,action,measure,due,lead\nA1,Fill two posts,2.2,2026-11-25,Head of Contacts\nA2,Write to all,,2026-10-01,\nA3,Later,,2026-12-01,\n")
	if err := os.Remove(s.path("data/early-help/2017-01.csv")); err != nil {
		t.Fatal(err)
	}
	var desk string
	s.open("_desk/early-help.html").until("the actions", func(st state) bool {
		desk = s.page("_desk/early-help.html")
		return st.Sum != "" && strings.Contains(desk, "Fill two posts") && strings.Contains(desk, "The return of the month is not there")
	})
	whole, sections, _ := strings.Cut(desk, "contacts.html")
	for _, x := range []struct{ in, want string }{
		{whole, "Action A2 was due on 1 October 2026 and is open: Write to all"},
		{whole, `The return of the month is not there <span class="place">data/early-help/2017-01.csv</span>`},
		{sections, "Action A1 is due on 25 November 2026: Fill two posts (Head of Contacts)"},
	} {
		if !strings.Contains(x.in, x.want) {
			t.Errorf("the desk does not say %q where it belongs", x.want)
		}
	}
	if strings.Contains(desk, "Later") || strings.Contains(desk, "has ever been returned") || strings.Contains(desk, "has not been returned") {
		t.Error("the desk tells of what is not due, or of each measure of a return that is not there")
	}
}

// What a fault in a folder's own name does to pages is told over them.
func TestAFaultOfAFolderStandsOverItsPages(t *testing.T) {
	s := serve(t, repository, 0)
	open := s.open("early-help/index.html")
	open.until("the first state", func(st state) bool { return st.Sum != "" })
	move := func(from, to string) {
		t.Helper()
		if err := os.Rename(s.path(from), s.path(to)); err != nil {
			t.Fatal(err)
		}
	}
	move("content/early-help", "aside")
	if err := os.Symlink("../aside", s.path("content/early-help")); err != nil {
		t.Skip("no links can be made here:", err)
	}
	open.until("the link to be told", func(st state) bool { return strings.Contains(st.Panel, "this is a link to a folder") })
	if err := os.Remove(s.path("content/early-help")); err != nil {
		t.Fatal(err)
	}
	move("aside", "content/early-help")
	open.until("it to go", func(st state) bool { return !strings.Contains(st.Panel, "op-errors") })
	move("data/early-help", "aside")
	open.until("the data to be missed", func(st state) bool {
		return strings.Contains(st.Panel, "the folder holds months, but there is no data/early-help")
	})
}
