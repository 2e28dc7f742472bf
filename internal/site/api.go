package site

import (
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/opendata"
	"outturn/internal/quantity"
	"outturn/internal/score"
	"outturn/internal/theme"
)

// The scored scorecard as JSON (contract, section 5): a number is a JSON number
// at published precision; a thing that is not there is null.
type (
	apiScorecard struct {
		Scorecard  string         `json:"scorecard"`
		AsAt       string         `json:"as_at"`
		Issue      int            `json:"issue"`
		Indicators []apiIndicator `json:"indicators"`
	}
	apiIndicator struct {
		Ref         string          `json:"ref"`
		Label       *string         `json:"label"`
		Section     string          `json:"section"`
		Name        string          `json:"name"`
		Good        string          `json:"good"`
		Unit        string          `json:"unit"`
		Decimals    int             `json:"decimals"`
		Basis       string          `json:"basis"`
		Current     apiReading      `json:"current"`
		Previous    *apiReading     `json:"previous"`
		YTD         *apiToDate      `json:"ytd"`
		Target      *apiTarget      `json:"target"`
		RAG         apiRAG          `json:"rag"`
		Direction   apiDirection    `json:"direction"`
		Variation   apiVariation    `json:"variation"`
		Comparisons []apiComparison `json:"comparisons"`
		Projection  *struct{}       `json:"projection"`
		Areas       []apiArea       `json:"areas"`
	}
	apiReading struct {
		Period      string  `json:"period"`
		Value       any     `json:"value"`
		Numerator   any     `json:"numerator"`
		Denominator any     `json:"denominator"`
		Mark        *string `json:"mark"`
		RevisedFrom any     `json:"revised_from"`
	}
	apiToDate struct {
		Period string `json:"period"`
		Value  any    `json:"value"`
		Stated bool   `json:"stated"`
	}
	apiTarget struct {
		Value       any     `json:"value"`
		Green       *string `json:"green"`
		Amber       *string `json:"amber"`
		PeriodValue any     `json:"period_value"`
		Wording     *string `json:"wording"`
	}
	apiRAG struct {
		Rating string `json:"rating"`
		On     string `json:"on"`
		Rule   string `json:"rule"`
		ByHand bool   `json:"by_hand"`
		Reason string `json:"reason"`
	}
	apiDirection struct {
		Arrow     string  `json:"arrow"`
		Judgement *string `json:"judgement"`
		Reason    string  `json:"reason"`
	}
	apiVariation struct {
		State     string   `json:"state"`
		Assurance *string  `json:"assurance"`
		Rules     []string `json:"rules"`
		Mean      any      `json:"mean"`
		Lower     any      `json:"lower"`
		Upper     any      `json:"upper"`
		Reason    string   `json:"reason"`
	}
	apiComparison struct {
		Comparator string  `json:"comparator"`
		Period     string  `json:"period"`
		Value      any     `json:"value"`
		Result     *string `json:"result"`
	}
	apiArea struct {
		Area        string  `json:"area"`
		Period      string  `json:"period"`
		Value       any     `json:"value"`
		Numerator   any     `json:"numerator"`
		Denominator any     `json:"denominator"`
		Mark        *string `json:"mark"`
	}
)

// api is the JSON of a scorecard as at a month.
func api(m *edition.Month, words *theme.Theme) []byte {
	card := apiScorecard{Scorecard: m.Scorecard.ID, AsAt: m.Month.String(), Issue: m.Issue, Indicators: []apiIndicator{}}
	for _, v := range m.Measures() {
		card.Indicators = append(card.Indicators, apiMeasure(m, v, words))
	}
	return opendata.Encode(card)
}

func apiMeasure(m *edition.Month, v *score.Verdict, words *theme.Theme) apiIndicator {
	ind := v.Indicator
	out := apiIndicator{
		Ref: ind.Ref, Label: opendata.Text(ind.Label), Section: ind.Section, Name: ind.Name,
		Good: ind.Good.String(), Unit: ind.Unit.String(), Decimals: ind.Decimals, Basis: ind.Basis,
		Current:     reading(ind, v.Current),
		RAG:         apiRAG{string(v.RAG.Rating), v.RAG.On, v.RAG.Rule, v.RAG.ByHand, words.Sentence(v.RAG.Reason.Code, v.RAG.Reason.Args)},
		Direction:   apiDirection{string(v.Direction.Arrow), opendata.Text(v.Direction.Judgement), words.Sentence(v.Direction.Reason.Code, v.Direction.Reason.Args)},
		Variation:   apiVariation{State: "none", Rules: []string{}, Reason: "process limits are not worked out by this version"},
		Comparisons: []apiComparison{},
		Areas:       []apiArea{},
	}
	if v.Previous.Has {
		previous := reading(ind, v.Previous)
		out.Previous = &previous
	}
	if !v.ToDate.Period.IsZero() {
		out.YTD = &apiToDate{Period: v.ToDate.Period.String(), Stated: v.ToDate.Stated}
		if v.ToDate.Has {
			out.YTD.Value = opendata.Value(ind, v.ToDate.Value)
		}
	}
	if v.Target.Has {
		t := v.Target
		out.Target = &apiTarget{Wording: opendata.Text(t.Row.Wording)}
		if t.Value.Has {
			out.Target.Value = written(ind, t.Value.Decimal)
		}
		if t.PeriodValue.Has {
			out.Target.PeriodValue = written(ind, t.PeriodValue.Decimal)
		}
		if !t.Green.IsZero() {
			out.Target.Green = opendata.Text(notation(ind, t.Green))
		}
		if !t.Amber.IsZero() {
			out.Target.Amber = opendata.Text(notation(ind, t.Amber))
		}
	}
	for _, c := range v.Compared {
		row := apiComparison{Comparator: c.Comparator.ID, Period: c.Benchmark.Period.String(), Result: opendata.Text(c.Result)}
		if c.Benchmark.Value.Has {
			row.Value = opendata.Value(ind, c.Benchmark.Value.Decimal)
		}
		out.Comparisons = append(out.Comparisons, row)
	}
	for _, area := range m.View.Areas(ind.Ref) {
		f, ok := m.View.Figure(ind.Ref, area, v.Current.Period)
		if !ok {
			continue
		}
		r := reading(ind, score.Read(m.View, ind, area, f.Period))
		out.Areas = append(out.Areas, apiArea{area, r.Period, r.Value, r.Numerator, r.Denominator, r.Mark})
	}
	return out
}

func reading(ind *dataset.Indicator, r score.Reading) apiReading {
	out := apiReading{Period: r.Period.String(), Mark: opendata.Text(marks(r.Figure)),
		Numerator: number(r.Figure.Numerator), Denominator: number(r.Figure.Denominator)}
	if r.Value {
		out.Value = opendata.Value(ind, r.Published)
	}
	if r.Figure.Revised && r.Figure.Earlier.Has {
		out.RevisedFrom = opendata.Value(ind, ind.Publish(r.Figure.Earlier.Decimal))
	}
	return out
}

// marks are a figure's symbols, with r where a later return changed it.
func marks(f dataset.Figure) string { return strings.Join(opendata.Symbols(f), " ") }

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

// written is a figure of a register, as it was written there.
func written(ind *dataset.Indicator, d quantity.Decimal) any {
	if ind.Unit == quantity.Grade {
		return ind.Format(d)
	}
	return d
}

func number(n dataset.Number) any {
	if !n.Has {
		return nil
	}
	return n.Decimal
}
