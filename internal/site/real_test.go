package site

import (
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"math/big"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"outturn/internal/edition"
	"outturn/internal/period"
)

// returned is what the rows of a scorecard say, the newest return last, read as
// simply as can be.
type returned struct {
	measures map[string]map[string]string // rows of indicators.csv by ref
	figures  map[string]map[string]string // the newest row by ref, area, period
}

func readCSV(t *testing.T, site fs.FS, name string) []map[string]string {
	t.Helper()
	f, err := site.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func returns(t *testing.T, site fs.FS, card string) returned {
	r := returned{map[string]map[string]string{}, map[string]map[string]string{}}
	for _, row := range readCSV(t, site, "data/"+card+"/indicators.csv") {
		r.measures[row["ref"]] = row
	}
	entries, err := fs.ReadDir(site, "data/"+card)
	if err != nil {
		t.Fatal(err)
	}
	month := regexp.MustCompile(`^(\d{4}-\d{2})(\.\d+)?\.csv$`)
	for _, entry := range entries {
		m := month.FindStringSubmatch(entry.Name())
		if m == nil {
			continue
		}
		for _, row := range readCSV(t, site, path.Join("data", card, entry.Name())) {
			if row["period"] == "" {
				row["period"] = m[1]
			}
			r.figures[row["ref"]+"|"+row["area"]+"|"+row["period"]] = row
		}
	}
	return r
}

// published is the value of a row as it must stand in the JSON: half away from
// zero to the measure's decimals, or null.
func (r returned) published(row map[string]string) string {
	decimals, err := strconv.Atoi(r.measures[row["ref"]]["decimals"])
	if err != nil {
		panic(err)
	}
	if n := plainNumber(row["value"]); n != nil {
		return n.FloatString(decimals) // rounds halves away from zero
	}
	n, d := plainNumber(row["numerator"]), plainNumber(row["denominator"])
	if n == nil || d == nil || d.Sign() == 0 || row["mark"] != "" && strings.ContainsAny(row["mark"], "xzc") {
		return "null"
	}
	per := map[string]int64{"percent": 100, "rate_per_100": 100, "rate_per_1000": 1000, "rate_per_10000": 10000, "rate_per_100000": 100000}[r.measures[row["ref"]]["unit"]]
	if per == 0 {
		per = 1
	}
	return n.Quo(n, d).Mul(n, big.NewRat(per, 1)).FloatString(decimals)
}

func plainNumber(cell string) *big.Rat {
	n, ok := new(big.Rat).SetString(strings.Trim(strings.ReplaceAll(cell, ",", ""), "%£"))
	if !ok {
		return nil
	}
	return n
}

type jsonReading struct {
	Area, Period                  string
	Value, Numerator, Denominator json.RawMessage
}

func TestEveryNumberOfTheRealJSONIsThatOfTheReturn(t *testing.T) {
	site := os.DirFS("../..")
	tree := buildOf(t, site, edition.Options{Today: period.NewDate(2017, 4, 20)})
	compared := 0
	for _, card := range []string{"early-help", "safeguarding"} {
		r := returns(t, site, card)
		var doc struct {
			Indicators []struct {
				Ref               string
				Current, Previous *jsonReading
				Areas             []jsonReading
				YTD               *struct {
					Value  json.RawMessage
					Stated bool
				}
			}
		}
		if err := json.Unmarshal([]byte(read(t, tree, "api/"+card+"/2017-01.json")), &doc); err != nil {
			t.Fatal(err)
		}
		onCard := 0
		for _, measure := range r.measures {
			if measure["parent"] == "" { // what is replaced stands for the last time in the first report
				onCard++
			}
		}
		if len(doc.Indicators) != onCard {
			t.Errorf("%s: %d measures, the register has %d", card, len(doc.Indicators), onCard)
		}
		for _, ind := range doc.Indicators {
			same := func(what string, got json.RawMessage, want string) {
				compared++
				if string(got) != want {
					t.Errorf("%s %s, %s is %s, the return says %s", card, ind.Ref, what, got, want)
				}
			}
			against := func(what string, j jsonReading) {
				row := r.figures[ind.Ref+"|"+j.Area+"|"+j.Period]
				if row == nil {
					if r.measures[ind.Ref]["calculation"] == "" && string(j.Value) != "null" {
						t.Errorf("%s %s, %s is %s, and nothing was returned", card, ind.Ref, what, j.Value)
					}
					return
				}
				same(what, j.Value, r.published(row))
				for name, got := range map[string]json.RawMessage{"numerator": j.Numerator, "denominator": j.Denominator} {
					want := "null"
					if n := plainNumber(row[name]); n != nil {
						want = n.RatString()
					}
					same(what+" "+name, got, want)
				}
			}
			against("current", *ind.Current)
			if ind.Previous != nil {
				against("previous", *ind.Previous)
			}
			for _, area := range ind.Areas {
				against(area.Area, area)
			}
			if ind.YTD != nil && ind.YTD.Stated {
				for _, p := range []string{"2016-17-YTD", "AY2016-17-YTD"} {
					if row := r.figures[ind.Ref+"||"+p]; row != nil {
						same("year to date", ind.YTD.Value, r.published(row))
						break
					}
				}
			}
		}
	}
	if compared < 500 {
		t.Errorf("only %d numbers were compared", compared)
	}
	t.Logf("%d numbers compared", compared)
}

// Every download is compared row by row: the whole series of every measure and
// part, in every area.
func TestEveryNumberOfTheRealDownloadsIsThatOfTheReturn(t *testing.T) {
	site := os.DirFS("../..")
	tree := buildOf(t, site, edition.Options{Today: period.NewDate(2017, 4, 20)})
	for _, card := range []string{"early-help", "safeguarding"} {
		r := returns(t, site, card)
		found := map[string]bool{}
		for _, name := range paths(tree) {
			if !strings.HasPrefix(name, card+"/indicators/") || path.Ext(name) != ".csv" {
				continue
			}
			for _, row := range readCSV(t, tree, name) {
				area := row["area"]
				if area == "rotherham" {
					area = ""
				}
				key := row["ref"] + "|" + area + "|" + row["period"]
				found[key] = true
				source := r.figures[key]
				if source == nil {
					if r.measures[row["ref"]]["calculation"] == "" {
						t.Errorf("%s: %s was never returned", name, key)
					}
					continue
				}
				want := r.published(source)
				if want == "null" {
					want = ""
				}
				if row["value"] != want {
					t.Errorf("%s: %s is %q, the return says %q", name, key, row["value"], want)
				}
			}
		}
		for key := range r.figures {
			if !found[key] {
				t.Errorf("%s: %s was returned, and no download holds it", card, key)
			}
		}
	}
}
