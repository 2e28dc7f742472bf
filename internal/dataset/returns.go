package dataset

import (
	"strconv"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

type returnRow struct {
	Ref         span `csv:"ref" required:"yes"`
	Period      span `csv:"period" first:"yes"`
	Area        span `csv:"area" first:"yes"`
	Value       span `csv:"value" first:"yes"`
	Numerator   span `csv:"numerator"`
	Denominator span `csv:"denominator"`
	Mark        span `csv:"mark"`
	Note        span `csv:"note"`
	Rating      span `csv:"rating"`
	RatingWhy   span `csv:"rating_reason"`
	Reason      span `csv:"reason"`
}

// reading is one return while it is read.
type reading struct {
	*records
	scorecard *Scorecard
	gathering *gathering
	month     period.Month
	vintage   int32
	inForce   []*Indicator       // by ref: the definition by which this return is read
	periods   map[string]written // cells that were right, as a return repeats few
	marked    map[string]Marks   // marks, likewise

	// Of the row before, as rows of one series stand together, and of one period
	// its areas in their order.
	lastRef    string
	last       int // the ref's index
	lastPeriod string
	lastCell   written
	lastArea   int
}

// written is a period as a cell has it.
type written struct {
	period period.Period // open, where it is a year to date
	number int32         // of it among those of the scorecard; of one that is not open
}

func (s *Scorecard) readReturn(in *sheet, vintage int, rows *gathering) {
	r := &reading{records: newRecords(in), scorecard: s, gathering: rows, month: s.vintages[vintage].Month, vintage: int32(vintage),
		inForce: make([]*Indicator, len(s.register.refs)),
		periods: map[string]written{}, marked: map[string]Marks{}}
	for ref := range r.inForce {
		r.inForce[ref] = s.register.forReturn(ref, r.month)
	}
	own := period.OfMonth(r.month)
	r.lastCell = written{own, rows.number(own)}
	r.periods[""] = r.lastCell
	streamRows(r.records, r.row)
}

func (r *reading) in(line int, column string, at span) cell {
	return r.sheet.cell(line, column, r.cell(at))
}

// row reads one row of a return into the history of its series.
func (r *reading) row(line int, row *returnRow) {
	s := r.scorecard
	ref, known := r.last, r.lastRef != "" && r.cell(row.Ref) == r.lastRef
	if !known {
		if ref, known = s.ref(r.in(line, "ref", row.Ref)); known {
			r.last, r.lastRef = ref, r.cell(row.Ref)
		}
	}
	area, placed := r.area(line, row.Area)
	if !known {
		// Its figures cannot be judged without a unit; the rest can.
		r.period(line, row.Period, &Indicator{Ref: r.cell(row.Ref)})
		r.marks(line, row)
		r.remarks(line, row)
		r.sheet.lost = true
		return
	}
	ind := r.inForce[ref]
	p, number, dated := r.period(line, row.Period, ind)
	o := observation{series: s.series(ref, area), period: number, vintage: r.vintage, line: int32(line)}
	marks, counted := r.figures(&o, line, row, ind, p)
	var said remark
	remarked := row.remarked()
	if remarked {
		said = r.remarks(line, row)
	}
	if !placed || !dated || !counted {
		s.spoil(ref, int(r.vintage))
		return
	}
	if remarked || marks != "" {
		said.marks = marks
		o.remark = r.gathering.remark(said)
	}
	if said.reason != "" {
		s.reasons[givenReason{s.vintages[r.vintage], said.reason}] = true
	}
	rows := &r.gathering.rows
	*rows = append(*rows, o)
}

// area reads the area's cell: most often that of the site's next.
func (r *reading) area(line int, at span) (int, bool) {
	s := r.scorecard
	if at.empty() {
		r.lastArea = 0
		return 0, true
	}
	if next := r.lastArea + 1; next < len(s.site.areas) && s.site.areas[next].ID == r.cell(at) {
		r.lastArea = next
		return next, true
	}
	area, placed := s.area(r.in(line, "area", at))
	r.lastArea = area
	return area, placed
}

// period reads the period's cell, and answers its number too. An open year to
// date ends in the month of the return, less the indicator's lag: another
// month's is another period.
func (r *reading) period(line int, at span, ind *Indicator) (period.Period, int32, bool) {
	text := r.cell(at)
	if text == r.lastPeriod {
		return r.lastCell.period, r.lastCell.number, true
	}
	cell, seen := r.periods[text]
	if seen && !cell.period.Open() {
		r.lastPeriod, r.lastCell = text, cell
		return cell.period, cell.number, true
	}
	p := cell.period
	if !seen {
		var ok bool
		if p, ok = r.in(line, "period", at).openPeriod(); !ok {
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
		r.in(line, "period", at).errorf(0, "bad-period", "%s begins after %s, the month of this return",
			p.Words(), r.month.Words()).Hint = "a return holds what is known by its month; put the period right"
		return p, 0, false
	case open && p.Last() > r.month:
		// The lag reaches back before the year began, so the year to date
		// that the cell means has no month yet.
		r.in(line, "period", at).errorf(0, "bad-period", "the year to date %s has no month yet in this return (indicator %s, %d months in arrears)",
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
	// Parts of a ratio are plain numbers, of money in pounds.
	var parts quantity.Unit
	if ind.Unit == quantity.Money {
		parts = quantity.Money
	}
	ok := r.figure(o, valuePart, line, "value", row.Value, ind.Unit, ind, p)
	ok = r.figure(o, numeratorPart, line, "numerator", row.Numerator, parts, ind, p) && ok
	ok = r.figure(o, denominatorPart, line, "denominator", row.Denominator, parts, ind, p) && ok
	if o.amounts[denominatorPart] < 0 {
		r.in(line, "denominator", row.Denominator).errorf(0, "bad-number", "denominator %s is less than 0%s", diag.Quote(r.cell(row.Denominator)), where()).Hint =
			"write what was counted; a denominator counts cases"
		ok = false
	}
	if ok && row.Mark.empty() && o.given == givenValue && line != r.wide {
		return "", true // as most: nothing to hold it against
	}
	marks, parsed := r.marks(line, row)
	if !ok || !parsed || !r.whole(o, marks, line, row, ind, where) {
		return marks, false
	}
	if o.given == givenRatio && marks.Withholds() == "" && o.amounts[denominatorPart] == 0 {
		return withZ(marks), true // nothing stands over nothing
	}
	return marks, true
}

// figure reads the cell of one of a row's figures, if it holds any. That of most
// is plain, and nothing need be known of its place.
func (r *reading) figure(o *observation, of part, line int, column string, at span, unit quantity.Unit, ind *Indicator, p period.Period) bool {
	if at.empty() {
		return true
	}
	d, ok := quantity.ParsePlain(r.cell(at))
	if !ok || unit == quantity.Grade {
		if d, ok = r.in(line, column, at).number(unit, ind.Grades, func() string { return r.where(ind, p) }); !ok {
			return false
		}
	}
	o.give(of, d)
	return true
}

func (r *reading) marks(line int, row *returnRow) (Marks, bool) {
	if row.Mark.empty() {
		return "", true
	}
	if marks, seen := r.marked[r.cell(row.Mark)]; seen {
		return marks, true
	}
	marks, ok := r.in(line, "mark", row.Mark).marks()
	if ok {
		r.marked[r.cell(row.Mark)] = marks
	}
	return marks, ok
}

// whole judges the row's figures together.
func (r *reading) whole(o *observation, marks Marks, line int, row *returnRow, ind *Indicator, where func() string) bool {
	withheld := marks.Withholds()
	switch {
	case o.given.has(givenValue) && withheld != "":
		r.in(line, "mark", row.Mark).errorf(0, "bad-mark", "mark %s stands without a value, and here is one%s", diag.Quote(withheld), where()).Hint =
			"take the mark or the value away"
		return false
	case o.given.has(givenRatio) && o.amounts[denominatorPart] == 0 && o.amounts[numeratorPart] != 0 && o.given.has(givenValue):
		r.in(line, "denominator", row.Denominator).errorf(0, "bad-number", "%s over 0 gives no value, and %s is stated%s", r.cell(row.Numerator), r.cell(row.Value), where()).Hint =
			"put the denominator right, or leave numerator and denominator empty and let the value stand alone"
		return false
	case o.given.has(givenValue):
		whole := o.given.has(givenRatio) && line != r.wide // as most
		return whole || !r.torn(o, line, row, ind, where)
	case withheld != "":
		if o.given.has(givenRatio) && o.amounts[denominatorPart] > 0 {
			r.in(line, "mark", row.Mark).errorf(0, "bad-mark", "mark %s stands without a value, and numerator and denominator give one%s", diag.Quote(withheld), where()).Hint =
				"take the mark, or the numerator and denominator, away"
			return false
		}
		return true
	case !o.given.has(givenRatio) && r.sheet.hides("value"):
		return false // told at the header
	case o.given != 0 && !o.given.has(givenRatio) && ind.Unit != quantity.Grade:
		there, other := "numerator", "denominator"
		if o.given.has(givenDenominator) {
			there, other = other, there
		}
		r.sheet.cell(line, other, "").errorf(0, "bad-number", "the row has a %s, and neither a %s nor a value%s", there, other, where()).Hint =
			"write the " + other + ", or the value"
		return false
	case !o.given.has(givenRatio) || ind.Unit == quantity.Grade:
		p := r.sheet.cell(line, "value", "").errorf(0, "bad-number", "the row has neither a value nor a mark%s", where())
		p.Hint = "write the value, or a mark such as x (not available)"
		return false
	case o.amounts[denominatorPart] == 0 && o.amounts[numeratorPart] == 0:
		return true
	case o.amounts[denominatorPart] == 0:
		r.in(line, "denominator", row.Denominator).errorf(0, "bad-number", "%s over 0 gives no value%s", r.cell(row.Numerator), where()).Hint =
			"put the denominator right, or write the value or a mark such as x"
		return false
	}
	d, ok := ratio(o, ind)
	if !ok {
		r.in(line, "numerator", row.Numerator).errorf(0, "bad-number", "%s over %s is too large a number%s", r.cell(row.Numerator), r.cell(row.Denominator), where())
		return false
	}
	if s := r.scorecard; len(s.register.rows[int(o.series)/len(s.site.areas)]) == 1 {
		o.workedOut(d) // there is one definition, so that every page would work out the same
	}
	return true
}

// torn tells of a figure with a comma that lost its quotes: "1,064" is read as 1
// with 064 in the cell behind it. Half a fraction beside a value, in a row that is
// wider than the header, is hardly anything else (95,6 is a decimal comma). A number
// that the two make (of a percentage never) is sure to be meant where the row is
// wider, or where no number would begin so. Else it may be a count and its cohort.
func (r *reading) torn(o *observation, line int, row *returnRow, ind *Indicator, where func() string) bool {
	var behind span
	column := r.header[min(r.sheet.value+1, len(r.header)-1)]
	switch column {
	case "numerator":
		behind = row.Numerator
	case "denominator":
		behind = row.Denominator
	case "note":
		behind = row.Note
	}
	value, rest := r.cell(row.Value), r.cell(behind)
	if behind.empty() || value == rest || strings.ContainsAny(value, ".,") {
		return false
	}
	whole := value + "," + rest
	_, wrong := quantity.Parse(whole)
	joins := wrong == nil && ind.Unit != quantity.Percent
	wide, counts := line == r.wide, ind.Unit.Additive() || ind.Unit == quantity.DistinctCount
	half := column != "note" && !o.given.has(givenRatio)
	tell, are := r.sheet.problems.Errorf, "are"
	switch {
	case wide && half:
	case wide && joins && (counts || !o.given.has(givenRatio)):
	case joins && half && counts && rest[0] == '0':
	case joins && half && counts:
		tell, are = r.sheet.problems.Warnf, "may be"
	default:
		return false
	}
	p := r.sheet.problem(tell(r.sheet.place(line, column, 0), "bad-number", "value %s and %s %s %s %s without its quotes%s", value, column, rest, are, whole, where()))
	p.Hint = "put quotes around a figure that holds a comma: " + strconv.Quote(whole) + "; else write numerator and denominator both, or neither"
	return p.Severity == diag.Error
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
	d, err := quantity.Quotient(o.of(numeratorPart), o.of(denominatorPart), ind.Unit.Per(), ind.Decimals)
	return d, err == nil
}

// remarked is false of most rows.
func (row *returnRow) remarked() bool {
	return !row.Note.empty() || !row.Rating.empty() || !row.RatingWhy.empty() || !row.Reason.empty()
}

func (r *reading) remarks(line int, row *returnRow) remark {
	return remark{
		note:      r.cell(row.Note),
		rating:    r.in(line, "rating", row.Rating).oneOf(ratingWords, ""),
		ratingWhy: r.cell(row.RatingWhy),
		reason:    r.in(line, "reason", row.Reason).oneOf(reasonWords, ""),
	}
}
