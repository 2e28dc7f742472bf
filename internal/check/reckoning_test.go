package check

import (
	"encoding/csv"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"outturn/internal/period"
)

type row map[string]string

// rows reads a CSV file by its header; each row knows its line.
func rows(t *testing.T, name string) []row {
	t.Helper()
	f, err := os.Open(name)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	reader := csv.NewReader(f)
	head, err := reader.Read()
	if err != nil {
		t.Fatal(err)
	}
	var list []row
	for {
		fields, err := reader.Read()
		if err != nil {
			return list
		}
		line, _ := reader.FieldPos(0)
		r := row{"line": strconv.Itoa(line)}
		for i, name := range head {
			r[name] = fields[i]
		}
		list = append(list, r)
	}
}

func (r row) line() int {
	n, _ := strconv.Atoi(r["line"])
	return n
}

// reckoning is one scorecard as its newest rows say.
type reckoning struct {
	card        string
	series      map[string]row // indicators by ref
	refs        []string
	newest      map[string]row // by ref, area, period
	keys        []string
	areas       []string
	populations []row
	targets     []row
	benchmarks  []row
	found       []string
}

func reckon(t *testing.T, root, card string) *reckoning {
	r := &reckoning{card: card, series: map[string]row{}, newest: map[string]row{}}
	dir := filepath.Join(root, "data", card)
	for _, ind := range rows(t, filepath.Join(dir, "indicators.csv")) {
		r.series[ind["ref"]] = ind
		r.refs = append(r.refs, ind["ref"])
	}
	r.populations = rows(t, filepath.Join(root, "data", "populations.csv"))
	r.targets = rows(t, filepath.Join(dir, "targets.csv"))
	r.benchmarks = rows(t, filepath.Join(dir, "benchmarks.csv"))
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries { // oldest first
		month, ok := regexpMonth(entry.Name())
		if !ok {
			continue
		}
		for _, f := range rows(t, filepath.Join(dir, entry.Name())) {
			if f["period"] == "" {
				f["period"] = month
			}
			f["file"] = "data/" + card + "/" + entry.Name()
			key := f["ref"] + "|" + f["area"] + "|" + f["period"]
			if r.newest[key] == nil {
				r.keys = append(r.keys, key)
			}
			r.newest[key] = f
			if f["area"] != "" && !slices.Contains(r.areas, f["area"]) {
				r.areas = append(r.areas, f["area"])
			}
		}
	}
	return r
}

func regexpMonth(name string) (string, bool) {
	m := regexp.MustCompile(`^(\d{4}-\d{2})(\.\d+)?\.csv$`).FindStringSubmatch(name)
	if m == nil {
		return "", false
	}
	return m[1], true
}

func (r *reckoning) add(code string, f row) {
	r.found = append(r.found, finding(code, f["file"], f.line(), ""))
}

func number(cell string) *big.Rat {
	n, ok := new(big.Rat).SetString(strings.Trim(strings.ReplaceAll(cell, ",", ""), "%£"))
	if !ok {
		return nil
	}
	return n
}

// places counts the decimals of a cell.
func places(cell string) int {
	_, after, _ := strings.Cut(strings.TrimSuffix(cell, "%"), ".")
	return len(after)
}

func (r *reckoning) decimals(ref string) int {
	n, _ := strconv.Atoi(r.series[ref]["decimals"])
	return n
}

// per is what a unit is counted for, and whether it may be added up.
func per(unit string) (int64, bool) {
	switch unit {
	case "percent", "rate_per_100":
		return 100, false
	case "rate_per_1000":
		return 1000, false
	case "rate_per_10000":
		return 10000, false
	case "rate_per_100000":
		return 100000, false
	case "count", "money", "fte":
		return 1, true
	}
	return 1, false
}

// differ: by more than half a unit in the last of so many decimals.
func differ(a, b *big.Rat, decimals int) bool {
	unit := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	gap := new(big.Rat).Sub(a, b)
	gap.Abs(gap).Mul(gap, big.NewRat(2, 1))
	return gap.Cmp(unit) > 0
}

// round is to so many decimals, half away from zero.
func round(n *big.Rat, decimals int) *big.Rat {
	rounded, _ := new(big.Rat).SetString(n.FloatString(decimals)) // FloatString rounds halves away from zero
	return rounded
}

// value is what a series says of a period, as returned or as it follows.
func (r *reckoning) value(ref, area, p string) *big.Rat {
	f := r.newest[ref+"|"+area+"|"+p]
	if f != nil {
		if n := number(f["value"]); n != nil {
			return n
		}
		if q := r.quotient(f); q != nil {
			return round(q, r.decimals(ref))
		}
		return nil
	}
	if n := r.calculation(ref, area, p); n != nil {
		return round(n, r.decimals(ref))
	}
	return nil
}

// published is a value as pages show it, which is what is reckoned with.
func (r *reckoning) published(ref, area, p string) *big.Rat {
	if n := r.value(ref, area, p); n != nil {
		return round(n, r.decimals(ref))
	}
	return nil
}

func (r *reckoning) quotient(f row) *big.Rat {
	n, d := number(f["numerator"]), number(f["denominator"])
	if n == nil || d == nil || d.Sign() == 0 {
		return nil
	}
	times, _ := per(r.series[f["ref"]]["unit"])
	q := new(big.Rat).Quo(n, d)
	return q.Mul(q, new(big.Rat).SetInt64(times))
}

var (
	isPercent = regexp.MustCompile(`^percent\('([^']+)', '([^']+)'\)$`)
	isRolling = regexp.MustCompile(`^rolling\('([^']+)', (\d+)\)$`)
	isRate    = regexp.MustCompile(`^rate\('([^']+)', population\('([^']+)'\), (\d+)\)$`)
)

func (r *reckoning) calculation(ref, area, p string) *big.Rat {
	text := r.series[ref]["calculation"]
	if m := isPercent.FindStringSubmatch(text); m != nil {
		a, b := r.published(m[1], area, p), r.published(m[2], area, p)
		if a == nil || b == nil || b.Sign() == 0 {
			return nil
		}
		return a.Quo(a, b).Mul(a, big.NewRat(100, 1))
	}
	if m := isRolling.FindStringSubmatch(text); m != nil {
		month, err := period.ParseMonth(p)
		if err != nil {
			return nil
		}
		n, _ := strconv.Atoi(m[2])
		sum := new(big.Rat)
		for k := range n {
			v := r.published(m[1], area, month.Add(-k).String())
			if v == nil {
				return nil
			}
			sum.Add(sum, v)
		}
		return sum
	}
	if m := isRate.FindStringSubmatch(text); m != nil {
		// One row of population is all that there is.
		a := r.published(m[1], area, p)
		if a == nil || area != "" || len(r.populations) != 1 || r.populations[0]["population"] != m[2] || end(p) < period.NewMonth(2015, 4) {
			return nil
		}
		times := number(m[3])
		return a.Quo(a, number(r.populations[0]["value"])).Mul(a, times)
	}
	if text != "" {
		panic("the second reckoning does not know " + text)
	}
	return nil
}

func end(p string) period.Month {
	parsed, err := period.Parse(p)
	if err != nil {
		panic(err)
	}
	return parsed.Last()
}

func (r *reckoning) all(month period.Month) {
	for _, key := range r.keys {
		f := r.newest[key]
		r.figure(f, month)
	}
	for _, ref := range r.refs {
		r.missing(ref, month)
	}
	for _, target := range r.targets {
		good, green := r.series[target["ref"]]["good"], target["green"]
		if good == "high" && strings.HasPrefix(green, "<") || good == "low" && strings.HasPrefix(green, ">") {
			target["file"] = "data/" + r.card + "/targets.csv"
			r.add("target-polarity", target)
		}
	}
	r.stale(month)
}

// figure looks at one returned figure.
func (r *reckoning) figure(f row, month period.Month) {
	ref, area, p := f["ref"], f["area"], f["period"]
	ind := r.series[ref]
	stated := number(f["value"])
	if stated == nil {
		return
	}
	decimals := min(r.decimals(ref), places(f["value"]))
	_, adds := per(ind["unit"])
	if q := r.quotient(f); q != nil && !adds && ind["unit"] != "distinct_count" && differ(stated, q, decimals) {
		r.add("ratio-differs", f)
	}
	if q := r.calculation(ref, area, p); q != nil && differ(stated, q, decimals) {
		code := "stated-total-differs"
		if strings.HasPrefix(ind["calculation"], "rate(") {
			code = "rate-differs"
		}
		r.add(code, f)
	}
	if strings.HasSuffix(p, "-YTD") && strings.HasPrefix(f["file"], "data/"+r.card+"/"+month.String()) {
		if q := r.toDate(ind, area, month); q != nil && differ(stated, q, decimals) {
			r.add("stated-total-differs", f)
		}
	}
	if !adds {
		return
	}
	r.parts(f, stated)
	if (ind["unit"] == "count" || ind["unit"] == "money") && (ind["basis"] == "in_month" || ind["basis"] == "as_at") && area == "" {
		r.sumOfAreas(f, stated)
	}
}

func (r *reckoning) parts(f row, whole *big.Rat) {
	type sum struct {
		of      *big.Rat
		missing bool
	}
	sums := map[string]*sum{}
	for _, ref := range r.refs {
		part := r.series[ref]
		if _, adds := per(part["unit"]); part["parent"] != f["ref"] || part["dimension"] == "" || !adds {
			continue
		}
		s := sums[part["dimension"]]
		if s == nil {
			s = &sum{}
			sums[part["dimension"]] = s
		}
		v := r.value(ref, f["area"], f["period"])
		switch {
		case v == nil:
			s.missing = true
		case s.of == nil:
			s.of = v
		default:
			s.of.Add(s.of, v)
		}
	}
	for _, s := range sums {
		// Every additive part of the real data is a whole number.
		if s.of != nil && s.of.Cmp(whole) != 0 && !(s.missing && s.of.Cmp(whole) < 0) {
			r.add("parts-do-not-sum", f)
		}
	}
}

func (r *reckoning) sumOfAreas(f row, whole *big.Rat) {
	sum, n := new(big.Rat), 0
	for _, area := range r.areas {
		kept := false
		for _, key := range r.keys {
			kept = kept || strings.HasPrefix(key, f["ref"]+"|"+area+"|")
		}
		if !kept {
			continue
		}
		v := r.value(f["ref"], area, f["period"])
		if v == nil {
			return
		}
		sum.Add(sum, v)
		n++
	}
	if n > 1 && sum.Cmp(whole) != 0 {
		r.add("areas-do-not-sum", f)
	}
}

// toDate is the year to date that the months or quarters give.
func (r *reckoning) toDate(ind row, area string, month period.Month) *big.Rat {
	ref := ind["ref"]
	if ind["ytd"] == "latest" {
		return r.published(ref, area, month.String())
	}
	if ind["frequency"] != "monthly" {
		if ind["ytd"] == "sum" || ind["ytd"] == "ratio" || ind["ytd"] == "mean" {
			panic("the second reckoning knows years to date of months alone, and not of " + ref)
		}
		return nil
	}
	sum, under, n := new(big.Rat), new(big.Rat), int64(month.OfFinancialYear())
	for m := month.Add(1 - int(n)); m <= month; m++ {
		switch ind["ytd"] {
		case "sum", "mean":
			v := r.published(ref, area, m.String())
			if v == nil {
				return nil
			}
			sum.Add(sum, v)
		case "ratio":
			f := r.newest[ref+"|"+area+"|"+m.String()]
			if f == nil || number(f["numerator"]) == nil || number(f["denominator"]) == nil {
				return nil
			}
			sum.Add(sum, number(f["numerator"]))
			under.Add(under, number(f["denominator"]))
		default:
			return nil
		}
	}
	switch ind["ytd"] {
	case "mean":
		return sum.Quo(sum, new(big.Rat).SetInt64(n))
	case "ratio":
		if under.Sign() == 0 {
			return nil
		}
		times, _ := per(ind["unit"])
		return sum.Quo(sum, under).Mul(sum, new(big.Rat).SetInt64(times))
	}
	return sum
}

// missing: the newest figure ends one step of its frequency before the month.
func (r *reckoning) missing(ref string, month period.Month) {
	ind := r.series[ref]
	if ind["parent"] != "" || ind["calculation"] != "" || ind["status"] != "" && ind["status"] != "live" {
		return
	}
	newest := period.Month(0)
	for _, key := range r.keys {
		f := r.newest[key]
		if f["ref"] == ref && f["area"] == "" && ownPeriod(ind["frequency"], f["period"]) {
			newest = max(newest, end(f["period"]))
		}
	}
	lag, _ := strconv.Atoi(ind["lag"])
	due := month.Add(-lag)
	step := 1
	switch ind["frequency"] {
	case "quarterly":
		step = 3
	case "annual":
		step = 12
	case "termly": // half terms end in October, December, February, March, May and August
		switch newest.Number() {
		case 10, 12, 3:
			step = 2
		case 2:
			step = 1
		case 5:
			step = 3
		}
	}
	if newest != 0 && newest.Add(step) <= due && newest.Add(2*step) > due {
		r.found = append(r.found, finding("missing-return", "data/"+r.card+"/"+month.String()+".csv", 0, "indicator "+ref))
	}
}

func ownPeriod(frequency, p string) bool {
	month := regexp.MustCompile(`^\d{4}-\d{2}$`).MatchString(p)
	window := strings.Contains(p, "/")
	year, err := strconv.Atoi(strings.TrimPrefix(p, "AY")[:4])
	isYear := err == nil && strings.TrimPrefix(p, "AY") == fmt.Sprintf("%d-%02d", year, (year+1)%100)
	switch frequency {
	case "monthly":
		return month && !isYear
	case "quarterly":
		return strings.Contains(p, "-Q") || window && end(p).Number()%3 == 0
	case "termly":
		return strings.Contains(p, "-T") || strings.Contains(p, "-HT")
	}
	return isYear || window
}

// stale: the newest figure of a comparator ended over 24 months ago. In the real
// data every measure with a benchmark that old would be monthly or quarterly.
func (r *reckoning) stale(month period.Month) {
	newest := map[string]row{}
	for _, b := range r.benchmarks {
		key := b["ref"] + "|" + b["comparator"]
		if end(b["period"]) <= month && (newest[key] == nil || end(b["period"]) >= end(newest[key]["period"])) {
			newest[key] = b
		}
	}
	for _, b := range newest {
		if ind := r.series[b["ref"]]; ind["parent"] == "" && ind["frequency"] == "monthly" && int(month-end(b["period"])) > 24 {
			b["file"] = "data/" + r.card + "/benchmarks.csv"
			r.add("stale-benchmark", b)
		}
	}
}
