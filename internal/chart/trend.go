package chart

import (
	"fmt"
	"strings"

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
	s, err := t.prepare()
	if err != nil {
		return "", err
	}
	if f == Small {
		t.Years, t.Events, t.Comparators = nil, breaks(t.Events), nil
	}
	return t.draw(f, sh, s), nil
}

// Both returns the wide and the narrow drawing, of which a page shows one. It
// refuses what Draw refuses.
func (t Trend) Both() (wide, narrow string, err error) {
	s, err := t.prepare()
	if err != nil {
		return "", "", err
	}
	return t.draw(Wide, sheets[Wide], s), t.draw(Narrow, sheets[Narrow], s), nil
}

// prepare does what is the same for all forms.
func (t *Trend) prepare() (*timeline, error) {
	t.Words = t.Words.filled()
	t.Events = inTime(t.Events)
	s, err := newTimeline(t.Points, t.Events)
	if err == nil {
		err = t.check()
	}
	return s, err
}

func (t *Trend) draw(f Form, sh sheet, of *timeline) string {
	d := &trend{Trend: t, timeline: of, sheet: sh, form: f}
	if !d.plan() {
		return nothing("chart-trend", t.ID, t.Title, t.Description, t.Words.Empty, sh)
	}
	p := newPen()
	p.begin("chart chart-trend "+sh.name, sh.ident(t.ID), t.Title, t.Description, sh.w, d.height)
	s := plotIn(d.box, d.x, span{d.axis.min, d.axis.max})
	s.start = d.left
	d.spots = d.onto(s, make([]spot, 0, len(d.points)))
	d.bands(p, s)
	d.axes(p, s)
	d.levels(p, s)
	d.bars(p, s)
	d.events(p, s)
	if t.Columns {
		d.columns(p, s)
	} else {
		d.lines(p)
	}
	d.markers(p)
	d.ends(p, s)
	drawNotes(p, d.notes, d.h, d.small)
	return p.end()
}

// check refuses what stands beside the points and is no number.
func (t Trend) check() error {
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

// trend is a Trend being drawn on one sheet.
type trend struct {
	*Trend
	*timeline
	sheet
	form   Form
	axis   axis
	spots  []spot // of the points
	x      span
	box    gochart.Box
	left   int // of the years' part, or of the plot
	height int

	slot     int // room of one annual bar
	endTags  []endLabel
	notes    []note
	perMonth float64
	eventRow []placedEvent
	numbered bool // events are numbered and explained in the key
}

// spot is where a point with a figure stands on the sheet.
type spot struct{ x, y int }

// onto adds the points' spots.
func (d *trend) onto(s plot, spots []spot) []spot {
	for i := range d.points {
		var at spot
		if p := &d.points[i]; p.Has {
			at = spot{s.X(d.places[i]), s.Y(p.Value)}
		}
		spots = append(spots, at)
	}
	return spots
}

// plan decides all sizes. It is false where there is no figure to draw.
func (d *trend) plan() bool {
	e := d.values
	for _, y := range d.Years {
		if y.Has {
			e.add(y.Value)
		}
	}
	if !e.any {
		return false
	}
	for _, ls := range [...][]Level{d.Target, d.Comparators} {
		for _, l := range ls {
			e.add(l.Value)
		}
	}
	d.axis = newAxis(e, d.Unit, d.Decimals, d.FromZero || d.Columns || fromZero(d.Unit), d.ticks)

	left := tickRoom(d.axis, d.small) + 8*px
	d.left = left
	if n := len(d.Years); n > 0 {
		d.slot = d.yearSlot(n)
		left += n*d.slot + 20*px
		if d.form == Narrow {
			left -= 8 * px
		}
	}
	d.endTags = d.labels()
	right := 8 * px
	for _, t := range d.endTags {
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
	d.notes = d.explanations()
	d.height += layNotes(d.notes, 0, d.w, d.small) * 18 * px
	return true
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
func (d *trend) labels() []endLabel {
	var out []endLabel
	add := func(l Level) {
		if l.Label != "" && d.form != Small {
			out = append(out, endLabel{class: levelClass(l), lines: d.shorten(l.Label), weight: 4})
		}
	}
	for _, l := range d.Target {
		add(l)
	}
	for _, l := range d.Comparators {
		add(l)
	}
	if d.newest >= 0 && d.newest == len(d.points)-1 {
		p := &d.points[d.newest]
		text := shown(p.Text, p.Value, d.Unit, d.Decimals)
		if width(text, d.text, true) <= d.w/3 { // else it stands at the point
			out = append(out, endLabel{class: "value", bold: true, lines: []string{text}, weight: 400})
		}
	}
	return out
}

func levelClass(l Level) string {
	if l.Class == "" {
		return "target"
	}
	return token(l.Class)
}

// shorten fits a level's label to the column: on lines, and on a phone without
// the note in brackets at its end, which the table beside the drawing has.
func (d *trend) shorten(label string) []string {
	if d.form == Narrow && width(label, d.text, false) > d.endRoom {
		if open := strings.LastIndex(label, " ("); open > 0 && strings.HasSuffix(label, ")") {
			label = label[:open]
		}
	}
	return wrap(label, d.endRoom, d.text, d.endLines, false)
}

// The layers, from the back.

func (d *trend) bands(p *pen, s plot) {
	for _, b := range d.Bands {
		from, to := d.axis.min, d.axis.max
		if b.HasFrom {
			from = max(from, b.From)
		}
		if b.HasTo {
			to = min(to, b.To)
		}
		if !(from < to) {
			continue
		}
		top, bottom := s.Y(to), s.Y(from)
		p.box("band band-"+token(b.Class), s.start, top, s.Right, bottom)
		d.bandWord(p, s, b, top, bottom)
	}
}

// bandWord writes the band's word inside it, at the right or else at the left,
// where neither the line nor a level passes.
func (d *trend) bandWord(p *pen, s plot, b Band, top, bottom int) {
	word := b.Label
	if word == "" && b.Class != "" {
		word = string(b.Class[0]&^0x20) + b.Class[1:]
	}
	if d.form == Small || word == "" || bottom-top < d.small+4*px {
		return
	}
	w := width(word, d.small, false) + 4*px
	for _, y := range [...]int{top + 4*px, bottom - d.small - 4*px, (top + bottom - d.small) / 2} {
		if y < top || y+d.small > bottom {
			continue
		}
		for _, x := range [...]int{s.Right - w - 2*px, s.Left + 2*px} {
			if !d.crossed(s, x, x+w, y-2*px, y+d.small+2*px) {
				p.label("band-word", word, x+2*px, y+d.small*85/100)
				return
			}
		}
	}
}

// crossed tells whether the line, a column, a level or an event passes through
// a rectangle.
func (d *trend) crossed(s plot, x1, x2, y1, y2 int) bool {
	if d.levelWithin(s, y1, y2) {
		return true
	}
	for _, e := range d.eventRow {
		if x := s.X(e.at); x >= x1 && x <= x2 {
			return true
		}
	}
	last := -1
	for i, at := range d.spots {
		if !d.points[i].Has {
			continue
		}
		if d.Columns {
			half := d.columnHalf()
			if at.x+half >= x1 && at.x-half <= x2 && at.y <= y2 {
				return true
			}
			continue
		}
		if at.x >= x1-6*px && at.x <= x2+6*px && at.y >= y1-6*px && at.y <= y2+6*px {
			return true
		}
		if last >= 0 && passes(d.spots[last], at, x1, x2, y1, y2) {
			return true
		}
		last = i
	}
	return false
}

// levelWithin tells whether a level line passes between two heights.
func (d *trend) levelWithin(s plot, y1, y2 int) bool {
	for _, ls := range [...][]Level{d.Target, d.Comparators} {
		for _, l := range ls {
			if s.Y(l.Value) >= y1 && s.Y(l.Value) <= y2 {
				return true
			}
		}
	}
	return false
}

// passes tells whether a stroke from left to right meets a rectangle.
func passes(a, b spot, x1, x2, y1, y2 int) bool {
	if b.x < x1 || a.x > x2 || b.x <= a.x {
		return false
	}
	at := func(x int) int { return a.y + (b.y-a.y)*(x-a.x)/(b.x-a.x) }
	l, r := at(max(a.x, x1)), at(min(b.x, x2))
	return max(l, r) >= y1 && min(l, r) <= y2
}

func (d *trend) axes(p *pen, s plot) {
	yTicks(p, d.axis, d.small, 1, s)
	if d.form == Small {
		if len(d.points) > 0 {
			endsOfTime(p, []plot{s}, d.points[0].At, d.points[len(d.points)-1].At, d.small)
		}
		return
	}
	timeTicks(p, s, d.time, d.sheet, d.x)
}

func (d *trend) levels(p *pen, s plot) {
	for _, ls := range [...][]Level{d.Comparators, d.Target} {
		for _, l := range ls {
			p.rule("level "+levelClass(l), s.start, s.Y(l.Value), s.Right, s.Y(l.Value))
		}
	}
}

// bars are the annual figures. Beside an axis that is cut they are caps: the
// length of a bar is read as an amount, so it may not lose its foot.
func (d *trend) bars(p *pen, s plot) {
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
