package prose

import (
	"regexp"
	"sync"
)

// expression is a regular expression that is compiled when it is first asked:
// there are some hundred, a sentence asks a few of them, and most runs of the
// program none.
type expression struct{ compiled func() *regexp.Regexp }

// expressions are all of them: a test compiles each.
var expressions []expression

// pattern makes an expression, when the program starts.
func pattern(text string) expression {
	e := expression{sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })}
	expressions = append(expressions, e)
	return e
}

func (e expression) MatchString(s string) bool      { return e.compiled().MatchString(s) }
func (e expression) FindStringIndex(s string) []int { return e.compiled().FindStringIndex(s) }
func (e expression) FindStringSubmatch(s string) []string {
	return e.compiled().FindStringSubmatch(s)
}
func (e expression) FindStringSubmatchIndex(s string) []int {
	return e.compiled().FindStringSubmatchIndex(s)
}
func (e expression) FindAllStringSubmatchIndex(s string, n int) [][]int {
	return e.compiled().FindAllStringSubmatchIndex(s, n)
}
