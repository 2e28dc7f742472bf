package site

import (
	"regexp"
	"strings"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// exceptional has a report on its reds, two of which one paragraph answers.
func exceptional() map[string]string {
	return map[string]string{
		"content/reports/april.md": "---\ntitle: April\ncommittee: Board\ndate: 2017-04-12\nstatus: approved\nas_at: 2017-01\nscorecards: [care]\n---\n\n{{ exceptions care }}\n",
		"content/care/2017-01/visits.md": "---\n---\n\nBoth {{ 7.1 }} and {{ 7.2 }} wait for staff; see [the form](../../files/definitions.csv).\n\n" +
			"- Of {{ 7.2 }} more is known.\n",
		"data/care/indicators.csv": anytown["data/care/indicators.csv"] + "7.1,,visits,Calls,high,count,,,none,period,,,,,\n7.2,,visits,Letters,high,count,,,none,period,,,,,\n",
		"data/care/targets.csv":    anytown["data/care/targets.csv"] + "7.1,2016-17,10,,,,\n7.2,2016-17,10,,,,\n",
		"data/care/2017-01.csv":    anytown["data/care/2017-01.csv"] + "7.1,,,3,,,,,,\n7.2,,,4,,,,,,\n",
	}
}

func TestAnAnswerToTwoRedsStandsUnderTheFirstAlone(t *testing.T) {
	page := read(t, build(t, exceptional()), "reports/april.html")
	if n := strings.Count(page, "wait for staff"); n != 1 {
		t.Errorf("the answer stands %d times", n)
	}
	if !strings.Contains(page, `<a href="../files/definitions.csv">`) {
		t.Error("its link does not lead to the file from the report")
	}
	list := page[strings.Index(page, `class="exceptions"`):]
	var seen []string
	for _, m := range regexp.MustCompile(`(?:<li class="(exception)">|(wait for staff)|<div id="(answer-m-7-[12])">|(<a href="#answer-m-7-1">Answered with 7.1 above</a>)|(more is known))`).FindAllStringSubmatch(list, -1) {
		seen = append(seen, strings.Join(m[1:], ""))
	}
	got := strings.Join(seen, ", ")
	want := `exception, answer-m-7-1, wait for staff, exception, answer-m-7-2, more is known, <a href="#answer-m-7-1">Answered with 7.1 above</a>`
	if !strings.Contains(got, want) {
		t.Errorf("the reds stand as %s, wanted %s", got, want)
	}
}

func TestEveryPageIsOneThatATextMayLeadTo(t *testing.T) {
	var problems diag.List
	ed := edition.Load(with(exceptional()), civic(), edition.Options{Today: period.NewDate(2017, 4, 20)}, &problems)
	for name := range build(t, exceptional()).MapFS {
		if !strings.HasPrefix(name, "assets/") && !ed.HasPage(name) {
			t.Errorf("a link to %s would be told as dead", name)
		}
	}
}

func TestUnconfirmedMinutesDoNotWaitForAMeetingThatWasHeld(t *testing.T) {
	const before, after = "The next meeting has still to agree them", "The committee has met since. Whether it agreed them is not recorded here."
	for next, held := range map[string]bool{
		"date: 2017-04-12\nstatus: held": true, "date: 2017-04-26\nstatus: planned": false, "date: 2017-04-12\nstatus: cancelled": false, "date: 2017-04-12\nstatus: planned": false,
	} {
		tree := build(t, map[string]string{
			"content/meetings/march.md": "---\ncommittee: Board\ndate: 2017-03-22\nstatus: held\nminutes: unconfirmed\n---\n\nWords.\n",
			"content/meetings/april.md": "---\ncommittee: Board\n" + next + "\n---\n",
		})
		page := strings.Join(strings.Fields(read(t, tree, "meetings/march.html")), " ")
		if strings.Contains(page, after) != held || strings.Contains(page, before) == held {
			t.Errorf("with a meeting of %q: the page says\n%s", next, page)
		}
	}
}

func TestAMeetingWhoseDayHasPassedDoesNotPassAsHeld(t *testing.T) {
	const front = "---\ncommittee: Board\ndate: 2017-04-12\nstatus: "
	for status, want := range map[string]string{
		"planned": "This meeting was planned for 12 April 2017; whether it was held is not recorded.",
		"held":    "The minutes of this meeting have not been published yet.",
	} {
		tree := build(t, map[string]string{"content/meetings/april.md": front + status + "\n---\n"})
		if page := read(t, tree, "meetings/april.html"); !strings.Contains(page, want) {
			t.Errorf("%s: the page does not say %q", status, want)
		}
		if list := read(t, tree, "meetings/index.html"); strings.Contains(list, "Coming meetings") || (status == "planned") != strings.Contains(list, "Not recorded as held") {
			t.Errorf("%s: the list says\n%s", status, list)
		}
	}
}
