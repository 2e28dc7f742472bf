package theme

import (
	"html/template"
	"reflect"
	"slices"
)

// A program is a layout made ready for one type of view. html/template looks
// up every field by its name and every function by reflection, cell by cell;
// of a page of fifty kilobytes that is nine tenths of the work. A layout's
// fields, partials and escapers are known once it is parsed, so they are
// resolved then (compile.go), from the tree that html/template has already
// made safe: what is escaped, and how, stays its decision.
//
// A program writes what html/template would, byte for byte, or gives up: then
// the page is executed by html/template, which also has the words for a fault.
// A layout that uses what a program does not know has none, and is only slower.
type program struct {
	view  reflect.Type
	body  block
	refs  int // slots of each kind that a run needs
	texts int
	nums  int

	figures int
}

// run is the state of one page while it is written.
type run struct {
	out   []byte
	refs  []reflect.Value // dots and variables: structs, lists, pointers
	texts []string        // those that are text
	nums  []int           // numbers, and truths as 0 and 1

	figures []*Figure
}

// step is one piece of a block: fixed text, and then a text of the view to be
// written escaped, or something else to be done, if anything.
type step struct {
	text string
	say  func(*run) string
	dot  int // 1 more than the slot of run.texts that say gives; else 0
	do   func(*run)
}

// fixed reports whether a step is its fixed text alone.
func (s step) fixed() bool { return s.say == nil && s.do == nil }

type block []step

func (b block) run(r *run) {
	for i := range b {
		s := &b[i]
		r.out = append(r.out, s.text...)
		if s.say != nil {
			r.out = appendEscaped(r.out, s.say(r))
		} else if s.do != nil {
			s.do(r)
		}
	}
}

// with is the block with steps after it.
func (b block) with(steps ...step) block {
	for _, s := range steps {
		if last := len(b) - 1; last >= 0 && b[last].fixed() {
			s.text = b[last].text + s.text
			b[last] = s
		} else {
			b = append(b, s)
		}
	}
	return b
}

// gaveUp is the panic of a step that meets what only html/template can tell.
type gaveUp struct{}

// write appends the page of a view to r.out. It is false where the program gave
// up; what was written is then of no use.
func (p *program) write(r *run, view any) (ok bool) {
	v := reflect.ValueOf(view)
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	} else {
		// The functions of a layout are called with what a pointer leads to.
		copied := reflect.New(p.view).Elem()
		copied.Set(v)
		v = copied
	}
	r.refs = slices.Grow(r.refs[:0], p.refs)[:p.refs]
	r.texts = slices.Grow(r.texts[:0], p.texts)[:p.texts]
	r.nums = slices.Grow(r.nums[:0], p.nums)[:p.nums]
	r.figures = slices.Grow(r.figures[:0], p.figures)[:p.figures]
	defer func() {
		if recover() != nil { // a nil pointer, an index beyond a list: html/template says so with its line
			ok = false
		}
		clear(r.refs) // the next page must not hold this one's view
		clear(r.texts)
		clear(r.figures)
	}()
	r.refs[0] = v
	p.body.run(r)
	return true
}

var (
	textType = reflect.TypeFor[string]()
	htmlType = reflect.TypeFor[template.HTML]()
	intType  = reflect.TypeFor[int]()
	boolType = reflect.TypeFor[bool]()
)

// value is what a pipeline gives: how to reach it, by its type. Exactly one of
// text, num, truth, ref, figure and fields is set.
type value struct {
	typ    reflect.Type             // nil for a condition whose value must not be printed, and for fields
	text   func(*run) string        // string, template.HTML
	num    func(*run) int           // int
	truth  func(*run) bool          // bool, and what only serves as a condition
	ref    func(*run) reflect.Value // struct, slice, pointer; addressable
	figure func(*run) *Figure       // Figure
	slot   int                      // of ref in run.refs, or -1; of a held figure in run.figures, of a held text in run.texts
	held   bool                     // the figure, or text, is in its slot
	fields map[string]value         // what args gathered
	fixed  bool                     // text and num are the same for every page
}

func fixedText(s string) value {
	return value{typ: textType, text: func(*run) string { return s }, fixed: true}
}

func fixedNum(n int) value {
	return value{typ: intType, num: func(*run) int { return n }, fixed: true}
}

func whether(f func(*run) bool) value { return value{typ: boolType, truth: f} }

// held is what stands in a slot of refs.
func held(typ reflect.Type, slot int) value {
	return value{typ: typ, slot: slot, ref: func(r *run) reflect.Value { return r.refs[slot] }}
}

// field follows the way to a field of a struct.
func (v value) field(name string) (value, bool) {
	if v.fields != nil {
		f, ok := v.fields[name]
		return f, ok
	}
	if v.figure != nil {
		return v.figureField(name)
	}
	if v.ref == nil {
		return value{}, false
	}
	typ, of := v.typ, v.ref
	if typ.Kind() == reflect.Pointer {
		pointer := of
		typ, of = typ.Elem(), func(r *run) reflect.Value { return pointer(r).Elem() }
		v.slot = -1
	}
	if typ.Kind() != reflect.Struct {
		return value{}, false
	}
	f, ok := typ.FieldByName(name)
	if _, method := v.typ.MethodByName(name); !ok || method || !f.IsExported() {
		return value{}, false
	}
	for _, i := range f.Index[:len(f.Index)-1] { // an embedded Frame
		outer := of
		if typ = typ.Field(i).Type; typ.Kind() != reflect.Struct {
			return value{}, false
		}
		of, v.slot = func(r *run) reflect.Value { return outer(r).Field(i) }, -1
	}
	last := f.Index[len(f.Index)-1]
	if slot := v.slot; slot >= 0 { // the way most fields are reached: a call or two less
		switch f.Type {
		case textType, htmlType:
			return value{typ: f.Type, text: func(r *run) string { return r.refs[slot].Field(last).String() }}, true
		case boolType:
			return value{typ: f.Type, truth: func(r *run) bool { return r.refs[slot].Field(last).Bool() }}, true
		}
		return valueAt(f.Type, func(r *run) reflect.Value { return r.refs[slot].Field(last) })
	}
	return valueAt(f.Type, func(r *run) reflect.Value { return of(r).Field(last) })
}

// valueAt is a value of a type, of which at gives the place.
func valueAt(typ reflect.Type, at func(*run) reflect.Value) (value, bool) {
	switch {
	case typ == textType, typ == htmlType:
		return value{typ: typ, text: func(r *run) string { return at(r).String() }}, true
	case typ == intType:
		return value{typ: typ, num: func(r *run) int { return int(at(r).Int()) }}, true
	case typ == boolType:
		return value{typ: typ, truth: func(r *run) bool { return at(r).Bool() }}, true
	case typ == figureType:
		return figureAt(at), true
	case typ.Kind() == reflect.Struct, typ.Kind() == reflect.Slice, typ.Kind() == reflect.Pointer && typ.Elem().Kind() == reflect.Struct:
		return value{typ: typ, ref: at, slot: -1}, true
	}
	return value{}, false
}

// condition is the truth of a value, as html/template has it: what is empty is
// false, and a struct is always true.
func (v value) condition() (func(*run) bool, bool) {
	switch {
	case v.truth != nil:
		return v.truth, true
	case v.text != nil:
		text := v.text
		return func(r *run) bool { return text(r) != "" }, true
	case v.num != nil:
		num := v.num
		return func(r *run) bool { return num(r) != 0 }, true
	case v.figure != nil: // a struct
		return func(*run) bool { return true }, true
	case v.ref == nil:
		return nil, false
	}
	ref := v.ref
	switch v.typ.Kind() {
	case reflect.Slice:
		return func(r *run) bool { return ref(r).Len() > 0 }, true
	case reflect.Pointer:
		return func(r *run) bool { return !ref(r).IsNil() }, true
	case reflect.Struct:
		return func(*run) bool { return true }, true
	}
	return nil, false
}

// place is the pointer to a struct that a function of the layouts is given.
func place[T any](v value) (func(*run) *T, bool) {
	if v.ref == nil || v.typ != reflect.TypeFor[T]() {
		return nil, false
	}
	ref := v.ref
	return func(r *run) *T { return ref(r).Addr().Interface().(*T) }, true
}
