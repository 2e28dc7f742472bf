package release

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// soon is how many clear days before a meeting the checklist begins to ask for
// papers that are not out: as long again as they must then be open.
const soon = 2 * fiveClearDays

// longEnough is how few words say why an item cannot wait.
const longEnough = 3

// outing is since when, or from when on, a paper is public.
type outing struct {
	on    period.Date // 0: not known
	draft bool        // no day is set
	out   bool        // it is public with this release, or was before
}

// outing of a paper with its page and state. Where a build stands, what is not
// in it is new today, whatever day its file names.
func (r *Checklist) outing(page string, s commentary.State) outing {
	released := s.Released(r.today)
	switch {
	case s.Status == "draft" || s.Unknown:
		return outing{draft: true}
	case !released:
		return outing{on: s.PublishOn}
	case s.HasPublishOn && (r.public == nil || r.public.has(page)):
		return outing{on: s.PublishOn, out: true}
	case r.public.has(page):
		return outing{out: true}
	}
	return outing{on: r.today, out: true}
}

// notice looks at the papers of one coming meeting.
type notice struct {
	*Checklist
	ed       *edition.Edition
	m        *commentary.Meeting
	calendar calendar
	latest   period.Date // on which its papers can be published
	standing string      // what its page reads that is public; "" where there is none
	moved    bool        // that page has another date
	changed  []string    // keys of its time and place that it has otherwise, or not
}

// meetings looks at the papers of every meeting that is still to come, or is
// today. The law
// is the Local Government Act 1972, section 100B: the agenda and the reports are
// open to inspection five clear days before the meeting (3), and an item that
// was not may be taken only where the chairman holds, for a reason that the
// minutes give, that it is urgent (4)(b).
// The notice of the time and place is given as long before (100A(6)(a)): one that
// is public with another date is no notice of this one.
func (r *Checklist) meetings(ed *edition.Edition, files []File) error {
	for i := range ed.Content.Meetings {
		m := &ed.Content.Meetings[i]
		if m.Broken || m.Date < r.today || m.Status == "cancelled" || r.meeting != "" && m.Slug != r.meeting {
			continue
		}
		n := notice{Checklist: r, ed: ed, m: m, calendar: calendarOf(ed.Content.Site)}
		n.latest = n.calendar.latest(m.Date)
		if page := "meetings/" + m.Slug + ".html"; r.public.has(page) {
			if content, err := fs.ReadFile(r.public.Files, page); err == nil {
				then := scan(content)
				n.standing = then.text
				if i := slices.IndexFunc(files, func(f File) bool { return f.Path == page }); i >= 0 && !r.same[page] {
					content, err := files[i].Make()
					if err != nil {
						return fmt.Errorf("making %s: %w", page, err)
					}
					n.compare(scan(content), then)
				}
			}
		}
		n.look()
	}
	return nil
}

// compare finds what the meeting's page says of its day, time and place, and the
// public one does not. A layout that leaves one of them out is not asked for it.
func (n *notice) compare(now, then scanned) {
	differs := func(words string, now, then string) bool {
		return words != "" && says(now, words) && !says(then, words)
	}
	day := n.m.Date.Words()
	n.moved = differs(day, now.h1, then.h1) || differs(day, now.text, then.text)
	for _, key := range []struct{ name, words string }{{"time", n.m.Time}, {"venue", n.m.Venue}} {
		if differs(oneLine(key.words), now.text, then.text) {
			n.changed = append(n.changed, key.name)
		}
	}
}

// says reports whether words stand in a text whole: 2 March is not in 22 March.
func says(text, words string) bool {
	return regexp.MustCompile(`(^|[^\pL\d])` + regexp.QuoteMeta(words) + `($|[^\pL\d])`).MatchString(text)
}

func (n notice) look() {
	agenda := n.outing("meetings/"+n.m.Slug+".html", n.m.State)
	if agenda.draft {
		if n.left() < soon {
			n.ask("notice-due", n.at("status"), "the agenda of "+n.m.Title+" is a draft, and "+n.must(), "write status: planned when it is ready")
		}
		return
	}
	if n.moved && agenda.out && !n.timely(outing{on: n.today, out: true}, "the new date of "+n.m.Title, n.at("date"), n.allUrgent()) {
		return
	}
	for _, key := range n.changed { // not to publish it would serve nobody
		if n.left() < fiveClearDays && agenda.out && !n.moved {
			n.ask("notice-changed", n.at(key), "the "+key+" of "+n.m.Title+" is not on the page that is public: "+counted(n.left(), "clear working day", "clear working days")+" before the meeting, five are wanted",
				"tell those who may come, and say in the text what was changed and when (Local Government Act 1972, section 100A(6)(a))")
		}
	}
	if !n.timely(agenda, "the agenda of "+n.m.Title, n.at("publish_on"), n.allUrgent()) {
		return // its papers came no sooner
	}
	for _, item := range n.m.Items {
		n.item(item, agenda)
	}
}

// left is how many clear days there would be from today.
func (n notice) left() int { return n.calendar.clearDays(n.today, n.m.Date) }

// must says by when a paper must be out.
func (n notice) must() string {
	if n.today > n.latest {
		return "five clear days before the meeting are no longer to be had: the last day was " + n.latest.Words()
	}
	return "it must be public by " + n.latest.Words() + " to give five clear days"
}

// allUrgent reports whether the chair took every item with papers as urgent: all
// of them where none has any.
func (n notice) allUrgent() bool {
	hasPapers := func(i commentary.Item) bool {
		return i.Report.Text != "" || len(i.Files) > 0 || len(i.Supplement) > 0
	}
	some := slices.ContainsFunc(n.m.Items, hasPapers)
	urgent := false
	for _, i := range n.m.Items {
		if some && !hasPapers(i) {
			continue
		}
		if i.Urgent == "" {
			return false
		}
		urgent = true
	}
	return urgent
}

// place is where a finding on a meeting stands.
type place struct {
	at     diag.Place
	source string
}

// at is the place of a key in the meeting's file; date where it has none.
func (n notice) at(key string) place {
	at, source := keyIn(n.site, n.m.Place.File, key, "date")
	return place{at, source}
}

func (n notice) ask(code string, p place, message, mend string) {
	w := n.found.Warnf(p.at, code, "%s", message)
	w.Hint, w.Source = mend, p.source
}

// timely reports whether a paper has its five clear days, and tells where not:
// an error where it is public with this release, unless it is urgent.
func (n notice) timely(o outing, what string, p place, urgent bool) bool {
	if o.on == 0 {
		n.ask("notice-undated", p, what+" is public and does not say since when",
			"write publish_on: with the day on which it was published, so that its clear days can be counted")
		return true
	}
	days := n.calendar.clearDays(o.on, n.m.Date)
	if days >= fiveClearDays {
		return true
	}
	is := "is published on "
	if o.out && o.on < n.today {
		is = "was published on "
	}
	tell, mend := n.found.Warnf, "write publish_on: "+n.latest.String()+" or a day before it"
	if o.out || o.on <= n.today || n.today > n.latest {
		mend = "move the meeting; or write urgent: with the chair's reason for each item that cannot wait, and take the others to the next meeting"
	}
	if o.out && !urgent {
		tell = n.found.Errorf
	}
	if urgent {
		mend = "the chair's reason for each urgent item goes into the minutes (Local Government Act 1972, section 100B(4)(b))"
	}
	f := tell(p.at, "short-notice", "%s %s%s: %s before the meeting, five are wanted, and the last day for that %s %s",
		what, is, o.on.Words(), counted(days, "clear working day", "clear working days"), tense(n.today <= n.latest), n.latest.Words())
	f.Hint, f.Source = mend, p.source
	return false
}

func tense(comes bool) string {
	if comes {
		return "is"
	}
	return "was"
}

// item looks at one item of an agenda that was out in time.
func (n notice) item(i commentary.Item, agenda outing) {
	here := place{i.Place, i.Source}
	report := n.report(i.Report.Text)
	title := i.Title
	if title == "" && report != nil {
		title = report.Title
	}
	if i.Urgent != "" {
		if len(strings.Fields(i.Urgent)) < longEnough {
			n.ask("urgent-reason", here, "the item "+diag.Quote(title)+" is urgent, and "+diag.Quote(i.Urgent)+" does not say why it cannot wait",
				"write after urgent: the special circumstances that the chair accepts (Local Government Act 1972, section 100B(4)(b))")
		}
		return
	}
	if agenda.out && n.standing != "" && n.left() < fiveClearDays && !strings.Contains(n.standing, oneLine(title)) {
		n.late(here, "the item "+diag.Quote(title)+" is not on the agenda that is public, and would be added to it")
		return
	}
	if report != nil && !report.IsExempt() {
		n.paper(*report, agenda, here, i.ToFollow != "", title)
	} else if i.ToFollow != "" {
		n.ask("notice-due", here, "the item "+diag.Quote(title)+" is to follow, and "+n.must(), "put the paper under files: or report: when it is there; where it comes later, the item needs urgent: with the chair's reason")
	}
	for _, file := range slices.Concat(i.Files, i.Supplement) {
		if n.public != nil && !n.public.has("files/"+file.Text) && n.left() < fiveClearDays && agenda.on < n.today && agenda.out {
			n.late(place{file.Place, file.Source}, "the file "+diag.Quote(file.Text)+" is new to the public")
		}
	}
}

// late tells of what is added to an agenda when it is too late for it.
func (n notice) late(p place, what string) {
	days := n.left()
	f := n.found.Errorf(p.at, "short-notice", "%s on %s: %s before the meeting of %s, five are wanted, and the last day for that was %s",
		what, n.today.Words(), counted(days, "clear working day", "clear working days"), n.m.Date.Words(), n.latest.Words())
	f.Hint, f.Source = "take it to the next meeting, or write urgent: with the chair's reason why it cannot wait", p.source
}

// paper looks at the report of an item.
func (n notice) paper(report commentary.Report, agenda outing, here place, follows bool, title string) {
	o := n.outing("reports/"+report.Slug+".html", report.State)
	at, source := keyIn(n.site, report.Place.File, "publish_on", "status")
	if report.Broken {
		return
	}
	if o.draft {
		what := "the report of the item " + diag.Quote(title) + " is a draft, and "
		if follows {
			what = "the report of the item " + diag.Quote(title) + " is to follow, and "
		}
		n.ask("notice-due", here, what+n.must(), "approve the report; where it comes later, the item needs urgent: with the chair's reason")
		return
	}
	if o.on == agenda.on && o.out == agenda.out {
		return // in time with the agenda
	}
	n.timely(o, "the report "+diag.Quote(report.Title)+" to the meeting of "+n.m.Date.Words(), place{at, source}, false)
}

func (n notice) report(slug string) *commentary.Report {
	for i := range n.ed.Content.Reports {
		if slug != "" && n.ed.Content.Reports[i].Slug == slug {
			return &n.ed.Content.Reports[i]
		}
	}
	return nil
}
