package chart

import (
	"encoding/xml"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// element is one element of a drawing, flat.
type element struct {
	name, text string
	attr       map[string]string
}

func (e element) is(class string) bool {
	return slices.Contains(strings.Fields(e.attr["class"]), class)
}

func (e element) num(name string) float64 {
	v, _ := strconv.ParseFloat(e.attr[name], 64)
	return v
}

// strokes are the subpaths of a class, by their corners.
func strokes(es []element, class string) (out [][][2]float64) {
	for _, e := range having(es, class) {
		var x, y float64
		for _, m := range regexp.MustCompile(`([MlhvzZ])([^MlhvzZ]*)`).FindAllStringSubmatch(e.attr["d"], -1) {
			var n []float64
			for _, s := range regexp.MustCompile(`-?(\d+(\.\d)?|\.\d)`).FindAllString(m[2], -1) {
				v, _ := strconv.ParseFloat(s, 64)
				n = append(n, v)
			}
			for len(n) > 0 {
				switch m[1] {
				case "M":
					x, y, n = n[0], n[1], n[2:]
					out = append(out, nil)
				case "l":
					x, y, n = x+n[0], y+n[1], n[2:]
				case "h":
					x, n = x+n[0], n[1:]
				case "v":
					y, n = y+n[0], n[1:]
				}
				out[len(out)-1] = append(out[len(out)-1], [2]float64{x, y})
			}
		}
	}
	return out
}

// count is how many shapes a class has: a path holds one for each time it is moved.
func count(es []element, class string) int {
	n := 0
	for _, e := range having(es, class) {
		n += max(1, strings.Count(e.attr["d"], "M"))
	}
	return n
}

// parse fails the test where a drawing is not well-formed. A label in a group
// has the group's class, and its place on the sheet.
func parse(t testing.TB, svg string) []element {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	var out []element
	var group element
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return out
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, svg)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			e := element{name: tok.Name.Local, attr: map[string]string{}}
			for _, a := range tok.Attr {
				if _, twice := e.attr[a.Name.Local]; twice {
					t.Fatalf("attribute %s twice in %s", a.Name.Local, e.name)
				}
				e.attr[a.Name.Local] = a.Value
			}
			switch translated := regexp.MustCompile(`^translate\((-?[\d.]+)(?: (-?[\d.]+))?\)$`).FindStringSubmatch(e.attr["transform"]); {
			case e.name == "g":
				group = e
				if e.attr["x"], e.attr["y"] = "0", "0"; translated != nil {
					e.attr["x"], e.attr["y"] = translated[1], translated[2]
				}
				continue
			case e.name == "text" && group.attr != nil:
				for _, a := range []string{"x", "y"} {
					e.attr[a] = strconv.FormatFloat(math.Round(10*(e.num(a)+group.num(a)))/10, 'f', -1, 64)
				}
				e.attr["class"] = group.attr["class"]
			}
			out = append(out, e)
		case xml.EndElement:
			if tok.Name.Local == "g" {
				group = element{}
			}
		case xml.CharData:
			if len(out) > 0 {
				out[len(out)-1].text += string(tok)
			}
		}
	}
}

func drawn(t testing.TB, f Form, d interface {
	Draw(Form) (string, error)
}) []element {
	t.Helper()
	svg, err := d.Draw(f)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, svg)
}

func having(es []element, class string) []element {
	var out []element
	for _, e := range es {
		if e.is(class) {
			out = append(out, e)
		}
	}
	return out
}

func texts(es []element, class string) []string {
	var out []string
	for _, e := range having(es, class) {
		out = append(out, e.text)
	}
	return out
}

func everyDrawing(t testing.TB, do func(t *testing.T, name, svg string)) {
	tt := t.(*testing.T)
	for name, d := range drawings(t) {
		for f := Wide; f <= Small; f++ {
			if f == Spark {
				continue
			}
			svg, err := d.Draw(f)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			do(tt, name+"-"+sheets[f].name, svg)
		}
	}
	a := assessments(t)
	do(tt, "spark", Sparkline{Points: a.Points, Target: 86, HasTarget: true, Rating: "red"}.Draw())
}

func TestDrawingIsNamedAndDescribed(t *testing.T) {
	everyDrawing(t, func(t *testing.T, name, svg string) {
		es := parse(t, svg)
		root := es[0]
		if root.attr["focusable"] != "false" {
			t.Errorf("%s: focusable", name)
		}
		if root.is("chart-spark") {
			if root.attr["aria-hidden"] != "true" || root.attr["role"] != "" {
				t.Errorf("%s: a sparkline is decorative: %v", name, root.attr)
			}
			return
		}
		ids := strings.Fields(root.attr["aria-labelledby"])
		if root.attr["role"] != "img" || len(ids) != 2 || ids[0] != es[1].attr["id"] || ids[1] != es[2].attr["id"] || es[1].name != "title" || es[2].name != "desc" {
			t.Errorf("%s: not named by its title and description: %v", name, root.attr)
		}
	})
	wide, narrow := drawn(t, Wide, assessments(t)), drawn(t, Narrow, assessments(t))
	if wide[1].attr["id"] == narrow[1].attr["id"] {
		t.Error("both forms stand in one page, with one id")
	}
}

func TestNothingIsInlineAndEveryNumberIsFinite(t *testing.T) {
	coordinate := regexp.MustCompile(`^-?\d+(\.[1-9])?$`)
	const n = `-?(\d+(\.[1-9])?|\.[1-9])`
	path := regexp.MustCompile(`^(M` + n + ` ` + n + `|l` + n + ` ?` + n + `( ?` + n + ` ?` + n + `)*|[hv]` + n + `( ?` + n + `)*|z)+$`)
	everyDrawing(t, func(t *testing.T, name, svg string) {
		for _, e := range parse(t, svg) {
			for a, v := range e.attr {
				switch a {
				case "style", "fill", "stroke":
					t.Errorf("%s: %s in %s", name, a, e.name)
				case "x", "y", "cx", "cy", "r", "width", "height":
					if !coordinate.MatchString(v) || v == "-0" {
						t.Errorf("%s: %s=%q in %s", name, a, v, e.name)
					}
				case "d":
					if !path.MatchString(v) {
						t.Errorf("%s: path %q", name, v)
					}
				}
			}
		}
	})
}

// Steps are written as short as they can be, and lead where the pen was led.
func TestPathLeadsWhereThePenWasLed(t *testing.T) {
	steps := []int{0, 1, -1, 5, -5, 9, 10, -10, 12, -12, 100, 999, -1234, 9990, 9999}
	p := newPen()
	var want [][][2]float64
	p.root(10, 10, "chart-trend")
	p.put(">")
	for _, a := range steps {
		x, y := 4567, -8
		p.moveTo("line", x, y)
		want = append(want, [][2]float64{{456.7, -.8}})
		for _, b := range steps {
			for _, c := range steps {
				x, y = x+a-b, y+c
				p.lineTo(x, y)
				want[len(want)-1] = append(want[len(want)-1], [2]float64{float64(x) / px, float64(y) / px})
			}
		}
	}
	p.end()
	got := strokes(parse(t, p.drawn()), "line")
	if len(got) != len(want) {
		t.Fatalf("%d strokes, want %d", len(got), len(want))
	}
	for i := range want {
		for j, at := range want[i] {
			if g := got[i][j]; math.Abs(g[0]-at[0]) > 1e-6 || math.Abs(g[1]-at[1]) > 1e-6 {
				t.Fatalf("corner %d of stroke %d is %v, want %v", j, i, g, at)
			}
		}
	}
}

func TestStylesheetKnowsEveryClass(t *testing.T) {
	css, err := os.ReadFile(filepath.Join("..", "..", "themes", "civic", "styles", "charts.css"))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, m := range regexp.MustCompile(`\.([a-z][a-z0-9-]*)`).FindAllStringSubmatch(string(css), -1) {
		known[m[1]] = true
	}
	// Their rule is that of a class beside them, or there is nothing to say.
	for _, c := range []string{"chart-trend", "chart-stacked", "chart-empty", "part-name", "x--onload--y"} {
		known[c] = true
	}
	everyDrawing(t, func(t *testing.T, name, svg string) {
		for _, e := range parse(t, svg) {
			for _, c := range strings.Fields(e.attr["class"]) {
				if !known[c] {
					t.Errorf("%s: class %s has no rule in charts.css", name, c)
					known[c] = true
				}
			}
		}
	})
}

// The measure is that of the widest common face, so what fits here fits.
func TestEveryLabelStaysOnTheSheet(t *testing.T) {
	everyDrawing(t, func(t *testing.T, name, svg string) {
		es := parse(t, svg)
		box := strings.Fields(es[0].attr["viewBox"])
		w, _ := strconv.ParseFloat(box[2], 64)
		h, _ := strconv.ParseFloat(box[3], 64)
		for _, e := range es {
			if e.name != "text" || strings.HasPrefix(name, "huge") {
				continue
			}
			size, bold := 12*px, e.is("value") || e.is("panel-name")
			if e.is("end-label") || e.is("part-name") || e.is("panel-name") || e.is("value") && !strings.HasPrefix(name, "areas") {
				size = 13 * px
			}
			long := float64(width(e.text, size, bold)) / px
			from := e.num("x")
			switch {
			case e.is("at-middle"):
				from -= long / 2
			case e.is("at-end"):
				from -= long
			}
			// Names of ends of time may stand over the edge by what a centred month does.
			if from < -8 || from+long > w+8 || e.num("y") > h || e.num("y") < 8 {
				t.Errorf("%s: %q stands from %.1f to %.1f at %.1f on %v", name, e.text, from, from+long, e.num("y"), box)
			}
		}
	})
}

func TestSameBytesInAnyOrderAndInParallel(t *testing.T) {
	a := assessments(t)
	want, err := a.Draw(Wide)
	if err != nil {
		t.Fatal(err)
	}
	shuffled := a
	shuffled.Points = slices.Clone(a.Points)
	slices.Reverse(shuffled.Points)
	if got, _ := shuffled.Draw(Wide); got != want {
		t.Error("the order of the points changes the drawing")
	}
	if shuffled.Points[0].At != a.Points[12].At {
		t.Error("the caller's points were sorted")
	}
	var wait sync.WaitGroup
	for range 16 {
		wait.Go(func() {
			for range 10 {
				if got, _ := a.Draw(Wide); got != want {
					t.Error("drawn otherwise in parallel")
				}
			}
		})
	}
	wait.Wait()
}

// A fused multiply-add rounds once where two operations round twice: the same
// drawing would have other bytes on a machine that has the instruction.
func TestNoProductIsFusedWithASum(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles the package for another machine")
	}
	cmd := exec.Command("go", "build", "-gcflags=-S", ".")
	cmd.Env = append(os.Environ(), "GOARCH=arm64", "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Skipf("no compiler here: %v", err)
	}
	for _, m := range regexp.MustCompile(`\((\S+\.go:\d+)\)\s+FN?M(?:ADD|SUB)`).FindAllStringSubmatch(string(out), -1) {
		t.Errorf("%s: write float64(x*y) before adding", m[1])
	}
	if !strings.Contains(string(out), "FMULD") {
		t.Error("the listing shows no multiplication: this test sees nothing")
	}
}

func FuzzDrawingIsWellFormed(f *testing.F) {
	f.Add("c", "Title & <b>", "18.2%", "Target 100%", "target", 18.2, 100.0, uint16(0b1010110), 2)
	f.Add("", "\x00\xff", "", "(", " ", -1e18, 1e18, uint16(1), 0)
	f.Add("a b", "]]>", "£1", "Ünïcode — ①", "comparator-1", 0.0, 0.0, uint16(0xffff), 13)
	f.Fuzz(func(t *testing.T, id, title, text, label, class string, v, target float64, has uint16, n int) {
		n = max(min(n, 16), 0)
		var points []Point
		for i := range n {
			on := has>>i&1 == 1
			points = append(points, Point{At: at(t, "2016-01").Step(i), Has: on, Value: v * float64(i+1), Text: text, Revised: i%3 == 0, Caution: i%4 == 0, Provisional: i%5 == 0})
		}
		levels := []Level{{label, target, class}}
		c := Trend{ID: id, Title: title, Description: title, Unit: 3, Points: points, Target: levels, Comparators: levels, Bands: []Band{{From: target, HasFrom: true, Class: class, Label: label}},
			Years: []Bar{{Label: label, Value: v, Has: true, Text: text}}, Events: []Event{{At: day(t, "2016-04-15"), Label: label, Break: true}}}
		for form := Wide; form <= Small; form++ {
			svg, err := c.Draw(form)
			if err == nil {
				wellFormed(t, svg)
			}
			c.Columns = !c.Columns
		}
		s := Stacked{ID: id, Title: title, Unit: 1, Parts: []Part{{label, points}, {text, points}}}
		for _, p := range points {
			s.Periods = append(s.Periods, p.At)
		}
		if svg, err := s.Draw(Narrow); err == nil {
			wellFormed(t, svg)
		}
		m := Multiples{ID: id, Title: title, Unit: 3, Target: levels, Panels: []Panel{{label, points}, {text, nil}}, Events: c.Events}
		if svg, err := m.Draw(Wide); err == nil {
			wellFormed(t, svg)
		}
		wellFormed(t, Sparkline{Points: points, Events: c.Events, Target: target, HasTarget: true, Rating: class}.Draw())
	})
}

func wellFormed(t *testing.T, svg string) {
	t.Helper()
	for _, e := range parse(t, svg) {
		for name, v := range e.attr {
			switch name {
			case "x", "y", "cx", "cy", "r", "width", "height", "d", "viewBox":
				for _, bad := range []string{"NaN", "Inf", "-0 ", "9223372036854775"} {
					if strings.Contains(v+" ", bad) {
						t.Errorf("%s=%q in %s", name, v, e.name)
					}
				}
			}
		}
	}
}

func BenchmarkTrend(b *testing.B) {
	a := assessments(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.Draw(Wide); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSparkline(b *testing.B) {
	s := Sparkline{Points: assessments(b).Points, Target: 86, HasTarget: true, Rating: "red"}
	b.ReportAllocs()
	for b.Loop() {
		s.Draw()
	}
}
