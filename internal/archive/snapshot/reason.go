package snapshot

import (
	"encoding/csv"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/period"
)

// quoted are the refs that a calculation names.
var quoted = regexp.MustCompile(`'([^']*)'|"([^"]*)"`)

var returnName = regexp.MustCompile(`^(\d{4}-\d{2})(?:\.(\d+))?\.csv$`)

// reasons are those that the returns of a scorecard give for revised figures.
type reasons struct {
	whole   string // the id of the whole authority
	returns []giving
	from    map[string][]string // of a calculated series, the series that it names
}

type giving struct {
	month  period.Month
	issue  int
	reason map[figureKey]string
}

// readReasons reads the returns of a scorecard that the second state has and
// the first had not. What cannot be read gives no reason.
func readReasons(from, to State, id string) reasons {
	settings, _ := fs.ReadFile(to.Texts, "content/site.yaml")
	r := reasons{whole: commentary.WholeArea(settings), from: map[string][]string{}}
	definitions, _ := register(to, path.Join("data", id, "indicators.csv"), []string{"ref"})
	for ref, row := range definitions {
		for _, m := range quoted.FindAllStringSubmatch(row["calculation"], -1) {
			r.from[ref] = append(r.from[ref], m[1]+m[2])
		}
	}
	entries, _ := readDir(to.Texts, path.Join("data", id))
	for _, entry := range entries {
		m := returnName.FindStringSubmatch(entry.Name())
		if m == nil {
			continue
		}
		name := path.Join("data", id, entry.Name())
		month, err := period.ParseMonth(m[1])
		if _, known := fs.Stat(from.Texts, name); err != nil || known == nil {
			continue
		}
		content, err := fs.ReadFile(to.Texts, name)
		if err != nil {
			continue
		}
		issue, _ := strconv.Atoi(m[2])
		r.returns = append(r.returns, giving{month, issue, r.of(content, month)})
	}
	slices.SortFunc(r.returns, func(a, b giving) int { // the newest first
		if a.month != b.month {
			return int(b.month) - int(a.month)
		}
		return b.issue - a.issue
	})
	return r
}

// of reads the reasons of one return.
func (r reasons) of(content []byte, month period.Month) map[figureKey]string {
	list := map[figureKey]string{}
	text, ok := dataset.Text(content)
	if !ok {
		return list
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord, reader.TrimLeadingSpace = -1, true
	rows, err := reader.ReadAll()
	if err != nil || len(rows) == 0 {
		return list
	}
	column := map[string]int{}
	for i, head := range rows[0] {
		column[strings.ToLower(strings.TrimSpace(head))] = i
	}
	cell := func(row []string, head, otherwise string) string {
		if i, there := column[head]; there && i < len(row) && strings.TrimSpace(row[i]) != "" {
			return strings.TrimSpace(row[i])
		}
		return otherwise
	}
	for _, row := range rows[1:] {
		of := cell(row, "period", month.String())
		if p, err := period.Parse(of); err == nil {
			of = p.String()
		}
		if reason := cell(row, "reason", ""); reason != "" {
			list[figureKey{cell(row, "ref", ""), cell(row, "area", r.whole), of}] = reason
		}
	}
	return list
}

// why is the reason that was given for a figure by the return that changed it,
// else by the newest before it. A calculated figure has that of the series that
// it names, where the return gives one for them and no other.
func (r reasons) why(figure figureKey, returned string) string {
	for _, g := range r.returns {
		if g.month.String() > returned {
			continue
		}
		if reason := g.reason[figure]; reason != "" {
			return reason
		}
		found := map[string]bool{}
		for of, reason := range g.reason {
			if slices.Contains(r.from[figure.ref], of.ref) {
				found[reason] = true
			}
		}
		if len(found) == 1 {
			for reason := range found {
				return reason
			}
		}
	}
	return ""
}
