package commentary

import (
	"reflect"
	"testing"

	"outturn/internal/diag"
)

// Without its indicators.csv a folder with actions.csv is a plan, and its
// _index.md, which has not changed, that of one.
func TestATextThatBecomesAnotherKindIsReadAnew(t *testing.T) {
	files := smallSite()
	files["data/early-help/actions.csv"] = ""
	var r Reader
	read := func() (*Content, []diag.Problem) {
		var problems diag.List
		return r.Load(mapFS(files), []string{"early-help", "improvement-plan"}, func(string) string { return "1" }, &problems), problems.All()
	}
	read()
	delete(files, "data/early-help/indicators.csv")
	got, told := read()
	want, wanted := load(files)
	if len(got.Plans) != len(want.Plans) || len(got.Plans) != 2 || len(told) != len(wanted) {
		t.Errorf("%d plans, %d problems; read without what was kept %d and %d", len(got.Plans), len(told), len(want.Plans), len(wanted))
	}
}

// A folder that is as it was is taken over whole: a file of it that changed all
// the same, as no honest version lets it, is not seen.
func TestAFolderThatIsAsItWasIsNotListed(t *testing.T) {
	files := smallSite()
	version := "1"
	r := Reader{Folders: func(dir string) string {
		if dir == "content/early-help" {
			return version
		}
		return ""
	}}
	read := func() (*Content, []diag.Problem) {
		var problems diag.List
		return r.Load(mapFS(files), []string{"early-help", "improvement-plan"}, func(string) string { return "" }, &problems), problems.All()
	}
	first, told := read()
	files["content/early-help/contacts.md"] = "---\ntitle: Other\nnonsense: 1\n---\n"
	again, toldAgain := read()
	if !reflect.DeepEqual(again.Scorecards, first.Scorecards) || len(toldAgain) != len(told) {
		t.Errorf("it was read again: %v", toldAgain)
	}
	version = "2"
	got, toldNow := read()
	want, wanted := load(files)
	if len(toldNow) != len(wanted) || len(toldNow) == len(told) || got.Scorecards[0].SectionPages[0].Title != want.Scorecards[0].SectionPages[0].Title {
		t.Errorf("with another version: %d problems, want %d", len(toldNow), len(wanted))
	}
}
