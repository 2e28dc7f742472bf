package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Entry is one file of a site: its path and the key of its content, which no
// other has: each file is a part of its own.
type Entry struct{ Path, Key string }

// Source is a site that is not yet written: every path is known, and a file is
// made only when it is opened. Open fails only by the machine's fault, and is
// called by several goroutines at once.
type Source interface {
	Entries() []Entry // sorted by path
	Open(name string) (fs.File, error)
}

// Options of a Sync; the zero value will do.
type Options struct {
	State   []byte // kept with the manifest
	Version string // of the program
}

// Sync brings the folder out to the state of src. Where it fails out is as it
// was, and the error says with which file; a folder that is not ours to write
// in is a *Refusal. It is made with its parents where it does not exist.
//
// Sync holds a lock while it writes; a caller that decides by what stands uses
// Begin, which holds it from then on.
func Sync(out string, src Source, opt Options) (Result, error) {
	entries := slices.Clone(src.Entries())
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	records := make([]Record, len(entries))
	for i, e := range entries {
		records[i] = Record{Path: e.Path, Key: e.Key}
	}
	if err := vetPaths(records); err != nil {
		return Result{}, err
	}
	u, err := Begin(out, opt.Version)
	if err != nil {
		return Result{}, err
	}
	defer u.Abandon()
	if u.holds(entries) {
		res := Result{Unchanged: len(entries), Exchanged: true}
		if bytes.Equal(u.manifest.State, opt.State) {
			return res, nil
		}
		u.manifest.State = opt.State
		return res, u.record(manifestName, u.manifest)
	}
	if err := u.bring(src, entries); err != nil {
		return Result{}, fmt.Errorf("%s was left as it was: %w", u.name, err)
	}
	return u.Commit(func() ([]byte, error) { return opt.State, nil })
}

// holds tells whether out is the wanted site by its keys.
func (u *Update) holds(entries []Entry) bool {
	return u.comparable() && slices.EqualFunc(u.manifest.Entries, entries,
		func(r Record, e Entry) bool { return r.Path == e.Path && r.Key == e.Key })
}

// bring makes next/ the wanted site, many parts at once. Nobody sees it yet; out is only read.
func (u *Update) bring(src Source, entries []Entry) error {
	g, ctx := errgroup.WithContext(context.Background())
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, e := range entries {
		g.Go(func() error {
			if ctx.Err() != nil {
				return nil
			}
			kept, err := u.Keep(e.Key)
			if kept || err != nil {
				return err
			}
			return u.Put(e.Key, []File{{e.Path, func(b *bytes.Buffer) error { return readAll(src, e.Path, b) }}})
		})
	}
	return g.Wait()
}

// readAll reads one file of a tree.
func readAll(src Source, name string, b *bytes.Buffer) error {
	f, err := src.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return errors.New("is a folder, not a file")
	}
	_, err = io.Copy(b, f)
	return err
}
