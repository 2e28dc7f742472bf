package release

import (
	"encoding/json"
	"fmt"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/edition"
	"outturn/internal/period"
)

// A measure's own file, <scorecard>/indicators/<ref>.json, has every figure that
// its pages, charts and downloads show: those of months before first_report, of
// older periods and of parts too, of which api/ says nothing. What it says in
// public is held against the data as at the month of that file. Later returns
// are not among them, so that the two differ only where somebody altered what
// had been returned, or under a new issue.

// publicSeries is what is compared of such a file: each figure as it is written.
type publicSeries struct {
	AsAt    string            `json:"as_at"`
	Ref     string            `json:"ref"`
	Figures []json.RawMessage `json:"figures"`
}

// publicFigure is one figure of it. A key that an older program did not write is
// nil, and is not compared.
type publicFigure struct {
	Ref         string          `json:"ref"`
	Area        string          `json:"area"`
	Period      string          `json:"period"`
	Returned    string          `json:"returned"`
	Value       json.RawMessage `json:"value"`
	Numerator   json.RawMessage `json:"numerator"`
	Denominator json.RawMessage `json:"denominator"`
	Mark        json.RawMessage `json:"mark"`
	RevisedFrom json.RawMessage `json:"revised_from"`
	Note        json.RawMessage `json:"note"`
}

// isSeries reports whether a file is a measure's own, in JSON.
func isSeries(name string) bool {
	_, file, in := strings.Cut(name, "/indicators/")
	return in && strings.Count(name, "/") == 2 && strings.HasSuffix(file, ".json") && !strings.HasSuffix(file, ".csv-metadata.json")
}

// altered is a measure of which public figures would change.
type altered struct {
	ref   string // of the measure that has the page
	at    diag.Place
	first string // what is told of the first figure
	n     int
}

// differing are the figures that are public and that a file has no more as they
// stand: few of a month's thousands, so that those alone are read. then is what is
// compared of the public file; one that cannot be read has no figures.
func differing(content, standing []byte) (then publicSeries, figures []publicFigure) {
	var is publicSeries
	if json.Unmarshal(standing, &then) != nil {
		return then, nil
	}
	_ = json.Unmarshal(content, &is) // our own; what it does not have differs
	now := make(map[string]bool, len(is.Figures))
	for _, figure := range is.Figures {
		now[string(figure)] = true
	}
	for _, figure := range then.Figures {
		var was publicFigure
		if !now[string(figure)] && json.Unmarshal(figure, &was) == nil {
			figures = append(figures, was)
		}
	}
	return then, figures
}

// series holds a measure's public figures against what the data say now of that
// same month.
func (r *Checklist) series(card *edition.Scorecard, content, standing []byte) {
	then, were := differing(content, standing)
	if len(were) == 0 {
		return
	}
	var m *edition.Month
	for _, of := range card.Months {
		if of.Month.String() == then.AsAt {
			m = of
		}
	}
	if m == nil { // the month itself would be gone, which is told
		return
	}
	renewed := r.renewed(m)
	told := altered{ref: then.Ref, at: diag.Place{File: "data/" + card.ID}}
	tell := func(at diag.Place, figure, now string) {
		if told.n++; told.n == 1 {
			told.first = figure + now
			if at.File != "" {
				told.at = at
			}
		}
	}
	for len(were) > 0 {
		ref, area, n := were[0].Ref, were[0].Area, 1
		for n < len(were) && were[n].Ref == ref && were[n].Area == area {
			n++
		}
		here := were[:n]
		were = were[n:]
		ind := m.View.Indicator(ref)
		asked := map[string]bool{}
		for _, was := range here {
			asked[was.Period] = true
		}
		figures := m.View.SeriesOf(ref, area, func(p period.Period) bool { return asked[p.String()] })
		of := map[string]int{} // by period, and by period and return: years to date of several months have one name
		for i := range figures {
			name := figures[i].Period.String()
			of[name], of[name+" "+figures[i].Vintage.Month.String()] = i, i
		}
		for _, was := range here {
			named := "the figure of " + ref + " for " + periodWords(was.Period)
			if area != m.View.Whole() {
				named += " in " + m.View.AreaName(area)
			}
			i, ok := of[was.Period+" "+was.Returned]
			if !ok {
				i, ok = of[was.Period]
			}
			if ind == nil || !ok {
				tell(diag.Place{}, named, " is public as "+inPublic(was)+" and would be gone")
				continue
			}
			f := &figures[i]
			published := func(has bool, number fmt.Stringer, word string) string {
				switch {
				case !has:
					return ""
				case ind.Unit.String() == "grade":
					return word
				}
				return number.String()
			}
			value := published(f.Value.Has, ind.Publish(f.Value.Decimal), ind.Format(f.Value.Decimal))
			earlier := published(f.Revised && f.Earlier.Has, ind.Publish(f.Earlier.Decimal), ind.Format(f.Earlier.Decimal))
			before, stands := r.standingIssue(card.ID, f.Vintage.Month)
			if stands && f.Vintage.Issue > before || !stands && f.Vintage.Issue > 1 && f.Revised && same(was.Value, earlier) {
				continue // a new issue gives it
			}
			if renewed && f.Calculated {
				continue // a new issue of what it is worked out from
			}
			marks := strings.Fields(string(f.Marks))
			if f.Revised && !strings.Contains(" "+string(f.Marks)+" ", " r ") {
				marks = append(marks, "r")
			}
			switch mark := strings.Join(marks, " "); {
			case !same(was.Value, value):
				tell(f.ValuePlace, named, " is public as "+inPublic(was)+" and would be "+orNone(value, mark))
			case !same(was.Numerator, published(f.Numerator.Has, f.Numerator.Decimal, "")):
				tell(f.ValuePlace, named, " is public with the numerator "+orNone(unquoted(was.Numerator), "")+" and would have another")
			case !same(was.Denominator, published(f.Denominator.Has, f.Denominator.Decimal, "")):
				tell(f.ValuePlace, named, " is public with the denominator "+orNone(unquoted(was.Denominator), "")+" and would have another")
			case renewed: // what it was revised from may have been issued anew
			case !same(was.Mark, mark):
				tell(f.ValuePlace, named, " is public with the mark "+orNone(unquoted(was.Mark), "")+" and would have "+orNone(mark, ""))
			case !same(was.RevisedFrom, earlier):
				tell(f.ValuePlace, named, " is public as revised from "+orNone(unquoted(was.RevisedFrom), "")+" and would be from "+orNone(earlier, ""))
			case !same(was.Note, f.Note) && unquoted(was.Note) != "":
				at := f.ValuePlace
				if at.File == "" {
					at.File = "data/" + card.ID
				}
				r.found.Warnf(at, "public-words", "the note on %s is public, %s, and would be %s", named, diag.Quote(unquoted(was.Note)), quotedOrNone(f.Note)).Hint =
					"put the note back; what it leaves out is said in the note of a later return"
			}
		}
	}
	if told.n > 0 {
		r.altered = append(r.altered, told)
	}
}

// tellAltered tells of a scorecard's measures of which public figures would
// change, but for those of which its months have told.
func (r *Checklist) tellAltered() {
	for _, a := range r.altered {
		if r.toldOf[a.ref] {
			continue
		}
		if a.n > 1 {
			a.first += "; so would " + counted(a.n-1, "other figure of it", "other figures of it")
		}
		p := r.found.Errorf(a.at, "public-figure", "%s, without a new return or issue", a.first)
		p.Hint = "put back what was published; a figure is put right by the next return, which gives it again with its period and its reason, or by a second issue of its own month"
	}
	r.altered, r.toldOf = nil, nil
}

// renewed reports whether a month, or one before it, has an issue that the
// public has not seen.
func (r *Checklist) renewed(as *edition.Month) bool {
	for _, v := range as.Scorecard.Data.Vintages() {
		if v.Month > as.Month || !as.View.Knows(v) {
			continue
		}
		if before, stands := r.standingIssue(as.Scorecard.ID, v.Month); stands && v.Issue > before || !stands && v.Issue > 1 {
			return true
		}
	}
	return false
}

// same reports whether a value of a public file reads as it would be written now.
func same(was json.RawMessage, is string) bool { return was == nil || unquoted(was) == is }

// unquoted is a value of JSON as it is read: null is nothing.
func unquoted(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil {
		return s // null leaves it empty
	}
	return string(v)
}

// inPublic is a public figure in a word: its value, else its mark.
func inPublic(f publicFigure) string { return orNone(unquoted(f.Value), unquoted(f.Mark)) }

func orNone(text, mark string) string {
	switch {
	case text != "":
		return text
	case mark != "":
		return "[" + strings.ReplaceAll(mark, " ", "][") + "]"
	}
	return "none"
}

func quotedOrNone(text string) string {
	if text == "" {
		return "none"
	}
	return diag.Quote(text)
}

func periodWords(name string) string {
	if p, err := period.Parse(name); err == nil {
		return p.Words()
	}
	return name
}
