package bag

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"outturn/internal/diag"
)

// Codes of what is wrong with a bag.
const (
	Changed = "bag-changed" // a byte is another one
	Missing = "bag-missing" // a file is not there
	Added   = "bag-added"   // a file or folder is there that the bag does not list
)

// verification is one bag being looked at; what is wrong is told with the
// bag's folder before the path.
type verification struct {
	dir      fs.FS
	folder   string
	problems *diag.List
}

func (v verification) fault(name, code, hint, format string, args ...any) {
	v.problems.Errorf(diag.Place{File: path.Join(v.folder, name)}, code, format, args...).Hint = hint
}

const putBack = "put the file back as it was, from a copy of the bag or from version control"

// Verify adds a problem for every file of a bag that was changed, is missing or
// was added: the bag is whole where there is none. folder is what the bag is
// called in messages. A bag that holds nothing wrong by RFC 8493 and was not
// written by [Tags] may have problems here all the same.
func Verify(dir fs.FS, folder string, problems *diag.List) {
	v := verification{dir, folder, problems}
	m := v.complete()
	for _, name := range slices.Sorted(maps.Keys(m)) {
		switch sum, err := fileSum(dir, name); {
		case errors.Is(err, fs.ErrNotExist), noFile(dir, name): // told
		case err != nil:
			v.fault(name, Changed, putBack, "the file cannot be read: %v", err)
		case sum != m[name]:
			v.Differs(name)
		}
	}
}

func noFile(dir fs.FS, name string) bool {
	info, err := fs.Stat(dir, name)
	return err == nil && !info.Mode().IsRegular()
}

// Complete is Verify without reading what is kept: the tag files are as they
// were, and every file that they list is there and no other. It gives the
// manifest, whose digests are still to be compared.
func Complete(dir fs.FS, folder string, problems *diag.List) Manifest {
	return verification{dir, folder, problems}.complete()
}

// Differs tells that a file has other bytes than its bag's manifest says.
func Differs(folder, name string, problems *diag.List) {
	verification{folder: folder, problems: problems}.Differs(name)
}

func (v verification) Differs(name string) {
	v.fault(name, Changed, putBack, "the file is not what it was when the bag was made: its SHA-256 is another than in %s", ManifestFile)
}

func (v verification) complete() Manifest {
	tags := map[string][]byte{}
	for _, name := range []string{Declaration, InfoFile, ManifestFile, TagManifest} {
		text, err := fs.ReadFile(v.dir, name)
		if err != nil {
			v.absent(name, err)
			continue
		}
		tags[name] = text
	}
	v.tagFiles(tags)
	m, err := parseManifest(string(tags[ManifestFile]), func(name string) bool { return strings.HasPrefix(name, Payload+"/") })
	if err != nil {
		v.line(ManifestFile, err)
		return nil
	}
	v.names(m)
	if tags[InfoFile] != nil {
		v.oxum(m)
	}
	return m
}

func (v verification) absent(name string, err error) {
	if errors.Is(err, fs.ErrNotExist) {
		v.fault(name, Missing, putBack, "the file is not there")
		return
	}
	v.fault(name, Changed, putBack, "the file cannot be read: %v", err)
}

func (v verification) line(name string, err error) {
	at := diag.Place{File: path.Join(v.folder, name)}
	var of *lineError
	why := err.Error()
	if errors.As(err, &of) {
		at.Line, at.Column, why = of.line, 1, of.why
	}
	v.problems.Errorf(at, Changed, "the file cannot be read as part of a bag: %s", why).Hint = putBack
}

// tagFiles compares the tag files with one another. The tag manifest vouches
// for the others and nothing vouches for it: it must be, byte for byte, what
// Tags writes of them.
func (v verification) tagFiles(tags map[string][]byte) {
	if tags[Declaration] != nil && string(tags[Declaration]) != declaration {
		v.fault(Declaration, Changed, "write the two lines BagIt-Version: 1.0 and Tag-File-Character-Encoding: UTF-8", "the file is not the declaration of a bag by BagIt 1.0")
	}
	if tags[TagManifest] == nil || bytes.Equal(tags[TagManifest], tagManifest(tags)) {
		return
	}
	known := func(name string) bool { return slices.Contains([]string{Declaration, InfoFile, ManifestFile}, name) }
	m, err := parseManifest(string(tags[TagManifest]), known)
	if err != nil {
		v.line(TagManifest, err)
		return
	}
	told := false
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if text, there := tags[name]; there && Sum(sha256.Sum256(text)) != m[name] {
			v.fault(name, Changed, putBack, "the file is not what it was when the bag was made, or %s is not: its SHA-256 there is another", TagManifest)
			told = true
		}
	}
	if !told && len(tags) == 4 {
		v.fault(TagManifest, Changed, putBack, "the file is not what it was when the bag was made: it does not list %s, %s and %s as the program writes them", Declaration, InfoFile, ManifestFile)
	}
}

// names compares the files that there are with those that are listed. A folder
// without a listed file, and a link, are none that we made.
func (v verification) names(m Manifest) {
	wanted := map[string]bool{".": true}
	for name := range m {
		for dir := path.Dir(name); !wanted[dir]; dir = path.Dir(dir) {
			wanted[dir] = true
		}
	}
	found := map[string]bool{}
	err := fs.WalkDir(v.dir, ".", func(name string, entry fs.DirEntry, err error) error {
		const takeOut = "take it out: a bag holds what was put into it and nothing else"
		_, listed := m[name]
		listed = listed || slices.Contains([]string{Declaration, InfoFile, ManifestFile, TagManifest}, name)
		switch {
		case err != nil:
			v.fault(name, Changed, "see that the file may be read", "this cannot be read: %v", err)
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir() && !wanted[name]:
			v.fault(name, Added, takeOut, "the folder is not part of the bag")
			return fs.SkipDir
		case entry.IsDir():
		case !entry.Type().IsRegular() && listed:
			found[name] = true
			v.fault(name, Changed, putBack, "this is no file, but a link or the like")
		case !listed:
			v.fault(name, Added, takeOut, "the file is not part of the bag")
		default:
			found[name] = true
		}
		return nil
	})
	if err != nil {
		v.fault(".", Changed, "see that the folder may be read", "the bag cannot be read: %v", err)
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if !found[name] {
			v.fault(name, Missing, putBack, "the file is not there")
		}
	}
}

// oxum compares the size that bag-info.txt gives with that of the files.
func (v verification) oxum(m Manifest) {
	info, err := ReadInfo(v.dir)
	if err != nil {
		v.line(InfoFile, err)
		return
	}
	var size int64
	for name := range m {
		at, err := fs.Stat(v.dir, name)
		if err != nil {
			return // told
		}
		size += at.Size()
	}
	if stated, is := info.Get("Payload-Oxum"), Oxum(size, len(m)); stated != is {
		v.fault(InfoFile, Changed, "outturn archive verify names the file; put it back from a copy of the bag or from version control",
			"the bag is to hold %q (bytes.files) and holds %s: a file has grown or shrunk, or is not there", stated, is)
	}
}
