package proof

import (
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// months are a measure's monthly figures for the whole authority from one month
// to another, oldest first.
func (m *measure) months(from, to period.Month) []dataset.Figure {
	var list []dataset.Figure
	for _, f := range m.view.Series(m.ind.Ref, m.view.Whole()) {
		if f.Period.Kind() == period.KindMonth && f.Period.Last() >= from && f.Period.Last() <= to && f.Value.Has {
			list = append(list, f)
		}
	}
	return list
}

// from is the first month of the span of which a sentence speaks: since
// October, the year to date, the last three months; 0 for none.
func (st *statement) from() (period.Month, string) {
	month := st.l.month.Month
	for _, w := range st.Whens {
		switch w.Kind {
		case prose.Since:
			return w.Period.First(), "since " + w.Period.Words()
		case prose.ToDate:
			return period.NewMonth(month.FinancialYear(), 4), "since April"
		case prose.Recent:
			return month.Add(-2), "over three months"
		case prose.RollingMonth:
			return month.Add(-11), "over twelve months"
		}
	}
	return 0, ""
}

// average checks "an average of 44 a month".
func (p *proof) average(st *statement, i int) {
	c := st.claim(i, 0.6)
	f := c.f
	if f.Ref >= 0 {
		return
	}
	for _, m := range st.others { // the national average of 24.0%
		if m.last < f.First && f.First-m.last <= 6 || m.first > f.Last && m.first-f.Last <= 3 {
			p.value(st, i)
			return
		}
	}
	month := p.l.month.Month
	year := period.NewMonth(month.FinancialYear(), 4)
	spans := []period.Month{}
	if from, _ := st.from(); from != 0 {
		spans = append(spans, from)
	} else {
		spans = append(spans, year, month.Add(-2), month.Add(-11))
	}
	if m := st.carriedOn(); m != nil && m.fitsUnit(f) { // it names nothing: what the one before was about
		c.rivals = []ranked{{m, leansOnTopic, 1}}
	}
	if p.spanAverage(st, i, c) {
		return
	}
	// A total of the sentence, parted by its months.
	for k, g := range st.Figures {
		if k == i || g.Unit != f.Unit || g.Ref >= 0 || g.Role == prose.Average {
			continue
		}
		for _, from := range spans {
			if mean, err := quantity.Quotient(g.Value, quantity.Int(int64(month-from)+1), 1, f.Value.Scale()); err == nil && meantAverage(f, mean) {
				st.settle(i)
				return
			}
		}
	}
	if fit := c.fitting(); len(fit) > 0 && isExact(f) && !(fit[0].kind == valueFact && fit[0].m.ind.Basis == "in_month" && fit[0].m.ind.Unit == quantity.Count) {
		st.settle(i, fit...)
		return
	}
	var nearest string
	for n, r := range c.rivals {
		all := append(spans, year, month.Add(-2), month.Add(-5), month.Add(-11))
		if from, _ := st.from(); from != 0 && r.m.ind.Frequency == dataset.Monthly {
			all = spans
		}
		for _, from := range all {
			mean, ok := r.m.mean(from, month, f.Value.Scale())
			if !ok {
				continue
			}
			if meantAverage(f, mean) {
				st.settle(i)
				return
			}
			if n == 0 && nearest == "" && from == spans[0] {
				nearest = mean.Grouped()
			}
		}
		for _, g := range r.m.facts() { // the year's figure in twelve parts
			if g.period.Months() == 12 && g.kind == valueFact {
				if mean, err := quantity.Quotient(g.value, quantity.Int(12), 1, f.Value.Scale()); err == nil && meantAverage(f, mean) {
					st.settle(i)
					return
				}
			}
			if g.kind == toDateFact && g.area == p.l.whole {
				if mean, err := quantity.Quotient(g.value, quantity.Int(int64(g.period.Months())), 1, f.Value.Scale()); err == nil && g.period.Months() > 0 && meantAverage(f, mean) {
					st.settle(i)
					return
				}
				if n == 0 && nearest == "" {
					if mean, err := quantity.Quotient(g.value, quantity.Int(int64(max(1, g.period.Months()))), 1, f.Value.Scale()); err == nil {
						nearest = mean.Grouped()
					}
				}
			}
		}
	}
	if len(c.rivals) == 0 || nearest == "" || !(c.rivals[0].cover >= 0.4 || c.rivals[0].m.sharesFigure(st) || st.onTopic(c.rivals[0].m)) {
		return
	}
	_, words := st.from()
	if words == "" && !c.rivals[0].m.sharesFigure(st) && !st.onTopic(c.rivals[0].m) && !perMonth.MatchString(strings.ToLower(st.Text)) {
		return
	}
	p.blameFigure(st, i, "contradicts-data", "write "+nearest, "the average of %s %s is %s, not %s", c.rivals[0].m.ref(), words, nearest, hedged(f))
}

var perMonth = prose.Pattern(`\b(?:each|every|a|per) month\b|\bmonthly\b`)

func meantAverage(f prose.Figure, mean quantity.Decimal) bool {
	return meant(f, mean) || f.Value.Equal(mean)
}

// mean is the plain average of the months of a span, all of which must be there.
func (m *measure) mean(from, to period.Month, places int) (quantity.Decimal, bool) {
	list := m.months(from, to)
	if len(list) == 0 || len(list) != int(to-from)+1 {
		return quantity.Decimal{}, false
	}
	sum := quantity.Int(0)
	for _, f := range list {
		sum, _ = sum.Add(m.ind.Publish(f.Value.Decimal))
	}
	mean, err := quantity.Quotient(sum, quantity.Int(int64(len(list))), 1, places)
	return mean, err == nil
}

// projection checks "at this rate 5,780 by the end of the year": the year to
// date in twelve parts of so many.
func (p *proof) projection(st *statement, i int) {
	c := st.claim(i, 0.6)
	f := c.f
	if len(c.rivals) == 0 || f.Ref >= 0 {
		return
	}
	if fit := c.fitting(); len(fit) > 0 {
		st.settle(i, fit...)
		return
	}
	for n, r := range c.rivals {
		v := r.m.verdict
		if !v.ToDate.Has || r.m.ind.YTD != "sum" {
			continue
		}
		months := int64(p.l.month.Month.OfFinancialYear())
		straight, err := quantity.Quotient(v.ToDate.Value, quantity.Int(months), 12, 0)
		if err != nil {
			continue
		}
		loose := f
		if loose.Hedge == prose.Exact {
			loose.Hedge = prose.About // a projection is round
		}
		if meant(f, straight) || nearTo(f.Value, straight, 2, 0, false) {
			st.settle(i)
			return
		}
		if n == 0 && r.cover >= 0.4 && !meant(loose, straight) {
			p.blameFigure(st, i, "contradicts-data", "write "+straight.Grouped(), "%s over %d months make %s for the year, not %s", v.ToDate.Value.Grouped(), months, straight.Grouped(), f.Typed)
			return
		}
	}
}

// span checks a range: "some 1,300 to 1,600 contacts a month since October".
func (p *proof) span(st *statement, i int) {
	low := st.Figures[i]
	if low.High < 0 || st.results[low.High].settled {
		return
	}
	high := st.Figures[low.High]
	c := st.claim(i, 0.6)
	defer st.settle(low.High)
	defer func() { st.results[i].settled = true }()
	if len(c.rivals) == 0 {
		return
	}
	for n, r := range c.rivals {
		var values []quantity.Decimal
		if from, _ := st.from(); from != 0 {
			for _, f := range r.m.months(from, p.l.month.Month) {
				values = append(values, r.m.ind.Publish(f.Value.Decimal))
			}
		}
		if len(values) == 0 {
			for _, f := range r.m.facts() {
				if c.admits(f) && f.kind == valueFact {
					values = append(values, f.value)
				}
			}
		}
		outside := slices.IndexFunc(values, func(v quantity.Decimal) bool {
			return !(v.Cmp(low.Value) >= 0 && v.Cmp(high.Value) <= 0 || roundsTo(v, low) || roundsTo(v, high))
		})
		if outside < 0 && len(values) > 0 {
			return
		}
		if n == 0 && outside >= 0 && c.confidence() == good {
			p.blameFigure(st, i, "contradicts-data", "{{ "+r.m.ref()+" }} prints "+r.m.ind.Format(r.m.verdict.Current.Published),
				"%s to %s is said of %s, which has %s", low.Typed, high.Typed, r.m.ref(), r.m.ind.Format(values[outside]))
			return
		}
	}
}

// roundsTo says that a value is an end of a range, rounded as the end is.
func roundsTo(v quantity.Decimal, end prose.Figure) bool {
	if end.Value.Scale() > 0 {
		return v.Round(end.Value.Scale()).Equal(end.Value)
	}
	unit := int64(1)
	for c := end.Value.Coef(); c != 0 && c%10 == 0 && unit < 1000; c /= 10 {
		unit *= 10
	}
	q, err := quantity.Quotient(v, quantity.Int(unit), 1, 0)
	if err != nil {
		return false
	}
	back, err := q.Mul(quantity.Int(unit))
	return err == nil && back.Equal(end.Value)
}

var everyTime = prose.Pattern(`\b(?:every|each) (?:month|quarter)|\b(?:all year|throughout|consistently|always|remained|remain|stayed|have been|has been|continuously|never|not once|at no time|at no point|in no month|in any month)\b|\bsince\b`)

// upTo stands before the month up to which something held.
var upTo = prose.Pattern(`\b(?:until|up to|before|prior to) (?:the end of )?$`)

// over is the span of months of which a sentence says that something held, and
// its words; "" for none.
func (st *statement) over() (from, to period.Month, words string) {
	month := st.l.month.Month
	april := period.NewMonth(month.FinancialYear(), 4)
	for _, w := range st.Whens {
		if w.Kind != prose.Named || w.Period.Last() > month {
			continue
		}
		before := st.phrase(max(0, w.First-5), w.First)
		switch {
		case w.Period.Months() > 1 && w.Period.Kind() != period.Year:
			return w.Period.First(), w.Period.Last(), "in " + w.Period.Words()
		case upTo.MatchString(before):
			return 0, w.Period.First().Add(-1), "before " + w.Period.Words()
		case strings.HasSuffix(before, "month to ") || strings.HasSuffix(before, "months to "):
			return april, w.Period.Last(), "in April to " + w.Period.Words()
		}
	}
	from, words = st.from()
	if b := st.before; words == "" && len(st.Whens) == 0 && b != nil && st.leans && sinceIt.MatchString(strings.ToLower(st.Text)) {
		for _, w := range b.Whens { // in April it was 30.7%; it has fallen every month since
			if w.Kind == prose.Named && w.Period.Months() == 1 && w.Period.Last() < month {
				from, words = w.Period.Last(), "since "+w.Period.Words()
			}
		}
	}
	return from, month, words
}

// sinceIt ends a sentence with the time since the one before it.
var sinceIt = prose.Pattern(`\bsince(?: then)? ?[.;,]?$`)

// throughout checks a bound that is said of many months: "have stayed above 90%
// in every month of the year".
func (p *proof) throughout(c *claim) bool {
	f := c.f
	if f.Hedge < prose.Above || f.Fraction || !everyTime.MatchString(strings.ToLower(c.st.Text)) {
		return false
	}
	if (f.Hedge == prose.Above || f.Hedge == prose.Below) && noMonth.MatchString(strings.ToLower(c.st.Text)) {
		c.st.settle(c.i) // below in no month: everies holds it
		return true
	}
	from, to, words := c.st.over()
	if words == "" || c.confidence() < fair {
		return false
	}
	var m *measure // the one best named, and its newest month beyond the bound
	var beyond dataset.Figure
	for _, r := range c.rivals {
		if r.score < c.rivals[0].score*0.9 {
			break
		}
		held := false
		var wrong []dataset.Figure
		for _, figure := range r.m.months(from, to) {
			if held = true; !meant(f, r.m.ind.Publish(figure.Value.Decimal)) {
				wrong = append(wrong, figure)
			}
		}
		if held && len(wrong) == 0 {
			c.st.settle(c.i)
			return true
		}
		if m == nil && held {
			m, beyond = r.m, wrong[len(wrong)-1]
		}
	}
	if m == nil {
		return false
	}
	v := m.ind.Format(beyond.Value.Decimal)
	p.blameFigure(c.st, c.i, "contradicts-data", "{{ "+m.ref()+" @"+beyond.Period.String()+" }} prints "+v,
		"%s is said of %s %s, and %s had %s", hedged(f), m.ref(), words, beyond.Period.Words(), v)
	return true
}

// people are those whose small numbers could tell who they are.
var people = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`child children baby babies infant infants boy boys girl girls sibling siblings pupil pupils student students teenager teenagers
		adolescent adolescents person people youth youths family families parent parents mother mothers father fathers adopter adopters
		leaver leavers offender offenders victim victims patient patients resident residents lac cin looked`) {
		m[w] = true
	}
	return m
}()

// qualifiers may stand between a number and the people that it counts.
var qualifiers = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`of the these those our more other young younger older looked after care vulnerable disabled further new first-time remaining such primary secondary
		school local unaccompanied asylum seeking female male rotherham individual different separate additional known in need subject adopted`) {
		m[w] = true
	}
	return m
}()

// general are words that make "one child" any child.
var general = prose.Pattern(`\b(?:can|may|might|could|would|should|or more|at a time|each|every|any|if|for every|per|too many|than one|where one|when one)\b`)

// smallNumbers finds a typed count of people from 1 to 5, whoever they are:
// with what else a report tells they could be known (contract, section 7).
func (p *proof) smallNumbers(st *statement) {
	if st.passage.Kind == commentary.Heading {
		return
	}
	for _, f := range st.Figures {
		if f.Ref >= 0 || f.Unit != prose.Plain || f.Fraction || f.Value.Scale() > 0 || f.Role == prose.Target || f.Role == prose.Average {
			continue
		}
		if f.Value.Cmp(quantity.Int(1)) < 0 || f.Value.Cmp(quantity.Int(5)) > 0 || f.Hedge != prose.Exact {
			continue
		}
		noun := ""
		for k := f.Last + 1; k < len(st.Words) && k <= f.Last+5; k++ {
			w := st.Words[k].Lower
			if people[w] && !(w == "looked" && !(k+1 < len(st.Words) && st.Words[k+1].Lower == "after")) {
				if next := k + 1; next < len(st.Words) && (w == "children" || w == "family" || w == "child") && notPeople[st.Words[next].Lower] {
					break // children's centres, family workers
				}
				noun = w
				break
			}
			if !qualifiers[w] {
				break
			}
		}
		if noun == "" {
			continue
		}
		if f.Spelled && f.Value.Equal(quantity.Int(1)) && (strings.Contains(st.Text, "One ") && strings.Contains(strings.ToLower(st.Text), "one "+noun+"'s") || general.MatchString(strings.ToLower(st.Text))) {
			continue
		}
		p.blame(st, f.Start, f.End, "small-number-in-prose", "say it in words that name no number, such as a few, or fewer than six; or bind it, so that disclosure control sees it",
			"%s %s: a count of people from 1 to 5 is typed", f.Typed, noun)
	}
}

var notPeople = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("centre centres home homes team teams service services worker workers hub hubs protection social support group groups board") {
		m[w] = true
	}
	return m
}()
