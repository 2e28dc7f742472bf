package commentary

import (
	"encoding/json"
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

// With data/improvement-plan/ a plain page is that of a plan, and back.
func TestAPageThatBecomesAPlansIsReadAnew(t *testing.T) {
	files := smallSite()
	var r Reader
	for n, folders := range [][]string{{"early-help"}, {"early-help", "improvement-plan"}, {"early-help"}} {
		var told, wanted diag.List
		got := r.Load(mapFS(files), folders, func(string) string { return "1" }, &told)
		want := new(Reader).Load(mapFS(files), folders, func(string) string { return "" }, &wanted)
		if len(want.Plans) != len(folders)-1 || !reflect.DeepEqual(got.Plans, want.Plans) || !reflect.DeepEqual(got.Pages, want.Pages) || !reflect.DeepEqual(told.All(), wanted.All()) {
			t.Errorf("at reading %d it is %+v %+v, want %+v %+v", n, got.Plans, got.Pages, want.Plans, want.Pages)
		}
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

// A build that keeps a scorecard's pages needs its keys, and those of its months,
// to tell the rest of the site of it, and not one of its texts.
func TestAScorecardIsRememberedByItsOutline(t *testing.T) {
	files := smallSite()
	version := "1"
	load := func(r *Reader) (*Content, []diag.Problem) {
		r.Folders = func(string) string { return version }
		var problems diag.List
		return r.Load(mapFS(files), []string{"early-help", "improvement-plan"}, func(string) string { return "" }, &problems), problems.All()
	}
	var first Reader
	whole, _ := load(&first)
	read := func(r *Reader) Outline {
		t.Helper()
		all := r.Outlines(func(Scorecard) bool { return true })
		if len(all) != 1 {
			t.Fatalf("outlines %v, want that of the scorecard", all)
		}
		return all["early-help"]
	}
	text, err := json.Marshal(read(&first))
	if err != nil {
		t.Fatal(err)
	}
	var outline Outline
	if err := json.Unmarshal(text, &outline); err != nil {
		t.Fatal(err)
	}
	var second Reader
	second.Remember(outline)
	cover := files["content/early-help/2017-01/_index.md"]
	delete(files, "content/early-help/2017-01/_index.md")
	got, told := load(&second)
	if len(told) > 0 || len(got.Scorecards) != 1 || len(got.Plans) != 1 {
		t.Fatalf("%v, %d scorecards, %d plans", told, len(got.Scorecards), len(got.Plans))
	}
	want, have := whole.Scorecards[0], got.Scorecards[0]
	if !have.Outlined || have.SectionPages != nil || !have.Intro.Empty() {
		t.Errorf("it has texts, or says that they were read: %+v", have)
	}
	want.Intro, want.SectionPages, want.Outlined = Text{}, nil, true
	for i := range want.Covers {
		want.Covers[i].Summary, want.Covers[i].Analyses = Text{}, nil
	}
	if !reflect.DeepEqual(have, want) {
		t.Errorf("remembered as\n%+v, want\n%+v", have, want)
	}
	if again, err := json.Marshal(read(&second)); err != nil || string(again) != string(text) {
		t.Errorf("remembered again as\n%s, want\n%s", again, text)
	}

	files["content/early-help/2017-01/_index.md"] = cover
	var problems diag.List
	if c, now := LoadScorecard(mapFS(files), "early-help", &problems), wholeScorecard(files); !reflect.DeepEqual(c, now) || len(problems.All()) > 0 {
		t.Errorf("read alone it is\n%+v, want\n%+v", c, now)
	}

	version = "2"
	var third Reader
	third.Remember(outline)
	if got, _ := load(&third); got.Scorecards[0].Outlined {
		t.Error("of another version it was not read")
	}
	if all := third.Outlines(func(Scorecard) bool { return false }); len(all) > 0 {
		t.Errorf("it will not do without its texts, and is remembered: %v", all)
	}
	files["content/early-help/2017-01/other.md"] = "None of its sections.\n"
	var fourth Reader
	if _, told := load(&fourth); len(told) == 0 || len(fourth.Outlines(func(Scorecard) bool { return true })) > 0 {
		t.Errorf("texts with a fault are remembered, which would not be told again: %v", told)
	}
}

func wholeScorecard(files map[string]string) Scorecard {
	c, _ := load(files)
	return c.Scorecards[0]
}
