package prose

import "testing"

func TestEveryExpressionCompiles(t *testing.T) {
	if len(expressions) < 100 {
		t.Fatalf("%d expressions", len(expressions))
	}
	for _, e := range expressions {
		e.compiled() // panics with the expression
	}
}
