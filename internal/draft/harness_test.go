package draft

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/theme"
	"outturn/themes"
)

const settings = `title: Anytown
council: Anytown Council
areas:
  - {id: anytown, name: Anytown}
comparators:
  - {id: england, name: England average, short: England, role: national}
`

// council is a made-up site: what a test adds to a scorecard "care" that
// reports from December 2016.
type council map[string]string

func (c council) month(t *testing.T, month string) *edition.Month {
	t.Helper()
	files := fstest.MapFS{
		"content/site.yaml":      {Data: []byte(settings)},
		"content/care/_index.md": {Data: []byte("---\ntitle: Care\nfirst_report: 2016-12\ndefault_tolerance: 10\n---\n")},
	}
	for name, text := range c {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return monthOf(t, files, "care", month)
}

func monthOf(t *testing.T, site fs.FS, card, month string) *edition.Month {
	t.Helper()
	m, err := period.ParseMonth(month)
	if err != nil {
		t.Fatal(err)
	}
	var problems diag.List
	e := edition.Load(site, civic(t), edition.Options{Today: m.Add(3).FirstDay(), AsAt: m, Drafts: true}, &problems)
	for _, p := range problems.All() {
		t.Errorf("%s: %s [%s]", p.Place.File, p.Message, p.Code)
	}
	latest := e.Scorecard(card).Latest()
	if latest == nil || latest.Month != m {
		t.Fatalf("there is no %s", month)
	}
	return latest
}

func civic(t *testing.T) *theme.Theme {
	t.Helper()
	dir, err := fs.Sub(themes.FS, "civic")
	if err != nil {
		t.Fatal(err)
	}
	return theme.Load(dir, "civic", "en-GB", &diag.List{})
}

// real is the repository's own site without the texts of its months.
func real(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("../..")
	for _, top := range []string{"data", "content/early-help", "content/safeguarding"} {
		err := fs.WalkDir(root, top, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if strings.HasPrefix(name, "content/") && strings.Count(name, "/") > 2 {
				return nil
			}
			data, err := fs.ReadFile(root, name)
			files[name] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	data, err := fs.ReadFile(root, "content/site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files["content/site.yaml"] = &fstest.MapFile{Data: data}
	return files
}

// body is a drafted text without its front matter, unwrapped.
func body(t Text) string {
	_, text, _ := strings.Cut(strings.TrimPrefix(t.Markdown, "---\n"), "---\n")
	var lines []string
	for _, p := range strings.Split(strings.TrimSpace(text), "\n\n") {
		lines = append(lines, strings.Join(strings.Fields(p), " "))
	}
	return strings.Join(lines, "\n")
}
