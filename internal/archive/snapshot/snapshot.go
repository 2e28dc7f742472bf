// Package snapshot knows what stands in content/archive/: a snapshot for each
// quarter that was frozen, and the record of those that were withdrawn.
//
//	content/archive/
//	    2016-17-q3/               a snapshot: a bag (package bag)
//	        data/site/            its pages, published as they are
//	        data/sources/         what made them: data/, content/, themes/
//	            content/archive/published/  what the snapshots before it had published
//	    withdrawn.csv             id, date, reason: its pages are published no more
//	    withdrawn/2016-17-q3.txt  the addresses that its pages had, one a line
//
// It also says what changed from one snapshot to another ([Compare]). It reads
// the fs.FS that it is given and writes nothing.
package snapshot

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"outturn/internal/archive/bag"
	"outturn/internal/diag"
	"outturn/internal/period"
)

// Where snapshots stand in a site's folder, and what stands where in one.
const (
	Root          = "content/archive"
	Site          = bag.Payload + "/site"
	Sources       = bag.Payload + "/sources"
	WithdrawnFile = Root + "/withdrawn.csv"
	withdrawnDir  = Root + "/withdrawn"
)

// Labels of bag-info.txt that are ours. RFC 8493 §2.2.2 leaves them free.
const (
	VersionLabel = "Outturn-Version" // of the program that made it
	AsAtLabel    = "Outturn-As-At"   // the month that it is as at: 2016-12
	DayLabel     = "Outturn-Day"     // the day by which publish_on was judged
)

// Snapshot is one quarter as it was frozen, or what is left of it.
type Snapshot struct {
	ID      string // 2016-17-q3
	Quarter period.Period
	AsAt    period.Month
	Made    string // the day it was made, as 2017-02-20; "" where its bag is gone or says none
	Version string // of the program that made it
	Day     string // the day by which it was judged
	Size    string // Payload-Oxum: bytes.files

	Kept      bool   // its bag is there
	Misfiled  string // why the bag is not this quarter's: it was renamed; "" where it is
	Withdrawn bool
	On        string // the day on which it was withdrawn
	Reason    string
}

// Quarter reads a snapshot's id: a financial quarter, its q in any case. The id
// that it gives is the one that is written.
func Quarter(id string) (quarter period.Period, canonical string, err error) {
	p, err := period.Parse(strings.ToUpper(id))
	if err != nil {
		return p, "", err
	}
	if p.Kind() != period.Quarter {
		return p, "", errors.New("this is a period, and no quarter of a financial year")
	}
	return p, strings.ToLower(p.String()), nil
}

// Folder is a snapshot's folder in the site's.
func Folder(id string) string { return path.Join(Root, id) }

// List lists the snapshots of a site, oldest quarter first, those that were
// withdrawn among them. A folder whose name is no quarter is none; what is
// wrong with one is for who verifies it.
func List(site fs.FS) []Snapshot {
	var list []Snapshot
	entries, _ := fs.ReadDir(site, Root) // without the folder there are none
	for _, entry := range entries {
		quarter, id, err := Quarter(entry.Name())
		if err != nil || id != entry.Name() || !entry.IsDir() {
			continue
		}
		s := Snapshot{ID: id, Quarter: quarter, AsAt: quarter.Last(), Kept: true}
		if dir, err := fs.Sub(site, Folder(id)); err == nil {
			if info, err := bag.ReadInfo(dir); err == nil {
				s.Made, s.Size = info.Get("Bagging-Date"), info.Get("Payload-Oxum")
				s.Version, s.Day = info.Get(VersionLabel), info.Get(DayLabel)
				s.Misfiled = misfiled(s, info)
			}
		}
		list = append(list, s)
	}
	withdrawn, _ := ReadWithdrawn(site) // what is wrong in it is told by who builds
	for _, w := range withdrawn {
		at := slices.IndexFunc(list, func(s Snapshot) bool { return s.ID == w.ID })
		if at < 0 {
			quarter, id, err := Quarter(w.ID)
			if err != nil {
				continue
			}
			list = append(list, Snapshot{ID: id, Quarter: quarter, AsAt: quarter.Last()})
			at = len(list) - 1
		}
		list[at].Withdrawn, list[at].On, list[at].Reason = true, w.On, w.Reason
	}
	slices.SortFunc(list, func(a, b Snapshot) int { return period.Compare(a.Quarter, b.Quarter) })
	return list
}

// misfiled compares what a bag says that it is with its folder's name: under
// another quarter's name its figures would be published as that quarter's.
func misfiled(s Snapshot, info bag.Info) string {
	if of := info.Get("External-Identifier"); of != s.ID {
		return fmt.Sprintf("the bag says that it is %q, and its folder is called %s", of, s.ID)
	}
	if month := info.Get(AsAtLabel); month != s.AsAt.String() {
		return fmt.Sprintf("the bag says that it is as at %q, and the last month of %s is %s", month, s.ID, s.AsAt)
	}
	return ""
}

// Misplaced tells of a bag that stands under another quarter's name. Of one that
// was withdrawn it is a warning, see Complete.
func (s Snapshot) Misplaced(problems *diag.List) {
	if s.Misfiled == "" {
		return
	}
	p := problems.Errorf(diag.Place{File: path.Join(Folder(s.ID), bag.InfoFile)}, bag.Changed, "%s", s.Misfiled)
	p.Hint = "give the folder its own name again, and put the file back as it was"
	if s.Withdrawn {
		p.Severity = diag.Warning
	}
}

// Complete is bag.Complete of a snapshot. Of one that was withdrawn nothing is
// published, and what is wrong with it is a warning: a damaged bag must not keep
// its own withdrawal from the public.
func (s Snapshot) Complete(site fs.FS, problems *diag.List) {
	dir, err := fs.Sub(site, Folder(s.ID))
	if err != nil || !s.Kept {
		return
	}
	var own diag.List
	bag.Complete(dir, Folder(s.ID), &own)
	for _, p := range own.All() {
		if s.Withdrawn {
			p.Severity = diag.Warning
		}
		problems.Add(p)
	}
}

// Early tells of a snapshot that was made for a later day than that of a build:
// what waits for its day may stand in it. Of one that was withdrawn no build shows
// anything.
func (s Snapshot) Early(today period.Date, problems *diag.List) {
	day, err := period.ParseDate(s.Day)
	if err != nil || day <= today || !s.Kept || s.Withdrawn { // a bag without its day archive verify tells of
		return
	}
	problems.Errorf(diag.Place{File: path.Join(Folder(s.ID), bag.InfoFile)}, "snapshot-early",
		"the snapshot was made for %s, and this is for %s: it may hold what is not public by then", day.Words(), today.Words()).Hint =
		"build for " + day.Words() + " or a later day; if the snapshot was made for a wrong day, and never published, take its folder out and make it again"
}

// Strays tells of what stands in content/archive/ and is no snapshot, whose pages
// somebody may think are published.
func Strays(site fs.FS, problems *diag.List) {
	stray := func(name, why, hint string) {
		problems.Warnf(diag.Place{File: name}, "stray-file", "this is not read: %s", why).Hint = hint
	}
	if info, err := fs.Stat(site, Root); err == nil && !info.IsDir() {
		stray(Root, "it is a file, and snapshots stand in a folder of this name", "take it out")
		return
	}
	entries, _ := fs.ReadDir(site, Root) // without the folder there are none
	for _, entry := range entries {
		name := path.Join(Root, entry.Name())
		_, id, err := Quarter(entry.Name())
		switch {
		case strings.HasPrefix(entry.Name(), "."), name == WithdrawnFile, name == withdrawnDir && entry.IsDir():
		case err == nil && id == entry.Name() && entry.IsDir():
		case err == nil && entry.Type()&fs.ModeSymlink != 0:
			stray(name, "it is a link, and a snapshot is a folder that stands here itself", "put the folder here in the place of the link")
		case err == nil && entry.IsDir():
			stray(name, "a snapshot's folder is named in small letters", "name it "+id)
		default:
			stray(name, "it is no snapshot", "take it out: what stands here is written by outturn archive alone")
		}
	}
}

// Withdrawal is a row of withdrawn.csv.
type Withdrawal struct{ ID, On, Reason string }

// RowError is a row of withdrawn.csv that cannot be read. A withdrawn snapshot
// must not come back by a slip, so nothing may be built then.
type RowError struct {
	Line, Column           int
	Message, Mend, Snippet string
}

func (e *RowError) Error() string { return e.Message }

// ReadWithdrawn reads withdrawn.csv; without the file nothing was withdrawn.
func ReadWithdrawn(site fs.FS) ([]Withdrawal, error) {
	content, err := fs.ReadFile(site, WithdrawnFile)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, err
	}
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(content), "\ufeff")))
	reader.FieldsPerRecord = 3
	const mend = "write id,date,reason and below it a row such as 2016-17-q3,2017-05-02,why"
	var list []Withdrawal
	for first := true; ; first = false {
		row, err := reader.Read()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			var fault *csv.ParseError
			at := &RowError{Line: 1, Column: 1, Message: "the row cannot be read: " + err.Error(), Mend: mend}
			if errors.As(err, &fault) {
				at.Line, at.Message = fault.Line, "the row cannot be read: "+fault.Err.Error()
			}
			return list, at
		}
		if first && row[0] == "id" {
			continue
		}
		line, _ := reader.FieldPos(0)
		_, id, err := Quarter(strings.TrimSpace(row[0]))
		if err != nil {
			return list, &RowError{line, 1, "\"" + row[0] + "\" is not the id of a snapshot", "write a quarter, such as 2016-17-q3", strings.Join(row, ",")}
		}
		if _, err := period.ParseDate(strings.TrimSpace(row[1])); err != nil {
			_, column := reader.FieldPos(1)
			return list, &RowError{line, column, "\"" + row[1] + "\" is not a date", "write it as 2017-05-02", strings.Join(row, ",")}
		}
		list = append(list, Withdrawal{id, strings.TrimSpace(row[1]), strings.TrimSpace(row[2])})
	}
}

// EncodeWithdrawn writes withdrawn.csv.
func EncodeWithdrawn(list []Withdrawal) []byte {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"id", "date", "reason"}) // a strings.Builder takes everything
	for _, row := range list {
		_ = w.Write([]string{row.ID, row.On, row.Reason})
	}
	w.Flush()
	return []byte(b.String())
}

// FormerFile is where the addresses are kept that a withdrawn snapshot had.
func FormerFile(id string) string { return path.Join(withdrawnDir, id+".txt") }

// Former lists the pages that a withdrawn snapshot had, by their paths below
// archive/<id>/. Its first page is always among them.
func Former(site fs.FS, id string) []string {
	pages := []string{"index.html"}
	text, _ := fs.ReadFile(site, FormerFile(id)) // without the list the first page alone is known
	for line := range strings.Lines(string(text)) {
		if name := strings.TrimSpace(line); fs.ValidPath(name) && !strings.ContainsAny(name, `\:`) && strings.HasSuffix(name, ".html") && !slices.Contains(pages, name) {
			pages = append(pages, name)
		}
	}
	return pages
}

// Pages lists the pages of a snapshot's bag by their paths below archive/<id>/.
func Pages(m bag.Manifest) []string {
	var pages []string
	for name := range m {
		if page, ok := strings.CutPrefix(name, Site+"/"); ok && strings.HasSuffix(page, ".html") && !strings.HasPrefix(page, "files/") {
			pages = append(pages, page)
		}
	}
	slices.Sort(pages)
	return pages
}
