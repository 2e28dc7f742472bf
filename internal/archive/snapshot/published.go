package snapshot

import (
	"cmp"
	"crypto/sha256"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"

	"outturn/internal/archive/bag"
	"outturn/internal/dataset"
	"outturn/internal/period"
	"outturn/internal/quantity"
)

// Published is an issue of a month of a scorecard as a snapshot has it, by ref: what
// was published then, whatever the settings of today would make of its figures.
type Published map[string]PublishedMeasure

// Issued names an issue of a month.
type Issued struct {
	Month period.Month
	Issue int
}

// PublishedMeasure is what a snapshot says of one measure: its rating (green,
// amber, red or none), whether that was set by hand, and the figure that it was
// given for, as published.
type PublishedMeasure struct {
	Rating string
	ByHand bool
	Figure quantity.Decimal
	Has    bool // there is a figure
}

// PublishedFile is where a snapshot keeps, among its sources, what earlier
// snapshots had published of a scorecard's months: its own pages say "as published"
// too, and are made again without them.
func PublishedFile(card string) string { return path.Join(Root, "published", card+".csv") }

// Shelf reads what snapshots published, of each the list of its files once. Its
// zero value is ready; it is safe for several goroutines.
type Shelf struct {
	mu      sync.Mutex
	sums    map[string]map[string]bag.Sum   // of api/, by the snapshot's id
	kept    map[string]map[Issued]Published // of PublishedFile, by scorecard; nil where there is none
	earlier []Snapshot                      // see Before
	listed  bool
}

// Published reads an issue of a month from the oldest snapshot of a list that has
// it and was not withdrawn; ok is false where there is none. What in a snapshot
// is not what its own list says is not believed: who builds or verifies it tells
// of it.
func (s *Shelf) Published(site fs.FS, list []Snapshot, card string, of Issued) (p Published, ok bool) {
	name := path.Join(Site, "api", card, of.Month.String()+".json")
	for _, one := range list {
		if !one.Kept || one.Withdrawn || one.AsAt < of.Month {
			continue
		}
		sum, has := s.sumsOf(site, one.ID)[name]
		if !has {
			continue
		}
		text, err := fs.ReadFile(site, path.Join(Folder(one.ID), name))
		if err != nil || sha256.Sum256(text) != sum {
			continue
		}
		if p, issue := readPublished(text); issue == of.Issue {
			return p, true
		}
	}
	return nil, false
}

// Before is Published for a snapshot that is being made, or made again: of the
// snapshots of quarters that had ended before its month, asAt. Among the sources
// of one, what they had published is kept in PublishedFile.
func (s *Shelf) Before(site fs.FS, asAt period.Month, card string, of Issued) (p Published, ok bool) {
	s.mu.Lock()
	months, done := s.kept[card]
	if !done {
		text, err := fs.ReadFile(site, PublishedFile(card))
		if err == nil {
			months, _ = DecodePublished(text) // of a bag whose digests are right
		}
		if s.kept == nil {
			s.kept = map[string]map[Issued]Published{}
		}
		s.kept[card] = months
	}
	if !s.listed {
		s.earlier, s.listed = Earlier(site, asAt), true
	}
	list := s.earlier
	s.mu.Unlock()
	if months != nil {
		p, ok = months[of]
		return p, ok
	}
	return s.Published(site, list, card, of)
}

// Earlier are the snapshots whose pages are of quarters that had ended before a
// month, oldest first.
func Earlier(site fs.FS, asAt period.Month) []Snapshot {
	return slices.DeleteFunc(List(site), func(s Snapshot) bool { return !s.Kept || s.Withdrawn || s.AsAt >= asAt })
}

func (s *Shelf) sumsOf(site fs.FS, id string) map[string]bag.Sum {
	s.mu.Lock()
	defer s.mu.Unlock()
	if known, done := s.sums[id]; done {
		return known
	}
	kept := map[string]bag.Sum{}
	if dir, err := fs.Sub(site, Folder(id)); err == nil {
		manifest, _ := bag.ReadManifest(dir) // without its list nothing of it is believed
		for name, sum := range manifest {
			if strings.HasPrefix(name, Site+"/api/") {
				kept[name] = sum
			}
		}
	}
	if s.sums == nil {
		s.sums = map[string]map[string]bag.Sum{}
	}
	s.sums[id] = kept
	return kept
}

// readPublished reads api/<scorecard>/<month>.json (contract, section 5); issue is
// 0 where it cannot be read.
func readPublished(text []byte) (p Published, issue int) {
	type figure struct {
		Value *json.Number `json:"value"`
	}
	var month struct {
		Issue      int `json:"issue"`
		Indicators []struct {
			Ref     string  `json:"ref"`
			Current figure  `json:"current"`
			ToDate  *figure `json:"ytd"`
			RAG     struct {
				Rating string `json:"rating"`
				On     string `json:"on"`
				ByHand bool   `json:"by_hand"`
			} `json:"rag"`
		} `json:"indicators"`
	}
	if json.Unmarshal(text, &month) != nil {
		return nil, 0
	}
	p = make(Published, len(month.Indicators))
	for _, ind := range month.Indicators {
		m := PublishedMeasure{Rating: ind.RAG.Rating, ByHand: ind.RAG.ByHand}
		given := ind.Current
		if ind.RAG.On == "ytd" && ind.ToDate != nil && ind.ToDate.Value != nil {
			given = *ind.ToDate
		}
		if given.Value != nil {
			if n, err := quantity.Parse(given.Value.String()); err == nil {
				m.Figure, m.Has = n.Decimal, true
			}
		}
		p[ind.Ref] = m
	}
	return p, month.Issue
}

var publishedColumns = []string{"month", "issue", "ref", "rating", "by_hand", "figure"}

// EncodePublished writes what PublishedFile keeps.
func EncodePublished(list map[Issued]Published) []byte {
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(publishedColumns) // a strings.Builder takes everything
	order := func(a, b Issued) int { return cmp.Or(int(a.Month-b.Month), a.Issue-b.Issue) }
	for _, of := range slices.SortedFunc(maps.Keys(list), order) {
		p := list[of]
		for _, ref := range slices.SortedFunc(maps.Keys(p), dataset.CompareRefs) {
			m, figure := p[ref], ""
			if m.Has {
				figure = m.Figure.String()
			}
			_ = w.Write([]string{of.Month.String(), strconv.Itoa(of.Issue), ref, m.Rating, strconv.FormatBool(m.ByHand), figure})
		}
	}
	w.Flush()
	return []byte(b.String())
}

// DecodePublished reads what EncodePublished wrote.
func DecodePublished(text []byte) (map[Issued]Published, error) {
	r := csv.NewReader(strings.NewReader(string(text)))
	r.FieldsPerRecord = len(publishedColumns)
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	list := map[Issued]Published{}
	for _, row := range rows[min(1, len(rows)):] {
		var of Issued
		if of.Month, err = period.ParseMonth(row[0]); err != nil {
			return nil, fmt.Errorf("%q is not a month", row[0])
		}
		if of.Issue, err = strconv.Atoi(row[1]); err != nil {
			return nil, fmt.Errorf("%q is not an issue", row[1])
		}
		m := PublishedMeasure{Rating: row[3], ByHand: row[4] == "true"}
		if row[5] != "" {
			n, fault := quantity.Parse(row[5])
			if fault != nil {
				return nil, fmt.Errorf("%q is not a figure", row[5])
			}
			m.Figure, m.Has = n.Decimal, true
		}
		if list[of] == nil {
			list[of] = Published{}
		}
		list[of][row[2]] = m
	}
	return list, nil
}
