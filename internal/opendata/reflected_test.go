package opendata

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// The downloads as the standard library writes them: slow, and what the fast
// ones must be byte for byte.

func reflectedCSV(s Series) []byte {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.UseCRLF = true
	head := make([]string, len(columns))
	for i, c := range columns {
		head[i] = c.name
	}
	w.Write(head)
	published := func(ind *dataset.Indicator, n dataset.Number) string {
		if !n.Has {
			return ""
		}
		if ind.Unit == quantity.Grade {
			return safe(ind.Format(n.Decimal))
		}
		return ind.Publish(n.Decimal).String()
	}
	plain := func(n dataset.Number) string {
		if !n.Has {
			return ""
		}
		return n.Decimal.String()
	}
	s.each(func(ind *dataset.Indicator, _ string, figures iter.Seq[*dataset.Figure]) {
		for f := range figures {
			marker, earlier := "", ""
			if list := Symbols(*f); len(list) > 0 {
				marker = "[" + strings.Join(list, "][") + "]"
			}
			if f.Revised {
				earlier = published(ind, f.Earlier)
			}
			w.Write([]string{
				safe(s.Scorecard), safe(ind.Ref), safe(ind.Name), safe(f.Area), safe(s.View.AreaName(f.Area)),
				f.Period.String(), f.Period.Start().String(), f.Period.End().String(),
				published(ind, f.Value), ind.Unit.String(), plain(f.Numerator), plain(f.Denominator),
				marker, earlier, f.Vintage.Month.String(), safe(f.Note),
			})
		}
	})
	w.Flush()
	return buf.Bytes()
}

func reflectedJSON(s Series) []byte {
	type figure struct {
		Ref         string  `json:"ref"`
		Area        string  `json:"area"`
		Period      string  `json:"period"`
		Value       any     `json:"value"`
		Numerator   any     `json:"numerator"`
		Denominator any     `json:"denominator"`
		Mark        *string `json:"mark"`
		RevisedFrom any     `json:"revised_from"`
		Returned    string  `json:"returned"`
		Note        *string `json:"note"`
	}
	type part struct {
		Ref       string  `json:"ref"`
		Name      string  `json:"name"`
		Dimension *string `json:"dimension"`
		Unit      string  `json:"unit"`
	}
	ind := s.Indicator
	doc := struct {
		Scorecard   string   `json:"scorecard"`
		AsAt        string   `json:"as_at"`
		Ref         string   `json:"ref"`
		Label       *string  `json:"label"`
		Section     string   `json:"section"`
		Name        string   `json:"name"`
		Good        string   `json:"good"`
		Unit        string   `json:"unit"`
		Decimals    int      `json:"decimals"`
		Frequency   string   `json:"frequency"`
		Lag         int      `json:"lag"`
		Basis       string   `json:"basis"`
		Status      string   `json:"status"`
		Calculation *string  `json:"calculation"`
		Parts       []part   `json:"parts"`
		Figures     []figure `json:"figures"`
	}{
		s.Scorecard, s.AsAt, ind.Ref, Text(ind.Label), ind.Section, ind.Name, ind.Good.String(), ind.Unit.String(), ind.Decimals,
		ind.Frequency.String(), ind.Lag, ind.Basis, ind.Status, Text(ind.Calculation), []part{}, []figure{},
	}
	for _, p := range s.View.Parts(ind.Ref) {
		doc.Parts = append(doc.Parts, part{p.Ref, p.Name, Text(p.Dimension), p.Unit.String()})
	}
	s.each(func(of *dataset.Indicator, _ string, figures iter.Seq[*dataset.Figure]) {
		for f := range figures {
			row := figure{Ref: of.Ref, Area: f.Area, Period: f.Period.String(), Mark: Text(strings.Join(Symbols(*f), " ")), Returned: f.Vintage.Month.String(), Note: Text(f.Note)}
			if f.Value.Has {
				row.Value = Value(of, f.Value.Decimal)
			}
			if f.Numerator.Has {
				row.Numerator = f.Numerator.Decimal
			}
			if f.Denominator.Has {
				row.Denominator = f.Denominator.Decimal
			}
			if f.Revised && f.Earlier.Has {
				row.RevisedFrom = Value(of, f.Earlier.Decimal)
			}
			doc.Figures = append(doc.Figures, row)
		}
	})
	return Encode(doc)
}

func reflectedMetadata(s Series, file string) []byte {
	type column struct {
		Name        string `json:"name"`
		Titles      string `json:"titles"`
		Description string `json:"dc:description"`
		Datatype    any    `json:"datatype"`
		Required    bool   `json:"required,omitempty"`
	}
	list := make([]column, len(columns))
	for i, c := range columns {
		list[i] = column{Name: c.name, Titles: c.title, Description: c.description, Datatype: c.kind, Required: slices.Contains(primaryKey, c.name)}
		switch c.name {
		case "marker":
			list[i].Datatype = map[string]string{"base": "string", "format": `(\[[a-z0-9]+\])*`}
		case "value", "revised_from":
			for _, ind := range s.measures() {
				if ind.Unit == quantity.Grade {
					list[i].Datatype = "string"
				}
			}
		}
	}
	doc := map[string]any{
		"@context":       []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "en"}},
		"url":            file,
		"dc:title":       s.Title + ": " + s.Indicator.Name,
		"dc:description": "Every figure of this measure and of its parts, as known at " + s.AsAt + ".",
		"dc:publisher":   s.Publisher,
		"tableSchema":    map[string]any{"columns": list, "primaryKey": primaryKey},
	}
	if s.Licence != "" {
		doc["dc:license"] = map[string]string{"@id": s.Licence}
	}
	if s.Source != "" {
		doc["dc:source"] = s.Source
	}
	return Encode(doc)
}

var used Room

// asReflected compares the three downloads of a measure with the slow ones, in a
// room that others were in, and whichever of them is asked for first.
func asReflected(t *testing.T, s Series) {
	t.Helper()
	before := used.of
	csvFirst := csvOf(s)
	for _, first := range []Series{before, s} {
		if first.View == nil {
			continue
		}
		var b bytes.Buffer
		used.JSON(&b, first)
		b.Reset()
		used.CSV(&b, s)
		if !bytes.Equal(b.Bytes(), csvFirst) {
			t.Fatalf("the CSV of %s is another one in a room that was used:\n%s\n%s", s.Indicator.Ref, b.Bytes(), csvFirst)
		}
		b.Reset()
		used.JSON(&b, s)
		if !bytes.Equal(b.Bytes(), jsonOf(s)) {
			t.Fatalf("the JSON of %s is another one in a room that was used:\n%s", s.Indicator.Ref, b.Bytes())
		}
	}
	for _, x := range []struct {
		name       string
		fast, slow []byte
	}{
		{"CSV", csvOf(s), reflectedCSV(s)},
		{"JSON", jsonOf(s), reflectedJSON(s)},
		{"metadata", metadataOf(s, s.Source+".csv"), reflectedMetadata(s, s.Source+".csv")},
	} {
		if x.name != "CSV" { // how JSON stands on its lines is ours
			if !json.Valid(x.fast) {
				t.Fatalf("%s of %s is no JSON:\n%s", x.name, s.Indicator.Ref, x.fast)
			}
			x.fast = compact(x.fast)
		}
		if bytes.Equal(x.fast, x.slow) {
			continue
		}
		at := 0
		for at < min(len(x.fast), len(x.slow)) && x.fast[at] == x.slow[at] {
			at++
		}
		around := func(b []byte) []byte { return b[max(0, at-80):min(len(b), at+80)] }
		t.Fatalf("%s of %s differs at byte %d:\n%q\nthe standard library writes\n%q", x.name, s.Indicator.Ref, at, around(x.fast), around(x.slow))
	}
}

func compact(text []byte) []byte {
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		panic(err)
	}
	return append(b.Bytes(), '\n')
}

func TestAFigureOfTheJSONIsALine(t *testing.T) {
	s := series(t, "1.1")
	_, list, _ := bytes.Cut(jsonOf(s), []byte("\"figures\": [\n"))
	list, end, closed := bytes.Cut(list, []byte("\n  ]"))
	if !closed || string(end) != "\n}\n" {
		t.Fatalf("the list of figures ends with %q", end)
	}
	lines := bytes.Split(list, []byte(",\n"))
	for _, line := range lines {
		var f struct{ Ref, Area, Period string }
		if err := json.Unmarshal(line, &f); err != nil || f.Ref == "" || f.Area == "" || f.Period == "" {
			t.Errorf("no figure: %s (%v)", line, err)
		}
	}
	rows := bytes.Count(csvOf(s), []byte("\r\n")) - 1
	if len(lines) != rows || rows < 2 {
		t.Errorf("%d lines in the JSON, %d rows in the CSV", len(lines), rows)
	}
}

func TestDownloadsAreThoseOfTheStandardLibrary(t *testing.T) {
	for _, ref := range []string{"1.1", "1.1:a", "3.2", "4.1", "4.3", "5.1", "6.1"} {
		asReflected(t, series(t, ref))
	}
}

// hostile are pieces of text that one format or another must not let through as they are.
var hostile = []string{
	`"`, `""`, ",", "\r", "\n", "\r\n", "<b>", "&", `\`, `\.`, "=", "+", "-", "@", "\t", "\x00", "\x07", "\b", "\f", "\v", "\x1f", "\x7f",
	" ", "\u00a0", "\u0085", "\u2028", "\u2029", "\ufffd", "\ufeff", "\xff", "\xe2\x80", "é", "😀", "a", "1", "-5.2", "'", "{{", "null",
}

func hostileText(random *rand.Rand) string {
	var b strings.Builder
	for range random.IntN(5) {
		b.WriteString(hostile[random.IntN(len(hostile))])
	}
	return b.String()
}

func TestDownloadsOfHostileTextsAreThoseOfTheStandardLibrary(t *testing.T) {
	for seed := range uint64(150) {
		random := rand.New(rand.NewPCG(seed, 8))
		quoted := func() string { // a file with a NUL byte is refused
			return `"` + strings.NewReplacer(`"`, `""`, "\x00", "").Replace(hostileText(random)) + `"`
		}
		var register, first, second strings.Builder
		register.WriteString("ref,section,name,good,unit,decimals,parent,dimension\n")
		head := "ref,period,area,value,numerator,denominator,mark,note\n"
		first.WriteString(head)
		second.WriteString(head)
		units := []string{"count", "percent", "money", "grade", "rate_per_10000", "days"}
		for i, ref := range []string{"1", "1:a", "1:b"} {
			unit := units[random.IntN(len(units))]
			parent, dimension := "", ""
			if i > 0 {
				parent, dimension = "1", []string{"", "age"}[i-1]
			}
			fmt.Fprintf(&register, "%s,visits,Visits,info,%s,%d,%s,%s\n", ref, unit, random.IntN(4), parent, dimension)
			for _, p := range []string{"2016-11", "2016-12", "2016-17-Q3", "2015-16", "AY2015-16-T2", "2015-07/2016-06", "2016-08-20", "2016-17-YTD"} {
				for _, area := range []string{"", "east"} {
					for _, file := range []*strings.Builder{&first, &second} {
						if random.IntN(4) == 0 {
							continue
						}
						value, counts, mark := "", ",", []string{"", "p", "b u", "low", "r e"}[random.IntN(5)]
						switch k := random.IntN(8); {
						case k == 0:
							mark = []string{"x", "z", "c"}[random.IntN(3)]
						case unit == "grade":
							value = []string{"poor", "fair", "-good"}[random.IntN(3)]
						default:
							value = quantity.New(random.Int64N(1<<uint(1+random.IntN(50)))-20, random.IntN(6)).String()
							if k < 4 {
								counts = fmt.Sprintf("%d.%d,%d", random.IntN(2000), random.IntN(10), 1+random.IntN(2000))
							}
						}
						fmt.Fprintf(file, "%s,%s,%s,%s,%s,%s,%s\n", ref, p, area, value, counts, mark, quoted())
					}
				}
			}
		}
		var problems diag.List
		data := dataset.Load(fstest.MapFS{
			"data/care/indicators.csv": {Data: []byte(register.String())},
			"data/care/2016-12.csv":    {Data: []byte(first.String())},
			"data/care/2017-01.csv":    {Data: []byte(second.String())},
		}, dataset.Settings{
			Areas:      []dataset.Area{{ID: "anytown", Name: hostileText(random)}, {ID: "east", Name: hostileText(random)}},
			Scorecards: map[string]dataset.ScorecardSettings{"care": {Grades: []string{"poor", "fair", "-good"}}},
		}, &problems)
		view := data.Scorecard("care").AsAt(period.NewMonth(2017, 1), nil)
		s := Series{Scorecard: hostileText(random), Title: hostileText(random), View: view, Indicator: view.Indicator("1"),
			AsAt: hostileText(random), Publisher: hostileText(random), Licence: hostileText(random), Source: hostileText(random)}
		for _, ind := range s.measures() { // what no register would let through
			ind.Name, ind.Label, ind.Section, ind.Calculation = hostileText(random), hostileText(random), hostileText(random), hostileText(random)
			ind.Dimension, ind.Basis, ind.Status = hostileText(random), hostileText(random), hostileText(random)
		}
		if len(s.measures()) != 3 || len(view.Series("1", "")) == 0 {
			t.Fatalf("seed %d: the made-up measure is not there: %+v", seed, problems.All())
		}
		asReflected(t, s)
	}
}

func FuzzTextIsEscapedAsEncodingJSONDoes(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := string(appendText(nil, s))+"\n", string(Encode(s)); got != want {
			t.Errorf("%q is written %s, and by encoding/json %s", s, got, want)
		}
	})
}

func FuzzCellIsQuotedAsEncodingCSVDoes(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var buf bytes.Buffer
		w := csv.NewWriter(&buf)
		w.UseCRLF = true
		w.Write([]string{"", s})
		w.Flush()
		if got, want := ","+string(appendCell(nil, s))+"\r\n", buf.String(); got != want {
			t.Errorf("%q is written %q, and by encoding/csv %q", s, got, want)
		}
	})
}

// national is a measure of the size that a national site has 15,300 of: 60
// months in 5 areas.
func national(b *testing.B) Series {
	areas := []dataset.Area{{ID: "anytown", Name: "Anytown"}}
	var rows strings.Builder
	rows.WriteString("ref,period,area,value,numerator,denominator,mark,note\n")
	for _, id := range []string{"north", "south", "east", "west"} {
		areas = append(areas, dataset.Area{ID: id, Name: "Area of " + id})
	}
	for a := range areas {
		for m := range 60 {
			mark, note := "", ""
			if m%20 == 7 {
				mark, note = "p", "Some records are still to come, and may change it."
			}
			fmt.Fprintf(&rows, "1,%s,%s,,%d,%d,%s,%q\n", period.NewMonth(2012, 2).Add(m), areas[a].ID, 40+m, 100+a, mark, note)
		}
	}
	var problems diag.List
	data := dataset.Load(fstest.MapFS{
		"data/care/indicators.csv": {Data: []byte("ref,section,name,good,unit\n1,visits,Children seen within ten days,high,percent\n")},
		"data/care/2017-01.csv":    {Data: []byte(rows.String())},
	}, dataset.Settings{Areas: areas}, &problems)
	if problems.Errors() > 0 {
		b.Fatal(problems.All())
	}
	view := data.Scorecard("care").AsAt(period.NewMonth(2017, 1), nil)
	return Series{Scorecard: "care", Title: "Care", View: view, Indicator: view.Indicator("1"), AsAt: "2017-01", Publisher: "Anytown Council"}
}

// BenchmarkDownloads sets each download beside the same by the standard library,
// and beside fetching the figures, which both do.
func BenchmarkDownloads(b *testing.B) {
	s := national(b)
	var room Room
	var made []byte
	for _, x := range []struct {
		name string
		make func(Series) []byte
	}{
		{"CSV and JSON", func(s Series) []byte {
			b := bytes.NewBuffer(made[:0])
			room.of = Series{}
			room.CSV(b, s)
			room.JSON(b, s)
			made = b.Bytes()
			return made
		}},
		{"CSV", csvOf}, {"CSV/reflected", reflectedCSV},
		{"JSON", jsonOf}, {"JSON/reflected", reflectedJSON},
		{"metadata", func(s Series) []byte { return metadataOf(s, "1.csv") }},
		{"metadata/reflected", func(s Series) []byte { return reflectedMetadata(s, "1.csv") }},
		{"figures", func(s Series) []byte {
			s.each(func(_ *dataset.Indicator, _ string, figures iter.Seq[*dataset.Figure]) {
				for range figures {
				}
			})
			return nil
		}},
	} {
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.SetBytes(int64(len(x.make(s))))
			}
		})
	}
}

// Encode is what Write does, by reflection.
func Encode(v any) []byte {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic(err)
	}
	return buf.Bytes()
}

// Value is a figure as published, a JSON number; a grade is its word.
func Value(ind *dataset.Indicator, d quantity.Decimal) any {
	if ind.Unit == quantity.Grade {
		return ind.Format(d)
	}
	return ind.Publish(d)
}

// Text is a text as JSON has it: null where there is none.
func Text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// each visits the measure and its parts, area by area, in a fixed order.
func (s Series) each(visit func(ind *dataset.Indicator, area string, figures iter.Seq[*dataset.Figure])) {
	for _, ind := range s.measures() {
		for _, area := range append([]string{s.View.Whole()}, s.View.Areas(ind.Ref)...) {
			visit(ind, area, s.View.Figures(ind.Ref, area))
		}
	}
}
