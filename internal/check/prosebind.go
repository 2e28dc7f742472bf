package check

import (
	"cmp"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/prose"
)

// Binding is a typed figure that has one reading: the reference that prints it.
type Binding struct {
	diag.Place        // of its first character
	Typed      string // as it stands in the file
	Reference  string // {{ 3.2 previous }}
	Says       string // what the figure is: 3.2 for December 2016
}

// Bindings lists the typed figures of an edition's texts that are right and can
// be read in one way only, each with the reference that prints the same text,
// by place.
func Bindings(e *edition.Edition) []Binding {
	var list []Binding
	for _, p := range proofs(e) {
		list = append(list, p.bindings...)
	}
	slices.SortStableFunc(list, func(a, b Binding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column)
	})
	return list
}

// bind notes the references of a sentence's figures that were found right.
func (p *proof) bind(st *statement) {
	if st.passage.Kind == commentary.Heading { // a title is not to change with the figures
		return
	}
	if !slices.ContainsFunc(st.Figures, func(f prose.Figure) bool { return f.Ref < 0 }) {
		return // all is bound
	}
	if p.hasFinding(st) { // which of its words is wrong is for the author to say
		return
	}
	named := map[*measure]bool{} // measures that the sentence is found to be about
	for i := range st.Figures {
		for _, f := range st.results[i].facts {
			named[f.m] = named[f.m] || st.namesBest(i, f.m)
		}
	}
	paired := map[int]bool{}
	for _, s := range st.Shares {
		if p.bindPair(st, s) {
			paired[s.Part], paired[s.Whole] = true, true
		}
	}
	for i, f := range st.Figures {
		if paired[i] || !st.results[i].settled || f.Ref >= 0 || f.Spelled || f.Hedge != prose.Exact || f.Role == prose.Range {
			continue
		}
		facts := st.results[i].facts
		if slices.ContainsFunc(facts, func(x *fact) bool { return !named[x.m] }) {
			continue // another measure's figure, met by chance
		}
		p.bindFacts(st, f.Start, f.End, facts)
	}
}

// namesBest says that no measure that a figure could be of is named better; its
// own parts may be, where the sentence goes on to speak of them.
func (st *statement) namesBest(i int, m *measure) bool {
	list := st.rank(i)
	own := rankOf(list, m)
	return own > 0 && !slices.ContainsFunc(list, func(r ranked) bool {
		return r.score > own && (r.m.ind.Parent != m.ind.Ref || r.m.card != m.card) && r.m.fitsUnit(st.Figures[i])
	})
}

// hasFinding says whether anything in a sentence was found wrong.
func (p *proof) hasFinding(st *statement) bool {
	here := func(f flaw) bool { return f.passage == st.passage && f.start < st.End && f.end > st.Start }
	return slices.ContainsFunc(p.found, here) || slices.ContainsFunc(p.points, here)
}

// bindPair binds "22 of 121" as one reference.
func (p *proof) bindPair(st *statement, s prose.Share) bool {
	if s.Part < 0 || s.Whole < 0 || s.Loose {
		return false
	}
	part, whole := st.Figures[s.Part], st.Figures[s.Whole]
	facts := st.results[s.Part].facts
	if len(facts) == 0 || part.Spelled || whole.Spelled || part.Hedge != prose.Exact || whole.Hedge != prose.Exact {
		return false
	}
	refs := map[string]*fact{}
	for _, f := range facts {
		if f.kind != valueFact {
			return false
		}
		b := f.binding()
		if b == "" {
			return false
		}
		words := strings.Fields(strings.Trim(b, "{} "))
		words = append(words[:1:1], append([]string{"of"}, words[1:]...)...)
		refs["{{ "+strings.Join(words, " ")+" }}"] = f
	}
	if len(refs) != 1 {
		return false
	}
	for ref, f := range refs {
		return p.note(st, part.Start, whole.End, ref, f)
	}
	return false
}

// bindFacts notes a binding where every reading of a figure is one reference.
func (p *proof) bindFacts(st *statement, start, end int, facts []*fact) {
	var chosen *fact
	ref := ""
	for _, f := range facts {
		b := f.binding()
		if b == "" {
			return
		}
		if ref != "" && b != ref {
			return
		}
		ref, chosen = b, f
	}
	if chosen != nil {
		p.note(st, start, end, ref, chosen)
	}
}

// note keeps a binding if the reference prints what is written, to the letter.
func (p *proof) note(st *statement, start, end int, reference string, f *fact) bool {
	typed := st.passage.Written(start, end)
	scorecard := p.l.month.Scorecard.ID
	if p.doc.named {
		scorecard = ""
	}
	said, problem := p.e.Say(asRef(reference), scorecard, p.l.month.Month)
	if problem != nil || said.Text != typed {
		return false
	}
	p.bindings = append(p.bindings, Binding{Place: st.passage.Place(start), Typed: typed, Reference: reference, Says: f.words()})
	return true
}

// asRef is a reference as commentary reads it from a text.
func asRef(reference string) commentary.Ref {
	var ref commentary.Ref
	for _, w := range strings.Fields(strings.Trim(reference, "{} ")) {
		ref.Words = append(ref.Words, commentary.Word{Text: w})
	}
	return ref
}
