package release

import (
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// Besides figures and texts, the page of a month bears what its readers go by:
// the day on which it came out, a caution, corrections of what was published, and
// what happened to what is counted. These are held against the page that stands
// by the classes of the elements that they stand in.

// notices are those of one page.
type notices struct {
	cautions    []string // of the month's cover
	corrections []string // an item for each figure
	events      []string // their labels and notes
	days        []string // of the cover and the issue
}

func noticesOn(page scanned) (n notices) {
	n = notices{cautions: page.kept["caution"], corrections: page.kept["li"], events: page.kept["dd"]}
	for _, facts := range slices.Concat(page.kept["facts"], page.kept["issue"]) {
		n.days = append(n.days, dayWords.FindAllString(facts, -1)...)
	}
	return n
}

// monthNotices holds what the page of a public month tells against the page that
// stands. What is said there for the first time is let be.
func (r *Checklist) monthNotices(m *edition.Month, cover bool, page, standing scanned) {
	now, then := noticesOn(page), noticesOn(standing)
	at, source := r.key(m.Cover, "publish_on", "status")
	month := m.Month.Words()
	for _, event := range missing(then.events, now.events) {
		if said := m.Scorecard.ID + " " + event; !r.events[said] { // it is on a page of every month since
			if r.events == nil {
				r.events = map[string]bool{}
			}
			r.events[said] = true
			r.found.Warnf(diag.Place{File: "data/" + m.Scorecard.ID + "/events.csv"}, "public-words", "an event that the pages tell, %s, would be gone or read otherwise", diag.Quote(event)).Hint =
				"put it back and say what is new in a row of its own, with from: the month in which it became known"
		}
	}
	if !cover {
		return
	}
	if gone := missing(then.corrections, now.corrections); len(gone) > 0 {
		// A sentence that reads otherwise may be another program's; one fewer is not.
		place := diag.Place{File: "data/" + m.Scorecard.ID + "/" + m.Month.String() + ".csv"}
		if len(now.corrections) < len(then.corrections) {
			r.found.Errorf(place, "public-correction", "%s told of a correction, and would no more: %s", month, diag.Quote(gone[0])).Hint =
				"write correction back into the column reason, and the note beside it: that a published figure was wrong stays in the open"
		} else {
			r.found.Warnf(place, "public-words", "%s tells of a correction, %s, and would tell otherwise", month, diag.Quote(gone[0])).Hint = "put the note of the row back"
		}
	}
	for _, caution := range missing(then.cautions, now.cautions) {
		r.found.Warnf(diag.Place{File: m.Cover.Place.File}, "public-words", "%s was published with a caution that would be gone or read otherwise: %s", month, diag.Quote(caution)).Hint =
			"put caution: back into the cover; where it no longer holds, say in the month's text from which day on, and why"
	}
	for _, day := range missing(then.days, now.days) {
		p := r.found.Warnf(at, "public-words", "%s is public with the day %s, which its page would bear no more", month, day)
		p.Hint, p.Source = "put back the day on which it came out; a later day belongs to a new issue, and an earlier one would not be true", source
	}
}

// missing are those of a list that another has not.
func missing(then, now []string) []string {
	return slices.DeleteFunc(slices.Clone(then), func(s string) bool { return slices.Contains(now, s) })
}

// publicDay is the newest day of its cover and issue that a public month bears.
func (r *Checklist) publicDay(m *edition.Month) (newest period.Date, ok bool) {
	page, err := fs.ReadFile(r.public.Files, m.Scorecard.ID+"/"+m.Month.String()+"/index.html")
	if err != nil {
		return 0, false
	}
	for _, words := range noticesOn(scan(page)).days {
		if day, is := dayOf(words); is && (!ok || day > newest) {
			newest, ok = day, true
		}
	}
	return newest, ok
}

// dayOf reads a day as pages write it: 20 January 2017.
func dayOf(words string) (period.Date, bool) {
	if day, err := period.ParseDate(words); err == nil {
		return day, true
	}
	parts := strings.Fields(words)
	if len(parts) != 3 {
		return 0, false
	}
	number, _ := strconv.Atoi(parts[0]) // 0 where it is none: no day is written so
	year, _ := strconv.Atoi(parts[2])
	for month := 1; month <= 12; month++ {
		if day := period.NewDate(year, month, number); day.Words() == words {
			return day, true
		}
	}
	return 0, false
}

// coverDay is the newest day that a cover gives: the one that pages show of a
// later issue.
func coverDay(m *edition.Month) (newest period.Date, ok bool) {
	c := m.Cover
	for _, d := range []struct {
		day period.Date
		has bool
	}{{c.PublishOn, c.HasPublishOn}, {c.SignedOn, c.HasSignedOn}, {c.Extracted, c.HasExtracted}} {
		if d.has && (!ok || d.day > newest) {
			newest, ok = d.day, true
		}
	}
	return newest, ok
}
