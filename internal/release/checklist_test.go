package release

import (
	"crypto/sha256"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/anytown"
	"outturn/internal/diag"
	"outturn/internal/edition"
)

// release is a checklist over a made-up site: what is built of its scorecard and
// of the rest, and what is public. A test fills what it is about.
type release struct {
	council      map[string]string // its files
	on           string            // the day
	card, papers map[string]string
	public       map[string]string // nil: no build stands
	target       string            // where it is public; "": in public/
	findings     []diag.Problem    // of the build
	meeting      string
	frozen       []string // paths of a snapshot
	withdrawn    bool     // that snapshot was withdrawn
	broken       bool     // what belongs to no scorecard could not be made
}

func (r release) run(t *testing.T) ([]string, Readiness) {
	t.Helper()
	if r.council == nil {
		r.council = map[string]string{}
	}
	if r.council["data/care/indicators.csv"] == "" {
		r.council["data/care/indicators.csv"], r.council["data/care/2017-01.csv"] = anytown.Register, "ref,value\n1.1,12\n"
	}
	site := anytown.Files(r.council)
	var loading diag.List
	ed := edition.Load(site, anytown.Civic(), edition.Options{Today: day(t, r.on)}, &loading)
	for _, p := range loading.All() {
		t.Errorf("the made-up site has a fault of its own: %s", anytown.Line(p))
	}
	var public *Public
	if r.public != nil {
		public = &Public{Name: r.target, Files: fstest.MapFS{}, Sums: map[string][sha256.Size]byte{}}
		for name, text := range r.public {
			public.Files.(fstest.MapFS)[name] = &fstest.MapFile{Data: []byte(text)}
			public.Sums[name] = sha256.Sum256([]byte(text))
		}
	}
	list := New(site, day(t, r.on), public, r.meeting)
	if r.withdrawn {
		list.Withdrawn("2016-17-q3")
	}
	if r.frozen != nil {
		files := map[string][sha256.Size]byte{}
		for _, name := range r.frozen {
			files[name] = [sha256.Size]byte{}
		}
		list.Frozen("2016-17-q3", files, [sha256.Size]byte{})
	}
	var card *edition.Scorecard
	if len(ed.Scorecards) > 0 {
		card = ed.Scorecards[0]
	}
	for _, part := range []struct {
		card  *edition.Scorecard
		files map[string]string
	}{{card, r.card}, {nil, r.papers}} {
		if part.card == nil && r.broken {
			continue
		}
		var files []File
		for _, name := range sortedKeys(part.files) {
			files = append(files, File{name, func() ([]byte, error) { return []byte(part.files[name]), nil }})
		}
		if err := list.Add(ed, part.card, files); err != nil {
			t.Fatal(err)
		}
	}
	var problems diag.List
	for _, p := range r.findings {
		problems.Add(p)
	}
	ready := list.Finish(&problems)
	if problems.Errors() != ready.Stops || problems.Warnings() != ready.Asks {
		t.Errorf("%d errors and %d warnings are counted as %d and %d", problems.Errors(), problems.Warnings(), ready.Stops, ready.Asks)
	}
	return anytown.Lines(problems.All()), ready
}

func (r release) wants(t *testing.T, name string, want ...string) {
	t.Helper()
	got, _ := r.run(t)
	if !slices.Equal(got, want) {
		t.Errorf("%s: found\n  %s\nwanted\n  %s", name, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func warning(file, code string) diag.Problem {
	return diag.Problem{Place: diag.Place{File: file}, Severity: diag.Warning, Code: code, Message: "it is so"}
}

func TestWhatContradictsTheFiguresStopsAReleaseAndOtherFindingsAsk(t *testing.T) {
	const text = "content/care/2017-01/quality.md"
	release{on: "2017-03-22", findings: []diag.Problem{
		warning(text, "contradicts-data"), warning(text, "contradicts-itself"), warning(text, "direction-contradicts"),
		warning(text, "unsourced-figure"), warning(text, "red-without-answer"), warning("data/care/2017-01.csv", "missing-return"), warning("data/care/2017-02.csv", "missing-return"),
	}}.wants(t, "findings",
		text+": error: it is so [contradicts-data]",
		text+": error: it is so [contradicts-itself]",
		text+": error: it is so [direction-contradicts]",
		text+": warning: it is so [red-without-answer]",
		text+": warning: it is so [unsourced-figure]",
		"data/care/2017-01.csv: warning: it is so [missing-return]", // a figure is not in it
		"data/care/2017-02.csv: error: it is so [missing-return]",   // the return is not there
	)
}

func TestAQuestionAboutWhatIsPublicAsItIsIsNotAskedAgain(t *testing.T) {
	page := string(pageWith("<p>Contacts rose.</p>"))
	r := release{
		on: "2017-03-22", target: "srv", public: map[string]string{"care/2017-01/quality.html": page, "api/care/2017-01.json": "{}"},
		card: map[string]string{"care/2017-01/quality.html": page, "api/care/2017-01.json": "{}"},
		findings: []diag.Problem{
			warning("content/care/2017-01/quality.md", "unsourced-figure"), warning("data/care/2017-01.csv", "ratio-differs"),
			warning("content/care/2017-01/quality.md", "contradicts-data"), warning("content/care/2017-02/quality.md", "unsourced-figure"),
		},
	}
	r.wants(t, "a page that stands",
		"content/care/2017-01/quality.md: error: it is so [contradicts-data]", // what stops is told again
		"content/care/2017-02/quality.md: warning: it is so [unsourced-figure]",
	)
	if _, ready := r.run(t); ready.Before != 2 {
		t.Errorf("%d questions were asked before; wanted 2", ready.Before)
	}
	r.card = map[string]string{"care/2017-01/quality.html": page + " ", "api/care/2017-01.json": "{} "}
	if got, ready := r.run(t); ready.Before != 0 || len(got) != 4 {
		t.Errorf("of pages that change %d questions are passed over, and there are %d findings", ready.Before, len(got))
	}
}

func TestABuildHeldAgainstItselfIsNotCalledReady(t *testing.T) {
	page := string(pageWith("<p>Contacts rose.</p>"))
	files := map[string]string{"care/2017-01/quality.html": page, "api/care/2017-01.json": "{}"}
	r := release{on: "2017-03-22", public: files, card: files, findings: []diag.Problem{warning("content/care/2017-01/quality.md", "unsourced-figure")}}
	const itself = "It was held against public/, which is this very build: what its readers have now was not looked at.\n" +
		"outturn check --release --against TARGET looks at it, and outturn publish TARGET does.\n"
	got, ready := r.run(t)
	if len(got) != 1 || ready.String() != itself+"It asks about:\n  1 typed figure without a source\nNothing in this build stops it on 22 March 2017; look at 1 thing that asks." {
		t.Errorf("%q\n%s", got, ready)
	}
	r.findings = nil
	if _, ready := r.run(t); ready.String() != itself+"Nothing in this build stops it on 22 March 2017." {
		t.Errorf("%s", ready)
	}
	// At a target the same files are what readers have.
	r.target = "srv"
	if _, ready := r.run(t); ready.String() != "Nothing is new: srv has the site as it would be built.\nReady to publish on 22 March 2017." {
		t.Errorf("%s", ready)
	}
}

func TestManyDoubtsOfOneReturnAreOneQuestion(t *testing.T) {
	var list []diag.Problem
	for i := range 5 {
		p := warning("data/care/2017-01.csv", "ratio-differs")
		p.Line = i + 2
		list = append(list, p)
	}
	release{on: "2017-03-22", findings: list}.wants(t, "five",
		"data/care/2017-01.csv:2: warning: 5 figures do not agree with others of theirs; the first: it is so [figures-disagree]")
	if got, _ := (release{on: "2017-03-22", findings: list[:3]}).run(t); len(got) != 3 {
		t.Errorf("three doubts are %d", len(got))
	}
}

func TestALateReturnIsAskedAfterOnceTheDayOfTheOneBeforeHasComeRound(t *testing.T) {
	cover := func(keys string) map[string]string {
		return map[string]string{"content/care/2017-01/_index.md": "---\nstatus: approved\n" + keys + "---\n"}
	}
	out := cover("publish_on: 2017-03-14\n")
	late := "data/care/2017-02.csv: warning: the return of Care for February 2017 is not there; that of January 2017 was out on 14 March 2017, so that this one would have been by 14 April 2017 [late-return]"
	release{council: out, on: "2017-04-15"}.wants(t, "a day later", late)
	release{council: out, on: "2017-04-14"}.wants(t, "on the day")
	release{council: cover(""), on: "2017-03-31"}.wants(t, "without a day to go by")
	release{council: cover(""), on: "2017-04-01"}.wants(t, "a month later",
		"data/care/2017-02.csv: warning: the return of Care for February 2017 is not there; covers do not say when a month came out, and this one would have been by 31 March 2017 at the latest [late-return]")
	// January's last day comes round in February's.
	release{council: cover("publish_on: 2017-01-31\n"), on: "2017-02-28"}.wants(t, "at the end of a month")
	out["data/care/2017-02.csv"] = "ref,value\n1.1,12\n"
	out["content/care/2017-02/_index.md"] = "---\nstatus: draft\n---\n"
	release{council: out, on: "2017-04-15"}.wants(t, "held back",
		"content/care/2017-02/_index.md: warning: the return of Care for February 2017 is there and its month is not released; that of January 2017 was out on 14 March 2017, so that this one would have been by 14 April 2017 [late-return]")
}

func TestAQuietPeriodAsksOrStopsAsItIsWritten(t *testing.T) {
	calendar := func(more string) map[string]string {
		return map[string]string{"content/site.yaml": anytown.Settings + "calendar:\n  quiet:\n    - {from: 2017-02-22, to: 2017-03-30, why: pre-election period" + more + "}\n"}
	}
	const told = " falls in the quiet period from 22 February 2017 to 30 March 2017: pre-election period [quiet-period]"
	release{council: calendar(""), on: "2017-02-22"}.wants(t, "on its first day", "content/site.yaml:13:7: warning: 22 February 2017"+told)
	release{council: calendar(", blocks: true"), on: "2017-03-30"}.wants(t, "on its last day", "content/site.yaml:13:7: error: 30 March 2017"+told)
	release{council: calendar(", blocks: true"), on: "2017-02-21"}.wants(t, "the day before")
	release{council: calendar(", blocks: true"), on: "2017-03-31"}.wants(t, "the day after")
	stands := map[string]string{"api/care/2017-01.json": "{}"}
	release{council: calendar(", blocks: true"), on: "2017-03-01", public: stands, card: stands}.wants(t, "with nothing to release")
	withdrawn := release{
		council: calendar(", blocks: true"), on: "2017-03-01", withdrawn: true, card: stands,
		public: map[string]string{"api/care/2017-01.json": "{}", "archive/2016-17-q3/index.html": string(pageWith("<p>Contacts</p>")), "about/data.html": string(pageWith(""))},
		papers: map[string]string{"archive/2016-17-q3/index.html": string(pageWith("<p>Withdrawn</p>")), "about/data.html": string(pageWith(""))},
	}
	withdrawn.wants(t, "with a snapshot to take back", "content/site.yaml:13:7: warning: 1 March 2017"+told)
	withdrawn.papers["about/data.html"] = string(pageWith("<p>More</p>"))
	withdrawn.wants(t, "with more than that", "content/site.yaml:13:7: error: 1 March 2017"+told)
}

func TestTheEndOfTheListCanBeReadAloud(t *testing.T) {
	on := day(t, "2017-03-22")
	for _, c := range []struct {
		r    Readiness
		want string
	}{
		{Readiness{Today: on, Pages: true, Against: "srv"}, "Nothing is new: srv has the site as it would be built.\nReady to publish on 22 March 2017."},
		{Readiness{Today: on, Pages: true, Against: "srv", First: true}, "Nothing of this site is at srv yet, so everything counts as new.\nReady to publish on 22 March 2017."},
		{Readiness{Today: on, Pages: true, First: true, Asks: 1}, "No build stands in public/ to compare with, so everything counts as new.\nReady to publish on 22 March 2017, once you have looked at 1 thing that asks."},
		{Readiness{Today: on, Pages: true, New: []string{"Care for January 2017"}, Changed: 1, Stops: 1}, "New to the public: Care for January 2017.\n1 public page or file would change.\nNot ready to publish on 22 March 2017: 1 thing stops it."},
		{Readiness{Today: on, Stops: 3, Asks: 5, Before: 2}, "Not every page could be made, so that links, accessibility, meetings and what is public were not looked at in full.\n2 more findings are about what is public as it is; outturn check lists them.\nNot ready to publish on 22 March 2017: 3 things stop it, 5 ask."},
	} {
		if got := c.r.String(); got != c.want {
			t.Errorf("it ends\n%s\nwanted\n%s", got, c.want)
		}
	}
	_, ready := release{on: "2017-03-22", findings: []diag.Problem{
		warning("a.md", "contradicts-data"), warning("b.md", "contradicts-data"), warning("a.md", "unsourced-figure"), warning("a.md", "never-heard-of"),
		{Severity: diag.Error, Code: "bad-number"},
	}, papers: map[string]string{"robots.txt": ""}}.run(t)
	want := `No build stands in public/ to compare with, so everything counts as new.
What stops it:
  1 error in the inputs
  2 sentences that contradict the figures
It asks about:
  1 other finding
  1 typed figure without a source
Not ready to publish on 22 March 2017: 3 things stop it, 2 ask.`
	if got := ready.String(); got != want {
		t.Errorf("it ends\n%s\nwanted\n%s", got, want)
	}
}
