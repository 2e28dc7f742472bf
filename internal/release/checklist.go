// Package release is the checklist before a site is published.
package release

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// Checklist is what is gone through before a site is published: over what a public build
// would publish on a day, and over what of that is new, it tells what stops a
// release and what asks to be looked at once more.
//
//	r := release.New(site, today, standing, "")
//	err := build.Each(site, options, &problems, func(p build.Part) error { return r.Add(p.Edition, p.Scorecard, files) })
//	ready := r.Finish(&problems)
//
// What stops it: every error of the inputs; a text that contradicts the figures;
// a month without its return; a figure that is public and reads otherwise,
// without a new issue or return, an issue without a day of its own, a correction
// that would be taken out, a month that would be gone until its day; a snapshot that is public and would change or
// be gone, or that shows a report which is exempt now; a link or an anchor that
// leads nowhere; a fault of accessibility that fails WCAG 2.2 and shows without a
// browser; papers that are published with less than five clear days to their
// meeting, or a meeting that has another date within them; a quiet period of the
// site's calendar that says so.
//
// What asks: every other finding of the texts and data, a red without an answer
// and a typed figure without a source among them; returns that are late; papers
// that are still to come; words that are public and read otherwise, a meeting's
// time and place among them; vague links and skipped headings; any other quiet
// period. A question about a page that is public as it is was asked when it was
// released, and is not asked again.
//
// It reads the site, the built pages and the ones that stand, and changes
// nothing.
type Checklist struct {
	site    fs.FS
	today   period.Date
	public  *Public
	meeting string

	found    diag.List
	built    map[string]bool  // every path of the site
	rest     *edition.Edition // of what belongs to no scorecard, which is added last; nil until the site is whole
	same     map[string]bool  // those whose bytes stand as they are in public
	fresh    []string         // what is new to the public, in words
	moved    int              // pages that are public and change
	archived int              // of them those of the archive

	wanted map[string]*want    // addresses that pages lead to
	ids    map[string]struct{} // page#id
	faults map[string]*seenFault

	shelf     map[string]shelved // the snapshots, by id
	withdrawn map[string]bool

	texts   []monthText           // of the scorecard in hand
	figured map[period.Month]bool // its months of which figures change
	altered []altered             // its measures of which public figures change
	toldOf  map[string]bool       // those of which its months tell
	issues  map[string]int        // of the public months that were asked for; 0: not public
	events  map[string]bool       // events that are told of
}

// Public is the site that stands where the last build put it, or where readers
// have it.
type Public struct {
	// Name is what the place is called, such as the target of a publish. It is ""
	// for the folder of the builds, public/, of which nobody knows whether it was
	// ever published.
	Name  string
	Files fs.FS
	Sums  map[string][sha256.Size]byte // of every file
}

// has reports whether a file stands.
func (p *Public) has(name string) bool {
	if p == nil {
		return false
	}
	_, ok := p.Sums[name]
	return ok
}

// File is one file of a build, made when it is asked for. Its Make fails only by
// the machine's fault.
type File struct {
	Path string
	Make func() ([]byte, error)
}

// New begins a checklist. public is the site that stands, nil where there
// is none or it is not as a build left it: then the dates that papers bear are
// believed, and everything is new. meeting is the slug of the one meeting whose
// papers are looked at, "" for every meeting to come.
func New(site fs.FS, today period.Date, public *Public, meeting string) *Checklist {
	return &Checklist{
		site: site, today: today, public: public, meeting: meeting,
		built: map[string]bool{}, same: map[string]bool{},
		wanted: map[string]*want{}, ids: map[string]struct{}{}, faults: map[string]*seenFault{},
	}
}

// Add looks at one part of the site: a scorecard with its files, or, with card
// nil, what belongs to none. The error is the machine's.
func (r *Checklist) Add(ed *edition.Edition, card *edition.Scorecard, files []File) error {
	base := ed.Content.Site.BaseURL
	for _, f := range files {
		r.built[f.Path] = true
		page := strings.HasSuffix(f.Path, ".html") && !strings.HasPrefix(f.Path, "files/")
		if !page && !strings.HasPrefix(f.Path, "api/") && !strings.HasPrefix(f.Path, "files/") && !isSeries(f.Path) {
			continue
		}
		content, err := f.Make()
		if err != nil {
			return fmt.Errorf("making %s: %w", f.Path, err)
		}
		stands := r.public.has(f.Path)
		if stands && r.public.Sums[f.Path] == sha256.Sum256(content) {
			r.same[f.Path] = true
		}
		var now scanned
		if page {
			now = scan(content)
			r.look(f.Path, base, now)
		}
		if !stands || r.same[f.Path] {
			continue
		}
		r.moved++
		if strings.HasPrefix(f.Path, "archive/") {
			r.archived++
		}
		then, err := fs.ReadFile(r.public.Files, f.Path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("reading the public site: %w", err)
		}
		r.changed(ed, card, f.Path, now, content, then)
	}
	if card != nil {
		r.monthTexts()
		r.months(card)
		r.late(card)
		return nil
	}
	r.rest = ed
	for _, p := range ed.Reports {
		if !r.public.has("reports/" + p.Slug + ".html") {
			r.fresh = append(r.fresh, "the report "+diag.Quote(p.Title))
		}
	}
	for _, m := range ed.Meetings {
		if !r.public.has("meetings/" + m.Slug + ".html") {
			r.fresh = append(r.fresh, "the papers of "+m.Title)
		}
	}
	r.quiet(ed)
	return r.meetings(ed, files)
}

// months notes which months of a scorecard are new to the public.
func (r *Checklist) months(card *edition.Scorecard) {
	for _, m := range card.Months {
		if !r.public.has("api/" + card.ID + "/" + m.Month.String() + ".json") {
			r.fresh = append(r.fresh, card.Title+" for "+m.Month.Words())
		}
	}
}

// late tells of a month that by the day of the one before it would be out.
func (r *Checklist) late(card *edition.Scorecard) {
	m := card.Latest()
	if m == nil {
		return
	}
	next := m.Month.Add(1)
	// Where no cover says when a month came out, one has the whole month after it.
	due := next.Add(1).LastDay()
	why := "covers do not say when a month came out, and this one would have been by " + due.Words() + " at the latest"
	if m.Cover.HasPublishOn {
		out := m.Cover.PublishOn
		due = period.NewDate(out.Year(), out.Month().Number()+1, min(out.Day(), out.Month().Add(1).LastDay().Day()))
		why = "that of " + m.Month.Words() + " was out on " + out.Words() + ", so that this one would have been by " + due.Words()
	}
	if r.today <= due {
		return
	}
	is, mend := "is not there", "ask for it, or say on the home page when it will come"
	for _, v := range card.Data.Vintages() {
		if v.Month == next {
			is, mend = "is there and its month is not released", "release the month with status: approved in its cover, or say on the home page when it will come"
		}
	}
	place := diag.Place{File: "data/" + card.ID + "/" + next.String() + ".csv"}
	if strings.HasPrefix(is, "is there") {
		place.File = "content/" + card.ID + "/" + next.String() + "/_index.md"
	}
	r.found.Warnf(place, "late-return", "the return of %s for %s %s; %s", card.Title, next.Words(), is, why).Hint = mend
}

// quiet tells of a release within a quiet period of the calendar, where there is
// anything to release. What does no more than take back a snapshot is asked about
// and never stopped.
func (r *Checklist) quiet(ed *edition.Edition) {
	if r.moved == 0 && len(r.fresh) == 0 {
		return
	}
	withdraws := len(r.withdrawn) > 0 && len(r.fresh) == 0 && r.moved == r.archived
	for _, q := range ed.Content.Site.Calendar.Quiet {
		if r.today < q.From || r.today > q.To {
			continue
		}
		tell, mend := r.found.Warnf, "publish only what the law or the council's calendar of publications asks for, or wait until "+(q.To+1).Words()
		switch {
		case withdraws:
			mend = "what is taken back for good reason need not wait: publish it"
		case q.Blocks:
			tell, mend = r.found.Errorf, "wait until "+(q.To+1).Words()+", or take blocks: true out here with the monitoring officer's leave"
		}
		p := tell(q.Place, "quiet-period", "%s falls in the quiet period from %s to %s: %s", r.today.Words(), q.From.Words(), q.To.Words(), q.Why)
		p.Hint, p.Source = mend, q.Source
	}
}

// Finish adds what the checklist found to the findings of the build, makes those
// errors that stop a release, and takes out the questions that were asked
// before.
func (r *Checklist) Finish(problems *diag.List) Readiness {
	r.thaw()
	r.shows()
	ready := Readiness{Today: r.today, First: r.public == nil, New: slices.Compact(slices.Sorted(slices.Values(r.fresh))), Changed: r.moved, Pages: r.rest != nil}
	if r.public != nil {
		ready.Against = r.public.Name
	}
	var left []diag.Problem
	for _, p := range problems.All() {
		if p.Severity == diag.Warning && r.stops(p) {
			p.Severity = diag.Error
		}
		// Of a build that was just made nobody knows that it was released.
		if p.Severity == diag.Warning && !ready.itself() && p.Code != "past-changed" && r.asked(p.File) {
			ready.Before++
			continue
		}
		left = append(left, p)
	}
	r.gone()
	r.tellLinks()
	r.tellFaults()
	left = append(left, r.found.All()...)
	*problems = diag.List{}
	for _, p := range together(left) {
		ready.count(p)
		problems.Add(p)
	}
	return ready
}

// doubts are the findings that hold one figure of a return against others. The
// returns are not the officer's to mend, and one file may have dozens of them.
var doubts = []string{"ratio-differs", "stated-total-differs", "rate-differs", "parts-do-not-sum", "areas-do-not-sum", "stale-benchmark"}

// few is how many doubts of one file are told one by one.
const few = 3

// together makes the doubts of a file one question, where they are many.
func together(list []diag.Problem) []diag.Problem {
	count := map[string]int{}
	doubtful := func(p diag.Problem) bool { return p.Severity == diag.Warning && slices.Contains(doubts, p.Code) }
	for _, p := range list {
		if doubtful(p) {
			count[p.File]++
		}
	}
	var kept []diag.Problem
	told := map[string]bool{}
	for _, p := range list {
		n := count[p.File]
		if !doubtful(p) || n <= few {
			kept = append(kept, p)
			continue
		}
		if !told[p.File] {
			told[p.File] = true
			p.Code, p.Message = "figures-disagree", fmt.Sprintf("%d figures do not agree with others of theirs; the first: %s", n, p.Message)
			p.Hint = "ask who made the return about them; outturn check lists each"
			kept = append(kept, p)
		}
	}
	return kept
}

// stops reports whether a finding that check tells as a warning stops a release.
func (r *Checklist) stops(p diag.Problem) bool {
	switch {
	case strings.HasPrefix(p.Code, "contradicts-"), p.Code == "direction-contradicts":
		return true
	case p.Code == "missing-return": // of the whole month: there is no such file
		_, err := fs.Stat(r.site, p.File)
		return errors.Is(err, fs.ErrNotExist)
	}
	return false
}

var monthFile = regexp.MustCompile(`^([^/]+)/(\d{4}-\d{2})/([^/]+)\.md$`)

// asked reports whether what is made of a file is public as it is: the page of a
// text, every figure of a return.
func (r *Checklist) asked(file string) bool {
	page := pageOf(file)
	if page == "" {
		if card, ok := strings.CutPrefix(file, "data/"); ok && r.public != nil {
			card, _, _ = strings.Cut(card, "/")
			return r.cardStands(card)
		}
		return false
	}
	return r.same[page]
}

// cardStands reports whether every month and every series of a scorecard is
// public as it is.
func (r *Checklist) cardStands(card string) bool {
	any := false
	for name := range r.built {
		if strings.HasPrefix(name, "api/"+card+"/") || strings.HasPrefix(name, card+"/") && isSeries(name) {
			any = true
			if !r.same[name] {
				return false
			}
		}
	}
	return any
}

// pageOf is the page that an officer's text is on, or "" where it is on several.
func pageOf(file string) string {
	name, ok := strings.CutPrefix(file, "content/")
	if !ok {
		return ""
	}
	if m := monthFile.FindStringSubmatch(name); m != nil {
		if m[3] == "_index" {
			m[3] = "index"
		}
		return path.Join(m[1], m[2], m[3]+".html")
	}
	for _, dir := range []string{"reports/", "meetings/", "about/"} {
		if strings.HasPrefix(name, dir) && strings.HasSuffix(name, ".md") {
			return strings.TrimSuffix(name, ".md") + ".html"
		}
	}
	return ""
}
