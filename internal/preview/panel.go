package preview

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"outturn/internal/diag"
)

var templates = template.Must(template.New("").Funcs(template.FuncMap{"caret": caret, "where": where, "plural": diag.Count}).ParseFS(assets, "assets/*.html"))

// panel is what the strip and the problems over a page are made of.
type panel struct {
	Name, Sum, Style string
	Errors           []diag.Problem
	Findings         []diag.Problem
	Gone, Held       bool
	Desk             bool
}

func (s *Server) panel(page shown) panel {
	p := panel{Name: page.name, Sum: s.sum(page.body), Style: "/assets/" + s.site.Theme().Style(), Errors: page.errors, Gone: page.gone, Held: page.held}
	if page.gone {
		p.Errors = s.causes(page.name)
	}
	if p.Desk = strings.HasPrefix(page.name, "_desk/"); !p.Desk {
		p.Findings = s.findings(page.name)
	}
	return p
}

// causes are the errors that may be why there is no page: those of its folder, in
// texts or data, that are told although it has no part of the site.
func (s *Server) causes(name string) []diag.Problem {
	folder, _, deeper := strings.Cut(name, "/")
	var list []diag.Problem
	for _, p := range s.site.Standing() {
		_, file, _ := strings.Cut(p.File, "/")
		if p.Severity == diag.Error && deeper && (file == folder || strings.HasPrefix(file, folder+"/")) {
			list = append(list, p)
		}
	}
	return list
}

// strip is the preview's own line at the foot of a page, with the problems.
func (s *Server) strip(page shown) string { return execute("strip.html", s.panel(page)) }

// problems is the part of it that changes.
func (p panel) problems() string { return execute("problems.html", p) }

func execute(name string, data any) string {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name, data); err != nil {
		return template.HTMLEscapeString(err.Error())
	}
	return b.String()
}

// where is a place as an editor takes it: file:line:column.
func where(p diag.Place) string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// caret points at the column below a source line. Only what stands before it is
// cut, so that it stays in sight in a narrow panel.
func caret(p diag.Problem) string {
	if p.Source == "" {
		return ""
	}
	line := []rune(strings.ReplaceAll(strings.TrimRight(p.Source, "\r\n"), "\t", " "))
	at := max(0, p.Column-1)
	const before, width = 40, 160
	cut := ""
	if at > 2*before && at <= len(line) {
		line, at, cut = line[at-before:], before+1, "…"
	}
	if len(line) > width {
		line = append(line[:width:width], '…')
	}
	text := cut + string(line)
	if p.Column == 0 {
		return text
	}
	return text + "\n" + strings.Repeat(" ", at) + "^"
}
