package dataset

import (
	"slices"

	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

type returnRow struct {
	Ref         string `csv:"ref" required:"yes"`
	Period      string `csv:"period" first:"yes"`
	Area        string `csv:"area" first:"yes"`
	Value       string `csv:"value" first:"yes"`
	Numerator   string `csv:"numerator"`
	Denominator string `csv:"denominator"`
	Mark        string `csv:"mark"`
	Note        string `csv:"note"`
	Rating      string `csv:"rating"`
	RatingWhy   string `csv:"rating_reason"`
	Reason      string `csv:"reason"`
}

// observation is one row of one return, kept small: a site may hold millions.
// What a row says beyond its figures is rare and stands apart.
type observation struct {
	period                        period.Period
	vintage                       int32 // index in the scorecard's vintages and sheets
	line                          int32
	value, numerator, denominator quantity.Decimal
	given                         given
	marks                         Marks
	remark                        *remark // nil in most rows
}

// given says which figures a row has.
type given uint8

const (
	givenValue given = 1 << iota
	givenNumerator
	givenDenominator
	givenRatio = givenNumerator | givenDenominator
)

func (g given) has(what given) bool { return g&what == what }

type remark struct {
	note, reason, rating, ratingWhy string
}

// history is every observation of one series in one area: by period, and of
// one period the earlier vintage first.
type history []observation

// reading is one return while it is read.
type reading struct {
	scorecard *Scorecard
	sheet     *sheet
	month     period.Month
	vintage   int32
	periods   map[string]period.Period // cells that were right, as the return repeats few
	known     map[string]Marks         // marks, likewise
}

func (s *Scorecard) readReturn(in *sheet, vintage int) {
	r := &reading{scorecard: s, sheet: in, month: s.vintages[vintage].Month, vintage: int32(vintage),
		periods: map[string]period.Period{}, known: map[string]Marks{"": ""}}
	readRows(in, r.row)
}

func (r *reading) cell(line int, column, text string) cell { return r.sheet.cell(line, column, text) }

// row reads one row of a return into the history of its series.
func (r *reading) row(line int, row *returnRow) {
	s := r.scorecard
	ref, known := s.register.index[row.Ref]
	if !known {
		_, known = s.ref(r.cell(line, "ref", row.Ref))
	}
	area, placed := s.area(r.cell(line, "area", row.Area))
	if !known {
		// Its figures cannot be judged without a unit; the rest can.
		r.period(line, row.Period, &Indicator{Ref: row.Ref})
		r.marks(line, row)
		r.remarks(&observation{}, line, row)
		r.sheet.lost = true
		return
	}
	ind := s.register.forReturn(ref, r.month)
	p, dated := r.period(line, row.Period, ind)
	o := observation{period: p, vintage: r.vintage, line: int32(line)}
	counted := r.figures(&o, line, row, ind)
	r.remarks(&o, line, row)
	if !placed || !dated || !counted {
		s.spoil(ref, int(r.vintage))
		return
	}
	i := ref*len(s.site.areas) + area
	s.histories[i] = append(s.histories[i], o)
}

// period reads the period's cell. An open year to date ends in the month of
// the return, less the indicator's lag: another month's is another period.
func (r *reading) period(line int, text string, ind *Indicator) (period.Period, bool) {
	if text == "" {
		return period.OfMonth(r.month), true
	}
	p, seen := r.periods[text]
	if !seen {
		var ok bool
		if p, ok = r.cell(line, "period", text).openPeriod(); !ok {
			return p, false
		}
		r.periods[text] = p
	}
	open := p.Open()
	if open {
		p = p.Through(r.month.Add(-ind.Lag))
	}
	switch {
	case p.First() > r.month:
		r.cell(line, "period", text).errorf(0, "bad-period", "%s begins after %s, the month of this return",
			p.Words(), r.month.Words()).Hint = "a return holds what is known by its month; put the period right"
		return p, false
	case open && p.Last() > r.month:
		// The lag reaches back before the year began, so the year to date
		// that the cell means has no month yet.
		r.cell(line, "period", text).errorf(0, "bad-period", "the year to date %s has no month yet in this return (indicator %s, %d months in arrears)",
			diag.Quote(text), ind.Ref, ind.Lag).Hint = "write the year before, or the months meant"
		return p, false
	}
	return p, true
}

func (r *reading) where(ind *Indicator, p period.Period) string {
	if p.IsZero() {
		return " (indicator " + ind.Ref + ")"
	}
	return " (indicator " + ind.Ref + ", " + p.Words() + ")"
}

// figures reads value, numerator, denominator and mark.
func (r *reading) figures(o *observation, line int, row *returnRow, ind *Indicator) bool {
	where := func() string { return r.where(ind, o.period) }
	ok := true
	var parsed bool
	if row.Value != "" {
		if o.value, parsed = r.cell(line, "value", row.Value).number(ind.Unit, ind.Grades, where); parsed {
			o.given |= givenValue
		}
		ok = ok && parsed
	}
	// Parts of a ratio are plain numbers, of money in pounds.
	var parts quantity.Unit
	if ind.Unit == quantity.Money {
		parts = quantity.Money
	}
	if row.Numerator != "" {
		if o.numerator, parsed = r.cell(line, "numerator", row.Numerator).number(parts, nil, where); parsed {
			o.given |= givenNumerator
		}
		ok = ok && parsed
	}
	if row.Denominator != "" {
		c := r.cell(line, "denominator", row.Denominator)
		if o.denominator, parsed = c.number(parts, nil, where); parsed {
			o.given |= givenDenominator
			if o.denominator.Sign() < 0 {
				c.errorf(0, "bad-number", "denominator %s is less than 0%s", diag.Quote(row.Denominator), where()).Hint =
					"write what was counted; a denominator counts cases"
				parsed = false
			}
		}
		ok = ok && parsed
	}
	o.marks, parsed = r.marks(line, row)
	return ok && parsed && r.whole(o, line, row, ind)
}

func (r *reading) marks(line int, row *returnRow) (Marks, bool) {
	marks, seen := r.known[row.Mark]
	if seen {
		return marks, true
	}
	marks, ok := r.cell(line, "mark", row.Mark).marks()
	if ok {
		r.known[row.Mark] = marks
	}
	return marks, ok
}

// whole judges the row's figures together.
func (r *reading) whole(o *observation, line int, row *returnRow, ind *Indicator) bool {
	where := func() string { return r.where(ind, o.period) }
	withheld := o.marks.Withholds()
	switch {
	case o.given.has(givenValue) && withheld != "":
		r.cell(line, "mark", row.Mark).errorf(0, "bad-mark", "mark %s stands without a value, and here is one%s", diag.Quote(withheld), where()).Hint =
			"take the mark or the value away"
		return false
	case o.given.has(givenRatio) && o.denominator.Sign() == 0 && o.numerator.Sign() != 0 && o.given.has(givenValue):
		r.cell(line, "denominator", row.Denominator).errorf(0, "bad-number", "%s over 0 gives no value, and %s is stated%s", row.Numerator, row.Value, where()).Hint =
			"put the denominator right, or leave numerator and denominator empty and let the value stand alone"
		return false
	case o.given.has(givenValue):
		return true
	case withheld != "":
		if o.given.has(givenRatio) && o.denominator.Sign() > 0 {
			r.cell(line, "mark", row.Mark).errorf(0, "bad-mark", "mark %s stands without a value, and numerator and denominator give one%s", diag.Quote(withheld), where()).Hint =
				"take the mark, or the numerator and denominator, away"
			return false
		}
		return true
	case !o.given.has(givenRatio) && r.sheet.hides("value"):
		return false // told at the header
	case !o.given.has(givenRatio) || ind.Unit == quantity.Grade:
		p := r.cell(line, "value", "").errorf(0, "bad-number", "the row has neither a value nor a mark%s", where())
		p.Hint = "write the value, or a mark such as x (not available)"
		return false
	case o.denominator.Sign() == 0 && o.numerator.Sign() == 0:
		o.marks = r.withZ(o.marks)
		return true
	case o.denominator.Sign() == 0:
		r.cell(line, "denominator", row.Denominator).errorf(0, "bad-number", "%s over 0 gives no value%s", row.Numerator, where()).Hint =
			"put the denominator right, or write the value or a mark such as x"
		return false
	}
	if _, ok := ratio(o, ind); !ok {
		r.cell(line, "numerator", row.Numerator).errorf(0, "bad-number", "%s over %s is too large a number%s", row.Numerator, row.Denominator, where())
		return false
	}
	return true
}

// withZ adds z: nothing stands over nothing.
func (r *reading) withZ(marks Marks) Marks {
	if marks == "" {
		return "z"
	}
	return marks + " z"
}

// ratio is the value that numerator and denominator give, rounded once to the
// decimals at which it is published: to round twice would not be exact.
func ratio(o *observation, ind *Indicator) (quantity.Decimal, bool) {
	d, err := quantity.Quotient(o.numerator, o.denominator, ind.Unit.Per(), ind.Decimals)
	return d, err == nil
}

func (r *reading) remarks(o *observation, line int, row *returnRow) {
	if row.Note == "" && row.Rating == "" && row.RatingWhy == "" && row.Reason == "" {
		return
	}
	o.remark = &remark{
		note:      row.Note,
		rating:    r.cell(line, "rating", row.Rating).oneOf(ratingWords, ""),
		ratingWhy: row.RatingWhy,
		reason:    r.cell(line, "reason", row.Reason).oneOf(reasonWords, ""),
	}
}

// settle orders every history, tells the rows that stand twice in one file and
// keeps the first of them.
func (s *Scorecard) settle() {
	for i, h := range s.histories {
		if len(h) < 2 {
			continue
		}
		slices.SortFunc(h, compareObservations)
		kept := h[:1]
		for _, o := range h[1:] {
			last := &kept[len(kept)-1]
			if o.vintage == last.vintage && o.period == last.period {
				s.duplicate(i, &o, last)
				continue
			}
			kept = append(kept, o)
		}
		s.histories[i] = kept
	}
}

func compareObservations(a, b observation) int {
	if a.period != b.period {
		return period.Compare(a.period, b.period)
	}
	if a.vintage != b.vintage {
		return int(a.vintage) - int(b.vintage)
	}
	return int(a.line) - int(b.line)
}

func (s *Scorecard) duplicate(history int, o, first *observation) {
	in := s.sheets[o.vintage]
	in.lost = true // a row that stands twice may well be meant for another series
	ref := s.register.refs[history/len(s.site.areas)]
	area := s.site.areas[history%len(s.site.areas)]
	name := ""
	if history%len(s.site.areas) > 0 {
		name = ", " + area.Name
	}
	p := in.problem(in.problems.Errorf(in.row(int(o.line)), "duplicate-row",
		"indicator %s, %s%s already stands on line %d", ref, o.period.Words(), name, first.line))
	p.Hint = "keep one of the two rows; a correction belongs in a second issue or a later return"
}
