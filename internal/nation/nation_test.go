package nation

import (
	"crypto/sha256"
	encoding "encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"outturn/internal/quantity"
)

var small = Size{Scorecards: 3, Indicators: 20, Months: 20, Areas: 2, Returns: 3}

// written is the digest of a site, file by file.
func written(t *testing.T, size Size, seed uint64) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := Write(dir, size, seed); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = fmt.Sprintf("%x", sha256.Sum256(content))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestSameSeedGivesTheSameBytes(t *testing.T) {
	one, two, other := written(t, small, 7), written(t, small, 7), written(t, small, 8)
	if len(one) != len(two) {
		t.Fatalf("%d files, then %d", len(one), len(two))
	}
	for name := range one {
		if one[name] != two[name] {
			t.Errorf("%s differs from one run to the next", name)
		}
	}
	if name := "data/" + slug(authority(1)) + "/2017-01.csv"; one[name] == "" || one[name] == other[name] {
		t.Errorf("%s does not differ by the seed", name)
	}
}

// rows reads a file of a fresh site of one scorecard.
func rows(t *testing.T, dir, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "data", slug(authority(0)), name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := encoding.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, cells := range all[1:] {
		row := map[string]string{}
		for i, cell := range cells {
			row[all[0][i]] = cell
		}
		list = append(list, row)
	}
	return list
}

func oneScorecard(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	size := National
	size.Scorecards = 1
	if err := Write(dir, size, 1); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestScorecardHasEveryKindOfMeasure(t *testing.T) {
	dir := oneScorecard(t)
	had := map[string][]string{}
	pages := 0
	for _, row := range rows(t, dir, "indicators.csv") {
		for column, cell := range row {
			had[column] = append(had[column], cell)
		}
		if row["parent"] == "" {
			pages++
		}
	}
	for _, row := range rows(t, dir, "targets.csv") {
		for _, column := range []string{"profile", "kind", "state"} {
			had["target "+column] = append(had["target "+column], row[column])
		}
	}
	if pages != 100 {
		t.Errorf("%d indicators have pages, not 100", pages)
	}
	for column, words := range map[string][]string{
		"good":           {"high", "low", "within", "info"},
		"unit":           quantity.Units(),
		"frequency":      {"monthly", "quarterly", "termly", "annual"},
		"basis":          {"in_month", "as_at", "cumulative", "rolling", "average", "projected"},
		"ytd":            {"sum", "ratio", "mean", "latest", "reported", "none"},
		"rag_on":         {"", "period", "ytd"},
		"rag_rule":       {"", "benchmark", "milestone", "tolerance_and_trend"},
		"lag":            {"0", "1", "3"},
		"dimension":      {"source"},
		"target profile": {"linear"},
		"target kind":    {"", "national_standard"},
		"target state":   {"set", "to_be_set"},
	} {
		for _, word := range words {
			if !slices.Contains(had[column], word) {
				t.Errorf("no measure has %s %q", column, word)
			}
		}
	}
}

func TestLaterReturnsReviseTheFirst(t *testing.T) {
	dir := oneScorecard(t)
	first := map[string]string{}
	total := 0
	key := func(row map[string]string) string { return row["ref"] + " " + row["period"] + " " + row["area"] }
	for _, row := range rows(t, dir, "2016-11.csv") {
		first[key(row)] = row["value"] + " " + row["numerator"]
		total++
	}
	reasons, marks := map[string]int{}, map[string]int{}
	for _, name := range []string{"2016-12.csv", "2017-01.csv"} {
		for _, row := range rows(t, dir, name) {
			total++
			reasons[row["reason"]]++
			marks[row["mark"]]++
			if row["reason"] != "" && row["area"] == "" && first[key(row)] == row["value"]+" "+row["numerator"] && row["mark"] == "" {
				t.Errorf("%s: %s is re-run and says the same", name, key(row))
			}
		}
	}
	if reasons["late_data"] == 0 || reasons["correction"] == 0 || marks["p"] == 0 {
		t.Errorf("reasons %v, marks %v: something is never used", reasons, marks)
	}
	// 153 scorecards make about four million.
	if total < 24000 || total > 28000 {
		t.Errorf("%d rows in a scorecard", total)
	}
}

func TestAuthoritiesAreAllDifferent(t *testing.T) {
	seen := map[string]bool{}
	for i := range 500 {
		name := authority(i)
		if seen[name] {
			t.Errorf("%s stands there twice", name)
		}
		seen[name] = true
	}
}

func TestFolderThatHoldsSomethingIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mine.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir, small, 1); err == nil || !strings.Contains(err.Error(), "not empty") {
		t.Errorf("got %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder now holds %d things (%v)", len(entries), err)
	}
}

func TestSizeThatMakesNoSiteIsRefused(t *testing.T) {
	for _, size := range []Size{{}, {Scorecards: 1, Indicators: 1, Months: 9, Returns: 1}, {Scorecards: 1, Indicators: 9, Months: 3, Returns: 3}} {
		if err := Write(t.TempDir(), size, 1); err == nil {
			t.Errorf("%+v is taken", size)
		}
	}
}

// A rating that turned on the tie would be the generator's doing.
func TestRatiosAreRoundedHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		num, den, per int64
		decimals      int
		want          string
	}{
		{1, 8, 100, 1, "12.5"}, {1, 16, 100, 1, "6.3"}, {1, 3, 100, 1, "33.3"}, {2, 3, 100, 0, "67"}, {7, 2, 1, 0, "4"}, {5, 1000, 1, 2, "0.01"},
	} {
		if got := string(appendDecimal(nil, rounded(c.num, c.den, c.per, c.decimals), c.decimals)); got != c.want {
			t.Errorf("%d of %d per %d: %s, want %s", c.num, c.den, c.per, got, c.want)
		}
	}
	if got := string(appendGrouped(nil, 1005020)); got != "1,005,020" {
		t.Errorf("got %s", got)
	}
}
