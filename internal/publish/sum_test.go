package publish

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
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
	sums := hasShaSums(t, out, site)
	name := swapDigits(t, out)
	m, ok, err := Load(out)
	if !ok || err != nil {
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

// hasShaSums gives the SHA-256 of a site, which must be those of its bytes.
func hasShaSums(t *testing.T, out string, site pages) map[string][sha256.Size]byte {
	t.Helper()
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
	return sums
}

// swapDigits makes 1.4% on index.html 4.1%, of the same size and time.
func swapDigits(t *testing.T, out string) (name string) {
	t.Helper()
	name = filepath.Join(out, "index.html")
	info, err := os.Stat(name)
	check(t, err)
	check(t, os.WriteFile(name, []byte("4.1%"), 0o644))
	check(t, os.Chtimes(name, info.ModTime(), info.ModTime()))
	return name
}

// former makes the manifest of a site one of format 3, as the program before wrote it.
func former(t *testing.T, out string) {
	t.Helper()
	name := filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+".outturn", manifestName)
	text, err := os.ReadFile(name)
	check(t, err)
	m, ok, err := Load(out)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	sums, err := m.SHA256(out)
	check(t, err)
	text = append([]byte(formerHead), text[len(manifestHead):len(text)-len(seal(nil))]...)
	for _, r := range m.Entries {
		text = bytes.Replace(text, fmt.Appendf(nil, "%x\t", r.Sum), fmt.Appendf(nil, "%x\t", sums[r.Path]), 1)
	}
	check(t, os.WriteFile(name, append(text, seal(text)...), 0o644))
}

// Who updates the program must not lose what a release is held against.
func TestASiteOfTheProgramBeforeIsKnownAndBuiltUpon(t *testing.T) {
	out := outIn(t)
	site := pages{"index.html": "1.4%", "a/data.csv": "2017-01,1.4\n"}
	mustSync(t, out, site)
	former(t, out)
	hasShaSums(t, out, site)
	swapDigits(t, out)
	m, ok, err := Load(out)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	var altered *Altered
	if _, err := m.SHA256(out); !errors.As(err, &altered) || !slices.Equal(altered.Paths, []string{"index.html"}) {
		t.Errorf("of a byte that changed it says %v", err)
	}
	// A build believes nothing of it, and finds the change.
	if res := mustSync(t, out, site); res.Written != 1 {
		t.Errorf("%+v", res)
	}
	if got := read(t, out); !maps.Equal(got, site) {
		t.Errorf("it holds %q", got)
	}
	if m, ok, err = Load(out); !ok || err != nil || m.shas != nil {
		t.Errorf("after a build its manifest is %v, %v", ok, err)
	}
}

func TestASiteBuiltMeanwhileIsNotAccused(t *testing.T) {
	out := outIn(t)
	mustSync(t, out, pages{"index.html": "1.4%", "late.html": "1"})
	m, ok, err := Load(out)
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	for _, next := range []pages{{"index.html": "4.1%", "late.html": "1"}, {"index.html": "4.1%"}} {
		mustSync(t, out, next)
		if _, err := m.SHA256(out); err == nil || !strings.HasSuffix(err.Error(), "was changed while it was read: run the command again") {
			t.Errorf("%v", err)
		}
	}
}
