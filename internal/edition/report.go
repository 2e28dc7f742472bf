package edition

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/dataset"
	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/score"
)

// Report is a committee report that this edition shows. Its figures are those
// as at its month.
type Report struct {
	commentary.Report
	Draft bool         // not released: shown only with Drafts
	Card  string       // the scorecard of references that name none; "" where there is none
	Month period.Month // as at which its figures are; 0: the latest
	Since *Since       // nil where there is no earlier report to compare with
}

// Since sets the measures that a report speaks of beside what they were at
// another month: as the committee's last report had them.
type Since struct {
	Report *Report // that report; nil where a month is named
	Month  period.Month
	Rows   []SinceRow // none where the month is the report's own
}

// SinceRow is one measure then and now.
type SinceRow struct {
	Month     *Month         // the scorecard as at the report's month
	Now, Then *score.Verdict // Then is nil where nothing was reported of it then
	Draft     bool           // one of them is of a month that is not released
}

// Report returns a report that is shown, or nil.
func (e *Edition) Report(slug string) *Report {
	for _, r := range e.Reports {
		if r.Slug == slug {
			return r
		}
	}
	return nil
}

// contentReport returns any report of content/, or nil.
func (e *Edition) contentReport(slug string) *commentary.Report {
	for i := range e.Content.Reports {
		if e.Content.Reports[i].Slug == slug {
			return &e.Content.Reports[i]
		}
	}
	return nil
}

func reportTexts(r *commentary.Report) []commentary.Text {
	texts := append([]commentary.Text{r.Summary}, r.Recommendations...)
	return append(append(texts, r.BackgroundPapers...), r.Text)
}

// reports finds the reports that are shown, newest first.
func (e *Edition) reports() {
	for i := range e.Content.Reports {
		r := &e.Content.Reports[i]
		if r.IsExempt() || r.Broken || !e.shows(r.State) || e.Options.AsAt != 0 && r.AsAt > e.Options.AsAt {
			continue
		}
		e.Reports = append(e.Reports, e.newReport(r))
	}
	slices.SortFunc(e.Reports, func(a, b *Report) int {
		return cmp.Or(cmp.Compare(b.Date, a.Date), strings.Compare(a.Slug, b.Slug))
	})
}

// compare finds what each report is set beside.
func (e *Edition) compare(problems *diag.List) {
	for _, r := range e.Reports {
		e.since(r, problems)
	}
}

func (e *Edition) newReport(r *commentary.Report) *Report {
	report := &Report{Report: *r, Draft: !e.asked.released(r.State), Month: r.AsAt}
	if len(r.Scorecards) > 0 {
		report.Card = r.Scorecards[0].Text
	}
	return report
}

// checkReport tells what is wrong in a report's own keys and references.
func (e *Edition) checkReport(content *commentary.Report, problems *diag.List, ask asker) {
	r := e.newReport(content)
	bound := true // its references can be answered
	for i, name := range r.Scorecards {
		card := e.Scorecard(name.Text)
		if card == nil {
			e.unknown(name, "unknown-figure", "scorecard", e.cardIDs(), problems)
			bound = bound && i > 0
			continue
		}
		if !card.has(r.AsAt) && card.returned(r.AsAt) {
			p := problems.Errorf(r.AsAtPlace.Place, "bad-period", "%s is not released for %s, as at which the report is", card.ID, r.AsAt.Words())
			p.Hint, p.Source = "release the month first, or write the month whose figures the report gives", r.AsAtPlace.Source
			bound = false
		}
	}
	for _, a := range r.Appendices {
		if a.Scorecard.Text != "" && e.Scorecard(a.Scorecard.Text) == nil {
			e.unknown(a.Scorecard, "unknown-figure", "scorecard", e.cardIDs(), problems)
		}
		e.checkFiles(a.Files, problems)
	}
	for _, name := range r.Meetings {
		if e.contentMeeting(name.Text) == nil {
			e.unknown(name, "bad-key", "meeting", e.meetingSlugs(), problems)
		}
	}
	if !bound {
		return
	}
	for _, text := range append(reportTexts(content), e.Content.Implications) {
		ask(text, r.Card, r.Month)
	}
}

// returned reports whether a month that has reports has a return.
func (s *Scorecard) returned(month period.Month) bool {
	return month >= s.Settings.FirstReport && slices.ContainsFunc(s.Data.Vintages(), func(v dataset.Vintage) bool { return v.Month == month })
}

// unknown tells of a name that names nothing.
func (e *Edition) unknown(name commentary.Named, code, what string, known []string, problems *diag.List) {
	p := problems.Errorf(name.Place, code, "there is no %s %s", what, diag.Quote(name.Text))
	p.Hint, p.Source = nearest(name.Text, known, "the "+what+"s are "), name.Source
	if len(known) == 0 {
		p.Hint = "there is no " + what + " yet"
	}
}

// checkFiles tells of attachments that are not there.
func (e *Edition) checkFiles(files []commentary.Named, problems *diag.List) {
	for _, name := range files {
		if slices.Contains(e.Content.Files, name.Text) {
			continue
		}
		p := problems.Errorf(name.Place, "bad-link", "there is no file %s", diag.Quote(path.Join("content/files", name.Text)))
		p.Hint, p.Source = "put the file there, or take it out here", name.Source
		if near := diag.Nearest(name.Text, e.Content.Files); near != "" {
			p.Hint = "did you mean " + near + "?"
		}
	}
}

// since finds what a report is compared with: the report or month that it
// names, else the last earlier report to the same committee.
func (e *Edition) since(r *Report, problems *diag.List) {
	s := &Since{}
	switch month, err := period.ParseMonth(r.Report.Since.Text); {
	case r.Report.Since.Text == "":
		for _, other := range e.Reports { // newest first
			if strings.EqualFold(other.Committee, r.Committee) && other.Date < r.Date && other.AsAt != 0 {
				s.Report, s.Month = other, other.AsAt
				break
			}
		}
	case err == nil:
		s.Month = month
		if r.AsAt != 0 && month >= r.AsAt {
			e.notBefore(r, "bad-period", month.Words()+" is not before "+r.AsAt.Words()+", as at which this report is", problems)
			return
		}
	case e.contentReport(r.Report.Since.Text) == nil:
		var slugs []string
		for _, other := range e.Content.Reports {
			if e.shows(other.State) && !other.IsExempt() {
				slugs = append(slugs, other.Slug)
			}
		}
		e.unknown(r.Report.Since, "bad-key", "report", slugs, problems)
	default:
		if other := e.contentReport(r.Report.Since.Text); !other.Broken && other.Date >= r.Date {
			e.notBefore(r, "bad-key", "the report "+diag.Quote(other.Slug)+" is not earlier than this one", problems)
			return
		}
		if s.Report = e.Report(r.Report.Since.Text); s.Report != nil {
			s.Month = s.Report.AsAt
		}
	}
	if s.Month == 0 || r.AsAt == 0 || s.Month > r.AsAt {
		return
	}
	r.Since = s
	if s.Month == r.AsAt {
		return
	}
	seen := map[string]bool{}
	for _, text := range append(append([]commentary.Text{r.Summary}, r.Recommendations...), r.Text) {
		for _, ref := range text.Refs() {
			if ref.Figure || isDirective(ref) {
				continue
			}
			req, problem := e.request(ref, r.Card, r.Month)
			if problem != nil {
				continue // told where it stands
			}
			name := pageRef(req.ind)
			if key := req.month.Scorecard.ID + "/" + name; !seen[key] {
				seen[key] = true
				row := SinceRow{Month: req.month, Now: req.month.Verdict(name), Draft: req.month.Draft}
				if then := e.reported(req.month.Scorecard, s.Month); then != nil {
					row.Then, row.Draft = then.Verdict(name), row.Draft || then.Draft
				}
				if row.Now != nil {
					s.Rows = append(s.Rows, row)
				}
			}
		}
	}
	slices.SortStableFunc(s.Rows, func(a, b SinceRow) int { return strings.Compare(a.Month.Scorecard.ID, b.Month.Scorecard.ID) })
}

// notBefore tells of a since that does not lead back.
func (e *Edition) notBefore(r *Report, code, why string, problems *diag.List) {
	p := problems.Errorf(r.Report.Since.Place, code, "since: %s", why)
	p.Hint, p.Source = "name an earlier report or month, or take since out: the committee's last report is then found", r.Report.Since.Source
}

// reported is a scorecard as it was reported at a month: also one before the
// first report of this site, where there was a return.
func (e *Edition) reported(s *Scorecard, month period.Month) *Month {
	if m := s.At(month); m != nil {
		return m
	}
	if month >= s.Settings.FirstReport || !slices.ContainsFunc(s.Data.Vintages(), func(v dataset.Vintage) bool { return v.Month <= month }) {
		return nil
	}
	key := fmt.Sprintf("%s %s", s.ID, month)
	if m := e.earlier[key]; m != nil {
		return m
	}
	m := &Month{Scorecard: s, Month: month}
	m.judge(s.Data.AsAt(month, func(dataset.Vintage) bool { return true }))
	if e.earlier == nil {
		e.earlier = map[string]*Month{}
	}
	e.earlier[key] = m
	return m
}
