package release

import (
	"testing"

	"outturn/internal/anytown"
)

// agenda is a meeting on Wednesday 22 March 2017: the last day for its papers is
// Tuesday the 14th.
func agenda(keys, items string) string {
	return "---\ncommittee: Board\ndate: 2017-03-22\n" + keys + "\nitems:\n" + items + "\n---\n"
}

const (
	board      = "content/meetings/board.md"
	boardPaper = "content/reports/march.md"
	item       = "  - {title: Performance, report: march}"
)

func paperOut(keys string) string { return anytown.Paper("2017-03-22", keys, "Contacts rose.") }

func TestPapersAreOpenFiveClearDaysBeforeTheirMeeting(t *testing.T) {
	const (
		short = board + ":5:1: error: the agenda of Board, 22 March 2017 "
		last  = ": 4 clear working days before the meeting, five are wanted, and the last day for that "
	)
	inTime, late := "status: planned\npublish_on: 2017-03-14", "status: planned\npublish_on: 2017-03-15"
	for _, c := range []struct {
		name            string
		agenda, on      string
		report          string
		public, meeting string // a page that stands; the one meeting looked at
		want            []string
	}{
		{name: "in time", agenda: agenda(inTime, item), on: "2017-03-14"},
		{name: "in time, and today a week later", agenda: agenda(inTime, item), on: "2017-03-21"},
		{name: "a day late", agenda: agenda(late, item), on: "2017-03-15", want: []string{short + "is published on 15 March 2017" + last + "was 14 March 2017 [short-notice]"}},
		{name: "a day late, some days ago", agenda: agenda(late, item), on: "2017-03-20", want: []string{short + "was published on 15 March 2017" + last + "was 14 March 2017 [short-notice]"}},
		{name: "to be a day late", agenda: agenda(late, item), on: "2017-03-10", want: []string{board + ":5:1: warning: the agenda of Board, 22 March 2017 is published on 15 March 2017" + last + "is 14 March 2017 [short-notice]"}},
		{name: "without a day, today", agenda: agenda("status: planned", item), on: "2017-03-15", want: []string{board + ":3:1: error: the agenda of Board, 22 March 2017 is published on 15 March 2017" + last + "was 14 March 2017 [short-notice]"}},
		{name: "its day was in time, and it is not in public", agenda: agenda(inTime, item), on: "2017-03-15", public: "index.html", want: []string{short + "is published on 15 March 2017" + last + "was 14 March 2017 [short-notice]"}},
		{name: "its day was in time, and it stands", agenda: agenda(inTime, item), on: "2017-03-20", public: "meetings/board.html"},
		{name: "it stands and does not say since when", agenda: agenda("status: planned", item), on: "2017-03-20", public: "meetings/board.html", want: []string{board + ":3:1: warning: the agenda of Board, 22 March 2017 is public and does not say since when [notice-undated]"}},
		{name: "cancelled", agenda: agenda("status: cancelled\npublish_on: 2017-03-15", item), on: "2017-03-15"},
		{name: "on its day", agenda: agenda(late, item), on: "2017-03-22", want: []string{short + "was published on 15 March 2017" + last + "was 14 March 2017 [short-notice]"}},
		{name: "the day after", agenda: agenda(late, item), on: "2017-03-23"},
		{name: "another meeting is looked at", agenda: agenda(late, item), on: "2017-03-15", meeting: "cabinet"},
		{name: "this meeting is looked at", agenda: agenda(late, item), on: "2017-03-15", meeting: "board", want: []string{short + "is published on 15 March 2017" + last + "was 14 March 2017 [short-notice]"}},
		{name: "every item with papers is urgent", agenda: agenda(late, "  - {title: Apologies}\n  - {title: Performance, report: march, urgent: The inspection report came on 14 March}"), on: "2017-03-15",
			want: []string{board + ":5:1: warning: the agenda of Board, 22 March 2017 is published on 15 March 2017" + last + "was 14 March 2017 [short-notice]"}},
		{name: "still a draft", agenda: agenda("status: draft", item), on: "2017-03-13", want: []string{board + ":4:1: warning: the agenda of Board, 22 March 2017 is a draft, and it must be public by 14 March 2017 to give five clear days [notice-due]"}},
		{name: "a draft, long before", agenda: agenda("status: draft", item), on: "2017-02-13"},
	} {
		if c.report == "" {
			c.report = paperOut("status: approved\npublish_on: 2017-03-14")
		}
		r := release{council: map[string]string{board: c.agenda, boardPaper: c.report}, on: c.on, meeting: c.meeting}
		if c.public != "" {
			page := string(pageWith("<p>Performance</p>"))
			r.public = map[string]string{c.public: page, "reports/march.html": page}
			r.papers = map[string]string{c.public: page, "reports/march.html": page}
		}
		r.wants(t, c.name, c.want...)
	}
}

func TestReportsAndItemsThatComeAfterTheirAgendaAreLateUnlessTheyAreUrgent(t *testing.T) {
	const keys = "status: planned\npublish_on: 2017-03-14"
	standing := map[string]string{"meetings/board.html": string(pageWith("<li>Performance</li>"))}
	for _, c := range []struct {
		name, items, report, on string
		want                    []string
	}{
		{"a report that is late", item, "status: approved\npublish_on: 2017-03-16", "2017-03-16", []string{boardPaper + `:6:1: error: the report "Paper of 2017-03-22" to the meeting of 22 March 2017 is published on 16 March 2017: 3 clear working days before the meeting, five are wanted, and the last day for that was 14 March 2017 [short-notice]`}},
		{"a report that is late and urgent", "  - {title: Performance, report: march, urgent: The return came on 15 March}", "status: approved\npublish_on: 2017-03-16", "2017-03-16", nil},
		{"an urgent item without a reason", "  - {title: Performance, report: march, urgent: very}", "status: approved\npublish_on: 2017-03-16", "2017-03-16", []string{board + `:7:5: warning: the item "Performance" is urgent, and "very" does not say why it cannot wait [urgent-reason]`}},
		{"a report to follow in time", "  - {title: Performance, report: march, to_follow: yes}", "status: draft", "2017-03-14", []string{board + `:7:5: warning: the report of the item "Performance" is to follow, and it must be public by 14 March 2017 to give five clear days [notice-due]`}},
		{"a report that is still a draft", item, "status: draft", "2017-03-15", []string{board + `:7:5: warning: the report of the item "Performance" is a draft, and five clear days before the meeting are no longer to be had: the last day was 14 March 2017 [notice-due]`}},
		{"a paper to follow", "  - {title: Performance, to_follow: Figures of February}", "status: approved\npublish_on: 2017-03-14", "2017-03-14", []string{board + `:7:5: warning: the item "Performance" is to follow, and it must be public by 14 March 2017 to give five clear days [notice-due]`}},
		{"an item that is added", "  - {title: Performance}\n  - {title: Adoptions}", "status: approved\npublish_on: 2017-03-14", "2017-03-16", []string{board + `:8:5: error: the item "Adoptions" is not on the agenda that is public, and would be added to it on 16 March 2017: 3 clear working days before the meeting of 22 March 2017, five are wanted, and the last day for that was 14 March 2017 [short-notice]`}},
		{"an item that is added in time", "  - {title: Performance}\n  - {title: Adoptions}", "status: approved\npublish_on: 2017-03-14", "2017-03-14", nil},
		{"an urgent item that is added", "  - {title: Performance}\n  - {title: Adoptions, urgent: The court sits on 23 March}", "status: approved\npublish_on: 2017-03-14", "2017-03-16", nil},
	} {
		r := release{council: map[string]string{board: agenda(keys, c.items), boardPaper: paperOut(c.report)}, on: c.on, public: standing, papers: standing}
		r.wants(t, c.name, c.want...)
	}
}

func TestAClosedDayOfTheCouncilIsNoClearDay(t *testing.T) {
	site := map[string]string{
		board: agenda("status: planned\npublish_on: 2017-03-14", item), boardPaper: paperOut("status: approved\npublish_on: 2017-03-14"),
		"content/site.yaml": anytown.Settings + "calendar: {closed: [2017-03-17]}\n",
	}
	release{council: site, on: "2017-03-14"}.wants(t, "the 17th",
		board+":5:1: error: the agenda of Board, 22 March 2017 is published on 14 March 2017: 4 clear working days before the meeting, five are wanted, and the last day for that was 13 March 2017 [short-notice]")
}

func TestANoticeThatIsPublicWithAnotherDayTimeOrPlaceIsNone(t *testing.T) {
	const keys = "status: planned\npublish_on: 2017-03-01\ntime: 10.30 am\nvenue: Town Hall"
	const later = "<h1>Board, 29 March 2017</h1><p>29 March 2017, 10.30 am, Town Hall</p>Performance, which had been asked for on 22 March 2017"
	page := func(words string) map[string]string {
		return map[string]string{
			"meetings/board.html": `<!DOCTYPE html><html lang="en-GB"><head><title>Board</title></head><body>` + words + "</body></html>",
			"reports/march.html":  string(pageWith("Contacts rose.")),
		}
	}
	const changed = " of Board, 22 March 2017 is not on the page that is public: 2 clear working days before the meeting, five are wanted [notice-changed]"
	for _, c := range []struct {
		name, public, on, items string
		want                    []string
	}{
		{"brought forward in time", later, "2017-03-14", item, nil},
		{"brought forward", later, "2017-03-17", item, []string{
			board + ":3:1: error: the new date of Board, 22 March 2017 is published on 17 March 2017: 2 clear working days before the meeting, five are wanted, and the last day for that was 14 March 2017 [short-notice]"}},
		{"brought forward, and urgent", later, "2017-03-17", "  - {title: Performance, report: march, urgent: The inspection report came on 14 March}", []string{
			board + ":3:1: warning: the new date of Board, 22 March 2017 is published on 17 March 2017: 2 clear working days before the meeting, five are wanted, and the last day for that was 14 March 2017 [short-notice]"}},
		{"another time", "<h1>Board, 22 March 2017</h1><p>22 March 2017, 2 pm, Town Hall</p>Performance", "2017-03-17", item, []string{board + ":6:1: warning: the time" + changed}},
		{"no place yet", "<h1>Board, 22 March 2017</h1><p>22 March 2017, 10.30 am</p>Performance", "2017-03-17", item, []string{board + ":7:1: warning: the venue" + changed}},
		{"no place yet, in time", "<h1>Board, 22 March 2017</h1><p>22 March 2017, 10.30 am</p>Performance", "2017-03-14", item, nil},
	} {
		release{
			council: map[string]string{board: agenda(keys, c.items), boardPaper: paperOut("status: approved\npublish_on: 2017-03-01")}, on: c.on,
			public: page(c.public), papers: page("<h1>Board, 22 March 2017</h1><p>22 March 2017, 10.30 am, Town Hall</p>Performance"),
		}.wants(t, c.name, c.want...)
	}
}

func TestADayWithinAnotherIsAnother(t *testing.T) {
	const text = "Board, 22 March 2017, 10.30 am, St John's (old) hall."
	for _, words := range []string{"22 March 2017", "10.30 am", "St John's (old) hall"} {
		if !says(text, words) {
			t.Errorf("%q is not found", words)
		}
	}
	for _, words := range []string{"2 March 2017", "0.30 am", "hal"} {
		if says(text, words) {
			t.Errorf("%q is found", words)
		}
	}
}
