package edition

import (
	"strings"
	"testing"
)

// sittings are meetings of the Board around 20 April 2017, the day of the tests.
func sittings(march, april string) map[string]string {
	meeting := func(keys, body string) string { return "---\ncommittee: Board\n" + keys + "---\n\n" + body + "\n" }
	return map[string]string{
		"content/meetings/march.md":     meeting("date: 2017-03-22\nstatus: held\n"+march, "The words as written."),
		"content/meetings/april.md":     meeting("date: 2017-04-26\n"+april, "Notice."),
		"content/meetings/february.md":  meeting("date: 2017-02-22\nstatus: held\n", "Notice."),
		"content/meetings/cancelled.md": meeting("date: 2017-04-05\nstatus: cancelled\n", "Notice."),
		"content/meetings/closing.md":   meeting("date: 2017-04-19\nstatus: held\n", "Notice."),
		"content/meetings/other.md":     strings.Replace(meeting("date: 2017-04-12\nstatus: held\n", "Notice."), "Board", "Other board", 1),
	}
}

func TestAResolutionIsClosedByAMeetingThatCouldCloseIt(t *testing.T) {
	const planned = "status: planned\n"
	for _, test := range []struct{ march, april, want string }{
		{"resolutions: [{text: Do it., closed_by: closing}]\n", planned, ""},
		{"resolutions: [{text: Done here., closed_by: march}]\n", planned, ""},
		{"resolutions: [{text: Do it., status: done, closed_by: april}]\n", planned, `the resolution is closed by "april", which has not been held yet`},
		{"resolutions: [{text: Do it., closed_by: april}]\n", "status: draft\n", `the resolution is closed by "april", which has not been held yet`},
		{"resolutions: [{text: Do it., closed_by: other}]\n", planned, `the resolution is closed by "other", which is of another committee`},
		{"resolutions: [{text: Do it., closed_by: february}]\n", planned, `the resolution is closed by "february", which was before the resolution was made`},
		{"resolutions: [{text: Do it., closed_by: cancelled}]\n", planned, `the resolution is closed by "cancelled", which was cancelled`},
		{"resolutions: [{text: Do it., due: 2017-03-21}]\n", planned, "due 21 March 2017 is before the meeting itself, on 22 March 2017"},
		{"resolutions: [{text: Do it., due: 2017-03-22}]\n", planned, ""},
		{"", "status: cancelled\nresolutions: [Do it.]\n", "the meeting was cancelled, and has resolutions"},
		{"minutes: confirmed\namendments: [{on: 2017-04-19, was: words as, now: words}]\n", planned, ""},
		{"minutes: confirmed\namendments: [{on: 2017-03-21, was: words as, now: words}]\n", planned, "the minutes are amended on 21 March 2017, before the meeting itself, on 22 March 2017"},
		{"minutes: confirmed\namendments: [{on: 2017-04-26, was: words as, now: words}]\n", planned, "the minutes are amended on 26 April 2017, which has not come"},
	} {
		_, problems := load(t, sittings(test.march, test.april), Options{})
		var found []string
		for _, p := range problems {
			found = append(found, p.Message)
			if p.Line == 0 || p.Column == 0 || p.Hint == "" {
				t.Errorf("%s has no place or no mend", p.Message)
			}
		}
		if got := strings.Join(found, "; "); got != test.want {
			t.Errorf("%s%s: found %q, want %q", test.march, test.april, got, test.want)
		}
	}
}

func TestNothingIsResolvedOrClosedBeforeItsDay(t *testing.T) {
	// The file knows already what the site of an earlier day must not say.
	files := sittings("resolutions: [{text: Do it., due: 2017-05-01, closed_by: april}, {text: Done here., closed_by: march}]\n", "status: held\nresolutions: [Noted.]\n")
	for today, want := range map[string]string{"2017-04-20": "march open, done; april", "2017-04-26": "march done, done; april "} {
		e := sound(t, files, Options{Today: day(t, today)})
		got := ""
		for _, slug := range []string{"march", "april"} {
			var list []string
			for _, r := range e.Meeting(slug).Resolutions {
				list = append(list, r.Status)
				if r.Status == "open" && r.ClosedBy.Text != "" {
					t.Errorf("%s: an open resolution names who closed it", today)
				}
			}
			if got != "" {
				got += "; "
			}
			got += slug
			if len(list) > 0 {
				got += " " + strings.Join(list, ", ")
			}
		}
		if got != want {
			t.Errorf("on %s: %q, want %q", today, got, want)
		}
	}
}

func TestSinceLeadsBack(t *testing.T) {
	for since, want := range map[string]string{
		"january": "", "2017-01": "",
		"now":     `since: the report "now" is not earlier than this one`,
		"later":   `since: the report "later" is not earlier than this one`,
		"twin":    `since: the report "twin" is not earlier than this one`,
		"2017-02": "since: February 2017 is not before February 2017, as at which this report is",
		"2017-03": "since: March 2017 is not before February 2017, as at which this report is",
	} {
		_, problems := load(t, reportsOf(map[string]string{
			"january": "as_at: 2017-01\ndate: 2017-03-01\n",
			"twin":    "as_at: 2017-02\ndate: 2017-04-05\n",
			"now":     "as_at: 2017-02\ndate: 2017-04-05\nsince: " + since + "\n",
			"later":   "as_at: 2017-02\ndate: 2017-04-19\n",
		}), Options{})
		got := ""
		for _, p := range problems {
			got += p.Message
			if p.File != "content/reports/now.md" || p.Line != 8 || p.Column != 8 {
				t.Errorf("%s: stands at %v", since, p.Place)
			}
		}
		if got != want {
			t.Errorf("since: %s: found %q, want %q", since, got, want)
		}
	}
}

func TestMinutesThatAreNotMarkedAreTold(t *testing.T) {
	for _, test := range []struct {
		keys, body string
		told       bool
	}{
		{"minutes: none\n", "Members asked why visits are late.", true},
		{"", "## Visits\n\nThey are late.", true},
		{"minutes: none\n", "It was agreed that the report be received.", true},
		{"minutes: none\n", "The agenda was reprinted. The minutes have not been published.", false},
		{"minutes: unconfirmed\n", "Members asked why visits are late.", false},
	} {
		text := "---\ncommittee: Board\ndate: 2017-03-22\nstatus: held\n" + test.keys + "---\n\n" + test.body + "\n"
		_, problems := load(t, map[string]string{"content/meetings/march.md": text}, Options{})
		if got := len(problems) == 1 && strings.Contains(problems[0].Message, "reads as minutes"); got != test.told || len(problems) > 1 {
			t.Errorf("%q %q: found %v", test.keys, test.body, problems)
		}
	}
}
