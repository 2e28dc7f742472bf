package commentary

import (
	"slices"
	"strconv"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// Report is a committee report, content/reports/<slug>.md (contract, section 4).
// Its people are roles. Texts of the summary sheet may hold figures.
type Report struct {
	Slug, Title, Description string
	State
	Broken                       bool         // the front matter could not be read, which is told
	Raw                          string       // the file as it is written
	AsAt                         period.Month // 0: not given
	AsAtPlace                    Named
	Scorecards                   []Named // the first is that of references without a scorecard
	Meetings                     []Named // slugs of the meetings that it goes to
	Since                        Named   // a report's slug or a month; "": the last one to the committee
	Committee                    string
	Date                         period.Date
	KeyDecision, Director, Wards string
	Authors                      []string
	Summary                      Text
	Recommendations              []Text
	Appendices                   []Appendix
	BackgroundPapers             []Text
	OtherBodies, CouncilApproval string
	Exempt                       []int // paragraphs of Schedule 12A; its body is never published
	ExemptReason                 string
	Approvals                    []Approval
	Accountable                  []string
	RecordURL                    string
	Numbered                     bool
	Text                         Text
	Place                        diag.Place
	PublicLines                  map[int]bool // lines of the keys that stand on the agenda although the report is exempt
}

// IsExempt reports whether the press and public are excluded from it.
func (r Report) IsExempt() bool { return len(r.Exempt) > 0 }

// Appendix is one of a report: a scorecard as at the report's month, files, or both.
type Appendix struct {
	Letter, Title string
	Scorecard     Named
	Files         []Named // paths below content/files/
}

// Approval is a role that cleared a report, with the day.
type Approval struct {
	Role  string
	On    period.Date
	HasOn bool
}

// reports reads content/reports/.
func (l *loader) reports(dir string) {
	for _, file := range l.papers(dir) {
		if file == "_implications.md" {
			l.implications(dir + "/" + file)
			continue
		}
		if slug, ok := l.slug(dir, file); ok {
			l.content.Reports = append(l.content.Reports, asBefore(l, dir+"/"+file, func() Report { return l.report(dir+"/"+file, slug) }))
		}
	}
}

// papers lists the files of reports/ or meetings/, which have no folders.
func (l *loader) papers(dir string) []string {
	files, folders := l.list(dir)
	for _, name := range folders {
		l.stray(dir+"/"+name, "committee papers stand in one folder", "take it out of "+dir+"/")
	}
	return files
}

// slug is a paper's name in addresses. Two that differ in case alone would
// share a page.
func (l *loader) slug(dir, file string) (slug string, ok bool) {
	slug, ok = l.textName(dir + "/" + file)
	switch {
	case !ok:
		return "", false
	case slug == "_index":
		l.stray(dir+"/"+file, "the list of papers has no text of its own", "put the text into content/_index.md or a page of about/")
		return "", false
	case strings.EqualFold(slug, "index"):
		l.clash(dir+"/"+file, slug)
		return "", false
	}
	key := strings.ToLower(strings.TrimPrefix(dir, root+"/") + "/" + slug)
	if first, taken := l.paths[key]; taken {
		l.problems.Errorf(diag.Place{File: dir + "/" + file}, "bad-key", "%s makes the same page, %s.html", first, key).Hint = "give one of them another name"
		return "", false
	}
	l.paths[key] = dir + "/" + file
	return slug, true
}

// implications reads the standard sections of reports: each heading of the
// highest level with its text stands in every report that has no heading of
// that name. Their order is the order of reports.
func (l *loader) implications(file string) {
	if p, ok := l.readPage(file); ok {
		l.content.Implications = p.markdown.freeze()
		l.content.ImplicationsPlace = diag.Place{File: file}
	}
}

var reportKeys = []string{
	"title", "description", "status", "publish_on", "as_at", "scorecards", "meetings", "since", "committee", "date",
	"key_decision", "director", "authors", "wards", "summary", "recommendations", "appendices", "background_papers",
	"other_bodies", "council_approval", "exempt", "exempt_reason", "approvals", "accountable", "record_url", "numbered",
}

var reportStates = []string{"draft", "approved"}

func (l *loader) report(file, slug string) Report {
	p, ok := l.readPage(file, reportKeys...)
	if !ok { // what cannot be read may be exempt
		r := Report{Slug: slug, Broken: true, Place: diag.Place{File: file}, Exempt: []int{unknownParagraph}}
		r.State, r.Raw = l.unreadState(file, reportStates...)
		return r
	}
	r := Report{
		Slug: slug, State: p.state(reportStates...), Broken: p.broken, Place: diag.Place{File: file},
		Description: p.text("description"), Title: p.text("title"),
		Committee: p.required("committee", "Improving Lives Select Commission"),
		Since:     p.name("since"), Scorecards: p.namedList("scorecards"), Meetings: p.namedList("meetings"),
		KeyDecision: p.yesOrNo("key_decision"), Director: p.text("director"), Wards: strings.Join(p.lines("wards"), ", "),
		Authors: p.lines("authors"), Summary: p.prose("summary"), Recommendations: p.proses("recommendations"),
		BackgroundPapers: p.proses("background_papers"), OtherBodies: p.yesOrNo("other_bodies"),
		CouncilApproval: p.yesOrNo("council_approval"), ExemptReason: p.text("exempt_reason"),
		Accountable: p.lines("accountable"), RecordURL: p.address("record_url"), Numbered: p.truth("numbered"),
	}
	if heading, first := p.markdown.title(); first && (r.Title == "" || heading == r.Title) {
		r.Title = heading
		p.markdown.dropFirst()
	}
	if r.Title == "" {
		r.Title = inWords(slug)
		p.required("title", "Performance in January 2017")
	}
	r.Raw = string(p.source.text)
	r.Date = p.day("date")
	r.AsAt, _ = p.month("as_at")
	r.AsAtPlace = p.name("as_at")
	if len(r.Scorecards) > 0 && r.AsAt == 0 && !p.has("as_at") {
		p.source.errorf(p.place("scorecards"), "bad-key", "write as_at: 2017-01", "as_at is missing: the month as at which the scorecards are meant")
	}
	if r.Exempt = p.exempt(); p.seals(r) {
		r.Exempt, r.Broken = []int{unknownParagraph}, true
	}
	r.PublicLines = p.publicLines()
	if r.IsExempt() && !r.Broken {
		if r.ExemptReason == "" {
			p.errorf("exempt", "bad-key", "write exempt_reason: why the public interest in keeping it back is the greater", "exempt_reason is missing")
			r.Broken = len(r.PublicLines) == 0 // or nobody would be told
		}
		if p.text("title") == "" { // neither a heading of its body nor its file's name is public
			p.errorf("title", "bad-key", "write title: and the words that may stand on the agenda", "an exempt report has no title of its own")
			r.Broken = true
		}
	}
	r.appendices(p)
	r.approvals(p)
	r.Text = p.markdown.freeze()
	return r
}

// publicLines are the lines of what stands on the agenda of an exempt report.
// Front matter that is written within {} puts several keys on one line: there
// are none.
func (p page) publicLines() map[int]bool {
	lines := map[int]bool{}
	yaml, _, _ := split(newSource(p.source.file, p.source.text, &diag.List{}))
	for line := range strings.Lines(yaml) {
		if text := strings.TrimSpace(line); text != "" && !strings.HasPrefix(text, "#") {
			if strings.HasPrefix(text, "{") {
				return lines
			}
			break
		}
	}
	for _, key := range []string{"title", "status", "publish_on", "exempt", "exempt_reason"} {
		if pair, ok := p.pairs[key]; ok {
			lines[pair.at.Line], lines[pair.value.at.Line] = true, true
		}
	}
	return lines
}

// seals reports whether a report that does not say in the right words that it is
// exempt may be: its keys or its state cannot be read, or one is as good as exempt.
func (p page) seals(r Report) bool {
	switch reason := p.value("exempt_reason"); {
	case p.broken, r.Unknown, slices.Contains(r.Exempt, unknownParagraph):
		return true
	case r.IsExempt():
		return false
	case reason.kind != nothing && (reason.kind != scalar || !isNo(reason.text)):
		// A paragraph that was taken out or never filled in must not open what
		// somebody gave a reason to keep back.
		lacks := "exempt is missing"
		if p.has("exempt") {
			lacks = "exempt names no paragraph"
		}
		p.errorf("exempt_reason", "bad-key", "write exempt: [3], or take exempt_reason out", "exempt_reason is given, and %s", lacks)
		return true
	}
	again := newSource(p.source.file, p.source.text, &diag.List{}) // with the keys that are not known
	yaml, _, _ := split(again)
	v, _ := parseYAML(again, yaml, 1)
	return slices.ContainsFunc(v.pairs, func(p pair) bool {
		v := p.value
		no := v.kind == nothing || v.kind == scalar && isNo(v.text) || v.kind == list && len(v.items) == 0
		return p.key != "exempt_reason" && meansExempt(p.key) && !no
	})
}

// day reads a date that must be there.
func (k keys) day(key string) period.Date {
	day, ok := k.date(key)
	if !ok && !k.has(key) && !k.broken {
		k.errorf(key, "bad-key", "write "+key+": 2017-03-22", "%s is missing", key)
	}
	return day
}

// yesOrNo reads an answer as people give it, "no" or "No, it was not needed",
// with a capital.
func (k keys) yesOrNo(key string) string {
	switch text := k.text(key); {
	case text == "":
		return ""
	case text == "true":
		return "Yes"
	case text == "false":
		return "No"
	default:
		return strings.ToUpper(text[:1]) + text[1:]
	}
}

// exemptParagraphs is how many categories Part 1 of Schedule 12A to the Local
// Government Act 1972 has (as inserted by SI 2006/88).
const exemptParagraphs = 7

// unknownParagraph stands for one that could not be read.
const unknownParagraph = 0

// exempt reads the paragraphs of Schedule 12A: [3], 3, or no.
func (p page) exempt() []int {
	v := p.value("exempt")
	items := []value{v}
	switch {
	case !p.stands("exempt"), v.kind == scalar && slices.Contains([]string{"no", "No", "none", "None", "false", "~"}, v.text):
		return nil
	case p.empty("exempt"): // told
		return []int{unknownParagraph}
	case v.kind == list:
		items = v.items
	}
	var paragraphs []int
	for _, item := range items {
		n, err := strconv.Atoi(strings.TrimSpace(item.text))
		if item.kind != scalar || err != nil || n < 1 || n > exemptParagraphs {
			p.source.errorf(item.at, "bad-number", "write exempt: [3], or exempt: [] where it is public", "%s is not a paragraph of Schedule 12A, which has 1 to %d", item.quoted(), exemptParagraphs)
			n = unknownParagraph // whatever was meant, the report is exempt
		}
		if !slices.Contains(paragraphs, n) {
			paragraphs = append(paragraphs, n)
		}
	}
	return paragraphs
}

func (r *Report) appendices(p page) {
	for i, item := range p.list("appendices") {
		a := Appendix{Letter: string(rune('A' + i%26))}
		if item.kind == scalar {
			a.Title = strings.TrimSpace(item.text)
			r.Appendices = append(r.Appendices, a)
			continue
		}
		k := readKeys(p.source, item, "letter", "title", "scorecard", "files", "file")
		if letter := k.text("letter"); letter != "" {
			a.Letter = letter
		}
		a.Scorecard, a.Files = k.name("scorecard"), append(k.files("files"), k.files("file")...)
		a.Title = k.text("title")
		if a.Title == "" && a.Scorecard.Text == "" && len(a.Files) == 0 {
			k.required("title", "Early Help scorecard")
		}
		r.Appendices = append(r.Appendices, a)
	}
	if !p.has("appendices") {
		for i, card := range r.Scorecards {
			r.Appendices = append(r.Appendices, Appendix{Letter: string(rune('A' + i%26)), Scorecard: card})
		}
	}
}

func (r *Report) approvals(p page) {
	if p.value("approvals").kind == scalar {
		if text := p.text("approvals"); text != "" {
			r.Approvals = []Approval{{Role: text}}
		}
		return
	}
	for _, item := range p.list("approvals") {
		if item.kind == scalar {
			r.Approvals = append(r.Approvals, Approval{Role: strings.TrimSpace(item.text)})
			continue
		}
		k := readKeys(p.source, item, "role", "date")
		a := Approval{Role: k.required("role", "Assistant Director of Legal Services")}
		a.On, a.HasOn = k.date("date")
		r.Approvals = append(r.Approvals, a)
	}
}

// files reads paths below content/files/, one or a list.
func (k keys) files(key string) []Named {
	var names []Named
	for _, name := range k.namedList(key) {
		name.Text = strings.TrimPrefix(strings.TrimPrefix(name.Text, "../"), "files/")
		if name.Text != "" {
			names = append(names, name)
		}
	}
	return names
}
