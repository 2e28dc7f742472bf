package publish

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestASumOfPiecesIsThatOfTheWhole(t *testing.T) {
	for _, size := range []int{0, 1, 240, 1023, 1024, 5000, 300_000} {
		whole := make([]byte, size)
		for i := range whole {
			whole[i] = byte(i * i >> 3)
		}
		for _, room := range []int{1, 700, 4096} {
			got, err := SumFrom(bytes.NewReader(whole), make([]byte, room))
			check(t, err)
			if got != SumOf(whole) {
				t.Errorf("%d bytes in pieces of %d: %x, together %x", size, room, got, SumOf(whole))
			}
		}
	}
}

// The SHA-256 of a site is that of the bytes on the disk, and of those that were
// built: Load believes sizes and times, and somebody may have kept both.
func TestShaSumsAreThoseOfWhatWasBuilt(t *testing.T) {
	out := outIn(t)
	site := pages{"index.html": "1.4%", "a/data.csv": "2017-01,1.4\n", "empty.txt": ""}
	mustSync(t, out, site)
	m, ok, err := Load(out)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	sums, err := m.SHA256(out)
	check(t, err)
	if len(sums) != len(site) {
		t.Errorf("%d sums of %d files", len(sums), len(site))
	}
	for name, content := range site {
		if sums[name] != sha256.Sum256([]byte(content)) {
			t.Errorf("%s: %x", name, sums[name])
		}
	}

	name := filepath.Join(out, "index.html")
	info, err := os.Stat(name)
	check(t, err)
	check(t, os.WriteFile(name, []byte("4.1%"), 0o644))
	check(t, os.Chtimes(name, info.ModTime(), info.ModTime()))
	if m, ok, err = Load(out); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if _, err = m.SHA256(out); err == nil || !strings.Contains(err.Error(), "index.html is not as it was built") {
		t.Errorf("%v", err)
	}
	// What the error says mends it.
	check(t, os.Remove(name))
	mustSync(t, out, site)
	if m, ok, err = Load(out); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if again, err := m.SHA256(out); err != nil || again["index.html"] != sums["index.html"] {
		t.Errorf("%v", err)
	}
}
