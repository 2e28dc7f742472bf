package snapshot

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/archive/bag"
	"outturn/internal/diag"
	"outturn/internal/period"
)

const december, march = `{"scorecard": "help", "indicators": [
 {"ref": "1.1", "label": "1.1", "name": "Contacts", "unit": "count", "current": {"period": "2016-12", "value": 120, "mark": null}, "rag": {"rating": "none", "reason": "For information."}},
 {"ref": "1.2", "label": "1.2", "name": "Visits on time", "unit": "percent", "current": {"period": "2016-12", "value": 83.3, "mark": null}, "rag": {"rating": "amber", "reason": "Amber."}},
 {"ref": "1.3", "label": null, "name": "Visits in pairs", "unit": "count", "current": {"period": "2016-12", "value": null, "mark": "x"}, "rag": {"rating": "none", "reason": ""}}]}`,
	`{"scorecard": "help", "indicators": [
 {"ref": "1.1", "label": "1.1", "name": "Contacts", "unit": "count", "current": {"period": "2017-03", "value": 1150, "mark": null}, "rag": {"rating": "none", "reason": "For information."}},
 {"ref": "1.2", "label": "1.2", "name": "Visits on time", "unit": "percent", "current": {"period": "2017-03", "value": 98.0, "mark": null}, "rag": {"rating": "green", "reason": "Green: 98.0%."}},
 {"ref": "2.1", "label": "2.1", "name": "Plans", "unit": "count", "current": {"period": "2017-03", "value": 20, "mark": null}, "rag": {"rating": "none", "reason": ""}}]}`

func state(name string, month period.Month, files map[string]string) State {
	dir := fstest.MapFS{}
	for file, content := range files {
		dir[file] = &fstest.MapFile{Data: []byte(content)}
	}
	return State{Name: name, AsAt: month, Pages: dir, Texts: dir}
}

// figures is the JSON of a measure, of rows "period area value".
func figures(ref, unit string, rows ...string) string {
	var list []string
	for _, r := range rows {
		cells := strings.Fields(r)
		mark := "null"
		if len(cells) > 3 {
			mark = `"` + cells[3] + `"`
		}
		list = append(list, `{"ref": "`+ref+`", "area": "`+cells[1]+`", "period": "`+cells[0]+`", "value": `+cells[2]+`, "mark": `+mark+`, "returned": "2017-01", "note": null}`)
	}
	return `{"ref": "` + ref + `", "unit": "` + unit + `", "parts": [{"ref": "1.1:a", "name": "From schools", "unit": "count"}], "figures": [` + strings.Join(list, ",") + `]}`
}

func TestWhatChangedBetweenTwoQuartersIsTold(t *testing.T) {
	from := state("2016-17-q3", period.NewMonth(2016, 12), map[string]string{
		"api/help/2016-11.json":     `not read: it is not the newest`,
		"api/help/2016-12.json":     december,
		"help/indicators/1.1.json":  figures("1.1", "count", "2016-11 town 110", "2016-12 town 1120", "2016-12 north null c", "2016-17-YTD town 300"),
		"help/indicators/1.2.json":  figures("1.2", "percent", "2016-12 town 83.3"),
		"data/help/indicators.csv":  "ref,name,good,from\n1.1,Contacts,info,\n1.2,Visits,high,\n1.2,Visits on time,high,2016-12\n",
		"data/help/targets.csv":     "ref,period,target,green,wording\n1.2,2016-17,90,,\n",
		"content/help/_index.md":    "---\ntitle: Help\ndefault_tolerance: 5\ndefinition: Old words.\n---\n\nHelp before a problem.\n\nThere were {{ 1.1 }} and {{ figure 18 | an audit }}.\n",
		"content/help/2016-12/x.md": "The same.\n",
	})
	to := state("2016-17-q4", period.NewMonth(2017, 3), map[string]string{
		"api/help/2017-03.json":     march,
		"help/indicators/1.1.json":  figures("1.1", "count", "2016-11 town 110", "2016-12 town 1123", "2016-12 north 7", "2016-17-YTD town 900", "2017-03 town 1150"),
		"help/indicators/1.2.json":  figures("1.2", "percent", "2016-12 town 82.1", "2017-03 town 98.0"),
		"help/indicators/2.1.json":  figures("2.1", "count", "2017-03 town 20"),
		"data/help/indicators.csv":  "ref,name,good,from\n1.1,Contacts,high,2017-02\n1.1,Contacts,info,\n1.2,Visits,high,\n1.2,Visits on time,high,2016-12\n1.2,Later,high,2017-06\n",
		"data/help/targets.csv":     "ref,period,target,green,wording,from\n1.2,2016-17,90,,,\n1.2,2016-17,95,>=95,,2017-02\n1.2,2017-18,96,,,\n2.1,2016-17,20,,,\n",
		"data/help/2017-01.csv":     "ref,period,area,value,reason\n1.1,2016-12,,1123,late_data\n",
		"content/site.yaml":         "areas:\n  - {id: town, name: Town}\n",
		"content/help/_index.md":    "---\ntitle: Help # a comment\ndefault_tolerance: 20\ndefinition: New words.\n---\n\nHelp before a problem.\n\nThere were {{ 1.1 previous }} and {{ figure 19 | an audit }}.\n",
		"content/help/2016-12/x.md": "The same.\n",
		"content/help/2017-03/x.md": "Another month's text is no change.\n",
	})
	d, err := Compare(from, to)
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
 "from": "2016-17-q3",
 "to": "2016-17-q4",
 "ratings": [
  {
   "scorecard": "help",
   "ref": "1.2",
   "label": "1.2",
   "name": "Visits on time",
   "was": "amber",
   "now": "green",
   "was_figure": "83.3% for December 2016",
   "now_figure": "98.0% for March 2017",
   "reason": "Green: 98.0%."
  }
 ],
 "figures": [
  {
   "scorecard": "help",
   "ref": "1.1",
   "label": "1.1",
   "name": "Contacts",
   "part": "",
   "area": "town",
   "period": "2016-12",
   "was": "1,120",
   "now": "1,123",
   "by": "up by 3",
   "returned": "2017-01",
   "note": "",
   "reasons": [
    {
     "reason": "late_data",
     "return": "2017-01",
     "issue": 1
    }
   ]
  },
  {
   "scorecard": "help",
   "ref": "1.1",
   "label": "1.1",
   "name": "Contacts",
   "part": "",
   "area": "north",
   "period": "2016-12",
   "was": "[c]",
   "now": "7",
   "by": "",
   "returned": "2017-01",
   "note": "",
   "reasons": []
  },
  {
   "scorecard": "help",
   "ref": "1.2",
   "label": "1.2",
   "name": "Visits on time",
   "part": "",
   "area": "town",
   "period": "2016-12",
   "was": "83.3%",
   "now": "82.1%",
   "by": "down by 1.2 percentage points",
   "returned": "2017-01",
   "note": "",
   "reasons": []
  }
 ],
 "rules": [
  {
   "scorecard": "help",
   "ref": "",
   "label": "",
   "name": "",
   "what": "default_tolerance",
   "was": "5",
   "now": "20"
  },
  {
   "scorecard": "help",
   "ref": "1.1",
   "label": "1.1",
   "name": "Contacts",
   "what": "good",
   "was": "info",
   "now": "high"
  },
  {
   "scorecard": "help",
   "ref": "1.2",
   "label": "1.2",
   "name": "Visits on time",
   "what": "target for 2016-17",
   "was": "90",
   "now": "95, green \u003e=95"
  },
  {
   "scorecard": "help",
   "ref": "1.2",
   "label": "1.2",
   "name": "Visits on time",
   "what": "target for 2017-18",
   "was": "",
   "now": "96"
  }
 ],
 "added": [
  {
   "scorecard": "help",
   "ref": "2.1",
   "label": "2.1",
   "name": "Plans"
  }
 ],
 "dropped": [
  {
   "scorecard": "help",
   "ref": "1.3",
   "label": "",
   "name": "Visits in pairs"
  }
 ],
 "words": [
  {
   "file": "help/_index.md",
   "title": "Help",
   "was": [
    {
     "key": "definition",
     "text": "Old words."
    },
    {
     "key": "",
     "text": "There were [1.1] and 18."
    }
   ],
   "now": [
    {
     "key": "definition",
     "text": "New words."
    },
    {
     "key": "",
     "text": "There were [1.1 previous] and 19."
    }
   ]
  }
 ]
}`
	if string(got) != want {
		t.Errorf("told\n%s", got)
	}
}

// What stands in no page is told by nobody, and a name that the program gave to
// what is not public is another paper's in another bag.
func TestOnlyWhatWasPublishedIsCompared(t *testing.T) {
	from := state("2016-17-q3", 0, map[string]string{
		"content/reports/open.md":         "---\n# canary\ntitle: Open paper # canary\nstatus: approved\nmeetings: [canary, one]\n---\n\nWords.\n\n[//]: # (canary)\n",
		"content/reports/not-public-1.md": "---\ntitle: Not public\nstatus: draft\n---\n",
		"content/reports/not-public-2.md": "---\ntitle: A canary firm\nstatus: approved\nexempt: [3]\nexempt_reason: canary\n---\n",
		"content/reports/sealed.md":       "---\ntitle: Sealed\nstatus: approved\n---\n\nA canary.\n",
		"content/meetings/one.md":         "---\ncommittee: A\ndate: 2017-01-25\nstatus: held\nitems:\n  - {title: Prices, report: not-public-1}\n---\n",
	})
	to := state("2016-17-q4", 0, map[string]string{
		"content/reports/open.md":         "---\n\"title\": \"Open paper\"\nstatus: \"approved\"\nmeetings:\n  - \"one\"\n---\n\nOther words.\n",
		"content/reports/not-public-1.md": "---\ntitle: Another canary\nstatus: approved\nexempt: [1]\nexempt_reason: canary\n---\n",
		"content/reports/not-public-2.md": "---\ntitle: Not public\nstatus: draft\n---\n",
		"content/reports/sealed.md":       "---\ntitle: Canary\nstatus: approved\nexempt: [3]\n---\n",
		"content/meetings/one.md":         "---\ncommittee: A\ndate: 2017-01-25\nstatus: held\nitems:\n  - {title: Prices, report: not-public-2}\n---\n",
	})
	d, err := Compare(from, to)
	want := []TextChange{{"reports/open.md", "Open paper", []Passage{{"", "Words."}}, []Passage{{"", "Other words."}}}}
	if err != nil || !reflect.DeepEqual(d.Words, want) {
		t.Errorf("%v %+v", err, d.Words)
	}
}

func TestWhatAComparatorIsIsCompared(t *testing.T) {
	of := func(rows string) State {
		return state("", 0, map[string]string{"content/site.yaml": "title: Anytown\ncomparators:\n" + rows})
	}
	from := of("  - {id: england, name: England, role: national}\n  - {id: sn, name: Neighbours}\n  - {id: old, name: Old}\n")
	to := of("  - {id: sn, name: Neighbours anew, role: stat_neighbours}\n  - {id: england, name: England}\n  - {id: new, name: New, role: national}\n")
	d, err := Compare(from, to)
	if err != nil {
		t.Fatal(err)
	}
	want := []RuleChange{{What: "role of england", Was: "national"}, {What: "role of new", Now: "national"}, {What: "role of sn", Now: "stat_neighbours"}}
	if !reflect.DeepEqual(d.Rules, want) {
		t.Errorf("%+v", d.Rules)
	}
}

func TestCalculatedFigureHasTheReasonOfWhatItIsMadeFrom(t *testing.T) {
	to := state("q4", period.NewMonth(2017, 3), map[string]string{
		"data/help/indicators.csv":  "ref,calculation\n1.1,\n1.2,\n2.1,\"rolling('1.1', 3)\"\n2.2,\"percent('1.1', '1.2')\"\n",
		"data/help/2017-01.csv":     "ref,period,value,area,reason\n1.1,2016-12,4,,late_data\n1.2,2016-12,4,,correction\n1.1,2016-12,2,north,definition\n",
		"data/help/2017-01.2.csv":   "ref,period,value,reason\n1.1,2016-12,5,correction\n",
		"data/help/2017-04.csv":     "ref,period,value,reason\n1.1,2016-12,5,definition\n",
		"data/help/2016-12.csv":     "ref,value,reason\n1.3,5,definition\n",
		"data/help/2017-01-act.csv": "ref,reason\n1.3,definition\n",
	})
	r := readReasons(state("q3", 0, map[string]string{"data/help/2016-12.csv": ""}), to, "town", "help")
	for _, x := range []struct{ ref, area, returned, want string }{
		{"1.1", "town", "2017-01", "late_data 2017-01, correction 2017-01.2"}, {"1.1", "north", "2017-01", "definition 2017-01"},
		{"1.2", "town", "2017-02", "correction 2017-01"}, {"1.1", "town", "2017-04", "late_data 2017-01, correction 2017-01.2, definition 2017-04"},
		{"2.1", "town", "2017-01", "late_data 2017-01, correction 2017-01.2"}, {"2.1", "north", "2017-01", "definition 2017-01"},
		{"2.2", "town", "2017-01", "late_data 2017-01, correction 2017-01, correction 2017-01.2"},
		{"1.3", "town", "2017-01", ""}, {"1.1", "town", "2016-12", ""},
	} {
		if got := reasonsOf(r.why(figureKey{x.ref, x.area, "2016-12"}, x.returned)); got != x.want {
			t.Errorf("%+v: %q", x, got)
		}
	}
	// A sum over three months has what was said of any of them, a percentage of its own month alone.
	for of, want := range map[figureKey]string{{"2.1", "town", "2017-02"}: "late_data 2017-01, correction 2017-01.2", {"2.1", "town", "2017-03"}: "", {"2.2", "town", "2017-01"}: ""} {
		if got := reasonsOf(r.why(of, "2017-03")); got != want {
			t.Errorf("%+v: %q", of, got)
		}
	}
}

func reasonsOf(reasons []GivenReason) string {
	var list []string
	for _, r := range reasons {
		text := r.Reason + " " + r.Return
		if r.Issue > 1 {
			text += "." + strconv.Itoa(r.Issue)
		}
		list = append(list, text)
	}
	return strings.Join(list, ", ")
}

// What is there no more nobody finds by looking at what is.
func TestFigureThatIsGoneAndBenchmarkThatChangedAreTold(t *testing.T) {
	of := func(benchmarks string, rows ...string) State {
		return state("", period.NewMonth(2016, 12), map[string]string{"api/help/2016-12.json": december, "help/indicators/1.2.json": figures("1.2", "percent", rows...),
			"help/indicators/1.1.json": figures("1.1", "count"), "data/help/benchmarks.csv": "ref,comparator,period,value,source,from\n" + benchmarks})
	}
	d, err := Compare(of("1.2,sn_average,2015-16,80.1,a,\n1.2,england,2015-16,70,b,\n", "2016-11 town 80.0", "2016-12 north null", "2016-12 town 81.0", "2016-17-YTD town 81.0"),
		of("1.2,sn_average,2015-16,84,a,\n1.2,sn_average,2015-16,90,a,2017-01\n1.2,england,2015-16,70,c,\n", "2016-12 town 81.0"))
	if err != nil {
		t.Fatal(err)
	}
	m := Measure{Scorecard: "help", Ref: "1.2", Label: "1.2", Name: "Visits on time"}
	if want := []FigureChange{{Measure: m, Area: "town", Period: "2016-11", Was: "80.0%", Now: "no figure", Reasons: []GivenReason{}}}; !reflect.DeepEqual(d.Figures, want) {
		t.Errorf("%+v", d.Figures)
	}
	if want := []RuleChange{{m, "benchmark for 2015-16, sn average", "80.1", "84"}}; !reflect.DeepEqual(d.Rules, want) {
		t.Errorf("%+v", d.Rules)
	}
}

func TestBagUnderAnotherQuartersNameIsTold(t *testing.T) {
	site := fstest.MapFS{}
	for _, id := range []string{"2016-17-q2", "2016-17-q3"} {
		info := bag.Info{{Label: "External-Identifier", Value: "2016-17-q3"}, {Label: AsAtLabel, Value: "2016-12"}}
		for name, content := range bag.Tags(info, bag.Manifest{}) {
			site[Folder(id)+"/"+name] = &fstest.MapFile{Data: content}
		}
	}
	list := List(site)
	if len(list) != 2 || list[1].Misfiled != "" || list[0].Misfiled != `the bag says that it is "2016-17-q3", and its folder is called 2016-17-q2` {
		t.Errorf("%+v", list)
	}
	var problems diag.List
	list[0].Misplaced(&problems)
	list[1].Misplaced(&problems)
	if problems.Errors() != 1 {
		t.Errorf("%v", problems.All())
	}
}

func TestStateOfASnapshotReadsNothingThatWasChanged(t *testing.T) {
	site := fstest.MapFS{}
	payload := bag.Manifest{}
	for _, name := range []string{Sources + "/data/help/targets.csv", Site + "/api/help/2016-12.json"} {
		payload[name] = sha256.Sum256([]byte("{}"))
		site[Folder("2016-17-q3")+"/"+name] = &fstest.MapFile{Data: []byte("{}")}
	}
	for name, content := range bag.Tags(nil, payload) {
		site[Folder("2016-17-q3")+"/"+name] = &fstest.MapFile{Data: content}
	}
	s, err := StateOf(site, Snapshot{ID: "2016-17-q3"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Compare(s, s); err != nil {
		t.Error(err)
	}
	site[Folder("2016-17-q3")+"/"+Sources+"/data/help/targets.csv"].Data = []byte("ref,period,target\n1.2,2016-17,1\n")
	var broken *bag.Broken
	if _, err := Compare(s, s); !errors.As(err, &broken) || broken.File != "content/archive/2016-17-q3/data/sources/data/help/targets.csv" {
		t.Errorf("%v", err)
	}
}

func TestWhatStandsInTheArchiveAndIsNoSnapshotIsTold(t *testing.T) {
	file := &fstest.MapFile{}
	site := fstest.MapFS{Root + "/2016-17-q3/bagit.txt": file, Root + "/2016-17-Q2/bagit.txt": file, Root + "/2016-17-q3 copy/bagit.txt": file,
		Root + "/notes.docx": file, Root + "/.DS_Store": file, WithdrawnFile: file, FormerFile("2016-17-q1"): file}
	for _, x := range []struct {
		site fs.FS
		want string
	}{{site, "2016-17-Q2, 2016-17-q3 copy, notes.docx"}, {fstest.MapFS{Root: file}, "archive"}, {fstest.MapFS{}, ""}} {
		var problems diag.List
		Strays(x.site, &problems)
		var names []string
		for _, p := range problems.All() {
			if p.Code != "stray-file" || p.Severity != diag.Warning {
				t.Errorf("%+v", p)
			}
			names = append(names, path.Base(p.File))
		}
		if got := strings.Join(names, ", "); got != x.want {
			t.Errorf("told of %s; want %s", got, x.want)
		}
	}
}

func TestNothingChangedFromAStateToItself(t *testing.T) {
	s := state("x", 0, map[string]string{"api/help/2016-12.json": december, "data/help/targets.csv": "ref,period,target\n1.2,2016-17,90\n",
		"help/indicators/1.1.json": figures("1.1", "count", "2016-11 town 110"), "content/_index.md": "Words.\n"})
	if d, err := Compare(s, s); err != nil || !d.None() {
		t.Errorf("%v %+v", err, d)
	}
	if d, err := Compare(state("x", 0, nil), state("y", 0, nil)); err != nil || !d.None() {
		t.Errorf("%v %+v", err, d)
	}
}

func TestDamagedStateIsAnErrorThatNamesTheFile(t *testing.T) {
	_, err := Compare(state("x", 0, map[string]string{"api/help/2016-12.json": "{"}), state("y", 0, nil))
	if err == nil || !strings.Contains(err.Error(), "api/help/2016-12.json") {
		t.Errorf("%v", err)
	}
}

func TestQuarterIsReadInAnyCase(t *testing.T) {
	for text, want := range map[string]string{"2016-17-q3": "2016-17-q3", "2016-17-Q3": "2016-17-q3", "FY2009-10-q1": "2009-10-q1", "2009-10-Q1": "2009-10-q1"} {
		if _, id, err := Quarter(text); err != nil || id != want {
			t.Errorf("%s: %s %v", text, id, err)
		}
	}
	for _, text := range []string{"", "2016-17", "q3", "2016-17-q5", "2016-12", "..", "2016-17-q3/.."} {
		if _, id, err := Quarter(text); err == nil {
			t.Errorf("%q is taken for %s", text, id)
		}
	}
}

// A name that no page can have would end every build.
func TestAddressThatIsNoneIsLeftOut(t *testing.T) {
	site := fstest.MapFS{FormerFile("2016-17-q3"): {Data: []byte("help/index.html\na\\b.html\nc:d.html\n../up.html\nfeed.xml\n")}}
	if got := strings.Join(Former(site, "2016-17-q3"), " "); got != "index.html help/index.html" {
		t.Errorf("%s", got)
	}
}

func TestSnapshotOfALaterDayIsTold(t *testing.T) {
	for _, x := range []struct {
		s      Snapshot
		errors int
	}{
		{Snapshot{ID: "2016-17-q3", Kept: true, Day: "2017-05-01"}, 1}, {Snapshot{ID: "2016-17-q3", Kept: true, Day: "2017-04-30"}, 0},
		{Snapshot{ID: "2016-17-q3", Kept: true, Withdrawn: true, Day: "2017-05-01"}, 0}, {Snapshot{ID: "2016-17-q3", Kept: true}, 0},
	} {
		var problems diag.List
		if x.s.Early(period.NewDate(2017, 4, 30), &problems); problems.Errors() != x.errors {
			t.Errorf("%+v: %v", x.s, problems.All())
		}
	}
}

func TestWithdrawalIsReadAsItIsWritten(t *testing.T) {
	list := []Withdrawal{{"2016-17-q3", "2017-05-02", "a \"child\", and\nmore"}, {"2016-17-q4", "2017-06-02", "why"}}
	got, err := ReadWithdrawn(fstest.MapFS{WithdrawnFile: {Data: EncodeWithdrawn(list)}})
	if err != nil || len(got) != 2 || got[0] != list[0] || got[1] != list[1] {
		t.Errorf("%+v %v", got, err)
	}
	for text, want := range map[string]RowError{
		"id,date,reason\n2016-17,2017-05-02,why\n":           {Line: 2, Column: 1, Message: `"2016-17" is not the id of a snapshot`},
		"id,date,reason\n2016-17-q3,2 May,why\n":             {Line: 2, Column: 12, Message: `"2 May" is not a date`},
		"id,date,reason\n2016-17-q3,2017-05-02,why,really\n": {Line: 2, Column: 1, Message: "the row cannot be read: wrong number of fields"},
	} {
		_, err := ReadWithdrawn(fstest.MapFS{WithdrawnFile: {Data: []byte(text)}})
		at, ok := err.(*RowError)
		if !ok || at.Line != want.Line || at.Column != want.Column || at.Message != want.Message {
			t.Errorf("%q: %v", text, err)
		}
	}
}
