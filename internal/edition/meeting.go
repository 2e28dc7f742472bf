package edition

import (
	"cmp"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/period"
)

// Meeting is a meeting that this edition shows.
type Meeting struct {
	commentary.Meeting
	Draft          bool         // not released: shown only with Drafts
	Card           string       // the scorecard of references that name none; "" where there is none
	Month          period.Month // as at which its figures are; 0: the latest
	Items          []Item       // in order; what is not public is not among them
	Previous, Next *Meeting     // of the same committee
	early          bool         // no month had been reported by its day
}

// Item is one of a meeting's agenda as the public sees it.
type Item struct {
	Title      string
	Report     *Report // nil where there is none, or it is not shown
	Exempt     *commentary.Report
	Files      []commentary.Named
	Supplement []commentary.Named
	ToFollow   string
	Urgent     string
}

// Meeting returns a meeting that is shown, or nil.
func (e *Edition) Meeting(slug string) *Meeting {
	for _, m := range e.Meetings {
		if m.Slug == slug {
			return m
		}
	}
	return nil
}

// Standing is what may be said of a meeting by the edition's day: planned,
// cancelled or held as its status says, "unrecorded" where its day has passed
// and nobody has said whether it was held, "" for a draft. None is held before
// its day.
func (e *Edition) Standing(m *Meeting) string {
	switch {
	case m.Status == "draft":
		return ""
	case m.Status == "planned" && e.Past(m.Date):
		if m.Minutes == "unconfirmed" || m.Minutes == "confirmed" {
			return "held"
		}
		return "unrecorded"
	case m.Status == "held" && !e.Come(m.Date):
		return "planned"
	}
	return m.Status
}

// MetSince reports whether the committee has met again by the edition's day: a
// later meeting is where minutes are agreed.
func (e *Edition) MetSince(m *Meeting) bool {
	for next := m.Next; next != nil; next = next.Next {
		if e.Standing(next) == "held" {
			return true
		}
	}
	return false
}

func (e *Edition) contentMeeting(slug string) *commentary.Meeting {
	for i := range e.Content.Meetings {
		if e.Content.Meetings[i].Slug == slug {
			return &e.Content.Meetings[i]
		}
	}
	return nil
}

// meetingSlugs are those that a message may name.
func (e *Edition) meetingSlugs() []string {
	var slugs []string
	for _, m := range e.Content.Meetings {
		if e.shows(m.State) {
			slugs = append(slugs, m.Slug)
		}
	}
	return slugs
}

func meetingTexts(m *commentary.Meeting) []commentary.Text {
	texts := slices.Concat(m.WorkingWell, m.Worried)
	for _, r := range m.Resolutions {
		texts = append(texts, r.Text)
	}
	return append(texts, m.Text)
}

// meetings finds the meetings that are shown, newest first.
func (e *Edition) meetings() {
	for i := range e.Content.Meetings {
		m := &e.Content.Meetings[i]
		if m.Broken || !e.shows(m.State) || !e.within(m) {
			continue
		}
		meeting := e.newMeeting(m)
		meeting.Resolutions = e.resolved(m)
		for _, item := range m.Items {
			if shown, ok := e.item(item); ok {
				meeting.Items = append(meeting.Items, shown)
			}
		}
		e.Meetings = append(e.Meetings, meeting)
	}
	slices.SortFunc(e.Meetings, func(a, b *Meeting) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), strings.Compare(b.Slug, a.Slug))
	})
	newest := map[string]*Meeting{}
	for _, m := range e.Meetings {
		committee := strings.ToLower(m.Committee)
		if m.Next = newest[committee]; m.Next != nil {
			m.Next.Previous = m
		}
		newest[committee] = m
	}
}

// within reports whether a meeting belongs to the site as at --as-at. One that
// had been held by then stays, whatever else is on its agenda; a later one
// belongs to it where it had a report on that month or before, and none on a
// month after. Only reports that are public count, or a draft would decide what
// the public is told.
func (e *Edition) within(m *commentary.Meeting) bool {
	bound := e.Options.AsAt
	if bound == 0 || m.Date.Month() <= bound {
		return true
	}
	any := false
	for _, item := range m.Items {
		r := e.contentReport(item.Report.Text)
		if r == nil || r.Broken || r.IsExempt() || !e.shows(r.State) {
			continue
		}
		if r.AsAt > bound {
			return false
		}
		any = true
	}
	return any
}

// newMeeting finds what a meeting's figures are as at: the month of the report
// before it, else the newest that had been released by its day.
func (e *Edition) newMeeting(m *commentary.Meeting) *Meeting {
	meeting := &Meeting{Meeting: *m, Draft: !e.asked.released(m.State)}
	for _, item := range m.Items {
		if r := e.Report(item.Report.Text); r != nil && r.Month != 0 {
			meeting.Card, meeting.Month = r.Card, r.Month
			return meeting
		}
	}
	for _, s := range e.Outline.Scorecards {
		for _, month := range s.Months {
			if month.Out <= m.Date {
				meeting.Month = max(meeting.Month, month.Month)
			}
		}
	}
	if meeting.Month > 0 {
		return meeting
	}
	// Nothing had been reported by its day. Its figures must not follow the newest
	// month, or its minutes would change with every return.
	meeting.early = true
	for _, s := range e.Outline.Scorecards {
		for _, month := range s.Months {
			if meeting.Month == 0 || month.Month < meeting.Month {
				meeting.Month = month.Month
			}
		}
	}
	return meeting
}

// undated tells of references that name no period in the papers of a meeting
// before the first report.
func (m *Meeting) undated(text commentary.Text, problems *diag.List) {
	for _, ref := range text.Refs() {
		dated := slices.ContainsFunc(ref.Words, func(w commentary.Word) bool { return strings.HasPrefix(w.Text, "@") })
		if !m.early || dated || ref.Figure || isDirective(ref) || len(ref.Words) == 0 {
			continue
		}
		p := problems.Errorf(ref.Place, "unknown-figure", "no month had been reported by the day of the meeting, %s, so that %s does not say which month is meant", m.Date.Words(), diag.Quote(ref.Words[0].Text))
		p.Hint, p.Source = "write the period, such as {{ "+ref.Words[0].Text+" @"+m.Date.Month().Add(-1).String()+" }}", ref.Source
	}
}

// item is an agenda's item as it is shown; ok is false where it has no title
// but that of a report which is not.
func (e *Edition) item(i commentary.Item) (Item, bool) {
	shown := Item{Title: i.Title, Files: i.Files, Supplement: i.Supplement, ToFollow: i.ToFollow, Urgent: i.Urgent}
	if i.Report.Text == "" {
		return shown, true
	}
	if shown.Report = e.Report(i.Report.Text); shown.Report != nil {
		if shown.Title == "" {
			shown.Title = shown.Report.Title
		}
		return shown, true
	}
	// What belongs to a report that is not shown is not shown either.
	shown.Files, shown.Supplement = nil, nil
	if r := e.contentReport(i.Report.Text); r != nil && r.IsExempt() && !r.Broken && e.shows(r.State) {
		shown.Exempt = r
		if shown.Title == "" {
			shown.Title = r.Title
		}
	}
	return shown, shown.Title != ""
}

// checkMeeting tells what is wrong in a meeting's own keys and references.
func (e *Edition) checkMeeting(content *commentary.Meeting, problems *diag.List, ask asker) {
	for _, item := range content.Items {
		if item.Report.Text != "" && e.contentReport(item.Report.Text) == nil {
			var slugs []string
			for _, r := range e.Content.Reports {
				if e.shows(r.State) && !r.IsExempt() {
					slugs = append(slugs, r.Slug)
				}
			}
			e.unknown(item.Report, "bad-key", "report", slugs, problems)
		}
		e.checkFiles(item.Files, problems)
		e.checkFiles(item.Supplement, problems)
	}
	for _, r := range content.Resolutions {
		if r.ClosedBy.Text != "" {
			e.checkClosing(content, r, problems)
		}
		if r.Report.Text != "" && e.contentReport(r.Report.Text) == nil {
			e.unknown(r.Report, "bad-key", "report", nil, problems)
		}
	}
	for _, a := range content.Amendments {
		if !e.Come(a.On) {
			p := problems.Errorf(a.OnPlace.Place, "bad-date", "the minutes are amended on %s, which has not come", a.On.Words())
			p.Hint, p.Source = "write the day of the meeting that amended them", a.OnPlace.Source
		}
	}
	m := e.newMeeting(content)
	for _, text := range meetingTexts(content) {
		ask(text, m.Card, m.Month)
		m.undated(text, problems)
	}
}

// checkClosing tells of a resolution that cannot have been closed where it says.
// Of a meeting that is not shown no more is told than that.
func (e *Edition) checkClosing(m *commentary.Meeting, r commentary.Resolution, problems *diag.List) {
	closing := e.contentMeeting(r.ClosedBy.Text)
	if closing == nil {
		e.unknown(r.ClosedBy, "bad-key", "meeting", e.meetingSlugs(), problems)
		return
	}
	if closing.Broken {
		return // told where it stands
	}
	why, hint := "", "write the meeting at which it was closed"
	switch {
	case !strings.EqualFold(closing.Committee, m.Committee):
		why = "which is of another committee"
	case closing.Date < m.Date:
		why = "which was before the resolution was made"
	case closing.Status == "cancelled":
		why = "which was cancelled"
	case !e.Come(closing.Date) && closing.Status != "held":
		why, hint = "which has not been held yet", "write status: open, without closed_by, until it has"
	default:
		return
	}
	p := problems.Errorf(r.ClosedBy.Place, "bad-key", "the resolution is closed by %s, %s", diag.Quote(r.ClosedBy.Text), why)
	p.Hint, p.Source = hint, r.ClosedBy.Source
}

// resolved lists what a meeting had resolved by the edition's day, as it stood
// then. Nothing is resolved, and nothing closed, before the day of the meeting
// that did so, whatever its file says already.
func (e *Edition) resolved(m *commentary.Meeting) []commentary.Resolution {
	if !e.Come(m.Date) || m.Status == "cancelled" {
		return nil
	}
	list := slices.Clone(m.Resolutions)
	for i, r := range list {
		if closing := e.contentMeeting(r.ClosedBy.Text); closing != nil && !e.Come(closing.Date) {
			list[i].Status, list[i].ClosedBy = "open", commentary.Named{}
		}
	}
	return list
}

// Overdue reports whether a resolution is open and its day has gone by.
func (e *Edition) OverdueResolution(r commentary.Resolution) bool {
	return r.Status == "open" && r.HasDue && e.Past(r.Due)
}

// Open reports whether a resolution waits to be done.
func Open(r commentary.Resolution) bool { return r.Status == "open" }

// Hearing is a meeting to which a report went, with what was resolved on it.
type Hearing struct {
	Meeting     *Meeting
	Item        int // its number on the agenda, from 1; 0 where it is not there
	Resolutions []commentary.Resolution
}

// Hearings lists the meetings to which a report went, oldest first. A
// resolution that names no report is taken to be on the meeting's only one.
func (e *Edition) Hearings(r *Report) []Hearing {
	var list []Hearing
	for _, m := range slices.Backward(e.Meetings) {
		h := Hearing{Meeting: m}
		reports := 0
		for i, item := range m.Items {
			if item.Report != nil || item.Exempt != nil {
				reports++
			}
			if item.Report == r {
				h.Item = i + 1
			}
		}
		named := slices.ContainsFunc(r.Meetings, func(n commentary.Named) bool { return n.Text == m.Slug })
		if h.Item == 0 && !named {
			continue
		}
		for _, res := range m.Resolutions {
			if res.Report.Text == r.Slug || res.Report.Text == "" && reports == 1 && h.Item > 0 {
				h.Resolutions = append(h.Resolutions, res)
			}
		}
		list = append(list, h)
	}
	return list
}
