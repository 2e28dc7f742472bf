package theme

import (
	"html/template"
	"path"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"outturn/internal/diag"
)

// faultPlace finds the place that the template packages write into their
// messages: "template: home.html:12: …", "html/template:home.html:12:7: …".
var faultPlace = regexp.MustCompile(`^(?:html/)?template: ?([^:]+\.html):(\d+)(?::(\d+))?: (?:executing "[^"]*" at )?(.*)$`)

// addFault turns an error of the template packages into a problem with its
// place, the line of the layout and the mend.
func (t *Theme) addFault(problems *diag.List, files map[string][]byte, root, file string, err error) {
	place := diag.Place{}
	message := err.Error()
	if m := faultPlace.FindStringSubmatch(message); m != nil {
		file = m[1]
		place.Line, _ = strconv.Atoi(m[2])
		if m[3] != "" {
			// The packages count columns from 0 and in bytes; layouts are
			// all but ASCII, and one is added to count from 1.
			column, _ := strconv.Atoi(m[3])
			place.Column = column + 1
		}
		message = m[4]
	}
	place.File = path.Join(root, "layouts", file)
	p := problems.Errorf(place, "bad-theme", "%s", message)
	p.Source = lineOf(string(files["layouts/"+file]), place.Line)
	p.Hint = t.mend(message)
}

// lineOf is a line of a text, counted from 1; "" where there is none.
func lineOf(text string, number int) string {
	for line := range strings.Lines(text) {
		if number--; number == 0 {
			return strings.TrimRight(line, "\r\n")
		}
	}
	return ""
}

// What the template packages say of a name that is not known.
var (
	noField    = regexp.MustCompile(`can't evaluate field (\w+) in type [\[\]*]*(?:\w+\.)?(\w+)`)
	noFunction = regexp.MustCompile(`function "(\w+)" not defined`)
	noPartial  = regexp.MustCompile(`(?:no such template |template )"([^"]+)"(?: not defined)?`)
)

// mend is the nearest known name to one that is not, else the way back.
func (t *Theme) mend(message string) string {
	if m := noField.FindStringSubmatch(message); m != nil {
		if near := diag.Nearest(m[1], fieldsOf(m[2])); near != "" {
			return "write ." + near
		}
		return "take ." + m[1] + " out, or undo the last change"
	}
	var word string
	var known []string
	if m := noFunction.FindStringSubmatch(message); m != nil {
		word = m[1]
		for name := range t.functions() {
			known = append(known, name)
		}
	} else if m := noPartial.FindStringSubmatch(message); m != nil {
		word = m[1]
		for _, layout := range t.layouts.Templates() {
			known = append(known, layout.Name())
		}
	}
	if near := diag.Nearest(word, known); near != "" {
		return "write " + near
	}
	return "undo the last change of the layout"
}

// fieldsOf are the fields of a type that the views hold, by its name.
func fieldsOf(name string) (fields []string) {
	seen := map[reflect.Type]bool{}
	var look func(reflect.Type)
	look = func(typ reflect.Type) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		for _, f := range reflect.VisibleFields(typ) {
			if typ.Name() == name {
				fields = append(fields, f.Name)
			}
			look(f.Type)
		}
	}
	for _, layout := range layoutOf {
		look(reflect.TypeOf(layout.view))
	}
	for _, block := range blockOf {
		look(reflect.TypeOf(block.view))
	}
	return fields
}

// specimen is a view of the same type with every field filled: strings "x",
// lists of one. A layout that runs on it has touched every field it names.
func specimen(view any) any {
	v := reflect.New(reflect.TypeOf(view)).Elem()
	fill(v, 0)
	return v.Interface()
}

func fill(v reflect.Value, depth int) {
	if depth > 8 { // the views hold no rings; a new one must not hang the load
		return
	}
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeOf(template.HTML("")) {
			v.SetString("<p>x</p>")
		} else {
			v.SetString("x")
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(1)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0), depth+1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), depth+1)
			}
		}
	}
}
