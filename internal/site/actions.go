package site

import (
	"slices"
	"strconv"
	"strings"

	"outturn/internal/dataset"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/score"
	"outturn/internal/theme"
)

func actionsPath(card string) string { return card + "/actions.html" }

// actionAnchor is an action's ref as an id within the page of actions.
func actionAnchor(ref string) string { return "action-" + strings.TrimPrefix(anchor(ref), "m-") }

// actions composes <scorecard>/actions.html: the scorecard's corrective actions
// as at its newest month, those that are closed too.
func actions(ed *edition.Edition, m *edition.Month) theme.Actions {
	s := m.Scorecard
	c := compose(ed, actionsPath(s.ID))
	out := theme.Actions{ScorecardTitle: s.Title}
	c.listed(&out, m.View.Actions(), func(a dataset.Action) *edition.Month {
		if m.Verdict(a.Measure) == nil {
			return nil
		}
		return m
	})
	c.draft = c.draft || m.Draft
	out.Frame = c.frame("Corrective actions", "What "+s.Title+" is doing about the measures that are off target: each action with its owner, due date and status.", c.cardCrumbs(m)...)
	out.Frame.AsAt = m.Month.Words()
	return out
}

// planPage composes <plan>/index.html. A measure of a plan that is written as
// scorecard/ref leads to that indicator; any other stands as words.
func planPage(ed *edition.Edition, p *edition.Plan) theme.Actions {
	c := compose(ed, cardPath(p.ID))
	out := theme.Actions{Intro: c.prose(p.Text.Text, "", 0, 2)}
	if len(p.Actions) == 0 {
		out.None = "The plan has no actions yet. They appear here from the month in which each begins."
	}
	c.listed(&out, p.Actions, func(a dataset.Action) *edition.Month {
		id, ref, named := strings.Cut(a.Measure, "/")
		card := ed.Scorecard(id)
		if !named || card == nil || card.Latest() == nil || card.Latest().Verdict(ref) == nil {
			return nil
		}
		return card.Latest()
	})
	description := p.Text.Description
	if description == "" {
		description = p.Title + ": each action with its owner, due date and status."
	}
	c.draft = c.draft || p.Draft
	out.Frame = c.frame(p.Title, description)
	if p.Updated != 0 {
		out.Frame.AsAt = p.Updated.Words()
	}
	return out
}

// listed fills in the actions by theme and objective, in the order in which
// these first appear. of tells the month of the scorecard whose indicator an
// action is to put right; nil where its measure is words.
func (c *composer) listed(out *theme.Actions, list []dataset.Action, of func(dataset.Action) *edition.Month) {
	open, overdue, closed := 0, 0, 0
	var updated period.Month
	for _, a := range list {
		row := c.action(a)
		if m := of(a); m != nil {
			c.draft = c.draft || m.Draft
			v := m.Verdict(a.Measure[strings.Index(a.Measure, "/")+1:])
			row.Measure = c.link(headOf(v.Indicator), indicatorPath(m.Scorecard.ID, pageOf(v.Indicator)))
			row.Figure, row.HasFigure = c.figure(v.Indicator, &v.Current), true
			row.MeasureRating = theme.Rating{Code: string(v.RAG.Rating), ByHand: v.RAG.ByHand}
		}
		rows := rowsOf(out, a.Theme, a.Objective)
		*rows = append(*rows, row)
		switch {
		case row.Closed:
			closed++
		case row.Overdue:
			overdue++
			open++
		default:
			open++
		}
		updated = max(updated, a.Updated)
	}
	if updated != 0 {
		out.Updated = updated.Words()
	}
	if len(list) > 0 {
		out.Tally = []theme.Field{{Label: "open", Value: strconv.Itoa(open)}, {Label: "of them overdue", Value: strconv.Itoa(overdue)}, {Label: "closed", Value: strconv.Itoa(closed)}}
	}
}

// rowsOf are the rows of one theme and objective, made where they are not there.
func rowsOf(out *theme.Actions, title, objective string) *[]theme.ActionRow {
	i := slices.IndexFunc(out.Themes, func(t theme.ActionTheme) bool { return t.Title == title })
	if i < 0 {
		i = len(out.Themes)
		out.Themes = append(out.Themes, theme.ActionTheme{Title: title})
	}
	t := &out.Themes[i]
	j := slices.IndexFunc(t.Objectives, func(o theme.ActionObjective) bool { return o.Title == objective })
	if j < 0 {
		j = len(t.Objectives)
		t.Objectives = append(t.Objectives, theme.ActionObjective{Title: objective})
	}
	return &t.Objectives[j].Rows
}

// action shows one action with its newest update. The measure stands as it is
// written: who knows the scorecard makes a link of it.
func (c *composer) action(a dataset.Action) theme.ActionRow {
	row := theme.ActionRow{
		ID: actionAnchor(a.Ref), Ref: a.Ref, Action: a.Action, Measure: theme.Link{Text: a.Measure},
		Baseline: a.Baseline, Target: a.Target, Due: a.Due, Lead: a.Lead, Partner: a.Partner,
		Why: a.Why, Source: a.Source, Workstream: a.Workstream,
		Rating: theme.Rating{Code: a.Rating}, Status: a.Status,
		Closed: edition.Closed(a), Overdue: c.ed.Overdue(a), Commentary: a.Commentary,
	}
	if a.HasDue {
		row.Due = a.DueOn.Words()
		if a.Due != a.DueOn.String() { // a month, due by its last day
			row.Due = "end of " + a.DueOn.Month().Words()
		}
	}
	if row.Status == "" {
		row.Status = c.theme.Word("action", "open")
	}
	switch a.Direction {
	case "up", "down", "stable":
		row.Arrow, row.Progress = a.Direction, c.theme.Word("progress", a.Direction)
	default:
		row.Progress = a.Direction
	}
	if a.Updated != 0 {
		row.Updated = a.Updated.Words()
	}
	return row
}

// corrective are the actions that answer a measure, for its own page.
func (c *composer) corrective(m *edition.Month, v *score.Verdict) []theme.ActionRow {
	var rows []theme.ActionRow
	for _, a := range m.CorrectiveActions(v.Indicator.Ref) {
		row := c.action(a)
		if m == m.Scorecard.Latest() {
			row.Page = c.link("All actions of "+m.Scorecard.Title, actionsPath(m.Scorecard.ID)+"#"+row.ID)
		}
		rows = append(rows, row)
	}
	return rows
}

// hasActions reports whether the scorecard has a page of actions.
func hasActions(m *edition.Month) bool { return len(m.View.Actions()) > 0 }
