package chart

import (
	"fmt"
	"math"
	"strconv"

	gochart "github.com/wcharczuk/go-chart/v2"

	"outturn/internal/quantity"
)

// sheet is what the forms differ in; lengths in pen units.
type sheet struct {
	name     string
	suffix   string // of ids, since both forms of a chart stand in one page
	w, h     int
	text     int // size of labels at the ends and of values
	small    int // size of the axes' labels
	line     int // from one line of text to the next
	endRoom  int // the widest that an end label may be
	endLines int
	ticks    int // intervals, at most; as many in both forms of a chart, whose axis is the same
}

var sheets = [...]sheet{
	Wide:   {"chart-wide", "-w", 720 * px, 300 * px, 13 * px, 12 * px, 15 * px, 172 * px, 3, 4},
	Narrow: {"chart-narrow", "-n", 360 * px, 280 * px, 13 * px, 12 * px, 15 * px, 92 * px, 3, 4},
	Spark:  {"chart-spark", "-k", 120 * px, 28 * px, 0, 0, 0, 0, 0, 2},
	Small:  {"chart-small", "-s", 220 * px, 150 * px, 13 * px, 12 * px, 15 * px, 60 * px, 1, 3},
}

func (f Form) sheet() (*sheet, error) {
	if int(f) >= len(sheets) {
		return nil, fmt.Errorf("chart: no form %d", f)
	}
	return &sheets[f], nil
}

// plot is the area of the values, with its two scales.
type plot struct {
	gochart.Box
	x, y  gochart.ContinuousRange
	start int // where the rules across begin: left of the years' part
}

// plotIn is the plot in a box of the sheet.
func plotIn(box gochart.Box, x, y span) plot {
	return plot{box,
		gochart.ContinuousRange{Min: x.from, Max: x.to, Domain: box.Width()},
		gochart.ContinuousRange{Min: y.from, Max: y.to, Domain: box.Height()},
		box.Left}
}

func (s *plot) X(v float64) int { return s.Left + s.x.Translate(v) }
func (s *plot) Y(v float64) int { return s.Bottom - s.y.Translate(v) }

// span is a range of values along an axis.
type span struct{ from, to float64 }

// checkLevels refuses a level line that is no number.
func checkLevels(levels ...[]Level) error {
	for _, ls := range levels {
		for _, l := range ls {
			if !drawable(l.Value) {
				return fmt.Errorf("chart: level %q is not a figure that can be drawn (%v)", l.Label, l.Value)
			}
		}
	}
	return nil
}

// drawable keeps out what is no number and what no published figure can be:
// an exact decimal of ours ends below 10¹⁹.
func drawable(v float64) bool { return math.Abs(v) < 1e19 } // false for NaN

// shown is a figure as published, or as near to it as a float comes where the
// caller gave no text.
func shown(text string, v float64, unit quantity.Unit, decimals int) string {
	if text != "" {
		return text
	}
	n, err := quantity.Parse(strconv.FormatFloat(v, 'f', max(min(decimals, 6), 0), 64))
	if err != nil {
		return strconv.FormatFloat(v, 'g', 4, 64)
	}
	return unit.Format(n.Decimal)
}

// yTicks draws the rules across, and at the left of the first of each row of
// plots their labels.
func yTicks(p *pen, a *axis, size, inRow int, plots ...plot) {
	for _, class := range [...]string{"zero", "grid"} {
		for i := range plots {
			s := &plots[i]
			for i, t := range a.ticks {
				if zero := t.at == 0 || i == 0 && a.min >= 0; zero == (class == "zero") {
					y := s.Y(t.at)
					p.rule(class, s.start, y, s.Right, y)
				}
			}
		}
	}
	p.group("tick at-end", plots[0].start-6*px, 0)
	for i := 0; i < len(plots); i += inRow {
		for _, t := range a.ticks {
			p.text(t.text, 0, plots[i].Y(t.at)+size*35/100)
		}
	}
	p.ungroup()
	if !a.cut {
		return
	}
	// Two strokes through the foot of the axis, over a gap in it.
	for _, s := range plots {
		p.rule("axis-gap", s.start+6*px, s.Bottom, s.start+12*px, s.Bottom)
	}
	for _, s := range plots {
		for _, x := range [...]int{s.start + 4*px, s.start + 10*px} {
			p.rule("axis-cut", x, s.Bottom+4*px, x+4*px, s.Bottom-4*px)
		}
	}
}

func tickRoom(a *axis, size int) int {
	w := 0
	for _, t := range a.ticks {
		w = max(w, width(t.text, size, false))
	}
	return w
}

// timeTicks draws the labels of months and years below the plot.
func timeTicks(p *pen, s *plot, c *calendar, sh *sheet, x span) {
	per := float64(s.Right-s.Left) / (x.to - x.from)
	first := s.Bottom + 6*px + sh.small
	p.group("tick at-middle", 0, first)
	for _, l := range c.labels(make([]xlabel, 0, 16), per, sh.small) {
		p.text(l.text, s.X(l.at), 0)
	}
	p.ungroup()
	years := c.years(make([]year, 0, 8), x.from, x.to)
	for _, y := range years {
		if from := s.X(y.from); y.opens && s.X(y.to)-from >= 4*px {
			p.rule("year-rule", from, s.Top, from, first+sh.line+2*px)
		}
	}
	if len(years) == 0 {
		return
	}
	p.group("year-label at-middle", 0, first+sh.line+1*px)
	for _, y := range years {
		from, to := s.X(y.from), s.X(y.to)
		text := yearName(y.start, false)
		if width(text, sh.small, false) > to-from-4*px {
			text = yearName(y.start, true)
		}
		if width(text, sh.small, false) <= to-from-2*px {
			p.text(text, (from+to)/2, 0)
		}
	}
	p.ungroup()
}

// nothing is the drawing without a figure.
func nothing(p *pen, kind, id, title, description, words string, sh *sheet) {
	empty, h := *sh, 56*px
	empty.name += " chart-empty"
	p.begin(kind, &empty, id, title, description, h)
	p.rule("zero", 0, h-px, sh.w, h-px)
	p.label("empty at-middle", words, sh.w/2, 33*px)
	p.end()
}
