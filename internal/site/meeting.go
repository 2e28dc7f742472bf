package site

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/theme"
)

func meetingPath(slug string) string { return "meetings/" + slug + ".html" }

// meeting composes meetings/<slug>.html.
func meeting(ed *edition.Edition, m *edition.Meeting) theme.Meeting {
	c := compose(ed, meetingPath(m.Slug))
	c.whole = true
	out := theme.Meeting{
		Committee: m.Committee, Date: m.Date.Words(), Time: m.Time, Venue: m.Venue, State: ed.Standing(m),
		Present: m.Present, Apologies: m.Apologies, InAttendance: m.InAttendance,
		MinutesState: m.Minutes, Record: m.RecordURL,
	}
	if out.State == "held" && m.Minutes == "" { // they are expected, and not there
		out.MinutesState = "none"
	}
	written := m.Minutes == "unconfirmed" || m.Minutes == "confirmed"
	if !written { // the text is a notice, and stands above the agenda
		out.Intro = c.prose(m.Text, m.Card, m.Month, 2)
	}
	for _, item := range m.Items {
		out.Items = append(out.Items, c.item(item))
	}
	out.WorkingWell, out.Worried = c.points(m, m.WorkingWell), c.points(m, m.Worried)
	if written {
		out.Minutes = c.prose(m.Text, m.Card, m.Month, 3)
		var days []period.Date
		for _, a := range m.Amendments {
			days = append(days, a.On)
		}
		slices.Sort(days)
		for _, day := range slices.Compact(days) {
			out.Amended = append(out.Amended, c.theme.Sentence("meeting.amended", map[string]string{"date": day.Words()}))
		}
	}
	for _, r := range m.Resolutions {
		out.Resolutions = append(out.Resolutions, c.resolution(m, r))
	}
	out.MetSince = ed.MetSince(m)
	c.carried(m, &out)
	if m.Previous != nil {
		out.Previous = c.link(c.marked(m.Previous.Title, m.Previous.Draft), meetingPath(m.Previous.Slug))
	}
	if m.Next != nil {
		out.Next = c.link(c.marked(m.Next.Title, m.Next.Draft), meetingPath(m.Next.Slug))
	}
	out.Marks = marksUsed(c.theme, c.used)
	description := m.Description
	if description == "" {
		description = m.Committee + ", " + m.Date.Words() + ": agenda, papers, minutes and resolutions."
	}
	c.draft = c.draft || m.Draft
	out.Frame = c.frame(m.Title, description, c.section("Meetings", "meetings/index.html"))
	return out
}

func (c *composer) points(m *edition.Meeting, texts []commentary.Text) []template.HTML {
	var list []template.HTML
	for _, t := range texts {
		list = append(list, c.prose(t, m.Card, m.Month, 4))
	}
	return list
}

func (c *composer) item(i edition.Item) theme.AgendaItem {
	out := theme.AgendaItem{Title: i.Title, Files: c.files(i.Files), Added: c.files(i.Supplement), ToFollow: i.ToFollow, Urgent: i.Urgent}
	if i.Report != nil {
		out.Report = c.link(c.marked(i.Report.Title, i.Report.Draft), reportPath(i.Report.Slug))
	}
	if i.Exempt != nil {
		out.Exempt.Reason = i.Exempt.ExemptReason
		for _, n := range i.Exempt.Exempt {
			code := strconv.Itoa(n)
			out.Exempt.Paragraphs = append(out.Exempt.Paragraphs, c.theme.Sentence("meeting.paragraph", map[string]string{"n": code, "text": c.theme.Word("exempt", code)}))
		}
	}
	return out
}

// resolution is one of a meeting, with what became of it by the edition's day.
func (c *composer) resolution(m *edition.Meeting, r commentary.Resolution) theme.Resolution {
	out := theme.Resolution{Text: c.prose(r.Text, m.Card, m.Month, 4), Owner: r.Owner, Status: r.Status}
	if r.HasDue {
		out.Due = r.Due.Words()
	}
	if c.ed.OverdueResolution(r) {
		out.Status = "overdue"
	}
	if closed := c.ed.Meeting(r.ClosedBy.Text); closed != nil && closed != m { // done there and then needs no link
		out.ClosedBy = c.link(c.marked(closed.Title, closed.Draft), meetingPath(closed.Slug))
	}
	return out
}

// carried are the resolutions of the committee's earlier meetings: those that
// this one closed, and those that still wait, as long as this is its newest.
func (c *composer) carried(m *edition.Meeting, out *theme.Meeting) {
	for before := m.Previous; before != nil; before = before.Previous {
		for _, r := range before.Resolutions {
			shown := func() theme.Resolution {
				line := c.resolution(before, r)
				line.Meeting = c.link(before.Date.Words(), meetingPath(before.Slug)+"#resolutions")
				return line
			}
			switch {
			case r.ClosedBy.Text == m.Slug:
				line := shown()
				line.ClosedBy = theme.Link{}
				out.Closed = append(out.Closed, line)
			case edition.Open(r) && m.Next == nil:
				out.Waiting = append(out.Waiting, shown())
			}
		}
	}
}

// meetings composes meetings/index.html: those to come, soonest first, then the
// others by committee, newest first.
func meetings(ed *edition.Edition) theme.Meetings {
	c := compose(ed, "meetings/index.html")
	var out theme.Meetings
	draft := true
	var coming []*edition.Meeting
	for _, m := range ed.Meetings {
		draft = draft && m.Draft
		if ed.Standing(m) == "planned" {
			coming = append(coming, m)
			continue
		}
		i := slices.IndexFunc(out.Past, func(o theme.CommitteeMeetings) bool { return strings.EqualFold(o.Committee, m.Committee) })
		if i < 0 {
			i = len(out.Past)
			out.Past = append(out.Past, theme.CommitteeMeetings{ID: "committee-" + strconv.Itoa(i+1), Committee: m.Committee})
		}
		out.Past[i].Meetings = append(out.Past[i].Meetings, c.meetingLine(m))
	}
	slices.SortFunc(coming, func(a, b *edition.Meeting) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), strings.Compare(a.Slug, b.Slug))
	})
	for _, m := range coming {
		out.Coming = append(out.Coming, c.meetingLine(m))
	}
	c.draft = draft
	out.Frame = c.frame("Meetings", "Meetings of the committees that receive performance reports: agendas, papers, minutes and resolutions.")
	return out
}

func (c *composer) meetingLine(m *edition.Meeting) theme.MeetingLine {
	return theme.MeetingLine{Meeting: c.link(m.Title, meetingPath(m.Slug)), Committee: m.Committee, Date: m.Date.Words(), Time: m.Time, State: c.ed.Standing(m), MinutesState: m.Minutes, Draft: m.Draft}
}
