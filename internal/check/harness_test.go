package check

import (
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/theme"
	"outturn/themes"
)

// council is a made-up site: what a test adds to a settings file, one scorecard
// "care" and the cover of January 2017.
type council map[string]string

const settings = `title: Anytown
council: Anytown Council
areas:
  - {id: anytown, name: Anytown}
  - {id: east, name: East}
  - {id: west, name: West}
  - {id: not-specified, name: Not specified, kind: residual}
comparators:
  - {id: neighbours, name: Neighbours, short: SN, role: stat_neighbours}
  - {id: england, name: England average, short: England, role: national}
`

// files is the whole site. January's cover is there unless the test brings it.
func (c council) files() fstest.MapFS {
	files := fstest.MapFS{
		"content/site.yaml":              {Data: []byte(settings)},
		"content/care/_index.md":         {Data: []byte("---\ntitle: Care\nfirst_report: 2017-01\n---\n")},
		"content/care/2017-01/_index.md": {Data: []byte("---\nstatus: approved\n---\n")},
	}
	for name, text := range c {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// findings loads the site as check does and lists what Data finds, one line
// each: place: message [code]. Any other finding of the loading fails the test.
func (c council) findings(t *testing.T) []string {
	t.Helper()
	return lines(c.problems(t))
}

func (c council) problems(t *testing.T) []diag.Problem {
	t.Helper()
	files := c.files()
	var loading, found diag.List
	today, err := period.ParseDate("2017-04-20")
	if err != nil {
		t.Fatal(err)
	}
	e := edition.Load(files, civic(), edition.Options{Today: today, Drafts: true}, &loading)
	for _, p := range loading.All() {
		t.Errorf("the made-up site has a fault of its own: %s", line(p))
	}
	Data(e, &found)
	return found.All()
}

func line(p diag.Problem) string {
	var b strings.Builder
	if err := diag.Text(&b, []diag.Problem{{Place: p.Place, Severity: p.Severity, Code: p.Code, Message: p.Message}}, diag.Plain); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

// civic is the default theme, loaded once: no finding here depends on it.
var civic = sync.OnceValue(func() *theme.Theme {
	dir, err := fs.Sub(themes.FS, "civic")
	if err != nil {
		panic(err)
	}
	return theme.Load(dir, "civic", "en-GB", &diag.List{})
})

func lines(list []diag.Problem) []string {
	var out []string
	for _, p := range list {
		out = append(out, line(p))
	}
	return out
}

func same(t *testing.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("found\n  %s\nwanted\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// months writes rows of one series, "value" or "value,numerator,denominator",
// from a month on.
func months(ref, from string, values ...string) string {
	m, err := period.ParseMonth(from)
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	for i, v := range values {
		b.WriteString(ref + "," + m.Add(i).String() + ",," + v + strings.Repeat(",", 2-strings.Count(v, ",")) + ",\n")
	}
	return b.String()
}
