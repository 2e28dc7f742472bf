package release

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/prose"
)

// What the public has been told is not altered in silence. The figures of a
// released month are held against those in public/, as api/ has them: they may
// differ only under a new issue, whose day and reasons its pages show (contract,
// section 2; Code of Practice for Statistics, edition 2.0, T3: revisions and
// corrections are handled in the open). Words that an officer wrote are
// held against those that stand; there the checklist asks, for it cannot know a
// slip of the pen from a change of mind.

// changed looks at a page or file that is public and would change.
func (r *Checklist) changed(ed *edition.Edition, card *edition.Scorecard, name string, now scanned, content, then []byte) {
	switch dir, rest, _ := strings.Cut(name, "/"); {
	case name == "index.html":
		r.standingWords(ed.Content.Home, "home page is", now, then)
	case dir == "about":
		for _, p := range ed.Content.Pages {
			if p.Path+".html" == name {
				r.standingWords(p, "page is", now, then)
			}
		}
	case card != nil && isSeries(name):
		r.series(card, content, then)
	case dir == "api" && card != nil:
		r.figures(card, strings.TrimSuffix(path.Base(rest), ".json"), content, then)
	case dir == "files":
		p := r.found.Warnf(diag.Place{File: "content/" + name}, "public-words", "the file is public, and another of its name would take its place")
		p.Hint = "give the new file a name of its own and say beside its link what it replaces and when; where nothing in it changed, it may stay"
	case dir == "reports":
		if report := ed.Report(strings.TrimSuffix(rest, ".html")); report != nil {
			r.words(report.Place, now.prose, scan(then).prose, "report is", false)
		}
	case dir == "meetings":
		if m := ed.Meeting(strings.TrimSuffix(rest, ".html")); m != nil && m.Minutes == "confirmed" {
			// Minutes are agreed by the next meeting, and are put right until then.
			before := scan(then)
			if strings.Contains(before.text, ed.Theme.Word("minutes", "confirmed-note")) {
				r.words(m.Place, now.prose, before.prose, "minutes are", strings.Count(now.text, "amended") > strings.Count(before.text, "amended"))
			}
		}
	case card != nil && strings.Count(name, "/") == 2 && monthOf(card, name) != nil:
		m := monthOf(card, name)
		if before, ok := r.standingIssue(card.ID, m.Month); ok && before == m.Issue {
			file := pageText(name)
			if _, err := fs.Stat(r.site, file); err != nil {
				file = m.Cover.Place.File
			}
			standing := scan(then)
			r.texts = append(r.texts, monthText{m.Month, diag.Place{File: file}, now.prose, standing.prose})
			r.monthNotices(m, path.Base(name) == "index.html", now, standing)
		}
	}
}

// monthText is a text of a month that is public and changes.
type monthText struct {
	month     period.Month
	at        diag.Place
	now, then string
}

// monthTexts asks about the texts of a scorecard's months, once it is known of
// which months figures change: a text that changes with them is not asked about.
func (r *Checklist) monthTexts() {
	for _, t := range r.texts {
		if !r.figured[t.month] || digits.ReplaceAllString(t.now, "#") != digits.ReplaceAllString(t.then, "#") {
			r.words(t.at, t.now, t.then, "text of "+t.month.Words()+" is", false)
		}
	}
	r.texts, r.figured = nil, nil
	r.tellAltered()
}

// standingWords asks about a page that is of no month. Where its text writes
// figures, they change with each month and are not looked at.
func (r *Checklist) standingWords(p commentary.Page, what string, now scanned, standing []byte) {
	then := scan(standing).prose
	if len(p.Text.Refs()) > 0 && digits.ReplaceAllString(now.prose, "#") == digits.ReplaceAllString(then, "#") {
		return
	}
	r.words(p.Place, now.prose, then, what, false)
}

// pageText is the text from which a page of a month is made.
func pageText(page string) string {
	return sourcesOf(page)[0]
}

// monthOf is the month of a page such as early-help/2017-01/contacts.html, nil
// for other pages.
func monthOf(card *edition.Scorecard, page string) *edition.Month {
	parts := strings.Split(page, "/")
	for _, m := range card.Months {
		if parts[0] == card.ID && m.Month.String() == parts[1] {
			return m
		}
	}
	return nil
}

// datedNote are the words of a note on a change.
var (
	digits    = regexp.MustCompile(`[0-9][0-9,]*(?:\.[0-9]+)?`)
	datedNote = regexp.MustCompile(`(?i)\b(amend|correct|chang|replac|revis|reissu|withdr|updat|errat)`)
	dayWords  = regexp.MustCompile(`\b[0-9]{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) [12][0-9]{3}\b|\b[12][0-9]{3}-[0-9]{2}-[0-9]{2}\b`)
)

// words asks about a text that is public and reads otherwise now, unless it
// bears a note of it that is new and has a day.
func (r *Checklist) words(at diag.Place, now, then, what string, noted bool) {
	// A tag reads as a space: a link that is one now changes no word.
	if strings.ReplaceAll(now, " ", "") == strings.ReplaceAll(then, " ", "") || then == "" || noted || hasNewNote(now, then) {
		return
	}
	was, is := firstDifference(then, now)
	p := r.found.Warnf(at, "public-words", "the %s public and would read otherwise: %s, where it reads %s", what, diag.Quote(is), diag.Quote(was))
	switch what {
	case "home page is", "page is":
		p.Hint = "where it takes back what the public was told, say in the text what was changed and on which day: Corrected on " + r.today.Words() + ": …; else it may stay"
	case "report is":
		p.Hint = "say below the words what was changed and on which day: Corrected on " + r.today.Words() + ": …"
	case "minutes are":
		p.Hint = "put the words back and write amendments: with on, was and now, so that the page shows both"
	default:
		p.Hint = "raise issue: in the month's cover, or say in the text what was changed and on which day: Corrected on " + r.today.Words() + ": …"
	}
}

// hasNewNote reports whether a text has a day that it had not, in a sentence that
// speaks of a change.
func hasNewNote(now, then string) bool {
	for _, said := range prose.Sentences(now) {
		for _, day := range dayWords.FindAllString(said, -1) {
			if datedNote.MatchString(said) && !strings.Contains(then, day) {
				return true
			}
		}
	}
	return false
}

// firstDifference is where two texts part, a few words of each.
func firstDifference(then, now string) (was, is string) {
	a, b := strings.Fields(then), strings.Fields(now)
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	from := max(i-2, 0)
	some := func(words []string) string {
		return strings.Join(words[min(from, len(words)):min(i+5, len(words))], " ")
	}
	return some(a), some(b)
}

// publicMonth is what is compared of a month's figures: not the sentences of the
// reasons, which another program may word otherwise.
type publicMonth struct {
	Issue      int                          `json:"issue"`
	Indicators []map[string]json.RawMessage `json:"indicators"`
}

// comparedKeys are those of an indicator whose values were published.
var comparedKeys = []string{"current", "previous", "ytd", "target", "rag", "direction", "comparisons", "areas"}

var keyWords = map[string]string{
	"current": "figure", "previous": "figure of the period before", "ytd": "year to date", "target": "target", "rag": "rating",
	"direction": "direction", "comparisons": "comparison", "areas": "figure of an area",
}

func readMonth(text []byte) (m publicMonth, ok bool) {
	return m, json.Unmarshal(text, &m) == nil
}

// standingIssue is the issue of a month that is public. It is asked of every
// figure, and read once.
func (r *Checklist) standingIssue(card string, month period.Month) (int, bool) {
	if r.public == nil {
		return 0, false
	}
	name := "api/" + card + "/" + month.String() + ".json"
	if issue, known := r.issues[name]; known {
		return issue, issue > 0
	}
	if r.issues == nil {
		r.issues = map[string]int{}
	}
	r.issues[name] = 0
	if text, err := fs.ReadFile(r.public.Files, name); err == nil {
		if m, ok := readMonth(text); ok {
			r.issues[name] = m.Issue
		}
	}
	return r.issues[name], r.issues[name] > 0
}

// figures holds a month's figures against those that are public.
func (r *Checklist) figures(card *edition.Scorecard, month string, content, standing []byte) {
	i := slices.IndexFunc(card.Months, func(m *edition.Month) bool { return m.Month.String() == month })
	now, ok1 := readMonth(content)
	then, ok2 := readMonth(standing)
	if i < 0 || !ok1 || !ok2 {
		return
	}
	m := card.Months[i]
	at, source := r.key(m.Cover, "issue", "status")
	if now.Issue > then.Issue {
		r.explained(m, then.Issue)
		return
	}
	var told []string
	for _, was := range then.Indicators {
		ref := refText(was["ref"])
		j := slices.IndexFunc(now.Indicators, func(is map[string]json.RawMessage) bool { return refText(is["ref"]) == ref })
		if j < 0 {
			told = append(told, ref+" is gone")
			continue
		}
		for _, key := range comparedKeys {
			before, after := was[key], now.Indicators[j][key]
			if before != nil && after != nil && !sameFigures(before, after) {
				told = append(told, ref+" "+keyWords[key]+described(before, after))
				if r.toldOf == nil {
					r.toldOf = map[string]bool{}
				}
				r.toldOf[ref] = true
				break // one for each measure: the rest follows from it, mostly
			}
		}
	}
	for _, is := range now.Indicators {
		if ref := refText(is["ref"]); !slices.ContainsFunc(then.Indicators, func(was map[string]json.RawMessage) bool { return refText(was["ref"]) == ref }) {
			told = append(told, ref+" is new")
		}
	}
	if len(told) == 0 {
		return
	}
	if r.figured == nil {
		r.figured = map[period.Month]bool{}
	}
	r.figured[m.Month] = true
	const shown = 3
	said := strings.Join(told[:min(len(told), shown)], "; ")
	if len(told) > shown {
		said += "; and " + counted(len(told)-shown, "other measure", "other measures")
	}
	p := r.found.Errorf(at, "public-figure", "%s is public as issue %d, and its figures would change without a new one: %s", m.Month.Words(), then.Issue, said)
	p.Hint = "put back what was published; or return the new figures in " + m.Month.String() + "." + strconv.Itoa(then.Issue+1) + ".csv with the reason, and write issue: " + strconv.Itoa(then.Issue+1) + " and its day in the cover"
	p.Source = source
}

// explained looks at a new issue of a public month: it bears a day of its own,
// and each of its revisions a reason.
func (r *Checklist) explained(m *edition.Month, before int) {
	undated := ""
	day, dated := coverDay(m)
	if public, ok := r.publicDay(m); !dated {
		undated = "has no day"
	} else if ok && day == public && day < r.today { // what is put right on the day itself may bear it
		undated = "bears its day, " + day.Words()
	} else if ok && day < public {
		undated = "bears " + day.Words() + ", which is before its day, " + public.Words()
	}
	if undated != "" {
		at, source := r.key(m.Cover, "publish_on", "issue", "status")
		p := r.found.Errorf(at, "issue-undated", "issue %d of %s would take the place of issue %d and %s", m.Issue, m.Month.Words(), before, undated)
		p.Hint, p.Source = "write publish_on: with the day of the new issue in the cover", source
	}
	for _, ind := range m.View.Indicators {
		for _, v := range m.View.Revisions(ind.Ref) {
			if v.ToVintage.Month != m.Month || v.ToVintage.Issue <= before || v.Reason != "" {
				continue
			}
			r.found.Warnf(diag.Place{File: m.Scorecard.Data.File(v.ToVintage)}, "issue-unexplained", "issue %d changes indicator %s for %s and gives no reason", v.ToVintage.Issue, ind.Ref, v.Period.Words()).Hint =
				"write correction, late_data or definition in the column reason, and what was wrong under note"
		}
	}
}

// sameFigures compares two values of api/ but for their reasons, and for keys
// that only one program knows.
func sameFigures(a, b json.RawMessage) bool {
	if bytes.Equal(a, b) {
		return true
	}
	return reflect.DeepEqual(common(generic(a), generic(b)), common(generic(b), generic(a)))
}

func generic(text json.RawMessage) (v any) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber() // figures are compared as they are written, never as floats
	if d.Decode(&v) != nil {
		return nil
	}
	return v
}

// common is a without its reasons and without the keys that b has not.
func common(a, b any) any {
	switch a := a.(type) {
	case map[string]any:
		other, ok := b.(map[string]any)
		kept := map[string]any{}
		for key, value := range a {
			if _, has := other[key]; key != "reason" && (has || !ok) {
				kept[key] = common(value, other[key])
			}
		}
		return kept
	case []any:
		other, ok := b.([]any)
		if !ok || len(other) != len(a) {
			return a
		}
		kept := make([]any, len(a))
		for i := range a {
			kept[i] = common(a[i], other[i])
		}
		return kept
	}
	return a
}

// described says what two values have that can be said in a word each.
func described(then, now json.RawMessage) string {
	was, ok1 := generic(then).(map[string]any)
	is, ok2 := generic(now).(map[string]any)
	if !ok1 || !ok2 {
		return " is another"
	}
	for _, key := range []string{"value", "mark", "rating", "arrow", "judgement", "green", "amber", "wording", "period"} {
		if before, after := inAWord(was[key]), inAWord(is[key]); before != after {
			return " is " + after + " and was " + before
		}
	}
	return " is another"
}

func inAWord(v any) string {
	switch v := v.(type) {
	case nil:
		return "none"
	case json.Number:
		return v.String()
	case string:
		return v
	}
	return "another"
}

func refText(v json.RawMessage) string {
	var s string
	_ = json.Unmarshal(v, &s) // what is no text is no ref
	return s
}

// key is where a cover's key stands; the first that it has, else the file.
func (r *Checklist) key(cover commentary.Cover, names ...string) (diag.Place, string) {
	return keyIn(r.site, cover.Place.File, names...)
}

// keyIn is where a key of a file's front matter stands: its first character.
func keyIn(site fs.FS, file string, names ...string) (diag.Place, string) {
	at := diag.Place{File: file}
	content, err := fs.ReadFile(site, file)
	if err != nil {
		return at, ""
	}
	for _, name := range names {
		for i, line := range strings.Split(string(content), "\n") {
			if strings.HasPrefix(line, name+":") {
				at.Line, at.Column = i+1, 1
				return at, strings.TrimSuffix(line, "\r")
			}
		}
	}
	return at, ""
}

// gone tells of what is public and would be no more.
func (r *Checklist) gone() {
	if r.public == nil || r.rest == nil {
		return
	}
	for _, name := range sortedKeys(r.public.Sums) {
		if r.built[name] {
			continue
		}
		dir, rest, _ := strings.Cut(name, "/")
		var what, file string
		switch {
		case dir == "api" && strings.HasSuffix(rest, ".json"):
			card, month, _ := strings.Cut(strings.TrimSuffix(rest, ".json"), "/")
			what, file = "the month", "content/"+card+"/"+month+"/_index.md"
		case (dir == "reports" || dir == "meetings" || dir == "about") && strings.HasSuffix(rest, ".html") && rest != "index.html":
			what, file = "the page", "content/"+strings.TrimSuffix(name, ".html")+".md"
		case dir == "files":
			what, file = "the file", "content/"+name
		default:
			continue
		}
		if what == "the month" {
			at, source := keyIn(r.site, file, "publish_on")
			written, _, _ := strings.Cut(strings.TrimPrefix(source, "publish_on:"), "#")
			if day, err := period.ParseDate(strings.Trim(written, " \t\"'")); err == nil && day > r.today {
				p := r.found.Errorf(at, "public-gone", "the month is public (%s) and would be gone until %s: its cover waits for that day", name, day.Words())
				p.Hint, p.Source = "leave publish_on: as it was until then, with issue: and the number of the issue that is public; on the day write the new issue and its day", source
				continue
			}
		}
		at, source := keyIn(r.site, file, "status")
		p := r.found.Warnf(at, "public-gone", "%s is public (%s) and would be gone: links to it would lead nowhere", what, name)
		p.Hint, p.Source = "release it again; where it must not be public, say on the page that linked to it what was taken back, when and why", source
	}
}
