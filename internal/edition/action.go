package edition

import (
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/period"
)

// closedWords are the statuses by which an update closes an action: it was done,
// or it will not be. Any other word, or none, leaves it open and it is carried to
// the next month.
var closedWords = []string{
	"complete", "completed", "closed", "done",
	"abandoned", "cancelled", "canceled", "discontinued", "merged", "replaced", "stopped", "superseded", "withdrawn",
}

// openWords are those that say that it is still to be done.
var openWords = []string{
	"", "open", "new", "agreed", "planned", "not started", "started", "in progress", "underway", "under way", "ongoing", "on going", "continuing",
	"on track", "on target", "off track", "at risk", "delayed", "late", "overdue", "behind", "on hold", "paused", "partly complete", "partially complete",
	"red", "amber", "green",
}

// statusWord is a status to know it by: without case, hyphens and needless space.
func statusWord(a dataset.Action) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(a.Status), "-", " ")), " ")
}

// Closed reports whether an action's newest update closes it.
func Closed(a dataset.Action) bool { return slices.Contains(closedWords, statusWord(a)) }

// KnownStatus reports whether an action's status is a word of which it is known
// whether it closes an action.
func KnownStatus(a dataset.Action) bool {
	return Closed(a) || slices.Contains(openWords, statusWord(a))
}

// Overdue reports whether an open action's day has gone by: a day or a month's
// end before the day of the edition. What is due in words ("ongoing") never is.
func (e *Edition) Overdue(a dataset.Action) bool {
	return a.HasDue && !Closed(a) && e.Past(a.DueOn)
}

// CorrectiveActions lists the actions whose measure is ref (contract, section
// 2), in natural order of their own refs: those that are open, and those that
// were closed in this very month. What was closed earlier is no answer to what
// the measure says now.
func (m *Month) CorrectiveActions(ref string) []dataset.Action {
	var list []dataset.Action
	all := m.View.Actions()
	for i := range all {
		if a := &all[i]; ref != "" && a.Measure == ref && (!Closed(*a) || a.Updated == m.Month) {
			list = append(list, *a)
		}
	}
	return list
}

// Plan is an improvement plan: a folder of data/ with actions alone.
type Plan struct {
	ID, Title string
	Text      commentary.Page // its zero value where content/ has no folder for it
	Data      *dataset.Plan
	Month     period.Month     // as at which its actions are listed
	Updated   period.Month     // of its newest update by then; 0: none
	Actions   []dataset.Action // in force, in natural order of ref
	Draft     bool             // it holds what is not yet due: shown only with Drafts
}

// plan reads a plan as at the edition's month, else the month of its day. A
// plan has no covers: an action is known from its month on, and so is an update.
func (e *Edition) plan(data *dataset.Plan) *Plan {
	p := &Plan{ID: data.ID, Title: Humanise(data.ID), Data: data, Month: e.thisMonth()}
	if months := data.Months(); e.Options.Drafts && len(months) > 0 {
		p.Month = max(p.Month, months[len(months)-1])
	}
	if at := e.Options.AsAt; at != 0 && at < p.Month {
		p.Month = at
	}
	for _, text := range e.Content.Plans {
		if text.Path == data.ID {
			p.Text = text
			if text.Title != "" {
				p.Title = text.Title
			}
		}
	}
	for _, m := range data.Months() {
		if m <= p.Month {
			p.Updated = max(p.Updated, m)
		}
	}
	p.Draft = p.Month > e.thisMonth()
	p.Actions = data.Actions(p.Month, nil)
	return p
}
