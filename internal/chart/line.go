package chart

// lines draws the measure: a stroke for each run of neighbours with figures,
// ended by a gap or by a break in the series.
func (d *trend) lines(p *pen, s plot) {
	last, run := -1, "" // the class of the run that is being drawn
	for i, pt := range d.Points {
		if !pt.Has {
			continue
		}
		x, y := s.X(d.places[i]), s.Y(pt.Value)
		if last >= 0 && d.connected(last, i) {
			class := "line"
			if pt.Provisional {
				class = "line provisional"
			}
			if run != class {
				p.moveTo(class, s.X(d.places[last]), s.Y(d.Points[last].Value))
				run = class
			}
			p.lineTo(x, y)
		} else {
			run = ""
		}
		last = i
	}
}

// connected tells whether a stroke may join two points with figures: nothing
// between them is missing, and the series does not break there.
func (d *trend) connected(i, j int) bool {
	if j != i+1 || !d.time.joined(d.places[i], d.places[j]) {
		return false
	}
	for k := range d.Events {
		if !d.Events[k].Break {
			continue
		}
		if at := placeDay(d.Events[k].At); at > d.places[i] && at <= d.places[j] {
			return false
		}
	}
	return true
}

func (d *trend) columnHalf() int {
	step := 1.0
	if len(d.places) > 1 {
		step = d.x.to - d.x.from
		for i := 1; i < len(d.places); i++ {
			if w := d.places[i] - d.places[i-1]; w > 0 {
				step = min(step, w)
			}
		}
	}
	return max(min(int(0.34*step*d.perMonth), 24*px), px/2)
}

func (d *trend) columns(p *pen, s plot) {
	half := d.columnHalf()
	zero := s.Y(min(max(0, d.axis.min), d.axis.max))
	for i, pt := range d.Points {
		if !pt.Has {
			continue
		}
		x, y := s.X(d.places[i]), s.Y(pt.Value)
		class := "column"
		if pt.Provisional {
			class = "column provisional"
		}
		if i == d.newest {
			class += " last"
		}
		p.box(class, x-half, min(y, zero), x+half, max(y, zero))
	}
}

// markers shows the points that stand alone, are the newest, or carry a state.
func (d *trend) markers(p *pen, s plot) {
	wide := 0.0
	for i := 1; i < len(d.places); i++ {
		if w := d.places[i] - d.places[i-1]; w > 0 && (wide == 0 || w < wide) {
			wide = w
		}
	}
	all := wide*d.perMonth >= 22*px && d.form != Small
	for i, pt := range d.Points {
		if !pt.Has {
			continue
		}
		x, y := s.X(d.places[i]), s.Y(pt.Value)
		if d.Columns {
			if pt.Revised || pt.Caution {
				marker(p, pt, x, y-9*px, false)
			}
			continue
		}
		switch {
		case pt.Revised || pt.Caution || pt.Provisional:
			marker(p, pt, x, y, i == d.newest)
		case i == d.newest:
			p.circle("dot last", x, y, 45)
		case all || !d.joinedToAny(i):
			p.dot(x, y)
		}
	}
}

func (d *trend) joinedToAny(i int) bool {
	return i > 0 && d.Points[i-1].Has && d.connected(i-1, i) ||
		i+1 < len(d.Points) && d.Points[i+1].Has && d.connected(i, i+1)
}

// marker gives each state its own shape; a figure with two states has two, one
// around the other.
func marker(p *pen, pt Point, x, y int, newest bool) {
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
		p.shape("triangle"+last, [2]int{x, y - 58}, [2]int{x + 52, y + 38}, [2]int{x - 52, y + 38})
	case pt.Provisional:
		p.shape("diamond"+last, [2]int{x, y - 55}, [2]int{x + 55, y}, [2]int{x, y + 55}, [2]int{x - 55, y})
	}
}

// ends writes the labels at the right, moved apart, and beside the newest
// point where that is not at the right.
func (d *trend) ends(p *pen, s plot) {
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
		want(d.Points[d.newest].Value)
	} else if d.newest >= 0 {
		d.inner(p, s)
	}
	spread(tags, d.box.Top-12*px, d.box.Bottom+8*px, d.line)
	for _, t := range tags {
		x := s.Right + 10*px
		mid := t.want
		if t.class == "value" {
			near := s.X(d.places[d.newest])
			if d.Columns {
				near += d.columnHalf()
			}
			if s.Right-near > 30*px || d.Columns {
				x = min(x, near+8*px)
			}
		} else if off := t.at - mid; off > 5*px || off < -5*px {
			p.rule("leader", s.Right+1*px, mid, s.Right+8*px, t.at)
		}
		class := "end-label " + t.class
		if t.class == "value" {
			class = "value"
		}
		y := t.at - t.height(d.line)/2 + d.line*78/100
		for _, l := range t.lines {
			p.label(class, l, x, y)
			y += d.line
		}
	}
}

// inner labels a newest figure that is followed by gaps, above its point or below.
func (d *trend) inner(p *pen, s plot) {
	pt := d.Points[d.newest]
	x, y := s.X(d.places[d.newest]), s.Y(pt.Value)
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
