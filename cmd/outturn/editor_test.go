package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"outturn/internal/period"
)

func snapshot(files map[string]string) map[string]string {
	copied := make(map[string]string, len(files))
	for name, content := range files {
		copied[name] = content
	}
	return copied
}

// editor is an officer in a hurry.
type editor struct {
	t       testing.TB
	dir     string // the site's folder, for what a command makes there
	files   map[string]string
	program map[string]string // the program's theme, as files of a site
	random  *rand.Rand
	days    []string
	small   bool // it is Anytown, of whose files some edits know the words
	options
	count int
}

// options are those of the build.
type options struct {
	day    string
	asAt   string
	drafts bool
}

func (e *editor) args() []string {
	args := []string{"--today", e.day}
	if e.asAt != "" {
		args = append(args, "--as-at", e.asAt)
	}
	if e.drafts {
		args = append(args, "--drafts")
	}
	return args
}

// edit does one thing and says which.
func (e *editor) edit() string {
	e.count++
	kinds := []func() string{
		e.value, e.value, e.value, e.sentence, e.sentence, e.page, e.attachment, e.cover, e.settings,
		e.theme, e.choose, e.tomorrow, e.link, e.link, e.reference, e.aReturn, e.section, e.comment, e.archive, e.paper, e.scorecard,
	}
	if e.small {
		kinds = append(kinds, e.row, e.issue, e.register, e.register, e.register, e.settings)
	} else {
		kinds = append(kinds, e.paper, e.paper, e.scorecard, e.scorecard)
	}
	return kinds[e.random.IntN(len(kinds))]()
}

// all are the files for which keep is true, without those of the archive.
func (e *editor) all(keep func(name string) bool) []string {
	return slices.DeleteFunc(sorted(e.files), func(name string) bool {
		return strings.HasPrefix(name, "content/archive/") || !keep(name)
	})
}

// pick is one of the files for which keep is true.
func (e *editor) pick(keep func(name string) bool) string {
	names := e.all(keep)
	if len(names) == 0 { // then any other
		names = e.all(e.isText)
	}
	return names[e.random.IntN(len(names))]
}

var (
	returned = regexp.MustCompile(`^data/[^/]+/20[0-9.-]+\.csv$`)
	section  = regexp.MustCompile(`^content/[^/]+/([0-9-]+/)?[a-z]+\.md$`)
	paper    = regexp.MustCompile(`^content/(reports|meetings)/`)
)

func (e *editor) isReturn(name string) bool { return returned.MatchString(name) }

func (e *editor) isText(name string) bool { return path.Ext(name) == ".md" }

// cards are the scorecards' folders.
func (e *editor) cards() []string {
	var ids []string
	for _, name := range e.all(func(name string) bool { return path.Base(name) == "indicators.csv" }) {
		ids = append(ids, path.Base(path.Dir(name)))
	}
	return ids
}

// lines are a file's, without the last line end.
func (e *editor) lines(name string) []string {
	return strings.Split(strings.TrimSuffix(e.files[name], "\n"), "\n")
}

func (e *editor) write(name string, lines []string) {
	e.files[name] = strings.Join(lines, "\n") + "\n"
}

// value changes a digit of a figure; now and then to what is none.
func (e *editor) value() string {
	name := e.pick(e.isReturn)
	lines := e.lines(name)
	row := 1 + e.random.IntN(len(lines)-1)
	cells := strings.Split(lines[row], ",")
	for i := 3; i < len(cells); i++ {
		if cells[i] == "" || !strings.Contains("0123456789", cells[i][len(cells[i])-1:]) {
			continue
		}
		digit := strconv.Itoa(e.random.IntN(10))
		if e.random.IntN(4) == 0 {
			digit = "O"
		}
		cells[i] = cells[i][:len(cells[i])-1] + digit
		break
	}
	lines[row] = strings.Join(cells, ",")
	e.write(name, lines)
	return "a figure of " + name
}

// row takes a row away, or returns an older month again.
func (e *editor) row() string {
	name := e.pick(e.isReturn)
	lines := e.lines(name)
	if e.random.IntN(2) == 0 && len(lines) > 3 {
		row := 1 + e.random.IntN(len(lines)-1)
		e.write(name, slices.Delete(lines, row, row+1))
		return "a row less in " + name
	}
	columns := strings.Count(lines[0], ",") + 1
	cells := make([]string, columns)
	cells[0], cells[1], cells[3] = "2.1", fmt.Sprintf("2016-%02d", 4+e.random.IntN(7)), strconv.Itoa(40+e.random.IntN(30))
	e.write(name, append(lines, strings.Join(cells, ",")))
	return "a row more in " + name
}

// issue adds a second issue of February, or takes it away.
func (e *editor) issue() string {
	const name, cover = "data/early-help/2017-02.2.csv", "content/early-help/2017-02/_index.md"
	if _, there := e.files[name]; there {
		delete(e.files, name)
		return "no second issue"
	}
	e.files[name] = fmt.Sprintf("ref,value,reason\n2.1,%d,late_data\n", 60+e.random.IntN(9))
	return "a second issue"
}

// sentence adds a line to a text, or takes the last one away.
func (e *editor) sentence() string {
	name := e.pick(e.isText)
	if strings.HasSuffix(e.files[name], "said.\n") {
		lines := e.lines(name)
		e.write(name, lines[:len(lines)-2])
		return "a sentence less in " + name
	}
	figure := ""
	if strings.HasPrefix(name, "content/early-help/2017") && e.small {
		figure = [...]string{"{{ 1.1 }} ", "{{ 2.2 previous }} ", "{{ 1.2 target }} ", "{{ 2.3 }} "}[e.random.IntN(4)]
	}
	e.files[name] += fmt.Sprintf("\nAnother %sthing, number %d, is said.\n", figure, e.count)
	return "a sentence more in " + name
}

// page adds, renames or removes a plain page.
func (e *editor) page() string {
	isPage := func(name string) bool { return strings.HasPrefix(name, "content/about/page") }
	pages := slices.DeleteFunc(sorted(e.files), func(name string) bool { return !isPage(name) })
	switch {
	case len(pages) == 0 || len(pages) < 3 && e.random.IntN(2) == 0:
		name := fmt.Sprintf("content/about/page-%d.md", e.count)
		e.files[name] = "---\ntitle: Page\n---\n\nSomething. See [how it is read](accessibility.md).\n"
		return "new " + name
	case e.random.IntN(2) == 0:
		name := fmt.Sprintf("content/about/page-%d-renamed.md", e.count)
		e.files[name] = e.files[pages[0]]
		delete(e.files, pages[0])
		return "renamed " + name
	}
	delete(e.files, pages[0])
	return "no " + pages[0]
}

func (e *editor) attachment() string {
	const name, other = "content/files/minutes.csv", "content/files/notes.csv"
	if e.random.IntN(3) == 0 {
		for _, pair := range [][2]string{{name, other}, {other, name}} {
			if text, there := e.files[pair[0]]; there {
				e.files[pair[1]] = text
				delete(e.files, pair[0])
				return "renamed " + pair[0] + " to " + pair[1]
			}
		}
	}
	if _, there := e.files[name]; there && e.random.IntN(2) == 0 {
		delete(e.files, name)
		return "no attachment"
	}
	e.files[name] = fmt.Sprintf("item\n%d\n", e.count)
	return "an attachment"
}

// cover releases a month, or takes it back.
func (e *editor) cover() string {
	covers := func(name string) bool { return strings.HasSuffix(name, "/_index.md") && strings.Contains(name, "/20") }
	return e.swap(e.pick(covers), [][2]string{
		{"status: approved", "status: draft"},
		{"publish_on: 2017-05-22", "publish_on: 2017-04-19"},
		{"publish_on: 2017-02-20", "publish_on: 2017-03-20"},
		{"prepared_by: Performance team", "prepared_by: The performance team"},
		{"caution: The case system changed on 1 February 2017.", "caution: Wait and see."},
	})
}

func (e *editor) settings() string {
	return e.swap(e.pick(func(name string) bool {
		return name == "content/site.yaml" || name == "content/early-help/_index.md" || strings.HasPrefix(name, "content/early-help/a")
	}), [][2]string{
		{"title: How Anytown's", "title: The way that Anytown's"},
		{"council: Office for", "council: The office for"},
		{"base_url: https://performance.anytown.example/\n", "base_url: https://anytown.example/sub/\n"},
		{"{id: east, name: East}", "{id: east, name: The East}"},
		{"tag: council-plan}", "tag: council-plan-2}"},
		{"default_tolerance: 10", "default_tolerance: 2"},
		{"sections: [contacts, assessments, education]", "sections: [education, assessments, contacts]"},
		{"first_report: 2017-01", "first_report: 2017-02"},
		{"owner: Assessment Manager", "owner: Manager of assessments"},
		{"notice: Anytown is made up", "notise: Anytown is made up"},
	})
}

func (e *editor) register() string {
	return e.swap(e.pick(func(name string) bool {
		return strings.HasPrefix(name, "data/") && !e.isReturn(name)
	}), [][2]string{
		{"Contacts with early help", "Requests for early help"},
		{"Assessments finished on time,high", "Assessments finished on time,low"},
		{",rolling,none,none,,,\"rate(rolling('1.1', 3)", ",rolling,none,none,,,\"rate(rolling('1.1', 2)"},
		{"3.1,3.1,education,Persistent absence,low,percent,1,annual,6,cumulative,none,period,,,,council-plan\n", "3.1,3.1,education,Persistent absence,low,percent,2,annual,6,cumulative,none,ytd,,,,council-plan;new\n"},
		{"2.2,2016-17,90,,,,\n", "2.2,2016-17,80,,,,\n"},
		{"1.2,2016-17,95,>=95,>=90,,\n", "1.2,2016-17,99,>=99,,,\n"},
		{"2.2,england,2015-16,83.4", "2.2,england,2015-16,85.1"},
		{"New case system,,assessments,system,,", "New case system,,,system,yes,"},
		{"20400", "20500"},
		{"Fill the two vacant posts", "Fill the vacant posts"},
		{"One post is filled.", "Both posts are filled."},
	})
}

// swap changes one of the places that the file has, or changes it back.
func (e *editor) swap(name string, pairs [][2]string) string {
	text := e.files[name]
	e.random.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	for _, p := range pairs {
		for from := range p {
			if strings.Contains(text, p[from]) {
				e.files[name] = strings.Replace(text, p[from], p[1-from], 1)
				return fmt.Sprintf("%q in %s", p[1-from], name)
			}
		}
	}
	e.files[name] += "\n" // nothing that shows
	return "an empty line in " + name
}

// theme gives the site a theme of its own, changes it, or takes it away.
func (e *editor) theme() string {
	const style = "themes/civic/styles/99-own.css"
	_, own := e.files[style]
	switch {
	case own && e.random.IntN(3) == 0:
		for name := range e.files {
			if strings.HasPrefix(name, "themes/") {
				delete(e.files, name)
			}
		}
		return "the program's own theme"
	case !own:
		for name, content := range e.program {
			e.files[name] = content
		}
	}
	// Styles and scripts have their hash in their names; layouts and words do not.
	name, line := style, fmt.Sprintf("h1 { letter-spacing: %dpx }\n", e.count)
	switch e.random.IntN(3) {
	case 0:
		name, line = "themes/civic/layouts/methodology.html", fmt.Sprintf("{{/* */}}%d\n", e.count)
	case 1:
		return e.swap("themes/civic/words/en-GB.txt", [][2]string{{"\nrating.green: ", "\nrating.green: Very "}, {"\nbasis.in_month: ", "\nbasis.in_month: only "}})
	}
	if _, own := e.files[style]; !own {
		e.files[style] = ""
	}
	e.files[name] += line
	return "a theme of its own"
}

// choose gives the build other options.
func (e *editor) choose() string {
	switch e.random.IntN(4) {
	case 0:
		e.asAt = [...]string{"", "2017-01", "2016-12"}[e.random.IntN(3)]
	case 1:
		e.drafts = !e.drafts
	default:
		e.day = e.days[e.random.IntN(len(e.days))]
	}
	return fmt.Sprint("the options ", e.args())
}

// tomorrow is the next day, or the first of the next month.
func (e *editor) tomorrow() string {
	day, err := period.ParseDate(e.day)
	if err != nil {
		e.t.Fatal(err)
	}
	next := day + 1
	if e.random.IntN(3) == 0 {
		next = day.Month().LastDay() + 1
	}
	e.day = next.String()
	return "the day " + e.day
}

// link leads from one text to a page or file, which may not be there.
func (e *editor) link() string {
	name := e.pick(e.isText)
	to := e.pick(func(to string) bool { return e.isText(to) || strings.HasPrefix(to, "content/files/") })
	address, _ := filepath.Rel(path.Dir(name), strings.ReplaceAll(to, "_index.md", "index.html"))
	e.files[name] += fmt.Sprintf("\nSee [there](%s).\n", strings.ReplaceAll(filepath.ToSlash(address), ".md", ".html"))
	return "a link in " + name + " to " + to
}

// reference names a figure of another scorecard in a text.
func (e *editor) reference() string {
	name := e.pick(e.isText)
	cards := e.cards()
	id := cards[e.random.IntN(len(cards))]
	what := [...]string{"", " rating", " previous"}[e.random.IntN(3)]
	e.files[name] += fmt.Sprintf("\nElsewhere {{ %s/1.1%s }} is said.\n", id, what)
	return "a figure of " + id + " in " + name
}

// aReturn takes the newest return of a scorecard away, or has it once more.
func (e *editor) aReturn() string {
	name := e.pick(e.isReturn)
	if again := strings.TrimSuffix(name, ".csv") + ".2.csv"; e.random.IntN(2) == 0 && strings.Count(name, ".") == 1 && e.files[again] == "" {
		lines := e.lines(name)
		lines[0] += ",reason"
		if strings.Contains(e.lines(name)[0], "reason") {
			return "nothing"
		}
		for i := range lines[1:] {
			lines[i+1] += ",late_data"
		}
		e.write(again, lines)
		return "new " + again
	}
	delete(e.files, name)
	return "no " + name
}

// section takes the text of a section away, or gives one to a month.
func (e *editor) section() string {
	name := e.pick(section.MatchString)
	if e.random.IntN(3) == 0 {
		delete(e.files, name)
		return "no " + name
	}
	dir := path.Dir(name)
	for _, text := range e.all(func(other string) bool {
		return strings.HasPrefix(other, path.Dir(dir)+"/") && section.MatchString(other)
	}) {
		if to := path.Join(dir, path.Base(text)); e.files[to] == "" {
			e.files[to] = "Nothing more is known.\n"
			return "new " + to
		}
	}
	e.files[name] += "\nNothing more is known.\n"
	return "more in " + name
}

// comment says nothing, in the settings.
func (e *editor) comment() string {
	e.files["content/site.yaml"] = fmt.Sprintf("# %d\n", e.count) + e.files["content/site.yaml"]
	return "a comment in content/site.yaml"
}

// paper adds, renames, holds back or removes a report or a meeting.
func (e *editor) paper() string {
	papers := e.all(paper.MatchString)
	if len(papers) == 0 || e.random.IntN(4) == 0 {
		if len(papers) > 0 && e.random.IntN(2) == 0 {
			from := papers[e.random.IntN(len(papers))]
			to := path.Join(path.Dir(from), fmt.Sprintf("2017-03-%02d-%d.md", 1+e.random.IntN(28), e.count))
			e.files[to] = e.files[from]
			return "new " + to + " as " + from
		}
		name := fmt.Sprintf("content/reports/2017-03-20-report-%d.md", e.count)
		e.files[name] = fmt.Sprintf("---\ntitle: Report %d\nreport_to: Cabinet\ndate: 2017-03-20\nstatus: approved\nreport_of: Director\nwards: All\n---\n\nAll is well.\n", e.count)
		return "new " + name
	}
	name := papers[e.random.IntN(len(papers))]
	switch e.random.IntN(4) {
	case 0:
		delete(e.files, name)
		return "no " + name
	case 1:
		to := strings.TrimSuffix(name, ".md") + fmt.Sprintf("-%d.md", e.count)
		e.files[to] = e.files[name]
		delete(e.files, name)
		return "renamed " + name + " to " + to
	}
	return e.swap(name, [][2]string{{"status: approved", "status: draft"}, {"status: held", "status: planned"}, {"\ntitle: ", "\ntitle: Another "}})
}

// scorecard renames a scorecard, removes it, or has it twice.
func (e *editor) scorecard() string {
	cards := e.cards()
	id := cards[e.random.IntN(len(cards))]
	to := fmt.Sprintf("card-%d", e.count)
	kind := e.random.IntN(3)
	if len(cards) == 1 {
		kind = 2
	}
	for _, name := range sorted(e.files) {
		for _, dir := range []string{"data/", "content/"} {
			if rest, in := strings.CutPrefix(name, dir+id+"/"); in {
				if kind != 0 {
					e.files[dir+to+"/"+rest] = e.files[name]
				}
				if kind != 2 {
					delete(e.files, name)
				}
			}
		}
	}
	return [...]string{"no " + id, "renamed " + id + " to " + to, "new " + to + " as " + id}[kind]
}

// archive freezes a quarter, as the site stands, changes what is frozen, or
// takes it away.
func (e *editor) archive() string {
	const frozen = "content/archive/"
	var kept []string
	for _, name := range sorted(e.files) {
		if strings.HasPrefix(name, frozen) {
			kept = append(kept, name)
		}
	}
	if len(kept) == 0 {
		if status := run([]string{"archive", "create", "2016-17-q3", "--site", e.dir, "--today", e.days[0]}, io.Discard, io.Discard); status != done {
			return "a quarter that cannot be frozen"
		}
		made, err := contents(filepath.Join(e.dir, frozen))
		if err != nil {
			e.t.Fatal(err)
		}
		for name, content := range made {
			e.files[frozen+name] = content
		}
		return "a quarter frozen"
	}
	if e.random.IntN(2) == 0 {
		name := kept[e.random.IntN(len(kept))]
		e.files[name] += " "
		return "more in " + name
	}
	for _, name := range kept {
		delete(e.files, name)
	}
	return "no quarter frozen"
}
