package opendata

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
)

// files is a made-up scorecard with every kind of figure that a download holds.
var files = map[string]string{
	"data/care/indicators.csv": `ref,section,name,good,unit,ytd,parent,dimension,calculation
1.1,visits,Visits,info,count,sum,,,
1.1:a,visits,@night,info,count,,1.1,time,
3.2,visits,"Visits, in time",high,percent,,,,
4.1,visits,Balance,info,money,,,,
4.3,visits,Quality,high,grade,,,,
4.3:n,visits,Seen,info,count,,4.3,,
5.1,visits,Seen by grade,info,count,,,,
5.1:g,visits,Grade,info,grade,,5.1,,
6.1,visits,Share,info,percent,,,,"percent('1.1:a', '1.1')"
`,
	"data/care/2016-12.csv": "ref,value,mark\n1.1,\"1,092\",\n3.2,30.24,p\n4.3,fair,\n",
	"data/care/2017-01.csv": `ref,period,area,value,numerator,denominator,mark,note
1.1,,,"1,192",,,,"=SUM(A1)"
1.1,2016-12,,1100,,,,"a ""late"" return, put right"
1.1,2016-17-YTD,,9000,,,,
1.1,,east,,,,c,
1.1:a,,,9,,,,+44 20
3.2,,,,121,121,,two lines:
3.2,2015-16,,81.25,,,b u,
4.1,,,-£5.2,,,,-5.2
4.3,,,good,,,,
4.3,2016-12,,poor,,,,
4.3:n,,,4,,,,
5.1,,,4,,,,
5.1:g,,,fair,,,,
6.1,2016-10,,,,,x,
`,
}

func series(t *testing.T, ref string) Series {
	t.Helper()
	site := fstest.MapFS{}
	for name, text := range files {
		site[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var problems diag.List
	data := dataset.Load(site, dataset.Settings{
		Areas:      []dataset.Area{{ID: "anytown", Name: "Anytown"}, {ID: "east", Name: "-East"}},
		Scorecards: map[string]dataset.ScorecardSettings{"care": {Grades: []string{"poor", "fair", "good"}}},
	}, &problems)
	for _, p := range problems.All() {
		t.Fatalf("the made-up data have a fault: %+v", p)
	}
	view := data.Scorecard("care").AsAt(period.NewMonth(2017, 1), nil)
	ind := view.Indicator(ref)
	if ind == nil {
		t.Fatalf("no measure %s", ref)
	}
	return Series{Scorecard: "care", Title: "Care", View: view, Indicator: ind, AsAt: "2017-01",
		Publisher: "Anytown Council", Licence: "https://licence.example/", Source: "case system"}
}

// table reads a download back as any reader of RFC 4180 does.
func table(t *testing.T, ref string) (head []string, rows []map[string]string) {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(csvOf(series(t, ref)))).ReadAll()
	if err != nil {
		t.Fatalf("the CSV of %s does not parse: %v", ref, err)
	}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return records[0], rows
}

func TestDownloadHoldsOneFigureARow(t *testing.T) {
	_, rows := table(t, "1.1")
	var got []string
	for _, r := range rows {
		got = append(got, strings.Join([]string{r["ref"], r["area"], r["period"], r["starts"], r["ends"], r["value"], r["marker"], r["revised_from"], r["returned"]}, " "))
	}
	want := []string{
		"1.1 anytown 2016-12 2016-12-01 2016-12-31 1100 [r] 1092 2017-01",
		"1.1 anytown 2016-17-YTD 2016-04-01 2017-01-31 9000   2017-01",
		"1.1 anytown 2017-01 2017-01-01 2017-01-31 1192   2017-01",
		"1.1 east 2017-01 2017-01-01 2017-01-31  [c]  2017-01",
		"1.1:a anytown 2017-01 2017-01-01 2017-01-31 9   2017-01",
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the download holds\n%s\nwanted\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestDownloadHoldsFiguresAsPublished(t *testing.T) {
	tests := []struct{ ref, period, value, numerator, denominator, marker, from, unit string }{
		{"3.2", "2017-01", "100.0", "121", "121", "", "", "percent"}, // at the decimals that the page shows
		{"3.2", "2016-12", "30.2", "", "", "[p]", "", "percent"},
		{"3.2", "2015-16", "81.3", "", "", "[b][u]", "", "percent"}, // half away from zero
		{"4.1", "2017-01", "-5", "", "", "", "", "money"},
		{"4.3", "2017-01", "good", "", "", "", "", "grade"},
		{"4.3", "2016-12", "poor", "", "", "[r]", "fair", "grade"},
		{"6.1", "2017-01", "0.8", "9", "1192", "", "", "percent"}, // calculated, with what it is made of
		{"6.1", "2016-10", "", "", "", "[x]", "", "percent"},
	}
	for _, x := range tests {
		_, rows := table(t, x.ref)
		i := slices.IndexFunc(rows, func(r map[string]string) bool { return r["ref"] == x.ref && r["period"] == x.period })
		if i < 0 {
			t.Errorf("%s, %s is not there", x.ref, x.period)
			continue
		}
		r := rows[i]
		got := []string{r["value"], r["numerator"], r["denominator"], r["marker"], r["revised_from"], r["unit"]}
		if want := []string{x.value, x.numerator, x.denominator, x.marker, x.from, x.unit}; !slices.Equal(got, want) {
			t.Errorf("%s, %s is %q, wanted %q", x.ref, x.period, got, want)
		}
	}
}

func TestTextThatASpreadsheetWouldReckonIsMadeHarmless(t *testing.T) {
	tests := []struct{ in, out string }{
		{"=SUM(A1)", "'=SUM(A1)"},
		{"-5.2", "-5.2"},
		{"-5", "-5"},
		{"5.2", "5.2"},
		{"-cmd|calc", "'-cmd|calc"},
		{"-5.2.1", "'-5.2.1"},
		{"-1+1", "'-1+1"},
		{"@user", "'@user"},
		{"+44 20", "'+44 20"},
		{"+5", "'+5"},
		{"\tx", "'\tx"},
		{"\rx", "'\rx"},
		{"\x00x", "'\x00x"},
		{"[c]", "[c]"},
		{"a=b", "a=b"},
		{"", ""},
	}
	for _, x := range tests {
		if got := safe(x.in); got != x.out {
			t.Errorf("safe(%q) = %q, wanted %q", x.in, got, x.out)
		}
	}
	_, rows := table(t, "1.1")
	for _, r := range rows {
		for name, cell := range r {
			if cell != "" && strings.ContainsRune("=+@\t\r", rune(cell[0])) {
				t.Errorf("%s begins a formula: %q", name, cell)
			}
		}
	}
	i := slices.IndexFunc(rows, func(r map[string]string) bool { return r["ref"] == "1.1:a" })
	if rows[i]["name"] != "'@night" || rows[i]["note"] != "'+44 20" {
		t.Errorf("name %q, note %q", rows[i]["name"], rows[i]["note"])
	}
	_, rows = table(t, "4.1")
	if rows[0]["value"] != "-5" || rows[0]["note"] != "-5.2" {
		t.Errorf("a negative number is harmed: %q, %q", rows[0]["value"], rows[0]["note"])
	}
}

func TestDownloadIsRFC4180(t *testing.T) {
	raw := csvOf(series(t, "1.1"))
	lines := bytes.Split(raw, []byte("\n"))
	for _, line := range lines[:len(lines)-1] {
		if !bytes.HasSuffix(line, []byte("\r")) {
			t.Errorf("a line does not end with CRLF: %q", line)
		}
	}
	if len(lines[len(lines)-1]) != 0 {
		t.Error("the last line has no end")
	}
	_, rows := table(t, "1.1")
	if !slices.ContainsFunc(rows, func(r map[string]string) bool { return r["note"] == `a "late" return, put right` }) {
		t.Error("a note with quotes and a comma does not come back")
	}
	_, rows = table(t, "3.2")
	if rows[0]["name"] != "Visits, in time" {
		t.Errorf("a name with a comma comes back as %q", rows[0]["name"])
	}
}

func TestMetadataDescribeTheColumnsOfTheCSV(t *testing.T) {
	type column struct {
		Name, Titles string
		Datatype     any
		Required     bool
	}
	type metadata struct {
		Context any    `json:"@context"`
		URL     string `json:"url"`
		Title   string `json:"dc:title"`
		Schema  struct {
			Columns    []column
			PrimaryKey []string
		} `json:"tableSchema"`
		Licence struct {
			ID string `json:"@id"`
		} `json:"dc:license"`
	}
	for _, x := range []struct{ ref, value string }{{"1.1", "decimal"}, {"4.3", "string"}, {"5.1", "string"}} {
		head, rows := table(t, x.ref)
		var m metadata
		if err := json.Unmarshal(metadataOf(series(t, x.ref), "x.csv"), &m); err != nil {
			t.Fatal(err)
		}
		if m.URL != "x.csv" || m.Title == "" || m.Licence.ID != "https://licence.example/" {
			t.Errorf("%s: url %q, title %q, licence %q", x.ref, m.URL, m.Title, m.Licence.ID)
		}
		var names []string
		types := map[string]any{}
		for _, c := range m.Schema.Columns {
			names = append(names, c.Name)
			types[c.Name] = c.Datatype
			for _, r := range rows {
				if c.Required && r[c.Name] == "" {
					t.Errorf("%s: the required column %s is empty", x.ref, c.Name)
				}
			}
		}
		if !slices.Equal(names, head) {
			t.Errorf("%s: the metadata name %v, the CSV has %v", x.ref, names, head)
		}
		if types["value"] != x.value || types["revised_from"] != x.value {
			t.Errorf("%s: value is %v and revised_from %v, wanted %s", x.ref, types["value"], types["revised_from"], x.value)
		}
		seen := map[string]bool{}
		for _, r := range rows {
			key := ""
			for _, name := range m.Schema.PrimaryKey {
				key += r[name] + "|"
			}
			if seen[key] {
				t.Errorf("%s: the primary key stands twice: %s", x.ref, key)
			}
			seen[key] = true
		}
	}
}

func TestJSONOfAMeasureHoldsNumbersAndNulls(t *testing.T) {
	decoder := json.NewDecoder(bytes.NewReader(jsonOf(series(t, "3.2"))))
	decoder.UseNumber()
	var doc map[string]any
	if err := decoder.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	if doc["ref"] != "3.2" || doc["as_at"] != "2017-01" || doc["unit"] != "percent" || doc["calculation"] != nil {
		t.Errorf("the measure is %v", doc)
	}
	byPeriod := map[string]map[string]any{}
	for _, f := range doc["figures"].([]any) {
		figure := f.(map[string]any)
		byPeriod[figure["period"].(string)] = figure
	}
	if f := byPeriod["2017-01"]; f["value"] != json.Number("100.0") || f["numerator"] != json.Number("121") || f["mark"] != nil || f["revised_from"] != nil {
		t.Errorf("January is %v", f)
	}
	if f := byPeriod["2015-16"]; f["mark"] != "b u" || f["denominator"] != nil {
		t.Errorf("2015/16 is %v", f)
	}
	grades := string(jsonOf(series(t, "4.3")))
	if !strings.Contains(grades, `"value":"good"`) || !strings.Contains(grades, `"revised_from":"fair"`) {
		t.Errorf("grades are not words:\n%s", grades)
	}
	if parts := string(jsonOf(series(t, "1.1"))); !strings.Contains(parts, `"ref":"1.1:a"`) || !strings.Contains(parts, `"dimension":"time"`) {
		t.Errorf("the parts are not there:\n%s", parts)
	}
}

func TestDownloadsAreTheSameAtEveryCall(t *testing.T) {
	for _, make := range []func(Series) []byte{csvOf, jsonOf, func(s Series) []byte { return metadataOf(s, "x.csv") }} {
		if first, second := make(series(t, "1.1")), make(series(t, "1.1")); !bytes.Equal(first, second) {
			t.Errorf("two calls differ:\n%s\n%s", first, second)
		}
	}
}

// csvOf, jsonOf and metadataOf are the files by themselves.
func csvOf(s Series) []byte {
	var b bytes.Buffer
	new(Room).CSV(&b, s)
	return b.Bytes()
}

func jsonOf(s Series) []byte {
	var b bytes.Buffer
	new(Room).JSON(&b, s)
	return b.Bytes()
}

func metadataOf(s Series, file string) []byte {
	var b bytes.Buffer
	Metadata(&b, s, file)
	return b.Bytes()
}
