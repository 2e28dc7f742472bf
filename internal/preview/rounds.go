package preview

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
)

// What a snapshot keeps never changes unless it is damaged, and of each quarter
// it is as many files as the whole site has. The tree holds none of them, and the
// system is not asked to tell of them, since on some it would have to open every
// one: they are gone over in rounds.

// Times of the rounds: a rest between two of them, and a longer one where there
// are many files, so that they are a few hundredths of one processor's work.
const (
	aRest    = time.Second
	forAFile = 200 * time.Microsecond
)

// rounds goes over the snapshots of a site's folder until the context ends. It
// sends the folders, by slash path, whose files have other names, sizes or times
// than in the round before.
func rounds(ctx context.Context, root string, changed chan<- []string) {
	last, files := kept(root)
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(max(aRest, time.Duration(files)*forAFile)):
		}
		var now map[string]string
		var differ []string
		now, files = kept(root)
		for dir, sum := range now {
			if last[dir] != sum {
				differ = append(differ, dir)
			}
		}
		if last = now; differ == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case changed <- differ:
		}
	}
}

// keeps reports whether a folder holds what a snapshot keeps.
func keeps(dir string) bool {
	return path.Base(dir) == "data" && path.Dir(path.Dir(dir)) == "content/archive"
}

// kept gives of each snapshot's folder of what it keeps a text that differs when
// one of its files does, and how many files they are.
func kept(root string) (sums map[string]string, files int) {
	sums = map[string]string{}
	snapshots, _ := os.ReadDir(filepath.Join(root, "content", "archive")) // without the folder there are none
	for _, s := range snapshots {
		if !s.IsDir() {
			continue
		}
		sum := sha256.New()
		dir := filepath.Join(root, "content", "archive", s.Name(), "data")
		_ = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error { // what cannot be read is told
			fmt.Fprintln(sum, name, err)
			if err != nil || entry.IsDir() {
				return nil
			}
			files++
			if info, err := entry.Info(); err == nil {
				fmt.Fprintln(sum, info.Size(), info.ModTime().UnixNano(), info.Mode())
			}
			return nil
		})
		sums["content/archive/"+s.Name()+"/data"] = string(sum.Sum(nil))
	}
	return sums, files
}
