package chart

// bands draws what rates a value, behind everything.
func (d *trend) bands(p *pen, s *plot) {
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
		class, word := bandClass(b)
		p.box(class, s.start, top, s.Right, bottom)
		d.bandWord(p, s, word, top, bottom)
	}
}

// bandClass is the class of a band and its word.
func bandClass(b Band) (class, word string) {
	switch b.Class {
	case "green":
		class, word = "band band-green", "Green"
	case "amber":
		class, word = "band band-amber", "Amber"
	default:
		class = "band band-" + token(b.Class)
		if b.Class != "" {
			word = string(b.Class[0]&^0x20) + b.Class[1:]
		}
	}
	if b.Label != "" {
		word = b.Label
	}
	return class, word
}

// bandWord writes the band's word inside it, at the right or else at the left,
// where neither the line nor a level passes.
func (d *trend) bandWord(p *pen, s *plot, word string, top, bottom int) {
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
func (d *trend) crossed(s *plot, x1, x2, y1, y2 int) bool {
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
		if at.x < x1-6*px {
			last = i
			continue
		}
		if at.x <= x2+6*px && at.y >= y1-6*px && at.y <= y2+6*px {
			return true
		}
		if last >= 0 && passes(d.spots[last], at, x1, x2, y1, y2) {
			return true
		}
		if last = i; at.x > x2+6*px { // as all that follow
			return false
		}
	}
	return false
}

// levelWithin tells whether a level line passes between two heights.
func (d *trend) levelWithin(s *plot, y1, y2 int) bool {
	for _, ls := range [...][]Level{d.Target, d.Comparators} {
		for _, l := range ls {
			if y := s.Y(l.Value); y >= y1 && y <= y2 {
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
