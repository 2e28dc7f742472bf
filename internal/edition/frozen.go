package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"

	"outturn/internal/archive/bag"
	"outturn/internal/archive/snapshot"
)

// Frozen is an issue of a month of a scorecard as the oldest snapshot that has it
// published it; ok is false where none has. In a snapshot's own pages it is that of
// the snapshots before it.
func (e *Edition) Frozen(card string, of snapshot.Issued) (p snapshot.Published, ok bool) {
	if opt := e.in.opt; opt.Snapshot != "" {
		return e.in.frozen.Before(e.in.site, opt.AsAt, card, of)
	}
	return e.in.frozen.Published(e.in.site, e.in.archive, card, of)
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
