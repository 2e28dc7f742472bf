package release

import (
	"crypto/sha256"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/anytown"
	"outturn/internal/diag"
)

func TestAPublicSnapshotStaysAsItIsUnlessItWasWithdrawn(t *testing.T) {
	sums := func(texts map[string]string) map[string][sha256.Size]byte {
		files := map[string][sha256.Size]byte{}
		for name, text := range texts {
			files[name] = sha256.Sum256([]byte(text))
		}
		return files
	}
	const home, page = "archive/2016-17-q3/index.html", "archive/2016-17-q3/care/index.html"
	public := sums(map[string]string{home: "home", page: "care", "archive/index.html": "the archive", "index.html": "today"})
	frozen := map[string]string{home: "home", page: "care"}
	for _, c := range []struct {
		name      string
		built     map[string]string // nil: the folder is not there
		withdrawn bool
		unknown   bool // nothing is known of what is public
		want      []string
	}{
		{name: "as it is", built: frozen},
		{name: "a page that differs", built: map[string]string{home: "home", page: "CARE"}, want: []string{
			"content/archive/2016-17-q3: error: the snapshot 2016-17-q3 is public, and 1 file in it would change; the first is archive/2016-17-q3/care/index.html [snapshot-changed]"}},
		{name: "a page that is lost and one that is new", built: map[string]string{home: "home", home + "l": "new"}, want: []string{
			"content/archive/2016-17-q3: error: the snapshot 2016-17-q3 is public, and 2 files in it would change; the first is archive/2016-17-q3/care/index.html [snapshot-changed]"}},
		{name: "gone, or under another name", want: []string{
			"content/archive/2016-17-q3: error: the snapshot 2016-17-q3 is public, and its 2 files would be gone [snapshot-gone]"}},
		{name: "withdrawn", withdrawn: true},
		{name: "nothing to compare with", unknown: true},
	} {
		site := fstest.MapFS{"content/archive/other.txt": &fstest.MapFile{}}
		if c.built != nil {
			site["content/archive/2016-17-q3/bagit.txt"] = &fstest.MapFile{}
		}
		standing := &Public{Name: "srv", Files: fstest.MapFS{}, Sums: public}
		if c.unknown {
			standing = nil
		}
		r := New(site, day(t, "2017-03-22"), standing, "")
		if c.built != nil {
			r.Frozen("2016-17-q3", sums(c.built))
		}
		if c.withdrawn {
			r.Withdrawn("2016-17-q3")
		}
		var found diag.List
		ready := r.Finish(&found)
		if got := anytown.Lines(found.All()); !slices.Equal(got, c.want) || ready.Stops != len(c.want) {
			t.Errorf("%s: found %q", c.name, got)
		}
		for _, p := range found.All() {
			if !strings.Contains(p.Hint, "outturn archive withdraw 2016-17-q3") {
				t.Errorf("%s: mend: %s", c.name, p.Hint)
			}
		}
	}
}

func TestASnapshotThatReadersDoNotHaveIsNew(t *testing.T) {
	r := New(fstest.MapFS{}, day(t, "2017-03-22"), &Public{Name: "srv", Files: fstest.MapFS{}}, "")
	r.Frozen("2016-17-q3", map[string][sha256.Size]byte{"archive/2016-17-q3/index.html": {}})
	if ready := r.Finish(&diag.List{}); len(ready.New) != 1 || ready.New[0] != "the snapshot of October to December 2016 (quarter 3)" {
		t.Errorf("%q", ready.New)
	}
}
