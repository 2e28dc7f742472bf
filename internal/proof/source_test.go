package proof

import "testing"

// A figure of a measure for a month, an area or a comparator that the site does
// not have is from elsewhere, and should say so. What no scorecard counts, what
// is to come and what is said roughly is left alone.
func TestFiguresThatNoScorecardHasAreUnsourced(t *testing.T) {
	r := &statementReader{e: publishedEdition(t)}
	for _, test := range []struct {
		scorecard, section, text string
		want                     string
	}{
		{"early-help", "", "In June 2014 there were 612 contacts with Early Help.", "unsourced-figure"},
		{"early-help", "", "In June 2014 there were {{ figure 612 | the June 2014 scorecard }} contacts with Early Help.", ""},
		{"early-help", "", "In June 2014 there were about 600 contacts with Early Help.", ""},
		{"early-help", "", "There were 403 contacts with Early Help in January.", ""},
		{"early-help", "", "In June 2014 managers met 612 parents.", ""},
		{"early-help", "", "A further 212 contacts with Early Help must be triaged by April 2018.", ""},
		{"early-help", "early-help-assessments", "In January 64.9% of parents said that the building is easy to find.", "unsourced-figure"},
		{"early-help", "early-help-assessments", "The building was painted in 2014 at a cost of £6,120.", ""},
		{"early-help", "", "The triage team answers 64 calls on a usual day.", ""},
	} {
		found := r.found(t, test.scorecard, test.section, test.text)
		got := ""
		if len(found) > 0 {
			got = found[0].Code
		}
		if got != test.want || len(found) > 1 {
			t.Errorf("%s: %s, want %q", test.text, told(found), test.want)
		}
	}
}
