package check

import (
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/anytown"
	"outturn/internal/diag"
)

const frozen = "content/archive/2016-17-q3/data/sources/data/"

// pastOf compares data/ with a snapshot, both made up.
func pastOf(files map[string]string) []diag.Problem {
	site := fstest.MapFS{}
	for name, text := range files {
		site[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var found diag.List
	Past(site, &found)
	return found.All()
}

func TestChangedPastIsFound(t *testing.T) {
	const (
		returned = "ref,period,area,value,numerator,denominator,mark,note\n"
		targets  = "ref,period,target,green,from\n"
	)
	tests := []struct {
		name, file, then, now string
		want                  []string
	}{
		{"nothing", "care/2016-12.csv", returned + "3.2,,,30.2,35,116,,\n", returned + "3.2,,,30.2,35,116,,\n", nil},
		{"a figure", "care/2016-12.csv", returned + "1.1,,,267,,,,\n3.2,,,30.2,35,116,,\n", returned + "1.1,,,267,,,,\n3.2,,,31.2,35,116,,\n",
			[]string{`data/care/2016-12.csv:3:7: warning: value is "31.2" and was "30.2" in the snapshot 2016-17-q3 (3.2) [past-changed]`}},
		{"two cells of a row", "care/2016-12.csv", returned + "3.2,2016-11,north,30.2,35,116,,\n", returned + "3.2,2016-11,north,31.0,36,116,,\n",
			[]string{`data/care/2016-12.csv:2:19: warning: value is "31.0" and was "30.2", numerator is "36" and was "35" in the snapshot 2016-17-q3 (3.2, 2016-11, north) [past-changed]`}},
		{"a cell that is quoted and stands after letters of two bytes", "care/2016-12.csv", "note,ref,value\né,3.2,1192\n", "note,ref,value\né,3.2,\"1,193\"\n",
			[]string{`data/care/2016-12.csv:2:8: warning: value is "1,193" and was "1192" in the snapshot 2016-17-q3 (3.2) [past-changed]`}},
		{"a cell that was emptied", "care/2016-12.csv", returned + "3.2,,,30.2,,,p,\n", returned + "3.2,,,30.2,,,,\n",
			[]string{`data/care/2016-12.csv:2:1: warning: mark is empty and was "p" in the snapshot 2016-17-q3 (3.2) [past-changed]`}},
		{"a cell that was filled", "care/2016-12.csv", returned + "3.2,,,30.2,,,,\n", returned + "3.2,,,30.2,,,p,\n",
			[]string{`data/care/2016-12.csv:2:14: warning: mark is "p" and was empty in the snapshot 2016-17-q3 (3.2) [past-changed]`}},
		{"a cell under one of several heads that are empty", "care/2016-12.csv", "ref,value,,\n1.1,267,,\n", "ref,value,,\n1.1,267,x,\n",
			[]string{`data/care/2016-12.csv:2:9: warning: a cell under no name is "x" and was empty in the snapshot 2016-17-q3 (1.1) [past-changed]`}},
		{"a cell under a head that stands twice", "care/2016-12.csv", "ref,value,note,note\n1.1,267,,x\n", "ref,value,note,note\n1.1,267,,\n",
			[]string{`data/care/2016-12.csv:2:1: warning: note is empty and was "x" in the snapshot 2016-17-q3 (1.1) [past-changed]`}},
		{"a row that is gone", "care/2016-12.csv", returned + "1.1,,,267,,,,\n3.2,,,30.2,35,116,,\n", returned + "1.1,,,267,,,,\n",
			[]string{`data/care/2016-12.csv: warning: the row 3.2 stands in the snapshot 2016-17-q3 (line 3) and is no longer here [past-changed]`}},
		{"a row that is new in a return", "care/2016-12.csv", returned + "1.1,,,267,,,,\n", returned + "1.1,,,267,,,,\n3.2,,,30.2,35,116,,\n",
			[]string{`data/care/2016-12.csv:3:1: warning: the row 3.2 is new in a return that the snapshot 2016-17-q3 holds without it [past-changed]`}},
		{"a second issue that was edited", "care/2016-12.2.csv", returned + "1.1,,,267,,,,\n", returned + "1.1,,,268,,,,\n",
			[]string{`data/care/2016-12.2.csv:2:7: warning: value is "268" and was "267" in the snapshot 2016-17-q3 (1.1) [past-changed]`}},
		{"an update of the actions", "care/2016-12-actions.csv", "ref,status\nA1,open\n", "ref,status\nA1,closed\n",
			[]string{`data/care/2016-12-actions.csv:2:4: warning: status is "closed" and was "open" in the snapshot 2016-17-q3 (A1) [past-changed]`}},
		{"rows in another order", "care/2016-12.csv", returned + "1.1,,,267,,,,\n3.2,,,30.2,35,116,,\n", returned + "3.2,,,30.2,35,116,,\n1.1,,,267,,,,\n", nil},
		{"columns in another order, and their heads", "care/2016-12.csv", "ref,value\n1.1,267\n", "Value, Ref\n267,1.1\n", nil},
		{"an empty column and empty rows", "care/2016-12.csv", "ref,value\n1.1,267\n", "ref,value,note\n1.1,267,\n,,\n", nil},
		{"another encoding of the same text", "care/2016-12.csv", "ref,value,note\n1.1,267,caf\xe9\n", "ref,value,note\r\n1.1,267,café\r\n", nil},
		{"white space about a cell", "care/2016-12.csv", "ref,value\n1.1,267\n", "ref,value\n1.1, 267 \n", nil},
		{"a target that was edited", "care/targets.csv", targets + "3.2,2016-17,100,,\n", targets + "3.2,2016-17,90,,\n",
			[]string{`data/care/targets.csv:2:13: warning: target is "90" and was "100" in the snapshot 2016-17-q3 (3.2, 2016-17) [past-changed]`}},
		{"a target that is changed by a new row", "care/targets.csv", targets + "3.2,2016-17,100,,\n", targets + "3.2,2016-17,100,,\n3.2,2016-17,90,,2017-01\n", nil},
		{"a register row that is gone", "care/indicators.csv", "ref,name\n1.1,Contacts\n3.2,Visits\n", "ref,name\n1.1,Contacts\n",
			[]string{`data/care/indicators.csv: warning: the row 3.2 stands in the snapshot 2016-17-q3 (line 3) and is no longer here [past-changed]`}},
		{"a population", "populations.csv", "population,period,value\n0-17,2015-16,56398\n", "population,period,value\n0-17,2015-16,56358\n",
			[]string{`data/populations.csv:2:14: warning: value is "56358" and was "56398" in the snapshot 2016-17-q3 (0-17, 2015-16) [past-changed]`}},
		{"a benchmark", "care/benchmarks.csv", "ref,comparator,period,value\n3.2,england,2014-15,81.5\n", "ref,comparator,period,value\n3.2,england,2014-15,81.6\n",
			[]string{`data/care/benchmarks.csv:2:21: warning: value is "81.6" and was "81.5" in the snapshot 2016-17-q3 (3.2, england, 2014-15) [past-changed]`}},
		{"an event", "care/events.csv", "date,label\n2016-10-31,New system\n", "date,label\n2016-10-31,New case system\n",
			[]string{`data/care/events.csv: warning: the row 2016-10-31, New system stands in the snapshot 2016-17-q3 (line 2) and is no longer here [past-changed]`}},
		{"of two equal rows one is gone", "care/events.csv", "date,label\n2016-10-31,New system\n2016-10-31,New system\n", "date,label\n2016-10-31,New system\n",
			[]string{`data/care/events.csv: warning: the row 2016-10-31, New system stands in the snapshot 2016-17-q3 (line 3) and is no longer here [past-changed]`}},
		{"a file that is not read", "care/notes.csv", "a\n1\n", "a\n2\n", nil},
		{"a file that cannot be read today is told of elsewhere", "care/2016-12.csv", "ref,value\n1.1,267\n", "ref,value\n1.1,\"267\n", nil},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			found := pastOf(map[string]string{frozen + x.file: x.then, "data/" + x.file: x.now})
			same(t, anytown.Lines(found), x.want)
			for _, p := range found {
				if p.Hint == "" {
					t.Errorf("no mend for: %s", p.Message)
				}
			}
		})
	}
}

func TestChangedRuleOfThePastIsFound(t *testing.T) {
	const (
		index   = "content/care/_index.md"
		tail    = " in the snapshot 2016-17-q3: months that are public would be rated anew [past-changed]"
		sources = "content/archive/2016-17-q3/data/sources/"
	)
	card := func(keys string) string { return "---\ntitle: Care\n" + keys + "---\n\nWhat care is.\n" }
	site := func(rows string) string {
		return "title: Anytown\ncomparators:\n  - {id: england, name: England" + rows + "}\n"
	}
	for _, x := range []struct {
		name, file, then, now string
		want                  []string
	}{
		{"the tolerance", index, card("default_tolerance: 5\n"), card("default_tolerance: 20\n"),
			[]string{index + `:3:1: warning: default_tolerance is "20" and was "5"` + tail}},
		{"the same tolerance", index, card("default_tolerance: 5\n"), card("owner: Head of care\ndefault_tolerance: 5.0 # per cent\n"), nil},
		{"a tolerance that was taken out", index, card("default_tolerance: 5\n"), card(""), []string{index + `: warning: default_tolerance is empty and was "5"` + tail}},
		{"a tolerance where there was none", index, card(""), card("default_tolerance: 5\n"), []string{index + `:3:1: warning: default_tolerance is "5" and was empty` + tail}},
		{"the rule", index, card("rag_rule: tolerance_and_trend\n"), card("rag_rule: benchmark\n"), []string{index + `:3:1: warning: rag_rule is "benchmark" and was "tolerance_and_trend"` + tail}},
		{"the default rule, written", index, card(""), card("rag_rule: tolerance\n"), nil},
		{"the grades", index, card("grades: [poor, good]\n"), card("grades: [poor, fair, good]\n"), []string{index + `:3:1: warning: grades is "poor, fair, good" and was "poor, good"` + tail}},
		{"the words", index, card("owner: A\n"), card("owner: B\n"), nil},
		{"the role of a comparator", "content/site.yaml", site(", role: national"), site(", role: stat_neighbours"), []string{`content/site.yaml:3:6: warning: role of england is "stat_neighbours" and was "national"` + tail}},
		{"a comparator that has no role any more", "content/site.yaml", site(", role: national"), "title: Anytown\n", []string{`content/site.yaml: warning: role of england is empty and was "national"` + tail}},
		{"a comparator that is new", "content/site.yaml", "title: Anytown\n", site(", role: national"), nil},
		{"a file that cannot be read is told of elsewhere", index, card("default_tolerance: 5\n"), "---\ndefault_tolerance: 20\n", nil},
	} {
		t.Run(x.name, func(t *testing.T) {
			found := pastOf(map[string]string{sources + "data/care/indicators.csv": "ref\n", "data/care/indicators.csv": "ref\n", sources + x.file: x.then, x.file: x.now})
			same(t, anytown.Lines(found), x.want)
			for _, p := range found {
				if !strings.HasPrefix(p.Hint, "put it back as it was; ") {
					t.Errorf("mend: %s", p.Hint)
				}
			}
		})
	}
}

func TestReturnThatIsGoneIsFound(t *testing.T) {
	found := pastOf(map[string]string{frozen + "care/2016-12.csv": "ref,value\n1.1,267\n", "data/care/2017-01.csv": "ref,value\n1.1,403\n"})
	same(t, anytown.Lines(found), []string{"data/care/2016-12.csv: warning: the file is in the snapshot 2016-17-q3 and is no longer here [past-changed]"})
	if hint := found[0].Hint; hint != "put it back from "+frozen+"care/2016-12.csv" {
		t.Errorf("mend: %s", hint)
	}
}

func TestPastIsThatOfTheNewestSnapshot(t *testing.T) {
	then := func(id string) string { return "content/archive/" + id + "/data/sources/data/care/2015-12.csv" }
	files := map[string]string{
		then("2016-17-q2"):                     "ref,value\n1.1,1\n",
		then("2015-16-q4"):                     "ref,value\n1.1,2\n",
		then("trial"):                          "ref,value\n1.1,3\n",
		"content/archive/2016-17-q4/README.md": "no snapshot",
		"data/care/2015-12.csv":                "ref,value\n1.1,9\n",
	}
	found := anytown.Lines(pastOf(files))
	if len(found) != 1 || !strings.Contains(found[0], `was "1" in the snapshot 2016-17-q2`) {
		t.Errorf("found %q", found)
	}
	if found := pastOf(map[string]string{"data/care/2015-12.csv": "ref,value\n1.1,9\n"}); len(found) != 0 {
		t.Errorf("without a snapshot: %q", anytown.Lines(found))
	}
}

func TestSourceLineOfAChangedRowIsShown(t *testing.T) {
	found := pastOf(map[string]string{frozen + "care/2016-12.csv": "ref,value\n1.1,267\n", "data/care/2016-12.csv": "ref,value\n1.1,268\n"})
	if len(found) != 1 || found[0].Source != "1.1,268" || found[0].Severity != diag.Warning {
		t.Errorf("found %+v", found)
	}
}
