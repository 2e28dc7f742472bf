package check

import (
	"strings"
	"testing"

	"outturn/internal/anytown"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// carried lists what Carried finds on a day.
func (c council) carried(t *testing.T, on string) []string {
	t.Helper()
	c["data/care/indicators.csv"], c["data/care/2017-01.csv"] = anytown.Register, "ref,value\n1.1,12\n"
	var loading, found diag.List
	today, err := period.ParseDate(on)
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

const (
	marchReport  = "content/reports/march.md"
	marchMeeting = "content/meetings/march.md"
	mayReport    = "content/reports/may.md"
	mayMeeting   = "content/meetings/may.md"
)

func TestMinutesThatANextMeetingsMinutesLeaveUnconfirmedAreTold(t *testing.T) {
	for may, told := range map[string]bool{"held\nminutes: unconfirmed": true, "held\nminutes: none": false, "planned": false} {
		var want []string
		if told {
			want = []string{marchMeeting + ":6:10: warning: the minutes are told as unconfirmed, and those of the committee's next meeting, on 24 May 2017, are there [stale-commentary]"}
		}
		same(t, council{
			marchMeeting: anytown.Paper("2017-03-22", "status: held\nminutes: unconfirmed", "Words."),
			mayMeeting:   anytown.Paper("2017-05-24", "status: "+may, "Words."),
		}.carried(t, "2017-05-24"), want)
	}
}

func TestAPromiseOfACommitteesPaperIsBroughtBackWhenItsMonthComes(t *testing.T) {
	const (
		pledge   = "By May 2017 the service will have reviewed every late assessment."
		approved = "status: approved"
		held     = "status: held"
	)
	due := func(file, by, at string) string {
		return file + ": warning: the " + by + " for May 2017: “" + pledge + "” (" + at + ") [promise-due]"
	}
	for _, test := range []struct {
		name string
		c    council
		want string
	}{
		{"a report's, with a report to come back to it", council{marchReport: anytown.Paper("2017-03-22", approved, pledge), mayReport: anytown.Paper("2017-05-24", approved, "Contacts rose.")},
			due(mayReport, "report of 22 March 2017 promised", marchReport+":8:1")},
		{"a report's, with a meeting alone", council{marchReport: anytown.Paper("2017-03-22", approved, pledge), mayMeeting: anytown.Paper("2017-05-24", held, "Contacts rose.")},
			due(mayMeeting, "report of 22 March 2017 promised", marchReport+":8:1")},
		{"in its summary", council{marchReport: anytown.Paper("2017-03-22", approved+"\nsummary: "+pledge, "x"), mayReport: anytown.Paper("2017-05-24", approved, "Contacts rose.")},
			due(mayReport, "report of 22 March 2017 promised", marchReport+":6:10")},
		{"the minutes'", council{marchMeeting: anytown.Paper("2017-03-22", held+"\nminutes: confirmed", pledge), mayMeeting: anytown.Paper("2017-05-24", held, "Contacts rose.")},
			due(mayMeeting, "meeting of 22 March 2017 promised", marchMeeting+":9:1")},
		{"a worry's", council{marchMeeting: anytown.Paper("2017-03-22", held+"\nworried: ["+pledge+"]", ""), mayMeeting: anytown.Paper("2017-05-24", held, "Contacts rose.")},
			due(mayMeeting, "meeting of 22 March 2017 promised", marchMeeting+":6:11")},
		{"the report comes back to it", council{marchReport: anytown.Paper("2017-03-22", approved, pledge), mayReport: anytown.Paper("2017-05-24", approved, "The late assessments have all been reviewed by the service.")}, ""},
		{"a paper between has come back to it", council{marchReport: anytown.Paper("2017-03-22", approved, pledge), mayReport: anytown.Paper("2017-05-24", approved, "Contacts rose."),
			"content/reports/april.md": anytown.Paper("2017-04-26", approved, "The late assessments have all been reviewed by the service.")}, ""},
		{"another committee's", council{marchReport: anytown.Paper("2017-03-22", approved, pledge), mayReport: strings.Replace(anytown.Paper("2017-05-24", approved, "Contacts rose."), "Board", "Panel", 1)}, ""},
		{"its month is still to come", council{marchReport: anytown.Paper("2017-03-22", approved, pledge), mayReport: anytown.Paper("2017-04-26", approved, "Contacts rose.")}, ""},
		{"it was brought back before", council{marchReport: anytown.Paper("2017-03-22", approved, pledge), mayReport: anytown.Paper("2017-05-24", approved, "Contacts rose."),
			"content/reports/june.md": anytown.Paper("2017-06-21", approved, "Contacts rose.")}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var want []string
			if test.want != "" {
				want = []string{test.want}
			}
			same(t, test.c.carried(t, "2017-04-28"), want)
		})
	}
}

func TestAResolutionIsBroughtBackUntilItIsDone(t *testing.T) {
	const asked = "That the Head of Service go through the late cases and report to members"
	for _, test := range []struct {
		name, resolution, said string
		due                    bool
	}{
		{"by its day", "{text: " + asked + "., due: 2017-05-24}", "Contacts rose.", true},
		{"by its words", "{text: " + asked + " by May 2017.}", "Contacts rose.", true},
		{"as one text", asked + " by May 2017.", "Contacts rose.", true},
		{"it is done", "{text: " + asked + " by May 2017., status: done}", "Contacts rose.", false},
		{"it names no day", "{text: " + asked + ".}", "Contacts rose.", false},
		{"a later day", "{text: " + asked + "., due: 2017-06-30}", "Contacts rose.", false},
		{"the next paper reports on it", "{text: " + asked + "., due: 2017-05-24}", "The Head of Service has gone through the late cases; members have the report.", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			found := council{
				marchMeeting: anytown.Paper("2017-03-22", "status: held\nresolutions:\n  - "+test.resolution, ""),
				mayReport:    anytown.Paper("2017-05-24", "status: approved", test.said),
			}.carried(t, "2017-04-28")
			if test.due != (len(found) == 1) || test.due && !(strings.HasPrefix(found[0], mayReport+": warning: the meeting of 22 March 2017 resolved for May 2017: “"+asked) &&
				strings.HasSuffix(found[0], "("+marchMeeting+":7:5) [promise-due]")) {
				t.Errorf("found %q", found)
			}
		})
	}
}

func TestAPaperThatTellsAPassedMonthAsStillToComeIsStale(t *testing.T) {
	same(t, council{
		mayReport: anytown.Paper("2017-05-24", "status: approved", "Every plan will be reviewed by April 2017. By May 2017 and by June 2017 the others will follow."),
	}.carried(t, "2017-04-28"), []string{
		mayReport + ":8:1: warning: April 2017 is told as still to come, and the paper is of 24 May 2017: “Every plan will be reviewed by April 2017.” [stale-commentary]",
	})
}

func TestAMeetingThatIsStillPlannedAfterItsDayIsStale(t *testing.T) {
	for day, want := range map[string][]string{
		"2017-03-22": nil,
		"2017-03-23": {marchMeeting + ":5:9: warning: the meeting is told as planned, and its day, 22 March 2017, has passed [stale-commentary]"},
	} {
		same(t, council{marchMeeting: anytown.Paper("2017-03-22", "status: planned", "")}.carried(t, day), want)
	}
}

// Written as done by a meeting to come: until its day the page tells it as open, and
// there is nothing to write.
func TestAResolutionThatTheNextMeetingClosesIsNotBroughtBack(t *testing.T) {
	for closed, due := range map[string]int{"": 1, ", status: done, closed_by: 2017-05-24-board": 0} {
		found := council{
			marchMeeting:                           anytown.Paper("2017-03-22", "status: held\nresolutions:\n  - {text: That the late cases be gone through., due: 2017-05-24"+closed+"}", ""),
			"content/meetings/2017-05-24-board.md": anytown.Paper("2017-05-24", "status: held", ""),
			mayReport:                              anytown.Paper("2017-05-24", "status: approved", "Contacts rose."),
		}.carried(t, "2017-04-28")
		if len(found) != due {
			t.Errorf("%q: found %v", closed, found)
		}
	}
}
