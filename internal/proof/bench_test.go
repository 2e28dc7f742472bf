package proof

import (
	"testing"

	"outturn/internal/diag"
)

// BenchmarkProse reads every text of the real site. A passage that holds only
// words costs next to nothing; the patterns are for those with a figure.
func BenchmarkProse(b *testing.B) {
	e := publishedEdition(b)
	b.ReportAllocs()
	for b.Loop() {
		var problems diag.List
		new(Reader).figures(e, &problems)
	}
}
