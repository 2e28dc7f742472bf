package site

import (
	"bytes"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/opendata"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

// api is the JSON of a scored scorecard as at a month (contract, section 5): a
// number is a JSON number at published precision; a thing that is not there is
// null.
func api(to *bytes.Buffer, m *edition.Month, ed *edition.Edition, said *drawings) {
	opendata.Write(to, func(w *opendata.Writer) {
		w.Open('{')
		w.Key("scorecard").Text(m.Scorecard.ID)
		w.Key("as_at").Text(m.Month.String())
		w.Key("issue").Whole(m.Issue)
		w.Key("indicators").Open('[')
		for _, v := range m.Measures() {
			w.Next()
			record{w, m, ed, said}.measure(v)
		}
		w.Close(']')
		w.Close('}')
	})
}

// record writes what a month's JSON says of its measures.
type record struct {
	*opendata.Writer
	month *edition.Month
	ed    *edition.Edition
	said  *drawings
}

func (w record) measure(v *score.Verdict) {
	ind := v.Indicator
	w.Open('{')
	w.Key("ref").Text(ind.Ref)
	w.Key("label").TextOrNull(ind.Label)
	w.Key("section").Text(ind.Section)
	w.Key("name").Text(ind.Name)
	w.Key("good").Text(ind.Good.String())
	w.Key("unit").Text(ind.Unit.String())
	w.Key("decimals").Whole(ind.Decimals)
	w.Key("basis").Text(ind.Basis)
	w.Key("current")
	w.reading(ind, &v.Current)
	w.Key("previous")
	if v.Previous.Has {
		w.reading(ind, &v.Previous)
	} else {
		w.Null()
	}
	w.Key("ytd")
	w.toDate(v)
	w.Key("target")
	w.target(v)
	w.Key("rag").Row('{')
	w.Key("rating").Text(string(v.RAG.Rating))
	w.Key("on").Text(v.RAG.On)
	w.Key("rule").Text(v.RAG.Rule)
	w.Key("by_hand").Truth(v.RAG.ByHand)
	w.because(&v.RAG.Reason)
	w.Close('}')
	w.Key("direction").Row('{')
	w.Key("arrow").Text(string(v.Direction.Arrow))
	w.Key("judgement").TextOrNull(v.Direction.Judgement)
	w.because(&v.Direction.Reason)
	w.Close('}')
	w.variation()
	w.Key("comparisons").Open('[')
	for _, c := range v.Compared {
		w.Next().Row('{')
		w.Key("comparator").Text(c.Comparator.ID)
		w.Key("period").Text(c.Benchmark.Period.String())
		w.Key("value").Published(ind, c.Benchmark.Value)
		w.Key("result").TextOrNull(c.Result)
		w.Close('}')
	}
	w.Close(']')
	w.Key("projection").Null()
	w.areas(v)
	w.Close('}')
}

func (w record) because(r *score.Reason) { w.Key("reason").Text(w.said.sentence(w.ed.Theme, r)) }

// reading is the figure of a period, or that there is none.
func (w record) reading(ind *dataset.Indicator, r *score.Reading) {
	w.Row('{')
	w.Key("period").Text(r.Period.String())
	w.figure(ind, r)
	w.Key("revised_from")
	if r.Figure.Revised {
		w.Published(ind, r.Figure.Earlier)
	} else {
		w.Null()
	}
	w.Close('}')
}

func (w record) figure(ind *dataset.Indicator, r *score.Reading) {
	w.Key("value").Published(ind, dataset.Number{Decimal: r.Published, Has: r.Value})
	w.Key("numerator").Number(r.Figure.Numerator)
	w.Key("denominator").Number(r.Figure.Denominator)
	w.Key("mark").Marks(&r.Figure)
}

func (w record) toDate(v *score.Verdict) {
	if v.ToDate.Period.IsZero() {
		w.Null()
		return
	}
	w.Row('{')
	w.Key("period").Text(v.ToDate.Period.String())
	w.Key("value").Published(v.Indicator, dataset.Number{Decimal: v.ToDate.Value, Has: v.ToDate.Has})
	w.Key("stated").Truth(v.ToDate.Stated)
	w.Close('}')
}

func (w record) target(v *score.Verdict) {
	ind, t := v.Indicator, &v.Target
	if !t.Has {
		w.Null()
		return
	}
	w.Row('{')
	w.Key("value")
	w.written(ind, t.Value)
	w.Key("green")
	w.interval(ind, t.Green)
	w.Key("amber")
	w.interval(ind, t.Amber)
	w.Key("period_value")
	w.written(ind, t.PeriodValue)
	w.Key("wording").TextOrNull(t.Row.Wording)
	w.Close('}')
}

// variation is not worked out by this version, which it says.
func (w record) variation() {
	w.Key("variation").Row('{')
	w.Key("state").Text("none")
	w.Key("assurance").Null()
	w.Key("rules").Open('[')
	w.Close(']')
	for _, limit := range []string{"mean", "lower", "upper"} {
		w.Key(limit).Null()
	}
	w.Key("reason").Text("process limits are not worked out by this version")
	w.Close('}')
}

func (w record) areas(v *score.Verdict) {
	w.Key("areas").Open('[')
	for _, area := range w.ed.Content.Site.Areas[1:] { // those that have a figure at all are longer to find
		if r := score.Read(w.month.View, v.Indicator, area.ID, v.Current.Period); r.Has {
			w.Next().Row('{')
			w.Key("area").Text(area.ID)
			w.Key("period").Text(r.Period.String())
			w.figure(v.Indicator, &r)
			w.Close('}')
		}
	}
	w.Close(']')
}

func (w record) interval(ind *dataset.Indicator, i quantity.Interval) {
	if i.IsZero() {
		w.Null()
		return
	}
	w.TextOrNull(notation(ind, i))
}

// written is a figure of a register, as it was written there.
func (w record) written(ind *dataset.Indicator, n dataset.Number) {
	if n.Has && ind.Unit == quantity.Grade {
		w.Text(ind.Format(n.Decimal))
		return
	}
	w.Number(n)
}

// notation is an interval as the register writes it; the ends of grades are
// words.
func notation(ind *dataset.Indicator, i quantity.Interval) string {
	if ind.Unit == quantity.Grade {
		for _, end := range []*quantity.Bound{&i.Low, &i.High} {
			if end.Set && end.Name == "" {
				end.Name = ind.Format(end.Value)
			}
		}
	}
	return i.String()
}
