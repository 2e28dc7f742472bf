//go:build unix

package publish

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A web server reads the site as somebody else: what one build under a strict umask
// made must not be linked from build to build for ever.
func TestASiteOfAnotherUmaskIsMadeReadableAgain(t *testing.T) {
	before := syscall.Umask(0o022)
	defer syscall.Umask(before)
	for _, masks := range [][]int{{0o022, 0o077}, {0o022, 0o077, 0o077}, {0o022, 0o022, 0o077}, {0o022, 0o022, 0o077, 0o077}, {0o022, 0o077, 0o022, 0o077}} {
		t.Run(fmt.Sprintf("%04o", masks), func(t *testing.T) {
			out := outIn(t)
			n := 0
			build := func(mask int) Result {
				syscall.Umask(mask)
				n++
				return mustSync(t, out, pages{"index.html": fmt.Sprint(n), "a/index.html": "a", "a/b/c.html": fmt.Sprint("c", n/2)})
			}
			for _, mask := range masks {
				build(mask)
			}
			for i := range 4 {
				res := build(0o022)
				if i > 0 && res.Opened > 2 {
					t.Errorf("build %d opened %d pages", i, res.Opened)
				}
				err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
					info, err := os.Stat(name)
					if err != nil {
						return err
					}
					if want := map[bool]fs.FileMode{true: 0o755, false: 0o644}[d.IsDir()]; info.Mode().Perm() != want {
						t.Errorf("build %d: %s has the mode %v, want %v", i, name, info.Mode().Perm(), want)
					}
					return nil
				})
				check(t, err)
			}
		})
	}
}

func TestModesThatSomebodyGaveAreNotAReasonToBuildAnew(t *testing.T) {
	p := pages{"a/b.html": "b", ".gitkeep": "", "c.html": "c"}
	for _, c := range []struct {
		name          string
		mask          int
		folder, pages fs.FileMode
	}{
		{"the folder is closed to others", 0o022, 0o750, 0o640},
		{"pages that a group may write", 0o022, 0o755, 0o664},
		{"a strict umask", 0o077, 0o755, 0o600},
		{"pages that nobody may write", 0o022, 0o755, 0o444},
	} {
		t.Run(c.name, func(t *testing.T) {
			defer syscall.Umask(syscall.Umask(c.mask))
			out := outIn(t)
			mustSync(t, out, p)
			check(t, os.Chmod(out, c.folder))
			check(t, os.Chmod(out+"/a/b.html", c.pages))
			check(t, os.Chmod(out+"/.gitkeep", 0o600))
			if res := mustSync(t, out, p); res.Opened != 0 {
				t.Errorf("opened %d", res.Opened)
			}
		})
	}
}

// The second folder takes the mode of the first, and a first that nothing may be
// written in cannot be exchanged.
func TestAFolderThatWasReadOnlyDoesNotStopLaterBuilds(t *testing.T) {
	out := outIn(t)
	mustSync(t, out, pages{"a": "1"})
	mustSync(t, out, pages{"a": "2"})
	next := filepath.Join(filepath.Dir(out), ".public.outturn", nextName)
	check(t, os.Chmod(next, 0o555)) // as a build leaves it that failed to exchange
	u, err := Begin(out, "")
	check(t, err)
	defer u.Abandon()
	check(t, u.Prepare())
	if info, err := os.Stat(next); err != nil || info.Mode().Perm() != 0o755 {
		t.Errorf("the second folder has the mode %v, %v", info.Mode(), err)
	}
}
