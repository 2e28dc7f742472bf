package chart

import "math"

// lines draws the measure: a stroke for each run of neighbours with figures,
// ended by a gap, by a break in the series or by a change of its look.
func (d *trend) lines(p *pen) {
	for i := 1; i < len(d.spots); {
		if !d.joined[i] {
			i++
			continue
		}
		from, provisional := i, d.points[i].Provisional
		for i < len(d.spots) && d.joined[i] && d.points[i].Provisional == provisional {
			i++
		}
		class := "line"
		if provisional {
			class = "line provisional"
		}
		p.moveTo(class, d.spots[from-1].x, d.spots[from-1].y)
		p.through(d.spots[from:i])
	}
}

func (d *trend) columnHalf() int {
	step := 1.0
	if len(d.places) > 1 {
		step = min(d.x.to-d.x.from, d.time.least)
	}
	return max(min(int(0.34*step*d.perMonth), 24*px), px/2)
}

func (d *trend) columns(p *pen, s *plot) {
	half := d.columnHalf()
	zero := s.Y(min(max(0, d.axis.min), d.axis.max))
	for i, at := range d.spots {
		if !d.points[i].Has {
			continue
		}
		class := "column"
		if d.points[i].Provisional {
			class = "column provisional"
		}
		if i == d.newest {
			class += " last"
		}
		p.box(class, at.x-half, min(at.y, zero), at.x+half, max(at.y, zero))
	}
}

// markers shows the points that stand alone, are the newest, or carry a state.
func (d *trend) markers(p *pen) {
	all := d.form != Small && !math.IsInf(d.time.least, 1) && d.time.least*d.perMonth >= 22*px
	for i, at := range d.spots {
		pt := &d.points[i]
		if !pt.Has {
			continue
		}
		if d.Columns {
			if pt.Revised || pt.Caution {
				marker(p, pt, at.x, at.y-9*px, false)
			}
			continue
		}
		switch {
		case pt.Revised || pt.Caution || pt.Provisional:
			marker(p, pt, at.x, at.y, i == d.newest)
		case i == d.newest:
			p.circle("dot last", at.x, at.y, 45)
		case all || d.alone(i):
			p.dot(at.x, at.y)
		}
	}
}

// marker gives each state its own shape; a figure with two states has two, one
// around the other.
func marker(p *pen, pt *Point, x, y int, newest bool) {
	last := ""
	if newest {
		last = " last"
	}
	if pt.Revised {
		if pt.Caution || pt.Provisional {
			p.circle("ring"+last, x, y, 85)
		} else {
			p.circle("ring"+last, x, y, 45)
		}
	}
	switch {
	case pt.Caution:
		p.shape("triangle"+last, spot{x, y - 58}, spot{x + 52, y + 38}, spot{x - 52, y + 38})
	case pt.Provisional:
		p.shape("diamond"+last, spot{x, y - 55}, spot{x + 55, y}, spot{x, y + 55}, spot{x - 55, y})
	}
}

// ends writes the labels at the right, moved apart, and beside the newest
// point where that is not at the right.
func (d *trend) ends(p *pen, s *plot) {
	tags := d.endTags
	i := 0
	want := func(v float64) { tags[i].want = s.Y(v); i++ }
	for _, ls := range [...][]Level{d.Target, d.Comparators} {
		for _, l := range ls {
			if l.Label != "" && d.form != Small {
				want(l.Value)
			}
		}
	}
	if i < len(tags) {
		want(d.points[d.newest].Value)
	} else if d.newest >= 0 {
		d.inner(p, s)
	}
	spread(tags, d.box.Top-12*px, d.box.Bottom+8*px, d.line)
	for i := range tags {
		t := &tags[i]
		x := s.Right + 10*px
		mid := t.want
		if t.class == "value" {
			near := d.spots[d.newest].x
			if d.Columns {
				near += d.columnHalf()
			}
			if s.Right-near > 30*px || d.Columns {
				x = min(x, near+8*px)
			}
		} else if off := t.at - mid; off > 5*px || off < -5*px {
			p.rule("leader", s.Right+1*px, mid, s.Right+8*px, t.at)
		}
		y := t.at - t.height(d.line)/2 + d.line*78/100
		for _, l := range t.lines {
			p.label(t.class, l, x, y)
			y += d.line
		}
	}
}

// inner labels a newest figure that is followed by gaps, above its point or below.
func (d *trend) inner(p *pen, s *plot) {
	pt := &d.points[d.newest]
	x, y := d.spots[d.newest].x, d.spots[d.newest].y
	text := shown(pt.Text, pt.Value, d.Unit, d.Decimals)
	if x+9*px+width(text, d.text, true) <= s.Right && !d.Columns {
		p.label("value", text, x+9*px, y+d.text*35/100)
		return
	}
	// The text ends over the point, and is never cut by the left edge.
	y -= 10 * px
	if len(d.eventRow) > 0 { // it keeps below the events' labels
		y = max(y, s.Top-5*px)
	}
	p.label("value at-end", text, min(max(x+6*px, width(text, d.text, true)), d.w), y)
}
