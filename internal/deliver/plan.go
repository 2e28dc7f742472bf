package deliver

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// What is done to a file at a target.
type What uint8

const (
	Add    What = iota + 1 // the target does not have it
	Change                 // it has other bytes there
	Remove                 // the site does not have it
)

func (w What) String() string { return [...]string{"", "add", "change", "remove"}[w] }

// Step is what is done to one file.
type Step struct {
	What What
	Path string
	Size int64 // as sent; of a file that is removed 0
}

// turn says when a step is done. Nothing leads to a page that is new before a
// page that changed does, and nothing to what is removed once all have changed.
func (s Step) turn() int {
	isPage := path.Ext(s.Path) == ".html"
	switch {
	case s.What == Remove && isPage:
		return 4
	case s.What == Remove:
		return 5
	case !isPage && !last[s.Path]:
		return 0 // what pages link to
	case last[s.Path]:
		return 3
	case s.What == Add:
		return 1
	}
	return 2
}

// last are the files by which readers and machines come in.
var last = map[string]bool{"index.html": true, "404.html": true, "feed.xml": true, "sitemap.xml": true, "robots.txt": true}

// Plan is what a delivery would do.
type Plan struct {
	Steps     []Step // in the order in which they are done
	Unchanged int    // files
	Bytes     int64  // to send
	// Strange are files at the target that we never put there. They are left
	// alone where they can be; a folder's new release does not have them.
	Strange []string
	// Altered are files that were changed at the target since we put them there;
	// they are among the steps.
	Altered []string

	refusals []error
}

// Count gives how many steps are of one sort.
func (p *Plan) Count(w What) (n int) {
	for _, s := range p.Steps {
		if s.What == w {
			n++
		}
	}
	return n
}

// Refusal is why the plan may not be carried out: a *Refusal, or several
// joined; nil where it may.
func (p *Plan) Refusal() error { return errors.Join(p.refusals...) }

// held is what is known to stand at a target under a path.
type held struct {
	known bool // sum is that of what stands there
	sum   sum
	ours  bool // we put it there
}

// compare makes a plan of a site and what stands at the target.
func compare(site *Site, there map[string]held, opt Options) Plan {
	var p Plan
	wanted := make(map[string]bool, len(site.files))
	for _, f := range site.files {
		wanted[f.path] = true
		h, stands := there[f.path]
		switch {
		case stands && h.known && h.sum == f.sum:
			p.Unchanged++
			continue
		case stands:
			p.Steps = append(p.Steps, Step{Change, f.path, f.size})
		default:
			p.Steps = append(p.Steps, Step{Add, f.path, f.size})
		}
		p.Bytes += f.size
	}
	ours := 0
	for name, h := range there {
		switch {
		case !h.ours:
			if !wanted[name] {
				p.Strange = append(p.Strange, name)
			}
			continue
		case !wanted[name]:
			p.Steps = append(p.Steps, Step{What: Remove, Path: name})
		}
		ours++
	}
	slices.SortFunc(p.Steps, func(a, b Step) int {
		return cmp.Or(a.turn()-b.turn(), strings.Compare(a.Path, b.Path))
	})
	slices.Sort(p.Strange)
	n := 0
	for _, s := range p.Steps {
		// What the pages of a withdrawn snapshot led to goes with them, as was decided.
		if s.What == Remove && !slices.Contains(opt.Withdrawn, snapshotOf(s.Path)) {
			n++
		}
	}
	if !opt.MaxRemovals.allows(n, ours) {
		p.refusals = append(p.refusals, refuse(
			fmt.Sprintf("look at the list with --dry-run; if it is meant so: --max-removals %d", n),
			"%d of the %d files at the target would be removed; the limit is %s", n, ours, opt.MaxRemovals))
	}
	return p
}

// guard refuses to change what was frozen: the snapshots that are public are
// those of the last complete release, by id with their digests.
func (p *Plan) guard(public, site map[string]string, withdrawn []string) {
	for _, id := range thawed(public, site, withdrawn) {
		how := "would change"
		if site[id] == "" {
			how = "would be gone"
		}
		p.refusals = append(p.refusals, refuse(
			fmt.Sprintf("outturn archive verify %s finds what changed; outturn archive withdraw %s takes a snapshot back in the open", id, id),
			"the frozen snapshot archive/%s/ is public, and %s", id, how))
	}
}

// thawed lists the frozen snapshots that are public, by id with their digests, and
// would change or be gone without having been withdrawn.
func thawed(public, next map[string]string, withdrawn []string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(public)), func(id string) bool {
		return next[id] == public[id] || slices.Contains(withdrawn, id)
	})
}

// Limit is how much of a target may be removed by one delivery: a number of
// files or a part of them. The zero value is a fifth of the files, and never
// more than 50: a month's release removes next to nothing, and a slip (a
// scorecard's folder renamed, a build with --as-at) far more.
type Limit struct {
	set     bool
	percent bool
	n       int
}

const (
	defaultPercent = 20
	defaultFiles   = 50
)

// ParseLimit reads a limit as people write it: 120 or 35%.
func ParseLimit(text string) (Limit, error) {
	digits, percent := strings.CutSuffix(text, "%")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || percent && n > 100 {
		return Limit{}, &Misuse{fmt.Sprintf("%q is no limit; write a number of files such as 120, or a part of them such as 35%%", text)}
	}
	return Limit{true, percent, n}, nil
}

func (l Limit) String() string {
	switch {
	case !l.set:
		return fmt.Sprintf("%d%% of the files, and never more than %d", defaultPercent, defaultFiles)
	case l.percent:
		return fmt.Sprintf("%d%% of the files", l.n)
	}
	return strconv.Itoa(l.n)
}

func (l Limit) allows(removed, of int) bool {
	switch {
	case !l.set:
		return removed <= defaultFiles && 100*removed <= defaultPercent*of
	case l.percent:
		return 100*removed <= l.n*of
	}
	return removed <= l.n
}
