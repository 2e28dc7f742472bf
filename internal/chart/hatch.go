package chart

// segment is one part's share of a column: a rectangle, and for every second
// part strokes over it, so that neighbours differ without colour.
func segment(p *pen, j, x1, y1, x2, y2 int) {
	p.box(partClass("part", j), x1, y1, x2, y2)
	hatch(p, j, x1, y1, x2, y2)
}

// Ways to hatch, in the order of the parts that have one.
const (
	plain = iota
	rising
	falling
	level
	upright
)

func hatchOf(j int) int {
	return [...]int{plain, rising, plain, falling, plain, level, plain, upright}[j%8]
}

// hatch strokes a rectangle; every stroke is cut to it by arithmetic, since a
// pattern would need an id and a clip path another.
func hatch(p *pen, j, x1, y1, x2, y2 int) {
	const gap = 5 * px
	p.class = partClass("hatch", j)
	w, h := x2-x1, y2-y1
	switch hatchOf(j) {
	case rising, falling:
		// The strokes are those of x+y = a multiple of the gap, seen from the corner.
		for c := gap; c < w+h; c += gap {
			ax, ay := max(0, c-h), min(c, h)
			bx, by := min(c, w), max(0, c-w)
			if hatchOf(j) == rising {
				p.MoveTo(x1+ax, y1+ay)
				p.LineTo(x1+bx, y1+by)
			} else {
				p.MoveTo(x2-ax, y1+ay)
				p.LineTo(x2-bx, y1+by)
			}
		}
	case level:
		for y := y1 + gap; y < y2; y += gap {
			p.MoveTo(x1, y)
			p.LineTo(x2, y)
		}
	case upright:
		for x := x1 + gap; x < x2; x += gap {
			p.MoveTo(x, y1)
			p.LineTo(x, y2)
		}
	}
	p.Stroke()
}

// swatch is a part's look within the key.
func swatch(p *pen, n note, x, y int) {
	segment(p, n.part, x+2*px, y-6*px, x+16*px, y+6*px)
}
