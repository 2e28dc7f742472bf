package proof

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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
func (r *Reader) Bindings(e *edition.Edition) []Binding {
	var list []Binding
	for _, p := range r.proofs(e) {
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
	if st.isToCome() {
		return // a forecast of 482 is not the 482 that there are
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
		if slices.ContainsFunc(facts, func(x *fact) bool { return x.kind == valueFact && named[x.m] }) {
			// The count itself comes before the share that is of as many.
			facts = slices.DeleteFunc(slices.Clone(facts), func(x *fact) bool { return !named[x.m] && (x.kind == numeratorFact || x.kind == denominatorFact) })
		}
		if slices.ContainsFunc(facts, func(x *fact) bool { return !named[x.m] || !st.tellsOf(i, x.m) }) {
			continue // another measure's figure, or of another thing, met by chance
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

// toBe are words of what may be, or is yet to be.
var toBe = prose.Pattern(`(?i)\b(?:if|unless|will|would|could|might|expect(?:s|ed|ing)?|forecast(?:s|ing)?|project(?:ed|ions?)|predict(?:s|ed|ions?)?|anticipat(?:e|es|ed|ing)|` +
	`hop(?:e|es|ed|ing)|plan(?:s|ned|ning) (?:to|for)|intend(?:s|ed|ing)?|aim(?:s|ed|ing)?|estimat(?:e|es|ed)|assum(?:e|es|ed|ing)|suppos(?:e|es|ed)|modelled|scenarios?|` +
	`next (?:month|year|quarter))\b`)

// isToCome says that a sentence, or the heads of its cell, tell of what is not
// yet: no figure that was returned is meant, though it be the same.
func (st *statement) isToCome() bool {
	return toBe.MatchString(st.Text) || toBe.MatchString(st.passage.RowHead) || toBe.MatchString(st.passage.ColumnHead) ||
		slices.ContainsFunc(st.Whens, func(w prose.When) bool { return w.Kind == prose.Named && w.Period.First() > st.l.month.Month })
}

// tellsOf says that a sentence itself speaks of a measure at a figure: it has a
// word of its name, or goes on from the sentence before with no word of another
// thing; what is counted is no other thing, and no name stands in it that the
// scorecard does not know, of a place or of whoever else has such figures. The
// heads of a table have said it of its cells.
func (st *statement) tellsOf(i int, m *measure) bool {
	if st.passage.Kind == commentary.TableCell {
		return true
	}
	own := slices.ContainsFunc(st.terms, func(t term) bool { return m.profile.terms[t.text] > 0 })
	if !own && st.foreignTo(m) {
		return false
	}
	last := st.Figures[i].Last
	for _, t := range st.following(i) {
		if t.word <= last+countedWithin && st.isForeign(t, m) {
			return false
		}
	}
	return !slices.ContainsFunc(st.terms, func(t term) bool {
		return st.isForeign(t, m) && t.word > 0 && isName(st.Words[t.word].Text) || t.word == 0 && st.isForeign(t, m) && st.hasIt(1)
	})
}

// countedWithin is how many words after a number what it counts may stand:
// letters, of the letters, of all the letters.
const countedWithin = 4

// isName says that a word is written with a capital, as names are.
func isName(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first)
}

// hasIt says that a word is what the one before it has or does: Sheffield has
// 482, Sheffield's 482.
func (st *statement) hasIt(at int) bool {
	return possessive.MatchString(st.Words[0].Text) || at < len(st.Words) && havingWords[st.Words[at].Lower]
}

var havingWords = listed("has had have reported reports recorded records looked looks saw sees counted counts completed completes")

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
		if f.kind != valueFact || !st.tellsOf(s.Whole, f.m) {
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
