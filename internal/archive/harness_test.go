package archive

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// site lays out the council of testdata/site.txtar; changes are files with
// other content, "" for one that is not there.
func site(t *testing.T, changes map[string]string) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range archive.Files {
		if _, changed := changes[f.Name]; !changed {
			write(t, dir, f.Name, string(f.Data))
		}
	}
	for name, content := range changes {
		if content != "" {
			write(t, dir, name, content)
		}
	}
	return dir
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func original(t *testing.T, name string) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	t.Fatalf("no %s", name)
	return ""
}

func day(text string) period.Date {
	d, err := period.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// december freezes the quarter to December 2016 as it stood on 25 January 2017.
func december(dir string, problems *diag.List) (Result, error) {
	return Create(Request{Dir: dir, ID: "2016-17-q3", Today: day("2017-01-25"), Made: day("2017-01-26"), Version: "test"}, problems)
}

// frozen is a site with that snapshot.
func frozen(t *testing.T, changes map[string]string) string {
	t.Helper()
	dir := site(t, changes)
	var problems diag.List
	if _, err := december(dir, &problems); err != nil {
		t.Fatalf("%v %v", err, messages(&problems))
	}
	return dir
}

func withdraw(dir, id, reason, on string, remove bool) error {
	_, err := Withdraw(Withdrawal{Dir: dir, ID: id, Reason: reason, On: day(on), Remove: remove})
	return err
}

func messages(problems *diag.List) string {
	var b strings.Builder
	_ = diag.Text(&b, problems.All(), diag.Plain)
	return b.String()
}

// tree is every file below dir, by its slash path.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
