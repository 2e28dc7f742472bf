package commentary

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// ragRules are the ways of rating (contract, section 3).
var ragRules = []string{"tolerance", "benchmark", "milestone", "tolerance_and_trend"}

// scorecard reads a scorecard's folder of content/.
func (l *loader) scorecard(name string) {
	dir := root + "/" + name
	files, folders := l.list(dir)
	c := Scorecard{ID: name, Title: inWords(name), Keys: map[string]diag.Place{}, Place: diag.Place{File: dir + "/_index.md"}}
	if slices.Contains(files, "_index.md") {
		c = asBefore(l, c.Place.File, func() Scorecard {
			l.scorecardIndex(&c)
			return c
		})
	} else if !l.holds(dir, "_index.md") {
		l.problems.Warnf(c.Place, "bad-key", "the scorecard has no _index.md; its title is taken from the folder's name").
			Hint = "write _index.md with title, owner and sections"
	}
	for _, file := range files {
		if file == "_index.md" {
			continue
		}
		if id, ok := l.textName(dir + "/" + file); ok {
			l.section(&c, dir+"/"+file, id)
		}
	}
	slices.SortStableFunc(c.SectionPages, func(a, b Section) int {
		return cmp.Or(cmp.Compare(c.rank(a.ID), c.rank(b.ID)), strings.Compare(a.ID, b.ID))
	})
	for _, folder := range folders {
		month, err := period.ParseMonth(folder)
		if err == nil {
			l.month(&c, dir+"/"+folder, month)
			continue
		}
		at := diag.Place{File: dir + "/" + folder}
		if folder[0] >= '0' && folder[0] <= '9' {
			l.problems.Errorf(at, "bad-period", "the folder's name %s is not a month", diag.Quote(folder)).Hint = mendOf(err)
			continue
		}
		hint := "name it as a month, such as 2017-01"
		if meant, ok := period.MeantMonth(folder); ok {
			hint = "name it " + meant.String()
		}
		l.stray(at.File, "a scorecard's folders are its months", hint+", or move it out of the scorecard")
	}
	slices.SortFunc(c.Covers, func(a, b Cover) int { return cmp.Compare(a.Month, b.Month) })
	l.content.Scorecards = append(l.content.Scorecards, c)
}

// rank is a section's place in the declared order; the undeclared come last.
func (c *Scorecard) rank(section string) int {
	if i := slices.Index(c.Sections, section); i >= 0 {
		return i
	}
	return len(c.Sections)
}

// scorecardIndex reads _index.md: how the scorecard is judged, and its introduction.
func (l *loader) scorecardIndex(c *Scorecard) {
	p, ok := l.readPage(c.Place.File, "title", "owner", "description", "rag_rule", "default_tolerance",
		"sections", "grades", "first_report", "disclosure")
	if !ok {
		return
	}
	for key := range p.pairs {
		c.Keys[key] = p.place(key)
	}
	c.Title, c.Owner, c.Description = p.title(c.ID), p.text("owner"), p.text("description")
	c.RagRule = p.choice("rag_rule", ragRules...)
	if tolerance := p.text("default_tolerance"); tolerance != "" {
		if isPercentage(tolerance) {
			c.DefaultTolerance = tolerance
		} else {
			p.errorf("default_tolerance", "bad-number", "write per cent of the target, without a sign: 10", "default_tolerance %s is not a number from 0 to 100", diag.Quote(tolerance))
		}
	}
	names := p.names("sections", "the section")
	for i, id := range names {
		switch same := slices.IndexFunc(names, func(other string) bool { return strings.EqualFold(other, id) }); {
		case strings.EqualFold(id, "index"):
			p.errorf("sections", "bad-key", "give it another name", "the name %s is taken: it is the month's own page", id)
		case same < i:
			p.errorf("sections", "bad-key", "give one of them another name", "the sections %s and %s would have the same page: case does not count in an address", names[same], id)
		default:
			c.Sections = append(c.Sections, id)
		}
	}
	c.Grades, _ = p.words("grades")
	c.FirstReport, _ = p.month("first_report")
	c.Suppress, c.Complement = p.disclosure("disclosure")
	c.Intro = p.markdown.freeze()
}

// isPercentage reports whether a text is a decimal from 0 to 100.
func isPercentage(text string) bool {
	if !decimalShape.MatchString(text) {
		return false
	}
	whole, fraction, _ := strings.Cut(text, ".")
	n, err := strconv.Atoi(whole)
	return err == nil && (n < 100 || n == 100 && strings.Trim(fraction, "0") == "")
}

// section reads a section's standing page.
func (l *loader) section(c *Scorecard, file, id string) {
	if id == "index" {
		l.clash(file, id)
		return
	}
	if len(c.Sections) > 0 && !slices.Contains(c.Sections, id) {
		hint := "add it to sections in _index.md, or delete the file"
		if near := diag.Nearest(id, c.Sections); near != "" {
			hint = "did you mean " + near + ".md?"
		}
		l.problems.Warnf(diag.Place{File: file}, "stray-file", "the scorecard has no section %s", id).Hint = hint
	}
	section := asBefore(l, file, func() *Section {
		p, ok := l.readPage(file, "title", "definition", "owner")
		if !ok {
			return nil
		}
		return &Section{
			ID: id, Title: p.title(id), Definition: p.text("definition"), Owner: p.text("owner"),
			Notes: p.markdown.freeze(), Place: diag.Place{File: file},
		}
	})
	if section != nil {
		c.SectionPages = append(c.SectionPages, *section)
	}
}

// month reads a month's folder: its cover and the analyses of its sections.
// Analyses without a cover are read all the same: they belong to a draft.
func (l *loader) month(c *Scorecard, dir string, month period.Month) {
	files, folders := l.list(dir)
	cover := Cover{Month: month, Place: diag.Place{File: dir + "/_index.md"}}
	for _, name := range files {
		id, ok := l.textName(dir + "/" + name)
		switch {
		case !ok:
		case id == "_index":
			before := cover.Analyses
			cover = asBefore(l, cover.Place.File, func() Cover {
				read := Cover{Month: month, Place: cover.Place}
				l.cover(&read)
				return read
			})
			cover.Analyses = before
		default:
			l.analysis(c, &cover, dir+"/"+name, id)
		}
	}
	if !slices.Contains(files, "_index.md") {
		cover.Unread = l.holds(dir, "_index.md")
	}
	for _, name := range folders {
		l.stray(dir+"/"+name, "a month has no folders", "take it out of the month's folder")
	}
	if cover.HasCover || cover.Unread || len(cover.Analyses) > 0 {
		c.Covers = append(c.Covers, cover)
	}
}

// cover reads a month's _index.md (contract, section 1).
func (l *loader) cover(cover *Cover) {
	p, ok := l.readPage(cover.Place.File, "title", "status", "publish_on", "issue", "extracted",
		"prepared_by", "signed_off", "contact", "caution")
	if !ok {
		state, _ := l.unreadState(cover.Place.File, reportStates...)
		cover.Unread = state.Unknown || state.Status != "draft"
		return
	}
	cover.HasCover = true
	if p.broken {
		state := looseState(p.source.text, reportStates)
		cover.Unread = state.Unknown || state.Status != "draft"
	}
	cover.Status = p.choice("status", "draft", "approved")
	switch {
	case p.bare && len(bytes.TrimSpace(p.source.text)) > 0: // its text alone was kept, or pasted: the month may well be out
		cover.Unread = true
		p.source.errorf(p.at, "bad-key", "begin the file with ---, status: draft (or status: approved) and ---, each on a line of its own", "the cover has no front matter, so that nothing says whether the month is released")
	case !p.stands("status") && !p.broken:
		cover.Unstated = true
		p.source.warnf(p.at, "bad-key", "write status: draft, or status: approved", "status is missing, so the month stays a draft")
	}
	cover.Unread = cover.Unread || p.stands("status") && cover.Status == ""
	if cover.Status == "" {
		cover.Status = "draft" // never public by a slip
	}
	cover.Title = p.text("title")
	if heading, first := p.markdown.title(); first && heading == cover.Title {
		p.markdown.dropFirst()
	}
	cover.PublishOn, cover.HasPublishOn = p.date("publish_on")
	if p.stands("publish_on") && !cover.HasPublishOn {
		cover.Unread = cover.Unread || cover.Status == "approved"
		cover.Status = "draft" // a day that cannot be read has not come
	}
	if issue := p.text("issue"); issue != "" {
		n, err := strconv.Atoi(issue)
		if err != nil || n < 1 || n > 99 || strconv.Itoa(n) != issue {
			p.errorf("issue", "bad-number", "write issue: 1 for the month's first return, 2 for its second", "issue %s is not a number from 1 to 99", diag.Quote(issue))
		} else {
			cover.Issue = n
		}
	}
	cover.Extracted, cover.HasExtracted = p.date("extracted")
	cover.PreparedBy, cover.Contact, cover.Caution = p.text("prepared_by"), p.text("contact"), p.text("caution")
	if p.has("signed_off") {
		signed := readKeys(p.source, p.value("signed_off"), "by", "on")
		cover.SignedBy = signed.required("by", "Director of Children's Services")
		cover.SignedOn, cover.HasSignedOn = signed.date("on")
	}
	cover.Summary = p.markdown.freeze()
}

// analysis reads a section's text for the month.
func (l *loader) analysis(c *Scorecard, cover *Cover, file, id string) {
	if id == "index" {
		l.clash(file, id)
		return
	}
	if len(c.Sections) > 0 && !slices.Contains(c.Sections, id) {
		hint := "name it as one of: " + strings.Join(c.Sections, ", ")
		if near := diag.Nearest(id, c.Sections); near != "" {
			hint = "did you mean " + near + ".md?"
		}
		l.problems.Errorf(diag.Place{File: file}, "unknown-section", "%s has no section %s", path.Base(path.Dir(path.Dir(file))), id).Hint = hint
	}
	analysis := asBefore(l, file, func() *Analysis {
		p, ok := l.readPage(file, "data_note")
		if !ok {
			return nil
		}
		return &Analysis{Section: id, DataNote: p.text("data_note"), Text: p.markdown.freeze(), Place: diag.Place{File: file}}
	})
	if analysis != nil {
		cover.Analyses = append(cover.Analyses, *analysis)
	}
}
