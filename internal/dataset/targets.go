package dataset

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

type targetRow struct {
	Ref     string `csv:"ref" required:"yes"`
	Period  string `csv:"period" required:"yes"`
	Area    string `csv:"area"`
	Kind    string `csv:"kind"`
	Target  string `csv:"target"`
	Green   string `csv:"green"`
	Amber   string `csv:"amber"`
	Profile string `csv:"profile"`
	By      string `csv:"by"`
	Wording string `csv:"wording"`
	State   string `csv:"state"`
	From    string `csv:"from"`
	Note    string `csv:"note"`
}

func (s *Scorecard) readTargets(in *sheet) {
	readRows(in, func(line int, row *targetRow) {
		at := func(column, text string) cell { return in.cell(line, column, text) }
		ref, known := s.ref(at("ref", row.Ref))
		p, dated := at("period", row.Period).period()
		if dated {
			switch p.Kind() {
			case period.KindMonth, period.Quarter, period.Year, period.Window:
			default:
				dated = false
				at("period", row.Period).errorf(0, "bad-period", "a target cannot stand for %s", diag.Quote(row.Period)).Hint =
					"write a financial year, a quarter, a month or a window of months; for an academic period the financial year of its last month counts"
			}
		}
		area, placed := s.area(at("area", row.Area))
		t := Target{
			Ref: row.Ref, Period: p, Area: s.site.areas[area].ID,
			Kind:    at("kind", row.Kind).oneOf(kindWords, "local"),
			Linear:  at("profile", row.Profile).oneOf(profileWords, "flat") == "linear",
			By:      at("by", row.By).month(),
			Wording: row.Wording,
			State:   at("state", row.State).oneOf(stateWords, ""),
			From:    at("from", row.From).month(),
			Note:    row.Note,
			Place:   in.row(line),
		}
		if t.Linear && (row.Green != "" || row.Amber != "") {
			at("profile", row.Profile).errorf(0, "bad-interval", "profile linear does not go with green or amber intervals").Hint =
				"leave green and amber empty (the bands follow from the target), or take linear away"
		}
		if !known {
			return // what the figures are is not known
		}
		ind := s.register.forReturn(ref, t.From)
		if row.Target != "" {
			t.Target.Decimal, t.Target.Has = at("target", row.Target).number(ind.Unit, ind.Grades,
				func() string { return " (target of indicator " + row.Ref + ")" })
		}
		t.Green = s.interval(at("green", row.Green), ind)
		t.Amber = s.interval(at("amber", row.Amber), ind)
		if !dated || !placed {
			return
		}
		s.targets[ref] = append(s.targets[ref], t)
	})
	for _, rows := range s.targets {
		slices.SortStableFunc(rows, func(a, b Target) int {
			return cmp.Or(period.Compare(a.Period, b.Period), cmp.Compare(a.By, b.By),
				cmp.Compare(s.site.areaIndex[a.Area], s.site.areaIndex[b.Area]),
				cmp.Compare(slices.Index(kindWords, a.Kind), slices.Index(kindWords, b.Kind)),
				cmp.Compare(a.From, b.From))
		})
		once(in, rows, (*Target).from, (*Target).same, (*Target).alike, func(t *Target) (int, string) {
			return t.Place.Line, "the target of indicator " + t.Ref + " for " + t.Period.Words()
		})
	}
}

// once tells of two rows, sorted, that are for the same thing and known from the
// same month: which of them was meant to count cannot be known. Where both say the
// same by alike, nothing is changed by it.
func once[R any](in *sheet, rows []R, from func(*R) period.Month, same, alike func(a, b *R) bool, say func(*R) (line int, what string)) {
	for i := 1; i < len(rows); i++ {
		a, b := &rows[i-1], &rows[i]
		if from(a) != from(b) || !same(a, b) {
			continue
		}
		before, _ := say(a)
		line, what := say(b)
		tell := in.problems.Errorf
		if alike(a, b) {
			tell = in.problems.Warnf
		}
		in.problem(tell(in.row(line), "duplicate-row", "%s already stands on line %d", what, before)).Hint =
			"keep one of the two rows, or give the newer one the month from which it counts, under from"
	}
}

func (t *Target) from() period.Month { return t.From }

// same reports whether two rows of one ref are for the same thing, of which the
// later counts.
func (t *Target) same(u *Target) bool {
	return t.Period == u.Period && t.By == u.By && t.Area == u.Area && t.Kind == u.Kind
}

// alike reports whether two such rows judge alike, whatever their notes.
func (t *Target) alike(u *Target) bool {
	return t.Target.equal(u.Target) && t.Green == u.Green && t.Amber == u.Amber && t.Linear == u.Linear && t.Wording == u.Wording && t.State == u.State
}

// EachTarget visits what Targets lists. The rows are the scorecard's own.
func (v *View) EachTarget(ref string) iter.Seq[*Target] {
	var rows []Target
	if i, known := v.Scorecard.register.index[ref]; known {
		rows = v.Scorecard.targets[i]
	}
	return inForce(rows, v.Month, (*Target).from, (*Target).same)
}

// interval reads a green or amber band; its ends may name figures.
func (s *Scorecard) interval(c cell, ind *Indicator) quantity.Interval {
	if c.text == "" {
		return quantity.Interval{}
	}
	text := c.text
	if ind.Unit == quantity.Grade {
		text = gradesAsNumbers(text, ind.Grades)
	}
	interval, syntax := quantity.ParseInterval(text)
	if syntax != nil {
		at := syntax.At
		if text != c.text {
			at = 0
		}
		c.errorf(at, "bad-interval", "%s %s is not an interval", c.column, diag.Quote(c.text)).Hint = syntax.Mend
		return quantity.Interval{}
	}
	for _, name := range interval.Names() {
		if name == "year_ago" || s.site.comparator(name) >= 0 {
			continue
		}
		p := c.errorf(characters(c.text, name), "unknown-comparator", "%s names %s, which is no comparator of this site", c.column, diag.Quote(name))
		known := append([]string{"year_ago"}, s.site.comparatorIDs()...)
		p.Hint = "write a number, or one of " + strings.Join(known, ", ")
		if near := diag.Nearest(name, known); near != "" {
			p.Hint = "did you mean " + near + "?"
		}
		return quantity.Interval{}
	}
	return interval
}

// gradesAsNumbers writes the place of each grade for its word. The longest
// word that fits counts: "good" must not be found within "not good".
func gradesAsNumbers(text string, grades []string) string {
	var out strings.Builder
	for text != "" {
		best := -1
		for i, word := range grades {
			if word != "" && len(word) <= len(text) && strings.EqualFold(word, text[:len(word)]) &&
				(best < 0 || len(word) > len(grades[best])) {
				best = i
			}
		}
		if best < 0 {
			out.WriteByte(text[0])
			text = text[1:]
			continue
		}
		out.WriteString(strconv.Itoa(best + 1))
		text = text[len(grades[best]):]
	}
	return out.String()
}

type benchmarkRow struct {
	Ref        string `csv:"ref" required:"yes"`
	Comparator string `csv:"comparator" required:"yes"`
	Period     string `csv:"period" required:"yes"`
	Value      string `csv:"value"`
	Mark       string `csv:"mark"`
	Source     string `csv:"source"`
	From       string `csv:"from"`
}

func (s *Scorecard) readBenchmarks(in *sheet) {
	readRows(in, func(line int, row *benchmarkRow) {
		at := func(column, text string) cell { return in.cell(line, column, text) }
		ref, known := s.ref(at("ref", row.Ref))
		p, dated := at("period", row.Period).period()
		comparator := at("comparator", row.Comparator)
		named := s.site.comparator(row.Comparator) >= 0
		if !named {
			problem := comparator.errorf(0, "unknown-comparator", "comparator %s is not one of this site's", diag.Quote(row.Comparator))
			problem.Hint = "the comparators are " + strings.Join(s.site.comparatorIDs(), ", ")
			if near := diag.Nearest(row.Comparator, s.site.comparatorIDs()); near != "" {
				problem.Hint = "did you mean " + near + "?"
			}
		}
		b := Benchmark{Ref: row.Ref, Comparator: row.Comparator, Period: p, Source: row.Source,
			From: at("from", row.From).month(), Place: in.row(line)}
		marks, marked := at("mark", row.Mark).marks()
		b.Marks = marks
		if !known || !marked {
			return
		}
		ind := s.register.forReturn(ref, b.From)
		switch {
		case row.Value == "" && marks.Withholds() == "":
			at("value", "").errorf(0, "bad-number", "the row has neither a value nor a mark (indicator %s)", row.Ref).Hint =
				"write the value, or a mark such as x (not available)"
			return
		case row.Value != "" && marks.Withholds() != "":
			at("mark", row.Mark).errorf(0, "bad-mark", "mark %s stands without a value, and here is one", diag.Quote(marks.Withholds())).Hint =
				"take the mark or the value away"
			return
		case row.Value != "":
			where := func() string { return " (benchmark of indicator " + row.Ref + ")" }
			d, ok := at("value", row.Value).number(ind.Unit, ind.Grades, where)
			if !ok {
				return
			}
			b.Value = Number{d, true}
		}
		if dated && named {
			s.benchmarks[ref] = append(s.benchmarks[ref], b)
		}
	})
	for _, rows := range s.benchmarks {
		slices.SortStableFunc(rows, func(a, b Benchmark) int {
			return cmp.Or(cmp.Compare(s.site.comparator(a.Comparator), s.site.comparator(b.Comparator)),
				period.Compare(a.Period, b.Period), cmp.Compare(a.From, b.From))
		})
		once(in, rows, (*Benchmark).from, (*Benchmark).same, (*Benchmark).alike, func(b *Benchmark) (int, string) {
			return b.Place.Line, "benchmark " + b.Comparator + " of indicator " + b.Ref + " for " + b.Period.Words()
		})
	}
}

func (b *Benchmark) from() period.Month { return b.From }

func (b *Benchmark) same(c *Benchmark) bool {
	return b.Comparator == c.Comparator && b.Period == c.Period
}

// alike reports whether two such rows say the same, whatever their sources.
func (b *Benchmark) alike(c *Benchmark) bool { return b.Value.equal(c.Value) && b.Marks == c.Marks }

// benchmarks gives the rows in force for a series, by comparator, of each the
// oldest period first.
func (v *View) benchmarks(ref string) iter.Seq[*Benchmark] {
	var rows []Benchmark
	if i, known := v.Scorecard.register.index[ref]; known {
		rows = v.Scorecard.benchmarks[i]
	}
	return inForce(rows, v.Month, (*Benchmark).from, (*Benchmark).same)
}
