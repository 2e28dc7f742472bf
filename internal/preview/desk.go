package preview

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"outturn/internal/check"
	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/score"
)

// desk is what an officer has still to do, in the newest month of each scorecard
// and in those before it that are not out. It is for the officer's own machine: it names what is not public.
type desk struct {
	Today    string
	Title    string
	Large    bool
	Cards    []deskCard
	Papers   []lack // of what belongs to no scorecard
	Public   []publication
	Errors   []diag.Problem // those that a public build would tell of, and stop
	InDrafts []diag.Problem // errors in what it holds back
	Findings []diag.Problem
	Waiting  int // parts that the checks have not looked at as they now are
}

// deskCard is one scorecard.
type deskCard struct {
	Title, Href, Desk, Owner string
	Newest                   string      // month
	Months                   []deskMonth // the newest, and those before it that wait to be out, newest first
	Read                     bool        // false: of a large site, and not looked into here
	Faulty                   bool        // it has errors
	Checked                  bool        // the checks have looked at it as it now is
	Errors, Found            int         // of the large site's, as far as they have
}

type deskMonth struct {
	Title, State string
	Whole        []lack // of the month as a whole
	Sections     []deskSection
	Lacks        int
}

type deskSection struct {
	Title, Href, Owner string
	Lacks              []lack
}

// lack is one thing that is still to be done.
type lack struct {
	Kind string // Return, Text, Sign-off, Red, Promise
	Text string
	Href string // of the page that it concerns; may be empty
	At   string // the file to write it in; may be empty
}

// publication is what a public build would do with a thing today.
type publication struct {
	Text, Href string
	Held       string // why it is held back; "" where it is published
	At         string
}

// desk makes the desk: of a small site whole, of a large one its list of
// scorecards, or one of them.
func (s *Server) desk(card string) ([]byte, error) {
	outline := s.site.Outline()
	d := desk{Today: s.site.Options().Today.Words(), Title: "Desk", Large: outline.Large()}
	var stop diag.List
	public := s.site.Public(&stop)
	shown := public.Outline()
	for _, h := range outline.Scorecards {
		if card != "" && h.ID != card {
			continue
		}
		c := deskCard{Title: h.Title, Href: "/" + h.ID + "/index.html", Desk: "/_desk/" + h.ID + ".html"}
		var told []diag.Problem // nothing may be asked of the site while the scorecard is looked at
		told, c.Checked = s.site.Findings(h.ID)
		if card != "" || !d.Large {
			err := s.site.Scorecard(h.ID, func(ed *edition.Edition, sc *edition.Scorecard) { c = deskOf(ed, sc, told, c) })
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, err
			}
			public.Scorecard(h.ID, &stop) // for what it tells: a draft's figure that a public text asks for is there in a preview
			own, err := s.site.Problems(h.ID)
			c.Faulty = err != nil || slices.ContainsFunc(own, func(p diag.Problem) bool { return p.Severity == diag.Error && s.site.PartOf(p.File) == h.ID })
		} else {
			if n := len(h.Months); n > 0 {
				c.Newest = h.Months[n-1].Month.Words()
			}
			for _, p := range told {
				if p.Severity == diag.Error {
					c.Errors++
				} else {
					c.Found++
				}
			}
		}
		d.Public = append(d.Public, months(h, shown, s.site.Content())...)
		d.Cards = append(d.Cards, c)
	}
	if card != "" && len(d.Cards) == 0 {
		return nil, fs.ErrNotExist
	}
	if card == "" {
		public.Papers(nil, &stop) // for what it tells
		if err := s.papersDesk(&d, public); err != nil {
			return nil, err
		}
	} else {
		d.Title = "Desk: " + d.Cards[0].Title
	}
	var all []diag.Problem
	if all, d.Waiting = s.all(card); card != "" {
		d.Waiting = 0
		if !d.Cards[0].Checked {
			d.Waiting = 1
		}
	}
	told := map[diag.Place]bool{}
	tell := func(list []diag.Problem) {
		for _, p := range list {
			if p.Severity == diag.Error && !slices.Contains(d.Errors, p) {
				d.Errors = append(d.Errors, p)
				told[p.Place] = true
			}
		}
	}
	tell(stop.All())
	var known diag.List
	for _, p := range all {
		if !told[p.Place] {
			known.Add(p)
		}
	}
	public.Withhold(&known)
	tell(known.All())
	diag.Sort(d.Errors)
	for _, p := range all {
		switch {
		case p.Severity != diag.Error:
			if card == "" || s.site.PartOf(p.File) == card {
				d.Findings = append(d.Findings, p)
			}
		case !told[p.Place]: // in other words it may stand among those already
			d.InDrafts = append(d.InDrafts, p)
		}
	}
	return s.framed(d.Title, execute("desk.html", d)), nil
}

// deskOf looks at a scorecard, of which the checks told this.
func deskOf(ed *edition.Edition, sc *edition.Scorecard, told []diag.Problem, c deskCard) deskCard {
	c.Read, c.Owner = true, sc.Owner
	for _, m := range slices.Backward(sc.Months) {
		if m == sc.Latest() || check.Waits(m) {
			c.Months = append(c.Months, monthOf(ed, m, told))
		}
	}
	return c
}

func monthOf(ed *edition.Edition, m *edition.Month, told []diag.Problem) deskMonth {
	sc := m.Scorecard
	d := deskMonth{Title: m.Month.Words(), State: stateOf(m.Cover, ed.Options.Today)}
	folder := "content/" + sc.ID + "/" + m.Month.String() + "/"
	pages := "/" + sc.ID + "/" + m.Month.String() + "/"
	d.Whole = signOff(m.Cover, folder)
	for _, p := range told {
		if p.Code == "promise-due" && p.File == folder+"_index.md" {
			d.Whole = append(d.Whole, lack{Kind: "Promise", Text: p.Message, At: where(p.Place)})
		}
	}
	returned := len(sc.Data.Returns(m.Month)) > 0
	if !returned {
		d.Whole = append(d.Whole, lack{Kind: "Return", Text: "The return of the month is not there", At: check.ReturnToWrite(m)})
	}
	var actions []dataset.Action
	if m == sc.Latest() { // what is open now is open of every month
		actions = m.View.Actions()
	}
	ofMeasure := map[string][]dataset.Action{}
	for _, a := range actions {
		if v := m.Verdict(a.Measure); v != nil {
			ofMeasure[v.Indicator.Section] = append(ofMeasure[v.Indicator.Section], a)
		} else {
			d.Whole = append(d.Whole, promised(ed, a, "Action ", "")...)
		}
	}
	for _, sec := range sc.Sections {
		measures := m.InSection(sec.ID)
		if len(measures) == 0 {
			continue
		}
		s := deskSection{Title: sec.Title, Href: pages + sec.ID + ".html", Owner: cmp.Or(sec.Owner, sc.Owner)}
		for _, v := range measures {
			if why := unreturned(m, v); returned && why != "" {
				s.Lacks = append(s.Lacks, lack{Kind: "Return", Text: measure(v) + ": " + why, Href: "/" + sc.ID + "/indicators/" + dataset.RefFile(v.Indicator.Ref) + ".html", At: check.ReturnToWrite(m)})
			}
		}
		for _, a := range ofMeasure[sec.ID] {
			s.Lacks = append(s.Lacks, promised(ed, a, "Action ", "")...)
		}
		file := folder + sec.ID + ".md"
		if text, _ := m.Analysis(sec.ID); text.Text.Empty() {
			s.Lacks = append(s.Lacks, lack{Kind: "Text", Text: "There is no analysis of the month", Href: s.Href, At: file})
		}
		for _, p := range told {
			switch {
			case p.File != file:
			case p.Code == "red-without-answer":
				s.Lacks = append(s.Lacks, lack{Kind: "Red", Text: p.Message, Href: s.Href, At: file})
			case p.Code == "promise-due":
				s.Lacks = append(s.Lacks, lack{Kind: "Promise", Text: p.Message, Href: s.Href, At: where(p.Place)})
			}
		}
		d.Lacks += len(s.Lacks)
		d.Sections = append(d.Sections, s)
	}
	d.Lacks += len(d.Whole)
	return d
}

// promised is an open action whose day has gone by, or comes in the present month.
func promised(ed *edition.Edition, a dataset.Action, of, href string) []lack {
	when := ""
	switch {
	case !a.HasDue || edition.Closed(a):
		return nil
	case ed.Overdue(a):
		when = " was due on " + a.DueOn.Words() + " and is open: "
	case a.DueOn.Month() == ed.Options.Today.Month():
		when = " is due on " + a.DueOn.Words() + ": "
	default:
		return nil
	}
	return []lack{{Kind: "Promise", Text: of + a.Ref + when + a.Action + owned(a.Lead), Href: href, At: where(a.Place)}}
}

// stateOf says whether a month is out.
func stateOf(cover commentary.Cover, today period.Date) string {
	switch {
	case !cover.HasCover:
		return "no cover, so a draft"
	case cover.Status != "approved":
		return "draft"
	case cover.HasPublishOn && cover.PublishOn > today:
		return "approved, out on " + cover.PublishOn.Words()
	case cover.HasPublishOn:
		return "out since " + cover.PublishOn.Words()
	}
	return "out"
}

// signOff is what the cover lacks.
func signOff(cover commentary.Cover, folder string) []lack {
	at := folder + "_index.md"
	if !cover.HasCover {
		return []lack{{Kind: "Sign-off", Text: "There is no cover: the month stays a draft until one is approved", At: at}}
	}
	var lacks []lack
	if cover.Summary.Empty() {
		lacks = append(lacks, lack{Kind: "Text", Text: "The cover has no summary of the month", At: at})
	}
	if cover.Status != "approved" {
		lacks = append(lacks, lack{Kind: "Sign-off", Text: "The cover is not approved (status: draft)", At: at})
	}
	if cover.SignedBy == "" || !cover.HasSignedOn {
		lacks = append(lacks, lack{Kind: "Sign-off", Text: "It is not signed off (signed_off: by, on)", At: at})
	}
	return lacks
}

// unreturned says which figure of a measure is due and was not returned, or nothing.
// One that is marked as not available was returned.
func unreturned(m *edition.Month, v *score.Verdict) string {
	if !check.Returned(v.Indicator) {
		return ""
	}
	ref, whole := v.Indicator.Ref, m.View.Whole()
	switch newest, due, late := score.Due(v.Indicator, m.Month, m.View.Periods(ref, whole)); {
	case late > 0:
		return "the figure for " + due.Words() + " has not been returned; the newest is for " + newest.Words()
	case newest.IsZero():
		return "no " + v.Indicator.Frequency.String() + " figure has ever been returned"
	}
	return ""
}

// measure names one as its page does, and as a return does where that is another name.
func measure(v *score.Verdict) string {
	name := strings.TrimSpace(v.Indicator.Label + " " + v.Indicator.Name)
	if v.Indicator.Label != v.Indicator.Ref {
		name += " (ref " + v.Indicator.Ref + ")"
	}
	return name
}

// months sets the months of a scorecard beside those of a public build.
func months(h edition.Head, public edition.Outline, content *commentary.Content) []publication {
	out := map[period.Month]bool{}
	for _, p := range public.Scorecards {
		if p.ID == h.ID {
			for _, m := range p.Months {
				out[m.Month] = true
			}
		}
	}
	covers := map[period.Month]commentary.Cover{}
	for _, card := range content.Scorecards {
		if card.ID == h.ID {
			for _, cover := range card.Covers {
				covers[cover.Month] = cover
			}
		}
	}
	var list []publication
	for i := len(h.Months) - 1; i >= 0; i-- {
		m := h.Months[i].Month
		p := publication{Text: h.Title + ", " + m.Words(), Href: "/" + h.ID + "/" + m.String() + "/index.html", At: "content/" + h.ID + "/" + m.String() + "/_index.md"}
		if !out[m] {
			cover := covers[m]
			switch {
			case !cover.HasCover:
				p.Held = "there is no cover"
			case cover.Status != "approved":
				p.Held = "draft"
			default:
				p.Held = "out on " + cover.PublishOn.Words()
			}
		}
		list = append(list, p)
	}
	return list
}

// papersDesk adds reports, meetings, files and plans.
func (s *Server) papersDesk(d *desk, public *edition.Inputs) error {
	content, today := s.site.Content(), s.site.Options().Today
	told, _ := s.site.Findings("")
	held := func(state commentary.State) string {
		switch {
		case state.Unknown:
			return "its state cannot be read"
		case state.Status == "draft" || state.Status == "":
			return "draft"
		}
		return "out on " + state.PublishOn.Words()
	}
	for _, r := range content.Reports {
		p := publication{Text: "Report: " + r.Title, Href: "/reports/" + r.Slug + ".html", At: r.Place.File}
		if !r.Released(today) {
			p.Held = held(r.State)
		}
		if r.IsExempt() {
			p.Href, p.Held = "", "exempt: its title and the reason alone stand on the agenda"
		}
		d.Public = append(d.Public, p)
	}
	for _, m := range content.Meetings {
		p := publication{Text: "Meeting: " + m.Title, Href: "/meetings/" + m.Slug + ".html", At: m.Place.File}
		if !m.Released(today) {
			p.Held = held(m.State)
		}
		d.Public = append(d.Public, p)
		for _, r := range m.Resolutions {
			found := slices.ContainsFunc(told, func(p diag.Problem) bool {
				return p.Code == "promise-due" && strings.Contains(p.Message, where(r.Place))
			})
			if edition.Open(r) && r.HasDue && r.Due < today && !found {
				d.Papers = append(d.Papers, lack{Kind: "Promise", Text: "A resolution of " + m.Title + " was due on " + r.Due.Words() + " and is open" + owned(r.Owner), Href: p.Href, At: where(r.Place)})
			}
		}
	}
	// An edition of no scorecard knows which files are kept back.
	hidden := public.Scorecard("", new(diag.List))
	for _, name := range content.Files {
		p := publication{Text: "File: " + name, At: "content/files/" + name}
		if hidden.Hidden("files/" + name) {
			p.Held = "only what is held back uses it"
		}
		d.Public = append(d.Public, p)
	}
	for _, p := range told {
		if p.Code == "promise-due" {
			d.Papers = append(d.Papers, lack{Kind: "Promise", Text: p.Message, Href: "/" + strings.TrimSuffix(strings.TrimPrefix(p.File, "content/"), path.Ext(p.File)) + ".html", At: where(p.Place)})
		}
	}
	return s.site.Papers(func(ed *edition.Edition) {
		for _, p := range ed.Plans {
			for _, a := range p.Actions {
				d.Papers = append(d.Papers, promised(ed, a, p.Title+": action ", "/"+p.ID+"/index.html")...)
			}
		}
	})
}

func owned(role string) string {
	if role == "" {
		return ""
	}
	return " (" + role + ")"
}

// Held are those that a public build keeps back.
func (d desk) Held() []publication { return d.those(func(p publication) bool { return p.Held != "" }) }

// All counts what the checks and the reading found.
func (d desk) All() int { return len(d.Errors) + len(d.InDrafts) + len(d.Findings) }

// Out are those that it shows.
func (d desk) Out() []publication { return d.those(func(p publication) bool { return p.Held == "" }) }

func (d desk) those(fits func(publication) bool) []publication {
	var list []publication
	for _, p := range d.Public {
		if fits(p) {
			list = append(list, p)
		}
	}
	return list
}
