package theme

import (
	"fmt"
	"html/template"
)

// Report is reports/<slug>.html, a committee report.
type Report struct {
	Frame
	Committee, Date string
	Month           string     // as at which its figures are; "" where there is none
	Sheet           []SheetRow // the summary sheet, in its order
	Contents        []Heading
	Body            template.HTML
	Since           Since
	Appendices      []Appendix
	Accountable     []string // "" where the body has them
	Approvals       []Approval
	Went            []Hearing
	Record          string // address of the signed record; "" for none
	Marks           []Mark
}

// SheetRow is a line of the summary sheet. Its label is the word sheet.<code>.
type SheetRow struct {
	Code     string
	Values   []template.HTML
	Numbered bool // an ordered list (recommendations)
}

// Heading is one of a text, for its contents.
type Heading struct{ Number, Text, Href string }

// Appendix is one of a report.
type Appendix struct {
	Letter, Title string
	Scorecard     Link // as at the report's month
	Files         []Link
}

// Approval is a role that cleared a report; Date "" where none is given.
type Approval struct{ Role, Date string }

// Since sets the measures of a report beside what they were at the last meeting.
type Since struct {
	Then, Now string // heads: "At your last meeting (December 2016)", "Now (January 2017)"
	Note      string // said in place of rows, or of them
	Report    Link   // the report then
	Groups    []SinceGroup
}

// SinceGroup are the measures of one scorecard.
type SinceGroup struct {
	Title string
	Rows  []SinceRow
}

// SinceRow is one measure then and now.
type SinceRow struct {
	Label      string
	Indicator  Link
	Then, Now  Figure
	Was, Is    Rating // Was.Code "" where it was not reported then
	Direction  Direction
	NotThen    string // said where it was not reported then
	RatingDiff bool   // the rating changed
}

// Hearing is a meeting to which a report went, with what was decided.
type Hearing struct {
	Meeting     Link
	State       string // planned cancelled held
	Resolutions []Resolution
}

// Reports is reports/index.html: by committee, newest first.
type Reports struct {
	Frame
	Committees []CommitteeReports
	None       string
}

type CommitteeReports struct {
	ID, Committee string
	Reports       []ReportLine
}

type ReportLine struct {
	Report Link
	Date   string
	Month  string
	Draft  bool
}

// Meeting is meetings/<slug>.html.
type Meeting struct {
	Frame
	Committee, Date, Time, Venue     string
	State                            string        // planned cancelled held
	Intro                            template.HTML // what stands above the agenda
	Present, Apologies, InAttendance []string
	Items                            []AgendaItem
	MinutesState                     string // none unconfirmed confirmed, or ""
	Minutes                          template.HTML
	MetSince                         bool     // the committee has met since, and unconfirmed minutes may have been agreed
	Amended                          []string // days on which the minutes were amended
	WorkingWell, Worried             []template.HTML
	Resolutions                      []Resolution
	Closed                           []Resolution // of earlier meetings, closed at this one
	Waiting                          []Resolution // of earlier meetings, still open
	Record                           string
	Previous, Next                   Link
	Marks                            []Mark
}

// AgendaItem is one of an agenda, as the public sees it.
type AgendaItem struct {
	Title    string
	Report   Link
	Files    []Link
	ToFollow string // "" for nothing
	Added    []Link // supplements
	Urgent   string // the reason
	Exempt   Exempt
}

// Exempt tells why the press and public are excluded from an item.
type Exempt struct {
	Paragraphs []string // "paragraph 3: …"
	Reason     string
}

// Resolution is what a meeting decided. Status is open, done, overdue or "".
type Resolution struct {
	Text       template.HTML
	Owner, Due string
	Status     string
	ClosedBy   Link // the meeting at which it was closed
	Meeting    Link // the meeting that decided it, on another's page
}

// Meetings is meetings/index.html.
type Meetings struct {
	Frame
	Coming []MeetingLine // soonest first
	Past   []CommitteeMeetings
	None   string
}

type CommitteeMeetings struct {
	ID, Committee string
	Meetings      []MeetingLine
}

type MeetingLine struct {
	Meeting               Link
	Committee, Date, Time string
	State, MinutesState   string
	Draft                 bool
}

// Source is a note that says where figures of a text come from.
type Source struct {
	Number, Text string
	Href         string // the measure's page; "" for a figure from elsewhere
}

// MeasureList is a scorecard, or its exceptions, within a text.
type MeasureList struct {
	ID, Caption string
	Link        Link   // the scorecard as at the month
	Counts      Counts // of a scorecard
	Exceptions  bool
	None        string // said where there is nothing to list
	Groups      []MeasureGroup
}

// MeasureGroup are the measures of one section.
type MeasureGroup struct {
	Title Link
	Rows  []MeasureLine
}

// MeasureLine is a measure with the answers to its being red.
type MeasureLine struct {
	SectionRow
	Answers template.HTML // what the section's analysis says of it
	Actions []ActionRow
	Missing string // said where nothing answers
}

// blockOf names the partial that draws a view within a text.
var blockOf = []struct {
	partial string
	view    any
}{
	{"chart", Chart{}},
	{"table", Table{}},
	{"measure-list", MeasureList{}},
}

// Block draws a part of a page, for a text in which it stands: a Chart, a Table
// or a MeasureList. It fails only by a fault of the theme's own.
func (t *Theme) Block(view any) (template.HTML, error) {
	partial := ""
	switch view.(type) {
	case Chart:
		partial = "chart"
	case Table:
		partial = "table"
	case MeasureList:
		partial = "measure-list"
	default:
		return "", fmt.Errorf("theme: no partial for a view of type %T", view)
	}
	r := t.runs.Get().(*run)
	defer t.runs.Put(r)
	if err := t.execute(r, partial, view); err != nil {
		return "", fmt.Errorf("theme: drawing %s: %w", partial, err)
	}
	return template.HTML(r.out), nil
}
