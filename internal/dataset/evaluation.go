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
	area    string
	period  period.Period
	years   []period.Period // populations of another year than the period's
	marks   []string        // symbols of the operands that the result must carry
	vintage Vintage         // the newest return among the operands'
	reason  string          // of the revision of an operand in that return
	first   Vintage         // the return with which all operands had been reported
}

type numberTerm struct{ value *big.Rat }

func (t numberTerm) evaluate(*evaluation) *big.Rat { return t.value }

type seriesTerm struct{ ref string }

func (t *seriesTerm) evaluate(e *evaluation) *big.Rat { return e.operand(t.ref, e.period) }

// rollingTerm is the sum of the months ending with a month.
type rollingTerm struct {
	ref    string
	months int
}

func (t *rollingTerm) evaluate(e *evaluation) *big.Rat {
	if e.period.Kind() != period.KindMonth {
		return nil
	}
	var sum quantity.Decimal
	for k := range t.months {
		value, ok := e.published(t.ref, e.period.Step(-k))
		if !ok {
			return nil
		}
		var err error
		if sum, err = sum.Add(value); err != nil {
			return nil // no figure of a council has nineteen digits
		}
	}
	return fraction(sum)
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

// populationTerm is a population of the period's year, else the newest before.
type populationTerm struct{ name string }

func (t *populationTerm) evaluate(e *evaluation) *big.Rat {
	p, own, ok := e.view.population(t.name, e.area, e.period)
	if !ok {
		return nil
	}
	if !own && !slices.Contains(e.years, p.Period) {
		e.years = append(e.years, p.Period)
	}
	return fraction(p.Value)
}

// working says which population was taken in place of the period's own.
func (e *evaluation) working() string {
	var words []string
	for _, p := range e.years {
		words = append(words, "population of "+p.Short())
	}
	return strings.Join(words, "; ")
}

func (e *evaluation) operand(ref string, p period.Period) *big.Rat {
	value, ok := e.published(ref, p)
	if !ok {
		return nil
	}
	return fraction(value)
}

// published is a series' published value, so that a reader can work the result
// out from what the pages show.
func (e *evaluation) published(ref string, p period.Period) (quantity.Decimal, bool) {
	f, ok := e.view.Figure(ref, e.area, p)
	if !ok || !f.Value.Has {
		return quantity.Decimal{}, false
	}
	if e.vintage.Before(f.Vintage) {
		e.vintage, e.reason = f.Vintage, ""
	}
	if f.Vintage == e.vintage && f.Revised && e.reason == "" {
		e.reason = f.Reason
	}
	if e.first.Before(f.First) {
		e.first = f.First
	}
	// What is worked out from a provisional, estimated or unreliable figure
	// is so itself.
	for _, symbol := range [...]string{"p", "e", "u", "low"} {
		if f.Marks.Has(symbol) && !slices.Contains(e.marks, symbol) {
			e.marks = append(e.marks, symbol)
		}
	}
	return e.view.Indicator(ref).Publish(f.Value.Decimal), true
}

// population finds the population of a name and area for a period: the one
// whose own period holds the period's last month (own is true), else the
// newest that ended before it.
func (v *View) population(name, area string, p period.Period) (found Population, own, ok bool) {
	month := period.OfMonth(p.Last())
	for row := range inForce(v.Scorecard.site.people[people{name, area}], v.Month, (*Population).from, (*Population).same) {
		switch covers := row.Period.Covers(month); {
		case covers && (!own || row.Period.Start() > found.Period.Start()):
			found, own, ok = *row, true, true
		case own || covers || row.Period.End() >= month.Start():
		case !ok || row.Period.End() > found.Period.End():
			found, ok = *row, true
		}
	}
	return found, own, ok
}

// outcome is a calculation's result, kept since charts, rates of rates and
// judgements ask for it again.
type outcome struct {
	exact  *big.Rat
	figure Figure
	ok     bool
}

type outcomeKey struct {
	ref, area int
	period    period.Period
}

func (v *View) calculate(ind *Indicator, ref, area int, p period.Period) *outcome {
	key := outcomeKey{ref, area, p}
	if done, ok := v.outcomes[key]; ok {
		return done
	}
	result := &outcome{}
	v.outcomes[key] = result
	e := &evaluation{view: v, area: v.Scorecard.site.areas[area].ID, period: p}
	var exact, numerator, denominator *big.Rat
	if whole, ok := ind.formula.root.(*ratioTerm); ok {
		numerator, denominator, exact = whole.parts(e)
	} else {
		exact = ind.formula.root.evaluate(e)
	}
	if exact == nil {
		return result
	}
	value, err := quantity.FromRat(exact, ind.Decimals)
	if err != nil {
		return result // no figure of a council has nineteen digits
	}
	result.exact, result.ok = exact, true
	result.figure = Figure{
		Period: p, Area: e.area, Value: Number{value, true}, Calculated: true,
		Marks: Marks(strings.Join(e.marks, " ")), Working: e.working(),
		Numerator: exactly(numerator), Denominator: exactly(denominator),
		Vintage: e.vintage, First: e.first,
		Place: ind.calculationPlace, ValuePlace: ind.calculationPlace, Source: ind.calculationSource,
	}
	if earlier, ok := v.recalculated(ind, &result.figure); ok {
		result.figure.Revised, result.figure.Earlier, result.figure.EarlierMark = true, earlier.Value, earlier.Marks
		result.figure.Reason = e.reason
	}
	return result
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
	past.outcomes = map[outcomeKey]*outcome{}
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

// Calculated works an indicator's calculation out, whether or not a return
// also states the figure: the exact value before rounding, and in words which
// population's year it used where that is not the period's own. ok is false
// where there is no calculation or an operand is missing.
func (v *View) Calculated(ref, area string, p period.Period) (exact *big.Rat, working string, ok bool) {
	ind, r, a, known := v.series(ref, area)
	if !known || ind.formula == nil {
		return nil, "", false
	}
	done := v.calculate(ind, r, a, p)
	if !done.ok {
		return nil, "", false
	}
	return new(big.Rat).Set(done.exact), done.figure.Working, true
}
