package release

import (
	"crypto/sha256"
	"encoding/hex"
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
			r.Frozen("2016-17-q3", sums(c.built), [sha256.Size]byte{})
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
	r.Frozen("2016-17-q3", map[string][sha256.Size]byte{"archive/2016-17-q3/index.html": {}}, [sha256.Size]byte{})
	if ready := r.Finish(&diag.List{}); len(ready.New) != 1 || ready.New[0] != "the snapshot of October to December 2016 (quarter 3)" {
		t.Errorf("%q", ready.New)
	}
}

func TestAPublicFingerprintStaysAsItIsUnlessItsSnapshotWasWithdrawn(t *testing.T) {
	const page = "archive/2016-17-q3/index.html"
	bag, other := sha256.Sum256([]byte("bag")), sha256.Sum256([]byte("other"))
	for _, c := range []struct {
		name      string
		noted     string // what the archive's public page reads
		public    string // a page that is public
		withdrawn bool
		want      []string
	}{
		{name: "the same", noted: hex.EncodeToString(other[:]) + " and " + hex.EncodeToString(bag[:]), public: page},
		{name: "another", noted: hex.EncodeToString(other[:]), public: page, want: []string{
			"content/archive/2016-17-q3: error: the snapshot 2016-17-q3 is public, and its fingerprint would change to " + hex.EncodeToString(bag[:]) +
				", which is not on the public archive/index.html: it is another bag, though its pages are the same [snapshot-changed]"}},
		{name: "a theme that prints none", noted: "The archive", public: page},
		{name: "a snapshot that is new", noted: hex.EncodeToString(other[:]), public: "archive/index.html"},
		{name: "withdrawn", noted: hex.EncodeToString(other[:]), public: page, withdrawn: true},
	} {
		site := fstest.MapFS{"content/archive/2016-17-q3/bagit.txt": &fstest.MapFile{}}
		files := map[string][sha256.Size]byte{page: {}}
		standing := fstest.MapFS{"archive/index.html": &fstest.MapFile{Data: pageWith("<code>" + c.noted + "</code>")}}
		r := New(site, day(t, "2017-03-22"), &Public{Name: "srv", Files: standing, Sums: map[string][sha256.Size]byte{c.public: {}}}, "")
		if c.withdrawn {
			r.Withdrawn("2016-17-q3")
		} else {
			r.Frozen("2016-17-q3", files, bag)
		}
		var found diag.List
		r.Finish(&found)
		if got := anytown.Lines(found.All()); !slices.Equal(got, c.want) {
			t.Errorf("%s: found %q", c.name, got)
		}
	}
}

func TestAPaperThatIsKeptBackIsNotShownByASnapshot(t *testing.T) {
	const report, shown = "content/reports/march.md", "archive/2016-17-q3/reports/march.html"
	frozen := []string{shown, "archive/2016-17-q3/reports/index.html", "archive/2016-17-q3/reports/taken-out.html", "archive/2016-17-q3/api/care/2017-01.json"}
	for _, c := range []struct {
		name, keys string
		want       []string
	}{
		{"exempt", "status: approved\nexempt: [2]\nexempt_reason: it names a child", []string{
			report + ":6:1: error: this is exempt, and the snapshot 2016-17-q3 shows it to the public as it was (" + shown + ") [snapshot-shows]"}},
		{"a draft again", "status: draft", []string{
			report + ":5:1: warning: this is not public, and the snapshot 2016-17-q3 shows it to the public as it was (" + shown + ") [snapshot-shows]"}},
		{"public", "status: approved", nil},
	} {
		r := release{on: "2017-03-22", council: map[string]string{report: paperOut(c.keys)}, frozen: frozen, card: map[string]string{"api/care/2017-01.json": "{}"}}
		if c.want == nil {
			r.papers = map[string]string{"reports/march.html": string(pageWith("Contacts rose."))}
		}
		r.wants(t, c.name, c.want...)
	}
}
