package chart

// segment is one part's share of a column: a rectangle, and for every second
// part strokes over it, so that neighbours differ without colour.
type segment struct{ x1, y1, x2, y2 int }

// drawPart draws a part's segments: all rectangles, then all strokes.
func drawPart(p *pen, j int, segments ...segment) {
	class := partClass("part", j)
	for _, s := range segments {
		p.box(class, s.x1, s.y1, s.x2, s.y2)
	}
	class = partClass("hatch", j)
	for _, s := range segments {
		hatch(p, class, hatchOf(j), s.x1, s.y1, s.x2, s.y2)
	}
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
func hatch(p *pen, class string, way, x1, y1, x2, y2 int) {
	const gap = 5 * px
	w, h := x2-x1, y2-y1
	if w <= 0 || h <= 0 {
		return
	}
	switch way {
	case rising, falling:
		// The strokes are those of x+y = a multiple of the gap, seen from the corner.
		for c := gap; c < w+h; c += gap {
			ax, ay := max(0, c-h), min(c, h)
			bx, by := min(c, w), max(0, c-w)
			if way == rising {
				p.rule(class, x1+ax, y1+ay, x1+bx, y1+by)
			} else {
				p.rule(class, x2-ax, y1+ay, x2-bx, y1+by)
			}
		}
	case level:
		for y := y1 + gap; y < y2; y += gap {
			p.rule(class, x1, y, x2, y)
		}
	case upright:
		for x := x1 + gap; x < x2; x += gap {
			p.rule(class, x, y1, x, y2)
		}
	}
}

// swatch is a part's look within the key.
func swatch(p *pen, n *note, x, y int) {
	drawPart(p, n.part, segment{x + 2*px, y - 6*px, x + 16*px, y + 6*px})
}
