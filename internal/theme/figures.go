package theme

import "reflect"

// Of no view does a page have as many as of figures, hundreds in a table: they
// are read as what they are, and not by reflection.

var (
	figureType  = reflect.TypeFor[Figure]()
	figuresType = reflect.TypeFor[[]Figure]()
)

// figureAt is a figure of which at gives the place.
func figureAt(at func(*run) reflect.Value) value {
	return value{typ: figureType, figure: func(r *run) *Figure { return at(r).Addr().Interface().(*Figure) }}
}

// heldFigure is the figure in a slot of run.figures.
func heldFigure(slot int) value {
	return value{typ: figureType, slot: slot, held: true, figure: func(r *run) *Figure { return r.figures[slot] }}
}

// figureField is a field of a figure.
func (v value) figureField(name string) (value, bool) {
	text := func(of func(*Figure) string) (value, bool) {
		if slot := v.slot; v.held {
			return value{typ: textType, text: func(r *run) string { return of(r.figures[slot]) }}, true
		}
		at := v.figure
		return value{typ: textType, text: func(r *run) string { return of(at(r)) }}, true
	}
	truth := func(of func(*Figure) bool) (value, bool) {
		at := v.figure
		return whether(func(r *run) bool { return of(at(r)) }), true
	}
	switch name {
	case "Period":
		return text(func(f *Figure) string { return f.Period })
	case "Text":
		return text(func(f *Figure) string { return f.Text })
	case "Count":
		return text(func(f *Figure) string { return f.Count })
	case "Revised":
		return text(func(f *Figure) string { return f.Revised })
	case "Note":
		return text(func(f *Figure) string { return f.Note })
	case "Missing":
		return truth(func(f *Figure) bool { return f.Missing })
	case "Old":
		return truth(func(f *Figure) bool { return f.Old })
	case "Marks":
		at := v.figure
		return value{typ: reflect.TypeFor[[]Mark](), slot: -1, ref: func(r *run) reflect.Value { return reflect.ValueOf(&at(r).Marks).Elem() }}, true
	}
	return value{}, false
}

// eachFigure does a step for each of a list of figures, in a slot of run.figures,
// with its index in one of run.nums.
func eachFigure(list func(*run) reflect.Value, slot, at int, each, none block) func(*run) {
	return func(r *run) {
		figures := *list(r).Addr().Interface().(*[]Figure)
		if len(figures) == 0 {
			none.run(r)
		}
		for i := range figures {
			r.figures[slot], r.nums[at] = &figures[i], i
			each.run(r)
		}
	}
}
