package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"path"
	"strings"
	"sync"

	"outturn/internal/archive/bag"
	"outturn/internal/archive/snapshot"
	"outturn/internal/period"
	"outturn/internal/quantity"
	"outturn/internal/score"
)

// Frozen is a month of a scorecard as a snapshot has it: what was published then,
// whatever the settings of today would make of its figures.
type Frozen struct {
	Issue    int
	Measures map[string]FrozenMeasure // by ref
}

// FrozenMeasure is what a snapshot says of one measure: its rating, whether that
// was set by hand, and the figure that it was given for, as published.
type FrozenMeasure struct {
	Rating score.Rating
	ByHand bool
	Figure quantity.Decimal
	Has    bool // there is a figure
}

// Frozen reads a month of a scorecard from the oldest snapshot that has it and
// was not withdrawn; ok is false where there is none. What in a snapshot is not
// what its own list says is not believed: who builds or verifies it tells of it.
func (e *Edition) Frozen(card string, month period.Month) (f Frozen, ok bool) {
	name := path.Join(snapshot.Site, "api", card, month.String()+".json")
	for _, s := range e.in.archive {
		if !s.Kept || s.Withdrawn || s.AsAt < month {
			continue
		}
		sum, has := e.in.frozen.sums(e.in.site, s.ID)[name]
		if !has {
			continue
		}
		text, err := fs.ReadFile(e.in.site, path.Join(snapshot.Folder(s.ID), name))
		if err == nil && sha256.Sum256(text) == sum {
			return readFrozen(text)
		}
	}
	return Frozen{}, false
}

// readFrozen reads api/<scorecard>/<month>.json (contract, section 5).
func readFrozen(text []byte) (Frozen, bool) {
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
				Rating score.Rating `json:"rating"`
				On     string       `json:"on"`
				ByHand bool         `json:"by_hand"`
			} `json:"rag"`
		} `json:"indicators"`
	}
	if json.Unmarshal(text, &month) != nil {
		return Frozen{}, false
	}
	f := Frozen{Issue: month.Issue, Measures: make(map[string]FrozenMeasure, len(month.Indicators))}
	for _, ind := range month.Indicators {
		m := FrozenMeasure{Rating: ind.RAG.Rating, ByHand: ind.RAG.ByHand}
		given := ind.Current
		if ind.RAG.On == "ytd" && ind.ToDate != nil && ind.ToDate.Value != nil {
			given = *ind.ToDate
		}
		if given.Value != nil {
			if n, err := quantity.Parse(given.Value.String()); err == nil {
				m.Figure, m.Has = n.Decimal, true
			}
		}
		f.Measures[ind.Ref] = m
	}
	return f, true
}

// frozenSums are the digests of what the snapshots hold of api/, each list read
// once: that of a large site is long.
type frozenSums struct {
	mu   sync.Mutex
	byID map[string]map[string]bag.Sum
}

func (f *frozenSums) sums(site fs.FS, id string) map[string]bag.Sum {
	f.mu.Lock()
	defer f.mu.Unlock()
	if known, done := f.byID[id]; done {
		return known
	}
	kept := map[string]bag.Sum{}
	if dir, err := fs.Sub(site, snapshot.Folder(id)); err == nil {
		manifest, _ := bag.ReadManifest(dir) // without its list nothing of it is believed
		for name, sum := range manifest {
			if strings.HasPrefix(name, snapshot.Site+"/api/") {
				kept[name] = sum
			}
		}
	}
	if f.byID == nil {
		f.byID = map[string]map[string]bag.Sum{}
	}
	f.byID[id] = kept
	return kept
}

// shelfDigests are the digests of all that the snapshots hold, each vouched for by
// the list of its lists: pages are made from what is in them.
func (in *Inputs) shelfDigests() []string {
	var list []string
	for _, s := range in.archive {
		if s.Kept && !s.Withdrawn {
			text, _ := fs.ReadFile(in.site, path.Join(snapshot.Folder(s.ID), bag.TagManifest)) // without it that of nothing
			sum := sha256.Sum256(text)
			list = append(list, hex.EncodeToString(sum[:]))
		}
	}
	return list
}
