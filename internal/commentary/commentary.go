// Package commentary reads content/: the site's settings, and Markdown texts
// with their front matter and figure references (contract, sections 1 and 4).
//
//	var problems diag.List
//	content := commentary.Load(os.DirFS(site), []string{"early-help"}, &problems)
//	html := content.Home.Text.Render(answer, 2, "home-")
//
// Content is data. Raw HTML is not let through and is an error with its place;
// links lead to http, https, mailto, tel and relative addresses, pictures come
// from content/files/ alone. Rendered text has no style and no script
// attributes, so that it stands under a strict content security policy.
//
// A figure reference {{ 3.2 previous }} is kept as a Ref with its place: what
// it says is decided by who holds the figures, when the text is rendered. In
// front matter it is an error, for nothing would fill it in, except in the
// texts of a report's summary sheet and of a meeting's resolutions and lists.
//
// Reports and meetings are read whatever their state; who builds a public site
// asks State.Released and Report.IsExempt. content/reports/_implications.md
// holds the standard sections of reports, each under a heading.
//
// YAML is read by this package alone: unknown and repeated keys are errors,
// and so are aliases, anchors and type marks. Dates and months are checked;
// words that refer to data (sections, tags, comparators) are handed on.
//
// All that is wrong goes to a diag.List, every fault of a file in one run
// (after a fault in YAML's own grammar the file's keys are left empty). Codes
// beside those of the contract: bad-link, missing-alt, bad-footnote,
// not-supported, unreadable.
package commentary

import (
	"html/template"
	"slices"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// Content is everything in content/.
type Content struct {
	Site       Site
	Home       Page        // content/_index.md
	Pages      []Page      // plain pages, by path
	Files      []string    // attachments below content/files/, as paths below it, sorted
	Scorecards []Scorecard // by id
	Plans      []Page      // folder with an _index.md whose data folder is a plan
	Reports    []Report    // by slug, drafts and exempt ones included
	Meetings   []Meeting   // by slug, drafts included

	Implications      Text // content/reports/_implications.md: the standard sections of reports
	ImplicationsPlace diag.Place
}

// Site is content/site.yaml.
type Site struct {
	Title, Council, BaseURL, Language, Theme string
	Notice                                   string // at the foot of every page: what the site is not
	Credit                                   string // where the figures come from
	CreditURL                                string
	Licence                                  string
	LicenceURL                               string
	Contact                                  string // a team's mailbox
	Areas                                    []Area
	Comparators                              []Comparator
	Views                                    []View
	Suppress                                 string // disclosure: "" is off, else as written, e.g. 1..5
	Complement                               bool   // disclosure: withhold a second count where the first could be worked out
	SuppressAt, ThemeAt                      diag.Place
	Calendar                                 Calendar
	Keep                                     int // how many years snapshots are kept, by the council's schedule; 0: not given
	Place                                    diag.Place
}

// Area is a part of the authority that data may name; the first of a site is
// the whole. A residual area holds what belongs to no other.
type Area struct {
	ID, Name, Kind string // Kind: "" or residual
	Place          diag.Place
}

// Comparator is what figures are compared with. Role is stat_neighbours or
// national where the benchmark rule uses it, else empty; a threshold (a top
// quartile) is no average.
type Comparator struct {
	ID, Name, Short, Role string
	Threshold             bool
	Place                 diag.Place
}

// View is a page over all scorecards, by tag.
type View struct {
	ID, Title, Tag string
	Groups         []ViewGroup
	Place          diag.Place
}

// ViewGroup is a heading of a view with its wording and the refs under it.
type ViewGroup struct {
	Title, Text string
	Tag         string
}

// Page is a Markdown page. Path is its path on the site without an ending:
// "about/accessibility", "about/index" for a folder's _index.md, "index" for
// the home page; for a plan it is the name of the plan's folder.
type Page struct {
	Path, Title, Description string
	Text                     Text
	Place                    diag.Place
}

// Scorecard is one folder of content/ that stands for a folder of data/.
type Scorecard struct {
	ID, Title, Description, Owner string
	RagRule                       string
	DefaultTolerance              string // decimal as written; "" is none
	Sections, Grades              []string
	FirstReport                   period.Month // 0: not given
	Suppress                      string       // as in Site; Keys tells whether disclosure is given at all
	Complement                    bool
	Intro                         Text
	SectionPages                  []Section             // in the order of Sections, then any other by id
	Covers                        []Cover               // oldest first
	Keys                          map[string]diag.Place // of each front matter key given
	Place                         diag.Place
	Outlined                      bool `json:"-"` // its texts, section pages and analyses were not read: see Reader.Remember
}

// Section is a section's standing page. Definition and Owner are plain text.
type Section struct {
	ID, Title, Definition, Owner string
	Notes                        Text // the body
	Place                        diag.Place
}

// Cover is a month's cover: whether the month is released, by whom, and its summary.
type Cover struct {
	Month                                  period.Month
	HasCover                               bool        // false: there are analyses, but no _index.md
	Title                                  string      // where the month has one of its own
	Status                                 string      // draft or approved; "" without a cover
	PublishOn                              period.Date // 0 with HasPublishOn false: at once
	HasPublishOn                           bool
	Unread                                 bool // whether it is out could not be read, which is told: it may be
	Unstated                               bool // its keys were read, and none is status: it is a draft by default
	Issue                                  int  // 0: not given, the newest issue returned
	Extracted                              period.Date
	HasExtracted                           bool
	PreparedBy, SignedBy, Contact, Caution string
	SignedOn                               period.Date
	HasSignedOn                            bool
	Summary                                Text
	Analyses                               []Analysis // by section id
	Place                                  diag.Place
}

// Analysis is a section's text for one month.
type Analysis struct {
	Section  string
	DataNote string
	Text     Text
	Place    diag.Place
}

// Text is parsed Markdown. The zero value is empty. Safe for use from several
// goroutines.
type Text struct {
	markdown *markdown
}

// Empty reports whether there is nothing to show.
func (t Text) Empty() bool { return t.markdown == nil || !t.markdown.root.HasChildren() }

// Refs lists the figure references in the order of the text. Those of a
// footnote stand where the note is written.
func (t Text) Refs() []Ref {
	if t.markdown == nil {
		return nil
	}
	return slices.Clone(t.markdown.refs)
}

// Paragraphs lists the plain words of each paragraph and list item, references
// left out, for finding sentences said twice. Headings and tables, which say
// the same every month by right, are not among them.
func (t Text) Paragraphs() []string {
	if t.markdown == nil {
		return nil
	}
	return slices.Clone(t.markdown.paragraphs)
}

// Render writes HTML. answer says what each reference shows, and may be asked
// more than once for one of them; headings start at level top (2 to 4); prefix
// keeps ids apart where several texts share a page.
func (t Text) Render(answer func(Ref) Answer, top int, prefix string) template.HTML {
	return t.RenderAs(Rendering{Answer: answer, Top: top, Prefix: prefix})
}

// Rendering says how a text is written as HTML.
type Rendering struct {
	Answer  func(Ref) Answer
	Top     int
	Prefix  string
	Page    string                      // the page's path from the site's root, where it may lie in another folder than the text; "": it does not
	Hidden  func(path string) bool      // whether a page or file of the site is not public: no link leads there
	Amended func(on period.Date) string // what stands beside an amendment: "amended 26 April 2017"
}

// RenderAs is Render with more to say.
func (t Text) RenderAs(how Rendering) template.HTML {
	if t.Empty() {
		return ""
	}
	return t.markdown.rendering(how).html(t.markdown.root)
}

// Ref is one {{ … }}.
type Ref struct {
	Place            diag.Place // of its first brace
	Source           string     // the source line
	Words            []Word     // what stands between the braces, by white space
	Figure           bool       // {{ figure 18 | source }}: External and Origin
	External, Origin string
	Alone            bool // stands alone in its paragraph: may be a directive (chart, table …)
	InTable          bool // stands in a table: a figure that is not there shows its mark
}

// Written is a reference as it is written between its braces.
func (r Ref) Written() string {
	var list []string
	for _, w := range r.Words {
		list = append(list, w.Text)
	}
	return strings.Join(list, " ")
}

// Word is one word of a Ref with its own place.
type Word struct {
	Text  string
	Place diag.Place
}

// Answer is what a reference shows. Block, where it is not empty, replaces the
// whole paragraph (a directive); it must be safe HTML.
type Answer struct {
	Text   string // the figure as published
	Source string // "3.2, January 2017, 22 of 121"
	Href   string // where the figure is explained; may be empty
	Note   int    // of the note that gives the source in print; 0: none
	Block  template.HTML
}
