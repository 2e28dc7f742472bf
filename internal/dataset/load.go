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
	"unicode"
	"unicode/utf8"

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

// loading is one run over data/, or over one folder of it: what is read, and
// where what is wrong with it is told.
type loading struct {
	store    *Store
	problems *diag.List
}

// list reads the names of data/ and of its folders, and the populations.
func (l *loading) list() {
	entries, err := fs.ReadDir(l.store.fsys, "data")
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			l.problems.Errorf(diag.Place{File: "data"}, "unreadable", "the folder cannot be read: %v", err)
		}
		return
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "."):
		case !utf8.ValidString(name):
			l.stray("data/"+name, nil, nil)
		case l.isFolder("data/"+name, e):
			l.folder(name)
		case name == "populations.csv":
			if in := l.open("data/" + name); in != nil {
				l.store.site.readPopulations(in)
			}
		default:
			l.stray("data/"+name, []string{"populations.csv"}, nil)
		}
	}
	slices.SortFunc(l.store.folders, func(a, b folder) int { return cmp.Compare(a.id, b.id) })
}

// isFolder follows a symbolic link, as reading a file does.
func (l *loading) isFolder(name string, e fs.DirEntry) bool {
	if e.Type()&fs.ModeSymlink == 0 {
		return e.IsDir()
	}
	info, err := fs.Stat(l.store.fsys, name)
	return err == nil && info.IsDir()
}

// open reads and decodes a file; nil where it cannot be read, which is told.
func (l *loading) open(name string) *sheet {
	raw, err := fs.ReadFile(l.store.fsys, name)
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

// folder is what one folder of data/ holds, by the names in it.
type folder struct {
	id        string
	kind      Kind
	registers map[string]bool
	vintages  []Vintage
	updates   []period.Month
	stray     []string
}

func (l *loading) folder(id string) {
	dir := "data/" + id
	entries, err := fs.ReadDir(l.store.fsys, dir)
	if err != nil {
		l.problems.Errorf(diag.Place{File: dir}, "unreadable", "the folder cannot be read: %v", err)
		return
	}
	found := folder{id: id, registers: map[string]bool{}}
	for _, e := range entries {
		if name := e.Name(); !strings.HasPrefix(name, ".") {
			found.sort(name, l.isFolder(dir+"/"+name, e))
		}
	}
	slices.Sort(found.updates)
	slices.SortFunc(found.vintages, func(a, b Vintage) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Issue, b.Issue))
	})
	for _, name := range found.stray {
		l.stray(dir+"/"+name, scorecardRegisters, found.vintages)
	}
	switch {
	case found.registers["indicators.csv"]:
		found.kind = KindScorecard
		l.orphans(&found)
	case found.registers["actions.csv"]:
		found.kind = KindPlan
		l.unreturned(&found)
	default:
		l.unread(&found)
	}
	l.store.folders = append(l.store.folders, found)
}

func (f *folder) sort(name string, isFolder bool) {
	if isFolder {
		f.stray = append(f.stray, name)
		return
	}
	if slices.Contains(scorecardRegisters, name) {
		f.registers[name] = true
		return
	}
	if m := updateName.FindStringSubmatch(name); m != nil {
		if month, err := period.ParseMonth(m[1]); err == nil {
			f.updates = append(f.updates, month)
			return
		}
	}
	if m := returnName.FindStringSubmatch(name); m != nil && m[2] != "1" {
		if month, err := period.ParseMonth(m[1]); err == nil {
			issue := 1
			if m[2] != "" {
				issue, _ = strconv.Atoi(m[2])
			}
			f.vintages = append(f.vintages, Vintage{month, issue})
			return
		}
	}
	f.stray = append(f.stray, name)
}

// scorecard reads one folder with indicators.csv.
func (l *loading) scorecard(found *folder) *Scorecard {
	s := &Scorecard{ID: found.id, site: l.store.site, settings: l.store.settings.Scorecards[found.id], vintages: found.vintages,
		reasons: map[givenReason]bool{}}
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
		return nil
	}
	s.findCycles(l.problems)
	s.targets = make([][]Target, len(s.register.refs))
	s.benchmarks = make([][]Benchmark, len(s.register.refs))
	read("targets.csv", s.readTargets)
	read("benchmarks.csv", s.readBenchmarks)
	read("events.csv", s.readEvents)
	read("actions.csv", s.actions.read)
	l.updates(found, &s.actions)
	s.sheets = make([]*sheet, len(s.vintages))
	lines := 0
	for i, v := range s.vintages {
		if s.sheets[i] = l.open(s.path(v.fileName())); s.sheets[i] != nil {
			lines += len(s.sheets[i].starts)
		}
	}
	done, _ := l.store.rooms.Get().(*gathering)
	rows := newGathering(lines, done)
	for i, in := range s.sheets {
		if in != nil {
			s.readReturn(in, i, rows)
		}
	}
	s.settle(rows)
	l.store.rooms.Put(&gathering{rows: rows.rows})
	return s
}

func (v Vintage) fileName() string {
	if v.Issue == 1 {
		return v.Month.String() + ".csv"
	}
	return fmt.Sprintf("%s.%d.csv", v.Month, v.Issue)
}

// plan reads one folder with actions.csv alone.
func (l *loading) plan(found *folder) *Plan {
	p := &Plan{ID: found.id}
	if in := l.open("data/" + found.id + "/actions.csv"); in != nil {
		p.actions.read(in)
	}
	l.updates(found, &p.actions)
	return p
}

// updates reads the monthly updates of a folder's actions, oldest first.
func (l *loading) updates(found *folder, into *actions) {
	if !found.registers["actions.csv"] {
		return // told when the folder was listed
	}
	for _, month := range found.updates {
		if in := l.open("data/" + found.id + "/" + updateFile(month)); in != nil {
			into.readUpdate(in, month, "data/"+found.id+"/actions.csv")
		}
	}
}

func updateFile(month period.Month) string { return month.String() + "-actions.csv" }

// orphans tells of updates of actions that are nowhere.
func (l *loading) orphans(found *folder) {
	if found.registers["actions.csv"] {
		return
	}
	for _, month := range found.updates {
		l.noReader(found.id, updateFile(month), "an update needs actions.csv in its folder")
	}
}

// unreturned tells of what a plan cannot have.
func (l *loading) unreturned(found *folder) {
	for _, v := range found.vintages {
		l.noReader(found.id, v.fileName(), "returns need indicators.csv in their folder")
	}
	for _, name := range scorecardRegisters {
		if found.registers[name] && name != "actions.csv" {
			l.noReader(found.id, name, name+" needs indicators.csv in its folder")
		}
	}
}

// unread tells of a folder that is neither a scorecard nor a plan.
func (l *loading) unread(found *folder) {
	const why = "the folder has neither indicators.csv nor actions.csv"
	for _, v := range found.vintages {
		l.noReader(found.id, v.fileName(), why)
	}
	for _, month := range found.updates {
		l.noReader(found.id, updateFile(month), why)
	}
	for _, name := range scorecardRegisters {
		if found.registers[name] {
			l.noReader(found.id, name, why)
		}
	}
}

func (l *loading) noReader(id, name, why string) {
	l.problems.Warnf(diag.Place{File: "data/" + id + "/" + name}, "stray-file", "the file is not read: %s", why).Hint =
		"add what it needs, or take this one out"
}

// stray tells of a file that is not read, and what its name looks like. To publish it
// as it is, from content/files/, is never proposed: it may be a return.
func (l *loading) stray(name string, known []string, vintages []Vintage) {
	base, dir := path.Base(name), path.Dir(name)
	p := l.problems.Warnf(diag.Place{File: name}, "stray-file", "no file of this name is read")
	near := diag.Nearest(base, known)
	isTable := strings.Contains(strings.ToLower(base), ".csv")
	month, dated := monthIn(base)
	first := monthPrefix.FindString(base)
	_, notMonth := period.ParseMonth(first)
	switch {
	case strings.HasPrefix(base, "~$"):
		p.Hint = "it is the lock of an open workbook: close the workbook, or take the file out"
	case near != "":
		p.Hint = "rename it " + near + ", or take it out"
	case isTable && first != "" && notMonth != nil:
		p.Hint = first + " is not a month: name a return by its month, such as 2017-01.csv"
	case isTable && dated && dir == "data":
		p.Hint = fmt.Sprintf("move it to the folder of its scorecard and name it %s.csv, or take it out", month)
	case isTable && dated && strings.Contains(strings.ToLower(base), "action"):
		p.Hint = "rename it " + updateFile(month) + " to make it the month's update of the actions, or take it out"
	case isTable && dated:
		p.Hint = "rename it " + nextIssue(month, vintages) + ", or take it out"
	case isTable && dir != "data":
		p.Hint = "name a return by its month, such as 2017-01.csv, or take it out of data/"
	case strings.HasPrefix(strings.ToLower(path.Ext(base)), ".xls"):
		p.Hint = "a workbook is not read: import it (outturn import), or save its sheet as CSV"
	default:
		p.Hint = "take it out of data/"
	}
}

// monthIn is the month that a file's name speaks of, where it is one alone: 2017-4,
// April 2017, 2017_04 final.
func monthIn(name string) (month period.Month, ok bool) {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i := range words {
		for _, text := range []string{words[i], strings.Join(words[i:min(i+2, len(words))], " ")} {
			switch m, is := period.MeantMonth(text); {
			case is && ok && m != month:
				return 0, false
			case is:
				month, ok = m, true
			}
		}
	}
	return month, ok
}

// nextIssue is the name that a copy of a month's return would need.
func nextIssue(month period.Month, vintages []Vintage) string {
	issue := 0
	for _, v := range vintages {
		if v.Month == month {
			issue = max(issue, v.Issue)
		}
	}
	if issue == 0 {
		return month.String() + ".csv to make it the month's return"
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
