package check

import "testing"

func TestARedNeedsAnAnswer(t *testing.T) {
	const (
		indicators = "ref,section,name,good,unit,rag_on\n2.1,plans,Plans in time,high,percent,period\n"
		targets    = "ref,period,target\n2.1,2016-17,95\n"
		returned   = "ref,value\n2.1,80\n"
		actions    = "ref,action,measure,due,lead\nA1,Recruit two workers,2.1,2017-06,Team Manager\n"
		finding    = "content/care/2017-01/plans.md: warning: indicator 2.1 is red in January 2017, and neither the analysis nor an open action answers it [red-without-answer]"
	)
	for _, test := range []struct {
		name     string
		files    council
		answered bool
	}{
		{"nothing", council{}, false},
		{"a paragraph that refers to it", council{"content/care/2017-01/plans.md": text("At {{ 2.1 }} we recruit.")}, true},
		{"a paragraph without it", council{"content/care/2017-01/plans.md": text("We recruit.")}, false},
		{"a table alone", council{"content/care/2017-01/plans.md": text("| Plans |\n| --- |\n| {{ 2.1 }} |")}, false},
		{"an open action", council{"data/care/actions.csv": actions}, true},
		{"an action that is still to begin", council{"data/care/actions.csv": "ref,action,measure,from\nA1,Recruit,2.1,2017-02\n"}, false},
		{"an action for another measure", council{"data/care/actions.csv": "ref,action,measure\nA1,Recruit,2.2\n"}, false},
		{"an action carried from the month before", council{
			"data/care/actions.csv": actions, "data/care/2016-12.csv": "ref,value\n2.1,81\n",
			"data/care/2016-12-actions.csv": "ref,status,commentary\nA1,in progress,Advertised.\n"}, true},
		{"an action that is overdue and open", council{"data/care/actions.csv": "ref,action,measure,due\nA1,Recruit,2.1,2016-10\n"}, true},
		{"an action closed before", council{
			"data/care/actions.csv": actions, "data/care/2016-12.csv": "ref,value\n2.1,81\n",
			"data/care/2016-12-actions.csv": "ref,status\nA1,Complete\n"}, false},
		{"an action opened again", council{
			"data/care/actions.csv": actions, "data/care/2016-12.csv": "ref,value\n2.1,81\n",
			"data/care/2016-12-actions.csv": "ref,status\nA1,Complete\n",
			"data/care/2017-01-actions.csv": "ref,status\nA1,in progress\n"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.files["data/care/indicators.csv"] = indicators
			test.files["data/care/targets.csv"] = targets
			test.files["data/care/2017-01.csv"] = returned
			var want []string
			if !test.answered {
				want = []string{finding}
			}
			same(t, test.files.findings(t), want)
		})
	}
}
