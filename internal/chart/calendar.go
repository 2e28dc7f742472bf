package chart

import (
	"math"

	"outturn/internal/period"
)

// calendar is the axis of time: places count months, so that January 2017
// stands at period.NewMonth(2017, 1) and its first day half a month before.
type calendar struct {
	kind     period.Kind
	first    period.Month
	last     period.Month
	stride   float64 // the longest step between neighbours without a gap
	academic bool
	yearly   bool    // one point a year: the label is the year itself
	least    float64 // the shortest step from a point to the next; infinite where there is none
	points   []Point
	places   []float64
}

// place is where a period's figure stands: at its last month, days by their date.
func place(p period.Period) float64 {
	switch p.Kind() {
	case period.Day, period.Span:
		return placeDay(p.End()) + 0.5/days(p.End().Month())
	}
	return float64(p.Last())
}

// placeDay is where a day begins.
func placeDay(d period.Date) float64 {
	m := d.Month()
	return float64(m) - 0.5 + float64(d.Day()-1)/days(m)
}

func days(m period.Month) float64 { return float64(m.LastDay().Day()) }

// newCalendar is that of points in their order.
func newCalendar(points []Point, places []float64) calendar {
	c := calendar{points: points, places: places, least: math.Inf(1)}
	if len(points) == 0 {
		return c
	}
	c.kind = points[0].At.Kind()
	c.first, c.last = monthOf(points[0].At), monthOf(points[len(points)-1].At)
	least := c.least
	for i := 1; i < len(places); i++ {
		if d := places[i] - places[i-1]; d > 0 && d < least {
			least = d
		}
	}
	c.least = least
	switch c.kind {
	case period.AcademicYear, period.AcademicYearToDate, period.Term, period.HalfTerms:
		c.academic = true
	}
	c.yearly = c.kind == period.Year || c.kind == period.AcademicYear || c.kind == period.Window && c.least >= 12 && !math.IsInf(c.least, 1)
	switch c.kind {
	case period.KindMonth:
		c.stride = 1
	case period.Quarter:
		c.stride = 3
	case period.Term:
		c.stride = 5 // the summer term: April to August
	case period.HalfTerms:
		c.stride = max(3, c.least) // the last: June to August
	case period.Day, period.Span:
		c.stride = 1e6 // inspections come when they come
	case period.Year, period.AcademicYear:
		c.stride = 12
	default:
		c.stride = max(c.least, 1)
	}
	return c
}

func monthOf(p period.Period) period.Month {
	switch p.Kind() {
	case period.Day, period.Span:
		return p.End().Month()
	}
	return p.Last()
}

// joined tells whether a line may go from one place to the next.
func (c *calendar) joined(from, to float64) bool { return to-from <= c.stride+1e-6 }

// xlabel is a text under the axis.
type xlabel struct {
	at   float64
	text string
}

var monthNames = [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}

// labels writes to an empty list the names of months, quarters or terms that
// fit, where one month has per tenths of a pixel. It thins them to January,
// April, July and October, then by half years and years.
func (c *calendar) labels(out []xlabel, per float64, size int) []xlabel {
	switch {
	case len(c.points) == 0:
		return out
	case c.yearly, c.kind == period.Quarter, c.kind == period.Term, c.kind == period.HalfTerms:
		return c.pointLabels(out, per, size)
	}
	for _, step := range [...]int{1, 3, 6, 12} {
		if float64(step)*per < float64(width("May", size, false)+5*px) {
			continue
		}
		first := c.first
		if c.first != c.last {
			first = first.Add((step - (first.Number()-1)%step) % step)
		}
		for m := first; m <= c.last; m = m.Add(step) {
			out = append(out, xlabel{float64(m), monthNames[m.Number()-1]})
		}
		return out
	}
	return out
}

// pointLabels names the points themselves, counting back from the newest in
// steps that leave room for the widest name.
func (c *calendar) pointLabels(out []xlabel, per float64, size int) []xlabel {
	short := false
	for {
		room := 0
		for _, p := range c.points {
			room = max(room, width(c.name(p.At, short), size, false))
		}
		room += 6 * px
		if float64(room) > c.least*per && !short {
			short = true
			continue
		}
		next := 1e18
		for i := len(c.points) - 1; i >= 0; i-- {
			at := c.places[i]
			if (next-at)*per < float64(room) {
				continue
			}
			out = append(out, xlabel{at, c.name(c.points[i].At, short)})
			next = at
		}
		return out
	}
}

// name is what stands under a point.
func (c *calendar) name(p period.Period, short bool) string {
	switch p.Kind() {
	case period.Quarter:
		return [...]string{"Q1", "Q2", "Q3", "Q4"}[(p.Last().OfFinancialYear()-1)/3]
	case period.Term:
		n := max(min(p.TermNumber(), 3), 1) - 1
		if short {
			return [...]string{"Aut", "Spr", "Sum"}[n]
		}
		return [...]string{"Autumn", "Spring", "Summer"}[n]
	case period.HalfTerms:
		if _, last := p.HalfTerms(); last >= 1 && last <= 6 {
			return [...]string{"HT1", "HT2", "HT3", "HT4", "HT5", "HT6"}[last-1]
		}
	case period.Year:
		return yearName(p.Last().FinancialYear(), short)
	case period.AcademicYear:
		return yearName(p.Last().AcademicYear(), short)
	case period.Window:
		return p.Last().Short()
	}
	return p.Short()
}

// yearNames are those from 1900/01 on, which every chart has under it.
var yearNames = func() (all [200]string) {
	for i := range all {
		all[i] = newYearName(1900 + i)
	}
	return all
}()

func newYearName(start int) string {
	b := [...]byte{'0', '0', '0', '0', '/', '0', '0'}
	for i, v := 3, start; i >= 0; i, v = i-1, v/10 {
		b[i] = byte('0' + v%10)
	}
	b[5], b[6] = byte('0'+(start+1)/10%10), byte('0'+(start+1)%10)
	return string(b[:])
}

// yearName is 2016/17, or 16/17 where room is short.
func yearName(start int, short bool) string {
	var name string
	if i := start - 1900; i >= 0 && i < len(yearNames) {
		name = yearNames[i]
	} else {
		name = newYearName(start)
	}
	if short {
		return name[2:]
	}
	return name
}

// year is one financial or academic year as far as it is on the axis.
type year struct {
	from, to float64
	start    int
	opens    bool // its first month is on the axis, so its boundary is drawn
}

// years writes those of the axis to an empty list, in order; none where the
// points are years.
func (c *calendar) years(out []year, from, to float64) []year {
	if len(c.points) == 0 || c.yearly {
		return out
	}
	yearOf, opening := period.Month.FinancialYear, 4
	if c.academic {
		yearOf, opening = period.Month.AcademicYear, 9
	}
	for m := c.first; m <= c.last; {
		next := m.Add(12 - (m.Number()+12-opening)%12)
		out = append(out, year{float64(m) - 0.5, float64(min(next.Add(-1), c.last)) + 0.5, yearOf(m), m != c.first})
		m = next
	}
	if n := len(out); n > 0 {
		out[0].from, out[n-1].to = max(out[0].from, from), min(out[n-1].to, to)
	}
	return out
}
