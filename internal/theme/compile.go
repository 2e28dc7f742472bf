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
	c := &compiler{layouts: layouts, functions: functions, program: &program{view: reflect.TypeOf(view), refs: 1}}
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
	c.program.body = c.partial(layout, held(c.program.view, 0))
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
	tree      *parse.Tree // of the partial that is compiled
	dot       value
	variables []variable // in scope, the innermost last
}

type variable struct {
	name string
	value
}

// partial is the body of a layout or partial with its dot.
func (c *compiler) partial(name string, dot value) block {
	found := c.layouts.Lookup(name)
	if c.depth++; found == nil || found.Tree == nil || c.depth > mostPartials {
		panic(unknown("the partial " + name))
	}
	outerTree, outerDot, outerVariables := c.tree, c.dot, c.variables
	c.tree, c.dot, c.variables = found.Tree, dot, []variable{{"$", dot}}
	body := c.list(found.Tree.Root)
	c.tree, c.dot, c.variables = outerTree, outerDot, outerVariables
	c.depth--
	return body
}

// list compiles nodes in a scope of their own.
func (c *compiler) list(list *parse.ListNode) block {
	if list == nil {
		return nil
	}
	scope := len(c.variables)
	var out block
	for _, node := range list.Nodes {
		out = c.node(out, node)
	}
	c.variables = c.variables[:scope]
	return out
}

// body compiles nodes with a dot of their own.
func (c *compiler) body(list *parse.ListNode, dot value) block {
	outer := c.dot
	c.dot = dot
	defer func() { c.dot = outer }()
	return c.list(list)
}

// node adds what a node does to a block.
func (c *compiler) node(out block, node parse.Node) block {
	switch n := node.(type) {
	case *parse.CommentNode:
		return out
	case *parse.TextNode:
		return out.with(step{text: string(n.Text)})
	case *parse.ActionNode:
		return c.action(out, n)
	case *parse.IfNode:
		scope := len(c.variables)
		v, prepare := c.pipe(n.Pipe)
		is, ok := v.condition()
		if !ok {
			refuse(n)
		}
		yes, no := c.list(n.List), c.list(n.ElseList)
		c.variables = c.variables[:scope]
		out = out.with(prepare...)
		return out.with(step{do: func(r *run) {
			if is(r) {
				yes.run(r)
			} else {
				no.run(r)
			}
		}})
	case *parse.WithNode:
		scope := len(c.variables)
		v, prepare := c.pipe(n.Pipe)
		keep, dot := c.keep(n, v)
		if text := v.text; keep != nil && text != nil && len(prepare) == 0 { // most are of a text
			yes, no := c.body(n.List, dot), c.list(n.ElseList)
			slot := dot.slot
			if len(no) == 0 && len(yes) > 0 && yes[0].dot == slot+1 && (len(yes) == 1 || len(yes) == 2 && yes[1].fixed()) {
				before, after := yes[0].text, yes[1:] // it is written, between fixed texts: most are
				return out.with(step{do: func(r *run) {
					if s := text(r); s != "" {
						r.out = appendEscaped(append(r.out, before...), s)
						after.run(r)
					}
				}})
			}
			return out.with(step{do: func(r *run) {
				if s := text(r); s != "" {
					r.texts[slot] = s
					yes.run(r)
				} else {
					no.run(r)
				}
			}})
		}
		out = out.with(prepare.with(keep...)...)
		is, ok := dot.condition()
		if !ok {
			refuse(n)
		}
		yes, no := c.body(n.List, dot), c.list(n.ElseList)
		c.variables = c.variables[:scope]
		return out.with(step{do: func(r *run) {
			if is(r) {
				yes.run(r)
			} else {
				no.run(r)
			}
		}})
	case *parse.RangeNode:
		return out.with(step{do: c.ranged(n)})
	case *parse.TemplateNode:
		dot, prepare := value{}, block(nil)
		if n.Pipe != nil {
			dot, prepare = c.pipe(n.Pipe)
		}
		out = out.with(prepare...)
		if n.Pipe != nil && dot.fields == nil {
			prepare, dot = c.keep(n, dot)
			out = out.with(prepare...)
		}
		return out.with(c.partial(n.Name, dot)...)
	}
	refuse(node)
	return nil
}

// action writes a value, or keeps it in a variable.
func (c *compiler) action(out block, n *parse.ActionNode) block {
	if len(n.Pipe.Decl) > 0 {
		_, prepare := c.pipe(n.Pipe)
		return out.with(prepare...)
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
		var r run
		block{write}.run(&r)
		return out.with(step{text: string(r.out)})
	}
	return out.with(write)
}

// pipe is the value of a pipeline. Where it declares a variable, prepare keeps
// the value in it and must run first.
func (c *compiler) pipe(p *parse.PipeNode) (v value, prepare block) {
	v = c.commands(p, p.Cmds)
	switch {
	case len(p.Decl) == 0:
		return v, nil
	case len(p.Decl) > 1 || p.IsAssign:
		refuse(p)
	}
	prepare, v = c.keep(p, v)
	c.variables = append(c.variables, variable{p.Decl[0].Ident[0], v})
	return v, prepare
}

// keep gives a value a slot, so that it is worked out once; put fills it, and
// is empty where it has one or needs none.
func (c *compiler) keep(node parse.Node, v value) (put block, kept value) {
	p := c.program
	switch {
	case v.fixed, v.held, v.ref != nil && v.slot >= 0:
		return nil, v
	case v.figure != nil:
		slot, figure := p.figures, v.figure
		p.figures++
		return block{{do: func(r *run) { r.figures[slot] = figure(r) }}}, heldFigure(slot)
	case v.ref != nil:
		slot, ref := p.refs, v.ref
		p.refs++
		return block{{do: func(r *run) { r.refs[slot] = ref(r) }}}, held(v.typ, slot)
	case v.text != nil:
		slot, text := p.texts, v.text
		p.texts++
		return block{{do: func(r *run) { r.texts[slot] = text(r) }}}, value{typ: v.typ, slot: slot, held: true, text: func(r *run) string { return r.texts[slot] }}
	case v.num != nil:
		slot, num := p.nums, v.num
		p.nums++
		return block{{do: func(r *run) { r.nums[slot] = num(r) }}}, value{typ: v.typ, num: func(r *run) int { return r.nums[slot] }}
	case v.truth != nil && v.typ == boolType:
		slot, truth := p.nums, v.truth
		p.nums++
		return block{{do: func(r *run) {
			r.nums[slot] = 0
			if truth(r) {
				r.nums[slot] = 1
			}
		}}}, whether(func(r *run) bool { return r.nums[slot] == 1 })
	}
	refuse(node)
	return nil, value{}
}

// ranged goes over a list, with its index and element as they are named.
func (c *compiler) ranged(n *parse.RangeNode) func(*run) {
	list := c.commands(n.Pipe, n.Pipe.Cmds)
	if list.ref == nil || list.typ.Kind() != reflect.Slice || n.Pipe.IsAssign {
		refuse(n)
	}
	slot, at := c.program.refs, c.program.nums
	c.program.refs++
	c.program.nums++
	element, ok := valueAt(list.typ.Elem(), func(r *run) reflect.Value { return r.refs[slot] })
	switch {
	case !ok:
		refuse(n)
	case element.figure != nil:
		slot = c.program.figures
		c.program.figures++
		element = heldFigure(slot)
	case element.ref != nil:
		element.slot = slot
	}
	scope := len(c.variables)
	index := value{typ: intType, num: func(r *run) int { return r.nums[at] }}
	switch d := n.Pipe.Decl; len(d) {
	case 1:
		c.variables = append(c.variables, variable{d[0].Ident[0], element})
	case 2:
		c.variables = append(c.variables, variable{d[0].Ident[0], index}, variable{d[1].Ident[0], element})
	}
	each := c.body(n.List, element)
	c.variables = c.variables[:scope]
	none := c.list(n.ElseList)
	of := list.ref
	if list.typ == figuresType {
		return eachFigure(of, slot, at, each, none)
	}
	return func(r *run) {
		list := of(r)
		size := list.Len()
		if size == 0 {
			none.run(r)
		}
		for i := range size {
			r.refs[slot], r.nums[at] = list.Index(i), i
			each.run(r)
		}
	}
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
		if n.IsInt && !strings.ContainsAny(n.Text, ".eEpP") { // 1.0 is no integer to text/template
			return fixedNum(int(n.Int64))
		}
	case *parse.BoolNode:
		is := n.True
		return whether(func(*run) bool { return is })
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
	if own, say := c.functions[name], ofFigures[name]; say != nil && len(args) == 1 && args[0].figure != nil {
		at := args[0].figure
		result, ok = value{typ: textType, text: func(r *run) string { return say(at(r)) }}, true
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
		fields[args[i].text(nil)] = args[i+1]
	}
	if len(args)%2 != 0 {
		refuse(node)
	}
	return value{fields: fields}
}
