package dataset

import (
	"math"
	"math/big"
	"slices"
	"strings"

	"outturn/internal/period"
	"outturn/internal/quantity"
)

// term is a part of a formula. It is an exact fraction, or nil where an
// operand is missing or nothing can be divided: never 0 for what is not there.
type term interface {
	evaluate(e *evaluation) *big.Rat
}

// evaluation is a formula at one period and area, and what it came by.
type evaluation struct {
	view    *View
	area    int // of the site's
	period  period.Period
	years   []period.Period // populations of another year than the period's
	marks   []string        // symbols of the operands that the result must carry
	vintage Vintage         // the newest return among the operands'
	reason  string          // of the revision of an operand in that return
	first   Vintage         // the return with which all operands had been reported
}

// amountTerm is a term whose value is always a decimal. Nearly every calculation
// of a site is one of them, or one over another: those need no fractions, which
// take thirty times as long.
type amountTerm interface {
	term
	amount(e *evaluation) (quantity.Decimal, bool)
}

// inFractions is evaluate for an amountTerm.
func inFractions(t amountTerm, e *evaluation) *big.Rat {
	d, ok := t.amount(e)
	if !ok {
		return nil
	}
	return fraction(d)
}

type numberTerm struct{ value quantity.Decimal }

func (t numberTerm) evaluate(e *evaluation) *big.Rat { return inFractions(t, e) }

func (t numberTerm) amount(*evaluation) (quantity.Decimal, bool) { return t.value, true }

type seriesTerm struct{ ref string }

func (t *seriesTerm) evaluate(e *evaluation) *big.Rat { return inFractions(t, e) }

func (t *seriesTerm) amount(e *evaluation) (quantity.Decimal, bool) {
	ind, r := e.view.defined(t.ref)
	if ind == nil {
		return quantity.Decimal{}, false
	}
	return e.published(ind, r, e.period)
}

// rollingTerm is the sum of the months ending with a month.
type rollingTerm struct {
	ref    string
	months int
}

func (t *rollingTerm) evaluate(e *evaluation) *big.Rat { return inFractions(t, e) }

func (t *rollingTerm) amount(e *evaluation) (sum quantity.Decimal, ok bool) {
	if e.period.Kind() != period.KindMonth {
		return sum, false
	}
	ind, r := e.view.defined(t.ref)
	if ind == nil {
		return sum, false
	}
	for k := range t.months {
		value, ok := e.published(ind, r, e.period.Step(-k))
		if !ok {
			return sum, false
		}
		var err error
		if sum, err = sum.Add(value); err != nil {
			return sum, false // no figure of a council has nineteen digits
		}
	}
	return sum, true
}

// fraction is a decimal as a fraction; most are whole and have none to reduce.
func fraction(d quantity.Decimal) *big.Rat {
	if d.Scale() == 0 {
		return new(big.Rat).SetInt64(d.Coef())
	}
	return d.Rat()
}

type operationTerm struct {
	operator    byte
	left, right term
}

func (t *operationTerm) evaluate(e *evaluation) *big.Rat {
	left, right := t.left.evaluate(e), t.right.evaluate(e)
	if left == nil || right == nil {
		return nil
	}
	switch t.operator {
	case '+':
		return new(big.Rat).Add(left, right)
	case '-':
		return new(big.Rat).Sub(left, right)
	case '*':
		return new(big.Rat).Mul(left, right)
	}
	if right.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(left, right)
}

// ratioTerm is percent(a, b) and rate(a, population, per).
type ratioTerm struct {
	numerator, denominator, times term
}

func (t *ratioTerm) evaluate(e *evaluation) *big.Rat {
	_, _, q := t.parts(e)
	return q
}

// parts are the numerator and the denominator too.
func (t *ratioTerm) parts(e *evaluation) (n, d, q *big.Rat) {
	n, d, times := t.numerator.evaluate(e), t.denominator.evaluate(e), t.times.evaluate(e)
	if n == nil || d == nil || times == nil || d.Sign() == 0 {
		return n, d, nil
	}
	q = new(big.Rat).Quo(n, d)
	return n, d, q.Mul(q, times)
}

// amounts are the three operands where all of them are decimals; plain is false
// where one is not, and ok where one has no value or nothing can be divided.
func (t *ratioTerm) amounts(e *evaluation) (r ratioOf, ok, plain bool) {
	n, plainN := t.numerator.(amountTerm)
	d, plainD := t.denominator.(amountTerm)
	times, plainT := t.times.(amountTerm)
	if !plainN || !plainD || !plainT {
		return r, false, false
	}
	var okN, okD, okT bool
	r.n, okN = n.amount(e)
	r.d, okD = d.amount(e)
	r.times, okT = times.amount(e)
	return r, okN && okD && okT && r.d.Sign() != 0, true
}

// ratioOf is n over d, times a number.
type ratioOf struct{ n, d, times quantity.Decimal }

func (r ratioOf) exact() *big.Rat {
	q := new(big.Rat).Quo(fraction(r.n), fraction(r.d))
	return q.Mul(q, fraction(r.times))
}

func (r ratioOf) rounded(places int) (quantity.Decimal, error) {
	if r.times.Scale() > 0 {
		return quantity.FromRat(r.exact(), places)
	}
	return quantity.Quotient(r.n, r.d, r.times.Coef(), places)
}

// populationTerm is a population of the period's year, else the newest before.
type populationTerm struct{ name string }

func (t *populationTerm) evaluate(e *evaluation) *big.Rat { return inFractions(t, e) }

func (t *populationTerm) amount(e *evaluation) (quantity.Decimal, bool) {
	p, own := e.view.population(t.name, e.view.Scorecard.site.areas[e.area].ID, e.period)
	if p == nil {
		return quantity.Decimal{}, false
	}
	if !own && !slices.Contains(e.years, p.Period) {
		e.years = append(e.years, p.Period)
	}
	return p.Value, true
}

// working says which population was taken in place of the period's own.
func (e *evaluation) working() string {
	var words []string
	for _, p := range e.years {
		words = append(words, "population of "+p.Short())
	}
	return strings.Join(words, "; ")
}

// published is a series' published value, so that a reader can work the result
// out from what the pages show.
func (e *evaluation) published(ind *Indicator, r int, p period.Period) (quantity.Decimal, bool) {
	s := e.view.Scorecard
	number := s.number(p)
	of := s.history(r, e.area).of(number)
	if now, returned := e.view.standing(of); returned {
		value := s.figure(now.newest, ind)
		if !value.Has {
			return quantity.Decimal{}, false
		}
		said := &s.remarks[now.newest.remark]
		e.take(s.vintages[now.first.vintage], s.vintages[now.newest.vintage], said.marks)
		if said.reason != "" && s.revised(now, ind) {
			e.explain(s.vintages[now.newest.vintage], said.reason)
		}
		return ind.Publish(value.Decimal), true
	}
	if ind.formula == nil {
		return quantity.Decimal{}, false
	}
	done := e.view.calculate(ind, r, e.area, number)
	if !done.ok {
		return quantity.Decimal{}, false
	}
	f := &done.figure
	e.take(f.First, f.Vintage, f.Marks)
	if f.Revised {
		e.explain(f.Vintage, f.Reason)
	}
	return ind.Publish(f.Value.Decimal), true
}

// take notes what the result has of an operand: when it was returned, and its
// marks. What is worked out from a provisional, estimated or unreliable figure
// is so itself.
func (e *evaluation) take(first, newest Vintage, marks Marks) {
	if e.vintage.Before(newest) {
		e.vintage, e.reason = newest, ""
	}
	if e.first.Before(first) {
		e.first = first
	}
	if marks == "" {
		return // nearly always
	}
	for _, symbol := range carried {
		if marks.Has(symbol) && !slices.Contains(e.marks, symbol) {
			e.marks = append(e.marks, symbol)
		}
	}
}

// explain notes why an operand was revised, where that is news of the newest
// return.
func (e *evaluation) explain(by Vintage, reason string) {
	if by == e.vintage && e.reason == "" {
		e.reason = reason
	}
}

// carried are the marks that go over from an operand to what is worked out.
var carried = [...]string{"p", "e", "u", "low"}

// population finds the population of a name and area for a period: the one
// whose own period holds the period's last month (own is true), else the
// newest that ended before it, or nil.
func (v *View) population(name, area string, p period.Period) (best *Population, own bool) {
	month := period.OfMonth(p.Last())
	for row := range inForce(v.Scorecard.site.people[people{name, area}], v.Month, (*Population).from, (*Population).same) {
		switch covers := row.Period.Covers(month); {
		case covers && (!own || row.Period.Start() > best.Period.Start()):
			best, own = row, true
		case own || covers || row.Period.Last() >= p.Last():
		case best == nil || row.Period.Last() > best.Period.Last() || row.Period.End() > best.Period.End():
			best = row
		}
	}
	return best, own
}

// outcome is a calculation's result, kept since charts, rates of rates and
// judgements ask for it again.
type outcome struct {
	figure Figure
	ok     bool
	exact  *big.Rat // before rounding; nil where ratio says it
	ratio  ratioOf
}

// outcomes are those of a view: by series (Scorecard.series) and period, none
// until one is worked out. A site has hundreds of thousands and none is thrown
// away, so that room is made for many at once.
type outcomes struct {
	of   [][]*outcome
	room []outcome   // for the next ones
	idle *evaluation // that is done with
}

func (o *outcomes) next() *outcome {
	if len(o.room) == 0 {
		o.room = make([]outcome, 32)
	}
	next := &o.room[0]
	o.room = o.room[1:]
	return next
}

// evaluation is an empty one: a calculation of calculations needs several at once.
func (o *outcomes) evaluation() *evaluation {
	e := o.idle
	if e == nil {
		return new(evaluation)
	}
	o.idle = nil
	return e
}

func (o *outcomes) done(e *evaluation) {
	*e = evaluation{}
	o.idle = e
}

// noOutcome is that of every period for which no series has a row: a calculation
// names a series, and where that has no value it has none either.
var noOutcome outcome

// calculate works out the period of that number.
func (v *View) calculate(ind *Indicator, ref, area int, number int32) *outcome {
	if number < 0 {
		return &noOutcome
	}
	s := v.Scorecard
	if v.outcomes == nil {
		v.outcomes = &outcomes{of: make([][]*outcome, len(s.starts)-1)}
	}
	series := s.series(ref, area)
	if v.outcomes.of[series] == nil {
		v.outcomes.of[series] = make([]*outcome, len(s.periods))
	}
	of := v.outcomes.of[series]
	if of[number] != nil {
		return of[number]
	}
	result := v.outcomes.next()
	of[number] = result
	p := s.periods[number]
	e := v.outcomes.evaluation()
	defer v.outcomes.done(e)
	e.view, e.area, e.period = v, area, p
	value, numerator, denominator, ok := result.workOut(ind, e)
	if !ok {
		return result
	}
	result.ok = true
	result.figure = Figure{
		Period: p, Area: s.site.areas[area].ID, Value: Number{value, true}, Calculated: true,
		Marks: Marks(strings.Join(e.marks, " ")), Working: e.working(),
		Numerator: numerator, Denominator: denominator,
		Vintage: e.vintage, First: e.first,
		Place: ind.calculationPlace, ValuePlace: ind.calculationPlace, Source: ind.calculationSource,
	}
	if earlier, ok := v.recalculated(ind, &result.figure); ok {
		result.figure.Revised, result.figure.Earlier, result.figure.EarlierMark = true, earlier.Value, earlier.Marks
		result.figure.Reason = e.reason
	}
	return result
}

// workOut gives the value at the indicator's decimals, and what it is made of
// where that is one over the other.
func (o *outcome) workOut(ind *Indicator, e *evaluation) (value quantity.Decimal, numerator, denominator Number, ok bool) {
	var err error
	whole, isRatio := ind.formula.root.(*ratioTerm)
	if isRatio {
		if r, ok, plain := whole.amounts(e); plain {
			if !ok {
				return value, numerator, denominator, false
			}
			o.ratio = r
			value, err = r.rounded(ind.Decimals) // the error: no figure of a council has nineteen digits
			return value, exactDecimal(r.n), exactDecimal(r.d), err == nil
		}
	}
	var n, d *big.Rat
	if isRatio {
		n, d, o.exact = whole.parts(e)
	} else {
		o.exact = ind.formula.root.evaluate(e)
	}
	if o.exact == nil {
		return value, numerator, denominator, false
	}
	value, err = quantity.FromRat(o.exact, ind.Decimals)
	return value, exactly(n), exactly(d), err == nil
}

// recalculated is what a calculated figure said before the newest return among
// its operands, where that differs at published precision: an operand that was
// revised revises what is worked out from it.
func (v *View) recalculated(ind *Indicator, f *Figure) (Figure, bool) {
	if v.past || !f.First.Before(f.Vintage) {
		return Figure{}, false
	}
	earlier, ok := v.before(f.Vintage).Figure(ind.Ref, f.Area, f.Period)
	return earlier, ok && ind.revises(&earlier, f)
}

// revises reports whether a calculated figure differs from an earlier one.
func (i *Indicator) revises(earlier, f *Figure) bool {
	return earlier.Value.Has && !i.Publish(earlier.Value.Decimal).Equal(i.Publish(f.Value.Decimal))
}

// before is the view without the returns from w on: the same definitions and
// registers over the earlier figures. It does not look further back itself.
func (v *View) before(w Vintage) *View {
	if done, ok := v.earlier[w]; ok {
		return done
	}
	past := *v
	past.past = true
	past.released = slices.Clone(v.released)
	past.outcomes, past.areas = nil, nil
	past.earlier = map[Vintage]*View{}
	for i, vintage := range v.Scorecard.vintages {
		if !vintage.Before(w) {
			past.released[i] = false
		}
	}
	v.earlier[w] = &past
	return &past
}

// exactly is a fraction as a decimal where it is one; counts always are.
func exactly(r *big.Rat) Number {
	if r == nil {
		return Number{}
	}
	if n := r.Num(); r.IsInt() && n.IsInt64() && n.Int64() != math.MinInt64 {
		return Number{quantity.Int(n.Int64()), true}
	}
	d, err := quantity.FromRat(r, 6)
	if err != nil || d.Rat().Cmp(r) != 0 {
		return Number{}
	}
	return Number{d.Trim(), true}
}

// exactDecimal is exactly for what is a decimal already.
func exactDecimal(d quantity.Decimal) Number {
	if d = d.Trim(); d.Scale() > 6 {
		return Number{}
	}
	return Number{d, true}
}

// Calculated works an indicator's calculation out, whether or not a return
// also states the figure: the exact value before rounding, and in words which
// population's year it used where that is not the period's own. ok is false
// where there is no calculation or an operand is missing.
func (v *View) Calculated(ref, area string, p period.Period) (exact *big.Rat, working string, ok bool) {
	ind, r, a, known := v.series(ref, area)
	if !known || ind.formula == nil {
		return nil, "", false
	}
	done := v.calculate(ind, r, a, v.Scorecard.number(p))
	if !done.ok {
		return nil, "", false
	}
	if done.exact == nil {
		return done.ratio.exact(), done.figure.Working, true
	}
	return new(big.Rat).Set(done.exact), done.figure.Working, true
}
