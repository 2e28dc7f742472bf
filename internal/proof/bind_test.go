package proof

import (
	"slices"
	"testing"
)

// A binding is a claim of where a figure comes from. One that is met by chance,
// of another thing, another place or another time, is none.
func TestFigureOfAnotherThingIsNotBound(t *testing.T) {
	r := &statementReader{e: publishedEdition(t)}
	for _, test := range []struct {
		scorecard, section, text string
		want                     []string
	}{
		{"early-help", "early-help-assessments", "The panel read 22 of 121 letters from residents.", nil},
		{"early-help", "early-help-assessments", "22 of 121 assessments were on time.", []string{"{{ 3.2 of }}"}},
		{"early-help", "early-help-assessments", "In January 18.2% of assessments were completed on time.", []string{"{{ 3.2 }}"}},
		{"early-help", "early-help-assessments", "In January 18.2% of assessments were completed on time in Sheffield.", nil},
		{"early-help", "early-help-assessments", "The forecast is that 18.2% of assessments will be completed on time next year.", nil},
		{"early-help", "early-help-assessments", "If 18.2% of assessments were completed on time, we would need another team.", nil},
		{"early-help", "early-help-assessments", "In January 18.2% of assessments were completed on time. In December it was 30.2%.", []string{"{{ 3.2 }}", "{{ 3.2 previous }}"}},
		{"early-help", "open-cases", "In South 482 cases were open.", []string{"{{ 4.1 area=south }}"}},
		{"safeguarding", "looked-after-children", "There were 482 looked-after children at the end of January.", []string{"{{ 6.1 }}"}},
		{"safeguarding", "looked-after-children", "The number of looked-after children rose. There were 482 parking permits.", nil},
		{"safeguarding", "looked-after-children", "The number of looked-after children rose. There were 482.", []string{"{{ 6.1 }}"}},
		{"safeguarding", "looked-after-children", "We expect 482 looked-after children by March 2017.", nil},
		{"safeguarding", "looked-after-children", "Sheffield has 482 looked-after children.", nil},
		{"safeguarding", "looked-after-children", "| Measure | January 2017 |\n| --- | ---: |\n| Looked-after children | 482 |", []string{"{{ 6.1 }}"}},
		{"safeguarding", "looked-after-children", "| Measure | Forecast |\n| --- | ---: |\n| Looked-after children | 482 |", nil},
	} {
		var got []string
		for _, b := range r.proof(t, test.scorecard, test.section, test.text).bindings {
			got = append(got, b.Reference)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s\n\tbound %q, want %q", test.text, got, test.want)
		}
	}
}
