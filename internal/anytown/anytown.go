// Package anytown is a made-up council for tests: a site of one scorecard,
// "care", as known in January 2017. A test lays its own files over it.
package anytown

import (
	"io/fs"
	"strings"
	"sync"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/internal/theme"
	"outturn/themes"
)

// Settings is content/site.yaml; a test may add keys below it.
const Settings = `title: Anytown
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

// Register is an indicators.csv of one measure, 1.1.
const Register = "ref,section,name,good,unit\n1.1,plans,Plans,info,count\n"

// Files is the whole site with a test's files, by path. January's cover is there
// unless the test brings it.
func Files(over map[string]string) fstest.MapFS {
	files := fstest.MapFS{
		"content/site.yaml":              {Data: []byte(Settings)},
		"content/care/_index.md":         {Data: []byte("---\ntitle: Care\nfirst_report: 2017-01\n---\n")},
		"content/care/2017-01/_index.md": {Data: []byte("---\nstatus: approved\n---\n")},
	}
	for name, text := range over {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// Paper is the text of a committee's report or of a meeting, with keys of its
// front matter, a line each.
func Paper(date, keys, body string) string {
	return "---\ntitle: Paper of " + date + "\ncommittee: Board\ndate: " + date + "\n" + keys + "\n---\n\n" + body + "\n"
}

// Civic is the default theme, loaded once.
var Civic = sync.OnceValue(func() *theme.Theme {
	dir, err := fs.Sub(themes.FS, "civic")
	if err != nil {
		panic(err)
	}
	return theme.Load(dir, "civic", "en-GB", &diag.List{})
})

// Line is a finding in one line, without its mend: place: severity: message [code].
func Line(p diag.Problem) string {
	var b strings.Builder
	if err := diag.Text(&b, []diag.Problem{{Place: p.Place, Severity: p.Severity, Code: p.Code, Message: p.Message}}, diag.Plain); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(b.String())
}

// Lines are findings, a line each.
func Lines(list []diag.Problem) []string {
	var out []string
	for _, p := range list {
		out = append(out, Line(p))
	}
	return out
}
