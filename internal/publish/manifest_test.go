package publish

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

var someManifests = []Manifest{
	{Entries: []Record{}},
	{Version: "v1 \"quoted\"\n", State: []byte{0, 1, 255}, folder: 1<<64 - 1, Entries: []Record{
		{Entry: Entry{"a b/ü.html", "key\twith\nspace"}, Size: 3, ModTime: -1, Sum: sha256.Sum256([]byte("a"))},
		{Entry: Entry{"index.html", ""}, Size: 0, ModTime: 1490140800000000001},
	}},
}

func TestManifestReadsBackAsWritten(t *testing.T) {
	for _, m := range someManifests {
		got, err := parseManifest(m.encode())
		if err != nil {
			t.Fatal(err)
		}
		if len(got.State) == 0 {
			got.State = nil
		}
		if !reflect.DeepEqual(got, m) {
			t.Errorf("wrote %+v, read %+v", m, got)
		}
	}
}

func TestAnyDamageToTheManifestIsSeen(t *testing.T) {
	data := someManifests[1].encode()
	for i := range data {
		if _, err := parseManifest(data[:i]); err == nil {
			t.Errorf("cut at %d: no error", i)
		}
		other := append([]byte(nil), data...)
		other[i] ^= 1
		if _, err := parseManifest(other); err == nil {
			t.Errorf("bit turned at %d: no error", i)
		}
	}
}

func FuzzParseManifest(f *testing.F) {
	// The checksum would keep the fuzzer out: it writes the body only.
	for _, m := range someManifests {
		data := m.encode()
		f.Add(data[:len(data)-len("sum \n")-2*sha256.Size])
	}
	f.Add([]byte(manifestHead))
	f.Fuzz(func(t *testing.T, body []byte) {
		sealed := seal(body)
		m, err := parseManifest(sealed)
		if err != nil {
			if m.Entries != nil || m.State != nil || m.Version != "" {
				t.Errorf("an error with %+v", m)
			}
			return
		}
		again, err := parseManifest(m.encode())
		if err != nil || !reflect.DeepEqual(again, m) {
			t.Errorf("%+v read back as %+v, %v", m, again, err)
		}
	})
}

// The manifests of the same site differ in the times of its files alone.
func TestManifestIsDeterministic(t *testing.T) {
	var first Manifest
	for i := range 2 {
		out := outIn(t)
		mustSync(t, out, pages{"b": "2", "a/x": "1", "a.b": "3"})
		m, ok, err := Load(out)
		if !ok || err != nil {
			t.Fatal(ok, err)
		}
		for i := range m.Entries {
			m.Entries[i].ModTime = 0
		}
		m.folder = 0
		if i == 0 {
			first = m
		} else if !reflect.DeepEqual(first, m) {
			t.Errorf("%+v and %+v", first, m)
		}
	}
}

func TestIntactIsAboutTheFolderGiven(t *testing.T) {
	out := outIn(t)
	mustSync(t, out, pages{"a": "1"})
	m, _, err := Load(out)
	check(t, err)
	if !m.Intact(out) || m.Intact(filepath.Dir(out)) || m.Intact(out+"/a") || m.Intact(out+"/none") {
		t.Error("Intact does not tell its folder from others")
	}
	check(t, os.Remove(out+"/a"))
	if m.Intact(out) {
		t.Error("a file is gone and it is intact")
	}
}
