package theme

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
	"outturn/themes"
)

// hostile are texts that must not come out as they went in, with some that must.
var hostile = []string{
	"", "green", "red", "monthly", "in_month", "improvement", "[x]", "x", "open", "up",
	`<script>alert("1")</script>`, `a & b`, `"quoted" 'twice'`, "1 + 1 > 1", "nul\x00 tab\t line\n", "\xff\xfe broken", "£1,192 – né 統計",
	"&amp; &lt;", "</title></p>", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "mailto:a@b.example", "https://x.example/?a=b&c=d+e#f",
	"../a b/é%20%zz%.html", "a:b/c", "/a:b", "?a=(1)'\"", "team@council.example",
}

// chance fills a view with what chance gives: lists of any length, nil pointers,
// hostile texts.
func chance(r *rand.Rand, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(hostile[r.IntN(len(hostile))])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Int:
		v.SetInt(int64(r.IntN(4)))
	case reflect.Slice:
		if n := r.IntN(4); n > 0 && depth < 9 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				chance(r, v.Index(i), depth+1)
			}
		}
	case reflect.Pointer:
		if r.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			chance(r, v.Elem(), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			chance(r, v.Field(i), depth+1)
		}
	}
}

// slowly is the page as html/template executes it.
func slowly(layouts *template.Template, layout string, view any) (string, error) {
	var b bytes.Buffer
	err := layouts.ExecuteTemplate(&b, layout, view)
	return b.String(), err
}

// agree fails the test where a program and html/template write different pages
// of one view.
func agree(t *testing.T, p *program, layouts *template.Template, layout string, view any) {
	t.Helper()
	want, err := slowly(layouts, layout, view)
	if p == nil {
		t.Fatalf("%s has no program", layout)
	}
	var r run
	ok := p.write(&r, view)
	if ok != (err == nil) {
		t.Fatalf("%s: html/template says %v, the program wrote it: %v", layout, err, ok)
	}
	if got := string(r.out); ok && got != want {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		t.Fatalf("%s: at %d found\n%q\nwant\n%q", layout, at, got[max(0, at-80):min(len(got), at+80)], want[max(0, at-80):min(len(want), at+80)])
	}
}

func TestEveryLayoutOfTheDefaultThemeHasAProgram(t *testing.T) {
	th := civic(t)
	for _, layout := range layoutOf {
		if _, why := compile(th.layouts, th.functions(), layout.file, layout.view); why != nil {
			t.Errorf("pages are made ten times as slowly, since a program does not know %v", why)
		}
	}
	for _, block := range blockOf {
		if _, why := compile(th.layouts, th.functions(), block.partial, block.view); why != nil {
			t.Errorf("blocks are made ten times as slowly, since a program does not know %v", why)
		}
	}
	if len(th.programs) != len(layoutOf)+len(blockOf) {
		t.Errorf("the theme has %d programs, want one for each of %d layouts and %d blocks", len(th.programs), len(layoutOf), len(blockOf))
	}
}

func TestAProgramWritesWhatItsLayoutDoes(t *testing.T) {
	th := civic(t)
	for name, view := range fixtures(t) {
		file, _ := layoutFor(view)
		t.Run(name, func(t *testing.T) { agree(t, th.programs[reflect.TypeOf(view)], th.layouts, file, view) })
	}
	names := map[string]any{}
	for _, layout := range layoutOf {
		names[layout.file] = layout.view
	}
	for _, block := range blockOf {
		names[block.partial] = block.view
	}
	for name, view := range names {
		t.Run(name, func(t *testing.T) {
			p := th.programs[reflect.TypeOf(view)]
			agree(t, p, th.layouts, name, view)
			agree(t, p, th.layouts, name, specimen(view))
			r := rand.New(rand.NewPCG(1, 2))
			for range 40 {
				v := reflect.New(reflect.TypeOf(view))
				chance(r, v.Elem(), 0)
				agree(t, p, th.layouts, name, v.Elem().Interface())
			}
		})
	}
}

// trial is a view for layouts that a site may write.
type trial struct {
	Frame
	Text, Address string
	Safe          template.HTML
	N             int
	Is            bool
	Link          Link
	Links         []Link
	Texts         []string
	Table         *Table
	Figure        Figure
	Direction     Direction
}

// Loud is a method: it is no field.
func (trial) Loud() string { return "loud" }

// defaultTheme is loaded once for many layouts.
var defaultTheme = sync.OnceValue(func() *Theme {
	dir, err := fs.Sub(themes.FS, "civic")
	if err != nil {
		panic(err)
	}
	return Load(dir, "civic", "en-GB", &diag.List{})
})

// tried is the layout of a trial, made safe, with the default theme's functions.
func tried(t testing.TB, layout string) (*template.Template, template.FuncMap) {
	t.Helper()
	functions := defaultTheme().functions()
	layouts, err := template.New("own").Funcs(functions).Parse(layout + `{{define "shown"}}<b title="{{.}}">{{.}}</b>{{end}}{{define "twice"}}{{template "shown" .}}{{template "shown" .}}{{end}}`)
	if err != nil {
		t.Fatal(err)
	}
	for _, view := range []any{specimen(trial{}), trial{}} {
		layouts.Execute(io.Discard, view) // a nil pointer is a fault of the layout, and told as one
	}
	return layouts, functions
}

// known are layouts for which there is a program.
var known = []string{
	`<p>{{.Text}} {{.Safe}} {{.N}} {{/* not said */}}</p>`,
	`<p title="{{.Text}}" lang='{{.Text}}' data-n="{{.N}}"><title>{{.Text}}{{.N}}</title><textarea>{{.Text}}</textarea>`,
	`<a href="{{.Address}}">a</a><a href='x/{{.Address}}'>b</a><a href="mailto:{{.Address}}">c</a><img src="{{.Title}}">`,
	`{{if .Text}}a{{else if .N}}b{{else if .Is}}c{{else if .Links}}d{{else if .Table}}e{{else}}f{{end}}{{if .Link}}g{{end}}`,
	`{{with .Text}}{{.}}{{$.N}}{{else}}{{.N}}{{end}}{{with .Table}}{{.ID}}{{end}}{{with .Link}}{{.Text}}{{end}}`,
	`{{range $i, $l := .Links}}{{$i}}{{nth $i}}{{$l.Text}}{{.Href}}{{if final $i (len $.Links)}}!{{end}}{{else}}none{{end}}`,
	`{{range .Texts}}{{.}}{{end}}{{range $t := .Texts}}{{$t}}{{end}}{{range .Links}}{{range $.Links}}{{.Text}}{{end}}{{end}}`,
	`{{$n := len .Links}}{{$t := .Text}}{{$l := .Link}}{{$is := not .Is}}{{if $is}}{{$n}}{{$t}}{{$l.Text}}{{$n := 5}}{{$n}}{{end}}{{$n}}`,
	`{{if and .Text (or .Is (eq .N 1 2)) (ne .Text .Address)}}a{{end}}{{if not (and .Is .N)}}b{{end}}{{if eq .Is true}}c{{end}}`,
	`{{if lt .N 2}}a{{end}}{{if le .N 2}}b{{end}}{{if gt .N 2}}c{{end}}{{if ge .N 2}}d{{end}}{{if eq .Text "x" "red"}}e{{end}}`,
	`{{index .Texts .N}}`, `{{(index .Links 0).Text}}`, `{{.Table.ID}}{{(.Link).Text}}`,
	`{{template "twice" .Text}}{{template "shown" .N}}`,
	`{{word "rating" "green"}}{{word "rating" .Text}}{{.Text | word "rating"}}{{moved .Direction}}{{arrow .Text}}{{shape .Text}}{{plain .Figure}}{{bare .Figure}}`,
	`{{address .Text}}{{say "home.count" "n" .Text}}{{printf "a-%d-%s" .N .Text}}{{len .Text}}`,
	`{{$a := .Text}}{{range $a := .Links}}{{$a.Text}}{{else}}{{len $a}}{{end}}{{$a}}`,
	`{{template "pair" (args "A" .Text "B" .N "C" "green")}}{{define "pair"}}{{.A}}{{.B}}{{word "rating" .C}}{{end}}`,
}

func TestAProgramKnowsWhatLayoutsAreWrittenIn(t *testing.T) {
	for _, layout := range known {
		layouts, functions := tried(t, layout)
		p, why := compile(layouts, functions, "own", trial{})
		if why != nil {
			t.Errorf("%s: there is no program: %v", layout, why)
			continue
		}
		r := rand.New(rand.NewPCG(3, 4))
		for range 60 {
			var view trial
			chance(r, reflect.ValueOf(&view).Elem(), 0)
			agree(t, p, layouts, "own", view)
		}
	}
}

// nested is a layout of a few conditions, lists and partials within one another, as
// chance has it.
func nested(r *rand.Rand, depth int) string {
	inner := func() string {
		var b strings.Builder
		for range r.IntN(3) {
			b.WriteString(nested(r, depth+1))
		}
		return b.String()
	}
	if depth > 4 {
		return []string{"", "-", "{{$.Text}}"}[r.IntN(3)]
	}
	switch r.IntN(9) {
	case 0:
		return "<i>"
	case 1:
		return "{{$.Text}}{{$.N}}"
	case 2:
		return "{{if $.Is}}" + inner() + "{{end}}"
	case 3:
		return "{{if $.Text}}" + inner() + "{{else if $.N}}" + inner() + "{{else}}" + inner() + "{{end}}"
	case 4:
		return "{{with $.Address}}" + inner() + "{{.}}" + inner() + "{{else}}" + inner() + "{{end}}"
	case 5:
		return "{{range $i, $l := $.Links}}" + inner() + "{{$i}}{{$l.Text}}" + inner() + "{{else}}" + inner() + "{{end}}"
	case 6:
		return "{{range $.Texts}}{{.}}" + inner() + "{{end}}"
	case 7:
		return "{{$x := $.Title}}" + inner() + "{{with $.Figure}}{{.Text}}" + inner() + "{{end}}{{$x}}"
	}
	return `{{template "twice" $.Text}}` + inner() + "{{with $.Table}}{{range .Rows}}" + inner() + "{{range .Cells}}{{bare .}}" + inner() + "{{end}}{{end}}{{end}}"
}

func TestAProgramFindsItsWayThroughAnyNesting(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 150 {
		layout := nested(r, 0) + nested(r, 0) + nested(r, 0)
		layouts, functions := tried(t, layout)
		p, why := compile(layouts, functions, "own", trial{})
		if why != nil {
			t.Fatalf("%s: there is no program: %v", layout, why)
		}
		for range 8 {
			var view trial
			chance(r, reflect.ValueOf(&view).Elem(), 5)
			agree(t, p, layouts, "own", view)
		}
	}
}

func TestAFieldReadDirectlyIsTheFieldOfItsName(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for typ, fields := range readers {
		for name, read := range fields {
			for range 20 {
				view := reflect.New(typ)
				chance(r, view.Elem(), 0)
				field := view.Elem().FieldByName(name)
				same := false
				switch read := read.(type) {
				case func(any) string:
					same = read(view.Interface()) == field.String()
				case func(any) bool:
					same = read(view.Interface()) == field.Bool()
				case func(any) any:
					same = read(view.Interface()) == field.Addr().Interface()
				}
				if !same {
					t.Fatalf("%s of %v is read as another field", name, typ)
				}
			}
		}
	}
}

func TestWhatAProgramDoesNotKnowIsLeftToHTMLTemplate(t *testing.T) {
	for _, layout := range []string{
		`{{range .Texts}}{{break}}{{end}}`, `{{range 3}}{{.}}{{end}}`, `{{.Loud}}`, `{{.}}`, `{{.Is}}`, `{{.Link}}`, `{{and .Text "a"}}`,
		`{{.Text | html}}`, `{{slice .Text 1}}`, `{{$x := .N}}{{$x = 3}}{{$x}}`, `{{template "self" .}}{{define "self"}}{{if .Is}}{{template "self" .}}{{end}}{{end}}`,
		`<p title={{.Text}}>`, `<script>let a = {{.Text}}</script>`, `<style>p { color: {{.Text}} }</style>`, `<p onclick="f({{.Text}})">`,
		`<p title="{{.Safe}}">`, `<a href="?q={{.Text}}">`, `<title>{{.Safe}}</title>`, `<p {{.Text}}>`, `<a title="{{template "shown" .Text}}">`, `{{1.0}}`, `{{0i}}`,
		`{{$a := .Text}}{{range $a := .Links}}{{$a.Text}}{{else}}{{$a}}{{end}}`, // in the else it is the list
	} {
		layouts, functions := tried(t, layout)
		if _, why := compile(layouts, functions, "own", trial{}); why == nil {
			t.Errorf("%s has a program", layout)
		}
	}
}

func TestALayoutWithoutAProgramIsRenderedAllTheSame(t *testing.T) {
	dir := siteTheme(t)
	layout := dir["layouts/plain.html"]
	layout.Data = []byte(strings.Replace(string(layout.Data), "{{.Body}}", "{{.Body}}{{range .Nav}}{{.Text}}{{break}}{{end}}", 1))
	var problems diag.List
	th := Load(dir, "own", "en-GB", &problems)
	if problems.Errors() > 0 || th.programs[reflect.TypeOf(Plain{})] != nil || th.programs[reflect.TypeOf(Home{})] == nil {
		t.Fatalf("%v; programs: %d", problems.All(), len(th.programs))
	}
	if page := renderFixture(t, th, plainView()); !bytes.Contains(page, []byte("</dl>Latest</div>")) {
		t.Errorf("the page lacks its body:\n%s", page)
	}
}

func TestAFaultWhileWritingIsToldWithItsLine(t *testing.T) {
	dir := siteTheme(t)
	dir["layouts/plain.html"] = &fstest.MapFile{Data: []byte("{{template \"top\" .}}\n{{if gt (len .Nav) 1}}{{(index .Nav 7).Text}}{{end}}{{template \"bottom\" .}}")}
	var problems diag.List
	th := Load(dir, "own", "en-GB", &problems)
	if problems.Errors() > 0 {
		t.Fatal(problems.All())
	}
	view := plainView()
	var b bytes.Buffer
	err := th.Render(&b, view)
	if want := "plain.html:2"; err == nil || !strings.Contains(err.Error(), want) || b.Len() > 0 {
		t.Errorf("found %v and %d bytes, want a fault at %s and none", err, b.Len(), want)
	}
	view.Nav = nil
	if err := th.Render(&b, view); err != nil {
		t.Errorf("after it: %v", err)
	}
}

func FuzzEscapingIsThatOfHTMLTemplate(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	layouts, functions := tried(f, strings.Join(known[:3], ""))
	p, why := compile(layouts, functions, "own", trial{})
	if why != nil {
		f.Fatal(why)
	}
	f.Fuzz(func(t *testing.T, text string) {
		agree(t, p, layouts, "own", trial{Frame: Frame{Title: text}, Text: text, Address: text, Safe: template.HTML(text)})
	})
}

// sixty is the view of an indicator with five years of months in five areas, and
// of a scorecard with forty measures.
func sixty() (Indicator, Scorecard) {
	cell := Figure{Period: "Jan 2017", Text: "18.2%", Count: "22 of 121"}
	table := Table{ID: "series", Caption: "Assessments: every month returned", Heads: []string{"Period"}}
	for a := range 5 {
		table.Heads = append(table.Heads, fmt.Sprint("Area ", a))
	}
	for range 60 {
		row := TableRow{Head: "January 2017"}
		for range 5 {
			row.Cells = append(row.Cells, cell)
		}
		table.Rows = append(table.Rows, row)
	}
	indicator := indicatorView()
	indicator.Series = []Table{table}
	card := Scorecard{Frame: frame("Early Help", "../"), ScorecardTitle: "Early Help", Periods: []string{"Nov 2016", "Dec 2016", "Jan 2017"}, Years: []string{"2014/15", "2015/16"}, Comparators: []string{"SN", "England"}}
	section := ScorecardSection{ID: "s", Title: "Contacts"}
	for range 40 {
		section.Rows = append(section.Rows, Row{
			ID: "m-3-2", Label: "3.2", First: true, Indicator: Link{Text: "Assessments in time", Href: "indicators/3.2.html"}, Good: "high", Unit: "%", Basis: "in_month", Frequency: "monthly",
			Latest: []Figure{cell, cell, cell}, Current: cell, ToDate: cell, HasToDate: true, Direction: Direction{Arrow: "down", Judgement: "decline", Standing: "red", Change: "12.0 percentage points"},
			Rating: Rating{Code: "red"}, Why: "Red: outside the tolerance.", Target: "100%", Green: "100% or more", Amber: "more than 90%", Years: []Figure{cell, cell}, Benchmarks: []Figure{cell, cell},
		})
	}
	card.Sections = []ScorecardSection{section}
	return indicator, card
}

func BenchmarkRenderIndicator(b *testing.B) {
	indicator, _ := sixty()
	benchmarkRender(b, indicator)
}

func BenchmarkRenderScorecard(b *testing.B) {
	_, card := sixty()
	benchmarkRender(b, card)
}

// benchmarkRender times a page by its program and by html/template.
func benchmarkRender(b *testing.B, view any) {
	th := civic(b)
	layout, _ := layoutFor(view)
	b.Run("program", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := th.Render(io.Discard, view); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("template", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := th.layouts.ExecuteTemplate(io.Discard, layout, view); err != nil {
				b.Fatal(err)
			}
		}
	})
}
