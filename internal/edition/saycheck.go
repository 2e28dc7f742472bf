package edition

import (
	"outturn/internal/commentary"
	"outturn/internal/diag"
	"outturn/internal/period"
)

// checkRefs asks every reference of every text that is shown, so that a fault is
// found when the site is built and not when a page is opened. Where the data
// themselves could not all be read, a figure that is not there is no fault of
// the text: it is told once they can.
func (e *Edition) checkRefs(problems *diag.List, dataFaults bool) {
	leads := &links{e: e}
	ask := func(text commentary.Text, scorecard string, month period.Month) {
		for _, ref := range text.Refs() {
			if _, problem, absent := e.say(ref, scorecard, month); problem != nil && !(absent && (dataFaults || e.unsound)) {
				problems.Add(*problem)
			}
		}
		leads.check(text, problems)
	}
	for i := range e.Content.Reports {
		if r := &e.Content.Reports[i]; e.Report(r.Slug) != nil || e.Options.Drafts && r.IsExempt() && !r.Broken {
			e.checkReport(r, problems, ask)
		}
	}
	for i := range e.Content.Meetings {
		if m := &e.Content.Meetings[i]; e.Meeting(m.Slug) != nil {
			e.checkMeeting(m, problems, ask)
		}
	}
	ask(e.Content.Home.Text, "", 0)
	for _, page := range e.Content.Pages {
		ask(page.Text, "", 0)
	}
	for _, plan := range e.Plans {
		ask(plan.Text.Text, "", 0)
	}
	for _, s := range e.Scorecards {
		if s.Latest() == nil {
			continue
		}
		for _, m := range s.Months {
			ask(s.Text.Intro, s.ID, m.Month)
			ask(m.Cover.Summary, s.ID, m.Month)
			for _, a := range m.Cover.Analyses {
				ask(a.Text, s.ID, m.Month)
			}
			for _, sec := range s.Sections {
				ask(sec.Notes, s.ID, m.Month)
			}
		}
	}
}

// asker looks for faults in the references of a text.
type asker func(text commentary.Text, scorecard string, month period.Month)
