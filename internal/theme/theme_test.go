package theme

import (
	"bytes"
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/themes"
)

func civic(t testing.TB) *Theme {
	t.Helper()
	dir, err := fs.Sub(themes.FS, "civic")
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	th := Load(dir, "civic", "en-GB", &problems)
	for _, p := range problems.All() {
		t.Errorf("%s:%d:%d: %s (%s)", p.File, p.Line, p.Column, p.Message, p.Hint)
	}
	return th
}

func TestTheDefaultThemeLoads(t *testing.T) { civic(t) }

// renderFixture renders a view with the theme's own assets in its frame.
func renderFixture(t testing.TB, th *Theme, view any) []byte {
	t.Helper()
	v := reflect.New(reflect.TypeOf(view)).Elem()
	v.Set(reflect.ValueOf(view))
	frame := v.FieldByName("Frame").Addr().Interface().(*Frame)
	frame.Style, frame.Script = frame.Root+"assets/"+th.Style(), frame.Root+"assets/"+th.Script()
	var b bytes.Buffer
	if err := th.Render(&b, v.Interface()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// site is the default theme as files that a test may change.
func siteTheme(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(themes.FS, "civic", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(themes.FS, p)
		files[strings.TrimPrefix(p, "civic/")] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func faults(dir fs.FS, language string) (list []string) {
	var problems diag.List
	Load(dir, "own", language, &problems)
	for _, p := range problems.All() {
		list = append(list, fmt.Sprintf("%s:%d:%d: %s [%s]", p.File, p.Line, p.Column, p.Message, p.Code))
	}
	return list
}

func TestFaultsOfLayoutsAreFoundBeforeAnyPageIsBuilt(t *testing.T) {
	for _, test := range []struct{ file, old, new, want string }{
		{"plain.html", "{{.Body}}", "{{.Bdy}}", "themes/own/layouts/plain.html:4:"},
		{"plain.html", "{{.Body}}", "{{.Body}", "themes/own/layouts/plain.html:4:0: bad character"},
		{"plain.html", "{{.Body}}", "{{unknown .Body}}", `themes/own/layouts/plain.html:4:0: function "unknown" not defined`},
		{"plain.html", `{{template "bottom" .}}`, `{{template "botom" .}}`, `themes/own/layouts/plain.html:6:`},
		{"parts.html", "{{.Sentence}}", "{{.Sentense}}", "themes/own/layouts/parts.html:"},
		{"home.html", `{{template "total" .Counts}}`, `<a href={{.AsAt}}">`, "themes/own/layouts/"},
	} {
		dir := siteTheme(t)
		file := dir["layouts/"+test.file]
		if !strings.Contains(string(file.Data), test.old) {
			t.Fatalf("%s does not hold %s", test.file, test.old)
		}
		file.Data = []byte(strings.Replace(string(file.Data), test.old, test.new, 1))
		found := faults(dir, "en-GB")
		if len(found) == 0 || !strings.HasPrefix(found[0], test.want) {
			t.Errorf("%s with %s: found %q, want %s…", test.file, test.new, found, test.want)
		}
	}
}

func TestFaultsOfLayoutsShowTheLineAndTheMend(t *testing.T) {
	for _, test := range []struct{ file, old, new, source, mend string }{
		{"plain.html", "{{.Body}}", "{{.Bdy}}", "{{.Bdy}}", "write .Body"},
		{"plain.html", "{{.Body}}", "{{.Gone}}", "{{.Gone}}", "take .Gone out, or undo the last change"},
		{"plain.html", "{{.Body}}", "{{wrod .Title}}", "{{wrod .Title}}", "write word"},
		{"plain.html", "{{.Body}}", "{{.Body}", "{{.Body}", "undo the last change of the layout"},
		{"plain.html", `{{template "bottom" .}}`, `{{template "botom" .}}`, `{{template "botom" .}}`, "write bottom"},
		{"parts.html", "{{.Sentence}}", "{{.Sentense}}", "{{.Sentense}}", "write .Sentence"},
		{"blocks.html", "caption\">{{.Caption}}", "caption\">{{.Captoin}}", "{{.Captoin}}", "write .Caption"},
		{"blocks.html", "label=\"{{.Caption}}\"", "label=\"{{.Captoin}}\"", "{{.Captoin}}", "write .Caption"}, // of exceptions alone
	} {
		dir := siteTheme(t)
		file := dir["layouts/"+test.file]
		if !strings.Contains(string(file.Data), test.old) {
			t.Fatalf("%s does not hold %s", test.file, test.old)
		}
		file.Data = []byte(strings.Replace(string(file.Data), test.old, test.new, 1))
		var problems diag.List
		Load(dir, "own", "en-GB", &problems)
		if list := problems.All(); len(list) == 0 || !strings.Contains(list[0].Source, test.source) || list[0].Hint != test.mend {
			t.Errorf("%s with %s: %+v, want the mend %q", test.file, test.new, list, test.mend)
		}
	}
}

func TestAMissingLayoutOrLanguageIsAFault(t *testing.T) {
	dir := siteTheme(t)
	delete(dir, "layouts/status.html")
	if found := faults(dir, "en-GB"); len(found) != 1 || !strings.HasPrefix(found[0], "themes/own/layouts/status.html:0:0: the layout is not there") {
		t.Errorf("without status.html: %q", found)
	}
	if found := faults(siteTheme(t), "cy"); len(found) != 1 || !strings.HasPrefix(found[0], `themes/own/words/cy.txt:0:0: the theme has no words for the language "cy"`) {
		t.Errorf("in Welsh: %q", found)
	}
	if found := faults(siteTheme(t), "en"); len(found) != 0 {
		t.Errorf("plain English is told in British English: %q", found)
	}
}

func TestAssetsAreNamedAfterWhatTheyHold(t *testing.T) {
	dir := siteTheme(t)
	var problems diag.List
	before := Load(dir, "own", "en-GB", &problems)
	again := Load(siteTheme(t), "own", "en-GB", &problems)
	if before.Digest() != again.Digest() || before.Style() != again.Style() {
		t.Error("the same theme has two names")
	}
	dir["styles/own.css"] = &fstest.MapFile{Data: []byte("body { color: black }\n")}
	after := Load(dir, "own", "en-GB", &problems)
	if after.Style() == before.Style() || after.Digest() == before.Digest() {
		t.Error("another style has the same name")
	}
	if after.Script() != before.Script() {
		t.Error("the script has another name though it is the same")
	}
	if !regexp.MustCompile(`^site\.[0-9a-f]{8}\.css$`).MatchString(after.Style()) {
		t.Errorf("the style is called %s", after.Style())
	}
	style := string(after.Assets()[after.Style()])
	if !strings.HasSuffix(style, "body { color: black }\n") {
		t.Error("styles are not joined in the order of their names")
	}
	for _, name := range []string{after.Style(), after.Script(), "favicon.svg"} {
		if len(after.Assets()[name]) == 0 {
			t.Errorf("the asset %s is empty", name)
		}
	}
}

func TestPagesAreTheSameFromManyGoroutines(t *testing.T) {
	th := civic(t)
	view := scorecardView(t)
	want := renderFixture(t, th, view)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := renderFixture(t, th, view); !bytes.Equal(got, want) {
				t.Error("the page differs")
			}
		})
	}
	wait.Wait()
}

func TestAViewWithoutALayoutIsTheCallersFault(t *testing.T) {
	var b bytes.Buffer
	if err := civic(t).Render(&b, struct{}{}); err == nil || b.Len() != 0 {
		t.Errorf("rendering no view gives %v and %q", err, b.String())
	}
	home := homeView()
	if err := civic(t).Render(&b, &home); err != nil {
		t.Errorf("a pointer to a view: %v", err)
	}
}
