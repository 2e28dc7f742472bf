package score

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"outturn/internal/period"
)

// assessments is the example of the contract, section 5: 3.2 as at January 2017.
var assessments = council{
	indicators: "ref,section,name,good,unit,rag_on,ytd\n3.2,assessments,Completed in time,high,percent,period,reported\n",
	targets:    "ref,period,target,amber\n3.2,2016-17,100,>90\n",
	benchmarks: "ref,comparator,period,value\n3.2,england,2014-15,81.5\n",
	returns: map[string]string{
		"2016-12": rows("3.2", "2016-11 24.0", "2016-12 30.2 35/116"),
		"2017-01": rows("3.2", "2017-01 18.2 22/121"),
	},
}

func TestContractExampleIsJudgedAsTheContractSays(t *testing.T) {
	v := assessments.judge(t, "2017-01", "3.2")
	got := fmt.Sprintf("%s | %s %s | %s %s | %s %v %v | %s %s %s | %s %s %s %s | %s %s %s",
		readings(v.Latest),
		v.Current.Published, v.Current.Figure.Numerator.Decimal, v.Previous.Period, v.Previous.Published,
		v.ToDate.Period, v.ToDate.Has, v.ToDate.Stated,
		v.Target.Value.Decimal, v.Target.Green, v.Target.Amber,
		v.RAG.Rating, v.RAG.On, v.RAG.Rule, v.RAG.Reason.Code,
		v.Direction.Arrow, v.Direction.Judgement, v.Direction.Standing)
	want := "2016-11 24.0, 2016-12 30.2, 2017-01 18.2 | 18.2 22 | 2016-12 30.2 | 2016-17-YTD false false | " +
		"100 >=100 >90 | red period tolerance red | down decline red"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !v.News {
		t.Error("the figure was returned in this month, and is news")
	}
	if len(v.Compared) != 1 || v.Compared[0].Comparator.ID != "england" || v.Compared[0].Side != "worse" {
		t.Errorf("compared: %+v", v.Compared)
	}
}

func TestReasonCarriesFinishedWords(t *testing.T) {
	v := assessments.judge(t, "2017-01", "3.2")
	wantRating := map[string]string{
		"reading": "18.2% (22 of 121)", "figure": "18.2%", "count": "22 of 121", "period": "January 2017",
		"target": "100%", "green": "100% or more", "amber": "more than 90%",
	}
	if !maps.Equal(words(v.RAG.Reason), wantRating) {
		t.Errorf("rating: %v", words(v.RAG.Reason))
	}
	wantDirection := map[string]string{
		"figure": "18.2%", "period": "January 2017", "previous": "30.2%", "previous_period": "December 2016",
		"change": "12.0 percentage points",
	}
	if v.Direction.Reason.Code != FellWorse || !maps.Equal(words(v.Direction.Reason), wantDirection) {
		t.Errorf("direction: %s %v", v.Direction.Reason.Code, words(v.Direction.Reason))
	}
}

func TestStepsLeadFromTheFigureToTheRating(t *testing.T) {
	v := assessments.judge(t, "2017-01", "3.2")
	var codes []string
	for _, step := range v.RAG.Steps {
		codes = append(codes, step.Code)
	}
	want := []string{StepFigure, StepTarget, StepGreenDerived, StepAmber, RatedRed}
	if !slices.Equal(codes, want) {
		t.Errorf("steps %v, wanted %v", codes, want)
	}
}

func TestSameViewGivesTheSameVerdict(t *testing.T) {
	a, b := assessments.view(t, "2017-01"), assessments.view(t, "2017-01")
	x, y := Judge(a, a.Indicator("3.2")), Judge(b, b.Indicator("3.2"))
	for i, r := range every(x) {
		if s := every(y)[i]; r.Code != s.Code || !maps.Equal(words(r), words(s)) {
			t.Errorf("%s %v\n%s %v", r.Code, words(r), s.Code, words(s))
		}
	}
	for _, v := range []*Verdict{&x, &y} { // their words are told apart above
		v.RAG.Reason, v.RAG.Steps, v.Direction.Reason, v.ToDate.Reason = Reason{}, nil, Reason{}, Reason{}
	}
	if !reflect.DeepEqual(x, y) {
		t.Errorf("%+v\n%+v", x, y)
	}
}

func TestReadGivesAnAreasFigure(t *testing.T) {
	c := assessments
	c.returns = map[string]string{"2017-01": "ref,period,area,value\n3.2,,north,20\n"}
	v := c.view(t, "2017-01")
	r := Read(v, v.Indicator("3.2"), "north", period.OfMonth(mustMonth("2017-01")))
	if !r.Value || r.Published.String() != "20.0" {
		t.Errorf("%+v", r)
	}
}

func TestAFigureIsNewsOnlyInTheMonthItWasFirstReturned(t *testing.T) {
	c := council{
		indicators: "ref,section,name,good,unit,frequency\n6.1,s,n,high,percent,quarterly\n",
		returns: map[string]string{
			"2017-01": rows("6.1", "2016-17-Q3 93"),
			"2017-02": rows("6.1", "2016-17-Q3 94"),
		},
	}
	if v := c.judge(t, "2017-01", "6.1"); !v.News {
		t.Error("January returned quarter 3 first")
	}
	v := c.judge(t, "2017-02", "6.1")
	if v.News {
		t.Error("in February quarter 3 is carried, though revised")
	}
	if !v.Current.Figure.Revised || v.Current.Published.String() != "94.0" {
		t.Errorf("current: %+v", v.Current)
	}
}

func TestJudgementIsOnTheValueAsPublished(t *testing.T) {
	c := assessments
	c.targets = "ref,period,target\n3.2,2016-17,95\n"
	c.returns = map[string]string{"2017-01": rows("3.2", "2016-12 94.96", "2017-01 94.95")}
	v := c.judge(t, "2017-01", "3.2")
	if v.RAG.Rating != Green {
		t.Errorf("94.95 is published as 95.0, which meets 95: %s", v.RAG.Rating)
	}
	if v.Direction.Judgement != noChange || v.Direction.Reason.Code != Unchanged {
		t.Errorf("both are published as 95.0: %+v", v.Direction)
	}
	if v.RAG.Steps[1].Code != StepRounded || v.RAG.Steps[1].Args()("returned") != "94.95%" {
		t.Errorf("the rounding is told: %+v", v.RAG.Steps[1])
	}
}

// worth is a verdict's figure, for tests that change only the return.
func worth(v Verdict) string {
	if !v.Current.Value {
		return "-"
	}
	return v.Current.Published.String()
}

func TestLaterVintageReplacesAndEarlierPageStands(t *testing.T) {
	c := assessments
	c.returns = map[string]string{
		"2016-12": rows("3.2", "2016-12 30.2"),
		"2017-01": rows("3.2", "2016-12 31.0", "2017-01 18.2"),
	}
	if got := worth(c.judge(t, "2016-12", "3.2")); got != "30.2" {
		t.Errorf("as at December: %s", got)
	}
	if v := c.judge(t, "2017-01", "3.2"); v.Previous.Published.String() != "31.0" {
		t.Errorf("as at January: %+v", v.Previous)
	}
}

func TestComparisonTakesASideByPolarity(t *testing.T) {
	for _, c := range []struct{ good, ours, side string }{
		{"high", "80", "better"}, {"high", "70.04", "same"}, {"high", "60", "worse"},
		{"low", "80", "worse"}, {"low", "60", "better"},
		{"info", "80", "higher"}, {"info", "60", "lower"}, {"info", "70", "same"},
		{"within", "52", "better"}, {"within", "30", "same"}, {"within", "29", "worse"},
	} {
		v := council{
			indicators: "ref,section,name,good,unit,rag_on\n1,s,n," + c.good + ",percent,period\n",
			targets:    "ref,period,green\n1,2016-17,45..55\n",
			benchmarks: "ref,comparator,period,value,mark\n1,england,2015-16,70,\n1,region,2015-16,,x\n",
			returns:    map[string]string{"2017-01": rows("1", "2017-01 "+c.ours)},
		}
		got := v.judge(t, "2017-01", "1").Compared
		if len(got) != 1 || got[0].Side != c.side {
			t.Errorf("%s %s against 70: %+v, wanted %s", c.good, c.ours, got, c.side)
		}
	}
}
