package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/rogpeppe/go-internal/txtar"

	"outturn/internal/publish"
	"outturn/themes"
)

// anytownDay is the day by which Anytown is built: January and February are
// out, March is not.
const anytownDay = "2017-04-20"

// TestGoldenSite compares every file of Anytown's site with those in
// testdata/anytown-public.txtar. Of the theme's own assets the names alone
// stand there, without fingerprints: a change of a style is the theme's affair.
// After a change that is meant: go test ./cmd/outturn -run Golden -update, and
// read the diff.
func TestGoldenSite(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, nil, anytown(t))
	mustBuild(t, dir, "--today", anytownDay)
	got := map[string]string{}
	for name, content := range built(t, filepath.Join(dir, "public")) {
		name, content = unprinted(name), unprinted(content)
		if strings.HasPrefix(name, "assets/") {
			content = "the theme's own\n"
		}
		if !strings.HasSuffix(content, "\n") {
			t.Errorf("%s does not end its last line", name)
		}
		if strings.Contains("\n"+content, "\n-- ") {
			t.Errorf("%s has a line that begins with --, which txtar cannot hold", name)
		}
		got[name] = content
	}
	file := filepath.Join("testdata", "anytown-public.txtar")
	if *update {
		archive := &txtar.Archive{Comment: []byte("What outturn builds of anytown.txtar. Never edited by hand; see TestGoldenSite.\n\n")}
		for _, name := range sorted(got) {
			archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(got[name])})
		}
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	if d := difference(want, got); d != "" {
		t.Errorf("the site is not the golden one: %s\nif it is meant so: go test ./cmd/outturn -run Golden -update", d)
	}
}

var fingerprint = regexp.MustCompile(`(assets/[a-z-]+)\.[0-9a-f]{8}\.`)

// unprinted takes the fingerprints out of the names of assets.
func unprinted(text string) string { return fingerprint.ReplaceAllString(text, "$1.") }

// TestSameInputsGiveSameBytes builds Anytown as other machines and other people
// would have it: the site is the same, byte for byte.
func TestSameInputsGiveSameBytes(t *testing.T) {
	files := anytown(t)
	want := builtElsewhere(t, files, nil, "--today", anytownDay)
	rows := func(change func([][]string) [][]string) map[string]string {
		changed := map[string]string{}
		for _, name := range sorted(files) {
			changed[name] = files[name]
			if strings.HasPrefix(name, "data/") {
				changed[name] = table(t, files[name], change)
			}
		}
		return changed
	}
	text := func(change func(name, content string) string) map[string]string {
		changed := map[string]string{}
		for name, content := range files {
			changed[name] = change(name, content)
		}
		return changed
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, test := range []struct {
		name  string
		files map[string]string
		env   []string
		args  []string
	}{
		{"ARowElsewhereInItsFile", rows(func(t [][]string) [][]string {
			random.Shuffle(len(t)-1, func(i, j int) { t[i+1], t[j+1] = t[j+1], t[i+1] })
			return t
		}), nil, nil},
		{"RowsBackwards", rows(func(t [][]string) [][]string { slices.Reverse(t[1:]); return t }), nil, nil},
		{"ColumnsInAnotherOrder", rows(func(t [][]string) [][]string {
			for _, row := range t {
				slices.Reverse(row)
			}
			return t
		}), nil, nil},
		{"HeadersInCapitals", rows(func(t [][]string) [][]string {
			for i := range t[0] {
				t[0][i] = " " + strings.ToUpper(t[0][i]) + " "
			}
			return t
		}), nil, nil},
		{"SavedByASpreadsheet", text(func(name, content string) string {
			if strings.HasPrefix(name, "data/") {
				return "\ufeff" + strings.ReplaceAll(content, "\n", "\r\n")
			}
			return content
		}), nil, nil},
		{"TextsWithWindowsLineEnds", text(func(name, content string) string {
			if path.Ext(name) == ".md" || path.Ext(name) == ".yaml" {
				return strings.ReplaceAll(content, "\n", "\r\n")
			}
			return content
		}), nil, nil},
		{"OnTheOtherSideOfTheWorld", files, []string{"TZ=Pacific/Auckland"}, nil},
		{"InAnotherLanguage", files, []string{"LC_ALL=tr_TR.UTF-8", "LANG=de_DE.UTF-8"}, nil},
		{"OnOneProcessor", files, []string{"GOMAXPROCS=1"}, nil},
		{"OnManyProcessors", files, []string{"GOMAXPROCS=16"}, nil},
		// The last second before March is out; in Auckland it is out already.
		{"BySourceDateEpoch", files, []string{"SOURCE_DATE_EPOCH=1495411199", "TZ=Pacific/Auckland"}, []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			args := test.args
			if args == nil {
				args = []string{"--today", anytownDay}
			}
			got := builtElsewhere(t, test.files, test.env, args...)
			if d := difference(want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// builtElsewhere builds a site with a process of its own in a new folder.
func builtElsewhere(t *testing.T, files map[string]string, env []string, args ...string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	lay(t, dir, nil, files)
	cmd := exec.Command("outturn", append([]string{"build", "--site", dir}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return built(t, filepath.Join(dir, "public"))
}

// TestSiteWithAThemeOfItsOwn uses the theme in the site's folder, whole, and
// tells its faults by their place there.
func TestSiteWithAThemeOfItsOwn(t *testing.T) {
	files := anytown(t)
	for name, content := range ownTheme(t) {
		files[name] = content
	}
	const words, home = "themes/civic/words/en-GB.txt", "themes/civic/layouts/home.html"
	dir := t.TempDir()
	lay(t, dir, nil, files)
	mustBuild(t, dir, "--today", anytownDay)
	plain := built(t, filepath.Join(dir, "public"))
	if d := difference(builtElsewhere(t, anytown(t), nil, "--today", anytownDay), plain); d != "" {
		t.Errorf("a copy of the program's theme gives another site: %s", d)
	}

	changed := snapshot(files)
	changed[words] = strings.Replace(changed[words], "\nrating.green: ", "\nrating.green: Wonderfully ", 1)
	lay(t, dir, files, changed)
	mustBuild(t, dir, "--today", anytownDay)
	if page := built(t, filepath.Join(dir, "public"))["early-help/index.html"]; !strings.Contains(page, "Wonderfully Green") {
		t.Error("a word of the site's own theme is not on the page")
	}

	before := list(t, filepath.Join(dir, "public"))
	broken := snapshot(changed)
	broken[home] += "{{ if }}\n"
	lay(t, dir, changed, broken)
	var told bytes.Buffer
	if status := run([]string{"build", "--site", dir}, io.Discard, &told); status != inputErrors {
		t.Errorf("a broken layout: exit status %d\n%s", status, &told)
	}
	line := 1 + strings.Count(changed[home], "\n")
	if want := fmt.Sprintf("%s:%d:", home, line); !strings.HasPrefix(told.String(), want) || !strings.HasSuffix(told.String(), "outturn: 1 error; public/ was left as it was\n") {
		t.Errorf("a broken layout is told as\n%s\nand stands at %s", &told, want)
	}
	if list(t, filepath.Join(dir, "public")) != before {
		t.Error("a broken layout changed the site")
	}
}

// ownTheme is the program's theme as files of a site.
func ownTheme(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(themes.FS, "civic", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := fs.ReadFile(themes.FS, name)
		files["themes/"+name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestSecondBuildDoesNotMeetTheFirst: while one build holds the folder another
// is turned away.
func TestSecondBuildDoesNotMeetTheFirst(t *testing.T) {
	dir := t.TempDir()
	lay(t, dir, nil, anytown(t))
	mustBuild(t, dir, "--today", anytownDay)
	standing, err := publish.Begin(filepath.Join(dir, "public"), "")
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"build", "--site", dir, "--today", "2017-06-01"}
	var told bytes.Buffer
	if status := run(args, io.Discard, &told); status != machineFault || !strings.Contains(told.String(), "another build is writing") {
		t.Errorf("exit status %d\n%s", status, &told)
	}
	standing.Abandon()
	if status := run(args, io.Discard, &told); status != done {
		t.Errorf("once it is done: exit status %d\n%s", status, &told)
	}
}

// table changes the rows of a CSV file, the head among them.
func table(t *testing.T, text string, change func([][]string) [][]string) string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(change(records)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// lay brings the files of a folder from one state to another.
func lay(t testing.TB, dir string, from, to map[string]string) {
	t.Helper()
	for name := range from {
		if _, stays := to[name]; !stays {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			// A folder without files goes too; one with some refuses.
			for up := path.Dir(name); up != "."; up = path.Dir(up) {
				os.Remove(filepath.Join(dir, up))
			}
		}
	}
	for name, content := range to {
		if old, there := from[name]; there && old == content {
			continue
		}
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// mustBuild builds a site within this process, and gives the last line.
func mustBuild(t testing.TB, dir string, args ...string) string {
	t.Helper()
	var told bytes.Buffer
	if status := run(append([]string{"build", "--site", dir}, args...), io.Discard, &told); status != done {
		t.Fatalf("exit status %d\n%s", status, &told)
	}
	return told.String()
}

func built(t testing.TB, dir string) map[string]string {
	t.Helper()
	files, err := contents(dir)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// difference tells what sets two folders apart: every name that only one has,
// and the first file whose bytes differ.
func difference(want, got map[string]string) string {
	var b strings.Builder
	for _, name := range sorted(want) {
		if _, ok := got[name]; !ok {
			fmt.Fprintf(&b, "\n%s is not there", name)
		}
	}
	for _, name := range sorted(got) {
		if _, ok := want[name]; !ok {
			fmt.Fprintf(&b, "\n%s is there and should not be", name)
		}
	}
	others := 0
	for _, name := range sorted(want) {
		text, ok := got[name]
		switch {
		case !ok || text == want[name]:
		case others == 0:
			d := string(diff.Diff("want/"+name, []byte(want[name]), "got/"+name, []byte(text)))
			fmt.Fprintf(&b, "\n%.4000s", d)
			others++
		default:
			others++
		}
	}
	if others > 1 {
		fmt.Fprintf(&b, "\nand %d other files", others-1)
	}
	return b.String()
}

func sorted(files map[string]string) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
