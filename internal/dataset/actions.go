package dataset

import (
	"cmp"
	"slices"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

type actionRow struct {
	Ref        string `csv:"ref" required:"yes"`
	Theme      string `csv:"theme"`
	Objective  string `csv:"objective"`
	Action     string `csv:"action" required:"yes"`
	Measure    string `csv:"measure"`
	Baseline   string `csv:"baseline"`
	Target     string `csv:"target"`
	Due        string `csv:"due"`
	Lead       string `csv:"lead"`
	Partner    string `csv:"partner"`
	Why        string `csv:"why"`
	Source     string `csv:"source"`
	Workstream string `csv:"workstream"`
	From       string `csv:"from"`
}

type actionUpdateRow struct {
	Ref        string `csv:"ref" required:"yes"`
	Rating     string `csv:"rating"`
	Direction  string `csv:"direction"`
	Status     string `csv:"status"`
	Due        string `csv:"due"`
	Commentary string `csv:"commentary"`
}

// actions are the register of a scorecard or a plan and its monthly updates.
type actions struct {
	rows    []Action // earlier from first, then as they stand in the file
	updates []update // oldest month first
}

type update struct {
	month period.Month
	ref   string
	actionUpdateRow
}

func (a *actions) read(in *sheet) {
	readRows(in, func(line int, row *actionRow) {
		at := func(column, text string) cell { return in.cell(line, column, text) }
		ok := at("ref", row.Ref).present("number the action")
		ok = at("action", row.Action).present("write what is to be done") && ok
		from := at("from", row.From).month()
		if !ok {
			return
		}
		act := Action{Ref: row.Ref, Theme: row.Theme, Objective: row.Objective, Action: row.Action,
			Measure: row.Measure, Baseline: row.Baseline, Target: row.Target,
			Lead: row.Lead, Partner: row.Partner, Why: row.Why, Source: row.Source,
			Workstream: row.Workstream, From: from, Place: in.row(line)}
		act.due(row.Due)
		for _, other := range a.rows {
			if other.Ref == act.Ref && other.From == act.From {
				at("ref", row.Ref).errorf(0, "duplicate-ref", "action %s already stands on line %d", row.Ref, other.Place.Line).Hint =
					"give one of them another ref, or the later one the month from which it counts"
				return
			}
		}
		a.rows = append(a.rows, act)
	})
	slices.SortStableFunc(a.rows, func(x, y Action) int { return cmp.Compare(x.From, y.From) })
}

// due keeps the cell as written; a day or a month in it can be judged by a
// calendar, words ("ongoing") cannot. A month is due by its last day.
func (a *Action) due(text string) {
	a.Due = text
	if d, err := period.ParseDate(text); err == nil {
		a.DueOn, a.HasDue = d, true
	} else if m, err := period.ParseMonth(text); err == nil {
		a.DueOn, a.HasDue = m.LastDay(), true
	} else {
		a.DueOn, a.HasDue = 0, false
	}
}

// readUpdate reads the month's update; it must name actions of the register.
func (a *actions) readUpdate(in *sheet, month period.Month, register string) {
	first := map[string]int{}
	readRows(in, func(line int, row *actionUpdateRow) {
		ref := in.cell(line, "ref", row.Ref)
		if !ref.present("write the ref of an action in actions.csv") {
			return
		}
		if !slices.ContainsFunc(a.rows, func(x Action) bool { return x.Ref == row.Ref }) {
			var known []string
			for _, x := range a.rows {
				known = append(known, x.Ref)
			}
			p := ref.errorf(0, "unknown-ref", "action %s is not in %s", diag.Quote(row.Ref), register)
			p.Hint = "add it there, or put the ref right here"
			if near := diag.Nearest(row.Ref, known); near != "" {
				p.Hint = "did you mean " + near + "?"
			}
			return
		}
		if before, twice := first[row.Ref]; twice {
			ref.errorf(0, "duplicate-row", "action %s already stands on line %d", row.Ref, before).Hint = "keep one of the two rows"
			return
		}
		first[row.Ref] = line
		u := update{month: month, ref: row.Ref, actionUpdateRow: *row}
		u.Rating = in.cell(line, "rating", row.Rating).oneOf(ratingWords, "")
		a.updates = append(a.updates, u)
	})
}

// asAt lists the actions in force in a month, in natural order of ref, each
// with its newest update of a released month.
func (a *actions) asAt(m period.Month, released func(period.Month) bool) []Action {
	var list []Action
	byRef := map[string]int{}
	for _, row := range a.rows {
		if row.From > m {
			continue
		}
		if i, ok := byRef[row.Ref]; ok {
			list[i] = row
			continue
		}
		byRef[row.Ref] = len(list)
		list = append(list, row)
	}
	for _, u := range a.updates { // oldest month first: the newest stands
		i, ok := byRef[u.ref]
		if !ok || u.month > m || !released(u.month) {
			continue
		}
		act := &list[i]
		act.Rating, act.Direction, act.Status = u.Rating, strings.ToLower(u.Direction), u.Status
		act.Commentary, act.Updated = u.Commentary, u.month
		if u.Due != "" {
			act.due(u.Due)
		}
	}
	slices.SortStableFunc(list, func(x, y Action) int { return CompareRefs(x.Ref, y.Ref) })
	return list
}

func (a *actions) months() []period.Month {
	var months []period.Month
	for _, u := range a.updates {
		if len(months) == 0 || months[len(months)-1] != u.month {
			months = append(months, u.month)
		}
	}
	return months
}
