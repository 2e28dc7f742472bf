package dataset

import (
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

// reading is one return while it is read.
type reading struct {
	scorecard *Scorecard
	gathering *gathering
	sheet     *sheet
	month     period.Month
	vintage   int32
	inForce   []*Indicator // by ref: the definition by which this return is read
	last      int          // the ref of the row before, as rows of one series stand together
	lastRef   string
	periods   map[string]written // cells that were right, as a return repeats few
	marked    map[string]Marks   // marks, likewise
}

// written is a period as a cell has it.
type written struct {
	period period.Period // open, where it is a year to date
	number int32         // of it among those of the scorecard; of one that is not open
}

func (s *Scorecard) readReturn(in *sheet, vintage int, rows *gathering) {
	r := &reading{scorecard: s, gathering: rows, sheet: in, month: s.vintages[vintage].Month, vintage: int32(vintage),
		inForce: make([]*Indicator, len(s.register.refs)),
		periods: map[string]written{}, marked: map[string]Marks{}}
	for ref := range r.inForce {
		r.inForce[ref] = s.register.forReturn(ref, r.month)
	}
	own := period.OfMonth(r.month)
	r.periods[""] = written{own, rows.number(own)}
	streamRows(in, r.row)
}

func (r *reading) cell(line int, column, text string) cell { return r.sheet.cell(line, column, text) }

// row reads one row of a return into the history of its series.
func (r *reading) row(line int, row *returnRow) {
	s := r.scorecard
	ref, known := r.last, r.lastRef != "" && row.Ref == r.lastRef
	if !known {
		if ref, known = s.ref(r.cell(line, "ref", row.Ref)); known {
			r.last, r.lastRef = ref, row.Ref
		}
	}
	area, placed := s.area(r.cell(line, "area", row.Area))
	if !known {
		// Its figures cannot be judged without a unit; the rest can.
		r.period(line, row.Period, &Indicator{Ref: row.Ref})
		r.marks(line, row)
		r.remarks(line, row)
		r.sheet.lost = true
		return
	}
	ind := r.inForce[ref]
	p, number, dated := r.period(line, row.Period, ind)
	o := observation{series: s.series(ref, area), period: number, vintage: r.vintage, line: int32(line)}
	marks, counted := r.figures(&o, line, row, ind, p)
	said := r.remarks(line, row)
	if !placed || !dated || !counted {
		s.spoil(ref, int(r.vintage))
		return
	}
	said.marks = marks
	o.remark = r.gathering.remark(said)
	r.gathering.rows = append(r.gathering.rows, o)
}

// period reads the period's cell, and answers its number too. An open year to
// date ends in the month of the return, less the indicator's lag: another
// month's is another period.
func (r *reading) period(line int, text string, ind *Indicator) (period.Period, int32, bool) {
	cell, seen := r.periods[text]
	if seen && !cell.period.Open() {
		return cell.period, cell.number, true
	}
	p := cell.period
	if !seen {
		var ok bool
		if p, ok = r.cell(line, "period", text).openPeriod(); !ok {
			return p, 0, false
		}
	}
	open := p.Open()
	if open {
		r.periods[text] = written{period: p}
		p = p.Through(r.month.Add(-ind.Lag))
	}
	switch {
	case p.First() > r.month:
		r.cell(line, "period", text).errorf(0, "bad-period", "%s begins after %s, the month of this return",
			p.Words(), r.month.Words()).Hint = "a return holds what is known by its month; put the period right"
		return p, 0, false
	case open && p.Last() > r.month:
		// The lag reaches back before the year began, so the year to date
		// that the cell means has no month yet.
		r.cell(line, "period", text).errorf(0, "bad-period", "the year to date %s has no month yet in this return (indicator %s, %d months in arrears)",
			diag.Quote(text), ind.Ref, ind.Lag).Hint = "write the year before, or the months meant"
		return p, 0, false
	}
	number := r.gathering.number(p)
	if !open {
		r.periods[text] = written{p, number}
	}
	return p, number, true
}

func (r *reading) where(ind *Indicator, p period.Period) string {
	if p.IsZero() {
		return " (indicator " + ind.Ref + ")"
	}
	return " (indicator " + ind.Ref + ", " + p.Words() + ")"
}

// figures reads value, numerator, denominator and mark.
func (r *reading) figures(o *observation, line int, row *returnRow, ind *Indicator, p period.Period) (Marks, bool) {
	where := func() string { return r.where(ind, p) }
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
	marks, parsed := r.marks(line, row)
	if !ok || !parsed || !r.whole(o, marks, line, row, ind, where) {
		return marks, false
	}
	if o.given == givenRatio && marks.Withholds() == "" && o.denominator.Sign() == 0 {
		return withZ(marks), true // nothing stands over nothing
	}
	return marks, true
}

func (r *reading) marks(line int, row *returnRow) (Marks, bool) {
	if row.Mark == "" {
		return "", true
	}
	if marks, seen := r.marked[row.Mark]; seen {
		return marks, true
	}
	marks, ok := r.cell(line, "mark", row.Mark).marks()
	if ok {
		r.marked[row.Mark] = marks
	}
	return marks, ok
}

// whole judges the row's figures together.
func (r *reading) whole(o *observation, marks Marks, line int, row *returnRow, ind *Indicator, where func() string) bool {
	withheld := marks.Withholds()
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

func withZ(marks Marks) Marks {
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

func (r *reading) remarks(line int, row *returnRow) remark {
	if row.Note == "" && row.Rating == "" && row.RatingWhy == "" && row.Reason == "" {
		return remark{}
	}
	return remark{
		note:      row.Note,
		rating:    r.cell(line, "rating", row.Rating).oneOf(ratingWords, ""),
		ratingWhy: row.RatingWhy,
		reason:    r.cell(line, "reason", row.Reason).oneOf(reasonWords, ""),
	}
}
