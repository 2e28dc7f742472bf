package proof

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/period"
	"outturn/internal/prose"
)

// A table that is typed says more plainly than a sentence what each number is:
// its row and its column name the measure, the period, the area, a comparator,
// the target. So a cell is looked up exactly. Which measure a line of cells is
// of is decided by its words and by its other cells: the one that most of them
// are right of.

// cell is a number alone in its cell, with what its heads say of it.
type cell struct {
	st       *statement
	f        prose.Figure
	when     prose.When
	hasWhen  bool
	area     string // the whole where none is named
	other    string // a comparator
	unclear  bool   // its heads name two periods, two areas or two comparators
	rivals   []ranked
	byRef    bool // its row begins with the number of a measure
	right    map[*measure][]*fact
	bound    *measure // of a reference
	row, col int
	down     bool    // the table's rows name the measures, not its columns
	line     []*cell // its row, or its column: what is of the same measure
	weighed  bool
	of       *measure // what meant has found
	found    *measure // what the figures of its line are of
	kind     factKind // and of which kind
}

// table reads one table. around are the words of the heading and the paragraph
// above it, for tables whose heads do not say what they count.
func (p *proof) table(passages []commentary.Passage, around []term) {
	var statements []*statement
	var cells []*cell
	var ratings []*ratingSaid
	var directions []*directionSaid
	var goods []*goodSaid
	for i := range passages {
		around = append(around, termsOf(prose.Words(passages[i].ColumnHead))...)
	}
	for i := range passages {
		passage := &passages[i]
		if word := ratingOf(passage); word != "" {
			ratings = append(ratings, &ratingSaid{passage, word})
			continue
		}
		if sense, ok := directionOf(passage); ok {
			directions = append(directions, &directionSaid{passage, sense})
			continue
		}
		if good, ok := goodOf(passage); ok {
			goods = append(goods, &goodSaid{passage, good})
			continue
		}
		if !worthReading(*passage) && passage.Text != string(commentary.RefRune) || passage.IsNumber() {
			continue
		}
		for _, s := range prose.Read(passage.Text, p.l.month.Month) {
			readHeads(&s, passage)
			st := newStatement(p.l, p.doc.section, s, passage, nil, nil)
			statements = append(statements, st)
			if c := newCell(st, around, p.titled); c != nil {
				cells = append(cells, c)
			}
		}
	}
	down := measuresDown(p.l, cells)
	lines := map[int][]*cell{}
	for _, c := range cells {
		c.down = down
		lines[c.number()] = append(lines[c.number()], c)
		c.look()
	}
	crossing := map[int][]*cell{}
	for _, c := range cells {
		crossing[c.row+c.col-c.number()] = append(crossing[c.row+c.col-c.number()], c)
	}
	p.l.byFigures(lines)
	p.l.byFigures(crossing)
	for _, c := range cells {
		c.line = lines[c.number()]
	}
	for _, c := range cells {
		if m := c.found; m != nil && c.right[m] == nil {
			for _, f := range c.admitted(m) {
				if f.says(c.f.Value) {
					c.right[m] = append(c.right[m], f)
				}
			}
		}
		p.cell(c, cells)
		if r := &c.st.results[0]; c.f.Ref < 0 && c.f.Role == prose.Value {
			r.settled = true // where its line leaves it in doubt, its few words do too
		}
	}
	for _, r := range ratings {
		p.ratingCell(r, cells)
	}
	for _, d := range directions {
		p.directionCell(d, cells)
	}
	for _, g := range goods {
		p.goodCell(g, cells)
	}
	rows := map[int][]*cell{}
	for _, c := range cells {
		rows[c.row] = append(rows[c.row], c)
	}
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		p.slipped(rows[row])
	}
	for _, st := range statements {
		p.statement(st)
		p.said = append(p.said, st)
	}
}

// measuresDown says whether the rows of a table name what it counts, or its
// columns: whose heads are nearer to the names of measures, one with another.
func measuresDown(l *ledger, cells []*cell) bool {
	near := func(heads map[string]bool) float64 {
		all := 0.0
		for text := range heads {
			s := &statement{Sentence: prose.Sentence{Words: prose.Words(text)}}
			most := 0.0
			terms := withoutNames(termsOf(s.Words), s.find(l.areas))
			for _, m := range l.measures {
				hits := 0.0
				for _, t := range terms {
					hits += m.profile.terms[t.text]
				}
				most = max(most, hits)
			}
			all += most
		}
		return all / max(1, float64(len(heads)))
	}
	rows, columns := map[string]bool{}, map[string]bool{}
	for _, c := range cells {
		rows[c.st.passage.RowHead], columns[c.st.passage.ColumnHead] = true, true
	}
	return near(rows) >= near(columns)
}

var (
	shortMonth     = prose.Pattern(`(?i)\b(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)[ '’-]+([0-9]{2})\b`)
	shortYear      = prose.Pattern(`(^|[^0-9/])(0[0-9]|1[0-9]|2[0-9])/([0-9]{2})\b`)
	yearSoFar      = prose.Pattern(`(?i)[0-9]{4}/[0-9]{2},? (?:\(?to|up to|at|as at|-|–) (?:the end of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|date)`)
	perHead        = prose.Pattern(`(?i)\bper (100|1,?000|10,?000|100,?000)\b`)
	monthsTogether = prose.Pattern(`(?i)^(?:(?:the |last |all )?(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]+) (?:months|quarters)|(?:half[ -])?year|(?:grand )?total|(?:sub-?)total|all)$`)
	monthHead      = prose.Pattern(`(?i)^(?:in |the )?month$|^(?:latest|current|actual|now)$`)
	lastHead       = prose.Pattern(`(?i)^(?:previous|previously|last|prior|before|previous figure)$`)
)

// head reads a head; Jan 17 and 16/17 are written out first.
func head(text string, l *ledger) []prose.When {
	text = shortMonth.ReplaceAllString(text, "$1 20$2")
	text = shortYear.ReplaceAllString(text, "${1}20$2/$3")
	var list []prose.When
	for _, s := range prose.Read(text, l.month.Month) {
		list = append(list, s.Whens...)
	}
	if len(list) > 0 && yearSoFar.MatchString(text) { // 2016/17 to January
		if w := list[len(list)-1]; w.Kind != prose.Named || w.Period.Last() == l.month.Month {
			return []prose.When{{Kind: prose.ToDate}}
		}
	}
	switch text = strings.TrimSpace(text); {
	case len(list) > 0:
	case monthHead.MatchString(text):
		list = append(list, prose.When{Kind: prose.ThisMonth})
	case lastHead.MatchString(text):
		list = append(list, prose.When{Kind: prose.PreviousOne})
	}
	return list
}

func newCell(st *statement, around []term, titled []prose.When) *cell {
	if len(st.Figures) != 1 || len(st.Words) > st.Figures[0].Last-st.Figures[0].First+3 || st.passage.Column == 0 {
		return nil
	}
	c := &cell{st: st, f: st.Figures[0], row: st.passage.Row, col: st.passage.Column, area: st.l.whole, right: map[*measure][]*fact{}}
	if c.f.Ref >= 0 {
		if ref := st.passage.Refs[c.f.Ref]; !ref.Figure && len(ref.Words) > 0 {
			for _, m := range st.l.measures {
				if m.ref() == ref.Words[0].Text {
					c.bound = m
				}
			}
		}
		return c
	}
	if !isExact(c.f) {
		return nil
	}
	whens := head(st.passage.ColumnHead, st.l)
	if len(whens) == 0 {
		whens = head(st.passage.RowHead, st.l)
	}
	if len(whens) == 0 && len(titled) == 1 && (titled[0].Kind == prose.ToDate || titled[0].Kind == prose.Named) {
		whens = titled // the heading says of which time the table is
	}
	for _, w := range whens {
		if w.Kind == prose.Named {
			st.l.window(w.Period)
		}
		if w.Kind == prose.Named && w.Period == period.OfFinancialYear(st.l.month.Month.FinancialYear()) {
			w.Kind = prose.ToDate // the year that is not over
		}
		if !c.hasWhen || w.Kind == prose.ToDate { // 2016/17 to date
			c.unclear = c.unclear || c.hasWhen && w.Kind != prose.ToDate
			c.when, c.hasWhen = w, true
		} else if c.when.Kind != prose.ToDate {
			c.unclear = true
		}
	}
	if len(st.areas) > 0 {
		c.area = st.areas[0].id
	}
	if len(st.others) > 0 {
		c.other = st.others[0].id
	}
	differ := func(list []mention) bool {
		return slices.ContainsFunc(list, func(m mention) bool { return m.id != list[0].id })
	}
	c.unclear = c.unclear || differ(st.areas) || differ(st.others) ||
		len(whens) == 0 && (monthsTogether.MatchString(st.passage.ColumnHead) || monthsTogether.MatchString(st.passage.RowHead))
	if m := perHead.FindStringSubmatch(st.passage.ColumnHead + " " + st.passage.RowHead); m != nil && c.f.Unit == prose.Plain {
		c.f.Unit = prose.PerPeople
		c.f.Per, _ = strconv.ParseInt(strings.ReplaceAll(m[1], ",", ""), 10, 64)
	}
	c.rank(around)
	return c
}

// rank finds the measures that the heads may name.
func (c *cell) rank(around []term) {
	if m := c.st.numbered(); m != nil {
		c.rivals, c.byRef = []ranked{{m, 1, 1}}, true
		of := &statement{Sentence: prose.Sentence{Words: prose.Words(c.st.passage.ColumnHead)}}
		if len(of.find(c.st.l.others)) == 0 {
			c.other = "" // 6.15 Visits (national): a word of its name
		}
		return
	}
	list := c.named()
	if (len(list) == 0 || list[0].cover < 0.3) && len(around) > 0 {
		c.st.around, c.st.ranking = around, map[int][]ranked{}
		list = c.named()
	}
	for _, r := range list {
		if r.score < list[0].score*0.55 {
			break
		}
		c.rivals = append(c.rivals, r)
	}
}

// denial are words that make two measures of one: "no continuing risk".
var denial = prose.Pattern(`(?i)\b(?:no|not|without|non|never)\b`)

// denied is what a name is worth that denies what the heads do not, or the other
// way round.
const denied = 0.7

// named ranks the measures that could have such a figure.
func (c *cell) named() []ranked {
	var list []ranked
	heads := denial.MatchString(c.st.passage.RowHead + " " + c.st.passage.ColumnHead)
	for _, r := range c.st.rank(0) {
		if !r.m.fitsUnit(c.f) && !(c.f.Unit == prose.Plain && r.m.percentage()) {
			continue
		}
		if denial.MatchString(r.m.ind.Name) != heads {
			r.score *= denied
		}
		list = append(list, r)
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	return list
}

// numbered is the measure whose number stands at the head of the row: "3.2",
// "3.2 Assessments in time". Of two scorecards the words decide.
func (st *statement) numbered() *measure {
	first, _, _ := strings.Cut(strings.TrimSpace(st.passage.RowHead), " ")
	first = strings.Trim(first, ".:)(")
	var found []*measure
	for _, m := range st.l.measures {
		if m.near && (m.ind.Ref == first || m.ref() == first) {
			found = append(found, m)
		}
	}
	switch {
	case len(found) == 0 || !strings.ContainsAny(first, "0123456789"):
		return nil
	case len(found) == 1:
		if !strings.Contains(first, ".") {
			return nil // "12 months" is no measure
		}
		return found[0]
	}
	list := st.rank(0)
	slices.SortStableFunc(found, func(a, b *measure) int {
		x, y := rankOf(list, a), rankOf(list, b)
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	if a, b := rankOf(list, found[0]), rankOf(list, found[1]); a == 0 || b > a*0.8 {
		return nil
	}
	return found[0]
}

// admitted lists the facts of a measure that the heads let the cell be.
func (c *cell) admitted(m *measure) []*fact {
	var list []*fact
	month := c.st.l.month.Month
	area := c.area
	if m.namesArea(area) {
		area = c.st.l.whole // CIN North is a measure by itself
	}
	for _, f := range m.facts() {
		if !f.takes(c.f) && !(c.f.Unit == prose.Plain && m.percentage() && f.kind != numeratorFact && f.kind != denominatorFact) {
			continue
		}
		ok := f.area == area
		switch {
		case c.f.Role == prose.Target:
			ok = f.kind == targetFact || f.kind == edgeFact
		case f.kind == targetFact || f.kind == edgeFact:
			ok = false
		case c.other != "":
			ok = f.kind == benchmarkFact && f.comparator == c.other && (!c.hasWhen && f.current() || c.hasWhen && f.named(c.when, month) || f.current())
		case f.kind == benchmarkFact:
			ok = false
		case c.hasWhen:
			ok = ok && f.named(c.when, month)
		case f.kind == toDateFact:
			ok = ok && f.current() && m.verdict.RAG.On == "ytd"
		default:
			ok = ok && f.current()
		}
		if ok {
			list = append(list, f)
		}
	}
	return list
}

// namesArea says that the name of an area is part of a measure's own, which has
// no figures by area.
func (m *measure) namesArea(area string) bool {
	return area != m.l.whole && len(m.view.Areas(m.ind.Ref)) == 0 && strings.Contains(" "+strings.ToLower(m.ind.Name)+" ", " "+strings.ToLower(m.view.AreaName(area))+" ")
}

// look notes of which measures the cell is right.
func (c *cell) look() {
	if c.unclear || c.bound != nil || c.f.Ref >= 0 || c.f.Role != prose.Value && c.f.Role != prose.Target {
		return
	}
	for _, r := range c.rivals {
		for _, f := range c.admitted(r.m) {
			if f.says(c.f.Value) {
				c.right[r.m] = append(c.right[r.m], f)
			}
		}
	}
}

// ratingSaid is a cell that gives a rating in one word.
type ratingSaid struct {
	passage *commentary.Passage
	word    string
}

var ratingHead = prose.Pattern(`(?i)\b(?:rag|rating|rated|status|traffic light)\b`)

func ratingOf(passage *commentary.Passage) string {
	word := strings.ToLower(strings.TrimSpace(passage.Text))
	if (word == "red" || word == "amber" || word == "green") && ratingHead.MatchString(passage.ColumnHead) {
		return word
	}
	return ""
}

// ratingCell holds a rating against that of the measure which the row's figures
// are of. A column of another month's ratings is passed over.
func (p *proof) ratingCell(r *ratingSaid, cells []*cell) {
	for _, w := range head(r.passage.ColumnHead+" "+r.passage.RowHead, p.l) {
		if w.Kind != prose.ThisMonth && !(w.Kind == prose.Named && w.Period.Last() == p.l.month.Month) {
			return
		}
	}
	m := mostRight(slices.DeleteFunc(slices.Clone(cells), func(c *cell) bool {
		return !c.down || c.row != r.passage.Row || len(c.st.areas) > 0
	}))
	if m == nil {
		return
	}
	v := m.verdict
	if have := string(v.RAG.Rating); have != r.word && have != "none" && have != "" {
		p.found = append(p.found, flaw{r.passage, 0, len(r.passage.Text), "contradicts-data",
			fmt.Sprintf("%s is said of %s, which is rated %s", r.word, m.ref(), have), "{{ " + m.ref() + " rag }} prints the rating"})
	}
}

// mostRight is the measure of which most cells of a line are right; nil where two
// are as good.
func mostRight(line []*cell) *measure {
	var best *measure
	most := 0
	count := map[*measure]int{}
	for _, c := range line {
		if c.bound != nil {
			count[c.bound]++
		}
		for _, r := range c.rivals {
			if len(c.right[r.m]) > 0 && r.score >= c.rivals[0].score*cellAmong {
				count[r.m]++
			}
		}
	}
	for m, n := range count {
		switch {
		case n > most:
			best, most = m, n
		case n == most:
			best = nil
		}
	}
	return best
}
