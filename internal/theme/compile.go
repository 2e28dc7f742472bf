package theme

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// compile makes the program of a layout for a type of view. Partials are taken
// in where they are called, each for the type that it is called with. It is nil
// where the layout uses what a program does not know, and why then says what.
// The layout must have been executed once: html/template makes it safe then.
func compile(layouts *template.Template, functions template.FuncMap, layout string, view any) (p *program, why error) {
	c := &compiler{layouts: layouts, functions: functions, program: &program{view: reflect.TypeOf(view), refs: 2}}
	defer func() {
		if r := recover(); r != nil {
			switch found := r.(type) {
			case unknown:
				p, why = nil, fmt.Errorf("%s: %s", layout, string(found))
			case *misspelt:
				p, why = nil, found
			default:
				panic(r)
			}
		}
	}()
	c.partial(layout, held(c.program.view, 1))
	c.here()
	return c.program, nil
}

// unknown is the panic of a compiler that meets what a program does not know.
type unknown string

// misspelt is the error, and the panic, of a compiler that meets a field which the
// view does not have, where no view that the theme was tried on came by.
type misspelt struct{ place, node, field, in string }

// Error is as html/template says it (faultPlace).
func (m *misspelt) Error() string {
	return fmt.Sprintf("template: %s: executing %q at <%s>: can't evaluate field %s in type %s", m.place, m.place, m.node, m.field, m.in)
}

func refuse(node parse.Node) { panic(unknown(node.String())) }

// mostPartials is how deep partials may call one another. Those that call
// themselves have no end, and no program.
const mostPartials = 50

type compiler struct {
	layouts   *template.Template
	functions template.FuncMap
	program   *program
	depth     int
	text      string      // fixed, to be written before the next step
	tree      *parse.Tree // of the partial that is compiled
	dot       value
	variables []variable // in scope, the innermost last
}

type variable struct {
	name string
	value
}

// partial compiles a layout or partial with its dot.
func (c *compiler) partial(name string, dot value) {
	found := c.layouts.Lookup(name)
	if c.depth++; found == nil || found.Tree == nil || c.depth > mostPartials {
		panic(unknown("the partial " + name))
	}
	outerTree, outerDot, outerVariables := c.tree, c.dot, c.variables
	c.tree, c.dot, c.variables = found.Tree, dot, []variable{{"$", dot}}
	c.nodes(found.Tree.Root)
	c.tree, c.dot, c.variables = outerTree, outerDot, outerVariables
	c.depth--
}

// nodes compiles a list in a scope of its own.
func (c *compiler) nodes(list *parse.ListNode) {
	if list == nil {
		return
	}
	scope := len(c.variables)
	for _, node := range list.Nodes {
		c.node(node)
	}
	c.variables = c.variables[:scope]
}

// body compiles nodes with a dot of their own.
func (c *compiler) body(list *parse.ListNode, dot value) {
	outer := c.dot
	c.dot = dot
	c.nodes(list)
	c.dot = outer
}

// step adds a step to the program, after the fixed text that stands before it, and
// returns its place.
func (c *compiler) step(s step) int {
	p := c.program
	s.text, c.text = c.text, ""
	p.steps = append(p.steps, s)
	return len(p.steps) - 1
}

// here is the place of the step that is next, so that others can go on with it.
func (c *compiler) here() int {
	if c.text != "" {
		c.step(step{})
	}
	return len(c.program.steps)
}

// otherwise compiles what is to be done where the step at a place, whose own part
// stands behind it, goes on elsewhere.
func (c *compiler) otherwise(at int, list *parse.ListNode) {
	if list == nil {
		c.program.steps[at].to = c.here()
		return
	}
	done := c.step(step{does: goOn})
	c.program.steps[at].to = c.here()
	c.nodes(list)
	c.program.steps[done].to = c.here()
}

// node compiles a node.
func (c *compiler) node(node parse.Node) {
	scope := len(c.variables)
	switch n := node.(type) {
	case *parse.CommentNode:
	case *parse.TextNode:
		c.text += string(n.Text)
	case *parse.ActionNode:
		c.action(n)
	case *parse.IfNode:
		is, ok := c.pipe(n.Pipe).condition()
		if !ok {
			refuse(n)
		}
		at := c.step(step{does: skip, is: is})
		c.nodes(n.List)
		c.otherwise(at, n.ElseList)
		c.variables = c.variables[:scope]
	case *parse.WithNode:
		dot, at := c.pipe(n.Pipe), 0
		if dot.text.get != nil && !dot.fixed && !dot.held { // most are
			at = c.step(step{does: holdText, say: dot.text, slot: c.program.texts})
			dot = heldText(dot.typ, c.program.texts)
			c.program.texts++
		} else {
			dot = c.keep(n, dot)
			is, ok := dot.condition()
			if !ok {
				refuse(n)
			}
			at = c.step(step{does: skip, is: is})
		}
		c.body(n.List, dot)
		c.otherwise(at, n.ElseList)
		c.variables = c.variables[:scope]
	case *parse.RangeNode:
		c.ranged(n)
	case *parse.TemplateNode:
		dot := value{}
		if n.Pipe != nil {
			if dot = c.pipe(n.Pipe); dot.fields == nil {
				dot = c.keep(n, dot)
			}
		}
		c.partial(n.Name, dot)
	default:
		refuse(node)
	}
}

// action writes a value, or keeps it in a variable.
func (c *compiler) action(n *parse.ActionNode) {
	if len(n.Pipe.Decl) > 0 {
		c.pipe(n.Pipe)
		return
	}
	// The escapers stand last in the pipeline, put there by html/template.
	commands := n.Pipe.Cmds
	var escapers []string
	for len(commands) > 1 {
		name, ok := commands[len(commands)-1].Args[0].(*parse.IdentifierNode)
		if !ok || !strings.HasPrefix(name.Ident, "_html_template_") {
			break
		}
		escapers = append(escapers, name.Ident)
		commands = commands[:len(commands)-1]
	}
	slices.Reverse(escapers)
	v := c.commands(n, commands)
	write, ok := escaped(v, escapers)
	if !ok {
		refuse(n)
	}
	if v.fixed {
		alone := program{steps: []step{write}}
		c.text += string(alone.run(newRun(), nil))
		return
	}
	c.step(write)
}

// pipe is the value of a pipeline. Where it declares a variable, it is kept in it.
func (c *compiler) pipe(p *parse.PipeNode) value {
	v := c.commands(p, p.Cmds)
	switch {
	case len(p.Decl) == 0:
		return v
	case len(p.Decl) > 1 || p.IsAssign:
		refuse(p)
	}
	v = c.keep(p, v)
	c.variables = append(c.variables, variable{p.Decl[0].Ident[0], v})
	return v
}

// keep gives a value a slot, so that it is worked out once, where it has none and
// needs one.
func (c *compiler) keep(node parse.Node, v value) value {
	p := c.program
	switch {
	case v.fixed, v.held:
		return v
	case v.ref.get != nil:
		slot, ref := p.refs, v.ref
		p.refs++
		c.step(step{does: keepValue, keep: func(r *run) { r.refs[slot] = ref.now(r) }})
		return held(v.typ, slot)
	case v.text.get != nil:
		slot, text := p.texts, v.text
		p.texts++
		c.step(step{does: keepValue, keep: func(r *run) { r.texts[slot] = text.now(r) }})
		return heldText(v.typ, slot)
	case v.num.get != nil:
		slot, num := p.nums, v.num
		p.nums++
		c.step(step{does: keepValue, keep: func(r *run) { r.nums[slot] = num.now(r) }})
		return value{typ: v.typ, num: worked(func(r *run) int { return r.nums[slot] })}
	case v.truth.get != nil && v.typ == boolType:
		slot, truth := p.nums, v.truth
		p.nums++
		c.step(step{does: keepValue, keep: func(r *run) {
			r.nums[slot] = 0
			if truth.now(r) {
				r.nums[slot] = 1
			}
		}})
		return whether(worked(func(r *run) bool { return r.nums[slot] == 1 }))
	}
	refuse(node)
	return value{}
}

// ranged goes over a list, with its index and element as they are named.
func (c *compiler) ranged(n *parse.RangeNode) {
	list := c.commands(n.Pipe, n.Pipe.Cmds)
	if list.ref.get == nil || list.typ.Kind() != reflect.Slice || n.Pipe.IsAssign {
		refuse(n)
	}
	slot, loop, in := c.program.refs, c.program.loops, listOf(list.typ)
	c.program.refs++
	c.program.loops++
	element, ok := valueAt(list.typ.Elem(), held(list.typ.Elem(), slot))
	if !ok {
		refuse(n)
	}
	scope := len(c.variables)
	index := value{typ: intType, num: worked(func(r *run) int { return r.loops[loop].at })}
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		c.variables = append(c.variables, variable{d[0].Ident[0], element})
	case 2:
		c.variables = append(c.variables, variable{d[0].Ident[0], index}, variable{d[1].Ident[0], element})
	}
	at := c.step(step{does: first, list: list.ref, in: in, slot: slot, loop: loop})
	c.body(n.List, element)
	c.step(step{does: next, in: in, slot: slot, loop: loop, to: at + 1})
	c.variables = c.variables[:scope]
	for _, d := range n.Pipe.Decl { // in the else its names are the list, which is empty
		c.variables = append(c.variables, variable{d.Ident[0], list})
	}
	c.otherwise(at, n.ElseList)
	c.variables = c.variables[:scope]
}

// commands is the value of a pipeline's commands; each is given the one before
// as its last argument.
func (c *compiler) commands(node parse.Node, list []*parse.CommandNode) value {
	var before []value
	for _, command := range list {
		before = []value{c.command(command, before)}
	}
	if len(before) == 0 {
		refuse(node)
	}
	return before[0]
}

func (c *compiler) command(n *parse.CommandNode, before []value) value {
	if name, ok := n.Args[0].(*parse.IdentifierNode); ok {
		return c.function(n, name.Ident, n.Args[1:], before)
	}
	if len(n.Args) > 1 || len(before) > 0 {
		refuse(n)
	}
	return c.operand(n.Args[0])
}

// operand is a value that stands by itself.
func (c *compiler) operand(node parse.Node) value {
	switch n := node.(type) {
	case *parse.DotNode:
		return c.dot
	case *parse.FieldNode:
		return c.fields(n, c.dot, n.Ident)
	case *parse.VariableNode:
		for _, v := range slices.Backward(c.variables) {
			if v.name == n.Ident[0] {
				return c.fields(n, v.value, n.Ident[1:])
			}
		}
	case *parse.ChainNode:
		return c.fields(n, c.operand(n.Node), n.Field)
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return c.commands(n, n.Cmds)
		}
	case *parse.IdentifierNode:
		return c.function(n, n.Ident, nil, nil)
	case *parse.StringNode:
		return fixedText(n.Text)
	case *parse.NumberNode:
		if n.IsInt && !strings.ContainsAny(n.Text, ".eEpPi") { // 1.0 and 0i are no integers to text/template
			return fixedNum(int(n.Int64))
		}
	case *parse.BoolNode:
		is := n.True
		return whether(reading[bool]{0, func(any) bool { return is }})
	}
	refuse(node)
	return value{}
}

func (c *compiler) fields(node parse.Node, v value, names []string) value {
	for _, name := range names {
		next, ok := v.field(name)
		if !ok {
			if v.lacks(name) {
				place, _ := c.tree.ErrorContext(node)
				panic(&misspelt{place, node.String(), name, v.typ.String()})
			}
			refuse(node)
		}
		v = next
	}
	return v
}

// lacks reports whether the value is surely of a type without a field, or method,
// of that name.
func (v value) lacks(name string) bool {
	typ := v.typ
	if typ == nil || v.fields != nil {
		return false
	}
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return false
	}
	_, field := typ.FieldByName(name)
	_, method := reflect.PointerTo(typ).MethodByName(name)
	return !field && !method
}

// function is a function of html/template or of the layouts.
func (c *compiler) function(node parse.Node, name string, operands []parse.Node, before []value) value {
	var args []value
	for _, o := range operands {
		args = append(args, c.operand(o))
	}
	args = append(args, before...)
	if name == "args" {
		return c.gathered(node, args)
	}
	var result value
	ok := false
	if own, say := c.functions[name], ofFigures[name]; say != nil && len(args) == 1 && args[0].typ == figureType {
		result, ok = value{typ: textType, text: of(args[0], say)}, true
	} else if own != nil {
		result, ok = call(own, args)
	} else {
		result, ok = builtin(name, args)
	}
	if !ok {
		refuse(node)
	}
	return result
}

// gathered are the named values of args; their names are known.
func (c *compiler) gathered(node parse.Node, args []value) value {
	fields := map[string]value{}
	for i := 0; i+1 < len(args); i += 2 {
		if args[i].typ != textType || !args[i].fixed {
			refuse(node)
		}
		fields[args[i].text.get(nil)] = args[i+1]
	}
	if len(args)%2 != 0 {
		refuse(node)
	}
	return value{fields: fields}
}
