package dataset

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"outturn/internal/diag"
)

func utf16File(text string, bigEndian bool) string {
	var out bytes.Buffer
	for _, u := range append([]uint16{0xFEFF}, utf16.Encode([]rune(text))...) {
		if bigEndian {
			out.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			out.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return out.String()
}

func TestEveryEncodingOfTheContractReadsAlike(t *testing.T) {
	text := "ref,value,note\n2.2,\"£1,200\",\"one, “two”\nthree\"\n1.1,7,café\n"
	latin := strings.NewReplacer("£", "\xA3", "“", "\x93", "”", "\x94", "é", "\xE9").Replace(text)
	for name, file := range map[string]string{
		"UTF-8":              text,
		"UTF-8 with BOM":     "\uFEFF" + text,
		"UTF-16 LE":          utf16File(text, false),
		"UTF-16 BE":          utf16File(text, true),
		"Windows-1252":       latin,
		"CRLF":               strings.ReplaceAll(text, "\n", "\r\n"),
		"CR":                 strings.ReplaceAll(text, "\n", "\r"),
		"Windows-1252 CR":    strings.ReplaceAll(latin, "\n", "\r"),
		"no newline at end":  strings.TrimSuffix(text, "\n"),
		"blank lines":        strings.ReplaceAll(text, "1.1,", "\n  \n,,\n1.1,"),
		"header in capitals": strings.Replace(text, "ref,value,note", " REF , Value,NOTE ", 1),
		"columns moved":      "note,ref,value\n\"one, “two”\nthree\",2.2,\"£1,200\"\ncafé,1.1,7\n",
		"spare columns":      strings.ReplaceAll(strings.ReplaceAll(text, "note\n", "note,,\n"), "café\n", "café,,\n"),
		"no-break spaces":    strings.ReplaceAll(text, "7,café", "\u00a07 ,\u00a0café\u00a0"),
	} {
		var problems diag.List
		data := Load(files{"indicators.csv": definitions, "2017-01.csv": file}.fsys(), settings(), &problems)
		if problems.Errors() > 0 {
			t.Errorf("%s: %s", name, told(&problems))
			continue
		}
		if wants := strings.HasPrefix(name, "Windows-1252"); (problems.Warnings() == 1) != wants {
			t.Errorf("%s: warnings:\n%s", name, told(&problems))
		}
		v := asAt(t, data.Scorecard("housing"), "2017-01")
		rent, _ := v.Figure("2.2", "", mustPeriod(t, "2017-01"))
		repairs, _ := v.Figure("1.1", "", mustPeriod(t, "2017-01"))
		if say(rent.Value) != "1200" || rent.Note != "one, “two”\nthree" || say(repairs.Value) != "7" || repairs.Note != "café" {
			t.Errorf("%s: read %s %q and %s %q", name, say(rent.Value), rent.Note, say(repairs.Value), repairs.Note)
		}
	}
}

func TestNumbersAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		`"1,192"`: "1192", " 12.50 ": "12.50", "-3": "-3", "−3": "-3", ".5": "0.5", "0": "0", "\u00a07\u00a0": "7",
	} {
		s := housing(t, files{"2017-01.csv": "ref,value\n1.1," + text + "\n"})
		if got := value(t, asAt(t, s, "2017-01"), "1.1", "", "2017-01"); got != want {
			t.Errorf("%s reads as %s, want %s", text, got, want)
		}
	}
	s := housing(t, files{"2017-01.csv": "ref,value\n1.2,95.6%\n2.2,\"£435,922\"\n2.1,Requires Improvement\n"})
	v := asAt(t, s, "2017-01")
	for ref, want := range map[string]string{"1.2": "95.6", "2.2": "435922", "2.1": "2"} {
		if got := value(t, v, ref, "", "2017-01"); got != want {
			t.Errorf("%s reads as %s, want %s", ref, got, want)
		}
	}
	f, _ := v.Figure("2.1", "", mustPeriod(t, "2017-01"))
	if got := v.Indicator("2.1").Format(f.Value.Decimal); got != "requires improvement" {
		t.Errorf("the grade is written %q", got)
	}
}

func TestPlacesAreThoseOfTheSource(t *testing.T) {
	s := housing(t, files{"2017-01.csv": "note,ref,value\n\"two\nlines \"\"é\"\"\",1.1,\"  7\"\n\né, 1.2 ,50\n"})
	v := asAt(t, s, "2017-01")
	for ref, want := range map[string]diag.Place{
		"1.1": {File: "data/housing/2017-01.csv", Line: 3, Column: 21},
		"1.2": {File: "data/housing/2017-01.csv", Line: 5, Column: 9},
	} {
		f := v.Series(ref, "")[0]
		if f.ValuePlace != want {
			t.Errorf("value of %s is at %v, want %v", ref, f.ValuePlace, want)
		}
	}
	f := v.Series("1.2", "")[0]
	if f.Place.Line != 5 || f.Source != "é, 1.2 ,50" {
		t.Errorf("row of 1.2: %v %q", f.Place, f.Source)
	}
}

func TestRefsStandInNaturalOrder(t *testing.T) {
	order := []string{"1.2", "1.2:triaged", "1.2n", "1.10", "2", "9.1", "9.1a", "A 1", "a 2", "b", "B2"}
	for i, a := range order {
		for j, b := range order {
			if got := CompareRefs(a, b); got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("CompareRefs(%q, %q) = %d", a, b, got)
			}
		}
	}
}

func TestRefIsAFileName(t *testing.T) {
	for ref, want := range map[string]string{"3.2": "3.2", "6:1": "6-1", "3.2 night": "3.2-night", "a:b c_d": "a-b-c_d"} {
		if got := RefFile(ref); got != want {
			t.Errorf("RefFile(%q) = %q, wanted %q", ref, got, want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(definitions, "ref,period,area,value,numerator,denominator,mark\n1.1,2016-17-YTD,north,\"1,2\"\"\n,5%,,r p\n")
	f.Add("ref,section,name,good,unit,calculation\n1,a,b,high,percent,\"percent('1', rolling('1', 2)) / -3\"\n", "ref;value\n1;2\n")
	f.Add("\xff\xfea\x00", "ref,value\r1,\x93\r\"\"\"\n")
	f.Add(definitions, "ref,value,mark\n1.1,,x\n1.1,1,\n9,9O.5,\n")
	f.Fuzz(func(t *testing.T, indicators, month string) {
		var problems diag.List
		fsys := fstest.MapFS{}
		for name, text := range map[string]string{"housing/indicators.csv": indicators, "housing/targets.csv": month,
			"housing/benchmarks.csv": month, "housing/events.csv": month, "housing/actions.csv": month,
			"housing/2017-01.csv": month, "housing/2017-01-actions.csv": month, "populations.csv": month} {
			fsys["data/"+name] = &fstest.MapFile{Data: []byte(text)}
		}
		data := Load(fsys, settings(), &problems)
		for _, p := range problems.All() {
			if p.File == "" || p.Code == "" || p.Message == "" {
				t.Errorf("a problem without place, code or message: %+v", p)
			}
		}
		for _, s := range data.Scorecards {
			v := s.AsAt(24204, nil)
			for _, ind := range v.Indicators {
				for _, f := range v.Series(ind.Ref, "") {
					if f.Place.Line < 1 || f.ValuePlace.Column < 1 {
						t.Errorf("figure without a place: %+v", f)
					}
				}
				v.Revisions(ind.Ref)
				v.Areas(ind.Ref)
			}
		}
	})
}

// Only rows with a quote go to encoding/csv; a sheet must read as it would if
// all of them did.
func TestQuotedRowsAmongPlainOnesReadAsEncodingCSVReadsTheWholeSheet(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const letters = "ab,,\"\"\n\n é"
	runes := []rune(letters)
	for range 20000 {
		var b strings.Builder
		for range random.IntN(24) {
			b.WriteRune(runes[random.IntN(len(runes))])
		}
		got := newRecords(newSheet("f.csv", b.String(), nil))
		want := csv.NewReader(strings.NewReader(b.String()))
		want.FieldsPerRecord, want.TrimLeadingSpace = -1, true
		for {
			line, err := got.read()
			whole, wholeErr := want.Read()
			if fmt.Sprint(err) != fmt.Sprint(wholeErr) {
				t.Fatalf("%q: error %v, encoding/csv says %v", b.String(), err, wholeErr)
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				continue
			}
			for i := range whole {
				whole[i] = trim(whole[i])
			}
			if at, _ := want.FieldPos(0); at != line || !slices.Equal(got.strings(), whole) {
				t.Fatalf("%q: line %d %q, encoding/csv says line %d %q", b.String(), line, got.strings(), at, whole)
			}
		}
	}
}

func TestRowIsReadHoweverWideItIs(t *testing.T) {
	for _, width := range []int{1, 31, 32, 33, 64, 65, 300} {
		names, cells := make([]string, width), make([]string, width)
		for i := range width {
			names[i], cells[i] = fmt.Sprintf("c%d", i), fmt.Sprintf("\"%d, %d\"", i, width)
		}
		s, err := ReadSheet([]byte(strings.Join(names, ",") + "\n" + strings.Join(cells, ",") + "\n" + strings.Join(names, ",") + "\n"))
		if err != nil || len(s.Rows) != 2 || len(s.Columns) != width {
			t.Fatalf("%d columns: %v, %d rows of %d", width, err, len(s.Rows), len(s.Columns))
		}
		for i, name := range names {
			if quoted, plain := s.Rows[0].Cells[name], s.Rows[1].Cells[name]; quoted != strings.Trim(cells[i], `"`) || plain != name {
				t.Fatalf("%d columns: column %d holds %q and %q", width, i, quoted, plain)
			}
		}
	}
}
