package bag

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"outturn/internal/diag"
)

// basic is the bag of the Library of Congress's conformance suite for version
// 1.0 (standards.md, 11), with the size of its payload.
func basic() fstest.MapFS { return of(map[string]string{"data/hello.txt": "hello\n"}) }

// of is a bag of these files.
func of(files map[string]string) fstest.MapFS {
	dir, payload, size := fstest.MapFS{}, Manifest{}, int64(0)
	for name, content := range files {
		dir[name] = &fstest.MapFile{Data: []byte(content)}
		payload[name] = sha256.Sum256([]byte(content))
		size += int64(len(content))
	}
	for name, content := range Tags(Info{{"Payload-Oxum", Oxum(size, len(files))}}, payload) {
		dir[name] = &fstest.MapFile{Data: content}
	}
	return dir
}

func found(dir fs.FS) string {
	var problems diag.List
	Verify(dir, "bag", &problems)
	var b strings.Builder
	for _, p := range problems.All() {
		fmt.Fprintf(&b, "%s %s: %s\n", p.File, p.Code, p.Message)
	}
	return b.String()
}

func TestTagFilesAreThoseOfTheConformanceSuite(t *testing.T) {
	dir := basic()
	if got, want := string(dir[ManifestFile].Data), "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03  data/hello.txt\n"; got != want {
		t.Errorf("the manifest is %q", got)
	}
	for name, want := range map[string]string{
		Declaration:  "1712ecfb074bf29c4188ad3421032509159a09739fd604f8fe57038b4ddefcc9",
		ManifestFile: "c8ab910147fffd06fa3433a6a183d2826b0e7561edce79d249371c45b85708f9",
	} {
		if got := fmt.Sprintf("%x", sha256.Sum256(dir[name].Data)); got != want {
			t.Errorf("%s has the digest %s", name, got)
		}
		if !strings.Contains(string(dir[TagManifest].Data), want+"  "+name+"\n") {
			t.Errorf("the tag manifest is\n%s", dir[TagManifest].Data)
		}
	}
	if got := string(dir[InfoFile].Data); got != "Payload-Oxum: 6.1\n" {
		t.Errorf("bag-info.txt is %q", got)
	}
	if told := found(dir); told != "" {
		t.Error(told)
	}
}

// Each row breaks the bag in one way: the conformance suite's four invalid bags
// among them, with the tag manifest put right where the suite has none.
func TestWhatIsWrongWithABagIsFound(t *testing.T) {
	const sum = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
	set := func(name, content string) func(fstest.MapFS) {
		return func(dir fstest.MapFS) { dir[name] = &fstest.MapFile{Data: []byte(content)} }
	}
	retag := func(name, content string) func(fstest.MapFS) {
		return func(dir fstest.MapFS) {
			set(name, content)(dir)
			dir[TagManifest] = &fstest.MapFile{Data: tagManifest(map[string][]byte{
				Declaration: dir[Declaration].Data, InfoFile: dir[InfoFile].Data, ManifestFile: dir[ManifestFile].Data})}
		}
	}
	gone := func(name string) func(fstest.MapFS) { return func(dir fstest.MapFS) { delete(dir, name) } }
	for _, x := range []struct {
		name  string
		spoil func(fstest.MapFS)
		want  string
	}{
		{"white space in bagit.txt", retag(Declaration, "BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n"), "bag/bagit.txt bag-changed: the file is not the declaration of a bag by BagIt 1.0\n"},
		{"a byte order mark in bagit.txt", retag(Declaration, "\ufeff"+declaration), "bag/bagit.txt bag-changed: the file is not the declaration of a bag by BagIt 1.0\n"},
		{"a file that the manifest lacks", set("data/extra.txt", "x"), "bag/data/extra.txt bag-added: the file is not part of the bag\n"},
		{"a file listed twice", retag(ManifestFile, sum+"  data/hello.txt\n"+sum+"  data/hello.txt\n"), "bag/manifest-sha256.txt bag-changed: the file cannot be read as part of a bag: the file is listed twice\n"},
		{"a file listed twice with another digest", retag(ManifestFile, sum+"  data/hello.txt\n0"+sum[1:]+"  data/hello.txt\n"), "bag/manifest-sha256.txt bag-changed: the file cannot be read as part of a bag: the file is listed twice\n"},
		{"a file that is gone", gone("data/hello.txt"), "bag/data/hello.txt bag-missing: the file is not there\n"},
		{"a file that has changed", set("data/hello.txt", "hellO\n"), "bag/data/hello.txt bag-changed: the file is not what it was when the bag was made: its SHA-256 is another than in manifest-sha256.txt\n"},
		{"a file that has grown", set("data/hello.txt", "hello\n\n"), "bag/bag-info.txt bag-changed: the bag is to hold \"6.1\" (bytes.files) and holds 7.1: a file has grown or shrunk, or is not there\nbag/data/hello.txt bag-changed: the file is not what it was when the bag was made: its SHA-256 is another than in manifest-sha256.txt\n"},
		{"an empty folder", func(dir fstest.MapFS) { dir["data/empty"] = &fstest.MapFile{Mode: fs.ModeDir | 0o755} }, "bag/data/empty bag-added: the folder is not part of the bag\n"},
		{"an empty folder at the top", func(dir fstest.MapFS) { dir["notes"] = &fstest.MapFile{Mode: fs.ModeDir | 0o755} }, "bag/notes bag-added: the folder is not part of the bag\n"},
		{"a hidden file", set("data/.DS_Store", "x"), "bag/data/.DS_Store bag-added: the file is not part of the bag\n"},
		{"a file beside the tag files", set("fetch.txt", "x"), "bag/fetch.txt bag-added: the file is not part of the bag\n"},
		{"another manifest", set("manifest-md5.txt", "x"), "bag/manifest-md5.txt bag-added: the file is not part of the bag\n"},
		{"a link in the place of a file", func(dir fstest.MapFS) {
			dir["data/hello.txt"] = &fstest.MapFile{Mode: fs.ModeSymlink, Data: []byte("../hello")}
			dir["hello"] = &fstest.MapFile{Data: []byte("hello\n")}
		}, "bag/data/hello.txt bag-changed: this is no file, but a link or the like\nbag/hello bag-added: the file is not part of the bag\n"},
		{"bag-info.txt changed", set(InfoFile, "Payload-Oxum: 6.1\nx: y\n"), "bag/bag-info.txt bag-changed: the file is not what it was when the bag was made, or tagmanifest-sha256.txt is not: its SHA-256 there is another\n"},
		{"bag-info.txt gone", gone(InfoFile), "bag/bag-info.txt bag-missing: the file is not there\n"},
		{"bagit.txt gone", gone(Declaration), "bag/bagit.txt bag-missing: the file is not there\n"},
		{"the tag manifest gone", gone(TagManifest), "bag/tagmanifest-sha256.txt bag-missing: the file is not there\n"},
		{"a wrong size that is vouched for", retag(InfoFile, "Payload-Oxum: 7.1\n"), "bag/bag-info.txt bag-changed: the bag is to hold \"7.1\" (bytes.files) and holds 6.1: a file has grown or shrunk, or is not there\n"},
		{"a path out of the bag", retag(ManifestFile, sum+"  data/../../hello.txt\n"), "bag/manifest-sha256.txt bag-changed: the file cannot be read as part of a bag: the path leads out of the bag\n"},
		{"a path that is no payload", retag(ManifestFile, sum+"  hello.txt\n"), "bag/manifest-sha256.txt bag-changed: the file cannot be read as part of a bag: the path leads out of the bag\n"},
		{"a digest that is short", retag(ManifestFile, sum[1:]+"  data/hello.txt\n"), "bag/manifest-sha256.txt bag-changed: the file cannot be read as part of a bag: found no SHA-256 of 64 figures with two spaces and a path\n"},
	} {
		t.Run(x.name, func(t *testing.T) {
			dir := basic()
			x.spoil(dir)
			if got := found(dir); got != x.want {
				t.Errorf("found\n%s\nwant\n%s", got, x.want)
			}
		})
	}
}

// Every byte of a small bag is turned into every other: the tag manifest, for
// which nothing vouches, among them.
func TestAnyChangedByteIsFound(t *testing.T) {
	dir := of(map[string]string{"data/hello.txt": "hello\n", "data/per cent %.txt": "100%\n", "data/ligne\nneuve": "x", "data/none": ""})
	if told := found(dir); told != "" {
		t.Fatal(told)
	}
	for name, file := range dir {
		was := file.Data
		for i := range was {
			for _, turned := range []byte{was[i] ^ 1, was[i] ^ 0x20, was[i] ^ 0x80, 0, '\n', ' '} {
				if turned == was[i] {
					continue
				}
				file.Data = append(append(append([]byte{}, was[:i]...), turned), was[i+1:]...)
				if found(dir) == "" {
					t.Errorf("%s: byte %d was %q and is %q", name, i, was[i], turned)
				}
			}
			file.Data = append(append([]byte{}, was[:i]...), was[i+1:]...)
			if found(dir) == "" {
				t.Errorf("%s: byte %d, %q, is gone", name, i, was[i])
			}
			file.Data = append(append(append([]byte{}, was[:i]...), '\n'), was[i:]...)
			if found(dir) == "" {
				t.Errorf("%s: a line end stands before byte %d", name, i)
			}
		}
		file.Data = append(append([]byte{}, was...), '\n')
		if found(dir) == "" {
			t.Errorf("%s: a line end more", name)
		}
		file.Data = was
	}
}

func TestManifestIsReadAsItIsWritten(t *testing.T) {
	m := Manifest{"data/a b": {1}, "data/%0A": {2}, "data/\r\n": {3}, "data/é": {4}}
	again, err := ReadManifest(fstest.MapFS{ManifestFile: {Data: m.encode()}})
	if err != nil || fmt.Sprint(again) != fmt.Sprint(m) {
		t.Errorf("%v: %v", again, err)
	}
	for line := range strings.Lines(string(m.encode())) {
		if strings.Contains(line, "\r") {
			t.Errorf("%q", line)
		}
	}
}

func TestInfoIsReadAsItIsWritten(t *testing.T) {
	dir := fstest.MapFS{InfoFile: {Data: Info{{"Source-Organization", "Any\n Council: of  two lines"}, {"Bagging-Date", "2017-01-26"}}.encode()}}
	if got, want := string(dir[InfoFile].Data), "Source-Organization: Any Council: of two lines\nBagging-Date: 2017-01-26\n"; got != want {
		t.Errorf("%q", got)
	}
	info, err := ReadInfo(dir)
	if err != nil || info.Get("Source-Organization") != "Any Council: of two lines" || info.Get("Bagging-Date") != "2017-01-26" || info.Get("Contact") != "" {
		t.Errorf("%v %v", info, err)
	}
	folded, err := ReadInfo(fstest.MapFS{InfoFile: {Data: []byte("A: one\r\n  two\nB:\n")}})
	if err != nil || folded.Get("A") != "one two" || len(folded) != 2 {
		t.Errorf("%v %v", folded, err)
	}
	if _, err := ReadInfo(fstest.MapFS{InfoFile: {Data: []byte("A: one\nno label\n")}}); err == nil || err.Error() != "line 2: found no label with a colon" {
		t.Errorf("%v", err)
	}
}

func TestFingerprintStandsForTheWholeBag(t *testing.T) {
	seen := map[Sum]bool{}
	for _, dir := range []fs.FS{basic(), of(map[string]string{"data/hello.txt": "hellO\n"}), of(map[string]string{"data/hallo.txt": "hello\n"})} {
		sum, err := Fingerprint(dir)
		if err != nil || seen[sum] {
			t.Errorf("%v %v", sum, err)
		}
		seen[sum] = true
	}
}

func FuzzManifest(f *testing.F) {
	f.Add("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03  data/hello.txt\n")
	f.Add("x  data/%25\n")
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ReadManifest(fstest.MapFS{ManifestFile: {Data: []byte(text)}})
		if err != nil {
			if m != nil {
				t.Error("a manifest with an error")
			}
			return
		}
		again, err := ReadManifest(fstest.MapFS{ManifestFile: {Data: m.encode()}})
		if err != nil || fmt.Sprint(again) != fmt.Sprint(m) {
			t.Errorf("%v: %v", again, err)
		}
	})
}
