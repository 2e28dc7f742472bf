package dataset

import (
	"io/fs"
	"slices"
	"sync"

	"outturn/internal/diag"
)

// Kind is what a folder of data/ is.
type Kind uint8

const (
	KindNeither   Kind = iota // it has no register: nothing of it is read
	KindScorecard             // it has indicators.csv
	KindPlan                  // it has actions.csv and no indicators.csv
)

// Folder is one folder of data/, as the names in it tell.
type Folder struct {
	ID       string
	Kind     Kind
	Vintages []Vintage // the returns by their file names, oldest first; of a scorecard alone are they read
}

// Store is data/ with its folders listed and none of them read, so that a
// large site need never stand in memory whole. Once opened it does not change:
// several goroutines may read different folders from it at once, each with a
// list of problems of its own.
type Store struct {
	fsys     fs.FS
	settings Settings
	site     *site
	folders  []folder  // by id
	rooms    sync.Pool // for the rows of a scorecard while they are read
}

// Open lists data/ of a site and reads its populations. What the names alone
// show to be wrong (files that are not read) is told here, once; what is wrong
// within a folder is told each time when that folder is read.
func Open(fsys fs.FS, settings Settings, problems *diag.List) *Store {
	s := &Store{fsys: fsys, settings: settings, site: newSite(settings)}
	(&loading{s, problems}).list()
	return s
}

// IDs lists the folders of data/ by id. It belongs to the caller.
func (s *Store) IDs() []Folder {
	list := make([]Folder, 0, len(s.folders))
	for _, f := range s.folders {
		list = append(list, Folder{ID: f.id, Kind: f.kind, Vintages: slices.Clone(f.vintages)})
	}
	return list
}

// Populations lists every row of populations.csv, by name, area and period, of
// those for one thing the later behind. It belongs to the caller.
func (s *Store) Populations() []Population { return slices.Clone(s.site.populations) }

// Scorecard reads the scorecard with that id, all of its registers and
// returns. It is nil where there is none, or where no row of its indicators
// could be read, which is told.
func (s *Store) Scorecard(id string, problems *diag.List) *Scorecard {
	if found := s.folder(id, KindScorecard); found != nil {
		return (&loading{s, problems}).scorecard(found)
	}
	return nil
}

// Plan reads the plan with that id, or answers nil where there is none.
func (s *Store) Plan(id string, problems *diag.List) *Plan {
	if found := s.folder(id, KindPlan); found != nil {
		return (&loading{s, problems}).plan(found)
	}
	return nil
}

func (s *Store) folder(id string, kind Kind) *folder {
	for i := range s.folders {
		if s.folders[i].id == id && s.folders[i].kind == kind {
			return &s.folders[i]
		}
	}
	return nil
}
