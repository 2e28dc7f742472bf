package commentary

import (
	"crypto/sha256"
	"io/fs"
	"slices"

	"outturn/internal/diag"
)

// Reader reads content/ again and again, and of the texts only those that have
// changed: to list a thousand files is quick, to take them apart is not. What it
// gives is what Load gives. It is for one goroutine; what it has given may be
// used by others meanwhile.
type Reader struct {
	kept map[string]kept
}

// kept is what was read of one file.
type kept struct {
	version  string
	value    any
	problems *diag.List
	sum      []byte // of its bytes
}

// Load is [Load]. version tells of each file a text that differs whenever its
// content does; "" is never kept.
func (r *Reader) Load(site fs.FS, dataFolders []string, version func(file string) string, problems *diag.List) *Content {
	l := loader{
		folder: newFolder(site, problems), dataFolders: slices.Sorted(slices.Values(dataFolders)), content: &Content{}, paths: map[string]string{},
		version: version, last: r.kept, next: map[string]kept{},
	}
	l.content.Site = Site{Language: "en-GB", Theme: "civic"}
	l.top()
	l.folder.digest.Sum(l.content.Digest[:0])
	r.kept = l.next // a file that was not asked for is let go
	return l.content
}

// asBefore reads a file, or gives what was read of it when it was as it is. What
// read gives may depend on the file and its path alone, and is not changed
// afterwards.
func asBefore[T any](l *loader, file string, read func() T) T {
	version := l.version(file)
	k := l.last[file]
	// A file may be read as another kind of text than before: the _index.md of a
	// scorecard whose indicators.csv is gone is that of a plan.
	value, ok := k.value.(T)
	if !ok || version == "" || k.version != version {
		problems, digest := l.problems, l.digest
		l.problems, l.digest = new(diag.List), sha256.New()
		value = read()
		k = kept{version: version, value: value, problems: l.problems, sum: l.digest.Sum(nil)}
		l.problems, l.digest = problems, digest
	}
	l.next[file] = k
	l.problems.Merge(k.problems)
	l.digest.Write(k.sum)
	return value
}
