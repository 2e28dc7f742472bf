package check

import (
	"cmp"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// sitting is one day of a committee: its meeting and the reports to it.
type sitting struct {
	committee       string // in lower case
	day             period.Date
	draft           bool
	report, meeting diag.Place // of the first of each; no file: none
	pledges         []pledge
	texts           []commentary.Text // what may come back to an earlier pledge
}

// pledge is what a sitting's paper promised or resolved for a month.
type pledge struct {
	promise
	by   string // "the report of 22 March 2017 promised"
	hint string
	seat func(sitting) diag.Place // the paper that should come back to it
}

// papersCarried adds what committees' papers carry over: for the newest sitting
// of each, and for those that are not released,
//
//   - stale-commentary: a sentence that tells as still to come a month before
//     the paper's own, and a meeting whose day has passed and that is still
//     planned;
//   - promise-due: what the reports, the minutes, the worries and the resolutions of
//     an earlier sitting promised for a month that has come by this one, where
//     no paper since comes back to it.
func papersCarried(e *edition.Edition, problems *diag.List) {
	for _, m := range e.Meetings {
		if m.Status == "planned" && e.Past(m.Date) {
			w := problems.Warnf(m.StatusPlace.Place, "stale-commentary", "the meeting is told as planned, and its day, %s, has passed", m.Date.Words())
			w.Hint, w.Source = "write status: held or status: cancelled, or its new date", m.StatusPlace.Source
		}
	}
	unconfirmed(e, problems)
	sittings := sittingsOf(e)
	for i, now := range sittings {
		newest := !slices.ContainsFunc(sittings[i+1:], func(s sitting) bool { return s.committee == now.committee })
		if !newest && !now.draft {
			continue
		}
		for _, p := range now.pledges {
			if p.year && p.due < now.day.Month() {
				w := problems.Warnf(p.place, "stale-commentary", "%s is told as still to come, and the paper is of %s: %s", p.due.Words(), now.day.Words(), inQuotes(p.sentence))
				w.Hint, w.Source = "say what came of it, or name the new month", p.source
			}
		}
		var since []sitting // the committee's, from the newest back
		for _, then := range slices.Backward(sittings[:i]) {
			if then.committee != now.committee {
				continue
			}
			for _, p := range then.pledges {
				// Brought back once: at the first sitting that knows the month.
				if p.due <= then.day.Month() || p.due > now.day.Month() || len(since) > 0 && p.due <= since[0].day.Month() {
					continue
				}
				if broughtBack(p, append(since, now)) {
					continue
				}
				w := problems.Warnf(p.seat(now), "promise-due", "%s for %s: %s (%s:%d:%d)", p.by, p.due.Words(), inQuotes(p.sentence), p.place.File, p.place.Line, p.place.Column)
				w.Hint = p.hint
			}
			since = append(since, then)
		}
	}
}

// unconfirmed: minutes that are still told as unconfirmed, where those of a
// later meeting of the committee are out and would say whether they were agreed.
func unconfirmed(e *edition.Edition, problems *diag.List) {
	for _, m := range e.Meetings {
		if m.Minutes != "unconfirmed" {
			continue
		}
		for next := m.Next; next != nil; next = next.Next {
			if e.Standing(next) == "held" && (next.Minutes == "unconfirmed" || next.Minutes == "confirmed") {
				w := problems.Warnf(m.MinutesPlace.Place, "stale-commentary", "the minutes are told as unconfirmed, and those of the committee's next meeting, on %s, are there", next.Date.Words())
				w.Hint, w.Source = "write minutes: confirmed where that meeting agreed them", m.MinutesPlace.Source
				break
			}
		}
	}
}

// broughtBack reports whether a paper of some sittings speaks of a pledge.
func broughtBack(p pledge, sittings []sitting) bool {
	for _, s := range sittings {
		if slices.ContainsFunc(s.texts, func(t commentary.Text) bool { return takenUp(p.sentence, t) }) {
			return true
		}
	}
	return false
}

// sittingsOf lists the sittings of every committee that are shown, oldest first.
func sittingsOf(e *edition.Edition) []sitting {
	var list []*sitting
	of := func(committee string, day period.Date, draft bool) *sitting {
		committee = strings.ToLower(committee)
		i := slices.IndexFunc(list, func(s *sitting) bool { return s.committee == committee && s.day == day })
		if i < 0 {
			i = len(list)
			list = append(list, &sitting{committee: committee, day: day})
		}
		list[i].draft = list[i].draft || draft
		return list[i]
	}
	for _, r := range e.Reports {
		if r.Date == 0 {
			continue
		}
		s := of(r.Committee, r.Date, r.Draft)
		if s.report.File == "" {
			s.report = r.Place
		}
		texts := append(append([]commentary.Text{r.Summary}, r.Recommendations...), r.Text)
		s.promised("the report of "+r.Date.Words()+" promised", texts, sitting.reportFirst)
		s.texts = append(s.texts, texts...)
	}
	for _, m := range e.Meetings {
		if m.Date == 0 {
			continue
		}
		s := of(m.Committee, m.Date, m.Draft)
		s.meeting = m.Place
		said := append(slices.Clone(m.Worried), m.Text)
		s.promised("the meeting of "+m.Date.Words()+" promised", said, sitting.meetingFirst)
		s.texts = append(append(s.texts, m.WorkingWell...), said...)
		for i, r := range m.Resolutions {
			s.texts = append(s.texts, r.Text)
			if !closes(e, m, i) {
				s.resolved(m, r)
			}
		}
	}
	slices.SortFunc(list, func(a, b *sitting) int {
		return cmp.Or(cmp.Compare(a.day, b.day), strings.Compare(a.committee, b.committee))
	})
	sittings := make([]sitting, len(list))
	for i, s := range list {
		sittings[i] = *s
	}
	return sittings
}

func (s sitting) reportFirst() diag.Place {
	if s.report.File != "" {
		return s.report
	}
	return s.meeting
}

func (s sitting) meetingFirst() diag.Place {
	if s.meeting.File != "" {
		return s.meeting
	}
	return s.report
}

// promised adds the sentences of some texts that tell of a month to come.
func (s *sitting) promised(by string, texts []commentary.Text, seat func(sitting) diag.Place) {
	for _, text := range texts {
		for _, p := range promises(text, s.day.Month()) {
			s.pledges = append(s.pledges, pledge{p, by, "say what came of it", seat})
		}
	}
}

// closes reports whether a meeting's text says already that a resolution is done, by a
// meeting that is to come: until its day the page tells it as open.
func closes(e *edition.Edition, m *edition.Meeting, resolution int) bool {
	for _, written := range e.Content.Meetings {
		if written.Slug == m.Slug {
			return written.Resolutions[resolution].Status == "done"
		}
	}
	return false
}

// resolved adds a resolution that waits to be done. All of it is to come, so that
// its day is its promise, else the month by which it is asked for.
func (s *sitting) resolved(m *edition.Meeting, r commentary.Resolution) {
	passages := r.Text.Passages()
	if r.Status == "done" || len(passages) == 0 {
		return
	}
	p := promise{place: r.Place, source: r.Source}
	for i, passage := range passages {
		if i > 0 {
			p.sentence += " "
		}
		p.sentence += asWritten(passage, 0, len(passage.Text))
	}
	if r.HasDue {
		p.due = r.Due.Month()
	} else if due, year, ok := askedFor(p.sentence, s.day.Month()); ok {
		p.due, p.year = due, year
	} else {
		return
	}
	by := "the meeting of " + m.Date.Words() + " resolved"
	s.pledges = append(s.pledges, pledge{p, by, "say what came of it; where it is done, write status: done there", sitting.meetingFirst})
}
