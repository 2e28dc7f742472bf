package commentary

import (
	"regexp"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// Meeting is a committee's meeting, content/meetings/<slug>.md (contract,
// section 4). Its text is the minutes, where Minutes is unconfirmed or
// confirmed; else a notice above the agenda.
type Meeting struct {
	Slug, Title, Description         string
	State                            // draft, planned, cancelled or held
	StatusPlace, MinutesPlace        Named
	Broken                           bool
	Raw                              string // the file as it is written
	Committee                        string
	Date                             period.Date
	Time, Venue                      string
	Present, Apologies, InAttendance []string
	RecordURL                        string
	Items                            []Item
	Minutes                          string // none, unconfirmed or confirmed
	WorkingWell, Worried             []Text
	Resolutions                      []Resolution
	Amendments                       []Amendment
	Text                             Text
	Place                            diag.Place
}

// Item is one of an agenda.
type Item struct {
	Title      string
	Report     Named   // a report's slug
	Files      []Named // paths below content/files/
	ToFollow   string  // "" where nothing follows; "yes", or what follows and when
	Supplement []Named // files that came after the agenda was published
	Urgent     string  // why it cannot wait (Local Government Act 1972, section 100B(4)(b)); "" where it is not urgent
	Place      diag.Place
	Source     string
}

// Resolution is what a meeting decided, with what became of it.
type Resolution struct {
	Text     Text
	Report   Named // the report it was made on; "": not told
	Owner    string
	Due      period.Date
	HasDue   bool
	Status   string // open or done; "" where nothing is to be done
	ClosedBy Named  // the meeting at which it was closed
	Place    diag.Place
	Source   string
}

func (l *loader) meetings(dir string) {
	for _, file := range l.papers(dir) {
		if slug, ok := l.slug(dir, file); ok {
			l.content.Meetings = append(l.content.Meetings, asBefore(l, dir+"/"+file, func() Meeting { return l.meeting(dir+"/"+file, slug) }))
		}
	}
}

var meetingKeys = []string{
	"title", "description", "status", "publish_on", "committee", "date", "time", "venue", "present", "apologies",
	"in_attendance", "record_url", "items", "minutes", "working_well", "worried", "resolutions", "amendments",
}

var meetingStates = []string{"draft", "planned", "cancelled", "held"}

func (l *loader) meeting(file, slug string) Meeting {
	p, ok := l.readPage(file, meetingKeys...)
	if !ok {
		m := Meeting{Slug: slug, Broken: true, Place: diag.Place{File: file}}
		m.State, m.Raw = l.unreadState(file, meetingStates...)
		return m
	}
	m := Meeting{
		Slug: slug, State: p.state(meetingStates...), Broken: p.broken, Place: diag.Place{File: file},
		Title: p.text("title"), Description: p.text("description"), Committee: p.required("committee", "Improving Lives Select Commission"),
		Time: p.text("time"), Venue: p.text("venue"), Present: p.lines("present"), Apologies: p.lines("apologies"),
		InAttendance: p.lines("in_attendance"), RecordURL: p.address("record_url"),
		Minutes: p.choice("minutes", "none", "unconfirmed", "confirmed"), WorkingWell: p.proses("working_well"), Worried: p.proses("worried"),
	}
	m.Raw, m.StatusPlace, m.MinutesPlace = string(p.source.text), p.name("status"), p.name("minutes")
	m.Date = p.day("date")
	if m.Title == "" {
		m.Title = strings.TrimSpace(m.Committee + ", " + m.Date.Words())
	}
	for _, item := range p.list("items") {
		if i, ok := p.item(item); ok {
			m.Items = append(m.Items, i)
		}
	}
	for _, item := range p.list("resolutions") {
		m.Resolutions = append(m.Resolutions, p.resolution(item, m.Date))
	}
	if len(m.Resolutions) > 0 && m.Status == "cancelled" {
		p.errorf("resolutions", "bad-key", "take resolutions out, or move them to the meeting that made them", "the meeting was cancelled, and has resolutions")
	}
	for _, item := range p.list("amendments") {
		m.Amendments = append(m.Amendments, p.amendment(item, m.Date))
	}
	p.amend(m.Amendments)
	if heading, first := p.markdown.title(); first && heading == m.Title {
		p.markdown.dropFirst()
	}
	m.Text = p.markdown.freeze()
	p.unmarked(m)
	return m
}

func (p page) item(v value) (Item, bool) {
	if v.kind == scalar {
		return Item{Title: strings.TrimSpace(v.text), Place: v.at, Source: p.source.line(v.at.Line)}, true
	}
	k := readKeys(p.source, v, "title", "report", "files", "to_follow", "supplement", "urgent")
	i := Item{
		Title: k.text("title"), Report: k.name("report"), Files: k.files("files"), Supplement: k.files("supplement"),
		ToFollow: k.text("to_follow"), Urgent: k.text("urgent"), Place: v.at, Source: p.source.line(v.at.Line),
	}
	if i.ToFollow == "no" || i.ToFollow == "false" {
		i.ToFollow = ""
	}
	switch i.Urgent {
	case "no", "false":
		i.Urgent = ""
	case "yes", "true":
		k.errorf("urgent", "bad-key", "write urgent: and the chair's reason why it cannot wait", "urgent has no reason")
	}
	if i.Title == "" && i.Report.Text == "" {
		k.required("title", "Apologies for absence")
		return i, false
	}
	return i, true
}

// unmarked warns of minutes that would stand on the page as a notice: without the
// word that they are unconfirmed, above the line that there are none yet.
func (p page) unmarked(m Meeting) {
	if m.Status != "held" || m.Minutes == "unconfirmed" || m.Minutes == "confirmed" || p.broken {
		return
	}
	if len(p.markdown.headings) == 0 && !wordsOfMinutes.Match(p.source.text[p.body:]) {
		return
	}
	said := "minutes is missing"
	if m.Minutes != "" {
		said = "minutes: " + m.Minutes + " is said"
	}
	at := p.place("minutes")
	p.source.warnf(at, "bad-key", "write minutes: unconfirmed, or keep to a notice below the keys", "%s, and the text below reads as minutes; it would stand as a notice above the agenda", said)
}

// wordsOfMinutes are what a record of a meeting says and a notice of one does not.
var wordsOfMinutes = regexp.MustCompile(`(?i)\b(resolved|(it was|members|the (committee|commission|board|panel)) (agreed|noted|resolved)|members (asked|questioned|heard|raised)|the chair (thanked|opened|closed|welcomed|explained)|(apologies|no interests?) (was|were) |declared (an|no) interest|the meeting (opened|closed|ended|began))\b`)

// resolution reads one of a meeting held on a day.
func (p page) resolution(v value, held period.Date) Resolution {
	if v.kind == scalar {
		return Resolution{Text: p.proseOf(v), Place: v.at, Source: p.source.line(v.at.Line)}
	}
	k := readKeys(p.source, v, "text", "report", "owner", "due", "status", "closed_by")
	r := Resolution{
		Text: k.prose("text"), Report: k.name("report"), Owner: k.text("owner"),
		Status: k.choice("status", "open", "done"), ClosedBy: k.name("closed_by"), Place: v.at, Source: p.source.line(v.at.Line),
	}
	r.Due, r.HasDue = k.date("due")
	if r.Text.Empty() && (!k.has("text") || k.value("text").kind == scalar) {
		k.errorf("text", "bad-key", "write text: That the report be noted.", "text is missing")
	}
	if r.HasDue && r.Due < held {
		k.errorf("due", "bad-date", "write the day by which it is to be done", "due %s is before the meeting itself, on %s", r.Due.Words(), held.Words())
	}
	switch {
	case r.ClosedBy.Text != "" && r.Status == "open":
		k.errorf("closed_by", "bad-key", "write status: done, or take closed_by out", "closed_by names a meeting, and the resolution is open")
	case r.ClosedBy.Text != "":
		r.Status = "done"
	case r.HasDue && r.Status == "":
		r.Status = "open"
	}
	return r
}
