package site

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const golden = "testdata/care-2017-01.json"

// The file is worked out by hand from the made-up data in harness_test.go; it
// has a case of every type that a key may take.
func TestJSONOfAScorecardIsTheContracts(t *testing.T) {
	got := read(t, build(t, nil), "api/care/2017-01.json")
	if strings.Contains(got, `"reason":""`) {
		t.Error("a judgement has no reason")
	}
	// How a reason is said is the theme's affair.
	got = regexp.MustCompile(`"reason":"([^"\\]|\\.)*"`).ReplaceAllString(got, `"reason":"…"`)
	if update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the JSON is\n%s", got)
	}
}

// contract is the example of the contract, section 5, its keys in order.
const contract = `{"scorecard": "early-help", "as_at": "2017-01", "issue": 1, "indicators": [{
  "ref": "3.2", "label": "3.2", "section": "early-help-assessments", "name": "…", "good": "high", "unit": "percent", "decimals": 1, "basis": "in_month",
  "current":  {"period": "2017-01", "value": 18.2, "numerator": 22, "denominator": 121, "mark": null, "revised_from": null},
  "previous": {"period": "2016-12", "value": 30.2, "numerator": 35, "denominator": 116, "mark": null, "revised_from": null},
  "ytd": {"period": "2016-17-YTD", "value": null, "stated": false},
  "target": {"value": 100, "green": ">=100", "amber": ">90", "period_value": 100, "wording": null},
  "rag": {"rating": "red", "on": "period", "rule": "tolerance", "by_hand": false, "reason": "…"},
  "direction": {"arrow": "down", "judgement": "decline", "reason": "…"},
  "variation": {"state": "none", "assurance": null, "rules": [], "mean": null, "lower": null, "upper": null, "reason": "10 points; 13 are needed"},
  "comparisons": [{"comparator": "national_average", "period": "2014-15", "value": 81.5, "result": "worse"}],
  "projection": null,
  "areas": [{"area": "north", "period": "2017-01", "value": 20.0, "numerator": 8, "denominator": 40, "mark": null}]
}]}`

func TestJSONHasTheContractsKeysInTheContractsOrder(t *testing.T) {
	var card struct{ Indicators []json.RawMessage }
	if err := json.Unmarshal([]byte(read(t, build(t, nil), "api/care/2017-01.json")), &card); err != nil {
		t.Fatal(err)
	}
	var example struct{ Indicators []json.RawMessage }
	if err := json.Unmarshal([]byte(contract), &example); err != nil {
		t.Fatal(err)
	}
	want := keys(t, example.Indicators[0])
	i := slices.IndexFunc(card.Indicators, func(raw json.RawMessage) bool { return bytes.Contains(raw, []byte(`"ref": "3.2"`)) })
	got := keys(t, card.Indicators[i])
	// The made-up measure has two comparators and two areas: one of each is enough.
	if got = unique(got); !slices.Equal(got, unique(want)) {
		t.Errorf("the keys are\n%s\nwanted\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// keys lists the keys of a value in order, each with those above it.
func keys(t *testing.T, raw json.RawMessage) []string {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(raw))
	var list []string
	var value func(above string)
	value = func(above string) {
		token, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch token {
		case json.Delim('{'):
			for decoder.More() {
				key, err := decoder.Token()
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, above+key.(string))
				value(above + key.(string) + ".")
			}
			decoder.Token()
		case json.Delim('['):
			for decoder.More() {
				value(above)
			}
			decoder.Token()
		}
	}
	value("")
	return list
}

func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
