// Package proof reads the texts of a site as a proofreader would who has the
// figures at hand: what a sentence claims is held against the data it can be
// about, and bound to them where there is one reading.
package proof

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/prose"
)

// Reader reads the texts of one edition of a site after the other, or of several at
// once. A zero Reader is ready.
type Reader struct {
	// latest is how the measures were named last, since the scorecards of a nation have
	// the same. It is only read.
	latest atomic.Pointer[naming]
}

// Texts adds the findings on what is written in each month's texts, in committee
// reports and in what meetings say and resolve (contract, section 7). A number
// that is typed is looked up among the figures that its sentence can be about, by
// the measures, periods, areas and comparators that it names, the page's own
// section first. What is true is passed over, and so is what cannot be told: a
// finding needs a measure that the sentence names and a figure of it that is
// another. What needs no figures is looked at last: tables that do not add up,
// paragraphs that stand twice.
//
// All are warnings: the page says what its author wrote.
func (r *Reader) Texts(e *edition.Edition, problems *diag.List) {
	r.figures(e, problems)
	alone(e, problems)
}

// figures adds the findings on typed numbers.
func (r *Reader) figures(e *edition.Edition, problems *diag.List) {
	for _, p := range r.proofs(e) {
		p.tell(problems)
	}
}

// proofs reads every document of an edition.
func (r *Reader) proofs(e *edition.Edition) []*proof {
	var list []*proof
	known := newGlossary(r)
	ledgers := map[string]*ledger{} // made once a month, however many texts it has
	for _, doc := range documents(e) {
		if !slices.ContainsFunc(doc.passages, worthReading) {
			continue
		}
		key := fmt.Sprint(doc.month.Scorecard.ID, " ", doc.month.Month, " ", doc.cards, doc.also, doc.named)
		if ledgers[key] == nil {
			ledgers[key] = newLedger(e, doc, known)
		}
		p := &proof{e: e, l: ledgers[key], doc: doc}
		p.read()
		list = append(list, p)
	}
	compare(list)
	return list
}

// document is one text with what its figures are read by.
type document struct {
	month    *edition.Month
	cards    []string // of a report, all that it is about
	also     []string // other scorecards that its references name
	named    bool     // its references must name their scorecard
	section  string   // "" for a month's cover and for a report
	passages []commentary.Passage
	bundles  []string // the sets of papers that it is read with
	borrowed bool     // it belongs to another part of the site
}

// documents lists the texts of every month that is shown, its summary and its
// sections' analyses, the committee reports, and what meetings say and resolve;
// each with what its front matter says.
func documents(e *edition.Edition) []document {
	var list []document
	add := func(doc document, front []commentary.Passage, texts ...commentary.Text) {
		if doc.month != nil {
			list = append(list, doc.with(front, texts...))
		}
	}
	sets := bundlesOf(e)
	for _, card := range e.Scorecards {
		for _, m := range card.Months {
			for _, doc := range monthTexts(m) {
				doc.bundles = sets[ofMonth(m)]
				list = append(list, doc)
			}
		}
	}
	list = append(list, borrowed(e, sets)...)
	for _, r := range e.Reports {
		doc := paperOf(e, cardsOf(r), r.Card, r.Month)
		doc.bundles = sets[ofReport(r)]
		add(doc, r.Text.FrontMatter(reportSays...), append(append([]commentary.Text{r.Summary}, r.Recommendations...), r.Text)...)
	}
	for _, m := range e.Meetings {
		texts := append(slices.Clone(m.WorkingWell), m.Worried...)
		for _, r := range m.Resolutions {
			texts = append(texts, r.Text)
		}
		var about []commentary.Named // what its reports are about; none: every scorecard
		for _, item := range m.Items {
			if item.Report != nil {
				about = append(about, cardsOf(item.Report)...)
			}
		}
		doc := paperOf(e, about, m.Card, m.Month)
		doc.bundles = sets[ofMeeting(m)]
		add(doc, meetingFront(m), append(texts, m.Text)...)
	}
	return list
}

// monthTexts lists a month's summary and the analyses of its sections.
func monthTexts(m *edition.Month) []document {
	list := []document{document{month: m}.with(m.Cover.Summary.FrontMatter(coverSays...), m.Cover.Summary)}
	for _, a := range m.Cover.Analyses {
		list = append(list, document{month: m, section: a.Section}.with(a.Text.FrontMatter(analysisSays...), a.Text))
	}
	return list
}

// with is a document with what its front matter says, and its texts.
func (doc document) with(front []commentary.Passage, texts ...commentary.Text) document {
	doc.passages = front
	for _, text := range texts {
		doc.passages = append(doc.passages, text.Passages()...)
		doc.also = append(doc.also, named(text)...)
	}
	return doc
}

// named are the scorecards that a text's references name.
func named(text commentary.Text) []string {
	var ids []string
	for _, ref := range text.Refs() {
		if len(ref.Words) == 0 || ref.Figure {
			continue
		}
		if id, _, ok := strings.Cut(ref.Words[0].Text, "/"); ok && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// paperOf is a document about the scorecards that it names, or about all. card
// is the one that its references mean where they name none.
func paperOf(e *edition.Edition, about []commentary.Named, card string, by period.Month) document {
	doc := document{named: card == ""}
	for _, c := range e.Reach() {
		if len(about) > 0 && !slices.ContainsFunc(about, func(n commentary.Named) bool { return n.Text == c.ID }) {
			continue
		}
		doc.cards = append(doc.cards, c.ID)
		if m := standing(c, by); m != nil && (doc.month == nil || c.ID == card) {
			doc.month = m
		}
	}
	return doc
}

// standing is the newest month of a scorecard by another; 0 asks for the latest.
func standing(card *edition.Scorecard, by period.Month) (shown *edition.Month) {
	for _, m := range card.Months {
		if by == 0 || m.Month <= by {
			shown = m
		}
	}
	return shown
}

// proof is the reading of one document.
type proof struct {
	e        *edition.Edition
	l        *ledger
	doc      document
	found    []flaw
	points   []flaw // percentage points called per cent: one finding a document
	said     []*statement
	bindings []Binding
	titled   []prose.When // the periods that the heading above names
	tabled   *measure     // of which all of the table above is; nil
}

// flaw is one fault, at characters of a passage.
type flaw struct {
	passage    *commentary.Passage
	start, end int
	code       string
	message    string
	hint       string
}

// read checks a document sentence by sentence, each with what stands around it.
func (p *proof) read() {
	var before *statement // the sentence before, in the same paragraph
	var intro []term      // what a list's items follow
	var heading []term
	for i := 0; i < len(p.doc.passages); i++ {
		passage := &p.doc.passages[i]
		if passage.Kind == commentary.TableCell {
			rest := p.doc.passages[i:]
			n := 1
			for n < len(rest) && rest[n].Kind == commentary.TableCell && rest[n-1].Before(rest[n]) {
				n++
			}
			said := len(p.said)
			p.table(rest[:n], append(slices.Clone(heading), intro...))
			p.tabled = oneMatter(p.said[said:])
			before, i = nil, i+n-1
			continue
		}
		if passage.Kind != commentary.Paragraph && passage.Kind != commentary.ListItem {
			before = nil
		}
		if !worthReading(*passage) && passage.Kind != commentary.Heading {
			before = nil
			if passage.Kind == commentary.Paragraph {
				intro = termsOf(prose.Words(passage.Text))
			}
			continue
		}
		around := heading
		switch passage.Kind {
		case commentary.Heading:
			heading, intro = termsOf(prose.Words(passage.Text)), nil
			p.titled = nil
			for _, s := range prose.Read(passage.Text, p.l.month.Month) {
				p.titled = append(p.titled, s.Whens...)
			}
		case commentary.ListItem:
			around = append(slices.Clone(heading), intro...)
		case commentary.Paragraph:
			intro = nil
		}
		for _, s := range prose.Read(passage.Text, p.l.month.Month) {
			here := around
			var carried []prose.When
			if before != nil {
				here = append(slices.Clone(around), before.terms...)
				carried = before.toCarry()
			}
			st := newStatement(p.l, p.doc.section, s, passage, here, carried)
			p.statement(st)
			p.said = append(p.said, st)
			before, p.tabled = st, nil
			if passage.Kind == commentary.Paragraph {
				intro = st.terms
			}
		}
	}
}

// worthReading says whether a passage can hold a finding: it has a number in
// figures or words, or speaks of a movement beside a reference.
func worthReading(p commentary.Passage) bool {
	if p.Text == string(commentary.RefRune) {
		return false // a bound figure and nothing else
	}
	return strings.ContainsAny(p.Text, "0123456789") || prose.Telling(p.Text)
}

// readHeads gives a number alone in a table's cell what its heads say of it:
// "% on time", "Target", "Change". A row may be named for change and be none
// ("Families for Change"), so of a row only its first word says so.
func readHeads(s *prose.Sentence, passage *commentary.Passage) {
	column, row := strings.ToLower(passage.ColumnHead), strings.ToLower(passage.RowHead)
	if len(s.Figures) != 1 {
		return
	}
	f := &s.Figures[0]
	if heads := column + " " + row; f.Unit == prose.Plain && (strings.Contains(heads, "%") || strings.Contains(heads, "per cent")) {
		f.Unit = prose.Percent
	}
	if f.Role != prose.Value {
		return
	}
	switch {
	case strings.Contains(column, "target"), strings.HasPrefix(row, "target"):
		f.Role = prose.Target
	case changeName.MatchString(column) && !strings.Contains(column, "for change"), strings.HasPrefix(row, "change"), strings.HasPrefix(row, "difference"):
		f.Role = prose.Change
	}
}

// statement checks one sentence. What one check has settled, the next leaves alone.
func (p *proof) statement(st *statement) {
	for _, m := range st.Malformed {
		p.blame(st, m.Start, m.End, "bad-number", m.Mend, "%q is not a number", m.Typed)
	}
	p.smallNumbers(st)
	p.references(st)
	p.respectively(st)
	p.runs(st)
	p.shares(st)
	p.moves(st)
	p.concludes(st)
	for _, late := range []bool{false, true} { // changes and sums, when the others are known
		if late {
			p.comparators(st)
		}
		for i, f := range st.Figures {
			if f.Ref < 0 && !st.results[i].settled && late == (f.Role == prose.Change || f.Role == prose.Sum) {
				p.figure(st, i)
			}
		}
	}
	p.sides(st)
	p.directions(st)
	p.besides(st)
	p.inAreas(st)
	p.outnumbers(st)
	p.againstBefore(st)
	p.ahead(st)
	p.inBothMonths(st)
	p.streaks(st)
	p.everies(st)
	p.averages(st)
	p.extremes(st)
	p.trends(st)
	p.changes(st)
	p.ratings(st)
	p.sourceless(st)
	if !st.passage.Fixed {
		p.bind(st)
	}
}

func (p *proof) figure(st *statement, i int) {
	switch st.Figures[i].Role {
	case prose.Target:
		p.target(st, i)
	case prose.Average:
		p.average(st, i)
	case prose.Projection:
		p.projection(st, i)
	case prose.Range:
		p.span(st, i)
	case prose.Change:
		p.change(st, i)
	case prose.Sum:
		p.sum(st, i)
	default:
		p.value(st, i)
	}
}

// blame adds a finding at characters of the sentence's passage.
func (p *proof) blame(st *statement, start, end int, code, hint, format string, args ...any) {
	if p.excused(st, start, end, code) {
		return
	}
	p.accuse(st, start, end, code, hint, format, args...)
}

func (p *proof) accuse(st *statement, start, end int, code, hint, format string, args ...any) {
	p.found = append(p.found, flaw{st.passage, start, end, code, fmt.Sprintf(format, args...), hint})
}

// blameFigure adds a finding at a figure and settles it: one finding a number.
func (p *proof) blameFigure(st *statement, figure int, code, hint, format string, args ...any) {
	f := st.Figures[figure]
	if p.innocent(st, figure, code) {
		st.settle(figure)
		return
	}
	p.accuse(st, f.Start, f.End, code, hint, format, args...)
	st.results[figure] = result{settled: true, blamed: true}
}

// tell adds the findings of a document to the list.
func (p *proof) tell(problems *diag.List) {
	add := func(f flaw, message string) {
		problem := problems.Warnf(f.passage.Place(f.start), f.code, "%s", message)
		problem.Hint, problem.Source = f.hint, f.passage.SourceLine(f.start)
		if f.passage.Fixed && strings.Contains(f.hint, "{{") {
			problem.Hint = "mend it here, or move it into the text below, where " + f.hint
		}
	}
	for _, f := range p.found {
		add(f, f.message)
	}
	if len(p.points) == 0 {
		return
	}
	slices.SortStableFunc(p.points, func(a, b flaw) int {
		x, y := a.passage.Place(a.start), b.passage.Place(b.start)
		return cmp.Or(x.Line-y.Line, x.Column-y.Column)
	})
	message := p.points[0].message
	var places []string
	for _, f := range p.points[1:] {
		at := f.passage.Place(f.start)
		places = append(places, fmt.Sprintf("%d:%d", at.Line, at.Column))
	}
	if len(places) > 0 {
		message += "; also at " + strings.Join(places, ", ")
	}
	add(p.points[0], message)
}
