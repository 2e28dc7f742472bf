package proof

import (
	"strings"
	"testing"
)

// A bound figure prints what is right, and is still told where its sentence
// names another month, area, measure or comparator; its twin is left alone.
func TestBoundFiguresAreHeldToTheirSentence(t *testing.T) {
	r := &statementReader{e: publishedEdition(t)}
	for _, c := range []struct{ where, text, want string }{
		{"early-help/triage", "{{ 3.2 }} of contacts were triaged.", "contradicts-data"},
		{"early-help/triage", "{{ 1.2 }} of contacts were triaged.", ""},
		{"early-help/early-help-assessments", "In December 2016 {{ 3.2 }} of assessments were in time.", "contradicts-data"},
		{"early-help/early-help-assessments", "In December 2016 {{ 3.2 previous }} of assessments were in time.", ""},
		{"early-help/early-help-assessments", "This month {{ 3.2 previous }} of assessments were in time.", "stale-figure"},
		{"early-help/early-help-assessments", "{{ 3.2 previous }} of assessments were in time.", "stale-figure"},
		{"early-help/early-help-assessments", "The share went from {{ 3.2 }} to {{ 3.2 @2016-12 }}.", "contradicts-data"},
		{"early-help/early-help-assessments", "The share fell from {{ 3.2 }} to {{ 3.2 @2016-12 }}.", "direction-contradicts"},
		{"early-help/early-help-assessments", "The share fell from {{ 3.2 @2016-12 }} to {{ 3.2 }}.", ""},
		{"early-help/early-help-assessments", "In South {{ 3.2 area=north }} were in time.", "contradicts-data"},
		{"early-help/early-help-assessments", "In South {{ 3.2 area=south }} were in time.", ""},
		{"safeguarding/child-protection", "The national average is {{ 5.10 stat_neighbour_average }}.", "contradicts-data"},
		{"safeguarding/child-protection", "The national average is {{ 5.10 national_average }}.", ""},
		{"early-help/early-help-assessments", "22 of the {{ 3.1 previous }} assessments were in time.", "contradicts-data"},
		{"early-help/early-help-assessments", "22 of the {{ 3.1 }} assessments were in time.", ""},
	} {
		scorecard, section, _ := strings.Cut(c.where, "/")
		got := ""
		for _, p := range r.found(t, scorecard, section, c.text) {
			got += p.Code
		}
		if got != c.want {
			t.Errorf("%s: found %q, want %q", c.text, got, c.want)
		}
	}
}

// What a sentence does not name is what the one before it was about.
func TestASentenceGoesOnFromTheOneBefore(t *testing.T) {
	r := &statementReader{e: publishedEdition(t)}
	const first = "In January 58.5 children per 10,000 had a child protection plan. "
	for text, want := range map[string]string{
		"The target is 52.3.":                                "",
		"The target is 62.3.":                                "contradicts-data",
		"That is higher than the 46.1 of similar councils.":  "",
		"That is lower than the 46.1 of similar councils.":   "direction-contradicts",
		"It has come down from 58.7 in December.":            "",
		"It has gone up from 58.7 in December.":              "direction-contradicts",
		"Attendance at the panel has gone up from 8 people.": "",
	} {
		got := ""
		for _, p := range r.found(t, "safeguarding", "child-protection", first+text) {
			got += p.Code
		}
		if got != want {
			t.Errorf("%s: found %q, want %q", text, got, want)
		}
	}
}
