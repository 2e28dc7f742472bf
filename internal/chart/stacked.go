package chart

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	gochart "github.com/wcharczuk/go-chart/v2"

	"outturn/internal/period"
	"outturn/internal/quantity"
)

// mostParts is how many parts have a look of their own in the stylesheet.
const mostParts = 13

// Stacked shows parts that make a whole, period by period: one column a period,
// the parts in their order from the foot, each named beside the last column.
// Small parts are not grouped, since that would hide figures.
type Stacked struct {
	ID, Title, Description string
	Unit                   quantity.Unit
	Decimals               int
	Periods                []period.Period // the columns, in order
	Parts                  []Part          // at most 13
	Words                  Words
}

// Part is one part of the whole. Its values are matched to the columns by
// period; one that is not there is not known, which is not zero.
type Part struct {
	Name   string
	Values []Point
}

// stacked is a Stacked being drawn on one sheet.
type stacked struct {
	Stacked
	*sheet
	extent extent
	axis   axis
	time   calendar
	at     []float64
	value  [][]Point // by column, then part
	shown  int       // the column whose parts are named: the last with a figure
	box    gochart.Box
	x      span
	tags   []endLabel
	notes  []note
	height int
	lacks  bool
}

// Draw returns the drawing as an svg element; it grows by the rows of its key
// where the names of the parts do not fit beside the last column. It refuses
// what Trend refuses, more than 13 parts, and the form Spark.
func (s Stacked) Draw(f Form) (string, error) {
	if _, err := f.sheet(); err != nil {
		return "", err
	}
	if f == Spark {
		return "", fmt.Errorf("chart: parts of a whole have no sparkline")
	}
	d, err := s.prepare()
	if err != nil {
		return "", err
	}
	p := newPen()
	d.draw(p, f)
	return p.drawn(), nil
}

// Both returns the wide and the narrow drawing, of which a page shows one. It
// refuses what Draw refuses.
func (s Stacked) Both() (wide, narrow string, err error) {
	d, err := s.prepare()
	if err != nil {
		return "", "", err
	}
	wide, narrow = both(d.draw)
	return wide, narrow, nil
}

// prepare does what is the same for all forms.
func (s Stacked) prepare() (*stacked, error) {
	if len(s.Parts) > mostParts {
		return nil, fmt.Errorf("chart: %d parts; %d can be told apart", len(s.Parts), mostParts)
	}
	s.Words = s.Words.filled()
	d := &stacked{Stacked: s, shown: -1}
	return d, d.gather()
}

func (d stacked) draw(p *pen, f Form) {
	d.sheet = &sheets[f]
	if !d.extent.found {
		nothing(p, "chart-stacked", d.ID, d.Title, d.Description, d.Words.Empty, d.sheet)
		return
	}
	d.axis.span(d.extent, d.Unit, d.Decimals, true, d.ticks)
	d.plan(f)
	p.begin("chart-stacked", d.sheet, d.ID, d.Title, d.Description, d.height)
	b := plotIn(d.box, d.x, span{d.axis.min, d.axis.max})
	yTicks(p, &d.axis, d.small, 1, b)
	timeTicks(p, &b, &d.time, d.sheet, d.x)
	d.columns(p, &b)
	d.names(p, &b)
	drawNotes(p, d.notes, d.h, d.small)
	p.end()
}

// gather finds each part's figure in each column and the height of the highest.
func (d *stacked) gather() error {
	e := &d.extent
	columns := make([]Point, len(d.Periods))
	for i, at := range d.Periods {
		columns[i].At = at
	}
	columns, places, err := inOrder(columns, nil)
	if err != nil {
		return err
	}
	d.at = places
	index := make(map[period.Period]int, len(columns))
	for i, c := range columns {
		index[c.At] = i
		d.value = append(d.value, make([]Point, len(d.Parts)))
	}
	for j, part := range d.Parts {
		if _, _, err := inOrder(part.Values, nil); err != nil {
			return fmt.Errorf("%w (%s)", err, part.Name)
		}
		for _, v := range part.Values {
			if i, ok := index[v.At]; ok && v.Has {
				d.value[i][j] = v
			}
		}
	}
	for i, col := range d.value {
		up, down, n := 0.0, 0.0, 0
		for _, v := range col {
			if v.Has {
				up, down, n = up+max(v.Value, 0), down+min(v.Value, 0), n+1
			}
		}
		if n > 0 {
			e.add(tidy(up))
			e.add(tidy(down))
			d.shown = i
			d.lacks = d.lacks || n < len(col)
		}
	}
	d.time = newCalendar(columns, places)
	return nil
}

// tidy takes off what binary addition leaves: parts of 33.3, 33.3 and 33.4 make 100.
func tidy(v float64) float64 {
	if math.Abs(v) < 1e9 {
		return math.Round(v*1e6) / 1e6
	}
	return v
}

func (d *stacked) plan(f Form) {
	d.height = d.h
	d.box = gochart.Box{Top: 14 * px, Left: tickRoom(&d.axis, d.small) + 8*px, Right: d.w - 8*px, Bottom: d.h - 12*px - d.small - d.line, IsSet: true}
	if d.time.yearly {
		d.box.Bottom += d.line
	}
	half := float64(0.5 * min(d.time.stride, max(d.at[len(d.at)-1]-d.at[0], 1)))
	d.x = span{d.at[0] - half, d.at[len(d.at)-1] + half}
	if d.shown == len(d.at)-1 && f != Small {
		d.tags = d.nameTags(f)
	}
	for _, t := range d.tags {
		d.box.Right = min(d.box.Right, d.w-widest(t.lines, d.text, false)-16*px)
	}
	if d.tags == nil {
		for j := len(d.Parts) - 1; j >= 0; j-- {
			d.notes = append(d.notes, note{words: d.Parts[j].Name, swatch: partClass("part", j), part: j})
		}
	}
	if d.lacks {
		d.notes = append(d.notes, note{words: d.Words.Partial, swatch: "partial"})
	}
	d.height += layNotes(d.notes, 0, d.w, d.small) * 18 * px
}

// nameTags are the parts' names with their newest figures, if all of them fit
// beside the column: in the width on at most two lines, and in the height.
func (d *stacked) nameTags(f Form) []endLabel {
	room := 190 * px
	if f == Narrow {
		room = 104 * px
	}
	for lines := 2; lines >= 1; lines-- {
		var out []endLabel
		total, whole := 0, true
		for j, part := range d.Parts {
			text := part.Name
			if v := d.value[d.shown][j]; v.Has {
				text += " " + shown(v.Text, v.Value, d.Unit, d.Decimals)
			}
			ls := wrap(nil, text, room, d.text, lines, false)
			for _, l := range ls {
				whole = whole && l != "" && !strings.HasSuffix(l, "…")
			}
			total += len(ls) * d.line
			out = append(out, endLabel{class: "part-name", lines: ls, weight: 1})
		}
		if whole && total <= d.box.Bottom-d.box.Top+14*px {
			return out
		}
	}
	return nil
}

func partClass(kind string, j int) string { return kind + " " + kind + "-" + strconv.Itoa(j+1) }

func (d *stacked) half(s *plot) int {
	step := min(d.x.to-d.x.from, d.time.least)
	per := float64(s.Right-s.Left) / (d.x.to - d.x.from)
	return max(min(int(0.38*step*per), 28*px), px/2)
}

func (d *stacked) columns(p *pen, s *plot) {
	half := d.half(s)
	up, down, n := make([]float64, len(d.value)), make([]float64, len(d.value)), make([]int, len(d.value))
	segments := make([]segment, 0, len(d.value))
	for j := range d.Parts {
		segments = segments[:0]
		for i, col := range d.value {
			v := col[j]
			if !v.Has {
				continue
			}
			n[i]++
			end := &up[i]
			if v.Value < 0 {
				end = &down[i]
			}
			from, to := *end, *end+v.Value
			*end = to
			x := s.X(d.at[i])
			segments = append(segments, segment{x - half, s.Y(tidy(max(from, to))), x + half, s.Y(tidy(min(from, to)))})
		}
		drawPart(p, j, segments...)
	}
	for i, n := range n {
		if n > 0 && n < len(d.Parts) {
			x, y := s.X(d.at[i]), s.Y(tidy(up[i]))-4*px
			p.rule("partial", x-half, y, x+half, y)
		}
	}
	p.rule("zero", s.Left, s.Y(0), s.Right, s.Y(0)) // again, over the edges of the parts
}

func (d *stacked) names(p *pen, s *plot) {
	if d.tags == nil {
		return
	}
	up, down := 0.0, 0.0
	for j, v := range d.value[d.shown] {
		mid := up
		if v.Has && v.Value < 0 {
			mid = down + float64(v.Value/2)
			down += v.Value
		} else if v.Has {
			mid = up + float64(v.Value/2)
			up += v.Value
		}
		d.tags[j].want = s.Y(tidy(mid))
	}
	spread(d.tags, s.Top-8*px, s.Bottom+8*px, d.line)
	edge := s.X(d.at[d.shown]) + d.half(s)
	for _, t := range d.tags {
		p.rule("leader", edge+1*px, t.want, s.Right+8*px, t.at)
		y := t.at - t.height(d.line)/2 + d.line*78/100
		for _, l := range t.lines {
			p.label("part-name", l, s.Right+10*px, y)
			y += d.line
		}
	}
}
