package theme

import (
	"html/template"
	"path"
	"reflect"
	"regexp"
	"strconv"

	"outturn/internal/diag"
)

// faultPlace finds the place that the template packages write into their
// messages: "template: home.html:12: …", "html/template:home.html:12:7: …".
var faultPlace = regexp.MustCompile(`^(?:html/)?template: ?([^:]+\.html):(\d+)(?::(\d+))?: (?:executing "[^"]*" at )?(.*)$`)

// addFault turns an error of the template packages into a problem with its place.
func addFault(problems *diag.List, root, file string, err error) {
	place := diag.Place{File: path.Join(root, "layouts", file)}
	message := err.Error()
	if m := faultPlace.FindStringSubmatch(message); m != nil {
		place.File = path.Join(root, "layouts", m[1])
		place.Line, _ = strconv.Atoi(m[2])
		if m[3] != "" {
			// The packages count columns from 0 and in bytes; layouts are
			// all but ASCII, and one is added to count from 1.
			column, _ := strconv.Atoi(m[3])
			place.Column = column + 1
		}
		message = m[4]
	}
	problems.Errorf(place, "bad-theme", "%s", message)
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
