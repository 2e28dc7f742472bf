package chart

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"outturn/internal/period"
	"outturn/internal/quantity"
)

func TestMissingMonthIsAGapAndNeverAZero(t *testing.T) {
	c := Trend{Unit: quantity.Percent, Points: series(t, "2016-01", "90%", "91%", "", "92%", "93%", "", "94%")}
	es := drawn(t, Wide, c)
	if n := count(es, "line"); n != 2 {
		t.Errorf("%d runs of line, want 2", n)
	}
	if n := count(es, "dot"); n != 5 {
		t.Errorf("%d markers, want one for each figure", n)
	}
	// The same months, with the empty ones not returned at all.
	absent := c
	absent.Points = slices.DeleteFunc(slices.Clone(c.Points), func(p Point) bool { return !p.Has })
	if n := count(drawn(t, Wide, absent), "line"); n != 2 {
		t.Errorf("absent months: %d runs of line, want 2", n)
	}
}

func TestTermsAndQuartersAndYearsAreJoined(t *testing.T) {
	for _, first := range []string{"AY2014-15-T1", "AY2014-15-HT1", "2014-15-Q1", "2014-15", "AY2014-15", "2014-07/2015-06"} {
		es := drawn(t, Wide, Trend{Unit: quantity.Percent, Points: series(t, first, "90%", "91%", "92%", "91%", "90%", "92%", "95%", "94%")})
		if n := count(es, "line"); n != 1 {
			t.Errorf("from %s: %d runs of line, want 1", first, n)
		}
	}
}

func TestRollingYearsByMonthAreJoined(t *testing.T) {
	var points []Point
	for i := range 6 {
		m := period.NewMonth(2016, 6).Add(i)
		points = append(points, Point{At: period.NewWindow(m.Add(-11), m), Has: true, Value: 20 + float64(i)})
	}
	if n := count(drawn(t, Wide, Trend{Unit: quantity.Percent, Points: points}), "line"); n != 1 {
		t.Errorf("%d runs of line, want 1", n)
	}
}

func TestBreakInterruptsTheLine(t *testing.T) {
	c := Trend{Unit: quantity.Percent, Points: series(t, "2016-01", "90%", "91%", "92%", "92%"), Events: []Event{{At: day(t, "2016-03-01"), Label: "New definition"}}}
	if n := count(drawn(t, Wide, c), "line"); n != 1 {
		t.Errorf("an event that is no break: %d runs of line, want 1", n)
	}
	c.Events[0].Break = true
	es := drawn(t, Wide, c)
	if n := count(es, "line"); n != 2 {
		t.Errorf("%d runs of line, want 2", n)
	}
	if count(es, "break-mark") != 2 || !slices.Contains(texts(es, "event-label"), "New definition") {
		t.Error("the break has no mark or no words")
	}
}

// A break stops the line in every drawing of the same series, an event that is
// no break in none.
func TestBreakInterruptsSmallMultiplesAndSparklines(t *testing.T) {
	points := series(t, "2016-01", "90%", "91%", "92%", "92%", "93%")
	events := []Event{{At: day(t, "2016-02-01"), Label: "Inspection"}, {At: day(t, "2016-04-01"), Label: "New definition"}}
	for _, breaks := range []bool{false, true} {
		events[1].Break = breaks
		runs, marks := 1, 0
		if breaks {
			runs, marks = 2, 1
		}
		m := Multiples{Unit: quantity.Percent, Panels: []Panel{{"North", points}, {"South", points}}, Events: events}
		for _, f := range []Form{Wide, Narrow, Small} {
			es := drawn(t, f, m)
			if n := count(es, "line"); n != 2*runs {
				t.Errorf("break %v, form %d: %d runs of line in two panels, want %d", breaks, f, n, 2*runs)
			}
			if n := count(es, "break-mark"); n != 4*marks {
				t.Errorf("break %v, form %d: %d marks in two panels, want %d", breaks, f, n, 4*marks)
			}
			if got := texts(es, "key"); len(got) != marks || marks == 1 && got[0] != "New definition" {
				t.Errorf("break %v, form %d: explained as %q", breaks, f, got)
			}
			if count(es, "event") != 0 {
				t.Errorf("form %d: an event that is no break is drawn", f)
			}
		}
		if n := count(parse(t, Sparkline{Points: points, Events: events}.Draw()), "line"); n != runs {
			t.Errorf("break %v: %d runs in a sparkline, want %d", breaks, n, runs)
		}
		if n := count(drawn(t, Spark, Trend{Unit: quantity.Percent, Points: points, Events: events}), "line"); n != runs {
			t.Errorf("break %v: %d runs in a trend's sparkline, want %d", breaks, n, runs)
		}
	}
	// The newest figure alone after a break is still a marker.
	lone := Sparkline{Points: points, Events: []Event{{At: day(t, "2016-02-01"), Break: true}}}
	if n := count(parse(t, lone.Draw()), "dot"); n != 2 {
		t.Errorf("%d markers, want those of the first and the last", n)
	}
}

// textBox is where a text stands by the widest common face: its ends, its
// ascent and its descent.
func textBox(e element) (x1, y1, x2, y2 float64) {
	size := 12.0
	if e.is("end-label") || e.is("value") {
		size = 13
	}
	w := float64(width(e.text, int(size*px), e.is("value"))) / px
	x1 = e.num("x")
	switch {
	case e.is("at-middle"):
		x1 -= w / 2
	case e.is("at-end"):
		x1 -= w
	}
	return x1, e.num("y") - float64(0.93*size), x1 + w, e.num("y") + float64(0.24*size)
}

// The events' labels and numbers have a line of their own, above the highest
// value that the plot or an annual figure can have.
func TestNoEventLabelOverlapsAnotherText(t *testing.T) {
	labels := []string{"New recording", "New case management system", "Counted by referral, no longer by family"}
	seen := 0
	check := func(name string, es []element) {
		t.Helper()
		for _, e := range append(having(es, "event-label"), having(es, "event-badge")...) {
			x1, y1, x2, y2 := e.num("cx")-e.num("r"), e.num("cy")-e.num("r"), e.num("cx")+e.num("r"), e.num("cy")+e.num("r")
			if e.name == "text" {
				x1, y1, x2, y2 = textBox(e)
			}
			if y1 < 0 {
				t.Errorf("%s: %q leaves the sheet", name, e.text)
			}
			for _, o := range es {
				if o.name != "text" || o.is("event-label") || o.is("event-number") || o.is("key") {
					continue
				}
				seen++
				if a1, b1, a2, b2 := textBox(o); x1 < a2 && a1 < x2 && y1 < b2 && b1 < y2 {
					t.Errorf("%s: %q at %.1f to %.1f, %.1f to %.1f overlaps %q (%s) at %.1f to %.1f, %.1f to %.1f", name, e.text, x1, x2, y1, y2, o.text, o.attr["class"], a1, a2, b1, b2)
				}
			}
		}
	}
	for _, c := range []struct {
		unit    quantity.Unit
		a, b    float64 // annual figures, up to the highest of all
		columns bool
	}{{quantity.Percent, 88.8, 100, false}, {quantity.Count, 315, 661, false}, {quantity.Count, 315, 661, true}, {quantity.RatePer10000, 262.1, 262.1, false}} {
		for i := range 13 { // the month of the event
			for late := range 3 { // months without a figure at the end
				for _, label := range labels {
					d := Trend{Unit: c.unit, Decimals: 1, Columns: c.columns, Target: []Level{{"Target", c.b, "target"}}, Comparators: []Level{{"England average (2015/16)", c.b, "comparator-1"}},
						Years:  []Bar{{"2013/14", c.b, true, ""}, {"2014/15", c.a, true, ""}, {"2015/16", c.b, true, ""}},
						Events: []Event{{At: at(t, "2016-01").Step(i).First().FirstDay(), Label: label, Break: i%2 == 0}}}
					for j := range 13 {
						d.Points = append(d.Points, Point{At: at(t, "2016-01").Step(j), Value: c.b, Has: j < 13-late})
					}
					for _, f := range []Form{Wide, Narrow} {
						check(fmt.Sprint(c, i, late, label, f), drawn(t, f, d))
					}
				}
			}
		}
	}
	if seen == 0 {
		t.Error("no label was compared")
	}
	everyDrawing(t, func(t *testing.T, name, svg string) {
		if !strings.HasPrefix(name, "huge") {
			check(name, parse(t, svg))
		}
	})
}

func TestEventsAreNumberedInOrderWhereTheirLabelsDoNotFit(t *testing.T) {
	c := assessments(t)
	c.Events = []Event{{At: day(t, "2016-11-01"), Label: "Second duty team, for the north of the borough"}, {At: day(t, "2016-10-01"), Label: "Single front door"}, {At: day(t, "2012-10-01"), Label: "Before the months that are shown"}}
	es := drawn(t, Narrow, c)
	if got := texts(es, "event-number"); !slices.Equal(got, []string{"1", "2", "1", "2"}) {
		t.Errorf("numbers %q", got)
	}
	if got := texts(es, "key"); !slices.Equal(got, []string{"Single front door", "Second duty team, for the north of the borough"}) {
		t.Errorf("key %q", got)
	}
}

func TestLevelsAreLabelledAtTheirEnds(t *testing.T) {
	es := drawn(t, Wide, assessments(t))
	for class, want := range map[string]string{"target": "Target 86%", "comparator-1": "SN average 79.8% (2015/16)", "comparator-3": "Top quartile 91.2% (2015/16)"} {
		var label []string
		lines := 0
		for _, e := range having(es, class) {
			if e.is("end-label") {
				label = append(label, e.text)
			} else if e.is("level") {
				lines++
			}
		}
		if lines != 1 || strings.Join(label, " ") != want {
			t.Errorf("%s: %d lines, label %q, want %q", class, lines, label, want)
		}
	}
	// A phone leaves the note in brackets to the table.
	if got := strings.Join(texts(drawn(t, Narrow, assessments(t)), "comparator-2"), " "); strings.TrimSpace(got) != "England 81.5%" {
		t.Errorf("narrow: %q", got)
	}
}

func TestNewestFigureStandsAsPublished(t *testing.T) {
	for f := Wide; f <= Small; f++ {
		if f == Spark {
			continue
		}
		if got := texts(drawn(t, f, assessments(t)), "value"); !slices.Equal(got, []string{"67.7%"}) {
			t.Errorf("form %d: %q", f, got)
		}
	}
	c := assessments(t)
	c.Points[12].Has = false // the figure is late: the newest is December's
	if got := texts(drawn(t, Wide, c), "value"); !slices.Equal(got, []string{"74.4%"}) {
		t.Errorf("late: %q", got)
	}
}

func TestEveryStateHasItsShapeAndItsWords(t *testing.T) {
	c := Trend{Unit: quantity.Percent, Points: series(t, "2016-01", "90%", "91% r", "92%", "89% u", "88%", "87% p")}
	es := drawn(t, Wide, c)
	for class, words := range map[string]string{"ring": "Revised", "triangle": "Use with caution", "diamond": "Provisional"} {
		if n := len(having(es, class)); n != 2 { // at the point, and in the key
			t.Errorf("%s drawn %d times", class, n)
		}
		if !slices.Contains(texts(es, "key"), words) {
			t.Errorf("no words %q in %q", words, texts(es, "key"))
		}
	}
	if n := count(es, "provisional"); n != 1 {
		t.Errorf("%d dashed segments, want 1", n)
	}
	plain := drawn(t, Wide, Trend{Unit: quantity.Percent, Points: series(t, "2016-01", "90%", "91%")})
	if len(having(plain, "key")) != 0 {
		t.Error("explains states that no point has")
	}
}

func TestColumnsAndCountsStartAtZero(t *testing.T) {
	for name, c := range map[string]Trend{
		"count":  {Unit: quantity.Count, Points: series(t, "2016-01", "1190", "1192")},
		"money":  {Unit: quantity.Money, Points: series(t, "2016-01", "1190", "1192")},
		"column": {Unit: quantity.Percent, Columns: true, Points: series(t, "2016-01", "90%", "92%")},
		"asked":  {Unit: quantity.Percent, FromZero: true, Points: series(t, "2016-01", "90%", "92%")},
	} {
		es := drawn(t, Wide, c)
		if ticks := texts(es, "tick"); !strings.Contains("0 £0 0%", ticks[0]) || count(es, "axis-cut") > 0 {
			t.Errorf("%s starts at %s", name, ticks[0])
		}
	}
}

func TestAxisThatIsCutSaysSoAndItsAnnualFiguresAreCaps(t *testing.T) {
	c := assessments(t)
	es := drawn(t, Wide, c)
	if count(es, "axis-cut") == 0 || count(es, "year-cap") != 2 || count(es, "year-bar") != 0 {
		t.Error("a cut axis without its mark, or with bars on it")
	}
	c.FromZero = true
	es = drawn(t, Wide, c)
	if count(es, "axis-cut") != 0 || count(es, "year-cap") != 0 || count(es, "year-bar") != 2 {
		t.Error("an axis from zero has bars and no mark")
	}
	if got := texts(es, "bar-value"); !slices.Equal(got, []string{"88.8%", "92.8%"}) {
		t.Errorf("annual figures %q", got)
	}
}

func TestAxes(t *testing.T) {
	for _, c := range []struct {
		lo, hi   float64
		unit     quantity.Unit
		decimals int
		zero     bool
		want     string
	}{
		{67.7, 98.4, quantity.Percent, 1, false, "60% 70% 80% 90% 100%"},
		{94.2, 95.6, quantity.Percent, 1, false, "90% 95% 100%"},
		{100, 100, quantity.Percent, 0, false, "90% 95% 100%"},
		{0, 0, quantity.Percent, 1, false, "0% 5% 10%"},
		{18.2, 100, quantity.Percent, 1, false, "0% 25% 50% 75% 100%"},
		{96, 112, quantity.Percent, 1, false, "95% 100% 105% 110%"},
		{0, 3, quantity.Count, 0, true, "0 1 2 3"},
		{0, 0, quantity.Count, 0, true, "0 1"},
		{871, 1301, quantity.Count, 0, true, "0 500 1,000"},
		{54.2, 61.7, quantity.RatePer10000, 1, false, "50 55 60 65"},
		{0.11, 0.32, quantity.RatePer1000, 2, false, "0 0.1 0.2 0.3"},
		{1.2e6, 2.6e6, quantity.Money, 0, true, "£0 £1m £2m"},
		{0, 1.4e6, quantity.Money, 0, true, "£0 £0.5m £1.0m £1.5m"},
		{-132000, 120000, quantity.Money, 0, true, "−£100,000 £0 £100,000"},
		{-5, -5, quantity.Average, 1, false, "−5.5 −5.0 −4.5"},
	} {
		var a axis
		a.span(extent{c.lo, c.hi, true}, c.unit, c.decimals, c.zero, 4)
		var got []string
		for _, k := range a.ticks {
			got = append(got, k.text)
			if k.at < a.min || k.at > a.max {
				t.Errorf("%v to %v: tick %v is off the axis %v to %v", c.lo, c.hi, k.at, a.min, a.max)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%v to %v: %s, want %s", c.lo, c.hi, s, c.want)
		}
		if a.min > c.lo || a.max < c.hi {
			t.Errorf("%v to %v does not fit on %v to %v", c.lo, c.hi, a.min, a.max)
		}
	}
}

func TestYearsAreMarkedAtAprilOrSeptember(t *testing.T) {
	if got := texts(drawn(t, Wide, assessments(t)), "year-label"); !slices.Equal(got, []string{"2015/16", "2016/17"}) {
		t.Errorf("financial years %q", got)
	}
	c := calendarOf(t, series(t, "2016-01", "1", "1", "1", "1"))
	if y := c.years(nil, 0, 1e9); len(y) != 2 || y[1].from != float64(period.NewMonth(2016, 4))-0.5 {
		t.Errorf("boundary %+v", y)
	}
	c = calendarOf(t, series(t, "AY2015-16-T2", "1", "1", "1"))
	if y := c.years(nil, 0, 1e9); len(y) != 2 || y[1].from != float64(period.NewMonth(2016, 9))-0.5 || y[1].start != 2016 {
		t.Errorf("academic boundary %+v", y)
	}
}

func calendarOf(t *testing.T, points []Point) calendar {
	t.Helper()
	var s timeline
	if err := s.set(points, nil); err != nil {
		t.Fatal(err)
	}
	return s.time
}

func TestMonthsAreNamedAsFarAsTheyFit(t *testing.T) {
	c := calendarOf(t, assessments(t).Points)
	for per, want := range map[float64]int{400: 13, 110: 5, 60: 3, 26: 2, 5: 0} {
		if got := c.labels(nil, per, 12*px); len(got) != want {
			t.Errorf("%v a month: %d names, want %d", per/px, len(got), want)
		}
	}
}

func TestBandsHaveWordsOnlyWhereNothingPasses(t *testing.T) {
	c := Trend{Unit: quantity.Percent, Points: series(t, "2016-01", "70%", "75%", "72%"), Bands: []Band{{From: 90, HasFrom: true, Class: "green"}, {From: 80, To: 90, HasFrom: true, HasTo: true, Class: "amber", Label: "Within tolerance"}}, Target: []Level{{"Target 90%", 90, "target"}, {"", 100, ""}}}
	if got := texts(drawn(t, Wide, c), "band-word"); !slices.Equal(got, []string{"Green", "Within tolerance"}) {
		t.Errorf("words %q", got)
	}
	c.Bands[0].From = 99.5 // too thin for a word
	if got := texts(drawn(t, Wide, c), "band-word"); !slices.Equal(got, []string{"Within tolerance"}) {
		t.Errorf("words %q", got)
	}
	c.Bands[0].From = 150 // off the axis: drawn nowhere
	if n := len(having(drawn(t, Wide, c), "band")); n != 1 {
		t.Errorf("%d bands", n)
	}
}

func TestLabelsAreMovedApartAndHoldTheirOrder(t *testing.T) {
	const line, top, bottom = 150, 0, 2000
	for _, wants := range [][]int{{100, 100, 100}, {0, 0, 2000, 2000}, {700, 640, 660, 650, 1990}, {2000}, {300, 500, 900}} {
		var tags []endLabel
		for i, w := range wants {
			tags = append(tags, endLabel{want: w, lines: make([]string, 1+i%2), weight: 1 + 99*(i%3)})
		}
		spread(tags, top, bottom, line)
		for i, tag := range tags {
			h := tag.height(line)
			if tag.at-h/2 < top || tag.at+h/2 > bottom {
				t.Errorf("%v: label %d at %d leaves the drawing", wants, i, tag.at)
			}
			if i > 0 && tags[i-1].at+tags[i-1].height(line)/2 > tag.at-h/2 {
				t.Errorf("%v: labels %d and %d overlap", wants, i-1, i)
			}
			if i > 0 && tags[i-1].want > tag.want {
				t.Errorf("%v: out of order", wants)
			}
		}
	}
	alone := []endLabel{{want: 300, lines: []string{""}}, {want: 900, lines: []string{""}}}
	spread(alone, top, bottom, line)
	if alone[0].at != 300 || alone[1].at != 900 {
		t.Errorf("labels that do not touch were moved: %d %d", alone[0].at, alone[1].at)
	}
}

func TestPartsAreNamedInTheirOrderBesideTheLastColumn(t *testing.T) {
	s := Stacked{Unit: quantity.Count, Parts: []Part{{"North", series(t, "2016-01", "4", "5")}, {"South", series(t, "2016-01", "3", "0")}, {"Central", series(t, "2016-01", "", "7")}},
		Periods: []period.Period{at(t, "2016-01"), at(t, "2016-02")}}
	es := drawn(t, Wide, s)
	if got := texts(es, "part-name"); !slices.Equal(got, []string{"Central 7", "South 0", "North 5"}) {
		t.Errorf("names from the top: %q", got)
	}
	if n := count(es, "part"); n != 4 {
		t.Errorf("%d segments, want one for each figure that is not 0", n)
	}
	if n := count(es, "partial"); n != 2 || !slices.Contains(texts(es, "key"), "Some parts have no figure") {
		t.Errorf("January lacks a part and does not say so (%d)", n)
	}
	// The heights are those of the figures: 5 of 12 and 7 of 12.
	height := func(class string) float64 {
		column := strokes(es, class)
		last := column[len(column)-1]
		return last[2][1] - last[0][1]
	}
	north, central := height("part-1"), height("part-3")
	if math.Abs(north/5-central/7) > 0.05 {
		t.Errorf("5 is %v high and 7 is %v", north, central)
	}
}

func TestNamesThatDoNotFitStandInAKeyWithTheirLook(t *testing.T) {
	s := Stacked{Unit: quantity.Count, Periods: []period.Period{at(t, "2016-01")}}
	for i := range mostParts {
		s.Parts = append(s.Parts, Part{"A name that no column beside a drawing holds, number " + string(rune('a'+i)), series(t, "2016-01", "4")})
	}
	es := drawn(t, Narrow, s)
	if n := len(texts(es, "key")); n != mostParts {
		t.Errorf("%d names in the key", n)
	}
	for _, class := range []string{"part-1", "part-13"} {
		if n := len(having(es, class)); n != 2 {
			t.Errorf("%s drawn %d times, want in the column and in the key", class, n)
		}
	}
	s.Parts = append(s.Parts, Part{Name: "one more"})
	if _, err := s.Draw(Wide); err == nil {
		t.Error("14 parts cannot be told apart")
	}
}

func TestPanelsShareOneScaleAndNameTheTargetOnce(t *testing.T) {
	m := Multiples{Unit: quantity.Percent, Target: []Level{{"Target 50%", 50, "target"}}, Panels: []Panel{{"North", series(t, "2016-01", "20%", "40%")}, {"South", series(t, "2016-01", "80%", "100%")}, {"Not specified", nil}}}
	es := drawn(t, Wide, m)
	if got := texts(es, "panel-name"); !slices.Equal(got, []string{"North", "South", "Not specified"}) {
		t.Errorf("panels %q", got)
	}
	if got := texts(es, "value"); !slices.Equal(got, []string{"40%", "100%"}) {
		t.Errorf("newest figures %q", got)
	}
	if got := texts(es, "empty"); len(got) != 1 {
		t.Errorf("empty panels %q", got)
	}
	if got := texts(es, "key"); !slices.Equal(got, []string{"Target 50%"}) {
		t.Errorf("key %q", got)
	}
	dots := having(es, "last")
	if len(dots) != 2 || dots[0].num("cy") <= dots[1].num("cy") {
		t.Error("40% must stand lower than 100%, on one scale")
	}
}

func TestDrawingWithoutFiguresSaysSo(t *testing.T) {
	for name, d := range map[string]interface {
		Draw(Form) (string, error)
	}{"trend": Trend{}, "all missing": Trend{Points: series(t, "2016-01", "", "")}, "stacked": Stacked{}, "multiples": Multiples{Panels: []Panel{{Name: "North"}}}} {
		es := drawn(t, Wide, d)
		if got := texts(es, "empty"); !slices.Equal(got, []string{"No figures yet"}) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := texts(drawn(t, Wide, Trend{Words: Words{Empty: "Dim ffigurau eto"}}), "empty"); !slices.Equal(got, []string{"Dim ffigurau eto"}) {
		t.Errorf("in other words: %q", got)
	}
}

func TestWhatCannotBeDrawnIsRefused(t *testing.T) {
	for name, p := range map[string]Point{
		"NaN":       {At: at(t, "2016-01"), Has: true, Value: math.NaN()},
		"infinity":  {At: at(t, "2016-01"), Has: true, Value: math.Inf(-1)},
		"too large": {At: at(t, "2016-01"), Has: true, Value: 1e19},
		"no period": {Has: true, Value: 1},
	} {
		if _, err := (Trend{Points: []Point{p}}).Draw(Wide); err == nil {
			t.Errorf("%s: no error", name)
		}
		if _, err := (Multiples{Panels: []Panel{{"North", []Point{p}}}}).Draw(Wide); err == nil {
			t.Errorf("%s: no error from Multiples", name)
		}
		if svg := (Sparkline{Points: []Point{p}}).Draw(); len(having(parse(t, svg), "dot")) != 0 {
			t.Errorf("%s: drawn in a sparkline", name)
		}
	}
	good := series(t, "2016-01", "4")
	for name, c := range map[string]Trend{
		"target": {Points: good, Target: []Level{{"Target", math.NaN(), "target"}}},
		"year":   {Points: good, Years: []Bar{{"2015/16", math.Inf(1), true, ""}}},
		"band":   {Points: good, Bands: []Band{{To: math.NaN(), HasTo: true, Class: "green"}}},
	} {
		if _, err := c.Draw(Narrow); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := (Trend{}).Draw(Form(99)); err == nil {
		t.Error("no form 99")
	}
	if _, err := (Stacked{}).Draw(Spark); err == nil {
		t.Error("a stack has no sparkline")
	}
}

func TestTextIsMeasuredAndShortened(t *testing.T) {
	const size = 10 * px
	if w := width("0123456789", size, false); w != 640 {
		t.Errorf("ten digits of DejaVu Sans are 6.4 em, measured %d", w)
	}
	if got := fit("Referred to social care", 80*px, size, false); got != "Referred to s…" {
		t.Errorf("%q", got)
	}
	if got := wrap(nil, "SN average 79.8% (2015/16)", 120*px, size, 2, false); !slices.Equal(got, []string{"SN average 79.8%", "(2015/16)"}) {
		t.Errorf("%q", got)
	}
	for _, s := range []string{"", " ", "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwww", "a b c d e f g h i j k l m n", "日本語日本語日本語"} {
		for room := 0; room < 120*px; room += 7 * px {
			for _, l := range wrap(nil, s, room, size, 3, false) {
				if width(l, size, false) > room {
					t.Errorf("%q in %d: %q is too wide", s, room, l)
				}
			}
		}
	}
}

// A page takes both forms at once: they are the two that are drawn alone.
func TestBothFormsAreThoseDrawnAlone(t *testing.T) {
	for name, d := range drawings(t) {
		wide, narrow, err := d.Both()
		if err != nil {
			t.Fatal(err)
		}
		for f, got := range map[Form]string{Wide: wide, Narrow: narrow} {
			if want, err := d.Draw(f); err != nil || got != want {
				t.Errorf("%s, form %d: drawn otherwise (%v)", name, f, err)
			}
		}
	}
}
