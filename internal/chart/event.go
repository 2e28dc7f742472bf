package chart

import (
	"cmp"
	"slices"
	"strconv"
)

// inTime gives the events in their order; the given slice stays as it is.
func inTime(events []Event) []Event {
	byDay := func(a, b Event) int { return cmp.Compare(a.At, b.At) }
	if slices.IsSortedFunc(events, byDay) {
		return events
	}
	return slices.SortedStableFunc(slices.Values(events), byDay)
}

// placedEvent is an event within the span of time that is drawn.
type placedEvent struct {
	Event
	at     float64
	number int
}

// eventRoom is the height of the events' own line of labels, and eventFoot
// where that ends above the plot: a value over a bar or a point at the very top
// stands below it.
const (
	eventRoom = 22 * px
	eventFoot = 18 * px
)

// placeEvents decides whether the events' labels stand above the plot, which
// they do if all of them fit, or are numbers that the key explains.
func (d *trend) placeEvents() {
	d.eventRow, d.numbered = d.eventRow[:0], false
	for _, e := range d.Events {
		at := placeDay(e.At)
		if at < d.x.from || at > d.x.to || len(d.points) == 0 {
			continue
		}
		d.eventRow = append(d.eventRow, placedEvent{Event: e, at: at, number: len(d.eventRow) + 1})
	}
	if len(d.eventRow) == 0 || d.form == Small {
		return
	}
	d.box.Top += eventRoom
	end := 0
	for _, e := range d.eventRow {
		from, to := d.eventText(e)
		if e.Label != "" && (from < end || to > d.w) {
			d.numbered = true
		}
		end = to + 12*px
	}
}

// eventText is where an event's label would stand: after its line, or before
// it where it would leave the sheet.
func (d *trend) eventText(e placedEvent) (from, to int) {
	x := d.box.Left + int((e.at-d.x.from)*d.perMonth)
	w := width(e.Label, d.small, false)
	if x+w+4*px > d.w && x-w-4*px > d.left {
		return x - w - 4*px, x
	}
	return x, x + w + 4*px
}

func (d *trend) events(p *pen, s *plot) {
	for _, e := range d.eventRow {
		x := s.X(e.at)
		class := "event"
		if e.Break {
			class = "break"
		}
		top := s.Top
		if d.form != Small {
			top -= eventFoot + 10*px
		}
		if d.numbered && e.Label != "" { // it ends at the badge
			top = s.Top - eventFoot
		}
		p.rule(class, x, top, x, s.Bottom)
		if e.Break {
			p.rule("axis-gap", x-3*px, s.Bottom, x+3*px, s.Bottom)
			p.rule("break-mark", x-5*px, s.Bottom+5*px, x-1*px, s.Bottom-5*px)
			p.rule("break-mark", x+1*px, s.Bottom+5*px, x+5*px, s.Bottom-5*px)
		}
		switch {
		case d.form == Small || e.Label == "":
		case d.numbered:
			badge(p, x, s.Top-eventFoot-8*px, e.number, d.small)
		default:
			from, _ := d.eventText(e)
			p.label("event-label", e.Label, from+4*px, s.Top-eventFoot-3*px)
		}
	}
}

// badge is a number in a circle, which no font need have.
func badge(p *pen, x, y, n, size int) {
	p.circle("event-badge", x, y, 8*px)
	p.label("event-number at-middle", strconv.Itoa(n), x, y+size*36/100)
}
