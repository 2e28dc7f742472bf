package score

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// codes are the reason codes that reasons.go declares.
func codes(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "reasons.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			for _, value := range spec.(*ast.ValueSpec).Values {
				code, err := strconv.Unquote(value.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, code)
			}
		}
	}
	return list
}

func TestEveryCodeIsInTheTable(t *testing.T) {
	list := codes(t)
	for _, code := range list {
		if _, ok := Reasons[code]; !ok {
			t.Errorf("Reasons lacks %s", code)
		}
	}
	if len(list) != len(Reasons) {
		t.Errorf("%d codes are declared, %d are in the table", len(list), len(Reasons))
	}
}

func TestEveryArgumentIsExplained(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "reasons.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var comments strings.Builder
	for _, group := range file.Comments {
		comments.WriteString(group.Text())
	}
	words := strings.FieldsFunc(comments.String(), func(r rune) bool { return strings.ContainsRune(" ,;:.\n\t", r) })
	for code, names := range Reasons {
		for _, name := range names {
			if !slices.Contains(words, name) {
				t.Errorf("%s: the comment on Reasons does not explain %s", code, name)
			}
		}
	}
	for _, name := range Optional {
		if !slices.Contains(words, name) {
			t.Errorf("the comment on Reasons does not explain %s", name)
		}
	}
}
