package publish

import (
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

func thousand() pages {
	p := pages{}
	for i := range 1000 {
		p[fmt.Sprintf("card-%d/page-%d.html", i%20, i)] = strings.Repeat(fmt.Sprint("figure ", i), 1000)
	}
	return p
}

func benchmarkSync(b *testing.B, out func(i int) string, change func(keys map[string]string, i int)) {
	p := thousand()
	src := &tree{pages: p, keys: map[string]string{}}
	for name := range p {
		src.keys[name] = fmt.Sprintf("%x", sha256.Sum256([]byte(name)))
	}
	i := 0
	if _, err := Sync(out(i), src, Options{}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		i++
		change(src.keys, i)
		if _, err := Sync(out(i), src, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSyncNothingChanged(b *testing.B) {
	out := filepath.Join(b.TempDir(), "public")
	benchmarkSync(b, func(int) string { return out }, func(map[string]string, int) {})
}

func BenchmarkSyncOneChanged(b *testing.B) {
	out := filepath.Join(b.TempDir(), "public")
	benchmarkSync(b, func(int) string { return out }, func(keys map[string]string, i int) {
		page := "card-1/page-1.html"
		keys[page] = fmt.Sprint(i)
	})
}

func BenchmarkSyncCold(b *testing.B) {
	dir := b.TempDir()
	benchmarkSync(b, func(i int) string { return filepath.Join(dir, fmt.Sprint(i)) }, func(map[string]string, int) {})
}
