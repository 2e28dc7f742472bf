package dataset

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"outturn/internal/diag"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// A calculation is written in the language of expr, of which we take the
// grammar and leave the machine: its virtual machine computes 3/2 in binary
// floating point, gives 0 for a name that it does not know and infinity for
// x/0. The tree is turned into terms over exact fractions, in which a missing
// operand gives no value; whatever has no term here is refused by its place.

// formula is a calculation that was understood.
type formula struct {
	root  term
	refs  []string // every series named, in order
	first operand  // the first of them: where it has no value, neither has the calculation
}

// operand is a series as a formula names it.
type operand struct {
	ref    string
	months bool // of a rolling sum: it has values for months alone
}

var functionNames = []string{"value", "rolling", "rate", "percent", "population"}

var functionForms = map[string]string{
	"value":      "value('3.1')",
	"rolling":    "rolling('3.1', 12)",
	"rate":       "rate('3.1', population('0-17'), 10000)",
	"percent":    "percent('1.3', '1.1')",
	"population": "population('0-17')",
}

// maxRolling bounds a rolling sum: twenty years of months.
const maxRolling = 240

// maxCalculation bounds the length of a calculation, and so its depth.
const maxCalculation = 2000

// compiling is one calculation while it is read.
type compiling struct {
	scorecard *Scorecard
	cell      cell
	formula   formula
	failed    bool
}

// compile reads a calculation; nil where it is wrong, which is told.
func (s *Scorecard) compile(c cell) *formula {
	k := &compiling{scorecard: s, cell: c}
	if len(c.text) > maxCalculation {
		k.fail(0, "the calculation is longer than %d characters", maxCalculation).Hint = "build it up from calculated parts"
		return nil
	}
	tree, err := parser.Parse(c.text)
	if err != nil {
		at, message := 0, err.Error()
		var wrong *file.Error
		if errors.As(err, &wrong) {
			at, message = wrong.From, wrong.Message
		}
		if strings.Contains(message, "token EOF") {
			message = "it ends too early"
		}
		k.fail(at, "the calculation cannot be read: %s", message).Hint = "write it as " + functionForms["rate"]
		return nil
	}
	k.formula.root = k.term(tree.Node)
	if k.failed {
		return nil
	}
	if len(k.formula.refs) == 0 {
		k.fail(0, "the calculation names no series").Hint = "name one by its ref, as in value('3.1')"
		return nil
	}
	return &k.formula
}

func (k *compiling) fail(at int, format string, args ...any) *diag.Problem {
	k.failed = true
	return k.cell.errorf(at, "bad-calculation", format, args...)
}

func (k *compiling) term(node ast.Node) term {
	at := node.Location().From
	switch n := node.(type) {
	case *ast.IntegerNode:
		return numberTerm{quantity.Int(int64(n.Value))}
	case *ast.FloatNode:
		k.fail(at, "a calculation may not hold a decimal point or an exponent").Hint =
			"write it with whole numbers, such as 1 / 2 for 0.5"
	case *ast.StringNode:
		return k.series(n)
	case *ast.UnaryNode:
		if n.Operator == "-" || n.Operator == "+" {
			inner := k.term(n.Node)
			if n.Operator == "-" {
				return &operationTerm{'-', numberTerm{}, inner}
			}
			return inner
		}
		k.fail(at, "operator %s is not known in a calculation", diag.Quote(n.Operator)).Hint = "the operators are + - * /"
	case *ast.BinaryNode:
		if len(n.Operator) == 1 && strings.Contains("+-*/", n.Operator) {
			return &operationTerm{n.Operator[0], k.term(n.Left), k.term(n.Right)}
		}
		k.fail(at, "operator %s is not known in a calculation", diag.Quote(n.Operator)).Hint = "the operators are + - * /"
	case *ast.CallNode:
		if name, ok := n.Callee.(*ast.IdentifierNode); ok {
			return k.call(name.Value, n.Callee.Location().From, n.Arguments)
		}
		k.fail(at, "this is not a part of a calculation")
	case *ast.BuiltinNode:
		return k.call(n.Name, at, n.Arguments)
	case *ast.IdentifierNode:
		k.fail(at, "%s is not a function with its arguments, nor a ref in quotes", diag.Quote(n.Value)).Hint =
			"write a ref in quotes, as in value('3.1')"
	default:
		k.fail(at, "this is not a part of a calculation").Hint =
			"a calculation has refs in quotes, whole numbers, + - * / and the functions " + strings.Join(functionNames, ", ")
	}
	return numberTerm{}
}

func (k *compiling) call(name string, at int, args []ast.Node) term {
	nothing := numberTerm{}
	form, known := functionForms[name]
	if !known {
		p := k.fail(at, "function %s is not known", diag.Quote(name))
		p.Hint = "the functions are " + strings.Join(functionNames, ", ")
		if near := diag.Nearest(name, functionNames); near != "" {
			p.Hint = "did you mean " + near + "?"
		}
		return nothing
	}
	want := map[string]int{"value": 1, "rolling": 2, "rate": 3, "percent": 2, "population": 1}[name]
	if len(args) != want {
		k.fail(at, "%s takes %s, and is given %d", name, diag.Count(want, "argument"), len(args)).Hint = "write it as " + form
		return nothing
	}
	switch name {
	case "value":
		if ref, ok := args[0].(*ast.StringNode); ok {
			return k.series(ref)
		}
	case "rolling":
		ref, named := args[0].(*ast.StringNode)
		months, counted := args[1].(*ast.IntegerNode)
		if named && counted {
			if months.Value < 1 || months.Value > maxRolling {
				k.fail(months.Location().From, "a rolling sum has 1 to %d months, here are %d", maxRolling, months.Value).Hint = "write it as " + form
				return nothing
			}
			if k.names(ref, true) {
				return &rollingTerm{ref.Value, months.Value}
			}
			return nothing
		}
	case "population":
		if people, ok := args[0].(*ast.StringNode); ok {
			return k.population(people)
		}
	case "percent":
		return &ratioTerm{k.term(args[0]), k.term(args[1]), numberTerm{quantity.Int(100)}}
	case "rate":
		return &ratioTerm{k.term(args[0]), k.term(args[1]), k.term(args[2])}
	}
	k.fail(at, "%s wants a name in quotes", name).Hint = "write it as " + form
	return nothing
}

func (k *compiling) series(n *ast.StringNode) term {
	k.names(n, false)
	return &seriesTerm{n.Value}
}

// names notes a series, and complains where it is not there.
func (k *compiling) names(n *ast.StringNode, months bool) bool {
	if _, ok := k.scorecard.register.index[n.Value]; !ok {
		k.failed = true
		k.scorecard.unknownRef(k.cell, n.Location().From+1, "ref", n.Value)
		return false
	}
	if len(k.formula.refs) == 0 {
		k.formula.first = operand{n.Value, months}
	}
	if !slices.Contains(k.formula.refs, n.Value) {
		k.formula.refs = append(k.formula.refs, n.Value)
	}
	return true
}

func (k *compiling) population(n *ast.StringNode) term {
	rows := k.scorecard.site.populations // by name
	_, known := slices.BinarySearchFunc(rows, n.Value, func(p Population, name string) int { return cmp.Compare(p.Name, name) })
	if !known {
		p := k.fail(n.Location().From+1, "population %s is not in data/populations.csv", diag.Quote(n.Value))
		p.Hint = "add it there, or put its name right here"
		var names []string
		for i := range rows {
			if i == 0 || rows[i].Name != rows[i-1].Name {
				names = append(names, rows[i].Name)
			}
		}
		if near := diag.Nearest(n.Value, names); near != "" {
			p.Hint = "did you mean " + near + "?"
		}
	}
	return &populationTerm{n.Value}
}

// findCycles tells of calculations that go round in a ring, and takes them
// away: evaluation then always ends. Each month from which some definition
// counts is its own set, since rows of different months never meet.
func (s *Scorecard) findCycles(problems *diag.List) {
	g := &s.register
	var months []period.Month
	for _, rows := range g.rows {
		for _, row := range rows {
			if !slices.Contains(months, row.From) {
				months = append(months, row.From)
			}
		}
	}
	slices.Sort(months)
	for _, m := range months {
		state := make([]int8, len(g.refs)) // 0 new, 1 on the path, 2 done
		var path []int
		var visit func(ref int)
		visit = func(ref int) {
			state[ref] = 1
			path = append(path, ref)
			ind := g.inForce(ref, m)
			if ind != nil && ind.formula != nil {
				for _, name := range ind.formula.refs {
					next := g.index[name]
					switch state[next] {
					case 0:
						visit(next)
					case 1:
						s.cyclic(path[slices.Index(path, next):], m, problems)
					}
					if ind.formula == nil {
						break // it was part of a ring
					}
				}
			}
			path = path[:len(path)-1]
			state[ref] = 2
		}
		for ref := range g.refs {
			if state[ref] == 0 {
				visit(ref)
			}
		}
	}
}

// cyclic tells of one ring, at the calculation that comes first in the order
// of refs, and takes its calculations away.
func (s *Scorecard) cyclic(ring []int, m period.Month, problems *diag.List) {
	g := &s.register
	for i := range ring {
		if ring[i] < ring[0] {
			ring = append(slices.Clone(ring[i:]), ring[:i]...)
		}
	}
	var names []string
	for _, ref := range append(slices.Clone(ring), ring[0]) {
		names = append(names, g.refs[ref])
	}
	first := g.inForce(ring[0], m)
	if first.formula != nil {
		p := problems.Errorf(first.calculationPlace, "cyclic-calculation",
			"the calculation of %s goes round in a ring: %s", first.Ref, strings.Join(names, " -> "))
		p.Hint = "a series may not be worked out from itself: state one of them in the returns"
		p.Source = first.calculationSource
	}
	for _, ref := range ring {
		g.inForce(ref, m).formula = nil
	}
}
