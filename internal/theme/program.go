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
// It works out what it needs alone: a fault in a value that nothing comes to ask
// for, such as the third operand of eq where the second is alike, is none.
// A layout that uses what a program does not know has none, and is only slower.
type program struct {
	view  reflect.Type
	steps []step
	refs  int // slots of each kind that a run needs
	texts int
	nums  int
	loops int
}

// run is the state of one page while it is written.
type run struct {
	out   []byte
	refs  []any    // the run itself, the view, and then dots and variables: pointers to structs, lists, pointers
	texts []string // those that are text
	nums  []int    // numbers, and truths as 0 and 1
	loops []loop
}

// loop is a list while its elements are gone through.
type loop struct {
	list     any // the pointer to it
	at, size int
}

// step is one instruction of a program: fixed text to be written, and then
// something else to be done, if anything. Steps are done one after the other; those
// that a condition leaves out are gone past. They are many and small, and hand the
// page on between them: calls within calls would cost more than most of them do.
type step struct {
	text string
	does action
	to   int // the step to go on with where does says so
	slot int // in run.texts, or of an element in run.refs
	loop int // in run.loops

	say  reading[string]
	is   reading[bool]
	list reading[any]
	in   list
	keep func(*run)
	add  func(*run, []byte) []byte
}

type action uint8

const (
	nothing   action = iota
	writeText        // say's text, escaped
	writeHeld        // the text in a slot, escaped
	writeAsIs        // say's text
	addOther         // what add writes
	keepValue        // keep puts a value in its slot
	skip             // go on elsewhere unless is is true
	holdText         // keep say's text in a slot; go on elsewhere where there is none
	first            // take the first element of a list; go on elsewhere where there is none
	next             // take the next element, if there is one, and go on with the first step for it
	goOn             // go on elsewhere
)

// run appends what a program says to out.
func (p *program) run(r *run, out []byte) []byte {
	steps := p.steps
	for at := 0; at < len(steps); {
		s := &steps[at]
		at++
		if s.text != "" {
			out = append(out, s.text...)
		}
		switch s.does {
		case writeText:
			out = appendEscaped(out, s.say.now(r))
		case writeHeld:
			out = appendEscaped(out, r.texts[s.slot])
		case writeAsIs:
			out = append(out, s.say.now(r)...)
		case addOther:
			out = s.add(r, out)
		case keepValue:
			s.keep(r)
		case skip:
			if !s.is.now(r) {
				at = s.to
			}
		case holdText:
			if text := s.say.now(r); text != "" {
				r.texts[s.slot] = text
			} else {
				at = s.to
			}
		case first:
			list := s.list.now(r)
			if size := s.in.size(list); size > 0 {
				r.loops[s.loop] = loop{list: list, size: size}
				r.refs[s.slot] = s.in.at(list, 0)
			} else {
				at = s.to
			}
		case next:
			l := &r.loops[s.loop]
			if l.at++; l.at < l.size {
				r.refs[s.slot] = s.in.at(l.list, l.at)
				at = s.to
			}
		case goOn:
			at = s.to
		}
	}
	return out
}

// newRun is a run for what is the same for every page.
func newRun() *run {
	r := new(run)
	r.refs = []any{r}
	return r
}

// gaveUp is the panic of a step that meets what only html/template can tell.
type gaveUp struct{}

// write appends the page of a view to r.out. It is false where the program gave
// up; what was written is then of no use.
func (p *program) write(r *run, view any) (ok bool) {
	if v := reflect.ValueOf(view); v.Kind() != reflect.Pointer {
		copied := reflect.New(p.view)
		copied.Elem().Set(v)
		view = copied.Interface()
	}
	r.refs = slices.Grow(r.refs[:0], p.refs)[:p.refs]
	r.texts = slices.Grow(r.texts[:0], p.texts)[:p.texts]
	r.nums = slices.Grow(r.nums[:0], p.nums)[:p.nums]
	r.loops = slices.Grow(r.loops[:0], p.loops)[:p.loops]
	defer func() {
		if recover() != nil { // a nil pointer, an index beyond a list: html/template says so with its line
			ok = false
		}
		clear(r.refs) // the next page must not hold this one's view
		clear(r.texts)
		clear(r.loops)
	}()
	r.refs[0], r.refs[1] = r, view
	r.out = p.run(r, r.out)
	return true
}

var (
	textType = reflect.TypeFor[string]()
	htmlType = reflect.TypeFor[template.HTML]()
	intType  = reflect.TypeFor[int]()
	boolType = reflect.TypeFor[bool]()
)

// reading is how something is read: by get, of what stands in a slot of run.refs.
type reading[T any] struct {
	of  int
	get func(any) T
}

func (g reading[T]) now(r *run) T { return g.get(r.refs[g.of]) }

// then is what next makes of what is read.
func then[T, U any](g reading[T], next func(T) U) reading[U] {
	get := g.get
	return reading[U]{g.of, func(p any) U { return next(get(p)) }}
}

// worked is what is worked out of several readings.
func worked[T any](out func(*run) T) reading[T] {
	return reading[T]{0, func(r any) T { return out(r.(*run)) }}
}

// value is what a pipeline gives: how to reach it, by its type. Exactly one of
// text, num, truth, ref and fields is set.
type value struct {
	typ    reflect.Type     // nil for a condition whose value must not be printed, and for fields
	text   reading[string]  // string, template.HTML
	num    reading[int]     // int
	truth  reading[bool]    // bool, and what only serves as a condition
	ref    reading[any]     // the pointer to a struct, slice or pointer
	held   bool             // ref stands in a slot of run.refs itself; text in one of run.texts
	slot   int              // of a held text
	fields map[string]value // what args gathered
	fixed  bool             // text and num are the same for every page
}

func fixedText(s string) value {
	return value{typ: textType, text: reading[string]{0, func(any) string { return s }}, fixed: true}
}

func fixedNum(n int) value {
	return value{typ: intType, num: reading[int]{0, func(any) int { return n }}, fixed: true}
}

func whether(is reading[bool]) value { return value{typ: boolType, truth: is} }

// heldText is what stands in a slot of texts.
func heldText(typ reflect.Type, slot int) value {
	return value{typ: typ, slot: slot, held: true, text: worked(func(r *run) string { return r.texts[slot] })}
}

// held is what stands in a slot of refs.
func held(typ reflect.Type, slot int) value {
	return value{typ: typ, held: true, ref: reading[any]{slot, func(p any) any { return p }}}
}

// field follows the way to a field of a struct.
func (v value) field(name string) (value, bool) {
	if v.fields != nil {
		f, ok := v.fields[name]
		return f, ok
	}
	if v.ref.get == nil {
		return value{}, false
	}
	if v.typ.Kind() == reflect.Pointer {
		v = value{typ: v.typ.Elem(), ref: then(v.ref, func(p any) any { return reflect.ValueOf(p).Elem().Interface() })}
	}
	if v.typ.Kind() != reflect.Struct {
		return value{}, false
	}
	f, ok := v.typ.FieldByName(name)
	if _, method := reflect.PointerTo(v.typ).MethodByName(name); !ok || method || !f.IsExported() {
		return value{}, false
	}
	for within, i := v.typ, 0; i < len(f.Index)-1; i++ { // an embedded Frame
		if within = within.Field(f.Index[i]).Type; within.Kind() != reflect.Struct {
			return value{}, false
		}
	}
	switch get := reader(v.typ, f).(type) {
	case func(any) string:
		return value{typ: f.Type, text: of(v, get)}, true
	case func(any) int:
		return value{typ: f.Type, num: of(v, get)}, true
	case func(any) bool:
		return value{typ: f.Type, truth: of(v, get)}, true
	case func(any) any:
		return value{typ: f.Type, ref: of(v, get)}, true
	}
	return value{}, false
}

// of is what get reads of the struct that a value refers to.
func of[T any](v value, get func(any) T) reading[T] {
	if v.held { // the way most fields are reached: a call less
		return reading[T]{v.ref.of, get}
	}
	return then(v.ref, get)
}

// valueAt is a value of a type, to which at leads.
func valueAt(typ reflect.Type, at value) (value, bool) {
	switch {
	case typ == textType:
		return value{typ: typ, text: of(at, func(p any) string { return *p.(*string) })}, true
	case typ == htmlType:
		return value{typ: typ, text: of(at, func(p any) string { return string(*p.(*template.HTML)) })}, true
	case typ == intType:
		return value{typ: typ, num: of(at, func(p any) int { return *p.(*int) })}, true
	case typ == boolType:
		return value{typ: typ, truth: of(at, func(p any) bool { return *p.(*bool) })}, true
	case refers(typ):
		return at, true
	}
	return value{}, false
}

// refers reports whether a value of a type is reached by a pointer to it.
func refers(typ reflect.Type) bool {
	return typ.Kind() == reflect.Struct || typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer && typ.Elem().Kind() == reflect.Struct
}

// condition is the truth of a value, as html/template has it: what is empty is
// false, and a struct is always true.
func (v value) condition() (reading[bool], bool) {
	switch {
	case v.truth.get != nil:
		return v.truth, true
	case v.text.get != nil:
		return then(v.text, func(s string) bool { return s != "" }), true
	case v.num.get != nil:
		return then(v.num, func(n int) bool { return n != 0 }), true
	case v.ref.get == nil:
		return reading[bool]{}, false
	}
	switch v.typ.Kind() {
	case reflect.Slice:
		size := listOf(v.typ).size
		return then(v.ref, func(p any) bool { return size(p) > 0 }), true
	case reflect.Pointer:
		return then(v.ref, func(p any) bool { return !reflect.ValueOf(p).Elem().IsNil() }), true
	case reflect.Struct:
		return then(v.ref, func(any) bool { return true }), true
	}
	return reading[bool]{}, false
}

// place is the pointer to a struct that a function of the layouts is given.
func place[T any](v value) (reading[*T], bool) {
	if v.ref.get == nil || v.typ != reflect.TypeFor[T]() {
		return reading[*T]{}, false
	}
	return of(v, func(p any) *T { return p.(*T) }), true
}
