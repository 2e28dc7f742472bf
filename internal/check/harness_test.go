package check

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/anytown"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// council is a made-up site: what a test adds to a settings file, one scorecard
// "care" and the cover of January 2017.
type council map[string]string

// files is the whole site. January's cover is there unless the test brings it.
func (c council) files() fstest.MapFS { return anytown.Files(c) }

// findings loads the site as check does and lists what Data finds, one line
// each: place: message [code]. Any other finding of the loading fails the test.
func (c council) findings(t *testing.T) []string {
	t.Helper()
	return anytown.Lines(c.problems(t))
}

func (c council) problems(t *testing.T) []diag.Problem {
	t.Helper()
	files := c.files()
	var loading, found diag.List
	today, err := period.ParseDate("2017-04-20")
	if err != nil {
		t.Fatal(err)
	}
	e := edition.Load(files, anytown.Civic(), edition.Options{Today: today, Drafts: true}, &loading)
	for _, p := range loading.All() {
		t.Errorf("the made-up site has a fault of its own: %s", anytown.Line(p))
	}
	Data(e, &found)
	return found.All()
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
