package build

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"outturn/internal/commentary"
	"outturn/internal/edition"
)

// record is what a build leaves beside its output: a line that tells whether
// anything changed, and then two lines for each part, read only if it did. The
// second is the part's summary, which goes from one build to the next as it is
// and is taken apart only where the pages over all scorecards are made.
type record struct {
	Inputs   string // of all inputs together
	Files    int
	Warnings int
	Parts    map[string]partRecord `json:"-"` // by scorecard, documents and overview
}

type partRecord struct {
	ID  string
	Key string
	hanging
	Warnings int
	Files    int
	Texts    *commentary.Outline `json:",omitempty"` // of a scorecard whose texts have no faults
	Says     string              // the digest of its summary
	Summary  []byte              `json:"-"` // JSON: what the pages over all scorecards say of it
}

// hanging is what a part hangs on besides its key: what was asked for while it was made.
type hanging struct {
	Others map[string]string // the digest of each other scorecard
	Asked  edition.Asked     // of the day and of the rest of the site
}

// hangingOn is what came of an edition so far hangs on, when the folder was as then.
func hangingOn(ed *edition.Edition, then digests) hanging {
	h := hanging{map[string]string{}, ed.Asked()}
	for _, id := range ed.Others() {
		h.Others[id] = then.scorecard(id)
	}
	return h
}

// stands reports whether all of it is as it was.
func (h hanging) stands(now digests, in *edition.Inputs) bool {
	for id, digest := range h.Others {
		if now.scorecard(id) != digest {
			return false
		}
	}
	return in.Still(h.Asked)
}

func (r record) encode() ([]byte, error) {
	var b bytes.Buffer
	size := 0
	for _, part := range r.Parts {
		size += len(part.Summary) + 8<<10
	}
	b.Grow(size)
	line := json.NewEncoder(&b) // ends each with \n, and JSON has none within
	if err := line.Encode(r); err != nil {
		return nil, err
	}
	for _, id := range slices.Sorted(maps.Keys(r.Parts)) {
		part := r.Parts[id]
		if err := line.Encode(part); err != nil {
			return nil, err
		}
		b.Write(part.Summary)
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}

// readRecord reads the first line of a record, and tells how to read the rest.
func readRecord(text []byte) (r record, parts func() map[string]partRecord) {
	head, rest, _ := bytes.Cut(text, []byte("\n"))
	if json.Unmarshal(head, &r) != nil {
		r = record{}
	}
	return r, func() map[string]partRecord {
		parts := map[string]partRecord{}
		for len(rest) > 0 {
			var line []byte
			var part partRecord
			line, rest, _ = bytes.Cut(rest, []byte("\n"))
			part.Summary, rest, _ = bytes.Cut(rest, []byte("\n"))
			if json.Unmarshal(line, &part) != nil {
				return nil // damaged: everything is made anew
			}
			parts[part.ID] = part
		}
		return parts
	}
}
