package site

import (
	"html/template"
	"path"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/commentary"
	"outturn/internal/edition"
	"outturn/internal/period"
	"outturn/internal/theme"
)

func reportPath(slug string) string { return "reports/" + slug + ".html" }

// papers adds the pages of reports and meetings.
func (p *part) papers(ed *edition.Edition) {
	if len(ed.Reports) > 0 {
		p.page("reports/index.html", func(*room) any { return reports(ed) })
	}
	for _, r := range ed.Reports {
		p.page(reportPath(r.Slug), func(*room) any { return report(ed, r) })
	}
	if len(ed.Meetings) > 0 {
		p.page("meetings/index.html", func(*room) any { return meetings(ed) })
	}
	for _, m := range ed.Meetings {
		p.page(meetingPath(m.Slug), func(*room) any { return meeting(ed, m) })
	}
}

// report composes reports/<slug>.html.
func report(ed *edition.Edition, r *edition.Report) theme.Report {
	c := compose(ed, reportPath(r.Slug))
	c.whole = len(r.Scorecards) > 1
	out := theme.Report{Committee: r.Committee, Record: r.RecordURL, Sheet: c.sheet(r)}
	if r.Date != 0 {
		out.Date = r.Date.Words()
	}
	if r.Month != 0 {
		out.Month = r.Month.Words()
	}
	accountable := commentary.HeadingKey(c.theme.Word("report", "accountable"))
	body := commentary.NewPaper(r.Text, ed.Content.Implications)
	if !body.Has(accountable) {
		out.Accountable = r.Accountable
	}
	how := c.rendering(r.Card, r.Month, 2)
	how.Prefix = "at-" // a heading's address does not hang on what else the page holds
	html, heads := body.Render(how, r.Numbered, func(key string) template.HTML {
		if key == accountable {
			return roles(r.Accountable)
		}
		return ""
	})
	out.Body = html
	for _, h := range heads {
		if h.Level == 1 {
			out.Contents = append(out.Contents, theme.Heading{Number: h.Number, Text: h.Text, Href: "#" + h.ID})
		}
	}
	out.Since = c.since(r)
	for _, a := range r.Appendices {
		out.Appendices = append(out.Appendices, c.appendix(r, a))
	}
	for _, a := range r.Approvals {
		approval := theme.Approval{Role: a.Role}
		if a.HasOn {
			approval.Date = a.On.Words()
		}
		out.Approvals = append(out.Approvals, approval)
	}
	for _, h := range ed.Hearings(r) {
		title := c.marked(h.Meeting.Title, h.Meeting.Draft)
		hearing := theme.Hearing{Meeting: c.link(title, meetingPath(h.Meeting.Slug)), State: ed.Standing(h.Meeting)}
		if h.Item > 0 {
			hearing.Meeting = c.link(title+", item "+strconv.Itoa(h.Item), meetingPath(h.Meeting.Slug)+"#item-"+strconv.Itoa(h.Item))
		}
		for _, res := range h.Resolutions {
			hearing.Resolutions = append(hearing.Resolutions, c.resolution(h.Meeting, res))
		}
		out.Went = append(out.Went, hearing)
	}
	out.Marks = marksUsed(c.theme, c.used)
	description := r.Description
	if description == "" {
		description = r.Title + ": a report to " + r.Committee + "."
	}
	c.draft = c.draft || r.Draft
	for _, name := range r.Scorecards { // what its text says of them may be typed, and is as at its month
		if s := ed.Scorecard(name.Text); s != nil && s.At(r.Month) != nil {
			c.draft = c.draft || s.At(r.Month).Draft
		}
	}
	out.Frame = c.frame(r.Title, description, c.section("Reports", "reports/index.html"))
	out.Frame.AsAt = out.Month
	return out
}

func roles(list []string) template.HTML {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(`<ul class="roles">`)
	for _, role := range list {
		b.WriteString("<li>" + template.HTMLEscapeString(role) + "</li>")
	}
	b.WriteString("</ul>\n")
	return template.HTML(b.String())
}

// sheet is the summary sheet in the order of the theme's words.
func (c *composer) sheet(r *edition.Report) []theme.SheetRow {
	text := func(list ...string) []template.HTML {
		var out []template.HTML
		for _, s := range list {
			if s != "" {
				out = append(out, template.HTML(template.HTMLEscapeString(s)))
			}
		}
		return out
	}
	prose := func(list ...commentary.Text) []template.HTML {
		var out []template.HTML
		for _, t := range list {
			if html := c.prose(t, r.Card, r.Month, 4); html != "" {
				out = append(out, html)
			}
		}
		return out
	}
	none := func(values []template.HTML) []template.HTML {
		if len(values) == 0 {
			return text(c.theme.Word("report", "none"))
		}
		return values
	}
	committee := r.Committee
	if r.Date != 0 {
		committee += ", " + r.Date.Words()
	}
	var appendices []string
	for _, a := range r.Appendices {
		title := a.Title
		if s := c.ed.Scorecard(a.Scorecard.Text); title == "" && s != nil {
			title = s.Title
		}
		if title == "" && len(a.Files) > 0 {
			title = path.Base(a.Files[0].Text)
		}
		appendices = append(appendices, a.Letter+". "+title)
	}
	rows := map[string]theme.SheetRow{}
	for _, code := range strings.Fields(c.theme.Word("sheet", "order")) {
		row := theme.SheetRow{Code: code}
		switch code { // in the order of the words, so that the notes count in reading order
		case "committee":
			row.Values = text(committee)
		case "title":
			row.Values = text(r.Title)
		case "key_decision":
			row.Values = text(r.KeyDecision)
		case "director":
			row.Values = text(r.Director)
		case "authors":
			row.Values = text(r.Authors...)
		case "wards":
			row.Values = text(r.Wards)
		case "summary":
			row.Values = prose(r.Summary)
		case "recommendations":
			row.Values, row.Numbered = prose(r.Recommendations...), true
		case "appendices":
			row.Values = none(text(appendices...))
		case "background_papers":
			row.Values = none(prose(r.BackgroundPapers...))
		case "other_bodies":
			row.Values = text(r.OtherBodies)
		case "council_approval":
			row.Values = text(r.CouncilApproval)
		case "exempt":
			row.Values = text(c.theme.Word("report", "public"))
		}
		rows[code] = row
	}
	var list []theme.SheetRow
	for _, code := range strings.Fields(c.theme.Word("sheet", "order")) {
		if row := rows[code]; len(row.Values) > 0 {
			list = append(list, row)
		}
	}
	return list
}

// appendix is one of a report. A scorecard is that of the report's month.
func (c *composer) appendix(r *edition.Report, a commentary.Appendix) theme.Appendix {
	out := theme.Appendix{Letter: a.Letter, Title: a.Title, Files: c.files(a.Files)}
	if s := c.ed.Scorecard(a.Scorecard.Text); s != nil {
		if m := s.At(r.Month); m != nil {
			out.Scorecard = c.cardLink(m)
			if out.Title == s.Title {
				out.Title = ""
			}
		}
	}
	return out
}

// files are links to attachments, each with its kind.
func (c *composer) files(names []commentary.Named) []theme.Link {
	var list []theme.Link
	for _, name := range names {
		if c.ed.Hidden("files/" + name.Text) {
			continue
		}
		kind := strings.ToUpper(strings.TrimPrefix(path.Ext(name.Text), "."))
		text := strings.NewReplacer("-", " ", "_", " ").Replace(strings.TrimSuffix(path.Base(name.Text), path.Ext(name.Text)))
		list = append(list, c.link(text+" ("+kind+")", escapePath("files/"+name.Text)))
	}
	return list
}

// since sets the report's measures beside what they were at the last meeting.
func (c *composer) since(r *edition.Report) theme.Since {
	s := r.Since
	if s == nil {
		return theme.Since{}
	}
	say := func(code string, m period.Month) string {
		return c.theme.Sentence(code, map[string]string{"month": m.Words()})
	}
	out := theme.Since{Now: say("report.now", r.AsAt), Then: say("report.then-month", s.Month)}
	if s.Report != nil {
		out.Then = say("report.then", s.Month)
		out.Report = c.link(c.marked(s.Report.Title, s.Report.Draft), reportPath(s.Report.Slug))
	}
	if s.Month == r.AsAt {
		out.Note = say("report.since-same", s.Month)
		return out
	}
	for _, row := range s.Rows {
		card := row.Month.Scorecard
		c.draft = c.draft || row.Draft
		if n := len(out.Groups); n == 0 || out.Groups[n-1].Title != card.Title {
			out.Groups = append(out.Groups, theme.SinceGroup{Title: card.Title})
		}
		ind := row.Now.Indicator
		line := theme.SinceRow{
			Label: ind.Label, Indicator: c.link(ind.Name, indicatorPath(card.ID, ind.Ref)),
			Now: c.figure(ind, &row.Now.Current), Is: rating(row.Now), NotThen: c.theme.Word("report", "not-then"),
		}
		if then := row.Then; then != nil {
			line.NotThen = ""
			line.Then, line.Was = c.figure(then.Indicator, &then.Current), rating(then)
			line.RatingDiff = line.Was.Code != line.Is.Code
		}
		group := &out.Groups[len(out.Groups)-1]
		group.Rows = append(group.Rows, line)
	}
	return out
}

// reports composes reports/index.html: by committee, the one with the newest
// report first.
func reports(ed *edition.Edition) theme.Reports {
	c := compose(ed, "reports/index.html")
	var out theme.Reports
	draft := true
	for _, r := range ed.Reports {
		i := slices.IndexFunc(out.Committees, func(o theme.CommitteeReports) bool { return strings.EqualFold(o.Committee, r.Committee) })
		if i < 0 {
			i = len(out.Committees)
			out.Committees = append(out.Committees, theme.CommitteeReports{ID: "committee-" + strconv.Itoa(i+1), Committee: r.Committee})
		}
		line := theme.ReportLine{Report: c.link(r.Title, reportPath(r.Slug)), Draft: r.Draft}
		if r.Date != 0 {
			line.Date = r.Date.Words()
		}
		if r.Month != 0 {
			line.Month = r.Month.Words()
		}
		out.Committees[i].Reports = append(out.Committees[i].Reports, line)
		draft = draft && r.Draft
	}
	c.draft = draft
	out.Frame = c.frame("Committee reports", "Every public report on performance, by committee, newest first.")
	return out
}
