package proof

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/prose"
	"outturn/internal/quantity"
)

// Papers that members read together must not give one thing two values: the
// texts of one month, and what is before one meeting, which is its reports, the
// scorecards that they are about, and its minutes (contract, section 7:
// contradicts-itself). What the scorecards have is held against them elsewhere;
// here are the figures that they do not have, or that a sentence leaves too
// much in doubt to say which they are.

// typedDigits are those of a number, without its signs.
var typedDigits = prose.Pattern(`[0-9][0-9,]*(?:\.[0-9]+)?`)

// bundles names the sets of papers that a document is read with.
type bundles map[string][]string

func ofMonth(m *edition.Month) string     { return "month " + m.Scorecard.ID + " " + m.Month.String() }
func ofReport(r *edition.Report) string   { return "report " + r.Slug }
func ofMeeting(m *edition.Meeting) string { return "meeting " + m.Slug }

// bundlesOf lists for each paper what it is read with: the texts of a month with
// each other, and papers of a meeting.
func bundlesOf(e *edition.Edition) bundles {
	b := bundles{}
	add := func(paper, bundle string) {
		if !slices.Contains(b[paper], bundle) {
			b[paper] = append(b[paper], bundle)
		}
	}
	for _, card := range e.Scorecards {
		for _, m := range card.Months {
			add(ofMonth(m), ofMonth(m))
		}
	}
	for _, m := range e.Meetings {
		bundle := ofMeeting(m)
		add(bundle, bundle)
		for _, r := range e.Reports {
			if goesTo(r, m) {
				add(ofReport(r), bundle)
				for _, month := range monthsOf(e, r) {
					add(ofMonth(month), bundle)
				}
			}
		}
	}
	return b
}

// goesTo says whether a report is before a meeting, by the one or by the other.
func goesTo(r *edition.Report, m *edition.Meeting) bool {
	return slices.ContainsFunc(r.Meetings, func(n commentary.Named) bool { return n.Text == m.Slug }) ||
		slices.ContainsFunc(m.Items, func(i edition.Item) bool { return i.Report == r })
}

// monthsOf are the scorecards as at a report's month.
func monthsOf(e *edition.Edition, r *edition.Report) []*edition.Month {
	var list []*edition.Month
	for _, named := range cardsOf(r) {
		if card := e.Scorecard(named.Text); card != nil {
			if m := standing(card, r.Month); m != nil {
				list = append(list, m)
			}
		}
	}
	return list
}

// borrowed lists the texts of months that are before a meeting and that another
// part of the site holds. They are read to be held against its papers; what is
// wrong in them by themselves is told where they belong.
func borrowed(e *edition.Edition, sets bundles) []document {
	var list []document
	seen := map[string]bool{}
	for _, r := range e.Reports {
		for _, m := range monthsOf(e, r) {
			paper := ofMonth(m)
			if seen[paper] || len(sets[paper]) == 0 || slices.Contains(e.Scorecards, m.Scorecard) {
				continue
			}
			seen[paper] = true
			for _, doc := range monthTexts(m) {
				typed := func(p commentary.Passage) bool { return strings.ContainsAny(p.Text, "0123456789") }
				if slices.ContainsFunc(doc.passages, typed) {
					doc.bundles, doc.borrowed = append([]string{paper}, sets[paper]...), true
					list = append(list, doc)
				}
			}
		}
	}
	return list
}

// cardsOf are the scorecards that a report is about: those it names, and those
// that it has for appendices.
func cardsOf(r *edition.Report) []commentary.Named {
	list := slices.Clone(r.Scorecards)
	for _, a := range r.Appendices {
		if a.Scorecard.Text != "" && !slices.ContainsFunc(list, func(n commentary.Named) bool { return n.Text == a.Scorecard.Text }) {
			list = append(list, a.Scorecard)
		}
	}
	return list
}

// telling is a typed figure as one paper gives it, with what it is of.
type telling struct {
	p     *proof
	st    *statement
	i     int
	f     prose.Figure
	when  string
	terms []string
	noun  []string // what follows the figure
	m     *measure // that it is named beyond doubt; nil
}

// compare holds the figures of papers against each other: within each, within
// each month, then between those that go to one meeting.
func compare(proofs []*proof) {
	var order []string
	together := map[string][]telling{}
	for _, p := range proofs {
		own := p.tellings()
		disagree(own)
		for _, b := range p.doc.bundles {
			if together[b] == nil {
				order = append(order, b)
			}
			together[b] = append(together[b], own...)
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(isMeeting(a), isMeeting(b)) })
	for i, b := range order {
		if isMeeting(b) == 1 && (i == 0 || isMeeting(order[i-1]) == 0) {
			forget(proofs)
		}
		disagree(together[b])
	}
}

func isMeeting(bundle string) int {
	if strings.HasPrefix(bundle, "meeting ") {
		return 1
	}
	return 0
}

// forget drops what was found in borrowed texts by themselves.
func forget(proofs []*proof) {
	for _, p := range proofs {
		if p.doc.borrowed {
			p.found, p.points, p.bindings = nil, nil, nil
		}
	}
}

// tellings lists a document's figures that may be held against another's.
func (p *proof) tellings() []telling {
	var list []telling
	for _, st := range p.said {
		for i, f := range st.Figures {
			r := st.results[i]
			if f.Ref >= 0 || !isExact(f) || f.Unit == prose.Points || r.blamed || f.Role == prose.Change || f.Role == prose.Range ||
				f.Role == prose.Projection || st.passage.Kind == commentary.Heading {
				continue
			}
			if st.isParagraphNumber(f) {
				continue
			}
			if r.settled && len(r.facts) == 0 && len(st.Figures) > 1 {
				continue // it is worked out from the others of its sentence
			}
			if t, ok := p.telling(st, i); ok {
				list = append(list, t)
			}
		}
	}
	return list
}

func (p *proof) telling(st *statement, i int) (telling, bool) {
	t := telling{p: p, st: st, i: i, f: st.Figures[i]}
	w, sure := st.when(i)
	whens := append(slices.Clone(st.Whens), st.carried...)
	switch {
	case sure:
	case len(st.Whens) > 1 && len(st.Figures) > 1:
		return t, false
	case len(whens) > 0:
		w, sure = whens[0], true
	}
	month := p.l.month.Month
	t.when = period.OfMonth(month).String()
	switch {
	case !sure, w.Kind == prose.ThisMonth:
	case w.Kind == prose.PreviousOne:
		t.when = period.OfMonth(month.Add(-1)).String()
	case w.Kind == prose.Named:
		t.when = w.Period.String()
	default:
		t.when = fmt.Sprint(w.Kind, " ", w.Period, " ", month)
	}
	from, to := 0, len(st.Words)
	if len(st.Figures) > 1 {
		from, to = st.segment(i)
	}
	for _, x := range st.terms {
		if from <= x.word && x.word <= to {
			t.terms = append(t.terms, x.text)
		}
	}
	slices.Sort(t.terms)
	t.terms = slices.Compact(t.terms)
	for _, x := range st.following(i) {
		t.noun = append(t.noun, x.text)
	}
	slices.Sort(t.noun)
	t.noun = slices.Compact(t.noun)
	if about := st.about(i, cellClear); len(about) > 0 && about[0].cover >= paperCover &&
		!slices.ContainsFunc(about[1:], func(r ranked) bool { return r.score > about[0].score*cellClear }) {
		t.m = about[0].m
	}
	return t, true
}

// paperCover is how much of a measure's name a sentence must give for its figure
// to be held against another paper's. It came out best on the corpora.
const paperCover = 0.6

// disagree blames what is given two values: of two papers the later, unless the
// scorecard bears it out. A figure is held only against those that are like it:
// a table has thousands, which are of as many things.
func disagree(list []telling) {
	like := map[likeness][]int{}
	paper := 0 // where the figures of this one's paper begin
	for j := range list {
		if list[j].p != list[paper].p {
			paper = j
		}
		kept, asked := list[j].likenesses()
		var earlier [][]int
		for _, key := range asked {
			found := like[key]
			if key.p == nil && key.ind == nil { // only those of other papers are like it so
				n, _ := slices.BinarySearch(found, paper)
				found = found[:n]
			}
			earlier = append(earlier, found)
		}
		for i := next(earlier); i >= 0 && !list[j].result().blamed; i = next(earlier) {
			a, b := &list[i], &list[j]
			if a.p != b.p && len(b.result().facts) > 0 {
				a, b = b, a
			}
			if a.st == b.st || b.result().blamed || a.result().blamed || !a.ofSame(b) || agreeing(a.f, b.f) {
				continue
			}
			at, here := a.st.passage.Place(a.f.Start), b.st.passage.Place(b.f.Start)
			where := fmt.Sprintf("line %d", at.Line)
			if at.File != here.File {
				where = fmt.Sprintf("%s:%d", at.File, at.Line)
			}
			b.p.blameFigure(b.st, b.i, "contradicts-itself", "take one of the two out, or say where both are from",
				"%s is said here, and %s of the same thing in %s", b.f.Typed, a.f.Typed, where)
		}
		for _, key := range kept {
			like[key] = append(like[key], j)
		}
	}
}

// next takes the least number from the heads of sorted lists; -1 where all are
// empty.
func next(lists [][]int) int {
	least := -1
	for _, l := range lists {
		if len(l) > 0 && (least < 0 || l[0] < least) {
			least = l[0]
		}
	}
	for n, l := range lists {
		if len(l) > 0 && l[0] == least {
			lists[n] = l[1:]
		}
	}
	return least
}

func (a *telling) result() result { return a.st.results[a.i] }

// likeness is what two figures of one thing have alike at the least: what
// everything is asked for in ofSame, and with it the measure and the noun, or in
// one paper (p) all the words, or in two the noun and any one word.
type likeness struct {
	unit         prose.Unit
	per          int64
	role         prose.Role
	when, places string
	ind          *dataset.Indicator
	p            *proof
	words        string
}

// likenesses are those by which a figure is kept for later ones, and those by
// which it asks for earlier ones.
func (a *telling) likenesses() (kept, asked []likeness) {
	base := likeness{unit: a.f.Unit, per: a.f.Per, role: rolePart(a.f.Role), when: a.when}
	for _, m := range slices.Concat(a.st.areas, a.st.others) {
		base.places += m.id + " "
	}
	noun := strings.Join(a.noun, " ")
	if a.m != nil {
		key := base
		key.ind, key.words = a.m.ind, noun
		kept = append(kept, key)
		if r := a.result(); !r.settled || len(r.facts) > 0 { // else it is blamed of nothing that its measure is
			asked = append(asked, key)
		}
	}
	var likened []likeness
	if a.standsAlone() {
		key := base
		key.p, key.words = a.p, strings.Join(a.terms, " ")
		likened = append(likened, key)
	}
	if len(a.terms) >= a.fewest() {
		for _, term := range a.terms {
			key := base
			key.words = noun + ": " + term
			likened = append(likened, key)
		}
	}
	return append(kept, likened...), append(asked, likened...)
}

// ofSame says that two figures are of one thing at one time in one place. What
// it asks of both alike, likeness has.
func (a *telling) ofSame(b *telling) bool {
	sameName := func(x, y mention) bool { return x.id == y.id }
	if a.f.Unit != b.f.Unit || a.f.Per != b.f.Per || rolePart(a.f.Role) != rolePart(b.f.Role) || a.when != b.when ||
		!slices.EqualFunc(a.st.areas, b.st.areas, sameName) || !slices.EqualFunc(a.st.others, b.st.others, sameName) {
		return false
	}
	known, other := a.result().facts, b.result()
	if len(other.facts) > 0 {
		return false // both are figures of the scorecard
	}
	if a.m != nil && b.m != nil && (a.m.ind != b.m.ind || a.m.card != b.m.card) {
		return false
	}
	if a.m != nil && b.m != nil && !other.settled && slices.Equal(a.noun, b.noun) {
		return len(known) == 0 || slices.ContainsFunc(known, func(f *fact) bool { return f.m.ind == b.m.ind })
	}
	if len(known) > 0 && a.m != nil {
		return false // where no measure is named, a small number is some figure by chance
	}
	if a.p == b.p {
		return a.standsAlone() && b.standsAlone() && slices.Equal(a.terms, b.terms)
	}
	return a.sameWords(b)
}

// standsAlone says that a figure is the one of a sentence that has words enough
// to be told by: in one document another with the same words is of the same.
func (a *telling) standsAlone() bool {
	return len(a.st.Figures) == 1 && len(a.terms) >= 3 && a.st.passage.Kind != commentary.TableCell
}

// fewest is how many words two papers must have alike.
func (a *telling) fewest() int {
	if a.f.Unit == prose.Money {
		return 2
	}
	return 3
}

// sameWords says that two papers count one thing: what follows the number is the
// same, and of the other words the one has all that the other has. A word more
// beside the number ("evening events") makes it another thing.
func (a *telling) sameWords(b *telling) bool {
	few, many := a.terms, b.terms
	if len(few) > len(many) {
		few, many = many, few
	}
	return len(few) >= a.fewest() && len(few)*10 >= len(many)*6 && slices.Equal(a.noun, b.noun) &&
		!slices.ContainsFunc(few, func(t string) bool { return !slices.Contains(many, t) })
}

// rolePart keeps what there was and what should be apart from what there is.
func rolePart(r prose.Role) prose.Role {
	if r == prose.Now {
		return prose.Value
	}
	return r
}

// agreeing says that two numbers are one at the precision of the coarser: £4.2m
// and £4,212,000 too.
func agreeing(a, b prose.Figure) bool {
	difference, err := a.Value.Sub(b.Value)
	if err != nil {
		return true
	}
	half := halfUnit(a)
	if other := halfUnit(b); other.Cmp(half) > 0 {
		half = other
	}
	return difference.Abs().Cmp(half) <= 0
}

// halfUnit is half of one in the last place that was typed; nothing for a whole
// number, which is taken as exact.
func halfUnit(f prose.Figure) quantity.Decimal {
	digits := typedDigits.FindString(f.Typed)
	n, wrong := quantity.Parse(digits)
	if wrong != nil || n.Sign() == 0 || f.Spelled {
		return quantity.Int(0)
	}
	half := quantity.New(5, n.Scale()+1)
	if scaled, err := quantity.Quotient(f.Value, n.Decimal, 1, 0); err == nil && scaled.Cmp(quantity.Int(1)) > 0 {
		if product, err := half.Mul(scaled); err == nil {
			return product
		}
	}
	if n.Scale() == 0 {
		return quantity.Int(0)
	}
	return half
}
