package edition

import (
	"html"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/period"
)

// What is not public leaves no trace in public output (contract, section 4,
// states): not in pages, which this edition does not know of, not as a link or
// a file, and not in the messages of a build.

// Withhold takes out of a list the findings that speak of what this edition
// does not show: an officer who builds the public site may do so before others.
// With Drafts everything is told, but that of a report which is exempt no word
// stands in the message: a preview is shown to those who prepare the month, and
// who may not read it. InFull tells that too.
func (e *Edition) Withhold(problems *diag.List) {
	if e.Options.Drafts && e.Options.InFull {
		return
	}
	var told diag.List
	for _, p := range problems.All() {
		switch {
		case e.Options.Drafts:
			told.Add(e.sealed(p))
		case e.tells(p):
			told.Add(e.discreet(p))
		}
	}
	*problems = told
}

// Withhold is that of the edition of everything.
func (in *Inputs) Withhold(problems *diag.List) { in.edition(in.content).Withhold(problems) }

// sealed takes out of a finding on a report that is exempt, or may be, what it
// quotes, unless its line stands on the agenda anyway.
func (e *Edition) sealed(p diag.Problem) diag.Problem {
	for i := range e.Content.Reports {
		if r := &e.Content.Reports[i]; r.Place.File == p.File && r.MayBeExempt() && (r.Broken || !r.PublicLines[p.Line]) {
			p.Message, p.Source = "there is a fault here, in a report that is exempt or may be", ""
			p.Hint = "outturn check says more, to those who may read it"
		}
	}
	return p
}

// returnName are the files of a month in a folder of data/.
var returnName = regexp.MustCompile(`^([0-9]{4}-[0-9]{2})(?:\.([0-9]+))?(?:-actions)?\.csv$`)

// tells reports whether a finding stands in what is public.
func (e *Edition) tells(p diag.Problem) bool {
	parts := strings.Split(p.File, "/")
	if len(parts) < 3 {
		return true
	}
	switch {
	case parts[0] == "content" && parts[1] == "reports":
		for i := range e.Content.Reports {
			if r := &e.Content.Reports[i]; r.Place.File == p.File {
				if r.IsExempt() && !r.Broken {
					return e.mayTell(r.State) && r.PublicLines[p.Line]
				}
				return e.mayTell(r.State)
			}
		}
	case parts[0] == "content" && parts[1] == "meetings":
		for i := range e.Content.Meetings {
			if m := &e.Content.Meetings[i]; m.Place.File == p.File {
				return e.mayTell(m.State)
			}
		}
	case parts[0] == "content":
		if month, err := period.ParseMonth(parts[2]); err == nil {
			if len(parts) == 3 && p.Severity == diag.Error {
				return true // its folder cannot be read, and so not whether it is out
			}
			return len(parts) == 4 && parts[3] == "_index.md" && e.unstated(parts[1], month) || e.MonthIsPublic(parts[1], month, 0)
		}
	case parts[0] == "data":
		if m := returnName.FindStringSubmatch(parts[2]); m != nil {
			month, err := period.ParseMonth(m[1])
			issue, _ := strconv.Atoi(m[2])
			return err != nil || e.MonthIsPublic(parts[1], month, issue)
		}
	}
	return true
}

// discreet takes out of a finding on an exempt report whose keys cannot be read
// what it quotes: the public part cannot be told from the rest.
func (e *Edition) discreet(p diag.Problem) diag.Problem {
	for _, r := range e.Content.Reports {
		if r.Broken && r.IsExempt() && r.Place.File == p.File {
			p.Message, p.Source = "this report, which may be exempt, cannot be read", ""
			p.Hint = "outturn check says more, to those who may read it"
		}
	}
	return p
}

// mayTell reports whether the faults of a report or meeting are told: where it
// is shown, and where nobody can know whether it is to be.
func (e *Edition) mayTell(s commentary.State) bool {
	return e.shows(s) || s.Unknown && (!s.HasPublishOn || e.Come(s.PublishOn))
}

// shows reports whether this edition shows a report or meeting in a state.
func (e *Edition) shows(s commentary.State) bool {
	return e.Options.Drafts || e.asked.released(s)
}

// MonthIsPublic reports whether an issue of a month of a scorecard is out;
// issue 0 is any.
func (e *Edition) MonthIsPublic(card string, month period.Month, issue int) bool {
	for _, text := range e.Content.Scorecards {
		if text.ID != card {
			continue
		}
		if month < text.FirstReport {
			return true // returned before there were reports
		}
		for _, cover := range text.Covers {
			if cover.Month == month {
				return cover.Unread || e.asked.releases(cover) && (cover.Issue == 0 || issue <= cover.Issue)
			}
		}
		return false
	}
	return true // a plan has no covers
}

// unstated reports whether a month's cover has no status. A slip in that key
// must not take a month from the site in silence, so that the cover's own faults
// are told; those of a cover that says draft belong to who prepares it.
func (e *Edition) unstated(card string, month period.Month) bool {
	for _, text := range e.Content.Scorecards {
		for _, cover := range text.Covers {
			if text.ID == card && cover.Month == month {
				return cover.Unstated
			}
		}
	}
	return false
}

// Hidden reports whether a path of the site is one that exists and is not
// shown: no page may lead there, or name it.
func (e *Edition) Hidden(to string) bool {
	if strings.HasPrefix(to, "archive/") {
		return !e.in.archived(to, e.in.archive)
	}
	if e.Options.Snapshot != "" && !inSnapshot(to) {
		return true
	}
	dir := path.Dir(to)
	is := e.place(to)
	switch {
	case strings.HasPrefix(to, "files/"):
		return is&hiddenFile != 0
	case to == "reports/index.html":
		return !e.Outline.Reports
	case to == "meetings/index.html":
		return !e.Outline.Meetings
	case dir == "reports", dir == "meetings":
		return is&hidden != 0
	}
	card, folder, _ := strings.Cut(dir, "/")
	if !e.Outline.has(card) {
		return false
	}
	_, err := period.ParseMonth(folder)
	switch {
	case err == nil:
		return is&shownMonth == 0
	case folder == "indicators", to == card+"/actions.html":
		return !e.Scorecard(card).shows(to)
	}
	return false
}

// inSnapshot reports whether a path may be one of a snapshot's: what tells the
// world of a site belongs to the site itself.
func inSnapshot(to string) bool {
	return !slices.Contains([]string{"404.html", "feed.xml", "robots.txt", "sitemap.xml"}, to)
}

// Files are the attachments that are published, by their paths below
// content/files/: those that something shown uses, and those that nothing at
// all uses. One that only drafts, or an exempt item, use is not among them.
func (e *Edition) Files() []string {
	e.asked.Files = digest(e.in.hiddenFiles)
	var list []string
	for _, name := range e.Content.Files {
		if !e.in.hiddenFiles[name] {
			list = append(list, name)
		}
	}
	return list
}

// use is how a text or a list stands towards the public.
type use uint8

const (
	open   use = iota // part of this edition
	unseen            // a draft, or not yet due
	exempt            // never shown
)

// attachments finds what may not be published, and tells of what is at once
// open and exempt: one of them must be wrong, and to publish it cannot be undone.
func (e *Edition) attachments(problems *diag.List) map[string]bool {
	uses := map[string][3]bool{}
	first := map[string]commentary.Named{}
	note := func(name string, at commentary.Named, u use) {
		of := uses[name]
		of[u] = true
		uses[name] = of
		if _, told := first[name]; u == open && !told {
			first[name] = at
		}
	}
	// What is not public names files in more ways than links of the site that
	// are followed: from the top of the server, in full, by the name alone. And
	// the keys of a file that is no YAML are not known.
	mentioned := func(raw string, u use) {
		forms := formsOf(raw)
		for _, name := range e.Content.Files {
			if mentions(forms, name) {
				note(name, commentary.Named{}, u)
			}
		}
	}
	text := func(t commentary.Text, u use) {
		if u != open {
			mentioned(t.Raw(), u)
		}
		for _, target := range t.Targets() {
			if name, ok := strings.CutPrefix(target.Path, "files/"); ok {
				note(name, commentary.Named{Text: name, Place: target.Place, Source: target.Source}, u)
			}
		}
	}
	files := func(names []commentary.Named, u use) {
		for _, name := range names {
			note(name.Text, name, u)
		}
	}
	e.texts(text)
	for i := range e.Content.Reports {
		r := &e.Content.Reports[i]
		if u := e.useOf(r); u != open {
			mentioned(r.Raw, u)
		}
		for _, a := range r.Appendices {
			files(a.Files, e.useOf(r))
		}
	}
	for i := range e.Content.Meetings {
		m := &e.Content.Meetings[i]
		seen := e.useOfMeeting(m)
		if seen != open {
			mentioned(m.Raw, seen)
		}
		for _, item := range m.Items {
			u := seen
			if r := e.contentReport(item.Report.Text); r != nil {
				u = max(u, e.useOf(r))
			}
			files(item.Files, u)
			files(item.Supplement, u)
		}
	}
	e.unused(uses, problems)
	hidden := map[string]bool{}
	for name, of := range uses {
		if of[exempt] && of[open] {
			p := problems.Errorf(first[name].Place, "bad-link", "the file %s is published here, and an exempt item has it too", diag.Quote(name))
			p.Hint, p.Source = "take it out here; or if it is public, take it out of the exempt item", first[name].Source
		}
		if of[exempt] || of[unseen] && !of[open] {
			hidden[name] = true
		}
	}
	e.namesakes(hidden, problems)
	return hidden
}

// namesakes tells of published attachments, and of folders of them, whose names are
// one where case does not count: no site can hold both on every machine.
func (e *Edition) namesakes(hidden map[string]bool, problems *diag.List) {
	known := map[string]string{}
	for _, name := range e.Content.Files {
		if hidden[name] {
			continue
		}
		for p := name; p != "."; p = path.Dir(p) {
			folded := strings.ToLower(strings.ToUpper(p))
			if other := known[folded]; other != "" && other != p && path.Dir(other) == path.Dir(p) {
				problems.Errorf(diag.Place{File: path.Join("content/files", p)}, "stray-file", "the name differs from %s by capital letters alone, and many machines can keep only one of the two", path.Join("content/files", other)).Hint =
					"rename one of them, and the links to it"
			}
			known[folded] = p
		}
	}
}

// unused warns of attachments that nothing names: they are published, and no
// page leads to them.
func (e *Edition) unused(uses map[string][3]bool, problems *diag.List) {
	unused := slices.DeleteFunc(slices.Clone(e.Content.Files), func(name string) bool {
		_, used := uses[name]
		return used
	})
	look := func(raw string) {
		if len(unused) > 0 {
			forms := formsOf(raw)
			unused = slices.DeleteFunc(unused, func(name string) bool { return mentions(forms, name) })
		}
	}
	e.texts(func(t commentary.Text, _ use) { look(t.Raw()) })
	for _, r := range e.Content.Reports {
		look(r.Raw)
	}
	for _, m := range e.Content.Meetings {
		look(m.Raw)
	}
	for _, name := range unused {
		problems.Warnf(diag.Place{File: path.Join("content/files", name)}, "unused-file", "the file is published, and nothing on the site names it").Hint =
			"link to it where it belongs, or take it out of content/files"
	}
}

// formsOf are a text in small letters, as it is written and as Markdown and HTML
// read it, each once.
func formsOf(raw string) []string {
	raw = strings.ToLower(raw)
	plain := html.UnescapeString(raw)
	return slices.Compact([]string{raw, plain, strings.ReplaceAll(plain, `\`, ""), strings.ReplaceAll(plain, `\`, "/")})
}

// mentions reports whether a text, of which these are the forms, has the name of a
// file as a word of its own, in whatever case, and as an address or as Markdown
// writes it.
func mentions(forms []string, name string) bool {
	name = strings.ToLower(name)
	for _, wanted := range slices.Compact([]string{name, strings.ToLower((&url.URL{Path: name}).EscapedPath()), strings.ReplaceAll(name, " ", "%20")}) {
		for _, form := range forms {
			for rest := form; ; {
				at := strings.Index(rest, wanted)
				if at < 0 {
					break
				}
				before, _ := utf8.DecodeLastRuneInString(rest[:at])
				if at == 0 || before == '_' || !unicode.IsLetter(before) && !unicode.IsDigit(before) && before != '-' {
					return true
				}
				rest = rest[at+len(wanted):]
			}
		}
	}
	return false
}

func (e *Edition) useOf(r *commentary.Report) use {
	switch {
	case r.IsExempt():
		return exempt
	case e.Report(r.Slug) == nil:
		return unseen
	}
	return open
}

func (e *Edition) useOfMeeting(m *commentary.Meeting) use {
	if e.Meeting(m.Slug) == nil {
		return unseen
	}
	return open
}

// texts visits every text of content/ with how it stands towards the public.
func (e *Edition) texts(visit func(commentary.Text, use)) {
	visit(e.Content.Home.Text, open)
	for _, p := range e.Content.Pages {
		visit(p.Text, open)
	}
	for _, p := range e.Content.Plans {
		visit(p.Text, open)
	}
	for _, card := range e.Content.Scorecards { // one that is outlined names no file
		cardTexts(card, func(t commentary.Text, month period.Month) {
			u := open
			if month != 0 && !e.Outline.shows(card.ID, month) {
				u = unseen
			}
			visit(t, u)
		})
	}
	visit(e.Content.Implications, open)
	for i := range e.Content.Reports {
		r := &e.Content.Reports[i]
		for _, t := range reportTexts(r) {
			visit(t, e.useOf(r))
		}
	}
	for i := range e.Content.Meetings {
		m := &e.Content.Meetings[i]
		for _, t := range meetingTexts(m) {
			visit(t, e.useOfMeeting(m))
		}
	}
}

// cardTexts are those of a scorecard, with the month that each is of; 0 is all.
func cardTexts(card commentary.Scorecard, visit func(commentary.Text, period.Month)) {
	visit(card.Intro, 0)
	for _, sec := range card.SectionPages {
		visit(sec.Notes, 0)
	}
	for _, cover := range card.Covers {
		visit(cover.Summary, cover.Month)
		for _, a := range cover.Analyses {
			visit(a.Text, cover.Month)
		}
	}
}

// NamesNoFile reports whether the texts of a scorecard lead to no attachment and
// mention none, whatever attachments there are: what is not read of them then
// changes nothing about which may be published.
func NamesNoFile(card commentary.Scorecard) bool {
	names := false
	cardTexts(card, func(t commentary.Text, _ period.Month) {
		raw := strings.ToLower(t.Raw())
		plain := strings.ReplaceAll(strings.ToLower(html.UnescapeString(raw)), `\`, "") // see mentions
		for _, kind := range commentary.AttachmentKinds {
			names = names || strings.Contains(raw, "."+kind) || strings.Contains(plain, "."+kind)
		}
		for _, target := range t.Targets() {
			names = names || strings.HasPrefix(target.Path, "files/")
		}
	})
	return !names
}

// written reports whether content/ has a report or meeting at that path,
// whatever its state.
func (in *Inputs) written(page string) bool {
	kind, slug, _ := strings.Cut(page, "/")
	if kind == "reports" {
		return slices.ContainsFunc(in.content.Reports, func(r commentary.Report) bool { return r.Slug == slug })
	}
	return slices.ContainsFunc(in.content.Meetings, func(m commentary.Meeting) bool { return m.Slug == slug })
}

func (h Head) shows(month period.Month) bool {
	return slices.ContainsFunc(h.Months, func(m HeadMonth) bool { return m.Month == month })
}

func (o Outline) shows(id string, month period.Month) bool {
	return slices.ContainsFunc(o.Scorecards, func(h Head) bool { return h.ID == id && h.shows(month) })
}

// shows reports whether a measure's page, or that of actions, is among those of
// the months that are shown.
func (s *Scorecard) shows(to string) bool {
	if s == nil {
		return false
	}
	l := links{pages: map[string]bool{}}
	for _, m := range s.Months {
		l.measures(s, m.View)
	}
	return l.pages[to]
}

func (s *Scorecard) has(month period.Month) bool {
	for _, m := range s.Months {
		if m.Month == month {
			return true
		}
	}
	return false
}
