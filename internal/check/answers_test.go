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
		{"a list's item", council{"content/care/2017-01/plans.md": text("- At {{ 2.1 }} we recruit.")}, true},
		{"a heading alone", council{"content/care/2017-01/plans.md": text("## Plans in time: {{ 2.1 }}\n\nWe recruit.")}, false},
		{"a figure without words", council{"content/care/2017-01/plans.md": text("{{ 2.1 }}.")}, false},
		{"the target alone", council{"content/care/2017-01/plans.md": text("{{ 2.1 target }} is the target.")}, false},
		{"an earlier figure alone", council{"content/care/2017-01/plans.md": text("It was {{ 2.1 @2016-12 }} in December."), "data/care/2016-12.csv": "ref,value\n2.1,81\n"}, false},
		{"the figure before alone", council{"content/care/2017-01/plans.md": text("It was {{ 2.1 previous }} before."), "data/care/2016-12.csv": "ref,value\n2.1,81\n"}, false},
		{"the current figure by its period", council{"content/care/2017-01/plans.md": text("At {{ 2.1 @2017-01 }} we recruit.")}, true},
		{"the movement to the current figure", council{"content/care/2017-01/plans.md": text("The share {{ 2.1 moved }}: we recruit."), "data/care/2016-12.csv": "ref,value\n2.1,81\n"}, true},
		{"an action that was withdrawn", council{"data/care/actions.csv": actions, "data/care/2017-01-actions.csv": "ref,status\nA1,Withdrawn\n"}, false},
		{"an action that was cancelled before", council{
			"data/care/actions.csv": actions, "data/care/2016-12.csv": "ref,value\n2.1,81\n",
			"data/care/2016-12-actions.csv": "ref,status\nA1,cancelled\n"}, false},
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

func TestAStatusThatNobodyKnowsIsTold(t *testing.T) {
	site := council{
		"data/care/indicators.csv":      "ref,section,name,good,unit\n2.1,plans,Plans,info,count\n",
		"data/care/actions.csv":         "ref,action,measure\nA1,Recruit,2.1\nA2,Train,2.1\nA3,Plan,2.1\nA4,Ask,2.1\n",
		"data/care/2017-01.csv":         "ref,value\n2.1,80\n",
		"data/care/2017-01-actions.csv": "ref,status\nA1,Finished in May\nA2,Not-Started\nA3,WITHDRAWN\n",
	}
	same(t, site.findings(t), []string{`data/care/2017-01-actions.csv: warning: status "Finished in May" of action A1 is not a known word; the action counts as open [unknown-status]`})
}

func TestTheDraftOfTheNextMonthHidesNothingOfThePublicOne(t *testing.T) {
	site := council{
		"data/care/indicators.csv": "ref,section,name,good,unit,rag_on\n2.1,plans,Plans in time,high,percent,period\n2.2,plans,Plans,info,count,none\n",
		"data/care/targets.csv":    "ref,period,target\n2.1,2016-17,95\n",
		"data/care/2016-12.csv":    "ref,value\n2.1,79\n2.2,5\n",
		"data/care/2017-01.csv":    "ref,value\n2.1,80\n",
		"data/care/2017-02.csv":    "ref,period,value\n2.1,,96\n2.2,,6\n2.2,2017-01,6\n",
	}
	public := []string{
		"content/care/2017-01/plans.md: warning: indicator 2.1 is red in January 2017, and neither the analysis nor an open action answers it [red-without-answer]",
		"data/care/2017-01.csv: warning: indicator 2.2 has no row for January 2017, and has one for December 2016 (data/care/2016-12.csv:3) [missing-return]",
	}
	site["content/care/2017-02/_index.md"] = "---\nstatus: draft\n---\n"
	same(t, site.findings(t), public)
	// Once it is out, it is what the public reads.
	site["content/care/2017-02/_index.md"] = "---\nstatus: approved\n---\n"
	same(t, site.findings(t), nil)
}
