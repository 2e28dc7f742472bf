// Package diag holds problems as data: the place, what was found, what was
// wanted, and how to mend it; and shows them as text or JSON.
//
// A Problem is the content's fault and goes to the officer, all of a run
// together and sorted by place; a machine's failure is an error and does not
// come here.
//
//	var found diag.List
//	p := found.Errorf(place, "bad-number", "value %s is not a number", diag.Quote(cell))
//	p.Hint = "write 90.5, or leave it blank with a mark such as x"
//	p.Source = line
//	err := diag.Text(os.Stderr, found.All(), diag.WithSource)
//
// What came from a file is shown as data: a control character in it is written
// out and can neither break the line nor drive a terminal.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity of a Problem. An Error stops a build; a Warning does not.
type Severity uint8

const (
	Error Severity = iota
	Warning
)

// String is "error" or "warning".
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Place is a point in an input file. Line and Column count from 1, columns in
// characters; 0 means that the file as a whole is meant.
type Place struct {
	File   string // slash path from the site's folder: data/early-help/2017-01.csv
	Line   int
	Column int
}

// Problem is one finding: the content's fault, told to the officer.
type Problem struct {
	Place
	Severity Severity
	Code     string // bad-number, ratio-differs …
	Message  string // what was found and what was wanted, one line
	Hint     string // the mend, one line; may be empty
	Source   string // the source line, without its line end; may be empty
}

// List gathers problems as they are found. The zero value is ready; it is for
// one goroutine.
type List struct {
	problems []*Problem
}

// Add appends a problem.
func (l *List) Add(p Problem) { l.add(p) }

func (l *List) add(p Problem) *Problem {
	l.problems = append(l.problems, &p)
	return &p
}

// Errorf appends an error. The answer is the problem in the list, for its Hint
// and Source to be set.
func (l *List) Errorf(at Place, code, format string, args ...any) *Problem {
	return l.add(Problem{Place: at, Severity: Error, Code: code, Message: fmt.Sprintf(format, args...)})
}

// Warnf appends a warning; see Errorf.
func (l *List) Warnf(at Place, code, format string, args ...any) *Problem {
	return l.add(Problem{Place: at, Severity: Warning, Code: code, Message: fmt.Sprintf(format, args...)})
}

// All are the problems sorted, each once.
func (l *List) All() []Problem {
	all := make([]Problem, 0, len(l.problems))
	for _, p := range l.problems {
		all = append(all, *p)
	}
	Sort(all)
	return slices.Compact(all)
}

// Errors counts the errors of All.
func (l *List) Errors() int { return l.count(Error) }

// Warnings counts the warnings of All.
func (l *List) Warnings() int { return l.count(Warning) }

func (l *List) count(s Severity) int {
	distinct := map[Problem]bool{}
	for _, p := range l.problems {
		if p.Severity == s {
			distinct[*p] = true
		}
	}
	return len(distinct)
}

// Merge appends what other has found; nil has found nothing.
func (l *List) Merge(other *List) {
	if other == nil {
		return
	}
	for _, p := range slices.Clone(other.problems) {
		l.add(*p)
	}
}

// Sort puts problems in the order of their files (a number in a name by its
// size, so 2017-01.2.csv before 2017-01.10.csv), then line, column, code and
// message. Equal problems come to stand together, and the order of the input
// shows nowhere.
func Sort(ps []Problem) { slices.SortFunc(ps, compare) }

func compare(p, q Problem) int {
	return cmp.Or(
		comparePaths(p.File, q.File),
		cmp.Compare(p.Line, q.Line),
		cmp.Compare(p.Column, q.Column),
		cmp.Compare(p.Code, q.Code),
		cmp.Compare(p.Message, q.Message),
		cmp.Compare(p.Severity, q.Severity),
		cmp.Compare(p.Hint, q.Hint),
		cmp.Compare(p.Source, q.Source),
	)
}

// comparePaths compares folder by folder, so that what is in a folder stands
// together.
func comparePaths(a, b string) int {
	x, y := strings.Split(a, "/"), strings.Split(b, "/")
	if c := slices.CompareFunc(x, y, compareNames); c != 0 {
		return c
	}
	return strings.Compare(a, b) // 01 and 1 are of one size
}

// compareNames compares runs of figures by their size and all else by character.
func compareNames(a, b string) int {
	for a != "" && b != "" {
		runA, runB := figures(a), figures(b)
		if runA == "" || runB == "" {
			if a[0] != b[0] {
				return cmp.Compare(a[0], b[0])
			}
			a, b = a[1:], b[1:]
			continue
		}
		sizeA, sizeB := strings.TrimLeft(runA, "0"), strings.TrimLeft(runB, "0")
		if c := cmp.Or(cmp.Compare(len(sizeA), len(sizeB)), strings.Compare(sizeA, sizeB)); c != 0 {
			return c
		}
		a, b = a[len(runA):], b[len(runB):]
	}
	return cmp.Compare(len(a), len(b))
}

// figures is the run of figures at the front of s.
func figures(s string) string {
	return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
}
