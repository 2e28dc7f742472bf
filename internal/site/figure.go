package site

import (
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/opendata"
	"outturn/internal/period"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// figure shows one reading: the figure as published with its marks, or the mark
// that stands in its place.
func (c *composer) figure(ind *dataset.Indicator, r *score.Reading) theme.Figure {
	f, text := factOf(r), ""
	if f.value {
		text = ind.Format(f.published)
	}
	var shown theme.Figure
	c.show(&shown, f.at.Short(), ind, &f, text)
	if !r.Has && !r.Value {
		shown.Note = "not returned"
		c.used["x"] = true
	}
	return shown
}

// show fills an empty figure with a fact; when is the short name of its period, text
// its value as published.
func (c *composer) show(f *theme.Figure, when string, ind *dataset.Indicator, of *fact, text string) {
	f.Period, f.Note = when, of.note
	var symbols []string
	if of.marks != "" || of.revised {
		symbols = opendata.Symbols(dataset.Figure{Marks: of.marks, Revised: of.revised})
	}
	switch {
	case of.value:
		var b [64]byte
		f.Text, f.Count = text, c.room.text(score.AppendCount(b[:0], of.numerator, of.denominator))
		if of.small == nil {
			break
		}
		if f.Count != "" {
			f.Text, f.Count = f.Count, f.Text
		}
		if low, high := of.small.Low, of.small.High; !low.Equal(high) {
			f.Note = strings.TrimSpace("95% interval " + ind.Format(low) + " to " + ind.Format(high) + ". " + f.Note)
		}
	default:
		f.Missing = true
		f.Text = "[x]"
		for i, s := range symbols {
			if s == "x" || s == "z" || s == "c" {
				f.Text = "[" + s + "]"
				c.used[s] = true
				symbols = append(symbols[:i:i], symbols[i+1:]...)
				break
			}
		}
	}
	for _, s := range symbols {
		f.Marks = append(f.Marks, c.mark(s))
	}
	if of.revised {
		f.Revised = "earlier figure not known"
		switch {
		case of.earlier.Has:
			f.Revised = "it was " + ind.Format(of.earlier.Decimal)
		case of.earlierMark != "":
			f.Revised = "it was marked [" + string(of.earlierMark) + "]"
		}
	}
}

// notReturned is the cell of a period for which a measure has no row.
func (c *composer) notReturned(ind *dataset.Indicator, p period.Period) theme.Figure {
	// A month of a quarterly measure is not missing: there is none to return.
	if k := p.Kind(); !score.IsOwn(ind.Frequency, p) && (k == period.KindMonth || k == period.Quarter || k == period.Term || k == period.HalfTerms) {
		return c.absent(p.Short(), "z", "not measured by this kind of period")
	}
	return c.absent(p.Short(), "x", "not returned")
}

// absent is a cell for which there is nothing to show, with the reason: a cell
// is never blank, and a dash says nothing (Analysis Function, "Using symbols").
func (c *composer) absent(when, mark, note string) theme.Figure {
	c.used[mark] = true
	return theme.Figure{Period: when, Text: "[" + mark + "]", Missing: true, Note: note}
}

func (c *composer) mark(symbol string) theme.Mark {
	c.used[symbol] = true
	return theme.Mark{Symbol: "[" + symbol + "]", Meaning: c.theme.Word("mark", symbol)}
}

// markOrder is the order in which symbols are explained above a table.
var markOrder = []string{"b", "c", "e", "low", "p", "r", "u", "x", "z"}

// marksUsed explains the symbols that stand in the page's figures.
func marksUsed(th *theme.Theme, used map[string]bool) []theme.Mark {
	var list []theme.Mark
	for _, s := range markOrder {
		if used[s] {
			list = append(list, theme.Mark{Symbol: "[" + s + "]", Meaning: th.Word("mark", s)})
		}
	}
	return list
}

// rating is a measure's tag. Where the year to date was judged, and is another
// figure than the one beside the tag, the tag says so.
func rating(v *score.Verdict) theme.Rating {
	r := theme.Rating{Code: string(v.RAG.Rating), ByHand: v.RAG.ByHand}
	if v.RAG.On == "ytd" && v.RAG.Rating != score.NotRated && v.ToDate.Has && !(v.Current.Value && v.ToDate.Value.Equal(v.Current.Published)) {
		r.On = "year to date, " + v.Indicator.Format(v.ToDate.Value)
	}
	return r
}

func (c *composer) direction(ind *dataset.Indicator, d *score.Direction) theme.Direction {
	out := theme.Direction{Arrow: string(d.Arrow), Judgement: d.Judgement, Standing: d.Standing, Reason: c.sentence(&d.Reason)}
	if d.Change.Has && d.Change.Decimal.Sign() != 0 {
		out.Change = score.ChangeInWords(ind, d.Change.Decimal)
	}
	return out
}

// sentence says a reason, once for all pages of a scorecard.
func (c *composer) sentence(r *score.Reason) string { return c.drawings.sentence(c.theme, r) }

// toDate shows the year to date; the second result is false where the register
// asks for none.
func (c *composer) toDate(v *score.Verdict) (theme.Figure, bool) {
	t := &v.ToDate
	if t.Period.IsZero() {
		return c.absent("", "z", "no year to date is kept for this measure"), false
	}
	r := score.Reading{Period: t.Period, Figure: t.Figure, Has: t.HasRow, Published: t.Value, Value: t.Has}
	r.Figure.Numerator, r.Figure.Denominator = t.Numerator, t.Denominator
	f := c.figure(v.Indicator, &r)
	if !t.Has {
		f.Note = c.sentence(&t.Reason)
	}
	return f, true
}

// unit is what a measure's figures count, in words.
func (c *composer) unit(ind *dataset.Indicator) string {
	return c.theme.Word("unit", ind.Unit.String())
}

// targetWords are the target as printed, its green and its amber.
func targetWords(ind *dataset.Indicator, t score.Target) (target, green, amber string) {
	if !t.Has {
		return "", "", ""
	}
	target = edition.TargetText(ind, t)
	if !t.Green.IsZero() {
		green = score.IntervalWords(ind, t.Green)
	}
	if !t.Amber.IsZero() {
		amber = score.IntervalWords(ind, t.Amber)
	}
	return target, green, amber
}

// monthHeads are the short names of the three latest months.
func monthHeads(m period.Month) []string {
	return []string{m.Add(-2).Short(), m.Add(-1).Short(), m.Short()}
}
