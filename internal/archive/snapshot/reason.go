package snapshot

import (
	"cmp"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"

	"outturn/internal/dataset"
	"outturn/internal/period"
)

// operands are the series that a calculation names, a rolling sum with its months.
var operands = regexp.MustCompile(`(rolling\s*\(\s*)?(?:'([^']*)'|"([^"]*)")(?:\s*,\s*(\d+))?`)

// Names lists the series that a calculation names.
func Names(calculation string) []string {
	var refs []string
	for _, m := range operands.FindAllStringSubmatch(calculation, -1) {
		refs = append(refs, m[2]+m[3])
	}
	return refs
}

var returnName = regexp.MustCompile(`^(\d{4}-\d{2})(?:\.(\d+))?\.csv$`)

// reasons are those that the returns of a scorecard give for revised figures.
type reasons struct {
	whole   string // the id of the whole authority
	returns []giving
	from    map[string][]operand // of a calculated series
}

// operand is a series that a calculation names, of which it takes so many months.
type operand struct {
	ref    string
	months int
}

// giving is a return that gives reasons, by figure.
type giving struct {
	month  period.Month
	issue  int
	reason map[figureKey]string
}

// readReasons reads the returns of a scorecard that the second state has and
// the first had not. What cannot be read gives no reason.
func readReasons(from, to State, whole, id string) reasons {
	r := reasons{whole: whole, from: map[string][]operand{}}
	definitions, _ := register(to, path.Join("data", id, "indicators.csv"), []string{"ref"})
	for ref, row := range definitions {
		for _, m := range operands.FindAllStringSubmatch(row["calculation"], -1) {
			one := operand{m[2] + m[3], 1}
			if n, err := strconv.Atoi(m[4]); err == nil && m[1] != "" {
				one.months = n
			}
			r.from[ref] = append(r.from[ref], one)
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
		issue, _ := strconv.Atoi(cmp.Or(m[2], "1"))
		r.returns = append(r.returns, giving{month, issue, r.of(content, month)})
	}
	slices.SortFunc(r.returns, func(a, b giving) int { return cmp.Or(int(a.month)-int(b.month), a.issue-b.issue) })
	return r
}

// of reads the reasons of one return.
func (r reasons) of(content []byte, month period.Month) map[figureKey]string {
	list := map[figureKey]string{}
	sheet, _ := dataset.ReadSheet(content) // what cannot be read has no rows
	for _, row := range sheet.Rows {
		of := cmp.Or(row.Cells["period"], month.String())
		if p, err := period.Parse(of); err == nil {
			of = p.String()
		}
		if reason := row.Cells["reason"]; reason != "" {
			list[figureKey{row.Cells["ref"], cmp.Or(row.Cells["area"], r.whole), of}] = reason
		}
	}
	return list
}

// why are the reasons that the returns give for a figure, up to the one that gave
// it as it is now, oldest first: a figure that was wrong and then late has two. A
// calculated figure has those of the figures that it is made from.
func (r reasons) why(figure figureKey, returned string) []GivenReason {
	list := []GivenReason{}
	made := r.madeFrom(figure)
	for _, g := range r.returns {
		if g.month.String() > returned {
			break
		}
		found := map[string]bool{}
		for _, of := range made {
			if reason := g.reason[of]; reason != "" && !found[reason] {
				found[reason] = true
				list = append(list, GivenReason{reason, g.month.String(), g.issue})
			}
		}
	}
	return list
}

// madeFrom is a figure, and all those of which it is calculated.
func (r reasons) madeFrom(figure figureKey) []figureKey {
	list := []figureKey{figure}
	for i := 0; i < len(list); i++ {
		of := list[i]
		for _, o := range r.from[of.ref] {
			periods := []string{of.period}
			if last, err := period.ParseMonth(of.period); err == nil {
				for n := 1; n < o.months; n++ {
					periods = append(periods, (last - period.Month(n)).String())
				}
			}
			for _, p := range periods {
				if key := (figureKey{o.ref, of.area, p}); !slices.Contains(list, key) {
					list = append(list, key)
				}
			}
		}
	}
	return list
}
