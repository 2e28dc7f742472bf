package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"outturn/internal/build"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// edits in a sequence, and the seed of what they are: with the same seed the
// same edits.
const (
	edits    = 60
	editSeed = 20170420
)

// TestIncrementalBuildEqualsFullBuild edits Anytown at random. After each edit
// a build over the site that stands must give, byte for byte, what a build
// into an empty folder gives; an edit that is wrong must leave the site alone.
func TestIncrementalBuildEqualsFullBuild(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := &editor{files: anytown(t), program: ownTheme(t), random: rand.New(rand.NewPCG(editSeed, 1)), day: anytownDay}
	lay(t, dir, nil, e.files)
	standing := filepath.Join(t.TempDir(), "public")
	var before map[string]string // what stood before the edit
	wrong, reused := 0, 0
	for n := range edits {
		old := snapshot(e.files)
		what := e.edit()
		lay(t, dir, old, e.files)
		args := append([]string{"build", "--site", dir}, e.args()...)
		var told, toldFull bytes.Buffer
		fresh := filepath.Join(t.TempDir(), "public")
		status := run(append(args, "--out", standing), io.Discard, &told)
		full := run(append(args, "--out", fresh), io.Discard, &toldFull)
		if status != full || status > inputErrors {
			t.Fatalf("edit %d, %s: exit status %d, and %d of a full build\n%s%s", n, what, status, full, &told, &toldFull)
		}
		if status == inputErrors {
			wrong++
			if before != nil {
				if d := difference(before, built(t, standing)); d != "" {
					t.Fatalf("edit %d, %s: refused, and the site changed: %s", n, what, d)
				}
			}
			if wrongTold, ok := strings.CutSuffix(told.String(), left(standing)); !ok || wrongTold+left(fresh) != toldFull.String() {
				t.Fatalf("edit %d, %s: two builds tell different errors:\n%s\n%s", n, what, &told, &toldFull)
			}
			lay(t, dir, e.files, old) // taken back, as it would be
			e.files = old
			continue
		}
		before = built(t, standing)
		if d := difference(built(t, fresh), before); d != "" {
			t.Fatalf("edit %d, %s: %s", n, what, d)
		}
		if !strings.Contains(told.String(), fmt.Sprintf("(%d written", len(before))) {
			reused++
		}
	}
	// The test would prove little if most edits were refused or wrote all.
	t.Logf("%d edits: %d refused, %d wrote a part of the site", edits, wrong, reused)
	if wrong > edits/4 || wrong == 0 || reused < edits/2 {
		t.Errorf("of %d edits %d were refused and %d wrote a part of the site: the edits are not what they should be", edits, wrong, reused)
	}
}

// left is how the last line of a refused build ends.
func left(out string) string { return filepath.ToSlash(out) + "/ was left as it was\n" }

func snapshot(files map[string]string) map[string]string {
	copied := make(map[string]string, len(files))
	for name, content := range files {
		copied[name] = content
	}
	return copied
}

// editor is an officer in a hurry.
type editor struct {
	files   map[string]string
	program map[string]string // the program's theme, as files of a site
	random  *rand.Rand
	day     string
	asAt    string
	drafts  bool
	count   int
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
		e.value, e.value, e.value, e.row, e.issue, e.sentence, e.sentence, e.page, e.attachment,
		e.cover, e.settings, e.register, e.register, e.theme, e.options,
	}
	return kinds[e.random.IntN(len(kinds))]()
}

// pick is one of the files for which keep is true.
func (e *editor) pick(keep func(name string) bool) string {
	names := slices.DeleteFunc(sorted(e.files), func(name string) bool { return !keep(name) })
	return names[e.random.IntN(len(names))]
}

func (e *editor) isReturn(name string) bool {
	return strings.HasPrefix(name, "data/early-help/20") && !strings.Contains(name, "actions")
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
	name := e.pick(func(name string) bool { return path.Ext(name) == ".md" })
	if strings.HasSuffix(e.files[name], "said.\n") {
		lines := e.lines(name)
		e.write(name, lines[:len(lines)-2])
		return "a sentence less in " + name
	}
	figure := ""
	if strings.HasPrefix(name, "content/early-help/2017") {
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
	const name = "content/files/minutes.csv"
	if _, there := e.files[name]; there && e.random.IntN(2) == 0 {
		delete(e.files, name)
		return "no attachment"
	}
	e.files[name] = fmt.Sprintf("item\n%d\n", e.count)
	return "an attachment"
}

// cover releases a month, or takes it back.
func (e *editor) cover() string {
	name := fmt.Sprintf("content/early-help/2017-%02d/_index.md", 2+e.random.IntN(2))
	return e.swap(name, [][2]string{
		{"status: approved", "status: draft"},
		{"publish_on: 2017-05-22", "publish_on: 2017-04-19"},
		{"prepared_by: Performance team", "prepared_by: The performance team"},
		{"caution: The case system changed on 1 February 2017.", "caution: Wait and see."},
	})
}

func (e *editor) settings() string {
	return e.swap(e.pick(func(name string) bool {
		return name == "content/site.yaml" || name == "content/early-help/_index.md" || strings.HasPrefix(name, "content/early-help/a")
	}), [][2]string{
		{"title: How Anytown's", "title: The way that Anytown's"},
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

// options are those of the build.
func (e *editor) options() string {
	switch e.random.IntN(4) {
	case 0:
		e.asAt = [...]string{"", "2017-01", "2016-12"}[e.random.IntN(3)]
	case 1:
		e.drafts = !e.drafts
	default:
		e.day = [...]string{anytownDay, "2017-06-01", "2017-03-19"}[e.random.IntN(3)]
	}
	return fmt.Sprint("the options ", e.args())
}

// TestNothingChangedOpensAndWritesNothing builds twice. The second time no page
// is opened and no file is touched: not its bytes, its time or its inode.
func TestNothingChangedOpensAndWritesNothing(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, nil, anytown(t))
	out := filepath.Join(dir, "public")
	mustBuild(t, dir, "--today", anytownDay)
	before := list(t, out)
	ago := time.Now().Add(-time.Hour)
	for name := range anytown(t) { // times of the inputs say nothing
		if err := os.Chtimes(filepath.Join(dir, name), ago, ago); err != nil {
			t.Fatal(err)
		}
	}
	if told := mustBuild(t, dir, "--today", anytownDay); !strings.Contains(told, "nothing changed") {
		t.Errorf("the second build says %q", told)
	}
	if after := list(t, out); after != before {
		t.Errorf("the second build changed files:\n%s\nwere\n%s", after, before)
	}
}

// TestOnlyThePartThatChangedIsMadeAgain is the same for a build in which one
// thing changed: the other scorecard is not read, and a page with the bytes that
// it had is not written.
func TestOnlyThePartThatChangedIsMadeAgain(t *testing.T) {
	dir := t.TempDir()
	files := anytown(t)
	lay(t, dir, nil, files)
	day, err := period.ParseDate(anytownDay)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "public")
	again := func() build.Result {
		t.Helper()
		var problems diag.List
		result, err := build.Run(build.Request{Site: os.DirFS(dir), Out: out, Program: "test", Options: edition.Options{Today: day}}, &problems)
		if err != nil {
			t.Fatalf("%v: %v", err, problems.All())
		}
		return result
	}
	change := func(name, old, new string) {
		t.Helper()
		changed := snapshot(files)
		changed[name] = strings.Replace(changed[name], old, new, 1)
		if changed[name] == files[name] {
			t.Fatalf("%s does not hold %q", name, old)
		}
		lay(t, dir, files, changed)
		files = changed
	}
	first := again()
	if first.Written != first.Files || first.Opened != first.Files {
		t.Fatalf("the first build: %+v", first)
	}
	before := list(t, out)

	// A line end says nothing: what it stands in is made, and nothing written.
	changed := snapshot(files)
	changed["data/early-help/2017-02.csv"] += "\n"
	lay(t, dir, files, changed)
	files = changed
	blank := again()
	if blank.Written+blank.Removed != 0 || blank.Opened == 0 || blank.Opened >= first.Files {
		t.Errorf("a blank line: %+v of %d files", blank, first.Files)
	}
	if list(t, out) != before {
		t.Error("a blank line touched files")
	}

	// One sentence is on one page.
	changed = snapshot(files)
	changed["content/early-help/2017-01/contacts.md"] += "\nOne more sentence.\n"
	lay(t, dir, files, changed)
	files = changed
	if once := again(); once.Written != 1 || once.Unchanged != first.Files-1 {
		t.Errorf("one sentence: %+v", once)
	}

	// The accessibility statement belongs to no scorecard: neither is made.
	change("content/site.yaml", "title:", "title: ")
	if settings := again(); settings.Written != 0 || settings.Opened > first.Files/2 {
		t.Errorf("a space in the settings: %+v", settings)
	}
	if result := again(); !result.Fresh {
		t.Errorf("the same again: %+v", result)
	}
}

func list(t *testing.T, dir string) string {
	t.Helper()
	text, err := listing(dir)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
