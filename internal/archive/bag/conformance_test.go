package bag

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// The cases of the Library of Congress's bagit-conformance-suite, by the names
// that they have there, each made in our form: SHA-256, and the tag manifest put
// right so that nothing but the case's own fault is left to be found.
//
// No validator of another's making could be had to try our bags with. Of the two
// packages of npm, bagit (0.0.3) calls a bagit.py that it does not bring, and
// bagit-fs (1.1.1) splits a manifest's lines at the first space where RFC 8493 §2.1.3
// lets there be several, and looks at one file at a time; Debian has none. So these
// cases, and sha256sum over both manifests (TestBagIsValidByAnotherProgram), stand
// in for one.
func TestConformanceSuite(t *testing.T) {
	const (
		hello   = "data/hello.txt"
		sum     = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
		another = "0891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
	)
	type bag = fstest.MapFS
	put := func(name, content string) func(bag) bag {
		return func(b bag) bag {
			b[name] = &fstest.MapFile{Data: []byte(content)}
			return b
		}
	}
	// tagged is put of a tag file, for which the tag manifest vouches.
	tagged := func(name, content string) func(bag) bag {
		return func(b bag) bag {
			put(name, content)(b)
			return put(TagManifest, string(tagManifest(map[string][]byte{
				Declaration: b[Declaration].Data, InfoFile: b[InfoFile].Data, ManifestFile: b[ManifestFile].Data})))(b)
		}
	}
	gone := func(name string) func(bag) bag { return func(b bag) bag { delete(b, name); return b } }
	made := func(info Info, files map[string]string) func(bag) bag {
		return func(bag) bag {
			b := of(files)
			fields := append(info, Field{"Payload-Oxum", strings.TrimPrefix(strings.TrimSpace(string(b[InfoFile].Data)), "Payload-Oxum: ")})
			return tagged(InfoFile, string(fields.encode()))(b)
		}
	}
	list := func(lines ...string) func(bag) bag { return tagged(ManifestFile, strings.Join(lines, "\n")+"\n") }
	lists := func(path string) func(bag) bag { return list(sum+"  "+hello, sum+"  "+path) }
	fetch := func(path string) func(bag) bag { return put("fetch.txt", "https://example.org/x 6 "+path+"\n") }
	const out, declared, form, added = "the path leads out of the bag", "not the declaration of a bag", "found no SHA-256", "not part of the bag"
	for _, c := range []struct {
		name string
		make func(bag) bag
		want string // in what is found; "" where the bag is whole
	}{
		{"v1.0/valid/basicBag", func(b bag) bag { return b }, ""},
		{"v0.97/valid/basic-bag", made(Info{{"Source-Organization", "A council"}}, map[string]string{hello: "hello\n", "data/bare": "x"}), ""},
		{"v0.97/valid/bag-with-space", made(nil, map[string]string{"data/hello there.txt": "hello\n"}), ""},
		{"v0.97/valid/bag-with-escapable-characters", made(nil, map[string]string{"data/100%0A.txt": "x", "data/two\nlines\r": "x", "data/*?<>|": "x"}), ""},
		{"v0.97/valid/bag-with-encoded-names", made(nil, map[string]string{"data/Café.txt": "x", "data/ü/日本.txt": "y"}), ""},
		{"v0.97/valid/bag-in-a-bag", made(nil, map[string]string{"data/bag/bagit.txt": declaration, "data/bag/data/hello.txt": "hello\n", "data/bag/manifest-sha256.txt": sum + "  " + hello + "\n"}), ""},
		{"v0.97/valid/duplicate-metadata-entries", made(Info{{"Contact-Email", "a@example.org"}, {"Contact-Email", "b@example.org"}}, map[string]string{hello: "hello\n"}), ""},

		// What the RFC allows and Tags does not write is none of our bags.
		{"v0.97/valid/minimal-bag", gone(InfoFile), "not there"},
		{"v0.97/valid/uncommon-metadata-separators", tagged(InfoFile, "Payload-Oxum\t:\t6.1\n"), ""},
		{"v0.97/valid/UTF-16-encoded-tag-files", tagged(Declaration, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n"), declared},
		{"v0.97/valid/ISO-8859-1-encoded-tag-files", tagged(Declaration, "BagIt-Version: 1.0\nTag-File-Character-Encoding: ISO-8859-1\n"), declared},
		{"v0.97/valid/bag-with-leading-dot-slash-in-manifest", list(sum + "  ./" + hello), out},
		{"v0.97/valid/basic-bag-sha512", put("manifest-sha512.txt", "x"), added},
		{"v0.97/valid/holey-bag", fetch("data/far.txt"), added},
		{"v0.97/valid/local-fetch", put("fetch.txt", "file:///tmp/x 6 "+hello+"\n"), added},

		{"v1.0/invalid/bagit-with-invalid-whitespace", tagged(Declaration, "BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n"), declared},
		{"v1.0/invalid/missing-from-manifest", put("data/missingFromManifest.txt", "x"), added},
		{"v1.0/invalid/same-filename-listed-twice-with-different-hashes", list(sum+"  "+hello, another+"  "+hello), "listed twice"},
		{"v1.0/invalid/same-filename-listed-twice-with-the-same-hash", list(sum+"  "+hello, sum+"  "+hello), "listed twice"},
		{"v0.97/invalid/bagit-with-invalid-whitespace", tagged(Declaration, "BagIt-Version: 1.0 \nTag-File-Character-Encoding: UTF-8\n"), declared},
		{"v0.97/invalid/baginfo-missing-encoding", tagged(Declaration, "BagIt-Version: 1.0\n"), declared},
		{"v0.97/invalid/bom-in-bagit.txt", tagged(Declaration, "\ufeff"+declaration), declared},
		{"v0.97/invalid/invalid-version-number", tagged(Declaration, "BagIt-Version: .97\nTag-File-Character-Encoding: UTF-8\n"), declared},
		{"v0.97/invalid/corrupt-data-file", put(hello, "hellO\n"), "not what it was when the bag was made"},
		{"v0.97/invalid/corrupt-tag-file", put(InfoFile, "Payload-Oxum: 6.1\nContact-Name: x\n"), "not what it was when the bag was made"},
		{"v0.97/invalid/extra-file-in-bag", put("data/bar", "x"), added},
		{"v0.97/invalid/missing-baginfo", gone(InfoFile), "not there"},
		{"v0.97/invalid/missing-bagit.txt", gone(Declaration), "not there"},
		{"v0.97/invalid/same-filename-listed-twice-with-different-hashes", list(another+"  "+hello, sum+"  "+hello), "listed twice"},
		{"v0.97/invalid/out-of-scope-file-paths-using-dot-notation", lists("../../../README.md"), out},
		{"v0.97/invalid/out-of-scope-file-paths-using-dot-notation, behind data/", lists("data/../../README.md"), out},
		{"v0.97/invalid/out-of-scope-file-paths-using-dot-notation-for-fetch", fetch("../../../README.md"), added},
		{"v0.97/linux-only/out-of-scope-file-paths-using-absolute-path", lists("/tmp/foo"), out},
		{"v0.97/linux-only/out-of-scope-file-paths-using-absolute-path-for-fetch", fetch("/tmp/foo"), added},
		{"v0.97/linux-only/out-of-scope-file-paths-using-shortcut", lists("~/foo"), out},
		{"v0.97/linux-only/out-of-scope-file-paths-using-shortcut-for-fetch", fetch("~/foo"), added},
		{"v0.97/linux-only/out-of-scope-file-paths-using-shortcut-username", lists("~root/foo"), out},
		{"v0.97/linux-only/out-of-scope-file-paths-using-shortcut-username-for-fetch", fetch("~root/foo"), added},
		{"v0.97/windows-only/out-of-scope-file-paths-using-absolute-path", lists(`C:\Windows\System32\setx.exe`), out},
		{"v0.97/windows-only/out-of-scope-file-paths-using-absolute-path-for-fetch", fetch(`C:\Windows\System32\setx.exe`), added},
		{"v0.97/windows-only/out-of-scope-file-paths-using-unc", lists(`\\?\UNC\server\Windows\System32\setx.exe`), out},
		{"v0.97/windows-only/out-of-scope-file-paths-using-unc-for-fetch", fetch(`\\?\UNC\server\Windows\System32\setx.exe`), added},
		{"v0.97/windows-only/out-of-scope-file-paths-using-shortcut", lists(`%HomeDrive%\Windows\System32\setx.exe`), out},
		{"v0.97/windows-only/out-of-scope-file-paths-using-shortcut-for-fetch", fetch(`%HomeDrive%\Windows\System32\setx.exe`), added},

		// Where the suite asks for a warning a bag of ours has either no such thing, or
		// has it because the site does.
		{"v0.97/warning/made-with-md5sum-tools", list(sum + " *" + hello), form},
		{"v0.97/warning/relative-path", list(sum + "  ./" + hello), out},
		{"v0.97/warning/same-filename-listed-twice-with-the-same-hash", list(sum+"  "+hello, sum+"  "+hello), "listed twice"},
		{"v0.97/warning/duplicate-file-with-different-case", list(sum+"  "+hello, sum+"  data/Hello.txt"), "not there"},
		{"v0.97/warning/same-filename-listed-twice-with-different-normalization", func(b bag) bag {
			return list(sum+"  data/e\u0301.txt", sum+"  data/\u00e9.txt")(made(nil, map[string]string{"data/\u00e9.txt": "hello\n"})(b))
		}, "not there"},
		{"v0.97/warning/filename-normalization", func(b bag) bag {
			return list(sum + "  data/e\u0301.txt")(made(nil, map[string]string{"data/\u00e9.txt": "hello\n"})(b))
		}, "not there"},
		{"v0.97/warning/special-system-files", made(nil, map[string]string{"data/.DS_Store": "x", "data/Thumbs.db": "x"}), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			switch got := found(fs.FS(c.make(basic()))); {
			case c.want == "" && got != "":
				t.Errorf("found\n%s", got)
			case !strings.Contains(got, c.want):
				t.Errorf("found\n%s\nwant %q", got, c.want)
			}
		})
	}
}
