package publish

import (
	"bytes"
	"reflect"
	"testing"
)

var someManifests = []Manifest{
	{Entries: []Record{}},
	{Version: "v1 \"quoted\"\n", State: []byte{0, 1, 255}, folder: 1<<64 - 1, Entries: []Record{
		{Path: "a b/ü.html", Key: "key\twith\nspace", Size: 3, ModTime: -1, Sum: SumOf([]byte("a"))},
		{Path: "index.html", Key: "", Size: 0, ModTime: 1490140800000000001},
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
		f.Add(data[:len(data)-len(seal(nil))])
	}
	f.Add([]byte(manifestHead))
	f.Fuzz(func(t *testing.T, body []byte) {
		sealed := append(bytes.Clone(body), seal(body)...)
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

// The files of a part share a key, which would be a third of the manifest.
func TestAKeyStandsInTheManifestOnce(t *testing.T) {
	m := Manifest{Entries: []Record{{Path: "a", Key: "one key"}, {Path: "b", Key: "another"}, {Path: "c", Key: "one key"}}}
	data := m.encode()
	if n := bytes.Count(data, []byte("one key")); n != 1 {
		t.Errorf("the key stands %d times:\n%s", n, data)
	}
	if got, err := parseManifest(data); err != nil || !reflect.DeepEqual(got.Entries, m.Entries) {
		t.Errorf("read back as %+v, %v", got.Entries, err)
	}
}

// One manifest that an older version wrote: the folder is known to be ours, and
// every page is compared.
func TestManifestOfAnOlderVersionIsNotBuiltUpon(t *testing.T) {
	out := outIn(t)
	site := pages{"a": "1", "b": "2"}
	mustSync(t, out, site)
	f, err := locate(out)
	check(t, err)
	const older = "outturn manifest 1\nversion \"\"\nfolder 0\nstate \n"
	put(t, f.at(manifestName), older+seal([]byte(older)))
	if res := mustSync(t, out, site); res.Opened != 2 || res.Written != 0 {
		t.Errorf("%+v", res)
	}
}
