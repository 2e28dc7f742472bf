package commentary

import (
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
