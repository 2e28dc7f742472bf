package check

import (
	"strings"
	"testing"

	"outturn/internal/anytown"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// carriedOver loads a council with one measure over some months and lists what
// Carried finds, as check does (every month shown).
func carriedOver(t *testing.T, c council) []string {
	t.Helper()
	c["data/care/indicators.csv"] = anytown.Register
	for _, month := range []string{"2016-11", "2016-12", "2017-01"} {
		c["data/care/"+month+".csv"] = "ref,value\n1.1,12\n"
	}
	c["content/care/_index.md"] = "---\ntitle: Care\nfirst_report: 2016-11\n---\n"
	for _, month := range []string{"2016-11", "2016-12"} {
		if _, ok := c["content/care/"+month+"/_index.md"]; !ok {
			c["content/care/"+month+"/_index.md"] = "---\nstatus: approved\n---\n"
		}
	}
	var loading, found diag.List
	today, err := period.ParseDate("2017-04-20")
	if err != nil {
		t.Fatal(err)
	}
	e := edition.Load(c.files(), anytown.Civic(), edition.Options{Today: today, Drafts: true}, &loading)
	for _, p := range loading.All() {
		t.Errorf("the made-up site has a fault of its own: %s", anytown.Line(p))
	}
	Carried(e, &found)
	return anytown.Lines(found.All())
}

func text(body string) string { return "---\n---\n\n" + body + "\n" }

func TestADraftHidesNoStaleTextOfThePublicMonth(t *testing.T) {
	const said = "Staff are hard to find."
	same(t, carriedOver(t, council{
		"content/care/2016-11/plans.md": text(said), "content/care/2016-12/plans.md": text(said),
		"content/care/2017-01/plans.md": text("Staff have been found."), "content/care/2017-01/_index.md": "---\nstatus: draft\n---\n",
	}), []string{"content/care/2016-12/plans.md: warning: the text is word for word that of November 2016 (content/care/2016-11/plans.md) [stale-commentary]"})
}

func TestTextLeftAsItWasIsStale(t *testing.T) {
	const said = "{{ 1.1 }} plans were reviewed by 3 teams.\n\nStaff are hard to find."
	for _, test := range []struct {
		name, then, now string
		stale           bool
	}{
		{"word for word", said, said, true},
		{"typed figures apart", said, strings.Replace(said, "3 teams", "4 teams", 1), true},
		{"broken into other lines", said, strings.Replace(said, "were reviewed", "were\nreviewed", 1), true},
		{"under a new heading", said, "## January\n\n" + said, true},
		{"a word is new", said, strings.Replace(said, "hard", "easier", 1), false},
		{"another figure is bound", said, strings.Replace(said, "{{ 1.1 }}", "{{ 1.1 previous }}", 1), false},
		{"a sentence more", said, said + " Two have started.", false},
		{"a table says the same every month", "| Plans |\n| --- |\n| {{ 1.1 }} |", "| Plans |\n| --- |\n| {{ 1.1 }} |", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			found := carriedOver(t, council{
				"content/care/2016-12/plans.md": text(test.then),
				"content/care/2017-01/plans.md": text(test.now),
			})
			var want []string
			if test.stale {
				want = []string{"content/care/2017-01/plans.md: warning: the text is word for word that of December 2016 (content/care/2016-12/plans.md) [stale-commentary]"}
			}
			same(t, found, want)
		})
	}
}

func TestOnlyTheReportBeforeMakesATextStale(t *testing.T) {
	same(t, carriedOver(t, council{
		"content/care/2016-11/plans.md": text("Staff are hard to find."),
		"content/care/2016-12/plans.md": text("Staff are easier to find."),
		"content/care/2017-01/plans.md": text("Staff are hard to find."),
	}), nil)
}

func TestReleasedMonthsBeforeTheNewestAreLeftAlone(t *testing.T) {
	same(t, carriedOver(t, council{
		"content/care/2016-11/plans.md": text("Staff are hard to find."),
		"content/care/2016-12/plans.md": text("Staff are hard to find."),
	}), nil)
}

// passedMonths are sentences of a report for January 2017, each with whether it
// tells as still to come a month that has passed.
var passedMonths = []struct {
	sentence string
	stale    bool
}{
	{"The team will move to the new system in November 2016.", true},
	{"All plans will be reviewed by December 2016.", true},
	{"By December 2016 we will have reviewed every plan.", true},
	{"The new workers are expected to start in December 2016.", true},
	{"All plans are to be reviewed by the end of December 2016.", true},
	{"We plan to clear the backlog before Christmas and by 31 December 2016.", true},
	{"The audit is planned for November 2016.", true},
	{"Training to be completed by December 2016.", true},
	{"The extra team will stay until December 2016.", true},

	{"All plans will be reviewed by March 2017.", false},
	{"All plans will be reviewed by January 2017.", false},
	{"The team moved to the new system in November 2016.", false},
	{"By December 2016 the backlog had been cleared.", false},
	{"The team was expected to move in November 2016.", false},
	{"All plans were to be reviewed by December 2016.", false},
	{"The team will look at the cases that were late in December 2016.", false},
	{"The team will look at the fall in December 2016.", false},
	{"Managers will review cases closed in December 2016.", false},
	{"The figure will be compared with that of December 2016.", false},
	{"In December 2016 a third were late; the team will look at each.", false},
	{"In December 2016 a third were late, and the team will look at each.", false},
	{"The rate for December 2016 will be revised.", false},
	{"Work will go on as it has since December 2016.", false},
	{"It may be that December 2016 was an exception, and the team will watch it.", false},
	{"All plans will be reviewed by December.", false}, // the next December
}

func TestWhatIsStillToComeInAMonthThatHasPassedIsStale(t *testing.T) {
	for _, test := range passedMonths {
		t.Run(test.sentence, func(t *testing.T) {
			found := carriedOver(t, council{"content/care/2017-01/plans.md": text("{{ 1.1 }} stand. " + test.sentence)})
			if test.stale != (len(found) == 1) {
				t.Fatalf("found %q", found)
			}
			if test.stale && (!strings.HasPrefix(found[0], "content/care/2017-01/plans.md:4:18: warning: ") || !strings.HasSuffix(found[0], "“"+test.sentence+"” [stale-commentary]")) {
				t.Errorf("found %s", found[0])
			}
		})
	}
}

func TestAPromiseIsBroughtBackWhenItsMonthComes(t *testing.T) {
	const promised = "By January 2017 we will recruit two social workers for {{ 1.1 }} plans."
	const finding = "content/care/2017-01/plans.md: warning: the text of December 2016 promised for January 2017: “" + promised + "” (content/care/2016-12/plans.md:4:22) [promise-due]"
	for _, test := range []struct {
		name, then, now string
		due             bool
	}{
		{"nothing is said of it", promised, "Contacts rose.", true},
		{"there is no text", promised, "", true},
		{"the month is named without its year", strings.Replace(promised, " 2017", "", 1), "Contacts rose.", true},
		{"the text comes back to it", promised, "Both social workers have been recruited.", false},
		{"it is for later", strings.Replace(promised, "January", "February", 1), "Contacts rose.", false},
		{"it was for that month itself", strings.Replace(promised, "January 2017", "December 2016", 1), "Contacts rose.", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := council{"content/care/2016-12/plans.md": text("A third are overdue. " + test.then)}
			if test.now != "" {
				c["content/care/2017-01/plans.md"] = text(test.now)
			}
			var want []string
			if test.due {
				want = []string{strings.Replace(finding, promised, test.then, 1)}
			}
			same(t, carriedOver(t, c), want)
		})
	}
}

func TestAPromiseIsBroughtBackOnce(t *testing.T) {
	found := carriedOver(t, council{
		"content/care/2016-11/_index.md": "---\nstatus: approved\n---\n\nBy December 2016 every plan will be reviewed.\n",
	})
	same(t, found, nil) // December's report has had it
}

func TestAPromiseOfTheCoverIsBroughtBackOnTheCover(t *testing.T) {
	found := carriedOver(t, council{
		"content/care/2016-11/_index.md": "---\nstatus: approved\n---\n\nBy January 2017 every plan will be reviewed.\n",
	})
	same(t, found, []string{"content/care/2017-01/_index.md: warning: the text of November 2016 promised for January 2017: “By January 2017 every plan will be reviewed.” (content/care/2016-11/_index.md:5:1) [promise-due]"})
}

func TestSentencesEndWhereTheyEnd(t *testing.T) {
	const line = `It fell to 18.2% (i.e. a fifth). "Why?" No. 4 is late, e.g. The Hub. Then it rose`
	var got []string
	for _, s := range sentenceSpans(line) {
		got = append(got, line[s[0]:s[1]])
	}
	same(t, got, []string{"It fell to 18.2% (i.e. a fifth).", `"Why?"`, "No. 4 is late, e.g. The Hub.", "Then it rose"})
}
