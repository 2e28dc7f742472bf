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
	texts := make([]reading[string], len(args))
	nums := make([]reading[int], len(args))
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
			return folded(value{typ: textType, text: then(texts[0], f)}, fixed), true
		}
	case func(string, string) string:
		if len(args) == 2 && allTexts {
			a, b := texts[0], texts[1]
			return folded(value{typ: textType, text: worked(func(r *run) string { return f(a.now(r), b.now(r)) })}, fixed), true
		}
	case func(string) template.HTML:
		if len(args) == 1 && allTexts {
			return value{typ: htmlType, text: then(texts[0], func(s string) string { return string(f(s)) })}, true
		}
	case func(string, ...string) (string, error):
		if len(args) > 0 && allTexts {
			return value{typ: textType, text: worked(func(r *run) string {
				said := make([]string, len(texts))
				for i, text := range texts {
					said[i] = text.now(r)
				}
				s, err := f(said[0], said[1:]...)
				if err != nil {
					panic(gaveUp{})
				}
				return s
			})}, true
		}
	case func(int) int:
		if len(args) == 1 && allNums {
			return value{typ: intType, num: then(nums[0], f)}, true
		}
	case func(int, int) bool:
		if len(args) == 2 && allNums {
			a, b := nums[0], nums[1]
			return whether(worked(func(r *run) bool { return f(a.now(r), b.now(r)) })), true
		}
	case func(Direction) string:
		return textOf(f, args)
	case func(Counts) template.HTML:
		if at, ok := only[Counts](args); ok {
			return value{typ: htmlType, text: then(at, func(c *Counts) string { return string(f(*c)) })}, true
		}
	case func(Scorecard) int:
		if at, ok := only[Scorecard](args); ok {
			return value{typ: intType, num: then(at, func(s *Scorecard) int { return f(*s) })}, true
		}
	case func(Scorecard) bool:
		if at, ok := only[Scorecard](args); ok {
			return whether(then(at, func(s *Scorecard) bool { return f(*s) })), true
		}
	}
	return value{}, false
}

// folded works out at once what is the same for every page.
func folded(v value, fixed bool) value {
	if !fixed {
		return v
	}
	return fixedText(v.text.now(newRun()))
}

func textOf[T any](f func(T) string, args []value) (value, bool) {
	at, ok := only[T](args)
	if !ok {
		return value{}, false
	}
	return value{typ: textType, text: then(at, func(p *T) string { return f(*p) })}, true
}

func only[T any](args []value) (reading[*T], bool) {
	if len(args) != 1 {
		return reading[*T]{}, false
	}
	return place[T](args[0])
}

// same compares two values of one type, as eq does.
func same(a, b value) (reading[bool], bool) {
	if a.typ == nil || a.typ != b.typ {
		return reading[bool]{}, false
	}
	switch a.typ {
	case textType:
		return equal(a.text, b.text), true
	case intType:
		return equal(a.num, b.num), true
	case boolType:
		return equal(a.truth, b.truth), true
	}
	return reading[bool]{}, false
}

func equal[T comparable](a, b reading[T]) reading[bool] {
	return worked(func(r *run) bool { return a.now(r) == b.now(r) })
}

// length is len: of text in bytes, of a list in elements.
func length(v value) (value, bool) {
	switch {
	case v.typ == textType:
		return value{typ: intType, num: then(v.text, func(s string) int { return len(s) })}, true
	case v.ref.get != nil && v.typ.Kind() == reflect.Slice:
		return value{typ: intType, num: of(v, listOf(v.typ).size)}, true
	}
	return value{}, false
}

// builtin is a function of text/template. and and or give one of their
// operands, of which only the truth is used here.
func builtin(name string, args []value) (result value, ok bool) {
	switch name {
	case "and", "or":
		conditions := make([]reading[bool], len(args))
		for i, a := range args {
			if conditions[i], ok = a.condition(); !ok {
				return value{}, false
			}
		}
		until := name == "or"
		return value{truth: worked(func(r *run) bool {
			for _, is := range conditions {
				if is.now(r) == until {
					return until
				}
			}
			return !until
		})}, len(args) > 0
	case "not":
		if len(args) == 1 {
			if is, ok := args[0].condition(); ok {
				return whether(then(is, func(is bool) bool { return !is })), true
			}
		}
	case "eq":
		if len(args) < 2 {
			return value{}, false
		}
		var like []reading[bool]
		for _, a := range args[1:] {
			is, ok := same(args[0], a)
			if !ok {
				return value{}, false
			}
			like = append(like, is)
		}
		return whether(worked(func(r *run) bool {
			return slices.ContainsFunc(like, func(is reading[bool]) bool { return is.now(r) })
		})), true
	case "ne":
		if len(args) == 2 {
			if is, ok := same(args[0], args[1]); ok {
				return whether(then(is, func(is bool) bool { return !is })), true
			}
		}
	case "lt", "le", "gt", "ge":
		if len(args) != 2 || args[0].num.get == nil || args[1].num.get == nil {
			return value{}, false
		}
		a, b := args[0].num, args[1].num
		compare := map[string]func(*run) bool{
			"lt": func(r *run) bool { return a.now(r) < b.now(r) },
			"le": func(r *run) bool { return a.now(r) <= b.now(r) },
			"gt": func(r *run) bool { return a.now(r) > b.now(r) },
			"ge": func(r *run) bool { return a.now(r) >= b.now(r) },
		}
		return whether(worked(compare[name])), true
	case "len":
		if len(args) == 1 {
			return length(args[0])
		}
	case "printf":
		return printed(args)
	case "index":
		if len(args) == 2 && args[0].ref.get != nil && args[0].typ.Kind() == reflect.Slice && args[1].num.get != nil {
			list, at := args[0].ref, args[1].num
			in := listOf(args[0].typ)
			typ := args[0].typ.Elem()
			return valueAt(typ, value{typ: typ, ref: worked(func(r *run) any { return in.at(list.now(r), at.now(r)) })})
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
	return value{typ: textType, text: worked(func(r *run) string {
		operands := make([]any, len(rest))
		for i, a := range rest {
			if a.text.get != nil {
				operands[i] = a.text.now(r)
			} else {
				operands[i] = a.num.now(r)
			}
		}
		return fmt.Sprintf(format.now(r), operands...)
	})}, true
}
