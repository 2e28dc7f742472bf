// Package check finds what is doubtful across a loaded site: figures that
// contradict each other, targets that open to the bad side, returns and answers
// that are missing, benchmarks that are old; and, against the newest snapshot,
// what was published and reads otherwise now (Past).
//
// It mends nothing. The file records what was returned and the page shows it;
// a finding puts both figures side by side. Two figures agree when they differ
// by no more than half a unit in the last decimal of the coarser one, the cell
// as written or the measure's decimals (contract, section 2): a value within
// rounding is no contradiction.
package check

import (
	"math/big"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

// Data adds the findings on the data of every scorecard as at its newest month.
// Figures that a later return replaced are not looked at: they no longer stand.
// What a month before it lacks is found as well while that is a draft, or the newest
// released one: that is what the public reads until a later one is out.
func Data(e *edition.Edition, problems *diag.List) {
	for _, p := range e.Plans {
		statuses(p.ID, p.Actions, problems)
	}
	for _, s := range e.Scorecards {
		issues(e, s, problems)
		m := s.Latest()
		if m == nil {
			continue
		}
		public := s.LatestReleased()
		for _, earlier := range s.Months[:len(s.Months)-1] {
			if earlier == public || Waits(earlier) {
				c := newChecker(earlier.View, problems)
				c.month(earlier, func(fetched) {}) // its figures stand in the later month too
			}
		}
		statuses(s.ID, m.View.Actions(), problems)
		c := newChecker(m.View, problems)
		c.month(m, func(k fetched) {
			c.possible(k)
			c.ratios(k)
			c.calculations(k)
			c.parts(k)
			c.areas(k)
			c.targets(k.Indicator)
			if !k.IsPart() {
				c.benchmarks(m.Verdict(k.Ref))
			}
		})
	}
}

// Waits reports whether a month is still to be released: somebody has begun its cover,
// and none after it is out. Old returns without a cover wait for nobody.
func Waits(m *edition.Month) bool {
	public := m.Scorecard.LatestReleased()
	return !m.Released && m.HasCover && (public == nil || m.Month > public.Month)
}

// month: what is wrong with one month in particular, which a later month does
// not show. Each series is handed on to further, so that it is fetched once.
func (c *checker) month(m *edition.Month, further func(fetched)) {
	newest, returned := c.newestReturn()
	if !returned {
		c.noReturn(m)
	}
	for _, ind := range m.View.Indicators {
		k := c.fetch(ind)
		if returned {
			c.missing(m, k, newest)
		}
		c.toDate(k)
		if !ind.IsPart() {
			answers(m, m.Verdict(ind.Ref), c.problems)
		}
		further(k)
	}
}

type checker struct {
	view     *dataset.View
	problems *diag.List
	room     [][]figure // of the series that was fetched last, by area, for the next one
}

func newChecker(v *dataset.View, problems *diag.List) *checker {
	return &checker{view: v, problems: problems}
}

// fetched is a series with all its figures: every check looks at them, and a national
// site has millions, so they are fetched once. They hold until the next is fetched.
type fetched struct {
	*dataset.Indicator
	areas   []string   // that have figures, the whole authority first
	figures [][]figure // by area, oldest first
}

// figure is what is checked of one.
type figure struct {
	period                        period.Period
	value, numerator, denominator dataset.Number
	stated                        bool
}

func figureOf(f *dataset.Figure) figure {
	return figure{f.Period, f.Value, f.Numerator, f.Denominator, f.Stated}
}

// figures adds those of a series in one area to a list.
func (c *checker) figures(to []figure, ref, area string) []figure {
	for f := range c.view.Figures(ref, area) {
		to = append(to, figure{}) // filled where it stands: there are millions
		now := &to[len(to)-1]
		now.period, now.value, now.numerator, now.denominator, now.stated = f.Period, f.Value, f.Numerator, f.Denominator, f.Stated
	}
	return to
}

func (c *checker) fetch(ind *dataset.Indicator) fetched {
	k := fetched{Indicator: ind, areas: append([]string{c.view.Whole()}, c.view.Areas(ind.Ref)...)}
	for len(c.room) < len(k.areas) {
		c.room = append(c.room, nil)
	}
	k.figures = c.room[:len(k.areas)]
	for i, area := range k.areas {
		k.figures[i] = c.figures(k.figures[i][:0], ind.Ref, area)
	}
	return k
}

// everywhere visits every figure, area by area.
func (k fetched) everywhere(visit func(area string, f *figure)) {
	for i, figures := range k.figures {
		for j := range figures {
			visit(k.areas[i], &figures[j])
		}
	}
}

// cursor finds the figures of one series for periods that are asked for oldest first.
type cursor []figure

// value is what the series has for a period; the periods before are done with.
func (at *cursor) value(p period.Period) dataset.Number {
	for len(*at) > 0 {
		if f := &(*at)[0]; f.period == p {
			return f.value
		} else if period.Compare(f.period, p) > 0 {
			break
		}
		*at = (*at)[1:]
	}
	return dataset.Number{}
}

// warn adds a finding about a measure's figure, at its cell.
func (c *checker) warn(ind *dataset.Indicator, area string, f *figure, code, hint, format string, args ...any) {
	var at dataset.Figure
	for _, at = range c.view.SeriesOf(ind.Ref, area, func(p period.Period) bool { return p == f.period }) {
	}
	p := c.problems.Warnf(at.ValuePlace, code, format, args...)
	p.Hint, p.Source = hint, at.Source
}

// name is a series in a message: "indicator 3.2, January 2017, North".
func (c *checker) name(ind *dataset.Indicator, area string, f *figure) string {
	s := "indicator " + ind.Ref + ", " + f.period.Words()
	if area != c.view.Whole() {
		s += ", " + c.view.AreaName(area)
	}
	return s
}

// as writes a stated value with the digits it was written with.
func as(ind *dataset.Indicator, d quantity.Decimal) string {
	if ind.Unit == quantity.Grade {
		return ind.Format(d)
	}
	return ind.Unit.Format(d)
}

// worked writes an exact value at the precision that shows the difference from
// the stated one.
func worked(ind *dataset.Indicator, exact *big.Rat, stated quantity.Decimal) string {
	places := max(ind.Decimals, stated.Scale())
	if d, err := quantity.FromRat(exact, places); err == nil {
		return ind.Unit.Format(d)
	}
	return exact.FloatString(places)
}

// ratios: a value that is not its numerator over its denominator.
func (c *checker) ratios(k fetched) {
	if k.Unit.Additive() || k.Unit == quantity.DistinctCount || k.Unit == quantity.Grade {
		return
	}
	k.everywhere(func(area string, f *figure) {
		if !f.stated || !f.value.Has || !f.numerator.Has || !f.denominator.Has || f.denominator.Decimal.Sign() == 0 || isRatio(f, k.Unit) {
			return
		}
		exact := new(big.Rat).Quo(f.numerator.Decimal.Rat(), f.denominator.Decimal.Rat())
		exact.Mul(exact, new(big.Rat).SetInt64(k.Unit.Per()))
		if quantity.Agree(f.value.Decimal, exact, k.Decimals) {
			return
		}
		of := f.numerator.Decimal.Grouped() + " of " + f.denominator.Decimal.Grouped()
		c.warn(k.Indicator, area, f, "ratio-differs", "correct the value or the counts in a later return; the page shows the value as it was returned",
			"value %s is not %s, which is %s (%s)", as(k.Indicator, f.value.Decimal), of, worked(k.Indicator, exact, f.value.Decimal), c.name(k.Indicator, area, f))
	})
}

// isRatio reports whether a value is its numerator over its denominator, rounded
// to the decimals of the cell: then the two agree, whatever the measure's
// decimals, and no fraction need be made. Nearly every figure passes here; of
// one that does not (18.25 for 18.249 to one decimal) only the fraction tells.
func isRatio(f *figure, unit quantity.Unit) bool {
	q, err := quantity.Quotient(f.numerator.Decimal, f.denominator.Decimal, unit.Per(), f.value.Decimal.Scale())
	return err == nil && q.Equal(f.value.Decimal)
}

// calculations: a stated figure that is not what its calculation gives.
func (c *checker) calculations(k fetched) {
	if k.Calculation == "" {
		return
	}
	code := "stated-total-differs"
	if strings.HasPrefix(strings.ReplaceAll(k.Calculation, " ", ""), "rate(") {
		code = "rate-differs"
	}
	k.everywhere(func(area string, f *figure) {
		if !f.stated || !f.value.Has {
			return
		}
		exact, working, ok := c.view.Calculated(k.Ref, area, f.period)
		if !ok || quantity.Agree(f.value.Decimal, exact, k.Decimals) {
			return
		}
		if working != "" {
			working = "; " + working
		}
		c.warn(k.Indicator, area, f, code, "correct the figure or what it is worked out from in a later return; the page shows it as it was returned",
			"value %s is stated, and %s gives %s%s (%s)", as(k.Indicator, f.value.Decimal), k.Calculation, worked(k.Indicator, exact, f.value.Decimal), working, c.name(k.Indicator, area, f))
	})
}

// toDate: a stated year to date that is not what its months give, for the whole
// authority and for each area.
func (c *checker) toDate(k fetched) {
	for _, area := range k.areas {
		f, ok := c.view.StatedToDate(k.Ref, area)
		if !ok || !f.Stated || !f.Value.Has {
			continue
		}
		exact, counted, ok := score.ExactToDate(c.view, k.Indicator, area)
		if !ok || quantity.Agree(f.Value.Decimal, exact, k.Decimals) {
			continue
		}
		of := figureOf(&f)
		c.warn(k.Indicator, area, &of, "stated-total-differs", "correct the year to date or the periods in a later return; the page shows the year to date as it was returned",
			"year to date %s is stated, and %s %s (%s)", as(k.Indicator, f.Value.Decimal), counted, worked(k.Indicator, exact, f.Value.Decimal), c.name(k.Indicator, area, &of))
	}
}

// parts: parts of one dimension that do not make the whole. Where a part has no
// figure only a sum that is already too large is a contradiction.
func (c *checker) parts(whole fetched) {
	if !whole.Unit.Additive() {
		return
	}
	groups := map[string][]*dataset.Indicator{}
	var order []string
	for _, part := range c.view.Parts(whole.Ref) {
		if part.Dimension == "" || !part.Unit.Additive() {
			continue
		}
		if groups[part.Dimension] == nil {
			order = append(order, part.Dimension)
		}
		groups[part.Dimension] = append(groups[part.Dimension], part)
	}
	for _, dimension := range order {
		for i, area := range whole.areas {
			var parts []cursor
			for _, part := range groups[dimension] {
				parts = append(parts, c.figures(nil, part.Ref, area))
			}
			for j := range whole.figures[i] {
				if f := &whole.figures[i][j]; f.value.Has {
					c.partsOf(whole.Indicator, area, f, dimension, parts)
				}
			}
		}
	}
}

func (c *checker) partsOf(whole *dataset.Indicator, area string, f *figure, dimension string, parts []cursor) {
	t := total{places: whole.Decimals}
	missing := 0
	for i := range parts {
		of := parts[i].value(f.period)
		if !of.Has {
			missing++
			continue
		}
		t.add(of.Decimal)
	}
	if t.terms == 0 || t.agrees(f.value.Decimal) || missing > 0 && t.sum.Cmp(f.value.Decimal) < 0 {
		return
	}
	c.warn(whole, area, f, "parts-do-not-sum", "correct a part or the whole in a later return; the page shows each as it was returned",
		"the whole is %s and its parts by %s make %s (%s)", as(whole, f.value.Decimal), dimension, as(whole, t.sum), c.name(whole, area, f))
}

// total adds figures up as they were returned. Its precision is that of its
// coarsest term: 12.4 and 30 do not make a whole to the decimal.
type total struct {
	sum      quantity.Decimal
	places   int
	terms    int
	overflow bool
}

func (t *total) add(d quantity.Decimal) {
	sum, err := t.sum.Add(d)
	if err != nil {
		t.overflow = true
		return
	}
	t.sum, t.places, t.terms = sum, min(t.places, d.Scale()), t.terms+1
}

// agrees reports whether a whole is the total within rounding. What is too
// large to be added up exactly contradicts nothing.
func (t *total) agrees(whole quantity.Decimal) bool {
	return t.overflow || whole.Equal(t.sum) || quantity.Agree(whole, t.sum.Rat(), t.places)
}

// areas: areas that do not make the whole authority, where every area in which
// the measure is kept has a figure for the period.
func (c *checker) areas(k fetched) {
	if k.Unit != quantity.Count && k.Unit != quantity.Money || k.Basis != "in_month" && k.Basis != "as_at" {
		return
	}
	names := k.areas[1:]
	if len(names) < 2 {
		return
	}
	var areas []cursor
	for _, figures := range k.figures[1:] {
		areas = append(areas, figures)
	}
	for i := range k.figures[0] {
		f := &k.figures[0][i]
		if !f.value.Has {
			continue
		}
		t := total{places: k.Decimals}
		all := true
		for a := range areas {
			of := areas[a].value(f.period)
			if all = of.Has; !all {
				break
			}
			t.add(of.Decimal)
		}
		if !all || t.agrees(f.value.Decimal) {
			continue
		}
		var told []string
		for a, area := range names {
			told = append(told, c.view.AreaName(area)+" "+areas[a].value(f.period).Decimal.Grouped())
		}
		c.warn(k.Indicator, k.areas[0], f, "areas-do-not-sum", "correct an area or the whole in a later return; the page shows each as it was returned",
			"the whole is %s and its areas make %s: %s (%s)", as(k.Indicator, f.value.Decimal), as(k.Indicator, t.sum), strings.Join(told, ", "), c.name(k.Indicator, k.areas[0], f))
	}
}

// targets: a one-sided green that opens to the bad side.
func (c *checker) targets(ind *dataset.Indicator) {
	for t := range c.view.EachTarget(ind.Ref) {
		up, oneSided := t.Green.OneSided()
		if !oneSided || ind.Good == dataset.High && up || ind.Good == dataset.Low && !up || ind.Good == dataset.Info || ind.Good == dataset.Within {
			continue
		}
		c.problems.Warnf(t.Place, "target-polarity", "green is %s, and for indicator %s %s is good", t.Green, ind.Ref, ind.Good).Hint =
			"turn the sign of green, or correct good in indicators.csv"
	}
}

// staleMonths is how much older than the current figure a benchmark may be (contract,
// section 7).
const staleMonths = 24

func (c *checker) benchmarks(v *score.Verdict) {
	for _, k := range v.Compared {
		end := k.Benchmark.Period.Last()
		if age := int(v.Current.Period.Last() - end); age > staleMonths {
			c.problems.Warnf(k.Benchmark.Place, "stale-benchmark", "the newest %s of indicator %s ended in %s, %d months before %s", k.Comparator.ID, v.Indicator.Ref, end.Words(), age, v.Current.Period.Words()).Hint =
				"add the newer figure if one is published, or take the benchmark out from this month on"
		}
	}
}
