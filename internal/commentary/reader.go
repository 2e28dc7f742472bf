package commentary

import (
	"io/fs"
	"slices"
	"strings"

	"outturn/internal/diag"
)

// Reader reads content/ again and again, and of the texts only those that have
// changed: to list a thousand files is quick, to take them apart is not. What it
// gives is what Load gives. It is for one goroutine; what it has given may be
// used by others meanwhile.
type Reader struct {
	// Folders tells of a scorecard's or a plan's folder of content/, by its path
	// without a slash at the end, a text that differs whenever any file in it does,
	// or which of indicators.csv and actions.csv stand in its folder of data/. One
	// that is as it was is not even listed; "" is never kept. It may be nil.
	Folders func(dir string) string

	kept map[string]kept
	last map[string]keptFolder
}

// kept is what was read of one file.
type kept struct {
	version  string
	value    any
	problems *diag.List
}

// keptFolder is what was read of the folder of a scorecard or a plan.
type keptFolder struct {
	version  string
	content  *Content
	problems *diag.List
	files    map[string]kept
}

// Load is [Load]. version tells of each file a text that differs whenever its
// content does; "" is never kept. Several goroutines ask it.
func (r *Reader) Load(site fs.FS, dataFolders []string, version func(file string) string, problems *diag.List) *Content {
	l := loader{
		folder: &folder{site, problems}, dataFolders: slices.Sorted(slices.Values(dataFolders)), content: &Content{}, paths: map[string]string{},
		version: version, last: r.kept, next: map[string]kept{},
	}
	folders := r.Folders
	if folders == nil {
		folders = func(string) string { return "" }
	}
	l.content.Site = Site{Language: "en-GB", Theme: "civic"}
	ofData := l.top()
	r.last = l.ofData(ofData, folders, r.last)
	r.kept = l.next // a file that was not asked for is let go
	return l.content
}

// Outline is what a scorecard's texts say but for the texts themselves: its keys
// and those of its months. It can be written as JSON.
type Outline struct {
	Version string // what Folders told of the folder
	Scorecard
}

// Remember takes over what an earlier run read of a scorecard's folder of content/:
// while Folders tells the same version of it, Load reads nothing of it, and its
// scorecard is Outlined.
func (r *Reader) Remember(o Outline) {
	if r.last == nil {
		r.last = map[string]keptFolder{}
	}
	o.Outlined = true
	r.last[o.ID] = keptFolder{version: o.Version, content: &Content{Scorecards: []Scorecard{o.Scorecard}}, problems: new(diag.List)}
}

// Outlines are those of the scorecards in whose folders Load found nothing wrong
// (what was is told by reading alone) and whose texts will do without being read,
// by their names.
func (r *Reader) Outlines(will func(Scorecard) bool) map[string]Outline {
	all := map[string]Outline{}
	for name, f := range r.last {
		if f.version == "" || len(f.problems.All()) > 0 || len(f.content.Scorecards) != 1 {
			continue
		}
		c := f.content.Scorecards[0]
		if !c.Outlined && !will(c) {
			continue
		}
		c.Intro, c.SectionPages, c.Covers = Text{}, nil, slices.Clone(c.Covers)
		for i := range c.Covers {
			c.Covers[i].Summary, c.Covers[i].Analyses = Text{}, nil
		}
		all[name] = Outline{f.version, c}
	}
	return all
}

// LoadScorecard reads the texts of one scorecard.
func LoadScorecard(site fs.FS, id string, problems *diag.List) Scorecard {
	l := loader{folder: &folder{site, problems}, content: &Content{}, version: func(string) string { return "" }, next: map[string]kept{}}
	l.scorecard(id)
	return l.content.Scorecards[0]
}

// asBefore reads a file, or gives what was read of it when it was as it is. What
// read gives may depend on the file, its path and what it is read as alone, and is
// not changed afterwards.
func asBefore[T any](l *loader, file string, read func() T, as ...string) T {
	version := l.version(file)
	if version != "" {
		version = strings.Join(append(as, version), "\n")
	}
	k := l.last[file]
	// A file may be read as another kind of text than before: the _index.md of a
	// scorecard whose indicators.csv is gone is that of a plan.
	value, ok := k.value.(T)
	if !ok || version == "" || k.version != version {
		problems := l.problems
		l.problems = new(diag.List)
		value = read()
		k = kept{version: version, value: value, problems: l.problems}
		l.problems = problems
	}
	l.next[file] = k
	l.problems.Merge(k.problems)
	return value
}
