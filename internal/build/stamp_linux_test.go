package build

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestAPageOfASnapshotWithOtherBytesUnderTheOldTimeIsNoticed(t *testing.T) {
	const page = "content/archive/2016-17-q3/data/site/index.html"
	for what, change := range map[string]func(name string) error{
		"written into": func(name string) error { return os.WriteFile(name, []byte("<p>Two</p>"), 0o644) },
		"replaced": func(name string) error {
			return errors.Join(os.WriteFile(name+".new", []byte("<p>Two</p>"), 0o644), os.Rename(name+".new", name))
		},
	} {
		dir := t.TempDir()
		lay(t, dir, map[string]string{page: "<p>One</p>"})
		name := filepath.Join(dir, page)
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		before, err := digest(Folder(dir))
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond) // longer than a file system's clock stands still
		if err := errors.Join(change(name), os.Chtimes(name, info.ModTime(), info.ModTime())); err != nil {
			t.Fatal(err)
		}
		if after, err := digest(Folder(dir)); err != nil || after.all() == before.all() {
			t.Errorf("%s: the digest is as it was, %v", what, err)
		}
	}
}
