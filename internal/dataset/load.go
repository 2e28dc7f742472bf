package dataset

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"outturn/internal/diag"
	"outturn/internal/period"
)

// The names that are read in a folder of data/ (contract, section 1).
var (
	returnName  = regexp.MustCompile(`^(\d{4}-\d{2})(?:\.([1-9]\d{0,3}))?\.csv$`)
	updateName  = regexp.MustCompile(`^(\d{4}-\d{2})-actions\.csv$`)
	monthPrefix = regexp.MustCompile(`^\d{4}-\d{2}`)
)

var scorecardRegisters = []string{"indicators.csv", "targets.csv", "benchmarks.csv", "events.csv", "actions.csv"}

// loading is one run over data/.
type loading struct {
	fsys     fs.FS
	settings Settings
	problems *diag.List
	data     *Data
}

func (l *loading) run() {
	entries, err := fs.ReadDir(l.fsys, "data")
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			l.problems.Errorf(diag.Place{File: "data"}, "unreadable", "the folder cannot be read: %v", err)
		}
		return
	}
	var folders []string
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "."):
		case l.isFolder("data/"+name, e):
			folders = append(folders, name)
		case name == "populations.csv":
			if in := l.open("data/" + name); in != nil {
				l.data.readPopulations(in)
			}
		default:
			l.stray("data/"+name, []string{"populations.csv"}, nil)
		}
	}
	for _, name := range folders {
		l.folder(name)
	}
	slices.SortFunc(l.data.Scorecards, func(a, b *Scorecard) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(l.data.Plans, func(a, b *Plan) int { return cmp.Compare(a.ID, b.ID) })
}

// isFolder follows a symbolic link, as reading a file does.
func (l *loading) isFolder(name string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := fs.Stat(l.fsys, name)
	return err == nil && info.IsDir()
}

// open reads and decodes a file; nil where it cannot be read, which is told.
func (l *loading) open(name string) *sheet {
	raw, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		l.problems.Errorf(diag.Place{File: name}, "unreadable", "the file cannot be read: %v", err)
		return nil
	}
	text, ok := decode(name, raw, l.problems)
	if !ok {
		return nil
	}
	return newSheet(name, text, l.problems)
}

// contents is what a folder of data/ holds.
type contents struct {
	registers map[string]bool
	vintages  []Vintage
	updates   []period.Month
	stray     []string
}

func (l *loading) folder(id string) {
	dir := "data/" + id
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.problems.Errorf(diag.Place{File: dir}, "unreadable", "the folder cannot be read: %v", err)
		return
	}
	found := contents{registers: map[string]bool{}}
	for _, e := range entries {
		if name := e.Name(); !strings.HasPrefix(name, ".") {
			found.sort(name, l.isFolder(dir+"/"+name, e))
		}
	}
	slices.SortFunc(found.vintages, func(a, b Vintage) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Issue, b.Issue))
	})
	for _, name := range found.stray {
		l.stray(dir+"/"+name, scorecardRegisters, found.vintages)
	}
	switch {
	case found.registers["indicators.csv"]:
		l.scorecard(id, found)
	case found.registers["actions.csv"]:
		l.plan(id, found)
	default:
		l.unread(id, found)
	}
}

func (c *contents) sort(name string, isFolder bool) {
	if isFolder {
		c.stray = append(c.stray, name)
		return
	}
	if slices.Contains(scorecardRegisters, name) {
		c.registers[name] = true
		return
	}
	if m := updateName.FindStringSubmatch(name); m != nil {
		if month, err := period.ParseMonth(m[1]); err == nil {
			c.updates = append(c.updates, month)
			return
		}
	}
	if m := returnName.FindStringSubmatch(name); m != nil && m[2] != "1" {
		if month, err := period.ParseMonth(m[1]); err == nil {
			issue := 1
			if m[2] != "" {
				issue, _ = strconv.Atoi(m[2])
			}
			c.vintages = append(c.vintages, Vintage{month, issue})
			return
		}
	}
	c.stray = append(c.stray, name)
}

func (l *loading) scorecard(id string, found contents) {
	s := &Scorecard{ID: id, data: l.data, site: l.data.site, settings: l.settings.Scorecards[id], vintages: found.vintages}
	l.data.Scorecards = append(l.data.Scorecards, s)
	read := func(name string, into func(*sheet)) {
		if found.registers[name] {
			if in := l.open(s.path(name)); in != nil {
				into(in)
			}
		}
	}
	before := l.problems.Errors()
	read("indicators.csv", s.readIndicators)
	if len(s.register.refs) == 0 && l.problems.Errors() > before {
		// Not a row of it could be read, which is told: to say of every row
		// of the other files that its ref is unknown would hide that.
		l.data.Scorecards = l.data.Scorecards[:len(l.data.Scorecards)-1]
		return
	}
	s.findCycles(l.problems)
	read("targets.csv", s.readTargets)
	read("benchmarks.csv", s.readBenchmarks)
	read("events.csv", s.readEvents)
	read("actions.csv", s.actions.read)
	l.updates(id, found, &s.actions)
	s.histories = make([]history, len(s.register.refs)*len(s.site.areas))
	s.sheets = make([]*sheet, len(s.vintages))
	for i, v := range s.vintages {
		if in := l.open(s.path(v.fileName())); in != nil {
			s.sheets[i] = in
			s.readReturn(in, i)
		}
	}
	s.settle()
}

func (v Vintage) fileName() string {
	if v.Issue == 1 {
		return v.Month.String() + ".csv"
	}
	return fmt.Sprintf("%s.%d.csv", v.Month, v.Issue)
}

func (l *loading) plan(id string, found contents) {
	p := &Plan{ID: id}
	l.data.Plans = append(l.data.Plans, p)
	if in := l.open("data/" + id + "/actions.csv"); in != nil {
		p.actions.read(in)
	}
	l.updates(id, found, &p.actions)
	for _, v := range found.vintages {
		l.noReader(id, v.fileName(), "returns need indicators.csv in their folder")
	}
	for _, name := range scorecardRegisters {
		if found.registers[name] && name != "actions.csv" {
			l.noReader(id, name, name+" needs indicators.csv in its folder")
		}
	}
}

// updates reads the monthly updates of a folder's actions, oldest first.
func (l *loading) updates(id string, found contents, into *actions) {
	slices.Sort(found.updates)
	for _, month := range found.updates {
		name := month.String() + "-actions.csv"
		if !found.registers["actions.csv"] {
			l.noReader(id, name, "an update needs actions.csv in its folder")
			continue
		}
		if in := l.open("data/" + id + "/" + name); in != nil {
			into.readUpdate(in, month, "data/"+id+"/actions.csv")
		}
	}
}

// unread tells of a folder that is neither a scorecard nor a plan.
func (l *loading) unread(id string, found contents) {
	for _, v := range found.vintages {
		l.noReader(id, v.fileName(), "the folder has neither indicators.csv nor actions.csv")
	}
	for _, month := range found.updates {
		l.noReader(id, month.String()+"-actions.csv", "the folder has neither indicators.csv nor actions.csv")
	}
	for _, name := range scorecardRegisters {
		if found.registers[name] {
			l.noReader(id, name, "the folder has neither indicators.csv nor actions.csv")
		}
	}
}

func (l *loading) noReader(id, name, why string) {
	l.problems.Warnf(diag.Place{File: "data/" + id + "/" + name}, "stray-file", "the file is not read: %s", why).Hint =
		"add what it needs, or take this one out"
}

// stray tells of a file that is not read, and what its name looks like.
func (l *loading) stray(name string, known []string, vintages []Vintage) {
	base := path.Base(name)
	p := l.problems.Warnf(diag.Place{File: name}, "stray-file", "no file of this name is read")
	near := diag.Nearest(base, known)
	month := monthPrefix.FindString(base)
	_, notMonth := period.ParseMonth(month)
	switch {
	case strings.HasPrefix(base, "~$"):
		p.Hint = "it is the lock of an open workbook: close the workbook, or take the file out"
	case near != "":
		p.Hint = "rename it " + near + ", or take it out"
	case strings.EqualFold(path.Ext(base), ".csv") && month != "" && notMonth == nil:
		p.Hint = "rename it " + nextIssue(month, vintages) + ", or take it out"
	case strings.EqualFold(path.Ext(base), ".csv") && month != "":
		p.Hint = month + " is not a month: name a return by its month, such as 2017-01.csv"
	case strings.HasPrefix(strings.ToLower(path.Ext(base)), ".xls"):
		p.Hint = "a workbook is not read: import it (outturn import), or save its sheet as CSV"
	default:
		p.Hint = "take it out of data/; what is to be published as it is belongs in content/files/"
	}
}

// nextIssue is the name that a copy of a month's return would need.
func nextIssue(month string, vintages []Vintage) string {
	issue := 0
	for _, v := range vintages {
		if v.Month.String() == month {
			issue = max(issue, v.Issue)
		}
	}
	if issue == 0 {
		return month + ".csv to make it the month's return"
	}
	return fmt.Sprintf("%s.%d.csv to make it %s issue", month, issue+1, ordinal(issue+1))
}

func ordinal(n int) string {
	words := []string{2: "a second", 3: "a third", 4: "a fourth", 5: "a fifth"}
	if n < len(words) {
		return words[n]
	}
	return "a further"
}
