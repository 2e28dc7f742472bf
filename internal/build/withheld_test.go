package build

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// A fault of a month that is not public is not told and stops nothing. It must
// not be the reason why a text whose figure is not there is let through: the
// reference itself would be published.
func TestAReferenceWithoutAFigureIsToldWhateverIsWithheld(t *testing.T) {
	const wrongLater, cover = "data/homes/2017-02.csv", "content/homes/2017-01/_index.md"
	base := twoHomes()
	base["data/homes/indicators.csv"] += "2,repairs,Empty homes,low,count\n"
	base[wrongLater] = "ref,value\n1,4O\n" // February has no cover: nobody is told of it yet
	for what, file := range map[string]string{
		"in its own text":          cover,
		"in another's":             "content/repairs/2017-01/_index.md",
		"in a page of the site's":  "content/about/accessibility.md",
		"in the home page's words": "content/_index.md",
	} {
		dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
		lay(t, dir, base)
		runs(t, os.DirFS(dir), out)
		before := standing(t, out)
		text := map[bool]string{true: base[file] + "\nOf them {{ homes/2 }}.\n", false: "---\ntitle: Anytown\n---\n\nOf them {{ homes/2 }}.\n"}[base[file] != ""]
		lay(t, dir, map[string]string{file: text})
		for _, into := range []string{out, filepath.Join(t.TempDir(), "public")} {
			var problems diag.List
			_, err := Run(Request{Site: os.DirFS(dir), Out: into, Program: "test", Options: edition.Options{Today: period.NewDate(2017, 3, 1)}}, &problems)
			told := slices.ContainsFunc(problems.All(), func(p diag.Problem) bool { return p.Code == "unknown-figure" && p.File == file })
			if !errors.Is(err, ErrInputs) || !told {
				t.Errorf("%s, into %s: %v, %v", what, filepath.Base(filepath.Dir(into)), err, problems.All())
			}
		}
		if !maps.Equal(standing(t, out), before) {
			t.Errorf("%s: the site was changed", what)
		}
	}
}
