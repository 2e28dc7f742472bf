package chart

import (
	"fmt"
	"strings"
	"sync"

	gochart "github.com/wcharczuk/go-chart/v2"

	"outturn/internal/quantity"
)

// Trend is a line (or columns) over time, with what it is to be read against:
// the target, its tolerance bands and the comparators, labelled at the ends of
// their lines; events; and, apart from the months, the annual figures.
//
// Points must be of one kind of period; a point without a figure, and a period
// that is not among the points, are gaps.
type Trend struct {
	ID, Title, Description string // id within the page; the image's name; what it shows, in words
	Unit                   quantity.Unit
	Decimals               int
	Points                 []Point
	Years                  []Bar
	Target                 []Level
	Bands                  []Band
	Comparators            []Level
	Events                 []Event
	FromZero               bool // counts, money and columns start at zero in any case
	Columns                bool // flows, drawn as columns instead of a line
	Words                  Words
}

// Draw returns the drawing as an svg element. Its height grows by a line for
// each row of explanations that it needs below.
// An error is a caller's mistake: an unknown form, a point without a period, a
// value that is no finite number.
func (t Trend) Draw(f Form) (string, error) {
	sh, err := f.sheet()
	if err != nil {
		return "", err
	}
	if f == Spark {
		s := Sparkline{Points: t.Points, Events: t.Events}
		if len(t.Target) > 0 {
			s.Target, s.HasTarget = t.Target[0].Value, true
		}
		return s.Draw(), nil
	}
	d := newTrend()
	defer d.done()
	if err := d.prepare(&t); err != nil {
		return "", err
	}
	if f == Small {
		d.Years, d.Events, d.Comparators = nil, breaks(d.Events), nil
	}
	d.scale(sh.ticks)
	p := newPen()
	d.draw(p, f)
	return p.drawn(), nil
}

// Both returns the wide and the narrow drawing, of which a page shows one. It
// refuses what Draw refuses.
func (t Trend) Both() (wide, narrow string, err error) {
	d := newTrend()
	defer d.done()
	if err := d.prepare(&t); err != nil {
		return "", "", err
	}
	d.scale(sheets[Wide].ticks)
	wide, narrow = both(d.draw)
	return wide, narrow, nil
}

// prepare does what is the same for all forms.
func (d *trend) prepare(t *Trend) error {
	d.Trend = *t
	d.Words = d.Words.filled()
	d.Events = inTime(d.Events)
	if err := d.set(d.Points, d.Events); err != nil {
		return err
	}
	return d.check()
}

func (d *trend) draw(p *pen, f Form) {
	d.form, d.sheet = f, &sheets[f]
	if !d.found {
		nothing(p, "chart-trend", d.ID, d.Title, d.Description, d.Words.Empty, d.sheet)
		return
	}
	d.plan()
	p.begin("chart-trend", d.sheet, d.ID, d.Title, d.Description, d.height)
	of := plotIn(d.box, d.x, span{d.axis.min, d.axis.max})
	s := &of
	s.start = d.left
	d.onto(s)
	d.bands(p, s)
	d.axes(p, s)
	d.levels(p, s)
	d.bars(p, s)
	d.events(p, s)
	if d.Columns {
		d.columns(p, s)
	} else {
		d.lines(p)
	}
	d.markers(p)
	d.ends(p, s)
	drawNotes(p, d.notes, d.h, d.small)
	p.end()
}

// check refuses what stands beside the points and is no number.
func (t *Trend) check() error {
	for _, y := range t.Years {
		if y.Has && !drawable(y.Value) {
			return fmt.Errorf("chart: %s is not a figure that can be drawn (%v)", y.Label, y.Value)
		}
	}
	for _, b := range t.Bands {
		if b.HasFrom && !drawable(b.From) || b.HasTo && !drawable(b.To) {
			return fmt.Errorf("chart: the %s band has an end that is no number", b.Class)
		}
	}
	return checkLevels(t.Target, t.Comparators)
}

func breaks(events []Event) []Event {
	var out []Event
	for _, e := range events {
		if e.Break {
			out = append(out, Event{At: e.At, Break: true})
		}
	}
	return out
}

// trend is a Trend being drawn, in one form after the other.
type trend struct {
	Trend
	timeline
	*sheet
	found  bool // there is a figure to draw
	axis   axis
	form   Form
	spots  []spot // of the points
	x      span
	box    gochart.Box
	left   int // of the years' part, or of the plot
	height int

	slot     int // room of one annual bar
	endTags  []endLabel
	tagLines []string // of all of them
	notes    []note
	perMonth float64
	eventRow []placedEvent
	numbered bool // events are numbered and explained in the key
}

// trends are used again: what a drawing is planned with is lists, and those of
// the next are as long.
var trends = sync.Pool{New: func() any { return new(trend) }}

func newTrend() *trend { return trends.Get().(*trend) }

// done keeps the lists for the next drawing, and lets go of the points.
func (d *trend) done() {
	d.release()
	trends.Put(d)
}

func (d *trend) release() { d.Trend, d.points, d.time.points = Trend{}, nil, nil }

// spot is where a point with a figure stands on the sheet.
type spot struct{ x, y int }

// onto finds the points' spots.
func (d *trend) onto(s *plot) {
	spots := d.spots[:0]
	for i := range d.points {
		var at spot
		if p := &d.points[i]; p.Has {
			at = spot{s.X(d.places[i]), s.Y(p.Value)}
		}
		spots = append(spots, at)
	}
	d.spots = spots
}

// scale finds the axis of values.
func (d *trend) scale(ticks int) {
	e := d.values
	for _, y := range d.Years {
		if y.Has {
			e.add(y.Value)
		}
	}
	if d.found = e.found; !d.found {
		return
	}
	for _, ls := range [...][]Level{d.Target, d.Comparators} {
		for _, l := range ls {
			e.add(l.Value)
		}
	}
	d.axis.span(e, d.Unit, d.Decimals, d.FromZero || d.Columns || fromZero(d.Unit), ticks)
}

// plan decides all sizes.
func (d *trend) plan() {
	left := tickRoom(&d.axis, d.small) + 8*px
	d.left = left
	if n := len(d.Years); n > 0 {
		d.slot = d.yearSlot(n)
		left += n*d.slot + 20*px
		if d.form == Narrow {
			left -= 8 * px
		}
	}
	d.labels()
	right := 8 * px
	for i := range d.endTags {
		t := &d.endTags[i]
		right = max(right, widest(t.lines, d.text, t.bold)+16*px)
	}
	right = min(right, max(d.w-left-40*px, 8*px)) // something is left of the plot, whatever the labels
	d.height = d.h
	d.box = gochart.Box{Top: 14 * px, Left: left, Right: d.w - right, Bottom: d.h - 12*px - d.small - d.line, IsSet: true}
	if d.time.yearly || len(d.points) == 0 || d.form == Small { // no second row under the axis
		d.box.Bottom += d.line
	}
	if n := len(d.Years); n > 0 && len(d.points) == 0 { // they have the sheet to themselves
		d.box.Left = d.left
		d.slot = min((d.box.Right-d.left)/n, 110*px)
	}
	d.x = d.reach()
	d.perMonth = float64(d.box.Right-d.box.Left) / (d.x.to - d.x.from)
	d.placeEvents()
	d.notes = d.explanations(d.notes[:0])
	d.height += layNotes(d.notes, 0, d.w, d.small) * 18 * px
}

// reach is the span of time: half a step around columns, and around a line as
// little as its last marker needs.
func (d *trend) reach() span {
	if len(d.points) == 0 {
		return span{0, 1}
	}
	from, to := d.places[0], d.places[len(d.places)-1]
	from, to = min(from, float64(d.time.first)), max(to, float64(d.time.last))
	if d.Columns || from == to {
		half := float64(0.5 * min(d.time.stride, max(to-from, 1)))
		return span{from - half, to + half}
	}
	pad := min(0.5, 12*px*(to-from)/float64(d.box.Right-d.box.Left))
	return span{from - pad, to + pad}
}

// yearSlot is the room of one annual bar: that of its label, where it fits.
func (d *trend) yearSlot(n int) int {
	share := 45
	if d.form == Narrow {
		share = 40
	}
	room := (d.w - 60*px) * share / 100 / n
	want := 20 * px
	for _, y := range d.Years {
		want = max(want, width(d.yearLabel(y), d.small, false)+6*px, width(y.Text, d.small, false)+4*px)
	}
	return max(min(want, room, 60*px), 8*px)
}

func (d *trend) yearLabel(y Bar) string {
	if d.form == Narrow && len(y.Label) == 7 && y.Label[4] == '/' {
		return y.Label[2:]
	}
	return y.Label
}

// labels are those at the right: the levels' and, for columns and lines alike,
// the newest figure. Their heights are set when the scale is known.
func (d *trend) labels() {
	d.endTags, d.tagLines = d.endTags[:0], d.tagLines[:0]
	add := func(class string, bold bool, weight int, from int) {
		d.endTags = append(d.endTags, endLabel{class: class, bold: bold, lines: d.tagLines[from:], weight: weight})
	}
	for _, ls := range [...][]Level{d.Target, d.Comparators} {
		for _, l := range ls {
			if l.Label != "" && d.form != Small {
				from := len(d.tagLines)
				d.tagLines = wrap(d.tagLines, d.shorten(l.Label), d.endRoom, d.text, d.endLines, false)
				add(levelClasses(l).label, false, 4, from)
			}
		}
	}
	if d.newest >= 0 && d.newest == len(d.points)-1 {
		p := &d.points[d.newest]
		text := shown(p.Text, p.Value, d.Unit, d.Decimals)
		if width(text, d.text, true) <= d.w/3 { // else it stands at the point
			d.tagLines = append(d.tagLines, text)
			add("value", true, 400, len(d.tagLines)-1)
		}
	}
}

// levelLook are the classes of a level's line and of its label.
type levelLook struct{ class, line, label string }

// levelLooks are those of nearly all levels.
var levelLooks = [...]levelLook{
	{"target", "level target", "end-label target"},
	{"comparator-1", "level comparator-1", "end-label comparator-1"},
	{"comparator-2", "level comparator-2", "end-label comparator-2"},
	{"comparator-3", "level comparator-3", "end-label comparator-3"},
}

func levelClasses(l Level) levelLook {
	class := l.Class
	if class == "" {
		class = "target"
	}
	for _, look := range levelLooks {
		if look.class == class {
			return look
		}
	}
	class = token(class)
	return levelLook{class, "level " + class, "end-label " + class}
}

// shorten leaves out, on a phone where the column is too narrow for it, the note
// in brackets at a label's end, which the table beside the drawing has.
func (d *trend) shorten(label string) string {
	if d.form == Narrow && width(label, d.text, false) > d.endRoom {
		if open := strings.LastIndex(label, " ("); open > 0 && strings.HasSuffix(label, ")") {
			label = label[:open]
		}
	}
	return label
}

// The layers, from the back.

func (d *trend) axes(p *pen, s *plot) {
	yTicks(p, &d.axis, d.small, 1, *s)
	if d.form == Small {
		if len(d.points) > 0 {
			endsOfTime(p, []plot{*s}, d.points[0].At, d.points[len(d.points)-1].At, d.small)
		}
		return
	}
	timeTicks(p, s, &d.time, d.sheet, d.x)
}

func (d *trend) levels(p *pen, s *plot) {
	for _, ls := range [...][]Level{d.Comparators, d.Target} {
		for _, l := range ls {
			y := s.Y(l.Value)
			p.rule(levelClasses(l).line, s.start, y, s.Right, y)
		}
	}
}

// bars are the annual figures. Beside an axis that is cut they are caps: the
// length of a bar is read as an amount, so it may not lose its foot.
func (d *trend) bars(p *pen, s *plot) {
	if len(d.Years) == 0 {
		return
	}
	zero := s.Y(min(max(0, d.axis.min), d.axis.max))
	below := s.Bottom + 6*px + d.small
	mid := func(i int) int { return d.left + i*d.slot + d.slot/2 }
	bold := 0
	for i := range d.Years {
		if d.Years[i].Has {
			bold = i
		}
	}
	p.group("tick at-middle", 0, below)
	for i, b := range d.Years {
		if w := width(d.yearLabel(b), d.small, false); w <= d.slot || i == bold || i == 0 {
			p.text(d.yearLabel(b), mid(i), 0)
		}
	}
	p.ungroup()
	half := min(d.slot*32/100, 18*px)
	for i, b := range d.Years {
		if y := s.Y(b.Value); b.Has && d.axis.cut {
			p.rule("year-cap", mid(i)-half, y, mid(i)+half, y)
		} else if b.Has {
			p.box("year-bar", mid(i)-half, min(y, zero), mid(i)+half, max(y, zero))
		}
	}
	p.group("bar-value at-middle", 0, 0)
	for i, b := range d.Years {
		if !b.Has {
			continue
		}
		y := s.Y(b.Value)
		text := shown(b.Text, b.Value, d.Unit, d.Decimals)
		up := y - 5*px
		if d.axis.cut && d.levelWithin(s, up-d.small, up+2*px) && !d.levelWithin(s, y+3*px, y+6*px+d.small) {
			up = y + 5*px + d.small*80/100
		}
		if !d.axis.cut && y > zero {
			up = y + 4*px + d.small
		}
		if width(text, d.small, false) <= d.slot+6*px || i == bold {
			p.text(text, mid(i), up)
		}
	}
	p.ungroup()
	if len(d.points) > 0 {
		x := d.left + len(d.Years)*d.slot + (s.Left-d.left-len(d.Years)*d.slot)/2
		p.rule("year-rule", x, s.Top, x, below+d.line+2*px)
	}
}
