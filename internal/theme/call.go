package theme

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
)

// call is a function of the layouts, applied to values. ok is false for a
// function of a kind that a program does not know.
func call(function any, args []value) (result value, ok bool) {
	texts := make([]func(*run) string, len(args))
	nums := make([]func(*run) int, len(args))
	allTexts, allNums, fixed := true, true, true
	for i, a := range args {
		texts[i], nums[i] = a.text, a.num
		allTexts = allTexts && a.typ == textType
		allNums = allNums && a.typ == intType
		fixed = fixed && a.fixed
	}
	switch f := function.(type) {
	case func(string) string:
		if len(args) == 1 && allTexts {
			of := texts[0]
			return folded(value{typ: textType, text: func(r *run) string { return f(of(r)) }}, fixed), true
		}
	case func(string, string) string:
		if len(args) == 2 && allTexts {
			a, b := texts[0], texts[1]
			return folded(value{typ: textType, text: func(r *run) string { return f(a(r), b(r)) }}, fixed), true
		}
	case func(string) template.HTML:
		if len(args) == 1 && allTexts {
			of := texts[0]
			return value{typ: htmlType, text: func(r *run) string { return string(f(of(r))) }}, true
		}
	case func(string, ...string) (string, error):
		if len(args) > 0 && allTexts {
			return value{typ: textType, text: func(r *run) string {
				said := make([]string, len(texts))
				for i, text := range texts {
					said[i] = text(r)
				}
				s, err := f(said[0], said[1:]...)
				if err != nil {
					panic(gaveUp{})
				}
				return s
			}}, true
		}
	case func(int) int:
		if len(args) == 1 && allNums {
			of := nums[0]
			return value{typ: intType, num: func(r *run) int { return f(of(r)) }}, true
		}
	case func(int, int) bool:
		if len(args) == 2 && allNums {
			a, b := nums[0], nums[1]
			return whether(func(r *run) bool { return f(a(r), b(r)) }), true
		}
	case func(Direction) string:
		return textOf(f, args)
	case func(Counts) template.HTML:
		if at, ok := only[Counts](args); ok {
			return value{typ: htmlType, text: func(r *run) string { return string(f(*at(r))) }}, true
		}
	case func(Scorecard) int:
		if at, ok := only[Scorecard](args); ok {
			return value{typ: intType, num: func(r *run) int { return f(*at(r)) }}, true
		}
	case func(Scorecard) bool:
		if at, ok := only[Scorecard](args); ok {
			return whether(func(r *run) bool { return f(*at(r)) }), true
		}
	}
	return value{}, false
}

// folded works out at once what is the same for every page.
func folded(v value, fixed bool) value {
	if !fixed {
		return v
	}
	return fixedText(v.text(nil))
}

func textOf[T any](f func(T) string, args []value) (value, bool) {
	at, ok := only[T](args)
	if !ok {
		return value{}, false
	}
	return value{typ: textType, text: func(r *run) string { return f(*at(r)) }}, true
}

func only[T any](args []value) (func(*run) *T, bool) {
	if len(args) != 1 {
		return nil, false
	}
	return place[T](args[0])
}

// same compares two values of one type, as eq does.
func same(a, b value) (func(*run) bool, bool) {
	if a.typ == nil || a.typ != b.typ {
		return nil, false
	}
	switch a.typ {
	case textType:
		x, y := a.text, b.text
		return func(r *run) bool { return x(r) == y(r) }, true
	case intType:
		x, y := a.num, b.num
		return func(r *run) bool { return x(r) == y(r) }, true
	case boolType:
		x, y := a.truth, b.truth
		return func(r *run) bool { return x(r) == y(r) }, true
	}
	return nil, false
}

// length is len: of text in bytes, of a list in elements.
func length(v value) (value, bool) {
	switch {
	case v.typ == textType:
		text := v.text
		return value{typ: intType, num: func(r *run) int { return len(text(r)) }}, true
	case v.ref != nil && v.typ.Kind() == reflect.Slice:
		ref := v.ref
		return value{typ: intType, num: func(r *run) int { return ref(r).Len() }}, true
	}
	return value{}, false
}

// builtin is a function of text/template. and and or give one of their
// operands, of which only the truth is used here.
func builtin(name string, args []value) (result value, ok bool) {
	switch name {
	case "and", "or":
		conditions := make([]func(*run) bool, len(args))
		for i, a := range args {
			if conditions[i], ok = a.condition(); !ok {
				return value{}, false
			}
		}
		until := name == "or"
		return value{truth: func(r *run) bool {
			for _, is := range conditions {
				if is(r) == until {
					return until
				}
			}
			return !until
		}}, len(args) > 0
	case "not":
		if len(args) == 1 {
			if is, ok := args[0].condition(); ok {
				return whether(func(r *run) bool { return !is(r) }), true
			}
		}
	case "eq":
		if len(args) < 2 {
			return value{}, false
		}
		var like []func(*run) bool
		for _, a := range args[1:] {
			is, ok := same(args[0], a)
			if !ok {
				return value{}, false
			}
			like = append(like, is)
		}
		return whether(func(r *run) bool {
			return slices.ContainsFunc(like, func(is func(*run) bool) bool { return is(r) })
		}), true
	case "ne":
		if len(args) == 2 {
			if is, ok := same(args[0], args[1]); ok {
				return whether(func(r *run) bool { return !is(r) }), true
			}
		}
	case "lt", "le", "gt", "ge":
		if len(args) != 2 || args[0].num == nil || args[1].num == nil {
			return value{}, false
		}
		a, b := args[0].num, args[1].num
		compare := map[string]func(*run) bool{
			"lt": func(r *run) bool { return a(r) < b(r) },
			"le": func(r *run) bool { return a(r) <= b(r) },
			"gt": func(r *run) bool { return a(r) > b(r) },
			"ge": func(r *run) bool { return a(r) >= b(r) },
		}
		return whether(compare[name]), true
	case "len":
		if len(args) == 1 {
			return length(args[0])
		}
	case "printf":
		return printed(args)
	case "index":
		if len(args) == 2 && args[0].ref != nil && args[0].typ.Kind() == reflect.Slice && args[1].num != nil {
			list, at := args[0].ref, args[1].num
			return valueAt(args[0].typ.Elem(), func(r *run) reflect.Value { return list(r).Index(at(r)) })
		}
	}
	return value{}, false
}

// printed is printf.
func printed(args []value) (value, bool) {
	for _, a := range args {
		if a.typ != textType && a.typ != intType {
			return value{}, false
		}
	}
	if len(args) == 0 || args[0].typ != textType {
		return value{}, false
	}
	format, rest := args[0].text, args[1:]
	return value{typ: textType, text: func(r *run) string {
		operands := make([]any, len(rest))
		for i, a := range rest {
			if a.text != nil {
				operands[i] = a.text(r)
			} else {
				operands[i] = a.num(r)
			}
		}
		return fmt.Sprintf(format(r), operands...)
	}}, true
}
